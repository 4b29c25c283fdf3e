//! TLS and SSH between two hosts, in the states that a move passes through: an old client before a moved server, and a
//! moved client before an old server.

use super::super::fixtures::*;
use super::super::text::{content, files, lines, listing_of, names, nginx, settings};
use super::super::web::is_modern;
use super::directory::Peer;
use super::ssh::{KINDS, Kind, Sides, apart_in, sides};
use super::{Evidence, Fleet, FleetFinding, FleetRule, FleetVerdict, Keeps, Severity, fine, found, moves};
use crate::facts::{ConfigFile, Facts, Process, Why};
use crate::{HostId, Message};
use std::collections::BTreeMap;

/// Ports on which a connection begins with TLS.
const TLS_PORTS: &[u16] = &[443, 465, 636, 993, 995, 6514, 8443];

const SSH_CONFIG: &str = "/etc/ssh/ssh_config";

pub const OLD_CLIENT: FleetRule = FleetRule {
    id: "fleet.tls-old-client",
    severity: Severity::Blocks,
    sources: &["SEC-01"],
    evidence: Evidence::Tried,
    looks_at: &["edges", "config_files", "nginx", "processes", "interfaces", "os"],
    keeps: Keeps { process: |process| !of_process(process).is_empty(), ..Keeps::files(says_a_ceiling) },
    look: old_client,
    cases: &[
        found(
            || {
                changed(|hosts| {
                    add_file(&mut hosts[0], "/opt/shop/etc/shop.conf", "PAY_HOST=mon-1\nPAY_TLS_VERSION=TLSv1\n")
                })
            },
            &[],
        ),
        found(
            || {
                changed(|hosts| {
                    nginx_says(&mut hosts[0], "proxy_ssl_protocols TLSv1 TLSv1.1;");
                    edge(&mut hosts[0], "10.77.0.11", 443);
                })
            },
            &[],
        ),
        fine(
            || {
                changed(|hosts| {
                    add_file(&mut hosts[0], "/opt/shop/etc/shop.conf", "PAY_HOST=mon-1\nPAY_TLS_VERSION=TLSv1.2\n")
                })
            },
            &[],
        ),
        fine(
            || {
                changed(|hosts| {
                    add_file(
                        &mut hosts[0],
                        "/opt/shop/etc/shop.conf",
                        "PAY_HOST=pay.example.net\nPAY_TLS_VERSION=TLSv1\n",
                    )
                })
            },
            &[],
        ),
    ],
    ..FleetRule::USUAL
};
fn old_client(fleet: &Fleet<'_>) -> FleetVerdict {
    let directory = fleet.directory();
    fleet.each(&["edges", "config_files", "nginx", "processes", "os"], |client| {
        let calls = directory.calls(client)?;
        let called: Vec<&Peer> = calls
            .iter()
            .filter(|(edge, _)| TLS_PORTS.contains(&edge.service_port))
            .map(|(_, server)| *server)
            .collect();
        let mut found = Vec::new();
        for ceiling in ceilings(client)? {
            let named = directory.named_in(&ceiling.beside, &client.host);
            let servers = if named.is_empty() { called.clone() } else { named };
            found.extend(refused(client, &ceiling, &servers)?);
        }
        Ok(found)
    })
}

/// The moved server answers a client of that kind with an alert, and the moved client finds no version at all.
fn refused(client: &Facts, ceiling: &Ceiling, servers: &[&Peer]) -> Result<Option<FleetFinding>, Why> {
    let mut hosts = vec![client.host.clone()];
    for server in servers {
        if (server.moves.clone()? || moves(client)?) && !hosts.contains(&server.host) {
            hosts.push(server.host.clone());
        }
    }
    let message = Message::new("finding-fleet-tls-old-client")
        .with("client", &client.host)
        .with("place", &ceiling.place)
        .with("versions", &ceiling.versions)
        .with("servers", names(hosts.iter().skip(1).map(ToString::to_string)));
    Ok((hosts.len() > 1).then_some(FleetFinding { hosts, message }))
}

/// A client is told to speak old versions of TLS only.
#[derive(Debug, PartialEq, Eq)]
struct Ceiling {
    /// The file, or the program.
    place: String,
    versions: String,
    /// Text that may name the servers.
    beside: String,
}

