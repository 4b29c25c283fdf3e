//! Faults on purpose: what can be broken, on what, and how it is mended.
//!
//! A fault is a file below `faults/`; it holds while the file stands, over reboots and for machines
//! that do not exist yet. The file is written before the fault is done and removed after it is
//! undone, so an interruption leaves a fault that can be mended.

mod vault;

use crate::fleet::{Machine, Role};
use crate::host_key::host_key;
use crate::layout::Layout;
use crate::process::run;
use crate::{Lab, LabError, assets, disk, network};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::{self, OpenOptions};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// What can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// Nothing reaches the machine, and it reaches nothing.
    Unreachable,
    /// The machine lives; its ssh server does not.
    SshdStopped,
    /// The folder of the role's data (or the lab's vault disk) has no room left.
    DiskFull,
    /// The role's service fails to start on the fresh host.
    ServiceStart,
    /// The role's configuration arrives cut half way on the fresh host, once.
    ConfigSync,
    /// A web server's connection pool that, with the others', is more than PostgreSQL accepts.
    PoolTooBig,
    /// An alert rule on a metric that the EL9 exporter calls otherwise.
    AlertRenamedMetric,
    /// A pack file of the vault has flipped bits.
    VaultCorrupt,
    /// A reboot of the machine hangs.
    RebootNeverReturns,
    /// The machine shows another host key than the one on record.
    HostKeyChanged,
}

impl FaultKind {
    /// Every fault there is.
    pub const ALL: [Self; 10] = [
        Self::Unreachable,
        Self::SshdStopped,
        Self::DiskFull,
        Self::ServiceStart,
        Self::ConfigSync,
        Self::PoolTooBig,
        Self::AlertRenamedMetric,
        Self::VaultCorrupt,
        Self::RebootNeverReturns,
        Self::HostKeyChanged,
    ];

    /// The stable name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::SshdStopped => "sshd-stopped",
            Self::DiskFull => "disk-full",
            Self::ServiceStart => "service-start",
            Self::ConfigSync => "config-sync",
            Self::PoolTooBig => "pool-too-big",
            Self::AlertRenamedMetric => "alert-renamed-metric",
            Self::VaultCorrupt => "vault-corrupt",
            Self::RebootNeverReturns => "reboot-never-returns",
            Self::HostKeyChanged => "host-key-changed",
        }
    }

    /// The machine that a fault on `named` is done to: some wait for the fresh host beside it.
    fn aims_at(self, named: Machine) -> Machine {
        match self {
            Self::ServiceStart | Self::ConfigSync if named.host.migrates() => Machine::fresh(named.host),
            _ => named,
        }
    }

    fn fits(self, target: &Target) -> bool {
        match (self, target) {
            (Self::VaultCorrupt | Self::DiskFull, Target::Vault(_)) => true,
            (_, Target::Vault(_)) | (Self::VaultCorrupt, Target::Machine(_)) => false,
            (Self::PoolTooBig, Target::Machine(m)) => m.host.role == Role::Web,
            (Self::AlertRenamedMetric, Target::Machine(m)) => m.host.role == Role::Monitoring,
            (Self::ServiceStart | Self::ConfigSync, Target::Machine(m)) => m.host.migrates(),
            (_, Target::Machine(_)) => true,
        }
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// A name that is no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no fault {0:?}")]
pub struct UnknownFault(pub String);

impl FromStr for FaultKind {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        Self::ALL.into_iter().find(|kind| kind.key() == text).ok_or_else(|| UnknownFault(text.to_owned()))
    }
}

/// What a fault is done to: a machine, or a vault's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Machine(Machine),
    Vault(PathBuf),
}

impl Target {
    /// `web-3`, `web-3-new`, `vault` (the lab's own vault disk) or `vault:/some/folder`.
    pub fn parse(text: &str, layout: &Layout) -> Result<Self, LabError> {
        match text.strip_prefix("vault") {
            Some("") => Ok(Self::Vault(layout.vault())),
            Some(path) if path.starts_with(":/") => Ok(Self::Vault(PathBuf::from(&path[1..]))),
            _ => Ok(Self::Machine(text.parse()?)),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Machine(machine) => machine.to_string(),
            Self::Vault(_) => "vault".into(),
        }
    }
}

