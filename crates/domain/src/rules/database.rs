//! PostgreSQL and MariaDB: versions, settings that a newer server refuses, and order that changes under the data.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{Setting, content, files, found_if, lines, major_minor, names, settings};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::services::MariaDbReplica;
use crate::facts::{ConfigFile, Facts, MariaDbState, Postgres, PostgresState, Why};

/// Servers from here on can send changes table by table, so that a new one can follow an old one.
const PG_LOGICAL: (u32, u32) = (10, 0);

/// What EL 9 brings without choosing a module stream.
const PG_TARGET: (u32, u32) = (13, 0);
const MARIADB_TARGET: (u32, u32) = (10, 5);

/// Settings of `postgresql.conf` that keep a newer server from starting.
const PG_REMOVED: &[&str] = &[
    "add_missing_from",
    "checkpoint_segments",
    "custom_variable_classes",
    "default_with_oids",
    "krb_srvname",
    "max_fsm_pages",
    "operator_precedence_warning",
    "replication_timeout",
    "silent_mode",
    "sql_inheritance",
    "unix_socket_directory",
    "wal_keep_segments",
];

/// Extensions that ended, and those that come with every PostgreSQL.
const PG_ENDED: &[&str] = &["tsearch2", "dummy_seclabel", "test_parser", "plpythonu", "plpython2u", "chkpass"];
const PG_CONTRIB: &[&str] = &[
    "adminpack",
    "amcheck",
    "autoinc",
    "bloom",
    "btree_gin",
    "btree_gist",
    "citext",
    "cube",
    "dblink",
    "dict_int",
    "dict_xsyn",
    "earthdistance",
    "file_fdw",
    "fuzzystrmatch",
    "hstore",
    "insert_username",
    "intagg",
    "intarray",
    "isn",
    "lo",
    "ltree",
    "moddatetime",
    "pageinspect",
    "pg_buffercache",
    "pg_freespacemap",
    "pg_prewarm",
    "pg_stat_statements",
    "pg_trgm",
    "pg_visibility",
    "pgcrypto",
    "pgrowlocks",
    "pgstattuple",
    "plperl",
    "plpgsql",
    "plpython3u",
    "postgres_fdw",
    "refint",
    "seg",
    "sslinfo",
    "tablefunc",
    "tcn",
    "tsm_system_rows",
    "tsm_system_time",
    "unaccent",
    "uuid-ossp",
    "xml2",
];

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

/// Above this share of its connections a server has no room for a wave in which old and new hosts run side by side.
const CONNECTIONS_FULL_PERCENT: u32 = 80;

pub const PG_VERSION: Rule = Rule {
    id: "database.postgresql-old",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["PG-01", "leapp-186"],
    evidence: Evidence::Source,
    looks_at: &["postgresql"],
    look: pg_version,
    cases: &[
        found(clean_el7_postgresql, |f| postgresql(f).version = "9.2.24".into()),
        fine(clean_el7_postgresql, |f| postgresql(f).version = "10.23".into()),
    ],
    ..Rule::USUAL
};
fn pg_version(facts: &Facts) -> Result<Vec<Message>, Why> {
    let old = pg_running(facts)?
        .into_iter()
        .filter(|(_, state)| major_minor(&state.version).is_some_and(|version| version < PG_LOGICAL));
    Ok(old
        .map(|(server, state)| pg(server, "finding-database-postgresql-old").with("version", &state.version))
        .collect())
}

pub const PG_STREAM: Rule = Rule {
    id: "database.postgresql-stream",
    severity: Severity::Informs,
    area: Area::Database,
    sources: &["PG-01", "leapp-188"],
    evidence: Evidence::Source,
    looks_at: &["postgresql"],
    look: pg_stream,
    cases: &[
        found(clean_el7_postgresql, |f| postgresql(f).version = "15.8".into()),
        fine(clean_el7_postgresql, |f| postgresql(f).version = "13.1".into()),
    ],
    ..Rule::USUAL
};
fn pg_stream(facts: &Facts) -> Result<Vec<Message>, Why> {
    let other = |state: &PostgresState| {
        major_minor(&state.version)
            .map(|(major, _)| major)
            .filter(|major| *major >= PG_LOGICAL.0 && *major != PG_TARGET.0)
    };
    let servers = pg_running(facts)?.into_iter().filter_map(|(server, state)| Some((server, other(state)?)));
    Ok(servers.map(|(server, major)| pg(server, "finding-database-postgresql-stream").with("major", major)).collect())
}

