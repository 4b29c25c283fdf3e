//! What the data services say of themselves. Passwords stay on the host; addresses and roles travel.

use super::Read;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A Redis instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Redis {
    pub port: u16,
    /// Its configuration file.
    pub config: String,
    pub state: Read<RedisState>,
}

/// `INFO` of a running Redis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct RedisState {
    pub version: String,
    pub role: RedisRole,
    pub connected_replicas: u32,
    pub used_memory_bytes: u64,
    pub keys: u64,
    pub connected_clients: u32,
    pub aof_enabled: bool,
    pub rdb_last_save_ok: bool,
}

/// Where a Redis stands in its replication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "role")]
pub enum RedisRole {
    Master,
    Replica { master_host: String, master_port: u16, link_up: bool },
}

/// A PostgreSQL instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Postgres {
    pub port: u16,
    pub data_dir: String,
    pub state: Read<PostgresState>,
}

/// What a running PostgreSQL answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PostgresState {
    /// `9.6.24`, `15.9`.
    pub version: String,
    pub in_recovery: bool,
    /// `host` of `primary_conninfo`, on a standby.
    pub primary_host: Option<String>,
    pub max_connections: u32,
    pub connections: u32,
    pub wal_level: String,
    pub data_checksums: bool,
    /// Standbys that stream from here, by address.
    pub standbys: Vec<String>,
    pub replication_slots: Vec<String>,
    /// Bytes by database.
    pub database_bytes: BTreeMap<String, u64>,
    /// Extensions beyond plpgsql that any database uses.
    pub extensions: Vec<String>,
    /// The encoding and collation of each database: `UTF8/en_US.UTF-8`.
    pub collations: BTreeMap<String, String>,
}

/// MariaDB or MySQL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct MariaDb {
    pub data_dir: String,
    pub state: Read<MariaDbState>,
}

/// What a running MariaDB answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct MariaDbState {
    /// `5.5.68-MariaDB`.
    pub version: String,
    pub port: u16,
    pub server_id: u64,
    pub read_only: bool,
    pub max_connections: u32,
    pub connections: u32,
    pub log_bin: bool,
    pub gtid: String,
    pub character_set: String,
    pub sql_mode: String,
    /// None on a server that replicates from nobody.
    pub replica: Option<MariaDbReplica>,
    /// Bytes by schema.
    pub database_bytes: BTreeMap<String, u64>,
}

/// `SHOW SLAVE STATUS`, what matters of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct MariaDbReplica {
    pub master_host: String,
    pub master_port: u16,
    pub io_running: bool,
    pub sql_running: bool,
    /// None when the server cannot tell.
    pub behind_s: Option<u64>,
}

/// nginx.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Nginx {
    /// `1.20.1`.
    pub version: String,
    /// `nginx -T`: every file it reads, secrets replaced.
    pub listing: Read<String>,
}

/// Prometheus or Alertmanager.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Prometheus {
    pub version: Read<String>,
    /// The command line of the running process, secrets replaced.
    pub args: String,
}

impl Redis {
    pub(super) fn forget_counters(&mut self) {
        if let Read::Known(state) = &mut self.state {
            (state.used_memory_bytes, state.keys, state.connected_clients) = (0, 0, 0);
        }
    }
}

impl Postgres {
    pub(super) fn forget_counters(&mut self) {
        if let Read::Known(state) = &mut self.state {
            state.connections = 0;
            state.database_bytes.values_mut().for_each(|bytes| *bytes = 0);
        }
    }
}

impl MariaDb {
    pub(super) fn forget_counters(&mut self) {
        let Read::Known(state) = &mut self.state else { return };
        state.connections = 0;
        state.gtid.clear();
        state.database_bytes.values_mut().for_each(|bytes| *bytes = 0);
        if let Some(replica) = &mut state.replica {
            replica.behind_s = None;
        }
    }
}
