//! systemd's units: what is enabled, what is active, what somebody wrote by hand.

use super::{BadLine, Why};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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

/// In the words of `systemctl list-unit-files`.
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

/// A link that enabling made, or somebody, and that leads nowhere now.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct BrokenLink {
    pub path: String,
    pub target: String,
    /// Where the unit of that name lies, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
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

/// Joins the unit files, their links and `[Install]` lines with `systemctl list-units --all`, by name.
pub(super) fn units(tree: &str, loaded: &str) -> Result<Vec<Unit>, Why> {
    let mut units = BTreeMap::new();
    for (name, state) in UnitFiles::parse(tree)?.states() {
        unit(&mut units, &name).file_state = Some(state);
    }
    for line in loaded.lines().filter(|line| !line.trim().is_empty()) {
        let (name, active, sub) = loaded_unit(line).ok_or_else(|| BadLine::new(line))?;
        let unit = unit(&mut units, name);
        (unit.active, unit.sub) = (active.to_owned(), sub.to_owned());
    }
    Ok(units.into_values().filter(Unit::is_lasting).collect())
}

/// Links of the host's own that lead into systemd's folders and to nothing there, by the walk through those folders.
pub(super) fn broken_links(tree: &str) -> Vec<BrokenLink> {
    let entries = || tree.lines().filter_map(|line| line.strip_prefix("entry ")?.split_once(' '));
    let there: BTreeSet<String> = entries().map(|(path, _)| merged(path)).collect();
    let unit_of = |name: &str| {
        let mut files =
            entries().filter(|(path, target)| target.is_empty() && UNIT_FOLDERS.contains(&folder(&merged(path))));
        files.find(|(path, _)| path.rsplit('/').next() == Some(name)).map(|(path, _)| path.to_owned())
    };
    let broken = entries().filter(|(path, target)| path.starts_with("/etc/") && !target.is_empty()).filter_map(
        |(path, target)| {
            let leads_to = merged(&resolved(folder(path), target));
            let looked_at = UNIT_FOLDERS.contains(&folder(&leads_to));
            let link = || BrokenLink {
                path: path.to_owned(),
                target: target.to_owned(),
                unit: path.rsplit('/').next().and_then(unit_of),
            };
            (looked_at && !there.contains(&leads_to)).then(link)
        },
    );
    broken.collect()
}

/// Folders that the walk goes through from end to end.
const UNIT_FOLDERS: [&str; 3] = ["/etc/systemd/system", "/usr/lib/systemd/system", "/run/systemd/system"];

