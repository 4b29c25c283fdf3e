//! Downtime and availability of what people use, from the prober's rows.
//!
//! For each outage the rows give `last_ok < first_fail <= last_fail < first_ok`. It lasted at least
//! `last_fail - first_fail` and at most `first_ok - last_ok`; the upper bound is published. What nobody
//! looked at is a state of its own, and counts against the service where a promise is judged.

use super::{
    EvidenceRef, Figure, Moment, Unit,
    figure::{millis, sum},
    walk::Walk,
};
use crate::{
    HostId, Message, ServiceId,
    event::{Event, Kind, ServiceState},
    plan::Service,
};
use jiff::Timestamp;
use serde::Serialize;

/// The days over which a promised availability is judged.
pub const PROMISE_DAYS: i64 = 30;

/// One service over the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServiceRow {
    /// Which.
    pub service: ServiceId,
    /// Who serves it.
    pub hosts: Vec<HostId>,
    /// Promised availability, as the plan writes it.
    pub promised: Option<String>,
    /// How often the prober asked.
    pub probes: Figure,
    /// From the run's first row to its end.
    pub observed: Figure,
    /// The prober's interval: shorter outages are invisible.
    pub limit: Figure,
    /// Each outage that was seen.
    pub outages: Vec<OutageRow>,
    /// How many.
    pub count: Figure,
    /// It was away at least so long.
    pub lower: Figure,
    /// It was away at most so long. This is the published figure.
    pub upper: Figure,
    /// Time in which nobody could look.
    pub unobserved: Figure,
    /// Share of the observed time in which it served, when all that is uncertain counts as away.
    pub availability_low: Figure,
    /// The same when all that is uncertain counts as serving.
    pub availability_high: Figure,
    /// How much of the downtime that the promise allows in [`PROMISE_DAYS`] days was used, at most.
    pub budget_used: Figure,
    /// Whether the promise can still be kept.
    pub promise: Promise,
}

/// Whether this run alone breaks the promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Promise {
    /// Even with everything uncertain counted as downtime.
    Kept,
    /// Even with everything uncertain counted as serving.
    Broken,
    /// The bounds lie on both sides.
    NotShown,
    /// Nothing was promised, or nothing was measured.
    NotJudged,
}

impl Promise {
    /// A stable key for machines and the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Broken => "broken",
            Self::NotShown => "not-shown",
            Self::NotJudged => "not-judged",
        }
    }
}

/// One outage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutageRow {
    /// Last seen serving.
    pub last_ok: Timestamp,
    /// First seen failing.
    pub from: Moment,
    /// Seen serving again; `None` while it is not.
    pub to: Option<Moment>,
    /// At least.
    pub lower: Figure,
    /// At most.
    pub upper: Figure,
    /// The host whose move explains it, if one does.
    pub explained_by: Option<HostId>,
}

/// A span on the clock, in milliseconds.
type Span = (i64, i64);

/// One row a service, in the plan's order.
pub(super) fn services(walk: &Walk) -> Vec<ServiceRow> {
    walk.plan.services.iter().map(|service| service_row(walk, service)).collect()
}

fn service_row(walk: &Walk, service: &Service) -> ServiceRow {
    let rows: Vec<&Event> = walk.events.iter().copied().filter(|e| changed(e, Some(service))).collect();
    let probes = Probes::of(walk, service);
    if walk.clock_set_back() {
        return unmeasured(service, "report-why-clock-set-back");
    }
    match (rows.is_empty(), probes.all_answered()) {
        (false, _) | (true, Some(true)) => measured(walk, service, &rows, probes),
        (true, Some(false)) => unmeasured(service, "report-why-probes-without-rows"),
        (true, None) => unmeasured(service, "report-why-no-prober"),
    }
}

fn changed(event: &Event, of: Option<&Service>) -> bool {
    let Kind::ServiceChanged { service, .. } = &event.kind else { return false };
    of.is_none_or(|wanted| wanted.id == *service)
}

/// How often the prober asked and was answered; written at the end of a watch, also when nothing changed.
struct Probes {
    asked: i64,
    answered: i64,
    origin: Vec<EvidenceRef>,
}

