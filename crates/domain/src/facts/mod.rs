//! What one host is: everything a survey read from it, and why the rest is unknown.
//!
//! The types are plain data, serialisable and stable. The parsers beside them are pure and total:
//! text in, typed value or the bad line out. Nothing here connects to a host; the script that is
//! run there is text ([`survey::SCRIPT`]). No fact holds a secret: values are replaced on the host.

pub mod accounts;
pub mod archive;
pub mod census;
pub mod certificates;
pub mod compare;
pub mod config_files;
pub mod containers;
pub mod devices;
mod files;
pub mod frame;
pub mod host;
pub mod keys;
pub mod limits;
pub mod network;
pub mod nginx;
pub mod packages;
mod read;
pub mod services;
pub mod sockets;
mod sshd;
pub mod storage;
pub mod survey;
pub mod told;
pub mod units;

pub use accounts::{CronEntry, Group, Sudoers, User};
pub use census::Census;
pub use config_files::ConfigFile;
pub use containers::Container;
pub use devices::{Firmware, LuksVolume, PciDevice, XfsFormat, XfsVolume};
pub use host::{Cpu, Crypto, Face, LabMark, Os, Privilege, PythonScript, Selinux, Sysctl, TimeSync};
pub use keys::{KeytabKey, SnmpUsers, TrustStore};
pub use limits::{Limit, ServiceLimits};
pub use network::{Address, Firewall, Ifcfg, Interface, Resolver, Route, TcpWrappers};
pub use nginx::Nginx;
pub use packages::{Package, Repo, Signature};
pub use read::{BadLine, Read, Why};
pub use services::{MariaDb, MariaDbState, Postgres, PostgresState, Prometheus, Redis, RedisRole, RedisState};
pub use sockets::{Edge, Listener, Process, Transport};
pub use storage::{BlockDevice, FstabRow, Mount, Space};
pub use told::Excerpt;
pub use units::{BrokenLink, LocalUnit, Unit, UnitFileState};

