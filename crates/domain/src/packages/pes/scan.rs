//! Leapp's scan of the events, release by release.
//!
//! Every event of a release is judged against the set as it was when that release began; the effects add up in the order
//! of the events. So two events that take the same package both apply, and when one gives what a later one takes, the
//! later one takes it away.

use super::outcome::{self, Outcome};
use super::stage::{Set, Stage};
use super::store::{Event, Key, Store};
use super::{Action, Installed, Release, Way};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Events about Leapp itself are none about the host.
const LEAPP: [&str; 12] = [
    "leapp",
    "leapp-deps",
    "python2-leapp",
    "python3-leapp",
    "leapp-upgrade-el7toel8",
    "leapp-upgrade-el7toel8-deps",
    "leapp-upgrade-el8toel9",
    "leapp-upgrade-el8toel9-deps",
    "leapp-upgrade-el8toel9-fapolicyd",
    "leapp-upgrade-el9toel10",
    "leapp-upgrade-el9toel10-deps",
    "leapp-upgrade-el9toel10-fapolicyd",
];
/// As above; the tool's developers use it.
const SNACTOR: &str = "snactor";

/// See [`super::Events::transition`].
pub(super) fn transition<'a>(store: &Store, way: &Way, installed: impl IntoIterator<Item = Installed<'a>>) -> Outcome {
    let mut begun = Set::new();
    let mut untold = BTreeSet::new();
    for package in installed {
        match key(store, &package) {
            Some(key) => begun.extend([(key, None)]),
            None => untold.extend([package.name.to_owned()]),
        }
    }
    let events = relevant(store, way);
    let (stages, modular) = walk(&events, way, &begun);
    outcome::of(store, &begun, &untold, &stages, &modular)
}

/// The package among those that events name. A stream that no event names makes a package that no event means.
fn key(store: &Store, package: &Installed<'_>) -> Option<Key> {
    let stream = match package.stream {
        Some(stream) => Some(store.streams.get(stream)?),
        None => None,
    };
    Some(Key { name: store.names.get(package.name)?, stream })
}

/// The stages of the way, and the packages that go on outside of their modules.
fn walk<'s>(events: &[&'s Event], way: &Way, begun: &Set) -> (Vec<Stage<'s>>, HashSet<Key>) {
    let releases: BTreeSet<Release> = events.iter().filter_map(|event| event.to).collect();
    let mut stages: Vec<Stage<'s>> = Vec::new();
    let mut seen: HashSet<Key> = begun.keys().copied().collect();
    let mut modular: Option<HashSet<Key>> = None;
    for release in releases {
        let before = stages.last().map_or(begun, |stage| &stage.set);
        if release.major > way.from.major && modular.is_none() {
            modular = Some(before.keys().filter(|key| key.stream.is_some()).copied().collect());
        }
        let events: Vec<&Event> = events.iter().filter(|event| event.to == Some(release)).copied().collect();
        let stage = stage(&events, before, &seen);
        if let Some(modular) = &mut modular {
            modular.retain(|key| events.iter().all(|event| event.takes.iter().all(|item| item.key != *key)));
        }
        seen.extend(stage.set.keys());
        stages.push(stage);
    }
    (stages, modular.unwrap_or_default())
}

/// The events that the way passes, without those about Leapp and those that a later release overtook.
fn relevant<'s>(store: &'s Store, way: &Way) -> Vec<&'s Event> {
    let leapp: Vec<u32> = LEAPP.iter().chain([&SNACTOR]).filter_map(|name| store.names.get(*name)).collect();
    let passed = |event: &&Event| event.to.is_some_and(|to| way.from < to && to <= way.to);
    let foreign = |event: &&Event| event.takes.iter().all(|item| !leapp.contains(&item.key.name));
    let events = store.events.iter().filter(|e| e.on(way.arch)).filter(passed).filter(foreign);
    newest(events)
}

/// Of events that take the same packages from the same release, the one of the latest release; all of them when several
/// share it. They stand where the first of them stood.
fn newest<'s>(events: impl Iterator<Item = &'s Event>) -> Vec<&'s Event> {
    let mut places: HashMap<(Option<Release>, Vec<Key>), usize> = HashMap::new();
    let mut groups: Vec<Vec<&Event>> = Vec::new();
    for event in events {
        let mut takes: Vec<Key> = event.takes.iter().map(|item| item.key).collect();
        takes.sort_unstable();
        let place = *places.entry((event.from, takes)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(event),
            None => groups.push(vec![event]),
        }
    }
    groups.into_iter().flat_map(of_latest).collect()
}

fn of_latest(group: Vec<&Event>) -> Vec<&Event> {
    let latest = group.iter().filter_map(|event| event.to).max();
    let last: Vec<&Event> = group.iter().filter(|event| event.to == latest).copied().collect();
    if last.len() == 1 { last } else { group }
}

fn stage<'s>(events: &[&'s Event], before: &Set, seen: &HashSet<Key>) -> Stage<'s> {
    let mut stage = Stage { set: before.clone(), taken: HashMap::new() };
    for event in events.iter().filter(|event| applies(event, before, seen)) {
        for item in event.takes.iter().filter(|item| before.contains_key(&item.key) || seen.contains(&item.key)) {
            stage.taken.entry(item.key).or_default().push(event);
        }
        apply(event, seen, &mut stage.set);
    }
    stage
}

/// Whether an event speaks of this set.
fn applies(event: &Event, before: &Set, seen: &HashSet<Key>) -> bool {
    let mut there = event.takes.iter().map(|item| before.contains_key(&item.key));
    match event.action {
        Action::Present => event.takes.iter().any(|item| seen.contains(&item.key)),
        Action::Deprecated | Action::Reinstalled => there.any(|there| there),
        // An event that takes nothing finds all of nothing there, as it does in Leapp.
        Action::Merged => event.takes.is_empty() || there.any(|there| there),
        Action::Removed | Action::Replaced | Action::Split | Action::Moved | Action::Renamed => {
            there.all(|there| there)
        }
    }
}

fn apply(event: &Event, seen: &HashSet<Key>, set: &mut Set) {
    match event.action {
        Action::Present => {
            set.extend(event.takes.iter().filter(|i| seen.contains(&i.key)).map(|i| (i.key, Some(i.repository))));
        }
        Action::Deprecated => set.extend(event.takes.iter().map(|item| (item.key, Some(item.repository)))),
        Action::Reinstalled => {}
        Action::Removed | Action::Replaced | Action::Split | Action::Merged | Action::Moved | Action::Renamed => {
            for item in &event.takes {
                set.remove(&item.key);
            }
            set.extend(event.gives.iter().map(|item| (item.key, Some(item.repository))));
        }
    }
}
