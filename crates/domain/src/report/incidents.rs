//! What went wrong, how it was put right, and what follows: a fold over the run's rows.
//!
//! An incident is opened by a failed step, an asked rollback, an outage that no move explains, an absence
//! of the controller or a stop rule. It is closed by a row that shows the trouble gone, never by time.

use super::{End, EvidenceRef, Figure, Moment, Unit, services::ServiceRow, walk::Walk};
use crate::{
    FaultClass, HostId, Message, ServiceId, StepNo,
    event::{Event, Kind},
};
use serde::Serialize;

/// One thing that went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Incident {
    /// Counted from 1, by the time of opening.
    pub no: u32,
    /// When it was first seen.
    pub opened: Moment,
    /// What it was about.
    pub subject: Subject,
    /// The step at which it happened.
    pub step: Option<String>,
    /// How bad.
    pub severity: Severity,
    /// What went wrong.
    pub cause: Message,
    /// Its class, when it came from a fault.
    pub class: Option<FaultClass>,
    /// The last line that the host said, if it said anything.
    pub said: Option<String>,
    /// Tries that failed.
    pub failures: u32,
    /// How it was put right.
    pub remedy: Remedy,
    /// When it was seen to be put right; `None` while it is open.
    pub closed: Option<Moment>,
    /// From opened to closed.
    pub time_to_fix: Figure,
    /// Every row of it.
    pub origin: Vec<EvidenceRef>,
}

/// What an incident is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "about", rename_all = "kebab-case")]
pub enum Subject {
    /// One host.
    Host {
        /// Which.
        host: HostId,
    },
    /// A service that went away without a move that explains it.
    Service {
        /// Which.
        service: ServiceId,
    },
    /// Rockhop's own process.
    Controller,
    /// The whole run.
    Campaign,
}

/// How bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Healed without anybody losing anything.
    Minor,
    /// A host did not move, or people could feel it.
    Major,
    /// A way back failed, somebody else may have been at the other end, or the campaign was stopped.
    Critical,
}

impl Severity {
    /// A stable key for machines and the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }
}

/// How an incident was put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Remedy {
    /// Not yet.
    None,
    /// The same step worked at this try.
    Retried {
        /// Which.
        attempt: u32,
    },
    /// The old host serves again.
    RolledBack,
    /// A person looked and let it go on.
    Operator {
        /// Who.
        name: String,
    },
    /// The controller came back and went on; so many jobs had run on without it and were taken over.
    Resumed {
        /// How many.
        adopted: u32,
    },
    /// It came back by itself.
    CameBack,
    /// The run ended there, with hosts not begun.
    Ended,
}

impl Remedy {
    /// A stable key for machines and the catalogue.
    pub fn key(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Retried { .. } => "retried",
            Self::RolledBack => "rolled-back",
            Self::Operator { .. } => "operator",
            Self::Resumed { .. } => "resumed",
            Self::CameBack => "came-back",
            Self::Ended => "ended",
        }
    }
}

/// What follows from incidents, with the rows it follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lesson {
    /// In one sentence.
    pub text: Message,
    /// From which rows.
    pub origin: Vec<EvidenceRef>,
}

/// An incident on a host that is not numbered yet.
struct Case {
    step: Option<StepNo>,
    person: Option<String>,
    incident: Incident,
}

/// All incidents, by the time of opening.
pub(super) fn incidents(walk: &Walk, services: &[ServiceRow]) -> Vec<Incident> {
    let mut all: Vec<Incident> = walk.plan.hosts.keys().flat_map(|host| of_host(walk, host)).collect();
    all.extend(absences(walk));
    all.extend(walk.stopped().map(|event| stop(walk, event)));
    all.extend(services.iter().flat_map(unexplained));
    all.sort_by_key(|i| i.opened.seq);
    for (incident, no) in all.iter_mut().zip(1..) {
        incident.no = no;
    }
    all
}

fn of_host(walk: &Walk, host: &HostId) -> Vec<Incident> {
    let mut done = Vec::new();
    let mut open: Option<Case> = None;
    for event in walk.of_host(host) {
        see(walk, host, event, &mut open);
        if let Some(remedy) = open.as_ref().and_then(|case| case.remedy(walk, host, event)) {
            done.extend(open.take().map(|case| case.close(event, remedy)));
        }
    }
    done.extend(open.map(|case| case.incident));
    done
}

