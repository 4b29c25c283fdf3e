//! `my.cnf`: 5.5 and later to 10.5 and later. The result becomes a file of `/etc/my.cnf.d`, which
//! EL9's own `/etc/my.cnf` reads, so lines that include that folder are left out.

use super::{
    Translation, Untranslatable,
    lines::{Fate, assignment, note, renamed, retired, rewrite},
};

/// Options that stop the server (tried: DB-01). Written with `_`.
const FATAL: [&str; 11] = [
    "innodb_additional_mem_pool_size",
    "innodb_use_sys_malloc",
    "innodb_checksums",
    "innodb_file_io_threads",
    "innodb_support_xa",
    "innodb_mirrored_log_groups",
    "innodb_use_fallocate",
    "innodb_import_table_from_xtrabackup",
    "master_host",
    "master_user",
    "master_password",
];

/// Accepted and without effect (DB-02).
const WITHOUT_EFFECT: [&str; 9] = [
    "innodb_file_format",
    "innodb_file_format_max",
    "innodb_large_prefix",
    "innodb_locks_unsafe_for_binlog",
    "thread_concurrency",
    "table_cache",
    "multi_range_count",
    "innodb_buffer_pool_instances",
    "innodb_log_files_in_group",
];

/// Same meaning, other name; only in the server's sections.
const RENAMED: [(&str, &str); 5] = [
    ("log_slow_queries", "slow_query_log_file"),
    ("default_character_set", "character_set_server"),
    ("storage_engine", "default_storage_engine"),
    ("skip_bdb", ""),
    ("safe_show_database", ""),
];

pub(super) fn translate(source: &[u8]) -> Result<Translation, Untranslatable> {
    let mut section = String::new();
    rewrite(source, |no, line| {
        let bare = line.trim();
        if let Some(name) = bare.strip_prefix('[').and_then(|n| n.strip_suffix(']')) {
            section = name.to_ascii_lowercase();
            return Ok(Fate::Keep);
        }
        if bare.starts_with('!') {
            return include(no, bare);
        }
        match assignment(line) {
            Some((name, _)) if serves(&section) => server_option(no, line, name),
            _ => Ok(Fate::Keep),
        }
    })
}

fn serves(section: &str) -> bool {
    matches!(section, "mysqld" | "server" | "mariadb" | "mysqld_safe") || section.starts_with("mariadb-")
}

fn include(no: u32, line: &str) -> Result<Fate, Untranslatable> {
    if line.contains("/etc/my.cnf.d") {
        return Ok(retired(no, "!includedir"));
    }
    Err(Untranslatable::at(no, "config-mycnf-includes").with("setting", line.split_whitespace().next().unwrap_or("!")))
}

fn server_option(no: u32, line: &str, written: &str) -> Result<Fate, Untranslatable> {
    let name = written.replace('-', "_").to_ascii_lowercase();
    if FATAL.contains(&name.as_str()) || WITHOUT_EFFECT.contains(&name.as_str()) {
        return Ok(retired(no, &name));
    }
    if name == "log" {
        return Err(Untranslatable::at(no, "config-mycnf-ambiguous").with("setting", "log"));
    }
    Ok(match RENAMED.iter().find(|(old, _)| *old == name) {
        Some((_, "")) => retired(no, &name),
        Some((_, new)) => {
            Fate::BecomeAnd(renamed(line, written, new), note("config-renamed", no, &name).with("new", new))
        }
        None => Fate::Keep,
    })
}
