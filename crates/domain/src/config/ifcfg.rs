//! `ifcfg-*` with its routes and its host-wide companions to a NetworkManager keyfile (NET-01 to NET-05).
//!
//! Plain Ethernet with addresses that stand in the file. Bonds, bridges, VLANs, teams and tunnels are errors.

use super::{
    Translation, Untranslatable,
    lines::{assignment, directive, note, text},
};
use crate::{Digest, Message};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    net::{IpAddr, Ipv4Addr},
};

/// What an interface has in other files than its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Companions {
    /// `GATEWAY` of `/etc/sysconfig/network`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gateway: Option<String>,
    /// Name servers of `resolv.conf`, when the interface names none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dns: Vec<String>,
    /// Search domains of `resolv.conf`, when the interface names none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search: Vec<String>,
    /// Lines of `route-*` in the form of `ip route`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<String>,
}

/// Keys that say what NetworkManager does anyway, or nothing at all.
const NEEDLESS: [&str; 22] = [
    "NM_CONTROLLED",
    "USERCTL",
    "PEERDNS",
    "PEERROUTES",
    "IPV4_FAILURE_FATAL",
    "IPV6_FAILURE_FATAL",
    "IPV6_AUTOCONF",
    "IPV6_DEFROUTE",
    "IPV6_ADDR_GEN_MODE",
    "PROXY_METHOD",
    "BROWSER_ONLY",
    "BROADCAST",
    "NETWORK",
    "DEFROUTE",
    "NAME",
    "DEVICE",
    "UUID",
    "ONBOOT",
    "BOOTPROTO",
    "TYPE",
    "GATEWAY",
    "NETBOOT",
];

/// Keys that `address` and `other` read.
const READ: [&str; 9] =
    ["IPADDR", "PREFIX", "NETMASK", "DNS", "DOMAIN", "MTU", "IPV6INIT", "IPV6ADDR", "IPV6_DEFAULTGW"];

struct Settings<'a>(BTreeMap<&'a str, (u32, &'a str)>);

impl<'a> Settings<'a> {
    fn get(&self, key: &str) -> Option<&'a str> {
        self.0.get(key).map(|(_, value)| *value).filter(|value| !value.is_empty())
    }

    fn line(&self, key: &str) -> u32 {
        self.0.get(key).map_or(0, |(no, _)| *no)
    }
}

pub(super) fn translate(source: &[u8], companions: &Companions) -> Result<Translation, Untranslatable> {
    let settings = read(source)?;
    let mut notes = Vec::new();
    check_kind(&settings)?;
    check_known(&settings, &mut notes)?;
    let device = settings.get("DEVICE").ok_or_else(|| Untranslatable::at(0, "config-ifcfg-no-device"))?;
    let mut out = head(&settings, device);
    if let Some(mtu) = settings.get("MTU") {
        let _ = write!(out, "[ethernet]\nmtu={}\n\n", number(&settings, "MTU", mtu)?);
    }
    ipv4(&mut out, &settings, companions)?;
    ipv6(&mut out, &settings);
    Ok(Translation { bytes: out.into_bytes(), notes })
}

fn read(source: &[u8]) -> Result<Settings<'_>, Untranslatable> {
    let mut all = BTreeMap::new();
    for (no, line) in (1..).zip(text(source)?.lines()) {
        match assignment(line) {
            Some((key, Some(value))) => drop(all.insert(key, (no, value.trim_matches(['"', '\''])))),
            Some((_, None)) => return Err(Untranslatable::at(no, "config-no-assignment")),
            None => {}
        }
    }
    Ok(Settings(all))
}

fn check_kind(settings: &Settings<'_>) -> Result<(), Untranslatable> {
    let kind = settings.get("TYPE").unwrap_or("Ethernet");
    if !kind.eq_ignore_ascii_case("ethernet") {
        return Err(Untranslatable::at(settings.line("TYPE"), "config-ifcfg-kind").with("setting", kind));
    }
    match settings.get("BOOTPROTO") {
        None | Some("none" | "static") => Ok(()),
        // A lease belongs to a network card, not to a name: the new machine cannot take it over.
        Some(_) => Err(Untranslatable::at(settings.line("BOOTPROTO"), "config-ifcfg-dhcp")),
    }
}

fn check_known(settings: &Settings<'_>, notes: &mut Vec<Message>) -> Result<(), Untranslatable> {
    for (key, (no, _)) in &settings.0 {
        let base = key.trim_end_matches(|c: char| c.is_ascii_digit());
        match *key {
            _ if NEEDLESS.contains(key) || READ.contains(key) || READ.contains(&base) => {}
            "HWADDR" | "MACADDR" => notes.push(note("config-ifcfg-other-card", *no, key)),
            _ => return Err(Untranslatable::at(*no, "config-unknown-setting").with("setting", key)),
        }
    }
    Ok(())
}

fn head(settings: &Settings<'_>, device: &str) -> String {
    let uuid = settings.get("UUID").map_or_else(|| made_uuid(device), str::to_owned);
    let auto = !matches!(settings.get("ONBOOT"), Some("no" | "NO" | "false"));
    format!("[connection]\nid={device}\nuuid={uuid}\ntype=ethernet\ninterface-name={device}\nautoconnect={auto}\n\n")
}

