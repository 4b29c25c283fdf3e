//! Gates in whole campaigns: who waits, what a closed gate does to a moved host, and that unknown never passes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use jiff::Timestamp;
use rockhop_domain::{
    FaultClass, Message, RunId, ServiceId,
    event::{Event, Kind, WaitReason},
    plan::{Gate, GateAnswer, GateQuestion, GateState, GateTime, Outside, Plan},
    run::{RunState, Tally},
};
use rockhop_engine::{Campaign, EngineError, Pace};
use rockhop_sim::{MemoryLedger, SimPorts, Trouble, World, plans};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

const WAVES: &[&[&str]] = &[&["mon-1"], &["cache-2", "cache-1"], &["web-1", "web-2", "web-3"]];
const TAKE_ADDRESS: u32 = 8;
const TICKET: &str = "ticket";
/// Longer than a campaign of these hosts takes.
const FOREVER: u64 = 100_000;

struct Fleet {
    plan: Arc<Plan>,
    world: Arc<Mutex<World>>,
    ledger: MemoryLedger,
}

impl Fleet {
    /// One gate for hosts of these roles.
    fn with_gate(when: GateTime, roles: &[&str]) -> Self {
        let question = GateQuestion::Outside(Outside::Command { command: vec!["ticket-is-open".into()] });
        Self::with(vec![gate(TICKET, when, question, roles)])
    }

    fn with(gates: Vec<Gate>) -> Self {
        let mut plan = plans::plan(WAVES, epoch());
        plan.gates = gates;
        plan.check().unwrap();
        let world = Arc::new(Mutex::new(World::of(&plan)));
        Self { plan: Arc::new(plan), world, ledger: MemoryLedger::default() }
    }

    /// The gate says this from second `from` to second `to` of every controller's life.
    fn script(self, from: u64, to: u64, answer: GateAnswer) -> Self {
        let mut world = self.world.lock().unwrap();
        world.script_gate(TICKET, Duration::from_secs(from), answer);
        world.script_gate(TICKET, Duration::from_secs(to), GateAnswer::Open);
        drop(world);
        self
    }

    fn run(&self) -> Result<Tally, EngineError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let ports = SimPorts::new(Arc::clone(&self.plan), Arc::clone(&self.world), self.ledger.clone(), epoch());
            let campaign = Campaign::open(Arc::new(ports), Arc::clone(&self.plan), run_id(), "test", vec![])?;
            let run = campaign.with_pace(Pace { baseline: Duration::from_secs(5), ..Pace::default() }).run();
            tokio::time::timeout(Duration::from_secs(36_000), run).await.expect("a campaign that never ends")
        })
    }

    fn events(&self, pick: impl Fn(&Event) -> bool) -> Vec<Event> {
        self.ledger.events().into_iter().filter(pick).collect()
    }

    /// Seconds of the controller's life at which this happened.
    fn seconds(&self, pick: impl Fn(&Event) -> bool) -> Vec<u64> {
        self.events(pick).iter().map(|e| u64::try_from(e.at.as_second() - epoch().as_second()).unwrap()).collect()
    }

    fn states(&self) -> Vec<GateState> {
        let state = |e: Event| if let Kind::GateChanged { state, .. } = e.kind { Some(state) } else { None };
        self.ledger.events().into_iter().filter_map(state).collect()
    }

    fn ends(&self) -> Vec<(String, &'static str)> {
        let events = self.ledger.events();
        let state = RunState::fold(&run_id(), &self.plan, &events).unwrap();
        state.hosts.iter().map(|(h, s)| (h.to_string(), s.phase.name())).collect()
    }

    fn faults(&self) -> Vec<(String, FaultClass)> {
        let fault = |e: Event| match e.kind {
            Kind::StepFailed { fault, .. } => Some((fault.message.key, fault.class)),
            _ => None,
        };
        self.ledger.events().into_iter().filter_map(fault).collect()
    }

    fn sound(&self) {
        assert_eq!(self.world.lock().unwrap().breaches, Vec::<String>::new());
    }
}

