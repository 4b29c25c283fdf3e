//! What the project states, as the report wants to know it.

use super::{CostUnit, MilestoneLine, MilestoneName, Person, Project};
use crate::WaveNo;
use crate::report::{
    Baseline, Benefit, BudgetLine, BudgetUnit, Contact, Maintenance, MilestoneKind, PlannedMilestone, ReportContext,
};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

impl Project {
    /// The statements of people that the execution report repeats. `now` decides between summer and
    /// winter time for the offset in which the report prints its times.
    pub fn report_context(&self, now: Timestamp) -> ReportContext {
        let zone = TimeZoneDatabase::bundled().get(&self.report.zone).unwrap_or(TimeZone::UTC);
        let about = &self.project;
        let budget = self.budget.as_ref();
        ReportContext {
            project: about.name.clone(),
            organisation: about.organisation.clone(),
            version: self.report.version.clone(),
            classification: about.classification.clone(),
            archive_on: self.report.archive_on,
            retention_years: self.report.retention_years,
            utc_offset_minutes: i16::try_from(zone.to_offset(now).seconds() / 60).unwrap_or_default(),
            contacts: about.contacts.ask.iter().map(contact).collect(),
            signers: about.contacts.sign_off.iter().map(contact).collect(),
            milestones: self.report.milestones.iter().filter_map(|line| milestone(line, &zone)).collect(),
            budget: budget.map(budget_lines).unwrap_or_default(),
            benefits: budget.map(benefits).unwrap_or_default(),
            maintenance: self.report.maintenance.iter().map(maintenance).collect(),
            baseline: self.report.baseline.as_ref().map(baseline),
        }
    }
}

fn contact(person: &Person) -> Contact {
    Contact { role: person.role.clone(), name: person.name.clone() }
}

/// A milestone is due at the end of its day, told by the day's last second: midnight would be read as the next day.
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
    let planned = line.planned.at(23, 59, 59, 0).to_zoned(zone.clone()).ok()?.timestamp();
    Some(PlannedMilestone { what, planned })
}

fn budget_lines(budget: &super::Budget) -> Vec<BudgetLine> {
    let unit = |unit| match unit {
        CostUnit::Money => BudgetUnit::Money(budget.currency.clone()),
        CostUnit::PersonHours => BudgetUnit::PersonHours,
    };
    let line = |line: &super::CostLine| BudgetLine {
        name: line.name.clone(),
        unit: unit(line.unit),
        budget_milli: line.planned.0,
        actual_milli: line.spent.map(|spent| spent.0),
    };
    budget.lines.iter().map(line).collect()
}

fn benefits(budget: &super::Budget) -> Vec<Benefit> {
    let benefit = |line: &super::BenefitLine| Benefit {
        name: line.name.clone(),
        yearly_milli: line.yearly.map(|yearly| yearly.0),
        currency: line.yearly.map(|_| budget.currency.clone()),
    };
    budget.benefits.iter().map(benefit).collect()
}

fn maintenance(chore: &super::Chore) -> Maintenance {
    Maintenance { what: chore.what.clone(), every: chore.every.clone(), who: chore.who.clone() }
}

fn baseline(project: &super::BaselineProject) -> Baseline {
    Baseline {
        name: project.name.clone(),
        hosts: project.hosts,
        waves: project.waves,
        days: project.days,
        downtime_hours: project.downtime_hours,
        incidents: project.incidents,
    }
}
