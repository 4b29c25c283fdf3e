//! The index: the answers, what the rules found, and the hosts to search, filter and sort.
//!
//! The hosts stand in the page as data, some sixty bytes each; the script shows a hundred of them at a time. Without a
//! script the pages of the rules still lead to every host with a finding.

use super::super::{Words, title};
use super::{SCRIPT, gone, outlook_bar, page, parts, rule_link, severity_pill, standing, waiver};
use maud::{Markup, PreEscaped, html};
use rockhop_domain::{
    assess::{
        memory::KnownResult,
        summary::{Head, HostReport, Summary, Tally},
    },
    rules::TextPart,
};
use serde_json::{Value, json};

/// The outlooks in the order of the filter.
const OUTLOOKS: [&str; 6] = ["now", "after-remedies", "not-known", "never", "arrived", "stays"];

/// So many results over the fleet are shown in full; each has its place on the rule's page, too.
const RESULTS_SHOWN: usize = 50;

/// What the index says of one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexRow {
    host: String,
    role: String,
    site: String,
    outlook: usize,
    tally: Tally,
    new: usize,
    minutes: u32,
}

impl IndexRow {
    /// The line of that host.
    pub fn of(host: &HostReport) -> Self {
        use rockhop_domain::assess::memory::State;
        let mut tally = Tally::default();
        for finding in host.findings.iter().map(|known| &known.finding) {
            tally.add(finding.severity, finding.is_unknown(), finding.waived.is_some());
        }
        Self {
            host: host.host.to_string(),
            role: host.role.to_string(),
            site: host.site.as_ref().map(ToString::to_string).unwrap_or_default(),
            outlook: OUTLOOKS.iter().position(|word| *word == host.outlook.word()).unwrap_or_default(),
            tally,
            new: host.findings.iter().filter(|known| known.standing.state == State::New).count(),
            minutes: host.minutes,
        }
    }
}

/// The whole page.
pub fn index_page(words: &Words<'_>, head: &Head, rows: &[IndexRow]) -> String {
    let name = words.say("assess-title", &[("project", words.project.clone())]);
    let sum = &head.summary;
    let body = html! {
        header.cover {
            h1 { (name) }
            p { (words.say("assess-made-at", &[("at", words.when(head.assessed_at))])) " " (changes(words, head)) }
        }
        main {
            (cards(words, head))
            (outlook_bar(words, &sum.outlook))
            (legend(words, sum))
            (never(words, sum))
            (roles(words, head))
            (areas(words, sum))
            (rules(words, sum))
            (fleet(words, head))
            (hosts(words, head, rows))
            (left(words, head))
            (waivers(words, head))
            section { h2 { (words.word("assess-work-heading")) } (work(words, sum)) }
        }
    };
    page(words, &name, "", &body)
}

fn changes(words: &Words<'_>, head: &Head) -> String {
    let c = &head.summary.changes;
    let Some(at) = head.against else { return words.word("assess-first") };
    let args = [
        ("at", words.when(at)),
        ("new", c.new.to_string()),
        ("still", c.still.to_string()),
        ("gone", c.gone.to_string()),
        ("waived", c.waived.to_string()),
    ];
    words.say("assess-changes", &args)
}

fn cards(words: &Words<'_>, head: &Head) -> Markup {
    let o = &head.summary.outlook;
    let count = |n: u32| crate::words::grouped(i64::from(n));
    let card = |label: String, value: String, below: String| {
        html! { div.card { div.label { (label) } div.value { (value) } div.below { (below) } } }
    };
    let c = &head.counts;
    let below = |key: &str| words.word(&format!("assess-card-{key}"));
    html! {
        div.cards {
            (card(words.word("outlook-now"), count(o.now), below("now")))
            (card(words.word("outlook-after-remedies"), count(o.after_remedies), below("after-remedies")))
            (card(words.word("outlook-not-known"), count(o.not_known), below("not-known")))
            (card(words.word("outlook-never"), count(o.never), below("never")))
            (card(words.word("assess-col-hosts"), count(c.hosts), words.say("assess-card-hosts",
                &[("arrived", count(o.arrived)), ("stays", count(o.stays))])))
            (card(words.word("assess-col-findings"), count(c.blocks + c.warns), words.say("assess-card-findings",
                &[("blocks", count(c.blocks)), ("warns", count(c.warns)), ("unknown", count(c.unknown))])))
            (card(words.word("assess-work-total"), words.hours(head.summary.work.total()), below("work")))
        }
    }
}

