//! Bringing the lab up: whatever is missing is made, whatever stands is left alone.

use crate::config::LabConfig;
use crate::disk::{self, Disk, make};
use crate::event::timed;
use crate::fleet::{HostSpec, Machine};
use crate::image::{Images, host_mark};
use crate::machine::{Power, replace};
use crate::{Lab, LabError, LabEvent, cgroup, fault, network, prerequisites, project};
use rockhop_domain::Message;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::time::{Duration, Instant};

/// How many machines boot at once for each processor: more only makes all of them slower.
const BOOTING_PER_CPU: usize = 4;

/// What `up` did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Up {
    /// The hosts of the fleet that was asked for.
    pub hosts: Vec<&'static HostSpec>,
    pub took: Duration,
}

/// Names of a lab that must not change while it stands.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    version: u32,
    namespace: String,
    subnet: String,
}

/// Brings the lab up. May be repeated, and may be interrupted at any moment: the next run goes on.
pub fn up(lab: &Lab, tell: &mut dyn FnMut(LabEvent)) -> Result<Up, LabError> {
    let start = Instant::now();
    prerequisites::ready(tell)?;
    let _turn = lock(lab)?;
    same_lab(lab)?;
    let refused = |e: std::io::Error| LabError::Refused { what: "containers", why: e.to_string() };
    cgroup::lab_ready(lab.config()).map_err(refused)?;
    let hosts = lab.config().fleet.hosts();
    let disk = timed(Message::new("lab-disk"), tell, |_| {
        disk::vault_ready(lab.layout())?;
        Disk::ready(lab.layout())
    })?;
    if disk == Disk::Copies {
        tell(LabEvent::Note(Message::new("lab-disk-copies")));
    }
    project::keys_ready(lab)?;
    make_hosts(lab, disk, &hosts, tell)?;
    timed(Message::new("lab-network"), tell, |_| network::ready(lab.config()))?;
    boot(lab, &hosts, tell)?;
    project::write(lab, &hosts)?;
    Ok(Up { hosts, took: start.elapsed() })
}

/// The lock of the whole lab.
pub(crate) fn lock(lab: &Lab) -> Result<File, LabError> {
    make(lab.layout().state())?;
    let path = lab.layout().lock();
    let file = File::create(&path).map_err(|e| LabError::io("create", &path, e))?;
    file.try_lock().map_err(|_| LabError::Busy { state: lab.layout().state().clone() })?;
    Ok(file)
}

/// Refuses to work on a state folder that belongs to a lab with other names.
fn same_lab(lab: &Lab) -> Result<(), LabError> {
    let LabConfig { namespace, subnet, .. } = lab.config();
    let mine = Made { version: 1, namespace: namespace.clone(), subnet: subnet.to_string() };
    let path = lab.layout().record();
    let found: Option<Made> = fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok());
    match found {
        Some(theirs) if theirs != mine => Err(LabError::OtherLab {
            state: lab.layout().state().clone(),
            namespace: theirs.namespace,
            subnet: theirs.subnet,
        }),
        Some(_) => Ok(()),
        None => replace(&path, &serde_json::to_string(&mine).unwrap_or_default()),
    }
}

