//! File systems and what lies under them.

use super::{Read, Why};
use serde::{Deserialize, Serialize};

/// A mounted file system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Mount {
    pub path: String,
    pub source: String,
    pub fstype: String,
    pub options: Vec<String>,
    /// Unknown for one that was not asked: asking a dead network file system would hang.
    pub space: Read<Space>,
}

/// Room in a file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Space {
    pub size_kib: u64,
    /// What an ordinary user may still write.
    pub free_kib: u64,
    /// 0 for a file system that makes inodes as it goes.
    pub inodes: u64,
    pub inodes_free: u64,
}

/// One row of `/etc/fstab`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FstabRow {
    pub source: String,
    pub path: String,
    pub fstype: String,
    pub options: Vec<String>,
    pub dump: u32,
    pub pass: u32,
}

/// A disk or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct BlockDevice {
    /// `sda1`.
    pub name: String,
    pub size_kib: u64,
    /// Which disk it is a part of, if of one.
    pub part_of: Option<String>,
    /// Kernel driver of the disk, where sysfs tells.
    pub driver: Option<String>,
}

impl Mount {
    pub(super) fn forget_free(&mut self) {
        if let Read::Known(space) = &mut self.space {
            space.free_kib = 0;
            space.inodes_free = 0;
            space.inodes = 0; // xfs and btrfs make them as they go
        }
    }

    /// Free KiB, or why that is unknown.
    pub fn free_kib(&self) -> Result<u64, Why> {
        self.space.get().map(|space| space.free_kib)
    }
}

/// The longest mount point that holds `path`; of two at one point the later, which hides the former.
pub(super) fn mount_holding<'a>(mounts: &'a [Mount], path: &str) -> Option<&'a Mount> {
    mounts.iter().filter(|mount| holds(&mount.path, path)).max_by_key(|mount| mount.path.len())
}

fn holds(point: &str, path: &str) -> bool {
    point == "/" || path.strip_prefix(point).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
