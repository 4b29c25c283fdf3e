//! People's requests to a run, left as files in `<project>/.rockhop/control` while its controller holds the ledger.
//!
//! A request is written whole or not at all, taken once, and moved aside afterwards, never removed. Without
//! a controller at work it stays for the next one.

use jiff::{Timestamp, tz::TimeZone};
use rockhop_domain::HostId;
use rockhop_engine::ports::Request;
use serde::{Deserialize, Serialize};
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The format of these files; a reader refuses a newer one.
pub const CONTROL_FORMAT: u32 = 1;
/// No request is longer than this; a longer file is not one.
const REQUEST_BYTES: u64 = 16 * 1024;
/// The folder of requests that were taken.
const TAKEN: &str = "taken";

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "kebab-case")]
pub enum Verb {
    /// Begin no further host.
    Pause,
    /// Go on.
    Resume,
    /// Bring this host's old machine back.
    Rollback {
        /// Which.
        host: HostId,
    },
    /// Try this held host again.
    Retry {
        /// Which.
        host: HostId,
    },
}

impl Verb {
    /// A stable key for file names.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Rollback { .. } => "rollback",
            Self::Retry { .. } => "retry",
        }
    }
}

/// One request, as the file holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlFile {
    /// See [`CONTROL_FORMAT`].
    pub format: u32,
    /// When it was asked.
    pub at: Timestamp,
    /// Who asked.
    pub by: String,
    /// What for.
    #[serde(flatten)]
    pub verb: Verb,
}

impl ControlFile {
    /// A request of this version.
    pub fn new(at: Timestamp, by: &str, verb: Verb) -> Self {
        Self { format: CONTROL_FORMAT, at, by: by.to_owned(), verb }
    }

    /// What the engine understands.
    pub fn into_request(self) -> Request {
        let by = self.by;
        match self.verb {
            Verb::Pause => Request::Pause { by },
            Verb::Resume => Request::Unpause { by },
            Verb::Rollback { host } => Request::Rollback { host, by },
            Verb::Retry { host } => Request::Retry { host, by },
        }
    }
}

/// Leaves a request in the folder; when this returns it survives a power cut.
pub fn leave(dir: &Path, request: &ControlFile) -> io::Result<PathBuf> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    let stamp = request.at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%S.%9fZ").to_string();
    let path = dir.join(format!("{stamp}-{}.json", request.verb.key()));
    let draft = dir.join(format!(".{stamp}-{}", std::process::id()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(serde_json::to_string_pretty(request)?.as_bytes())?;
    file.sync_all()?;
    // A link refuses a name that is taken; a rename would put the other request out of the way.
    fs::hard_link(&draft, &path)?;
    fs::remove_file(&draft)?;
    File::open(dir)?.sync_all()?;
    Ok(path)
}

/// A file in the folder that is not a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} is not a request: {why}", path.display())]
pub struct NotARequest {
    /// Which file; it stands in `taken` now.
    pub path: PathBuf,
    /// In which way.
    pub why: String,
}

/// Takes all requests, oldest first, and moves their files aside, so that each is handed out once.
pub fn take(dir: &Path) -> io::Result<Vec<Result<ControlFile, NotARequest>>> {
    let mut taken = Vec::new();
    for path in waiting(dir)? {
        let request = read(&path);
        let aside = dir.join(TAKEN);
        DirBuilder::new().recursive(true).mode(0o700).create(&aside)?;
        let kept = aside.join(path.file_name().unwrap_or_default());
        fs::rename(&path, &kept)?;
        taken.push(request.map_err(|why| NotARequest { path: kept, why }));
    }
    Ok(taken)
}

/// Files of requests nobody has taken yet, oldest first. No folder means no request.
pub fn waiting(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(e),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let hidden = path.file_name().is_none_or(|n| n.as_encoded_bytes().starts_with(b"."));
        if !hidden && path.extension().is_some_and(|e| e == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Whether a controller holds the ledger in `state` (`<project>/.rockhop`) just now.
pub fn controller_at_work(state: &Path) -> io::Result<bool> {
    let lock = match File::open(state.join("controller.lock")) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(e),
    };
    match lock.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(e)) => Err(e),
    }
}

fn read(path: &Path) -> Result<ControlFile, String> {
    let length = fs::metadata(path).map_err(|e| e.to_string())?.len();
    if length > REQUEST_BYTES {
        return Err(format!("it has {length} bytes, and no request has more than {REQUEST_BYTES}"));
    }
    let text = fs::read_to_string(path).map_err(|e| e.to_string())?;
    let request: ControlFile = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    if request.format == CONTROL_FORMAT {
        Ok(request)
    } else {
        Err(format!("its format is {}, this version reads {CONTROL_FORMAT}", request.format))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    #[test]
    fn requests_are_taken_once_in_the_order_in_which_they_were_asked() {
        let dir = tempfile::tempdir().expect("a folder");
        let host = HostId::parse("db-1").expect("a host");
        let asked = [
            ControlFile::new(at(2), "ann", Verb::Rollback { host }),
            ControlFile::new(at(1), "bob", Verb::Pause),
            ControlFile::new(at(3), "ann", Verb::Resume),
        ];
        asked.iter().for_each(|r| drop(leave(dir.path(), r).expect("left")));
        let verbs: Vec<_> =
            take(dir.path()).expect("read").into_iter().map(|r| r.expect("a request").verb.key()).collect();
        assert_eq!(verbs, ["pause", "rollback", "resume"]);
        assert!(take(dir.path()).expect("read").is_empty());
        assert_eq!(waiting(&dir.path().join(TAKEN)).expect("read").len(), 3);
    }

    #[test]
    fn what_is_not_a_request_is_told_and_moved_aside() {
        let dir = tempfile::tempdir().expect("a folder");
        for (name, text) in [
            ("1.json", "{"),
            ("2.json", r#"{"format":2,"at":"2026-11-23T00:00:00Z","by":"x","verb":"pause"}"#),
            ("3.json", r#"{"format":1,"at":"2026-11-23T00:00:00Z","by":"x","verb":"rollback","host":"a b"}"#),
        ] {
            fs::write(dir.path().join(name), text).expect("written");
        }
        let taken = take(dir.path()).expect("read");
        assert!(taken.len() == 3 && taken.iter().all(Result::is_err), "{taken:?}");
        assert!(take(dir.path()).expect("read").is_empty());
    }

    #[test]
    fn no_folder_is_no_request_and_no_lock_is_no_controller() {
        let dir = tempfile::tempdir().expect("a folder");
        assert!(take(&dir.path().join("control")).expect("read").is_empty());
        assert!(!controller_at_work(dir.path()).expect("looked"));
        let lock = File::create(dir.path().join("controller.lock")).expect("a lock");
        lock.lock().expect("locked");
        assert!(controller_at_work(dir.path()).expect("looked"));
    }
}
