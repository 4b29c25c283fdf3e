//! Two figures that contradict each other fail the report, whoever made the mistake.
//!
//! The checks look at the figures as they would be printed, not at how they came about: they hold for any
//! report, also for one that was put together wrongly.

use super::{
    Counts, EvidenceRef, Figure, LedgerCheck, Promise, Report, RunFigures, ServiceRow, Status, Unit, figure::share,
};
use crate::Message;
use serde::Serialize;

/// Two figures that cannot both be true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contradiction {
    /// Which, with both numbers.
    pub text: Message,
    /// What both were computed from.
    pub origin: Vec<EvidenceRef>,
}

/// Every contradiction in a report; an empty list lets it be signed.
pub fn audit(report: &Report) -> Vec<Contradiction> {
    let mut found = Vec::new();
    if let Some(run) = &report.run {
        counts(&mut found, "total", &run.counts);
        parts(&mut found, run);
        services(&mut found, run);
        hosts(&mut found, run);
        incidents(&mut found, run);
        engine_tally(&mut found, run);
        praise(&mut found, report, run);
    }
    comparisons(&mut found, report);
    ledger(&mut found, report);
    for (name, figure) in report.figures() {
        if figure.amount().is_some() && figure.origin.is_empty() {
            found.push(of("report-audit-no-origin", name, &[figure]));
        }
    }
    found
}

fn of(key: &str, subject: impl ToString, figures: &[&Figure]) -> Contradiction {
    let mut text = Message::new(key).with("subject", subject.to_string());
    for (name, figure) in ["a", "b"].iter().zip(figures) {
        text = text.with(name, figure.amount().map_or("?".to_owned(), |n| n.to_string()));
    }
    Contradiction { text, origin: figures.iter().flat_map(|f| f.origin.iter().cloned()).collect() }
}

fn counts(found: &mut Vec<Contradiction>, subject: &str, c: &Counts) {
    let parts = [&c.accepted, &c.rolled_back, &c.held, &c.in_motion, &c.not_begun];
    let total: i64 = parts.iter().filter_map(|f| f.amount()).sum();
    if Some(total) != c.planned.amount() {
        let sum = Figure::measured(total, Unit::Count, parts.iter().flat_map(|f| f.origin.iter().cloned()));
        found.push(of("report-audit-parts-not-planned", subject, &[&sum, &c.planned]));
    }
    let failed = c.rolled_back.amount().zip(c.held.amount()).map(|(a, b)| a + b);
    if failed != c.failed.amount() {
        found.push(of("report-audit-failed-not-sum", subject, &[&c.failed, &c.rolled_back]));
    }
    let ratio = c.accepted.amount().zip(c.planned.amount().filter(|n| *n != 0)).map(|(a, p)| share(a, p));
    if ratio != c.rate.amount() {
        found.push(of("report-audit-rate", subject, &[&c.rate, &c.accepted]));
    }
}

/// The columns of the role and wave tables sum to the totals.
fn parts(found: &mut Vec<Contradiction>, run: &RunFigures) {
    let roles: Vec<&Counts> = run.roles.iter().map(|r| &r.counts).collect();
    let waves: Vec<&Counts> = run.waves.iter().map(|w| &w.counts).collect();
    for (name, table) in [("roles", roles), ("waves", waves)] {
        for (column, pick) in COLUMNS {
            let total: i64 = table.iter().filter_map(|c| pick(c).amount()).sum();
            if Some(total) != pick(&run.counts).amount() {
                let sum = Figure::measured(total, Unit::Count, table.iter().flat_map(|c| pick(c).origin.clone()));
                let subject = format!("{name}.{column}");
                found.push(of("report-audit-table-not-total", subject, &[&sum, pick(&run.counts)]));
            }
        }
    }
    run.roles.iter().for_each(|r| counts(found, r.role.as_str(), &r.counts));
    run.waves.iter().for_each(|w| counts(found, &w.name, &w.counts));
}

