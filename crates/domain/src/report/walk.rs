//! One pass over a run's events, remembering at which row each host's standing changed.
//!
//! The standing itself is [`RunState`]'s; this adds only the rows, so that every figure can name them.

use super::{EvidenceRef, Moment, ReportError, figure::set_back};
use crate::{
    Digest, HostId, RunId, StepNo,
    event::{Event, Kind},
    journey::Phase,
    plan::{Environment, Outage, Plan, Scenery},
    run::RunState,
};
use indexmap::IndexMap;
use serde::Serialize;

/// How a host stands, as the report counts it. Every host stands in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// On EL9, kept.
    Accepted,
    /// On EL7 again.
    RolledBack,
    /// Waits for a person.
    Held,
    /// Under way.
    InMotion,
    /// Not begun.
    NotBegun,
}

impl End {
    /// Every standing, in the order in which tables show them.
    pub const ALL: [Self; 5] = [Self::Accepted, Self::RolledBack, Self::Held, Self::InMotion, Self::NotBegun];

    /// A stable key for machines and the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::RolledBack => "rolled-back",
            Self::Held => "held",
            Self::InMotion => "in-motion",
            Self::NotBegun => "not-begun",
        }
    }

    fn of(phase: &Phase) -> Self {
        match phase {
            Phase::Waiting => Self::NotBegun,
            Phase::Securing { .. } | Phase::Moving { .. } | Phase::RollingBack { .. } => Self::InMotion,
            Phase::Accepted { .. } => Self::Accepted,
            Phase::RolledBack { .. } => Self::RolledBack,
            Phase::Held { .. } => Self::Held,
        }
    }
}

/// A host's standing from this row on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub at: Moment,
    pub to: End,
}

/// A time in which a host's service was away, by its own steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Away {
    /// The step that takes the service away was about to run.
    pub from: Moment,
    /// The step that brings it back was verified, or the move was undone; `None` while it is still away.
    pub to: Option<Moment>,
}

/// One run, walked through.
pub(super) struct Walk<'a> {
    pub id: RunId,
    pub plan: &'a Plan,
    pub plan_digest: Digest,
    pub environment: Environment,
    pub scenery: Scenery,
    pub events: Vec<&'a Event>,
    pub state: RunState,
    pub turns: IndexMap<HostId, Vec<Turn>>,
}

impl<'a> Walk<'a> {
    /// Walks through `run`.
    pub fn through(run: &RunId, events: &'a [Event], plans: &'a IndexMap<Digest, Plan>) -> Result<Self, ReportError> {
        let events: Vec<&Event> = events.iter().filter(|e| e.run.as_ref() == Some(run)).collect();
        let unknown = || ReportError::UnknownRun { run: run.clone() };
        let first = *events.first().ok_or_else(unknown)?;
        let Kind::RunStarted { plan: digest, environment, scenery, .. } = &first.kind else { return Err(unknown()) };
        let plan = plans.get(digest).ok_or_else(|| ReportError::NoPlan { run: run.clone(), plan: digest.clone() })?;
        let mut walk = Self {
            id: run.clone(),
            plan,
            plan_digest: digest.clone(),
            environment: *environment,
            scenery: *scenery,
            state: RunState::begin(run, plan, first)?,
            turns: IndexMap::new(),
            events: Vec::new(),
        };
        events[1..].iter().try_for_each(|event| walk.see(event))?;
        walk.events = events;
        Ok(walk)
    }

    fn see(&mut self, event: &Event) -> Result<(), ReportError> {
        self.state.see(self.plan, event)?;
        let Some(host) = &event.host else { return Ok(()) };
        let Some(state) = self.state.hosts.get(host) else { return Ok(()) };
        let to = End::of(&state.phase);
        let turns = self.turns.entry(host.clone()).or_default();
        if turns.last().map_or(End::NotBegun, |t| t.to) != to {
            turns.push(Turn { at: Moment::of(event), to });
        }
        Ok(())
    }

    /// How a host stands now.
    pub fn end(&self, host: &HostId) -> End {
        self.state.hosts.get(host).map_or(End::NotBegun, |s| End::of(&s.phase))
    }

