//! One host's journey: a pure step from (phase, what was seen) to (phase, what to do).
//!
//! Decides only; touches nothing. The phase is never stored: it is the fold of this function over the
//! ledger. A host cannot be moving without a proven backup, because `Moving` cannot be built without one.

use crate::{
    Fault, StepNo,
    plan::{Action, HostPlan, OnFailure, Stage},
};
use serde::{Deserialize, Serialize};

/// A backup that was read back in full and compared with the host. Only [`BackupProof::accept`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedBackup(BackupProof);

/// What the vault found when it read a backup back and compared a restore of it with the host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupProof {
    /// The snapshot in the vault.
    pub snapshot: String,
    /// Files in it.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// Bytes read back from the vault.
    pub read_back_bytes: u64,
    /// Files compared with the host.
    pub compared: u64,
    /// Files that were declared as changing and did change.
    pub volatile: Vec<String>,
    /// Files that differ without having been declared.
    pub differences: Vec<String>,
}

impl BackupProof {
    /// A verified backup, or what speaks against it.
    pub fn accept(self) -> Result<VerifiedBackup, NotProven> {
        if !self.differences.is_empty() {
            return Err(NotProven::Differs { count: self.differences.len() });
        }
        if self.files == 0 || self.compared == 0 {
            return Err(NotProven::Empty);
        }
        if self.read_back_bytes < self.bytes {
            return Err(NotProven::NotReadBack { bytes: self.bytes, read_back: self.read_back_bytes });
        }
        Ok(VerifiedBackup(self))
    }
}

impl VerifiedBackup {
    /// What was found.
    pub fn proof(&self) -> &BackupProof {
        &self.0
    }
}

/// Why a backup is not a way back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotProven {
    /// Restored files are not what the host has.
    #[error("{count} restored files differ from the host's")]
    Differs {
        /// How many.
        count: usize,
    },
    /// Nothing was compared.
    #[error("nothing was compared")]
    Empty,
    /// Part of it was not read.
    #[error("{read_back} of {bytes} bytes were read back")]
    NotReadBack {
        /// In the backup.
        bytes: u64,
        /// Read.
        read_back: u64,
    },
}

/// Where a host is. Each variant carries exactly what is true in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Not begun.
    Waiting,
    /// Looking and backing up; nothing was touched.
    Securing {
        /// The step it is at.
        at: StepNo,
        /// Which try, from 1.
        attempt: u8,
    },
    /// On its way, with a way back.
    Moving {
        /// The way back.
        backup: VerifiedBackup,
        /// The step it is at.
        at: StepNo,
        /// Which try, from 1.
        attempt: u8,
    },
    /// Moved; the old host is kept.
    Accepted {
        /// Still there.
        backup: VerifiedBackup,
    },
    /// On its way back.
    RollingBack {
        /// What for.
        why: Fault,
        /// `None` when it never got so far as to touch anything.
        backup: Option<VerifiedBackup>,
        /// The step being undone.
        at: StepNo,
    },
    /// The old host serves again.
    RolledBack {
        /// What for.
        why: Fault,
    },
    /// A person has to look.
    Held {
        /// What for.
        why: Fault,
        /// The way back, if there was one yet.
        backup: Option<VerifiedBackup>,
        /// The step it stands at.
        at: StepNo,
        /// Which way it was going.
        heading: Heading,
    },
}

/// Which way a held host was going.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Heading {
    /// Towards the new host.
    Forward,
    /// Back to the old one.
    Back,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// The scheduler lets it go.
    Begun,
    /// This step is done and was verified.
    StepDone(StepNo),
    /// The backup was read back and compared.
    BackupProven(StepNo, VerifiedBackup),
    /// This step failed.
    StepFailed(StepNo, Fault),
    /// This step was taken back.
    UndoDone(StepNo),
    /// It could not be taken back.
    UndoFailed(StepNo, Fault),
    /// The controller started again and asks where things are.
    Woke,
    /// A person wants the old host back.
    RollbackAsked(Fault),
    /// A person has looked and says: try again.
    RetryAsked,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Check, apply, verify.
    Run {
        /// The step.
        step: StepNo,
        /// Which try.
        attempt: u8,
    },
    /// After a crash: look, never guess; adopt what is still running.
    Resume {
        /// The step.
        step: StepNo,
        /// Which try it was.
        attempt: u8,
    },
    /// Take it back.
    Undo {
        /// The step.
        step: StepNo,
    },
}

