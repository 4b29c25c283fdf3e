//! Surveys that are carried here by hand: the script for a host that nobody reaches, and what it printed.
//!
//! A file is taken in whole or not at all. Its facts are as old as the host's clock said when they were read, so facts
//! that are too old for a plan do not become young on the way.

use super::{Seen, keep, scenery, show};
use crate::{
    Context,
    commands::census,
    exit::Exit,
    failure::Failure,
    fleet,
    store::{self, History},
    world,
};
use jiff::{SignedDuration, Timestamp};
use rockhop_adapters::{
    archive::{self, ArchiveError, Broken, Limits},
    survey::{PACKED_BYTES, carried_script, read_carried},
};
use rockhop_domain::{
    HostId, Message,
    event::Period,
    facts::{Census, Facts, archive::Archive},
    packages::Orphans,
    project::{Fleet, Project},
};
use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::Instant,
};

/// How far the clocks of two machines may differ before a survey is taken to be of the future.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);

/// Flags of `rockhop survey export-script`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Writes the survey as one POSIX sh script, for a host that is not reached from here. It reads and changes \
                  nothing, needs awk and no Python, and replaces secrets before it prints. It holds the project's salt: \
                  with it, equal secrets on two hosts look equal; keep it as you keep the project.",
    after_long_help = "Examples:\n  rockhop survey export-script survey.sh\n  sh survey.sh >web-9.survey    # on web-9, as root"
)]
pub struct ExportArgs {
    /// Where it is written; an existing file is not overwritten.
    path: PathBuf,
}

/// Flags of `rockhop survey import`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Takes in what was carried here of hosts of the inventory: what the exported script printed, a sosreport, an \
                  insights archive, or a folder of outputs (ps-axu.out, rpm-qai.out, ...); also what the \
                  exported script of the census printed. An archive's host is the one \
                  whose name it tells, unless you name another; what it does not hold is unknown. Archives serve to judge \
                  a host; a plan wants a survey.\n\n\
                  The facts are as old as the host's clock said; a file that is older than the facts which are known \
                  already is refused. All files are taken, or none.\n\n\
                  Ends with 78 when a file cannot be taken, 64 when its host is not in the project or not told, 4 when it is older than \
                  what is known.",
    after_long_help = "Examples:\n  rockhop survey import web-9.survey\n  rockhop survey import web-9=/media/usb/answer.gz\n  \
                       rockhop survey import sosreport-*.tar.xz\n  rockhop survey import --host db-1 insights.tar.gz\n  \
                       rockhop survey import web-9.census"
)]
pub struct ImportArgs {
    /// FILE, or HOST=FILE.
    #[arg(required = true)]
    files: Vec<String>,
    /// The host that the one file is of.
    #[arg(long)]
    host: Option<HostId>,
    /// These facts are of the time after the move.
    #[arg(long)]
    after: bool,
}

/// Writes the script.
pub fn export(args: &ExportArgs, context: &Context) -> Result<Exit, Failure> {
    let script = carried_script(&fleet::salt(&context.project)?);
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&args.path)?;
        file.write_all(script.as_bytes())
    };
    write().map_err(|e| Failure::io("error-write", &args.path, &e))?;
    let name = args.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    context.ui.say(&Message::new("survey-script-written").with("path", args.path.display()).with("name", name));
    Ok(Exit::Well)
}

