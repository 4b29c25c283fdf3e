//! What another plan would do otherwise: the question behind "approved that one, may this one run?".

use super::{HostPlan, Plan, Step, Wave};
use crate::{HostId, StepId};
use serde::Serialize;
use similar::TextDiff;

/// Lines around a change.
const CONTEXT: usize = 2;

/// Everything in which two plans differ. When and from which facts they were made is not a difference.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PlanDiff {
    /// Hosts that only the second plan moves.
    pub added: Vec<HostId>,
    /// Hosts that only the first plan moves.
    pub removed: Vec<HostId>,
    /// Hosts that go in another wave.
    pub other_wave: Vec<WaveChange>,
    /// Limits, as a line diff of their JSON; empty when equal.
    pub policy: String,
    /// Watched services, as a line diff of their JSON; empty when equal.
    pub services: String,
    /// Gates, as a line diff of their JSON; empty when equal.
    pub gates: String,
    /// Hosts whose way differs.
    pub hosts: Vec<HostDiff>,
}

/// A host that goes in another wave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaveChange {
    /// Which host.
    pub host: HostId,
    /// The first plan's wave, by name and number.
    pub before: String,
    /// The second plan's.
    pub after: String,
}

/// How a host's way differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HostDiff {
    /// Which host.
    pub host: HostId,
    /// Steps that only the second plan has.
    pub added: Vec<StepId>,
    /// Steps that only the first plan has.
    pub removed: Vec<StepId>,
    /// Whether common steps come in another order.
    pub reordered: bool,
    /// Steps that do something else, each with its unified diff.
    pub changed: Vec<StepChange>,
    /// The way back and the rest, as a line diff; empty when equal.
    pub rest: String,
}

/// How a step differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepChange {
    /// Which step.
    pub step: StepId,
    /// Unified text of what differs, scripts as text.
    pub text: String,
}

impl PlanDiff {
    /// Whether the two plans do the same.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What the second plan does otherwise than the first.
pub fn diff(before: &Plan, after: &Plan) -> PlanDiff {
    let only = |a: &Plan, b: &Plan| a.hosts.keys().filter(|h| !b.hosts.contains_key(*h)).cloned().collect();
    let common: Vec<&HostId> = before.hosts.keys().filter(|h| after.hosts.contains_key(*h)).collect();
    PlanDiff {
        added: only(after, before),
        removed: only(before, after),
        other_wave: common.iter().filter_map(|h| other_wave(h, before, after)).collect(),
        policy: unified(&json(&before.policy), &json(&after.policy)),
        services: unified(&json(&before.services), &json(&after.services)),
        gates: unified(&json(&before.gates), &json(&after.gates)),
        hosts: common.iter().filter_map(|h| host(before.hosts.get(*h)?, after.hosts.get(*h)?)).collect(),
    }
}

fn other_wave(host: &HostId, before: &Plan, after: &Plan) -> Option<WaveChange> {
    let name = |w: Option<&Wave>| w.map_or_else(|| "-".to_owned(), |w| format!("{} {}", w.no, w.name));
    let (a, b) = (name(before.wave_of(host)), name(after.wave_of(host)));
    (a != b).then(|| WaveChange { host: host.clone(), before: a, after: b })
}

fn host(before: &HostPlan, after: &HostPlan) -> Option<HostDiff> {
    let ids = |p: &HostPlan, other: &HostPlan, in_both: bool| -> Vec<StepId> {
        let there = |s: &&Step| other.steps.iter().any(|o| o.id == s.id) == in_both;
        p.steps.iter().filter(there).map(|s| s.id.clone()).collect()
    };
    let other = |s: &Step| after.steps.iter().find(|o| o.id == s.id).filter(|o| *o != s);
    let change = |s: &Step| Some(StepChange { step: s.id.clone(), text: unified(&text(s), &text(other(s)?)) });
    let diff = HostDiff {
        host: before.host.clone(),
        added: ids(after, before, false),
        removed: ids(before, after, false),
        reordered: ids(before, after, true) != ids(after, before, true),
        changed: before.steps.iter().filter_map(change).collect(),
        rest: unified(&rest(before), &rest(after)),
    };
    let same = diff.added.is_empty()
        && diff.removed.is_empty()
        && !diff.reordered
        && diff.changed.is_empty()
        && diff.rest.is_empty();
    (!same).then_some(diff)
}

/// A step for reading: its fields as JSON, its scripts as lines.
fn text(step: &Step) -> String {
    let mut bare = step.clone();
    if let super::Action::Script(scripts) = &mut bare.action {
        (scripts.check, scripts.apply, scripts.verify) = (None, String::new(), String::new());
    }
    if let super::Action::Soak { look, .. } = &mut bare.action {
        look.clear();
    }
    if let super::Undo::Script { script } = &mut bare.undo {
        script.clear();
    }
    let scripts = step.scripts().into_iter().map(|(question, script)| format!("\n--- {question}\n{script}"));
    json(&bare) + &scripts.collect::<String>()
}

/// What is neither steps nor the moment at which it was made.
fn rest(plan: &HostPlan) -> String {
    let back = &plan.rollback;
    let salvage = back.salvage.as_deref().unwrap_or_default();
    let head = (
        &plan.role,
        &plan.site,
        plan.strategy,
        &plan.address,
        &plan.apart_from,
        &plan.only_after,
        &plan.notes,
        &plan.packages,
        &back.loses,
    );
    format!("{}\n--- salvage\n{salvage}\n--- check\n{}", json(&head), back.check)
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn unified(before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    TextDiff::from_lines(before, after).unified_diff().context_radius(CONTEXT).to_string()
}
