//! Routes as `ip` prints them; the survey reads them from the kernel.

use crate::facts::network::address;
use crate::facts::{BadLine, Route};
use std::net::IpAddr;

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
    use crate::facts::network::interfaces;

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
