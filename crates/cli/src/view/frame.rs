//! One picture of a run, as lines: good at fifteen hosts, readable at ten thousand.
//!
//! Pure: plan, run, time, size and language in, at most so many lines out. When everything fits, each
//! host has its line under its wave. When it does not, waves are bars with counts, and only hosts in
//! motion or in trouble are listed.

use super::outlook::NoOutlook;
use super::{text, words};
use crate::speaker::Speaker;
use crate::ui::Tone;
use jiff::Timestamp;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use rockhop_domain::{
    Fault, HostId,
    event::{ServiceState, WaitReason},
    journey::Phase,
    plan::{HostPlan, Plan, Wave},
    run::{HostState, RunState, Standing},
};

/// Everything that a picture is made from.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// What is to be done.
    pub plan: &'a Plan,
    /// How far it is.
    pub state: &'a RunState,
    /// The clock's reading.
    pub now: Timestamp,
    /// When all will be over, as far as it was measured; see [`super::outlook`].
    pub over_at: &'a Result<Timestamp, NoOutlook>,
    /// Columns.
    pub width: usize,
    /// Lines.
    pub height: usize,
    /// How many lines of the list the reader has scrolled past.
    pub scroll: usize,
    /// The language.
    pub speaker: &'a Speaker,
}

/// The most faults that are told at the foot; the report has all.
const FAULTS_SHOWN: usize = 5;
/// The most services that are named when they are not up.
const SERVICES_NAMED: usize = 4;

/// The picture: never more than `height` lines, each at most `width` columns wide.
pub fn frame(scene: &Scene<'_>) -> Vec<Line<'static>> {
    let head = scene.head();
    let foot = scene.foot();
    let room = scene.height.saturating_sub(head.len() + foot.len());
    let mut lines = head;
    let body = scene.body(room);
    let blank = room.saturating_sub(body.len());
    lines.extend(body);
    lines.extend((0..blank).map(|_| Line::default()));
    lines.extend(foot);
    lines.truncate(scene.height);
    lines
}

/// The same for paper: everything there is, no longer than it has to be, without keys.
pub fn page(scene: &Scene<'_>) -> Vec<Line<'static>> {
    let mut lines = scene.head();
    lines.extend(scene.everything());
    lines.extend(scene.troubles(usize::MAX));
    lines
}

/// How many hosts are where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    all: u64,
    accepted: u64,
    moving: u64,
    going_back: u64,
    rolled_back: u64,
    held: u64,
    waiting: u64,
}

impl Counts {
    fn of<'a>(states: impl Iterator<Item = &'a HostState>) -> Self {
        states.fold(Self::default(), |mut counts, state| {
            counts.all += 1;
            *counts.slot(&state.phase) += 1;
            counts
        })
    }

    fn slot(&mut self, phase: &Phase) -> &mut u64 {
        match phase {
            Phase::Waiting => &mut self.waiting,
            Phase::Securing { .. } | Phase::Moving { .. } => &mut self.moving,
            Phase::Accepted { .. } => &mut self.accepted,
            Phase::RollingBack { .. } => &mut self.going_back,
            Phase::RolledBack { .. } => &mut self.rolled_back,
            Phase::Held { .. } => &mut self.held,
        }
    }

    fn settled(self) -> u64 {
        self.accepted + self.rolled_back + self.held
    }

    /// What is not zero, in words: `12 accepted, 2 moving, 1 held`.
    fn say(self, speaker: &Speaker) -> String {
        let parts = [
            ("view-count-accepted", self.accepted),
            ("view-count-moving", self.moving),
            ("view-count-rolling-back", self.going_back),
            ("view-count-rolled-back", self.rolled_back),
            ("view-count-held", self.held),
            ("view-count-waiting", self.waiting),
        ];
        let said = parts.iter().filter(|(_, n)| *n > 0).map(|(key, n)| speaker.say_key(key, &[("n", n.to_string())]));
        said.collect::<Vec<_>>().join(" · ")
    }
}

