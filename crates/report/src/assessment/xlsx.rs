//! The assessment as an Excel workbook: the answers, the hosts, the findings, the rules.
//!
//! Rows go to disk as they come. A sheet holds 1,048,576 rows; what is more goes on in a next sheet, never away.

use super::{AREA_HEAD, ROLE_HEAD, Row, Words};
use rockhop_domain::{
    assess::summary::{Head, HostReport, Outlooks, Tally, Work},
    rules::TextPart,
};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::io::Write;

/// So many rows a sheet has, its heading among them.
const ROWS: u32 = 1_048_576;

/// Takes host after host.
pub struct Xlsx<'a> {
    words: &'a Words<'a>,
    book: Workbook,
    looks: Looks,
    hosts: Sheet,
    findings: Vec<Sheet>,
}

/// How cells look.
struct Looks {
    head: Format,
    strong: Format,
    wrap: Format,
}

/// A sheet and its next free row.
struct Sheet {
    sheet: Worksheet,
    next: u32,
}

/// What stands in a cell.
enum Cell {
    Text(String),
    Long(String),
    Number(f64),
    Strong(String),
}

impl<'a> Xlsx<'a> {
    /// A workbook without hosts.
    pub fn new(words: &'a Words<'a>) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        let looks = Looks {
            head: Format::new().set_bold().set_border_bottom(FormatBorder::Thin).set_align(FormatAlign::Top),
            strong: Format::new().set_bold(),
            wrap: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        };
        let hosts = headed(&mut book, &looks, words, &words.word("assess-sheet-hosts"), HOST_COLUMNS)?;
        let first = headed(&mut book, &looks, words, &words.word("assess-sheet-findings"), FINDING_COLUMNS)?;
        Ok(Self { words, book, looks, hosts, findings: vec![first] })
    }

    /// A host and its findings.
    pub fn host(&mut self, host: &HostReport) -> Result<(), XlsxError> {
        let words = self.words;
        let mut tally = Tally::default();
        for known in &host.findings {
            let finding = &known.finding;
            tally.add(finding.severity, finding.is_unknown(), finding.waived.is_some());
        }
        let mut cells = vec![
            Cell::Text(host.host.to_string()),
            Cell::Text(host.role.to_string()),
            Cell::Text(host.site.as_ref().map(ToString::to_string).unwrap_or_default()),
            Cell::Text(words.word(&format!("outlook-{}", host.outlook.word()))),
        ];
        let Tally { blocks, warns, informs, unknown, waived } = tally;
        cells.extend([blocks, warns, informs, unknown, waived].map(|n| Cell::Number(f64::from(n))));
        cells.push(Cell::Number(tenths(u64::from(host.minutes))));
        cells.push(Cell::Text(words.when(host.surveyed_at)));
        cells.push(Cell::Text(words.word(&format!("strategy-{}", host.strategy.word()))));
        self.hosts.row(&self.looks, &cells)?;
        words.rows(host).iter().try_for_each(|row| self.finding(row, host.role.as_str()))
    }

    /// The fleet's results, the answers and the rules; then the whole book is written.
    pub fn end(mut self, head: &Head, out: impl Write + Send) -> Result<(), XlsxError> {
        let words = self.words;
        head.fleet.iter().try_for_each(|known| self.finding(&words.result_row(known), ""))?;
        let summary = self.summary(head)?;
        let rules = self.rules(head)?;
        let sheets = [summary, self.hosts].into_iter().chain(self.findings).chain([rules]);
        for sheet in sheets {
            self.book.push_worksheet(sheet.sheet);
        }
        self.book.save_to_writer(out)
    }

    fn finding(&mut self, row: &Row<'_>, role: &str) -> Result<(), XlsxError> {
        if self.findings.last().is_none_or(|sheet| sheet.next == ROWS) {
            let number = self.findings.len() + 1;
            let name = format!("{} {number}", self.words.word("assess-sheet-findings"));
            self.findings.push(headed(&mut self.book, &self.looks, self.words, &name, FINDING_COLUMNS)?);
        }
        let words = self.words;
        let rule = row.rule.as_str();
        let waived = row.waived.map(|waiver| {
            let args = [
                ("owner", waiver.owner().to_owned()),
                ("reason", waiver.reason().to_owned()),
                ("until", waiver.expires().to_string()),
            ];
            words.say("assess-waived-by", &args)
        });
        let severity = if row.unknown { "unknown".to_owned() } else { format!("severity-{}", row.severity.word()) };
        let cells = [
            Cell::Text(row.host_names()),
            Cell::Text(role.to_owned()),
            Cell::Text(words.word(&severity)),
            Cell::Text(words.word(&format!("finding-state-{}", row.state()))),
            Cell::Text(words.day(row.standing.since)),
            Cell::Text(words.word(&format!("area-{}", row.area.word()))),
            Cell::Text(rule.to_owned()),
            Cell::Text(words.of_rule(rule, TextPart::Title)),
            Cell::Long(row.sentence.clone()),
            Cell::Long(words.of_rule(rule, TextPart::Remedy)),
            Cell::Long(waived.unwrap_or_default()),
            Cell::Text(row.raised_from.map(|own| words.word(&format!("severity-{}", own.word()))).unwrap_or_default()),
        ];
        match self.findings.last_mut() {
            Some(sheet) => sheet.row(&self.looks, &cells),
            None => Ok(()),
        }
    }

    fn summary(&mut self, head: &Head) -> Result<Sheet, XlsxError> {
        let words = self.words;
        let sheet = self.book.new_worksheet_with_constant_memory()?;
        let mut sheet = Sheet { sheet, next: 0 };
        sheet.sheet.set_name(words.word("assess-sheet-summary"))?;
        sheet.sheet.set_column_width(0, 24)?;
        (1..12).try_for_each(|n| sheet.sheet.set_column_width(n, 13).map(drop))?;
        let strong = |text: String| [Cell::Strong(text)];
        if let Some(marking) = &words.marking {
            sheet.row(&self.looks, &strong(marking.clone()))?;
        }
        let at = [("at", words.when(head.assessed_at))];
        sheet.row(&self.looks, &strong(words.say("assess-title", &[("project", words.project.clone())])))?;
        sheet.row(&self.looks, &[Cell::Text(words.say("assess-made-at", &at))])?;
        sheet.row(&self.looks, &[])?;
        let role_head = ROLE_HEAD.map(|key| Cell::Strong(words.word(key)));
        sheet.row(&self.looks, &role_head)?;
        for row in &head.summary.roles {
            sheet.row(&self.looks, &role_cells(row.role.as_str(), row.hosts, &row.outlook, &row.tally, &row.work))?;
        }
        sheet.row(&self.looks, &[])?;
        sheet.row(&self.looks, &AREA_HEAD.map(|key| Cell::Strong(words.word(key))))?;
        for row in &head.summary.areas {
            let Tally { blocks, warns, informs, unknown, waived } = row.tally;
            let mut cells = vec![Cell::Text(words.word(&format!("area-{}", row.area.word())))];
            cells.extend([blocks, warns, informs, unknown, waived].map(|n| Cell::Number(f64::from(n))));
            cells.push(Cell::Number(tenths(row.work.total())));
            sheet.row(&self.looks, &cells)?;
        }
        sheet.row(&self.looks, &[])?;
        sheet.row(&self.looks, &strong(words.word("assess-work-heading")))?;
        let work = head.summary.work;
        for (key, minutes) in
            [("once", work.once), ("each", work.each), ("looking", work.looking), ("total", work.total())]
        {
            let label = words.word(&format!("assess-work-{key}"));
            sheet.row(&self.looks, &[Cell::Text(label), Cell::Number(tenths(minutes))])?;
        }
        sheet.row(&self.looks, &[Cell::Text(words.word("assess-work-basis"))])?;
        Ok(sheet)
    }

    fn rules(&mut self, head: &Head) -> Result<Sheet, XlsxError> {
        let words = self.words;
        let name = words.word("assess-sheet-rules");
        let mut sheet = headed(&mut self.book, &self.looks, words, &name, RULE_COLUMNS)?;
        for row in &head.summary.rules {
            let id = row.rule.as_str();
            let Tally { blocks, warns, informs, unknown, waived } = row.tally;
            let mut cells = vec![
                Cell::Text(id.to_owned()),
                Cell::Text(words.of_rule(id, TextPart::Title)),
                Cell::Text(words.word(&format!("severity-{}", row.severity.word()))),
                Cell::Text(words.word(&format!("area-{}", row.area.word()))),
            ];
            let counts = [blocks + warns + informs, unknown, waived, row.changes.new, row.changes.gone];
            cells.extend(counts.map(|n| Cell::Number(f64::from(n))));
            cells.push(Cell::Text(words.word(&format!("effort-kind-{}", row.effort.kind))));
            cells.extend([row.effort.once, row.effort.each].map(|n| Cell::Number(f64::from(n))));
            cells.push(Cell::Number(tenths(row.work.total())));
            cells.push(Cell::Long(words.of_rule(id, TextPart::Remedy)));
            cells.push(Cell::Long(words.of_rule(id, TextPart::Verify)));
            sheet.row(&self.looks, &cells)?;
        }
        Ok(sheet)
    }
}

