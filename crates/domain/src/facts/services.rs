//! What the data services say of themselves. Passwords stay on the host; addresses and roles travel.

use super::{BadLine, Process, Read, Why};
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
    /// Accounts whose password is kept as 16 characters, as before MySQL 4.1; none where it could not be counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_hashes: Option<u64>,
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

/// Prometheus or Alertmanager.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Prometheus {
    pub version: Read<String>,
    /// The command line of the running process, secrets replaced.
    pub args: String,
}

impl Redis {
    /// Counters, and what comes and goes with the other side.
    pub(super) fn forget_counters(&mut self) {
        let Read::Known(state) = &mut self.state else { return };
        (state.used_memory_bytes, state.keys, state.connected_clients, state.connected_replicas) = (0, 0, 0, 0);
        state.rdb_last_save_ok = true;
        if let RedisRole::Replica { link_up, .. } = &mut state.role {
            *link_up = true;
        }
    }
}

impl Postgres {
    pub(super) fn forget_counters(&mut self) {
        if let Read::Known(state) = &mut self.state {
            state.connections = 0;
            state.standbys.clear();
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
            (replica.io_running, replica.sql_running, replica.behind_s) = (true, true, None);
        }
    }
}

/// Reads the survey's Redis section: `instance PORT FILE` before each answer.
pub(super) fn redis(text: &str) -> Result<Vec<Redis>, BadLine> {
    let instances = instances(text)?;
    let one = |(head, body): (&str, String)| {
        let (port, config) = head.split_once(' ').ok_or_else(|| BadLine::new(head))?;
        let port = port.parse().map_err(|_| BadLine::new(head))?;
        Ok(Redis { port, config: config.to_owned(), state: redis_state(&body).into() })
    };
    instances.into_iter().map(one).collect()
}

/// Cuts a section at its `instance` lines.
fn instances(text: &str) -> Result<Vec<(&str, String)>, BadLine> {
    let mut instances: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("instance"), instances.last_mut()) {
            (Some(head), _) => instances.push((head.trim(), String::new())),
            (None, Some((_, body))) => {
                body.push_str(line.trim_end_matches('\r'));
                body.push('\n');
            }
            (None, None) if line.trim().is_empty() || line.starts_with("data ") => {}
            (None, None) => return Err(BadLine::new(line)),
        }
    }
    Ok(instances)
}

/// The reason in a `failed STATUS` line, with what was said beside it.
fn failure(body: &str) -> Option<Why> {
    let word = body.lines().find_map(|line| line.strip_prefix("failed "))?;
    let (status, tool) = word.split_once(' ').unwrap_or((word, ""));
    let said = body.lines().find(|line| !line.trim().is_empty() && !line.starts_with("failed "));
    let said = said.map_or("", |line| line.trim_start_matches("said "));
    Some(match status {
        "127" => Why::ToolMissing { tool: tool.to_owned() },
        "124" => Why::TimedOut,
        status => Why::Failed { status: status.parse().unwrap_or(1), said: said.to_owned() },
    })
}

fn redis_state(body: &str) -> Result<RedisState, Why> {
    if let Some(why) = failure(body) {
        return Err(why);
    }
    let fields: BTreeMap<&str, &str> = body.lines().filter_map(|line| line.split_once(':')).collect();
    let said = || BadLine::new(body.lines().find(|line| !line.is_empty() && *line != "OK").unwrap_or_default());
    let text = |key: &str| fields.get(key).copied().ok_or_else(said);
    let number = |key: &str| text(key)?.parse::<u64>().map_err(|_| said());
    let role = match text("role")? {
        "master" => RedisRole::Master,
        "slave" | "replica" => RedisRole::Replica {
            master_host: text("master_host")?.to_owned(),
            master_port: text("master_port")?.parse().map_err(|_| said())?,
            link_up: text("master_link_status")? == "up",
        },
        _ => return Err(said().into()),
    };
    let keys = body
        .lines()
        .filter(|line| line.starts_with("db"))
        .filter_map(|line| line.split_once(":keys=")?.1.split(',').next()?.parse::<u64>().ok());
    Ok(RedisState {
        version: text("redis_version")?.to_owned(),
        role,
        connected_replicas: u32::try_from(number("connected_slaves")?).unwrap_or(u32::MAX),
        used_memory_bytes: number("used_memory")?,
        keys: keys.sum(),
        connected_clients: u32::try_from(number("connected_clients")?).unwrap_or(u32::MAX),
        aof_enabled: number("aof_enabled")? == 1,
        rdb_last_save_ok: text("rdb_last_bgsave_status")? == "ok",
    })
}

