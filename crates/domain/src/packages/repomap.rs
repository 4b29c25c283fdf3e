//! Leapp's `repomap.json`: which repositories carry on as which.
//!
//! Leapp names families of repositories by a PES id; the file says which repository ids are of a family, for which
//! release and architecture, and which families follow on which. Formats 1 and 2 are read.

use crate::Message;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The file's content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repomap {
    repositories: Vec<Repository>,
    maps: Vec<Map>,
}

/// A repository of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// The family.
    pub pesid: String,
    /// What dnf calls it.
    pub repoid: String,
    pub major: u16,
    pub arch: String,
    /// The distribution; formats before 1.2 name none.
    pub distro: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Map {
    from_major: u16,
    to_major: u16,
    from: String,
    to: Vec<String>,
}

/// A repository map that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct RepomapError {
    pub file: String,
    pub wrong: WrongMap,
}

/// What is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongMap {
    NotJson { line: usize, column: usize, why: String },
    Format { found: String },
    BadRelease { place: String, found: String },
    UnknownFamily { place: String, pesid: String },
}

impl RepomapError {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        let say = |key: &str| Message::new(key).with("file", &self.file);
        match &self.wrong {
            WrongMap::NotJson { line, column, why } => {
                say("repomap-not-json").with("line", line).with("column", column).with("why", why)
            }
            WrongMap::Format { found } => say("repomap-format").with("found", found),
            WrongMap::BadRelease { place, found } => say("repomap-release").with("place", place).with("found", found),
            WrongMap::UnknownFamily { place, pesid } => {
                say("repomap-unknown-family").with("place", place).with("pesid", pesid)
            }
        }
    }
}

#[derive(Debug, Deserialize)]
struct RawFile {
    version_format: String,
    mapping: Vec<RawMapping>,
    repositories: Vec<RawFamily>,
}

#[derive(Debug, Deserialize)]
struct RawMapping {
    source_major_version: String,
    target_major_version: String,
    entries: Vec<RawEntry>,
}

#[derive(Debug, Deserialize)]
struct RawEntry {
    source: String,
    target: RawTarget,
}

/// A list in format 1; in format 2 a list for each distribution.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum RawTarget {
    One(Vec<String>),
    ByDistribution(BTreeMap<String, Vec<String>>),
}

#[derive(Debug, Deserialize)]
struct RawFamily {
    pesid: String,
    entries: Vec<RawRepository>,
}

#[derive(Debug, Deserialize)]
struct RawRepository {
    repoid: String,
    major_version: String,
    arch: String,
    #[serde(default)]
    distro: Option<String>,
}

