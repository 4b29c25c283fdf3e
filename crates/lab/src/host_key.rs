//! Host keys of sshd, made once.

use crate::LabError;
use crate::process::run;
use std::path::Path;

/// A key pair of the host, unless it has one.
pub fn host_key(ssh: &Path, kind: &str, host: &str) -> Result<(), LabError> {
    let path = ssh.join(format!("ssh_host_{kind}_key"));
    if path.exists() {
        return Ok(());
    }
    run("ssh-keygen", ["-q", "-t", kind, "-N", "", "-C", host, "-f", &path.display().to_string()]).map(drop)
}
