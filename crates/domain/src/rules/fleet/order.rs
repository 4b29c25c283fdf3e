//! Which host goes before which, as far as connections and configuration tell.
//!
//! A connection alone orders nothing: it is asked in both half-moved states. A client of EL 9 still talks to a database,
//! file or directory server of EL 7; a client of EL 7 may be refused by a server of EL 9 (SCRAM, TLS 1.2, SMB 2, NFS over
//! UDP). So clients go first there. Redis, HTTP, DNS or syslog speak alike in all states, and order nothing.

use super::super::text::{content, files, settings};
use super::Fleet;
use super::budget::is_application;
use super::directory::{Directory, Peer};
use super::members::shared_addresses;
use crate::HostId;
use crate::facts::{Edge, Facts, Why};
use std::collections::BTreeSet;

/// One host goes before another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Precedence {
    /// What it is about; the same name in every language.
    pub what: String,
    pub lead: Lead,
    pub first: HostId,
    pub then: HostId,
    pub seen: Seen,
}

/// Why one of two goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lead {
    /// A new client knows the old server; the old client may not know the new server.
    Client,
    /// The other way round: what reports may be older than what it reports to.
    Server,
    /// What watches has to know the moved host's names before it moves.
    Watcher,
    /// The one that does not hold the shared address.
    Backup,
}

/// How it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// An established connection.
    Connection,
    /// Something written in a file.
    Configuration,
}

/// Every precedence between hosts that still move, and the hosts of which it cannot be told. What is known by a
/// connection is not said again for the configuration behind it.
pub fn precedences(fleet: &Fleet<'_>) -> (Vec<Precedence>, Vec<(HostId, Why)>) {
    let directory = fleet.directory();
    let mut all: BTreeSet<Precedence> = BTreeSet::new();
    let verdict = fleet.each(&["edges", "fstab", "config_files"], |client| {
        for seen in [connections(directory, client)?, configuration(directory, client)?].into_iter().flatten() {
            let known = Precedence { seen: Seen::Connection, ..seen.clone() };
            if !all.contains(&known) {
                all.insert(seen);
            }
        }
        Ok(Vec::new())
    });
    let (shared, _) = shared_addresses(fleet);
    for (address, mut members) in shared {
        members.sort_by_key(|(_, member)| member.priority);
        for pair in members.windows(2).filter(|pair| pair[0].1.priority < pair[1].1.priority) {
            let (first, then) = (pair[0].0.clone(), pair[1].0.clone());
            all.insert(Precedence {
                what: address.clone(),
                lead: Lead::Backup,
                first,
                then,
                seen: Seen::Configuration,
            });
        }
    }
    let moving: BTreeSet<&HostId> =
        directory.peers().iter().filter(|peer| peer.moves == Ok(true)).map(|peer| &peer.host).collect();
    let between = |one: &Precedence| moving.contains(&one.first) && moving.contains(&one.then);
    (all.into_iter().filter(between).collect(), verdict.unread)
}

fn connections(directory: &Directory, client: &Facts) -> Result<Vec<Precedence>, Why> {
    let calls = directory.calls(client)?;
    let told = |(edge, server): &(&Edge, &Peer)| {
        let (what, lead) = protocol(server, edge.service_port, &edge.process)?;
        Some(precedence(what, lead, &client.host, &server.host, Seen::Connection))
    };
    Ok(calls.iter().filter_map(told).collect())
}

/// What is spoken at a port of the server, where the order matters.
fn protocol(server: &Peer, port: u16, process: &str) -> Option<(&'static str, Lead)> {
    if let Some(what) = server.database(Some(port)) {
        return Some((what, Lead::Client));
    }
    match port {
        2049 => Some(("NFS", Lead::Client)),
        139 | 445 => Some(("SMB", Lead::Client)),
        389 | 636 => Some(("LDAP", Lead::Client)),
        9102 => Some(("Bacula", Lead::Watcher)),
        10050 => Some(("Zabbix", Lead::Watcher)),
        10051 => Some(("Zabbix", Lead::Server)),
        _ if process == "prometheus" => Some(("Prometheus", Lead::Watcher)),
        _ => None,
    }
}

