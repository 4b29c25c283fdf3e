//! Two surveys of a host, section by section: what came, what went, what changed.
//!
//! Only what stays as it is by itself is compared: no free space, no counters, no connections. What was unknown on one side
//! is told as such and never as gone. The contents of files are compared and not shown; their digests are.

use super::Facts;
use crate::HostId;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The fields by which the entries of a section are told apart; without them, entries are the same or not.
const KEYS: [(&str, &[&str]); 24] = [
    ("packages", &["name", "arch"]),
    ("config_files", &["path"]),
    (HELD_FILES, &["path"]),
    ("units", &["name"]),
    ("local_units", &["path"]),
    ("listening", &["transport", "address", "port"]),
    ("users", &["name"]),
    ("groups", &["name"]),
    ("mounts", &["path"]),
    ("fstab", &["path"]),
    ("block", &["name"]),
    ("pci", &["slot"]),
    ("xfs", &["source"]),
    ("luks", &["name"]),
    ("excerpts", &["path"]),
    ("broken_links", &["path"]),
    ("trust_stores", &["path"]),
    ("interfaces", &["name"]),
    ("ifcfg", &["path"]),
    ("repos", &["id"]),
    ("sysctl", &["key"]),
    ("sysctl_set", &["key"]),
    ("python_scripts", &["path"]),
    ("redis", &["port"]),
];

/// Files that archives happen to hold: that one is not among them says nothing.
const HELD_FILES: &str = "held_files";

/// Not of the host, or different in every survey.
const BESIDE: [&str; 4] = ["format", "host", "taken_at", "boot_id"];

/// Fields that are long, and secret in part: that they changed is told, not what they say.
const UNSHOWN: [&str; 2] = ["content", "listing"];

/// What is different between two surveys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    pub host: HostId,
    #[schemars(with = "String")]
    pub before: Timestamp,
    #[schemars(with = "String")]
    pub after: Timestamp,
    /// Sections in which something is different, by field name.
    pub sections: Vec<Section>,
}

/// What is different in one section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    pub section: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Change>,
    /// On which side it could not be read, if on one; then nothing else is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<Side>,
}

/// One entry that is there on both sides and not the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// The entry, and the field of it: `nginx.x86_64 version`.
    pub what: String,
    /// None where the value is not shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// One of the two surveys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    Before,
    After,
}

/// Compares two surveys of one host.
pub fn compare(before: &Facts, after: &Facts) -> Comparison {
    let (old, new) = (sections(before), sections(after));
    let names = new.keys().chain(old.keys().filter(|name| !new.contains_key(*name)));
    let sections = names.filter(|name| !BESIDE.contains(&name.as_str())).filter_map(|name| {
        let found = section(name, old.get(name).unwrap_or(&Value::Null), new.get(name).unwrap_or(&Value::Null));
        (found != Section::default()).then(|| Section { section: name.clone(), ..found })
    });
    Comparison {
        host: after.host.clone(),
        before: before.taken_at,
        after: after.taken_at,
        sections: sections.collect(),
    }
}

fn sections(facts: &Facts) -> Map<String, Value> {
    match serde_json::to_value(facts.without_volatile()) {
        Ok(Value::Object(sections)) => sections,
        _ => Map::new(),
    }
}

fn section(name: &str, old: &Value, new: &Value) -> Section {
    if name == HELD_FILES {
        let empty = |files: &Value| if files.is_null() { Value::Array(Vec::new()) } else { files.clone() };
        return Section { changed: differences(name, &empty(old), &empty(new)).changed, ..Section::default() };
    }
    let known = |value: &Value| value.get("known").cloned();
    match (known(old), known(new)) {
        (Some(old), Some(new)) => differences(name, &old, &new),
        (None, Some(_)) => Section { unknown: Some(Side::Before), ..Section::default() },
        (Some(_), None) => Section { unknown: Some(Side::After), ..Section::default() },
        (None, None) => Section::default(),
    }
}

fn differences(name: &str, old: &Value, new: &Value) -> Section {
    let mut section = Section::default();
    match (old, new) {
        (Value::Array(old), Value::Array(new)) => {
            let keys = KEYS.iter().find(|(section, _)| *section == name).map_or(&[][..], |(_, keys)| *keys);
            let (old, new) = (entries(old, keys), entries(new, keys));
            section.added = new.keys().filter(|entry| !old.contains_key(*entry)).cloned().collect();
            section.removed = old.keys().filter(|entry| !new.contains_key(*entry)).cloned().collect();
            for (entry, after) in &new {
                if let Some(before) = old.get(entry) {
                    several(entry, before, after, &mut section.changed);
                }
            }
        }
        _ => changes("", old, new, &mut section.changed),
    }
    section
}

/// Entries by their keys; several of one key (kernels) stand together.
fn entries<'v>(list: &'v [Value], keys: &[&str]) -> BTreeMap<String, Vec<&'v Value>> {
    let mut entries: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for value in list {
        let parts: Vec<String> = keys.iter().filter_map(|key| value.get(key)).map(shown).collect();
        let name = if parts.is_empty() { shown(value) } else { parts.join(".") };
        entries.entry(name).or_default().push(value);
    }
    entries
}

fn several(entry: &str, old: &[&Value], new: &[&Value], into: &mut Vec<Change>) {
    match (old, new) {
        ([old], [new]) => changes(entry, old, new, into),
        _ if old == new => {}
        _ => {
            let all = |values: &[&Value]| values.iter().map(|value| shown(value)).collect::<Vec<_>>().join("; ");
            into.push(Change { what: entry.to_owned(), before: Some(all(old)), after: Some(all(new)) });
        }
    }
}

