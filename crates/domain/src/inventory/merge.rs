//! From what the files say to what holds: Ansible's order of precedence.
//!
//! Lowest first: variables of `all` in the inventory, of the other groups in the inventory (parents
//! before children, then `ansible_group_priority`, then names), `group_vars/all`, `group_vars/` of the
//! other groups in the same order, the host's own in the inventory, `host_vars/`.

use super::connection::{Connections, Reach};
use super::draft::{ALL, Draft, Host, UNGROUPED, VarsFile};
use super::vars::{Table, Value, Var};
use super::{Entry, Inventory, InventoryError, Kind, Place, Source, Trouble, Vars, kind};
use crate::{HostId, Message};
use indexmap::{IndexMap, IndexSet};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The files that Ansible would read, in its order: inventories as given; of the variable files of
/// one name a folder wins over a file, and a folder's files go by name.
pub(super) fn chosen_files<'a>(sources: &[Source<'a>]) -> Vec<Source<'a>> {
    let is_vars = |source: &Source<'_>| matches!(kind(source.path), Kind::GroupVars { .. } | Kind::HostVars { .. });
    let (mut vars, mut chosen): (Vec<Source<'a>>, Vec<Source<'a>>) = sources.iter().copied().partition(is_vars);
    vars.retain(|source| {
        !source.path.rsplit('/').next().is_some_and(|name| name.starts_with('.') || name.ends_with('~'))
    });
    let mut best: HashMap<String, (usize, u8)> = HashMap::new();
    for source in &vars {
        let (place, rank) = owner(source.path);
        let next = best.len();
        let known = best.entry(place).or_insert((next, rank));
        known.1 = known.1.min(rank);
    }
    vars.retain(|source| best.get(&owner(source.path).0).is_some_and(|(_, rank)| *rank == owner(source.path).1));
    vars.sort_by_cached_key(|source| {
        (best.get(&owner(source.path).0).map(|(order, _)| *order), source.path.to_owned())
    });
    chosen.extend(vars);
    chosen
}

/// Which group or host a variable file belongs to, folder included, and the rank of its form.
fn owner(path: &str) -> (String, u8) {
    let parts: Vec<&str> = path.split('/').collect();
    let folder = parts.iter().rposition(|part| matches!(*part, "group_vars" | "host_vars")).unwrap_or_default();
    let name = parts.get(folder + 1).copied().unwrap_or_default();
    let is_folder = parts.len() > folder + 2;
    let stem = if is_folder { name } else { super::stem(name) };
    let place = parts.get(..=folder).unwrap_or_default().join("/");
    let rank = match name.strip_prefix(stem) {
        _ if is_folder => 0,
        Some("") => 0,
        Some(".yml") => 1,
        Some(".yaml") => 2,
        _ => 3,
    };
    (format!("{place}/{stem}"), rank)
}

/// Settles precedence and reads every host's connection.
pub(super) fn finish(mut draft: Draft) -> Result<Inventory, InventoryError> {
    draft.group(ALL);
    draft.group(UNGROUPED);
    undefined(&draft)?;
    draft.note_vaulted();
    note_strangers(&mut draft);
    let tree = Tree::new(&draft)?;
    let hosts = std::mem::take(&mut draft.hosts);
    let mut own_files: HashMap<&str, Vec<&VarsFile>> = HashMap::new();
    for file in &draft.host_files {
        own_files.entry(&file.name).or_default().push(file);
    }
    let mut out = Inventory::default();
    let mut layers = Layers { tree: &tree, draft: &draft, known: HashMap::new() };
    let mut connections = Connections::default();
    for (id, host) in hosts {
        let layer = layers.of(&host);
        let own = own_vars(&host, own_files.get(id.as_str()));
        let vars = Vars { shared: Arc::clone(&layer.vars), own };
        match connections.of(&id, &vars, &host.at)? {
            Reach::Local => {
                connections
                    .notes
                    .insert(Message::new("inventory-note-local").with("host", &id).with("place", &host.at));
            }
            Reach::Ssh(connection) => {
                let entry = Entry {
                    role: named(&id, &vars, "rockhop_role")?,
                    site: named(&id, &vars, "rockhop_site")?,
                    groups: Arc::clone(&layer.groups),
                    id: id.clone(),
                    at: host.at,
                    vars,
                    connection,
                };
                out.hosts.insert(id, entry);
            }
        }
    }
    out.groups = members(&out.hosts, draft.groups.keys());
    out.notes = draft.notes.into_iter().chain(connections.notes).collect();
    Ok(out)
}

