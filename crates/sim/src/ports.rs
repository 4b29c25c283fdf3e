//! The engine's ports over the simulated world.

use crate::{
    memory::MemoryLedger,
    world::{Trouble, World},
};
use jiff::Timestamp;
use rockhop_domain::{
    BackupProof, Fault, FaultClass, HostId, Message, RunId,
    event::{Event, Kind},
    plan::{BackUp, GateAnswer, MachineSpec, Outside, Plan, Power, Service, Side, Step, Tree},
};
use rockhop_engine::ports::{
    Answer, Ask, Clock, Control, FileOut, Gates, Glimpse, JobFound, JobId, Ledger, LedgerFailed, Made, Ports, Prober,
    Provisioner, Question, Request, Seat, Target, Vault,
};
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, sleep, sleep_until};

/// How long things take in the simulated world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tempo {
    /// A usual step.
    pub step: Duration,
    /// A question.
    pub round_trip: Duration,
    /// Waiting for a machine that does not answer.
    pub silence: Duration,
    /// Lets each step of each host take its own time, from half of the usual one to one and a half of it;
    /// without a seed all take the same.
    pub seed: Option<u64>,
}

impl Default for Tempo {
    fn default() -> Self {
        Self {
            step: Duration::from_secs(2),
            round_trip: Duration::from_millis(20),
            silence: Duration::from_secs(10),
            seed: None,
        }
    }
}

impl Tempo {
    /// The time of one piece of work, by its name.
    fn of(&self, work: &str) -> Duration {
        let Some(seed) = self.seed else { return self.step };
        let digest = Sha256::digest(format!("{seed} {work}"));
        self.step / 2 + self.step * u32::from(digest[0]) / 255
    }
}

/// One controller's hands in the simulated world. Several may follow one another over the same world.
pub struct SimPorts<L = MemoryLedger> {
    plan: Arc<Plan>,
    world: Arc<Mutex<World>>,
    ledger: L,
    tempo: Tempo,
    /// Tries that this controller wrote into the ledger before it touched their host.
    announced: Mutex<HashSet<(HostId, u32, u8)>>,
    clock: SimClock,
    control: SimControl,
    /// What the simulated hosts hold in the files that a plan carries.
    files: BTreeMap<(HostId, String), Vec<u8>>,
}

/// Virtual time: the runtime's paused clock, counted from a fixed instant.
struct SimClock {
    epoch: Timestamp,
    began: Instant,
}

/// Requests put in by a test or a person.
#[derive(Clone, Default)]
pub struct SimControl {
    requests: Arc<Mutex<Vec<Request>>>,
}

impl SimControl {
    /// Leaves a request for the running campaign.
    pub fn put(&self, request: Request) {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    }
}

impl<L: Ledger> SimPorts<L> {
    /// A controller over this world, its clock starting at `epoch`.
    pub fn new(plan: Arc<Plan>, world: Arc<Mutex<World>>, ledger: L, epoch: Timestamp) -> Self {
        let clock = SimClock { epoch, began: Instant::now() };
        let (tempo, announced) = (Tempo::default(), Mutex::default());
        Self { plan, world, ledger, tempo, announced, clock, control: SimControl::default(), files: BTreeMap::new() }
    }

    /// The same at another pace.
    #[must_use]
    pub fn with_tempo(mut self, tempo: Tempo) -> Self {
        self.tempo = tempo;
        self
    }

    /// The same with these file contents on the old hosts.
    #[must_use]
    pub fn with_files(mut self, files: BTreeMap<(HostId, String), Vec<u8>>) -> Self {
        self.files = files;
        self
    }

    /// Where requests are left.
    pub fn control_handle(&self) -> SimControl {
        self.control.clone()
    }

    fn world(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.settle(&self.plan, Instant::now());
        world
    }

    async fn reach(&self, job: &JobId) -> Result<(), Fault> {
        sleep(self.tempo.round_trip).await;
        if self.world().trouble(&job.host, job.step) == Some(Trouble::Unreachable) {
            sleep(self.tempo.silence).await;
            return Err(unreachable(&job.host));
        }
        Ok(())
    }

