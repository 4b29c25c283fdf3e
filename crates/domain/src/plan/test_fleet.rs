//! A small fleet of the usual kind, for tests of plans: what watches, what caches, what serves, what keeps.

use crate::{
    HostId,
    facts::Facts,
    inventory::{Inventory, Source},
    packages::Given,
    plan::{Environment, PlanInput, Scenery, Timing},
    project::{Fleet, Project},
    rules::fixtures::known,
    specimens,
};
use indexmap::IndexMap;
use jiff::Timestamp;
use std::net::Ipv4Addr;

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
    pub blocks: IndexMap<HostId, Vec<super::Block>>,
    pub timings: IndexMap<HostId, Timing>,
    pub given: Given,
    pub keys: IndexMap<String, String>,
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
        Self {
            project,
            fleet,
            facts,
            blocks: IndexMap::new(),
            timings: IndexMap::new(),
            given: Given::default(),
            keys: IndexMap::new(),
        }
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
            given: &self.given,
            keys: &self.keys,
        }
    }
}

pub(crate) fn id(name: &str) -> HostId {
    HostId::parse(name).expect("a host name")
}

fn all() -> Vec<Facts> {
    let at = |octet| Ipv4Addr::new(10, 77, 0, octet);
    let mut all = vec![
        specimens::monitoring("mon-1", at(11), "node_boot_time > 0"),
        specimens::cache("cache-1", at(21), None),
        specimens::cache("cache-2", at(22), Some(at(21))),
        specimens::web("web-1", at(31)),
        specimens::web("web-2", at(32)),
        specimens::postgresql("db-1", at(41), None),
        specimens::postgresql("db-2", at(42), Some(at(41))),
        specimens::mariadb("db-3", at(43), None),
        specimens::mariadb("db-4", at(44), Some(at(43))),
        specimens::edge("edge-1", at(51), [at(31), at(32)]),
    ];
    all.iter_mut().for_each(unredacted);
    all
}

fn unredacted(facts: &mut Facts) {
    for file in known(&mut facts.config_files) {
        let content = known(&mut file.content);
        *content = content.replace(specimens::REDACTED, SECRET);
    }
}
