//! The entries of a tar, in one pass.

use super::{
    ArchiveError, Broken, Limits, Packing, check_lines,
    gauge::{Counts, Gauge, Intake},
};
use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use lzma_rust2::XzReader;
use rockhop_domain::facts::archive::{Entry, Meta, wanted};
use std::{
    collections::BTreeMap,
    io::{self, Read},
    path::Path,
    rc::Rc,
};
use tar::{Archive, EntryType, Header};

/// Memory for one dictionary: `xz -9` takes 64 MiB.
const XZ_MEMORY_KIB: u32 = 128 << 10;

/// Headers between two entries: long names and what extends them.
const HEADERS_BYTES: u64 = 1 << 20;

/// As deep as links point to links.
const LINK_DEPTH: usize = 8;

/// Reads all, and keeps what facts may be read from.
pub(super) fn entries(
    path: &Path,
    file: impl Read,
    packing: Packing,
    limits: &Limits,
) -> Result<Vec<Entry>, ArchiveError> {
    let counts = Rc::new(Counts::default());
    let packed = Intake::new(file, counts.clone());
    let unpacked: Box<dyn Read + '_> = match packing {
        Packing::None => Box::new(packed),
        Packing::Gzip => Box::new(MultiGzDecoder::new(packed)),
        Packing::Xz => Box::new(XzReader::new_mem_limit(packed, true, XZ_MEMORY_KIB)),
        Packing::Bzip2 => Box::new(MultiBzDecoder::new(packed)),
    };
    let mut pass = Pass::new(path, limits, counts.clone());
    let mut archive = Archive::new(Gauge::new(unpacked, counts, *limits));
    pass.read(&mut archive)?;
    pass.read_on(archive.into_inner())?;
    pass.finish()
}

/// One reading of one archive.
struct Pass<'a> {
    path: &'a Path,
    limits: &'a Limits,
    counts: Rc<Counts>,
    held: BTreeMap<String, Entry>,
    held_bytes: u64,
    links: Vec<(String, String)>,
    last: Option<String>,
}

impl<'a> Pass<'a> {
    fn new(path: &'a Path, limits: &'a Limits, counts: Rc<Counts>) -> Self {
        Self { path, limits, counts, held: BTreeMap::new(), held_bytes: 0, links: Vec::new(), last: None }
    }

    fn read(&mut self, archive: &mut Archive<impl Read>) -> Result<(), ArchiveError> {
        let mut entries = archive.entries().map_err(|error| self.failed(error))?;
        let mut count = 0_u64;
        loop {
            self.counts.allow(Some(HEADERS_BYTES));
            let Some(entry) = entries.next() else { break };
            let mut entry = entry.map_err(|error| self.failed(error))?;
            self.counts.allow(None);
            self.last = Some(String::from_utf8_lossy(&entry.path_bytes()).into_owned());
            count += 1;
            if count > self.limits.entries {
                return Err(self.broken(Broken::TooManyEntries { limit: self.limits.entries }));
            }
            self.entry(&mut entry)?;
        }
        // At the end of a tar stand blocks of zeros; one that ends without them is not whole.
        if self.counts.ended() { Err(self.broken(Broken::CutOff)) } else { Ok(()) }
    }

    fn entry<R: Read>(&mut self, entry: &mut tar::Entry<'_, R>) -> Result<(), ArchiveError> {
        let name = String::from_utf8(entry.path_bytes().into_owned()).map_err(|_| self.broken(Broken::NotUtf8))?;
        let place = within(&name).ok_or_else(|| self.broken(Broken::Escapes))?;
        let kind = entry.header().entry_type();
        if kind.is_symlink() || kind.is_hard_link() {
            return self.link(&place, kind, entry);
        }
        if kind.is_dir() || !wanted(&place) || !(kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse()) {
            return self.drain(entry);
        }
        let bytes = self.content(entry)?;
        let meta = meta(entry.header());
        self.held.insert(place.clone(), Entry { path: place, bytes, meta });
        Ok(())
    }

