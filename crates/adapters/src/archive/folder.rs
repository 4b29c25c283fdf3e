//! The files of a folder: an archive that somebody unpacked, or outputs that somebody kept.

use super::{ArchiveError, Broken, Limits, check_lines};
use jiff::Timestamp;
use rockhop_domain::facts::archive::{Entry, Meta, wanted};
use std::{
    fs::{self, File},
    io::Read,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

/// As deep as folders are looked into.
const DEPTH: usize = 32;

/// Reads all that facts may be read from. A link that leads out of the folder is refused.
pub(super) fn entries(root: &Path, limits: &Limits) -> Result<Vec<Entry>, ArchiveError> {
    let real = root.canonicalize().map_err(|e| ArchiveError::of(root, Broken::Io(e)))?;
    let mut walk = Walk { root, real, limits, count: 0, held_bytes: 0, entries: Vec::new() };
    walk.folder(root, "", DEPTH)?;
    Ok(walk.entries)
}

struct Walk<'a> {
    root: &'a Path,
    real: PathBuf,
    limits: &'a Limits,
    count: u64,
    held_bytes: u64,
    entries: Vec<Entry>,
}

impl Walk<'_> {
    fn folder(&mut self, path: &Path, place: &str, depth: usize) -> Result<(), ArchiveError> {
        let broken = |e| ArchiveError::at(self.root, place, Broken::Io(e));
        let mut names = Vec::new();
        for entry in fs::read_dir(path).map_err(broken)? {
            names.push(entry.map_err(broken)?.file_name());
        }
        names.sort();
        for name in names {
            let shown = join(place, &name.to_string_lossy());
            let Some(text) = name.to_str() else { return Err(self.broken(&shown, Broken::NotUtf8)) };
            self.count += 1;
            if self.count > self.limits.entries {
                return Err(self.broken(&shown, Broken::TooManyEntries { limit: self.limits.entries }));
            }
            self.one(&path.join(text), &shown, depth)?;
        }
        Ok(())
    }

    fn one(&mut self, path: &Path, place: &str, depth: usize) -> Result<(), ArchiveError> {
        let about = fs::symlink_metadata(path).map_err(|e| self.broken(place, Broken::Io(e)))?;
        if about.is_dir() && depth > 0 {
            return self.folder(path, place, depth - 1);
        }
        if about.is_dir() || !wanted(place) {
            return Ok(());
        }
        if about.is_symlink() {
            let Ok(target) = path.canonicalize() else { return Ok(()) }; // to nothing
            if !target.starts_with(&self.real) {
                return Err(self.broken(place, Broken::LinkOut { target: target.display().to_string() }));
            }
        }
        let about = fs::metadata(path).map_err(|e| self.broken(place, Broken::Io(e)))?;
        if about.is_file() { self.file(path, place, &about) } else { Ok(()) }
    }

    fn file(&mut self, path: &Path, place: &str, about: &fs::Metadata) -> Result<(), ArchiveError> {
        let limit = self.limits.entry_bytes;
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
        read.map_err(|e| self.broken(place, Broken::Io(e)))?;
        if bytes.len() as u64 > limit {
            return Err(self.broken(place, Broken::EntryTooLarge { limit: limit >> 20 }));
        }
        self.held_bytes = self.held_bytes.saturating_add(bytes.len() as u64);
        if self.held_bytes > self.limits.held_bytes {
            return Err(self.broken(place, Broken::TooLarge { limit: self.limits.held_bytes >> 20 }));
        }
        check_lines(&bytes, self.limits).map_err(|broken| self.broken(place, broken))?;
        // Owner and mode are those of whoever unpacked it.
        let meta = Meta { modified: Timestamp::from_second(about.mtime()).ok(), ..Meta::default() };
        self.entries.push(Entry { path: place.to_owned(), bytes, meta });
        Ok(())
    }

    fn broken(&self, place: &str, broken: Broken) -> ArchiveError {
        ArchiveError::at(self.root, place, broken)
    }
}

fn join(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}/{name}") }
}
