//! Which hosts there are, and what each is for: the address plan of the lab.

use std::fmt;
use std::str::FromStr;

/// What a host does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Monitoring,
    Cache,
    Web,
    Postgresql,
    Mariadb,
    /// HAProxy in front of the web servers.
    Edge,
    /// The load generator and the prober.
    Load,
}

impl Role {
    /// The stable name; also the name of the role's script.
    pub fn key(self) -> &'static str {
        match self {
            Self::Monitoring => "monitoring",
            Self::Cache => "cache",
            Self::Web => "web",
            Self::Postgresql => "postgresql",
            Self::Mariadb => "mariadb",
            Self::Edge => "edge",
            Self::Load => "load",
        }
    }

    /// The unit without which the role does nothing.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Monitoring => "prometheus.service",
            Self::Cache => "redis.service",
            Self::Web => "nginx.service",
            Self::Postgresql => "postgresql-15.service",
            Self::Mariadb => "mariadb.service",
            Self::Edge => "haproxy.service",
            Self::Load => "shop-load.service",
        }
    }

    /// Where the role keeps its data on an EL9 host.
    pub fn data(self) -> &'static str {
        match self {
            Self::Monitoring => "/var/lib/prometheus",
            Self::Cache => "/var/lib/redis",
            Self::Web => "/opt",
            Self::Postgresql => "/var/lib/pgsql",
            Self::Mariadb => "/var/lib/mysql",
            Self::Edge => "/var/lib/haproxy",
            Self::Load => "/var/log",
        }
    }

    /// The configuration file that matters most on an EL9 host.
    pub fn config(self) -> &'static str {
        match self {
            Self::Monitoring => "/etc/prometheus/prometheus.yml",
            Self::Cache => "/etc/redis/redis.conf",
            Self::Web => "/etc/nginx/conf.d/shop.conf",
            Self::Postgresql => "/var/lib/pgsql/15/data/postgresql.conf",
            Self::Mariadb => "/etc/my.cnf.d/server.cnf",
            Self::Edge => "/etc/haproxy/haproxy.cfg",
            Self::Load => "/etc/sysconfig/shop-load",
        }
    }
}

impl Role {
    /// What a line of `config` looks like once it was carried over; `.` where any text will do.
    pub fn carried_mark(self) -> &'static str {
        match self {
            Self::Postgresql => "^wal_keep_size",
            _ => ".",
        }
    }
}

/// Which distribution a host looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    El7,
    El9,
}

impl Face {
    /// `el7` or `el9`.
    pub fn key(self) -> &'static str {
        match self {
            Self::El7 => "el7",
            Self::El9 => "el9",
        }
    }
}

/// One host of the plan.
#[derive(Debug, PartialEq, Eq)]
pub struct HostSpec {
    pub name: &'static str,
    pub role: Role,
    pub face: Face,
    /// The host whose data this one copies.
    pub replica_of: Option<&'static str>,
    pub preproduction: bool,
    /// The last octet of its address.
    pub octet: u8,
}

const fn host(name: &'static str, role: Role, octet: u8) -> HostSpec {
    HostSpec { name, role, face: Face::El7, replica_of: None, preproduction: false, octet }
}
const fn replica(name: &'static str, role: Role, octet: u8, of: &'static str) -> HostSpec {
    HostSpec { replica_of: Some(of), ..host(name, role, octet) }
}
const fn beside(name: &'static str, role: Role, octet: u8) -> HostSpec {
    HostSpec { face: Face::El9, ..host(name, role, octet) }
}
const fn rehearsal(name: &'static str, role: Role, octet: u8) -> HostSpec {
    HostSpec { preproduction: true, ..host(name, role, octet) }
}

/// The whole lab. Primaries stand before their replicas: that is the order in which they are built.
pub static HOSTS: &[HostSpec] = &[
    host("mon-1", Role::Monitoring, 11),
    host("cache-1", Role::Cache, 21),
    replica("cache-2", Role::Cache, 22, "cache-1"),
    host("web-1", Role::Web, 31),
    host("web-2", Role::Web, 32),
    host("web-3", Role::Web, 33),
    host("web-4", Role::Web, 34),
    host("web-5", Role::Web, 35),
    host("web-6", Role::Web, 36),
    host("web-7", Role::Web, 37),
    host("web-8", Role::Web, 38),
    host("db-1", Role::Postgresql, 41),
    replica("db-2", Role::Postgresql, 42, "db-1"),
    host("db-3", Role::Mariadb, 43),
    replica("db-4", Role::Mariadb, 44, "db-3"),
    beside("edge-1", Role::Edge, 51),
    beside("load-1", Role::Load, 61),
    rehearsal("pre-mon-1", Role::Monitoring, 111),
    rehearsal("pre-cache-1", Role::Cache, 121),
    rehearsal("pre-web-1", Role::Web, 131),
    rehearsal("pre-db-1", Role::Postgresql, 141),
];

