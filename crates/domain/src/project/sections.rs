//! The parts of the project file that say how the fleet moves. The comments here are the schema's texts.

use super::{Milli, Share};
use crate::plan::{Environment, GateTime, OnFailure};
use crate::rules::{Severity, Strategy};
use crate::{HostId, RoleId, RuleId, ServiceId};
use indexmap::IndexMap;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the project is and who answers for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The project's name, on every page of the report.
    pub name: String,
    /// Whose fleet it is.
    #[serde(default)]
    pub organisation: Option<String>,
    /// The language of screens and reports unless asked otherwise.
    #[serde(default)]
    pub language: Language,
    /// What the fleet is. Production does not run without an approval.
    pub environment: Environment,
    /// Inventories, as paths below the project's folder: Ansible INI or YAML, or CSV. `group_vars/` and
    /// `host_vars/` beside them are read too.
    pub inventory: Vec<String>,
    /// Hosts or groups of the inventory that are no part of the project.
    #[serde(default)]
    pub leave_out: Vec<String>,
    /// Who may read the report: `internal`.
    #[serde(default)]
    pub classification: Option<String>,
    /// The people.
    #[serde(default)]
    pub contacts: Contacts,
}

/// The language of what people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    #[default]
    En,
}

/// Who asked for the move, who approves it, who signs its report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contacts {
    /// Who asked for it.
    #[serde(default)]
    pub requester: Option<String>,
    /// Whose signatures a plan needs before it runs in production. Their keys are in `approvers.allowed`.
    #[serde(default)]
    pub approvers: Vec<String>,
    /// How many of them have to sign.
    #[serde(default = "one")]
    pub approvals_needed: u32,
    /// Who signs the execution report, with the part that they answer for.
    #[serde(default)]
    pub sign_off: Vec<Person>,
    /// Whom to ask about what.
    #[serde(default)]
    pub ask: Vec<Person>,
}

/// A person and what for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// As what: `project lead`.
    pub role: String,
    /// The name.
    pub name: String,
}

/// How hosts are reached. What the inventory says of a host goes before what stands here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ConnectionRules {
    /// The known_hosts file. Hosts that are not in it are refused.
    pub known_hosts: String,
    /// Private keys that are tried, in order; without any the agent is asked.
    pub key_files: Vec<String>,
    /// Who logs in where the inventory names nobody.
    pub user: Option<String>,
    /// A bastion for hosts to which the inventory names none: `ops@bastion.example.com:22`.
    pub jump: Option<String>,
    /// A network namespace of this machine in which connections are made; the lab sets it.
    pub namespace: Option<String>,
    /// Connections that one bastion may be setting up at once; its sshd drops what is above MaxStartups.
    pub max_handshakes_per_bastion: u32,
    /// How long a host may take to answer.
    pub connect_timeout_seconds: u32,
    /// After this much silence an idle connection is asked whether it lives.
    pub keepalive_seconds: u32,
}

/// What hosts are for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Groups of the inventory whose hosts have this role.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Single hosts that have it, whatever their groups say.
    #[serde(default)]
    pub hosts: Vec<HostId>,
    /// How these hosts move. Rules that have nothing to say of such a move are not asked. A plan is made for `replace`
    /// alone; of the others an assessment says what they would meet.
    #[serde(default)]
    pub strategy: Strategy,
    /// Whether these hosts move. Others are looked at because something depends on them.
    #[serde(default = "yes")]
    pub moves: bool,
    /// How many of them may be away at once: `1`, `"25%"`.
    #[serde(default)]
    pub max_unavailable: Option<Share>,
    /// Roles that move before this one.
    #[serde(default)]
    pub after: Vec<RoleId>,
    /// The host that goes first, alone.
    #[serde(default)]
    pub canary: Option<HostId>,
    /// Which of the windows holds for them.
    #[serde(default)]
    pub window: Option<String>,
    /// How long a moved host of this role is watched before it is accepted.
    #[serde(default)]
    pub soak_seconds: Option<u32>,
    /// The load balancer in front of them.
    #[serde(default)]
    pub balancer: Option<Balancer>,
}

