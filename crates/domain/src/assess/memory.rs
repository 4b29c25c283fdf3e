//! Findings over time: what the assessment before knew, and what has become of it.
//!
//! A finding is the same as before when the same rule speaks of the same host, whatever its sentence says now. What is
//! not found any more is remembered as gone, with the reason why nothing was found.

use super::{Finding, FleetResult, HostAssessment, Readiness};
use crate::rules::ids;
use crate::{HostId, RuleId};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::Read;

/// How a finding stands against the assessment before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It was not there before.
    New,
    /// It was there before.
    Still,
    /// A named person took it on themselves.
    Waived,
}

/// A finding's state and its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Standing {
    pub state: State,
    /// When it came into this state; for what is still there, when it was first found.
    #[schemars(with = "String")]
    pub since: Timestamp,
    /// When it was first found.
    #[schemars(with = "String")]
    pub found: Timestamp,
}

/// A finding with its past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KnownFinding {
    #[serde(flatten)]
    pub finding: Finding,
    #[serde(flatten)]
    pub standing: Standing,
}

/// A result over the fleet with its past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KnownResult {
    #[serde(flatten)]
    pub result: FleetResult,
    #[serde(flatten)]
    pub standing: Standing,
}

/// Something that was found once and is not any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gone {
    pub rule: RuleId,
    /// The hosts that it concerned, for a rule over the fleet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<HostId>,
    /// When it was first found.
    #[schemars(with = "String")]
    pub found: Timestamp,
    /// The first assessment that did not find it.
    #[schemars(with = "String")]
    pub since: Timestamp,
    pub why: GoneWhy,
}

/// Why something is not found any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GoneWhy {
    /// The rule looked, and nothing is wrong.
    Clear,
    /// The host runs EL 9.
    Arrived,
    /// This version has no such rule any more; nobody looked.
    Retired,
}

/// A host of the assessment before that is not in this one; its findings are neither there nor gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Left {
    pub host: HostId,
    /// How many findings it had.
    pub findings: u32,
}

/// What an assessment knew, as far as the next one asks: small even for a large fleet.
#[derive(Debug, Clone, Default)]
pub struct Past {
    at: Option<Timestamp>,
    hosts: Hosts,
    fleet: HashMap<(RuleId, Vec<HostId>), Known>,
    fleet_gone: Vec<Gone>,
}

/// The two pasts that a finding is held against: its times come from the last assessment, its state from the one that was
/// asked for, which is usually the same.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    pub last: &'a Past,
    pub base: &'a Past,
    pub now: Timestamp,
}

/// What has become of a host's findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    pub findings: Vec<KnownFinding>,
    pub gone: Vec<Gone>,
}

impl Past {
    /// Reads a kept assessment, host by host.
    pub fn read(from: impl Read) -> Result<Self, serde_json::Error> {
        let kept: Kept = serde_json::from_reader(from)?;
        if kept.format > super::ASSESSMENT_FORMAT {
            let why = format!("format {} is newer than {}", kept.format, super::ASSESSMENT_FORMAT);
            return Err(serde::de::Error::custom(why));
        }
        let at = kept.assessed_at;
        let fleet = kept.fleet.into_iter().map(|result| {
            let known = Known::of(0, result.found, result.since, result.waived.is_some());
            ((result.rule, result.outcome.hosts().to_vec()), known.dated(at))
        });
        Ok(Self { at: Some(at), fleet: fleet.collect(), fleet_gone: kept.fleet_gone, hosts: kept.hosts.dated(at) })
    }

    /// When it was made; none if there is no assessment before.
    pub fn at(&self) -> Option<Timestamp> {
        self.at
    }

    /// Hosts that it knew and that are not among these.
    pub fn left(&self, now: impl Fn(&HostId) -> bool) -> Vec<Left> {
        let gone = self.hosts.of.iter().filter(|(host, _)| !now(host));
        let mut left: Vec<Left> = gone
            .map(|(host, was)| Left { host: host.clone(), findings: u32::try_from(was.open.len()).unwrap_or(u32::MAX) })
            .collect();
        left.sort_by(|a, b| a.host.cmp(&b.host));
        left
    }

