//! Assessing a fleet of any size: passes over the hosts, and never more than a few of them in memory.
//!
//! The first reads each stored survey, judges its host and puts the answer aside in a file without a name, and so what is
//! left of its facts for the fleet's rules. Each of these reads from there what it looks at, host by host; then the sums are
//! made. The last pass gives the hosts' answers out again, one by one and in the project's order, to whoever writes them
//! down.

use crate::Context;
use crate::failure::Failure;
use crate::fleet::Loaded;
use crate::store::{self, FactsRef, History};
use jiff::Timestamp;
use rockhop_adapters::ledger::EvidenceStore;
use rockhop_domain::{
    HostId, RoleId,
    assess::{
        ASSESSMENT_FORMAT, FleetResult, Readiness, Waiver, assess_one, assess_together,
        effort::Efforts,
        memory::{Against, KnownResult, Past},
        statuses,
        summary::{About, Adder, Head, HostReport, Outlook, host_report},
    },
    facts::Facts,
    packages::Given,
    project::{FleetHost, Policy},
    rules::{Fleet, Hosts, Left},
};
use serde::de::DeserializeOwned;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Judged hosts that wait to be put aside; a worker that is further ahead waits.
const AHEAD: usize = 64;

/// Everything that is asked of the hosts.
pub struct Question<'a> {
    pub loaded: &'a Loaded,
    pub history: &'a History,
    pub waivers: &'a [Waiver],
    pub efforts: &'a Efforts,
    pub given: &'a Arc<Given>,
    pub last: &'a Past,
    pub base: &'a Past,
    pub now: Timestamp,
}

impl Question<'_> {
    fn policy(&self) -> &Policy {
        &self.loaded.project.policy
    }
}

/// An assessment: the answers, and the hosts behind them in a file.
#[derive(Debug)]
pub struct Assessed {
    pub head: Head,
    hosts: Vec<Aside>,
    spool: File,
}

/// Where one host's answer is, and what the fleet's rules made of it.
#[derive(Debug)]
struct Aside {
    host: HostId,
    role: RoleId,
    readiness: Readiness,
    outlook: Outlook,
    at: u64,
    len: usize,
}

/// A host that is to be judged.
struct Asked<'a> {
    host: &'a FleetHost,
    survey: &'a FactsRef,
}

/// A host that was judged, with what is left of its facts for the fleet's rules.
struct Judged {
    number: usize,
    report: HostReport,
    left: Vec<u8>,
    written: Vec<u8>,
}

/// Judges every host of the project by its newest survey, and the fleet.
pub fn assess(context: &Context, question: &Question<'_>) -> Result<Assessed, Failure> {
    let against = Against { last: question.last, base: question.base, now: question.now };
    let mut sums = Sums { adder: Adder::new(question.efforts), used: Vec::new() };
    let Put { mut hosts, left, spool } = put_aside(context, question, &against, &mut sums)?;
    let results = together(question, &spool, left)?;
    results.iter().filter_map(|result| result.waived.as_ref()).for_each(|waiver| sums.remember(waiver));
    let (fleet, fleet_gone) = against.fleet(results);
    weigh(&fleet, &mut hosts);
    let Sums { mut adder, used } = sums;
    hosts.iter().for_each(|aside| adder.stands(&aside.role, aside.readiness, &aside.outlook));
    adder.fleet(&fleet, fleet_gone.iter().filter(|gone| against.just_gone(gone)).count());
    let (counts, summary) = adder.done();
    let known = |host: &HostId| question.loaded.fleet.hosts.contains_key(host);
    let head = Head {
        format: ASSESSMENT_FORMAT,
        assessed_at: question.now,
        against: question.base.at(),
        counts,
        summary,
        fleet,
        fleet_gone,
        left: question.base.left(known),
        unread: unread(question),
        waivers: statuses(question.waivers, question.now, |waiver| used.contains(waiver)),
    };
    Ok(Assessed { head, hosts, spool })
}

/// What is counted while the hosts go by.
struct Sums<'a> {
    adder: Adder<'a>,
    /// Waivers that spoke for a finding.
    used: Vec<Waiver>,
}

impl Sums<'_> {
    fn add(&mut self, report: &HostReport, against: &Against<'_>) {
        self.adder.findings(report, |gone| against.just_gone(gone));
        let waived = report.findings.iter().filter_map(|known| known.finding.waived.as_ref());
        waived.for_each(|waiver| self.remember(waiver));
    }

    fn remember(&mut self, waiver: &Waiver) {
        if !self.used.contains(waiver) {
            self.used.push(waiver.clone());
        }
    }
}

