//! One effect on one host: check, write, touch, verify, write; or the way back.
//!
//! A step is looked at before it is applied and after; whatever cannot be looked at is a fault, never a pass.

use crate::{
    book::{Book, EngineError},
    gates::{GATE_PACE, Gatekeeper, Shut},
    ports::{Answer, Ask, Clock, FileOut, JobFound, JobId, Ports, Provisioner, Question, Seat, Target, Vault},
};
use rockhop_domain::{
    Fault, FaultClass, HostId, Message, StepNo,
    event::{Kind, Outcome},
    journey::Effect,
    plan::{
        Action, BackUp, ConfigCarry, GateAnswer, GateTime, HostPlan, Place, Power, Scripts, Side, Stage, Step, Undo,
    },
};
use sha2::{Digest as _, Sha256};
use std::{fmt::Write as _, sync::Arc, time::Duration};
use tokio::time::{Instant, sleep};

/// How long check, verify and look scripts may take; only `apply` has the step's own time.
pub(crate) const LOOK_TIMEOUT: Duration = Duration::from_secs(120);
/// How long taking a step back may take: a database that follows its successor once more needs minutes.
const UNDO_TIMEOUT: Duration = Duration::from_secs(600);
/// Between two looks of a soak.
const SOAK_PACE: Duration = Duration::from_secs(2);
/// A gate that stays closed for so long during a soak fails it; a scrape that was missed does not.
const GATE_GRACE: Duration = Duration::from_secs(60);
/// How often an undo is tried before a person is asked: the old host may be booting.
const UNDO_TRIES: u32 = 5;
/// Between two tries of an undo.
const UNDO_PACE: Duration = Duration::from_secs(3);
/// The most of a script's output that the ledger keeps as proof, in bytes.
const PROOF_BYTES: usize = 4_000;

/// What applying a step came to.
enum Done {
    /// It is so; this is the proof.
    Step { outcome: Outcome, proof: String },
    /// The backup was read back and compared.
    Proof(rockhop_domain::BackupProof),
}

/// One host's traveller.
pub struct Traveller<'a, P: Ports> {
    book: &'a Book<P>,
    gates: &'a Arc<Gatekeeper<P>>,
    host: &'a HostId,
    job: &'a HostPlan,
}

impl<'a, P: Ports> Traveller<'a, P> {
    /// `None` when the plan does not have the host.
    pub fn new(book: &'a Book<P>, gates: &'a Arc<Gatekeeper<P>>, host: &'a HostId) -> Option<Self> {
        book.plan.hosts.get(host).map(|job| Self { book, gates, host, job })
    }

    /// Does what the journey asks and records it; answers what the journey asks next.
    pub async fn perform(&self, effect: Effect) -> Result<Option<Effect>, EngineError> {
        match effect {
            Effect::Run { step, attempt } => self.run(step, attempt, false).await,
            Effect::Resume { step, attempt } => self.run(step, attempt, true).await,
            Effect::Undo { step } => self.undo(step).await,
        }
    }

    async fn run(&self, no: StepNo, attempt: u8, resumed: bool) -> Result<Option<Effect>, EngineError> {
        let Some(step) = self.job.steps.get(no.0 as usize) else { return Ok(None) };
        let began = self.book.ports.clock().now();
        let done = self.go(step, no, attempt, resumed).await;
        let took_ms = self.since(began);
        match done {
            Ok(Done::Step { outcome, proof }) => {
                let id = step.id.to_string();
                self.record(Kind::StepFinished { step: no, id, outcome, proof: bounded(&proof), took_ms })
            }
            Ok(Done::Proof(proof)) => self.proven(step, no, attempt, proof, took_ms),
            Err(Stop::Fault(fault)) => self.failed(step, no, attempt, *fault, took_ms),
            Err(Stop::Engine(error)) => Err(error),
        }
    }

    fn proven(
        &self,
        step: &Step,
        no: StepNo,
        attempt: u8,
        proof: rockhop_domain::BackupProof,
        took_ms: u64,
    ) -> Result<Option<Effect>, EngineError> {
        match proof.clone().accept() {
            Ok(_) => self.record(Kind::BackupProven { step: no, proof, took_ms }),
            Err(why) => {
                let message = Message::new("fault-backup-not-proven").with("host", self.host).with("why", &why);
                let fault = Fault::new(FaultClass::Failed, message).with_output(&proof.differences.join("\n"));
                self.failed(step, no, attempt, fault, took_ms)
            }
        }
    }

