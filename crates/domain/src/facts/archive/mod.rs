//! Facts from an archive that another tool made: a sosreport, an insights archive, or a folder of outputs.
//!
//! It is given the archive's entries and says which layout they have, which host they are of, when they were taken, and
//! what they tell. What an archive does not hold is unknown ([`Why::NotHeld`](crate::facts::Why::NotHeld)): no file is absent because an archive lacks
//! it, unless the tool is known to take all of its kind. Every text passes the redactor before it is read.

mod clock;
mod entries;
mod network;
mod packages;
mod processes;
mod reading;
mod redact;
mod sockets;
mod storage;
mod units;

#[cfg(test)]
mod tests;

pub use entries::{Archive, Entry, Meta, wanted};
pub use redact::Redactor;

use super::Facts;
use crate::HostId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who made an archive, and so how it is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// `sos report`: `sos_commands/`, and copies of files in their places.
    Sosreport,
    /// `insights-client`: `insights_commands/`, and copies of files in their places.
    Insights,
    /// Outputs that somebody kept by hand: `ps-axu.out`, `rpm-qai.out`.
    Outputs,
}

/// Why an archive gives no facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotRead {
    /// Its entries are laid out in no known way.
    #[error("it is no sosreport, no insights archive and no folder of known outputs")]
    UnknownLayout,
    /// Neither an output nor the entries tell a time.
    #[error("it does not say when it was taken")]
    NoTime,
}

/// Reads the facts of one host from an archive.
pub fn read(archive: &Archive, host: HostId) -> Result<Facts, NotRead> {
    let taken_at = taken_at(archive).ok_or(NotRead::NoTime)?;
    Ok(reading::facts(archive, host, taken_at))
}

/// What the host of an archive is called, by its own word.
pub fn hostname(archive: &Archive) -> Option<String> {
    reading::hostname(archive).ok()
}

/// The moment that an output of the archive tells; else the newest time of its entries.
fn taken_at(archive: &Archive) -> Option<Timestamp> {
    let dates = ["date utc", "date"].into_iter().filter_map(|name| clock::date(&archive.output(&[name]).ok()?));
    let told = dates.into_iter().next();
    let told = told.or_else(|| clock::timedatectl(&archive.output(&["timedatectl", "timedatectl status"]).ok()?));
    told.or_else(|| archive.newest())
}