impl Scene<'_> {
    fn say(&self, key: &str, args: &[(&str, String)]) -> String {
        self.speaker.say_key(key, args)
    }

    fn head(&self) -> Vec<Line<'static>> {
        let counts = Counts::of(self.state.hosts.values());
        let mut lines = vec![self.title(), self.progress(counts), self.times(counts)];
        lines.extend(self.services());
        lines.extend(self.standing());
        lines.push(Line::default());
        lines
    }

    fn title(&self) -> Line<'static> {
        let environment = words::environment(self.speaker, self.state.environment);
        let scenery = words::scenery(self.speaker, self.state.scenery).map(|s| format!(" · {s}")).unwrap_or_default();
        let left = format!(" Rockhop · {} · {environment}{scenery}", self.plan.project);
        let right = format!("{} ", self.say("view-plan", &[("digest", self.state.plan.short().to_owned())]));
        line(Tone::Strong, text::ends(&left, &right, self.width))
    }

    fn progress(&self, counts: Counts) -> Line<'static> {
        let said = format!("  {}", counts.say(self.speaker));
        let columns = self.width.saturating_sub(text::width(&said) + 8).clamp(8, 60);
        let bar = text::bar(counts.settled(), counts.all, columns);
        let percent = (counts.settled() * 100).checked_div(counts.all).unwrap_or(0);
        line_plain(text::cut(&format!(" {bar} {percent:>3} %{said}"), self.width))
    }

    fn times(&self, counts: Counts) -> Line<'static> {
        let elapsed = text::seconds_between(self.state.started_at, self.last_moment());
        let mut parts = vec![self.say("view-elapsed", &[("time", text::span(elapsed))])];
        if self.state.standing != Standing::Ended {
            parts.push(self.left());
        }
        if counts.accepted > 0 && elapsed > 0 {
            let tenths = counts.accepted.saturating_mul(36_000) / u64::try_from(elapsed).unwrap_or(1);
            parts.push(self.say("view-rate", &[("n", format!("{}.{}", tenths / 10, tenths % 10))]));
        }
        line(Tone::Faint, text::cut(&format!(" {}", parts.join(" · ")), self.width))
    }

    /// Now; of a run that ended, the moment at which its last host settled.
    fn last_moment(&self) -> Timestamp {
        let settled = self.state.hosts.values().filter_map(|h| h.settled_at).max();
        if self.state.standing == Standing::Ended { settled.unwrap_or(self.now) } else { self.now }
    }

    fn left(&self) -> String {
        match self.over_at {
            Ok(at) => {
                let left = text::span(text::seconds_between(self.now, *at));
                self.say("view-left", &[("time", left), ("at", self.speaker.when(*at))])
            }
            Err(NoOutlook::Unmeasured { host }) => self.say("view-left-unmeasured", &[("host", host.to_string())]),
            Err(NoOutlook::NeverFits { host }) => self.say("view-left-never", &[("host", host.to_string())]),
        }
    }

    /// The prober tells changes only: a service of which it told nothing has answered ever since the run began.
    fn services(&self) -> Option<Line<'static>> {
        let all = self.plan.services.len();
        let state = |id| self.state.services.get(id).copied().filter(|s| *s != ServiceState::Up);
        let mut away: Vec<_> = self.plan.services.iter().filter_map(|s| Some((&s.id, state(&s.id)?))).collect();
        away.sort_by_key(|(_, state)| *state != ServiceState::Down);
        if all == 0 {
            return None;
        }
        let head = self.say("view-services", &[("away", away.len().to_string()), ("all", all.to_string())]);
        let mut spans = vec![Span::raw(format!(" {head}"))];
        for (id, state) in away.iter().take(SERVICES_NAMED) {
            let tone = if *state == ServiceState::Down { Tone::Bad } else { Tone::Warn };
            spans.push(span(tone, format!(" · {id} {}", words::service_state(self.speaker, *state))));
        }
        let unnamed = away.len().saturating_sub(SERVICES_NAMED);
        if unnamed > 0 {
            spans.push(span(Tone::Bad, format!(" · +{unnamed}")));
        }
        Some(narrow(spans, self.width))
    }

    fn standing(&self) -> Option<Line<'static>> {
        let (tone, said) = match &self.state.standing {
            Standing::Open => return None,
            Standing::Paused { by } => (Tone::Warn, self.say("view-paused", &[("by", by.clone())])),
            Standing::Stopped { rule } => (Tone::Bad, self.say("view-stopped", &[("rule", self.speaker.say(rule))])),
            Standing::Ended => (Tone::Strong, self.say("view-ended", &[])),
        };
        Some(line(tone, text::cut(&format!(" {said}"), self.width)))
    }

    fn foot(&self) -> Vec<Line<'static>> {
        let mut lines = self.troubles(FAULTS_SHOWN.min(self.height / 8).max(1));
        lines.push(line(Tone::Faint, text::cut(&format!(" {}", self.say("view-keys", &[])), self.width)));
        lines
    }

    /// The last faults of hosts, worst first; as many as there is room for.
    fn troubles(&self, room: usize) -> Vec<Line<'static>> {
        let mut troubled: Vec<(u8, &HostId, &Fault)> = self
            .state
            .hosts
            .iter()
            .filter_map(|(id, s)| Some((weight(&s.phase), id, s.faults.last().or(reason(&s.phase))?)))
            .filter(|(weight, ..)| *weight < 9)
            .collect();
        if troubled.is_empty() {
            return Vec::new();
        }
        troubled.sort_by_key(|(weight, ..)| *weight);
        let head = self.say("view-troubles", &[("n", troubled.len().to_string())]);
        let mut lines = vec![line(Tone::Strong, text::cut(&format!(" {head}"), self.width))];
        lines.extend(troubled.iter().take(room).map(|(weight, host, fault)| {
            let tone = if *weight < 3 { Tone::Bad } else { Tone::Warn };
            let said = format!("   {host}  {}", words::fault(self.speaker, fault));
            line(tone, text::cut(&said, self.width))
        }));
        lines
    }

    fn body(&self, room: usize) -> Vec<Line<'static>> {
        let all: usize = self.plan.waves.iter().map(|w| w.hosts.len() + 1).sum();
        let lines = if all <= room { self.everything() } else { self.gathered(room) };
        scrolled(lines, room, self.scroll, |above, below| {
            let said = self.say("view-more", &[("above", above.to_string()), ("below", below.to_string())]);
            line(Tone::Faint, text::cut(&format!("   {said}"), self.width))
        })
    }

    /// Every wave and every host.
    fn everything(&self) -> Vec<Line<'static>> {
        let waves = self.plan.waves.iter();
        waves.flat_map(|w| std::iter::once(self.wave(w)).chain(w.hosts.iter().filter_map(|h| self.host(h)))).collect()
    }

    /// Waves as bars; hosts in trouble, then in motion, then, where there is room, the next to begin.
    fn gathered(&self, room: usize) -> Vec<Line<'static>> {
        let mut lines: Vec<_> = self.waves_in_sight(room / 2).into_iter().map(|w| self.wave(w)).collect();
        let hidden = self.plan.waves.len() - lines.len();
        if hidden > 0 {
            let said = self.say("view-waves-hidden", &[("n", hidden.to_string())]);
            lines.push(line(Tone::Faint, format!("   {said}")));
        }
        let listed = |want: fn(&Phase) -> bool| {
            self.state.hosts.iter().filter(move |(_, s)| want(&s.phase)).filter_map(|(id, _)| self.host(id))
        };
        lines.extend(listed(|p| matches!(p, Phase::Held { .. } | Phase::RollingBack { .. })));
        lines.extend(listed(|p| matches!(p, Phase::Moving { .. } | Phase::Securing { .. })));
        lines.extend(listed(|p| matches!(p, Phase::RolledBack { .. })));
        let left = room.saturating_sub(lines.len());
        lines.extend(self.next_up().take(left).filter_map(|h| self.host(h)));
        lines
    }

    /// Waves around the one that is going on, when not all can be shown.
    fn waves_in_sight(&self, room: usize) -> Vec<&Wave> {
        let room = room.max(1);
        let unsettled = |w: &Wave| w.hosts.iter().any(|h| self.state.hosts.get(h).is_some_and(|s| !s.phase.settled()));
        let current = self.plan.waves.iter().position(unsettled).unwrap_or(self.plan.waves.len().saturating_sub(1));
        let from = current.saturating_sub(room / 3).min(self.plan.waves.len().saturating_sub(room));
        self.plan.waves.iter().skip(from).take(room).collect()
    }

    /// Hosts that have not begun, in the plan's order.
    fn next_up(&self) -> impl Iterator<Item = &HostId> {
        let waiting = |h: &&HostId| self.state.hosts.get(*h).is_some_and(|s| s.phase == Phase::Waiting);
        self.plan.waves.iter().flat_map(|w| &w.hosts).filter(waiting)
    }

    fn wave(&self, wave: &Wave) -> Line<'static> {
        let counts = Counts::of(wave.hosts.iter().filter_map(|h| self.state.hosts.get(h)));
        let name = text::fit(&words::wave(self.speaker, wave.no, &wave.name), (self.width / 3).clamp(16, 30));
        let bar = text::bar(counts.settled(), counts.all, (self.width / 6).clamp(6, 24));
        let said = format!(" {name} {bar} {:>5}/{:<5} {}", counts.settled(), counts.all, counts.say(self.speaker));
        let tone = if counts.held + counts.going_back > 0 { Tone::Warn } else { Tone::Strong };
        line(tone, text::cut(&said, self.width))
    }

    fn host(&self, id: &HostId) -> Option<Line<'static>> {
        let (state, job) = (self.state.hosts.get(id)?, self.plan.hosts.get(id)?);
        let (mark, tone) = mark(&state.phase);
        let name = text::fit(id.as_str(), (self.width / 6).clamp(12, 24));
        let phase = text::fit(&words::phase(self.speaker, &state.phase), 12);
        let clock = text::right(&self.clock(state), 9);
        let said = self.doing(job, state);
        let used = 3 + 1 + 1 + text::width(&name) + 1 + 12 + 1 + 9 + 1;
        let said = text::fit(&said, self.width.saturating_sub(used));
        Some(Line::from(vec![
            Span::raw("   "),
            span(tone, mark.to_owned()),
            Span::raw(format!(" {name} ")),
            span(tone, phase),
            Span::raw(format!(" {said} ")),
            span(Tone::Faint, clock),
        ]))
    }

    /// How long the host is at it, or was.
    fn clock(&self, state: &HostState) -> String {
        let Some(begun) = state.begun_at else { return String::new() };
        text::span(text::seconds_between(begun, state.settled_at.unwrap_or(self.now)))
    }

    /// What the host does, or why it does nothing.
    fn doing(&self, job: &HostPlan, state: &HostState) -> String {
        match &state.phase {
            Phase::Waiting => {
                state.waiting.as_ref().map(|r: &WaitReason| words::wait(self.speaker, r)).unwrap_or_default()
            }
            Phase::Accepted { .. } => String::new(),
            Phase::RolledBack { why } => words::fault(self.speaker, why),
            Phase::Held { why, .. } => words::fault(self.speaker, why),
            Phase::Securing { .. } | Phase::Moving { .. } | Phase::RollingBack { .. } => self.at_step(job, state),
        }
    }

    /// `cutover 7/11 the new host takes the address over (0:12)`.
    fn at_step(&self, job: &HostPlan, state: &HostState) -> String {
        let Some((no, step)) = state.phase.step().and_then(|n| Some((n.0 + 1, job.steps.get(n.0 as usize)?))) else {
            return String::new();
        };
        let stage = words::stage(self.speaker, step.stage);
        let said = words::step(self.speaker, step);
        let open = state.open_attempt.as_ref().filter(|open| open.step.0 + 1 == no);
        let since =
            open.map(|o| format!(" {}", text::span(text::seconds_between(o.since, self.now)))).unwrap_or_default();
        let again = match open.map(|o| o.attempt) {
            Some(n) if n > 1 => format!(" {}", self.say("view-attempt", &[("n", n.to_string())])),
            _ => String::new(),
        };
        format!("{stage} {no}/{}{since}{again} {said}", job.steps.len())
    }
}

