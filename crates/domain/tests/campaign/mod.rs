//! A made-up campaign of fifteen hosts in four waves, as the rows of its ledger.
//!
//! The rows are what a run would write; nothing of them was measured anywhere. Shared by the tests of the
//! figures, the tests of the pages, and the sample report.

use indexmap::IndexMap;
use jiff::Timestamp;
use rockhop_domain::{
    BackupProof, Digest, Fault, FaultClass, HostId, Message, RoleId, RunId, ServiceId, SiteId, StepId, StepNo, WaveNo,
    event::{Event, Kind, Outcome, Period, ServiceState},
    plan::*,
    report::*,
};

/// What happens on the way.
#[derive(Debug, Clone, Copy)]
pub struct Story {
    pub scenery: Scenery,
    /// web-3's configuration fails once and works at the second try.
    pub web_3_fails_once: bool,
    /// db-1 does not start, and goes back.
    pub db_1_goes_back: bool,
    /// The controller dies in the third wave and comes back.
    pub crash: bool,
}

pub const CLEAN: Story = Story { scenery: Scenery::Lab, web_3_fails_once: false, db_1_goes_back: false, crash: false };
pub const EVENTFUL: Story = Story { scenery: Scenery::Lab, web_3_fails_once: true, db_1_goes_back: true, crash: true };
pub const SIMULATED: Story = Story { scenery: Scenery::Simulated, ..CLEAN };

/// Everything a report is made from.
pub struct Campaign {
    pub events: Vec<Event>,
    pub plans: IndexMap<Digest, Plan>,
    pub context: ReportContext,
    pub hosts: Vec<HostFacts>,
    pub ledger: LedgerCheck,
}

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

const FLEET: [(&str, &str, usize); 4] =
    [("monitoring", "mon", 1), ("cache", "cache", 4), ("web", "web", 6), ("database", "db", 4)];

const STEPS: [(&str, Stage, Outage, i64); 10] = [
    ("secure.recheck", Stage::Secure, Outage::None, 6 * SECOND),
    ("secure.back-up", Stage::Secure, Outage::None, 70 * SECOND),
    ("secure.prove-back-up", Stage::Secure, Outage::None, 95 * SECOND),
    ("build.provision", Stage::Build, Outage::None, 150 * SECOND),
    ("carry.validate", Stage::Carry, Outage::None, 14 * SECOND),
    ("cutover.quiesce", Stage::Cutover, Outage::Begins, 5 * SECOND),
    ("cutover.take-address", Stage::Cutover, Outage::None, 7 * SECOND),
    ("cutover.start", Stage::Cutover, Outage::Ends, 9 * SECOND),
    ("prove.soak", Stage::Prove, Outage::None, 300 * SECOND),
    ("accept.record", Stage::Accept, Outage::None, 2 * SECOND),
];
const PROVE: usize = 2;
const CARRY: usize = 4;
const STOP_OLD: usize = 5;
const START_NEW: usize = 7;

/// The whole campaign of a story; names and remarks of the project file in Chinese or in English.
pub fn campaign(story: Story, chinese: bool) -> Campaign {
    let production = plan("", Environment::Production, story.scenery);
    let rehearsal = plan("pre-", Environment::Preproduction, story.scenery);
    let mut log = Log::default();
    prepare(&mut log, &production, story);
    let small = rehearse(&mut log, rehearsal, story);
    approve(&mut log, &production);
    let run = move_fleet(&mut log, &production, story);
    after(&mut log, &production, &run, story);
    let events = log.into_events();
    let hosts = facts(&events, &production);
    let head = Digest::of(b"the last row");
    let ledger = LedgerCheck::Whole { events: events.len() as u64, head, signed_by: Some("SHA256:8Kf3".into()) };
    Campaign { events, plans: by_digest([production, small]), context: context(chinese), hosts, ledger }
}

/// A ledger without a row.
pub fn nothing() -> Campaign {
    let context = ReportContext { project: "shop".into(), version: "0.1".into(), ..ReportContext::default() };
    Campaign { events: Vec::new(), plans: IndexMap::new(), context, hosts: Vec::new(), ledger: LedgerCheck::NotChecked }
}

