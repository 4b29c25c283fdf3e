//! MariaDB: a consistent dump that knows its place, then replication until the old server has ended.

use super::super::{
    part::{Change, Part},
    sh, steps,
    steps::{LONG, scripted, undo},
    subject::Subject,
};
use crate::{
    Message,
    facts::{Facts, MariaDbState},
    plan::{Dump, Place, Stage, Step},
};

const UNIT: &str = "mariadb.service";
const MOVE: &str = "/var/lib/rockhop/move";
/// Seconds until the successor has caught up, after the load.
const PATIENCE: &str = "3600";
/// Added to the old server's number while both are in one stream.
const NUMBER_OF_SUCCESSOR: u64 = 1_000_000;

pub(super) fn part(subject: &Subject<'_>) -> Result<Option<Part>, Message> {
    let Some(server) = subject.need(&subject.facts.mariadb, "mariadb")? else { return Ok(None) };
    let state = server.state.get().map_err(|why| subject.unknown("mariadb", &why))?;
    if !ends_after_its_followers(&state.version) {
        return Err(subject.refuse("plan-refuse-mariadb-version").with("version", &state.version));
    }
    let base = Base {
        data: server.data_dir.trim_end_matches('/').to_owned(),
        port: state.port.to_string(),
        address: subject.address()?.to_string(),
        number: state.server_id,
        read_only: if state.read_only { "1" } else { "0" },
    };
    let mut part = match &state.replica {
        None if !state.log_bin => return Err(subject.refuse("plan-refuse-mariadb-no-log")),
        None => base.primary(subject),
        Some(replica) => base.replica(&replica.master_host, &replica.master_port.to_string()),
    };
    (part.old_units, part.units) = (vec![UNIT.to_owned()], vec![UNIT.to_owned()]);
    part.dumps =
        vec![Dump { name: "mariadb.sql".to_owned(), command: sh::script(&[base.one(sh::body!("mariadb-dump"))]) }];
    Ok(Some(part))
}

/// `SHUTDOWN WAIT FOR ALL SLAVES` came with 10.4: without it a write could be lost between two looks.
fn ends_after_its_followers(version: &str) -> bool {
    let mut numbers = version.split(['.', '-']).map_while(|n| n.parse::<u32>().ok());
    matches!((numbers.next(), numbers.next()), (Some(10), Some(4..)) | (Some(11..), Some(_)))
}

fn replicas_of(subject: &Subject<'_>, address: &str) -> String {
    let follows = |f: &&Facts| {
        let state = f.mariadb.known().and_then(Option::as_ref).and_then(|m| m.state.known());
        state.and_then(|s: &MariaDbState| s.replica.as_ref()).is_some_and(|r| r.master_host == address)
    };
    let hosts = subject.all.values().filter(follows).filter_map(|f| subject.fleet.hosts.get(&f.host));
    sh::words(hosts.map(|h| &h.connection.address))
}

struct Base {
    data: String,
    port: String,
    address: String,
    number: u64,
    read_only: &'static str,
}

impl Base {
    fn part(&self, more: &[(&str, &str)], bodies: &[&str]) -> String {
        let mut vars = vec![("DATA", self.data.as_str()), ("UNIT", UNIT), ("READ_ONLY", self.read_only)];
        if more.iter().all(|(name, _)| *name != "PORT") {
            vars.push(("PORT", self.port.as_str()));
        }
        vars.extend(more);
        let mut all = vec![sh::body!("mariadb")];
        all.extend(bodies);
        sh::part(&vars, &all)
    }

    fn one(&self, body: &str) -> String {
        self.part(&[], &[body])
    }

