//! Who may do what to the ledger's files just now. The kernel lets go of a lock when its holder dies.

use super::{LedgerError, Place};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Held for as long as a controller runs: there is only one a project.
#[derive(Debug)]
pub(super) struct ControllerLock {
    _file: File,
}

impl ControllerLock {
    pub fn take(place: &Place) -> Result<Self, LedgerError> {
        let path = place.controller_lock();
        let mut file = open_or_make(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(LedgerError::Busy { dir: place.dir().to_owned(), pid: holder(&path) });
            }
            Err(TryLockError::Error(e)) => return Err(LedgerError::io(&path, "locking", e)),
        }
        let write_pid = |file: &mut File| {
            file.set_len(0)?;
            file.rewind()?;
            writeln!(file, "{}", std::process::id())
        };
        write_pid(&mut file).map_err(|e| LedgerError::io(&path, "writing the controller's process id into", e))?;
        Ok(Self { _file: file })
    }
}

/// Keeps the database file still: shared while reading, exclusive while sealing.
#[derive(Debug)]
pub(super) struct SealLock {
    file: Option<File>,
}

impl SealLock {
    pub fn exclusive(place: &Place) -> Result<Self, LedgerError> {
        let path = place.seal_lock();
        let file = open_or_make(&path)?;
        file.lock().map_err(|e| LedgerError::io(&path, "locking", e))?;
        Ok(Self { file: Some(file) })
    }

    /// None when somebody is reading.
    pub fn try_exclusive(place: &Place) -> Result<Option<Self>, LedgerError> {
        let path = place.seal_lock();
        let file = open_or_make(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file: Some(file) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(e)) => Err(LedgerError::io(&path, "locking", e)),
        }
    }

    /// A copy without a lock file, say on an auditor's disk, is written by nobody.
    pub fn shared(place: &Place) -> Result<Self, LedgerError> {
        let path = place.seal_lock();
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Self { file: None }),
            Err(e) => return Err(LedgerError::io(&path, "opening", e)),
        };
        file.lock_shared().map_err(|e| LedgerError::io(&path, "locking", e))?;
        Ok(Self { file: Some(file) })
    }
}

/// Unlocked by name, not by closing: a child started meanwhile may still hold the descriptor.
impl Drop for SealLock {
    fn drop(&mut self) {
        if let Some(file) = &self.file
            && let Err(error) = file.unlock()
        {
            tracing::warn!(%error, "a lock of the ledger could not be released");
        }
    }
}

fn holder(path: &Path) -> Option<u32> {
    std::fs::read_to_string(path).ok()?.trim().parse().ok()
}

fn open_or_make(path: &Path) -> Result<File, LedgerError> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .map_err(|e| LedgerError::io(path, "opening", e))
}
