//! Making a plan: facts, findings, decisions and measured durations in; a plan in the ledger out.

use crate::Context;
use crate::commands::assess;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::fleet::{self, Loaded};
use crate::leapp_data;
use crate::store::{self, History};
use crate::timings;
use crate::world::scenery;
use indexmap::IndexMap;
use jiff::Timestamp;
use rockhop_adapters::events;
use rockhop_domain::{
    HostId, Message,
    assess::{FleetOutcome, FleetResult, HostAssessment, Outcome, assess as judge, assess_together},
    event::Kind,
    facts::Facts,
    packages::Given,
    plan::{
        Environment, Plan, Scenery,
        compile::{Block, PlanInput, PlanRefusal, Timing, compile, left_over},
    },
    rules::{self, Severity},
};
use std::sync::Arc;

/// Flags of `rockhop plan` when it makes one.
#[derive(Debug, clap::Args)]
#[group(id = "make")]
pub struct MakeArgs {
    /// For the rehearsal hosts.
    #[arg(long)]
    preproduction: bool,
}

/// Makes a plan and keeps it.
pub fn run(args: &MakeArgs, context: &Context) -> Result<Exit, Failure> {
    let loaded = fleet::load(&context.project)?;
    let environment = if args.preproduction { Environment::Preproduction } else { loaded.project.project.environment };
    let history = History::of(&store::events(&context.project)?);
    scenery::same_as_ledger(&loaded.project, &history)?;
    let facts: IndexMap<HostId, Facts> =
        assess::newest_facts(context, &loaded)?.into_iter().map(|f| (f.host.clone(), f)).collect();
    let (given, keys) = (leapp_data::of_project(&context.project, &loaded)?, loaded.keys(&context.project)?);
    let desk = Desk {
        context,
        loaded: &loaded,
        history: &history,
        facts: &facts,
        given: &given,
        keys: &keys,
        environment,
        now: Timestamp::now(),
    };
    let plan = desk.plan()?;
    keep(context, &plan)?;
    tell(context, &plan);
    Ok(Exit::Well)
}

struct Desk<'a> {
    context: &'a Context,
    loaded: &'a Loaded,
    history: &'a History,
    facts: &'a IndexMap<HostId, Facts>,
    given: &'a Arc<Given>,
    keys: &'a IndexMap<String, String>,
    environment: Environment,
    now: Timestamp,
}

impl Desk<'_> {
    /// A plan against which no rule speaks: neither one about a host nor one about the order itself.
    fn plan(&self) -> Result<Plan, Failure> {
        let waivers = assess::waivers(self.loaded)?;
        let hosts: Vec<Facts> = self.facts.values().cloned().collect();
        let policy = &self.loaded.project.policy;
        let fleet = rules::Fleet::of(&hosts);
        let aim = |host: &HostId| self.loaded.fleet.aim(host, self.given);
        let found = judge(&hosts, &fleet, aim, &waivers, policy, self.now);
        assess::keep_anew(self.context, self.loaded, self.history, self.given, self.now)?;
        let mut plan = self.compile(&blocks(&found.hosts, &found.fleet))?;
        let waves: Vec<Vec<HostId>> = plan.waves.iter().map(|w| w.hosts.clone()).collect();
        let windows = shared_windows(&plan);
        // The order changes what the fleet's rules say, and nothing of what was said of each host.
        let fleet = rules::Fleet::of(&hosts).in_waves(&waves, &windows);
        let strategy = |host: &HostId| self.loaded.fleet.strategy(host);
        let ordered = assess_together(&fleet, strategy, &waivers, policy, self.now);
        let against = blocks(&found.hosts, &ordered);
        let against = against.iter().flat_map(|(host, blocks)| blocks.iter().map(move |block| (host, block)));
        let against: Vec<Message> = against.map(sentence).collect();
        if against.is_empty() {
            note(&mut plan, &found.fleet, &ordered);
            return Ok(plan);
        }
        Err(Failure::new(Exit::Blocked, Message::new("error-order-blocked")).because(against))
    }

    fn compile(&self, blocks: &IndexMap<HostId, Vec<Block>>) -> Result<Plan, Failure> {
        let timings = self.timings()?;
        let fleet = left_over(&self.loaded.fleet, self.facts);
        let input = PlanInput {
            project: &self.loaded.project,
            fleet: &fleet,
            facts: self.facts,
            blocks,
            timings: &timings,
            made_at: self.now,
            environment: self.environment,
            scenery: self.scenery(),
            given: self.given,
            keys: self.keys,
        };
        compile(&input).map_err(refused)
    }

    /// What the hosts are: one that is not of the world makes the whole plan one of the lab.
    fn scenery(&self) -> Scenery {
        let seen = self.facts.keys().filter_map(|h| self.history.facts.get(h)).map(|known| known.scenery);
        seen.fold(Scenery::Real, |whole, one| if one == Scenery::Real { whole } else { one })
    }

    /// The newest measured time of every rehearsal host.
    fn timings(&self) -> Result<IndexMap<HostId, Timing>, Failure> {
        let events = store::events(&self.context.project)?;
        let mut all = IndexMap::new();
        for run in self.history.runs.iter().filter(|r| r.environment == Environment::Preproduction) {
            let plan = store::kept_plan(&self.context.project, &run.plan)?;
            all.extend(timings::of_run(&run.id, &plan, &events));
        }
        Ok(all)
    }
}

