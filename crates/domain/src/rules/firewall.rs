//! Packet filters whose rules EL 9 reads differently, or does not read at all.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{content, files, found_if, names, settings, unit_in_use};
use super::{Area, Evidence, FRESH, Rule, Severity};
use crate::Message;
use crate::facts::{ConfigFile, Facts, Why};

const FIREWALLD_CONF: &str = "/etc/firewalld/firewalld.conf";
const DIRECT: &str = "/etc/firewalld/direct.xml";
const ZONES: &str = "/etc/firewalld/zones/";

/// Kinds of address sets that firewalld of EL 8 and 9 made from the start with nftables.
const KNOWN_SETS: &[&str] = &["hash:ip", "hash:mac", "hash:net"];

/// Services that load a filter at boot and that EL 9 has no successor of in its default set.
const FILTER_SERVICES: &[&str] = &["ebtables.service", "arptables.service", "ipset.service"];

pub const ZONE_DRIFTING: Rule = Rule {
    id: "network.firewalld-zone-drifting",
    severity: Severity::Blocks,
    area: Area::Network,
    sources: &["NET-15", "leapp-113"],
    evidence: Evidence::Source,
    looks_at: &["config_files", "firewall"],
    places: &["/etc/firewalld/*.conf", "/etc/firewalld/zones/*.xml"],
    look: zone_drifting,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, FIREWALLD_CONF, "DefaultZone=public\nAllowZoneDrifting=yes\n");
            add_file(f, "/etc/firewalld/zones/office.xml", "<zone>\n  <source address=\"10.0.0.0/8\"/>\n</zone>\n");
        }),
        found(clean_el7_web, |f| {
            add_file(f, FIREWALLD_CONF, "DefaultZone=public\n");
            add_file(f, "/etc/firewalld/zones/office.xml", "<zone>\n  <source ipset=\"office\"/>\n</zone>\n");
        }),
        fine(clean_el7_web, |f| {
            add_file(f, FIREWALLD_CONF, "AllowZoneDrifting=no\n");
            add_file(f, "/etc/firewalld/zones/office.xml", "<zone>\n  <source address=\"10.0.0.0/8\"/>\n</zone>\n");
        }),
        // EL 7.9 ships with "yes"; without a zone of sources nothing drifts.
        fine(clean_el7_web, |f| {
            add_file(f, FIREWALLD_CONF, "DefaultZone=public\nAllowZoneDrifting=yes\n");
            let zone = "<zone>\n  <service name=\"ssh\"/>\n  <rule family=\"ipv4\">\n    <source address=\"10.0.0.0/8\"/>\n    <accept/>\n  </rule>\n</zone>\n";
            add_file(f, "/etc/firewalld/zones/public.xml", zone);
        }),
    ],
    ..Rule::USUAL
};
fn zone_drifting(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut drifts = false;
    for file in firewalld(facts, |path| path == FIREWALLD_CONF)? {
        // EL 7 drifts where the file does not say, too.
        drifts |= !settings(content(file)?)
            .iter()
            .any(|one| one.key == "AllowZoneDrifting" && one.value.eq_ignore_ascii_case("no"));
    }
    let mut zones = Vec::new();
    for file in firewalld(facts, |path| path.starts_with(ZONES))? {
        zones.extend(has_sources(content(file)?).then(|| file_name(&file.path)));
    }
    Ok(found_if(drifts && !zones.is_empty(), || {
        Message::new("finding-network-firewalld-zone-drifting").with("zones", names(zones))
    }))
}

/// Whether the zone takes packets by where they come from; the sources of rich rules do not count.
fn has_sources(zone: &str) -> bool {
    let mut in_rule = false;
    elements(zone).into_iter().any(|element| {
        match element.name {
            "rule" => in_rule = !element.closed,
            "/rule" => in_rule = false,
            _ => {}
        }
        element.name == "source" && !in_rule
    })
}

