//! The domain's events in the ledger's records and back. The body of a record is the event's `Kind` as JSON.
//!
//! A record that this version has no `Kind` for is an error with its place, never skipped.

use crate::ledger::{Entry, NotAnEvent, Record};
use jiff::Timestamp;
use rockhop_domain::{
    HostId, RunId,
    event::{Event, Kind},
};

/// What is to be written for an event.
pub fn entry(run: Option<&RunId>, host: Option<&HostId>, kind: &Kind, at: Timestamp) -> Entry {
    // A kind holds only strings, integers and lists of them: it always serialises.
    let body = serde_json::to_value(kind).unwrap_or_default();
    let name = body.get("kind").and_then(|k| k.as_str()).unwrap_or_default().to_owned();
    Entry { run: run.cloned(), host: host.cloned(), ..Entry::new(at, name, &body) }
}

/// The event that a record holds.
pub fn event(record: &Record) -> Result<Event, NotAnEvent> {
    let unreadable =
        |why: serde_json::Error| NotAnEvent { seq: record.seq, kind: record.kind.clone(), why: why.to_string() };
    let kind: Kind = serde_json::from_str(&record.body).map_err(unreadable)?;
    Ok(Event { seq: record.seq, at: record.at, run: record.run.clone(), host: record.host.clone(), kind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rockhop_domain::Digest;

    fn record(entry: Entry) -> Record {
        let zero = Digest::of(b"");
        let Entry { at, run, host, kind, body } = entry;
        Record { seq: 7, at, run, host, kind, body, prev: zero.clone(), hash: zero }
    }

    #[test]
    fn what_was_written_is_read_back() {
        let host = HostId::parse("web-1").expect("a host");
        let kind = Kind::Noted { by: "ann".into(), text: "break power".into() };
        let entry = entry(None, Some(&host), &kind, Timestamp::UNIX_EPOCH);
        assert_eq!(entry.kind, "noted");
        let event = event(&record(entry)).expect("an event");
        assert_eq!((event.seq, event.host, event.kind), (7, Some(host), kind));
    }

    #[test]
    fn an_unknown_kind_is_an_error_with_its_place() {
        let strange = Entry::new(Timestamp::UNIX_EPOCH, "of-tomorrow", &serde_json::json!({ "kind": "of-tomorrow" }));
        let error = event(&record(strange)).expect_err("not an event");
        assert_eq!((error.seq, error.kind.as_str()), (7, "of-tomorrow"));
    }
}
