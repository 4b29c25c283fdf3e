//! What a name on the command line stands for, by dnf's order: a package's full name, its name and architecture, its name,
//! its name and version.

use crate::ffi::{Dep, Kind, PackageId, Pool, StrId};
use std::collections::HashMap;

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

    /// The packages that fulfil a wish, whether they are there or not; for following what can come to be needed.
    pub(crate) fn anywhere(&self, pool: &Pool, wanted: &str) -> Vec<PackageId> {
        let named = self.matching(pool, wanted, &|_| true);
        let replacing = self.replacing(pool, &named, &|_| true);
        let provided = pool.find(wanted).map(|id| pool.providers(Dep::named(id)));
        named.into_iter().chain(replacing).chain(provided.unwrap_or_default()).collect()
    }

    /// Packages by the five ways of writing one, the most telling first.
    pub(crate) fn matching(&self, pool: &Pool, wanted: &str, has: &dyn Fn(PackageId) -> bool) -> Vec<PackageId> {
        let of = |name: &str, fits: &dyn Fn(&str, &str) -> bool| -> Vec<PackageId> {
            let named = pool.find(name).and_then(|n| self.by_name.get(&n));
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

    /// Packages whose metadata says that they replace one of these.
    pub(crate) fn replacing(
        &self,
        pool: &Pool,
        packages: &[PackageId],
        has: &dyn Fn(PackageId) -> bool,
    ) -> Vec<PackageId> {
        let mut found = Vec::new();
        for package in packages {
            let labels = pool.labels(*package);
            for (by, dep) in self.replaces.get(&labels.name).into_iter().flatten() {
                if has(*by) && pool.is_named(*package, *dep) {
                    found.push(*by);
                }
            }
        }
        found
    }
}

/// Whether a version is the one asked for; an epoch counts only where it is asked for.
fn same_evr(has: &str, wanted: &str) -> bool {
    match wanted.split_once(':') {
        Some(("0", rest)) => has == rest,
        Some(_) => has == wanted,
        None => has.split_once(':').map_or(has, |(_, rest)| rest) == wanted,
    }
}
