//! Installed packages and the repositories they come from.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One installed package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Package {
    pub name: String,
    pub epoch: u32,
    pub version: String,
    pub release: String,
    pub arch: String,
    /// As the package says: `CentOS`, `Fedora Project`; empty when it says nothing.
    pub vendor: String,
    pub signature: Signature,
    /// The source package it was built from, as `bash-4.2.46-35.el7_9.src.rpm`; empty for a source-less one.
    pub source: String,
}

/// How a package is signed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Signature {
    None,
    /// Signed by the key with this long id: `24c6a8a7f4a80eb5`.
    Key {
        id: String,
        /// `RSA/SHA256`, `DSA/SHA1`.
        algorithm: String,
    },
}

/// A package repository that the host knows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Repo {
    pub id: String,
    /// `baseurl`, or `mirrorlist`, or `metalink`, the first that is set.
    pub baseurl: String,
    pub enabled: bool,
    pub gpgcheck: Option<bool>,
    pub file: String,
}

/// `name-epoch:version-release.arch`, the epoch only when it is not 0.
impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, epoch, version, release, arch, .. } = self;
        match epoch {
            0 => write!(f, "{name}-{version}-{release}.{arch}"),
            _ => write!(f, "{name}-{epoch}:{version}-{release}.{arch}"),
        }
    }
}
