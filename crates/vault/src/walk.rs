//! Walking a snapshot, and reading its content back from the packs on the disk.

use crate::error::brief;
use crate::{BackupId, VaultError};
use rustic_core::repofile::{BlobType, Node, PackId};
use rustic_core::{BlobId, DataId, IndexedFullStatus, PackedId, Repository, RusticError, TreeId};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// One snapshot, ready to be read. Nothing in it comes from an earlier look.
pub(crate) struct Walker {
    pub vault: PathBuf,
    pub id: BackupId,
    pub repository: Repository<IndexedFullStatus>,
    pub tree: TreeId,
}

impl Walker {
    /// Every entry, parents before their children.
    pub fn each(&self, mut see: impl FnMut(&Path, &Node) -> Result<(), VaultError>) -> Result<(), VaultError> {
        self.below(Path::new("/"), self.tree, &mut |_| {}, &mut see)
    }

    /// The entry at a path.
    pub fn node(&self, path: &Path) -> Result<Node, VaultError> {
        let missing = || {
            let (vault, snapshot) = (self.vault.clone(), self.id.clone());
            VaultError::NoSuchFile { vault, snapshot, path: path.to_owned() }
        };
        let (mut tree, mut found) = (Some(self.tree), None);
        for name in path.strip_prefix("/").unwrap_or(path) {
            let id = tree.ok_or_else(missing)?;
            let nodes = self.repository.get_tree(&id).map_err(|e| self.unreadable(&id, &e))?.nodes;
            let node = nodes.into_iter().find(|node| node.name() == name).ok_or_else(missing)?;
            tree = node.subtree;
            found = Some(node);
        }
        found.ok_or_else(missing)
    }

    /// A file's content as a reader; what is wrong with it comes wrapped in an [`io::Error`].
    pub fn reader<'a>(&'a self, node: &'a Node) -> impl Read + 'a {
        let ids = node.content.iter().flatten();
        BlobReader { walker: self, ids, blob: io::Cursor::new(Vec::new()) }
    }

    /// Writes a file's content, each blob decrypted, authenticated and hashed; answers how much it was.
    pub fn content(&self, node: &Node, out: &mut impl Write) -> Result<u64, VaultError> {
        let mut bytes = 0;
        for id in node.content.iter().flatten() {
            let blob = self.blob(id)?;
            bytes += blob.len() as u64;
            out.write_all(&blob).map_err(VaultError::io(&self.vault, "writing what was read from"))?;
        }
        if bytes == node.meta.size {
            return Ok(bytes);
        }
        Err(self.damaged(None, format!("{} holds {bytes} bytes instead of {}", node.name().display(), node.meta.size)))
    }

    /// Reads every pack that the snapshot needs, whole, and compares it with its name, which is its hash.
    pub fn read_packs(&self) -> Result<(), VaultError> {
        let mut packs = BTreeSet::new();
        let mut trees = Vec::new();
        let mut files = Vec::new();
        self.below(Path::new("/"), self.tree, &mut |id| trees.push(id), &mut |_, node| {
            files.extend(node.content.iter().flatten().copied());
            Ok(())
        })?;
        for id in trees {
            packs.insert(self.pack_of(&id)?.to_hex().as_str().to_owned());
        }
        for id in files {
            packs.insert(self.pack_of(&id)?.to_hex().as_str().to_owned());
        }
        packs.iter().try_for_each(|pack| self.read_pack(pack))
    }

    /// An error that names the vault, this snapshot and, when known, the pack.
    pub fn damaged(&self, pack: Option<String>, why: String) -> VaultError {
        VaultError::Damaged { vault: self.vault.clone(), snapshot: self.id.to_string(), pack, why }
    }

    fn below(
        &self,
        at: &Path,
        tree: TreeId,
        enter: &mut dyn FnMut(TreeId),
        see: &mut dyn FnMut(&Path, &Node) -> Result<(), VaultError>,
    ) -> Result<(), VaultError> {
        enter(tree);
        let read = self.repository.get_tree(&tree);
        for node in read.map_err(|e| self.unreadable(&tree, &e))?.nodes {
            let path = at.join(node.name());
            see(&path, &node)?;
            if let Some(subtree) = node.subtree {
                self.below(&path, subtree, enter, see)?;
            } else if node.is_dir() {
                return Err(self.damaged(None, format!("the directory {} has no content", path.display())));
            }
        }
        Ok(())
    }

    fn blob(&self, id: &DataId) -> Result<impl std::ops::Deref<Target = [u8]> + use<>, VaultError> {
        let blob = BlobId::from(**id);
        let bytes = self.repository.get_blob_cached(&blob, BlobType::Data).map_err(|e| self.unreadable(id, &e))?;
        if Sha256::digest(&bytes)[..]
            == data_encoding::HEXLOWER.decode(blob.to_hex().as_str().as_bytes()).unwrap_or_default()
        {
            return Ok(bytes);
        }
        let pack = self.pack_of(id)?.to_hex().as_str().to_owned();
        Err(self.damaged(Some(pack), format!("the content of blob {blob} is not what its name says")))
    }

    fn read_pack(&self, pack: &str) -> Result<(), VaultError> {
        let path = self.vault.join("data").join(&pack[..2]).join(pack);
        let hash = || -> io::Result<String> {
            let (mut file, mut hasher, mut buffer) = (File::open(&path)?, Sha256::new(), vec![0; 1 << 18]);
            loop {
                match file.read(&mut buffer)? {
                    0 => return Ok(data_encoding::HEXLOWER.encode(&hasher.finalize())),
                    n => hasher.update(&buffer[..n]),
                }
            }
        };
        match hash() {
            Ok(found) if found == pack => Ok(()),
            Ok(found) => Err(self.damaged(Some(pack.to_owned()), format!("the pack's content hashes to {found}"))),
            Err(e) => Err(self.damaged(Some(pack.to_owned()), format!("the pack cannot be read: {e}"))),
        }
    }

    fn pack_of<I: PackedId>(&self, id: &I) -> Result<PackId, VaultError> {
        let entry = self.repository.get_index_entry(id);
        entry.map(|entry| entry.pack).map_err(|e| self.damaged(None, brief(&e.display_log())))
    }

    fn unreadable<I: PackedId>(&self, id: &I, error: &RusticError) -> VaultError {
        let pack = self.repository.get_index_entry(id).ok().map(|entry| entry.pack.to_hex().as_str().to_owned());
        self.damaged(pack, brief(&error.display_log()))
    }
}

struct BlobReader<'a, I> {
    walker: &'a Walker,
    ids: I,
    blob: io::Cursor<Vec<u8>>,
}

impl<'a, I: Iterator<Item = &'a DataId>> Read for BlobReader<'a, I> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.blob.read(buffer)?;
            if n > 0 || buffer.is_empty() {
                return Ok(n);
            }
            let Some(id) = self.ids.next() else { return Ok(0) };
            self.blob = io::Cursor::new(self.walker.blob(id).map_err(io::Error::other)?.to_vec());
        }
    }
}
