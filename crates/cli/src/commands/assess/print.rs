//! The assessment on a terminal: what was found, then by role and area, then the answers.

use super::pass::Assessed;
use crate::Context;
use crate::failure::Failure;
use crate::ui::Tone;
use crate::view::{names, text};
use rockhop_domain::{
    HostId, Message,
    assess::{
        Finding, FleetOutcome, FleetResult, Outcome, Readiness, Waiver, WaiverState,
        summary::{AreaRow, Head, HostReport, Outlook, Outlooks, Tally, Work},
    },
    facts::Origin,
    rules::{Area, Severity, TextPart, text_key},
};
use rockhop_report::assessment::{self, AREA_HEAD, ROLE_HEAD};
use std::collections::{BTreeMap, HashMap};

/// Without `--all` so many sentences of a rule are printed; how many more there are is said.
const SENTENCES: usize = 12;
/// So many hosts of a sentence are kept to be named; the others are counted.
const HOSTS: usize = 4096;

/// Prints what was found and what follows.
pub fn print(context: &Context, assessed: &mut Assessed, all: bool) -> Result<(), Failure> {
    let mut gathering = Gathering::new(context, all);
    let mut standing = Standing::default();
    assessed
        .each(|host| {
            for known in &host.findings {
                gathering.finding(&host.host, &known.finding);
            }
            standing.add(host);
            Ok(())
        })
        .map_err(|e| Failure::internal("spool", e))?;
    gathering.fleet(&assessed.head);
    findings(context, gathering, all);
    let head = &assessed.head;
    tables(context, head);
    answers(context, head, &standing);
    for status in head.waivers.iter().filter(|s| s.state == WaiverState::Expired) {
        context.ui.warn(
            &Message::new("assess-waiver-expired")
                .with("rule", status.waiver.rule())
                .with("owner", status.waiver.owner()),
        );
    }
    Ok(())
}

/// One line of the printed list: the same sentence about these hosts.
struct Row {
    severity: Severity,
    raised_from: Option<Severity>,
    rule: String,
    sentence: String,
    hosts: Vec<HostId>,
    /// Hosts beyond those that are named.
    more: usize,
    unknown: bool,
    waived: Option<Waiver>,
}

/// What the rows of one finding have in common.
struct Told<'f> {
    severity: Severity,
    raised_from: Option<Severity>,
    rule: &'f str,
    hosts: &'f [HostId],
    unknown: bool,
    waived: Option<&'f Waiver>,
}

impl<'f> Told<'f> {
    fn of(host: &'f HostId, finding: &'f Finding) -> Self {
        Self {
            severity: finding.severity,
            raised_from: finding.raised_from,
            rule: finding.rule.as_str(),
            hosts: std::slice::from_ref(host),
            unknown: finding.is_unknown(),
            waived: finding.waived.as_ref(),
        }
    }

    fn of_fleet(result: &'f FleetResult) -> Self {
        Self {
            severity: result.severity,
            raised_from: result.raised_from,
            rule: result.rule.as_str(),
            hosts: result.hosts(),
            unknown: result.is_unknown(),
            waived: result.waived.as_ref(),
        }
    }
}

/// Equal sentences of a rule about several hosts become one row.
struct Gathering<'a> {
    context: &'a Context,
    all: bool,
    rows: Vec<Row>,
    places: HashMap<(String, String, bool), usize>,
    of_rule: HashMap<(String, bool), usize>,
    /// Sentences of a rule beyond those that are printed.
    unsaid: BTreeMap<String, usize>,
}

impl<'a> Gathering<'a> {
    fn new(context: &'a Context, all: bool) -> Self {
        Self {
            context,
            all,
            rows: Vec::new(),
            places: HashMap::new(),
            of_rule: HashMap::new(),
            unsaid: BTreeMap::new(),
        }
    }

    fn finding(&mut self, host: &HostId, finding: &Finding) {
        let told = Told::of(host, finding);
        if !self.wants(&told) {
            return;
        }
        let sentences = match &finding.outcome {
            Outcome::Found(messages) => messages.iter().map(|m| self.say(m)).collect(),
            Outcome::Unknown(why) => vec![could_not_look(self.context, &self.say(&why.message()))],
        };
        for sentence in sentences {
            self.add(&told, sentence);
        }
    }