/// What the first pass leaves: where each host's answer is, and what is left of its facts.
struct Put {
    hosts: Vec<Aside>,
    left: Vec<(u64, usize)>,
    spool: File,
}

fn put_aside(
    context: &Context,
    question: &Question<'_>,
    against: &Against<'_>,
    sums: &mut Sums<'_>,
) -> Result<Put, Failure> {
    let asked = asked(question)?;
    let evidence = store::evidence(&context.project)?;
    let mut spool = Spool::new(&context.project.state())?;
    let mut places: Vec<Option<(Aside, (u64, usize))>> = asked.iter().map(|_| None).collect();
    each_judged(question, &asked, &evidence, against, |judged| {
        sums.add(&judged.report, against);
        let (at, len) = spool.put(&judged.written)?;
        let HostReport { host, role, readiness, outlook, .. } = judged.report;
        let aside = Aside { host, role, readiness, outlook, at, len };
        places[judged.number] = Some((aside, spool.put(&judged.left)?));
        Ok(())
    })?;
    let (hosts, left) = places.into_iter().flatten().unzip();
    Ok(Put { hosts, left, spool: spool.done()? })
}

/// What the fleet's rules say of the hosts, as far as they look at them.
fn together(question: &Question<'_>, spool: &File, left: Vec<(u64, usize)>) -> Result<Vec<FleetResult>, Failure> {
    let spooled = Spooled { spool, left, broken: OnceCell::new() };
    let strategy = |host: &HostId| question.loaded.fleet.strategy(host);
    let results = assess_together(&Fleet::of(&spooled), strategy, question.waivers, question.policy(), question.now);
    spooled.was_whole()?;
    Ok(results)
}

impl Assessed {
    /// Gives out every host's answer, in the project's order.
    pub fn each(&mut self, mut take: impl FnMut(&HostReport) -> io::Result<()>) -> io::Result<()> {
        for aside in &self.hosts {
            let mut report: HostReport = read_back(&self.spool, aside.at, aside.len)?;
            report.readiness = aside.readiness;
            report.outlook = aside.outlook.clone();
            take(&report)?;
        }
        Ok(())
    }

    /// The document as it is kept and printed, host by host.
    pub fn write_json(&mut self, out: &mut dyn Write, mark: Option<&str>) -> io::Result<()> {
        let mut head = serde_json::to_string(&self.head)?;
        head.truncate(head.len() - 1); // the brace that closes it; the hosts come before
        if let Some(mark) = mark {
            head.push_str(&format!(",\"scenery\":\"{mark}\""));
        }
        write!(out, "{head},\"hosts\":[")?;
        let mut between = "\n";
        self.each(|host| {
            out.write_all(between.as_bytes())?;
            between = ",\n";
            Ok(serde_json::to_writer(&mut *out, host)?)
        })?;
        out.write_all(b"\n]}\n")
    }
}

/// The hosts with their newest surveys; a host that moves and that nobody has read is an error, never left out.
fn asked<'a>(question: &Question<'a>) -> Result<Vec<Asked<'a>>, Failure> {
    super::refuse_unread(question.loaded, question.history)?;
    let surveyed = |host: &'a FleetHost| Some(Asked { host, survey: question.history.facts.get(&host.id)? });
    Ok(question.loaded.fleet.hosts.values().filter_map(surveyed).collect())
}

fn unread(question: &Question<'_>) -> Vec<HostId> {
    let hosts = question.loaded.fleet.hosts.keys();
    hosts.filter(|host| !question.history.facts.contains_key(*host)).cloned().collect()
}

