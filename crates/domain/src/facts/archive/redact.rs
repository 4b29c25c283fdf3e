//! Replaces every secret in a text by `<redacted:HASH>`: the survey's filter, for texts that no survey filtered.
//!
//! It says what the filter in `survey.sh` says, byte for byte: with one salt, a secret in an archive and the same secret
//! in a survey show one hash. `adapters/tests/redaction.rs` holds the two together.

use regex::Regex;
use sha2::{Digest as _, Sha256};
use std::{fmt::Write as _, sync::LazyLock};

/// The filter with its salt.
#[derive(Debug)]
pub struct Redactor {
    salt: String,
}

/// Where secrets stand.
struct Patterns {
    urls: Regex,
    assign: Regex,
    short: Regex,
    spaced: Regex,
    glued: Regex,
    quoted: Regex,
    quoted_start: Regex,
    snmp_user: Regex,
    snmp_secret: Regex,
    redis_user: Regex,
    redis_secret: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(Patterns::new);

const BEGIN_KEY: &str = "-----BEGIN PRIVATE KEY-----";
const END_KEY: &str = "-----END PRIVATE KEY-----";

const WORD: &str = r"(password|passwd|passphrase|passwort|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|encryption[_-]?key|signing[_-]?key|credentials|[_.-]pass|[_.-]pwd|bindpw|authtok|psk)";

impl Redactor {
    /// With the project's salt.
    pub fn new(salt: &str) -> Self {
        Self { salt: salt.to_owned() }
    }

    /// The text with its secrets replaced, line by line; a private key is one secret, its frame stays.
    pub fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut key: Option<String> = None;
        for line in text.lines() {
            let shown = match &mut key {
                Some(inside) if is_frame(line, "-----END ") => {
                    let masked = self.mask(inside);
                    key = None;
                    format!("{masked}\n{END_KEY}")
                }
                Some(inside) => {
                    inside.push_str(line);
                    continue;
                }
                None if is_frame(line, "-----BEGIN ") => {
                    key = Some(String::new());
                    format!("{}{BEGIN_KEY}", line.split("-----BEGIN").next().unwrap_or_default())
                }
                None => self.line(line),
            };
            out.push_str(&shown);
            out.push('\n');
        }
        if let Some(inside) = key {
            out.push_str(&self.mask(&inside));
            out.push('\n');
        }
        out
    }

    /// One line that is no part of a private key.
    fn line(&self, line: &str) -> String {
        let line = self.in_urls(line);
        let line = self.after(&line, &PATTERNS.assign, true);
        let line = self.after(&line, &PATTERNS.short, false);
        let line = self.after(&line, &PATTERNS.spaced, true);
        let line = self.if_is(&PATTERNS.quoted, line, &PATTERNS.quoted_start);
        let line = self.if_is(&PATTERNS.snmp_user, line, &PATTERNS.snmp_secret);
        let line = self.after(&line, &PATTERNS.glued, false);
        self.in_redis_user(line)
    }

    /// Masks what follows each match, in a line of that kind.
    fn if_is(&self, kind: &Regex, line: String, regex: &Regex) -> String {
        if kind.is_match(&line.to_ascii_lowercase()) { self.after(&line, regex, false) } else { line }
    }

    fn mask(&self, value: &str) -> String {
        if value.is_empty() || value.starts_with("<redacted:") || is_variable(value) {
            return value.to_owned();
        }
        let digest = Sha256::digest(format!("{}{value}", self.salt));
        let mut shown = "<redacted:".to_owned();
        for byte in &digest[..4] {
            let _ = write!(shown, "{byte:02x}");
        }
        shown + ">"
    }

    /// `scheme://name:SECRET@`.
    fn in_urls(&self, line: &str) -> String {
        let (mut out, mut rest) = (String::new(), line);
        while let Some(found) = PATTERNS.urls.find(rest) {
            let host = found.start() + 3;
            let secret = rest[host..].find(':').map_or(found.end(), |at| host + at + 1);
            let _ = write!(out, "{}{}@", &rest[..secret], self.mask(&rest[secret..found.end() - 1]));
            rest = &rest[found.end()..];
        }
        out + rest
    }

    /// Masks what follows each match. `whole` takes an unquoted value to the end of a line that begins with its name.
    fn after(&self, line: &str, regex: &Regex, whole: bool) -> String {
        let lower = line.to_ascii_lowercase();
        let (mut out, mut at) = (String::new(), 0);
        while let Some(found) = regex.find(&lower[at..]) {
            let (start, end) = (at + found.start(), at + found.end());
            let lead = &line[at..start];
            if start >= at + 2 && lower.get(start - 2..start + 6) == Some("nopasswd") {
                out.push_str(&line[at..end]);
                at = end;
                continue;
            }
            let to_the_end = whole && out.is_empty() && is_name(lead);
            let (masked, taken) = self.value(&line[end..], to_the_end);
            out.push_str(&line[at..end]);
            out.push_str(&masked);
            at = end + taken;
        }
        out + &line[at..]
    }

