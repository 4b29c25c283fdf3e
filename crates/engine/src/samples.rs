//! Latencies of one service in one period, as figures that can be compared: one value a slice of time.
//!
//! A verdict needs several values a side, each had in the same way. So every slice has the same length, and where a
//! period has more of them than are kept, every second one is left out: those that remain are spread over
//! the whole period, and what one value stands for never changes. It knows no clock: time is an argument.

use std::time::Duration;

/// The length of a slice.
pub const SLICE: Duration = Duration::from_secs(5);
/// The most slices that one period keeps; twice what a verdict needs, so that half of them still suffices.
const MOST_SLICES: usize = 12;
/// A slice with fewer answers says nothing about its 95th percentile.
const FEWEST_ANSWERS: usize = 5;
/// The most latencies of a whole period that are kept; beyond it every second one is dropped.
const MOST_SAMPLES: usize = 20_000;

/// Latencies in microseconds, and how many probes there were at all.
#[derive(Debug, Default)]
pub struct Series {
    /// How often was asked.
    pub asked: u64,
    /// How often there was an answer.
    pub answered: u64,
    whole: Latencies,
    began: Option<Duration>,
    slices: Vec<Slice>,
    open: Slice,
    /// Only slices whose number is a multiple of 2 to this power are kept.
    thinned: u32,
}

#[derive(Debug, Default)]
struct Slice {
    no: u64,
    latencies: Latencies,
}

/// Latencies in microseconds, in the order in which they were had.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Latencies(Vec<u64>);

impl Series {
    /// Takes one glimpse in; `at` is counted from any fixed moment.
    pub fn see(&mut self, at: Duration, latency: Option<Duration>) {
        self.pass(at);
        self.asked += 1;
        let Some(latency) = latency else { return };
        self.answered += 1;
        let us = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
        self.open.latencies.0.push(us);
        self.whole.push(us);
    }

    /// The values of this period at its end: one a slice; without a whole slice, one for all of it.
    pub fn values(&mut self, at: Duration) -> Vec<Latencies> {
        self.pass(at);
        if self.slices.is_empty() {
            return Some(self.whole.clone()).filter(|l| !l.0.is_empty()).into_iter().collect();
        }
        self.slices.iter().map(|s| s.latencies.clone()).collect()
    }

    /// The whole period as one.
    pub fn whole(&self) -> &Latencies {
        &self.whole
    }

    /// Closes the open slice when its time is over.
    fn pass(&mut self, at: Duration) {
        let began = *self.began.get_or_insert(at);
        let no = u64::try_from(at.saturating_sub(began).as_millis() / SLICE.as_millis()).unwrap_or(u64::MAX);
        if no <= self.open.no {
            return;
        }
        let closed = std::mem::replace(&mut self.open, Slice { no, latencies: Latencies::default() });
        if closed.latencies.0.len() >= FEWEST_ANSWERS && self.keeps(closed.no) {
            self.slices.push(closed);
        }
        if self.slices.len() > MOST_SLICES {
            self.thinned += 1;
            let step = self.step();
            self.slices.retain(|s| s.no.is_multiple_of(step));
        }
    }

    fn keeps(&self, no: u64) -> bool {
        no.is_multiple_of(self.step())
    }

    fn step(&self) -> u64 {
        1_u64.checked_shl(self.thinned).unwrap_or(u64::MAX)
    }
}

impl Latencies {
    /// How many.
    pub fn n(&self) -> u64 {
        self.0.len() as u64
    }

    /// The latency that `percent` of the answers did not exceed (nearest rank), in microseconds.
    pub fn percentile(&self, percent: usize) -> Option<u64> {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).checked_sub(1)?;
        sorted.get(rank).copied()
    }

    fn push(&mut self, latency_us: u64) {
        if self.0.len() >= MOST_SAMPLES {
            let mut odd = false;
            self.0.retain(|_| {
                odd = !odd;
                odd
            });
        }
        self.0.push(latency_us);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asked twice a second from second `from` to second `to`; the latency is the second, in milliseconds.
    fn asked(from: u64, to: u64) -> Series {
        let mut series = Series::default();
        for half in from * 2..to * 2 {
            series.see(Duration::from_millis(half * 500), Some(Duration::from_millis(half / 2)));
        }
        series
    }

    fn p95_ms(values: &[Latencies]) -> Vec<u64> {
        values.iter().filter_map(|l| l.percentile(95)).map(|us| us / 1_000).collect()
    }

    #[test]
    fn percentiles_are_nearest_rank() {
        let twenty = Latencies((1..=20).rev().collect());
        let of = |percent| twenty.percentile(percent);
        assert_eq!((of(50), of(95), of(100)), (Some(10), Some(19), Some(20)));
        assert_eq!(Latencies::default().percentile(95), None);
    }

    #[test]
    fn each_slice_is_one_value_and_an_open_one_none() {
        let values = asked(100, 118).values(Duration::from_secs(118));
        assert_eq!(p95_ms(&values), [104, 109, 114]);
        assert!(values.iter().all(|l| l.n() == 10));
        assert_eq!(asked(0, 15).values(Duration::from_secs(15)).len(), 3);
    }

    #[test]
    fn many_slices_are_thinned_evenly_and_never_below_what_a_verdict_needs() {
        for seconds in (60..2_000).step_by(5) {
            let values = asked(0, seconds).values(Duration::from_secs(seconds));
            let ends = p95_ms(&values);
            assert!((rockhop_domain::report::NEEDED..=MOST_SLICES).contains(&ends.len()), "{seconds} s: {ends:?}");
            assert!(ends.windows(3).all(|w| w[1] - w[0] == w[2] - w[1]), "{seconds} s: {ends:?}");
        }
    }

    #[test]
    fn a_slice_with_few_answers_is_no_value() {
        let mut series = asked(0, 5);
        for second in 5..10 {
            series.see(Duration::from_secs(second), (second < 9).then_some(Duration::from_millis(1)));
        }
        assert_eq!(series.values(Duration::from_secs(10)).len(), 1);
        assert_eq!((series.asked, series.answered), (15, 14));
    }

    #[test]
    fn a_short_period_is_one_value() {
        let mut short = asked(0, 3);
        assert_eq!(short.values(Duration::from_secs(3)), [short.whole().clone()]);
        assert_eq!(Series::default().values(Duration::ZERO), []);
    }

    #[test]
    fn memory_is_bounded() {
        let mut all = Latencies::default();
        (0..3 * MOST_SAMPLES as u64).for_each(|n| all.push(n));
        assert!(all.n() <= MOST_SAMPLES as u64 && all.percentile(50).is_some_and(|us| us > 1_000));
    }
}