fn undefined(draft: &Draft) -> Result<(), InventoryError> {
    let unknown = draft.mentioned.iter().find(|(name, _)| draft.groups.get(name).is_none_or(|group| !group.declared));
    unknown.map_or(Ok(()), |(group, at)| Err(at.error(Trouble::UndefinedGroup { group: group.clone() })))
}

/// Variable files of groups and hosts that are nowhere: often a slip in a name.
fn note_strangers(draft: &mut Draft) {
    let say = |key: &str, file: &VarsFile| Message::new(key).with("file", &file.file).with("name", &file.name);
    let groups = draft.group_files.iter().filter(|file| !draft.groups.contains_key(&file.name));
    let known: HashSet<&str> = draft.hosts.keys().map(HostId::as_str).collect();
    let hosts = draft.host_files.iter().filter(|file| !known.contains(file.name.as_str()));
    let notes: Vec<Message> = groups
        .map(|file| say("inventory-note-group-vars-unused", file))
        .chain(hosts.map(|file| say("inventory-note-host-vars-unused", file)))
        .collect();
    draft.notes.extend(notes);
}

fn own_vars(host: &Host, files: Option<&Vec<&VarsFile>>) -> Table {
    let mut own = host.vars.clone();
    for file in files.into_iter().flatten() {
        own.extend(file.vars.iter().map(|(name, var)| (name.clone(), var.clone())));
    }
    own
}

fn named<T: std::str::FromStr>(id: &HostId, vars: &Vars, variable: &str) -> Result<Option<T>, InventoryError> {
    let Some(text) = vars.text(variable) else { return Ok(None) };
    let at = vars.get(variable).map(|var| &var.at);
    text.parse().map(Some).map_err(|_| {
        let trouble = Trouble::BadName { host: id.to_string(), variable: variable.to_owned(), value: text.to_owned() };
        at.cloned().unwrap_or_else(|| Place::new(&"".into(), 1, 1)).error(trouble)
    })
}

fn members<'a>(
    hosts: &IndexMap<HostId, Entry>,
    groups: impl Iterator<Item = &'a String>,
) -> IndexMap<String, Vec<HostId>> {
    let mut members: IndexMap<String, Vec<HostId>> = groups.map(|group| (group.clone(), Vec::new())).collect();
    for (id, entry) in hosts {
        for group in entry.groups.iter() {
            members.entry(group.clone()).or_default().push(id.clone());
        }
    }
    members
}

/// Groups with their parents and their distance from `all`.
struct Tree {
    parents: Vec<Vec<usize>>,
    depth: Vec<usize>,
}

impl Tree {
    fn new(draft: &Draft) -> Result<Self, InventoryError> {
        let index = |name: &String| draft.groups.get_index_of(name);
        let mut parents = vec![Vec::new(); draft.groups.len()];
        for (parent, group) in draft.groups.values().enumerate() {
            for child in group.children.iter().filter_map(index) {
                parents[child].push(parent);
            }
        }
        let mut tree = Self { depth: vec![0; parents.len()], parents };
        tree.measure(draft)?;
        Ok(tree)
    }

