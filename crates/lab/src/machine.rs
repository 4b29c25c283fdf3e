//! One machine: made from an image, booted, stopped, kept as evidence.
//!
//! A machine is its root folder and its record. Whether it runs is looked up in its control group,
//! never remembered.

use crate::disk::{Disk, make};
use crate::fleet::{Face, HOSTS, Machine};
use crate::host_key::host_key;
use crate::image::Images;
use crate::process::output;
use crate::{Lab, LabError, assets, cgroup, fault, network};
use nix::sys::signal::Signal;
use nix::unistd::Pid;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A host boots in two or three seconds on an idle machine; two busy cores and twenty hosts take longer.
const BOOT_PATIENCE: Duration = Duration::from_secs(150);
/// A keeper that has not started its container after so long will not.
const KEEPER_PATIENCE: Duration = Duration::from_secs(5);
const BOOT_TRIES: u32 = 3;
/// How long a clean shutdown may take before the machine is killed.
const STOP_PATIENCE: Duration = Duration::from_secs(5);
/// Killing is immediate; this is for a kernel that is slow to reap.
const KILL_PATIENCE: Duration = Duration::from_secs(5);
const LOOK_AGAIN: Duration = Duration::from_millis(50);
const OPS_UID: u32 = 1000;

/// Whether a machine should be running.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Power {
    On,
    Off,
}

/// What the lab keeps of a machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub power: Power,
    /// The fingerprint of what its root was made from.
    pub made_from: String,
}

/// A fresh host, as the provisioner hands it over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provisioned {
    pub name: String,
    pub address: String,
    pub ssh_host_keys: Vec<String>,
}

impl Lab {
    /// A lock that makes two commands on one machine take turns. It is let go when dropped.
    pub(crate) fn lock_machine(&self, machine: Machine) -> Result<File, LabError> {
        make(&self.layout().run())?;
        let path = self.layout().run_file(machine, "lock");
        let file = File::create(&path).map_err(|e| LabError::io("create", &path, e))?;
        file.lock().map_err(|e| LabError::io("lock", &path, e))?;
        Ok(file)
    }

    /// Whether the machine was made.
    pub fn exists(&self, machine: Machine) -> bool {
        self.layout().root(machine).is_dir()
    }

    /// Whether the machine has a first process.
    pub fn running(&self, machine: Machine) -> bool {
        cgroup::leader(self.config(), machine).is_some()
    }

    /// The address it was made with.
    pub fn address(&self, machine: Machine) -> String {
        self.config().subnet.address(machine.fresh, machine.host.octet)
    }

    pub(crate) fn record(&self, machine: Machine) -> Option<Record> {
        serde_json::from_slice(&fs::read(self.layout().machine(machine)).ok()?).ok()
    }

    pub(crate) fn keep_record(&self, machine: Machine, record: &Record) -> Result<(), LabError> {
        make(&self.layout().machines())?;
        let text = serde_json::to_string(record).unwrap_or_default();
        replace(&self.layout().machine(machine), &text)
    }

    fn wish(&self, machine: Machine, power: Power) -> Result<(), LabError> {
        let record = self.record(machine).unwrap_or(Record { power, made_from: String::new() });
        self.keep_record(machine, &Record { power, ..record })
    }

    /// Makes the machine's root from an image. A root that stands there already is left alone.
    pub(crate) fn make_root(&self, machine: Machine, image: &Path, made_from: &str) -> Result<(), LabError> {
        let (disk, root) = (Disk::of(self.layout()), self.layout().root(machine));
        if root.is_dir() {
            return Ok(());
        }
        let partial = self.layout().hosts().join(format!(".{machine}.partial"));
        disk.delete(&partial)?;
        disk.copy(image, &partial)?;
        self.settle(machine, &partial)?;
        self.keep_record(machine, &Record { power: Power::On, made_from: made_from.to_owned() })?;
        fs::rename(&partial, &root).map_err(|e| LabError::io("name", &root, e))
    }

