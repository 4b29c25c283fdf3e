//! Showing a plan, and what a second one does otherwise than a first.

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::store;
use crate::ui::Tone;
use crate::view::picture::Picture;
use crate::view::schedule::{Row, Wanted, schedule};
use crate::view::words;
use jiff::Timestamp;
use rockhop_domain::{
    HostId, Message,
    plan::{
        Plan,
        diff::{HostDiff, PlanDiff, diff as compare},
    },
};
use std::path::PathBuf;

/// Flags of `rockhop plan show`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Shows a plan for the person who has to sign it: waves, hosts in order, windows, reasons for the \
                  order, points of no return and what a rollback after them loses, and when it will happen as far as \
                  rehearsals measured it.",
    after_long_help = "Examples:\n  rockhop plan show\n  rockhop plan show --host db-1\n  rockhop plan show 3fa9 --steps\n  \
                       rockhop plan show --svg plan.svg"
)]
pub struct Args {
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

/// Flags of `rockhop plan diff`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Says what a second plan does otherwise than a first: hosts, waves, limits, and for each step the text that \
                  differs. When and from which facts they were made is not a difference.",
    after_long_help = "Examples:\n  rockhop plan diff 3fa9 81c0\n  rockhop plan diff old.json new.json --json"
)]
pub struct DiffArgs {
    /// The first plan: a file, or the first digits of its digest.
    before: String,
    /// The second plan.
    after: String,
}

/// Shows a plan.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let plan = store::plan(&context.project, args.plan.as_deref())?;
    context.ui.mark(plan.scenery);
    if let Some(host) = args.host.as_ref().filter(|h| !plan.hosts.contains_key(*h)) {
        return Err(Failure::new(Exit::Usage, Message::new("error-host-not-in-plan").with("host", host)));
    }
    let now = Timestamp::now();
    if let Some(path) = &args.svg {
        let title = title(context, &plan);
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

/// The picture goes its own way: what it is of stands in it.
fn title(context: &Context, plan: &Plan) -> String {
    let title = format!("{} · {}", plan.project, plan.digest().short());
    match words::scenery(context.ui.speaker(), plan.scenery) {
        Some(scenery) => format!("{title} · {scenery}"),
        None => title,
    }
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

/// Compares two plans.
pub fn diff(args: &DiffArgs, context: &Context) -> Result<Exit, Failure> {
    let before = store::plan(&context.project, Some(&args.before))?;
    let after = store::plan(&context.project, Some(&args.after))?;
    context.ui.mark(before.scenery);
    context.ui.mark(after.scenery);
    let found = compare(&before, &after);
    if context.ui.json_wanted() {
        context.ui.json(&found);
    } else if found.is_empty() {
        context.ui.line(&context.ui.text("diff-same", &[]));
    } else {
        print_diff(context, &found);
    }
    Ok(Exit::Well)
}

fn print_diff(context: &Context, found: &PlanDiff) {
    let ui = &context.ui;
    let names = |hosts: &[HostId]| hosts.iter().map(HostId::as_str).collect::<Vec<_>>().join(", ");
    for (key, hosts) in [("diff-added", &found.added), ("diff-removed", &found.removed)] {
        if !hosts.is_empty() {
            ui.line(&ui.text(key, &[("hosts", names(hosts))]));
        }
    }
    for change in &found.other_wave {
        let args =
            [("host", change.host.to_string()), ("before", change.before.clone()), ("after", change.after.clone())];
        ui.line(&ui.text("diff-other-wave", &args));
    }
    for (key, text) in
        [("diff-policy", &found.policy), ("diff-services", &found.services), ("diff-gates", &found.gates)]
    {
        if !text.is_empty() {
            ui.line(&ui.paint(Tone::Strong, &ui.text(key, &[])));
            unified(context, text);
        }
    }
    found.hosts.iter().for_each(|host| print_host(context, host));
}

fn print_host(context: &Context, host: &HostDiff) {
    let ui = &context.ui;
    ui.line(&ui.paint(Tone::Strong, host.host.as_str()));
    for (key, steps) in [("diff-steps-added", &host.added), ("diff-steps-removed", &host.removed)] {
        if !steps.is_empty() {
            let names = steps.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", ");
            ui.line(&format!("  {}", ui.text(key, &[("steps", names)])));
        }
    }
    if host.reordered {
        ui.line(&format!("  {}", ui.text("diff-reordered", &[])));
    }
    for change in &host.changed {
        ui.line(&format!("  {}", change.step));
        unified(context, &change.text);
    }
    if !host.rest.is_empty() {
        ui.line(&format!("  {}", ui.text("diff-rest", &[])));
        unified(context, &host.rest);
    }
}

fn unified(context: &Context, text: &str) {
    for line in text.lines() {
        let painted = match line.chars().next() {
            Some('+') => context.ui.paint(Tone::Good, line),
            Some('-') => context.ui.paint(Tone::Bad, line),
            _ => line.to_owned(),
        };
        context.ui.line(&format!("    {painted}"));
    }
}
