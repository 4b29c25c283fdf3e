//! Rewriting a text file line by line, so that what needs no change stays as it is, comments included.

use super::{Translation, Untranslatable};
use crate::Message;

/// What becomes of a line.
pub(super) enum Fate {
    /// It stays.
    Keep,
    /// It stays, and a person should know something about it.
    KeepAnd(Message),
    /// Another line takes its place.
    Become(String),
    /// The same, and a person should know.
    BecomeAnd(String, Message),
    /// EL9 has no such setting: the line stays as a comment.
    Retire(Message),
}

/// The text, or the reason why it is none.
pub(super) fn text(source: &[u8]) -> Result<&str, Untranslatable> {
    std::str::from_utf8(source).map_err(|_| Untranslatable::at(0, "config-not-utf8"))
}

/// Asks for each line's fate. Lines are given without their end; the file keeps its last newline or its lack.
pub(super) fn rewrite(
    source: &[u8],
    mut fate: impl FnMut(u32, &str) -> Result<Fate, Untranslatable>,
) -> Result<Translation, Untranslatable> {
    let text = text(source)?;
    let mut out = String::with_capacity(text.len());
    let mut notes = Vec::new();
    for (no, whole) in (1..).zip(text.split_inclusive('\n')) {
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        match fate(no, line)? {
            Fate::Keep => out.push_str(line),
            Fate::KeepAnd(note) => {
                out.push_str(line);
                notes.push(note);
            }
            Fate::Become(new) => out.push_str(&new),
            Fate::BecomeAnd(new, note) => {
                out.push_str(&new);
                notes.push(note);
            }
            Fate::Retire(note) => {
                out.push_str("# not on EL 9: ");
                out.push_str(line.trim_start());
                notes.push(note);
            }
        }
        if whole.len() > line.len() {
            out.push('\n');
        }
    }
    Ok(Translation { bytes: out.into_bytes(), notes })
}

/// The note that a setting was retired.
pub(super) fn retired(line: u32, setting: &str) -> Fate {
    Fate::Retire(note("config-retired", line, setting))
}

/// A note about one setting.
pub(super) fn note(key: &str, line: u32, setting: &str) -> Message {
    Message::new(key).with("line", line).with("setting", setting)
}

/// The first word and the rest, for `name value` files; `None` for blank lines and comments.
pub(super) fn directive(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    Some(line.split_once(char::is_whitespace).map_or((line, ""), |(name, rest)| (name, rest.trim())))
}

/// Name and value of a `name = value` line; `None` for blank lines and comments.
pub(super) fn assignment(line: &str) -> Option<(&str, Option<&str>)> {
    let line = line.trim();
    if line.is_empty() || line.starts_with(['#', ';']) {
        return None;
    }
    Some(line.split_once('=').map_or((line, None), |(name, value)| (name.trim(), Some(value.trim()))))
}

/// The line with its first word exchanged, indentation and rest kept.
pub(super) fn renamed(line: &str, from: &str, to: &str) -> String {
    line.replacen(from, to, 1)
}
