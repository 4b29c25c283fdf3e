//! Patterns over package names: `*` for anything, `#` for a digit.

use serde::Deserialize;

/// A pattern with at most one `*`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Glob {
    before: String,
    /// What follows the `*`; none without one.
    after: Option<String>,
}

impl Glob {
    /// What the `*` stands for in this name; empty without a `*`. Nothing when the name does not fit.
    pub fn matched<'n>(&self, name: &'n str) -> Option<&'n str> {
        let Some(after) = &self.after else {
            return (self.before.len() == name.len() && alike(&self.before, name)).then_some("");
        };
        let middle = name.len().checked_sub(self.before.len() + after.len())?;
        let (start, rest) = name.split_at_checked(self.before.len())?;
        let (middle, end) = rest.split_at_checked(middle)?;
        (alike(&self.before, start) && alike(after, end)).then_some(middle)
    }
}

/// Of equal length, digit for `#`.
fn alike(pattern: &str, text: &str) -> bool {
    pattern.bytes().zip(text.bytes()).all(|(p, t)| if p == b'#' { t.is_ascii_digit() } else { p == t })
}

impl TryFrom<String> for Glob {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.split_once('*') {
            Some((_, after)) if after.contains('*') => Err("a pattern has one * at most"),
            Some((before, after)) => Ok(Self { before: before.to_owned(), after: Some(after.to_owned()) }),
            None => Ok(Self { before: text, after: None }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, name, want) in [
            ("nginx", "nginx", Some("")),
            ("nginx", "nginx-mod", None),
            ("rh-*", "rh-php72", Some("php72")),
            ("postgresql##-*", "postgresql96-server", Some("server")),
            ("postgresql##-*", "postgresql-server", None),
            ("postgresql##", "postgresql15", Some("")),
            ("*-el7", "a-el7", Some("a")),
            ("a*a", "a", None),
            ("x*", "é", None),
        ] {
            let glob = Glob::try_from(pattern.to_owned()).expect("a pattern");
            assert_eq!(glob.matched(name), want, "{pattern} {name}");
        }
        assert!(Glob::try_from("a*b*".to_owned()).is_err());
    }
}
