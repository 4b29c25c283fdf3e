//! Data beside PostgreSQL, MariaDB and Redis: memcached, MySQL, SAP HANA, clusters of third parties, and the tools
//! that keep copies of data.

use super::case::{fine, found};
use super::fixtures::*;
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
    sources: &["MC-01", "leapp-172", "leapp-173"],
    evidence: Evidence::Source,
    looks_at: &["units", "config_files"],
    places: &["/etc/sysconfig/*"],
    look: memcached,
    cases: &[
        found(clean_el7_cache, |f| {
            add_unit(f, "memcached.service");
            vendor_file(f, "/etc/sysconfig/memcached", "PORT=\"11211\"\nOPTIONS=\"\"\n");
        }),
        fine(clean_el7_cache, |f| {
            add_unit(f, "memcached.service");
            add_file(f, "/etc/sysconfig/memcached", "OPTIONS=\"-l 10.77.0.21 -U 0\"\n");
        }),
    ],
    ..Rule::USUAL
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
    cases: &[
        found(clean_el7_mariadb, |f| add_package(f, "mysql-community-server", "5.7.44", "1.el7")),
        fine(clean_el7_mariadb, |f| add_package(f, "mysql-community-client", "5.7.44", "1.el7")),
    ],
    ..Rule::USUAL
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
    places: &["/etc/my.cnf", "/etc/my.cnf.d/*.cnf"],
    look: old_passwords,
    cases: &[
        found(clean_el7_mariadb, |f| add_file(f, "/etc/my.cnf", "[mysqld]\nold-passwords = 1\n")),
        fine(clean_el7_mariadb, |f| add_file(f, "/etc/my.cnf", "[mysqld]\nold_passwords = 0\nsymbolic-links = 0\n")),
    ],
    ..Rule::USUAL
};
fn old_passwords(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, super::mariadb::is_my_cnf)? {
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

pub const BACKUP_TOOLS: Rule = Rule {
    id: "database.backup-tools",
    severity: Severity::Warns,
    area: Area::Database,
    sources: &["DB-09", "PG-08"],
    evidence: Evidence::Reported,
    looks_at: &["packages"],
    look: backup_tools,
    cases: &[
        found(clean_el7_mariadb, |f| add_package(f, "percona-xtrabackup-24", "2.4.29", "1.el7")),
        fine(clean_el7_mariadb, |f| add_package(f, "percona-release", "1.0", "29")),
    ],
    ..Rule::USUAL
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
    cases: &[
        found(clean_el7_mariadb, |f| {
            let hana = known(&mut f.processes);
            hana[0].comm = "hdbindexserver".into();
            hana[0].user = "hdbadm".into();
        }),
        fine(clean_el7_mariadb, |f| known(&mut f.processes)[0].comm = "hdparm".into()),
    ],
    ..Rule::USUAL
};
fn sap_hana(facts: &Facts) -> Result<Vec<Message>, Why> {
    let hana =
        |comm: &str| matches!(comm, "hdbdaemon" | "hdbindexserver" | "hdbnameserver") || comm.starts_with("hdb.sap");
    let users =
        facts.processes.get()?.iter().filter(|process| hana(&process.comm)).map(|process| process.user.as_str());
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
    cases: &[
        found(clean_el7_web, |f| add_package(f, "rabbitmq-server", "3.8.34", "1.el7")),
        found(clean_el7_web, |f| {
            let java = &mut known(&mut f.processes)[0];
            (java.comm, java.args) =
                ("java".into(), "java -Xmx1G kafka.Kafka /opt/kafka/config/server.properties".into());
        }),
        fine(clean_el7_web, |f| {
            let java = &mut known(&mut f.processes)[0];
            (java.comm, java.args) = ("vi".into(), "vi kafka.Kafka".into());
        }),
    ],
    ..Rule::USUAL
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
    cases: &[
        found(clean_el7_web, |f| add_unit(f, "glusterd.service")),
        fine(clean_el7_web, |f| add_idle_unit(f, "target.service")),
    ],
    ..Rule::USUAL
};
fn storage_cluster(facts: &Facts) -> Result<Vec<Message>, Why> {
    let units = used(facts, |name| STORAGE.contains(&name) || name.starts_with("ceph-"))?;
    Ok(found_if(!units.is_empty(), || Message::new("finding-services-shared-storage").with("units", names(units))))
}
