//! The engine's ports over the simulated world.

use crate::{
    memory::MemoryLedger,
    world::{Trouble, World},
};
use jiff::Timestamp;
use rockhop_domain::{
    BackupProof, Fault, FaultClass, HostId, Message,
    event::Kind,
    plan::{BackUp, MachineSpec, Plan, Power, Service, Side, Step, Tree},
};
use rockhop_engine::ports::{
    Answer, Ask, Clock, Control, FileOut, Glimpse, JobFound, JobId, Ledger, Made, Ports, Prober, Provisioner, Question,
    Request, Seat, Target, Vault,
};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, sleep, sleep_until};

/// How long a usual step takes in the simulated world.
const STEP: Duration = Duration::from_secs(2);
/// How long a question takes.
const ROUND_TRIP: Duration = Duration::from_millis(20);
/// How long one waits for a machine that does not answer.
const SILENCE: Duration = Duration::from_secs(10);

/// One controller's hands in the simulated world. Several may follow one another over the same world.
pub struct SimPorts<L = MemoryLedger> {
    plan: Arc<Plan>,
    world: Arc<Mutex<World>>,
    ledger: L,
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
        Self { plan, world, ledger, clock, control: SimControl::default(), files: BTreeMap::new() }
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
        sleep(ROUND_TRIP).await;
        if self.world().trouble(&job.host, job.step) == Some(Trouble::Unreachable) {
            sleep(SILENCE).await;
            return Err(unreachable(&job.host));
        }
        Ok(())
    }

    /// Whether the ledger holds that this try is about to touch its host.
    fn announced(&self, job: &JobId) -> bool {
        let same = |kind: &Kind| matches!(kind, Kind::StepStarted { step, attempt, .. } if *step == job.step && *attempt == job.attempt);
        let events = self.ledger.read().unwrap_or_default();
        events.iter().any(|e| e.host.as_ref() == Some(&job.host) && same(&e.kind))
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
        self.world().start(announced, &ask.job, STEP + slow);
        let Some((ends_at, status)) = self.world().find(&ask.job) else { return Err(unreachable(&ask.job.host)) };
        sleep_until(ends_at).await;
        drop(self.world());
        Ok(answer(status))
    }

    async fn read_file(&self, seat: &Seat, path: &str) -> Result<Vec<u8>, Fault> {
        sleep(ROUND_TRIP).await;
        let host = match seat {
            Seat::Host(host) | Seat::New { host, .. } => host,
        };
        Ok(self.files.get(&(host.clone(), path.to_owned())).cloned().unwrap_or_default())
    }

    async fn write_file(&self, seat: &Seat, file: FileOut) -> Result<String, Fault> {
        sleep(ROUND_TRIP).await;
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
        sleep(STEP).await;
        Ok(trees.len() as u64 * 4_096)
    }
}

impl<L: Ledger> Provisioner for SimPorts<L> {
    async fn provision(&self, host: &HostId, _spec: &MachineSpec) -> Result<Made, Fault> {
        sleep(STEP).await;
        self.world().provision(host);
        Ok(Made { address: format!("{host}.new.simulated"), host_keys: Vec::new() })
    }

    async fn power(&self, host: &HostId, side: Side, to: Power) -> Result<(), Fault> {
        sleep(ROUND_TRIP).await;
        self.world().power(host, side, to);
        Ok(())
    }

    async fn set_aside(&self, host: &HostId) -> Result<String, Fault> {
        sleep(ROUND_TRIP).await;
        self.world().set_aside(host);
        Ok(format!("{host}.new.simulated"))
    }
}

impl<L: Ledger> Vault for SimPorts<L> {
    async fn back_up(&self, _seat: &Seat, _what: &BackUp, job: &JobId) -> Result<String, Fault> {
        self.reach(job).await?;
        sleep(STEP).await;
        self.note_effect(&job.host, |s| matches!(s.action, rockhop_domain::plan::Action::BackUp(_)));
        Ok(format!("simulated-{}", job.host))
    }

    async fn prove(&self, _seat: &Seat, what: &BackUp, snapshot: &str) -> Result<BackupProof, Fault> {
        sleep(STEP).await;
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
        let up = service.hosts.iter().any(|h| world.old_serves(h) || world.new_serves(h));
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

    async fn closed_gates(&self) -> Vec<String> {
        Vec::new()
    }
}

impl<L: Ledger> Ports for SimPorts<L> {
    type Target = Self;
    type Provisioner = Self;
    type Vault = Self;
    type Ledger = L;
    type Clock = Self;
    type Prober = Self;
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
    fn ledger(&self) -> &L {
        &self.ledger
    }
    fn clock(&self) -> &Self {
        self
    }
    fn prober(&self) -> &Self {
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
