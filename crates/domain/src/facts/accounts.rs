//! People and schedules: users, groups, sudo, cron. Password hashes are never read.

use super::BadLine;
use super::files::telling_lines;
use serde::{Deserialize, Serialize};

/// One line of `/etc/passwd`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct User {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
    pub home: String,
    pub shell: String,
}

/// One line of `/etc/group`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Group {
    pub name: String,
    pub gid: u32,
    pub members: Vec<String>,
}

/// Which sudo rules there are; their content travels with the configuration files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Sudoers {
    /// Files under `/etc/sudoers.d`, and `/etc/sudoers` itself.
    pub files: Vec<String>,
    /// Lines that grant something, comments and defaults left out.
    pub grants: Vec<String>,
}

/// One line of a crontab.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct CronEntry {
    /// `/etc/cron.d/backup`, `/var/spool/cron/deploy`, `/etc/cron.daily/logrotate`.
    pub file: String,
    /// `0 2 * * *`, `@daily`, or `daily` for a script of `cron.daily`.
    pub schedule: String,
    pub user: String,
    /// Secrets replaced.
    pub command: String,
}

/// Reads `/etc/passwd`. The password field is not kept, whatever it holds.
pub(super) fn users(text: &str) -> Result<Vec<User>, BadLine> {
    let row = |line: &str| {
        let [name, _, uid, gid, _, home, shell] = line.split(':').collect::<Vec<_>>()[..] else { return None };
        Some(User {
            name: name.into(),
            uid: uid.parse().ok()?,
            gid: gid.parse().ok()?,
            home: home.into(),
            shell: shell.into(),
        })
    };
    rows(text, row)
}

/// Reads `/etc/group`.
pub(super) fn groups(text: &str) -> Result<Vec<Group>, BadLine> {
    let row = |line: &str| {
        let [name, _, gid, members] = line.split(':').collect::<Vec<_>>()[..] else { return None };
        let members = members.split(',').filter(|member| !member.is_empty()).map(str::to_owned).collect();
        Some(Group { name: name.into(), gid: gid.parse().ok()?, members })
    };
    rows(text, row)
}

/// Rows of a directory service (`+`, `-`) and comments are passed over.
fn rows<T>(text: &str, row: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, BadLine> {
    telling_lines(text)
        .filter(|line| !line.starts_with(['+', '-']))
        .map(|line| row(line).ok_or_else(|| BadLine::new(line)))
        .collect()
}

/// Reads `/etc/sudoers` and the files beside it.
pub(super) fn sudoers<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Sudoers {
    let mut sudoers = Sudoers::default();
    for (path, text) in files {
        sudoers.files.push(path.to_owned());
        let joined = text.replace("\\\n", " ");
        let grants = telling_lines(&joined).filter(|line| !line.starts_with("Defaults") && !line.starts_with('@'));
        sudoers.grants.extend(grants.map(str::to_owned));
    }
    sudoers
}

/// Reads one file of cron's: a system crontab, a user's, or a script of `cron.daily` and its like.
pub(super) fn cron(file: &str, text: &str) -> Vec<CronEntry> {
    let entry = |schedule: String, user: &str, command: &str| CronEntry {
        file: file.to_owned(),
        schedule,
        user: user.to_owned(),
        command: command.to_owned(),
    };
    if let Some((_, rest)) = file.split_once("/etc/cron.").filter(|(_, rest)| !rest.starts_with("d/")) {
        let period = rest.split('/').next().unwrap_or_default();
        return vec![entry(period.to_owned(), "root", file)];
    }
    let owner = file.strip_prefix("/var/spool/cron/").map(|name| name.trim_start_matches("crontabs/"));
    telling_lines(text)
        .filter_map(|line| {
            let (schedule, rest) = schedule(line)?;
            let (user, command) = match owner {
                Some(owner) => (owner, rest),
                None => rest.split_once(char::is_whitespace)?,
            };
            Some(entry(schedule, user, command.trim()))
        })
        .collect()
}

/// Splits the five time fields, or `@daily`, from the rest; assignments have none.
fn schedule(line: &str) -> Option<(String, &str)> {
    let fields = if line.starts_with('@') { 1 } else { 5 };
    let is_time = |word: &str| word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '*' | '@' | '-' | '~'));
    let (mut rest, mut words) = (line, Vec::new());
    for _ in 0..fields {
        let (word, after) = rest.split_once(char::is_whitespace)?;
        words.push(word);
        rest = after.trim_start();
    }
    (is_time(words.first()?) && !words.contains(&"=")).then(|| (words.join(" "), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cron_files() {
        for (file, line, want) in [
            ("/etc/cron.d/x", "0 2 * * * root /opt/backup --all", Some(("0 2 * * *", "root", "/opt/backup --all"))),
            ("/etc/crontab", "@daily\tdeploy  run it", Some(("@daily", "deploy", "run it"))),
            ("/var/spool/cron/deploy", "*/5 * * * 1-5 echo a", Some(("*/5 * * * 1-5", "deploy", "echo a"))),
            ("/etc/cron.daily/logrotate", "#!/bin/sh", Some(("daily", "root", "/etc/cron.daily/logrotate"))),
            ("/etc/cron.d/x", "MAILTO = a b c d e", None),
            ("/etc/cron.d/x", "SHELL=/bin/sh", None),
            ("/etc/cron.d/x", "# 0 2 * * * root no", None),
        ] {
            let got = cron(file, line);
            let got = got.first().map(|e| (e.schedule.as_str(), e.user.as_str(), e.command.as_str()));
            assert_eq!(got, want, "{line:?}");
        }
    }

    #[test]
    fn accounts() {
        assert_eq!(users("root:x:0:0:root:/root:/bin/bash\n+::::::\n").expect("users")[0].shell, "/bin/bash");
        assert!(users("root:x:zero:0:root:/root:/bin/bash").is_err());
        assert_eq!(groups("wheel:x:10:a,b\n").expect("groups")[0].members, ["a", "b"]);
        let sudoers = sudoers([("/etc/sudoers", "Defaults x\n# c\nroot ALL=(ALL) \\\n ALL\n")].into_iter());
        assert_eq!(sudoers.grants, ["root ALL=(ALL)   ALL"]);
    }
}