impl Campaign {
    pub fn input(&self) -> ReportInput<'_> {
        ReportInput {
            context: &self.context,
            generated_at: at(25 * DAY),
            events: &self.events,
            plans: &self.plans,
            run: None,
            hosts: &self.hosts,
            vulnerabilities: None,
            ledger: self.ledger.clone(),
        }
    }

    pub fn report(&self) -> Report {
        build(&self.input()).expect("the made-up ledger fits its plan")
    }
}

/// Rows in any order; they get their numbers when they are sorted by time.
#[derive(Default)]
pub struct Log(Vec<(i64, Option<RunId>, Option<HostId>, Kind)>);

impl Log {
    fn free(&mut self, ms: i64, kind: Kind) {
        self.0.push((ms, None, None, kind));
    }

    fn run(&mut self, ms: i64, run: &RunId, kind: Kind) {
        self.0.push((ms, Some(run.clone()), None, kind));
    }

    fn host(&mut self, ms: i64, run: Option<&RunId>, host: &HostId, kind: Kind) {
        self.0.push((ms, run.cloned(), Some(host.clone()), kind));
    }

    /// Nothing is written for so long after `from`, and the rest comes later by as much.
    fn gap(&mut self, from: i64, length: i64) {
        for row in self.0.iter_mut().filter(|row| row.0 > from) {
            row.0 += length;
            if let Kind::ServiceChanged { last_seen_other, .. } = &mut row.3
                && last_seen_other.as_millisecond() > at(from).as_millisecond()
            {
                *last_seen_other = at(last_seen_other.as_millisecond() - at(0).as_millisecond() + length);
            }
        }
    }

    fn into_events(mut self) -> Vec<Event> {
        self.0.sort_by_key(|row| row.0);
        let rows = self.0.into_iter().zip(1..);
        rows.map(|((ms, run, host, kind), seq)| Event { seq, at: at(ms), run, host, kind }).collect()
    }
}

/// So many milliseconds after the project's first day.
pub fn at(ms: i64) -> Timestamp {
    let first_day: Timestamp = "2026-11-02T01:00:00Z".parse().expect("a timestamp");
    Timestamp::from_millisecond(first_day.as_millisecond() + ms).expect("within range")
}

fn plan(prefix: &str, environment: Environment, scenery: Scenery) -> Plan {
    let mut hosts = IndexMap::new();
    let mut waves = Vec::new();
    let mut services = Vec::new();
    for ((role, stem, count), no) in FLEET.into_iter().zip(1..) {
        let count = if prefix.is_empty() { count } else { 1 };
        let names: Vec<HostId> = (1..=count).map(|n| host(&format!("{prefix}{stem}-{n}"))).collect();
        for name in &names {
            hosts.insert(name.clone(), host_plan(name, role, prefix.is_empty()));
        }
        services.extend(services_of(role, &names));
        waves.push(Wave { no: WaveNo(no), name: role.to_owned(), hosts: names, window: None });
    }
    Plan {
        format: PLAN_FORMAT,
        project: "shop".into(),
        environment,
        scenery,
        made_at: at(3 * DAY),
        policy: Policy {
            facts_max_age_s: 86_400,
            hosts_in_parallel: 4,
            max_unavailable: 3,
            max_unavailable_by_role: IndexMap::new(),
            failure_budget: 2,
            rollback_reserve_s: 900,
            on_failure: OnFailure::Rollback,
        },
        waves,
        hosts,
        constraints: Vec::new(),
        services,
        gates: Vec::new(),
    }
}

fn services_of(role: &str, hosts: &[HostId]) -> Vec<Service> {
    let service = |id: String, hosts: Vec<HostId>| Service {
        id: ServiceId::parse(&id).expect("a service"),
        hosts,
        probe: Probe::Tcp { address: "192.0.2.1".into(), port: 80 },
        slo_percent: Some("99.5".into()),
    };
    match role {
        "web" => vec![service("shop".into(), hosts.to_vec())],
        role => hosts.iter().map(|h| service(format!("{h}.{role}"), vec![h.clone()])).collect(),
    }
}

