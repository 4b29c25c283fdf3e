//! Crontabs: carried as they are; commands that EL9 does not have are pointed out.

use super::{
    Translation, Untranslatable,
    lines::{Fate, directive, note, rewrite},
};

/// Commands of EL7 that a plain EL9 lacks (NET-28, PY-01), with what a person should look for.
const GONE: [&str; 8] = ["python", "python2", "ntpdate", "ntpq", "brctl", "ifconfig", "netstat", "service"];

pub(super) fn translate(source: &[u8]) -> Result<Translation, Untranslatable> {
    rewrite(source, |no, line| {
        if directive(line).is_none() {
            return Ok(Fate::Keep);
        }
        let word = line.split(|c: char| c.is_whitespace() || matches!(c, ';' | '|' | '&' | '(' | ')'));
        let gone = word.filter_map(|w| w.rsplit('/').next()).find(|w| GONE.contains(w));
        Ok(gone.map_or(Fate::Keep, |command| Fate::KeepAnd(note("config-command-gone", no, command))))
    })
}
