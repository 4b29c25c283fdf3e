//! What the lab tells while it works.

use rockhop_domain::Message;
use std::time::Duration;

/// One piece of progress, for the callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabEvent {
    /// A piece of work begins.
    Started(Message),
    /// It ended well, after so long.
    Finished(Message, Duration),
    /// It was already so.
    AlreadySo(Message),
    /// Something that the reader has to know.
    Note(Message),
}

/// Runs `work` between a start and a finish event, and times it.
pub fn timed<T, E>(
    what: Message,
    tell: &mut dyn FnMut(LabEvent),
    work: impl FnOnce(&mut dyn FnMut(LabEvent)) -> Result<T, E>,
) -> Result<T, E> {
    tell(LabEvent::Started(what.clone()));
    let start = std::time::Instant::now();
    let done = work(tell)?;
    tell(LabEvent::Finished(what, start.elapsed()));
    Ok(done)
}
