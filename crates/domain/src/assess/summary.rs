//! The answers of an assessment: which hosts can go now, which after remedies, which never and why, and what the work is.
//!
//! A fold, host by host, so that a large fleet needs no more room than a small one. Sums of work are estimates.

use super::effort::{Effort, Efforts};
use super::memory::{Gone, KnownFinding, KnownResult, Left, State};
use super::{Counts, Finding, FleetOutcome, FleetResult, HostAssessment, Readiness, WaiverStatus};
use crate::facts::Origin;
use crate::rules::{Area, RULES, Severity, Strategy};
use crate::{Digest, HostId, RoleId, RuleId, SiteId};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whether a host can go, as people ask it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "when")]
pub enum Outlook {
    /// It can go as it is.
    Now,
    /// Once somebody has done or decided something.
    AfterRemedies,
    /// Nobody knows: something that would keep it could not be looked at, and nothing that was found does. Look first.
    NotKnown,
    /// Not on this machine: these rules found what has no remedy there.
    Never { because: Vec<RuleId> },
    /// It runs EL 9 already.
    Arrived,
    /// Its role does not move; it is looked at because something depends on it.
    Stays,
}

/// One host's part of an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HostReport {
    pub host: HostId,
    pub role: RoleId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// Digest of the stored survey, as the ledger names it.
    pub survey: Digest,
    /// Digest of the stored census that was joined to it, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub census: Option<Digest>,
    /// Digest of what the host is; equal for two surveys between which nothing was changed.
    pub facts: Digest,
    #[schemars(with = "String")]
    pub surveyed_at: Timestamp,
    /// Who read those facts.
    #[serde(default)]
    pub origin: Origin,
    /// How it moves; rules that are for other strategies were not asked.
    #[serde(default)]
    pub strategy: Strategy,
    pub readiness: Readiness,
    pub outlook: Outlook,
    /// Estimated minutes of work on this host alone; what is done once for its role is not in it.
    pub minutes: u32,
    pub findings: Vec<KnownFinding>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<Gone>,
    /// Rules that looked and found nothing.
    pub clear: u32,
    /// Sections of the survey that could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<String>,
}

/// What `rockhop assess --json` prints and the evidence store keeps: the answers, then host by host what they rest on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssessmentReport {
    #[serde(flatten)]
    pub head: Head,
    /// In the project's order.
    pub hosts: Vec<HostReport>,
}

/// The JSON Schema of an assessment.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(AssessmentReport).to_value()
}

/// Everything of an assessment that is not about one host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Head {
    /// See [`super::ASSESSMENT_FORMAT`].
    pub format: u32,
    #[schemars(with = "String")]
    pub assessed_at: Timestamp,
    /// When the assessment was made that the states are held against; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub against: Option<Timestamp>,
    pub counts: Counts,
    pub summary: Summary,
    /// Where one host's move breaks another.
    pub fleet: Vec<KnownResult>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fleet_gone: Vec<Gone>,
    /// Hosts that the assessment before knew and this one does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Left>,
    /// Hosts that do not move and that nobody has surveyed: nothing is said of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<HostId>,
    /// What became of each waiver; an expired one hides nothing.
    pub waivers: Vec<WaiverStatus>,
}

/// The answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    pub outlook: Outlooks,
    pub changes: Changes,
    pub work: Work,
    pub roles: Vec<RoleRow>,
    pub areas: Vec<AreaRow>,
    /// Rules that found something, the fleet's included; in the order of the table.
    pub rules: Vec<RuleRow>,
}

/// How many hosts can go when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outlooks {
    pub now: u32,
    pub after_remedies: u32,
    #[serde(default)]
    pub not_known: u32,
    pub never: u32,
    pub arrived: u32,
    pub stays: u32,
}

/// How many findings are in which state, the fleet's included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Changes {
    pub new: u32,
    pub still: u32,
    pub waived: u32,
    /// Since the assessment that this one is held against.
    pub gone: u32,
}

/// Estimated work in minutes of one person. What is waived, only informs, or is about a host that does not move or never
/// goes, is not in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Work {
    /// Done once for each role, or once for the fleet.
    pub once: u64,
    /// Done on each host.
    pub each: u64,
    /// Looking where a rule could not; what is found then may be more.
    pub looking: u64,
}

/// What an assessment says of the hosts of one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoleRow {
    pub role: RoleId,
    pub hosts: u32,
    pub outlook: Outlooks,
    pub tally: Tally,
    pub work: Work,
}

/// What the rules of one area say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AreaRow {
    pub area: Area,
    pub tally: Tally,
    pub work: Work,
}

