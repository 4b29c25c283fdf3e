//! When each host will begin and end, as far as durations were measured: the scheduler played forward.
//!
//! A forecast, never a promise: it knows windows, freezes, canaries, pairs and limits, and takes each host
//! to last as long as its rehearsal or its like in this run did. Without a measured duration there is none.

use jiff::Timestamp;
use rockhop_domain::{
    HostId, WaveNo,
    journey::Phase,
    plan::{Forecast, HostPlan, Plan, Wave},
    run::RunState,
    window::{Window, WindowState},
};
use std::collections::{HashMap, VecDeque};

/// How many openings in a row may be too short before a host is said never to fit.
const OPENINGS_TRIED: usize = 64;

/// The time of one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Which host.
    pub host: HostId,
    /// In which wave.
    pub wave: WaveNo,
    /// When it begins, or began.
    pub begins: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
}

/// Why there is no forecast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoOutlook {
    /// Nobody measured a host like this one.
    Unmeasured {
        /// Which.
        host: HostId,
    },
    /// No opening of its window is long enough for it.
    NeverFits {
        /// Which.
        host: HostId,
    },
}

/// When the hosts that are not settled will begin and end, from `now` on.
pub fn outlook(plan: &Plan, state: Option<&RunState>, now: Timestamp) -> Result<Vec<Slot>, NoOutlook> {
    let durations = Durations::of(plan, state);
    let mut forward = Forward { plan, state, at: now, going: Vec::new(), slots: Vec::with_capacity(plan.hosts.len()) };
    for wave in &plan.waves {
        forward.wave(wave, wave.window.as_ref(), |job| durations.of_host(job))?;
    }
    Ok(forward.slots)
}

/// When the last of them ends; now when nothing is left.
pub fn over_at(plan: &Plan, state: Option<&RunState>, now: Timestamp) -> Result<Timestamp, NoOutlook> {
    Ok(outlook(plan, state, now)?.iter().map(|slot| slot.ends).max().unwrap_or(now))
}

/// The order alone: every host one unit long, windows left out. For plans that nobody rehearsed.
pub fn order(plan: &Plan, unit_ms: u64) -> Vec<Slot> {
    let at = Timestamp::UNIX_EPOCH;
    let mut forward = Forward { plan, state: None, at, going: Vec::new(), slots: Vec::with_capacity(plan.hosts.len()) };
    // Without windows and with a duration for every host there is always a place for the next one.
    let _ = plan.waves.iter().try_for_each(|wave| forward.wave(wave, None, |_| Some(unit_ms)));
    forward.slots
}

/// How long hosts take: the mean of their role in this run, else their rehearsal.
struct Durations<'a> {
    here: HashMap<&'a str, (u64, u64)>,
}

impl<'a> Durations<'a> {
    fn of(plan: &'a Plan, state: Option<&RunState>) -> Self {
        let mut here = HashMap::new();
        for (host, s) in state.iter().flat_map(|state| &state.hosts) {
            let (Phase::Accepted { .. }, Some(begun), Some(ended)) = (&s.phase, s.begun_at, s.settled_at) else {
                continue;
            };
            let Some(job) = plan.hosts.get(host) else { continue };
            let took_ms = u64::try_from(ended.as_millisecond() - begun.as_millisecond()).unwrap_or(0);
            let sum: &mut (u64, u64) = here.entry(job.role.as_str()).or_default();
            *sum = (sum.0.saturating_add(took_ms), sum.1 + 1);
        }
        Self { here }
    }

    fn of_host(&self, job: &HostPlan) -> Option<u64> {
        if let Some((sum, n)) = self.here.get(job.role.as_str()) {
            return Some(sum / n);
        }
        match &job.forecast {
            Forecast::Rehearsed { duration_ms, .. } => Some(*duration_ms),
            Forecast::Unmeasured => None,
        }
    }
}

/// Hosts that have not begun, and how long they take.
type Waiting<'a> = VecDeque<(&'a HostPlan, u64)>;

/// The scheduler played forward, wave by wave.
struct Forward<'a> {
    plan: &'a Plan,
    state: Option<&'a RunState>,
    at: Timestamp,
    /// Hosts that are taken to be going, and when they end.
    going: Vec<(Timestamp, &'a HostPlan)>,
    slots: Vec<Slot>,
}

