//! `redis.conf`: 3.2 to 6.2. The file's place changes too; that is the plan's business.

use super::{
    Translation, Untranslatable,
    lines::{Fate, directive, note, renamed, retired, rewrite},
};

/// Settings that stop a 6.2 server (tried: RD-01).
const FATAL: [&str; 12] = [
    "hash-max-zipmap-entries",
    "hash-max-zipmap-value",
    "vm-enabled",
    "vm-swap-file",
    "vm-max-memory",
    "vm-page-size",
    "vm-pages",
    "vm-max-threads",
    "really-use-vm",
    "glueoutputbuf",
    "list-max-ziplist-entries",
    "list-max-ziplist-value",
];

/// `(EL7, EL9)`: the old words are still accepted, the new ones are what the manual of 6.2 explains.
const RENAMED: [(&str, &str); 9] = [
    ("slave-serve-stale-data", "replica-serve-stale-data"),
    ("slave-read-only", "replica-read-only"),
    ("slave-priority", "replica-priority"),
    ("slave-announce-ip", "replica-announce-ip"),
    ("slave-announce-port", "replica-announce-port"),
    ("min-slaves-to-write", "min-replicas-to-write"),
    ("min-slaves-max-lag", "min-replicas-max-lag"),
    ("repl-ping-slave-period", "repl-ping-replica-period"),
    ("slaveof", "replicaof"),
];

pub(super) fn translate(source: &[u8]) -> Result<Translation, Untranslatable> {
    rewrite(source, |no, line| {
        let Some((name, rest)) = directive(line) else { return Ok(Fate::Keep) };
        let lower = name.to_ascii_lowercase();
        if FATAL.contains(&lower.as_str()) {
            return Ok(retired(no, &lower));
        }
        if let Some((_, new)) = RENAMED.iter().find(|(old, _)| *old == lower) {
            return Ok(Fate::Become(renamed(line, name, new)));
        }
        fate_of(no, line, &lower, rest)
    })
}

fn fate_of(no: u32, line: &str, name: &str, rest: &str) -> Result<Fate, Untranslatable> {
    Ok(match name {
        // systemd starts and watches the server: a daemon would leave its unit.
        "daemonize" if rest == "yes" => {
            Fate::BecomeAnd("daemonize no".to_owned(), note("config-redis-under-systemd", no, name))
        }
        "bind"
            if !rest
                .split_whitespace()
                .any(|a| matches!(a.trim_start_matches('-'), "127.0.0.1" | "0.0.0.0" | "*" | "localhost")) =>
        {
            Fate::BecomeAnd(format!("{line} 127.0.0.1"), note("config-redis-loopback", no, name))
        }
        "supervised" if rest != "systemd" => Fate::Become("supervised systemd".to_owned()),
        "client-output-buffer-limit" if rest.split_whitespace().next() == Some("slave") => {
            Fate::Become(renamed(line, "slave", "replica"))
        }
        "loadmodule" => return Err(Untranslatable::at(no, "config-redis-module")),
        _ => Fate::Keep,
    })
}