fn configuration(directory: &Directory, reader: &Facts) -> Result<Vec<Precedence>, Why> {
    let mut all = Vec::new();
    let mut add = |what: &'static str, lead: Lead, server: &Peer| {
        all.push(precedence(what, lead, &reader.host, &server.host, Seen::Configuration));
    };
    for row in reader.fstab.get()?.iter().filter(|row| matches!(row.fstype.as_str(), "nfs" | "nfs4")) {
        let server = row.source.split_once(":/").and_then(|(server, _)| directory.host(server));
        server
            .filter(|server| server.host != reader.host)
            .into_iter()
            .for_each(|server| add("NFS", Lead::Client, server));
    }
    for file in files(reader, |path| path.starts_with("/etc/prometheus/"))? {
        let watched = directory.named_in(content(file)?, &reader.host);
        watched.into_iter().for_each(|server| add("Prometheus", Lead::Watcher, server));
    }
    for file in files(reader, |path| path.starts_with("/etc/zabbix/") && path.contains("agent"))? {
        for one in settings(content(file)?).into_iter().filter(|one| matches!(one.key, "Server" | "ServerActive")) {
            let servers = directory.named_in(one.value, &reader.host);
            servers.into_iter().for_each(|server| add("Zabbix", Lead::Server, server));
        }
    }
    // A database's own files name those that it lets in, and not those that it asks.
    for file in files(reader, |path| is_application(path) && !path.starts_with("/var/lib/"))? {
        for server in directory.named_in(content(file)?, &reader.host) {
            server.database(None).into_iter().for_each(|what| add(what, Lead::Client, server));
        }
    }
    Ok(all)
}

fn precedence(what: &str, lead: Lead, client: &HostId, server: &HostId, seen: Seen) -> Precedence {
    let (first, then) = match lead {
        Lead::Server => (server, client),
        Lead::Client | Lead::Watcher | Lead::Backup => (client, server),
    };
    Precedence { what: what.to_owned(), lead, first: first.clone(), then: then.clone(), seen }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixtures::*;
    use super::*;

    fn said(hosts: &[Facts]) -> Vec<String> {
        let (all, unread) = precedences(&Fleet::of(&hosts));
        assert_eq!(unread, []);
        all.iter()
            .map(|one| format!("{} {:?} {} < {} {:?}", one.what, one.lead, one.first, one.then, one.seen))
            .collect()
    }

    #[test]
    fn connections_are_asked_in_both_half_moved_states() {
        let mut hosts = clean_hosts();
        edge(&mut hosts[0], "10.77.0.41", 5432);
        edge(&mut hosts[0], "10.77.0.43", 3306);
        edge(&mut hosts[0], "10.77.0.21", 6379);
        edge(&mut hosts[0], "10.77.0.11", 10051);
        edge(&mut hosts[1], "192.0.2.1", 445);
        assert_eq!(
            said(&hosts),
            [
                "MariaDB Client web-1 < db-3 Connection",
                "PostgreSQL Client web-1 < db-1 Connection",
                "Zabbix Server mon-1 < web-1 Connection"
            ],
            "Redis speaks alike in all states"
        );
    }

    #[test]
    fn what_a_connection_shows_is_not_said_again() {
        let mut hosts = clean_hosts();
        add_file(&mut hosts[0], "/etc/sysconfig/shop", "DB_HOST=10.77.0.41\nCACHE=cache-1\n");
        assert_eq!(said(&hosts), ["PostgreSQL Client web-1 < db-1 Configuration"]);
        edge(&mut hosts[0], "10.77.0.41", 5432);
        assert_eq!(said(&hosts), ["PostgreSQL Client web-1 < db-1 Connection"]);
    }

    #[test]
    fn a_database_that_lets_another_in_is_not_its_client() {
        let mut hosts = clean_hosts();
        add_file(&mut hosts[2], "/var/lib/pgsql/13/data/pg_hba.conf", "host replication all 10.77.0.43/32 md5\n");
        assert!(said(&hosts).is_empty());
    }

    #[test]
    fn who_watches_goes_before_the_watched() {
        let mut hosts = clean_hosts();
        add_file(
            &mut hosts[4],
            "/etc/prometheus/prometheus.yml",
            "- targets: ['10.77.0.31:9100', '10.77.0.11:9100']\n",
        );
        assert_eq!(said(&hosts), ["Prometheus Watcher mon-1 < web-1 Configuration"]);
    }

    #[test]
    fn the_backup_goes_before_the_holder_of_an_address() {
        assert_eq!(said(&balancers("90")), ["10.77.0.100 Backup edge-2 < edge-1 Configuration"]);
        assert!(said(&balancers("100")).is_empty(), "nothing tells them apart");
    }

    #[test]
    fn hosts_that_have_arrived_order_nothing() {
        let mut hosts = clean_hosts();
        edge(&mut hosts[0], "10.77.0.41", 5432);
        known(&mut hosts[0].os).version_id = "9.4".into();
        assert!(said(&hosts).is_empty());
    }
}
