//! `rockhop init`: a commented project file, an inventory to start from, a folder for keys. Never overwrites.

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use rockhop_domain::Message;
use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

/// The project file, every part with a comment.
const PROJECT: &str = include_str!("../templates/rockhop.toml");
/// An inventory that fits it.
const INVENTORY: &str = include_str!("../templates/inventory.ini");
/// What does not belong into version control.
const IGNORED: &str = "# The vault's password and keys are nobody's business; facts and backups are large.\n\
                       .rockhop/\nkeys/\nvault/\nreports/\n";

/// Flags of `rockhop init`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Writes a commented rockhop.toml and an inventory to start from into the project's folder, and makes the \
                  folder keys, which only you can read. What is there is kept as it is.",
    after_long_help = "Example:\n  mkdir shop && rockhop init -C shop"
)]
pub struct Args {}

/// Writes what is missing.
pub fn run(_: &Args, context: &Context) -> Result<Exit, Failure> {
    let root = context.project.root();
    std::fs::create_dir_all(root).map_err(|e| Failure::io("error-write", root, &e))?;
    let schema = serde_json::to_string_pretty(&rockhop_domain::project::schema()).unwrap_or_default() + "\n";
    let files = [
        ("rockhop.toml", PROJECT),
        ("inventory.ini", INVENTORY),
        ("rockhop.schema.json", schema.as_str()),
        (".gitignore", IGNORED),
    ];
    for (name, text) in files {
        let path = root.join(name);
        tell(context, &path, new_file(&path, text)?);
    }
    let keys = root.join("keys");
    tell(context, &keys, private_folder(&keys)?);
    context.ui.say(&Message::new("init-next"));
    Ok(Exit::Well)
}

fn tell(context: &Context, path: &Path, is_new: bool) {
    let key = if is_new { "init-written" } else { "init-kept" };
    context.ui.say(&Message::new(key).with("path", path.display()));
}

/// Says whether it was made; one that is there keeps its rights.
fn private_folder(path: &Path) -> Result<bool, Failure> {
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(false),
        Err(e) => Err(Failure::io("error-write", path, &e)),
    }
}

/// Says whether it was written; one that is there is not touched.
fn new_file(path: &Path, text: &str) -> Result<bool, Failure> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => {
            file.write_all(text.as_bytes()).map(|()| true).map_err(|e| Failure::io("error-write", path, &e))
        }
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(e) => Err(Failure::io("error-write", path, &e)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rockhop_domain::inventory::{Inventory, Source};
    use rockhop_domain::project::Project;
    use rockhop_domain::rules;

    #[test]
    fn what_init_writes_is_a_sound_project() {
        let project = Project::parse(PROJECT, "rockhop.toml").expect("sound");
        let inventory = Inventory::read(&[Source { path: "inventory.ini", text: INVENTORY }]).expect("readable");
        let fleet = project.resolve(&inventory).expect("fitting");
        assert!(fleet.hosts.values().any(|h| h.moves) && fleet.hosts.values().any(|h| !h.moves));
    }

    #[test]
    fn waivers_in_the_examples_name_rules_that_exist() {
        for text in [PROJECT, include_str!("../../../../docs/rockhop.toml.example")] {
            let named: Vec<&str> = text.split("rule = \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            assert!(!named.is_empty(), "no waiver is shown");
            let strange: Vec<&&str> = named.iter().filter(|rule| !rules::ids().any(|id| id == **rule)).collect();
            assert!(strange.is_empty(), "{strange:?}");
        }
    }
}
