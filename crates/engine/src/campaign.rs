//! The loop over the whole fleet: lets hosts go, follows them, and stops when there is nothing left to do.
//!
//! Who may go is the domain's decision; this loop asks it again whenever something happened.

use crate::{
    book::{Book, EngineError, View},
    gates::Gatekeeper,
    perform::Traveller,
    ports::{Clock, Control, Ports, Request},
    probe,
    samples::SLICE,
};
use rockhop_domain::{
    Fault, FaultClass, HostId, Message, RunId, WaveNo,
    event::{Kind, WaitReason},
    journey::{Effect, Phase},
    plan::{GateTime, Plan, Stage},
    report::NEEDED,
    run::{ClosedGate, Decision, Standing, Tally, decide, in_outage},
};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{task::JoinSet, time::sleep};

/// How the loop paces itself.
#[derive(Debug, Clone)]
pub struct Pace {
    /// Between two looks at requests, windows and gates.
    pub tick: Duration,
    /// How long services are watched before the first host goes and after the last one is done.
    pub baseline: Duration,
    /// Between two probes of a service.
    pub probe_interval: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            tick: Duration::from_millis(500),
            // As many slices as a verdict about latencies needs, and one for a late start.
            baseline: SLICE * (u32::try_from(NEEDED).unwrap_or(u32::MAX) + 1),
            probe_interval: Duration::from_millis(500),
        }
    }
}

/// One run of one plan over a world of ports.
pub struct Campaign<P: Ports> {
    book: Arc<Book<P>>,
    gates: Arc<Gatekeeper<P>>,
    pace: Pace,
    /// Only these waves may begin; empty means all.
    waves: Vec<WaveNo>,
    known: bool,
    asked_back: Mutex<HashMap<HostId, String>>,
}

impl<P: Ports> Campaign<P> {
    /// Opens the run: begins it, or takes up where the ledger says it stands.
    pub fn open(ports: Arc<P>, plan: Arc<Plan>, run: RunId, by: &str, views: Vec<View>) -> Result<Self, EngineError> {
        let first = Kind::RunStarted {
            plan: plan.digest(),
            environment: plan.environment,
            scenery: plan.scenery,
            by: by.to_owned(),
        };
        let (book, known) = Book::open(ports, plan, run, first, views)?;
        let asked_back = Mutex::new(HashMap::new());
        let book = Arc::new(book);
        let gates = Gatekeeper::new(Arc::clone(&book));
        Ok(Self { book, gates, pace: Pace::default(), waves: Vec::new(), known, asked_back })
    }

    /// The same campaign at another pace.
    #[must_use]
    pub fn with_pace(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }

    /// The same campaign, limited to these waves.
    #[must_use]
    pub fn only(mut self, waves: Vec<WaveNo>) -> Self {
        self.waves = waves;
        self
    }

    /// The record.
    pub fn book(&self) -> &Book<P> {
        &self.book
    }

    /// Runs until nothing is left to do, and says how the hosts ended.
    ///
    /// # Errors
    /// When the ledger fails, or holds what cannot have happened. Hosts that were in motion then stand
    /// where the ledger says; running again takes them up.
    pub async fn run(self) -> Result<Tally, EngineError> {
        let this = Arc::new(self);
        let watch = probe::watch(&this.book, this.pace.probe_interval);
        let end = this.travel().await;
        if end.is_ok() && !this.untouched() {
            sleep(this.pace.baseline).await;
        }
        watch.finish()?;
        end?;
        this.close()
    }

    async fn travel(self: &Arc<Self>) -> Result<(), EngineError> {
        let mut hosts = JoinSet::new();
        if self.known {
            self.wake(&mut hosts)?;
        } else {
            sleep(self.pace.baseline).await;
        }
        loop {
            self.take_requests(&mut hosts)?;
            self.stop_rule()?;
            let begun = self.decide(&mut hosts).await?;
            self.end_waves()?;
            if hosts.is_empty() && !begun && self.nothing_left().await? {
                return Ok(());
            }
            tokio::select! {
                Some(end) = hosts.join_next() => self.host_ended(end)?,
                () = sleep(self.pace.tick) => {}
            }
        }
    }