/// An event that cannot happen here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{seen} cannot happen to a host that is {phase}")]
pub struct NotAllowed {
    /// Where it was.
    pub phase: &'static str,
    /// What came.
    pub seen: &'static str,
}

type Move = (Phase, Option<Effect>);

/// Says where a host goes next, and what to do on the way.
pub fn next(job: &HostPlan, policy: OnFailure, phase: Phase, seen: Seen) -> Result<Move, NotAllowed> {
    use {Phase::*, Seen::*};
    Ok(match (phase, seen) {
        (Waiting, Begun) => begin(),
        (Securing { at, .. }, StepDone(n)) if n == at && !proves(job, at) => secure_on(job, at),
        (Securing { at, .. }, BackupProven(n, backup)) if n == at && proves(job, at) => move_on(job, backup, at),
        (Moving { backup, at, .. }, StepDone(n)) if n == at => move_on(job, backup, at),
        (Securing { at, attempt }, StepFailed(n, why)) if n == at => fail(job, policy, None, at, attempt, why),
        (Moving { backup, at, attempt }, StepFailed(n, why)) if n == at => {
            fail(job, policy, Some(backup), at, attempt, why)
        }
        (Securing { at, .. }, RollbackAsked(why)) => roll_back(None, at, why),
        (Moving { backup, at, .. }, RollbackAsked(why)) => roll_back(Some(backup), at, why),
        (Accepted { backup }, RollbackAsked(why)) => roll_back(Some(backup), last(job), why),
        (Held { backup, at, .. }, RollbackAsked(why)) => roll_back(backup, at, why),
        (RollingBack { why, backup, at }, UndoDone(n)) if n == at => back_on(why, backup, at),
        (RollingBack { backup, at, .. }, UndoFailed(n, fault)) if n == at => hold(fault, backup, at, Heading::Back),
        (Held { why, backup, at, heading }, RetryAsked) => retry(why, backup, at, heading),
        (phase, Woke) => wake(phase),
        (phase, seen) => return Err(NotAllowed { phase: phase.name(), seen: seen.name() }),
    })
}

fn begin() -> Move {
    (Phase::Securing { at: StepNo(0), attempt: 1 }, Some(Effect::Run { step: StepNo(0), attempt: 1 }))
}

fn secure_on(job: &HostPlan, at: StepNo) -> Move {
    match after(job, at) {
        Some(at) => (Phase::Securing { at, attempt: 1 }, Some(Effect::Run { step: at, attempt: 1 })),
        // A plan without a proof does not pass `HostPlan::check`; standing still is the safe reading of one that did.
        None => (Phase::Securing { at, attempt: 1 }, None),
    }
}

fn move_on(job: &HostPlan, backup: VerifiedBackup, at: StepNo) -> Move {
    match after(job, at) {
        Some(at) => (Phase::Moving { backup, at, attempt: 1 }, Some(Effect::Run { step: at, attempt: 1 })),
        None => (Phase::Accepted { backup }, None),
    }
}

fn fail(
    job: &HostPlan,
    policy: OnFailure,
    backup: Option<VerifiedBackup>,
    at: StepNo,
    attempt: u8,
    why: Fault,
) -> Move {
    let retries = job.steps.get(at.0 as usize).map_or(0, |s| s.retries);
    if why.class.may_pass() && attempt <= retries {
        return again(backup, at, attempt.saturating_add(1));
    }
    match (policy, backup) {
        // Nothing was touched yet: there is nothing to hold for.
        (_, None) => roll_back(None, at, why),
        (OnFailure::Rollback, backup) => roll_back(backup, at, why),
        (OnFailure::Hold, backup) => hold(why, backup, at, Heading::Forward),
    }
}

fn again(backup: Option<VerifiedBackup>, at: StepNo, attempt: u8) -> Move {
    let effect = Some(Effect::Run { step: at, attempt });
    match backup {
        Some(backup) => (Phase::Moving { backup, at, attempt }, effect),
        None => (Phase::Securing { at, attempt }, effect),
    }
}

