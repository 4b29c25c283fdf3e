//! Where the remedies of a plan stand: the fold of their events, and what comes next of each. Nothing else keeps a state.

use super::{FileRemedy, RemedyPlan};
use crate::{
    Fault, HostId, Message, RunId, StepNo,
    event::{Event, Kind},
    facts::Facts,
    journey::{Effect, Heading, NotAllowed},
    rules::{Aim, Move, RULES, Verdict},
};
use indexmap::IndexMap;
use jiff::Timestamp;
use serde::Serialize;

/// The steps of each host, in the order of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemedyState {
    /// Every host of the plan.
    pub hosts: IndexMap<HostId, Vec<StepState>>,
}

/// One file of one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepState {
    /// How it stands.
    pub standing: Standing,
    /// How often it was begun: the next try has another name on the host.
    pub tries: u8,
    /// When the ledger last spoke of it.
    pub since: Option<Timestamp>,
}

/// What the newest survey says of the findings that a file was changed for. Only this ends a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Afterwards {
    /// The host was not surveyed since.
    NotSurveyed,
    /// None of them is found any more.
    Gone,
    /// One of them still is.
    StillThere,
    /// A rule could not look.
    Unknown,
}

impl Afterwards {
    /// Every word of [`Afterwards::word`].
    pub const WORDS: [&'static str; 4] = ["not-surveyed", "gone", "still-there", "unknown"];

    /// The word that machines use, and the end of its key in the catalogue, `remedy-afterwards-...`.
    pub fn word(self) -> &'static str {
        let [not_surveyed, gone, still_there, unknown] = Self::WORDS;
        match self {
            Self::NotSurveyed => not_surveyed,
            Self::Gone => gone,
            Self::StillThere => still_there,
            Self::Unknown => unknown,
        }
    }

    /// What a survey from after the change says.
    pub fn of(facts: &Facts, step: &FileRemedy) -> Self {
        let mut all = Self::Gone;
        for one in &step.findings {
            let Some(rule) = RULES.iter().find(|rule| rule.id == one.rule.as_str()) else { return Self::Unknown };
            // A rule with a mechanical remedy looks at the host alone, not at what people decided; a test holds it.
            match rule.judge(&Move::new(facts, &Aim::default())) {
                Verdict::Found(messages) if messages.iter().any(|found| same(found, &one.finding)) => {
                    return Self::StillThere;
                }
                Verdict::Unknown(_) => all = Self::Unknown,
                Verdict::Found(_) | Verdict::Clear => {}
            }
        }
        all
    }
}

/// How a file stands, as the ledger says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nobody touched it.
    Untouched,
    /// A try was announced and its end is not written.
    Open,
    /// Changed and verified.
    Applied,
    /// It was not changed, or nobody knows.
    Failed(Fault),
    /// Taking back was announced and its end is not written.
    Undoing,
    /// As it was before.
    Undone,
    /// It was not taken back.
    NotUndone(Fault),
}

impl Standing {
    /// Every word of [`Standing::word`].
    pub const WORDS: [&'static str; 7] = ["untouched", "open", "applied", "failed", "undoing", "undone", "not-undone"];

    /// The word that machines use, and the end of its key in the catalogue, `remedy-standing-...`.
    pub fn word(&self) -> &'static str {
        let [untouched, open, applied, failed, undoing, undone, not_undone] = Self::WORDS;
        match self {
            Self::Untouched => untouched,
            Self::Open => open,
            Self::Applied => applied,
            Self::Failed(_) => failed,
            Self::Undoing => undoing,
            Self::Undone => undone,
            Self::NotUndone(_) => not_undone,
        }
    }

    /// What went wrong, if something did.
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Failed(fault) | Self::NotUndone(fault) => Some(fault),
            _ => None,
        }
    }
}

/// A finding, wherever in its file it stands now.
fn same(one: &Message, other: &Message) -> bool {
    let about = |message: &Message| {
        let args = message.args.iter().filter(|(name, _)| name != "line");
        args.cloned().collect::<Vec<_>>()
    };
    one.key == other.key && about(one) == about(other)
}

impl RemedyState {
    /// Nothing was done yet.
    pub fn new(plan: &RemedyPlan) -> Self {
        let fresh = || StepState { standing: Standing::Untouched, tries: 0, since: None };
        let steps = |steps: usize| std::iter::repeat_with(fresh).take(steps).collect();
        Self { hosts: plan.hosts.iter().map(|(host, all)| (host.clone(), steps(all.steps.len()))).collect() }
    }

