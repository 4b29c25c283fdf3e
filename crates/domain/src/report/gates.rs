//! What each gate of the plan said during the run, from the rows of its openings and closings.
//!
//! A gate is asked only when somebody could go on but for it. So from a row that closes it to the row that opens
//! it again it was seen closed, was asked again, or was not asked at all; never was it seen open.

use super::{EvidenceRef, Figure, Moment, Unit, walk::Walk};
use crate::{
    Message,
    event::{Event, Kind},
    plan::GateState,
};
use serde::Serialize;

/// One gate over the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GateRow {
    /// Its name in the plan.
    pub gate: String,
    /// How often it was found closed or unknown after it was open, or at its first asking.
    pub times: Figure,
    /// Each time.
    pub stretches: Vec<GateStretch>,
}

/// A time in which a gate was not seen open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GateStretch {
    /// Closed, or unknown.
    pub state: GateState,
    /// What it said.
    pub why: Option<Message>,
    /// Since this row.
    pub from: Moment,
    /// Until it said something else; `None` when it did not within the run.
    pub to: Option<Moment>,
    /// For so long.
    pub lasted: Figure,
}

/// One row a gate, in the plan's order.
pub(super) fn gates(walk: &Walk) -> Vec<GateRow> {
    walk.plan.gates.iter().map(|gate| row(walk, &gate.name)).collect()
}

fn row(walk: &Walk, name: &str) -> GateRow {
    let rows: Vec<&Event> = walk.events.iter().copied().filter(|e| is_about(e, name)).collect();
    let stretches = stretches(&rows, walk.end_of_watch());
    let times = match rows.is_empty() {
        true => Figure::not_measured(Unit::Count, Message::new("report-why-gate-not-asked")),
        false => {
            let asked: Vec<EvidenceRef> = rows.iter().map(|e| EvidenceRef::Event(e.seq)).collect();
            Figure::count(stretches.iter().map(|s| s.from.origin()), &asked)
        }
    };
    GateRow { gate: name.to_owned(), times, stretches }
}

fn is_about(event: &Event, name: &str) -> bool {
    matches!(&event.kind, Kind::GateChanged { gate, .. } if gate == name)
}

fn stretches(rows: &[&Event], end: Moment) -> Vec<GateStretch> {
    let mut all = Vec::new();
    for (no, row) in rows.iter().enumerate() {
        let Kind::GateChanged { state, why, .. } = &row.kind else { continue };
        if *state == GateState::Open {
            continue;
        }
        let (from, to) = (Moment::of(row), rows.get(no + 1).map(|next| Moment::of(next)));
        let lasted = Figure::between(from, to.unwrap_or(end));
        all.push(GateStretch { state: *state, why: why.clone(), from, to, lasted });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn each_time_without_an_opening_is_told_apart() {
        let states = [GateState::Open, GateState::Closed, GateState::Unknown, GateState::Open, GateState::Closed];
        let event = |(seq, state): (u64, GateState)| Event {
            seq,
            at: Timestamp::from_second(i64::try_from(seq).unwrap_or(0) * 10).expect("an instant"),
            run: None,
            host: None,
            kind: Kind::GateChanged { gate: "g".into(), state, why: None },
        };
        let events: Vec<Event> = (1..).zip(states).map(event).collect();
        let end = Moment { at: Timestamp::from_second(57).expect("an instant"), seq: 9 };
        let found: Vec<_> = stretches(&events.iter().collect::<Vec<_>>(), end)
            .into_iter()
            .map(|s| (s.state, s.from.seq, s.to.map(|m| m.seq), s.lasted.amount()))
            .collect();
        assert_eq!(
            found,
            [
                (GateState::Closed, 2, Some(3), Some(10_000)),
                (GateState::Unknown, 3, Some(4), Some(10_000)),
                (GateState::Closed, 5, None, Some(7_000)),
            ]
        );
    }
}
