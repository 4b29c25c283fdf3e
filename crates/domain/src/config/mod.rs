//! Configuration carried as meaning: pure translators from an EL7 file to its EL9 counterpart.

use serde::{Deserialize, Serialize};

/// How one file's meaning is carried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Translator {
    /// The same bytes.
    Verbatim,
}
