//! The assessment's rules: what will break on the way from EL 7 to EL 9, judged from facts alone.
//!
//! A rule is a row and a small function. It never reads a host, never guesses, and never takes "was
//! not read" for "is fine": a section it looks at that is unknown makes its verdict unknown. The
//! tables here are in the order in which people are shown the findings.

mod accounts;
mod agents;
mod aim;
mod balancer;
mod bind;
mod boot;
mod cache;
mod case;
mod coverage;
mod database;
mod devices;
mod disks;
mod firewall;
pub mod fixtures;
mod fleet;
mod host;
mod httpd;
mod identity;
mod interfaces;
mod kept;
mod kernel;
mod lookups;
mod mail;
mod mariadb;
mod monitoring;
mod names;
mod network;
mod outside;
mod packages;
mod php;
mod platform;
mod postgresql;
mod repositories;
mod searched;
mod security;
mod services;
mod shares;
mod sheet;
mod software;
mod storage;
mod stores;
mod table;
pub(crate) mod text;
mod told;
mod trust;
mod tunnels;
mod used;
mod web;

#[cfg(test)]
mod tests;

pub use aim::{Aim, Move};
pub use case::{Case, Expect};
pub use coverage::{Coverage, Fate, OWN, Row as CoverageRow, coverage};
pub use fleet::{
    FLEET_RULES, Fleet, FleetCase, FleetFinding, FleetRule, FleetVerdict, Hosts, Keeps, Lead, Left, Pair, PairKind,
    Precedence, Seen, pairs, precedences,
};
pub use sheet::{Sheet, sheet, sheets};
pub use table::RULES;

use crate::facts::{Facts, Why};
use crate::remedy::kind::Mechanical;
use crate::{Message, RuleId};
use serde::{Deserialize, Serialize};

/// What a finding of the rule means for the move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The host does not move until it is remedied or waived: it would not boot, not serve, let nobody in,
    /// let everybody in, or lose data.
    Blocks,
    /// Something behaves differently afterwards; somebody must have decided about it.
    Warns,
    /// Good to know; nothing to decide.
    Informs,
}

impl Severity {
    /// Every severity, the gravest first.
    pub const ALL: [Self; 3] = [Self::Blocks, Self::Warns, Self::Informs];

    /// The word that machines and the project file use, and the end of its key in the catalogue.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::Warns => "warns",
            Self::Informs => "informs",
        }
    }
}

/// The part of a host that a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    Platform,
    Storage,
    Kernel,
    Network,
    Security,
    Packages,
    Services,
    Accounts,
    Web,
    Cache,
    Database,
    Monitoring,
    Fleet,
}

impl Area {
    /// Every area, in the order in which people are shown them.
    pub const ALL: [Self; 13] = [
        Self::Platform,
        Self::Storage,
        Self::Kernel,
        Self::Network,
        Self::Security,
        Self::Packages,
        Self::Services,
        Self::Accounts,
        Self::Web,
        Self::Cache,
        Self::Database,
        Self::Monitoring,
        Self::Fleet,
    ];

    /// The word that machines use, and the end of its key in the catalogue.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Storage => "storage",
            Self::Kernel => "kernel",
            Self::Network => "network",
            Self::Security => "security",
            Self::Packages => "packages",
            Self::Services => "services",
            Self::Accounts => "accounts",
            Self::Web => "web",
            Self::Cache => "cache",
            Self::Database => "database",
            Self::Monitoring => "monitoring",
            Self::Fleet => "fleet",
        }
    }
}

/// How well the rule's claim is founded, the best first. Common knowledge alone never blocks a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Tried with the real tool.
    Tried,
    /// Read in the source of the program that breaks, or of one that checks for it.
    Source,
    /// Seen by others: an issue with its resolution.
    Reported,
    /// The vendor's documentation says so.
    Documented,
    /// Common knowledge of the field.
    Known,
}

impl Evidence {
    /// Every degree, the best first.
    pub const ALL: [Self; 5] = [Self::Tried, Self::Source, Self::Reported, Self::Documented, Self::Known];

    /// The word that machines use, and the end of its key in the catalogue.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tried => "tried",
            Self::Source => "source",
            Self::Reported => "reported",
            Self::Documented => "documented",
            Self::Known => "known",
        }
    }
}

/// A way of moving a host.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// A new machine beside the old one.
    #[default]
    Replace,
    /// The same machine, installed anew.
    Reimage,
    /// The same machine, its system upgraded where it is.
    Inplace,
}

impl Strategy {
    /// The word that machines use, and the end of its key in the catalogue.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::Reimage => "reimage",
            Self::Inplace => "inplace",
        }
    }
}

/// The rule that says of a host that nobody took a census of it, in the place of all that look at the census.
pub const CENSUS_TAKEN: &str = "packages.census";

/// What comes across is true of every strategy.
pub const EVERY: &[Strategy] = &[Strategy::Replace, Strategy::Reimage, Strategy::Inplace];

/// Strategies that begin with an empty system: what nobody carries across is gone.
pub const FRESH: &[Strategy] = &[Strategy::Replace, Strategy::Reimage];

