//! What runs beside the services: directory, routing, backup, watching, scanning, and the runtimes under them.

use super::text::{commands, content, files, found_if, names, settings};
use super::used::{each_line, installed, is_own, used};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Why};

/// Options that keep Java 11 or 17 from starting, or that it no longer obeys.
const JAVA_GONE: &[&str] = &[
    "-XX:+UseConcMarkSweepGC",
    "-XX:+UseParNewGC",
    "-XX:+CMSIncrementalMode",
    "-XX:+UseGCLogFileRotation",
    "-XX:+PrintGCDateStamps",
    "-XX:+AggressiveOpts",
    "-XX:MaxPermSize",
    "-XX:PermSize",
    "-Djava.endorsed.dirs",
    "-Djava.ext.dirs",
    "-Xincgc",
];

/// Agents that bring a kernel module, or read the kernel in a way that is made for one release.
const KERNEL_AGENTS: &[&str] = &[
    "falcon-sensor",
    "ds_agent",
    "ISecTP",
    "McAfeeTP",
    "McAfeeESP",
    "MFEcma",
    "CbDefense",
    "cb-psc-sensor",
    "SentinelAgent",
    "sysdig",
    "falco",
    "kesl",
    "sep",
    "sav-protect",
];

pub const LDAP_SERVER: Rule = Rule {
    id: "services.ldap-server",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["IDM-05"],
    evidence: Evidence::Known,
    looks_at: &["units"],
    look: ldap_server,
};
fn ldap_server(facts: &Facts) -> Result<Vec<Message>, Why> {
    let units = used(facts, |name| name == "slapd.service")?;
    Ok(units.iter().map(|unit| Message::new("finding-services-ldap-server").with("unit", unit)).collect())
}

pub const QUAGGA: Rule = Rule {
    id: "services.quagga",
    severity: Severity::Blocks,
    area: Area::Services,
    sources: &["FRR-01", "leapp-192"],
    evidence: Evidence::Source,
    looks_at: &["units"],
    look: quagga,
};
fn quagga(facts: &Facts) -> Result<Vec<Message>, Why> {
    let daemons = ["zebra", "bgpd", "ospfd", "ospf6d", "ripd", "ripngd", "isisd"];
    let daemon = |name: &str| daemons.iter().any(|one| name.strip_suffix(".service") == Some(one));
    let (units, babel) = (used(facts, daemon)?, used(facts, |name| name == "babeld.service")?);
    let mut found = found_if(!units.is_empty(), || Message::new("finding-services-quagga-daemons").with("units", names(units)));
    found.extend(found_if(!babel.is_empty(), || Message::new("finding-services-quagga-babel")));
    Ok(found)
}

pub const BACKUP_AGENTS: Rule = Rule {
    id: "services.backup-agents",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["BAK-01", "leapp-191"],
    evidence: Evidence::Source,
    looks_at: &["packages", "processes"],
    look: backup_agents,
};
fn backup_agents(facts: &Facts) -> Result<Vec<Message>, Why> {
    let is_agent = |name: &str| {
        ["bacula-director", "bacula-storage", "bacula-client", "bareos-director", "bareos-storage", "bareos-filedaemon"]
            .contains(&name)
            || matches!(name, "amanda-client" | "amanda-server" | "veeam" | "VRTSpbx" | "SYMCnbclt" | "TIVsm-BA")
    };
    let mut agents = installed(facts, is_agent)?;
    let programs = ["bpcd", "veeamservice", "dsmc", "dsmcad", "nsrexecd", "cvd"];
    let running = facts.processes.get()?.iter().filter_map(|process| programs.iter().find(|name| process.comm == **name));
    agents.extend(running);
    Ok(found_if(!agents.is_empty(), || Message::new("finding-services-backup-agents").with("agents", names(agents))))
}

