//! The machine and its system: release, processor, kernel settings, clock, cryptography.

use super::certificates::Certificate;
use super::files::telling_lines;
use super::{BadLine, Package, Read, Why};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// As whom the survey ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Privilege {
    /// As root, directly or through sudo.
    Root,
    /// As the login user, for sudo was refused.
    Login,
}

/// What a lab's host says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LabMark {
    /// Which release the host plays.
    pub face: Face,
    /// Which parts are stage scenery: `kernel`, `libraries`, ...
    pub scenery: Vec<String>,
}

/// A release that Rockhop moves from or to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    El7,
    El9,
}

/// `/etc/os-release`, and the package that owns it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Os {
    /// `centos`, `rocky`, `rhel`, ...
    pub id: String,
    /// `rhel fedora`, split.
    pub id_like: Vec<String>,
    /// `7`, `9.4`.
    pub version_id: String,
    pub pretty: String,
    /// `centos-release-7-9.2009.1.el7.centos.x86_64`, when a package owns the release file.
    pub release_package: Option<String>,
}

impl Os {
    /// Whether this is an Enterprise Linux of that major version.
    pub fn is_el(&self, major: u32) -> bool {
        let el = |id: &str| matches!(id, "centos" | "rhel" | "rocky" | "almalinux" | "ol" | "scientific");
        let this = self.version_id.split('.').next().and_then(|text| text.parse().ok());
        this == Some(major) && (el(&self.id) || self.id_like.iter().any(|id| el(id)))
    }
}

/// The processors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Cpu {
    pub count: u32,
    pub model: String,
    /// Feature flags, sorted.
    pub flags: Vec<String>,
    /// Maker, family and model as Leapp's list of devices writes them: `intel:6:85`, `amd:21:2`, `ibm:4d` (POWER8),
    /// `ibm:2964` (z13), `arm:0x50:0x000`. None where the kernel does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl Cpu {
    /// Whether the processor can run the x86-64-v2 code of EL 9.
    pub fn is_x86_64_v2(&self) -> bool {
        ["cx16", "lahf_lm", "popcnt", "sse4_1", "sse4_2", "ssse3"]
            .iter()
            .all(|flag| self.flags.iter().any(|f| f == flag))
    }
}

/// SELinux's mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Selinux {
    Enforcing,
    Permissive,
    Disabled,
}

/// One kernel setting.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Sysctl {
    /// `net.core.somaxconn`.
    pub key: String,
    pub value: String,
    /// The file that sets it; none for an effective value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// Who keeps the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TimeSync {
    /// Active units among ntpd, chronyd and systemd-timesyncd.
    pub daemons: Vec<String>,
    /// Servers and pools named in the configuration of any of them.
    pub servers: Vec<String>,
}

/// What matters of cryptography.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Crypto {
    /// `openssl-libs-1:1.0.2k-26.el7_9.x86_64`; none on a host without it.
    pub openssl: Read<Option<String>>,
    /// `update-crypto-policies --show`; none on EL 7.
    pub policy: Option<String>,
    pub fips: bool,
    /// Certificates seen in the services' folders.
    pub certificates: Vec<Certificate>,
}

/// A script that runs under Python 2 or under a bare `python`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PythonScript {
    pub path: String,
    /// `#!/usr/bin/python2.7`.
    pub first_line: String,
}

/// Reads `/etc/rockhop-lab-host`: JSON, of which face and scenery matter here.
pub(super) fn lab_mark(text: &str) -> Result<LabMark, BadLine> {
    serde_json::from_str(text).map_err(|_| BadLine::new(text.lines().next().unwrap_or_default()))
}

/// Reads `/etc/os-release`; the release package is found among the installed ones.
pub(super) fn os(text: &str, packages: Option<&[Package]>) -> Result<Os, BadLine> {
    let value = |key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='))?;
        Some(line.trim().trim_matches(['"', '\'']).to_owned())
    };
    let id = value("ID").ok_or_else(|| BadLine::new(text.lines().next().unwrap_or_default()))?;
    let id_like = value("ID_LIKE").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    let release_package = packages.and_then(release_package);
    let (version_id, pretty) = (value("VERSION_ID").unwrap_or_default(), value("PRETTY_NAME").unwrap_or_default());
    Ok(Os { id, id_like, version_id, pretty, release_package })
}

fn release_package(packages: &[Package]) -> Option<String> {
    const NAMES: [&str; 7] = [
        "centos-release",
        "rocky-release",
        "redhat-release-server",
        "redhat-release",
        "almalinux-release",
        "oraclelinux-release",
        "sl-release",
    ];
    packages.iter().find(|package| NAMES.contains(&package.name.as_str())).map(Package::to_string)
}

