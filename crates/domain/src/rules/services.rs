//! What runs, what somebody wrote by hand, and what is done at fixed times.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{commands, content, content_of, files, found_if, lines, names, settings};
use super::{Area, Evidence, FRESH, Rule, Severity};
use crate::Message;
use crate::facts::{BrokenLink, CronEntry, Facts, LocalUnit, PythonScript, Why};

/// Settings of a unit that systemd 252 ignores, replaces or no longer has; the second word is the successor.
const UNIT_SETTINGS: &[(&str, &str)] = &[
    ("MemoryLimit", "MemoryMax="),
    ("CPUShares", "CPUWeight="),
    ("StartupCPUShares", "StartupCPUWeight="),
    ("BlockIOWeight", "IOWeight="),
    ("Capabilities", "CapabilityBoundingSet="),
    ("SysVStartPriority", "-"),
    ("IgnoreOnSnapshot", "-"),
    ("RequiresOverridable", "Requires="),
    ("ControlGroup", "Slice="),
    ("TCPWrapName", "IPAddressAllow="),
    ("FsckPassNo", "-"),
];

/// Commands that EL 9 does not have, or not by default, and what does the work there.
pub(super) const GONE_COMMANDS: &[(&str, &str)] = &[
    ("ifconfig", "ip address"),
    ("netstat", "ss"),
    ("route", "ip route"),
    ("arp", "ip neigh"),
    ("brctl", "ip link, bridge"),
    ("ntpdate", "chronyd -q"),
    ("ntpq", "chronyc sources"),
    ("ntpstat", "chronyc tracking"),
    ("ntpdc", "chronyc"),
    ("yum-cron", "dnf-automatic"),
    ("chkconfig", "systemctl"),
    ("python", "python3"),
    ("python2", "python3"),
    ("python2.7", "python3"),
    ("nslcd", "sssd"),
    ("lsb_release", "/etc/os-release"),
    ("mailx", "s-nail"),
    ("scl", "dnf module"),
    ("docker", "podman"),
    ("pm-utils", "systemctl"),
];

/// What initscripts brings on every EL 7 host.
const VENDOR_SCRIPTS: &[&str] = &["README", "functions", "netconsole", "network"];

pub const LOCAL_UNITS: Rule = Rule {
    id: "services.local-units",
    severity: Severity::Informs,
    area: Area::Services,
    sources: &["PLT-24"],
    evidence: Evidence::Tried,
    looks_at: &["local_units"],
    look: local_units,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| unit_file(f, "[Service]\nExecStart=/usr/bin/shop\n")),
        // A unit of a package's.
        fine(clean_el7_web, |f| add_unit(f, "shop.service")),
    ],
    ..Rule::USUAL
};
fn local_units(facts: &Facts) -> Result<Vec<Message>, Why> {
    let own: Vec<&str> = facts.local_units.get()?.iter().filter_map(|unit| unit.path.rsplit('/').next()).collect();
    Ok(found_if(!own.is_empty(), || {
        Message::new("finding-services-local-units").with("n", own.len()).with("names", names(own))
    }))
}

pub const UNIT_DIRECTIVES: Rule = Rule {
    id: "services.unit-settings",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["PLT-24", "PLT-25"],
    evidence: Evidence::Tried,
    looks_at: &["local_units"],
    look: unit_settings,
    cases: &[
        found(clean_el7_web, |f| unit_file(f, "[Service]\nMemoryLimit=1G\n")),
        fine(clean_el7_web, |f| unit_file(f, "[Service]\n# MemoryLimit=1G\nMemoryMax=1G\n")),
    ],
    ..Rule::USUAL
};
fn unit_settings(facts: &Facts) -> Result<Vec<Message>, Why> {
    Ok(facts.local_units.get()?.iter().flat_map(old_settings).collect())
}

fn old_settings(unit: &LocalUnit) -> impl Iterator<Item = Message> {
    settings(&unit.content).into_iter().filter_map(|setting| {
        let (name, successor) = UNIT_SETTINGS.iter().find(|(name, _)| *name == setting.key)?;
        Some(
            Message::new("finding-services-unit-settings")
                .with("file", &unit.path)
                .with("setting", name)
                .with("successor", successor),
        )
    })
}

