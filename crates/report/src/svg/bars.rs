//! Bars: how hosts ended by role, how long services were away at least and at most, latency before and after.

use super::{Canvas, Scale, TIME_STEPS, WIDTH};
use crate::doc::Chart;
use crate::pen::Pen;
use crate::words;
use rockhop_domain::report::{Comparison, RoleRow, RunFigures, ServiceRow};

const LEFT: i64 = 190;
const RIGHT: i64 = WIDTH - 120;
const ROW: i64 = 26;
const BAR: i64 = 14;
/// More bars than this would be a wall: the longest are drawn.
const MOST: usize = 40;

/// How the hosts of each role ended.
pub fn roles(pen: &Pen, run: &RunFigures) -> Chart {
    let caption = pen.label("chart-roles");
    let mut canvas = Canvas::new(rows(run.roles.len()) + 8, &caption);
    let most = run.roles.iter().filter_map(|r| r.counts.planned.amount()).max().unwrap_or(1);
    for (role, y) in run.roles.iter().zip((4..).step_by(26)) {
        role_bar(&mut canvas, role, Scale::new((0, most), (LEFT, RIGHT)), y);
    }
    let legend = vec![
        ("c-good", pen.label("end-accepted")),
        ("c-warn", pen.label("end-rolled-back")),
        ("c-held", pen.label("end-held")),
        ("c-plain", pen.label("legend-open")),
    ];
    Chart { caption, svg: canvas.finish(), legend }
}

fn role_bar(canvas: &mut Canvas, role: &RoleRow, scale: Scale, y: i64) {
    let c = &role.counts;
    let mut done = 0;
    canvas.text(LEFT - 10, y + ROW / 2 + 4, "label end", role.role.as_str());
    for (figure, class) in [
        (&c.accepted, "c-good"),
        (&c.rolled_back, "c-warn"),
        (&c.held, "c-held"),
        (&c.in_motion, "c-plain"),
        (&c.not_begun, "c-plain"),
    ] {
        let n = figure.amount().unwrap_or(0);
        // A gap of one unit keeps neighbours of the same kind apart.
        let (from, to) = (scale.at(done), scale.at(done + n));
        canvas.rounded(from, y + (ROW - BAR) / 2, to - from - 1, BAR, 2, class, "");
        done += n;
    }
    let words = format!("{} / {}", c.accepted.amount().unwrap_or(0), c.planned.amount().unwrap_or(0));
    canvas.text(scale.at(done) + 8, y + ROW / 2 + 4, "value", &words);
}

/// How long services were away: at least, and at most.
pub fn downtime(pen: &Pen, run: &RunFigures) -> Chart {
    let caption = pen.label("chart-downtime");
    let mut services: Vec<&ServiceRow> = run.services.iter().collect();
    services.sort_by_key(|s| std::cmp::Reverse(s.upper.amount()));
    services.truncate(MOST);
    let height = rows(services.len()) + 36;
    let mut canvas = Canvas::new(height, &caption);
    let most = services.iter().filter_map(|s| s.upper.amount()).max().unwrap_or(0).max(1_000);
    let scale = Scale::new((0, most), (LEFT, RIGHT));
    for tick in scale.ticks(&TIME_STEPS, 7) {
        canvas.line(scale.at(tick), 6, scale.at(tick), height - 26, "grid");
        canvas.text(scale.at(tick), height - 10, "tick mid", &words::duration(pen.cat, tick));
    }
    for (service, y) in services.iter().zip((6..).step_by(26)) {
        service_bar(&mut canvas, pen, service, scale, y);
    }
    let legend = vec![("c-away", pen.label("legend-lower")), ("c-upper", pen.label("legend-upper"))];
    Chart { caption, svg: canvas.finish(), legend }
}

fn service_bar(canvas: &mut Canvas, pen: &Pen, service: &ServiceRow, scale: Scale, y: i64) {
    let (base, top) = (y + ROW / 2 + 4, y + (ROW - BAR) / 2);
    canvas.text(LEFT - 10, base, "label end", service.service.as_str());
    let (Some(lower), Some(upper)) = (service.lower.amount(), service.upper.amount()) else {
        canvas.text(LEFT + 6, base, "tick", &pen.label("not-measured"));
        return;
    };
    canvas.rounded(LEFT, top, scale.at(upper) - LEFT, BAR, 2, "c-upper", "");
    canvas.rounded(LEFT, top, scale.at(lower) - LEFT, BAR, 2, "c-away", "");
    canvas.text(scale.at(upper) + 8, base, "value", &words::duration(pen.cat, upper));
}

/// Latency after the move as a share of before; nothing when there is no pair to draw.
pub fn latency(pen: &Pen, all: &[Comparison]) -> Option<Chart> {
    let pairs: Vec<(&Comparison, i64)> =
        all.iter().filter(|c| c.metric.contains(".latency.")).filter_map(|c| Some((c, share(c)?))).take(MOST).collect();
    if pairs.is_empty() {
        return None;
    }
    let caption = pen.label("chart-latency");
    let height = rows(pairs.len()) + 36;
    let mut canvas = Canvas::new(height, &caption);
    let most = pairs.iter().map(|(_, s)| *s).max().unwrap_or(100).max(100) * 11 / 10;
    let scale = Scale::new((0, most), (LEFT, RIGHT - 60));
    for tick in scale.ticks(&[5, 10, 20, 25, 50, 100, 200, 500], 8) {
        let class = if tick == 100 { "axis" } else { "grid" };
        canvas.line(scale.at(tick), 6, scale.at(tick), height - 26, class);
        canvas.text(scale.at(tick), height - 10, "tick mid", &format!("{tick}%"));
    }
    for ((comparison, share), y) in pairs.iter().zip((6..).step_by(26)) {
        pair(&mut canvas, pen, comparison, *share, scale, y);
    }
    let legend = vec![("c-plain", pen.label("legend-before")), ("c-good", pen.label("legend-after"))];
    Some(Chart { caption, svg: canvas.finish(), legend })
}

fn pair(canvas: &mut Canvas, pen: &Pen, c: &Comparison, share: i64, scale: Scale, y: i64) {
    let middle = y + ROW / 2;
    let name = format!("{} {}", c.subject, c.metric.rsplit('.').next().unwrap_or_default());
    canvas.text(LEFT - 10, middle + 4, "label end", &name);
    let (before, after) = (scale.at(100), scale.at(share));
    let class = if share <= 100 { "c-good" } else { "c-warn" };
    canvas.rounded(before.min(after), middle - 2, (before - after).abs(), 4, 2, class, "");
    canvas.dot(before, middle, 6, "c-plain");
    canvas.dot(after, middle, 6, class);
    let words = format!("{} → {}", pen.bare(&c.before), pen.bare(&c.after));
    canvas.text(before.max(after) + 12, middle + 4, "value", &words);
}

/// After as a share of before, in whole percent.
fn share(c: &Comparison) -> Option<i64> {
    let (before, after) = (c.before.amount()?, c.after.amount()?);
    (before > 0 && after >= 0).then(|| (after * 100 + before / 2) / before)
}

fn rows(n: usize) -> i64 {
    ROW * i64::try_from(n).unwrap_or(0)
}
