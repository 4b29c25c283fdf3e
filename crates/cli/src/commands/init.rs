//! `rockhop init`: a commented project file and an inventory to start from. Never overwrites.

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use rockhop_domain::Message;
use std::fs::OpenOptions;
use std::io::{self, Write};
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
    long_about = "Writes a commented rockhop.toml and an inventory to start from into the project's folder. Files that are \
                  there are kept as they are.",
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
        let key = if new_file(&path, text)? { "init-written" } else { "init-kept" };
        context.ui.say(&Message::new(key).with("path", path.display()));
    }
    context.ui.say(&Message::new("init-next"));
    Ok(Exit::Well)
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

    #[test]
    fn what_init_writes_is_a_sound_project() {
        let project = Project::parse(PROJECT, "rockhop.toml").expect("sound");
        let inventory = Inventory::read(&[Source { path: "inventory.ini", text: INVENTORY }]).expect("readable");
        let fleet = project.resolve(&inventory).expect("fitting");
        assert!(fleet.hosts.values().any(|h| h.moves) && fleet.hosts.values().any(|h| !h.moves));
    }
}
