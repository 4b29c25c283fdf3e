//! The report's figures over made-up ledgers: what they say, and that planted contradictions are found.

mod campaign;

use campaign::{CLEAN, EVENTFUL, SIMULATED, campaign, nothing};
use rockhop_domain::{HostId, event::Kind, report::*};

fn host<'r>(report: &'r Report, name: &str) -> &'r HostRow {
    let id = HostId::parse(name).expect("a host name");
    run(report).hosts.iter().find(|h| h.host == id).expect("the host is in the report")
}

fn run(report: &Report) -> &RunFigures {
    report.run.as_ref().expect("the ledger has a run")
}

#[test]
fn a_clean_run_is_complete() {
    let report = campaign(CLEAN, false).report();
    assert_eq!(report.contradictions, []);
    assert_eq!((report.status, report.exceptions.as_slice()), (Status::Complete, [].as_slice()));
    let counts = &run(&report).counts;
    assert_eq!((counts.planned.amount(), counts.accepted.amount()), (Some(15), Some(15)));
    assert_eq!(counts.rate.amount(), Some(100_000));
    assert!(run(&report).incidents.is_empty());
    assert_eq!(run(&report).backups.proven.amount(), Some(15));
    assert_eq!(report.runs.len(), 2, "the rehearsal has a row, too");
}

#[test]
fn an_eventful_run_is_told_as_it_was() {
    let report = campaign(EVENTFUL, false).report();
    assert_eq!(report.contradictions, []);
    assert_eq!(report.status, Status::CompleteWithExceptions);
    let counts = &run(&report).counts;
    assert_eq!((counts.accepted.amount(), counts.rolled_back.amount()), (Some(14), Some(1)));
    let told: Vec<_> = run(&report).incidents.iter().map(|i| (i.severity.key(), i.remedy.key())).collect();
    assert_eq!(told, [("minor", "retried"), ("minor", "resumed"), ("major", "rolled-back")]);
    assert!(run(&report).incidents.iter().all(|i| i.time_to_fix.amount() > Some(0)));
    assert_eq!(host(&report, "db-1").end, End::RolledBack);
    assert_eq!(host(&report, "web-3").failures.amount(), Some(1));
    let web = run(&report).roles.iter().find(|r| r.role.as_str() == "web").expect("web");
    assert_eq!((web.counts.accepted.amount(), web.retried.amount()), (Some(6), Some(1)));
}

#[test]
fn downtime_has_bounds_and_the_crash_is_not_counted_as_seen() {
    let report = campaign(EVENTFUL, false).report();
    for service in &run(&report).services {
        let amounts = (service.lower.amount(), service.upper.amount());
        match service.service.as_str() {
            "shop" => assert_eq!(amounts, (Some(0), Some(0))),
            _ => assert!(amounts.0 > Some(0) && amounts.0 < amounts.1, "{}: {amounts:?}", service.service),
        }
        assert!(service.unobserved.amount() > Some(0), "nobody looked while the controller was away");
        assert!(service.availability_low.amount() < service.availability_high.amount());
    }
    let clean = campaign(CLEAN, false).report();
    assert!(run(&clean).services.iter().all(|s| s.unobserved.amount() == Some(0)));
}

#[test]
fn an_outage_of_one_host_matches_its_steps() {
    let report = campaign(CLEAN, false).report();
    let db = host(&report, "db-1");
    let (steps, prober) = (db.outage_by_steps.amount(), db.outage_by_prober.amount());
    let apart = steps.zip(prober).map(|(a, b)| (a - b).abs());
    assert!(apart <= Some(1_000), "{steps:?} {prober:?}");
    assert!(host(&report, "web-1").outage_by_prober.why().is_some(), "web-1 shares its service");
}

#[test]
fn latency_has_a_verdict_only_with_enough_values() {
    let report = campaign(CLEAN, false).report();
    let of = |subject: &str| report.comparisons.iter().find(|c| c.subject == subject).expect("it was measured");
    assert_eq!(of("shop").verdict, Verdict::Improved);
    assert_eq!(of("cache-1.cache").verdict.key(), "not-measured");
    assert_eq!(of("cache-1.cache").delta.amount(), Some(-30));
}

#[test]
fn what_was_not_given_is_not_measured() {
    let report = campaign(CLEAN, false).report();
    assert!(report.security.vulnerabilities.fixed.why().is_some());
    assert!(report.cost.first_year_return.why().is_some(), "one line of money has no actual");
    assert_eq!(report.security.supported_before.amount(), Some(0));
    assert_eq!(report.security.supported_after.amount(), Some(15));
}

