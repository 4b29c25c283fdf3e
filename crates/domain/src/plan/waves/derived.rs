//! The order that connections and configuration ask for, beside what people decided.

use super::{Hosts, goes_after};
use crate::{
    HostId, Message,
    plan::{Constraint, Wave},
    project::Project,
    rules::{self, Lead, Precedence, Seen},
};
use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeSet;

/// What was seen, sorted by whether it is followed.
pub(super) struct Derived {
    pub(super) followed: Vec<Precedence>,
    /// People's order is the other way round.
    against: Vec<Precedence>,
}

impl Derived {
    /// Everything between two hosts of the plan that is not decided already; what is decided holds whatever was seen.
    pub(super) fn of(seen: &rules::Fleet<'_>, project: &Project, hosts: &Hosts<'_>, decided: &[Constraint]) -> Self {
        let mut after: IndexMap<&HostId, Vec<&HostId>> = IndexMap::new();
        decided.iter().for_each(|c| after.entry(&c.first).or_default().push(&c.then));
        let (all, _) = rules::precedences(seen); // hosts that could not be looked at are the assessment's business
        let said: BTreeSet<(&HostId, &HostId)> = decided.iter().map(|c| (&c.first, &c.then)).collect();
        let new = |p: &Precedence| {
            hosts.contains_key(&p.first) && hosts.contains_key(&p.then) && !said.contains(&(&p.first, &p.then))
        };
        let contradicted = |p: &Precedence| {
            let role = |host: &HostId| hosts.get(host).map(|h| &h.role);
            let by_roles = match (role(&p.first), role(&p.then)) {
                (Some(first), Some(then)) => goes_after(project, first, then),
                _ => false,
            };
            by_roles || leads_to(&after, &p.then, &p.first)
        };
        let (against, followed) = all.into_iter().filter(new).partition(contradicted);
        Self { followed, against }
    }

    /// What is followed, many hosts in one sentence where they go before or after one and the same.
    pub(super) fn constraints(&self, waves: &[Wave]) -> Vec<Constraint> {
        let place: IndexMap<&HostId, usize> = waves.iter().flat_map(|wave| &wave.hosts).zip(0..).collect();
        let at = |host: &&HostId| place.get(*host).copied().unwrap_or(usize::MAX);
        let mut found = Vec::new();
        for alike in gathered(&self.followed) {
            let (firsts, thens): (BTreeSet<&HostId>, BTreeSet<&HostId>) =
                alike.iter().map(|p| (&p.first, &p.then)).unzip();
            let ends = (firsts.iter().copied().max_by_key(at), thens.iter().copied().min_by_key(at), alike.first());
            let (Some(first), Some(then), Some(model)) = ends else { continue };
            let reason = Message::new(because(model.lead))
                .with("what", &model.what)
                .with("first", names(&firsts))
                .with("then", names(&thens))
                .with(
                    "seen",
                    if alike.iter().any(|p| p.seen == Seen::Connection) { "connection" } else { "configuration" },
                );
            found.push(Constraint { first: first.clone(), then: then.clone(), reason });
        }
        found
    }

    /// What is not followed, as a note to the host that goes later than it would like.
    pub(super) fn overruled(&self) -> Vec<(HostId, Message)> {
        let said: BTreeSet<(&HostId, &HostId, &str)> =
            self.against.iter().map(|p| (&p.first, &p.then, p.what.as_str())).collect();
        let note = |(first, then, what): (&HostId, &HostId, &str)| {
            let note =
                Message::new("plan-note-order-overruled").with("what", what).with("first", first).with("then", then);
            (first.clone(), note)
        };
        said.into_iter().map(note).collect()
    }
}

/// Whether what is decided puts the one before the other, directly or through others.
fn leads_to(after: &IndexMap<&HostId, Vec<&HostId>>, from: &HostId, to: &HostId) -> bool {
    let mut reached: IndexSet<&HostId> = IndexSet::new();
    let mut open: Vec<&HostId> = after.get(from).cloned().unwrap_or_default();
    while let Some(host) = open.pop() {
        if host == to {
            return true;
        }
        if reached.insert(host) {
            open.extend(after.get(host).into_iter().flatten());
        }
    }
    false
}

/// Precedences about the same thing, gathered at the side with fewer hosts.
fn gathered(all: &[Precedence]) -> Vec<Vec<&Precedence>> {
    let mut by_thing: IndexMap<(&str, Lead), Vec<&Precedence>> = IndexMap::new();
    all.iter().for_each(|p| by_thing.entry((p.what.as_str(), p.lead)).or_default().push(p));
    let mut found = Vec::new();
    for alike in by_thing.into_values() {
        let firsts: BTreeSet<&HostId> = alike.iter().map(|p| &p.first).collect();
        let thens: BTreeSet<&HostId> = alike.iter().map(|p| &p.then).collect();
        let by_first = firsts.len() <= thens.len();
        let mut groups: IndexMap<&HostId, Vec<&Precedence>> = IndexMap::new();
        for p in alike {
            groups.entry(if by_first { &p.first } else { &p.then }).or_default().push(p);
        }
        found.extend(groups.into_values());
    }
    found
}

fn because(lead: Lead) -> &'static str {
    match lead {
        Lead::Client => "plan-because-client-first",
        Lead::Server => "plan-because-server-first",
        Lead::Watcher => "plan-because-watcher-first",
        Lead::Backup => "plan-because-backup-first",
    }
}

/// As many hosts as a sentence can carry; the rest is counted.
const NAMES_IN_A_SENTENCE: usize = 8;

fn names(hosts: &BTreeSet<&HostId>) -> String {
    let mut all: Vec<String> = hosts.iter().take(NAMES_IN_A_SENTENCE).map(ToString::to_string).collect();
    if hosts.len() > NAMES_IN_A_SENTENCE {
        all.push(format!("+{}", hosts.len() - NAMES_IN_A_SENTENCE));
    }
    all.join(", ")
}