impl<'a> Forward<'a> {
    /// Plays one wave to its end.
    fn wave(
        &mut self,
        wave: &'a Wave,
        window: Option<&Window>,
        takes_ms: impl Fn(&HostPlan) -> Option<u64>,
    ) -> Result<(), NoOutlook> {
        let mut waiting = VecDeque::new();
        let (plan, state) = (self.plan, self.state);
        let open = wave.hosts.iter().filter_map(|h| plan.hosts.get(h)).filter(|job| !settled(state, &job.host));
        for job in open {
            let takes_ms = takes_ms(job).ok_or_else(|| NoOutlook::Unmeasured { host: job.host.clone() })?;
            match begun(state, &job.host) {
                Some(begins) => self.keep(wave.no, job, begins, later(begins, takes_ms).max(self.at)),
                None => waiting.push_back((job, takes_ms)),
            }
        }
        self.play(wave, window, waiting)?;
        self.at = self.going.iter().map(|(ends, _)| *ends).fold(self.at, Timestamp::max);
        self.going.clear();
        Ok(())
    }

    /// From one instant at which something changes to the next, until everybody has begun.
    fn play(&mut self, wave: &Wave, window: Option<&Window>, mut waiting: Waiting<'a>) -> Result<(), NoOutlook> {
        let mut idle = 0;
        loop {
            let wake = self.let_go(wave, window, &mut waiting);
            let Some((first, _)) = waiting.front() else { return Ok(()) };
            idle = if self.going.is_empty() { idle + 1 } else { 0 };
            match wake {
                Some(at) if idle < OPENINGS_TRIED => self.at = at,
                _ => return Err(NoOutlook::NeverFits { host: first.host.clone() }),
            }
        }
    }

    /// Begins all that may begin at this instant; answers when to look again.
    fn let_go(&mut self, wave: &Wave, window: Option<&Window>, waiting: &mut Waiting<'a>) -> Option<Timestamp> {
        let at = self.at;
        self.going.retain(|(ends, _)| *ends > at);
        let (until, changes) = opening(window, at);
        let canary = wave
            .hosts
            .first()
            .filter(|c| self.going.iter().map(|g| g.1).chain(waiting.front().map(|w| w.0)).any(|j| j.host == **c));
        let mut n = 0;
        while let Some((job, takes_ms)) = waiting.get(n).copied().filter(|_| self.going.len() < self.fleet()) {
            let needs_ms = takes_ms.saturating_add(self.plan.policy.rollback_reserve_s.saturating_mul(1_000));
            let in_time = until.is_none_or(|until| later(at, needs_ms) <= until);
            if in_time && canary.is_none_or(|c| *c == job.host) && self.room_for(job) {
                self.keep(wave.no, job, at, later(at, takes_ms));
                waiting.remove(n);
            } else {
                n += 1;
            }
        }
        let next_end = self.going.iter().map(|(ends, _)| *ends).min();
        [next_end, changes].into_iter().flatten().filter(|t| *t > at).min()
    }

    fn fleet(&self) -> usize {
        self.plan.policy.hosts_in_parallel.min(self.plan.policy.max_unavailable).max(1) as usize
    }

    /// Whether neither role nor pair stands in its way.
    fn room_for(&self, job: &HostPlan) -> bool {
        let role =
            self.plan.policy.max_unavailable_by_role.get(&job.role).map_or(self.fleet(), |n| (*n).max(1) as usize);
        self.going.iter().filter(|(_, j)| j.role == job.role).count() < role
            && !self.going.iter().any(|(_, j)| job.apart_from.contains(&j.host))
    }

    fn keep(&mut self, wave: WaveNo, job: &'a HostPlan, begins: Timestamp, ends: Timestamp) {
        self.going.push((ends, job));
        self.slots.push(Slot { host: job.host.clone(), wave, begins, ends });
    }
}

fn settled(state: Option<&RunState>, host: &HostId) -> bool {
    state.and_then(|s| s.hosts.get(host)).is_some_and(|h| h.phase.settled())
}

fn begun(state: Option<&RunState>, host: &HostId) -> Option<Timestamp> {
    state.and_then(|s| s.hosts.get(host)).filter(|h| h.phase.in_motion()).and_then(|h| h.begun_at)
}

/// Until when a host that begins now has to be done, and when to look again; a closed window gives no time at all.
fn opening(window: Option<&Window>, at: Timestamp) -> (Option<Timestamp>, Option<Timestamp>) {
    match window.map(|w| w.state_at(at)) {
        None => (None, None),
        Some(WindowState::Open { cutoff, until }) if at < cutoff => (Some(until), Some(until)),
        Some(WindowState::Open { until, .. } | WindowState::Frozen { until, .. }) => (Some(at), Some(until)),
        Some(WindowState::Closed { opens_at }) => (Some(at), opens_at),
    }
}

fn later(at: Timestamp, ms: u64) -> Timestamp {
    let sum = at.as_millisecond().saturating_add(i64::try_from(ms).unwrap_or(i64::MAX));
    Timestamp::from_millisecond(sum).unwrap_or(Timestamp::MAX)
}
