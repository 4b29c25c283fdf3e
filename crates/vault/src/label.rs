//! What a backup is called: by us, before it is there; by the vault, once it is.

use rockhop_domain::{HostId, RunId};
use std::fmt;

/// The name that a step gives its backup: the same after a crash, so that it is not taken twice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    /// In which run.
    pub run: RunId,
    /// Of which host.
    pub host: HostId,
    /// By which step; letters, digits, `.`, `-` and `_`.
    pub step: String,
}

impl Label {
    /// The snapshot's tags; ids hold no comma, and one in a step's name is made harmless.
    pub(crate) fn tags(&self) -> String {
        format!("rockhop,run:{},host:{},step:{}", self.run, self.host, self.step.replace(',', "_"))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.run, self.host, self.step)
    }
}

/// A snapshot of the vault: 64 hexadecimal digits, as `restic snapshots` lists them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BackupId(String);

impl BackupId {
    /// Reads a snapshot's full name.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        hex.then(|| Self(text.to_owned()))
    }

    /// All its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn of(id: rustic_core::repofile::SnapshotId) -> Self {
        Self(id.to_hex().as_str().to_owned())
    }
}

impl fmt::Display for BackupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