/// Breaks something. A fault on a machine that does not exist yet waits for it.
pub fn break_host(lab: &Lab, target: &Target, kind: FaultKind) -> Result<(), LabError> {
    check(target, kind)?;
    match target {
        Target::Vault(folder) => vault::break_vault(lab, folder, kind),
        Target::Machine(named) => {
            let machine = kind.aims_at(*named);
            arm(lab.layout(), kind, machine)?;
            if lab.exists(machine) { apply(lab, kind, machine) } else { Ok(()) }
        }
    }
}

/// Undoes a fault; one that was never done is undone already.
pub fn mend_host(lab: &Lab, target: &Target, kind: FaultKind) -> Result<(), LabError> {
    check(target, kind)?;
    match target {
        Target::Vault(folder) => vault::mend_vault(lab, folder, kind),
        Target::Machine(named) => {
            let machine = kind.aims_at(*named);
            let file = path(lab.layout(), kind, machine);
            if !file.exists() {
                return Ok(());
            }
            if lab.exists(machine) {
                undo(lab, kind, machine)?;
            }
            fs::remove_file(&file).map_err(|e| LabError::io("remove", &file, e))?;
            // A server that was only told to start does not answer yet.
            if lab.running(machine) && !silences(lab, machine) { lab.wait_for_ssh(machine) } else { Ok(()) }
        }
    }
}

/// The faults that stand, as (target, fault), in the order of their names.
pub fn armed(layout: &Layout) -> Vec<(String, FaultKind)> {
    let entries = fs::read_dir(layout.faults()).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let (target, key) = name.rsplit_once('.')?;
            Some((target.to_owned(), key.parse().ok()?))
        })
        .collect();
    found.sort_by_key(|(target, kind): &(String, FaultKind)| (target.clone(), kind.key()));
    found
}

/// The file that says a fault stands.
pub(crate) fn path(layout: &Layout, kind: FaultKind, machine: Machine) -> PathBuf {
    layout.faults().join(format!("{machine}.{kind}"))
}

/// Faults that a machine has to be booted into.
pub(crate) fn before_boot(lab: &Lab, machine: Machine) -> Result<(), LabError> {
    let extra = lab.layout().run_file(machine, "nspawn");
    let _ = fs::remove_file(&extra);
    for kind in standing(lab.layout(), machine) {
        match kind {
            FaultKind::DiskFull => {
                disk::make(&lab.layout().run())?;
                assets::write(&extra, &format!("--tmpfs={}:size={FULL_BYTES},mode=0755\n", machine.host.role.data()))?;
            }
            FaultKind::Unreachable => network::set_port(lab.config(), machine, false)?,
            FaultKind::ServiceStart | FaultKind::ConfigSync | FaultKind::SshdStopped => put(lab, kind, machine)?,
            _ => {}
        }
    }
    Ok(())
}

/// Whether a fault keeps the machine from answering on ssh.
pub(crate) fn silences(lab: &Lab, machine: Machine) -> bool {
    standing(lab.layout(), machine).any(|kind| matches!(kind, FaultKind::Unreachable | FaultKind::SshdStopped))
}

fn standing(layout: &Layout, machine: Machine) -> impl Iterator<Item = FaultKind> {
    FaultKind::ALL.into_iter().filter(move |kind| path(layout, *kind, machine).exists())
}

fn check(target: &Target, kind: FaultKind) -> Result<(), LabError> {
    if kind.fits(target) {
        return Ok(());
    }
    Err(LabError::FaultDoesNotFit { fault: kind.key(), target: target.name() })
}

fn arm(layout: &Layout, kind: FaultKind, machine: Machine) -> Result<(), LabError> {
    disk::make(&layout.faults())?;
    let file = path(layout, kind, machine);
    OpenOptions::new().create(true).append(true).open(&file).map(drop).map_err(|e| LabError::io("write", &file, e))
}

/// A tmpfs of this size is full as soon as anything of interest arrives.
const FULL_BYTES: &str = "64k";
/// Added to the other seven pools this is more than PostgreSQL's 100 connections.
const POOL_TOO_BIG: u32 = 70;
const POOL: &str = "SHOP_POOL_SIZE=";
const DROP_IN: &str = "90-rockhop-lab-fault.conf";
const RULE: &str = "etc/prometheus/rules/reboots.yml";

