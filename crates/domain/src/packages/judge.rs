//! The fate of every package of a host, and who said so.

use super::origin::{Origin, origin};
use super::pes::{Events, Installed, Outcome, Release, Said, Way};
use super::table::{Nothing, table};
use super::vendors::Vendors;
use super::{Decision, Repomap, families::Word, is_package_name, is_software};
use crate::facts::Package;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What people gave beside the built-in tables. Nothing of it has to be there.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Leapp's events, those of vendors behind them.
    pub events: Option<Events>,
    pub repomap: Repomap,
    pub vendors: Vendors,
}

/// What becomes of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It is installed under its name.
    Keeps,
    /// Others are installed in its place or beside it.
    Replaced,
    /// The new system brings what is needed of it.
    Comes,
    /// Nothing takes its place.
    Removed,
    /// Nobody speaks of it. A person decides.
    Unknown,
}

/// Who said what becomes of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum Because {
    Decision {
        owner: String,
        reason: String,
    },
    /// A row of the built-in table.
    Row {
        id: &'static str,
        evidence: &'static str,
    },
    /// It is of a minimal CentOS 7, whose counterpart is of a minimal EL9.
    Base,
    /// The word of the package's family.
    Family {
        id: &'static str,
        evidence: &'static str,
    },
    /// An event of Leapp's data.
    Event(Said),
}

impl Because {
    /// Who said so, by the name under which it is found again: `decision li.wei`, `row sys.ntp`, `event 7 (8.0)`.
    pub fn name(&self) -> String {
        match self {
            Self::Decision { owner, .. } => format!("decision {owner}"),
            Self::Row { id, .. } => format!("row {id}"),
            Self::Base => "base".to_owned(),
            Self::Family { id, .. } => format!("family {id}"),
            Self::Event(said) => format!("event {} ({})", said.event, said.release),
        }
    }
}

/// One package of the host.
#[derive(Debug, Clone, Serialize)]
pub struct Standing<'a> {
    pub name: &'a str,
    pub version: &'a str,
    pub origin: Origin<'a>,
    /// Its maker, when that is not the distribution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maker: Option<String>,
    pub fate: Fate,
    /// What is installed for it.
    pub to: Vec<String>,
    /// First what decided; behind it what the events say as well.
    pub because: Vec<Because>,
    /// Where only events spoke, the last release that they spoke of. Before 9 that is a name which 9 may not have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_word: Option<Release>,
    #[serde(skip)]
    pub(super) needs: Option<String>,
}

/// The fate of every package of a host.
#[derive(Debug, Clone, Serialize)]
pub struct Transition<'a> {
    /// Every package name of the host once, sorted.
    pub packages: Vec<Standing<'a>>,
    /// What Leapp itself would leave of the packages that its events are about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leapp: Option<Outcome>,
}

/// What becomes of the packages of a host on its way.
pub fn judge<'a>(packages: &'a [Package], way: &Way, given: &'a Given, decisions: &[&Decision]) -> Transition<'a> {
    let mut by_name: BTreeMap<&str, (&Package, Origin<'a>)> = BTreeMap::new();
    for package in packages.iter().filter(|package| is_software(package)) {
        by_name.entry(&package.name).or_insert_with(|| (package, origin(package, &given.vendors)));
    }
    let told = by_name.values().filter(|(_, origin)| origin.has_events());
    let told = told.map(|(package, _)| Installed::from(package.name.as_str()));
    let leapp = given.events.as_ref().map(|events| events.transition(way, told));
    let standing = |(package, origin)| standing(package, origin, way, leapp.as_ref(), decisions);
    let packages = by_name.into_values().map(standing).collect();
    Transition { packages, leapp }
}

impl<'a> Transition<'a> {
    /// The packages of one fate.
    pub fn of(&self, fate: Fate) -> impl Iterator<Item = &Standing<'a>> {
        self.packages.iter().filter(move |standing| standing.fate == fate)
    }

    /// Packages that the distribution did not build, by maker.
    pub fn third_party(&self) -> BTreeMap<&str, Vec<&Standing<'a>>> {
        let mut makers: BTreeMap<&str, Vec<&Standing<'a>>> = BTreeMap::new();
        for standing in &self.packages {
            if let Some(maker) = &standing.maker {
                makers.entry(maker).or_default().push(standing);
            }
        }
        makers
    }
}

