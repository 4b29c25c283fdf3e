//! File systems and what lies under them.

use super::files::telling_lines;
use super::{BadLine, Read, Why};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A mounted file system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Mount {
    pub path: String,
    pub source: String,
    pub fstype: String,
    pub options: Vec<String>,
    /// Unknown for one that was not asked: asking a dead network file system would hang.
    pub space: Read<Space>,
}

/// Room in a file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Space {
    pub size_kib: u64,
    /// What an ordinary user may still write.
    pub free_kib: u64,
    /// 0 for a file system that makes inodes as it goes.
    pub inodes: u64,
    pub inodes_free: u64,
}

/// One row of `/etc/fstab`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FstabRow {
    pub source: String,
    pub path: String,
    pub fstype: String,
    pub options: Vec<String>,
    pub dump: u32,
    pub pass: u32,
}

/// A disk or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct BlockDevice {
    /// `sda1`.
    pub name: String,
    pub size_kib: u64,
    /// Which disk it is a part of, if of one.
    pub part_of: Option<String>,
    /// Kernel driver of the disk, where sysfs tells.
    pub driver: Option<String>,
}

impl Mount {
    pub(super) fn forget_free(&mut self) {
        if let Read::Known(space) = &mut self.space {
            space.free_kib = 0;
            space.inodes_free = 0;
            space.inodes = 0; // xfs and btrfs make them as they go
        }
    }

    /// Free KiB, or why that is unknown.
    pub fn free_kib(&self) -> Result<u64, Why> {
        self.space.get().map(|space| space.free_kib)
    }
}

/// The longest mount point that holds `path`; of two at one point the later, which hides the former.
pub(super) fn mount_holding<'a>(mounts: &'a [Mount], path: &str) -> Option<&'a Mount> {
    mounts.iter().filter(|mount| holds(&mount.path, path)).max_by_key(|mount| mount.path.len())
}

fn holds(point: &str, path: &str) -> bool {
    point == "/" || path.strip_prefix(point).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Joins the mount table with what `df` said of each mount.
pub(super) fn mounts(table: &str, df: Result<&str, Why>) -> Result<Vec<Mount>, Why> {
    let spaces = match df {
        Ok(text) => Ok(spaces(text)?),
        Err(why) => Err(why),
    };
    let mut mounts = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty()) {
        let mut mount = mount(line).ok_or_else(|| BadLine::new(line))?;
        mount.space = match &spaces {
            Ok(spaces) => spaces.get(&mount.path).map_or(Read::Unknown(Why::NotAsked), |space| Read::Known(*space)),
            Err(why) => Read::Unknown(why.clone()),
        };
        mounts.push(mount);
    }
    Ok(mounts)
}

/// A line of `/proc/self/mounts`.
fn mount(line: &str) -> Option<Mount> {
    let mut words = line.split(' ').map(unescaped);
    let (source, path, fstype, options) = (words.next()?, words.next()?, words.next()?, words.next()?);
    Some(Mount { path, source, fstype, options: split(&options), space: Read::Unknown(Why::NotAsked) })
}

fn split(options: &str) -> Vec<String> {
    options.split(',').map(str::to_owned).collect()
}

/// The kernel writes blanks in names as `\040`.
fn unescaped(word: &str) -> String {
    word.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
}

/// `df -k --output=size,avail,itotal,iavail,target`, the header line first.
fn spaces(text: &str) -> Result<BTreeMap<String, Space>, BadLine> {
    text.lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| space(line).ok_or_else(|| BadLine::new(line)))
        .collect()
}

fn space(line: &str) -> Option<(String, Space)> {
    let mut rest = line;
    let mut number = || {
        let (word, after) = rest.trim_start().split_once(' ')?;
        rest = after;
        if word == "-" { Some(0) } else { word.parse().ok() }
    };
    let space = Space { size_kib: number()?, free_kib: number()?, inodes: number()?, inodes_free: number()? };
    Some((rest.trim_start().to_owned(), space))
}

/// Reads `/etc/fstab`.
pub(super) fn fstab(text: &str) -> Result<Vec<FstabRow>, BadLine> {
    telling_lines(text).map(|line| fstab_row(line).ok_or_else(|| BadLine::new(line))).collect()
}

fn fstab_row(line: &str) -> Option<FstabRow> {
    let mut words = line.split_whitespace();
    let mut word = || words.next().map(unescaped);
    let (source, path, fstype) = (word()?, word()?, word()?);
    let options = split(&word().unwrap_or_else(|| "defaults".into()));
    let mut number = || word().map_or(Some(0), |text| text.parse().ok());
    Some(FstabRow { source, path, fstype, options, dump: number()?, pass: number()? })
}

