//! Shell patterns over whole paths, with the meaning that `find -path` and tar's `--exclude` give them:
//! `*` and `?` also match a slash, and what a directory's pattern matches goes for all below it.

use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// One pattern: `/var/log/*`, `*.pid`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(String);

impl Pattern {
    /// Takes the pattern as people write it; a slash at its end means nothing.
    pub fn new(text: &str) -> Self {
        let trimmed = text.trim_end_matches('/');
        Self(if trimmed.is_empty() { text.to_owned() } else { trimmed.to_owned() })
    }

    /// The pattern for find and tar.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it matches this path or a directory above it.
    pub fn matches(&self, path: &Path) -> bool {
        path.ancestors().any(|p| matches(self.0.as_bytes(), p.as_os_str().as_bytes()))
    }
}

/// Greedy matching with one place to come back to: linear for what people write.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match one(&pattern[p..], text[t]) {
            Some(Step::Star) => {
                retry = Some((p + 1, t));
                p += 1;
            }
            Some(Step::Taken(n)) => {
                p += n;
                t += 1;
            }
            None => {
                let Some((star, from)) = retry else { return false };
                retry = Some((star, from + 1));
                (p, t) = (star, from + 1);
            }
        }
    }
    pattern[p..].iter().all(|&b| b == b'*')
}

enum Step {
    Star,
    Taken(usize),
}

/// What the pattern's next element does with this byte; none when it does not match it.
fn one(pattern: &[u8], byte: u8) -> Option<Step> {
    match *pattern {
        [b'*', ..] => Some(Step::Star),
        [b'?', ..] => Some(Step::Taken(1)),
        [b'\\', escaped, ..] => (escaped == byte).then_some(Step::Taken(2)),
        [b'[', ref rest @ ..] => match set(rest, byte) {
            Some((true, length)) => Some(Step::Taken(length + 1)),
            Some((false, _)) => None,
            // A bracket that is never closed is a bracket.
            None => (byte == b'[').then_some(Step::Taken(1)),
        },
        [plain, ..] => (plain == byte).then_some(Step::Taken(1)),
        [] => None,
    }
}

/// Whether `[...]` holds the byte, and how long it is without its first bracket.
fn set(rest: &[u8], byte: u8) -> Option<(bool, usize)> {
    let negated = matches!(rest, [b'!' | b'^', ..]);
    let (mut at, mut found) = (usize::from(negated), false);
    let first = at;
    loop {
        match rest[at..] {
            [b']', ..] if at > first => return Some((found != negated, at + 1)),
            [low, b'-', high, ..] if high != b']' => {
                found |= (low..=high).contains(&byte);
                at += 3;
            }
            [plain, ..] => {
                found |= plain == byte;
                at += 1;
            }
            [] => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_what_find_and_tar_mean_by_them() {
        for (pattern, path, expected) in [
            ("/var/log/*", "/var/log/nginx/access.log", true),
            ("/var/log", "/var/log/nginx/access.log", true),
            ("/var/log/", "/var/log", true),
            ("/var/log/*", "/var/log", false),
            ("/var/log", "/var/logs", false),
            ("*.pid", "/run/a/b.pid", true),
            ("*.pid", "/run/a/b.pid.old", false),
            ("/a/?.txt", "/a/1.txt", true),
            ("/a/[0-9]*.txt", "/a/12.txt", true),
            ("/a/[!0-9].txt", "/a/1.txt", false),
            ("/a/[]x].txt", "/a/].txt", true),
            ("/a/[x.txt", "/a/[x.txt", true),
            (r"/a/\*.txt", "/a/1.txt", false),
            (r"/a/\*.txt", "/a/*.txt", true),
            ("/*a*b*c", "/xxaxxbxxbxc", true),
            ("/*a*b*c", "/xxaxxbxxbx", false),
            ("/网站/*", "/网站/首页", true),
            ("/", "/etc", true),
            ("", "/etc", false),
        ] {
            assert_eq!(Pattern::new(pattern).matches(Path::new(path)), expected, "{pattern} on {path}");
        }
    }
}