/// What was said of a package beside events.
#[derive(Debug)]
pub(super) struct Spoken {
    pub to: Vec<String>,
    pub nothing: Option<Nothing>,
    pub because: Because,
    pub needs: Option<String>,
}

/// A decision goes before the table, and the table, which knows the package itself, before its family.
pub(super) fn said<'a>(
    package: &Package,
    origin: impl FnOnce() -> Origin<'a>,
    decisions: &[&Decision],
) -> Option<Spoken> {
    let name = package.name.as_str();
    if let Some(decision) = decisions.iter().find(|decision| decision.package == name) {
        let because = Because::Decision { owner: decision.owner.clone(), reason: decision.reason.clone() };
        return Some(Spoken::of(decision.install.clone(), because));
    }
    if let Some(row) = table().row(name) {
        let because = Because::Row { id: &row.id, evidence: &row.evidence };
        return Some(Spoken { to: row.to.clone(), nothing: row.nothing, because, needs: row.needs.clone() });
    }
    if table().is_base(name) {
        return Some(Spoken { nothing: Some(Nothing::Comes), ..Spoken::of(Vec::new(), Because::Base) });
    }
    let Origin::Family(family) = origin() else { return None };
    let to = match family.word(name) {
        Word::Install(to) => to,
        Word::Gone => Vec::new(),
        Word::Decide => return None,
    };
    let because = Because::Family { id: &family.id, evidence: &family.evidence };
    let needs = (!to.is_empty()).then(|| family.id.clone());
    to.iter().all(|name| is_package_name(name)).then_some(Spoken { needs, ..Spoken::of(to, because) })
}

impl Spoken {
    /// Gone when there is nothing to install.
    fn of(to: Vec<String>, because: Because) -> Self {
        let nothing = to.is_empty().then_some(Nothing::Gone);
        Self { to, nothing, because, needs: None }
    }
}

fn standing<'a>(
    package: &'a Package,
    origin: Origin<'a>,
    way: &Way,
    leapp: Option<&Outcome>,
    decisions: &[&Decision],
) -> Standing<'a> {
    let trace = leapp.and_then(|outcome| outcome.traces.get(&package.name)).filter(|trace| !trace.said.is_empty());
    let events = trace.into_iter().flat_map(|trace| trace.said.iter().cloned().map(Because::Event));
    let mut standing = Standing {
        name: &package.name,
        version: &package.version,
        origin,
        maker: origin.maker().map(str::to_owned),
        fate: Fate::Unknown,
        to: Vec::new(),
        because: Vec::new(),
        last_word: None,
        needs: None,
    };
    match (said(package, || origin, decisions), trace) {
        (Some(spoken), _) => {
            standing.fate = fate(&package.name, &spoken.to, spoken.nothing);
            standing.to = spoken.to;
            standing.needs = spoken.needs;
            standing.because.push(spoken.because);
        }
        (None, Some(trace)) if trace.becomes.iter().all(|name| is_package_name(name)) => {
            standing.to = trace.becomes.iter().cloned().collect();
            standing.fate = fate(&package.name, &standing.to, standing.to.is_empty().then_some(Nothing::Gone));
            let last = trace.said.iter().map(|said| said.release).max();
            standing.last_word = last.filter(|last| last.major < way.to.major && !standing.to.is_empty());
        }
        (None, _) => {}
    }
    standing.because.extend(events);
    standing
}

fn fate(name: &str, to: &[String], nothing: Option<Nothing>) -> Fate {
    match (nothing, to) {
        (Some(Nothing::Comes), _) => Fate::Comes,
        (Some(Nothing::Gone | Nothing::Left), _) | (None, []) => Fate::Removed,
        (None, [only]) if only == name => Fate::Keeps,
        (None, _) => Fate::Replaced,
    }
}

