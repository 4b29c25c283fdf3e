//! The survey: one script in, one framed answer out, and the facts read from it.

use super::files::{Files, telling_lines};
use super::frame::Answer;
use super::packages::RpmScan;
use super::*;

pub use super::frame::NotASurvey;

/// What is run on the host, by `sh` with the script on its input: `sh -s root` or `sh -s login`.
/// `ROCKHOP_SALT` may be set before it; with the same salt, equal secrets show equal hashes on all hosts.
pub const SCRIPT: &str = include_str!("survey.sh");

/// The shell command that runs a script with as much right as the login user has: through sudo, or plainly.
/// sudo that refuses leaves the input untouched, so the next reader gets all of it.
pub const LAUNCH: &str = "sudo -n sh -s root || exec sh -s login";

/// The same for a login as root.
pub const LAUNCH_AS_ROOT: &str = "exec sh -s root";

/// Reads a survey's answer, already unpacked.
pub fn read(host: HostId, taken_at: Timestamp, answer: &[u8]) -> Result<Facts, NotASurvey> {
    Ok(Reading::new(&Answer::parse(answer)?).facts(host, taken_at))
}

/// Why an answer that was carried here in a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotCarried {
    /// It is something else.
    #[error(transparent)]
    NotASurvey(#[from] NotASurvey),
    /// Its last frame is not there: something of it was lost on the way.
    #[error("it was cut off")]
    CutOff,
    /// It does not say when it was taken.
    #[error("it does not say when it was taken")]
    NoTime,
}

/// Reads an unpacked answer that was carried here in a file: whole or not at all, and as old as its host's clock says.
pub fn read_carried(host: HostId, text: &[u8]) -> Result<Facts, NotCarried> {
    let answer = Answer::parse(text)?;
    if !answer.is_whole() {
        return Err(NotCarried::CutOff);
    }
    let taken_at = answer.section("hardware").ok().and_then(host::taken).ok_or(NotCarried::NoTime)?;
    Ok(Reading::new(&answer).facts(host, taken_at))
}

/// The parts that several facts are read from.
struct Reading<'a> {
    answer: &'a Answer,
    files: Result<Files, Why>,
    kernel_files: Result<Files, Why>,
    rpm: Result<RpmScan, Why>,
    units: Result<Vec<Unit>, Why>,
    processes: Result<Vec<Process>, Why>,
    privilege: Result<Privilege, Why>,
}

impl<'a> Reading<'a> {
    fn new(answer: &'a Answer) -> Self {
        let privilege = answer.section("kernel").and_then(privilege);
        let root = privilege.as_ref().ok().copied();
        Self {
            answer,
            files: Self::files_of(answer, root),
            kernel_files: Files::parse(answer, "kernel-files", Some(Privilege::Root)),
            rpm: answer.section("packages").and_then(|text| Ok(packages::rpm_scan(text)?)),
            units: answer.section("tree").and_then(|tree| units::units(tree, answer.section("units")?)),
            processes: answer.section("processes").and_then(|text| Ok(sockets::processes(text, &answer.word)?)),
            privilege,
        }
    }

    /// Which files there are was told before the walk, and what they hold after it.
    fn files_of(answer: &Answer, privilege: Option<Privilege>) -> Result<Files, Why> {
        let listed = Files::parse(answer, "listed", privilege)?;
        Files::parse(answer, "files", privilege)?.with(listed).looked_at(answer)
    }

