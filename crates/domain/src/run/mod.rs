//! A run as it stands: the fold of its events over its plan.
//!
//! The scheduler (`decide`), a resumed controller, `status`, the terminal view and the report all read
//! this one fold; none of them keeps a state of its own.

pub mod schedule;

use crate::{
    Digest, Fault, HostId, Message, RunId, ServiceId, StepNo, WaveNo,
    event::{Event, Kind, ServiceState, WaitReason},
    journey::{self, Effect, NotAllowed, Phase},
    plan::{Environment, GateState, Outage, Plan, Scenery},
};
use indexmap::IndexMap;
use jiff::Timestamp;
pub use schedule::{ClosedGate, Decision, decide};

/// One run of one plan.
#[derive(Debug, Clone)]
pub struct RunState {
    /// Which run.
    pub id: RunId,
    /// Which plan.
    pub plan: Digest,
    /// Rehearsal or production.
    pub environment: Environment,
    /// On what machines.
    pub scenery: Scenery,
    /// When it began.
    pub started_at: Timestamp,
    /// The last event that was folded.
    pub last_seq: u64,
    /// Whether new hosts may begin.
    pub standing: Standing,
    /// Every host of the plan.
    pub hosts: IndexMap<HostId, HostState>,
    /// Waves that began, and when they ended.
    pub waves: IndexMap<WaveNo, WaveState>,
    /// What the prober saw last.
    pub services: IndexMap<ServiceId, ServiceState>,
    /// What each gate said last, by name.
    pub gates: IndexMap<String, GateState>,
}

/// Whether new hosts may begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Yes.
    Open,
    /// Not until somebody says go on.
    Paused {
        /// Who paused it.
        by: String,
    },
    /// No: a stop rule spoke.
    Stopped {
        /// Which.
        rule: Message,
    },
    /// All is done.
    Ended,
}

/// One host within a run.
#[derive(Debug, Clone)]
pub struct HostState {
    /// Where its journey stands.
    pub phase: Phase,
    /// The try that was written before touching, until its end is written.
    pub open_attempt: Option<OpenAttempt>,
    /// The new machine, once the provisioner answered.
    pub machine: Option<MachineSeat>,
    /// Its snapshot in the vault, once taken; proven only when the phase says so.
    pub snapshot: Option<String>,
    /// Whether the new machine was asked what was written since cutover.
    pub salvaged: bool,
    /// Why it is not moving, when it is not.
    pub waiting: Option<WaitReason>,
    /// When it was let go.
    pub begun_at: Option<Timestamp>,
    /// When it settled.
    pub settled_at: Option<Timestamp>,
    /// Faults it had, oldest first; those that a retry healed, too.
    pub faults: Vec<Fault>,
}

/// A try that was begun and not yet ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAttempt {
    /// Which step.
    pub step: StepNo,
    /// Which try.
    pub attempt: u8,
    /// Since when.
    pub since: Timestamp,
}

/// Where the new machine is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineSeat {
    /// Its own address.
    pub address: String,
    /// Its public host keys.
    pub host_keys: Vec<String>,
}

/// A wave that began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaveState {
    /// When.
    pub started_at: Timestamp,
    /// When all its hosts were settled.
    pub ended_at: Option<Timestamp>,
}

/// Why a ledger cannot be folded over this plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// The run's first event is missing.
    #[error("run {run} has no beginning in the ledger")]
    NoBeginning {
        /// Which.
        run: RunId,
    },
    /// An event names a host that the plan has not.
    #[error("event {seq} is about {host}, which the plan does not have")]
    StrangeHost {
        /// Which event.
        seq: u64,
        /// Which host.
        host: HostId,
    },
    /// An event that cannot happen here.
    #[error("event {seq} about {host}: {why}")]
    NotAllowed {
        /// Which event.
        seq: u64,
        /// Which host.
        host: HostId,
        /// Both sides.
        why: NotAllowed,
    },
}

