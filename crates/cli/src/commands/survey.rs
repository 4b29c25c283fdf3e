//! `rockhop survey`: reads every host's facts, one connection and one round trip each. Changes nothing.

mod carried;
mod diff;

use crate::{
    Context,
    exit::Exit,
    failure::Failure,
    fleet::{self, Loaded},
    project::ProjectDir,
    store::{self, History},
    world,
};
use jiff::Timestamp;
use rockhop_adapters::{
    ledger::Ledger,
    ssh::{Pool, SshError},
    survey::{Salt, SurveyError, survey},
};
use rockhop_domain::{
    FaultClass, HostId, Message,
    event::{Kind, Period},
    facts::{Facts, Read},
    plan::Scenery,
    project::FleetHost,
};
use serde::Serialize;
use std::time::Instant;
use tokio::task::JoinSet;

/// Flags of `rockhop survey`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Reads the facts of every host over SSH: one connection and one round trip a host, nothing installed, \
                  nothing changed. What could not be read is kept as unknown, with its reason. Facts go into the \
                  evidence store, and their digests into the ledger.\n\n\
                  Ends with 10 when some hosts could not be read, 8 when one showed another host key.",
    after_long_help = "Examples:\n  rockhop survey\n  rockhop survey web-1 web-2\n  rockhop survey --after --json\n  \
                       rockhop survey export-script survey.sh\n  rockhop survey import web-9.survey",
    args_conflicts_with_subcommands = true
)]
pub struct Args {
    #[command(subcommand)]
    carried: Option<Carried>,
    /// Only these hosts.
    hosts: Vec<HostId>,
    /// These facts are of the time after the move.
    #[arg(long)]
    after: bool,
    /// Read and show, and keep nothing.
    #[arg(long)]
    dry_run: bool,
}

/// What else is done with surveys.
#[derive(Debug, clap::Subcommand)]
enum Carried {
    #[command(about = "Write the survey as a script, for a host that is not reached from here")]
    ExportScript(carried::ExportArgs),
    #[command(about = "Take in what that script printed, a sosreport, or an insights archive")]
    Import(carried::ImportArgs),
    #[command(about = "Compare two stored surveys of a host")]
    Diff(diff::DiffArgs),
}

/// One host's result, for scripts.
#[derive(Debug, Serialize)]
struct Row {
    host: HostId,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    facts: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    packages: Option<usize>,
    unknown: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Message>,
}

/// What became of one host.
type Seen = (HostId, Result<Facts, SurveyError>);

/// Surveys the fleet.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    match &args.carried {
        Some(Carried::ExportScript(args)) => carried::export(args, context),
        Some(Carried::Import(args)) => carried::import(args, context),
        Some(Carried::Diff(args)) => diff::diff(args, context),
        None => survey_now(args, context),
    }
}

fn survey_now(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let loaded = fleet::load(&context.project)?;
    world::scenery::same_as_ledger(&loaded.project, &History::of(&store::events(&context.project)?))?;
    let hosts = fleet::chosen(&loaded.fleet, &args.hosts)?;
    let began = Instant::now();
    let seen = look(context, &loaded, &hosts)?;
    let period = if args.after { Period::After } else { Period::Before };
    let scenery = |facts: &Facts| match loaded.project.simulation {
        Some(_) => Scenery::Simulated,
        None => scenery(facts),
    };
    let rows = if args.dry_run { rows(&seen) } else { keep(context, &seen, period, scenery)? };
    show(context, &rows, began);
    Ok(exit_of(&seen))
}

/// Asks the hosts over SSH, or the fleet in memory.
fn look(context: &Context, loaded: &Loaded, hosts: &[&FleetHost]) -> Result<Vec<Seen>, Failure> {
    if let Some(simulation) = &loaded.project.simulation {
        let facts = world::simulated::survey(context, simulation, hosts)?;
        return Ok(facts.into_iter().map(|(host, facts)| (host, Ok(facts))).collect());
    }
    fleet::enter(&loaded.project)?;
    let salt = fleet::salt(&context.project)?;
    Ok(super::runtime()?.block_on(all(loaded, &context.project, hosts, &salt)))
}

