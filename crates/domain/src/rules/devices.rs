//! Hardware that EL 9 no longer serves or maintains, by its numbers, and what the old disks and firmware are like: for hosts
//! that stay on their machine.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{found_if, names};
use super::{Area, Evidence, Rule, Severity, Strategy};
use crate::Message;
use crate::facts::{Facts, Firmware, LuksVolume, PciDevice, Read, Why};
use serde::Deserialize;
use std::sync::LazyLock;

/// The list as it is shipped.
const TABLE: &str = include_str!("../../../../knowledge/devices.toml");

static DEVICES: LazyLock<Devices> = LazyLock::new(|| {
    // Tested to parse; without it no device would be known.
    toml::from_str(TABLE).unwrap_or_default()
});

/// Strategies that keep the machine, and mostly its disks.
const SAME_MACHINE: &[Strategy] = &[Strategy::Reimage, Strategy::Inplace];

/// Where container engines keep their layers.
const CONTAINERS: &[&str] = &["/var/lib/docker", "/var/lib/containers"];

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Devices {
    gone: Vec<OfDriver>,
    unmaintained: Vec<OfDriver>,
    processors: Processors,
}

/// Devices that a driver which stays served.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfDriver {
    driver: String,
    ids: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Processors {
    gone: Vec<String>,
    unmaintained: Vec<String>,
}

impl OfDriver {
    /// The driver, if the device is one of the list; a number that the list leaves out may be anything.
    fn served(&self, device: &PciDevice) -> Option<&str> {
        let is_this = |id: &String| {
            device.id.strip_prefix(id.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        };
        self.ids.iter().any(is_this).then_some(self.driver.as_str())
    }
}

/// The devices of the bus that one of these drivers served, each with its driver.
fn on_the_bus<'a>(facts: &'a Facts, list: &'static [OfDriver]) -> Result<Vec<(&'a PciDevice, &'static str)>, Why> {
    let devices = facts.pci.get()?;
    let served = |device| list.iter().find_map(|one| one.served(device));
    Ok(devices.iter().filter_map(|device| Some((device, served(device)?))).collect())
}

fn device_found(key: &str, (device, driver): (&PciDevice, &str)) -> Message {
    Message::new(key).with("slot", &device.slot).with("id", &device.id).with("driver", driver)
}

pub const REMOVED_DEVICE: Rule = Rule {
    id: "kernel.removed-device",
    severity: Severity::Warns, // the new machine need not have the old one's controllers
    area: Area::Kernel,
    sources: &["PLT-03", "leapp-52"],
    evidence: Evidence::Source,
    looks_at: &["pci"],
    look: removed_device,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.pci).push(pci("0000:03:00.0", "1000:0060:1028:1f0c", "megaraid_sas"))),
        found(clean_el7_web, |f| known(&mut f.pci).push(pci("0000:04:00.0", "9005:0286:9005:0800", "aacraid"))),
        // The same driver serves it on EL 9.
        fine(clean_el7_web, |f| known(&mut f.pci).push(pci("0000:03:00.0", "1000:005d:1028:1f49", "megaraid_sas"))),
        // Gone as part of another maker's board only.
        fine(clean_el7_web, |f| known(&mut f.pci).push(pci("0000:04:00.0", "9005:0200:9005:0201", "aacraid"))),
    ],
    ..Rule::USUAL
};
fn removed_device(facts: &Facts) -> Result<Vec<Message>, Why> {
    let gone = on_the_bus(facts, &DEVICES.gone)?;
    Ok(gone.into_iter().map(|one| device_found("finding-kernel-removed-device", one)).collect())
}

pub const UNMAINTAINED_DEVICE: Rule = Rule {
    id: "kernel.unmaintained-device",
    severity: Severity::Informs,
    area: Area::Kernel,
    sources: &["PLT-03", "leapp-55"],
    evidence: Evidence::Source,
    looks_at: &["pci"],
    look: unmaintained_device,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.pci).push(pci("0000:05:00.0", "1077:2532:1077:015c", "qla2xxx"))),
        fine(clean_el7_web, |f| known(&mut f.pci).push(pci("0000:05:00.0", "1077:2071:1077:0283", "qla2xxx"))),
    ],
    ..Rule::USUAL
};
fn unmaintained_device(facts: &Facts) -> Result<Vec<Message>, Why> {
    let old = on_the_bus(facts, &DEVICES.unmaintained)?;
    Ok(old.into_iter().map(|one| device_found("finding-kernel-unmaintained-device", one)).collect())
}