/// A load balancer from which a host is drained before it moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Balancer {
    /// The host on which it runs.
    pub host: HostId,
    /// The backend that holds the role's hosts.
    pub backend: String,
    /// Its control socket.
    #[serde(default = "haproxy_socket")]
    pub socket: String,
}

/// Where hosts stand.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Groups of the inventory whose hosts stand here.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Single hosts that stand here, whatever their groups say.
    #[serde(default)]
    pub hosts: Vec<HostId>,
    /// Which of the windows holds here, unless the role has its own.
    #[serde(default)]
    pub window: Option<String>,
}

/// Limits that hold over the whole campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// How many hosts of the whole fleet may be away at once: `4`, `"10%"`.
    pub max_unavailable: Share,
    /// How many hosts are in motion at once.
    pub hosts_in_parallel: u32,
    /// How many hosts may end otherwise than accepted before the campaign stops. Failed, unreachable and
    /// unknown hosts count alike.
    pub failure_budget: Share,
    /// Older facts start no host.
    pub facts_max_age_hours: u32,
    /// Time kept free before the end of a window for taking a host back.
    pub rollback_reserve_minutes: u32,
    /// How long a moved host is watched before it is accepted.
    pub soak_seconds: u32,
    /// How often a failed step is tried again.
    pub retries: u8,
    /// What happens to a host whose step failed for good.
    pub on_failure: OnFailure,
    /// Which of the windows holds where neither role nor site says.
    pub window: Option<String>,
}

/// Something that has to be well before a host starts, while it is watched, or before it is accepted. What could not
/// be asked is never well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// When it is asked.
    pub when: Vec<GateTime>,
    /// What is asked.
    pub kind: GateKind,
    /// For `query`: PromQL that gives one number.
    #[serde(default)]
    pub query: Option<String>,
    /// For `query`: the number has to be at most this.
    #[serde(default)]
    pub at_most: Option<Milli>,
    /// For `query`: the number has to be at least this.
    #[serde(default)]
    pub at_least: Option<Milli>,
    /// For `service`: which of the services has to answer.
    #[serde(default)]
    pub service: Option<ServiceId>,
    /// For `command`: program and arguments, run on this machine; 0 opens the gate.
    #[serde(default)]
    pub command: Vec<String>,
    /// Only for hosts of these roles; without any, for all.
    #[serde(default)]
    pub roles: Vec<RoleId>,
}

/// What a gate asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GateKind {
    /// Alertmanager: no alert is active that is neither silenced nor inhibited. An alert that always fires
    /// (`Watchdog`) needs a silence. Alerts about a moving host are silenced until its soak is over, so `soak` is about
    /// all others, and `after` about the host, too.
    Alerts,
    /// Prometheus: the one number that the query gives is within its limits.
    Query,
    /// The prober: a service answers; where each host is asked for itself, each of them that is not in its own
    /// outage.
    Service,
    /// A program on this machine; what it has not answered after 20 seconds is unknown.
    Command,
}

/// Where backups are kept. The secret that opens it is in a file of its own, never in this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VaultPlace {
    /// The repository's folder.
    pub path: String,
    /// A file whose first line is the password. Either this or `key_file`.
    #[serde(default)]
    pub password_file: Option<String>,
    /// A file whose whole content is the key. Either this or `password_file`.
    #[serde(default)]
    pub key_file: Option<String>,
    /// How long the backups of accepted hosts are kept.
    #[serde(default = "ninety")]
    pub keep_days: u32,
}

/// Who makes fresh EL9 machines: a program that is told what is wanted on its standard input, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provisioner {
    /// Program and arguments.
    pub command: Vec<String>,
    /// How long it may take for one machine.
    #[serde(default = "sixty")]
    pub timeout_minutes: u32,
}

/// The monitoring that is silenced during a move and asked by gates.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Monitoring {
    /// Where silences are set, as seen from `alertmanager_host`, or from here without one.
    pub alertmanager_url: Option<String>,
    /// The host from which Alertmanager is reached.
    pub alertmanager_host: Option<HostId>,
    /// Where queries are asked, as seen from `prometheus_host`, or from here without one.
    pub prometheus_url: Option<String>,
    /// The host from which Prometheus is reached.
    pub prometheus_host: Option<HostId>,
}