/// What one rule says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleRow {
    pub rule: RuleId,
    /// The highest that it has on a host.
    pub severity: Severity,
    pub area: Area,
    pub tally: Tally,
    pub changes: Changes,
    pub effort: Effort,
    pub work: Work,
}

/// Findings that nobody waived, by severity; those that could not look apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    pub blocks: u32,
    pub warns: u32,
    pub informs: u32,
    pub unknown: u32,
    pub waived: u32,
}

/// Whether and when a host can go, by what the rules say of it.
pub fn outlook(readiness: Readiness, findings: &[KnownFinding], moves: bool, efforts: &Efforts) -> Outlook {
    if readiness == Readiness::Arrived {
        return Outlook::Arrived;
    }
    if !moves {
        return Outlook::Stays;
    }
    let hopeless = findings.iter().map(|known| &known.finding).filter(|finding| {
        finding.blocks() && !finding.is_unknown() && !efforts.of(&finding.rule, finding.severity).possible
    });
    let because: Vec<RuleId> = hopeless.map(|finding| finding.rule.clone()).collect();
    if because.is_empty() { Outlook::of(readiness) } else { Outlook::Never { because } }
}

/// What is to be done about a finding: nothing, look, or a remedy.
enum ToDo {
    Nothing,
    Look(Effort),
    Remedy(Effort),
}

fn to_do(finding: &Finding, efforts: &Efforts) -> ToDo {
    work_of(&finding.rule, finding.severity, finding.is_unknown(), finding.waived.is_some(), efforts)
}

fn work_of(rule: &RuleId, severity: Severity, unknown: bool, waived: bool, efforts: &Efforts) -> ToDo {
    match severity {
        _ if waived => ToDo::Nothing,
        Severity::Informs => ToDo::Nothing,
        _ if unknown => ToDo::Look(efforts.looking(rule)),
        _ => ToDo::Remedy(efforts.of(rule, severity)),
    }
}

impl Outlook {
    /// That of a host that moves and for which there is a way.
    fn of(readiness: Readiness) -> Self {
        match readiness {
            Readiness::Arrived => Self::Arrived,
            Readiness::Ready => Self::Now,
            Readiness::NotKnown => Self::NotKnown,
            Readiness::AfterRemedies | Readiness::Blocked => Self::AfterRemedies,
        }
    }

    /// The same once the fleet's rules have made the host less ready.
    pub fn weighed(&self, readiness: Readiness) -> Self {
        match self {
            Self::Now | Self::AfterRemedies | Self::NotKnown => Self::of(readiness),
            Self::Never { .. } | Self::Arrived | Self::Stays => self.clone(),
        }
    }

    /// Whether its work counts: it moves, and there is a way.
    pub fn counts(&self) -> bool {
        matches!(self, Self::Now | Self::AfterRemedies | Self::NotKnown)
    }

    /// The end of its key in the catalogue: `outlook-<word>`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::AfterRemedies => "after-remedies",
            Self::NotKnown => "not-known",
            Self::Never { .. } => "never",
            Self::Arrived => "arrived",
            Self::Stays => "stays",
        }
    }
}

impl Outlooks {
    fn add(&mut self, outlook: &Outlook) {
        *match outlook {
            Outlook::Now => &mut self.now,
            Outlook::AfterRemedies => &mut self.after_remedies,
            Outlook::NotKnown => &mut self.not_known,
            Outlook::Never { .. } => &mut self.never,
            Outlook::Arrived => &mut self.arrived,
            Outlook::Stays => &mut self.stays,
        } += 1;
    }
}

impl Work {
    /// All of it.
    pub fn total(&self) -> u64 {
        self.once + self.each + self.looking
    }

    /// Adds another's minutes.
    pub fn add_all(&mut self, other: Self) {
        self.once += other.once;
        self.each += other.each;
        self.looking += other.looking;
    }
}

impl Tally {
    /// Counts one finding.
    pub fn add(&mut self, severity: Severity, unknown: bool, waived: bool) {
        *match severity {
            _ if waived => &mut self.waived,
            _ if unknown => &mut self.unknown,
            Severity::Blocks => &mut self.blocks,
            Severity::Warns => &mut self.warns,
            Severity::Informs => &mut self.informs,
        } += 1;
    }

    /// Everything that nobody waived.
    pub fn open(&self) -> u32 {
        self.blocks + self.warns + self.informs + self.unknown
    }
}

impl Changes {
    fn add(&mut self, state: State) {
        *match state {
            State::New => &mut self.new,
            State::Still => &mut self.still,
            State::Waived => &mut self.waived,
        } += 1;
    }
}

