//! libsolv, as a safe type: the only file with `unsafe` in Rockhop.
//!
//! Why there is any: rpm's rules for epochs, obsoletes, rich dependencies and architectures are libsolv's, and dnf's answers
//! come from there; writing them anew would give other answers. The shim (`shim.c`) takes numbers and counted bytes only,
//! and opens the machine's own libsolv when [`Library::open`] is first called.
//!
//! What makes the calls sound: a [`Pool`] owns its C pool alone and is not `Sync`; every number that goes back in
//! ([`PackageId`], [`Dep`], [`StrId`]) was given out by the same pool, which never takes a package or a string away; texts
//! are copied out before the next call.

#![expect(unsafe_code, reason = "libsolv is C; each block says why it is sound")]

use std::cmp::Ordering;
use std::ffi::{CStr, c_char, c_int, c_uint, c_void};
use std::fmt;
use std::marker::PhantomData;
use std::ptr::NonNull;
use std::sync::OnceLock;

type Id = c_int;

/// A package of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageId(Id);

/// A text that a pool keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StrId(Id);

/// A dependency that a pool keeps: a name, a name with a version, or a rich one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dep(Id);

impl Dep {
    /// Any version of a name.
    pub fn named(name: StrId) -> Self {
        Self(name.0)
    }
}

/// A list of dependencies of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Kind {
    Provides = 0,
    Requires = 1,
    Conflicts = 2,
    Obsoletes = 3,
    Recommends = 4,
    Suggests = 5,
    Supplements = 6,
    Enhances = 7,
}

/// How a version is compared: libsolv's bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Relation {
    Greater = 1,
    Equal = 2,
    GreaterOrEqual = 3,
    Less = 4,
    LessOrEqual = 6,
}

/// A package's name, version and architecture, and the number of its repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels {
    pub name: StrId,
    pub evr: StrId,
    pub arch: StrId,
    pub repo: i32,
}

/// A dependency taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    Name(StrId),
    Versioned {
        name: Dep,
    },
    /// `and`, `or`, `if`, `with` and what else rpm knows.
    Rich {
        left: Dep,
        right: Dep,
    },
}

/// One of the rules that cannot hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub kind: RuleKind,
    pub from: Option<PackageId>,
    pub to: Option<PackageId>,
    pub dep: Option<Dep>,
    /// Which of the wishes, counted from 0.
    pub wish: Option<usize>,
}

/// What a rule says, of those that can stand in an answer about installing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    NotInstallable,
    NothingProvides,
    Requires,
    SelfConflict,
    Conflicts,
    SameName,
    Obsoletes,
    ImplicitObsoletes,
    Wish,
    InferiorArch,
    Best,
    Other(i32),
}

impl RuleKind {
    /// libsolv's `SolverRuleinfo`.
    fn of(number: c_int) -> Self {
        match number {
            0x101 => Self::NotInstallable,
            0x102 => Self::NothingProvides,
            0x103 => Self::Requires,
            0x104 => Self::SelfConflict,
            0x105 => Self::Conflicts,
            0x106 => Self::SameName,
            0x107 | 0xa00 => Self::Obsoletes,
            0x108 => Self::ImplicitObsoletes,
            0x400..=0x404 => Self::Wish,
            0x600 => Self::InferiorArch,
            0x900 => Self::Best,
            other => Self::Other(other),
        }
    }
}

/// What the solver came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Solved {
    /// All wishes hold, with these packages.
    Installs(Vec<PackageId>),
    /// The rules that do not go together, one list for each knot.
    Problems(Vec<Vec<Rule>>),
}

/// How two dependencies are joined in a rich one: libsolv's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Joint {
    And = 16,
    Or = 17,
    With = 18,
    If = 22,
    /// Only to the right of `If` and `Unless`.
    Else = 26,
    Without = 28,
    Unless = 29,
}

/// libsolv, opened, with its release. There is no question without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Library {
    version: [c_int; 3],
}

