//! The pages of made-up ledgers: every number is linked, every link arrives, every sentence is there, in both
//! languages, and the same input gives the same bytes.

#[path = "../../domain/tests/campaign/mod.rs"]
mod campaign;

use campaign::{CLEAN, Campaign, EVENTFUL, SIMULATED, campaign, nothing};
use rockhop_domain::report::{Figure, LedgerCheck, Report, Value, audit};
use rockhop_i18n::Lang;
use rockhop_report::{render_html, render_json, render_markdown};
use std::collections::BTreeSet;

fn stories(lang: Lang) -> Vec<(&'static str, Campaign)> {
    let chinese = lang == Lang::Zh;
    vec![
        ("clean", campaign(CLEAN, chinese)),
        ("eventful", campaign(EVENTFUL, chinese)),
        ("simulated", campaign(SIMULATED, chinese)),
        ("nothing", nothing()),
    ]
}

fn every_page(mut look: impl FnMut(&str, Lang, &str, &str)) {
    for lang in Lang::ALL {
        for (name, story) in stories(lang) {
            let report = story.report();
            look(name, lang, &render_markdown(&report, lang), &render_html(&report, lang));
        }
    }
}

/// The chapters, without the appendix.
fn body(markdown: &str) -> &str {
    markdown.split("<a id=\"appendix\"></a>").next().unwrap_or(markdown)
}

#[test]
fn the_markdown_reads_as_it_did() {
    for lang in Lang::ALL {
        for (name, story) in stories(lang) {
            let markdown = render_markdown(&story.report(), lang);
            let shown = if name == "nothing" { &markdown } else { body(&markdown) };
            insta::assert_snapshot!(format!("{name}-{lang}"), shown);
        }
    }
}

#[test]
fn every_number_in_a_table_is_linked() {
    every_page(|name, lang, markdown, _| assert_eq!(unlinked(body(markdown)), [""; 0], "{name} {lang}"));
    assert_eq!(unlinked("| a | b |\n| --- | ---: |\n| `x-1` | 3 |"), ["3"], "a number without a link is found");
}

/// Table cells with a number that links to nothing. Names of things stand in code and are no numbers.
fn unlinked(markdown: &str) -> Vec<String> {
    let lines: Vec<&str> = markdown.lines().collect();
    let is_head = |at: usize| lines.get(at + 1).is_some_and(|next| next.starts_with("| ---"));
    let rows =
        lines.iter().enumerate().filter(|(at, l)| l.starts_with("| ") && !l.starts_with("| ---") && !is_head(*at));
    let cells = rows.flat_map(|(_, row)| row.trim_matches(['|', ' ']).split(" | "));
    let bare = cells.filter(|cell| !cell.contains("](#")).map(|cell| without_reason(&without(cell, "`", "`")));
    bare.filter(|words| words.bytes().any(|b| b.is_ascii_digit())).collect()
}

/// The text outside of what stands between these marks.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        out.push_str(before);
        rest = after.split_once(close).map_or("", |(_, after)| after);
    }
    out + rest
}

/// `*not measured* (1 and 1 values, ...)`: the reason counts values, it is not a figure.
fn without_reason(words: &str) -> String {
    match words.split_once("* (") {
        Some((before, _)) => before.to_owned(),
        None => words.to_owned(),
    }
}

fn between<'t>(text: &'t str, open: &str, close: char) -> BTreeSet<&'t str> {
    text.split(open).skip(1).filter_map(|rest| rest.split(close).next()).collect()
}

#[test]
fn every_link_arrives_and_every_place_is_there_once() {
    every_page(|name, lang, markdown, html| {
        let (links, places) = (between(markdown, "](#", ')'), between(markdown, "<a id=\"", '"'));
        let lost: Vec<_> = links.difference(&places).collect();
        assert!(lost.is_empty(), "{name} {lang} markdown: {lost:?}");
        let (links, places) = (between(html, "href=\"#", '"'), between(html, " id=\"", '"'));
        let lost: Vec<_> = links.difference(&places).collect();
        assert!(lost.is_empty(), "{name} {lang} html: {lost:?}");
        assert_eq!(html.matches(" id=\"").count(), places.len(), "{name} {lang}: an anchor stands twice");
    });
}

