//! The evidence store: raw material that records point to, named by its own hash.
//!
//! Plain files, so that `b3sum` alone can check one. Never overwritten, never removed.

use super::place::make_private_dir;
use rockhop_domain::{Digest, Message};
use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, BufWriter, Read, Write};
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

    /// Keeps what `write` writes, without holding it in memory; else as [`EvidenceStore::put`].
    pub fn put_streamed(
        &self,
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<Digest, EvidenceError> {
        let draft = self.draft();
        let written = create(&draft).and_then(|file| {
            let mut out = Hashed { inner: BufWriter::new(file), hasher: blake3::Hasher::new() };
            write(&mut out)?;
            out.inner.flush()?;
            out.inner.get_ref().sync_all()?;
            Ok(out.digest())
        });
        let digest = written.map_err(|e| {
            // Best effort: the next opening of the store removes what is left.
            let _ = fs::remove_file(&draft);
            EvidenceError::io(&draft)(e)
        })?;
        let path = self.path(&digest);
        self.take_in(&draft, &path).map_err(EvidenceError::io(&path))?;
        Ok(digest)
    }

    /// Gives the bytes of that name to `read` as they come, and hashes them all the same. What was read counts only when
    /// this returns well.
    pub fn get_streamed<T>(&self, digest: &Digest, read: impl FnOnce(&mut dyn Read) -> T) -> Result<T, EvidenceError> {
        let path = self.path(digest);
        let file = File::open(&path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => EvidenceError::Missing { dir: self.dir.clone(), digest: digest.clone() },
            _ => EvidenceError::io(&path)(e),
        })?;
        let mut from = BufReader::with_capacity(1 << 16, Hashed { inner: file, hasher: blake3::Hasher::new() });
        let value = read(&mut from);
        std::io::copy(&mut from, &mut std::io::sink()).map_err(EvidenceError::io(&path))?;
        let actual = from.get_ref().digest();
        if actual == *digest { Ok(value) } else { Err(EvidenceError::Altered { path, digest: digest.clone(), actual }) }
    }

    /// The file that holds the bytes of that name.
    pub fn path(&self, digest: &Digest) -> PathBuf {
        self.dir.join(&digest.as_str()[..2]).join(digest.as_str())
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let draft = self.draft();
        let mut file = create(&draft)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        self.take_in(&draft, path)
    }

    fn draft(&self) -> PathBuf {
        self.dir.join(format!("draft-{}-{}", std::process::id(), self.drafts.fetch_add(1, Ordering::Relaxed)))
    }

    /// A draft that is on the disk takes its place.
    fn take_in(&self, draft: &Path, path: &Path) -> std::io::Result<()> {
        let shelf = path.parent().unwrap_or(&self.dir);
        make_private_dir(shelf)?;
        fs::rename(draft, path)?;
        File::open(shelf)?.sync_all()?;
        File::open(&self.dir)?.sync_all()
    }
}

fn create(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// Hashes what passes through.
struct Hashed<T> {
    inner: T,
    hasher: blake3::Hasher,
}

impl<T> Hashed<T> {
    fn digest(&self) -> Digest {
        Digest::parse(&self.hasher.finalize().to_hex()).expect("BLAKE3 in hex is a digest")
    }
}

impl<T: Write> Write for Hashed<T> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

impl<T: Read> Read for Hashed<T> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..n]);
        Ok(n)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_streamed_is_what_is_kept_at_once() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = EvidenceStore::open(dir.path()).expect("a store");
        let digest =
            store.put_streamed(|out| out.write_all(b"one").and_then(|()| out.write_all(b"two"))).expect("kept");
        assert_eq!(digest, store.put(b"onetwo").expect("kept"));
        let mut first = [0];
        store.get_streamed(&digest, |from| from.read_exact(&mut first)).expect("sound").expect("read");
        assert_eq!(first, *b"o", "not all of it has to be read");
    }

    #[test]
    fn what_was_changed_is_refused_though_it_was_read() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = EvidenceStore::open(dir.path()).expect("a store");
        let digest = store.put(b"evidence").expect("kept");
        fs::write(store.path(&digest), b"evidencf").expect("changed");
        assert!(matches!(store.get_streamed(&digest, |_| ()), Err(EvidenceError::Altered { .. })));
        let other = Digest::of(b"other");
        assert!(matches!(store.get_streamed(&other, |_| ()), Err(EvidenceError::Missing { .. })));
    }

    #[test]
    fn a_stream_that_fails_leaves_nothing() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = EvidenceStore::open(dir.path()).expect("a store");
        assert!(store.put_streamed(|_| Err(std::io::Error::other("full"))).is_err());
        assert_eq!(fs::read_dir(dir.path().join("evidence")).expect("there").count(), 0);
    }
}