    /// The value at the start of a text, masked, and how much of the text it took.
    fn value(&self, text: &str, whole: bool) -> (String, usize) {
        if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let end = closing(text, quote);
            return (format!("{quote}{}", self.mask(&text[1..end])), end);
        }
        if whole {
            let value = text.trim_end_matches([' ', '\t', '\r', ';', ',']);
            return (self.mask(value), value.len());
        }
        let value = &text[..text.find([' ', '\t', '"', '\'']).unwrap_or(text.len())];
        let value = &value[..next_assignment(value).unwrap_or(value.len())];
        (self.mask(value), value.len())
    }

    /// `user NAME on >SECRET >SECRET`, in the configuration of Redis.
    fn in_redis_user(&self, line: String) -> String {
        if !PATTERNS.redis_user.is_match(&line) {
            return line;
        }
        let (mut out, mut rest) = (String::new(), line.as_str());
        while let Some(found) = PATTERNS.redis_secret.find(rest) {
            let at = found.start() + 2;
            let (masked, taken) = self.value(&rest[at..], false);
            out.push_str(&rest[..at]);
            out.push_str(&masked);
            rest = &rest[at + taken..];
        }
        out + rest
    }
}

impl Patterns {
    fn new() -> Self {
        let regex = |text: &str| Regex::new(text).expect("a constant expression");
        Self {
            urls: regex(r#"://[^/ \t@:"']*:[^/ \t@"']+@"#),
            assign: regex(&format!(r#"{WORD}["']?[ \t]*[:=]>?[ \t]*"#)),
            short: regex(r#"(^|[ \t,;&?"'])(pass|pwd|pw)[ \t]*=[ \t]*"#),
            spaced: regex(concat!(
                r"(requirepass|masterauth|auth-pass[ \t]+[^ \t]+|auth_pass|identified[ \t]+by",
                r#"|authorization:?[ \t]+"?(bearer|basic)|bindpw|rocommunity6?|rwcommunity6?"#,
                r"|com2sec[ \t]+[^ \t]+[ \t]+[^ \t]+|sshpass[ \t]+-p)[ \t]+"
            )),
            glued: regex(concat!(
                r"(stats[ \t]+auth[ \t]+[^ \t:]+:|(curl|wget)[ \t]([^ \t]+[ \t]+)*(-u|--user)[ \t=]+[^ \t:]+:",
                r"|(mysql|mariadb)[^ \t]*[ \t]([^ \t]+[ \t]+)*-p)"
            )),
            quoted: regex(r#"secret[ \t]+["']"#),
            quoted_start: regex(r"secret[ \t]+"),
            snmp_user: regex(r"^[ \t]*createuser[ \t]"),
            snmp_secret: regex(r"[ \t](md5|sha[0-9-]*|des|aes[0-9]*)[ \t]+"),
            redis_user: regex(r"^[ \t]*user[ \t]+[^ \t]+[ \t]"),
            redis_secret: regex(r"[ \t][>#][^ \t]+"),
        }
    }
}

/// `-----BEGIN RSA PRIVATE KEY`, anywhere in a line.
fn is_frame(line: &str, mark: &str) -> bool {
    let after = |at: usize| &line[at + mark.len()..];
    let is_kind = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == ' ';
    line.match_indices(mark).any(|(at, _)| {
        let kind = after(at).find(|c| !is_kind(c)).map_or(after(at), |end| &after(at)[..end]);
        kind.contains("PRIVATE KEY")
    })
}

/// `${NAME}`: says where the secret is, and is none.
fn is_variable(value: &str) -> bool {
    let Some(name) = value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) else { return false };
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// What may stand before a name at the start of a line: blanks and comment signs, then the name's own beginning.
fn is_name(lead: &str) -> bool {
    lead.trim_start_matches([' ', '\t', '#', ';', '-'])
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

/// Where the quote that opens a text is closed; its end if it is not.
fn closing(text: &str, quote: char) -> usize {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c == quote {
            return at;
        }
    }
    text.len()
}

/// `,uid=1` ends the value before it.
fn next_assignment(value: &str) -> Option<usize> {
    let is_assignment = |rest: &str| {
        let name = rest.split_once('=').map_or("", |(name, _)| name);
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
    };
    value.match_indices([',', ';', '&']).map(|(at, _)| at).find(|at| is_assignment(&value[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_secret_goes_and_its_surroundings_stay() {
        let redactor = Redactor::new("salt");
        let shown = redactor.text("requirepass SECRET\nurl=redis://:SECRET@h/\nport 6379\n");
        assert!(!shown.contains("SECRET"), "{shown}");
        let hash = redactor.mask("SECRET");
        assert_eq!(shown, format!("requirepass {hash}\nurl=redis://:{hash}@h/\nport 6379\n"));
        let key = "x\n-----BEGIN RSA PRIVATE KEY-----\nAAA\nBBB\n-----END RSA PRIVATE KEY-----\ny\n";
        let want = format!("x\n{BEGIN_KEY}\n{}\n{END_KEY}\ny\n", redactor.mask("AAABBB"));
        assert_eq!(redactor.text(key), want);
    }

    proptest! {
        #[test]
        fn any_text_passes(text in "(password|[ =:\"'\\\\>#,;é]|user a >|://|@|[a-z]{1,3}|-----BEGIN |PRIVATE KEY|\\n){0,24}") {
            let redactor = Redactor::new("s");
            let once = redactor.text(&text);
            prop_assert!(once.lines().count() >= text.lines().count().min(1));
        }
    }
}
