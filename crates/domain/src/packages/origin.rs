//! Who built a package.

use super::families::{Family, family_of};
use super::vendors::Vendors;
use crate::facts::{Package, Signature};
use serde::{Serialize, Serializer};

/// Vendors that are an enterprise Linux distribution.
const DISTRIBUTIONS: [&str; 8] = [
    "CentOS",
    "Red Hat, Inc.",
    "Rocky Enterprise Software Foundation",
    "AlmaLinux",
    "Oracle America",
    "Scientific Linux",
    "CloudLinux",
    "EuroLinux",
];
/// Their keys for release 7: CentOS 7, Red Hat's release key 2, Oracle Linux 7.
const DISTRIBUTION_KEYS: [&str; 3] = ["24c6a8a7f4a80eb5", "199e2f91fd431d51", "72f97b74ec551f03"];

/// Who built a package, as far as it says so.
#[derive(Debug, Clone, Copy)]
pub enum Origin<'a> {
    Distribution,
    /// A maker that Rockhop knows.
    Family(&'static Family),
    /// A maker whose key stands in a file of `vendors.d`.
    Vendor(&'a str),
    /// A maker that nobody knows, by the package's own word.
    Foreign(&'a str),
    /// Neither vendor nor key: built on the spot, or surveyed by something that did not ask.
    Unsaid,
}

/// Who built this package.
pub(super) fn origin<'a>(package: &'a Package, vendors: &'a Vendors) -> Origin<'a> {
    let key = match &package.signature {
        Signature::Key { id, .. } => id.as_str(),
        Signature::None | Signature::NotTold => "",
    };
    let by_vendor = DISTRIBUTIONS.iter().any(|name| package.vendor.contains(name));
    let distribution = by_vendor || (package.vendor.is_empty() && DISTRIBUTION_KEYS.contains(&key));
    if let Some(family) = family_of(package, distribution) {
        return Origin::Family(family);
    }
    match (distribution, vendors.of_key(key)) {
        (true, _) => Origin::Distribution,
        (false, Some(vendor)) => Origin::Vendor(vendor),
        (false, None) if package.vendor.is_empty() => Origin::Unsaid,
        (false, None) => Origin::Foreign(&package.vendor),
    }
}

impl Origin<'_> {
    /// Whether Leapp's events are about its packages: those of the distribution, and of vendors with a file of their
    /// own. What does not say its origin is judged by its name.
    pub(super) fn has_events(&self) -> bool {
        matches!(self, Self::Distribution | Self::Vendor(_) | Self::Unsaid)
    }

    /// The maker's name, for packages that the distribution did not build.
    pub fn maker(&self) -> Option<&str> {
        match self {
            Self::Family(family) => Some(&family.name),
            Self::Vendor(name) | Self::Foreign(name) => Some(name),
            Self::Distribution | Self::Unsaid => None,
        }
    }

    /// Its stable key.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Distribution => "distribution",
            Self::Family(_) => "family",
            Self::Vendor(_) => "vendor",
            Self::Foreign(_) => "foreign",
            Self::Unsaid => "unsaid",
        }
    }
}

impl Serialize for Origin<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}
