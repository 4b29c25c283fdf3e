//! What the chapters are written with: words from the catalogue, figures with their links, and the list of
//! everything that was cited, for the appendix.

use crate::doc::{Inline, Link, Span, Tone, text};
use crate::words::{self, Clock};
use indexmap::IndexSet;
use rockhop_domain::{
    Message,
    report::{EvidenceRef, Figure, Moment, Report, Unit, Value},
};
use rockhop_i18n::Catalogue;
use std::collections::BTreeSet;

/// More origins than this are one link to a set in the appendix.
const LINKS_IN_LINE: usize = 2;

/// Writes the chapters of one report in one language.
pub struct Pen<'a> {
    pub report: &'a Report,
    pub cat: &'a Catalogue,
    pub clock: Clock,
    /// Sets of origins, in the order of their first use: `E1`, `E2`.
    pub sets: IndexSet<Vec<EvidenceRef>>,
    /// Everything that a link or a set names.
    pub cited: BTreeSet<EvidenceRef>,
}

impl<'a> Pen<'a> {
    pub fn new(report: &'a Report, cat: &'a Catalogue) -> Self {
        let clock = Clock::new(report.context.utc_offset_minutes);
        Self { report, cat, clock, sets: IndexSet::new(), cited: BTreeSet::new() }
    }

    /// The sentence for a key.
    pub fn say(&self, key: &str) -> String {
        self.cat.say_key(key, &[])
    }

    /// The sentence for a key and its values.
    pub fn say_with(&self, key: &str, args: &[(&str, String)]) -> String {
        self.cat.say_key(key, args)
    }

    /// Column heads and labels: `report-<part>`.
    pub fn label(&self, part: &str) -> String {
        self.cat.say_key(&format!("report-{part}"), &[])
    }

    /// A figure as it is printed, with its links, or the reason why there is none.
    pub fn figure(&mut self, figure: &Figure) -> Inline {
        self.figure_as(figure, |pen, n, unit| words::amount(pen.cat, n, unit))
    }

    /// Three digits after the point: availability is lost in the third.
    pub fn fine_percent(&mut self, figure: &Figure) -> Inline {
        self.figure_as(figure, |_, n, _| words::percent(n, 3))
    }

    /// With a sign in front: a difference.
    pub fn signed(&mut self, figure: &Figure) -> Inline {
        self.figure_as(figure, |pen, n, unit| match unit {
            Unit::Millis => words::signed_duration(pen.cat, n),
            unit => {
                let text = words::amount(pen.cat, n, unit);
                if n > 0 { format!("+{text}") } else { text }
            }
        })
    }

    fn figure_as(&mut self, figure: &Figure, print: impl Fn(&Self, i64, &Unit) -> String) -> Inline {
        match &figure.value {
            Value::Measured(n) => {
                let number = print(self, *n, &figure.unit);
                let mut cell = self.number(number, &figure.origin);
                cell.extend(figure.note.as_ref().map(|note| Span::Note(self.cat.say(note))));
                cell
            }
            Value::NotMeasured { why } => vec![self.missing(why)],
        }
    }

    /// A printed number and where it comes from.
    pub fn number(&mut self, number: String, origin: &[EvidenceRef]) -> Inline {
        vec![Span::Number(number), self.links(origin)]
    }

    /// "not measured", with the reason.
    pub fn missing(&self, why: &Message) -> Span {
        Span::Missing { word: self.label("not-measured"), why: self.cat.say(why) }
    }

    /// The figure's number alone, for a sentence that carries its links at its end.
    pub fn bare(&self, figure: &Figure) -> String {
        match &figure.value {
            Value::Measured(n) => words::amount(self.cat, *n, &figure.unit),
            Value::NotMeasured { .. } => self.label("not-measured"),
        }
    }

    /// An instant with its row; a dash when there is none.
    pub fn moment(&mut self, moment: Option<Moment>) -> Inline {
        match moment {
            Some(m) => self.number(self.clock.instant(m.at), &[m.origin()]),
            None => text("–"),
        }
    }

    /// A sentence and where it comes from.
    pub fn sentence(&mut self, key: &str, args: &[(&str, String)], origin: &[EvidenceRef]) -> Inline {
        let mut line = text(self.cat.say_key(key, args));
        line.extend((!origin.is_empty()).then(|| self.links(origin)));
        line
    }

    /// The same for a message that pure code made.
    pub fn message(&mut self, message: &Message, origin: &[EvidenceRef]) -> Inline {
        let mut line = text(self.cat.say(message));
        line.extend((!origin.is_empty()).then(|| self.links(origin)));
        line
    }

    /// Links to these origins; to a set in the appendix when there are many.
    pub fn links(&mut self, origin: &[EvidenceRef]) -> Span {
        let mut origin = origin.to_vec();
        origin.sort();
        origin.dedup();
        self.cited.extend(origin.iter().cloned());
        if origin.len() <= LINKS_IN_LINE {
            return Span::Links(origin.iter().map(link).collect());
        }
        let (no, _) = self.sets.insert_full(origin);
        let label = format!("E{}", no + 1);
        Span::Links(vec![Link { target: label.clone(), label }])
    }

    /// A step, in the catalogue's words if it has them.
    pub fn step(&self, id: &str) -> Inline {
        let key = format!("step-{}", id.replace('.', "-"));
        match self.cat.has(&key) {
            true => vec![Span::Text(self.say(&key)), Span::Text(" ".into()), Span::Code(id.to_owned())],
            false => vec![Span::Code(id.to_owned())],
        }
    }

    /// A coloured standing: `report-<prefix>-<key>`.
    pub fn pill(&self, tone: Tone, prefix: &str, key: &str) -> Inline {
        vec![Span::Pill(tone, self.cat.say_key(&format!("report-{prefix}-{key}"), &[]))]
    }
}

/// A link to one origin.
pub fn link(origin: &EvidenceRef) -> Link {
    let (label, target) = match origin {
        EvidenceRef::Event(seq) => (format!("L{seq}"), format!("L{seq}")),
        EvidenceRef::Plan(digest) => (format!("P·{}", &digest.as_str()[..4]), format!("plan-{}", digest.short())),
        EvidenceRef::Facts(digest) => (format!("F·{}", &digest.as_str()[..4]), format!("facts-{}", digest.short())),
        EvidenceRef::Project => ("PF".to_owned(), "project-file".to_owned()),
        EvidenceRef::Ledger => ("LC".to_owned(), "ledger-check".to_owned()),
        EvidenceRef::Request => ("RQ".to_owned(), "request".to_owned()),
        EvidenceRef::Vulnerabilities => ("VD".to_owned(), "vulnerability-data".to_owned()),
    };
    Link { label, target }
}
