//! One control group for each machine: what is in it is the machine, and killing it kills it whole.

use crate::config::LabConfig;
use crate::fleet::Machine;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::fs;
use std::path::{Path, PathBuf};

/// Hierarchies that a container needs its own place in, where the machine has them.
const HIERARCHIES: &[&str] = &["", "systemd", "unified", "memory", "pids", "cpu"];
const ROOT: &str = "/sys/fs/cgroup";

/// The groups of a machine, one for each hierarchy of this kernel.
pub fn groups(config: &LabConfig, machine: Machine) -> Vec<PathBuf> {
    hierarchies().into_iter().map(|h| h.join(&config.namespace).join(machine.to_string())).collect()
}

/// Makes the lab's own groups; where that is refused no container can stand.
pub fn lab_ready(config: &LabConfig) -> std::io::Result<()> {
    let found = hierarchies();
    if found.is_empty() {
        return Err(std::io::Error::other(format!("there are no control groups below {ROOT}")));
    }
    found.iter().try_for_each(|h| fs::create_dir_all(h.join(&config.namespace)))
}

/// Makes them.
pub fn ready(config: &LabConfig, machine: Machine) -> std::io::Result<()> {
    groups(config, machine).iter().try_for_each(fs::create_dir_all)
}

/// Every process of the machine, its keeper included.
pub fn processes(config: &LabConfig, machine: Machine) -> Vec<Pid> {
    let mut pids = Vec::new();
    for group in groups(config, machine) {
        collect(&group, &mut pids);
    }
    pids.retain(|pid| *pid > 1); // 0 and 1 would be signals to ourselves and to everybody
    pids.sort_unstable();
    pids.dedup();
    pids.into_iter().map(Pid::from_raw).collect()
}

/// Sends a signal to every process of the machine.
pub fn signal(config: &LabConfig, machine: Machine, signal: Signal) {
    for pid in processes(config, machine) {
        // One that is gone already is what was wanted.
        let _ = kill(pid, signal);
    }
}

/// Takes the empty groups away.
pub fn remove(config: &LabConfig, machine: Machine) {
    groups(config, machine).iter().for_each(|group| remove_tree(group));
}

/// Takes the lab's own groups away, once its machines' are gone.
pub fn remove_lab(config: &LabConfig) {
    for hierarchy in hierarchies() {
        remove_tree(&hierarchy.join(&config.namespace));
    }
}

/// The container's first process: the one that is number 1 in a process namespace of its own.
pub fn leader(config: &LabConfig, machine: Machine) -> Option<Pid> {
    processes(config, machine).into_iter().find(|pid| is_leader(*pid))
}

/// The nspawn processes of the machine.
pub fn keepers_child(config: &LabConfig, machine: Machine) -> Vec<Pid> {
    let named = |pid: &Pid| fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|c| c.trim() == "systemd-nspawn");
    processes(config, machine).into_iter().filter(named).collect()
}

fn is_leader(pid: Pid) -> bool {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let numbers = status.lines().find_map(|line| line.strip_prefix("NSpid:"));
    let systemd = status.lines().next().is_some_and(|name| name.contains("systemd"));
    systemd && numbers.is_some_and(|n| n.split_whitespace().count() > 1 && n.split_whitespace().last() == Some("1"))
}

/// A pure cgroup2 machine has the one; older ones have several below the same folder.
fn hierarchies() -> Vec<PathBuf> {
    let found = HIERARCHIES.iter().map(|name| Path::new(ROOT).join(name));
    found.filter(|path| path.join("cgroup.procs").exists()).collect()
}

fn collect(group: &Path, pids: &mut Vec<i32>) {
    let text = fs::read_to_string(group.join("cgroup.procs")).unwrap_or_default();
    pids.extend(text.lines().filter_map(|line| line.parse::<i32>().ok()));
    for child in children(group) {
        collect(&child, pids);
    }
}

fn remove_tree(group: &Path) {
    for child in children(group) {
        remove_tree(&child);
    }
    let _ = fs::remove_dir(group);
}

fn children(group: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(group).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}
