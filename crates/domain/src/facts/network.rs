//! Interfaces, routes, names, and who is let in.

use super::files::telling_lines;
use super::{BadLine, Why};
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A network interface.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Interface {
    pub name: String,
    /// Empty for one without a link address.
    pub mac: String,
    pub mtu: u32,
    pub up: bool,
    pub addresses: Vec<Address>,
}

/// An address with its prefix length.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Address {
    pub ip: IpAddr,
    pub prefix: u8,
}

/// A route of the main table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Route {
    /// `default`, `10.0.0.0/24`.
    pub to: String,
    pub via: Option<IpAddr>,
    pub dev: Option<String>,
}

/// `/etc/resolv.conf`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Resolver {
    pub nameservers: Vec<String>,
    pub search: Vec<String>,
    pub options: Vec<String>,
}

/// One `ifcfg-*` file, keys in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Ifcfg {
    pub path: String,
    pub settings: Vec<(String, String)>,
}

impl Ifcfg {
    /// The last value of that key, for the shell that reads the file keeps the last.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.settings.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

/// Packet filters as the kernel has them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Firewall {
    /// `iptables-save`, counters and comments left out; empty when there is no rule.
    pub iptables: Vec<String>,
    /// `nft list ruleset`, by line; empty when there is no table.
    pub nft: Vec<String>,
    /// Whether firewalld is active.
    pub firewalld: bool,
}

/// `/etc/hosts.allow` and `/etc/hosts.deny`, comments left out. EL 9 no longer reads them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TcpWrappers {
    pub allow: Vec<String>,
    pub deny: Vec<String>,
}

/// Reads `ip addr`.
pub(super) fn interfaces(text: &str) -> Result<Vec<Interface>, BadLine> {
    let mut interfaces: Vec<Interface> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let bad = || BadLine::new(line);
        if !line.starts_with(' ') {
            interfaces.push(interface(line).ok_or_else(bad)?);
            continue;
        }
        let current = interfaces.last_mut().ok_or_else(bad)?;
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some("inet" | "inet6"), Some(text)) => current.addresses.push(address(text).ok_or_else(bad)?),
            (Some(kind), Some(mac)) if kind.starts_with("link/") => current.mac = link_address(kind, mac),
            _ => {}
        }
    }
    Ok(interfaces)
}

/// `2: eth0@if3: <BROADCAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP`.
fn interface(line: &str) -> Option<Interface> {
    let mut words = line.split_whitespace();
    let (_number, name, flags) = (words.next()?, words.next()?, words.next()?);
    let name = name.strip_suffix(':')?.split('@').next()?;
    let flags = flags.strip_prefix('<')?.strip_suffix('>')?;
    let mtu = words.skip_while(|word| *word != "mtu").nth(1)?.parse().ok()?;
    let up = flags.split(',').any(|flag| flag == "UP");
    Some(Interface { name: name.into(), mac: String::new(), mtu, up, addresses: Vec::new() })
}

fn link_address(kind: &str, mac: &str) -> String {
    if kind == "link/ether" { mac.to_owned() } else { String::new() }
}

pub(super) fn address(text: &str) -> Option<Address> {
    match text.split_once('/') {
        Some((ip, prefix)) => Some(Address { ip: ip.parse().ok()?, prefix: prefix.parse().ok()? }),
        None => {
            let ip: IpAddr = text.parse().ok()?;
            Some(Address { ip, prefix: if ip.is_ipv4() { 32 } else { 128 } })
        }
    }
}

/// Reads `/proc/net/route`: hexadecimal, in the byte order of the host, which is little-endian on all that EL runs on.
pub(super) fn routes4(text: &str) -> Result<Vec<Route>, BadLine> {
    text.lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| route4(line).ok_or_else(|| BadLine::new(line)))
        .collect()
}

fn route4(line: &str) -> Option<Route> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let ip = |at: usize| Some(Ipv4Addr::from(u32::from_str_radix(words.get(at)?, 16).ok()?.swap_bytes()));
    let (to, via, mask) = (ip(1)?, ip(2)?, ip(7)?);
    Some(Route {
        to: target(to.into(), mask.to_bits().leading_ones()),
        via: gateway(via.into()),
        dev: Some((*words.first()?).to_owned()),
    })
}

