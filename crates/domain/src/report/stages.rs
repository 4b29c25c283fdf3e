//! Milestones, the three stages, approvals and cost: the project around the run.

use super::{
    BudgetUnit, Counts, EvidenceRef, Figure, MilestoneKind, Moment, ReportContext, ReportError, Unit, Value,
    figure::sum,
    hosts::{counts, run_length},
    walk::Walk,
};
use crate::{
    Digest, HostId, Message, RunId,
    event::{Event, Kind, Period},
    plan::{Environment, Plan, Scenery},
};
use indexmap::IndexMap;
use jiff::Timestamp;
use serde::Serialize;

/// One milestone, planned against actual.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Milestone {
    /// Which.
    pub what: MilestoneKind,
    /// For when, if the project file says.
    pub planned: Option<Timestamp>,
    /// When it was reached, if it was.
    pub actual: Option<Moment>,
    /// Actual minus planned, in milliseconds: positive is late.
    pub deviation: Figure,
}

/// What was done before any host moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preparation {
    /// First row of it.
    pub began: Option<Moment>,
    /// Last row of it before the first run.
    pub ended: Option<Moment>,
    /// Hosts that were surveyed.
    pub surveyed: Figure,
    /// Items that the last survey of each host could not read.
    pub unread: Figure,
    /// Findings that block, at the last assessment.
    pub blocks: Figure,
    /// Findings that warn.
    pub warns: Figure,
    /// Rules that could not look.
    pub unknown: Figure,
    /// Plans made.
    pub plans: Figure,
}

/// One run, in one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunRow {
    /// Which.
    pub id: RunId,
    /// Rehearsal or production.
    pub environment: Environment,
    /// On what machines.
    pub scenery: Scenery,
    /// By whom.
    pub by: String,
    /// Began.
    pub started: Moment,
    /// Ended, if it did.
    pub ended: Option<Moment>,
    /// How long.
    pub length: Figure,
    /// Its hosts.
    pub counts: Counts,
}

/// A signature under a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Approval {
    /// What was signed.
    pub plan: Digest,
    /// Who.
    pub by: String,
    /// With which key.
    pub key: String,
    /// When.
    pub at: Moment,
}

/// What it cost and what it brings, as stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// Budget against actual.
    pub lines: Vec<CostRow>,
    /// One sum for each unit.
    pub totals: Vec<CostRow>,
    /// Yearly benefits.
    pub benefits: Vec<(String, Figure)>,
    /// (Yearly benefits - actual money) / actual money, for the first year.
    pub first_year_return: Figure,
}

/// One line of the budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CostRow {
    /// What for; empty in a sum.
    pub name: String,
    /// Planned.
    pub budget: Figure,
    /// Spent.
    pub actual: Figure,
    /// Spent minus planned.
    pub difference: Figure,
    /// Spent of planned, in percent.
    pub used: Figure,
}

/// Milestones in their order.
pub(super) fn milestones(
    walk: Option<&Walk>,
    events: &[Event],
    context: &ReportContext,
    runs: &[RunRow],
) -> Vec<Milestone> {
    use MilestoneKind as M;
    let mut kinds = vec![M::Surveyed, M::Assessed, M::Planned, M::Approved, M::Rehearsed, M::Started];
    kinds.extend(walk.into_iter().flat_map(|w| w.plan.waves.iter().map(|wave| M::Wave(wave.no))));
    kinds.push(M::Ended);
    kinds.into_iter().map(|what| milestone(what, reached(what, walk, events, runs), context)).collect()
}

fn milestone(what: MilestoneKind, actual: Option<Moment>, context: &ReportContext) -> Milestone {
    let planned = context.milestones.iter().find(|m| m.what == what).map(|m| m.planned);
    let deviation = match (planned, actual) {
        (Some(planned), Some(actual)) => {
            let ms = actual.at.as_millisecond() - planned.as_millisecond();
            Figure::measured(ms, Unit::Millis, [EvidenceRef::Project, actual.origin()])
        }
        (None, _) => Figure::not_measured(Unit::Millis, Message::new("report-why-not-planned")),
        (_, None) => Figure::not_measured(Unit::Millis, Message::new("report-why-not-reached")),
    };
    Milestone { what, planned, actual, deviation }
}