async fn all(loaded: &Loaded, project: &ProjectDir, hosts: &[&FleetHost], salt: &Salt) -> Vec<Seen> {
    let rules = &loaded.project.connection;
    let book = world::address_book(&loaded.fleet, rules, project);
    let pool = Pool::new(world::limits(rules), world::seed());
    let mut tasks = JoinSet::new();
    for host in hosts {
        let Some(endpoint) = book.get(&host.id).cloned() else { continue };
        let (pool, id, salt) = (pool.clone(), host.id.clone(), salt.clone());
        tasks.spawn(async move {
            let facts = match pool.session(&endpoint).await {
                Ok(session) => survey(&session, &id, &salt, Timestamp::now()).await,
                Err(error) => Err(error.into()),
            };
            (id, facts)
        });
    }
    let mut seen = tasks.join_all().await;
    seen.sort_by_key(|(id, _)| hosts.iter().position(|h| h.id == *id));
    seen
}

fn keep(
    context: &Context,
    seen: &[Seen],
    period: Period,
    scenery: impl Fn(&Facts) -> Scenery,
) -> Result<Vec<Row>, Failure> {
    let ledger = store::ledger(&context.project)?;
    let evidence = store::evidence(&context.project)?;
    for (host, facts) in seen.iter().filter_map(|(h, f)| f.as_ref().ok().map(|f| (h, f))) {
        let bytes = serde_json::to_vec(facts).map_err(|e| Failure::internal("facts", e))?;
        let digest = evidence.put(&bytes)?;
        let unknown = u32::try_from(facts.unknowns().len()).unwrap_or(u32::MAX);
        let kind = Kind::Surveyed { facts: digest, period, unknown, scenery: scenery(facts) };
        append(&ledger, host, &kind)?;
    }
    ledger.seal()?;
    Ok(rows(seen))
}

fn append(ledger: &Ledger, host: &HostId, kind: &Kind) -> Result<(), Failure> {
    let kept = rockhop_engine::ports::Ledger::append(ledger, None, Some(host), kind, Timestamp::now());
    kept.map(drop).map_err(|e| Failure::internal("ledger", e))
}

/// A host that says it is the lab's is; one that could not be asked is taken for real.
pub fn scenery(facts: &Facts) -> Scenery {
    match &facts.lab {
        Read::Known(Some(_)) => Scenery::Lab,
        Read::Known(None) | Read::Unknown(_) => Scenery::Real,
    }
}

fn rows(seen: &[Seen]) -> Vec<Row> {
    seen.iter().map(|(host, facts)| row(host, facts)).collect()
}

fn row(host: &HostId, facts: &Result<Facts, SurveyError>) -> Row {
    let host = host.clone();
    match facts {
        Ok(facts) => Row {
            host,
            ok: true,
            facts: Some(facts.identity_digest().to_string()),
            packages: facts.packages.known().map(Vec::len),
            unknown: facts.unknowns().iter().map(|(what, why)| format!("{what}: {}", why.message())).collect(),
            error: None,
        },
        Err(error) => {
            Row { host, ok: false, facts: None, packages: None, unknown: Vec::new(), error: Some(error.message()) }
        }
    }
}

fn show(context: &Context, rows: &[Row], began: Instant) {
    let ui = &context.ui;
    if ui.json_wanted() {
        ui.json(&rows);
        return;
    }
    for row in rows {
        let line = match &row.error {
            Some(error) => {
                Message::new("survey-host-failed").with("host", &row.host).with("why", ui.speaker().say(error))
            }
            None => Message::new("survey-host-read")
                .with("host", &row.host)
                .with("packages", row.packages.unwrap_or_default())
                .with("unknown", row.unknown.len()),
        };
        ui.say(&line);
    }
    let read = rows.iter().filter(|r| r.ok).count();
    let millis = began.elapsed().as_millis();
    let took = format!("{}.{:02}", millis / 1000, millis % 1000 / 10);
    ui.say(&Message::new("survey-done").with("read", read).with("failed", rows.len() - read).with("seconds", took));
}

fn exit_of(seen: &[Seen]) -> Exit {
    let mut exit = Exit::Well;
    for (_, facts) in seen {
        match facts {
            Err(SurveyError::Ssh(error)) if untrusted(error) => return Exit::Untrusted,
            Err(_) => exit = Exit::Incomplete,
            Ok(_) => {}
        }
    }
    exit
}

fn untrusted(error: &SshError) -> bool {
    error.class() == FaultClass::Untrusted
}