    fn content<R: Read>(&mut self, entry: &mut tar::Entry<'_, R>) -> Result<Vec<u8>, ArchiveError> {
        let size = entry.size();
        self.held_bytes = self.held_bytes.saturating_add(size);
        if size > self.limits.entry_bytes {
            return Err(self.broken(Broken::EntryTooLarge { limit: self.limits.entry_bytes >> 20 }));
        }
        if self.held_bytes > self.limits.held_bytes {
            return Err(self.broken(Broken::TooLarge { limit: self.limits.held_bytes >> 20 }));
        }
        let mut bytes = Vec::new();
        entry.take(size).read_to_end(&mut bytes).map_err(|error| self.failed(error))?;
        if (bytes.len() as u64) < size {
            return Err(self.broken(Broken::CutOff));
        }
        check_lines(&bytes, self.limits).map_err(|broken| self.broken(broken))?;
        Ok(bytes)
    }

    /// Nothing is followed but to an entry of this archive; where nothing is read, it does not matter where it points.
    fn link<R: Read>(&mut self, place: &str, kind: EntryType, entry: &tar::Entry<'_, R>) -> Result<(), ArchiveError> {
        let raw = entry.link_name_bytes().unwrap_or_default().into_owned();
        let target = String::from_utf8(raw).map_err(|_| self.broken(Broken::NotUtf8))?;
        if !wanted(place) {
            return Ok(());
        }
        let folder = if kind.is_hard_link() { "" } else { place.rsplit_once('/').map_or("", |(folder, _)| folder) };
        match within(format!("{folder}/{target}").trim_start_matches('/')).filter(|_| !target.starts_with('/')) {
            Some(to) => self.links.push((place.to_owned(), to)),
            None => return Err(self.broken(Broken::LinkOut { target })),
        }
        Ok(())
    }

    fn drain<R: Read>(&self, entry: &mut tar::Entry<'_, R>) -> Result<(), ArchiveError> {
        let passed = io::copy(entry, &mut io::sink()).map_err(|error| self.failed(error))?;
        if passed < entry.size() { Err(self.broken(Broken::CutOff)) } else { Ok(()) }
    }

    /// The rest of the input is read, too: a packed file tells only at its very end whether it is whole.
    fn read_on(&mut self, mut rest: impl Read) -> Result<(), ArchiveError> {
        self.last = None;
        self.counts.allow(None);
        io::copy(&mut rest, &mut io::sink()).map(drop).map_err(|error| self.failed(error))
    }

    /// Links to entries become entries; one to nothing held is nothing held.
    fn finish(mut self) -> Result<Vec<Entry>, ArchiveError> {
        let links: BTreeMap<String, String> = std::mem::take(&mut self.links).into_iter().collect();
        for place in links.keys() {
            let mut to = place;
            for _ in 0..LINK_DEPTH {
                let Some(next) = links.get(to) else { break };
                to = next;
            }
            if let Some(target) = self.held.get(to).cloned() {
                self.held_bytes = self.held_bytes.saturating_add(target.bytes.len() as u64);
                if self.held_bytes > self.limits.held_bytes {
                    let broken = Broken::TooLarge { limit: self.limits.held_bytes >> 20 };
                    return Err(ArchiveError::at(self.path, place, broken));
                }
                self.held.insert(place.clone(), Entry { path: place.clone(), ..target });
            }
        }
        Ok(self.held.into_values().collect())
    }

    fn broken(&self, broken: Broken) -> ArchiveError {
        ArchiveError { archive: self.path.to_owned(), entry: self.last.clone(), broken }
    }

    /// A limit that was passed, an input that ended too early, or one that makes no sense.
    fn failed(&self, error: io::Error) -> ArchiveError {
        let cut_off = self.counts.ended() || error.kind() == io::ErrorKind::UnexpectedEof;
        let other = || if cut_off { Broken::CutOff } else { Broken::Damaged(error.to_string()) };
        self.broken(self.counts.tripped().unwrap_or_else(other))
    }
}

fn meta(header: &Header) -> Meta {
    let name = |name: Result<Option<&str>, _>| name.ok().flatten().unwrap_or_default().to_owned();
    let seconds = header.mtime().ok().and_then(|seconds| i64::try_from(seconds).ok());
    Meta {
        mode: header.mode().map(|mode| format!("{:04o}", mode & 0o7777)).unwrap_or_default(),
        owner: name(header.username()),
        group: name(header.groupname()),
        modified: seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()),
    }
}

/// The path without its needless parts; none when it leads out.
fn within(name: &str) -> Option<String> {
    if name.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
