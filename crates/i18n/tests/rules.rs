//! The assessment's rules and their texts: every rule speaks both languages, every finding can be
//! said, and `docs/rules.md` is what the table of rules says.
//!
//! `UPDATE=1 cargo test -p rockhop-i18n --test rules` writes the page anew.

use rockhop_domain::Message;
use rockhop_domain::assess::{Waiver, WaiverError, WaiverState};
use rockhop_domain::rules::{Area, Evidence, Expect, FLEET_RULES, RULES, Severity, TextPart, Verdict, ids, text_key};
use rockhop_i18n::{AREAS, Catalogue, Lang, rulebook};
use std::collections::BTreeSet;

/// A title is a heading, a remedy and a verification are sentences.
#[test]
fn the_book_reads_in_both_languages() {
    for lang in Lang::ALL {
        let book = rulebook::markdown(&Catalogue::new(lang));
        assert!(!book.contains("{$") && !book.contains("[rulebook-") && !book.contains("[rule-"), "{lang}");
        assert!(ids().all(|id| book.contains(&format!("### `{id}`"))), "{lang}");
    }
}

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rules.md");

#[test]
fn every_rule_has_its_texts() {
    for lang in Lang::ALL {
        let catalogue = Catalogue::new(lang);
        let missing: Vec<String> = ids()
            .flat_map(|id| TextPart::ALL.map(|part| text_key(id, part)))
            .filter(|key| !catalogue.has(key))
            .collect();
        assert!(missing.is_empty(), "{lang}: {missing:?}");
    }
}

#[test]
fn every_finding_can_be_said() {
    let mut said = BTreeSet::new();
    let cases = RULES.iter().flat_map(|rule| rule.cases.iter().map(move |case| (rule, case)));
    for (rule, case) in cases.filter(|(_, case)| case.expect == Expect::Found) {
        let Verdict::Found(messages) = case.judge(rule) else { panic!("{} finds nothing on its case", rule.id) };
        for message in messages {
            for lang in Lang::ALL {
                let text = Catalogue::new(lang).say(&message);
                assert!(!text.starts_with('[') && !text.contains("{$"), "{lang}: {message} says {text:?}");
            }
            said.insert(message.key);
        }
    }
    let unsaid: Vec<&str> =
        keys("finding-").filter(|key| !said.contains(*key) && !key.starts_with("finding-fleet-")).collect();
    assert!(unsaid.is_empty(), "no rule says these on a broken host: {unsaid:?}");
}

#[test]
fn no_text_is_left_over() {
    let wanted: BTreeSet<String> = ids().flat_map(|id| TextPart::ALL.map(|part| text_key(id, part))).collect();
    let left: Vec<&str> = keys("rule-").filter(|key| !wanted.contains(*key)).collect();
    assert!(left.is_empty(), "there are no rules for these: {left:?}");
    let fleet: BTreeSet<String> =
        FLEET_RULES.iter().map(|rule| format!("finding-{}", rule.id.replace('.', "-"))).collect();
    assert_eq!(keys("finding-fleet-").map(str::to_owned).collect::<BTreeSet<_>>(), fleet);
}

#[test]
fn words_for_what_an_assessment_holds() {
    let mut wanted = words("severity", &[Severity::Blocks, Severity::Warns, Severity::Informs]);
    wanted.extend(words("area", &Area::ALL));
    wanted.extend(words("evidence", &Evidence::ALL));
    wanted.extend(words("waiver-state", &[WaiverState::Applied, WaiverState::Unused, WaiverState::Expired]));
    for lang in Lang::ALL {
        let catalogue = Catalogue::new(lang);
        let missing: Vec<&String> = wanted.iter().filter(|key| !catalogue.has(key)).collect();
        assert!(missing.is_empty(), "{lang}: {missing:?}");
        for error in refusals() {
            let text = catalogue.say(&error.message());
            assert!(!text.starts_with('[') && !text.contains("{$"), "{lang}: {text}");
        }
    }
}

#[test]
fn the_page_is_what_the_table_says() {
    let page = rulebook::markdown(&Catalogue::new(Lang::En));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(PAGE, &page).expect("docs/rules.md can be written");
    }
    let written = std::fs::read_to_string(PAGE).unwrap_or_default();
    assert!(written == page, "docs/rules.md is out of date: UPDATE=1 cargo test -p rockhop-i18n --test rules");
}

/// The key that machines read.
fn stable(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(value).expect("a plain value serialises");
    json.as_str().expect("a word").to_owned()
}

fn words(prefix: &str, values: &[impl serde::Serialize]) -> Vec<String> {
    values.iter().map(|value| format!("{prefix}-{}", stable(value))).collect()
}

fn refusals() -> Vec<WaiverError> {
    let whole = r#"{"rule":"platform.memory","hosts":"all","owner":"a","reason":"b","expires":"2026-12-31"}"#;
    assert!(serde_json::from_str::<Waiver>(whole).is_ok());
    let rule = || "platform.memory".to_owned();
    vec![
        WaiverError::NoOwner { rule: rule() },
        WaiverError::NoReason { rule: rule() },
        WaiverError::NoHosts { rule: rule() },
        WaiverError::NoSuchRule { rule: rule(), nearest: rule() },
    ]
}

/// Keys of the rules' locale file that start so.
fn keys(prefix: &str) -> impl Iterator<Item = &'static str> {
    let area = AREAS.iter().find(|area| area.name == "rules").expect("the rules have a locale file");
    area.text(Lang::En)
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, _)| key)
        .filter(move |key| key.starts_with(prefix))
}

/// A finding that a fleet's rule makes is said by the domain's own tests; here its values are.
#[test]
fn fleet_findings_name_their_values() {
    let message = Message::new("finding-fleet-replica-older")
        .with("replica", "db-4")
        .with("service", "MariaDB")
        .with("primary", "db-3")
        .with("primary-version", "10.11")
        .with("replica-version", "10.5");
    assert_eq!(Catalogue::new(Lang::En).say(&message), "db-4 (MariaDB 10.5) follows db-3 (10.11).");
}
