//! A sentence for people, before it has a language.
//!
//! Pure code says *what* it has to say: a stable key and named values. The message catalogue
//! (crate `i18n`) turns it into Chinese or English at the edge. A message never holds a secret.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A key of the message catalogue and the values its sentence needs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Message {
    /// Stable and machine-readable: `finding-packages-docker`.
    pub key: String,
    /// Named values, in the order in which they were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(String, String)>,
}

impl Message {
    /// A message without values yet.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    /// The same message with one more named value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }

    /// The value named `name`, if this message has it.
    pub fn arg(&self, name: &str) -> Option<&str> {
        self.args.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// For logs and test output only: `key(name=value, ...)`. People read the catalogue's sentence.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key)?;
        if self.args.is_empty() {
            return Ok(());
        }
        let args: Vec<String> = self.args.iter().map(|(n, v)| format!("{n}={v}")).collect();
        write!(f, "({})", args.join(", "))
    }
}