    fn failed(
        &self,
        step: &Step,
        no: StepNo,
        attempt: u8,
        fault: Fault,
        took_ms: u64,
    ) -> Result<Option<Effect>, EngineError> {
        self.record(Kind::StepFailed { step: no, id: step.id.to_string(), attempt, fault, took_ms })
    }

    async fn go(&self, step: &Step, no: StepNo, attempt: u8, resumed: bool) -> Result<Done, Stop> {
        let job = self.job_id(no, attempt);
        if self.is_last(no) {
            self.wait_for_gates(step).await?;
        }
        if let Action::Script(scripts) = &step.action {
            return self.script(step, no, scripts, job, resumed).await;
        }
        self.started(step, no, attempt, String::new())?;
        let limit = Duration::from_secs(u64::from(step.timeout_s));
        match tokio::time::timeout(limit, self.act(step, no, job)).await {
            Ok(done) => done,
            Err(_) => Err(self.fault(FaultClass::TimedOut, step, "fault-step-timed-out")),
        }
    }

    /// The actions that the controller carries out itself: each may be repeated from its beginning.
    async fn act(&self, step: &Step, no: StepNo, job: JobId) -> Result<Done, Stop> {
        match &step.action {
            Action::BackUp(what) => self.back_up(what, no, job).await,
            Action::ProveBackUp(what) => self.prove(step, what).await,
            Action::Provision(spec) => self.provision(spec).await,
            Action::Power { side, to } => self.power(*side, *to).await,
            Action::CarryTrees { trees } => {
                let new = self.new_seat(step)?;
                let bytes = self.ports().target().copy_trees(&self.old_seat(), &new, trees, job).await?;
                Ok(applied(format!("{bytes} bytes")))
            }
            Action::CarryConfig { files } => self.carry_config(step, files, &job).await,
            Action::Soak { seconds, look } => self.soak(step, *seconds, look, &job).await,
            Action::Script(_) => Err(self.fault(FaultClass::Unknown, step, "fault-step-not-an-action")),
        }
    }

    async fn script(
        &self,
        step: &Step,
        no: StepNo,
        scripts: &Scripts,
        job: JobId,
        resumed: bool,
    ) -> Result<Done, Stop> {
        let seat = self.seat(step)?;
        if resumed && self.is_open(no, job.attempt) && self.left_behind(&seat, &job).await? {
            self.book.record(self.host, Kind::StepAdopted { step: no, attempt: job.attempt })?;
            return self.apply_and_verify(step, &seat, scripts, job, Outcome::Adopted).await;
        }
        let before = match &scripts.check {
            Some(check) => {
                let answer = self.ask(&seat, &job, Question::Check, check).await?;
                match answer.status {
                    // A check's yes is not taken at its word: only verify proves.
                    0 => return self.verify(step, &seat, scripts, &job, Outcome::AlreadySo).await,
                    1 => answer.stdout,
                    _ => return Err(self.not_zero(FaultClass::Unknown, step, "fault-check-could-not-look", &answer)),
                }
            }
            None => String::new(),
        };
        self.started(step, no, job.attempt, bounded(&before))?;
        self.apply_and_verify(step, &seat, scripts, job, Outcome::Applied).await
    }

    async fn left_behind(&self, seat: &Seat, job: &JobId) -> Result<bool, Stop> {
        Ok(self.ports().target().find_job(seat, job).await? != JobFound::Absent)
    }

    async fn apply_and_verify(
        &self,
        step: &Step,
        seat: &Seat,
        scripts: &Scripts,
        job: JobId,
        outcome: Outcome,
    ) -> Result<Done, Stop> {
        let timeout = Duration::from_secs(u64::from(step.timeout_s));
        let ask = Ask { job: job.clone(), question: Question::Apply, script: scripts.apply.clone(), timeout };
        let answer = self.ports().target().job(seat, ask).await?;
        if answer.status != 0 {
            return Err(self.not_zero(FaultClass::Failed, step, "fault-step-failed", &answer));
        }
        self.verify(step, seat, scripts, &job, outcome).await
    }

    async fn verify(
        &self,
        step: &Step,
        seat: &Seat,
        scripts: &Scripts,
        job: &JobId,
        outcome: Outcome,
    ) -> Result<Done, Stop> {
        let seen = self.ask(seat, job, Question::Verify, &scripts.verify).await?;
        if seen.status != 0 {
            return Err(self.not_zero(FaultClass::Failed, step, "fault-verify-failed", &seen));
        }
        Ok(Done::Step { outcome, proof: seen.stdout })
    }

