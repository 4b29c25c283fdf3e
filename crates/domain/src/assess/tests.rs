//! Verdicts, waivers and exit codes over small fleets.

use super::*;
use crate::facts::Read;
use crate::rules::fixtures::*;
use crate::rules::{EVERY, Expect};
use jiff::civil::{Date, date};

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().expect("a moment")
}

fn judge(hosts: &[Facts], waivers: &[Waiver]) -> Assessment {
    assess(hosts, &Fleet::of(&hosts), |_| clean_aim(), waivers, &Policy::default(), now())
}

fn waive(rule: &str, hosts: &[&str], expires: Date) -> Waiver {
    let hosts = hosts.iter().map(|host| HostId::parse(host).expect("a host name")).collect();
    Waiver::new(rule, Scope::Named(hosts), "li.wei", "replaced in May", expires).expect("a waiver")
}

fn tiny() -> Facts {
    let mut facts = clean_el7_web();
    facts.memory_kib = Read::Known(524_288);
    facts
}

/// The rules that are for the usual strategy.
fn asked() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(|rule| rule.is_for(Strategy::default()))
}

#[test]
fn a_clean_fleet_can_go_now() {
    let assessment = judge(&clean_hosts(), &[]);
    assert_eq!(assessment.exit_code(), 0);
    assert_eq!(assessment.counts, Counts { hosts: 5, ready: 5, ..Counts::default() });
    let asked = RULES.iter().filter(|rule| rule.is_for(Strategy::Replace)).count();
    assert!(assessment.hosts.iter().all(|host| host.clear as usize == asked));
}

#[test]
fn what_blocks_blocks_and_what_warns_asks() {
    let mut warned = clean_el7_cache();
    known(&mut warned.cmdline).push_str(" elevator=noop");
    let assessment = judge(&[tiny(), warned, clean_el7_monitoring()], &[]);
    let readiness: Vec<Readiness> = assessment.hosts.iter().map(|host| host.readiness).collect();
    assert_eq!(readiness, [Readiness::Blocked, Readiness::AfterRemedies, Readiness::Ready]);
    assert_eq!(assessment.exit_code(), EXIT_BLOCKED);
    assert_eq!((assessment.counts.blocks, assessment.counts.warns, assessment.counts.unknown), (1, 1, 0));
    let blocking: Vec<_> =
        assessment.blocking().map(|(host, rule)| (host.map(HostId::as_str), rule.as_str())).collect();
    assert_eq!(blocking, [(Some("web-1"), "platform.memory")]);
}

#[test]
fn could_not_look_keeps_a_host_where_a_finding_would() {
    let mut facts = clean_el7_web();
    facts.memory_kib = Read::Unknown(Why::Truncated);
    let assessment = judge(std::slice::from_ref(&facts), &[]);
    assert_eq!(assessment.hosts[0].findings[0].outcome, Outcome::Unknown(Why::Truncated));
    assert_eq!(assessment.hosts[0].readiness, Readiness::NotKnown, "nothing that was found blocks it");
    assert_eq!((assessment.exit_code(), assessment.counts.unknown), (EXIT_NOT_KNOWN, 1));
    assert_eq!((assessment.counts.not_known, assessment.counts.blocked, assessment.counts.ready), (1, 0, 0));
    assert_eq!(assessment.blocking().count(), 1, "it does not go");
    let mut both = facts.clone();
    add_unit(&mut both, "pacemaker.service");
    let found = judge(&[both], &[]);
    assert_eq!(
        (found.hosts[0].readiness, found.exit_code()),
        (Readiness::Blocked, EXIT_BLOCKED),
        "what was found counts"
    );
    let waived = judge(&[facts], &[waive("platform.memory", &["web-1"], date(2026, 12, 31))]);
    assert_eq!((waived.exit_code(), waived.counts.unknown, waived.counts.waived), (0, 0, 1));
}

#[test]
fn without_a_census_one_rule_says_so_and_nothing_blocks() {
    let mut facts = clean_el7_web();
    facts.census = crate::facts::no_census();
    let assessment = judge(std::slice::from_ref(&facts), &[]);
    let host = &assessment.hosts[0];
    let said: Vec<_> = host.findings.iter().map(|finding| (finding.rule.as_str(), &finding.outcome)).collect();
    assert_eq!(said, [("packages.census", &Outcome::Unknown(Why::NoCensus))]);
    assert_eq!((host.readiness, assessment.exit_code()), (Readiness::AfterRemedies, 0), "unknown is never ready");
    let silent = asked().filter(|rule| rule.looks_at.contains(&"census")).count();
    assert_eq!(host.clear as usize, asked().count() - silent, "nobody is clear who was not asked");
    facts.census = Read::Unknown(Why::Truncated);
    let broken = judge(&[facts], &[]);
    assert_eq!(broken.counts.unknown as usize, silent, "a census that cannot be read is another matter");
}