/// Every such client on the host: nginx and HAProxy towards what stands behind them, applications, Java.
fn ceilings(facts: &Facts) -> Result<Vec<Ceiling>, Why> {
    let mut all = Vec::new();
    if let Some(server) = facts.nginx.get()? {
        let directives = nginx(server.listing.get()?);
        let upstreams: Vec<String> = directives
            .iter()
            .filter(|one| matches!(one.name(), "proxy_pass" | "server"))
            .map(|one| one.words.join(" "))
            .collect();
        let said = directives.iter().filter(|one| one.name() == "proxy_ssl_protocols");
        all.extend(said.filter_map(|one| ceiling(&one.file, &one.args().join(" "), &upstreams.join(" "))));
    }
    for file in files(facts, is_client)? {
        all.extend(of_file(&file.path, content(file)?));
    }
    for process in facts.processes.get()? {
        all.extend(of_process(process));
    }
    Ok(all)
}

/// What a listing of nginx says of old TLS: of a list that allows newer versions nobody has anything to say.
pub fn about_tls(listing: &str) -> String {
    let all = nginx(listing);
    let told = all.iter().any(|one| one.name() == "proxy_ssl_protocols");
    listing_of(all.iter().filter(|one| match one.name() {
        "ssl_protocols" => !is_modern(one),
        "proxy_ssl_protocols" => true,
        "proxy_pass" | "server" => told,
        _ => false,
    }))
}

/// Files that may tell a client what to speak.
fn is_client(path: &str) -> bool {
    is_haproxy(path) || is_application(path)
}

fn is_haproxy(path: &str) -> bool {
    path.starts_with("/etc/haproxy/")
}

/// Whether the file tells a client to speak old versions only; one that could not be read might.
fn says_a_ceiling(file: &ConfigFile) -> bool {
    is_client(&file.path) && file.content.known().is_none_or(|text| !of_file(&file.path, text).is_empty())
}

fn of_file(path: &str, text: &str) -> Vec<Ceiling> {
    if is_haproxy(path) {
        return lines(text).filter_map(|line| haproxy(path, &line.words)).collect();
    }
    let said = settings(text).into_iter().filter(|one| is_tls_version(one.key));
    said.filter_map(|one| ceiling(path, one.value, text)).collect()
}

fn of_process(process: &Process) -> Vec<Ceiling> {
    let options = process.args.split_whitespace().filter_map(|word| {
        word.strip_prefix("-Dhttps.protocols=").or_else(|| word.strip_prefix("-Djdk.tls.client.protocols="))
    });
    options.filter_map(|versions| ceiling(&process.comm, versions, "")).collect()
}

/// Where applications keep their settings.
fn is_application(path: &str) -> bool {
    ["/opt/", "/srv/", "/etc/sysconfig/", "/etc/default/"].iter().any(|folder| path.starts_with(folder))
}

/// `SHOP_TLS_VERSION`, `ssl.protocol`, `enabledTLSProtocols`.
fn is_tls_version(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    (key.contains("tls") || key.contains("ssl")) && (key.contains("protocol") || key.contains("version"))
}

/// Only when no newer version is among them: a least version says nothing about the highest.
fn ceiling(place: &str, said: &str, beside: &str) -> Option<Ceiling> {
    let versions: Vec<Tls> = said.split([',', ' ', ':', ';', '+', '|', '"', '\'']).filter_map(tls).collect();
    let old = !versions.is_empty() && versions.iter().all(|version| *version == Tls::Old);
    let place = if place.is_empty() { "nginx -T" } else { place };
    old.then(|| Ceiling { place: place.to_owned(), versions: said.trim().to_owned(), beside: beside.to_owned() })
}