    async fn back_up(&self, what: &BackUp, no: StepNo, job: JobId) -> Result<Done, Stop> {
        let snapshot = self.ports().vault().back_up(&self.old_seat(), what, &job).await?;
        self.book.record(self.host, Kind::BackedUp { step: no, snapshot: snapshot.clone() })?;
        Ok(applied(snapshot))
    }

    async fn prove(&self, step: &Step, what: &BackUp) -> Result<Done, Stop> {
        let snapshot = self.book.state().hosts.get(self.host).and_then(|s| s.snapshot.clone());
        let snapshot = snapshot.ok_or_else(|| self.fault(FaultClass::Unknown, step, "fault-no-snapshot"))?;
        Ok(Done::Proof(self.ports().vault().prove(&self.old_seat(), what, &snapshot).await?))
    }

    async fn provision(&self, spec: &rockhop_domain::plan::MachineSpec) -> Result<Done, Stop> {
        let made = self.ports().provisioner().provision(self.host, spec).await?;
        let proof = made.address.clone();
        let kind = Kind::MachineMade { side: Side::New, address: made.address, host_keys: made.host_keys };
        self.book.record(self.host, kind)?;
        Ok(applied(proof))
    }

    async fn power(&self, side: Side, to: Power) -> Result<Done, Stop> {
        self.ports().provisioner().power(self.host, side, to).await?;
        let side = if side == Side::Old { "old" } else { "new" };
        Ok(applied(format!("{side} {}", if to == Power::On { "on" } else { "off" })))
    }

    /// Reads on the old host, translates, writes on the new one, and asks the new one what it has now.
    async fn carry_config(&self, step: &Step, files: &[ConfigCarry], job: &JobId) -> Result<Done, Stop> {
        let new = self.new_seat(step)?;
        let mut sums = String::new();
        for file in files {
            let sum = self.carry_file(&new, step, file).await?;
            let _ = writeln!(sums, "{sum}  {}", file.to);
        }
        let script = format!("sha256sum -c --quiet - <<'EOF'\n{sums}EOF\n");
        let seen = self.ask(&new, job, Question::Verify, &script).await?;
        if seen.status != 0 {
            return Err(self.not_zero(FaultClass::Failed, step, "fault-config-arrived-otherwise", &seen));
        }
        Ok(applied(sums))
    }

    async fn carry_file(&self, new: &Seat, step: &Step, file: &ConfigCarry) -> Result<String, Stop> {
        let source = self.ports().target().read_file(&self.old_seat(), &file.from).await?;
        if file.source_sha256.as_ref().is_some_and(|sum| *sum != hex(&source)) {
            return Err(self.about(FaultClass::Stale, step, "fault-config-drifted", &file.from));
        }
        let bytes = file.translator.translate(&source).map_err(|why| {
            let message = Message::new("fault-config-untranslatable").with("host", self.host).with("path", &file.from);
            Stop::fault(Fault::new(FaultClass::Failed, message).with_output(&why.to_string()))
        })?;
        let sum = hex(&bytes);
        let (path, mode) = (file.to.clone(), file.mode.clone());
        let out = FileOut { path, mode, owner: file.owner.clone(), group: file.group.clone(), bytes };
        let there = self.ports().target().write_file(new, out).await?;
        if there != sum {
            return Err(self.about(FaultClass::Failed, step, "fault-config-cut", &file.to));
        }
        Ok(sum)
    }

    async fn soak(&self, step: &Step, seconds: u32, look: &str, job: &JobId) -> Result<Done, Stop> {
        let seat = self.seat(step)?;
        let end = Instant::now() + Duration::from_secs(u64::from(seconds));
        let mut looks = 0_u32;
        let mut shut_since: Option<Instant> = None;
        loop {
            let answer = self.ask(&seat, job, Question::Look, look).await?;
            if answer.status != 0 {
                return Err(self.not_zero(FaultClass::Failed, step, "fault-soak-failed", &answer));
            }
            looks += 1;
            match self.shut_gate(GateTime::Soak).await? {
                Some(shut) if shut_since.get_or_insert_with(Instant::now).elapsed() >= GATE_GRACE => {
                    return Err(self.shut_out(step, &shut));
                }
                Some(_) => {}
                None if Instant::now() >= end => return Ok(applied(format!("{looks} looks in {seconds} s"))),
                None => shut_since = None,
            }
            let left = end.saturating_duration_since(Instant::now());
            sleep(if left.is_zero() { SOAK_PACE } else { SOAK_PACE.min(left) }).await;
        }
    }

    /// The step that accepts the host. The silence of its alerts has ended before: they are heard again.
    fn is_last(&self, no: StepNo) -> bool {
        no.0 as usize + 1 == self.job.steps.len()
    }

