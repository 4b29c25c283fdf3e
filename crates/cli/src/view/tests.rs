//! What people see, as pictures: fifteen hosts and ten thousand, two sizes, two languages.

use super::frame::{Scene, frame};
use super::outlook::{self, NoOutlook};
use super::picture::Picture;
use super::plain::event_line;
use super::schedule::{Row, Wanted, schedule};
use super::text;
use crate::speaker::Speaker;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rockhop_domain::{
    BackupProof, Fault, FaultClass, Message, RunId, ServiceId, StepNo, WaveNo,
    event::{Event, Kind, Outcome, ServiceState, WaitReason},
    plan::{Constraint, Environment, Forecast, Gate, GateQuestion, GateState, GateTime, Outside, Plan, Scenery},
    project::Milli,
    run::{RunState, Standing},
    window::Window,
};
use rockhop_i18n::Lang;
use rockhop_sim::plans;

const MADE_AT: i64 = 1_795_392_000; // 2026-11-23 00:00 UTC

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(MADE_AT + seconds).expect("a time of a test")
}

fn speaks(lang: Lang) -> Speaker {
    Speaker::new(lang, TimeZone::UTC)
}

fn run() -> RunId {
    RunId::parse("run-1").expect("a run")
}

/// Fifteen hosts in five waves.
fn shop() -> Plan {
    let waves: [&[&str]; 5] = [
        &["mon-1"],
        &["web-1", "web-2", "web-3", "web-4", "web-5"],
        &["app-1", "app-2", "app-3"],
        &["cache-2", "cache-1"],
        &["db-2", "db-1", "queue-1", "backup-1"],
    ];
    let mut plan = plans::plan(&waves, at(0));
    plan.project = "shop".to_owned();
    for (wave, name) in plan.waves.iter_mut().zip(["monitoring", "web", "app", "cache", "data"]) {
        wave.name = name.to_owned();
    }
    plan
}

/// Ten thousand hosts in fifty waves.
fn big() -> Plan {
    let names: Vec<Vec<String>> = (0..50).map(|w| (0..200).map(|n| format!("node{w:02}-{n:03}")).collect()).collect();
    let waves: Vec<Vec<&str>> = names.iter().map(|w| w.iter().map(String::as_str).collect()).collect();
    let waves: Vec<&[&str]> = waves.iter().map(Vec::as_slice).collect();
    let mut plan = plans::plan(&waves, at(0));
    plan.project = "big".to_owned();
    plan.policy.hosts_in_parallel = 20;
    plan.policy.max_unavailable = 20;
    plan.services.truncate(6);
    plan
}

fn rehearsed(mut plan: Plan) -> Plan {
    for (n, job) in plan.hosts.values_mut().enumerate() {
        let duration_ms = 600_000 + n as u64 % 5 * 60_000;
        job.forecast = Forecast::Rehearsed { run: run(), duration_ms, outage_ms: 41_000 };
    }
    plan
}

/// A run told by hand: each call is an event, a second after the last.
struct Tale {
    plan: Plan,
    events: Vec<Event>,
    clock: i64,
}

impl Tale {
    fn of(plan: Plan) -> Self {
        let mut tale = Self { plan, events: Vec::new(), clock: 0 };
        let first = Kind::RunStarted {
            plan: tale.plan.digest(),
            environment: Environment::Production,
            scenery: Scenery::Lab,
            by: "ann".into(),
        };
        tale.tell(None, first);
        tale
    }

    fn tell(&mut self, host: Option<&str>, kind: Kind) {
        self.clock += 1;
        let host = host.map(plans::host);
        let seq = self.events.len() as u64 + 1;
        self.events.push(Event { seq, at: at(self.clock), run: Some(run()), host, kind });
    }

    fn wait(&mut self, seconds: i64) {
        self.clock += seconds;
    }

    fn begin(&mut self, host: &str) {
        let wave = self.plan.wave_of(&plans::host(host)).expect("a wave").no;
        self.tell(Some(host), Kind::Begun { wave });
    }

