//! Data beside PostgreSQL, MariaDB and Redis: memcached, MySQL, SAP HANA, clusters of third parties, and the tools
//! that keep copies of data.

use super::text::{content, files, found_if, names, settings};
use super::used::{files_in_use, installed, used};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Why};

/// Servers that make up clusters, and are no part of EL 9: how their packages or programs are called.
const CLUSTERED: &[&str] = &[
    "rabbitmq-server",
    "kafka",
    "zookeeper",
    "elasticsearch",
    "opensearch",
    "mongodb-org-server",
    "mongodb-server",
    "cassandra",
    "etcd",
    "consul",
    "nats-server",
    "activemq",
    "couchbase-server",
    "influxdb",
    "clickhouse-server",
    "MariaDB-Galera-server",
    "galera",
    "galera-4",
];

/// Units of storage that several hosts hold together, or that one gives to others as disks.
const STORAGE: &[&str] = &["glusterd.service", "target.service", "drbd.service", "nfs-ganesha.service", "tgtd.service"];

pub const MEMCACHED: Rule = Rule {
    id: "cache.memcached-listen",
    severity: Severity::Warns,
    area: Area::Cache,
    sources: &["MC-01", "leapp-172", "leapp-173", "leapp-174"],
    evidence: Evidence::Source,
    looks_at: &["units", "config_files"],
    look: memcached,
};
fn memcached(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files_in_use(facts, &["memcached.service"], |path| path == "/etc/sysconfig/memcached")? {
        let options = settings(content(file)?).into_iter().rfind(|one| one.key == "OPTIONS");
        let options = options.map_or("", |one| one.value);
        let says = |short: &str, long: &str| {
            options.split_whitespace().any(|word| word.starts_with(short) || word.starts_with(long))
        };
        let at = |key: &str| Message::new(key).with("file", &file.path);
        found.extend(found_if(!says("-l", "--listen"), || at("finding-cache-memcached-listen-address")));
        found.extend(found_if(!says("-U", "--udp-port"), || at("finding-cache-memcached-listen-udp")));
    }
    Ok(found)
}

pub const MYSQL: Rule = Rule {
    id: "database.mysql",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["DB-07", "leapp-190"],
    evidence: Evidence::Source,
    looks_at: &["packages"],
    look: mysql,
};
fn mysql(facts: &Facts) -> Result<Vec<Message>, Why> {
    let is_server = |name: &str| {
        matches!(name, "mysql-community-server" | "mysql-server" | "mysql-commercial-server")
            || name.starts_with("Percona-Server-server")
            || name == "percona-server-server"
    };
    let servers = facts.packages.get()?.iter().filter(|package| is_server(&package.name));
    Ok(servers
        .map(|package| {
            Message::new("finding-database-mysql").with("package", &package.name).with("version", &package.version)
        })
        .collect())
}

pub const OLD_PASSWORDS: Rule = Rule {
    id: "database.old-passwords",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["DB-07"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    look: old_passwords,
};
fn old_passwords(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, super::database::is_my_cnf)? {
        let on = settings(content(file)?).into_iter().filter(|one| {
            matches!(one.key.replace('-', "_").as_str(), "old_passwords" | "skip_secure_auth")
                && !matches!(one.value, "0" | "OFF" | "off")
        });
        found.extend(on.map(|one| {
            Message::new("finding-database-old-passwords")
                .with("file", &file.path)
                .with("line", one.no)
                .with("option", one.key)
        }));
    }
    Ok(found)
}

pub const DUMP_BACK: Rule = Rule {
    id: "database.mariadb-dump-back",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["DB-06"],
    evidence: Evidence::Reported,
    looks_at: &["mariadb"],
    look: dump_back,
};
fn dump_back(facts: &Facts) -> Result<Vec<Message>, Why> {
    let state = facts.mariadb.get()?.as_ref().map(|server| server.state.get()).transpose()?;
    let old = state.filter(|state| {
        super::text::major_minor(&state.version).is_some_and(|version| version < super::database::MARIADB_TARGET)
    });
    Ok(old
        .map(|state| Message::new("finding-database-mariadb-dump-back").with("version", &state.version))
        .into_iter()
        .collect())
}

pub const BACKUP_TOOLS: Rule = Rule {
    id: "database.backup-tools",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["DB-09", "PG-08"],
    evidence: Evidence::Reported,
    looks_at: &["packages"],
    look: backup_tools,
};
fn backup_tools(facts: &Facts) -> Result<Vec<Message>, Why> {
    let is_tool = |name: &str| {
        matches!(name, "mydumper" | "MariaDB-backup" | "mariadb-backup" | "pgbackrest" | "barman" | "wal-g" | "wal-e")
            || name.starts_with("percona-xtrabackup")
    };
    let tools = installed(facts, is_tool)?;
    Ok(found_if(!tools.is_empty(), || Message::new("finding-database-backup-tools").with("packages", names(tools))))
}

pub const SAP_HANA: Rule = Rule {
    id: "database.sap-hana",
    severity: Severity::Blocks,
    area: Area::Database,
    sources: &["leapp-194", "leapp-195", "leapp-196", "leapp-197"],
    evidence: Evidence::Source,
    looks_at: &["processes"],
    look: sap_hana,
};
fn sap_hana(facts: &Facts) -> Result<Vec<Message>, Why> {
    let hana = |comm: &str| matches!(comm, "hdbdaemon" | "hdbindexserver" | "hdbnameserver") || comm.starts_with("hdb.sap");
    let users = facts.processes.get()?.iter().filter(|process| hana(&process.comm)).map(|process| process.user.as_str());
    let users: Vec<&str> = users.collect();
    Ok(found_if(!users.is_empty(), || Message::new("finding-database-sap-hana").with("users", names(users))))
}

pub const CLUSTERED_STORES: Rule = Rule {
    id: "services.clustered-stores",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["MQ-01"],
    evidence: Evidence::Known,
    looks_at: &["packages", "processes"],
    look: clustered_stores,
};
/// By package, or by the folder or jar that a running program was started from.
fn clustered_stores(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut seen = installed(facts, |name| CLUSTERED.contains(&name))?;
    let classes = [
        ("kafka.Kafka", "kafka"),
        ("org.apache.zookeeper.server", "zookeeper"),
        ("org.elasticsearch.bootstrap", "elasticsearch"),
        ("org.apache.cassandra.service", "cassandra"),
        ("activemq.jar", "activemq"),
    ];
    for process in facts.processes.get()? {
        let class = classes.iter().find(|(class, _)| process.comm == "java" && process.args.contains(class));
        let program = ["mongod", "etcd", "consul", "nats-server"].into_iter().find(|name| process.comm == *name);
        seen.extend(class.map(|(_, name)| *name).or(program));
    }
    Ok(found_if(!seen.is_empty(), || Message::new("finding-services-clustered-stores").with("names", names(seen))))
}

pub const STORAGE_CLUSTER: Rule = Rule {
    id: "services.shared-storage",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["STO-01"],
    evidence: Evidence::Known,
    looks_at: &["units"],
    look: storage_cluster,
};
fn storage_cluster(facts: &Facts) -> Result<Vec<Message>, Why> {
    let units = used(facts, |name| STORAGE.contains(&name) || name.starts_with("ceph-"))?;
    Ok(found_if(!units.is_empty(), || Message::new("finding-services-shared-storage").with("units", names(units))))
}
