//! One step of a host's journey, complete: where it acts, the exact commands, how it is taken back.
//!
//! A step answers four questions: check (already so?), apply, verify, undo. Every script is POSIX sh,
//! run as root by `sudo -n sh -s`, and safe to run twice.

use crate::{Digest, HostId, StepId, config::Translator};
use serde::{Deserialize, Serialize};

/// What a host goes through, in this order. Only `Secure` may come before a proven backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Recheck the facts, back up, prove the backup. Touches nothing.
    Secure,
    /// A fresh machine with its packages. The old host serves on.
    Build,
    /// Configuration and data go across. The old host serves on.
    Carry,
    /// The short part that people can feel.
    Cutover,
    /// The new host is watched.
    Prove,
    /// The move is kept; the old host stays stopped and untouched.
    Accept,
}

/// Which machine a step acts on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The host as it was.
    Old,
    /// Its successor.
    New,
    /// Another host: a load balancer, a monitoring server, a replica.
    Peer(HostId),
    /// Rockhop's own machine: the provisioner, the vault.
    Controller,
}

/// The two machines of one host during a replacement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The EL7 machine.
    Old,
    /// The EL9 machine.
    New,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Power {
    /// Running and reachable.
    On,
    /// No process, no network: a fence, not a wish.
    Off,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Action {
    /// Scripts on the step's place.
    Script(Scripts),
    /// Copy what the host holds into the vault.
    BackUp(BackUp),
    /// Read the whole backup back, restore it and compare it with the host.
    ProveBackUp(BackUp),
    /// Make the fresh machine beside the old one.
    Provision(MachineSpec),
    /// Switch a machine on or off through the provisioner.
    Power {
        /// Which of the two.
        side: Side,
        /// Wanted state.
        to: Power,
    },
    /// Copy files from the old host to the new one, as they are.
    CarryTrees {
        /// From, to.
        trees: Vec<Tree>,
    },
    /// Carry configuration by meaning: read on the old host, translate, deliver atomically on the new one.
    CarryConfig {
        /// One entry a file.
        files: Vec<ConfigCarry>,
    },
    /// Watch the new host for a while; every look must pass.
    Soak {
        /// How long, in seconds.
        seconds: u32,
        /// A script that exits 0 when all is well; asked every few seconds.
        look: String,
    },
}

/// Check, apply, verify as scripts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scripts {
    /// Exits 0 when it is already so, 1 when there is something to do; anything else is "could not look".
    /// Without a check the step is applied each time it is reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
    /// Makes it so. Runs detached on the host, once per attempt.
    pub apply: String,
    /// Exits 0 when it is so. Its output is the proof that the ledger keeps.
    pub verify: String,
}

/// What a backup holds and how its comparison is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackUp {
    /// Absolute paths, whole trees.
    pub paths: Vec<String>,
    /// Shell patterns of what is left out, each with the reason in the plan's notes.
    pub exclude: Vec<String>,
    /// Patterns of files that may change while the backup is made (logs); named in the proof.
    pub volatile: Vec<String>,
    /// Consistent dumps of what a file copy cannot hold: name and command that prints it.
    pub dumps: Vec<Dump>,
}

/// A command whose output is kept in the vault as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dump {
    /// File name in the backup: `postgresql.sql`.
    pub name: String,
    /// Prints the dump on standard output.
    pub command: String,
}

/// What the provisioner is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MachineSpec {
    /// The system wanted: `rocky9`.
    pub os: String,
    /// At least this much memory, in KiB.
    pub memory_kib: u64,
    /// At least so many processors.
    pub cpus: u32,
    /// At least this much disk, in KiB.
    pub disk_kib: u64,
}

/// A file tree and where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tree {
    /// Absolute path on the old host.
    pub from: String,
    /// Absolute path on the new host.
    pub to: String,
}

/// One configuration file's way across.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigCarry {
    /// Absolute path on the old host.
    pub from: String,
    /// Absolute path on the new host.
    pub to: String,
    /// SHA-256 of the file when it was surveyed; another content at run time means the plan is stale.
    /// None for a file that holds a secret, whose digest would let anyone guess it: its size is rechecked instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_sha256: Option<String>,
    /// How its meaning is carried.
    pub translator: Translator,
    /// Octal mode on the new host: `0640`.
    pub mode: String,
    /// Owner and group on the new host.
    pub owner: String,
    /// Group on the new host.
    pub group: String,
}

/// How a step is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Undo {
    /// It changed nothing that serves anybody: the new machine is set aside as a whole.
    Nothing,
    /// A script on the step's place; safe when the step was never or only half applied.
    Script {
        /// POSIX sh.
        script: String,
    },
    /// The provisioner switches a machine.
    Power {
        /// Which of the two.
        side: Side,
        /// Wanted state.
        to: Power,
    },
    /// The new machine is stopped and kept aside as evidence.
    SetAside,
}

/// Whether a step opens or closes the time in which the service is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outage {
    /// No effect on the service.
    None,
    /// The service goes away here.
    Begins,
    /// It is back after this step.
    Ends,
}

/// A step of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// `cutover.take-address`; its sentence in the catalogue is `step-cutover-take-address`.
    pub id: StepId,
    /// Which part of the journey.
    pub stage: Stage,
    /// Which machine.
    pub place: Place,
    /// What is done.
    pub action: Action,
    /// How it is taken back.
    pub undo: Undo,
    /// Longest time, in seconds.
    pub timeout_s: u32,
    /// How often a failed try is repeated before the host rolls back.
    pub retries: u8,
    /// Whether people feel it.
    pub outage: Outage,
    /// After this step a rollback loses something; `HostPlan::rollback` says what.
    pub point_of_no_return: bool,
}

impl Step {
    /// The exact text that runs, for dry runs and for the plan's reader: question and script.
    pub fn scripts(&self) -> Vec<(&'static str, &str)> {
        let mut all = Vec::new();
        match &self.action {
            Action::Script(s) => {
                all.extend(s.check.as_deref().map(|c| ("check", c)));
                all.extend([("apply", s.apply.as_str()), ("verify", s.verify.as_str())]);
            }
            Action::Soak { look, .. } => all.push(("look", look)),
            _ => {}
        }
        if let Undo::Script { script } = &self.undo {
            all.push(("undo", script));
        }
        all
    }

    /// The digest of the whole step: two runs of the same digest did the same.
    pub fn digest(&self) -> Digest {
        Digest::of(&serde_json::to_vec(self).unwrap_or_default())
    }
}