pub const TFTP_CLIENT: Rule = Rule {
    id: "network.firewalld-tftp-client",
    severity: Severity::Blocks,
    area: Area::Network,
    sources: &["NET-16", "leapp-114"],
    evidence: Evidence::Source,
    looks_at: &["config_files", "firewall"],
    places: &["/etc/firewalld/zones/*.xml", "/etc/firewalld/policies/*.xml"],
    look: tftp_client,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/firewalld/zones/public.xml", "<zone>\n  <service name=\"tftp-client\"/>\n</zone>\n");
        }),
        fine(clean_el7_web, |f| {
            let zone = "<zone>\n  <!-- <service name=\"tftp-client\"/> -->\n  <service name=\"tftp\"/>\n</zone>\n";
            add_file(f, "/etc/firewalld/zones/public.xml", zone);
        }),
    ],
    ..Rule::USUAL
};
fn tftp_client(facts: &Facts) -> Result<Vec<Message>, Why> {
    let rules = |path: &str| path.starts_with(ZONES) || path.starts_with("/etc/firewalld/policies/");
    let mut found = Vec::new();
    for file in firewalld(facts, rules)? {
        let named = |one: &Element<'_>| one.name == "service" && one.attribute("name") == Some("tftp-client");
        let names_it = elements(content(file)?).iter().any(named);
        found.extend(names_it.then(|| Message::new("finding-network-firewalld-tftp-client").with("file", &file.path)));
    }
    Ok(found)
}

pub const DIRECT_RULES: Rule = Rule {
    id: "network.firewalld-direct",
    area: Area::Network,
    sources: &["NET-17"],
    evidence: Evidence::Documented,
    looks_at: &["config_files", "firewall"],
    places: &["/etc/firewalld/direct.xml"],
    look: direct_rules,
    cases: &[
        found(clean_el7_web, |f| add_file(f, DIRECT, DIRECT_EXAMPLE)),
        fine(clean_el7_web, |f| add_file(f, DIRECT, "<?xml version=\"1.0\"?>\n<direct>\n</direct>\n")),
    ],
    ..Rule::USUAL
};
const DIRECT_EXAMPLE: &str = "<direct>\n  <rule ipv=\"ipv4\" table=\"filter\" chain=\"INPUT\" priority=\"0\">-p vrrp -j ACCEPT</rule>\n</direct>\n";
fn direct_rules(facts: &Facts) -> Result<Vec<Message>, Why> {
    let direct = direct(facts)?;
    let rules = direct.iter().filter(|one| matches!(one.name, "rule" | "passthrough")).count();
    Ok(found_if(rules > 0, || Message::new("finding-network-firewalld-direct").with("n", rules).with("file", DIRECT)))
}

pub const BRIDGE_TABLES: Rule = Rule {
    id: "network.firewalld-bridge-tables",
    severity: Severity::Blocks,
    area: Area::Network,
    sources: &["NET-17", "leapp-111"],
    evidence: Evidence::Source,
    looks_at: &["config_files", "firewall"],
    places: &["/etc/firewalld/direct.xml"],
    look: bridge_tables,
    cases: &[
        found(clean_el7_web, |f| {
            let rule = "<direct>\n  <rule ipv=\"eb\" table=\"broute\" chain=\"BROUTING\" priority=\"0\">-j DROP</rule>\n</direct>\n";
            add_file(f, DIRECT, rule);
        }),
        fine(clean_el7_web, |f| {
            let rule = "<direct>\n  <rule ipv=\"eb\" table=\"filter\" chain=\"FORWARD\" priority=\"0\">-j DROP</rule>\n</direct>\n";
            add_file(f, DIRECT, rule);
        }),
    ],
    ..Rule::USUAL
};
fn bridge_tables(facts: &Facts) -> Result<Vec<Message>, Why> {
    let direct = direct(facts)?;
    let tables =
        direct.iter().filter(|one| one.attribute("ipv") == Some("eb")).filter_map(|one| one.attribute("table"));
    let gone: Vec<&str> = tables.filter(|table| !matches!(*table, "filter" | "nat")).collect();
    Ok(found_if(!gone.is_empty(), || {
        Message::new("finding-network-firewalld-bridge-tables").with("names", names(gone)).with("file", DIRECT)
    }))
}