#[test]
fn an_empty_ledger_is_in_progress_and_claims_nothing() {
    let report = nothing().report();
    assert_eq!((report.status, report.run.is_none()), (Status::InProgress, true));
    assert_eq!(report.contradictions, []);
    let claimed: Vec<_> = report.figures().into_iter().filter(|(_, f)| f.amount().is_some()).collect();
    assert!(claimed.is_empty(), "{claimed:?}");
}

#[test]
fn a_ledger_cut_off_anywhere_makes_a_report_without_contradictions() {
    let mut whole = campaign(EVENTFUL, false);
    let all = std::mem::take(&mut whole.events);
    for length in (0..all.len()).step_by(7) {
        whole.events = all[..length].to_vec();
        whole.ledger = LedgerCheck::NotChecked;
        let report = whole.report();
        assert_eq!(report.contradictions, [], "after {length} rows");
        assert_ne!(report.status, Status::Complete, "after {length} rows");
    }
}

#[test]
fn scenery_marks_the_report() {
    assert!(campaign(SIMULATED, false).report().marking.simulated);
    assert!(campaign(CLEAN, false).report().marking.lab);
    assert_eq!(nothing().report().marking, Marking::default());
}

#[test]
fn every_measured_figure_names_rows_that_exist() {
    let report = campaign(EVENTFUL, false).report();
    let figures = report.figures();
    assert!(figures.len() > 300, "{}", figures.len());
    for (name, figure) in figures {
        if figure.amount().is_some() {
            assert!(!figure.origin.is_empty(), "{name}");
        }
        for origin in &figure.origin {
            if let EvidenceRef::Event(seq) = origin {
                assert!(report.events.iter().any(|e| e.seq == *seq), "{name}: {seq}");
            }
        }
    }
}

fn planted(plant: impl FnOnce(&mut Report)) -> Vec<String> {
    let mut report = campaign(EVENTFUL, false).report();
    plant(&mut report);
    audit(&report).into_iter().map(|c| c.text.key).collect()
}

fn run_mut(report: &mut Report) -> &mut RunFigures {
    report.run.as_mut().expect("the ledger has a run")
}

#[test]
fn planted_contradictions_are_found() {
    let set = |figure: &mut Figure, amount| figure.value = Value::Measured(amount);
    let cases: Vec<(&str, Vec<String>)> = vec![
        ("report-audit-parts-not-planned", planted(|r| set(&mut run_mut(r).counts.held, 1))),
        ("report-audit-table-not-total", planted(|r| set(&mut run_mut(r).roles[0].counts.accepted, 0))),
        ("report-audit-rate", planted(|r| set(&mut run_mut(r).roles[1].counts.rate, 99_999))),
        ("report-audit-failed-not-sum", planted(|r| set(&mut run_mut(r).waves[3].counts.failed, 0))),
        ("report-audit-downtime-over-run", planted(|r| set(&mut run_mut(r).services[1].upper, i64::MAX))),
        ("report-audit-bounds", planted(|r| set(&mut run_mut(r).services[1].lower, i64::MAX))),
        ("report-audit-not-a-share", planted(|r| set(&mut run_mut(r).services[1].availability_low, -1))),
        ("report-audit-outage-count", planted(|r| run_mut(r).services[0].outages.clear())),
        ("report-audit-promise", planted(|r| set(&mut run_mut(r).services[0].budget_used, 200_000))),
        ("report-audit-accepted-without-backup", planted(|r| run_mut(r).hosts[0].backup = None)),
        ("report-audit-incident", planted(|r| run_mut(r).incidents[0].closed = None)),
        ("report-audit-praise", planted(|r| r.status = Status::Complete)),
        ("report-audit-delta", planted(|r| set(&mut r.comparisons[0].delta, 1))),
        ("report-audit-points", planted(|r| r.comparisons[0].delta.unit = Unit::Points)),
        ("report-audit-ledger-gap", planted(|r| drop(r.events.remove(5)))),
        ("report-audit-ledger-count", planted(|r| drop(r.events.pop()))),
        ("report-audit-no-origin", planted(|r| run_mut(r).length.origin.clear())),
    ];
    for (key, found) in cases {
        assert!(found.iter().any(|k| k == key), "{key} was not found, only {found:?}");
    }
}

#[test]
fn an_engine_that_counts_otherwise_is_found() {
    let mut story = campaign(EVENTFUL, false);
    for event in &mut story.events {
        if let Kind::RunEnded { accepted, .. } = &mut event.kind {
            *accepted = 15;
        }
    }
    let found: Vec<_> = story.report().contradictions.into_iter().map(|c| c.text.key).collect();
    assert!(found.contains(&"report-audit-engine-tally".to_owned()), "{found:?}");
}

#[test]
fn a_plan_that_is_not_given_is_an_error() {
    let mut story = campaign(CLEAN, false);
    story.plans.clear();
    assert!(matches!(build(&story.input()), Err(ReportError::NoPlan { .. })));
}
