//! filelists.xml: which package owns a file that primary.xml does not list. Only files that somebody asks for are kept.

use super::error::{RepoError, Trouble};
use super::primary::{Attributes, Files};
use super::repomd::Entry;
use super::xml::{self, Node, Tag};
use crate::ffi::{PackageId, Pool, StrId};
use std::collections::{HashMap, HashSet};

/// The packages of one repository by name, version and architecture; the same one may be there twice.
type Index = HashMap<(StrId, StrId, StrId), Vec<PackageId>>;

struct Reader<'p> {
    pool: &'p Pool,
    index: Index,
    wanted: &'p HashSet<String>,
    found: Files,
    depth: u32,
    name: Option<(Option<StrId>, Option<StrId>)>,
    packages: Vec<PackageId>,
    file: Option<String>,
}

/// Finds the owners of the wanted paths among a repository's packages.
pub(crate) fn read(entry: &Entry, pool: &Pool, repo: i32, wanted: &HashSet<String>) -> Result<Files, RepoError> {
    let bytes = entry.read()?;
    let mut reader = Reader {
        pool,
        index: index(pool, repo),
        wanted,
        found: Vec::new(),
        depth: 0,
        name: None,
        packages: Vec::new(),
        file: None,
    };
    xml::walk(&entry.path, &bytes, entry.limit(), &mut |node| reader.see(node))?;
    Ok(reader.found)
}

fn index(pool: &Pool, repo: i32) -> Index {
    let mut index = Index::new();
    for package in pool.packages() {
        let labels = pool.labels(package);
        if labels.repo == repo {
            index.entry((labels.name, labels.evr, labels.arch)).or_default().push(package);
        }
    }
    index
}

impl Reader<'_> {
    fn see(&mut self, node: Node<'_>) -> Result<(), Trouble> {
        match node {
            Node::Open(tag) => self.open(&tag)?,
            Node::Text(text) => {
                if let Some(file) = &mut self.file {
                    file.push_str(&text);
                }
            }
            Node::Close => self.close(),
        }
        Ok(())
    }

    fn open(&mut self, tag: &Tag<'_>) -> Result<(), Trouble> {
        match (self.depth, tag.name()) {
            (0, "filelists") | (1.., _) => {}
            (0, _) => return Err(Trouble::Field { tag: "filelists", what: "the tag itself" }),
        }
        match (self.depth, tag.name()) {
            (1, "package") => {
                let word = |word: Option<String>| word.and_then(|w| self.pool.find(&w));
                self.name = Some((word(tag.get("name")?), word(tag.get("arch")?)));
                self.packages.clear();
            }
            (2, "version") => {
                let evr =
                    Attributes::of(tag)?.evr(true).ok_or(Trouble::Field { tag: "version", what: "ver or rel" })?;
                let key = self.name.and_then(|(name, arch)| Some((name?, self.pool.find(&evr)?, arch?)));
                self.packages = key.and_then(|key| self.index.get(&key)).cloned().unwrap_or_default();
            }
            (2, "file") if !self.packages.is_empty() => self.file = Some(String::new()),
            _ => {}
        }
        self.depth += 1;
        Ok(())
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if let Some(file) = self.file.take()
            && self.wanted.contains(&file)
        {
            self.found.extend(self.packages.iter().map(|p| (*p, file.as_str().into())));
        }
    }
}
