//! Change windows.
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// When hosts may start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {}

/// How a window is at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowState {
    /// Open.
    Open {
        /// No host starts from here on.
        cutoff: Timestamp,
        /// It closes.
        until: Timestamp,
    },
    /// Closed.
    Closed {
        /// When it opens again.
        opens_at: Option<Timestamp>,
    },
    /// A freeze holds.
    Frozen {
        /// Until when.
        until: Timestamp,
        /// Why.
        reason: String,
    },
}

impl Window {
    /// How the window is at this instant.
    pub fn state_at(&self, now: Timestamp) -> WindowState {
        WindowState::Open { cutoff: now, until: now }
    }
}
