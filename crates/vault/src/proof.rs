//! The proof of a backup: all of it read back, and compared with what the host says it has.

use crate::spool::DUMPS;
use crate::{BackupId, Entry, Manifest, Pattern, Vault, VaultError, What};
use rockhop_domain::BackupProof;
use rustic_core::repofile::{Node, NodeType};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

/// What was found. It decides nothing: whoever asked judges it, and [`BackupProof::accept`] is strict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Which backup.
    pub snapshot: BackupId,
    /// Regular files in it, dumps included.
    pub files: u64,
    /// Their size.
    pub bytes: u64,
    /// How much of it was read back from the disk, decrypted and hashed.
    pub read_back_bytes: u64,
    /// Entries of the host that were compared.
    pub compared: u64,
    /// Differences that were declared beforehand: logs and the like.
    pub volatile: Vec<Difference>,
    /// All others.
    pub differences: Vec<Difference>,
    /// Paths that were asked for and that the host does not have.
    pub absent: Vec<PathBuf>,
}

/// One path where backup and host are not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which path.
    pub path: PathBuf,
    /// In what.
    pub differs: Differs,
    /// Whether the host changed it after the backup was taken, by its own time stamp.
    pub changed_since: bool,
}

/// In what a backup and its host differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differs {
    /// The host does not have it (any more).
    OnlyInBackup,
    /// The backup does not have it.
    OnlyOnHost,
    /// One is a file, the other a directory, say.
    Kind,
    /// Permissions.
    Mode,
    /// Owner or group.
    Owner,
    /// The length of a file.
    Size,
    /// The content of a file.
    Content,
    /// Where a symbolic link leads.
    Target,
    /// The host could not read the file, so nothing is known about it.
    Unread,
    /// The host could not list everything.
    Unlisted,
    /// A dump holds nothing.
    EmptyDump,
}

impl Differs {
    /// A stable key for machines.
    pub fn key(self) -> &'static str {
        match self {
            Self::OnlyInBackup => "only-in-backup",
            Self::OnlyOnHost => "only-on-host",
            Self::Kind => "kind",
            Self::Mode => "mode",
            Self::Owner => "owner",
            Self::Size => "size",
            Self::Content => "content",
            Self::Target => "target",
            Self::Unread => "unread",
            Self::Unlisted => "unlisted",
            Self::EmptyDump => "empty-dump",
        }
    }
}

/// `/var/www/a: content, changed since`
impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.differs.key())?;
        if self.changed_since { f.write_str(", changed since") } else { Ok(()) }
    }
}

impl From<Proof> for BackupProof {
    fn from(proof: Proof) -> Self {
        Self {
            snapshot: proof.snapshot.to_string(),
            files: proof.files,
            bytes: proof.bytes,
            read_back_bytes: proof.read_back_bytes,
            compared: proof.compared,
            volatile: proof.volatile.iter().map(ToString::to_string).collect(),
            differences: proof.differences.iter().map(ToString::to_string).collect(),
        }
    }
}

impl Vault {
    /// Reads the backup back in full and compares every entry with the host's list of itself.
    ///
    /// Damage in the vault is an error. A difference is not: it is in the proof, declared or not.
    pub fn prove(&self, id: &BackupId, host: impl io::Read, volatile: &[String]) -> Result<Proof, VaultError> {
        let manifest = Manifest::read(host).map_err(|why| VaultError::Manifest { snapshot: id.clone(), why })?;
        let walker = self.snapshot(id)?;
        walker.read_packs()?;
        let volatile = volatile.iter().map(|text| Pattern::new(text)).collect();
        let mut comparison = Comparison::new(id, &manifest, volatile);
        walker.each(|path, node| {
            let mut hasher = Sha256::new();
            let is_file = node.node_type == NodeType::File;
            let read = if is_file { walker.content(node, &mut hasher)? } else { 0 };
            comparison.count(is_file, node, read);
            comparison.entry(path, node, &data_encoding::HEXLOWER.encode(&hasher.finalize()));
            Ok(())
        })?;
        Ok(comparison.end())
    }
}