pub const SYSV: Rule = Rule {
    id: "services.sysv-scripts",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["PLT-26"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/rc.d/init.d/*"],
    look: sysv,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/rc.d/init.d/agent", "#!/bin/sh\n")),
        // The vendor's own script.
        fine(clean_el7_web, |f| add_file(f, "/etc/rc.d/init.d/network", "#!/bin/sh\n")),
    ],
    ..Rule::USUAL
};
fn sysv(facts: &Facts) -> Result<Vec<Message>, Why> {
    let scripts = files(facts, |path| path.starts_with("/etc/init.d/") || path.starts_with("/etc/rc.d/init.d/"))?;
    let vendor = |path: &str| path.rsplit('/').next().is_some_and(|name| VENDOR_SCRIPTS.contains(&name));
    let own = scripts.into_iter().filter(|file| file.owned_by_rpm.is_none() && !vendor(&file.path));
    Ok(own.map(|file| Message::new("finding-services-sysv-scripts").with("file", &file.path)).collect())
}

pub const RC_LOCAL: Rule = Rule {
    id: "services.rc-local",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["PLT-27"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/rc.d/rc.local"],
    look: rc_local,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/rc.d/rc.local", "#!/bin/sh\n/opt/agent/start\n")),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/rc.d/rc.local", "#!/bin/bash\n# /opt/agent/start\ntouch /var/lock/subsys/local\nexit 0\n")
        }),
    ],
    ..Rule::USUAL
};
fn rc_local(facts: &Facts) -> Result<Vec<Message>, Why> {
    let text = match content_of(facts, "/etc/rc.d/rc.local")? {
        Some(text) => Some(text),
        None => content_of(facts, "/etc/rc.local")?,
    };
    let does = lines(text.unwrap_or_default()).filter(|line| !line.is("touch") && !line.is("exit")).count();
    Ok(found_if(does > 0, || Message::new("finding-services-rc-local").with("n", does)))
}

pub const UNMANAGED: Rule = Rule {
    id: "services.unmanaged-software",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["PLT-31"],
    evidence: Evidence::Known,
    looks_at: &["processes"],
    look: unmanaged,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.processes)[0].args = "/opt/agent/bin/agent -d".into()),
        fine(clean_el7_web, |f| known(&mut f.processes)[0].args = "/usr/sbin/sshd -D -f /opt/sshd_config -o X".into()),
    ],
    ..Rule::USUAL
};
fn unmanaged(facts: &Facts) -> Result<Vec<Message>, Why> {
    let outside =
        |program: &&str| ["/opt/", "/usr/local/", "/srv/", "/home/"].iter().any(|folder| program.starts_with(folder));
    let words = facts.processes.get()?.iter().flat_map(|process| process.args.split_whitespace().take(2));
    let programs: Vec<&str> = words.filter(outside).collect();
    Ok(found_if(!programs.is_empty(), || {
        Message::new("finding-services-unmanaged-software").with("programs", names(programs))
    }))
}

pub const CRON_COMMANDS: Rule = Rule {
    id: "services.cron-commands",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["NET-28", "CRON-01"],
    evidence: Evidence::Known,
    looks_at: &["cron"],
    look: cron_commands,
    cases: &[
        found(clean_el7_web, |f| {
            let command = "/sbin/ifconfig eth0 | grep inet".into();
            let entry =
                CronEntry { file: "/etc/cron.d/ip".into(), schedule: "@daily".into(), user: "root".into(), command };
            known(&mut f.cron).push(entry);
        }),
        fine(clean_el7_web, |f| {
            let command = "/usr/local/bin/netstat-report --quiet".into();
            let entry =
                CronEntry { file: "/etc/crontab".into(), schedule: "@daily".into(), user: "root".into(), command };
            known(&mut f.cron).push(entry);
        }),
    ],
    ..Rule::USUAL
};
fn cron_commands(facts: &Facts) -> Result<Vec<Message>, Why> {
    Ok(facts.cron.get()?.iter().filter_map(gone_command).collect())
}

fn gone_command(entry: &CronEntry) -> Option<Message> {
    let (gone, successor) =
        commands(&entry.command).find_map(|word| GONE_COMMANDS.iter().find(|(gone, _)| *gone == word))?;
    Some(
        Message::new("finding-services-cron-commands")
            .with("file", &entry.file)
            .with("command", gone)
            .with("successor", successor),
    )
}

pub const PYTHON2: Rule = Rule {
    id: "services.python2-scripts",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["PY-01"],
    evidence: Evidence::Known,
    looks_at: &["python_scripts"],
    look: python2,
    cases: &[
        found(clean_el7_web, |f| script(f, "#!/usr/bin/env python2.7")),
        fine(clean_el7_web, |f| script(f, "#!/usr/bin/python3.6")),
    ],
    ..Rule::USUAL
};
fn python2(facts: &Facts) -> Result<Vec<Message>, Why> {
    scripts(facts, "finding-services-python2-scripts", |interpreter| interpreter.starts_with("python2"))
}

pub const BARE_PYTHON: Rule = Rule {
    id: "services.bare-python-scripts",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["PY-01", "leapp-203"],
    evidence: Evidence::Source,
    looks_at: &["python_scripts"],
    look: bare_python,
    cases: &[
        found(clean_el7_web, |f| script(f, "#!/usr/bin/python -u")),
        found(clean_el7_web, |f| script(f, "#!/usr/bin/env python")),
        fine(clean_el7_web, |f| script(f, "#!/usr/bin/env python3")),
    ],
    ..Rule::USUAL
};
fn bare_python(facts: &Facts) -> Result<Vec<Message>, Why> {
    scripts(facts, "finding-services-bare-python-scripts", |interpreter| interpreter == "python")
}

fn scripts(facts: &Facts, key: &str, wanted: fn(&str) -> bool) -> Result<Vec<Message>, Why> {
    let found = facts.python_scripts.get()?.iter().filter(|script| interpreter(script).is_some_and(wanted));
    Ok(found.map(|script| Message::new(key).with("file", &script.path).with("first", &script.first_line)).collect())
}

pub(super) fn interpreter(script: &PythonScript) -> Option<&str> {
    commands(script.first_line.trim_start_matches("#!")).find(|word| word.starts_with("python"))
}

pub const LOGROTATE: Rule = Rule {
    id: "services.logrotate-cron",
    severity: Severity::Informs,
    area: Area::Services,
    sources: &["LOG-02"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/cron.daily/*"],
    look: logrotate,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/cron.daily/logrotate", "#!/bin/sh\n");
            known(&mut f.config_files).last_mut().expect("just added").changed_from_rpm = Some(true);
        }),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/cron.daily/logrotate", "#!/bin/sh\n");
            known(&mut f.config_files).last_mut().expect("just added").changed_from_rpm = Some(false);
        }),
    ],
    ..Rule::USUAL
};
fn logrotate(facts: &Facts) -> Result<Vec<Message>, Why> {
    let changed = facts.config("/etc/cron.daily/logrotate")?.filter(|file| file.changed_from_rpm == Some(true));
    Ok(changed
        .map(|file| Message::new("finding-services-logrotate-cron").with("file", &file.path))
        .into_iter()
        .collect())
}

pub const LOG_FORWARD: Rule = Rule {
    id: "services.log-forwarding",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["LOG-01"],
    evidence: Evidence::Tried,
    looks_at: &["config_files"],
    places: &["/etc/rsyslog.conf", "/etc/rsyslog.d/"],
    look: log_forward,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/rsyslog.d/site.conf", "*.* @@logs.example.com:514\n")),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/rsyslog.d/site.conf", "# *.* @@logs.example.com\nmail.* -/var/log/maillog\n")
        }),
    ],
    ..Rule::USUAL
};
fn log_forward(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, |path| path == "/etc/rsyslog.conf" || path.starts_with("/etc/rsyslog.d/"))? {
        for line in lines(content(file)?).filter(|line| {
            line.words.iter().any(|word| word.starts_with('@') || word.contains("omfwd") || word.contains("omrelp"))
        }) {
            found.push(Message::new("finding-services-log-forwarding").with("file", &file.path).with("line", line.no));
        }
    }
    Ok(found)
}

pub const MAIL_RELAY: Rule = Rule {
    id: "services.mail-relay",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["MTA-01", "leapp-169"],
    evidence: Evidence::Source,
    looks_at: &["listening"],
    look: mail_relay,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.listening)[0].port = 25),
        fine(clean_el7_web, |f| {
            known(&mut f.listening)[0].port = 25;
            known(&mut f.listening)[0].address = "127.0.0.1".into();
        }),
    ],
    ..Rule::USUAL
};
fn mail_relay(facts: &Facts) -> Result<Vec<Message>, Why> {
    let relays = facts
        .listening
        .get()?
        .iter()
        .filter(|listener| matches!(listener.port, 25 | 587) && !is_loopback(&listener.address));
    Ok(relays
        .map(|listener| {
            Message::new("finding-services-mail-relay").with("address", &listener.address).with("port", listener.port)
        })
        .collect())
}

pub const NFS_SERVER: Rule = Rule {
    id: "services.nfs-server",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["NET-25", "NET-26"],
    evidence: Evidence::Known,
    looks_at: &["units"],
    look: nfs_server,
    cases: &[
        found(clean_el7_web, |f| add_unit(f, "nfs-server.service")),
        fine(clean_el7_web, |f| add_idle_unit(f, "nfs-server.service")),
    ],
    ..Rule::USUAL
};
fn nfs_server(facts: &Facts) -> Result<Vec<Message>, Why> {
    let serves = facts.units.get()?.iter().find(|unit| {
        matches!(unit.name.as_str(), "nfs-server.service" | "nfs.service") && (unit.is_enabled() || unit.is_active())
    });
    Ok(serves.map(|unit| Message::new("finding-services-nfs-server").with("unit", &unit.name)).into_iter().collect())
}

pub const FAILED_UNITS: Rule = Rule {
    id: "services.failed-units",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["leapp-198"],
    evidence: Evidence::Known,
    looks_at: &["units"],
    look: failed_units,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.units)[0].active = "failed".into()),
        fine(clean_el7_web, |f| add_idle_unit(f, "shop.service")),
    ],
    ..Rule::USUAL
};
fn failed_units(facts: &Facts) -> Result<Vec<Message>, Why> {
    let failed: Vec<&str> =
        facts.units.get()?.iter().filter(|unit| unit.active == "failed").map(|unit| unit.name.as_str()).collect();
    Ok(found_if(!failed.is_empty(), || Message::new("finding-services-failed-units").with("names", names(failed))))
}

pub const BROKEN_LINKS: Rule = Rule {
    id: "services.broken-unit-links",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["leapp-198", "leapp-199"],
    evidence: Evidence::Source,
    looks_at: &["broken_links"],
    look: broken_links,
    cases: &[
        found(clean_el7_web, |f| broken_link(f, Some("/etc/systemd/system/shop.service"))),
        found(clean_el7_web, |f| broken_link(f, None)),
        // Loaded from elsewhere, and whole.
        fine(clean_el7_web, |f| add_unit(f, "shop.service")),
    ],
    ..Rule::USUAL
};
fn broken_links(facts: &Facts) -> Result<Vec<Message>, Why> {
    let message = |link: &BrokenLink| match &link.unit {
        Some(unit) => {
            Message::new("finding-services-broken-unit-links-moved").with("link", &link.path).with("unit", unit)
        }
        None => Message::new("finding-services-broken-unit-links-gone")
            .with("link", &link.path)
            .with("target", &link.target),
    };
    Ok(facts.broken_links.get()?.iter().map(message).collect())
}

fn broken_link(facts: &mut Facts, unit: Option<&str>) {
    known(&mut facts.broken_links).push(BrokenLink {
        path: "/etc/systemd/system/multi-user.target.wants/shop.service".into(),
        target: "/usr/lib/systemd/system/shop.service".into(),
        unit: unit.map(str::to_owned),
    });
}

fn is_loopback(address: &str) -> bool {
    address.starts_with("127.") || address == "::1" || address == "localhost"
}
