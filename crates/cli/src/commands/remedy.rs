//! `rockhop remedy`: what a machine can put right on the old hosts before they move: planned, approved, applied, taken back.

mod carry;
mod make;
mod show;

use crate::{Context, exit::Exit, failure::Failure};
use rockhop_domain::{HostId, RuleId};

/// Flags of `rockhop remedy`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Remedies that are safe and mechanical, on the hosts as they are now, before they move: each changes whole \
                  lines of one file, keeps the file as it was under /var/lib/rockhop/remedies on the host, and can be taken \
                  back to the last byte. Nothing is deleted, restarted or loaded anew.\n\n\
                  survey -> assess -> remedy plan -> approve -> remedy apply -> survey",
    after_long_help = "Examples:\n  rockhop remedy plan\n  rockhop approve 3fa9 --key ~/.ssh/id_ed25519\n  \
                       rockhop remedy apply 3fa9\n  rockhop remedy undo 3fa9 web-1"
)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

/// What to do with remedies.
#[derive(Debug, clap::Subcommand)]
enum What {
    #[command(about = "Plan what a machine can remedy, from the newest survey")]
    Plan(PlanArgs),
    #[command(about = "Show a plan of remedies: files, lines, exact commands")]
    Show(ShowArgs),
    #[command(about = "Carry an approved plan of remedies out")]
    Apply(ApplyArgs),
    #[command(about = "Put every file back as it was before")]
    Undo(UndoArgs),
    #[command(about = "Say how the remedies of a plan stand")]
    Status(StatusArgs),
}

/// Flags of `rockhop remedy plan`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Reads the newest facts of the hosts and touches none. For each finding that nobody waived it plans the change \
                  that remedies it, or says why a person has to do it. The plan is never changed; it is named by its digest, \
                  and in production it is applied only when it was approved.\n\n\
                  Ends with 4 when a host was never surveyed.",
    after_long_help = "Examples:\n  rockhop remedy plan\n  rockhop remedy plan web-1 web-2\n  \
                       rockhop remedy plan --rule storage.disk-names\n  rockhop remedy plan --json | jq .hosts"
)]
struct PlanArgs {
    /// Only these hosts; all that move when left out.
    #[arg(value_name = "HOST")]
    hosts: Vec<HostId>,
    /// Only findings of this rule; may be given several times.
    #[arg(long = "rule", value_name = "ID")]
    rules: Vec<RuleId>,
    /// For the rehearsal hosts.
    #[arg(long)]
    preproduction: bool,
    /// Show the exact commands, too.
    #[arg(long)]
    steps: bool,
}

/// Flags of `rockhop remedy show`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Shows a plan of remedies to the person who has to sign it: for each host the lines that change, when that is felt, \
                  and what is left to people; with --steps the exact commands that run.",
    after_long_help = "Examples:\n  rockhop remedy show\n  rockhop remedy show 3fa9 --steps"
)]
struct ShowArgs {
    /// The first digits of the plan's digest; the newest plan when left out.
    plan: Option<String>,
    /// Show the exact commands, too.
    #[arg(long)]
    steps: bool,
}

/// Flags of `rockhop remedy apply`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Carries a plan of remedies out, the first host alone and then several at once. In production the plan has to be \
                  approved, as the plan of a migration has. A file that is not as it was surveyed is left alone. What is \
                  already done is looked at and not done twice; what was interrupted, even by kill -9, is taken up.\n\n\
                  A finding counts as remedied when a new survey no longer finds it. Ends with 3 without an approval, 4 when \
                  a file was changed since the survey, 5 when a remedy failed, 6 when too many did, 10 when a host could not \
                  be reached.",
    after_long_help = "Examples:\n  rockhop remedy apply 3fa9\n  rockhop remedy apply 3fa9 web-1\n  rockhop survey && rockhop assess"
)]
struct ApplyArgs {
    /// The first digits of the plan's digest.
    plan: String,
    /// Only these hosts; all of the plan when left out.
    #[arg(value_name = "HOST")]
    hosts: Vec<HostId>,
}

/// Flags of `rockhop remedy undo`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Puts back what a plan of remedies changed: the old bytes with their owner, mode, time and SELinux label. A file that \
                  was changed after the remedy is left alone, and its copy named. Files that the plan never touched stay as \
                  they are. Ends as apply does.",
    after_long_help = "Examples:\n  rockhop remedy undo 3fa9\n  rockhop remedy undo 3fa9 web-1 web-2"
)]
struct UndoArgs {
    /// The first digits of the plan's digest.
    plan: String,
    /// Only these hosts; all of the plan when left out.
    #[arg(value_name = "HOST")]
    hosts: Vec<HostId>,
}

/// Flags of `rockhop remedy status`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Says of every file of a plan of remedies how it stands, as the ledger knows. Touches no host.",
    after_long_help = "Examples:\n  rockhop remedy status\n  rockhop remedy status 3fa9 --json"
)]
struct StatusArgs {
    /// The first digits of the plan's digest; the newest plan when left out.
    plan: Option<String>,
}

/// Does what was asked for with remedies.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    use rockhop_domain::journey::Heading::{Back, Forward};
    match &args.what {
        What::Plan(args) => make::run(args, context),
        What::Show(args) => show::run(args, context),
        What::Apply(args) => carry::run(Forward, &args.plan, &args.hosts, context),
        What::Undo(args) => carry::run(Back, &args.plan, &args.hosts, context),
        What::Status(args) => show::status(args, context),
    }
}