    /// What makes a copied root this machine: its name, address, keys and who may log in.
    fn settle(&self, machine: Machine, root: &Path) -> Result<(), LabError> {
        let id = blake3::hash(
            format!("{}/{machine}/{:?}", self.config().namespace, std::time::SystemTime::now()).as_bytes(),
        );
        assets::write(&root.join("etc/machine-id"), &format!("{}\n", &id.to_hex()[..32]))?;
        assets::write(&root.join("etc/hostname"), &format!("{}\n", machine.host.name))?;
        self.write_interface(machine, root)?;
        self.write_hosts(machine, root)?;
        let ssh = root.join("etc/ssh");
        for kind in ["ed25519", "ecdsa"] {
            host_key(&ssh, kind, machine.host.name)?;
        }
        let keys = root.join("home/ops/.ssh/authorized_keys");
        let key = self.layout().keys().join("ops_ed25519.pub");
        fs::copy(&key, &keys).map_err(|e| LabError::io("copy", &key, e))?;
        chown(&keys, Some(OPS_UID), Some(OPS_UID)).map_err(|e| LabError::io("give away", &keys, e))?;
        mode(&keys, 0o600)
    }

    /// A host of the fleet knows its tier by name, as grown fleets do; a fresh one knows itself.
    fn write_hosts(&self, machine: Machine, root: &Path) -> Result<(), LabError> {
        let path = root.join("etc/hosts");
        let mut text = fs::read_to_string(&path).map_err(|e| LabError::io("read", &path, e))?;
        let name = machine.host.name;
        if machine.fresh {
            text.push_str(&format!("127.0.1.1   {name}.shop.example.com {name}\n"));
        } else {
            // MariaDB looks up the name of whoever connects, and the lab has no name server.
            text.push_str(&format!("{}  controller.shop.example.com controller\n", self.config().subnet.gateway()));
            for peer in HOSTS.iter().filter(|peer| peer.preproduction == machine.host.preproduction) {
                let address = self.config().subnet.address(false, peer.octet);
                text.push_str(&format!("{address}  {0}.shop.example.com {0}\n", peer.name));
            }
        }
        assets::write(&path, &text)
    }

    fn write_interface(&self, machine: Machine, root: &Path) -> Result<(), LabError> {
        let subnet = self.config().subnet;
        let (address, gateway) = (self.address(machine), subnet.gateway());
        match machine.face() {
            Face::El7 => {
                let text = format!(
                    "TYPE=Ethernet\nBOOTPROTO=none\nDEFROUTE=yes\nIPV4_FAILURE_FATAL=no\nIPV6INIT=no\nNAME=eth0\nDEVICE=eth0\n\
                     HWADDR={}\nONBOOT=yes\nIPADDR={address}\nPREFIX=16\nGATEWAY={gateway}\nDNS1={gateway}\n",
                    subnet.hardware(machine.fresh, machine.host.octet).to_uppercase()
                );
                assets::write(&root.join("etc/sysconfig/network-scripts/ifcfg-eth0"), &text)
            }
            Face::El9 => {
                let path = root.join("etc/NetworkManager/system-connections/eth0.nmconnection");
                let text = format!(
                    "[connection]\nid=eth0\ntype=ethernet\ninterface-name=eth0\nautoconnect=true\n\n[ethernet]\n\n\
                     [ipv4]\naddress1={address}/16,{gateway}\nmethod=manual\n\n[ipv6]\nmethod=disabled\n"
                );
                assets::write(&path, &text)?;
                mode(&path, 0o600)
            }
        }
    }

    /// Boots the machine, unless it runs. Does not wait; `wait_for_ssh` does.
    pub(crate) fn boot(&self, machine: Machine) -> Result<(), LabError> {
        if !self.exists(machine) {
            return Err(LabError::absent(machine));
        }
        self.wish(machine, Power::On)?;
        if self.running(machine) {
            return Ok(());
        }
        self.kill(machine)?; // a keeper without a machine, left by an interruption
        network::plug(self.config(), machine)?;
        cgroup::ready(self.config(), machine)
            .map_err(|e| LabError::io("create the control groups of", &self.layout().root(machine), e))?;
        fault::before_boot(self, machine)?;
        self.start_keeper(machine)
    }

