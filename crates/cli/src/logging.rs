//! The log for whoever has to find out why: `.rockhop/rockhop.log` of a project, else standard error.
//!
//! People read the views and the report; nothing that matters is said here only. No secret is logged.

use crate::project::ProjectDir;
use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::sync::Mutex;
use tracing_subscriber::EnvFilter;

/// What is logged unless `ROCKHOP_LOG` says otherwise: libraries speak of each refused connection as a warning.
const DEFAULT: &str = "warn,russh=error";

/// Starts the log. A second start in one process, and a log that cannot be written, change nothing.
pub fn start(project: &ProjectDir) {
    let filter = EnvFilter::try_from_env("ROCKHOP_LOG").unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false);
    let path = project.state().join("rockhop.log");
    let file = OpenOptions::new().append(true).create(true).mode(0o600).open(path);
    // Without a project there is no folder for it; a full-screen view needs one, so it is never written over.
    let started = match file {
        Ok(file) => log.with_writer(Mutex::new(file)).try_init(),
        Err(_) => log.with_writer(std::io::stderr).try_init(),
    };
    drop(started);
}