    fn facts(self, host: HostId, taken_at: Timestamp) -> Facts {
        let (cpu, memory_kib, swap_kib) = self.hardware();
        let (listening, edges) = self.sockets();
        let (xfs, luks) = self.volumes();
        Facts {
            format: FORMAT,
            host,
            taken_at,
            origin: Origin::Survey,
            privilege: self.privilege.clone().into(),
            lab: self.lab().into(),
            os: self.os().into(),
            hostname: self.kernel("hostname").into(),
            kernel: self.kernel("kernel").into(),
            arch: self.kernel("arch").into(),
            boot_id: self.kernel("boot_id").into(),
            uptime_s: self.uptime().into(),
            cpu,
            memory_kib,
            swap_kib,
            cmdline: self.kernel_file("/proc/cmdline").map(|text| text.trim().to_owned()).into(),
            modules: self.modules().into(),
            selinux: self.kernel("selinux").and_then(|word| Ok(host::selinux(&word)?)).into(),
            sysctl: self.sysctl().into(),
            sysctl_set: self.sysctl_set().into(),
            mounts: self.mounts().into(),
            fstab: self.file("/etc/fstab").and_then(|text| Ok(storage::fstab(text.unwrap_or_default())?)).into(),
            block: self.section("block", storage::block_devices).into(),
            pci: self.section("pci", devices::pci).into(),
            xfs,
            luks,
            firmware: self.answer.section("firmware").and_then(devices::firmware).into(),
            interfaces: self.section("addresses", network::interfaces).into(),
            routes: self.routes().into(),
            resolver: self.file("/etc/resolv.conf").map(|text| network::resolver(text.unwrap_or_default())).into(),
            ifcfg: self.ifcfg().into(),
            firewall: self.firewall().into(),
            tcp_wrappers: self.tcp_wrappers().into(),
            packages: self.rpm().map(|rpm| rpm.packages.clone()).into(),
            repos: self.repos().into(),
            units: self.units.clone().into(),
            local_units: self.local_units().into(),
            broken_links: self.answer.section("tree").map(units::broken_links).into(),
            xinetd: self.xinetd().into(),
            listening,
            edges,
            processes: self.processes.clone().into(),
            service_limits: self.section("limits", limits::service_limits).into(),
            users: self.rows("/etc/passwd", accounts::users).into(),
            groups: self.rows("/etc/group", accounts::groups).into(),
            sudoers: self.sudoers().into(),
            cron: self.cron().into(),
            sshd: self.sshd().into(),
            crypto: self.crypto().into(),
            trust_stores: self.trust_stores().into(),
            keytabs: self.answer.section("keytabs").and_then(keys::keytabs).into(),
            snmp_users: self.answer.section("snmp-users").and_then(keys::snmp_users).into(),
            time_sync: self.time_sync().into(),
            python_scripts: self.answer.section("tree").map(host::python_scripts).into(),
            config_files: self.files().and_then(|files| config_files::config_files(files, self.rpm())).into(),
            held_files: Vec::new(),
            present: self.section("present", told::present).into(),
            excerpts: self.excerpts().into(),
            containers: self.answer.section("containers").and_then(containers::containers).into(),
            redis: self.section("redis", services::redis).into(),
            postgresql: self.postgresql().into(),
            mariadb: self.section("mariadb", services::mariadb).into(),
            nginx: self.nginx().into(),
            prometheus: self.prometheus("prometheus").into(),
            alertmanager: self.prometheus("alertmanager").into(),
            census: no_census(),
        }
    }

    fn section<T>(&self, name: &str, parse: impl Fn(&str) -> Result<T, BadLine>) -> Result<T, Why> {
        Ok(parse(self.answer.section(name)?)?)
    }

    fn files(&self) -> Result<&Files, Why> {
        self.files.as_ref().map_err(Why::clone)
    }

    fn rpm(&self) -> Result<&RpmScan, Why> {
        self.rpm.as_ref().map_err(Why::clone)
    }

    fn file(&self, path: &str) -> Result<Option<&str>, Why> {
        self.files()?.content(path)
    }

    fn rows<T>(&self, path: &str, parse: fn(&str) -> Result<Vec<T>, BadLine>) -> Result<Vec<T>, Why> {
        Ok(parse(self.file(path)?.ok_or(Why::Missing)?)?)
    }