    fn start_keeper(&self, machine: Machine) -> Result<(), LabError> {
        let (layout, run_folder) = (self.layout(), self.layout().run());
        make(&run_folder)?;
        let keeper = run_folder.join("keep.sh");
        assets::write(&keeper, assets::text("keeper/keep.sh"))?;
        let not_up = || LabError::NotUp { namespace: self.config().namespace.clone() };
        let repositories = Images::current_repositories(layout).ok_or_else(not_up)?;
        let hang = fault::path(layout, fault::FaultKind::RebootNeverReturns, machine);
        let log_path = layout.run_file(machine, "log");
        let log = File::options().create(true).append(true).open(&log_path);
        let log = log.map_err(|e| LabError::io("open", &log_path, e))?;
        let errors = log.try_clone().map_err(|e| LabError::io("open", &log_path, e))?;
        // `setsid --fork` comes back at once, and the keeper belongs to nobody who could take it along.
        let mut command = Command::new("setsid");
        command.arg("--fork").arg("sh").arg(&keeper).arg(machine.to_string()).arg(&self.config().namespace);
        command.arg(layout.root(machine)).arg(repositories).arg(&run_folder).arg(hang);
        command
            .args(cgroup::groups(self.config(), machine))
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .current_dir("/");
        let done = command.status().map_err(|e| LabError::io("start the keeper", &keeper, e))?;
        if done.success() { Ok(()) } else { Err(LabError::NotRunning { machine: machine.to_string() }) }
    }

    /// Waits until the machine's ssh server answers. A container that ended meanwhile is started again, a few times.
    pub(crate) fn wait_for_ssh(&self, machine: Machine) -> Result<(), LabError> {
        let (start, mut tries) = (Instant::now(), 1);
        let mut address = self.address(machine);
        while start.elapsed() < BOOT_PATIENCE {
            if network::ssh_answers(self.config(), &address, Duration::from_secs(1)) {
                return Ok(());
            }
            std::thread::sleep(LOOK_AGAIN * 2);
            if start.elapsed() > KEEPER_PATIENCE * tries && cgroup::processes(self.config(), machine).is_empty() {
                if tries == BOOT_TRIES {
                    break;
                }
                tries += 1;
                self.boot(machine)?;
            }
            // A host that was cut over has another address than it was made with.
            address = network::addresses(self.config(), machine).into_iter().next().unwrap_or(address);
        }
        Err(self.silent(machine, start.elapsed()))
    }

    fn silent(&self, machine: Machine, after: Duration) -> LabError {
        let log = self.layout().run_file(machine, "log");
        LabError::Silent { machine: machine.to_string(), seconds: after.as_secs(), log }
    }

    /// Waits until the machine has a first process.
    fn wait_for_life(&self, machine: Machine) -> Result<(), LabError> {
        let start = Instant::now();
        while !self.running(machine) {
            if start.elapsed() > BOOT_PATIENCE {
                return Err(LabError::NotRunning { machine: machine.to_string() });
            }
            std::thread::sleep(LOOK_AGAIN);
        }
        Ok(())
    }

    /// Powers the machine on and waits until it can be logged in to, where no fault prevents that.
    pub fn power_on(&self, machine: Machine) -> Result<(), LabError> {
        let _turn = self.lock_machine(machine)?;
        self.boot(machine)?;
        // A machine that a fault keeps silent is on, and nobody waits for it.
        if fault::silences(self, machine) { self.wait_for_life(machine) } else { self.wait_for_ssh(machine) }
    }

    /// Powers the machine off. When this returns it has no process and no network.
    pub fn power_off(&self, machine: Machine) -> Result<(), LabError> {
        let _turn = self.lock_machine(machine)?;
        if !self.exists(machine) {
            return Err(LabError::absent(machine));
        }
        self.wish(machine, Power::Off)?;
        self.halt(machine)
    }

    /// Stops a machine: asked first, killed when it does not listen.
    pub(crate) fn halt(&self, machine: Machine) -> Result<(), LabError> {
        for pid in cgroup::keepers_child(self.config(), machine) {
            let _ = nix::sys::signal::kill(pid, Signal::SIGTERM);
        }
        self.empty_within(machine, STOP_PATIENCE);
        self.kill(machine)
    }

