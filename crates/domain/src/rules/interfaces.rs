//! What configures an interface besides its `ifcfg` file: hooks, udev, the DHCP client, the resolver.

use super::case::{fine, found};
use super::fixtures::*;
use super::network::real;
use super::text::{content, files, found_if, in_lines, names};
use super::{Area, Evidence, FRESH, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Ifcfg, UnitFileState, Why};

/// Scripts that network-scripts runs and NetworkManager does not.
const HOOKS: &[&str] = &["/sbin/ifup-local", "/sbin/ifup-pre-local", "/sbin/ifdown-local", "/sbin/ifdown-pre-local"];

/// Settings whose value is a list of options that a keyfile writes one by one.
const OPTION_LISTS: &[(&str, &str)] =
    &[("ETHTOOL_OPTS", "[ethtool]"), ("BONDING_OPTS", "[bond]"), ("BRIDGING_OPTS", "[bridge] / [bridge-port]")];

/// Settings of wireless encryption that EL 9 has no support for.
const WEP: &[&str] = &["WEP_KEY_FLAGS", "KEY1", "KEY2", "KEY3", "KEY4", "DEFAULTKEY"];

pub const NETWORK_HOOKS: Rule = Rule {
    id: "network.hooks",
    severity: Severity::Blocks,
    area: Area::Network,
    sources: &["NET-06", "leapp-115"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: HOOKS,
    look: network_hooks,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/sbin/ifup-local", "#!/bin/sh\nethtool -K $1 gro off\n")),
        fine(clean_el7_web, |f| add_file(f, "/sbin/ifup-local", "#!/bin/sh\n# nothing any more\nexit 0\n")),
    ],
    ..Rule::USUAL
};
fn network_hooks(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = in_lines(
        facts,
        |path| HOOKS.contains(&path),
        |file, line| {
            let acts = !matches!(line.words[0], "exit" | ":" | "true");
            acts.then(|| Message::new("finding-network-hooks").with("file", &file.path))
        },
    )?;
    found.dedup();
    Ok(found)
}

