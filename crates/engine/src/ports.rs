//! What the engine needs of the world, as traits: each is fulfilled by an adapter for real hosts and by
//! the simulator in memory. Nothing here knows of SSH, SQLite or a clock on the wall.

use jiff::Timestamp;
use rockhop_domain::{
    BackupProof, Fault, HostId, RunId, StepNo,
    event::{Event, Kind},
    plan::{BackUp, GateAnswer, MachineSpec, Outside, Power, Service, Side, Tree},
};
use std::{future::Future, time::Duration};

/// A machine that a step acts on, and how it is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Seat {
    /// A host of the inventory at its own address.
    Host(HostId),
    /// The fresh machine of a host, at the address that the provisioner gave.
    New {
        /// Whose successor it is.
        host: HostId,
        /// Where it is reached.
        address: String,
        /// Public host keys that it may show.
        host_keys: Vec<String>,
    },
}

/// A job's name: the same on the host, in the ledger and after a crash.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct JobId {
    /// Which run.
    pub run: RunId,
    /// Which host's journey.
    pub host: HostId,
    /// Which step.
    pub step: StepNo,
    /// Which try.
    pub attempt: u8,
}

impl std::fmt::Display for JobId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}.{}", self.run, self.host, self.step.0, self.attempt)
    }
}

/// Which of a step's questions a script answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Question {
    /// Is it already so?
    Check,
    /// Make it so.
    Apply,
    /// Is it so now?
    Verify,
    /// Take it back.
    Undo,
    /// Is all well?
    Look,
    /// What was written?
    Salvage,
}

/// A script for a machine.
#[derive(Debug, Clone)]
pub struct Ask {
    /// For whose step.
    pub job: JobId,
    /// Which question.
    pub question: Question,
    /// POSIX sh, run as root.
    pub script: String,
    /// The longest it may take.
    pub timeout: Duration,
}

/// What a script said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Exit status.
    pub status: i32,
    /// Standard output, bounded.
    pub stdout: String,
    /// Standard error, bounded.
    pub stderr: String,
}

/// A detached job as it was found on its host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobFound {
    /// Never started there, or its trace is gone with a reboot.
    Absent,
    /// Still at it.
    Running,
    /// Done, with this answer.
    Ended(Answer),
}

/// A file on a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileOut {
    /// Absolute path.
    pub path: String,
    /// Octal mode.
    pub mode: String,
    /// Owner.
    pub owner: String,
    /// Group.
    pub group: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Runs, reads and writes on a machine.
pub trait Target: Send + Sync + 'static {
    /// Runs a short script to its end.
    fn ask(&self, seat: &Seat, ask: Ask) -> impl Future<Output = Result<Answer, Fault>> + Send;
    /// Looks for a detached job without starting it.
    fn find_job(&self, seat: &Seat, job: &JobId) -> impl Future<Output = Result<JobFound, Fault>> + Send;
    /// Starts a detached job, or takes over the one of the same name; follows it to its end.
    fn job(&self, seat: &Seat, ask: Ask) -> impl Future<Output = Result<Answer, Fault>> + Send;
    /// Reads a whole file.
    fn read_file(&self, seat: &Seat, path: &str) -> impl Future<Output = Result<Vec<u8>, Fault>> + Send;
    /// Writes a file atomically and reads its digest back from the machine: the SHA-256 that it has now.
    fn write_file(&self, seat: &Seat, file: FileOut) -> impl Future<Output = Result<String, Fault>> + Send;
    /// Copies trees as they are; answers how many bytes went.
    fn copy_trees(
        &self,
        from: &Seat,
        to: &Seat,
        trees: &[Tree],
        job: JobId,
    ) -> impl Future<Output = Result<u64, Fault>> + Send;
}

/// A fresh machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Where it is reached.
    pub address: String,
    /// Its public host keys.
    pub host_keys: Vec<String>,
}

