//! Records, and the bytes that their hashes are made over.

use super::{Flaw, LedgerError};
use jiff::Timestamp;
use rockhop_domain::{Digest, HostId, RunId};

/// What is to be written: who, when, what kind, and the body as JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it happened, by the caller's clock.
    pub at: Timestamp,
    /// The run that it belongs to; none for what concerns the project.
    pub run: Option<RunId>,
    /// The host that it concerns, if one.
    pub host: Option<HostId>,
    /// The stable name of the kind of event.
    pub kind: String,
    /// The event itself, JSON; stored to the byte as given.
    pub body: String,
}

impl Entry {
    /// An entry that concerns neither a run nor a host yet.
    pub fn new(at: Timestamp, kind: impl Into<String>, body: &serde_json::Value) -> Self {
        Self { at, run: None, host: None, kind: kind.into(), body: body.to_string() }
    }

    /// The same entry as part of a run.
    #[must_use]
    pub fn of_run(mut self, run: RunId) -> Self {
        self.run = Some(run);
        self
    }

    /// The same entry about a host.
    #[must_use]
    pub fn of_host(mut self, host: HostId) -> Self {
        self.host = Some(host);
        self
    }
}

/// A record of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its place, from 1, without gaps.
    pub seq: u64,
    /// When it happened.
    pub at: Timestamp,
    /// The run that it belongs to.
    pub run: Option<RunId>,
    /// The host that it concerns.
    pub host: Option<HostId>,
    /// The stable name of the kind of event.
    pub kind: String,
    /// The event, JSON text.
    pub body: String,
    /// The hash of the record before it.
    pub prev: Digest,
    /// Its own hash, which covers `prev` and every other column.
    pub hash: Digest,
}

/// A record as the database holds it: believed only after its hash was made again.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub seq: u64,
    pub at: String,
    pub run: Option<String>,
    pub host: Option<String>,
    pub kind: String,
    pub body: String,
    pub prev: Digest,
    pub hash: Digest,
}

impl Row {
    /// The row that follows the record whose hash is `prev`.
    pub fn chained(seq: u64, prev: &Digest, entry: &Entry) -> Result<Self, LedgerError> {
        if let Err(why) = serde_json::from_str::<serde::de::IgnoredAny>(&entry.body) {
            return Err(LedgerError::not_json(&entry.kind, &why.to_string()));
        }
        let mut row = Self {
            seq,
            at: entry.at.to_string(),
            run: entry.run.as_ref().map(ToString::to_string),
            host: entry.host.as_ref().map(ToString::to_string),
            kind: entry.kind.clone(),
            body: entry.body.clone(),
            prev: prev.clone(),
            hash: first_prev(),
        };
        row.hash = row.digest();
        Ok(row)
    }

    /// BLAKE3 over a format name and every column, each with its length before it, so that no
    /// byte can move from one column into the next.
    pub fn digest(&self) -> Digest {
        let mut bytes = Vec::with_capacity(256 + self.body.len());
        for column in [Some("rockhop-record-1"), Some(self.prev.as_str()), Some(&self.seq.to_string()), Some(&self.at)]
            .into_iter()
            .chain([self.run.as_deref(), self.host.as_deref(), Some(&self.kind), Some(&self.body)])
        {
            push(&mut bytes, column);
        }
        Digest::of(&bytes)
    }

    pub fn into_record(self) -> Result<Record, Flaw> {
        let seq = self.seq;
        let unreadable = |column| move |_| Flaw::Unreadable { seq, column };
        Ok(Record {
            seq,
            at: self.at.parse().map_err(|_| Flaw::Unreadable { seq, column: "at" })?,
            run: self.run.as_deref().map(RunId::parse).transpose().map_err(unreadable("run"))?,
            host: self.host.as_deref().map(HostId::parse).transpose().map_err(unreadable("host"))?,
            kind: self.kind,
            body: self.body,
            prev: self.prev,
            hash: self.hash,
        })
    }
}

/// What the first record is chained to: nothing, as 64 zeros.
pub(super) fn first_prev() -> Digest {
    Digest::parse(&"0".repeat(64)).expect("64 zeros are a digest")
}

fn push(bytes: &mut Vec<u8>, column: Option<&str>) {
    let Some(text) = column else { return bytes.push(0) };
    bytes.push(1);
    bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
    bytes.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kind: &str, body: &str) -> Row {
        let entry = Entry {
            at: Timestamp::UNIX_EPOCH,
            run: None,
            host: Some(HostId::parse("web-1").expect("a host")),
            kind: kind.into(),
            body: body.into(),
        };
        Row::chained(1, &first_prev(), &entry).expect("a row")
    }

    /// The format is for ever: an auditor's own program must come to the same number.
    #[test]
    fn the_hash_is_what_it_was() {
        assert_eq!(
            row("run-started", r#"{"a":1}"#).hash.as_str(),
            "0c6ab943cb13dcca98ca183938fff904970ba721e0f879edebefee554d9ce91f"
        );
    }

    #[test]
    fn no_byte_moves_between_columns() {
        assert_ne!(row("a", "11").hash, row("a1", "1").hash);
        let (mut run, mut host) = (row("a", "1"), row("a", "1"));
        (run.run, run.host) = (Some("web-1".into()), None);
        (host.run, host.host) = (None, Some("web-1".into()));
        assert_ne!(run.digest(), host.digest());
    }

    #[test]
    fn what_is_not_json_is_refused() {
        let entry = Entry { body: "{".into(), ..Entry::new(Timestamp::UNIX_EPOCH, "x", &serde_json::Value::Null) };
        assert!(matches!(Row::chained(1, &first_prev(), &entry), Err(LedgerError::NotJson { .. })));
    }
}
