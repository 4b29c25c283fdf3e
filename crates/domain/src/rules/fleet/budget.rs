//! Connections: the pools of all clients against what the database takes, at every moment of a wave.

use super::super::fixtures::*;
use super::super::text::settings;
use super::directory::Directory;
use super::{Evidence, Fleet, FleetFinding, FleetRule, FleetVerdict, Keeps, Severity, fine, found};
use crate::facts::{ConfigFile, Facts, Why};
use crate::{HostId, Message};
use std::collections::{BTreeMap, HashSet};

/// Endings of the names under which applications write the size of their pool: `SHOP_POOL_SIZE`, `maximumPoolSize`.
const POOL_KEYS: &[&str] =
    &["pool_size", "poolsize", "pool_max", "db_pool", "database_pool", "max_open_conns", "pm.max_children"];

/// Connections that PostgreSQL keeps for its superuser.
const PG_RESERVED: u32 = 3;

pub const CONNECTIONS: FleetRule = FleetRule {
    id: "fleet.connection-budget",
    severity: Severity::Blocks,
    sources: &["PHP-07"],
    evidence: Evidence::Tried,
    looks_at: &["postgresql", "mariadb", "edges", "config_files"],
    keeps: Keeps::files(says_a_pool),
    look: connections,
    cases: &[found(|| shop(12), &[]), found(|| shop(10), &[&["web-1"], &["web-2", "web-3"]]), fine(|| shop(10), &[])],
    ..FleetRule::USUAL
};
fn connections(fleet: &Fleet<'_>) -> FleetVerdict {
    let pools = pools(fleet);
    fleet.each(&["postgresql", "mariadb"], |database| {
        let mut found = Vec::new();
        for (port, limit) in limits(database)? {
            let clients = clients(fleet, &pools, &database.host, port)?;
            found.extend(over(fleet, &database.host, limit, &clients));
        }
        Ok(found)
    })
}

/// A client and the most connections that it may open.
struct Client {
    host: HostId,
    pool: u32,
}

/// Each database server of the host: its port, and how many connections clients may have in all.
fn limits(facts: &Facts) -> Result<Vec<(u16, u32)>, Why> {
    let mut all = Vec::new();
    for server in facts.postgresql.get()? {
        all.push((server.port, server.state.get()?.max_connections.saturating_sub(PG_RESERVED)));
    }
    if let Some(server) = facts.mariadb.get()? {
        let state = server.state.get()?;
        all.push((state.port, state.max_connections));
    }
    Ok(all)
}

/// The pools that a host's files state, each with the database that its file names first.
struct Pools {
    host: HostId,
    stated: Result<Vec<(u32, Option<HostId>)>, Why>,
}

/// Hosts that state pools, and those that may.
fn pools(fleet: &Fleet<'_>) -> Vec<Pools> {
    let (mut all, directory) = (Vec::new(), fleet.directory());
    fleet.hosts.each(&["config_files"], &mut |facts| {
        let stated = stated(facts, directory);
        if stated.as_ref().map_or(true, |stated| !stated.is_empty()) {
            all.push(Pools { host: facts.host.clone(), stated });
        }
    });
    all
}

fn stated(facts: &Facts, directory: &Directory) -> Result<Vec<(u32, Option<HostId>)>, Why> {
    let mut all = Vec::new();
    for file in facts.config_files.get()?.iter().filter(|file| is_application(&file.path)) {
        let text = file.content.get()?;
        let pool = pool_in(text);
        all.extend((pool > 0).then(|| (pool, directory.first_database(text).map(|named| named.host.clone()))));
    }
    Ok(all)
}

/// Hosts that talk to this server, or are configured to, and say how large their pool is: the sum of the pools in files
/// that are about it, for it is the first that they name, or they name none and the host was seen talking to it.
fn clients(fleet: &Fleet<'_>, pools: &[Pools], database: &HostId, port: u16) -> Result<Vec<Client>, Why> {
    let callers = fleet.callers(database, |at| at == port)?;
    let talking: HashSet<&HostId> = callers.into_iter().map(|caller| &caller.host).collect();
    let mut all = Vec::new();
    for client in pools.iter().filter(|client| client.host != *database) {
        let talks = talking.contains(&client.host);
        let stated = client.stated.as_ref().map_err(Clone::clone)?;
        let mine = stated.iter().filter(|(_, named)| named.as_ref().map_or(talks, |named| named == database));
        let pool = mine.fold(0, |sum: u32, (pool, _)| sum.saturating_add(*pool));
        all.extend((pool > 0).then(|| Client { host: client.host.clone(), pool }));
    }
    Ok(all)
}

/// Whether the file is one whose pools are added up; one that could not be read might be.
fn says_a_pool(file: &ConfigFile) -> bool {
    is_application(&file.path) && file.content.known().is_none_or(|text| pool_in(text) > 0)
}

/// A setting that stands twice counts once, with the value that is read last.
fn pool_in(text: &str) -> u32 {
    let sizes = settings(text).into_iter().filter(|setting| is_pool(setting.key));
    let last: BTreeMap<(&str, &str), u32> =
        sizes.filter_map(|setting| Some(((setting.section, setting.key), number(setting.value)?))).collect();
    last.into_values().fold(0, u32::saturating_add)
}

/// Where applications keep their settings; a server's own files use the same words for other things.
pub(super) fn is_application(path: &str) -> bool {
    let folders = ["/opt/", "/srv/", "/etc/sysconfig/", "/etc/default/", "/etc/php-fpm.d/", "/etc/systemd/system/"];
    folders.iter().any(|folder| path.starts_with(folder)) || !path.starts_with("/etc/")
}

fn is_pool(key: &str) -> bool {
    let key = key.trim_matches(['"', '\'']).to_ascii_lowercase().replace('-', "_");
    POOL_KEYS.iter().any(|ending| key.ends_with(ending))
}

fn number(value: &str) -> Option<u32> {
    value.trim_matches(['"', '\'', ',', ';']).trim().parse().ok()
}

/// Old and new hosts of a wave run side by side, each with its whole pool.
fn over(fleet: &Fleet<'_>, database: &HostId, limit: u32, clients: &[Client]) -> Option<FleetFinding> {
    let steady: u32 = clients.iter().map(|client| client.pool).sum();
    let (wave, moving, beside) = widest_wave(fleet, clients);
    if steady.saturating_add(beside) <= limit {
        return None;
    }
    let message = Message::new("finding-fleet-connection-budget")
        .with("database", database)
        .with("limit", limit)
        .with("clients", clients.len())
        .with("steady", steady)
        .with("moving", moving)
        .with("wave", wave)
        .with("peak", steady.saturating_add(beside));
    Some(FleetFinding { hosts: clients.iter().map(|client| client.host.clone()).collect(), message })
}

/// The wave whose clients' successors add the most connections: its number, how many move, and how many they add.
/// Without waves, as wave 0: one at a time, the largest.
fn widest_wave(fleet: &Fleet<'_>, clients: &[Client]) -> (usize, usize, u32) {
    let of_wave = |(no, wave): (usize, &Vec<HostId>)| {
        let moving = clients.iter().filter(|client| wave.contains(&client.host));
        moving.fold((no, 0, 0_u32), |(no, n, sum), client| (no, n + 1, sum.saturating_add(client.pool)))
    };
    let one = clients.iter().map(|client| (0, 1, client.pool)).max_by_key(|(_, _, pool)| *pool).unwrap_or((0, 0, 0));
    (1..).zip(fleet.waves).map(of_wave).max_by_key(|(_, _, pool)| *pool).unwrap_or(one)
}
