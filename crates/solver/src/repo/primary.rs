//! primary.xml: packages with what they provide and need, straight into the pool.

use super::error::{RepoError, Trouble};
use super::repomd::Entry;
use super::rich;
use super::xml::{self, Node, Tag};
use crate::ffi::{Dep, Kind, Labels, PackageId, Pool, Relation, StrId};
use std::fmt::Write as _;

/// The files that primary.xml lists, by package: those that most dependencies on files name.
pub(crate) type Files = Vec<(PackageId, Box<str>)>;

/// A package that is not read to its end yet.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub name: String,
    pub arch: String,
    pub evr: Option<String>,
    pub deps: Vec<(Kind, Dep)>,
    pub files: Vec<Box<str>>,
}

struct Reader<'p> {
    pool: &'p mut Pool,
    repo: i32,
    files: Files,
    draft: Draft,
    inside: Vec<Inside>,
    text: String,
}

/// Where in the file the reader is; what does not matter is `Other`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Root,
    Package,
    Name,
    Arch,
    Format,
    List(Kind),
    File,
    Other,
}

/// Adds every binary package of a file to a repository of the pool.
pub(crate) fn read(entry: &Entry, pool: &mut Pool, repo: i32) -> Result<Files, RepoError> {
    let bytes = entry.read()?;
    let mut reader =
        Reader { pool, repo, files: Vec::new(), draft: Draft::default(), inside: Vec::new(), text: String::new() };
    xml::walk(&entry.path, &bytes, entry.limit(), &mut |node| reader.see(node))?;
    Ok(reader.files)
}

impl Reader<'_> {
    fn see(&mut self, node: Node<'_>) -> Result<(), Trouble> {
        match node {
            Node::Open(tag) => self.open(&tag),
            Node::Text(text) => {
                if matches!(self.inside.last(), Some(Inside::Name | Inside::Arch | Inside::File)) {
                    self.text.push_str(&text);
                }
                Ok(())
            }
            Node::Close => self.close(),
        }
    }

    fn open(&mut self, tag: &Tag<'_>) -> Result<(), Trouble> {
        let now = match (self.inside.last(), tag.name()) {
            (None, "metadata") => Inside::Root,
            (None, _) => return Err(Trouble::Field { tag: "metadata", what: "the tag itself" }),
            (Some(Inside::Root), "package") => {
                self.draft = Draft::default();
                Inside::Package
            }
            (Some(Inside::Package), "name") => Inside::Name,
            (Some(Inside::Package), "arch") => Inside::Arch,
            (Some(Inside::Package), "format") => Inside::Format,
            (Some(Inside::Package), "version") => {
                let attributes = Attributes::of(tag)?;
                self.draft.evr =
                    Some(attributes.evr(true).ok_or(Trouble::Field { tag: "version", what: "ver or rel" })?);
                Inside::Other
            }
            (Some(Inside::Format), "file") => Inside::File,
            (Some(Inside::Format), list) => list_named(list).map_or(Inside::Other, Inside::List),
            (Some(Inside::List(kind)), "entry") => {
                let kind = *kind;
                if let Some(dep) = Attributes::of(tag)?.dependency(self.pool)? {
                    self.draft.deps.push((kind, dep));
                }
                Inside::Other
            }
            _ => Inside::Other,
        };
        self.text.clear();
        self.inside.push(now);
        Ok(())
    }

    fn close(&mut self) -> Result<(), Trouble> {
        match self.inside.pop() {
            Some(Inside::Name) => self.draft.name = self.text.trim().to_owned(),
            Some(Inside::Arch) => self.draft.arch = self.text.trim().to_owned(),
            Some(Inside::File) => self.draft.files.push(self.text.as_str().into()),
            Some(Inside::Package) => return self.keep(),
            _ => {}
        }
        Ok(())
    }

    fn keep(&mut self) -> Result<(), Trouble> {
        std::mem::take(&mut self.draft).keep(self.pool, self.repo, &mut self.files).map(drop)
    }
}

