//! `rockhop census`: what the hosts have beside their packages, counted by a second pass that may take its time.
//!
//! The work runs on the hosts, detached; this command begins it, or takes over what is under way, and brings the answers.

use crate::{
    Context,
    exit::Exit,
    failure::Failure,
    fleet::{self, Loaded},
    store, world,
};
use jiff::Timestamp;
use rockhop_adapters::{
    census::{self, CensusError, Progress},
    ledger::Ledger,
    ssh::{Endpoint, Pool},
};
use rockhop_domain::{
    FaultClass, HostId, Message,
    event::Kind,
    facts::{Census, Why},
    packages::Orphans,
    project::{FleetHost, Project},
};
use serde::Serialize;
use std::{fs::OpenOptions, io::Write, os::unix::fs::OpenOptionsExt, path::PathBuf};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

/// Flags of `rockhop census`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Counts what each host has beside its packages: files that no package owns, packaged files that were changed \
                  (rpm -Va), programs with the libraries that they need, what pip, npm and CPAN installed, jars, key \
                  stores, scripts that call openssl enc, PHP sources that PHP 8 does not run, .htaccess files, container \
                  images.\n\n\
                  It takes minutes, at the lowest priority, as root. It runs detached on the host: a lost connection or a \
                  killed controller costs nothing, and the same command takes it up again; a host that was rebooted goes \
                  on after the last finished section. It writes only to /var/lib/rockhop/census there, which is removed \
                  once the answer is kept. It runs no program that it finds, and carries no password, no key and no \
                  content of files.\n\n\
                  The newest census is joined to the facts of its host by assess and packages.\n\n\
                  Ends with 10 when a host could not be counted, 11 when --no-wait leaves it at work, 8 when a host \
                  showed another key.",
    after_long_help = "Examples:\n  rockhop census\n  rockhop census web-1 --also /data/app\n  rockhop census --no-wait    # and \
                       later: rockhop census\n  rockhop census export-script census.sh\n  rockhop survey import web-9.census",
    args_conflicts_with_subcommands = true
)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// Only these hosts.
    hosts: Vec<HostId>,
    #[command(flatten)]
    scope: ScopeArgs,
    /// Begin on every host, and do not wait for the end.
    #[arg(long)]
    no_wait: bool,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    #[command(about = "Write the census as a script, for a host that is not reached from here")]
    ExportScript(ExportArgs),
}

/// Flags of `rockhop census export-script`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Writes the census as one POSIX sh script, for a host that is not reached from here. Run there as root, it \
                  prints the answer once it is done; killed, it goes on where it was when it is started again.",
    after_long_help = "Examples:\n  rockhop census export-script census.sh\n  sh census.sh >web-9.census    # on web-9, as root\n  \
                       rockhop survey import web-9.census"
)]
struct ExportArgs {
    /// Where it is written; an existing file is not overwritten.
    path: PathBuf,
    #[command(flatten)]
    scope: ScopeArgs,
}

#[derive(Debug, clap::Args)]
struct ScopeArgs {
    /// Walk this folder, too; may be given several times. Without: /usr, /etc, /opt, /srv, /home, /root, /var/www, /var/opt.
    #[arg(long, value_name = "DIR", value_parser = folder)]
    also: Vec<String>,
}

/// One host's result, for scripts.
#[derive(Debug, Serialize)]
struct Row {
    host: HostId,
    /// `taken`, `at-work`, `failed`.
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    outside: Option<Orphans>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Message>,
}

/// What became of one host.
type Counted = (HostId, Result<Option<Census>, CensusError>);

/// Counts the fleet.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    if let Some(What::ExportScript(args)) = &args.what {
        return export(args, context);
    }
    let loaded = fleet::load(&context.project)?;
    refuse_simulated(&loaded.project)?;
    let hosts = fleet::chosen(&loaded.fleet, &args.hosts)?;
    fleet::enter(&loaded.project)?;
    let counted = super::runtime()?.block_on(all(args, context, &loaded, &hosts))?;
    let rows: Vec<Row> = counted.iter().map(row).collect();
    show(context, &rows);
    Ok(exit_of(&counted))
}