    /// Whether the ledger holds that this try is about to touch its host.
    fn announced(&self, job: &JobId) -> bool {
        let announced = self.announced.lock().unwrap_or_else(PoisonError::into_inner);
        announced.contains(&(job.host.clone(), job.step.0, job.attempt))
    }

    fn step(&self, host: &HostId, pick: impl Fn(&Step) -> bool) -> Option<rockhop_domain::StepNo> {
        let at = self.plan.hosts.get(host)?.steps.iter().position(pick)?;
        u32::try_from(at).ok().map(rockhop_domain::StepNo)
    }

    /// Steps that the controller carries out itself take effect in the world, too.
    fn note_effect(&self, host: &HostId, pick: impl Fn(&Step) -> bool) {
        if let Some(no) = self.step(host, pick) {
            let mut world = self.world();
            if !world.effects().contains_key(&(host.clone(), no.0)) {
                world.take_effect(&self.plan, host, no);
            }
        }
    }
}

/// The ledger itself, overheard: what it kept is what was announced.
impl<L: Ledger> Ledger for SimPorts<L> {
    fn append(
        &self,
        run: Option<&RunId>,
        host: Option<&HostId>,
        kind: &Kind,
        at: Timestamp,
    ) -> Result<Event, LedgerFailed> {
        let kept = self.ledger.append(run, host, kind, at)?;
        if let (Some(host), Kind::StepStarted { step, attempt, .. }) = (host, kind) {
            let mut announced = self.announced.lock().unwrap_or_else(PoisonError::into_inner);
            announced.insert((host.clone(), step.0, *attempt));
        }
        Ok(kept)
    }

    fn read(&self) -> Result<Vec<Event>, LedgerFailed> {
        self.ledger.read()
    }
}

impl<L: Ledger> Target for SimPorts<L> {
    async fn ask(&self, _seat: &Seat, ask: Ask) -> Result<Answer, Fault> {
        self.reach(&ask.job).await?;
        let status = match ask.question {
            // The engine's own comparison of carried files: they arrived whole, or `write_file` had said so.
            Question::Verify if ask.script.starts_with("sha256sum -c") => 0,
            question => self.world().ask(&self.plan, &ask.job, question),
        };
        Ok(answer(status))
    }

    async fn find_job(&self, _seat: &Seat, job: &JobId) -> Result<JobFound, Fault> {
        self.reach(job).await?;
        Ok(match self.world().find(job) {
            None => JobFound::Absent,
            Some((ends_at, _)) if ends_at > Instant::now() => JobFound::Running,
            Some((_, status)) => JobFound::Ended(answer(status)),
        })
    }

    async fn job(&self, _seat: &Seat, ask: Ask) -> Result<Answer, Fault> {
        self.reach(&ask.job).await?;
        let slow = match self.world().trouble(&ask.job.host, ask.job.step) {
            Some(Trouble::Slow { seconds }) => Duration::from_secs(u64::from(seconds)),
            _ => Duration::ZERO,
        };
        let announced = self.announced(&ask.job);
        self.world().start(announced, &ask.job, self.tempo.of(&ask.job.to_string()) + slow);
        let Some((ends_at, status)) = self.world().find(&ask.job) else { return Err(unreachable(&ask.job.host)) };
        sleep_until(ends_at).await;
        drop(self.world());
        Ok(answer(status))
    }

    async fn read_file(&self, seat: &Seat, path: &str) -> Result<Vec<u8>, Fault> {
        sleep(self.tempo.round_trip).await;
        let host = match seat {
            Seat::Host(host) | Seat::New { host, .. } => host,
        };
        Ok(self.files.get(&(host.clone(), path.to_owned())).cloned().unwrap_or_default())
    }

    async fn write_file(&self, seat: &Seat, file: FileOut) -> Result<String, Fault> {
        sleep(self.tempo.round_trip).await;
        let host = match seat {
            Seat::Host(host) | Seat::New { host, .. } => host,
        };
        let no = self.step(host, |s| s.id.as_str() == "carry.configuration");
        let cut = no.is_some_and(|no| self.world().arrives_cut(host, no));
        let arrived = if cut { &file.bytes[..file.bytes.len() / 2] } else { &file.bytes[..] };
        Ok(Sha256::digest(arrived).iter().map(|b| format!("{b:02x}")).collect())
    }