/// Takes a row in: it opens a case, adds to the open one, or means nothing to it.
fn see(walk: &Walk, host: &HostId, event: &Event, open: &mut Option<Case>) {
    match &event.kind {
        Kind::StepFailed { step, id, fault, .. } => {
            let case = open.get_or_insert_with(|| Case::open(host, event, Some(*step), Some(id.clone()), fault));
            case.failed(event, fault.class);
        }
        Kind::RollbackAsked { why, .. } => {
            let case = open.get_or_insert_with(|| Case::open(host, event, None, None, why));
            case.raise(event, Severity::Major);
        }
        Kind::UndoFailed { step, id, fault } => {
            let case = open.get_or_insert_with(|| Case::open(host, event, Some(*step), Some(id.clone()), fault));
            case.failed(event, fault.class);
            case.raise(event, Severity::Critical);
        }
        Kind::RetryAsked { by } => {
            if let Some(case) = open.as_mut() {
                case.person = Some(by.clone());
                case.raise(event, Severity::Major);
            }
        }
        _ => return,
    }
    if let Some(case) = open.as_mut() {
        match walk.end_after(host, event.seq) {
            End::Held => case.raise(event, Severity::Major),
            End::RolledBack => case.raise(event, Severity::Major),
            End::Accepted | End::InMotion | End::NotBegun => {}
        }
    }
}

impl Case {
    fn open(host: &HostId, event: &Event, step: Option<StepNo>, id: Option<String>, fault: &crate::Fault) -> Self {
        let subject = Subject::Host { host: host.clone() };
        let mut incident = blank(subject, Moment::of(event), Severity::Minor, fault.message.clone());
        incident.step = id;
        incident.class = Some(fault.class);
        incident.said = fault.output.lines().rev().find(|l| !l.trim().is_empty()).map(|l| l.trim().to_owned());
        Self { step, person: None, incident }
    }

    fn failed(&mut self, event: &Event, class: FaultClass) {
        self.incident.failures += 1;
        let severity = if class == FaultClass::Untrusted { Severity::Critical } else { Severity::Minor };
        self.raise(event, severity);
    }

    fn raise(&mut self, event: &Event, severity: Severity) {
        let incident = &mut self.incident;
        incident.severity = incident.severity.max(severity);
        let row = EvidenceRef::Event(event.seq);
        if !incident.origin.contains(&row) {
            incident.origin.push(row);
        }
    }

    /// How this row puts the trouble right, if it does.
    fn remedy(&self, walk: &Walk, host: &HostId, event: &Event) -> Option<Remedy> {
        if walk.end_after(host, event.seq) == End::RolledBack {
            return Some(Remedy::RolledBack);
        }
        let healed = match &event.kind {
            Kind::StepFinished { step, .. } | Kind::BackupProven { step, .. } => Some(*step) == self.step,
            _ => false,
        };
        healed.then(|| match &self.person {
            Some(name) => Remedy::Operator { name: name.clone() },
            None => Remedy::Retried { attempt: self.incident.failures + 1 },
        })
    }

    fn close(mut self, event: &Event, remedy: Remedy) -> Incident {
        if remedy == Remedy::RolledBack {
            self.raise(event, Severity::Major);
        }
        closed(self.incident, Moment::of(event), remedy)
    }
}

fn blank(subject: Subject, opened: Moment, severity: Severity, cause: Message) -> Incident {
    Incident {
        no: 0,
        opened,
        subject,
        step: None,
        severity,
        cause,
        class: None,
        said: None,
        failures: 0,
        remedy: Remedy::None,
        closed: None,
        time_to_fix: Figure::not_measured(Unit::Millis, Message::new("report-why-open")),
        origin: vec![opened.origin()],
    }
}

fn closed(mut incident: Incident, at: Moment, remedy: Remedy) -> Incident {
    incident.remedy = remedy;
    incident.closed = Some(at);
    incident.time_to_fix = Figure::between(incident.opened, at);
    if !incident.origin.contains(&at.origin()) {
        incident.origin.push(at.origin());
    }
    incident
}

