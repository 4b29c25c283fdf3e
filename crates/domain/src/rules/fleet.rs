//! Rules over the whole fleet: where one machine's move breaks another machine.

mod budget;
mod directory;
mod leans;
mod left;
mod members;
mod order;
mod pairs;
mod peers;
mod protocols;
mod servers;
mod ssh;

pub use left::{Keeps, Left};
pub use order::{Lead, Precedence, Seen, precedences};
pub use pairs::{Pair, pairs};
pub use servers::PairKind;

use super::text::major_minor;
use super::{Evidence, Expect, Severity, Strategy};
use crate::facts::{Facts, Why};
use crate::{HostId, Message};
use directory::{Callers, Directory, Peer};
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::fmt;

/// What the fleet's rules look at.
#[derive(Debug)]
pub struct Fleet<'a> {
    hosts: &'a dyn Hosts,
    waves: &'a [Vec<HostId>],
    windows: &'a [Option<usize>],
    directory: OnceCell<Directory>,
    callers: OnceCell<Callers>,
}

/// The surveyed hosts of a fleet, those that do not move included: they are somebody's other side. A large fleet does not lie
/// in memory, so a rule is shown one host after the other.
pub trait Hosts: fmt::Debug {
    /// Shows every host, always in the same order, with at least these sections of its facts.
    fn each(&self, sections: &[&str], look: &mut dyn FnMut(&Facts));
}

impl<T: AsRef<[Facts]> + fmt::Debug> Hosts for T {
    fn each(&self, _: &[&str], look: &mut dyn FnMut(&Facts)) {
        self.as_ref().iter().for_each(look);
    }
}

/// Something that concerns several hosts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FleetFinding {
    /// The hosts whose move it concerns.
    pub hosts: Vec<HostId>,
    pub message: Message,
}

/// What a rule saw, and on which hosts it could not look. The one does not hide the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FleetVerdict {
    pub found: Vec<FleetFinding>,
    pub unread: Vec<(HostId, Why)>,
}

/// One rule over the fleet.
#[derive(Debug, Clone, Copy)]
pub struct FleetRule {
    /// As for a host's rule: never reused, never renamed.
    pub id: &'static str,
    pub severity: Severity,
    pub sources: &'static [&'static str],
    pub evidence: Evidence,
    /// Sections of the facts that it reads.
    pub looks_at: &'static [&'static str],
    /// Files and packages that it looks at, where it reads those sections; the others are not kept for it.
    pub keeps: Keeps,
    pub look: fn(&Fleet<'_>) -> FleetVerdict,
    /// How hosts move for which it has something to say.
    pub strategies: &'static [Strategy],
    /// Fleets on which it is tried and shown: at least one on which it finds something.
    pub cases: &'static [FleetCase],
}

