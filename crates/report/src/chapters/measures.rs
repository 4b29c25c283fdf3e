//! Chapter 3: what the machines say: performance, security, availability and downtime, data.

use super::{no_run, rows};
use crate::doc::{Block, Inline, Span, Table, Tone, code, line, text};
use crate::pen::Pen;
use crate::svg;
use indexmap::IndexMap;
use rockhop_domain::{
    Message,
    event::Period,
    report::{
        Comparison, EvidenceRef, MARGIN_PERCENT, NEEDED, OsName, OutageRow, PROMISE_DAYS, Promise, Reading, Report,
        RunFigures, Security, SecurityRow, SecuritySide, ServiceRow, Support, Verdict,
    },
};

pub fn blocks(pen: &mut Pen) -> Vec<Block> {
    let report = pen.report;
    let mut blocks = vec![Block::Heading(pen.label("section-performance"))];
    blocks.extend(performance(pen, &report.comparisons));
    blocks.push(Block::Heading(pen.label("section-security")));
    blocks.extend(security(pen, &report.security));
    blocks.push(Block::Heading(pen.label("section-availability")));
    match &report.run {
        Some(run) => blocks.extend(availability(pen, run)),
        None => blocks.extend(no_run(pen)),
    }
    blocks.extend(readings(pen, report));
    blocks
}

fn performance(pen: &mut Pen, all: &[Comparison]) -> Vec<Block> {
    if all.is_empty() {
        let why = Message::new("report-why-no-measurements");
        return vec![Block::Callout(Tone::Plain, vec![vec![pen.missing(&why)]])];
    }
    let heads = ["metric", "subject", "before", "after", "delta", "relative", "samples", "verdict"];
    let head = heads.map(|k| pen.label(&format!("col-{k}")));
    let mut table = Table::new(head, [false, false, true, true, true, true, true, false]);
    for c in all {
        let row = comparison(pen, c);
        table.rows.push(row);
    }
    let mut blocks = vec![
        Block::Para(text(pen.say_with(
            "report-performance-note",
            &[("needed", NEEDED.to_string()), ("margin", MARGIN_PERCENT.to_string())],
        ))),
        Block::Table(table),
    ];
    blocks.extend(svg::latency(pen, all).map(Block::Chart));
    blocks
}

fn comparison(pen: &mut Pen, c: &Comparison) -> Vec<Inline> {
    let samples = format!("{} / {}", crate::words::grouped(n(&c.before)), crate::words::grouped(n(&c.after)));
    let origin: Vec<_> = c.before.origin.iter().chain(&c.after.origin).cloned().collect();
    let mut verdict = pen.pill(verdict_tone(&c.verdict), "verdict", c.verdict.key());
    if let Verdict::NotMeasured { why } = &c.verdict {
        verdict = vec![pen.missing(why)];
    } else if let (Some(_), Some(_)) = (c.shift_low.amount(), c.shift_high.amount()) {
        let ends = line([pen.signed(&c.shift_low), text(" … "), pen.signed(&c.shift_high)]);
        verdict.push(Span::Text(format!(" {} ", pen.label("interval"))));
        verdict.extend(ends);
    }
    vec![
        rows::metric(pen, &c.metric),
        code(&c.subject),
        pen.figure(&c.before),
        pen.figure(&c.after),
        pen.signed(&c.delta),
        match c.relative.why() {
            Some(_) => rows::short(pen, &c.relative),
            None => pen.signed(&c.relative),
        },
        pen.number(samples, &origin),
        verdict,
    ]
}

fn n(figure: &rockhop_domain::report::Figure) -> i64 {
    i64::try_from(figure.n).unwrap_or(i64::MAX)
}

fn verdict_tone(verdict: &Verdict) -> Tone {
    match verdict {
        Verdict::Improved | Verdict::Equivalent => Tone::Good,
        Verdict::Regressed => Tone::Bad,
        Verdict::Inconclusive => Tone::Warn,
        Verdict::NotMeasured { .. } => Tone::Plain,
    }
}

fn security(pen: &mut Pen, security: &Security) -> Vec<Block> {
    let mut blocks = vec![support(pen, security)];
    if !security.scenery.is_empty() {
        let parts = security.scenery.join(&pen.label("list-comma"));
        blocks.push(Block::Callout(Tone::Warn, vec![text(pen.say_with("report-scenery-note", &[("parts", parts)]))]));
    }
    if !security.hosts.is_empty() {
        blocks.push(versions(pen, security));
    }
    blocks.push(vulnerabilities(pen, security));
    blocks
}

fn support(pen: &mut Pen, security: &Security) -> Block {
    let head = ["col-what", "col-before", "col-after"].map(|k| pen.label(k));
    let mut table = Table::new(head, [false, true, true]);
    let (before, after) = (pen.figure(&security.supported_before), pen.figure(&security.supported_after));
    table.row([text(pen.label("supported-hosts")), before, after]);
    let read = |pick: fn(&SecurityRow) -> Option<&SecuritySide>| {
        let sides = security.hosts.iter().filter_map(pick);
        sides.map(|s| s.origin.clone()).collect::<Vec<_>>()
    };
    let (before, after) = (read(|h| h.before.as_ref()), read(|h| h.after.as_ref()));
    let cell = |pen: &mut Pen, origin: &[_]| match origin.is_empty() {
        true => vec![pen.missing(&Message::new("report-why-no-facts"))],
        false => pen.number(origin.len().to_string(), origin),
    };
    let row = [text(pen.label("hosts-read")), cell(pen, &before), cell(pen, &after)];
    table.row(row);
    Block::Table(table)
}

