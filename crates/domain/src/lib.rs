//! Rockhop's nouns and decisions: facts, rules, plans, the journey of a host, the record of a run.
//!
//! Everything here is pure. This crate never reads a clock, a file, a socket or an environment
//! variable, never starts a process or a task, and never prints: it is given what was seen and
//! answers what follows from it. `clippy.toml` beside this crate's manifest holds that line.

pub mod assess;
pub mod config;
pub mod event;
pub mod facts;
pub mod fault;
pub mod ids;
pub mod inventory;
pub mod journey;
pub mod message;
pub mod packages;
pub mod plan;
pub mod project;
pub mod remedy;
pub mod replace;
pub mod report;
pub mod rules;
pub mod run;
#[cfg(any(test, feature = "specimens"))]
pub mod specimens;
pub mod window;

pub use fault::{Fault, FaultClass};
pub use ids::*;
pub use journey::{BackupProof, VerifiedBackup};
pub use message::Message;
