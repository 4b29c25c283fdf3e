//! Reports of ledgers that the engine itself wrote, over the simulated fleet: also when the controller dies
//! after any write, no two figures contradict each other and nothing is praised that did not happen.

use jiff::Timestamp;
use rockhop_domain::{
    Message, RunId,
    event::{Event, Kind},
    plan::{Gate, GateAnswer, GateQuestion, GateTime, Outside, Plan},
    report::{Comparison, LedgerCheck, Report, ReportContext, ReportInput, Status, build, by_digest},
};
use rockhop_engine::{Campaign, EngineError, Pace};
use rockhop_i18n::Lang;
use rockhop_report::{render_html, render_markdown};
use rockhop_sim::{MemoryLedger, SimPorts, Trouble, World, plans};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

const WAVES: &[&[&str]] = &[&["mon-1"], &["cache-1", "cache-2"], &["web-1", "web-2", "web-3"]];
const TAKE_ADDRESS: u32 = 8;

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

    fn arm(&self, host: &str, trouble: Trouble) {
        self.world.lock().expect("nobody died with the lock").arm(&plans::host(host), TAKE_ADDRESS, trouble);
    }

    /// A controller's whole life, in virtual time.
    fn run(&self) -> Result<(), EngineError> {
        self.run_from(epoch())
    }

    /// The same, watching services before and after for so long.
    fn run_watching(&self, baseline: Duration) -> Result<(), EngineError> {
        self.run_at(epoch(), Pace { baseline, ..Pace::default() })
    }

    /// The next controller comes a minute after the last row.
    fn run_again(&self) -> Result<(), EngineError> {
        let last = self.ledger.events().last().map_or(epoch(), |e| e.at);
        self.run_from(Timestamp::from_second(last.as_second() + 60).expect("an instant"))
    }

    fn run_from(&self, now: Timestamp) -> Result<(), EngineError> {
        self.run_at(now, Pace { baseline: Duration::from_secs(5), ..Pace::default() })
    }

    fn run_at(&self, now: Timestamp, pace: Pace) -> Result<(), EngineError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        runtime.expect("a runtime").block_on(async {
            let ports = SimPorts::new(Arc::clone(&self.plan), Arc::clone(&self.world), self.ledger.clone(), now);
            let campaign = Campaign::open(Arc::new(ports), Arc::clone(&self.plan), run_id(), "test", vec![])?;
            let run = campaign.with_pace(pace).run();
            tokio::time::timeout(Duration::from_secs(36_000), run).await.expect("the campaign ends").map(drop)
        })
    }

    fn report(&self) -> Report {
        let events = self.ledger.events();
        let plans = by_digest([Plan::clone(&self.plan)]);
        let ledger = LedgerCheck::Whole {
            events: events.len() as u64,
            head: rockhop_domain::Digest::of(b"head"),
            signed_by: None,
        };
        let context = ReportContext { project: "sim".into(), ..ReportContext::default() };
        let input = ReportInput {
            context: &context,
            generated_at: epoch(),
            events: &events,
            plans: &plans,
            run: None,
            hosts: &[],
            vulnerabilities: None,
            ledger,
        };
        build(&input).expect("the engine's ledger fits its plan")
    }
}

fn epoch() -> Timestamp {
    "2026-03-01T22:00:00Z".parse().expect("a timestamp")
}

fn run_id() -> RunId {
    RunId::parse("run-1").expect("a run")
}

fn sound(report: &Report) {
    assert_eq!(report.contradictions, []);
    assert!(report.marking.simulated);
    for lang in Lang::ALL {
        let (markdown, html) = (render_markdown(report, lang), render_html(report, lang));
        assert!(!markdown.contains("\\[report-") && !html.contains("[report-"), "{lang}");
    }
}

#[test]
fn a_clean_campaign_is_complete() {
    let fleet = Fleet::new();
    fleet.run().expect("a clean run");
    let report = fleet.report();
    sound(&report);
    assert_eq!((report.status, report.exceptions.as_slice()), (Status::Complete, [].as_slice()));
}