type Column = (&'static str, fn(&Counts) -> &Figure);

const COLUMNS: [Column; 6] = [
    ("planned", |c| &c.planned),
    ("accepted", |c| &c.accepted),
    ("rolled-back", |c| &c.rolled_back),
    ("held", |c| &c.held),
    ("in-motion", |c| &c.in_motion),
    ("not-begun", |c| &c.not_begun),
];

fn services(found: &mut Vec<Contradiction>, run: &RunFigures) {
    for service in &run.services {
        let name = &service.service;
        let over = |a: &Figure, b: &Figure| a.amount().zip(b.amount()).is_some_and(|(a, b)| a > b);
        if over(&service.lower, &service.upper) {
            found.push(of("report-audit-bounds", name, &[&service.lower, &service.upper]));
        }
        // A service can have been away before the run's first row by at most one look of the prober.
        let slack = service.limit.amount().unwrap_or(0);
        if service.upper.amount().zip(run.length.amount()).is_some_and(|(d, l)| d > l.saturating_add(slack)) {
            found.push(of("report-audit-downtime-over-run", name, &[&service.upper, &run.length]));
        }
        if over(&service.availability_low, &service.availability_high) {
            found.push(of("report-audit-bounds", name, &[&service.availability_low, &service.availability_high]));
        }
        if service.availability_low.amount().is_some_and(|a| !(0..=100_000).contains(&a)) {
            found.push(of("report-audit-not-a-share", name, &[&service.availability_low]));
        }
        if service.count.amount().is_some_and(|n| usize::try_from(n).ok() != Some(service.outages.len())) {
            found.push(of("report-audit-outage-count", name, &[&service.count]));
        }
        found.extend(promise(service));
    }
}

fn promise(service: &ServiceRow) -> Option<Contradiction> {
    let used = service.budget_used.amount()?;
    let wrong = match service.promise {
        Promise::Kept => used > 100_000,
        Promise::Broken => used < 100_000,
        Promise::NotShown | Promise::NotJudged => false,
    };
    wrong.then(|| of("report-audit-promise", &service.service, &[&service.budget_used]))
}

fn hosts(found: &mut Vec<Contradiction>, run: &RunFigures) {
    for host in &run.hosts {
        let longer = |a: &Figure, b: &Figure| a.amount().zip(b.amount()).is_some_and(|(a, b)| a > b);
        if longer(&host.outage_by_steps, &run.length) {
            found.push(of("report-audit-downtime-over-run", &host.host, &[&host.outage_by_steps, &run.length]));
        }
        if host.end == super::End::Accepted && host.backup.is_none() {
            found.push(of("report-audit-accepted-without-backup", &host.host, &[&run.counts.accepted]));
        }
        if let Some(backup) = host.backup.as_ref().filter(|b| b.read_back.amount() < b.bytes.amount()) {
            found.push(of("report-audit-not-read-back", &host.host, &[&backup.read_back, &backup.bytes]));
        }
    }
}

fn incidents(found: &mut Vec<Contradiction>, run: &RunFigures) {
    for incident in &run.incidents {
        let backwards = incident.closed.is_some_and(|c| c.seq < incident.opened.seq);
        let fixed_but_open = incident.closed.is_none() && incident.time_to_fix.amount().is_some();
        if backwards || fixed_but_open {
            found.push(of("report-audit-incident", incident.no, &[&incident.time_to_fix]));
        }
    }
}

/// The engine counted too, when it ended the run.
fn engine_tally(found: &mut Vec<Contradiction>, run: &RunFigures) {
    let Some(tally) = &run.engine_tally else { return };
    let c = &run.counts;
    let pairs = [
        ("accepted", &tally.accepted, &c.accepted),
        ("rolled-back", &tally.rolled_back, &c.rolled_back),
        ("held", &tally.held, &c.held),
        ("not-begun", &tally.not_begun, &c.not_begun),
    ];
    for (name, engine, fold) in pairs {
        if engine.amount() != fold.amount() {
            found.push(of("report-audit-engine-tally", name, &[engine, fold]));
        }
    }
}

/// "Complete" is said only when it is.
fn praise(found: &mut Vec<Contradiction>, report: &Report, run: &RunFigures) {
    let short = run.counts.accepted.amount() != run.counts.planned.amount();
    let open = run.incidents.iter().any(|i| i.closed.is_none());
    if report.status == Status::Complete && (short || open || !report.exceptions.is_empty()) {
        found.push(of("report-audit-praise", run.id.as_str(), &[&run.counts.accepted, &run.counts.planned]));
    }
}

/// A difference is the difference of what stands beside it, in points when both are percentages.
fn comparisons(found: &mut Vec<Contradiction>, report: &Report) {
    for c in &report.comparisons {
        let subject = format!("{} {}", c.metric, c.subject);
        let (Some(before), Some(after)) = (c.before.amount(), c.after.amount()) else {
            if c.delta.amount().is_some() {
                found.push(of("report-audit-delta", subject, &[&c.delta]));
            }
            continue;
        };
        if c.delta.amount() != Some(after - before) {
            found.push(of("report-audit-delta", &subject, &[&c.delta, &c.after]));
        }
        if (c.before.unit == Unit::Percent) != (c.delta.unit == Unit::Points) {
            found.push(of("report-audit-points", &subject, &[&c.delta]));
        }
        if c.relative.amount().is_some_and(|r| before == 0 || r != share(after - before, before)) {
            found.push(of("report-audit-delta", &subject, &[&c.relative, &c.after]));
        }
    }
}

fn ledger(found: &mut Vec<Contradiction>, report: &Report) {
    let gap = report.events.iter().zip(1_u64..).find(|(event, no)| event.seq != *no);
    if let Some((event, no)) = gap {
        let text = Message::new("report-audit-ledger-gap").with("a", event.seq).with("b", no);
        found.push(Contradiction { text, origin: vec![EvidenceRef::Event(event.seq)] });
    }
    if let LedgerCheck::Whole { events, .. } = &report.ledger
        && *events != report.events.len() as u64
    {
        let text = Message::new("report-audit-ledger-count").with("a", events).with("b", report.events.len());
        found.push(Contradiction { text, origin: vec![EvidenceRef::Ledger] });
    }
}
