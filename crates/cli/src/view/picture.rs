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

/// Of the SVG, in its units: the height of a row, where the rows begin, where hosts and bars do, and how long the bars may be.
const ROW: usize = 22;
const TOP: usize = 88;
const HOSTS: usize = 130;
const NAMES: usize = 250;
const TRACK: usize = 820;
/// The steps that an axis may have, in seconds, and the most of them on one.
const STEPS_S: [i64; 14] = [5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400, 604_800];
const TICKS_AT_MOST: i64 = 10;

/// A bar of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    name: String,
    /// Said once, beside the first of its wave.
    label: String,
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
        let rows = if slots.len() > ROWS_AT_MOST { by_wave(plan, &slots) } else { by_host(plan, &slots) };
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
        let height = TOP + ROW * self.rows.len() + 20;
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
        if self.axis == Axis::Time {
            svg.push_str(&self.ticks(TOP + ROW * self.rows.len()));
        }
        let mut before = None;
        for (n, row) in self.rows.iter().enumerate() {
            let label = if before == Some(row.wave) { "" } else { row.label.as_str() };
            svg.push_str(&self.bar(row, label, TOP + n * ROW));
            before = Some(row.wave);
        }
        svg.push_str("</svg>\n");
        svg
    }

    fn bar(&self, row: &Row, label: &str, y: usize) -> String {
        let (from, to) = (self.share(row.begins, TRACK), self.share(row.ends, TRACK));
        format!(
            "<text x=\"16\" y=\"{ty}\" fill=\"#57606a\">{label}</text><text x=\"{HOSTS}\" y=\"{ty}\">{name}</text>\
             <rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"16\" rx=\"3\" fill=\"{fill}\"/>\n",
            ty = y + 13,
            label = escaped(label),
            name = escaped(&row.name),
            x = NAMES + from,
            w = to.saturating_sub(from).max(2),
            fill = if row.wave.is_multiple_of(2) { "#1a7f64" } else { "#0b5cad" },
        )
    }

    /// Lines across the bars, each named by the time since the beginning.
    fn ticks(&self, bottom: usize) -> String {
        let seconds = text::seconds_between(self.begins, self.ends).max(1);
        let step = STEPS_S.iter().copied().find(|step| seconds / step <= TICKS_AT_MOST).unwrap_or(seconds);
        let mut lines = String::new();
        for at in (0..=seconds / step).map(|n| n * step) {
            let share = i128::from(at) * TRACK as i128 / i128::from(seconds);
            let x = NAMES + usize::try_from(share).unwrap_or(0);
            // Writing to a String cannot fail.
            let _ = writeln!(
                lines,
                "<line x1=\"{x}\" y1=\"{top}\" x2=\"{x}\" y2=\"{bottom}\" stroke=\"#d8dee4\"/>\
                 <text x=\"{x}\" y=\"{ty}\" fill=\"#57606a\" font-size=\"11\">{name}</text>",
                top = TOP - 6,
                ty = TOP - 10,
                name = text::span(at),
            );
        }
        lines
    }
}

fn by_host(plan: &Plan, slots: &[Slot]) -> Vec<Row> {
    let label = |s: &Slot| plan.waves.iter().find(|w| w.no == s.wave).map(|w| format!("{} {}", w.no, w.name));
    let row = |s: &Slot| Row {
        name: s.host.to_string(),
        label: label(s).unwrap_or_default(),
        wave: s.wave.0,
        begins: s.begins,
        ends: s.ends,
    };
    slots.iter().map(row).collect()
}

fn by_wave(plan: &Plan, slots: &[Slot]) -> Vec<Row> {
    let row = |wave: &rockhop_domain::plan::Wave| {
        let of_wave = || slots.iter().filter(|s| s.wave == wave.no);
        let (begins, ends) = (of_wave().map(|s| s.begins).min()?, of_wave().map(|s| s.ends).max()?);
        let name = format!("{} {} ({})", wave.no, wave.name, wave.hosts.len());
        Some(Row { name, label: String::new(), wave: wave.no.0, begins, ends })
    };
    plan.waves.iter().filter_map(row).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
