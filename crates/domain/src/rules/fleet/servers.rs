//! What runs on a host that others lean on: databases, and what can be followed.

use crate::facts::Facts;
use serde::{Deserialize, Serialize};

/// A database server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Database {
    pub product: &'static str,
    /// Unknown while its state is.
    pub port: Option<u16>,
}

/// What is replicated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PairKind {
    Redis,
    Postgresql,
    Mariadb,
}

impl PairKind {
    /// The product's name, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Redis => "Redis",
            Self::Postgresql => "PostgreSQL",
            Self::Mariadb => "MariaDB",
        }
    }
}

/// The databases that a host serves.
pub fn databases(facts: &Facts) -> Vec<Database> {
    let postgresql = facts.postgresql.known().into_iter().flatten();
    let mut all: Vec<Database> =
        postgresql.map(|server| Database { product: "PostgreSQL", port: Some(server.port) }).collect();
    all.extend(facts.mariadb.known().and_then(Option::as_ref).map(|server| match server.state.known() {
        Some(state) if !state.version.contains("MariaDB") => Database { product: "MySQL", port: Some(state.port) },
        state => Database { product: "MariaDB", port: state.map(|state| state.port) },
    }));
    all
}

/// What runs on a host that can be followed, with its version: of each kind the first.
pub fn versions(facts: &Facts) -> Vec<(PairKind, String)> {
    let redis = || Some(facts.redis.known()?.first()?.state.known()?.version.clone());
    let postgresql = || Some(facts.postgresql.known()?.first()?.state.known()?.version.clone());
    let mariadb = || Some(facts.mariadb.known()?.as_ref()?.state.known()?.version.clone());
    let all = [(PairKind::Redis, redis()), (PairKind::Postgresql, postgresql()), (PairKind::Mariadb, mariadb())];
    all.into_iter().filter_map(|(kind, version)| Some((kind, version?))).collect()
}
