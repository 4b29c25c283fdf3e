//! The port that the engine writes through: its events as records of the ledger, and back.

use super::{Ledger, LedgerError, LedgerReader, Query};
use crate::events::{entry, event};
use jiff::Timestamp;
use rockhop_domain::event::{Event, Kind};
use rockhop_domain::{HostId, RunId};
use rockhop_engine::ports::{self, LedgerFailed};

impl ports::Ledger for Ledger {
    fn append(
        &self,
        run: Option<&RunId>,
        host: Option<&HostId>,
        kind: &Kind,
        at: Timestamp,
    ) -> Result<Event, LedgerFailed> {
        let record = Self::append(self, &entry(run, host, kind, at)).map_err(failed)?;
        if matches!(kind, Kind::RunEnded { .. } | Kind::RemediesEnded { .. })
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
        let unreadable = |why| LedgerError::NotAnEvent { dir: self.dir().to_owned(), why };
        self.read(query)?.iter().map(|record| event(record).map_err(unreadable)).collect()
    }
}

fn failed(error: LedgerError) -> LedgerFailed {
    LedgerFailed(error.to_string())
}
