//! Clients and their servers: what the one still speaks and the other no longer does.

use super::super::fixtures::*;
use super::super::monitoring::{Alert, alerts, is_exporter, old_exporter};
use super::super::text::{content, files, major_minor, names};
use super::super::web::{is_modern, protocols};
use super::directory::{Directory, Peer, words};
use super::{Evidence, Fleet, FleetFinding, FleetRule, FleetVerdict, Keeps, Severity, fine, found};
use crate::facts::{Facts, Why};
use crate::{HostId, Message};
use std::collections::HashSet;

/// From here on PostgreSQL keeps new passwords in a form that EL 7's own client library does not know.
const SCRAM_SINCE: (u32, u32) = (14, 0);

pub const ALERT_NAMES: FleetRule = FleetRule {
    id: "fleet.alert-names",
    severity: Severity::Blocks,
    sources: &["MON-01"],
    evidence: Evidence::Reported,
    looks_at: &["config_files", "packages"],
    keeps: Keeps {
        package: |package| is_exporter(&package.name),
        ..Keeps::files(|file| file.path.starts_with("/etc/prometheus/"))
    },
    look: alert_names,
    cases: &[found(
        || {
            changed(|hosts| {
                add_package(&mut hosts[0], "node_exporter", "0.15.2", "1.el7");
                alert(&mut hosts[4], "node_memory_MemAvailable < 1e8");
            })
        },
        &[],
    )],
    ..FleetRule::USUAL
};
fn alert_names(fleet: &Fleet<'_>) -> FleetVerdict {
    let mut moving = Vec::new();
    let mut verdict = fleet.each(&["packages"], |facts| {
        moving.extend(old_exporter(facts)?.map(|_| facts.host.clone()));
        Ok(Vec::new())
    });
    let alerts = fleet.each(&["config_files"], |watcher| {
        let alerts = alerts(watcher)?;
        if alerts.iter().all(|alert| alert.stale_names().next().is_none()) {
            return Ok(Vec::new());
        }
        let watched = watched(fleet.directory(), watcher, &moving)?;
        Ok(alerts.iter().filter_map(|alert| stale(watcher, &watched, alert)).collect())
    });
    verdict.found.extend(alerts.found);
    verdict.unread.extend(alerts.unread);
    verdict
}

/// Those of the moving hosts that the watcher's own configuration names; all of them when it names none,
/// for then it finds its targets in some other way.
fn watched(directory: &Directory, watcher: &Facts, moving: &[HostId]) -> Result<Vec<HostId>, Why> {
    let mut named = HashSet::new();
    for file in files(watcher, |path| path.starts_with("/etc/prometheus/"))? {
        named.extend(words(content(file)?).filter_map(|word| directory.host(word)).map(|host| &host.host));
    }
    let hosts = moving.iter().filter(|host| named.is_empty() || named.contains(host));
    Ok(hosts.cloned().collect())
}

/// The alert falls silent for each host whose exporter changes its names on the way.
fn stale(watcher: &Facts, watched: &[HostId], alert: &Alert) -> Option<FleetFinding> {
    let (old, new): (Vec<&str>, Vec<&str>) = alert.stale_names().unzip();
    let message = Message::new("finding-fleet-alert-names")
        .with("host", &watcher.host)
        .with("file", &alert.file)
        .with("alert", &alert.name)
        .with("old", names(old.iter().copied()))
        .with("new", names(new));
    let mut hosts = vec![watcher.host.clone()];
    hosts.extend(watched.iter().filter(|host| **host != watcher.host).cloned());
    (!old.is_empty()).then_some(FleetFinding { hosts, message })
}

