//! People and schedules: users, groups, sudo, cron. Password hashes are never read.

use serde::{Deserialize, Serialize};

/// One line of `/etc/passwd`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct User {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
    pub home: String,
    pub shell: String,
}

/// One line of `/etc/group`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Group {
    pub name: String,
    pub gid: u32,
    pub members: Vec<String>,
}

/// Which sudo rules there are; their content travels with the configuration files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Sudoers {
    /// Files under `/etc/sudoers.d`, and `/etc/sudoers` itself.
    pub files: Vec<String>,
    /// Lines that grant something, comments and defaults left out.
    pub grants: Vec<String>,
}

/// One line of a crontab.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct CronEntry {
    /// `/etc/cron.d/backup`, `/var/spool/cron/deploy`, `/etc/cron.daily/logrotate`.
    pub file: String,
    /// `0 2 * * *`, `@daily`, or `daily` for a script of `cron.daily`.
    pub schedule: String,
    pub user: String,
    /// Secrets replaced.
    pub command: String,
}
