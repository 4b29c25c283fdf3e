//! Carries a plan of remedies out, or takes it back: the same questions to a host, in the same order, written down in the
//! same events as the steps of a migration.
//!
//! It knows neither vault nor provisioner: no service moves here. It keeps no state but the fold of the ledger, so it may
//! be killed at any instant. What the domain says cannot happen is not written.

use crate::{
    book::View,
    perform::{LOOK_TIMEOUT, bounded},
    ports::{Answer, Ask, Clock, JobFound, JobId, Ledger, LedgerFailed, Question, Seat, Target},
};
use rockhop_domain::{
    Fault, FaultClass, HostId, Message, RunId, StepNo,
    event::{Kind, Outcome},
    journey::{Effect, Heading, NotAllowed},
    remedy::{
        CHANGED, FileRemedy, RemedyPlan,
        standing::{RemedyState, Standing},
    },
};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::task::{JoinError, JoinSet};

/// One plan of remedies over a world of three ports.
pub struct Remedies<T, L, C> {
    target: T,
    ledger: L,
    clock: C,
    plan: Arc<RemedyPlan>,
    run: RunId,
    state: Mutex<RemedyState>,
    views: Vec<View>,
}

/// How the files stand that were asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RemedyTally {
    /// As they were to be.
    pub done: u32,
    /// Not so, or nobody knows.
    pub failed: u32,
    /// Of hosts that were not begun, since too many failed.
    pub left: u32,
}