#[test]
fn every_cited_row_is_shown_with_its_content() {
    let report = campaign(EVENTFUL, false).report();
    let markdown = render_markdown(&report, Lang::En);
    assert!(!markdown.contains("this row is not in the ledger"));
    let rows = markdown.lines().filter(|l| l.starts_with("| <a id=\"L")).count();
    assert!(rows > 150, "{rows}");
}

#[test]
fn no_sentence_is_missing() {
    every_page(|name, lang, markdown, html| {
        for page in [markdown, html] {
            for mark in ["[report-", "\\[report-", "{$", "[fault-", "\\[fault-", "\u{2068}"] {
                assert!(
                    !page.contains(mark),
                    "{name} {lang}: {:?}",
                    page.split(mark).nth(1).map(|t| &t[..60.min(t.len())])
                );
            }
        }
    });
}

#[test]
fn the_same_ledger_gives_the_same_bytes() {
    for lang in Lang::ALL {
        let (once, again) = (campaign(EVENTFUL, true).report(), campaign(EVENTFUL, true).report());
        assert_eq!(render_html(&once, lang), render_html(&again, lang));
        assert_eq!(render_markdown(&once, lang), render_markdown(&again, lang));
        assert_eq!(render_json(&once).ok(), render_json(&again).ok());
    }
}

#[test]
fn scenery_is_marked_everywhere() {
    every_page(|name, lang, markdown, html| {
        let (title, words) = match (name, lang) {
            ("nothing", _) => return,
            ("simulated", Lang::En) => ("simulated", "Simulated:"),
            ("simulated", Lang::Zh) => ("模拟", "模拟："),
            (_, Lang::En) => ("lab report", "Lab report:"),
            (_, Lang::Zh) => ("实验室报告", "实验室报告："),
        };
        let chapters = markdown.matches("\n## ").count() - 1;
        assert_eq!(markdown.matches(&format!("> **{words}")).count(), chapters + 1, "{name} {lang}");
        let head = html.split("<title>").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
        assert!(head.contains(title), "{name} {lang}: {head}");
        assert!(html.contains("class=\"marking\"") && html.contains("@top-center{content:\""), "{name} {lang}");
    });
}

#[test]
fn the_page_needs_nothing_from_anywhere() {
    every_page(|name, lang, _, html| {
        for mark in ["<script", "<link", "<img", "src=", "@import", "url(", "href=\"http"] {
            assert!(!html.contains(mark), "{name} {lang}: {mark}");
        }
    });
}

#[test]
fn complete_is_said_only_when_it_is() {
    for (lang, word) in [(Lang::En, "**complete** "), (Lang::Zh, "**完成** ")] {
        for (name, mut story) in stories(lang) {
            let said = |story: &Campaign| render_markdown(&story.report(), lang).contains(word);
            assert_eq!(said(&story), matches!(name, "clean" | "simulated"), "{name} {lang}");
            story.ledger = LedgerCheck::NotChecked;
            assert!(!said(&story), "{name} {lang}: the ledger was not checked");
        }
    }
}

#[test]
fn a_report_that_contradicts_itself_says_so_first() {
    let mut report: Report = campaign(CLEAN, false).report();
    let run = report.run.as_mut().expect("the ledger has a run");
    set(&mut run.counts.held, 2);
    report.contradictions = audit(&report);
    for (lang, words) in [(Lang::En, "failed its own audit"), (Lang::Zh, "未通过自检")] {
        let markdown = render_markdown(&report, lang);
        let first = markdown.split("<a id=\"chapter-2\"></a>").next().unwrap_or_default();
        assert!(first.contains(words), "{lang}");
        let last = markdown.split("<a id=\"chapter-8\"></a>").nth(1).unwrap_or_default();
        assert!(last.contains(words), "{lang}");
    }
}

fn set(figure: &mut Figure, amount: i64) {
    figure.value = Value::Measured(amount);
}

#[test]
fn words_of_others_cannot_leave_their_place() {
    let mut story = campaign(EVENTFUL, false);
    story.context.project = "</title><script>alert(1)</script>".into();
    story.context.classification = Some("\"}</style><script>".into());
    story.context.budget[0].name = "a | b <img src=x>".into();
    let report = story.report();
    let html = render_html(&report, Lang::En);
    assert!(!html.contains("<script") && !html.contains("<img"));
    let markdown = render_markdown(&report, Lang::En);
    assert!(markdown.contains("a \\| b \\<img src=x\\>"));
}