/// A small fleet, and what a rule must say of it.
#[derive(Debug, Clone, Copy)]
pub struct FleetCase {
    pub hosts: fn() -> Vec<Facts>,
    pub waves: &'static [&'static [&'static str]],
    pub windows: &'static [Option<usize>],
    pub expect: Expect,
}

/// A fleet in which the rule finds something, at rest or while these waves go.
pub const fn found(hosts: fn() -> Vec<Facts>, waves: &'static [&'static [&'static str]]) -> FleetCase {
    FleetCase { hosts, waves, windows: &[], expect: Expect::Found }
}

/// A fleet that looks alarming and is not.
pub const fn fine(hosts: fn() -> Vec<Facts>, waves: &'static [&'static [&'static str]]) -> FleetCase {
    FleetCase { hosts, waves, windows: &[], expect: Expect::Fine }
}

impl FleetCase {
    /// The same with windows for its waves.
    pub const fn within(self, windows: &'static [Option<usize>]) -> Self {
        Self { windows, ..self }
    }

    /// The verdict of a rule on this fleet.
    pub fn judge(&self, rule: &FleetRule) -> FleetVerdict {
        self.judge_among(rule, &(self.hosts)())
    }

    /// The same with these facts in place of its own.
    fn judge_among(&self, rule: &FleetRule, hosts: &dyn Hosts) -> FleetVerdict {
        let id = |name: &&str| HostId::parse(name).expect("fixture names are host names");
        let waves: Vec<Vec<HostId>> = self.waves.iter().map(|wave| wave.iter().map(id).collect()).collect();
        (rule.look)(&Fleet::of(hosts).in_waves(&waves, self.windows))
    }
}

impl FleetRule {
    /// What is true of most rules over the fleet; a row says what is not, and has `..FleetRule::USUAL` for the rest.
    pub const USUAL: Self = Self {
        id: "",
        severity: Severity::Warns,
        sources: &[],
        evidence: Evidence::Known,
        looks_at: &[],
        keeps: Keeps::ALL,
        look: |_| FleetVerdict { found: Vec::new(), unread: Vec::new() },
        strategies: super::EVERY,
        cases: &[],
    };

    /// What it says on the first of its cases that it finds: an example for its reader.
    pub fn example(&self) -> Option<Message> {
        let case = self.cases.iter().find(|case| case.expect == Expect::Found)?;
        case.judge(self).found.into_iter().next().map(|finding| finding.message)
    }
}

/// Every rule over the fleet, in the order in which people are shown the findings.
pub static FLEET_RULES: &[FleetRule] = &[
    budget::CONNECTIONS,
    pairs::ONE_WAVE,
    pairs::ONE_WINDOW,
    pairs::REPLICA_FIRST,
    pairs::REPLICA_OLDER,
    pairs::STANDBY_ORDER,
    peers::ALERT_NAMES,
    peers::TLS,
    protocols::OLD_CLIENT,
    protocols::SSH,
    peers::SCRAM,
    members::QUORUM,
    members::SHARED_ADDRESS,
    members::SHARED_ADDRESS_SETTINGS,
    members::BY_ADDRESS,
    peers::TIME_SERVERS,
    leans::NAME_SERVERS,
    leans::DIRECTORY_SERVERS,
    leans::MAIL_RELAYS,
    leans::LOG_COLLECTORS,
    leans::FILE_SERVERS,
    leans::MONITORING_SERVERS,
];

impl<'a> Fleet<'a> {
    /// These hosts, without a plan: rules about order have nothing to say.
    pub fn of(hosts: &'a dyn Hosts) -> Self {
        Self { hosts, waves: &[], windows: &[], directory: OnceCell::new(), callers: OnceCell::new() }
    }

    /// The same with the waves of a plan, and for each of them the number of its window; waves of one number may go in one
    /// and the same night. None for a wave that may go at any time.
    pub fn in_waves(self, waves: &'a [Vec<HostId>], windows: &'a [Option<usize>]) -> Self {
        Self { waves, windows, ..self }
    }

    /// In which wave a host goes, counted from 0.
    pub fn wave_of(&self, host: &HostId) -> Option<usize> {
        self.waves.iter().position(|wave| wave.contains(host))
    }

    /// In which window a host goes.
    pub fn window_of(&self, host: &HostId) -> Option<usize> {
        self.windows.get(self.wave_of(host)?).copied().flatten()
    }

    /// Collects what `look` finds on each host, and where it could not. It may read these sections.
    fn each(&self, sections: &[&str], mut look: impl FnMut(&Facts) -> Result<Vec<FleetFinding>, Why>) -> FleetVerdict {
        let mut verdict = FleetVerdict::default();
        self.hosts.each(sections, &mut |facts| match look(facts) {
            Ok(found) => verdict.found.extend(found),
            Err(why) => verdict.unread.push((facts.host.clone(), why)),
        });
        verdict
    }

    /// Who is meant by an address or a name.
    fn directory(&self) -> &Directory {
        self.directory.get_or_init(|| Directory::of(self.hosts))
    }

    /// Those that called the server at such a port.
    fn callers(&self, server: &HostId, port: impl Fn(u16) -> bool) -> Result<Vec<&Peer>, Why> {
        let callers = self.callers.get_or_init(|| Callers::of(self.hosts, self.directory()));
        callers.at(self.directory(), server, port)
    }
}

/// Whether that host is still to move.
fn moves(facts: &Facts) -> Result<bool, Why> {
    facts.is_el7()
}

fn older(one: &str, other: &str) -> bool {
    matches!((major_minor(one), major_minor(other)), (Some(one), Some(other)) if one < other)
}
