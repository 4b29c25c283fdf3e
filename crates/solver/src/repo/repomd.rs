//! repomd.xml: which files a repository's metadata has, and what they have to be.

use super::error::{RepoError, Trouble};
use super::unpack::{self, Checksum};
use super::xml::{self, Node};
use std::path::{Component, Path, PathBuf};

/// One file of the metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub path: PathBuf,
    checksum: Option<Checksum>,
    open_size: Option<u64>,
}

impl Entry {
    /// The packed bytes, held against their checksum.
    pub(crate) fn read(&self) -> Result<Vec<u8>, RepoError> {
        unpack::packed(&self.path, self.checksum.as_ref())
    }

    /// How much it may unpack to: what repomd.xml says, and never more than anything real.
    pub(crate) fn limit(&self) -> u64 {
        self.open_size.unwrap_or(u64::MAX).min(unpack::UNPACKED_LIMIT)
    }
}

/// What of a repository's metadata is read here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repomd {
    pub packages: Packages,
    pub modules: Option<Entry>,
    pub updateinfo: Option<Entry>,
}

/// In which of its two forms the metadata of packages is read: XML where there is some, for it is what dnf reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Packages {
    Xml { primary: Entry, filelists: Option<Entry> },
    Sqlite { primary: Entry, filelists: Option<Entry> },
}

/// A `<data>` as it stands in the file.
#[derive(Debug, Default)]
struct Data {
    kind: String,
    href: Option<String>,
    checksum_kind: String,
    checksum: String,
    open_size: String,
}

/// Reads the repomd.xml of a repository, or of a copy of its repodata folder alone.
pub(crate) fn read(folder: &Path) -> Result<Repomd, RepoError> {
    let (file, whole) = [(folder.join("repodata/repomd.xml"), true), (folder.join("repomd.xml"), false)]
        .into_iter()
        .find(|(file, _)| file.exists())
        .ok_or_else(|| RepoError::of(folder, Trouble::NoRepodata))?;
    let bytes = unpack::packed(&file, None)?;
    let datas = datas(&file, &bytes)?;
    let entry = |kind: &str| {
        let found = datas.iter().find(|d| d.kind == kind);
        found.map(|d| d.entry(folder, whole)).transpose().map_err(|t| RepoError::of(&file, t))
    };
    let packages = match (entry("primary")?, entry("primary_db")?) {
        (Some(primary), _) => Packages::Xml { primary, filelists: entry("filelists")? },
        (None, Some(primary)) => Packages::Sqlite { primary, filelists: entry("filelists_db")? },
        (None, None) => return Err(RepoError::of(&file, Trouble::NoEntry("primary"))),
    };
    Ok(Repomd { packages, modules: entry("modules")?, updateinfo: entry("updateinfo")? })
}

fn datas(file: &Path, bytes: &[u8]) -> Result<Vec<Data>, RepoError> {
    let (mut all, mut now, mut inside): (Vec<Data>, Data, Vec<String>) = (Vec::new(), Data::default(), Vec::new());
    xml::walk(file, bytes, unpack::UNPACKED_LIMIT, &mut |node| {
        match node {
            Node::Open(tag) => {
                match (inside.len(), tag.name()) {
                    (0, "repomd") | (1.., _) => {}
                    (0, _) => return Err(Trouble::Field { tag: "repomd", what: "the tag itself" }),
                }
                match tag.name() {
                    "data" => now = Data { kind: tag.get("type")?.unwrap_or_default(), ..Data::default() },
                    "location" => now.href = tag.get("href")?,
                    "checksum" => now.checksum_kind = tag.get("type")?.unwrap_or_default(),
                    _ => {}
                }
                inside.push(tag.name().to_owned());
            }
            Node::Text(text) => match inside.last().map(String::as_str) {
                Some("checksum") => now.checksum.push_str(text.trim()),
                Some("open-size") => now.open_size.push_str(text.trim()),
                _ => {}
            },
            Node::Close => {
                if inside.pop().as_deref() == Some("data") {
                    all.push(std::mem::take(&mut now));
                }
            }
        }
        Ok(())
    })?;
    Ok(all)
}

impl Data {
    fn entry(&self, folder: &Path, whole: bool) -> Result<Entry, Trouble> {
        let href = self.href.as_deref().ok_or(Trouble::Field { tag: "location", what: "href" })?;
        let inner = Path::new(href);
        if !inner.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir)) || href.contains("://") {
            return Err(Trouble::Escapes(href.to_owned()));
        }
        let inner = if whole { inner } else { inner.strip_prefix("repodata").unwrap_or(inner) };
        if self.checksum.is_empty() {
            return Err(Trouble::Field { tag: "checksum", what: "its value" });
        }
        let open_size = match self.open_size.as_str() {
            "" => None,
            digits => Some(digits.parse().map_err(|_| Trouble::Field { tag: "open-size", what: "a number" })?),
        };
        let checksum = Checksum { kind: self.checksum_kind.clone(), value: self.checksum.clone() };
        Ok(Entry { path: folder.join(inner), checksum: Some(checksum), open_size })
    }
}