pub const REMOVED_PROCESSOR: Rule = Rule {
    id: "platform.removed-processor",
    severity: Severity::Warns, // the new machine need not have the old one's processor
    area: Area::Platform,
    sources: &["leapp-53"],
    evidence: Evidence::Source,
    looks_at: &["cpu"],
    look: removed_processor,
    cases: &[
        found(clean_el7_web, |f| processor(f, "ibm:4d", "POWER8 (architected), altivec supported")),
        fine(clean_el7_web, |f| processor(f, "ibm:4e", "POWER9 (architected), altivec supported")),
    ],
    ..Rule::USUAL
};
fn removed_processor(facts: &Facts) -> Result<Vec<Message>, Why> {
    let model = listed_processor(facts, &DEVICES.processors.gone)?;
    Ok(model.map(|model| Message::new("finding-platform-removed-processor").with("model", model)).into_iter().collect())
}

pub const UNMAINTAINED_PROCESSOR: Rule = Rule {
    id: "platform.unmaintained-processor",
    severity: Severity::Informs,
    area: Area::Platform,
    sources: &["leapp-56"],
    evidence: Evidence::Source,
    looks_at: &["cpu"],
    look: unmaintained_processor,
    cases: &[
        found(clean_el7_web, |f| processor(f, "intel:6:45", "Intel(R) Xeon(R) CPU E5-2670 0 @ 2.60GHz")),
        found(clean_el7_web, |f| processor(f, "amd:21:2", "AMD Opteron(tm) Processor 6376")),
        fine(clean_el7_web, |f| processor(f, "intel:6:79", "Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz")),
        fine(clean_el7_web, |f| processor(f, "amd:23:49", "AMD EPYC 7502 32-Core Processor")),
    ],
    ..Rule::USUAL
};
fn unmaintained_processor(facts: &Facts) -> Result<Vec<Message>, Why> {
    let model = listed_processor(facts, &DEVICES.processors.unmaintained)?;
    Ok(model
        .map(|model| Message::new("finding-platform-unmaintained-processor").with("model", model))
        .into_iter()
        .collect())
}

fn processor(facts: &mut Facts, id: &str, model: &str) {
    let cpu = known(&mut facts.cpu);
    (cpu.id, cpu.model) = (Some(id.into()), model.into());
}

/// What the processor calls itself, if it is on the list.
fn listed_processor<'a>(facts: &'a Facts, list: &[String]) -> Result<Option<&'a str>, Why> {
    let cpu = facts.cpu.get()?;
    let id = cpu.id.as_deref().ok_or(Why::Missing)?;
    let is_this = |one: &String| match one.strip_suffix('*') {
        Some(family) => id.starts_with(family),
        None => one == id,
    };
    let name = if cpu.model.is_empty() { id } else { &cpu.model };
    Ok(list.iter().any(is_this).then_some(name))
}

pub const SECURE_BOOT: Rule = Rule {
    id: "platform.secure-boot",
    area: Area::Platform,
    sources: &["leapp-74"],
    evidence: Evidence::Source,
    looks_at: &["firmware"],
    look: secure_boot,
    strategies: SAME_MACHINE,
    cases: &[
        found(clean_el7_web, |f| f.firmware = Read::Known(Firmware::Uefi { secure_boot: true })),
        fine(clean_el7_web, |f| f.firmware = Read::Known(Firmware::Uefi { secure_boot: false })),
    ],
    ..Rule::USUAL
};
fn secure_boot(facts: &Facts) -> Result<Vec<Message>, Why> {
    let on = *facts.firmware.get()? == Firmware::Uefi { secure_boot: true };
    Ok(found_if(on, || Message::new("finding-platform-secure-boot")))
}

pub const XFS_VERSION_4: Rule = Rule {
    id: "storage.xfs-version-4",
    area: Area::Storage,
    sources: &["PLT-09"],
    evidence: Evidence::Tried,
    looks_at: &["mounts", "xfs"],
    look: xfs_version_4,
    strategies: SAME_MACHINE,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.xfs)[0] = xfs("/dev/mapper/centos-root", 4, true)),
        fine(clean_el7_web, |f| known(&mut f.xfs)[0] = xfs("/dev/mapper/centos-root", 5, false)),
    ],
    ..Rule::USUAL
};
fn xfs_version_4(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    let mounts = facts.mounts.get()?;
    for volume in facts.xfs.get()? {
        let old = volume.format.get()?.version < 5;
        let places = mounts.iter().filter(|mount| mount.source == volume.source).map(|mount| &mount.path);
        found.extend(old.then(|| {
            Message::new("finding-storage-xfs-version-4").with("device", &volume.source).with("places", names(places))
        }));
    }
    Ok(found)
}

