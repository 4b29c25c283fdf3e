//! `rockhop report`: the execution report, every figure with the evidence behind it. Reads the ledger only.

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::fleet;
use crate::store::{self, History};
use indexmap::IndexMap;
use jiff::Timestamp;
use rockhop_adapters::ledger::{Flaw, LedgerError, Verdict, verify};
use rockhop_domain::{
    Digest, HostId, Message, RunId,
    event::{Event, Kind, Period},
    facts::Facts,
    plan::{Plan, Scenery},
    project::{Language, Project, ReportFormat},
    report::{HostFacts, LedgerCheck, Report, ReportError, ReportInput, build},
};
use rockhop_i18n::Lang;
use rockhop_report::{render_html, render_json, render_markdown};
use russh::keys::ssh_key::{HashAlg, PublicKey};
use std::fs;
use std::path::{Path, PathBuf};

/// Flags of `rockhop report`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Writes the execution report from the ledger: what was done, how long services were away, what went wrong, \
                  what is better now, and who answers for it. Every figure names the evidence behind it; what was not \
                  measured says so. The ledger is verified first.\n\n\
                  Ends with 7 when the ledger does not verify or figures contradict each other; the report says which.",
    after_long_help = "Examples:\n  rockhop report\n  rockhop report --format html --format markdown\n  \
                       rockhop report --run run-20261124-010000-3fa94c --to /srv/archive"
)]
pub struct Args {
    /// Which run; the last one in production when left out.
    #[arg(long, value_name = "RUN")]
    run: Option<RunId>,
    /// In which form; may be given several times. What rockhop.toml says when left out.
    #[arg(long = "format", value_name = "FORMAT")]
    formats: Vec<Form>,
    /// Where to; the project's folder reports/ when left out.
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

/// A form that is written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// One page without scripts; printed on A4 it is the paper version.
    Html,
    /// For archives and reviews.
    Markdown,
    /// Figures with stable English keys.
    Json,
}

/// Writes the report.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let project = fleet::project(&context.project)?;
    let report = make(args, context, &project)?;
    if report.marking.simulated {
        context.ui.mark(Scenery::Simulated);
    }
    let dir = args.to.clone().unwrap_or_else(|| context.project.reports());
    fs::create_dir_all(&dir).map_err(|e| Failure::io("error-write", &dir, &e))?;
    let written = write(&report, &forms(args, context, &project), &languages(context, &project), &dir)?;
    if context.ui.json_wanted() {
        let exit = exit_of(&report);
        let contradictions = report.contradictions.len();
        context
            .ui
            .json(&serde_json::json!({ "files": written, "contradictions": contradictions, "exit_key": exit.key() }));
    } else {
        written.iter().for_each(|path| context.ui.line(&path.display().to_string()));
    }
    if !report.contradictions.is_empty() {
        context.ui.warn(&Message::new("report-contradictions").with("n", report.contradictions.len()));
    }
    if matches!(report.ledger, LedgerCheck::Broken { .. }) {
        context.ui.warn(&Message::new("report-ledger-broken"));
    }
    Ok(exit_of(&report))
}

fn exit_of(report: &Report) -> Exit {
    let broken = matches!(report.ledger, LedgerCheck::Broken { .. });
    if broken || !report.contradictions.is_empty() { Exit::Evidence } else { Exit::Well }
}

fn make(args: &Args, context: &Context, project: &Project) -> Result<Report, Failure> {
    let now = Timestamp::now();
    let ledger = check(context)?;
    let events = store::events(&context.project)?;
    if events.is_empty() {
        return Err(Failure::new(Exit::Config, Message::new("error-no-run")));
    }
    let plans = plans(context, &events)?;
    let hosts = host_facts(context, &events)?;
    let stated = project.report_context(now);
    let input = ReportInput {
        context: &stated,
        generated_at: now,
        events: &events,
        plans: &plans,
        run: args.run.clone(),
        hosts: &hosts,
        vulnerabilities: None,
        ledger,
    };
    build(&input).map_err(|error| match error {
        ReportError::UnknownRun { run } => {
            Failure::new(Exit::Usage, Message::new("error-no-such-run").with("run", run))
        }
        ReportError::NoPlan { plan, .. } => {
            Failure::new(Exit::Evidence, Message::new("error-plan-unknown").with("name", plan))
        }
        ReportError::Fold(why) => store::unfoldable(&why),
    })
}

