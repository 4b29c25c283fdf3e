//! Findings over three assessments of one host: new, still there, waived, gone, back again.

use super::memory::*;
use super::summary::*;
use super::*;
use crate::assess::effort::Efforts;
use crate::facts::Read;
use crate::rules::fixtures::*;
use crate::{Digest, RoleId};
use jiff::civil::date;

fn day(n: i8) -> Timestamp {
    format!("2026-11-{n:02}T12:00:00Z").parse().expect("a moment")
}

fn tiny() -> Facts {
    let mut facts = clean_el7_web();
    facts.memory_kib = Read::Known(524_288);
    facts
}

fn waiver() -> Waiver {
    let hosts = Scope::Named(vec![HostId::parse("web-1").expect("a host")]);
    Waiver::new("platform.memory", hosts, "li.wei", "replaced in May", date(2026, 12, 31)).expect("a waiver")
}

/// An assessment as it is kept, made on that day after the one before.
fn kept(facts: &[Facts], waivers: &[Waiver], last: &Past, base: &Past, on: i8) -> AssessmentReport {
    let (now, efforts, policy) = (day(on), Efforts::default(), Policy::default());
    let against = Against { last, base, now };
    let mut adder = Adder::new(&efforts);
    let report = |facts: &Facts| {
        let mut assessed = assess_one(facts, &clean_aim(), waivers, &policy, now);
        let remembered = against.host(&mut assessed);
        let about = About {
            role: RoleId::parse("web").expect("a role"),
            site: None,
            moves: true,
            survey: Digest::of(b"survey"),
            census: None,
            surveyed_at: facts.taken_at,
            unread: Vec::new(),
        };
        host_report(assessed, about, remembered.findings, remembered.gone, &efforts)
    };
    let hosts: Vec<HostReport> = facts.iter().map(report).collect();
    for host in &hosts {
        adder.findings(host, |gone| against.just_gone(gone));
        adder.stands(&host.role, host.readiness, &host.outlook);
    }
    let together = Fleet::of(&facts);
    let (fleet, fleet_gone) = against.fleet(assess_together(&together, |_| Strategy::Replace, waivers, &policy, now));
    adder.fleet(&fleet, fleet_gone.iter().filter(|gone| against.just_gone(gone)).count());
    let (counts, summary) = adder.done();
    let left = base.left(|host| facts.iter().any(|facts| facts.host == *host));
    let head = Head {
        format: ASSESSMENT_FORMAT,
        assessed_at: now,
        against: base.at(),
        counts,
        summary,
        fleet,
        fleet_gone,
        left,
        unread: Vec::new(),
        waivers: Vec::new(),
    };
    AssessmentReport { head, hosts }
}

fn past(report: &AssessmentReport) -> Past {
    Past::read(serde_json::to_vec(report).expect("JSON").as_slice()).expect("it was just written")
}

fn after(facts: &[Facts], waivers: &[Waiver], last: &AssessmentReport, on: i8) -> AssessmentReport {
    let last = past(last);
    kept(facts, waivers, &last, &last, on)
}

fn standings(report: &AssessmentReport) -> Vec<(&str, State, Timestamp, Timestamp)> {
    let all = report.hosts.iter().flat_map(|host| &host.findings);
    all.map(|k| (k.finding.rule.as_str(), k.standing.state, k.standing.since, k.standing.found)).collect()
}

#[test]
fn a_finding_is_new_then_still_there_then_waived_then_gone() {
    let first = kept(&[tiny()], &[], &Past::default(), &Past::default(), 1);
    assert_eq!(standings(&first), [("platform.memory", State::New, day(1), day(1))]);
    assert_eq!(first.head.against, None);
    let second = after(&[tiny()], &[], &first, 2);
    assert_eq!(standings(&second), [("platform.memory", State::Still, day(1), day(1))]);
    let third = after(&[tiny()], &[waiver()], &second, 3);
    assert_eq!(standings(&third), [("platform.memory", State::Waived, day(3), day(1))]);
    let fourth = after(&[tiny()], &[waiver()], &third, 4);
    assert_eq!(standings(&fourth), [("platform.memory", State::Waived, day(3), day(1))]);
    let fifth = after(&[clean_el7_web()], &[], &fourth, 5);
    let gone = &fifth.hosts[0].gone[..];
    let [gone] = gone else { panic!("one finding went: {gone:?}") };
    assert_eq!((gone.found, gone.since, gone.why), (day(1), day(5), GoneWhy::Clear));
    assert_eq!(fifth.head.summary.changes, Changes { gone: 1, ..Changes::default() });
}

#[test]
fn what_went_is_remembered_and_told_once_and_comes_back_as_new() {
    let first = kept(&[tiny()], &[], &Past::default(), &Past::default(), 1);
    let second = after(&[clean_el7_web()], &[], &first, 2);
    let third = after(&[clean_el7_web()], &[], &second, 3);
    assert_eq!(third.hosts[0].gone[0].since, day(2), "it is still known when it went");
    assert_eq!(third.head.summary.changes.gone, 0, "and not counted again");
    let fourth = after(&[tiny()], &[], &third, 4);
    assert_eq!(standings(&fourth), [("platform.memory", State::New, day(4), day(4))]);
    assert!(fourth.hosts[0].gone.is_empty());
}

