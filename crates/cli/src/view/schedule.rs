//! A plan for a reader who has to sign it: waves, hosts, windows, steps, reasons, and what cannot be undone.

use super::picture::Picture;
use super::{text, words};
use crate::speaker::Speaker;
use jiff::Timestamp;
use rockhop_domain::{
    HostId, RoleId, ServiceId,
    packages::Fate,
    plan::{Action, Forecast, GateQuestion, HostPlan, OnFailure, Outage, Outside, Plan, Power, Step, Undo, Wave},
    project::Milli,
    window::{Hours, Window},
};

/// How much of a plan is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Every step with its exact commands.
    pub steps: bool,
    /// Only this host.
    pub host: Option<HostId>,
}

/// A heading, or a line below one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A heading.
    Head(String),
    /// A line.
    Line(String),
    /// A command, as it will run: never wrapped, never cut.
    Code(String),
    /// An empty line.
    Blank,
}

/// The plan as rows for a terminal of this width.
pub fn schedule(speaker: &Speaker, plan: &Plan, wanted: &Wanted, now: Timestamp, width: usize) -> Vec<Row> {
    let page = Page { speaker, plan, width };
    match &wanted.host {
        Some(host) => plan.hosts.get(host).map(|job| page.one_host(job)).unwrap_or_default(),
        None => page.whole(wanted.steps, now),
    }
}

struct Page<'a> {
    speaker: &'a Speaker,
    plan: &'a Plan,
    width: usize,
}

