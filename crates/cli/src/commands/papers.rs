//! What documents `rockhop` itself: exit codes, completions, manual pages. All from the one command line.

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use rockhop_domain::Message;
use rockhop_i18n::Catalogue;
use std::path::{Path, PathBuf};

/// Flags of `rockhop completions`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Prints a completion script for a shell on standard output.",
    after_long_help = "Example:\n  rockhop completions bash > /etc/bash_completion.d/rockhop"
)]
pub struct CompletionArgs {
    /// Which shell.
    shell: clap_complete::Shell,
}

/// Flags of `rockhop man`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Writes a manual page for rockhop and for each of its commands into a folder.",
    after_long_help = "Example:\n  rockhop man /usr/local/share/man/man1"
)]
pub struct ManArgs {
    /// Where the pages go; made when it is not there.
    dir: PathBuf,
}

/// Flags of `rockhop schema`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Prints the JSON Schema of rockhop.toml, for editors that complete and check it.",
    after_long_help = "Example:\n  rockhop schema > rockhop.schema.json"
)]
pub struct SchemaArgs {}

/// Prints the schema of the project file.
pub fn schema(context: &Context) -> Result<Exit, Failure> {
    context.ui.json(&rockhop_domain::project::schema());
    Ok(Exit::Well)
}

/// Prints the table of exit codes.
pub fn print_exit_codes(context: &Context) -> Result<Exit, Failure> {
    if context.ui.json_wanted() {
        let rows: Vec<_> = Exit::ALL.iter().map(|e| serde_json::json!({ "code": e.code(), "key": e.key() })).collect();
        context.ui.json(&rows);
    } else {
        context.ui.line(&exit_codes(context.ui.catalogue()));
    }
    Ok(Exit::Well)
}

/// The table of exit codes: number, key, meaning.
pub fn exit_codes(catalogue: &Catalogue) -> String {
    let row = |exit: &Exit| {
        let means = catalogue.say_key(&format!("exit-{}", exit.key()), &[]);
        format!("{:>4}  {:<13} {means}", exit.code(), exit.key())
    };
    Exit::ALL.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// Prints a completion script.
pub fn completions(args: &CompletionArgs, command: &mut clap::Command, context: &Context) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "rockhop", &mut script);
    context.ui.raw(&script);
    Ok(Exit::Well)
}

/// Writes the manual pages.
pub fn man(args: &ManArgs, command: clap::Command, context: &Context) -> Result<Exit, Failure> {
    std::fs::create_dir_all(&args.dir).map_err(|e| Failure::io("error-write", &args.dir, &e))?;
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let pages = write_pages(&command, &args.dir)?;
    context.ui.say(&Message::new("man-written").with("n", pages).with("dir", args.dir.display()));
    Ok(Exit::Well)
}

/// One page for the command and one for each below it; answers how many.
fn write_pages(command: &clap::Command, dir: &Path) -> Result<usize, Failure> {
    let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
    let path = dir.join(format!("{name}.1"));
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone())
        .render(&mut page)
        .and_then(|()| std::fs::write(&path, page))
        .map_err(|e| Failure::io("error-write", &path, &e))?;
    command.get_subcommands().try_fold(1, |pages, sub| Ok(pages + write_pages(sub, dir)?))
}
