//! The parts of the project file that only the execution report reads: money, milestones, archive.

use super::{Language, Milli};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Planned cost and benefit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// The currency of every amount: `CNY`.
    pub currency: String,
    /// What it costs, line by line.
    #[serde(default)]
    pub lines: Vec<CostLine>,
    /// What it is worth in a year, line by line.
    #[serde(default)]
    pub benefits: Vec<BenefitLine>,
}

/// One line of the budget, in money or in hours of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostLine {
    /// What for.
    pub name: String,
    /// What the line counts.
    #[serde(default)]
    pub unit: CostUnit,
    /// How much was planned.
    pub planned: Milli,
    /// How much was spent, once it is known.
    #[serde(default)]
    pub spent: Option<Milli>,
}

/// What a line of the budget counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CostUnit {
    /// The budget's currency.
    #[default]
    Money,
    /// Hours of work.
    PersonHours,
}

/// One line of the benefit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BenefitLine {
    /// What.
    pub name: String,
    /// How much a year, if it can be said in money.
    #[serde(default)]
    pub yearly: Option<Milli>,
}

/// The execution report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReportRules {
    /// The report's own version.
    pub version: String,
    /// In which forms it is made.
    pub formats: Vec<ReportFormat>,
    /// In which languages; without any, in that of the project.
    pub languages: Vec<Language>,
    /// IANA name of the zone in which times are printed.
    pub zone: String,
    /// Where the report and its evidence are put away.
    pub archive: Option<String>,
    /// When they are put away.
    #[serde(with = "super::scalar::day::option")]
    #[schemars(with = "Option<Date>")]
    pub archive_on: Option<Date>,
    /// How many years they are kept.
    pub retention_years: Option<u32>,
    /// What was planned for when.
    pub milestones: Vec<MilestoneLine>,
    /// What is to be done regularly after the move.
    pub maintenance: Vec<Chore>,
    /// An earlier project to compare with.
    pub baseline: Option<BaselineProject>,
}

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the forms say themselves")]
pub enum ReportFormat {
    Html,
    Pdf,
    Docx,
    Markdown,
    Json,
}

/// What was planned for when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MilestoneLine {
    /// Which; the ledger tells when it was reached.
    pub what: MilestoneName,
    /// For `wave`: which one, counted from 1.
    #[serde(default)]
    pub wave: Option<u32>,
    /// For which day.
    #[serde(with = "super::scalar::day")]
    #[schemars(with = "Date")]
    pub planned: Date,
}

/// Milestones that the ledger can tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MilestoneName {
    /// The last host was surveyed before its move.
    Surveyed,
    /// The rules were asked.
    Assessed,
    /// The plan that ran was made.
    Planned,
    /// It was signed.
    Approved,
    /// The rehearsal ended.
    Rehearsed,
    /// The run began.
    Started,
    /// A wave ended.
    Wave,
    /// The run ended.
    Ended,
}

/// Something to be done regularly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chore {
    /// What.
    pub what: String,
    /// How often: `weekly`.
    pub every: String,
    /// By whom.
    pub who: String,
}

/// An earlier project, as its own papers state it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaselineProject {
    /// How it is called.
    pub name: String,
    /// Hosts that it moved.
    pub hosts: u32,
    /// In how many waves.
    pub waves: u32,
    /// How long it took.
    pub days: u32,
    /// How long services were away.
    pub downtime_hours: u32,
    /// Incidents.
    pub incidents: u32,
}

impl Default for ReportRules {
    fn default() -> Self {
        Self {
            version: "1.0".to_owned(),
            formats: vec![ReportFormat::Html, ReportFormat::Pdf],
            languages: Vec::new(),
            zone: "UTC".to_owned(),
            archive: None,
            archive_on: None,
            retention_years: None,
            milestones: Vec::new(),
            maintenance: Vec::new(),
            baseline: None,
        }
    }
}
