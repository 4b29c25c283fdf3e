//! What is there now: looked at, never remembered.

use crate::fault::{FaultKind, armed};
use crate::fleet::{Face, Machine};
use crate::machine::Power;
use crate::{Lab, network};
use serde::Serialize;

/// One machine that exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MachineStatus {
    pub name: String,
    pub role: &'static str,
    pub face: &'static str,
    pub running: bool,
    /// What was last asked of it.
    pub power: Option<Power>,
    /// The address that it was made with.
    pub address: String,
    /// The addresses that it has now.
    pub addresses: Vec<String>,
}

/// A fault that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArmedFault {
    pub target: String,
    pub fault: FaultKind,
}

/// The lab as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    pub namespace: String,
    pub subnet: String,
    /// The namespace is there.
    pub up: bool,
    pub machines: Vec<MachineStatus>,
    pub faults: Vec<ArmedFault>,
}

/// Looks at the whole lab.
pub fn status(lab: &Lab) -> Status {
    let config = lab.config();
    Status {
        namespace: config.namespace.clone(),
        subnet: config.subnet.to_string(),
        up: network::namespace_path(&config.namespace).exists(),
        machines: Machine::all().filter_map(|machine| machine_status(lab, machine)).collect(),
        faults: armed(lab.layout()).into_iter().map(|(target, fault)| ArmedFault { target, fault }).collect(),
    }
}

/// Looks at one machine; nothing when it does not exist.
pub fn machine_status(lab: &Lab, machine: Machine) -> Option<MachineStatus> {
    lab.exists(machine).then(|| {
        let running = lab.running(machine);
        MachineStatus {
            name: machine.to_string(),
            role: machine.host.role.key(),
            face: if machine.face() == Face::El7 { "el7" } else { "el9" },
            running,
            power: lab.record(machine).map(|record| record.power),
            address: lab.address(machine),
            addresses: if running { network::addresses(lab.config(), machine) } else { Vec::new() },
        }
    })
}
