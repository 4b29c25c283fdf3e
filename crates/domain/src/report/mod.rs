//! The execution report's figures, folded from the ledger alone.
//!
//! Every number carries the rows that it was computed from; what was not measured says so and why. Nothing
//! here reads a clock or a file: the same [`ReportInput`] gives the same [`Report`]. Words and pages are made
//! of it in another crate.

mod audit;
mod compare;
mod figure;
mod gates;
mod hosts;
mod incidents;
mod input;
mod names;
mod security;
mod services;
mod stages;
mod standing;
mod walk;

pub use audit::{Contradiction, audit};
pub use compare::{Comparison, MARGIN_PERCENT, NEEDED, Reading, Verdict};
pub use figure::{EvidenceRef, Figure, Moment, Unit, Value};
pub use gates::{GateRow, GateStretch};
pub use hosts::{BackupRow, Counts, HostRow, RoleRow, WaveRow};
pub use incidents::{Incident, Lesson, Remedy, Severity, Subject};
pub use input::*;
pub use security::{Security, SecurityRow, SecuritySide, Support, VulnerabilityFigures};
pub use services::{OutageRow, PROMISE_DAYS, Promise, ServiceRow};
pub use stages::{Approval, Cost, CostRow, Milestone, Preparation, RunRow};
pub use standing::{Exception, Status};
pub use walk::{Away, End};

use crate::{
    Digest, HostId, Message, RunId,
    event::{Event, Kind},
    plan::{Environment, Plan, Scenery},
    run::FoldError,
};
use indexmap::IndexMap;
use jiff::Timestamp;
use serde::Serialize;
use walk::Walk;

/// The whole report, before it has a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What people stated.
    pub context: ReportContext,
    /// The time on the cover.
    pub generated_at: Timestamp,
    /// What the machines of the ledger were. Anything that is not real marks every page.
    pub marking: Marking,
    /// Where the move stands.
    pub status: Status,
    /// What speaks against calling it complete.
    pub exceptions: Vec<Exception>,
    /// Planned against actual.
    pub milestones: Vec<Milestone>,
    /// Before the first run.
    pub preparation: Preparation,
    /// From the ledger's first row to the end of the run: the project, as far as the ledger knows it.
    pub project_length: Figure,
    /// Every run of the ledger.
    pub runs: Vec<RunRow>,
    /// The run that the report is about, if there is one.
    pub run: Option<RunFigures>,
    /// Signatures under its plan.
    pub approvals: Vec<Approval>,
    /// Before and after.
    pub comparisons: Vec<Comparison>,
    /// Numbers that stand for themselves.
    pub readings: Vec<Reading>,
    /// Support, versions, vulnerabilities.
    pub security: Security,
    /// Budget, benefits, return.
    pub cost: Cost,
    /// Remarks that people left in the ledger.
    pub remarks: Vec<Remark>,
    /// What the check of the hash chain found.
    pub ledger: LedgerCheck,
    /// Figures that cannot both be true. A report that has any must not be signed.
    pub contradictions: Vec<Contradiction>,
    /// The ledger, for the appendix: the page shows the rows that a figure names.
    #[serde(skip)]
    pub events: Vec<Event>,
}

/// What the report says of the run it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunFigures {
    /// Which run.
    pub id: RunId,
    /// Of which plan.
    pub plan: Digest,
    /// Rehearsal or production.
    pub environment: Environment,
    /// On what machines.
    pub scenery: Scenery,
    /// First row.
    pub started: Moment,
    /// Last row.
    pub last: Moment,
    /// The row that ended it, if it ended.
    pub ended: Option<Moment>,
    /// From first row to end, or to the last row.
    pub length: Figure,
    /// Its hosts.
    pub counts: Counts,
    /// What the engine itself counted when it ended the run.
    pub engine_tally: Option<EngineTally>,
    /// By role.
    pub roles: Vec<RoleRow>,
    /// By wave.
    pub waves: Vec<WaveRow>,
    /// By host.
    pub hosts: Vec<HostRow>,
    /// By service.
    pub services: Vec<ServiceRow>,
    /// By gate.
    pub gates: Vec<GateRow>,
    /// The upper bounds of all services, summed; services that were away together count each.
    pub downtime_total: Figure,
    /// What went wrong.
    pub incidents: Vec<Incident>,
    /// What follows from it.
    pub lessons: Vec<Lesson>,
    /// Over all proven backups.
    pub backups: Backups,
}