/// Something that people use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its name: `shop`.
    pub name: ServiceId,
    /// How it is asked.
    pub kind: ServiceKind,
    /// Where it is asked. Without an address each of its hosts is asked at its own, as a service of its
    /// own: `web-1.shop`.
    #[serde(default)]
    pub address: Option<String>,
    /// The port; each kind has its usual one, but for `tcp`.
    #[serde(default)]
    pub port: Option<u16>,
    /// For `http`: the path.
    #[serde(default)]
    pub path: Option<String>,
    /// For `http`: the status that counts as an answer; without one any below 400.
    #[serde(default)]
    pub expect_status: Option<u16>,
    /// For `http`: text that the answer has to hold within its first 64 KiB.
    #[serde(default)]
    pub expect_text: Option<String>,
    /// The hosts that serve it.
    #[serde(default)]
    pub hosts: Vec<HostId>,
    /// The role whose hosts serve it.
    #[serde(default)]
    pub role: Option<RoleId>,
    /// The availability promised, in percent: `99.95`.
    #[serde(default)]
    pub slo_percent: Option<Milli>,
}

/// How a service is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ServiceKind {
    /// GET, over plain HTTP.
    Http,
    /// A connection opens.
    Tcp,
    /// PING. That it wants a password is an answer; that it is loading its data, or has lost its master, is none.
    Redis,
    /// The server asks a stranger (user `rockhop`) for a password, or refuses it for who it is. Without a password
    /// in between, its log has one line for each question.
    Postgresql,
    /// The server greets and refuses a stranger (user `rockhop`, no password). A refused login is no connection
    /// error that counts towards `max_connect_errors`. A server that looks up the names of its clients greets as late
    /// as its name server answers: where this machine has no name there, set `skip_name_resolve` or ask by `tcp`.
    Mariadb,
}

/// One side depends on the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    /// Who depends: a host, a role or a service.
    pub from: String,
    /// On whom: a host, a role or a service.
    pub to: String,
    /// Why, for the reader of the plan.
    pub reason: String,
}

/// Hosts that must never be in motion together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// Two or more hosts; of a replication pair the primary first.
    pub hosts: Vec<HostId>,
    /// Why, for the reader of the plan.
    #[serde(default)]
    pub reason: Option<String>,
}

/// What the fleet's owner is stricter about than the rules are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// How much a rule's findings mean, by rule: `"services.cron-commands" = "blocks"`. A severity can be raised and
    /// never lowered; what may be accepted is waived, by name and until a day.
    pub severity: IndexMap<RuleId, Severity>,
}

/// A finding that a named person accepts until a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The rule: `packages.docker`.
    pub rule: RuleId,
    /// For which hosts: names of hosts, roles or groups.
    pub hosts: Vec<String>,
    /// Who answers for it.
    pub owner: String,
    /// Why it may be accepted.
    pub reason: String,
    /// The last day on which it holds.
    #[serde(with = "super::scalar::day")]
    #[schemars(with = "Date")]
    pub expires: Date,
}

/// What becomes of packages, where the built-in tables do not say it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PackageRules {
    /// Leapp's data, as a path below the project's folder: a `pes-events.json`, or a folder such as `/etc/leapp/files`
    /// with that file, `repomap.json` and `vendors.d/`.
    pub leapp_data: Option<String>,
    /// What people decided about packages that nobody speaks of, or otherwise than the tables.
    pub decisions: Vec<PackageDecision>,
}

/// What a person decided about a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageDecision {
    /// The package of CentOS 7.
    pub package: String,
    /// What is installed in its place on Rocky 9; nothing when it is given up.
    pub install: Vec<String>,
    /// For which hosts: names of hosts, roles or groups. Without any, for all.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Who decided.
    pub owner: String,
    /// Why.
    pub reason: String,
}