/// Reads the survey's PostgreSQL section: `data VERSION DIR` for each data folder, then `instance PORT DIR` and rows.
/// A folder without a running instance is an instance that is unknown.
pub(super) fn postgresql(text: &str) -> Result<Vec<Postgres>, BadLine> {
    let mut servers = Vec::new();
    for (head, body) in instances(text)? {
        let (port, data_dir) = head.split_once(' ').ok_or_else(|| BadLine::new(head))?;
        let port = port.parse().map_err(|_| BadLine::new(head))?;
        servers.push(Postgres { port, data_dir: data_dir.to_owned(), state: postgres_state(&body).into() });
    }
    let folders = text.lines().filter_map(|line| line.strip_prefix("data ")?.split_once(' '));
    for (version, dir) in folders {
        if !servers.iter().any(|server| server.data_dir == dir) {
            let said = format!("PostgreSQL {version} is not running");
            servers.push(Postgres {
                port: 0,
                data_dir: dir.to_owned(),
                state: Read::Unknown(Why::Failed { status: 3, said }),
            });
        }
    }
    Ok(servers)
}

fn postgres_state(body: &str) -> Result<PostgresState, Why> {
    if let Some(why) = failure(body) {
        return Err(why);
    }
    let rows: Vec<Vec<&str>> = body.lines().map(|line| line.split('\t').collect()).collect();
    let of = |key: &str| {
        rows.iter().filter(move |row| row[0] == key).filter_map(|row| row.get(1).copied()).collect::<Vec<_>>()
    };
    let one = |key: &str| {
        of(key).first().copied().ok_or_else(|| Why::from(BadLine::new(body.lines().next().unwrap_or_default())))
    };
    let number = |key: &str| one(key)?.parse::<u32>().map_err(|_| Why::from(BadLine::new(key)));
    let owned = |key: &str| of(key).into_iter().map(str::to_owned).collect::<Vec<String>>();
    let databases = || rows.iter().filter(|row| row[0] == "database" && row.len() == 4);
    Ok(PostgresState {
        version: one("version")?.split(' ').next().unwrap_or_default().to_owned(),
        in_recovery: matches!(one("in_recovery")?, "t" | "true"),
        primary_host: of("primary_host").first().filter(|host| !host.is_empty()).map(|host| (*host).to_owned()),
        max_connections: number("max_connections")?,
        connections: number("connections")?,
        wal_level: one("wal_level")?.to_owned(),
        data_checksums: of("data_checksums").first() == Some(&"on"),
        standbys: owned("standby"),
        replication_slots: owned("slot"),
        database_bytes: databases().filter_map(|row| Some((row[1].to_owned(), row[2].parse().ok()?))).collect(),
        extensions: owned("extension"),
        collations: databases().map(|row| (row[1].to_owned(), row[3].to_owned())).collect(),
    })
}

/// `host` of `primary_conninfo` in a `recovery.conf`, for releases before 12.
pub(super) fn recovery_host(recovery_conf: &str) -> Option<String> {
    let line = recovery_conf.lines().map(str::trim).find(|line| line.starts_with("primary_conninfo"))?;
    let rest = line.split_once("host=")?.1;
    let host: String = rest.chars().take_while(|c| !c.is_whitespace() && *c != '\'').collect();
    (!host.is_empty()).then_some(host)
}

