//! `rockhop ledger`: what happened, and whether it is still what was signed.

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::store::{self, History, RunRef};
use crate::ui::Tone;
use crate::view::plain;
use rockhop_adapters::control;
use rockhop_adapters::ledger::{LedgerError, LedgerReader, Query, Verdict, verify};
use rockhop_domain::{
    Digest, HostId, Message, RunId,
    event::{Event, Kind},
    plan::Plan,
};
use russh::keys::ssh_key::PublicKey;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Flags of `rockhop ledger`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    #[command(about = "Read every byte again and compare it with what was signed")]
    Verify(VerifyArgs),
    #[command(about = "Print what happened, one line an event")]
    Show(ShowArgs),
}

/// Flags of `rockhop ledger verify`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Reads every byte of the ledger and of the evidence it names, and compares it with what was signed. \
                  Changes nothing. Ends with 7 when a single byte is not what it was.\n\n\
                  The key is the project's own unless --key names another file. A key copied elsewhere at the beginning \
                  also finds a ledger that was made anew as a whole.",
    after_long_help = "Examples:\n  rockhop ledger verify\n  rockhop ledger verify --key /media/safe/ledger.pub"
)]
struct VerifyArgs {
    /// The public key that signed the ledger, as in .rockhop/ledger.pub.
    #[arg(long, value_name = "FILE")]
    key: Option<std::path::PathBuf>,
}

/// Flags of `rockhop ledger show`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Prints what happened, one line an event; with --json one event a line, as the ledger holds it.",
    after_long_help = "Examples:\n  rockhop ledger show --host db-1\n  rockhop ledger show --json | jq .kind"
)]
struct ShowArgs {
    /// Only events of this run.
    #[arg(long, value_name = "RUN")]
    run: Option<RunId>,
    /// Only events about this host.
    #[arg(long, value_name = "HOST")]
    host: Option<HostId>,
    /// From this place on.
    #[arg(long, value_name = "SEQ", default_value_t = 1)]
    from: u64,
}

/// Does what was asked for with the ledger.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    match &args.what {
        What::Verify(args) => verify_all(args, context),
        What::Show(args) => show(args, context),
    }
}

fn verify_all(args: &VerifyArgs, context: &Context) -> Result<Exit, Failure> {
    let state = context.project.state();
    let verdict = verify(&state, &[trusted_key(args, &state)?])?;
    if let Verdict::Broken { flaws } = &verdict {
        return Err(Failure::new(Exit::Evidence, verdict.message()).because(flaws.iter().map(|f| f.message())));
    }
    let checked = check_evidence(context)?;
    if context.ui.json_wanted() {
        context.ui.json(&serde_json::json!({ "verdict": verdict.message().key, "evidence": checked }));
    } else {
        let tone = if verdict.is_fine() { Tone::Good } else { Tone::Warn };
        context.ui.line(&context.ui.paint(tone, &context.ui.catalogue().say(&verdict.message())));
        context.ui.say(&Message::new("verify-evidence-whole").with("n", checked));
    }
    let state = context.project.state();
    let at_work = control::controller_at_work(&state).map_err(|e| Failure::io("error-read", &state, &e))?;
    Ok(match verdict {
        Verdict::Sealed { .. } => Exit::Well,
        // A controller at work signs what it wrote at its end; nothing is wrong, and nothing is proven of it yet.
        Verdict::OpenTail { torn_bytes: 0, .. } if at_work => Exit::Unfinished,
        _ => Exit::Evidence,
    })
}

/// The key that the reader trusts; without a ledger there is none to miss.
fn trusted_key(args: &VerifyArgs, state: &Path) -> Result<PublicKey, Failure> {
    let path = args.key.clone().unwrap_or_else(|| state.join("ledger.pub"));
    if args.key.is_none() && !state.join("ledger.db").exists() {
        return Err(LedgerError::NotThere { dir: state.to_owned() }.into());
    }
    PublicKey::read_openssh_file(&path).map_err(|why| {
        let what = Message::new("error-read").with("path", path.display()).with("why", why);
        Failure::new(Exit::Evidence, what)
    })
}

/// Hashes every piece of evidence that an event names; answers how many there are.
fn check_evidence(context: &Context) -> Result<usize, Failure> {
    let evidence = store::evidence(&context.project)?;
    let events = store::events(&context.project)?;
    let named: BTreeSet<&Digest> = events.iter().filter_map(evidence_of).collect();
    let flaws: Vec<Message> = named.iter().filter_map(|d| evidence.get(d).err()).map(|e| e.message()).collect();
    if flaws.is_empty() {
        return Ok(named.len());
    }
    let what = Message::new("verify-evidence-broken").with("n", flaws.len()).with("all", named.len());
    Err(Failure::new(Exit::Evidence, what).because(flaws))
}

fn evidence_of(event: &Event) -> Option<&Digest> {
    match &event.kind {
        Kind::Surveyed { facts, .. } => Some(facts),
        Kind::CensusTaken { census, .. } => Some(census),
        Kind::Assessed { assessment, .. } => Some(assessment),
        Kind::Planned { plan, .. } => Some(plan),
        _ => None,
    }
}

fn show(args: &ShowArgs, context: &Context) -> Result<Exit, Failure> {
    let reader = LedgerReader::open(&context.project.state())?;
    let mut query = Query::from(args.from);
    if let Some(run) = &args.run {
        query = query.of_run(run);
    }
    if let Some(host) = &args.host {
        query = query.of_host(host);
    }
    let plans = plans(context)?;
    for event in store::read(&reader, &query)? {
        if context.ui.json_wanted() {
            context.ui.json_line(&event);
        } else {
            let plan = event.run.as_ref().and_then(|run| plans.get(run));
            context.ui.line(&plain::event_line(context.ui.speaker(), plan, &event));
        }
    }
    Ok(Exit::Well)
}

/// The plan of each run, for the places and names that its events do not repeat. A plan that cannot be read any more
/// leaves its events without them; that it cannot be read is for `verify` to say.
fn plans(context: &Context) -> Result<BTreeMap<RunId, Plan>, Failure> {
    let history = History::of(&store::events(&context.project)?);
    let plan = |run: &RunRef| Some((run.id.clone(), store::kept_plan(&context.project, &run.plan).ok()?));
    Ok(history.runs.iter().filter_map(plan).collect())
}
