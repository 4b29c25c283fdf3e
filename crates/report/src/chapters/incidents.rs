//! Chapter 4: what went wrong, how it was put right, and what follows.

use super::no_run;
use crate::doc::{Block, Inline, Span, Table, Tone, code, line, text};
use crate::pen::Pen;
use rockhop_domain::{
    plan::GateState,
    report::{GateRow, Incident, Remark, Remedy, RunFigures, Severity, Subject},
};

pub fn blocks(pen: &mut Pen) -> Vec<Block> {
    let report = pen.report;
    let Some(run) = &report.run else { return no_run(pen) };
    let mut blocks = vec![Block::Para(intro(pen, run))];
    if !run.incidents.is_empty() {
        blocks.push(table(pen, &run.incidents));
        blocks.push(Block::Heading(pen.label("section-causes")));
        blocks.extend(run.incidents.iter().map(|i| cause(pen, i)));
    }
    if !run.gates.is_empty() {
        blocks.push(Block::Heading(pen.label("section-gates")));
        blocks.extend(gates(pen, &run.gates));
    }
    blocks.push(Block::Heading(pen.label("section-lessons")));
    blocks.push(lessons(pen, run));
    blocks.extend(remarks(pen, &report.remarks));
    blocks
}

fn intro(pen: &mut Pen, run: &RunFigures) -> Inline {
    let whole = [run.started.origin(), run.last.origin()];
    if run.incidents.is_empty() {
        return pen.sentence("report-incidents-none", &[], &whole);
    }
    let open = run.incidents.iter().filter(|i| i.closed.is_none()).count();
    let origin: Vec<_> = run.incidents.iter().map(|i| i.opened.origin()).collect();
    let args = [("n", run.incidents.len().to_string()), ("open", open.to_string())];
    pen.sentence("report-incidents-sum", &args, &origin)
}

fn table(pen: &mut Pen, incidents: &[Incident]) -> Block {
    let heads = ["no", "opened", "severity", "where", "tries", "remedy", "closed", "time-to-fix"];
    let head = heads.map(|k| pen.label(&format!("col-{k}")));
    let mut table = Table::new(head, [false, false, false, false, true, false, false, true]);
    for i in incidents {
        let closed = match i.closed {
            Some(at) => pen.moment(Some(at)),
            None => vec![Span::Pill(Tone::Bad, pen.label("open"))],
        };
        let tries = match i.failures {
            0 => text("–"),
            n => pen.number(n.to_string(), &i.origin),
        };
        let fix = match (i.closed, &i.subject) {
            // It was away at some time between two rows: no longer than that.
            (Some(_), Subject::Controller) => {
                let words = format!("≤ {}", pen.bare(&i.time_to_fix));
                pen.number(words, &i.time_to_fix.origin)
            }
            (Some(_), _) => pen.figure(&i.time_to_fix),
            (None, _) => text("–"),
        };
        let (opened, remedy) = (pen.moment(Some(i.opened)), remedy(pen, i));
        table.row([code(label(i)), opened, severity(pen, i.severity), place(pen, i), tries, remedy, closed, fix]);
    }
    Block::Table(table)
}

/// Each time in which a gate was not open; and of the others, whether they were asked at all.
fn gates(pen: &mut Pen, gates: &[GateRow]) -> Vec<Block> {
    let head = ["gate", "times-shut"].map(|k| pen.label(&format!("col-{k}")));
    let mut all = Table::new(head, [false, true]);
    for gate in gates {
        let times = pen.figure(&gate.times);
        all.row([code(&gate.gate), times]);
    }
    let mut blocks = vec![Block::Para(text(pen.label("gates-note"))), Block::Table(all)];
    if gates.iter().any(|gate| !gate.stretches.is_empty()) {
        blocks.push(Block::Table(stretches(pen, gates)));
    }
    blocks
}

