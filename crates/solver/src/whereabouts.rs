//! Where something is that a host cannot have from here: elsewhere, hidden by a module, for another architecture, in another
//! version, under another name.

use crate::answer::Whereabouts;
use crate::ffi::{Dep, Kind, PackageId, Parts, Pool, StrId};
use crate::repositories::{Role, There};
use crate::streams::ShutOut;
use std::collections::HashSet;

/// How many whereabouts of one missing thing are told: enough to choose from, few enough to read.
const WHEREABOUTS_LIMIT: usize = 4;
/// How unlike a name may be to count as mistyped.
const SIMILAR_FROM: f64 = 0.9;

/// Where something like a name is that nothing here has.
pub(crate) fn whereabouts_of_name(there: &There<'_>, wanted: &str) -> Vec<Whereabouts> {
    let pool = there.pool();
    let named = there.repositories.names.anywhere(pool, wanted);
    let mut found: Vec<Whereabouts> = named.iter().filter_map(|p| absent(there, *p)).collect();
    if found.is_empty() {
        found = similar(there, pool, wanted);
    }
    limited(found)
}

/// Who would have what a dependency asks for.
pub(crate) fn whereabouts(there: &There<'_>, dep: Dep) -> Vec<Whereabouts> {
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