    async fn copy_trees(&self, _from: &Seat, _to: &Seat, trees: &[Tree], job: JobId) -> Result<u64, Fault> {
        self.reach(&job).await?;
        sleep(self.tempo.of(&job.to_string())).await;
        Ok(trees.len() as u64 * 4_096)
    }
}

impl<L: Ledger> Provisioner for SimPorts<L> {
    async fn provision(&self, host: &HostId, _spec: &MachineSpec) -> Result<Made, Fault> {
        sleep(self.tempo.of(&format!("{host} provision"))).await;
        self.world().provision(host);
        Ok(Made { address: format!("{host}.new.simulated"), host_keys: Vec::new() })
    }

    async fn power(&self, host: &HostId, side: Side, to: Power) -> Result<(), Fault> {
        sleep(self.tempo.round_trip).await;
        self.world().power(host, side, to);
        Ok(())
    }

    async fn set_aside(&self, host: &HostId) -> Result<String, Fault> {
        sleep(self.tempo.round_trip).await;
        self.world().set_aside(host);
        Ok(format!("{host}.new.simulated"))
    }
}

impl<L: Ledger> Vault for SimPorts<L> {
    async fn back_up(&self, _seat: &Seat, _what: &BackUp, job: &JobId) -> Result<String, Fault> {
        self.reach(job).await?;
        sleep(self.tempo.of(&job.to_string())).await;
        self.note_effect(&job.host, |s| matches!(s.action, rockhop_domain::plan::Action::BackUp(_)));
        Ok(format!("simulated-{}", job.host))
    }

    async fn prove(&self, _seat: &Seat, what: &BackUp, snapshot: &str) -> Result<BackupProof, Fault> {
        sleep(self.tempo.of(&format!("{snapshot} prove"))).await;
        let files = what.paths.len() as u64 * 10 + 1;
        let bytes = files * 1_024;
        Ok(BackupProof {
            snapshot: snapshot.to_owned(),
            files,
            bytes,
            read_back_bytes: bytes,
            compared: files,
            volatile: Vec::new(),
            differences: Vec::new(),
        })
    }
}

impl<L: Ledger> Prober for SimPorts<L> {
    async fn glimpse(&self, service: &Service) -> Glimpse {
        sleep(Duration::from_millis(3)).await;
        let world = self.world();
        // A host that is no part of this plan stays as it is, and serves.
        let serves = |h: &HostId| !self.plan.hosts.contains_key(h) || world.old_serves(h) || world.new_serves(h);
        let up = service.hosts.iter().any(serves);
        if up { Glimpse::Up { latency: Duration::from_millis(3) } } else { Glimpse::Down }
    }
}

impl<L: Ledger> Clock for SimPorts<L> {
    fn now(&self) -> Timestamp {
        self.clock.epoch + self.clock.began.elapsed()
    }
}

impl<L: Ledger> Control for SimPorts<L> {
    fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut *self.control.requests.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<L: Ledger> Gates for SimPorts<L> {
    async fn ask(&self, gate: &str, _question: &Outside) -> GateAnswer {
        sleep(self.tempo.round_trip).await;
        let at = self.clock.began.elapsed();
        self.world().ask_gate(gate, at)
    }
}

impl<L: Ledger> Ports for SimPorts<L> {
    type Target = Self;
    type Provisioner = Self;
    type Vault = Self;
    type Ledger = Self;
    type Clock = Self;
    type Prober = Self;
    type Gates = Self;
    type Control = Self;

    fn target(&self) -> &Self {
        self
    }
    fn provisioner(&self) -> &Self {
        self
    }
    fn vault(&self) -> &Self {
        self
    }
    fn ledger(&self) -> &Self {
        self
    }
    fn clock(&self) -> &Self {
        self
    }
    fn prober(&self) -> &Self {
        self
    }
    fn gates(&self) -> &Self {
        self
    }
    fn control(&self) -> &Self {
        self
    }
}

fn answer(status: i32) -> Answer {
    Answer { status, stdout: "simulated".to_owned(), stderr: String::new() }
}

fn unreachable(host: &HostId) -> Fault {
    Fault::new(FaultClass::Unreachable, Message::new("fault-unreachable").with("host", host))
}