/// Minutes on this host alone.
pub fn minutes(findings: &[KnownFinding], outlook: &Outlook, efforts: &Efforts) -> u32 {
    if !outlook.counts() {
        return 0;
    }
    let minutes = findings.iter().map(|known| match to_do(&known.finding, efforts) {
        ToDo::Nothing => 0,
        ToDo::Look(effort) | ToDo::Remedy(effort) => effort.each,
    });
    minutes.fold(0, u32::saturating_add)
}

/// Adds up host after host.
#[derive(Debug)]
pub struct Adder<'a> {
    efforts: &'a Efforts,
    counts: Counts,
    outlook: Outlooks,
    changes: Changes,
    roles: BTreeMap<RoleId, RoleSum>,
    rules: BTreeMap<RuleId, RuleSum>,
}

#[derive(Debug, Default)]
struct RoleSum {
    hosts: u32,
    outlook: Outlooks,
    tally: Tally,
    work: Work,
}

#[derive(Debug)]
struct RuleSum {
    severity: Severity,
    area: Area,
    tally: Tally,
    changes: Changes,
    work: Work,
    /// In how many hosts of each role there is something to remedy.
    roles: BTreeMap<RoleId, u32>,
}

impl RuleSum {
    fn new(severity: Severity, area: Area) -> Self {
        Self {
            severity,
            area,
            tally: Tally::default(),
            changes: Changes::default(),
            work: Work::default(),
            roles: BTreeMap::new(),
        }
    }
}

impl<'a> Adder<'a> {
    /// Nothing yet.
    pub fn new(efforts: &'a Efforts) -> Self {
        Self {
            efforts,
            counts: Counts::default(),
            outlook: Outlooks::default(),
            changes: Changes::default(),
            roles: BTreeMap::new(),
            rules: BTreeMap::new(),
        }
    }

    /// One more host, without its readiness: the fleet's rules may still take it away.
    pub fn findings(&mut self, host: &HostReport, just_gone: impl Fn(&Gone) -> bool) {
        let counts = host.outlook.counts();
        let role = self.roles.entry(host.role.clone()).or_default();
        role.hosts += 1;
        for known in &host.findings {
            let finding = &known.finding;
            let (unknown, waived) = (finding.is_unknown(), finding.waived.is_some());
            self.changes.add(known.standing.state);
            role.tally.add(finding.severity, unknown, waived);
            self.counts.add(finding.severity, unknown, waived);
            let rule = rule_sum(&mut self.rules, &finding.rule, finding.severity, finding.area);
            rule.tally.add(finding.severity, unknown, waived);
            rule.changes.add(known.standing.state);
            match to_do(finding, self.efforts) {
                ToDo::Look(effort) if counts => {
                    let work = Work { looking: u64::from(effort.once + effort.each), ..Work::default() };
                    rule.work.add_all(work);
                    role.work.add_all(work);
                }
                ToDo::Remedy(effort) if counts => {
                    let once_more = rule.roles.entry(host.role.clone()).or_default();
                    *once_more += 1;
                    let once = if *once_more == 1 { u64::from(effort.once) } else { 0 };
                    let work = Work { once, each: u64::from(effort.each), ..Work::default() };
                    rule.work.add_all(work);
                    role.work.add_all(work);
                }
                _ => {}
            }
        }
        for gone in host.gone.iter().filter(|gone| just_gone(gone)) {
            self.changes.gone += 1;
            if let Some(row) = RULES.iter().find(|row| row.id == gone.rule.as_str()) {
                rule_sum(&mut self.rules, &gone.rule, row.severity, row.area).changes.gone += 1;
            }
        }
    }

    /// Where a host stands, once the fleet's rules have spoken.
    pub fn stands(&mut self, role: &RoleId, readiness: Readiness, outlook: &Outlook) {
        self.counts.hosts += 1;
        *match readiness {
            Readiness::Arrived => &mut self.counts.arrived,
            Readiness::Ready => &mut self.counts.ready,
            Readiness::AfterRemedies => &mut self.counts.after_remedies,
            Readiness::NotKnown => &mut self.counts.not_known,
            Readiness::Blocked => &mut self.counts.blocked,
        } += 1;
        self.outlook.add(outlook);
        self.roles.entry(role.clone()).or_default().outlook.add(outlook);
    }

