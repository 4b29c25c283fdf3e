//! Events in the form in which they are scanned: names as numbers, each event for one module stream only.

use super::{Action, Arch, Release, Stream};
use std::collections::HashMap;
use std::hash::Hash;

/// Package, stream and repository names, and the events that speak of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Store {
    pub names: Numbered<String>,
    pub streams: Numbered<Stream>,
    pub repositories: Numbered<String>,
    pub files: Vec<String>,
    pub events: Vec<Event>,
}

/// One event for one incoming stream.
#[derive(Debug, Clone)]
pub(super) struct Event {
    /// The place of its file in the store.
    pub file: usize,
    pub id: u64,
    pub action: Action,
    pub from: Option<Release>,
    /// Without one, Leapp never comes to apply it.
    pub to: Option<Release>,
    /// On which architectures; on all without a list. A list can be of none that a host has.
    pub arches: Option<Vec<Arch>>,
    pub takes: Vec<Item>,
    pub gives: Vec<Item>,
}

/// A package as an event names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    pub key: Key,
    pub repository: u32,
}

/// What makes two packages the same to the events: the name and the stream, and not the repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    pub name: u32,
    pub stream: Option<u32>,
}

impl Event {
    pub fn on(&self, arch: Arch) -> bool {
        self.arches.as_ref().is_none_or(|arches| arches.contains(&arch))
    }
}

/// Values and their numbers, both ways.
#[derive(Debug, Clone)]
pub(super) struct Numbered<T> {
    numbers: HashMap<T, u32>,
    values: Vec<T>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { numbers: HashMap::new(), values: Vec::new() }
    }
}

impl<T: Clone + Eq + Hash> Numbered<T> {
    /// The value's number; a new one where it has none.
    pub fn number<Q>(&mut self, value: &Q) -> u32
    where
        T: std::borrow::Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = T> + ?Sized,
    {
        if let Some(number) = self.numbers.get(value) {
            return *number;
        }
        let number = u32::try_from(self.values.len()).expect("a file has far fewer than 2^32 names");
        self.values.push(value.to_owned());
        self.numbers.insert(value.to_owned(), number);
        number
    }

    pub fn get<Q>(&self, value: &Q) -> Option<u32>
    where
        T: std::borrow::Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.numbers.get(value).copied()
    }

    pub fn value(&self, number: u32) -> &T {
        &self.values[number as usize]
    }
}
