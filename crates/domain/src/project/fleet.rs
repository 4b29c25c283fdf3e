//! The fleet: every host of a project with its role, its site, its neighbours and its rehearsal.

use super::Milli;
use crate::inventory::Connection;
use crate::packages::{Decision, Given, TargetRepository};
use crate::plan::Environment;
use crate::rules::{Aim, Strategy};
use crate::{HostId, RoleId, RuleId, ServiceId, SiteId};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use std::sync::Arc;

/// Every host of the project, and what is known of them together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fleet {
    /// In the inventory's order.
    pub hosts: IndexMap<HostId, FleetHost>,
    /// What people use.
    pub services: Vec<FleetService>,
    /// Declared dependencies.
    pub edges: Vec<FleetEdge>,
    /// Accepted findings.
    pub waivers: Vec<FleetWaiver>,
    /// What becomes of packages.
    pub decisions: Vec<FleetDecision>,
    /// What new machines install from; nothing where the project leaves it to their maker.
    pub repositories: Vec<FleetRepository>,
}

/// One host of the fleet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetHost {
    /// Its inventory name.
    pub id: HostId,
    /// What it is for.
    pub role: RoleId,
    /// Where it stands.
    pub site: Option<SiteId>,
    /// Whether people depend on it.
    pub environment: Environment,
    /// How it moves.
    pub strategy: Strategy,
    /// Whether it moves; others are looked at because something depends on them.
    pub moves: bool,
    /// How it is reached, the project's rules filled in.
    pub connection: Connection,
    /// Hosts that must not be in motion together with it: its pair or quorum.
    pub apart_from: Vec<HostId>,
    /// The name of the window in which it may start.
    pub window: Option<String>,
    /// How long it is watched after its move.
    pub soak_seconds: u32,
    /// The rehearsal hosts that stand for it.
    pub rehearsed_on: Vec<HostId>,
}

/// Something that people use, and how it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetService {
    /// `shop`, or `web-1.shop` where each host is asked for itself.
    pub id: ServiceId,
    /// The hosts that serve it.
    pub hosts: Vec<HostId>,
    /// Where it is asked.
    pub address: String,
    /// On which port.
    pub port: u16,
    /// What is asked.
    pub check: Check,
    /// The availability promised, in percent.
    pub slo_percent: Option<Milli>,
}

/// What a service is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// GET a path.
    Http {
        /// `/healthz`.
        path: String,
        /// The status that counts; without one any below 400.
        status: Option<u16>,
        /// Text that the answer holds.
        text: Option<String>,
    },
    /// A connection opens.
    Tcp,
    /// PING; an answer that wants a password counts.
    Redis,
    /// The server takes up a session, or refuses a stranger.
    Postgresql,
    /// The server greets, and refuses a stranger.
    Mariadb,
}

/// A declared dependency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetEdge {
    /// Who depends ...
    pub from: Vec<HostId>,
    /// ... on whom.
    pub to: Vec<HostId>,
    /// Why.
    pub reason: String,
}

/// A finding that a named person accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetWaiver {
    /// The rule.
    pub rule: RuleId,
    /// For which hosts.
    pub hosts: IndexSet<HostId>,
    /// Who answers for it.
    pub owner: String,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub expires: Date,
}

/// What a person decided about a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetDecision {
    /// The package and what takes its place.
    pub decision: Decision,
    /// For which hosts.
    pub hosts: IndexSet<HostId>,
}

/// A repository that new machines install from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetRepository {
    /// The repository.
    pub repository: TargetRepository,
    /// For the successors of which hosts.
    pub hosts: IndexSet<HostId>,
}

impl Fleet {
    /// The hosts of one environment, in the inventory's order.
    pub fn of(&self, environment: Environment) -> impl Iterator<Item = &FleetHost> {
        self.hosts.values().filter(move |host| host.environment == environment)
    }

    /// What was decided about packages of a host, the last word first: a later row goes before an earlier one.
    pub fn decisions_of(&self, host: &HostId) -> Vec<&Decision> {
        self.decisions.iter().rev().filter(|row| row.hosts.contains(host)).map(|row| &row.decision).collect()
    }

    /// What the successor of a host installs from; none where nobody declared any repository at all.
    pub fn repositories_of(&self, host: &HostId) -> Option<Vec<&TargetRepository>> {
        let of_host = self.repositories.iter().filter(|row| row.hosts.contains(host)).map(|row| &row.repository);
        (!self.repositories.is_empty()).then(|| of_host.collect())
    }

    /// How a host moves.
    pub fn strategy(&self, host: &HostId) -> Strategy {
        self.hosts.get(host).map_or(Strategy::Replace, |host| host.strategy)
    }

    /// What people decided about the move of a host, beside what they gave for all.
    pub fn aim(&self, host: &HostId, given: &Arc<Given>) -> Aim {
        Aim {
            strategy: self.strategy(host),
            given: Arc::clone(given),
            decisions: self.decisions_of(host).into_iter().cloned().collect(),
            repositories: self.repositories_of(host).map(|rows| rows.into_iter().cloned().collect()),
        }
    }

    /// The waiver of a rule's finding on a host that holds on this day.
    pub fn waiver(&self, rule: &RuleId, host: &HostId, today: Date) -> Option<&FleetWaiver> {
        self.waivers
            .iter()
            .find(|waiver| waiver.rule == *rule && today <= waiver.expires && waiver.hosts.contains(host))
    }
}