/// Why the remedies stop.
#[derive(Debug, thiserror::Error)]
pub enum RemedyError {
    /// An event could not be kept or read.
    #[error(transparent)]
    Ledger(#[from] LedgerFailed),
    /// The ledger holds what cannot have happened, or it was about to be written; it was not.
    #[error("{host}: {why}")]
    NotAllowed {
        /// Which host.
        host: HostId,
        /// Both sides.
        why: NotAllowed,
    },
    /// A defect of this program.
    #[error("a host's remedies ended in a panic: {0}")]
    Panic(#[from] JoinError),
}

/// Whether a host's other files are tried.
enum Goes {
    On,
    /// The host cannot be asked: what is left of it waits.
    NoFurther,
}

impl<T: Target, L: Ledger, C: Clock> Remedies<T, L, C> {
    /// Takes up what the ledger says of this run of the plan.
    ///
    /// # Errors
    /// When the ledger cannot be read, or holds what cannot have happened.
    pub fn open(
        ports: (T, L, C),
        plan: Arc<RemedyPlan>,
        run: RunId,
        views: Vec<View>,
    ) -> Result<Arc<Self>, RemedyError> {
        let (target, ledger, clock) = ports;
        let state = RemedyState::fold(&plan, &run, &ledger.read()?)
            .map_err(|(host, why)| RemedyError::NotAllowed { host, why })?;
        Ok(Arc::new(Self { target, ledger, clock, plan, run, state: Mutex::new(state), views }))
    }

    /// Goes that way on those hosts: the first alone, the others side by side. When more hosts failed than the plan
    /// allows, no further one begins.
    ///
    /// # Errors
    /// When the ledger fails. Files then stand where it says; going again takes them up.
    pub async fn go(self: &Arc<Self>, way: Heading, hosts: &[HostId], by: &str) -> Result<RemedyTally, RemedyError> {
        let plan = self.plan.digest();
        self.keep(
            None,
            Kind::RemediesStarted { plan: plan.clone(), way, hosts: count(hosts.len()), by: by.to_owned() },
        )?;
        let begun = self.visit(way, hosts).await?;
        let tally = self.tally(way, hosts, begun);
        let RemedyTally { done, failed, left } = tally;
        self.keep(None, Kind::RemediesEnded { plan, way, done, failed, left })?;
        Ok(tally)
    }

    /// Where every file stands.
    pub fn state(&self) -> RemedyState {
        self.lock().clone()
    }

    /// Answers how many hosts were begun.
    async fn visit(self: &Arc<Self>, way: Heading, hosts: &[HostId]) -> Result<usize, RemedyError> {
        let (mut at_work, mut begun, mut failed) = (JoinSet::new(), 0, 0_u32);
        loop {
            let wide = self.plan.hosts_in_parallel.max(1) as usize;
            while at_work.len() < wide && begun < hosts.len() && failed <= self.plan.failure_budget {
                let (this, host) = (Arc::clone(self), hosts[begun].clone());
                at_work.spawn(async move { this.host(way, &host).await });
                begun += 1;
                if begun == 1 {
                    break; // the first goes alone
                }
            }
            match at_work.join_next().await {
                Some(end) => failed += u32::from(!end??),
                None => return Ok(begun),
            }
        }
    }

    /// One host's files, on the way back the last one first; answers whether all went well.
    async fn host(&self, way: Heading, host: &HostId) -> Result<bool, RemedyError> {
        let Some(remedies) = self.plan.hosts.get(host) else { return Ok(true) };
        let mut numbers: Vec<StepNo> = (0..count(remedies.steps.len())).map(StepNo).collect();
        if way == Heading::Back {
            numbers.reverse();
        }
        let mut well = true;
        for no in numbers {
            let Some(step) = remedies.steps.get(no.0 as usize) else { continue };
            let goes = self.file(way, host, no, step).await?;
            well &= self.is_so(way, host, no);
            if matches!(goes, Goes::NoFurther) {
                return Ok(false);
            }
        }
        Ok(well)
    }

    /// One file, until nothing is left to do: what a crash left open is ended first.
    async fn file(&self, way: Heading, host: &HostId, no: StepNo, step: &FileRemedy) -> Result<Goes, RemedyError> {
        let hand = Hand { of: self, host, no, step };
        loop {
            let next = self.lock().next(host, no, way);
            let (goes, over) = match next {
                None => return Ok(Goes::On),
                Some(Effect::Run { attempt, .. }) => (hand.run(attempt, false).await?, true),
                Some(Effect::Resume { attempt, .. }) => (hand.run(attempt, true).await?, true),
                Some(Effect::Undo { .. }) => (hand.undo().await?, way == Heading::Back),
            };
            if over || matches!(goes, Goes::NoFurther) {
                return Ok(goes);
            }
        }
    }

    fn tries(&self, host: &HostId, no: StepNo) -> u8 {
        let state = self.lock();
        state.hosts.get(host).and_then(|steps| steps.get(no.0 as usize)).map_or(0, |step| step.tries)
    }

    fn is_so(&self, way: Heading, host: &HostId, no: StepNo) -> bool {
        let state = self.lock();
        let standing = state.hosts.get(host).and_then(|steps| steps.get(no.0 as usize)).map(|step| &step.standing);
        match way {
            Heading::Forward => standing == Some(&Standing::Applied),
            Heading::Back => matches!(standing, Some(Standing::Untouched | Standing::Undone)),
        }
    }

    fn tally(&self, way: Heading, hosts: &[HostId], begun: usize) -> RemedyTally {
        let mut tally = RemedyTally::default();
        for (at, host) in hosts.iter().enumerate() {
            let steps = self.plan.hosts.get(host).map_or(0, |remedies| remedies.steps.len());
            for no in (0..count(steps)).map(StepNo) {
                match (self.is_so(way, host, no), at < begun) {
                    (true, _) => tally.done += 1,
                    (false, true) => tally.failed += 1,
                    (false, false) => tally.left += 1,
                }
            }
        }
        tally
    }

    /// Kept first, then folded, then shown.
    fn keep(&self, host: Option<&HostId>, kind: Kind) -> Result<(), RemedyError> {
        let (mut state, now) = (self.lock(), self.clock.now());
        let mut after = state.clone();
        if let Some(host) = host {
            after.see(host, &kind, now).map_err(|why| RemedyError::NotAllowed { host: host.clone(), why })?;
        }
        let event = self.ledger.append(Some(&self.run), host, &kind, now)?;
        *state = after;
        drop(state);
        self.views.iter().for_each(|view| view(&event));
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, RemedyState> {
        // A poisoned lock means a panic in a fold; the state itself is replaced as a whole or not at all.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// At work on one file.
struct Hand<'a, T, L, C> {
    of: &'a Remedies<T, L, C>,
    host: &'a HostId,
    no: StepNo,
    step: &'a FileRemedy,
}

/// What became of a try.
type Tried = Result<(Outcome, String), Stop>;

/// Why a try ends early.
enum Stop {
    Fault(Box<Fault>),
    Engine(RemedyError),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(Box::new(fault))
    }
}

impl From<RemedyError> for Stop {
    fn from(error: RemedyError) -> Self {
        Self::Engine(error)
    }
}

impl<T: Target, L: Ledger, C: Clock> Hand<'_, T, L, C> {
    async fn run(&self, attempt: u8, resumed: bool) -> Result<Goes, RemedyError> {
        let began = self.of.clock.now();
        let tried = self.try_once(attempt, resumed).await;
        let (id, step, took_ms) = (self.step.id.to_string(), self.no, self.since(began));
        match tried {
            Ok((outcome, proof)) => {
                self.keep(Kind::StepFinished { step, id, outcome, proof: bounded(&proof), took_ms })?;
                Ok(Goes::On)
            }
            Err(Stop::Fault(fault)) => {
                let goes = goes(&fault);
                self.keep(Kind::StepFailed { step, id, attempt, fault: *fault, took_ms })?;
                Ok(goes)
            }
            Err(Stop::Engine(error)) => Err(error),
        }
    }

    async fn try_once(&self, attempt: u8, resumed: bool) -> Tried {
        let job = self.job(attempt);
        if resumed && self.of.target.find_job(&self.seat(), &job).await? != JobFound::Absent {
            self.keep(Kind::StepAdopted { step: self.no, attempt })?;
            return self.apply_and_verify(job, Outcome::Adopted).await;
        }
        let check = self.step.scripts.check.as_deref().unwrap_or("exit 1");
        let before = self.ask(&job, Question::Check, check).await?;
        match before.status {
            // A check's yes is not taken at its word: only verify proves.
            0 => return self.verify(&job, Outcome::AlreadySo).await,
            1 => {}
            _ => return Err(self.fault("fault-check-could-not-look", FaultClass::Unknown, &before).into()),
        }
        let (step, id) = (self.no, self.step.id.to_string());
        self.keep(Kind::StepStarted { step, id, attempt, before: bounded(&before.stdout) })?;
        self.apply_and_verify(job, Outcome::Applied).await
    }

    async fn apply_and_verify(&self, job: JobId, outcome: Outcome) -> Tried {
        let timeout = Duration::from_secs(u64::from(self.step.timeout_s));
        let script = self.step.scripts.apply.clone();
        let ask = Ask { job: job.clone(), question: Question::Apply, script, timeout };
        let applied = self.of.target.job(&self.seat(), ask).await?;
        if applied.status != 0 {
            return Err(self.fault("fault-step-failed", FaultClass::Failed, &applied).into());
        }
        self.verify(&job, outcome).await
    }

    async fn verify(&self, job: &JobId, outcome: Outcome) -> Tried {
        let seen = self.ask(job, Question::Verify, &self.step.scripts.verify).await?;
        if seen.status != 0 {
            return Err(self.fault("fault-verify-failed", FaultClass::Failed, &seen).into());
        }
        Ok((outcome, seen.stdout))
    }

    async fn undo(&self) -> Result<Goes, RemedyError> {
        let (step, id, began) = (self.no, self.step.id.to_string(), self.of.clock.now());
        self.keep(Kind::UndoStarted { step, id: id.clone() })?;
        match self.take_back().await {
            Ok(()) => {
                self.keep(Kind::UndoFinished { step, id, took_ms: self.since(began) })?;
                Ok(Goes::On)
            }
            Err(fault) => {
                let goes = goes(&fault);
                self.keep(Kind::UndoFailed { step, id, fault })?;
                Ok(goes)
            }
        }
    }

    /// A try that a crash left at work is waited for: nothing may change the file behind the undo's back.
    async fn take_back(&self) -> Result<(), Fault> {
        let last = self.job(self.of.tries(self.host, self.no));
        if self.of.target.find_job(&self.seat(), &last).await? == JobFound::Running {
            let timeout = Duration::from_secs(u64::from(self.step.timeout_s));
            let script = self.step.scripts.apply.clone();
            self.of.target.job(&self.seat(), Ask { job: last, question: Question::Apply, script, timeout }).await?;
        }
        let answer = self.ask(&self.job(0), Question::Undo, &self.step.undo).await?;
        match answer.status {
            0 => Ok(()),
            _ => Err(self.fault("fault-undo-failed", FaultClass::Failed, &answer)),
        }
    }

    async fn ask(&self, job: &JobId, question: Question, script: &str) -> Result<Answer, Fault> {
        let ask = Ask { job: job.clone(), question, script: script.to_owned(), timeout: LOOK_TIMEOUT };
        self.of.target.ask(&self.seat(), ask).await
    }

    /// A script that found the file otherwise than it should be says so by its status.
    fn fault(&self, key: &str, class: FaultClass, answer: &Answer) -> Fault {
        let (key, class) =
            if answer.status == CHANGED { ("fault-remedy-changed", FaultClass::Stale) } else { (key, class) };
        let message = Message::new(key)
            .with("host", self.host)
            .with("step", &self.step.id)
            .with("path", &self.step.file)
            .with("status", answer.status);
        Fault::new(class, message).with_output(&format!("{}\n{}", answer.stdout, answer.stderr))
    }

    fn keep(&self, kind: Kind) -> Result<(), RemedyError> {
        self.of.keep(Some(self.host), kind)
    }

    fn seat(&self) -> Seat {
        Seat::Host(self.host.clone())
    }

    fn job(&self, attempt: u8) -> JobId {
        JobId { run: self.of.run.clone(), host: self.host.clone(), step: self.no, attempt }
    }

    fn since(&self, began: jiff::Timestamp) -> u64 {
        u64::try_from(self.of.clock.now().as_millisecond() - began.as_millisecond()).unwrap_or(0)
    }
}

/// A file that is not as it should be is its own affair; a host that does not answer is all of its files'.
fn goes(fault: &Fault) -> Goes {
    match fault.class {
        FaultClass::Unreachable | FaultClass::Untrusted | FaultClass::TimedOut => Goes::NoFurther,
        FaultClass::Failed | FaultClass::Unknown | FaultClass::Stale => Goes::On,
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
