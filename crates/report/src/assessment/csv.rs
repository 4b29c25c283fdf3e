//! The findings as comma-separated values (RFC 4180): one row a sentence, stable English column names, UTF-8 without a mark.

use super::{Row, Words};
use rockhop_domain::assess::summary::{Head, HostReport};
use std::io::{self, Write};

/// The columns; new ones come at the end.
const COLUMNS: [&str; 21] = [
    "host",
    "role",
    "site",
    "readiness",
    "outlook",
    "severity",
    "state",
    "since",
    "found",
    "rule",
    "area",
    "title",
    "finding",
    "could_not_look",
    "remedy",
    "waived_by",
    "waived_until",
    "waived_why",
    "survey",
    "raised_from",
    "strategy",
];

/// Begins the file.
pub fn begin(out: &mut dyn Write) -> io::Result<()> {
    line(out, COLUMNS.into_iter().map(str::to_owned))
}

/// A host's findings; a host without any has one row, so that no host is missing.
pub fn host(out: &mut dyn Write, words: &Words<'_>, host: &HostReport) -> io::Result<()> {
    let readiness = serde_json::to_value(host.readiness)?.as_str().unwrap_or_default().to_owned();
    let about = [
        host.host.to_string(),
        host.role.to_string(),
        host.site.as_ref().map(ToString::to_string).unwrap_or_default(),
        readiness,
        host.outlook.word().to_owned(),
    ];
    let rows = words.rows(host);
    let last = |raised: String| [host.survey.to_string(), raised, host.strategy.word().to_owned()];
    if rows.is_empty() {
        let empty = std::iter::repeat_n(String::new(), COLUMNS.len() - about.len() - last(String::new()).len());
        return line(out, about.into_iter().chain(empty).chain(last(String::new())));
    }
    for row in &rows {
        line(out, about.clone().into_iter().chain(cells(words, row)).chain(last(raised(row))))?;
    }
    Ok(())
}

/// The results over the fleet; the hosts of one stand in one cell.
pub fn fleet(out: &mut dyn Write, words: &Words<'_>, head: &Head) -> io::Result<()> {
    for known in &head.fleet {
        let row = words.result_row(known);
        let about = [row.host_names(), String::new(), String::new(), String::new(), String::new()];
        line(out, about.into_iter().chain(cells(words, &row)).chain([String::new(), raised(&row), String::new()]))?;
    }
    Ok(())
}

/// The rule's own severity, where the project's policy makes more of its findings.
fn raised(row: &Row<'_>) -> String {
    row.raised_from.map(|own| own.word().to_owned()).unwrap_or_default()
}

fn cells(words: &Words<'_>, row: &Row<'_>) -> [String; 13] {
    use rockhop_domain::rules::TextPart;
    let rule = row.rule.as_str();
    let waived = |part: fn(&rockhop_domain::assess::Waiver) -> String| row.waived.map(part).unwrap_or_default();
    [
        row.severity.word().to_owned(),
        row.state().to_owned(),
        row.standing.since.to_string(),
        row.standing.found.to_string(),
        rule.to_owned(),
        row.area.word().to_owned(),
        words.of_rule(rule, TextPart::Title),
        row.sentence.clone(),
        row.unknown.to_string(),
        words.of_rule(rule, TextPart::Remedy),
        waived(|waiver| waiver.owner().to_owned()),
        waived(|waiver| waiver.expires().to_string()),
        waived(|waiver| waiver.reason().to_owned()),
    ]
}

fn line(out: &mut dyn Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    let quoted: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
    write!(out, "{}\r\n", quoted.join(","))
}

/// Quoted where it must be. What a spreadsheet would take for a formula comes from a host: it gets an apostrophe.
fn quoted(cell: &str) -> String {
    let cell = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_cells() {
        for (cell, want) in [
            ("web-1", "web-1"),
            ("a,b", "\"a,b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("-1,2", "\"'-1,2\""),
            ("two\nlines", "\"two\nlines\""),
        ] {
            assert_eq!(quoted(cell), want, "{cell:?}");
        }
    }
}
