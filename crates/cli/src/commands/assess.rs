//! `rockhop assess`: what will break on the way, by rules over the facts. Reads no host.

mod papers;
mod pass;
mod past;
mod print;

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::fleet::{self, Loaded};
use crate::leapp_data;
use crate::store::{self, History};
use jiff::{Timestamp, civil::Date};
use pass::{Assessed, Question};
use rockhop_adapters::events;
use rockhop_domain::{
    assess::{EXIT_NOT_KNOWN, Scope, Waiver, WaiverError, effort::Efforts},
    event::Kind,
    facts::Facts,
    packages::Given,
    plan::Scenery,
};
use std::path::PathBuf;
use std::sync::Arc;

/// Flags of `rockhop assess`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Asks every rule about the newest facts of every host and about the fleet as a whole. What blocks keeps a \
                  host from moving until it is remedied or a named person waives it in rockhop.toml; a rule that could \
                  not look counts as a finding. Findings are remembered: each is new, still there or waived against the \
                  assessment before, and what went is told.\n\nEnds with 2 when something that was found blocks; with 4 when nothing does, and of a \
                  host too little is known; whatever was written.",
    after_long_help = "Examples:\n  rockhop assess\n  rockhop assess --all\n  rockhop assess --html assessment --xlsx \
                       assessment.xlsx\n  rockhop assess --since 2026-11-01\n  rockhop assess --json | jq .summary.outlook"
)]
pub struct Args {
    /// Show what is only good to know and what was waived, too.
    #[arg(long)]
    all: bool,
    /// Ask and show, and keep nothing; also while a run is at work.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    papers: papers::PaperArgs,
    #[command(flatten)]
    against: AgainstArgs,
}

/// What the states are held against in place of the last assessment. The outcome is shown and not kept.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
struct AgainstArgs {
    /// Compare with the assessment that was the newest at the end of this day; keeps nothing.
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Compare with an assessment in a file, as --json printed it; keeps nothing.
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
}

/// Asks every rule.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let loaded = fleet::load(&context.project)?;
    let history = History::of(&store::events(&context.project)?);
    let (waivers, efforts, now) = (waivers(&loaded)?, efforts(&loaded)?, Timestamp::now());
    let last = past::last(context, &history)?;
    let asked = past::asked_for(context, &history, &args.against)?;
    let base = asked.as_ref().unwrap_or(&last);
    let given = leapp_data::of_project(&context.project, &loaded)?;
    let question = Question {
        loaded: &loaded,
        history: &history,
        waivers: &waivers,
        efforts: &efforts,
        given: &given,
        last: &last,
        base,
        now,
    };
    let mut assessed = pass::assess(context, &question)?;
    if !args.dry_run && asked.is_none() {
        keep(context, &mut assessed, now)?;
    }
    papers::write(context, &args.papers, &loaded, marking(context, &history), &mut assessed)?;
    if context.ui.json_wanted() {
        context.ui.out(|out, mark| assessed.write_json(out, mark));
    } else {
        print::print(context, &mut assessed, args.all)?;
    }
    Ok(match assessed.head.exit_code() {
        0 => Exit::Well,
        EXIT_NOT_KNOWN => Exit::StaleFacts,
        _ => Exit::Blocked,
    })
}

/// What pages have to say of hosts that are no real machines.
fn marking(context: &Context, history: &History) -> Option<String> {
    let any = |scenery| history.facts.values().any(|facts| facts.scenery == scenery);
    let said = [(Scenery::Simulated, "mark-simulated"), (Scenery::Lab, "report-marking-lab")];
    said.into_iter().find(|(scenery, _)| any(*scenery)).map(|(_, key)| context.ui.text(key, &[]))
}

/// Refuses a fleet of which a host that moves was never read.
fn refuse_unread(loaded: &Loaded, history: &History) -> Result<(), Failure> {
    let moving = loaded.fleet.hosts.values().filter(|host| host.moves);
    history.newest_of(moving.map(|host| &host.id)).map(drop)
}

/// The newest facts of every host of the project; a host nobody has read is an error, never left out.
pub fn newest_facts(context: &Context, loaded: &Loaded) -> Result<Vec<Facts>, Failure> {
    let history = History::of(&store::events(&context.project)?);
    refuse_unread(loaded, &history)?;
    let evidence = store::evidence(&context.project)?;
    loaded
        .fleet
        .hosts
        .keys()
        .filter_map(|host| history.facts.get(host))
        .map(|known| store::joined_facts(&evidence, &history, known))
        .collect()
}

/// The project's waivers as the assessment wants them.
pub fn waivers(loaded: &Loaded) -> Result<Vec<Waiver>, Failure> {
    let all = loaded.fleet.waivers.iter().map(|w| {
        let hosts = Scope::Named(w.hosts.iter().cloned().collect());
        Waiver::new(w.rule.as_str(), hosts, &w.owner, &w.reason, w.expires)
    });
    all.collect::<Result<_, WaiverError>>().map_err(|e| Failure::new(Exit::Config, e.message()))
}

fn efforts(loaded: &Loaded) -> Result<Efforts, Failure> {
    Efforts::new(loaded.project.effort.clone()).map_err(|e| Failure::new(Exit::Config, e.message()))
}

/// Keeps the assessment as evidence and says so in the ledger.
fn keep(context: &Context, assessed: &mut Assessed, now: Timestamp) -> Result<(), Failure> {
    let ledger = store::ledger(&context.project)?;
    let evidence = store::evidence(&context.project)?;
    let assessment = evidence.put_streamed(|out| assessed.write_json(out, None))?;
    let c = assessed.head.counts;
    let kind = Kind::Assessed { assessment, blocks: c.blocks, warns: c.warns, unknown: c.unknown };
    ledger.append(&events::entry(None, None, &kind, now))?;
    ledger.close()?;
    Ok(())
}

/// Assesses the project's newest facts anew and keeps that; for a plan, which rests on it.
pub fn keep_anew(
    context: &Context,
    loaded: &Loaded,
    history: &History,
    given: &Arc<Given>,
    now: Timestamp,
) -> Result<(), Failure> {
    let (waivers, efforts) = (waivers(loaded)?, efforts(loaded)?);
    let last = past::last(context, history)?;
    let base = &last;
    let question = Question { loaded, history, waivers: &waivers, efforts: &efforts, given, last: &last, base, now };
    keep(context, &mut pass::assess(context, &question)?, now)
}
