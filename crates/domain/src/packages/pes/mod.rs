//! Leapp's package events: what became of packages from one release to the next.
//!
//! [`Events::read`] takes `pes-events.json` as Leapp ships it, in any of its vintages, and refuses a file with anything
//! wrong in it, naming the event and the field: nothing is half-loaded. [`Events::transition`] says what Leapp's own scan
//! of the same events would leave of a package set, and which events said so. A package that no event speaks of is
//! silent here; what silence means is not decided in this module.

mod explain;
mod fault;
mod outcome;
mod raw;
mod read;
mod scan;
mod stage;
mod store;
#[cfg(test)]
mod tests;

pub use fault::{Field, PesError, Wrong};
pub use outcome::{Outcome, Trace};

use serde::Serialize;
use std::fmt;
use store::Store;

/// A release of the distribution: `8.6`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release {
    pub major: u16,
    pub minor: u16,
}

/// What happened to the packages of an event. The numbers are those of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// The packages are there again, for whoever had them at any time on the way.
    Present = 0,
    Removed = 1,
    /// They stay, with a warning; whoever has one of them is given all.
    Deprecated = 2,
    Replaced = 3,
    Split = 4,
    /// The only one for which any of the packages is enough; the others want all.
    Merged = 5,
    Moved = 6,
    Renamed = 7,
    /// Of ELevate's Leapp only: installed anew under the same name.
    Reinstalled = 8,
}

/// An architecture that Leapp knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Arch {
    X86_64,
    Aarch64,
    Ppc64le,
    S390x,
}

/// A module and its stream: `php:7.2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Stream {
    pub module: String,
    pub stream: String,
}

/// From where to where, on what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// The release that runs.
    pub from: Release,
    /// The last release whose events count.
    pub to: Release,
    pub arch: Arch,
}

/// An installed package as the events see it: neither version nor architecture of a package matters to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Installed<'a> {
    pub name: &'a str,
    pub stream: Option<&'a Stream>,
}

/// An event that was applied.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Said {
    /// The file, as it was named.
    pub file: String,
    /// The event's id in that file.
    pub event: u64,
    pub action: Action,
    /// The release with which it happened.
    pub release: Release,
}

/// The events of one or more files, in the order in which they were read.
#[derive(Debug, Clone, Default)]
pub struct Events(Store);

impl Events {
    /// Reads `pes-events.json`. `file` appears in errors and in what an outcome says of its events.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, PesError> {
        let mut store = Store::default();
        read::into(&mut store, file, bytes, read::Emptiness::Refused)?;
        Ok(Self(store))
    }

    /// Adds a vendor's events behind those that are there. Vendors ship files without any event, and that is well.
    pub fn add_vendor(&mut self, file: &str, bytes: &[u8]) -> Result<(), PesError> {
        read::into(&mut self.0, file, bytes, read::Emptiness::Allowed)
    }

    /// How many events there are, each counted once for every stream that it maps.
    pub fn len(&self) -> usize {
        self.0.events.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.events.is_empty()
    }

    /// What these packages are after the way, by Leapp's rules.
    pub fn transition<'a>(&self, way: &Way, installed: impl IntoIterator<Item = Installed<'a>>) -> Outcome {
        scan::transition(&self.0, way, installed)
    }
}

impl Release {
    /// The release `major.minor`.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }

    /// A release that no other of its major version comes after.
    pub const fn last_of(major: u16) -> Self {
        Self { major, minor: u16::MAX }
    }
}

impl Action {
    const ALL: [Self; 9] = [
        Self::Present,
        Self::Removed,
        Self::Deprecated,
        Self::Replaced,
        Self::Split,
        Self::Merged,
        Self::Moved,
        Self::Renamed,
        Self::Reinstalled,
    ];

    fn of(code: i64) -> Option<Self> {
        usize::try_from(code).ok().and_then(|code| Self::ALL.get(code).copied())
    }
}

impl Arch {
    const ALL: [Self; 4] = [Self::X86_64, Self::Aarch64, Self::Ppc64le, Self::S390x];

    /// The architecture of this name, as `uname -m` says it.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|arch| arch.name() == name)
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::X86_64 => "x86_64",
            Self::Aarch64 => "aarch64",
            Self::Ppc64le => "ppc64le",
            Self::S390x => "s390x",
        }
    }
}

impl<'a> From<&'a str> for Installed<'a> {
    fn from(name: &'a str) -> Self {
        Self { name, stream: None }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl Serialize for Release {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.module, self.stream)
    }
}