/// Has every host judged on as many threads as there are processors, and takes them as they come.
fn each_judged(
    question: &Question<'_>,
    asked: &[Asked<'_>],
    evidence: &EvidenceStore,
    against: &Against<'_>,
    mut take: impl FnMut(Judged) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(asked.len());
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (ready, judged): (SyncSender<Result<Judged, Failure>>, Receiver<_>) = sync_channel(AHEAD);
        for _ in 0..workers {
            let (ready, next) = (ready.clone(), &next);
            scope.spawn(move || {
                while let Some(host) = {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    asked.get(n).map(|h| (n, h))
                } {
                    // Nobody takes any more: the other side has failed and says so.
                    if ready.send(judge(question, host.0, host.1, evidence, against)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(ready);
        judged.into_iter().try_for_each(|judged| take(judged?))
    })
}

fn judge(
    question: &Question<'_>,
    number: usize,
    asked: &Asked<'_>,
    evidence: &EvidenceStore,
    against: &Against<'_>,
) -> Result<Judged, Failure> {
    let facts = store::joined_facts(evidence, question.history, asked.survey)?;
    let aim = question.loaded.fleet.aim(&asked.host.id, question.given);
    let mut assessed = assess_one(&facts, &aim, question.waivers, question.policy(), question.now);
    let remembered = against.host(&mut assessed);
    let about = About {
        role: asked.host.role.clone(),
        site: asked.host.site.clone(),
        moves: asked.host.moves,
        survey: asked.survey.digest.clone(),
        census: question.history.census.get(&asked.host.id).map(|census| census.digest.clone()),
        surveyed_at: facts.taken_at,
        unread: facts.unknowns().iter().map(|(section, _)| (*section).to_owned()).collect(),
    };
    let report = host_report(assessed, about, remembered.findings, remembered.gone, question.efforts);
    let written = serde_json::to_vec(&report).map_err(|e| Failure::internal("spool", e))?;
    let left = Left::of(facts).and_then(|left| serde_json::to_vec(&left));
    let left = left.map_err(|e| Failure::internal("spool", e))?;
    Ok(Judged { number, report, left, written })
}

/// A host that the fleet's rules concern is no readier than they let it be.
fn weigh(fleet: &[KnownResult], hosts: &mut [Aside]) {
    let places: HashMap<HostId, usize> = hosts.iter().enumerate().map(|(n, aside)| (aside.host.clone(), n)).collect();
    for result in fleet.iter().map(|known| &known.result) {
        let Some(least) = result.least() else { continue };
        for place in result.hosts().iter().filter_map(|host| places.get(host)) {
            let aside = &mut hosts[*place];
            if aside.readiness != Readiness::Arrived {
                aside.readiness = aside.readiness.max(least);
            }
            aside.outlook = aside.outlook.weighed(aside.readiness);
        }
    }
}

/// What was put aside at a place of the file.
fn read_back<T: DeserializeOwned>(spool: &File, at: u64, len: usize) -> io::Result<T> {
    let mut bytes = vec![0; len];
    spool.read_exact_at(&mut bytes, at)?;
    Ok(serde_json::from_slice(&bytes)?)
}

/// The hosts as the fleet's rules see them, read back for each rule.
#[derive(Debug)]
struct Spooled<'a> {
    spool: &'a File,
    left: Vec<(u64, usize)>,
    /// Why the rest of the hosts was not shown; what the rules said is worth nothing then.
    broken: OnceCell<io::Error>,
}

impl Hosts for Spooled<'_> {
    fn each(&self, sections: &[&str], look: &mut dyn FnMut(&Facts)) {
        for (at, len) in &self.left {
            match read_back(self.spool, *at, *len).and_then(|left: Left| Ok(left.facts(sections)?)) {
                Ok(facts) => look(&facts),
                Err(error) => {
                    self.broken.get_or_init(|| error);
                    return;
                }
            }
        }
    }
}

impl Spooled<'_> {
    fn was_whole(self) -> Result<(), Failure> {
        self.broken.into_inner().map_or(Ok(()), |error| Err(Failure::internal("spool", error)))
    }
}

/// A file without a name, gone with the process.
struct Spool {
    out: BufWriter<File>,
    at: u64,
}

impl Spool {
    fn new(state: &Path) -> Result<Self, Failure> {
        let path = state.join(format!("assess-{}.tmp", std::process::id()));
        let mut options = std::fs::OpenOptions::new();
        let made = options.read(true).write(true).create_new(true).mode(0o600).open(&path);
        let file = made.and_then(|file| std::fs::remove_file(&path).map(|()| file));
        let file = file.map_err(|e| Failure::io("error-write", &path, &e))?;
        Ok(Self { out: BufWriter::with_capacity(1 << 18, file), at: 0 })
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(u64, usize), Failure> {
        self.out.write_all(bytes).map_err(|e| Failure::internal("spool", e))?;
        let at = self.at;
        self.at += bytes.len() as u64;
        Ok((at, bytes.len()))
    }

    fn done(self) -> Result<File, Failure> {
        self.out.into_inner().map_err(|e| Failure::internal("spool", io::Error::from(e)))
    }
}
