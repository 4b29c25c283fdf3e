//! The facts, one by one: from which output or file each is read, in which layout.

use super::{Archive, Layout, clock, entries::Entry, network, packages, processes, sockets, storage, units};
use crate::HostId;
use crate::facts::files::telling_lines;
use crate::facts::{
    BadLine, ConfigFile, Cpu, CronEntry, FORMAT, Facts, Firewall, FstabRow, Ifcfg, LocalUnit, MariaDb, Mount, Nginx,
    Origin, Os, Package, Postgres, Privilege, Process, Prometheus, Read, Redis, Repo, Route, Selinux, Sudoers, Sysctl,
    TcpWrappers, TimeSync, Unit, Why, accounts, config_files, host, network as facts_network,
    packages as facts_packages, sshd, storage as facts_storage,
};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Everything that the archive tells.
pub(super) fn facts(archive: &Archive, host: HostId, taken_at: Timestamp) -> Facts {
    let reading =
        Reading { archive, packages: installed(archive), units: unit_list(archive), processes: running(archive) };
    reading.facts(host, taken_at)
}

/// The name that the host goes by, with its domain where that is held.
pub(super) fn hostname(archive: &Archive) -> Result<String, Why> {
    one_name(archive, &["hostname f", "hostname"])
}

/// What the host calls itself, as a survey has it of `uname -n`; with its domain only where nothing shorter is held.
fn node_name(archive: &Archive) -> Result<String, Why> {
    one_name(archive, &["hostname", "hostname f"])
}

fn one_name(archive: &Archive, outputs: &[&str]) -> Result<String, Why> {
    let told = archive.output(outputs).or_else(|_| archive.file("/etc/hostname"));
    match told.as_deref().map(str::trim) {
        Ok(name) if !name.is_empty() && !name.contains(char::is_whitespace) => Ok(name.to_owned()),
        Ok(text) => Err(BadLine::new(text).into()),
        Err(_) => uname(archive, 1),
    }
}

/// A word of `uname -a`: 1 is the host's name, 2 the kernel's release, the third from the end its architecture.
fn uname(archive: &Archive, at: usize) -> Result<String, Why> {
    let text = archive.output(&["uname a"])?;
    text.split_whitespace().nth(at).map(str::to_owned).ok_or_else(|| BadLine::new(&text).into())
}

fn installed(archive: &Archive) -> Result<Vec<Package>, Why> {
    match archive.layout() {
        Layout::Insights => Ok(packages::json_rows(&archive.output(&["rpm qa*"])?)?),
        Layout::Sosreport => Ok(packages::sos_rows(&sos_packages(archive)?)?),
        Layout::Outputs => Ok(packages::information(&archive.output(&["rpm qai"])?)?),
    }
}

/// The longer list tells more.
fn sos_packages(archive: &Archive) -> Result<String, Why> {
    archive.output(&["package data", "sh c rpm*", "rpm*qa*"]).or_else(|_| archive.file("/installed-rpms"))
}

fn unit_list(archive: &Archive) -> Result<Vec<Unit>, Why> {
    let files = archive.output(&["systemctl list unit files", "systemctl luf"])?;
    let loaded = archive.output(&["systemctl list units all", "systemctl list units", "systemctl"])?;
    Ok(units::units(&files, &loaded)?)
}

fn running(archive: &Archive) -> Result<Vec<Process>, Why> {
    if archive.layout() == Layout::Insights {
        // Of listings with arguments insights keeps some lines only.
        let some = archive.output(&["ps auxww", "ps aux"]).ok();
        return Ok(processes::named(&archive.output(&["ps auxcww"])?, some.as_deref())?);
    }
    let names = archive.output(&["ps auxcww", "ps eo pid ppid comm*"]).ok();
    if let Ok(text) = archive.output(&["ps auxww", "ps auxwww", "ps auxwwwm", "ps aux", "ps axu"]) {
        return Ok(processes::aux(&text, names.as_deref())?);
    }
    Ok(processes::ef(&archive.output(&["ps ef"])?, names.as_deref())?)
}

struct Reading<'a> {
    archive: &'a Archive,
    packages: Result<Vec<Package>, Why>,
    units: Result<Vec<Unit>, Why>,
    processes: Result<Vec<Process>, Why>,
}

/// Nothing of this is in any of the archives.
fn not_held<T>() -> Read<T> {
    Read::Unknown(Why::NotHeld)
}

