//! The vault: where a host's backup is before the host is touched, and the proof that it is one.
//!
//! A restic-format repository (deduplicated across hosts, compressed, encrypted), fed by a tar
//! stream of a remote command, so that nothing is installed on the host; `restic` itself can check
//! and restore it without us. A backup is proven only by reading all of it back and comparing every
//! entry with a list that the host made of itself.
//!
//! What it never does: delete or prune, trust a cache, keep a plain copy on disk (the spool is a
//! file without a name), or call a backup good because writing it raised no error. Everything here
//! blocks; callers wrap it. Take care not to run `restic prune` while Rockhop may be writing:
//! Rockhop writes no lock files.

mod commands;
mod error;
mod label;
mod manifest;
mod password;
mod pattern;
mod proof;
mod restore;
mod source;
mod spool;
mod tape;
mod vault;
mod walk;

pub use commands::{TAR_CHANGED_AS_READ, manifest_command, tar_command};
pub use error::{BadManifest, BadStream, VaultError};
pub use label::{BackupId, Label};
pub use manifest::{Entry, Manifest, What};
pub use password::Password;
pub use pattern::Pattern;
pub use proof::{Difference, Differs, Proof};
pub use spool::DUMPS;
pub use vault::{Dump, Vault};
