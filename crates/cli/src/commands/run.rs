//! `rockhop run` and `rockhop rehearse`: carries a signed plan out, or takes up where a run stands.
//!
//! Everything that has to hold before a host is touched is looked at here first: the plan is sound and
//! approved, the vault opens, the provisioner is named, no other controller is at work.

use crate::{
    Context,
    exit::Exit,
    failure::Failure,
    fleet::{self, Loaded},
    store::{self, History, RunRef},
    view::{
        live::{self, Follower, Left},
        words,
    },
    world::{
        World, scenery,
        simulated::{self, Simulated},
    },
};
use jiff::{Timestamp, tz::TimeZone};
use rockhop_domain::{
    Message, RunId, WaveNo,
    plan::{Environment, Plan},
    run::{RunState, Standing},
};
use rockhop_engine::{Campaign, EngineError, Pace, ports::Ports};
use std::{sync::Arc, time::Duration};
use tokio::runtime::Runtime;

/// Flags of `rockhop run`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Carries the newest approved plan out, wave by wave: each host is backed up, its backup is read back and \
                  compared, its successor is built beside it, and only then it is cut over, watched and accepted. \
                  What fails is taken back. A run that was interrupted, even by kill -9, is taken up where its hosts \
                  stand.\n\n\
                  Ends with 0 when every host is accepted, 3 without an approval, 5 when hosts were rolled back or are \
                  held, 6 when a stop rule spoke, 11 when hosts are left.",
    after_long_help = "Examples:\n  rockhop run\n  rockhop run --wave 1\n  rockhop run --plain >> run.log"
)]
pub struct Args {
    /// The plan's file, or the first digits of its digest; the newest plan when left out.
    plan: Option<String>,
    /// Only this wave; may be given several times.
    #[arg(long = "wave", value_name = "N")]
    waves: Vec<u32>,
}

/// Flags of `rockhop rehearse`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Plays the whole journey on the preproduction hosts, and then, as a drill, brings all rehearsed hosts back: a \
                  rehearsal that never rolled back has rehearsed nothing. Its durations feed the forecast of the next plan.",
    after_long_help = "Examples:\n  rockhop plan --preproduction\n  rockhop rehearse\n  rockhop rehearse --keep"
)]
pub struct RehearseArgs {
    /// The plan's file, or the first digits of its digest; the newest plan of preproduction when left out.
    plan: Option<String>,
    /// Leave the hosts on Rocky Linux 9, without the rollback drill.
    #[arg(long)]
    keep: bool,
}

/// Runs a plan.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let loaded = fleet::load(&context.project)?;
    let plan = chosen_plan(context, args.plan.as_deref(), loaded.project.project.environment)?;
    scenery::same_as_plan(&loaded.project, &plan)?;
    if plan.environment == Environment::Production {
        super::approve::require(context, &store::Paper::of_plan(&plan))?;
    }
    let waves: Vec<WaveNo> = args.waves.iter().copied().map(WaveNo).collect();
    if let Some(strange) = waves.iter().find(|no| !plan.waves.iter().any(|w| w.no == **no)) {
        return Err(Failure::new(Exit::Usage, Message::new("error-no-such-wave").with("wave", strange)));
    }
    carry_out(context, &loaded, &Arc::new(plan), waves)
}

/// Rehearses a plan of preproduction, and then its way back.
pub fn rehearse(args: &RehearseArgs, context: &Context) -> Result<Exit, Failure> {
    let loaded = fleet::load(&context.project)?;
    let plan = Arc::new(chosen_plan(context, args.plan.as_deref(), Environment::Preproduction)?);
    scenery::same_as_plan(&loaded.project, &plan)?;
    let exit = carry_out(context, &loaded, &plan, Vec::new())?;
    if args.keep || exit != Exit::Well {
        return Ok(exit);
    }
    context.ui.say(&Message::new("rehearse-drill"));
    drill(context, &loaded, &plan)
}

/// Brings every rehearsed host back: what it takes, and that the old machine serves again, is then known.
fn drill(context: &Context, loaded: &Loaded, plan: &Arc<Plan>) -> Result<Exit, Failure> {
    for host in plan.hosts.keys() {
        super::control::leave_rollback(context, host)?;
    }
    carry_out(context, loaded, plan, Vec::new())?;
    let state = newest_state(context, plan)?;
    let back = state.as_ref().map_or(0, |s| s.tally().rolled_back) as usize;
    let all = plan.hosts.len();
    context.ui.say(&Message::new("rehearse-drill-done").with("back", back).with("hosts", all));
    Ok(if back == all { Exit::Well } else { Exit::HostsFailed })
}

fn newest_state(context: &Context, plan: &Plan) -> Result<Option<RunState>, Failure> {
    let events = store::events(&context.project)?;
    let Some(run) = runs_of(&History::of(&events), plan).pop() else { return Ok(None) };
    RunState::fold(&run.id, plan, &events).map(Some).map_err(|e| store::unfoldable(&e))
}

/// The plan that was asked for; else the newest one of this environment.
fn chosen_plan(context: &Context, name: Option<&str>, environment: Environment) -> Result<Plan, Failure> {
    if name.is_some() {
        return store::plan(&context.project, name);
    }
    let history = History::of(&store::events(&context.project)?);
    for made in history.plans.iter().rev() {
        let plan = store::kept_plan(&context.project, &made.digest)?;
        if plan.environment == environment {
            return Ok(plan);
        }
    }
    Err(Failure::new(Exit::NotApproved, Message::new("error-no-plan")))
}

fn runs_of(history: &History, plan: &Plan) -> Vec<RunRef> {
    let digest = plan.digest();
    history.runs.iter().filter(|r| r.plan == digest).cloned().collect()
}

