//! The message catalogue: every sentence a person reads, in English and in Chinese.
//!
//! Pure code says what it has to say as a [`Message`], a key and named values; the edge asks a
//! [`Catalogue`] for the sentence. The catalogue never reads files or the environment (its
//! sentences are part of the binary) and never fails: a key without a sentence shows as the key
//! with its values in brackets, and the tests beside this file keep that from being shipped.

mod lang;
pub mod rulebook;
mod sources;

pub use lang::{Lang, UnknownLang};
pub use sources::{AREAS, Area};

use fluent::concurrent::FluentBundle;
use fluent::types::FluentNumber;
use fluent::{FluentArgs, FluentResource, FluentValue};
use rockhop_domain::Message;
use std::fmt;

/// The sentences of one language. Cheap to share between threads, costly to build: keep one.
pub struct Catalogue {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Catalogue {
    /// The whole catalogue in `lang`.
    pub fn new(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new_concurrent(lang.tag().parse().into_iter().collect());
        // Direction marks around values would end up in logs, tables and copied commands.
        bundle.set_use_isolating(false);
        for area in AREAS {
            bundle.add_resource_overriding(read(area.text(lang)));
        }
        Self { lang, bundle }
    }

    /// The language of these sentences.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The sentence for a message.
    pub fn say(&self, message: &Message) -> String {
        self.sentence(&message.key, message.args.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// The sentence for a key and its values.
    pub fn say_key(&self, key: &str, args: &[(&str, String)]) -> String {
        self.sentence(key, args.iter().map(|(name, value)| (*name, value.as_str())))
    }

    /// Whether the catalogue has a sentence for `key`; for tests of the parts that name keys.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.get_message(key).is_some_and(|message| message.value().is_some())
    }

    fn sentence<'a>(&self, key: &str, args: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return bracketed(key, args);
        };
        let mut values = FluentArgs::new();
        for (name, text) in args {
            values.set(name.to_owned(), value(text));
        }
        // A value that was not given shows as `{$name}`: loud enough, and never a panic.
        self.bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
    }
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalogue").field("lang", &self.lang).finish_non_exhaustive()
    }
}

/// The good part of a locale file. The tests refuse files with bad parts.
fn read(text: &str) -> FluentResource {
    FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _errors)| resource)
}

/// A number when it is written as one, so that sentences can choose a plural; else the text.
fn value(text: &str) -> FluentValue<'static> {
    match FluentValue::try_number(text) {
        FluentValue::Number(number) if written_as(&number, text) => FluentValue::Number(number),
        _ => FluentValue::from(text.to_owned()),
    }
}

/// Whether the number prints as it was given: `007`, `1e3` and a 20-digit id must stay as they are.
fn written_as(number: &FluentNumber, text: &str) -> bool {
    number.as_string() == text
}

fn bracketed<'a>(key: &str, args: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let values: String = args.map(|(name, value)| format!(" {name}={value}")).collect();
    format!("[{key}{values}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared<T: Send + Sync>(_: &T) {}

    #[test]
    fn speaks_both_languages() {
        let (en, zh) = (Catalogue::new(Lang::En), Catalogue::new(Lang::Zh));
        shared(&en);
        for (n, english, chinese) in
            [("1", "1 host", "1 台主机"), ("0", "0 hosts", "0 台主机"), ("21", "21 hosts", "21 台主机")]
        {
            let message = Message::new("count-hosts").with("n", n);
            assert_eq!(en.say(&message), english);
            assert_eq!(zh.say(&message), chinese);
            assert_eq!(zh.say_key("count-hosts", &[("n", n.to_owned())]), chinese);
        }
    }

    #[test]
    fn a_missing_key_is_shown_with_its_values() {
        let en = Catalogue::new(Lang::En);
        let message = Message::new("no-such-key").with("host", "web-1").with("n", 3);
        assert_eq!(en.say(&message), "[no-such-key host=web-1 n=3]");
        assert_eq!(en.say(&Message::new("not a key")), "[not a key]");
        assert!(!en.has("no-such-key") && en.has("host"));
    }

    #[test]
    fn values_show_exactly_as_they_were_given() {
        let en = Catalogue::new(Lang::En);
        for text in
            ["007", "1e3", "12345678901234567890", "-0", "1.50", "99.95", "inf", "NaN", "web-1", "", "+5", "{ $n }"]
        {
            assert_eq!(en.say(&Message::new("next-step").with("what", text)), format!("Next: {text}"));
        }
    }

    #[test]
    fn a_missing_value_is_visible() {
        assert_eq!(Catalogue::new(Lang::En).say(&Message::new("next-step")), "Next: {$what}");
    }
}
