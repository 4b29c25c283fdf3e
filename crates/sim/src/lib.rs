//! A fleet in memory: the same engine, plan, ledger events and report, without a machine.
//!
//! Seeded: the same seed gives the same run. Its world checks what must never happen (two machines on
//! one address, a touch that the ledger did not announce, a job started twice) and remembers each breach.
//! It never claims to be real: what it runs is marked `Scenery::Simulated`, and it opens no connection. Tests run it
//! in virtual time over a ledger in memory; the command runs it in real time over a project's own ledger.

mod fleet;
mod memory;
pub mod plans;
mod ports;
mod world;

pub use fleet::{SimFleet, SimHost, SimRole};
pub use memory::MemoryLedger;
pub use ports::{SimControl, SimPorts, Tempo};
pub use world::{Trouble, World};