    fn fleet(&mut self, head: &Head) {
        for result in head.fleet.iter().map(|known| &known.result) {
            let told = Told::of_fleet(result);
            if !self.wants(&told) {
                continue;
            }
            let sentence = match &result.outcome {
                FleetOutcome::Found(finding) => self.say(&finding.message),
                FleetOutcome::Unknown { why, .. } => could_not_look(self.context, &self.say(&why.message())),
            };
            self.add(&told, sentence);
        }
    }

    fn wants(&self, told: &Told<'_>) -> bool {
        self.all || (told.waived.is_none() && told.severity != Severity::Informs)
    }

    fn say(&self, message: &Message) -> String {
        self.context.ui.catalogue().say(message)
    }

    fn add(&mut self, told: &Told<'_>, sentence: String) {
        let key = (told.rule.to_owned(), sentence, told.waived.is_some());
        if let Some(place) = self.places.get(&key) {
            let row = &mut self.rows[*place];
            let room = HOSTS.saturating_sub(row.hosts.len());
            row.hosts.extend(told.hosts.iter().take(room).cloned());
            row.more += told.hosts.len().saturating_sub(room);
            return;
        }
        let said = self.of_rule.entry((told.rule.to_owned(), told.waived.is_some())).or_default();
        *said += 1;
        if !self.all && *said > SENTENCES {
            *self.unsaid.entry(told.rule.to_owned()).or_default() += 1;
            return;
        }
        let sentence = key.1.clone();
        self.places.insert(key, self.rows.len());
        self.rows.push(Row {
            severity: told.severity,
            raised_from: told.raised_from,
            rule: told.rule.to_owned(),
            sentence,
            hosts: told.hosts.to_vec(),
            more: 0,
            unknown: told.unknown,
            waived: told.waived.cloned(),
        });
    }
}

fn findings(context: &Context, gathering: Gathering<'_>, all: bool) {
    let Gathering { mut rows, unsaid, .. } = gathering;
    let order: HashMap<String, usize> =
        rows.iter().enumerate().rev().map(|(place, row)| (row.rule.clone(), place)).collect();
    rows.sort_by_key(|row| (row.waived.is_some(), row.severity, order.get(&row.rule).copied()));
    let mut rows = rows.iter().peekable();
    let mut last = None;
    while let Some(row) = rows.next() {
        if last != Some(row.rule.as_str()) {
            heading(context, row);
            last = Some(row.rule.as_str());
        }
        finding(context, row);
        let ends = rows.peek().is_none_or(|next| next.rule != row.rule);
        if let Some(n) = unsaid.get(&row.rule).filter(|_| ends && !all) {
            context.ui.hanging("    ", &context.ui.text("assess-more-sentences", &[("n", n.to_string())]));
        }
    }
}

fn could_not_look(context: &Context, why: &str) -> String {
    context.ui.text("assess-could-not-look", &[("why", why.to_owned())])
}

fn heading(context: &Context, row: &Row) {
    let ui = &context.ui;
    let (key, tone) = match (&row.waived, row.severity) {
        (Some(_), _) => ("assess-waived", Tone::Faint),
        (None, Severity::Blocks) => ("assess-blocks", Tone::Bad),
        (None, Severity::Warns) => ("assess-warns", Tone::Warn),
        (None, Severity::Informs) => ("assess-informs", Tone::Faint),
    };
    let title = ui.text(&text_key(&row.rule, TextPart::Title), &[]);
    let raised = row.raised_from.map(|own| {
        let own = ui.text(&format!("severity-{}", own.word()), &[]);
        format!("  ({})", ui.text("assess-raised", &[("own", own)]))
    });
    let raised = raised.unwrap_or_default();
    ui.line("");
    ui.line(&format!("{} {}  {title}{raised}", ui.paint(tone, &ui.text(key, &[])), row.rule));
    if row.waived.is_none() && row.severity != Severity::Informs {
        let remedy = ui.text("assess-remedy", &[("what", ui.text(&text_key(&row.rule, TextPart::Remedy), &[]))]);
        context.ui.hanging("    ", &remedy);
    }
}

