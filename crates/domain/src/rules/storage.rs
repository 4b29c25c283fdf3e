//! File systems: what is mounted from where, with which options, and how much room is left.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{found_if, names};
use super::{Area, Evidence, FRESH, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, FstabRow, Mount, Space, Why};
use crate::remedy::kind::Mechanical;
use std::collections::BTreeSet;

/// Options that XFS dropped in Linux 4.0 and 4.19: a mount that names one fails.
const XFS_REMOVED: &[&str] =
    &["nodelaylog", "delaylog", "ihashsize", "irixsgid", "osyncisdsync", "osyncisosync", "nobarrier", "barrier"];

/// Below this a host cannot write its logs through a migration night.
const ROOM_NEEDED_KIB: u64 = 512 * 1024;

/// Where a full file system stops services.
const ROOM_WATCHED: &[&str] = &["/", "/var", "/tmp"];

pub const XFS_OPTIONS: Rule = Rule {
    id: "storage.xfs-options",
    severity: Severity::Blocks,
    area: Area::Storage,
    sources: &["PLT-08", "leapp-82"],
    evidence: Evidence::Tried,
    looks_at: &["fstab"],
    look: xfs_options,
    mechanical: Some(Mechanical::XfsOptions),
    cases: &[
        found(clean_el7_web, |f| known(&mut f.fstab)[0].options = vec!["noatime".into(), "nobarrier".into()]),
        found(clean_el7_web, |f| known(&mut f.fstab)[0].options = vec!["ihashsize=16".into()]),
        // ext4 keeps these.
        fine(clean_el7_web, |f| {
            known(&mut f.fstab)[1].fstype = "ext4".into();
            known(&mut f.fstab)[1].options = vec!["nobarrier".into()];
        }),
    ],
    ..Rule::USUAL
};
fn xfs_options(facts: &Facts) -> Result<Vec<Message>, Why> {
    let removed = |row: &FstabRow| -> Vec<String> {
        row.options
            .iter()
            .filter(|option| XFS_REMOVED.contains(&option.split('=').next().unwrap_or_default()))
            .cloned()
            .collect()
    };
    let rows = facts.fstab.get()?.iter().filter(|row| row.fstype == "xfs").map(|row| (row, removed(row)));
    Ok(rows
        .filter(|(_, options)| !options.is_empty())
        .map(|(row, options)| {
            Message::new("finding-storage-xfs-options").with("path", &row.path).with("options", options.join(","))
        })
        .collect())
}

pub const BTRFS: Rule = Rule {
    id: "storage.btrfs",
    severity: Severity::Blocks,
    area: Area::Storage,
    sources: &["PLT-18", "leapp-81"],
    evidence: Evidence::Source,
    looks_at: &["fstab"], // and not the mounts: what counts is what must be mounted again
    look: btrfs,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.fstab).push(fstab("LABEL=d", "/data", "btrfs"))),
        fine(clean_el7_web, |f| known(&mut f.fstab).push(fstab("LABEL=btrfs", "/data", "ext4"))),
    ],
    ..Rule::USUAL
};
fn btrfs(facts: &Facts) -> Result<Vec<Message>, Why> {
    let rows = facts.fstab.get()?.iter().filter(|row| row.fstype == "btrfs");
    Ok(rows.map(|row| Message::new("finding-storage-btrfs").with("path", &row.path)).collect())
}

pub const MOUNT_TWICE: Rule = Rule {
    id: "storage.mount-twice",
    severity: Severity::Warns,
    area: Area::Storage,
    sources: &["leapp-84"],
    evidence: Evidence::Source,
    looks_at: &["fstab"],
    look: mount_twice,
    mechanical: Some(Mechanical::FstabTwice),
    cases: &[
        found(clean_el7_web, |f| known(&mut f.fstab).push(fstab("LABEL=d", "/boot", "xfs"))),
        // Swap has no place of its own.
        fine(clean_el7_web, |f| {
            known(&mut f.fstab).extend([fstab("UUID=a", "swap", "swap"), fstab("UUID=b", "swap", "swap")])
        }),
    ],
    ..Rule::USUAL
};
fn mount_twice(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut seen = BTreeSet::new();
    let mounted = facts.fstab.get()?.iter().filter(|row| row.path.starts_with('/'));
    Ok(mounted
        .filter(|row| !seen.insert(&row.path))
        .map(|row| Message::new("finding-storage-mount-twice").with("path", &row.path))
        .collect())
}