fn reached(what: MilestoneKind, walk: Option<&Walk>, events: &[Event], runs: &[RunRow]) -> Option<Moment> {
    let before = walk.map_or(u64::MAX, |w| w.first().seq);
    let last = |wanted: &dyn Fn(&Kind) -> bool| {
        events.iter().take_while(|e| e.seq < before).filter(|e| wanted(&e.kind)).last().map(Moment::of)
    };
    match what {
        MilestoneKind::Surveyed => last(&|k| matches!(k, Kind::Surveyed { period: Period::Before, .. })),
        MilestoneKind::Assessed => last(&|k| matches!(k, Kind::Assessed { .. })),
        MilestoneKind::Planned => last(&|k| matches!(k, Kind::Planned { plan, .. } if is_of(walk, plan))),
        MilestoneKind::Approved => last(&|k| matches!(k, Kind::Approved { plan, .. } if is_of(walk, plan))),
        MilestoneKind::Rehearsed => {
            let rehearsals = runs.iter().filter(|r| r.environment == Environment::Preproduction);
            rehearsals.filter(|r| Some(&r.id) != walk.map(|w| &w.id)).filter_map(|r| r.ended).next_back()
        }
        MilestoneKind::Started => walk.map(|w| w.first()),
        MilestoneKind::Wave(no) => {
            let of_wave = |e: &&&Event| matches!(e.kind, Kind::WaveEnded { wave } if wave == no);
            walk?.events.iter().rfind(of_wave).map(|e| Moment::of(e))
        }
        MilestoneKind::Ended => walk?.ended().map(Moment::of),
    }
}

fn is_of(walk: Option<&Walk>, plan: &Digest) -> bool {
    walk.is_none_or(|w| w.plan_digest == *plan)
}

/// Everything up to the first run.
pub(super) fn preparation(events: &[Event]) -> Preparation {
    let before: Vec<&Event> = events.iter().take_while(|e| !matches!(e.kind, Kind::RunStarted { .. })).collect();
    let part = |e: &&&Event| {
        matches!(e.kind, Kind::Surveyed { .. } | Kind::Assessed { .. } | Kind::Planned { .. } | Kind::Approved { .. })
    };
    let surveys = last_surveys(&before);
    let assessed = before.iter().rfind(|e| matches!(e.kind, Kind::Assessed { .. }));
    let plans = before.iter().filter(|e| matches!(e.kind, Kind::Planned { .. }));
    let whole: Vec<EvidenceRef> = before.last().map(|e| EvidenceRef::Event(e.seq)).into_iter().collect();
    let found = |pick: fn(&Kind) -> Option<u32>| match assessed.and_then(|e| Some((e.seq, pick(&e.kind)?))) {
        Some((seq, n)) => Figure::measured(i64::from(n), Unit::Count, [EvidenceRef::Event(seq)]),
        None => Figure::not_measured(Unit::Count, Message::new("report-why-not-assessed")),
    };
    Preparation {
        began: before.iter().find(part).map(|e| Moment::of(e)),
        ended: before.iter().rfind(part).map(|e| Moment::of(e)),
        surveyed: counted(surveys.values().map(|e| EvidenceRef::Event(e.seq)), &whole),
        unread: unread(&surveys),
        blocks: found(|k| if let Kind::Assessed { blocks, .. } = k { Some(*blocks) } else { None }),
        warns: found(|k| if let Kind::Assessed { warns, .. } = k { Some(*warns) } else { None }),
        unknown: found(|k| if let Kind::Assessed { unknown, .. } = k { Some(*unknown) } else { None }),
        plans: counted(plans.map(|e| EvidenceRef::Event(e.seq)), &whole),
    }
}

/// The last survey before the move of each host.
fn last_surveys<'e>(events: &[&'e Event]) -> IndexMap<&'e HostId, &'e Event> {
    let surveys = events.iter().filter(|e| matches!(e.kind, Kind::Surveyed { period: Period::Before, .. }));
    surveys.filter_map(|e| Some((e.host.as_ref()?, *e))).collect()
}

fn unread(surveys: &IndexMap<&HostId, &Event>) -> Figure {
    if surveys.is_empty() {
        return Figure::not_measured(Unit::Count, Message::new("report-why-not-surveyed"));
    }
    let total: i64 = surveys
        .values()
        .map(|e| if let Kind::Surveyed { unknown, .. } = &e.kind { i64::from(*unknown) } else { 0 })
        .sum();
    Figure::measured(total, Unit::Count, surveys.values().map(|e| EvidenceRef::Event(e.seq)))
}

/// A count of rows; with no ledger at all there is nothing to count in.
fn counted(of: impl Iterator<Item = EvidenceRef>, whole: &[EvidenceRef]) -> Figure {
    let figure = Figure::count(of, whole);
    if figure.origin.is_empty() {
        return Figure::not_measured(Unit::Count, Message::new("report-why-empty-ledger"));
    }
    figure
}

/// Every run of the ledger.
pub(super) fn runs(events: &[Event], plans: &IndexMap<Digest, Plan>) -> Result<Vec<RunRow>, ReportError> {
    let begun = events.iter().filter(|e| matches!(e.kind, Kind::RunStarted { .. }));
    begun.filter_map(|e| Some((e, e.run.as_ref()?))).map(|(e, run)| run_row(e, run, events, plans)).collect()
}

