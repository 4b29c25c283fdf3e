//! The parts of the world that the engine's ports speak of: SSH, the ledger, the provisioner's command,
//! the prober's sockets, the monitoring behind gates, the clock.
//!
//! Nothing here decides. The web never sees these modules, and they never see the web.

pub mod approval;
pub mod archive;
pub mod census;
pub mod clock;
pub mod control;
pub mod events;
pub mod gates;
pub mod http;
pub mod ledger;
pub mod prober;
pub mod provisioner;
pub mod ssh;
pub mod survey;
pub mod target;