/// Reads `/proc/net/ipv6_route`; the host's own addresses, multicast and the loopback are left out.
pub(super) fn routes6(text: &str) -> Result<Vec<Route>, BadLine> {
    let rows =
        text.lines().filter(|line| !line.trim().is_empty()).map(|line| route6(line).ok_or_else(|| BadLine::new(line)));
    rows.filter_map(Result::transpose).collect()
}

/// The inner none is a row that is left out.
fn route6(line: &str) -> Option<Option<Route>> {
    const OWN_ADDRESS: u32 = 0x8000_0000;
    let words: Vec<&str> = line.split_whitespace().collect();
    let [to, length, _, _, via, _, _, _, flags, dev] = words[..] else { return None };
    let ip = |hex| u128::from_str_radix(hex, 16).ok().map(Ipv6Addr::from);
    let (to, via, flags) = (ip(to)?, ip(via)?, u32::from_str_radix(flags, 16).ok()?);
    let length = u32::from_str_radix(length, 16).ok()?;
    let left_out = dev == "lo" || flags & OWN_ADDRESS != 0 || to.is_multicast();
    Some((!left_out).then(|| Route {
        to: target(to.into(), length),
        via: gateway(via.into()),
        dev: Some(dev.to_owned()),
    }))
}

fn target(ip: IpAddr, length: u32) -> String {
    if length == 0 { "default".to_owned() } else { format!("{ip}/{length}") }
}

fn gateway(ip: IpAddr) -> Option<IpAddr> {
    (!ip.is_unspecified()).then_some(ip)
}

/// Reads `/etc/resolv.conf`.
pub(super) fn resolver(text: &str) -> Resolver {
    let mut resolver = Resolver::default();
    for line in telling_lines(text).filter(|line| !line.starts_with(';')) {
        let mut words = line.split_whitespace();
        let key = words.next();
        let rest = words.map(str::to_owned);
        match key {
            Some("nameserver") => resolver.nameservers.extend(rest.take(1)),
            Some("search" | "domain") => resolver.search = rest.collect(),
            Some("options") => resolver.options.extend(rest),
            _ => {}
        }
    }
    resolver
}

/// Reads an `ifcfg-*` file: shell assignments, quotes taken off.
pub(super) fn ifcfg(path: &str, text: &str) -> Ifcfg {
    let setting = |line: &str| {
        let (key, value) = line.split_once('=')?;
        Some((key.trim().to_owned(), value.trim().trim_matches(['"', '\'']).to_owned()))
    };
    Ifcfg { path: path.to_owned(), settings: telling_lines(text).filter_map(setting).collect() }
}

/// Reads the survey's firewall section: `tool NAME` before the lines of each tool.
pub(super) fn firewall(text: &str, firewalld: bool) -> Result<Firewall, Why> {
    let mut firewall = Firewall { firewalld, ..Firewall::default() };
    let mut tool = "";
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        match (line.split_once(' '), tool) {
            (Some(("tool", name)), _) => tool = name,
            (Some(("failed", name)), _) => return Err(Why::Failed { status: 1, said: name.to_owned() }),
            (_, "iptables-save") => firewall.iptables.push(without_counters(line).to_owned()),
            (_, "nft") => firewall.nft.push(without_nft_counters(line)),
            _ => return Err(BadLine::new(line).into()),
        }
    }
    Ok(firewall)
}

/// `:INPUT ACCEPT [12:3456]` counts packets; the rest of the line is the rule.
fn without_counters(line: &str) -> &str {
    match line.strip_prefix(':').and_then(|_| line.split_once(" [")) {
        Some((rule, _)) => rule,
        None => line,
    }
}

/// `counter packets 12 bytes 3456` counts; that there is a counter is part of the rule.
fn without_nft_counters(line: &str) -> String {
    let Some((before, after)) = line.split_once("counter packets ") else { return line.to_owned() };
    let mut words = after.splitn(4, ' ');
    let rest = words.nth(3).map(|rest| format!(" {rest}")).unwrap_or_default();
    format!("{before}counter{rest}")
}

