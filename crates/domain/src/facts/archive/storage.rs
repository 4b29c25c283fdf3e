//! Mounts, room and block devices as `mount`, `df` and `lsblk` print them.

use crate::facts::{BadLine, BlockDevice, Mount, Read, Space, Why};
use std::collections::BTreeMap;

/// Reads `/proc/mounts`.
pub(super) fn kernel_table(text: &str) -> Result<Vec<Mount>, BadLine> {
    rows(text, |line| {
        let mut words = line.split(' ').map(unescaped);
        let (source, path, fstype, options) = (words.next()?, words.next()?, words.next()?, words.next()?);
        Some(mount(source, path, fstype, &options))
    })
}

/// Reads `mount`: `/dev/sda1 on /boot type xfs (rw,relatime)`.
pub(super) fn mount_rows(text: &str) -> Result<Vec<Mount>, BadLine> {
    rows(text, |line| {
        let (source, rest) = line.split_once(" on ")?;
        let (path, rest) = rest.split_once(" type ")?;
        let (fstype, rest) = rest.split_once(" (")?;
        let (options, _label) = rest.split_once(')')?;
        Some(mount(source.to_owned(), path.to_owned(), fstype.to_owned(), options))
    })
}

fn rows<T>(text: &str, row: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, BadLine> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| row(line).ok_or_else(|| BadLine::new(line))).collect()
}

fn mount(source: String, path: String, fstype: String, options: &str) -> Mount {
    let options = options.split(',').map(str::to_owned).collect();
    Mount { path, source, fstype, options, space: Read::Unknown(Why::NotHeld) }
}

fn unescaped(word: &str) -> String {
    word.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
}

/// Adds what `df` told of room in KiB, and what `df -i` told of inodes: room is known where both told.
pub(super) fn add_room(mounts: &mut [Mount], kib: &str, inodes: &str) -> Result<(), BadLine> {
    let (kib, inodes) = (columns(kib)?, columns(inodes)?);
    for mount in mounts {
        let (Some((size_kib, free_kib)), Some((total, free))) = (kib.get(&mount.path), inodes.get(&mount.path)) else {
            continue;
        };
        mount.space =
            Read::Known(Space { size_kib: *size_kib, free_kib: *free_kib, inodes: *total, inodes_free: *free });
    }
    Ok(())
}

/// Size and free of each mount point that told: `SOURCE SIZE USED FREE PERCENT PATH`, each on one line.
fn columns(text: &str) -> Result<BTreeMap<String, (u64, u64)>, BadLine> {
    let mut sizes = BTreeMap::new();
    for line in text.lines().skip(1).filter(|line| !line.trim().is_empty()) {
        let bad = || BadLine::new(line);
        let words: Vec<&str> = line.split_whitespace().collect();
        // Blanks in a source or a path move the columns: the percentage is what they are counted from.
        let told = words.iter().rposition(|word| word.ends_with('%'));
        let percent = told.or_else(|| words.iter().rposition(|word| *word == "-")).ok_or_else(bad)?;
        let numbers = percent.checked_sub(3).and_then(|from| words.get(from..percent)).ok_or_else(bad)?;
        let path = words.get(percent + 1..).filter(|path| !path.is_empty()).ok_or_else(bad)?.join(" ");
        match (numbers[0].parse::<u64>(), numbers[2].parse::<u64>()) {
            (Ok(0), _) => {} // of the kernel's own, which have no room
            (Ok(size), Ok(free)) => drop(sizes.insert(path, (size, free))),
            _ if numbers[0] == "-" => {}
            _ => return Err(bad()),
        }
    }
    Ok(sizes)
}

