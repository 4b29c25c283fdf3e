//! Chapter 1: where the move stands, at a glance, with everything that speaks against it.

use super::{environment, no_run, scenery, tone};
use crate::doc::{Block, Card, Inline, Span, Tone, code, line, text};
use crate::pen::Pen;
use rockhop_domain::report::{EvidenceRef, Figure, Report, RunFigures, ServiceRow, Status};

pub fn blocks(pen: &mut Pen) -> Vec<Block> {
    let report = pen.report;
    let mut blocks = contradictions(pen, report);
    blocks.push(status(pen, report));
    match &report.run {
        Some(run) => {
            blocks.push(cards(pen, run));
            blocks.extend(exceptions(pen, report));
            blocks.push(Block::Heading(pen.label("section-scope")));
            blocks.push(scope(pen, run));
        }
        None => blocks.extend(no_run(pen)),
    }
    blocks.push(Block::Heading(pen.label("section-reading")));
    blocks.push(reading(pen));
    blocks
}

fn contradictions(pen: &mut Pen, report: &Report) -> Vec<Block> {
    if report.contradictions.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![text(pen.label("audit-failed"))];
    lines.extend(report.contradictions.iter().map(|c| pen.message(&c.text, &c.origin)));
    vec![Block::Callout(Tone::Bad, lines)]
}

/// The status as a sentence with its numbers.
fn status(pen: &mut Pen, report: &Report) -> Block {
    let mut first = pen.pill(tone(report.status), "status", report.status.key());
    first.push(Span::Text(" ".into()));
    match &report.run {
        None => first.extend(text(pen.label("says-not-begun"))),
        Some(run) => first.extend(verdict(pen, report.status, run)),
    }
    Block::Callout(tone(report.status), vec![first])
}

/// The one sentence that a reader takes away.
pub fn verdict(pen: &mut Pen, status: Status, run: &RunFigures) -> Inline {
    let c = &run.counts;
    let args = [
        ("planned", pen.bare(&c.planned)),
        ("accepted", pen.bare(&c.accepted)),
        ("back", pen.bare(&c.rolled_back)),
        ("held", pen.bare(&c.held)),
        ("moving", pen.bare(&c.in_motion)),
        ("waiting", pen.bare(&c.not_begun)),
    ];
    let mut origin = c.accepted.origin.clone();
    origin.extend(c.planned.origin.iter().cloned());
    pen.sentence(&format!("report-says-{}", status.key()), &args, &origin)
}

fn cards(pen: &mut Pen, run: &RunFigures) -> Block {
    let c = &run.counts;
    let rate = pen.figure(&c.rate);
    let accepted = pen.figure(&c.accepted);
    let of = text(pen.say_with("report-card-of-planned", &[("n", pen.bare(&c.planned))]));
    let incidents: Vec<EvidenceRef> = run.incidents.iter().map(|i| i.opened.origin()).collect();
    let whole = [run.started.origin(), run.last.origin()];
    let count = Figure::count(incidents, &whole);
    let open = run.incidents.iter().filter(|i| i.closed.is_none()).count();
    let backups = &run.backups;
    let below_backups = line([pen.figure(&backups.bytes), text(pen.label("card-read-back"))]);
    Block::Cards(vec![
        Card { label: pen.label("card-accepted"), value: accepted, below: of },
        Card { label: pen.label("card-rate"), value: rate, below: text(pen.label("card-rate-below")) },
        worst_downtime(pen, run),
        Card {
            label: pen.label("card-incidents"),
            value: pen.figure(&count),
            below: text(pen.say_with("report-card-open", &[("n", open.to_string())])),
        },
        Card { label: pen.label("card-backups"), value: pen.figure(&backups.proven), below: below_backups },
        Card {
            label: pen.label("card-length"),
            value: pen.figure(&run.length),
            below: text(pen.label("card-length-below")),
        },
    ])
}

fn worst_downtime(pen: &mut Pen, run: &RunFigures) -> Card {
    let unmeasured = run.services.iter().filter(|s| s.upper.amount().is_none()).count();
    let worst: Option<&ServiceRow> = run.services.iter().max_by_key(|s| s.upper.amount());
    let label = pen.label("card-downtime");
    match worst.filter(|s| s.upper.amount().is_some()) {
        Some(service) => {
            let below = match unmeasured {
                0 => line([code(&service.service), text(pen.label("card-upper"))]),
                n => text(pen.say_with("report-card-unmeasured", &[("n", n.to_string())])),
            };
            Card { label, value: pen.figure(&service.upper), below }
        }
        None => {
            let why = rockhop_domain::Message::new("report-why-no-prober");
            Card { label, value: vec![pen.missing(&why)], below: Inline::new() }
        }
    }
}

fn exceptions(pen: &mut Pen, report: &Report) -> Vec<Block> {
    if report.exceptions.is_empty() {
        return vec![Block::Para(text(pen.label("no-exceptions")))];
    }
    let list = report.exceptions.iter().map(|e| pen.message(&e.text, &e.origin)).collect();
    vec![Block::Heading(pen.label("section-exceptions")), Block::List(list)]
}

fn scope(pen: &mut Pen, run: &RunFigures) -> Block {
    let contacts = &pen.report.context.contacts;
    let people: Vec<String> = contacts
        .iter()
        .map(|c| pen.say_with("report-contact", &[("name", c.name.clone()), ("role", c.role.clone())]))
        .collect();
    let plan = line([code(run.plan.short()), vec![pen.links(&[EvidenceRef::Plan(run.plan.clone())])]]);
    let mut terms = vec![
        (pen.label("run"), code(&run.id)),
        (pen.label("environment"), text(environment(pen, run.environment))),
        (pen.label("machines"), text(scenery(pen, run.scenery))),
        (pen.label("plan"), plan),
        (pen.label("started"), pen.moment(Some(run.started))),
        (pen.label("ended"), pen.moment(run.ended)),
    ];
    if !people.is_empty() {
        terms.push((pen.label("contacts"), text(people.join(&pen.label("list-comma")))));
    }
    Block::Terms(terms)
}

fn reading(pen: &Pen) -> Block {
    Block::List(vec![
        text(pen.label("reading-links")),
        text(pen.label("reading-missing")),
        text(pen.label("reading-points")),
        text(pen.say_with("report-reading-clock", &[("clock", pen.clock.name())])),
    ])
}
