//! The census: what a host has beside its packages, read by a second pass that may take its time.
//!
//! The survey answers in a blink; walking every file of a host does not. So the census is a script of its own, with facts of
//! its own, which a command joins to those of the survey. A host without one has no lesser facts: that it was not taken is
//! told ([`super::Why::NoCensus`]) and is never fine. Nothing here runs; no secret is in it.

mod read;

pub use read::{Answered, answer, read, read_carried};

use super::{PythonScript, Read, Why};
use crate::HostId;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is run on the host: `sh -s run`, `look`, `print`, `clean`; or `here`, for a host that is not reached.
pub const SCRIPT: &str = include_str!("census.sh");

/// The version of this format. A reader refuses a newer one.
pub const FORMAT: u32 = 1;

/// What one host has beside its packages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Census {
    /// See [`FORMAT`].
    pub format: u32,
    pub host: HostId,
    /// When it was begun, by the host's clock.
    #[schemars(with = "String")]
    pub taken_at: Timestamp,
    /// Which folders were walked.
    pub scope: Read<Scope>,
    /// Files that no package owns, by folder.
    pub ownership: Read<Listed<Folder>>,
    /// Packaged files that are not as they came.
    pub verify: Read<Listed<Differs>>,
    pub programs: Read<Programs>,
    pub python: Read<Listed<PythonPackage>>,
    pub node: Read<Node>,
    pub java: Read<Java>,
    pub perl: Read<Perl>,
    pub scripts: Read<Scripts>,
    pub keystores: Read<Listed<KeyStore>>,
    pub htaccess: Read<Listed<PhpDirective>>,
    pub php: Read<Php>,
    pub containers: Read<Containers>,
}

/// Rows that were carried, and how many more there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listed<T> {
    pub rows: Vec<T>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u64,
}

/// What was walked, and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Scope {
    pub walked: Vec<String>,
    pub left_out: Vec<LeftOut>,
}

/// A folder that was not walked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LeftOut {
    pub path: String,
    /// `not-asked`, or the type of the file system that lies elsewhere: `nfs4`, `autofs`.
    pub why: String,
}

/// A folder with files that no package owns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Folder {
    pub path: String,
    /// No package owns the folder itself; the files are all below it. Otherwise they lie in it.
    pub whole: bool,
    pub files: u64,
    pub bytes: u64,
    /// Files that may be executed.
    pub programs: u64,
    /// When the newest of them was written, in seconds since 1970.
    pub newest: i64,
    /// Up to three of the files.
    pub examples: Vec<String>,
}

/// A packaged file that is not as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Differs {
    pub path: String,
    /// `S.5....T.`, or `missing`.
    pub flags: String,
    pub kind: FileKind,
}

/// What the package says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    Configuration,
    /// Documentation, a licence, a readme.
    Documentation,
    /// A manifest of something else, or of a kind that is told by no letter we know.
    Other,
    Plain,
}

/// Programs and libraries that no package owns, and who brings the libraries that they need.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Programs {
    pub files: Vec<Elf>,
    pub libraries: Vec<Library>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u64,
}

/// One program or library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Elf {
    pub path: String,
    /// 32 or 64.
    pub bits: u8,
    /// ELF's number of the processor: 62 is x86-64.
    pub machine: u16,
    pub kind: ElfKind,
    /// The dynamic loader that it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loader: Option<String>,
    /// Its own name as a library.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub soname: Option<String>,
    /// Sonames that it asks for.
    pub needs: Vec<String>,
    /// Where it looks for them first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search: Vec<String>,
}

/// What an ELF file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ElfKind {
    Program,
    Library,
    /// It needs no library.
    Static,
    /// A part that was not linked yet.
    Object,
    /// Its head is not as ELF's is.
    Unread,
}

/// A library that such a program needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Library {
    pub soname: String,
    pub bits: u8,
    /// The package that brings it; none for one that no package owns, or that is not on the host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// Where the linker, or the list of packaged files, has it; none when neither does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

/// A Python package that no rpm brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PythonPackage {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The folder that it is in: `/usr/lib/python2.7/site-packages`.
    pub folder: String,
}

/// What npm installed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Node {
    /// For all users.
    pub global: Vec<NodePackage>,
    pub applications: Vec<NodeApplication>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u64,
}

/// A package of npm's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NodePackage {
    pub name: String,
    pub version: String,
    /// The `node_modules` that it is in.
    pub folder: String,
}

/// An application with packages of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NodeApplication {
    pub folder: String,
    pub packages: u64,
}

/// Java's archives and runtimes that no package owns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Java {
    pub archives: Vec<Jar>,
    pub runtimes: Vec<JavaRuntime>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u64,
}

/// A jar, war or ear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Jar {
    pub path: String,
    pub bytes: u64,
    /// As its manifest says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// A Java that somebody unpacked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct JavaRuntime {
    pub folder: String,
    /// `1.7.0_80`; none when its `release` file does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// Perl modules that no package owns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Perl {
    /// What CPAN installed: `Foo::Bar`.
    pub installed: Vec<String>,
    pub folders: Vec<PerlFolder>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u64,
}