/// Reads the survey's MariaDB section; none when no server runs.
pub(super) fn mariadb(text: &str) -> Result<Option<MariaDb>, BadLine> {
    let Some((_, body)) = instances(text)?.into_iter().next() else { return Ok(None) };
    let fields = tabbed(&body);
    let data_dir = fields.get("datadir").map_or_else(String::new, |dir| (*dir).to_owned());
    Ok(Some(MariaDb { data_dir, state: mariadb_state(&body, &fields).into() }))
}

fn tabbed(body: &str) -> BTreeMap<&str, &str> {
    body.lines().filter_map(|line| line.split_once('\t')).collect()
}

fn mariadb_state(body: &str, fields: &BTreeMap<&str, &str>) -> Result<MariaDbState, Why> {
    if let Some(why) = failure(body) {
        return Err(why);
    }
    let text =
        |key: &str| fields.get(key).copied().ok_or_else(|| BadLine::new(body.lines().next().unwrap_or_default()));
    let number = |key: &str| text(key)?.parse::<u64>().map_err(|_| BadLine::new(key));
    let small = |key: &str| number(key).map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    let sizes = body.lines().filter_map(|line| line.strip_prefix("schema\t")?.split_once('\t'));
    Ok(MariaDbState {
        version: text("version")?.to_owned(),
        port: u16::try_from(number("port")?).unwrap_or(0),
        server_id: number("server_id")?,
        read_only: text("read_only")? != "OFF",
        max_connections: small("max_connections")?,
        connections: small("Threads_connected")?,
        log_bin: text("log_bin")? == "ON",
        gtid: fields
            .get("gtid_current_pos")
            .or(fields.get("gtid_executed"))
            .map_or_else(String::new, |gtid| (*gtid).to_owned()),
        character_set: text("character_set_server")?.to_owned(),
        sql_mode: text("sql_mode")?.to_owned(),
        replica: mariadb_replica(body)?,
        database_bytes: sizes.map(|(name, bytes)| (name.to_owned(), bytes.parse().unwrap_or(0))).collect(),
        old_hashes: fields.get("old_hashes").and_then(|n| n.parse().ok()),
    })
}

/// The `SHOW SLAVE STATUS\G` block, if there is one.
fn mariadb_replica(body: &str) -> Result<Option<MariaDbReplica>, BadLine> {
    let fields: BTreeMap<&str, &str> = body
        .lines()
        .filter_map(|line| line.trim().split_once(": ").or(line.trim().strip_suffix(':').map(|key| (key, ""))))
        .collect();
    let Some(host) = fields.get("Master_Host") else { return Ok(None) };
    let text = |key: &str| fields.get(key).copied().ok_or_else(|| BadLine::new(key));
    Ok(Some(MariaDbReplica {
        master_host: (*host).to_owned(),
        master_port: text("Master_Port")?.parse().map_err(|_| BadLine::new("Master_Port"))?,
        io_running: text("Slave_IO_Running")? == "Yes",
        sql_running: text("Slave_SQL_Running")? == "Yes",
        behind_s: text("Seconds_Behind_Master")?.parse().ok(),
    }))
}

