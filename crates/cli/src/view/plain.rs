//! One line an event, for logs and for readers without a full screen.

use super::words;
use crate::speaker::Speaker;
use rockhop_domain::{
    event::{Event, Kind},
    journey::Heading,
    plan::{GateState, Plan},
};

/// The line of one event: when, about which host, what.
pub fn event_line(speaker: &Speaker, plan: Option<&Plan>, event: &Event) -> String {
    let host = event.host.as_ref().map(ToString::to_string).unwrap_or_else(|| "-".to_owned());
    let said = said(speaker, plan, event);
    // What a host printed may hold several lines; a log has one an event.
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{} {:>6} {host:<14} {said}", speaker.when_exactly(event.at), event.seq)
}

fn said(speaker: &Speaker, plan: Option<&Plan>, event: &Event) -> String {
    let mut values = Values { speaker, args: Vec::new() };
    let key = values.of(plan, &event.kind, event);
    let args: Vec<(&str, String)> = values.args.iter().map(|(n, v)| (*n, v.clone())).collect();
    speaker.say_key(key, &args)
}

struct Values<'a> {
    speaker: &'a Speaker,
    args: Vec<(&'static str, String)>,
}

impl Values<'_> {
    fn set(&mut self, name: &'static str, value: impl ToString) -> &mut Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// `3/11 the new host takes the address over`.
    fn step(&mut self, plan: Option<&Plan>, event: &Event, no: u32, id: &str) -> &mut Self {
        let all = plan.zip(event.host.as_ref()).and_then(|(p, h)| p.hosts.get(h)).map(|job| job.steps.len());
        let place = all.map_or_else(|| (no + 1).to_string(), |all| format!("{}/{all}", no + 1));
        let what = words::step_id(self.speaker, id);
        self.set("step", place).set("id", id).set("what", what)
    }

    fn took(&mut self, ms: u64) -> &mut Self {
        self.set("took", words::span_ms(ms))
    }

    /// The sentence's key; its values are set on the way.
    fn of(&mut self, plan: Option<&Plan>, kind: &Kind, event: &Event) -> &'static str {
        match kind {
            Kind::StepStarted { step, id, attempt, .. } => {
                self.step(plan, event, step.0, id).set("attempt", attempt);
                "event-step-started"
            }
            Kind::StepAdopted { step, attempt } => {
                self.set("step", step.0 + 1).set("attempt", attempt);
                "event-step-adopted"
            }
            Kind::StepFinished { step, id, took_ms, .. } => {
                self.step(plan, event, step.0, id).took(*took_ms);
                "event-step-finished"
            }
            Kind::StepFailed { step, id, attempt, fault, took_ms } => {
                let why = words::fault(self.speaker, fault);
                self.step(plan, event, step.0, id).took(*took_ms).set("attempt", attempt).set("why", why);
                "event-step-failed"
            }
            Kind::BackedUp { snapshot, .. } => self.set("snapshot", short(snapshot)).key("event-backed-up"),
            Kind::BackupProven { proof, took_ms, .. } => {
                self.set("files", proof.compared).set("snapshot", short(&proof.snapshot)).took(*took_ms);
                "event-backup-proven"
            }
            Kind::UndoStarted { step, id } => {
                self.step(plan, event, step.0, id);
                "event-undo-started"
            }
            Kind::UndoFinished { step, id, took_ms } => {
                self.step(plan, event, step.0, id).took(*took_ms);
                "event-undo-finished"
            }
            Kind::UndoFailed { step, id, fault } => {
                let why = words::fault(self.speaker, fault);
                self.step(plan, event, step.0, id).set("why", why);
                "event-undo-failed"
            }
            other => self.of_others(plan, other),
        }
    }

    fn of_others(&mut self, plan: Option<&Plan>, kind: &Kind) -> &'static str {
        match kind {
            Kind::Surveyed { unknown, .. } => self.set("unknown", unknown).key("event-surveyed"),
            Kind::CensusTaken { unknown, .. } => self.set("unknown", unknown).key("event-census-taken"),
            Kind::Assessed { blocks, warns, unknown, .. } => {
                self.set("blocks", blocks).set("warns", warns).set("unknown", unknown).key("event-assessed")
            }
            Kind::Planned { plan, hosts, by } => {
                self.set("plan", plan.short()).set("hosts", hosts).set("by", by).key("event-planned")
            }
            Kind::Approved { plan, by, key } => {
                self.set("plan", plan.short()).set("by", by).set("key", key).key("event-approved")
            }
            Kind::RemediesPlanned { plan, hosts, files, by } => {
                self.set("plan", plan.short()).set("hosts", hosts).set("files", files).set("by", by);
                "event-remedies-planned"
            }
            Kind::RemediesStarted { plan, way, hosts, by } => {
                self.set("plan", plan.short()).set("hosts", hosts).set("by", by).key(match way {
                    Heading::Forward => "event-remedies-started",
                    Heading::Back => "event-remedies-undo-started",
                })
            }
            Kind::RemediesEnded { plan, done, failed, left, .. } => {
                self.set("plan", plan.short()).set("done", done).set("failed", failed).set("left", left);
                "event-remedies-ended"
            }
            Kind::RunStarted { plan, by, .. } => self.set("plan", plan.short()).set("by", by).key("event-run-started"),
            Kind::RunResumed { in_motion } => self.set("n", in_motion).key("event-run-resumed"),
            Kind::RunPaused { by } => self.set("by", by).key("event-run-paused"),
            Kind::RunUnpaused { by } => self.set("by", by).key("event-run-unpaused"),
            Kind::RunStopped { rule } => {
                let rule = self.speaker.say(rule);
                self.set("rule", rule).key("event-run-stopped")
            }
            Kind::RunEnded { accepted, rolled_back, held, not_begun } => self
                .set("accepted", accepted)
                .set("rolled", rolled_back)
                .set("held", held)
                .set("waiting", not_begun)
                .key("event-run-ended"),
            Kind::WaveStarted { wave } => self.wave(plan, *wave).key("event-wave-started"),
            Kind::WaveEnded { wave } => self.wave(plan, *wave).key("event-wave-ended"),
            Kind::Waiting { reason } => {
                let why = words::wait(self.speaker, reason);
                self.set("why", why).key("event-waiting")
            }
            Kind::Begun { wave } => self.wave(plan, *wave).key("event-begun"),
            other => self.of_the_rest(other),
        }
    }

    fn of_the_rest(&mut self, kind: &Kind) -> &'static str {
        match kind {
            Kind::MachineMade { address, .. } => self.set("address", address).key("event-machine-made"),
            Kind::RollbackAsked { why, by } => {
                let why = words::fault(self.speaker, why);
                self.set("by", by).set("why", why).key("event-rollback-asked")
            }
            Kind::Salvaged { written, kept } => self.set("written", written).set("kept", kept).key("event-salvaged"),
            Kind::RetryAsked { by } => self.set("by", by).key("event-retry-asked"),
            Kind::ServiceChanged { service, state, .. } => {
                let state = words::service_state(self.speaker, *state);
                self.set("service", service).set("state", state).key("event-service-changed")
            }
            Kind::GateChanged { gate, state, why } => {
                let why = why.as_ref().map(|w| self.speaker.say(w)).unwrap_or_default();
                self.set("gate", gate).set("why", why).key(match state {
                    GateState::Open => "event-gate-open",
                    GateState::Closed => "event-gate-closed",
                    GateState::Unknown => "event-gate-unknown",
                })
            }
            Kind::Measured { metric, subject, value_milli, unit, n, .. } => self
                .set("metric", metric)
                .set("subject", subject)
                .set("value", milli(*value_milli))
                .set("unit", unit)
                .set("n", n)
                .key("event-measured"),
            Kind::Noted { by, text } => self.set("by", by).set("text", text).key("event-noted"),
            // What `of` and `of_others` have sentences for never comes here.
            _ => "event-other",
        }
    }

    fn wave(&mut self, plan: Option<&Plan>, no: rockhop_domain::WaveNo) -> &mut Self {
        let name = plan.and_then(|p| p.waves.iter().find(|w| w.no == no)).map(|w| w.name.as_str()).unwrap_or_default();
        let wave = words::wave(self.speaker, no, name);
        self.set("wave", wave)
    }

    fn key(&mut self, key: &'static str) -> &'static str {
        key
    }
}

/// The first digits of a long name.
fn short(name: &str) -> &str {
    name.get(..12).unwrap_or(name)
}

/// `12.345` from a fixed-point value.
fn milli(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let (whole, part) = (value.unsigned_abs() / 1_000, value.unsigned_abs() % 1_000);
    if part == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{part:03}").trim_end_matches('0').to_owned()
    }
}