/// Headings with their widths.
type Headings = &'static [(&'static str, u32)];

const HOST_COLUMNS: Headings = &[
    ("assess-col-host", 24),
    ("assess-col-role", 14),
    ("assess-col-site", 14),
    ("assess-col-outlook", 18),
    ("severity-blocks", 9),
    ("severity-warns", 9),
    ("severity-informs", 9),
    ("assess-col-unknown", 9),
    ("assess-col-waived", 9),
    ("assess-col-hours", 12),
    ("assess-col-surveyed", 17),
    ("assess-col-strategy", 14),
];

const FINDING_COLUMNS: Headings = &[
    ("assess-col-host", 24),
    ("assess-col-role", 14),
    ("assess-col-severity", 10),
    ("assess-col-state", 10),
    ("assess-col-since", 12),
    ("assess-col-area", 12),
    ("assess-col-rule", 30),
    ("assess-col-title", 40),
    ("assess-col-finding", 70),
    ("assess-label-remedy", 70),
    ("assess-col-waived", 40),
    ("assess-col-raised", 14),
];

const RULE_COLUMNS: Headings = &[
    ("assess-col-rule", 30),
    ("assess-col-title", 44),
    ("assess-col-severity", 10),
    ("assess-col-area", 12),
    ("assess-col-findings", 9),
    ("assess-col-unknown", 9),
    ("assess-col-waived", 9),
    ("finding-state-new", 9),
    ("finding-state-gone", 9),
    ("assess-col-kind", 36),
    ("assess-col-once", 12),
    ("assess-col-each", 12),
    ("assess-col-hours", 12),
    ("assess-label-remedy", 70),
    ("assess-label-verify", 60),
];

