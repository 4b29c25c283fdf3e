//! systemd's units: what is enabled, what is active, what somebody wrote by hand.

use super::BadLine;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

impl UnitFileState {
    fn parse(word: &str) -> Self {
        match word {
            "enabled" => Self::Enabled,
            "enabled-runtime" => Self::EnabledRuntime,
            "linked" => Self::Linked,
            "linked-runtime" => Self::LinkedRuntime,
            "masked" => Self::Masked,
            "masked-runtime" => Self::MaskedRuntime,
            "static" => Self::Static,
            "indirect" => Self::Indirect,
            "disabled" => Self::Disabled,
            "generated" => Self::Generated,
            "transient" => Self::Transient,
            "alias" => Self::Alias,
            "bad" => Self::Bad,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// Joins `systemctl list-unit-files` with `systemctl list-units --all`, by name.
pub(super) fn units(files: &str, loaded: &str) -> Result<Vec<Unit>, BadLine> {
    let mut units = BTreeMap::new();
    for line in files.lines().filter(|line| !line.trim().is_empty()) {
        let mut words = line.split_whitespace();
        let (Some(name), Some(state)) = (words.next(), words.next()) else { return Err(BadLine::new(line)) };
        unit(&mut units, name).file_state = Some(UnitFileState::parse(state));
    }
    for line in loaded.lines().filter(|line| !line.trim().is_empty()) {
        let (name, active, sub) = loaded_unit(line).ok_or_else(|| BadLine::new(line))?;
        let unit = unit(&mut units, name);
        (unit.active, unit.sub) = (active.to_owned(), sub.to_owned());
    }
    Ok(units.into_values().filter(Unit::is_lasting).collect())
}

fn unit<'a>(units: &'a mut BTreeMap<String, Unit>, name: &str) -> &'a mut Unit {
    let new = || Unit { name: name.to_owned(), file_state: None, active: String::new(), sub: String::new() };
    units.entry(name.to_owned()).or_insert_with(new)
}

/// `[●] UNIT LOAD ACTIVE SUB DESCRIPTION`.
fn loaded_unit(line: &str) -> Option<(&str, &str, &str)> {
    let mut words = line.split_whitespace().filter(|word| !matches!(*word, "●" | "*" | "○" | "×" | "↻"));
    let name = words.next().filter(|name| name.contains('.'))?;
    let (_load, active, sub) = (words.next()?, words.next()?, words.next()?);
    Some((name, active, sub))
}

impl Unit {
    /// Sessions, scopes, slices and devices come and go; they say nothing of what the host is for.
    fn is_lasting(&self) -> bool {
        let kind = self.name.rsplit('.').next().unwrap_or_default();
        let passing = matches!(kind, "device" | "scope" | "slice" | "swap" | "automount") || self.name.starts_with("run-");
        let telling = self.file_state.is_some() || kind == "service";
        telling && !passing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_loaded_units_are_joined() {
        let files = "nginx.service enabled disabled\nold.service newword\nx.slice static\n";
        let loaded = "● broken.service not-found failed failed Broken thing\nnginx.service loaded active running The nginx\nsession-1.scope loaded active running x\n";
        let units = units(files, loaded).expect("units");
        let got: Vec<_> = units.iter().map(|u| (u.name.as_str(), u.is_enabled(), u.active.as_str())).collect();
        assert_eq!(
            got,
            [("broken.service", false, "failed"), ("nginx.service", true, "active"), ("old.service", false, "")]
        );
        assert_eq!(units[2].file_state, Some(UnitFileState::Other("newword".into())));
    }

    #[test]
    fn other_texts_are_bad_lines() {
        assert!(super::units("oneword\n", "").is_err());
        assert!(super::units("", "Failed to connect to bus\n").is_err());
    }

    #[test]
    fn states_survive_json() {
        for state in [UnitFileState::EnabledRuntime, UnitFileState::Other("newword".into())] {
            let json = serde_json::to_string(&state).expect("json");
            assert_eq!(serde_json::from_str::<UnitFileState>(&json).expect("state"), state, "{json}");
        }
    }
}
