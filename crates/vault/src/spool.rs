//! A tar stream, taken in: its content in a file without a name, its entries in tree order.
//!
//! The archiver wants entries in tree order and files that can be opened in parallel; tar gives
//! them in the order of the host's directories, once. So the content goes to a file that was
//! unlinked before its first byte: no crash can leave a host's data lying about. Nothing is
//! unpacked, so this needs no root, and no owner or mode is lost on the way.

use crate::tape::{Member, Tape};
use crate::{BadStream, Dump};
use rustic_core::jiff::Timestamp;
use rustic_core::repofile::{Metadata, NodeType};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use tar::{EntryType, Header};

/// Where dumps are in a backup.
pub const DUMPS: &str = "/.rockhop/dumps";

/// A stream taken in.
#[derive(Debug)]
pub(crate) struct Spool {
    pub content: Arc<File>,
    pub entries: BTreeMap<PathBuf, Spooled>,
}

/// One entry: what it is, and where its content is, for files.
#[derive(Debug, Clone)]
pub(crate) struct Spooled {
    pub node_type: NodeType,
    pub meta: Metadata,
    pub content: Option<Part>,
}

/// A part of the spool's content.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub from: u64,
    pub length: u64,
}

impl Spool {
    /// Takes in a whole tar stream and the dumps beside it; `dir` is on the disk that has room for them.
    pub fn take(tar: impl Read, dumps: Vec<Dump<'_>>, dir: &Path) -> Result<Self, BadStream> {
        let file = tempfile::tempfile_in(dir)?;
        let mut taking =
            Taking { out: BufWriter::with_capacity(1 << 18, file), at: 0, entries: BTreeMap::new(), files: 0 };
        taking.archive(Tape::new(tar))?;
        for dump in dumps {
            taking.dump(dump)?;
        }
        if taking.entries.is_empty() {
            return Err(BadStream::Empty);
        }
        taking.count_links();
        let content = taking.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Self { content: Arc::new(content), entries: taking.entries })
    }
}

struct Taking {
    out: BufWriter<File>,
    at: u64,
    entries: BTreeMap<PathBuf, Spooled>,
    files: u64,
}

impl Taking {
    fn archive<R: Read>(&mut self, mut tape: Tape<R>) -> Result<(), BadStream> {
        while let Some(member) = tape.next_member()? {
            self.member(member, &mut tape)?;
        }
        Ok(tape.drain()?)
    }

    fn member(&mut self, member: Member, content: &mut impl Read) -> Result<(), BadStream> {
        let Some(path) = inside(&member.path)? else { return Ok(()) };
        let meta = Metadata { links: 1, ..metadata(&member)? };
        let node_type = match member.header.entry_type() {
            EntryType::Link => return self.hard_link(path, &member),
            EntryType::Regular | EntryType::Continuous => return self.file(path, meta, member.size, content),
            EntryType::Directory => NodeType::Dir,
            EntryType::Symlink => NodeType::from_link(&member.target),
            EntryType::Fifo => NodeType::Fifo,
            EntryType::Char => NodeType::Chardev { device: device(&member.header)? },
            EntryType::Block => NodeType::Dev { device: device(&member.header)? },
            other => return Err(BadStream::Kind { path, kind: char::from(other.as_byte()) }),
        };
        self.entries.insert(path, Spooled { node_type, meta, content: None });
        Ok(())
    }

    fn file(&mut self, path: PathBuf, meta: Metadata, size: u64, content: &mut impl Read) -> Result<(), BadStream> {
        let length = io::copy(content, &mut self.out)?;
        if length != size {
            return Err(BadStream::BrokenOff);
        }
        let part = self.part(length);
        self.insert_file(path, meta, part);
        Ok(())
    }

    fn part(&mut self, length: u64) -> Part {
        let part = Part { from: self.at, length };
        self.at += length;
        part
    }

    /// Each file gets a number of its own, which its hard links then share.
    fn insert_file(&mut self, path: PathBuf, mut meta: Metadata, part: Part) {
        self.files += 1;
        (meta.inode, meta.links, meta.size) = (self.files, 1, part.length);
        self.entries.insert(path, Spooled { node_type: NodeType::File, meta, content: Some(part) });
    }

    fn hard_link(&mut self, path: PathBuf, member: &Member) -> Result<(), BadStream> {
        let same = inside(&member.target)?.and_then(|target| self.entries.get(&target).cloned());
        let Some(same) = same else {
            return Err(BadStream::LinkToNothing { link: path, target: member.target.clone() });
        };
        self.entries.insert(path, same);
        Ok(())
    }

