//! A plan of remedies and how it stands, for people and for scripts. Touches no host.

use super::{ShowArgs, StatusArgs};
use crate::{
    Context,
    exit::Exit,
    failure::Failure,
    store::{self, History},
    ui::Tone,
    view::words,
};
use rockhop_domain::{
    HostId, Message, RunId,
    event::Event,
    remedy::{
        ByHand, FileRemedy, HostRemedies, RemedyPlan,
        standing::{RemedyState, StepState},
    },
};
use serde_json::json;

/// Shows a plan.
pub fn run(args: &ShowArgs, context: &Context) -> Result<Exit, Failure> {
    let plan = store::remedies(&context.project, args.plan.as_deref())?;
    context.ui.mark(plan.scenery);
    if context.ui.json_wanted() {
        context.ui.json(&plan);
        return Ok(Exit::Well);
    }
    let (digest, by) = (plan.digest(), plan.project.clone());
    let head = context.ui.text("remedy-head", &[("plan", digest.short().to_owned()), ("project", by)]);
    context.ui.line(&context.ui.paint(Tone::Strong, &head));
    print(context, &plan, args.steps);
    Ok(Exit::Well)
}

/// Every host: what a machine does, and what is left to people.
pub fn print(context: &Context, plan: &RemedyPlan, steps: bool) {
    for (host, remedies) in &plan.hosts {
        print_host(context, host, remedies, steps);
    }
}

fn print_host(context: &Context, host: &HostId, remedies: &HostRemedies, steps: bool) {
    let ui = &context.ui;
    let taken = ui.speaker().when(remedies.facts_taken_at);
    let head = ui.text("remedy-host", &[("host", host.to_string()), ("taken", taken)]);
    ui.line(&ui.paint(Tone::Strong, &head));
    remedies.steps.iter().for_each(|step| print_file(context, step, steps));
    if !remedies.by_hand.is_empty() {
        ui.line(&format!("  {}", ui.text("remedy-by-hand", &[("n", remedies.by_hand.len().to_string())])));
        remedies.by_hand.iter().for_each(|one| print_by_hand(context, one));
    }
}

fn print_file(context: &Context, step: &FileRemedy, steps: bool) {
    let ui = &context.ui;
    ui.line(&format!("  {}  {}", ui.paint(Tone::Strong, &step.file), words::step_id(ui.speaker(), step.id.as_str())));
    for one in &step.findings {
        ui.line(&format!("    {}: {}", one.rule, ui.speaker().say(&one.finding)));
        ui.line(&format!("      -> {}", ui.text(&format!("remedy-kind-{}", one.by.word()), &[])));
    }
    ui.line(&format!("    {}", ui.text(&format!("remedy-effect-{}", step.effect().word()), &[])));
    for edit in &step.edits {
        ui.line(&ui.paint(Tone::Faint, &format!("    @@ {} @@", edit.line)));
        ui.line(&ui.paint(Tone::Bad, &format!("    -{}", edit.was)));
        edit.now.iter().for_each(|line| ui.line(&ui.paint(Tone::Good, &format!("    +{line}"))));
    }
    if steps {
        for (question, script) in step.scripts() {
            ui.line(&format!("    {question}:"));
            script.lines().for_each(|line| ui.line(&ui.paint(Tone::Faint, &format!("      {line}"))));
        }
    }
}

fn print_by_hand(context: &Context, one: &ByHand) {
    let ui = &context.ui;
    let why = ui.text(&format!("remedy-hand-{}", one.why.word()), &[]);
    ui.line(&format!("    {}: {}", one.rule, ui.speaker().say(&one.finding)));
    ui.line(&ui.paint(Tone::Faint, &format!("      {why}")));
}

/// Says how the remedies of a plan stand.
pub fn status(args: &StatusArgs, context: &Context) -> Result<Exit, Failure> {
    let plan = store::remedies(&context.project, args.plan.as_deref())?;
    context.ui.mark(plan.scenery);
    let events = store::events(&context.project)?;
    let state = state(&plan, &events)?;
    let files: Vec<(&HostId, &FileRemedy, &StepState)> = rows(&plan, &state).collect();
    if context.ui.json_wanted() {
        let rows: Vec<_> = files.iter().map(|(host, step, at)| row(host, step, at)).collect();
        context.ui.json(&json!({ "plan": plan.digest(), "files": rows }));
        return Ok(Exit::Well);
    }
    let ui = &context.ui;
    for (host, step, at) in files {
        let standing = ui.text(&format!("remedy-standing-{}", at.standing.word()), &[]);
        ui.line(&format!("{host}  {}  {standing}", step.file));
        if let Some(fault) = at.standing.fault() {
            ui.line(&format!("  {}", words::fault(ui.speaker(), fault)));
        }
    }
    ui.say(&Message::new("remedy-survey-again"));
    Ok(Exit::Well)
}

fn row(host: &HostId, step: &FileRemedy, at: &StepState) -> serde_json::Value {
    let rules: Vec<_> = step.findings.iter().map(|one| &one.rule).collect();
    let (standing, fault) = (at.standing.word(), at.standing.fault());
    json!({ "host": host, "file": step.file, "rules": rules, "standing": standing, "tries": at.tries, "fault": fault })
}

fn rows<'a>(
    plan: &'a RemedyPlan,
    state: &'a RemedyState,
) -> impl Iterator<Item = (&'a HostId, &'a FileRemedy, &'a StepState)> {
    let of_host = |(host, remedies): (&'a HostId, &'a HostRemedies)| {
        let states = state.hosts.get(host).map(Vec::as_slice).unwrap_or_default();
        remedies.steps.iter().zip(states).map(move |(step, at)| (host, step, at))
    };
    plan.hosts.iter().flat_map(of_host)
}

/// How the plan stands after all that the ledger has of it.
fn state(plan: &RemedyPlan, events: &[Event]) -> Result<RemedyState, Failure> {
    let run: Option<RunId> = History::of(events).remedy_run(&plan.digest());
    let Some(run) = run else { return Ok(RemedyState::new(plan)) };
    RemedyState::fold(plan, &run, events).map_err(|(host, why)| {
        let why = format!("{host}: {why}");
        Failure::new(Exit::Evidence, Message::new("error-fold").with("why", why))
    })
}