    /// Goes through the steps before `upto` and stands at it.
    fn go(&mut self, host: &str, from: u32, upto: u32) {
        for n in from..upto {
            let id = self.plan.hosts[&plans::host(host)].steps[n as usize].id.to_string();
            let step = StepNo(n);
            let proves = matches!(
                self.plan.hosts[&plans::host(host)].steps[n as usize].action,
                rockhop_domain::plan::Action::ProveBackUp(_)
            );
            self.tell(Some(host), Kind::StepStarted { step, id: id.clone(), attempt: 1, before: String::new() });
            self.wait(20);
            self.tell(
                Some(host),
                if proves {
                    Kind::BackupProven { step, proof: proof(), took_ms: 20_000 }
                } else {
                    Kind::StepFinished { step, id, outcome: Outcome::Applied, proof: String::new(), took_ms: 20_000 }
                },
            );
        }
        let steps = &self.plan.hosts[&plans::host(host)].steps;
        if let Some(step) = steps.get(upto as usize) {
            let id = step.id.to_string();
            self.tell(Some(host), Kind::StepStarted { step: StepNo(upto), id, attempt: 1, before: String::new() });
        }
    }

    fn through(&mut self, host: &str) {
        let steps = self.plan.hosts[&plans::host(host)].steps.len() as u32;
        self.begin(host);
        self.go(host, 0, steps);
    }

    fn fail(&mut self, host: &str, step: u32, class: FaultClass) {
        let id = self.plan.hosts[&plans::host(host)].steps[step as usize].id.to_string();
        let fault = Fault::new(class, Message::new("next-step").with("what", "look at /var/log/messages"));
        self.tell(Some(host), Kind::StepFailed { step: StepNo(step), id, attempt: 1, fault, took_ms: 30_000 });
    }

    fn state(&self) -> RunState {
        RunState::fold(&run(), &self.plan, &self.events).expect("the tale can have happened")
    }

    fn picture(&self, width: usize, height: usize, lang: Lang) -> String {
        let (state, now) = (self.state(), at(self.clock + 30));
        let over_at = outlook::over_at(&self.plan, Some(&state), now);
        let speaker = speaks(lang);
        let scene = Scene {
            plan: &self.plan,
            state: &state,
            now,
            over_at: &over_at,
            width,
            height,
            scroll: 0,
            speaker: &speaker,
        };
        let lines: Vec<String> = frame(&scene).iter().map(ToString::to_string).collect();
        assert!(lines.len() == height, "{} lines in place of {height}", lines.len());
        for line in &lines {
            assert!(text::width(line) <= width, "wider than {width}: {line:?}");
        }
        lines.iter().map(|l| l.trim_end()).collect::<Vec<_>>().join("\n")
    }
}

fn proof() -> BackupProof {
    BackupProof {
        snapshot: "3f2a".into(),
        files: 812,
        bytes: 9_000,
        read_back_bytes: 9_000,
        compared: 812,
        volatile: Vec::new(),
        differences: Vec::new(),
    }
}

/// The second wave under way: one done, one moving at its cutover, one failed and on its way back.
fn shop_under_way() -> Tale {
    let mut tale = Tale::of(rehearsed(shop()));
    tale.tell(None, Kind::WaveStarted { wave: WaveNo(1) });
    tale.through("mon-1");
    tale.tell(None, Kind::WaveEnded { wave: WaveNo(1) });
    tale.tell(None, Kind::WaveStarted { wave: WaveNo(2) });
    tale.through("web-1");
    tale.begin("web-2");
    tale.go("web-2", 0, 5);
    tale.begin("web-3");
    tale.go("web-3", 0, 4);
    tale.fail("web-3", 4, FaultClass::Stale);
    tale.tell(Some("web-4"), Kind::Waiting { reason: WaitReason::FleetLimit { limit: 4 } });
    tale.tell(Some("db-1"), Kind::Waiting { reason: WaitReason::Dependency { wave: WaveNo(2) } });
    for (service, state) in [("web-1", ServiceState::Up), ("web-2", ServiceState::Down)] {
        let service = ServiceId::parse(service).expect("a service");
        let (last_seen_other, interval_ms) = (at(0), 1_000);
        tale.tell(None, Kind::ServiceChanged { service, state, last_seen_other, interval_ms });
    }
    for (state, why) in [
        (GateState::Open, None),
        (GateState::Closed, Some(Message::new("gate-alerts").with("n", 2).with("names", "Disk, Load"))),
        (GateState::Unknown, Some(Message::new("gate-silent").with("seconds", 30))),
    ] {
        tale.tell(None, Kind::GateChanged { gate: "no-alerts".into(), state, why });
    }
    tale
}