/// The run of this plan that was begun before, or a new name: one plan is carried out once.
fn run_id(context: &Context, plan: &Plan) -> Result<RunId, Failure> {
    let history = History::of(&store::events(&context.project)?);
    if let Some(run) = runs_of(&history, plan).pop() {
        return Ok(run.id);
    }
    let stamp = Timestamp::now().to_zoned(TimeZone::UTC).strftime("%Y%m%d-%H%M%S").to_string();
    let digest = plan.digest();
    RunId::parse(&format!("run-{stamp}-{}", digest.short())).map_err(|e| Failure::internal("run id", e))
}

fn carry_out(context: &Context, loaded: &Loaded, plan: &Arc<Plan>, waves: Vec<WaveNo>) -> Result<Exit, Failure> {
    let run = run_id(context, plan)?;
    if let Some(simulation) = &loaded.project.simulation {
        let ports = Arc::new(Simulated::open(context, simulation, plan, &run)?);
        let journey = Journey { plan, run, waves, pace: simulated::pace(simulation) };
        let exit = travel(context, &super::runtime()?, Arc::clone(&ports), journey)?;
        return ports.lawful().map(|()| exit);
    }
    fleet::enter(&loaded.project)?;
    let runtime = super::runtime()?;
    let ports = Arc::new(runtime.block_on(async { World::open(context, loaded) })?);
    travel(context, &runtime, ports, Journey { plan, run, waves, pace: pace(plan) })
}

/// What is carried out, and how fast.
struct Journey<'p> {
    plan: &'p Arc<Plan>,
    run: RunId,
    waves: Vec<WaveNo>,
    pace: Pace,
}

/// The same for every world: opens the campaign, shows it, and says how it ended.
fn travel<P: Ports>(
    context: &Context,
    runtime: &Runtime,
    ports: Arc<P>,
    journey: Journey<'_>,
) -> Result<Exit, Failure> {
    let Journey { plan, run, waves, pace } = journey;
    let engine = |error: EngineError| Failure::internal("engine", error);
    // What a run that is taken up has behind it was told when it happened.
    let mut follower = Follower::new(context, plan, &run)?;
    follower.catch_up()?;
    let opened = {
        let _inside = runtime.enter();
        Campaign::open(ports, Arc::clone(plan), run.clone(), &context.who, Vec::new()).map_err(engine)?
    };
    let task = runtime.spawn(opened.with_pace(pace).only(waves).run());
    if let Err(failure) = look_on(context, &mut follower, || task.is_finished()) {
        // A view that cannot go on is no reason for the run to stop.
        context.ui.failure(&failure);
    }
    runtime.block_on(task).map_err(|e| Failure::internal("engine", e))?.map_err(engine)?;
    follower.catch_up()?;
    let exit = follower.state().map_or(Exit::Unfinished, exit_of);
    tell(context, follower.state());
    Ok(exit)
}

/// Shows the run until it is over. A reader who leaves the full screen gets lines; the run goes on.
fn look_on(context: &Context, follower: &mut Follower<'_>, over: impl Fn() -> bool) -> Result<(), Failure> {
    let is_over = |_: Option<&RunState>| over();
    if context.ui.may_draw() && live::watch(context, follower, is_over)? == Left::AtEnd {
        return Ok(());
    }
    if context.ui.may_draw() {
        context.ui.say(&Message::new("run-goes-on"));
    }
    live::follow(context, follower, is_over).map(drop)
}

/// People's services are watched longer before and after than a lab's, which is watched for as long as a verdict
/// about latencies needs.
fn pace(plan: &Plan) -> Pace {
    let real = plan.scenery == rockhop_domain::plan::Scenery::Real;
    let least = Pace::default();
    Pace { baseline: if real { Duration::from_secs(60) } else { least.baseline }, ..least }
}

fn tell(context: &Context, state: Option<&RunState>) {
    let Some(state) = state else { return };
    let tally = state.tally();
    let message = Message::new("run-done")
        .with("accepted", tally.accepted)
        .with("rolledback", tally.rolled_back)
        .with("held", tally.held)
        .with("left", tally.not_begun)
        .with("run", &state.id);
    context.ui.say(&message);
    for (host, why) in state.hosts.iter().filter_map(|(h, s)| why(&s.phase).map(|w| (h, w))) {
        let why = words::fault(context.ui.speaker(), why);
        context.ui.say(&Message::new("run-host-back").with("host", host).with("why", why));
    }
}

fn why(phase: &rockhop_domain::journey::Phase) -> Option<&rockhop_domain::Fault> {
    use rockhop_domain::journey::Phase::{Held, RolledBack};
    match phase {
        RolledBack { why } | Held { why, .. } => Some(why),
        _ => None,
    }
}

/// Never 0 after a failure: hosts that came back or are held count, and so does what is left.
fn exit_of(state: &RunState) -> Exit {
    let tally = state.tally();
    if state.spent() > 0 && stopped(state) {
        return Exit::Stopped;
    }
    match (tally.rolled_back + tally.held, tally.not_begun) {
        (0, 0) => Exit::Well,
        (0, _) => Exit::Unfinished,
        _ => Exit::HostsFailed,
    }
}

/// After its end a run no longer says that it was stopped; that hosts were left for want of budget does.
fn stopped(state: &RunState) -> bool {
    let out_of_budget =
        |s: &rockhop_domain::run::HostState| s.waiting == Some(rockhop_domain::event::WaitReason::Budget);
    matches!(state.standing, Standing::Stopped { .. }) || state.hosts.values().any(out_of_budget)
}