#[test]
fn what_is_worse_comes_first_and_what_is_waived_last() {
    let mut facts = tiny();
    known(&mut facts.cmdline).push_str(" elevator=noop");
    known(&mut facts.tcp_wrappers).deny.push("ALL: ALL".into());
    let assessment = judge(&[facts], &[waive("platform.memory", &["web-1"], date(2026, 12, 31))]);
    let order: Vec<&str> = assessment.hosts[0].findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(order, ["network.tcp-wrappers", "kernel.elevator", "platform.memory"]);
}

#[test]
fn a_waiver_hides_until_its_last_day_is_over() {
    for (expires, state, code) in [
        (date(2026, 11, 24), WaiverState::Applied, 0),
        (date(2026, 11, 23), WaiverState::Applied, 0),
        (date(2026, 11, 22), WaiverState::Expired, EXIT_BLOCKED),
    ] {
        let assessment = judge(&[tiny()], &[waive("platform.memory", &["web-1"], expires)]);
        assert_eq!((assessment.waivers[0].state, assessment.exit_code()), (state, code), "{expires}");
    }
    let elsewhere = judge(&[tiny()], &[waive("platform.memory", &["web-2"], date(2026, 12, 31))]);
    assert_eq!((elsewhere.waivers[0].state, elsewhere.exit_code()), (WaiverState::Unused, EXIT_BLOCKED));
}