impl Repomap {
    /// Reads `repomap.json`. `file` appears in errors only.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, RepomapError> {
        let fail = |wrong| RepomapError { file: file.to_owned(), wrong };
        let raw: RawFile = serde_json::from_slice(bytes).map_err(|e| fail(not_json(&e)))?;
        if !raw.version_format.starts_with("1.") && !raw.version_format.starts_with("2.") {
            return Err(fail(WrongMap::Format { found: raw.version_format }));
        }
        let repositories = raw.repositories.iter().flat_map(|family| family.entries.iter().map(move |e| (family, e)));
        let repositories = repositories.map(|(family, entry)| repository(family, entry)).collect::<Result<_, _>>();
        let maps = raw.mapping.iter().flat_map(|mapping| mapping.entries.iter().map(move |entry| (mapping, entry)));
        let maps = maps.map(|(mapping, entry)| map(mapping, entry)).collect::<Result<_, _>>();
        let repomap = Self { repositories: repositories.map_err(fail)?, maps: maps.map_err(fail)? };
        repomap.whole().map_err(fail)?;
        Ok(repomap)
    }

    /// What stands in another file, added to this.
    pub fn extend(&mut self, other: Self) {
        self.repositories.extend(other.repositories);
        self.maps.extend(other.maps);
    }

    /// What dnf calls the repositories of a family on this architecture.
    pub fn repoids(&self, pesid: &str, arch: &str) -> BTreeSet<&str> {
        let of = self.repositories.iter().filter(|r| r.pesid == pesid && r.arch == arch);
        of.map(|repository| repository.repoid.as_str()).collect()
    }

    /// Repository ids with those that follow on them on the same architecture, from one release to the next.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let mut pairs = Vec::new();
        for map in &self.maps {
            for from in self.repositories.iter().filter(|r| r.pesid == map.from && r.major == map.from_major) {
                let follows =
                    |to: &&Repository| to.major == map.to_major && to.arch == from.arch && map.to.contains(&to.pesid);
                let to = self.repositories.iter().filter(follows);
                pairs.extend(to.map(|to| (from.repoid.as_str(), to.repoid.as_str())));
            }
        }
        pairs
    }

    /// What follows in release 9 on a repository of release 7 or 8, by dnf's names; none where no map speaks of it.
    pub fn follow(&self, repoid: &str, arch: &str) -> Option<BTreeSet<&str>> {
        let of = self.repositories.iter().filter(|r| r.repoid == repoid && r.arch == arch);
        let mut reached: BTreeSet<(&str, u16)> = of.map(|r| (r.pesid.as_str(), r.major)).collect();
        if !self.maps.iter().any(|map| reached.contains(&(map.from.as_str(), map.from_major))) {
            return None;
        }
        // From 7 to 8 and from 8 to 9, in whichever order the maps stand.
        for _ in 0..2 {
            let next: Vec<(&str, u16)> = self
                .maps
                .iter()
                .filter(|map| reached.contains(&(&map.from, map.from_major)))
                .flat_map(|map| map.to.iter().map(|to| (to.as_str(), map.to_major)))
                .collect();
            reached.extend(next);
        }
        let last = self.repositories.iter().filter(|r| r.major == 9 && r.arch == arch);
        Some(last.filter(|r| reached.contains(&(&r.pesid, r.major))).map(|r| r.repoid.as_str()).collect())
    }

    /// Every family that is mapped has a repository.
    fn whole(&self) -> Result<(), WrongMap> {
        let known: BTreeSet<&str> = self.repositories.iter().map(|r| r.pesid.as_str()).collect();
        for map in &self.maps {
            if let Some(pesid) = map.to.iter().chain([&map.from]).find(|pesid| !known.contains(pesid.as_str())) {
                let place = format!("mapping {}:{}, source {}", map.from_major, map.to_major, map.from);
                return Err(WrongMap::UnknownFamily { place, pesid: pesid.clone() });
            }
        }
        Ok(())
    }
}

fn not_json(error: &serde_json::Error) -> WrongMap {
    let said = error.to_string();
    let why = said.rsplit_once(" at line ").map_or(said.as_str(), |(why, _)| why);
    WrongMap::NotJson { line: error.line(), column: error.column(), why: why.to_owned() }
}

fn repository(family: &RawFamily, entry: &RawRepository) -> Result<Repository, WrongMap> {
    let place = || format!("repositories {}, {}", family.pesid, entry.repoid);
    Ok(Repository {
        pesid: family.pesid.clone(),
        repoid: entry.repoid.clone(),
        major: major(&entry.major_version, place)?,
        arch: entry.arch.clone(),
        distro: entry.distro.clone(),
    })
}

fn map(mapping: &RawMapping, entry: &RawEntry) -> Result<Map, WrongMap> {
    let place = || format!("mapping, source {}", entry.source);
    let to: BTreeSet<&String> = match &entry.target {
        RawTarget::One(list) => list.iter().collect(),
        RawTarget::ByDistribution(lists) => lists.get("rocky").or(lists.get("default")).into_iter().flatten().collect(),
    };
    Ok(Map {
        from_major: major(&mapping.source_major_version, place)?,
        to_major: major(&mapping.target_major_version, place)?,
        from: entry.source.clone(),
        to: to.into_iter().cloned().collect(),
    })
}

