//! What runs beside the services: directory, routing, backup, watching, scanning, and the runtimes under them.

use super::case::{fine, found};
use super::fixtures::*;
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
    cases: &[
        found(clean_el7_web, |f| add_unit(f, "slapd.service")),
        fine(clean_el7_web, |f| add_idle_unit(f, "slapd.service")),
    ],
    ..Rule::USUAL
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
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "zebra.service");
            add_unit(f, "bgpd.service");
        }),
        found(clean_el7_web, |f| add_unit(f, "babeld.service")),
        fine(clean_el7_web, |f| add_idle_unit(f, "zebra.service")),
    ],
    ..Rule::USUAL
};
fn quagga(facts: &Facts) -> Result<Vec<Message>, Why> {
    let daemons = ["zebra", "bgpd", "ospfd", "ospf6d", "ripd", "ripngd", "isisd"];
    let daemon = |name: &str| daemons.iter().any(|one| name.strip_suffix(".service") == Some(one));
    let (units, babel) = (used(facts, daemon)?, used(facts, |name| name == "babeld.service")?);
    let mut found =
        found_if(!units.is_empty(), || Message::new("finding-services-quagga-daemons").with("units", names(units)));
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
    cases: &[
        found(clean_el7_web, |f| add_package(f, "bacula-client", "5.2.13", "23.1.el7")),
        found(clean_el7_web, |f| known(&mut f.processes)[0].comm = "bpcd".into()),
        fine(clean_el7_web, |f| add_package(f, "bacula-libs", "5.2.13", "23.1.el7")),
    ],
    ..Rule::USUAL
};
fn backup_agents(facts: &Facts) -> Result<Vec<Message>, Why> {
    let is_agent = |name: &str| {
        ["bacula-director", "bacula-storage", "bacula-client", "bareos-director", "bareos-storage", "bareos-filedaemon"]
            .contains(&name)
            || matches!(name, "amanda-client" | "amanda-server" | "veeam" | "VRTSpbx" | "SYMCnbclt" | "TIVsm-BA")
    };
    let mut agents = installed(facts, is_agent)?;
    let programs = ["bpcd", "veeamservice", "dsmc", "dsmcad", "nsrexecd", "cvd"];
    let running =
        facts.processes.get()?.iter().filter_map(|process| programs.iter().find(|name| process.comm == **name));
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
    places: &["/etc/snmp/snmpd.conf"],
    look: snmp_des,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/snmp/snmpd.conf", "createUser watch MD5 <redacted:1> DES\n")),
        fine(clean_el7_web, |f| {
            add_file(
                f,
                "/etc/snmp/snmpd.conf",
                "syslocation Unknown (edit /etc/snmp/snmpd.conf)\ncreateUser watch SHA <redacted:1> AES\n",
            )
        }),
    ],
    ..Rule::USUAL
};
fn snmp_des(facts: &Facts) -> Result<Vec<Message>, Why> {
    each_line(&files(facts, |path| path == "/etc/snmp/snmpd.conf")?, |line| {
        let des = line.is("createUser") && line.words.iter().any(|word| word.eq_ignore_ascii_case("DES"));
        des.then(|| Message::new("finding-services-snmp-des"))
    })
}

