//! What a remedy changes in a file, and why one is left to a person.

use serde::{Deserialize, Serialize};

/// One line of a file and what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Its number, from 1.
    pub line: u32,
    /// As it is.
    pub was: String,
    /// As it shall be; `{/dev/sdb1}` stands for the UUID that the host tells of that device.
    pub now: Vec<String>,
}

/// Why a finding is left to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hand {
    /// The rule has no remedy that is mechanical.
    NoneMade,
    /// The file was not read whole, or it is not text.
    NotRead,
    /// The rule could not look at the host.
    NotLooked,
    /// The file holds a secret: neither its content nor its digest may stand in a plan.
    Secret,
    /// The line is not of the form that the remedy knows.
    OtherForm,
    /// The file came with a package: the host's own setting belongs elsewhere.
    Vendors,
    /// What the line names is not in use as it says, so that nobody knows what it means.
    NotInUse,
    /// Nothing would be left of the setting.
    NothingLeft,
    /// It would change what the host does now.
    Changes,
}

impl Hand {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::NoneMade,
        Self::NotRead,
        Self::NotLooked,
        Self::Secret,
        Self::OtherForm,
        Self::Vendors,
        Self::NotInUse,
        Self::NothingLeft,
        Self::Changes,
    ];

    /// The word that machines use, and the end of its key in the catalogue, `remedy-hand-...`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoneMade => "none-made",
            Self::NotRead => "not-read",
            Self::NotLooked => "not-looked",
            Self::Secret => "secret",
            Self::OtherForm => "other-form",
            Self::Vendors => "vendors",
            Self::NotInUse => "not-in-use",
            Self::NothingLeft => "nothing-left",
            Self::Changes => "changes",
        }
    }
}
