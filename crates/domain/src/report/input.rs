//! What the report is made from, besides the ledger: the plans, the facts' small tables, and what people
//! stated in the project file.

use crate::{
    Digest, HostId, Message, RunId, WaveNo,
    event::{Event, Period},
    facts::{Facts, Read},
    plan::Plan,
};
use indexmap::IndexMap;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Everything that [`super::build`] needs. The same input gives the same report, byte by byte.
#[derive(Debug, Clone)]
pub struct ReportInput<'a> {
    /// What people stated.
    pub context: &'a ReportContext,
    /// The time on the report's cover.
    pub generated_at: Timestamp,
    /// The whole ledger, in order.
    pub events: &'a [Event],
    /// Every plan that a run of the ledger names.
    pub plans: &'a IndexMap<Digest, Plan>,
    /// Which run the report is about; without one, the last production run, or else the last run.
    pub run: Option<RunId>,
    /// Small tables from the hosts' facts, before and after.
    pub hosts: &'a [HostFacts],
    /// The comparison with vulnerability data, if one was made.
    pub vulnerabilities: Option<Vulnerabilities>,
    /// What the check of the ledger's hash chain found.
    pub ledger: LedgerCheck,
}

/// What people stated in the project file. Filled from the project; every list may be empty, and what is
/// empty shows as "not given", never as zero.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct ReportContext {
    /// The project's name.
    pub project: String,
    /// Whose fleet it is.
    pub organisation: Option<String>,
    /// The report's own version: `1.0`.
    pub version: String,
    /// Who may read it: `internal`.
    pub classification: Option<String>,
    /// When it goes to the archive.
    pub archive_on: Option<Date>,
    /// How many years it is kept.
    pub retention_years: Option<u32>,
    /// Times are printed at this offset from UTC, in minutes: 480 for Beijing.
    pub utc_offset_minutes: i16,
    /// Who is asked about what.
    pub contacts: Vec<Contact>,
    /// Who signs.
    pub signers: Vec<Contact>,
    /// What was planned for when.
    pub milestones: Vec<PlannedMilestone>,
    /// The budget, line by line.
    pub budget: Vec<BudgetLine>,
    /// What the move is worth.
    pub benefits: Vec<Benefit>,
    /// What is to be done regularly from now on.
    pub maintenance: Vec<Maintenance>,
    /// An earlier project to compare with.
    pub baseline: Option<Baseline>,
}

/// A person and what for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// As what: `project lead`.
    pub role: String,
    /// Name.
    pub name: String,
}

/// What was planned for when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedMilestone {
    /// Which.
    pub what: MilestoneKind,
    /// For when.
    pub planned: Timestamp,
}

/// Milestones that the ledger can tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MilestoneKind {
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
    /// This wave ended.
    Wave(WaveNo),
    /// The run ended.
    Ended,
}

/// One line of the budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct BudgetLine {
    /// What for.
    pub name: String,
    /// Money or hours.
    pub unit: BudgetUnit,
    /// Planned, in thousandths.
    pub budget_milli: i64,
    /// Spent, in thousandths, if somebody stated it.
    #[serde(default)]
    pub actual_milli: Option<i64>,
}

/// What a budget line counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BudgetUnit {
    /// Of this currency.
    Money(String),
    /// Of work.
    PersonHours,
}

/// What the move is worth in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Benefit {
    /// What.
    pub name: String,
    /// How much a year, in thousandths of the currency, if it can be said in money.
    #[serde(default)]
    pub yearly_milli: Option<i64>,
    /// Which currency.
    #[serde(default)]
    pub currency: Option<String>,
}

/// Something to be done regularly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maintenance {
    /// What.
    pub what: String,
    /// How often.
    pub every: String,
    /// By whom.
    pub who: String,
}

/// An earlier project, as its own papers state it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Baseline {
    /// How it is called.
    pub name: String,
    /// Hosts that it moved.
    pub hosts: u32,
    /// In how many waves.
    pub waves: u32,
    /// How long it took, in days.
    pub days: u32,
    /// Downtime, in hours.
    pub downtime_hours: u32,
    /// Incidents.
    pub incidents: u32,
}

/// What the check of the ledger's hash chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum LedgerCheck {
    /// Every row follows from the one before.
    Whole {
        /// Rows.
        events: u64,
        /// Hash of the last row.
        head: Digest,
        /// Fingerprint of the key that signed the head, if it is signed.
        signed_by: Option<String>,
    },
    /// This row does not follow from the one before.
    Broken {
        /// Which.
        seq: u64,
        /// What is wrong.
        why: Message,
    },
    /// Nobody looked.
    NotChecked,
}

/// What the vulnerability comparison counted, over the fleet, each vulnerability once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Vulnerabilities {
    /// Where the data is from, with its date.
    pub source: String,
    /// Which ones count: `rated Critical or Important by Red Hat`.
    pub which: String,
    /// Affected at least one host before, none after, with evidence for each.
    pub fixed: u64,
    /// Gone from the list only because no data covers them.
    pub unknown: u64,
    /// Affect a host after and none before.
    pub introduced: u64,
    /// Affect a host before and after.
    pub remaining: u64,
}

/// What the report needs of one host's facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct HostFacts {
    /// Which host.
    pub host: HostId,
    /// Before the move or after it.
    pub period: Period,
    /// The facts' digest in the evidence store.
    pub facts: Digest,
    /// `centos 7`, `rocky 9.4`: id and version as the system says.
    pub os: Option<OsName>,
    /// `uname -r`.
    pub kernel: Option<String>,
    /// Installed packages.
    pub packages: Option<u64>,
    /// Version and release of openssl.
    pub openssl: Option<String>,
    /// Version and release of openssh-server.
    pub openssh: Option<String>,
    /// Parts of the machine that are stage scenery, and so prove nothing.
    pub scenery: Vec<String>,
}

/// A system, by id and version.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OsName {
    /// `centos`, `rocky`.
    pub id: String,
    /// `7`, `9.4`.
    pub version: String,
    /// As the system calls itself.
    pub pretty: String,
}

/// As the system calls itself, or its id and version.
impl std::fmt::Display for OsName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.pretty.is_empty() {
            true => write!(f, "{} {}", self.id, self.version),
            false => f.write_str(&self.pretty),
        }
    }
}

impl HostFacts {
    /// The small table of one host's facts. What the survey could not read stays unknown.
    pub fn of(period: Period, digest: Digest, facts: &Facts) -> Self {
        Self {
            host: facts.host.clone(),
            period,
            facts: digest,
            os: facts.os.known().map(OsName::of),
            kernel: facts.kernel.known().cloned(),
            packages: facts.packages.known().map(|all| all.len() as u64),
            openssl: version(facts, "openssl"),
            openssh: version(facts, "openssh-server"),
            scenery: scenery(facts),
        }
    }
}

impl OsName {
    fn of(os: &crate::facts::Os) -> Self {
        Self { id: os.id.clone(), version: os.version_id.clone(), pretty: os.pretty.clone() }
    }
}

fn version(facts: &Facts, package: &str) -> Option<String> {
    let found = facts.packages.known()?.iter().find(|p| p.name == package)?;
    Some(format!("{}-{}", found.version, found.release))
}

fn scenery(facts: &Facts) -> Vec<String> {
    match &facts.lab {
        Read::Known(Some(mark)) => mark.scenery.clone(),
        Read::Known(None) | Read::Unknown(_) => Vec::new(),
    }
}