pub const PG_COLLATION: Rule = Rule {
    id: "database.postgresql-collation",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["PG-06"],
    evidence: Evidence::Documented,
    looks_at: &["postgresql"],
    look: pg_collation,
    cases: &[
        found(clean_el7_postgresql, |f| {
            postgresql(f).collations.insert("shop".into(), "UTF8/en_US.UTF-8".into());
        }),
        fine(clean_el7_postgresql, |f| {
            postgresql(f).collations.insert("template1".into(), "UTF8/en_US.UTF-8".into());
            postgresql(f).collations.insert("bytes".into(), "UTF8/C.UTF-8".into());
        }),
    ],
    ..Rule::USUAL
};
fn pg_collation(facts: &Facts) -> Result<Vec<Message>, Why> {
    Ok(pg_running(facts)?
        .into_iter()
        .map(|(server, state)| (server, sorted_by_libc(state)))
        .filter(|(_, databases)| !databases.is_empty())
        .map(|(server, databases)| {
            pg(server, "finding-database-postgresql-collation").with("databases", names(databases))
        })
        .collect())
}

/// Databases whose text is ordered by the C library's rules, which change between EL 7 and EL 9.
pub(super) fn sorted_by_libc(state: &PostgresState) -> Vec<&String> {
    let by_bytes = |collation: &str| {
        let locale = collation.rsplit('/').next().unwrap_or_default();
        matches!(locale, "C" | "POSIX" | "C.UTF-8" | "C.utf8")
    };
    let own = |name: &&String| !matches!(name.as_str(), "template0" | "template1");
    state.collations.iter().filter(|(_, collation)| !by_bytes(collation)).map(|(name, _)| name).filter(own).collect()
}

pub const PG_SETTINGS: Rule = Rule {
    id: "database.postgresql-settings",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["PG-03"],
    evidence: Evidence::Tried,
    looks_at: &["config_files"],
    places: &["/var/lib/pgsql/data/*.conf", "/var/lib/pgsql/*/data/*.conf"],
    look: pg_settings,
    cases: &[
        found(clean_el7_postgresql, |f| {
            add_file(f, "/var/lib/pgsql/data/postgresql.conf", "checkpoint_segments = 32\n");
        }),
        found(clean_el7_postgresql, |f| {
            add_file(f, "/var/lib/pgsql/data/postgresql.conf", "password_encryption = on\n")
        }),
        fine(clean_el7_postgresql, |f| {
            add_file(
                f,
                "/var/lib/pgsql/data/postgresql.conf",
                "#checkpoint_segments = 32\nunix_socket_directories = '/tmp'\n",
            )
        }),
    ],
    ..Rule::USUAL
};
fn pg_settings(facts: &Facts) -> Result<Vec<Message>, Why> {
    let refused = |setting: &Setting<'_>| {
        let key = setting.key.to_ascii_lowercase();
        PG_REMOVED.contains(&key.as_str())
            || (key == "password_encryption" && matches!(setting.value, "on" | "off" | "true" | "yes"))
    };
    let mut found = Vec::new();
    for file in files(facts, is_pg_conf)? {
        let removed = settings(content(file)?).into_iter().filter(refused);
        found.extend(removed.map(|setting| {
            in_file(file, setting.no, "finding-database-postgresql-settings").with("setting", setting.key)
        }));
    }
    Ok(found)
}

pub const PG_HBA: Rule = Rule {
    id: "database.postgresql-hba",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["PG-04"],
    evidence: Evidence::Tried,
    looks_at: &["config_files"],
    places: &["/var/lib/pgsql/data/*.conf", "/var/lib/pgsql/*/data/*.conf"],
    look: pg_hba,
    cases: &[
        found(clean_el7_postgresql, |f| {
            add_file(f, "/var/lib/pgsql/data/pg_hba.conf", "host all all 10.0.0.0/8 crypt\n");
        }),
        found(clean_el7_postgresql, |f| {
            add_file(f, "/var/lib/pgsql/data/pg_hba.conf", "local all all ident sameuser\n")
        }),
        // A database of that name.
        fine(clean_el7_postgresql, |f| {
            add_file(f, "/var/lib/pgsql/data/pg_hba.conf", "host sameuser krb5 10.0.0.0/8 md5\n")
        }),
    ],
    ..Rule::USUAL
};
fn pg_hba(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, |path| path.ends_with("/pg_hba.conf"))? {
        for line in lines(content(file)?) {
            let method = line.words.iter().skip(3).find(|word| matches!(**word, "crypt" | "krb5" | "sameuser"));
            found.extend(
                method.map(|method| in_file(file, line.no, "finding-database-postgresql-hba").with("method", method)),
            );
        }
    }
    Ok(found)
}