    /// Waits for as long as the step may take.
    async fn wait_for_gates(&self, step: &Step) -> Result<(), Stop> {
        let end = Instant::now() + Duration::from_secs(u64::from(step.timeout_s));
        while let Some(shut) = self.shut_gate(GateTime::After).await? {
            if Instant::now() >= end {
                return Err(self.shut_out(step, &shut));
            }
            sleep(GATE_PACE).await;
        }
        Ok(())
    }

    async fn shut_gate(&self, when: GateTime) -> Result<Option<Shut>, Stop> {
        Ok(self.gates.shut(when, Some(&self.job.role)).await?.into_iter().next())
    }

    /// Why a gate is not open stands in its own event.
    fn shut_out(&self, step: &Step, shut: &Shut) -> Stop {
        let (class, key) = match shut.answer {
            GateAnswer::Unknown { .. } => (FaultClass::Unknown, "fault-gate-unknown"),
            GateAnswer::Closed { .. } | GateAnswer::Open => (FaultClass::Failed, "fault-gate-closed"),
        };
        let message = Message::new(key).with("host", self.host).with("step", &step.id).with("gate", &shut.gate.gate);
        Stop::fault(Fault::new(class, message))
    }

    /// Takes a step back, trying again while the old host may still be booting.
    async fn undo(&self, no: StepNo) -> Result<Option<Effect>, EngineError> {
        let Some(step) = self.job.steps.get(no.0 as usize) else { return Ok(None) };
        let began = self.book.ports.clock().now();
        let id = step.id.to_string();
        self.salvage(step).await?;
        self.record(Kind::UndoStarted { step: no, id: id.clone() })?;
        match self.take_back(step, no).await {
            Ok(()) => self.record(Kind::UndoFinished { step: no, id, took_ms: self.since(began) }),
            Err(Stop::Fault(fault)) => self.record(Kind::UndoFailed { step: no, id, fault: *fault }),
            Err(Stop::Engine(error)) => Err(error),
        }
    }

    /// Asks the new machine once, before anything is undone, what was written since it took over.
    async fn salvage(&self, step: &Step) -> Result<(), EngineError> {
        let first_undo = !self.book.state().hosts.get(self.host).is_some_and(|s| s.salvaged);
        let (true, true, Some(script)) = (first_undo, step.stage >= Stage::Cutover, &self.job.rollback.salvage) else {
            return Ok(());
        };
        let Ok(new) = self.new_seat(step) else { return Ok(()) };
        let job = self.job_id(StepNo(u32::MAX), 1);
        let written = match self.ask(&new, &job, Question::Salvage, script).await {
            Ok(answer) if answer.status == 0 => bounded(&answer.stdout),
            Ok(answer) => bounded(&format!("status {}: {}{}", answer.status, answer.stdout, answer.stderr)),
            Err(Stop::Fault(fault)) => fault.message.to_string(),
            Err(Stop::Engine(error)) => return Err(error),
        };
        self.book.record(self.host, Kind::Salvaged { written, kept: self.kept_where() }).map(drop)
    }

    fn kept_where(&self) -> String {
        format!("{} (new machine, set aside)", self.host)
    }

    async fn take_back(&self, step: &Step, no: StepNo) -> Result<(), Stop> {
        let mut left = UNDO_TRIES;
        loop {
            left -= 1;
            match self.take_back_once(step, no).await {
                Err(Stop::Fault(fault)) if left > 0 && fault.class.may_pass() => sleep(UNDO_PACE).await,
                end => return end,
            }
        }
    }

    async fn take_back_once(&self, step: &Step, no: StepNo) -> Result<(), Stop> {
        match &step.undo {
            Undo::Nothing => {}
            Undo::Script { script } if step.place == Place::New => self.undo_on_new(step, no, script).await?,
            Undo::Script { script } => self.undo_script(step, &self.seat(step)?, no, script).await?,
            Undo::Power { side, to } => self.ports().provisioner().power(self.host, *side, *to).await?,
            Undo::SetAside => drop(self.ports().provisioner().set_aside(self.host).await?),
        }
        if no == StepNo(0) { self.serves_again(step).await } else { Ok(()) }
    }

    /// A new machine that cannot be asked is switched off: the old one must never meet it on its address.
    async fn undo_on_new(&self, step: &Step, no: StepNo, script: &str) -> Result<(), Stop> {
        let Ok(new) = self.new_seat(step) else { return Ok(()) };
        match self.undo_script(step, &new, no, script).await {
            Err(Stop::Fault(_)) => Ok(self.ports().provisioner().power(self.host, Side::New, Power::Off).await?),
            end => end,
        }
    }

