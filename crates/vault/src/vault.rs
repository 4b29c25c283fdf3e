//! The vault itself: opening it, taking a backup into it, finding one, checking all of it.

use crate::error::brief;
use crate::source::{SpoolSource, Trouble};
use crate::spool::Spool;
use crate::walk::Walker;
use crate::{BackupId, Label, Password, VaultError};
use rustic_backend::BackendOptions;
use rustic_core::repofile::{MasterKey, SnapshotFile};
use rustic_core::{
    BackupOptions, CheckOptions, ConfigOptions, Credentials, IndexedFullStatus, KeyOptions, OpenStatus, ParentOptions,
    Repository, RepositoryBackends, RepositoryOptions, RusticError, SnapshotOptions,
};
use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, Permissions};
use std::io::Read;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// A dump that goes into a backup beside the host's files, as `/.rockhop/dumps/<name>`.
pub struct Dump<'a> {
    /// Its file name.
    pub name: &'a str,
    /// Its content.
    pub from: Box<dyn Read + Send + 'a>,
}

/// An open vault. Every operation blocks; any number may go on at once.
pub struct Vault {
    path: PathBuf,
    backends: RepositoryBackends,
    /// The key itself: reopening with it costs nothing, while a password costs scrypt each time.
    key: MasterKey,
    /// One archiver at a time: it uses all cores itself, and the next one then knows what this one
    /// stored, so that hosts share their common files.
    archiving: Mutex<()>,
}

type Folders = BTreeMap<PathBuf, SystemTime>;

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({})", self.path.display())
    }
}

