//! Watches what people use while hosts move: outages with their bounds, and latencies with their counts.
//!
//! It only looks. What it could not look at is `unknown`, never `up`.

use crate::{
    book::{Book, EngineError},
    ports::{Clock, Glimpse, Ports, Prober},
    samples::{Latencies, Series},
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
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep},
};

/// The running watchers.
pub struct Watch {
    tasks: Vec<JoinHandle<()>>,
    report: Box<dyn FnOnce() -> Result<(), EngineError> + Send>,
}

impl Watch {
    /// Stops watching and writes what was measured since the last change of period.
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
        let log = Arc::new(Mutex::new(Log::new()));
        all.push((service.id.clone(), Arc::clone(&log)));
        tasks.push(tokio::spawn(follow(Arc::clone(book), service.clone(), interval, log)));
    }
    let book = Arc::clone(book);
    let end = move || all.iter().try_for_each(|(service, log)| report(&book, service, lock(log).turn(None)));
    Watch { tasks, report: Box::new(end) }
}

/// What was seen of one service in the period that is on.
struct Log {
    period: Option<Period>,
    series: Series,
    since: Instant,
}

/// A period that is over.
type Chapter = (Period, Series, Duration);

impl Log {
    fn new() -> Self {
        Self { period: None, series: Series::default(), since: Instant::now() }
    }

    fn see(&mut self, glimpse: &Glimpse) {
        let latency = if let Glimpse::Up { latency } = glimpse { Some(*latency) } else { None };
        self.series.see(self.since.elapsed(), latency);
    }

    /// From here on it is another period; gives out what there was of the one before.
    fn turn(&mut self, to: Option<Period>) -> Option<Chapter> {
        if self.period == to {
            return None;
        }
        let series = std::mem::take(&mut self.series);
        std::mem::replace(&mut self.period, to).map(|period| (period, series, self.since.elapsed()))
    }
}

fn lock(log: &Mutex<Log>) -> std::sync::MutexGuard<'_, Log> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn follow<P: Ports>(book: Arc<Book<P>>, service: Service, interval: Duration, log: Arc<Mutex<Log>>) {
    // What the ledger says of it counts as seen: a controller that died may have left it "down".
    let mut was = book.state().services.get(&service.id).copied().unwrap_or(ServiceState::Up);
    let mut seen = book.ports.clock().now();
    loop {
        // Written as soon as a period is over: a controller that dies later has not measured in vain.
        let over = lock(&log).turn(Some(period_of(&book, &service)));
        if let Err(error) = report(&book, &service.id, over) {
            tracing::error!(service = %service.id, %error, "measurements could not be kept");
        }
        let glimpse = book.ports.prober().glimpse(&service).await;
        lock(&log).see(&glimpse);
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

/// The latencies of a period that is over, and how often was asked. Before and after are compared with each other,
/// so they give a value for each slice; what was in between stands for itself.
fn report<P: Ports>(book: &Book<P>, service: &ServiceId, over: Option<Chapter>) -> Result<(), EngineError> {
    let Some((period, mut series, at)) = over else { return Ok(()) };
    let values = match period {
        Period::Before | Period::After => series.values(at),
        Period::During => vec![series.whole().clone()],
    };
    values.iter().try_for_each(|latencies| report_latencies(book, service, period, latencies))?;
    if series.asked > 0 {
        let milli = |count: u64| i64::try_from(count.saturating_mul(1_000)).unwrap_or(i64::MAX);
        let (asked, answered) = (milli(series.asked), milli(series.answered));
        measured(book, service, period, "service.probes.asked", asked, "count", series.asked)?;
        measured(book, service, period, "service.probes.answered", answered, "count", series.asked)?;
    }
    Ok(())
}

fn report_latencies<P: Ports>(
    book: &Book<P>,
    service: &ServiceId,
    period: Period,
    latencies: &Latencies,
) -> Result<(), EngineError> {
    for (metric, percent) in [("service.latency.p50", 50), ("service.latency.p95", 95)] {
        if let Some(us) = latencies.percentile(percent) {
            let value_milli = i64::try_from(us).unwrap_or(i64::MAX);
            measured(book, service, period, metric, value_milli, "ms", latencies.n())?;
        }
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