/// Hosts that are alike stand in one row: a fleet has few kinds of them.
fn versions(pen: &mut Pen, security: &Security) -> Block {
    let heads = ["period", "system", "support", "kernel", "openssl", "openssh", "hosts", "packages"];
    let head = heads.map(|k| pen.label(&format!("col-{k}")));
    let mut table = Table::new(head, [false, false, false, false, false, false, true, true]);
    for period in [Period::Before, Period::After] {
        let pick =
            |host: &'_ SecurityRow| if period == Period::Before { host.before.clone() } else { host.after.clone() };
        for alike in kinds(security.hosts.iter().filter_map(pick)) {
            let mut row = vec![text(period_name(pen, period))];
            row.extend(kind_cells(pen, &alike));
            table.rows.push(row);
        }
    }
    Block::Table(table)
}

/// Sides with the same system and versions, together.
fn kinds(sides: impl Iterator<Item = SecuritySide>) -> Vec<Vec<SecuritySide>> {
    let mut kinds: IndexMap<[Option<String>; 4], Vec<SecuritySide>> = IndexMap::new();
    for side in sides {
        let os = side.os.as_ref().map(OsName::to_string);
        let key = [os, side.kernel.clone(), side.openssl.clone(), side.openssh.clone()];
        kinds.entry(key).or_default().push(side);
    }
    kinds.into_values().collect()
}

fn kind_cells(pen: &mut Pen, alike: &[SecuritySide]) -> Vec<Inline> {
    let Some(first) = alike.first() else { return Vec::new() };
    let origin: Vec<EvidenceRef> = alike.iter().map(|s| s.origin.clone()).collect();
    let version = |pen: &Pen, value: Option<&String>| match value {
        Some(text) => code(text),
        None => vec![pen.missing(&Message::new("report-why-not-read"))],
    };
    let os = first.os.as_ref().map(OsName::to_string);
    vec![
        version(pen, os.as_ref()),
        support_cell(pen, first, &origin),
        version(pen, first.kernel.as_ref()),
        version(pen, first.openssl.as_ref()),
        version(pen, first.openssh.as_ref()),
        pen.number(alike.len().to_string(), &origin),
        packages(pen, alike, &origin),
    ]
}

/// From the fewest to the most; not measured when one host's packages were not read.
fn packages(pen: &mut Pen, alike: &[SecuritySide], origin: &[EvidenceRef]) -> Inline {
    let counts: Option<Vec<i64>> = alike.iter().map(|s| s.packages.amount()).collect();
    let ends = counts.and_then(|all| Some((*all.iter().min()?, *all.iter().max()?)));
    match ends {
        Some((low, high)) if low == high => pen.number(crate::words::grouped(low), origin),
        Some((low, high)) => {
            let words = format!("{}–{}", crate::words::grouped(low), crate::words::grouped(high));
            pen.number(words, origin)
        }
        None => vec![pen.missing(&Message::new("report-why-not-read"))],
    }
}

fn support_cell(pen: &mut Pen, side: &SecuritySide, origin: &[EvidenceRef]) -> Inline {
    let day = |date: &jiff::civil::Date| date.to_string();
    let mut cell = match &side.support {
        Support::Supported { until } => {
            vec![Span::Pill(Tone::Good, pen.say_with("report-support-until", &[("day", day(until))]))]
        }
        Support::Ended { on } => vec![Span::Pill(Tone::Bad, pen.say_with("report-support-ended", &[("day", day(on))]))],
        Support::Unknown => vec![Span::Pill(Tone::Warn, pen.label("support-unknown"))],
    };
    cell.push(pen.links(origin));
    cell
}

fn vulnerabilities(pen: &mut Pen, security: &Security) -> Block {
    if let Some(why) = security.vulnerabilities.fixed.why() {
        let words = format!("{}{}", pen.label("col-vulnerabilities"), pen.label("colon"));
        return Block::Callout(Tone::Plain, vec![line([text(words), vec![pen.missing(why)]])]);
    }
    let head = ["col-vulnerabilities", "col-count"].map(|k| pen.label(k));
    let mut table = Table::new(head, [false, true]);
    let v = &security.vulnerabilities;
    for (key, figure) in
        [("fixed", &v.fixed), ("unknown", &v.unknown), ("introduced", &v.introduced), ("remaining", &v.remaining)]
    {
        let cell = pen.figure(figure);
        table.row([text(pen.label(&format!("vulnerabilities-{key}"))), cell]);
    }
    Block::Table(table)
}

