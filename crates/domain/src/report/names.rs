//! Every figure of a report under a name: for the audit, for counting what is missing, for machines.

use super::{BackupRow, Counts, Figure, HostRow, Report, RunFigures, ServiceRow};

/// Figures with their names, in the report's order.
pub struct Named<'a>(Vec<(String, &'a Figure)>);

impl Report {
    /// Every figure, with a name that machines can hold on to.
    pub fn figures(&self) -> Vec<(String, &Figure)> {
        let mut all = Named(Vec::new());
        self.run.iter().for_each(|run| all.run(run));
        all.around(self);
        all.measures(self);
        all.0
    }
}

impl<'a> Named<'a> {
    fn add<const N: usize>(&mut self, of: impl std::fmt::Display, parts: [(&str, &'a Figure); N]) {
        self.0.extend(parts.map(|(name, figure)| (format!("{of}.{name}"), figure)));
    }

    fn run(&mut self, run: &'a RunFigures) {
        self.counts("total", &run.counts);
        self.add("run", [("length", &run.length), ("downtime-total", &run.downtime_total)]);
        for role in &run.roles {
            self.counts(&format!("role.{}", role.role), &role.counts);
            self.add(format!("role.{}", role.role), [("retried", &role.retried)]);
        }
        for wave in &run.waves {
            self.counts(&format!("wave.{}", wave.no), &wave.counts);
            self.add(format!("wave.{}", wave.no), [("duration", &wave.duration)]);
        }
        run.hosts.iter().for_each(|host| self.host(host));
        run.services.iter().for_each(|service| self.service(service));
        for gate in &run.gates {
            self.add(format!("gate.{}", gate.gate), [("times", &gate.times)]);
            for stretch in &gate.stretches {
                self.add(format!("gate.{}.{}", gate.gate, stretch.from.seq), [("lasted", &stretch.lasted)]);
            }
        }
        for incident in &run.incidents {
            self.add(format!("incident.{}", incident.no), [("time-to-fix", &incident.time_to_fix)]);
        }
        let b = &run.backups;
        self.add(
            "backups",
            [("proven", &b.proven), ("files", &b.files), ("bytes", &b.bytes), ("read-back", &b.read_back)],
        );
    }

    fn counts(&mut self, of: &str, c: &'a Counts) {
        self.add(
            of,
            [
                ("planned", &c.planned),
                ("accepted", &c.accepted),
                ("rolled-back", &c.rolled_back),
                ("held", &c.held),
                ("in-motion", &c.in_motion),
                ("not-begun", &c.not_begun),
                ("failed", &c.failed),
                ("rate", &c.rate),
            ],
        );
    }

    fn host(&mut self, host: &'a HostRow) {
        let of = format!("host.{}", host.host);
        self.add(
            &of,
            [
                ("duration", &host.duration),
                ("forecast", &host.forecast),
                ("outage-by-steps", &host.outage_by_steps),
                ("outage-by-prober", &host.outage_by_prober),
                ("failures", &host.failures),
            ],
        );
        if let Some(BackupRow { files, bytes, read_back, compared, took, .. }) = &host.backup {
            let parts =
                [("files", files), ("bytes", bytes), ("read-back", read_back), ("compared", compared), ("took", took)];
            self.add(format!("{of}.backup"), parts);
        }
    }

    fn service(&mut self, service: &'a ServiceRow) {
        self.add(
            format!("service.{}", service.service),
            [
                ("probes", &service.probes),
                ("observed", &service.observed),
                ("limit", &service.limit),
                ("outages", &service.count),
                ("downtime-lower", &service.lower),
                ("downtime-upper", &service.upper),
                ("unobserved", &service.unobserved),
                ("availability-low", &service.availability_low),
                ("availability-high", &service.availability_high),
                ("budget-used", &service.budget_used),
            ],
        );
    }

    fn around(&mut self, report: &'a Report) {
        self.add("project", [("length", &report.project_length)]);
        for row in &report.runs {
            self.counts(&format!("runs.{}", row.id), &row.counts);
            self.add(format!("runs.{}", row.id), [("length", &row.length)]);
        }
        let p = &report.preparation;
        self.add(
            "preparation",
            [
                ("surveyed", &p.surveyed),
                ("unread", &p.unread),
                ("blocks", &p.blocks),
                ("warns", &p.warns),
                ("unknown", &p.unknown),
                ("plans", &p.plans),
            ],
        );
        for (no, line) in report.cost.lines.iter().chain(&report.cost.totals).enumerate() {
            let parts = [
                ("budget", &line.budget),
                ("actual", &line.actual),
                ("difference", &line.difference),
                ("used", &line.used),
            ];
            self.add(format!("cost.{no}"), parts);
        }
        for (no, (_, benefit)) in report.cost.benefits.iter().enumerate() {
            self.add(format!("benefit.{no}"), [("yearly", benefit)]);
        }
        self.add("cost", [("first-year-return", &report.cost.first_year_return)]);
    }

    fn measures(&mut self, report: &'a Report) {
        for c in &report.comparisons {
            let parts = [("before", &c.before), ("after", &c.after), ("delta", &c.delta), ("relative", &c.relative)];
            self.add(format!("{}.{}", c.metric, c.subject), parts);
        }
        for r in &report.readings {
            self.add(format!("{}.{}", r.metric, r.subject), [("value", &r.value)]);
        }
        let s = &report.security;
        self.add("security", [("supported-before", &s.supported_before), ("supported-after", &s.supported_after)]);
        let v = &s.vulnerabilities;
        self.add(
            "vulnerabilities",
            [("fixed", &v.fixed), ("unknown", &v.unknown), ("introduced", &v.introduced), ("remaining", &v.remaining)],
        );
    }
}