/// Keeps a census as evidence and says so in the ledger.
pub fn keep(context: &Context, census: &Census) -> Result<(), Failure> {
    let ledger = store::ledger(&context.project)?;
    let bytes = serde_json::to_vec(census).map_err(|e| Failure::internal("census", e))?;
    let digest = store::evidence(&context.project)?.put(&bytes)?;
    let unknown = u32::try_from(census.unknowns().len()).unwrap_or(u32::MAX);
    append(&ledger, &census.host, &Kind::CensusTaken { census: digest, unknown })?;
    ledger.seal()?;
    Ok(())
}

fn append(ledger: &Ledger, host: &HostId, kind: &Kind) -> Result<(), Failure> {
    let kept = rockhop_engine::ports::Ledger::append(ledger, None, Some(host), kind, Timestamp::now());
    kept.map(drop).map_err(|e| Failure::internal("ledger", e))
}

/// A folder that the script can walk: its lists are cut at line ends and tabs.
fn folder(text: &str) -> Result<String, String> {
    let plain = text.starts_with('/') && text.len() > 1 && !text.chars().any(char::is_control);
    if plain { Ok(text.trim_end_matches('/').to_owned()) } else { Err("a folder by its full path is wanted".into()) }
}

fn export(args: &ExportArgs, context: &Context) -> Result<Exit, Failure> {
    let script = census::carried_script(&args.scope.also);
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&args.path)?;
        file.write_all(script.as_bytes())
    };
    write().map_err(|e| Failure::io("error-write", &args.path, &e))?;
    let name = args.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    context.ui.say(&Message::new("census-script-written").with("path", args.path.display()).with("name", name));
    Ok(Exit::Well)
}

/// Hosts in memory have no files; their survey brings the census along.
fn refuse_simulated(project: &Project) -> Result<(), Failure> {
    match &project.simulation {
        Some(_) => Err(Failure::new(Exit::Config, Message::new("error-census-simulated"))),
        None => Ok(()),
    }
}

/// Asks all hosts at once. Each answer is kept as it comes, and only then its host may forget it.
async fn all(args: &Args, context: &Context, loaded: &Loaded, hosts: &[&FleetHost]) -> Result<Vec<Counted>, Failure> {
    let rules = &loaded.project.connection;
    let book = world::address_book(&loaded.fleet, rules, &context.project);
    let pool = Pool::new(world::limits(rules), world::seed());
    let (tell, mut told) = unbounded_channel();
    let mut tasks = JoinSet::new();
    for host in hosts {
        let Some(endpoint) = book.get(&host.id).cloned() else { continue };
        let (pool, id, tell) = (pool.clone(), host.id.clone(), tell.clone());
        let (also, wait) = (args.scope.also.clone(), !args.no_wait);
        tasks.spawn(async move {
            let counted = one(&pool, &endpoint, &id, &also, wait, tell).await;
            (id, endpoint, counted)
        });
    }
    drop(tell);
    let mut counted: Vec<Counted> = Vec::new();
    loop {
        tokio::select! {
            Some((host, progress)) = told.recv() => progressed(context, &host, &progress),
            Some(ended) = tasks.join_next() => {
                let (id, endpoint, result) = ended.map_err(|e| Failure::internal("census", e))?;
                if let Ok(Some(census)) = &result {
                    keep(context, census)?;
                    forget(context, &pool, &endpoint).await;
                }
                counted.push((id, result));
            }
            else => break,
        }
    }
    counted.sort_by_key(|(id, _)| hosts.iter().position(|host| host.id == *id));
    Ok(counted)
}

async fn one(
    pool: &Pool,
    endpoint: &Endpoint,
    host: &HostId,
    also: &[String],
    wait: bool,
    tell: UnboundedSender<(HostId, Progress)>,
) -> Result<Option<Census>, CensusError> {
    if !wait {
        return census::begin(pool, endpoint, host, also, Timestamp::now()).await.map(|()| None);
    }
    let show = |progress| {
        let _ = tell.send((host.clone(), progress)); // nobody listens any more: the command is at its end
    };
    census::census(pool, endpoint, host, also, Timestamp::now(), show).await.map(Some)
}

/// What is left on the host harms nothing; a later census takes it away.
async fn forget(context: &Context, pool: &Pool, endpoint: &Endpoint) {
    if let Err(error) = census::forget(pool, endpoint).await {
        context.ui.warn(&error.message());
    }
}