    /// How a host stood right after row `seq`.
    pub fn end_after(&self, host: &HostId, seq: u64) -> End {
        let turns = self.turns.get(host).into_iter().flatten();
        turns.take_while(|t| t.at.seq <= seq).last().map_or(End::NotBegun, |t| t.to)
    }

    /// The row that made a host stand as it does now.
    pub fn settled(&self, host: &HostId) -> Option<Moment> {
        let last = self.turns.get(host)?.last()?;
        matches!(last.to, End::Accepted | End::RolledBack | End::Held).then_some(last.at)
    }

    /// Rows that say how a host stands: its own last turn, or, if it never began, the run's first row and the plan.
    pub fn origin_of(&self, host: &HostId) -> Vec<EvidenceRef> {
        match self.turns.get(host).and_then(|t| t.last()) {
            Some(turn) => vec![turn.at.origin()],
            None => self.whole(),
        }
    }

    /// Where anything of this run would have been seen: its first row, its last row, its plan.
    pub fn whole(&self) -> Vec<EvidenceRef> {
        vec![self.first().origin(), self.last().origin(), EvidenceRef::Plan(self.plan_digest.clone())]
    }

    /// The run's first row.
    pub fn first(&self) -> Moment {
        self.events.first().map_or(Moment { at: self.state.started_at, seq: self.state.last_seq }, |e| Moment::of(e))
    }

    /// The run's last row.
    pub fn last(&self) -> Moment {
        self.events.last().map_or(self.first(), |e| Moment::of(e))
    }

    /// Until when the run was watched: its end, or its last row so far.
    pub fn end_of_watch(&self) -> Moment {
        self.ended().map_or(self.last(), Moment::of)
    }

    /// The row that ended the run, unless it was taken up again afterwards.
    pub fn ended(&self) -> Option<&'a Event> {
        let last = self.events.iter().rev().find(|e| matches!(e.kind, Kind::RunEnded { .. } | Kind::RunResumed { .. }));
        last.copied().filter(|e| matches!(e.kind, Kind::RunEnded { .. }))
    }

    /// The row that stopped the run for good.
    pub fn stopped(&self) -> Option<&'a Event> {
        self.events.iter().rev().find(|e| matches!(e.kind, Kind::RunStopped { .. })).copied()
    }

    /// Whether the clock was set back during the run: what rows bound then, nobody knows.
    pub fn clock_set_back(&self) -> bool {
        self.events.windows(2).any(|w| set_back(w[0].at, w[1].at))
    }

    /// Events about one host.
    pub fn of_host(&self, host: &HostId) -> impl Iterator<Item = &'a Event> {
        self.events.iter().copied().filter(move |e| e.host.as_ref() == Some(host))
    }

    /// When the controller was not there to look: from the last row before it came back to the row of its return.
    pub fn absences(&self) -> Vec<(Moment, Moment)> {
        let pairs = self.events.windows(2).filter(|w| matches!(w[1].kind, Kind::RunResumed { .. }));
        pairs.map(|w| (Moment::of(w[0]), Moment::of(w[1]))).collect()
    }

    /// The times in which a host's service was away, by the steps that take it away and bring it back.
    pub fn away(&self, host: &HostId) -> Vec<Away> {
        let mut all: Vec<Away> = Vec::new();
        for event in self.of_host(host) {
            let open = all.last_mut().filter(|a| a.to.is_none());
            match (self.effect(host, event), open) {
                (Some(Outage::Begins), None) => all.push(Away { from: Moment::of(event), to: None }),
                (Some(Outage::Ends), Some(away)) => away.to = Some(Moment::of(event)),
                _ => {}
            }
        }
        all
    }

    /// What a row means to the service of its host.
    fn effect(&self, host: &HostId, event: &Event) -> Option<Outage> {
        let outage = |step: StepNo| Some(self.plan.hosts.get(host)?.steps.get(step.0 as usize)?.outage);
        match &event.kind {
            Kind::StepStarted { step, .. } => outage(*step).filter(|o| *o == Outage::Begins),
            Kind::StepFinished { step, .. } => outage(*step).filter(|o| *o == Outage::Ends),
            // Undone in reverse: once the step that took the service away is taken back, the old host serves.
            Kind::UndoFinished { step, .. } => outage(*step).filter(|o| *o == Outage::Begins).map(|_| Outage::Ends),
            _ => None,
        }
    }
}
