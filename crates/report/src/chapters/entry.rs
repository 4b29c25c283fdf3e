//! A row of the ledger in a few words. What needs no words beside its kind has none.

use crate::pen::Pen;
use crate::words;
use rockhop_domain::{
    Digest, Message,
    event::{Kind, Outcome, ServiceState},
    journey::{BackupProof, Heading},
    plan::GateState,
};

/// What the row says, for whoever looks it up behind a figure.
pub fn says(pen: &Pen, kind: &Kind) -> String {
    let entry = Entry { pen };
    match kind {
        Kind::Surveyed { .. } | Kind::CensusTaken { .. } | Kind::Assessed { .. } => entry.of_reading(kind),
        Kind::Planned { .. } | Kind::Approved { .. } | Kind::Noted { .. } => entry.of_papers(kind),
        Kind::RemediesPlanned { .. } | Kind::RemediesStarted { .. } | Kind::RemediesEnded { .. } => {
            entry.of_remedies(kind)
        }
        Kind::RunStarted { .. } | Kind::RunResumed { .. } | Kind::RunStopped { .. } | Kind::RunEnded { .. } => {
            entry.of_run(kind)
        }
        Kind::RunPaused { by } | Kind::RunUnpaused { by } | Kind::RetryAsked { by } => {
            entry.say("by", &[("by", by.clone())])
        }
        Kind::WaveStarted { wave } | Kind::WaveEnded { wave } | Kind::Begun { wave } => {
            entry.say("wave", &[("n", wave.to_string())])
        }
        Kind::Waiting { reason } => reason.key().to_owned(),
        Kind::StepStarted { .. } | Kind::StepAdopted { .. } | Kind::StepFinished { .. } | Kind::StepFailed { .. } => {
            entry.of_step(kind)
        }
        Kind::BackupProven { proof, took_ms, .. } => entry.proven(proof, *took_ms),
        Kind::MachineMade { address, .. } => address.clone(),
        Kind::RollbackAsked { .. } | Kind::Salvaged { .. } => entry.of_way_back(kind),
        Kind::UndoStarted { .. } | Kind::UndoFinished { .. } | Kind::UndoFailed { .. } => entry.of_way_back(kind),
        Kind::ServiceChanged { .. } | Kind::GateChanged { .. } | Kind::Measured { .. } => entry.of_watching(kind),
        Kind::BackedUp { .. } => String::new(),
    }
}

/// Each of its functions is given the kinds that it is named for; of another it says nothing.
struct Entry<'a, 'p> {
    pen: &'a Pen<'p>,
}

impl Entry<'_, '_> {
    fn say(&self, key: &str, args: &[(&str, String)]) -> String {
        self.pen.say_with(&format!("report-row-{key}"), args)
    }

    fn took(&self, ms: u64) -> String {
        words::duration(self.pen.cat, i64::try_from(ms).unwrap_or(i64::MAX))
    }

    fn of_reading(&self, kind: &Kind) -> String {
        match kind {
            Kind::Surveyed { facts, unknown, .. } => {
                self.say("surveyed", &[("facts", facts.short().into()), ("n", unknown.to_string())])
            }
            Kind::CensusTaken { unknown, .. } => {
                self.pen.cat.say(&Message::new("event-census-taken").with("unknown", unknown))
            }
            Kind::Assessed { blocks, warns, unknown, .. } => {
                let said = [("blocks", blocks), ("warns", warns), ("unknown", unknown)];
                self.say("assessed", &said.map(|(name, n)| (name, n.to_string())))
            }
            _ => String::new(),
        }
    }

    fn of_papers(&self, kind: &Kind) -> String {
        match kind {
            Kind::Planned { plan, hosts, by } => {
                self.say("planned", &[("plan", plan.short().into()), ("n", hosts.to_string()), ("by", by.clone())])
            }
            Kind::Approved { plan, by, key } => {
                self.say("approved", &[("plan", plan.short().into()), ("by", by.clone()), ("key", key.clone())])
            }
            Kind::Noted { by, text } => format!("{by}: {text}"),
            _ => String::new(),
        }
    }

    fn of_remedies(&self, kind: &Kind) -> String {
        let about = |key: &str, plan: &Digest| Message::new(key).with("plan", plan.short());
        self.pen.cat.say(&match kind {
            Kind::RemediesPlanned { plan, hosts, files, by } => {
                about("event-remedies-planned", plan).with("hosts", hosts).with("files", files).with("by", by)
            }
            Kind::RemediesStarted { plan, way: Heading::Forward, hosts, by } => {
                about("event-remedies-started", plan).with("hosts", hosts).with("by", by)
            }
            Kind::RemediesStarted { plan, way: Heading::Back, hosts, by } => {
                about("event-remedies-undo-started", plan).with("hosts", hosts).with("by", by)
            }
            Kind::RemediesEnded { plan, done, failed, left, .. } => {
                about("event-remedies-ended", plan).with("done", done).with("failed", failed).with("left", left)
            }
            _ => return String::new(),
        })
    }

