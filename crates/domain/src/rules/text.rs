//! Small readers for the configuration that rules look into. They find settings; they do not judge.
//!
//! They are lenient on purpose: a line that a service would refuse is still read for what it names.

use crate::Message;
use crate::facts::{ConfigFile, Facts, Unit, Why};

pub use crate::facts::nginx::{Directive, directives as nginx, listing_of};

/// A directive of a line-based file: its words, and the line it stands on, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    pub no: usize,
    pub words: Vec<&'a str>,
}

impl Line<'_> {
    /// Whether the first word is `name`, in any case.
    pub fn is(&self, name: &str) -> bool {
        self.words.first().is_some_and(|word| word.eq_ignore_ascii_case(name))
    }

    /// The word after the name; empty when there is none.
    pub fn value(&self) -> &str {
        self.words.get(1).copied().unwrap_or_default()
    }
}

/// Lines with something on them, comments (`#`, `;` or `!` at their start) left out, split at white space.
pub fn lines(content: &str) -> impl Iterator<Item = Line<'_>> {
    content.lines().enumerate().filter_map(|(index, line)| {
        let line = line.trim();
        let words: Vec<&str> = line.split_whitespace().collect();
        (!words.is_empty() && !line.starts_with(['#', ';', '!'])).then_some(Line { no: index + 1, words })
    })
}

/// A `key = value` setting, with the section it stands in (`mysqld`); quotes around the value are dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<'a> {
    pub no: usize,
    pub section: &'a str,
    pub key: &'a str,
    pub value: &'a str,
}

/// Settings of an ini-like file (`my.cnf`, `postgresql.conf`, `/etc/selinux/config`, environment files).
pub fn settings(content: &str) -> Vec<Setting<'_>> {
    let mut section = "";
    let mut found = Vec::new();
    for (index, raw) in content.lines().enumerate() {
        let line = raw.split(" #").next().unwrap_or_default().trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            section = name.trim();
        } else if !line.is_empty() && !line.starts_with(['#', ';', '!']) {
            let (key, value) =
                line.split_once('=').or_else(|| line.split_once(char::is_whitespace)).unwrap_or((line, ""));
            let value = value.trim().trim_matches(['\'', '"']);
            found.push(Setting { no: index + 1, section, key: key.trim(), value });
        }
    }
    found
}

/// Words of a shell command that can name a program: split at blanks and operators, folders cut off.
pub fn commands(line: &str) -> impl Iterator<Item = &str> {
    let operator =
        |c: char| c.is_whitespace() || matches!(c, '|' | ';' | '&' | '(' | ')' | '`' | '"' | '\'' | '$' | '<' | '>');
    line.split(operator).filter(|word| !word.is_empty()).filter_map(|word| word.rsplit('/').next())
}

/// Whether `needle` stands in `text` with nothing but separators around it.
pub fn has_word(text: &str, needle: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices(needle)
        .any(|(at, _)| !text[..at].ends_with(inside) && !text[at + needle.len()..].starts_with(inside))
}

/// The file's content, or why it was not read.
pub fn content(file: &ConfigFile) -> Result<&str, Why> {
    file.content.get().map(String::as_str)
}

/// The content of the file at `path`; `None` when the host has no such file.
pub fn content_of<'a>(facts: &'a Facts, path: &str) -> Result<Option<&'a str>, Why> {
    facts.config(path)?.map(content).transpose()
}

/// Every configuration file whose path passes.
pub fn files(facts: &Facts, wanted: impl Fn(&str) -> bool) -> Result<Vec<&ConfigFile>, Why> {
    Ok(facts.config_files.get()?.iter().filter(|file| wanted(&file.path)).collect())
}

/// The first number of a dotted version, and the second: `9.2.24` is (9, 2).
pub fn major_minor(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split(|c: char| !c.is_ascii_digit());
    let major = parts.next()?.parse().ok()?;
    Some((major, parts.next().and_then(|text| text.parse().ok()).unwrap_or(0)))
}

/// What `find` has to say about the lines of every configuration file whose path passes.
pub fn in_lines(
    facts: &Facts,
    wanted: impl Fn(&str) -> bool,
    find: impl Fn(&ConfigFile, &Line<'_>) -> Option<Message>,
) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, wanted)? {
        found.extend(lines(content(file)?).filter_map(|line| find(file, &line)));
    }
    Ok(found)
}

