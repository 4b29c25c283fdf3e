//! Change windows: when hosts may start to move, and when nobody may touch anything.
//!
//! A window is said in wall-clock time of a named zone and answered in instants, so a change of the
//! clocks inside it is right by construction. A boundary is the first instant at which the wall
//! clock shows that time or a later one: an hour that is skipped shortens the window, an hour that
//! is repeated counts from its first round. The rules of the zones are those built into the binary,
//! so that a plan means the same on every machine. Never reads the clock.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How far ahead an opening is looked for. Longer than any sensible freeze, and an end to the search.
const HORIZON_DAYS: usize = 400;
/// How many openings that touch each other are told as one: a week of round-the-clock windows.
const JOINED_AT_MOST: usize = 8;

/// When hosts may start: on these days, between these times, except in the freezes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(try_from = "Hours", into = "Hours")]
#[schemars(with = "Hours")]
pub struct Window {
    zone: TimeZone,
    days: Vec<Weekday>,
    start: Time,
    end: Time,
    cutoff_minutes: u32,
    freezes: Vec<Freeze>,
}

/// A window as it is written down; see [`Window::new`] for what is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Window")]
pub struct Hours {
    /// IANA name of the zone in which days and times are meant: `Asia/Shanghai`.
    pub zone: String,
    /// Days on which the window opens; one that crosses midnight belongs to the day of its start.
    pub days: Vec<Day>,
    /// Wall-clock time of opening: `01:00`.
    #[schemars(with = "String")]
    #[serde(with = "wall_clock")]
    pub start: Time,
    /// Wall-clock time of closing: `05:00`. At or before the start it means the next day.
    #[schemars(with = "String")]
    #[serde(with = "wall_clock")]
    pub end: Time,
    /// No host starts later than this many minutes before the end.
    #[serde(default)]
    pub cutoff_minutes: u32,
    /// Days on which nothing may start, whatever the window says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub freezes: Vec<Freeze>,
}

/// Days on which nothing may start: a holiday, a sale, the end of the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Freeze {
    /// The first day, in the window's zone: `2026-12-28`.
    #[serde(with = "crate::project::day")]
    #[schemars(with = "Date")]
    pub from: Date,
    /// The last day; it is frozen to its end.
    #[serde(with = "crate::project::day")]
    #[schemars(with = "Date")]
    pub to: Date,
    /// Why, for the reader.
    pub reason: String,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the days say themselves")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// What a window says at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum WindowState {
    /// Hosts may start until the cutoff; all must be over at the end.
    Open {
        /// From here on no further host starts.
        cutoff: Timestamp,
        /// When the window closes.
        until: Timestamp,
    },
    /// Between windows.
    Closed {
        /// The next opening that no freeze swallows; none within the next 400 days otherwise.
        opens_at: Option<Timestamp>,
    },
    /// A freeze holds, whether or not the window would be open.
    Frozen {
        /// When the last of the freezes that touch each other ends.
        until: Timestamp,
        /// Why.
        reason: String,
    },
}

/// One stretch of time in which a window is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// When it opens.
    pub opens: Timestamp,
    /// From here on no further host starts.
    pub cutoff: Timestamp,
    /// When it closes.
    pub until: Timestamp,
}

/// Why something is not a window.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WindowError {
    /// The zone is not in the zone database.
    #[error("there is no time zone {0:?}; use an IANA name such as Asia/Shanghai")]
    NoSuchZone(String),
    /// It would never open.
    #[error("the window names no day, so it never opens; list its days, such as [\"tue\", \"thu\"]")]
    NoDays,
    /// Nothing could ever start in it.
    #[error(
        "cutoff_minutes is {cutoff_minutes}, but the window is only {window_minutes} minutes long; make it smaller"
    )]
    CutoffEatsAll {
        /// As given.
        cutoff_minutes: u32,
        /// From start to end on an ordinary day.
        window_minutes: u32,
    },
    /// It ends before it begins.
    #[error("the freeze from {from} to {to} ends before it begins; swap the dates")]
    FreezeBackwards {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
}

