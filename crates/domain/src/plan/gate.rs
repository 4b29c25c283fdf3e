//! Gates: what has to be well before a host begins, while a moved host is watched, and before it is accepted.
//!
//! They are part of what is signed: which question, with which limits, for which hosts. An answer that could not
//! be had never opens a gate.

use super::{Environment, Plan, PlanError, PlanInput, Service};
use crate::{
    HostId, Message, RoleId, ServiceId,
    project::{self, GateKind, Milli},
};
use serde::{Deserialize, Serialize};

/// How a gate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GateState {
    /// All is well.
    Open,
    /// It is not.
    Closed,
    /// It could not be asked; never open.
    Unknown,
}

/// When a gate is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GateTime {
    /// Before a host starts: while it is closed, none of its hosts begins.
    Before,
    /// While a moved host is watched: closed for a minute, it fails the watch.
    Soak,
    /// Before a moved host is accepted, its alerts no longer silenced: waited for as long as the last step may take.
    After,
}

/// One gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// Its name in the project file.
    pub name: String,
    /// When it is asked.
    pub when: Vec<GateTime>,
    /// What is asked.
    pub question: GateQuestion,
    /// Only for hosts of these roles; without any, for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleId>,
}

/// What a gate asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum GateQuestion {
    /// The prober: all of these answer.
    Service {
        /// Services of the plan.
        services: Vec<ServiceId>,
    },
    /// Somebody outside.
    #[serde(untagged)]
    Outside(Outside),
}

/// A question to what is not of the plan itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Outside {
    /// Alertmanager: no alert is active that is neither silenced nor inhibited.
    Alerts {
        /// Where it is, as seen from `from`.
        url: String,
        /// The host from which it is asked; without one, this machine.
        from: Option<HostId>,
    },
    /// Prometheus: one number within its limits.
    Query {
        /// Where it is, as seen from `from`.
        url: String,
        /// The host from which it is asked; without one, this machine.
        from: Option<HostId>,
        /// PromQL.
        query: String,
        /// Not above this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_most: Option<Milli>,
        /// Not below this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_least: Option<Milli>,
    },
    /// A program on this machine: 0 opens the gate.
    Command {
        /// Program and arguments; no shell reads them.
        command: Vec<String>,
    },
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GateAnswer {
    /// All is well.
    Open,
    /// It is not.
    Closed {
        /// What is not well.
        why: Message,
    },
    /// It could not be asked, or what was said could not be understood.
    Unknown {
        /// Why not.
        why: Message,
    },
}

impl GateAnswer {
    /// What of it is kept as the gate's state.
    pub fn state(&self) -> GateState {
        match self {
            Self::Open => GateState::Open,
            Self::Closed { .. } => GateState::Closed,
            Self::Unknown { .. } => GateState::Unknown,
        }
    }

    /// Why it is not open.
    pub fn why(&self) -> Option<&Message> {
        match self {
            Self::Open => None,
            Self::Closed { why } | Self::Unknown { why } => Some(why),
        }
    }
}

impl Gate {
    /// Whether it is asked for hosts of this role.
    pub fn is_for(&self, role: &RoleId) -> bool {
        self.roles.is_empty() || self.roles.contains(role)
    }

    /// Whether it is asked then.
    pub fn is_asked(&self, when: GateTime) -> bool {
        self.when.contains(&when)
    }
}

/// What execution relies on: a name stands once, and each gate asks something, some time.
pub(super) fn check(plan: &Plan) -> Result<(), PlanError> {
    let known = |id: &ServiceId| plan.services.iter().any(|s| s.id == *id);
    for (no, gate) in plan.gates.iter().enumerate() {
        let asks = match &gate.question {
            GateQuestion::Service { services } => !services.is_empty() && services.iter().all(known),
            GateQuestion::Outside(Outside::Alerts { url, .. }) => !url.is_empty(),
            GateQuestion::Outside(Outside::Query { url, query, at_most, at_least, .. }) => {
                !url.is_empty() && !query.is_empty() && (at_most.is_some() || at_least.is_some())
            }
            GateQuestion::Outside(Outside::Command { command }) => !command.is_empty(),
        };
        let twice = plan.gates[..no].iter().any(|g| g.name == gate.name);
        if !asks || twice || gate.when.is_empty() {
            return Err(PlanError::Gate { gate: gate.name.clone() });
        }
    }
    Ok(())
}

/// The project's gates, as far as they are about hosts of this plan. A service gate of production has nothing to ask
/// in a rehearsal, whose hosts serve nobody: it is left out there, and is an error anywhere else.
pub(super) fn compile(input: &PlanInput<'_>, services: &[Service]) -> Result<Vec<Gate>, Vec<Message>> {
    let mut against = Vec::new();
    let mut gates = Vec::new();
    for (name, gate) in &input.project.gates {
        match question(input, gate, services) {
            Some(question) => {
                gates.push(Gate { name: name.clone(), when: gate.when.clone(), question, roles: gate.roles.clone() })
            }
            None if input.environment == Environment::Preproduction && gate.kind == GateKind::Service => {}
            None => against.push(Message::new("plan-refuse-gate").with("gate", name)),
        }
    }
    if against.is_empty() { Ok(gates) } else { Err(against) }
}

/// `None` when there is nothing that it could ask.
fn question(input: &PlanInput<'_>, gate: &project::Gate, services: &[Service]) -> Option<GateQuestion> {
    let monitoring = &input.project.monitoring;
    let base = |url: &Option<String>| url.as_ref().map(|u| u.trim_end_matches('/').to_owned());
    Some(match gate.kind {
        GateKind::Service => {
            let services = asked(gate.service.as_ref()?, services);
            return (!services.is_empty()).then_some(GateQuestion::Service { services });
        }
        GateKind::Alerts => GateQuestion::Outside(Outside::Alerts {
            url: base(&monitoring.alertmanager_url)?,
            from: monitoring.alertmanager_host.clone(),
        }),
        GateKind::Query => GateQuestion::Outside(Outside::Query {
            url: base(&monitoring.prometheus_url)?,
            from: monitoring.prometheus_host.clone(),
            query: gate.query.clone()?,
            at_most: gate.at_most,
            at_least: gate.at_least,
        }),
        GateKind::Command => GateQuestion::Outside(Outside::Command { command: gate.command.clone() }),
    })
}

/// The service of this name, or each host's own: `redis` means `cache-1.redis` and `cache-2.redis`, too.
fn asked(name: &ServiceId, services: &[Service]) -> Vec<ServiceId> {
    let own = |s: &&Service| {
        s.id == *name || s.hosts.iter().any(|h| s.id.as_str().strip_prefix(h.as_str()) == Some(&format!(".{name}")))
    };
    services.iter().filter(own).map(|s| s.id.clone()).collect()
}
