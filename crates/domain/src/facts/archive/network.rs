//! Addresses and routes as `ip` prints them.

use crate::facts::{Address, BadLine, Interface, Route};
use std::net::IpAddr;

/// Reads `ip addr` and `ip -d addr`.
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
            (Some("link/ether"), Some(mac)) => mac.clone_into(&mut current.mac),
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

fn address(text: &str) -> Option<Address> {
    let (ip, prefix) = text.split_once('/').unwrap_or((text, ""));
    let ip: IpAddr = ip.parse().ok()?;
    let whole = if ip.is_ipv4() { 32 } else { 128 };
    Some(Address { ip, prefix: if prefix.is_empty() { whole } else { prefix.parse().ok()? } })
}

/// Reads `ip route`, of all tables or of the main one; what is no route of the main table is left out.
pub(super) fn routes(text: &str) -> Result<Vec<Route>, BadLine> {
    let mut routes = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with([' ', '\t'])) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let after = |key: &str| words.iter().position(|word| *word == key).and_then(|at| words.get(at + 1)).copied();
        const KINDS: [&str; 9] =
            ["local", "broadcast", "unreachable", "multicast", "anycast", "blackhole", "prohibit", "throw", "nat"];
        let elsewhere = after("table").is_some_and(|table| table != "main");
        if elsewhere || KINDS.contains(&words[0]) || after("dev") == Some("lo") || words[0].starts_with("ff00::") {
            continue;
        }
        routes.push(route(words[0], after("via"), after("dev")).ok_or_else(|| BadLine::new(line))?);
    }
    Ok(routes)
}

fn route(to: &str, via: Option<&str>, dev: Option<&str>) -> Option<Route> {
    let target = match to.split_once('/') {
        _ if to == "default" => to.to_owned(),
        Some((ip, prefix)) => format!("{}/{}", ip.parse::<IpAddr>().ok()?, prefix.parse::<u8>().ok()?),
        None => address(to).map(|address| format!("{}/{}", address.ip, address.prefix))?,
    };
    let via = match via {
        Some("inet6") | None => None,
        Some(ip) => Some(ip.parse().ok()?),
    };
    Some(Route { to: target, via, dev: dev.map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interfaces_of_ip() {
        let text = "1: lo: <LOOPBACK,UP> mtu 65536 qdisc noqueue\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n\
            2: eth0@if7: <BROADCAST> mtu 1500 qdisc noop\n    link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff\n    inet 10.0.0.1 peer 10.0.0.2/32 scope global\n";
        let got = interfaces(text).expect("interfaces");
        assert_eq!((got[0].mac.as_str(), got[0].up, got[1].name.as_str(), got[1].up), ("", true, "eth0", false));
        assert_eq!(got[1].addresses[0].prefix, 32);
        assert!(interfaces("Cannot open netlink socket\n").is_err());
    }

    #[test]
    fn routes_of_the_main_table() {
        let text = "default via 10.0.0.1 dev eth0 proto dhcp metric 100 \n10.0.0.0/22 dev eth0 proto kernel scope link\n\
            local 10.0.0.5 dev eth0 table local proto kernel\n10.9.0.0/16 dev eth1 table 20\nunreachable ::/96 dev lo metric 1024\n\
            169.254.169.254 via 10.0.0.2 dev eth0\nfe80::/64 dev eth0 proto kernel metric 256\n";
        let got: Vec<String> = routes(text).expect("routes").into_iter().map(|route| route.to).collect();
        assert_eq!(got, ["default", "10.0.0.0/22", "169.254.169.254/32", "fe80::/64"]);
        assert!(routes("Object \"route\" is unknown\n").is_err());
    }
}