fn finding(context: &Context, row: &Row) {
    let hosts = hosts_in_words(context, row.hosts.iter().map(|h| h.as_str()), row.more);
    let mark = if row.unknown { "?" } else { "-" };
    let waived = row.waived.as_ref().map(|w| {
        let args =
            [("owner", w.owner().to_owned()), ("reason", w.reason().to_owned()), ("until", w.expires().to_string())];
        context.ui.text("assess-waived-by", &args)
    });
    context.ui.hanging(&format!("  {mark} "), &format!("{hosts}: {}", row.sentence));
    if let Some(waived) = waived {
        context.ui.hanging("    ", &waived);
    }
}

/// Names put together; how many are left out is said.
fn hosts_in_words<'a>(context: &Context, hosts: impl Iterator<Item = &'a str>, more: usize) -> String {
    match names::gathered(hosts) {
        (said, 0) if more == 0 => said,
        (said, n) => format!("{said}, {}", context.ui.text("assess-more-hosts", &[("n", (n + more).to_string())])),
    }
}

/// Which hosts are blocked, which never go, and which nobody but another tool has read.
#[derive(Default)]
struct Standing {
    blocked: Vec<HostId>,
    not_known: Vec<HostId>,
    never: BTreeMap<String, Vec<HostId>>,
    by_archive: Vec<HostId>,
}

impl Standing {
    fn add(&mut self, report: &HostReport) {
        let host = &report.host;
        if report.readiness == Readiness::Blocked {
            self.blocked.push(host.clone());
        }
        if report.readiness == Readiness::NotKnown {
            self.not_known.push(host.clone());
        }
        if let Outlook::Never { because } = &report.outlook {
            for rule in because {
                self.never.entry(rule.to_string()).or_default().push(host.clone());
            }
        }
        if matches!(report.origin, Origin::Archive { .. }) {
            self.by_archive.push(host.clone());
        }
    }
}

/// The two tables: by role and by area.
fn tables(context: &Context, head: &Head) {
    let sum = &head.summary;
    let mut roles = Columns::new(context, &ROLE_HEAD);
    for row in &sum.roles {
        roles.row(role_cells(context, row.role.to_string(), row.hosts, &row.outlook, &row.tally, &row.work));
    }
    if sum.roles.len() > 1 {
        let mut tally = Tally::default();
        sum.roles.iter().for_each(|row| tally.add_all(row.tally));
        if let Some(fleet) = sum.areas.iter().find(|row| row.area == Area::Fleet) {
            tally.add_all(fleet.tally);
            let between = context.ui.text("assess-between-hosts", &[]);
            roles.row(role_cells(context, between, 0, &Outlooks::default(), &fleet.tally, &fleet.work));
        }
        let all = context.ui.text("assess-all-roles", &[]);
        roles.row(role_cells(context, all, head.counts.hosts, &sum.outlook, &tally, &sum.work));
    }
    let mut areas = Columns::new(context, &AREA_HEAD);
    sum.areas.iter().for_each(|row| areas.row(area_cells(context, row)));
    for columns in [roles, areas] {
        columns.print(context);
    }
}

fn role_cells(
    context: &Context,
    name: String,
    hosts: u32,
    outlook: &Outlooks,
    tally: &Tally,
    work: &Work,
) -> Vec<String> {
    let Outlooks { now, after_remedies, not_known, never, arrived, stays } = outlook;
    let Tally { blocks, warns, unknown, .. } = tally;
    let numbers = [&hosts, now, after_remedies, not_known, never, arrived, stays, blocks, warns, unknown];
    let mut cells = vec![name];
    cells.extend(numbers.map(ToString::to_string));
    cells.push(hours(context, work.total()));
    cells
}

fn area_cells(context: &Context, row: &AreaRow) -> Vec<String> {
    let Tally { blocks, warns, informs, unknown, waived } = &row.tally;
    let mut cells = vec![context.ui.text(&format!("area-{}", row.area.word()), &[])];
    cells.extend([blocks, warns, informs, unknown, waived].map(ToString::to_string));
    cells.push(hours(context, row.work.total()));
    cells
}

/// Minutes as hours, rounded up to a tenth below ten and to whole ones above: it is an estimate.
fn hours(context: &Context, minutes: u64) -> String {
    context.ui.text("assess-hours", &[("hours", assessment::hours(minutes))])
}

