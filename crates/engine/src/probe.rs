//! Watches what people use while hosts move: outages with their bounds, and latencies with their counts.
//!
//! It only looks. What it could not look at is `unknown`, never `up`.

use crate::{
    book::{Book, EngineError},
    ports::{Clock, Glimpse, Ports, Prober},
};
use jiff::Timestamp;
use rockhop_domain::{
    ServiceId,
    event::{Kind, Period, ServiceState},
    plan::Service,
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{task::JoinHandle, time::sleep};

/// The most samples that one service keeps for one period; beyond it every second one is dropped.
const MOST_SAMPLES: usize = 20_000;

/// The running watchers.
pub struct Watch {
    tasks: Vec<JoinHandle<()>>,
    report: Box<dyn FnOnce() -> Result<(), EngineError> + Send>,
}

impl Watch {
    /// Stops watching and writes what was measured.
    pub fn finish(self) -> Result<(), EngineError> {
        self.tasks.iter().for_each(JoinHandle::abort);
        (self.report)()
    }
}

/// Starts a watcher for each service of the plan.
pub fn watch<P: Ports>(book: &Arc<Book<P>>, interval: Duration) -> Watch {
    let mut tasks = Vec::new();
    let mut all = Vec::new();
    for service in &book.plan.services {
        let samples = Arc::new(Mutex::new(Samples::default()));
        all.push((service.id.clone(), Arc::clone(&samples)));
        tasks.push(tokio::spawn(follow(Arc::clone(book), service.clone(), interval, samples)));
    }
    let book = Arc::clone(book);
    Watch { tasks, report: Box::new(move || report(&book, &all)) }
}

#[derive(Default)]
struct Samples {
    before: Series,
    during: Series,
    after: Series,
}

/// Latencies in microseconds, and how many probes there were at all.
#[derive(Default)]
struct Series {
    latency_us: Vec<u64>,
    asked: u64,
    answered: u64,
}

async fn follow<P: Ports>(book: Arc<Book<P>>, service: Service, interval: Duration, samples: Arc<Mutex<Samples>>) {
    // What the ledger says of it counts as seen: a controller that died may have left it "down".
    let mut was = book.state().services.get(&service.id).copied().unwrap_or(ServiceState::Up);
    let mut seen = book.ports.clock().now();
    loop {
        let period = period_of(&book, &service);
        let glimpse = book.ports.prober().glimpse(&service).await;
        keep(&samples, period, &glimpse);
        let state = state_of(&glimpse);
        if state != was
            && let Err(error) = changed(&book, &service.id, state, seen, interval)
        {
            tracing::error!(service = %service.id, %error, "a change of service could not be kept");
        }
        (was, seen) = (state, book.ports.clock().now());
        sleep(interval).await;
    }
}

fn changed<P: Ports>(
    book: &Book<P>,
    service: &ServiceId,
    state: ServiceState,
    seen: Timestamp,
    interval: Duration,
) -> Result<(), EngineError> {
    let interval_ms = u64::try_from(interval.as_millis()).unwrap_or(u64::MAX);
    book.note(Kind::ServiceChanged { service: service.clone(), state, last_seen_other: seen, interval_ms })
}

fn state_of(glimpse: &Glimpse) -> ServiceState {
    match glimpse {
        Glimpse::Up { .. } => ServiceState::Up,
        Glimpse::Down => ServiceState::Down,
        Glimpse::Unknown => ServiceState::Unknown,
    }
}

/// Before its first host begins, while any of them is unsettled, and after all are accepted.
fn period_of<P: Ports>(book: &Book<P>, service: &Service) -> Period {
    let state = book.state();
    let mut hosts = service.hosts.iter().filter_map(|h| state.hosts.get(h)).peekable();
    if hosts.peek().is_none() {
        return Period::During;
    }
    let (mut begun, mut settled) = (false, true);
    for host in hosts {
        begun |= host.begun_at.is_some();
        settled &= host.phase.name() == "accepted";
    }
    match (begun, settled) {
        (false, _) => Period::Before,
        (true, true) => Period::After,
        (true, false) => Period::During,
    }
}

fn keep(samples: &Mutex<Samples>, period: Period, glimpse: &Glimpse) {
    let mut samples = samples.lock().unwrap_or_else(PoisonError::into_inner);
    let series = match period {
        Period::Before => &mut samples.before,
        Period::During => &mut samples.during,
        Period::After => &mut samples.after,
    };
    series.asked += 1;
    if let Glimpse::Up { latency } = glimpse {
        series.answered += 1;
        series.push(u64::try_from(latency.as_micros()).unwrap_or(u64::MAX));
    }
}

impl Series {
    fn push(&mut self, latency_us: u64) {
        if self.latency_us.len() >= MOST_SAMPLES {
            let mut odd = false;
            self.latency_us.retain(|_| {
                odd = !odd;
                odd
            });
        }
        self.latency_us.push(latency_us);
    }

    /// The latency that `percent` of the answers did not exceed (nearest rank), in microseconds.
    fn percentile(&self, percent: usize) -> Option<u64> {
        let mut sorted = self.latency_us.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).checked_sub(1)?;
        sorted.get(rank).copied()
    }
}

fn report<P: Ports>(book: &Book<P>, all: &[(ServiceId, Arc<Mutex<Samples>>)]) -> Result<(), EngineError> {
    for (service, samples) in all {
        let samples = samples.lock().unwrap_or_else(PoisonError::into_inner);
        for (period, series) in
            [(Period::Before, &samples.before), (Period::During, &samples.during), (Period::After, &samples.after)]
        {
            report_series(book, service, period, series)?;
        }
    }
    Ok(())
}

fn report_series<P: Ports>(
    book: &Book<P>,
    service: &ServiceId,
    period: Period,
    series: &Series,
) -> Result<(), EngineError> {
    let n = series.latency_us.len() as u64;
    for (metric, percent) in [("service.latency.p50", 50), ("service.latency.p95", 95)] {
        if let Some(us) = series.percentile(percent) {
            let value_milli = i64::try_from(us).unwrap_or(i64::MAX);
            measured(book, service, period, metric, value_milli, "ms", n)?;
        }
    }
    if series.asked > 0 {
        let milli = |count: u64| i64::try_from(count.saturating_mul(1_000)).unwrap_or(i64::MAX);
        measured(book, service, period, "service.probes.asked", milli(series.asked), "count", series.asked)?;
        measured(book, service, period, "service.probes.answered", milli(series.answered), "count", series.asked)?;
    }
    Ok(())
}

fn measured<P: Ports>(
    book: &Book<P>,
    service: &ServiceId,
    period: Period,
    metric: &str,
    value_milli: i64,
    unit: &str,
    n: u64,
) -> Result<(), EngineError> {
    book.note(Kind::Measured {
        metric: metric.to_owned(),
        subject: service.to_string(),
        period,
        value_milli,
        unit: unit.to_owned(),
        n,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_rank() {
        let series = Series { latency_us: (1..=20).rev().collect(), asked: 20, answered: 20 };
        assert_eq!(
            (series.percentile(50), series.percentile(95), series.percentile(100)),
            (Some(10), Some(19), Some(20))
        );
        assert_eq!(Series::default().percentile(95), None);
    }
}
