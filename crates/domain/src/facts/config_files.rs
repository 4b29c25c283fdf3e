//! Files that carry meaning: who owns them, whether they differ from the vendor's, and what they say.

use super::Read;
use serde::{Deserialize, Serialize};

/// One configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ConfigFile {
    pub path: String,
    /// Permission bits, as `0640`.
    pub mode: String,
    pub owner: String,
    pub group: String,
    pub size: u64,
    /// Of the file as it is; withheld when the file holds a secret.
    pub sha256: Read<String>,
    /// The package that owns it; none for a local file.
    pub owned_by_rpm: Option<String>,
    /// Whether it differs from what the package brought; none when no package owns it or no digest is kept.
    pub changed_from_rpm: Option<bool>,
    /// Secrets replaced by `<redacted:HASH>`, where equal hashes mean equal secrets.
    pub content: Read<String>,
}

impl ConfigFile {
    /// Whether a secret was replaced in the content.
    pub fn holds_secret(&self) -> bool {
        self.content.known().is_some_and(|content| content.contains("<redacted:"))
    }
}
