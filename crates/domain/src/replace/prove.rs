//! The new host is watched, then accepted. And the way back, should it be needed.

use super::{
    Draft,
    cutover::{loses, questions, silence_vars},
    sh,
    steps::{MEDIUM, scripted, step},
};
use crate::plan::{Action, Place, RollbackPlan, Stage, Step};

pub(super) fn steps(draft: &Draft<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    let followed: Vec<String> = draft.parts.iter().filter_map(|p| p.followed.clone()).collect();
    if !followed.is_empty() {
        let asked = sh::script(&followed);
        let follow = scripted("prove.replicas-follow", Stage::Prove, Place::New, asked.clone(), asked);
        steps.push(Step { timeout_s: MEDIUM, ..follow });
    }
    steps.push(soak(draft));
    steps.extend(unsilence(draft));
    steps.push(record());
    steps
}

fn soak(draft: &Draft<'_>) -> Step {
    let mut look = questions(draft);
    look.extend(draft.parts.iter().flat_map(|p| p.look.clone()));
    let seconds = draft.subject.host.soak_seconds;
    let soak = step("prove.soak", Stage::Prove, Place::New, Action::Soak { seconds, look: sh::look(&look) });
    Step { timeout_s: seconds.saturating_add(MEDIUM), retries: 0, ..soak }
}

fn unsilence(draft: &Draft<'_>) -> Option<Step> {
    let silencer = draft.subject.silencer()?;
    let vars = silence_vars(draft, silencer.url);
    let (apply, verify) = (sh::single(&vars, &[sh::body!("unsilence")]), sh::single(&vars, &[sh::body!("unsilenced")]));
    Some(scripted("accept.unsilence", Stage::Accept, Place::Peer(silencer.host.clone()), apply, verify))
}

fn record() -> Step {
    let record = sh::single(&[], &[sh::body!("record")]);
    scripted("accept.record", Stage::Accept, Place::New, record.clone(), record)
}

/// How the host comes back.
pub(super) fn rollback(draft: &Draft<'_>) -> RollbackPlan {
    let salvage: Vec<String> = draft.parts.iter().filter_map(|p| p.salvage.clone()).collect();
    let ports = sh::words(draft.ports.iter().map(u16::to_string));
    let vars = [("UNITS", &*sh::words(draft.old_units())), ("PORTS", &ports)];
    RollbackPlan {
        salvage: (!salvage.is_empty()).then(|| sh::script(&salvage)),
        check: sh::single(&vars, &[sh::body!("serves-again")]),
        loses: loses(draft),
    }
}