/// This machine has no libsolv that can be used; the loader's words say why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("libsolv cannot be used: {0}")]
pub struct NoLibrary(pub String);

impl Library {
    /// What the system's loader is asked for: EL9 and Debian have it wherever dnf or libsolv1 is installed.
    const NAME: &CStr = c"libsolv.so.1";

    /// Opens the machine's libsolv, once for the whole program.
    pub fn open() -> Result<Self, NoLibrary> {
        static OPENED: OnceLock<Result<Library, NoLibrary>> = OnceLock::new();
        OPENED.get_or_init(|| Self::open_named(Self::NAME)).clone()
    }

    fn open_named(name: &CStr) -> Result<Self, NoLibrary> {
        let (mut version, mut why) = ([0; 3], std::ptr::null());
        // SAFETY: the name ends with a zero; three numbers and one pointer are written; `OnceLock` lets one caller in. The
        // library that is opened runs its initialisers, which libsolv has none of.
        if unsafe { rh_open(name.as_ptr(), version.as_mut_ptr(), &raw mut why) } == 0 {
            return Ok(Self { version });
        }
        // SAFETY: after a failure the text is there and ends with a zero.
        Err(NoLibrary(unsafe { CStr::from_ptr(why) }.to_string_lossy().into_owned()))
    }
}

impl fmt::Display for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.version;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// All packages that are known, and libsolv's indices over them.
#[derive(Debug)]
pub struct Pool {
    raw: NonNull<c_void>,
    /// A pool keeps scratch space that every call writes into: it may move to another thread, and never be shared.
    not_sync: PhantomData<std::cell::Cell<()>>,
}

// SAFETY: the C pool has no thread-local state and is reachable through this value alone.
unsafe impl Send for Pool {}

impl Pool {
    /// An empty pool for machines of an architecture.
    pub fn new(_opened: Library, arch: &CStr) -> Self {
        // SAFETY: libsolv is open; the text ends with a zero and outlives the call, which copies it.
        let raw = unsafe { rh_pool_new(arch.as_ptr()) };
        Self {
            raw: NonNull::new(raw).expect("libsolv ends the program when there is no memory"),
            not_sync: PhantomData,
        }
    }

    fn raw(&self) -> *mut c_void {
        self.raw.as_ptr()
    }

    /// A new repository; its number is what [`Labels::repo`] says.
    pub fn add_repo(&mut self) -> i32 {
        // SAFETY: the pool is alive.
        unsafe { rh_repo_new(self.raw()) }
    }

    /// Keeps a text.
    pub fn text(&mut self, text: &str) -> StrId {
        // SAFETY: pointer and length are one slice; the call copies it.
        StrId(unsafe { rh_str(self.raw(), text.as_ptr().cast(), length(text)) })
    }

    /// The text's number if anything of this pool ever said it.
    pub fn find(&self, text: &str) -> Option<StrId> {
        // SAFETY: pointer and length are one slice; nothing is added.
        let id = unsafe { rh_find(self.raw(), text.as_ptr().cast(), length(text)) };
        (id != 0).then_some(StrId(id))
    }

    /// Keeps a dependency on a name, or on a version of it.
    pub fn dep(&mut self, name: StrId, version: Option<(Relation, StrId)>) -> Dep {
        match version {
            None => Dep(name.0),
            // SAFETY: both numbers are of this pool.
            Some((relation, evr)) => Dep(unsafe { rh_rel(self.raw(), name.0, relation as c_int, evr.0) }),
        }
    }

    /// Keeps two dependencies, joined.
    pub fn join(&mut self, left: Dep, joint: Joint, right: Dep) -> Dep {
        // SAFETY: both numbers are of this pool.
        Dep(unsafe { rh_rel(self.raw(), left.0, joint as c_int, right.0) })
    }

    /// Adds a package to a repository of this pool.
    pub fn add_package(&mut self, labels: Labels) -> PackageId {
        // SAFETY: the numbers are of this pool.
        PackageId(unsafe { rh_package_new(self.raw(), labels.repo, labels.name.0, labels.evr.0, labels.arch.0) })
    }

