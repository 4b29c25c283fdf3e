//! The evidence store: raw material that records point to, named by its own hash.
//!
//! Plain files, so that `b3sum` alone can check one. Never overwritten, never removed.

use super::place::make_private_dir;
use rockhop_domain::{Digest, Message};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Why evidence could not be kept or given.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// It is not there.
    #[error("evidence {digest} is not in {}", dir.display())]
    Missing {
        /// The store.
        dir: PathBuf,
        /// Its name.
        digest: Digest,
    },
    /// Its bytes are not what its name says.
    #[error("evidence {digest} in {} was changed: its content is {actual}", path.display())]
    Altered {
        /// The file.
        path: PathBuf,
        /// Its name.
        digest: Digest,
        /// What its content hashes to.
        actual: Digest,
    },
    /// The file system refused.
    #[error("evidence file {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl EvidenceError {
    /// The sentence for people, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            Self::Missing { dir, digest } => {
                Message::new("evidence-missing").with("path", dir.display()).with("digest", digest)
            }
            Self::Altered { path, actual, .. } => {
                Message::new("evidence-altered").with("path", path.display()).with("actual", actual)
            }
            Self::Io { path, source } => {
                Message::new("ledger-files-refused").with("path", path.display()).with("why", source)
            }
        }
    }

    fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        |source| Self::Io { path: path.to_owned(), source }
    }
}

/// The folder `<project>/.rockhop/evidence`.
#[derive(Debug)]
pub struct EvidenceStore {
    dir: PathBuf,
    drafts: AtomicU64,
}

impl EvidenceStore {
    /// Opens or makes the store beside the ledger in `ledger_dir`; drafts that a crash left are removed.
    pub fn open(ledger_dir: &Path) -> Result<Self, EvidenceError> {
        let dir = ledger_dir.join("evidence");
        make_private_dir(&dir).map_err(EvidenceError::io(&dir))?;
        remove_drafts(&dir).map_err(EvidenceError::io(&dir))?;
        Ok(Self { dir, drafts: AtomicU64::new(0) })
    }

    /// Keeps these bytes; when this returns they survive a power cut. The same bytes are kept once.
    pub fn put(&self, bytes: &[u8]) -> Result<Digest, EvidenceError> {
        let digest = Digest::of(bytes);
        // A file of that name with other bytes is a broken disk: written anew, not trusted.
        if matches!(self.get(&digest), Err(EvidenceError::Missing { .. } | EvidenceError::Altered { .. })) {
            let path = self.path(&digest);
            self.write(&path, bytes).map_err(EvidenceError::io(&path))?;
        }
        Ok(digest)
    }

    /// The bytes of that name, after hashing them again.
    pub fn get(&self, digest: &Digest) -> Result<Vec<u8>, EvidenceError> {
        let path = self.path(digest);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(EvidenceError::Missing { dir: self.dir.clone(), digest: digest.clone() });
            }
            Err(e) => return Err(EvidenceError::io(&path)(e)),
        };
        let actual = Digest::of(&bytes);
        if actual == *digest { Ok(bytes) } else { Err(EvidenceError::Altered { path, digest: digest.clone(), actual }) }
    }

    /// The file that holds the bytes of that name.
    pub fn path(&self, digest: &Digest) -> PathBuf {
        self.dir.join(&digest.as_str()[..2]).join(digest.as_str())
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let shelf = path.parent().unwrap_or(&self.dir);
        make_private_dir(shelf)?;
        let draft =
            self.dir.join(format!("draft-{}-{}", std::process::id(), self.drafts.fetch_add(1, Ordering::Relaxed)));
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&draft, path)?;
        File::open(shelf)?.sync_all()?;
        File::open(&self.dir)?.sync_all()
    }
}

fn remove_drafts(dir: &Path) -> std::io::Result<()> {
    for file in fs::read_dir(dir)? {
        let file = file?;
        if file.file_name().as_encoded_bytes().starts_with(b"draft-") {
            fs::remove_file(file.path())?;
        }
    }
    Ok(())
}