/// The first of those units that starts at boot or runs now.
pub fn unit_in_use<'a>(facts: &'a Facts, names: &[&str]) -> Result<Option<&'a Unit>, Why> {
    let mut units = facts.units.get()?.iter().filter(|unit| unit.is_enabled() || unit.is_active());
    Ok(units.find(|unit| names.contains(&unit.name.as_str())))
}

/// Whether a file of that path holds command lines: crontabs and their scripts, units, what runs at boot and at login.
pub fn holds_commands(path: &str) -> bool {
    [
        "/etc/cron",
        "/etc/anacrontab",
        "/var/spool/cron/",
        "/etc/rc.",
        "/etc/systemd/system/",
        "/etc/profile.d/",
        "/sbin/if",
    ]
    .iter()
    .any(|start| path.starts_with(start))
}

/// One sentence, or none.
pub fn found_if(condition: bool, message: impl FnOnce() -> Message) -> Vec<Message> {
    if condition { vec![message()] } else { Vec::new() }
}

/// A finding in one line of a file.
pub fn in_file(file: &ConfigFile, line: usize, key: &str) -> Message {
    Message::new(key).with("file", &file.path).with("line", line)
}

/// As many names as a sentence can carry.
const NAMES_IN_A_SENTENCE: usize = 8;

/// Names for a sentence: sorted, without repeats, the rest counted: `a, b, +3`.
pub fn names(items: impl IntoIterator<Item = impl Into<String>>) -> String {
    let mut all: Vec<String> = items.into_iter().map(Into::into).collect();
    all.sort_unstable();
    all.dedup();
    let more = all.len().saturating_sub(NAMES_IN_A_SENTENCE);
    all.truncate(NAMES_IN_A_SENTENCE);
    if more > 0 {
        all.push(format!("+{more}"));
    }
    all.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_leave_out_what_says_nothing() {
        let read: Vec<_> = lines("# no\n\n Port 22\n;no\n").map(|line| (line.no, line.words.join(" "))).collect();
        assert_eq!(read, [(3, "Port 22".to_owned())]);
    }

    #[test]
    fn settings_know_their_section() {
        let text = "a=1\n[mysqld]\n b = '2' # why\n!includedir /x\nskip-name-resolve\nport 3306\n";
        let read: Vec<_> = settings(text).iter().map(|s| (s.no, s.section, s.key, s.value)).collect();
        assert_eq!(
            read,
            [
                (1, "", "a", "1"),
                (3, "mysqld", "b", "2"),
                (5, "mysqld", "skip-name-resolve", ""),
                (6, "mysqld", "port", "3306")
            ]
        );
    }

    #[test]
    fn nginx_listings_are_read_by_file() {
        let text = "# configuration file /etc/nginx/nginx.conf:\nhttp { # x;\n server { listen 80; add_header A \"b; {c\"; } }";
        let read: Vec<_> = nginx(text).into_iter().map(|d| d.words.join("|")).collect();
        assert_eq!(read, ["http", "server", "listen|80", "add_header|A|b; {c"]);
        assert!(nginx(text).iter().all(|d| d.file == "/etc/nginx/nginx.conf"));
        for broken in ["server { listen", "\"", "a '\\", "}}}", "#"] {
            nginx(broken); // whatever it says, it ends
        }
    }

    #[test]
    fn commands_are_named_without_their_folder() {
        assert_eq!(
            commands("cd /x && /sbin/ifconfig eth0|grep $(date)").collect::<Vec<_>>(),
            ["cd", "x", "ifconfig", "eth0", "grep", "date"]
        );
    }

    #[test]
    fn words_stand_alone() {
        for (text, want) in
            [("node_cpu{a}", true), ("node_cpu_seconds", false), ("xnode_cpu", false), ("(node_cpu)", true)]
        {
            assert_eq!(has_word(text, "node_cpu"), want, "{text}");
        }
    }

    #[test]
    fn long_lists_are_counted() {
        assert_eq!(names(["b", "a", "b"]), "a, b");
        assert_eq!(names(('a'..='k').map(String::from)), "a, b, c, d, e, f, g, h, +3");
    }

    #[test]
    fn versions() {
        for (text, want) in
            [("9.2.24", Some((9, 2))), ("15", Some((15, 0))), ("5.5.68-MariaDB", Some((5, 5))), ("x", None)]
        {
            assert_eq!(major_minor(text), want);
        }
    }
}
