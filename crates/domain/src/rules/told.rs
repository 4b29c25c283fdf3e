//! What names of files say, and lines of files that a survey does not carry whole.

use super::bind::NAMED;
use super::case::{fine, found};
use super::fixtures::*;
use super::text::{Line, commands, content, files, holds_commands, lines, names, settings, unit_in_use};
use super::used::in_use;
use super::{Area, Evidence, Rule};
use crate::Message;
use crate::facts::{Container, Excerpt, Facts, Read, Why};

/// Units that run MariaDB or MySQL.
const MARIADB: &[&str] = &["mariadb.service", "mysqld.service", "mysql.service"];

/// Clients of MariaDB that log in.
const MARIADB_CLIENTS: &[&str] = &["mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump", "mariadb-admin"];

/// Programs that are a whole system's first.
const INITS: &[&str] = &["init", "systemd"];

/// Channels that come with EL 7's package.
const CHANNELS_OF_THE_VENDOR: &[&str] = &["updates.spamassassin.org", "sought.rules.yerp.org"];

/// Excerpts of the files whose path begins so.
pub(super) fn excerpts<'a>(facts: &'a Facts, start: &str) -> Result<impl Iterator<Item = &'a Excerpt>, Why> {
    let start = start.to_owned();
    Ok(facts.excerpts.get()?.iter().filter(move |excerpt| excerpt.path.starts_with(&start)))
}

pub const DNSSEC: Rule = Rule {
    id: "network.dnssec-sha1",
    area: Area::Network,
    sources: &["NET-23"],
    evidence: Evidence::Known,
    looks_at: &["units", "present"],
    places: &["/var/named/K*.key", "/var/named/*/K*.key", "/etc/named/K*.key"],
    look: dnssec,
    cases: &[
        found(clean_el7_web, |f| signing_key(f, "/var/named/Kexample.com.+005+31589.key")),
        found(clean_el7_web, |f| signing_key(f, "/var/named/keys/Kexample.com.+007+00042.key")),
        fine(clean_el7_web, |f| signing_key(f, "/var/named/Kexample.com.+008+31589.key")),
        fine(clean_el7_web, |f| add_present(f, "/var/named/Kexample.com.+005+31589.key")), // nobody serves the zone
    ],
    ..Rule::USUAL
};
fn dnssec(facts: &Facts) -> Result<Vec<Message>, Why> {
    let (serves, present) = (in_use(facts, NAMED)?, facts.present.get()?);
    let old = present.iter().filter(|_| serves).filter_map(|path| {
        let (zone, algorithm) = zone_key(path)?;
        let message = || Message::new("finding-network-dnssec-sha1").with("zone", zone).with("algorithm", algorithm);
        matches!(algorithm, 1 | 3 | 5 | 6 | 7).then(message)
    });
    let mut old: Vec<Message> = old.collect();
    old.dedup(); // a zone has several keys of one kind
    Ok(old)
}

fn signing_key(facts: &mut Facts, path: &str) {
    add_unit(facts, "named.service");
    add_present(facts, path);
}

/// Zone and algorithm of `Kexample.com.+005+31589.key`.
fn zone_key(path: &str) -> Option<(&str, u8)> {
    let name = path.rsplit('/').next()?.strip_prefix('K')?.strip_suffix(".key")?;
    let (rest, _tag) = name.rsplit_once('+')?;
    let (zone, algorithm) = rest.rsplit_once('+')?;
    Some((zone.trim_end_matches('.'), algorithm.parse().ok()?))
}

