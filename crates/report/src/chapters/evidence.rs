//! The appendix: every row, plan and paper that a number above names, each with its anchor.

use crate::doc::{Block, Inline, Link, Span, Table, code, line, text};
use crate::pen::{Pen, link};
use rockhop_domain::{
    event::{Event, Kind, Outcome, ServiceState},
    plan::GateState,
    report::EvidenceRef,
};

/// Words of a row that fill a line; the ledger has the rest.
const TEXT_LIMIT: usize = 120;

pub fn blocks(pen: &mut Pen) -> Vec<Block> {
    let mut blocks = vec![Block::Para(text(pen.label("evidence-note")))];
    blocks.push(Block::Heading(pen.label("section-papers")));
    blocks.push(papers(pen));
    if !pen.sets.is_empty() {
        blocks.push(Block::Heading(pen.label("section-sets")));
        blocks.push(sets(pen));
    }
    blocks.push(Block::Heading(pen.label("section-rows")));
    blocks.push(rows(pen));
    blocks
}

fn sets(pen: &Pen) -> Block {
    let head = ["col-set", "col-origins"].map(|k| pen.label(k));
    let mut table = Table::new(head, [false, false]);
    for (no, set) in pen.sets.iter().enumerate() {
        let label = format!("E{}", no + 1);
        let links: Vec<Link> = set.iter().map(link).collect();
        table.row([vec![Span::Anchor(label.clone()), Span::Code(label)], vec![Span::Links(links)]]);
    }
    Block::Table(table)
}

/// Everything that is not a row of the ledger.
fn papers(pen: &Pen) -> Block {
    let head = ["col-mark", "col-paper"].map(|k| pen.label(k));
    let mut table = Table::new(head, [false, false]);
    for origin in pen.cited.iter().filter(|o| !matches!(o, EvidenceRef::Event(_))) {
        let Link { label, target } = link(origin);
        table.row([vec![Span::Anchor(target), Span::Code(label)], paper(pen, origin)]);
    }
    Block::Table(table)
}

fn paper(pen: &Pen, origin: &EvidenceRef) -> Inline {
    match origin {
        EvidenceRef::Event(_) => Inline::new(),
        EvidenceRef::Plan(digest) => line([text(pen.label("paper-plan")), code(digest)]),
        EvidenceRef::Facts(digest) => {
            let of = pen
                .report
                .security
                .hosts
                .iter()
                .find(|h| [&h.before, &h.after].into_iter().flatten().any(|s| s.origin == *origin));
            let host = of.map_or(String::new(), |h| h.host.to_string());
            line([text(pen.label("paper-facts")), code(host), text(" "), code(digest)])
        }
        EvidenceRef::Project => text(pen.label("paper-project")),
        EvidenceRef::Ledger => text(pen.label("paper-ledger")),
        EvidenceRef::Request => text(pen.label("paper-request")),
        EvidenceRef::Vulnerabilities => {
            let security = &pen.report.security;
            let part = |text: &Option<String>| text.clone().unwrap_or_default();
            let args =
                [("source", part(&security.vulnerability_source)), ("which", part(&security.vulnerability_scope))];
            text(pen.say_with("report-paper-vulnerabilities", &args))
        }
    }
}

fn rows(pen: &Pen) -> Block {
    let heads = ["row", "time", "kind", "host", "text"];
    let head = heads.map(|k| pen.label(&format!("col-{k}")));
    let mut table = Table::new(head, [false; 5]);
    let cited = pen.cited.iter().filter_map(|o| if let EvidenceRef::Event(seq) = o { Some(*seq) } else { None });
    for seq in cited {
        let label = format!("L{seq}");
        let anchor = vec![Span::Anchor(label.clone()), Span::Code(label)];
        match find(&pen.report.events, seq) {
            Some(event) => {
                let time = vec![Span::Code(pen.clock.instant(event.at))];
                let host = event.host.as_ref().map_or(text("–"), code);
                table.row([anchor, time, code(kind(event)), host, shortened(says(pen, &event.kind))]);
            }
            None => table.row([anchor, text("–"), text("–"), text("–"), text(pen.label("row-missing"))]),
        }
    }
    Block::Table(table)
}

/// Rows stand in order and mostly without gaps, so the place is nearly the number.
fn find(events: &[Event], seq: u64) -> Option<&Event> {
    events.binary_search_by_key(&seq, |e| e.seq).ok().and_then(|at| events.get(at))
}

/// The kind as machines write it.
fn kind(event: &Event) -> String {
    let value = serde_json::to_value(&event.kind).unwrap_or_default();
    value.get("kind").and_then(|k| k.as_str()).unwrap_or("?").to_owned()
}

fn shortened(line: String) -> Inline {
    let flat = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cut: String = flat.chars().take(TEXT_LIMIT).collect();
    if cut.len() < flat.len() {
        cut.push('…');
    }
    text(cut)
}