    /// After a crash every host in motion is looked at where the ledger says it stands.
    fn wake(self: &Arc<Self>, hosts: &mut Hosts) -> Result<(), EngineError> {
        let in_motion = self.in_motion();
        self.book.note(Kind::RunResumed { in_motion: u32::try_from(in_motion.len()).unwrap_or(u32::MAX) })?;
        for (host, effect) in in_motion {
            self.spawn(hosts, host, effect);
        }
        Ok(())
    }

    fn in_motion(&self) -> Vec<(HostId, Effect)> {
        let state = self.book.state();
        let woken = |(id, s): (&HostId, &rockhop_domain::run::HostState)| Some((id.clone(), s.phase.woken()?));
        state.hosts.iter().filter_map(woken).collect()
    }

    fn spawn(self: &Arc<Self>, hosts: &mut Hosts, host: HostId, first: Effect) {
        let this = Arc::clone(self);
        hosts.spawn(async move {
            let end = this.follow(&host, first).await;
            (host, end)
        });
    }

    /// Follows one host from effect to effect until its journey asks for nothing more.
    async fn follow(&self, host: &HostId, first: Effect) -> Result<(), EngineError> {
        let Some(traveller) = Traveller::new(&self.book, &self.gates, host) else { return Ok(()) };
        let mut effect = Some(first);
        while let Some(now) = effect {
            self.hold_while_paused(host, now).await;
            effect = match self.asked_back(host, now) {
                Some(by) => self.turn_back(host, by)?,
                None => traveller.perform(now).await?,
            };
        }
        Ok(())
    }

    /// Pause means pause: a host goes on to its next safe point, which is any step outside its outage
    /// before the cutover is through.
    async fn hold_while_paused(&self, host: &HostId, effect: Effect) {
        while self.paused() && self.at_safe_point(host, effect) && !self.has_been_asked_back(host) {
            sleep(self.pace.tick).await;
        }
    }

    fn paused(&self) -> bool {
        matches!(self.book.state().standing, Standing::Paused { .. })
    }

    fn at_safe_point(&self, host: &HostId, effect: Effect) -> bool {
        let Effect::Run { step, attempt: 1 } = effect else { return false };
        let Some(job) = self.book.plan.hosts.get(host) else { return false };
        let Some(before) = step.0.checked_sub(1) else { return true };
        let stage = job.steps.get(step.0 as usize).map_or(Stage::Accept, |s| s.stage);
        stage <= Stage::Cutover && !in_outage(job, rockhop_domain::StepNo(before))
    }

    fn has_been_asked_back(&self, host: &HostId) -> bool {
        self.asked().contains_key(host)
    }

    fn asked_back(&self, host: &HostId, effect: Effect) -> Option<String> {
        let forward = !matches!(effect, Effect::Undo { .. });
        if forward { self.asked().remove(host) } else { None }
    }

    fn asked(&self) -> std::sync::MutexGuard<'_, HashMap<HostId, String>> {
        self.asked_back.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn turn_back(&self, host: &HostId, by: String) -> Result<Option<Effect>, EngineError> {
        let why = Fault::new(FaultClass::Failed, Message::new("fault-asked-back").with("host", host).with("by", &by));
        self.book.record(host, Kind::RollbackAsked { why, by })
    }

    fn host_ended(
        &self,
        end: Result<(HostId, Result<(), EngineError>), tokio::task::JoinError>,
    ) -> Result<(), EngineError> {
        match end {
            Ok((_, Ok(()))) => Ok(()),
            // A ledger that cannot write stops that host and only that host; the rest of this loop finds out
            // for itself whether the ledger is gone for all.
            Ok((host, Err(error))) => {
                tracing::error!(%host, %error, "host stopped");
                Ok(())
            }
            Err(panic) => {
                tracing::error!(%panic, "a host's task ended by a defect of this program");
                Ok(())
            }
        }
    }

