//! Whole campaigns in memory: the plain way, troubles, crashes after every write, requests of people.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use jiff::Timestamp;
use rockhop_domain::{
    RunId,
    event::{Kind, WaitReason},
    plan::Plan,
    run::{RunState, Tally},
};
use rockhop_engine::{Campaign, EngineError, Pace, ports::Request};
use rockhop_sim::{MemoryLedger, SimPorts, Trouble, World, plans};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

const WAVES: &[&[&str]] =
    &[&["mon-1"], &["cache-2", "cache-1"], &["web-1", "web-2", "web-3", "web-4"], &["db-2", "db-1"]];
const TAKE_ADDRESS: u32 = 8;
const QUIESCE: u32 = 6;

struct Fleet {
    plan: Arc<Plan>,
    world: Arc<Mutex<World>>,
    ledger: MemoryLedger,
}

impl Fleet {
    fn new() -> Self {
        let plan = Arc::new(plans::plan(WAVES, epoch()));
        let world = Arc::new(Mutex::new(World::of(&plan)));
        Self { plan, world, ledger: MemoryLedger::default() }
    }

    fn arm(&self, host: &str, step: u32, trouble: Trouble) {
        self.world.lock().unwrap().arm(&plans::host(host), step, trouble);
    }

    fn ports(&self) -> SimPorts {
        SimPorts::new(Arc::clone(&self.plan), Arc::clone(&self.world), self.ledger.clone(), epoch())
    }

    fn run(&self) -> Result<Tally, EngineError> {
        self.run_with(|_| {})
    }

    /// A controller's whole life, in virtual time; dropping its runtime is its death.
    fn run_with(&self, prepare: impl FnOnce(&SimPorts)) -> Result<Tally, EngineError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let ports = self.ports();
            prepare(&ports);
            let campaign = Campaign::open(Arc::new(ports), Arc::clone(&self.plan), run_id(), "test", vec![])?;
            let run = campaign.with_pace(Pace { baseline: Duration::from_secs(5), ..Pace::default() }).run();
            tokio::time::timeout(Duration::from_secs(36_000), run).await.expect("a campaign that never ends")
        })
    }

    /// Forgets the world, and makes it anew from what the ledger says.
    fn remembered(&mut self) {
        self.world = Arc::new(Mutex::new(World::as_recorded(&self.plan, &run_id(), &self.ledger.events())));
    }

    fn ends(&self) -> Vec<(String, &'static str)> {
        let events = self.ledger.events();
        let state = RunState::fold(&run_id(), &self.plan, &events).unwrap();
        state.hosts.iter().map(|(h, s)| (h.to_string(), s.phase.name())).collect()
    }

    fn breaches(&self) -> Vec<String> {
        self.world.lock().unwrap().breaches.clone()
    }

    fn count(&self, pick: impl Fn(&Kind) -> bool) -> usize {
        self.ledger.events().iter().filter(|e| pick(&e.kind)).count()
    }
}

fn epoch() -> Timestamp {
    "2026-03-01T22:00:00Z".parse().unwrap()
}

fn run_id() -> RunId {
    RunId::parse("run-1").unwrap()
}

#[test]
fn a_clean_fleet_is_accepted_whole() {
    let fleet = Fleet::new();
    let tally = fleet.run().unwrap();
    assert_eq!(tally, Tally { accepted: 9, rolled_back: 0, held: 0, not_begun: 0 });
    assert_eq!(fleet.breaches(), Vec::<String>::new());
    let world = fleet.world.lock().unwrap();
    for host in fleet.plan.hosts.keys() {
        assert!(world.new_serves(host) && !world.old_serves(host), "{host}");
    }
}

#[test]
fn a_step_that_fails_once_is_repaired_by_the_retry() {
    let fleet = Fleet::new();
    fleet.arm("web-3", TAKE_ADDRESS, Trouble::Fails { times: 1 });
    assert_eq!(fleet.run().unwrap().accepted, 9);
    assert_eq!(fleet.count(|k| matches!(k, Kind::StepFailed { .. })), 1);
}

#[test]
fn a_step_that_keeps_failing_brings_the_old_host_back() {
    let fleet = Fleet::new();
    fleet.arm("web-3", TAKE_ADDRESS, Trouble::Fails { times: 9 });
    let tally = fleet.run().unwrap();
    assert_eq!((tally.accepted, tally.rolled_back), (8, 1));
    assert!(fleet.world.lock().unwrap().old_serves(&plans::host("web-3")));
    assert_eq!(fleet.breaches(), Vec::<String>::new());
}

/// A replica that went back cannot follow a newer primary: the primary stays, and the run ends saying so.
#[test]
fn a_primary_stays_when_its_replica_did_not_make_it() {
    let mut fleet = Fleet::new();
    let plan = Arc::get_mut(&mut fleet.plan).unwrap();
    plan.hosts.get_mut(&plans::host("db-1")).unwrap().only_after = vec![plans::host("db-2")];
    fleet.arm("db-2", TAKE_ADDRESS, Trouble::Fails { times: 9 });
    assert_eq!(fleet.run().unwrap(), Tally { accepted: 7, rolled_back: 1, held: 0, not_begun: 1 });
    assert!(fleet.ends().contains(&("db-1".to_owned(), "waiting")));
    let told = |k: &Kind| matches!(k, Kind::Waiting { reason: WaitReason::Order { host } } if host.as_str() == "db-2");
    assert!(fleet.count(told) > 0);
}

