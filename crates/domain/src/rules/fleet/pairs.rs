//! Replication: who follows whom, and the order that this forces.

use super::super::database::sorted_by_libc;
use super::super::fixtures::*;
use super::directory::Directory;
use super::{Evidence, Fleet, FleetFinding, FleetRule, FleetVerdict, Severity, fine, found, moves, older};
use crate::facts::{Facts, RedisRole, Why};
use crate::{HostId, Message};
use serde::{Deserialize, Serialize};

/// A host that follows another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Pair {
    pub kind: PairKind,
    pub primary: HostId,
    pub replica: HostId,
    /// Version of the primary's and of the replica's server.
    pub versions: (String, String),
}

/// What is replicated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PairKind {
    Redis,
    Postgresql,
    Mariadb,
}

impl PairKind {
    /// The product's name, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Redis => "Redis",
            Self::Postgresql => "PostgreSQL",
            Self::Mariadb => "MariaDB",
        }
    }
}

/// Every pair that the fleet's own state shows, and the hosts whose state is unknown.
pub fn pairs(fleet: &Fleet<'_>) -> (Vec<Pair>, Vec<(HostId, Why)>) {
    let directory = Directory::of(fleet);
    let (mut all, mut unread) = (Vec::new(), Vec::new());
    for replica in fleet.hosts {
        match leaders(replica) {
            Ok(leaders) => all.extend(leaders.into_iter().filter_map(|leader| pair(&directory, replica, leader))),
            Err(why) => unread.push((replica.host.clone(), why)),
        }
    }
    (all, unread)
}

/// Whom a host follows: what, at which address, with which version of its own.
type Leader = (PairKind, String, String);

fn leaders(facts: &Facts) -> Result<Vec<Leader>, Why> {
    let mut all = Vec::new();
    for instance in facts.redis.get()? {
        let state = instance.state.get()?;
        if let RedisRole::Replica { master_host, .. } = &state.role {
            all.push((PairKind::Redis, master_host.clone(), state.version.clone()));
        }
    }
    for server in facts.postgresql.get()? {
        let state = server.state.get()?;
        all.extend(
            state
                .primary_host
                .clone()
                .filter(|_| state.in_recovery)
                .map(|host| (PairKind::Postgresql, host, state.version.clone())),
        );
    }
    if let Some(server) = facts.mariadb.get()? {
        let state = server.state.get()?;
        all.extend(
            state
                .replica
                .as_ref()
                .map(|replica| (PairKind::Mariadb, replica.master_host.clone(), state.version.clone())),
        );
    }
    Ok(all)
}

fn pair(directory: &Directory<'_>, replica: &Facts, (kind, address, version): Leader) -> Option<Pair> {
    let primary = directory.host(&address).filter(|primary| primary.host != replica.host)?;
    let its = version_of(kind, primary).unwrap_or_default();
    Some(Pair { kind, primary: primary.host.clone(), replica: replica.host.clone(), versions: (its, version) })
}

fn version_of(kind: PairKind, facts: &Facts) -> Option<String> {
    match kind {
        PairKind::Redis => facts.redis.known()?.first()?.state.known().map(|state| state.version.clone()),
        PairKind::Postgresql => facts.postgresql.known()?.first()?.state.known().map(|state| state.version.clone()),
        PairKind::Mariadb => facts.mariadb.known()?.as_ref()?.state.known().map(|state| state.version.clone()),
    }
}

pub const ONE_WAVE: FleetRule = FleetRule {
    id: "fleet.pair-in-one-wave",
    severity: Severity::Blocks,
    sources: &["DB-05", "RD-04", "NET-18"],
    evidence: Evidence::Tried,
    looks_at: &["redis", "postgresql", "mariadb"],
    look: one_wave,
    cases: &[found(redis_pair, &[&["cache-1", "cache-2"]]), fine(redis_pair, &[&["cache-2"], &["cache-1"]])],
    ..FleetRule::USUAL
};
fn one_wave(fleet: &Fleet<'_>) -> FleetVerdict {
    each_pair(fleet, |pair| {
        let wave = fleet.wave_of(&pair.primary).filter(|wave| fleet.wave_of(&pair.replica) == Some(*wave))?;
        Some(about(pair, "finding-fleet-pair-in-one-wave").with("wave", wave + 1))
    })
}