    fn take_requests(self: &Arc<Self>, hosts: &mut Hosts) -> Result<(), EngineError> {
        for request in self.book.ports.control().requests() {
            match request {
                Request::Pause { by } => self.book.note(Kind::RunPaused { by })?,
                Request::Unpause { by } => self.book.note(Kind::RunUnpaused { by })?,
                Request::Rollback { host, by } => self.rollback(hosts, host, by)?,
                Request::Retry { host, by } => self.retry(hosts, host, by)?,
            }
        }
        Ok(())
    }

    /// A host in motion turns at its next step; one that stands still is taken back at once.
    fn rollback(self: &Arc<Self>, hosts: &mut Hosts, host: HostId, by: String) -> Result<(), EngineError> {
        let phase = self.book.state().hosts.get(&host).map(|s| s.phase.clone());
        match phase {
            Some(Phase::Securing { .. } | Phase::Moving { .. }) => drop(self.asked().insert(host, by)),
            Some(Phase::Accepted { .. } | Phase::Held { .. }) => {
                if let Some(effect) = self.turn_back(&host, by)? {
                    self.spawn(hosts, host, effect);
                }
            }
            _ => tracing::warn!(%host, "a rollback was asked for a host that is not on its way"),
        }
        Ok(())
    }

    fn retry(self: &Arc<Self>, hosts: &mut Hosts, host: HostId, by: String) -> Result<(), EngineError> {
        let held = self.book.state().hosts.get(&host).is_some_and(|s| matches!(s.phase, Phase::Held { .. }));
        if !held {
            tracing::warn!(%host, "a retry was asked for a host that is not held");
            return Ok(());
        }
        if let Some(effect) = self.book.record(&host, Kind::RetryAsked { by })? {
            self.spawn(hosts, host, effect);
        }
        Ok(())
    }

    /// One failure budget for the whole campaign; failed, unreachable and unknown count alike.
    fn stop_rule(&self) -> Result<(), EngineError> {
        let (spent, standing) = {
            let state = self.book.state();
            (state.spent(), state.standing.clone())
        };
        let budget = self.book.plan.policy.failure_budget;
        if spent <= budget || !matches!(standing, Standing::Open | Standing::Paused { .. }) {
            return Ok(());
        }
        let rule = Message::new("stop-failure-budget").with("spent", spent).with("budget", budget);
        self.book.note(Kind::RunStopped { rule })
    }

    async fn decide(self: &Arc<Self>, hosts: &mut Hosts) -> Result<bool, EngineError> {
        let mut begun = false;
        for decision in self.decisions().await? {
            match decision {
                Decision::Begin { host, wave } => {
                    self.begin(hosts, host, wave)?;
                    begun = true;
                }
                Decision::Wait { host, reason } => self.wait(&host, reason)?,
            }
        }
        Ok(begun)
    }

    /// Gates are asked when a host could go but for them: not all night long while a window is closed. Then all
    /// of them are, since a closed one makes room for hosts that another one is about.
    async fn decisions(&self) -> Result<Vec<Decision>, EngineError> {
        let open = self.decide_with(&self.services_down());
        if !open.iter().any(|d| matches!(d, Decision::Begin { .. })) {
            return Ok(open);
        }
        let mut closed: Vec<ClosedGate> =
            self.gates.shut(GateTime::Before, None).await?.into_iter().map(|shut| shut.gate).collect();
        closed.extend(self.services_down());
        Ok(self.decide_with(&closed))
    }

    fn decide_with(&self, closed: &[ClosedGate]) -> Vec<Decision> {
        let now = self.book.ports.clock().now();
        let state = self.book.state();
        let allowed = |d: &Decision| match d {
            Decision::Begin { wave, .. } => self.waves.is_empty() || self.waves.contains(wave),
            Decision::Wait { .. } => true,
        };
        decide(&self.book.plan, &state, now, closed).into_iter().filter(allowed).collect()
    }

