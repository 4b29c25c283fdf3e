//! The machines of the simulated fleet, what was done to them, and the laws that must hold.

use rockhop_domain::{
    HostId, RunId, StepNo,
    event::{Event, Kind},
    plan::{Action, GateAnswer, Outage, Plan, Power, Side, Undo},
};
use rockhop_engine::ports::{JobId, Question};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// What goes wrong with one step of one host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The first `n` tries fail.
    Fails {
        /// How many.
        times: u8,
    },
    /// The machine does not answer, ever.
    Unreachable,
    /// Apply says yes, verify says no.
    VerifyFails,
    /// The carried file arrives cut, once.
    CutOnce,
    /// It takes so much longer, in seconds.
    Slow {
        /// Seconds.
        seconds: u32,
    },
    /// It cannot be taken back.
    UndoFails,
}

/// The simulated fleet. One lock, no time of its own.
#[derive(Default)]
pub struct World {
    machines: BTreeMap<(HostId, Side), Machine>,
    troubles: BTreeMap<(HostId, u32), Trouble>,
    tries: BTreeMap<(HostId, u32), u8>,
    jobs: BTreeMap<String, Job>,
    /// Names of jobs that have not taken effect yet.
    pending: BTreeSet<String>,
    applied: BTreeSet<(HostId, u32)>,
    /// How often each step was really carried out; undone steps start again at zero.
    effects: BTreeMap<(HostId, u32), u32>,
    away: BTreeSet<HostId>,
    cut: BTreeSet<(HostId, u32)>,
    /// What each gate says from which moment of a controller's life on.
    gates: BTreeMap<String, Vec<(Duration, GateAnswer)>>,
    /// When each gate was asked in a controller's life, in order.
    pub gates_asked: Vec<(String, Duration)>,
    /// Laws that were broken, in words. A correct engine leaves this empty.
    pub breaches: Vec<String>,
}

#[derive(Clone)]
struct Machine {
    on: bool,
    has_address: bool,
}

struct Job {
    /// Virtual seconds after which it is done, counted from its start.
    ends_at: tokio::time::Instant,
    status: i32,
    job: JobId,
}

impl World {
    /// Every host of the plan runs on its old machine and has its address.
    pub fn of(plan: &Plan) -> Self {
        let old = Machine { on: true, has_address: true };
        let machines = plan.hosts.keys().map(|h| ((h.clone(), Side::Old), old.clone())).collect();
        Self { machines, ..Self::default() }
    }

    /// The world as this run's events say that it became: what was interrupted has not happened.
    pub fn as_recorded(plan: &Plan, run: &RunId, events: &[Event]) -> Self {
        let mut world = Self::of(plan);
        for event in events.iter().filter(|e| e.run.as_ref() == Some(run)) {
            if let Some(host) = &event.host {
                world.recorded(plan, host, &event.kind);
            }
        }
        world
    }

    fn recorded(&mut self, plan: &Plan, host: &HostId, kind: &Kind) {
        let planned = |no: StepNo| plan.hosts.get(host).and_then(|h| h.steps.get(no.0 as usize));
        match kind {
            Kind::MachineMade { side: Side::New, .. } => self.provision(host),
            Kind::StepFinished { step, .. } => {
                if let Some(Action::Power { side, to }) = planned(*step).map(|s| &s.action) {
                    self.power(host, *side, *to);
                }
                if !self.applied.contains(&(host.clone(), step.0)) {
                    self.take_effect(plan, host, *step);
                }
            }
            Kind::UndoFinished { step, .. } => match planned(*step).map(|s| &s.undo) {
                Some(Undo::Power { side, to }) => self.power(host, *side, *to),
                Some(Undo::SetAside) => self.set_aside(host),
                Some(Undo::Script { .. }) => drop(self.undo(plan, (host.clone(), step.0))),
                Some(Undo::Nothing) | None => {}
            },
            _ => {}
        }
    }