/// The part of a long list that is in sight, with a last line that says how much is not.
fn scrolled(
    mut lines: Vec<Line<'static>>,
    room: usize,
    scroll: usize,
    more: impl Fn(usize, usize) -> Line<'static>,
) -> Vec<Line<'static>> {
    if lines.len() <= room || room == 0 {
        lines.truncate(room);
        return lines;
    }
    let shown = room - 1;
    let above = scroll.min(lines.len() - shown);
    let below = lines.len() - shown - above;
    let mut seen: Vec<_> = lines.drain(above..above + shown).collect();
    seen.push(more(above, below));
    seen
}

fn mark(phase: &Phase) -> (&'static str, Tone) {
    match phase {
        Phase::Waiting => ("·", Tone::Faint),
        Phase::Securing { .. } | Phase::Moving { .. } => ("►", Tone::Strong),
        Phase::Accepted { .. } => ("✓", Tone::Good),
        Phase::RollingBack { .. } => ("◄", Tone::Warn),
        Phase::RolledBack { .. } => ("↶", Tone::Warn),
        Phase::Held { .. } => ("✗", Tone::Bad),
    }
}

/// Which trouble comes first; 9 is no trouble.
fn weight(phase: &Phase) -> u8 {
    match phase {
        Phase::Held { .. } => 1,
        Phase::RollingBack { .. } => 2,
        Phase::RolledBack { .. } => 3,
        Phase::Moving { .. } | Phase::Securing { .. } => 4,
        Phase::Accepted { .. } | Phase::Waiting => 9,
    }
}