/// Makes and switches machines. Every call may be repeated.
pub trait Provisioner: Send + Sync + 'static {
    /// The fresh machine of this host: the one that is there, or a new one.
    fn provision(&self, host: &HostId, spec: &MachineSpec) -> impl Future<Output = Result<Made, Fault>> + Send;
    /// Switches a machine; returns when it is so.
    fn power(&self, host: &HostId, side: Side, to: Power) -> impl Future<Output = Result<(), Fault>> + Send;
    /// Stops the new machine and keeps it; answers where.
    fn set_aside(&self, host: &HostId) -> impl Future<Output = Result<String, Fault>> + Send;
}

/// Where backups are.
pub trait Vault: Send + Sync + 'static {
    /// Takes a backup, or finds the one that this job already took; answers its snapshot.
    fn back_up(&self, seat: &Seat, what: &BackUp, job: &JobId) -> impl Future<Output = Result<String, Fault>> + Send;
    /// Reads it back in full, restores it and compares it with the host.
    fn prove(
        &self,
        seat: &Seat,
        what: &BackUp,
        snapshot: &str,
    ) -> impl Future<Output = Result<BackupProof, Fault>> + Send;
}

/// Keeps events. Written before a host is touched and after it was looked at.
pub trait Ledger: Send + Sync + 'static {
    /// Keeps it on disk and gives it its number and time.
    fn append(
        &self,
        run: Option<&RunId>,
        host: Option<&HostId>,
        kind: &Kind,
        at: Timestamp,
    ) -> Result<Event, LedgerFailed>;
    /// All events so far.
    fn read(&self) -> Result<Vec<Event>, LedgerFailed>;
}

/// The ledger could not keep or give an event: the host stops, and only that host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the ledger failed: {0}")]
pub struct LedgerFailed(pub String);

/// Reads the clock.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// What a probe saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Glimpse {
    /// It answered as it should.
    Up {
        /// In this time.
        latency: Duration,
    },
    /// It did not.
    Down,
    /// The prober itself could not look.
    Unknown,
}

/// Asks a service once.
pub trait Prober: Send + Sync + 'static {
    /// Asks once.
    fn glimpse(&self, service: &Service) -> impl Future<Output = Glimpse> + Send;
}

/// What a person asked for while a run is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Start nothing new.
    Pause {
        /// Who.
        by: String,
    },
    /// Go on.
    Unpause {
        /// Who.
        by: String,
    },
    /// Bring this host back.
    Rollback {
        /// Which.
        host: HostId,
        /// Who.
        by: String,
    },
    /// Try this held host again.
    Retry {
        /// Which.
        host: HostId,
        /// Who.
        by: String,
    },
}

/// Asks what is outside: the monitoring, a program of the people who run the fleet.
pub trait Gates: Send + Sync + 'static {
    /// Asks once. The machine that holds a named host's address now is the one that is asked from.
    fn ask(&self, gate: &str, question: &Outside) -> impl Future<Output = GateAnswer> + Send;
}

/// People's requests.
pub trait Control: Send + Sync + 'static {
    /// Requests since the last call, oldest first; each is handed out once.
    fn requests(&self) -> Vec<Request>;
}

/// The whole world of one run.
pub trait Ports: Send + Sync + 'static {
    /// Machines.
    type Target: Target;
    /// The maker of machines.
    type Provisioner: Provisioner;
    /// Backups.
    type Vault: Vault;
    /// Events.
    type Ledger: Ledger;
    /// Time.
    type Clock: Clock;
    /// Services.
    type Prober: Prober;
    /// The monitoring, programs.
    type Gates: Gates;
    /// People.
    type Control: Control;

    /// Machines.
    fn target(&self) -> &Self::Target;
    /// The maker of machines.
    fn provisioner(&self) -> &Self::Provisioner;
    /// Backups.
    fn vault(&self) -> &Self::Vault;
    /// Events.
    fn ledger(&self) -> &Self::Ledger;
    /// Time.
    fn clock(&self) -> &Self::Clock;
    /// Services.
    fn prober(&self) -> &Self::Prober;
    /// The monitoring, programs.
    fn gates(&self) -> &Self::Gates;
    /// People.
    fn control(&self) -> &Self::Control;
}