impl Probes {
    fn of(walk: &Walk, service: &Service) -> Self {
        let mut probes = Self { asked: 0, answered: 0, origin: Vec::new() };
        for event in &walk.events {
            let Kind::Measured { metric, subject, value_milli, .. } = &event.kind else { continue };
            let sum = match metric.as_str() {
                "service.probes.asked" => &mut probes.asked,
                "service.probes.answered" => &mut probes.answered,
                _ => continue,
            };
            if subject == service.id.as_str() {
                *sum = sum.saturating_add(value_milli / 1_000);
                probes.origin.push(EvidenceRef::Event(event.seq));
            }
        }
        probes
    }

    /// `None` when it never asked.
    fn all_answered(&self) -> Option<bool> {
        (self.asked > 0).then_some(self.answered == self.asked)
    }

    fn figure(&self) -> Figure {
        match self.asked {
            0 => Figure::not_measured(Unit::Count, Message::new("report-why-no-probe-count")),
            n => Figure::measured(n, Unit::Count, self.origin.iter().cloned()),
        }
    }
}

fn unmeasured(service: &Service, why: &str) -> ServiceRow {
    let none = |unit| Figure::not_measured(unit, Message::new(why));
    ServiceRow {
        service: service.id.clone(),
        hosts: service.hosts.clone(),
        promised: service.slo_percent.clone(),
        probes: none(Unit::Count),
        observed: none(Unit::Millis),
        limit: none(Unit::Millis),
        outages: Vec::new(),
        count: none(Unit::Count),
        lower: none(Unit::Millis),
        upper: none(Unit::Millis),
        unobserved: none(Unit::Millis),
        availability_low: none(Unit::Percent),
        availability_high: none(Unit::Percent),
        budget_used: none(Unit::Percent),
        promise: Promise::NotJudged,
    }
}

fn measured(walk: &Walk, service: &Service, rows: &[&Event], probes: Probes) -> ServiceRow {
    let mut origin: Vec<EvidenceRef> = rows.iter().map(|e| EvidenceRef::Event(e.seq)).collect();
    origin.extend(probes.origin.iter().cloned());
    let end = walk.end_of_watch();
    // The prober looks from the run's first row on, whenever the controller is there.
    let ends = || [walk.first().origin(), end.origin()];
    let observed = millis(walk.first().at, end.at);
    let seen = Seen::read(walk, service, rows, end);
    let outages = seen.outages;
    let lower = sum(outages.iter().map(|o| &o.lower), Unit::Millis, &origin);
    let upper = sum(outages.iter().map(|o| &o.upper), Unit::Millis, &origin);
    let uncertain = union(&[seen.away.clone(), seen.blind.clone()].concat());
    let blind_ms = uncertain - union(&seen.away);
    let blind_origin = if seen.blind_origin.is_empty() { origin.clone() } else { seen.blind_origin };
    let at_least = lower.amount().unwrap_or(0);
    let budget = Budget::of(service, observed);
    ServiceRow {
        service: service.id.clone(),
        hosts: service.hosts.clone(),
        promised: service.slo_percent.clone(),
        probes: probes.figure(),
        observed: Figure::measured(observed, Unit::Millis, ends()),
        limit: limit(walk),
        count: Figure::measured(i64::try_from(outages.len()).unwrap_or(i64::MAX), Unit::Count, origin.iter().cloned()),
        availability_low: availability_figure(availability(uncertain, observed, false), &origin, ends()),
        availability_high: availability_figure(availability(at_least, observed, true), &origin, ends()),
        budget_used: budget.used(uncertain, &origin),
        promise: budget.judge(at_least, uncertain),
        unobserved: Figure::measured(blind_ms, Unit::Millis, blind_origin),
        outages,
        lower,
        upper,
    }
}

/// The widest interval of the run's prober: it watches all services alike.
fn limit(walk: &Walk) -> Figure {
    let intervals = walk.events.iter().filter_map(|e| match &e.kind {
        Kind::ServiceChanged { interval_ms, .. } => Some((i64::try_from(*interval_ms).ok()?, e.seq)),
        _ => None,
    });
    match intervals.max_by_key(|(interval, seq)| (*interval, std::cmp::Reverse(*seq))) {
        Some((interval, seq)) => Figure::measured(interval, Unit::Millis, [EvidenceRef::Event(seq)]),
        None => Figure::not_measured(Unit::Millis, Message::new("report-why-no-interval")),
    }
}

