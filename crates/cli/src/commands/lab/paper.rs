//! The lab's own project: `rockhop.toml`, the vault's password, and a person who may approve. A simulated fleet's
//! project is the same in all but its head.
//!
//! Only what is missing is written: a file that somebody changed stays as it is.

use crate::failure::Failure;
use crate::project::ProjectDir;
use rockhop_lab::{HostSpec, Lab, Role};
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Command;

/// Who approves plans in the lab.
pub const APPROVER: &str = "lab-approver";

/// Writes what is missing; says whether the project file was among it.
pub fn write(lab: &Lab, hosts: &[&'static HostSpec], hook: &[String], dir: &ProjectDir) -> Result<bool, Failure> {
    let keys = dir.root().join("keys");
    let password = keys.join("vault.password");
    missing(&password, 0o600, || random_hex().map(|hex| format!("{hex}\n")))?;
    approver(&keys, &dir.root().join("approvers.allowed"))?;
    missing(&dir.config(), 0o644, || Ok(project(lab, hosts, hook)))
}

/// A host as the project file and the inventory name it.
pub struct Entry {
    pub name: String,
    pub role: Role,
    pub preproduction: bool,
    /// The host whose data this one copies.
    pub replica_of: Option<String>,
    pub address: String,
}

/// Writes a file unless it is there; says whether it was written.
pub fn missing(path: &Path, mode: u32, text: impl FnOnce() -> io::Result<String>) -> Result<bool, Failure> {
    if path.exists() {
        return Ok(false);
    }
    let write = || -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
        file.write_all(text()?.as_bytes())
    };
    write().map(|()| true).map_err(|e| Failure::io("error-write", path, &e))
}

fn random_hex() -> io::Result<String> {
    let mut bytes = [0_u8; 24];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// A key of its own for the person who approves: whoever operates the lab does not sign with the operators' key.
pub fn approver(keys: &Path, allowed: &Path) -> Result<(), Failure> {
    let key = keys.join("approver_ed25519");
    if !key.exists() {
        let made = Command::new("ssh-keygen")
            .args(["-q", "-t", "ed25519", "-N", "", "-C", APPROVER, "-f"])
            .arg(&key)
            .status()
            .map_err(|e| Failure::internal("ssh-keygen", e))?;
        if !made.success() {
            return Err(Failure::internal("ssh-keygen", made));
        }
    }
    let public = key.with_extension("pub");
    missing(allowed, 0o644, || Ok(format!("{APPROVER} {}", fs::read_to_string(&public)?))).map(drop)
}

/// The project file of a lab with these hosts.
pub fn project(lab: &Lab, hosts: &[&HostSpec], hook: &[String]) -> String {
    let config = lab.config();
    let hook: Vec<String> = hook.iter().map(|word| toml_text(word)).collect();
    let mut text = about("The project of the Rockhop lab, written by `rockhop lab up`.", "lab");
    let _ = write!(
        text,
        "\n[connection]\nknown_hosts = \"known_hosts\"\nuser = \"ops\"\nkey_files = [\"keys/ops_ed25519\"]\n\
         namespace = {}\n\n\
         [vault]\npath = {}\npassword_file = \"keys/vault.password\"\n\n\
         [provisioner]\ncommand = [{}]\ntimeout_minutes = 10\n\n\
         # A lab is in a hurry: real projects watch longer and move less at once.\n\
         [limits]\nmax_unavailable = 3\nhosts_in_parallel = 2\nfailure_budget = 2\nfacts_max_age_hours = 24\n\
         rollback_reserve_minutes = 10\nsoak_seconds = 20\nretries = 1\non_failure = \"rollback\"\n",
        toml_text(&config.namespace),
        toml_text(&lab.layout().vault().join("repository").display().to_string()),
        hook.join(", "),
    );
    let entry = |host: &&HostSpec| Entry {
        name: host.name.to_owned(),
        role: host.role,
        preproduction: host.preproduction,
        replica_of: host.replica_of.map(str::to_owned),
        address: config.subnet.address(false, host.octet),
    };
    let hosts: Vec<Entry> = hosts.iter().map(entry).collect();
    text.push_str(&fleet(&hosts, 1));
    text
}

/// What a project is, and who answers for it.
pub fn about(remark: &str, name: &str) -> String {
    format!(
        "# {remark} Change it as you like: it is not written again.\n\n\
         [project]\nname = {}\norganisation = \"Rockhop lab\"\nlanguage = \"en\"\nenvironment = \"production\"\n\
         inventory = [\"inventory.ini\"]\n\n\
         [project.contacts]\nrequester = \"lab-requester\"\napprovers = [\"{APPROVER}\"]\napprovals_needed = 1\n",
        toml_text(name)
    )
}

/// What the hosts are for, and what people use of them; so many of a role may be away at once.
pub fn fleet(hosts: &[Entry], away: u32) -> String {
    let paper = Paper { hosts, away };
    let mut text = paper.roles();
    text.push_str(&paper.pairs());
    text.push_str(&paper.services());
    text.push_str(&paper.preproduction());
    text
}

struct Paper<'a> {
    hosts: &'a [Entry],
    away: u32,
}

