//! What was read, or why it was not. Unknown is a value of its own here: it is never empty, never zero, never fine.

use crate::Message;
use serde::{Deserialize, Serialize};

/// A thing that a survey looked at: its value, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Read<T> {
    /// It was read.
    Known(T),
    /// It could not be read. Nothing may be concluded from it.
    Unknown(Why),
}

/// Why something was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "why")]
pub enum Why {
    /// It needs root, and sudo was refused.
    NoSudo,
    /// The answer has no such section: an older survey, or a bundle of another tool.
    Missing,
    /// The answer ended before its final frame.
    Truncated,
    /// The host lacks the tool that would have told.
    ToolMissing {
        /// The tool's name.
        tool: String,
    },
    /// The command failed.
    Failed {
        /// Its exit status.
        status: i32,
        /// The first line it said, secrets already replaced.
        said: String,
    },
    /// The command did not end in its time.
    TimedOut,
    /// The command answered, but not in the form that was asked for.
    BadLine {
        /// The line that could not be read, shortened.
        line: String,
    },
    /// Nobody asked, for asking could hang or costs too much.
    NotAsked,
    /// It depends on a file that the survey did not carry.
    FileNotCarried {
        /// The file or the pattern.
        path: String,
    },
    /// It is larger than a survey carries.
    TooLarge,
    /// A plain digest of a file that holds a secret would let anyone guess the secret, so it is withheld.
    HoldsSecret,
    /// The facts come from an archive of another tool, and it does not hold this.
    NotHeld,
    /// Nobody took a census of the host yet.
    NoCensus,
}

impl Why {
    /// The sentence for people: `facts-unknown-no-sudo`, ...
    pub fn message(&self) -> Message {
        match self {
            Self::NoSudo => Message::new("facts-unknown-no-sudo"),
            Self::Missing => Message::new("facts-unknown-missing"),
            Self::Truncated => Message::new("facts-unknown-truncated"),
            Self::ToolMissing { tool } => Message::new("facts-unknown-tool-missing").with("tool", tool),
            Self::Failed { status, said } => {
                Message::new("facts-unknown-failed").with("status", status).with("said", said)
            }
            Self::TimedOut => Message::new("facts-unknown-timed-out"),
            Self::BadLine { line } => Message::new("facts-unknown-bad-line").with("line", line),
            Self::NotAsked => Message::new("facts-unknown-not-asked"),
            Self::FileNotCarried { path } => Message::new("facts-unknown-file-not-carried").with("path", path),
            Self::TooLarge => Message::new("facts-unknown-too-large"),
            Self::HoldsSecret => Message::new("facts-unknown-holds-secret"),
            Self::NotHeld => Message::new("facts-unknown-not-held"),
            Self::NoCensus => Message::new("facts-unknown-no-census"),
        }
    }
}

impl<T> Read<T> {
    /// The value, if it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown(_) => None,
        }
    }

    /// The reason, if it is unknown.
    pub fn why(&self) -> Option<&Why> {
        match self {
            Self::Known(_) => None,
            Self::Unknown(why) => Some(why),
        }
    }

    /// For `?`: the value, or the reason as the error.
    pub fn get(&self) -> Result<&T, Why> {
        match self {
            Self::Known(value) => Ok(value),
            Self::Unknown(why) => Err(why.clone()),
        }
    }

    /// The same reading of something else.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Read<U> {
        match self {
            Self::Known(value) => Read::Known(f(value)),
            Self::Unknown(why) => Read::Unknown(why),
        }
    }

    /// Reads on from what was read.
    pub fn and_then<U>(self, f: impl FnOnce(T) -> Read<U>) -> Read<U> {
        match self {
            Self::Known(value) => f(value),
            Self::Unknown(why) => Read::Unknown(why),
        }
    }
}

/// What nobody looked at: a section of which facts of an older survey say nothing.
impl<T> Default for Read<T> {
    fn default() -> Self {
        Self::Unknown(Why::Missing)
    }
}

impl<T, E: Into<Why>> From<Result<T, E>> for Read<T> {
    fn from(result: Result<T, E>) -> Self {
        match result {
            Ok(value) => Self::Known(value),
            Err(why) => Self::Unknown(why.into()),
        }
    }
}

/// A line that a parser could not read: shortened, for it may be anything.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot read the line {0:?}")]
pub struct BadLine(String);

/// As much of an unreadable line as a person needs to recognise it.
const BAD_LINE_CHARS: usize = 120;

impl BadLine {
    /// Keeps the start of the line.
    pub fn new(line: &str) -> Self {
        Self(line.chars().take(BAD_LINE_CHARS).collect())
    }

    /// The start of the line.
    pub fn line(&self) -> &str {
        &self.0
    }
}

impl From<BadLine> for Why {
    fn from(bad: BadLine) -> Self {
        Self::BadLine { line: bad.0 }
    }
}