impl RunState {
    /// Folds the events of one run, in order.
    pub fn fold<'e>(run: &RunId, plan: &Plan, events: impl IntoIterator<Item = &'e Event>) -> Result<Self, FoldError> {
        let mut events = events.into_iter().filter(|e| e.run.as_ref() == Some(run));
        let first = events.next().ok_or_else(|| FoldError::NoBeginning { run: run.clone() })?;
        let mut state = Self::begin(run, plan, first)?;
        events.try_for_each(|event| state.see(plan, event))?;
        Ok(state)
    }

    /// The state after `RunStarted`.
    pub fn begin(run: &RunId, plan: &Plan, first: &Event) -> Result<Self, FoldError> {
        let Kind::RunStarted { plan: digest, environment, scenery, .. } = &first.kind else {
            return Err(FoldError::NoBeginning { run: run.clone() });
        };
        Ok(Self {
            id: run.clone(),
            plan: digest.clone(),
            environment: *environment,
            scenery: *scenery,
            started_at: first.at,
            last_seq: first.seq,
            standing: Standing::Open,
            hosts: plan.hosts.keys().map(|h| (h.clone(), HostState::new())).collect(),
            waves: IndexMap::new(),
            services: IndexMap::new(),
            gates: IndexMap::new(),
        })
    }

    /// Takes one more event in.
    pub fn see(&mut self, plan: &Plan, event: &Event) -> Result<(), FoldError> {
        self.last_seq = event.seq;
        match &event.kind {
            Kind::RunPaused { by } => self.pause(by),
            Kind::RunUnpaused { .. } => self.unpause(),
            Kind::RunStopped { rule } => self.standing = Standing::Stopped { rule: rule.clone() },
            Kind::RunEnded { .. } => self.standing = Standing::Ended,
            Kind::RunResumed { .. } => self.reopen(),
            Kind::WaveStarted { wave } => self.wave_started(*wave, event.at),
            Kind::WaveEnded { wave } => self.wave_ended(*wave, event.at),
            Kind::ServiceChanged { service, state, .. } => drop(self.services.insert(service.clone(), *state)),
            Kind::GateChanged { gate, state, .. } => drop(self.gates.insert(gate.clone(), *state)),
            _ => self.see_host(plan, event)?,
        }
        Ok(())
    }

    fn pause(&mut self, by: &str) {
        if self.standing == Standing::Open {
            self.standing = Standing::Paused { by: by.to_owned() };
        }
    }

    fn unpause(&mut self) {
        if matches!(self.standing, Standing::Paused { .. }) {
            self.standing = Standing::Open;
        }
    }

    /// A run that ended with hosts still to move may be taken up again.
    fn reopen(&mut self) {
        if self.standing == Standing::Ended {
            self.standing = Standing::Open;
        }
    }

    fn wave_started(&mut self, wave: WaveNo, at: Timestamp) {
        self.waves.entry(wave).or_insert(WaveState { started_at: at, ended_at: None });
    }

    fn wave_ended(&mut self, wave: WaveNo, at: Timestamp) {
        if let Some(state) = self.waves.get_mut(&wave) {
            state.ended_at = Some(at);
        }
    }

    /// Where this event would lead its host, and what to do then; nothing is taken in.
    pub fn foresee(&self, plan: &Plan, host: &HostId, kind: &Kind) -> Result<Option<Effect>, NotAllowed> {
        let strange = || NotAllowed { phase: "unknown", seen: "event of a host that the plan does not have" };
        let job = plan.hosts.get(host).ok_or_else(strange)?;
        let state = self.hosts.get(host).ok_or_else(strange)?;
        let Some(seen) = kind.seen() else { return Ok(None) };
        journey::next(job, plan.policy.on_failure, state.phase.clone(), seen).map(|(_, effect)| effect)
    }

    fn see_host(&mut self, plan: &Plan, event: &Event) -> Result<(), FoldError> {
        let Some(host) = &event.host else { return Ok(()) };
        let strange = || FoldError::StrangeHost { seq: event.seq, host: host.clone() };
        let job = plan.hosts.get(host).ok_or_else(strange)?;
        let state = self.hosts.get_mut(host).ok_or_else(strange)?;
        state.note(event);
        let Some(seen) = event.kind.seen() else { return Ok(()) };
        let phase = std::mem::replace(&mut state.phase, Phase::Waiting);
        let (phase, _) = journey::next(job, plan.policy.on_failure, phase, seen)
            .map_err(|why| FoldError::NotAllowed { seq: event.seq, host: host.clone(), why })?;
        state.settled_at = phase.settled().then_some(event.at);
        state.phase = phase;
        Ok(())
    }

    /// Hosts that may be away from their service now: in motion at or past their outage, or held.
    pub fn away(&self) -> impl Iterator<Item = &HostId> {
        self.hosts.iter().filter(|(_, s)| s.may_be_away()).map(|(id, _)| id)
    }

    /// Hosts that ended otherwise than accepted: what the failure budget counts.
    pub fn spent(&self) -> u32 {
        count(self.hosts.values().filter(|s| s.failed()))
    }

    /// How many hosts each kind of end has: accepted, rolled back, held, not begun.
    pub fn tally(&self) -> Tally {
        let of = |name: &str| count(self.hosts.values().filter(|s| s.phase.name() == name));
        Tally { accepted: of("accepted"), rolled_back: of("rolled-back"), held: of("held"), not_begun: of("waiting") }
    }
}

