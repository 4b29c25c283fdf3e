//! Waivers: a named person takes one finding on themselves, for a reason and for a time.

use crate::project::Policy;
use crate::rules::Severity;
use crate::{HostId, Message, RuleId, rules};
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// One waiver, as the project file writes it. Without an owner or a reason there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(try_from = "Written", into = "Written")]
pub struct Waiver {
    rule: RuleId,
    hosts: Scope,
    owner: String,
    reason: String,
    expires: Date,
}

/// Which hosts a waiver is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum Scope {
    /// These and no others.
    Named(Vec<HostId>),
    /// Every host: `hosts = "all"`.
    All(AllHosts),
}

/// The word that stands for every host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AllHosts {
    All,
}

/// What became of a waiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct WaiverStatus {
    pub waiver: Waiver,
    pub state: WaiverState,
}

/// See [`WaiverStatus`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WaiverState {
    /// It hides at least one finding.
    Applied,
    /// There is nothing left for it to hide: it can be deleted.
    Unused,
    /// Its day has passed. It hides nothing.
    Expired,
}

/// Why something written is not a waiver.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WaiverError {
    /// Somebody has to answer for it.
    #[error("the waiver of {rule} names no owner: write who answers for it")]
    NoOwner {
        /// The rule.
        rule: String,
    },
    /// The next reader has to understand it.
    #[error("the waiver of {rule} gives no reason: write why this may be")]
    NoReason {
        /// The rule.
        rule: String,
    },
    /// An empty list hides nothing.
    #[error("the waiver of {rule} names no host: list hosts, or write \"all\"")]
    NoHosts {
        /// The rule.
        rule: String,
    },
    /// A slip would waive nothing, silently.
    #[error("there is no rule {rule:?}; the nearest is {nearest:?}")]
    NoSuchRule {
        /// As written.
        rule: String,
        /// The most similar id.
        nearest: String,
    },
}

impl WaiverError {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        match self {
            Self::NoOwner { rule } => Message::new("waiver-no-owner").with("rule", rule),
            Self::NoReason { rule } => Message::new("waiver-no-reason").with("rule", rule),
            Self::NoHosts { rule } => Message::new("waiver-no-hosts").with("rule", rule),
            Self::NoSuchRule { rule, nearest } => {
                Message::new("waiver-no-such-rule").with("rule", rule).with("nearest", nearest)
            }
        }
    }
}

impl Waiver {
    /// Checks a waiver that was not read from a file. `expires` is the last day, in UTC, on which it counts.
    pub fn new(rule: &str, hosts: Scope, owner: &str, reason: &str, expires: Date) -> Result<Self, WaiverError> {
        Written { rule: rule.to_owned(), hosts, owner: owner.to_owned(), reason: reason.to_owned(), expires }.try_into()
    }

    /// The rule whose findings it hides.
    pub fn rule(&self) -> &RuleId {
        &self.rule
    }

    /// The hosts it is for.
    pub fn hosts(&self) -> &Scope {
        &self.hosts
    }

    /// Who answers for it.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// Why it may be.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The last day, in UTC, on which it counts.
    pub fn expires(&self) -> Date {
        self.expires
    }

    fn covers(&self, rule: &RuleId, hosts: &[HostId]) -> bool {
        let covered = match &self.hosts {
            Scope::All(_) => true,
            Scope::Named(named) => hosts.iter().all(|host| named.contains(host)),
        };
        covered && self.rule == *rule
    }
}

/// What people decided about findings, while the findings pass by.
pub(super) struct Desk<'a> {
    waivers: Vec<(&'a Waiver, WaiverState)>,
    policy: &'a Policy,
}

impl<'a> Desk<'a> {
    pub(super) fn open(waivers: &'a [Waiver], policy: &'a Policy, now: Timestamp) -> Self {
        let today = now.to_zoned(TimeZone::UTC).date();
        let state = |waiver: &Waiver| if waiver.expires < today { WaiverState::Expired } else { WaiverState::Unused };
        Self { waivers: waivers.iter().map(|waiver| (waiver, state(waiver))).collect(), policy }
    }

    /// How much a finding means here, and how much it means by itself where that is less. A policy never lowers.
    pub(super) fn weigh(&self, rule: &RuleId, own: Severity) -> (Severity, Option<Severity>) {
        match self.policy.severity.get(rule) {
            Some(raised) if *raised < own => (*raised, Some(own)),
            Some(_) | None => (own, None),
        }
    }

    /// The waiver that covers the rule on all of these hosts, if one does.
    pub(super) fn waive(&mut self, rule: &RuleId, hosts: &[HostId]) -> Option<Waiver> {
        let standing = |(waiver, state): &&mut (&Waiver, WaiverState)| {
            *state != WaiverState::Expired && waiver.covers(rule, hosts)
        };
        let (waiver, state) = self.waivers.iter_mut().find(standing)?;
        *state = WaiverState::Applied;
        Some((*waiver).clone())
    }

    pub(super) fn close(self) -> Vec<WaiverStatus> {
        self.waivers.into_iter().map(|(waiver, state)| WaiverStatus { waiver: waiver.clone(), state }).collect()
    }
}

/// A waiver before it is checked.
#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Written {
    rule: String,
    hosts: Scope,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    reason: String,
    expires: Date,
}

impl TryFrom<Written> for Waiver {
    type Error = WaiverError;

    fn try_from(written: Written) -> Result<Self, WaiverError> {
        let Written { rule, hosts, owner, reason, expires } = written;
        let known = RuleId::parse(&rule).ok().filter(|_| rules::ids().any(|id| id == rule));
        let Some(id) = known else {
            return Err(WaiverError::NoSuchRule { nearest: rules::nearest(&rule).to_owned(), rule });
        };
        if owner.trim().is_empty() {
            return Err(WaiverError::NoOwner { rule });
        }
        if reason.trim().is_empty() {
            return Err(WaiverError::NoReason { rule });
        }
        if matches!(&hosts, Scope::Named(named) if named.is_empty()) {
            return Err(WaiverError::NoHosts { rule });
        }
        Ok(Self { rule: id, hosts, owner, reason, expires })
    }
}

impl From<Waiver> for Written {
    fn from(waiver: Waiver) -> Self {
        let Waiver { rule, hosts, owner, reason, expires } = waiver;
        Self { rule: rule.to_string(), hosts, owner, reason, expires }
    }
}
