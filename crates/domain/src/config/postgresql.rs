//! `postgresql.conf` and `pg_hba.conf`: what 12 and later refuse (PG-03, PG-04).

use super::{
    Translation, Untranslatable,
    lines::{Fate, assignment, directive, note, renamed, retired, rewrite},
};

/// The server does not start with these.
const GONE: [&str; 11] = [
    "krb_srvname",
    "sql_inheritance",
    "operator_precedence_warning",
    "custom_variable_classes",
    "silent_mode",
    "add_missing_from",
    "max_fsm_pages",
    "max_fsm_relations",
    "stats_temp_directory",
    "default_with_oids",
    "ssl_renegotiation_limit",
];

/// The size of a segment of the write-ahead log, in MiB.
const SEGMENT_MIB: u64 = 16;

pub(super) fn translate(source: &[u8]) -> Result<Translation, Untranslatable> {
    rewrite(source, |no, line| {
        let Some((name, value)) = setting(line) else { return Ok(Fate::Keep) };
        let lower = name.to_ascii_lowercase();
        if GONE.contains(&lower.as_str()) {
            return Ok(retired(no, &lower));
        }
        fate_of(no, line, name, &lower, value)
    })
}

fn fate_of(no: u32, line: &str, written: &str, name: &str, value: &str) -> Result<Fate, Untranslatable> {
    let counted = |new: &str, mib: fn(u64) -> u64| {
        let n: u64 = value.parse().map_err(|_| Untranslatable::at(no, "config-not-a-number").with("setting", name))?;
        Ok(Fate::BecomeAnd(format!("{new} = {}MB", mib(n)), note("config-renamed", no, name).with("new", new)))
    };
    match name {
        "checkpoint_segments" => {
            counted("max_wal_size", |n| n.saturating_mul(3).saturating_add(1).saturating_mul(SEGMENT_MIB))
        }
        "wal_keep_segments" => counted("wal_keep_size", |n| n.saturating_mul(SEGMENT_MIB)),
        "unix_socket_directory" => Ok(Fate::Become(renamed(line, written, "unix_socket_directories"))),
        "replication_timeout" => Ok(Fate::Become(renamed(line, written, "wal_sender_timeout"))),
        "password_encryption" if matches!(value, "on" | "true" | "yes") => Ok(Fate::BecomeAnd(
            "password_encryption = md5".to_owned(),
            note("config-renamed", no, name).with("new", "md5"),
        )),
        _ => Ok(Fate::Keep),
    }
}

/// PostgreSQL's `=` is optional; a comment may follow the value.
fn setting(line: &str) -> Option<(&str, &str)> {
    let (name, value) = match assignment(line)? {
        (name, Some(value)) if !name.contains(char::is_whitespace) => (name, value),
        _ => directive(line)?,
    };
    let value = value.split('#').next().unwrap_or_default().trim();
    Some((name, value.trim_matches('\'')))
}

pub(super) fn translate_hba(source: &[u8]) -> Result<Translation, Untranslatable> {
    rewrite(source, |no, line| {
        if directive(line).is_none() {
            return Ok(Fate::Keep);
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        Ok(match words.iter().position(|w| matches!(*w, "crypt" | "krb5")) {
            Some(_) if words.contains(&"krb5") => Fate::Become(renamed(line, "krb5", "gss")),
            Some(_) => {
                Fate::BecomeAnd(renamed(line, "crypt", "md5"), note("config-renamed", no, "crypt").with("new", "md5"))
            }
            None if line.contains("ident sameuser") => Fate::Become(renamed(line, "ident sameuser", "ident")),
            None => Fate::Keep,
        })
    })
}
