//! A rule's cases: hosts on which it is tried, written into its row.
//!
//! One case serves twice: the tests try the rule on it, and people are shown what the rule says there.

use super::fixtures::clean_aim;
use super::{Aim, Move, Rule, Verdict};
use crate::facts::Facts;

/// A clean host with one thing changed, and what the rule must say of it.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The host before the change; the rule has something to look at there, and is clear.
    pub clean: fn() -> Facts,
    pub change: fn(&mut Facts),
    /// What is changed in what people decided, which is sound before.
    pub decide: fn(&mut Aim),
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
    Case { clean, change, decide: |_| {}, expect: Expect::Found }
}

/// A change that the rule must not be taken in by.
pub const fn fine(clean: fn() -> Facts, change: fn(&mut Facts)) -> Case {
    Case { clean, change, decide: |_| {}, expect: Expect::Fine }
}

impl Case {
    /// The same where people decided otherwise.
    pub const fn deciding(self, decide: fn(&mut Aim)) -> Self {
        Self { decide, ..self }
    }

    /// The host, changed.
    pub fn host(&self) -> Facts {
        let mut facts = (self.clean)();
        (self.change)(&mut facts);
        facts
    }

    /// What people decided, changed.
    pub fn aim(&self) -> Aim {
        let mut aim = clean_aim();
        (self.decide)(&mut aim);
        aim
    }

    /// The verdict of a rule on this case.
    pub fn judge(&self, rule: &Rule) -> Verdict {
        rule.judge(&Move::new(&self.host(), &self.aim()))
    }
}

impl Rule {
    /// What it says on the first of its cases that it finds: an example for its reader.
    pub fn example(&self) -> Option<crate::Message> {
        let case = self.cases.iter().find(|case| case.expect == Expect::Found)?;
        match case.judge(self) {
            Verdict::Found(messages) => messages.into_iter().next(),
            Verdict::Clear | Verdict::Unknown(_) => None,
        }
    }
}
