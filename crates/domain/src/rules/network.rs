//! Networking: interface names, who configures them, and who is let in.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{content, files, found_if, has_word, lines, names};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Ifcfg, Read, Route, TcpWrappers, Why};

/// Kinds of connection that NetworkManager takes from an `ifcfg` file.
const IFCFG_TYPES: &[&str] =
    &["ethernet", "ctc", "infiniband", "bond", "vlan", "bridge", "wireless", "team", "teamport", "ovs"];

/// iptables matches and targets that the translator of EL 9 drops, misreads or refuses.
const UNTRANSLATED: &[&str] = &["recent", "string", "physdev", "u32", "geoip", "set", "TARPIT"];

pub const NIC_NAMES: Rule = Rule {
    id: "network.nic-names",
    severity: Severity::Warns,
    area: Area::Network,
    sources: &["PLT-05"],
    evidence: Evidence::Source,
    looks_at: &["interfaces", "cmdline"],
    look: nic_names,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.interfaces)[0].name = "em1".into()),
        fine(clean_el7_web, |f| known(&mut f.interfaces).extend([interface("enp3s0", 2), interface("docker0", 3)])),
    ],
    ..Rule::USUAL
};
fn nic_names(facts: &Facts) -> Result<Vec<Message>, Why> {
    let pinned = facts.cmdline.get()?.split_whitespace().any(|word| matches!(word, "net.ifnames=0" | "biosdevname=1"));
    let renamed: Vec<&str> =
        nics(facts)?.into_iter().filter(|name| pinned || is_eth(name) || is_biosdevname(name)).collect();
    Ok(found_if(!renamed.is_empty(), || Message::new("finding-network-nic-names").with("names", names(renamed))))
}

pub const SEVERAL_ETH: Rule = Rule {
    id: "network.several-eth",
    severity: Severity::Warns,
    area: Area::Network,
    sources: &["PLT-06", "leapp-110"],
    evidence: Evidence::Source,
    looks_at: &["interfaces"],
    look: several_eth,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.interfaces).extend([interface("eth0", 2), interface("eth1", 3)])),
        fine(clean_el7_web, |f| known(&mut f.interfaces).push(interface("eth0", 2))),
    ],
    ..Rule::USUAL
};
fn several_eth(facts: &Facts) -> Result<Vec<Message>, Why> {
    let eth: Vec<&str> = nics(facts)?.into_iter().filter(|name| is_eth(name)).collect();
    Ok(found_if(eth.len() > 1, || Message::new("finding-network-several-eth").with("names", names(eth))))
}

pub const NAMES_IN_CONFIG: Rule = Rule {
    id: "network.names-in-config",
    severity: Severity::Informs,
    area: Area::Network,
    sources: &["PLT-07"],
    evidence: Evidence::Known,
    looks_at: &["interfaces", "config_files"],
    look: names_in_config,
    cases: &[
        found(clean_el7_web, |f| {
            known(&mut f.interfaces)[0].name = "eth0".into();
            add_file(f, "/etc/keepalived/keepalived.conf", "interface eth0\n");
        }),
        fine(clean_el7_web, |f| {
            known(&mut f.interfaces)[0].name = "eth0".into();
            add_file(f, "/etc/sysconfig/shop", "# once on eth0\nDEVICE=eth01\n");
        }),
    ],
    ..Rule::USUAL
};
fn names_in_config(facts: &Facts) -> Result<Vec<Message>, Why> {
    let nics: Vec<&str> = nics(facts)?.into_iter().filter(|name| is_eth(name) || is_biosdevname(name)).collect();
    let mut found = Vec::new();
    for file in files(facts, |path| !path.contains("/network-scripts/") && !path.contains("/udev/"))? {
        if let Some(nic) = named_in(content(file)?, &nics) {
            found.push(Message::new("finding-network-names-in-config").with("file", &file.path).with("name", nic));
        }
    }
    Ok(found)
}

