//! The simulated world joined: a fleet in memory, and the project's own ledger and requests. Opens no connection.
//!
//! The world is what the ledger says that it became: it is made anew from the events whenever a command starts,
//! and what was interrupted has not happened.

use super::FileControl;
use crate::{Context, exit::Exit, failure::Failure, store, store::History};
use jiff::Timestamp;
use rockhop_adapters::ledger::Ledger;
use rockhop_domain::{
    HostId, Message, RunId,
    event::Event,
    facts::Facts,
    journey::Phase,
    plan::Plan,
    project::{FleetHost, Simulation},
    run::RunState,
};
use rockhop_engine::{Pace, ports::Ports};
use rockhop_sim::{SimFleet, SimPorts, Tempo, World};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// So many questions are asked in the time of one step.
const QUESTIONS_A_STEP: u32 = 10;
/// So long, in steps, services are watched before the first host goes and after the last one.
const BASELINE_STEPS: u32 = 20;
/// From so many hosts on, services are asked less often.
const LARGE: u32 = 100;

/// Everything that a simulated run touches.
pub struct Simulated {
    sim: SimPorts<Ledger>,
    world: Arc<Mutex<World>>,
    control: FileControl,
}

impl Ports for Simulated {
    type Target = SimPorts<Ledger>;
    type Provisioner = SimPorts<Ledger>;
    type Vault = SimPorts<Ledger>;
    type Ledger = SimPorts<Ledger>;
    type Clock = SimPorts<Ledger>;
    type Prober = SimPorts<Ledger>;
    type Gates = SimPorts<Ledger>;
    type Control = FileControl;

    fn target(&self) -> &SimPorts<Ledger> {
        &self.sim
    }
    fn provisioner(&self) -> &SimPorts<Ledger> {
        &self.sim
    }
    fn vault(&self) -> &SimPorts<Ledger> {
        &self.sim
    }
    fn ledger(&self) -> &SimPorts<Ledger> {
        &self.sim
    }
    fn clock(&self) -> &SimPorts<Ledger> {
        &self.sim
    }
    fn prober(&self) -> &SimPorts<Ledger> {
        &self.sim
    }
    fn gates(&self) -> &SimPorts<Ledger> {
        &self.sim
    }
    fn control(&self) -> &FileControl {
        &self.control
    }
}

impl Simulated {
    /// Locks the ledger and makes the world from it.
    pub fn open(context: &Context, simulation: &Simulation, plan: &Arc<Plan>, run: &RunId) -> Result<Self, Failure> {
        let ledger = store::ledger(&context.project)?;
        let world = World::as_recorded(plan, run, &store::events(&context.project)?);
        let world = Arc::new(Mutex::new(world));
        let sim = SimPorts::new(Arc::clone(plan), Arc::clone(&world), ledger, Timestamp::now())
            .with_files(fleet(simulation).files())
            .with_tempo(tempo(simulation));
        Ok(Self { sim, world, control: FileControl::in_dir(context.project.control()) })
    }

    /// The laws that a correct engine never breaks: one address, one effect, announced before it happens.
    pub fn lawful(&self) -> Result<(), Failure> {
        let world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        if world.breaches.is_empty() { Ok(()) } else { Err(Failure::internal("engine", world.breaches.join("; "))) }
    }
}

/// The fleet that the project names.
pub fn fleet(simulation: &Simulation) -> SimFleet {
    SimFleet::of(simulation.seed, simulation.hosts)
}

/// The run's pace: as quick as its steps.
pub fn pace(simulation: &Simulation) -> Pace {
    let step = Duration::from_millis(u64::from(simulation.step_milliseconds));
    let usual = Pace::default();
    let quick = step.clamp(Duration::from_millis(10), usual.tick);
    let probe_interval = if simulation.hosts < LARGE { quick } else { usual.probe_interval };
    Pace { tick: quick, baseline: step * BASELINE_STEPS, probe_interval }
}

fn tempo(simulation: &Simulation) -> Tempo {
    let step = Duration::from_millis(u64::from(simulation.step_milliseconds));
    Tempo { step, round_trip: step / QUESTIONS_A_STEP, seed: Some(simulation.seed), ..Tempo::default() }
}

/// What a survey reads of these hosts: EL9 where a run of the ledger brought them there, EL7 elsewhere.
pub fn survey(
    context: &Context,
    simulation: &Simulation,
    hosts: &[&FleetHost],
) -> Result<Vec<(HostId, Facts)>, Failure> {
    let (fleet, now) = (fleet(simulation), Timestamp::now());
    let arrived = arrived(context, &store::events(&context.project)?)?;
    let look = |host: &&FleetHost| {
        let facts = fleet.facts(&host.id, arrived.contains(&host.id), now);
        let unknown = || Failure::new(Exit::Config, Message::new("error-host-not-simulated").with("host", &host.id));
        facts.map(|facts| (host.id.clone(), facts)).ok_or_else(unknown)
    };
    hosts.iter().map(look).collect()
}

/// Hosts that the ledger's runs brought to EL9, and did not bring back since.
fn arrived(context: &Context, events: &[Event]) -> Result<BTreeSet<HostId>, Failure> {
    let mut arrived = BTreeSet::new();
    for run in &History::of(events).runs {
        let plan = store::kept_plan(&context.project, &run.plan)?;
        let state = RunState::fold(&run.id, &plan, events).map_err(|e| store::unfoldable(&e))?;
        for (host, state) in &state.hosts {
            match state.phase {
                Phase::Accepted { .. } => drop(arrived.insert(host.clone())),
                Phase::Waiting => {}
                _ => drop(arrived.remove(host)),
            }
        }
    }
    Ok(arrived)
}
