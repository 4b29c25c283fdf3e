//! Chapter 8: who signs, and what this document is.

use crate::doc::{Block, Inline, Table, Tone, code, line, text};
use crate::pen::Pen;
use rockhop_domain::report::{EvidenceRef, LedgerCheck, Report};

pub fn blocks(pen: &mut Pen) -> Vec<Block> {
    let report = pen.report;
    let mut blocks = Vec::new();
    if !report.contradictions.is_empty() {
        blocks.push(Block::Callout(Tone::Bad, vec![text(pen.label("must-not-sign"))]));
    }
    blocks.push(Block::Heading(pen.label("section-signatures")));
    blocks.push(signatures(pen, report));
    blocks.push(Block::Heading(pen.label("section-document")));
    blocks.push(document(pen, report));
    blocks
}

fn signatures(pen: &Pen, report: &Report) -> Block {
    let head = ["col-function", "col-name", "col-signature", "col-date"].map(|k| pen.label(k));
    let mut table = Table::new(head, [false; 4]);
    for signer in &report.context.signers {
        table.row([text(&signer.role), text(&signer.name), text(" "), text(" ")]);
    }
    match table.rows.is_empty() {
        true => Block::Callout(Tone::Plain, vec![text(pen.label("no-signers"))]),
        false => Block::Table(table),
    }
}

fn document(pen: &mut Pen, report: &Report) -> Block {
    let c = &report.context;
    let project = [EvidenceRef::Project];
    let given = |pen: &mut Pen, value: Option<String>| match value {
        Some(value) => pen.number(value, &project),
        None => text(pen.label("not-given")),
    };
    let years = c.retention_years.map(|n| pen.say_with("report-time-years", &[("n", n.to_string())]));
    let made = format!("{} {}", pen.clock.instant(report.generated_at), pen.clock.name());
    let head = ["col-what", "col-value"].map(|k| pen.label(k));
    let mut table = Table::new(head, [false, false]);
    let rows = [
        ("version", given(pen, Some(c.version.clone()))),
        ("classification", given(pen, c.classification.clone())),
        ("archive-on", given(pen, c.archive_on.map(|d| d.to_string()))),
        ("retention", given(pen, years)),
        ("made-at", pen.number(made, &[EvidenceRef::Request])),
        ("ledger-rows", pen.number(crate::words::grouped(rows(report)), &[EvidenceRef::Ledger])),
        ("ledger-head", ledger_head(pen, &report.ledger)),
        ("ledger-check", ledger_sentence(pen, &report.ledger)),
    ];
    for (key, value) in rows {
        table.row([text(pen.label(key)), value]);
    }
    Block::Table(table)
}

fn rows(report: &Report) -> i64 {
    i64::try_from(report.events.len()).unwrap_or(i64::MAX)
}

fn ledger_head(pen: &mut Pen, check: &LedgerCheck) -> Inline {
    match check {
        LedgerCheck::Whole { head, .. } => line([code(head), vec![pen.links(&[EvidenceRef::Ledger])]]),
        LedgerCheck::Broken { .. } | LedgerCheck::NotChecked => {
            vec![pen.missing(&rockhop_domain::Message::new("report-why-ledger-not-whole"))]
        }
    }
}

/// What the check of the chain found, in a sentence.
pub fn ledger_sentence(pen: &mut Pen, check: &LedgerCheck) -> Inline {
    let at = [EvidenceRef::Ledger];
    match check {
        LedgerCheck::Whole { events, signed_by: Some(key), .. } => {
            pen.sentence("report-ledger-signed", &[("n", events.to_string()), ("key", key.clone())], &at)
        }
        LedgerCheck::Whole { events, signed_by: None, .. } => {
            pen.sentence("report-ledger-whole", &[("n", events.to_string())], &at)
        }
        LedgerCheck::Broken { seq, why } => {
            let why = pen.cat.say(why);
            pen.sentence("report-chain-broken", &[("seq", seq.to_string()), ("why", why)], &at)
        }
        LedgerCheck::NotChecked => pen.sentence("report-ledger-not-checked", &[], &at),
    }
}