    /// Adds a dependency to a package.
    pub fn add_dep(&mut self, package: PackageId, kind: Kind, dep: Dep) {
        // SAFETY: the numbers are of this pool.
        unsafe { rh_package_dep(self.raw(), package.0, kind as c_int, dep.0) }
    }

    /// Adds a file that a package owns, so that dependencies on it are answered.
    pub fn add_file(&mut self, package: PackageId, path: StrId) {
        // SAFETY: the numbers are of this pool.
        unsafe { rh_package_file(self.raw(), package.0, path.0) }
    }

    /// Builds the index of what is provided. To be called after the last addition and before the first question.
    pub fn ready(&mut self) {
        // SAFETY: the pool is alive.
        unsafe { rh_ready(self.raw()) }
    }

    /// Every package.
    pub fn packages(&self) -> impl Iterator<Item = PackageId> + use<> {
        // SAFETY: the pool is alive. Numbers 0 and 1 are libsolv's own.
        let end = unsafe { rh_packages_end(self.raw()) };
        (2..end).map(PackageId)
    }

    /// Every text, of names, versions and dependencies alike.
    pub fn texts(&self) -> impl Iterator<Item = StrId> + use<> {
        // SAFETY: the pool is alive. Number 0 is none.
        let end = unsafe { rh_strings_end(self.raw()) };
        (1..end).map(StrId)
    }

    /// A kept text.
    pub fn say(&self, text: StrId) -> &str {
        // SAFETY: the number is of this pool; its text ends with a zero and stays until a text is added, which needs
        // `&mut self` while this borrow lives.
        let text = unsafe { CStr::from_ptr(rh_text(self.raw(), text.0)) };
        text.to_str().unwrap_or("?")
    }

    /// A dependency as rpm writes it.
    pub fn say_dep(&self, dep: Dep) -> String {
        // SAFETY: the number is of this pool; the text is copied before libsolv can use its scratch space again.
        let text = unsafe { CStr::from_ptr(rh_dep_text(self.raw(), dep.0)) };
        text.to_string_lossy().into_owned()
    }

    /// A dependency taken apart.
    pub fn parts(&self, dep: Dep) -> Parts {
        let (mut left, mut right) = (0, 0);
        // SAFETY: the number is of this pool; both places are written or left alone.
        let flags = unsafe { rh_dep_parts(self.raw(), dep.0, &raw mut left, &raw mut right) };
        match flags {
            0 => Parts::Name(StrId(dep.0)),
            1..=7 => Parts::Versioned { name: Dep(left) },
            _ => Parts::Rich { left: Dep(left), right: Dep(right) },
        }
    }

    /// Name, version, architecture and repository of a package.
    pub fn labels(&self, package: PackageId) -> Labels {
        let (mut name, mut evr, mut arch, mut repo) = (0, 0, 0, 0);
        // SAFETY: the number is of this pool; all four places are written.
        unsafe { rh_package(self.raw(), package.0, &raw mut name, &raw mut evr, &raw mut arch, &raw mut repo) };
        Labels { name: StrId(name), evr: StrId(evr), arch: StrId(arch), repo }
    }

    /// Whether the machines' architecture can run the package; never for sources.
    pub fn runs_here(&self, package: PackageId) -> bool {
        // SAFETY: the number is of this pool.
        unsafe { rh_runs_here(self.raw(), package.0) != 0 }
    }

    /// Compares two versions as rpm does, epochs first.
    pub fn compare(&self, a: StrId, b: StrId) -> Ordering {
        // SAFETY: the numbers are of this pool.
        unsafe { rh_compare(self.raw(), a.0, b.0) }.cmp(&0)
    }

