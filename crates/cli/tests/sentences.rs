//! Every sentence that this crate asks the catalogue for is there, in both languages.

use rockhop_i18n::{Catalogue, Lang};
use std::collections::BTreeSet;
use std::path::Path;

/// Beginnings of this crate's own keys, and of those it takes over.
const OURS: &[&str] = &[
    "approve-",
    "assess-",
    "control-",
    "count-",
    "diff-",
    "error-",
    "event-",
    "init-",
    "installable-",
    "lab-is-",
    "lab-next",
    "label-",
    "picture-",
    "plan-made",
    "rehearse-",
    "report-no-",
    "rules-",
    "run-",
    "show-",
    "survey-",
    "vault-verified",
    "verify-",
    "view-",
    "warn-",
];

/// Keys that are put together while running; their ends are enumerated in the unit tests beside them.
const STEMS: &[&str] = &["run-started"];

#[test]
fn every_key_in_the_sources_has_its_sentence() {
    let mut keys = BTreeSet::new();
    gather(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path(), &mut keys);
    assert!(keys.len() > 150, "only {} keys were found: the search is broken", keys.len());
    for lang in Lang::ALL {
        let catalogue = Catalogue::new(lang);
        let missing: Vec<&String> = keys.iter().filter(|key| !catalogue.has(key)).collect();
        assert!(missing.is_empty(), "{lang}: {missing:?}");
    }
}

fn gather(dir: &Path, keys: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(dir).expect("the sources are readable") {
        let path = entry.expect("the sources are readable").path();
        if path.is_dir() {
            gather(&path, keys);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            keys.extend(keys_of(&std::fs::read_to_string(&path).expect("a source")));
        }
    }
}

/// String literals that look like keys; tests at the end of a file name their own.
fn keys_of(source: &str) -> impl Iterator<Item = String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    code.split('"').skip(1).step_by(2).map(str::to_owned).filter(|text| {
        let shape = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        shape && !text.ends_with('-') && OURS.iter().any(|o| text.starts_with(o)) && !STEMS.contains(&text.as_str())
    })
}
