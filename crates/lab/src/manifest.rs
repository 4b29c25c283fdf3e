//! The content of a machine's root in one hash: the proof that an old host stands there untouched.

use crate::fleet::Machine;
use crate::{Lab, LabError};
use serde::Serialize;
use std::fs::{self, Metadata};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// What a running or stopping system changes by itself, and what therefore does not count.
pub const VOLATILE: &[&str] = &[
    "/run",
    "/tmp",
    "/proc",
    "/sys",
    "/dev",
    "/var/run",
    "/var/tmp",
    "/var/log",
    "/var/cache",
    "/var/lib/systemd",
    "/var/lib/logrotate",
    "/var/lib/chrony",
    "/srv/rockhop-lab",
];

/// A root in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Manifest {
    pub machine: String,
    /// Over path, kind, mode, owner and content of everything that counts.
    pub hash: String,
    pub files: u64,
    pub bytes: u64,
}

impl Lab {
    /// Reads the machine's whole root. Only a machine that is off gives the same answer twice.
    pub fn manifest(&self, machine: Machine) -> Result<Manifest, LabError> {
        let root = self.layout().root(machine);
        if !root.is_dir() {
            return Err(LabError::absent(machine));
        }
        of_root(&machine.to_string(), &root)
    }
}

fn of_root(machine: &str, root: &Path) -> Result<Manifest, LabError> {
    let mut hash = blake3::Hasher::new();
    let mut manifest = Manifest { machine: machine.to_owned(), hash: String::new(), files: 0, bytes: 0 };
    folder(root, root, &mut hash, &mut manifest)?;
    manifest.hash = hash.finalize().to_hex().to_string();
    Ok(manifest)
}

fn folder(root: &Path, at: &Path, hash: &mut blake3::Hasher, manifest: &mut Manifest) -> Result<(), LabError> {
    let failed = |e| LabError::io("list", at, e);
    let mut entries: Vec<_> = fs::read_dir(at).map_err(failed)?.collect::<Result<_, _>>().map_err(failed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let inside = Path::new("/").join(path.strip_prefix(root).unwrap_or(&path));
        if VOLATILE.iter().any(|volatile| inside == Path::new(volatile)) {
            continue;
        }
        let about = fs::symlink_metadata(&path).map_err(|e| LabError::io("look at", &path, e))?;
        describe(&inside, &about, hash);
        if about.is_dir() {
            folder(root, &path, hash, manifest)?;
        } else {
            content(&path, &about, hash)?;
            manifest.files += 1;
            manifest.bytes += about.len();
        }
    }
    Ok(())
}

fn describe(inside: &Path, about: &Metadata, hash: &mut blake3::Hasher) {
    let name = inside.as_os_str().as_bytes();
    hash.update(&(name.len() as u64).to_le_bytes()).update(name);
    for number in [about.mode(), about.uid(), about.gid()] {
        hash.update(&number.to_le_bytes());
    }
}

fn content(path: &Path, about: &Metadata, hash: &mut blake3::Hasher) -> Result<(), LabError> {
    let failed = |e| LabError::io("read", path, e);
    if about.is_symlink() {
        hash.update(fs::read_link(path).map_err(failed)?.as_os_str().as_bytes());
    } else if about.is_file() {
        hash.update(&about.len().to_le_bytes());
        hash.update_reader(fs::File::open(path).map_err(failed)?).map_err(failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_and_what_does_not() {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path();
        for folder in ["etc", "var/log", "tmp"] {
            fs::create_dir_all(root.join(folder)).expect("a folder");
        }
        fs::write(root.join("etc/motd"), "hello").expect("a file");
        let before = of_root("m", root).expect("a manifest");
        assert_eq!((before.files, before.bytes), (1, 5));
        fs::write(root.join("var/log/messages"), "noise").expect("a file");
        fs::write(root.join("tmp/x"), "noise").expect("a file");
        assert_eq!(of_root("m", root).expect("a manifest"), before);
        fs::write(root.join("etc/motd"), "hullo").expect("a file");
        assert_ne!(of_root("m", root).expect("a manifest").hash, before.hash);
    }

    #[test]
    fn a_mode_counts() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join("f"), "x").expect("a file");
        let before = of_root("m", dir.path()).expect("a manifest");
        fs::set_permissions(dir.path().join("f"), fs::Permissions::from_mode(0o600)).expect("a mode");
        assert_ne!(of_root("m", dir.path()).expect("a manifest").hash, before.hash);
    }
}