fn availability(pen: &mut Pen, run: &RunFigures) -> Vec<Block> {
    if run.services.is_empty() {
        return vec![Block::Callout(Tone::Warn, vec![text(pen.label("no-services"))])];
    }
    let mut blocks = vec![
        Block::List(vec![text(pen.label("downtime-note-bounds")), text(pen.label("downtime-note-limit"))]),
        downtime(pen, run),
        Block::Chart(svg::downtime(pen, run)),
        Block::Para(text(pen.say_with("report-availability-note", &[("days", PROMISE_DAYS.to_string())]))),
        promises(pen, run),
    ];
    let outages: Vec<(&ServiceRow, &OutageRow)> =
        run.services.iter().flat_map(|s| s.outages.iter().map(move |o| (s, o))).collect();
    if !outages.is_empty() {
        blocks.push(Block::Heading(pen.label("section-outages")));
        blocks.push(each_outage(pen, &outages));
    }
    blocks
}

fn downtime(pen: &mut Pen, run: &RunFigures) -> Block {
    let heads = ["service", "probes", "outages", "upper", "lower", "unobserved", "limit"];
    let head = heads.map(|k| pen.label(&format!("col-{k}")));
    let mut table = Table::new(head, [false, true, true, true, true, true, true]);
    for s in &run.services {
        let mut row = vec![code(&s.service)];
        if let Some(why) = s.upper.why() {
            row.extend([rows::short(pen, &s.probes), rows::short(pen, &s.count), vec![pen.missing(why)]]);
            row.extend([&s.lower, &s.unobserved, &s.limit].map(|f| rows::short(pen, f)));
        } else {
            row.extend([&s.probes, &s.count, &s.upper, &s.lower, &s.unobserved, &s.limit].map(|f| rows::short(pen, f)));
        }
        table.rows.push(row);
    }
    Block::Table(table)
}

fn promises(pen: &mut Pen, run: &RunFigures) -> Block {
    let heads = ["service", "observed", "availability-low", "availability-high", "promised", "budget-used", "promise"];
    let head = heads.map(|k| pen.label(&format!("col-{k}")));
    let mut table = Table::new(head, [false, true, true, true, true, true, false]);
    for s in &run.services {
        let plan = [EvidenceRef::Plan(run.plan.clone())];
        let promised = match &s.promised {
            Some(percent) => pen.number(format!("{percent}%"), &plan),
            None => text(pen.label("not-given")),
        };
        let low = match s.availability_low.why() {
            Some(_) => rows::short(pen, &s.availability_low),
            None => pen.fine_percent(&s.availability_low),
        };
        let high = match s.availability_high.why() {
            Some(_) => rows::short(pen, &s.availability_high),
            None => pen.fine_percent(&s.availability_high),
        };
        let tone = match s.promise {
            Promise::Kept => Tone::Good,
            Promise::Broken => Tone::Bad,
            Promise::NotShown => Tone::Warn,
            Promise::NotJudged => Tone::Plain,
        };
        let promise = pen.pill(tone, "promise", s.promise.key());
        let (observed, used) = (rows::short(pen, &s.observed), rows::short(pen, &s.budget_used));
        table.row([code(&s.service), observed, low, high, promised, used, promise]);
    }
    Block::Table(table)
}

fn each_outage(pen: &mut Pen, outages: &[(&ServiceRow, &OutageRow)]) -> Block {
    let heads = ["service", "first-fail", "first-ok", "upper", "lower", "explained"];
    let head = heads.map(|k| pen.label(&format!("col-{k}")));
    let mut table = Table::new(head, [false, false, false, true, true, false]);
    for (service, outage) in outages {
        let explained = match &outage.explained_by {
            Some(host) => line([text(pen.label("explained-by")), code(host)]),
            None => vec![Span::Pill(Tone::Bad, pen.label("unexplained"))],
        };
        let back = match outage.to {
            Some(to) => pen.moment(Some(to)),
            None => vec![Span::Pill(Tone::Bad, pen.label("still-away"))],
        };
        let (from, upper, lower) =
            (pen.moment(Some(outage.from)), pen.figure(&outage.upper), pen.figure(&outage.lower));
        table.row([code(&service.service), from, back, upper, lower, explained]);
    }
    Block::Table(table)
}

fn readings(pen: &mut Pen, report: &Report) -> Vec<Block> {
    if report.readings.is_empty() {
        return Vec::new();
    }
    let heads = ["metric", "subject", "period", "value", "samples"];
    let head = heads.map(|k| pen.label(&format!("col-{k}")));
    let mut table = Table::new(head, [false, false, false, true, true]);
    for Reading { metric, subject, period, value } in &report.readings {
        let samples = crate::words::grouped(n(value));
        let (cell, samples) = (pen.figure(value), pen.number(samples, &value.origin));
        table.row([rows::metric(pen, metric), code(subject), text(period_name(pen, *period)), cell, samples]);
    }
    vec![Block::Heading(pen.label("section-readings")), Block::Table(table)]
}

fn period_name(pen: &Pen, period: Period) -> String {
    match period {
        Period::Before => pen.label("period-before"),
        Period::During => pen.label("period-during"),
        Period::After => pen.label("period-after"),
    }
}
