//! The plan: immutable, complete, named by the hash of its content.
//!
//! Executing it leaves nothing to choose. It is never changed: another plan replaces it, and what was
//! approved for the one does not count for the other.

pub mod compile;
pub mod diff;
pub mod gate;
pub mod step;
pub mod waves;

#[cfg(test)]
pub(crate) mod test_fleet;
#[cfg(test)]
mod tests;

use crate::{Digest, HostId, Message, RoleId, RunId, ServiceId, SiteId, WaveNo, packages::Fate, window::Window};
pub use compile::{Block, PlanInput, PlanRefusal, Timing, compile, left_over};
pub use diff::{PlanDiff, diff};
pub use gate::{Gate, GateAnswer, GateQuestion, GateState, GateTime, Outside};
use indexmap::IndexMap;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
pub use step::*;

/// The format of this file; a reader refuses a newer one. A plan of format 1 has no gates and reads as it always did;
/// a reader of format 1 would run a plan without asking its gates.
pub const PLAN_FORMAT: u32 = 2;

/// What kind of fleet the plan is for. Production refuses to run without an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Environment {
    /// People depend on it.
    Production,
    /// Stands in for production in a rehearsal.
    Preproduction,
}

/// What the machines of the plan are; every output of a run that is not `Real` says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scenery {
    /// Machines of the world.
    Real,
    /// The lab's hosts: real systemd, ssh, databases; kernel and libraries are stage scenery.
    Lab,
    /// A fleet in memory.
    Simulated,
}

/// The whole plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// See [`PLAN_FORMAT`].
    pub format: u32,
    /// The project's name.
    pub project: String,
    /// For which kind of fleet.
    pub environment: Environment,
    /// On what kind of machines.
    pub scenery: Scenery,
    /// When it was made.
    pub made_at: Timestamp,
    /// The limits that hold over the whole campaign.
    pub policy: Policy,
    /// In order; a wave starts when the one before is done.
    pub waves: Vec<Wave>,
    /// Every host that moves.
    pub hosts: IndexMap<HostId, HostPlan>,
    /// Why the order is as it is.
    pub constraints: Vec<Constraint>,
    /// What people use, watched by the prober during the run.
    pub services: Vec<Service>,
    /// What has to be well before, during and after a host's move.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<Gate>,
}

/// Limits over the whole campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Facts older than this, in seconds, do not start a host.
    pub facts_max_age_s: u64,
    /// Hosts in motion at once.
    pub hosts_in_parallel: u32,
    /// Hosts of the whole fleet that may be away at once.
    pub max_unavailable: u32,
    /// The same per role.
    pub max_unavailable_by_role: IndexMap<RoleId, u32>,
    /// Hosts that may end otherwise than accepted before the campaign stops: failed, unreachable and unknown alike.
    pub failure_budget: u32,
    /// Time kept free before a window's cutoff for taking a host back, in seconds.
    pub rollback_reserve_s: u64,
    /// What happens to a host whose step failed for good.
    pub on_failure: OnFailure,
}

/// What happens to a host whose step failed for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OnFailure {
    /// Bring the old host back at once.
    Rollback,
    /// Keep everything as it is and wait for a person.
    Hold,
}

/// A batch of hosts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wave {
    /// Counted from 1.
    pub no: WaveNo,
    /// A stable name: `monitoring`.
    pub name: String,
    /// In starting order. The first is the canary: the others wait until it is accepted.
    pub hosts: Vec<HostId>,
    /// When its hosts may start; no window means at any time.
    pub window: Option<Window>,
}

/// What is planned for one host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostPlan {
    /// Its inventory name.
    pub host: HostId,
    /// What it is for.
    pub role: RoleId,
    /// Where it stands.
    pub site: Option<SiteId>,
    /// How it moves.
    pub strategy: Strategy,
    /// The address that the new host takes over.
    pub address: String,
    /// Digest of the facts that this plan was made from.
    pub facts: Digest,
    /// When they were read.
    pub facts_taken_at: Timestamp,
    /// Hosts that must not be in motion together with this one: its pair or quorum.
    pub apart_from: Vec<HostId>,
    /// Hosts that have to be accepted before this one begins: the replicas of a primary. Where one of them did not
    /// make it, this one stays.
    pub only_after: Vec<HostId>,
    /// In order.
    pub steps: Vec<Step>,
    /// How it comes back.
    pub rollback: RollbackPlan,
    /// How long it takes.
    pub forecast: Forecast,
    /// What the reader should know: what is not carried, what was decided.
    pub notes: Vec<Message>,
    /// What becomes of each package of the old host, and who said so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<PlannedPackage>,
}

/// What becomes of one package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPackage {
    /// Its name on the old host.
    pub name: String,
    /// What becomes of it.
    pub fate: Fate,
    /// What is installed for it; where only release 8 was spoken of, what would be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// Who said so, first the one that decides: `row sys.ntp`. Nobody, where it is unknown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<String>,
}

/// How a host moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// A new machine beside the old one.
    Replace,
}

/// What a rollback does besides undoing the steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollbackPlan {
    /// Asks the new host what was written since cutover; its output goes into the ledger before the machine is set aside.
    pub salvage: Option<String>,
    /// Exits 0 when the old host serves again; asked after the last undo.
    pub check: String,
    /// What a rollback after the point of no return loses, and where it is kept.
    pub loses: Message,
}

