//! systemd's units: what is enabled, what is active, what somebody wrote by hand.

use serde::{Deserialize, Serialize};

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Unit {
    /// `nginx.service`.
    pub name: String,
    /// None for a unit without a file.
    pub file_state: Option<UnitFileState>,
    /// `active`, `inactive`, `failed`, `activating`, ...; empty when it is not loaded.
    pub active: String,
    /// `running`, `exited`, `dead`, ...
    pub sub: String,
}

/// `systemctl list-unit-files`, second column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnitFileState {
    Enabled,
    EnabledRuntime,
    Linked,
    LinkedRuntime,
    Masked,
    MaskedRuntime,
    Static,
    Indirect,
    Disabled,
    Generated,
    Transient,
    Alias,
    Bad,
    /// A word of a newer systemd.
    #[serde(untagged)]
    Other(String),
}

/// A unit file or drop-in that no package owns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LocalUnit {
    pub path: String,
    /// Secrets replaced.
    pub content: String,
}

impl Unit {
    /// Whether the unit starts at boot.
    pub fn is_enabled(&self) -> bool {
        matches!(self.file_state, Some(UnitFileState::Enabled | UnitFileState::EnabledRuntime))
    }

    /// Whether the unit is active now.
    pub fn is_active(&self) -> bool {
        self.active == "active"
    }

    pub(super) fn forget_activity(&mut self) {
        self.active.clear();
        self.sub.clear();
    }
}