fn gate(name: &str, when: GateTime, question: GateQuestion, roles: &[&str]) -> Gate {
    let roles = roles.iter().map(|r| r.parse().unwrap()).collect();
    Gate { name: name.to_owned(), when: vec![when], question, roles }
}

fn closed() -> GateAnswer {
    GateAnswer::Closed { why: Message::new("gate-command-says-no") }
}

fn unknown() -> GateAnswer {
    GateAnswer::Unknown { why: Message::new("gate-silent") }
}

fn epoch() -> Timestamp {
    "2026-03-01T22:00:00Z".parse().unwrap()
}

fn run_id() -> RunId {
    RunId::parse("run-1").unwrap()
}

fn role_of(event: &Event) -> &str {
    event.host.as_ref().map_or("", |h| h.as_str().split('-').next().unwrap())
}

fn waits_for_the_gate(event: &Event) -> bool {
    matches!(&event.kind, Kind::Waiting { reason: WaitReason::Gate { gate } } if gate == TICKET)
}

#[test]
fn hosts_of_a_closed_gate_wait_and_go_on_when_it_opens() {
    for (answer, state) in [(closed(), GateState::Closed), (unknown(), GateState::Unknown)] {
        let fleet = Fleet::with_gate(GateTime::Before, &["web"]).script(0, 900, answer);
        assert_eq!(fleet.run().unwrap().accepted, 6);
        fleet.sound();
        let waiting = fleet.events(waits_for_the_gate);
        assert!(!waiting.is_empty() && waiting.iter().all(|e| role_of(e) == "web"), "{waiting:?}");
        let begun = |role: &'static str| move |e: &Event| matches!(e.kind, Kind::Begun { .. }) && role_of(e) == role;
        assert!(fleet.seconds(begun("cache")).iter().all(|s| *s < 900));
        assert!(fleet.seconds(begun("web")).iter().all(|s| *s >= 900));
        assert_eq!(fleet.states(), [state, GateState::Open]);
    }
}

#[test]
fn a_gate_is_asked_once_every_few_seconds_for_the_whole_campaign() {
    let fleet = Fleet::with_gate(GateTime::Before, &[]).script(0, 600, closed());
    fleet.run().unwrap();
    let asked: Vec<Duration> = fleet.world.lock().unwrap().gates_asked.iter().map(|(_, at)| *at).collect();
    assert!(asked.len() > 50, "{}", asked.len());
    assert!(asked.windows(2).all(|w| w[1] - w[0] >= Duration::from_secs(5)), "{asked:?}");
}

#[test]
fn a_gate_that_stays_closed_during_a_soak_brings_the_old_host_back() {
    let fleet = Fleet::with_gate(GateTime::Soak, &["cache"]).script(0, FOREVER, closed());
    let tally = fleet.run().unwrap();
    assert_eq!((tally.accepted, tally.rolled_back), (4, 2), "{tally:?}");
    assert!(fleet.world.lock().unwrap().old_serves(&plans::host("cache-1")));
    // The simulated soak may be tried twice.
    assert_eq!(fleet.faults(), vec![("fault-gate-closed".to_owned(), FaultClass::Failed); 4]);
    fleet.sound();
}

#[test]
fn an_unknown_gate_during_a_soak_is_not_waved_through() {
    let fleet = Fleet::with_gate(GateTime::Soak, &["mon"]).script(0, FOREVER, unknown());
    let tally = fleet.run().unwrap();
    assert_eq!((tally.accepted, tally.rolled_back), (5, 1), "{tally:?}");
    assert_eq!(fleet.faults(), [("fault-gate-unknown".to_owned(), FaultClass::Unknown)]);
    fleet.sound();
}

#[test]
fn a_gate_that_closes_for_a_moment_prolongs_the_soak() {
    let soak = |e: &Event| matches!(&e.kind, Kind::StepStarted { id, .. } if id == "prove.soak");
    let plain = Fleet::with_gate(GateTime::Soak, &["mon"]);
    plain.run().unwrap();
    let began = plain.seconds(soak)[0];
    let fleet = Fleet::with_gate(GateTime::Soak, &["mon"]).script(began + 1, began + 31, closed());
    assert_eq!(fleet.run().unwrap().accepted, 6);
    let done = |e: &Event| matches!(&e.kind, Kind::StepFinished { id, .. } if id == "prove.soak");
    assert!(fleet.seconds(done)[0] >= began + 31);
    assert_eq!(fleet.states(), [GateState::Open, GateState::Closed, GateState::Open]);
}

