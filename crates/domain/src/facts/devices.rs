//! Hardware by its numbers, and volumes by their first bytes: what decides whether EL 9 can use what EL 7 uses.

use super::{BadLine, Read, Why};
use serde::{Deserialize, Serialize};

/// A device on the PCI bus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PciDevice {
    /// `0000:03:00.0`.
    pub slot: String,
    /// Vendor, device, and those of the subsystem, in hexadecimal: `1000:0073:1028:1f51`.
    pub id: String,
    /// The driver that serves it, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub driver: Option<String>,
}

/// A mounted XFS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct XfsVolume {
    /// The device, as the table of mounts names it.
    pub source: String,
    pub format: Read<XfsFormat>,
}

/// How an XFS was made; nothing changes it later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct XfsFormat {
    /// 5 is the one with checksums (`crc=1`).
    pub version: u8,
    /// Whether folders tell what their entries are (`ftype=1`).
    pub ftype: bool,
}

/// An encrypted volume that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LuksVolume {
    /// `dm-0`.
    pub name: String,
    pub version: u8,
    /// Kinds of its tokens (`clevis`); version 1 has none.
    pub tokens: Read<Vec<String>>,
}

/// What starts the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Firmware {
    Bios,
    Uefi {
        /// Whether it starts only what is signed.
        secure_boot: bool,
    },
}

/// Reads the survey's PCI section: `SLOT CLASS VENDOR:DEVICE SUBVENDOR:SUBDEVICE [DRIVER]`.
pub(super) fn pci(text: &str) -> Result<Vec<PciDevice>, BadLine> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| pci_device(line).ok_or_else(|| BadLine::new(line))).collect()
}

fn pci_device(line: &str) -> Option<PciDevice> {
    let mut words = line.split(' ');
    let (slot, _class, id, subsystem) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let is_number = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let id = format!("{id}:{subsystem}").to_ascii_lowercase();
    let driver = words.next().filter(|name| !name.is_empty()).map(str::to_owned);
    let whole = id.split(':').count() == 4 && id.split(':').all(is_number);
    whole.then(|| PciDevice { slot: slot.to_owned(), id, driver })
}

/// Reads the survey's section of volumes: `xfs SOURCE VERSION FEATURES2 INCOMPAT`, `luks NAME VERSION [TOKEN...]`, and
/// `unread DEVICE`, after `without gawk` where nobody could read bytes.
pub(super) fn volumes(text: &str) -> Result<(Vec<XfsVolume>, Vec<LuksVolume>), BadLine> {
    let (mut xfs, mut luks) = (Vec::new(), Vec::new());
    let mut tool_missing = false;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let bad = || BadLine::new(line);
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["without", "gawk"] => tool_missing = true,
            ["unread", "xfs", source] => {
                xfs.push(XfsVolume {
                    source: (*source).to_owned(),
                    format: Read::Unknown(unread(source, tool_missing)),
                });
            }
            ["unread", "luks", name, device] => luks.push(LuksVolume {
                name: (*name).to_owned(),
                version: 2,
                tokens: Read::Unknown(unread(device, tool_missing)),
            }),
            ["xfs", source, numbers @ ..] => {
                let format = xfs_format(numbers).ok_or_else(bad)?;
                xfs.push(XfsVolume { source: (*source).to_owned(), format: Read::Known(format) });
            }
            ["luks", name, version, tokens @ ..] => luks.push(LuksVolume {
                name: (*name).to_owned(),
                version: version.parse().map_err(|_| bad())?,
                tokens: Read::Known(tokens.iter().map(|kind| (*kind).to_owned()).collect()),
            }),
            _ => return Err(bad()),
        }
    }
    Ok((xfs, luks))
}

fn unread(device: &str, tool_missing: bool) -> Why {
    if tool_missing {
        Why::ToolMissing { tool: "gawk".to_owned() }
    } else {
        Why::Failed { status: 1, said: format!("cannot read {device}") }
    }
}

