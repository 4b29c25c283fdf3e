//! Faults of a vault: no room left, and a pack whose bits flipped.

use super::{FaultKind, drop_file, read};
use crate::layout::Layout;
use crate::{Lab, LabError, disk};
use nix::fcntl::{FallocateFlags, fallocate};
use serde::{Deserialize, Serialize};
use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// Which bytes of which file were flipped, so that they can be flipped back.
#[derive(Debug, Serialize, Deserialize)]
struct Flipped {
    file: PathBuf,
    offset: u64,
    original: Vec<u8>,
}

pub(super) const FLIPPED_BYTES: usize = 16;
const FILLER: &str = ".rockhop-lab-filler";

fn vault_fault(layout: &Layout, kind: FaultKind) -> PathBuf {
    layout.faults().join(format!("vault.{kind}"))
}

/// Fills the lab's own vault disk, or flips bytes in a pack of any vault.
pub(super) fn break_vault(lab: &Lab, folder: &Path, kind: FaultKind) -> Result<(), LabError> {
    disk::make(&lab.layout().faults())?;
    let note = vault_fault(lab.layout(), kind);
    if kind == FaultKind::DiskFull {
        // Only the lab's own small disk is ever filled.
        if folder != lab.layout().vault() || !disk::mounted(folder) {
            return Err(LabError::FaultDoesNotFit { fault: kind.key(), target: folder.display().to_string() });
        }
        fs::write(&note, "").map_err(|e| LabError::io("write", &note, e))?;
        return fill_up(&folder.join(FILLER));
    }
    if note.exists() {
        return Ok(());
    }
    let file = biggest_pack(folder)
        .ok_or_else(|| LabError::FaultDoesNotFit { fault: kind.key(), target: folder.display().to_string() })?;
    let pack = OpenOptions::new().read(true).write(true).open(&file).map_err(|e| LabError::io("open", &file, e))?;
    let offset = pack.metadata().map_or(0, |about| about.len() / 2);
    let mut original = vec![0; FLIPPED_BYTES];
    let read = pack.read_at(&mut original, offset).map_err(|e| LabError::io("read", &file, e))?;
    original.truncate(read);
    let flipped: Vec<u8> = original.iter().map(|byte| !byte).collect();
    let record = serde_json::to_string(&Flipped { file: file.clone(), offset, original }).unwrap_or_default();
    fs::write(&note, record).map_err(|e| LabError::io("write", &note, e))?;
    pack.write_all_at(&flipped, offset).map_err(|e| LabError::io("write", &file, e))
}

/// Undoes either.
pub(super) fn mend_vault(lab: &Lab, folder: &Path, kind: FaultKind) -> Result<(), LabError> {
    let note = vault_fault(lab.layout(), kind);
    if !note.exists() {
        return Ok(());
    }
    if kind == FaultKind::DiskFull {
        drop_file(&folder.join(FILLER))?;
    } else if let Ok(flipped) = serde_json::from_str::<Flipped>(&read(&note)?) {
        // A pack that was pruned meanwhile needs no mending.
        if let Ok(pack) = OpenOptions::new().write(true).open(&flipped.file) {
            pack.write_all_at(&flipped.original, flipped.offset)
                .map_err(|e| LabError::io("write", &flipped.file, e))?;
        }
    }
    drop_file(&note)
}

/// Takes all the room that the small disk has, in ever smaller pieces.
fn fill_up(filler: &Path) -> Result<(), LabError> {
    let file =
        OpenOptions::new().create(true).append(true).open(filler).map_err(|e| LabError::io("create", filler, e))?;
    let mut at = file.metadata().map_or(0, |about| about.len().cast_signed());
    for piece in [1_i64 << 30, 1 << 25, 1 << 20, 1 << 12] {
        while fallocate(&file, FallocateFlags::empty(), at, piece).is_ok() {
            at += piece;
        }
    }
    Ok(())
}

/// The biggest file below a `data` folder: a restic-format repository keeps its packs there.
fn biggest_pack(folder: &Path) -> Option<PathBuf> {
    let mut packs = Vec::new();
    walk(folder, &mut packs);
    packs.retain(|(_, path)| path.components().any(|part| part.as_os_str() == "data"));
    packs.into_iter().max().map(|(_, path)| path)
}

fn walk(folder: &Path, files: &mut Vec<(u64, PathBuf)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(about) = entry.metadata() else { continue };
        if about.is_dir() { walk(&entry.path(), files) } else { files.push((about.len(), entry.path())) }
    }
}
