//! Chapter 2: what was planned, what was done, in what time, by role, wave and host.

use super::{environment, no_run, rows, scenery};
use crate::doc::{Block, Inline, Span, Table, Tone, code, line, text};
use crate::pen::Pen;
use crate::svg;
use rockhop_domain::report::{
    Counts, End, EvidenceRef, Figure, HostRow, Milestone, MilestoneKind, Report, RoleRow, RunFigures, WaveRow,
};

pub fn blocks(pen: &mut Pen) -> Vec<Block> {
    let report = pen.report;
    let mut blocks = vec![Block::Heading(pen.label("section-milestones")), milestones(pen, &report.milestones)];
    blocks.push(Block::Heading(pen.label("section-stages")));
    blocks.extend(stages(pen, report));
    let Some(run) = &report.run else {
        blocks.extend(no_run(pen));
        return blocks;
    };
    blocks.push(Block::Heading(pen.label("section-roles")));
    blocks.push(roles(pen, run));
    blocks.push(Block::Chart(svg::roles(pen, run)));
    blocks.push(Block::Heading(pen.label("section-waves")));
    blocks.push(waves(pen, run));
    blocks.push(Block::Chart(svg::gantt(pen, run)));
    blocks.push(Block::Heading(pen.label("section-hosts")));
    blocks.push(Block::Para(text(pen.label("hosts-note"))));
    blocks.push(hosts(pen, run));
    blocks.push(Block::Heading(pen.label("section-backups")));
    blocks.extend(backups(pen, run));
    blocks.push(Block::Heading(pen.label("section-approvals")));
    blocks.push(approvals(pen, report));
    blocks
}

fn milestones(pen: &mut Pen, all: &[Milestone]) -> Block {
    let head = ["col-milestone", "col-planned", "col-actual", "col-deviation"].map(|k| pen.label(k));
    let mut table = Table::new(head, [false, false, false, true]);
    for m in all {
        let planned = match m.planned {
            Some(at) => pen.number(pen.clock.instant(at), &[EvidenceRef::Project]),
            None => text(pen.label("not-given")),
        };
        let deviation = match (m.planned, m.actual) {
            (Some(_), Some(_)) => pen.signed(&m.deviation),
            _ => text("–"),
        };
        let actual = match m.actual {
            Some(moment) => pen.moment(Some(moment)),
            None => text(pen.label("not-reached")),
        };
        table.row([milestone_name(pen, m.what), planned, actual, deviation]);
    }
    Block::Table(table)
}

fn milestone_name(pen: &Pen, what: MilestoneKind) -> Inline {
    let name = |key: &str| text(pen.label(&format!("milestone-{key}")));
    match what {
        MilestoneKind::Surveyed => name("surveyed"),
        MilestoneKind::Assessed => name("assessed"),
        MilestoneKind::Planned => name("planned"),
        MilestoneKind::Approved => name("approved"),
        MilestoneKind::Rehearsed => name("rehearsed"),
        MilestoneKind::Started => name("started"),
        MilestoneKind::Wave(no) => vec![Span::Text(pen.label("milestone-wave")), Span::Code(wave_label(pen, no.0))],
        MilestoneKind::Ended => name("ended"),
    }
}

fn wave_label(pen: &Pen, no: u32) -> String {
    let waves = pen.report.run.iter().flat_map(|r| &r.waves);
    let name = waves.into_iter().find(|w| w.no.0 == no).map(|w| w.name.clone()).unwrap_or_default();
    format!("{no} {name}").trim_end().to_owned()
}