/// `key=value` lines of the survey's kernel section.
pub(super) fn value<'a>(text: &'a str, key: &str) -> Result<&'a str, Why> {
    text.lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
        .filter(|value| !value.is_empty())
        .ok_or(Why::Missing)
}

/// `/sys/fs/selinux/enforce`, or `off` where there is none.
pub(super) fn selinux(word: &str) -> Result<Selinux, BadLine> {
    match word {
        "1" => Ok(Selinux::Enforcing),
        "0" => Ok(Selinux::Permissive),
        "off" => Ok(Selinux::Disabled),
        other => Err(BadLine::new(other)),
    }
}

/// `key:value` lines of the survey's hardware section: the processors, memory and swap in KiB.
pub(super) fn hardware(text: &str) -> Result<(Cpu, u64, u64), BadLine> {
    let value = |key: &str| {
        let found = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
        found.ok_or_else(|| BadLine::new(text.lines().next().unwrap_or_default()))
    };
    let number = |key: &str| value(key).and_then(|text| text.trim().parse().map_err(|_| BadLine::new(text)));
    let mut flags: Vec<String> = value("flags")?.split_whitespace().map(str::to_owned).collect();
    flags.sort();
    let count = u32::try_from(number("cpus")?).unwrap_or(u32::MAX);
    let id = cpu_id(|key| value(&format!("cpuinfo {key}")).ok().map(|text| text.trim().to_owned()));
    let cpu = Cpu { count, model: value("model")?.trim().to_owned(), flags, id };
    Ok((cpu, number("MemTotal")?, number("SwapTotal")?))
}

/// See [`Cpu::id`]; from the lines of `/proc/cpuinfo`, which each architecture writes in its own way.
pub(super) fn cpu_id(value: impl Fn(&str) -> Option<String>) -> Option<String> {
    if let Some(vendor) = value("vendor_id").filter(|vendor| vendor != "IBM/S390") {
        let vendor = match vendor.as_str() {
            "GenuineIntel" => "intel".to_owned(),
            "AuthenticAMD" => "amd".to_owned(),
            other => other.to_ascii_lowercase(),
        };
        return Some(format!("{vendor}:{}:{}", value("cpu family")?, value("model")?));
    }
    if let Some(first) = value("processor 0") {
        return Some(format!("ibm:{}", first.split_once("machine = ")?.1.trim()));
    }
    if let Some(revision) = value("revision") {
        let version = revision.split_once("(pvr ")?.1.split(' ').next()?.trim_start_matches('0');
        return Some(format!("ibm:{version}"));
    }
    Some(format!("arm:{}:{}", value("CPU implementer")?, value("CPU part")?))
}

/// The host's clock when it was surveyed.
pub(super) fn taken(text: &str) -> Option<Timestamp> {
    let seconds = text.lines().find_map(|line| line.strip_prefix("taken:"))?;
    Timestamp::from_second(seconds.parse().ok()?).ok()
}

/// The settings of one `sysctl` file.
pub(super) fn sysctl_file(file: &str, text: &str) -> Vec<Sysctl> {
    let setting = |line: &str| {
        let (key, value) = line.split_once('=')?;
        let key = key.trim().trim_start_matches('-').replace('/', ".");
        Some(Sysctl { key, value: one_blank(value), file: Some(file.to_owned()) })
    };
    telling_lines(text).filter(|line| !line.starts_with(';')).filter_map(setting).collect()
}

/// One effective setting, from its path under `/proc/sys`.
pub(super) fn sysctl_effective(path: &str, content: &str) -> Option<Sysctl> {
    let key = path.strip_prefix("/proc/sys/")?.replace('/', ".");
    Some(Sysctl { key, value: one_blank(content), file: None })
}

fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Servers and pools of one time daemon's configuration.
pub(super) fn time_servers(text: &str) -> Vec<String> {
    let servers = |line: &str| -> Vec<String> {
        if let Some(names) = line.strip_prefix("NTP=") {
            return names.split_whitespace().map(str::to_owned).collect();
        }
        let mut words = line.split_whitespace();
        let named = matches!(words.next(), Some("server" | "pool" | "peer"));
        words.next().filter(|_| named).map(str::to_owned).into_iter().collect()
    };
    telling_lines(text).flat_map(servers).collect()
}