fn named_in<'a>(text: &str, nics: &[&'a str]) -> Option<&'a str> {
    let named = |nic: &&&str| lines(text).any(|line| line.words.iter().any(|word| has_word(word, nic)));
    nics.iter().find(named).copied()
}

pub const SCRIPTS: Rule = Rule {
    id: "network.scripts",
    severity: Severity::Warns,
    area: Area::Network,
    sources: &["NET-01", "leapp-117"],
    evidence: Evidence::Source,
    looks_at: &["units", "ifcfg"],
    look: scripts,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.ifcfg).push(ifcfg("ens4", &[("NM_CONTROLLED", "no")]))),
        found(clean_el7_web, |f| add_unit(f, "network.service")),
        fine(clean_el7_web, |f| {
            add_idle_unit(f, "network.service");
            known(&mut f.ifcfg).push(ifcfg("ens4", &[("NM_CONTROLLED", "Yes")]));
        }),
    ],
    ..Rule::USUAL
};
fn scripts(facts: &Facts) -> Result<Vec<Message>, Why> {
    let service =
        facts.units.get()?.iter().any(|unit| unit.name == "network.service" && (unit.is_enabled() || unit.is_active()));
    let unmanaged = |file: &&Ifcfg| {
        file.get("NM_CONTROLLED")
            .is_some_and(|value| !matches!(value.to_ascii_lowercase().as_str(), "yes" | "true" | "1" | "y"))
    };
    let mut found = found_if(service, || Message::new("finding-network-scripts-service"));
    found.extend(
        real(facts)?
            .filter(unmanaged)
            .map(|file| Message::new("finding-network-scripts-unmanaged").with("file", &file.path)),
    );
    Ok(found)
}

pub const IFCFG_TYPE: Rule = Rule {
    id: "network.ifcfg-type",
    severity: Severity::Blocks,
    area: Area::Network,
    sources: &["NET-02", "leapp-116"],
    evidence: Evidence::Source,
    looks_at: &["ifcfg"],
    look: ifcfg_type,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.ifcfg).push(ifcfg("tun0", &[("TYPE", "IPIP")]))),
        fine(clean_el7_web, |f| known(&mut f.ifcfg).push(ifcfg("bond0", &[("TYPE", "Bond")]))),
    ],
    ..Rule::USUAL
};
fn ifcfg_type(facts: &Facts) -> Result<Vec<Message>, Why> {
    let odd = |file: &Ifcfg| {
        let kind = file.get("DEVICETYPE").or_else(|| file.get("TYPE"))?.to_owned();
        (!IFCFG_TYPES.contains(&kind.to_ascii_lowercase().as_str())).then_some(kind)
    };
    Ok(real(facts)?
        .filter_map(|file| Some((file, odd(file)?)))
        .map(|(file, kind)| Message::new("finding-network-ifcfg-type").with("file", &file.path).with("type", kind))
        .collect())
}

pub const TEAM: Rule = Rule {
    id: "network.team",
    severity: Severity::Warns,
    area: Area::Network,
    sources: &["NET-09"],
    evidence: Evidence::Documented,
    looks_at: &["ifcfg"],
    look: team,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.ifcfg).push(ifcfg("team0", &[("DEVICETYPE", "Team")]))),
        fine(clean_el7_web, |f| known(&mut f.ifcfg).push(ifcfg("bond0", &[("TYPE", "Bond"), ("NAME", "team")]))),
    ],
    ..Rule::USUAL
};
fn team(facts: &Facts) -> Result<Vec<Message>, Why> {
    let teams = |file: &&Ifcfg| {
        ["DEVICETYPE", "TYPE"].iter().any(|key| file.get(key).is_some_and(|kind| kind.eq_ignore_ascii_case("team")))
    };
    Ok(real(facts)?.filter(teams).map(|file| Message::new("finding-network-team").with("file", &file.path)).collect())
}