/// A name of its own, the same at each translation.
fn made_uuid(device: &str) -> String {
    let digest = Digest::of(format!("ifcfg:{device}").as_bytes());
    let d = digest.as_str();
    let part = |from: usize, to: usize| d.get(from..to).unwrap_or_default();
    format!("{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30))
}

fn ipv4(out: &mut String, settings: &Settings<'_>, companions: &Companions) -> Result<(), Untranslatable> {
    let addresses = addresses(settings)?;
    if addresses.is_empty() {
        return Err(Untranslatable::at(0, "config-ifcfg-no-address"));
    }
    out.push_str("[ipv4]\nmethod=manual\n");
    let gateway = settings.get("GATEWAY").or(companions.gateway.as_deref());
    for (no, address) in (1..).zip(&addresses) {
        let via = gateway.filter(|_| no == 1).map_or_else(String::new, |g| format!(",{g}"));
        let _ = writeln!(out, "address{no}={address}{via}");
    }
    names(out, settings, companions);
    for (no, route) in (1..).zip(&companions.routes) {
        let route =
            keyfile_route(route).ok_or_else(|| Untranslatable::at(no, "config-route").with("setting", "route"))?;
        let _ = writeln!(out, "route{no}={route}");
    }
    out.push('\n');
    Ok(())
}

fn addresses(settings: &Settings<'_>) -> Result<Vec<String>, Untranslatable> {
    let mut found = Vec::new();
    for n in std::iter::once(String::new()).chain((0..100).map(|n| n.to_string())) {
        let key = format!("IPADDR{n}");
        let Some(text) = settings.get(&key) else { continue };
        let bad = |why| Untranslatable::at(settings.line(&key), why).with("setting", &key);
        let ip: Ipv4Addr = text.parse().map_err(|_| bad("config-bad-address"))?;
        let prefix = match (settings.get(&format!("PREFIX{n}")), settings.get(&format!("NETMASK{n}"))) {
            (Some(prefix), _) => prefix.parse().ok().filter(|p| *p <= 32).ok_or_else(|| bad("config-bad-netmask"))?,
            (None, Some(mask)) => prefix_of(mask).ok_or_else(|| bad("config-bad-netmask"))?,
            (None, None) => class_prefix(ip),
        };
        found.push(format!("{ip}/{prefix}"));
    }
    Ok(found)
}

/// What EL7's scripts assume when nothing is said: the prefix of the old address class.
fn class_prefix(ip: Ipv4Addr) -> u32 {
    match ip.octets()[0] {
        0..=127 => 8,
        128..=191 => 16,
        _ => 24,
    }
}

fn prefix_of(mask: &str) -> Option<u32> {
    let bits = u32::from(mask.parse::<Ipv4Addr>().ok()?);
    let ones = bits.leading_ones();
    (bits.count_ones() == ones).then_some(ones)
}

fn names(out: &mut String, settings: &Settings<'_>, companions: &Companions) {
    let own: Vec<&str> = ["DNS", "DNS1", "DNS2", "DNS3"].iter().filter_map(|k| settings.get(k)).collect();
    let dns: Vec<&str> = if own.is_empty() { companions.dns.iter().map(String::as_str).collect() } else { own };
    let search: Vec<&str> = match settings.get("DOMAIN") {
        Some(domains) => domains.split_whitespace().collect(),
        None => companions.search.iter().map(String::as_str).collect(),
    };
    for (key, values) in [("dns", dns), ("dns-search", search)] {
        if !values.is_empty() {
            let _ = writeln!(out, "{key}={};", values.join(";"));
        }
    }
}

/// `10.1.0.0/16 via 10.0.0.1 dev eth0 metric 5` to `10.1.0.0/16,10.0.0.1,5`.
fn keyfile_route(line: &str) -> Option<String> {
    let (to, rest) = directive(line)?;
    let to = if to == "default" { "0.0.0.0/0" } else { to };
    let (ip, prefix) = to.split_once('/').unwrap_or((to, "32"));
    let valid = ip.parse::<IpAddr>().is_ok() && prefix.parse::<u8>().is_ok_and(|p| p <= 128);
    let mut via = None;
    let mut metric = None;
    let mut words = rest.split_whitespace();
    while let Some(word) = words.next() {
        match word {
            "via" => via = Some(words.next()?.parse::<IpAddr>().ok()?.to_string()),
            "metric" => metric = Some(words.next()?.parse::<u32>().ok()?),
            "dev" => drop(words.next()?),
            _ => return None,
        }
    }
    let mut route = format!("{ip}/{prefix}");
    match (via, metric) {
        (None, None) => {}
        (via, None) => route.extend([",".to_owned(), via.unwrap_or_default()]),
        (via, Some(metric)) => route.push_str(&format!(",{},{metric}", via.unwrap_or_default())),
    }
    valid.then_some(route)
}

fn ipv6(out: &mut String, settings: &Settings<'_>) {
    match (settings.get("IPV6INIT"), settings.get("IPV6ADDR")) {
        (Some("yes"), Some(address)) => {
            let via = settings.get("IPV6_DEFAULTGW").map_or_else(String::new, |g| format!(",{g}"));
            let _ = write!(out, "[ipv6]\nmethod=manual\naddress1={address}{via}\n");
        }
        (Some("yes"), None) => out.push_str("[ipv6]\nmethod=auto\n"),
        _ => out.push_str("[ipv6]\nmethod=disabled\n"),
    }
}

fn number(settings: &Settings<'_>, key: &str, value: &str) -> Result<u32, Untranslatable> {
    value.parse().map_err(|_| Untranslatable::at(settings.line(key), "config-not-a-number").with("setting", key))
}