pub const ACPID: Rule = Rule {
    id: "services.acpid-options",
    severity: Severity::Informs,
    area: Area::Services,
    sources: &["leapp-200"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/sysconfig/*"],
    look: acpid,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/sysconfig/acpid", "OPTIONS=\"-d\"\n")),
        fine(clean_el7_web, |f| add_file(f, "/etc/sysconfig/acpid", "OPTIONS=\"-df\"\n")),
    ],
    ..Rule::USUAL
};
fn acpid(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, |path| path == "/etc/sysconfig/acpid")? {
        let debugs = settings(content(file)?).iter().any(|one| {
            one.key == "OPTIONS" && one.value.split_whitespace().any(|word| matches!(word, "-d" | "--debug"))
        });
        found.extend(found_if(debugs, || Message::new("finding-services-acpid-options").with("file", &file.path)));
    }
    Ok(found)
}

pub const JAVA_OPTIONS: Rule = Rule {
    id: "services.java-options",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["JVM-01"],
    evidence: Evidence::Known,
    looks_at: &["processes"],
    look: java_options,
    cases: &[
        found(clean_el7_web, |f| {
            let java = &mut known(&mut f.processes)[0];
            (java.comm, java.args) = (
                "java".into(),
                "/usr/lib/jvm/jre/bin/java -XX:MaxPermSize=256m -XX:+UseConcMarkSweepGC -jar a.jar".into(),
            );
        }),
        fine(clean_el7_web, |f| {
            let java = &mut known(&mut f.processes)[0];
            (java.comm, java.args) = ("java".into(), "/usr/bin/java -Xmx1G -XX:+UseG1GC -jar a.jar".into());
        }),
    ],
    ..Rule::USUAL
};
fn java_options(facts: &Facts) -> Result<Vec<Message>, Why> {
    let gone = |word: &&str| JAVA_GONE.iter().any(|option| word.split('=').next() == Some(option));
    let java = facts.processes.get()?.iter().filter(|process| commands(&process.args).next() == Some("java"));
    Ok(java
        .filter_map(|process| {
            let options: Vec<&str> =
                process.args.split_whitespace().filter(gone).filter_map(|word| word.split('=').next()).collect();
            let message = || {
                Message::new("finding-services-java-options")
                    .with("user", &process.user)
                    .with("options", names(options.iter().copied()))
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
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "docker.service");
            for args in ["/usr/lib/systemd/systemd --switched-root --system", "/usr/sbin/init"] {
                known(&mut f.processes).push(crate::facts::Process {
                    user: "root".into(),
                    comm: "systemd".into(),
                    args: args.into(),
                });
            }
        }),
        fine(clean_el7_web, |f| {
            add_unit(f, "docker.service");
            known(&mut f.processes)[0].comm = "systemd".into();
        }),
    ],
    ..Rule::USUAL
};
/// On EL 7 people have no systemd of their own: a second one is a container's.
fn systemd_inside(facts: &Facts) -> Result<Vec<Message>, Why> {
    let engines = used(facts, |name| matches!(name, "docker.service" | "containerd.service" | "crio.service"))?;
    let inits =
        facts.processes.get()?.iter().filter(|process| process.comm == "systemd" && !process.args.contains("--user"));
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
    places: &["/etc/zabbix/*.conf"],
    look: zabbix_commands,
    cases: &[
        found(clean_el7_monitoring, |f| {
            add_file(f, "/etc/zabbix/zabbix_agentd.conf", "Server=10.77.0.11\nEnableRemoteCommands=1\n")
        }),
        fine(clean_el7_monitoring, |f| {
            add_file(f, "/etc/zabbix/zabbix_agentd.conf", "# EnableRemoteCommands=1\nEnableRemoteCommands=0\n")
        }),
    ],
    ..Rule::USUAL
};
fn zabbix_commands(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, |path| path.starts_with("/etc/zabbix/") && path.contains("agent"))? {
        let on =
            settings(content(file)?).into_iter().filter(|one| one.key == "EnableRemoteCommands" && one.value == "1");
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
    cases: &[
        found(clean_el7_monitoring, |f| add_unit(f, "nrpe.service")),
        fine(clean_el7_monitoring, |f| add_idle_unit(f, "nrpe.service")),
    ],
    ..Rule::USUAL
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
    command: Some("for f in /var/log/sa/sa[0-9][0-9]; do sadf -d -- -A \"$f\" >\"$f.csv\"; done"),
    cases: &[
        found(clean_el7_monitoring, |f| add_unit(f, "sysstat.service")),
        fine(clean_el7_monitoring, |f| add_idle_unit(f, "sysstat.service")),
    ],
    ..Rule::USUAL
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
    cases: &[
        found(clean_el7_monitoring, |f| known(&mut f.processes)[0].comm = "cadvisor".into()),
        fine(clean_el7_monitoring, |f| known(&mut f.processes)[0].args = "vi cadvisor.yml".into()),
    ],
    ..Rule::USUAL
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
    places: &["/etc/aide.conf"],
    look: aide,
    cases: &[
        found(clean_el7_monitoring, |f| {
            add_file(f, "/etc/aide.conf", "database=file:@@{DBDIR}/aide.db.gz\nverbose=5\n")
        }),
        fine(clean_el7_monitoring, |f| vendor_file(f, "/etc/aide.conf", "database=file:@@{DBDIR}/aide.db.gz\n")),
        fine(clean_el7_monitoring, |f| {
            add_file(f, "/etc/aide.conf", "database_in=file:@@{DBDIR}/aide.db.gz\ndatabase_out=file:/x\n")
        }),
    ],
    ..Rule::USUAL
};
fn aide(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, |path| path == "/etc/aide.conf")?.into_iter().filter(|file| is_own(file)) {
        let old = settings(content(file)?).into_iter().filter(|one| matches!(one.key, "database" | "verbose"));
        found.extend(old.map(|one| {
            Message::new("finding-monitoring-aide")
                .with("file", &file.path)
                .with("line", one.no)
                .with("setting", one.key)
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
    cases: &[
        found(clean_el7_monitoring, |f| add_package(f, "falcon-sensor", "6.50", "1.el7")),
        fine(clean_el7_monitoring, |f| add_package(f, "kmod", "20", "28.el7")),
    ],
    ..Rule::USUAL
};
fn agents(facts: &Facts) -> Result<Vec<Message>, Why> {
    let agents = installed(facts, |name| KERNEL_AGENTS.contains(&name))?;
    Ok(found_if(!agents.is_empty(), || {
        Message::new("finding-monitoring-kernel-agents").with("packages", names(agents))
    }))
}

pub const LOG_PARSERS: Rule = Rule {
    id: "monitoring.log-parsers",
    severity: Severity::Warns,
    area: Area::Monitoring,
    sources: &["MON-09"],
    evidence: Evidence::Known,
    looks_at: &["units", "packages"],
    look: log_parsers,
    cases: &[
        found(clean_el7_monitoring, |f| add_unit(f, "fail2ban.service")),
        fine(clean_el7_monitoring, |f| add_idle_unit(f, "fail2ban.service")),
    ],
    ..Rule::USUAL
};
fn log_parsers(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut readers = installed(facts, |name| matches!(name, "logwatch" | "swatch" | "denyhosts" | "logcheck"))?;
    readers.extend(used(facts, |name| matches!(name, "fail2ban.service" | "ossec.service" | "wazuh-agent.service"))?);
    Ok(found_if(!readers.is_empty(), || Message::new("finding-monitoring-log-parsers").with("names", names(readers))))
}
