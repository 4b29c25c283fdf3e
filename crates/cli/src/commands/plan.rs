//! `rockhop plan`: makes a plan; shows one to the person who has to sign it; compares two.

mod make;
mod show;

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;

/// Flags of `rockhop plan`.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    long_about = "Makes a plan from the newest facts, the findings and rockhop.toml: waves, order, windows, every step with \
                  its exact commands, and how each is taken back. A plan is never changed; another one replaces it, and \
                  an approval of the one does not count for the other.\n\n\
                  Ends with 2 when findings block, 4 when facts are missing or too old.",
    after_long_help = "Examples:\n  rockhop plan\n  rockhop plan --preproduction\n  rockhop plan show\n  rockhop plan diff 3fa9 81c0"
)]
pub struct Args {
    #[command(flatten)]
    make: make::MakeArgs,
    #[command(subcommand)]
    what: Option<What>,
}

/// What to do with plans that are made.
#[derive(Debug, clap::Subcommand)]
enum What {
    #[command(about = "Show a plan: waves, hosts, windows, steps, reasons, points of no return, forecast")]
    Show(show::Args),
    #[command(about = "Say what a second plan does otherwise than a first")]
    Diff(show::DiffArgs),
}

/// Does what was asked for with plans.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    match &args.what {
        None => make::run(&args.make, context),
        Some(What::Show(args)) => show::run(args, context),
        Some(What::Diff(args)) => show::diff(args, context),
    }
}
