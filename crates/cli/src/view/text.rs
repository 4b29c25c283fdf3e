//! Text in columns of a terminal, where a Chinese character takes two.

use jiff::Timestamp;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns the text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text in exactly `columns`: cut with `…`, or filled up with spaces.
pub fn fit(text: &str, columns: usize) -> String {
    let cut = cut(text, columns);
    let missing = columns.saturating_sub(width(&cut));
    cut + &" ".repeat(missing)
}

/// The text in at most `columns`; control characters are not for terminals.
pub fn cut(text: &str, columns: usize) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if width(&clean) <= columns {
        return clean;
    }
    let mut kept = String::new();
    let mut used = 0;
    for c in clean.chars() {
        used += c.width().unwrap_or(0);
        if used + 1 > columns {
            break;
        }
        kept.push(c);
    }
    if columns > 0 {
        kept.push('…');
    }
    kept
}

/// The text at the right end of `columns`.
pub fn right(text: &str, columns: usize) -> String {
    let cut = cut(text, columns);
    " ".repeat(columns.saturating_sub(width(&cut))) + &cut
}

/// Two texts at the two ends of a line; the left one gives way.
pub fn ends(left: &str, right: &str, columns: usize) -> String {
    let room = columns.saturating_sub(width(right));
    fit(left, room) + &cut(right, columns)
}

/// Breaks a text into lines of at most `columns`, at spaces where there are any. Chinese breaks anywhere.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrap_line(line, columns.max(2))).collect()
}

fn wrap_line(line: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = line.trim_end();
    while width(rest) > columns {
        let at = break_at(rest, columns);
        lines.push(rest[..at].trim_end().to_owned());
        rest = rest[at..].trim_start();
    }
    lines.push(rest.to_owned());
    lines
}

/// The byte where the line breaks: after the last space that fits, or before the first character that does not.
fn break_at(text: &str, columns: usize) -> usize {
    let (mut used, mut space) = (0, None);
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if c == ' ' {
            space = Some(at + 1);
        }
        if used > columns {
            return space.filter(|s| *s <= at && *s > 1).unwrap_or(at.max(c.len_utf8()));
        }
    }
    text.len()
}

/// A bar of `columns`, `part` of `whole` of it full. A part that is not nothing shows; so does one that is not all.
pub fn bar(part: u64, whole: u64, columns: usize) -> String {
    let full = if whole == 0 {
        0
    } else {
        let exact = (part.min(whole) as u128 * columns as u128 / u128::from(whole)) as usize;
        if part > 0 && exact == 0 { 1.min(columns) } else { exact }
    };
    "█".repeat(full) + &"░".repeat(columns - full)
}

/// `0:05`, `12:30`, `3:07:45`, `2d 03:10`.
pub fn span(seconds: i64) -> String {
    let s = seconds.max(0);
    let (d, h, m, s) = (s / 86_400, s / 3_600 % 24, s / 60 % 60, s % 60);
    match (d, h) {
        (0, 0) => format!("{m}:{s:02}"),
        (0, _) => format!("{h}:{m:02}:{s:02}"),
        _ => format!("{d}d {h:02}:{m:02}"),
    }
}

/// Whole seconds from one instant to another.
pub fn seconds_between(from: Timestamp, to: Timestamp) -> i64 {
    to.as_second() - from.as_second()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_their_columns_in_both_scripts() {
        for (text, columns, want) in [
            ("web-1", 7, "web-1  "),
            ("web-1", 4, "web…"),
            ("主机事实", 8, "主机事实"),
            ("主机事实", 7, "主机事…"),
            ("主机事实", 6, "主机… "),
            ("a\tb\u{1b}[2J", 8, "a b [2J "),
            ("x", 0, ""),
        ] {
            let got = fit(text, columns);
            assert_eq!((got.as_str(), width(&got)), (want, columns), "{text:?} in {columns}");
        }
    }

    #[test]
    fn lines_break_at_spaces_or_anywhere_in_chinese() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("主机事实已过期", 6), ["主机事", "实已过", "期"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert!(wrap("网 a b c d e f g h 数据库", 2).iter().all(|l| width(l) <= 2));
    }

    #[test]
    fn a_bar_shows_that_something_began() {
        assert_eq!(bar(0, 10_000, 10), "░░░░░░░░░░");
        assert_eq!(bar(1, 10_000, 10), "█░░░░░░░░░");
        assert_eq!(bar(9_999, 10_000, 10), "█████████░");
        assert_eq!(bar(10_000, 10_000, 10), "██████████");
        assert_eq!(bar(0, 0, 3), "░░░");
    }

    #[test]
    fn spans_are_short() {
        for (s, want) in [(5, "0:05"), (750, "12:30"), (11_265, "3:07:45"), (184_200, "2d 03:10"), (-3, "0:00")] {
            assert_eq!(span(s), want);
        }
    }
}
