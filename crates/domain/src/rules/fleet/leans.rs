//! Services that hosts name in their configuration: names, directory, mail, logs, files, monitoring. Nobody must lose
//! all the servers that it names at once.

use super::super::fixtures::*;
use super::super::text::{content, files, lines, settings};
use super::{Evidence, Fleet, FleetFinding, FleetRule, FleetVerdict, Keeps, Severity, fine, found};
use crate::facts::{ConfigFile, Facts, Why};
use crate::rules::text::names;
use crate::{HostId, Message};
use std::collections::BTreeMap;

const POSTFIX: &str = "/etc/postfix/main.cf";

pub const NAME_SERVERS: FleetRule = FleetRule {
    id: "fleet.name-servers",
    severity: Severity::Warns,
    sources: &["NET-22"],
    evidence: Evidence::Known,
    looks_at: &["resolver", "interfaces", "os"],
    look: name_servers,
    cases: &[
        found(|| changed(|hosts| known(&mut hosts[0].resolver).nameservers = vec!["10.77.0.11".into()]), &[]),
        found(
            || {
                changed(|hosts| {
                    known(&mut hosts[0].resolver).nameservers = vec!["10.77.0.11".into(), "10.77.0.21".into()]
                })
            },
            &[&["mon-1", "cache-1"]],
        ),
        fine(
            || {
                changed(|hosts| {
                    known(&mut hosts[0].resolver).nameservers = vec!["10.77.0.11".into(), "10.77.0.21".into()]
                })
            },
            &[&["mon-1"], &["cache-1"]],
        ),
        fine(
            || {
                changed(|hosts| {
                    known(&mut hosts[0].resolver).nameservers = vec!["10.77.0.11".into(), "192.0.2.53".into()]
                })
            },
            &[],
        ),
    ],
    ..FleetRule::USUAL
};
fn name_servers(fleet: &Fleet<'_>) -> FleetVerdict {
    leaning(fleet, &["resolver"], "finding-fleet-name-servers", |facts| Ok(facts.resolver.get()?.nameservers.clone()))
}

pub const DIRECTORY_SERVERS: FleetRule = FleetRule {
    id: "fleet.directory-servers",
    severity: Severity::Warns,
    sources: &["IDM-05"],
    evidence: Evidence::Known,
    looks_at: &["config_files", "interfaces", "os"],
    keeps: Keeps::files(|file| is_directory_client(&file.path)),
    look: directory_servers,
    cases: &[
        found(
            || {
                changed(|hosts| {
                    add_file(
                        &mut hosts[0],
                        "/etc/sssd/sssd.conf",
                        "[domain/a]\nldap_uri = ldaps://mon-1.example.com:636\n",
                    )
                })
            },
            &[],
        ),
        fine(
            || {
                changed(|hosts| {
                    add_file(
                        &mut hosts[0],
                        "/etc/sssd/sssd.conf",
                        "[domain/a]\nldap_uri = ldaps://mon-1.example.com, ldaps://ds.example.net\n",
                    )
                })
            },
            &[],
        ),
    ],
    ..FleetRule::USUAL
};
fn directory_servers(fleet: &Fleet<'_>) -> FleetVerdict {
    leaning(fleet, &["config_files"], "finding-fleet-directory-servers", |facts| {
        let keys = ["ldap_uri", "ldap_backup_uri", "ipa_server", "krb5_server", "uri", "kdc"];
        each(facts, is_directory_client, |text| {
            let said = settings(text).into_iter().filter(|one| keys.contains(&one.key.to_ascii_lowercase().as_str()));
            said.flat_map(|one| one.value.split([',', ' ', '\t']).map(server_of).collect::<Vec<_>>()).collect()
        })
    })
}

fn is_directory_client(path: &str) -> bool {
    matches!(path, "/etc/sssd/sssd.conf" | "/etc/openldap/ldap.conf" | "/etc/nslcd.conf" | "/etc/krb5.conf")
}

pub const MAIL_RELAYS: FleetRule = FleetRule {
    id: "fleet.mail-relays",
    severity: Severity::Warns,
    sources: &["MTA-01"],
    evidence: Evidence::Known,
    looks_at: &["config_files", "interfaces", "os"],
    keeps: Keeps::files(|file| file.path == POSTFIX),
    look: mail_relays,
    cases: &[
        found(
            || changed(|hosts| add_file(&mut hosts[0], "/etc/postfix/main.cf", "relayhost = [mon-1.example.com]:25\n")),
            &[],
        ),
        fine(
            || {
                changed(|hosts| {
                    add_file(
                        &mut hosts[0],
                        "/etc/postfix/main.cf",
                        "relayhost = [relay.example.net]\nmyorigin = mon-1\n",
                    )
                })
            },
            &[],
        ),
    ],
    ..FleetRule::USUAL
};
fn mail_relays(fleet: &Fleet<'_>) -> FleetVerdict {
    leaning(fleet, &["config_files"], "finding-fleet-mail-relays", |facts| {
        let keys = ["relayhost", "fallback_relay", "smtp_fallback_relay"];
        each(
            facts,
            |path| path == POSTFIX,
            |text| {
                let said = settings(text).into_iter().filter(|one| keys.contains(&one.key));
                said.flat_map(|one| one.value.split([',', ' ']).map(server_of).collect::<Vec<_>>()).collect()
            },
        )
    })
}

