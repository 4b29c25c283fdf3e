//! What people stated in `rockhop.toml`, in the words of the report. Nothing is added and nothing rounded.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use rockhop_domain::{
    WaveNo,
    project::{
        BaselineProject, BenefitLine, Budget, Chore, CostLine, CostUnit, MilestoneLine, MilestoneName, Person, Project,
    },
    report::{
        Baseline, Benefit, BudgetLine, BudgetUnit, Contact, Maintenance, MilestoneKind, PlannedMilestone, ReportContext,
    },
};

/// The report's part that people stated. Times are printed in the zone that the project names, as it is now.
pub fn stated(project: &Project, now: Timestamp) -> ReportContext {
    let rules = &project.report;
    // The project file was read: its zone is one of the database.
    let zone = TimeZone::get(&rules.zone).unwrap_or(TimeZone::UTC);
    let budget = project.budget.as_ref();
    ReportContext {
        project: project.project.name.clone(),
        organisation: project.project.organisation.clone(),
        version: rules.version.clone(),
        classification: project.project.classification.clone(),
        archive_on: rules.archive_on,
        retention_years: rules.retention_years,
        utc_offset_minutes: i16::try_from(zone.to_offset(now).seconds() / 60).unwrap_or(0),
        contacts: project.project.contacts.ask.iter().map(contact).collect(),
        signers: project.project.contacts.sign_off.iter().map(contact).collect(),
        milestones: rules.milestones.iter().filter_map(|line| milestone(line, &zone)).collect(),
        budget: budget.map(costs).unwrap_or_default(),
        benefits: budget.map(benefits).unwrap_or_default(),
        maintenance: rules.maintenance.iter().map(chore).collect(),
        baseline: rules.baseline.as_ref().map(baseline),
    }
}

fn contact(person: &Person) -> Contact {
    Contact { role: person.role.clone(), name: person.name.clone() }
}

/// Planned for a day means until its end.
fn milestone(line: &MilestoneLine, zone: &TimeZone) -> Option<PlannedMilestone> {
    let what = match line.what {
        MilestoneName::Surveyed => MilestoneKind::Surveyed,
        MilestoneName::Assessed => MilestoneKind::Assessed,
        MilestoneName::Planned => MilestoneKind::Planned,
        MilestoneName::Approved => MilestoneKind::Approved,
        MilestoneName::Rehearsed => MilestoneKind::Rehearsed,
        MilestoneName::Started => MilestoneKind::Started,
        MilestoneName::Wave => MilestoneKind::Wave(WaveNo(line.wave?)),
        MilestoneName::Ended => MilestoneKind::Ended,
    };
    Some(PlannedMilestone { what, planned: end_of(line.planned, zone)? })
}

fn end_of(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    day.at(23, 59, 59, 0).to_zoned(zone.clone()).ok().map(|at| at.timestamp())
}

fn costs(budget: &Budget) -> Vec<BudgetLine> {
    let line = |cost: &CostLine| BudgetLine {
        name: cost.name.clone(),
        unit: match cost.unit {
            CostUnit::Money => BudgetUnit::Money(budget.currency.clone()),
            CostUnit::PersonHours => BudgetUnit::PersonHours,
        },
        budget_milli: cost.planned.0,
        actual_milli: cost.spent.map(|spent| spent.0),
    };
    budget.lines.iter().map(line).collect()
}

fn benefits(budget: &Budget) -> Vec<Benefit> {
    let line = |b: &BenefitLine| Benefit {
        name: b.name.clone(),
        yearly_milli: b.yearly.map(|yearly| yearly.0),
        currency: b.yearly.map(|_| budget.currency.clone()),
    };
    budget.benefits.iter().map(line).collect()
}

fn chore(chore: &Chore) -> Maintenance {
    Maintenance { what: chore.what.clone(), every: chore.every.clone(), who: chore.who.clone() }
}

fn baseline(before: &BaselineProject) -> Baseline {
    Baseline {
        name: before.name.clone(),
        hosts: before.hosts,
        waves: before.waves,
        days: before.days,
        downtime_hours: before.downtime_hours,
        incidents: before.incidents,
    }
}