fn stretches(pen: &mut Pen, gates: &[GateRow]) -> Table {
    let head = ["gate", "gate-state", "gate-from", "gate-to", "lasted", "cause"];
    let mut table = Table::new(head.map(|k| pen.label(&format!("col-{k}"))), [false, false, false, false, true, false]);
    for (gate, shut) in gates.iter().flat_map(|g| g.stretches.iter().map(move |s| (g, s))) {
        let state = match shut.state {
            GateState::Unknown => pen.label("gate-unknown"),
            GateState::Closed | GateState::Open => pen.label("gate-closed"),
        };
        let why = shut.why.as_ref().map(|why| pen.cat.say(why)).unwrap_or_default();
        let (from, to) = (pen.moment(Some(shut.from)), pen.moment(shut.to));
        let lasted = pen.figure(&shut.lasted);
        table.row([code(&gate.gate), text(state), from, to, lasted, text(why)]);
    }
    table
}

fn label(incident: &Incident) -> String {
    format!("I{}", incident.no)
}

fn severity(pen: &Pen, severity: Severity) -> Inline {
    pen.pill(severity_tone(severity), "severity", severity.key())
}

fn severity_tone(severity: Severity) -> Tone {
    match severity {
        Severity::Minor => Tone::Plain,
        Severity::Major => Tone::Warn,
        Severity::Critical => Tone::Bad,
    }
}

fn place(pen: &Pen, incident: &Incident) -> Inline {
    match &incident.subject {
        Subject::Host { host } => code(host),
        Subject::Service { service } => code(service),
        Subject::Controller => text(pen.label("subject-controller")),
        Subject::Campaign => text(pen.label("subject-campaign")),
    }
}

fn remedy(pen: &mut Pen, incident: &Incident) -> Inline {
    let key = format!("report-remedy-{}", incident.remedy.key());
    match &incident.remedy {
        Remedy::Retried { attempt } => pen.sentence(&key, &[("n", attempt.to_string())], &closing(incident)),
        Remedy::Operator { name } => pen.sentence(&key, &[("name", name.clone())], &[]),
        Remedy::Resumed { adopted } => pen.sentence(&key, &[("n", adopted.to_string())], &incident.origin),
        Remedy::None | Remedy::RolledBack | Remedy::CameBack | Remedy::Ended => text(pen.say(&key)),
    }
}

fn closing(incident: &Incident) -> Vec<rockhop_domain::report::EvidenceRef> {
    incident.closed.iter().map(|c| c.origin()).collect()
}

/// What happened, where, and the last line that the host said.
fn cause(pen: &mut Pen, incident: &Incident) -> Block {
    let mut lines = vec![line([code(label(incident)), text(" "), pen.message(&incident.cause, &incident.origin)])];
    if let Some(step) = &incident.step {
        lines.push(line([text(pen.label("at-step")), pen.step(step)]));
    }
    if let Some(said) = &incident.said {
        lines.push(line([text(pen.label("host-said")), code(said)]));
    }
    Block::Callout(severity_tone(incident.severity), lines)
}

fn lessons(pen: &mut Pen, run: &RunFigures) -> Block {
    if run.lessons.is_empty() {
        return Block::Para(text(pen.label("lessons-none")));
    }
    Block::List(run.lessons.iter().map(|l| pen.message(&l.text, &l.origin)).collect())
}

fn remarks(pen: &mut Pen, remarks: &[Remark]) -> Vec<Block> {
    if remarks.is_empty() {
        return Vec::new();
    }
    let head = ["col-when", "col-who", "col-host", "col-remark"].map(|k| pen.label(k));
    let mut table = Table::new(head, [false; 4]);
    for remark in remarks {
        let when = pen.moment(Some(remark.at));
        let host = remark.host.as_ref().map_or(text("–"), code);
        table.row([when, code(&remark.by), host, code(&remark.text)]);
    }
    vec![Block::Heading(pen.label("section-remarks")), Block::Table(table)]
}
