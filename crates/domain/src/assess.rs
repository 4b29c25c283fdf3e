//! The assessment: what the rules say of every host and of the fleet, waivers applied.
//!
//! Pure: facts, waivers and a moment in; one value out, with stable keys for machines. A rule that blocks and could not
//! look keeps its host as well, until somebody waives it by name: of that host too little is known.

pub mod effort;
pub mod memory;
pub mod summary;
mod waiver;

pub use waiver::{Scope, Waiver, WaiverError, WaiverState, WaiverStatus};

use crate::facts::{Facts, Origin, Why};
use crate::project::Policy;
use crate::rules::{
    Aim, Area, FLEET_RULES, Fleet, FleetFinding, FleetRule, Move, RULES, Rule, Severity, Strategy, Verdict,
};
use crate::{Digest, HostId, Message, RuleId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use waiver::Desk;

/// The version of this format. A reader refuses a newer one.
pub const ASSESSMENT_FORMAT: u32 = 1;

/// The exit code of an assessment in which something that was found blocks.
pub const EXIT_BLOCKED: u8 = 2;

/// The exit code of an assessment in which nothing that was found blocks, and a rule that would could not look.
pub const EXIT_NOT_KNOWN: u8 = 4;

/// Everything the rules had to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Assessment {
    /// See [`ASSESSMENT_FORMAT`].
    pub format: u32,
    #[schemars(with = "String")]
    pub assessed_at: Timestamp,
    pub counts: Counts,
    /// In the order of the facts.
    pub hosts: Vec<HostAssessment>,
    /// Where one host's move breaks another.
    pub fleet: Vec<FleetResult>,
    /// What became of each waiver; an expired one hides nothing.
    pub waivers: Vec<WaiverStatus>,
}

/// What the rules say of one host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct HostAssessment {
    pub host: HostId,
    /// Digest of the facts that were judged.
    pub facts: Digest,
    /// Who read those facts.
    #[serde(default)]
    pub origin: Origin,
    /// How it moves; rules that are for other strategies were not asked.
    #[serde(default)]
    pub strategy: Strategy,
    pub readiness: Readiness,
    /// What is left to do first; of one severity in the order of the rules, waived ones last.
    pub findings: Vec<Finding>,
    /// Rules that looked and found nothing.
    pub clear: u32,
}

/// Whether a host can move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Readiness {
    /// It runs EL 9 already; the rules about the way there do not concern it.
    Arrived,
    /// It can go now.
    Ready,
    /// It can go once somebody has decided about what changes.
    AfterRemedies,
    /// Nothing that was found keeps it, and something that would could not be looked at: nobody knows.
    NotKnown,
    /// It does not go: what was found keeps it.
    Blocked,
}

/// A rule that has something to say of a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Finding {
    pub rule: RuleId,
    pub severity: Severity,
    /// How much the rule's findings mean by themselves, where the project's policy makes more of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised_from: Option<Severity>,
    pub area: Area,
    pub outcome: Outcome,
    /// By whom, and why it may be; none when nobody took it on themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<Waiver>,
}

/// A verdict that is not clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// One sentence for each thing found.
    Found(Vec<Message>),
    /// It could not look.
    Unknown(Why),
}

/// A rule that has something to say of several hosts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FleetResult {
    pub rule: RuleId,
    pub severity: Severity,
    /// As for a host's finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised_from: Option<Severity>,
    pub outcome: FleetOutcome,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<Waiver>,
}

/// What a rule over the fleet saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FleetOutcome {
    Found(FleetFinding),
    /// On this host it could not look.
    Unknown {
        host: HostId,
        why: Why,
    },
}

/// How many there are of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Counts {
    pub hosts: u32,
    pub arrived: u32,
    pub ready: u32,
    pub after_remedies: u32,
    /// Of which too little is known, and nothing blocks that was found.
    #[serde(default)]
    pub not_known: u32,
    pub blocked: u32,
    /// Findings that nobody waived, by severity, fleet included.
    pub blocks: u32,
    pub warns: u32,
    pub informs: u32,
    /// Of all severities: rules that could not look, waived ones left out.
    pub unknown: u32,
    pub waived: u32,
}

/// Judges these hosts and the fleet that they are; `aim` says what people decided about the move of each.
pub fn assess(
    hosts: &[Facts],
    fleet: &Fleet<'_>,
    aim: impl Fn(&HostId) -> Aim,
    waivers: &[Waiver],
    policy: &Policy,
    now: Timestamp,
) -> Assessment {
    let one = |facts: &Facts| assess_one(facts, &aim(&facts.host), waivers, policy, now);
    let mut hosts: Vec<HostAssessment> = hosts.iter().map(one).collect();
    let results = assess_together(fleet, |host| aim(host).strategy, waivers, policy, now);
    results.iter().for_each(|result| weigh(result, &mut hosts));
    let counts = count(&hosts, &results);
    let of_hosts = hosts.iter().flat_map(|host| &host.findings).filter_map(|finding| finding.waived.as_ref());
    let used: Vec<&Waiver> = of_hosts.chain(results.iter().filter_map(|result| result.waived.as_ref())).collect();
    let waivers = statuses(waivers, now, |waiver| used.contains(&waiver));
    Assessment { format: ASSESSMENT_FORMAT, assessed_at: now, counts, hosts, fleet: results, waivers }
}