/// Seven waves done, the eighth under way with forty in motion and two in trouble.
fn big_under_way() -> Tale {
    let mut tale = Tale::of(rehearsed(big()));
    let names: Vec<String> = tale.plan.hosts.keys().map(ToString::to_string).collect();
    for name in &names[..1_400] {
        tale.clock = 0;
        tale.through(name);
    }
    tale.clock = 9_000;
    for name in &names[1_400..1_420] {
        tale.begin(name);
        tale.go(name, 0, 3);
    }
    tale.fail(&names[1_405], 3, FaultClass::Unknown);
    tale.fail(&names[1_406], 3, FaultClass::Untrusted);
    tale
}

#[test]
fn fifteen_hosts() {
    let tale = shop_under_way();
    for lang in Lang::ALL {
        insta::assert_snapshot!(format!("shop-80x24-{lang}"), tale.picture(80, 24, lang));
        insta::assert_snapshot!(format!("shop-140x50-{lang}"), tale.picture(140, 50, lang));
    }
}

#[test]
fn ten_thousand_hosts() {
    let tale = big_under_way();
    for lang in Lang::ALL {
        insta::assert_snapshot!(format!("big-80x24-{lang}"), tale.picture(80, 24, lang));
        insta::assert_snapshot!(format!("big-140x50-{lang}"), tale.picture(140, 50, lang));
    }
}

#[test]
fn paused_stopped_and_ended_are_said() {
    let mut tale = shop_under_way();
    let en = speaks(Lang::En);
    tale.tell(None, Kind::RunPaused { by: "ann".into() });
    assert!(tale.picture(80, 24, Lang::En).contains("PAUSED by ann"));
    tale.tell(None, Kind::RunStopped { rule: Message::new("no") });
    assert!(tale.picture(80, 24, Lang::En).contains(&en.say_key("view-stopped", &[("rule", "no".into())])));
    assert!(matches!(tale.state().standing, Standing::Stopped { .. }));
}

/// Whatever the size: never more lines, never a wider line, never a panic.
#[test]
fn every_size_holds() {
    let (small, large) = (shop_under_way(), big_under_way());
    for (width, height) in [(20, 1), (40, 5), (60, 12), (80, 24), (200, 60), (500, 200)] {
        small.picture(width, height, Lang::Zh);
        large.picture(width, height, Lang::En);
    }
}

#[test]
fn a_list_too_long_can_be_scrolled_to_its_end() {
    let tale = big_under_way();
    let (state, speaker, over_at) = (tale.state(), speaks(Lang::En), Ok(at(0)));
    let scene = |scroll| Scene {
        plan: &tale.plan,
        state: &state,
        now: at(tale.clock),
        over_at: &over_at,
        width: 80,
        height: 24,
        scroll,
        speaker: &speaker,
    };
    let text = |scroll| frame(&scene(scroll)).iter().map(ToString::to_string).collect::<String>();
    assert!(text(0).contains("0 lines above") && text(usize::MAX).contains(" 0 below"));
}

#[test]
fn a_forecast_needs_measurements() {
    let tale = Tale::of(shop());
    let found = outlook::outlook(&tale.plan, None, at(0));
    assert_eq!(found, Err(NoOutlook::Unmeasured { host: plans::host("mon-1") }));
}

/// The canary goes alone, then four at a time; each wave waits for the one before.
#[test]
fn a_forecast_follows_the_scheduler() {
    let plan = rehearsed(shop());
    let slots = outlook::outlook(&plan, None, at(0)).expect("measured");
    let of = |name: &str| slots.iter().find(|s| s.host == plans::host(name)).expect("a slot");
    assert_eq!(of("web-1").begins, of("mon-1").ends);
    assert_eq!(of("web-2").begins, of("web-1").ends);
    assert_eq!(of("web-5").begins, of("web-2").begins);
    let wave_over = ["web-2", "web-3", "web-4", "web-5"].iter().map(|n| of(n).ends).max().expect("four");
    assert_eq!(of("app-1").begins, wave_over);
}