use crate::{Digest, HostId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The version of this format. A reader refuses a newer one.
pub const FORMAT: u32 = 1;

/// One host at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Facts {
    /// See [`FORMAT`].
    pub format: u32,
    /// Which host.
    pub host: HostId,
    /// When the survey was asked for, by the controller's clock.
    #[schemars(with = "String")]
    pub taken_at: Timestamp,
    /// Who read them.
    #[serde(default)]
    pub origin: Origin,
    /// As whom the survey ran.
    pub privilege: Read<Privilege>,
    /// Set on a lab's host: what of it is scenery. Reports made on such a host say so.
    pub lab: Read<Option<LabMark>>,

    pub os: Read<Os>,
    pub hostname: Read<String>,
    /// `uname -r`.
    pub kernel: Read<String>,
    /// `x86_64`, `aarch64`.
    pub arch: Read<String>,
    /// Changes at every boot.
    pub boot_id: Read<String>,
    pub uptime_s: Read<u64>,
    pub cpu: Read<Cpu>,
    pub memory_kib: Read<u64>,
    pub swap_kib: Read<u64>,
    /// The kernel's command line.
    pub cmdline: Read<String>,
    /// Names of loaded kernel modules, sorted.
    pub modules: Read<Vec<String>>,
    pub selinux: Read<Selinux>,
    /// Effective values of the kernel settings that services lean on, by key.
    pub sysctl: Read<Vec<Sysctl>>,
    /// Settings written in `/etc/sysctl.conf` and `sysctl.d`, with the file that sets them.
    pub sysctl_set: Read<Vec<Sysctl>>,

    pub mounts: Read<Vec<Mount>>,
    pub fstab: Read<Vec<FstabRow>>,
    pub block: Read<Vec<BlockDevice>>,
    #[serde(default)]
    pub pci: Read<Vec<PciDevice>>,
    /// Mounted ones.
    #[serde(default)]
    pub xfs: Read<Vec<XfsVolume>>,
    /// Open ones.
    #[serde(default)]
    pub luks: Read<Vec<LuksVolume>>,
    #[serde(default)]
    pub firmware: Read<Firmware>,

    pub interfaces: Read<Vec<Interface>>,
    pub routes: Read<Vec<Route>>,
    pub resolver: Read<Resolver>,
    pub ifcfg: Read<Vec<Ifcfg>>,
    pub firewall: Read<Firewall>,
    pub tcp_wrappers: Read<TcpWrappers>,

    pub packages: Read<Vec<Package>>,
    pub repos: Read<Vec<Repo>>,

    pub units: Read<Vec<Unit>>,
    /// Unit files under `/etc/systemd/system` that no package owns, and drop-ins.
    pub local_units: Read<Vec<LocalUnit>>,
    /// Links under `/etc/systemd/system` that lead to no unit.
    #[serde(default)]
    pub broken_links: Read<Vec<BrokenLink>>,
    /// Services of xinetd that are not disabled.
    pub xinetd: Read<Vec<String>>,

    pub listening: Read<Vec<Listener>>,
    /// Established connections, each once, ephemeral ports left out.
    pub edges: Read<Vec<Edge>>,
    pub processes: Read<Vec<Process>>,

    /// Of what the first process started.
    #[serde(default)]
    pub service_limits: Read<Vec<ServiceLimits>>,

    pub users: Read<Vec<User>>,
    pub groups: Read<Vec<Group>>,
    pub sudoers: Read<Sudoers>,
    pub cron: Read<Vec<CronEntry>>,

    /// What sshd's configuration says to every login: keys in lower case, repeated keys repeated, nothing of `Match`
    /// blocks; the host keys that it takes by itself where none is named.
    pub sshd: Read<Vec<(String, String)>>,
    pub crypto: Read<Crypto>,
    /// Those of the system and of Java runtimes that are files of their own.
    #[serde(default)]
    pub trust_stores: Read<Vec<TrustStore>>,
    #[serde(default)]
    pub keytabs: Read<Vec<KeytabKey>>,
    /// None where no agent ever ran.
    #[serde(default)]
    pub snmp_users: Read<Option<SnmpUsers>>,
    pub time_sync: Read<TimeSync>,
    /// Scripts that ask for Python 2, or for a bare `python`, by their first line.
    pub python_scripts: Read<Vec<PythonScript>>,

    /// Configuration of the services, and other files that carry meaning across.
    pub config_files: Read<Vec<ConfigFile>>,
    /// Configuration files that an archive happens to hold, where `config_files` is unknown: that another file is not
    /// among them says nothing of it. What the archive does not tell of a file (mode, owner, package) is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held_files: Vec<ConfigFile>,

    /// Files of which a survey tells that they are there, and no more: the list is in the script.
    #[serde(default)]
    pub present: Read<Vec<String>>,
    /// Lines of files that a survey does not carry whole.
    #[serde(default)]
    pub excerpts: Read<Vec<Excerpt>>,

    /// None where no engine keeps containers in its usual place.
    #[serde(default)]
    pub containers: Read<Option<Vec<Container>>>,

    /// Instances that run or are configured; empty when the host has none.
    pub redis: Read<Vec<Redis>>,
    pub postgresql: Read<Vec<Postgres>>,
    pub mariadb: Read<Option<MariaDb>>,
    pub nginx: Read<Option<Nginx>>,
    pub prometheus: Read<Option<Prometheus>>,
    pub alertmanager: Read<Option<Prometheus>>,

    /// What the second pass found beside the packages. It is kept on its own and joined when somebody asks: a survey has none.
    #[serde(default = "no_census", skip_serializing_if = "is_no_census")]
    pub census: Read<Box<Census>>,
}

/// What every survey says of the census.
pub fn no_census() -> Read<Box<Census>> {
    Read::Unknown(Why::NoCensus)
}

fn is_no_census(census: &Read<Box<Census>>) -> bool {
    census.why() == Some(&Why::NoCensus)
}

/// Who read the facts of a host.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum Origin {
    /// The survey, over a connection or carried here.
    #[default]
    Survey,
    /// Another tool, for another purpose: enough to judge a host, and not enough to move it.
    Archive { layout: archive::Layout },
}

/// Calls a macro with the name of every section, in the order of the fields: the one list of them.
macro_rules! each_section {
    ($call:ident) => {
        $call!(
            privilege,
            lab,
            os,
            hostname,
            kernel,
            arch,
            boot_id,
            uptime_s,
            cpu,
            memory_kib,
            swap_kib,
            cmdline,
            modules,
            selinux,
            sysctl,
            sysctl_set,
            mounts,
            fstab,
            block,
            pci,
            xfs,
            luks,
            firmware,
            interfaces,
            routes,
            resolver,
            ifcfg,
            firewall,
            tcp_wrappers,
            packages,
            repos,
            units,
            local_units,
            broken_links,
            xinetd,
            listening,
            edges,
            processes,
            service_limits,
            users,
            groups,
            sudoers,
            cron,
            sshd,
            crypto,
            trust_stores,
            keytabs,
            snmp_users,
            time_sync,
            python_scripts,
            config_files,
            present,
            excerpts,
            containers,
            redis,
            postgresql,
            mariadb,
            nginx,
            prometheus,
            alertmanager,
            census,
        )
    };
}
pub(crate) use each_section;

