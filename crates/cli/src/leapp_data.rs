//! Leapp's files from disk: one file of events, or a folder as `/etc/leapp/files`.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::fleet::Loaded;
use crate::project::ProjectDir;
use rockhop_domain::Message;
use rockhop_domain::packages::{Given, Repomap, RepomapError, Vendors, VendorsError, pes::Events, pes::PesError};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What no file of these has ever come near: the largest is 2 MB.
const BYTES_AT_MOST: u64 = 64 << 20;

/// What the project has of it; nothing where it names none.
pub fn of_project(dir: &ProjectDir, loaded: &Loaded) -> Result<Arc<Given>, Failure> {
    let path = loaded.project.packages.leapp_data.as_deref().map(|written| dir.written(written));
    path.map_or_else(|| Ok(Arc::default()), |path| Ok(Arc::new(read(&path)?.0)))
}

/// Reads what is there, and names the files that were read.
pub fn read(path: &Path) -> Result<(Given, Vec<PathBuf>), Failure> {
    let mut files = Vec::new();
    let events = if path.is_dir() { path.join("pes-events.json") } else { path.to_owned() };
    let mut given = Given { events: Some(Events::read(&name(&events), &bytes(&events)?)?), ..Given::default() };
    files.push(events);
    if path.is_dir() {
        for map in entries(path)?.into_iter().filter(|entry| file_name(entry).starts_with("repomap.json")) {
            given.repomap.extend(Repomap::read(&name(&map), &bytes(&map)?)?);
            files.push(map);
        }
        vendors(&path.join("vendors.d"), &mut given, &mut files)?;
    }
    Ok((given, files))
}

fn vendors(folder: &Path, given: &mut Given, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if !folder.is_dir() {
        return Ok(());
    }
    let paths = entries(folder)?;
    let read = |path: &PathBuf| Ok((name(path), bytes(path)?));
    let read: Vec<(String, Vec<u8>)> = paths.iter().map(read).collect::<Result<_, Failure>>()?;
    if let Some(events) = &mut given.events {
        given.vendors = Vendors::read(&read, events)?;
    }
    files.extend(paths);
    Ok(())
}

/// The files of a folder, sorted.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect());
    let mut entries: Vec<PathBuf> = entries.map_err(|e| Failure::io("error-read", folder, &e))?;
    entries.retain(|entry| entry.is_file());
    entries.sort();
    Ok(entries)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let fail = |e: std::io::Error| Failure { exit: Exit::Config, ..Failure::io("error-read", path, &e) };
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(BYTES_AT_MOST + 1).read_to_end(&mut bytes)).map_err(fail)?;
    if bytes.len() as u64 > BYTES_AT_MOST {
        let what = Message::new("error-too-large").with("path", path.display()).with("megabytes", BYTES_AT_MOST >> 20);
        return Err(Failure::new(Exit::Config, what));
    }
    Ok(bytes)
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

impl From<PesError> for Failure {
    fn from(error: PesError) -> Self {
        Self::new(Exit::Config, Message::new("error-leapp-data")).because([error.message()])
    }
}

impl From<RepomapError> for Failure {
    fn from(error: RepomapError) -> Self {
        Self::new(Exit::Config, Message::new("error-leapp-data")).because([error.message()])
    }
}

impl From<VendorsError> for Failure {
    fn from(error: VendorsError) -> Self {
        Self::new(Exit::Config, Message::new("error-leapp-data")).because([error.message()])
    }
}