pub const ADDRESS_SETS: Rule = Rule {
    id: "network.firewalld-sets",
    area: Area::Network,
    sources: &["leapp-112"],
    evidence: Evidence::Source,
    looks_at: &["config_files", "firewall"],
    places: &["/etc/firewalld/ipsets/*.xml"],
    look: address_sets,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/firewalld/ipsets/shops.xml", "<ipset type=\"bitmap:port\">\n</ipset>\n");
        }),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/firewalld/ipsets/shops.xml", "<ipset type=\"hash:net\">\n</ipset>\n");
        }),
    ],
    ..Rule::USUAL
};
fn address_sets(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in firewalld(facts, |path| path.starts_with("/etc/firewalld/ipsets/"))? {
        let sets = elements(content(file)?);
        let kinds = sets.iter().filter(|one| one.name == "ipset").filter_map(|one| one.attribute("type"));
        found.extend(
            kinds
                .filter(|kind| !KNOWN_SETS.contains(kind))
                .map(|kind| Message::new("finding-network-firewalld-sets").with("file", &file.path).with("type", kind)),
        );
    }
    Ok(found)
}

pub const FILTERS_LOST: Rule = Rule {
    id: "network.filter-services",
    severity: Severity::Blocks,
    area: Area::Network,
    sources: &["NET-13"],
    evidence: Evidence::Documented,
    looks_at: &["units"],
    look: filters_lost,
    cases: &[
        found(clean_el7_web, |f| add_unit(f, "ebtables.service")),
        fine(clean_el7_web, |f| add_unit(f, "firewalld.service")),
    ],
    ..Rule::USUAL
};
fn filters_lost(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for name in FILTER_SERVICES {
        let unit = unit_in_use(facts, &[*name])?;
        found.extend(unit.map(|unit| Message::new("finding-network-filter-services").with("unit", &unit.name)));
    }
    Ok(found)
}

pub const IP6TABLES: Rule = Rule {
    id: "network.ip6tables",
    area: Area::Network,
    sources: &["NET-13"],
    evidence: Evidence::Known,
    looks_at: &["units", "interfaces"],
    look: ip6tables,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "ip6tables.service");
            address_six(f, "2001:db8::31");
        }),
        fine(clean_el7_web, |f| {
            add_unit(f, "ip6tables.service");
            address_six(f, "fe80::5054:ff:fe00:1f");
        }),
    ],
    ..Rule::USUAL
};
fn ip6tables(facts: &Facts) -> Result<Vec<Message>, Why> {
    let unit = unit_in_use(facts, &["ip6tables.service"])?;
    let addresses = facts.interfaces.get()?.iter().flat_map(|one| &one.addresses).filter_map(|one| match one.ip {
        std::net::IpAddr::V6(ip) => Some(ip),
        std::net::IpAddr::V4(_) => None,
    });
    let reachable: Vec<String> = addresses
        .filter(|ip| !ip.is_loopback() && ip.segments()[0] & 0xffc0 != 0xfe80) // what stays on its link is no way in
        .map(|ip| ip.to_string())
        .collect();
    Ok(found_if(unit.is_some() && !reachable.is_empty(), || {
        Message::new("finding-network-ip6tables").with("addresses", names(reachable))
    }))
}

fn address_six(facts: &mut Facts, ip: &str) {
    let address = crate::facts::Address { ip: ip.parse().expect("an address"), prefix: 64 };
    known(&mut facts.interfaces)[0].addresses.push(address);
}

