//! What a scan left, and which events said so.

use super::stage::{Set, Stage};
use super::store::{Event, Key, Store};
use super::{Action, Said, Stream};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The package set after the way, in the terms of Leapp's own result and told package by package.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Names that were not there before.
    pub install: BTreeSet<String>,
    /// Names that are not there any more.
    pub remove: BTreeSet<String>,
    /// Streams of packages that events put into modules.
    pub enable: BTreeSet<Stream>,
    /// The repositories that the events named for what is there now, by Leapp's name for them.
    pub repositories: BTreeMap<String, BTreeSet<String>>,
    /// Every name that was there before.
    #[serde(skip)]
    pub traces: BTreeMap<String, Trace>,
}

/// The way of one package.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// What it is now, itself among it where it stayed; nothing where it is gone.
    pub becomes: BTreeSet<String>,
    /// The events that spoke of it and of what came after it, in their order. None at all is silence, which leaves
    /// the name where it was and says nothing for it.
    pub said: Vec<Said>,
}

impl Outcome {
    /// All names after the way.
    pub fn names(&self) -> BTreeSet<&str> {
        let stayed = self.traces.keys().filter(|name| !self.remove.contains(*name));
        stayed.chain(&self.install).map(String::as_str).collect()
    }
}

pub(super) fn of(
    store: &Store,
    begun: &Set,
    untold: &BTreeSet<String>,
    stages: &[Stage<'_>],
    modular: &HashSet<Key>,
) -> Outcome {
    let ended = stages.last().map_or(begun, |stage| &stage.set);
    let names = |set: &Set| -> BTreeSet<u32> { set.keys().map(|key| key.name).collect() };
    let (before, after) = (names(begun), names(ended));
    let spell =
        |numbers: Vec<u32>| -> BTreeSet<String> { numbers.into_iter().map(|n| store.names.value(n).clone()).collect() };
    let streams = ended.keys().filter(|key| !modular.contains(key)).filter_map(|key| key.stream);
    let fresh = spell(after.difference(&before).copied().collect());
    let mut outcome = Outcome {
        install: fresh.difference(untold).cloned().collect(),
        remove: spell(before.difference(&after).copied().collect()),
        enable: streams.map(|stream| store.streams.value(stream).clone()).collect(),
        repositories: BTreeMap::new(),
        traces: BTreeMap::new(),
    };
    for (key, repository) in ended.iter().filter_map(|(key, repository)| repository.map(|r| (key, r))) {
        let names = outcome.repositories.entry(store.repositories.value(repository).clone()).or_default();
        names.insert(store.names.value(key.name).clone());
    }
    for key in begun.keys() {
        let trace = outcome.traces.entry(store.names.value(key.name).clone()).or_default();
        follow(store, *key, stages, trace);
        // It may have gone and come back as what another package became.
        trace.becomes.extend(after.contains(&key.name).then(|| store.names.value(key.name).clone()));
    }
    for name in untold {
        outcome.traces.entry(name.clone()).or_default().becomes.insert(name.clone());
    }
    outcome
}

/// Follows a package through the stages.
fn follow(store: &Store, from: Key, stages: &[Stage<'_>], trace: &mut Trace) {
    let mut now: BTreeSet<Key> = BTreeSet::from([from]);
    let mut ever = now.clone();
    for stage in stages {
        let mut next = BTreeSet::new();
        for key in &ever {
            let events = stage.taken.get(key).map(Vec::as_slice).unwrap_or_default();
            // What is gone can come back by an event that says it is there again; nothing else speaks of it.
            let mut events = events.iter().filter(|e| now.contains(key) || e.action == Action::Present).peekable();
            if now.contains(key) || events.peek().is_some() {
                next.extend(events.clone().flat_map(|event| gives(event)).chain([*key]));
            }
            trace.said.extend(events.map(|event| said(store, event)));
        }
        next.retain(|key| stage.set.contains_key(key));
        ever.extend(&next);
        now = next;
    }
    trace.becomes.extend(now.iter().map(|key| store.names.value(key.name).clone()));
    let mut known = HashSet::new();
    trace.said.retain(|said| known.insert((said.file.clone(), said.event)));
}

/// What an event leaves in place of a package that it took up.
fn gives(event: &Event) -> impl Iterator<Item = Key> {
    let items = match event.action {
        Action::Deprecated => event.takes.as_slice(),
        Action::Present | Action::Reinstalled => [].as_slice(),
        Action::Removed | Action::Replaced | Action::Split | Action::Merged | Action::Moved | Action::Renamed => {
            event.gives.as_slice()
        }
    };
    items.iter().map(|item| item.key)
}

fn said(store: &Store, event: &Event) -> Said {
    let release = event.to.expect("an event without a release is never applied");
    Said { file: store.files[event.file].clone(), event: event.id, action: event.action, release }
}
