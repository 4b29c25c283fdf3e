//! Whole hosts of the usual kind, as a survey would read them: what watches, what caches, what serves, what keeps.
//!
//! Tests of plans start from them, and the simulator's fleet is made of them. Nothing here was seen on a machine.

mod moved;

pub use moved::moved;

use crate::{
    facts::services::MariaDbReplica,
    facts::{
        Address, ConfigFile, Facts, Group, Interface, LocalUnit, MariaDb, Nginx, Postgres, Prometheus, Read, Redis,
        RedisRole, Route, Why,
    },
    rules::fixtures::{
        add_package, add_unit, add_user, clean_el7, clean_el7_cache, clean_el7_mariadb, clean_el7_postgresql, ifcfg,
        known,
    },
};
use sha2::{Digest as _, Sha256};
use std::net::{IpAddr, Ipv4Addr};

/// What the survey puts in the place of a secret.
pub const REDACTED: &str = "<redacted:5f1c09aa>";
/// The network that all of them are in.
const NETWORK: &str = "10.77.0.0/16";
const PREFIX: u8 = 16;
const GATEWAY: Ipv4Addr = Ipv4Addr::new(10, 77, 0, 1);

/// A web server: nginx before an application of the host's own.
pub fn web(name: &str, at: Ipv4Addr) -> Facts {
    let mut facts = base(name, at);
    add_package(&mut facts, "nginx", "1.20.1", "10.el7");
    add_unit(&mut facts, "nginx.service");
    add_unit(&mut facts, "shop.service");
    add_user(&mut facts, "shop", 980, "/opt/shop", "/sbin/nologin");
    known(&mut facts.groups).push(Group { name: "shop".into(), gid: 980, members: Vec::new() });
    let unit =
        "[Service]\nUser=shop\nEnvironmentFile=/etc/sysconfig/shop\nExecStart=/opt/shop/shop.py\nMemoryLimit=1G\n";
    file(&mut facts, "/etc/systemd/system/shop.service", unit);
    facts.local_units =
        Read::Known(vec![LocalUnit { path: "/etc/systemd/system/shop.service".into(), content: unit.into() }]);
    file(&mut facts, "/etc/sysconfig/shop", &format!("SHOP_DB_PASSWORD={REDACTED}\n"));
    file(&mut facts, "/etc/nginx/conf.d/shop.conf", "server { listen 80; }\n");
    facts.nginx = Read::Known(Some(Nginx { version: "1.20.1".into(), listing: Read::Known(String::new()) }));
    facts
}

/// A Redis server, or the replica of one.
pub fn cache(name: &str, at: Ipv4Addr, master: Option<Ipv4Addr>) -> Facts {
    let mut facts = base(name, at);
    add_package(&mut facts, "redis", "3.2.12", "2.el7");
    add_unit(&mut facts, "redis.service");
    file(&mut facts, "/etc/redis.conf", &format!("bind {at}\nrequirepass {REDACTED}\nslave-read-only yes\n"));
    let model = clean_el7_cache();
    facts.listening = model.listening.clone();
    let mut state = model.redis.known().and_then(|r| r[0].state.known().cloned()).expect("the fixture has a state");
    state.version = "3.2.12".into();
    if let Some(master) = master {
        state.role = RedisRole::Replica { master_host: master.to_string(), master_port: 6379, link_up: true };
    }
    facts.redis = Read::Known(vec![Redis { port: 6379, config: "/etc/redis.conf".into(), state: Read::Known(state) }]);
    facts
}

/// A PostgreSQL server, or a standby of one.
pub fn postgresql(name: &str, at: Ipv4Addr, primary: Option<Ipv4Addr>) -> Facts {
    let mut facts = base(name, at);
    add_package(&mut facts, "postgresql15-server", "15.8", "1PGDG.rhel7");
    add_unit(&mut facts, "postgresql-15.service");
    add_user(&mut facts, "postgres", 26, "/var/lib/pgsql", "/bin/bash");
    let model = clean_el7_postgresql();
    facts.listening = model.listening.clone();
    let mut state =
        model.postgresql.known().and_then(|p| p[0].state.known().cloned()).expect("the fixture has a state");
    state.version = "15.8".into();
    state.collations = [("shop".to_owned(), "UTF8/en_US.UTF-8".to_owned())].into();
    (state.in_recovery, state.primary_host) = (primary.is_some(), primary.map(|p| p.to_string()));
    let server = Postgres { port: 5432, data_dir: "/var/lib/pgsql/15/data".into(), state: Read::Known(state) };
    facts.postgresql = Read::Known(vec![server]);
    facts
}

