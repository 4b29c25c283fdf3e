//! Numbers and instants as people read them.

use jiff::{Timestamp, civil::DateTime, tz::Offset};
use rockhop_domain::report::Unit;
use rockhop_i18n::Catalogue;

/// `1234567` as `1,234,567`.
pub fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if n < 0 { format!("\u{2212}{out}") } else { out }
}

/// Thousandths, rounded to `places` digits and grouped; zeros at the end are cut when `trim` says so.
pub fn decimal(milli: i64, places: u32, trim: bool) -> String {
    let step = 10_i64.pow(3 - places.min(3));
    let rounded = (milli.abs() + step / 2) / step;
    let unit = 10_i64.pow(places.min(3));
    let (whole, part) = (rounded / unit, rounded % unit);
    let mut digits = if places == 0 { String::new() } else { format!(".{part:0width$}", width = places as usize) };
    if trim {
        digits.truncate(digits.trim_end_matches('0').trim_end_matches('.').len());
    }
    let sign = if milli < 0 && rounded != 0 { "\u{2212}" } else { "" };
    format!("{sign}{}{digits}", grouped(whole))
}

/// Thousandths of a percent. A share that is not whole never reads as 100, nor one that is not nothing as 0.
pub fn percent(milli: i64, places: u32) -> String {
    let text = decimal(milli, places, false);
    let lies = (text.starts_with("100") && milli < 100_000) || (milli > 0 && text.bytes().all(|b| b"0.".contains(&b)));
    if lies { format!("{}%", decimal(milli, 3, false)) } else { format!("{text}%") }
}

/// A length of time.
pub fn duration(cat: &Catalogue, ms: i64) -> String {
    let sign = if ms < 0 { "\u{2212}" } else { "" };
    let ms = ms.abs();
    let say = |key: &str, args: &[(&str, String)]| format!("{sign}{}", cat.say_key(key, args));
    let two = |n: i64| format!("{n:02}");
    let seconds = (ms + 500) / 1_000;
    match ms {
        0 => say("report-time-s", &[("s", "0".into())]),
        1..1_000 => say("report-time-ms", &[("ms", ms.to_string())]),
        1_000..59_950 => say("report-time-s", &[("s", decimal(ms, 1, true))]),
        59_950..3_599_500 => say("report-time-min", &[("min", (seconds / 60).to_string()), ("s", two(seconds % 60))]),
        3_599_500..172_770_000 => {
            let minutes = (ms + 30_000) / 60_000;
            say("report-time-h", &[("h", (minutes / 60).to_string()), ("min", two(minutes % 60))])
        }
        _ => {
            let hours = (ms + 1_800_000) / 3_600_000;
            say("report-time-d", &[("d", (hours / 24).to_string()), ("h", two(hours % 24))])
        }
    }
}

/// The same with a sign in front of what is not nothing.
pub fn signed_duration(cat: &Catalogue, ms: i64) -> String {
    let text = duration(cat, ms);
    if ms > 0 { format!("+{text}") } else { text }
}

/// A size, in powers of 1024.
pub fn bytes(n: i64) -> String {
    const UNITS: [&str; 6] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
    let mut scale = 0;
    let mut size = i128::from(n) * 1_000;
    while size >= 1_024_000 && scale < UNITS.len() - 1 {
        size /= 1_024;
        scale += 1;
    }
    let places = if scale == 0 { 0 } else { 1 };
    format!("{} {}", decimal(i64::try_from(size).unwrap_or(i64::MAX), places, false), UNITS[scale])
}

/// An amount in its unit.
pub fn amount(cat: &Catalogue, n: i64, unit: &Unit) -> String {
    match unit {
        Unit::Count => grouped(n),
        Unit::Millis => duration(cat, n),
        Unit::Bytes => bytes(n),
        Unit::Percent => percent(n, 1),
        Unit::Points => cat.say_key("report-unit-points", &[("n", decimal(n, 3, true))]),
        Unit::Money(currency) => format!("{} {currency}", decimal(n, 2, true)).trim_end().to_owned(),
        Unit::PersonHours => cat.say_key("report-unit-person-hours", &[("n", decimal(n, 1, true))]),
        Unit::Named(name) if name == "count" => decimal(n, 3, true),
        Unit::Named(name) if name == "ms" => cat.say_key("report-time-ms", &[("ms", decimal(n, 3, true))]),
        Unit::Named(name) => format!("{} {name}", decimal(n, 3, true)),
    }
}

/// Where the clock of the report stands.
#[derive(Debug, Clone, Copy)]
pub struct Clock(Offset);

impl Clock {
    /// At so many minutes from UTC; an impossible number of them means UTC.
    pub fn new(minutes: i16) -> Self {
        Self(Offset::from_seconds(i32::from(minutes) * 60).unwrap_or(Offset::UTC))
    }

    fn local(self, at: Timestamp) -> DateTime {
        self.0.to_datetime(at)
    }

    /// `2026-11-21 22:03:09`.
    pub fn instant(self, at: Timestamp) -> String {
        self.local(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// `22:03`.
    pub fn hour(self, at: Timestamp) -> String {
        self.local(at).strftime("%H:%M").to_string()
    }

    /// `UTC+08:00`.
    pub fn name(self) -> String {
        let minutes = self.0.seconds() / 60;
        let sign = if minutes < 0 { '\u{2212}' } else { '+' };
        format!("UTC{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rockhop_i18n::Lang;

    #[test]
    fn numbers_are_grouped_and_rounded() {
        for (n, want) in [(0, "0"), (999, "999"), (1_000, "1,000"), (-12_345_678, "−12,345,678")] {
            assert_eq!(grouped(n), want);
        }
        for (milli, places, trim, want) in
            [(1_500, 1, true, "1.5"), (1_000, 3, true, "1"), (-40, 1, false, "0.0"), (999_999, 2, false, "1,000.00")]
        {
            assert_eq!(decimal(milli, places, trim), want, "{milli}");
        }
    }

    #[test]
    fn a_share_is_never_rounded_into_a_claim() {
        for (milli, want) in [
            (93_333, "93.3%"),
            (99_999, "99.999%"),
            (100_000, "100.0%"),
            (0, "0.0%"),
            (20, "0.020%"),
            (140_000, "140.0%"),
        ] {
            assert_eq!(percent(milli, 1), want);
        }
    }

    #[test]
    fn times_are_said_in_two_units_at_most() {
        let en = Catalogue::new(Lang::En);
        for (ms, want) in [
            (0, "0 s"),
            (420, "420 ms"),
            (42_340, "42.3 s"),
            (59_960, "1 min 00 s"),
            (192_000, "3 min 12 s"),
            (3_840_000, "1 h 04 min"),
            (-90_000_000, "−25 h 00 min"),
            (820_800_000, "9 d 12 h"),
        ] {
            assert_eq!(duration(&en, ms), want);
        }
    }

    #[test]
    fn sizes_are_in_powers_of_1024() {
        for (n, want) in [(0, "0 B"), (1_023, "1,023 B"), (1_024, "1.0 KiB"), (1_610_612_736, "1.5 GiB")] {
            assert_eq!(bytes(n), want);
        }
    }
}