pub const LDAP_BACKEND: Rule = Rule {
    id: "services.ldap-backend",
    area: Area::Services,
    sources: &["IDM-05"],
    evidence: Evidence::Known,
    looks_at: &["units", "present", "excerpts"],
    places: &["/etc/openldap/slapd.d/cn=config/olcDatabase=*.ldif", "/etc/openldap/slapd.conf"],
    look: ldap_backend,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "slapd.service");
            add_present(f, "/etc/openldap/slapd.d/cn=config/olcDatabase={2}hdb.ldif");
        }),
        found(clean_el7_web, |f| {
            add_unit(f, "slapd.service");
            add_excerpt(f, "/etc/openldap/slapd.conf", "database config\ndatabase\tbdb\n");
        }),
        fine(clean_el7_web, |f| {
            add_unit(f, "slapd.service");
            add_present(f, "/etc/openldap/slapd.d/cn=config/olcDatabase={2}mdb.ldif");
            // slapd reads the folder where there is one.
            add_excerpt(f, "/etc/openldap/slapd.conf", "database hdb\n");
        }),
        fine(clean_el7_web, |f| {
            add_idle_unit(f, "slapd.service");
            add_present(f, "/etc/openldap/slapd.d/cn=config/olcDatabase={2}hdb.ldif");
        }),
    ],
    ..Rule::USUAL
};
fn ldap_backend(facts: &Facts) -> Result<Vec<Message>, Why> {
    let serves = in_use(facts, &["slapd.service"])?;
    let folder = facts.present.get()?.iter().filter_map(|path| {
        let name = path.strip_prefix("/etc/openldap/slapd.d/cn=config/olcDatabase=")?.strip_suffix(".ldif")?;
        Some((path.as_str(), name.rsplit('}').next()?))
    });
    let mut backends: Vec<(&str, &str)> = folder.collect();
    for excerpt in excerpts(facts, "/etc/openldap/slapd.conf")?.filter(|_| backends.is_empty()).collect::<Vec<_>>() {
        let database = lines(&excerpt.content).filter(|line| line.is("database"));
        backends.extend(database.filter_map(|line| Some((excerpt.path.as_str(), *line.words.get(1)?))));
    }
    let gone = backends.into_iter().filter(|(_, backend)| serves && matches!(*backend, "bdb" | "hdb"));
    let message =
        |(file, backend)| Message::new("finding-services-ldap-backend").with("file", file).with("backend", backend);
    Ok(gone.map(message).collect())
}

pub const DHCP_FAILOVER: Rule = Rule {
    id: "services.dhcp-failover",
    area: Area::Services,
    sources: &["DHCP-01"],
    evidence: Evidence::Known,
    looks_at: &["units", "excerpts"],
    places: &["/etc/dhcp/dhcpd*.conf"],
    look: dhcp_failover,
    cases: &[
        found(clean_el7_web, |f| {
            dhcpd(f, "failover peer \"office\" {\n  primary;\n  address 10.77.0.31;\n  peer address 10.77.0.32;\n");
        }),
        fine(clean_el7_web, |f| dhcpd(f, "# failover peer \"office\" {\n")),
        fine(clean_el7_web, |f| {
            add_excerpt(f, "/etc/dhcp/dhcpd.conf", "failover peer \"office\" {\n  peer address 10.77.0.32;\n");
        }),
    ],
    ..Rule::USUAL
};
fn dhcp_failover(facts: &Facts) -> Result<Vec<Message>, Why> {
    let serves = in_use(facts, &["dhcpd.service", "dhcpd6.service"])?;
    let told: Vec<&Excerpt> = excerpts(facts, "/etc/dhcp/")?.filter(|_| serves).collect();
    let all: Vec<(&Excerpt, Vec<&str>)> =
        told.iter().flat_map(|excerpt| lines(&excerpt.content).map(|line| (*excerpt, line.words))).collect();
    let bare = |word: &str| word.trim_matches([';', '"', '{']).to_owned();
    let peers = all.iter().filter(|(_, words)| matches!(words.as_slice(), ["peer", "address", _, ..]));
    let peers: Vec<String> = peers.map(|(_, words)| bare(words[2])).collect();
    let pairs = all.iter().filter_map(|(excerpt, words)| match words.as_slice() {
        ["failover", "peer", name, rest @ ..] if name.ends_with('{') || rest.contains(&"{") => {
            Some((excerpt, bare(name)))
        }
        _ => None,
    });
    let found: Vec<Message> = pairs
        .map(|(excerpt, name)| {
            Message::new("finding-services-dhcp-failover")
                .with("file", &excerpt.path)
                .with("name", name)
                .with("peers", names(peers.clone()))
        })
        .collect();
    let elsewhere = all.iter().find_map(|(_, words)| match words.as_slice() {
        ["include", path, ..] => Some(bare(path)),
        _ => None,
    });
    match elsewhere.filter(|path| found.is_empty() && !told.iter().any(|excerpt| excerpt.path == *path)) {
        Some(path) => Err(Why::FileNotCarried { path }),
        None => Ok(found),
    }
}