    /// Arms a trouble for one step of one host.
    pub fn arm(&mut self, host: &HostId, step: u32, trouble: Trouble) {
        self.troubles.insert((host.clone(), step), trouble);
    }

    /// Makes a gate say something else from this moment of a controller's life on; before, and without any, it is open.
    pub fn script_gate(&mut self, gate: &str, from: Duration, answer: GateAnswer) {
        let script = self.gates.entry(gate.to_owned()).or_default();
        script.push((from, answer));
        script.sort_by_key(|(from, _)| *from);
    }

    /// Takes a gate's script away: it is open from now on.
    pub fn open_gate(&mut self, gate: &str) {
        self.gates.remove(gate);
    }

    pub(crate) fn ask_gate(&mut self, gate: &str, at: Duration) -> GateAnswer {
        self.gates_asked.push((gate.to_owned(), at));
        let script = self.gates.get(gate).into_iter().flatten();
        script.take_while(|(from, _)| *from <= at).last().map_or(GateAnswer::Open, |(_, answer)| answer.clone())
    }

    /// Takes a trouble away.
    pub fn mend(&mut self, host: &HostId, step: u32) {
        self.troubles.remove(&(host.clone(), step));
    }

    /// Whether the host's old machine is on and has the address: it serves.
    pub fn old_serves(&self, host: &HostId) -> bool {
        self.serves(host, Side::Old)
    }

    /// Whether the host's new machine is on and has the address: it serves.
    pub fn new_serves(&self, host: &HostId) -> bool {
        self.serves(host, Side::New)
    }

    /// How often each step was carried out, for comparing two histories.
    pub fn effects(&self) -> &BTreeMap<(HostId, u32), u32> {
        &self.effects
    }

    /// The most hosts that were away at once may be read from here at any time.
    pub fn away(&self) -> &BTreeSet<HostId> {
        &self.away
    }

    fn serves(&self, host: &HostId, side: Side) -> bool {
        self.machines.get(&(host.clone(), side)).is_some_and(|m| m.on && m.has_address) && !self.away.contains(host)
    }

    pub(crate) fn trouble(&self, host: &HostId, step: StepNo) -> Option<Trouble> {
        self.troubles.get(&(host.clone(), step.0)).copied()
    }

    pub(crate) fn provision(&mut self, host: &HostId) {
        self.machines.entry((host.clone(), Side::New)).or_insert(Machine { on: true, has_address: false }).on = true;
    }

    pub(crate) fn power(&mut self, host: &HostId, side: Side, to: Power) {
        if let Some(machine) = self.machines.get_mut(&(host.clone(), side)) {
            machine.on = to == Power::On;
        }
        self.law_of_one_address(host);
    }

    pub(crate) fn set_aside(&mut self, host: &HostId) {
        self.machines.remove(&(host.clone(), Side::New));
    }

    /// Answers a question that only looks or takes back.
    pub(crate) fn ask(&mut self, plan: &Plan, job: &JobId, question: Question) -> i32 {
        let key = (job.host.clone(), job.step.0);
        match question {
            Question::Check => i32::from(!self.applied.contains(&key)),
            Question::Verify if job.attempt == 0 => i32::from(!self.old_serves(&job.host)),
            Question::Verify => self.verify(&key),
            Question::Look | Question::Salvage => 0,
            Question::Undo => self.undo(plan, key),
            Question::Apply => 99,
        }
    }

    /// A carried file arrives cut once; the second delivery is whole.
    pub(crate) fn arrives_cut(&mut self, host: &HostId, step: StepNo) -> bool {
        self.trouble(host, step) == Some(Trouble::CutOnce) && self.cut.insert((host.clone(), step.0))
    }

    pub(crate) fn find(&self, job: &JobId) -> Option<(tokio::time::Instant, i32)> {
        self.jobs.get(&job.to_string()).map(|j| (j.ends_at, j.status))
    }

