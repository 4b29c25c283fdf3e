//! The language and the time zone in which a person is spoken to.

use jiff::{Timestamp, tz::TimeZone};
use rockhop_domain::Message;
use rockhop_i18n::{Catalogue, Lang};

/// Turns messages and instants into text for one reader.
#[derive(Debug)]
pub struct Speaker {
    catalogue: Catalogue,
    zone: TimeZone,
}

impl Speaker {
    /// Speaks this language and tells times in this zone.
    pub fn new(lang: Lang, zone: TimeZone) -> Self {
        Self { catalogue: Catalogue::new(lang), zone }
    }

    /// The sentences.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The sentence for a message.
    pub fn say(&self, message: &Message) -> String {
        self.catalogue.say(message)
    }

    /// The sentence for a key and its values.
    pub fn say_key(&self, key: &str, args: &[(&str, String)]) -> String {
        self.catalogue.say_key(key, args)
    }

    /// Whether there is a sentence for `key`.
    pub fn has(&self, key: &str) -> bool {
        self.catalogue.has(key)
    }

    /// A point in time as people here read it, to the minute.
    pub fn when(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The same to the second, for logs.
    pub fn when_exactly(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
}
