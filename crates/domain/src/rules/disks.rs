//! What lies under the file systems: several paths to a disk, encryption, compression, volume groups.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{content, content_of, files, found_if, in_lines, names, settings, unit_in_use};
use super::{Area, Evidence, FRESH, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, FstabRow, Why};
use crate::remedy::kind::Mechanical;

const MULTIPATH: &str = "/etc/multipath.conf";

/// Options that device sections of EL 9 decide, and `defaults` no longer does.
const MULTIPATH_NOW_ON: &[&str] = &["detect_path_checker", "detect_prio", "retain_attached_hw_handler"];

/// File systems that the system makes by itself, and the kinds that it makes there.
const SYSTEMS_OWN: &[(&str, &[&str])] = &[
    ("/proc", &["proc"]),
    ("/sys", &["sysfs"]),
    ("/dev", &["devtmpfs"]),
    ("/dev/shm", &["tmpfs"]),
    ("/dev/pts", &["devpts"]),
    ("/run", &["tmpfs"]),
    ("/sys/fs/cgroup", &["cgroup2"]),
    ("/sys/kernel/debug", &["debugfs"]),
    ("/sys/kernel/security", &["securityfs"]),
];

/// Disks over a network, by the module that carries them.
const NVME_TRANSPORTS: &[&str] = &["nvme_rdma", "nvme_fc", "nvme_tcp"];