fn make_hosts(
    lab: &Lab,
    disk: Disk,
    hosts: &[&'static HostSpec],
    tell: &mut dyn FnMut(LabEvent),
) -> Result<(), LabError> {
    let images = Images::new(lab.layout(), disk, lab.config().subnet);
    // Fresh EL9 hosts are made from this one at any moment later.
    images.face(crate::Face::El9, tell)?;
    let mut older = Vec::new();
    for host in hosts {
        let (machine, mark) = (Machine::of(host), host_mark(host, lab.config().subnet));
        if !lab.exists(machine) {
            let image = images.host(host, tell)?;
            lab.make_root(machine, &image, &mark)?;
        } else if lab.record(machine).is_some_and(|record| record.made_from != mark) {
            older.push(host.name);
        }
    }
    if !older.is_empty() {
        tell(LabEvent::Note(Message::new("lab-hosts-older").with("hosts", older.join(", "))));
    }
    Ok(())
}

/// Boots what should run: the hosts asked for, and the fresh hosts that a migration made.
fn boot(lab: &Lab, hosts: &[&'static HostSpec], tell: &mut dyn FnMut(LabEvent)) -> Result<(), LabError> {
    let wanted = |machine: &Machine| hosts.contains(&machine.host) && lab.exists(*machine);
    let (on, off): (Vec<_>, Vec<_>) = Machine::all().filter(wanted).partition(|machine| should_run(lab, *machine));
    for machine in off {
        tell(LabEvent::Note(Message::new("lab-left-off").with("machine", machine)));
    }
    let what = Message::new("lab-boot").with("count", on.len());
    timed(what, tell, |tell| {
        let width = BOOTING_PER_CPU * std::thread::available_parallelism().map_or(2, usize::from);
        on.chunks(width).try_for_each(|machines| boot_together(lab, machines, tell))
    })
}

fn boot_together(lab: &Lab, machines: &[Machine], tell: &mut dyn FnMut(LabEvent)) -> Result<(), LabError> {
    let start = Instant::now();
    let cold: Vec<Machine> = machines.iter().copied().filter(|machine| !lab.running(*machine)).collect();
    for machine in &cold {
        let _turn = lab.lock_machine(*machine)?;
        lab.boot(*machine)?;
    }
    for machine in machines.iter().filter(|machine| !fault::silences(lab, **machine)) {
        lab.wait_for_ssh(*machine)?;
        if cold.contains(machine) {
            tell(LabEvent::Finished(Message::new("lab-booted").with("machine", machine), start.elapsed()));
        }
    }
    Ok(())
}

/// A machine that was powered off on purpose stays off.
fn should_run(lab: &Lab, machine: Machine) -> bool {
    lab.record(machine).is_none_or(|record| record.power == Power::On)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Record;

    fn lab(state: &std::path::Path, namespace: &str) -> Lab {
        Lab::new(LabConfig { state: state.to_owned(), namespace: namespace.to_owned(), ..LabConfig::default() })
    }

    #[test]
    fn what_was_powered_off_stays_off_and_what_is_unknown_is_booted() {
        let dir = tempfile::tempdir().expect("a folder");
        let lab = lab(dir.path(), "a");
        let machine: Machine = "web-1".parse().expect("a machine");
        assert!(should_run(&lab, machine), "no record: made, and interrupted before it was noted");
        for (power, runs) in [(Power::Off, false), (Power::On, true)] {
            lab.keep_record(machine, &Record { power, made_from: "x".into() }).expect("a record");
            assert_eq!(should_run(&lab, machine), runs);
        }
        fs::write(lab.layout().machine(machine), "{\"power\":\"o").expect("half a record");
        assert!(should_run(&lab, machine), "half a record is no record");
    }

    #[test]
    fn a_state_folder_belongs_to_one_lab() {
        let dir = tempfile::tempdir().expect("a folder");
        same_lab(&lab(dir.path(), "a")).expect("the first");
        same_lab(&lab(dir.path(), "a")).expect("the same again");
        assert!(matches!(same_lab(&lab(dir.path(), "b")), Err(LabError::OtherLab { .. })));
        fs::write(lab(dir.path(), "b").layout().record(), "{").expect("half a record");
        same_lab(&lab(dir.path(), "b")).expect("half a record is no record");
    }

    #[test]
    fn one_at_a_time() {
        let dir = tempfile::tempdir().expect("a folder");
        let first = lock(&lab(dir.path(), "a")).expect("free");
        assert!(matches!(lock(&lab(dir.path(), "a")), Err(LabError::Busy { .. })));
        drop(first);
        lock(&lab(dir.path(), "a")).expect("free again");
    }
}