/// Takes in what was carried here: all files, or none.
pub fn import(args: &ImportArgs, context: &Context) -> Result<Exit, Failure> {
    let began = Instant::now();
    let loaded = fleet::load(&context.project)?;
    let history = History::of(&store::events(&context.project)?);
    world::scenery::same_as_ledger(&loaded.project, &history)?;
    refuse_simulated(&loaded.project)?;
    let mut seen: Vec<Seen> = Vec::new();
    let mut counted: Vec<Census> = Vec::new();
    for file in chosen(args)? {
        file.known_name(&loaded.fleet)?;
        if let Some(census) = file.census()? {
            newer_than_known(context, &history, &census)?;
            counted.push(census);
            continue;
        }
        let facts = file.read(context, &loaded.fleet)?;
        timely(&facts, known_since(context, &history, &facts.host)?, Timestamp::now())?;
        if seen.iter().any(|(host, _)| *host == facts.host) {
            let twice = Message::new("error-import-twice").with("host", &facts.host).with("path", file.path.display());
            return Err(Failure::new(Exit::Usage, twice));
        }
        seen.push((facts.host.clone(), Ok(facts)));
    }
    for census in &counted {
        census::keep(context, census)?;
        census::counted(context, &census.host, &Orphans::of(census));
    }
    if seen.is_empty() {
        return Ok(Exit::Well);
    }
    let period = if args.after { Period::After } else { Period::Before };
    show(context, &keep(context, &seen, period, scenery)?, began);
    Ok(Exit::Well)
}

/// The hosts of a simulated project are nowhere that a script could run.
fn refuse_simulated(project: &Project) -> Result<(), Failure> {
    match &project.simulation {
        Some(_) => Err(Failure::new(Exit::Config, Message::new("error-import-simulated"))),
        None => Ok(()),
    }
}

/// A file to take in, with the host that somebody named.
struct Chosen {
    path: PathBuf,
    host: Option<HostId>,
}

/// `FILE`, `HOST=FILE`, or one file and `--host`.
fn chosen(args: &ImportArgs) -> Result<Vec<Chosen>, Failure> {
    if args.host.is_some() && args.files.len() > 1 {
        return Err(Failure::new(Exit::Usage, Message::new("error-import-one-host")));
    }
    let one = |text: &String| {
        let (host, path) = text.split_once('=').unwrap_or(("", text));
        match HostId::parse(host) {
            Ok(host) if !Path::new(text).exists() => Chosen { path: path.into(), host: Some(host) },
            _ => Chosen { path: text.into(), host: args.host.clone() },
        }
    };
    Ok(args.files.iter().map(one).collect())
}

impl Chosen {
    /// A name that is wrong is told before anything is opened.
    fn known_name(&self, fleet: &Fleet) -> Result<(), Failure> {
        let named = self.host.clone().or_else(|| named_after(&self.path).ok());
        named.map_or(Ok(()), |host| fleet::chosen(fleet, &[host]).map(drop))
    }

    /// What the exported script of the census printed; none when the file is something else.
    fn census(&self) -> Result<Option<Census>, Failure> {
        let Some(bytes) = small(&self.path)?.filter(|bytes| rockhop_adapters::census::is_census(bytes)) else {
            return Ok(None);
        };
        let host = self.host.clone().map_or_else(|| named_after(&self.path), Ok)?;
        let census = rockhop_adapters::census::read_carried(&host, &bytes).map_err(|error| {
            let what = Message::new("error-survey-file").with("path", self.path.display());
            Failure::new(Exit::Config, what).because([error.message()])
        })?;
        Ok(Some(census))
    }

    fn read(&self, context: &Context, fleet: &Fleet) -> Result<Facts, Failure> {
        let path = &self.path;
        if !archive::is_archive(path).map_err(|e| Failure::io("error-read", path, &e))? {
            return read(&self.host.clone().map_or_else(|| named_after(path), Ok)?, path);
        }
        let salt = fleet::salt(&context.project)?;
        let opened = archive::open(path, &salt, &Limits::default()).map_err(|e| not_taken(path, &e))?;
        let host = self.host.clone().map_or_else(|| told_by(path, &opened, fleet), Ok)?;
        rockhop_domain::facts::archive::read(&opened, host).map_err(|why| {
            let error = ArchiveError { archive: path.clone(), entry: None, broken: Broken::Layout(why) };
            not_taken(path, &error)
        })
    }
}

fn not_taken(path: &Path, error: &ArchiveError) -> Failure {
    let what = Message::new("error-survey-file").with("path", path.display());
    Failure::new(Exit::Config, what).because([error.message()])
}

