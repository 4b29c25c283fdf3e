//! All packages of the given repositories, loaded once, asked often.

use crate::advisories::Advisories;
use crate::answer::{Nevra, Question};
use crate::ffi::{Dep, Kind, Library, PackageId, Parts, Pool, StrId};
use crate::names::Names;
use crate::repo::error::RepoError;
use crate::repo::primary::Files;
use crate::repo::repomd::{Entry, Packages};
use crate::repo::sqlite::Ids;
use crate::repo::{filelists, modules, primary, repomd, sqlite, updateinfo};
use crate::streams::{ShutOut, Streams};
use std::collections::{HashMap, HashSet};
use std::ffi::CStr;
use std::path::PathBuf;

/// The architecture of the hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arch {
    /// 64-bit x86, which runs i686 packages, too.
    #[default]
    X86_64,
    /// 64-bit Arm.
    Aarch64,
}

impl Arch {
    /// As rpm calls it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::X86_64 => "x86_64",
            Self::Aarch64 => "aarch64",
        }
    }

    const fn name(self) -> &'static CStr {
        match self {
            Self::X86_64 => c"x86_64",
            Self::Aarch64 => c"aarch64",
        }
    }
}

/// What a repository is to the hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The hosts have it.
    Enabled,
    /// They do not; it is only searched for who would have what is missing.
    Elsewhere,
}

/// A folder with a repository, or with a copy of its repodata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What it is called in answers.
    pub name: String,
    /// Where it is.
    pub folder: PathBuf,
    /// What it is to the hosts.
    pub role: Role,
}

/// Everything that the given repositories hold.
#[derive(Debug)]
pub struct Repositories {
    pub(crate) pool: Pool,
    repos: HashMap<i32, Repo>,
    packages: Vec<PackageId>,
    pub(crate) streams: Streams,
    pub(crate) names: Names,
    /// Packages that come along by themselves when something else does.
    eager: Vec<PackageId>,
    listed: Files,
    pub(crate) advisories: Advisories,
    /// Paths that some dependency names and whose owners have not been looked for.
    unlearned: HashSet<String>,
}

#[derive(Debug)]
struct Repo {
    name: String,
    role: Role,
    filelists: Filelists,
}

/// Where the files are that primary does not list.
#[derive(Debug)]
enum Filelists {
    None,
    Xml(Entry),
    Sqlite(Entry, Ids),
}

impl Filelists {
    fn owners(&self, pool: &Pool, repo: i32, paths: &HashSet<String>) -> Result<Files, RepoError> {
        match self {
            Self::None => Ok(Files::new()),
            Self::Xml(entry) => filelists::read(entry, pool, repo, paths),
            Self::Sqlite(entry, ids) => sqlite::filelists(entry, ids, paths),
        }
    }
}

impl Repositories {
    /// Reads the metadata of all sources; all of it, or an error.
    pub fn load(library: Library, sources: &[Source], arch: Arch) -> Result<Self, RepoError> {
        let mut pool = Pool::new(library, arch.name());
        let (mut repos, mut listed) = (HashMap::new(), Files::new());
        let (mut all_modules, mut notices) = (Vec::new(), Vec::new());
        for source in sources {
            let repomd = repomd::read(&source.folder)?;
            let id = pool.add_repo();
            let (files, filelists) = packages(repomd.packages, &mut pool, id)?;
            listed.extend(files);
            if let (Some(entry), Role::Enabled) = (&repomd.modules, source.role) {
                all_modules.push(modules::read(entry)?);
            }
            if let (Some(entry), Role::Enabled) = (&repomd.updateinfo, source.role) {
                notices.extend(updateinfo::read(entry)?);
            }
            repos.insert(id, Repo { name: source.name.clone(), role: source.role, filelists });
        }
        let packages: Vec<PackageId> = pool.packages().collect();
        let streams = Streams::new(all_modules, &pool, &packages);
        let names = Names::of(&pool, &packages);
        let eager = packages.iter().copied().filter(|p| !pool.deps(*p, Kind::Supplements).is_empty()).collect();
        let advisories = Advisories::of(notices);
        let unlearned = HashSet::new();
        let mut all = Self { pool, repos, packages, streams, names, eager, listed, advisories, unlearned };
        let paths = all.pool.texts().map(|t| all.pool.say(t)).filter(|t| t.starts_with('/'));
        let (sure, unsure): (HashSet<String>, HashSet<String>) =
            paths.map(str::to_owned).partition(|path| always_listed(path));
        all.learn(&sure)?;
        all.unlearned = unsure;
        Ok(all)
    }

    /// How many binary packages there are, those for other architectures and in repositories elsewhere included.
    pub fn len(&self) -> usize {
        self.packages.len()
    }

    /// Whether there is no package at all.
    pub fn is_empty(&self) -> bool {
        self.packages.is_empty()
    }

    /// Looks up every file that any dependency names. Without it each question looks up those that concern it, which is
    /// less for one question and more for many.
    pub fn learn_all(&mut self) -> Result<(), RepoError> {
        let paths = std::mem::take(&mut self.unlearned);
        self.learn(&paths).inspect_err(|_| self.unlearned.clone_from(&paths))
    }

    /// A package in words.
    pub(crate) fn nevra(&self, package: PackageId) -> Nevra {
        let labels = self.pool.labels(package);
        let say = |text: StrId| self.pool.say(text).to_owned();
        let repository = self.repos.get(&labels.repo).map(|r| r.name.clone()).unwrap_or_default();
        Nevra { name: say(labels.name), evr: say(labels.evr), arch: say(labels.arch), repository }
    }