fn legend(words: &Words<'_>, sum: &Summary) -> Markup {
    html! {
        ul.legend {
            @for (key, class, n) in parts(&sum.outlook).iter().filter(|(_, _, n)| *n > 0) {
                li { i.(class) {} (words.word(&format!("outlook-{key}"))) " " (n) }
            }
        }
    }
}

/// Which rules say never, of how many hosts.
fn never(words: &Words<'_>, sum: &Summary) -> Markup {
    let hopeless = sum.rules.iter().filter(|row| !row.effort.possible && row.tally.blocks > 0);
    let rows: Vec<_> = hopeless.collect();
    html! {
        @if !rows.is_empty() {
            div.callout.bad {
                p { (words.word("assess-never-why")) }
                ul {
                    @for row in rows {
                        li {
                            (rule_link(words, row.rule.as_str(), "", true)) " · "
                            (words.say("count-hosts", &[("n", row.tally.blocks.to_string())])) " · "
                            (words.of_rule(row.rule.as_str(), TextPart::Remedy))
                        }
                    }
                }
            }
        }
    }
}

fn roles(words: &Words<'_>, head: &Head) -> Markup {
    html! {
        section {
            h2 { (words.word("assess-by-role")) }
            div.scroll {
                table {
                    thead {
                        tr {
                            th { (words.word("assess-col-role")) }
                            th.num { (words.word("assess-col-hosts")) }
                            th.wide-bar { (words.word("assess-col-outlook")) }
                            @for key in ["severity-blocks", "severity-warns", "assess-col-unknown", "assess-col-hours"] {
                                th.num { (words.word(key)) }
                            }
                        }
                    }
                    tbody {
                        @for row in &head.summary.roles {
                            tr {
                                td { (row.role) }
                                td.num { (row.hosts) }
                                td { (outlook_bar(words, &row.outlook)) }
                                td.num { (row.tally.blocks) }
                                td.num { (row.tally.warns) }
                                td.num { (row.tally.unknown) }
                                td.num { (super::super::hours(row.work.total())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn areas(words: &Words<'_>, sum: &Summary) -> Markup {
    let heads = ["severity-blocks", "severity-warns", "severity-informs", "assess-col-unknown", "assess-col-waived"];
    html! {
        section {
            h2 { (words.word("assess-by-area")) }
            div.scroll {
                table {
                    thead {
                        tr {
                            th { (words.word("assess-col-area")) }
                            @for key in heads { th.num { (words.word(key)) } }
                            th.num { (words.word("assess-col-hours")) }
                        }
                    }
                    tbody {
                        @for row in &sum.areas {
                            tr {
                                td { (words.word(&format!("area-{}", row.area.word()))) }
                                @for n in [row.tally.blocks, row.tally.warns, row.tally.informs, row.tally.unknown, row.tally.waived] {
                                    td.num { (n) }
                                }
                                td.num { (super::super::hours(row.work.total())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn rules(words: &Words<'_>, sum: &Summary) -> Markup {
    let mut rows: Vec<_> =
        sum.rules.iter().filter(|row| row.tally != Tally::default() || row.changes.gone > 0).collect();
    rows.sort_by_key(|row| (row.severity, std::cmp::Reverse(row.tally.open())));
    html! {
        section {
            h2 { (words.word("assess-by-rule")) }
            div.scroll {
                table.rules {
                    thead {
                        tr {
                            th { (words.word("assess-col-severity")) } th { (words.word("assess-col-rule")) }
                            @for key in ["assess-col-findings", "assess-col-unknown", "assess-col-waived", "finding-state-new", "finding-state-gone", "assess-col-hours"] {
                                th.num { (words.word(key)) }
                            }
                        }
                    }
                    tbody {
                        @for row in rows {
                            tr {
                                td { (severity_pill(words, row.severity, false)) }
                                td { (rule_link(words, row.rule.as_str(), "", row.tally != Tally::default())) }
                                @for n in [row.tally.open() - row.tally.unknown, row.tally.unknown, row.tally.waived, row.changes.new, row.changes.gone] {
                                    td.num { (n) }
                                }
                                td.num { (super::super::hours(row.work.total())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn fleet(words: &Words<'_>, head: &Head) -> Markup {
    html! {
        @if !head.fleet.is_empty() {
            section {
                h2 { (words.word("assess-over-fleet")) }
                @for known in head.fleet.iter().take(RESULTS_SHOWN) { (result(words, known)) }
                @if let Some(more) = head.fleet.len().checked_sub(RESULTS_SHOWN).filter(|more| *more > 0) {
                    p { (words.say("assess-more-results", &[("n", more.to_string())])) }
                }
                (gone(words, &head.fleet_gone))
            }
        }
    }
}

fn result(words: &Words<'_>, known: &KnownResult) -> Markup {
    let result = &known.result;
    html! {
        section.finding {
            h3 {
                (severity_pill(words, result.severity, result.is_unknown())) " "
                (rule_link(words, result.rule.as_str(), "", true)) " " (standing(words, &known.standing))
            }
            p { (words.result(&result.outcome)) }
            @if let Some(one) = &result.waived { (waiver(words, one)) }
        }
    }
}

fn hosts(words: &Words<'_>, head: &Head, rows: &[IndexRow]) -> Markup {
    let columns = [
        "assess-col-host",
        "assess-col-role",
        "assess-col-site",
        "assess-col-outlook",
        "severity-blocks",
        "severity-warns",
        "assess-col-unknown",
        "assess-col-waived",
        "finding-state-new",
        "assess-col-hours",
    ];
    html! {
        section #hosts {
            h2 { (words.word("assess-hosts-heading")) }
            form.filters role="search" hidden {
                input #q type="search" placeholder=(words.word("assess-search")) aria-label=(words.word("assess-search"));
                select #role aria-label=(words.word("assess-col-role")) {
                    option value="" { (words.word("assess-any-role")) }
                    @for row in &head.summary.roles { option { (row.role) } }
                }
                select #outlook aria-label=(words.word("assess-col-outlook")) {
                    option value="" { (words.word("assess-any-outlook")) }
                    @for (n, word) in OUTLOOKS.iter().enumerate() { option value=(n) { (words.word(&format!("outlook-{word}"))) } }
                }
                select #has aria-label=(words.word("assess-col-findings")) {
                    option value="" { (words.word("assess-any-finding")) }
                    option value="4" { (words.word("severity-blocks")) }
                    option value="5" { (words.word("severity-warns")) }
                    option value="6" { (words.word("assess-col-unknown")) }
                    option value="7" { (words.word("assess-col-waived")) }
                    option value="8" { (words.word("finding-state-new")) }
                }
                output #count aria-live="polite" {}
            }
            noscript { p { (words.word("assess-no-script")) } }
            div.scroll {
                table.list hidden {
                    thead {
                        tr {
                            @for (n, key) in columns.iter().enumerate() {
                                th.num[n > 3] { button type="button" data-column=(n) { (words.word(key)) } }
                            }
                        }
                    }
                    tbody {}
                }
            }
            nav.pages hidden aria-label=(words.word("assess-pages")) {
                button #back type="button" { (words.word("assess-page-back")) } " "
                span #page {} " "
                button #on type="button" { (words.word("assess-page-on")) }
            }
            p.print-only #unprinted {}
        }
        script type="application/json" id="data" { (PreEscaped(data(words, rows))) }
        script { (PreEscaped(SCRIPT)) }
    }
}

/// The hosts as data: names, then numbers; roles and sites by their place in a list.
fn data(words: &Words<'_>, rows: &[IndexRow]) -> String {
    let list = |names: Vec<&str>| {
        let mut names = names;
        names.sort_unstable();
        names.dedup();
        names.into_iter().map(str::to_owned).collect::<Vec<String>>()
    };
    let roles = list(rows.iter().map(|row| row.role.as_str()).collect());
    let sites = list(rows.iter().map(|row| row.site.as_str()).collect());
    let place = |names: &[String], name: &String| names.binary_search(name).unwrap_or_default();
    let hosts: Vec<Value> = rows
        .iter()
        .map(|row| {
            let t = &row.tally;
            json!([
                row.host,
                place(&roles, &row.role),
                place(&sites, &row.site),
                row.outlook,
                t.blocks,
                t.warns,
                t.unknown,
                t.waived,
                row.new,
                row.minutes
            ])
        })
        .collect();
    let outlooks: Vec<Value> = OUTLOOKS
        .iter()
        .zip(["good", "warn", "warn", "bad", "good", "plain"])
        .map(|(word, tone)| json!([words.word(&format!("outlook-{word}")), tone]))
        .collect();
    let data = json!({
        "hosts": hosts,
        "roles": roles,
        "sites": sites,
        "outlooks": outlooks,
        "shown": words.word("assess-shown"),
        "page": words.word("assess-page-of"),
        "unprinted": words.word("assess-unprinted"),
    });
    // Inside a script element nothing may look like its end.
    data.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn left(words: &Words<'_>, head: &Head) -> Markup {
    html! {
        @if !head.left.is_empty() {
            section {
                h2 { (words.word("assess-left-heading")) }
                p { @for left in &head.left { (left.host) " " } }
            }
        }
        @if !head.unread.is_empty() {
            section {
                h2 { (words.word("assess-unread-hosts")) }
                p { @for host in &head.unread { (host) " " } }
            }
        }
    }
}

fn waivers(words: &Words<'_>, head: &Head) -> Markup {
    let state = |state: &rockhop_domain::assess::WaiverState| {
        let word = serde_json::to_value(state).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        words.word(&format!("waiver-state-{word}"))
    };
    html! {
        @if !head.waivers.is_empty() {
            section {
                h2 { (words.word("assess-waivers")) }
                div.scroll {
                    table {
                        thead {
                            tr {
                                th { (words.word("assess-col-rule")) } th { (words.word("assess-col-owner")) }
                                th { (words.word("assess-col-reason")) } th { (words.word("assess-col-until")) }
                                th { (words.word("assess-col-state")) }
                            }
                        }
                        tbody {
                            @for status in &head.waivers {
                                tr {
                                    td { (title(words, status.waiver.rule().as_str())) " " code { (status.waiver.rule()) } }
                                    td { (status.waiver.owner()) } td { (status.waiver.reason()) }
                                    td { (status.waiver.expires()) } td { (state(&status.state)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn work(words: &Words<'_>, sum: &Summary) -> Markup {
    let w = &sum.work;
    html! {
        div.scroll {
            table.work {
                tbody {
                    @for (key, minutes) in [("once", w.once), ("each", w.each), ("looking", w.looking)] {
                        tr { td { (words.word(&format!("assess-work-{key}"))) } td.num { (words.hours(minutes)) } }
                    }
                    tr.total { td { (words.word("assess-work-total")) } td.num { (words.hours(w.total())) } }
                }
            }
        }
        p { (words.word("assess-work-basis")) }
    }
}