/// The host whose name an archive tells: in full, or its first part; and no other host has that name, too.
fn told_by(path: &Path, opened: &Archive, fleet: &Fleet) -> Result<HostId, Failure> {
    let told = rockhop_domain::facts::archive::hostname(opened).unwrap_or_default();
    let same = |id: &&HostId| id.as_str() == told || short(id.as_str()) == short(&told);
    let exact = fleet.hosts.keys().find(|id| id.as_str() == told);
    let like: Vec<&HostId> = exact.map_or_else(|| fleet.hosts.keys().filter(same).collect(), |id| vec![id]);
    if let [host] = like[..] {
        return Ok(host.clone());
    }
    let key = if like.is_empty() { "error-import-host-unknown" } else { "error-import-host-ambiguous" };
    let what = Message::new(key).with("path", path.display()).with("told", told);
    let next = Message::new("error-import-host-next").with("path", path.display());
    Err(Failure::new(Exit::Usage, what).next(next))
}

fn short(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

/// A survey's answer is named after its host.
fn named_after(path: &Path) -> Result<HostId, Failure> {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let name = file.strip_suffix(".survey").or_else(|| file.strip_suffix(".census"));
    HostId::parse(name.unwrap_or_default()).map_err(|_| {
        let next = Message::new("error-survey-name-next").with("path", path.display());
        Failure::new(Exit::Usage, Message::new("error-survey-name").with("path", path.display())).next(next)
    })
}

/// The bytes of a file that an answer fits into; none of a larger one, or of a folder.
fn small(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    if path.is_dir() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let limit = PACKED_BYTES as u64;
    let file = File::open(path).map_err(|e| Failure::io("error-read", path, &e))?;
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|e| Failure::io("error-read", path, &e))?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

fn read(host: &HostId, path: &Path) -> Result<Facts, Failure> {
    let Some(bytes) = small(path)? else {
        let limit = PACKED_BYTES >> 20;
        let big = Message::new("error-survey-big").with("path", path.display()).with("limit", limit);
        return Err(Failure::new(Exit::Config, big));
    };
    read_carried(host, &bytes).map_err(|error| {
        let what = Message::new("error-survey-file").with("path", path.display());
        Failure::new(Exit::Config, what).because([error.message()])
    })
}

/// Neither of a time that is still to come, nor older than what is known.
fn timely(facts: &Facts, known: Option<Timestamp>, now: Timestamp) -> Result<(), Failure> {
    let about = |key: &str| Message::new(key).with("host", &facts.host).with("at", facts.taken_at);
    if facts.taken_at.duration_since(now) > CLOCKS_DIFFER {
        let next = Message::new("error-survey-future-next");
        return Err(Failure::new(Exit::StaleFacts, about("error-survey-future")).next(next));
    }
    match known {
        Some(known) if known > facts.taken_at => {
            Err(Failure::new(Exit::StaleFacts, about("error-survey-older").with("known", known)))
        }
        _ => Ok(()),
    }
}

/// An older census does not take the place of a newer one.
fn newer_than_known(context: &Context, history: &History, census: &Census) -> Result<(), Failure> {
    let Some(known) = history.census.get(&census.host) else { return Ok(()) };
    let known = store::census(&store::evidence(&context.project)?, &known.digest)?;
    if known.taken_at <= census.taken_at {
        return Ok(());
    }
    let older = Message::new("error-census-older").with("host", &census.host).with("at", census.taken_at);
    Err(Failure::new(Exit::StaleFacts, older.with("known", known.taken_at)))
}

/// How old the facts are that the ledger knows of a host; they may have been carried here, too.
fn known_since(context: &Context, history: &History, host: &HostId) -> Result<Option<Timestamp>, Failure> {
    let Some(known) = history.facts.get(host) else { return Ok(None) };
    let facts = store::facts(&store::evidence(&context.project)?, &known.digest)?;
    Ok(Some(facts.taken_at))
}