/// What the prober saw of one service.
struct Seen {
    outages: Vec<OutageRow>,
    /// From last seen serving to seen serving again.
    away: Vec<Span>,
    /// When nobody could look.
    blind: Vec<Span>,
    blind_origin: Vec<EvidenceRef>,
}

/// A stretch in which a service was not seen serving.
struct Stretch {
    last_ok: Timestamp,
    first_down: Option<Moment>,
    lower: i64,
    origin: Vec<EvidenceRef>,
    /// The down part that is not ended yet: since when.
    down_since: Option<Timestamp>,
}

impl Seen {
    fn read(walk: &Walk, service: &Service, rows: &[&Event], end: Moment) -> Self {
        let absences = walk.absences();
        let mut seen = Self {
            outages: Vec::new(),
            away: Vec::new(),
            blind: absences.iter().map(|(from, to)| (ms(from.at), ms(to.at))).collect(),
            blind_origin: absences.iter().flat_map(|(from, to)| [from.origin(), to.origin()]).collect(),
        };
        let nobody = seen.blind.clone();
        let mut open: Option<Stretch> = None;
        for row in rows {
            let Kind::ServiceChanged { state, last_seen_other, .. } = &row.kind else { continue };
            if let Some(stretch) = open.as_mut() {
                stretch.go_on(row, *last_seen_other, &nobody);
            }
            match (state, open.take()) {
                (ServiceState::Up, Some(stretch)) => {
                    seen.close(walk, service, stretch, Some(Moment::of(row)), row.at);
                }
                (ServiceState::Up, None) => {}
                (state, Some(stretch)) => open = Some(stretch.with(*state, row)),
                (state, None) => open = Some(Stretch::begin(*last_seen_other, row).with(*state, row)),
            }
        }
        if let Some(mut stretch) = open {
            stretch.count_down(end.at, &nobody);
            stretch.origin.push(end.origin());
            seen.close(walk, service, stretch, None, end.at);
        }
        seen
    }

    fn close(&mut self, walk: &Walk, service: &Service, stretch: Stretch, to: Option<Moment>, until: Timestamp) {
        let span = (ms(stretch.last_ok), ms(until));
        let Some(from) = stretch.first_down else {
            self.blind.push(span);
            self.blind_origin.extend(stretch.origin);
            return;
        };
        self.away.push(span);
        let figure = |amount| {
            let figure = Figure::measured(amount, Unit::Millis, stretch.origin.iter().cloned());
            if to.is_none() { figure.with_note(Message::new("report-note-still-away")) } else { figure }
        };
        self.outages.push(OutageRow {
            last_ok: stretch.last_ok,
            from,
            to,
            lower: figure(stretch.lower),
            upper: figure(span.1.saturating_sub(span.0)),
            explained_by: explained_by(walk, service, span),
        });
    }
}

impl Stretch {
    fn begin(last_ok: Timestamp, row: &Event) -> Self {
        Self { last_ok: last_ok.min(row.at), first_down: None, lower: 0, origin: Vec::new(), down_since: None }
    }

    fn with(mut self, state: ServiceState, row: &Event) -> Self {
        self.origin.push(EvidenceRef::Event(row.seq));
        if state == ServiceState::Down {
            self.first_down.get_or_insert(Moment::of(row));
            self.down_since.get_or_insert(row.at);
        }
        self
    }

    /// The next row: it was down, if it was, until `last_other`.
    fn go_on(&mut self, row: &Event, last_other: Timestamp, nobody: &[Span]) {
        self.count_down(last_other, nobody);
        self.origin.push(EvidenceRef::Event(row.seq));
    }

    /// Time that nobody looked at is not known to have been down.
    fn count_down(&mut self, until: Timestamp, nobody: &[Span]) {
        let Some(since) = self.down_since.take() else { return };
        let unseen: i64 = nobody.iter().map(|gap| overlap(*gap, (ms(since), ms(until)))).sum();
        self.lower = self.lower.saturating_add((millis(since, until) - unseen).max(0));
    }
}

/// The serving host whose own steps had taken it away in this span.
fn explained_by(walk: &Walk, service: &Service, span: Span) -> Option<HostId> {
    let meets = |host: &&HostId| {
        walk.away(host).iter().any(|away| {
            let to = away.to.unwrap_or(walk.end_of_watch());
            ms(away.from.at) <= span.1 && span.0 <= ms(to.at)
        })
    };
    service.hosts.iter().find(meets).cloned()
}

