//! The appendix: every row, plan and paper that a number above names, each with its anchor.

use super::entry::says;
use crate::doc::{Block, Inline, Link, Span, Table, code, line, text};
use crate::pen::{Pen, link};
use rockhop_domain::{event::Event, report::EvidenceRef};

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