    pub(crate) fn packages(&self) -> &[PackageId] {
        &self.packages
    }

    pub(crate) fn role(&self, package: PackageId) -> Role {
        self.repos.get(&self.pool.labels(package).repo).map_or(Role::Elsewhere, |repo| repo.role)
    }

    /// Looks up the files that can matter to a question: those named by what the wishes can come to need.
    pub(crate) fn learn_for(&mut self, question: &Question) -> Result<(), RepoError> {
        let asked = question.wanted.iter().filter(|w| w.starts_with('/') && self.pool.find(w).is_none());
        let mut paths: HashSet<String> = asked.cloned().collect();
        if !self.unlearned.is_empty() {
            let named = self.named_by(question);
            paths.extend(named);
        }
        if paths.is_empty() {
            return Ok(());
        }
        self.learn(&paths)?;
        self.unlearned.retain(|path| !paths.contains(path));
        // What owns a path that was asked for, or that is needed, may name further paths.
        self.learn_for(question)
    }

    /// The unlearned paths among all that the wishes can come to need.
    fn named_by(&self, question: &Question) -> HashSet<String> {
        let mut paths = HashSet::new();
        let mut seen: HashSet<PackageId> = self.eager.iter().copied().collect();
        seen.extend(question.wanted.iter().flat_map(|w| self.names.anywhere(&self.pool, w)));
        let mut seen_deps: HashSet<(Dep, bool)> = HashSet::new();
        let mut next: Vec<PackageId> = seen.iter().copied().collect();
        while let Some(package) = next.pop() {
            for (kind, follow) in
                [(Kind::Requires, true), (Kind::Recommends, true), (Kind::Supplements, false), (Kind::Conflicts, false)]
            {
                for dep in self.pool.deps(package, kind).into_iter().filter(|d| seen_deps.insert((*d, follow))) {
                    for leaf in self.leaves(dep) {
                        if let Parts::Name(name) = self.pool.parts(leaf)
                            && self.unlearned.contains(self.pool.say(name))
                        {
                            paths.insert(self.pool.say(name).to_owned());
                        }
                        if follow {
                            next.extend(self.pool.providers(leaf).into_iter().filter(|p| seen.insert(*p)));
                        }
                    }
                }
            }
        }
        // What was asked for may be such a path itself.
        paths.extend(question.wanted.iter().filter(|w| self.unlearned.contains(*w)).cloned());
        paths
    }

    /// The plain or versioned names that a dependency is made of.
    fn leaves(&self, dep: Dep) -> Vec<Dep> {
        match self.pool.parts(dep) {
            Parts::Rich { left, right } => [self.leaves(left), self.leaves(right)].concat(),
            Parts::Name(_) | Parts::Versioned { .. } => vec![dep],
        }
    }

    /// Finds the owners of files.
    fn learn(&mut self, paths: &HashSet<String>) -> Result<(), RepoError> {
        let mut found: Vec<(PackageId, String)> =
            self.listed.iter().filter(|(_, f)| paths.contains(&**f)).map(|(p, f)| (*p, f.to_string())).collect();
        if paths.iter().any(|path| !always_listed(path)) {
            for (id, repo) in &self.repos {
                let more = repo.filelists.owners(&self.pool, *id, paths)?;
                found.extend(more.into_iter().map(|(p, f)| (p, f.into())));
            }
        }
        found.sort();
        for path in paths {
            self.pool.text(path);
        }
        for (package, file) in found {
            let path = self.pool.text(&file);
            self.pool.add_file(package, path);
        }
        self.pool.ready();
        Ok(())
    }
}

/// What is there for one question: some packages are hidden by modules, some stand in repositories elsewhere.
pub(crate) struct There<'a> {
    pub repositories: &'a Repositories,
    pub hidden: &'a HashMap<PackageId, ShutOut>,
}

impl There<'_> {
    pub(crate) fn pool(&self) -> &Pool {
        &self.repositories.pool
    }

    /// Whether a package can be installed at all.
    pub(crate) fn has(&self, package: PackageId) -> bool {
        self.pool().runs_here(package) && self.is_offered(package)
    }

    /// Whether the hosts' repositories offer a package, be it for their architecture or not.
    pub(crate) fn is_offered(&self, package: PackageId) -> bool {
        !self.hidden.contains_key(&package) && self.repositories.role(package) == Role::Enabled
    }

    pub(crate) fn shut_out(&self) -> Vec<PackageId> {
        let elsewhere =
            self.repositories.packages.iter().filter(|p| self.repositories.role(**p) == Role::Elsewhere).copied();
        elsewhere.chain(self.hidden.keys().copied()).collect()
    }
}

/// The packages of a repository, with the files that primary lists and where the others are.
fn packages(from: Packages, pool: &mut Pool, repo: i32) -> Result<(Files, Filelists), RepoError> {
    match from {
        Packages::Xml { primary, filelists } => {
            Ok((primary::read(&primary, pool, repo)?, filelists.map_or(Filelists::None, Filelists::Xml)))
        }
        Packages::Sqlite { primary, filelists } => {
            let (files, ids) = sqlite::primary(&primary, pool, repo)?;
            Ok((files, filelists.map_or(Filelists::None, |entry| Filelists::Sqlite(entry, ids))))
        }
    }
}

/// Whether primary.xml lists every owner of a path: what createrepo puts there, for all packages alike.
fn always_listed(path: &str) -> bool {
    path.starts_with("/etc/") || path.contains("bin/") || path == "/usr/lib/sendmail"
}