impl Page<'_> {
    fn say(&self, key: &str, args: &[(&str, String)]) -> String {
        self.speaker.say_key(key, args)
    }

    fn whole(&self, with_steps: bool, now: Timestamp) -> Vec<Row> {
        let mut rows = self.title();
        for wave in &self.plan.waves {
            rows.push(Row::Blank);
            rows.extend(self.wave(wave));
        }
        rows.extend(self.gates());
        rows.extend(self.constraints());
        rows.extend(self.no_return());
        let picture = Picture::of(self.plan, now);
        rows.extend([Row::Blank, Row::Head(self.say("show-head-picture", &[]))]);
        rows.extend(self.wrapped("  ", &picture.caption(self.speaker)));
        rows.extend(picture.lines(self.width).into_iter().map(Row::Line));
        if with_steps {
            for job in self.plan.hosts.values() {
                rows.push(Row::Blank);
                rows.extend(self.one_host(job));
            }
        }
        rows
    }

    fn title(&self) -> Vec<Row> {
        let p = &self.plan.policy;
        let scenery = words::scenery(self.speaker, self.plan.scenery).map(|s| format!(" · {s}")).unwrap_or_default();
        let environment = words::environment(self.speaker, self.plan.environment);
        let on_failure = match p.on_failure {
            OnFailure::Rollback => "show-on-failure-rollback",
            OnFailure::Hold => "show-on-failure-hold",
        };
        let roles: Vec<String> = p.max_unavailable_by_role.iter().map(|(role, n)| format!("{role} {n}")).collect();
        let by_role = if roles.is_empty() { String::new() } else { format!(" ({})", roles.join(", ")) };
        let limits = [
            self.say("show-limit-parallel", &[("n", p.hosts_in_parallel.to_string())]),
            self.say("show-limit-away", &[("n", p.max_unavailable.to_string())]) + &by_role,
            self.say("show-limit-budget", &[("n", p.failure_budget.to_string())]),
            self.say("show-limit-facts", &[("time", seconds(p.facts_max_age_s))]),
            self.say("show-limit-reserve", &[("time", seconds(p.rollback_reserve_s))]),
            self.say(on_failure, &[]),
        ];
        let digest = self.plan.digest();
        let head = self.say("view-plan", &[("digest", digest.to_string())]);
        let made = self.say("show-made", &[("at", self.speaker.when(self.plan.made_at))]);
        let hosts = self.say("count-hosts", &[("n", self.plan.hosts.len().to_string())]);
        let waves = self.say("count-waves", &[("n", self.plan.waves.len().to_string())]);
        let mut rows = vec![
            Row::Head(head),
            Row::Line(format!("{} · {environment}{scenery} · {made} · {hosts} · {waves}", self.plan.project)),
        ];
        rows.extend(self.wrapped("", &limits.join(" · ")));
        rows
    }

    fn wave(&self, wave: &Wave) -> Vec<Row> {
        let hosts = self.say("count-hosts", &[("n", wave.hosts.len().to_string())]);
        let head = format!("{} · {hosts}", words::wave(self.speaker, wave.no, &wave.name));
        let window = match &wave.window {
            Some(window) => self.window(window),
            None => vec![self.say("show-window-none", &[])],
        };
        let mut rows = vec![Row::Head(head)];
        rows.extend(window.iter().flat_map(|w| self.wrapped("  ", w)));
        let jobs: Vec<&HostPlan> = wave.hosts.iter().filter_map(|h| self.plan.hosts.get(h)).collect();
        let names = jobs.iter().map(|j| text::width(j.host.as_str())).max().unwrap_or(0).clamp(6, 32);
        let roles = jobs.iter().map(|j| text::width(j.role.as_str())).max().unwrap_or(0).clamp(4, 20);
        let addresses = jobs.iter().map(|j| text::width(&j.address)).max().unwrap_or(0).clamp(7, 39);
        rows.extend(jobs.iter().enumerate().map(|(n, job)| {
            let canary = if n == 0 { format!(" · {}", self.say("show-canary", &[])) } else { String::new() };
            let (name, role) = (text::fit(job.host.as_str(), names), text::fit(job.role.as_str(), roles));
            let address = text::fit(&job.address, addresses);
            let steps = self.say("count-steps", &[("n", job.steps.len().to_string())]);
            Row::Line(format!("  {:>3} {name}  {role}  {address}  {steps} · {}{canary}", n + 1, self.forecast(job)))
        }));
        rows
    }

    fn forecast(&self, job: &HostPlan) -> String {
        match &job.forecast {
            Forecast::Unmeasured => self.say("show-forecast-none", &[]),
            Forecast::Rehearsed { duration_ms, outage_ms, .. } => self
                .say("show-forecast", &[("takes", words::span_ms(*duration_ms)), ("away", words::span_ms(*outage_ms))]),
        }
    }

    fn window(&self, window: &Window) -> Vec<String> {
        let hours = Hours::from(window.clone());
        let days: Vec<String> = hours.days.iter().map(|d| self.say(&format!("show-day-{}", key_of(d)), &[])).collect();
        let mut lines = vec![self.say(
            "show-window",
            &[
                ("days", days.join(" ")),
                ("start", hours.start.strftime("%H:%M").to_string()),
                ("end", hours.end.strftime("%H:%M").to_string()),
                ("zone", hours.zone.clone()),
                ("cutoff", hours.cutoff_minutes.to_string()),
            ],
        )];
        lines.extend(hours.freezes.iter().map(|f| {
            let args = [("from", f.from.to_string()), ("to", f.to.to_string()), ("reason", f.reason.clone())];
            self.say("show-freeze", &args)
        }));
        lines
    }

    fn constraints(&self) -> Vec<Row> {
        if self.plan.constraints.is_empty() {
            return Vec::new();
        }
        let mut rows = vec![Row::Blank, Row::Head(self.say("show-head-order", &[]))];
        for c in &self.plan.constraints {
            let args =
                [("first", c.first.to_string()), ("then", c.then.to_string()), ("why", self.speaker.say(&c.reason))];
            rows.extend(self.wrapped("  ", &self.say("show-constraint", &args)));
        }
        rows
    }

    /// What is asked before, during and after each host's move.
    fn gates(&self) -> Vec<Row> {
        if self.plan.gates.is_empty() {
            return Vec::new();
        }
        let mut rows = vec![Row::Blank, Row::Head(self.say("show-head-gates", &[]))];
        for gate in &self.plan.gates {
            let when = gate.when.iter().map(|when| self.say(&format!("show-gate-{}", key_of(when)), &[]));
            let roles: Vec<&str> = gate.roles.iter().map(RoleId::as_str).collect();
            let roles = match roles.as_slice() {
                [] => self.say("show-gate-all-hosts", &[]),
                some => self.say("show-gate-roles", &[("roles", some.join(", "))]),
            };
            let args = [
                ("gate", gate.name.clone()),
                ("question", self.question(&gate.question)),
                ("when", when.collect::<Vec<_>>().join(", ")),
                ("roles", roles),
            ];
            rows.extend(self.wrapped("  ", &self.say("show-gate", &args)));
        }
        rows
    }

    fn question(&self, question: &GateQuestion) -> String {
        let place = |url: &String, from: &Option<HostId>| match from {
            Some(host) => self.say("show-gate-from", &[("url", url.clone()), ("host", host.to_string())]),
            None => url.clone(),
        };
        match question {
            GateQuestion::Service { services } => {
                let names: Vec<&str> = services.iter().map(ServiceId::as_str).collect();
                self.say("show-gate-service", &[("services", names.join(", "))])
            }
            GateQuestion::Outside(Outside::Alerts { url, from }) => {
                self.say("show-gate-alerts", &[("url", place(url, from))])
            }
            GateQuestion::Outside(Outside::Query { url, from, query, at_most, at_least }) => {
                let limits = self.limits(*at_least, *at_most);
                let args = [("query", query.clone()), ("limits", limits), ("url", place(url, from))];
                self.say("show-gate-query", &args)
            }
            GateQuestion::Outside(Outside::Command { command }) => {
                self.say("show-gate-command", &[("command", command.join(" "))])
            }
        }
    }

    fn limits(&self, at_least: Option<Milli>, at_most: Option<Milli>) -> String {
        let least = at_least.map(|l| self.say("show-gate-at-least", &[("limit", l.to_string())]));
        let most = at_most.map(|l| self.say("show-gate-at-most", &[("limit", l.to_string())]));
        match (least, most) {
            (Some(least), Some(most)) => self.say("show-gate-and", &[("first", least), ("second", most)]),
            (one, other) => one.or(other).unwrap_or_default(),
        }
    }

    /// What nobody can take back without a loss, told before anybody signs.
    fn no_return(&self) -> Vec<Row> {
        let mut rows = vec![Row::Blank, Row::Head(self.say("show-head-no-return", &[]))];
        let has_one = |job: &&HostPlan| job.steps.iter().any(|s| s.point_of_no_return);
        for job in self.plan.hosts.values().filter(has_one) {
            rows.extend(self.wrapped("  ", &self.no_return_of(job)));
        }
        let without: Vec<&str> = self.plan.hosts.values().filter(|j| !has_one(j)).map(|j| j.host.as_str()).collect();
        if !without.is_empty() {
            rows.extend(self.wrapped("  ", &self.say("show-no-return-none", &[("host", without.join(", "))])));
        }
        rows
    }

    fn no_return_of(&self, job: &HostPlan) -> String {
        let point = job.steps.iter().enumerate().find(|(_, s)| s.point_of_no_return);
        let loses = self.speaker.say(&job.rollback.loses);
        match point {
            Some((n, step)) => self.say(
                "show-no-return",
                &[
                    ("host", job.host.to_string()),
                    ("step", (n + 1).to_string()),
                    ("what", words::step(self.speaker, step)),
                    ("loses", loses),
                ],
            ),
            None => self.say("show-no-return-none", &[("host", job.host.to_string())]),
        }
    }

    fn one_host(&self, job: &HostPlan) -> Vec<Row> {
        let head = format!("{} · {} · {}", job.host, job.role, job.address);
        let mut rows = vec![Row::Head(head)];
        let facts = [("digest", job.facts.short().to_owned()), ("at", self.speaker.when(job.facts_taken_at))];
        rows.push(Row::Line(format!("  {}", self.say("show-facts", &facts))));
        rows.push(Row::Line(format!("  {}", self.forecast(job))));
        if !job.apart_from.is_empty() {
            let others: Vec<&str> = job.apart_from.iter().map(HostId::as_str).collect();
            rows.push(Row::Line(format!("  {}", self.say("show-apart", &[("hosts", others.join(", "))]))));
        }
        if !job.only_after.is_empty() {
            let first: Vec<&str> = job.only_after.iter().map(HostId::as_str).collect();
            rows.push(Row::Line(format!("  {}", self.say("show-only-after", &[("hosts", first.join(", "))]))));
        }
        rows.extend(job.notes.iter().flat_map(|note| self.wrapped("  - ", &self.speaker.say(note))));
        rows.extend(self.packages(job));
        for (n, step) in job.steps.iter().enumerate() {
            rows.push(Row::Blank);
            rows.extend(self.step(n + 1, job.steps.len(), step));
        }
        rows.push(Row::Blank);
        rows.extend(self.wrapped("  ", &self.no_return_of(job)));
        rows.push(Row::Line(format!("  {}", self.say("show-rollback-check", &[]))));
        rows.extend(code(&job.rollback.check));
        if let Some(salvage) = &job.rollback.salvage {
            rows.push(Row::Line(format!("  {}", self.say("show-rollback-salvage", &[]))));
            rows.extend(code(salvage));
        }
        rows
    }

    /// What becomes of the packages, and who said so; those that stay or come by themselves are only counted.
    fn packages(&self, job: &HostPlan) -> Vec<Row> {
        if job.packages.is_empty() {
            return Vec::new();
        }
        let count = |fate: Fate| job.packages.iter().filter(|package| package.fate == fate).count().to_string();
        let args = [
            ("keeps", count(Fate::Keeps)),
            ("replaced", count(Fate::Replaced)),
            ("comes", count(Fate::Comes)),
            ("removed", count(Fate::Removed)),
            ("unknown", count(Fate::Unknown)),
        ];
        let mut rows = self.wrapped("  ", &self.say("show-packages", &args));
        let told = job.packages.iter().filter(|package| !matches!(package.fate, Fate::Keeps | Fate::Comes));
        rows.extend(told.map(|package| {
            let to = match package.fate {
                Fate::Unknown => "?".to_owned(),
                _ if package.to.is_empty() => "-".to_owned(),
                _ => package.to.join(" "),
            };
            Row::Line(format!("    {} -> {to}  {}", package.name, package.by.join(", ")).trim_end().to_owned())
        }));
        rows
    }

    fn step(&self, no: usize, all: usize, step: &Step) -> Vec<Row> {
        let what = words::step(self.speaker, step);
        let (stage, place) = (words::stage(self.speaker, step.stage), words::place(self.speaker, &step.place));
        let mut marks = Vec::new();
        match step.outage {
            Outage::Begins => marks.push(self.say("show-outage-begins", &[])),
            Outage::Ends => marks.push(self.say("show-outage-ends", &[])),
            Outage::None => {}
        }
        if step.point_of_no_return {
            marks.push(self.say("show-point-of-no-return", &[]));
        }
        let limits = self.say(
            "show-step-limits",
            &[("time", seconds(u64::from(step.timeout_s))), ("retries", step.retries.to_string())],
        );
        let marks = if marks.is_empty() { String::new() } else { format!(" · {}", marks.join(" · ")) };
        let mut rows = self.wrapped("  ", &format!("{no}/{all} {stage} · {what} ({})", step.id));
        rows.extend(self.wrapped("      ", &format!("{place} · {limits}{marks}")));
        rows.extend(self.action(&step.action));
        for (question, script) in step.scripts() {
            rows.push(Row::Line(format!("      {}", self.say(&format!("show-script-{question}"), &[]))));
            rows.extend(code(script));
        }
        rows.extend(self.undo(&step.undo));
        rows
    }

    /// What is done where there is no script.
    fn action(&self, action: &Action) -> Vec<Row> {
        let line = |text: String| Row::Line(format!("      {text}"));
        match action {
            Action::Script(_) => Vec::new(),
            Action::BackUp(b) | Action::ProveBackUp(b) => {
                let mut rows = vec![line(self.say("show-backup-paths", &[("paths", b.paths.join(" "))]))];
                if !b.exclude.is_empty() {
                    rows.push(line(self.say("show-backup-exclude", &[("paths", b.exclude.join(" "))])));
                }
                if !b.volatile.is_empty() {
                    rows.push(line(self.say("show-backup-volatile", &[("paths", b.volatile.join(" "))])));
                }
                for dump in &b.dumps {
                    rows.push(line(self.say("show-backup-dump", &[("name", dump.name.clone())])));
                    rows.extend(code(&dump.command));
                }
                rows
            }
            Action::Provision(m) => vec![line(self.say(
                "show-machine",
                &[
                    ("os", m.os.clone()),
                    ("cpus", m.cpus.to_string()),
                    ("memory", gib(m.memory_kib)),
                    ("disk", gib(m.disk_kib)),
                ],
            ))],
            Action::Power { side, to } => vec![line(self.power(words::side(self.speaker, *side), *to))],
            Action::CarryTrees { trees } => trees.iter().map(|t| line(format!("{} -> {}", t.from, t.to))).collect(),
            Action::CarryConfig { files } => files
                .iter()
                .map(|f| {
                    line(format!(
                        "{} -> {} ({} {}:{}, {})",
                        f.from,
                        f.to,
                        f.mode,
                        f.owner,
                        f.group,
                        tag_of(&f.translator)
                    ))
                })
                .collect(),
            Action::Soak { seconds: s, .. } => {
                vec![line(self.say("show-soak", &[("time", seconds(u64::from(*s)))]))]
            }
        }
    }

    fn power(&self, side: String, to: Power) -> String {
        let key = if to == Power::On { "show-power-on" } else { "show-power-off" };
        self.say(key, &[("machine", side)])
    }

    fn undo(&self, undo: &Undo) -> Vec<Row> {
        let said = match undo {
            Undo::Script { .. } => return Vec::new(),
            Undo::Nothing => self.say("show-undo-nothing", &[]),
            Undo::SetAside => self.say("show-undo-set-aside", &[]),
            Undo::Power { side, to } => {
                let what = self.power(words::side(self.speaker, *side), *to);
                self.say("show-undo-power", &[("what", what)])
            }
        };
        self.wrapped("      ", &said)
    }

    fn wrapped(&self, indent: &str, said: &str) -> Vec<Row> {
        let room = self.width.saturating_sub(text::width(indent)).max(20);
        let rest = " ".repeat(text::width(indent));
        let lines = text::wrap(said, room).into_iter().enumerate();
        lines.map(|(n, l)| Row::Line(format!("{}{l}", if n == 0 { indent } else { &rest }))).collect()
    }
}

fn code(script: &str) -> Vec<Row> {
    script.trim_end().lines().map(|l| Row::Code(format!("        {l}"))).collect()
}

fn seconds(s: u64) -> String {
    text::span(i64::try_from(s).unwrap_or(i64::MAX))
}

fn gib(kib: u64) -> String {
    let tenths = kib.saturating_mul(10) / (1024 * 1024);
    format!("{}.{} GiB", tenths / 10, tenths % 10)
}

/// The stable key of an enum's plain variant.
fn key_of(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The stable key of a tagged variant.
fn tag_of(value: &impl serde::Serialize) -> String {
    let tag = |v: serde_json::Value| v.get("by").and_then(|v| v.as_str().map(str::to_owned));
    serde_json::to_value(value).ok().and_then(tag).unwrap_or_default()
}