    /// The longest way from `all`, by relaxing until nothing moves; a way longer than there are
    /// groups is a circle.
    fn measure(&mut self, draft: &Draft) -> Result<(), InventoryError> {
        let all = draft.groups.get_index_of(ALL);
        for group in (0..self.depth.len()).filter(|group| Some(*group) != all) {
            self.depth[group] = 1;
        }
        let mut moved = None;
        for _ in 0..=self.depth.len() {
            moved = None;
            for group in 0..self.depth.len() {
                let below = self.parents[group].iter().map(|parent| self.depth[*parent] + 1).max().unwrap_or(0);
                if below > self.depth[group] {
                    self.depth[group] = below;
                    moved = Some(group);
                }
            }
            if moved.is_none() {
                break;
            }
        }
        moved.map_or(Ok(()), |group| Err(self.circle(group, draft)))
    }

    fn circle(&self, group: usize, draft: &Draft) -> InventoryError {
        let group = draft.groups.get_index(group).map(|(name, _)| name.clone()).unwrap_or_default();
        let named = draft.mentioned.iter().find(|(name, _)| *name == group).or(draft.mentioned.first());
        let at = named.map_or_else(|| Place::new(&"inventory".into(), 1, 1), |(_, at)| at.clone());
        at.error(Trouble::GroupCycle { group })
    }

    /// The groups and all their ancestors.
    fn with_ancestors(&self, groups: &IndexSet<usize>) -> IndexSet<usize> {
        let mut all = groups.clone();
        let mut next = 0;
        while let Some(group) = all.get_index(next).copied() {
            all.extend(&self.parents[group]);
            next += 1;
        }
        all
    }
}

/// What hosts with the same groups share.
struct Layer {
    groups: Arc<[String]>,
    vars: Arc<Table>,
}

struct Layers<'a> {
    tree: &'a Tree,
    draft: &'a Draft,
    known: HashMap<Vec<usize>, Layer>,
}

impl Layers<'_> {
    fn of(&mut self, host: &Host) -> &Layer {
        let mut key: Vec<usize> = host.groups.iter().copied().collect();
        key.sort_unstable();
        let (tree, draft) = (self.tree, self.draft);
        self.known.entry(key).or_insert_with(|| layer(tree, draft, &host.groups))
    }
}

fn layer(tree: &Tree, draft: &Draft, direct: &IndexSet<usize>) -> Layer {
    let mut groups = tree.with_ancestors(direct);
    groups.extend(draft.groups.get_index_of(ALL));
    let (all, ungrouped) = (draft.groups.get_index_of(ALL), draft.groups.get_index_of(UNGROUPED));
    groups.retain(|group| Some(*group) != ungrouped);
    if groups.iter().all(|group| Some(*group) == all) {
        groups.extend(ungrouped);
    }
    let mut order: Vec<usize> = groups.into_iter().collect();
    let name = |group: usize| draft.groups.get_index(group).map_or("", |(name, _)| name.as_str());
    order.sort_by_key(|group| (tree.depth[*group], priority(draft, *group), name(*group)));
    let names: Arc<[String]> = order.iter().map(|group| name(*group).to_owned()).collect();
    let mut vars = Table::new();
    let mut add = |table: &Table| vars.extend(table.iter().map(|(name, var)| (name.clone(), var.clone())));
    order.iter().filter_map(|group| draft.groups.get_index(*group)).for_each(|(_, group)| add(&group.vars));
    for name in names.iter() {
        draft.group_files.iter().filter(|file| file.name == *name).for_each(|file| add(&file.vars));
    }
    Layer { groups: names, vars: Arc::new(vars) }
}

fn priority(draft: &Draft, group: usize) -> i64 {
    let set = draft.groups.get_index(group).and_then(|(_, group)| group.vars.get("ansible_group_priority"));
    match set {
        Some(Var { value: Value::Plain(value), .. }) => {
            value.as_i64().or_else(|| value.as_str()?.parse().ok()).unwrap_or(1)
        }
        _ => 1,
    }
}
