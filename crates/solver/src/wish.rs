//! What is wished for, and the packages that would do: by a name, by anything that a package provides, by a file.

use crate::answer::{Failure, Question, Reason};
use crate::ffi::{Dep, PackageId};
use crate::repositories::There;
use crate::whereabouts::whereabouts_of_name;

/// A wish with the packages of which one fulfils it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wish {
    pub wanted: String,
    pub packages: Vec<PackageId>,
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
            let whereabouts = whereabouts_of_name(there, wanted);
            let reasons = vec![Reason::NotFound { wanted: wanted.clone(), whereabouts }];
            failures.push(Failure { wanted: vec![wanted.clone()], reasons });
        } else {
            wishes.push(Wish { wanted: wanted.clone(), packages });
        }
    }
    (wishes, failures)
}

fn packages(there: &There<'_>, wanted: &str) -> Vec<PackageId> {
    let (pool, names) = (there.pool(), &there.repositories.names);
    let has = |p: PackageId| there.has(p);
    // As for dnf, a package for another architecture is a candidate, and may be the newest; alone it is none.
    let found = names.matching(pool, wanted, &|p| there.is_offered(p));
    if found.iter().any(|p| has(*p)) {
        let just_a_name = pool.find(wanted).is_some_and(|n| pool.labels(found[0]).name == n);
        let more = if just_a_name { names.replacing(pool, &found, &has) } else { Vec::new() };
        return unique(found.into_iter().chain(more));
    }
    let Some(name) = pool.find(wanted) else { return Vec::new() };
    unique(pool.providers(Dep::named(name)).into_iter().filter(|p| has(*p)))
}

fn unique(packages: impl Iterator<Item = PackageId>) -> Vec<PackageId> {
    let mut all: Vec<PackageId> = packages.collect();
    all.sort();
    all.dedup();
    all
}
