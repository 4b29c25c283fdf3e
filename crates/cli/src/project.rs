//! Where a project's files are on disk. Only names; nothing is read or written here.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A project's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectDir {
    root: PathBuf,
}

impl ProjectDir {
    /// The project in `root`.
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path as somebody wrote it into the project file: `~/` is their home, all else is the project's.
    pub fn written(&self, path: &str) -> PathBuf {
        written(&self.root, path, std::env::var_os("HOME").as_deref())
    }

    /// What a person writes: services, policy, windows.
    pub fn config(&self) -> PathBuf {
        self.root.join("rockhop.toml")
    }

    /// Rockhop's own folder: ledger, evidence, plans, approvals, requests.
    pub fn state(&self) -> PathBuf {
        self.root.join(".rockhop")
    }

    /// Plans as files, for reading and for `plan diff`; the ledger's evidence is what counts.
    pub fn plans(&self) -> PathBuf {
        self.state().join("plans")
    }

    /// Signatures, one folder a plan.
    pub fn approvals(&self) -> PathBuf {
        self.state().join("approvals")
    }

    /// Requests for a running controller.
    pub fn control(&self) -> PathBuf {
        self.state().join("control")
    }

    /// Where reports go unless told otherwise.
    pub fn reports(&self) -> PathBuf {
        self.root.join("reports")
    }
}

fn written(root: &Path, path: &str, home: Option<&OsStr>) -> PathBuf {
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => Path::new(home).join(rest),
        _ => root.join(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_path_starts_at_home_at_the_root_or_at_the_project() {
        let home = Some(OsStr::new("/home/ann"));
        for (path, home, want) in [
            ("~/vault", home, "/home/ann/vault"),
            ("~/vault", None, "/project/~/vault"),
            ("/srv/vault", home, "/srv/vault"),
            ("keys/vault.password", home, "/project/keys/vault.password"),
            ("~ann/vault", home, "/project/~ann/vault"),
        ] {
            assert_eq!(written(Path::new("/project"), path, home), Path::new(want), "{path}");
        }
    }
}
