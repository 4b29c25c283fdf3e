//! What can go wrong with a ledger, and what to do next.

use super::{Flaw, Place};
use rockhop_domain::Message;
use std::path::{Path, PathBuf};

/// A record that is not an event of this version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("record {seq} of kind {kind} cannot be read: {why}")]
pub struct NotAnEvent {
    /// Its place.
    pub seq: u64,
    /// What it calls itself.
    pub kind: String,
    /// What the parser said.
    pub why: String,
}

/// Why the ledger could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// Another controller is at work.
    #[error("the ledger in {} is in use by {}", dir.display(), pid.map_or("another process".to_owned(), |p| format!("process {p}")))]
    Busy {
        /// The ledger's folder.
        dir: PathBuf,
        /// The other controller, if it said.
        pid: Option<u32>,
    },
    /// There is one already.
    #[error("there is a ledger in {} already", dir.display())]
    AlreadyThere {
        /// The ledger's folder.
        dir: PathBuf,
    },
    /// There is none.
    #[error("there is no ledger in {}", dir.display())]
    NotThere {
        /// The ledger's folder.
        dir: PathBuf,
    },
    /// It is not what was signed.
    #[error("the ledger in {} is broken: {}", dir.display(), flaws.first().map_or(String::new(), |f| f.message().to_string()))]
    Broken {
        /// The ledger's folder.
        dir: PathBuf,
        /// What is wrong.
        flaws: Vec<Flaw>,
    },
    /// The body of an entry is not JSON.
    #[error("an entry of kind {kind} is not JSON: {why}")]
    NotJson {
        /// The kind of the entry.
        kind: String,
        /// What the parser said.
        why: String,
    },
    /// A record is not an event that this version knows.
    #[error("the ledger in {}: {why}", dir.display())]
    NotAnEvent {
        /// The ledger's folder.
        dir: PathBuf,
        /// Which record, and in which way.
        why: NotAnEvent,
    },
    /// The signing key cannot be used.
    #[error("the key {} cannot be used: {why}", path.display())]
    Key {
        /// The key file.
        path: PathBuf,
        /// In which way.
        why: String,
    },
    /// Others could have read the signing key.
    #[error("the key {} can be read by others (mode {mode:o})", path.display())]
    KeyExposed {
        /// The key file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// Something outside keeps the log from being emptied.
    #[error("a reader keeps the ledger in {} from being sealed", dir.display())]
    ReadersInTheWay {
        /// The ledger's folder.
        dir: PathBuf,
    },
    /// The tables could not be made.
    #[error("the tables of {} could not be made: {why}", path.display())]
    Schema {
        /// The database.
        path: PathBuf,
        /// In which way.
        why: String,
    },
    /// This SQLite can corrupt a log.
    #[error("SQLite {version} is too old for a ledger")]
    OldSqlite {
        /// Its version.
        version: String,
    },
    /// The database refused.
    #[error("{doing} in {} did not succeed: {source}", path.display())]
    Sql {
        /// The database.
        path: PathBuf,
        /// What was being done.
        doing: &'static str,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The file system refused.
    #[error("{doing} {} did not succeed: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
}

impl LedgerError {
    /// The sentence for people, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            Self::Busy { dir, pid: Some(pid) } => told("ledger-busy", dir).with("pid", pid),
            Self::Busy { dir, pid: None } => told("ledger-busy-unknown", dir),
            Self::AlreadyThere { dir } => told("ledger-already-there", dir),
            Self::NotThere { dir } => told("ledger-not-there", dir),
            Self::Broken { dir, flaws } => told("ledger-refused", dir).with("flaws", flaws.len()),
            Self::NotJson { kind, why } => Message::new("ledger-not-json").with("kind", kind).with("why", why),
            Self::NotAnEvent { dir, why } => {
                told("ledger-not-an-event", dir).with("seq", why.seq).with("kind", &why.kind)
            }
            Self::Key { path, why } => told("ledger-key-unusable", path).with("why", why),
            Self::KeyExposed { path, mode } => told("ledger-key-exposed", path).with("mode", format!("{mode:o}")),
            Self::ReadersInTheWay { dir } => told("ledger-readers-in-the-way", dir),
            Self::Schema { path, why } => told("ledger-schema", path).with("why", why),
            Self::OldSqlite { version } => Message::new("ledger-old-sqlite").with("version", version),
            Self::Sql { path, source, .. } => told("ledger-database-refused", path).with("why", source),
            Self::Io { path, source, .. } => told("ledger-files-refused", path).with("why", source),
        }
    }

    pub(super) fn io(path: &Path, doing: &'static str, source: std::io::Error) -> Self {
        Self::Io { path: path.to_owned(), doing, source }
    }

    pub(super) fn sql(place: &Place, doing: &'static str, source: rusqlite::Error) -> Self {
        Self::Sql { path: place.db(), doing, source }
    }

    pub(super) fn not_json(kind: &str, why: &str) -> Self {
        Self::NotJson { kind: kind.to_owned(), why: why.to_owned() }
    }
}

fn told(key: &str, path: &Path) -> Message {
    Message::new(key).with("path", path.display())
}
