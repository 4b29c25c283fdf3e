//! What each kind of change does to the lines of its file.

pub mod fstab;
pub mod modules;
pub mod sshd;
pub mod sysctl;

use crate::RuleId;

/// The rule that a mark names.
fn rule(id: &'static str) -> RuleId {
    RuleId::parse(id).expect("a rule's id is written in this crate, and a test reads every one")
}