/// What the engine counted when it ended the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EngineTally {
    /// Accepted hosts.
    pub accepted: Figure,
    /// Rolled back.
    pub rolled_back: Figure,
    /// Held.
    pub held: Figure,
    /// Not begun.
    pub not_begun: Figure,
}

/// Sums over the proven backups of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Backups {
    /// Hosts with a proven backup.
    pub proven: Figure,
    /// Files.
    pub files: Figure,
    /// Bytes.
    pub bytes: Figure,
    /// Bytes read back.
    pub read_back: Figure,
}

/// What the machines of a ledger were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Marking {
    /// Some were the lab's.
    pub lab: bool,
    /// Some were in memory.
    pub simulated: bool,
}

/// A remark in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// When.
    pub at: Moment,
    /// About which host.
    pub host: Option<HostId>,
    /// Who.
    pub by: String,
    /// What.
    pub text: String,
}

/// Why no report can be made of this ledger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// The run is not there, or its beginning is missing.
    #[error("the ledger has no run {run} with a beginning; list the runs and name one of them")]
    UnknownRun {
        /// Which.
        run: RunId,
    },
    /// The plan of a run was not given.
    #[error("plan {} of run {run} was not given; fetch it from the evidence store", plan.short())]
    NoPlan {
        /// Which run.
        run: RunId,
        /// Which plan.
        plan: Digest,
    },
    /// The ledger does not fit its plan.
    #[error(transparent)]
    Fold(#[from] FoldError),
}

/// Makes the report.
pub fn build(input: &ReportInput) -> Result<Report, ReportError> {
    let run = input.run.clone().or_else(|| subject(input.events));
    let walk = run.as_ref().map(|run| Walk::through(run, input.events, input.plans)).transpose()?;
    let runs = stages::runs(input.events, input.plans)?;
    let mut report = assemble(input, walk.as_ref(), runs);
    report.contradictions = audit(&report);
    if !report.contradictions.is_empty() && report.status == Status::Complete {
        report.status = Status::CompleteWithExceptions;
    }
    Ok(report)
}

/// The last production run; without one, the last run.
fn subject(events: &[Event]) -> Option<RunId> {
    let begun = || events.iter().rev().filter(|e| matches!(e.kind, Kind::RunStarted { .. }));
    let production = |e: &&Event| matches!(e.kind, Kind::RunStarted { environment: Environment::Production, .. });
    begun().find(production).or_else(|| begun().next())?.run.clone()
}

fn assemble(input: &ReportInput, walk: Option<&Walk>, runs: Vec<RunRow>) -> Report {
    let run = walk.map(run_figures);
    let (comparisons, readings) = compare::compare(about(input.events, walk));
    let grounds = standing::Grounds {
        hosts: run.as_ref().map_or(&[], |r| &r.hosts),
        services: run.as_ref().map_or(&[], |r| &r.services),
        incidents: run.as_ref().map_or(&[], |r| &r.incidents),
        comparisons: &comparisons,
        readings: &readings,
        ledger: &input.ledger,
    };
    let exceptions = standing::exceptions(&grounds);
    Report {
        context: input.context.clone(),
        generated_at: input.generated_at,
        marking: marking(input.events),
        status: standing::status(walk, &grounds, &exceptions),
        exceptions,
        milestones: stages::milestones(walk, input.events, input.context, &runs),
        preparation: stages::preparation(input.events),
        approvals: stages::approvals(walk, input.events),
        project_length: project_length(input.events, walk),
        security: security::security(input.hosts, input.vulnerabilities.as_ref(), input.generated_at),
        cost: stages::cost(input.context),
        remarks: remarks(input.events, walk),
        ledger: input.ledger.clone(),
        contradictions: Vec::new(),
        events: input.events.to_vec(),
        runs,
        run,
        comparisons,
        readings,
    }
}

