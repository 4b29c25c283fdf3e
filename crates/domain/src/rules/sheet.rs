//! One rule as people and machines read about it: a host's or the fleet's, in the same form.

use super::{Area, Evidence, FLEET_RULES, FleetRule, RULES, Rule, Severity, Strategy};
use crate::Message;
use crate::remedy::kind::Mechanical;
use serde::Serialize;

/// What there is to know of a rule, its sentences apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    pub id: &'static str,
    pub severity: Severity,
    pub area: Area,
    pub evidence: Evidence,
    pub sources: &'static [&'static str],
    /// Sections of the facts, and the project file where it asks what people decided.
    pub looks_at: Vec<&'static str>,
    pub places: &'static [&'static str],
    pub strategies: &'static [Strategy],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<&'static str>,
    /// What `rockhop remedy` does about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mechanical: Option<Mechanical>,
    /// What it says on one of its cases.
    pub example: Option<Message>,
}

/// Every rule, in the order in which people are shown the findings.
pub fn sheets() -> impl Iterator<Item = Sheet> {
    RULES.iter().map(Sheet::from).chain(FLEET_RULES.iter().map(Sheet::from))
}

/// The rule of that id.
pub fn sheet(id: &str) -> Option<Sheet> {
    let host = RULES.iter().find(|rule| rule.id == id).map(Sheet::from);
    host.or_else(|| FLEET_RULES.iter().find(|rule| rule.id == id).map(Sheet::from))
}

impl From<&Rule> for Sheet {
    fn from(rule: &Rule) -> Self {
        Self {
            id: rule.id,
            severity: rule.severity,
            area: rule.area,
            evidence: rule.evidence,
            sources: rule.sources,
            looks_at: rule.everything_looked_at().collect(),
            places: rule.places,
            strategies: rule.strategies,
            command: rule.command,
            mechanical: rule.mechanical,
            example: rule.example(),
        }
    }
}

impl From<&FleetRule> for Sheet {
    fn from(rule: &FleetRule) -> Self {
        Self {
            id: rule.id,
            severity: rule.severity,
            area: Area::Fleet,
            evidence: rule.evidence,
            sources: rule.sources,
            looks_at: rule.looks_at.to_vec(),
            places: &[],
            strategies: rule.strategies,
            command: None,
            mechanical: None,
            example: rule.example(),
        }
    }
}
