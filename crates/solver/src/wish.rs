//! What a name on the command line stands for, by dnf's order: a package's full name, its name and architecture, its name,
//! its name and version; then anything that a package provides; then a file.

use crate::answer::{Failure, Question, Reason};
use crate::explain;
use crate::ffi::{Dep, Kind, PackageId, Pool, StrId};
use crate::repositories::{Repositories, There};
use std::collections::HashMap;

/// A wish with the packages of which one fulfils it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wish {
    pub wanted: String,
    pub packages: Vec<PackageId>,
}

/// Packages by name, and what replaces whom.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub by_name: HashMap<StrId, Vec<PackageId>>,
    replaces: HashMap<StrId, Vec<(PackageId, Dep)>>,
}

impl Names {
    pub(crate) fn of(pool: &Pool, packages: &[PackageId]) -> Self {
        let mut names = Self::default();
        for package in packages {
            names.by_name.entry(pool.labels(*package).name).or_default().push(*package);
            for dep in pool.deps(*package, Kind::Obsoletes) {
                if let Some(name) = pool.name_in(dep) {
                    names.replaces.entry(name).or_default().push((*package, dep));
                }
            }
        }
        names
    }
}

/// Every wish with its packages; what stands for nothing is a failure.
pub(crate) fn all(there: &There<'_>, question: &Question) -> (Vec<Wish>, Vec<Failure>) {
    let (mut wishes, mut failures): (Vec<Wish>, Vec<Failure>) = (Vec::new(), Vec::new());
    for no in there.repositories.streams.unknown(&question.streams) {
        let reasons = vec![Reason::NoSuchStream { stream: no.wanted.clone(), has: no.has }];
        failures.push(Failure { wanted: vec![no.wanted.to_string()], reasons });
    }
    for wanted in &question.wanted {
        if wishes.iter().any(|w| &w.wanted == wanted) {
            continue;
        }
        let packages = packages(there, wanted);
        if packages.is_empty() {
            let whereabouts = explain::whereabouts_of_name(there, wanted);
            let reasons = vec![Reason::NotFound { wanted: wanted.clone(), whereabouts }];
            failures.push(Failure { wanted: vec![wanted.clone()], reasons });
        } else {
            wishes.push(Wish { wanted: wanted.clone(), packages });
        }
    }
    (wishes, failures)
}

/// The packages that fulfil a wish, whether they are there or not; for following what can come to be needed.
pub(crate) fn anywhere(repositories: &Repositories, wanted: &str) -> Vec<PackageId> {
    let named = matching(repositories, wanted, &|_| true);
    let replacing = replacing(repositories, &named, &|_| true);
    let provided = repositories.pool.find(wanted).map(|id| repositories.pool.providers(Dep::named(id)));
    named.into_iter().chain(replacing).chain(provided.unwrap_or_default()).collect()
}

fn packages(there: &There<'_>, wanted: &str) -> Vec<PackageId> {
    let has = |p: PackageId| there.has(p);
    // As for dnf, a package for another architecture is a candidate, and may be the newest; alone it is none.
    let found = matching(there.repositories, wanted, &|p| there.is_offered(p));
    if found.iter().any(|p| has(*p)) {
        let just_a_name = there.pool().find(wanted).is_some_and(|n| there.pool().labels(found[0]).name == n);
        let more = if just_a_name { replacing(there.repositories, &found, &has) } else { Vec::new() };
        return unique(found.into_iter().chain(more));
    }
    let Some(name) = there.pool().find(wanted) else { return Vec::new() };
    unique(there.pool().providers(Dep::named(name)).into_iter().filter(|p| has(*p)))
}

/// Packages by the five ways of writing one, the most telling first.
fn matching(repositories: &Repositories, wanted: &str, has: &dyn Fn(PackageId) -> bool) -> Vec<PackageId> {
    let pool = &repositories.pool;
    let of = |name: &str, fits: &dyn Fn(&str, &str) -> bool| -> Vec<PackageId> {
        let named = pool.find(name).and_then(|n| repositories.names.by_name.get(&n));
        let fits = |p: &&PackageId| {
            let labels = pool.labels(**p);
            has(**p) && fits(pool.say(labels.evr), pool.say(labels.arch))
        };
        named.into_iter().flatten().filter(fits).copied().collect()
    };
    let (stem, arch) = wanted.rsplit_once('.').unwrap_or((wanted, ""));
    let nevr = |text: &str, arch: Option<&str>| {
        let Some((nev, release)) = text.rsplit_once('-') else { return Vec::new() };
        let Some((name, version)) = nev.rsplit_once('-') else { return Vec::new() };
        of(name, &|evr, a| same_evr(evr, &format!("{version}-{release}")) && arch.is_none_or(|arch| arch == a))
    };
    let nev = |text: &str| {
        let Some((name, version)) = text.rsplit_once('-') else { return Vec::new() };
        of(name, &|evr, _| evr.rsplit_once('-').is_some_and(|(v, _)| same_evr(v, version)))
    };
    let ways: [&dyn Fn() -> Vec<PackageId>; 5] = [
        &|| nevr(stem, Some(arch)),
        &|| of(stem, &|_, a| a == arch),
        &|| of(wanted, &|_, _| true),
        &|| nevr(wanted, None),
        &|| nev(wanted),
    ];
    ways.into_iter().map(|way| way()).find(|found| !found.is_empty()).unwrap_or_default()
}

/// Whether a version is the one asked for; an epoch counts only where it is asked for.
fn same_evr(has: &str, wanted: &str) -> bool {
    match wanted.split_once(':') {
        Some(("0", rest)) => has == rest,
        Some(_) => has == wanted,
        None => has.split_once(':').map_or(has, |(_, rest)| rest) == wanted,
    }
}

/// Packages whose metadata says that they replace one of these.
fn replacing(repositories: &Repositories, packages: &[PackageId], has: &dyn Fn(PackageId) -> bool) -> Vec<PackageId> {
    let pool = &repositories.pool;
    let mut found = Vec::new();
    for package in packages {
        let labels = pool.labels(*package);
        for (by, dep) in repositories.names.replaces.get(&labels.name).into_iter().flatten() {
            if has(*by) && pool.is_named(*package, *dep) {
                found.push(*by);
            }
        }
    }
    found
}

fn unique(packages: impl Iterator<Item = PackageId>) -> Vec<PackageId> {
    let mut all: Vec<PackageId> = packages.collect();
    all.sort();
    all.dedup();
    all
}