impl HostSpec {
    /// The host of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        HOSTS.iter().find(|host| host.name == name)
    }

    /// Whether the fleet's migration concerns it; the edge and the load generator stand beside.
    pub fn migrates(&self) -> bool {
        self.face == Face::El7
    }
}

/// Which hosts `up` starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fleet {
    /// All of them.
    Full,
    /// Enough for a quick try: two web servers and what they need.
    Small,
    /// The hosts named.
    Only(Vec<&'static HostSpec>),
}

const SMALL: &[&str] = &["mon-1", "cache-1", "web-1", "web-2", "db-1", "db-3", "edge-1", "load-1"];

impl Fleet {
    /// The hosts of this choice, in the order in which they are built.
    pub fn hosts(&self) -> Vec<&'static HostSpec> {
        HOSTS
            .iter()
            .filter(|host| match self {
                Self::Full => true,
                Self::Small => SMALL.contains(&host.name),
                Self::Only(chosen) => chosen.iter().any(|c| c.name == host.name),
            })
            .collect()
    }
}

impl FromStr for Fleet {
    type Err = UnknownMachine;

    /// `full`, `small`, or host names with commas between them.
    fn from_str(text: &str) -> Result<Self, UnknownMachine> {
        match text {
            "full" => Ok(Self::Full),
            "small" => Ok(Self::Small),
            names => names
                .split(',')
                .map(|name| HostSpec::named(name).ok_or_else(|| UnknownMachine(name.to_owned())))
                .collect::<Result<_, _>>()
                .map(Self::Only),
        }
    }
}

/// A machine of the lab: a host of the plan, or the fresh EL9 host beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Machine {
    pub host: &'static HostSpec,
    /// True for `web-3-new`.
    pub fresh: bool,
}

impl Machine {
    /// The host itself.
    pub fn of(host: &'static HostSpec) -> Self {
        Self { host, fresh: false }
    }

    /// The fresh host beside it.
    pub fn fresh(host: &'static HostSpec) -> Self {
        Self { host, fresh: true }
    }

    /// What the machine looks like.
    pub fn face(self) -> Face {
        if self.fresh { Face::El9 } else { self.host.face }
    }

    /// Every machine that the plan allows.
    pub fn all() -> impl Iterator<Item = Self> {
        HOSTS.iter().flat_map(|host| {
            let fresh = host.migrates().then_some(Self::fresh(host));
            std::iter::once(Self::of(host)).chain(fresh)
        })
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.host.name, if self.fresh { "-new" } else { "" })
    }
}

/// A name that is no machine of the lab.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the lab has no machine {0:?}")]
pub struct UnknownMachine(pub String);

impl FromStr for Machine {
    type Err = UnknownMachine;

    fn from_str(name: &str) -> Result<Self, UnknownMachine> {
        Self::all().find(|machine| machine.to_string() == name).ok_or_else(|| UnknownMachine(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_hosts_share_a_name_or_an_address() {
        let names: HashSet<_> = HOSTS.iter().map(|h| h.name).collect();
        let octets: HashSet<_> = HOSTS.iter().map(|h| h.octet).collect();
        assert_eq!((names.len(), octets.len()), (HOSTS.len(), HOSTS.len()));
        assert!(HOSTS.iter().all(|h| h.octet > 1 && h.octet < 255), "1 is the bridge");
    }

    #[test]
    fn primaries_are_built_before_their_replicas() {
        for (at, host) in HOSTS.iter().enumerate() {
            if let Some(primary) = host.replica_of {
                let before = HOSTS[..at].iter().find(|h| h.name == primary).expect("the primary comes first");
                assert_eq!(before.role, host.role);
            }
        }
    }

    #[test]
    fn machines() {
        for (name, want) in [
            ("web-3", Some((false, Face::El7))),
            ("web-3-new", Some((true, Face::El9))),
            ("edge-1", Some((false, Face::El9))),
            ("edge-1-new", None),
            ("web-9", None),
            ("web-3-new-new", None),
            ("", None),
        ] {
            let machine = name.parse::<Machine>().ok();
            assert_eq!(machine.map(|m| (m.fresh, m.face())), want, "{name}");
            assert!(machine.is_none_or(|m| m.to_string() == name));
        }
    }

    #[test]
    fn fleets() {
        assert_eq!(Fleet::Full.hosts().len(), HOSTS.len());
        assert_eq!(Fleet::Small.hosts().len(), SMALL.len());
        let two: Fleet = "web-1,mon-1".parse().expect("two hosts");
        assert_eq!(two.hosts().iter().map(|h| h.name).collect::<Vec<_>>(), ["mon-1", "web-1"]);
        assert_eq!("web-1,web-99".parse::<Fleet>(), Err(UnknownMachine("web-99".into())));
    }
}
