//! Short ways to write a step down.

use super::sh;
use crate::{
    StepId,
    plan::{Action, Outage, Place, Scripts, Stage, Step, Tree, Undo},
};

/// Seconds for a step that only asks or writes small files.
pub(super) const SHORT: u32 = 120;
/// Seconds for a step that waits for somebody else.
pub(super) const MEDIUM: u32 = 600;
/// Seconds for packages, backups and data.
pub(super) const LONG: u32 = 4 * 3_600;

/// A step with the usual rest: no undo, no outage, two more tries.
pub(super) fn step(id: &str, stage: Stage, place: Place, action: Action) -> Step {
    Step {
        id: StepId::parse(id).expect("a step's id is written in this crate, and a test parses every one"),
        stage,
        place,
        action,
        undo: Undo::Nothing,
        timeout_s: SHORT,
        retries: 2,
        outage: Outage::None,
        point_of_no_return: false,
    }
}

/// A step of scripts.
pub(super) fn scripted(id: &str, stage: Stage, place: Place, apply: String, verify: String) -> Step {
    step(id, stage, place, Action::Script(Scripts { check: None, apply, verify }))
}

/// A step that copies trees.
pub(super) fn trees(id: &str, stage: Stage, trees: Vec<Tree>) -> Step {
    Step { timeout_s: LONG, ..step(id, stage, Place::New, Action::CarryTrees { trees }) }
}

/// One tree.
pub(super) fn tree(from: impl Into<String>, to: impl Into<String>) -> Tree {
    Tree { from: from.into(), to: to.into() }
}

/// An undo by these parts.
pub(super) fn undo(parts: &[String]) -> Undo {
    if parts.is_empty() { Undo::Nothing } else { Undo::Script { script: sh::script(parts) } }
}