    /// Folds what the ledger has of that run.
    pub fn fold(plan: &RemedyPlan, run: &RunId, events: &[Event]) -> Result<Self, (HostId, NotAllowed)> {
        let mut state = Self::new(plan);
        for event in events.iter().filter(|event| event.run.as_ref() == Some(run)) {
            if let Some(host) = &event.host {
                state.see(host, &event.kind, event.at).map_err(|why| (host.clone(), why))?;
            }
        }
        Ok(state)
    }

    /// Takes an event in; what cannot happen changes nothing.
    pub fn see(&mut self, host: &HostId, kind: &Kind, at: Timestamp) -> Result<(), NotAllowed> {
        let Some(no) = step_of(kind) else { return Ok(()) };
        let strange = NotAllowed { phase: "not in the plan", seen: name(kind) };
        let steps = self.hosts.get_mut(host).ok_or_else(|| strange.clone())?;
        let step = steps.get_mut(no.0 as usize).ok_or(strange)?;
        *step = step.after(kind, at)?;
        Ok(())
    }

    /// What to do with a step on the way that is asked for; nothing where nothing is left.
    pub fn next(&self, host: &HostId, no: StepNo, way: Heading) -> Option<Effect> {
        let step = self.hosts.get(host)?.get(no.0 as usize)?;
        let attempt = step.tries.saturating_add(1);
        match (way, &step.standing) {
            (Heading::Forward, Standing::Open) => Some(Effect::Resume { step: no, attempt: step.tries }),
            (Heading::Forward, Standing::Undoing) => Some(Effect::Undo { step: no }),
            // What is applied is looked at again: somebody may have put the old file back.
            (Heading::Forward, _) => Some(Effect::Run { step: no, attempt }),
            (Heading::Back, Standing::Untouched | Standing::Undone) => None,
            (Heading::Back, _) => Some(Effect::Undo { step: no }),
        }
    }
}

impl StepState {
    fn after(&self, kind: &Kind, at: Timestamp) -> Result<Self, NotAllowed> {
        use Standing::{Applied, Failed, NotUndone, Open, Undoing, Undone, Untouched};
        let tries = if let Kind::StepStarted { attempt, .. } = kind { *attempt } else { self.tries };
        let standing = match (&self.standing, kind) {
            (Untouched | Open | Applied | Failed(_) | Undone | NotUndone(_), Kind::StepStarted { .. }) => Open,
            (Open, Kind::StepAdopted { .. }) => Open,
            (Untouched | Open | Applied | Failed(_) | Undone | NotUndone(_), Kind::StepFinished { .. }) => Applied,
            (Undoing, Kind::StepStarted { .. } | Kind::StepFinished { .. } | Kind::StepFailed { .. }) => {
                return Err(NotAllowed { phase: self.standing.word(), seen: name(kind) });
            }
            (_, Kind::StepFailed { fault, .. }) => Failed(fault.clone()),
            (Open | Applied | Failed(_) | Undoing | NotUndone(_), Kind::UndoStarted { .. }) => Undoing,
            (Undoing, Kind::UndoFinished { .. }) => Undone,
            (Undoing, Kind::UndoFailed { fault, .. }) => NotUndone(fault.clone()),
            (standing, _) => return Err(NotAllowed { phase: standing.word(), seen: name(kind) }),
        };
        Ok(Self { standing, tries, since: Some(at) })
    }
}

fn step_of(kind: &Kind) -> Option<StepNo> {
    match kind {
        Kind::StepStarted { step, .. } | Kind::StepAdopted { step, .. } | Kind::StepFinished { step, .. } => {
            Some(*step)
        }
        Kind::StepFailed { step, .. } => Some(*step),
        Kind::UndoStarted { step, .. } | Kind::UndoFinished { step, .. } | Kind::UndoFailed { step, .. } => Some(*step),
        _ => None,
    }
}

fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::StepStarted { .. } => "step-started",
        Kind::StepAdopted { .. } => "step-adopted",
        Kind::StepFinished { .. } => "step-done",
        Kind::StepFailed { .. } => "step-failed",
        Kind::UndoStarted { .. } => "undo-started",
        Kind::UndoFinished { .. } => "undo-done",
        Kind::UndoFailed { .. } => "undo-failed",
        _ => "something else",
    }
}