/// Does a fault to a machine that exists.
fn apply(lab: &Lab, kind: FaultKind, machine: Machine) -> Result<(), LabError> {
    let live = lab.running(machine);
    match kind {
        FaultKind::Unreachable if live => network::set_port(lab.config(), machine, false),
        FaultKind::SshdStopped => {
            put(lab, kind, machine)?;
            tell(
                lab,
                machine,
                live,
                &[
                    &["systemctl", "daemon-reload"],
                    &["systemctl", "kill", "--kill-who=all", "sshd.service"],
                    &["systemctl", "stop", "sshd.service"],
                ],
            )
        }
        FaultKind::DiskFull if live => fill(lab, machine),
        FaultKind::ServiceStart | FaultKind::ConfigSync => {
            put(lab, kind, machine)?;
            tell(lab, machine, live, &[&["systemctl", "daemon-reload"]])?;
            let trap: &[&[&str]] = &[&["systemctl", "start", "rockhop-lab-trap.path"]];
            tell(lab, machine, live && kind == FaultKind::ConfigSync, trap)
        }
        FaultKind::PoolTooBig => set_pool(lab, machine),
        FaultKind::AlertRenamedMetric => {
            let rule = lab.layout().root(machine).join(RULE);
            assets::write(&rule, assets::text("faults/renamed-metric.yml"))?;
            tell(lab, machine, live, &[&["systemctl", "reload", "prometheus.service"]])
        }
        FaultKind::HostKeyChanged => change_key(lab, machine, live),
        FaultKind::Unreachable | FaultKind::DiskFull | FaultKind::VaultCorrupt | FaultKind::RebootNeverReturns => {
            Ok(())
        }
    }
}

fn undo(lab: &Lab, kind: FaultKind, machine: Machine) -> Result<(), LabError> {
    let (root, live) = (lab.layout().root(machine), lab.running(machine));
    match kind {
        FaultKind::Unreachable if live => network::set_port(lab.config(), machine, true),
        FaultKind::SshdStopped => {
            drop_file(&root.join("etc/systemd/system/sshd.service"))?;
            tell(lab, machine, live, &[&["systemctl", "daemon-reload"], &["systemctl", "start", "sshd.service"]])
        }
        FaultKind::DiskFull => {
            drop_file(&lab.layout().run_file(machine, "nspawn"))?;
            tell(
                lab,
                machine,
                live,
                &[&["sh", "-c", &format!("umount -l {0} || ! mountpoint -q {0}", machine.host.role.data())]],
            )
        }
        FaultKind::ServiceStart => {
            drop_file(&root.join("etc/systemd/system").join(format!("{}.d", machine.host.role.unit())).join(DROP_IN))?;
            tell(lab, machine, live, &[&["systemctl", "daemon-reload"]])
        }
        FaultKind::ConfigSync => {
            for file in
                ["rockhop-lab-trap.path", "rockhop-lab-trap.service", "multi-user.target.wants/rockhop-lab-trap.path"]
            {
                drop_file(&root.join("etc/systemd/system").join(file))?;
            }
            // A trap that has sprung took its unit away by itself.
            let stop = "systemctl stop rockhop-lab-trap.path 2>/dev/null; systemctl daemon-reload";
            tell(lab, machine, live, &[&["sh", "-c", stop]])
        }
        FaultKind::PoolTooBig => {
            let original = read(&path(lab.layout(), kind, machine))?;
            if original.is_empty() { Ok(()) } else { rewrite(&root.join("etc/sysconfig/shop"), &original) }
        }
        FaultKind::AlertRenamedMetric => {
            drop_file(&root.join(RULE))?;
            tell(lab, machine, live, &[&["systemctl", "reload", "prometheus.service"]])
        }
        FaultKind::HostKeyChanged => restore_key(lab, machine, live),
        FaultKind::Unreachable | FaultKind::VaultCorrupt | FaultKind::RebootNeverReturns => Ok(()),
    }
}

/// Faults that are files in the machine's root.
fn put(lab: &Lab, kind: FaultKind, machine: Machine) -> Result<(), LabError> {
    let units = lab.layout().root(machine).join("etc/systemd/system");
    match kind {
        FaultKind::SshdStopped => link("/dev/null", &units.join("sshd.service")),
        FaultKind::ServiceStart => {
            let folder = units.join(format!("{}.d", machine.host.role.unit()));
            disk::make(&folder)?;
            assets::write(&folder.join(DROP_IN), "[Service]\nExecStartPre=/bin/false\n")
        }
        FaultKind::ConfigSync => {
            let (file, mark) = (machine.host.role.config(), machine.host.role.carried_mark());
            let path_unit = format!("[Path]\nPathChanged={file}\n[Install]\nWantedBy=multi-user.target\n");
            let service = format!("[Service]\nType=oneshot\nExecStart=/usr/lib/rockhop-lab/trap.sh {file} {mark}\n");
            assets::write(&units.join("rockhop-lab-trap.path"), &path_unit)?;
            assets::write(&units.join("rockhop-lab-trap.service"), &service)?;
            assets::write(
                &lab.layout().root(machine).join("usr/lib/rockhop-lab/trap.sh"),
                assets::text("faults/trap.sh"),
            )?;
            link("../rockhop-lab-trap.path", &units.join("multi-user.target.wants/rockhop-lab-trap.path"))
        }
        _ => Ok(()),
    }
}