#[test]
fn an_older_assessment_can_be_compared_with() {
    let first = kept(&[clean_el7_web()], &[], &Past::default(), &Past::default(), 1);
    let second = after(&[tiny()], &[], &first, 2);
    let third = after(&[tiny()], &[], &second, 3);
    let since_first = kept(&[tiny()], &[], &past(&third), &past(&first), 4);
    assert_eq!(standings(&since_first), [("platform.memory", State::New, day(2), day(2))]);
    let went = kept(&[clean_el7_web()], &[], &past(&third), &past(&second), 4);
    assert_eq!((went.hosts[0].gone[0].since, went.head.summary.changes.gone), (day(4), 1));
}

#[test]
fn a_host_that_left_or_arrived_is_not_remedied() {
    let first = kept(&[tiny()], &[], &Past::default(), &Past::default(), 1);
    let without = after(&[], &[], &first, 2);
    let host = HostId::parse("web-1").expect("a host");
    assert_eq!(without.head.left, [Left { host, findings: 1 }]);
    let mut el9 = tiny();
    known(&mut el9.os).version_id = "9.4".into();
    known(&mut el9.os).id = "rocky".into();
    let arrived = after(&[el9], &[], &first, 2);
    assert_eq!(arrived.hosts[0].gone[0].why, GoneWhy::Arrived);
}

#[test]
fn an_assessment_from_before_there_were_times_is_as_old_as_itself() {
    let mut old = serde_json::to_value(kept(&[tiny()], &[], &Past::default(), &Past::default(), 1)).expect("JSON");
    let finding = old["hosts"][0]["findings"][0].as_object_mut().expect("a finding");
    for key in ["since", "found", "state"] {
        finding.remove(key).expect("it was there");
    }
    let old = Past::read(old.to_string().as_bytes()).expect("an assessment");
    let now = kept(&[tiny()], &[], &old, &old, 2);
    assert_eq!(standings(&now), [("platform.memory", State::Still, day(1), day(1))]);
}

#[test]
fn what_is_no_assessment_or_a_newer_one_is_refused() {
    let mut newer = serde_json::to_value(kept(&[tiny()], &[], &Past::default(), &Past::default(), 1)).expect("JSON");
    newer["format"] = (ASSESSMENT_FORMAT + 1).into();
    for text in [newer.to_string(), "{}".into(), String::new(), "[1".into()] {
        assert!(Past::read(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn a_host_without_a_remedy_never_goes_and_its_work_is_not_counted() {
    let mut old = tiny();
    known(&mut old.cpu).flags.clear();
    known(&mut old.cmdline).push_str(" elevator=noop");
    let report = kept(&[old, clean_el7_cache()], &[], &Past::default(), &Past::default(), 1);
    let Outlook::Never { because } = &report.hosts[0].outlook else { panic!("{:?}", report.hosts[0].outlook) };
    assert_eq!(because.iter().map(RuleId::as_str).collect::<Vec<_>>(), ["platform.cpu-level"]);
    assert_eq!(report.hosts[1].outlook, Outlook::Now);
    assert_eq!((report.head.summary.work.total(), report.hosts[0].minutes), (0, 0));
    let counts = report.head.summary.outlook;
    assert_eq!(counts, Outlooks { now: 1, never: 1, ..Outlooks::default() });
}

#[test]
fn work_is_once_for_a_role_and_each_for_a_host() {
    let mut second = tiny();
    second.host = HostId::parse("web-2").expect("a host");
    let report = kept(&[tiny(), second], &[], &Past::default(), &Past::default(), 1);
    let efforts = Efforts::default();
    let memory = efforts.of(&RuleId::parse("platform.memory").expect("a rule"), Severity::Blocks);
    let work = report.head.summary.work;
    assert_eq!((work.once, work.each), (memory.once.into(), 2 * u64::from(memory.each)));
    assert_eq!(report.head.summary.roles[0].work, work);
    let waived = kept(&[tiny()], &[waiver()], &Past::default(), &Past::default(), 1);
    assert_eq!(waived.head.summary.work.total(), 0, "nobody works on what is waived");
}

#[test]
fn too_little_known_is_an_answer_of_its_own() {
    let efforts = Efforts::default();
    let at = |readiness| outlook(readiness, &[], true, &efforts);
    assert_eq!(at(Readiness::NotKnown), Outlook::NotKnown);
    assert!(Outlook::NotKnown.counts(), "looking is work");
    for (was, readiness, is) in [
        (Outlook::Now, Readiness::NotKnown, Outlook::NotKnown),
        (Outlook::AfterRemedies, Readiness::NotKnown, Outlook::NotKnown),
        (Outlook::NotKnown, Readiness::Blocked, Outlook::AfterRemedies),
        (Outlook::Now, Readiness::Ready, Outlook::Now),
        (Outlook::Stays, Readiness::Blocked, Outlook::Stays),
        (Outlook::Arrived, Readiness::Arrived, Outlook::Arrived),
    ] {
        assert_eq!(was.weighed(readiness), is, "{was:?} {readiness:?}");
    }
}
