//! PostgreSQL: versions, settings that a newer server refuses, and order that changes under the data.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{Setting, content, files, in_file, lines, major_minor, names, settings};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Postgres, PostgresState, Why};

/// Servers from here on can send changes table by table, so that a new one can follow an old one.
const PG_LOGICAL: (u32, u32) = (10, 0);

/// What EL 9 brings without choosing a module stream.
const PG_TARGET: (u32, u32) = (13, 0);

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

/// Servers of which the state is known.
pub(super) fn pg_running(facts: &Facts) -> Result<Vec<(&Postgres, &PostgresState)>, Why> {
    facts.postgresql.get()?.iter().map(|server| Ok((server, server.state.get()?))).collect()
}

fn pg(server: &Postgres, key: &str) -> Message {
    Message::new(key).with("port", server.port)
}

fn is_pg_conf(path: &str) -> bool {
    path.ends_with("/postgresql.conf") || path.ends_with("/postgresql.auto.conf")
}
