//! Redis: what a newer one refuses, and what cannot be taken back.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{Line, content, files, lines, major_minor};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{ConfigFile, Facts, Redis, RedisRole, RedisState, Why};

/// Directives that keep Redis 6.2 from starting.
const REMOVED: &[&str] =
    &["hash-max-zipmap-entries", "hash-max-zipmap-value", "vm-enabled", "really-use-vm", "glueoutputbuf"];

/// The version that EL 9 brings: its dumps cannot be read by an older one.
const TARGET: (u32, u32) = (6, 2);

pub const REMOVED_DIRECTIVE: Rule = Rule {
    id: "cache.removed-directive",
    severity: Severity::Warns,
    area: Area::Cache,
    sources: &["RD-01"],
    evidence: Evidence::Tried,
    looks_at: &["config_files"],
    places: &["/etc/redis.conf", "/etc/redis/*.conf"],
    look: removed_directive,
    cases: &[
        found(clean_el7_cache, |f| add_file(f, "/etc/redis.conf", "bind 127.0.0.1\nvm-enabled no\n")),
        fine(clean_el7_cache, |f| add_file(f, "/etc/redis.conf", "bind 127.0.0.1\nslaveof 10.77.0.22 6379\n")),
    ],
    ..Rule::USUAL
};
fn removed_directive(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in configs(facts)? {
        let removed = lines(content(file)?).filter(|line| REMOVED.iter().any(|name| line.is(name)));
        found.extend(
            removed.map(|line| at(file, &line, "finding-cache-removed-directive").with("directive", line.words[0])),
        );
    }
    Ok(found)
}