#[test]
fn a_spent_failure_budget_stops_the_campaign_and_says_why() {
    let fleet = Fleet::new();
    for host in ["web-1", "web-2", "web-3"] {
        fleet.arm(host, TAKE_ADDRESS, Trouble::VerifyFails);
    }
    let tally = fleet.run().unwrap();
    assert_eq!((tally.rolled_back, tally.not_begun), (3, 2), "{tally:?}");
    assert_eq!(fleet.count(|k| matches!(k, Kind::RunStopped { .. })), 1);
    assert!(fleet.world.lock().unwrap().old_serves(&plans::host("db-1")));
}

#[test]
fn an_unreachable_host_counts_against_the_budget_and_was_not_touched() {
    let fleet = Fleet::new();
    fleet.arm("cache-2", 0, Trouble::Unreachable);
    let tally = fleet.run().unwrap();
    assert_eq!((tally.accepted, tally.rolled_back), (8, 1));
    assert!(fleet.world.lock().unwrap().old_serves(&plans::host("cache-2")));
}

#[test]
fn what_cannot_be_taken_back_is_held_for_a_person() {
    let fleet = Fleet::new();
    fleet.arm("web-2", QUIESCE, Trouble::UndoFails);
    fleet.arm("web-2", 9, Trouble::Fails { times: 9 });
    let tally = fleet.run().unwrap();
    assert_eq!((tally.held, tally.accepted), (1, 8));
    fleet.world.lock().unwrap().mend(&plans::host("web-2"), QUIESCE);
    let again = fleet.run_with(|ports| {
        ports.control_handle().put(Request::Retry { host: plans::host("web-2"), by: "operator".to_owned() });
    });
    assert_eq!((again.as_ref().unwrap().held, again.unwrap().rolled_back), (0, 1));
}

#[test]
fn a_person_may_have_an_accepted_host_back() {
    let fleet = Fleet::new();
    fleet.run().unwrap();
    let tally = fleet
        .run_with(|ports| {
            ports.control_handle().put(Request::Rollback { host: plans::host("db-1"), by: "operator".to_owned() });
        })
        .unwrap();
    assert_eq!((tally.accepted, tally.rolled_back), (8, 1));
    assert!(fleet.world.lock().unwrap().old_serves(&plans::host("db-1")));
    assert_eq!(fleet.breaches(), Vec::<String>::new());
}

/// The controller dies at every single ledger write in turn; each time the next one ends the same.
#[test]
fn dying_at_any_ledger_write_ends_the_same() {
    let whole = Fleet::new();
    whole.arm("web-3", TAKE_ADDRESS, Trouble::Fails { times: 9 });
    whole.run().unwrap();
    let (writes, ends) = (whole.ledger.events().len(), whole.ends());
    for n in 1..writes {
        let fleet = Fleet::new();
        fleet.arm("web-3", TAKE_ADDRESS, Trouble::Fails { times: 9 });
        fleet.ledger.die_at(n);
        assert!(fleet.run().is_err(), "the controller was to die at write {n}");
        fleet.ledger.revive();
        fleet.run().unwrap();
        assert_eq!(fleet.ends(), ends, "after dying at write {n}");
        assert_eq!(fleet.breaches(), Vec::<String>::new(), "after dying at write {n}");
    }
}

/// The world may die with the controller: the next one makes it anew from the ledger, and ends the same.
#[test]
fn a_world_made_from_the_ledger_goes_on_where_it_was() {
    let whole = Fleet::new();
    whole.run().unwrap();
    let (writes, ends) = (whole.ledger.events().len(), whole.ends());
    for n in (1..writes).step_by(3) {
        let mut fleet = Fleet::new();
        fleet.ledger.die_at(n);
        assert!(fleet.run().is_err(), "the controller was to die at write {n}");
        fleet.ledger.revive();
        fleet.remembered();
        fleet.run().unwrap();
        assert_eq!(fleet.ends(), ends, "after dying at write {n}");
        assert_eq!(fleet.breaches(), Vec::<String>::new(), "after dying at write {n}");
        let world = fleet.world.lock().unwrap();
        assert!(fleet.plan.hosts.keys().all(|h| world.new_serves(h) && !world.old_serves(h)), "after {n}");
    }
}

#[test]
fn a_world_made_from_the_ledger_can_be_taken_back() {
    let mut fleet = Fleet::new();
    fleet.run().unwrap();
    fleet.remembered();
    let ask = |ports: &SimPorts| {
        ports.control_handle().put(Request::Rollback { host: plans::host("db-1"), by: "operator".to_owned() });
    };
    assert_eq!(fleet.run_with(ask).unwrap().rolled_back, 1);
    fleet.remembered();
    let world = fleet.world.lock().unwrap();
    assert!(world.old_serves(&plans::host("db-1")) && !world.new_serves(&plans::host("db-1")));
    assert!(world.new_serves(&plans::host("db-2")));
}

/// Every step of one host fails once, in turn: each is healed by its retry or ends in a clean way back.
#[test]
fn every_step_failing_once_or_for_good() {
    let steps = u32::try_from(plans::steps().len()).unwrap();
    for step in 0..steps {
        for trouble in [
            Trouble::Fails { times: 1 },
            Trouble::Fails { times: 9 },
            Trouble::VerifyFails,
            Trouble::Slow { seconds: 2_000 },
        ] {
            let fleet = Fleet::new();
            fleet.arm("web-1", step, trouble);
            let tally = fleet.run().unwrap();
            assert_eq!(tally.held + tally.not_begun, 0, "step {step}, {trouble:?}: {tally:?}");
            assert_eq!(fleet.breaches(), Vec::<String>::new(), "step {step}, {trouble:?}");
            let world = fleet.world.lock().unwrap();
            let host = plans::host("web-1");
            assert!(world.old_serves(&host) || world.new_serves(&host), "step {step}, {trouble:?}");
        }
    }
}
