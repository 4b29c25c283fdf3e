//! Everything that `rockhop` prints goes through here: sentences of the catalogue, tables, JSON, errors.
//!
//! A write that fails is remembered and decides the exit code at the end: a full disk is not success.
//! A reader that has seen enough (`rockhop ... | head`) is not a failure.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::speaker::Speaker;
use crate::view::text;
use rockhop_domain::{Message, plan::Scenery};
use rockhop_i18n::Catalogue;
use serde::Serialize;
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ColourChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How much is said, and in which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// One JSON document in place of sentences.
    pub json: bool,
    /// No sentence that is not the result itself.
    pub quiet: bool,
    /// No full-screen view and no line that is written over.
    pub plain: bool,
    /// When to colour.
    pub colour: ColourChoice,
}

/// A colour with a meaning; nothing is said by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Look at it.
    Warn,
    /// Wrong.
    Bad,
    /// A heading.
    Strong,
    /// Beside the point.
    Faint,
}

/// The two streams and the language.
#[derive(Debug)]
pub struct Ui {
    speaker: Speaker,
    manner: Manner,
    colour_out: bool,
    colour_err: bool,
    trouble: Mutex<Option<io::Error>>,
    /// Set once all that is said is about a fleet in memory.
    simulated: AtomicBool,
}

impl Ui {
    /// Speaks to this process's standard output and error.
    pub fn new(speaker: Speaker, manner: Manner) -> Self {
        Self {
            speaker,
            manner,
            colour_out: wants_colour(manner.colour, io::stdout().is_terminal()),
            colour_err: wants_colour(manner.colour, io::stderr().is_terminal()),
            trouble: Mutex::new(None),
            simulated: AtomicBool::new(false),
        }
    }

    /// From here on all that is said is about hosts of this kind. What is simulated is marked: for people by a line
    /// before anything else, for scripts by a key in every document.
    pub fn mark(&self, scenery: Scenery) {
        let first = scenery == Scenery::Simulated && !self.simulated.swap(true, Ordering::Relaxed);
        if first && !self.manner.json {
            self.line(&self.paint(Tone::Warn, &self.text("mark-simulated", &[])));
        }
    }

    /// The sentences of the language chosen.
    pub fn catalogue(&self) -> &Catalogue {
        self.speaker.catalogue()
    }

    /// The language and the time zone chosen.
    pub fn speaker(&self) -> &Speaker {
        &self.speaker
    }

    /// Whether a script reads the output.
    pub fn json_wanted(&self) -> bool {
        self.manner.json
    }

    /// Whether a full-screen view may be shown.
    pub fn may_draw(&self) -> bool {
        !self.manner.plain && !self.manner.json && io::stdout().is_terminal() && io::stdin().is_terminal()
    }

    /// How wide the terminal is; 100 columns when nobody knows.
    pub fn width(&self) -> usize {
        ratatui::crossterm::terminal::size().map_or(100, |(columns, _)| usize::from(columns)).max(40)
    }

    /// The sentence for a key and its values.
    pub fn text(&self, key: &str, args: &[(&str, String)]) -> String {
        self.speaker.say_key(key, args)
    }

    /// Tells how it goes; silent with `--quiet` and `--json`.
    pub fn say(&self, message: &Message) {
        self.say_text(&self.speaker.say(message));
    }

    /// The same for a sentence that was put together already.
    pub fn say_text(&self, text: &str) {
        if !self.manner.quiet && !self.manner.json {
            self.line(text);
        }
    }

    /// A line of the result itself.
    pub fn line(&self, text: &str) {
        self.keep(writeln!(io::stdout().lock(), "{text}"));
    }

    /// A sentence in as many lines as the width asks for, each after this margin.
    pub fn wrapped(&self, margin: &str, said: &str) {
        self.in_lines(said, margin, margin);
    }

    /// A sentence in as many lines as the width asks for, the first after this mark, the others after as many blanks.
    pub fn hanging(&self, mark: &str, said: &str) {
        self.in_lines(said, mark, &" ".repeat(text::width(mark)));
    }

    fn in_lines(&self, said: &str, first: &str, others: &str) {
        let room = self.width().saturating_sub(text::width(first)).max(20);
        for (n, line) in text::wrap(said, room).iter().enumerate() {
            self.line(&format!("{}{line}", if n == 0 { first } else { others }));
        }
    }

    /// Text as it is, without a line's end added.
    pub fn raw(&self, bytes: &[u8]) {
        self.keep(io::stdout().lock().write_all(bytes));
    }

    /// A result that is too large to be put together first. `write` is given the mark that a document needs, if any.
    pub fn out(&self, write: impl FnOnce(&mut dyn Write, Option<&str>) -> io::Result<()>) {
        let mark = self.simulated.load(Ordering::Relaxed).then_some("simulated");
        let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
        self.keep(write(&mut out, mark).and_then(|()| out.flush()));
    }

    /// The result for a script.
    pub fn json(&self, value: &impl Serialize) {
        match self.marked(value).and_then(|value| serde_json::to_string_pretty(&value)) {
            Ok(text) => self.line(&text),
            Err(why) => self.keep(Err(io::Error::other(why))),
        }
    }

