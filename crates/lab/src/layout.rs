//! Where the lab keeps what: every path below its state folder has its name here.

use crate::fleet::Machine;
use std::path::PathBuf;

/// The paths of one lab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    state: PathBuf,
}

impl Layout {
    /// The paths below `state`.
    pub fn new(state: PathBuf) -> Self {
        Self { state }
    }

    /// The folder itself.
    pub fn state(&self) -> &PathBuf {
        &self.state
    }
    /// What the lab was made with; the first file that `up` writes.
    pub fn record(&self) -> PathBuf {
        self.state.join("lab.json")
    }
    /// Held by whoever changes the lab as a whole.
    pub fn lock(&self) -> PathBuf {
        self.state.join("lock")
    }
    /// The btrfs image.
    pub fn disk_image(&self) -> PathBuf {
        self.state.join("disk.btrfs")
    }
    /// Where it is mounted, or the plain folder in its place.
    pub fn disk(&self) -> PathBuf {
        self.state.join("disk")
    }
    /// Roots to snapshot from, repositories, the embedded files.
    pub fn images(&self) -> PathBuf {
        self.disk().join("images")
    }
    /// The machines' roots.
    pub fn hosts(&self) -> PathBuf {
        self.disk().join("hosts")
    }
    /// The root of one machine.
    pub fn root(&self, machine: Machine) -> PathBuf {
        self.hosts().join(machine.to_string())
    }
    /// Roots of discarded fresh hosts.
    pub fn evidence(&self) -> PathBuf {
        self.disk().join("evidence")
    }
    /// Pid files, locks, console logs.
    pub fn run(&self) -> PathBuf {
        self.state.join("run")
    }
    /// A file of one machine: `pid`, `lock`, `log`.
    pub fn run_file(&self, machine: Machine, kind: &str) -> PathBuf {
        self.run().join(format!("{machine}.{kind}"))
    }
    /// What each machine was made as and whether it should run.
    pub fn machines(&self) -> PathBuf {
        self.state.join("machines")
    }
    /// The record of one machine.
    pub fn machine(&self, machine: Machine) -> PathBuf {
        self.machines().join(format!("{machine}.json"))
    }
    /// Armed faults, one file each.
    pub fn faults(&self) -> PathBuf {
        self.state.join("faults")
    }
    /// The operators' key and the hosts' keys.
    pub fn keys(&self) -> PathBuf {
        self.state.join("keys")
    }
    /// A small disk for a vault, so that it can be filled.
    pub fn vault(&self) -> PathBuf {
        self.state.join("vault")
    }
    /// The image behind it.
    pub fn vault_image(&self) -> PathBuf {
        self.state.join("vault.ext4")
    }
}