struct Comparison<'a> {
    host: &'a Manifest,
    volatile: Vec<Pattern>,
    seen: HashSet<PathBuf>,
    /// Directories above what was backed up: made up by the archiver, not the host's.
    above: HashSet<PathBuf>,
    proof: Proof,
}

impl<'a> Comparison<'a> {
    fn new(id: &BackupId, host: &'a Manifest, volatile: Vec<Pattern>) -> Self {
        let proof = Proof {
            snapshot: id.clone(),
            files: 0,
            bytes: 0,
            read_back_bytes: 0,
            compared: 0,
            volatile: Vec::new(),
            differences: Vec::new(),
            absent: host.absent.clone(),
        };
        let roots = host.entries.keys().filter(|path| !path.parent().is_some_and(|up| host.entries.contains_key(up)));
        let above = roots.flat_map(|root| root.ancestors().skip(1)).map(Path::to_owned).collect();
        Self { host, volatile, seen: HashSet::new(), above, proof }
    }

    fn count(&mut self, is_file: bool, node: &Node, read: u64) {
        if is_file {
            self.proof.files += 1;
            self.proof.bytes += node.meta.size;
            self.proof.read_back_bytes += read;
        }
    }

    fn entry(&mut self, path: &Path, node: &Node, sha256: &str) {
        if path.starts_with("/.rockhop") {
            if path.parent() == Some(Path::new(DUMPS)) && node.meta.size == 0 {
                self.note(path, Differs::EmptyDump, false);
            }
            return;
        }
        self.seen.insert(path.to_owned());
        let Some(there) = self.host.entries.get(path) else {
            if !(node.is_dir() && self.above.contains(path)) {
                self.note(path, Differs::OnlyInBackup, true);
            }
            return;
        };
        self.proof.compared += 1;
        if let Some(differs) = difference(node, sha256, there) {
            self.note(path, differs, mtime(node).is_some_and(|ours| there.mtime > ours));
        }
    }

    fn end(mut self) -> Proof {
        for path in self.host.entries.keys().filter(|path| path.as_path() != Path::new("/")) {
            if !self.seen.contains(path) {
                self.note(path, Differs::OnlyOnHost, false);
            }
        }
        if !self.host.complete {
            self.proof.differences.push(Difference {
                path: PathBuf::from("/"),
                differs: Differs::Unlisted,
                changed_since: false,
            });
        }
        self.proof
    }

    fn note(&mut self, path: &Path, differs: Differs, changed_since: bool) {
        let difference = Difference { path: path.to_owned(), differs, changed_since };
        let declared = self.volatile.iter().any(|pattern| pattern.matches(path));
        if declared { self.proof.volatile.push(difference) } else { self.proof.differences.push(difference) }
    }
}

/// The first thing in which they differ, the worst first.
fn difference(node: &Node, sha256: &str, there: &Entry) -> Option<Differs> {
    match (&node.node_type, &there.what) {
        (NodeType::File, What::File { size, .. }) if *size != node.meta.size => return Some(Differs::Size),
        (NodeType::File, What::File { sha256: None, .. }) => return Some(Differs::Unread),
        (NodeType::File, What::File { sha256: Some(theirs), .. }) if theirs != sha256 => return Some(Differs::Content),
        (NodeType::Symlink { .. }, What::Link { target }) if node.node_type.to_link() != target => {
            return Some(Differs::Target);
        }
        (NodeType::File, What::File { .. })
        | (NodeType::Symlink { .. }, What::Link { .. })
        | (NodeType::Dir, What::Dir)
        | (NodeType::Fifo, What::Pipe)
        | (NodeType::Dev { .. }, What::Block)
        | (NodeType::Chardev { .. }, What::Char) => {}
        _ => return Some(Differs::Kind),
    }
    if (node.meta.uid, node.meta.gid) != (Some(there.uid), Some(there.gid)) {
        return Some(Differs::Owner);
    }
    (node.meta.mode != Some(there.mode)).then_some(Differs::Mode)
}

fn mtime(node: &Node) -> Option<(i64, u32)> {
    let nanos = node.meta.mtime?.as_nanosecond();
    let seconds = i64::try_from(nanos.div_euclid(1_000_000_000)).ok()?;
    Some((seconds, u32::try_from(nanos.rem_euclid(1_000_000_000)).ok()?))
}