/// The telling lines of `hosts.allow` or `hosts.deny`.
pub(super) fn tcp_wrapper_lines(text: Option<&str>) -> Vec<String> {
    telling_lines(text.unwrap_or_default()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ip_addr() {
        let text = "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n       valid_lft forever\n\
            2: host0@if7: <BROADCAST,MULTICAST> mtu 1500 qdisc noop\n    link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff link-netnsid 0\n    inet6 fe80::1/64 scope link\n    inet 10.0.0.1 peer 10.0.0.2/32 scope global ppp0\n";
        let got = interfaces(text).expect("interfaces");
        assert_eq!((got[0].name.as_str(), got[0].up, got[0].mac.as_str()), ("lo", true, ""));
        assert_eq!((got[1].name.as_str(), got[1].up, got[1].mac.as_str()), ("host0", false, "02:42:ac:11:00:02"));
        assert_eq!(got[1].addresses.iter().map(|a| a.prefix).collect::<Vec<_>>(), [64, 32]);
        assert!(interfaces("    inet 1.2.3.4/8\n").is_err());
        assert!(interfaces("Cannot open netlink socket\n").is_err());
    }

    #[test]
    fn routes_of_the_kernel() {
        let v4 = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n\
            eth0\t00000000\t01004D0A\t0003\t0\t0\t0\t00000000\t0\t0\t0\neth0\t00004D0A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n";
        let got: Vec<_> =
            routes4(v4).expect("routes").into_iter().map(|r| (r.to, r.via.map(|ip| ip.to_string()))).collect();
        assert_eq!(got, [("default".into(), Some("10.77.0.1".into())), ("10.77.0.0/16".into(), None)]);
        let zero = "0".repeat(32);
        let row = |to: &str, length: &str, via: &str, flags: &str, dev: &str| {
            format!("{to} {length} {zero} 00 {via} 00000400 00000001 00000000 {flags} {dev}\n")
        };
        let (net, own, router) = (
            "fd00000000000000".to_owned() + &"0".repeat(16),
            "fd".to_owned() + &"0".repeat(29) + "5",
            "fe8".to_owned() + &"0".repeat(28) + "1",
        );
        let v6 = row(&net, "40", &zero, "00000001", "eth0")
            + &row(&zero, "00", &router, "00000003", "eth0")
            + &row(&own, "80", &zero, "80200001", "eth0")
            + &row(&zero, "00", &zero, "00200200", "lo");
        let got: Vec<_> =
            routes6(&v6).expect("routes").into_iter().map(|r| (r.to, r.via.map(|ip| ip.to_string()))).collect();
        assert_eq!(got, [("fd00::/64".into(), None), ("default".into(), Some("fe80::1".into()))]);
        assert!(routes4("head\nnonsense\n").is_err() && routes6("nonsense\n").is_err());
    }

    #[test]
    fn small_files() {
        let resolver =
            resolver("# x\nsearch a b\nnameserver 10.0.0.1\nnameserver 10.0.0.2\noptions rotate timeout:1\n");
        assert_eq!((resolver.nameservers.len(), resolver.search.len(), resolver.options.len()), (2, 2, 2));
        let ifcfg = ifcfg("/f", "DEVICE=\"eth0\"\nIPADDR=10.0.0.1\n#X=1\nIPADDR=10.0.0.2\n");
        assert_eq!((ifcfg.get("DEVICE"), ifcfg.get("IPADDR"), ifcfg.get("X")), (Some("eth0"), Some("10.0.0.2"), None));
        let firewall =
            firewall("tool iptables-save\n# c\n*filter\n:INPUT ACCEPT [1:2]\ntool nft\ntable inet f {\n  tcp dport 22 counter packets 7 bytes 420 accept\n  counter packets 0 bytes 0\n}\n", true)
                .expect("a firewall");
        assert_eq!(firewall.iptables, ["*filter", ":INPUT ACCEPT"]);
        assert_eq!(firewall.nft, ["table inet f {", "  tcp dport 22 counter accept", "  counter", "}"]);
    }
}
