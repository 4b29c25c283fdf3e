//! What the lab needs of the machine it runs on; what is missing is installed, and that is said.

use crate::event::timed;
use crate::process::{run, says_yes};
use crate::{LabError, LabEvent};
use rockhop_domain::Message;
use std::{fs, path::Path};

/// A program and the Debian package that brings it.
const NEEDED: &[(&str, &str)] = &[
    ("mmdebstrap", "mmdebstrap"),
    ("systemd-nspawn", "systemd-container"),
    ("mkfs.btrfs", "btrfs-progs"),
    ("mkfs.ext4", "e2fsprogs"),
    ("createrepo_c", "createrepo-c"),
    ("rpmbuild", "rpm"),
    ("gpg", "gnupg"),
    ("ssh-keygen", "openssh-client"),
    ("ip", "iproute2"),
    ("nsenter", "util-linux"),
];

/// Kernel limits that all containers of a machine share, and what forty systemds of a full lab need of them.
/// A systemd takes about five inotify instances: with the usual 128 the twentieth host hangs while it boots.
const LIMITS: &[(&str, u64)] =
    &[("/proc/sys/fs/inotify/max_user_instances", 8_192), ("/proc/sys/fs/inotify/max_user_watches", 1_048_576)];

/// Refuses to go on without root; installs what is missing, and raises a limit that is too low.
pub fn ready(tell: &mut dyn FnMut(LabEvent)) -> Result<(), LabError> {
    if !nix::unistd::Uid::effective().is_root() {
        return Err(LabError::NotRoot);
    }
    allowed("namespaces", &["true"])?;
    LIMITS.iter().try_for_each(|(path, least)| raise(Path::new(path), *least, tell))?;
    let missing = missing(|program| says_yes("sh", ["-c", &format!("command -v {program}")]));
    if missing.is_empty() {
        tell(LabEvent::AlreadySo(Message::new("lab-prerequisites")));
        return network_allowed();
    }
    let what = Message::new("lab-prerequisites-install").with("packages", missing.join(", "));
    let installed = timed(what, tell, |_| {
        run("apt-get", ["-qq", "update"])?;
        let install = ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "install", "-y", "--no-install-recommends"];
        run("env", install.into_iter().chain(missing)).map(drop)
    });
    installed.map_err(|e| refused("packages", &e))?;
    network_allowed()
}

/// Whether a bridge and a pair of network cards can be made; tried in a namespace that is gone at once.
fn network_allowed() -> Result<(), LabError> {
    allowed("network", &["ip", "link", "add", "lab-probe", "type", "bridge"])?;
    allowed("network", &["ip", "link", "add", "lab-probe", "type", "veth", "peer", "name", "lab-peer"])
}

/// Tries a command in namespaces of its own, as every machine of the lab has them.
fn allowed(what: &'static str, command: &[&str]) -> Result<(), LabError> {
    let alone = ["--net", "--mount", "--uts", "--ipc", "--pid", "--fork", "--mount-proc", "--"];
    run("unshare", alone.iter().chain(command)).map(drop).map_err(|e| refused(what, &e))
}

fn refused(what: &'static str, error: &LabError) -> LabError {
    LabError::Refused { what, why: error.to_string() }
}

/// Raises a limit that is lower, until the machine's next boot, and says so; leaves a higher one alone.
fn raise(path: &Path, least: u64, tell: &mut dyn FnMut(LabEvent)) -> Result<(), LabError> {
    let text = fs::read_to_string(path).map_err(|e| LabError::io("read", path, e))?;
    if text.trim().parse::<u64>().is_ok_and(|now| now >= least) {
        return Ok(());
    }
    fs::write(path, least.to_string()).map_err(|e| LabError::io("write", path, e))?;
    let raised = Message::new("lab-limit-raised").with("limit", path.display());
    tell(LabEvent::Note(raised.with("from", text.trim()).with("to", least)));
    Ok(())
}

/// The packages to install, given what is there.
fn missing(has: impl Fn(&str) -> bool) -> Vec<&'static str> {
    NEEDED.iter().filter(|(program, _)| !has(program)).map(|(_, package)| *package).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_raised_and_never_lowered() {
        let dir = tempfile::tempdir().expect("a folder");
        let limit = dir.path().join("limit");
        for (before, after, notes) in [("128\n", "8192", 1), ("8192", "8192", 0), ("9000\n", "9000\n", 0)] {
            fs::write(&limit, before).expect("a limit");
            let mut told = 0;
            raise(&limit, 8192, &mut |_| told += 1).expect("raised or left");
            assert_eq!((fs::read_to_string(&limit).expect("a limit").as_str(), told), (after, notes));
        }
    }

    #[test]
    fn only_what_is_missing_is_installed() {
        assert!(missing(|_| true).is_empty());
        assert_eq!(missing(|program| program != "rpmbuild"), ["rpm"]);
        assert_eq!(missing(|_| false).len(), NEEDED.len());
    }
}