    /// The fleet's results.
    pub fn fleet(&mut self, results: &[KnownResult], gone: usize) {
        self.changes.gone += u32::try_from(gone).unwrap_or(u32::MAX);
        for known in results {
            let result = &known.result;
            let (unknown, waived) = (result.is_unknown(), result.waived.is_some());
            self.counts.add(result.severity, unknown, waived);
            self.changes.add(known.standing.state);
            let rule = rule_sum(&mut self.rules, &result.rule, result.severity, Area::Fleet);
            let first = rule.tally.blocks + rule.tally.warns == 0;
            rule.tally.add(result.severity, unknown, waived);
            rule.changes.add(known.standing.state);
            match work_of(&result.rule, result.severity, unknown, waived, self.efforts) {
                ToDo::Nothing => {}
                ToDo::Look(effort) => rule.work.looking += u64::from(effort.once + effort.each),
                ToDo::Remedy(effort) => {
                    rule.work.once += if first { u64::from(effort.once) } else { 0 };
                    rule.work.each += u64::from(effort.each);
                }
            }
        }
    }

    /// The sums.
    pub fn done(self) -> (Counts, Summary) {
        let efforts = self.efforts;
        let mut work = Work::default();
        let mut areas: BTreeMap<Area, (Tally, Work)> = BTreeMap::new();
        for sum in self.rules.values() {
            work.add_all(sum.work);
            let area = areas.entry(sum.area).or_default();
            area.0.add_all(sum.tally);
            area.1.add_all(sum.work);
        }
        let role = |(role, sum): (RoleId, RoleSum)| RoleRow {
            role,
            hosts: sum.hosts,
            outlook: sum.outlook,
            tally: sum.tally,
            work: sum.work,
        };
        let rule = |(rule, sum): (RuleId, RuleSum)| RuleRow {
            effort: efforts.of(&rule, sum.severity),
            rule,
            severity: sum.severity,
            area: sum.area,
            tally: sum.tally,
            changes: sum.changes,
            work: sum.work,
        };
        let mut rules: Vec<RuleRow> = self.rules.into_iter().map(rule).collect();
        rules.sort_by_key(|row| crate::rules::ids().position(|id| id == row.rule.as_str()));
        let summary = Summary {
            outlook: self.outlook,
            changes: self.changes,
            work,
            roles: self.roles.into_iter().map(role).collect(),
            areas: areas.into_iter().map(|(area, (tally, work))| AreaRow { area, tally, work }).collect(),
            rules,
        };
        (self.counts, summary)
    }
}

fn rule_sum<'m>(
    rules: &'m mut BTreeMap<RuleId, RuleSum>,
    rule: &RuleId,
    severity: Severity,
    area: Area,
) -> &'m mut RuleSum {
    let sum = rules.entry(rule.clone()).or_insert_with(|| RuleSum::new(severity, area));
    sum.severity = sum.severity.min(severity); // `Blocks` is the least
    sum
}

impl Tally {
    /// Adds another's figures.
    pub fn add_all(&mut self, other: Self) {
        self.blocks += other.blocks;
        self.warns += other.warns;
        self.informs += other.informs;
        self.unknown += other.unknown;
        self.waived += other.waived;
    }
}

impl FleetResult {
    /// Whether the rule could not look.
    pub fn is_unknown(&self) -> bool {
        matches!(self.outcome, FleetOutcome::Unknown { .. })
    }
}

impl Head {
    /// 0 when nothing keeps any host; else [`super::EXIT_BLOCKED`] or [`super::EXIT_NOT_KNOWN`].
    pub fn exit_code(&self) -> u8 {
        super::exit_code(&self.counts, self.fleet.iter().map(|known| &known.result))
    }
}

/// The parts of a host's report that come from its assessment; the rest is filled in by whoever knows the project.
pub fn host_report(
    assessed: HostAssessment,
    about: About,
    findings: Vec<KnownFinding>,
    gone: Vec<Gone>,
    efforts: &Efforts,
) -> HostReport {
    let outlook = outlook(assessed.readiness, &findings, about.moves, efforts);
    HostReport {
        host: assessed.host,
        role: about.role,
        site: about.site,
        survey: about.survey,
        census: about.census,
        facts: assessed.facts,
        surveyed_at: about.surveyed_at,
        origin: assessed.origin,
        strategy: assessed.strategy,
        readiness: assessed.readiness,
        minutes: minutes(&findings, &outlook, efforts),
        outlook,
        findings,
        gone,
        clear: assessed.clear,
        unread: about.unread,
    }
}

/// What is known of a host beside its findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub role: RoleId,
    pub site: Option<SiteId>,
    pub moves: bool,
    pub survey: Digest,
    pub census: Option<Digest>,
    pub surveyed_at: Timestamp,
    pub unread: Vec<String>,
}
