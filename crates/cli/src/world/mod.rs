//! The worlds joined: SSH, vault, provisioner, ledger, prober, gates and requests as the engine's ports, or a
//! fleet in memory in the place of the machines.

mod control;
mod hosts;
pub mod scenery;
pub mod simulated;
mod vault;

pub use control::FileControl;
pub use hosts::{address_book, limits};
pub use vault::VaultPort;

use crate::{Context, exit::Exit, failure::Failure, fleet::Loaded, project::ProjectDir, store};
use jiff::Timestamp;
use rockhop_adapters::{
    clock::WallClock, gates::OutsideGates, ledger::Ledger, prober::NetProber, provisioner::HookProvisioner, ssh::Pool,
    target::SshTarget,
};
use rockhop_domain::{Message, project::VaultPlace};
use rockhop_engine::ports::Ports;
use rockhop_vault::{Password, Vault};
use std::{sync::Arc, time::Duration};

/// Everything that a run on real hosts touches.
pub struct World {
    /// Machines.
    pub target: SshTarget,
    /// The maker of machines.
    pub provisioner: HookProvisioner,
    /// Backups.
    pub vault: VaultPort,
    /// Events.
    pub ledger: Ledger,
    /// The monitoring, programs.
    pub gates: OutsideGates,
    /// People.
    pub control: FileControl,
}

impl Ports for World {
    type Target = SshTarget;
    type Provisioner = HookProvisioner;
    type Vault = VaultPort;
    type Ledger = Ledger;
    type Clock = WallClock;
    type Prober = NetProber;
    type Gates = OutsideGates;
    type Control = FileControl;

    fn target(&self) -> &SshTarget {
        &self.target
    }
    fn provisioner(&self) -> &HookProvisioner {
        &self.provisioner
    }
    fn vault(&self) -> &VaultPort {
        &self.vault
    }
    fn ledger(&self) -> &Ledger {
        &self.ledger
    }
    fn clock(&self) -> &WallClock {
        &WallClock
    }
    fn prober(&self) -> &NetProber {
        &NetProber
    }
    fn gates(&self) -> &OutsideGates {
        &self.gates
    }
    fn control(&self) -> &FileControl {
        &self.control
    }
}

impl World {
    /// Joins the parts for this project. The vault is opened and the ledger locked: who gets a world is alone.
    pub fn open(context: &Context, loaded: &Loaded) -> Result<Self, Failure> {
        let Loaded { project, fleet, .. } = loaded;
        let ledger = store::ledger(&context.project)?;
        let pool = Pool::new(limits(&project.connection), seed());
        let target = SshTarget::new(pool, address_book(fleet, &project.connection, &context.project));
        let Some(hook) = &project.provisioner else {
            return Err(Failure::new(Exit::Config, Message::new("error-no-provisioner")));
        };
        let patience = Duration::from_secs(u64::from(hook.timeout_minutes) * 60);
        let provisioner = HookProvisioner::new(hook.command.clone(), patience, target.clone());
        let vault = VaultPort::new(Arc::new(open_vault(&project.vault, &context.project)?), target.clone());
        let gates = OutsideGates::new(target.clone());
        let control = FileControl::in_dir(context.project.control());
        Ok(Self { target, provisioner, vault, ledger, gates, control })
    }
}

/// Opens the project's vault, or makes it.
pub fn open_vault(place: &VaultPlace, project: &ProjectDir) -> Result<Vault, Failure> {
    let password = match (&place.password_file, &place.key_file) {
        (Some(file), _) | (None, Some(file)) => Password::from_file_or_new(&project.written(file)),
        (None, None) => return Err(Failure::new(Exit::Config, Message::new("error-no-vault-password"))),
    };
    let opened = password.and_then(|password| Vault::open_or_init(&project.written(&place.path), &password));
    opened.map_err(|e| Failure::new(Exit::Evidence, e.message()))
}

/// Decides the jitter of reconnects; two controllers do not share it.
pub fn seed() -> u64 {
    u64::from(std::process::id()) ^ Timestamp::now().as_millisecond().unsigned_abs()
}
