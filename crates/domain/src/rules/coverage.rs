//! What the rules cover: each row of the breakage catalogue and each finding of Leapp's that means something on the way
//! to a new machine, with the rules that serve it, the reason why none does, or what is still to be written.
//!
//! The table is data: `knowledge/coverage.toml`. It never adds to what a rule does; it is there so that nothing known is
//! forgotten in silence.

use super::Evidence;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// What a rule names as its source that nobody else has: found by ourselves.
pub const OWN: &str = "own";

/// The table as it is shipped.
const TABLE: &str = include_str!("../../../../knowledge/coverage.toml");

static COVERAGE: LazyLock<Coverage> = LazyLock::new(|| {
    // Tested to parse; an empty table would say of every rule that it stands on nothing.
    Coverage::parse(TABLE).unwrap_or_default()
});

/// The table that ships with the program.
pub fn coverage() -> &'static Coverage {
    &COVERAGE
}

/// The whole table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
}

/// Something known to break or to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Row {
    /// A row of the breakage catalogue (`PLT-08`) or a finding of Leapp's (`leapp-82`). Never reused.
    pub id: String,
    /// How the catalogue founds it; a finding of Leapp's is read in Leapp's source.
    pub marks: Vec<Evidence>,
    /// What it is about, in a few words.
    pub about: String,
    /// For a finding of Leapp's, the actor that makes it.
    pub actor: Option<String>,
    pub fate: Fate,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// These rules find it; `yet` says what they do not find so far.
    Rules { rules: Vec<String>, yet: Option<String> },
    /// No rule does, for this reason.
    NoRule(String),
    /// No rule does yet: what has to be surveyed or written.
    Pending(String),
}

impl Coverage {
    /// Reads a table; a row that has no fate, or several, is refused.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The row of that id.
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// Rows for which something is still to be written.
    pub fn pending(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_pending())
    }
}

impl Row {
    /// The rules that find it.
    pub fn rules(&self) -> &[String] {
        match &self.fate {
            Fate::Rules { rules, .. } => rules,
            Fate::NoRule(_) | Fate::Pending(_) => &[],
        }
    }

    /// The best that is known of it.
    pub fn evidence(&self) -> Evidence {
        match self.actor {
            Some(_) => Evidence::Source,
            None => self.marks.iter().copied().min().unwrap_or(Evidence::Known),
        }
    }

    /// Whether something is still to be written.
    pub fn is_pending(&self) -> bool {
        matches!(self.fate, Fate::Pending(_) | Fate::Rules { yet: Some(_), .. })
    }
}

/// A row as it is written.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<Evidence>,
    about: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    actor: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rules: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    no_rule: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pending: Option<String>,
}

impl TryFrom<Written> for Row {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Written { id, marks, about, actor, rules, no_rule, pending } = written;
        let fate = match (rules.is_empty(), no_rule, pending) {
            (false, None, yet) => Fate::Rules { rules, yet },
            (true, Some(why), None) => Fate::NoRule(why),
            (true, None, Some(what)) => Fate::Pending(what),
            _ => return Err(format!("{id} has to say `rules`, `no_rule` or `pending`, and `no_rule` alone")),
        };
        Ok(Self { id, marks, about, actor, fate })
    }
}

impl From<Row> for Written {
    fn from(row: Row) -> Self {
        let Row { id, marks, about, actor, fate } = row;
        let (rules, no_rule, pending) = match fate {
            Fate::Rules { rules, yet } => (rules, None, yet),
            Fate::NoRule(why) => (Vec::new(), Some(why), None),
            Fate::Pending(what) => (Vec::new(), None, Some(what)),
        };
        Self { id, marks, about, actor, rules, no_rule, pending }
    }
}

#[cfg(test)]
#[path = "coverage_tests.rs"]
mod tests;