/// The downtime that a promise allows.
struct Budget {
    allowed_ms: Option<i64>,
    why: &'static str,
}

impl Budget {
    /// Judged over [`PROMISE_DAYS`] days, or over the observed time when that is longer.
    fn of(service: &Service, observed: i64) -> Self {
        let period = (PROMISE_DAYS * 86_400_000).max(observed);
        match service.slo_percent.as_deref().map(thousandths) {
            None => Self { allowed_ms: None, why: "report-why-no-promise" },
            Some(Some(promised)) if (0..=100_000).contains(&promised) => {
                let allowed = i128::from(period) * i128::from(100_000 - promised) / 100_000;
                Self { allowed_ms: i64::try_from(allowed).ok(), why: "report-why-promise-allows-nothing" }
            }
            Some(_) => Self { allowed_ms: None, why: "report-why-promise-unreadable" },
        }
    }

    fn used(&self, away: i64, origin: &[EvidenceRef]) -> Figure {
        match self.allowed_ms.filter(|ms| *ms > 0) {
            None => Figure::not_measured(Unit::Percent, Message::new(self.why)),
            Some(allowed) => {
                Figure::measured(super::figure::share(away, allowed), Unit::Percent, origin.iter().cloned())
            }
        }
    }

    fn judge(&self, at_least: i64, at_most: i64) -> Promise {
        match self.allowed_ms {
            None => Promise::NotJudged,
            Some(allowed) if at_most <= allowed => Promise::Kept,
            Some(allowed) if at_least > allowed => Promise::Broken,
            Some(_) => Promise::NotShown,
        }
    }
}

/// `99.5` as thousandths; `None` when it is not such a number.
pub fn thousandths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 3 {
        return None;
    }
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(1_000)?.checked_add(part)
}

/// Share of the time in which it served, rounded away from what is claimed.
fn availability(away: i64, observed: i64, up: bool) -> Option<i64> {
    let observed = Some(observed).filter(|ms| *ms > 0)?;
    let served = i128::from((observed - away).max(0)) * 100_000;
    let whole = i128::from(observed);
    let rounded = if up { (served + whole - 1) / whole } else { served / whole };
    i64::try_from(rounded).ok()
}

fn availability_figure(share: Option<i64>, rows: &[EvidenceRef], ends: [EvidenceRef; 2]) -> Figure {
    match share {
        Some(share) => Figure::measured(share, Unit::Percent, rows.iter().cloned().chain(ends)),
        None => Figure::not_measured(Unit::Percent, Message::new("report-why-nothing-to-divide")),
    }
}

fn ms(at: Timestamp) -> i64 {
    at.as_millisecond()
}

fn overlap(a: Span, b: Span) -> i64 {
    (a.1.min(b.1) - a.0.max(b.0)).max(0)
}

/// The time that these spans cover together.
fn union(spans: &[Span]) -> i64 {
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    let mut covered = 0;
    let mut upto = i64::MIN;
    for (from, to) in spans {
        covered += (to - from.max(upto)).max(0);
        upto = upto.max(to);
    }
    covered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_are_read_as_they_are_written() {
        for (text, want) in [
            ("99.5", Some(99_500)),
            ("99.95", Some(99_950)),
            ("100", Some(100_000)),
            ("0.001", Some(1)),
            ("99.", None),
            ("", None),
            ("-1", None),
            ("99,5", None),
            ("99.9999", None),
            ("1e2", None),
        ] {
            assert_eq!(thousandths(text), want, "{text:?}");
        }
    }

    #[test]
    fn spans_that_overlap_count_once() {
        for (spans, want) in [
            (vec![], 0),
            (vec![(0, 10)], 10),
            (vec![(0, 10), (5, 12)], 12),
            (vec![(20, 30), (0, 10)], 20),
            (vec![(0, 10), (2, 3)], 10),
        ] {
            assert_eq!(union(&spans), want, "{spans:?}");
        }
    }

    #[test]
    fn bounds_are_rounded_away_from_the_claim() {
        assert_eq!(availability(1, 3, false), Some(66_666));
        assert_eq!(availability(1, 3, true), Some(66_667));
        assert_eq!(availability(0, 0, true), None);
    }
}