fn roll_back(backup: Option<VerifiedBackup>, at: StepNo, why: Fault) -> Move {
    match backup {
        Some(_) => (Phase::RollingBack { why, backup, at }, Some(Effect::Undo { step: at })),
        None => (Phase::RolledBack { why }, None),
    }
}

fn back_on(why: Fault, backup: Option<VerifiedBackup>, at: StepNo) -> Move {
    match at.0.checked_sub(1) {
        Some(n) => (Phase::RollingBack { why, backup, at: StepNo(n) }, Some(Effect::Undo { step: StepNo(n) })),
        None => (Phase::RolledBack { why }, None),
    }
}

fn hold(why: Fault, backup: Option<VerifiedBackup>, at: StepNo, heading: Heading) -> Move {
    (Phase::Held { why, backup, at, heading }, None)
}

fn retry(why: Fault, backup: Option<VerifiedBackup>, at: StepNo, heading: Heading) -> Move {
    match heading {
        Heading::Forward => again(backup, at, 1),
        Heading::Back => roll_back(backup, at, why),
    }
}

fn wake(phase: Phase) -> Move {
    let effect = phase.woken();
    (phase, effect)
}

fn proves(job: &HostPlan, at: StepNo) -> bool {
    job.steps.get(at.0 as usize).is_some_and(|s| matches!(s.action, Action::ProveBackUp(_)))
}

fn after(job: &HostPlan, at: StepNo) -> Option<StepNo> {
    let next = at.0.checked_add(1)?;
    ((next as usize) < job.steps.len()).then_some(StepNo(next))
}

fn last(job: &HostPlan) -> StepNo {
    StepNo(u32::try_from(job.steps.len().saturating_sub(1)).unwrap_or(u32::MAX))
}

impl Phase {
    /// A stable key for machines.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Securing { .. } => "securing",
            Self::Moving { .. } => "moving",
            Self::Accepted { .. } => "accepted",
            Self::RollingBack { .. } => "rolling-back",
            Self::RolledBack { .. } => "rolled-back",
            Self::Held { .. } => "held",
        }
    }

    /// What to do first when the controller comes back: look, never guess.
    pub fn woken(&self) -> Option<Effect> {
        match self {
            Self::Securing { at, attempt } | Self::Moving { at, attempt, .. } => {
                Some(Effect::Resume { step: *at, attempt: *attempt })
            }
            Self::RollingBack { at, .. } => Some(Effect::Undo { step: *at }),
            Self::Waiting | Self::Accepted { .. } | Self::RolledBack { .. } | Self::Held { .. } => None,
        }
    }

    /// Whether the engine has work on this host.
    pub fn in_motion(&self) -> bool {
        matches!(self, Self::Securing { .. } | Self::Moving { .. } | Self::RollingBack { .. })
    }

    /// Whether its wave need not wait for it any more.
    pub fn settled(&self) -> bool {
        matches!(self, Self::Accepted { .. } | Self::RolledBack { .. } | Self::Held { .. })
    }

    /// The step it stands at, if it stands at one.
    pub fn step(&self) -> Option<StepNo> {
        match self {
            Self::Securing { at, .. }
            | Self::Moving { at, .. }
            | Self::RollingBack { at, .. }
            | Self::Held { at, .. } => Some(*at),
            Self::Waiting | Self::Accepted { .. } | Self::RolledBack { .. } => None,
        }
    }

    /// Which part of the journey it is in, for views.
    pub fn stage(&self, job: &HostPlan) -> Option<Stage> {
        self.step().and_then(|n| job.steps.get(n.0 as usize)).map(|s| s.stage)
    }
}

impl Seen {
    fn name(&self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::StepDone(_) => "step-done",
            Self::BackupProven(..) => "backup-proven",
            Self::StepFailed(..) => "step-failed",
            Self::UndoDone(_) => "undo-done",
            Self::UndoFailed(..) => "undo-failed",
            Self::Woke => "woke",
            Self::RollbackAsked(_) => "rollback-asked",
            Self::RetryAsked => "retry-asked",
        }
    }
}