/// `/lib` is a link to `/usr/lib`, or holds what would lie there.
fn merged(path: &str) -> String {
    if path.starts_with("/lib/systemd/") { format!("/usr{path}") } else { path.to_owned() }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Where a link in that folder leads.
fn resolved(folder: &str, target: &str) -> String {
    let whole = if target.starts_with('/') { target.to_owned() } else { format!("{folder}/{target}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    format!("/{}", parts.join("/"))
}

/// What lies in systemd's unit folders.
#[derive(Debug, Default)]
struct UnitFiles {
    /// Where the file or link of that name lies that counts, and where it points if it is a link.
    named: BTreeMap<String, (String, Option<String>)>,
    /// Names that a `.wants` or `.requires` folder links to, and whether only until the next boot.
    wanted: BTreeMap<String, bool>,
    /// Names whose `[Install]` section says where to link them.
    installable: BTreeSet<String>,
    /// Names whose `[Install]` section only names others.
    indirect: BTreeSet<String>,
}

impl UnitFiles {
    /// Reads `entry PATH [TARGET]` lines, folders in the order of precedence, and `PATH:Key=value` lines of grep, among
    /// the other lines of the walk.
    fn parse(tree: &str) -> Result<Self, Why> {
        let mut files = Self::default();
        for line in tree.lines().filter(|line| !line.is_empty() && !line.starts_with("===")) {
            match line.strip_prefix("entry ") {
                Some(entry) => files.entry(entry),
                None if line == "without systemd" => return Err(Why::ToolMissing { tool: "systemd".into() }),
                None => files.install(line).ok_or_else(|| BadLine::new(line))?,
            }
        }
        Ok(files)
    }

    fn entry(&mut self, entry: &str) {
        let (path, target) = entry.split_once(' ').unwrap_or((entry, ""));
        let mut upwards = path.rsplit('/');
        let (Some(name), Some(folder)) = (upwards.next(), upwards.next()) else { return };
        let runtime = path.starts_with("/run/");
        if folder.ends_with(".wants") || folder.ends_with(".requires") {
            // The vendor's own wants need no enabling; those below /etc and /run are what enabling makes.
            if path.starts_with("/etc/") || (runtime && !path.contains("/generator")) {
                let only_runtime = self.wanted.entry(name.to_owned()).or_insert(runtime);
                *only_runtime &= runtime;
            }
        } else if folder == "system" || folder.starts_with("generator") {
            let target = (!target.is_empty()).then(|| target.to_owned());
            self.named.entry(name.to_owned()).or_insert_with(|| (path.to_owned(), target));
        }
    }

    fn install(&mut self, line: &str) -> Option<()> {
        let (path, setting) = line.split_once(':')?;
        let (name, key) = (path.rsplit('/').next()?, setting.split('=').next()?);
        match key {
            "WantedBy" | "RequiredBy" | "UpheldBy" | "Alias" => drop(self.installable.insert(name.to_owned())),
            "Also" | "DefaultInstance" => drop(self.indirect.insert(name.to_owned())),
            _ => {} // a script's first line
        }
        Some(())
    }

    fn states(&self) -> BTreeMap<String, UnitFileState> {
        let own = self.named.keys().map(|name| (name.clone(), self.state(name)));
        let instances = self
            .wanted
            .keys()
            .filter(|name| !self.named.contains_key(*name))
            .map(|name| (name.clone(), self.state(name)));
        own.chain(instances).collect()
    }

    fn state(&self, name: &str) -> UnitFileState {
        use UnitFileState::{
            Alias, Disabled, Enabled, EnabledRuntime, Generated, Indirect, Linked, LinkedRuntime, Masked,
            MaskedRuntime, Static,
        };
        let here = self.named.get(name);
        let runtime = here.is_some_and(|(path, _)| path.starts_with("/run/"));
        match (here, self.wanted.get(name)) {
            (Some((_, Some(target))), _) if target == "/dev/null" => {
                if runtime {
                    MaskedRuntime
                } else {
                    Masked
                }
            }
            (Some((path, _)), _) if path.contains("/generator") => Generated,
            (_, Some(false)) => Enabled,
            (_, Some(true)) => EnabledRuntime,
            (Some((_, Some(target))), None) if target.rsplit('/').next() != Some(name) => Alias,
            (Some((_, Some(_))), None) => {
                if runtime {
                    LinkedRuntime
                } else {
                    Linked
                }
            }
            _ if self.has_alias_link(name) => Enabled,
            _ if self.installable.contains(name) => Disabled,
            _ if self.indirect.contains(name) => Indirect,
            _ => Static,
        }
    }

    /// `Alias=` is what enabling links for some units: `dbus-org.freedesktop.x.service -> x.service` below /etc.
    fn has_alias_link(&self, name: &str) -> bool {
        let points_here = |target: &Option<String>| target.as_deref().and_then(|t| t.rsplit('/').next()) == Some(name);
        self.installable.contains(name)
            && self.named.values().any(|(path, target)| path.starts_with("/etc/") && points_here(target))
    }
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
    pub(super) fn is_lasting(&self) -> bool {
        let kind = self.name.rsplit('.').next().unwrap_or_default();
        let passing =
            matches!(kind, "device" | "scope" | "slice" | "swap" | "automount") || self.name.starts_with("run-");
        let telling = self.file_state.is_some() || kind == "service";
        telling && !passing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &str = "entry /etc/systemd/system/multi-user.target.wants/nginx.service /usr/lib/systemd/system/nginx.service\n\
        entry /etc/systemd/system/getty.target.wants/getty@tty1.service /usr/lib/systemd/system/getty@.service\n\
        entry /etc/systemd/system/gone.service /dev/null\n\
        entry /etc/systemd/system/default.target /usr/lib/systemd/system/multi-user.target\n\
        entry /etc/systemd/system/dbus-org.x.service /usr/lib/systemd/system/x.service\n\
        entry /run/systemd/generator.late/old.service \n\
        entry /usr/lib/systemd/system/nginx.service \n\
        entry /usr/lib/systemd/system/gone.service \n\
        entry /usr/lib/systemd/system/x.service \n\
        entry /usr/lib/systemd/system/off.service \n\
        entry /usr/lib/systemd/system/also.service \n\
        entry /usr/lib/systemd/system/static.service \n\
        entry /usr/lib/systemd/system/sysinit.target.wants/static.service ../static.service\n\
        /usr/lib/systemd/system/nginx.service:WantedBy=multi-user.target\n\
        /usr/lib/systemd/system/off.service:WantedBy=multi-user.target\n\
        /usr/lib/systemd/system/x.service:Alias=dbus-org.x.service\n\
        /usr/lib/systemd/system/also.service:Also=x.socket\n";

    #[test]
    fn links_that_lead_nowhere_are_told_with_the_unit_that_they_meant() {
        let tree = "entry /etc/systemd/system/multi-user.target.wants/shop.service /usr/lib/systemd/system/shop.service\n\
            entry /etc/systemd/system/shop.service \n\
            entry /etc/systemd/system/multi-user.target.wants/gone.service ../gone.service\n\
            entry /etc/systemd/system/multi-user.target.wants/ok.service /lib/systemd/system/ok.service\n\
            entry /usr/lib/systemd/system/ok.service \n\
            entry /etc/systemd/system/multi-user.target.wants/app@1.service /usr/lib/systemd/system/app@.service\n\
            entry /usr/lib/systemd/system/app@.service \n\
            entry /etc/systemd/system/masked.service /dev/null\n\
            entry /etc/systemd/system/own.service /opt/own/own.service\n\
            entry /usr/lib/systemd/system/x.target.wants/y.service ../y.service\n";
        let links = broken_links(tree);
        let got: Vec<_> = links.iter().map(|link| (link.path.as_str(), link.unit.as_deref())).collect();
        assert_eq!(
            got,
            [
                ("/etc/systemd/system/multi-user.target.wants/shop.service", Some("/etc/systemd/system/shop.service")),
                ("/etc/systemd/system/multi-user.target.wants/gone.service", None),
            ]
        );
        for odd in ["entry", "entry / ..", "entry /etc/systemd/system/a ../../../../..", "entry /etc/a \u{e9}"] {
            assert_eq!(broken_links(odd), []);
        }
    }

    #[test]
    fn links_and_install_lines_say_what_is_enabled() {
        use UnitFileState::*;
        for (name, want) in [
            ("nginx.service", Enabled),
            ("getty@tty1.service", Enabled),
            ("gone.service", Masked),
            ("default.target", Alias),
            ("dbus-org.x.service", Alias),
            ("x.service", Enabled),
            ("old.service", Generated),
            ("off.service", Disabled),
            ("also.service", Indirect),
            ("static.service", Static),
        ] {
            let states = UnitFiles::parse(FILES).expect("files").states();
            assert_eq!(states.get(name), Some(&want), "{name}");
        }
    }

    #[test]
    fn files_and_loaded_units_are_joined() {
        let loaded = "● broken.service not-found failed failed Broken thing\nnginx.service loaded active running The nginx\nsession-1.scope loaded active running x\n";
        let units =
            units("entry /etc/systemd/system/a.target.wants/nginx.service /x/nginx.service\n", loaded).expect("units");
        let got: Vec<_> = units.iter().map(|u| (u.name.as_str(), u.is_enabled(), u.active.as_str())).collect();
        assert_eq!(got, [("broken.service", false, "failed"), ("nginx.service", true, "active")]);
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