/// Reads the tree of `lsblk` (`NAME MAJ:MIN RM SIZE RO TYPE MOUNTPOINT`): sizes as precise as it prints them.
pub(super) fn lsblk(text: &str) -> Result<Vec<BlockDevice>, BadLine> {
    let mut devices: Vec<BlockDevice> = Vec::new();
    let mut disk: Option<String> = None;
    for line in text.lines().skip(1).filter(|line| !line.trim().is_empty()) {
        let bad = || BadLine::new(line);
        let words: Vec<&str> =
            line.split_whitespace().filter(|word| word.contains(|c: char| c.is_alphanumeric() || c == '/')).collect();
        let Some(at) = words.iter().position(|word| is_number_pair(word)) else {
            if words.first().is_some_and(|word| word.starts_with(['/', '['])) || words.is_empty() {
                continue; // a second mount point of the device above
            }
            return Err(bad());
        };
        let name = words.get(at.checked_sub(1).ok_or_else(bad)?).ok_or_else(bad)?;
        let name = name.trim_start_matches(['|', '`', '-', '├', '└', '─', '│']).to_owned();
        let (size, kind) = (words.get(at + 2).ok_or_else(bad)?, words.get(at + 4).ok_or_else(bad)?);
        let size_kib = kib(size).ok_or_else(bad)?;
        let part_of = if *kind == "part" { disk.clone() } else { None };
        if *kind == "disk" {
            disk = Some(name.clone());
        }
        let seen = devices.iter().any(|device| device.name == name);
        if size_kib > 0 && !seen && *kind != "lvm" && *kind != "crypt" && *kind != "mpath" {
            devices.push(BlockDevice { name, size_kib, part_of, driver: None });
        }
    }
    Ok(devices)
}

fn is_number_pair(word: &str) -> bool {
    word.split_once(':').is_some_and(|(major, minor)| {
        [major, minor].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// `20G`, `18.8G`, `1024M`.
fn kib(size: &str) -> Option<u64> {
    let unit = size.chars().last()?;
    let power = "BKMGTPE".find(unit)?;
    let (whole, tenth) = size.trim_end_matches(unit).split_once('.').unwrap_or((size.trim_end_matches(unit), "0"));
    let tenths =
        whole.parse::<u64>().ok()?.checked_mul(10)?.checked_add(tenth.parse::<u64>().ok().filter(|t| *t < 10)?)?;
    let bytes = tenths.checked_mul(1024_u64.checked_pow(u32::try_from(power).ok()?)?)? / 10;
    Some(bytes / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tables_say_the_same() {
        let kernel = kernel_table("/dev/sda1 /mnt/my\\040x xfs rw,relatime 0 0\n").expect("a table");
        let shown = mount_rows("/dev/sda1 on /mnt/my x type xfs (rw,relatime) [label]\n").expect("rows");
        assert_eq!(kernel, shown);
        assert!(mount_rows("mount: permission denied\n").is_err() && kernel_table("nonsense\n").is_err());
    }

    #[test]
    fn room_is_known_where_both_told() {
        let mut mounts = mount_rows("/dev/a on / type xfs (rw)\nproc on /proc type proc (rw)\n").expect("rows");
        let kib = "Filesystem 1024-blocks Used Available Capacity Mounted on\nrootfs - - - - /\n/dev/a 1000 400 600 40% /\nproc 0 0 0 - /proc\n";
        let inodes = "Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/a 50 10 40 20% /\n";
        add_room(&mut mounts, kib, inodes).expect("room");
        assert_eq!(mounts[0].space.known().map(|s| (s.size_kib, s.free_kib, s.inodes_free)), Some((1000, 600, 40)));
        assert_eq!(mounts[1].space.why(), Some(&Why::NotHeld));
        assert!(add_room(&mut mounts, "head\nnonsense\n", inodes).is_err());
    }

    #[test]
    fn the_tree_of_disks() {
        let text = "NAME            MAJ:MIN RM  SIZE RO TYPE MOUNTPOINT\nsr0 11:0 1 1024M 0 rom\nsda               8:0    0   20G  0 disk \n├─sda1            8:1    0    1G  0 part /efi\n│                                    /boot/efi\n`-sda2            8:2    0   18.5G  0 part \n  └─centos-root 253:0    0   17G  0 lvm  /\n";
        let got: Vec<_> = lsblk(text).expect("devices").into_iter().map(|d| (d.name, d.size_kib, d.part_of)).collect();
        let part = Some("sda".to_owned());
        assert_eq!(
            got,
            [
                ("sr0".into(), 1 << 20, None),
                ("sda".into(), 20 << 20, None),
                ("sda1".into(), 1 << 20, part.clone()),
                ("sda2".into(), 19_398_656, part)
            ]
        );
        assert!(lsblk("head\nlsblk: failed to access sysfs\n").is_err());
    }
}
