//! What the ledger keeps: one event for each thing that was decided, begun, seen or measured.
//!
//! An event is written before a host is touched and after it was looked at. Every view (terminal,
//! report, metrics, a resumed run) is a fold over these. No event holds a secret.

use crate::{
    Digest, Fault, HostId, Message, RunId, ServiceId, StepNo, VerifiedBackup, WaveNo,
    journey::{BackupProof, Heading, Seen},
    plan::{Environment, GateState, Scenery, Side},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its place in the ledger, from 1, without gaps.
    pub seq: u64,
    /// When it was written.
    pub at: Timestamp,
    /// Which run, if it belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<RunId>,
    /// Which host, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<HostId>,
    /// What.
    #[serde(flatten)]
    pub kind: Kind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    /// A host's facts were read (event's host).
    Surveyed {
        /// Digest of the facts, in the evidence store.
        facts: Digest,
        /// Before the move or after it.
        period: Period,
        /// How many items could not be read.
        unknown: u32,
        /// On what kind of machine.
        scenery: Scenery,
    },
    /// What a host has beside its packages was counted (event's host).
    CensusTaken {
        /// Digest of the census, in the evidence store.
        census: Digest,
        /// How many sections could not be read.
        unknown: u32,
    },
    /// All rules were asked.
    Assessed {
        /// Digest of the assessment, in the evidence store.
        assessment: Digest,
        /// Findings that block.
        blocks: u32,
        /// Findings that warn.
        warns: u32,
        /// Rules that could not look.
        unknown: u32,
    },
    /// A plan was made.
    Planned {
        /// Its name; its text is in the evidence store under the digest of the same bytes.
        plan: Digest,
        /// How many hosts it moves.
        hosts: u32,
        /// By whom.
        by: String,
    },
    /// Somebody signed a plan.
    Approved {
        /// What was signed.
        plan: Digest,
        /// Who.
        by: String,
        /// Fingerprint of the key.
        key: String,
    },

    /// A plan of remedies was made.
    RemediesPlanned {
        /// Its name; its text is in the evidence store under the digest of the same bytes.
        plan: Digest,
        /// On how many hosts it changes something.
        hosts: u32,
        /// How many files it changes.
        files: u32,
        /// By whom.
        by: String,
    },
    /// Remedies began, or were taken up again. Their steps are written as those of a migration are.
    RemediesStarted {
        /// Which plan.
        plan: Digest,
        /// Forward: they are applied. Back: they are taken back.
        way: Heading,
        /// On which hosts.
        hosts: u32,
        /// By whom.
        by: String,
    },
    /// Everything that was asked for was tried.
    RemediesEnded {
        /// Which plan.
        plan: Digest,
        /// Which way.
        way: Heading,
        /// Files that are as they were to be.
        done: u32,
        /// Files that are not, or of which nobody knows.
        failed: u32,
        /// Files of hosts that were not begun.
        left: u32,
    },

    /// A run of a plan began.
    RunStarted {
        /// Which plan.
        plan: Digest,
        /// Rehearsal or production.
        environment: Environment,
        /// On what kind of machines.
        scenery: Scenery,
        /// By whom.
        by: String,
    },
    /// The controller came back after a crash or a stop.
    RunResumed {
        /// Hosts that were in motion.
        in_motion: u32,
    },
    /// No new host starts until it goes on.
    RunPaused {
        /// By whom.
        by: String,
    },
    /// It goes on.
    RunUnpaused {
        /// By whom.
        by: String,
    },
    /// A stop rule ended the campaign: no new host starts; those in motion go to their end.
    RunStopped {
        /// Which rule, with its numbers.
        rule: Message,
    },
    /// Nothing is left to do in this run.
    RunEnded {
        /// Accepted hosts.
        accepted: u32,
        /// Hosts whose old machine serves again.
        rolled_back: u32,
        /// Hosts that wait for a person.
        held: u32,
        /// Hosts that never began.
        not_begun: u32,
    },

    /// A wave's first host may begin.
    WaveStarted {
        /// Which.
        wave: WaveNo,
    },
    /// All hosts of the wave are settled.
    WaveEnded {
        /// Which.
        wave: WaveNo,
    },
    /// Why this host is not moving; written when the reason changes.
    Waiting {
        /// One machine-readable reason.
        reason: WaitReason,
    },

    /// The scheduler let the host go.
    Begun {
        /// In which wave.
        wave: WaveNo,
    },
    /// About to touch the host for this step.
    StepStarted {
        /// Which step.
        step: StepNo,
        /// Its id, for readers.
        id: String,
        /// Which try.
        attempt: u8,
        /// What the check printed: how it was before.
        before: String,
    },
    /// A job that outlived the controller was found running or ended, and taken over.
    StepAdopted {
        /// Which step.
        step: StepNo,
        /// Which try.
        attempt: u8,
    },
    /// The step is done and verified.
    StepFinished {
        /// Which step.
        step: StepNo,
        /// Its id, for readers.
        id: String,
        /// Whether anything had to be done.
        outcome: Outcome,
        /// What verify printed.
        proof: String,
        /// How long it took.
        took_ms: u64,
    },
    /// The step did not work out.
    StepFailed {
        /// Which step.
        step: StepNo,
        /// Its id, for readers.
        id: String,
        /// Which try.
        attempt: u8,
        /// What went wrong.
        fault: Fault,
        /// How long it took.
        took_ms: u64,
    },
    /// A backup is in the vault; it is no way back before it is proven.
    BackedUp {
        /// Which step.
        step: StepNo,
        /// The snapshot in the vault.
        snapshot: String,
    },
    /// The backup was read back in full and a restore was compared with the host.
    BackupProven {
        /// Which step.
        step: StepNo,
        /// What was found.
        proof: BackupProof,
        /// How long it took.
        took_ms: u64,
    },
    /// The provisioner answered with a machine.
    MachineMade {
        /// Always the new one.
        side: Side,
        /// Where Rockhop reaches it.
        address: String,
        /// Its public host keys, `type base64`.
        host_keys: Vec<String>,
    },

    /// Somebody or something wants the old host back.
    RollbackAsked {
        /// Why.
        why: Fault,
        /// Who: a person's name, or `policy`.
        by: String,
    },
    /// About to take this step back.
    UndoStarted {
        /// Which step.
        step: StepNo,
        /// Its id, for readers.
        id: String,
    },
    /// It is taken back.
    UndoFinished {
        /// Which step.
        step: StepNo,
        /// Its id, for readers.
        id: String,
        /// How long it took.
        took_ms: u64,
    },
    /// It could not be taken back.
    UndoFailed {
        /// Which step.
        step: StepNo,
        /// Its id, for readers.
        id: String,
        /// What went wrong.
        fault: Fault,
    },
    /// What the new host had written since cutover, asked before it was set aside.
    Salvaged {
        /// What it said.
        written: String,
        /// Where that is kept.
        kept: String,
    },
    /// A person says: try again.
    RetryAsked {
        /// Who.
        by: String,
    },

    /// A service went away or came back, as the prober saw it.
    ServiceChanged {
        /// Which.
        service: ServiceId,
        /// How it is now.
        state: ServiceState,
        /// When it was last seen in the state before, which bounds the change from below.
        last_seen_other: Timestamp,
        /// The prober's interval: shorter outages are invisible.
        interval_ms: u64,
    },
    /// A gate was asked for the first time, or says something else than before.
    GateChanged {
        /// Its name in the plan.
        gate: String,
        /// How it is now.
        state: GateState,
        /// Why it is not open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Message>,
    },
    /// A number, with what it was computed from.
    Measured {
        /// Stable name: `service.latency.p95`, `orders.lost`.
        metric: String,
        /// Service or host it is about.
        subject: String,
        /// Before, during or after.
        period: Period,
        /// Fixed-point: value x 1000.
        value_milli: i64,
        /// `ms`, `count`, `percent`.
        unit: String,
        /// Samples behind it.
        n: u64,
    },
    /// A note that a person or the lab left: an armed fault, a remark.
    Noted {
        /// Who.
        by: String,
        /// What.
        text: String,
    },
}

