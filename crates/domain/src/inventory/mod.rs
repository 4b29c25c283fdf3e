//! The fleet as the people who run it already describe it: Ansible inventories and plain CSV.
//!
//! Reads INI and YAML inventories, CSV, and the files of `group_vars/` and `host_vars/`, all given
//! as text, and answers every host with its groups, its variables in Ansible's own precedence and
//! the way to reach it. Runs no plugin, script or filter, and opens no Ansible vault: what is
//! encrypted stays opaque and is noted. Values that look like passwords are dropped while reading.

mod connection;
mod csv;
mod draft;
mod error;
mod ini;
mod jump;
mod literal;
mod merge;
mod range;
mod ssh_args;
mod vars;
mod words;
mod yaml;
mod yaml_inventory;

pub use connection::{Connection, Elevation};
pub use error::{InventoryError, Place, Trouble};
pub use jump::Jump;
pub use vars::{Value, Var, Vars};

use crate::{HostId, Message, RoleId, SiteId};
use indexmap::IndexMap;
use std::sync::Arc;

/// A file that was read, by the name under which people know it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Relative or absolute; its folder and its ending say what the file is.
    pub path: &'a str,
    /// Its whole text.
    pub text: &'a str,
}

/// Every host that the inventory names, in its order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inventory {
    /// By inventory name.
    pub hosts: IndexMap<HostId, Entry>,
    /// Every group with the hosts in it, those of its children included.
    pub groups: IndexMap<String, Vec<HostId>>,
    /// What was read and left aside, for the reader.
    pub notes: Vec<Message>,
}

/// One host.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its inventory name.
    pub id: HostId,
    /// Every group it is in, ancestors included, the most general first.
    pub groups: Arc<[String]>,
    /// Its variables.
    pub vars: Vars,
    /// How it is reached.
    pub connection: Connection,
    /// What it is for, when the inventory says so: the variable `rockhop_role`, the CSV column `role`.
    pub role: Option<RoleId>,
    /// Where it stands, when the inventory says so: the variable `rockhop_site`, the CSV column `site`.
    pub site: Option<SiteId>,
    /// Where the inventory names it first.
    pub at: Place,
}

/// What a file is, by its path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind<'a> {
    Ini,
    Yaml,
    Csv,
    GroupVars { name: &'a str },
    HostVars { name: &'a str },
}

impl Inventory {
    /// Reads inventories and variable files; later files win over earlier ones of the same kind.
    pub fn read(sources: &[Source<'_>]) -> Result<Self, InventoryError> {
        let mut draft = draft::Draft::default();
        for source in merge::chosen_files(sources) {
            let file: Arc<str> = source.path.into();
            match kind(source.path) {
                Kind::Ini => ini::read(&file, source.text, &mut draft)?,
                Kind::Yaml => yaml_inventory::read(&file, source.text, &mut draft)?,
                Kind::Csv => csv::read(&file, source.text, &mut draft)?,
                Kind::GroupVars { name } => draft.group_vars(name, yaml::variables(&file, source.text)?, &file),
                Kind::HostVars { name } => draft.host_vars(name, yaml::variables(&file, source.text)?, &file),
            }
        }
        merge::finish(draft)
    }

    /// The hosts of a group, its children's included; none when there is no such group.
    pub fn group(&self, name: &str) -> &[HostId] {
        self.groups.get(name).map_or(&[], Vec::as_slice)
    }
}

fn kind(path: &str) -> Kind<'_> {
    let parts: Vec<&str> = path.split('/').collect();
    let under = |folder: &str| {
        parts.iter().rposition(|part| *part == folder).and_then(|at| parts.get(at + 1)).map(|name| stem(name))
    };
    if let Some(name) = under("group_vars") {
        return Kind::GroupVars { name };
    }
    if let Some(name) = under("host_vars") {
        return Kind::HostVars { name };
    }
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("yml" | "yaml" | "json") => Kind::Yaml,
        Some("csv") => Kind::Csv,
        _ => Kind::Ini,
    }
}

/// A variable file's name without its ending; host names keep their dots.
fn stem(name: &str) -> &str {
    [".yml", ".yaml", ".json"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// The known word that a wrong one most likely stands for.
pub(crate) fn nearest<'a>(wrong: &str, known: &[&'a str]) -> Option<&'a str> {
    let likeness = |word: &&str| strsim::jaro_winkler(&wrong.to_ascii_lowercase(), word);
    let best = known.iter().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(&best) > 0.75).then_some(best)
}

#[cfg(test)]
mod tests;