/// Reads `path:first line` rows; keeps those that ask for Python 2 or do not say which.
pub(super) fn python_scripts(text: &str) -> Vec<PythonScript> {
    let row = |line: &str| {
        let (path, first) = line.split_once(":#!")?;
        let program = first
            .split_whitespace()
            .find(|word| word.rsplit('/').next().is_some_and(|name| name.starts_with("python")))?;
        let version = program.rsplit('/').next()?.strip_prefix("python")?;
        let two = version.is_empty() || version.starts_with('2');
        two.then(|| PythonScript { path: path.to_owned(), first_line: format!("#!{first}") })
    };
    let mut scripts: Vec<PythonScript> = text.lines().filter_map(row).collect();
    scripts.sort_by(|a, b| a.path.cmp(&b.path));
    scripts.dedup_by(|later, first| later.path == first.path); // the first such line of each
    scripts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases() {
        for (text, el7, el9) in [
            ("NAME=x\nID=\"centos\"\nVERSION_ID=\"7\"\n", true, false),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.4\"\n", false, true),
            ("ID=mine\nID_LIKE=\"rhel\"\nVERSION_ID=\"9.0\"\n", false, true),
            ("ID=debian\nVERSION_ID=\"7\"\n", false, false),
        ] {
            let os = os(text, None).expect("a release");
            assert_eq!((os.is_el(7), os.is_el(9)), (el7, el9), "{text:?}");
        }
        assert!(os("nothing here", None).is_err());
    }

    #[test]
    fn python_two_or_unsaid() {
        let text = "/opt/a:#!/usr/bin/python\n/opt/b:#!/usr/bin/env python2.7\n/opt/c:#!/usr/bin/python3 -u\n/opt/d:#! /usr/bin/python2 -tt\n/opt/e:#!/bin/sh python\nBinary file\n";
        let paths: Vec<_> = python_scripts(text).into_iter().map(|s| s.path).collect();
        assert_eq!(paths, ["/opt/a", "/opt/b", "/opt/d", "/opt/e"]);
    }

    #[test]
    fn processors_of_each_architecture() {
        for (cpuinfo, want) in [
            ("vendor_id:GenuineIntel|cpu family:6|model:85", Some("intel:6:85")),
            ("vendor_id:AuthenticAMD|cpu family:21|model:2", Some("amd:21:2")),
            ("revision:2.0 (pvr 004d 0200)", Some("ibm:4d")),
            (
                "vendor_id:IBM/S390|processor 0:version = FF,  identification = 0133E8,  machine = 2964",
                Some("ibm:2964"),
            ),
            ("CPU implementer:0x50|CPU part:0x000", Some("arm:0x50:0x000")),
            ("vendor_id:GenuineIntel", None),
            ("revision:1.0", None),
            ("", None),
        ] {
            let value = |key: &str| {
                let (_, value) =
                    cpuinfo.split('|').filter_map(|line| line.split_once(':')).find(|(name, _)| *name == key)?;
                Some(value.to_owned())
            };
            assert_eq!(cpu_id(value).as_deref(), want, "{cpuinfo}");
        }
        let text = "MemTotal:1\nSwapTotal:0\ncpuinfo vendor_id:GenuineIntel\ncpuinfo cpu family:6\ncpuinfo model:45\ncpus:2\nmodel:X\nflags:a\n";
        let (cpu, ..) = hardware(text).expect("hardware");
        assert_eq!((cpu.id.as_deref(), cpu.model.as_str()), (Some("intel:6:45"), "X"));
    }

    #[test]
    fn small_sections() {
        let mark = lab_mark("{\"lab\":true,\"face\":\"el7\",\"scenery\":[\"kernel\"]}\n").expect("a mark");
        assert_eq!((mark.face, mark.scenery), (Face::El7, vec!["kernel".to_owned()]));
        assert!(lab_mark("{\"face\":\"el6\",\"scenery\":[]}").is_err());
        let (cpu, memory, swap) =
            hardware("MemTotal:100\nSwapTotal:0\ncpus:2\nmodel:X Y\nflags:ssse3 sse4_1 sse4_2 popcnt cx16 lahf_lm\n")
                .expect("hardware");
        assert_eq!((cpu.count, cpu.is_x86_64_v2(), memory, swap), (2, true, 100, 0));
        assert_eq!(taken("cpus:2\ntaken:1795420800\n"), Timestamp::from_second(1_795_420_800).ok());
        assert_eq!(taken("taken:soon\n"), None);
        assert_eq!(time_servers("server 10.0.0.1 iburst\npool p\n#server x\nNTP=a b\n"), ["10.0.0.1", "p", "a", "b"]);
        assert_eq!(
            sysctl_file("/f", "net/core/somaxconn=1\n-vm.x =  2\t3\n; c\n")
                .iter()
                .map(|s| (s.key.as_str(), s.value.as_str()))
                .collect::<Vec<_>>(),
            [("net.core.somaxconn", "1"), ("vm.x", "2 3")]
        );
    }
}
