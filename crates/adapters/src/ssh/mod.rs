//! SSH: how Rockhop reaches a host, with nothing installed there.
//!
//! One connection a host, kept and shared ([`Pool`]); scripts, files and streams on it ([`Session`]); work that outlives
//! it ([`JobSpec`]). An unknown host key is refused and there is no switch to change that. No password is ever asked
//! for, sent or kept.

mod connect;
mod endpoint;
mod error;
mod files;
mod jobs;
mod known_hosts;
mod netns;
mod pool;
mod session;
pub mod ssh_config;

pub use endpoint::{Algorithms, Auth, Endpoint, HostKeys, Limits, pause_before};
pub use error::{Next, SshError};
pub use files::{NewFile, WHOLE_FILE_BYTES, sha256};
pub use jobs::{JobEnd, JobSpec, JobState, KEPT_BYTES};
pub use pool::Pool;
pub use session::{How, Output, Pull, Session, quote};
