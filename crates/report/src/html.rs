//! The document as one HTML page: its style within, no script, nothing loaded from anywhere.

use crate::doc::{Align, Block, Card, Chapter, Chart, Document, Inline, Span, Table, Tone};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// Writes the whole page.
pub fn write(doc: &Document) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(doc.lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (doc.title) }
                style { (PreEscaped(STYLE)) (PreEscaped(page_margins(doc))) }
            }
            body {
                @if let Some(marking) = &doc.marking { div.marking role="note" { (marking) } }
                div.sheet {
                    (cover(doc))
                    nav.contents aria-label=(doc.contents) { (contents(doc)) }
                    main { @for c in &doc.chapters { (chapter(c)) } }
                    footer { (doc.foot) }
                }
            }
        }
    };
    page.into_string()
}

/// What stands on each printed page: the marking above, the document and the page's number below.
fn page_margins(doc: &Document) -> String {
    let marking = doc.marking.as_deref().map(css_text).unwrap_or_default();
    let above = if marking.is_empty() { String::new() } else { format!("@top-center{{content:\"{marking}\"}}") };
    format!("@page{{{above}@bottom-left{{content:\"{}\"}}}}", css_text(&doc.foot))
}

/// Text inside a CSS string inside a `style` element: nothing in it may end either.
fn css_text(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '"' | '\\' | '<' | '>' | '&' => format!("\\{:x} ", u32::from(c)),
            c if c.is_control() => " ".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

fn cover(doc: &Document) -> Markup {
    html! {
        header.cover {
            h1 { (doc.title) }
            dl { @for (label, value) in &doc.cover { div { dt { (label) } dd { (inline(value)) } } } }
        }
    }
}

fn contents(doc: &Document) -> Markup {
    html! {
        h2 { (doc.contents) }
        ol { @for c in &doc.chapters { li { a href={ "#" (c.id) } { (c.title) } } } }
    }
}

fn chapter(chapter: &Chapter) -> Markup {
    html! {
        section.chapter id=(chapter.id) {
            h2 { (chapter.title) }
            @for b in &chapter.blocks { (block(b)) }
        }
    }
}

fn block(block: &Block) -> Markup {
    match block {
        Block::Heading(words) => html! { h3 { (words) } },
        Block::Para(line) => html! { p { (inline(line)) } },
        Block::List(lines) => html! { ul { @for l in lines { li { (inline(l)) } } } },
        Block::Callout(tone, lines) => html! {
            div class={ "callout " (class(*tone)) } { @for l in lines { p { (inline(l)) } } }
        },
        Block::Cards(cards) => html! { div.cards { @for c in cards { (card(c)) } } },
        Block::Terms(terms) => html! {
            dl.terms { @for (name, value) in terms { div { dt { (name) } dd { (inline(value)) } } } }
        },
        Block::Table(content) => table(content),
        Block::Chart(content) => chart(content),
    }
}

fn card(card: &Card) -> Markup {
    html! {
        div.card {
            div.label { (card.label) }
            div.value { (inline(&card.value)) }
            div.below { (inline(&card.below)) }
        }
    }
}

fn table(table: &Table) -> Markup {
    let last = table.rows.len().checked_sub(1).filter(|_| table.total);
    let wide = match table.head.len() {
        0..7 => None,
        7..9 => Some("wide"),
        _ => Some("wide widest"),
    };
    html! {
        div.scroll {
            table class=[wide] {
                thead { tr { @for (words, align) in &table.head { th class=[side(*align)] scope="col" { (words) } } } }
                tbody {
                    @for (no, row) in table.rows.iter().enumerate() {
                        tr class=[(Some(no) == last).then_some("total")] {
                            @for (cell, (_, align)) in row.iter().zip(&table.head) {
                                td class=[side(*align)] { (inline(cell)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn side(align: Align) -> Option<&'static str> {
    (align == Align::Right).then_some("num")
}

fn chart(chart: &Chart) -> Markup {
    html! {
        figure {
            figcaption { (chart.caption) }
            div.scroll { (PreEscaped(&chart.svg)) }
            @if !chart.legend.is_empty() {
                ul.legend { @for (class, words) in &chart.legend { li { i class=(class) {} (words) } } }
            }
        }
    }
}

fn inline(line: &Inline) -> Markup {
    html! { @for s in line { (span(s)) } }
}

fn span(span: &Span) -> Markup {
    match span {
        Span::Text(words) => html! { (words) },
        Span::Strong(words) => html! { strong { (words) } },
        Span::Code(name) if name.is_empty() => html! {},
        Span::Code(name) => html! { code { (name) } },
        Span::Number(number) => html! { span.n { (number) } },
        Span::Missing { word, why } if word == "–" => html! { span.missing title=(why) { "–" } },
        Span::Missing { word, why } => html! { span.missing { (word) small { (why) } } },
        Span::Note(words) => html! { small { (words) } },
        Span::Pill(tone, words) => html! { span class={ "pill " (class(*tone)) } { (words) } },
        Span::Links(links) => html! {
            @if !links.is_empty() {
                sup.from { @for l in links { a href={ "#" (l.target) } { (l.label) } " " } }
            }
        },
        Span::Anchor(id) => html! { a.anchor id=(id) {} },
    }
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
        Tone::Plain => "plain",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_style_string() {
        assert_eq!(css_text("a\"}</style>"), "a\\22 }\\3c /style\\3e ");
    }

    #[test]
    fn text_of_others_stays_text() {
        let line = vec![Span::Text("<script>".into()), Span::Code("a&b".into())];
        assert_eq!(inline(&line).into_string(), "&lt;script&gt;<code>a&amp;b</code>");
    }
}