/// A MariaDB server, or the replica of one.
pub fn mariadb(name: &str, at: Ipv4Addr, master: Option<Ipv4Addr>) -> Facts {
    let mut facts = base(name, at);
    add_package(&mut facts, "MariaDB-server", "10.11.11", "1.el7.centos");
    add_unit(&mut facts, "mariadb.service");
    file(&mut facts, "/etc/my.cnf", "[mysqld]\nthread_concurrency = 8\n!includedir /etc/my.cnf.d\n");
    let model = clean_el7_mariadb();
    facts.listening = model.listening.clone();
    let server = model.mariadb.known().cloned().flatten().expect("the fixture has a server");
    let mut state = server.state.known().cloned().expect("the fixture has a state");
    state.version = "10.11.11-MariaDB-log".into();
    state.server_id = u64::from(u32::from(at) & 0xffff);
    state.read_only = master.is_some();
    state.replica = master.map(|host| MariaDbReplica {
        master_host: host.to_string(),
        master_port: 3306,
        io_running: true,
        sql_running: true,
        behind_s: Some(0),
    });
    facts.mariadb = Read::Known(Some(MariaDb { data_dir: "/var/lib/mysql/".into(), state: Read::Known(state) }));
    facts
}

/// A monitoring server whose alerts look at `expression`.
pub fn monitoring(name: &str, at: Ipv4Addr, expression: &str) -> Facts {
    let mut facts = base(name, at);
    add_package(&mut facts, "prometheus2", "2.42.0", "1.el7");
    add_package(&mut facts, "alertmanager", "0.25.0", "1.el7");
    for unit in ["prometheus.service", "alertmanager.service", "node_exporter.service"] {
        add_unit(&mut facts, unit);
    }
    file(&mut facts, "/etc/prometheus/prometheus.yml", "global: {}\n");
    file(&mut facts, "/etc/prometheus/rules/hosts.yml", &format!("groups:\n- expr: {expression}\n"));
    let server = |args: &str| Prometheus { version: Read::Known("2.42.0".into()), args: args.into() };
    facts.prometheus = Read::Known(Some(server("/usr/bin/prometheus --storage.tsdb.path=/var/lib/prometheus/data")));
    facts.alertmanager =
        Read::Known(Some(server("/usr/bin/alertmanager --storage.path /var/lib/prometheus/alertmanager")));
    facts
}

/// A load balancer before those servers.
pub fn edge(name: &str, at: Ipv4Addr, servers: impl IntoIterator<Item = Ipv4Addr>) -> Facts {
    let mut facts = base(name, at);
    let servers = (1..).zip(servers).map(|(n, at)| format!("    server w{n} {at}:80 check\n"));
    file(&mut facts, "/etc/haproxy/haproxy.cfg", &format!("backend web\n{}", servers.collect::<String>()));
    facts
}

/// A host as kickstart and its operators left it.
fn base(name: &str, at: Ipv4Addr) -> Facts {
    let mut facts = clean_el7(name, at.octets()[3]);
    addressed(&mut facts, at);
    known(&mut facts.groups).push(Group { name: "deploy".into(), gid: 1000, members: Vec::new() });
    for (package, version, release) in
        [("openssl", "1.0.2k", "26.el7_9"), ("openssh-server", "7.4p1", "23.el7_9"), ("ntp", "4.2.6p5", "29.el7")]
    {
        add_package(&mut facts, package, version, release);
    }
    add_unit(&mut facts, "ntpd.service");
    file(&mut facts, "/etc/ntp.conf", "server ntp1.example.com iburst\n");
    file(&mut facts, "/etc/cron.d/backup", "0 2 * * * root /usr/local/bin/backup\n");
    known(&mut facts.config_files).iter_mut().for_each(|f| f.sha256 = sum(f.content.known().map_or("", |c| c)));
    facts
}

/// Gives the host its address, and the file that says so.
fn addressed(facts: &mut Facts, at: Ipv4Addr) {
    let [_, _, high, low] = at.octets();
    facts.interfaces = Read::Known(vec![Interface {
        name: "ens3".into(),
        mac: format!("52:54:00:00:{high:02x}:{low:02x}"),
        mtu: 1500,
        up: true,
        addresses: vec![Address { ip: IpAddr::V4(at), prefix: PREFIX }],
    }]);
    let route =
        |to: &str, via: Option<Ipv4Addr>| Route { to: to.into(), via: via.map(IpAddr::V4), dev: Some("ens3".into()) };
    facts.routes = Read::Known(vec![route("default", Some(GATEWAY)), route(NETWORK, None)]);
    let (address, prefix) = (at.to_string(), PREFIX.to_string());
    let settings = [
        ("TYPE", "Ethernet"),
        ("BOOTPROTO", "none"),
        ("DEVICE", "ens3"),
        ("IPADDR", address.as_str()),
        ("PREFIX", prefix.as_str()),
    ];
    let written = ifcfg("ens3", &settings);
    file(facts, &written.path, &settings.map(|(k, v)| format!("{k}={v}\n")).concat());
    facts.ifcfg = Read::Known(vec![written]);
}

fn file(facts: &mut Facts, path: &str, content: &str) {
    known(&mut facts.config_files).push(ConfigFile {
        path: path.into(),
        mode: "0640".into(),
        owner: "root".into(),
        group: "root".into(),
        size: content.len() as u64,
        sha256: sum(content),
        owned_by_rpm: None,
        changed_from_rpm: None,
        content: Read::Known(content.to_owned()),
    });
}

/// As the survey has it: none of a file that holds a secret.
fn sum(content: &str) -> Read<String> {
    if content.contains(REDACTED) {
        return Read::Unknown(Why::HoldsSecret);
    }
    Read::Known(Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect())
}
