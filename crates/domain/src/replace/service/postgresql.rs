//! PostgreSQL of one major version on both sides: the successor is a standby of the old server until that has
//! stopped cleanly; then nothing is missing, and it is promoted. Back again the other way round.

use super::super::{
    part::{Change, Part},
    sh, steps,
    steps::{LONG, scripted, undo},
    subject::Subject,
};
use crate::{
    Message,
    facts::{Facts, PostgresState},
    plan::{Dump, Place, Stage, Step},
};

/// Seconds until the standby streams, after the copy.
const PATIENCE: &str = "300";
const OUT: &str = "/var/lib/rockhop/move/out";
const IN: &str = "/var/lib/rockhop/move/in";

pub(super) fn part(subject: &Subject<'_>) -> Result<Option<Part>, Message> {
    let servers = subject.need(&subject.facts.postgresql, "postgresql")?;
    let [server] = servers.as_slice() else {
        return if servers.is_empty() {
            Ok(None)
        } else {
            Err(subject.refuse("plan-refuse-instances").with("service", "postgresql"))
        };
    };
    let state = server.state.get().map_err(|why| subject.unknown("postgresql", &why))?;
    let major = state.version.split('.').next().unwrap_or_default();
    // Only the major version's own packages come for both releases: another place means EL7's own 9.2.
    let data = server.data_dir.trim_end_matches('/');
    if data != format!("/var/lib/pgsql/{major}/data") {
        return Err(subject.refuse("plan-refuse-postgresql-place").with("version", &state.version).with("path", data));
    }
    let base = Base {
        major: major.to_owned(),
        data: data.to_owned(),
        port: server.port.to_string(),
        address: subject.address()?.to_string(),
    };
    let mut part = match (&state.primary_host, state.in_recovery) {
        (_, false) => base.primary(subject, state),
        (Some(primary), true) => base.standby(primary),
        (None, true) => return Err(subject.refuse("plan-refuse-postgresql-no-primary")),
    };
    let unit = format!("postgresql-{major}.service");
    (part.old_units, part.units) = (vec![unit.clone()], vec![unit]);
    part.dumps = vec![Dump {
        name: "postgresql.sql".to_owned(),
        command: sh::script(&[base.part(&[], &[sh::body!("postgres-dump")])]),
    }];
    if text_is_sorted_by_libc(state) {
        part.notes.push(Message::new(if state.in_recovery {
            "plan-note-collation-standby"
        } else {
            "plan-note-collation"
        }));
    }
    Ok(Some(part))
}

/// EL9's C library sorts text in another order than EL7's (PG-06).
fn text_is_sorted_by_libc(state: &PostgresState) -> bool {
    state.collations.values().any(|c| !matches!(c.rsplit('/').next(), Some("C" | "POSIX")))
}

/// Addresses of the fleet's hosts that follow this one.
fn standbys_of(subject: &Subject<'_>, address: &str) -> String {
    let follows = |f: &&Facts| {
        let all = f.postgresql.known().map(Vec::as_slice).unwrap_or_default();
        all.iter().filter_map(|p| p.state.known()).any(|s| s.in_recovery && s.primary_host.as_deref() == Some(address))
    };
    let hosts = subject.all.values().filter(follows).filter_map(|f| subject.fleet.hosts.get(&f.host));
    sh::words(hosts.map(|h| &h.connection.address))
}

struct Base {
    major: String,
    data: String,
    port: String,
    address: String,
}

impl Base {
    fn part(&self, more: &[(&str, &str)], bodies: &[&str]) -> String {
        let mut vars = vec![("MAJOR", self.major.as_str()), ("DATA", self.data.as_str()), ("PORT", self.port.as_str())];
        vars.extend(more);
        let mut all = vec![sh::body!("postgres")];
        all.extend(bodies);
        sh::part(&vars, &all)
    }

    fn one(&self, body: &str) -> String {
        self.part(&[], &[body])
    }

    fn seed(&self, source: &str) -> Vec<Step> {
        let vars = [("SOURCE", source), ("PATIENCE", PATIENCE)];
        let apply = sh::script(&[self.part(&vars, &[sh::body!("postgres-seed")])]);
        let verify = sh::script(&[self.one(sh::body!("postgres-seeded"))]);
        let data = scripted("carry.data-postgresql", Stage::Carry, Place::New, apply, verify);
        vec![
            steps::trees("carry.login-postgresql", Stage::Carry, vec![steps::tree(OUT, IN)]),
            Step { timeout_s: LONG, retries: 1, ..data },
        ]
    }

    fn primary(&self, subject: &Subject<'_>, state: &PostgresState) -> Part {
        let admit = scripted(
            "carry.admit-postgresql",
            Stage::Carry,
            Place::Old,
            sh::script(&[self.one(sh::body!("postgres-admit"))]),
            sh::script(&[self.one(sh::body!("postgres-admitted"))]),
        );
        let admit = Step { undo: undo(&[self.one(sh::body!("postgres-dismiss"))]), ..admit };
        let replicas = standbys_of(subject, &self.address);
        let reindex = [("REINDEX", if text_is_sorted_by_libc(state) { "1" } else { "0" })];
        let unit = format!("postgresql-{}.service", self.major);
        Part {
            carry: std::iter::once(admit).chain(self.seed(&self.address)).collect(),
            quiesce: Some(Change {
                apply: [sh::part(&[("UNIT", &unit)], &[sh::body!("hold")]), self.one(sh::body!("postgres-quiesce"))]
                    .concat(),
                verify: self.one(sh::body!("postgres-quiesced")),
                undo: self.part(&[], &[&format!("UNIT={unit}\n"), sh::body!("release"), sh::body!("postgres-return")]),
            }),
            hands_over: true,
            final_sync: Some(Change {
                apply: self.one(sh::body!("postgres-final")),
                verify: self.one(sh::body!("postgres-final-there")),
                undo: String::new(),
            }),
            promote: Some(Change {
                apply: self.part(&reindex, &[sh::body!("postgres-promote")]),
                verify: self.one(sh::body!("postgres-promoted")),
                undo: self.one(sh::body!("postgres-demote")),
            }),
            verify: vec![self.one(sh::body!("postgres-promoted"))],
            look: vec![self.part(&[("STANDBY", "f")], &[sh::body!("postgres-look")])],
            followed: (!replicas.is_empty())
                .then(|| self.part(&[("REPLICAS", &replicas)], &[sh::body!("postgres-replicas")])),
            salvage: Some(self.one(sh::body!("postgres-salvage"))),
            loses: Some(Message::new("plan-loses-postgresql-if-gone")),
            notes: vec![Message::new("plan-note-login").with("login", "rockhop_move")],
            ..Part::default()
        }
    }

    fn standby(&self, primary: &str) -> Part {
        let source = scripted(
            "carry.admit-postgresql",
            Stage::Carry,
            Place::Old,
            sh::script(&[self.one(sh::body!("postgres-source"))]),
            sh::script(&[self.one(sh::body!("postgres-source-there"))]),
        );
        Part {
            carry: std::iter::once(source).chain(self.seed(primary)).collect(),
            final_sync: Some(Change {
                apply: self.one(sh::body!("postgres-settle-standby")),
                verify: self.one(sh::body!("postgres-seeded")),
                undo: String::new(),
            }),
            reconnect: vec![self.one(sh::body!("postgres-reconnect"))],
            verify: vec![self.one(sh::body!("postgres-seeded"))],
            look: vec![self.part(&[("STANDBY", "t")], &[sh::body!("postgres-look")])],
            ..Part::default()
        }
    }
}