    /// Whether a dependency names this very package, as an obsoletes does; what the package provides does not count.
    pub fn is_named(&self, package: PackageId, dep: Dep) -> bool {
        // SAFETY: the numbers are of this pool.
        unsafe { rh_is_named(self.raw(), package.0, dep.0) != 0 }
    }

    /// The name in a plain or versioned dependency.
    pub fn name_in(&self, dep: Dep) -> Option<StrId> {
        match self.parts(dep) {
            Parts::Name(name) => Some(name),
            Parts::Versioned { name } => match self.parts(name) {
                Parts::Name(name) => Some(name),
                Parts::Versioned { .. } | Parts::Rich { .. } => None,
            },
            Parts::Rich { .. } => None,
        }
    }

    /// A list of a package.
    pub fn deps(&self, package: PackageId, kind: Kind) -> Vec<Dep> {
        // SAFETY: the number is of this pool; the callee writes no more than the room it is told of.
        let list = gathered(|into, room| unsafe { rh_deps_of(self.raw(), package.0, kind as c_int, into, room) });
        list.into_iter().map(Dep).collect()
    }

    /// Who provides what a dependency asks for, whether shut out or not. Packages that do not run here are not among them.
    pub fn providers(&self, dep: Dep) -> Vec<PackageId> {
        // SAFETY: the number is of this pool, which is ready; the callee writes no more than the room it is told of.
        let list = gathered(|into, room| unsafe { rh_who_provides(self.raw(), dep.0, into, room) });
        list.into_iter().filter(|id| *id > 1).map(PackageId).collect()
    }

    /// Whether something provided answers something wished for.
    pub fn answers(&self, provide: Dep, wish: Dep) -> bool {
        // SAFETY: the numbers are of this pool.
        unsafe { rh_answers(self.raw(), provide.0, wish.0) != 0 }
    }

    /// Looks for a set of packages in which each wish holds: one of its packages. What is shut out counts as not there.
    pub fn solve(&mut self, wishes: &[Vec<PackageId>], shut_out: &[PackageId], how: How) -> Solved {
        let out: Vec<Id> = shut_out.iter().map(|p| p.0).collect();
        let flat: Vec<Id> = wishes.iter().flat_map(|wish| wish.iter().map(|p| p.0).chain([0])).collect();
        // SAFETY: pointers and lengths are one slice each; the numbers are of this pool; the solver lives no longer than it.
        let solver = unsafe {
            rh_shut_out(self.raw(), out.as_ptr(), count(&out));
            rh_solve(self.raw(), flat.as_ptr(), count(&flat), how.best.into(), how.weak.into())
        };
        // SAFETY: the solver was just made and is freed below; the callees write no more than the room they are told of.
        let solved = unsafe {
            match rh_problems(solver) {
                0 => {
                    let list = gathered(|into, room| rh_installs(solver, into, room));
                    Solved::Installs(list.into_iter().map(PackageId).collect())
                }
                n => Solved::Problems(
                    (1..=n).map(|i| rules(&gathered(|into, room| rh_problem(solver, i, into, room)))).collect(),
                ),
            }
        };
        // SAFETY: the solver is used no more.
        unsafe { rh_solver_free(solver) };
        solved
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        // SAFETY: the pool was made by `rh_pool_new` and is freed once.
        unsafe { rh_pool_free(self.raw()) }
    }
}

/// What the solver may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct How {
    /// Only the newest version of what is wished for will do.
    pub best: bool,
    /// Recommended packages come along where they can.
    pub weak: bool,
}

/// The rules out of libsolv's rows of five.
fn rules(rows: &[Id]) -> Vec<Rule> {
    let rule = |row: &[Id; 5]| {
        let [kind, from, to, dep, wish] = *row;
        let package = |id: Id| (id > 1).then_some(PackageId(id));
        Rule {
            kind: RuleKind::of(kind),
            from: package(from),
            to: package(to),
            dep: (dep != 0).then_some(Dep(dep)),
            wish: usize::try_from(wish).ok().and_then(|n| n.checked_sub(1)),
        }
    };
    rows.as_chunks().0.iter().map(rule).collect()
}

