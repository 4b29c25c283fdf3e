//! `rockhop plan show`: a plan for the person who has to sign it.

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::store;
use crate::ui::Tone;
use crate::view::picture::Picture;
use crate::view::schedule::{Row, Wanted, schedule};
use jiff::Timestamp;
use rockhop_domain::{HostId, Message};
use std::path::PathBuf;

/// Flags of `rockhop plan`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

/// What to do with plans.
#[derive(Debug, clap::Subcommand)]
enum What {
    /// Show a plan: waves, hosts, windows, steps, reasons, points of no return, forecast.
    Show(ShowArgs),
}

/// Flags of `rockhop plan show`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Shows a plan for the person who has to sign it: waves, hosts in order, windows, reasons for the \
                  order, points of no return and what a rollback after them loses, and when it will happen as far as \
                  rehearsals measured it.",
    after_long_help = "Examples:\n  rockhop plan show\n  rockhop plan show --host db-1\n  rockhop plan show 3fa9 --steps\n  \
                       rockhop plan show --svg plan.svg"
)]
struct ShowArgs {
    /// The plan's file, or the first digits of its digest; the newest plan when left out.
    plan: Option<String>,
    /// Show every host's steps with the exact commands.
    #[arg(long)]
    steps: bool,
    /// Show one host with its steps and commands.
    #[arg(long, value_name = "HOST")]
    host: Option<HostId>,
    /// Write the picture of the schedule to this file.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

/// Does what was asked for with plans.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    match &args.what {
        What::Show(args) => show(args, context),
    }
}

fn show(args: &ShowArgs, context: &Context) -> Result<Exit, Failure> {
    let plan = store::plan(&context.project, args.plan.as_deref())?;
    if let Some(host) = args.host.as_ref().filter(|h| !plan.hosts.contains_key(*h)) {
        return Err(Failure::new(Exit::Usage, Message::new("error-host-not-in-plan").with("host", host)));
    }
    let now = Timestamp::now();
    if let Some(path) = &args.svg {
        let title = format!("{} · {}", plan.project, plan.digest().short());
        let svg = Picture::of(&plan, now).svg(&title, context.ui.speaker());
        std::fs::write(path, svg).map_err(|e| Failure::io("error-write", path, &e))?;
        context.ui.say(&Message::new("show-svg-written").with("path", path.display()));
    } else if context.ui.json_wanted() {
        context.ui.json(&plan);
    } else {
        let wanted = Wanted { steps: args.steps, host: args.host.clone() };
        print(context, &schedule(context.ui.speaker(), &plan, &wanted, now, context.ui.width()));
    }
    Ok(Exit::Well)
}

fn print(context: &Context, rows: &[Row]) {
    for row in rows {
        match row {
            Row::Head(text) => context.ui.line(&context.ui.paint(Tone::Strong, text)),
            Row::Line(text) => context.ui.line(text),
            Row::Code(text) => context.ui.line(&context.ui.paint(Tone::Faint, text)),
            Row::Blank => context.ui.line(""),
        }
    }
}

