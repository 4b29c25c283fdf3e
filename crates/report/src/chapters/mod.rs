//! The eight chapters and the appendix, in this order; the appendix last, for it lists what the others cite.

mod ahead;
mod control;
mod cost;
mod entry;
mod evidence;
mod incidents;
mod measures;
mod overview;
mod record;
mod rows;
mod summary;

use crate::doc::{Block, Chapter, Document, Inline, Tone, code, text};
use crate::pen::Pen;
use rockhop_domain::{
    plan::{Environment, Scenery},
    report::{Marking, Report, Status},
};
use rockhop_i18n::Catalogue;

/// Writes the whole report.
pub fn document(report: &Report, cat: &Catalogue) -> Document {
    let mut pen = Pen::new(report, cat);
    let mut chapters = vec![
        chapter(&mut pen, 1, "overview", overview::blocks),
        chapter(&mut pen, 2, "record", record::blocks),
        chapter(&mut pen, 3, "measures", measures::blocks),
        chapter(&mut pen, 4, "incidents", incidents::blocks),
        chapter(&mut pen, 5, "cost", cost::blocks),
        chapter(&mut pen, 6, "ahead", ahead::blocks),
        chapter(&mut pen, 7, "summary", summary::blocks),
        chapter(&mut pen, 8, "control", control::blocks),
    ];
    let blocks = evidence::blocks(&mut pen);
    chapters.push(Chapter { id: "appendix".into(), title: pen.label("chapter-evidence"), blocks });
    let cover = cover(&mut pen);
    Document {
        title: title(&pen),
        lang: cat.lang().tag(),
        marking: marking(&pen),
        foot: foot(&pen),
        cover,
        contents: pen.label("contents"),
        chapters,
    }
}

fn chapter(pen: &mut Pen, no: u8, key: &str, write: fn(&mut Pen) -> Vec<Block>) -> Chapter {
    let title = pen.label(&format!("chapter-{key}"));
    Chapter { id: format!("chapter-{no}"), title: format!("{no}  {title}"), blocks: write(pen) }
}

fn title(pen: &Pen) -> String {
    let report = pen.report;
    let rehearsal = report.run.as_ref().is_some_and(|r| r.environment == Environment::Preproduction);
    let kind = if rehearsal { pen.label("title-rehearsal") } else { pen.label("title") };
    let project = &report.context.project;
    match marking_word(pen, report.marking) {
        Some(word) => {
            pen.say_with("report-title-marked", &[("kind", kind), ("project", project.clone()), ("word", word)])
        }
        None => pen.say_with("report-title-plain", &[("kind", kind), ("project", project.clone())]),
    }
}

fn marking_word(pen: &Pen, marking: Marking) -> Option<String> {
    match marking {
        Marking { simulated: true, .. } => Some(pen.label("word-simulated")),
        Marking { lab: true, .. } => Some(pen.label("word-lab")),
        Marking { .. } => None,
    }
}

fn marking(pen: &Pen) -> Option<String> {
    match pen.report.marking {
        Marking { simulated: true, .. } => Some(pen.label("marking-simulated")),
        Marking { lab: true, .. } => Some(pen.label("marking-lab")),
        Marking { .. } => None,
    }
}

fn foot(pen: &Pen) -> String {
    let context = &pen.report.context;
    let classified = context.classification.clone().unwrap_or_else(|| pen.label("not-given"));
    let args = [("project", context.project.clone()), ("version", context.version.clone()), ("class", classified)];
    pen.say_with("report-foot", &args)
}

fn cover(pen: &mut Pen) -> Vec<(String, Inline)> {
    let report = pen.report;
    let mut lines = Vec::new();
    lines.extend(report.context.organisation.as_ref().map(|o| (pen.label("organisation"), text(o))));
    lines.push((pen.label("status"), pen.pill(tone(report.status), "status", report.status.key())));
    if let Some(run) = &report.run {
        lines.push((pen.label("run"), code(&run.id)));
    }
    lines
        .push((pen.label("made-at"), text(format!("{} {}", pen.clock.instant(report.generated_at), pen.clock.name()))));
    lines.push((pen.label("version"), text(&report.context.version)));
    lines
}

/// The colour of a status.
fn tone(status: Status) -> Tone {
    match status {
        Status::Complete => Tone::Good,
        Status::CompleteWithExceptions => Tone::Warn,
        Status::Stopped => Tone::Bad,
        Status::InProgress => Tone::Plain,
    }
}

fn environment(pen: &Pen, environment: Environment) -> String {
    match environment {
        Environment::Production => pen.label("environment-production"),
        Environment::Preproduction => pen.label("environment-preproduction"),
    }
}

fn scenery(pen: &Pen, scenery: Scenery) -> String {
    match scenery {
        Scenery::Real => pen.label("scenery-real"),
        Scenery::Lab => pen.label("scenery-lab"),
        Scenery::Simulated => pen.label("scenery-simulated"),
    }
}

/// What a chapter says that has no run to speak of.
fn no_run(pen: &Pen) -> Vec<Block> {
    vec![Block::Callout(Tone::Plain, vec![text(pen.label("no-run"))])]
}
