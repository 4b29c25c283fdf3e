//! What is wrong with an archive, and with which entry of it.

use rockhop_domain::{Message, facts::archive::NotRead};
use std::path::{Path, PathBuf};

/// An archive that is not taken.
#[derive(Debug, thiserror::Error)]
#[error("{} ({}): {broken}", archive.display(), entry.as_deref().unwrap_or("-"))]
pub struct ArchiveError {
    pub archive: PathBuf,
    /// None when it is not about one entry.
    pub entry: Option<String>,
    pub broken: Broken,
}

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error("cannot be read: {0}")]
    Io(std::io::Error),
    #[error("is no tar, packed or not")]
    NotAnArchive,
    #[error(transparent)]
    Layout(NotRead),
    #[error("was cut off")]
    CutOff,
    #[error("is damaged: {0}")]
    Damaged(String),
    #[error("is more than {limit} MiB unpacked")]
    TooLarge { limit: u64 },
    #[error("unpacks to more than {ratio} times its size")]
    Bomb { ratio: u64 },
    #[error("has more than {limit} entries")]
    TooManyEntries { limit: u64 },
    #[error("is more than {limit} MiB")]
    EntryTooLarge { limit: u64 },
    #[error("has a line of more than {limit} bytes at line {line}")]
    LongLine { line: usize, limit: usize },
    #[error("lies outside the archive")]
    Escapes,
    #[error("is a link to {target}, outside the archive")]
    LinkOut { target: String },
    #[error("has a name that is not UTF-8")]
    NotUtf8,
}

impl ArchiveError {
    pub(super) fn of(archive: &Path, broken: Broken) -> Self {
        Self { archive: archive.to_owned(), entry: None, broken }
    }

    pub(super) fn at(archive: &Path, entry: &str, broken: Broken) -> Self {
        Self { archive: archive.to_owned(), entry: Some(entry.to_owned()), broken }
    }

    /// The sentence for people.
    pub fn message(&self) -> Message {
        let about = |key: &str| Message::new(key).with("entry", self.entry.as_deref().unwrap_or("none"));
        match &self.broken {
            Broken::Io(source) => about("archive-io").with("said", source),
            Broken::NotAnArchive => about("archive-not-one"),
            Broken::Layout(NotRead::UnknownLayout) => about("archive-unknown-layout"),
            Broken::Layout(NotRead::NoTime) => about("archive-no-time"),
            Broken::CutOff => about("archive-cut-off"),
            Broken::Damaged(said) => about("archive-damaged").with("said", said),
            Broken::TooLarge { limit } => about("archive-too-large").with("limit", limit),
            Broken::Bomb { ratio } => about("archive-bomb").with("ratio", ratio),
            Broken::TooManyEntries { limit } => about("archive-too-many").with("limit", limit),
            Broken::EntryTooLarge { limit } => about("archive-entry-too-large").with("limit", limit),
            Broken::LongLine { line, limit } => about("archive-long-line").with("line", line).with("limit", limit),
            Broken::Escapes => about("archive-escapes"),
            Broken::LinkOut { target } => about("archive-link-out").with("target", target),
            Broken::NotUtf8 => about("archive-not-utf8"),
        }
    }
}