fn host_plan(name: &HostId, role: &str, forecast: bool) -> HostPlan {
    let backup = BackUp { paths: vec!["/etc".into()], exclude: vec![], volatile: vec![], dumps: vec![] };
    let steps = STEPS.iter().enumerate().map(|(no, (id, stage, outage, _))| Step {
        id: StepId::parse(id).expect("a step"),
        stage: *stage,
        place: if no < CARRY { Place::Old } else { Place::New },
        action: match no {
            1 => Action::BackUp(backup.clone()),
            PROVE => Action::ProveBackUp(backup.clone()),
            _ => Action::Script(Scripts { check: None, apply: "true".into(), verify: "true".into() }),
        },
        undo: if no < STOP_OLD { Undo::Nothing } else { Undo::Script { script: "true".into() } },
        timeout_s: 600,
        retries: 1,
        outage: *outage,
        point_of_no_return: false,
    });
    HostPlan {
        host: name.clone(),
        role: RoleId::parse(role).expect("a role"),
        site: Some(SiteId::parse("dc-1").expect("a site")),
        strategy: Strategy::Replace,
        address: "192.0.2.10".into(),
        facts: Digest::of(name.as_str().as_bytes()),
        facts_taken_at: at(2 * DAY),
        apart_from: Vec::new(),
        only_after: Vec::new(),
        steps: steps.collect(),
        rollback: RollbackPlan { salvage: None, check: "true".into(), loses: Message::new("none") },
        forecast: if forecast { forecast_of() } else { Forecast::Unmeasured },
        notes: Vec::new(),
        packages: Vec::new(),
    }
}

fn forecast_of() -> Forecast {
    let run = RunId::parse("run-20261110-rehearsal").expect("a run");
    Forecast::Rehearsed { run, duration_ms: 660_000, outage_ms: 21_000 }
}

fn prepare(log: &mut Log, plan: &Plan, story: Story) {
    for (host, n) in plan.hosts.keys().zip(0..) {
        let facts = Digest::of(host.as_str().as_bytes());
        let unknown = if host.as_str() == "db-3" { 2 } else { 0 };
        let kind = Kind::Surveyed { facts, period: Period::Before, unknown, scenery: story.scenery };
        log.host(2 * DAY + n * 20 * SECOND, None, host, kind);
    }
    let assessment = Digest::of(b"assessment");
    log.free(2 * DAY + HOUR, Kind::Assessed { assessment, blocks: 0, warns: 37, unknown: 2 });
    log.free(3 * DAY, Kind::Planned { plan: plan.digest(), hosts: 15, by: "lin".into() });
}

fn approve(log: &mut Log, plan: &Plan) {
    for (by, key, hours) in [("chen", "SHA256:p0Qm", 0), ("wang", "SHA256:x7Lr", 3)] {
        let kind = Kind::Approved { plan: plan.digest(), by: by.into(), key: key.into() };
        log.free(12 * DAY + hours * HOUR, kind);
    }
}

fn rehearse(log: &mut Log, plan: Plan, story: Story) -> Plan {
    let run = RunId::parse("run-20261110-rehearsal").expect("a run");
    log.run(8 * DAY, &run, started(&plan, story));
    let mut clock = 8 * DAY + MINUTE;
    for wave in &plan.waves {
        for name in &wave.hosts {
            clock = one_host(log, &run, name, wave.no, clock, Fate::Smooth) + 10 * SECOND;
        }
    }
    log.run(clock, &run, Kind::RunEnded { accepted: 4, rolled_back: 0, held: 0, not_begun: 0 });
    plan
}

fn started(plan: &Plan, story: Story) -> Kind {
    let (environment, scenery) = (plan.environment, story.scenery);
    Kind::RunStarted { plan: plan.digest(), environment, scenery, by: "lin".into() }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Smooth,
    ConfigOnce,
    GoesBack,
}

fn move_fleet(log: &mut Log, plan: &Plan, story: Story) -> RunId {
    let run = RunId::parse("run-20261121-shop").expect("a run");
    let begin = 19 * DAY + 13 * HOUR;
    log.run(begin, &run, started(plan, story));
    let mut clock = begin + 30 * SECOND;
    for wave in &plan.waves {
        log.run(clock, &run, Kind::WaveStarted { wave: wave.no });
        clock = one_wave(log, &run, plan, wave, clock + SECOND, story);
        log.run(clock + SECOND, &run, Kind::WaveEnded { wave: wave.no });
        if wave.no.0 == 3 && story.crash {
            crash(log, &run, clock - 200 * SECOND);
            clock += 95 * SECOND;
        }
        clock += 2 * MINUTE;
    }
    for service in &plan.services {
        for metric in ["service.probes.asked", "service.probes.answered"] {
            let (asked, subject) = ((clock - begin) / SECOND, service.id.as_str());
            let missed = if subject == "shop" || metric.ends_with("asked") { 0 } else { 21 };
            log.run(
                clock,
                &run,
                measured(metric, subject, Period::During, (asked - missed) * 1_000, "count", asked as u64),
            );
        }
    }
    let back = u32::from(story.db_1_goes_back);
    log.run(clock, &run, Kind::RunEnded { accepted: 15 - back, rolled_back: back, held: 0, not_begun: 0 });
    run
}

