//! Small drawings as SVG text. Colours are classes that the page's style sets, for light, dark and paper.

mod bars;
mod gantt;

pub use bars::{downtime, latency, roles};
pub use gantt::gantt;

use std::fmt::Write;

/// The width that every drawing has; the page scales it.
pub const WIDTH: i64 = 960;

/// A drawing in the making, in whole units, so that it is the same on every machine.
pub struct Canvas {
    height: i64,
    title: String,
    body: String,
}

impl Canvas {
    /// An empty drawing; the title is read aloud in its place.
    pub fn new(height: i64, title: &str) -> Self {
        Self { height, title: title.to_owned(), body: String::new() }
    }

    /// A rectangle with round corners and a tip that shows under the pointer; nothing when it is empty.
    #[expect(clippy::too_many_arguments, reason = "a rectangle has that many parts")]
    pub fn rounded(&mut self, x: i64, y: i64, w: i64, h: i64, r: i64, class: &str, tip: &str) {
        if w <= 0 || h <= 0 {
            return;
        }
        let tip = if tip.is_empty() { String::new() } else { format!("<title>{}</title>", escape(tip)) };
        let _ = write!(
            self.body,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{r}\" class=\"{class}\">{tip}</rect>"
        );
    }

    /// A straight line.
    pub fn line(&mut self, x1: i64, y1: i64, x2: i64, y2: i64, class: &str) {
        let _ = write!(self.body, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" class=\"{class}\"/>");
    }

    /// A dot.
    pub fn dot(&mut self, x: i64, y: i64, r: i64, class: &str) {
        let _ = write!(self.body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" class=\"{class}\"/>");
    }

    /// A diamond.
    pub fn diamond(&mut self, x: i64, y: i64, r: i64, class: &str, tip: &str) {
        let (w, e, n, s) = (x - r, x + r, y - r, y + r);
        let _ = write!(
            self.body,
            "<path d=\"M{x} {n}L{e} {y}L{x} {s}L{w} {y}Z\" class=\"{class}\"><title>{}</title></path>",
            escape(tip)
        );
    }

    /// Words that begin at `x`; with the class `end` they end there, with `mid` they stand on it.
    pub fn text(&mut self, x: i64, y: i64, class: &str, words: &str) {
        let _ = write!(self.body, "<text x=\"{x}\" y=\"{y}\" class=\"{class}\">{}</text>", escape(words));
    }

    /// The finished element.
    pub fn finish(self) -> String {
        format!(
            "<svg viewBox=\"0 0 {WIDTH} {}\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\"><title>{}</title>{}</svg>",
            self.height,
            escape(&self.title),
            self.body
        )
    }
}

/// Where a value stands between two ends of an axis.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    from: i64,
    to: i64,
    left: i64,
    right: i64,
}

impl Scale {
    /// `from` stands at `left`, `to` at `right`.
    pub fn new((from, to): (i64, i64), (left, right): (i64, i64)) -> Self {
        Self { from, to: to.max(from + 1), left, right }
    }

    /// The place of a value; beyond the ends it stands at the end.
    pub fn at(self, value: i64) -> i64 {
        let along = i128::from(value.clamp(self.from, self.to) - self.from) * i128::from(self.right - self.left);
        self.left + i64::try_from(along / i128::from(self.to - self.from)).unwrap_or(0)
    }

    /// Round values between the ends, at most `most` of them, in one of these steps.
    pub fn ticks(self, steps: &[i64], most: i64) -> Vec<i64> {
        let span = self.to - self.from;
        let step = steps.iter().copied().find(|s| span / s < most).unwrap_or(span.max(1));
        let first = self.from.div_euclid(step) * step;
        (0..=most + 1).map(|n| first + n * step).filter(|t| (self.from..=self.to).contains(t)).collect()
    }
}

/// Steps of time that people count in, in milliseconds.
pub const TIME_STEPS: [i64; 18] = [
    1_000,
    2_000,
    5_000,
    10_000,
    15_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    14_400_000,
    43_200_000,
    86_400_000,
    604_800_000,
];

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_between_the_ends() {
        let scale = Scale::new((100, 200), (10, 110));
        for (value, want) in [(100, 10), (150, 60), (200, 110), (0, 10), (999, 110)] {
            assert_eq!(scale.at(value), want);
        }
        assert_eq!(Scale::new((5, 5), (0, 10)).at(5), 0);
    }

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(Scale::new((0, 25_000), (0, 100)).ticks(&TIME_STEPS, 6), [0, 5_000, 10_000, 15_000, 20_000, 25_000]);
        assert!(Scale::new((3, 4_000_000_000), (0, 100)).ticks(&TIME_STEPS, 8).len() <= 9);
    }

    #[test]
    fn names_cannot_leave_the_drawing() {
        let mut canvas = Canvas::new(10, "<t>");
        canvas.text(0, 0, "x", "</text><script>");
        assert!(!canvas.finish().contains("<script>"));
    }
}