/// Signs what is not signed yet, unless a controller is at work, and verifies all of it.
fn check(context: &Context) -> Result<LedgerCheck, Failure> {
    let state = context.project.state();
    match rockhop_adapters::ledger::Ledger::open(&state) {
        Ok(ledger) => drop(ledger.close()?),
        Err(LedgerError::Busy { .. } | LedgerError::Broken { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let path = state.join("ledger.pub");
    let key = PublicKey::read_openssh_file(&path).map_err(|why| {
        Failure::new(Exit::Evidence, Message::new("error-read").with("path", path.display()).with("why", why))
    })?;
    let signed_by = key.fingerprint(HashAlg::Sha256).to_string();
    Ok(match verify(&state, &[key])? {
        Verdict::Sealed { head } => {
            LedgerCheck::Whole { events: head.records, head: head.hash, signed_by: Some(signed_by) }
        }
        Verdict::OpenTail { .. } | Verdict::Unsealed { .. } => LedgerCheck::NotChecked,
        Verdict::Broken { flaws } => broken(flaws),
    })
}

fn broken(flaws: Vec<Flaw>) -> LedgerCheck {
    let place = |flaw: &Flaw| match flaw {
        Flaw::Gap { seq } | Flaw::Altered { seq } | Flaw::Unlinked { seq } => Some(*seq),
        Flaw::NotWhatWasSigned { seq } | Flaw::Unreadable { seq, .. } => Some(*seq),
        _ => None,
    };
    let first = flaws.iter().find_map(|flaw| place(flaw).map(|seq| (seq, flaw)));
    let (seq, why) = first
        .or_else(|| flaws.first().map(|flaw| (0, flaw)))
        .map_or_else(|| (0, Message::new("ledger-flaw-no-head")), |(seq, flaw)| (seq, flaw.message()));
    LedgerCheck::Broken { seq, why }
}

/// Every plan that a run names.
fn plans(context: &Context, events: &[Event]) -> Result<IndexMap<Digest, Plan>, Failure> {
    let history = History::of(events);
    let one = |digest: &Digest| Ok((digest.clone(), store::kept_plan(&context.project, digest)?));
    history.runs.iter().map(|run| one(&run.plan)).collect()
}

/// The newest facts of each host before its move, and after it.
fn host_facts(context: &Context, events: &[Event]) -> Result<Vec<HostFacts>, Failure> {
    let mut newest: IndexMap<(HostId, Period), Digest> = IndexMap::new();
    for event in events {
        if let (Kind::Surveyed { facts, period, .. }, Some(host)) = (&event.kind, &event.host) {
            newest.insert((host.clone(), *period), facts.clone());
        }
    }
    let evidence = store::evidence(&context.project)?;
    let table = |((_, period), digest): ((HostId, Period), Digest)| {
        let facts: Facts = store::facts(&evidence, &digest)?;
        Ok(HostFacts::of(period, digest, &facts))
    };
    newest.into_iter().map(table).collect()
}

/// What is written. A form that nobody here can write is said, never left out in silence.
fn forms(args: &Args, context: &Context, project: &Project) -> Vec<Form> {
    if !args.formats.is_empty() {
        return args.formats.clone();
    }
    let mut forms = Vec::new();
    for wanted in &project.report.formats {
        match wanted {
            ReportFormat::Html => forms.push(Form::Html),
            ReportFormat::Markdown => forms.push(Form::Markdown),
            ReportFormat::Json => forms.push(Form::Json),
            ReportFormat::Pdf => context.ui.warn(&Message::new("report-no-pdf")),
            ReportFormat::Docx => context.ui.warn(&Message::new("report-no-docx")),
        }
    }
    if forms.is_empty() { vec![Form::Html] } else { forms }
}

/// The languages of rockhop.toml; without any, the one this command speaks.
fn languages(context: &Context, project: &Project) -> Vec<Lang> {
    let named = project.report.languages.iter().map(|l| match l {
        Language::En => Lang::En,
        Language::Zh => Lang::Zh,
    });
    let mut all: Vec<Lang> = named.collect();
    if all.is_empty() {
        all.push(context.ui.catalogue().lang());
    }
    all
}

fn write(report: &Report, forms: &[Form], languages: &[Lang], dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut written = Vec::new();
    let mut put = |name: String, text: String| -> Result<(), Failure> {
        let path = dir.join(name);
        fs::write(&path, text).map_err(|e| Failure::io("error-write", &path, &e))?;
        written.push(path);
        Ok(())
    };
    for form in forms {
        match form {
            Form::Json => {
                put("report.json".to_owned(), render_json(report).map_err(|e| Failure::internal("report", e))?)?
            }
            Form::Html => {
                languages.iter().try_for_each(|l| put(format!("report.{l}.html"), render_html(report, *l)))?
            }
            Form::Markdown => {
                languages.iter().try_for_each(|l| put(format!("report.{l}.md"), render_markdown(report, *l)))?
            }
        }
    }
    Ok(written)
}