pub const UDEV_NAMES: Rule = Rule {
    id: "network.udev-names",
    area: Area::Network,
    sources: &["PLT-05"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/udev/rules.d/*.rules"],
    look: udev_names,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| {
            let rule = "SUBSYSTEM==\"net\", ACTION==\"add\", ATTR{address}==\"52:54:00:00:00:1f\", NAME=\"lan0\"\n";
            add_file(f, "/etc/udev/rules.d/70-persistent-net.rules", rule);
        }),
        fine(clean_el7_web, |f| {
            let rule = "# NAME=\"x\"\nSUBSYSTEM==\"net\", NAME==\"lo\", RUN+=\"/bin/true\"\n";
            add_file(f, "/etc/udev/rules.d/70-persistent-ipoib.rules", rule);
        }),
    ],
    ..Rule::USUAL
};
fn udev_names(facts: &Facts) -> Result<Vec<Message>, Why> {
    in_lines(
        facts,
        |path| path.starts_with("/etc/udev/rules.d/"),
        |file, line| {
            let whole: String = line.words.concat();
            let name =
                whole.split(',').find_map(|key| key.strip_prefix("NAME=")).filter(|name| !name.starts_with('='))?;
            let nic = whole.contains("SUBSYSTEM==\"net\"");
            nic.then(|| {
                let message = Message::new("finding-network-udev-names").with("file", &file.path);
                message.with("name", name.trim_matches('"'))
            })
        },
    )
}

pub const IFCFG_OPTIONS: Rule = Rule {
    id: "network.ifcfg-options",
    area: Area::Network,
    sources: &["NET-04"],
    evidence: Evidence::Reported,
    looks_at: &["ifcfg"],
    look: ifcfg_options,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.ifcfg).push(ifcfg("ens4", &[("ETHTOOL_OPTS", "-K ens4 gro off")]))),
        fine(clean_el7_web, |f| known(&mut f.ifcfg).push(ifcfg("ens4", &[("ETHTOOL_OPTS", "")]))),
    ],
    ..Rule::USUAL
};
fn ifcfg_options(facts: &Facts) -> Result<Vec<Message>, Why> {
    let lists = |file: &Ifcfg| {
        let set = OPTION_LISTS.iter().filter_map(|(key, section)| Some((*key, file.get(key)?.to_owned(), *section)));
        set.filter(|(_, value, _)| !value.is_empty()).collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    for file in real(facts)? {
        found.extend(lists(file).into_iter().map(|(key, value, section)| {
            Message::new("finding-network-ifcfg-options")
                .with("file", &file.path)
                .with("setting", key)
                .with("value", value)
                .with("section", section)
        }));
    }
    Ok(found)
}

pub const WIRELESS_WEP: Rule = Rule {
    id: "network.wep",
    severity: Severity::Blocks,
    area: Area::Network,
    sources: &["NET-10", "leapp-118"],
    evidence: Evidence::Source,
    looks_at: &["ifcfg"],
    look: wireless_wep,
    cases: &[
        found(clean_el7_web, |f| {
            let settings = [("TYPE", "Wireless"), ("ESSID", "hall"), ("KEY_MGMT", "IEEE8021X")];
            known(&mut f.ifcfg).push(ifcfg("hall", &settings));
        }),
        found(clean_el7_web, |f| {
            known(&mut f.ifcfg).push(ifcfg("hall", &[("ESSID", "hall"), ("DEFAULTKEY", "1")]));
        }),
        fine(clean_el7_web, |f| {
            known(&mut f.ifcfg).push(ifcfg("hall", &[("ESSID", "hall"), ("KEY_MGMT", "WPA-PSK")]));
        }),
        fine(clean_el7_web, |f| known(&mut f.ifcfg).push(ifcfg("tun1", &[("TYPE", "GRE"), ("KEY1", "7")]))),
    ],
    ..Rule::USUAL
};
fn wireless_wep(facts: &Facts) -> Result<Vec<Message>, Why> {
    let wireless = |file: &&Ifcfg| {
        file.get("ESSID").is_some() || file.get("TYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("wireless"))
    };
    let wep =
        |file: &&Ifcfg| file.get("KEY_MGMT") == Some("IEEE8021X") || WEP.iter().any(|key| file.get(key).is_some());
    let profiles = real(facts)?.filter(wireless).filter(wep);
    Ok(profiles.map(|file| Message::new("finding-network-wep").with("file", &file.path)).collect())
}

pub const MANAGER_OFF: Rule = Rule {
    id: "network.networkmanager-off",
    area: Area::Network,
    sources: &["NET-01", "NET-08", "leapp-119"],
    evidence: Evidence::Source,
    looks_at: &["units"],
    look: manager_off,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "NetworkManager.service");
            let unit = known(&mut f.units).last_mut().expect("just added");
            (unit.file_state, unit.active) = (Some(UnitFileState::Disabled), "inactive".into());
        }),
        fine(clean_el7_web, |f| add_unit(f, "NetworkManager.service")),
    ],
    ..Rule::USUAL
};
fn manager_off(facts: &Facts) -> Result<Vec<Message>, Why> {
    let off = facts.units.get()?.iter().find(|unit| {
        let state = unit.file_state.as_ref();
        unit.name == "NetworkManager.service"
            && !unit.is_active()
            && matches!(state, Some(UnitFileState::Disabled | UnitFileState::Masked))
    });
    Ok(found_if(off.is_some(), || Message::new("finding-network-networkmanager-off")))
}

pub const DHCLIENT: Rule = Rule {
    id: "network.dhclient",
    area: Area::Network,
    sources: &["NET-07"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/dhclient*.conf", "/etc/dhcp/dhclient*.conf", "/etc/dhcp/dhclient-*-hooks"],
    look: dhclient,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/dhcp/dhclient.conf", "# site\nsupersede domain-name-servers 10.0.0.53;\n");
        }),
        fine(clean_el7_web, |f| add_file(f, "/etc/dhcp/dhclient.conf", "# nothing of our own\n")),
    ],
    ..Rule::USUAL
};
fn dhclient(facts: &Facts) -> Result<Vec<Message>, Why> {
    let client = |path: &str| path.starts_with("/etc/dhcp/dhclient") || path.starts_with("/etc/dhclient");
    let mut found = Vec::new();
    for file in files(facts, client)? {
        let says = content(file)?.lines().any(|line| !line.trim().is_empty() && !line.trim().starts_with('#'));
        let own = says && file.changed_from_rpm != Some(false);
        found.extend(own.then(|| Message::new("finding-network-dhclient").with("file", &file.path)));
    }
    Ok(found)
}

pub const RESOLVER_OPTIONS: Rule = Rule {
    id: "network.resolver-options",
    area: Area::Network,
    sources: &["NET-01"],
    evidence: Evidence::Known,
    looks_at: &["resolver"],
    look: resolver_options,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.resolver).options = vec!["timeout:1".into(), "rotate".into()]),
        fine(clean_el7_web, |f| known(&mut f.resolver).options = vec!["edns0".into(), "trust-ad".into()]),
    ],
    ..Rule::USUAL
};
fn resolver_options(facts: &Facts) -> Result<Vec<Message>, Why> {
    let by_itself = ["edns0", "trust-ad"]; // a resolver on the host writes these
    let options = facts.resolver.get()?.options.iter().filter(|option| !by_itself.contains(&option.as_str()));
    let options: Vec<&String> = options.collect();
    Ok(found_if(!options.is_empty(), || Message::new("finding-network-resolver-options").with("names", names(options))))
}
