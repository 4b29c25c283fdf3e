//! Where roots live: a btrfs image on a loop device, which snapshots in milliseconds, or a plain
//! folder with copies where btrfs is refused.

use crate::LabError;
use crate::layout::Layout;
use crate::process::{run, says_yes};
use std::fs;
use std::path::Path;

/// Sparse: it takes the room that is written, no more.
const IMAGE_SIZE: &str = "40G";
/// Small enough that a fault can fill it.
const VAULT_SIZE: &str = "6G";

/// How roots are copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    Btrfs,
    Copies,
}

impl Disk {
    /// Makes or mounts the disk of a lab.
    pub fn ready(layout: &Layout) -> Result<Self, LabError> {
        let disk = layout.disk();
        make(&disk)?;
        if !mounted(&disk) && !disk.join("images").exists() {
            mount_image(&layout.disk_image(), &disk);
        }
        for folder in [layout.images(), layout.hosts(), layout.evidence()] {
            make(&folder)?;
        }
        Ok(Self::of(layout))
    }

    /// What the disk of a lab is.
    pub fn of(layout: &Layout) -> Self {
        if mounted(&layout.disk()) { Self::Btrfs } else { Self::Copies }
    }

    /// An empty root.
    pub fn create(self, path: &Path) -> Result<(), LabError> {
        match self {
            Self::Btrfs => run("btrfs", ["subvolume".as_ref(), "create".as_ref(), path.as_os_str()]).map(drop),
            Self::Copies => make(path),
        }
    }

    /// A copy of a root that may be written to.
    pub fn copy(self, from: &Path, to: &Path) -> Result<(), LabError> {
        match self {
            Self::Btrfs => {
                run("btrfs", ["subvolume".as_ref(), "snapshot".as_ref(), from.as_os_str(), to.as_os_str()]).map(drop)
            }
            Self::Copies => {
                run("cp", ["-a".as_ref(), "--reflink=auto".as_ref(), from.as_os_str(), to.as_os_str()]).map(drop)
            }
        }
    }

    /// Takes a root away, whatever state it is in.
    pub fn delete(self, path: &Path) -> Result<(), LabError> {
        if !path.exists() {
            return Ok(());
        }
        if self == Self::Btrfs && says_yes("btrfs", ["subvolume".as_ref(), "delete".as_ref(), path.as_os_str()]) {
            return Ok(());
        }
        run("rm", ["-rf".as_ref(), "--one-file-system".as_ref(), path.as_os_str()]).map(drop)
    }
}

/// Mounts the image, which is made first if need be; where that is refused the folder stays plain.
fn mount_image(image: &Path, at: &Path) {
    let made = image.exists() || {
        let new = image.with_extension("new");
        says_yes("truncate", ["-s".as_ref(), IMAGE_SIZE.as_ref(), new.as_os_str()])
            && says_yes("mkfs.btrfs", ["-q".as_ref(), "-f".as_ref(), "-m".as_ref(), "single".as_ref(), new.as_os_str()])
            && fs::rename(&new, image).is_ok()
    };
    if !made || !says_yes("mount", ["-o".as_ref(), "loop,noatime".as_ref(), image.as_os_str(), at.as_os_str()]) {
        let _ = fs::remove_file(image.with_extension("new"));
    }
}

/// A small ext4 disk for a vault; where a loop device is refused, a plain folder.
pub fn vault_ready(layout: &Layout) -> Result<(), LabError> {
    let (image, at) = (layout.vault_image(), layout.vault());
    make(&at)?;
    if mounted(&at) {
        return Ok(());
    }
    if !image.exists() {
        let new = image.with_extension("new");
        run("truncate", ["-s".as_ref(), VAULT_SIZE.as_ref(), new.as_os_str()])?;
        run("mkfs.ext4", ["-q".as_ref(), "-F".as_ref(), "-m".as_ref(), "0".as_ref(), new.as_os_str()])?;
        fs::rename(&new, &image).map_err(|e| LabError::io("name", &image, e))?;
    }
    let _ = says_yes("mount", ["-o".as_ref(), "loop,noatime".as_ref(), image.as_os_str(), at.as_os_str()]);
    Ok(())
}

/// Whether something is mounted exactly here.
pub fn mounted(path: &Path) -> bool {
    says_yes("mountpoint", ["-q".as_ref(), path.as_os_str()])
}

/// Unmounts what is mounted here, if anything.
pub fn unmount(path: &Path) -> Result<(), LabError> {
    while mounted(path) {
        run("umount", [path])?;
    }
    Ok(())
}

/// A folder and those above it.
pub fn make(path: &Path) -> Result<(), LabError> {
    fs::create_dir_all(path).map_err(|e| LabError::io("create", path, e))
}
