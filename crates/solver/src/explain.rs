//! From the rules that cannot hold together to reasons that a person can act on.

use crate::answer::{Failure, Nevra, Reason};
use crate::ffi::{Dep, PackageId, Pool, Rule, RuleKind};
use crate::repositories::There;
use crate::whereabouts::whereabouts;
use crate::wish::Wish;
use std::collections::{HashMap, VecDeque};

/// Why the wishes of a knot do not hold.
pub(crate) fn failure(there: &There<'_>, wishes: &[Wish], rules: &[Rule]) -> Failure {
    let knot = Knot { there, wishes, rules };
    let mut reasons: Vec<Reason> = Vec::new();
    for reason in rules.iter().filter_map(|rule| knot.reason(rule)) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    if reasons.is_empty() {
        reasons.push(knot.last_resort());
    }
    let mut wanted: Vec<String> =
        rules.iter().filter_map(|r| r.wish).filter_map(|at| wishes.get(at)).map(|w| w.wanted.clone()).collect();
    wanted.sort();
    wanted.dedup();
    Failure { wanted, reasons }
}

/// Failures with the same reasons become one that names all its wishes; of two ways to a reason the shorter is told.
pub(crate) fn joined(failures: Vec<Failure>) -> Vec<Failure> {
    let mut all: Vec<Failure> = Vec::new();
    for failure in failures {
        match all.iter_mut().find(|known| same_reasons(&known.reasons, &failure.reasons)) {
            Some(known) => {
                known.wanted.extend(failure.wanted);
                if ways(&failure.reasons) < ways(&known.reasons) {
                    known.reasons = failure.reasons;
                }
            }
            None => all.push(failure),
        }
    }
    all
}

fn same_reasons(some: &[Reason], others: &[Reason]) -> bool {
    let bare = |reason: &Reason| match reason.clone() {
        Reason::Missing { package, capability, built_for, whereabouts, .. } => {
            Reason::Missing { package, capability, through: Vec::new(), built_for, whereabouts }
        }
        other => other,
    };
    some.iter().map(bare).eq(others.iter().map(bare))
}

/// How long the ways from the wishes to the reasons are.
fn ways(reasons: &[Reason]) -> usize {
    let way = |reason: &Reason| if let Reason::Missing { through, .. } = reason { through.len() } else { 0 };
    reasons.iter().map(way).sum()
}

/// One problem of the solver.
struct Knot<'a> {
    there: &'a There<'a>,
    wishes: &'a [Wish],
    rules: &'a [Rule],
}

impl Knot<'_> {
    fn reason(&self, rule: &Rule) -> Option<Reason> {
        let nevra = |package: PackageId| self.there.repositories.nevra(package);
        let say = |dep: Option<Dep>| dep.map(|d| self.there.pool().say_dep(d)).unwrap_or_default();
        match (rule.kind, rule.from, rule.to) {
            (RuleKind::NothingProvides, Some(package), _) => Some(self.missing(package, rule.dep?)),
            (RuleKind::Requires, Some(package), _) if self.nobody_here(rule.dep?) => {
                Some(self.missing(package, rule.dep?))
            }
            (RuleKind::Conflicts, Some(one), Some(other)) => {
                Some(Reason::Conflict { package: nevra(one), with: nevra(other), capability: say(rule.dep) })
            }
            (RuleKind::SelfConflict, Some(one), _) => {
                Some(Reason::Conflict { package: nevra(one), with: nevra(one), capability: say(rule.dep) })
            }
            (RuleKind::Obsoletes | RuleKind::ImplicitObsoletes, Some(one), Some(other)) => {
                Some(Reason::Replaces { package: nevra(one), replaced: nevra(other), capability: say(rule.dep) })
            }
            (RuleKind::SameName, Some(one), Some(other)) => {
                Some(Reason::TwoVersions { one: nevra(one), other: nevra(other) })
            }
            (RuleKind::InferiorArch, Some(package), _) => Some(Reason::OtherArch { package: nevra(package) }),
            _ => None,
        }
    }

    /// When no single rule says it: the newest version that was asked for, or all packages of the knot.
    fn last_resort(&self) -> Reason {
        let best = self.rules.iter().find(|r| r.kind == RuleKind::Best).and_then(|r| self.wishes.get(r.wish?));
        if let Some(newest) = best.and_then(|wish| newest(self.there.pool(), &wish.packages)) {
            return Reason::NotTheNewest { newest: self.there.repositories.nevra(newest) };
        }
        let mut packages: Vec<Nevra> = self
            .rules
            .iter()
            .flat_map(|r| [r.from, r.to])
            .flatten()
            .map(|p| self.there.repositories.nevra(p))
            .collect();
        packages.sort();
        packages.dedup();
        Reason::Incompatible { packages }
    }

    fn nobody_here(&self, dep: Dep) -> bool {
        !self.there.pool().providers(dep).into_iter().any(|p| self.there.has(p))
    }

    fn missing(&self, package: PackageId, dep: Dep) -> Reason {
        Reason::Missing {
            package: self.there.repositories.nevra(package),
            capability: self.there.pool().say_dep(dep),
            through: self.through(package),
            built_for: built_for(self.there.pool(), package),
            whereabouts: whereabouts(self.there, dep),
        }
    }

    /// The shortest way from a wish to a package, over the requirements of the knot; without the package itself.
    fn through(&self, to: PackageId) -> Vec<Nevra> {
        let wished: Vec<PackageId> = self
            .rules
            .iter()
            .filter_map(|rule| self.wishes.get(rule.wish?))
            .flat_map(|wish| wish.packages.iter().copied())
            .collect();
        let mut from: HashMap<PackageId, Option<PackageId>> = wished.iter().map(|p| (*p, None)).collect();
        let mut next: VecDeque<PackageId> = wished.into();
        while let Some(package) = next.pop_front() {
            if package == to {
                break;
            }
            let needs = self.rules.iter().filter(|r| r.kind == RuleKind::Requires && r.from == Some(package));
            for provider in needs.filter_map(|r| r.dep).flat_map(|dep| self.there.pool().providers(dep)) {
                if !from.contains_key(&provider) && self.there.has(provider) {
                    from.insert(provider, Some(package));
                    next.push_back(provider);
                }
            }
        }
        let mut way: Vec<Nevra> = Vec::new();
        let mut at = from.get(&to).copied().flatten();
        while let Some(package) = at {
            way.push(self.there.repositories.nevra(package));
            at = from.get(&package).copied().flatten();
        }
        way.reverse();
        way
    }
}

/// The older release of EL that a package's version names: `1.0-3.el7_9` is 7.
fn built_for(pool: &Pool, package: PackageId) -> Option<u8> {
    let evr = pool.say(pool.labels(package).evr);
    let release = evr.split(['.', '_', '-', '+']).find_map(|part| part.strip_prefix("el")?.parse().ok())?;
    (release < 9).then_some(release)
}

fn newest(pool: &Pool, packages: &[PackageId]) -> Option<PackageId> {
    packages.iter().copied().max_by(|a, b| pool.compare(pool.labels(*a).evr, pool.labels(*b).evr))
}