/// Preparation, rehearsal, execution.
fn stages(pen: &mut Pen, report: &Report) -> Vec<Block> {
    let p = &report.preparation;
    let head = ["col-stage", "col-began", "col-ended", "col-result"].map(|k| pen.label(k));
    let mut table = Table::new(head, [false; 4]);
    let found = preparation_result(pen, report);
    let (began, ended) = (pen.moment(p.began), pen.moment(p.ended));
    table.row([text(pen.label("stage-preparation")), began, ended, found]);
    for row in &report.runs {
        let stage = vec![
            Span::Text(environment(pen, row.environment)),
            Span::Text(pen.label("list-comma")),
            Span::Text(scenery(pen, row.scenery)),
            Span::Text(" ".into()),
            Span::Code(row.id.to_string()),
        ];
        let (began, ended) = (pen.moment(Some(row.started)), pen.moment(row.ended));
        let result = run_result(pen, &row.counts, &row.length);
        table.row([stage, began, ended, result]);
    }
    let rehearsed = report.runs.iter().any(|r| r.environment == rockhop_domain::plan::Environment::Preproduction);
    let mut blocks = vec![Block::Table(table)];
    if !rehearsed {
        blocks.push(Block::Callout(Tone::Warn, vec![text(pen.label("no-rehearsal"))]));
    }
    blocks
}

fn preparation_result(pen: &mut Pen, report: &Report) -> Inline {
    let p = &report.preparation;
    let parts = [
        ("prepared-surveyed", &p.surveyed),
        ("prepared-unread", &p.unread),
        ("prepared-blocks", &p.blocks),
        ("prepared-warns", &p.warns),
        ("prepared-unknown", &p.unknown),
    ];
    joined(pen, &parts)
}

fn run_result(pen: &mut Pen, counts: &Counts, length: &Figure) -> Inline {
    let parts = [
        ("ran-planned", &counts.planned),
        ("ran-accepted", &counts.accepted),
        ("ran-failed", &counts.failed),
        ("ran-length", length),
    ];
    joined(pen, &parts)
}

/// `label number, label number`.
fn joined(pen: &mut Pen, parts: &[(&str, &Figure)]) -> Inline {
    let mut line = Inline::new();
    for (label, figure) in parts {
        if !line.is_empty() {
            line.push(Span::Text(pen.label("list-semicolon")));
        }
        line.push(Span::Text(format!("{} ", pen.label(label))));
        line.extend(pen.figure(figure));
    }
    line
}

fn roles(pen: &mut Pen, run: &RunFigures) -> Block {
    let heads = ["role", "planned", "succeeded", "failed", "held", "open", "retried", "rate"];
    let head = heads.map(|k| pen.label(&format!("col-{k}")));
    let mut table = Table::new(head, [false, true, true, true, true, true, true, true]);
    for RoleRow { role, counts, retried } in &run.roles {
        let mut row = vec![code(role)];
        row.extend(count_cells(pen, counts));
        row.push(pen.figure(retried));
        row.push(pen.figure(&counts.rate));
        table.rows.push(row);
    }
    let mut total = vec![text(pen.label("total"))];
    total.extend(count_cells(pen, &run.counts));
    let retried: Vec<EvidenceRef> = run.roles.iter().flat_map(|r| r.retried.origin.iter().cloned()).collect();
    let n: i64 = run.roles.iter().filter_map(|r| r.retried.amount()).sum();
    total.push(pen.number(n.to_string(), &retried));
    total.push(pen.figure(&run.counts.rate));
    table.rows.push(total);
    table.total = true;
    Block::Table(table)
}

/// Planned, accepted, rolled back, held, and what is neither.
fn count_cells(pen: &mut Pen, c: &Counts) -> Vec<Inline> {
    let open = c.in_motion.amount().zip(c.not_begun.amount()).map_or(0, |(a, b)| a + b);
    let origin: Vec<EvidenceRef> = c.in_motion.origin.iter().chain(&c.not_begun.origin).cloned().collect();
    let open = pen.number(open.to_string(), &origin);
    vec![pen.figure(&c.planned), pen.figure(&c.accepted), pen.figure(&c.rolled_back), pen.figure(&c.held), open]
}

