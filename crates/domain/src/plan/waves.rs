//! Which hosts go together, in which order, and why.
//!
//! What must hold: a replica before its primary, the roles' own `after`, and what is declared as depended on before who
//! depends on it, unless `after` says otherwise. What was seen of connections and configuration orders the rest, as
//! far as people did not decide otherwise: the one of two sides first that the other still understands. What is usual
//! where nothing is said: monitoring, cache, web, database. Hosts that must not be in motion together never share a
//! wave.

mod derived;

use super::{Constraint, Wave};
use crate::{
    HostId, Message, RoleId, WaveNo,
    facts::Facts,
    plan::Environment,
    project::{Fleet, FleetHost, Project},
    rules::{self, Precedence},
};
use derived::Derived;
use indexmap::{IndexMap, IndexSet};

/// The usual order of roles: what watches first, what holds the data last. Names of one line go alike.
const USUAL: [&[&str]; 4] = [
    &["monitoring"],
    &["cache", "redis", "memcached"],
    &["web", "app", "application"],
    &["database", "db", "postgresql", "mariadb", "mysql"],
];

/// Waves and the reasons for their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// In order.
    pub waves: Vec<Wave>,
    /// Why.
    pub constraints: Vec<Constraint>,
    /// Replica and primary: the primary goes only when its replica has arrived.
    pub replicas_first: Vec<(HostId, HostId)>,
    /// What was seen and is not followed, because people decided otherwise: the host that loses by it, and why.
    pub overruled: Vec<(HostId, Message)>,
}

/// Hosts that wait for each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("these hosts wait for each other: {}", .hosts.iter().map(HostId::as_str).collect::<Vec<_>>().join(" -> "))]
pub struct Cycle {
    /// Each waits for the next, the last for the first.
    pub hosts: Vec<HostId>,
}

impl Cycle {
    /// The sentence.
    pub fn message(&self) -> Message {
        let names: Vec<&str> = self.hosts.iter().map(HostId::as_str).collect();
        Message::new("plan-refuse-cycle").with("hosts", names.join(" -> "))
    }
}

/// Puts the hosts of one environment that move into waves.
pub fn order(
    project: &Project,
    fleet: &Fleet,
    facts: &IndexMap<HostId, Facts>,
    environment: Environment,
) -> Result<Order, Cycle> {
    let hosts: IndexMap<&HostId, &FleetHost> =
        fleet.hosts.iter().filter(|(_, h)| h.moves && h.environment == environment).collect();
    let all: Vec<Facts> = facts.values().cloned().collect();
    let seen = rules::Fleet::of(&all);
    let mut constraints = replication(&seen, &hosts);
    let replicas_first = constraints.iter().map(|c| (c.first.clone(), c.then.clone())).collect();
    constraints.extend(declared(project, fleet, &hosts));
    let derived = Derived::of(&seen, project, &hosts, &constraints);
    let graph = Graph { project, hosts: &hosts, waits: waits(&constraints, &derived.followed), ranks: ranks(project) };
    let groups = graph.groups()?;
    let waves: Vec<Wave> = named(project, &hosts, groups);
    constraints.extend(derived.constraints(&waves));
    constraints.extend(between(project, &waves, &hosts));
    Ok(Order { waves, constraints, replicas_first, overruled: derived.overruled() })
}

/// For each host, whom it waits for.
fn waits<'a>(constraints: &'a [Constraint], derived: &'a [Precedence]) -> IndexMap<&'a HostId, Vec<&'a HostId>> {
    let mut waits: IndexMap<&HostId, Vec<&HostId>> = IndexMap::new();
    let said = constraints.iter().map(|c| (&c.first, &c.then));
    for (first, then) in said.chain(derived.iter().map(|p| (&p.first, &p.then))) {
        waits.entry(then).or_default().push(first);
    }
    waits
}

type Hosts<'a> = IndexMap<&'a HostId, &'a FleetHost>;

