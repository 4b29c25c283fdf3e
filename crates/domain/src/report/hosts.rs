//! Hosts, roles and waves: who was to move, and how it went.

use super::{Away, End, EvidenceRef, Figure, Moment, Unit, figure::sum, services::ServiceRow, walk::Walk};
use crate::{
    HostId, Message, RoleId, SiteId, WaveNo,
    event::{Event, Kind},
    plan::{Forecast, HostPlan},
};
use serde::Serialize;

/// How many hosts stand where. The parts sum to `planned`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// In the plan.
    pub planned: Figure,
    /// On EL9, kept.
    pub accepted: Figure,
    /// On EL7 again.
    pub rolled_back: Figure,
    /// Waiting for a person.
    pub held: Figure,
    /// Under way.
    pub in_motion: Figure,
    /// Not begun.
    pub not_begun: Figure,
    /// Rolled back or held.
    pub failed: Figure,
    /// Accepted of planned, in percent.
    pub rate: Figure,
}

/// The hosts of one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleRow {
    /// Which role.
    pub role: RoleId,
    /// Its hosts.
    pub counts: Counts,
    /// Accepted hosts that needed more than one try at some step.
    pub retried: Figure,
}

/// One wave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaveRow {
    /// Which.
    pub no: WaveNo,
    /// Its name in the plan.
    pub name: String,
    /// Its hosts.
    pub counts: Counts,
    /// Its first host could begin.
    pub started: Option<Moment>,
    /// All its hosts were settled.
    pub ended: Option<Moment>,
    /// From the one to the other.
    pub duration: Figure,
}

/// One host's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HostRow {
    /// Which.
    pub host: HostId,
    /// What for.
    pub role: RoleId,
    /// Where.
    pub site: Option<SiteId>,
    /// In which wave.
    pub wave: Option<WaveNo>,
    /// How it stands.
    pub end: End,
    /// Which rows say so.
    pub end_origin: Vec<EvidenceRef>,
    /// It was let go.
    pub begun: Option<Moment>,
    /// Its backup was proven.
    pub proven: Option<Moment>,
    /// When its service was away.
    pub away: Vec<Away>,
    /// It came to stand as it does.
    pub settled: Option<Moment>,
    /// From begin to settled.
    pub duration: Figure,
    /// The plan's forecast of it.
    pub forecast: Figure,
    /// Service away, by step timings.
    pub outage_by_steps: Figure,
    /// Service away, as the prober saw it: the upper bound.
    pub outage_by_prober: Figure,
    /// Tries that failed.
    pub failures: Figure,
    /// Proven backup: files.
    pub backup: Option<BackupRow>,
}

/// A backup that was read back and compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupRow {
    /// The snapshot in the vault.
    pub snapshot: String,
    /// Files in it.
    pub files: Figure,
    /// Their size.
    pub bytes: Figure,
    /// What was read back from the vault.
    pub read_back: Figure,
    /// Files compared with the host.
    pub compared: Figure,
    /// How long the proof took.
    pub took: Figure,
}

/// The counts over these hosts.
pub(super) fn counts(walk: &Walk, hosts: &[&HostId]) -> Counts {
    let whole = walk.whole();
    let of = |ends: &[End]| {
        let hit = hosts.iter().filter(|h| ends.contains(&walk.end(h)));
        let n = hit.clone().count();
        let origin: Vec<EvidenceRef> = hit.flat_map(|h| walk.origin_of(h)).collect();
        let origin = if origin.is_empty() { whole.clone() } else { origin };
        Figure::measured(amount(n), Unit::Count, origin).with_n(n as u64)
    };
    let planned = Figure::measured(amount(hosts.len()), Unit::Count, [EvidenceRef::Plan(walk.plan_digest.clone())])
        .with_n(hosts.len() as u64);
    let accepted = of(&[End::Accepted]);
    Counts {
        rate: Figure::ratio(&accepted, &planned).with_n(planned.n),
        planned,
        accepted,
        rolled_back: of(&[End::RolledBack]),
        held: of(&[End::Held]),
        in_motion: of(&[End::InMotion]),
        not_begun: of(&[End::NotBegun]),
        failed: of(&[End::RolledBack, End::Held]),
    }
}

/// One row a role, in the plan's order.
pub(super) fn roles(walk: &Walk, hosts: &[HostRow]) -> Vec<RoleRow> {
    let mut names: Vec<&RoleId> = Vec::new();
    for job in walk.plan.hosts.values() {
        if !names.contains(&&job.role) {
            names.push(&job.role);
        }
    }
    names.into_iter().map(|role| role_row(walk, role, hosts)).collect()
}

fn role_row(walk: &Walk, role: &RoleId, hosts: &[HostRow]) -> RoleRow {
    let own: Vec<&HostRow> = hosts.iter().filter(|h| h.role == *role).collect();
    let ids: Vec<&HostId> = own.iter().map(|h| &h.host).collect();
    let retried: Vec<_> = own.iter().filter(|h| h.end == End::Accepted && h.failures.amount() > Some(0)).collect();
    let rows = retried.iter().flat_map(|h| h.failures.origin.iter().cloned());
    let mut figure = Figure::count(rows, &walk.whole());
    figure.value = super::Value::Measured(amount(retried.len()));
    RoleRow { role: role.clone(), counts: counts(walk, &ids), retried: figure }
}