impl Reading<'_> {
    fn facts(self, host: HostId, taken_at: Timestamp) -> Facts {
        let (listening, edges) = match self.sockets() {
            Ok((listening, edges)) => (Read::Known(listening), edges),
            Err(why) => (Read::Unknown(why.clone()), Read::Unknown(why)),
        };
        let (memory_kib, swap_kib) = self.memory();
        Facts {
            format: FORMAT,
            host,
            taken_at,
            origin: Origin::Archive { layout: self.archive.layout() },
            privilege: self.privilege(),
            lab: self.file("/etc/rockhop-lab-host").and_then(|text| Ok(Some(host::lab_mark(&text)?))).into(),
            os: self.os().into(),
            hostname: node_name(self.archive).into(),
            kernel: uname(self.archive, 2).into(),
            arch: self.arch().into(),
            boot_id: self.file("/proc/sys/kernel/random/boot_id").map(|text| text.trim().to_owned()).into(),
            uptime_s: self.uptime().into(),
            cpu: self.cpu().into(),
            memory_kib,
            swap_kib,
            cmdline: self.file("/proc/cmdline").map(|text| text.trim().to_owned()).into(),
            modules: self.modules().into(),
            selinux: self.selinux().into(),
            sysctl: self.sysctl().into(),
            sysctl_set: self.sysctl_set().into(),
            mounts: self.mounts().into(),
            fstab: self.fstab().into(),
            block: self.parse(&["lsblk"], storage::lsblk).into(),
            pci: not_held(),
            xfs: not_held(),
            luks: not_held(),
            firmware: not_held(),
            interfaces: self.parse(&["ip addr", "ip d address", "ip address"], facts_network::interfaces).into(),
            routes: self.routes().into(),
            resolver: self.file("/etc/resolv.conf").map(|text| facts_network::resolver(&text)).into(),
            ifcfg: self.ifcfg().into(),
            firewall: self.firewall().into(),
            tcp_wrappers: self.tcp_wrappers().into(),
            packages: self.packages.clone().into(),
            repos: self.repos().into(),
            units: self.units.clone().into(),
            local_units: self.local_units().into(),
            broken_links: not_held(),
            xinetd: self.xinetd().into(),
            listening,
            edges,
            processes: self.processes.clone().into(),
            service_limits: not_held(),
            users: self.table("/etc/passwd", "passwd", accounts::users).into(),
            groups: self.table("/etc/group", "group", accounts::groups).into(),
            sudoers: self.sudoers().into(),
            cron: self.cron().into(),
            sshd: self.sshd().into(),
            crypto: not_held(),
            trust_stores: not_held(),
            keytabs: not_held(),
            snmp_users: not_held(),
            time_sync: self.time_sync().into(),
            python_scripts: not_held(),
            config_files: not_held(),
            held_files: self.held_files(),
            present: not_held(),
            excerpts: not_held(),
            containers: not_held(),
            redis: self.redis().into(),
            postgresql: self.postgresql().into(),
            mariadb: self.mariadb().into(),
            nginx: self.nginx().into(),
            prometheus: self.prometheus("prometheus").into(),
            alertmanager: self.prometheus("alertmanager").into(),
            census: crate::facts::no_census(),
        }
    }

    fn file(&self, path: &str) -> Result<String, Why> {
        self.archive.file(path)
    }

    fn output(&self, commands: &[&str]) -> Result<String, Why> {
        self.archive.output(commands)
    }

    fn parse<T>(&self, commands: &[&str], parse: fn(&str) -> Result<T, BadLine>) -> Result<T, Why> {
        Ok(parse(&self.output(commands)?)?)
    }

    /// A file of rows, or the output that showed it.
    fn table<T>(&self, path: &str, shown: &str, parse: fn(&str) -> Result<T, BadLine>) -> Result<T, Why> {
        let text = self.file(path).or_else(|_| self.shown(shown))?;
        Ok(parse(&text)?)
    }

    /// A file that somebody kept under its bare name.
    fn shown(&self, name: &str) -> Result<String, Why> {
        if self.archive.layout() == Layout::Outputs { self.output(&[name]) } else { Err(Why::NotHeld) }
    }

    /// Both tools refuse to run, or to look far, without root; of outputs nobody knows.
    fn privilege(&self) -> Read<Privilege> {
        if self.archive.layout() == Layout::Outputs { not_held() } else { Read::Known(Privilege::Root) }
    }

    fn os(&self) -> Result<Os, Why> {
        let packages = self.packages.as_deref().ok();
        let text = self.file("/etc/os-release").or_else(|_| self.file("/usr/lib/os-release"));
        match text {
            Ok(text) => Ok(host::os(&text, packages)?),
            Err(why) => packages.and_then(os_by_package).ok_or(why),
        }
    }

    fn arch(&self) -> Result<String, Why> {
        let text = self.output(&["uname a"])?;
        let word = text.split_whitespace().rev().nth(1);
        word.map(str::to_owned).ok_or_else(|| BadLine::new(&text).into())
    }

    fn uptime(&self) -> Result<u64, Why> {
        if let Ok(text) = self.file("/proc/uptime") {
            let whole = text.split('.').next().and_then(|seconds| seconds.trim().parse().ok());
            return whole.ok_or_else(|| BadLine::new(&text).into());
        }
        let text = self.output(&["uptime"])?;
        clock::uptime_s(&text).ok_or_else(|| BadLine::new(&text).into())
    }

    fn cpu(&self) -> Result<Cpu, Why> {
        let text = self.file("/proc/cpuinfo")?;
        let value = |key: &str| {
            let of = |line: &str| Some(line.strip_prefix(key)?.trim_start().strip_prefix(':')?.trim().to_owned());
            text.lines().find_map(of)
        };
        let count = text.lines().filter(|line| line.starts_with("processor") && line.contains(':')).count();
        let all = value("flags").or_else(|| value("Features")).ok_or_else(|| BadLine::new(&text))?;
        let mut flags: Vec<String> = all.split_whitespace().map(str::to_owned).collect();
        flags.sort();
        Ok(Cpu {
            count: u32::try_from(count).unwrap_or(u32::MAX),
            model: value("model name").unwrap_or_default(),
            flags,
            id: host::cpu_id(value),
        })
    }

    fn memory(&self) -> (Read<u64>, Read<u64>) {
        let text = match self.file("/proc/meminfo") {
            Ok(text) => text,
            Err(why) => return self.free(why),
        };
        let of = |key: &str| -> Result<u64, Why> {
            let line = text.lines().find(|line| line.starts_with(key)).ok_or(Why::NotHeld)?;
            let kib = line.split_whitespace().nth(1).and_then(|word| word.parse().ok());
            kib.ok_or_else(|| BadLine::new(line).into())
        };
        (of("MemTotal:").into(), of("SwapTotal:").into())
    }

    /// `free`, in KiB unless it was asked otherwise.
    fn free(&self, why: Why) -> (Read<u64>, Read<u64>) {
        let text = self.output(&["free", "free k"]);
        let of = |key: &str| -> Result<u64, Why> {
            let text = text.as_deref().map_err(|_| why.clone())?;
            let line = text.lines().find(|line| line.starts_with(key)).ok_or(Why::NotHeld)?;
            let kib = line.split_whitespace().nth(1).and_then(|word| word.parse().ok());
            kib.ok_or_else(|| BadLine::new(line).into())
        };
        (of("Mem:").into(), of("Swap:").into())
    }

    fn modules(&self) -> Result<Vec<String>, Why> {
        let text = self.file("/proc/modules").or_else(|_| self.output(&["lsmod"]))?;
        let names =
            text.lines().filter(|line| !line.starts_with("Module ")).filter_map(|l| l.split_whitespace().next());
        let mut names: Vec<String> = names.map(str::to_owned).collect();
        names.sort();
        Ok(names)
    }

    fn selinux(&self) -> Result<Selinux, Why> {
        let word = match self.output(&["getenforce"]) {
            Ok(text) => text.trim().to_ascii_lowercase(),
            Err(_) => {
                let status = self.output(&["sestatus b", "sestatus v", "sestatus"])?;
                let of =
                    |key: &str| status.lines().find_map(|line| line.strip_prefix(key)).map(|v| v.trim().to_owned());
                of("Current mode:").or_else(|| of("SELinux status:")).ok_or(Why::NotHeld)?
            }
        };
        match word.as_str() {
            "enforcing" => Ok(Selinux::Enforcing),
            "permissive" => Ok(Selinux::Permissive),
            "disabled" => Ok(Selinux::Disabled),
            other => Err(BadLine::new(other).into()),
        }
    }

    /// `key = value`; what a kernel would not show to the asker is left out by `sysctl` itself.
    fn sysctl(&self) -> Result<Vec<Sysctl>, Why> {
        let text = self.output(&["sysctl a"])?;
        let row = |line: &str| {
            let (key, value) = line.split_once(" = ").or_else(|| line.strip_suffix(" =").map(|key| (key, "")))?;
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(Sysctl { key: key.trim().to_owned(), value, file: None })
        };
        let mut rows: Vec<Sysctl> = text.lines().filter_map(row).collect();
        rows.sort();
        Ok(rows)
    }

    /// Known where the vendor's folder is held, too: every EL has files in it, so its lack shows that nobody took them.
    fn sysctl_set(&self) -> Result<Vec<Sysctl>, Why> {
        let vendor = "/usr/lib/sysctl.d/";
        self.archive.under(vendor).next().ok_or(Why::NotHeld)?;
        self.file("/etc/sysctl.conf")?;
        let files =
            ["/etc/sysctl.conf", "/etc/sysctl.d/", vendor].into_iter().flat_map(|path| self.archive.under(path));
        Ok(files.flat_map(|(path, entry)| host::sysctl_file(path, &self.archive.text(entry))).collect())
    }

    fn mounts(&self) -> Result<Vec<Mount>, Why> {
        let table = self.file("/proc/self/mounts").or_else(|_| self.file("/proc/mounts"));
        let mut mounts = match table {
            Ok(text) => storage::kernel_table(&text)?,
            Err(_) => storage::mount_rows(&self.output(&["mount", "mount l"])?)?,
        };
        let kib = self.output(&["df alP*", "df al", "df al x*", "df"]);
        let inodes = self.output(&["df li*", "df ali", "df ali x*", "df aliT*", "df i"]);
        if let (Ok(kib), Ok(inodes)) = (kib, inodes) {
            storage::add_room(&mut mounts, &kib, &inodes)?;
        }
        Ok(mounts)
    }

    fn fstab(&self) -> Result<Vec<FstabRow>, Why> {
        let text = self.file("/etc/fstab").or_else(|_| self.shown("fstab"))?;
        Ok(facts_storage::fstab(&text)?)
    }

    /// insights may keep some lines only; where it kept all, the addresses for broadcasts are among them.
    fn routes(&self) -> Result<Vec<Route>, Why> {
        let text = self.output(&["ip route show table all", "ip route"])?;
        let some = self.archive.layout() == Layout::Insights && !text.contains("broadcast ");
        if some { Err(Why::NotHeld) } else { Ok(network::routes(&text)?) }
    }

    /// The files below a prefix; unknown unless the tool takes all of them, which a witness among them shows.
    fn whole<'s>(&'s self, prefix: &'s str, witness: &'s str) -> Result<impl Iterator<Item = (&'s str, String)>, Why> {
        self.archive.under(witness).next().ok_or(Why::NotHeld)?;
        Ok(self.archive.under(prefix).map(|(path, entry)| (path, self.archive.text(entry))))
    }

    /// The same, of what only a sosreport takes as a whole.
    fn whole_in_sos<'s>(
        &'s self,
        prefix: &'s str,
        witness: &'s str,
    ) -> Result<impl Iterator<Item = (&'s str, String)>, Why> {
        match self.archive.layout() {
            Layout::Sosreport => self.whole(prefix, witness),
            Layout::Insights | Layout::Outputs => Err(Why::NotHeld),
        }
    }

    fn ifcfg(&self) -> Result<Vec<Ifcfg>, Why> {
        let prefix = "/etc/sysconfig/network-scripts/ifcfg-";
        Ok(self.whole(prefix, prefix)?.map(|(path, text)| facts_network::ifcfg(path, &text)).collect())
    }

    /// Only what both tools print in the form of their own saving commands can be read.
    fn firewall(&self) -> Result<Firewall, Why> {
        let iptables = self.output(&["iptables save"])?;
        let nft = match self.output(&["nft list ruleset"]) {
            Ok(text) => text,
            Err(Why::ToolMissing { .. }) => String::new(),
            Err(why) => return Err(why),
        };
        let text = format!("tool iptables-save\n{iptables}\ntool nft\n{nft}\n");
        facts_network::firewall(&text, self.is_active("firewalld.service")?)
    }

    fn is_active(&self, name: &str) -> Result<bool, Why> {
        let units = self.units.as_ref().map_err(Why::clone)?;
        Ok(units.iter().any(|unit| unit.name == name && unit.is_active()))
    }

    /// sos takes `/etc/host*`: with `/etc/hosts` there, what lacks beside it lacked on the host.
    fn tcp_wrappers(&self) -> Result<TcpWrappers, Why> {
        let lines = |path| -> Result<Vec<String>, Why> {
            let mut files = self.whole_in_sos(path, "/etc/hosts")?;
            Ok(facts_network::tcp_wrapper_lines(files.next().map(|(_, text)| text).as_deref()))
        };
        Ok(TcpWrappers { allow: lines("/etc/hosts.allow")?, deny: lines("/etc/hosts.deny")? })
    }

    fn repos(&self) -> Result<Vec<Repo>, Why> {
        let folder = "/etc/yum.repos.d/";
        Ok(self.whole(folder, folder)?.flat_map(|(path, text)| facts_packages::repos(path, &text)).collect())
    }

    /// An archive does not say which unit files a package owns.
    fn local_units(&self) -> Result<Vec<LocalUnit>, Why> {
        Err(Why::NotHeld)
    }

    fn xinetd(&self) -> Result<Vec<String>, Why> {
        if !self.has_package("xinetd")? {
            return Ok(Vec::new());
        }
        let disabled = |text: &str| telling_lines(text).any(|line| line.replace([' ', '\t'], "") == "disable=yes");
        let enabled = self.whole_in_sos("/etc/xinetd.d/", "/etc/xinetd")?.filter(|(_, text)| !disabled(text));
        Ok(enabled.filter_map(|(path, _)| path.rsplit('/').next().map(str::to_owned)).collect())
    }

    fn has_package(&self, name: &str) -> Result<bool, Why> {
        Ok(self.packages.as_ref().map_err(Why::clone)?.iter().any(|package| package.name == name))
    }

    fn sockets(&self) -> Result<(Vec<crate::facts::Listener>, Read<Vec<crate::facts::Edge>>), Why> {
        if let Ok(text) = self.output(&["ss tupna", "ss tunap", "ss peaonmi"]) {
            let (listening, edges) = sockets::ss(&text)?;
            return Ok((listening, Read::Known(edges)));
        }
        if let Ok(text) = self.output(&["netstat neopa", "netstat W neopa"]) {
            let (listening, edges) = sockets::netstat(&text)?;
            return Ok((listening, Read::Known(edges)));
        }
        let (listening, _) = sockets::netstat(&self.output(&["netstat lnp", "netstat tulpn"])?)?;
        Ok((listening, not_held())) // it was asked for listeners only
    }

    fn sudoers(&self) -> Result<Sudoers, Why> {
        let files: Vec<(&str, String)> = self.whole_in_sos("/etc/sudoers", "/etc/sudoers")?.collect();
        Ok(accounts::sudoers(files.iter().map(|(path, text)| (*path, text.as_str()))))
    }

    fn cron(&self) -> Result<Vec<CronEntry>, Why> {
        let etc = self.whole_in_sos("/etc/cron", "/etc/crontab")?;
        let spool = self.whole_in_sos("/var/spool/cron/", "/etc/crontab")?;
        Ok(etc.chain(spool).flat_map(|(path, text)| accounts::cron(path, &text)).collect())
    }

    /// Unknown where a file is included that the archive does not hold.
    fn sshd(&self) -> Result<Vec<(String, String)>, Why> {
        let main = self.file(sshd::CONFIG)?;
        let texts: BTreeMap<&str, String> =
            self.archive.under("/etc/ssh/").map(|(path, entry)| (path, self.archive.text(entry))).collect();
        let includes = telling_lines(&main).any(|line| line.to_ascii_lowercase().starts_with("include"));
        if includes && !texts.keys().any(|path| path.starts_with("/etc/ssh/sshd_config.d/")) {
            return Err(Why::NotHeld);
        }
        Ok(sshd::settings(&main, &texts.iter().map(|(path, text)| (*path, text.as_str())).collect()))
    }

    /// Servers are known where the configuration of every active daemon is held.
    fn time_sync(&self) -> Result<TimeSync, Why> {
        const DAEMONS: [(&str, &str); 2] = [("ntpd", "/etc/ntp.conf"), ("chronyd", "/etc/chrony.conf")];
        let (mut daemons, mut servers) = (Vec::new(), Vec::new());
        for (name, path) in DAEMONS {
            let active = self.is_active(&format!("{name}.service"))?;
            match self.file(path) {
                Ok(text) => servers.extend(host::time_servers(&text)),
                Err(why) if active => return Err(why),
                Err(_) => {}
            }
            daemons.extend(active.then(|| name.to_owned()));
        }
        if self.is_active("systemd-timesyncd.service")? {
            return Err(Why::NotHeld);
        }
        Ok(TimeSync { daemons, servers })
    }

    /// Configuration that the archive holds; that another file is not among them says nothing of it.
    fn held_files(&self) -> Vec<ConfigFile> {
        let files = self.archive.under("/").filter(|(path, _)| config_files::is_configuration(path));
        files.map(|(path, entry)| self.held_file(path, entry)).collect()
    }

    fn held_file(&self, path: &str, entry: &Entry) -> ConfigFile {
        const MOST: usize = 256 << 10; // as much of one file as a survey carries
        let content = match entry.bytes.len() {
            0..=MOST => Read::Known(self.archive.text(entry)),
            _ => Read::Unknown(Why::TooLarge),
        };
        let kept = self.archive.layout() == Layout::Sosreport; // insights writes its copies as its own
        let if_kept = |text: &str| if kept { text.to_owned() } else { String::new() };
        ConfigFile {
            path: path.to_owned(),
            mode: if_kept(&entry.meta.mode),
            owner: if_kept(&entry.meta.owner),
            group: if_kept(&entry.meta.group),
            size: u64::try_from(entry.bytes.len()).unwrap_or(u64::MAX),
            sha256: not_held(), // both tools mask what they take for a secret, so it need not be the host's file
            owned_by_rpm: None,
            changed_from_rpm: None,
            content,
        }
    }

    /// Whether there is no sign of a service: no package whose name begins so, and no process of that name.
    fn no_sign(&self, package: &[&str], process: &[&str]) -> Result<bool, Why> {
        let installed = self.packages.as_ref().map_err(Why::clone)?;
        let running = self.processes.as_ref().map_err(Why::clone)?;
        let has = installed.iter().any(|one| package.iter().any(|start| one.name.starts_with(start)));
        Ok(!has && !running.iter().any(|one| process.contains(&one.comm.as_str())))
    }

    fn redis(&self) -> Result<Vec<Redis>, Why> {
        let absent = self.no_sign(&["redis", "valkey", "keydb"], &["redis-server", "valkey-server"])?;
        if absent { Ok(Vec::new()) } else { Err(Why::NotHeld) }
    }

    fn postgresql(&self) -> Result<Vec<Postgres>, Why> {
        let installed = self.packages.as_ref().map_err(Why::clone)?;
        let server = installed.iter().any(|one| one.name.contains("postgres") && one.name.contains("server"));
        let absent = !server && self.no_sign(&[], &["postgres", "postmaster"])?;
        if absent { Ok(Vec::new()) } else { Err(Why::NotHeld) }
    }

    fn mariadb(&self) -> Result<Option<MariaDb>, Why> {
        let absent = self.no_sign(&[], &["mysqld", "mariadbd"])?;
        if absent { Ok(None) } else { Err(Why::NotHeld) }
    }

    fn nginx(&self) -> Result<Option<Nginx>, Why> {
        let own = ["nginx", "openresty"];
        if self.no_sign(&own, &["nginx"])? {
            return Ok(None);
        }
        let installed = self.packages.as_ref().map_err(Why::clone)?;
        let package = installed.iter().find(|package| package.name == "nginx").ok_or(Why::NotHeld)?;
        Ok(Some(Nginx { version: package.version.clone(), listing: not_held() }))
    }

    fn prometheus(&self, name: &str) -> Result<Option<Prometheus>, Why> {
        let running = self.processes.as_ref().map_err(Why::clone)?;
        let process = running.iter().find(|process| process.comm == name);
        if process.is_some_and(|process| process.args.is_empty()) {
            return Err(Why::NotHeld);
        }
        Ok(process.map(|process| Prometheus { version: not_held(), args: process.args.clone() }))
    }
}

/// The release, by the package that brings it, where the release file is not held.
fn os_by_package(packages: &[Package]) -> Option<Os> {
    const RELEASES: [(&str, &str); 7] = [
        ("centos-release", "centos"),
        ("redhat-release-server", "rhel"),
        ("redhat-release", "rhel"),
        ("rocky-release", "rocky"),
        ("almalinux-release", "almalinux"),
        ("oraclelinux-release", "ol"),
        ("sl-release", "scientific"),
    ];
    let (package, id) = packages
        .iter()
        .find_map(|package| RELEASES.iter().find(|(name, _)| *name == package.name).map(|(_, id)| (package, *id)))?;
    Some(Os {
        id: id.to_owned(),
        id_like: Vec::new(),
        version_id: package.version.clone(),
        pretty: package.to_string(),
        release_package: Some(package.to_string()),
    })
}
