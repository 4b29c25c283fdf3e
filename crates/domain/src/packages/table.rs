//! The built-in table of packages: `knowledge/packages.toml`.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// The table as it is shipped.
const TABLE: &str = include_str!("../../../../knowledge/packages.toml");

static KNOWLEDGE: LazyLock<Table> = LazyLock::new(|| {
    // Tested to parse; an empty table would make every package unknown, which a plan says aloud.
    Table::parse(TABLE).unwrap_or_default()
});

/// What is known of EL7's packages without any file of the user.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: HashMap<String, Row>,
    base: BTreeSet<String>,
}

/// What becomes of one package.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub id: String,
    from: String,
    /// What is installed in its place.
    pub to: Vec<String>,
    /// Why nothing is installed; stands where `to` is empty and nowhere else.
    #[serde(default)]
    pub nothing: Option<Nothing>,
    /// Where `to` is found, when that is neither BaseOS nor AppStream: `crb`, or the id of a family.
    #[serde(default)]
    pub needs: Option<String>,
    pub evidence: String,
}

/// Why nothing is installed in a package's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nothing {
    /// The new system's minimal installation, or what is installed there, brings what is needed of it.
    Comes,
    /// EL9 has it. CentOS 7 installed it unasked, and nobody is known to ask for it.
    Left,
    /// EL9 has no such thing.
    Gone,
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

/// The shipped table.
pub(super) fn table() -> &'static Table {
    &KNOWLEDGE
}

impl Table {
    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let written: Written = toml::from_str(text)?;
        let rows = written.package.into_iter().map(|row| (row.from.clone(), row)).collect();
        Ok(Self { rows, base: written.base.names.into_iter().collect() })
    }

    pub fn row(&self, name: &str) -> Option<&Row> {
        self.rows.get(name)
    }

    /// Whether a minimal CentOS 7 has it and a minimal EL9 its counterpart.
    pub fn is_base(&self, name: &str) -> bool {
        self.base.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packages::families::families;

    fn written() -> Written {
        toml::from_str(TABLE).expect("the shipped table parses")
    }

    #[test]
    fn the_table_is_sound() {
        let written = written();
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

    #[test]
    fn a_row_says_why_it_installs_nothing_and_where_to_find_what_it_installs() {
        for row in written().package {
            assert_eq!(row.to.is_empty(), row.nothing.is_some(), "{}", row.id);
            let found = row.needs.as_deref().is_none_or(|n| n == "crb" || families().iter().any(|f| f.id == n));
            assert!(found && (row.needs.is_none() || !row.to.is_empty()), "{}: {:?}", row.id, row.needs);
        }
    }
}
