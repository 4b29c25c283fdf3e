//! What the remedies cost: minutes of people's work for each rule, as estimated in `knowledge/effort.toml`.
//!
//! An estimate and never a measurement; whoever shows a sum says so. A project that knows better overrides a row.

use crate::rules::{self, Severity, ids, nearest};
use crate::{Message, RuleId};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The table as it is shipped.
const TABLE: &str = include_str!("../../../../knowledge/effort.toml");

static KNOWLEDGE: LazyLock<Written> = LazyLock::new(|| {
    // Tested to parse; without it everything would count as not estimated.
    toml::from_str(TABLE).unwrap_or_default()
});

/// What a rule's remedy costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Effort {
    /// The kind of work: `setting`, `package`; its sentence in the catalogue is `effort-kind-<kind>`.
    pub kind: String,
    /// Minutes for each role in which the rule finds something.
    pub once: u32,
    /// Minutes for each host on which it does.
    pub each: u32,
    /// Whether there is a remedy on the machine itself.
    pub possible: bool,
    /// Where the figures come from.
    pub basis: Basis,
}

/// Where an estimate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The rule's own row.
    Rule,
    /// The rule has no row: what its severity usually costs.
    Severity,
    /// The project file.
    Project,
}

/// What the project file says of one rule's remedy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// Minutes of one person's work for each role in which the rule finds something.
    #[serde(default)]
    pub once_minutes: u32,
    /// Minutes for each host on which it does.
    #[serde(default)]
    pub each_minutes: u32,
}

/// The estimates that hold in a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Efforts {
    project: IndexMap<RuleId, Estimate>,
}

/// A project's estimate of a rule that there is none of: it would count for nothing, silently.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule {rule:?} to estimate; the nearest is {nearest:?}")]
pub struct NoSuchRule {
    /// As written.
    pub rule: String,
    /// The most similar id.
    pub nearest: String,
}

impl NoSuchRule {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        Message::new("effort-no-such-rule").with("rule", &self.rule).with("nearest", &self.nearest)
    }
}

impl Efforts {
    /// The table with a project's own figures before it.
    pub fn new(project: IndexMap<RuleId, Estimate>) -> Result<Self, NoSuchRule> {
        match project.keys().find(|rule| !ids().any(|id| id == rule.as_str())) {
            Some(rule) => Err(NoSuchRule { rule: rule.to_string(), nearest: nearest(rule.as_str()).to_owned() }),
            None => Ok(Self { project }),
        }
    }

    /// What the rule's remedy costs; `severity` decides where the table has no row.
    pub fn of(&self, rule: &RuleId, severity: Severity) -> Effort {
        let row = KNOWLEDGE.rules.get(rule.as_str());
        let usual = KNOWLEDGE.default.of(by_itself(rule, severity));
        let basis = if row.is_some() { Basis::Rule } else { Basis::Severity };
        let kind = row.map_or(usual, String::as_str);
        let effort = effort(kind, basis);
        match self.project.get(rule) {
            // Who can say what it costs has a remedy, whatever the table thinks.
            Some(own) => Effort {
                once: own.once_minutes,
                each: own.each_minutes,
                possible: true,
                basis: Basis::Project,
                ..effort
            },
            None => effort,
        }
    }

    /// What it costs to look where that rule could not.
    pub fn looking(&self, rule: &RuleId) -> Effort {
        match KNOWLEDGE.unknown.get(rule.as_str()) {
            Some(kind) => effort(kind, Basis::Rule),
            None => effort(&KNOWLEDGE.default.unknown, Basis::Severity),
        }
    }
}

/// A policy that makes a rule's findings mean more makes no more work of them; but what only informed is now decided.
fn by_itself(rule: &RuleId, severity: Severity) -> Severity {
    match rules::severity(rule.as_str()) {
        Some(own) if own > severity => own.min(Severity::Warns), // `Blocks` is the least
        Some(_) | None => severity,
    }
}

/// Every kind of work, in the table's order.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KNOWLEDGE.kind.iter().map(|kind| kind.id.as_str())
}

