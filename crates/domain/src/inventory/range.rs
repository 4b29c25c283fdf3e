//! Host patterns: `web-[01:20:2].example.com`, `db-[a:c]`.

use super::Trouble;

/// More hosts than any fleet has; a pattern that gives more is a slip.
pub(super) const HOSTS_LIMIT: usize = 1_000_000;

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Every name that the pattern stands for, in order.
pub(super) fn names(pattern: &str) -> Result<Vec<String>, Trouble> {
    let mut names = vec![String::new()];
    let mut rest = pattern;
    while let Some((before, bracket)) = rest.split_once('[') {
        let (range, after) = bracket.split_once(']').ok_or_else(|| bad(rest))?;
        let values = values(range).ok_or_else(|| bad(range))?;
        if names.len().saturating_mul(values.len()) > HOSTS_LIMIT {
            return Err(Trouble::TooManyHosts { limit: HOSTS_LIMIT });
        }
        names =
            names.iter().flat_map(|name| values.iter().map(move |value| format!("{name}{before}{value}"))).collect();
        rest = after;
    }
    if rest.contains(']') {
        return Err(bad(rest));
    }
    names.iter_mut().for_each(|name| name.push_str(rest));
    Ok(names)
}

fn bad(text: &str) -> Trouble {
    Trouble::BadRange { text: text.to_owned() }
}

/// `None` when it is not a range, or an empty one: a range that gives nothing is a slip.
fn values(range: &str) -> Option<Vec<String>> {
    let (first, last, step) = match range.split(':').collect::<Vec<_>>()[..] {
        [first, last] => (first, last, 1),
        [first, last, step] => (first, last, step.parse().ok().filter(|step| *step > 0)?),
        _ => return None,
    };
    let values = numbers(first, last, step).or_else(|| letters(first, last, step))?;
    (!values.is_empty()).then_some(values)
}

fn numbers(first: &str, last: &str, step: usize) -> Option<Vec<String>> {
    let first = if first.is_empty() { "0" } else { first };
    let padded = first.len() > 1 && first.starts_with('0');
    if padded && first.len() != last.len() {
        return None;
    }
    let width = if padded { first.len() } else { 0 };
    let (first, last) = (whole(first)?, whole(last)?);
    Some((first..=last).step_by(step).take(HOSTS_LIMIT + 1).map(|n| format!("{n:0width$}")).collect())
}

fn whole(text: &str) -> Option<u64> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

fn letters(first: &str, last: &str, step: usize) -> Option<Vec<String>> {
    let place = |letter: &str| (letter.len() == 1).then(|| LETTERS.find(letter))?;
    let (first, last) = (place(first)?, place(last)?);
    Some(LETTERS.get(first..=last)?.chars().step_by(step).map(String::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, want) in [
            ("web", "web"),
            ("web-[1:3]", "web-1 web-2 web-3"),
            ("web-[08:10].lan", "web-08.lan web-09.lan web-10.lan"),
            ("web[01:07:3]", "web01 web04 web07"),
            ("db-[a:c]", "db-a db-b db-c"),
            ("[a:b]-[1:2]", "a-1 a-2 b-1 b-2"),
            ("x[:2]", "x0 x1 x2"),
            ("x[z:B]", "xz xA xB"),
        ] {
            assert_eq!(names(pattern).map(|names| names.join(" ")), Ok(want.into()), "{pattern:?}");
        }
        for wrong in [
            "x[1:",
            "x[1]",
            "x[3:1]",
            "x[01:100]",
            "x[1:2:0]",
            "x[a:1]",
            "x]",
            "x[c:a]",
            "x[1:2:3:4]",
            "x[-1:2]",
            "x[é:ü]",
            "x[1:]",
        ] {
            assert!(matches!(names(wrong), Err(Trouble::BadRange { .. })), "{wrong:?}: {:?}", names(wrong));
        }
        for huge in ["x[0:99999999999]", "x[1:2000][1:2000]", "x[0:18446744073709551615]"] {
            assert!(names(huge).is_err(), "{huge:?}");
        }
    }
}
