//! The engine's events as records, and records as events: the port that the engine writes through.

use super::{Entry, Ledger, LedgerError, LedgerReader, Query, Record};
use jiff::Timestamp;
use rockhop_domain::event::{Event, Kind};
use rockhop_domain::{HostId, RunId};
use rockhop_engine::ports::{self, LedgerFailed};
use std::path::Path;

impl ports::Ledger for Ledger {
    fn append(
        &self,
        run: Option<&RunId>,
        host: Option<&HostId>,
        kind: &Kind,
        at: Timestamp,
    ) -> Result<Event, LedgerFailed> {
        let entry = entry(run, host, kind, at).map_err(failed)?;
        let record = Self::append(self, &entry).map_err(failed)?;
        if matches!(kind, Kind::RunEnded { .. })
            && let Err(error) = self.seal()
        {
            // The event is on the disk. What is left unsigned is signed with the next seal.
            tracing::warn!(%error, "the ledger's head could not be signed at the end of a run");
        }
        Ok(Event { seq: record.seq, at, run: record.run, host: record.host, kind: kind.clone() })
    }

    fn read(&self) -> Result<Vec<Event>, LedgerFailed> {
        self.events(&Query::all()).map_err(failed)
    }
}

impl Ledger {
    /// The events that a query names, oldest first.
    pub fn events(&self, query: &Query) -> Result<Vec<Event>, LedgerError> {
        self.reader.events(query)
    }
}

impl LedgerReader {
    /// The events that a query names, oldest first.
    pub fn events(&self, query: &Query) -> Result<Vec<Event>, LedgerError> {
        self.read(query)?.into_iter().map(|record| to_event(record, self.dir())).collect()
    }
}

fn entry(run: Option<&RunId>, host: Option<&HostId>, kind: &Kind, at: Timestamp) -> Result<Entry, LedgerError> {
    let body = serde_json::to_value(kind).map_err(|e| LedgerError::not_json("event", &e.to_string()))?;
    let name = body.get("kind").and_then(|name| name.as_str()).unwrap_or("event").to_owned();
    Ok(Entry { run: run.cloned(), host: host.cloned(), ..Entry::new(at, name, &body) })
}

fn to_event(record: Record, dir: &Path) -> Result<Event, LedgerError> {
    let Record { seq, at, run, host, kind, body, .. } = record;
    match serde_json::from_str::<Kind>(&body) {
        Ok(kind) => Ok(Event { seq, at, run, host, kind }),
        Err(e) => Err(LedgerError::NotAnEvent { dir: dir.to_owned(), seq, kind, why: e.to_string() }),
    }
}

fn failed(error: LedgerError) -> LedgerFailed {
    LedgerFailed(error.to_string())
}