/// Judges one host, but for what the fleet's rules have to say of it.
pub fn assess_one(facts: &Facts, aim: &Aim, waivers: &[Waiver], policy: &Policy, now: Timestamp) -> HostAssessment {
    assess_host(&Move::new(facts, aim), &mut Desk::open(waivers, policy, now))
}

/// Judges the fleet as a whole; `strategy` says how each host moves.
pub fn assess_together(
    fleet: &Fleet<'_>,
    strategy: impl Fn(&HostId) -> Strategy,
    waivers: &[Waiver],
    policy: &Policy,
    now: Timestamp,
) -> Vec<FleetResult> {
    let mut desk = Desk::open(waivers, policy, now);
    FLEET_RULES.iter().flat_map(|rule| assess_fleet(rule, fleet, &strategy, &mut desk)).collect()
}

/// What became of each waiver, when these were used.
pub fn statuses(waivers: &[Waiver], now: Timestamp, used: impl Fn(&Waiver) -> bool) -> Vec<WaiverStatus> {
    let mut statuses = Desk::open(waivers, &Policy::default(), now).close(); // a policy is no part of a waiver's state
    let unused = statuses.iter_mut().filter(|status| status.state == WaiverState::Unused);
    unused.filter(|status| used(&status.waiver)).for_each(|status| status.state = WaiverState::Applied);
    statuses
}

impl Assessment {
    /// 0 when nothing keeps any host; else [`EXIT_BLOCKED`] or [`EXIT_NOT_KNOWN`].
    pub fn exit_code(&self) -> u8 {
        exit_code(&self.counts, self.fleet.iter())
    }

    /// Everything that keeps something from moving: for a host or, without one, for the fleet.
    pub fn blocking(&self) -> impl Iterator<Item = (Option<&HostId>, &RuleId)> {
        let hosts = self.hosts.iter().flat_map(|host| host.findings.iter().map(move |finding| (host, finding)));
        let hosts =
            hosts.filter(|(_, finding)| finding.blocks()).map(|(host, finding)| (Some(&host.host), &finding.rule));
        hosts.chain(self.fleet.iter().filter(|result| result.blocks()).map(|result| (None, &result.rule)))
    }

    /// What the rules say of that host.
    pub fn host(&self, host: &HostId) -> Option<&HostAssessment> {
        self.hosts.iter().find(|one| one.host == *host)
    }
}

/// What was found goes before what could not be looked at, and that is never well.
fn exit_code<'r>(counts: &Counts, fleet: impl Iterator<Item = &'r FleetResult>) -> u8 {
    let gravest = fleet.filter_map(FleetResult::least).max();
    if counts.blocked > 0 || gravest == Some(Readiness::Blocked) {
        EXIT_BLOCKED
    } else if counts.not_known > 0 || gravest == Some(Readiness::NotKnown) {
        EXIT_NOT_KNOWN
    } else {
        0
    }
}

impl Finding {
    /// Whether it keeps the host from moving: it blocks, or it would and could not look.
    pub fn blocks(&self) -> bool {
        self.severity == Severity::Blocks && self.waived.is_none()
    }

    /// Whether the rule could not look.
    pub fn is_unknown(&self) -> bool {
        matches!(self.outcome, Outcome::Unknown(_))
    }

    /// Somebody has to do or decide something: it warns, or nobody knows whether it would.
    fn asks(&self) -> bool {
        self.waived.is_none()
            && (self.severity == Severity::Warns || (self.is_unknown() && self.severity != Severity::Informs))
    }
}

impl FleetOutcome {
    /// The hosts whose move it concerns.
    pub fn hosts(&self) -> &[HostId] {
        match self {
            Self::Found(finding) => &finding.hosts,
            Self::Unknown { host, .. } => std::slice::from_ref(host),
        }
    }
}

impl FleetResult {
    /// Whether it keeps the fleet from moving: it blocks, or it would and could not look.
    pub fn blocks(&self) -> bool {
        self.severity == Severity::Blocks && self.waived.is_none()
    }

    /// The readiness beyond which no host that it concerns gets; none when it does not hold anybody up.
    pub fn least(&self) -> Option<Readiness> {
        match self.severity {
            _ if self.waived.is_some() => None,
            Severity::Blocks if self.is_unknown() => Some(Readiness::NotKnown),
            Severity::Blocks => Some(Readiness::Blocked),
            Severity::Warns => Some(Readiness::AfterRemedies),
            Severity::Informs => None,
        }
    }

    /// The hosts whose move it concerns.
    pub fn hosts(&self) -> &[HostId] {
        self.outcome.hosts()
    }
}