pub const ONE_WINDOW: FleetRule = FleetRule {
    id: "fleet.pair-in-one-window",
    severity: Severity::Warns,
    sources: &["own"],
    evidence: Evidence::Known,
    looks_at: &["redis", "postgresql", "mariadb"],
    look: one_window,
    cases: &[
        found(redis_pair, &[&["cache-2"], &["cache-1"]]).within(&[Some(0), Some(0)]),
        fine(redis_pair, &[&["cache-2"], &["cache-1"]]).within(&[Some(0), Some(1)]),
        fine(redis_pair, &[&["cache-2"], &["cache-1"]]).within(&[None, None]),
    ],
    ..FleetRule::USUAL
};
/// One wave is the business of another rule.
fn one_window(fleet: &Fleet<'_>) -> FleetVerdict {
    each_pair(fleet, |pair| {
        let apart = fleet.wave_of(&pair.primary) != fleet.wave_of(&pair.replica);
        let window = fleet.window_of(&pair.primary)?;
        let same = fleet.window_of(&pair.replica) == Some(window);
        (apart && same).then(|| about(pair, "finding-fleet-pair-in-one-window"))
    })
}

pub const REPLICA_FIRST: FleetRule = FleetRule {
    id: "fleet.replica-first",
    severity: Severity::Blocks,
    sources: &["DB-05", "RD-04"],
    evidence: Evidence::Tried,
    looks_at: &["redis", "postgresql", "mariadb"],
    look: replica_first,
    cases: &[found(redis_pair, &[&["cache-1"], &["cache-2"]]), fine(redis_pair, &[&["cache-2"], &["cache-1"]])],
    ..FleetRule::USUAL
};
fn replica_first(fleet: &Fleet<'_>) -> FleetVerdict {
    each_pair(fleet, |pair| {
        let primary = fleet.wave_of(&pair.primary)?;
        let replica = fleet.wave_of(&pair.replica)?;
        (primary < replica)
            .then(|| about(pair, "finding-fleet-replica-first").with("first", primary + 1).with("then", replica + 1))
    })
}

pub const REPLICA_OLDER: FleetRule = FleetRule {
    id: "fleet.replica-older",
    severity: Severity::Blocks,
    sources: &["DB-05", "RD-04"],
    evidence: Evidence::Tried,
    looks_at: &["redis", "postgresql", "mariadb"],
    look: replica_older,
    cases: &[
        found(
            || {
                let mut hosts = redis_pair();
                redis(&mut hosts[0]).version = "7.0.15".into();
                hosts
            },
            &[],
        ),
        fine(redis_pair, &[]),
    ],
    ..FleetRule::USUAL
};
fn replica_older(fleet: &Fleet<'_>) -> FleetVerdict {
    each_pair(fleet, |pair| {
        let (primary, replica) = &pair.versions;
        older(replica, primary).then(|| {
            about(pair, "finding-fleet-replica-older").with("primary-version", primary).with("replica-version", replica)
        })
    })
}

pub const STANDBY_ORDER: FleetRule = FleetRule {
    id: "fleet.standby-text-order",
    severity: Severity::Warns,
    sources: &["PG-06"],
    evidence: Evidence::Documented,
    looks_at: &["os", "postgresql"],
    look: standby_order,
    cases: &[
        found(
            || {
                let mut hosts = postgresql_pair();
                postgresql(&mut hosts[0]).collations.insert("shop".into(), "UTF8/zh_CN.UTF-8".into());
                hosts
            },
            &[],
        ),
        fine(postgresql_pair, &[]),
    ],
    ..FleetRule::USUAL
};
fn standby_order(fleet: &Fleet<'_>) -> FleetVerdict {
    let (pairs, unread) = pairs(fleet);
    let mut verdict = FleetVerdict { unread, ..FleetVerdict::default() };
    for pair in pairs.iter().filter(|pair| pair.kind == PairKind::Postgresql) {
        match crosses(fleet, pair) {
            Ok(true) => verdict.found.push(finding(pair, about(pair, "finding-fleet-standby-text-order"))),
            Ok(false) => {}
            Err(why) => verdict.unread.push((pair.primary.clone(), why)),
        }
    }
    verdict
}

/// Whether files written under one C library's order would be read under another's.
fn crosses(fleet: &Fleet<'_>, pair: &Pair) -> Result<bool, Why> {
    let Some(primary) = fleet.hosts.iter().find(|facts| facts.host == pair.primary) else { return Ok(false) };
    let mut by_libc = false;
    for server in primary.postgresql.get()? {
        by_libc |= !sorted_by_libc(server.state.get()?).is_empty();
    }
    Ok(by_libc && moves(primary)?)
}

fn each_pair(fleet: &Fleet<'_>, look: impl Fn(&Pair) -> Option<Message>) -> FleetVerdict {
    let (pairs, unread) = pairs(fleet);
    let found = pairs.iter().filter_map(|pair| Some(finding(pair, look(pair)?))).collect();
    FleetVerdict { found, unread }
}

fn finding(pair: &Pair, message: Message) -> FleetFinding {
    FleetFinding { hosts: vec![pair.primary.clone(), pair.replica.clone()], message }
}

fn about(pair: &Pair, key: &str) -> Message {
    Message::new(key).with("service", pair.kind.name()).with("primary", &pair.primary).with("replica", &pair.replica)
}