fn haproxy(path: &str, words: &[&str]) -> Option<Ceiling> {
    let server = matches!(words.first(), Some(&("server" | "default-server" | "ssl-default-server-options")));
    let forced = words.iter().find(|word| matches!(**word, "force-sslv3" | "force-tlsv10" | "force-tlsv11"));
    let most =
        words.windows(2).find(|pair| pair[0] == "ssl-max-ver" && tls(pair[1]) == Some(Tls::Old)).map(|pair| &pair[1]);
    let versions = forced.or(most).filter(|_| server)?;
    Some(Ceiling { place: path.to_owned(), versions: (*versions).to_owned(), beside: words.join(" ") })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tls {
    /// Up to 1.1.
    Old,
    Modern,
}

/// `TLSv1`, `tls1.0`, `TLSv1_1`, `PROTOCOL_TLSv1_2`, `SSLv3`.
fn tls(word: &str) -> Option<Tls> {
    let word = word.to_ascii_lowercase().replace('_', ".");
    let word = word.strip_prefix("protocol.").unwrap_or(&word);
    if let Some(version) = word.strip_prefix("ssl") {
        return matches!(version.trim_start_matches('v'), "2" | "3").then_some(Tls::Old);
    }
    match word.strip_prefix("tls")?.trim_start_matches(['v', '.']) {
        "1" | "1.0" | "1.1" | "10" | "11" => Some(Tls::Old),
        "1.2" | "1.3" | "12" | "13" => Some(Tls::Modern),
        _ => None,
    }
}

pub const SSH: FleetRule = FleetRule {
    id: "fleet.ssh-algorithms",
    severity: Severity::Warns,
    sources: &["SEC-10", "SEC-15"],
    evidence: Evidence::Documented,
    looks_at: &["edges", "config_files", "sshd", "interfaces", "os"],
    keeps: Keeps::files(|file| file.path == SSH_CONFIG),
    look: ssh,
    cases: &[
        found(
            || {
                changed(|hosts| {
                    add_file(&mut hosts[0], "/etc/ssh/ssh_config", "Host *\n  Ciphers aes256-cbc\n");
                    edge(&mut hosts[0], "10.77.0.21", 22);
                })
            },
            &[],
        ),
        fine(
            || {
                changed(|hosts| {
                    add_file(&mut hosts[0], "/etc/ssh/ssh_config", "Host *\n  Ciphers aes256-cbc,aes256-ctr\n");
                    edge(&mut hosts[0], "10.77.0.21", 22);
                })
            },
            &[],
        ),
    ],
    ..FleetRule::USUAL
};
fn ssh(fleet: &Fleet<'_>) -> FleetVerdict {
    let mut apart: BTreeMap<(HostId, String, &str), Vec<HostId>> = BTreeMap::new();
    let mut verdict = fleet.each(&["edges", "config_files", "os"], |client| {
        for (_, server) in fleet.directory().calls(client)?.into_iter().filter(|(edge, _)| edge.service_port == 22) {
            for kind in KINDS {
                let (asks, offers) = (asked(client, kind)?, offered(server, kind)?);
                if let Some(state) = apart_in(&asks, &offers, moves(client)?, server.moves.clone()?) {
                    let key = (server.host.clone(), kind.option.to_owned(), state);
                    apart.entry(key).or_default().push(client.host.clone());
                }
            }
        }
        Ok(Vec::new())
    });
    verdict.found.extend(apart.into_iter().map(|((server, option, state), mut clients)| {
        clients.dedup();
        let message = Message::new("finding-fleet-ssh-algorithms")
            .with("server", &server)
            .with("clients", names(clients.iter().map(ToString::to_string)))
            .with("option", option)
            .with("state", state);
        FleetFinding { hosts: std::iter::once(server).chain(clients).collect(), message }
    }));
    verdict
}

/// What the client asks for: `ssh_config`, as far as it speaks of every host.
fn asked(facts: &Facts, kind: &Kind) -> Result<Sides, Why> {
    let mut said = None;
    for file in files(facts, |path| path == SSH_CONFIG)? {
        let mut general = true;
        for line in lines(content(file)?) {
            if line.is("host") || line.is("match") {
                general = line.value() == "*" || line.value().eq_ignore_ascii_case("all");
            } else if general && said.is_none() && line.is(kind.option) {
                said = Some(line.value().to_owned());
            }
        }
    }
    Ok(sides(said.as_deref(), kind))
}

/// What the server takes.
fn offered(server: &Peer, kind: &Kind) -> Result<Sides, Why> {
    let said = server
        .sshd
        .as_ref()
        .map_err(Why::clone)?
        .iter()
        .find(|(key, _)| key == kind.option)
        .map(|(_, value)| value.as_str());
    Ok(sides(said, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_written_in_many_ways() {
        for (word, want) in [
            ("TLSv1", Some(Tls::Old)),
            ("tls1.0", Some(Tls::Old)),
            ("TLSv1.1", Some(Tls::Old)),
            ("PROTOCOL_TLSv1", Some(Tls::Old)),
            ("PROTOCOL_TLSv1_2", Some(Tls::Modern)),
            ("TLSv1.3", Some(Tls::Modern)),
            ("SSLv3", Some(Tls::Old)),
            ("tls", None),
            ("on", None),
        ] {
            assert_eq!(tls(word), want, "{word}");
        }
        assert_eq!(ceiling("f", "TLSv1 TLSv1.2", ""), None, "a newer one is among them");
        assert_eq!(ceiling("f", "on", ""), None);
    }
}