fn assess_host(host: &Move<'_>, desk: &mut Desk<'_>) -> HostAssessment {
    let facts = host.facts;
    let arrived = facts.is_el9() == Ok(true);
    let strategy = host.aim.strategy;
    let asked = |rule: &&Rule| !arrived && rule.is_for(strategy) && rule.is_asked(facts);
    let rules: Vec<&Rule> = RULES.iter().filter(asked).collect();
    let mut findings: Vec<Finding> = rules.iter().filter_map(|rule| finding(rule, host, desk)).collect();
    let clear = u32::try_from(rules.len() - findings.len()).unwrap_or(u32::MAX);
    findings.sort_by_key(|finding| (finding.waived.is_some(), finding.severity)); // stable: the rules' order stays
    let readiness = if arrived { Readiness::Arrived } else { readiness(&findings) };
    HostAssessment {
        host: facts.host.clone(),
        facts: facts.identity_digest(),
        origin: facts.origin,
        strategy,
        readiness,
        findings,
        clear,
    }
}

fn finding(rule: &Rule, host: &Move<'_>, desk: &mut Desk<'_>) -> Option<Finding> {
    let outcome = match rule.judge(host) {
        Verdict::Clear => return None,
        Verdict::Found(messages) => Outcome::Found(messages),
        Verdict::Unknown(why) => Outcome::Unknown(why),
    };
    let id = rule.rule_id();
    let waived = desk.waive(&id, std::slice::from_ref(&host.facts.host));
    let (severity, raised_from) = desk.weigh(&id, rule.severity);
    Some(Finding { rule: id, severity, raised_from, area: rule.area, outcome, waived })
}

fn readiness(findings: &[Finding]) -> Readiness {
    if findings.iter().any(|finding| finding.blocks() && !finding.is_unknown()) {
        Readiness::Blocked
    } else if findings.iter().any(Finding::blocks) {
        Readiness::NotKnown
    } else if findings.iter().any(Finding::asks) {
        Readiness::AfterRemedies
    } else {
        Readiness::Ready
    }
}

fn assess_fleet(
    rule: &FleetRule,
    fleet: &Fleet<'_>,
    strategy: impl Fn(&HostId) -> Strategy,
    desk: &mut Desk<'_>,
) -> Vec<FleetResult> {
    let verdict = (rule.look)(fleet);
    let found = verdict.found.into_iter().map(FleetOutcome::Found);
    let unread = verdict.unread.into_iter().map(|(host, why)| FleetOutcome::Unknown { host, why });
    let (severity, raised_from) = desk.weigh(&rule.rule_id(), rule.severity);
    let result = |outcome| FleetResult { rule: rule.rule_id(), severity, raised_from, outcome, waived: None };
    let concerns = |outcome: &FleetOutcome| outcome.hosts().iter().any(|host| rule.is_for(strategy(host)));
    let mut all: Vec<FleetResult> = found.chain(unread).filter(concerns).map(result).collect();
    all.iter_mut().for_each(|result| result.waived = desk.waive(&result.rule, result.hosts()));
    all
}

/// A host that the fleet's rules concern is no readier than they let it be.
fn weigh(result: &FleetResult, hosts: &mut [HostAssessment]) {
    let Some(least) = result.least() else { return };
    let concerned =
        hosts.iter_mut().filter(|host| host.readiness != Readiness::Arrived && result.hosts().contains(&host.host));
    concerned.for_each(|host| host.readiness = host.readiness.max(least));
}

impl Counts {
    fn add(&mut self, severity: Severity, unknown: bool, waived: bool) {
        *match (severity, unknown, waived) {
            (_, _, true) => &mut self.waived,
            (_, true, _) => &mut self.unknown,
            (Severity::Blocks, ..) => &mut self.blocks,
            (Severity::Warns, ..) => &mut self.warns,
            (Severity::Informs, ..) => &mut self.informs,
        } += 1;
    }
}

fn count(hosts: &[HostAssessment], fleet: &[FleetResult]) -> Counts {
    let mut counts = Counts { hosts: u32::try_from(hosts.len()).unwrap_or(u32::MAX), ..Counts::default() };
    for host in hosts {
        *match host.readiness {
            Readiness::Arrived => &mut counts.arrived,
            Readiness::Ready => &mut counts.ready,
            Readiness::AfterRemedies => &mut counts.after_remedies,
            Readiness::NotKnown => &mut counts.not_known,
            Readiness::Blocked => &mut counts.blocked,
        } += 1;
    }
    let of_hosts =
        hosts.iter().flat_map(|host| &host.findings).map(|f| (f.severity, f.is_unknown(), f.waived.is_some()));
    let of_fleet =
        fleet.iter().map(|f| (f.severity, matches!(f.outcome, FleetOutcome::Unknown { .. }), f.waived.is_some()));
    of_hosts.chain(of_fleet).for_each(|(severity, unknown, waived)| counts.add(severity, unknown, waived));
    counts
}

#[cfg(test)]
mod memory_tests;
#[cfg(test)]
mod tests;