fn major(text: &str, place: impl Fn() -> String) -> Result<u16, WrongMap> {
    text.parse().map_err(|_| WrongMap::BadRelease { place: place(), found: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn file(format: &str, target: &Value) -> Vec<u8> {
        let repository = |pesid: &str, repoid: &str, major: &str| {
            json!({"pesid": pesid, "entries": [
                {"repoid": repoid, "major_version": major, "arch": "x86_64", "repo_type": "rpm", "channel": "ga"}]})
        };
        let file = json!({
            "version_format": format, "datetime": "x",
            "mapping": [{"source_major_version": "7", "target_major_version": "8",
                "entries": [{"source": "base", "target": target}]}],
            "repositories": [repository("base", "base", "7"), repository("r8", "rocky8", "8")],
        });
        serde_json::to_vec(&file).expect("JSON")
    }

    #[test]
    fn both_formats() {
        for (format, target) in [("1.0.0", json!(["r8"])), ("2.0.0", json!({"default": ["base"], "rocky": ["r8"]}))] {
            let map = Repomap::read("repomap.json", &file(format, &target)).expect("a map");
            assert_eq!(map.pairs(), [("base", "rocky8")], "{format}");
            assert_eq!(map.repoids("r8", "x86_64").into_iter().collect::<Vec<_>>(), ["rocky8"]);
            assert!(map.repoids("r8", "s390x").is_empty());
        }
    }

    #[test]
    fn a_repository_is_followed_over_two_releases() {
        let entry = |id: &str, major: &str| {
            json!({"pesid": id, "entries": [
                {"repoid": id, "major_version": major, "arch": "x86_64", "repo_type": "rpm", "channel": "ga"}]})
        };
        let map = |from: &str, to: &str, source: &str, target: &str| {
            json!({"source_major_version": from, "target_major_version": to,
                "entries": [{"source": source, "target": [target]}]})
        };
        let file = json!({
            "version_format": "1.0.0", "datetime": "x",
            "mapping": [map("8", "9", "r8", "r9"), map("7", "8", "base", "r8")],
            "repositories": [entry("base", "7"), entry("r8", "8"), entry("r9", "9"), entry("lost", "7")],
        });
        let read = Repomap::read("m", &serde_json::to_vec(&file).expect("JSON")).expect("a map");
        let follow = |id: &str, arch: &str| read.follow(id, arch).map(|to| to.into_iter().collect::<Vec<_>>());
        assert_eq!(follow("base", "x86_64"), Some(vec!["r9"]));
        assert_eq!((follow("lost", "x86_64"), follow("base", "s390x"), follow("none", "x86_64")), (None, None, None));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let mut eight: Value = serde_json::from_slice(&file("1.0.0", &json!([]))).expect("JSON");
        eight["mapping"][0]["target_major_version"] = json!("eight");
        for (bytes, want) in [
            (b"{".to_vec(), "repomap-not-json(file=m, line=1"),
            (file("3.0.0", &json!([])), "repomap-format(file=m, found=3.0.0)"),
            (file("1.0.0", &json!(["r9"])), "repomap-unknown-family(file=m, place=mapping 7:8, source base, pesid=r9)"),
            (
                serde_json::to_vec(&eight).expect("JSON"),
                "repomap-release(file=m, place=mapping, source base, found=eight)",
            ),
        ] {
            let said = Repomap::read("m", &bytes).expect_err("a fault").message().to_string();
            assert!(said.starts_with(want), "{said}");
        }
    }

    proptest::proptest! {
        /// A sound file with a piece cut out, doubled or overwritten.
        #[test]
        fn mutated_files_never_panic(
            at in 0usize..700,
            len in 0usize..30,
            with in proptest::collection::vec(proptest::num::u8::ANY, 0..20),
        ) {
            let mut bytes = file("2.0.0", &json!({"default": ["r8"]}));
            let at = at.min(bytes.len());
            let end = (at + len).min(bytes.len());
            bytes.splice(at..end, with);
            let _ = Repomap::read("m", &bytes).map(|map| map.pairs().len());
        }
    }
}
