//! Where the move stands: one of four words, and everything that speaks against the best of them.

use super::{
    End, EvidenceRef, HostRow, Incident, LedgerCheck, Promise, Reading, ServiceRow, Value, Verdict,
    compare::Comparison, walk::Walk,
};
use crate::Message;
use serde::Serialize;

/// Where the move stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Every planned host is accepted, and nothing speaks against it.
    Complete,
    /// The run ended, and something speaks against calling it complete.
    CompleteWithExceptions,
    /// A stop rule ended it, or it ended without moving a host.
    Stopped,
    /// It goes on, or has not begun.
    InProgress,
}

impl Status {
    /// A stable key for machines and the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::CompleteWithExceptions => "complete-with-exceptions",
            Self::Stopped => "stopped",
            Self::InProgress => "in-progress",
        }
    }
}

/// One thing that speaks against calling the move complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exception {
    /// What.
    pub text: Message,
    /// Which rows say so.
    pub origin: Vec<EvidenceRef>,
}

/// What the status is judged by.
pub(super) struct Grounds<'a> {
    pub hosts: &'a [HostRow],
    pub services: &'a [ServiceRow],
    pub incidents: &'a [Incident],
    pub comparisons: &'a [Comparison],
    pub readings: &'a [Reading],
    pub ledger: &'a LedgerCheck,
}

/// The status of a run that ended as these grounds say.
pub(super) fn status(walk: Option<&Walk>, grounds: &Grounds, exceptions: &[Exception]) -> Status {
    let Some(walk) = walk else { return Status::InProgress };
    let accepted = grounds.hosts.iter().filter(|h| h.end == End::Accepted).count();
    let moving = grounds.hosts.iter().any(|h| h.end == End::InMotion);
    match (walk.ended().is_some(), walk.stopped().is_some()) {
        _ if moving => Status::InProgress,
        (_, true) => Status::Stopped,
        (false, false) => Status::InProgress,
        (true, false) if accepted == 0 => Status::Stopped,
        (true, false) if exceptions.is_empty() => Status::Complete,
        (true, false) => Status::CompleteWithExceptions,
    }
}

/// Everything that speaks against calling it complete.
pub(super) fn exceptions(grounds: &Grounds) -> Vec<Exception> {
    let mut all: Vec<Exception> = [End::RolledBack, End::Held, End::InMotion, End::NotBegun]
        .into_iter()
        .filter_map(|end| hosts_that(end, grounds.hosts))
        .collect();
    all.extend(services(grounds.services, "report-exception-unmeasured", |s| s.upper.amount().is_none()));
    all.extend(services(grounds.services, "report-exception-still-away", |s| s.outages.iter().any(|o| o.to.is_none())));
    all.extend(services(grounds.services, "report-exception-promise", |s| s.promise == Promise::Broken));
    all.extend(open(grounds.incidents));
    all.extend(grounds.comparisons.iter().filter(|c| c.verdict == Verdict::Regressed).map(regressed));
    all.extend(grounds.readings.iter().filter(|r| lost(r)).map(losing));
    all.extend(ledger(grounds.ledger));
    all
}

fn hosts_that(end: End, hosts: &[HostRow]) -> Option<Exception> {
    let hit: Vec<&HostRow> = hosts.iter().filter(|h| h.end == end).collect();
    let text = Message::new(format!("report-exception-{}", end.key()))
        .with("n", hit.len())
        .with("hosts", names(hit.iter().map(|h| h.host.as_str())));
    let origin = hit.iter().flat_map(|h| h.end_origin.iter().cloned()).collect();
    (!hit.is_empty()).then_some(Exception { text, origin })
}

fn services(services: &[ServiceRow], key: &str, of: fn(&ServiceRow) -> bool) -> Option<Exception> {
    let hit: Vec<&ServiceRow> = services.iter().filter(|s| of(s)).collect();
    let text = Message::new(key).with("n", hit.len()).with("services", names(hit.iter().map(|s| s.service.as_str())));
    let origin = hit.iter().flat_map(|s| s.upper.origin.iter().cloned()).collect();
    (!hit.is_empty()).then_some(Exception { text, origin })
}

fn open(incidents: &[Incident]) -> Option<Exception> {
    let hit: Vec<&Incident> = incidents.iter().filter(|i| i.closed.is_none()).collect();
    let origin = hit.iter().flat_map(|i| i.origin.iter().cloned()).collect();
    let text = Message::new("report-exception-open").with("n", hit.len());
    (!hit.is_empty()).then_some(Exception { text, origin })
}

fn regressed(comparison: &Comparison) -> Exception {
    let text = Message::new("report-exception-regressed")
        .with("metric", &comparison.metric)
        .with("subject", &comparison.subject);
    Exception { text, origin: comparison.delta.origin.clone() }
}

fn lost(reading: &Reading) -> bool {
    reading.metric.ends_with(".lost") && !matches!(reading.value.value, Value::Measured(0))
}

fn losing(reading: &Reading) -> Exception {
    let text = Message::new("report-exception-lost").with("metric", &reading.metric).with("subject", &reading.subject);
    Exception { text, origin: reading.value.origin.clone() }
}

fn ledger(check: &LedgerCheck) -> Option<Exception> {
    let text = match check {
        LedgerCheck::Whole { .. } => return None,
        LedgerCheck::Broken { seq, .. } => Message::new("report-exception-ledger-broken").with("seq", seq),
        LedgerCheck::NotChecked => Message::new("report-exception-ledger-not-checked"),
    };
    Some(Exception { text, origin: vec![EvidenceRef::Ledger] })
}

fn names<'n>(all: impl Iterator<Item = &'n str>) -> String {
    all.collect::<Vec<_>>().join(", ")
}
