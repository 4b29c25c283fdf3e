//! What `up` writes for whoever works with the fleet: inventory, known hosts, the operators' key.

use crate::fleet::{HostSpec, Machine, Role};
use crate::machine::replace;
use crate::process::run;
use crate::{Lab, LabError, disk};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const KEY: &str = "ops_ed25519";

/// The operators' key pair of this lab.
pub fn keys_ready(lab: &Lab) -> Result<(), LabError> {
    let keys = lab.layout().keys();
    disk::make(&keys)?;
    if keys.join(format!("{KEY}.pub")).exists() {
        return Ok(());
    }
    let _ = fs::remove_file(keys.join(KEY));
    run(
        "ssh-keygen",
        ["-q", "-t", "ed25519", "-N", "", "-C", "ops@rockhop-lab", "-f", &keys.join(KEY).display().to_string()],
    )
    .map(drop)
}

/// Writes the project's files for the hosts that are up.
pub fn write(lab: &Lab, hosts: &[&'static HostSpec]) -> Result<(), LabError> {
    let project = &lab.config().project;
    let folder = project.join("keys");
    disk::make(&folder)?;
    for name in [KEY.to_owned(), format!("{KEY}.pub")] {
        run("cp", ["-p".as_ref(), lab.layout().keys().join(name).as_os_str(), folder.as_os_str()])?;
    }
    let key = folder.canonicalize().map_err(|e| LabError::io("find", &folder, e))?.join(KEY);
    replace(&project.join("inventory.ini"), &inventory(lab, hosts, &key))?;
    replace(&project.join("known_hosts"), &known_hosts(lab, hosts)?)
}

fn known_hosts(lab: &Lab, hosts: &[&'static HostSpec]) -> Result<String, LabError> {
    let mut text = String::new();
    for host in hosts {
        let machine = Machine::of(host);
        for key in lab.ssh_host_keys(machine)? {
            let _ = writeln!(text, "{},{} {key}", host.name, lab.address(machine));
        }
    }
    Ok(text)
}

type Holds = fn(&HostSpec) -> bool;

/// The groups of the inventory, and whose they are.
const GROUPS: &[(&str, Holds)] = &[
    ("monitoring", |h| h.role == Role::Monitoring && !h.preproduction),
    ("cache", |h| h.role == Role::Cache && !h.preproduction),
    ("web", |h| h.role == Role::Web && !h.preproduction),
    ("postgresql", |h| h.role == Role::Postgresql && !h.preproduction),
    ("mariadb", |h| h.role == Role::Mariadb && !h.preproduction),
    ("edge", |h| h.role == Role::Edge),
    ("load", |h| h.role == Role::Load),
    ("preproduction", |h| h.preproduction),
];

fn inventory(lab: &Lab, hosts: &[&HostSpec], key: &Path) -> String {
    let mut text = String::from("# The hosts of the Rockhop lab. Their addresses are inside its network namespace.\n");
    for (group, holds) in GROUPS {
        let members: Vec<_> = hosts.iter().filter(|host| holds(host)).collect();
        if members.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n[{group}]");
        for host in members {
            let address = lab.config().subnet.address(false, host.octet);
            let _ = writeln!(text, "{} ansible_host={address} rockhop_role={}", host.name, host.role.key());
        }
    }
    let databases: Vec<&str> =
        ["postgresql", "mariadb"].into_iter().filter(|group| text.contains(&format!("[{group}]"))).collect();
    if !databases.is_empty() {
        let _ = writeln!(text, "\n[database:children]\n{}", databases.join("\n"));
    }
    let _ = write!(
        text,
        "\n[all:vars]\nansible_user=ops\nansible_become=true\nansible_ssh_private_key_file={}\n",
        key.display()
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fleet, HOSTS, LabConfig};

    #[test]
    fn every_host_is_in_exactly_one_group() {
        for host in HOSTS {
            assert_eq!(GROUPS.iter().filter(|(_, holds)| holds(host)).count(), 1, "{}", host.name);
        }
    }

    #[test]
    fn an_inventory() {
        let lab = Lab::new(LabConfig::default());
        let text = inventory(&lab, &Fleet::Small.hosts(), Path::new("/p/keys/ops_ed25519"));
        for line in
            ["[web]", "web-2 ansible_host=10.77.0.32 rockhop_role=web", "ansible_user=ops", "[database:children]"]
        {
            assert!(text.lines().any(|l| l == line), "{line} is not in\n{text}");
        }
        assert!(!text.contains("web-3") && !text.contains("[preproduction]"));
        let web = inventory(&lab, &"web-1".parse::<Fleet>().expect("a fleet").hosts(), Path::new("/p/key"));
        assert!(!web.contains("database") && !web.contains("mariadb"), "only groups that have hosts:\n{web}");
    }
}