/// The canary alone, then the others, each a little after the one before.
fn one_wave(log: &mut Log, run: &RunId, plan: &Plan, wave: &Wave, from: i64, story: Story) -> i64 {
    let mut end = from;
    let mut start = from;
    for (no, name) in wave.hosts.iter().enumerate() {
        let done = one_host(log, run, name, wave.no, start, fate(name, story));
        probe(log, run, plan, name, start);
        end = end.max(done);
        start = if no == 0 { done + 5 * SECOND } else { start + 40 * SECOND };
    }
    end
}

fn fate(name: &HostId, story: Story) -> Fate {
    match name.as_str() {
        "web-3" if story.web_3_fails_once => Fate::ConfigOnce,
        "db-1" if story.db_1_goes_back => Fate::GoesBack,
        _ => Fate::Smooth,
    }
}

fn one_host(log: &mut Log, run: &RunId, name: &HostId, wave: WaveNo, from: i64, fate: Fate) -> i64 {
    let mut clock = from;
    log.host(clock, Some(run), name, Kind::Begun { wave });
    for (no, (id, ..)) in STEPS.iter().enumerate() {
        let took = took(name, no);
        let mut tries = 1..=1;
        match fate {
            Fate::ConfigOnce if no == CARRY => tries = 1..=2,
            Fate::GoesBack if no == START_NEW => tries = 1..=3,
            _ => {}
        }
        for attempt in tries.clone() {
            log.host(clock, Some(run), name, step_started(no, id, attempt));
            clock += took;
            if attempt < *tries.end() {
                log.host(clock, Some(run), name, step_failed(name, no, id, attempt, took));
            }
            if fate == Fate::GoesBack && no == START_NEW && attempt == 2 {
                return undo_all(log, run, name, no, clock);
            }
        }
        log.host(clock, Some(run), name, step_done(name, no, id, took));
    }
    clock
}

fn undo_all(log: &mut Log, run: &RunId, name: &HostId, from: usize, mut clock: i64) -> i64 {
    for no in (0..=from).rev() {
        let (step, id) = (StepNo(no as u32), STEPS[no].0.to_owned());
        log.host(clock, Some(run), name, Kind::UndoStarted { step, id: id.clone() });
        let took_ms = if no < STOP_OLD { 20 } else { 6_400 };
        clock += took_ms;
        log.host(clock, Some(run), name, Kind::UndoFinished { step, id, took_ms: took_ms as u64 });
    }
    clock
}

/// A little different for each host and step, and always the same.
fn took(name: &HostId, step: usize) -> i64 {
    let seed: i64 = name.as_str().bytes().map(i64::from).sum::<i64>() * 31 + step as i64 * 17;
    let base = STEPS[step].3;
    base + base * (seed % 23 - 8) / 100
}

fn step_started(no: usize, id: &str, attempt: u8) -> Kind {
    Kind::StepStarted { step: StepNo(no as u32), id: id.into(), attempt, before: String::new() }
}

fn step_failed(name: &HostId, no: usize, id: &str, attempt: u8, took: i64) -> Kind {
    let (key, output) = match no {
        CARRY => ("fault-verify-failed", "nginx: [emerg] unknown directive \"ssl\" in /etc/nginx/conf.d/shop.conf:12"),
        _ => ("fault-step-failed", "FATAL: could not load server certificate file \"server.crt\": ee key too small"),
    };
    let message = Message::new(key).with("host", name).with("step", id).with("status", 1);
    let fault = Fault::new(FaultClass::Failed, message).with_output(output);
    Kind::StepFailed { step: StepNo(no as u32), id: id.into(), attempt, fault, took_ms: took as u64 }
}

fn step_done(name: &HostId, no: usize, id: &str, took: i64) -> Kind {
    let (step, took_ms) = (StepNo(no as u32), took as u64);
    if no != PROVE {
        return Kind::StepFinished { step, id: id.into(), outcome: Outcome::Applied, proof: "ok".into(), took_ms };
    }
    let files = 3_000 + (self::took(name, 1) % 997) as u64;
    let bytes = files * 31_337;
    let snapshot = Digest::of(name.as_str().as_bytes()).short()[..8].to_owned();
    let (volatile, differences) = (Vec::new(), Vec::new());
    let proof = BackupProof { snapshot, files, bytes, read_back_bytes: bytes, compared: files, volatile, differences };
    Kind::BackupProven { step, proof, took_ms }
}

