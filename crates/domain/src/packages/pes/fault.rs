//! What can be wrong with a file of events, and where.
//!
//! The sentences are in the message catalogue (`packages.ftl`, keys `pes-...`).

use crate::Message;
use std::fmt;

/// A file of events that cannot be used, and the first reason why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct PesError {
    /// The file, as it was named.
    pub file: String,
    pub field: Field,
    pub wrong: Wrong,
}

/// A place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The event; none for what is beside the events.
    pub event: Option<EventPlace>,
    /// `in_packageset.package[3].name`; empty for the whole.
    pub path: String,
}

/// An event, by its place and, where it has one, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventPlace {
    /// Counted from 1.
    pub number: usize,
    pub id: Option<u64>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    NotUtf8 {
        byte: usize,
    },
    /// Cut short, or no JSON at all.
    NotJson {
        line: usize,
        column: usize,
        why: String,
    },
    /// JSON of another shape.
    Shape {
        why: String,
    },
    NoEvents,
    UnknownAction {
        code: i64,
    },
    UnknownArchitecture {
        name: String,
    },
}

impl PesError {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        let say = |key: &str| Message::new(key).with("place", self.place());
        match &self.wrong {
            Wrong::NotUtf8 { byte } => say("pes-not-utf8").with("byte", byte),
            Wrong::NotJson { line, column, why } => {
                say("pes-not-json").with("line", line).with("column", column).with("why", why)
            }
            Wrong::Shape { why } => say("pes-shape").with("why", why),
            Wrong::NoEvents => say("pes-no-events"),
            Wrong::UnknownAction { code } => say("pes-unknown-action").with("code", code),
            Wrong::UnknownArchitecture { name } => say("pes-unknown-architecture").with("name", name),
        }
    }

    /// `pes-events.json: event 2234 (number 1): in_packageset.package[3].name`.
    fn place(&self) -> String {
        let parts = [self.file.clone(), self.field.event.map(|e| e.to_string()).unwrap_or_default()];
        let parts = parts.into_iter().chain([self.field.path.clone()]).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(": ")
    }
}

impl Field {
    pub(super) fn file() -> Self {
        Self { event: None, path: String::new() }
    }

    pub(super) fn of_file(path: &str) -> Self {
        Self { event: None, path: path.to_owned() }
    }

    /// `at` is counted from 0.
    pub(super) fn of_event(at: usize, id: Option<u64>, path: impl Into<String>) -> Self {
        Self { event: Some(EventPlace { number: at + 1, id }), path: path.into() }
    }
}

impl fmt::Display for EventPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id {
            Some(id) => write!(f, "packageinfo[{}] (id {id})", self.number),
            None => write!(f, "packageinfo[{}]", self.number),
        }
    }
}
