//! A small fleet of the usual kind, for tests of plans: what watches, what caches, what serves, what keeps.

use crate::{
    HostId,
    facts::services::MariaDbReplica,
    facts::{ConfigFile, Facts, Group, LocalUnit, MariaDb, Nginx, Postgres, Prometheus, Read, Redis, RedisRole, Why},
    inventory::{Inventory, Source},
    plan::{Environment, PlanInput, Scenery, Timing},
    project::{Fleet, Project},
    rules::fixtures::{
        add_package, add_unit, add_user, clean_el7, clean_el7_cache, clean_el7_mariadb, clean_el7_postgresql, known,
    },
};
use indexmap::IndexMap;
use jiff::Timestamp;

const PROJECT: &str = r#"
[project]
name = "shop"
environment = "production"
inventory = ["inventory.ini"]
[vault]
path = "/srv/vault"
password_file = "/etc/vault.password"
[limits]
max_unavailable = 2
facts_max_age_hours = 24
soak_seconds = 60
[monitoring]
alertmanager_url = "http://10.77.0.11:9093"
alertmanager_host = "mon-1"
[roles.monitoring]
groups = ["monitoring"]
[roles.cache]
groups = ["cache"]
[roles.web]
groups = ["web"]
canary = "web-2"
balancer = { host = "edge-1", backend = "web" }
[roles.database]
groups = ["database"]
[roles.edge]
groups = ["edge"]
moves = false
[[pairs]]
hosts = ["cache-1", "cache-2"]
[[pairs]]
hosts = ["db-1", "db-2"]
[[pairs]]
hosts = ["db-3", "db-4"]
[[services]]
name = "shop"
kind = "http"
path = "/healthz"
role = "web"
"#;

const INVENTORY: &str = "
[monitoring]
mon-1 ansible_host=10.77.0.11
[cache]
cache-1 ansible_host=10.77.0.21
cache-2 ansible_host=10.77.0.22
[web]
web-1 ansible_host=10.77.0.31
web-2 ansible_host=10.77.0.32
[database]
db-1 ansible_host=10.77.0.41
db-2 ansible_host=10.77.0.42
db-3 ansible_host=10.77.0.43
db-4 ansible_host=10.77.0.44
[edge]
edge-1 ansible_host=10.77.0.51
";

/// As if the survey had failed to replace it: nothing of a file's content may come into a plan.
pub(crate) const SECRET: &str = "hunter2-9f31";

/// Everything that a plan is made from, owned.
pub(crate) struct World {
    pub project: Project,
    pub fleet: Fleet,
    pub facts: IndexMap<HostId, Facts>,
    pub blocks: IndexMap<HostId, Vec<crate::Message>>,
    pub timings: IndexMap<HostId, Timing>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::of(PROJECT)
    }

    /// The same fleet under another project file.
    pub(crate) fn with(more: &str) -> Self {
        Self::of(&format!("{PROJECT}{more}"))
    }

    fn of(project: &str) -> Self {
        let project = Project::parse(project, "rockhop.toml").expect("the test's project is sound");
        let source = Source { path: "inventory.ini", text: INVENTORY };
        let inventory = Inventory::read(&[source]).expect("the test's inventory is sound");
        let fleet = project.resolve(&inventory).expect("they fit");
        let facts = all().into_iter().map(|f| (f.host.clone(), f)).collect();
        Self { project, fleet, facts, blocks: IndexMap::new(), timings: IndexMap::new() }
    }

    pub(crate) fn input(&self) -> PlanInput<'_> {
        PlanInput {
            project: &self.project,
            fleet: &self.fleet,
            facts: &self.facts,
            blocks: &self.blocks,
            timings: &self.timings,
            made_at: Timestamp::UNIX_EPOCH,
            environment: Environment::Production,
            scenery: Scenery::Simulated,
        }
    }
}

pub(crate) fn id(name: &str) -> HostId {
    HostId::parse(name).expect("a host name")
}

fn all() -> Vec<Facts> {
    vec![
        monitoring(),
        cache("cache-1", 21, None),
        cache("cache-2", 22, Some("10.77.0.21")),
        web("web-1", 31),
        web("web-2", 32),
        postgresql("db-1", 41, None),
        postgresql("db-2", 42, Some("10.77.0.41")),
        mariadb("db-3", 43, None),
        mariadb("db-4", 44, Some("10.77.0.43")),
        edge(),
    ]
}

/// A host as kickstart and its operators left it.
fn base(name: &str, octet: u8) -> Facts {
    let mut facts = clean_el7(name, octet);
    let path = "/etc/sysconfig/network-scripts/ifcfg-ens3";
    let address = format!("10.77.0.{octet}");
    let settings = [
        ("TYPE", "Ethernet"),
        ("BOOTPROTO", "none"),
        ("DEVICE", "ens3"),
        ("IPADDR", address.as_str()),
        ("PREFIX", "24"),
    ];
    facts.ifcfg = Read::Known(vec![crate::rules::fixtures::ifcfg("ens3", &settings)]);
    file(&mut facts, path, &settings.map(|(k, v)| format!("{k}={v}\n")).concat());
    known(&mut facts.groups).push(Group { name: "deploy".into(), gid: 1000, members: Vec::new() });
    known(&mut facts.config_files).iter_mut().for_each(|f| f.sha256 = Read::Known("0".repeat(64)));
    add_package(&mut facts, "ntp", "4.2.6p5", "29.el7");
    add_unit(&mut facts, "ntpd.service");
    file(&mut facts, "/etc/ntp.conf", "server ntp1.example.com iburst\n");
    file(&mut facts, "/etc/cron.d/backup", "0 2 * * * root /usr/local/bin/backup\n");
    facts
}

