//! The loop: runs the effects that the journeys ask for through ports, and records what was seen.
//!
//! It decides nothing (that is the domain's) and touches nothing itself (that is the adapters'). It keeps
//! no state of its own: what it knows is the fold of the ledger, so it may be killed at any instant.

mod book;
mod campaign;
mod gates;
mod perform;
pub mod ports;
mod probe;
mod remedy;
mod samples;

pub use book::{Book, EngineError, View};
pub use campaign::{Campaign, Pace};
pub use remedy::{Remedies, RemedyError, RemedyTally};
