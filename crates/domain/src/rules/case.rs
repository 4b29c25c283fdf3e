//! A rule's cases: hosts on which it is tried, written into its row.
//!
//! One case serves twice: the tests try the rule on it, and people are shown what the rule says there.

use super::{Rule, Verdict};
use crate::facts::Facts;

/// A clean host with one thing changed, and what the rule must say of it.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The host before the change; the rule has something to look at there, and is clear.
    pub clean: fn() -> Facts,
    pub change: fn(&mut Facts),
    pub expect: Expect,
}

/// What a rule says of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// The change is what the rule is there for.
    Found,
    /// The change looks alarming and is not.
    Fine,
}

/// A change that the rule finds.
pub const fn found(clean: fn() -> Facts, change: fn(&mut Facts)) -> Case {
    Case { clean, change, expect: Expect::Found }
}

/// A change that the rule must not be taken in by.
pub const fn fine(clean: fn() -> Facts, change: fn(&mut Facts)) -> Case {
    Case { clean, change, expect: Expect::Fine }
}

impl Case {
    /// The host, changed.
    pub fn host(&self) -> Facts {
        let mut facts = (self.clean)();
        (self.change)(&mut facts);
        facts
    }
}

impl Rule {
    /// What it says on the first of its cases that it finds: an example for its reader.
    pub fn example(&self) -> Option<crate::Message> {
        let case = self.cases.iter().find(|case| case.expect == Expect::Found)?;
        match self.judge(&case.host()) {
            Verdict::Found(messages) => messages.into_iter().next(),
            Verdict::Clear | Verdict::Unknown(_) => None,
        }
    }
}
