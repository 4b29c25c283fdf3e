//! The document as Markdown. Drawings are left out: whatever they show stands in a table beside them.

use crate::doc::{Align, Block, Card, Chapter, Document, Inline, Span, Table};
use std::fmt::Write;

/// Writes the whole document.
pub fn write(doc: &Document) -> String {
    let mut out = format!("# {}\n\n", plain(&doc.title));
    mark(&mut out, doc);
    for (label, value) in &doc.cover {
        let _ = writeln!(out, "- {}: {}", plain(label), inline(value));
    }
    let _ = writeln!(out, "\n## {}\n", plain(&doc.contents));
    for chapter in &doc.chapters {
        let _ = writeln!(out, "- [{}](#{})", plain(&chapter.title), chapter.id);
    }
    out.push('\n');
    doc.chapters.iter().for_each(|c| chapter(&mut out, doc, c));
    let _ = writeln!(out, "---\n\n{}", plain(&doc.foot));
    out
}

/// Chapters stand for pages: each begins with the marking.
fn chapter(out: &mut String, doc: &Document, chapter: &Chapter) {
    let _ = writeln!(out, "<a id=\"{}\"></a>\n\n## {}\n", chapter.id, plain(&chapter.title));
    mark(out, doc);
    chapter.blocks.iter().for_each(|b| block(out, b));
}

fn mark(out: &mut String, doc: &Document) {
    if let Some(marking) = &doc.marking {
        let _ = writeln!(out, "> **{}**\n", plain(marking));
    }
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(words) => {
            let _ = writeln!(out, "### {}\n", plain(words));
        }
        Block::Para(line) => {
            let _ = writeln!(out, "{}\n", inline(line));
        }
        Block::List(lines) => list(out, lines),
        Block::Callout(_, lines) => callout(out, lines),
        Block::Cards(cards) => list(out, &cards.iter().map(card).collect::<Vec<_>>()),
        Block::Terms(terms) => {
            terms.iter().for_each(|(name, value)| {
                let _ = writeln!(out, "- {}: {}", plain(name), inline(value));
            });
            out.push('\n');
        }
        Block::Table(content) => table(out, content),
        Block::Chart(_) => {}
    }
}

fn list(out: &mut String, lines: &[Inline]) {
    for line in lines {
        let _ = writeln!(out, "- {}", inline(line));
    }
    out.push('\n');
}

fn callout(out: &mut String, lines: &[Inline]) {
    let text: Vec<String> = lines.iter().map(|l| format!("> {}", inline(l))).collect();
    let _ = writeln!(out, "{}\n", text.join("\n>\n"));
}

fn card(card: &Card) -> Inline {
    let mut line = vec![Span::Strong(card.label.clone()), Span::Text(": ".into())];
    line.extend(card.value.iter().cloned());
    if !card.below.is_empty() {
        line.push(Span::Text(" · ".into()));
        line.extend(card.below.iter().cloned());
    }
    line
}

fn table(out: &mut String, table: &Table) {
    let head: Vec<String> = table.head.iter().map(|(words, _)| plain(words)).collect();
    let rule: Vec<&str> =
        table.head.iter().map(|(_, align)| if *align == Align::Right { "---:" } else { "---" }).collect();
    let _ = writeln!(out, "| {} |\n| {} |", head.join(" | "), rule.join(" | "));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(inline).collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out.push('\n');
}

fn inline(line: &Inline) -> String {
    line.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    match span {
        Span::Text(words) => plain(words),
        Span::Strong(words) => format!("**{}**", plain(words)),
        Span::Code(name) if name.is_empty() => String::new(),
        Span::Code(name) => format!("`{}`", name.replace('`', "'").replace('|', "\\|")),
        Span::Number(number) => plain(number),
        Span::Missing { word, .. } if word == "–" => word.clone(),
        Span::Missing { word, why } => format!("*{}* ({})", plain(word), plain(why)),
        Span::Note(words) => format!(" ({})", plain(words)),
        Span::Pill(_, words) => format!("**{}**", plain(words)),
        Span::Links(links) => links.iter().map(|l| format!(" [{}](#{})", l.label, l.target)).collect(),
        Span::Anchor(id) => format!("<a id=\"{id}\"></a>"),
    }
}

/// Text of others stays text.
fn plain(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | '*' | '[' | ']' | '<' | '>' | '|' | '`' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_others_stays_text() {
        assert_eq!(plain("a|b <script> [x](y) *z*"), "a\\|b \\<script\\> \\[x\\](y) \\*z\\*");
        assert_eq!(plain("two\nlines"), "two lines");
        assert_eq!(span(&Span::Code("a`b|c".into())), "`a'b\\|c`");
    }
}
