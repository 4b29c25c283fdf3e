//! Making a plan of remedies: the newest facts and what the rules say of them in, a plan in the ledger out.

use super::{PlanArgs, show};
use crate::{
    Context,
    commands::assess,
    exit::Exit,
    failure::Failure,
    fleet::{self, Loaded},
    leapp_data,
    store::{self, FactsRef, History},
    world::scenery,
};
use indexmap::IndexMap;
use jiff::Timestamp;
use rockhop_adapters::{events, ledger::EvidenceStore};
use rockhop_domain::{
    HostId, Message,
    assess::{Readiness, Waiver, assess_one},
    event::Kind,
    facts::Origin,
    packages::Given,
    plan::{Environment, Scenery},
    project::FleetHost,
    remedy::{HostRemedies, REMEDY_FORMAT, RemedyPlan, compile},
    rules,
};
use std::sync::Arc;

/// Hosts at once: small files, and nobody waits for them.
const IN_PARALLEL: u32 = 10;

/// Makes a plan and keeps it, when there is something that a machine can do.
pub fn run(args: &PlanArgs, context: &Context) -> Result<Exit, Failure> {
    known_rules(args)?;
    let loaded = fleet::load(&context.project)?;
    let environment = if args.preproduction { Environment::Preproduction } else { loaded.project.project.environment };
    let history = History::of(&store::events(&context.project)?);
    scenery::same_as_ledger(&loaded.project, &history)?;
    let hosts = chosen(&loaded, &args.hosts, environment)?;
    let plan = plan(context, &loaded, &hosts, args, environment, &history)?;
    if plan.files() > 0 {
        keep(context, &plan)?;
    }
    tell(context, &plan, args.steps);
    Ok(Exit::Well)
}

fn known_rules(args: &PlanArgs) -> Result<(), Failure> {
    match args.rules.iter().find(|rule| rules::severity(rule.as_str()).is_none()) {
        Some(strange) => {
            let nearest = rules::nearest(strange.as_str());
            let what = Message::new("error-no-such-rule").with("rule", strange).with("nearest", nearest);
            Err(Failure::new(Exit::Usage, what))
        }
        None => Ok(()),
    }
}

/// The hosts that move and were named, or all that move; one that is named and stays where it is, is an error.
fn chosen<'f>(loaded: &'f Loaded, names: &[HostId], environment: Environment) -> Result<Vec<&'f FleetHost>, Failure> {
    let goes = |host: &&FleetHost| host.moves && host.environment == environment;
    let named = fleet::chosen(&loaded.fleet, names)?;
    if names.is_empty() {
        return Ok(named.into_iter().filter(goes).collect());
    }
    match named.iter().find(|host| !goes(host)) {
        Some(stays) => Err(Failure::new(Exit::Usage, Message::new("error-remedy-host-stays").with("host", &stays.id))),
        None => Ok(named),
    }
}

fn plan(
    context: &Context,
    loaded: &Loaded,
    hosts: &[&FleetHost],
    args: &PlanArgs,
    environment: Environment,
    history: &History,
) -> Result<RemedyPlan, Failure> {
    let (waivers, now) = (assess::waivers(loaded)?, Timestamp::now());
    let known = history.newest_of(hosts.iter().map(|host| &host.id))?;
    let evidence = store::evidence(&context.project)?;
    let given = leapp_data::of_project(&context.project, loaded)?;
    let desk = Desk { loaded, args, waivers: &waivers, evidence: &evidence, given, now };
    let mut planned = IndexMap::new();
    for (host, facts) in &known {
        if let Some(remedies) = desk.host(facts)? {
            planned.insert((*host).clone(), remedies);
        }
    }
    let whole = |whole, one: &(&HostId, &FactsRef)| if one.1.scenery == Scenery::Real { whole } else { one.1.scenery };
    Ok(RemedyPlan {
        remedy_format: REMEDY_FORMAT,
        project: loaded.project.project.name.clone(),
        environment,
        scenery: known.iter().fold(Scenery::Real, whole),
        made_at: now,
        hosts_in_parallel: IN_PARALLEL,
        failure_budget: loaded.project.limits.failure_budget.of(u32::try_from(hosts.len()).unwrap_or(u32::MAX)),
        hosts: planned,
    })
}

struct Desk<'a> {
    loaded: &'a Loaded,
    args: &'a PlanArgs,
    waivers: &'a [Waiver],
    evidence: &'a EvidenceStore,
    given: Arc<Given>,
    now: Timestamp,
}

impl Desk<'_> {
    /// Nothing for a host that has arrived, that another tool looked at, or of which no rule has anything to say.
    fn host(&self, known: &FactsRef) -> Result<Option<HostRemedies>, Failure> {
        let facts = store::facts(self.evidence, &known.digest)?;
        let aim = self.loaded.fleet.aim(&facts.host, &self.given);
        let found = assess_one(&facts, &aim, self.waivers, &self.loaded.project.policy, self.now);
        if found.readiness == Readiness::Arrived || facts.origin != Origin::Survey {
            return Ok(None);
        }
        let wanted = |rule: &rockhop_domain::RuleId| self.args.rules.is_empty() || self.args.rules.contains(rule);
        let remedies = compile(&facts, &known.digest, &found, wanted);
        Ok((!remedies.steps.is_empty() || !remedies.by_hand.is_empty()).then_some(remedies))
    }
}

/// Evidence first, then the event that names it.
fn keep(context: &Context, plan: &RemedyPlan) -> Result<(), Failure> {
    let ledger = store::ledger(&context.project)?;
    let digest = store::evidence(&context.project)?.put(plan.to_json().as_bytes())?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (hosts, files) = (count(plan.changed_hosts().count()), count(plan.files()));
    let kind = Kind::RemediesPlanned { plan: digest, hosts, files, by: context.who.clone() };
    ledger.append(&events::entry(None, None, &kind, plan.made_at))?;
    ledger.close()?;
    Ok(())
}

fn tell(context: &Context, plan: &RemedyPlan, steps: bool) {
    let digest = plan.digest();
    context.ui.mark(plan.scenery);
    if context.ui.json_wanted() {
        return context
            .ui
            .json(&serde_json::json!({ "plan": (plan.files() > 0).then_some(&digest), "remedies": plan }));
    }
    show::print(context, plan, steps);
    if plan.files() == 0 {
        return context.ui.say(&Message::new("remedy-nothing"));
    }
    let made = Message::new("remedy-made").with("plan", digest.short()).with("files", plan.files());
    context.ui.say(&made.with("hosts", plan.changed_hosts().count()));
    let next = match plan.environment {
        Environment::Production => "remedy-made-next",
        Environment::Preproduction => "remedy-made-next-rehearse",
    };
    context.ui.say(&Message::new(next).with("plan", digest.short()));
}
