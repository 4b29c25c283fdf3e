//! Families of packages from other makers than the distribution: `knowledge/families.toml`.
//!
//! A family is recognised by what its packages say of themselves, and has its rows about what becomes of them. What no row
//! of it speaks of follows the family's own word; where that is `decide`, a person has to.

use super::glob::Glob;
use crate::facts::{Package, Signature};
use serde::Deserialize;
use std::sync::LazyLock;

/// The families as they are shipped.
const FAMILIES: &str = include_str!("../../../../knowledge/families.toml");

static KNOWLEDGE: LazyLock<Vec<Family>> = LazyLock::new(|| {
    // Tested to parse; without families their packages are of unknown origin, which is said aloud.
    toml::from_str(FAMILIES).map(|written: Written| written.family).unwrap_or_default()
});

/// Packages of one maker.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Never reused: `pgdg`. Its sentence in the catalogue is `family-<id>`.
    pub id: String,
    /// As people call it.
    pub name: String,
    /// Marks, any of which is enough.
    known_by: Vec<Mark>,
    /// Where the maker keeps packages for EL9.
    #[serde(default)]
    pub repository: Option<String>,
    /// What becomes of packages that no row speaks of.
    becomes: Becomes,
    #[serde(default)]
    rows: Vec<FamilyRow>,
    pub evidence: String,
}

/// What a package says of itself; all that stand in a mark have to be so.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mark {
    /// A part of the vendor's name.
    #[serde(default)]
    vendor: Option<String>,
    /// A part of the release: `.remi`.
    #[serde(default)]
    release: Option<String>,
    #[serde(default)]
    name: Option<Glob>,
    /// The long id of the signing key.
    #[serde(default)]
    key: Option<String>,
    /// Holds for packages that the distribution's own people built, too.
    #[serde(default)]
    of_distribution: bool,
}

/// What becomes of the packages of one name or pattern.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct FamilyRow {
    name: Glob,
    /// `*` stands for what the first `*` of the name stood for.
    #[serde(default)]
    to: Vec<String>,
    #[serde(default)]
    becomes: Option<Becomes>,
}

/// What becomes of a package without more being said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Becomes {
    /// The maker has it for EL9 under the same name.
    Same,
    /// Nobody has it for EL9.
    Gone,
    /// It depends; a person says.
    Decide,
}

/// What a family says of one of its packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    Install(Vec<String>),
    Gone,
    Decide,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    family: Vec<Family>,
}

/// All families, in the order in which they are asked.
pub fn families() -> &'static [Family] {
    &KNOWLEDGE
}

/// The family of a package that the distribution did not build; or that it did, for those few families.
pub(super) fn family_of(package: &Package, of_distribution: bool) -> Option<&'static Family> {
    families().iter().find(|family| family.has(package, of_distribution))
}

/// Whose repository this is, by its id or by the server that it is on.
pub fn family_of_repository(id: &str, url: &str) -> Option<&'static Family> {
    let called = |family: &&Family| {
        id.strip_prefix(&family.id).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    let there =
        |family: &&Family| family.repository.as_deref().and_then(server).is_some_and(|own| server(url) == Some(own));
    families().iter().find(called).or_else(|| families().iter().find(there))
}

/// The server of an address.
pub(super) fn server(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', ':', '?']).next().filter(|name| !name.is_empty())
}

impl Family {
    fn has(&self, package: &Package, of_distribution: bool) -> bool {
        let marks = self.known_by.iter().filter(|mark| mark.of_distribution || !of_distribution);
        marks.into_iter().any(|mark| mark.fits(package))
    }

    /// What becomes of its package of this name.
    pub(super) fn word(&self, name: &str) -> Word {
        for row in &self.rows {
            let Some(rest) = row.name.matched(name) else { continue };
            if !row.to.is_empty() {
                return Word::Install(row.to.iter().map(|to| to.replace('*', rest)).collect());
            }
            if let Some(becomes) = row.becomes {
                return becomes.word(name);
            }
        }
        self.becomes.word(name)
    }
}

impl Becomes {
    fn word(self, name: &str) -> Word {
        match self {
            Self::Same => Word::Install(vec![name.to_owned()]),
            Self::Gone => Word::Gone,
            Self::Decide => Word::Decide,
        }
    }
}

impl Mark {
    fn fits(&self, package: &Package) -> bool {
        let vendor = self.vendor.as_ref().is_none_or(|part| package.vendor.contains(part.as_str()));
        let release = self.release.as_ref().is_none_or(|part| package.release.contains(part.as_str()));
        let key = |id: &String| matches!(&package.signature, Signature::Key { id: signed, .. } if signed == id);
        let name = |glob: &Glob| glob.matched(&package.name).is_some();
        vendor && release && self.key.as_ref().is_none_or(key) && self.name.as_ref().is_none_or(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_families_are_sound() {
        let written: Written = toml::from_str(FAMILIES).expect("the shipped families parse");
        let ids: BTreeSet<&str> = written.family.iter().map(|family| family.id.as_str()).collect();
        assert_eq!(ids.len(), written.family.len(), "ids stand once");
        for family in &written.family {
            assert!(!family.known_by.is_empty() && !family.name.is_empty(), "{}", family.id);
            assert!(family.evidence.starts_with("https://") || family.evidence.contains('-'), "{}", family.id);
            for mark in &family.known_by {
                let says = mark.vendor.is_some() || mark.release.is_some() || mark.name.is_some() || mark.key.is_some();
                assert!(says, "{} has a mark that fits everything", family.id);
            }
            for row in &family.rows {
                assert!(row.to.is_empty() != row.becomes.is_none(), "{}: a row says one thing", family.id);
            }
            // What is installed from the maker has to come from somewhere.
            let installs =
                family.becomes == Becomes::Same || family.rows.iter().any(|r| r.becomes == Some(Becomes::Same));
            assert!(!installs || family.repository.is_some(), "{}", family.id);
        }
    }

    #[test]
    fn a_repository_is_a_familys_by_its_id_or_its_server() {
        for (id, url, want) in [
            ("epel-testing", "http://mirror/e", Some("epel")),
            ("pgdg13", "http://mirror/p", Some("pgdg")),
            ("docker-ce-stable", "https://download.docker.com/linux/centos/7/", Some("docker")),
            ("x", "https://download.docker.com/linux/centos/7/", Some("docker")),
            ("remission", "http://mirror/remission", None),
            ("base", "http://mirrorlist.centos.org/?release=7", None),
            ("x", "", None),
        ] {
            assert_eq!(family_of_repository(id, url).map(|family| family.id.as_str()), want, "{id}");
        }
    }
}
