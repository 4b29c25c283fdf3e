//! Replication: who follows whom, and the order that this forces.

use super::super::fixtures::*;
use super::super::postgresql::sorted_by_libc;
use super::directory::Directory;
use super::servers::PairKind;
use super::{Evidence, Fleet, FleetFinding, FleetRule, FleetVerdict, Severity, fine, found, moves, older};
use crate::facts::{Facts, RedisRole, Why};
use crate::{HostId, Message};
use serde::{Deserialize, Serialize};

/// Where it is told who follows whom.
const SERVERS: &[&str] = &["redis", "postgresql", "mariadb"];

/// A host that follows another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Pair {
    pub kind: PairKind,
    pub primary: HostId,
    pub replica: HostId,
    /// Version of the primary's and of the replica's server.
    pub versions: (String, String),
}

/// Every pair that the fleet's own state shows, and the hosts whose state is unknown.
pub fn pairs(fleet: &Fleet<'_>) -> (Vec<Pair>, Vec<(HostId, Why)>) {
    let (mut all, directory) = (Vec::new(), fleet.directory());
    let verdict = fleet.each(SERVERS, |replica| {
        all.extend(leaders(replica)?.into_iter().filter_map(|leader| pair(directory, &replica.host, leader)));
        Ok(Vec::new())
    });
    (all, verdict.unread)
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

fn pair(directory: &Directory, replica: &HostId, (kind, address, version): Leader) -> Option<Pair> {
    let primary = directory.host(&address).filter(|primary| primary.host != *replica)?;
    let its = primary.versions.iter().find(|(of, _)| *of == kind).map(|(_, version)| version.clone());
    let versions = (its.unwrap_or_default(), version);
    Some(Pair { kind, primary: primary.host.clone(), replica: replica.clone(), versions })
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
    let pairs: Vec<&Pair> = pairs.iter().filter(|pair| pair.kind == PairKind::Postgresql).collect();
    let mut verdict = fleet.each(&["os", "postgresql"], |primary| {
        let mut its = pairs.iter().filter(|pair| pair.primary == primary.host).peekable();
        if its.peek().is_none() || !crosses(primary)? {
            return Ok(Vec::new());
        }
        Ok(its.map(|pair| finding(pair, about(pair, "finding-fleet-standby-text-order"))).collect())
    });
    verdict.unread.splice(0..0, unread);
    verdict
}

/// Whether files written under one C library's order would be read under another's.
fn crosses(primary: &Facts) -> Result<bool, Why> {
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