pub const XFS_FTYPE: Rule = Rule {
    id: "storage.xfs-ftype",
    area: Area::Storage,
    sources: &["PLT-10"],
    evidence: Evidence::Tried,
    looks_at: &["mounts", "xfs"],
    look: xfs_ftype,
    strategies: SAME_MACHINE,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.xfs)[0] = xfs("/dev/mapper/centos-root", 4, false)),
        // A disk that holds no layers of containers.
        fine(clean_el7_web, |f| {
            let mut data = known(&mut f.mounts)[0].clone();
            (data.path, data.source) = ("/srv".into(), "/dev/vdb1".into());
            known(&mut f.mounts).push(data);
            known(&mut f.xfs).push(xfs("/dev/vdb1", 4, false));
        }),
    ],
    ..Rule::USUAL
};
fn xfs_ftype(facts: &Facts) -> Result<Vec<Message>, Why> {
    let volumes = facts.xfs.get()?;
    let mut found = Vec::new();
    for place in CONTAINERS {
        let Some(mount) = facts.mount_holding(place)? else { continue };
        let Some(volume) = volumes.iter().find(|volume| volume.source == mount.source) else { continue };
        let without = !volume.format.get()?.ftype;
        found
            .extend(without.then(|| {
                Message::new("finding-storage-xfs-ftype").with("place", place).with("device", &volume.source)
            }));
    }
    Ok(found)
}

pub const LUKS_UNLOCK: Rule = Rule {
    id: "storage.luks-unlock",
    area: Area::Storage,
    sources: &["leapp-91", "leapp-92"],
    evidence: Evidence::Source,
    looks_at: &["luks"],
    look: luks_unlock,
    strategies: SAME_MACHINE,
    cases: &[
        found(clean_el7_web, |f| luks(f, 1, &[])),
        found(clean_el7_web, |f| luks(f, 2, &["luks2-keyring"])),
        fine(clean_el7_web, |f| luks(f, 2, &["clevis"])),
    ],
    ..Rule::USUAL
};
fn luks_unlock(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for volume in facts.luks.get()? {
        let by_itself = volume.tokens.get()?.iter().any(|kind| kind == "clevis");
        let key = match volume.version {
            1 => "finding-storage-luks-unlock-version-1",
            _ => "finding-storage-luks-unlock-no-token",
        };
        found.extend((!by_itself).then(|| Message::new(key).with("name", &volume.name)));
    }
    Ok(found)
}

fn luks(facts: &mut Facts, version: u8, tokens: &[&str]) {
    let tokens = Read::Known(tokens.iter().map(|kind| (*kind).to_owned()).collect());
    known(&mut facts.luks).push(LuksVolume { name: "dm-0".into(), version, tokens });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_shipped_list_parses_and_says_nothing_twice() {
        let list: Devices = toml::from_str(TABLE).expect("the list parses");
        let all: Vec<&str> =
            list.gone.iter().chain(&list.unmaintained).flat_map(|one| &one.ids).map(String::as_str).collect();
        let is_id = |id: &str| {
            (2..=4).contains(&id.split(':').count())
                && id.split(':').all(|part| part.len() == 4 && u16::from_str_radix(part, 16).is_ok())
                && id == id.to_ascii_lowercase()
        };
        assert_eq!(all.iter().find(|id| !is_id(id)), None);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "a device stands twice");
        let part_of =
            |id: &str| all.iter().any(|other| id.strip_prefix(other).is_some_and(|rest| rest.starts_with(':')));
        assert_eq!(all.iter().find(|id| part_of(id)), None, "another row covers it");
        let processors = [&list.processors.gone, &list.processors.unmaintained];
        assert!(processors.iter().all(|list| list.iter().all(|id| id.contains(':'))));
    }

    #[test]
    fn a_processor_that_does_not_tell_its_numbers_is_unknown() {
        let mut facts = clean_el7_web();
        known(&mut facts.cpu).id = None;
        for rule in [REMOVED_PROCESSOR, UNMAINTAINED_PROCESSOR] {
            assert_eq!((rule.look)(&facts), Err(Why::Missing), "{}", rule.id);
        }
    }

    #[test]
    fn a_volume_that_was_not_read_is_never_fine() {
        let mut facts = clean_el7_web();
        known(&mut facts.xfs)[0].format = Read::Unknown(Why::TimedOut);
        luks(&mut facts, 2, &["clevis"]);
        known(&mut facts.luks)[0].tokens = Read::Unknown(Why::TimedOut);
        for rule in [XFS_VERSION_4, XFS_FTYPE, LUKS_UNLOCK] {
            assert_eq!((rule.look)(&facts), Err(Why::TimedOut), "{}", rule.id);
        }
    }
}