    /// Kills what is left of a machine and takes its network away.
    fn kill(&self, machine: Machine) -> Result<(), LabError> {
        let start = Instant::now();
        while !cgroup::processes(self.config(), machine).is_empty() {
            if start.elapsed() > KILL_PATIENCE {
                return Err(LabError::Undead { machine: machine.to_string() });
            }
            cgroup::signal(self.config(), machine, Signal::SIGKILL);
            std::thread::sleep(LOOK_AGAIN);
        }
        cgroup::remove(self.config(), machine);
        network::unplug(self.config(), machine);
        Ok(())
    }

    fn empty_within(&self, machine: Machine, patience: Duration) {
        let start = Instant::now();
        while start.elapsed() < patience && !cgroup::processes(self.config(), machine).is_empty() {
            std::thread::sleep(LOOK_AGAIN);
        }
    }

    /// Runs a command inside the running machine, as its root user.
    pub(crate) fn inside(&self, machine: Machine, words: &[&str]) -> Result<String, LabError> {
        let leader = self.leader(machine)?;
        let mut command = Command::new("nsenter");
        command.args(["-t", &leader.to_string(), "--all", "--"]).args(words);
        output(&mut command, words.first().copied().unwrap_or("nsenter"))
    }

    fn leader(&self, machine: Machine) -> Result<Pid, LabError> {
        cgroup::leader(self.config(), machine).ok_or_else(|| LabError::NotRunning { machine: machine.to_string() })
    }

    /// The public host keys, as known_hosts lines want them.
    pub fn ssh_host_keys(&self, machine: Machine) -> Result<Vec<String>, LabError> {
        let ssh = self.layout().root(machine).join("etc/ssh");
        ["ed25519", "ecdsa"]
            .iter()
            .map(|kind| {
                let path = ssh.join(format!("ssh_host_{kind}_key.pub"));
                let line = fs::read_to_string(&path).map_err(|e| LabError::io("read", &path, e))?;
                Ok(line.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
            })
            .collect()
    }

    /// Makes and boots the fresh EL9 host beside a host of the fleet; one that is there is only booted.
    pub fn provision(&self, host: Machine) -> Result<Provisioned, LabError> {
        if host.fresh || !host.host.migrates() {
            return Err(LabError::NotMigrating { host: host.to_string() });
        }
        let machine = Machine::fresh(host.host);
        if !network::namespace_path(&self.config().namespace).exists() {
            return Err(LabError::NotUp { namespace: self.config().namespace.clone() });
        }
        {
            let _turn = self.lock_machine(machine)?;
            let image = Images::current_face(self.layout(), Face::El9)
                .ok_or_else(|| LabError::NotUp { namespace: self.config().namespace.clone() })?;
            let made_from = image.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            self.make_root(machine, &image, &made_from)?;
        }
        self.power_on(machine)?;
        Ok(Provisioned {
            name: machine.to_string(),
            address: self.address(machine),
            ssh_host_keys: self.ssh_host_keys(machine)?,
        })
    }

    /// Stops a fresh host and keeps its root as evidence. A host of the fleet is refused.
    pub fn discard(&self, machine: Machine) -> Result<Option<std::path::PathBuf>, LabError> {
        if !machine.fresh {
            return Err(LabError::NotDiscardable { machine: machine.to_string() });
        }
        let _turn = self.lock_machine(machine)?;
        self.halt(machine)?;
        let root = self.layout().root(machine);
        let _ = fs::remove_file(self.layout().machine(machine));
        if !root.is_dir() {
            return Ok(None);
        }
        let kept = (1..).map(|n| self.layout().evidence().join(format!("{machine}.{n}"))).find(|p| !p.exists());
        let kept = kept.unwrap_or_else(|| self.layout().evidence().join(machine.to_string()));
        make(&self.layout().evidence())?;
        fs::rename(&root, &kept).map_err(|e| LabError::io("keep", &root, e))?;
        Ok(Some(kept))
    }
}

/// Writes a file whole or not at all.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), LabError> {
    let new = path.with_extension("new");
    fs::write(&new, text).map_err(|e| LabError::io("write", &new, e))?;
    fs::rename(&new, path).map_err(|e| LabError::io("name", path, e))
}

fn mode(path: &Path, mode: u32) -> Result<(), LabError> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(|e| LabError::io("set the mode of", path, e))
}
