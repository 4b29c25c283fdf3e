//! Redis: the successor follows the old server, writes are refused, both are equal, the successor takes over.

use super::super::{
    part::{Change, Part},
    sh,
    steps::{self, MEDIUM, scripted},
    subject::Subject,
};
use crate::{
    Message,
    facts::{Redis, RedisRole, RedisState},
    plan::{Dump, Place, Stage, Step},
};

const UNIT: &str = "redis.service";
const OLD_CONF: &str = "/etc/redis.conf";
const NEW_CONF: &str = "/etc/redis/redis.conf";
/// Seconds that the first copy may take.
const PATIENCE: &str = "540";

pub(super) fn part(subject: &Subject<'_>) -> Result<Option<Part>, Message> {
    let instances = subject.need(&subject.facts.redis, "redis")?;
    let [instance] = instances.as_slice() else {
        return if instances.is_empty() {
            Ok(None)
        } else {
            Err(subject.refuse("plan-refuse-instances").with("service", "redis"))
        };
    };
    if instance.config != OLD_CONF {
        return Err(subject.refuse("plan-refuse-redis-place").with("path", &instance.config));
    }
    let renamed = subject
        .content(OLD_CONF)
        .is_some_and(|text| text.lines().any(|l| l.trim_start().starts_with("rename-command")));
    if renamed {
        return Err(subject.refuse("plan-refuse-redis-renamed"));
    }
    let state = instance.state.get().map_err(|why| subject.unknown("redis", &why))?;
    let cache = Cache { port: instance.port.to_string(), address: subject.address()?.to_string() };
    let mut part = match &state.role {
        RedisRole::Master => master(subject, &cache, instance, state)?,
        RedisRole::Replica { master_host, master_port, .. } => cache.replica(master_host, &master_port.to_string()),
    };
    part.dumps = vec![Dump {
        name: "redis.rdb".to_owned(),
        command: sh::single(
            &[("CONF", OLD_CONF), ("SIDE", "old"), ("PORT", &cache.port)],
            &[sh::body!("redis"), sh::body!("redis-dump")],
        ),
    }];
    (part.old_units, part.units) = (vec![UNIT.to_owned()], vec![UNIT.to_owned()]);
    Ok(Some(part))
}

struct Cache {
    port: String,
    address: String,
}

fn master(subject: &Subject<'_>, cache: &Cache, instance: &Redis, state: &RedisState) -> Result<Part, Message> {
    let port = instance.port;
    let listeners = subject.need(&subject.facts.listening, "listening")?;
    let reachable = listeners.iter().any(|l| l.port == port && !l.address.starts_with("127.") && l.address != "::1");
    if !reachable {
        return Err(subject.refuse("plan-refuse-redis-local"));
    }
    let known = sh::words(subject.other_addresses());
    let replicas = replicas_of(subject, &cache.address);
    let way_back = reads_rdb_of_el9(&state.version);
    Ok(cache.master(&known, &replicas, way_back))
}

/// Addresses of the fleet's hosts that follow this one.
fn replicas_of(subject: &Subject<'_>, address: &str) -> String {
    let follows = |f: &&crate::facts::Facts| {
        let all = f.redis.known().map(Vec::as_slice).unwrap_or_default();
        all.iter()
            .filter_map(|r| r.state.known())
            .any(|s| matches!(&s.role, RedisRole::Replica { master_host, .. } if master_host == address))
    };
    let hosts = subject.all.values().filter(follows).filter_map(|f| subject.fleet.hosts.get(&f.host));
    sh::words(hosts.map(|h| &h.connection.address))
}

/// 6.2 writes the dump format 9: 5.0 and later read it, 3.2 refuses it (RD-03, RD-04).
fn reads_rdb_of_el9(version: &str) -> bool {
    version.split('.').next().and_then(|major| major.parse::<u32>().ok()).is_some_and(|major| major >= 5)
}