/// Before, during or after the move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// On EL7.
    Before,
    /// While its host was moving.
    During,
    /// On EL9.
    After,
}

/// Whether a step had to do anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was already so.
    AlreadySo,
    /// It was made so.
    Applied,
    /// It had been made so by a job that was still there after a crash.
    Adopted,
}

/// How a service is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceState {
    /// It answers as it should.
    Up,
    /// It does not.
    Down,
    /// The prober could not look.
    Unknown,
}

/// The one reason why a host is not moving.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "kebab-case")]
pub enum WaitReason {
    /// The campaign is paused.
    Paused,
    /// A stop rule ended the campaign, or the failure budget is spent.
    Budget,
    /// The wave before is not done.
    Dependency {
        /// Which wave.
        wave: WaveNo,
    },
    /// The wave's first host is not accepted yet.
    Canary {
        /// Which host.
        host: HostId,
    },
    /// A host that has to be accepted before it is not: the replica of a primary.
    Order {
        /// Which host.
        host: HostId,
    },
    /// A host of its pair is in motion or away.
    Lock {
        /// Which host.
        host: HostId,
    },
    /// As many hosts of the role as allowed are away.
    RoleLimit {
        /// How many may be.
        limit: u32,
    },
    /// As many hosts as allowed are in motion or away.
    FleetLimit {
        /// How many may be.
        limit: u32,
    },
    /// The window is closed.
    Window {
        /// When it opens again, if that is known.
        opens_at: Option<Timestamp>,
    },
    /// It would not be done, with the reserve for a rollback, before the cutoff.
    Cutoff {
        /// When the window closes.
        closes_at: Timestamp,
    },
    /// Facts are older than the plan allows.
    StaleFacts,
    /// A gate is not open.
    Gate {
        /// Which.
        gate: String,
    },
    /// The plan is not approved.
    Approval,
}