impl Sheet {
    fn row(&mut self, looks: &Looks, cells: &[Cell]) -> Result<(), XlsxError> {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(text) if text.is_empty() => continue,
                Cell::Long(text) if text.is_empty() => continue,
                Cell::Text(text) => self.sheet.write_string(self.next, column, cut(text))?,
                Cell::Long(text) => self.sheet.write_string_with_format(self.next, column, cut(text), &looks.wrap)?,
                Cell::Strong(text) => {
                    self.sheet.write_string_with_format(self.next, column, cut(text), &looks.strong)?
                }
                Cell::Number(number) => self.sheet.write_number(self.next, column, *number)?,
            };
        }
        self.next += 1;
        Ok(())
    }
}

/// A cell holds 32,767 characters; what is cut shows it.
fn cut(text: &str) -> String {
    const MOST: usize = 32_767;
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST - 1).chain(['…']).collect() }
}

fn headed(
    book: &mut Workbook,
    looks: &Looks,
    words: &Words<'_>,
    name: &str,
    columns: Headings,
) -> Result<Sheet, XlsxError> {
    let mut sheet = book.new_worksheet_with_constant_memory()?;
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 1)?;
    for (column, (key, width)) in (0..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, words.word(key), &looks.head)?;
    }
    let last = u16::try_from(columns.len() - 1).unwrap_or_default();
    sheet.autofilter(0, 0, ROWS - 1, last)?;
    Ok(Sheet { sheet, next: 1 })
}

fn role_cells(name: &str, hosts: u32, outlook: &Outlooks, tally: &Tally, work: &Work) -> Vec<Cell> {
    let Outlooks { now, after_remedies, not_known, never, arrived, stays } = *outlook;
    let Tally { blocks, warns, unknown, .. } = *tally;
    let numbers = [hosts, now, after_remedies, not_known, never, arrived, stays, blocks, warns, unknown];
    let mut cells = vec![Cell::Text(name.to_owned())];
    cells.extend(numbers.map(|n| Cell::Number(f64::from(n))));
    cells.push(Cell::Number(tenths(work.total())));
    cells
}

/// Minutes as hours with one digit, rounded up.
fn tenths(minutes: u64) -> f64 {
    let tenths = u32::try_from(minutes.div_ceil(6)).unwrap_or(u32::MAX);
    f64::from(tenths) / 10.0
}