/// What keeps each host.
fn blocks(hosts: &[HostAssessment], fleet: &[FleetResult]) -> IndexMap<HostId, Vec<Block>> {
    let mut blocks: IndexMap<HostId, Vec<Block>> = IndexMap::new();
    for host in hosts {
        for finding in host.findings.iter().filter(|f| f.blocks()) {
            let block = match &finding.outcome {
                Outcome::Found(messages) => messages.iter().cloned().map(Block::Found).collect(),
                Outcome::Unknown(why) => vec![Block::NotKnown { rule: finding.rule.clone(), why: why.clone() }],
            };
            blocks.entry(host.host.clone()).or_default().extend(block);
        }
    }
    for result in fleet.iter().filter(|r| r.blocks()) {
        let block = match &result.outcome {
            FleetOutcome::Found(finding) => Block::Found(finding.message.clone()),
            FleetOutcome::Unknown { why, .. } => Block::NotKnown { rule: result.rule.clone(), why: why.clone() },
        };
        for host in result.hosts() {
            blocks.entry(host.clone()).or_default().push(block.clone());
        }
    }
    blocks
}

/// What speaks against an order of the waves.
fn sentence((host, block): (&HostId, &Block)) -> Message {
    match block {
        Block::Found(said) => said.clone(),
        Block::NotKnown { rule, why } => {
            Message::new("plan-refuse-not-known").with("host", host).with("rule", rule).with("why", why.message().key)
        }
    }
}

/// For each wave a number of its window, the same for equal windows.
fn shared_windows(plan: &Plan) -> Vec<Option<usize>> {
    let numbered = |window| plan.waves.iter().position(|wave| wave.window.as_ref() == Some(window));
    plan.waves.iter().map(|wave| wave.window.as_ref().and_then(numbered)).collect()
}

/// What only the order of the waves brings about, and what does not block, is told to whoever signs the plan.
fn note(plan: &mut Plan, before: &[FleetResult], ordered: &[FleetResult]) {
    let new = |result: &&FleetResult| result.severity == Severity::Warns && !before.contains(result);
    for result in ordered.iter().filter(|result| result.waived.is_none()).filter(new) {
        let FleetOutcome::Found(finding) = &result.outcome else { continue };
        for host in &finding.hosts {
            if let Some(job) = plan.hosts.get_mut(host) {
                job.notes.push(finding.message.clone());
            }
        }
    }
}

fn refused(refusal: PlanRefusal) -> Failure {
    let about = |what: &[&str]| refusal.reasons.iter().any(|r| what.contains(&r.key.as_str()));
    let exit = if about(&["plan-refuse-blocked"]) {
        Exit::Blocked
    } else if about(&["plan-refuse-stale", "plan-refuse-no-facts", "plan-refuse-unknown", "plan-refuse-not-known"]) {
        Exit::StaleFacts
    } else {
        Exit::Config
    };
    let what = Message::new("error-plan-refused").with("n", refusal.reasons.len());
    Failure::new(exit, what).because(refusal.reasons)
}

/// Evidence first, then the event that names it; the file beside them is for readers and for `plan diff`.
fn keep(context: &Context, plan: &Plan) -> Result<(), Failure> {
    let text = plan.to_json();
    let ledger = store::ledger(&context.project)?;
    let digest = store::evidence(&context.project)?.put(text.as_bytes())?;
    let hosts = u32::try_from(plan.hosts.len()).unwrap_or(u32::MAX);
    let kind = Kind::Planned { plan: digest.clone(), hosts, by: context.who.clone() };
    ledger.append(&events::entry(None, None, &kind, plan.made_at))?;
    ledger.close()?;
    let dir = context.project.plans();
    let path = dir.join(format!("{digest}.json"));
    std::fs::create_dir_all(&dir)
        .and_then(|()| std::fs::write(&path, text))
        .map_err(|e| Failure::io("error-write", &path, &e))
}

fn tell(context: &Context, plan: &Plan) {
    let digest = plan.digest();
    if context.ui.json_wanted() {
        let (hosts, waves) = (plan.hosts.len(), plan.waves.len());
        context.ui.json(&serde_json::json!({ "plan": digest, "hosts": hosts, "waves": waves }));
        return;
    }
    let done = Message::new("plan-made").with("plan", digest.short());
    context.ui.say(&done.with("hosts", plan.hosts.len()).with("waves", plan.waves.len()));
    let next = if plan.environment == Environment::Production { "plan-made-next" } else { "plan-made-next-rehearse" };
    context.ui.say(&Message::new(next));
}
