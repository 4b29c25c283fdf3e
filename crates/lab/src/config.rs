//! What a lab is made with.

use crate::fleet::Fleet;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Names and places of one lab. Two labs with different names, folders and subnets run side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabConfig {
    /// Everything that the lab keeps stands below this folder.
    pub state: PathBuf,
    /// The network namespace; also the prefix of the hosts' namespaces and control groups.
    pub namespace: String,
    /// The addresses of the lab.
    pub subnet: Subnet,
    /// Where `up` writes the inventory, the known hosts and the operators' key.
    pub project: PathBuf,
    /// Which hosts `up` starts.
    pub fleet: Fleet,
}

impl Default for LabConfig {
    fn default() -> Self {
        Self {
            state: PathBuf::from("/var/lib/rockhop-lab"),
            namespace: "rockhop-lab".into(),
            subnet: Subnet::default(),
            project: PathBuf::from("lab-project"),
            fleet: Fleet::Full,
        }
    }
}

/// A /16 of which the lab uses `.0.x` for the fleet and `.1.x` for fresh hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subnet(u8, u8);

impl Subnet {
    /// The bits of the network part.
    pub const PREFIX: u8 = 16;

    /// The first two octets, as the role scripts want them.
    pub fn head(self) -> String {
        format!("{}.{}", self.0, self.1)
    }

    /// The bridge's own address, which is the controller's.
    pub fn gateway(self) -> String {
        format!("{}.0.1", self.head())
    }

    /// The address of a fleet host (`fresh` false) or of the fresh host beside it.
    pub fn address(self, fresh: bool, octet: u8) -> String {
        format!("{}.{}.{octet}", self.head(), u8::from(fresh))
    }

    /// A locally administered hardware address that no two machines of the lab share.
    pub fn hardware(self, fresh: bool, octet: u8) -> String {
        format!("02:72:{:02x}:{:02x}:{:02x}:{octet:02x}", self.0, self.1, u8::from(fresh))
    }
}

impl Default for Subnet {
    fn default() -> Self {
        Self(10, 77)
    }
}

impl fmt::Display for Subnet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.0.0/{}", self.head(), Self::PREFIX)
    }
}

/// A subnet that the lab may not use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a private /16 written like 10.77.0.0/16")]
pub struct BadSubnet(pub String);

impl FromStr for Subnet {
    type Err = BadSubnet;

    fn from_str(text: &str) -> Result<Self, BadSubnet> {
        let bad = || BadSubnet(text.to_owned());
        let head = text.strip_suffix(".0.0/16").ok_or_else(bad)?;
        let (a, b) = head.split_once('.').ok_or_else(bad)?;
        let (a, b): (u8, u8) = (a.parse().map_err(|_| bad())?, b.parse().map_err(|_| bad())?);
        let private = a == 10 || (a == 172 && (16..32).contains(&b)) || (a == 192 && b == 168);
        if private { Ok(Self(a, b)) } else { Err(bad()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subnets() {
        for (text, good) in [
            ("10.77.0.0/16", true),
            ("192.168.0.0/16", true),
            ("8.8.0.0/16", false),
            ("10.77.0.0/24", false),
            ("10.0.0/16", false),
        ] {
            assert_eq!(text.parse::<Subnet>().is_ok(), good, "{text}");
        }
        let subnet: Subnet = "10.78.0.0/16".parse().expect("a subnet");
        assert_eq!(subnet.to_string(), "10.78.0.0/16");
        assert_eq!((subnet.address(false, 31), subnet.address(true, 31)), ("10.78.0.31".into(), "10.78.1.31".into()));
    }
}