pub const DISK_NAMES: Rule = Rule {
    id: "storage.disk-names",
    severity: Severity::Warns,
    area: Area::Storage,
    sources: &["PLT-15"],
    evidence: Evidence::Known,
    looks_at: &["fstab"],
    look: disk_names,
    mechanical: Some(Mechanical::FstabUuid),
    cases: &[
        found(clean_el7_web, |f| known(&mut f.fstab).push(fstab("/dev/sdb1", "/data", "xfs"))),
        fine(clean_el7_web, |f| known(&mut f.fstab).push(fstab("/dev/disk/by-id/scsi-3600", "/data", "xfs"))),
    ],
    ..Rule::USUAL
};
fn disk_names(facts: &Facts) -> Result<Vec<Message>, Why> {
    let by_kernel_name = |source: &str| {
        ["/dev/sd", "/dev/hd", "/dev/vd", "/dev/xvd"].iter().any(|prefix| {
            source.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
        })
    };
    let rows = facts.fstab.get()?.iter().filter(|row| by_kernel_name(&row.source));
    Ok(rows
        .map(|row| Message::new("finding-storage-disk-names").with("source", &row.source).with("path", &row.path))
        .collect())
}

pub const NETWORK_MOUNTS: Rule = Rule {
    id: "storage.network-mounts",
    severity: Severity::Warns,
    area: Area::Storage,
    sources: &["leapp-88", "leapp-89", "NET-26"],
    evidence: Evidence::Source,
    looks_at: &["fstab", "mounts"],
    look: network_mounts,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.fstab).push(fstab("nas:/export", "/data", "nfs"))),
        fine(clean_el7_web, |f| known(&mut f.fstab).push(fstab("/srv/nfs", "/export", "ext4"))),
    ],
    ..Rule::USUAL
};
fn network_mounts(facts: &Facts) -> Result<Vec<Message>, Why> {
    Ok(remote(facts)?
        .into_iter()
        .map(|(source, path, fstype, _)| {
            Message::new("finding-storage-network-mounts")
                .with("source", source)
                .with("path", path)
                .with("fstype", fstype)
        })
        .collect())
}

pub const OLD_MOUNT_PROTOCOL: Rule = Rule {
    id: "storage.old-mount-protocol",
    severity: Severity::Warns,
    area: Area::Storage,
    sources: &["NET-25", "NET-27"],
    evidence: Evidence::Known,
    looks_at: &["fstab", "mounts"],
    look: old_mount_protocol,
    cases: &[
        found(clean_el7_web, |f| {
            known(&mut f.fstab).push(fstab("nas:/export", "/data", "nfs"));
            known(&mut f.fstab)[2].options = vec!["proto=udp".into()];
        }),
        fine(clean_el7_web, |f| {
            known(&mut f.fstab).push(fstab("nas:/export", "/data", "nfs"));
            known(&mut f.fstab)[2].options = vec!["vers=4.2".into(), "proto=tcp".into()];
        }),
    ],
    ..Rule::USUAL
};
fn old_mount_protocol(facts: &Facts) -> Result<Vec<Message>, Why> {
    let old = |fstype: &str, option: &str| match fstype {
        "cifs" => option == "vers=1.0",
        _ => matches!(option, "vers=2" | "nfsvers=2" | "proto=udp" | "udp"),
    };
    Ok(remote(facts)?
        .into_iter()
        .filter_map(|(_, path, fstype, options)| {
            let option = options.iter().find(|option| old(fstype, option))?;
            Some(Message::new("finding-storage-old-mount-protocol").with("path", path).with("option", option))
        })
        .collect())
}