fn waves(pen: &mut Pen, run: &RunFigures) -> Block {
    let heads = ["wave", "planned", "succeeded", "failed", "held", "open", "began", "ended", "took"];
    let head = heads.map(|k| pen.label(&format!("col-{k}")));
    let mut table = Table::new(head, [false, true, true, true, true, true, false, false, true]);
    for WaveRow { no, name, counts, started, ended, duration } in &run.waves {
        let mut row = vec![code(format!("{no} {name}"))];
        row.extend(count_cells(pen, counts));
        row.extend([pen.moment(*started), pen.moment(*ended), pen.figure(duration)]);
        table.rows.push(row);
    }
    Block::Table(table)
}

fn hosts(pen: &mut Pen, run: &RunFigures) -> Block {
    let heads = ["host", "end", "begun", "proven", "cutover", "settled", "took", "forecast", "by-steps", "by-prober"];
    let head = heads.map(|k| pen.label(&format!("col-{k}")));
    let mut table = Table::new(head, [false, false, false, false, false, false, true, true, true, true]);
    for host in &run.hosts {
        let row = host_cells(pen, host);
        table.rows.push(row);
    }
    Block::Table(table)
}

fn host_cells(pen: &mut Pen, host: &HostRow) -> Vec<Inline> {
    let mut end = pen.pill(end_tone(host.end), "end", host.end.key());
    end.push(pen.links(&host.end_origin));
    vec![
        code(&host.host),
        end,
        rows::hour(pen, host.begun),
        rows::hour(pen, host.proven),
        rows::hour(pen, host.away.first().map(|a| a.from)),
        rows::hour(pen, host.settled),
        rows::short(pen, &host.duration),
        rows::short(pen, &host.forecast),
        rows::short(pen, &host.outage_by_steps),
        rows::short(pen, &host.outage_by_prober),
    ]
}

/// The colour of a host's standing.
pub fn end_tone(end: End) -> Tone {
    match end {
        End::Accepted => Tone::Good,
        End::RolledBack => Tone::Warn,
        End::Held => Tone::Bad,
        End::InMotion | End::NotBegun => Tone::Plain,
    }
}

fn backups(pen: &mut Pen, run: &RunFigures) -> Vec<Block> {
    let b = &run.backups;
    let args = [("n", pen.bare(&b.proven)), ("files", pen.bare(&b.files)), ("bytes", pen.bare(&b.bytes))];
    let intro = pen.sentence("report-backups-sum", &args, &b.files.origin);
    let heads = ["host", "snapshot", "files", "bytes", "read-back", "compared", "took"];
    let head = heads.map(|k| pen.label(&format!("col-{k}")));
    let mut table = Table::new(head, [false, false, true, true, true, true, true]);
    for (host, backup) in run.hosts.iter().filter_map(|h| Some((&h.host, h.backup.as_ref()?))) {
        let figures = [&backup.files, &backup.bytes, &backup.read_back, &backup.compared, &backup.took];
        let mut row = vec![code(host), code(&backup.snapshot)];
        row.extend(figures.map(|f| pen.figure(f)));
        table.rows.push(row);
    }
    let mut blocks = vec![Block::Para(intro)];
    blocks.extend((!table.rows.is_empty()).then_some(Block::Table(table)));
    blocks
}

fn approvals(pen: &mut Pen, report: &Report) -> Block {
    if report.approvals.is_empty() {
        return Block::Callout(Tone::Warn, vec![text(pen.label("no-approvals"))]);
    }
    let head = ["col-who", "col-key", "col-plan", "col-when"].map(|k| pen.label(k));
    let mut table = Table::new(head, [false; 4]);
    for approval in &report.approvals {
        let plan = line([code(approval.plan.short()), vec![pen.links(&[EvidenceRef::Plan(approval.plan.clone())])]]);
        let when = pen.moment(Some(approval.at));
        table.row([code(&approval.by), code(&approval.key), plan, when]);
    }
    Block::Table(table)
}