/// Modules in one of Perl's folders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PerlFolder {
    pub path: String,
    pub modules: u64,
}

/// Scripts that no package owns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Scripts {
    /// In Python or Perl, by their first line.
    pub interpreted: Vec<PythonScript>,
    pub ciphers: Vec<CipherCall>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u64,
}

/// A line that calls `openssl enc`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CipherCall {
    pub path: String,
    pub line: u64,
    /// Options that openssl knows; `_` stands for any other word, `$` for a variable.
    pub words: Vec<String>,
}

/// A file of keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KeyStore {
    pub path: String,
    /// `pkcs12`, `jks`, `other`.
    pub kind: String,
    /// `pbe-sha1-rc2-40`, ...
    pub algorithms: Vec<String>,
}

/// A setting of PHP in an `.htaccess` file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhpDirective {
    pub path: String,
    pub line: u64,
    /// `php_value`, ...
    pub directive: String,
    pub setting: String,
    /// `<IfModule mod_php5.c>` stands around it.
    pub guarded: bool,
}

/// PHP sources that no package owns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Php {
    /// How many were read.
    pub sources: u64,
    /// Functions that PHP 8 does not have.
    pub calls: Vec<PhpUse>,
    /// What PHP 8 does not parse: `offset-braces`, `two-defaults`, `call-time-reference`.
    pub unparsable: Vec<PhpUse>,
    /// Sources that define a function of such a name themselves.
    pub definitions: Vec<PhpDefinition>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u64,
}

/// Something that PHP sources use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhpUse {
    pub what: String,
    pub times: u64,
    /// Up to five places: `/var/www/html/a.php:3`.
    pub places: Vec<String>,
}

/// A function that a source defines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhpDefinition {
    pub function: String,
    pub path: String,
}

/// What the container engines that run know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Containers {
    /// `docker`, `podman`.
    pub engines: Vec<String>,
    pub images: Vec<Image>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u64,
}

/// An image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Image {
    pub name: String,
    pub id: String,
    /// Its first process is systemd.
    pub systemd: bool,
    /// A container was made of it, running or not.
    pub used: bool,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), more: 0 }
    }
}

impl Census {
    /// A census of that moment which found nothing.
    pub fn empty(host: HostId, taken_at: Timestamp) -> Self {
        Self {
            format: FORMAT,
            host,
            taken_at,
            scope: Read::Known(Scope::default()),
            ownership: Read::Known(Listed::default()),
            verify: Read::Known(Listed::default()),
            programs: Read::Known(Programs::default()),
            python: Read::Known(Listed::default()),
            node: Read::Known(Node::default()),
            java: Read::Known(Java::default()),
            perl: Read::Known(Perl::default()),
            scripts: Read::Known(Scripts::default()),
            keystores: Read::Known(Listed::default()),
            htaccess: Read::Known(Listed::default()),
            php: Read::Known(Php::default()),
            containers: Read::Known(Containers::default()),
        }
    }

    /// Each section that is unknown, by its name in the script.
    pub fn unknowns(&self) -> Vec<(&'static str, &Why)> {
        macro_rules! list { ($($field:ident),* $(,)?) => {
            [$((stringify!($field), self.$field.why())),*].into_iter().filter_map(|(name, why)| Some((name, why?))).collect()
        } }
        list!(
            scope, ownership, verify, programs, python, node, java, perl, scripts, keystores, htaccess, php, containers
        )
    }
}

impl Programs {
    /// The sonames of a program that nothing on the host has: no package, no linker's folder, no library beside it.
    pub fn missing<'a>(&'a self, program: &'a Elf) -> impl Iterator<Item = &'a str> {
        let needed = program.needs.iter().map(String::as_str);
        needed.filter(|soname| !self.is_beside(soname, program.bits) && self.is_nowhere(soname, program.bits))
    }

    /// The libraries of a program that a package of the host brings.
    pub fn packaged<'a>(&'a self, program: &'a Elf) -> impl Iterator<Item = &'a Library> {
        let of = |library: &&Library| library.bits == program.bits && program.needs.contains(&library.soname);
        let packaged = self.libraries.iter().filter(of).filter(|library| library.package.is_some());
        packaged.filter(|library| !self.is_beside(&library.soname, program.bits))
    }

    /// Somebody brought the library along with the programs.
    fn is_beside(&self, soname: &str, bits: u8) -> bool {
        let same = |elf: &&Elf| elf.bits == bits && matches!(elf.kind, ElfKind::Library);
        let named = |elf: &Elf| elf.soname.as_deref() == Some(soname) || elf.path.rsplit('/').next() == Some(soname);
        self.files.iter().filter(same).any(named)
    }

    /// What nobody looked for is not missing.
    fn is_nowhere(&self, soname: &str, bits: u8) -> bool {
        let library = self.libraries.iter().find(|library| library.soname == soname && library.bits == bits);
        library.is_some_and(|library| library.path.is_none())
    }
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}