pub const LOG_COLLECTORS: FleetRule = FleetRule {
    id: "fleet.log-collectors",
    severity: Severity::Warns,
    sources: &["LOG-01"],
    evidence: Evidence::Known,
    looks_at: &["config_files", "interfaces", "os"],
    keeps: Keeps::files(|file| is_rsyslog(&file.path)),
    look: log_collectors,
    cases: &[
        found(|| changed(|hosts| add_file(&mut hosts[0], "/etc/rsyslog.d/site.conf", "*.* @@10.77.0.11:514\n")), &[]),
        fine(
            || {
                changed(|hosts| {
                    add_file(
                        &mut hosts[0],
                        "/etc/rsyslog.d/site.conf",
                        "#*.* @@10.77.0.11:514\n*.* @@logs.example.net\n",
                    )
                })
            },
            &[],
        ),
    ],
    ..FleetRule::USUAL
};
fn log_collectors(fleet: &Fleet<'_>) -> FleetVerdict {
    leaning(fleet, &["config_files"], "finding-fleet-log-collectors", |facts| {
        each(facts, is_rsyslog, |text| lines(text).flat_map(|line| targets(&line.words)).collect())
    })
}

fn is_rsyslog(path: &str) -> bool {
    path == "/etc/rsyslog.conf" || path.starts_with("/etc/rsyslog.d/")
}

/// `*.* @@(o)10.0.0.1:514`, `action(type="omfwd" target="logs" port="514")`.
fn targets(words: &[&str]) -> Vec<String> {
    let short = words.iter().skip(1).filter(|word| word.starts_with('@')).map(|word| {
        let bare = word.trim_start_matches('@');
        server_of(bare.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(bare, |(_, rest)| rest))
    });
    let said = words.join(" ").to_ascii_lowercase();
    let long = said.match_indices("target=\"").filter_map(|(at, key)| said[at + key.len()..].split('"').next());
    short.chain(long.map(str::to_owned)).collect()
}

pub const FILE_SERVERS: FleetRule = FleetRule {
    id: "fleet.file-servers",
    severity: Severity::Warns,
    sources: &["NET-25", "NET-26", "NET-27"],
    evidence: Evidence::Known,
    looks_at: &["mounts", "fstab", "interfaces", "os"],
    look: file_servers,
    cases: &[
        found(|| changed(|hosts| known(&mut hosts[0].fstab).push(fstab("db-1:/srv/shop", "/srv/shop", "nfs4"))), &[]),
        fine(
            || {
                changed(|hosts| {
                    known(&mut hosts[0].fstab).push(fstab("nas.example.net:/srv/shop", "/srv/shop", "nfs4"))
                })
            },
            &[],
        ),
    ],
    ..FleetRule::USUAL
};
fn file_servers(fleet: &Fleet<'_>) -> FleetVerdict {
    leaning(fleet, &["mounts", "fstab"], "finding-fleet-file-servers", |facts| {
        let mounted = facts.mounts.get()?.iter().map(|mount| (&mount.fstype, &mount.source));
        let written = facts.fstab.get()?.iter().map(|row| (&row.fstype, &row.source));
        Ok(mounted.chain(written).filter_map(|(fstype, source)| file_server(fstype, source)).collect())
    })
}

/// Whether such a file system lies on another host.
pub fn is_served(fstype: &str) -> bool {
    is_export(fstype) || is_share(fstype)
}

fn is_export(fstype: &str) -> bool {
    matches!(fstype, "nfs" | "nfs4" | "glusterfs")
}

fn is_share(fstype: &str) -> bool {
    matches!(fstype, "cifs" | "smb3")
}

/// `nas:/export`, `//nas/share`.
fn file_server(fstype: &str, source: &str) -> Option<String> {
    match fstype {
        _ if is_export(fstype) => source.split_once(":/").map(|(server, _)| server.to_owned()),
        _ if is_share(fstype) => source.strip_prefix("//")?.split('/').next().map(str::to_owned),
        _ => None,
    }
}

