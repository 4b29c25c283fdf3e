//! The assessment's rules and their texts: every rule speaks both languages, every finding can be
//! said, and `docs/rules.md` is what the table of rules says.
//!
//! `UPDATE=1 cargo test -p rockhop-i18n --test rules` writes the page anew.

use rockhop_domain::Message;
use rockhop_domain::assess::{Waiver, WaiverError, WaiverState};
use rockhop_domain::rules::{Area, Evidence, Expect, FLEET_RULES, RULES, Severity, TextPart, Verdict, ids, text_key};
use rockhop_i18n::{AREAS, Catalogue, Lang};
use std::collections::BTreeSet;
use std::fmt::Write;

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
        let Verdict::Found(messages) = rule.judge(&case.host()) else {
            panic!("{} finds nothing on its case", rule.id)
        };
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
    wanted.extend(words("area", &AREAS_SHOWN));
    wanted.extend(words("evidence", &EVIDENCE_SHOWN.map(|(evidence, _)| evidence)));
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
    let page = page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(PAGE, &page).expect("docs/rules.md can be written");
    }
    let written = std::fs::read_to_string(PAGE).unwrap_or_default();
    assert!(written == page, "docs/rules.md is out of date: UPDATE=1 cargo test -p rockhop-i18n --test rules");
}

const AREAS_SHOWN: [Area; 13] = [
    Area::Platform,
    Area::Storage,
    Area::Kernel,
    Area::Network,
    Area::Security,
    Area::Packages,
    Area::Services,
    Area::Accounts,
    Area::Web,
    Area::Cache,
    Area::Database,
    Area::Monitoring,
    Area::Fleet,
];

const EVIDENCE_SHOWN: [(Evidence, &str); 5] = [
    (Evidence::Tried, "tried with the real tool"),
    (Evidence::Source, "read in the source of the program that breaks, or of one that checks for it"),
    (Evidence::Reported, "seen by others, with its resolution"),
    (Evidence::Documented, "the vendor's documentation says so"),
    (Evidence::Known, "common knowledge of the field; such a rule never blocks a host"),
];

const HEAD: &str = "# Rules of the assessment

Generated from the table of rules; do not edit. `UPDATE=1 cargo test -p rockhop-i18n --test rules` writes it anew.

A rule looks at the facts of one host, or of the whole fleet. What it finds *blocks* the host until it is remedied or
waived, *warns* (somebody decides), or *informs*. A rule that could not look is *unknown*, and where a finding would
block, unknown blocks as well. `rockhop assess` exits 2 when something blocks.

A waiver names a rule, hosts, an owner, a reason and its last day. It is refused when any of them is missing; an expired
one hides nothing and is reported.
";

const TAIL: &str = "
## What no rule looks at

Rockhop builds a new host and carries configuration and data over. So nothing here asks about the boot loader, installed
kernels, free room in /boot, subscription state, or the format of the old file systems (XFS version 4, `ftype=0`): the
new host does not inherit them. Rules for PCI devices by id, multipath, VDO, LUKS, SELinux's local policy, and for
services that the fleet's roles do not have (Apache with PHP, BIND, Samba, Squid, Kerberos, OpenLDAP servers, RabbitMQ,
printing) are not written yet, nor for hooks of network-scripts (`/sbin/ifup-local`) and certificate authorities of the
host's own, which the survey does not read: look at such a host by hand before it moves.
";

fn page() -> String {
    let catalogue = Catalogue::new(Lang::En);
    let mut page = String::from(HEAD);
    page.push_str("\nHow well a rule is founded:\n\n");
    for (evidence, meaning) in EVIDENCE_SHOWN {
        writeln!(page, "- *{}*: {meaning}.", stable(&evidence)).expect("writing to a string");
    }
    writeln!(page, "\n{} rules over one host, {} over the fleet.", RULES.len(), FLEET_RULES.len())
        .expect("writing to a string");
    for area in AREAS_SHOWN.into_iter().filter(|area| *area != Area::Fleet) {
        heading(&mut page, &catalogue, area);
        for rule in RULES.iter().filter(|rule| rule.area == area) {
            entry(&mut page, &catalogue, rule.id, rule.severity, rule.evidence, rule.sources, rule.looks_at);
        }
    }
    heading(&mut page, &catalogue, Area::Fleet);
    for rule in FLEET_RULES {
        entry(&mut page, &catalogue, rule.id, rule.severity, rule.evidence, rule.sources, rule.looks_at);
    }
    page.push_str(TAIL);
    page
}

fn heading(page: &mut String, catalogue: &Catalogue, area: Area) {
    let name = catalogue.say_key(&format!("area-{}", stable(&area)), &[]);
    let (first, rest) = name.split_at(1);
    writeln!(page, "\n## {}{rest}", first.to_uppercase()).expect("writing to a string");
}

fn entry(
    page: &mut String,
    catalogue: &Catalogue,
    id: &str,
    severity: Severity,
    evidence: Evidence,
    sources: &[&str],
    looks_at: &[&str],
) {
    let text = |part| catalogue.say_key(&text_key(id, part), &[]);
    let facts: Vec<String> = looks_at.iter().map(|section| format!("`{section}`")).collect();
    write!(
        page,
        "\n### `{id}`\n\n**{}** {}, {} ({}); looks at {}.\n\n- Remedy: {}\n- Verify: {}\n",
        text(TextPart::Title) + ".",
        stable(&severity),
        stable(&evidence),
        sources.join(", "),
        facts.join(", "),
        text(TextPart::Remedy),
        text(TextPart::Verify),
    )
    .expect("writing to a string");
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