    /// The files under a prefix, once it is certain that none is hidden.
    fn under<'s>(&'s self, prefix: &'s str) -> Result<impl Iterator<Item = (&'s str, &'s str)>, Why> {
        let files = self.files()?;
        files.all_seen(prefix)?;
        Ok(files.under(prefix).map(|(path, file)| (path, file.content.as_str())))
    }

    fn kernel(&self, key: &str) -> Result<String, Why> {
        host::value(self.answer.section("kernel")?, key).map(str::to_owned)
    }

    fn kernel_file(&self, path: &str) -> Result<&str, Why> {
        self.kernel_files.as_ref().map_err(Why::clone)?.content(path)?.ok_or(Why::Missing)
    }

    fn uptime(&self) -> Result<u64, Why> {
        let text = self.kernel("uptime")?;
        text.parse().map_err(|_| BadLine::new(&text).into())
    }

    fn lab(&self) -> Result<Option<LabMark>, Why> {
        Ok(self.file("/etc/rockhop-lab-host")?.map(host::lab_mark).transpose()?)
    }

    fn os(&self) -> Result<Os, Why> {
        let packages = self.rpm.as_ref().ok().map(|rpm| rpm.packages.as_slice());
        Ok(host::os(self.file("/etc/os-release")?.ok_or(Why::Missing)?, packages)?)
    }

    fn hardware(&self) -> (Read<Cpu>, Read<u64>, Read<u64>) {
        match self.section("hardware", host::hardware) {
            Ok((cpu, memory, swap)) => (Read::Known(cpu), Read::Known(memory), Read::Known(swap)),
            Err(why) => (Read::Unknown(why.clone()), Read::Unknown(why.clone()), Read::Unknown(why)),
        }
    }

    fn sockets(&self) -> (Read<Vec<Listener>>, Read<Vec<Edge>>) {
        match self.section("sockets", sockets::sockets) {
            Ok((listening, edges)) => (Read::Known(listening), Read::Known(edges)),
            Err(why) => (Read::Unknown(why.clone()), Read::Unknown(why)),
        }
    }

    /// Who may not look into every folder does not see them all.
    fn trust_stores(&self) -> Result<Vec<TrustStore>, Why> {
        match self.privilege.clone()? {
            Privilege::Root => Ok(keys::trust_stores(self.answer.section("tree")?, &self.answer.word)?),
            Privilege::Login => Err(Why::NoSudo),
        }
    }

    fn excerpts(&self) -> Result<Vec<Excerpt>, Why> {
        told::excerpts(&Files::parse(self.answer, "excerpts", Some(Privilege::Root))?)
    }

    fn volumes(&self) -> (Read<Vec<XfsVolume>>, Read<Vec<LuksVolume>>) {
        match self.section("volumes", devices::volumes) {
            Ok((xfs, luks)) => (Read::Known(xfs), Read::Known(luks)),
            Err(why) => (Read::Unknown(why.clone()), Read::Unknown(why)),
        }
    }

    /// A kernel without modules has no list of them.
    fn modules(&self) -> Result<Vec<String>, Why> {
        let list = self.kernel_files.as_ref().map_err(Why::clone)?.content("/proc/modules")?.unwrap_or_default();
        let names = list.lines().filter_map(|line| line.split(' ').next());
        let mut names: Vec<String> = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
        names.sort();
        Ok(names)
    }

    fn sysctl(&self) -> Result<Vec<Sysctl>, Why> {
        let files = self.kernel_files.as_ref().map_err(Why::clone)?;
        Ok(files.under("/proc/sys/").filter_map(|(path, file)| host::sysctl_effective(path, &file.content)).collect())
    }

    fn sysctl_set(&self) -> Result<Vec<Sysctl>, Why> {
        let files =
            self.files()?.under("/").filter(|(path, _)| path.contains("/sysctl.d/") || *path == "/etc/sysctl.conf");
        Ok(files.flat_map(|(path, file)| host::sysctl_file(path, &file.content)).collect())
    }

    fn mounts(&self) -> Result<Vec<Mount>, Why> {
        storage::mounts(self.kernel_file("/proc/self/mounts")?, self.answer.section("space"))
    }

    fn routes(&self) -> Result<Vec<Route>, Why> {
        let mut routes = network::routes4(self.kernel_file("/proc/net/route")?)?;
        if let Some(text) = self.kernel_files.as_ref().map_err(Why::clone)?.content("/proc/net/ipv6_route")? {
            routes.extend(network::routes6(text)?); // none where IPv6 is off
        }
        Ok(routes)
    }

    fn ifcfg(&self) -> Result<Vec<Ifcfg>, Why> {
        let files = self.under("/etc/sysconfig/network-scripts/ifcfg-")?;
        Ok(files.map(|(path, text)| network::ifcfg(path, text)).collect())
    }

    fn firewall(&self) -> Result<Firewall, Why> {
        network::firewall(self.answer.section("firewall")?, self.is_active("firewalld.service")?)
    }

    fn is_active(&self, name: &str) -> Result<bool, Why> {
        let units = self.units.as_ref().map_err(Why::clone)?;
        Ok(units.iter().any(|unit| unit.name == name && unit.is_active()))
    }

    fn tcp_wrappers(&self) -> Result<TcpWrappers, Why> {
        let lines = |path| self.file(path).map(network::tcp_wrapper_lines);
        Ok(TcpWrappers { allow: lines("/etc/hosts.allow")?, deny: lines("/etc/hosts.deny")? })
    }

    fn repos(&self) -> Result<Vec<Repo>, Why> {
        Ok(self.under("/etc/yum.repos.d/")?.flat_map(|(path, text)| packages::repos(path, text)).collect())
    }

    fn local_units(&self) -> Result<Vec<LocalUnit>, Why> {
        let rpm = self.rpm()?;
        let local = self.under("/etc/systemd/system/")?.filter(|(path, _)| !rpm.config_files.contains_key(*path));
        Ok(local.map(|(path, text)| LocalUnit { path: path.to_owned(), content: text.to_owned() }).collect())
    }

    fn xinetd(&self) -> Result<Vec<String>, Why> {
        let disabled = |text: &str| telling_lines(text).any(|line| line.replace([' ', '\t'], "") == "disable=yes");
        let enabled = self.under("/etc/xinetd.d/")?.filter(|(_, text)| !disabled(text));
        Ok(enabled.filter_map(|(path, _)| path.rsplit('/').next().map(str::to_owned)).collect())
    }

    fn sudoers(&self) -> Result<Sudoers, Why> {
        Ok(accounts::sudoers(self.under("/etc/sudoers")?))
    }

    fn cron(&self) -> Result<Vec<CronEntry>, Why> {
        let (etc, spool) = (self.under("/etc/cron")?, self.under("/var/spool/cron/")?);
        Ok(etc.chain(spool).flat_map(|(path, text)| accounts::cron(path, text)).collect())
    }

    fn sshd(&self) -> Result<Vec<(String, String)>, Why> {
        let main = self.file(sshd::CONFIG)?.ok_or(Why::Missing)?;
        let files = self.under("/etc/ssh/")?;
        Ok(sshd::settings(main, &files.collect()))
    }

    fn crypto(&self) -> Result<Crypto, Why> {
        let policy = self.file("/etc/crypto-policies/state/current").or_else(|why| match why {
            Why::NoSudo => Ok(None), // the folder is open to all: not listed means not there
            other => Err(other),
        })?;
        let fips = self.kernel_file("/proc/sys/crypto/fips_enabled").is_ok_and(|text| text.trim() == "1");
        let shown = Files::parse(self.answer, "certificates", None)?;
        let read = shown.under("/").map(|(path, file)| certificates::certificate(path, &file.content));
        let certificates = read.filter_map(Result::transpose).collect::<Result<_, _>>()?;
        let policy = policy.map(|text| text.trim().to_owned());
        Ok(Crypto { openssl: self.openssl().into(), policy, fips, certificates })
    }

    fn openssl(&self) -> Result<Option<String>, Why> {
        Ok(self.rpm()?.packages.iter().find(|package| package.name == "openssl-libs").map(ToString::to_string))
    }

    fn time_sync(&self) -> Result<TimeSync, Why> {
        const UNITS: [&str; 4] = ["ntpd.service", "chronyd.service", "chrony.service", "systemd-timesyncd.service"];
        let mut daemons = Vec::new();
        for unit in UNITS {
            if self.is_active(unit)? {
                daemons.push(unit.trim_end_matches(".service").to_owned());
            }
        }
        let mut servers = Vec::new();
        for prefix in ["/etc/ntp.conf", "/etc/chrony", "/etc/systemd/timesyncd.conf"] {
            servers.extend(self.under(prefix)?.flat_map(|(_, text)| host::time_servers(text)));
        }
        Ok(TimeSync { daemons, servers })
    }

    fn postgresql(&self) -> Result<Vec<Postgres>, Why> {
        let mut servers = self.section("postgresql", services::postgresql)?;
        for server in &mut servers {
            let Read::Known(state) = &mut server.state else { continue };
            if state.in_recovery && state.primary_host.is_none() {
                let recovery = self.file(&format!("{}/recovery.conf", server.data_dir))?;
                state.primary_host = recovery.and_then(services::recovery_host);
            }
        }
        Ok(servers)
    }

    fn nginx(&self) -> Result<Option<Nginx>, Why> {
        let processes = self.processes.as_ref().map_err(Why::clone)?;
        nginx::nginx(self.answer.section("nginx")?, &self.rpm()?.packages, processes, self.files()?)
    }

    fn prometheus(&self, name: &str) -> Result<Option<Prometheus>, Why> {
        let processes = self.processes.as_ref().map_err(Why::clone)?;
        Ok(services::prometheus(name, processes, self.answer.section("versions")))
    }
}