pub const SNMP_DES: Rule = Rule {
    id: "services.snmp-des",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["SNMP-01"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    look: snmp_des,
};
fn snmp_des(facts: &Facts) -> Result<Vec<Message>, Why> {
    each_line(&files(facts, |path| path == "/etc/snmp/snmpd.conf")?, |line| {
        let des = line.is("createUser") && line.words.iter().any(|word| word.eq_ignore_ascii_case("DES"));
        des.then(|| Message::new("finding-services-snmp-des"))
    })
}

pub const JAVA_OPTIONS: Rule = Rule {
    id: "services.java-options",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["JVM-01"],
    evidence: Evidence::Known,
    looks_at: &["processes"],
    look: java_options,
};
fn java_options(facts: &Facts) -> Result<Vec<Message>, Why> {
    let gone = |word: &&str| JAVA_GONE.iter().any(|option| word.split('=').next() == Some(option));
    let java = facts.processes.get()?.iter().filter(|process| commands(&process.args).next() == Some("java"));
    Ok(java
        .filter_map(|process| {
            let options: Vec<&str> =
                process.args.split_whitespace().filter(gone).filter_map(|word| word.split('=').next()).collect();
            let message = || {
                Message::new("finding-services-java-options").with("user", &process.user).with("options", names(options.iter().copied()))
            };
            (!options.is_empty()).then(message)
        })
        .collect())
}

pub const SYSTEMD_INSIDE: Rule = Rule {
    id: "services.systemd-in-containers",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["CT-02"],
    evidence: Evidence::Known,
    looks_at: &["units", "processes"],
    look: systemd_inside,
};
/// On EL 7 people have no systemd of their own: a second one is a container's.
fn systemd_inside(facts: &Facts) -> Result<Vec<Message>, Why> {
    let engines = used(facts, |name| matches!(name, "docker.service" | "containerd.service" | "crio.service"))?;
    let inits = facts.processes.get()?.iter().filter(|process| process.comm == "systemd" && !process.args.contains("--user"));
    let inside = inits.count().saturating_sub(1);
    Ok(found_if(!engines.is_empty() && inside > 0, || {
        Message::new("finding-services-systemd-in-containers").with("n", inside)
    }))
}

pub const ZABBIX_COMMANDS: Rule = Rule {
    id: "monitoring.zabbix-remote-commands",
    severity: Severity::Warns,
    area: Area::Monitoring,
    sources: &["MON-03"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    look: zabbix_commands,
};
fn zabbix_commands(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, |path| path.starts_with("/etc/zabbix/") && path.contains("agent"))? {
        let on = settings(content(file)?).into_iter().filter(|one| one.key == "EnableRemoteCommands" && one.value == "1");
        found.extend(on.map(|one| {
            Message::new("finding-monitoring-zabbix-remote-commands").with("file", &file.path).with("line", one.no)
        }));
    }
    Ok(found)
}

pub const NRPE: Rule = Rule {
    id: "monitoring.nrpe",
    severity: Severity::Warns,
    area: Area::Monitoring,
    sources: &["MON-04"],
    evidence: Evidence::Known,
    looks_at: &["units", "xinetd"],
    look: nrpe,
};
fn nrpe(facts: &Facts) -> Result<Vec<Message>, Why> {
    let inetd = facts.xinetd.get()?.iter().any(|name| name == "nrpe");
    let unit = !used(facts, |name| name == "nrpe.service")?.is_empty();
    Ok(found_if(inetd || unit, || Message::new("finding-monitoring-nrpe")))
}

pub const SYSSTAT: Rule = Rule {
    id: "monitoring.sysstat-history",
    severity: Severity::Informs,
    area: Area::Monitoring,
    sources: &["MON-05"],
    evidence: Evidence::Known,
    looks_at: &["units"],
    look: sysstat,
};
fn sysstat(facts: &Facts) -> Result<Vec<Message>, Why> {
    let units = used(facts, |name| name == "sysstat.service")?;
    Ok(found_if(!units.is_empty(), || Message::new("finding-monitoring-sysstat-history")))
}

pub const CGROUP_READERS: Rule = Rule {
    id: "monitoring.cgroup-readers",
    severity: Severity::Warns,
    area: Area::Monitoring,
    sources: &["MON-06"],
    evidence: Evidence::Known,
    looks_at: &["processes"],
    look: cgroup_readers,
};
fn cgroup_readers(facts: &Facts) -> Result<Vec<Message>, Why> {
    let runs = facts.processes.get()?.iter().any(|process| process.comm == "cadvisor");
    Ok(found_if(runs, || Message::new("finding-monitoring-cgroup-readers").with("name", "cAdvisor")))
}

pub const AIDE: Rule = Rule {
    id: "monitoring.aide",
    severity: Severity::Warns,
    area: Area::Monitoring,
    sources: &["MON-07"],
    evidence: Evidence::Reported,
    looks_at: &["config_files"],
    look: aide,
};
fn aide(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, |path| path == "/etc/aide.conf")?.into_iter().filter(|file| is_own(file)) {
        let old = settings(content(file)?).into_iter().filter(|one| matches!(one.key, "database" | "verbose"));
        found.extend(old.map(|one| {
            Message::new("finding-monitoring-aide").with("file", &file.path).with("line", one.no).with("setting", one.key)
        }));
    }
    Ok(found)
}

pub const AGENTS: Rule = Rule {
    id: "monitoring.kernel-agents",
    severity: Severity::Warns,
    area: Area::Monitoring,
    sources: &["MON-08"],
    evidence: Evidence::Known,
    looks_at: &["packages"],
    look: agents,
};
fn agents(facts: &Facts) -> Result<Vec<Message>, Why> {
    let agents = installed(facts, |name| KERNEL_AGENTS.contains(&name))?;
    Ok(found_if(!agents.is_empty(), || Message::new("finding-monitoring-kernel-agents").with("packages", names(agents))))
}

pub const LOG_PARSERS: Rule = Rule {
    id: "monitoring.log-parsers",
    severity: Severity::Warns,
    area: Area::Monitoring,
    sources: &["MON-09"],
    evidence: Evidence::Known,
    looks_at: &["units", "packages"],
    look: log_parsers,
};
fn log_parsers(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut readers = installed(facts, |name| matches!(name, "logwatch" | "swatch" | "denyhosts" | "logcheck"))?;
    readers.extend(used(facts, |name| matches!(name, "fail2ban.service" | "ossec.service" | "wazuh-agent.service"))?);
    Ok(found_if(!readers.is_empty(), || Message::new("finding-monitoring-log-parsers").with("names", names(readers))))
}