/// A repository that new machines install from. With any of these, packages come from those that are on and from no
/// other; without any, from what the machine's maker gave it, and nothing can be said of them before it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repository {
    /// What dnf calls it. Without an address it is one that the new machine defines, such as `baseos` or `crb`, and it is
    /// switched on there.
    pub id: String,
    /// Where it is: the folder above `repodata/`. At most one of `baseurl`, `mirrorlist` and `metalink`.
    #[serde(default)]
    pub baseurl: Option<String>,
    /// An address that answers with such folders.
    #[serde(default)]
    pub mirrorlist: Option<String>,
    /// An address that answers with such folders and their digests.
    #[serde(default)]
    pub metalink: Option<String>,
    /// The key that its packages are signed with: a file of the project (`keys/RPM-GPG-KEY-site`), which goes onto the
    /// machine with the signed plan; a file that the machine has (`file:///etc/pki/rpm-gpg/...`); or an address, whose
    /// answer nobody looks at.
    #[serde(default)]
    pub gpgkey: Option<String>,
    /// Whether signatures are looked at.
    #[serde(default = "yes")]
    pub gpgcheck: bool,
    /// Whether it is on. Nothing is done with a row that is not.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What else it holds: `baseos`, `appstream`, `crb`, the id of a family (`epel`, `pgdg`), a repository of the old
    /// hosts, or one that Leapp's data names. For mirrors with names of their own.
    #[serde(default)]
    pub holds: Vec<String>,
    /// A folder of this machine with a copy of its metadata: `repodata/`, or the folder above it. From the project's folder
    /// on, or absolute. `rockhop installable --hosts` answers from it.
    #[serde(default)]
    pub metadata: Option<String>,
    /// For which hosts: names of hosts, roles or groups. Without any, for all.
    #[serde(default)]
    pub hosts: Vec<String>,
}

/// The hosts on which the move is rehearsed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Preproduction {
    /// Groups of the inventory that hold rehearsal hosts.
    pub groups: Vec<String>,
    /// Which rehearsal host stands for which host: `web-1 = "pre-web-1"`.
    pub hosts: IndexMap<HostId, HostId>,
    /// Which rehearsal hosts stand for the other hosts of a role: `web = ["pre-web-1"]`.
    pub roles: IndexMap<RoleId, Vec<HostId>>,
}

/// A fleet in memory in place of hosts: nothing in such a project ever opens a connection, and everything that is
/// made in it is marked as simulated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Simulation {
    /// The same seed gives the same fleet and the same durations.
    pub seed: u64,
    /// How many hosts move: from 15, the lab's fleet, to 10,000.
    #[serde(default = "fifteen")]
    pub hosts: u32,
    /// How long a usual step takes, in milliseconds.
    #[serde(default = "quick")]
    pub step_milliseconds: u32,
}

impl Default for ConnectionRules {
    fn default() -> Self {
        Self {
            known_hosts: "known_hosts".to_owned(),
            key_files: Vec::new(),
            user: None,
            jump: None,
            namespace: None,
            // OpenSSH begins to drop connections at ten that are not logged in yet.
            max_handshakes_per_bastion: 8,
            connect_timeout_seconds: 10,
            keepalive_seconds: 15,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_unavailable: Share::Percent(10),
            hosts_in_parallel: 4,
            failure_budget: Share::Count(0),
            facts_max_age_hours: 24,
            rollback_reserve_minutes: 30,
            soak_seconds: 300,
            retries: 2,
            on_failure: OnFailure::Rollback,
            window: None,
        }
    }
}

impl Default for Role {
    fn default() -> Self {
        Self {
            groups: Vec::new(),
            hosts: Vec::new(),
            strategy: Strategy::Replace,
            moves: true,
            max_unavailable: None,
            after: Vec::new(),
            canary: None,
            window: None,
            soak_seconds: None,
            balancer: None,
        }
    }
}

impl ServiceKind {
    /// The port on which it is usually found.
    pub fn usual_port(self) -> Option<u16> {
        match self {
            Self::Http => Some(80),
            Self::Tcp => None,
            Self::Redis => Some(6379),
            Self::Postgresql => Some(5432),
            Self::Mariadb => Some(3306),
        }
    }
}

fn yes() -> bool {
    true
}

fn one() -> u32 {
    1
}

fn fifteen() -> u32 {
    15
}

fn quick() -> u32 {
    100
}

fn sixty() -> u32 {
    60
}

fn ninety() -> u32 {
    90
}

fn haproxy_socket() -> String {
    "/run/haproxy/admin.sock".to_owned()
}
