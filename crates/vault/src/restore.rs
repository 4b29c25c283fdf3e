//! Giving back: one file, or the whole backup as a tar stream that a host can unpack.

use crate::walk::Walker;
use crate::{BackupId, Vault, VaultError};
use rustic_core::repofile::{Node, NodeType};
use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use tar::{Builder, EntryType, Header};

impl Vault {
    /// One file's content.
    pub fn restore_file(&self, id: &BackupId, path: &Path) -> Result<Vec<u8>, VaultError> {
        let walker = self.snapshot(id)?;
        let node = walker.node(path)?;
        if !node.is_file() {
            return Err(VaultError::NoSuchFile { vault: walker.vault, snapshot: walker.id, path: path.to_owned() });
        }
        let mut bytes = Vec::new();
        walker.content(&node, &mut bytes)?;
        Ok(bytes)
    }

    /// Everything at and below `path` as a tar stream: owners, modes, times, links, attributes.
    /// Paths in it are relative to `/`.
    pub fn restore_tree<W: Write>(&self, id: &BackupId, path: &Path, to: W) -> Result<W, VaultError> {
        let walker = self.snapshot(id)?;
        let mut out = Out { tar: Builder::new(to), walker: &walker, names: HashMap::new(), entries: 0 };
        walker.each(|at, node| if at.starts_with(path) { out.entry(at, node) } else { Ok(()) })?;
        if out.entries == 0 {
            return Err(VaultError::NoSuchFile { vault: walker.vault, snapshot: walker.id, path: path.to_owned() });
        }
        out.tar.into_inner().map_err(VaultError::io(path, "writing"))
    }
}

struct Out<'a, W: Write> {
    tar: Builder<W>,
    walker: &'a Walker,
    /// The first name of each file that has several.
    names: HashMap<u64, PathBuf>,
    entries: u64,
}

impl<W: Write> Out<'_, W> {
    fn entry(&mut self, path: &Path, node: &Node) -> Result<(), VaultError> {
        self.entries += 1;
        let name = path.strip_prefix("/").unwrap_or(path);
        if node.is_file() && node.meta.links > 1 {
            if let Some(first) = self.names.get(&node.meta.inode) {
                let first = first.clone();
                return self.link(EntryType::Link, name, &first, node).map_err(|e| unwrapped(path, e));
            }
            self.names.insert(node.meta.inode, name.to_owned());
        }
        self.write(name, node).map_err(|e| unwrapped(path, e))
    }

    fn write(&mut self, name: &Path, node: &Node) -> io::Result<()> {
        let kind = match node.node_type {
            NodeType::File => EntryType::Regular,
            NodeType::Dir => EntryType::Directory,
            NodeType::Fifo => EntryType::Fifo,
            NodeType::Dev { .. } => EntryType::Block,
            NodeType::Chardev { .. } => EntryType::Char,
            // A socket is made anew by its service.
            NodeType::Socket => return Ok(()),
            NodeType::Symlink { .. } => {
                let target = node.node_type.to_link().to_owned();
                return self.link(EntryType::Symlink, name, &target, node);
            }
        };
        self.extensions(node)?;
        let size = if node.is_file() { node.meta.size } else { 0 };
        let mut header = header(node, kind, size)?;
        self.tar.append_data(&mut header, name, ExactLength { from: self.walker.reader(node), left: size })
    }

    fn link(&mut self, kind: EntryType, name: &Path, target: &Path, node: &Node) -> io::Result<()> {
        self.extensions(node)?;
        let mut header = header(node, kind, 0)?;
        self.tar.append_link(&mut header, name, target)
    }

    /// What a header has no room for: the time to the nanosecond, extended attributes.
    fn extensions(&mut self, node: &Node) -> io::Result<()> {
        let mut records = Vec::new();
        if let Some(time) = node.meta.mtime {
            let nanos = time.as_nanosecond();
            let sign = if nanos < 0 { "-" } else { "" };
            let (seconds, rest) = (nanos.unsigned_abs() / 1_000_000_000, nanos.unsigned_abs() % 1_000_000_000);
            records.push(("mtime".to_owned(), format!("{sign}{seconds}.{rest:09}").into_bytes()));
        }
        for attribute in &node.meta.extended_attributes {
            let value = attribute.value.clone().unwrap_or_default();
            records.push((format!("SCHILY.xattr.{}", attribute.name), value));
        }
        self.tar.append_pax_extensions(records.iter().map(|(key, value)| (key.as_str(), value.as_slice())))
    }
}

fn header(node: &Node, kind: EntryType, size: u64) -> io::Result<Header> {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(node.meta.mode.unwrap_or(0o600) & 0o7777);
    header.set_uid(node.meta.uid.unwrap_or(0).into());
    header.set_gid(node.meta.gid.unwrap_or(0).into());
    header.set_mtime(node.meta.mtime.and_then(|t| u64::try_from(t.as_second()).ok()).unwrap_or(0));
    if let NodeType::Dev { device } | NodeType::Chardev { device } = node.node_type {
        header.set_device_major(
            u32::try_from(device >> 32 & 0xffff_f000 | device >> 8 & 0xfff).map_err(io::Error::other)?,
        )?;
        header
            .set_device_minor(u32::try_from(device >> 12 & 0xffff_ff00 | device & 0xff).map_err(io::Error::other)?)?;
    }
    Ok(header)
}

/// Fails where the content is not as long as the header says: tar would not notice.
struct ExactLength<R> {
    from: R,
    left: u64,
}

impl<R: Read> Read for ExactLength<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(buffer)?;
        let left = self.left.checked_sub(n as u64).filter(|&left| n > 0 || buffer.is_empty() || left == 0);
        self.left = left.ok_or_else(|| io::Error::other("a file in the backup is not as long as it should be"))?;
        Ok(n)
    }
}

/// The vault's own error, when reading the vault is what went wrong.
fn unwrapped(path: &Path, error: io::Error) -> VaultError {
    match error.downcast::<VaultError>() {
        Ok(ours) => ours,
        Err(error) => VaultError::io(path, "writing")(error),
    }
}
