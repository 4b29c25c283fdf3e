//! The project's own files read into what the commands work with: project, inventory, salt.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::ProjectDir;
use indexmap::IndexMap;
use rockhop_adapters::survey::Salt;
use rockhop_domain::{
    HostId, Message,
    inventory::{Inventory, InventoryError, Source},
    packages::SigningKey,
    project::{Fleet, FleetHost, Project, ProjectError, ResolveError},
};
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// More than any file of public keys has.
const KEY_BYTES: u64 = 256 << 10;
/// How many bytes the salt of secrets has.
const SALT_BYTES: usize = 32;

/// The project as its files say it.
#[derive(Debug)]
pub struct Loaded {
    /// `rockhop.toml`.
    pub project: Project,
    /// Project and inventory joined.
    pub fleet: Fleet,
    /// What was read in the inventory and left aside, for the reader.
    pub notes: Vec<Message>,
}

impl Loaded {
    /// The texts of the files with signing keys that the project names, by path.
    pub fn keys(&self, dir: &ProjectDir) -> Result<IndexMap<String, String>, Failure> {
        let paths = self.fleet.repositories.iter().filter_map(|row| match &row.repository.key {
            Some(SigningKey::Carried { path }) => Some(path),
            _ => None,
        });
        paths.map(|path| Ok((path.clone(), key(&dir.root().join(path))?))).collect()
    }
}

/// A public key in its printable form. Anything else may be a secret, and what is carried is printed.
fn key(path: &Path) -> Result<String, Failure> {
    let fail = |e: io::Error| Failure { exit: Exit::Config, ..Failure::io("error-read", path, &e) };
    let mut text = String::new();
    fs::File::open(path).and_then(|file| file.take(KEY_BYTES).read_to_string(&mut text)).map_err(fail)?;
    let inside = text.split("-----BEGIN ").skip(1);
    let public =
        inside.clone().count() > 0 && inside.clone().all(|block| block.starts_with("PGP PUBLIC KEY BLOCK-----"));
    if public && text.trim_end().ends_with("-----END PGP PUBLIC KEY BLOCK-----") {
        return Ok(text);
    }
    Err(Failure::new(Exit::Config, Message::new("error-not-a-public-key").with("path", path.display())))
}

/// Reads `rockhop.toml` and the inventories that it names.
pub fn load(dir: &ProjectDir) -> Result<Loaded, Failure> {
    let project = project(dir)?;
    let files = inventory_files(dir, &project)?;
    let sources: Vec<Source<'_>> = files.iter().map(|(path, text)| Source { path, text }).collect();
    let inventory = Inventory::read(&sources)?;
    let fleet = project.resolve(&inventory)?;
    Ok(Loaded { project, fleet, notes: inventory.notes })
}

/// Reads `rockhop.toml` alone.
pub fn project(dir: &ProjectDir) -> Result<Project, Failure> {
    let path = dir.config();
    let text = fs::read_to_string(&path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => {
            Failure::new(Exit::Config, Message::new("error-no-project").with("path", path.display()))
        }
        _ => Failure::io("error-read", &path, &e),
    })?;
    Ok(Project::parse(&text, &path.display().to_string())?)
}

/// The hosts that were named, or all; a name that nobody has is an error.
pub fn chosen<'f>(fleet: &'f Fleet, names: &[HostId]) -> Result<Vec<&'f FleetHost>, Failure> {
    if names.is_empty() {
        return Ok(fleet.hosts.values().collect());
    }
    let find = |name: &HostId| {
        let unknown = || Failure::new(Exit::Usage, Message::new("error-host-not-in-project").with("host", name));
        fleet.hosts.get(name).ok_or_else(unknown)
    };
    names.iter().map(find).collect()
}

/// Moves this process into the network namespace that the project names, if it names one. Called before any
/// thread starts; those started later are in it, too.
pub fn enter(project: &Project) -> Result<(), Failure> {
    match &project.connection.namespace {
        Some(name) => rockhop_lab::enter_namespace(name).map_err(|e| Failure::new(Exit::Config, e.message())),
        None => Ok(()),
    }
}

/// The project's salt: equal secrets on two hosts look equal, and nobody else's hashes fit. Made at first use.
pub fn salt(dir: &ProjectDir) -> Result<Salt, Failure> {
    let path = dir.state().join("salt");
    match fs::read(&path) {
        Ok(bytes) if bytes.len() == SALT_BYTES => Ok(Salt::new(&bytes)),
        Ok(_) => Err(Failure::new(Exit::Config, Message::new("error-salt").with("path", path.display()))),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            new_salt(&path).map_err(|e| Failure::io("error-write", &path, &e))
        }
        Err(e) => Err(Failure::io("error-read", &path, &e)),
    }
}

fn new_salt(path: &Path) -> io::Result<Salt> {
    let mut bytes = [0_u8; SALT_BYTES];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    if let Some(state) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(state)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    Ok(Salt::new(&bytes))
}

/// The inventories and the variable files beside them, by the names under which people know them.
fn inventory_files(dir: &ProjectDir, project: &Project) -> Result<Vec<(String, String)>, Failure> {
    let mut files = Vec::new();
    for written in &project.project.inventory {
        let path = dir.root().join(written);
        read_into(&path, written, &mut files)?;
        let beside = Path::new(written).parent().unwrap_or(Path::new(""));
        for folder in ["group_vars", "host_vars"] {
            let name = beside.join(folder);
            if dir.root().join(&name).is_dir() {
                read_folder(&dir.root().join(&name), &name, &mut files)?;
            }
        }
    }
    files.sort();
    files.dedup();
    Ok(files)
}

fn read_folder(path: &Path, name: &Path, files: &mut Vec<(String, String)>) -> Result<(), Failure> {
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect())
        .map_err(|e| Failure::io("error-read", path, &e))?;
    entries.sort();
    for entry in entries {
        let name = name.join(entry.file_name().unwrap_or_default());
        if entry.is_dir() {
            read_folder(&entry, &name, files)?;
        } else {
            read_into(&entry, &name.display().to_string(), files)?;
        }
    }
    Ok(())
}

fn read_into(path: &Path, name: &str, files: &mut Vec<(String, String)>) -> Result<(), Failure> {
    let text = fs::read_to_string(path).map_err(|e| {
        let failure = Failure::io("error-read", path, &e);
        Failure { exit: Exit::Config, ..failure }
    })?;
    files.push((name.to_owned(), text));
    Ok(())
}

impl From<ProjectError> for Failure {
    fn from(error: ProjectError) -> Self {
        let what = Message::new("error-project").with("path", &error.file).with("n", error.problems.len());
        Self::new(Exit::Config, what).because(error.messages())
    }
}

impl From<InventoryError> for Failure {
    fn from(error: InventoryError) -> Self {
        Self::new(Exit::Config, Message::new("error-inventory").with("path", &error.place.file))
            .because([error.message()])
    }
}

impl From<ResolveError> for Failure {
    fn from(error: ResolveError) -> Self {
        let what = Message::new("error-fleet").with("n", error.misfits.len());
        Self::new(Exit::Config, what).because(error.messages())
    }
}