    /// Starts a detached job unless the machine already has one of this name.
    pub(crate) fn start(&mut self, announced: bool, job: &JobId, takes: Duration) {
        if self.jobs.contains_key(&job.to_string()) {
            return;
        }
        self.law_of_announcement(announced, job);
        let status = self.outcome(job);
        let ends_at = tokio::time::Instant::now() + takes;
        self.jobs.insert(job.to_string(), Job { ends_at, status, job: job.clone() });
        self.pending.insert(job.to_string());
    }

    /// Jobs whose time has come take effect, whether or not a controller is there to see it.
    pub(crate) fn settle(&mut self, plan: &Plan, now: tokio::time::Instant) {
        let due = |name: &&String| self.jobs.get(*name).is_some_and(|j| j.ends_at <= now);
        let names: Vec<String> = self.pending.iter().filter(due).cloned().collect();
        let jobs = names.iter().filter_map(|name| self.jobs.get(name));
        let done: Vec<(JobId, i32)> = jobs.map(|j| (j.job.clone(), j.status)).collect();
        self.pending.retain(|name| !names.contains(name));
        for (job, status) in done {
            if status == 0 {
                self.take_effect(plan, &job.host, job.step);
            }
        }
    }

    pub(crate) fn take_effect(&mut self, plan: &Plan, host: &HostId, step: StepNo) {
        let key = (host.clone(), step.0);
        if self.applied.insert(key.clone()) {
            *self.effects.entry(key.clone()).or_default() += 1;
        } else {
            self.breaches.push(format!("{host} step {} took effect twice", step.0));
        }
        let Some(planned) = plan.hosts.get(host).and_then(|j| j.steps.get(step.0 as usize)) else { return };
        match planned.outage {
            Outage::Begins => drop(self.away.insert(host.clone())),
            Outage::Ends => drop(self.away.remove(host)),
            Outage::None => {}
        }
        if planned.id.as_str() == "cutover.take-address" {
            self.move_address(host, Side::New);
        }
    }

    fn undo(&mut self, plan: &Plan, key: (HostId, u32)) -> i32 {
        if self.troubles.get(&key) == Some(&Trouble::UndoFails) {
            return 1;
        }
        self.applied.remove(&key);
        self.effects.remove(&key);
        let planned = plan.hosts.get(&key.0).and_then(|j| j.steps.get(key.1 as usize));
        match planned {
            Some(step) if step.id.as_str() == "cutover.take-address" => self.move_address(&key.0, Side::Old),
            Some(step) if step.outage == Outage::Begins => drop(self.away.remove(&key.0)),
            _ => {}
        }
        0
    }

    fn outcome(&mut self, job: &JobId) -> i32 {
        let key = (job.host.clone(), job.step.0);
        let tries = self.tries.entry(key.clone()).or_default();
        *tries += 1;
        match self.troubles.get(&key) {
            Some(Trouble::Fails { times }) if *tries <= *times => 1,
            _ => 0,
        }
    }

    fn verify(&self, key: &(HostId, u32)) -> i32 {
        let lies = self.troubles.get(key) == Some(&Trouble::VerifyFails);
        i32::from(lies || !self.applied.contains(key))
    }

    fn move_address(&mut self, host: &HostId, to: Side) {
        for side in [Side::Old, Side::New] {
            if let Some(machine) = self.machines.get_mut(&(host.clone(), side)) {
                // A machine that is off keeps its address for its next start; it is not on the net with it.
                machine.has_address = side == to || (side == Side::Old && !machine.on);
            }
        }
        self.law_of_one_address(host);
    }

    fn law_of_one_address(&mut self, host: &HostId) {
        let on = |side| self.machines.get(&(host.clone(), side)).is_some_and(|m| m.on && m.has_address);
        if on(Side::Old) && on(Side::New) {
            self.breaches.push(format!("{host}: both machines are on its address"));
        }
    }

    /// Nothing on a host is touched before the ledger says so.
    fn law_of_announcement(&mut self, announced: bool, job: &JobId) {
        if !announced {
            self.breaches.push(format!("{job} was started before the ledger said so"));
        }
    }
}
