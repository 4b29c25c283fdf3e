//! Small values of the project file: a number of hosts or a share of them, and exact decimals.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::fmt;

/// So many hosts, or such a share of them: `3`, `"10%"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// A number of hosts.
    Count(u32),
    /// Of all hosts that it is about; 0 to 100.
    Percent(u8),
}

impl Share {
    /// The number of hosts out of `total`, rounded down.
    pub fn of(self, total: u32) -> u32 {
        match self {
            Self::Count(count) => count,
            Self::Percent(percent) => u32::try_from(u64::from(total) * u64::from(percent) / 100).unwrap_or(total),
        }
    }

    /// The same for a limit under which work must be possible at all: never below one.
    pub fn limit_of(self, total: u32) -> u32 {
        self.of(total).max(1)
    }

    /// Whether it allows nothing, whatever the total.
    pub fn is_nothing(self) -> bool {
        matches!(self, Self::Count(0) | Self::Percent(0))
    }

    fn parse(text: &str) -> Option<Self> {
        let percent: u8 = text.strip_suffix('%')?.trim_end().parse().ok()?;
        (percent <= 100).then_some(Self::Percent(percent))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(f, "{count}"),
            Self::Percent(percent) => write!(f, "{percent}%"),
        }
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(count) => serializer.serialize_u32(*count),
            Self::Percent(_) => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bad = |text: &dyn fmt::Display| {
            de::Error::custom(format_args!("{text} is neither a number of hosts nor a share such as \"10%\""))
        };
        match toml::Value::deserialize(deserializer)? {
            toml::Value::Integer(count) => u32::try_from(count).map(Self::Count).map_err(|_| bad(&count)),
            toml::Value::String(text) => Self::parse(&text).ok_or_else(|| bad(&text)),
            other => Err(bad(&other.type_str())),
        }
    }
}

impl JsonSchema for Share {
    fn schema_name() -> Cow<'static, str> {
        "Share".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "So many hosts, or such a share of them: 3, \"10%\".",
            "anyOf": [{ "type": "integer", "minimum": 0 }, { "type": "string", "pattern": "^[0-9]{1,3} *%$" }]
        })
    }
}

/// A decimal number, exact to a thousandth: money, percent. Written `99.95` or `"99.95"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Milli(
    /// In thousandths.
    pub i64,
);

impl Milli {
    /// Reads at most twelve digits before the point and three behind it.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !plain(part) || whole.len() > 12 || part.len() > 3 {
            return None;
        }
        let milli = whole.parse::<i64>().ok()? * 1000 + format!("{part:0<3}").parse::<i64>().ok()?;
        Some(Self(if negative { -milli } else { milli }))
    }
}

impl fmt::Display for Milli {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, milli) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let part = format!("{:03}", milli % 1000);
        let part = part.trim_end_matches('0');
        let point = if part.is_empty() { "" } else { "." };
        write!(f, "{sign}{}{point}{part}", milli / 1000)
    }
}

impl Serialize for Milli {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Milli {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = toml::Value::deserialize(deserializer)?;
        let text = match value {
            toml::Value::Integer(whole) => whole.to_string(),
            // The shortest text that reads back as this number: what the person wrote.
            toml::Value::Float(float) => float.to_string(),
            toml::Value::String(text) => text,
            other => other.type_str().to_owned(),
        };
        Self::parse(&text)
            .ok_or_else(|| de::Error::custom(format_args!("{text} is not a decimal number with at most three places")))
    }
}

impl JsonSchema for Milli {
    fn schema_name() -> Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A decimal number with at most three places: 99.95 or \"99.95\".",
            "anyOf": [{ "type": "number" }, { "type": "string", "pattern": "^-?[0-9]{1,12}(\\.[0-9]{1,3})?$" }]
        })
    }
}

/// A calendar day, as TOML writes it (`2026-12-28`) or as text.
pub(crate) mod day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = match toml::Value::deserialize(deserializer)? {
            toml::Value::Datetime(day) => day.to_string(),
            toml::Value::String(text) => text,
            other => other.type_str().to_owned(),
        };
        let plain = text.len() == 10;
        plain
            .then(|| text.parse().ok())
            .flatten()
            .ok_or_else(|| D::Error::custom(format_args!("{text} is not a day such as 2026-12-28")))
    }

    /// The same for a day that need not be given.
    pub mod option {
        use super::{Date, Deserialize, Deserializer, Serializer};

        pub fn serialize<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
            match day {
                Some(day) => serializer.collect_str(day),
                None => serializer.serialize_none(),
            }
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
            #[derive(Deserialize)]
            #[serde(transparent)]
            struct Given(#[serde(with = "super")] Date);
            Option::<Given>::deserialize(deserializer).map(|given| given.map(|Given(day)| day))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_fleet() {
        for (share, total, want) in [
            (Share::Count(3), 2, 3),
            (Share::Percent(10), 15, 1),
            (Share::Percent(10), 9, 0),
            (Share::Percent(100), u32::MAX, u32::MAX),
        ] {
            assert_eq!(share.of(total), want, "{share} of {total}");
        }
        assert_eq!(Share::Percent(10).limit_of(9), 1, "a limit leaves room for one host");
        for (text, want) in
            [("10%", true), ("10 %", true), ("101%", false), ("ten%", false), ("10", false), ("-1%", false)]
        {
            assert_eq!(Share::parse(text).is_some(), want, "{text}");
        }
    }

    #[test]
    fn decimals_are_exact() {
        for (text, want) in [
            ("99.95", Some(99_950)),
            ("0.1", Some(100)),
            ("-1.005", Some(-1_005)),
            ("120000", Some(120_000_000)),
            ("1.0005", None),
            ("1e3", None),
            (".5", None),
            ("", None),
            ("9999999999999", None),
        ] {
            assert_eq!(Milli::parse(text), want.map(Milli), "{text}");
        }
        for text in ["99.95", "-0.005", "0", "7", "1.5"] {
            assert_eq!(Milli::parse(text).map(|milli| milli.to_string()).as_deref(), Some(text));
        }
    }
}
