//! Software that no rpm brought: what a census found, as the account of a host's packages tells it.
//!
//! No table says what becomes of it. What is told is what there is, and of programs which libraries they will not find.

use super::sonames::{OnEl9, on_el9};
use crate::facts::census::{Census, Elf, LeftOut, Programs};
use crate::facts::{Read, Why};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// What one host has beside its packages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Orphans {
    #[serde(serialize_with = "as_text")]
    pub taken_at: Timestamp,
    /// Folders that were not walked.
    pub left_out: Vec<LeftOut>,
    /// Folders in which no package owns anything that may be executed, the fullest first.
    pub folders: Vec<Holder>,
    /// How many programs and libraries there are.
    pub programs: usize,
    /// Those of them that ask for a library which is missing, or which EL 9 has not.
    pub lost: Vec<Lost>,
    /// Python packages by the folder that they are in, each with its version.
    pub python: BTreeMap<String, Vec<String>>,
    /// What npm installed for all users, each with its version.
    pub node: Vec<String>,
    /// Applications with packages of npm's own, and how many.
    pub node_applications: BTreeMap<String, u64>,
    /// Folders with jars, and how many.
    pub jars: BTreeMap<String, u64>,
    /// Javas that somebody unpacked, with their versions.
    pub java: BTreeMap<String, Option<String>>,
    /// What CPAN installed.
    pub perl: Vec<String>,
    /// Container images.
    pub images: Vec<String>,
    /// Rows that were counted and not carried, over all sections.
    pub more: u64,
    /// Sections that could not be read, each with the reason.
    pub unread: BTreeMap<&'static str, Why>,
}

/// A folder with programs that no package owns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holder {
    pub path: String,
    pub programs: u64,
    pub files: u64,
    pub bytes: u64,
}

/// A program that will not start as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    pub path: String,
    /// What nothing on the host has already.
    pub missing: Vec<String>,
    /// What EL 9 has not, with what it has instead.
    pub gone: BTreeMap<String, String>,
    /// What a package of EL 9 brings only when somebody installs it.
    pub asked: BTreeMap<String, String>,
}

impl Orphans {
    /// What that census found.
    pub fn of(census: &Census) -> Self {
        let programs = census.programs.known();
        Self {
            taken_at: census.taken_at,
            left_out: census.scope.known().map(|scope| scope.left_out.clone()).unwrap_or_default(),
            folders: holders(census),
            programs: programs.map_or(0, |programs| programs.files.len()),
            lost: programs.map(lost).unwrap_or_default(),
            python: python(census),
            node: node(census),
            node_applications: node_applications(census),
            jars: jars(census),
            java: java(census),
            perl: census.perl.known().map(|perl| perl.installed.clone()).unwrap_or_default(),
            images: images(census),
            more: more(census),
            unread: census.unknowns().into_iter().map(|(name, why)| (name, why.clone())).collect(),
        }
    }

    /// Whether the census found nothing of all this, and read everything.
    pub fn is_empty(&self) -> bool {
        let lists = self.folders.is_empty() && self.programs == 0 && self.python.is_empty() && self.node.is_empty();
        let rest = self.node_applications.is_empty() && self.jars.is_empty() && self.java.is_empty();
        lists && rest && self.perl.is_empty() && self.images.is_empty() && self.unread.is_empty()
    }
}

/// Programs that ask for something which is not there, or will not be.
pub fn lost(programs: &Programs) -> Vec<Lost> {
    programs.files.iter().filter_map(|program| lost_of(programs, program)).collect()
}

fn lost_of(programs: &Programs, program: &Elf) -> Option<Lost> {
    let missing: Vec<String> = programs.missing(program).map(str::to_owned).collect();
    let (mut gone, mut asked) = (BTreeMap::new(), BTreeMap::new());
    for library in programs.packaged(program) {
        match on_el9(&library.soname) {
            Some(OnEl9::Gone(instead)) => gone.insert(library.soname.clone(), instead.to_owned()),
            Some(OnEl9::Asked(package)) => asked.insert(library.soname.clone(), package.to_owned()),
            None => None,
        };
    }
    let nothing = missing.is_empty() && gone.is_empty() && asked.is_empty();
    (!nothing).then(|| Lost { path: program.path.clone(), missing, gone, asked })
}

/// What the system makes by itself is nobody's software.
const MADE_BY_THE_SYSTEM: &[&str] = &["/etc/alternatives", "/etc/rc.d", "/usr/lib/modules", "/usr/lib/locale"];

fn holders(census: &Census) -> Vec<Holder> {
    let Read::Known(ownership) = &census.ownership else { return Vec::new() };
    let made = |path: &str| MADE_BY_THE_SYSTEM.iter().any(|folder| path.starts_with(folder));
    let holding = ownership.rows.iter().filter(|folder| folder.programs > 0 && !made(&folder.path));
    let mut holders: Vec<Holder> = holding
        .map(|folder| Holder {
            path: folder.path.clone(),
            programs: folder.programs,
            files: folder.files,
            bytes: folder.bytes,
        })
        .collect();
    holders.sort_by(|a, b| b.programs.cmp(&a.programs).then_with(|| a.path.cmp(&b.path)));
    holders
}

