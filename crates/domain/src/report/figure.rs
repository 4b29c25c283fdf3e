//! A number and where it comes from. Nothing in the report is a bare number.

use crate::{Digest, Message};
use jiff::Timestamp;
use serde::Serialize;

/// One number of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The number, or why there is none.
    pub value: Value,
    /// What it counts, and how fine: the amount is in the unit's smallest step.
    pub unit: Unit,
    /// What it was computed from. Never empty for a measured number.
    pub origin: Vec<EvidenceRef>,
    /// Samples behind it: events, looks of the prober, hosts.
    pub n: u64,
    /// What the reader should know beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Message>,
}

/// A number, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// In the unit's smallest step.
    Measured(i64),
    /// Nothing is put in its place.
    NotMeasured {
        /// Why, for the reader.
        why: Message,
    },
}

/// What a number counts. The comment names the smallest step in which amounts are kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Ones.
    Count,
    /// Milliseconds.
    Millis,
    /// Bytes.
    Bytes,
    /// Thousandths of a percent.
    Percent,
    /// Thousandths of a percentage point: the difference of two percentages.
    Points,
    /// Thousandths of the currency.
    Money(String),
    /// Thousandths of an hour of one person's work.
    PersonHours,
    /// Thousandths of the unit that the measurement names.
    Named(String),
}

impl Unit {
    /// Digits after the decimal point that an amount carries.
    pub fn decimals(&self) -> u32 {
        match self {
            Self::Count | Self::Millis | Self::Bytes => 0,
            Self::Percent | Self::Points | Self::Money(_) | Self::PersonHours | Self::Named(_) => 3,
        }
    }
}

/// One thing that a number was computed from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceRef {
    /// A row of the ledger.
    Event(u64),
    /// A plan, by its digest.
    Plan(Digest),
    /// A host's facts, by their digest.
    Facts(Digest),
    /// The project file: what people stated there, not measured.
    Project,
    /// The check of the ledger's hash chain.
    Ledger,
    /// The request for this report: its time and the run that was asked for.
    Request,
    /// The comparison with vulnerability data.
    Vulnerabilities,
}

/// An instant that the ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// Which row says so.
    pub seq: u64,
}

impl Moment {
    /// The instant of an event.
    pub fn of(event: &crate::event::Event) -> Self {
        Self { at: event.at, seq: event.seq }
    }

    /// The row behind it.
    pub fn origin(self) -> EvidenceRef {
        EvidenceRef::Event(self.seq)
    }
}

impl Figure {
    /// A number that follows from `origin`.
    pub fn measured(amount: i64, unit: Unit, origin: impl IntoIterator<Item = EvidenceRef>) -> Self {
        let origin = distinct(origin);
        Self { value: Value::Measured(amount), unit, n: origin.len() as u64, origin, note: None }
    }

    /// A number that is not there.
    pub fn not_measured(unit: Unit, why: Message) -> Self {
        Self { value: Value::NotMeasured { why }, unit, origin: Vec::new(), n: 0, note: None }
    }

    /// How many things there are. When there are none, `whole` says where one would have been seen.
    pub fn count(of: impl IntoIterator<Item = EvidenceRef>, whole: &[EvidenceRef]) -> Self {
        let of: Vec<_> = of.into_iter().collect();
        let amount = i64::try_from(of.len()).unwrap_or(i64::MAX);
        let origin = if of.is_empty() { whole.to_vec() } else { of };
        Self::measured(amount, Unit::Count, origin)
    }

    /// The time between two rows; not measured when the clock was set back between them.
    pub fn between(from: Moment, to: Moment) -> Self {
        if set_back(from.at, to.at) {
            return Self::not_measured(Unit::Millis, Message::new("report-why-clock-set-back"));
        }
        Self::measured(millis(from.at, to.at), Unit::Millis, [from.origin(), to.origin()])
    }

    /// `part` of `whole` in percent; not measured when either is, or when the whole is nothing.
    pub fn ratio(part: &Self, whole: &Self) -> Self {
        if let Some(why) = part.why().or(whole.why()) {
            return Self::not_measured(Unit::Percent, why.clone());
        }
        let both = part.amount().zip(whole.amount());
        let Some((part_n, whole_n)) = both.filter(|(_, whole)| *whole != 0) else {
            return Self::not_measured(Unit::Percent, Message::new("report-why-nothing-to-divide"));
        };
        let origin = part.origin.iter().chain(&whole.origin).cloned();
        Self::measured(share(part_n, whole_n), Unit::Percent, origin)
    }