pub const PG_EXTENSIONS: Rule = Rule {
    id: "database.postgresql-extensions",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["PG-07", "leapp-187"],
    evidence: Evidence::Source,
    looks_at: &["postgresql"],
    look: pg_extensions,
    cases: &[
        found(clean_el7_postgresql, |f| postgresql(f).extensions.push("postgis".into())),
        found(clean_el7_postgresql, |f| postgresql(f).extensions.push("tsearch2".into())),
        fine(clean_el7_postgresql, |f| postgresql(f).extensions.push("hstore".into())),
    ],
    ..Rule::USUAL
};
fn pg_extensions(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for (server, state) in pg_running(facts)? {
        for extension in state.extensions.iter().filter(|name| !PG_CONTRIB.contains(&name.as_str())) {
            let key = if PG_ENDED.contains(&extension.as_str()) {
                "finding-database-postgresql-extensions-ended"
            } else {
                "finding-database-postgresql-extensions"
            };
            found.push(pg(server, key).with("extension", extension));
        }
    }
    Ok(found)
}

pub const PG_SLOTS: Rule = Rule {
    id: "database.postgresql-slots",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["PG-08"],
    evidence: Evidence::Reported,
    looks_at: &["postgresql"],
    look: pg_slots,
    cases: &[
        found(clean_el7_postgresql, |f| postgresql(f).replication_slots.push("standby1".into())),
        // A standby that follows without a slot.
        fine(clean_el7_postgresql, |f| postgresql(f).wal_level = "logical".into()),
    ],
    ..Rule::USUAL
};
fn pg_slots(facts: &Facts) -> Result<Vec<Message>, Why> {
    let with_slots = pg_running(facts)?.into_iter().filter(|(_, state)| !state.replication_slots.is_empty());
    Ok(with_slots
        .map(|(server, state)| {
            pg(server, "finding-database-postgresql-slots").with("slots", names(&state.replication_slots))
        })
        .collect())
}

pub const PG_ARCHIVE: Rule = Rule {
    id: "database.postgresql-archive",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["PG-08"],
    evidence: Evidence::Reported,
    looks_at: &["config_files"],
    places: &["/var/lib/pgsql/data/*.conf", "/var/lib/pgsql/*/data/*.conf"],
    look: pg_archive,
    cases: &[
        found(clean_el7_postgresql, |f| {
            add_file(f, "/var/lib/pgsql/data/postgresql.conf", "archive_command = 'cp %p /backup/%f'\n");
        }),
        fine(clean_el7_postgresql, |f| {
            add_file(f, "/var/lib/pgsql/data/postgresql.conf", "archive_mode = on\narchive_command = '/bin/true'\n")
        }),
    ],
    ..Rule::USUAL
};
fn pg_archive(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, is_pg_conf)? {
        let set = settings(content(file)?)
            .into_iter()
            .filter(|setting| setting.key == "archive_command" && !matches!(setting.value, "" | "/bin/true" | "true"));
        found.extend(set.map(|setting| in_file(file, setting.no, "finding-database-postgresql-archive")));
    }
    Ok(found)
}

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

pub const CONNECTIONS: Rule = Rule {
    id: "database.connections-full",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["PHP-07"],
    evidence: Evidence::Tried,
    looks_at: &["postgresql", "mariadb"],
    look: connections,
    cases: &[
        found(clean_el7_postgresql, |f| postgresql(f).connections = 80),
        fine(clean_el7_postgresql, |f| postgresql(f).connections = 79),
    ],
    ..Rule::USUAL
};
fn connections(facts: &Facts) -> Result<Vec<Message>, Why> {
    let full = |used: u32, max: u32| u64::from(used) * 100 >= u64::from(max) * u64::from(CONNECTIONS_FULL_PERCENT);
    let postgresql =
        pg_running(facts)?.into_iter().map(|(_, state)| ("PostgreSQL", state.connections, state.max_connections));
    let mariadb = mariadb_running(facts)?.map(|state| ("MariaDB", state.connections, state.max_connections));
    Ok(postgresql
        .chain(mariadb)
        .filter(|(_, used, max)| full(*used, *max))
        .map(|(server, used, max)| {
            Message::new("finding-database-connections-full").with("server", server).with("used", used).with("max", max)
        })
        .collect())
}

fn pg_running(facts: &Facts) -> Result<Vec<(&Postgres, &PostgresState)>, Why> {
    facts.postgresql.get()?.iter().map(|server| Ok((server, server.state.get()?))).collect()
}

fn mariadb_running(facts: &Facts) -> Result<Option<&MariaDbState>, Why> {
    facts.mariadb.get()?.as_ref().map(|server| server.state.get()).transpose()
}

fn pg(server: &Postgres, key: &str) -> Message {
    Message::new(key).with("port", server.port)
}

fn in_file(file: &ConfigFile, line: usize, key: &str) -> Message {
    Message::new(key).with("file", &file.path).with("line", line)
}

fn is_pg_conf(path: &str) -> bool {
    path.ends_with("/postgresql.conf") || path.ends_with("/postgresql.auto.conf")
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
