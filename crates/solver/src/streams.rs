//! Which packages module streams shut out, by dnf's rules.
//!
//! A package of a stream that is not enabled is not there. A package outside of an enabled stream that has the name of
//! one inside it, or provides that name, is not there either. A default stream counts as enabled unless another one is.

use crate::ffi::{Dep, Labels, PackageId, Pool};
use crate::repo::modules::{Build, Modules};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;
use std::str::FromStr;

/// A module and one of its streams: `postgresql:16`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ModuleStream {
    /// `postgresql`.
    pub module: String,
    /// `16`.
    pub stream: String,
}

/// A text that names no module and stream.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not MODULE:STREAM, as in postgresql:16")]
pub struct NotAStream(pub String);

impl FromStr for ModuleStream {
    type Err = NotAStream;

    fn from_str(text: &str) -> Result<Self, NotAStream> {
        match text.split_once(':') {
            Some((module, stream)) if !module.is_empty() && !stream.is_empty() && !stream.contains([':', '/']) => {
                Ok(Self { module: module.to_owned(), stream: stream.to_owned() })
            }
            _ => Err(NotAStream(text.to_owned())),
        }
    }
}

impl fmt::Display for ModuleStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.module, self.stream)
    }
}

/// Why a package is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ShutOut {
    /// It belongs to these streams, and none of them is enabled.
    NotEnabled(ModuleStream),
    /// An enabled stream has a package of that name.
    Masked(ModuleStream),
}

/// All modules of all repositories, with their artifacts found in the pool.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    builds: Vec<(Build, Vec<PackageId>)>,
    defaults: BTreeMap<String, String>,
}

/// A wish for a stream that nobody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoSuchStream {
    pub wanted: ModuleStream,
    /// What the module has instead; nothing if there is no such module.
    pub has: Vec<String>,
}

/// The platform that EL9's modules ask for.
const PLATFORM: &str = "el9";

impl Streams {
    /// Finds the artifacts' packages.
    pub(crate) fn new(modules: Vec<Modules>, pool: &Pool, packages: &[PackageId]) -> Self {
        let mut known: HashMap<String, Vec<PackageId>> = HashMap::new();
        if modules.iter().any(|m| !m.builds.is_empty()) {
            for package in packages {
                known.entry(nevra_with_epoch(pool, pool.labels(*package))).or_default().push(*package);
            }
        }
        let mut all = Self::default();
        for part in modules {
            for build in part.builds {
                let found = build.artifacts.iter().filter_map(|a| known.get(a)).flatten().copied().collect();
                all.builds.push((build, found));
            }
            all.defaults.extend(part.defaults);
        }
        all
    }

    /// The wishes that name no known stream.
    pub(crate) fn unknown(&self, enabled: &[ModuleStream]) -> Vec<NoSuchStream> {
        let has = |wanted: &ModuleStream| {
            let mut has: Vec<String> = self
                .of(&wanted.module)
                .map(|(build, _)| build.stream.clone())
                .collect::<HashSet<_>>()
                .into_iter()
                .collect();
            has.sort();
            has
        };
        let all = enabled.iter().map(|wanted| NoSuchStream { wanted: wanted.clone(), has: has(wanted) });
        all.filter(|no| !no.has.contains(&no.wanted.stream)).collect()
    }

    fn of(&self, module: &str) -> impl Iterator<Item = &(Build, Vec<PackageId>)> {
        self.builds.iter().filter(move |(build, _)| build.module == module)
    }

    /// Every package that is not there, and why.
    pub(crate) fn shut_out(&self, pool: &Pool, enabled: &[ModuleStream]) -> HashMap<PackageId, ShutOut> {
        let active = self.active(enabled);
        let is_active = |build: &Build| active.get(&build.module).is_some_and(|on| on.holds(build));
        let inside: HashSet<PackageId> =
            self.builds.iter().filter(|(b, _)| is_active(b)).flat_map(|(_, p)| p).copied().collect();
        let mut out = HashMap::new();
        for (build, packages) in self.builds.iter().filter(|(build, _)| !is_active(build)) {
            for package in packages.iter().filter(|p| !inside.contains(p)) {
                out.insert(*package, ShutOut::NotEnabled(build.name()));
            }
        }
        for (build, name) in self.names(&is_active) {
            let Some(text) = pool.find(&name) else { continue };
            let providers = pool.providers(Dep::named(text));
            for package in providers.into_iter().filter(|p| !inside.contains(p)) {
                out.entry(package).or_insert_with(|| ShutOut::Masked(build.name()));
            }
        }
        out
    }