    fn of_run(&self, kind: &Kind) -> String {
        match kind {
            Kind::RunStarted { plan, by, .. } => {
                self.say("run-started", &[("plan", plan.short().into()), ("by", by.clone())])
            }
            Kind::RunResumed { in_motion } => self.say("run-resumed", &[("n", in_motion.to_string())]),
            Kind::RunStopped { rule } => self.pen.cat.say(rule),
            Kind::RunEnded { accepted, rolled_back, held, not_begun } => {
                let said = [("accepted", accepted), ("back", rolled_back), ("held", held), ("waiting", not_begun)];
                self.say("run-ended", &said.map(|(name, n)| (name, n.to_string())))
            }
            _ => String::new(),
        }
    }

    fn of_step(&self, kind: &Kind) -> String {
        match kind {
            Kind::StepStarted { id, attempt, .. } => {
                self.say("step-try", &[("step", id.clone()), ("n", attempt.to_string())])
            }
            Kind::StepAdopted { attempt, .. } => self.say("adopted", &[("n", attempt.to_string())]),
            Kind::StepFinished { id, outcome, took_ms, .. } => {
                self.say(ended(outcome), &[("step", id.clone()), ("took", self.took(*took_ms))])
            }
            Kind::StepFailed { id, attempt, fault, .. } => {
                let why = self.pen.cat.say(&fault.message);
                self.say("step-failed", &[("step", id.clone()), ("n", attempt.to_string()), ("why", why)])
            }
            _ => String::new(),
        }
    }

    fn proven(&self, proof: &BackupProof, took_ms: u64) -> String {
        let bytes = words::bytes(i64::try_from(proof.bytes).unwrap_or(i64::MAX));
        let (snapshot, n) = (proof.snapshot.clone(), proof.files.to_string());
        let took = self.took(took_ms);
        self.say("backup-proven", &[("snapshot", snapshot), ("n", n), ("bytes", bytes), ("took", took)])
    }

    fn of_way_back(&self, kind: &Kind) -> String {
        match kind {
            Kind::RollbackAsked { why, by } => {
                self.say("rollback-asked", &[("by", by.clone()), ("why", self.pen.cat.say(&why.message))])
            }
            Kind::UndoStarted { id, .. } => id.clone(),
            Kind::UndoFinished { id, took_ms, .. } => {
                self.say("undone", &[("step", id.clone()), ("took", self.took(*took_ms))])
            }
            Kind::UndoFailed { id, fault, .. } => {
                self.say("undo-failed", &[("step", id.clone()), ("why", self.pen.cat.say(&fault.message))])
            }
            Kind::Salvaged { kept, .. } => self.say("salvaged", &[("kept", kept.clone())]),
            _ => String::new(),
        }
    }

    fn of_watching(&self, kind: &Kind) -> String {
        match kind {
            Kind::ServiceChanged { service, state, last_seen_other, .. } => {
                let last = self.pen.clock.instant(*last_seen_other);
                self.say(service_is(*state), &[("service", service.to_string()), ("last", last)])
            }
            Kind::GateChanged { gate, state, why } => {
                let why = why.as_ref().map(|why| self.pen.cat.say(why)).unwrap_or_default();
                self.say(gate_is(*state), &[("gate", gate.clone()), ("why", why)])
            }
            Kind::Measured { metric, subject, value_milli, unit, n, .. } => {
                let value = words::decimal(*value_milli, 3, true);
                format!("{metric} {subject} = {value} {unit}, n = {n}")
            }
            _ => String::new(),
        }
    }
}

fn ended(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::AlreadySo => "already-so",
        Outcome::Applied => "applied",
        Outcome::Adopted => "adopted-outcome",
    }
}

fn service_is(state: ServiceState) -> &'static str {
    match state {
        ServiceState::Up => "service-up",
        ServiceState::Down => "service-down",
        ServiceState::Unknown => "service-unknown",
    }
}

fn gate_is(state: GateState) -> &'static str {
    match state {
        GateState::Open => "gate-open",
        GateState::Closed => "gate-closed",
        GateState::Unknown => "gate-unknown",
    }
}
