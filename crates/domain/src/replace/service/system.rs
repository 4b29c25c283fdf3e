//! What every host has: the clock, the packet filter, sshd, sudo, the exporter of machine metrics.

use super::super::{part::Part, sh, steps::scripted, subject::Subject};
use crate::{
    Message,
    plan::{Place, Stage, Step},
};

/// Units that EL9 starts by itself, that another step replaces, or that have no counterpart by design.
const NEEDLESS: [&str; 34] = [
    "sshd.service",
    "crond.service",
    "rsyslog.service",
    "auditd.service",
    "tuned.service",
    "irqbalance.service",
    "network.service",
    "NetworkManager.service",
    "NetworkManager-dispatcher.service",
    "NetworkManager-wait-online.service",
    "dbus-org.freedesktop.nm-dispatcher.service",
    "ntpd.service",
    "ntpdate.service",
    "chronyd.service",
    "iptables.service",
    "getty@.service",
    "getty@tty1.service",
    "autovt@.service",
    "systemd-readahead-collect.service",
    "systemd-readahead-drop.service",
    "systemd-readahead-replay.service",
    "microcode.service",
    "lvm2-monitor.service",
    "rhel-autorelabel.service",
    "rhel-configure.service",
    "rhel-dmesg.service",
    "rhel-domainname.service",
    "rhel-import-state.service",
    "rhel-loadmodules.service",
    "rhel-autorelabel-mark.service",
    "postfix.service",
    "kdump.service",
    "sysstat.service",
    "systemd-networkd.service",
];

/// Units that other parts answer for.
const OTHERS: [&str; 8] = [
    "redis.service",
    "mariadb.service",
    "mysql.service",
    "mysqld.service",
    "nginx.service",
    "prometheus.service",
    "alertmanager.service",
    "node_exporter.service",
];

pub(super) fn part(subject: &Subject<'_>) -> Result<Part, Message> {
    subject.need(&subject.facts.units, "units")?;
    let mut part = Part {
        validate: vec![sh::part(&[], &[sh::body!("validate-sshd")]), sh::part(&[], &[sh::body!("validate-sudo")])],
        notes: unknown_units(subject),
        ..Part::default()
    };
    if subject.enabled("ntpd.service") || subject.enabled("chronyd.service") {
        part.units.push("chronyd.service".to_owned());
    }
    if subject.enabled("iptables.service") {
        part.carry.push(firewall());
        part.units.push("nftables.service".to_owned());
    }
    if subject.enabled("firewalld.service") {
        part.notes.push(Message::new("plan-note-firewalld"));
    }
    if subject.enabled("node_exporter.service") {
        part.validate.push(super::runs(&["node_exporter.service".to_owned()]));
        part.units.push("node_exporter.service".to_owned());
        part.old_units.push("node_exporter.service".to_owned());
    }
    Ok(part)
}

fn firewall() -> Step {
    let (apply, verify) = (sh::single(&[], &[sh::body!("firewall")]), sh::single(&[], &[sh::body!("firewall-there")]));
    scripted("carry.firewall", Stage::Carry, Place::New, apply, verify)
}

/// Enabled services that nothing here carries.
fn unknown_units(subject: &Subject<'_>) -> Vec<Message> {
    let local = subject.facts.local_units.known().map(Vec::as_slice).unwrap_or_default();
    let is_local = |name: &str| local.iter().any(|u| u.path.rsplit('/').next() == Some(name));
    let known = |name: &str| {
        NEEDLESS.contains(&name)
            || name.starts_with("systemd-")
            || OTHERS.contains(&name)
            || name.starts_with("postgresql")
            || is_local(name)
    };
    let units = subject.facts.units.known().map(Vec::as_slice).unwrap_or_default();
    let lost = units.iter().filter(|u| u.is_enabled() && u.name.ends_with(".service") && !known(&u.name));
    lost.map(|u| Message::new("plan-note-unit-not-carried").with("unit", &u.name)).collect()
}
