//! Chapter 6: what remains to be done, once and regularly.

use crate::doc::{Block, Inline, Table, Tone, text};
use crate::pen::Pen;
use rockhop_domain::report::{End, EvidenceRef, HostRow, Report, RunFigures, Support};

pub fn blocks(pen: &mut Pen) -> Vec<Block> {
    let report = pen.report;
    let mut blocks = vec![Block::Heading(pen.label("section-open-work"))];
    let open = open_work(pen, report);
    match open.is_empty() {
        true => blocks.push(Block::Para(text(pen.label("open-work-none")))),
        false => blocks.push(Block::List(open)),
    }
    blocks.push(Block::Heading(pen.label("section-maintenance")));
    blocks.push(maintenance(pen, report));
    blocks.push(Block::Heading(pen.label("section-watch")));
    blocks.push(Block::List(vec![
        text(pen.label("watch-drift")),
        text(pen.label("watch-sources")),
        text(pen.label("watch-promise")),
    ]));
    blocks
}

fn open_work(pen: &mut Pen, report: &Report) -> Vec<Inline> {
    let Some(run) = &report.run else { return vec![text(pen.label("work-run"))] };
    let mut list = Vec::new();
    list.extend(remaining(pen, run));
    list.extend(kept(pen, run));
    if report.security.vulnerabilities.fixed.why().is_some() {
        list.push(text(pen.label("work-vulnerabilities")));
    }
    list.extend(unmeasured_latency(pen, report));
    list.extend(support_end(pen, report));
    list
}

/// Hosts that still run EL7.
fn remaining(pen: &mut Pen, run: &RunFigures) -> Option<Inline> {
    let hit: Vec<&HostRow> = run.hosts.iter().filter(|h| h.end != End::Accepted).collect();
    let names: Vec<&str> = hit.iter().map(|h| h.host.as_str()).collect();
    let origin: Vec<EvidenceRef> = hit.iter().flat_map(|h| h.end_origin.iter().cloned()).collect();
    let args = [("n", hit.len().to_string()), ("hosts", names.join(&pen.label("list-comma")))];
    (!hit.is_empty()).then(|| pen.sentence("report-work-remaining", &args, &origin))
}

/// Old machines that are kept.
fn kept(pen: &mut Pen, run: &RunFigures) -> Option<Inline> {
    let n = run.counts.accepted.amount().filter(|n| *n > 0)?;
    Some(pen.sentence("report-work-kept", &[("n", n.to_string())], &run.counts.accepted.origin))
}

fn unmeasured_latency(pen: &mut Pen, report: &Report) -> Option<Inline> {
    let n = report.comparisons.iter().filter(|c| c.verdict.key() == "not-measured").count();
    let origin: Vec<EvidenceRef> =
        report.comparisons.iter().flat_map(|c| c.before.origin.iter().chain(&c.after.origin).cloned()).collect();
    (n > 0).then(|| pen.sentence("report-work-latency", &[("n", n.to_string())], &origin))
}

/// The first end of support among the new systems.
fn support_end(pen: &mut Pen, report: &Report) -> Option<Inline> {
    let sides = report.security.hosts.iter().filter_map(|h| h.after.as_ref());
    let ends = sides.filter_map(|s| match s.support {
        Support::Supported { until } => Some((until, s.origin.clone())),
        Support::Ended { .. } | Support::Unknown => None,
    });
    let (day, origin) = ends.min()?;
    Some(pen.sentence("report-work-support", &[("day", day.to_string())], &[origin]))
}

fn maintenance(pen: &Pen, report: &Report) -> Block {
    if report.context.maintenance.is_empty() {
        return Block::Callout(Tone::Plain, vec![text(pen.label("no-maintenance"))]);
    }
    let head = ["col-task", "col-every", "col-who"].map(|k| pen.label(k));
    let mut table = Table::new(head, [false; 3]);
    for task in &report.context.maintenance {
        table.row([text(&task.what), text(&task.every), text(&task.who)]);
    }
    Block::Table(table)
}
