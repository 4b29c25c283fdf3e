//! What can go wrong with a vault, and what to do next.

use crate::BackupId;
use rockhop_domain::Message;
use std::path::{Path, PathBuf};

/// Why the vault could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// Something else is in the folder.
    #[error("{} is neither a vault nor empty", path.display())]
    NotAVault {
        /// The folder.
        path: PathBuf,
    },
    /// The password does not open it.
    #[error("the password does not open the vault {}", path.display())]
    WrongPassword {
        /// The vault.
        path: PathBuf,
    },
    /// The password file cannot be used.
    #[error("the password file {} cannot be used: {why}", path.display())]
    Password {
        /// The file.
        path: PathBuf,
        /// In which way.
        why: String,
    },
    /// The stream that should have become a backup is not whole.
    #[error("the stream of {label} cannot become a backup: {why}")]
    Stream {
        /// Which backup.
        label: String,
        /// In which way.
        why: BadStream,
    },
    /// What was written is not what was read from the host; nothing was kept.
    #[error("the backup {label} was not written whole: {why}")]
    NotWhole {
        /// Which backup.
        label: String,
        /// In which way.
        why: String,
    },
    /// There is no such backup.
    #[error("the vault {} has no backup {snapshot}", vault.display())]
    NoSuchBackup {
        /// The vault.
        vault: PathBuf,
        /// What was asked for.
        snapshot: BackupId,
    },
    /// There is no such file in a backup.
    #[error("backup {snapshot} in {} has no file {}", vault.display(), path.display())]
    NoSuchFile {
        /// The vault.
        vault: PathBuf,
        /// The backup.
        snapshot: BackupId,
        /// What was asked for.
        path: PathBuf,
    },
    /// The bytes on the vault's disk are not those that were written.
    #[error("backup {snapshot} in {} is damaged{}: {why}", vault.display(), pack.as_ref().map_or(String::new(), |p| format!(" in pack {p}")))]
    Damaged {
        /// The vault.
        vault: PathBuf,
        /// The backup; or `whole vault`.
        snapshot: String,
        /// Which pack, when that is known.
        pack: Option<String>,
        /// What was found.
        why: String,
    },
    /// The host's list of itself cannot be read.
    #[error("the host's list for backup {snapshot} cannot be read: {why}")]
    Manifest {
        /// The backup.
        snapshot: BackupId,
        /// In which way.
        why: BadManifest,
    },
    /// The repository refused.
    #[error("{doing} in the vault {} did not succeed: {why}", vault.display())]
    Repository {
        /// The vault.
        vault: PathBuf,
        /// What was being done.
        doing: &'static str,
        /// What the library said.
        why: String,
    },
    /// The file system refused.
    #[error("{doing} {} did not succeed: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
}

/// In which way a tar stream is not a backup.
#[derive(Debug, thiserror::Error)]
pub enum BadStream {
    /// It ends before its end mark: the command or the connection broke off.
    #[error("it breaks off")]
    BrokenOff,
    /// It holds nothing.
    #[error("it holds no entry")]
    Empty,
    /// A path in it leads elsewhere.
    #[error("the path {0:?} leads out of the backup")]
    Path(PathBuf),
    /// A hard link to something that is not in it.
    #[error("{link:?} is a link to {target:?}, which is not in the stream")]
    LinkToNothing {
        /// The link.
        link: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// A kind of entry that cannot be kept.
    #[error("{path:?} is of kind {kind:?}, which cannot be kept")]
    Kind {
        /// The entry.
        path: PathBuf,
        /// Tar's letter for it.
        kind: char,
    },
    /// It cannot be read.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// In which way a host's list of itself is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadManifest {
    /// It ends before its end mark.
    #[error("it breaks off")]
    BrokenOff,
    /// It is not of this version.
    #[error("it does not begin as a list does")]
    Beginning,
    /// A line is not as it should be.
    #[error("{0:?} is not a line of a list")]
    Line(String),
    /// It cannot be read.
    #[error("{0}")]
    Io(String),
}

impl VaultError {
    /// The sentence for people, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            Self::NotAVault { path } => at("vault-not-a-vault", path),
            Self::WrongPassword { path } => at("vault-wrong-password", path),
            Self::Password { path, why } => at("vault-password-file", path).with("why", why),
            Self::Stream { label, why } => Message::new("vault-stream").with("label", label).with("why", why),
            Self::NotWhole { label, why } => Message::new("vault-not-whole").with("label", label).with("why", why),
            Self::NoSuchBackup { vault, snapshot } => at("vault-no-such-backup", vault).with("snapshot", snapshot),
            Self::NoSuchFile { vault, snapshot, path } => {
                at("vault-no-such-file", vault).with("snapshot", snapshot).with("file", path.display())
            }
            Self::Damaged { vault, snapshot, pack: Some(pack), why } => {
                at("vault-damaged-pack", vault).with("snapshot", snapshot).with("pack", pack).with("why", why)
            }
            Self::Damaged { vault, snapshot, pack: None, why } => {
                at("vault-damaged", vault).with("snapshot", snapshot).with("why", why)
            }
            Self::Manifest { snapshot, why } => {
                Message::new("vault-manifest").with("snapshot", snapshot).with("why", why)
            }
            Self::Repository { vault, why, .. } => at("vault-refused", vault).with("why", why),
            Self::Io { path, source, .. } => at("vault-files-refused", path).with("why", source),
        }
    }

    pub(crate) fn io(path: &Path, doing: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, doing, source }
    }
}

/// What the library's report says, in one line: without its advice to developers and its backtrace.
pub(crate) fn brief(report: &str) -> String {
    let told = report.split("For more information, see:").next().unwrap_or(report);
    let says_something =
        |line: &&str| !line.is_empty() && *line != "Message:" && !line.starts_with("`rustic_core` experienced");
    let lines =
        told.lines().map(str::trim).map(|line| line.split(" : `rustic_core` experienced").next().unwrap_or(line));
    lines.filter(says_something).collect::<Vec<_>>().join(": ")
}

fn at(key: &str, path: &Path) -> Message {
    Message::new(key).with("path", path.display())
}

#[cfg(test)]
mod tests {
    use super::brief;

    #[test]
    fn a_report_in_one_line() {
        let report = "error checking pack e6 : `rustic_core` experienced an error related to `cryptographic operations`.\n\n\
                      Message:\nData decryption failed, MAC check failed.\n\n\
                      For more information, see: https://x/C001\n\nBacktrace:\n   0: <unknown>\n";
        assert_eq!(brief(report), "error checking pack e6: Data decryption failed, MAC check failed.");
        assert_eq!(brief("plain"), "plain");
    }
}