fn dhcpd(facts: &mut Facts, lines: &str) {
    add_unit(facts, "dhcpd.service");
    add_excerpt(facts, "/etc/dhcp/dhcpd.conf", lines);
}

pub const CGROUP_COLLECTORS: Rule = Rule {
    id: "monitoring.cgroup-collectors",
    area: Area::Monitoring,
    sources: &["MON-06"],
    evidence: Evidence::Known,
    looks_at: &["units", "excerpts"],
    places: &["/etc/collectd.conf", "/etc/collectd.d/*.conf", "/etc/telegraf/telegraf.conf"],
    look: cgroup_collectors,
    cases: &[
        found(clean_el7_monitoring, |f| {
            add_unit(f, "collectd.service");
            add_excerpt(f, "/etc/collectd.d/cgroups.conf", "LoadPlugin cgroups\n<Plugin cgroups>\n");
        }),
        found(clean_el7_monitoring, |f| {
            add_unit(f, "telegraf.service");
            add_excerpt(f, "/etc/telegraf/telegraf.conf", "[[inputs.cgroup]]\n  paths = [\"/sys/fs/cgroup/memory\"]\n");
        }),
        fine(clean_el7_monitoring, |f| {
            add_idle_unit(f, "collectd.service");
            add_excerpt(f, "/etc/collectd.conf", "LoadPlugin cgroups\n");
        }),
        fine(clean_el7_monitoring, |f| {
            add_unit(f, "telegraf.service");
            add_excerpt(f, "/etc/telegraf/telegraf.conf", "# [[inputs.cgroup]]\nos = \"centos7\"\n");
        }),
    ],
    ..Rule::USUAL
};
fn cgroup_collectors(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for (unit, start) in [("collectd.service", "/etc/collectd."), ("telegraf.service", "/etc/telegraf/")] {
        let runs = unit_in_use(facts, &[unit])?.is_some();
        let of_cgroups = |line: Line<'_>| line.words.iter().any(|word| word.contains("cgroup"));
        let asks = |excerpt: &&Excerpt| runs && lines(&excerpt.content).any(of_cgroups);
        found.extend(excerpts(facts, start)?.filter(asks).map(|excerpt| {
            Message::new("finding-monitoring-cgroup-collectors").with("unit", unit).with("file", &excerpt.path)
        }));
    }
    Ok(found)
}

pub const SPAM_CHANNELS: Rule = Rule {
    id: "services.spamassassin-channels",
    area: Area::Services,
    sources: &["leapp-179"],
    evidence: Evidence::Source,
    looks_at: &["excerpts"],
    places: &["/etc/mail/spamassassin/channel.d/*.conf"],
    look: spam_channels,
    cases: &[
        found(clean_el7_web, |f| {
            add_excerpt(f, "/etc/mail/spamassassin/channel.d/own.conf", "CHANNELURL=rules.example.com\n");
        }),
        fine(clean_el7_web, |f| {
            let official = "CHANNELURL=updates.spamassassin.org\n";
            add_excerpt(f, "/etc/mail/spamassassin/channel.d/spamassassin-official.conf", official);
        }),
    ],
    ..Rule::USUAL
};
fn spam_channels(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for excerpt in excerpts(facts, "/etc/mail/spamassassin/channel.d/")? {
        let own = settings(&excerpt.content)
            .into_iter()
            .filter(|one| one.key == "CHANNELURL" && !CHANNELS_OF_THE_VENDOR.contains(&one.value));
        found.extend(own.map(|one| {
            Message::new("finding-services-spamassassin-channels")
                .with("file", &excerpt.path)
                .with("channel", one.value)
        }));
    }
    Ok(found)
}