pub const ROOM: Rule = Rule {
    id: "storage.room",
    severity: Severity::Warns,
    area: Area::Storage,
    sources: &["own"],
    evidence: Evidence::Known,
    looks_at: &["mounts"],
    look: room,
    command: Some("yum clean all"),
    cases: &[
        found(clean_el7_web, |f| known(&mut known(&mut f.mounts)[1].space).free_kib = 1024),
        fine(clean_el7_web, |f| known(&mut known(&mut f.mounts)[1].space).free_kib = 524_288),
    ],
    ..Rule::USUAL
};
fn room(facts: &Facts) -> Result<Vec<Message>, Why> {
    let watched = facts.mounts.get()?.iter().filter(|mount| ROOM_WATCHED.contains(&mount.path.as_str()));
    let spaces = watched.map(|mount| Ok((mount, *mount.space.get()?))).collect::<Result<Vec<_>, Why>>()?;
    Ok(spaces.into_iter().filter(|(_, space)| is_tight(space)).map(|(mount, space)| tight(mount, space)).collect())
}

fn is_tight(space: &Space) -> bool {
    space.free_kib < ROOM_NEEDED_KIB || (space.inodes > 0 && space.inodes_free * 50 < space.inodes)
}

fn tight(mount: &Mount, space: Space) -> Message {
    Message::new("finding-storage-room")
        .with("path", &mount.path)
        .with("mib", space.free_kib / 1024)
        .with("needed", ROOM_NEEDED_KIB / 1024)
}

pub const LVM: Rule = Rule {
    id: "storage.lvm",
    severity: Severity::Informs,
    area: Area::Storage,
    sources: &["PLT-12", "PLT-13", "leapp-93"],
    evidence: Evidence::Reported,
    looks_at: &["fstab"],
    look: lvm,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.fstab).push(fstab("/dev/mapper/data-shop", "/srv/shop", "xfs"))),
        // The system's own volumes are made anew.
        fine(clean_el7_web, |f| known(&mut f.fstab).push(fstab("/dev/mapper/centos-home", "/home", "xfs"))),
    ],
    ..Rule::USUAL
};
fn lvm(facts: &Facts) -> Result<Vec<Message>, Why> {
    // The system's own volumes are made anew; what stands elsewhere holds data that must be carried.
    let own = ["/", "/boot", "/home", "/var", "/tmp", "/usr", "/var/log", "/var/tmp", "/var/log/audit", "swap", "none"];
    let volumes = facts.fstab.get()?.iter().filter(|row| {
        row.source.starts_with("/dev/mapper/") && row.fstype != "swap" && !own.contains(&row.path.as_str())
    });
    let paths: Vec<&str> = volumes.map(|row| row.path.as_str()).collect();
    Ok(found_if(!paths.is_empty(), || Message::new("finding-storage-lvm").with("paths", names(paths.iter().copied()))))
}

type Remote<'a> = (&'a str, &'a str, &'a str, &'a [String]);

/// Network file systems, written down or mounted now, each place once.
fn remote(facts: &Facts) -> Result<Vec<Remote<'_>>, Why> {
    let is_remote = |fstype: &str| matches!(fstype, "nfs" | "nfs4" | "cifs" | "smb3" | "glusterfs" | "ceph");
    let written = facts
        .fstab
        .get()?
        .iter()
        .map(|row| (row.source.as_str(), row.path.as_str(), row.fstype.as_str(), row.options.as_slice()));
    let mounted = facts
        .mounts
        .get()?
        .iter()
        .map(|mount| (mount.source.as_str(), mount.path.as_str(), mount.fstype.as_str(), mount.options.as_slice()));
    let mut seen = BTreeSet::new();
    Ok(written.chain(mounted).filter(|(_, path, fstype, _)| is_remote(fstype) && seen.insert(*path)).collect())
}
