//! The machine and its system: release, processor, kernel settings, clock, cryptography.

use super::Read;
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
}

impl Cpu {
    /// Whether the processor can run the x86-64-v2 code of EL 9.
    pub fn is_x86_64_v2(&self) -> bool {
        ["cx16", "lahf_lm", "popcnt", "sse4_1", "sse4_2", "ssse3"].iter().all(|flag| self.flags.iter().any(|f| f == flag))
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
    /// `OpenSSL 1.0.2k-fips  26 Jan 2017`.
    pub openssl: Read<String>,
    /// `update-crypto-policies --show`; none on EL 7.
    pub policy: Option<String>,
    pub fips: bool,
    /// Certificates seen in the services' folders.
    pub certificates: Vec<Certificate>,
}

/// A certificate file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Certificate {
    pub path: String,
    /// `Nov 23 04:51:02 2027 GMT`, as the tool says it.
    pub not_after: String,
    /// `sha1WithRSAEncryption`, `sha256WithRSAEncryption`.
    pub signature: String,
    /// The size of the key in bits, where the tool tells.
    pub key_bits: Option<u32>,
}

/// A script that runs under Python 2 or under a bare `python`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PythonScript {
    pub path: String,
    /// `#!/usr/bin/python2.7`.
    pub first_line: String,
}
