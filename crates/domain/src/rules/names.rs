//! BIND and dhcpd: what a newer one refuses, and what it does otherwise when nothing is said.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{content, found_if, names, settings};
use super::used::{files_in_use, used};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{ConfigFile, Facts, Why};

const BIND: &[&str] = &["named.service", "named-chroot.service", "named-sdb.service"];

fn is_named_conf(path: &str) -> bool {
    matches!(path, "/etc/named.conf" | "/var/named/chroot/etc/named.conf")
}

pub const BIND_LOOKASIDE: Rule = Rule {
    id: "services.bind-lookaside",
    severity: Severity::Blocks,
    area: Area::Services,
    sources: &["NET-22", "leapp-164"],
    evidence: Evidence::Source,
    looks_at: &["units", "config_files"],
    places: &["/etc/named.conf"],
    look: bind_lookaside,
    cases: &[
        found(clean_el7_web, |f| named_says(f, "dnssec-lookaside auto;")),
        fine(clean_el7_web, |f| named_says(f, "dnssec-lookaside no; /* dnssec-lookaside auto; */")),
        fine(clean_el7_web, |f| add_file(f, "/etc/named.conf", "options { dnssec-lookaside auto; };\n")),
    ],
    ..Rule::USUAL
};
fn bind_lookaside(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for (file, words) in bind_words(facts)? {
        let on = words.windows(2).any(|pair| pair[0] == "dnssec-lookaside" && pair[1] != "no");
        found.extend(found_if(on, || Message::new("finding-services-bind-lookaside").with("file", &file.path)));
    }
    Ok(found)
}

pub const BIND_IPV6: Rule = Rule {
    id: "services.bind-ipv6",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["NET-22", "leapp-165"],
    evidence: Evidence::Source,
    looks_at: &["units", "config_files"],
    places: &["/etc/named.conf"],
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
    let mut found = Vec::new();
    for (file, words) in bind_words(facts)? {
        let silent = !words.iter().any(|word| word == "listen-on-v6");
        found.extend(found_if(silent, || Message::new("finding-services-bind-ipv6").with("file", &file.path)));
    }
    Ok(found)
}

/// The words of each configuration of a BIND that is in use. Its options may stand once only, so the file that has
/// them has them all; when none of the files read has them, they are in one that was not read.
fn bind_words(facts: &Facts) -> Result<Vec<(&ConfigFile, Vec<String>)>, Why> {
    let mut all = Vec::new();
    for file in files_in_use(facts, BIND, is_named_conf)? {
        let words = named_words(content(file)?);
        if words.iter().any(|word| word == "options") {
            all.push((file, words));
        } else if words.iter().any(|word| word == "include") {
            return Err(Why::Missing);
        }
    }
    Ok(all)
}

/// Words of a `named.conf`, its three kinds of comments left out.
fn named_words(text: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(['/', '#']) {
        let (before, at) = rest.split_at(start);
        plain.push_str(before);
        rest = if at.starts_with("/*") {
            at.split_once("*/").map_or("", |(_, after)| after)
        } else if at.starts_with("//") || at.starts_with('#') {
            at.find('\n').map_or("", |end| &at[end..])
        } else {
            plain.push('/');
            &at[1..]
        };
    }
    plain.push_str(rest);
    let separator = |c: char| c.is_whitespace() || matches!(c, ';' | '{' | '}' | '"');
    plain.split(separator).filter(|word| !word.is_empty()).map(str::to_owned).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_three_kinds_are_left_out() {
        let text = "options { // listen-on-v6\n directory \"/var/named\"; # x\n /* dnssec-lookaside auto; */ a b; };/";
        assert_eq!(named_words(text), ["options", "directory", "/var/named", "a", "b", "/"]);
        for broken in ["/* a", "//", "#", "/"] {
            named_words(broken); // whatever it says, it ends
        }
    }
}