    fn dump(&mut self, mut dump: Dump<'_>) -> Result<(), BadStream> {
        let path = Path::new(DUMPS).join(dump.name);
        let plain = Path::new(dump.name).components().count() == 1;
        let Some(path) = inside(&path)?.filter(|_| plain) else { return Err(BadStream::Path(path)) };
        let length = io::copy(&mut dump.from, &mut self.out)?;
        let part = self.part(length);
        self.insert_file(path, Metadata { mode: Some(0o600), uid: Some(0), gid: Some(0), ..Metadata::default() }, part);
        Ok(())
    }

    fn count_links(&mut self) {
        let mut names = BTreeMap::<u64, u64>::new();
        for entry in self.entries.values().filter(|e| e.content.is_some()) {
            *names.entry(entry.meta.inode).or_default() += 1;
        }
        for entry in self.entries.values_mut().filter(|e| e.content.is_some()) {
            entry.meta.links = names.get(&entry.meta.inode).copied().unwrap_or(1);
        }
    }
}

/// The path as it is in the backup: absolute, without detours; none for the root itself.
fn inside(path: &Path) -> Result<Option<PathBuf>, BadStream> {
    let mut out = PathBuf::from("/");
    for part in path.components() {
        match part {
            Component::Normal(name) => out.push(name),
            Component::RootDir | Component::CurDir => {}
            Component::ParentDir | Component::Prefix(_) => return Err(BadStream::Path(path.to_owned())),
        }
    }
    Ok((out != Path::new("/")).then_some(out))
}

fn metadata(member: &Member) -> Result<Metadata, BadStream> {
    let header = &member.header;
    let id = |id: u64| u32::try_from(id).map_err(io::Error::other);
    let seconds = i64::try_from(header.mtime()?).map_err(io::Error::other)?;
    let mut meta = Metadata {
        mode: Some(header.mode()? & 0o7777),
        uid: Some(id(header.uid()?)?),
        gid: Some(id(header.gid()?)?),
        mtime: Some(Timestamp::from_second(seconds).map_err(io::Error::other)?),
        ..Metadata::default()
    };
    let mut attributes = Vec::new();
    for (key, value) in &member.records {
        extend(&mut meta, &mut attributes, key, value)
            .ok_or_else(|| io::Error::other(format!("the pax record {key} cannot be read")))?;
    }
    if !attributes.is_empty() {
        // The library keeps the attribute's type to itself, but reads it from its documented JSON.
        meta.extended_attributes = serde_json::from_value(attributes.into()).map_err(io::Error::other)?;
    }
    Ok(meta)
}

/// What a pax record says beside the header: finer times, bigger ids, extended attributes.
fn extend(meta: &mut Metadata, attributes: &mut Vec<serde_json::Value>, key: &str, value: &[u8]) -> Option<()> {
    let text = || std::str::from_utf8(value).ok();
    match key {
        "mtime" => meta.mtime = Some(time(text()?)?),
        "uid" => meta.uid = Some(text()?.parse().ok()?),
        "gid" => meta.gid = Some(text()?.parse().ok()?),
        _ => {
            if let Some(name) = key.strip_prefix("SCHILY.xattr.") {
                let value = data_encoding::BASE64.encode(value);
                attributes.push(serde_json::json!({ "name": name, "value": value }));
            }
        }
    }
    Some(())
}

/// `1700000000.123456789`, any number of digits; before 1970 with a minus in front of both parts.
fn time(text: &str) -> Option<Timestamp> {
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, ""));
    let nanos: i32 = format!("{:0<9}", fraction.get(..9).unwrap_or(fraction)).parse().ok()?;
    let nanos = if text.starts_with('-') { -nanos } else { nanos };
    Timestamp::new(seconds.parse().ok()?, nanos).ok()
}

/// A device's number as Linux packs it.
fn device(header: &Header) -> Result<u64, BadStream> {
    let (major, minor) =
        (u64::from(header.device_major()?.unwrap_or(0)), u64::from(header.device_minor()?.unwrap_or(0)));
    Ok((major & 0xffff_f000) << 32 | (major & 0xfff) << 8 | (minor & 0xffff_ff00) << 12 | (minor & 0xff))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_to_the_nanosecond() {
        let nanos = |text| time(text).map(Timestamp::as_nanosecond);
        assert_eq!(nanos("1700000000.123456789"), Some(1_700_000_000_123_456_789));
        assert_eq!(nanos("1700000000.5"), Some(1_700_000_000_500_000_000));
        assert_eq!(nanos("-1.5"), Some(-1_500_000_000));
        assert_eq!(nanos("x"), None);
    }

    #[test]
    fn no_path_leads_out() {
        assert!(matches!(inside(Path::new("/a/../../etc")), Err(BadStream::Path(_))));
        assert_eq!(inside(Path::new("./a//b/")).expect("inside"), Some("/a/b".into()));
        assert_eq!(inside(Path::new("/")).expect("inside"), None);
    }
}