/// Reads the survey's block section: `size NAME SECTORS`, then `link PATH` for each line of `readlink` that follows.
pub(super) fn block_devices(text: &str) -> Result<Vec<BlockDevice>, BadLine> {
    let (mut devices, mut links, mut targets) = (Vec::new(), Vec::new(), Vec::new());
    for line in text.lines().filter(|line| !line.is_empty()) {
        match line.split_once(' ') {
            Some(("size", rest)) => devices.push(block_device(rest).ok_or_else(|| BadLine::new(line))?),
            Some(("link", path)) => links.push(path),
            _ => targets.push(line),
        }
    }
    for (link, target) in links.iter().zip(targets) {
        place(&mut devices, link, target);
    }
    Ok(devices)
}

fn block_device(text: &str) -> Option<BlockDevice> {
    let (name, sectors) = text.split_once(' ')?;
    let size_kib = sectors.parse::<u64>().ok()? / 2; // sysfs counts sectors of 512 bytes
    Some(BlockDevice { name: name.to_owned(), size_kib, part_of: None, driver: None })
}

fn place(devices: &mut [BlockDevice], link: &str, target: &str) {
    let name_of =
        |path: &str| path.trim_start_matches("/sys/class/block/").split('/').next().unwrap_or_default().to_owned();
    let Some(device) = devices.iter_mut().find(|device| device.name == name_of(link)) else { return };
    let mut upwards = target.rsplit('/');
    let last = upwards.next().map(str::to_owned);
    if link.ends_with("/driver") {
        device.driver = last;
    } else {
        device.part_of = upwards.next().filter(|parent| !parent.is_empty() && *parent != "block").map(str::to_owned);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "/dev/sda2 / xfs rw,relatime 0 0\n/dev/sda1 /boot xfs rw 0 0\nnas:/x /mnt/my\\040nas nfs4 rw 0 0\n";
    const DF: &str = "1K-blocks Avail Inodes IFree Mounted on\n 1000 400 50 40 /\n 200 100 - - /boot\n";

    #[test]
    fn mounts_know_their_room_or_say_why_not() {
        let mounts = mounts(TABLE, Ok(DF)).expect("mounts");
        assert_eq!(mounts[0].free_kib(), Ok(400));
        assert_eq!(mounts[1].space, Read::Known(Space { size_kib: 200, free_kib: 100, inodes: 0, inodes_free: 0 }));
        assert_eq!((mounts[2].path.as_str(), mounts[2].free_kib()), ("/mnt/my nas", Err(Why::NotAsked)));
        assert_eq!(super::mounts(TABLE, Err(Why::TimedOut)).expect("mounts")[0].free_kib(), Err(Why::TimedOut));
    }

    #[test]
    fn the_longest_mount_point_holds_a_path() {
        let mounts = mounts(TABLE, Ok(DF)).expect("mounts");
        for (path, want) in [("/", "/"), ("/boot", "/boot"), ("/boot/grub2", "/boot"), ("/bootx", "/"), ("/var", "/")] {
            assert_eq!(mount_holding(&mounts, path).map(|m| m.path.as_str()), Some(want), "{path}");
        }
    }

    #[test]
    fn fstab_rows() {
        for (line, want) in [
            ("UUID=1 / xfs defaults 0 0", Some(("/", 1, 0))),
            ("/dev/x\t/data ext4 noatime,nodev 1 2", Some(("/data", 2, 2))),
            ("/dev/x /data ext4", Some(("/data", 1, 0))),
            ("/dev/x /data ext4 defaults a b", None),
            ("/dev/x", None),
        ] {
            let got = fstab(line).ok().map(|rows| (rows[0].path.clone(), rows[0].options.len(), rows[0].pass));
            assert_eq!(got, want.map(|(p, o, n)| (p.to_owned(), o, n)), "{line:?}");
        }
    }

    #[test]
    fn parts_and_drivers() {
        let text = "size sda 2048\nsize sda1 1024\nlink /sys/class/block/sda\nlink /sys/class/block/sda/device/driver\nlink /sys/class/block/sda1\n\
            ../../devices/pci0/ata1/block/sda\n../../../bus/scsi/drivers/sd\n../../devices/pci0/ata1/block/sda/sda1\n";
        let got = block_devices(text).expect("devices");
        assert_eq!((got[0].size_kib, got[0].driver.as_deref(), got[0].part_of.as_deref()), (1024, Some("sd"), None));
        assert_eq!(got[1].part_of.as_deref(), Some("sda"));
    }
}
