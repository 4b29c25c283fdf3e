//! What went wrong on a host, as data that the journey, the budget and the report can all read.

use crate::Message;
use serde::{Deserialize, Serialize};

/// The classes that the failure budget counts apart. "Could not look" is never "fine".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultClass {
    /// The step ran and did not do what it should.
    Failed,
    /// The host, or the machine that it needs, did not answer.
    Unreachable,
    /// Something answered, and what it said could not be understood or judged.
    Unknown,
    /// It was still at it when its time was up.
    TimedOut,
    /// The world is not as the plan says: facts changed, a file drifted.
    Stale,
    /// Someone else may be at the other end: another host key, a refused login.
    Untrusted,
}

impl FaultClass {
    /// Whether trying the same step once more can help.
    pub fn may_pass(self) -> bool {
        match self {
            Self::Failed | Self::Unreachable | Self::TimedOut => true,
            Self::Unknown | Self::Stale | Self::Untrusted => false,
        }
    }
}

/// One thing that went wrong: its class, a sentence, and the last lines that the host said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What kind of trouble.
    pub class: FaultClass,
    /// What happened, to which object.
    pub message: Message,
    /// The end of the output, secrets removed; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub output: String,
}

/// The most output that a fault keeps, in bytes: enough for an error and its context, small enough for a ledger row.
pub const FAULT_OUTPUT_BYTES: usize = 2_000;

impl Fault {
    /// A fault without output.
    pub fn new(class: FaultClass, message: Message) -> Self {
        Self { class, message, output: String::new() }
    }

    /// The same fault with the end of what was printed.
    #[must_use]
    pub fn with_output(mut self, output: &str) -> Self {
        self.output = tail(output, FAULT_OUTPUT_BYTES).to_owned();
        self
    }
}

fn tail(text: &str, bytes: usize) -> &str {
    let mut from = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text[from..].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_cut_at_a_character() {
        let fault = Fault::new(FaultClass::Failed, Message::new("x")).with_output(&"数".repeat(1_000));
        assert!(fault.output.len() <= FAULT_OUTPUT_BYTES && fault.output.starts_with('数'));
    }
}
