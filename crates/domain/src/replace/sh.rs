//! Scripts as text: values are set as quoted variables before a fixed body, never pasted into it.
//!
//! Each part runs in a subshell of its own, so neither its variables nor its `exit` reach another part,
//! and nothing in it reads the standard input from which `sh -s` reads the script.

use std::fmt::Write as _;

/// Functions that every script has.
const LIB: &str = include_str!("sh/lib.sh");

/// The body of `sh/NAME.sh`.
macro_rules! body {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/replace/sh/", $name, ".sh"))
    };
}
pub(super) use body;

/// One part: variables, then bodies in order.
pub(crate) fn part(vars: &[(&str, &str)], bodies: &[&str]) -> String {
    let mut out = String::from("(\n");
    for (name, value) in vars {
        let _ = writeln!(out, "{name}={}", quoted(value));
    }
    bodies.iter().for_each(|body| out.push_str(body));
    out.push_str(")\n");
    out
}

/// A whole script of these parts, in order; the first that fails ends it.
pub(crate) fn script(parts: &[String]) -> String {
    format!("set -eu\n{LIB}{{\n{}}} </dev/null\n", if parts.is_empty() { ":\n".to_owned() } else { parts.concat() })
}

/// The same, where nothing is waited for: what is not so now is not well.
pub(super) fn look(parts: &[String]) -> String {
    format!("ONCE=1\n{}", script(parts))
}

/// A script of one part.
pub(crate) fn single(vars: &[(&str, &str)], bodies: &[&str]) -> String {
    script(&[part(vars, bodies)])
}

/// One word for sh, whatever is in it.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Words for an unquoted expansion: names without blanks.
pub(super) fn words<I: AsRef<str>>(items: impl IntoIterator<Item = I>) -> String {
    items.into_iter().map(|i| i.as_ref().to_owned()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_a_value() {
        assert_eq!(part(&[("A", "it's; $(rm)")], &["say \"$A\"\n"]), "(\nA='it'\\''s; $(rm)'\nsay \"$A\"\n)\n");
    }
}