pub const DHCP_CLIENT_ID: Rule = Rule {
    id: "network.dhcp-client-id",
    severity: Severity::Warns,
    area: Area::Network,
    sources: &["NET-07"],
    evidence: Evidence::Source,
    looks_at: &["ifcfg"],
    look: dhcp_client_id,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.ifcfg).push(ifcfg("ens4", &[("DHCP_CLIENT_ID", "web-1")]))),
        fine(clean_el7_web, |f| known(&mut f.ifcfg).push(ifcfg("ens4", &[("DHCP_CLIENT_ID", "77:65:62")]))),
    ],
    ..Rule::USUAL
};
fn dhcp_client_id(facts: &Facts) -> Result<Vec<Message>, Why> {
    let is_hex = |id: &str| id.split(':').all(|byte| byte.len() == 2 && byte.bytes().all(|b| b.is_ascii_hexdigit()));
    Ok(real(facts)?
        .filter_map(|file| Some((file, file.get("DHCP_CLIENT_ID").filter(|id| !is_hex(id))?)))
        .map(|(file, id)| Message::new("finding-network-dhcp-client-id").with("file", &file.path).with("id", id))
        .collect())
}

pub const ROUTES: Rule = Rule {
    id: "network.routes",
    severity: Severity::Warns,
    area: Area::Network,
    sources: &["NET-05"],
    evidence: Evidence::Source,
    looks_at: &["routes", "config_files"],
    places: &["/etc/sysconfig/*", "/etc/sysconfig/network-scripts/route-*", "/etc/sysconfig/network-scripts/rule-*"],
    look: routes,
    cases: &[
        found(clean_el7_web, |f| {
            known(&mut f.routes).push(Route { to: "10.9.0.0/16".into(), via: "10.77.0.9".parse().ok(), dev: None });
        }),
        found(clean_el7_web, |f| {
            add_file(f, "/etc/sysconfig/network-scripts/route-ens3", "10.9.0.0/16 via 10.77.0.9\n")
        }),
        // What an address brings by itself.
        fine(clean_el7_web, |f| {
            known(&mut f.routes).push(Route { to: "10.78.0.0/24".into(), via: None, dev: Some("ens4".into()) })
        }),
    ],
    ..Rule::USUAL
};
fn routes(facts: &Facts) -> Result<Vec<Message>, Why> {
    let written = files(facts, |path| {
        let name = path.strip_prefix("/etc/sysconfig/network-scripts/");
        path == "/etc/sysconfig/static-routes"
            || name
                .is_some_and(|name| ["route-", "route6-", "rule-", "rule6-"].iter().any(|kind| name.starts_with(kind)))
    })?;
    let live = facts.routes.get()?.iter().filter(|route| route.to != "default" && route.via.is_some());
    let mut found: Vec<Message> =
        written.iter().map(|file| Message::new("finding-network-routes-file").with("file", &file.path)).collect();
    found.extend(live.map(|route| {
        let via = route.via.map(|via| via.to_string()).unwrap_or_default();
        Message::new("finding-network-routes-live").with("to", &route.to).with("via", via)
    }));
    Ok(found)
}

pub const TCP_WRAPPERS: Rule = Rule {
    id: "network.tcp-wrappers",
    severity: Severity::Blocks,
    area: Area::Network,
    sources: &["NET-11", "leapp-137", "leapp-170"],
    evidence: Evidence::Source,
    looks_at: &["tcp_wrappers"],
    look: tcp_wrappers,
    cases: &[
        found(clean_el7_web, |f| {
            f.tcp_wrappers = Read::Known(TcpWrappers { allow: Vec::new(), deny: vec!["ALL: ALL".into()] });
        }),
        fine(clean_el7_web, |f| {
            f.tcp_wrappers = Read::Known(TcpWrappers { allow: vec!["sshd: 10.0.0.0/8".into()], deny: Vec::new() });
        }),
    ],
    ..Rule::USUAL
};
fn tcp_wrappers(facts: &Facts) -> Result<Vec<Message>, Why> {
    // Rules that only allow take nothing away: without them just as many get in.
    let wrappers = facts.tcp_wrappers.get()?;
    let refuses = |line: &&String| ["deny", "spawn", "twist"].iter().any(|word| has_word(line, word));
    let refusing: Vec<&String> = wrappers.deny.iter().chain(wrappers.allow.iter().filter(refuses)).collect();
    Ok(found_if(!refusing.is_empty(), || {
        Message::new("finding-network-tcp-wrappers").with("n", refusing.len()).with("first", refusing[0])
    }))
}