/// What the prober saw of a host's own service while it moved.
fn probe(log: &mut Log, run: &RunId, plan: &Plan, name: &HostId, from: i64) {
    let own = plan.services.iter().find(|s| s.hosts == [name.clone()]);
    let away = log.0.iter().filter(|row| row.2.as_ref() == Some(name) && row.0 >= from);
    let stop = |kind: &Kind| matches!(kind, Kind::StepStarted { step, .. } if step.0 == STOP_OLD as u32);
    let back = |kind: &Kind| match kind {
        Kind::StepFinished { step, .. } => step.0 == START_NEW as u32,
        Kind::UndoFinished { step, .. } => step.0 == STOP_OLD as u32,
        _ => false,
    };
    let gone = away.clone().find(|row| stop(&row.3)).map(|row| row.0);
    let here = away.clone().find(|row| back(&row.3)).map(|row| row.0);
    if let (Some(service), Some(gone), Some(here)) = (own, gone, here) {
        log.run(gone + 1_400, run, changed(&service.id, ServiceState::Down, gone + 400));
        log.run(here + 300, run, changed(&service.id, ServiceState::Up, here - 700));
    }
}

fn changed(service: &ServiceId, state: ServiceState, other: i64) -> Kind {
    Kind::ServiceChanged { service: service.clone(), state, last_seen_other: at(other), interval_ms: 1_000 }
}

fn crash(log: &mut Log, run: &RunId, moment: i64) {
    log.gap(moment, 95 * SECOND);
    log.run(moment + 94 * SECOND, run, Kind::RunResumed { in_motion: 5 });
    for name in ["web-5", "web-6"] {
        let kind = Kind::StepAdopted { step: StepNo(8), attempt: 1 };
        log.host(moment + 94 * SECOND + 400, Some(run), &host(name), kind);
    }
}

fn after(log: &mut Log, plan: &Plan, run: &RunId, story: Story) {
    let day = 21 * DAY;
    for (name, n) in plan.hosts.keys().zip(0..) {
        if story.db_1_goes_back && name.as_str() == "db-1" {
            continue;
        }
        let facts = Digest::of(format!("{name} after").as_bytes());
        let kind = Kind::Surveyed { facts, period: Period::After, unknown: 0, scenery: story.scenery };
        log.host(day + n * 20 * SECOND, Some(run), name, kind);
    }
    for (n, before, after) in
        [(0, 41, 32), (1, 42, 31), (2, 40, 33), (3, 44, 31), (4, 41, 30), (5, 43, 32), (6, 42, 33)]
    {
        let metric = "service.latency.p95";
        log.free(4 * DAY + n * HOUR, measured(metric, "shop", Period::Before, before * 1_000, "ms", 3_600));
        log.run(day + DAY + n * HOUR, run, measured(metric, "shop", Period::After, after * 1_000, "ms", 3_600));
    }
    for (subject, before, after) in [("cache-1.cache", 900, 870), ("db-2.database", 6_200, 6_450)] {
        let metric = "service.latency.p95";
        log.free(4 * DAY + 8 * HOUR, measured(metric, subject, Period::Before, before, "ms", 3_600));
        log.run(day + DAY + 8 * HOUR, run, measured(metric, subject, Period::After, after, "ms", 3_600));
    }
    log.run(day + 2 * HOUR, run, measured("orders.lost", "shop", Period::During, 0, "count", 18_211));
}

fn measured(metric: &str, subject: &str, period: Period, value_milli: i64, unit: &str, n: u64) -> Kind {
    Kind::Measured { metric: metric.into(), subject: subject.into(), period, value_milli, unit: unit.into(), n }
}

fn facts(events: &[Event], plan: &Plan) -> Vec<HostFacts> {
    let tables = events.iter().filter_map(|event| match (&event.kind, &event.host) {
        (Kind::Surveyed { facts, period, .. }, Some(host)) if plan.hosts.contains_key(host) => {
            Some(table(host, *period, facts.clone()))
        }
        _ => None,
    });
    tables.collect()
}

