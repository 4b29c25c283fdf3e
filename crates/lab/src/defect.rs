//! Defects: what grown CentOS 7 hosts have and Rocky 9 does not take, planted on hosts of the lab, each to be found by its
//! rule. A defect changes files or settings of a running host and nothing that it does now; uprooting puts the very files
//! back.
//!
//! Two of the defects are faults, too (`fault.rs`), since they hurt during a run.

use crate::fault::{self, FaultKind, Target};
use crate::fleet::Machine;
use crate::process::run;
use crate::{Lab, LabError, assets, disk};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// One defect: where the lab plants it, and which rule of the assessment has to find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Defect {
    /// The stable name.
    pub key: &'static str,
    /// The host that gets it.
    pub host: &'static str,
    /// The rule's id.
    pub rule: &'static str,
    #[serde(skip)]
    how: How,
}

/// How a defect comes to a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// By `image/defects/KEY.sh`, inside the machine.
    Script,
    /// By that script, after `image/defects/KEY.build.sh` built a package here.
    Package(&'static str),
    /// As a fault that stands.
    Fault(FaultKind),
}

/// Every defect.
pub const DEFECTS: [Defect; 14] = [
    script("ssh-cipher", "web-1", "security.ssh-removed-algorithms"),
    script("python2-script", "web-2", "services.python2-scripts"),
    Defect {
        key: "connection-pool",
        host: "web-3",
        rule: "fleet.connection-budget",
        how: How::Fault(FaultKind::PoolTooBig),
    },
    script("tls-client", "web-4", "fleet.tls-old-client"),
    script("several-eth", "web-5", "network.several-eth"),
    Defect { key: "sha1-signature", host: "web-6", rule: "packages.sha1-signatures", how: How::Package("oldtool.rpm") },
    script("firewall-rule", "web-7", "network.firewall-rules"),
    script("tcp-wrappers", "web-8", "network.tcp-wrappers"),
    script("kernel-setting", "cache-1", "kernel.sysctl-removed"),
    script("redis-directive", "cache-2", "cache.removed-directive"),
    script("fstab-device", "db-1", "storage.disk-names"),
    script("cron-command", "db-2", "services.cron-commands"),
    script("mariadb-option", "db-3", "database.mariadb-options"),
    Defect {
        key: "alert-name",
        host: "mon-1",
        rule: "fleet.alert-names",
        how: How::Fault(FaultKind::AlertRenamedMetric),
    },
];

const fn script(key: &'static str, host: &'static str, rule: &'static str) -> Defect {
    Defect { key, host, rule, how: How::Script }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key)
    }
}

/// A name that is no defect.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no defect {0:?}")]
pub struct UnknownDefect(pub String);

impl FromStr for Defect {
    type Err = UnknownDefect;

    fn from_str(text: &str) -> Result<Self, UnknownDefect> {
        DEFECTS.into_iter().find(|defect| defect.key == text).ok_or_else(|| UnknownDefect(text.to_owned()))
    }
}

/// Plants a defect on its host, which has to run. One that is there already stays as it is.
pub fn plant(lab: &Lab, defect: Defect) -> Result<(), LabError> {
    let machine: Machine = defect.host.parse()?;
    match defect.how {
        How::Fault(kind) => return fault::break_host(lab, &Target::Machine(machine), kind),
        How::Package(file) => build(lab, machine, defect, file)?,
        How::Script => {}
    }
    inside(lab, machine, defect, assets::text(&format!("defects/{defect}.sh")))
}

/// Takes a defect away; one that was never planted is away already.
pub fn uproot(lab: &Lab, defect: Defect) -> Result<(), LabError> {
    let machine: Machine = defect.host.parse()?;
    if let How::Fault(kind) = defect.how {
        return fault::mend_host(lab, &Target::Machine(machine), kind);
    }
    inside(lab, machine, defect, assets::text("defects/uproot.sh"))
}

/// Runs a script inside the machine, behind the prelude.
fn inside(lab: &Lab, machine: Machine, defect: Defect, script: &str) -> Result<(), LabError> {
    let text = format!("KEY={defect}\n{}\n{script}", assets::text("defects/prelude.sh"));
    lab.inside(machine, &["sh", "-c", &text]).map(drop)
}

/// Builds the package of a defect on this machine, into the host's root.
fn build(lab: &Lab, machine: Machine, defect: Defect, file: &str) -> Result<(), LabError> {
    let to = lab.layout().root(machine).join("var/lib/rockhop-lab").join(file);
    if to.exists() {
        return Ok(());
    }
    disk::make(to.parent().unwrap_or(&to))?;
    let script = assets::text(&format!("defects/{defect}.build.sh"));
    run("sh", ["-c".as_ref(), script.as_ref(), "build".as_ref(), to.as_os_str()]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_has_its_name_its_host_and_its_script() {
        let keys: BTreeSet<&str> = DEFECTS.iter().map(|d| d.key).collect();
        assert_eq!(keys.len(), DEFECTS.len());
        for defect in DEFECTS {
            assert_eq!(defect.key.parse(), Ok(defect));
            let machine: Machine = defect.host.parse().expect("a host of the lab");
            assert!(machine.host.migrates() && !machine.fresh, "{defect}");
            let script = assets::text(&format!("defects/{defect}.sh"));
            assert_eq!(script.is_empty(), matches!(defect.how, How::Fault(_)), "{defect}");
        }
        assert_eq!("rust".parse::<Defect>(), Err(UnknownDefect("rust".into())));
    }
}