/// Finds Prometheus or Alertmanager: its running process, and its line in the survey's versions section.
pub(super) fn prometheus(name: &str, processes: &[Process], versions: Result<&str, Why>) -> Option<Prometheus> {
    let process = processes.iter().find(|process| process.comm == name)?;
    let version = versions.and_then(|text| {
        let line = text.lines().find(|line| line.starts_with(&format!("{name}, version "))).ok_or(Why::Missing)?;
        line.split_whitespace().nth(2).map(str::to_owned).ok_or_else(|| BadLine::new(line).into())
    });
    Some(Prometheus { version: version.into(), args: process.args.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFO: &str = "OK\n# Server\r\nredis_version:3.2.12\r\nconnected_clients:4\r\nused_memory:1000\r\naof_enabled:1\r\nrdb_last_bgsave_status:ok\r\n\
        role:slave\r\nmaster_host:10.0.0.7\r\nmaster_port:6379\r\nmaster_link_status:up\r\nconnected_slaves:0\r\ndb0:keys=5,expires=0\r\ndb1:keys=2,expires=0\r\n";

    #[test]
    fn redis_tells_its_role() {
        let got = redis(&format!("instance 6379 /etc/redis.conf\n{INFO}")).expect("a section");
        let state = got[0].state.known().expect("a state");
        assert_eq!(state.role, RedisRole::Replica { master_host: "10.0.0.7".into(), master_port: 6379, link_up: true });
        assert_eq!((state.keys, state.aof_enabled), (7, true));
    }

    #[test]
    fn a_service_that_does_not_answer_says_why() {
        for (body, want) in [
            ("NOAUTH Authentication required.\n", Why::BadLine { line: "NOAUTH Authentication required.".into() }),
            (
                "Could not connect to Redis\nfailed 1\n",
                Why::Failed { status: 1, said: "Could not connect to Redis".into() },
            ),
            ("failed 127 redis-cli\n", Why::ToolMissing { tool: "redis-cli".into() }),
            ("failed 124\n", Why::TimedOut),
        ] {
            let got = redis(&format!("instance 6379 /etc/redis.conf\n{body}")).expect("a section");
            assert_eq!(got[0].state.why(), Some(&want), "{body:?}");
        }
    }

    #[test]
    fn postgresql_rows() {
        let text = "data 9.6 /var/lib/pgsql/9.6/data\ndata 12 /old\ninstance 5432 /var/lib/pgsql/9.6/data\nversion\t9.6.24 (Debian 9.6.24-1)\nin_recovery\tf\nmax_connections\t100\n\
            wal_level\treplica\nconnections\t3\nstandby\t10.0.0.9\ndatabase\tshop\t9000\tUTF8/C\ndata_checksums\toff\n";
        let got = postgresql(text).expect("a section");
        let state = got[0].state.known().expect("a state");
        assert_eq!((state.version.as_str(), state.in_recovery, state.database_bytes["shop"]), ("9.6.24", false, 9000));
        assert_eq!(state.standbys, ["10.0.0.9"]);
        assert!(got[1].state.why().is_some(), "a folder without a server is unknown");
        assert_eq!(recovery_host("primary_conninfo = 'user=r host=10.0.0.1 port=5432'\n").as_deref(), Some("10.0.0.1"));
    }

    #[test]
    fn mariadb_rows() {
        let head = "instance\nversion\t5.5.68-MariaDB\nport\t3306\ndatadir\t/var/lib/mysql/\nserver_id\t2\nread_only\tON\nmax_connections\t151\nlog_bin\tON\n\
            character_set_server\tlatin1\nsql_mode\t\nThreads_connected\t4\nschema\tshop\t81920\nname\tCOUNT(*)\nold_hashes\t2\n";
        let replica = "*** 1. row ***\n   Master_Host: 10.0.0.1\n   Master_Port: 3306\n  Slave_IO_Running: Yes\n  Slave_SQL_Running: No\n  Seconds_Behind_Master: NULL\n";
        let got = mariadb(&format!("{head}{replica}")).expect("a section").expect("a server");
        let state = got.state.known().expect("a state");
        let replica = state.replica.as_ref().expect("a replica");
        assert_eq!((state.read_only, replica.sql_running, replica.behind_s), (true, false, None));
        assert_eq!((state.old_hashes, state.database_bytes.len()), (Some(2), 1));
        assert_eq!(mariadb(head).expect("a section").expect("a server").state.known().expect("a state").replica, None);
        assert_eq!(mariadb(""), Ok(None));
    }
}
