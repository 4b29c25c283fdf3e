//! rockhop-adapters
pub mod ledger;
pub mod control;
pub mod events;
