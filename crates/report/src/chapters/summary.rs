//! Chapter 7: what may be said in sum; each sentence follows from figures, and gaps are sentences, too.

use super::{no_run, overview, tone};
use crate::doc::{Block, Inline, Table, code, line, text};
use crate::pen::Pen;
use indexmap::IndexMap;
use rockhop_domain::report::{Baseline, EvidenceRef, Promise, Report, RunFigures, Security, Verdict};

pub fn blocks(pen: &mut Pen) -> Vec<Block> {
    let report = pen.report;
    let Some(run) = &report.run else { return no_run(pen) };
    let mut lines = vec![overview::verdict(pen, report.status, run)];
    lines.push(backups(pen, run));
    lines.push(downtime(pen, run));
    lines.push(promises(pen, run));
    lines.push(incidents(pen, run));
    lines.push(performance(pen, report));
    lines.extend(support(pen, &report.security));
    lines.push(chain(pen, report));
    let mut blocks = vec![Block::Callout(tone(report.status), vec![lines.remove(0)]), Block::List(lines)];
    blocks.push(Block::Heading(pen.label("section-gaps")));
    blocks.extend(gaps(pen, report));
    if let Some(baseline) = &report.context.baseline {
        blocks.push(Block::Heading(pen.label("section-baseline")));
        blocks.extend(beside(pen, baseline, run));
    }
    blocks
}

fn backups(pen: &mut Pen, run: &RunFigures) -> Inline {
    let b = &run.backups;
    let args = [("n", pen.bare(&b.proven)), ("planned", pen.bare(&run.counts.planned)), ("bytes", pen.bare(&b.bytes))];
    pen.sentence("report-sum-backups", &args, &b.proven.origin)
}

fn downtime(pen: &mut Pen, run: &RunFigures) -> Inline {
    let measured = run.services.iter().filter(|s| s.upper.amount().is_some());
    let Some(worst) = measured.clone().max_by_key(|s| s.upper.amount()) else {
        return pen.sentence("report-sum-downtime-none", &[], &[]);
    };
    let args = [
        ("n", measured.count().to_string()),
        ("all", run.services.len().to_string()),
        ("service", worst.service.to_string()),
        ("upper", pen.bare(&worst.upper)),
        ("limit", pen.bare(&worst.limit)),
    ];
    let mut origin = worst.upper.origin.clone();
    origin.extend(worst.limit.origin.iter().cloned());
    pen.sentence("report-sum-downtime", &args, &origin)
}

fn promises(pen: &mut Pen, run: &RunFigures) -> Inline {
    let of = |promise| run.services.iter().filter(|s| s.promise == promise).count().to_string();
    let args = [
        ("kept", of(Promise::Kept)),
        ("broken", of(Promise::Broken)),
        ("open", of(Promise::NotShown)),
        ("none", of(Promise::NotJudged)),
    ];
    let origin: Vec<EvidenceRef> = run.services.iter().flat_map(|s| s.budget_used.origin.iter().cloned()).collect();
    pen.sentence("report-sum-promises", &args, &origin)
}

fn incidents(pen: &mut Pen, run: &RunFigures) -> Inline {
    let whole = [run.started.origin(), run.last.origin()];
    if run.incidents.is_empty() {
        return pen.sentence("report-incidents-none", &[], &whole);
    }
    let open = run.incidents.iter().filter(|i| i.closed.is_none()).count();
    let origin: Vec<_> = run.incidents.iter().flat_map(|i| i.origin.iter().cloned()).collect();
    let longest = run.incidents.iter().filter(|i| i.closed.is_some()).max_by_key(|i| i.time_to_fix.amount());
    let args = [
        ("n", run.incidents.len().to_string()),
        ("open", open.to_string()),
        ("longest", longest.map_or("–".to_owned(), |i| pen.bare(&i.time_to_fix))),
    ];
    pen.sentence("report-sum-incidents", &args, &origin)
}

