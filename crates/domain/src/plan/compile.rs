//! From facts, findings and people's decisions to the plan. Pure: the same question has the same answer.

use super::{
    Environment, Forecast, HostPlan, PLAN_FORMAT, Plan, Policy, Probe, Scenery, Service, Strategy, gate, waves,
};
use crate::{
    HostId, Message, RuleId, RunId,
    facts::{Facts, Origin, Why},
    packages::Given,
    project::{Check, Fleet, FleetHost, FleetService, Project},
    replace, rules,
};
use indexmap::IndexMap;
use jiff::Timestamp;

/// Everything that a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanInput<'a> {
    /// The people's decisions.
    pub project: &'a Project,
    /// All hosts, moving or not.
    pub fleet: &'a Fleet,
    /// What was surveyed; hosts that do not move are somebody's other side.
    pub facts: &'a IndexMap<HostId, Facts>,
    /// What nobody waived and what keeps a host, by host.
    pub blocks: &'a IndexMap<HostId, Vec<Block>>,
    /// How long the hosts of a rehearsal took.
    pub timings: &'a IndexMap<HostId, Timing>,
    /// Now, as the caller's clock says.
    pub made_at: Timestamp,
    /// Which of the project's hosts are planned.
    pub environment: Environment,
    /// On what kind of machines.
    pub scenery: Scenery,
    /// What is known of packages beside the built-in tables.
    pub given: &'a Given,
    /// Texts of the project's files with signing keys, by path.
    pub keys: &'a IndexMap<String, String>,
}

/// What keeps a host from moving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A rule found something.
    Found(Message),
    /// A rule that would block could not look.
    NotKnown { rule: RuleId, why: Why },
}

/// How long one host took in a rehearsal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    /// In which run.
    pub run: RunId,
    /// From begin to acceptance, in milliseconds.
    pub duration_ms: u64,
    /// Of which its service was away, in milliseconds.
    pub outage_ms: u64,
}

/// Why there is no plan: every reason at once, each naming its host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no plan: {}", .reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct PlanRefusal {
    /// In the order of the hosts.
    pub reasons: Vec<Message>,
}

/// The same fleet, in which hosts that are on EL9 already stay where they are: what a campaign left over can be
/// planned again without them.
pub fn left_over(fleet: &Fleet, facts: &IndexMap<HostId, Facts>) -> Fleet {
    let mut fleet = fleet.clone();
    for host in fleet.hosts.values_mut() {
        let arrived = facts.get(&host.id).is_some_and(|f| f.is_el9() == Ok(true));
        host.moves &= !arrived;
    }
    fleet
}

/// Makes the plan, or says everything that stands against it.
pub fn compile(input: &PlanInput<'_>) -> Result<Plan, PlanRefusal> {
    let mut reasons = Vec::new();
    let mut hosts = IndexMap::new();
    for host in input.moving() {
        match input.host(host) {
            Ok(plan) => drop(hosts.insert(host.id.clone(), plan)),
            Err(more) => reasons.extend(more),
        }
    }
    if hosts.is_empty() && reasons.is_empty() {
        reasons.push(Message::new("plan-refuse-nobody-moves"));
    }
    let order = waves::order(input.project, input.fleet, input.facts, input.environment);
    let order = order.map_err(|cycle| reasons.push(cycle.message())).ok();
    let services = input.services();
    let gates = gate::compile(input, &services).unwrap_or_else(|against| {
        reasons.extend(against);
        Vec::new()
    });
    let (true, Some(order)) = (reasons.is_empty(), order) else { return Err(PlanRefusal { reasons }) };
    for (replica, primary) in order.replicas_first {
        hosts.entry(primary).and_modify(|plan| plan.only_after.push(replica));
    }
    for (host, note) in order.overruled {
        hosts.entry(host).and_modify(|plan| plan.notes.push(note));
    }
    Ok(Plan {
        format: PLAN_FORMAT,
        project: input.project.project.name.clone(),
        environment: input.environment,
        scenery: input.scenery,
        made_at: input.made_at,
        policy: input.policy(),
        waves: order.waves,
        hosts,
        constraints: order.constraints,
        services,
        gates,
    })
}

