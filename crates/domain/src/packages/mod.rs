//! From the packages of an EL7 host to what is installed on its EL9 successor.
//!
//! The table is data: `knowledge/packages.toml`. A package that the table does not know is named, never
//! dropped in silence and never guessed.

pub mod pes;

use crate::facts::Package;
use serde::Deserialize;
use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

/// The table as it is shipped.
const TABLE: &str = include_str!("../../../../knowledge/packages.toml");

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
    // Tested to parse; an empty table would make every package unknown, which a plan says aloud.
    Knowledge::parse(TABLE).unwrap_or_default()
});

/// What to install, and what nobody knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Names for dnf, sorted.
    pub install: Vec<String>,
    /// EL7 packages without a row, sorted.
    pub unknown: Vec<String>,
    /// Ids of the rows that were used, sorted.
    pub rows: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    package: Vec<Row>,
    base: Base,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Base {
    names: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    from: String,
    to: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the table; tested to be there"))]
    evidence: String,
}

#[derive(Debug, Default)]
struct Knowledge {
    rows: HashMap<String, Row>,
    base: BTreeSet<String>,
}

impl Knowledge {
    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let written: Written = toml::from_str(text)?;
        let rows = written.package.into_iter().map(|row| (row.from.clone(), row)).collect();
        Ok(Self { rows, base: written.base.names.into_iter().collect() })
    }
}

/// What these packages become.
pub fn map<'a>(packages: impl IntoIterator<Item = &'a Package>) -> Mapping {
    let (mut install, mut unknown, mut rows) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for package in packages {
        match KNOWLEDGE.rows.get(&package.name) {
            Some(row) => {
                rows.insert(row.id.clone());
                install.extend(row.to.iter().cloned());
            }
            None if KNOWLEDGE.base.contains(&package.name) || package.name == "gpg-pubkey" => {}
            None => drop(unknown.insert(package.name.clone())),
        }
    }
    let list = |set: BTreeSet<String>| set.into_iter().collect();
    Mapping { install: list(install), unknown: list(unknown), rows: list(rows) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Signature;

    fn package(name: &str) -> Package {
        Package {
            name: name.to_owned(),
            epoch: 0,
            version: "1".to_owned(),
            release: "1.el7".to_owned(),
            arch: "x86_64".to_owned(),
            vendor: String::new(),
            signature: Signature::None,
            source: String::new(),
        }
    }

    #[test]
    fn known_packages_are_mapped_and_unknown_ones_named() {
        let host: Vec<Package> = ["bash", "ntp", "ntpdate", "nginx", "oracle-agent", "gpg-pubkey"].map(package).into();
        let mapping = map(&host);
        assert_eq!(mapping.install, ["chrony", "nginx"]);
        assert_eq!(mapping.unknown, ["oracle-agent"]);
        assert_eq!(mapping.rows, ["sys.ntp", "sys.ntpdate", "web.nginx"]);
    }

    #[test]
    fn the_table_is_sound() {
        let written: Written = toml::from_str(TABLE).expect("the shipped table parses");
        let mut ids: Vec<&str> = written.package.iter().map(|r| r.id.as_str()).collect();
        let mut froms: Vec<&str> = written.package.iter().map(|r| r.from.as_str()).collect();
        let (n, m) = (ids.len(), froms.len());
        ids.sort_unstable();
        ids.dedup();
        froms.sort_unstable();
        froms.dedup();
        assert_eq!((ids.len(), froms.len()), (n, m), "ids and names stand once");
        assert!(written.package.iter().all(|r| r.evidence.contains('-')), "each row names its evidence");
        assert!(written.base.names.iter().all(|name| !froms.contains(&name.as_str())), "a name has one fate");
    }
}
