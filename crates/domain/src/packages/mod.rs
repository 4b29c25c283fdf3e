//! From the packages of an EL7 host to what is installed on its EL9 successor.
//!
//! [`judge()`] gives every package of a host one fate and says who said so: an operator's decision, a row of the built-in
//! table, the word of the family that the package is of, or Leapp's events where the user has their files. What nobody
//! speaks of is unknown: it is named, never dropped in silence, never guessed, and never taken to be kept. [`account()`] is
//! that for a host's facts, with what is typed for it: what is shown, what rules judge and what is planned is one answer.

mod account;
mod families;
mod glob;
mod install;
mod judge;
mod origin;
pub mod orphans;
pub mod pes;
mod repomap;
pub mod sonames;
mod table;
mod target;
mod vendors;

pub use account::{Account, NoAccount, account};
pub use families::{Family, families, family_of_repository};
pub use install::{Installation, called as called_on_rocky, kickstart};
pub use judge::{Because, Fate, Given, Standing, Transition, judge};
pub use origin::Origin;
pub use orphans::Orphans;
pub use repomap::{Repomap, RepomapError, Repository, WrongMap};
pub use table::Nothing;
pub use target::{Address, AddressKind, SigningKey, TargetRepository};
pub use vendors::{VendorRepository, Vendors, VendorsError};

use crate::facts::{Os, Package};
use pes::Release;
use serde::Serialize;

/// What an operator decided about a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// The package of EL7.
    pub package: String,
    /// What is installed in its place; nothing when it is given up.
    pub install: Vec<String>,
    /// Who decided.
    pub owner: String,
    /// Why.
    pub reason: String,
}

/// The packages that stand for the release of a distribution.
const RELEASE_PACKAGES: [&str; 9] = [
    "centos-release",
    "redhat-release-server",
    "redhat-release",
    "oraclelinux-release",
    "sl-release",
    "centos-linux-release",
    "almalinux-release",
    "rocky-release",
    "centos-stream-release",
];

/// The release of the distribution, by the package that stands for it; else by what the system says of that package.
pub fn release(packages: &[Package], os: Option<&Os>) -> Option<Release> {
    let stands = packages.iter().find(|package| RELEASE_PACKAGES.contains(&package.name.as_str()));
    if let Some(package) = stands {
        return release_of(&package.version, &package.release);
    }
    let named = os?.release_package.as_deref()?;
    let rest = RELEASE_PACKAGES.iter().find_map(|name| named.strip_prefix(name)?.strip_prefix('-'))?;
    let (version, release) = rest.split_once('-')?;
    release_of(version, release)
}

/// CentOS 7 is `7-9.2009.1.el7.centos`, the others are `8.10-...`.
fn release_of(version: &str, release: &str) -> Option<Release> {
    let (major, minor) = version.split_once('.').unwrap_or((version, release));
    let minor = minor.split(|c: char| !c.is_ascii_digit()).next()?;
    Some(Release::new(major.parse().ok()?, minor.parse().ok()?))
}

/// Whether it can be the name of a package: what stands in a command line or in a kickstart has to be one.
pub fn is_package_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._+-".contains(&b))
}

/// Imported signing keys look like packages and hold no software.
fn is_software(package: &Package) -> bool {
    package.name != "gpg-pubkey"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Signature;

    pub(super) fn package(name: &str, vendor: &str) -> Package {
        Package {
            name: name.to_owned(),
            epoch: 0,
            version: "1".to_owned(),
            release: "1.el7".to_owned(),
            arch: "x86_64".to_owned(),
            vendor: vendor.to_owned(),
            signature: Signature::None,
            source: String::new(),
        }
    }

    #[test]
    fn the_release_by_its_package() {
        for (name, version, release, want) in [
            ("centos-release", "7", "9.2009.1.el7.centos", Some(Release::new(7, 9))),
            ("redhat-release-server", "7.8", "2.el7", Some(Release::new(7, 8))),
            ("rocky-release", "8.10", "1.el8", Some(Release::new(8, 10))),
            ("centos-release", "7", "x", None),
            ("bash", "4", "9", None),
        ] {
            let one = Package { version: version.into(), release: release.into(), ..package(name, "") };
            assert_eq!(super::release(&[one], None), want, "{name}-{version}-{release}");
        }
        let mut os = Os {
            id: "centos".into(),
            id_like: vec![],
            version_id: "7".into(),
            pretty: "".into(),
            release_package: None,
        };
        assert_eq!(super::release(&[], Some(&os)), None);
        os.release_package = Some("centos-release-7-9.2009.1.el7.centos.x86_64".into());
        assert_eq!(super::release(&[], Some(&os)), Some(Release::new(7, 9)));
    }

    #[test]
    fn names_that_can_stand_in_a_command() {
        for (name, well) in
            [("libstdc++", true), ("_x", true), ("", false), ("-y", false), ("a;b", false), ("a b", false)]
        {
            assert_eq!(is_package_name(name), well, "{name:?}");
        }
    }
}