/// How long a host takes, in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "basis", rename_all = "kebab-case")]
pub enum Forecast {
    /// No rehearsal of this role was measured.
    Unmeasured,
    /// From the rehearsal's own timings.
    Rehearsed {
        /// Which run.
        run: RunId,
        /// From begin to acceptance.
        duration_ms: u64,
        /// From the step where the service goes to the one where it is back.
        outage_ms: u64,
    },
}

/// Why one host goes before another, or never together with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraint {
    /// This host ...
    pub first: HostId,
    /// ... goes before this one.
    pub then: HostId,
    /// Why, for the reader.
    pub reason: Message,
}

/// Something that people use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its name.
    pub id: ServiceId,
    /// The hosts that serve it.
    pub hosts: Vec<HostId>,
    /// How it is asked.
    pub probe: Probe,
    /// Availability promised, in percent: `99.5`.
    pub slo_percent: Option<String>,
}

/// How a service is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Probe {
    /// GET; without an expected status any from 200 to 399 counts.
    Http {
        /// `http://10.0.0.1:80/healthz`.
        url: String,
        /// The status that counts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expect_status: Option<u16>,
        /// Text that the answer holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expect_text: Option<String>,
    },
    /// A connection opens.
    Tcp {
        /// Where.
        address: String,
        /// Which port.
        port: u16,
    },
    /// PING; to want a password is an answer, to be loading is none.
    Redis {
        /// Where.
        address: String,
        /// Which port.
        port: u16,
    },
    /// A stranger's session begins, or is refused for who asks.
    Postgresql {
        /// Where.
        address: String,
        /// Which port.
        port: u16,
    },
    /// The server greets, and refuses a stranger's login.
    Mariadb {
        /// Where.
        address: String,
        /// Which port.
        port: u16,
    },
}

impl Plan {
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
    pub fn parse(text: &str) -> Result<Self, PlanError> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let head: Head = serde_json::from_str(text).map_err(|e| PlanError::Malformed(e.to_string()))?;
        if !(1..=PLAN_FORMAT).contains(&head.format) {
            return Err(PlanError::Format { found: head.format });
        }
        let plan: Self = serde_json::from_str(text).map_err(|e| PlanError::Malformed(e.to_string()))?;
        plan.check()?;
        Ok(plan)
    }

    /// The invariants that execution relies on.
    pub fn check(&self) -> Result<(), PlanError> {
        for wave in &self.waves {
            if let Some(host) = wave.hosts.iter().find(|h| !self.hosts.contains_key(*h)) {
                return Err(PlanError::HostWithoutPlan { wave: wave.no, host: host.clone() });
            }
        }
        gate::check(self)?;
        self.hosts.values().try_for_each(HostPlan::check)
    }

    /// Which wave a host goes in.
    pub fn wave_of(&self, host: &HostId) -> Option<&Wave> {
        self.waves.iter().find(|w| w.hosts.contains(host))
    }
}

impl HostPlan {
    /// No step may touch anything before the backup is proven, and each step id stands once.
    pub fn check(&self) -> Result<(), PlanError> {
        let proof = self.steps.iter().position(|s| matches!(s.action, Action::ProveBackUp(_)));
        let Some(proof) = proof else { return Err(PlanError::NoProof { host: self.host.clone() }) };
        let early = self.steps[..proof].iter().find(|s| s.stage != Stage::Secure);
        if let Some(step) = early {
            return Err(PlanError::TouchesBeforeProof { host: self.host.clone(), step: step.id.to_string() });
        }
        let mut seen = std::collections::HashSet::new();
        match self.steps.iter().find(|s| !seen.insert(&s.id)) {
            Some(twice) => Err(PlanError::StepTwice { host: self.host.clone(), step: twice.id.to_string() }),
            None => Ok(()),
        }
    }
}

/// Why a file is not a plan that can run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Not the plan's JSON.
    #[error("not a plan: {0}")]
    Malformed(String),
    /// Written by another version.
    #[error("plan format {found}, this version reads {PLAN_FORMAT}")]
    Format {
        /// What it says.
        found: u32,
    },
    /// A wave names a host that has no plan.
    #[error("wave {wave} names {host}, which has no steps")]
    HostWithoutPlan {
        /// The wave.
        wave: WaveNo,
        /// The host.
        host: HostId,
    },
    /// A gate asks nothing, never, or what another one of its name asks.
    #[error("the gate {gate} asks nothing, or stands twice, or asks after a service that is not watched")]
    Gate {
        /// Which.
        gate: String,
    },
    /// Nothing proves the backup.
    #[error("{host} has no step that proves its backup")]
    NoProof {
        /// The host.
        host: HostId,
    },
    /// A step would touch a host without a way back.
    #[error("{host}: step {step} stands before the proven backup")]
    TouchesBeforeProof {
        /// The host.
        host: HostId,
        /// The step.
        step: String,
    },
    /// Ids name one step only.
    #[error("{host}: step {step} stands twice")]
    StepTwice {
        /// The host.
        host: HostId,
        /// The step.
        step: String,
    },
}