pub const XINETD: Rule = Rule {
    id: "network.xinetd",
    severity: Severity::Warns,
    area: Area::Network,
    sources: &["NET-12"],
    evidence: Evidence::Known,
    looks_at: &["xinetd"],
    look: xinetd,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.xinetd).push("tftp".into())),
        // Installed as a unit, with no service switched on.
        fine(clean_el7_web, |f| add_unit(f, "xinetd.service")),
    ],
    ..Rule::USUAL
};
fn xinetd(facts: &Facts) -> Result<Vec<Message>, Why> {
    let services = facts.xinetd.get()?;
    Ok(services.iter().map(|service| Message::new("finding-network-xinetd").with("service", service)).collect())
}

pub const FIREWALL: Rule = Rule {
    id: "network.firewall-rules",
    severity: Severity::Informs,
    area: Area::Network,
    sources: &["NET-13"],
    evidence: Evidence::Documented,
    looks_at: &["firewall"],
    look: firewall,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.firewall).iptables.push("-A INPUT -i lo -j ACCEPT".into())),
        fine(clean_el7_web, |f| known(&mut f.firewall).iptables.push("-P INPUT ACCEPT".into())),
    ],
    ..Rule::USUAL
};
fn firewall(facts: &Facts) -> Result<Vec<Message>, Why> {
    let rules = facts.firewall.get()?.iptables.iter().filter(|line| line.starts_with("-A")).count();
    Ok(found_if(rules > 0, || Message::new("finding-network-firewall-rules").with("n", rules)))
}

pub const FIREWALL_LOST: Rule = Rule {
    id: "network.firewall-lost",
    severity: Severity::Blocks,
    area: Area::Network,
    sources: &["NET-14"],
    evidence: Evidence::Tried,
    looks_at: &["firewall"],
    look: firewall_lost,
    cases: &[
        found(clean_el7_web, |f| {
            known(&mut f.firewall).iptables.push("-A INPUT -p tcp -m recent --name ssh --set".into());
        }),
        found(clean_el7_web, |f| known(&mut f.firewall).iptables.push("-A INPUT -p tcp --dport 25 -j TARPIT".into())),
        fine(clean_el7_web, |f| {
            known(&mut f.firewall)
                .iptables
                .push("-A INPUT -p tcp -m state --state NEW -m comment --comment recent -j ACCEPT".into())
        }),
    ],
    ..Rule::USUAL
};
fn firewall_lost(facts: &Facts) -> Result<Vec<Message>, Why> {
    let uses = |rule: &str, what: &str| {
        let words: Vec<&str> = rule.split_whitespace().collect();
        words.windows(2).any(|pair| matches!(pair[0], "-m" | "--match" | "-j" | "--jump") && pair[1] == what)
    };
    let rules = facts.firewall.get()?.iptables.iter().filter(|line| line.starts_with("-A"));
    Ok(rules
        .filter_map(|rule| Some((rule, UNTRANSLATED.iter().find(|what| uses(rule, what))?)))
        .map(|(rule, what)| Message::new("finding-network-firewall-lost").with("rule", rule).with("what", what))
        .collect())
}