/// Runs commands inside the machine, when it runs.
fn tell(lab: &Lab, machine: Machine, live: bool, commands: &[&[&str]]) -> Result<(), LabError> {
    if live { commands.iter().try_for_each(|words| lab.inside(machine, words).map(drop)) } else { Ok(()) }
}

/// Puts a tiny file system over the folder of the role's data.
fn fill(lab: &Lab, machine: Machine) -> Result<(), LabError> {
    let data = machine.host.role.data();
    let script =
        format!("mkdir -p {data}; mountpoint -q {data} || mount -t tmpfs -o size={FULL_BYTES},mode=0755 tmpfs {data}");
    lab.inside(machine, &["sh", "-c", &script]).map(drop)
}

fn set_pool(lab: &Lab, machine: Machine) -> Result<(), LabError> {
    let file = lab.layout().root(machine).join("etc/sysconfig/shop");
    if !file.exists() {
        return Ok(()); // a fresh host gets the file from the old one
    }
    let text = read(&file)?;
    let keep = path(lab.layout(), FaultKind::PoolTooBig, machine);
    if read(&keep)?.is_empty() {
        fs::write(&keep, &text).map_err(|e| LabError::io("write", &keep, e))?;
    }
    let changed: Vec<String> = text
        .lines()
        .map(|line| if line.starts_with(POOL) { format!("{POOL}{POOL_TOO_BIG}") } else { line.to_owned() })
        .collect();
    rewrite(&file, &format!("{}\n", changed.join("\n")))
}

/// Another text in the same file, whose owner and mode stay.
fn rewrite(file: &Path, text: &str) -> Result<(), LabError> {
    fs::write(file, text).map_err(|e| LabError::io("write", file, e))
}

const KEY_FILES: [&str; 4] =
    ["ssh_host_ed25519_key", "ssh_host_ed25519_key.pub", "ssh_host_ecdsa_key", "ssh_host_ecdsa_key.pub"];

/// New host keys; the true ones are kept to be put back.
fn change_key(lab: &Lab, machine: Machine, live: bool) -> Result<(), LabError> {
    let (ssh, kept) = (lab.layout().root(machine).join("etc/ssh"), kept_keys(lab, machine));
    if !kept.exists() {
        let partial = kept.with_extension("partial");
        disk::make(&partial)?;
        for file in KEY_FILES {
            run("cp", ["-a".as_ref(), ssh.join(file).as_os_str(), partial.as_os_str()])?;
        }
        fs::rename(&partial, &kept).map_err(|e| LabError::io("name", &kept, e))?;
    }
    for file in KEY_FILES {
        drop_file(&ssh.join(file))?;
    }
    for kind in ["ed25519", "ecdsa"] {
        host_key(&ssh, kind, machine.host.name)?;
    }
    tell(lab, machine, live, &[&["systemctl", "try-restart", "sshd.service"]])
}

fn restore_key(lab: &Lab, machine: Machine, live: bool) -> Result<(), LabError> {
    let (ssh, kept) = (lab.layout().root(machine).join("etc/ssh"), kept_keys(lab, machine));
    if !kept.exists() {
        return Ok(());
    }
    for file in KEY_FILES {
        run("cp", ["-a".as_ref(), kept.join(file).as_os_str(), ssh.as_os_str()])?;
    }
    fs::remove_dir_all(&kept).map_err(|e| LabError::io("remove", &kept, e))?;
    tell(lab, machine, live, &[&["systemctl", "try-restart", "sshd.service"]])
}

fn kept_keys(lab: &Lab, machine: Machine) -> PathBuf {
    lab.layout().keys().join(format!("{machine}.true"))
}

fn link(to: &str, at: &Path) -> Result<(), LabError> {
    disk::make(at.parent().unwrap_or(at))?;
    drop_file(at)?;
    symlink(to, at).map_err(|e| LabError::io("link", at, e))
}

