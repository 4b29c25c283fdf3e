//! Where a project's files are on disk. Only names; nothing is read or written here.

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
