//! The files of `image/`, which the binary carries, and their fingerprints.

use crate::LabError;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The text of one file; the paths are ours, so a missing one is a mistake of this crate.
pub fn text(path: &str) -> &'static str {
    FILES.iter().find(|(name, _)| *name == path).map_or("", |(_, text)| text)
}

/// The files below `folder`, by their path below it.
pub fn below(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let folder = format!("{folder}/");
    FILES.iter().filter_map(move |(name, text)| name.strip_prefix(&folder).map(|rest| (rest, *text)))
}

/// Writes everything below `folder` under `to`; scripts become executable.
pub fn write_tree(folder: &str, to: &Path) -> Result<(), LabError> {
    for (name, text) in below(folder) {
        let path = to.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|e| LabError::io("create", parent, e))?;
        }
        write(&path, text)?;
    }
    Ok(())
}

/// Writes one file; a text that starts with `#!` may be executed.
pub fn write(path: &Path, text: &str) -> Result<(), LabError> {
    fs::write(path, text).map_err(|e| LabError::io("write", path, e))?;
    let mode = if text.starts_with("#!") { 0o755 } else { 0o644 };
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(|e| LabError::io("set the mode of", path, e))
}

/// Names what an image is made from: the same parts give the same name, so that it is built once.
#[derive(Debug, Default)]
pub struct Fingerprint(blake3::Hasher);

impl Fingerprint {
    /// Adds every file below `folder`.
    pub fn folder(mut self, folder: &str) -> Self {
        for (name, text) in below(folder) {
            self = self.word(name).word(text);
        }
        self
    }

    /// Adds one file.
    pub fn file(self, path: &str) -> Self {
        self.word(path).word(text(path))
    }

    /// Adds a word; words never run into each other.
    pub fn word(mut self, word: &str) -> Self {
        self.0.update(&(word.len() as u64).to_le_bytes());
        self.0.update(word.as_bytes());
        self
    }

    /// Sixteen hexadecimal digits.
    pub fn finish(self) -> String {
        self.0.finalize().to_hex()[..16].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_do_not_run_together() {
        let of = |words: &[&str]| words.iter().fold(Fingerprint::default(), |f, w| f.word(w)).finish();
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
    }

    #[test]
    fn every_file_is_carried() {
        assert!(text("base/finish.sh").starts_with("#!/bin/sh"));
        assert!(below("el7/parts").count() > 20);
    }
}