/// One rule over the facts of one host.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Never reused, never renamed: waivers and reports point at it. Its texts are `rule-<id>-title`,
    /// `-remedy` and `-verify`, with dashes for dots.
    pub id: &'static str,
    pub severity: Severity,
    pub area: Area,
    /// Rows of the breakage catalogue (`PLT-02`), or Leapp's check with the same meaning (`leapp-32`).
    pub sources: &'static [&'static str],
    pub evidence: Evidence,
    /// Every section of the facts that it reads, by field name; it reads no other.
    pub looks_at: &'static [&'static str],
    /// Files that it looks for by their place, as the survey writes them: where the survey does not look, "no such file"
    /// means nothing.
    pub places: &'static [&'static str],
    /// What it found; nothing found is an empty list, could not look is the reason.
    pub look: fn(&Facts) -> Result<Vec<Message>, Why>,
    /// In place of `look`, for a rule that has to know what people decided about the move.
    pub weigh: Option<Weigh>,
    /// How hosts move for which it has something to say.
    pub strategies: &'static [Strategy],
    /// A remedy that is safe to type on the old host as it stands: it changes nothing that still serves.
    pub command: Option<&'static str>,
    /// A change that is safe to make by machine on the old host as it stands, with its way back; see [`crate::remedy`].
    pub mechanical: Option<Mechanical>,
    /// Hosts on which it is tried and shown: at least one on which it finds something.
    pub cases: &'static [Case],
}

/// What is found in a host's facts and people's decisions about its move.
pub type Weigh = fn(&Move<'_>) -> Result<Vec<Message>, Why>;

/// What a rule says of a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It looked, and nothing is wrong.
    Clear,
    /// One sentence for each thing it found.
    Found(Vec<Message>),
    /// It could not look. Never fine.
    Unknown(Why),
}

impl Rule {
    /// What is true of most rules; a row says what is not, and has `..Rule::USUAL` for the rest.
    pub const USUAL: Self = Self {
        id: "",
        severity: Severity::Warns,
        area: Area::Platform,
        sources: &[],
        evidence: Evidence::Known,
        looks_at: &[],
        places: &[],
        look: |_| Err(Why::NotAsked),
        weigh: None,
        strategies: EVERY,
        command: None,
        mechanical: None,
        cases: &[],
    };

    /// The rule's verdict on a host.
    pub fn judge(&self, host: &Move<'_>) -> Verdict {
        match self.weigh.map_or_else(|| (self.look)(host.facts), |weigh| weigh(host)) {
            Ok(found) if found.is_empty() => Verdict::Clear,
            Ok(found) => Verdict::Found(found),
            Err(why) => Verdict::Unknown(why),
        }
    }

    /// Whether it has something to say of hosts that move so.
    pub fn is_for(&self, strategy: Strategy) -> bool {
        self.strategies.contains(&strategy)
    }

    /// For its reader: sections of the facts, and the project file where it asks what people decided.
    pub fn everything_looked_at(&self) -> impl Iterator<Item = &'static str> {
        self.looks_at.iter().copied().chain(self.weigh.map(|_| "rockhop.toml"))
    }

    /// The id as the type that waivers and findings use.
    pub fn rule_id(&self) -> RuleId {
        rule_id(self.id)
    }

    /// Whether it has a verdict of its own on a host: without a census, one rule speaks for all that would look at it.
    pub fn is_asked(&self, facts: &Facts) -> bool {
        let counted = facts.census.why() != Some(&Why::NoCensus);
        counted || self.id == CENSUS_TAKEN || !self.looks_at.contains(&"census")
    }
}

impl FleetRule {
    /// Whether it has something to say of a host that moves so.
    pub fn is_for(&self, strategy: Strategy) -> bool {
        self.strategies.contains(&strategy)
    }

    /// The id as the type that waivers and findings use.
    pub fn rule_id(&self) -> RuleId {
        rule_id(self.id)
    }
}

/// The keys of a rule's texts for people.
pub fn text_key(id: &str, part: TextPart) -> String {
    let part = match part {
        TextPart::Title => "title",
        TextPart::Remedy => "remedy",
        TextPart::Verify => "verify",
    };
    format!("rule-{}-{part}", id.replace('.', "-"))
}

/// The three texts that each rule has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextPart {
    /// What it is about, in a few words.
    Title,
    /// What to do about a finding.
    Remedy,
    /// How to see afterwards that it is done.
    Verify,
}

impl TextPart {
    /// All three, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Title, Self::Remedy, Self::Verify];
}

/// Ids of every rule, host rules first.
pub fn ids() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.id).chain(FLEET_RULES.iter().map(|rule| rule.id))
}

/// How much the findings of a rule mean by themselves; none when there is no such rule.
pub fn severity(id: &str) -> Option<Severity> {
    let host = RULES.iter().find(|rule| rule.id == id).map(|rule| rule.severity);
    host.or_else(|| FLEET_RULES.iter().find(|rule| rule.id == id).map(|rule| rule.severity))
}

/// How a machine can remedy what that rule finds, if it can.
pub fn mechanical(id: &str) -> Option<Mechanical> {
    RULES.iter().find(|rule| rule.id == id).and_then(|rule| rule.mechanical)
}

/// The id that is most like what somebody wrote.
pub fn nearest(written: &str) -> &'static str {
    let likeness = |id: &&str| (strsim::jaro_winkler(written, id) * 1000.0) as u32;
    ids().max_by_key(likeness).unwrap_or_default()
}

fn rule_id(id: &'static str) -> RuleId {
    RuleId::parse(id).expect("the ids in the tables are valid; a test reads each of them")
}
