//! The full-screen view of a run, and the same run line by line. Reads the ledger only; what it shows any
//! other process can see as well.

use super::frame::{Scene, frame};
use super::outlook::{self, NoOutlook};
use super::plain;
use crate::Context;
use crate::failure::Failure;
use crate::store;
use jiff::Timestamp;
use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{self, Event as Input, KeyCode, KeyEventKind, KeyModifiers};
use ratatui::widgets::Paragraph;
use rockhop_adapters::control::{self, ControlFile, Verb};
use rockhop_adapters::ledger::{LedgerReader, Query};
use rockhop_domain::{
    RunId,
    event::Event,
    plan::Plan,
    run::{FoldError, RunState, Standing},
};
use std::time::{Duration, Instant};

/// How long a key may wait for an answer.
const BEAT: Duration = Duration::from_millis(250);
/// How often the forecast is made anew: it takes longer than a picture.
const OUTLOOK_EVERY: Duration = Duration::from_secs(3);
/// The most records that are read at once.
const PAGE: u32 = 4_096;

/// A run, followed through the ledger.
#[derive(Debug)]
pub struct Follower<'p> {
    reader: LedgerReader,
    plan: &'p Plan,
    run: RunId,
    next_seq: u64,
    state: Option<RunState>,
}

impl<'p> Follower<'p> {
    /// Follows this run of this plan from its beginning.
    pub fn new(context: &Context, plan: &'p Plan, run: &RunId) -> Result<Self, Failure> {
        let reader = LedgerReader::open(&context.project.state())?;
        Ok(Self { reader, plan, run: run.clone(), next_seq: 1, state: None })
    }

    /// Takes in what was written since the last call, and hands it out.
    pub fn catch_up(&mut self) -> Result<Vec<Event>, Failure> {
        let mut all = Vec::new();
        loop {
            let page = store::read(&self.reader, &Query::from(self.next_seq).of_run(&self.run).at_most(PAGE))?;
            page.iter().try_for_each(|event| self.see(event))?;
            let last = page.len() < PAGE as usize;
            all.extend(page);
            if last {
                return Ok(all);
            }
        }
    }

    /// The run as it stands; none before its first event is written.
    pub fn state(&self) -> Option<&RunState> {
        self.state.as_ref()
    }

    /// No list of this run has more lines.
    fn longest(&self) -> usize {
        self.plan.hosts.len() + self.plan.waves.len()
    }

    fn see(&mut self, event: &Event) -> Result<(), Failure> {
        self.next_seq = event.seq + 1;
        let seen: Result<(), FoldError> = match &mut self.state {
            Some(state) => state.see(self.plan, event),
            None => RunState::begin(&self.run, self.plan, event).map(|state| self.state = Some(state)),
        };
        seen.map_err(|e| store::unfoldable(&e))
    }
}

/// Why a view ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// The reader left it.
    ByReader,
    /// There is nothing more to see.
    AtEnd,
}

/// Draws the run until the reader leaves, or `over` says of its state that nothing more will come.
pub fn watch(
    context: &Context,
    follower: &mut Follower<'_>,
    over: impl Fn(Option<&RunState>) -> bool,
) -> Result<Left, Failure> {
    let mut terminal = ratatui::try_init().map_err(|e| Failure::internal("terminal", e))?;
    let left = draw_on(&mut terminal, context, follower, over);
    ratatui::restore();
    left
}

/// Prints one line an event until `over` says of the run's state that nothing more will come.
pub fn follow(
    context: &Context,
    follower: &mut Follower<'_>,
    over: impl Fn(Option<&RunState>) -> bool,
) -> Result<Left, Failure> {
    loop {
        let last = over(follower.state());
        for event in follower.catch_up()? {
            if context.ui.json_wanted() {
                context.ui.json_line(&event);
            } else {
                context.ui.line(&plain::event_line(context.ui.speaker(), Some(follower.plan), &event));
            }
        }
        if last {
            return Ok(Left::AtEnd);
        }
        std::thread::sleep(BEAT);
    }
}

