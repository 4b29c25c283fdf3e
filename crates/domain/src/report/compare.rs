//! Measurements before and after the move, and what may be said about them.
//!
//! A verdict is by equivalence: the confidence interval of the shift lies inside the margin, or wholly on one
//! side of it, or the data do not decide. With fewer than [`NEEDED`] values a side there is no verdict at all.

use super::{EvidenceRef, Figure, Unit, figure::share};
use crate::{
    Message,
    event::{Event, Kind, Period},
};
use indexmap::IndexMap;
use serde::Serialize;

/// Values a side below which an interval cannot be had.
pub const NEEDED: usize = 6;

/// A shift smaller than this part of the value before is no difference, in percent.
pub const MARGIN_PERCENT: i64 = 5;

/// One metric of one subject, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Its stable name: `service.latency.p95`.
    pub metric: String,
    /// Service or host.
    pub subject: String,
    /// Median of the values on EL7.
    pub before: Figure,
    /// Median of the values on EL9.
    pub after: Figure,
    /// After minus before: percentage points when both are percentages.
    pub delta: Figure,
    /// The same relative to before; not for percentages.
    pub relative: Figure,
    /// Lower end of the shift's 95 % interval.
    pub shift_low: Figure,
    /// Upper end.
    pub shift_high: Figure,
    /// What the data allow to say.
    pub verdict: Verdict,
}

/// What the data allow to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Better by more than the margin.
    Improved,
    /// Within the margin.
    Equivalent,
    /// Worse by more than the margin.
    Regressed,
    /// The interval reaches across the margin.
    Inconclusive,
    /// There are too few values, or it is not known which direction is better.
    NotMeasured {
        /// Why.
        why: Message,
    },
}

impl Verdict {
    /// A stable key for machines and the catalogue.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Equivalent => "equivalent",
            Self::Regressed => "regressed",
            Self::Inconclusive => "inconclusive",
            Self::NotMeasured { .. } => "not-measured",
        }
    }
}

/// A number that stands for itself: orders lost, records compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Its stable name.
    pub metric: String,
    /// Service or host.
    pub subject: String,
    /// When.
    pub period: Period,
    /// The number.
    pub value: Figure,
}

/// The values of one metric, by period.
#[derive(Default)]
struct Sides<'a> {
    unit: &'a str,
    before: Vec<Sample>,
    after: Vec<Sample>,
    other: Vec<(Period, Sample)>,
}

#[derive(Clone, Copy)]
struct Sample {
    value: i64,
    n: u64,
    seq: u64,
}

/// Metrics with values on both sides, and the numbers that stand for themselves.
pub(super) fn compare<'e>(events: impl IntoIterator<Item = &'e Event>) -> (Vec<Comparison>, Vec<Reading>) {
    let mut comparisons = Vec::new();
    let mut readings = Vec::new();
    for ((metric, subject), sides) in gather(events) {
        for (period, sample) in &sides.other {
            readings.push(reading(metric, subject, *period, *sample, sides.unit));
        }
        if compared(metric) || (!sides.before.is_empty() && !sides.after.is_empty()) {
            comparisons.push(comparison(metric, subject, &sides));
            continue;
        }
        let lone = |period| move |sample: &Sample| (period, *sample);
        let alone = sides.before.iter().map(lone(Period::Before)).chain(sides.after.iter().map(lone(Period::After)));
        readings.extend(alone.map(|(period, sample)| reading(metric, subject, period, sample, sides.unit)));
    }
    (comparisons, readings)
}

fn gather<'e>(events: impl IntoIterator<Item = &'e Event>) -> IndexMap<(&'e str, &'e str), Sides<'e>> {
    let mut all: IndexMap<(&str, &str), Sides> = IndexMap::new();
    for event in events {
        let Kind::Measured { metric, subject, period, value_milli, unit, n } = &event.kind else { continue };
        // How often the prober asked belongs to the services' downtime.
        if metric.starts_with("service.probes.") {
            continue;
        }
        let sides = all.entry((metric.as_str(), subject.as_str())).or_default();
        sides.unit = unit;
        let sample = Sample { value: *value_milli, n: *n, seq: event.seq };
        match period {
            Period::Before => sides.before.push(sample),
            Period::After => sides.after.push(sample),
            Period::During => sides.other.push((Period::During, sample)),
        }
    }
    all
}

