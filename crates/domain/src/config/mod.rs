//! Configuration carried as meaning: pure translators from an EL7 file to its EL9 counterpart.
//!
//! A translator changes what EL9 would refuse or misread and leaves every other byte as it is. What it
//! cannot carry is an error that names the line, never silence; what it retires stays in the file as a
//! comment. No error and no note holds a value of the file, for values may be secrets.

mod crontab;
mod environment;
mod ifcfg;
mod iptables;
mod lines;
mod mycnf;
mod nginx;
mod ntp;
mod postgresql;
mod prometheus;
mod redis;
mod sshd;
mod sysctl;
mod unit;

#[cfg(test)]
mod tests;

pub use ifcfg::Companions;

use crate::Message;
use serde::{Deserialize, Serialize};

/// How one file's meaning is carried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Translator {
    /// The same bytes.
    Verbatim,
    /// `ifcfg-eth0` to a NetworkManager keyfile.
    IfcfgToKeyfile(Companions),
    /// `ntp.conf` to `chrony.conf`.
    NtpToChrony,
    /// `iptables-save` lines to an nftables rule set.
    IptablesToNft,
    /// `redis.conf` of 3.2 to 6.2.
    RedisConf,
    /// `postgresql.conf`.
    PostgresConf,
    /// `pg_hba.conf`.
    PostgresHba,
    /// `my.cnf` to a file of `my.cnf.d`.
    MyCnf,
    /// A file that nginx reads.
    NginxConf,
    /// `sshd_config`.
    SshdConfig,
    /// `prometheus.yml`, `alertmanager.yml`.
    PrometheusYml,
    /// Alerting and recording rules.
    AlertRules,
    /// `KEY=value` for a unit's `EnvironmentFile`.
    Environment,
    /// `sysctl.conf` and the files of `sysctl.d`.
    Sysctl,
    /// A crontab of the system or of a user.
    Crontab,
    /// A unit file or a drop-in.
    SystemdUnit,
}

/// A file as EL9 gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// What was changed or retired, and what a person should look at.
    pub notes: Vec<Message>,
}

/// Why a file cannot be carried.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct Untranslatable {
    /// Counted from 1; 0 when it is about the whole file.
    pub line: u32,
    /// The sentence; it holds names of settings, never their values.
    pub why: Message,
}

impl Untranslatable {
    fn at(line: u32, key: &str) -> Self {
        Self { line, why: Message::new(key).with("line", line) }
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.why = self.why.with(name, value);
        self
    }
}

impl Translator {
    /// The file's EL9 counterpart.
    pub fn translate(&self, source: &[u8]) -> Result<Vec<u8>, Untranslatable> {
        self.translation(source).map(|t| t.bytes)
    }

    /// The same with what the reader of the plan should know.
    pub fn translation(&self, source: &[u8]) -> Result<Translation, Untranslatable> {
        match self {
            Self::Verbatim => Ok(Translation { bytes: source.to_vec(), notes: Vec::new() }),
            Self::IfcfgToKeyfile(companions) => ifcfg::translate(source, companions),
            Self::NtpToChrony => ntp::translate(source),
            Self::IptablesToNft => iptables::translate(source),
            Self::RedisConf => redis::translate(source),
            Self::PostgresConf => postgresql::translate(source),
            Self::PostgresHba => postgresql::translate_hba(source),
            Self::MyCnf => mycnf::translate(source),
            Self::NginxConf => nginx::translate(source),
            Self::SshdConfig => sshd::translate(source),
            Self::PrometheusYml => prometheus::check_yaml(source),
            Self::AlertRules => prometheus::check_rules(source),
            Self::Environment => environment::translate(source),
            Self::Sysctl => sysctl::translate(source),
            Self::Crontab => crontab::translate(source),
            Self::SystemdUnit => unit::translate(source),
        }
    }
}
