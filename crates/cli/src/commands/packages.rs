//! `rockhop packages`: what becomes of a host's packages, from its stored facts. Reads no host.

mod outside;
mod paper;

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::fleet;
use crate::leapp_data;
use crate::store::{self, History};
use rockhop_domain::{
    HostId, Message,
    facts::{Facts, Why},
    packages::{
        self, Fate, Given, Installation, NoAccount, Orphans, Transition,
        pes::{Release, Way},
    },
};
use serde::Serialize;
use std::path::PathBuf;

/// Flags of `rockhop packages`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Says of every package of a host what becomes of it on Rocky Linux 9, and who says so: a decision in \
                  rockhop.toml, the built-in table, the family of another maker's package, or Leapp's events where \
                  the project has them. What nobody speaks of is unknown and waits for a decision: a row \
                  [[packages.decisions]] in rockhop.toml. Also what no rpm brought (pip, npm, CPAN, jars, programs), where a \
                  census was taken. Reads the newest facts; no host is asked.\n\n\
                  Ends with 11 when a package is unknown.",
    after_long_help = "Examples:\n  rockhop packages web-1\n  rockhop packages web-1 --pes /etc/leapp/files\n  \
                       rockhop packages web-1 --kickstart > web-1.ks\n  rockhop packages web-1 --json | jq .install.commands"
)]
pub struct Args {
    /// The host.
    host: HostId,
    /// Leapp's data in place of the project's: a pes-events.json, or a folder with it, repomap.json and vendors.d/.
    #[arg(long, value_name = "PATH")]
    pes: Option<PathBuf>,
    /// Print the package section of a kickstart in place of the account.
    #[arg(long)]
    kickstart: bool,
    /// Name the packages that need no word, too.
    #[arg(long)]
    all: bool,
}

/// All that the account of one host is made of.
struct Account<'a> {
    host: &'a HostId,
    way: Way,
    transition: Transition<'a>,
    installation: Installation,
    /// Leapp's files that were read, with how many events.
    files: &'a [PathBuf],
    events: Option<usize>,
    outside: Result<Orphans, Why>,
}

/// The result for a script.
#[derive(Serialize)]
struct Document<'a> {
    host: &'a HostId,
    from: Release,
    files: &'a [PathBuf],
    counts: Counts,
    #[serde(flatten)]
    transition: &'a Transition<'a>,
    install: &'a Installation,
    /// What no rpm brought; none without a census.
    outside: Option<&'a Orphans>,
}

/// How many packages have which fate.
#[derive(Serialize)]
struct Counts {
    keeps: usize,
    replaced: usize,
    comes: usize,
    removed: usize,
    unknown: usize,
    third_party: usize,
}

/// Gives the account.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let loaded = fleet::load(&context.project)?;
    let facts = facts(context, &fleet::chosen(&loaded.fleet, std::slice::from_ref(&args.host))?[0].id)?;
    let path = args
        .pes
        .clone()
        .or_else(|| loaded.project.packages.leapp_data.as_deref().map(|written| context.project.written(written)));
    let (given, files) = path.map_or_else(|| Ok((Given::default(), Vec::new())), |path| leapp_data::read(&path))?;
    let said = packages::account(&facts, &given, &loaded.fleet.decisions_of(&args.host));
    let packages::Account { way, transition, installation } = said.map_err(|why| unknown(&args.host, &why))?;
    let events = given.events.as_ref().map(packages::pes::Events::len);
    let outside = facts.census.get().map(|census| Orphans::of(census));
    let account = Account { host: &args.host, way, transition, installation, files: &files, events, outside };
    show(args, context, &account);
    let unknown = account.transition.of(Fate::Unknown).next().is_some();
    Ok(if unknown { Exit::Unfinished } else { Exit::Well })
}

/// The newest facts of the host.
fn facts(context: &Context, host: &HostId) -> Result<Facts, Failure> {
    let history = History::of(&store::events(&context.project)?);
    let known = history.newest_of([host])?[0].1;
    store::joined_facts(&store::evidence(&context.project)?, &history, known)
}

/// A host whose packages, or what they are for, are unknown has no account.
fn unknown(host: &HostId, why: &NoAccount) -> Failure {
    let what = Message::new("error-packages-unknown").with("host", host);
    Failure::new(Exit::StaleFacts, what).because([why.message()])
}

fn show(args: &Args, context: &Context, account: &Account<'_>) {
    if args.kickstart {
        context.ui.raw(packages::kickstart(&account.transition, &account.installation).as_bytes());
    } else if context.ui.json_wanted() {
        context.ui.json(&Document {
            host: account.host,
            from: account.way.from,
            files: account.files,
            counts: counts(&account.transition),
            transition: &account.transition,
            install: &account.installation,
            outside: account.outside.as_ref().ok(),
        });
    } else {
        paper::print(context, account, args.all);
    }
}

fn counts(transition: &Transition<'_>) -> Counts {
    let count = |fate| transition.of(fate).count();
    Counts {
        keeps: count(Fate::Keeps),
        replaced: count(Fate::Replaced),
        comes: count(Fate::Comes),
        removed: count(Fate::Removed),
        unknown: count(Fate::Unknown),
        third_party: transition.third_party().values().map(Vec::len).sum(),
    }
}