    /// The names that active builds take for themselves.
    fn names<'a>(&'a self, is_active: &impl Fn(&Build) -> bool) -> impl Iterator<Item = (&'a Build, String)> {
        let builds: Vec<&Build> = self.builds.iter().map(|(b, _)| b).filter(|b| is_active(b)).collect();
        builds.into_iter().flat_map(|build| {
            let names = build.artifacts.iter().filter_map(|a| name_of(a));
            names.filter(|name| !build.demodularized.contains(name)).map(move |name| (build, name))
        })
    }

    /// The streams that count as enabled: those asked for, the defaults of other modules, and what these need.
    fn active(&self, enabled: &[ModuleStream]) -> BTreeMap<String, Active> {
        let mut active: BTreeMap<String, Active> = BTreeMap::new();
        let asked: Vec<ModuleStream> = enabled.to_vec();
        let defaults = self.defaults.iter().filter(|(module, _)| !asked.iter().any(|a| &a.module == *module));
        let defaults = defaults.map(|(m, s)| ModuleStream { module: m.clone(), stream: s.clone() });
        for wish in asked.iter().cloned().chain(defaults.collect::<Vec<_>>()) {
            self.activate(&wish, &asked, &mut active);
        }
        active
    }

    /// Switches a stream on with what it needs; `false`, and nothing changed, when that cannot be.
    fn activate(&self, wish: &ModuleStream, asked: &[ModuleStream], active: &mut BTreeMap<String, Active>) -> bool {
        if let Some(on) = active.get(&wish.module) {
            return on.stream == wish.stream;
        }
        let builds: Vec<&Build> = self.of(&wish.module).map(|(b, _)| b).filter(|b| b.stream == wish.stream).collect();
        let contexts: BTreeSet<&str> = builds.iter().map(|b| b.context.as_str()).collect();
        for context in contexts {
            let mut trial = active.clone();
            let on = Active { stream: wish.stream.clone(), context: context.to_owned() };
            trial.insert(wish.module.clone(), on);
            let needs = builds.iter().filter(|b| b.context == context).flat_map(|b| &b.requires);
            if needs.flatten().all(|(module, streams)| self.met(module, streams, asked, &mut trial)) {
                *active = trial;
                return true;
            }
        }
        false
    }

    /// Whether one of the streams that a build needs of another module is on, or can be.
    fn met(
        &self,
        module: &str,
        streams: &[String],
        asked: &[ModuleStream],
        active: &mut BTreeMap<String, Active>,
    ) -> bool {
        let fits = |stream: &str| {
            let named: Vec<&str> = streams.iter().filter(|s| !s.starts_with('-')).map(String::as_str).collect();
            let barred = streams.iter().any(|s| s.strip_prefix('-') == Some(stream));
            !barred && (named.is_empty() || named.contains(&stream))
        };
        if module == "platform" {
            return fits(PLATFORM);
        }
        let asked_for = asked.iter().filter(|a| a.module == module).map(|a| a.stream.as_str());
        let default = self.defaults.get(module).map(String::as_str);
        let all = self.of(module).map(|(b, _)| b.stream.as_str());
        let choice: Vec<String> =
            asked_for.clone().chain(default).chain(all).filter(|s| fits(s)).map(str::to_owned).collect();
        choice
            .into_iter()
            .any(|stream| self.activate(&ModuleStream { module: module.to_owned(), stream }, asked, active))
    }
}

/// A stream that is on, in one of its contexts; all versions of it count.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Active {
    stream: String,
    context: String,
}

impl Active {
    fn holds(&self, build: &Build) -> bool {
        self.stream == build.stream && self.context == build.context
    }
}

impl Build {
    fn name(&self) -> ModuleStream {
        ModuleStream { module: self.module.clone(), stream: self.stream.clone() }
    }
}

/// `name-epoch:version-release.arch`, as artifacts are written.
fn nevra_with_epoch(pool: &Pool, labels: Labels) -> String {
    let evr = pool.say(labels.evr);
    let epoch = if evr.contains(':') { "" } else { "0:" };
    format!("{}-{epoch}{evr}.{}", pool.say(labels.name), pool.say(labels.arch))
}

/// The name in an artifact; sources take no name for themselves.
fn name_of(artifact: &str) -> Option<String> {
    let (nevr, arch) = artifact.rsplit_once('.')?;
    let (nev, _release) = nevr.rsplit_once('-')?;
    let (name, _version) = nev.rsplit_once('-')?;
    (!matches!(arch, "src" | "nosrc")).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_a_module_and_a_stream() {
        assert_eq!("postgresql:16".parse(), Ok(ModuleStream { module: "postgresql".into(), stream: "16".into() }));
        for bad in ["postgresql", ":16", "postgresql:", "a:b:c", "a:b/profile"] {
            assert_eq!(bad.parse::<ModuleStream>(), Err(NotAStream(bad.to_owned())), "{bad}");
        }
    }

    #[test]
    fn artifacts_have_names() {
        assert_eq!(name_of("php-pecl-zip-0:1.22.3-1.el9.x86_64").as_deref(), Some("php-pecl-zip"));
        assert_eq!(name_of("php-0:8.1-1.el9.src"), None);
        assert_eq!(name_of("nonsense"), None);
    }
}