pub const ROOT_LOGIN: Rule = Rule {
    id: "database.root-login",
    area: Area::Database,
    sources: &["DB-08"],
    evidence: Evidence::Known,
    looks_at: &["units", "present", "config_files"],
    places: &["/root/.my.cnf", "/etc/cron.d/*", "/etc/cron.daily/*"],
    look: root_login,
    cases: &[
        found(clean_el7_mariadb, |f| add_present(f, "/root/.my.cnf")),
        found(clean_el7_mariadb, |f| {
            add_file(
                f,
                "/etc/cron.daily/dump",
                "#!/bin/sh\nmysqldump --user=root -p<redacted:1> --all-databases >/b\n",
            );
        }),
        found(clean_el7_mariadb, |f| add_file(f, "/etc/cron.d/dump", "0 2 * * * backup mysqldump -u root shop >/b\n")),
        fine(clean_el7_mariadb, |f| {
            add_file(f, "/etc/cron.d/dump", "0 2 * * * root mysqldump -u backup shop >/b\n#mysqldump -uroot\n");
        }),
        fine(clean_el7_web, |f| add_present(f, "/root/.my.cnf")), // for a server elsewhere
    ],
    ..Rule::USUAL
};
fn root_login(facts: &Facts) -> Result<Vec<Message>, Why> {
    let serves = in_use(facts, MARIADB)?;
    let kept = facts.present.get()?.iter().filter(|path| serves && path.starts_with("/root/.my"));
    let mut found: Vec<Message> =
        kept.map(|path| Message::new("finding-database-root-login-file").with("file", path)).collect();
    for file in files(facts, holds_commands)? {
        let as_root = lines(content(file)?).filter(|line| serves && logs_in_as_root(&line.words));
        found.extend(as_root.map(|line| {
            Message::new("finding-database-root-login-command").with("file", &file.path).with("line", line.no)
        }));
    }
    Ok(found)
}

fn logs_in_as_root(words: &[&str]) -> bool {
    let is_client = |word: &&str| commands(word).any(|name| MARIADB_CLIENTS.contains(&name));
    let Some(at) = words.iter().position(is_client) else { return false };
    let after = &words[at + 1..];
    after.iter().any(|word| matches!(*word, "-uroot" | "--user=root"))
        || after.windows(2).any(|pair| matches!(pair, ["-u" | "--user", "root"]))
}

pub const IDENTITY: Rule = Rule {
    id: "monitoring.identity-in-inventories",
    area: Area::Monitoring,
    sources: &["MON-10"],
    evidence: Evidence::Known,
    looks_at: &["excerpts"],
    places: &["/etc/ansible/hosts", "/etc/zabbix/zabbix_agent*.conf", "/etc/salt/grains", "/opt/*/*.lic"],
    look: identity,
    cases: &[
        found(clean_el7_web, |f| add_excerpt(f, "/etc/zabbix/zabbix_agentd.conf", "HostMetadata=Linux CentOS 7\n")),
        found(clean_el7_web, |f| add_excerpt(f, "/etc/facter/facts.d/site.sh", "id=$(cat /etc/machine-id)\n")),
        found(clean_el7_web, |f| add_excerpt(f, "/opt/cad/cad.lic", "SERVER web-1 525400000031 27000\n")),
        fine(clean_el7_web, |f| {
            add_excerpt(f, "/etc/zabbix/zabbix_agentd.conf", "# HostMetadata=CentOS\n");
            add_excerpt(f, "/opt/cad/cad.lic", "SERVER this_host ANY 27000\n");
            add_excerpt(f, "/etc/openvpn/client.conf", "remote centos.example.com\n");
        }),
    ],
    ..Rule::USUAL
};
fn identity(facts: &Facts) -> Result<Vec<Message>, Why> {
    let of_inventories =
        |path: &str| !["/etc/openvpn/", "/etc/dhcp/", "/etc/ipsec."].iter().any(|start| path.starts_with(start));
    let mut found = Vec::new();
    for excerpt in excerpts(facts, "/")?.filter(|excerpt| of_inventories(&excerpt.path)) {
        for line in lines(&excerpt.content) {
            let text = line.words.join(" ");
            let is_licence = line.is("SERVER") && line.words.get(2).is_some_and(|id| is_host_id(id));
            let key = match text.to_ascii_lowercase() {
                _ if is_licence => "finding-monitoring-identity-in-inventories-licence",
                lower if lower.contains("centos") => "finding-monitoring-identity-in-inventories-name",
                lower
                    if ["machine-id", "machine_id", "machineid", "hostid"].iter().any(|word| lower.contains(word)) =>
                {
                    "finding-monitoring-identity-in-inventories-number"
                }
                _ => continue,
            };
            found.push(Message::new(key).with("file", &excerpt.path).with("text", text));
        }
    }
    Ok(found)
}