    /// One of many results for a script, on a line of its own.
    pub fn json_line(&self, value: &impl Serialize) {
        match self.marked(value).and_then(|value| serde_json::to_string(&value)) {
            Ok(text) => self.line(&text),
            Err(why) => self.keep(Err(io::Error::other(why))),
        }
    }

    /// Something to look at that does not stop the command; on standard error.
    pub fn warn(&self, message: &Message) {
        let label = self.text("label-warning", &[]);
        let label = painted(Tone::Warn, &label, self.colour_err);
        self.keep(writeln!(io::stderr().lock(), "{label}{}", self.speaker.say(message)));
    }

    /// The failure that ends the command; on standard error.
    pub fn failure(&self, failure: &Failure) {
        let text = if self.manner.json {
            let mut error = failure_json(self.catalogue(), failure);
            self.stamp(&mut error);
            error.to_string()
        } else {
            failure_text(self.catalogue(), failure, self.colour_err)
        };
        self.keep(writeln!(io::stderr().lock(), "{text}"));
    }

    /// Text in a tone, when standard output takes colours.
    pub fn paint(&self, tone: Tone, text: &str) -> String {
        painted(tone, text, self.colour_out)
    }

    /// What could not be written, if anything; asked once, at the end.
    pub fn finish(&self) -> Option<Failure> {
        self.keep(io::stdout().flush());
        let trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let what = Message::new("error-output").with("why", trouble);
        Some(Failure::new(Exit::Failed, what))
    }

    /// A document for a script, with what it is about.
    fn marked(&self, value: &impl Serialize) -> serde_json::Result<Value> {
        let mut value = serde_json::to_value(value)?;
        self.stamp(&mut value);
        Ok(value)
    }

    /// Writes the mark into an object, or into each object of a list, unless it says what it is itself.
    fn stamp(&self, value: &mut Value) {
        match value {
            Value::Object(keys) if self.simulated.load(Ordering::Relaxed) => {
                keys.entry("scenery").or_insert_with(|| Value::from("simulated"));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.stamp(item)),
            _ => {}
        }
    }

    fn keep(&self, written: io::Result<()>) {
        let Err(error) = written else { return };
        if error.kind() != io::ErrorKind::BrokenPipe {
            self.trouble.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
    }
}

/// The error as a person reads it: what, behind it what, and after a blank line what to do next.
pub fn failure_text(catalogue: &Catalogue, failure: &Failure, colour: bool) -> String {
    let label = painted(Tone::Bad, &catalogue.say_key("label-error", &[]), colour);
    let mut text = format!("{label}{}", catalogue.say(&failure.what));
    for detail in &failure.details {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n  {}", catalogue.say(detail).replace('\n', "\n  "));
    }
    if let Some(next) = advice(catalogue, failure) {
        let _ = write!(text, "\n\n{next}");
    }
    text
}

fn failure_json(catalogue: &Catalogue, failure: &Failure) -> Value {
    let said: Vec<String> = failure.details.iter().map(|d| catalogue.say(d)).collect();
    serde_json::json!({
        "error": failure.what.key,
        "exit": failure.exit.code(),
        "exit_key": failure.exit.key(),
        "message": catalogue.say(&failure.what),
        "details": said,
        "next": advice(catalogue, failure),
    })
}

fn advice(catalogue: &Catalogue, failure: &Failure) -> Option<String> {
    if let Some(next) = &failure.next {
        return Some(catalogue.say(next));
    }
    let key = format!("{}-next", failure.what.key);
    let next = Message { key, args: failure.what.args.clone() };
    catalogue.has(&next.key).then(|| catalogue.say(&next))
}

fn wants_colour(choice: ColourChoice, terminal: bool) -> bool {
    match choice {
        ColourChoice::Always => true,
        ColourChoice::Never => false,
        ColourChoice::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
    }
}

fn painted(tone: Tone, text: &str, colour: bool) -> String {
    if !colour {
        return text.to_owned();
    }
    let code = match tone {
        Tone::Good => "32",
        Tone::Warn => "33",
        Tone::Bad => "1;31",
        Tone::Strong => "1",
        Tone::Faint => "2",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rockhop_i18n::Lang;

    fn sample() -> Failure {
        Failure::new(Exit::Config, Message::new("error-read").with("path", "/x").with("why", "no"))
            .because([Message::new("host")])
            .next(Message::new("next-step").with("what", "look"))
    }

    #[test]
    fn an_error_says_what_and_after_a_blank_line_what_next() {
        let text = failure_text(&Catalogue::new(Lang::En), &sample(), false);
        assert_eq!(text, "error: /x could not be read: no\n  host\n\nNext: look");
    }

    #[test]
    fn colour_changes_the_label_only() {
        let text = failure_text(&Catalogue::new(Lang::En), &sample(), true);
        assert!(text.starts_with("\u{1b}[1;31merror: \u{1b}[0m/x could"), "{text:?}");
    }

    #[test]
    fn a_script_gets_keys() {
        let value = failure_json(&Catalogue::new(Lang::Zh), &sample());
        assert_eq!((value["error"].as_str(), value["exit"].as_u64()), (Some("error-read"), Some(78)));
    }
}