impl Facts {
    /// A host of which nobody asked anything yet.
    pub(crate) fn unasked(host: HostId, taken_at: Timestamp) -> Self {
        macro_rules! unasked { ($($section:ident),* $(,)?) => {
            Self {
                format: FORMAT,
                host,
                taken_at,
                origin: Origin::default(),
                held_files: Vec::new(),
                $($section: Read::Unknown(Why::NotAsked),)*
            }
        } }
        each_section!(unasked)
    }

    /// The digest of what the host *is*: equal for two surveys between which nothing was changed.
    ///
    /// Left out are the moment, the boot and whatever moves by itself: free space, processes,
    /// connections, active states, counters of services.
    pub fn identity_digest(&self) -> Digest {
        let still = self.without_volatile();
        Digest::of(&serde_json::to_vec(&still).unwrap_or_default())
    }

    /// The installed package of that name; `Known(None)` means it is certainly not installed.
    pub fn package(&self, name: &str) -> Result<Option<&Package>, Why> {
        Ok(self.packages.get()?.iter().find(|package| package.name == name))
    }

    /// The mount that holds `path`: the longest mount point that is a prefix of it.
    pub fn mount_holding(&self, path: &str) -> Result<Option<&Mount>, Why> {
        Ok(storage::mount_holding(self.mounts.get()?, path))
    }

    /// The unit of that full name: `nginx.service`.
    pub fn unit(&self, name: &str) -> Result<Option<&Unit>, Why> {
        Ok(self.units.get()?.iter().find(|unit| unit.name == name))
    }

    /// The configuration file at that path.
    pub fn config(&self, path: &str) -> Result<Option<&ConfigFile>, Why> {
        let held = self.held_files.iter().find(|file| file.path == path);
        match self.config_files.get() {
            Ok(files) => Ok(files.iter().find(|file| file.path == path)),
            Err(why) => held.map(Some).ok_or(why),
        }
    }

    /// Whether the host runs an EL 7 (CentOS, RHEL, Oracle, Scientific).
    pub fn is_el7(&self) -> Result<bool, Why> {
        self.os.get().map(|os| os.is_el(7))
    }

    /// Whether the host runs an EL 9.
    pub fn is_el9(&self) -> Result<bool, Why> {
        self.os.get().map(|os| os.is_el(9))
    }

    /// Each section that is unknown, by field name, in the order of the fields. That nobody took a census is not among
    /// them: it is nothing that could not be read.
    pub fn unknowns(&self) -> Vec<(&'static str, &Why)> {
        macro_rules! list { ($($field:ident),* $(,)?) => {
            [$((stringify!($field), self.$field.why())),*]
                .into_iter()
                .filter_map(|(name, why)| Some((name, why?)))
                .filter(|(_, why)| **why != Why::NoCensus)
                .collect()
        } }
        each_section!(list)
    }

    fn without_volatile(&self) -> Self {
        let mut still = self.clone();
        still.taken_at = Timestamp::UNIX_EPOCH;
        still.origin = Origin::Survey;
        still.census = no_census(); // of another time, and kept on its own
        still.boot_id = Read::Known(String::new());
        still.uptime_s = Read::Known(0);
        still.modules = Read::Known(Vec::new()); // loaded and dropped on demand
        still.edges = Read::Known(Vec::new());
        still.processes = Read::Known(Vec::new());
        still.service_limits = Read::Known(Vec::new());
        each(&mut still.mounts, Mount::forget_free);
        keep(&mut still.mounts, |mount| !mount.path.starts_with("/run/")); // they come and go with logins and units
        each(&mut still.units, Unit::forget_activity);
        keep(&mut still.units, |unit| unit.file_state.is_some());
        keep(&mut still.listening, |listener| !listener.is_ephemeral());
        each(&mut still.redis, Redis::forget_counters);
        each(&mut still.postgresql, Postgres::forget_counters);
        if let Read::Known(Some(mariadb)) = &mut still.mariadb {
            mariadb.forget_counters();
        }
        still
    }
}

fn each<T>(read: &mut Read<Vec<T>>, forget: fn(&mut T)) {
    if let Read::Known(items) = read {
        items.iter_mut().for_each(forget);
    }
}

fn keep<T>(read: &mut Read<Vec<T>>, wanted: fn(&T) -> bool) {
    if let Read::Known(items) = read {
        items.retain(wanted);
    }
}
