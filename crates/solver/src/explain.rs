//! From the rules that cannot hold together to reasons that a person can act on.

use crate::answer::{Failure, Nevra, Reason, Whereabouts};
use crate::ffi::{Dep, Kind, PackageId, Parts, Pool, Rule, RuleKind, StrId};
use crate::repositories::{Role, There};
use crate::streams::ShutOut;
use crate::wish::Wish;
use std::collections::{HashMap, HashSet, VecDeque};

/// How many whereabouts of one missing thing are told: enough to choose from, few enough to read.
const WHEREABOUTS_LIMIT: usize = 4;
/// How unlike a name may be to count as mistyped.
const SIMILAR_FROM: f64 = 0.9;

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

/// Where something like a name is that nothing here has.
pub(crate) fn whereabouts_of_name(there: &There<'_>, wanted: &str) -> Vec<Whereabouts> {
    let pool = there.pool();
    let named = crate::wish::anywhere(there.repositories, wanted);
    let mut found: Vec<Whereabouts> = named.iter().filter_map(|p| absent(there, *p)).collect();
    if found.is_empty() {
        found = similar(there, pool, wanted);
    }
    limited(found)
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

/// Who would have what a dependency asks for.
fn whereabouts(there: &There<'_>, dep: Dep) -> Vec<Whereabouts> {
    let pool = there.pool();
    let mut found: Vec<Whereabouts> = pool.providers(dep).into_iter().filter_map(|p| absent(there, p)).collect();
    // libsolv's index leaves out what does not run here.
    for package in there.repositories.packages().iter().filter(|p| !pool.runs_here(**p)) {
        if pool.deps(*package, Kind::Provides).into_iter().any(|provide| pool.answers(provide, dep)) {
            found.extend(absent(there, *package));
        }
    }
    if found.is_empty() {
        found = nearly(there, dep);
    }
    limited(found)
}

/// Why a package that would do is not there; `None` if it is.
fn absent(there: &There<'_>, package: PackageId) -> Option<Whereabouts> {
    let nevra = there.repositories.nevra(package);
    if there.repositories.role(package) == Role::Elsewhere {
        let runs = there.pool().runs_here(package);
        return runs.then_some(Whereabouts::Elsewhere { package: nevra });
    }
    if !there.pool().runs_here(package) {
        return Some(Whereabouts::Arch { package: nevra });
    }
    match there.hidden.get(&package)? {
        ShutOut::NotEnabled(stream) => Some(Whereabouts::Stream { package: nevra, stream: stream.clone() }),
        ShutOut::Masked(stream) => Some(Whereabouts::Hidden { package: nevra, stream: stream.clone() }),
    }
}

/// The same capability in another version, or the same library under another number.
fn nearly(there: &There<'_>, dep: Dep) -> Vec<Whereabouts> {
    let pool = there.pool();
    let Some(name) = pool.name_in(dep) else { return Vec::new() };
    if !matches!(pool.parts(dep), Parts::Name(_)) {
        let other = pool.providers(Dep::named(name)).into_iter().filter(|p| there.has(*p));
        let found: Vec<Whereabouts> = other.flat_map(|p| versions(there, p, name)).collect();
        if !found.is_empty() {
            return found;
        }
    }
    match soname(pool.say(name)) {
        Some((stem, word_size)) => libraries(there, stem, word_size),
        None => Vec::new(),
    }
}

fn versions(there: &There<'_>, package: PackageId, name: StrId) -> Vec<Whereabouts> {
    let pool = there.pool();
    let provides = pool.deps(package, Kind::Provides).into_iter().filter(|d| pool.name_in(*d) == Some(name));
    provides
        .map(|d| Whereabouts::Version { package: there.repositories.nevra(package), provides: pool.say_dep(d) })
        .collect()
}

fn libraries(there: &There<'_>, stem: &str, word_size: &str) -> Vec<Whereabouts> {
    let pool = there.pool();
    let alike = pool.texts().filter(|t| soname(pool.say(*t)) == Some((stem, word_size)));
    alike
        .flat_map(|text| {
            let owners = pool.providers(Dep::named(text)).into_iter().filter(|p| there.has(*p));
            owners.map(move |p| Whereabouts::Soname {
                package: there.repositories.nevra(p),
                provides: pool.say(text).to_owned(),
            })
        })
        .collect()
}

/// `libssl.so.10(OPENSSL_1)(64bit)` is `libssl` for 64 bits; only plain sonames, as symbol versions add nothing.
fn soname(text: &str) -> Option<(&str, &str)> {
    let (stem, rest) = text.split_once(".so")?;
    let word_size = if rest.ends_with("(64bit)") { "(64bit)" } else { "" };
    let library =
        stem.starts_with("lib") && !stem.contains(['/', '(', ' ']) && (rest.is_empty() || rest.starts_with(['.', '(']));
    library.then_some((stem, word_size))
}

fn similar(there: &There<'_>, pool: &Pool, wanted: &str) -> Vec<Whereabouts> {
    let mut close: Vec<(f64, &str)> = there
        .repositories
        .names
        .by_name
        .iter()
        .filter(|(_, packages)| packages.iter().any(|p| there.has(*p)))
        .map(|(name, _)| (strsim::jaro_winkler(pool.say(*name), wanted), pool.say(*name)))
        .filter(|(likeness, _)| *likeness >= SIMILAR_FROM)
        .collect();
    close.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    close.into_iter().map(|(_, name)| Whereabouts::Similar { name: name.to_owned() }).collect()
}

fn limited(found: Vec<Whereabouts>) -> Vec<Whereabouts> {
    let mut seen = HashSet::new();
    found.into_iter().filter(|w| seen.insert(w.clone())).take(WHEREABOUTS_LIMIT).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sonames() {
        assert_eq!(soname("libssl.so.10()(64bit)"), Some(("libssl", "(64bit)")));
        assert_eq!(soname("libssl.so.1.1"), Some(("libssl", "")));
        assert_eq!(soname("libpython3.9.so.1.0()(64bit)"), Some(("libpython3.9", "(64bit)")));
        for other in ["bash", "/usr/lib64/libssl.so.3", "config(libso)", "lib.sofa"] {
            assert_eq!(soname(other), None, "{other}");
        }
    }
}
