//! The vault's password: made once, kept in a file that only its owner can read, never shown.

use crate::VaultError;
use rand::Rng;
use rand::distr::Alphanumeric;
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

/// Letters of a password that we make: more than 256 bits.
const MADE_LETTERS: usize = 48;

/// A password, which no debug print shows.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// A password that a person or a secret store gave.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The first line of a file that only its owner can read.
    pub fn from_file(path: &Path) -> Result<Self, VaultError> {
        let bad = |why: String| VaultError::Password { path: path.to_owned(), why };
        let mode = fs::metadata(path).map_err(|e| bad(e.to_string()))?.mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(bad(format!("others can read it (mode {mode:o}); chmod 600 it")));
        }
        let text = fs::read_to_string(path).map_err(|e| bad(e.to_string()))?;
        match text.lines().next() {
            Some(line) if !line.is_empty() => Ok(Self(line.to_owned())),
            _ => Err(bad("it is empty".to_owned())),
        }
    }

    /// The password in that file; a new one is made where there is none.
    pub fn from_file_or_new(path: &Path) -> Result<Self, VaultError> {
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Self::from_file(path),
            Err(e) => Err(VaultError::io(path, "making")(e)),
            Ok(mut file) => {
                let text: String = rand::rng().sample_iter(Alphanumeric).take(MADE_LETTERS).map(char::from).collect();
                let written = writeln!(file, "{text}").and_then(|()| file.sync_all());
                written.map_err(VaultError::io(path, "writing"))?;
                Ok(Self(text))
            }
        }
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(not shown)")
    }
}