/// What changed inside of an entry, field by field.
fn changes(what: &str, old: &Value, new: &Value, into: &mut Vec<Change>) {
    match (old, new) {
        _ if old == new => {}
        (Value::Object(before), Value::Object(after)) => {
            let names = after.keys().chain(before.keys().filter(|name| !after.contains_key(*name)));
            for name in names {
                let (old, new) = (before.get(name).unwrap_or(&Value::Null), after.get(name).unwrap_or(&Value::Null));
                let what = format!("{what} {name}").trim_start().to_owned();
                if UNSHOWN.contains(&name.as_str()) {
                    into.extend((old != new).then_some(Change { what, before: None, after: None }));
                } else {
                    changes(&what, old, new, into);
                }
            }
        }
        _ => into.push(Change { what: what.to_owned(), before: Some(shown(old)), after: Some(shown(new)) }),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Read, Why};
    use crate::rules::fixtures::{add_file, add_package, add_unit, clean_el7_web};

    fn found<'c>(comparison: &'c Comparison, section: &str) -> &'c Section {
        let sections = &comparison.sections;
        sections.iter().find(|one| one.section == section).unwrap_or_else(|| panic!("{section}: {sections:?}"))
    }

    #[test]
    fn a_host_is_like_itself() {
        let mut later = clean_el7_web();
        later.uptime_s = Read::Known(99);
        later.boot_id = Read::Known("another".into());
        assert_eq!(compare(&clean_el7_web(), &later).sections, []);
    }

    #[test]
    fn what_came_went_and_changed_is_told() {
        let (mut before, mut after) = (clean_el7_web(), clean_el7_web());
        add_package(&mut before, "gone", "1.0", "1.el7");
        add_package(&mut after, "come", "1.0", "1.el7");
        add_package(&mut before, "newer", "1.0", "1.el7");
        add_package(&mut after, "newer", "1.1", "1.el7");
        add_unit(&mut after, "come.service");
        let packages = compare(&before, &after);
        let packages = found(&packages, "packages");
        assert_eq!(
            (&packages.added[..], &packages.removed[..]),
            (&["come.x86_64".into()][..], &["gone.x86_64".into()][..])
        );
        let newer = packages.changed.iter().find(|change| change.what == "newer.x86_64 version").expect("changed");
        assert_eq!((newer.before.as_deref(), newer.after.as_deref()), (Some("1.0"), Some("1.1")));
        assert_eq!(found(&compare(&before, &after), "units").added, ["come.service"]);
    }

    #[test]
    fn a_file_changes_by_its_digest_and_does_not_say_what_is_in_it() {
        let (mut before, mut after) = (clean_el7_web(), clean_el7_web());
        add_file(&mut before, "/etc/app.conf", "password-like\n");
        add_file(&mut after, "/etc/app.conf", "another\n");
        let comparison = compare(&before, &after);
        let text = serde_json::to_string(&comparison).expect("JSON");
        assert!(text.contains("/etc/app.conf content") && !text.contains("password-like"), "{text}");
    }

    #[test]
    fn unknown_is_not_gone() {
        let mut after = clean_el7_web();
        after.packages = Read::Unknown(Why::Truncated);
        let comparison = compare(&clean_el7_web(), &after);
        let packages = found(&comparison, "packages");
        assert_eq!((packages.unknown, packages.removed.len()), (Some(Side::After), 0));
        assert_eq!(found(&compare(&after, &clean_el7_web()), "packages").unknown, Some(Side::Before));
    }

    #[test]
    fn of_files_that_archives_hold_only_those_in_both_are_compared() {
        let held = |files: &[(&str, &str)]| {
            let mut facts = clean_el7_web();
            files.iter().for_each(|(path, content)| add_file(&mut facts, path, content));
            let all = facts.config_files.known().cloned().unwrap_or_default();
            facts.held_files = all.into_iter().filter(|file| file.path.starts_with("/held/")).collect();
            facts.config_files = Read::Unknown(Why::NotAsked);
            facts
        };
        let one = held(&[("/held/a", "secret\n"), ("/held/b", "b\n")]);
        let other = held(&[("/held/a", "hidden\n"), ("/held/c", "c\n")]);
        let comparison = compare(&one, &other);
        let files = found(&comparison, HELD_FILES);
        assert!(files.added.is_empty() && files.removed.is_empty() && files.unknown.is_none(), "{files:?}");
        assert!(files.changed.iter().any(|change| change.what == "/held/a content"), "{files:?}");
        let text = serde_json::to_string(&comparison).expect("JSON");
        assert!(!text.contains("secret") && !text.contains("/held/b") && !text.contains("/held/c"), "{text}");
        assert_eq!(compare(&one, &held(&[])).sections, []);
    }

    #[test]
    fn every_key_is_a_field_of_a_section() {
        let facts = crate::rules::fixtures::clean_hosts();
        for (section, keys) in KEYS {
            let value = |facts: &Facts| serde_json::to_value(facts).expect("JSON")[section]["known"][0].clone();
            let entry = facts.iter().map(value).find(|value| !value.is_null());
            let Some(entry) = entry else { continue };
            assert!(keys.iter().all(|key| entry.get(key).is_some()), "{section}: {entry}");
        }
    }
}
