//! A plan of remedies and how it stands, for people and for scripts. Touches no host.

use super::{ShowArgs, StatusArgs};
use crate::{
    Context,
    exit::Exit,
    failure::Failure,
    store::{self, FactsRef, History},
    ui::Tone,
    view::words,
};
use jiff::Timestamp;
use rockhop_domain::{
    HostId, Message, RunId,
    event::Event,
    facts::Facts,
    remedy::{
        ByHand, FileRemedy, HostRemedies, RemedyPlan,
        standing::{Afterwards, RemedyState, Standing, StepState},
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
    ui.line(&format!("    {}", ui.text(&format!("remedy-effect-{}", step.effect.word()), &[])));
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

/// Says how the remedies of a plan stand, and what the newest survey says of their findings.
pub fn status(args: &StatusArgs, context: &Context) -> Result<Exit, Failure> {
    let plan = store::remedies(&context.project, args.plan.as_deref())?;
    context.ui.mark(plan.scenery);
    let events = store::events(&context.project)?;
    let (history, state) = (History::of(&events), state(&plan, &events)?);
    let mut rows = Vec::new();
    for (host, remedies) in &plan.hosts {
        let states = state.hosts.get(host).map(Vec::as_slice).unwrap_or_default();
        let newest = Newest::of(context, history.facts.get(host))?;
        let row = |(step, at): (_, _)| Row { host, step, at, afterwards: newest.says(step, at) };
        rows.extend(remedies.steps.iter().zip(states).map(row));
    }
    if context.ui.json_wanted() {
        let rows: Vec<_> = rows.iter().map(Row::json).collect();
        context.ui.json(&json!({ "plan": plan.digest(), "files": rows }));
        return Ok(Exit::Well);
    }
    rows.iter().for_each(|row| row.print(context));
    context.ui.say(&Message::new("remedy-survey-again"));
    Ok(Exit::Well)
}

/// One file and how it stands.
struct Row<'a> {
    host: &'a HostId,
    step: &'a FileRemedy,
    at: &'a StepState,
    afterwards: Option<Afterwards>,
}

impl Row<'_> {
    fn json(&self) -> serde_json::Value {
        let Self { host, step, at, afterwards } = self;
        let rules: Vec<_> = step.findings.iter().map(|one| &one.rule).collect();
        let (standing, fault) = (at.standing.word(), at.standing.fault());
        json!({ "host": host, "file": step.file, "rules": rules, "standing": standing, "since": at.since,
                "tries": at.tries, "fault": fault, "afterwards": afterwards })
    }

    fn print(&self, context: &Context) {
        let ui = &context.ui;
        let mut line = ui.text(&format!("remedy-standing-{}", self.at.standing.word()), &[]);
        if let Some(afterwards) = self.afterwards {
            line = format!("{line}; {}", ui.text(&format!("remedy-afterwards-{}", afterwards.word()), &[]));
        }
        ui.line(&format!("{}  {}  {line}", self.host, self.step.file));
        if let Some(fault) = self.at.standing.fault() {
            ui.line(&format!("  {}", words::fault(ui.speaker(), fault)));
        }
    }
}

/// The newest survey of a host, and when it came into the ledger.
struct Newest(Option<(Timestamp, Facts)>);

impl Newest {
    fn of(context: &Context, known: Option<&FactsRef>) -> Result<Self, Failure> {
        let Some(known) = known else { return Ok(Self(None)) };
        let facts = store::facts(&store::evidence(&context.project)?, &known.digest)?;
        Ok(Self(Some((known.at, facts))))
    }

    /// Nothing of a file that was not changed.
    fn says(&self, step: &FileRemedy, at: &StepState) -> Option<Afterwards> {
        let changed = at.since.filter(|_| at.standing == Standing::Applied)?;
        let since = self.0.as_ref().filter(|(surveyed, _)| *surveyed > changed);
        Some(since.map_or(Afterwards::NotSurveyed, |(_, facts)| Afterwards::of(facts, step)))
    }
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
