//! The assessment as pages for a browser: an index to search and filter, a page a host, a page a rule.
//!
//! Everything works from a folder: nothing is loaded from a network, and a policy in each page forbids it. The index shows
//! a hundred hosts at a time, however many there are.

mod host;
mod index;
mod rule;

pub use host::host_page;
pub use index::{IndexRow, index_page};
pub use rule::{ROWS_A_PAGE, RulePages};

use super::{Words, state_word};
use maud::{DOCTYPE, Markup, html};
use rockhop_domain::{
    Digest,
    assess::{
        Waiver,
        memory::{Gone, GoneWhy, Standing},
        summary::{Outlook, Outlooks},
    },
    rules::Severity,
};

/// The style of all pages: the file `style.css` beside the index.
pub const STYLE: &str = concat!(include_str!("../../style.css"), include_str!("assess.css"));

/// The index's own script; it stands in the page.
const SCRIPT: &str = include_str!("index.js");

/// Longer names are cut and told apart by their digest: a file's name has 255 bytes.
const LONGEST_NAME: usize = 200;

/// The file of a host's or a rule's page, in its folder.
pub fn file_name(id: &str) -> String {
    match id.get(..LONGEST_NAME) {
        Some(start) if id.len() > LONGEST_NAME => format!("{start}-{}.html", Digest::of(id.as_bytes()).short()),
        _ => format!("{id}.html"),
    }
}

/// A page: `up` is the way to the index's folder.
fn page(words: &Words<'_>, title: &str, up: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(words.cat.lang().tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'self' file: 'unsafe-inline'; script-src 'unsafe-inline'";
                title { (title) }
                link rel="stylesheet" href={ (up) "style.css" };
            }
            body.assess {
                @if let Some(marking) = &words.marking { div.marking role="note" { (marking) } }
                div.sheet { (body) }
            }
        }
    };
    page.into_string()
}

/// The way back, above a page's title.
fn trail(words: &Words<'_>, here: &str) -> Markup {
    html! {
        nav.trail { a href="../index.html" { (words.say("assess-title", &[("project", words.project.clone())])) } " / " (here) }
    }
}

fn tone_of(severity: Severity, unknown: bool) -> &'static str {
    match severity {
        Severity::Blocks => "bad",
        Severity::Warns => "warn",
        Severity::Informs if unknown => "warn",
        Severity::Informs => "plain",
    }
}

fn severity_pill(words: &Words<'_>, severity: Severity, unknown: bool) -> Markup {
    let word = words.word(&format!("severity-{}", severity.word()));
    html! {
        span.pill.(tone_of(severity, unknown)) { (word) }
        @if unknown { " " span.pill.warn { (words.word("assess-pill-unknown")) } }
    }
}

fn outlook_tone(outlook: &Outlook) -> &'static str {
    match outlook {
        Outlook::Now | Outlook::Arrived => "good",
        Outlook::AfterRemedies | Outlook::NotKnown => "warn",
        Outlook::Never { .. } => "bad",
        Outlook::Stays => "plain",
    }
}

fn outlook_pill(words: &Words<'_>, outlook: &Outlook) -> Markup {
    html! { span.pill.(outlook_tone(outlook)) { (words.word(&format!("outlook-{}", outlook.word()))) } }
}

/// New, still there or waived, and since when.
fn standing(words: &Words<'_>, standing: &Standing) -> Markup {
    let word = words.word(&format!("finding-state-{}", state_word(standing.state)));
    let since = words.say("assess-since", &[("day", words.day(standing.since))]);
    html! { span.state.(state_word(standing.state)) { (word) } " " span.since { (since) } }
}

fn waiver(words: &Words<'_>, waiver: &Waiver) -> Markup {
    let args = [
        ("owner", waiver.owner().to_owned()),
        ("reason", waiver.reason().to_owned()),
        ("until", waiver.expires().to_string()),
    ];
    html! { p.waived { (words.say("assess-waived-by", &args)) } }
}

/// What was found once and is not any more.
fn gone(words: &Words<'_>, gone: &[Gone]) -> Markup {
    let why = |gone: &Gone| match gone.why {
        GoneWhy::Clear => "assess-gone-clear",
        GoneWhy::Arrived => "assess-gone-arrived",
        GoneWhy::Retired => "assess-gone-retired",
    };
    html! {
        @if !gone.is_empty() {
            h2 { (words.word("finding-state-gone")) }
            ul.gone {
                @for one in gone {
                    li {
                        (rule_link(words, one.rule.as_str(), "../", false))
                        " " span.since { (words.say(why(one), &[("day", words.day(one.since)), ("found", words.day(one.found))])) }
                    }
                }
            }
        }
    }
}

/// A rule's title, linked to its page where it has one: a rule that finds nothing any more has none.
fn rule_link(words: &Words<'_>, rule: &str, up: &str, linked: bool) -> Markup {
    let title = super::title(words, rule);
    html! {
        @if linked { a href={ (up) "rules/" (file_name(rule)) } { (title) } } @else { (title) }
        " " code { (rule) }
    }
}

/// A bar of how many hosts can go when; the numbers stand in words beside it.
fn outlook_bar(words: &Words<'_>, o: &Outlooks) -> Markup {
    let parts = parts(o);
    let all: u32 = parts.iter().map(|(_, _, n)| n).sum();
    let share = |n: u32| format!("flex-grow:{n}");
    let said: Vec<String> = parts
        .iter()
        .filter(|(_, _, n)| *n > 0)
        .map(|(key, _, n)| format!("{} {n}", words.word(&format!("outlook-{key}"))))
        .collect();
    html! {
        @if all > 0 {
            div.bar role="img" aria-label=(said.join(", ")) title=(said.join(", ")) {
                @for (_, class, n) in parts.iter().filter(|(_, _, n)| *n > 0) { i.(class) style=(share(*n)) {} }
            }
        }
    }
}

/// The parts of a bar with their colours.
fn parts(o: &Outlooks) -> [(&'static str, &'static str, u32); 6] {
    [
        ("now", "c-good", o.now),
        ("after-remedies", "c-warn", o.after_remedies),
        ("not-known", "c-unknown", o.not_known),
        ("never", "c-held", o.never),
        ("arrived", "c-soft", o.arrived),
        ("stays", "c-plain", o.stays),
    ]
}
