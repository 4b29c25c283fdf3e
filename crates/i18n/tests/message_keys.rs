//! Every key that the sources name has its sentence in both languages, and no sentence about a plan is left over.
//!
//! Keys are found in the text of the sources: whoever writes a new one without a sentence is told here,
//! not by the first reader who meets `[plan-note-...]` on a screen.

use rockhop_i18n::{AREAS, Catalogue, Lang};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Calls whose first argument is a key.
const CALLS: [&str; 4] = ["Message::new(\"", "say(\"", "say_key(\"", ".refuse(\""];

/// Files whose own `say` puts something before the key that it is given.
const PREFIXES: [(&str, &str); 4] = [
    ("domain/src/project/error.rs", "project-"),
    ("domain/src/project/misfit.rs", "fleet-"),
    ("domain/src/inventory/error.rs", "inventory-"),
    ("report/src/chapters/entry.rs", "report-row-"),
];

/// Beginnings of keys that are handed on as plain text before they become a message.
const FAMILIES: [&str; 5] = ["config-", "fault-", "gate-", "plan-", "stop-"];

/// Whose plain text is searched for those: elsewhere the same words name other things.
const SPEAKERS: [&str; 4] = ["adapters", "cli", "domain", "engine"];

/// Beginnings of the ids of steps; a step's key is made of its id.
const STAGES: [&str; 6] = ["secure", "build", "carry", "cutover", "prove", "accept"];

#[test]
fn every_key_in_the_sources_has_its_sentence() {
    let keys = keys();
    for beginning in FAMILIES.iter().chain(&["error-", "step-", "finding-", "report-"]) {
        assert!(keys.keys().any(|key| key.starts_with(beginning)), "no {beginning}: the search is broken");
    }
    for lang in Lang::ALL {
        let catalogue = Catalogue::new(lang);
        let missing: Vec<String> = keys
            .iter()
            .filter(|(key, _)| !catalogue.has(key))
            .map(|(key, file)| format!("{key} ({})", file.display()))
            .collect();
        assert!(missing.is_empty(), "without a sentence in {lang}:\n{}", missing.join("\n"));
    }
}

#[test]
fn every_sentence_about_plans_and_steps_is_said() {
    let keys = keys();
    for area in AREAS.iter().filter(|area| matches!(area.name, "plan" | "steps")) {
        let left: Vec<&str> = sentences(area.text(Lang::En)).filter(|key| !keys.contains_key(*key)).collect();
        assert!(left.is_empty(), "nothing says these of {}.ftl: {left:?}", area.name);
    }
}

#[test]
fn tests_do_not_count() {
    let text = "a();\n#[cfg(test)]\nmod tests;\nb();\n#[cfg(test)]\n#[expect(x)]\nmod inside {\n    c();\n}\nd();\n";
    assert_eq!(shipped(text), "a();\n\nb();\n\nd();\n");
}

/// Keys, each with a file that names it.
fn keys() -> BTreeMap<String, PathBuf> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder of the crates");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(crates).expect("the crates are readable") {
        sources(&entry.expect("the crates are readable").path().join("src"), &mut files);
    }
    for (name, _) in PREFIXES {
        assert!(files.iter().any(|file| file.ends_with(name)), "{name} is not there any more");
    }
    let mut keys = BTreeMap::new();
    for file in files {
        let text = shipped(&std::fs::read_to_string(&file).expect("a source"));
        let file = file.strip_prefix(crates).expect("a file of a crate").to_owned();
        keys.extend(keys_of(&file, &text).into_iter().map(|key| (key, file.clone())));
    }
    keys
}

fn sources(dir: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for path in entries.map(|entry| entry.expect("the sources are readable").path()) {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let for_tests = ["tests", "fixtures"].contains(&name) || name.starts_with("test_") || name.ends_with("_tests");
        if path.is_dir() && !for_tests {
            sources(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") && !for_tests {
            files.push(path);
        }
    }
}

/// The text without comments and without what only tests see.
fn shipped(text: &str) -> String {
    let code: String = text.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut parts = code.split("#[cfg(test)]\n");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let attributes: usize =
            part.split_inclusive('\n').take_while(|line| line.trim_start().starts_with("#[")).map(str::len).sum();
        let item = part.get(attributes..).unwrap_or_default();
        let end = match (item.find(';'), item.find('{')) {
            (Some(end), body) if body.is_none_or(|body| end < body) => end + 1,
            _ => item.find("\n}").map_or(item.len(), |end| end + 2),
        };
        out.push_str(item.get(end..).unwrap_or_default());
    }
    out
}

fn keys_of(file: &Path, text: &str) -> BTreeSet<String> {
    let prefix = PREFIXES.iter().find(|(name, _)| file.ends_with(name)).map_or("", |(_, prefix)| prefix);
    let mut keys = BTreeSet::new();
    for call in CALLS {
        let prefix = if call == "say(\"" { prefix } else { "" };
        keys.extend(after(text, call).map(|key| format!("{prefix}{}", key.trim_start_matches(prefix))));
    }
    if SPEAKERS.iter().any(|name| file.starts_with(name)) {
        // Bodies of scripts are named, too, and are no keys.
        let text = text.replace("body!(\"", "");
        for family in FAMILIES {
            keys.extend(after(&text, &format!("\"{family}")).map(|rest| format!("{family}{rest}")));
        }
    }
    if file.starts_with("domain/src/replace") {
        for stage in STAGES {
            let steps = after(text, &format!("\"{stage}."));
            keys.extend(steps.map(|rest| format!("step-{stage}-{rest}")));
        }
    }
    keys
}

/// What stands behind each `start` up to the next quote, as far as it can be a key or the end of one.
fn after<'a>(text: &'a str, start: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    let found: Vec<&str> = text.split(start).skip(1).filter_map(|rest| rest.split('"').next()).collect();
    found.into_iter().filter(|text| is_key(text))
}

/// Not a stem to which something is put, and no text of another kind.
fn is_key(text: &str) -> bool {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && !text.ends_with('-') && text.chars().all(fine)
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())).filter_map(|line| {
        let (key, _) = line.split_once(" =")?;
        Some(key)
    })
}
