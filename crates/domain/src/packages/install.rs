//! What to type on the new machine: the `dnf` lines and the package section of a kickstart.

use super::families::families;
use super::judge::{Given, Standing, Transition, names};
use super::pes::{Arch, Stream};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The id of the family whose repository a package of Rocky's own brings.
const EPEL: &str = "epel";

/// What is installed on the new machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Installation {
    /// Names that somebody answers for on EL9, sorted.
    pub install: Vec<String>,
    /// Names that events last spoke of for a release before 9, sorted: to be looked up before they are installed.
    pub confirm: Vec<String>,
    /// Module streams that the events ask for.
    pub modules: Vec<Stream>,
    /// Repositories of Rocky 9 that are off by default.
    pub enable: Vec<String>,
    /// Repositories of other makers, by the maker's name; an address where one is known.
    pub makers: BTreeMap<String, Option<String>>,
    /// Repositories that the events name and that nobody could place.
    pub unplaced: Vec<String>,
    /// What is installed from each of those: by the name of Rocky's repository, the family's id, or the events' name.
    pub wanted: BTreeMap<String, BTreeSet<String>>,
    /// The commands, in their order.
    pub commands: Vec<String>,
}

/// What a PES repository is on Rocky 9.
enum Place {
    /// On by default.
    Default(&'static str),
    Off(&'static str),
}

impl Installation {
    /// What this transition asks of a fresh Rocky 9.
    pub fn of(transition: &Transition<'_>, given: &Given, arch: Arch) -> Self {
        let sure = |standing: &&Standing<'_>| standing.last_word.is_none();
        let install = names(transition.packages.iter().filter(sure));
        let confirm = names(transition.packages.iter().filter(|s| !sure(s)));
        let confirm: BTreeSet<&str> = confirm.difference(&install).copied().collect();
        let mut enable: BTreeSet<String> = BTreeSet::new();
        let mut makers = BTreeMap::new();
        let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (need, to) in transition.packages.iter().filter_map(|s| Some((s.needs.as_deref()?, &s.to))) {
            wanted.entry(need.to_owned()).or_default().extend(to.iter().cloned());
            match families().iter().find(|family| family.id == need) {
                Some(family) => drop(makers.insert(family.name.clone(), family.repository.clone())),
                None => drop(enable.insert(need.to_owned())),
            }
        }
        let asked: BTreeSet<&str> = install.union(&confirm).copied().collect();
        let unplaced = placed(transition, given, arch, &asked, &mut enable, &mut wanted);
        let modules = transition.leapp.iter().flat_map(|leapp| leapp.enable.iter().cloned()).collect();
        let list = |set: &BTreeSet<&str>| set.iter().map(|name| (*name).to_owned()).collect();
        let mut installation = Self {
            install: list(&install),
            confirm: list(&confirm),
            modules,
            enable: enable.into_iter().collect(),
            makers,
            unplaced,
            wanted,
            commands: Vec::new(),
        };
        installation.commands = installation.typed();
        installation
    }

    /// The commands.
    fn typed(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let epel =
            families().iter().find(|family| family.id == EPEL).is_some_and(|f| self.makers.contains_key(&f.name));
        if epel {
            lines.push("dnf -y install epel-release".to_owned());
        }
        if !self.modules.is_empty() {
            let streams: Vec<String> = self.modules.iter().map(Stream::to_string).collect();
            lines.push(format!("dnf -y module enable {}", streams.join(" ")));
        }
        let enable: String = self.enable.iter().map(|repository| format!(" --enablerepo={repository}")).collect();
        if !self.install.is_empty() {
            lines.push(format!("dnf -y{enable} install {}", self.install.join(" ")));
        }
        if !self.confirm.is_empty() {
            lines.push(format!("dnf -q{enable} repoquery --available --qf '%{{name}}\\n' {}", self.confirm.join(" ")));
        }
        lines
    }
}

/// Turns on what the events' repositories are on Rocky 9; gives back those that nobody could place.
fn placed(
    transition: &Transition<'_>,
    given: &Given,
    arch: Arch,
    asked: &BTreeSet<&str>,
    enable: &mut BTreeSet<String>,
    wanted: &mut BTreeMap<String, BTreeSet<String>>,
) -> Vec<String> {
    let mut unplaced = BTreeSet::new();
    let named = transition.leapp.iter().flat_map(|leapp| &leapp.repositories);
    for (pesid, names) in named {
        let names: Vec<&String> = names.iter().filter(|name| asked.contains(name.as_str())).collect();
        if names.is_empty() {
            continue;
        }
        let ids = given.repomap.repoids(pesid, arch.name());
        let known = ids.into_iter().chain([pesid.as_str()]).find_map(place);
        let from = match known {
            Some(Place::Default(_)) => continue,
            Some(Place::Off(repository)) => {
                enable.insert(repository.to_owned());
                repository
            }
            None => {
                unplaced.insert(pesid.clone());
                pesid
            }
        };
        wanted.entry(from.to_owned()).or_default().extend(names.into_iter().cloned());
    }
    unplaced.into_iter().collect()
}

/// What a repository of Leapp's data is called on Rocky 9; none when nobody could say.
pub fn called(repository: &str) -> Option<&'static str> {
    place(repository).map(|(Place::Default(name) | Place::Off(name))| name)
}

/// Rocky's repositories keep their names behind the distribution's own: `rocky8-powertools`, `centos8-baseos`.
fn place(repository: &str) -> Option<Place> {
    let name = repository.to_ascii_lowercase();
    let name =
        name.split_once('-').filter(|(before, _)| before.ends_with(['7', '8', '9'])).map_or(name.as_str(), |n| n.1);
    Some(match name {
        "base" | "updates" | "baseos" | "@system" => Place::Default("baseos"),
        "appstream" => Place::Default("appstream"),
        "extras" => Place::Default("extras"),
        "powertools" | "crb" => Place::Off("crb"),
        "ha" | "highavailability" => Place::Off("highavailability"),
        "resilient-storage" | "resilientstorage" => Place::Off("resilientstorage"),
        "nfv" => Place::Off("nfv"),
        "rt" => Place::Off("rt"),
        _ => return None,
    })
}

/// The package section of a kickstart for the new machine. Comments say what stands for what.
pub fn kickstart(transition: &Transition<'_>, installation: &Installation) -> String {
    let mut lines = Vec::new();
    for (maker, repository) in &installation.makers {
        lines.push(format!("# {maker}: {}", repository.as_deref().unwrap_or("-")));
    }
    lines.extend(installation.enable.iter().map(|repository| format!("# needs the repository {repository}")));
    let streams = installation.modules.iter().map(|m| format!("module --name={} --stream={}", m.module, m.stream));
    lines.extend(streams);
    lines.extend(["%packages".to_owned(), "@^minimal-environment".to_owned()]);
    let stands_for = |name: &String| {
        let froms: Vec<&str> = from(transition, name);
        let others: Vec<&str> = froms.into_iter().filter(|from| from != name).collect();
        if others.is_empty() { String::new() } else { format!("  # {}", others.join(", ")) }
    };
    lines.extend(installation.install.iter().map(|name| format!("{name}{}", stands_for(name))));
    if !installation.confirm.is_empty() {
        lines.push("# last spoken of for release 8; look them up before you ask for them".to_owned());
        lines.extend(installation.confirm.iter().map(|name| format!("#{name}{}", stands_for(name))));
    }
    lines.push("%end".to_owned());
    lines.join("\n") + "\n"
}

/// The packages of EL7 for which this one is installed.
fn from<'t>(transition: &'t Transition<'_>, name: &str) -> Vec<&'t str> {
    let of = transition.packages.iter().filter(|standing| standing.to.iter().any(|to| to == name));
    of.map(|standing| standing.name).collect()
}
