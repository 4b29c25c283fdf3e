//! The `rockhop` command: reads the command line, joins the parts, prints.
//!
//! Nothing is decided here that a domain function could decide; nothing below this crate prints.

pub mod args;
pub mod commands;
mod dispatch;
pub mod exit;
pub mod failure;
pub mod fleet;
pub mod leapp_data;
mod logging;
pub mod project;
pub mod speaker;
pub mod store;
pub mod timings;
pub mod ui;
pub mod view;
pub mod world;

use args::Cli;
use exit::Exit;
use failure::Failure;
use jiff::tz::TimeZone;
use project::ProjectDir;
use rockhop_i18n::Lang;
use speaker::Speaker;
use std::ffi::OsString;
use std::process::ExitCode;
use ui::Ui;

/// What every command is given.
#[derive(Debug)]
pub struct Context {
    /// Where it speaks.
    pub ui: Ui,
    /// The project it works on.
    pub project: ProjectDir,
    /// Who asks, for records.
    pub who: String,
}

/// The whole command: from the command line to the exit code.
pub fn main_with(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match args::parse(args) {
        Ok(cli) => cli,
        Err(said) => return usage(&said).into(),
    };
    let context = context(&cli);
    logging::start(&context.project);
    let exit = match dispatch::run(cli.command, &context) {
        Ok(exit) => exit,
        Err(failure) => told(&context.ui, &failure),
    };
    let exit = context.ui.finish().map_or(exit, |failure| told(&context.ui, &failure));
    exit.into()
}

fn context(cli: &Cli) -> Context {
    let lang = cli.global.lang.unwrap_or_else(lang_of_environment);
    Context {
        ui: Ui::new(Speaker::new(lang, TimeZone::system()), cli.global.manner()),
        project: ProjectDir::at(&cli.global.project),
        who: commands::who(),
    }
}

/// `ROCKHOP_LANG` first, then what the system's programs obey.
fn lang_of_environment() -> Lang {
    let names = ["ROCKHOP_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
    let set = names.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    set.map_or(Lang::En, |value| Lang::of_locale(&value))
}

fn told(ui: &Ui, failure: &Failure) -> Exit {
    ui.failure(failure);
    failure.exit
}

/// Help and version are what was asked for; all else is a line that was not understood.
fn usage(said: &clap::Error) -> Exit {
    let written = said.print();
    match (said.use_stderr(), written) {
        (true, _) => Exit::Usage,
        (false, Ok(())) => Exit::Well,
        (false, Err(e)) if e.kind() == std::io::ErrorKind::BrokenPipe => Exit::Well,
        (false, Err(_)) => Exit::Failed,
    }
}
