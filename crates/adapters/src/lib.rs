//! rockhop-adapters
pub mod ledger;
