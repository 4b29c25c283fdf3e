use super::*;
use proptest::prelude::*;

const MINUTE_MS: i64 = 60_000;

fn window(zone: &str, days: &[Day], start: &str, end: &str, cutoff_minutes: u32, freezes: &[(&str, &str)]) -> Window {
    let freezes =
        freezes.iter().map(|(from, to)| Freeze { from: day(from), to: day(to), reason: format!("freeze of {from}") });
    Window::new(Hours {
        zone: zone.into(),
        days: days.into(),
        start: time(start),
        end: time(end),
        cutoff_minutes,
        freezes: freezes.collect(),
    })
    .expect("a window")
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// `open CUTOFF UNTIL`, `closed OPENS`, `frozen UNTIL`, in UTC.
fn told(window: &Window, now: &str) -> String {
    match window.state_at(at(now)) {
        WindowState::Open { cutoff, until } => format!("open {cutoff} {until}"),
        WindowState::Closed { opens_at: Some(opens) } => format!("closed {opens}"),
        WindowState::Closed { opens_at: None } => "closed for good".into(),
        WindowState::Frozen { until, reason } => format!("frozen {until} {reason}"),
    }
}

const EVERY_DAY: [Day; 7] = [Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri, Day::Sat, Day::Sun];

#[test]
fn a_night_in_shanghai() {
    // 2026-11-24 is a Tuesday; 01:00 in Shanghai is 17:00 UTC of the day before.
    let night = window("Asia/Shanghai", &[Day::Tue, Day::Thu], "01:00", "05:00", 60, &[]);
    for (now, want) in [
        ("2026-11-23T16:59:59Z", "closed 2026-11-23T17:00:00Z"),
        ("2026-11-23T17:00:00Z", "open 2026-11-23T20:00:00Z 2026-11-23T21:00:00Z"),
        ("2026-11-23T20:59:59Z", "open 2026-11-23T20:00:00Z 2026-11-23T21:00:00Z"),
        ("2026-11-23T21:00:00Z", "closed 2026-11-25T17:00:00Z"),
        ("2026-11-26T00:00:00Z", "closed 2026-11-30T17:00:00Z"),
    ] {
        assert_eq!(told(&night, now), want, "{now}");
    }
}

#[test]
fn a_window_that_crosses_midnight_belongs_to_the_day_of_its_start() {
    let late = window("Asia/Shanghai", &[Day::Sat], "22:00", "04:00", 0, &[]);
    for (now, want) in [
        ("2026-11-28T13:59:00Z", "closed 2026-11-28T14:00:00Z"), // Saturday 21:59
        ("2026-11-28T19:00:00Z", "open 2026-11-28T20:00:00Z 2026-11-28T20:00:00Z"), // Sunday 03:00
        ("2026-11-28T20:00:00Z", "closed 2026-12-05T14:00:00Z"),
    ] {
        assert_eq!(told(&late, now), want, "{now}");
    }
}

#[test]
fn the_hour_that_berlin_skips() {
    // 2026-03-29: 02:00 CET becomes 03:00 CEST, at 01:00 UTC.
    for (start, end, now, want) in [
        // Starts in the skipped hour: opens at the jump.
        ("02:30", "05:00", "2026-03-29T00:59:59Z", "closed 2026-03-29T01:00:00Z"),
        ("02:30", "05:00", "2026-03-29T01:00:00Z", "open 2026-03-29T03:00:00Z 2026-03-29T03:00:00Z"),
        // Ends in the skipped hour: closes at the jump.
        ("01:00", "02:30", "2026-03-29T00:30:00Z", "open 2026-03-29T01:00:00Z 2026-03-29T01:00:00Z"),
        // Spans it: an hour shorter on the clock of the world.
        ("01:00", "05:00", "2026-03-29T00:30:00Z", "open 2026-03-29T03:00:00Z 2026-03-29T03:00:00Z"),
        // Lies within it: does not happen that day.
        ("02:10", "02:50", "2026-03-29T00:30:00Z", "closed 2026-03-30T00:10:00Z"),
    ] {
        assert_eq!(told(&window("Europe/Berlin", &EVERY_DAY, start, end, 0, &[]), now), want, "{start}-{end} {now}");
    }
}

#[test]
fn the_hour_that_berlin_lives_twice() {
    // 2026-10-25: 03:00 CEST becomes 02:00 CET, at 01:00 UTC.
    for (start, end, now, want) in [
        ("01:00", "05:00", "2026-10-24T23:30:00Z", "open 2026-10-25T04:00:00Z 2026-10-25T04:00:00Z"),
        // Ends in the repeated hour: closes in its first round, and does not open again in the second.
        ("01:00", "02:30", "2026-10-25T00:29:59Z", "open 2026-10-25T00:30:00Z 2026-10-25T00:30:00Z"),
        ("01:00", "02:30", "2026-10-25T01:10:00Z", "closed 2026-10-26T00:00:00Z"),
        // Starts in it: opens in its first round.
        ("02:30", "04:00", "2026-10-25T00:29:59Z", "closed 2026-10-25T00:30:00Z"),
        ("02:30", "04:00", "2026-10-25T01:10:00Z", "open 2026-10-25T03:00:00Z 2026-10-25T03:00:00Z"),
    ] {
        assert_eq!(told(&window("Europe/Berlin", &EVERY_DAY, start, end, 0, &[]), now), want, "{start}-{end} {now}");
    }
}

#[test]
fn shanghai_keeps_its_clocks_when_berlin_changes_them() {
    let night = window("Asia/Shanghai", &EVERY_DAY, "02:00", "03:00", 0, &[]);
    for date in ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"] {
        assert_eq!(told(&night, &format!("{date}T18:30:00Z")), format!("open {date}T19:00:00Z {date}T19:00:00Z"));
    }
}