/// A number of the machine, mostly the address of a network card; `ANY` is none.
fn is_host_id(word: &str) -> bool {
    let bare = word.split('=').next_back().unwrap_or(word);
    bare.len() >= 8 && bare.bytes().all(|b| b.is_ascii_hexdigit() || b == b':' || b == b'-')
}

pub const INIT_CONTAINERS: Rule = Rule {
    id: "services.containers-with-init",
    area: Area::Services,
    sources: &["CT-02"],
    evidence: Evidence::Known,
    looks_at: &["units", "containers"],
    look: init_containers,
    cases: &[
        found(clean_el7_web, |f| containers(f, &[("old", "/usr/sbin/init"), ("shop", "/opt/shop")])),
        found(clean_el7_web, |f| containers(f, &[("old", "/usr/lib/systemd/systemd")])),
        fine(clean_el7_web, |f| containers(f, &[("shop", "/opt/init/shop"), ("tini", "/tini")])),
    ],
    ..Rule::USUAL
};
fn init_containers(facts: &Facts) -> Result<Vec<Message>, Why> {
    let runs = in_use(facts, &["docker.service"])?;
    let Some(all) = facts.containers.get()? else {
        let unread = Why::FileNotCarried { path: "/var/lib/docker/containers".into() };
        return if runs { Err(unread) } else { Ok(Vec::new()) };
    };
    let starts_init = |one: &&Container| one.program.rsplit('/').next().is_some_and(|name| INITS.contains(&name));
    let message = |one: &Container| {
        Message::new("finding-services-containers-with-init")
            .with("name", &one.name)
            .with("image", &one.image)
            .with("program", &one.program)
    };
    Ok(all.iter().filter(starts_init).map(message).collect())
}

fn containers(facts: &mut Facts, all: &[(&str, &str)]) {
    add_unit(facts, "docker.service");
    let container = |(name, program): &(&str, &str)| Container {
        name: (*name).to_owned(),
        image: "centos:7".into(),
        program: (*program).to_owned(),
    };
    facts.containers = Read::Known(Some(all.iter().map(container).collect()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_zones_tell_their_algorithm() {
        for (path, want) in [
            ("/var/named/Kexample.com.+005+31589.key", Some(("example.com", 5))),
            ("/var/named/K1.10.in-addr.arpa.+013+00001.key", Some(("1.10.in-addr.arpa", 13))),
            ("/var/named/K.+008+1.key", Some(("", 8))),
            ("/var/named/Kexample.key", None),
            ("/var/named/Ka+b+c.key", None),
        ] {
            assert_eq!(zone_key(path), want, "{path}");
        }
    }

    #[test]
    fn containers_in_another_place_are_unknown() {
        let mut facts = clean_el7_web();
        assert_eq!(init_containers(&facts), Ok(Vec::new()));
        add_unit(&mut facts, "docker.service");
        assert_eq!(init_containers(&facts), Err(Why::FileNotCarried { path: "/var/lib/docker/containers".into() }));
    }

    #[test]
    fn numbers_of_machines() {
        for (word, want) in
            [("525400000031", true), ("HOSTID=0a1b2c3d", true), ("ANY", false), ("web-1", false), ("", false)]
        {
            assert_eq!(is_host_id(word), want, "{word}");
        }
    }

    #[test]
    fn what_is_included_and_not_told_of_is_unknown() {
        let mut facts = clean_el7_web();
        dhcpd(&mut facts, "include \"/etc/dhcp/pools.conf\";\n");
        assert_eq!(dhcp_failover(&facts), Err(Why::FileNotCarried { path: "/etc/dhcp/pools.conf".into() }));
    }
}