fn drop_file(path: &Path) -> Result<(), LabError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(LabError::io("remove", path, e)),
        _ => Ok(()),
    }
}

fn read(path: &Path) -> Result<String, LabError> {
    fs::read_to_string(path).map_err(|e| LabError::io("read", path, e))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(name: &str) -> Machine {
        name.parse().expect("a machine")
    }

    #[test]
    fn names() {
        for kind in FaultKind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).expect("a value"), kind.key());
        }
        assert_eq!("disk full".parse::<FaultKind>(), Err(UnknownFault("disk full".into())));
    }

    #[test]
    fn targets() {
        let layout = Layout::new("/lab".into());
        for (text, want) in [
            ("web-3-new", Some(Target::Machine(machine("web-3-new")))),
            ("vault", Some(Target::Vault("/lab/vault".into()))),
            ("vault:/srv/v", Some(Target::Vault("/srv/v".into()))),
            ("vault:srv", None),
            ("vaults", None),
        ] {
            assert_eq!(Target::parse(text, &layout).ok(), want, "{text}");
        }
    }

    #[test]
    fn faults_of_the_fresh_host_wait_for_it() {
        for (kind, named, aimed) in [
            (FaultKind::ServiceStart, "web-3", "web-3-new"),
            (FaultKind::ConfigSync, "web-3-new", "web-3-new"),
            (FaultKind::Unreachable, "web-3", "web-3"),
        ] {
            assert_eq!(kind.aims_at(machine(named)), machine(aimed));
        }
    }

    #[test]
    fn a_fault_fits_or_is_refused() {
        let vault = Target::Vault("/v".into());
        for (kind, target, fits) in [
            (FaultKind::PoolTooBig, Target::Machine(machine("web-1")), true),
            (FaultKind::PoolTooBig, Target::Machine(machine("db-1")), false),
            (FaultKind::AlertRenamedMetric, Target::Machine(machine("mon-1")), true),
            (FaultKind::ServiceStart, Target::Machine(machine("edge-1")), false),
            (FaultKind::VaultCorrupt, vault.clone(), true),
            (FaultKind::Unreachable, vault, false),
            (FaultKind::VaultCorrupt, Target::Machine(machine("web-1")), false),
        ] {
            assert_eq!(kind.fits(&target), fits, "{kind} {target:?}");
        }
    }

    #[test]
    fn a_corrupt_vault_can_be_mended() {
        let dir = tempfile::tempdir().expect("a folder");
        let lab = Lab::new(crate::LabConfig { state: dir.path().join("lab"), ..crate::LabConfig::default() });
        let folder = dir.path().join("vault");
        let pack = folder.join("data/ab/abcdef");
        fs::create_dir_all(pack.parent().expect("a parent")).expect("folders");
        let whole: Vec<u8> = (0..=255).collect();
        fs::write(&pack, &whole).expect("a pack");
        fs::write(folder.join("config"), vec![7; 4096]).expect("not a pack");
        let target = Target::Vault(folder);
        break_host(&lab, &target, FaultKind::VaultCorrupt).expect("broken");
        let broken = fs::read(&pack).expect("the pack");
        assert_eq!(broken.iter().zip(&whole).filter(|(a, b)| a != b).count(), vault::FLIPPED_BYTES);
        break_host(&lab, &target, FaultKind::VaultCorrupt).expect("twice is once");
        assert_eq!(armed(lab.layout()), [("vault".to_owned(), FaultKind::VaultCorrupt)]);
        mend_host(&lab, &target, FaultKind::VaultCorrupt).expect("mended");
        assert_eq!(fs::read(&pack).expect("the pack"), whole);
        assert!(armed(lab.layout()).is_empty());
    }

    #[test]
    fn a_fault_on_a_machine_to_come_is_kept() {
        let dir = tempfile::tempdir().expect("a folder");
        let lab = Lab::new(crate::LabConfig { state: dir.path().into(), ..crate::LabConfig::default() });
        let target = Target::Machine(machine("web-3"));
        break_host(&lab, &target, FaultKind::ServiceStart).expect("armed");
        assert_eq!(armed(lab.layout()), [("web-3-new".to_owned(), FaultKind::ServiceStart)]);
        mend_host(&lab, &target, FaultKind::ServiceStart).expect("mended");
        assert!(armed(lab.layout()).is_empty());
    }
}