fn table(host: &HostId, period: Period, facts: Digest) -> HostFacts {
    let old = period == Period::Before;
    let pick = |el7: &str, el9: &str| if old { el7.to_owned() } else { el9.to_owned() };
    let seed: u64 = host.as_str().bytes().map(u64::from).sum();
    HostFacts {
        host: host.clone(),
        period,
        facts,
        os: Some(OsName {
            id: pick("centos", "rocky"),
            version: pick("7", "9.6"),
            pretty: pick("CentOS Linux 7 (Core)", "Rocky Linux 9.6 (Blue Onyx)"),
        }),
        kernel: Some(pick("3.10.0-1160.119.1.el7.x86_64", "5.14.0-570.17.1.el9_6.x86_64")),
        packages: Some(if old { 380 + seed % 60 } else { 410 + seed % 60 }),
        openssl: Some(pick("1.0.2k-26.el7_9", "3.2.2-6.el9_5.1")),
        openssh: Some(pick("7.4p1-23.el7_9", "8.7p1-45.el9")),
        scenery: vec!["kernel".into(), "libraries".into()],
    }
}

fn context(chinese: bool) -> ReportContext {
    let say = |zh: &str, en: &str| if chinese { zh.to_owned() } else { en.to_owned() };
    let contact =
        |role: (&str, &str), name: (&str, &str)| Contact { role: say(role.0, role.1), name: say(name.0, name.1) };
    let money = |zh, en, budget, actual| BudgetLine {
        name: say(zh, en),
        unit: BudgetUnit::Money("CNY".into()),
        budget_milli: budget,
        actual_milli: actual,
    };
    ReportContext {
        project: say("商城 CentOS 7 迁移项目", "Shop: CentOS 7 to Rocky Linux 9"),
        organisation: Some(say("示例商城有限公司", "Example Shop Ltd.")),
        version: "1.0".into(),
        classification: Some(say("内部", "internal")),
        archive_on: Some(jiff::civil::date(2026, 12, 31)),
        retention_years: Some(5),
        utc_offset_minutes: 480,
        contacts: vec![
            contact(("项目负责人", "project lead"), ("林晓", "Lin Xiao")),
            contact(("值班工程师", "engineer on duty"), ("赵宁", "Zhao Ning")),
        ],
        signers: vec![
            contact(("技术总监", "CTO"), ("陈立", "Chen Li")),
            contact(("运维经理", "head of operations"), ("王敏", "Wang Min")),
        ],
        milestones: vec![
            PlannedMilestone { what: MilestoneKind::Surveyed, planned: at(2 * DAY + 8 * HOUR) },
            PlannedMilestone { what: MilestoneKind::Approved, planned: at(12 * DAY) },
            PlannedMilestone { what: MilestoneKind::Rehearsed, planned: at(9 * DAY) },
            PlannedMilestone { what: MilestoneKind::Started, planned: at(19 * DAY + 13 * HOUR) },
            PlannedMilestone { what: MilestoneKind::Ended, planned: at(19 * DAY + 17 * HOUR) },
        ],
        budget: vec![
            money("新服务器与存储", "new machines and storage", 180_000_000, Some(171_500_000)),
            money("外部支持", "outside support", 20_000_000, None),
            BudgetLine {
                name: say("工程师工时", "engineers' hours"),
                unit: BudgetUnit::PersonHours,
                budget_milli: 320_000,
                actual_milli: Some(268_500),
            },
        ],
        benefits: vec![Benefit {
            name: say("停付第三方延长支持费用", "third-party extended support no longer paid"),
            yearly_milli: Some(96_000_000),
            currency: Some("CNY".into()),
        }],
        maintenance: vec![
            Maintenance {
                what: say("安装安全更新并确认无待重启主机", "install security updates; no host waits for a reboot"),
                every: say("每周", "weekly"),
                who: say("运维组", "operations"),
            },
            Maintenance {
                what: say("从备份库做一次恢复演练", "restore drill from the vault"),
                every: say("每季度", "quarterly"),
                who: say("运维组", "operations"),
            },
        ],
        baseline: Some(Baseline {
            name: say("2024 年参考项目", "reference project of 2024"),
            hosts: 15,
            waves: 4,
            days: 30,
            downtime_hours: 36,
            incidents: 3,
        }),
    }
}

fn host(name: &str) -> HostId {
    HostId::parse(name).expect("a host name")
}