pub const MONITORING_SERVERS: FleetRule = FleetRule {
    id: "fleet.monitoring-servers",
    severity: Severity::Warns,
    sources: &["MON-03"],
    evidence: Evidence::Known,
    looks_at: &["config_files", "interfaces", "os"],
    keeps: Keeps::files(|file| is_zabbix(&file.path)),
    look: monitoring_servers,
    cases: &[
        found(
            || {
                changed(|hosts| {
                    add_file(
                        &mut hosts[0],
                        "/etc/zabbix/zabbix_agentd.conf",
                        "Server=10.77.0.11\nServerActive=mon-1:10051\n",
                    )
                })
            },
            &[],
        ),
        fine(
            || {
                changed(|hosts| {
                    add_file(&mut hosts[0], "/etc/zabbix/zabbix_agentd.conf", "Server=127.0.0.1\n# Server=mon-1\n")
                })
            },
            &[],
        ),
    ],
    ..FleetRule::USUAL
};
fn monitoring_servers(fleet: &Fleet<'_>) -> FleetVerdict {
    leaning(fleet, &["config_files"], "finding-fleet-monitoring-servers", |facts| {
        each(facts, is_zabbix, |text| {
            let said = settings(text).into_iter().filter(|one| matches!(one.key, "Server" | "ServerActive"));
            said.flat_map(|one| one.value.split([',', ';']).map(server_of).collect::<Vec<_>>()).collect()
        })
    })
}

fn is_zabbix(path: &str) -> bool {
    path.starts_with("/etc/zabbix/")
}

/// What `read` sees in the files that pass.
fn each(facts: &Facts, wanted: impl Fn(&str) -> bool, read: impl Fn(&str) -> Vec<String>) -> Result<Vec<String>, Why> {
    let mut all = Vec::new();
    for file in files(facts, wanted)? as Vec<&ConfigFile> {
        all.extend(read(content(file)?));
    }
    Ok(all)
}

/// The host in `ldaps://ds.example.com:636/`, `[relay]:587`, `10.0.0.1:514`.
fn server_of(text: &str) -> String {
    let text = text.trim();
    let bare = text.split_once("://").map_or(text, |(_, rest)| rest);
    if let Some(inside) = bare.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return inside.0.to_owned();
    }
    bare.split(['/', ':', ';']).next().unwrap_or_default().to_owned()
}

/// Hosts that name servers of the fleet, all of which are away at the same time: in one wave of a plan, or, while
/// there is no plan, because there is one only. Said once for each set of servers.
fn leaning(
    fleet: &Fleet<'_>,
    sections: &[&str],
    key: &str,
    named: impl Fn(&Facts) -> Result<Vec<String>, Why>,
) -> FleetVerdict {
    let mut alone: BTreeMap<Vec<HostId>, Vec<HostId>> = BTreeMap::new();
    let mut verdict = fleet.each(sections, |client| {
        let mut servers = Vec::new();
        for name in named(client)?.iter().filter(|name| !name.is_empty()) {
            match fleet.directory().host(name) {
                Some(server) if server.moves.clone()? => servers.push(server.host.clone()),
                _ => return Ok(Vec::new()), // one that stays answers all the while
            }
        }
        servers.sort();
        servers.dedup();
        if together(fleet, &servers) && !servers.contains(&client.host) {
            alone.entry(servers).or_default().push(client.host.clone());
        }
        Ok(Vec::new())
    });
    verdict.found.extend(alone.into_iter().map(|(servers, clients)| {
        FleetFinding {
            message: Message::new(key)
                .with("servers", names(servers.iter().map(ToString::to_string)))
                .with("clients", names(clients.iter().map(ToString::to_string)))
                .with("n", clients.len()),
            hosts: servers,
        }
    }));
    verdict
}

fn together(fleet: &Fleet<'_>, servers: &[HostId]) -> bool {
    if fleet.waves.is_empty() {
        return servers.len() == 1;
    }
    let mut waves = servers.iter().map(|server| fleet.wave_of(server));
    let Some(Some(first)) = waves.next() else { return false };
    waves.all(|wave| wave == Some(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_read_out_of_what_is_written() {
        for (text, want) in [
            ("ldaps://ds.example.com:636/", "ds.example.com"),
            ("[relay.example.com]:587", "relay.example.com"),
            (" 10.0.0.1:514", "10.0.0.1"),
            ("[2001:db8::1]:25", "2001:db8::1"),
            ("", ""),
        ] {
            assert_eq!(server_of(text), want, "{text}");
        }
        let line = |text: &str| targets(&text.split_whitespace().collect::<Vec<_>>());
        assert_eq!(line("*.* @@(o)10.0.0.1:6514;RSYSLOG_Format"), ["10.0.0.1"]);
        assert_eq!(line("action(type=\"omfwd\" Target=\"logs-1\" Port=\"514\")"), ["logs-1"]);
        assert!(line("*.info /var/log/messages").is_empty());
    }
}
