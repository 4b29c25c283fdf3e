//! BIND and dhcpd: what a newer one refuses, and what it does otherwise when nothing is said.

use super::bind::bind;
use super::case::{fine, found};
use super::fixtures::*;
use super::text::{Directive, content, found_if, names, settings};
use super::used::{files_in_use, used};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Why};

pub const BIND_LOOKASIDE: Rule = Rule {
    id: "services.bind-lookaside",
    severity: Severity::Blocks,
    area: Area::Services,
    sources: &["NET-22", "leapp-164"],
    evidence: Evidence::Source,
    looks_at: &["units", "config_files"],
    places: &["/etc/named.conf", "/etc/named/*.conf"],
    look: bind_lookaside,
    cases: &[
        found(clean_el7_web, |f| named_says(f, "dnssec-lookaside auto;")),
        fine(clean_el7_web, |f| named_says(f, "dnssec-lookaside no; /* dnssec-lookaside auto; */")),
        fine(clean_el7_web, |f| add_file(f, "/etc/named.conf", "options { dnssec-lookaside auto; };\n")),
    ],
    ..Rule::USUAL
};
fn bind_lookaside(facts: &Facts) -> Result<Vec<Message>, Why> {
    let looks_aside =
        |one: &Directive| one.name() == "dnssec-lookaside" && one.args().first().is_some_and(|value| value != "no");
    let files = bind(facts)?;
    let on = files.iter().filter(|one| one.statements.iter().any(looks_aside));
    Ok(on.map(|one| Message::new("finding-services-bind-lookaside").with("file", &one.file.path)).collect())
}

pub const BIND_IPV6: Rule = Rule {
    id: "services.bind-ipv6",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["NET-22", "leapp-165"],
    evidence: Evidence::Source,
    looks_at: &["units", "config_files"],
    places: &["/etc/named.conf", "/etc/named/*.conf"],
    look: bind_ipv6,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "named.service");
            add_file(f, "/etc/named.conf", "options {\n  listen-on port 53 { any; };\n};\n");
        }),
        fine(clean_el7_web, |f| named_says(f, "recursion yes;")),
    ],
    ..Rule::USUAL
};
fn bind_ipv6(facts: &Facts) -> Result<Vec<Message>, Why> {
    let files = bind(facts)?;
    let silent = files.iter().filter(|one| one.states("options") && !one.states("listen-on-v6"));
    Ok(silent.map(|one| Message::new("finding-services-bind-ipv6").with("file", &one.file.path)).collect())
}

pub const DHCP_SERVER: Rule = Rule {
    id: "services.dhcp-server",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["DHCP-01"],
    evidence: Evidence::Known,
    looks_at: &["units", "config_files"],
    places: &["/etc/sysconfig/*"],
    look: dhcp_server,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "dhcpd.service");
            add_file(f, "/etc/sysconfig/dhcpd", "DHCPDARGS=eth1\n");
        }),
        fine(clean_el7_web, |f| add_file(f, "/etc/sysconfig/dhcpd", "DHCPDARGS=eth1\n")),
    ],
    ..Rule::USUAL
};
fn dhcp_server(facts: &Facts) -> Result<Vec<Message>, Why> {
    let daemons = used(facts, |name| matches!(name, "dhcpd.service" | "dhcpd6.service"))?;
    let mut found = found_if(!daemons.is_empty(), || {
        Message::new("finding-services-dhcp-server-leases").with("units", names(daemons.iter().copied()))
    });
    let settings_file = |path: &str| matches!(path, "/etc/sysconfig/dhcpd" | "/etc/sysconfig/dhcpd6");
    for file in files_in_use(facts, &["dhcpd.service", "dhcpd6.service"], settings_file)? {
        let told = settings(content(file)?).into_iter().filter(|one| one.key == "DHCPDARGS" && !one.value.is_empty());
        found.extend(told.map(|one| {
            Message::new("finding-services-dhcp-server-arguments")
                .with("file", &file.path)
                .with("line", one.no)
                .with("arguments", one.value)
        }));
    }
    Ok(found)
}
