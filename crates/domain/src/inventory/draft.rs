//! What the files say, before precedence: groups and hosts with the variables given to each.

use super::vars::{Table, Value};
use super::{InventoryError, Place, Trouble, range};
use crate::{HostId, Message};
use indexmap::{IndexMap, IndexSet};
use std::sync::Arc;

/// The group that holds every host.
pub(super) const ALL: &str = "all";
/// The group of hosts that are in no other.
pub(super) const UNGROUPED: &str = "ungrouped";

#[derive(Debug, Default)]
pub(super) struct Draft {
    pub groups: IndexMap<String, Group>,
    pub hosts: IndexMap<HostId, Host>,
    /// Groups that a file speaks of; those that no file declares are an error in the end.
    pub mentioned: Vec<(String, Place)>,
    pub group_files: Vec<VarsFile>,
    pub host_files: Vec<VarsFile>,
    pub notes: IndexSet<Message>,
}

#[derive(Debug, Default)]
pub(super) struct Group {
    /// Whether a file declares it; a section of variables or children alone does not.
    pub declared: bool,
    pub children: IndexSet<String>,
    pub vars: Table,
}

#[derive(Debug)]
pub(super) struct Host {
    pub groups: IndexSet<usize>,
    pub vars: Table,
    pub at: Place,
}

/// A file of `group_vars/` or `host_vars/`.
#[derive(Debug)]
pub(super) struct VarsFile {
    pub name: String,
    pub vars: Table,
    pub file: Arc<str>,
}

impl Draft {
    /// Declares a group.
    pub fn group(&mut self, name: &str) -> &mut Group {
        let group = self.groups.entry(name.to_owned()).or_default();
        group.declared = true;
        group
    }

    /// Speaks of a group that this or another place has to declare.
    pub fn mention(&mut self, name: &str, at: &Place) -> &mut Group {
        let group = self.groups.entry(name.to_owned()).or_default();
        if !group.declared {
            self.mentioned.push((name.to_owned(), at.clone()));
        }
        group
    }

    /// Puts every host of a pattern into a group, with variables.
    pub fn pattern(&mut self, pattern: &str, group: &str, vars: &Table, at: &Place) -> Result<(), InventoryError> {
        self.group(group);
        let group = self.groups.get_index_of(group).unwrap_or_default();
        for name in range::names(pattern).map_err(|trouble| at.error(trouble))? {
            self.host(&name, at)?.groups.insert(group);
            if !vars.is_empty() {
                self.host(&name, at)?.vars.extend(vars.iter().map(|(name, var)| (name.clone(), var.clone())));
            }
        }
        Ok(())
    }

    /// The host of this name, new or known.
    pub fn host(&mut self, name: &str, at: &Place) -> Result<&mut Host, InventoryError> {
        let id = HostId::parse(name)
            .map_err(|bad| at.error(Trouble::BadHostName { name: name.to_owned(), why: bad.why.to_owned() }))?;
        if self.hosts.len() >= range::HOSTS_LIMIT && !self.hosts.contains_key(&id) {
            return Err(at.error(Trouble::TooManyHosts { limit: range::HOSTS_LIMIT }));
        }
        Ok(self.hosts.entry(id).or_insert_with(|| Host { groups: IndexSet::new(), vars: Table::new(), at: at.clone() }))
    }

    pub fn group_vars(&mut self, name: &str, vars: Option<Table>, file: &Arc<str>) {
        if let Some(vars) = self.opened(vars, file) {
            self.group_files.push(VarsFile { name: name.to_owned(), vars, file: Arc::clone(file) });
        }
    }

    pub fn host_vars(&mut self, name: &str, vars: Option<Table>, file: &Arc<str>) {
        if let Some(vars) = self.opened(vars, file) {
            self.host_files.push(VarsFile { name: name.to_owned(), vars, file: Arc::clone(file) });
        }
    }

    /// Notes what is encrypted: a whole file, or single values of it.
    fn opened(&mut self, vars: Option<Table>, file: &Arc<str>) -> Option<Table> {
        let Some(vars) = vars else {
            self.notes.insert(Message::new("inventory-note-vault-file").with("file", file));
            return None;
        };
        Some(vars)
    }

    /// Notes every value that only an Ansible vault holds.
    pub fn note_vaulted(&mut self) {
        let groups = self.groups.values().map(|group| &group.vars);
        let files = self.group_files.iter().chain(&self.host_files).map(|file| &file.vars);
        let tables = groups.chain(files).chain(self.hosts.values().map(|host| &host.vars));
        let sealed = tables.flatten().filter(|(_, var)| var.value == Value::Vaulted);
        let notes: Vec<Message> = sealed
            .map(|(name, var)| Message::new("inventory-note-vault-value").with("variable", name).with("place", &var.at))
            .collect();
        self.notes.extend(notes);
    }
}
