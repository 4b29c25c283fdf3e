//! The pages of one rule: what it means, what to do, and every host on which it found something.
//!
//! A rule may speak of every host of a large fleet, so its hosts come as they are read, a thousand a page.

use super::super::{Row, Words, founded, title};
use super::{file_name, page, severity_pill, standing, trail, waiver};
use maud::{Markup, html};
use rockhop_domain::{
    RoleId,
    assess::summary::{RuleRow, Tally},
    rules::TextPart,
};

/// So many rows a page has.
pub const ROWS_A_PAGE: usize = 1000;

/// Gathers the rows of one rule and gives out a page when one is full.
#[derive(Debug)]
pub struct RulePages<'a> {
    row: &'a RuleRow,
    rows: Vec<String>,
    done: usize,
    /// How many rows there will be.
    all: usize,
}

impl<'a> RulePages<'a> {
    /// Nothing yet; `all` is how many rows will come.
    pub fn new(row: &'a RuleRow, all: usize) -> Self {
        Self { row, rows: Vec::new(), done: 0, all }
    }

    /// One more finding, as the rows of its sentences; a full page's file name and text.
    pub fn add(&mut self, words: &Words<'_>, rows: &[Row<'_>], role: Option<&RoleId>) -> Option<(String, String)> {
        self.rows.push(line(words, rows, role).into_string());
        (self.rows.len() == ROWS_A_PAGE && (self.done + 1) * ROWS_A_PAGE < self.all).then(|| self.page(words))
    }

    /// The last page; there is always one.
    pub fn end(mut self, words: &Words<'_>) -> (String, String) {
        self.page(words)
    }

    fn page(&mut self, words: &Words<'_>) -> (String, String) {
        let rows = std::mem::take(&mut self.rows);
        let id = self.row.rule.as_str();
        self.done += 1;
        let body = html! {
            (trail(words, id))
            header.cover {
                h1 { (title(words, id)) " " (severity_pill(words, self.row.severity, false)) }
                p { code { (id) } }
                @if self.done == 1 { (about(words, self.row)) }
            }
            main {
                (self.pager(words))
                div.scroll {
                    table.hosts {
                        thead {
                            tr {
                                th { (words.word("assess-col-host")) } th { (words.word("assess-col-role")) }
                                th { (words.word("assess-col-state")) } th { (words.word("assess-col-finding")) }
                            }
                        }
                        tbody { @for row in &rows { (maud::PreEscaped(row)) } }
                    }
                }
                (self.pager(words))
            }
        };
        (page_name(id, self.done), page(words, &title(words, id), "../", &body))
    }

    fn pager(&self, words: &Words<'_>) -> Markup {
        let pages = self.all.div_ceil(ROWS_A_PAGE);
        let id = self.row.rule.as_str();
        html! {
            @if pages > 1 {
                nav.pages aria-label=(words.word("assess-pages")) {
                    @for n in 1..=pages {
                        @if n == self.done { b { (n) } } @else { a href=(page_name(id, n)) { (n) } } " "
                    }
                }
            }
        }
    }
}

fn page_name(id: &str, page: usize) -> String {
    if page == 1 { file_name(id) } else { file_name(&format!("{id}.page-{page}")) }
}

fn about(words: &Words<'_>, row: &RuleRow) -> Markup {
    let id = row.rule.as_str();
    let Tally { blocks, warns, informs, unknown, waived } = row.tally;
    let effort = [("once", row.effort.once.to_string()), ("each", row.effort.each.to_string())];
    html! {
        dl.remedy {
            dt { (words.word("assess-label-remedy")) } dd { (words.of_rule(id, TextPart::Remedy)) }
            dt { (words.word("assess-label-verify")) } dd { (words.of_rule(id, TextPart::Verify)) }
            @if let Some(founded) = founded(id) {
                dt { (words.word("assess-label-founded")) }
                dd { (words.word(&format!("evidence-{}", founded.evidence))) " · " @for source in founded.sources { code { (source) } " " } }
                dt { (words.word("assess-label-looks-at")) }
                dd { @for section in &founded.looks_at { code { (section) } " " } }
            }
            dt { (words.word("assess-col-kind")) }
            dd {
                (words.word(&format!("effort-kind-{}", row.effort.kind)))
                @if row.effort.possible {
                    " " (words.say("assess-effort", &effort)) " "
                    @if row.work.total() > 0 { (words.say("assess-effort-all", &[("hours", super::super::hours(row.work.total()))])) }
                }
            }
            dt { (words.word("assess-col-findings")) }
            dd {
                (words.say("assess-rule-counts", &[
                    ("found", (blocks + warns + informs).to_string()), ("unknown", unknown.to_string()),
                    ("waived", waived.to_string()), ("new", row.changes.new.to_string()), ("gone", row.changes.gone.to_string()),
                ]))
            }
        }
    }
}

fn line(words: &Words<'_>, rows: &[Row<'_>], role: Option<&RoleId>) -> Markup {
    let Some(first) = rows.first() else { return html! {} };
    html! {
        tr {
            td { @for host in first.hosts { a href={ "../hosts/" (file_name(host.as_str())) } { (host) } " " } }
            td { @if let Some(role) = role { (role) } }
            td { (standing(words, &first.standing)) }
            td {
                @if first.unknown { span.pill.warn { (words.word("assess-pill-unknown")) } " " }
                @for row in rows { div { (row.sentence) } }
                @if let Some(one) = first.waived { (waiver(words, one)) }
            }
        }
    }
}