impl<'a> PlanInput<'a> {
    fn moving(&self) -> impl Iterator<Item = &'a FleetHost> {
        let environment = self.environment;
        self.fleet.hosts.values().filter(move |h| h.moves && h.environment == environment)
    }

    fn host(&self, host: &'a FleetHost) -> Result<HostPlan, Vec<Message>> {
        let facts = self
            .facts
            .get(&host.id)
            .ok_or_else(|| vec![Message::new("plan-refuse-no-facts").with("host", &host.id)])?;
        self.may_be_planned(host, facts)?;
        let Self { project, fleet, given, keys, .. } = *self;
        let subject = replace::Subject { host, facts, project, fleet, all: self.facts, given, keys };
        let route = replace::route(&subject)?;
        let mut steps = route.steps;
        steps.iter_mut().filter(|s| s.retries > 0).for_each(|s| s.retries = self.project.limits.retries);
        Ok(HostPlan {
            host: host.id.clone(),
            role: host.role.clone(),
            site: host.site.clone(),
            strategy: Strategy::Replace,
            address: route.address,
            facts: facts.identity_digest(),
            facts_taken_at: facts.taken_at,
            apart_from: host.apart_from.clone(),
            only_after: Vec::new(),
            steps,
            rollback: route.rollback,
            forecast: self.forecast(host),
            notes: route.notes,
            packages: route.packages,
        })
    }

    fn may_be_planned(&self, host: &FleetHost, facts: &Facts) -> Result<(), Vec<Message>> {
        let say = |key: &str| Message::new(key).with("host", &host.id);
        let mut against: Vec<Message> = Vec::new();
        match facts.is_el7() {
            Ok(true) => {}
            Ok(false) => against.push(say("plan-refuse-not-el7")),
            Err(why) => against.push(say("plan-refuse-unknown").with("section", "os").with("why", why.message().key)),
        }
        if let Origin::Archive { .. } = facts.origin {
            against.push(say("plan-refuse-archive"));
        }
        let age_s = self.made_at.as_second().saturating_sub(facts.taken_at.as_second());
        if age_s > i64::from(self.project.limits.facts_max_age_hours).saturating_mul(3_600) {
            against.push(
                say("plan-refuse-stale")
                    .with("hours", age_s / 3_600)
                    .with("limit", self.project.limits.facts_max_age_hours),
            );
        }
        let blocked = self.blocks.get(&host.id).into_iter().flatten();
        against.extend(blocked.map(|block| match block {
            Block::Found(said) => say("plan-refuse-blocked").with("finding", &said.key),
            Block::NotKnown { rule, why } => {
                say("plan-refuse-not-known").with("rule", rule).with("why", why.message().key)
            }
        }));
        if host.strategy != rules::Strategy::Replace {
            against.push(say("plan-refuse-strategy").with("strategy", host.strategy.word()));
        }
        if against.is_empty() { Ok(()) } else { Err(against) }
    }

    /// The slowest of the rehearsal hosts that stand for it.
    fn forecast(&self, host: &FleetHost) -> Forecast {
        let measured = host.rehearsed_on.iter().filter_map(|h| self.timings.get(h));
        measured.max_by_key(|t| t.duration_ms).map_or(Forecast::Unmeasured, |t| Forecast::Rehearsed {
            run: t.run.clone(),
            duration_ms: t.duration_ms,
            outage_ms: t.outage_ms,
        })
    }

    fn policy(&self) -> Policy {
        let limits = &self.project.limits;
        let count = |hosts: &mut dyn Iterator<Item = &FleetHost>| u32::try_from(hosts.count()).unwrap_or(u32::MAX);
        let total = count(&mut self.moving());
        let by_role = self.project.roles.iter().filter_map(|(id, role)| {
            let of_role = count(&mut self.moving().filter(|h| h.role == *id));
            Some((id.clone(), role.max_unavailable?.limit_of(of_role)))
        });
        Policy {
            facts_max_age_s: u64::from(limits.facts_max_age_hours) * 3_600,
            hosts_in_parallel: limits.hosts_in_parallel,
            max_unavailable: limits.max_unavailable.limit_of(total),
            max_unavailable_by_role: by_role.collect(),
            failure_budget: limits.failure_budget.of(total),
            rollback_reserve_s: u64::from(limits.rollback_reserve_minutes) * 60,
            on_failure: limits.on_failure,
        }
    }

    /// Services of which at least one host belongs to this plan's environment.
    fn services(&self) -> Vec<Service> {
        let here = |h: &HostId| self.fleet.hosts.get(h).is_some_and(|h| h.environment == self.environment);
        self.fleet.services.iter().filter(|s| s.hosts.iter().any(here)).map(service).collect()
    }
}

fn service(service: &FleetService) -> Service {
    let (address, port) = (service.address.clone(), service.port);
    let probe = match &service.check {
        Check::Http { path, status, text } => Probe::Http {
            url: format!("http://{address}:{port}{path}"),
            expect_status: *status,
            expect_text: text.clone(),
        },
        Check::Tcp => Probe::Tcp { address, port },
        Check::Redis => Probe::Redis { address, port },
        Check::Postgresql => Probe::Postgresql { address, port },
        Check::Mariadb => Probe::Mariadb { address, port },
    };
    let slo_percent = service.slo_percent.as_ref().map(ToString::to_string);
    Service { id: service.id.clone(), hosts: service.hosts.clone(), probe, slo_percent }
}
