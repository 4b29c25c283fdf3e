//! `rockhop pause`, `resume`, `rollback`, `retry`: requests to the run that is at work, or to the next one.

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::store::{self, History};
use jiff::Timestamp;
use rockhop_adapters::control::{self, ControlFile, Verb};
use rockhop_domain::{HostId, Message};

/// Flags of `rockhop pause`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Asks the run to begin no further host. Hosts in motion go on to their next safe point outside their outage, and \
                  wait there; nothing is cut off. Without a run at work the request stays for the next one.",
    after_long_help = "Example:\n  rockhop pause"
)]
pub struct PauseArgs {}

/// Flags of `rockhop resume`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Lets a paused run go on. To take up a run whose controller was stopped or died, use `rockhop run`.",
    after_long_help = "Example:\n  rockhop resume"
)]
pub struct ResumeArgs {}

/// Flags of `rockhop rollback` and `rockhop retry`.
#[derive(Debug, clap::Args)]
pub struct HostArgs {
    /// Which host of the run.
    pub host: HostId,
}

/// Flags of `rockhop rollback`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Asks for the old host back: every step is undone, the last one first, and the old host must serve \
                  again. After the point of no return something is lost; `rockhop plan show --host HOST` says what, \
                  and what was written since cutover is salvaged first.",
    after_long_help = "Example:\n  rockhop rollback db-1"
)]
pub struct RollbackArgs {
    #[command(flatten)]
    of: HostArgs,
}

/// Flags of `rockhop retry`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Asks a held host to try the step it stands at once more, after a person has looked.",
    after_long_help = "Example:\n  rockhop retry db-1"
)]
pub struct RetryArgs {
    #[command(flatten)]
    of: HostArgs,
}

/// Pauses.
pub fn pause(context: &Context) -> Result<Exit, Failure> {
    leave(context, Verb::Pause)
}

/// Lets go on.
pub fn resume(context: &Context) -> Result<Exit, Failure> {
    leave(context, Verb::Resume)
}

/// Asks for the old host back.
pub fn rollback(args: RollbackArgs, context: &Context) -> Result<Exit, Failure> {
    host_of_a_run(context, &args.of.host)?;
    leave(context, Verb::Rollback { host: args.of.host })
}

/// Asks for another try.
pub fn retry(args: RetryArgs, context: &Context) -> Result<Exit, Failure> {
    host_of_a_run(context, &args.of.host)?;
    leave(context, Verb::Retry { host: args.of.host })
}

/// Leaves the request for a rollback without a word; the caller says what it is for.
pub fn leave_rollback(context: &Context, host: &HostId) -> Result<(), Failure> {
    let dir = context.project.control();
    let request = ControlFile::new(Timestamp::now(), &context.who, Verb::Rollback { host: host.clone() });
    control::leave(&dir, &request).map(drop).map_err(|e| Failure::io("error-write", &dir, &e))
}

fn leave(context: &Context, verb: Verb) -> Result<Exit, Failure> {
    let dir = context.project.control();
    let key = verb.key();
    let path = control::leave(&dir, &ControlFile::new(Timestamp::now(), &context.who, verb))
        .map_err(|e| Failure::io("error-write", &dir, &e))?;
    let state = context.project.state();
    let at_work = control::controller_at_work(&state).map_err(|e| Failure::io("error-read", &state, &e))?;
    if context.ui.json_wanted() {
        context.ui.json(&serde_json::json!({ "request": key, "file": path, "controller_at_work": at_work }));
    } else {
        let answer = if at_work { "control-left" } else { "control-left-for-later" };
        context.ui.say(&Message::new(answer).with("verb", context.ui.text(&format!("control-{key}"), &[])));
    }
    Ok(Exit::Well)
}

/// A name with a typing error is told now, not hours later.
fn host_of_a_run(context: &Context, host: &HostId) -> Result<(), Failure> {
    let history = History::of(&store::events(&context.project)?);
    let Some(run) = history.runs.last() else {
        return Err(Failure::new(Exit::Usage, Message::new("error-no-run")));
    };
    let plan = store::kept_plan(&context.project, &run.plan)?;
    if plan.hosts.contains_key(host) {
        return Ok(());
    }
    Err(Failure::new(Exit::Usage, Message::new("error-host-not-in-plan").with("host", host)))
}