#[test]
fn a_waiver_without_owner_reason_host_or_rule_is_refused() {
    let whole = r#"{"rule":"platform.memory","hosts":"all","owner":"li.wei","reason":"why","expires":"2026-12-31"}"#;
    let waiver: Waiver = serde_json::from_str(whole).expect("a waiver");
    assert_eq!(serde_json::to_string(&waiver).expect("json"), whole);
    for (from, to, want) in [
        (r#""owner":"li.wei","#, "", "names no owner"),
        (r#""owner":"li.wei""#, r#""owner":" ""#, "names no owner"),
        (r#""reason":"why""#, r#""reason":"""#, "gives no reason"),
        (r#""hosts":"all""#, r#""hosts":[]"#, "names no host"),
        ("platform.memory", "platform.memroy", "the nearest is \"platform.memory\""),
        ("2026-12-31", "soon", "year"),
    ] {
        let error = serde_json::from_str::<Waiver>(&whole.replace(from, to)).expect_err(to).to_string();
        assert!(error.contains(want), "{error}");
    }
}

#[test]
fn what_concerns_several_hosts_is_waived_for_all_of_them_or_not_at_all() {
    let mut replica = clean_el7("cache-2", 22);
    replica.redis = clean_el7_cache().redis;
    let state = known(&mut known(&mut replica.redis)[0].state);
    state.role = crate::facts::RedisRole::Replica { master_host: "cache-1".into(), master_port: 6379, link_up: true };
    let hosts = [clean_el7_cache(), replica, clean_el7_web()];
    let waves = [hosts[..2].iter().map(|facts| facts.host.clone()).collect::<Vec<_>>()];
    let fleet = Fleet::of(&hosts).in_waves(&waves, &[]);
    let rule = "fleet.pair-in-one-wave";
    for (waived, code) in [(&["cache-1", "cache-2"] as &[&str], 0), (&["cache-1"], EXIT_BLOCKED)] {
        let assessment = assess(
            &hosts,
            &fleet,
            |_| clean_aim(),
            &[waive(rule, waived, date(2026, 12, 31))],
            &Policy::default(),
            now(),
        );
        assert_eq!(assessment.exit_code(), code, "{waived:?}");
        assert_eq!(assessment.hosts[1].readiness == Readiness::Blocked, code == EXIT_BLOCKED);
        assert_eq!(assessment.hosts[2].readiness, Readiness::Ready, "it is not concerned");
    }
}

#[test]
fn a_host_that_has_arrived_is_left_alone() {
    let mut facts = tiny();
    let os = known(&mut facts.os);
    (os.id, os.version_id) = ("rocky".into(), "9.4".into());
    let assessment = judge(&[facts], &[]);
    assert_eq!((assessment.hosts[0].readiness, assessment.exit_code()), (Readiness::Arrived, 0));
}

#[test]
fn machines_read_stable_keys() {
    let assessment = judge(&[tiny()], &[]);
    let json = serde_json::to_string(&assessment).expect("json");
    for key in [
        r#""readiness":"blocked""#,
        r#""rule":"platform.memory""#,
        r#""severity":"blocks""#,
        r#""found":[{"key":"finding-platform-memory""#,
    ] {
        assert!(json.contains(key), "{key} in {json}");
    }
    assert_eq!(serde_json::from_str::<Assessment>(&json).expect("an assessment"), assessment);
}

#[test]
fn a_policy_makes_more_of_a_finding_and_never_less() {
    let policy = |rule: &str, severity| {
        let id = RuleId::parse(rule).expect("an id");
        Policy { severity: [(id, severity)].into_iter().collect() }
    };
    let judge = |facts: Facts, policy: &Policy| {
        let hosts = [facts];
        assess(&hosts, &Fleet::of(&hosts), |_| clean_aim(), &[], policy, now())
    };
    let mut warned = clean_el7_cache();
    known(&mut warned.cmdline).push_str(" elevator=noop");
    let raised = judge(warned.clone(), &policy("kernel.elevator", Severity::Blocks));
    let finding = &raised.hosts[0].findings[0];
    assert_eq!((finding.severity, finding.raised_from), (Severity::Blocks, Some(Severity::Warns)));
    assert_eq!((raised.exit_code(), raised.hosts[0].readiness), (EXIT_BLOCKED, Readiness::Blocked));
    let lowered = judge(tiny(), &policy("platform.memory", Severity::Informs));
    assert_eq!((lowered.exit_code(), lowered.hosts[0].findings[0].raised_from), (EXIT_BLOCKED, None));
    let same = judge(warned, &policy("kernel.elevator", Severity::Warns));
    assert_eq!((same.exit_code(), same.hosts[0].findings[0].raised_from), (0, None));
}

/// Every rule that is not for all strategies, on a host on which it finds something.
#[test]
fn rules_of_other_strategies_are_not_asked() {
    let mut tried = [0, 0];
    for rule in RULES.iter().filter(|rule| rule.strategies.len() < EVERY.len()) {
        let case = rule.cases.iter().find(|case| case.expect == Expect::Found).expect("it finds something");
        for strategy in EVERY.iter().copied() {
            let aim = Aim { strategy, ..case.aim() };
            let assessed = assess_one(&case.host(), &aim, &[], &Policy::default(), now());
            let asked = RULES.iter().filter(|rule| rule.is_for(strategy)).count();
            assert_eq!((assessed.clear as usize + assessed.findings.len(), assessed.strategy), (asked, strategy));
            let found = assessed.findings.iter().any(|finding| finding.rule.as_str() == rule.id);
            assert_eq!(found, rule.is_for(strategy), "{} and {strategy:?}", rule.id);
        }
        tried[usize::from(rule.is_for(Strategy::Replace))] += 1;
    }
    assert!(tried.iter().all(|n| *n > 0), "{tried:?}");
}

#[test]
fn a_rule_over_the_fleet_is_about_hosts_that_move_as_it_says() {
    const INPLACE: FleetRule = FleetRule {
        id: "fleet.replica-first",
        severity: Severity::Blocks,
        strategies: &[Strategy::Inplace],
        look: |_| {
            let hosts = || [clean_el7_web().host, clean_el7_cache().host];
            let found = vec![FleetFinding { hosts: hosts().into(), message: Message::new("x") }];
            crate::rules::FleetVerdict { found, unread: vec![(hosts()[0].clone(), Why::NoSudo)] }
        },
        ..FleetRule::USUAL
    };
    let hosts = [clean_el7_web(), clean_el7_cache()];
    let fleet = Fleet::of(&hosts);
    let policy = Policy::default();
    let results = |inplace: &str| {
        let strategy = |host: &HostId| if host.as_str() == inplace { Strategy::Inplace } else { Strategy::Replace };
        assess_fleet(&INPLACE, &fleet, strategy, &mut Desk::open(&[], &policy, now())).len()
    };
    assert_eq!((results("none"), results("cache-1"), results("web-1")), (0, 1, 2));
}

#[test]
fn a_rule_over_the_fleet_that_could_not_look_leaves_hosts_unknown() {
    let mut server = clean_el7_cache();
    server.redis = Read::Unknown(Why::TimedOut);
    let assessment = judge(&[server], &[]);
    assert!(assessment.fleet.iter().any(|result| result.least() == Some(Readiness::NotKnown)));
    assert_eq!((assessment.hosts[0].readiness, assessment.exit_code()), (Readiness::NotKnown, EXIT_NOT_KNOWN));
}