    /// A service that is away although none of its hosts is in its outage: no further host goes.
    fn services_down(&self) -> Vec<ClosedGate> {
        let state = self.book.state();
        let plan = &self.book.plan;
        let explained: HashSet<&HostId> = state.away().collect();
        let down = plan.services.iter().filter(|s| {
            let up = state.services.get(&s.id).is_none_or(|now| *now == rockhop_domain::event::ServiceState::Up);
            !up && !s.hosts.iter().any(|h| explained.contains(h))
        });
        down.map(|s| ClosedGate { gate: format!("service:{}", s.id), roles: Vec::new() }).collect()
    }

    fn begin(self: &Arc<Self>, hosts: &mut Hosts, host: HostId, wave: WaveNo) -> Result<(), EngineError> {
        if !self.book.state().waves.contains_key(&wave) {
            self.book.note(Kind::WaveStarted { wave })?;
        }
        if let Some(effect) = self.book.record(&host, Kind::Begun { wave })? {
            self.spawn(hosts, host, effect);
        }
        Ok(())
    }

    /// Written when the reason changes. Hosts of later waves all wait for the same thing: that is the
    /// plan's order and needs no event for each of ten thousand.
    fn wait(&self, host: &HostId, reason: WaitReason) -> Result<(), EngineError> {
        let same = self.book.state().hosts.get(host).is_some_and(|s| s.waiting.as_ref() == Some(&reason));
        if same || matches!(reason, WaitReason::Dependency { .. }) {
            return Ok(());
        }
        self.book.record(host, Kind::Waiting { reason }).map(drop)
    }

    fn end_waves(&self) -> Result<(), EngineError> {
        let ended: Vec<WaveNo> = {
            let state = self.book.state();
            let settled = |h: &HostId| state.hosts.get(h).is_some_and(|s| s.phase.settled());
            let open = |no: &WaveNo| state.waves.get(no).is_some_and(|w| w.ended_at.is_none());
            let waves = self.book.plan.waves.iter();
            waves.filter(|w| open(&w.no) && w.hosts.iter().all(settled)).map(|w| w.no).collect()
        };
        ended.into_iter().try_for_each(|wave| self.book.note(Kind::WaveEnded { wave }))
    }

    /// Whether waiting longer can change nothing: all settled, stopped, or held back for good.
    async fn nothing_left(&self) -> Result<bool, EngineError> {
        if self.book.state().hosts.values().any(|s| s.phase.in_motion()) {
            // In motion without a task: its ledger writes failed. Only a new start can take it up.
            return Ok(true);
        }
        let decisions = self.decisions().await?;
        let can_change = |d: &Decision| match d {
            Decision::Begin { .. } => true,
            Decision::Wait { reason, .. } => may_pass(reason),
        };
        Ok(!decisions.iter().any(can_change))
    }

    fn untouched(&self) -> bool {
        self.book.state().hosts.values().all(|s| s.begun_at.is_none())
    }

    fn close(&self) -> Result<Tally, EngineError> {
        let tally = self.book.state().tally();
        let Tally { accepted, rolled_back, held, not_begun } = tally;
        self.book.note(Kind::RunEnded { accepted, rolled_back, held, not_begun })?;
        Ok(tally)
    }
}

type Hosts = JoinSet<(HostId, Result<(), EngineError>)>;

/// Whether this reason goes away by itself, by a person's word or by the end of another host.
fn may_pass(reason: &WaitReason) -> bool {
    match reason {
        WaitReason::Paused | WaitReason::Window { .. } | WaitReason::Cutoff { .. } | WaitReason::Gate { .. } => true,
        WaitReason::Lock { .. } | WaitReason::RoleLimit { .. } | WaitReason::FleetLimit { .. } => false,
        WaitReason::Budget | WaitReason::Dependency { .. } | WaitReason::Canary { .. } | WaitReason::Order { .. } => {
            false
        }
        WaitReason::StaleFacts | WaitReason::Approval => false,
    }
}