    fn open(&self, host: &HostId, rule: &RuleId) -> Option<&Known> {
        let rule = self.hosts.number(rule)?;
        self.hosts.of.get(host)?.open.iter().find(|known| known.rule == rule)
    }

    fn gone(&self, host: &HostId, rule: &RuleId) -> Option<&WasGone> {
        let rule = self.hosts.number(rule)?;
        self.hosts.of.get(host)?.gone.iter().find(|gone| gone.known.rule == rule)
    }
}

impl Against<'_> {
    /// What has become of the findings on a host.
    pub fn host(&self, assessed: &mut HostAssessment) -> Remembered {
        let host = assessed.host.clone();
        let findings: Vec<KnownFinding> = std::mem::take(&mut assessed.findings)
            .into_iter()
            .map(|finding| {
                let (last, base) = (self.last.open(&host, &finding.rule), self.base.open(&host, &finding.rule));
                let standing = self.standing(finding.waived.is_some(), last, base);
                KnownFinding { finding, standing }
            })
            .collect();
        let found = |rule: &RuleId| findings.iter().any(|known| known.finding.rule == *rule);
        let gone = self.gone(&host, assessed.readiness == Readiness::Arrived, found);
        Remembered { findings, gone }
    }

    /// What has become of the results over the fleet.
    pub fn fleet(&self, results: Vec<FleetResult>) -> (Vec<KnownResult>, Vec<Gone>) {
        let known: Vec<KnownResult> = results
            .into_iter()
            .map(|result| {
                let key = (result.rule.clone(), result.hosts().to_vec());
                let (last, base) = (self.last.fleet.get(&key), self.base.fleet.get(&key));
                KnownResult { standing: self.standing(result.waived.is_some(), last, base), result }
            })
            .collect();
        let found = |rule: &RuleId, hosts: &[HostId]| {
            known.iter().any(|known| known.result.rule == *rule && known.result.hosts() == hosts)
        };
        let lost = self.base.fleet.iter().filter(|((rule, hosts), _)| !found(rule, hosts));
        let mut gone: Vec<Gone> = lost
            .map(|((rule, hosts), was)| {
                let before = self.last.fleet_gone.iter().find(|gone| gone.rule == *rule && gone.hosts == *hosts);
                let since = before.map_or(self.now, |gone| gone.since);
                Gone { rule: rule.clone(), hosts: hosts.clone(), found: was.found, since, why: why(false, rule) }
            })
            .collect();
        let earlier = self.base.fleet_gone.iter().filter(|gone| !found(&gone.rule, &gone.hosts));
        gone.extend(earlier.cloned());
        gone.sort_by(|a, b| (&a.rule, &a.hosts).cmp(&(&b.rule, &b.hosts)));
        (known, gone)
    }

    /// Whether it went between the base and now.
    pub fn just_gone(&self, gone: &Gone) -> bool {
        self.base.at.is_some_and(|at| gone.since > at)
    }

    fn standing(&self, waived: bool, last: Option<&Known>, base: Option<&Known>) -> Standing {
        let found = last.or(base).map_or(self.now, |known| known.found);
        match (waived, base) {
            (true, _) => {
                let since = last.filter(|known| known.waived).map_or(self.now, |known| known.since);
                Standing { state: State::Waived, since, found }
            }
            (false, Some(_)) => Standing { state: State::Still, since: found, found },
            (false, None) => Standing { state: State::New, since: found, found },
        }
    }

    fn gone(&self, host: &HostId, arrived: bool, found: impl Fn(&RuleId) -> bool) -> Vec<Gone> {
        let Some(was) = self.base.hosts.of.get(host) else { return Vec::new() };
        let rule = |known: &Known| self.base.hosts.rules[usize::from(known.rule)].clone();
        let lost = was.open.iter().map(|known| {
            let rule = rule(known);
            let since = self.last.gone(host, &rule).map_or(self.now, |gone| gone.known.since);
            Gone { why: why(arrived, &rule), rule, hosts: Vec::new(), found: known.found, since }
        });
        let earlier = was.gone.iter().map(|gone| Gone {
            rule: rule(&gone.known),
            hosts: Vec::new(),
            found: gone.known.found,
            since: gone.known.since,
            why: gone.why,
        });
        lost.chain(earlier).filter(|gone| !found(&gone.rule)).collect()
    }
}