/// One row a wave.
pub(super) fn waves(walk: &Walk) -> Vec<WaveRow> {
    walk.plan.waves.iter().map(|wave| wave_row(walk, wave)).collect()
}

fn wave_row(walk: &Walk, wave: &crate::plan::Wave) -> WaveRow {
    let find = |wanted: fn(&Kind) -> Option<WaveNo>| {
        walk.events.iter().filter(|e| wanted(&e.kind) == Some(wave.no)).map(|e| Moment::of(e)).collect::<Vec<_>>()
    };
    let started = find(|k| if let Kind::WaveStarted { wave } = k { Some(*wave) } else { None }).first().copied();
    let ended = find(|k| if let Kind::WaveEnded { wave } = k { Some(*wave) } else { None }).last().copied();
    WaveRow {
        no: wave.no,
        name: wave.name.clone(),
        counts: counts(walk, &wave.hosts.iter().collect::<Vec<_>>()),
        started,
        ended,
        duration: time_between(started, ended),
    }
}

/// One row a host, in the plan's order.
pub(super) fn hosts(walk: &Walk, services: &[ServiceRow]) -> Vec<HostRow> {
    walk.plan.hosts.values().map(|job| host_row(walk, job, services)).collect()
}

fn host_row(walk: &Walk, job: &HostPlan, services: &[ServiceRow]) -> HostRow {
    let host = &job.host;
    let begun = walk.of_host(host).find(|e| matches!(e.kind, Kind::Begun { .. })).map(Moment::of);
    let backup = walk.of_host(host).filter(|e| matches!(e.kind, Kind::BackupProven { .. })).last();
    let away = walk.away(host);
    let settled = walk.settled(host);
    let failed = walk.of_host(host).filter(|e| matches!(e.kind, Kind::StepFailed { .. } | Kind::UndoFailed { .. }));
    HostRow {
        host: host.clone(),
        role: job.role.clone(),
        site: job.site.clone(),
        wave: walk.plan.wave_of(host).map(|w| w.no),
        end: walk.end(host),
        end_origin: walk.origin_of(host),
        begun,
        proven: backup.map(Moment::of),
        duration: time_between(begun, settled),
        forecast: forecast(walk, job),
        outage_by_steps: by_steps(walk, host, &away),
        outage_by_prober: by_prober(host, services),
        failures: Figure::count(failed.map(|e| EvidenceRef::Event(e.seq)), &walk.origin_of(host)),
        backup: backup.and_then(backup_row),
        away,
        settled,
    }
}

fn time_between(from: Option<Moment>, to: Option<Moment>) -> Figure {
    match (from, to) {
        (Some(from), Some(to)) => Figure::between(from, to),
        (None, _) => Figure::not_measured(Unit::Millis, Message::new("report-why-not-begun")),
        (_, None) => Figure::not_measured(Unit::Millis, Message::new("report-why-not-ended")),
    }
}

fn forecast(walk: &Walk, job: &HostPlan) -> Figure {
    match &job.forecast {
        Forecast::Unmeasured => Figure::not_measured(Unit::Millis, Message::new("report-why-no-rehearsal-of-role")),
        Forecast::Rehearsed { duration_ms, .. } => {
            let plan = EvidenceRef::Plan(walk.plan_digest.clone());
            Figure::measured(i64::try_from(*duration_ms).unwrap_or(i64::MAX), Unit::Millis, [plan])
        }
    }
}

fn by_steps(walk: &Walk, host: &HostId, away: &[Away]) -> Figure {
    let outages: Vec<Figure> =
        away.iter().map(|a| Figure::between(a.from, a.to.unwrap_or(walk.end_of_watch()))).collect();
    let open = away.iter().any(|a| a.to.is_none());
    let total = sum(&outages, Unit::Millis, &walk.origin_of(host)).with_n(outages.len() as u64);
    if open { total.with_note(Message::new("report-note-still-away")) } else { total }
}

/// Only a service that this host serves alone says anything about this host.
fn by_prober(host: &HostId, services: &[ServiceRow]) -> Figure {
    let own: Vec<&ServiceRow> = services.iter().filter(|s| s.hosts == [host.clone()]).collect();
    match own.iter().max_by_key(|s| s.upper.amount()) {
        Some(worst) => worst.upper.clone(),
        None => Figure::not_measured(Unit::Millis, Message::new("report-why-no-own-service")),
    }
}

fn backup_row(event: &Event) -> Option<BackupRow> {
    let Kind::BackupProven { proof, took_ms, .. } = &event.kind else { return None };
    let figure = |value: u64, unit| {
        Figure::measured(i64::try_from(value).unwrap_or(i64::MAX), unit, [EvidenceRef::Event(event.seq)])
    };
    Some(BackupRow {
        snapshot: proof.snapshot.clone(),
        files: figure(proof.files, Unit::Count),
        bytes: figure(proof.bytes, Unit::Bytes),
        read_back: figure(proof.read_back_bytes, Unit::Bytes),
        compared: figure(proof.compared, Unit::Count),
        took: figure(*took_ms, Unit::Millis),
    })
}

/// How long the whole run took so far.
pub(super) fn run_length(walk: &Walk) -> Figure {
    let length = Figure::between(walk.first(), walk.end_of_watch());
    if walk.ended().is_some() { length } else { length.with_note(Message::new("report-note-not-ended")) }
}

fn amount(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
