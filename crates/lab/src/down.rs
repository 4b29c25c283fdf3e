//! Taking the lab down: no process, no namespace, no mount of it stays.

use crate::disk::{Disk, unmount};
use crate::event::timed;
use crate::fleet::Machine;
use crate::image::Images;
use crate::up::lock;
use crate::{Lab, LabError, LabEvent, cgroup, network};
use rockhop_domain::Message;
use std::fs;

/// What happens to the built images.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Down {
    /// The hosts go, the images stay: the next `up` is quick and starts afresh.
    KeepImages,
    /// Everything below the state folder goes.
    Purge,
}

/// Stops and removes every host, half-built ones included.
pub fn down(lab: &Lab, how: Down, tell: &mut dyn FnMut(LabEvent)) -> Result<(), LabError> {
    if !nix::unistd::Uid::effective().is_root() {
        return Err(LabError::NotRoot);
    }
    let _turn = lock(lab)?;
    timed(Message::new("lab-stop"), tell, |_| stop_all(lab))?;
    network::remove(lab.config());
    cgroup::remove_lab(lab.config());
    let layout = lab.layout();
    unmount(&layout.vault())?;
    match how {
        Down::KeepImages => {
            timed(Message::new("lab-remove-hosts"), tell, |_| remove_hosts(lab))?;
            unmount(&layout.disk())?;
            tell(LabEvent::Note(Message::new("lab-images-kept").with("state", layout.state().display())));
        }
        Down::Purge => {
            unmount(&layout.disk())?;
            timed(Message::new("lab-purge"), tell, |_| remove_tree(layout.state()))?;
        }
    }
    Ok(())
}

/// All machines at once: each has its own patience.
fn stop_all(lab: &Lab) -> Result<(), LabError> {
    std::thread::scope(|scope| {
        let stops: Vec<_> = Machine::all().map(|machine| scope.spawn(move || lab.halt(machine))).collect();
        // A stop that panicked would be our own mistake; its processes show up as undead next time.
        stops.into_iter().filter_map(|stop| stop.join().ok()).collect()
    })
}

fn remove_hosts(lab: &Lab) -> Result<(), LabError> {
    let (layout, disk) = (lab.layout(), Disk::of(lab.layout()));
    for folder in [layout.hosts(), layout.evidence()] {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            disk.delete(&entry.path())?;
        }
    }
    Images::drop_older_repositories(layout, disk)?; // nobody has them mounted any more
    for folder in [layout.machines(), layout.faults(), layout.run(), layout.vault()] {
        remove_tree(&folder)?;
    }
    match fs::remove_file(layout.vault_image()) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(LabError::io("remove", &layout.vault_image(), e)),
        _ => Ok(()),
    }
}

fn remove_tree(path: &std::path::Path) -> Result<(), LabError> {
    match fs::remove_dir_all(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(LabError::io("remove", path, e)),
        _ => Ok(()),
    }
}
