//! The lab's network: one namespace with a bridge, and one namespace for each machine on it.

use crate::LabError;
use crate::config::{LabConfig, Subnet};
use crate::fleet::Machine;
use crate::process::{run, says_yes};
use nix::sched::{CloneFlags, setns};
use std::fs::File;
use std::io::Read;
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

const BRIDGE: &str = "br0";

/// Moves the calling thread into a network namespace. Call it before any other thread starts: the
/// threads started later are then in it too.
pub fn enter_namespace(name: &str) -> Result<(), LabError> {
    let path = namespace_path(name);
    let failed = |source| LabError::Namespace { namespace: name.to_owned(), source };
    let file = File::open(&path).map_err(failed)?;
    setns(file, CloneFlags::CLONE_NEWNET).map_err(|e| failed(e.into()))
}

/// Where `ip netns` keeps a namespace.
pub fn namespace_path(name: &str) -> PathBuf {
    Path::new("/run/netns").join(name)
}

/// The namespace of one machine.
pub fn machine_namespace(config: &LabConfig, machine: Machine) -> String {
    format!("{}.{machine}", config.namespace)
}

/// The lab's namespace with its bridge; whatever is missing is made.
pub fn ready(config: &LabConfig) -> Result<(), LabError> {
    let ns = config.namespace.as_str();
    if !namespace_works(ns) {
        drop_namespace(ns);
        run("ip", ["netns", "add", ns])?;
    }
    run("ip", ["-n", ns, "link", "set", "lo", "up"])?;
    if !says_yes("ip", ["-n", ns, "link", "show", BRIDGE]) {
        run("ip", ["-n", ns, "link", "add", BRIDGE, "type", "bridge"])?;
    }
    let address = format!("{}/{}", config.subnet.gateway(), Subnet::PREFIX);
    run("ip", ["-n", ns, "addr", "replace", &address, "dev", BRIDGE])?;
    run("ip", ["-n", ns, "link", "set", BRIDGE, "up"]).map(drop)
}

/// Takes the lab's namespace and all the machines' away.
pub fn remove(config: &LabConfig) {
    for machine in Machine::all() {
        unplug(config, machine);
    }
    drop_namespace(&config.namespace);
}

/// The machine's own namespace, with `eth0` plugged into the bridge.
pub fn plug(config: &LabConfig, machine: Machine) -> Result<(), LabError> {
    unplug(config, machine);
    let (ns, own, port) = (config.namespace.as_str(), machine_namespace(config, machine), port(machine));
    run("ip", ["netns", "add", &own])?;
    // Some kernels put these into every new namespace.
    for stray in ["ifb0", "ifb1"] {
        let _ = says_yes("ip", ["-n", &own, "link", "del", stray]);
    }
    let hardware = config.subnet.hardware(machine.fresh, machine.host.octet);
    let _ = says_yes("ip", ["-n", ns, "link", "del", &port]);
    run(
        "ip",
        ["-n", ns, "link", "add", &port, "type", "veth", "peer", "name", "eth0", "address", &hardware, "netns", &own],
    )?;
    run("ip", ["-n", ns, "link", "set", &port, "master", BRIDGE, "up"]).map(drop)
}

/// Takes the machine's namespace and its port away, if they are there.
pub fn unplug(config: &LabConfig, machine: Machine) {
    let own = machine_namespace(config, machine);
    if namespace_path(&own).exists() {
        let _ = says_yes("ip", ["-n", &config.namespace, "link", "del", &port(machine)]);
        drop_namespace(&own);
    }
}

/// Opens or closes the machine's port on the bridge.
pub fn set_port(config: &LabConfig, machine: Machine, up: bool) -> Result<(), LabError> {
    run("ip", ["-n", &config.namespace, "link", "set", &port(machine), if up { "up" } else { "down" }]).map(drop)
}

/// The addresses that a running machine really has; empty when it has no network.
pub fn addresses(config: &LabConfig, machine: Machine) -> Vec<String> {
    let own = machine_namespace(config, machine);
    let Ok(text) = run("ip", ["-n", own.as_str(), "-4", "-o", "addr", "show", "dev", "eth0", "scope", "global"]) else {
        return Vec::new();
    };
    text.lines().filter_map(|line| line.split_whitespace().nth(3)?.split('/').next().map(str::to_owned)).collect()
}

/// The first words of an ssh server, asked from inside the lab's namespace.
pub fn ssh_answers(config: &LabConfig, address: &str, wait: Duration) -> bool {
    let ask = || -> Option<()> {
        enter_namespace(&config.namespace).ok()?;
        let mut stream = TcpStream::connect_timeout(&SocketAddr::new(address.parse().ok()?, 22), wait).ok()?;
        stream.set_read_timeout(Some(wait)).ok()?;
        let mut words = [0_u8; 4];
        stream.read_exact(&mut words).ok()?;
        (&words == b"SSH-").then_some(())
    };
    // On a thread of its own: only that thread changes its namespace.
    std::thread::scope(|scope| scope.spawn(ask).join().is_ok_and(|answer| answer.is_some()))
}

/// The name of the machine's port; an interface name has at most 15 characters.
fn port(machine: Machine) -> String {
    format!("port{}-{}", u8::from(machine.fresh), machine.host.octet)
}

/// A file can be left over from a namespace that is gone.
fn namespace_works(name: &str) -> bool {
    namespace_path(name).exists() && says_yes("ip", ["-n", name, "link", "show", "lo"])
}

fn drop_namespace(name: &str) {
    if namespace_path(name).exists() && !says_yes("ip", ["netns", "del", name]) {
        let _ = std::fs::remove_file(namespace_path(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ports_are_short_and_unlike() {
        let ports: HashSet<String> = Machine::all().map(port).collect();
        assert_eq!(ports.len(), Machine::all().count());
        assert!(ports.iter().all(|p| p.len() <= 15));
    }
}
