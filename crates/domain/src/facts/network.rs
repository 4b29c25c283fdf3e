//! Interfaces, routes, names, and who is let in.

use serde::{Deserialize, Serialize};
use std::net::IpAddr;

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

/// A line of `ip route`.
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
