//! Opens an archive that another tool made, within limits: tar, plain or packed by gzip, xz or bzip2, or a folder.
//!
//! Nothing is written anywhere, and nothing outside the archive is read: entries go into memory, and only those that
//! facts may be read from. An archive is taken whole or not at all; what is wrong with it names the entry.

mod error;
mod folder;
mod gauge;
mod tarball;
#[cfg(test)]
mod tests;

pub use error::{ArchiveError, Broken};

use flate2::read::MultiGzDecoder;
use rockhop_domain::facts::archive::{Archive, Entry, Redactor};
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// How much of an archive is taken.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Of the whole, unpacked, with what is passed over: a sosreport with all its logs.
    pub unpacked_bytes: u64,
    /// How many times its packed size the whole may have; counted from [`Limits::ratio_from_bytes`] on.
    pub ratio: u64,
    /// Small archives may pack better than large ones.
    pub ratio_from_bytes: u64,
    /// Of one entry that is read: `sysctl -a` and the list of packages take less than 1 MiB.
    pub entry_bytes: u64,
    /// Of all entries that are read, for they are held in memory.
    pub held_bytes: u64,
    /// A sosreport copies much of `/proc` and `/sys`, file by file.
    pub entries: u64,
    /// No command and no configuration writes longer ones.
    pub line_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            unpacked_bytes: 8 << 30,
            ratio: 400,
            ratio_from_bytes: 128 << 20,
            entry_bytes: 16 << 20,
            held_bytes: 256 << 20,
            entries: 200_000,
            line_bytes: 1 << 20,
        }
    }
}

/// Opens and sorts an archive; `salt` is the project's.
pub fn open(path: &Path, salt: &crate::survey::Salt, limits: &Limits) -> Result<Archive, ArchiveError> {
    let entries = entries(path, limits)?;
    Archive::new(entries, Redactor::new(salt.text())).map_err(|why| ArchiveError::of(path, Broken::Layout(why)))
}

/// The entries that facts may be read from.
pub fn entries(path: &Path, limits: &Limits) -> Result<Vec<Entry>, ArchiveError> {
    let broken = |broken| ArchiveError::of(path, broken);
    if path.is_dir() {
        return folder::entries(path, limits);
    }
    let mut file = File::open(path).map_err(|e| broken(Broken::Io(e)))?;
    let mut start = Vec::new();
    file.by_ref().take(START).read_to_end(&mut start).map_err(|e| broken(Broken::Io(e)))?;
    let packing = packing(&start).ok_or_else(|| broken(Broken::NotAnArchive))?;
    tarball::entries(path, io::Cursor::new(start).chain(file), packing, limits)
}

/// Whether this is an archive or a folder, and no answer of a survey, which may be packed by gzip, too.
pub fn is_archive(path: &Path) -> io::Result<bool> {
    if path.is_dir() {
        return Ok(true);
    }
    let mut start = Vec::new();
    File::open(path)?.take(START).read_to_end(&mut start)?;
    let Some(packing) = packing(&start) else { return Ok(false) };
    let mut first = [0; 11];
    let got = match packing {
        Packing::Gzip => MultiGzDecoder::new(&start[..]).read(&mut first).unwrap_or(0),
        Packing::None | Packing::Xz | Packing::Bzip2 => 0,
    };
    Ok(&first[..got] != b"===rockhop ")
}

/// Enough to tell what a file is.
const START: u64 = 4096;

/// By what a tar is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    None,
    Gzip,
    Xz,
    Bzip2,
}

fn packing(start: &[u8]) -> Option<Packing> {
    const TAR_MAGIC_AT: usize = 257;
    match start {
        [0x1f, 0x8b, ..] => Some(Packing::Gzip),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Packing::Xz),
        [b'B', b'Z', b'h', ..] => Some(Packing::Bzip2),
        _ if start.get(TAR_MAGIC_AT..).is_some_and(|rest| rest.starts_with(b"ustar")) => Some(Packing::None),
        _ => None,
    }
}

/// Refuses what no output and no configuration looks like.
fn check_lines(bytes: &[u8], limits: &Limits) -> Result<(), Broken> {
    match bytes.split(|byte| *byte == b'\n').position(|line| line.len() > limits.line_bytes) {
        Some(at) => Err(Broken::LongLine { line: at + 1, limit: limits.line_bytes }),
        None => Ok(()),
    }
}