fn performance(pen: &mut Pen, report: &Report) -> Inline {
    if report.comparisons.is_empty() {
        return pen.sentence("report-sum-performance-none", &[], &[]);
    }
    let of = |key: &str| report.comparisons.iter().filter(|c| c.verdict.key() == key).count().to_string();
    let args = [
        ("n", report.comparisons.len().to_string()),
        ("improved", of(Verdict::Improved.key())),
        ("equivalent", of(Verdict::Equivalent.key())),
        ("regressed", of(Verdict::Regressed.key())),
        ("inconclusive", of(Verdict::Inconclusive.key())),
        ("none", of("not-measured")),
    ];
    let origin: Vec<_> =
        report.comparisons.iter().flat_map(|c| c.before.origin.iter().chain(&c.after.origin).cloned()).collect();
    pen.sentence("report-sum-performance", &args, &origin)
}

fn support(pen: &mut Pen, security: &Security) -> Option<Inline> {
    let (before, after) = (&security.supported_before, &security.supported_after);
    before.amount().zip(after.amount())?;
    let args = [
        ("before", pen.bare(before)),
        ("before_of", before.n.to_string()),
        ("after", pen.bare(after)),
        ("after_of", after.n.to_string()),
    ];
    let origin: Vec<_> = before.origin.iter().chain(&after.origin).cloned().collect();
    Some(pen.sentence("report-sum-support", &args, &origin))
}

fn chain(pen: &mut Pen, report: &Report) -> Inline {
    super::control::ledger_sentence(pen, &report.ledger)
}

/// What this report does not know, each reason once.
fn gaps(pen: &mut Pen, report: &Report) -> Vec<Block> {
    let mut reasons: IndexMap<String, (usize, Vec<String>)> = IndexMap::new();
    for (name, figure) in report.figures() {
        if let Some(why) = figure.why().filter(|w| w.key != "report-why-points") {
            let (n, names) = reasons.entry(pen.cat.say(why)).or_default();
            *n += 1;
            names.push(name);
        }
    }
    if reasons.is_empty() {
        return vec![Block::Para(text(pen.label("gaps-none")))];
    }
    let one = |(why, (n, names)): (String, (usize, Vec<String>))| {
        let named = names.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
        let more = if n > 3 { pen.say_with("report-gaps-more", &[("n", (n - 3).to_string())]) } else { String::new() };
        line([text(why), text(" "), code(named), text(more)])
    };
    vec![Block::Para(text(pen.label("gaps-note"))), Block::List(reasons.into_iter().map(one).collect())]
}

fn beside(pen: &mut Pen, baseline: &Baseline, run: &RunFigures) -> Vec<Block> {
    let note = pen.sentence("report-baseline-note", &[("name", baseline.name.clone())], &[EvidenceRef::Project]);
    let head = [pen.label("col-what"), baseline.name.clone(), pen.label("col-this-run")];
    let mut table = Table::new(head, [false, true, true]);
    let stated = |pen: &mut Pen, words: String| pen.number(words, &[EvidenceRef::Project]);
    let waves: Vec<EvidenceRef> = vec![EvidenceRef::Plan(run.plan.clone())];
    let incidents: Vec<EvidenceRef> = run.incidents.iter().map(|i| i.opened.origin()).collect();
    let incidents = if incidents.is_empty() { vec![run.started.origin(), run.last.origin()] } else { incidents };
    let days = pen.say_with("report-time-days", &[("n", baseline.days.to_string())]);
    let hours = pen.say_with("report-time-hours", &[("n", baseline.downtime_hours.to_string())]);
    let rows = [
        ("baseline-hosts", baseline.hosts.to_string(), pen.figure(&run.counts.planned)),
        ("baseline-waves", baseline.waves.to_string(), pen.number(run.waves.len().to_string(), &waves)),
        ("baseline-length", days, pen.figure(&pen.report.project_length)),
        ("baseline-downtime", hours, pen.figure(&run.downtime_total)),
        ("baseline-incidents", baseline.incidents.to_string(), pen.number(run.incidents.len().to_string(), &incidents)),
    ];
    for (key, before, now) in rows {
        let before = stated(pen, before);
        table.row([text(pen.label(key)), before, now]);
    }
    vec![Block::Para(note), Block::Table(table)]
}