pub const TLS: FleetRule = FleetRule {
    id: "fleet.tls-floor",
    severity: Severity::Blocks,
    sources: &["SEC-01"],
    evidence: Evidence::Tried,
    looks_at: &["nginx", "edges", "interfaces"],
    look: tls,
    cases: &[
        found(
            || {
                changed(|hosts| {
                    nginx_says(&mut hosts[0], "ssl_protocols TLSv1;");
                    edge(&mut hosts[1], "10.77.0.31", 443);
                })
            },
            &[],
        ),
        fine(|| changed(|hosts| edge(&mut hosts[1], "10.77.0.31", 443)), &[]),
    ],
    ..FleetRule::USUAL
};
fn tls(fleet: &Fleet<'_>) -> FleetVerdict {
    fleet.each(&["nginx"], |server| {
        if protocols(server)?.iter().all(is_modern) {
            return Ok(Vec::new());
        }
        let clients = fleet.callers(&server.host, |port| port == 443 || port == 8443)?;
        let hosts: Vec<HostId> = clients.into_iter().map(|client| client.host.clone()).collect();
        let message = Message::new("finding-fleet-tls-floor")
            .with("server", &server.host)
            .with("clients", names(hosts.iter().map(ToString::to_string)));
        Ok(if hosts.is_empty() { Vec::new() } else { vec![FleetFinding { hosts, message }] })
    })
}

pub const SCRAM: FleetRule = FleetRule {
    id: "fleet.scram-clients",
    severity: Severity::Warns,
    sources: &["PG-05"],
    evidence: Evidence::Reported,
    looks_at: &["postgresql", "edges", "interfaces", "os"],
    look: scram,
    cases: &[
        found(
            || {
                changed(|hosts| {
                    edge(&mut hosts[0], "10.77.0.41", 5432);
                })
            },
            &[],
        ),
        fine(
            || {
                changed(|hosts| {
                    edge(&mut hosts[0], "10.77.0.41", 5432);
                    postgresql(&mut hosts[2]).version = "15.8".into();
                })
            },
            &[],
        ),
    ],
    ..FleetRule::USUAL
};
fn scram(fleet: &Fleet<'_>) -> FleetVerdict {
    fleet.each(&["postgresql"], |server| {
        let mut found = Vec::new();
        for instance in server.postgresql.get()? {
            if major_minor(&instance.state.get()?.version).is_none_or(|version| version >= SCRAM_SINCE) {
                continue; // its clients know the new form already
            }
            let clients = still_el7(&fleet.callers(&server.host, |port| port == instance.port)?)?;
            let message = Message::new("finding-fleet-scram-clients")
                .with("server", &server.host)
                .with("clients", names(clients.iter().map(ToString::to_string)));
            found.extend((!clients.is_empty()).then_some(FleetFinding { hosts: clients, message }));
        }
        Ok(found)
    })
}

fn still_el7(clients: &[&Peer]) -> Result<Vec<HostId>, Why> {
    let mut old = Vec::new();
    for client in clients {
        if client.moves.clone()? {
            old.push(client.host.clone());
        }
    }
    Ok(old)
}

pub const TIME_SERVERS: FleetRule = FleetRule {
    id: "fleet.time-servers",
    severity: Severity::Warns,
    sources: &["NET-20"],
    evidence: Evidence::Known,
    looks_at: &["time_sync", "interfaces", "hostname"],
    look: time_servers,
    cases: &[found(
        || {
            changed(|hosts| {
                known(&mut hosts[0].time_sync).servers = vec!["mon-1.example.com".into()];
            })
        },
        &[],
    )],
    ..FleetRule::USUAL
};
fn time_servers(fleet: &Fleet<'_>) -> FleetVerdict {
    fleet.each(&["time_sync"], |client| {
        let servers = client.time_sync.get()?.servers.iter().filter_map(|name| fleet.directory().host(name));
        Ok(servers
            .filter(|server| server.host != client.host)
            .map(|server| FleetFinding {
                hosts: vec![server.host.clone(), client.host.clone()],
                message: Message::new("finding-fleet-time-servers")
                    .with("server", &server.host)
                    .with("client", &client.host),
            })
            .collect())
    })
}