impl Vault {
    /// Opens the vault in `path`, or makes one where nothing is yet; the folder is its owner's alone.
    pub fn open_or_init(path: &Path, password: &Password) -> Result<Self, VaultError> {
        DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(VaultError::io(path, "making"))?;
        let is_vault = path.join("config").exists();
        if !is_vault && fs::read_dir(path).map_err(VaultError::io(path, "reading"))?.next().is_some() {
            return Err(VaultError::NotAVault { path: path.to_owned() });
        }
        fs::set_permissions(path, Permissions::from_mode(0o700)).map_err(VaultError::io(path, "narrowing"))?;
        let options = BackendOptions::default().repository(path.to_string_lossy().into_owned());
        let backends = options.to_backends().map_err(|e| refused(path, "opening", &e))?;
        let closed = closed(&backends).map_err(|e| refused(path, "opening", &e))?;
        let credentials = Credentials::password(password.reveal());
        let opened = if is_vault {
            closed.open(&credentials)
        } else {
            closed.init(&credentials, &KeyOptions::default(), &ConfigOptions::default())
        };
        let key = opened.map_err(|e| not_opened(path, &e))?.key();
        Ok(Self { path: path.to_owned(), backends, key, archiving: Mutex::new(()) })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes a backup from a tar stream and the dumps beside it, or finds the one that the same
    /// step took before; then the stream is not touched.
    ///
    /// A reader whose command failed must answer with an error; a stream that breaks off is one too.
    pub fn back_up(&self, label: &Label, tar: impl Read, dumps: Vec<Dump<'_>>) -> Result<BackupId, VaultError> {
        if let Some(there) = self.find(label)? {
            return Ok(there);
        }
        let spool =
            Spool::take(tar, dumps, &self.path).map_err(|why| VaultError::Stream { label: label.to_string(), why })?;
        let _one = self.archiving.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.folders()?;
        let id = self.archive(label, Arc::new(spool))?;
        self.settle(&before)?;
        Ok(id)
    }

    /// The backup that this step took before, if it did.
    pub fn find(&self, label: &Label) -> Result<Option<BackupId>, VaultError> {
        let all = self.open()?.get_all_snapshots().map_err(|e| self.damaged("of all", &e))?;
        let wanted = label.tags();
        let same = |snapshot: &&SnapshotFile| wanted.split(',').all(|tag| snapshot.tags.contains(tag));
        let latest = all.iter().filter(same).max_by_key(|snapshot| snapshot.time.timestamp());
        Ok(latest.map(|snapshot| BackupId::of(snapshot.id)))
    }

    /// Reads the whole vault back, every pack of every host, and checks all of it.
    pub fn verify_whole(&self) -> Result<(), VaultError> {
        let options = CheckOptions::default().read_data(true);
        let results = self.open()?.check(options).map_err(|e| self.damaged("of all", &e))?;
        if results.is_ok().is_ok() {
            return Ok(());
        }
        let why = results.0.iter().map(|(_, error)| brief(&error.to_string())).take(5).collect::<Vec<_>>().join("; ");
        Err(VaultError::Damaged { vault: self.path.clone(), snapshot: "of all".to_owned(), pack: None, why })
    }

    /// A snapshot and the index to read it by, both read from the disk now.
    pub(crate) fn snapshot(&self, id: &BackupId) -> Result<Walker, VaultError> {
        let repository = self.indexed()?;
        let ids =
            repository.list::<rustic_core::repofile::SnapshotId>().map_err(|e| self.refused("listing backups", &e))?;
        if !ids.into_iter().any(|found| BackupId::of(found) == *id) {
            return Err(VaultError::NoSuchBackup { vault: self.path.clone(), snapshot: id.clone() });
        }
        let snapshot =
            repository.get_snapshot_from_str(id.as_str(), |_| true).map_err(|e| self.damaged(id.as_str(), &e))?;
        Ok(Walker { vault: self.path.clone(), id: id.clone(), repository, tree: snapshot.tree })
    }

    fn archive(&self, label: &Label, spool: Arc<Spool>) -> Result<BackupId, VaultError> {
        let refused = |e: &RusticError| self.refused("archiving", e);
        let repository = self.open()?.to_indexed_ids().map_err(|e| self.damaged("of all", &e))?;
        let snapshot = SnapshotOptions::default()
            .host(label.host.to_string())
            .add_tags(&label.tags())
            .and_then(|options| options.to_snapshot())
            .map_err(|e| refused(&e))?;
        // No parent: it would let the archiver pass over files that only look unchanged.
        let options = BackupOptions::default().no_scan(true).parent_opts(ParentOptions::default().force(true));
        let source = SpoolSource { spool: Arc::clone(&spool), trouble: Trouble::default() };
        let trouble = source.trouble.clone();
        let snapshot =
            repository.archive(&options, &source, snapshot, &[PathBuf::from("/")]).map_err(|e| refused(&e))?;
        let id = BackupId::of(snapshot.id);
        if let Some(why) = trouble.found().map_or_else(|| self.lacking(&id, &spool), |why| Ok(Some(why)))? {
            repository.delete_snapshots(&[snapshot.id]).map_err(|e| refused(&e))?;
            return Err(VaultError::NotWhole { label: label.to_string(), why });
        }
        Ok(id)
    }

    /// What of the spool is not in the backup.
    fn lacking(&self, id: &BackupId, spool: &Spool) -> Result<Option<String>, VaultError> {
        let (mut found, mut wrong) = (0, None);
        self.snapshot(id)?.each(|path, node| {
            if let Some(entry) = spool.entries.get(path) {
                found += 1;
                if node.node_type != entry.node_type || node.meta.size != entry.meta.size {
                    wrong.get_or_insert_with(|| format!("{} is not as it was read", path.display()));
                }
            }
            Ok(())
        })?;
        let missing = spool.entries.len() - found;
        Ok(wrong.or_else(|| (missing > 0).then(|| format!("{missing} entries are missing"))))
    }

    /// Files are synced as they are written; this syncs their names, in the folders that changed.
    fn settle(&self, before: &Folders) -> Result<(), VaultError> {
        let after = self.folders()?;
        let changed = after.iter().filter(|(dir, time)| before.get(*dir) != Some(time));
        changed
            .map(|(dir, _)| dir)
            .try_for_each(|dir| File::open(dir).and_then(|dir| dir.sync_all()).map_err(VaultError::io(dir, "syncing")))
    }

    /// The folders that files come into, and when something last did.
    fn folders(&self) -> Result<Folders, VaultError> {
        let data = self.path.join("data");
        let mut dirs = vec![self.path.join("index"), self.path.join("snapshots")];
        for entry in fs::read_dir(&data).map_err(VaultError::io(&data, "reading"))? {
            dirs.push(entry.map_err(VaultError::io(&data, "reading"))?.path());
        }
        dirs.push(data);
        let time = |dir: &Path| fs::metadata(dir).and_then(|m| m.modified()).map_err(VaultError::io(dir, "looking at"));
        dirs.into_iter().map(|dir| time(&dir).map(|time| (dir, time))).collect()
    }

    fn open(&self) -> Result<Repository<OpenStatus>, VaultError> {
        let closed = closed(&self.backends).map_err(|e| self.refused("opening", &e))?;
        closed.open(&Credentials::Masterkey(self.key.clone())).map_err(|e| self.damaged("of all", &e))
    }

    fn indexed(&self) -> Result<Repository<IndexedFullStatus>, VaultError> {
        self.open()?.to_indexed().map_err(|e| self.damaged("of all", &e))
    }

    fn refused(&self, doing: &'static str, error: &RusticError) -> VaultError {
        refused(&self.path, doing, error)
    }

    fn damaged(&self, snapshot: &str, error: &RusticError) -> VaultError {
        let (vault, snapshot) = (self.path.clone(), snapshot.to_owned());
        VaultError::Damaged { vault, snapshot, pack: None, why: brief(&error.display_log()) }
    }
}

/// Without the library's cache: what is read comes from the vault, not from a copy of it.
fn closed(backends: &RepositoryBackends) -> Result<Repository<()>, Box<RusticError>> {
    Repository::new(&RepositoryOptions::default().no_cache(true), backends)
}

fn not_opened(path: &Path, error: &RusticError) -> VaultError {
    if error.is_incorrect_password() {
        VaultError::WrongPassword { path: path.to_owned() }
    } else {
        refused(path, "opening", error)
    }
}

fn refused(path: &Path, doing: &'static str, error: &RusticError) -> VaultError {
    VaultError::Repository { vault: path.to_owned(), doing, why: brief(&error.display_log()) }
}
