//! The lab: a fleet of real hosts on one machine, to try Rockhop on and to show it with.
//!
//! A host is a systemd container with its own address, sshd, rpm database, journal and services.
//! Its CentOS 7 or Rocky 9 face is stage scenery over one Debian root, and each host says so in
//! `/etc/rockhop-lab-host`, so that a report made here can be marked as a lab report.
//!
//! This crate never prints: progress goes to a callback. It changes one thing of the machine outside
//! its state folder, its network namespaces and its control groups: the two inotify limits
//! (`fs.inotify.max_user_instances`, `fs.inotify.max_user_watches`), which all containers share and
//! which it raises when they are too low for a full lab. It also installs the Debian packages that it
//! needs and that are missing. It says both.

mod assets;
mod cgroup;
mod config;
mod defect;
mod disk;
mod down;
mod error;
mod event;
mod fault;
mod fleet;
mod hook;
mod host_key;
mod image;
mod layout;
mod machine;
mod manifest;
mod network;
mod prerequisites;
mod process;
mod project;
mod rpms;
mod status;
mod up;

pub use config::{LabConfig, Subnet};
pub use defect::{DEFECTS, Defect, UnknownDefect, plant, uproot};
pub use down::{Down, down};
pub use error::LabError;
pub use event::LabEvent;
pub use fault::{FaultKind, Target, UnknownFault, break_host, mend_host};
pub use fleet::{Face, Fleet, HOSTS, HostSpec, Machine, Role, UnknownMachine};
pub use hook::{HookVerb, hook};
pub use image::build_repositories;
pub use layout::Layout;
pub use machine::Provisioned;
pub use manifest::{Manifest, VOLATILE};
pub use network::enter_namespace;
pub use status::{MachineStatus, Status, status};
pub use up::{Up, up};

/// A lab that may or may not be up: its configuration and the machines in it.
#[derive(Debug, Clone)]
pub struct Lab {
    config: LabConfig,
    layout: Layout,
}

impl Lab {
    /// The lab that `config` describes.
    pub fn new(config: LabConfig) -> Self {
        let layout = Layout::new(config.state.clone());
        Self { config, layout }
    }

    /// What it was made from.
    pub fn config(&self) -> &LabConfig {
        &self.config
    }

    /// Where its files are.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }
}
