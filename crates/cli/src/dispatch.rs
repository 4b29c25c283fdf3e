//! From the command line to the command.

use crate::Context;
use crate::args::{self, Command};
use crate::commands::{
    approve, assess, census, control, init, installable, lab, ledger, packages, papers, plan, remedy, report, rules,
    run, status, survey, vault,
};
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
        Command::Completions(wanted) => papers::completions(&wanted, &mut args::command(), context),
        Command::Man(wanted) => papers::man(&wanted, args::command(), context),
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
