//! The command line, as data: one enum of commands and the flags that all of them share.
//!
//! Each command's own flags stand in its file under `commands/`.

use crate::commands;
use crate::ui::{ColourChoice, Manner};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use rockhop_i18n::{Catalogue, Lang};
use std::ffi::OsString;
use std::path::PathBuf;

/// Moves a fleet from CentOS 7 to Rocky 9, and proves it.
#[derive(Debug, Parser)]
#[command(
    name = "rockhop",
    version,
    about,
    long_about = "Moves a fleet of servers from CentOS 7 to Rocky Linux 9 over SSH, wave by wave, with a proven way \
                  back for every host, and writes down what happened.\n\n\
                  The way a fleet goes:\n  survey -> assess -> plan -> approve -> rehearse -> run -> report",
    after_long_help = "Examples:\n  rockhop init\n  rockhop survey\n  rockhop assess\n  rockhop plan && rockhop plan show\n  \
                       rockhop approve\n  rockhop run\n  rockhop report\n\n\
                       Try it without a fleet of your own: rockhop lab up; without root: rockhop lab up --simulated",
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would become the command's description")]
    pub global: Global,
    #[command(subcommand)]
    #[expect(missing_docs, reason = "a doc comment here would become the command's description")]
    pub command: Command,
}

/// Flags that stand before or after any command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// The project's folder, where rockhop.toml is.
    #[arg(long, short = 'C', global = true, value_name = "DIR", default_value = ".")]
    pub project: PathBuf,
    /// Language of everything printed: en or zh. Else ROCKHOP_LANG, LC_ALL, LC_MESSAGES, LANG.
    #[arg(long, global = true, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// Print one JSON document with stable English keys.
    #[arg(long, global = true)]
    pub json: bool,
    /// One line an event and no full-screen view, for logs.
    #[arg(long, global = true)]
    pub plain: bool,
    /// Print results and errors only.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// When to use colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColourChoice,
}

impl Global {
    /// How much is said, and in which form.
    pub fn manner(&self) -> Manner {
        Manner { json: self.json, quiet: self.quiet, plain: self.plain, colour: self.color }
    }
}

/// What can be asked for. The short help stands in attributes: a doc comment on a variant would take the place of the long
/// help that each command's flags bring along.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(about = "Write a commented rockhop.toml and an inventory to start from")]
    Init(commands::init::Args),
    #[command(about = "A fleet of real hosts on this machine, to try everything on")]
    Lab(commands::lab::Args),
    #[command(about = "Read what every host is, over SSH")]
    Survey(commands::survey::Args),
    #[command(about = "Count what hosts have beside their packages, by a second, slow pass")]
    Census(commands::census::Args),
    #[command(about = "Say what will break on the way, by rules over the facts")]
    Assess(commands::assess::Args),
    #[command(about = "Say what becomes of a host's packages on Rocky Linux 9")]
    Packages(commands::packages::Args),
    #[command(about = "Put right by machine what is safe to, before the hosts move")]
    Remedy(commands::remedy::Args),
    #[command(about = "Make a plan; show one; compare two")]
    Plan(commands::plan::Args),
    #[command(about = "Sign a plan with your SSH key")]
    Approve(commands::approve::Args),
    #[command(about = "Play the journey on the preproduction hosts, and the way back")]
    Rehearse(commands::run::RehearseArgs),
    #[command(about = "Carry a signed plan out, or take up an interrupted run")]
    Run(commands::run::Args),
    #[command(about = "Show how a run stands, now or as it goes")]
    Status(commands::status::Args),
    #[command(about = "Ask the run to begin no further host")]
    Pause(commands::control::PauseArgs),
    #[command(about = "Let a paused run go on")]
    Resume(commands::control::ResumeArgs),
    #[command(about = "Ask for the old host back")]
    Rollback(commands::control::RollbackArgs),
    #[command(about = "Ask a held host to try again")]
    Retry(commands::control::RetryArgs),
    #[command(about = "Read the ledger, or verify it")]
    Ledger(commands::ledger::Args),
    #[command(about = "Look after the backups")]
    Vault(commands::vault::Args),
    #[command(about = "Write the execution report")]
    Report(commands::report::Args),
    #[command(about = "List and explain the rules of the assessment")]
    Rules(commands::rules::Args),
    #[command(about = "Say whether packages install on Rocky 9 from given repositories, offline")]
    Installable(commands::installable::Args),
    #[command(about = "Print the JSON Schema of rockhop.toml")]
    Schema(commands::papers::SchemaArgs),
    /// Explain the numbers that rockhop ends with.
    ExitCodes,
    #[command(about = "Print a completion script for a shell")]
    Completions(commands::papers::CompletionArgs),
    #[command(about = "Write the manual pages into a folder")]
    Man(commands::papers::ManArgs),
}

/// The command line as `--help`, manual pages and completions see it.
pub fn command() -> clap::Command {
    Cli::command().mut_subcommand("exit-codes", |c| {
        c.long_about("Explains the numbers that rockhop ends with. They never change their meaning.")
            .after_long_help(commands::papers::exit_codes(&Catalogue::new(Lang::En)))
    })
}

/// Reads a command line.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    Cli::from_arg_matches(&command().try_get_matches_from(args)?)
}

fn lang(text: &str) -> Result<Lang, String> {
    text.parse().map_err(|e: rockhop_i18n::UnknownLang| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        command().debug_assert();
    }

    /// Every command says in its long help what it is for and shows an example.
    #[test]
    fn every_command_has_long_help_and_an_example() {
        fn look(command: &clap::Command, path: &str, poor: &mut Vec<String>) {
            let leaf = command.get_subcommands().next().is_none();
            let help = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
            let example = help.contains("rockhop") || help.contains("Example");
            let explained = command.get_about().is_some() && command.get_long_about().is_some();
            if leaf && !(example && explained) {
                poor.push(path.to_owned());
            }
            for sub in command.get_subcommands().filter(|c| c.get_name() != "help") {
                look(sub, &format!("{path} {}", sub.get_name()), poor);
            }
        }
        let mut poor = Vec::new();
        look(&command(), "rockhop", &mut poor);
        assert!(poor.is_empty(), "no long help, or none with an example: {poor:?}");
    }
}