/// How hosts ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// On EL9.
    pub accepted: u32,
    /// On EL7 again.
    pub rolled_back: u32,
    /// Waiting for a person.
    pub held: u32,
    /// Never begun.
    pub not_begun: u32,
}

impl HostState {
    fn new() -> Self {
        Self {
            phase: Phase::Waiting,
            open_attempt: None,
            machine: None,
            snapshot: None,
            salvaged: false,
            waiting: None,
            begun_at: None,
            settled_at: None,
            faults: Vec::new(),
        }
    }

    fn note(&mut self, event: &Event) {
        match &event.kind {
            Kind::Begun { .. } => {
                self.begun_at = Some(event.at);
                self.waiting = None;
            }
            Kind::Waiting { reason } => self.waiting = Some(reason.clone()),
            Kind::StepStarted { step, attempt, .. } => {
                self.open_attempt = Some(OpenAttempt { step: *step, attempt: *attempt, since: event.at });
            }
            Kind::StepFailed { fault, .. } | Kind::UndoFailed { fault, .. } => {
                self.open_attempt = None;
                self.faults.push(fault.clone());
            }
            Kind::StepFinished { .. } | Kind::BackupProven { .. } | Kind::UndoFinished { .. } => {
                self.open_attempt = None
            }
            Kind::BackedUp { snapshot, .. } => self.snapshot = Some(snapshot.clone()),
            Kind::Salvaged { .. } => self.salvaged = true,
            Kind::MachineMade { address, host_keys, .. } => {
                self.machine = Some(MachineSeat { address: address.clone(), host_keys: host_keys.clone() });
            }
            _ => {}
        }
    }

    /// Whether it counts against the failure budget.
    pub fn failed(&self) -> bool {
        matches!(self.phase, Phase::RolledBack { .. } | Phase::RollingBack { .. } | Phase::Held { .. })
    }

    /// A host that is in motion counts as away from its first step that could take the service down;
    /// being careful, it counts from its begin. One that is held may be away, so it counts, too.
    fn may_be_away(&self) -> bool {
        self.phase.in_motion() || matches!(self.phase, Phase::Held { .. })
    }
}

/// Whether the service of this host is away while it stands at `at`: between its outage's begin and end.
pub fn in_outage(job: &crate::plan::HostPlan, at: StepNo) -> bool {
    let upto = job.steps.iter().take(at.0 as usize + 1);
    upto.fold(false, |away, step| match step.outage {
        Outage::Begins => true,
        Outage::Ends => false,
        Outage::None => away,
    })
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}