pub const MULTIPATH_OPTIONS: Rule = Rule {
    id: "storage.multipath",
    area: Area::Storage,
    sources: &["PLT-16", "leapp-98", "leapp-99", "leapp-100", "leapp-103"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/multipath.conf", "/etc/multipath/conf.d/*.conf"],
    look: multipath_options,
    cases: &[
        found(clean_el7_web, |f| add_file(f, MULTIPATH, "defaults {\n  path_checker directio\n}\n")),
        found(clean_el7_web, |f| add_file(f, MULTIPATH, "defaults {\n  detect_prio no\n}\n")),
        found(clean_el7_web, |f| add_file(f, MULTIPATH, "defaults {\n  reassign_maps yes\n}\n")),
        found(clean_el7_web, |f| add_file(f, MULTIPATH, "blacklist {\n  devnode \"*\"\n}\n")),
        fine(clean_el7_web, |f| {
            let text = "defaults {\n  user_friendly_names yes\n  path_checker tur # as ever\n}\nblacklist {\n  devnode \".*\"\n}\n\
                        devices {\n  device {\n    vendor \"NETAPP\"\n    path_checker directio\n  }\n}\n";
            add_file(f, MULTIPATH, text);
        }),
    ],
    ..Rule::USUAL
};
fn multipath_options(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, |path| path == MULTIPATH || path.starts_with("/etc/multipath/"))? {
        let options = multipath(content(file)?);
        found.extend(options.iter().filter_map(|option| {
            let key = format!("finding-storage-multipath{}", option.trouble()?);
            Some(
                Message::new(key)
                    .with("file", &file.path)
                    .with("line", option.no)
                    .with("option", option.key)
                    .with("value", option.value),
            )
        }));
    }
    Ok(found)
}

/// One option of a multipath configuration, and the section that it stands in.
struct MultipathOption<'a> {
    no: usize,
    section: &'a str,
    key: &'a str,
    value: &'a str,
}

impl MultipathOption<'_> {
    /// What is wrong with it, as the end of a finding's key.
    fn trouble(&self) -> Option<&'static str> {
        match (self.section, self.key) {
            ("defaults", "path_checker" | "checker") if self.value != "tur" => Some("-checker"),
            ("defaults", key) if MULTIPATH_NOW_ON.contains(&key) => Some("-now-on"),
            (_, "reassign_maps") if matches!(self.value, "yes" | "1") => Some("-reassign"),
            (_, "devnode" | "vendor" | "product" | "wwid" | "property" | "protocol") if self.value == "*" => {
                Some("-pattern")
            }
            _ => None,
        }
    }
}

/// Reads `section { key value }`, sections within sections named by the outermost but for `device` and `multipath`.
fn multipath(text: &str) -> Vec<MultipathOption<'_>> {
    let (mut open, mut options) = (Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        let line = without_comment(line).trim();
        if let Some(name) = line.strip_suffix('{') {
            open.push(name.trim());
        } else if line.starts_with('}') {
            open.pop();
        } else if let Some((key, value)) = line.split_once(char::is_whitespace) {
            let section = open.last().copied().unwrap_or_default();
            options.push(MultipathOption { no: index + 1, section, key, value: value.trim().trim_matches('"') });
        }
    }
    options
}

/// The line up to a `#` or `!` that stands outside quotes.
fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    let end = line.find(|c: char| {
        quoted ^= c == '"';
        !quoted && matches!(c, '#' | '!')
    });
    &line[..end.unwrap_or(line.len())]
}

pub const MULTIPATH_DEFAULTS: Rule = Rule {
    id: "storage.multipath-new-defaults",
    severity: Severity::Informs,
    area: Area::Storage,
    sources: &["PLT-16", "leapp-96", "leapp-101", "leapp-102"],
    evidence: Evidence::Source,
    looks_at: &["config_files", "units"],
    places: &["/etc/multipath.conf"],
    look: multipath_defaults,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "multipathd.service");
            add_file(f, MULTIPATH, "defaults {\n  user_friendly_names yes\n}\n");
        }),
        fine(clean_el7_web, |f| {
            add_unit(f, "multipathd.service");
            add_file(f, MULTIPATH, "defaults {\n  enable_foreign NONE\n  allow_usb_devices no\n}\n");
        }),
        fine(clean_el7_web, |f| add_file(f, MULTIPATH, "defaults {\n  user_friendly_names yes\n}\n")),
    ],
    ..Rule::USUAL
};
fn multipath_defaults(facts: &Facts) -> Result<Vec<Message>, Why> {
    let (text, unit) = (content_of(facts, MULTIPATH)?, unit_in_use(facts, &["multipathd.service"])?);
    let (Some(text), Some(_)) = (text, unit) else { return Ok(Vec::new()) };
    let options = multipath(text);
    let unsaid = ["enable_foreign", "allow_usb_devices"];
    let unsaid: Vec<&str> = unsaid.into_iter().filter(|key| !options.iter().any(|option| option.key == *key)).collect();
    Ok(found_if(!unsaid.is_empty(), || {
        Message::new("finding-storage-multipath-new-defaults").with("file", MULTIPATH).with("names", names(unsaid))
    }))
}

pub const VDO: Rule = Rule {
    id: "storage.vdo",
    severity: Severity::Blocks,
    area: Area::Storage,
    sources: &["PLT-17", "leapp-104", "leapp-105", "leapp-106"],
    evidence: Evidence::Source,
    looks_at: &["config_files", "fstab"],
    places: &["/etc/vdoconf.yml"],
    look: vdo,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(
                f,
                "/etc/vdoconf.yml",
                "config: !Configuration\n  vdos:\n    vdo1: !VDOService\n      device: /dev/sdb\n",
            );
        }),
        found(clean_el7_web, |f| {
            add_file(f, "/etc/vdoconf.yml", "config: !Configuration\n  vdos: {}\n");
            known(&mut f.fstab).push(fstab("/dev/mapper/vdo1", "/data", "xfs"));
            known(&mut f.fstab)[2].options = vec!["x-systemd.requires=vdo.service".into()];
        }),
        fine(clean_el7_web, |f| add_file(f, "/etc/vdoconf.yml", "config: !Configuration\n  vdos: {}\n")),
    ],
    ..Rule::USUAL
};
fn vdo(facts: &Facts) -> Result<Vec<Message>, Why> {
    let message = |name: &str| Message::new("finding-storage-vdo").with("name", name);
    let text = content_of(facts, "/etc/vdoconf.yml")?.unwrap_or_default();
    let volumes = text.lines().filter_map(|line| line.split_once(": !VDOService")).map(|(name, _)| name.trim());
    let mut found: Vec<Message> = volumes.map(message).collect();
    let needs = |row: &&FstabRow| row.options.iter().any(|option| option.ends_with("=vdo.service"));
    let rows = facts.fstab.get()?.iter().filter(needs).map(|row| message(&row.source));
    found.extend(if found.is_empty() { rows.collect() } else { Vec::new() });
    Ok(found)
}

pub const ENCRYPTED: Rule = Rule {
    id: "storage.encrypted",
    area: Area::Storage,
    sources: &["PLT-15", "leapp-90", "leapp-91", "leapp-92"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/crypttab"],
    look: encrypted,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/crypttab", "data UUID=3e6b none luks\n")),
        found(clean_el7_web, |f| add_file(f, "/etc/crypttab", "data /dev/sdb1 /root/data.key luks\n")),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/crypttab", "swap /dev/vdb /dev/urandom swap,cipher=aes-xts-plain64\n")
        }),
    ],
    ..Rule::USUAL
};
fn encrypted(facts: &Facts) -> Result<Vec<Message>, Why> {
    in_lines(
        facts,
        |path| path == "/etc/crypttab",
        |_, line| {
            let key = line.words.get(2).copied().unwrap_or("none");
            match key {
                "/dev/urandom" | "/dev/random" => None,
                "none" | "-" => Some(Message::new("finding-storage-encrypted")),
                file => Some(Message::new("finding-storage-encrypted-key-file").with("file", file)),
            }
            .map(|message| message.with("name", line.words[0]).with("device", line.value()))
        },
    )
}

pub const FSTAB_LINES: Rule = Rule {
    id: "storage.fstab-lines",
    area: Area::Storage,
    sources: &["leapp-83"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/fstab"],
    look: fstab_lines,
    mechanical: Some(Mechanical::FstabComment),
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/fstab", "UUID=3e6b / xfs defaults 0 0 # the system\n")),
        found(clean_el7_web, |f| add_file(f, "/etc/fstab", "UUID=3e6b /data\n")),
        fine(clean_el7_web, |f| add_file(f, "/etc/fstab", "# made by anaconda\n\nUUID=3e6b / xfs defaults 0 0\n")),
    ],
    ..Rule::USUAL
};
fn fstab_lines(facts: &Facts) -> Result<Vec<Message>, Why> {
    in_lines(
        facts,
        |path| path == "/etc/fstab",
        |file, line| {
            let odd = !(4..=6).contains(&line.words.len()) || line.words.iter().any(|word| word.starts_with('#'));
            odd.then(|| Message::new("finding-storage-fstab-lines").with("file", &file.path).with("line", line.no))
        },
    )
}

pub const SYSTEM_MOUNTS: Rule = Rule {
    id: "storage.system-mounts",
    severity: Severity::Blocks,
    area: Area::Storage,
    sources: &["leapp-85"],
    evidence: Evidence::Source,
    looks_at: &["fstab"],
    look: system_mounts,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.fstab).push(fstab("UUID=3e6c", "/run", "xfs"))),
        fine(clean_el7_web, |f| {
            known(&mut f.fstab).push(fstab("tmpfs", "/dev/shm", "tmpfs"));
            known(&mut f.fstab).push(fstab("proc", "/proc", "proc"));
        }),
    ],
    ..Rule::USUAL
};
fn system_mounts(facts: &Facts) -> Result<Vec<Message>, Why> {
    let wrong = |row: &&FstabRow| {
        SYSTEMS_OWN.iter().any(|(path, kinds)| *path == row.path && !kinds.contains(&row.fstype.as_str()))
    };
    Ok(facts
        .fstab
        .get()?
        .iter()
        .filter(wrong)
        .map(|row| {
            Message::new("finding-storage-system-mounts")
                .with("path", &row.path)
                .with("source", &row.source)
                .with("fstype", &row.fstype)
        })
        .collect())
}

pub const MOUNT_ORDER: Rule = Rule {
    id: "storage.mount-order",
    area: Area::Storage,
    sources: &["leapp-84"],
    evidence: Evidence::Source,
    looks_at: &["fstab"],
    look: mount_order,
    cases: &[
        found(clean_el7_web, |f| {
            known(&mut f.fstab).extend([fstab("LABEL=a", "/srv/shop", "xfs"), fstab("LABEL=b", "/srv", "xfs")]);
        }),
        fine(clean_el7_web, |f| {
            known(&mut f.fstab).extend([fstab("LABEL=a", "/srv", "xfs"), fstab("LABEL=b", "/srv/shop", "xfs")]);
        }),
    ],
    ..Rule::USUAL
};
fn mount_order(facts: &Facts) -> Result<Vec<Message>, Why> {
    let rows = facts.fstab.get()?;
    let above =
        |upper: &str, lower: &str| upper != "/" && lower.strip_prefix(upper).is_some_and(|rest| rest.starts_with('/'));
    let hidden = rows.iter().enumerate().filter_map(|(at, row)| {
        let later = rows[at..].iter().find(|later| above(&later.path, &row.path))?;
        Some(Message::new("finding-storage-mount-order").with("path", &row.path).with("over", &later.path))
    });
    Ok(hidden.collect())
}

pub const LVM_FILTER: Rule = Rule {
    id: "storage.lvm-filter",
    area: Area::Storage,
    sources: &["PLT-13", "leapp-93"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/lvm/lvm.conf"],
    look: lvm_filter,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/lvm/lvm.conf", "devices {\n\tglobal_filter = [ \"r|^/dev/sd.*|\", \"a|.*|\" ]\n}\n");
        }),
        fine(clean_el7_web, |f| {
            let text = "devices {\n\t# filter = [ \"r|/dev/cdrom|\" ]\n\tfilter = [ \"a|.*/|\" ]\n}\nglobal {\n\tuse_lvmetad = 1\n}\n";
            add_file(f, "/etc/lvm/lvm.conf", text);
        }),
    ],
    ..Rule::USUAL
};
fn lvm_filter(facts: &Facts) -> Result<Vec<Message>, Why> {
    let text = content_of(facts, "/etc/lvm/lvm.conf")?.unwrap_or_default();
    let all = |value: &str| {
        let bare: String = value.chars().filter(|c| !c.is_whitespace() && !matches!(c, '[' | ']' | '"')).collect();
        matches!(bare.as_str(), "a|.*/|" | "a|.*|" | "a/.*/")
    };
    let own = settings(text).into_iter().filter(|one| matches!(one.key, "filter" | "global_filter") && !all(one.value));
    Ok(own
        .map(|one| Message::new("finding-storage-lvm-filter").with("setting", one.key).with("value", one.value))
        .collect())
}