impl Window {
    /// Checks what was written down and looks up its zone.
    pub fn new(hours: Hours) -> Result<Self, WindowError> {
        let zone =
            TimeZoneDatabase::bundled().get(&hours.zone).map_err(|_| WindowError::NoSuchZone(hours.zone.clone()))?;
        if hours.days.is_empty() {
            return Err(WindowError::NoDays);
        }
        if let Some(freeze) = hours.freezes.iter().find(|f| f.to < f.from) {
            return Err(WindowError::FreezeBackwards { from: freeze.from, to: freeze.to });
        }
        let window_minutes = minutes_between(hours.start, hours.end);
        if window_minutes <= hours.cutoff_minutes {
            return Err(WindowError::CutoffEatsAll { cutoff_minutes: hours.cutoff_minutes, window_minutes });
        }
        let days = hours.days.into_iter().map(Day::weekday).collect();
        let Hours { start, end, cutoff_minutes, freezes, .. } = hours;
        Ok(Self { zone, days, start, end, cutoff_minutes, freezes })
    }

    /// What the window says at this instant.
    pub fn state_at(&self, now: Timestamp) -> WindowState {
        if let Some((until, reason)) = self.frozen(now) {
            return WindowState::Frozen { until, reason };
        }
        match self.openings(now).next() {
            Some(Opening { opens, cutoff, until }) if opens <= now => WindowState::Open { cutoff, until },
            next => WindowState::Closed { opens_at: next.map(|opening| opening.opens) },
        }
    }

    /// The openings that end after `now`, in order, freezes cut out: the present one, if any, first.
    pub fn openings(&self, now: Timestamp) -> impl Iterator<Item = Opening> {
        let mut stretches = self.stretches(now).peekable();
        std::iter::from_fn(move || {
            let (opens, mut until) = stretches.next()?;
            for _ in 1..JOINED_AT_MOST {
                let Some((_, end)) = stretches.next_if(|(start, _)| *start <= until) else { break };
                until = until.max(end);
            }
            Some(self.opening(opens, until))
        })
    }

    /// The zone's IANA name.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The freezes, as given.
    pub fn freezes(&self) -> &[Freeze] {
        &self.freezes
    }

    fn opening(&self, opens: Timestamp, until: Timestamp) -> Opening {
        let reserve = SignedDuration::from_mins(i64::from(self.cutoff_minutes));
        Opening { opens, until, cutoff: until.saturating_sub(reserve).map_or(opens, |cutoff| cutoff.max(opens)) }
    }

    /// Single openings without their frozen parts, those that end after `now`, in order.
    fn stretches(&self, now: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let today = now.to_zoned(self.zone.clone()).date();
        let first = today.checked_sub(2.days()).unwrap_or(today);
        first
            .series(1.day())
            .take(HORIZON_DAYS)
            .filter(|date| self.days.contains(&date.weekday()))
            .flat_map(|date| self.thawed(self.on(date)))
            .filter(move |(opens, until)| opens < until && now < *until)
    }

    /// The opening that belongs to this date, before freezes.
    fn on(&self, date: Date) -> Option<(Timestamp, Timestamp)> {
        let last = if self.end <= self.start { date.tomorrow().ok()? } else { date };
        Some((self.instant(date.to_datetime(self.start))?, self.instant(last.to_datetime(self.end))?))
    }

    /// What the freezes leave of a stretch.
    fn thawed(&self, stretch: Option<(Timestamp, Timestamp)>) -> Vec<(Timestamp, Timestamp)> {
        let mut left: Vec<_> = stretch.into_iter().collect();
        for (from, to) in self.freezes.iter().filter_map(|freeze| self.span(freeze)) {
            left = left.into_iter().flat_map(|(start, end)| [(start, end.min(from)), (start.max(to), end)]).collect();
            left.retain(|(start, end)| start < end);
        }
        left
    }