fn absences(walk: &Walk) -> Vec<Incident> {
    let one = |(from, to): (Moment, Moment)| {
        let adopted = adopted_after(walk, to);
        let cause = Message::new("report-cause-controller-away");
        let mut incident = blank(Subject::Controller, from, Severity::Minor, cause);
        incident.origin.extend(adopted.iter().cloned());
        let adopted = u32::try_from(adopted.len()).unwrap_or(u32::MAX);
        closed(incident, to, Remedy::Resumed { adopted })
    };
    walk.absences().into_iter().map(one).collect()
}

/// Jobs taken over after this return and before the next one.
fn adopted_after(walk: &Walk, back: Moment) -> Vec<EvidenceRef> {
    let after = walk.events.iter().skip_while(|e| e.seq <= back.seq);
    let until_next = after.take_while(|e| !matches!(e.kind, Kind::RunResumed { .. }));
    until_next.filter(|e| matches!(e.kind, Kind::StepAdopted { .. })).map(|e| EvidenceRef::Event(e.seq)).collect()
}

fn stop(walk: &Walk, event: &Event) -> Incident {
    let Kind::RunStopped { rule } = &event.kind else {
        return blank(Subject::Campaign, Moment::of(event), Severity::Critical, Message::new("report-cause-stopped"));
    };
    let incident = blank(Subject::Campaign, Moment::of(event), Severity::Critical, rule.clone());
    match walk.ended().filter(|e| e.seq > event.seq) {
        Some(end) => closed(incident, Moment::of(end), Remedy::Ended),
        None => incident,
    }
}

fn unexplained(service: &ServiceRow) -> Vec<Incident> {
    let one = |outage: &super::OutageRow| {
        let subject = Subject::Service { service: service.service.clone() };
        let cause = Message::new("report-cause-unexplained-outage").with("service", &service.service);
        let mut incident = blank(subject, outage.from, Severity::Major, cause);
        incident.failures = 1;
        incident.origin.extend(outage.upper.origin.iter().cloned());
        match outage.to {
            Some(to) => closed(incident, to, Remedy::CameBack),
            None => incident,
        }
    };
    service.outages.iter().filter(|o| o.explained_by.is_none()).map(one).collect()
}

/// What follows from these incidents: one lesson for each kind of trouble, not for each host.
pub(super) fn lessons(incidents: &[Incident]) -> Vec<Lesson> {
    let mut all: Vec<Lesson> = Vec::new();
    let mut steps: Vec<&str> = incidents.iter().filter_map(|i| i.step.as_deref()).collect();
    steps.sort_unstable();
    steps.dedup();
    all.extend(steps.into_iter().map(|step| step_lesson(step, incidents)));
    all.extend(kind_lesson("report-lesson-resumed", incidents, |i| matches!(i.remedy, Remedy::Resumed { .. })));
    all.extend(kind_lesson("report-lesson-rolled-back", incidents, |i| i.remedy == Remedy::RolledBack));
    all.extend(kind_lesson("report-lesson-unexplained", incidents, |i| matches!(i.subject, Subject::Service { .. })));
    all.extend(kind_lesson("report-lesson-stopped", incidents, |i| i.subject == Subject::Campaign));
    all.extend(kind_lesson("report-lesson-open", incidents, |i| i.closed.is_none()));
    all
}

fn step_lesson(step: &str, incidents: &[Incident]) -> Lesson {
    let hit: Vec<&Incident> = incidents.iter().filter(|i| i.step.as_deref() == Some(step)).collect();
    let hosts: std::collections::BTreeSet<_> = hit.iter().map(|i| format!("{:?}", i.subject)).collect();
    let healed = hit.iter().all(|i| matches!(i.remedy, Remedy::Retried { .. }));
    let key = if healed { "report-lesson-step-healed" } else { "report-lesson-step-failed" };
    Lesson { text: Message::new(key).with("step", step).with("n", hosts.len()), origin: origins(&hit) }
}

fn kind_lesson(key: &str, incidents: &[Incident], of: fn(&Incident) -> bool) -> Option<Lesson> {
    let hit: Vec<&Incident> = incidents.iter().filter(|i| of(i)).collect();
    let text = || Message::new(key).with("n", hit.len());
    (!hit.is_empty()).then(|| Lesson { text: text(), origin: origins(&hit) })
}

fn origins(incidents: &[&Incident]) -> Vec<EvidenceRef> {
    incidents.iter().flat_map(|i| i.origin.iter().cloned()).collect()
}
