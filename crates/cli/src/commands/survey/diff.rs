//! `rockhop survey diff`: two surveys of one host, section by section. Reads no host.

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::fleet;
use crate::store::{self, FactsRef, History};
use crate::ui::Tone;
use jiff::{civil::Date, tz::TimeZone};
use rockhop_domain::{
    HostId, Message,
    facts::compare::{Change, Comparison, Section, Side, compare},
};

/// Flags of `rockhop survey diff`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Compares two stored surveys of a host: packages, files by their digests, units, sockets, users and every \
                  other section. Without --since, the newest with the one before it. What moves by itself (free space, \
                  connections, counters) is left out, and no file's content is shown.",
    after_long_help = "Examples:\n  rockhop survey diff web-1\n  rockhop survey diff web-1 --since 2026-11-01 --json"
)]
pub struct DiffArgs {
    /// Which host.
    host: HostId,
    /// Compare with the survey that was the newest at the end of this day.
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
}

/// Compares.
pub fn diff(args: &DiffArgs, context: &Context) -> Result<Exit, Failure> {
    let loaded = fleet::load(&context.project)?;
    fleet::chosen(&loaded.fleet, std::slice::from_ref(&args.host))?;
    let history = History::of(&store::events(&context.project)?);
    let (before, after) = two(&history, args)?;
    let evidence = store::evidence(&context.project)?;
    let comparison = compare(&store::facts(&evidence, &before.digest)?, &store::facts(&evidence, &after.digest)?);
    if context.ui.json_wanted() {
        context.ui.json(&comparison);
    } else {
        show(context, &comparison);
    }
    Ok(Exit::Well)
}

/// The newest survey, and the one to hold it against.
fn two<'h>(history: &'h History, args: &DiffArgs) -> Result<(&'h FactsRef, &'h FactsRef), Failure> {
    let all = history.surveys.get(&args.host).map_or(&[][..], Vec::as_slice);
    let refuse = |key: &str| Failure::new(Exit::Usage, Message::new(key).with("host", &args.host));
    let Some((newest, earlier)) = all.split_last() else { return Err(refuse("error-survey-diff-none")) };
    let by_then = |survey: &&FactsRef| match args.since {
        Some(day) => survey.at.to_zoned(TimeZone::system()).date() <= day,
        None => true,
    };
    let before = earlier.iter().rfind(by_then).ok_or_else(|| refuse("error-survey-diff-one"))?;
    Ok((before, newest))
}

fn show(context: &Context, comparison: &Comparison) {
    let ui = &context.ui;
    let times = [("before", ui.speaker().when(comparison.before)), ("after", ui.speaker().when(comparison.after))];
    ui.line(&ui.text("survey-diff-times", &times));
    if comparison.sections.is_empty() {
        ui.line(&ui.text("survey-diff-same", &[]));
    }
    for section in &comparison.sections {
        ui.line("");
        ui.line(&ui.paint(Tone::Strong, &section.section));
        lines(context, section).iter().for_each(|line| ui.line(&format!("  {line}")));
    }
}

fn lines(context: &Context, section: &Section) -> Vec<String> {
    let ui = &context.ui;
    let unknown = section.unknown.map(|side| match side {
        Side::Before => format!("? {}", ui.text("survey-diff-unknown-before", &[])),
        Side::After => format!("? {}", ui.text("survey-diff-unknown-after", &[])),
    });
    let removed = section.removed.iter().map(|entry| ui.paint(Tone::Bad, &format!("- {entry}")));
    let added = section.added.iter().map(|entry| ui.paint(Tone::Good, &format!("+ {entry}")));
    let changed = section.changed.iter().map(change);
    unknown.into_iter().chain(removed).chain(added).chain(changed).collect()
}

fn change(change: &Change) -> String {
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("~ {}: {before} -> {after}", change.what),
        _ => format!("~ {}", change.what),
    }
}