/// Names that a set of packages installs.
pub(super) fn names<'s>(standings: impl Iterator<Item = &'s Standing<'s>>) -> BTreeSet<&'s str> {
    standings.flat_map(|standing| standing.to.iter().map(String::as_str)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::package;
    use super::*;
    use crate::packages::pes::Arch;

    const WAY: Way = Way { from: Release::new(7, 9), to: Release::last_of(9), arch: Arch::X86_64 };
    const EVENTS: &str = r#"{"packageinfo": [
        {"id": 1, "action": 1, "release": {"major_version": 8, "minor_version": 0},
         "in_packageset": {"package": [{"name": "old-tool", "repository": "base"}]}},
        {"id": 2, "action": 3, "release": {"major_version": 8, "minor_version": 0},
         "in_packageset": {"package": [{"name": "tool", "repository": "base"}]},
         "out_packageset": {"package": [{"name": "tool-ng", "repository": "rocky8-powertools"}]}},
        {"id": 3, "action": 6, "release": {"major_version": 9, "minor_version": 0},
         "in_packageset": {"package": [{"name": "moved", "repository": "base"}]},
         "out_packageset": {"package": [{"name": "moved", "repository": "rocky9-appstream"}]}},
        {"id": 4, "action": 1, "release": {"major_version": 8, "minor_version": 0},
         "in_packageset": {"package": [{"name": "ntp", "repository": "base"}]}}]}"#;

    fn given() -> Given {
        let events = Events::read("pes-events.json", EVENTS.as_bytes()).expect("events");
        Given { events: Some(events), ..Given::default() }
    }

    /// Name, fate, what is installed, and the last word.
    fn fates(packages: &[Package], given: &Given) -> Vec<(String, Fate, String, Option<Release>)> {
        let transition = judge(packages, &WAY, given, &[]);
        let row = |s: &Standing<'_>| (s.name.to_owned(), s.fate, s.to.join(" "), s.last_word);
        transition.packages.iter().map(row).collect()
    }

    #[test]
    fn each_fate_and_who_said_so() {
        let names = ["bash", "moved", "ntp", "old-tool", "silent", "tcp_wrappers", "tool"];
        let host = names.map(|name| package(name, "CentOS"));
        let row = |name: &str, fate, to: &str, last| (name.to_owned(), fate, to.to_owned(), last);
        assert_eq!(
            fates(&host, &given()),
            [
                row("bash", Fate::Comes, "", None),
                row("moved", Fate::Keeps, "moved", None),
                row("ntp", Fate::Replaced, "chrony", None),
                row("old-tool", Fate::Removed, "", None),
                row("silent", Fate::Unknown, "", None),
                row("tcp_wrappers", Fate::Removed, "", None),
                row("tool", Fate::Replaced, "tool-ng", Some(Release::new(8, 0))),
            ]
        );
        let given = given();
        let transition = judge(&host, &WAY, &given, &[]);
        let ntp = &transition.packages[2].because;
        assert!(matches!(&ntp[..], [Because::Row { .. }, Because::Event(said)] if said.event == 4), "{ntp:?}");
    }

    #[test]
    fn without_files_what_only_events_know_is_unknown() {
        let host = ["moved", "tool"].map(|name| package(name, "CentOS"));
        assert!(fates(&host, &Given::default()).iter().all(|row| row.1 == Fate::Unknown));
    }

    /// A vendor's package of the same name is another package: the distribution's events are not about it.
    #[test]
    fn events_are_about_packages_of_the_distribution() {
        for (vendor, want) in [("CentOS", Fate::Removed), ("", Fate::Removed), ("Somebody Ltd", Fate::Unknown)] {
            assert_eq!(fates(&[package("old-tool", vendor)], &given())[0].1, want, "{vendor}");
        }
        let host = [package("old-tool", "Somebody Ltd")];
        let given = given();
        let transition = judge(&host, &WAY, &given, &[]);
        assert_eq!(transition.third_party().keys().collect::<Vec<_>>(), [&"Somebody Ltd"]);
        assert!(transition.leapp.is_some_and(|outcome| outcome.traces.is_empty()));
    }

    #[test]
    fn two_versions_of_a_package_are_one() {
        let host = [package("moved", "CentOS"), package("moved", "CentOS")];
        assert_eq!(fates(&host, &given()).len(), 1);
    }

    #[test]
    fn a_name_that_no_command_can_hold_is_unknown() {
        let host = [package("elasticsearch; reboot", "Elasticsearch")];
        assert_eq!(fates(&host, &Given::default())[0].1, Fate::Unknown);
    }
}