fn effort(kind: &str, basis: Basis) -> Effort {
    let known = KNOWLEDGE.kind.iter().find(|one| one.id == kind);
    let (once, each, possible) = known.map_or((0, 0, true), |one| (one.once, one.each, one.possible));
    Effort { kind: kind.to_owned(), once, each, possible, basis }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    default: Defaults,
    kind: Vec<Kind>,
    rules: HashMap<String, String>,
    /// Rules for which looking is work of another kind.
    unknown: HashMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Defaults {
    blocks: String,
    warns: String,
    informs: String,
    unknown: String,
}

impl Defaults {
    fn of(&self, severity: Severity) -> &str {
        match severity {
            Severity::Blocks => &self.blocks,
            Severity::Warns => &self.warns,
            Severity::Informs => &self.informs,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    id: String,
    once: u32,
    each: u32,
    #[serde(default = "yes")]
    possible: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the table; tested to be there"))]
    basis: String,
}

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{FLEET_RULES, RULES};

    fn severities() -> impl Iterator<Item = (&'static str, Severity)> {
        RULES.iter().map(|rule| (rule.id, rule.severity)).chain(FLEET_RULES.iter().map(|rule| (rule.id, rule.severity)))
    }

    fn id(rule: &str) -> RuleId {
        RuleId::parse(rule).expect("a rule")
    }

    #[test]
    fn the_table_reads_and_names_what_there_is() {
        let table: Written = toml::from_str(TABLE).expect("the table");
        let kinds: Vec<&str> = table.kind.iter().map(|kind| kind.id.as_str()).collect();
        assert!(table.kind.iter().all(|kind| kind.basis.ends_with('.')), "every kind says what it adds up");
        let d = &table.default;
        for kind in
            table.rules.values().chain(table.unknown.values()).chain([&d.blocks, &d.warns, &d.informs, &d.unknown])
        {
            assert!(kinds.contains(&kind.as_str()), "there is no kind {kind}");
        }
        let left: Vec<&String> =
            table.rules.keys().chain(table.unknown.keys()).filter(|rule| !ids().any(|id| id == **rule)).collect();
        assert!(left.is_empty(), "there are no rules for these rows: {left:?}");
    }

    #[test]
    #[expect(clippy::print_stderr, reason = "the writer of a rule is told, and not stopped")]
    fn every_rule_has_its_estimate() {
        let efforts = Efforts::default();
        let by_default: Vec<&str> = severities()
            .filter(|(rule, severity)| efforts.of(&id(rule), *severity).basis == Basis::Severity)
            .map(|(rule, _)| rule)
            .collect();
        eprintln!("estimated by severity alone, write a row in knowledge/effort.toml: {by_default:?}");
        for (rule, severity) in severities() {
            let effort = efforts.of(&id(rule), severity);
            assert!(kinds().any(|kind| kind == effort.kind), "{rule}");
            let asks = severity != Severity::Informs && effort.possible;
            assert!(!asks || effort.once + effort.each > 0, "{rule} asks for work that takes no time");
        }
    }

    #[test]
    fn a_project_knows_better() {
        let own = Estimate { once_minutes: 2400, each_minutes: 15 };
        let efforts = Efforts::new([(id("packages.docker"), own)].into_iter().collect()).expect("a rule");
        let effort = efforts.of(&id("packages.docker"), Severity::Blocks);
        assert_eq!((effort.once, effort.each, effort.basis), (2400, 15, Basis::Project));
        let other = efforts.of(&id("platform.cpu-level"), Severity::Blocks);
        assert!(!other.possible && other.basis == Basis::Rule);
    }

    #[test]
    fn a_raised_severity_is_no_more_work() {
        let efforts = Efforts::default();
        for (rule, own) in severities() {
            let (by_itself, raised) = (efforts.of(&id(rule), own), efforts.of(&id(rule), Severity::Blocks));
            assert!(own == Severity::Informs || raised == by_itself, "{rule}");
            assert!(raised.kind != "nothing" || raised.basis == Basis::Rule, "{rule} blocks and asks for nothing");
        }
    }

    #[test]
    fn an_estimate_of_no_rule_is_refused() {
        let own = Estimate { once_minutes: 1, each_minutes: 1 };
        let refused = Efforts::new([(id("packages.dokcer"), own)].into_iter().collect()).expect_err("refused");
        assert_eq!(refused, NoSuchRule { rule: "packages.dokcer".into(), nearest: "packages.docker".into() });
    }

    #[test]
    fn a_rule_without_a_row_costs_what_its_severity_does() {
        let unknown = id("web.not-written-yet");
        let efforts = Efforts::default();
        let kinds =
            [Severity::Blocks, Severity::Warns, Severity::Informs].map(|severity| efforts.of(&unknown, severity).kind);
        assert_eq!(kinds, ["rewrite", "decision", "nothing"]);
        assert_eq!(efforts.looking(&unknown).kind, "look");
        assert_eq!(efforts.looking(&id("packages.census")).kind, "command");
    }
}