fn run_row(
    first: &Event,
    run: &RunId,
    events: &[Event],
    plans: &IndexMap<Digest, Plan>,
) -> Result<RunRow, ReportError> {
    let walk = Walk::through(run, events, plans)?;
    let Kind::RunStarted { by, .. } = &first.kind else {
        return Err(ReportError::UnknownRun { run: run.clone() });
    };
    Ok(RunRow {
        id: run.clone(),
        environment: walk.environment,
        scenery: walk.scenery,
        by: by.clone(),
        started: walk.first(),
        ended: walk.ended().map(Moment::of),
        length: run_length(&walk),
        counts: counts(&walk, &walk.plan.hosts.keys().collect::<Vec<_>>()),
    })
}

/// Signatures under the plan that ran; without a run, all of them.
pub(super) fn approvals(walk: Option<&Walk>, events: &[Event]) -> Vec<Approval> {
    let one = |e: &Event| match &e.kind {
        Kind::Approved { plan, by, key } if is_of(walk, plan) => {
            Some(Approval { plan: plan.clone(), by: by.clone(), key: key.clone(), at: Moment::of(e) })
        }
        _ => None,
    };
    events.iter().filter_map(one).collect()
}

/// Cost as the project file states it.
pub(super) fn cost(context: &ReportContext) -> Cost {
    let lines: Vec<CostRow> = context
        .budget
        .iter()
        .map(|line| {
            cost_row(
                line.name.clone(),
                stated(Some(line.budget_milli), &line.unit),
                stated(line.actual_milli, &line.unit),
            )
        })
        .collect();
    let totals = totals(&lines);
    let benefits: Vec<(String, Figure)> = context
        .benefits
        .iter()
        .map(|b| {
            let unit = BudgetUnit::Money(b.currency.clone().unwrap_or_default());
            (b.name.clone(), stated(b.yearly_milli, &unit))
        })
        .collect();
    Cost { first_year_return: first_year_return(&totals, &benefits), lines, totals, benefits }
}

fn stated(milli: Option<i64>, unit: &BudgetUnit) -> Figure {
    let unit = match unit {
        BudgetUnit::Money(currency) => Unit::Money(currency.clone()),
        BudgetUnit::PersonHours => Unit::PersonHours,
    };
    match milli {
        Some(amount) => Figure::measured(amount, unit, [EvidenceRef::Project]),
        None => Figure::not_measured(unit, Message::new("report-why-not-stated")),
    }
}

fn cost_row(name: String, budget: Figure, actual: Figure) -> CostRow {
    let difference = match budget.amount().zip(actual.amount()) {
        Some((b, a)) => Figure::measured(a - b, budget.unit.clone(), [EvidenceRef::Project]),
        None => Figure::not_measured(budget.unit.clone(), Message::new("report-why-not-stated")),
    };
    CostRow { name, used: Figure::ratio(&actual, &budget), difference, budget, actual }
}

fn totals(lines: &[CostRow]) -> Vec<CostRow> {
    let mut units: Vec<Unit> = Vec::new();
    for line in lines {
        if !units.contains(&line.budget.unit) {
            units.push(line.budget.unit.clone());
        }
    }
    let total = |unit: Unit| {
        let of = |pick: fn(&CostRow) -> &Figure| {
            sum(lines.iter().filter(|l| l.budget.unit == unit).map(pick), unit.clone(), &[EvidenceRef::Project])
        };
        cost_row(String::new(), of(|l| &l.budget), of(|l| &l.actual))
    };
    units.into_iter().map(total).collect()
}

/// Only when every benefit and every line of money is stated in one currency.
fn first_year_return(totals: &[CostRow], benefits: &[(String, Figure)]) -> Figure {
    let missing = |key: &str| Figure::not_measured(Unit::Percent, Message::new(key));
    let money: Vec<&CostRow> = totals.iter().filter(|t| matches!(t.budget.unit, Unit::Money(_))).collect();
    let [spent] = money[..] else {
        return missing(if money.is_empty() { "report-why-not-stated" } else { "report-why-no-single-currency" });
    };
    if benefits.is_empty() {
        return missing("report-why-no-benefits");
    }
    if benefits.iter().any(|(_, b)| b.unit != spent.budget.unit || b.amount().is_none()) {
        return missing("report-why-benefit-not-in-money");
    }
    let gain = sum(benefits.iter().map(|(_, b)| b), spent.budget.unit.clone(), &[EvidenceRef::Project]);
    match (&gain.value, &spent.actual.value) {
        (Value::Measured(gain), Value::Measured(spent)) if *spent > 0 => {
            Figure::measured(super::figure::share(gain - spent, *spent), Unit::Percent, [EvidenceRef::Project])
        }
        _ => missing("report-why-not-stated"),
    }
}
