//! What can be wrong with an inventory, where, and what to do about it.
//!
//! The sentences are in the message catalogue (`project.ftl`, keys `inventory-...`).

use crate::Message;
use std::fmt;
use std::sync::Arc;

/// A place in a file, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file's name as it was given.
    pub file: Arc<str>,
    /// The line.
    pub line: u32,
    /// The column, in characters.
    pub column: u32,
}

/// Something in the inventory that cannot be used as it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {}", trouble.message())]
pub struct InventoryError {
    /// Where.
    pub place: Place,
    /// What.
    pub trouble: Trouble,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// A bracket section that is not one.
    BadSection { text: String },
    /// A section for a group that no file declares.
    UndefinedGroup { group: String },
    /// A group is its own ancestor.
    GroupCycle { group: String },
    /// A word after the host that is not `name=value`, or a line in a `vars` section without `=`.
    NotAVariable { text: String },
    /// A quotation mark without its partner.
    OpenQuote,
    /// A host name that Rockhop cannot use as an id.
    BadHostName { name: String, why: String },
    /// A range that is not `[first:last]` or `[first:last:step]`.
    BadRange { text: String },
    /// More hosts than any fleet has: a slip in a range.
    TooManyHosts { limit: usize },
    /// Not YAML.
    BadYaml { why: String },
    /// YAML of another shape.
    WrongShape { key: String, wanted: &'static str },
    /// A key that a group does not have.
    UnknownKey { key: String, nearest: Option<&'static str> },
    /// A CSV file without its `host` column.
    NoHostColumn,
    /// A row with more cells than the header.
    TooManyCells { cells: usize, columns: usize },
    /// A host twice in one CSV file.
    HostTwice { host: String },
    /// A connection that is not SSH.
    UnknownConnection { host: String, connection: String },
    /// Another way to become root than sudo.
    UnknownElevation { host: String, method: String },
    /// A connection variable with a value of no use.
    BadValue { host: String, variable: String, value: String, wanted: &'static str },
    /// A connection variable that only an Ansible vault holds.
    SealedValue { host: String, variable: String },
    /// A template that asks for more than another variable.
    BadTemplate { host: String, variable: String, value: String },
    /// SSH arguments that send the connection through something Rockhop cannot follow.
    UnknownProxy { host: String, value: String },
    /// A role or site that cannot be one.
    BadName { host: String, variable: String, value: String },
}

impl Place {
    pub(super) fn new(file: &Arc<str>, line: usize, column: usize) -> Self {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { file: Arc::clone(file), line: small(line), column: small(column) }
    }

    pub(super) fn error(&self, trouble: Trouble) -> InventoryError {
        InventoryError { place: self.clone(), trouble }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl InventoryError {
    /// The sentence for people, place included.
    pub fn message(&self) -> Message {
        self.trouble
            .message()
            .with("file", &self.place.file)
            .with("line", self.place.line)
            .with("column", self.place.column)
    }
}

impl Trouble {
    fn message(&self) -> Message {
        let say = |key: &str| Message::new(format!("inventory-{key}"));
        match self {
            Self::BadSection { text } => say("bad-section").with("text", text),
            Self::UndefinedGroup { group } => say("undefined-group").with("group", group),
            Self::GroupCycle { group } => say("group-cycle").with("group", group),
            Self::NotAVariable { text } => say("not-a-variable").with("text", text),
            Self::OpenQuote => say("open-quote"),
            Self::BadHostName { name, why } => say("bad-host-name").with("name", name).with("why", why),
            Self::BadRange { text } => say("bad-range").with("text", text),
            Self::TooManyHosts { limit } => say("too-many-hosts").with("limit", limit),
            Self::BadYaml { why } => say("bad-yaml").with("why", why),
            Self::WrongShape { key, wanted } => say("wrong-shape").with("key", key).with("wanted", wanted),
            Self::UnknownKey { key, nearest: Some(nearest) } => {
                say("unknown-key-nearest").with("key", key).with("nearest", nearest)
            }
            Self::UnknownKey { key, nearest: None } => say("unknown-key").with("key", key),
            Self::NoHostColumn => say("no-host-column"),
            Self::TooManyCells { cells, columns } => {
                say("too-many-cells").with("cells", cells).with("columns", columns)
            }
            Self::HostTwice { host } => say("host-twice").with("host", host),
            Self::UnknownConnection { host, connection } => {
                say("unknown-connection").with("host", host).with("connection", connection)
            }
            Self::UnknownElevation { host, method } => {
                say("unknown-elevation").with("host", host).with("method", method)
            }
            Self::BadValue { host, variable, value, wanted } => say("bad-value")
                .with("host", host)
                .with("variable", variable)
                .with("value", value)
                .with("wanted", wanted),
            Self::SealedValue { host, variable } => say("sealed-value").with("host", host).with("variable", variable),
            Self::BadTemplate { host, variable, value } => {
                say("bad-template").with("host", host).with("variable", variable).with("value", value)
            }
            Self::UnknownProxy { host, value } => say("unknown-proxy").with("host", host).with("value", value),
            Self::BadName { host, variable, value } => {
                say("bad-name").with("host", host).with("variable", variable).with("value", value)
            }
        }
    }
}
