//! One file a command: its flags and a small `run`.

pub mod approve;
pub mod assess;
pub mod census;
pub mod control;
pub mod init;
pub mod installable;
pub mod lab;
pub mod ledger;
pub mod packages;
pub mod papers;
pub mod plan;
pub mod remedy;
pub mod report;
pub mod rules;
pub mod run;
pub mod status;
pub mod survey;
pub mod vault;

use crate::failure::Failure;

/// What asynchronous parts run on.
pub fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|e| Failure::internal("runtime", e))
}

/// Who sits at the keyboard, for records: the login name, behind `sudo` the one who called it.
pub fn who() -> String {
    let behind_sudo = std::env::var("SUDO_USER").ok().filter(|name| !name.is_empty());
    behind_sudo.or_else(login_name).unwrap_or_else(|| format!("uid-{}", nix::unistd::getuid()))
}

fn login_name() -> Option<String> {
    nix::unistd::User::from_uid(nix::unistd::getuid()).ok().flatten().map(|user| user.name)
}