fn file(facts: &mut Facts, path: &str, content: &str) {
    let sha256 = if content.contains(SECRET) { Read::Unknown(Why::HoldsSecret) } else { Read::Known("0".repeat(64)) };
    let size = content.len() as u64;
    let (mode, owner, group) = ("0640".into(), "root".into(), "root".into());
    let content = Read::Known(content.to_owned());
    known(&mut facts.config_files).push(ConfigFile {
        path: path.into(),
        mode,
        owner,
        group,
        size,
        sha256,
        owned_by_rpm: None,
        changed_from_rpm: None,
        content,
    });
}

fn web(name: &str, octet: u8) -> Facts {
    let mut facts = base(name, octet);
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
    file(&mut facts, "/etc/sysconfig/shop", &format!("SHOP_DB_PASSWORD={SECRET}\n"));
    file(&mut facts, "/etc/nginx/conf.d/shop.conf", "server { listen 80; }\n");
    facts.nginx = Read::Known(Some(Nginx { version: "1.20.1".into(), listing: Read::Known(String::new()) }));
    facts
}

fn cache(name: &str, octet: u8, master: Option<&str>) -> Facts {
    let mut facts = base(name, octet);
    add_package(&mut facts, "redis", "3.2.12", "2.el7");
    add_unit(&mut facts, "redis.service");
    file(&mut facts, "/etc/redis.conf", &format!("bind 10.77.0.{octet}\nrequirepass {SECRET}\nslave-read-only yes\n"));
    let model = clean_el7_cache();
    facts.listening = model.listening.clone();
    let mut state = model.redis.known().and_then(|r| r[0].state.known().cloned()).expect("the fixture has a state");
    state.version = "3.2.12".into();
    if let Some(master) = master {
        state.role = RedisRole::Replica { master_host: master.into(), master_port: 6379, link_up: true };
    }
    facts.redis = Read::Known(vec![Redis { port: 6379, config: "/etc/redis.conf".into(), state: Read::Known(state) }]);
    facts
}

fn postgresql(name: &str, octet: u8, primary: Option<&str>) -> Facts {
    let mut facts = base(name, octet);
    add_package(&mut facts, "postgresql15-server", "15.8", "1PGDG.rhel7");
    add_unit(&mut facts, "postgresql-15.service");
    add_user(&mut facts, "postgres", 26, "/var/lib/pgsql", "/bin/bash");
    let model = clean_el7_postgresql();
    facts.listening = model.listening.clone();
    let mut state =
        model.postgresql.known().and_then(|p| p[0].state.known().cloned()).expect("the fixture has a state");
    state.version = "15.8".into();
    state.collations = [("shop".to_owned(), "UTF8/en_US.UTF-8".to_owned())].into();
    (state.in_recovery, state.primary_host) = (primary.is_some(), primary.map(str::to_owned));
    let server = Postgres { port: 5432, data_dir: "/var/lib/pgsql/15/data".into(), state: Read::Known(state) };
    facts.postgresql = Read::Known(vec![server]);
    facts
}

fn mariadb(name: &str, octet: u8, master: Option<&str>) -> Facts {
    let mut facts = base(name, octet);
    add_package(&mut facts, "MariaDB-server", "10.11.11", "1.el7.centos");
    add_unit(&mut facts, "mariadb.service");
    file(&mut facts, "/etc/my.cnf", "[mysqld]\nthread_concurrency = 8\n!includedir /etc/my.cnf.d\n");
    let model = clean_el7_mariadb();
    facts.listening = model.listening.clone();
    let server = model.mariadb.known().cloned().flatten().expect("the fixture has a server");
    let mut state = server.state.known().cloned().expect("the fixture has a state");
    state.version = "10.11.11-MariaDB-log".into();
    state.server_id = octet.into();
    state.read_only = master.is_some();
    state.replica = master.map(|host| MariaDbReplica {
        master_host: host.into(),
        master_port: 3306,
        io_running: true,
        sql_running: true,
        behind_s: Some(0),
    });
    facts.mariadb = Read::Known(Some(MariaDb { data_dir: "/var/lib/mysql/".into(), state: Read::Known(state) }));
    facts
}

fn monitoring() -> Facts {
    let mut facts = base("mon-1", 11);
    add_package(&mut facts, "prometheus2", "2.42.0", "1.el7");
    add_package(&mut facts, "alertmanager", "0.25.0", "1.el7");
    for unit in ["prometheus.service", "alertmanager.service", "node_exporter.service"] {
        add_unit(&mut facts, unit);
    }
    file(&mut facts, "/etc/prometheus/prometheus.yml", "global: {}\n");
    file(&mut facts, "/etc/prometheus/rules/hosts.yml", "groups:\n- expr: node_boot_time > 0\n");
    let server = |args: &str| Prometheus { version: Read::Known("2.42.0".into()), args: args.into() };
    facts.prometheus = Read::Known(Some(server("/usr/bin/prometheus --storage.tsdb.path=/var/lib/prometheus/data")));
    facts.alertmanager =
        Read::Known(Some(server("/usr/bin/alertmanager --storage.path /var/lib/prometheus/alertmanager")));
    facts
}

fn edge() -> Facts {
    let mut facts = base("edge-1", 51);
    file(
        &mut facts,
        "/etc/haproxy/haproxy.cfg",
        "backend web\n    server w1 10.77.0.31:80 check\n    server w2 10.77.0.32:80 check\n",
    );
    facts
}
