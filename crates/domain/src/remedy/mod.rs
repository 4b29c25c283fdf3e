//! Remedies that a machine can apply: from a host's findings to exact changes of its files, before it moves.
//!
//! The plan of remedies is immutable and named by the digest of its bytes, as a plan of a migration is, and approved in
//! the same way. One step changes one file, in whole lines; it keeps the file as it was, and its undo puts just that back.
//! Nothing here deletes anything, restarts anything, or touches a file that holds a secret or was not read whole. What is
//! not mechanical goes to a person, with the reason.

mod compile;
mod draft;
mod edit;
pub(crate) mod kind;
mod kinds;
mod script;
pub mod standing;

#[cfg(test)]
mod tests;

pub use compile::compile;
pub use edit::{Edit, Hand};
pub use kind::{Effect, Mechanical};

use crate::{
    Digest, HostId, Message, RuleId, StepId,
    plan::{Environment, Scenery, Scripts},
    rules::Severity,
};
use indexmap::IndexMap;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The format of this file; a reader refuses a newer one.
pub const REMEDY_FORMAT: u32 = 1;

/// The ids of the steps that remedies have.
pub const STEPS: [&str; 4] = kind::Desk::STEPS;

/// The exit status by which a step's scripts say that the file is not as it was surveyed, or not as the remedy left it.
pub const CHANGED: i32 = 3;

/// Every change that is to be made, on every host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemedyPlan {
    /// See [`REMEDY_FORMAT`]. Its name tells this plan from that of a migration.
    pub remedy_format: u32,
    /// The project's name.
    pub project: String,
    /// For which kind of fleet.
    pub environment: Environment,
    /// On what kind of machines.
    pub scenery: Scenery,
    /// When it was made.
    pub made_at: Timestamp,
    /// Hosts at once.
    pub hosts_in_parallel: u32,
    /// Hosts on which a step may fail before no further host begins.
    pub failure_budget: u32,
    /// Hosts on which something is to be done, or left to a person.
    pub hosts: IndexMap<HostId, HostRemedies>,
}

/// What is to be done on one host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostRemedies {
    /// Digest of the facts that this was made from.
    pub facts: Digest,
    /// When they were read.
    pub facts_taken_at: Timestamp,
    /// One for each file, in order.
    pub steps: Vec<FileRemedy>,
    /// What is left to a person.
    pub by_hand: Vec<ByHand>,
}

/// The change of one file, complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRemedy {
    /// `remedy.fstab`; its sentence in the catalogue is `step-remedy-fstab`.
    pub id: StepId,
    /// The file, an absolute path.
    pub file: String,
    /// SHA-256 of the file as it was surveyed; with another one nothing is done.
    pub before: String,
    /// SHA-256 of the file afterwards; none where the host fills in what no survey carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// What it means for the host as it runs now: the farthest of what its parts mean.
    pub effect: Effect,
    /// The findings that this remedies.
    pub findings: Vec<Remedied>,
    /// Lines that change, in order.
    pub edits: Vec<Edit>,
    /// Check, apply, verify, as the steps of a migration have them.
    pub scripts: Scripts,
    /// Puts the file back as it was; refuses when it was changed since.
    pub undo: String,
    /// Longest time, in seconds.
    pub timeout_s: u32,
}

/// A finding and how it is remedied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedied {
    /// The rule.
    pub rule: RuleId,
    /// By what kind of change.
    pub by: Mechanical,
    /// What it found.
    pub finding: Message,
}

/// A finding that is left to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    /// The rule.
    pub rule: RuleId,
    /// How much it means.
    pub severity: Severity,
    /// What it found.
    pub finding: Message,
    /// Why no machine does it.
    pub why: Hand,
}

impl RemedyPlan {
    /// The plan's name: the digest of its canonical JSON.
    pub fn digest(&self) -> Digest {
        Digest::of(self.to_json().as_bytes())
    }

    /// Canonical JSON: field order is the type's, maps keep their order.
    pub fn to_json(&self) -> String {
        // A plan holds only strings, integers and lists of them: it always serialises.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Reads a plan and refuses a format that this version does not know.
    pub fn parse(text: &str) -> Result<Self, RemedyPlanError> {
        #[derive(Deserialize)]
        struct Head {
            remedy_format: u32,
        }
        let malformed = |e: serde_json::Error| RemedyPlanError::Malformed(e.to_string());
        let head: Head = serde_json::from_str(text).map_err(malformed)?;
        if head.remedy_format != REMEDY_FORMAT {
            return Err(RemedyPlanError::Format { found: head.remedy_format });
        }
        let plan: Self = serde_json::from_str(text).map_err(malformed)?;
        plan.hosts.iter().try_for_each(|(host, remedies)| remedies.check(host))?;
        Ok(plan)
    }

    /// How many files it changes.
    pub fn files(&self) -> usize {
        self.hosts.values().map(|host| host.steps.len()).sum()
    }

    /// The hosts on which it changes something.
    pub fn changed_hosts(&self) -> impl Iterator<Item = (&HostId, &HostRemedies)> {
        self.hosts.iter().filter(|(_, host)| !host.steps.is_empty())
    }
}

impl HostRemedies {
    /// One file is changed once: two steps over one file could not be undone apart.
    fn check(&self, host: &HostId) -> Result<(), RemedyPlanError> {
        let mut seen = std::collections::HashSet::new();
        match self.steps.iter().find(|step| !seen.insert(&step.file)) {
            Some(twice) => Err(RemedyPlanError::FileTwice { host: host.clone(), file: twice.file.clone() }),
            None => Ok(()),
        }
    }
}

impl FileRemedy {
    /// The exact text that runs, question and script.
    pub fn scripts(&self) -> [(&'static str, &str); 4] {
        let Scripts { check, apply, verify } = &self.scripts;
        [("check", check.as_deref().unwrap_or_default()), ("apply", apply), ("verify", verify), ("undo", &self.undo)]
    }
}

/// Why a file is not a plan of remedies.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemedyPlanError {
    /// Not the plan's JSON.
    #[error("not a plan of remedies: {0}")]
    Malformed(String),
    /// Written by another version.
    #[error("remedy plan format {found}, this version reads {REMEDY_FORMAT}")]
    Format {
        /// What it says.
        found: u32,
    },
    /// A file is changed by one step only.
    #[error("{host}: two steps change {file}")]
    FileTwice {
        /// The host.
        host: HostId,
        /// The file.
        file: String,
    },
}
