//! Names that cannot be mixed up: each kind of id is a type of its own, parsed once at the door.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text cannot be an id of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a {kind}: {why}")]
pub struct BadId {
    /// What it should have been: `host name`, `role`, ...
    pub kind: &'static str,
    /// What was given.
    pub text: String,
    /// Which rule it breaks.
    pub why: &'static str,
}

macro_rules! name_type {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Accepts letters, digits, `.`, `-`, `_`; 1 to 253 of them, the first a letter or digit.
            pub fn parse(text: &str) -> Result<Self, BadId> {
                check_name(text).map(|()| Self(text.to_owned())).map_err(|why| BadId { kind: $kind, text: text.to_owned(), why })
            }

            /// The name as it was written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                Self::parse(text)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = String::deserialize(d)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

name_type!(/// A host, by its inventory name.
    HostId, "host name");
name_type!(/// What a host is for: `web`, `cache`, `database`, `monitoring`.
    RoleId, "role");
name_type!(/// Where a host stands.
    SiteId, "site");
name_type!(/// One run of one plan: `run-20261123-041500-9f3a`.
    RunId, "run id");
name_type!(/// A step of a journey: `cutover.take-address`. Never reused, never renamed.
    StepId, "step id");
name_type!(/// A rule of the assessment: `packages.docker`. Never reused, never renamed.
    RuleId, "rule id");
name_type!(/// A service that people use and the prober watches: `shop`, `db-1.postgresql`.
    ServiceId, "service");

fn check_name(text: &str) -> Result<(), &'static str> {
    if text.is_empty() || text.len() > 253 {
        return Err("1 to 253 characters are allowed");
    }
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Err("it must start with a letter or a digit");
    }
    if !text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')) {
        return Err("only letters, digits, '.', '-' and '_' are allowed");
    }
    Ok(())
}

/// A BLAKE3 digest in hex; what plans, facts and evidence are named by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).to_hex().to_string())
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        let hex = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if hex {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadId { kind: "digest", text: text.to_owned(), why: "64 lower-case hexadecimal digits are expected" })
        }
    }

    /// All 64 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first twelve digits, for people.
    pub fn short(&self) -> &str {
        self.0.get(..12).unwrap_or(&self.0)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A wave of a plan, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct WaveNo(pub u32);

impl fmt::Display for WaveNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A step's place in a host's list of steps, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct StepNo(pub u32);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parsed_once_at_the_door() {
        for (text, good) in [
            ("web-1", true),
            ("a.b_c", true),
            ("", false),
            ("-x", false),
            ("web 1", false),
            ("网", false),
            ("web;rm", false),
        ] {
            assert_eq!(HostId::parse(text).is_ok(), good, "{text:?}");
        }
    }

    #[test]
    fn digests_are_64_hex_digits() {
        assert_eq!(Digest::parse(Digest::of(b"x").as_str()), Ok(Digest::of(b"x")));
        assert!(Digest::parse("abc").is_err());
    }
}