fn reason(phase: &Phase) -> Option<&Fault> {
    match phase {
        Phase::Held { why, .. } | Phase::RollingBack { why, .. } | Phase::RolledBack { why } => Some(why),
        _ => None,
    }
}

fn style(tone: Tone) -> Style {
    match tone {
        Tone::Good => Style::new().fg(Color::Green),
        Tone::Warn => Style::new().fg(Color::Yellow),
        Tone::Bad => Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
        Tone::Strong => Style::new().add_modifier(Modifier::BOLD),
        Tone::Faint => Style::new().add_modifier(Modifier::DIM),
    }
}

fn span(tone: Tone, text: String) -> Span<'static> {
    Span::styled(text, style(tone))
}

fn line(tone: Tone, text: String) -> Line<'static> {
    Line::from(span(tone, text))
}

fn line_plain(text: String) -> Line<'static> {
    Line::from(Span::raw(text))
}

/// Drops what does not fit from the end.
fn narrow(spans: Vec<Span<'static>>, width: usize) -> Line<'static> {
    let mut left = width;
    let fit = |s: Span<'static>| {
        let cut = text::cut(&s.content, left);
        left -= text::width(&cut);
        Span::styled(cut, s.style)
    };
    Line::from(spans.into_iter().map(fit).collect::<Vec<_>>())
}
