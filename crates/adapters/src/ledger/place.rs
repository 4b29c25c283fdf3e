//! The ledger's folder: the names in it, who may read them, and writing that survives a power cut.

use super::{LedgerError, public_key_line};
use rockhop_domain::Digest;
use russh::keys::ssh_key::{Algorithm, LineEnding, PrivateKey};
use std::collections::HashMap;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// The folder `<project>/.rockhop` and the files of the ledger in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    dir: PathBuf,
}

impl Place {
    /// The ledger whose files are in `dir`.
    pub fn at(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The database.
    pub fn db(&self) -> PathBuf {
        self.dir.join("ledger.db")
    }

    /// SQLite's write-ahead log: the records since the last seal.
    pub fn log(&self) -> PathBuf {
        self.dir.join("ledger.db-wal")
    }

    /// The signed head.
    pub fn head(&self) -> PathBuf {
        self.dir.join("ledger.head")
    }

    /// The project's signing key, private.
    pub fn key(&self) -> PathBuf {
        self.dir.join("ledger.key")
    }

    /// The project's signing key, public.
    pub fn public_key(&self) -> PathBuf {
        self.dir.join("ledger.pub")
    }

    pub(super) fn controller_lock(&self) -> PathBuf {
        self.dir.join("controller.lock")
    }

    pub(super) fn seal_lock(&self) -> PathBuf {
        self.dir.join("seal.lock")
    }

    pub(super) fn make_private_dir(&self) -> Result<(), LedgerError> {
        make_private_dir(&self.dir).map_err(|e| LedgerError::io(&self.dir, "making", e))
    }

    pub(super) fn make_private_file(&self, path: &Path) -> Result<(), LedgerError> {
        let made = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path);
        made.map(drop).map_err(|e| LedgerError::io(path, "making", e))
    }

    /// The key of a beginning that was cut short, or a new one.
    pub(super) fn key_or_new(&self) -> Result<PrivateKey, LedgerError> {
        if self.key().exists() {
            return self.read_key();
        }
        let bad = |e: russh::keys::ssh_key::Error| LedgerError::Key { path: self.key(), why: e.to_string() };
        let mut key = PrivateKey::random(&mut russh::keys::key::safe_rng(), Algorithm::Ed25519).map_err(bad)?;
        key.set_comment("rockhop-ledger");
        write_durably(&self.public_key(), format!("{}\n", public_key_line(key.public_key())?).as_bytes())?;
        write_durably(&self.key(), key.to_openssh(LineEnding::LF).map_err(bad)?.as_bytes())?;
        Ok(key)
    }

    /// The signing key, unless others could have read it too.
    pub(super) fn read_key(&self) -> Result<PrivateKey, LedgerError> {
        let path = self.key();
        let mode = fs::metadata(&path).map_err(|e| LedgerError::io(&path, "looking at", e))?.mode();
        if mode & 0o077 != 0 {
            return Err(LedgerError::KeyExposed { path, mode: mode & 0o777 });
        }
        PrivateKey::read_openssh_file(&path).map_err(|e| LedgerError::Key { path, why: e.to_string() })
    }

    /// BLAKE3 and length of the database file, byte for byte.
    pub(super) fn hash_db(&self) -> Result<(Digest, u64), LedgerError> {
        let path = self.db();
        let hash = || -> std::io::Result<(blake3::Hash, u64)> {
            let file = kept_open(&path)?;
            let (mut hasher, mut at, mut buffer) = (blake3::Hasher::new(), 0, vec![0; 1 << 18]);
            loop {
                let n = file.read_at(&mut buffer, at)?;
                if n == 0 {
                    return Ok((hasher.finalize(), at));
                }
                hasher.update(&buffer[..n]);
                at += n as u64;
            }
        };
        let (hash, bytes) = hash().map_err(|e| LedgerError::io(&path, "reading", e))?;
        Ok((Digest::parse(hash.to_hex().as_str()).expect("BLAKE3 prints a digest"), bytes))
    }

    /// How long the write-ahead log is; 0 when there is none.
    pub(super) fn log_bytes(&self) -> Result<u64, LedgerError> {
        match fs::metadata(self.log()) {
            Ok(found) => Ok(found.len()),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(0),
            Err(e) => Err(LedgerError::io(&self.log(), "looking at", e)),
        }
    }
}

/// Makes a folder that only its owner may enter; an existing one is narrowed to that.
pub(super) fn make_private_dir(dir: &Path) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    fs::set_permissions(dir, Permissions::from_mode(0o700))
}

/// Replaces a file in one step, or not at all, and returns once it is on the disk.
pub(super) fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), LedgerError> {
    write_new(path, bytes).map_err(|e| LedgerError::io(path, "writing", e))
}

fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let draft = path.with_extension(format!("{}.new", path.extension().unwrap_or_default().to_string_lossy()));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
}

type DeviceAndInode = (u64, u64);

/// A descriptor of the database file that this process never closes again.
///
/// POSIX drops *all* of a process's locks on a file when it closes *any* descriptor of it. Reading
/// the file beside SQLite and closing it would take SQLite's locks away, and a passing `sqlite3`
/// could then remove the log under a running controller. One descriptor a ledger is a small price.
fn kept_open(path: &Path) -> std::io::Result<Arc<File>> {
    static KEPT: LazyLock<Mutex<HashMap<DeviceAndInode, Arc<File>>>> = LazyLock::new(Mutex::default);
    let found = fs::metadata(path)?;
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(file) = kept.get(&(found.dev(), found.ino())) {
        return Ok(Arc::clone(file));
    }
    let file = Arc::new(File::open(path)?);
    let opened = file.metadata()?;
    kept.insert((opened.dev(), opened.ino()), Arc::clone(&file));
    Ok(file)
}