/// A newer replica follows an older primary; the other way round nothing follows.
fn replication(seen: &rules::Fleet<'_>, hosts: &Hosts<'_>) -> Vec<Constraint> {
    let (pairs, _) = rules::pairs(seen);
    let both = |p: &rules::Pair| hosts.contains_key(&p.primary) && hosts.contains_key(&p.replica);
    let because = |p: &rules::Pair| {
        Message::new("plan-because-replica")
            .with("what", p.kind.name())
            .with("replica", &p.replica)
            .with("primary", &p.primary)
    };
    pairs
        .iter()
        .filter(|p| both(p))
        .map(|p| Constraint { first: p.replica.clone(), then: p.primary.clone(), reason: because(p) })
        .collect()
}

/// What somebody depends on goes first, unless the roles' own order says that it goes later.
fn declared(project: &Project, fleet: &Fleet, hosts: &Hosts<'_>) -> Vec<Constraint> {
    let role = |h: &HostId| hosts.get(h).map(|h| &h.role);
    let decided = |to: &HostId, from: &HostId| match (role(to), role(from)) {
        (Some(to), Some(from)) => goes_after(project, to, from),
        _ => true,
    };
    let mut found = Vec::new();
    for edge in &fleet.edges {
        for to in edge.to.iter().filter(|h| hosts.contains_key(*h)) {
            for from in edge.from.iter().filter(|h| hosts.contains_key(*h) && *h != to && !decided(to, h)) {
                let reason = Message::new("plan-because-declared")
                    .with("from", from)
                    .with("to", to)
                    .with("reason", &edge.reason);
                found.push(Constraint { first: to.clone(), then: from.clone(), reason });
            }
        }
    }
    found
}

/// Whether the one role waits for the other, directly or through roles between. Their order has no circles.
fn goes_after(project: &Project, role: &RoleId, other: &RoleId) -> bool {
    let after = project.roles.get(role).map(|r| r.after.as_slice()).unwrap_or_default();
    after.iter().any(|a| a == other || goes_after(project, a, other))
}

/// Each role's place where nothing but custom decides.
fn ranks(project: &Project) -> IndexMap<&RoleId, usize> {
    let usual = |id: &RoleId| USUAL.iter().position(|names| names.contains(&id.as_str())).unwrap_or(USUAL.len());
    let mut roles: Vec<&RoleId> = project.roles.keys().collect();
    roles.sort_by_key(|id| usual(id)); // stable: others keep the order of the file
    roles.into_iter().zip(0..).collect()
}

struct Graph<'a> {
    project: &'a Project,
    hosts: &'a Hosts<'a>,
    waits: IndexMap<&'a HostId, Vec<&'a HostId>>,
    ranks: IndexMap<&'a RoleId, usize>,
}