/// The answers: how many can go, what is left to do, what changed.
fn answers(context: &Context, head: &Head, standing: &Standing) {
    let ui = &context.ui;
    let c = &head.counts;
    ui.line("");
    let counts = [
        ("hosts", c.hosts.to_string()),
        ("ready", c.ready.to_string()),
        ("remedies", c.after_remedies.to_string()),
        ("unknown", c.not_known.to_string()),
        ("blocked", c.blocked.to_string()),
        ("arrived", c.arrived.to_string()),
    ];
    ui.line(&ui.paint(Tone::Strong, &ui.text("assess-readiness", &counts)));
    let totals = [
        ("blocks", c.blocks.to_string()),
        ("warns", c.warns.to_string()),
        ("unknown", c.unknown.to_string()),
        ("waived", c.waived.to_string()),
    ];
    ui.line(&ui.text("assess-totals", &totals));
    if c.blocked > 0 {
        let blocked = hosts_in_words(context, standing.blocked.iter().map(|h| h.as_str()), 0);
        context.ui.hanging("", &ui.text("assess-blocked-hosts", &[("hosts", blocked)]));
    }
    if c.not_known > 0 {
        let unknown = hosts_in_words(context, standing.not_known.iter().map(|h| h.as_str()), 0);
        context.ui.hanging("", &ui.text("assess-not-known-hosts", &[("hosts", unknown)]));
    }
    for (rule, hosts) in &standing.never {
        let hosts = hosts_in_words(context, hosts.iter().map(|h| h.as_str()), 0);
        let title = ui.text(&text_key(rule, TextPart::Title), &[]);
        context.ui.hanging("", &ui.text("assess-never-hosts", &[("hosts", hosts), ("title", title)]));
    }
    if !standing.by_archive.is_empty() {
        let hosts = hosts_in_words(context, standing.by_archive.iter().map(|h| h.as_str()), 0);
        context.ui.hanging("", &ui.text("assess-archive-hosts", &[("hosts", hosts)]));
    }
    changes(context, head);
    work(context, head);
}

fn changes(context: &Context, head: &Head) {
    let (ui, c) = (&context.ui, &head.summary.changes);
    let Some(at) = head.against else {
        ui.line(&ui.text("assess-first", &[]));
        return;
    };
    let args = [
        ("at", ui.speaker().when(at)),
        ("new", c.new.to_string()),
        ("still", c.still.to_string()),
        ("gone", c.gone.to_string()),
        ("waived", c.waived.to_string()),
    ];
    ui.line(&ui.text("assess-changes", &args));
    if !head.left.is_empty() {
        let hosts = hosts_in_words(context, head.left.iter().map(|left| left.host.as_str()), 0);
        context.ui.hanging("", &ui.text("assess-left", &[("hosts", hosts)]));
    }
}

fn work(context: &Context, head: &Head) {
    let (ui, w) = (&context.ui, &head.summary.work);
    if w.total() == 0 {
        return;
    }
    let args = [
        ("total", hours(context, w.total())),
        ("once", hours(context, w.once)),
        ("each", hours(context, w.each)),
        ("looking", hours(context, w.looking)),
    ];
    context.ui.hanging("", &ui.text("assess-work", &args));
}

/// A table: the first column to the left, numbers to the right. A column of nothing but zeros is left out.
struct Columns {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Columns {
    fn new(context: &Context, head: &[&str]) -> Self {
        Self { head: head.iter().map(|key| context.ui.text(key, &[])).collect(), rows: Vec::new() }
    }

    fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    fn print(&self, context: &Context) {
        let kept = |n: &usize| *n == 0 || self.rows.iter().any(|row| row[*n] != "0");
        let columns: Vec<usize> = (0..self.head.len()).filter(kept).collect();
        if self.rows.is_empty() {
            return;
        }
        let wide = |n: usize| self.rows.iter().chain([&self.head]).map(|row| text::width(&row[n])).max().unwrap_or(0);
        let line = |row: &[String]| {
            let cells = columns.iter().map(|n| match n {
                0 => text::fit(&row[0], wide(0)),
                n => text::right(&row[*n], wide(*n)),
            });
            cells.collect::<Vec<_>>().join("  ")
        };
        context.ui.line("");
        context.ui.line(&context.ui.paint(Tone::Faint, &line(&self.head)));
        self.rows.iter().for_each(|row| context.ui.line(&line(row)));
    }
}