fn progressed(context: &Context, host: &HostId, progress: &Progress) {
    if context.ui.json_wanted() {
        return;
    }
    let key = if progress.kept { "census-progress-kept" } else { "census-progress" };
    let what = context.ui.text(&format!("census-section-{}", progress.section), &[]);
    let line = Message::new(key).with("host", host).with("n", progress.number).with("of", progress.of);
    context.ui.say(&line.with("what", what));
}

fn row((host, result): &Counted) -> Row {
    let row = Row { host: host.clone(), state: "failed", outside: None, error: None };
    match result {
        Ok(Some(census)) => Row { state: "taken", outside: Some(Orphans::of(census)), ..row },
        Ok(None) => Row { state: "at-work", ..row },
        Err(error) => Row { error: Some(error.message()), ..row },
    }
}

fn show(context: &Context, rows: &[Row]) {
    let ui = &context.ui;
    if ui.json_wanted() {
        ui.json(&rows);
        return;
    }
    for row in rows {
        match (&row.outside, &row.error) {
            (Some(orphans), _) => counted(context, &row.host, orphans),
            (None, Some(error)) => {
                ui.say(&Message::new("survey-host-failed").with("host", &row.host).with("why", ui.speaker().say(error)))
            }
            (None, None) => ui.say(&Message::new("census-at-work").with("host", &row.host)),
        }
    }
}

/// A line for a host that was counted, and one for each thing that was not.
pub fn counted(context: &Context, host: &HostId, orphans: &Orphans) {
    let python: usize = orphans.python.values().map(Vec::len).sum();
    let line = Message::new("census-taken")
        .with("host", host)
        .with("folders", orphans.folders.len())
        .with("programs", orphans.programs)
        .with("lost", orphans.lost.len())
        .with("python", python)
        .with("node", orphans.node.len())
        .with("jars", orphans.jars.values().sum::<u64>());
    context.ui.say(&line);
    unread(context, orphans).iter().for_each(|line| context.ui.say_text(&format!("  {line}")));
}

/// What the census did not see, a sentence each.
pub fn unread(context: &Context, orphans: &Orphans) -> Vec<String> {
    let section = |(name, why): (&&str, &Why)| {
        let what = context.ui.text(&format!("census-section-{name}"), &[]);
        let why = context.ui.speaker().say(&why.message());
        context.ui.text("census-unread", &[("what", what), ("why", why)])
    };
    let mut lines: Vec<String> = orphans.unread.iter().map(section).collect();
    let left: Vec<&str> = orphans.left_out.iter().map(|left| left.path.as_str()).collect();
    if !left.is_empty() {
        lines.push(context.ui.text("census-left-out", &[("folders", left.join(", "))]));
    }
    lines
}

fn exit_of(counted: &[Counted]) -> Exit {
    let untrusted = |result: &Result<Option<Census>, CensusError>| matches!(result, Err(CensusError::Ssh(error)) if error.class() == FaultClass::Untrusted);
    if counted.iter().any(|(_, result)| untrusted(result)) {
        Exit::Untrusted
    } else if counted.iter().any(|(_, result)| result.is_err()) {
        Exit::Incomplete
    } else if counted.iter().any(|(_, result)| matches!(result, Ok(None))) {
        Exit::Unfinished
    } else {
        Exit::Well
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rockhop_i18n::{Catalogue, Lang};

    #[test]
    fn every_section_has_its_name() {
        let host = HostId::parse("web-1").expect("a name");
        let mut json = serde_json::to_value(Census::empty(host, Timestamp::UNIX_EPOCH)).expect("json");
        for section in json.as_object_mut().expect("an object").values_mut().filter(|one| one.get("known").is_some()) {
            *section = serde_json::json!({ "unknown": { "why": "missing" } });
        }
        let census: Census = serde_json::from_value(json).expect("a census");
        assert_eq!(census.unknowns().len(), 13);
        for lang in Lang::ALL {
            let catalogue = Catalogue::new(lang);
            for (name, _) in census.unknowns() {
                assert!(catalogue.has(&format!("census-section-{name}")), "{lang}: {name}");
            }
        }
    }

    #[test]
    fn folders_are_full_paths() {
        assert_eq!(folder("/data/app/"), Ok("/data/app".into()));
        for bad in ["/", "data", "", "/a\nb"] {
            assert!(folder(bad).is_err(), "{bad:?}");
        }
    }
}