#[test]
fn services_that_were_watched_long_enough_are_compared_and_others_say_why_not() {
    for (baseline, verdict) in [(Pace::default().baseline, "equivalent"), (Duration::from_secs(12), "not-measured")] {
        let fleet = Fleet::new();
        fleet.run_watching(baseline).expect("a clean run");
        let report = fleet.report();
        sound(&report);
        let of = |service: &str| {
            let wanted = |c: &&Comparison| c.metric == "service.latency.p95" && c.subject == service;
            report.comparisons.iter().find(wanted).expect("each service is compared")
        };
        // The first host to go has the shortest time before, the last one the shortest time after.
        for service in ["mon-1", "web-3"] {
            assert_eq!(of(service).verdict.key(), verdict, "{service} after {baseline:?}: {:?}", of(service));
        }
        let measured = |e: &&Event| matches!(&e.kind, Kind::Measured { subject, .. } if subject == "web-1");
        let rows = fleet.ledger.events().iter().filter(measured).count();
        assert!(rows <= 3 * 26, "{rows} rows about one service");
    }
}

#[test]
fn gates_are_told_with_their_closings() {
    let mut fleet = Fleet::new();
    let mut plan = Plan::clone(&fleet.plan);
    for (name, when) in [("ticket", GateTime::Before), ("errors", GateTime::After)] {
        let question = GateQuestion::Outside(Outside::Command { command: vec![name.to_owned()] });
        plan.gates.push(Gate { name: name.to_owned(), when: vec![when], question, roles: Vec::new() });
    }
    fleet.plan = Arc::new(plan);
    let why = Message::new("gate-command-says-no").with("program", "ticket").with("status", 7);
    {
        let mut world = fleet.world.lock().expect("nobody died with the lock");
        world.script_gate("ticket", Duration::ZERO, GateAnswer::Closed { why });
        world.script_gate("ticket", Duration::from_secs(100), GateAnswer::Open);
    }
    fleet.run().expect("a clean run");
    let report = fleet.report();
    sound(&report);
    let gates = &report.run.as_ref().expect("a run").gates;
    let times: Vec<_> = gates.iter().map(|g| (g.gate.as_str(), g.times.amount())).collect();
    assert_eq!(times, [("ticket", Some(1)), ("errors", Some(0))]);
    assert!(gates[0].stretches[0].lasted.amount().is_some_and(|ms| (90_000..110_000).contains(&ms)));
    assert!(render_markdown(&report, Lang::En).contains("ticket ended with 7"));
}

#[test]
fn trouble_is_told_with_its_remedy() {
    let fleet = Fleet::new();
    fleet.arm("web-2", Trouble::Fails { times: 1 });
    fleet.arm("web-3", Trouble::Fails { times: 9 });
    fleet.run().expect("the run ends");
    let report = fleet.report();
    sound(&report);
    assert_eq!(report.status, Status::CompleteWithExceptions);
    let run = report.run.expect("a run");
    let mut remedies: Vec<&str> = run.incidents.iter().map(|i| i.remedy.key()).collect();
    remedies.sort_unstable();
    assert_eq!(remedies, ["retried", "rolled-back"]);
}

#[test]
fn a_controller_that_dies_anywhere_leaves_a_sound_report() {
    let whole = Fleet::new();
    whole.arm("web-3", Trouble::Fails { times: 9 });
    whole.run().expect("the run ends");
    for at in (3..whole.ledger.events().len()).step_by(11) {
        let fleet = Fleet::new();
        fleet.arm("web-3", Trouble::Fails { times: 9 });
        fleet.ledger.die_at(at);
        let _ = fleet.run();
        let report = fleet.report();
        sound(&report);
        assert_ne!(report.status, Status::Complete, "died at {at}");
        fleet.ledger.revive();
        fleet.run_again().expect("the second controller ends the run");
        let report = fleet.report();
        sound(&report);
        assert_eq!(report.status, Status::CompleteWithExceptions, "died at {at}");
        let run = report.run.expect("a run");
        assert!(run.incidents.iter().any(|i| i.remedy.key() == "resumed"), "died at {at}");
    }
}

#[test]
fn a_clock_that_was_set_back_leaves_downtime_unmeasured() {
    let fleet = Fleet::new();
    fleet.ledger.die_at(60);
    let _ = fleet.run();
    fleet.ledger.revive();
    fleet.run().expect("the second controller ends the run, on a clock that was set back");
    let report = fleet.report();
    sound(&report);
    let run = report.run.expect("a run");
    assert!(run.services.iter().all(|s| s.upper.why().is_some()));
    assert_eq!(report.status, Status::CompleteWithExceptions);
}