#[test]
fn acceptance_waits_for_its_gates_and_not_forever() {
    let waited = Fleet::with_gate(GateTime::After, &["mon"]).script(0, 400, closed());
    assert_eq!(waited.run().unwrap().accepted, 6);
    let accepted = |e: &Event| matches!(&e.kind, Kind::StepStarted { id, .. } if id == "accept.record");
    assert!(waited.seconds(accepted)[0] >= 400);
    assert_eq!(waited.faults(), []);
    for (answer, tries, key) in [(closed(), 2, "fault-gate-closed"), (unknown(), 1, "fault-gate-unknown")] {
        let fleet = Fleet::with_gate(GateTime::After, &["mon"]).script(0, FOREVER, answer);
        let tally = fleet.run().unwrap();
        assert_eq!((tally.accepted, tally.rolled_back), (5, 1), "{tally:?}");
        assert_eq!(fleet.faults().iter().filter(|(k, _)| k == key).count(), tries);
        fleet.sound();
    }
}

#[test]
fn a_controller_that_dies_while_hosts_wait_waits_on() {
    let whole = Fleet::with_gate(GateTime::Before, &["web"]).script(0, 900, closed());
    whole.run().unwrap();
    let waiting = whole.ledger.events().iter().rposition(waits_for_the_gate).unwrap() + 1;
    let fleet = Fleet::with_gate(GateTime::Before, &["web"]).script(0, 900, closed());
    fleet.ledger.die_at(waiting);
    assert!(fleet.run().is_err());
    fleet.ledger.revive();
    assert_eq!(fleet.run().unwrap().accepted, 6);
    let begun = |e: &Event| matches!(e.kind, Kind::Begun { .. }) && role_of(e) == "web";
    assert!(fleet.seconds(begun).iter().all(|s| *s >= 900));
    fleet.sound();
}

/// The controller dies at every single ledger write in turn; each time the next one ends the same.
#[test]
fn dying_at_any_write_with_gates_ends_the_same() {
    let fleet = || Fleet::with_gate(GateTime::Soak, &["cache"]).script(0, FOREVER, closed());
    let whole = fleet();
    whole.run().unwrap();
    for n in 1..whole.ledger.events().len() {
        let fleet = fleet();
        fleet.ledger.die_at(n);
        assert!(fleet.run().is_err(), "the controller was to die at write {n}");
        fleet.ledger.revive();
        fleet.run().unwrap();
        assert_eq!(fleet.ends(), whole.ends(), "after dying at write {n}");
        fleet.sound();
    }
}

#[test]
fn a_service_gate_asks_the_prober_and_expects_nothing_of_a_host_in_its_outage() {
    let services =
        |ids: &[&str]| GateQuestion::Service { services: ids.iter().map(|id| ServiceId::parse(id).unwrap()).collect() };
    let fleet = Fleet::with(vec![gate("webs", GateTime::Soak, services(&["web-2", "web-3"]), &["web"])]);
    // web-3 is away for as long as web-2 is watched, and longer.
    fleet.world.lock().unwrap().arm(&plans::host("web-3"), TAKE_ADDRESS, Trouble::Slow { seconds: 200 });
    assert_eq!(fleet.run().unwrap().accepted, 6);
    assert_eq!(fleet.world.lock().unwrap().gates_asked, [], "nobody outside is asked about a service");
    assert_eq!(fleet.states(), [GateState::Open]);
    let away = Fleet::with(vec![gate("webs", GateTime::Soak, services(&["web-3"]), &["web"])]);
    away.world.lock().unwrap().arm(&plans::host("web-3"), TAKE_ADDRESS, Trouble::Slow { seconds: 200 });
    let tally = away.run().unwrap();
    assert_eq!((tally.accepted, tally.rolled_back), (5, 1), "with nothing left to ask it is closed: {tally:?}");
}
