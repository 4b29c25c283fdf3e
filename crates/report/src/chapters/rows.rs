//! Cells that stand in many tables: the time of day, and figures whose reason for missing would not fit.

use crate::doc::{Inline, Span, code, text};
use crate::pen::Pen;
use rockhop_domain::report::{Figure, Moment};

/// The hour and minute of an instant, with its row. The day stands in the table above.
pub fn hour(pen: &mut Pen, moment: Option<Moment>) -> Inline {
    match moment {
        Some(m) => pen.number(pen.clock.hour(m.at), &[m.origin()]),
        None => text("–"),
    }
}

/// A figure; "not measured" where the reason stands in the text around the table.
pub fn short(pen: &mut Pen, figure: &Figure) -> Inline {
    match figure.why() {
        Some(why) => vec![Span::Missing { word: "–".into(), why: pen.cat.say(why) }],
        None => pen.figure(figure),
    }
}

/// What is measured, in words where there are some; a metric of the user's own keeps its name.
pub fn metric(pen: &Pen, name: &str) -> Inline {
    let words = |part: &str| pen.label(&format!("metric-{part}"));
    match (name, name.strip_prefix("service.latency.")) {
        (_, Some(percentile)) => [text(format!("{} ", words("latency"))), code(percentile)].concat(),
        ("service.probes.asked", _) => text(words("probes-asked")),
        ("service.probes.answered", _) => text(words("probes-answered")),
        (other, None) => code(other),
    }
}