fn python(census: &Census) -> BTreeMap<String, Vec<String>> {
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in census.python.known().map(|listed| listed.rows.as_slice()).unwrap_or_default() {
        let said = package.version.as_ref().map_or_else(|| package.name.clone(), |v| format!("{} {v}", package.name));
        folders.entry(package.folder.clone()).or_default().push(said);
    }
    folders
}

fn node(census: &Census) -> Vec<String> {
    let all = census.node.known().map(|node| node.global.as_slice()).unwrap_or_default();
    all.iter().map(|package| format!("{} {}", package.name, package.version)).collect()
}

fn node_applications(census: &Census) -> BTreeMap<String, u64> {
    let all = census.node.known().map(|node| node.applications.as_slice()).unwrap_or_default();
    all.iter().map(|application| (application.folder.clone(), application.packages)).collect()
}

fn jars(census: &Census) -> BTreeMap<String, u64> {
    let mut folders = BTreeMap::new();
    for jar in census.java.known().map(|java| java.archives.as_slice()).unwrap_or_default() {
        let folder = jar.path.rsplit_once('/').map_or("/", |(folder, _)| folder);
        *folders.entry(folder.to_owned()).or_default() += 1;
    }
    folders
}

fn java(census: &Census) -> BTreeMap<String, Option<String>> {
    let all = census.java.known().map(|java| java.runtimes.as_slice()).unwrap_or_default();
    all.iter().map(|runtime| (runtime.folder.clone(), runtime.version.clone())).collect()
}

fn images(census: &Census) -> Vec<String> {
    let all = census.containers.known().map(|containers| containers.images.as_slice()).unwrap_or_default();
    all.iter().map(|image| image.name.clone()).collect()
}

fn more(census: &Census) -> u64 {
    let counts = [
        census.ownership.known().map(|section| section.more),
        census.programs.known().map(|section| section.more),
        census.python.known().map(|section| section.more),
        census.node.known().map(|section| section.more),
        census.java.known().map(|section| section.more),
        census.perl.known().map(|section| section.more),
        census.containers.known().map(|section| section.more),
    ];
    counts.into_iter().flatten().sum()
}

fn as_text<S: serde::Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HostId;
    use crate::facts::census::{ElfKind, Folder, Library, Listed, PythonPackage};

    fn census() -> Census {
        Census::empty(HostId::parse("web-1").expect("a name"), Timestamp::UNIX_EPOCH)
    }

    fn folder(path: &str, programs: u64) -> Folder {
        Folder { path: path.into(), whole: true, files: 9, bytes: 1, programs, newest: 0, examples: Vec::new() }
    }

    #[test]
    fn nothing_is_nothing_and_unread_is_not() {
        let mut census = census();
        assert!(Orphans::of(&census).is_empty());
        census.java = Read::Unknown(Why::TimedOut);
        let orphans = Orphans::of(&census);
        assert!(!orphans.is_empty());
        assert_eq!(orphans.unread.into_iter().collect::<Vec<_>>(), [("java", Why::TimedOut)]);
    }

    #[test]
    fn folders_with_programs_the_fullest_first() {
        let mut census = census();
        let rows =
            vec![folder("/opt/a", 1), folder("/opt/b", 5), folder("/etc/alternatives", 9), folder("/etc/cups", 0)];
        census.ownership = Read::Known(Listed { rows, more: 3 });
        let orphans = Orphans::of(&census);
        assert_eq!(orphans.folders.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["/opt/b", "/opt/a"]);
        assert_eq!(orphans.more, 3);
    }

    #[test]
    fn python_packages_by_folder() {
        let mut census = census();
        let package = |name: &str, version: Option<&str>| PythonPackage {
            name: name.into(),
            version: version.map(Into::into),
            folder: "/v".into(),
        };
        census.python = Read::Known(Listed { rows: vec![package("a", Some("1")), package("b", None)], more: 0 });
        assert_eq!(Orphans::of(&census).python["/v"], ["a 1", "b"]);
    }

    #[test]
    fn lost_libraries_by_what_becomes_of_them() {
        let library = |soname: &str, package: Option<&str>| Library {
            soname: soname.into(),
            bits: 64,
            package: package.map(Into::into),
            path: package.map(|_| format!("/usr/lib64/{soname}")),
        };
        let program = |path: &str, needs: &[&str]| Elf {
            path: path.into(),
            bits: 64,
            machine: 62,
            kind: ElfKind::Program,
            loader: None,
            soname: None,
            needs: needs.iter().map(|one| (*one).to_owned()).collect(),
            search: Vec::new(),
        };
        let programs = Programs {
            files: vec![
                program("/opt/a", &["libssl.so.10", "libcrypt.so.1", "libx.so.1", "libc.so.6"]),
                program("/opt/b", &["libc.so.6"]),
            ],
            libraries: vec![
                library("libssl.so.10", Some("openssl-libs")),
                library("libcrypt.so.1", Some("glibc")),
                library("libc.so.6", Some("glibc")),
                library("libx.so.1", None),
            ],
            more: 0,
        };
        let lost = lost(&programs);
        assert_eq!(lost.len(), 1);
        assert_eq!(lost[0].missing, ["libx.so.1"]);
        assert_eq!(lost[0].gone["libssl.so.10"], "libssl.so.3");
        assert_eq!(lost[0].asked["libcrypt.so.1"], "libxcrypt-compat");
    }
}