pub const PATH: Rule = Rule {
    id: "cache.config-path",
    severity: Severity::Informs,
    area: Area::Cache,
    sources: &["RD-02"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/redis.conf", "/etc/redis/*.conf"],
    look: config_path,
    cases: &[
        found(clean_el7_cache, |f| add_file(f, "/etc/redis.conf", "bind 127.0.0.1\n")),
        fine(clean_el7_cache, |f| add_file(f, "/etc/redis/redis-2.conf", "bind 127.0.0.1\n")),
    ],
    ..Rule::USUAL
};
fn config_path(facts: &Facts) -> Result<Vec<Message>, Why> {
    let old = files(facts, |path| matches!(path, "/etc/redis.conf" | "/etc/redis-sentinel.conf"))?;
    Ok(old.iter().map(|file| Message::new("finding-cache-config-path").with("file", &file.path)).collect())
}

pub const OPEN: Rule = Rule {
    id: "cache.open-to-all",
    severity: Severity::Warns,
    area: Area::Cache,
    sources: &["RD-02"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/redis.conf", "/etc/redis/*.conf"],
    look: open,
    cases: &[
        found(clean_el7_cache, |f| add_file(f, "/etc/redis/redis.conf", "bind 0.0.0.0\n")),
        found(clean_el7_cache, |f| add_file(f, "/etc/redis/redis.conf", "port 6379\n")),
        fine(clean_el7_cache, |f| add_file(f, "/etc/redis/redis.conf", "bind 127.0.0.1 -::1\n")),
        fine(clean_el7_cache, |f| add_file(f, "/etc/redis/redis.conf", "bind 0.0.0.0\nrequirepass <redacted:1>\n")),
    ],
    ..Rule::USUAL
};
fn open(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in configs(facts)?.into_iter().filter(|file| !file.path.contains("sentinel")) {
        let text = content(file)?;
        if listens_beyond_loopback(text) && !lines(text).any(|line| line.is("requirepass")) {
            found.push(Message::new("finding-cache-open-to-all").with("file", &file.path));
        }
    }
    Ok(found)
}

fn listens_beyond_loopback(text: &str) -> bool {
    let local = |address: &str| matches!(address.trim_start_matches('-'), "127.0.0.1" | "::1" | "localhost");
    match lines(text).filter(|line| line.is("bind")).last() {
        Some(bind) => bind.words[1..].iter().any(|address| !local(address)),
        None => true,
    }
}

pub const ONE_WAY: Rule = Rule {
    id: "cache.dump-one-way",
    severity: Severity::Informs,
    area: Area::Cache,
    sources: &["RD-03"],
    evidence: Evidence::Tried,
    looks_at: &["redis"],
    look: one_way,
    cases: &[
        found(clean_el7_cache, |f| redis(f).version = "3.2.12".into()),
        fine(clean_el7_cache, |f| redis(f).version = "6.2.0".into()),
    ],
    ..Rule::USUAL
};
fn one_way(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for (instance, state) in running(facts)? {
        if major_minor(&state.version).is_some_and(|version| version < TARGET) {
            found.push(about(instance, "finding-cache-dump-one-way").with("version", &state.version));
        }
    }
    Ok(found)
}

pub const NEWER: Rule = Rule {
    id: "cache.newer-than-target",
    severity: Severity::Warns,
    area: Area::Cache,
    sources: &["RD-03"],
    evidence: Evidence::Tried,
    looks_at: &["redis"],
    look: newer,
    cases: &[
        found(clean_el7_cache, |f| redis(f).version = "7.0.15".into()),
        fine(clean_el7_cache, |f| redis(f).version = "6.2.14".into()),
    ],
    ..Rule::USUAL
};
fn newer(facts: &Facts) -> Result<Vec<Message>, Why> {
    let newer = running(facts)?
        .into_iter()
        .filter(|(_, state)| major_minor(&state.version).is_some_and(|version| version > TARGET));
    Ok(newer
        .map(|(instance, state)| about(instance, "finding-cache-newer-than-target").with("version", &state.version))
        .collect())
}

pub const SAVE_FAILED: Rule = Rule {
    id: "cache.save-failed",
    severity: Severity::Blocks,
    area: Area::Cache,
    sources: &["RD-03"],
    evidence: Evidence::Tried,
    looks_at: &["redis"],
    look: save_failed,
    cases: &[
        found(clean_el7_cache, |f| redis(f).rdb_last_save_ok = false),
        fine(clean_el7_cache, |f| redis(f).aof_enabled = true),
    ],
    ..Rule::USUAL
};
fn save_failed(facts: &Facts) -> Result<Vec<Message>, Why> {
    let failed = running(facts)?.into_iter().filter(|(_, state)| !state.rdb_last_save_ok);
    Ok(failed.map(|(instance, _)| about(instance, "finding-cache-save-failed")).collect())
}

pub const LINK_DOWN: Rule = Rule {
    id: "cache.replica-link-down",
    severity: Severity::Blocks,
    area: Area::Cache,
    sources: &["RD-04"],
    evidence: Evidence::Tried,
    looks_at: &["redis"],
    look: link_down,
    cases: &[
        found(clean_el7_cache, |f| {
            redis(f).role = RedisRole::Replica { master_host: "10.77.0.22".into(), master_port: 6379, link_up: false };
        }),
        fine(clean_el7_cache, |f| {
            redis(f).role = RedisRole::Replica { master_host: "10.77.0.22".into(), master_port: 6379, link_up: true }
        }),
    ],
    ..Rule::USUAL
};
fn link_down(facts: &Facts) -> Result<Vec<Message>, Why> {
    let down = |state: &RedisState| match &state.role {
        RedisRole::Replica { master_host, link_up: false, .. } => Some(master_host.clone()),
        _ => None,
    };
    let replicas = running(facts)?.into_iter().filter_map(|(instance, state)| Some((instance, down(state)?)));
    Ok(replicas
        .map(|(instance, master)| about(instance, "finding-cache-replica-link-down").with("master", master))
        .collect())
}

fn configs(facts: &Facts) -> Result<Vec<&ConfigFile>, Why> {
    files(facts, |path| {
        matches!(path, "/etc/redis.conf" | "/etc/redis-sentinel.conf")
            || (path.starts_with("/etc/redis/") && path.ends_with(".conf"))
    })
}

fn running(facts: &Facts) -> Result<Vec<(&Redis, &RedisState)>, Why> {
    facts.redis.get()?.iter().map(|instance| Ok((instance, instance.state.get()?))).collect()
}

fn at(file: &ConfigFile, line: &Line<'_>, key: &str) -> Message {
    Message::new(key).with("file", &file.path).with("line", line.no)
}

fn about(instance: &Redis, key: &str) -> Message {
    Message::new(key).with("port", instance.port)
}
