//! One file a command: its flags and a small `run`.

pub mod approve;
pub mod assess;
pub mod census;
pub mod control;
pub mod init;
pub mod installable;
pub mod lab;
pub mod ledger;
pub mod packages;
pub mod papers;
pub mod plan;
pub mod remedy;
pub mod report;
pub mod rules;
pub mod run;
pub mod status;
pub mod survey;
pub mod vault;

use crate::Context;
use crate::args::Command;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::fleet;
use rockhop_domain::plan::Scenery;

/// Does what was asked for.
pub fn run(command: Command, context: &Context) -> Result<Exit, Failure> {
    if speaks_of_hosts(&command) && fleet::project(&context.project).is_ok_and(|p| p.simulation.is_some()) {
        context.ui.mark(Scenery::Simulated);
    }
    match command {
        Command::Init(args) => init::run(&args, context),
        Command::Lab(args) => lab::run(&args, context),
        Command::Survey(args) => survey::run(&args, context),
        Command::Census(args) => census::run(&args, context),
        Command::Assess(args) => assess::run(&args, context),
        Command::Packages(args) => packages::run(&args, context),
        Command::Remedy(args) => remedy::run(&args, context),
        Command::Plan(args) => plan::run(&args, context),
        Command::Approve(args) => approve::run(&args, context),
        Command::Rehearse(args) => run::rehearse(&args, context),
        Command::Run(args) => run::run(&args, context),
        Command::Status(args) => status::run(&args, context),
        Command::Pause(_) => control::pause(context),
        Command::Resume(_) => control::resume(context),
        Command::Rollback(args) => control::rollback(args, context),
        Command::Retry(args) => control::retry(args, context),
        Command::Ledger(args) => ledger::run(&args, context),
        Command::Vault(args) => vault::run(&args, context),
        Command::Report(args) => report::run(&args, context),
        Command::Rules(args) => rules::run(&args, context),
        Command::Installable(args) => installable::run(&args, context),
        Command::Schema(_) => papers::schema(context),
        Command::ExitCodes => papers::print_exit_codes(context),
        Command::Completions(args) => papers::completions(&args, context),
        Command::Man(args) => papers::man(&args, context),
    }
}

/// Whether what it says is about a project's hosts; the others speak of the command itself, or of a lab.
fn speaks_of_hosts(command: &Command) -> bool {
    match command {
        Command::Survey(_) | Command::Census(_) | Command::Assess(_) => true,
        Command::Plan(_) | Command::Approve(_) => true,
        Command::Rehearse(_) | Command::Run(_) | Command::Status(_) => true,
        Command::Pause(_) | Command::Resume(_) | Command::Rollback(_) | Command::Retry(_) => true,
        Command::Ledger(_) | Command::Vault(_) | Command::Report(_) | Command::Packages(_) | Command::Remedy(_) => true,
        Command::Init(_) | Command::Lab(_) | Command::Rules(_) | Command::Schema(_) => false,
        Command::Installable(args) => args.asks_for_hosts(),
        Command::ExitCodes | Command::Completions(_) | Command::Man(_) => false,
    }
}

/// What asynchronous parts run on.
pub fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|e| Failure::internal("runtime", e))
}

/// Who sits at the keyboard, for records: the login name, behind `sudo` the one who called it.
pub fn who() -> String {
    let behind_sudo = std::env::var("SUDO_USER").ok().filter(|name| !name.is_empty());
    behind_sudo.or_else(login_name).unwrap_or_else(|| format!("uid-{}", nix::unistd::getuid()))
}

fn login_name() -> Option<String> {
    nix::unistd::User::from_uid(nix::unistd::getuid()).ok().flatten().map(|user| user.name)
}