fn run_figures(walk: &Walk) -> RunFigures {
    let services = services::services(walk);
    let hosts = hosts::hosts(walk, &services);
    let incidents = incidents::incidents(walk, &services);
    RunFigures {
        id: walk.id.clone(),
        plan: walk.plan_digest.clone(),
        environment: walk.environment,
        scenery: walk.scenery,
        started: walk.first(),
        last: walk.last(),
        ended: walk.ended().map(Moment::of),
        length: hosts::run_length(walk),
        counts: hosts::counts(walk, &walk.plan.hosts.keys().collect::<Vec<_>>()),
        engine_tally: walk.ended().and_then(engine_tally),
        roles: hosts::roles(walk, &hosts),
        waves: hosts::waves(walk),
        lessons: incidents::lessons(&incidents),
        backups: backups(walk, &hosts),
        downtime_total: figure::sum(services.iter().map(|s| &s.upper), Unit::Millis, &walk.whole()),
        gates: gates::gates(walk),
        hosts,
        services,
        incidents,
    }
}

fn engine_tally(event: &Event) -> Option<EngineTally> {
    let Kind::RunEnded { accepted, rolled_back, held, not_begun } = &event.kind else { return None };
    let figure = |n: &u32| Figure::measured(i64::from(*n), Unit::Count, [EvidenceRef::Event(event.seq)]);
    Some(EngineTally {
        accepted: figure(accepted),
        rolled_back: figure(rolled_back),
        held: figure(held),
        not_begun: figure(not_begun),
    })
}

fn backups(walk: &Walk, hosts: &[HostRow]) -> Backups {
    let rows: Vec<&BackupRow> = hosts.iter().filter_map(|h| h.backup.as_ref()).collect();
    let whole = walk.whole();
    let sum = |pick: fn(&BackupRow) -> &Figure, unit| figure::sum(rows.iter().map(|b| pick(b)), unit, &whole);
    Backups {
        proven: Figure::count(rows.iter().flat_map(|b| b.files.origin.iter().cloned()), &whole),
        files: sum(|b| &b.files, Unit::Count),
        bytes: sum(|b| &b.bytes, Unit::Bytes),
        read_back: sum(|b| &b.read_back, Unit::Bytes),
    }
}

fn project_length(events: &[Event], walk: Option<&Walk>) -> Figure {
    match (events.first(), walk) {
        (Some(first), Some(walk)) => Figure::between(Moment::of(first), walk.end_of_watch()),
        _ => Figure::not_measured(Unit::Millis, Message::new("report-why-not-begun")),
    }
}

/// Rows of this run and rows of no run.
fn about<'e>(events: &'e [Event], walk: Option<&Walk>) -> impl Iterator<Item = &'e Event> {
    let run = walk.map(|w| w.id.clone());
    events.iter().filter(move |e| e.run.is_none() || e.run == run)
}

fn marking(events: &[Event]) -> Marking {
    let sceneries = events.iter().filter_map(|e| match &e.kind {
        Kind::RunStarted { scenery, .. } | Kind::Surveyed { scenery, .. } => Some(*scenery),
        _ => None,
    });
    sceneries.fold(Marking::default(), |marking, scenery| Marking {
        lab: marking.lab || scenery == Scenery::Lab,
        simulated: marking.simulated || scenery == Scenery::Simulated,
    })
}

fn remarks(events: &[Event], walk: Option<&Walk>) -> Vec<Remark> {
    let one = |e: &Event| match &e.kind {
        Kind::Noted { by, text } => {
            Some(Remark { at: Moment::of(e), host: e.host.clone(), by: by.clone(), text: text.clone() })
        }
        _ => None,
    };
    about(events, walk).filter_map(one).collect()
}

/// Plans under their digests, as [`ReportInput`] wants them.
pub fn by_digest(plans: impl IntoIterator<Item = Plan>) -> IndexMap<Digest, Plan> {
    plans.into_iter().map(|plan| (plan.digest(), plan)).collect()
}
