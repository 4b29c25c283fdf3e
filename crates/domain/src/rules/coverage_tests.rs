//! The table of coverage against the rules, and against the catalogue where a developer has it at hand.

use super::*;
use crate::rules::{CoverageRow, Evidence, FLEET_RULES, RULES};
use std::collections::{BTreeMap, BTreeSet};

/// How many rows of each section wait for a rule; sections in the order of the table. Only ever less.
const PENDING: &[(&str, usize)] = &[];

fn table() -> Coverage {
    Coverage::parse(TABLE).expect("the shipped table parses")
}

/// Which rows each rule names.
fn named_by_rules() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let hosts = RULES.iter().map(|rule| (rule.id, rule.sources));
    let fleet = FLEET_RULES.iter().map(|rule| (rule.id, rule.sources));
    hosts.chain(fleet).map(|(id, sources)| (id, sources.iter().copied().collect())).collect()
}

#[test]
fn ids_stand_once_and_every_row_says_something() {
    let table = table();
    let ids: BTreeSet<&str> = table.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids.len(), table.rows.len(), "an id stands twice");
    for row in &table.rows {
        assert_eq!(row.id.starts_with("leapp-"), row.actor.is_some(), "{}: Leapp's findings name their actor", row.id);
        assert_eq!(row.marks.is_empty(), row.actor.is_some(), "{}: rows of the catalogue have its marks", row.id);
        let said = match &row.fate {
            Fate::Rules { yet, .. } => yet.as_deref().unwrap_or("-"),
            Fate::NoRule(why) | Fate::Pending(why) => why,
        };
        assert!(!row.about.trim().is_empty() && !said.trim().is_empty(), "{} says nothing", row.id);
    }
}

#[test]
fn rules_and_rows_name_each_other() {
    let (table, rules) = (table(), named_by_rules());
    for row in &table.rows {
        for id in row.rules() {
            let sources = rules.get(id.as_str()).unwrap_or_else(|| panic!("{} names {id}, which is no rule", row.id));
            assert!(sources.contains(row.id.as_str()), "add {:?} to the sources of {id}", row.id);
        }
    }
    for (id, sources) in rules {
        for source in sources.iter().filter(|source| **source != OWN) {
            let row = table.row(source).unwrap_or_else(|| panic!("{id} names {source}, which is no row"));
            assert!(row.rules().iter().any(|rule| rule == id), "add {id:?} to the rules of {source} in the table");
        }
        assert!(!sources.contains(OWN) || sources.len() == 1, "{id} has a source, so it is not our own finding");
    }
}

/// What is common knowledge in the catalogue stays common knowledge, and warns, until somebody confirms it there.
#[test]
fn no_rule_is_founded_better_than_its_rows() {
    let table = table();
    let hosts = RULES.iter().map(|rule| (rule.id, rule.evidence, rule.sources));
    let fleet = FLEET_RULES.iter().map(|rule| (rule.id, rule.evidence, rule.sources));
    for (id, claimed, sources) in hosts.chain(fleet).filter(|(.., sources)| *sources != [OWN]) {
        let best = sources.iter().filter_map(|source| table.row(source)).map(CoverageRow::evidence).min();
        assert!(best.is_some_and(|best| claimed >= best), "{id} claims {claimed:?}, its rows have {best:?}");
    }
}

#[test]
fn work_that_is_left_only_falls() {
    let mut left: Vec<(&str, usize)> = Vec::new();
    let mut section = "";
    for line in TABLE.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title;
            left.push((section, 0));
        } else if line.starts_with("pending = ")
            && let Some((_, n)) = left.last_mut()
        {
            *n += 1;
        }
    }
    assert_eq!(left.iter().map(|(_, n)| n).sum::<usize>(), table().pending().count(), "after {section}");
    let pinned: Vec<_> = left.iter().filter(|(_, n)| *n > 0).copied().collect();
    assert_eq!(pinned, PENDING, "more is a step back; less is work done: write the lower number here");
}

/// The ids of the catalogue and of the list of Leapp's findings, where they lie beside the project.
#[test]
#[expect(clippy::print_stderr, reason = "a test that compares with nothing says so")]
fn nothing_known_is_left_out() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference");
    let read = |name: &str| read_beside(&format!("{beside}/{name}"));
    let (Some(catalogue), Some(leapp)) = (read("breakage-catalogue.md"), read("leapp-findings.md")) else {
        eprintln!("SKIPPED: {beside} is not on this machine, so the table is compared with nothing");
        return;
    };
    let first = |line: &str| line.strip_prefix("| ").and_then(|rest| rest.split(' ').next()).map(str::to_owned);
    let is_id = |id: &str| id.split_once('-').is_some_and(|(area, n)| !area.is_empty() && n.parse::<u32>().is_ok());
    let rows = catalogue.lines().filter_map(first).filter(|id| is_id(id));
    let kept = leapp.lines().filter(|line| line.ends_with("| K |") || line.ends_with("| A |"));
    let findings = kept.filter_map(first).filter(|n| n.parse::<u32>().is_ok()).map(|n| format!("leapp-{n}"));
    let known: BTreeSet<String> = rows.chain(findings).collect();
    assert_eq!(known.len(), 330, "168 rows and 162 findings");
    for line in catalogue.lines() {
        let Some(row) = first(line).filter(|id| is_id(id)).and_then(|id| table().row(&id).cloned()) else { continue };
        let marks = line.rsplit(" | ").next().unwrap_or_default();
        let letters = [('T', Evidence::Tried), ('S', Evidence::Source), ('I', Evidence::Reported)];
        for (letter, mark) in letters.into_iter().chain([('D', Evidence::Documented)]) {
            let word = |word: &str| word.len() == 1 && word.starts_with(letter);
            let there = marks.split(|c: char| !c.is_alphanumeric()).any(word);
            assert_eq!(row.marks.contains(&mark), there, "{}: {marks}", row.id);
        }
    }
    let ours: BTreeSet<String> = table().rows.into_iter().map(|row| row.id).collect();
    assert_eq!(known.symmetric_difference(&ours).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[expect(clippy::disallowed_methods, reason = "a test may read; the domain never does")]
fn read_beside(path: &str) -> Option<String> {
    std::fs::read_to_string(path).ok()
}
