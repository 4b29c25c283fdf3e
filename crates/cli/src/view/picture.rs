//! The plan as a picture of bars over time: in the terminal, and as an SVG file.
//!
//! With measured durations the axis is time, windows and limits included. Without, it is order alone, and
//! the picture says so.

use super::outlook::{self, NoOutlook, Slot};
use super::text;
use crate::speaker::Speaker;
use jiff::Timestamp;
use rockhop_domain::plan::Plan;
use std::fmt::Write as _;

/// With more hosts than this, a row stands for a wave.
const ROWS_AT_MOST: usize = 60;
/// The length of a host nobody measured; only its order is drawn.
const UNIT_MS: u64 = 60_000;

/// A bar of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    name: String,
    wave: u32,
    begins: Timestamp,
    ends: Timestamp,
}

/// Bars and what their axis means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    rows: Vec<Row>,
    begins: Timestamp,
    ends: Timestamp,
    axis: Axis,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Axis {
    Time,
    Order(NoOutlook),
}

impl Picture {
    /// The plan as if it began now.
    pub fn of(plan: &Plan, now: Timestamp) -> Self {
        let (slots, axis) = match outlook::outlook(plan, None, now) {
            Ok(slots) => (slots, Axis::Time),
            Err(why) => (outlook::order(plan, UNIT_MS), Axis::Order(why)),
        };
        let rows = if slots.len() > ROWS_AT_MOST { by_wave(plan, &slots) } else { by_host(&slots) };
        let begins = rows.iter().map(|r| r.begins).min().unwrap_or(now);
        let ends = rows.iter().map(|r| r.ends).max().unwrap_or(now);
        Self { rows, begins, ends, axis }
    }

    /// What the axis means: when it begins and ends, or why it is order alone.
    pub fn caption(&self, speaker: &Speaker) -> String {
        match &self.axis {
            Axis::Time => speaker.say_key(
                "picture-time",
                &[
                    ("from", speaker.when(self.begins)),
                    ("to", speaker.when(self.ends)),
                    ("takes", text::span(text::seconds_between(self.begins, self.ends))),
                ],
            ),
            Axis::Order(NoOutlook::Unmeasured { host }) => {
                speaker.say_key("picture-order", &[("host", host.to_string())])
            }
            Axis::Order(NoOutlook::NeverFits { host }) => {
                speaker.say_key("picture-never", &[("host", host.to_string())])
            }
        }
    }

    /// Lines for a terminal of this width.
    pub fn lines(&self, width: usize) -> Vec<String> {
        let names = self.rows.iter().map(|r| text::width(&r.name)).max().unwrap_or(0).clamp(4, 24);
        let columns = width.saturating_sub(names + 4).clamp(10, 120);
        self.rows.iter().map(|row| format!("  {} {}", text::fit(&row.name, names), self.track(row, columns))).collect()
    }

    fn track(&self, row: &Row, columns: usize) -> String {
        let (from, to) = (self.share(row.begins, columns), self.share(row.ends, columns));
        let to = to.max(from + 1).min(columns);
        let from = from.min(to - 1);
        let mut track = "·".repeat(from) + &"█".repeat(to - from);
        track.push_str(&"·".repeat(columns - to));
        track
    }

    /// Where an instant is on an axis of so many units.
    fn share(&self, at: Timestamp, units: usize) -> usize {
        let whole = (self.ends.as_millisecond() - self.begins.as_millisecond()).max(1);
        let part = at.as_millisecond() - self.begins.as_millisecond();
        usize::try_from(i128::from(part) * units as i128 / i128::from(whole)).unwrap_or(0)
    }

    /// The same as an SVG document.
    pub fn svg(&self, title: &str, speaker: &Speaker) -> String {
        const ROW: usize = 22;
        const NAMES: usize = 190;
        const TRACK: usize = 820;
        let height = ROW * self.rows.len() + 86;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{height}\" viewBox=\"0 0 {w} {height}\" \
             font-family=\"system-ui, 'Noto Sans CJK SC', sans-serif\" font-size=\"13\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
             <text x=\"16\" y=\"28\" font-size=\"17\" font-weight=\"600\">{title}</text>\n\
             <text x=\"16\" y=\"50\" fill=\"#57606a\">{caption}</text>\n",
            w = NAMES + TRACK + 24,
            title = escaped(title),
            caption = escaped(&self.caption(speaker)),
        );
        for (n, row) in self.rows.iter().enumerate() {
            let y = 66 + n * ROW;
            let (from, to) = (self.share(row.begins, TRACK), self.share(row.ends, TRACK));
            let name = escaped(&row.name);
            // Writing to a String cannot fail.
            let _ = writeln!(
                svg,
                "<text x=\"16\" y=\"{ty}\">{name}</text><rect x=\"{NAMES}\" y=\"{y}\" width=\"{TRACK}\" height=\"16\" \
                 rx=\"3\" fill=\"#f0f2f5\"/><rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"16\" rx=\"3\" fill=\"{fill}\"/>",
                ty = y + 13,
                x = NAMES + from,
                w = to.saturating_sub(from).max(2),
                fill = if row.wave % 2 == 0 { "#1a7f64" } else { "#0b5cad" },
            );
        }
        svg.push_str("</svg>\n");
        svg
    }
}

fn by_host(slots: &[Slot]) -> Vec<Row> {
    let row = |s: &Slot| Row { name: s.host.to_string(), wave: s.wave.0, begins: s.begins, ends: s.ends };
    slots.iter().map(row).collect()
}

fn by_wave(plan: &Plan, slots: &[Slot]) -> Vec<Row> {
    let row = |wave: &rockhop_domain::plan::Wave| {
        let of_wave = || slots.iter().filter(|s| s.wave == wave.no);
        let (begins, ends) = (of_wave().map(|s| s.begins).min()?, of_wave().map(|s| s.ends).max()?);
        Some(Row { name: format!("{} {} ({})", wave.no, wave.name, wave.hosts.len()), wave: wave.no.0, begins, ends })
    };
    plan.waves.iter().filter_map(row).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