    async fn undo_script(&self, step: &Step, seat: &Seat, no: StepNo, script: &str) -> Result<(), Stop> {
        let answer = self.ask(seat, &self.job_id(no, 0), Question::Undo, script).await?;
        if answer.status == 0 {
            Ok(())
        } else {
            Err(self.not_zero(FaultClass::Failed, step, "fault-undo-failed", &answer))
        }
    }

    async fn serves_again(&self, step: &Step) -> Result<(), Stop> {
        let job = self.job_id(StepNo(0), 0);
        let answer = self.ask(&self.old_seat(), &job, Question::Verify, &self.job.rollback.check).await?;
        if answer.status == 0 {
            return Ok(());
        }
        Err(self.not_zero(FaultClass::Failed, step, "fault-old-does-not-serve", &answer))
    }

    async fn ask(&self, seat: &Seat, job: &JobId, question: Question, script: &str) -> Result<Answer, Stop> {
        let timeout = if question == Question::Undo { UNDO_TIMEOUT } else { LOOK_TIMEOUT };
        let ask = Ask { job: job.clone(), question, script: script.to_owned(), timeout };
        Ok(self.ports().target().ask(seat, ask).await?)
    }

    fn started(&self, step: &Step, no: StepNo, attempt: u8, before: String) -> Result<(), Stop> {
        self.book.record(self.host, Kind::StepStarted { step: no, id: step.id.to_string(), attempt, before })?;
        Ok(())
    }

    fn is_open(&self, no: StepNo, attempt: u8) -> bool {
        let state = self.book.state();
        let open = state.hosts.get(self.host).and_then(|s| s.open_attempt.as_ref());
        open.is_some_and(|o| o.step == no && o.attempt == attempt)
    }

    fn seat(&self, step: &Step) -> Result<Seat, Stop> {
        match &step.place {
            Place::Old | Place::Controller => Ok(self.old_seat()),
            Place::Peer(host) => Ok(Seat::Host(host.clone())),
            Place::New => self.new_seat(step),
        }
    }

    fn old_seat(&self) -> Seat {
        Seat::Host(self.host.clone())
    }

    fn new_seat(&self, step: &Step) -> Result<Seat, Stop> {
        let machine = self.book.state().hosts.get(self.host).and_then(|s| s.machine.clone());
        let machine = machine.ok_or_else(|| self.fault(FaultClass::Unknown, step, "fault-no-new-machine"))?;
        Ok(Seat::New { host: self.host.clone(), address: machine.address, host_keys: machine.host_keys })
    }

    fn job_id(&self, step: StepNo, attempt: u8) -> JobId {
        JobId { run: self.book.run.clone(), host: self.host.clone(), step, attempt }
    }

    fn ports(&self) -> &P {
        &self.book.ports
    }

    fn record(&self, kind: Kind) -> Result<Option<Effect>, EngineError> {
        self.book.record(self.host, kind)
    }

    fn since(&self, began: jiff::Timestamp) -> u64 {
        let now = self.book.ports.clock().now();
        u64::try_from(now.as_millisecond() - began.as_millisecond()).unwrap_or(0)
    }

    fn fault(&self, class: FaultClass, step: &Step, key: &str) -> Stop {
        Stop::fault(Fault::new(class, Message::new(key).with("host", self.host).with("step", &step.id)))
    }

    fn about(&self, class: FaultClass, step: &Step, key: &str, path: &str) -> Stop {
        let message = Message::new(key).with("host", self.host).with("step", &step.id).with("path", path);
        Stop::fault(Fault::new(class, message))
    }

    fn not_zero(&self, class: FaultClass, step: &Step, key: &str, answer: &Answer) -> Stop {
        let message = Message::new(key).with("host", self.host).with("step", &step.id).with("status", answer.status);
        let said = format!("{}\n{}", answer.stdout, answer.stderr);
        Stop::fault(Fault::new(class, message).with_output(&said))
    }
}

/// Why a step does not go on: the host's fault, or the engine's own.
enum Stop {
    Fault(Box<Fault>),
    Engine(EngineError),
}

impl Stop {
    fn fault(fault: Fault) -> Self {
        Self::Fault(Box::new(fault))
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::fault(fault)
    }
}

impl From<EngineError> for Stop {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

fn applied(proof: String) -> Done {
    Done::Step { outcome: Outcome::Applied, proof }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn bounded(text: &str) -> String {
    let mut end = text.len().min(PROOF_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim_end().to_owned()
}