/// A row in a few words. What needs no words beside its kind has none.
fn says(pen: &Pen, kind: &Kind) -> String {
    let say = |key: &str, args: &[(&str, String)]| pen.say_with(&format!("report-row-{key}"), args);
    let took = |ms: &u64| crate::words::duration(pen.cat, i64::try_from(*ms).unwrap_or(i64::MAX));
    match kind {
        Kind::Surveyed { facts, unknown, .. } => {
            say("surveyed", &[("facts", facts.short().into()), ("n", unknown.to_string())])
        }
        Kind::Assessed { blocks, warns, unknown, .. } => {
            let args = [("blocks", blocks.to_string()), ("warns", warns.to_string()), ("unknown", unknown.to_string())];
            say("assessed", &args)
        }
        Kind::Planned { plan, hosts, by } => {
            say("planned", &[("plan", plan.short().into()), ("n", hosts.to_string()), ("by", by.clone())])
        }
        Kind::Approved { plan, by, key } => {
            say("approved", &[("plan", plan.short().into()), ("by", by.clone()), ("key", key.clone())])
        }
        Kind::RunStarted { plan, by, .. } => say("run-started", &[("plan", plan.short().into()), ("by", by.clone())]),
        Kind::RunResumed { in_motion } => say("run-resumed", &[("n", in_motion.to_string())]),
        Kind::RunPaused { by } | Kind::RunUnpaused { by } | Kind::RetryAsked { by } => say("by", &[("by", by.clone())]),
        Kind::RunStopped { rule } => pen.cat.say(rule),
        Kind::RunEnded { accepted, rolled_back, held, not_begun } => {
            let args = [
                ("accepted", accepted.to_string()),
                ("back", rolled_back.to_string()),
                ("held", held.to_string()),
                ("waiting", not_begun.to_string()),
            ];
            say("run-ended", &args)
        }
        Kind::WaveStarted { wave } | Kind::WaveEnded { wave } | Kind::Begun { wave } => {
            say("wave", &[("n", wave.to_string())])
        }
        Kind::Waiting { reason } => reason.key().to_owned(),
        Kind::StepStarted { id, attempt, .. } => say("step-try", &[("step", id.clone()), ("n", attempt.to_string())]),
        Kind::StepAdopted { attempt, .. } => say("adopted", &[("n", attempt.to_string())]),
        Kind::StepFinished { id, outcome, took_ms, .. } => {
            let outcome = match outcome {
                Outcome::AlreadySo => "already-so",
                Outcome::Applied => "applied",
                Outcome::Adopted => "adopted-outcome",
            };
            say(outcome, &[("step", id.clone()), ("took", took(took_ms))])
        }
        Kind::StepFailed { id, attempt, fault, .. } => {
            let why = pen.cat.say(&fault.message);
            say("step-failed", &[("step", id.clone()), ("n", attempt.to_string()), ("why", why)])
        }
        Kind::BackupProven { proof, took_ms, .. } => {
            let args = [
                ("snapshot", proof.snapshot.clone()),
                ("n", proof.files.to_string()),
                ("bytes", crate::words::bytes(i64::try_from(proof.bytes).unwrap_or(i64::MAX))),
                ("took", took(took_ms)),
            ];
            say("backup-proven", &args)
        }
        Kind::MachineMade { address, .. } => address.clone(),
        Kind::RollbackAsked { why, by } => {
            say("rollback-asked", &[("by", by.clone()), ("why", pen.cat.say(&why.message))])
        }
        Kind::UndoStarted { id, .. } => id.clone(),
        Kind::UndoFinished { id, took_ms, .. } => say("undone", &[("step", id.clone()), ("took", took(took_ms))]),
        Kind::UndoFailed { id, fault, .. } => {
            say("undo-failed", &[("step", id.clone()), ("why", pen.cat.say(&fault.message))])
        }
        Kind::Salvaged { kept, .. } => say("salvaged", &[("kept", kept.clone())]),
        Kind::ServiceChanged { service, state, last_seen_other, .. } => {
            let key = match state {
                ServiceState::Up => "service-up",
                ServiceState::Down => "service-down",
                ServiceState::Unknown => "service-unknown",
            };
            let last = pen.clock.instant(*last_seen_other);
            say(key, &[("service", service.to_string()), ("last", last)])
        }
        Kind::GateChanged { gate, state, why } => {
            let key = match state {
                GateState::Open => "gate-open",
                GateState::Closed => "gate-closed",
                GateState::Unknown => "gate-unknown",
            };
            let why = why.as_ref().map(|w| pen.cat.say(w)).unwrap_or_default();
            say(key, &[("gate", gate.clone()), ("why", why)])
        }
        Kind::Measured { metric, subject, value_milli, unit, n, .. } => {
            let value = crate::words::decimal(*value_milli, 3, true);
            format!("{metric} {subject} = {value} {unit}, n = {n}")
        }
        Kind::Noted { by, text } => format!("{by}: {text}"),
        _ => String::new(),
    }
}
