//! The ledger and the run's state together: an event is kept first, then folded, then shown.

use crate::ports::{Clock, Ledger, LedgerFailed, Ports};
use rockhop_domain::{
    HostId, RunId,
    event::{Event, Kind},
    journey::{Effect, NotAllowed},
    plan::Plan,
    run::{FoldError, RunState},
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Sees each event after it was kept. Views cannot fail a run.
pub type View = Arc<dyn Fn(&Event) + Send + Sync>;

/// Why the engine stops a host, or itself.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// An event could not be kept or read.
    #[error(transparent)]
    Ledger(#[from] LedgerFailed),
    /// The ledger holds what cannot have happened.
    #[error(transparent)]
    Fold(#[from] FoldError),
    /// An event that cannot happen now was about to be written; it was not.
    #[error("{host}: {why}")]
    NotAllowed {
        /// Which host.
        host: HostId,
        /// Both sides.
        why: NotAllowed,
    },
    /// A defect of this program: a gate that is not the plan's, or a question that panicked.
    #[error("a gate could not be asked by a defect of this program")]
    Gate,
    /// The ledger's run is of another plan.
    #[error("run {run} belongs to plan {found}, not to {asked}")]
    OtherPlan {
        /// Which run.
        run: RunId,
        /// The run's plan.
        found: String,
        /// The plan given.
        asked: String,
    },
}

/// One run's record.
pub struct Book<P: Ports> {
    /// The world.
    pub ports: Arc<P>,
    /// What is executed.
    pub plan: Arc<Plan>,
    /// Which run.
    pub run: RunId,
    state: Mutex<RunState>,
    views: Vec<View>,
}

impl<P: Ports> Book<P> {
    /// Takes up a run that the ledger holds, or begins it with `first`. Says whether it was begun before.
    pub fn open(
        ports: Arc<P>,
        plan: Arc<Plan>,
        run: RunId,
        first: Kind,
        views: Vec<View>,
    ) -> Result<(Self, bool), EngineError> {
        let events = ports.ledger().read()?;
        let known = events.iter().any(|e| e.run.as_ref() == Some(&run));
        let state = if known {
            RunState::fold(&run, &plan, &events)?
        } else {
            let event = ports.ledger().append(Some(&run), None, &first, ports.clock().now())?;
            views.iter().for_each(|view| view(&event));
            RunState::begin(&run, &plan, &event)?
        };
        same_plan(&run, &state, &plan)?;
        Ok((Self { ports, plan, run, state: Mutex::new(state), views }, known))
    }

    /// Keeps an event about the run itself.
    pub fn note(&self, kind: Kind) -> Result<(), EngineError> {
        self.keep(None, kind).map(drop)
    }

    /// Keeps an event about a host; answers what its journey wants next. What cannot happen is not written.
    pub fn record(&self, host: &HostId, kind: Kind) -> Result<Option<Effect>, EngineError> {
        self.keep(Some(host), kind)
    }

    /// The state, for as long as the guard is held: keep it short.
    pub fn state(&self) -> MutexGuard<'_, RunState> {
        // A poisoned lock means a panic in a fold; the state itself is replaced as a whole or not at all.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, host: Option<&HostId>, kind: Kind) -> Result<Option<Effect>, EngineError> {
        let mut state = self.state();
        let effect = match host {
            Some(host) => state
                .foresee(&self.plan, host, &kind)
                .map_err(|why| EngineError::NotAllowed { host: host.clone(), why })?,
            None => None,
        };
        let event = self.ports.ledger().append(Some(&self.run), host, &kind, self.ports.clock().now())?;
        state.see(&self.plan, &event)?;
        drop(state);
        self.views.iter().for_each(|view| view(&event));
        Ok(effect)
    }
}

fn same_plan(run: &RunId, state: &RunState, plan: &Plan) -> Result<(), EngineError> {
    let asked = plan.digest();
    if state.plan == asked {
        return Ok(());
    }
    Err(EngineError::OtherPlan {
        run: run.clone(),
        found: state.plan.short().to_owned(),
        asked: asked.short().to_owned(),
    })
}