    fn seed(&self, source: &str, port: &str, place: &str) -> Vec<Step> {
        let snapshot = scripted(
            "carry.snapshot-mariadb",
            Stage::Carry,
            Place::Old,
            sh::script(&[self.part(&[("PLACE", place)], &[sh::body!("mariadb-snapshot")])]),
            sh::script(&[self.one(sh::body!("mariadb-snapshot-there"))]),
        );
        let number = (self.number.saturating_add(NUMBER_OF_SUCCESSOR) % u64::from(u32::MAX)).to_string();
        let vars = [("SOURCE", source), ("PORT", port), ("SERVER_ID", number.as_str()), ("PATIENCE", PATIENCE)];
        let data = scripted(
            "carry.data-mariadb",
            Stage::Carry,
            Place::New,
            sh::script(&[self.part(&vars, &[sh::body!("mariadb-seed")])]),
            sh::script(&[self.one(sh::body!("mariadb-seeded"))]),
        );
        let over = vec![
            steps::tree(format!("{MOVE}/out"), format!("{MOVE}/in")),
            steps::tree(format!("{MOVE}/seed"), format!("{MOVE}/seed")),
        ];
        vec![
            Step { timeout_s: LONG, ..snapshot },
            steps::trees("carry.login-mariadb", Stage::Carry, over),
            Step { timeout_s: LONG, retries: 1, ..data },
        ]
    }

    fn primary(&self, subject: &Subject<'_>) -> Part {
        let admit = scripted(
            "carry.admit-mariadb",
            Stage::Carry,
            Place::Old,
            sh::script(&[self.one(sh::body!("mariadb-admit"))]),
            sh::script(&[self.one(sh::body!("mariadb-admitted"))]),
        );
        let admit = Step { undo: undo(&[self.one(sh::body!("mariadb-dismiss"))]), ..admit };
        let replicas = replicas_of(subject, &self.address);
        Part {
            carry: std::iter::once(admit).chain(self.seed(&self.address, &self.port, "--master-data=2")).collect(),
            quiesce: Some(Change {
                apply: [sh::part(&[("UNIT", UNIT)], &[sh::body!("hold")]), self.one(sh::body!("mariadb-quiesce"))]
                    .concat(),
                verify: self.one(sh::body!("mariadb-quiesced")),
                undo: self.part(&[], &[sh::body!("release"), sh::body!("mariadb-return")]),
            }),
            hands_over: true,
            final_sync: Some(Change {
                apply: self.one(sh::body!("mariadb-final")),
                verify: self.one(sh::body!("mariadb-final-there")),
                undo: String::new(),
            }),
            promote: Some(Change {
                apply: self.one(sh::body!("mariadb-promote")),
                verify: self.one(sh::body!("mariadb-promoted")),
                undo: self.one(sh::body!("mariadb-demote")),
            }),
            verify: vec![self.one(sh::body!("mariadb-promoted"))],
            look: vec![self.part(&[("REPLICA", "0")], &[sh::body!("mariadb-look")])],
            followed: (!replicas.is_empty())
                .then(|| self.part(&[("REPLICAS", &replicas)], &[sh::body!("mariadb-replicas")])),
            salvage: Some(self.one(sh::body!("mariadb-salvage"))),
            loses: Some(Message::new("plan-loses-mariadb-if-gone")),
            notes: vec![Message::new("plan-note-login").with("login", "rockhop_move")],
            ..Part::default()
        }
    }

    fn replica(&self, master: &str, port: &str) -> Part {
        let source = scripted(
            "carry.admit-mariadb",
            Stage::Carry,
            Place::Old,
            sh::script(&[self.one(sh::body!("mariadb-source"))]),
            sh::script(&[self.one(sh::body!("mariadb-source-there"))]),
        );
        let number = self.number.to_string();
        Part {
            carry: std::iter::once(source).chain(self.seed(master, port, "--dump-slave=2")).collect(),
            final_sync: Some(Change {
                apply: self.part(&[("SERVER_ID", number.as_str())], &[sh::body!("mariadb-settle-replica")]),
                verify: self.one(sh::body!("mariadb-seeded")),
                undo: String::new(),
            }),
            reconnect: vec![self.one(sh::body!("mariadb-reconnect"))],
            verify: vec![self.one(sh::body!("mariadb-seeded"))],
            look: vec![self.part(&[("REPLICA", "1")], &[sh::body!("mariadb-look")])],
            ..Part::default()
        }
    }
}