impl Cache {
    fn on_old(&self, more: &[(&str, &str)], bodies: &[&str]) -> String {
        self.part(OLD_CONF, "old", more, bodies)
    }

    fn on_new(&self, more: &[(&str, &str)], bodies: &[&str]) -> String {
        self.part(NEW_CONF, "new", more, bodies)
    }

    fn part(&self, conf: &str, side: &str, more: &[(&str, &str)], bodies: &[&str]) -> String {
        let mut vars = vec![("CONF", conf), ("SIDE", side), ("PORT", self.port.as_str()), ("UNIT", UNIT)];
        vars.extend(more);
        let mut all = vec![sh::body!("redis")];
        all.extend(bodies);
        sh::part(&vars, &all)
    }

    fn seed(&self, source: &str, source_port: &str) -> Step {
        let vars = [("SOURCE", source), ("SOURCE_PORT", source_port), ("PATIENCE", PATIENCE)];
        let apply = sh::script(&[self.on_new(&vars, &[sh::body!("redis-follow")])]);
        let verify = sh::script(&[self.on_new(&[], &[sh::body!("redis-in-step")])]);
        Step { timeout_s: MEDIUM, ..scripted("carry.data-redis", Stage::Carry, Place::New, apply, verify) }
    }

    fn master(&self, known: &str, replicas: &str, way_back: bool) -> Part {
        let back = [("WAY_BACK", if way_back { "1" } else { "0" })];
        let role = [("ROLE", "master")];
        Part {
            carry: vec![self.seed(&self.address, &self.port)],
            quiesce: Some(Change {
                apply: [
                    sh::part(&[("UNIT", UNIT)], &[sh::body!("hold")]),
                    self.on_old(&[("KNOWN", known)], &[sh::body!("redis-quiesce")]),
                ]
                .concat(),
                verify: self.on_old(&[], &[sh::body!("redis-quiesced")]),
                undo: self.on_old(&back, &[sh::body!("release"), sh::body!("redis-return")]),
            }),
            hands_over: true,
            final_sync: Some(Change {
                apply: self.on_new(&[], &[sh::body!("redis-final")]),
                verify: self.on_new(&[], &[sh::body!("redis-final-there")]),
                undo: String::new(),
            }),
            promote: Some(Change {
                apply: self.on_new(&[], &[sh::body!("redis-promote")]),
                verify: self.on_new(&[], &[sh::body!("redis-promoted")]),
                undo: self.on_new(&back, &[sh::body!("redis-demote")]),
            }),
            verify: vec![self.on_new(&[], &[sh::body!("redis-promoted")])],
            look: vec![self.on_new(&role, &[sh::body!("redis-look")])],
            followed: (!replicas.is_empty())
                .then(|| self.on_new(&[("REPLICAS", replicas)], &[sh::body!("redis-replicas")])),
            salvage: Some(self.on_new(&[], &[sh::body!("redis-salvage")])),
            loses: Some(Message::new(if way_back { "plan-loses-redis-if-gone" } else { "plan-loses-redis" })),
            ..Part::default()
        }
    }

    fn replica(&self, master: &str, port: &str) -> Part {
        let role = [("ROLE", "slave")];
        Part {
            carry: vec![self.seed(master, port)],
            final_sync: Some(Change {
                apply: self.on_new(&[], &[sh::body!("redis-in-step")]),
                verify: self.on_new(&[], &[sh::body!("redis-in-step")]),
                undo: String::new(),
            }),
            reconnect: vec![self.on_new(&[], &[sh::body!("redis-reconnect")])],
            verify: vec![self.on_new(&[], &[sh::body!("redis-in-step")])],
            look: vec![self.on_new(&role, &[sh::body!("redis-look"), sh::body!("redis-look-replica")])],
            ..Part::default()
        }
    }
}

/// Kept apart from `steps` so that a script's own time stands beside its patience.
const _: () = assert!(MEDIUM > 540 && steps::SHORT < MEDIUM);