pub const HELPERS: Rule = Rule {
    id: "network.conntrack-helpers",
    area: Area::Network,
    sources: &["NET-14"],
    evidence: Evidence::Known,
    looks_at: &["modules", "firewall"],
    look: helpers,
    cases: &[
        found(clean_el7_web, |f| {
            known(&mut f.modules).push("nf_conntrack_ftp".into());
            known(&mut f.firewall).firewalld = false;
            known(&mut f.firewall).iptables.push("-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT".into());
        }),
        fine(clean_el7_web, |f| known(&mut f.modules).push("nf_conntrack_ftp".into())), // firewalld binds it itself
        fine(clean_el7_web, |f| {
            known(&mut f.firewall).firewalld = false;
            known(&mut f.firewall).iptables.push("-A INPUT -j DROP".into());
        }),
    ],
    ..Rule::USUAL
};
fn helpers(facts: &Facts) -> Result<Vec<Message>, Why> {
    const PROTOCOLS: &[&str] = &["ftp", "tftp", "sip", "h323", "pptp", "irc", "amanda", "sane", "snmp"];
    let firewall = facts.firewall.get()?;
    let filters = !firewall.firewalld && firewall.iptables.iter().any(|line| line.starts_with("-A"));
    let loaded = facts.modules.get()?.iter().filter_map(|name| name.strip_prefix("nf_conntrack_"));
    let helpers: Vec<&str> = loaded.filter(|name| PROTOCOLS.contains(name)).collect();
    Ok(found_if(filters && !helpers.is_empty(), || {
        Message::new("finding-network-conntrack-helpers").with("names", names(helpers))
    }))
}

/// Files of firewalld, where it runs: what a stopped one would do is not done now either.
fn firewalld(facts: &Facts, wanted: impl Fn(&str) -> bool) -> Result<Vec<&ConfigFile>, Why> {
    let found = files(facts, wanted)?;
    Ok(if facts.firewall.get()?.firewalld { found } else { Vec::new() })
}

fn direct(facts: &Facts) -> Result<Vec<Element<'_>>, Why> {
    let mut all = Vec::new();
    for file in firewalld(facts, |path| path == DIRECT)? {
        all.extend(elements(content(file)?));
    }
    Ok(all)
}

/// `office` of `/etc/firewalld/zones/office.xml`.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default().trim_end_matches(".xml")
}

/// A tag of one of firewalld's files.
#[derive(Debug, PartialEq, Eq)]
struct Element<'a> {
    name: &'a str,
    attributes: &'a str,
    /// Whether it ends where it begins.
    closed: bool,
}

impl<'a> Element<'a> {
    fn attribute(&self, name: &str) -> Option<&'a str> {
        let (_, rest) = self.attributes.match_indices(name).find_map(|(at, _)| {
            let begins = self.attributes[..at].ends_with(char::is_whitespace);
            Some((at, self.attributes[at + name.len()..].trim_start().strip_prefix('=')?)).filter(|_| begins)
        })?;
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(quote).next()
    }
}

/// The tags of an XML text in their order, comments left out. Whatever is no tag is passed over.
fn elements(text: &str) -> Vec<Element<'_>> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let Some((tag, after)) = after.split_once('>') else { break };
        rest = after;
        let closed = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let end = tag.find(char::is_whitespace).unwrap_or(tag.len());
        found.push(Element { name: &tag[..end], attributes: &tag[end..], closed });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_their_attributes() {
        let tags =
            elements("<?xml version='1.0'?><zone target=\"DROP\">\n<!-- <a b='c'/> --><service  name = 'x'/></zone");
        let names: Vec<&str> = tags.iter().map(|tag| tag.name).collect();
        assert_eq!(names, ["?xml", "zone", "service"]);
        assert_eq!((tags[1].attribute("target"), tags[1].attribute("name")), (Some("DROP"), None));
        assert_eq!((tags[2].attribute("name"), tags[2].attribute("ame"), tags[2].closed), (Some("x"), None, true));
    }

    #[test]
    fn any_text_is_read() {
        for text in ["", "<", "<>", "< a=>", "<a b=\"", "<a b=é>", "<!--", "><"] {
            for tag in elements(text) {
                tag.attribute("b");
            }
        }
    }
}
