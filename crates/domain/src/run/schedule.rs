//! Who may begin now, and why each of the others may not: one reason a host.
//!
//! Pure: the clock's reading and the gates' answers are arguments.

use super::{RunState, Standing};
use crate::{
    HostId, RoleId, WaveNo,
    event::WaitReason,
    journey::Phase,
    plan::{Forecast, HostPlan, Plan, Wave},
    window::WindowState,
};
use jiff::Timestamp;

/// What the scheduler says about a host that has not begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Let it go.
    Begin {
        /// Which.
        host: HostId,
        /// In which wave.
        wave: WaveNo,
    },
    /// Not now.
    Wait {
        /// Which.
        host: HostId,
        /// The one reason.
        reason: WaitReason,
    },
}

/// A gate that is not open, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedGate {
    /// Its name.
    pub gate: String,
    /// Only for hosts of these roles; without any, for all.
    pub roles: Vec<RoleId>,
}

/// Decides for every host that has not begun, in the plan's order. Hosts begun by this very call count
/// against the limits of those after them.
pub fn decide(plan: &Plan, state: &RunState, now: Timestamp, closed_gates: &[ClosedGate]) -> Vec<Decision> {
    let mut going: Vec<HostId> = state.away().cloned().collect();
    let mut decisions = Vec::new();
    for wave in &plan.waves {
        for host in &wave.hosts {
            let waiting = state.hosts.get(host).is_some_and(|s| s.phase == Phase::Waiting);
            let (true, Some(job)) = (waiting, plan.hosts.get(host)) else { continue };
            let now = Moment { plan, state, now, closed_gates, going: &going };
            decisions.push(match now.why_not(wave, job) {
                Some(reason) => Decision::Wait { host: host.clone(), reason },
                None => {
                    going.push(host.clone());
                    Decision::Begin { host: host.clone(), wave: wave.no }
                }
            });
        }
    }
    decisions
}

struct Moment<'a> {
    plan: &'a Plan,
    state: &'a RunState,
    now: Timestamp,
    closed_gates: &'a [ClosedGate],
    going: &'a [HostId],
}

impl Moment<'_> {
    /// The first reason that holds, the most general first.
    fn why_not(&self, wave: &Wave, job: &HostPlan) -> Option<WaitReason> {
        self.standing()
            .or_else(|| self.earlier_wave(wave))
            .or_else(|| self.order(job))
            .or_else(|| self.gate(job))
            .or_else(|| self.canary(wave, job))
            .or_else(|| self.window(wave, job))
            .or_else(|| self.stale(job))
            .or_else(|| self.pair(job))
            .or_else(|| self.role_limit(job))
            .or_else(|| self.fleet_limit())
    }

    fn standing(&self) -> Option<WaitReason> {
        match &self.state.standing {
            Standing::Open if self.state.spent() > self.plan.policy.failure_budget => Some(WaitReason::Budget),
            Standing::Open => None,
            Standing::Paused { .. } => Some(WaitReason::Paused),
            Standing::Stopped { .. } | Standing::Ended => Some(WaitReason::Budget),
        }
    }

    fn earlier_wave(&self, wave: &Wave) -> Option<WaitReason> {
        let unsettled = |w: &&Wave| w.no < wave.no && w.hosts.iter().any(|h| !self.settled(h));
        self.plan.waves.iter().find(unsettled).map(|w| WaitReason::Dependency { wave: w.no })
    }

    /// A host that left the plan has arrived, and holds nobody up.
    fn order(&self, job: &HostPlan) -> Option<WaitReason> {
        let accepted = |h: &HostId| self.state.hosts.get(h).is_none_or(|s| matches!(s.phase, Phase::Accepted { .. }));
        let first = job.only_after.iter().find(|h| !accepted(h))?;
        Some(WaitReason::Order { host: first.clone() })
    }

    fn gate(&self, job: &HostPlan) -> Option<WaitReason> {
        let shut = self.closed_gates.iter().find(|g| g.roles.is_empty() || g.roles.contains(&job.role))?;
        Some(WaitReason::Gate { gate: shut.gate.clone() })
    }

    /// The first host of a wave goes alone; a canary that did not make it keeps the wave closed only as
    /// long as it is in motion: what its failure means is the failure budget's business.
    fn canary(&self, wave: &Wave, job: &HostPlan) -> Option<WaitReason> {
        let canary = wave.hosts.first().filter(|c| **c != job.host)?;
        (!self.settled(canary)).then(|| WaitReason::Canary { host: canary.clone() })
    }

    fn window(&self, wave: &Wave, job: &HostPlan) -> Option<WaitReason> {
        match wave.window.as_ref()?.state_at(self.now) {
            WindowState::Open { cutoff, until } => self.cutoff(job, cutoff, until),
            WindowState::Closed { opens_at } => Some(WaitReason::Window { opens_at }),
            WindowState::Frozen { until, .. } => Some(WaitReason::Window { opens_at: Some(until) }),
        }
    }

    /// Measured duration plus the reserve for a rollback has to fit before the cutoff.
    fn cutoff(&self, job: &HostPlan, cutoff: Timestamp, until: Timestamp) -> Option<WaitReason> {
        let takes_ms = match &job.forecast {
            Forecast::Rehearsed { duration_ms, .. } => *duration_ms,
            Forecast::Unmeasured => 0,
        };
        let needs_ms = takes_ms.saturating_add(self.plan.policy.rollback_reserve_s.saturating_mul(1_000));
        let left_ms = until.as_millisecond().saturating_sub(self.now.as_millisecond());
        let late = self.now >= cutoff || i64::try_from(needs_ms).unwrap_or(i64::MAX) > left_ms;
        late.then_some(WaitReason::Cutoff { closes_at: until })
    }

    fn stale(&self, job: &HostPlan) -> Option<WaitReason> {
        let age_s = self.now.as_second().saturating_sub(job.facts_taken_at.as_second());
        let limit = i64::try_from(self.plan.policy.facts_max_age_s).unwrap_or(i64::MAX);
        (age_s > limit).then_some(WaitReason::StaleFacts)
    }

    fn pair(&self, job: &HostPlan) -> Option<WaitReason> {
        let other = job.apart_from.iter().find(|h| self.going.contains(h))?;
        Some(WaitReason::Lock { host: other.clone() })
    }

    fn role_limit(&self, job: &HostPlan) -> Option<WaitReason> {
        let limit = *self.plan.policy.max_unavailable_by_role.get(&job.role)?;
        let same = |h: &&HostId| self.plan.hosts.get(*h).is_some_and(|j| j.role == job.role);
        (self.going.iter().filter(same).count() >= limit as usize).then_some(WaitReason::RoleLimit { limit })
    }

    fn fleet_limit(&self) -> Option<WaitReason> {
        let limit = self.plan.policy.hosts_in_parallel.min(self.plan.policy.max_unavailable);
        (self.going.len() >= limit as usize).then_some(WaitReason::FleetLimit { limit })
    }

    fn settled(&self, host: &HostId) -> bool {
        self.state.hosts.get(host).is_some_and(|s| s.phase.settled())
    }
}