/// Metrics that only mean something beside their other side, so that a missing side is worth saying.
fn compared(metric: &str) -> bool {
    metric.contains(".latency.")
}

fn reading(metric: &str, subject: &str, period: Period, sample: Sample, unit: &str) -> Reading {
    let value = one(sample.value, unit, &[sample]);
    Reading { metric: metric.to_owned(), subject: subject.to_owned(), period, value }
}

fn comparison(metric: &str, subject: &str, sides: &Sides) -> Comparison {
    let (before, after) = (side(&sides.before, sides.unit), side(&sides.after, sides.unit));
    let percent = sides.unit == "percent";
    let both: Vec<EvidenceRef> = before.origin.iter().chain(&after.origin).cloned().collect();
    let (delta, relative) = match before.amount().zip(after.amount()) {
        Some((b, a)) => (shifted(a - b, sides.unit, &both), relative(b, a, percent, &both)),
        None => (missing(sides.unit), Figure::not_measured(Unit::Percent, Message::new("report-why-one-side"))),
    };
    let interval = shift_interval(&sides.before, &sides.after);
    let end = |pick: fn((i64, i64)) -> i64| match interval {
        Some(ends) => shifted(pick(ends), sides.unit, &both),
        None => Figure::not_measured(named(sides.unit), too_few(sides)),
    };
    Comparison {
        verdict: verdict(metric, &before, interval, sides),
        metric: metric.to_owned(),
        subject: subject.to_owned(),
        shift_low: end(|e| e.0),
        shift_high: end(|e| e.1),
        before,
        after,
        delta,
        relative,
    }
}

fn side(samples: &[Sample], unit: &str) -> Figure {
    match median(&samples.iter().map(|s| s.value).collect::<Vec<_>>()) {
        Some(middle) => one(middle, unit, samples),
        None => missing(unit),
    }
}

fn one(value: i64, unit: &str, samples: &[Sample]) -> Figure {
    let origin = samples.iter().map(|s| EvidenceRef::Event(s.seq));
    Figure::measured(value, named(unit), origin).with_n(samples.iter().map(|s| s.n).sum())
}

fn missing(unit: &str) -> Figure {
    Figure::not_measured(named(unit), Message::new("report-why-one-side"))
}

fn shifted(value: i64, unit: &str, origin: &[EvidenceRef]) -> Figure {
    let unit = if unit == "percent" { Unit::Points } else { named(unit) };
    Figure::measured(value, unit, origin.iter().cloned())
}

fn relative(before: i64, after: i64, percent: bool, origin: &[EvidenceRef]) -> Figure {
    if percent {
        return Figure::not_measured(Unit::Percent, Message::new("report-why-points"));
    }
    if before == 0 {
        return Figure::not_measured(Unit::Percent, Message::new("report-why-nothing-to-divide"));
    }
    Figure::measured(share(after - before, before), Unit::Percent, origin.iter().cloned())
}

fn named(unit: &str) -> Unit {
    match unit {
        "percent" => Unit::Percent,
        other => Unit::Named(other.to_owned()),
    }
}

fn too_few(sides: &Sides) -> Message {
    Message::new("report-why-too-few-values")
        .with("before", sides.before.len())
        .with("after", sides.after.len())
        .with("needed", NEEDED)
}

fn verdict(metric: &str, before: &Figure, interval: Option<(i64, i64)>, sides: &Sides) -> Verdict {
    let Some((low, high)) = interval else { return Verdict::NotMeasured { why: too_few(sides) } };
    let Some(lower_is_better) = lower_is_better(metric) else {
        return Verdict::NotMeasured { why: Message::new("report-why-no-direction") };
    };
    let margin = before.amount().unwrap_or(0).abs() * MARGIN_PERCENT / 100;
    match (lower_is_better, low, high) {
        (_, low, high) if -margin <= low && high <= margin => Verdict::Equivalent,
        (true, _, high) if high < -margin => Verdict::Improved,
        (true, low, _) if low > margin => Verdict::Regressed,
        (false, low, _) if low > margin => Verdict::Improved,
        (false, _, high) if high < -margin => Verdict::Regressed,
        _ => Verdict::Inconclusive,
    }
}

fn lower_is_better(metric: &str) -> Option<bool> {
    if [".latency.", ".errors", ".lost", ".boot"].iter().any(|part| metric.contains(part)) {
        return Some(true);
    }
    [".throughput", ".requests", ".rate"].iter().any(|part| metric.contains(part)).then_some(false)
}