fn privilege(kernel: &str) -> Result<Privilege, Why> {
    match host::value(kernel, "privilege")? {
        "root" => Ok(Privilege::Root),
        "login" => Ok(Privilege::Login),
        other => Err(BadLine::new(other).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_text(text: &str) -> Facts {
        read(HostId::parse("web-1").expect("a name"), Timestamp::UNIX_EPOCH, text.as_bytes()).expect("a survey")
    }

    /// A small but whole answer, as the script frames it.
    fn answer(sections: &[(&str, &str, &str)]) -> String {
        let framed =
            sections.iter().map(|(name, body, status)| format!("===w + {name}\n{body}\n===w - {name} {status}\n"));
        format!("===rockhop 1 w\n{}===w .\n", framed.collect::<String>())
    }

    const FILES: &str =
        "===w f /etc/os-release\nID=centos\nVERSION_ID=7\n===w f /etc/redis.conf\nrequirepass <redacted:@1>\n";
    const LISTED: &str = "===w a /etc/rockhop-lab-host\n===w a /etc/sudoers\n";
    const TREE: &str = "===w m 644 root root 9 //etc/os-release\n===w m 640 root redis 30 //etc/redis.conf\n";
    const DIGESTS: &str = "aa  /etc/redis.conf\nbb  /etc/os-release\n0123456789abcdef  /run/x.secret.1\n";

    fn whole(kernel: &str) -> Facts {
        read_text(&answer(&[
            ("kernel", kernel, "0 "),
            ("listed", LISTED, "0 "),
            ("tree", TREE, "0 "),
            ("files", FILES, "0 "),
            ("digests", DIGESTS, "0 "),
            (
                "packages",
                "P redis 0 3.2.12 2.el7 x86_64\tFedora Project\tredis.src.rpm\t(none)\n/etc/redis.conf 1 2 bb 0100640 redis root 1 0 0 X",
                "0 ",
            ),
            ("sockets", "", "127 ss"),
        ]))
    }

    #[test]
    fn what_was_read_is_known_and_the_rest_says_why() {
        let facts = whole("privilege=root\nhostname=web-1");
        assert_eq!(facts.is_el7(), Ok(true));
        assert_eq!(facts.lab, Read::Known(None));
        assert_eq!(
            facts.package("redis").map(|p| p.map(ToString::to_string)),
            Ok(Some("redis-3.2.12-2.el7.x86_64".into()))
        );
        assert_eq!(facts.package("nginx"), Ok(None));
        let config = facts.config("/etc/redis.conf").expect("config files").expect("the file");
        assert_eq!(
            (config.owned_by_rpm.as_deref(), config.changed_from_rpm, config.mode.as_str()),
            (Some("redis"), Some(true), "0640")
        );
        assert_eq!(config.content.known().map(String::as_str), Some("requirepass <redacted:01234567>\n"));
        assert_eq!(facts.listening.why(), Some(&Why::ToolMissing { tool: "ss".into() }));
        assert_eq!(facts.mounts.why(), Some(&Why::Missing));
    }

    #[test]
    fn without_root_an_absent_file_is_unknown_and_not_absent() {
        let facts = whole("privilege=login");
        assert_eq!(facts.cron.why(), Some(&Why::NoSudo));
        assert_eq!(facts.config_files.why(), Some(&Why::NoSudo));
        assert_eq!(facts.is_el7(), Ok(true), "what is open to all is known");
    }

    #[test]
    fn an_answer_without_sections_knows_nothing() {
        let facts = read_text("===rockhop 1 w\n===w ! awk\n===w .\n");
        let known = serde_json::to_string(&facts).expect("json").matches("\"known\"").count();
        assert_eq!(known, 0, "{facts:?}");
        assert!(facts.unknowns().iter().all(|(_, why)| **why == Why::ToolMissing { tool: "awk".into() }));
    }

    #[test]
    fn the_identity_stays_while_only_the_moment_moves() {
        let (first, later) =
            (whole("privilege=root\nuptime=5\nboot_id=a"), whole("privilege=root\nuptime=9\nboot_id=b"));
        assert_eq!(first.identity_digest(), later.identity_digest());
        assert_ne!(first.identity_digest(), whole("privilege=root\nhostname=other").identity_digest());
    }

    #[test]
    fn a_file_that_is_named_twice_is_read_once() {
        let twice = format!("{FILES}===w f /etc/redis.conf\nport 1\n");
        let sections = [("kernel", "privilege=root", "0 "), ("listed", LISTED, "0 "), ("files", &twice, "0 ")];
        let answer = Answer::parse(answer(&sections).as_bytes()).expect("a survey");
        let files = Reading::files_of(&answer, Some(Privilege::Root)).expect("files");
        assert_eq!(files.content("/etc/redis.conf"), Ok(Some("port 1\n")));
    }

    #[test]
    fn facts_survive_json() {
        let facts = whole("privilege=root\nhostname=web-1");
        let json = serde_json::to_string(&facts).expect("json");
        assert_eq!(serde_json::from_str::<Facts>(&json).expect("facts"), facts);
    }

    const SECTIONS: [&str; 29] = [
        "kernel",
        "hardware",
        "kernel-files",
        "space",
        "block",
        "addresses",
        "packages",
        "tree",
        "units",
        "sockets",
        "processes",
        "firewall",
        "certificates",
        "digests",
        "listed",
        "files",
        "redis",
        "postgresql",
        "mariadb",
        "nginx",
        "pci",
        "volumes",
        "firmware",
        "present",
        "excerpts",
        "keytabs",
        "snmp-users",
        "limits",
        "containers",
    ];

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let host = HostId::parse("h").expect("a name");
            let _ = read(host, Timestamp::UNIX_EPOCH, &bytes);
        }

        #[test]
        fn arbitrary_section_text_never_panics(at in 0..SECTIONS.len(), body in "(instance |tool nft|P |===w [fmaut] |data |[a-z0-9:/=.\t\n(\" é%-]){0,40}") {
            read_text(&answer(&[("kernel", "privilege=root", "0 "), (SECTIONS[at], &body, "0 ")]));
        }

        #[test]
        fn a_survey_cut_anywhere_never_panics(cut in 0..600usize) {
            let text = answer(&[("kernel", "privilege=root", "0 "), ("tree", TREE, "0 "), ("files", FILES, "0 "), ("digests", DIGESTS, "0 ")]);
            let _ = read(HostId::parse("h").expect("a name"), Timestamp::UNIX_EPOCH, &text.as_bytes()[..cut.min(text.len())]);
        }
    }
}