/// Calls twice at most: the first answer says how much room the second needs.
fn gathered(mut ask: impl FnMut(*mut Id, c_uint) -> c_uint) -> Vec<Id> {
    let mut list = vec![0; 64];
    loop {
        let n = ask(list.as_mut_ptr(), count(&list));
        let whole = n as usize <= list.len();
        list.resize(n as usize, 0);
        if whole {
            return list;
        }
    }
}

fn count(list: &[Id]) -> c_uint {
    c_uint::try_from(list.len()).expect("a pool holds fewer than four thousand million packages")
}

fn length(text: &str) -> c_uint {
    c_uint::try_from(text.len()).expect("no token of the metadata is longer than the limit in unpack.rs")
}

unsafe extern "C" {
    fn rh_open(library: *const c_char, version: *mut c_int, why: *mut *const c_char) -> c_int;
    fn rh_pool_new(arch: *const c_char) -> *mut c_void;
    fn rh_pool_free(pool: *mut c_void);
    fn rh_repo_new(pool: *mut c_void) -> c_int;
    fn rh_str(pool: *mut c_void, text: *const c_char, len: c_uint) -> Id;
    fn rh_find(pool: *mut c_void, text: *const c_char, len: c_uint) -> Id;
    fn rh_rel(pool: *mut c_void, name: Id, flags: c_int, evr: Id) -> Id;
    fn rh_package_new(pool: *mut c_void, repo: c_int, name: Id, evr: Id, arch: Id) -> Id;
    fn rh_package_dep(pool: *mut c_void, package: Id, kind: c_int, dep: Id);
    fn rh_package_file(pool: *mut c_void, package: Id, path: Id);
    fn rh_ready(pool: *mut c_void);
    fn rh_packages_end(pool: *mut c_void) -> c_int;
    fn rh_strings_end(pool: *mut c_void) -> c_int;
    fn rh_text(pool: *mut c_void, id: Id) -> *const c_char;
    fn rh_dep_text(pool: *mut c_void, dep: Id) -> *const c_char;
    fn rh_dep_parts(pool: *mut c_void, dep: Id, left: *mut Id, right: *mut Id) -> c_int;
    fn rh_package(pool: *mut c_void, p: Id, name: *mut Id, evr: *mut Id, arch: *mut Id, repo: *mut c_int);
    fn rh_runs_here(pool: *mut c_void, package: Id) -> c_int;
    fn rh_compare(pool: *mut c_void, a: Id, b: Id) -> c_int;
    fn rh_deps_of(pool: *mut c_void, package: Id, kind: c_int, into: *mut Id, room: c_uint) -> c_uint;
    fn rh_who_provides(pool: *mut c_void, dep: Id, into: *mut Id, room: c_uint) -> c_uint;
    fn rh_is_named(pool: *mut c_void, package: Id, dep: Id) -> c_int;
    fn rh_answers(pool: *mut c_void, provide: Id, wish: Id) -> c_int;
    fn rh_shut_out(pool: *mut c_void, packages: *const Id, n: c_uint);
    fn rh_solve(pool: *mut c_void, wishes: *const Id, n: c_uint, best: c_int, weak: c_int) -> *mut c_void;
    fn rh_solver_free(solver: *mut c_void);
    fn rh_problems(solver: *mut c_void) -> c_uint;
    fn rh_installs(solver: *mut c_void, into: *mut Id, room: c_uint) -> c_uint;
    fn rh_problem(solver: *mut c_void, problem: c_uint, into: *mut Id, room: c_uint) -> c_uint;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_libsolv_is_told_by_name() {
        let no = Library::open_named(c"libsolv-of-nowhere.so.1").expect_err("there is none");
        assert!(no.0.contains("libsolv-of-nowhere.so.1"), "{no}");
        let other = Library::open_named(c"libc.so.6").expect_err("it is another library");
        assert!(other.0.contains("no map_free"), "{other}");
    }
}
