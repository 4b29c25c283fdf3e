//! MariaDB and MySQL: versions, options that keep a newer server from starting, and replication that stands still.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{content, files, found_if, in_file, major_minor, settings};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::services::MariaDbReplica;
use crate::facts::{Facts, MariaDbState, Why};

const MARIADB_TARGET: (u32, u32) = (10, 5);

/// Options under `[mysqld]` that keep a newer MariaDB from starting.
const MARIADB_REMOVED: &[&str] = &[
    "innodb_additional_mem_pool_size",
    "innodb_checksums",
    "innodb_file_io_threads",
    "innodb_import_table_from_xtrabackup",
    "innodb_mirrored_log_groups",
    "innodb_support_xa",
    "innodb_use_fallocate",
    "innodb_use_sys_malloc",
    "log_slow_queries",
    "master_host",
    "default_character_set",
    "storage_engine",
];

/// Options that a newer MariaDB takes and does nothing with.
const MARIADB_IGNORED: &[&str] = &[
    "innodb_buffer_pool_instances",
    "innodb_file_format",
    "innodb_large_prefix",
    "innodb_locks_unsafe_for_binlog",
    "innodb_log_files_in_group",
    "max_tmp_tables",
    "multi_range_count",
    "table_cache",
    "thread_concurrency",
];

pub const MARIADB_OLD: Rule = Rule {
    id: "database.mariadb-old",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["DB-04", "leapp-189"],
    evidence: Evidence::Documented,
    looks_at: &["mariadb"],
    look: mariadb_old,
    cases: &[
        found(clean_el7_mariadb, |f| mariadb(f).version = "5.5.68-MariaDB".into()),
        fine(clean_el7_mariadb, |f| mariadb(f).version = "10.5.29-MariaDB".into()),
    ],
    ..Rule::USUAL
};
fn mariadb_old(facts: &Facts) -> Result<Vec<Message>, Why> {
    mariadb_version(facts, "finding-database-mariadb-old", |version| version < MARIADB_TARGET)
}

pub const MARIADB_STREAM: Rule = Rule {
    id: "database.mariadb-stream",
    severity: Severity::Informs,
    area: Area::Database,
    sources: &["DB-04", "leapp-189"],
    evidence: Evidence::Documented,
    looks_at: &["mariadb"],
    look: mariadb_stream,
    cases: &[
        found(clean_el7_mariadb, |f| mariadb(f).version = "10.11.11-MariaDB".into()),
        fine(clean_el7_mariadb, |f| mariadb(f).version = "10.5.29-MariaDB".into()),
    ],
    ..Rule::USUAL
};
fn mariadb_stream(facts: &Facts) -> Result<Vec<Message>, Why> {
    mariadb_version(facts, "finding-database-mariadb-stream", |version| version > MARIADB_TARGET)
}

fn mariadb_version(facts: &Facts, key: &str, wanted: fn((u32, u32)) -> bool) -> Result<Vec<Message>, Why> {
    let version =
        mariadb_running(facts)?.map(|state| &state.version).filter(|version| major_minor(version).is_some_and(wanted));
    Ok(version.map(|version| Message::new(key).with("version", version)).into_iter().collect())
}

pub const MARIADB_OPTIONS: Rule = Rule {
    id: "database.mariadb-options",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["DB-01"],
    evidence: Evidence::Tried,
    looks_at: &["config_files"],
    places: &["/etc/my.cnf", "/etc/my.cnf.d/*.cnf"],
    look: mariadb_options,
    cases: &[
        found(clean_el7_mariadb, |f| {
            add_file(f, "/etc/my.cnf.d/tuning.cnf", "[mysqld]\ninnodb_additional_mem_pool_size=20M\n");
        }),
        // For the client, which knows it.
        fine(clean_el7_mariadb, |f| add_file(f, "/etc/my.cnf.d/client.cnf", "[client]\ndefault-character-set=utf8\n")),
    ],
    ..Rule::USUAL
};
fn mariadb_options(facts: &Facts) -> Result<Vec<Message>, Why> {
    my_cnf(facts, MARIADB_REMOVED, "finding-database-mariadb-options")
}

pub const MARIADB_NO_EFFECT: Rule = Rule {
    id: "database.mariadb-ignored-options",
    severity: Severity::Informs,
    area: Area::Database,
    sources: &["DB-02"],
    evidence: Evidence::Tried,
    looks_at: &["config_files"],
    places: &["/etc/my.cnf", "/etc/my.cnf.d/*.cnf"],
    look: mariadb_no_effect,
    cases: &[
        found(clean_el7_mariadb, |f| {
            add_file(f, "/etc/my.cnf.d/tuning.cnf", "[mysqld]\nthread-concurrency=8\n");
        }),
        fine(clean_el7_mariadb, |f| {
            add_file(f, "/etc/my.cnf.d/tuning.cnf", "[mysqld]\nthread_cache_size=8\ntable_open_cache=400\n")
        }),
    ],
    ..Rule::USUAL
};
fn mariadb_no_effect(facts: &Facts) -> Result<Vec<Message>, Why> {
    my_cnf(facts, MARIADB_IGNORED, "finding-database-mariadb-ignored-options")
}