#[test]
fn a_forecast_waits_for_windows_and_says_when_none_is_long_enough() {
    let window = |end: &str| -> Window {
        let hours =
            serde_json::json!({ "zone": "UTC", "days": ["tue"], "start": "01:00", "end": end, "cutoff_minutes": 10 });
        serde_json::from_value(hours).expect("a window")
    };
    let mut plan = rehearsed(shop());
    plan.waves[0].window = Some(window("03:00"));
    let slots = outlook::outlook(&plan, None, at(0)).expect("it fits");
    assert_eq!(slots[0].begins.to_string(), "2026-11-24T01:00:00Z");
    plan.waves[0].window = Some(window("01:11"));
    plan.policy.rollback_reserve_s = 600;
    let found = outlook::outlook(&plan, None, at(0));
    assert_eq!(found, Err(NoOutlook::NeverFits { host: plans::host("mon-1") }));
}

/// One of each kind.
fn gates() -> Vec<Gate> {
    let gate = |name: &str, when: &[GateTime], question| Gate {
        name: name.to_owned(),
        when: when.to_vec(),
        question,
        roles: if name == "errors" { vec!["web".parse().expect("a role")] } else { Vec::new() },
    };
    let from = Some(plans::host("mon-1"));
    let alerts = Outside::Alerts { url: "http://127.0.0.1:9093".into(), from: from.clone() };
    let errors = Outside::Query {
        url: "http://127.0.0.1:9090".into(),
        from,
        query: "sum(rate(http_errors_total[5m]))".into(),
        at_most: Some(Milli(10)),
        at_least: Some(Milli(0)),
    };
    let ticket = Outside::Command { command: vec!["change-is-open".into(), "CHG-4711".into()] };
    let services = vec![ServiceId::parse("web-1").expect("a service")];
    vec![
        gate("no-alerts", &[GateTime::Before, GateTime::Soak, GateTime::After], GateQuestion::Outside(alerts)),
        gate("errors", &[GateTime::Soak], GateQuestion::Outside(errors)),
        gate("shop-answers", &[GateTime::After], GateQuestion::Service { services }),
        gate("ticket", &[GateTime::Before], GateQuestion::Outside(ticket)),
    ]
}

#[test]
fn the_schedule_for_its_reader() {
    let mut plan = rehearsed(shop());
    plan.constraints.push(Constraint {
        first: plans::host("cache-2"),
        then: plans::host("cache-1"),
        reason: Message::new("next-step").with("what", "the replica moves first"),
    });
    plan.gates = gates();
    for lang in Lang::ALL {
        insta::assert_snapshot!(format!("schedule-{lang}"), said(&plan, &Wanted::default(), lang));
        let one = Wanted { steps: false, host: Some(plans::host("db-1")) };
        insta::assert_snapshot!(format!("schedule-host-{lang}"), said(&plan, &one, lang));
    }
}

#[test]
fn an_unmeasured_plan_is_drawn_as_order_and_says_so() {
    let speaker = speaks(Lang::En);
    let picture = Picture::of(&shop(), at(0));
    assert!(picture.caption(&speaker).contains("Order only"), "{}", picture.caption(&speaker));
    insta::assert_snapshot!("picture-order", picture.lines(80).join("\n"));
}

#[test]
fn the_svg_is_one_and_its_texts_are_escaped() {
    let svg = Picture::of(&rehearsed(shop()), at(0)).svg("a < b & c", &speaks(Lang::Zh));
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>") && svg.contains("a &lt; b &amp; c"));
    assert_eq!(svg.matches("<rect ").count(), 1 + 15, "one bar a host on the ground");
    let plan = shop();
    for wave in &plan.waves {
        assert_eq!(svg.matches(&format!(">{} {}<", wave.no, wave.name)).count(), 1, "{} is said once", wave.name);
    }
    let unmeasured = Picture::of(&plan, at(0)).svg("a", &speaks(Lang::Zh));
    assert!(svg.contains("<line ") && !unmeasured.contains("<line "), "an axis of order has no times");
}

#[test]
fn every_event_has_its_line() {
    let tale = shop_under_way();
    for lang in Lang::ALL {
        let speaker = speaks(lang);
        for event in &tale.events {
            let line = event_line(&speaker, Some(&tale.plan), event);
            assert!(!line.contains("{$") && !line.contains('['), "{line}");
        }
    }
}

fn said(plan: &Plan, wanted: &Wanted, lang: Lang) -> String {
    let rows = schedule(&speaks(lang), plan, wanted, at(0), 100);
    let line = |row: &Row| match row {
        Row::Head(text) => format!("# {text}"),
        Row::Line(text) | Row::Code(text) => text.clone(),
        Row::Blank => String::new(),
    };
    rows.iter().map(|row| line(row).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}