#[test]
fn freezes_stop_everything() {
    // Daily 22:00 to 04:00 Shanghai, that is 14:00 to 20:00 UTC.
    let freezes = [("2026-12-28", "2026-12-31"), ("2027-01-01", "2027-01-03"), ("2026-12-30", "2026-12-30")];
    let late = window("Asia/Shanghai", &EVERY_DAY, "22:00", "04:00", 60, &freezes);
    for (now, want) in [
        // The night before the freeze ends at its midnight, and the cutoff moves along.
        ("2026-12-27T14:00:00Z", "open 2026-12-27T15:00:00Z 2026-12-27T16:00:00Z"),
        ("2026-12-27T16:00:00Z", "frozen 2027-01-03T16:00:00Z freeze of 2026-12-28"),
        ("2027-01-02T12:00:00Z", "frozen 2027-01-03T16:00:00Z freeze of 2027-01-01"),
        // The last frozen night goes on when the freeze is over.
        ("2027-01-03T16:00:00Z", "open 2027-01-03T19:00:00Z 2027-01-03T20:00:00Z"),
    ] {
        assert_eq!(told(&late, now), want, "{now}");
    }
    let weekly = window("Asia/Shanghai", &[Day::Tue], "01:00", "05:00", 0, &[("2026-11-24", "2026-11-24")]);
    assert_eq!(
        told(&weekly, "2026-11-22T00:00:00Z"),
        "closed 2026-11-30T17:00:00Z",
        "an opening that is frozen is not promised"
    );
    let never = window("UTC", &EVERY_DAY, "01:00", "05:00", 0, &[("2026-11-24", "2036-11-24")]);
    assert_eq!(told(&never, "2026-11-23T12:00:00Z"), "closed for good");
}

#[test]
fn windows_round_the_clock_are_told_as_one() {
    let always = window("UTC", &EVERY_DAY, "00:00", "00:00", 60, &[]);
    let WindowState::Open { cutoff, until } = always.state_at(at("2026-11-23T23:30:00Z")) else {
        panic!("it is always open")
    };
    assert!(until > at("2026-11-28T00:00:00Z"), "{until}");
    assert_eq!(until.as_millisecond() - cutoff.as_millisecond(), 60 * MINUTE_MS);
}

#[test]
fn what_is_not_a_window_says_why() {
    let good = || Hours {
        zone: "UTC".into(),
        days: vec![Day::Mon],
        start: time("01:00"),
        end: time("02:00"),
        cutoff_minutes: 0,
        freezes: vec![],
    };
    let freeze = Freeze { from: day("2026-01-02"), to: day("2026-01-01"), reason: String::new() };
    for (hours, want) in [
        (Hours { zone: "Asia/Beijing".into(), ..good() }, WindowError::NoSuchZone("Asia/Beijing".into())),
        (Hours { days: vec![], ..good() }, WindowError::NoDays),
        (Hours { cutoff_minutes: 60, ..good() }, WindowError::CutoffEatsAll { cutoff_minutes: 60, window_minutes: 60 }),
        (
            Hours { freezes: vec![freeze], ..good() },
            WindowError::FreezeBackwards { from: day("2026-01-02"), to: day("2026-01-01") },
        ),
    ] {
        assert_eq!(Window::new(hours), Err(want));
    }
}

#[test]
fn a_window_survives_being_written_down() {
    let before = window("Europe/Berlin", &[Day::Sun, Day::Wed], "22:15", "04:00", 45, &[("2026-12-28", "2026-12-31")]);
    let json = serde_json::to_string(&before).expect("JSON");
    assert_eq!(serde_json::from_str::<Window>(&json).expect("a window"), before, "{json}");
    assert_eq!(before.to_string(), "sun, wed 22:15-04:00 Europe/Berlin");
    for bad in ["1:00", "01:00:00", "25:00", "0100", "", "一:00"] {
        assert!(serde_json::from_str::<Window>(&json.replace("22:15", bad)).is_err(), "{bad:?}");
    }
}

proptest! {
    /// Whatever the window: an opening lies ahead or holds, openings never overlap, and the state agrees with them.
    #[test]
    fn openings_are_in_order_and_the_state_agrees(
        minute in 0i64..4 * 366 * 24 * 60, start in 0u32..1440, length in 1u32..1440, cutoff in 0u32..60, days in 1u8..128, berlin: bool,
    ) {
        prop_assume!(cutoff < length);
        let clock = |m: u32| format!("{:02}:{:02}", m / 60 % 24, m % 60);
        let days: Vec<Day> = EVERY_DAY.into_iter().enumerate().filter(|(i, _)| days & (1 << i) != 0).map(|(_, d)| d).collect();
        let zone = if berlin { "Europe/Berlin" } else { "Asia/Shanghai" };
        let window = window(zone, &days, &clock(start), &clock(start + length), cutoff, &[("2026-12-28", "2027-01-02")]);
        let now = at("2025-01-01T00:00:00Z") + SignedDuration::from_mins(minute);
        let mut last = None;
        for opening in window.openings(now).take(12) {
            prop_assert!(now < opening.until && opening.opens < opening.until);
            prop_assert!(opening.opens <= opening.cutoff && opening.cutoff <= opening.until);
            prop_assert!(last.is_none_or(|end| end <= opening.opens));
            last = Some(opening.until);
        }
        match window.state_at(now) {
            WindowState::Open { until, .. } => prop_assert!(now < until),
            WindowState::Closed { opens_at } => prop_assert!(opens_at.is_some_and(|opens| now < opens)),
            WindowState::Frozen { until, .. } => prop_assert_eq!(until, at(if berlin { "2027-01-02T23:00:00Z" } else { "2027-01-02T16:00:00Z" })),
        }
    }
}
