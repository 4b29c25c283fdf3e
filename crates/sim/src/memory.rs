//! A ledger in memory that can die at any write, as a controller does.

use jiff::Timestamp;
use rockhop_domain::{
    HostId, RunId,
    event::{Event, Kind},
};
use rockhop_engine::ports::{Ledger, LedgerFailed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Events that outlive the controller that wrote them.
#[derive(Clone, Default)]
pub struct MemoryLedger {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    events: Vec<Event>,
    /// The controller dies at this many events: the last one is kept, but nobody hears of it.
    dies_at: Option<usize>,
    dead: bool,
}

impl MemoryLedger {
    /// From now on the controller dies when the ledger holds `events`.
    pub fn die_at(&self, events: usize) {
        self.lock().dies_at = Some(events);
    }

    /// The controller starts again.
    pub fn revive(&self) {
        let mut inner = self.lock();
        (inner.dies_at, inner.dead) = (None, false);
    }

    /// What is kept.
    pub fn events(&self) -> Vec<Event> {
        self.lock().events.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ledger for MemoryLedger {
    fn append(
        &self,
        run: Option<&RunId>,
        host: Option<&HostId>,
        kind: &Kind,
        at: Timestamp,
    ) -> Result<Event, LedgerFailed> {
        let mut inner = self.lock();
        if inner.dead {
            return Err(LedgerFailed("the controller is dead".to_owned()));
        }
        let seq = inner.events.len() as u64 + 1;
        let event = Event { seq, at, run: run.cloned(), host: host.cloned(), kind: kind.clone() };
        inner.events.push(event.clone());
        inner.dead = inner.dies_at.is_some_and(|n| inner.events.len() >= n);
        if inner.dead { Err(LedgerFailed("the controller died here".to_owned())) } else { Ok(event) }
    }

    fn read(&self) -> Result<Vec<Event>, LedgerFailed> {
        Ok(self.events())
    }
}
