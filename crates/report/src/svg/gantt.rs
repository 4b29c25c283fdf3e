//! Waves and hosts along the clock: secured, moved, away, settled, and where something went wrong.

use super::{Canvas, Scale, TIME_STEPS, WIDTH};
use crate::doc::Chart;
use crate::pen::Pen;
use jiff::Timestamp;
use rockhop_domain::report::{End, HostRow, Moment, RunFigures, Subject, WaveRow};

/// More hosts than this are drawn as their waves.
const MOST_HOSTS: usize = 80;
const ROW: i64 = 22;
const BAR: i64 = 12;
const LEFT: i64 = 150;
const RIGHT: i64 = WIDTH - 16;
const HEAD: i64 = 30;

/// The run along the clock.
pub fn gantt(pen: &Pen, run: &RunFigures) -> Chart {
    let caption = pen.label("chart-gantt");
    let each = run.hosts.len() <= MOST_HOSTS;
    let rows = run.waves.len() + if each { run.hosts.len() } else { 0 };
    let height = HEAD + ROW * i64::try_from(rows).unwrap_or(0) + 12;
    let mut canvas = Canvas::new(height, &caption);
    let scale = Scale::new((ms(run.started.at), ms(end(run))), (LEFT, RIGHT));
    absences(&mut canvas, pen, run, scale, height);
    axis(&mut canvas, pen, scale, height);
    let mut y = HEAD;
    for wave in &run.waves {
        wave_bar(&mut canvas, pen, wave, run, scale, y);
        y += ROW;
        for host in run.hosts.iter().filter(|h| each && h.wave == Some(wave.no)) {
            host_bar(&mut canvas, pen, host, run, scale, y);
            y += ROW;
        }
    }
    Chart { caption, svg: canvas.finish(), legend: legend(pen, run) }
}

fn legend(pen: &Pen, run: &RunFigures) -> Vec<(&'static str, String)> {
    let mut all = vec![
        ("c-soft", pen.label("legend-securing")),
        ("c-good", pen.label("legend-accepted")),
        ("c-warn", pen.label("legend-rolled-back")),
        ("c-away", pen.label("legend-away")),
        ("c-bad", pen.label("legend-incident")),
    ];
    if run.incidents.iter().any(|i| i.subject == Subject::Controller) {
        all.push(("c-gap", pen.label("legend-gap")));
    }
    all
}

fn end(run: &RunFigures) -> Timestamp {
    run.ended.unwrap_or(run.last).at
}

fn ms(at: Timestamp) -> i64 {
    at.as_millisecond()
}

fn axis(canvas: &mut Canvas, pen: &Pen, scale: Scale, height: i64) {
    for tick in scale.ticks(&TIME_STEPS, 9) {
        let x = scale.at(tick);
        canvas.line(x, HEAD - 8, x, height - 8, "grid");
        if let Ok(at) = Timestamp::from_millisecond(tick) {
            canvas.text(x, HEAD - 13, "tick mid", &pen.clock.hour(at));
        }
    }
}

/// When the controller was not there.
fn absences(canvas: &mut Canvas, pen: &Pen, run: &RunFigures, scale: Scale, height: i64) {
    for incident in run.incidents.iter().filter(|i| i.subject == Subject::Controller) {
        let (from, to) = (scale.at(ms(incident.opened.at)), scale.at(incident.closed.map_or(0, |c| ms(c.at))));
        canvas.rounded(from, HEAD - 6, (to - from).max(2), height - HEAD - 2, 0, "c-gap", &pen.label("legend-gap"));
    }
}

fn wave_bar(canvas: &mut Canvas, pen: &Pen, wave: &WaveRow, run: &RunFigures, scale: Scale, y: i64) {
    let middle = y + ROW / 2;
    let name = pen.say_with("report-chart-wave", &[("n", wave.no.to_string()), ("name", wave.name.clone())]);
    canvas.text(8, middle + 4, "wave", &name);
    let Some(started) = wave.started else { return };
    let (from, to) = (scale.at(ms(started.at)), scale.at(ms(wave.ended.map_or(end(run), |m| m.at))));
    canvas.rounded(from, middle - 2, (to - from).max(2), 4, 2, "c-wave", "");
}

fn host_bar(canvas: &mut Canvas, pen: &Pen, host: &HostRow, run: &RunFigures, scale: Scale, y: i64) {
    let (middle, top) = (y + ROW / 2, y + (ROW - BAR) / 2);
    canvas.text(LEFT - 10, middle + 4, "label end", host.host.as_str());
    let place = |m: Option<Moment>, other: Timestamp| scale.at(ms(m.map_or(other, |m| m.at)));
    let Some(begun) = host.begun else {
        canvas.text(LEFT + 4, middle + 4, "tick", &pen.label("end-not-begun"));
        return;
    };
    let last = end(run);
    let (from, to) = (scale.at(ms(begun.at)), place(host.settled, last).max(scale.at(ms(begun.at)) + 3));
    let secured = host.proven.map_or(to, |m| scale.at(ms(m.at)));
    canvas.rounded(from, top, to - from, BAR, 3, bar_class(host.end), &tip(pen, host));
    canvas.rounded(from, top, secured - from, BAR, 3, "c-soft", &pen.label("legend-securing"));
    for away in &host.away {
        let (gone, back) = (scale.at(ms(away.from.at)), place(away.to, last));
        canvas.rounded(gone, top - 2, (back - gone).max(3), BAR + 4, 1, "c-away", &tip(pen, host));
    }
    for incident in run.incidents.iter().filter(|i| i.subject == Subject::Host { host: host.host.clone() }) {
        let words = pen.cat.say(&incident.cause);
        canvas.diamond(scale.at(ms(incident.opened.at)), middle, 6, "c-bad", &words);
    }
}

fn bar_class(end: End) -> &'static str {
    match end {
        End::Accepted => "c-good",
        End::RolledBack => "c-warn",
        End::Held => "c-held",
        End::InMotion | End::NotBegun => "c-plain",
    }
}

fn tip(pen: &Pen, host: &HostRow) -> String {
    let took = pen.bare(&host.duration);
    let away = pen.bare(&host.outage_by_steps);
    pen.say_with("report-chart-host", &[("host", host.host.to_string()), ("took", took), ("away", away)])
}