pub const NTP: Rule = Rule {
    id: "network.ntp",
    severity: Severity::Warns,
    area: Area::Network,
    sources: &["NET-19", "leapp-168"],
    evidence: Evidence::Source,
    looks_at: &["time_sync"],
    look: ntp,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.time_sync).daemons = vec!["ntpd".into()]),
        fine(clean_el7_web, |f| known(&mut f.time_sync).servers = vec!["ntpd.example.com".into()]),
    ],
    ..Rule::USUAL
};
fn ntp(facts: &Facts) -> Result<Vec<Message>, Why> {
    let sync = facts.time_sync.get()?;
    let old = sync.daemons.iter().find(|daemon| daemon.starts_with("ntp"));
    Ok(old
        .map(|daemon| Message::new("finding-network-ntp").with("daemon", daemon).with("servers", names(&sync.servers)))
        .into_iter()
        .collect())
}

pub const NO_TIME: Rule = Rule {
    id: "network.no-time-source",
    severity: Severity::Warns,
    area: Area::Network,
    sources: &["NET-19"],
    evidence: Evidence::Known,
    looks_at: &["time_sync"],
    look: no_time,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.time_sync).daemons.clear()),
        fine(clean_el7_web, |f| known(&mut f.time_sync).daemons = vec!["ntpd".into()]),
    ],
    ..Rule::USUAL
};
fn no_time(facts: &Facts) -> Result<Vec<Message>, Why> {
    let none = facts.time_sync.get()?.daemons.is_empty();
    Ok(found_if(none, || Message::new("finding-network-no-time-source")))
}

pub const NTP_CLOCKS: Rule = Rule {
    id: "network.ntp-reference-clock",
    severity: Severity::Warns,
    area: Area::Network,
    sources: &["NET-19"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/ntp.conf"],
    look: ntp_clocks,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/ntp.conf", "server 127.127.1.0\nserver 127.127.20.0\n")),
        // The host's own clock, which chrony does without.
        fine(clean_el7_web, |f| add_file(f, "/etc/ntp.conf", "server 127.127.1.0\nfudge 127.127.1.0 stratum 10\n")),
    ],
    ..Rule::USUAL
};
fn ntp_clocks(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, |path| path == "/etc/ntp.conf")? {
        let clocks = lines(content(file)?).filter(|line| line.is("server") && line.value().starts_with("127.127."));
        let kept = clocks.filter(|line| !line.value().starts_with("127.127.1."));
        found.extend(kept.map(|line| {
            Message::new("finding-network-ntp-reference-clock").with("clock", line.value()).with("line", line.no)
        }));
    }
    Ok(found)
}

/// Interfaces with hardware behind them, as far as their names tell.
fn nics(facts: &Facts) -> Result<Vec<&str>, Why> {
    let made = [
        "lo", "docker", "br", "virbr", "veth", "bond", "team", "tun", "tap", "vnet", "dummy", "sit", "wg", "cali",
        "flannel",
    ];
    let names = facts.interfaces.get()?.iter().map(|interface| interface.name.as_str());
    Ok(names.filter(|name| !made.iter().any(|prefix| name.starts_with(prefix))).collect())
}

fn is_eth(name: &str) -> bool {
    name.strip_prefix("eth").is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}

/// `em1`, `p3p1`: names that Dell's tool gave.
fn is_biosdevname(name: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    name.strip_prefix("em").is_some_and(digits)
        || name
            .strip_prefix('p')
            .and_then(|rest| rest.split_once('p'))
            .is_some_and(|(slot, port)| digits(slot) && digits(port))
}

/// `ifcfg` files that configure something, the loopback and saved copies left out.
pub(super) fn real(facts: &Facts) -> Result<impl Iterator<Item = &Ifcfg>, Why> {
    let copy = |path: &str| {
        path.ends_with("ifcfg-lo") || path.ends_with('~') || path.ends_with(".bak") || path.ends_with(".orig")
    };
    Ok(facts.ifcfg.get()?.iter().filter(move |file| !copy(&file.path)))
}