    /// The same number with its sample count.
    #[must_use]
    pub fn with_n(mut self, n: u64) -> Self {
        self.n = n;
        self
    }

    /// The same number with a remark.
    #[must_use]
    pub fn with_note(mut self, note: Message) -> Self {
        self.note = Some(note);
        self
    }

    /// The number, if there is one.
    pub fn amount(&self) -> Option<i64> {
        match self.value {
            Value::Measured(amount) => Some(amount),
            Value::NotMeasured { .. } => None,
        }
    }

    /// Why there is no number, if there is none.
    pub fn why(&self) -> Option<&Message> {
        match &self.value {
            Value::Measured(_) => None,
            Value::NotMeasured { why } => Some(why),
        }
    }
}

/// The sum; not measured as soon as one part is not, for a sum with holes is no sum.
pub fn sum<'f>(parts: impl IntoIterator<Item = &'f Figure>, unit: Unit, whole: &[EvidenceRef]) -> Figure {
    let mut total = 0_i64;
    let mut origin = Vec::new();
    for part in parts {
        match &part.value {
            Value::Measured(amount) => total = total.saturating_add(*amount),
            Value::NotMeasured { why } => return Figure::not_measured(unit, why.clone()),
        }
        origin.extend(part.origin.iter().cloned());
    }
    if origin.is_empty() {
        origin.extend_from_slice(whole);
    }
    Figure::measured(total, unit, origin)
}

/// Rows of hosts that move together may be written in another order than they were stamped; by no more than this.
const STAMP_SLACK_MS: i64 = 1_000;

/// Whether the clock was set back between two rows that stand in this order.
pub fn set_back(from: Timestamp, to: Timestamp) -> bool {
    to.as_millisecond().saturating_add(STAMP_SLACK_MS) < from.as_millisecond()
}

/// Milliseconds from one instant to a later one; nothing when it is not later.
pub fn millis(from: Timestamp, to: Timestamp) -> i64 {
    to.as_millisecond().saturating_sub(from.as_millisecond()).max(0)
}

/// `part / whole` in thousandths of a percent, rounded half up.
pub fn share(part: i64, whole: i64) -> i64 {
    let (part, whole) = (i128::from(part) * 100_000, i128::from(whole));
    i64::try_from((part + whole / 2).div_euclid(whole)).unwrap_or(i64::MAX)
}

/// Each once, in order.
fn distinct(origin: impl IntoIterator<Item = EvidenceRef>) -> Vec<EvidenceRef> {
    let mut origin: Vec<_> = origin.into_iter().collect();
    origin.sort();
    origin.dedup();
    origin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_half_up() {
        for (part, whole, want) in [(1, 3, 33_333), (2, 3, 66_667), (15, 15, 100_000), (0, 7, 0), (1, 16, 6_250)] {
            assert_eq!(share(part, whole), want, "{part}/{whole}");
        }
    }

    #[test]
    fn a_clock_that_was_set_back_measures_nothing() {
        let at = |seq, ms| Moment { at: Timestamp::from_millisecond(ms).expect("an instant"), seq };
        assert_eq!(Figure::between(at(1, 5_000), at(2, 9_000)).amount(), Some(4_000));
        assert_eq!(Figure::between(at(1, 5_000), at(2, 4_500)).amount(), Some(0), "written out of order");
        assert!(Figure::between(at(1, 5_000), at(2, 1_000)).why().is_some());
    }

    #[test]
    fn a_sum_with_a_hole_is_no_sum() {
        let one = Figure::measured(1, Unit::Count, [EvidenceRef::Event(1)]);
        let hole = Figure::not_measured(Unit::Count, Message::new("why"));
        assert_eq!(sum([&one, &one], Unit::Count, &[]).amount(), Some(2));
        assert_eq!(sum([&one, &hole], Unit::Count, &[]).amount(), None);
    }

    #[test]
    fn nothing_is_still_counted_from_something() {
        let none = Figure::count([], &[EvidenceRef::Event(4)]);
        assert_eq!((none.amount(), none.origin), (Some(0), vec![EvidenceRef::Event(4)]));
    }

    #[test]
    fn a_share_of_nothing_is_not_measured() {
        let zero = Figure::count([], &[EvidenceRef::Event(1)]);
        assert!(Figure::ratio(&zero, &zero).why().is_some());
    }
}
