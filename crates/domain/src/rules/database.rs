//! What is true of every database server.

use super::case::{fine, found};
use super::fixtures::*;
use super::mariadb::mariadb_running;
use super::postgresql::pg_running;
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Why};

/// Above this share of its connections a server has no room for a wave in which old and new hosts run side by side.
const CONNECTIONS_FULL_PERCENT: u32 = 80;

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