fn why(arrived: bool, rule: &RuleId) -> GoneWhy {
    if !ids().any(|id| id == rule.as_str()) {
        GoneWhy::Retired
    } else if arrived {
        GoneWhy::Arrived
    } else {
        GoneWhy::Clear
    }
}

/// Hosts with their findings; rules by number, for there are few of them and many findings.
#[derive(Debug, Clone, Default)]
struct Hosts {
    rules: Vec<RuleId>,
    numbers: BTreeMap<RuleId, u16>,
    of: HashMap<HostId, Was>,
}

#[derive(Debug, Clone, Default)]
struct Was {
    open: Box<[Known]>,
    gone: Box<[WasGone]>,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    rule: u16,
    waived: bool,
    found: Timestamp,
    since: Timestamp,
}

#[derive(Debug, Clone, Copy)]
struct WasGone {
    known: Known,
    why: GoneWhy,
}

/// Stands where an older assessment gave no time, until the assessment's own is known.
const UNDATED: Timestamp = Timestamp::MIN;

impl Known {
    fn of(rule: u16, found: Option<Timestamp>, since: Option<Timestamp>, waived: bool) -> Self {
        Self { rule, waived, found: found.unwrap_or(UNDATED), since: since.unwrap_or(UNDATED) }
    }

    fn dated(self, at: Timestamp) -> Self {
        let or = |time| if time == UNDATED { at } else { time };
        Self { found: or(self.found), since: or(self.since), ..self }
    }
}

impl Hosts {
    fn number(&self, rule: &RuleId) -> Option<u16> {
        self.numbers.get(rule).copied()
    }

    fn add(&mut self, host: KeptHost) -> Result<(), &'static str> {
        let mut open = Vec::with_capacity(host.findings.len());
        for finding in host.findings {
            let rule = self.numbered(finding.rule)?;
            open.push(Known::of(rule, finding.found, finding.since, finding.waived.is_some()));
        }
        let mut gone = Vec::with_capacity(host.gone.len());
        for one in host.gone {
            let known = Known::of(self.numbered(one.rule)?, Some(one.found), Some(one.since), false);
            gone.push(WasGone { known, why: one.why });
        }
        self.of.insert(host.host, Was { open: open.into(), gone: gone.into() });
        Ok(())
    }

    fn numbered(&mut self, rule: RuleId) -> Result<u16, &'static str> {
        if let Some(number) = self.number(&rule) {
            return Ok(number);
        }
        let number = u16::try_from(self.rules.len()).map_err(|_| "it names more rules than there can be")?;
        self.numbers.insert(rule.clone(), number);
        self.rules.push(rule);
        Ok(number)
    }

    fn dated(mut self, at: Timestamp) -> Self {
        for was in self.of.values_mut() {
            was.open.iter_mut().for_each(|known| *known = known.dated(at));
        }
        self
    }
}

impl<'de> Deserialize<'de> for Hosts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneByOne;
        impl<'de> Visitor<'de> for OneByOne {
            type Value = Hosts;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the hosts of an assessment")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Hosts, A::Error> {
                let mut hosts = Hosts::default();
                while let Some(host) = seq.next_element()? {
                    hosts.add(host).map_err(serde::de::Error::custom)?;
                }
                Ok(hosts)
            }
        }
        deserializer.deserialize_seq(OneByOne)
    }
}

/// The part of a kept assessment that is remembered. Older ones know no times.
#[derive(Deserialize)]
struct Kept {
    format: u32,
    assessed_at: Timestamp,
    hosts: Hosts,
    #[serde(default)]
    fleet: Vec<KeptResult>,
    #[serde(default)]
    fleet_gone: Vec<Gone>,
}

#[derive(Deserialize)]
struct KeptHost {
    host: HostId,
    findings: Vec<KeptFinding>,
    #[serde(default)]
    gone: Vec<Gone>,
}

#[derive(Deserialize)]
struct KeptFinding {
    rule: RuleId,
    waived: Option<IgnoredAny>,
    since: Option<Timestamp>,
    found: Option<Timestamp>,
}

#[derive(Deserialize)]
struct KeptResult {
    rule: RuleId,
    outcome: super::FleetOutcome,
    waived: Option<IgnoredAny>,
    since: Option<Timestamp>,
    found: Option<Timestamp>,
}