impl Paper<'_> {
    fn of(&self, role: Role) -> impl Iterator<Item = &Entry> {
        self.hosts.iter().filter(move |h| h.role == role && !h.preproduction)
    }

    fn has(&self, role: Role) -> bool {
        self.of(role).next().is_some()
    }

    fn roles(&self) -> String {
        let mut text = String::new();
        for (role, after) in [
            (Role::Monitoring, None),
            (Role::Cache, Some(Role::Monitoring)),
            (Role::Web, Some(Role::Cache)),
            (Role::Postgresql, Some(Role::Web)),
            (Role::Mariadb, Some(Role::Postgresql)),
            (Role::Edge, None),
            (Role::Load, None),
        ] {
            if !self.has(role) {
                continue;
            }
            let _ = write!(text, "\n[roles.{0}]\ngroups = [\"{0}\"]\n", role.key());
            if matches!(role, Role::Edge | Role::Load) {
                text.push_str("moves = false                         # looked at, and not moved\n");
                continue;
            }
            if let Some(after) = after.filter(|a| self.has(*a)) {
                let _ = writeln!(text, "after = [\"{}\"]", after.key());
            }
            if role == Role::Web {
                let _ = writeln!(text, "max_unavailable = {}", 2 * self.away);
                if self.has(Role::Edge) {
                    text.push_str(
                        "balancer = { host = \"edge-1\", backend = \"web\", socket = \"/run/haproxy/admin.sock\" }\n",
                    );
                }
            } else {
                let _ = writeln!(text, "max_unavailable = {}", self.away);
            }
        }
        text
    }

    fn pairs(&self) -> String {
        let mut text = String::new();
        for host in self.hosts.iter().filter(|h| !h.preproduction) {
            if let Some(primary) = host.replica_of.as_ref().filter(|p| self.hosts.iter().any(|h| h.name == **p)) {
                let _ =
                    write!(text, "\n[[pairs]]\nhosts = [\"{primary}\", \"{}\"]\nreason = \"replication\"\n", host.name);
            }
        }
        text
    }

    fn services(&self) -> String {
        let mut text = String::new();
        if let Some(edge) = self.of(Role::Edge).next() {
            let address = &edge.address;
            let _ = write!(
                text,
                "\n[[services]]\nname = \"shop\"\nkind = \"http\"\naddress = \"{address}\"\npath = \"/healthz\"\n\
                 expect_status = 200\nrole = \"web\"\nslo_percent = 99.5\n"
            );
        }
        for (role, name, kind, port) in [
            (Role::Cache, "redis", "tcp", 6379),
            (Role::Postgresql, "postgresql", "postgresql", 5432),
            (Role::Mariadb, "mariadb", "mariadb", 3306),
            (Role::Monitoring, "prometheus", "tcp", 9090),
        ] {
            if self.has(role) {
                let role = role.key();
                let _ = write!(
                    text,
                    "\n[[services]]\nname = \"{name}\"\nkind = \"{kind}\"\nport = {port}\nrole = \"{role}\"\n"
                );
            }
        }
        text
    }

    fn preproduction(&self) -> String {
        let rehearsal: Vec<&Entry> = self.hosts.iter().filter(|h| h.preproduction).collect();
        if rehearsal.is_empty() {
            return String::new();
        }
        let mut text = "\n[preproduction]\ngroups = [\"preproduction\"]\n\n[preproduction.roles]\n".to_owned();
        for host in rehearsal {
            let _ = writeln!(text, "{} = [\"{}\"]", host.role.key(), host.name);
        }
        text
    }
}

/// A TOML string; JSON's escapes are TOML's.
fn toml_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rockhop_domain::project::Project;
    use rockhop_lab::{Fleet, LabConfig};

    #[test]
    fn the_project_of_every_fleet_is_sound() {
        for fleet in ["full", "small", "web-1,db-1,db-2", "mon-1"] {
            let fleet: Fleet = fleet.parse().expect("a fleet");
            let hosts = fleet.hosts();
            let lab = Lab::new(LabConfig { fleet, ..LabConfig::default() });
            let text = project(&lab, &hosts, &["/usr/bin/rockhop".into(), "lab".into(), "hook".into()]);
            if let Err(error) = Project::parse(&text, "rockhop.toml") {
                panic!("{error}\n{text}");
            }
        }
    }
}
