//! When an archive was taken, as its own host said.

use jiff::{Timestamp, civil, tz::TimeZone};

/// Reads `date`: `Thu Jul  2 18:28:00 UTC 2020`. Only UTC counts: the short name of another zone may be any of several.
pub(super) fn date(text: &str) -> Option<Timestamp> {
    let words: Vec<&str> = text.lines().next()?.split_whitespace().collect();
    let [_, month, day, time, "UTC" | "GMT", year] = words[..] else { return None };
    moment(year.parse().ok()?, number_of(month)?, day.parse().ok()?, time)
}

/// Reads `timedatectl`: `Universal time: Wed 2020-03-11 00:53:21 UTC`.
pub(super) fn timedatectl(text: &str) -> Option<Timestamp> {
    let line = text.lines().find_map(|line| line.trim().strip_prefix("Universal time:"))?;
    let mut words = line.split_whitespace().skip(1);
    let mut day = words.next()?.split('-');
    let (year, month, date) = (day.next()?.parse().ok()?, day.next()?.parse().ok()?, day.next()?.parse().ok()?);
    moment(year, month, date, words.next()?)
}

fn moment(year: i16, month: i8, day: i8, time: &str) -> Option<Timestamp> {
    let mut parts = time.split(':').map(|part| part.parse::<i8>().ok());
    let time = civil::Time::new(parts.next()??, parts.next()??, parts.next()??, 0).ok()?;
    let moment = civil::Date::new(year, month, day).ok()?.to_datetime(time);
    Some(moment.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

fn number_of(month: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let at = MONTHS.iter().position(|name| *name == month)?;
    i8::try_from(at + 1).ok()
}

/// Reads `uptime`: `09:54:49 up 83 days, 22:35,  3 users, ...`, to the minute that it tells.
pub(super) fn uptime_s(text: &str) -> Option<u64> {
    let (_, rest) = text.lines().next()?.split_once(" up ")?;
    let mut seconds = 0;
    for part in rest.split(',').map(str::trim) {
        let (number, unit) = part.split_once(' ').unwrap_or((part, ""));
        match unit.trim() {
            "day" | "days" => seconds += number.parse::<u64>().ok()?.checked_mul(86_400)?,
            "min" | "mins" => return (number.parse::<u64>().ok()?.checked_mul(60)?).checked_add(seconds),
            "sec" | "secs" => return number.parse::<u64>().ok()?.checked_add(seconds),
            "" => {
                let (hours, minutes) = number.split_once(':')?;
                let (hours, minutes): (u64, u64) = (hours.parse().ok()?, minutes.parse().ok()?);
                return hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds);
            }
            _ => return Some(seconds).filter(|seconds| *seconds > 0),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        for (text, want) in [
            ("Thu Jul  2 18:28:00 UTC 2020", Some("2020-07-02T18:28:00Z")),
            ("Thu Jul  2 14:28:00 EDT 2020", None),
            ("Thu Foo  2 14:28:00 UTC 2020", None),
            ("", None),
        ] {
            assert_eq!(date(text).map(|at| at.to_string()).as_deref(), want, "{text:?}");
        }
        let text = "      Local time: Tue 2020-03-10 17:53:21 PDT\n  Universal time: Wed 2020-03-11 00:53:21 UTC\n";
        assert_eq!(timedatectl(text).map(|at| at.to_string()).as_deref(), Some("2020-03-11T00:53:21Z"));
    }

    #[test]
    fn uptimes() {
        for (text, want) in [
            ("09:54:49 up 5 min,  1 user,  load average: 0.81, 0.38, 0.16", Some(300)),
            (" 10:25:20 up 16:03,  2 users,  load average: 0.00", Some(57_780)),
            ("15:54:31 up 83 days, 22:35,  3 users", Some(83 * 86_400 + 22 * 3600 + 35 * 60)),
            ("15:54:31 up 2 days,  3 users", Some(2 * 86_400)),
            ("15:54:31 up,  3 users", None),
        ] {
            assert_eq!(uptime_s(text), want, "{text:?}");
        }
    }
}