impl<'a> Graph<'a> {
    /// Again and again: of all hosts that wait for nobody, those of the role that usually goes first.
    fn groups(&self) -> Result<Vec<Vec<&'a HostId>>, Cycle> {
        let mut left: IndexSet<&HostId> = self.hosts.keys().copied().collect();
        let mut groups = Vec::new();
        while !left.is_empty() {
            let ready: Vec<&HostId> = left.iter().copied().filter(|h| self.waits_for(h, &left).is_none()).collect();
            let first = ready.iter().min_by_key(|h| self.rank(h)).copied();
            let Some(first) = first else { return Err(self.cycle(&left)) };
            let group = self.together(first, &ready);
            left.retain(|h| !group.contains(h));
            groups.push(group);
        }
        Ok(groups)
    }

    fn rank(&self, host: &HostId) -> usize {
        self.hosts.get(host).and_then(|h| self.ranks.get(&h.role)).copied().unwrap_or(usize::MAX)
    }

    /// One of those left that this host has to wait for.
    fn waits_for(&self, host: &HostId, left: &IndexSet<&'a HostId>) -> Option<&'a HostId> {
        let direct = self.waits.get(host).into_iter().flatten().copied().find(|first| left.contains(*first));
        if let Some((found, _)) = direct.and_then(|f| self.hosts.get_key_value(f)) {
            return Some(found);
        }
        let after = self.hosts.get(host).and_then(|h| self.project.roles.get(&h.role)).map(|r| r.after.as_slice());
        let after = after.unwrap_or_default();
        left.iter().copied().find(|other| self.hosts.get(*other).is_some_and(|o| after.contains(&o.role)))
    }

    /// Hosts of the first one's role and window, none beside one that it must not be in motion with.
    fn together(&self, first: &'a HostId, ready: &[&'a HostId]) -> Vec<&'a HostId> {
        let mut group: Vec<&HostId> = Vec::new();
        let Some(model) = self.hosts.get(first) else { return group };
        for host in ready {
            let Some(own) = self.hosts.get(*host) else { continue };
            let alike = own.role == model.role && own.window == model.window;
            let apart = group
                .iter()
                .any(|g| own.apart_from.contains(g) || self.hosts.get(*g).is_some_and(|o| o.apart_from.contains(host)));
            if alike && !apart {
                group.push(host);
            }
        }
        group
    }

    /// Everybody left waits for somebody left: following them comes back to where one has been.
    fn cycle(&self, left: &IndexSet<&'a HostId>) -> Cycle {
        let mut path: IndexSet<&HostId> = IndexSet::new();
        let mut at = left.first().copied();
        while let Some(host) = at {
            if let Some(start) = path.get_index_of(host) {
                return Cycle { hosts: path.iter().skip(start).map(|h| (*h).clone()).collect() };
            }
            path.insert(host);
            at = self.waits_for(host, left);
        }
        Cycle { hosts: path.into_iter().cloned().collect() }
    }
}

/// Waves with names and windows; the canary is the first of its wave.
fn named(project: &Project, hosts: &Hosts<'_>, groups: Vec<Vec<&HostId>>) -> Vec<Wave> {
    let mut used: IndexMap<RoleId, u32> = IndexMap::new();
    let mut waves = Vec::new();
    for (no, mut group) in (1..).zip(groups) {
        let Some(model) = group.first().and_then(|h| hosts.get(*h)).copied() else { continue };
        let canary = project.roles.get(&model.role).and_then(|r| r.canary.as_ref());
        group.sort_by_key(|h| Some(*h) != canary); // stable
        let times = used.entry(model.role.clone()).and_modify(|n| *n += 1).or_insert(1);
        let name = if *times == 1 { model.role.to_string() } else { format!("{}-{times}", model.role) };
        let window = model.window.as_ref().and_then(|w| project.windows.get(w)).cloned();
        waves.push(Wave { no: WaveNo(no), name, hosts: group.into_iter().cloned().collect(), window });
    }
    waves
}

/// Why one wave comes before the next, said once for each two that follow each other.
fn between(project: &Project, waves: &[Wave], hosts: &Hosts<'_>) -> Vec<Constraint> {
    let role = |w: &Wave| w.hosts.first().and_then(|h| hosts.get(h)).map(|h| h.role.clone());
    let reason = |a: &RoleId, b: &RoleId| {
        let asked = project.roles.get(b).is_some_and(|r| r.after.contains(a));
        let key = if asked { "plan-because-role-after" } else { "plan-because-role-usual" };
        Message::new(key).with("first", a).with("then", b)
    };
    let mut found = Vec::new();
    for pair in waves.windows(2) {
        let [before, after] = pair else { continue };
        let (Some(a), Some(b)) = (role(before), role(after)) else { continue };
        if let (true, Some(first), Some(then)) = (a != b, before.hosts.last(), after.hosts.first()) {
            found.push(Constraint { first: first.clone(), then: then.clone(), reason: reason(&a, &b) });
        }
    }
    found
}
