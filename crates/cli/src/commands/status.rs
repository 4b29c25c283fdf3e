//! `rockhop status`: how a run stands, now or as it goes. Reads only; any number may look at once.

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::store::{self, History, RunRef};
use crate::view::frame::{Scene, page};
use crate::view::live::{self, Follower};
use crate::view::outlook;
use jiff::Timestamp;
use rockhop_domain::{
    Message, RunId,
    plan::Plan,
    run::{RunState, Standing},
};

/// Flags of `rockhop status`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Shows how a run stands: waves, hosts, services, troubles, and when it will be over as far as \
                  durations were measured. Reads the ledger only.\n\n\
                  Ends with 0 when all is well so far, 5 when hosts failed, 6 when a stop rule spoke.",
    after_long_help = "Examples:\n  rockhop status\n  rockhop status --watch\n  rockhop status --watch --plain >> run.log\n  \
                       rockhop status --json"
)]
pub struct Args {
    /// Keep looking until the run ends; q leaves.
    #[arg(long, short)]
    watch: bool,
    /// Which run; the newest one when left out.
    #[arg(long, value_name = "RUN")]
    run: Option<RunId>,
}

/// Shows how a run stands.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let history = History::of(&store::events(&context.project)?);
    let found = match &args.run {
        Some(id) => history.runs.iter().find(|r| r.id == *id),
        None => history.runs.last(),
    };
    let Some(found) = found else { return Err(Failure::new(Exit::Usage, Message::new("error-no-run"))) };
    let plan = store::kept_plan(&context.project, &found.plan)?;
    context.ui.mark(found.scenery);
    let mut follower = Follower::new(context, &plan, &found.id)?;
    if args.watch {
        let over = |state: Option<&RunState>| state.is_some_and(|s| s.standing == Standing::Ended);
        if context.ui.may_draw() {
            live::watch(context, &mut follower, over)?;
        } else {
            live::follow(context, &mut follower, over)?;
        }
    } else {
        follower.catch_up()?;
        show(context, &plan, found, follower.state())?;
    }
    Ok(follower.state().map_or(Exit::Well, exit_of))
}

/// What a run's state means to a script.
pub fn exit_of(state: &RunState) -> Exit {
    match (&state.standing, state.spent()) {
        (Standing::Stopped { .. }, _) => Exit::Stopped,
        (_, 0) => Exit::Well,
        _ => Exit::HostsFailed,
    }
}

fn show(context: &Context, plan: &Plan, run: &RunRef, state: Option<&RunState>) -> Result<(), Failure> {
    let Some(state) = state else { return Err(Failure::new(Exit::Evidence, Message::new("error-no-run"))) };
    if context.ui.json_wanted() {
        context.ui.json(&in_json(state, run));
        return Ok(());
    }
    let now = Timestamp::now();
    let over_at = outlook::over_at(plan, Some(state), now);
    let speaker = context.ui.speaker();
    let width = context.ui.width();
    let scene = Scene { plan, state, now, over_at: &over_at, width, height: usize::MAX, scroll: 0, speaker };
    page(&scene).iter().map(ToString::to_string).for_each(|line| context.ui.line(line.trim_end()));
    Ok(())
}

fn in_json(state: &RunState, run: &RunRef) -> serde_json::Value {
    let hosts: serde_json::Map<String, serde_json::Value> =
        state.hosts.iter().map(|(id, h)| (id.to_string(), host_in_json(h))).collect();
    let tally = state.tally();
    serde_json::json!({
        "run": run.id,
        "plan": run.plan,
        "environment": state.environment,
        "scenery": state.scenery,
        "started_at": state.started_at,
        "standing": standing_key(&state.standing),
        "accepted": tally.accepted,
        "rolled_back": tally.rolled_back,
        "held": tally.held,
        "not_begun": tally.not_begun,
        "services": state.services,
        "hosts": hosts,
    })
}

fn host_in_json(host: &rockhop_domain::run::HostState) -> serde_json::Value {
    serde_json::json!({
        "phase": host.phase.name(),
        "step": host.phase.step(),
        "attempt": host.open_attempt.as_ref().map(|open| open.attempt),
        "waiting": host.waiting.as_ref().map(|reason| reason.key()),
        "begun_at": host.begun_at,
        "settled_at": host.settled_at,
        "faults": host.faults,
    })
}

fn standing_key(standing: &Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::Paused { .. } => "paused",
        Standing::Stopped { .. } => "stopped",
        Standing::Ended => "ended",
    }
}
