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

pub use left::{Keeps, left};
pub use order::{Lead, Precedence, Seen, precedences};
pub use pairs::{Pair, PairKind, pairs};

use super::text::major_minor;
use super::{Evidence, Expect, Severity, Strategy};
use crate::facts::{Facts, Why};
use crate::{HostId, Message};
use serde::{Deserialize, Serialize};

/// What the fleet's rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Fleet<'a> {
    /// Every surveyed host, those that do not move included: they are somebody's other side.
    pub hosts: &'a [Facts],
    /// The waves of a plan, when there is one; rules about order have nothing to say without.
    pub waves: &'a [Vec<HostId>],
    /// For each of these waves the number of its window; waves of one number may go in one and the same night. None for
    /// a wave that may go at any time, or where there is no plan.
    pub windows: &'a [Option<usize>],
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
    fn judge_among(&self, rule: &FleetRule, hosts: &[Facts]) -> FleetVerdict {
        let id = |name: &&str| HostId::parse(name).expect("fixture names are host names");
        let waves: Vec<Vec<HostId>> = self.waves.iter().map(|wave| wave.iter().map(id).collect()).collect();
        (rule.look)(&Fleet { hosts, waves: &waves, windows: self.windows })
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
    /// In which wave a host goes, counted from 0.
    pub fn wave_of(&self, host: &HostId) -> Option<usize> {
        self.waves.iter().position(|wave| wave.contains(host))
    }

    /// In which window a host goes.
    pub fn window_of(&self, host: &HostId) -> Option<usize> {
        self.windows.get(self.wave_of(host)?).copied().flatten()
    }

    /// Collects what `look` finds on each host, and where it could not.
    fn each(&self, mut look: impl FnMut(&'a Facts) -> Result<Vec<FleetFinding>, Why>) -> FleetVerdict {
        let mut verdict = FleetVerdict::default();
        for facts in self.hosts {
            match look(facts) {
                Ok(found) => verdict.found.extend(found),
                Err(why) => verdict.unread.push((facts.host.clone(), why)),
            }
        }
        verdict
    }
}

/// Whether that host is still to move.
fn moves(facts: &Facts) -> Result<bool, Why> {
    facts.is_el7()
}

fn older(one: &str, other: &str) -> bool {
    matches!((major_minor(one), major_minor(other)), (Some(one), Some(other)) if one < other)
}