impl Draft {
    /// Adds the package to a repository of the pool; none when it is a source.
    pub(crate) fn keep(self, pool: &mut Pool, repo: i32, files: &mut Files) -> Result<Option<PackageId>, Trouble> {
        let draft = self;
        let missing = |what| Trouble::Field { tag: "package", what };
        let evr = draft.evr.ok_or(missing("version"))?;
        if draft.name.is_empty() || draft.arch.is_empty() {
            return Err(missing(if draft.name.is_empty() { "name" } else { "arch" }));
        }
        if matches!(draft.arch.as_str(), "src" | "nosrc") {
            return Ok(None);
        }
        let (name, evr, arch) = (pool.text(&draft.name), pool.text(&evr), pool.text(&draft.arch));
        let package = pool.add_package(Labels { name, evr, arch, repo });
        // Every package provides itself, whether its metadata says so or not.
        let itself = pool.dep(name, Some((Relation::Equal, evr)));
        for (kind, dep) in draft.deps.into_iter().chain([(Kind::Provides, itself)]) {
            pool.add_dep(package, kind, dep);
        }
        files.extend(draft.files.into_iter().map(|file| (package, file)));
        Ok(Some(package))
    }
}

fn list_named(tag: &str) -> Option<Kind> {
    Some(match tag {
        "provides" => Kind::Provides,
        "requires" => Kind::Requires,
        "conflicts" => Kind::Conflicts,
        "obsoletes" => Kind::Obsoletes,
        "recommends" => Kind::Recommends,
        "suggests" => Kind::Suggests,
        "supplements" => Kind::Supplements,
        "enhances" => Kind::Enhances,
        _ => return None,
    })
}

/// `name`, `flags`, `epoch`, `ver` and `rel`, as they stand on `<version>` and `<rpm:entry>`.
#[derive(Debug, Default)]
pub(crate) struct Attributes {
    pub name: String,
    pub flags: String,
    pub epoch: String,
    pub ver: String,
    pub rel: String,
}

impl Attributes {
    pub(crate) fn of(tag: &Tag<'_>) -> Result<Self, Trouble> {
        let mut all = Self::default();
        tag.each(|key, value| {
            let into = match key {
                "name" => &mut all.name,
                "flags" => &mut all.flags,
                "epoch" => &mut all.epoch,
                "ver" => &mut all.ver,
                "rel" => &mut all.rel,
                _ => return,
            };
            into.push_str(&value);
        })?;
        Ok(all)
    }

    /// `[epoch:]version[-release]` as libsolv writes it: an epoch of 0 is not said.
    pub(crate) fn evr(&self, whole: bool) -> Option<String> {
        if whole && (self.ver.is_empty() || self.rel.is_empty()) {
            return None;
        }
        let mut evr = String::new();
        if !self.epoch.is_empty() && self.epoch != "0" {
            // Writing to a String cannot fail.
            let _ = write!(evr, "{}:", self.epoch);
        }
        evr.push_str(&self.ver);
        if !self.rel.is_empty() {
            let _ = write!(evr, "-{}", self.rel);
        }
        Some(evr)
    }

    /// One entry of a list; none for what rpm itself provides (`rpmlib(...)`), which every EL9 has.
    pub(crate) fn dependency(&self, pool: &mut Pool) -> Result<Option<Dep>, Trouble> {
        let wrong = |what| Trouble::Field { tag: "rpm:entry", what };
        match self.name.as_str() {
            "" => return Err(wrong("name")),
            name if name.contains('\0') => return Err(wrong("name")),
            name if name.starts_with("rpmlib(") => return Ok(None),
            name if name.starts_with('(') && self.flags.is_empty() => {
                return rich::read(name, pool).map(Some).ok_or(wrong("a rich dependency that rpm can read"));
            }
            _ => {}
        }
        let name: StrId = pool.text(&self.name);
        let relation = match self.flags.as_str() {
            "" => return Ok(Some(pool.dep(name, None))),
            "EQ" => Relation::Equal,
            "LT" => Relation::Less,
            "GT" => Relation::Greater,
            "LE" => Relation::LessOrEqual,
            "GE" => Relation::GreaterOrEqual,
            _ => return Err(wrong("flags")),
        };
        let evr = self.evr(false).map(|evr| pool.text(&evr)).ok_or(wrong("ver"))?;
        Ok(Some(pool.dep(name, Some((relation, evr)))))
    }
}