fn my_cnf(facts: &Facts, options: &[&str], key: &str) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, is_my_cnf)? {
        let named = settings(content(file)?)
            .into_iter()
            .filter(|setting| is_server_group(setting.section) && options.contains(&option_name(setting.key).as_str()));
        found.extend(named.map(|setting| in_file(file, setting.no, key).with("option", setting.key)));
    }
    Ok(found)
}

pub const MARIADB_SQL_MODE: Rule = Rule {
    id: "database.mariadb-sql-mode",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["DB-03"],
    evidence: Evidence::Tried,
    looks_at: &["mariadb"],
    look: mariadb_sql_mode,
    cases: &[
        found(clean_el7_mariadb, |f| mariadb(f).sql_mode.clear()),
        fine(clean_el7_mariadb, |f| mariadb(f).sql_mode = "STRICT_ALL_TABLES".into()),
    ],
    ..Rule::USUAL
};
fn mariadb_sql_mode(facts: &Facts) -> Result<Vec<Message>, Why> {
    let lax = mariadb_running(facts)?.filter(|state| {
        !state.sql_mode.contains("STRICT_TRANS_TABLES") && !state.sql_mode.contains("STRICT_ALL_TABLES")
    });
    Ok(lax
        .map(|state| {
            Message::new("finding-database-mariadb-sql-mode")
                .with("mode", if state.sql_mode.is_empty() { "''" } else { &state.sql_mode })
        })
        .into_iter()
        .collect())
}

pub const MARIADB_LAYOUT: Rule = Rule {
    id: "database.mariadb-layout",
    severity: Severity::Informs,
    area: Area::Database,
    sources: &["DB-01"],
    evidence: Evidence::Tried,
    looks_at: &["config_files"],
    places: &["/etc/my.cnf"],
    look: mariadb_layout,
    cases: &[
        found(clean_el7_mariadb, |f| add_file(f, "/etc/my.cnf", "[mysqld]\nmax_connections=400\n")),
        fine(clean_el7_mariadb, |f| {
            add_file(f, "/etc/my.cnf", "[client]\nport=3306\n[mysqld]\n!includedir /etc/my.cnf.d\n")
        }),
    ],
    ..Rule::USUAL
};
fn mariadb_layout(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, |path| path == "/etc/my.cnf")? {
        let own = settings(content(file)?).into_iter().filter(|setting| is_server_group(setting.section)).count();
        found.extend(found_if(own > 0, || {
            Message::new("finding-database-mariadb-layout").with("file", &file.path).with("n", own)
        }));
    }
    Ok(found)
}

pub const REPLICA_STOPPED: Rule = Rule {
    id: "database.mariadb-replica-stopped",
    severity: Severity::Blocks,
    area: Area::Database,
    sources: &["DB-05"],
    evidence: Evidence::Tried,
    looks_at: &["mariadb"],
    look: replica_stopped,
    cases: &[
        found(clean_el7_mariadb, |f| {
            let replica = MariaDbReplica {
                master_host: "10.77.0.44".into(),
                master_port: 3306,
                io_running: true,
                sql_running: false,
                behind_s: None,
            };
            mariadb(f).replica = Some(replica);
        }),
        fine(clean_el7_mariadb, |f| {
            let replica = MariaDbReplica {
                master_host: "10.77.0.44".into(),
                master_port: 3306,
                io_running: true,
                sql_running: true,
                behind_s: Some(0),
            };
            mariadb(f).replica = Some(replica);
        }),
    ],
    ..Rule::USUAL
};
fn replica_stopped(facts: &Facts) -> Result<Vec<Message>, Why> {
    let replica = mariadb_running(facts)?
        .and_then(|state| state.replica.as_ref())
        .filter(|replica| !replica.io_running || !replica.sql_running);
    Ok(replica
        .map(|replica| Message::new("finding-database-mariadb-replica-stopped").with("master", &replica.master_host))
        .into_iter()
        .collect())
}

/// The server's state, when there is one.
pub(super) fn mariadb_running(facts: &Facts) -> Result<Option<&MariaDbState>, Why> {
    facts.mariadb.get()?.as_ref().map(|server| server.state.get()).transpose()
}

pub(super) fn is_my_cnf(path: &str) -> bool {
    path == "/etc/my.cnf"
        || (path.ends_with(".cnf") && (path.starts_with("/etc/my.cnf.d/") || path.starts_with("/etc/mysql/")))
}

/// Groups of `my.cnf` that a server reads.
fn is_server_group(section: &str) -> bool {
    matches!(section, "mysqld" | "server" | "mariadb" | "mariadbd" | "embedded")
        || section.starts_with("mysqld-")
        || section.starts_with("mariadb-")
}

/// Dashes and underscores are one in option names; `loose-` keeps its prefix, for it does no harm.
fn option_name(key: &str) -> String {
    key.to_ascii_lowercase().replace('-', "_")
}
