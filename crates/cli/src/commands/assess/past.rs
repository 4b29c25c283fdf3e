//! The assessments before: the last one, or the one that somebody asked to compare with.

use super::AgainstArgs;
use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::store::{self, AssessmentRef, History};
use jiff::{civil::Date, tz::TimeZone};
use rockhop_domain::{Message, assess::memory::Past};
use std::io::BufReader;
use std::path::Path;

/// What the newest assessment of the project knew; nothing when there is none.
pub fn last(context: &Context, history: &History) -> Result<Past, Failure> {
    history.assessments.last().map_or_else(|| Ok(Past::default()), |kept| read(context, kept))
}

/// The one that was asked for in its place, if any.
pub(super) fn asked_for(context: &Context, history: &History, args: &AgainstArgs) -> Result<Option<Past>, Failure> {
    match (&args.since, &args.against) {
        (Some(day), _) => read(context, of_day(history, *day, &TimeZone::system())?).map(Some),
        (None, Some(path)) => read_file(path).map(Some),
        (None, None) => Ok(None),
    }
}

/// The newest assessment that had been made when this day ended.
fn of_day<'h>(history: &'h History, day: Date, zone: &TimeZone) -> Result<&'h AssessmentRef, Failure> {
    let made_by_then = |kept: &&AssessmentRef| kept.at.to_zoned(zone.clone()).date() <= day;
    history.assessments.iter().rfind(made_by_then).ok_or_else(|| match history.assessments.first() {
        Some(first) => {
            let first = first.at.to_zoned(zone.clone()).date();
            let what = Message::new("error-assessment-since").with("day", day).with("first", first);
            Failure::new(Exit::Usage, what)
        }
        None => Failure::new(Exit::Usage, Message::new("error-assessment-none")),
    })
}

fn read(context: &Context, kept: &AssessmentRef) -> Result<Past, Failure> {
    let read = store::evidence(&context.project)?.get_streamed(&kept.digest, |from| Past::read(from))?;
    read.map_err(|why| unreadable(kept.digest.short(), why))
}

fn read_file(path: &Path) -> Result<Past, Failure> {
    let file = std::fs::File::open(path).map_err(|e| Failure::io("error-read", path, &e))?;
    Past::read(BufReader::new(file)).map_err(|why| unreadable(path.display(), why))
}

fn unreadable(name: impl std::fmt::Display, why: serde_json::Error) -> Failure {
    Failure::new(Exit::Config, Message::new("error-assessment-unreadable").with("name", name).with("why", why))
}