impl WaitReason {
    /// A stable key for machines.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Paused => "paused",
            Self::Budget => "budget",
            Self::Dependency { .. } => "dependency",
            Self::Canary { .. } => "canary",
            Self::Order { .. } => "order",
            Self::Lock { .. } => "lock",
            Self::RoleLimit { .. } => "role-limit",
            Self::FleetLimit { .. } => "fleet-limit",
            Self::Window { .. } => "window",
            Self::Cutoff { .. } => "cutoff",
            Self::StaleFacts => "stale-facts",
            Self::Gate { .. } => "gate",
            Self::Approval => "approval",
        }
    }
}

impl Kind {
    /// What this event means to the journey of its host; `None` when it means nothing to it.
    ///
    /// A recorded proof that does not hold gives `None`: the event means nothing to the journey, so no ledger
    /// can talk a host into moving.
    pub fn seen(&self) -> Option<Seen> {
        Some(match self {
            Self::Begun { .. } => Seen::Begun,
            Self::StepFinished { step, .. } => Seen::StepDone(*step),
            Self::BackupProven { step, proof, .. } => proven(*step, proof)?,
            Self::StepFailed { step, fault, .. } => Seen::StepFailed(*step, fault.clone()),
            Self::UndoFinished { step, .. } => Seen::UndoDone(*step),
            Self::UndoFailed { step, fault, .. } => Seen::UndoFailed(*step, fault.clone()),
            Self::RollbackAsked { why, .. } => Seen::RollbackAsked(why.clone()),
            Self::RetryAsked { .. } => Seen::RetryAsked,
            _ => return None,
        })
    }
}

fn proven(step: StepNo, proof: &BackupProof) -> Option<Seen> {
    let backup: VerifiedBackup = proof.clone().accept().ok()?;
    Some(Seen::BackupProven(step, backup))
}