    /// When the freeze at this instant ends, counting those that follow without a gap, and why it is.
    fn frozen(&self, now: Timestamp) -> Option<(Timestamp, String)> {
        let spans: Vec<_> = self.freezes.iter().filter_map(|f| Some((self.span(f)?, f))).collect();
        let holds = |at: Timestamp| spans.iter().filter(move |((from, to), _)| *from <= at && at < *to);
        let (_, first) = holds(now).next()?;
        let mut until = now;
        while let Some(((_, to), _)) = holds(until).next() {
            until = *to;
        }
        Some((until, first.reason.clone()))
    }

    /// A freeze as instants, from its first midnight to the midnight after its last day.
    fn span(&self, freeze: &Freeze) -> Option<(Timestamp, Timestamp)> {
        let midnight = |date: Date| self.instant(date.to_datetime(Time::midnight()));
        Some((midnight(freeze.from)?, midnight(freeze.to.tomorrow().ok()?)?))
    }

    /// The first instant at which the wall clock shows this time or a later one.
    fn instant(&self, wall: DateTime) -> Option<Timestamp> {
        match self.zone.to_ambiguous_timestamp(wall).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(wall).ok(),
            AmbiguousOffset::Fold { before, .. } => before.to_timestamp(wall).ok(),
            AmbiguousOffset::Gap { before, .. } => {
                let after_the_jump = before.to_timestamp(wall).ok()?.checked_add(1.nanosecond()).ok()?;
                self.zone.preceding(after_the_jump).next().map(|jump| jump.timestamp())
            }
        }
    }
}

impl TryFrom<Hours> for Window {
    type Error = WindowError;
    fn try_from(hours: Hours) -> Result<Self, WindowError> {
        Self::new(hours)
    }
}

impl From<Window> for Hours {
    fn from(window: Window) -> Self {
        Self {
            zone: window.zone_name().to_owned(),
            days: window.days.iter().copied().map(Day::of).collect(),
            start: window.start,
            end: window.end,
            cutoff_minutes: window.cutoff_minutes,
            freezes: window.freezes,
        }
    }
}

/// `tue, thu 01:00-05:00 Asia/Shanghai`
impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days: Vec<String> = self.days.iter().map(|day| Day::of(*day).to_string()).collect();
        let (start, end) = (self.start.strftime("%H:%M"), self.end.strftime("%H:%M"));
        write!(f, "{} {start}-{end} {}", days.join(", "), self.zone_name())
    }
}

impl Day {
    const ALL: [(Self, Weekday, &'static str); 7] = [
        (Self::Mon, Weekday::Monday, "mon"),
        (Self::Tue, Weekday::Tuesday, "tue"),
        (Self::Wed, Weekday::Wednesday, "wed"),
        (Self::Thu, Weekday::Thursday, "thu"),
        (Self::Fri, Weekday::Friday, "fri"),
        (Self::Sat, Weekday::Saturday, "sat"),
        (Self::Sun, Weekday::Sunday, "sun"),
    ];

    fn weekday(self) -> Weekday {
        Self::ALL[self as usize].1
    }

    fn of(weekday: Weekday) -> Self {
        Self::ALL[usize::from(weekday.to_monday_zero_offset().unsigned_abs())].0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(Self::ALL[*self as usize].2)
    }
}

/// Minutes from start to end on a day whose clocks do not change; a full day when they are equal.
fn minutes_between(start: Time, end: Time) -> u32 {
    let minute = |time: Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
    match (minute(end) - minute(start)).rem_euclid(24 * 60) {
        0 => 24 * 60,
        minutes => minutes.unsigned_abs(),
    }
}

/// `HH:MM`, and nothing that would be read in two ways.
mod wall_clock {
    use jiff::civil::Time;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(time: &Time, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&time.strftime("%H:%M"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
        let text = String::deserialize(deserializer)?;
        let two_by_two = text.len() == 5 && text.is_char_boundary(2);
        let time = two_by_two.then(|| Time::strptime("%H:%M", &text).ok()).flatten();
        time.ok_or_else(|| {
            Error::custom(format_args!("{text:?} is not a wall-clock time; write it as \"HH:MM\", such as \"01:30\""))
        })
    }
}

#[cfg(test)]
#[path = "window_tests.rs"]
mod tests;