fn draw_on(
    terminal: &mut DefaultTerminal,
    context: &Context,
    follower: &mut Follower<'_>,
    over: impl Fn(Option<&RunState>) -> bool,
) -> Result<Left, Failure> {
    let broken = |e: std::io::Error| Failure::internal("terminal", e);
    let (mut scroll, mut forecast) = (0_usize, Forecast::default());
    loop {
        let last = over(follower.state());
        follower.catch_up()?;
        if let Some(state) = follower.state() {
            let now = Timestamp::now();
            forecast.renew(follower.plan, state, now);
            draw(terminal, context, follower.plan, state, &forecast.over_at, now, scroll).map_err(broken)?;
        }
        if last {
            return Ok(Left::AtEnd);
        }
        match key(BEAT).map_err(broken)? {
            Some(Key::Leave) => return Ok(Left::ByReader),
            Some(Key::Pause) => pause_or_go_on(context, follower.state())?,
            Some(Key::Scroll(lines)) => scroll = scroll.saturating_add_signed(lines).min(follower.longest()),
            None => {}
        }
    }
}

fn draw(
    terminal: &mut DefaultTerminal,
    context: &Context,
    plan: &Plan,
    state: &RunState,
    over_at: &Result<Timestamp, NoOutlook>,
    now: Timestamp,
    scroll: usize,
) -> std::io::Result<()> {
    let drawn = terminal.draw(|canvas| {
        let (width, height) = (usize::from(canvas.area().width), usize::from(canvas.area().height));
        let scene = Scene { plan, state, now, over_at, width, height, scroll, speaker: context.ui.speaker() };
        canvas.render_widget(Paragraph::new(frame(&scene)), canvas.area());
    });
    drawn.map(drop)
}

/// When all will be over; kept for a while, because playing ten thousand hosts forward takes its time.
struct Forecast {
    over_at: Result<Timestamp, NoOutlook>,
    made: Option<Instant>,
}

impl Default for Forecast {
    fn default() -> Self {
        Self { over_at: Ok(Timestamp::UNIX_EPOCH), made: None }
    }
}

impl Forecast {
    fn renew(&mut self, plan: &Plan, state: &RunState, now: Timestamp) {
        if self.made.is_none_or(|made| made.elapsed() >= OUTLOOK_EVERY) {
            self.over_at = outlook::over_at(plan, Some(state), now);
            self.made = Some(Instant::now());
        }
    }
}

enum Key {
    Leave,
    Pause,
    Scroll(isize),
}

fn key(wait: Duration) -> std::io::Result<Option<Key>> {
    if !event::poll(wait)? {
        return Ok(None);
    }
    let Input::Key(key) = event::read()? else { return Ok(None) };
    if key.kind != KeyEventKind::Press {
        return Ok(None);
    }
    Ok(match key.code {
        KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => Some(Key::Leave),
        KeyCode::Char('q') | KeyCode::Esc => Some(Key::Leave),
        KeyCode::Char('p') => Some(Key::Pause),
        KeyCode::Down => Some(Key::Scroll(1)),
        KeyCode::Up => Some(Key::Scroll(-1)),
        KeyCode::PageDown => Some(Key::Scroll(10)),
        KeyCode::PageUp => Some(Key::Scroll(-10)),
        KeyCode::Home => Some(Key::Scroll(isize::MIN)),
        _ => None,
    })
}

fn pause_or_go_on(context: &Context, state: Option<&RunState>) -> Result<(), Failure> {
    let paused = state.is_some_and(|s| matches!(s.standing, Standing::Paused { .. }));
    let verb = if paused { Verb::Resume } else { Verb::Pause };
    let dir = context.project.control();
    let request = ControlFile::new(Timestamp::now(), &context.who, verb);
    control::leave(&dir, &request).map(drop).map_err(|e| Failure::io("error-write", &dir, &e))
}
