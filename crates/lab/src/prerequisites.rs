//! What the lab needs of the machine it runs on; what is missing is installed, and that is said.

use crate::event::timed;
use crate::process::{run, says_yes};
use crate::{LabError, LabEvent};
use rockhop_domain::Message;
use std::fs;
use std::path::Path;
use std::{fs, path::Path};

/// A program and the Debian package that brings it.
const NEEDED: &[(&str, &str)] = &[
    ("mmdebstrap", "mmdebstrap"),
    ("systemd-nspawn", "systemd-container"),
    ("mkfs.btrfs", "btrfs-progs"),
    ("mkfs.ext4", "e2fsprogs"),
    ("createrepo_c", "createrepo-c"),
    ("rpmbuild", "rpm"),
    ("ssh-keygen", "openssh-client"),
    ("ip", "iproute2"),
    ("nsenter", "util-linux"),
];

/// Kernel limits that all containers of a machine share, and what forty systemds of a full lab need of them.
const LIMITS: &[(&str, u64)] =
    &[("/proc/sys/fs/inotify/max_user_instances", 8_192), ("/proc/sys/fs/inotify/max_user_watches", 1_048_576)];

/// Every systemd takes about five inotify instances of root's, and all containers count as one user: with the
/// usual 128 the twentieth host hangs while it boots.
const INOTIFY: &str = "/proc/sys/fs/inotify/max_user_instances";
const INOTIFY_NEEDED: u32 = 1024;

/// Refuses to go on without root; installs what is missing, and raises a limit that is too low.
pub fn ready(tell: &mut dyn FnMut(LabEvent)) -> Result<(), LabError> {
    if !nix::unistd::Uid::effective().is_root() {
        return Err(LabError::NotRoot);
    }
    LIMITS.iter().try_for_each(|(path, least)| raise(Path::new(path), *least))?;
    raise_inotify(tell)?;
    let missing = missing(|program| says_yes("sh", ["-c", &format!("command -v {program}")]));
    if missing.is_empty() {
        tell(LabEvent::AlreadySo(Message::new("lab-prerequisites")));
        return Ok(());
    }
    let what = Message::new("lab-prerequisites-install").with("packages", missing.join(", "));
    timed(what, tell, |_| {
        run("apt-get", ["-qq", "update"])?;
        let install = ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "install", "-y", "--no-install-recommends"];
        run("env", install.into_iter().chain(missing)).map(drop)
    })
}

/// Raises a limit that is lower, and leaves a higher one alone.
fn raise(path: &Path, least: u64) -> Result<(), LabError> {
    let text = fs::read_to_string(path).map_err(|e| LabError::io("read", path, e))?;
    if text.trim().parse::<u64>().is_ok_and(|now| now >= least) {
        return Ok(());
    }
    fs::write(path, least.to_string()).map_err(|e| LabError::io("write", path, e))
}

/// The one setting of the machine that the lab changes, until the next boot; it says so.
fn raise_inotify(tell: &mut dyn FnMut(LabEvent)) -> Result<(), LabError> {
    let path = Path::new(INOTIFY);
    let now = fs::read_to_string(path).map_err(|e| LabError::io("read", path, e))?;
    if !too_low(&now) {
        return Ok(());
    }
    fs::write(path, INOTIFY_NEEDED.to_string()).map_err(|e| LabError::io("write", path, e))?;
    let note = Message::new("lab-inotify-raised").with("from", now.trim()).with("to", INOTIFY_NEEDED);
    tell(LabEvent::Note(note));
    Ok(())
}

fn too_low(instances: &str) -> bool {
    instances.trim().parse::<u32>().is_ok_and(|now| now < INOTIFY_NEEDED)
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
        for (now, low) in [("128\n", true), ("1024\n", false), ("8192\n", false), ("", false)] {
            assert_eq!(too_low(now), low, "{now:?}");
        }
    }

    #[test]
    fn only_what_is_missing_is_installed() {
        assert!(missing(|_| true).is_empty());
        assert_eq!(missing(|program| program != "rpmbuild"), ["rpm"]);
        assert_eq!(missing(|_| false).len(), NEEDED.len());
    }
}