/// `sb_versionnum`, `sb_features2` and `sb_features_incompat` of the superblock.
fn xfs_format(numbers: &[&str]) -> Option<XfsFormat> {
    const VERSION: u32 = 0xf;
    const HAS_FEATURES2: u32 = 0x8000;
    const FTYPE_OF_4: u32 = 0x200;
    const FTYPE_OF_5: u32 = 1;
    let numbers: Vec<u32> = numbers.iter().map(|word| word.parse().ok()).collect::<Option<_>>()?;
    let &[version, features2, incompatible] = numbers.as_slice() else { return None };
    let ftype = match version & VERSION {
        5 => incompatible & FTYPE_OF_5 != 0,
        _ => version & HAS_FEATURES2 != 0 && features2 & FTYPE_OF_4 != 0,
    };
    Some(XfsFormat { version: u8::try_from(version & VERSION).ok()?, ftype })
}

/// Reads the survey's section of the firmware: `bios`, or `secure BYTE`.
pub(super) fn firmware(text: &str) -> Result<Firmware, Why> {
    let said = text.trim();
    match said {
        "bios" => Ok(Firmware::Bios),
        "secure 0" => Ok(Firmware::Uefi { secure_boot: false }),
        "secure 1" => Ok(Firmware::Uefi { secure_boot: true }),
        _ if said.starts_with("without gawk") => Err(Why::ToolMissing { tool: "gawk".to_owned() }),
        other => Err(BadLine::new(other).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_on_the_bus() {
        let text = "0000:03:00.0 10400 1000:0073 1028:1F51 megaraid_sas\n0000:00:00.0 60000 8086:0D57 0000:0000 \n\n";
        let got = pci(text).expect("devices");
        assert_eq!((got[0].id.as_str(), got[0].driver.as_deref()), ("1000:0073:1028:1f51", Some("megaraid_sas")));
        assert_eq!((got[1].id.as_str(), got[1].driver.as_deref()), ("8086:0d57:0000:0000", None));
        for bad in ["0000:00:00.0", "a b c d", "a 1 1000:0073 é:b x", "a 1 10000073 1028:1f51"] {
            assert!(pci(bad).is_err(), "{bad}");
        }
    }

    /// The numbers are those of real file systems, made by mkfs.xfs with the options that the names say.
    #[test]
    fn xfs_tells_how_it_was_made() {
        let text = "xfs /dev/crc1 46245 394 11\nxfs /dev/crc0-ftype1 46244 650 0\nxfs /dev/crc0-ftype0 46244 138 0\n";
        let (xfs, _) = volumes(text).expect("volumes");
        let formats: Vec<_> = xfs.iter().filter_map(|one| one.format.known()).map(|f| (f.version, f.ftype)).collect();
        assert_eq!(formats, [(5, true), (4, true), (4, false)]);
        for bad in ["xfs /dev/a 1 2", "xfs /dev/a 1 2 x", "luks dm-0 one", "lvm x", "xfs"] {
            assert!(volumes(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_volume_that_was_not_read_is_unknown() {
        let (xfs, luks) = volumes("luks dm-0 1\nluks dm-1 2 clevis\nunread xfs /dev/sda2\n").expect("volumes");
        assert_eq!(xfs[0].format.why(), Some(&Why::Failed { status: 1, said: "cannot read /dev/sda2".into() }));
        assert_eq!(luks[1].tokens, Read::Known(vec!["clevis".into()]));
        let (xfs, luks) = volumes("without gawk\nunread luks dm-1 /dev/sda3\nunread xfs /dev/a\n").expect("volumes");
        let gawk = Why::ToolMissing { tool: "gawk".into() };
        assert_eq!((xfs[0].format.why(), luks[0].tokens.why()), (Some(&gawk), Some(&gawk)));
    }

    #[test]
    fn what_starts_the_machine() {
        assert_eq!(firmware("bios\n"), Ok(Firmware::Bios));
        assert_eq!(firmware("secure 1\n"), Ok(Firmware::Uefi { secure_boot: true }));
        assert_eq!(firmware("secure 0\n"), Ok(Firmware::Uefi { secure_boot: false }));
        assert_eq!(firmware("without gawk\nsecure 0\n"), Err(Why::ToolMissing { tool: "gawk".into() }));
        assert!(matches!(firmware("secure 7\n"), Err(Why::BadLine { .. })));
    }
}