pub const LVM_CLUSTER: Rule = Rule {
    id: "storage.lvm-cluster",
    area: Area::Storage,
    sources: &["PLT-13"],
    evidence: Evidence::Known,
    looks_at: &["config_files", "units"],
    places: &["/etc/lvm/lvm.conf"],
    look: lvm_cluster,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/lvm/lvm.conf", "global {\n\tlocking_type = 3\n}\n")),
        found(clean_el7_web, |f| {
            add_file(f, "/etc/lvm/lvm.conf", "global {\n\tlocking_type = 1\n}\n");
            add_unit(f, "clvmd.service");
        }),
        fine(clean_el7_web, |f| add_file(f, "/etc/lvm/lvm.conf", "global {\n\tlocking_type = 1\n}\n")),
    ],
    ..Rule::USUAL
};
fn lvm_cluster(facts: &Facts) -> Result<Vec<Message>, Why> {
    let text = content_of(facts, "/etc/lvm/lvm.conf")?.unwrap_or_default();
    let set = settings(text).iter().any(|one| one.key == "locking_type" && one.value == "3");
    let unit = unit_in_use(facts, &["clvmd.service", "lvm2-cluster-activation.service"])?;
    Ok(found_if(set || unit.is_some(), || Message::new("finding-storage-lvm-cluster")))
}

pub const NVME: Rule = Rule {
    id: "storage.nvme-over-fabrics",
    area: Area::Storage,
    sources: &["leapp-94", "leapp-95", "leapp-96"],
    evidence: Evidence::Source,
    looks_at: &["modules"],
    look: nvme,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.modules).push("nvme_rdma".into())),
        fine(clean_el7_web, |f| known(&mut f.modules).extend(["nvme".into(), "nvme_core".into()])),
    ],
    ..Rule::USUAL
};
fn nvme(facts: &Facts) -> Result<Vec<Message>, Why> {
    let modules = facts.modules.get()?.iter().map(String::as_str);
    let carriers: Vec<&str> = modules.filter(|name| NVME_TRANSPORTS.contains(name)).collect();
    Ok(found_if(!carriers.is_empty(), || {
        Message::new("finding-storage-nvme-over-fabrics").with("names", names(carriers))
    }))
}
