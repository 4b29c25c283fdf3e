//! The rules as a book in Markdown, in either language: `docs/rules.md`, and what `rockhop rules export` prints.
//!
//! It says what the table of rules says and nothing of its own.

use crate::{Catalogue, Lang};
use rockhop_domain::rules::{Area, CoverageRow, Evidence, Fate, Sheet, TextPart, coverage, sheets, text_key};

/// The whole book.
pub fn markdown(catalogue: &Catalogue) -> String {
    let all: Vec<Sheet> = sheets().collect();
    let fleet = all.iter().filter(|sheet| sheet.area == Area::Fleet).count();
    let mut page = format!("# {}\n\n", say(catalogue, "rulebook-title"));
    for part in ["rulebook-how", "rulebook-waivers", "rulebook-policy", "rulebook-evidence"] {
        page.push_str(&format!("{}\n\n", say(catalogue, part)));
    }
    for evidence in Evidence::ALL {
        let key = format!("evidence-{}", evidence.word());
        page.push_str(&format!("- `{}`: {}\n", evidence.word(), say(catalogue, &key)));
    }
    let counts = [("host", (all.len() - fleet).to_string()), ("fleet", fleet.to_string())];
    page.push_str(&format!("\n{}\n", catalogue.say_key("rulebook-count", &counts)));
    for area in Area::ALL {
        chapter(&mut page, catalogue, area, &all);
    }
    // The table of coverage is the developers': it is kept in English only.
    if catalogue.lang() == Lang::En {
        without_rules(&mut page);
    }
    page
}

fn chapter(page: &mut String, catalogue: &Catalogue, area: Area, all: &[Sheet]) {
    let title = say(catalogue, &format!("area-{}", area.word()));
    let mut letters = title.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    page.push_str(&format!("\n## {first}{}\n", letters.as_str()));
    all.iter().filter(|sheet| sheet.area == area).for_each(|sheet| page.push_str(&entry(catalogue, sheet)));
}

/// One rule, from its heading on.
pub fn entry(catalogue: &Catalogue, sheet: &Sheet) -> String {
    let title = say(catalogue, &text_key(sheet.id, TextPart::Title));
    let mut text = format!("\n### `{}`\n\n**{title}**\n\n", sheet.id);
    for (key, value) in rows(catalogue, sheet, |word| format!("`{word}`")) {
        text.push_str(&format!(
            "- {}\n",
            catalogue.say_key("rulebook-row", &[("name", say(catalogue, key)), ("value", value)])
        ));
    }
    text
}

/// What there is to say of a rule, as keys of names and values; `code` dresses what a machine reads, too.
pub fn rows(catalogue: &Catalogue, sheet: &Sheet, code: impl Fn(&str) -> String) -> Vec<(&'static str, String)> {
    let list = |words: &mut dyn Iterator<Item = &str>| words.map(&code).collect::<Vec<_>>().join(", ");
    let mut rows = vec![
        ("rulebook-severity", say(catalogue, &format!("severity-{}", sheet.severity.word()))),
        ("rulebook-founded", say(catalogue, &format!("evidence-{}", sheet.evidence.word()))),
        ("rulebook-sources", list(&mut sheet.sources.iter().copied())),
        ("rulebook-looks-at", list(&mut sheet.looks_at.iter().copied())),
    ];
    if !sheet.places.is_empty() {
        rows.push(("rulebook-places", list(&mut sheet.places.iter().copied())));
    }
    rows.push(("rulebook-strategies", list(&mut sheet.strategies.iter().map(|strategy| strategy.word()))));
    if let Some(example) = &sheet.example {
        rows.push(("rulebook-example", catalogue.say(example)));
    }
    rows.push(("rulebook-remedy", say(catalogue, &text_key(sheet.id, TextPart::Remedy))));
    if let Some(command) = sheet.command {
        rows.push(("rulebook-command", code(command)));
    }
    if let Some(kind) = sheet.mechanical {
        let (kind, effect) = (kind.word(), kind.effect().word());
        let words =
            [say(catalogue, &format!("remedy-kind-{kind}")), say(catalogue, &format!("remedy-effect-{effect}"))];
        let args = [("kind", words[0].clone()), ("effect", words[1].clone())];
        rows.push(("rulebook-by-machine", catalogue.say_key("remedy-by-machine", &args)));
    }
    rows.push(("rulebook-verify", say(catalogue, &text_key(sheet.id, TextPart::Verify))));
    rows
}

/// What is known and has no rule, with the reason or the work that is left.
fn without_rules(page: &mut String) {
    page.push_str("\n## What no rule looks at\n\nKnown, and no rule's business:\n\n");
    let rows = &coverage().rows;
    for row in rows {
        if let Fate::NoRule(why) = &row.fate {
            page.push_str(&format!("- `{}` {}: {why}.\n", row.id, row.about));
        }
    }
    if rows.iter().any(CoverageRow::is_pending) {
        page.push_str("\nStill to be surveyed or written; look at such a host by hand before it moves:\n\n");
    }
    for row in rows.iter().filter(|row| row.is_pending()) {
        page.push_str(&format!("- `{}` {}: {}.\n", row.id, row.about, left(row)));
    }
}

fn left(row: &CoverageRow) -> &str {
    match &row.fate {
        Fate::Pending(what) | Fate::Rules { yet: Some(what), .. } => what,
        Fate::Rules { yet: None, .. } | Fate::NoRule(_) => "",
    }
}

fn say(catalogue: &Catalogue, key: &str) -> String {
    catalogue.say_key(key, &[])
}
