//! What can be wrong with a repository's metadata: which file, where in it, what, and what to do.

use rockhop_domain::Message;
use std::io;
use std::path::{Path, PathBuf};

/// A repository that cannot be used. Nothing of it was taken in.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {trouble}", .file.display(), .place.map_or_else(String::new, |p| format!(" at {p}")))]
pub struct RepoError {
    /// The file.
    pub file: PathBuf,
    /// Where in the unpacked file.
    pub place: Option<Place>,
    /// What is wrong.
    #[source]
    pub trouble: Trouble,
}

/// A line of an unpacked file, and the byte from its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Counted from 1.
    pub line: u64,
    /// Counted from 0, from the beginning of the file.
    pub byte: u64,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, byte {}", self.line, self.byte)
    }
}

/// What is wrong with a file of a repository.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The system does not give it.
    #[error("it cannot be read: {0}")]
    Read(#[source] io::Error),
    /// There is no repodata here.
    #[error("there is no repodata/repomd.xml here, nor a repomd.xml")]
    NoRepodata,
    /// repomd.xml names a file outside the repository.
    #[error("it names {0:?}, which is outside the repository")]
    Escapes(String),
    /// repomd.xml has no entry for what is needed.
    #[error("it has no {0}")]
    NoEntry(&'static str),
    /// Bytes were changed, or the copy is of two days.
    #[error("its {kind} is {found}, and repomd.xml says {said}")]
    Checksum {
        /// The kind of checksum.
        kind: String,
        /// What repomd.xml says.
        said: String,
        /// What the file has.
        found: String,
    },
    /// A checksum that proves nothing, or that nobody knows.
    #[error("its checksum is of kind {0:?}; known are sha256, sha512, sha384 and sha1")]
    ChecksumKind(String),
    /// The archive is cut short or damaged.
    #[error("it cannot be unpacked: {0}")]
    Unpack(String),
    /// It unpacks to more than it says, or than anything real.
    #[error("it unpacks to more than {limit} bytes")]
    TooBig {
        /// Where reading stopped.
        limit: u64,
    },
    /// One tag or text is longer than anything real.
    #[error("one tag or text is longer than {limit} bytes")]
    TooLong {
        /// Where reading stopped.
        limit: u64,
    },
    /// Not UTF-8.
    #[error("it is not UTF-8: {0}")]
    Encoding(String),
    /// Not the XML that it should be.
    #[error("it is not well-formed: {0}")]
    Form(String),
    /// A tag lacks what it must have, or holds what cannot be.
    #[error("<{tag}>: {what} is missing or wrong")]
    Field {
        /// The tag.
        tag: &'static str,
        /// What it lacks.
        what: &'static str,
    },
}

impl RepoError {
    pub(crate) fn of(file: &Path, trouble: Trouble) -> Self {
        Self { file: file.to_owned(), place: None, trouble }
    }

    /// The sentence for people.
    pub fn message(&self) -> Message {
        let file = match self.place {
            None => self.file.display().to_string(),
            Some(place) => format!("{}:{} (@{})", self.file.display(), place.line, place.byte),
        };
        self.trouble.message().with("file", file)
    }
}

impl Trouble {
    /// What is wrong, without the file's name.
    fn message(&self) -> Message {
        match self {
            Self::Read(why) => Message::new("repo-read").with("why", why),
            Self::NoRepodata => Message::new("repo-no-repodata"),
            Self::Escapes(href) => Message::new("repo-escapes").with("href", href),
            Self::NoEntry(what) => Message::new("repo-no-entry").with("what", what),
            Self::Checksum { kind, said, found } => {
                Message::new("repo-checksum").with("kind", kind).with("said", said).with("found", found)
            }
            Self::ChecksumKind(kind) => Message::new("repo-checksum-kind").with("kind", kind),
            Self::Unpack(why) => Message::new("repo-unpack").with("why", why),
            Self::TooBig { limit } => Message::new("repo-too-big").with("limit", limit),
            Self::TooLong { limit } => Message::new("repo-too-long").with("limit", limit),
            Self::Encoding(why) => Message::new("repo-encoding").with("why", why),
            Self::Form(why) => Message::new("repo-form").with("why", why),
            Self::Field { tag, what } => Message::new("repo-field").with("tag", tag).with("what", what),
        }
    }
}
