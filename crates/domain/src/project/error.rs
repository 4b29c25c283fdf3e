//! What can be wrong with a project file. The sentences are in the message catalogue (`project.ftl`).

use crate::Message;
use crate::window::WindowError;
use std::fmt;

/// Everything that is wrong with a project file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectError {
    /// The file's name as it was given.
    pub file: String,
    /// In the order of the file.
    pub problems: Vec<Problem>,
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
    /// The key: `roles.web.max_unavailable`; empty when the text is not TOML.
    pub key: String,
    /// What it is.
    pub wrong: Wrong,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The text is not TOML.
    NotToml { why: String },
    /// A key that this place does not know, and the known one that is most like it.
    UnknownKey { nearest: Option<String> },
    /// A secret in the file. Its value is not repeated.
    InlineSecret,
    /// A key that has to be there.
    MissingKey { missing: String },
    /// A value of another type.
    WrongType { found: &'static str, wanted: String },
    /// None of the values that the key can have.
    WrongChoice { value: String, choices: String, nearest: Option<String> },
    /// A value of the right type that cannot be.
    BadValue { why: String },
    /// A window that is none.
    Window(WindowError),
    /// A name that nothing in the file has.
    Undefined { name: String, nearest: Option<String> },
    /// A list that must not be empty.
    Empty,
    /// A limit that lets nothing move.
    NothingMoves,
    /// Two keys of which only one may be given, or both missing though one is needed.
    EitherOr { one: &'static str, other: &'static str },
    /// A key that another value asks for.
    Needs { because: String, needs: &'static str },
    /// A key that has no meaning beside another value.
    Pointless { because: String, key: &'static str },
    /// The same name twice.
    Twice { name: String },
    /// Roles that wait for each other.
    RoleCycle { role: String },
    /// A zone that is not in the zone database.
    NoSuchZone { zone: String },
    /// A bastion that cannot be read.
    BadJump { value: String },
    /// A policy that would make a rule say less than it does by itself.
    Lowered { own: &'static str },
}

impl ProjectError {
    /// One sentence for each problem, with its place.
    pub fn messages(&self) -> Vec<Message> {
        self.problems.iter().map(|problem| problem.message(&self.file)).collect()
    }
}

impl fmt::Display for ProjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.messages().iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for ProjectError {}

impl Problem {
    /// The sentence, with its place.
    pub fn message(&self, file: &str) -> Message {
        self.wrong.message(&self.key).with("file", file).with("line", self.line).with("column", self.column)
    }
}

impl Wrong {
    fn message(&self, key: &str) -> Message {
        let say = |name: &str| Message::new(format!("project-{name}")).with("key", key);
        match self {
            Self::NotToml { why } => Message::new("project-not-toml").with("why", why),
            Self::UnknownKey { nearest: Some(nearest) } => say("unknown-key-nearest").with("nearest", nearest),
            Self::UnknownKey { nearest: None } => say("unknown-key"),
            Self::InlineSecret => say("inline-secret"),
            Self::MissingKey { missing } => say("missing-key").with("missing", missing),
            Self::WrongType { found, wanted } => say("wrong-type").with("found", found).with("wanted", wanted),
            Self::WrongChoice { value, choices, nearest: Some(nearest) } => {
                say("wrong-choice-nearest").with("value", value).with("choices", choices).with("nearest", nearest)
            }
            Self::WrongChoice { value, choices, nearest: None } => {
                say("wrong-choice").with("value", value).with("choices", choices)
            }
            Self::BadValue { why } => say("bad-value").with("why", why),
            Self::Window(error) => window(error, say),
            Self::Undefined { name, nearest: Some(nearest) } => {
                say("undefined-nearest").with("name", name).with("nearest", nearest)
            }
            Self::Undefined { name, nearest: None } => say("undefined").with("name", name),
            Self::Empty => say("empty"),
            Self::NothingMoves => say("nothing-moves"),
            Self::EitherOr { one, other } => say("either-or").with("one", one).with("other", other),
            Self::Needs { because, needs } => say("needs").with("because", because).with("needs", needs),
            Self::Pointless { because, key: pointless } => {
                say("pointless").with("because", because).with("pointless", pointless)
            }
            Self::Twice { name } => say("twice").with("name", name),
            Self::RoleCycle { role } => say("role-cycle").with("role", role),
            Self::NoSuchZone { zone } => say("no-such-zone").with("zone", zone),
            Self::BadJump { value } => say("bad-jump").with("value", value),
            Self::Lowered { own } => say("lowered").with("own", own),
        }
    }
}

fn window(error: &WindowError, say: impl Fn(&str) -> Message) -> Message {
    match error {
        WindowError::NoSuchZone(zone) => say("no-such-zone").with("zone", zone),
        WindowError::NoDays => say("window-no-days"),
        WindowError::CutoffEatsAll { cutoff_minutes, window_minutes } => {
            say("window-cutoff").with("cutoff", cutoff_minutes).with("window", window_minutes)
        }
        WindowError::FreezeBackwards { from, to } => say("window-freeze").with("from", from).with("to", to),
    }
}
