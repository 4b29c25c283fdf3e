//! Applying a plan of remedies, and taking it back: everything that has to hold before a host is touched is looked at
//! here first.

use crate::{
    Context,
    exit::Exit,
    failure::Failure,
    fleet::{self, Loaded},
    store::{self, History},
    view::plain,
    world::{address_book, limits, scenery, seed},
};
use jiff::{Timestamp, tz::TimeZone};
use rockhop_adapters::{clock::WallClock, ssh::Pool, target::SshTarget};
use rockhop_domain::{
    FaultClass, HostId, Message, RunId,
    event::Event,
    journey::{Heading, Phase},
    plan::Environment,
    remedy::{RemedyPlan, standing::RemedyState},
    run::RunState,
};
use rockhop_engine::{Remedies, RemedyError, RemedyTally, View};
use std::sync::{Arc, mpsc};

/// Goes that way on the hosts that were named, or on all of the plan.
pub fn run(way: Heading, name: &str, hosts: &[HostId], context: &Context) -> Result<Exit, Failure> {
    let loaded = fleet::load(&context.project)?;
    if loaded.project.simulation.is_some() {
        return Err(Failure::new(Exit::Config, Message::new("error-remedy-simulated")));
    }
    let plan = Arc::new(store::remedies(&context.project, Some(name))?);
    scenery::same_as_remedies(&loaded.project, &plan)?;
    // Taking back needs no approval of its own: it only restores what was there before an approved change.
    if plan.environment == Environment::Production && way == Heading::Forward {
        super::super::approve::require(context, &store::Paper::of_remedies(&plan))?;
    }
    let hosts = chosen(&plan, hosts)?;
    if hosts.is_empty() {
        context.ui.say(&Message::new("remedy-nothing-there"));
        return Ok(Exit::Well);
    }
    let events = store::events(&context.project)?;
    refuse_moved(context, &hosts, &events)?;
    let run = run_id(&plan, &events)?;
    carry_out(context, &loaded, plan, run, way, &hosts)
}

fn chosen(plan: &RemedyPlan, names: &[HostId]) -> Result<Vec<HostId>, Failure> {
    if let Some(strange) = names.iter().find(|name| !plan.hosts.contains_key(*name)) {
        return Err(Failure::new(Exit::Usage, Message::new("error-host-not-in-plan").with("host", strange)));
    }
    let wanted = |host: &&HostId| names.is_empty() || names.contains(host);
    Ok(plan.changed_hosts().map(|(host, _)| host).filter(wanted).cloned().collect())
}

/// At the address of a host that has begun its move another machine may answer.
fn refuse_moved(context: &Context, hosts: &[HostId], events: &[Event]) -> Result<(), Failure> {
    let mut moved = Vec::new();
    for run in &History::of(events).runs {
        let plan = store::kept_plan(&context.project, &run.plan)?;
        let state = RunState::fold(&run.id, &plan, events).map_err(|e| store::unfoldable(&e))?;
        let here = |host: &HostId| {
            let phase = state.hosts.get(host).map(|host| &host.phase);
            matches!(phase, None | Some(Phase::Waiting | Phase::RolledBack { .. }))
        };
        moved.extend(hosts.iter().filter(|host| !here(host)));
    }
    if moved.is_empty() {
        return Ok(());
    }
    let details = moved.iter().map(|host| Message::new("error-remedy-host-moved").with("host", host));
    Err(Failure::new(Exit::StaleFacts, Message::new("error-remedy-moved")).because(details))
}

/// The run of this plan that was begun before, or a new name: one plan is one run, whichever way it goes.
fn run_id(plan: &RemedyPlan, events: &[Event]) -> Result<RunId, Failure> {
    let digest = plan.digest();
    if let Some(run) = History::of(events).remedy_run(&digest) {
        return Ok(run);
    }
    let stamp = Timestamp::now().to_zoned(TimeZone::UTC).strftime("%Y%m%d-%H%M%S").to_string();
    RunId::parse(&format!("remedy-{stamp}-{}", digest.short())).map_err(|e| Failure::internal("run id", e))
}

fn carry_out(
    context: &Context,
    loaded: &Loaded,
    plan: Arc<RemedyPlan>,
    run: RunId,
    way: Heading,
    hosts: &[HostId],
) -> Result<Exit, Failure> {
    fleet::enter(&loaded.project)?;
    let runtime = super::super::runtime()?;
    let project = &loaded.project;
    let ledger = store::ledger(&context.project)?;
    let pool = Pool::new(limits(&project.connection), seed());
    let target = SshTarget::new(pool, address_book(&loaded.fleet, &project.connection, &context.project));
    let (tell, told) = mpsc::channel();
    let over = tell.clone();
    // A view cannot fail the remedies: whoever no longer listens misses lines.
    let view: View = Arc::new(move |event: &Event| drop(tell.send(Some(event.clone()))));
    let remedies = Remedies::open((target, ledger, WallClock), plan, run, vec![view]).map_err(stopped)?;
    let task = {
        let (remedies, hosts, who) = (Arc::clone(&remedies), hosts.to_vec(), context.who.clone());
        runtime.spawn(async move {
            let end = remedies.go(way, &hosts, &who).await;
            drop(over.send(None));
            end
        })
    };
    while let Ok(Some(event)) = told.recv() {
        show(context, &event);
    }
    let tally = runtime.block_on(task).map_err(|e| Failure::internal("engine", e))?.map_err(stopped)?;
    say(context, way, tally);
    Ok(exit_of(tally, &remedies.state(), hosts))
}

fn show(context: &Context, event: &Event) {
    if context.ui.json_wanted() {
        context.ui.json_line(event);
    } else {
        context.ui.line(&plain::event_line(context.ui.speaker(), None, event));
    }
}

fn say(context: &Context, way: Heading, tally: RemedyTally) {
    let key = match way {
        Heading::Forward => "remedy-applied",
        Heading::Back => "remedy-undone",
    };
    let RemedyTally { done, failed, left } = tally;
    context.ui.say(&Message::new(key).with("done", done).with("failed", failed).with("left", left));
    context.ui.say(&Message::new("remedy-survey-again"));
}

/// Never 0 after a failure; of several kinds of failure the one that asks most of people.
fn exit_of(tally: RemedyTally, state: &RemedyState, hosts: &[HostId]) -> Exit {
    if tally.left > 0 {
        return Exit::Stopped;
    }
    let steps = hosts.iter().filter_map(|host| state.hosts.get(host)).flatten();
    let classes: Vec<FaultClass> = steps.filter_map(|step| step.standing.fault()).map(|fault| fault.class).collect();
    let has = |class| classes.contains(&class);
    match tally.failed {
        0 => Exit::Well,
        _ if has(FaultClass::Untrusted) => Exit::Untrusted,
        _ if has(FaultClass::Failed) || has(FaultClass::Unknown) || has(FaultClass::TimedOut) => Exit::HostsFailed,
        _ if has(FaultClass::Stale) => Exit::StaleFacts,
        // Those that nobody could ask have no fault of their own.
        _ => Exit::Incomplete,
    }
}

fn stopped(error: RemedyError) -> Failure {
    match error {
        RemedyError::NotAllowed { .. } => Failure::new(Exit::Evidence, Message::new("error-fold").with("why", error)),
        RemedyError::Ledger(_) | RemedyError::Panic(_) => Failure::internal("engine", error),
    }
}