/// The 95 % interval of the shift after inverting the Mann-Whitney test (normal approximation); `None` with
/// fewer than [`NEEDED`] values a side.
fn shift_interval(before: &[Sample], after: &[Sample]) -> Option<(i64, i64)> {
    let (n, m) = (before.len(), after.len());
    if n < NEEDED || m < NEEDED {
        return None;
    }
    let mut shifts: Vec<i64> = after.iter().flat_map(|a| before.iter().map(move |b| a.value - b.value)).collect();
    shifts.sort_unstable();
    let skip = outside(n as u64, m as u64);
    let last = shifts.len().checked_sub(1 + skip)?;
    Some((*shifts.get(skip)?, *shifts.get(last)?))
}

/// How many of the smallest and of the largest shifts lie outside the interval:
/// `n m / 2 - 1.96 sqrt(n m (n + m + 1) / 12)` with the correction for continuity, rounded down.
fn outside(n: u64, m: u64) -> usize {
    // In whole numbers, for the same answer on every machine: 4 x 1.96^2 / 12 = 1.280533...
    let spread = (n * m * (n + m + 1) * 1_280_534).div_ceil(1_000_000);
    let root = spread.isqrt() + u64::from(spread.isqrt().pow(2) < spread);
    usize::try_from((n * m).saturating_sub(root + 1) / 2).unwrap_or(0)
}

fn median(values: &[i64]) -> Option<i64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let upper = *sorted.get(sorted.len() / 2)?;
    let odd = !sorted.len().is_multiple_of(2);
    let lower = if odd { upper } else { sorted[sorted.len() / 2 - 1] };
    Some(lower + (upper - lower) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn event(seq: u64, metric: &str, period: Period, value_milli: i64) -> Event {
        let (metric, subject, unit) = (metric.to_owned(), "shop".to_owned(), "ms".to_owned());
        let kind = Kind::Measured { metric, subject, period, value_milli, unit, n: 100 };
        Event { seq, at: Timestamp::UNIX_EPOCH, run: None, host: None, kind }
    }

    fn verdict_of(metric: &str, before: &[i64], after: &[i64]) -> Verdict {
        let sides = [(Period::Before, before), (Period::After, after)];
        let all = sides.iter().flat_map(|(period, values)| values.iter().map(|v| (*period, *v)));
        let events: Vec<Event> = all.zip(1..).map(|((period, v), seq)| event(seq, metric, period, v * 1_000)).collect();
        compare(&events).0.remove(0).verdict
    }

    #[test]
    fn verdicts_follow_from_the_interval() {
        let latency = "service.latency.p95";
        let base = [100, 101, 99, 100, 102, 98];
        for (metric, after, want) in [
            (latency, [100, 99, 101, 101, 98, 100], "equivalent"),
            (latency, [80, 81, 79, 80, 82, 78], "improved"),
            (latency, [130, 131, 129, 130, 132, 128], "regressed"),
            (latency, [60, 150, 99, 90, 140, 70], "inconclusive"),
            ("service.throughput", [130, 131, 129, 130, 132, 128], "improved"),
            ("service.colour", [130, 131, 129, 130, 132, 128], "not-measured"),
        ] {
            assert_eq!(verdict_of(metric, &base, &after).key(), want, "{metric} {after:?}");
        }
    }

    #[test]
    fn few_values_allow_no_verdict() {
        assert_eq!(verdict_of("service.latency.p95", &[100; 5], &[50; 6]).key(), "not-measured");
    }

    #[test]
    fn one_side_alone_is_no_comparison() {
        let (comparisons, _) = compare(&[event(1, "service.latency.p95", Period::Before, 5_000)]);
        assert!(comparisons[0].delta.why().is_some() && comparisons[0].after.why().is_some());
    }

    #[test]
    fn the_interval_has_the_tabled_width() {
        // Critical values of the Mann-Whitney U, two-sided 5 %, from its tables: never more, at most one less.
        for (n, m, tabled) in [(6, 6, 5), (7, 7, 8), (8, 8, 13), (10, 10, 23), (15, 15, 64)] {
            assert!((tabled - 1..=tabled).contains(&outside(n, m)), "{n} {m}: {}", outside(n, m));
        }
    }
}
