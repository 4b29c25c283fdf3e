//! What the kernel is told at boot, and what tells it more later: parameters, modules, schedulers, control groups.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{commands, content, files, found_if, holds_commands, in_lines, names};
use super::{Area, Evidence, FRESH, Rule, Severity};
use crate::Message;
use crate::facts::{ConfigFile, Facts, Why};
use crate::remedy::kind::Mechanical;

/// Parameters that an installer writes by itself, or that another rule is about.
const USUAL_PARAMETERS: &[&str] = &[
    "BOOT_IMAGE",
    "initrd",
    "root",
    "ro",
    "rw",
    "rhgb",
    "quiet",
    "crashkernel",
    "resume",
    "LANG",
    "console",
    "no_timer_check",
    "net.ifnames",
    "biosdevname",
    "elevator",
    "fips",
    "boot",
    "spectre_v2",
];

/// Schedulers of single-queue disks, which the kernel of EL 9 no longer has.
const OLD_SCHEDULERS: &[&str] = &["noop", "deadline", "cfq"];

/// Modules that Linux 4.19 merged into nf_conntrack and nf_nat, and the names that were old on EL 7 already.
const MERGED_MODULES: &[&str] = &[
    "nf_conntrack_ipv4",
    "nf_conntrack_ipv6",
    "nf_nat_ipv4",
    "nf_nat_ipv6",
    "nf_conntrack_proto_dccp",
    "nf_conntrack_proto_sctp",
    "nf_conntrack_proto_udplite",
    "ip_conntrack",
    "ip_conntrack_ftp",
    "ip_nat_ftp",
];

/// Scripts in /etc/sysconfig/modules that came with packages.
const VENDOR_MODULE_SCRIPTS: &[&str] = &["kvm.modules", "bluez-uinput.modules"];

/// Commands of libcgroup.
const CGROUP_COMMANDS: &[&str] = &["cgexec", "cgcreate", "cgset", "cgclassify", "cgdelete"];

/// Folders below /sys/fs/cgroup that only version 1 has.
const CGROUP_FOLDERS: &[&str] =
    &["memory", "cpu", "cpuacct", "cpuset", "blkio", "devices", "freezer", "net_cls", "pids"];

/// Drivers that EL 9 still has and no longer maintains (Leapp's list of devices and drivers).
const UNMAINTAINED: &[&str] = &[
    "bnx2",
    "dl2k",
    "e1000",
    "hfi1",
    "hpsa",
    "mptsas",
    "mptspi",
    "myri10ge",
    "netxen_nic",
    "nicpf",
    "nicvf",
    "qla3xxx",
    "rdma_rxe",
    "usnic_verbs",
    "vmw_pvrdma",
];

pub const OWN_PARAMETERS: Rule = Rule {
    id: "kernel.own-parameters",
    area: Area::Kernel,
    sources: &["PLT-35"],
    evidence: Evidence::Known,
    looks_at: &["cmdline"],
    look: own_parameters,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.cmdline).push_str(" transparent_hugepage=never isolcpus=2,3")),
        fine(clean_el7_web, |f| {
            known(&mut f.cmdline).push_str(" rd.lvm.lv=centos/root rhgb LANG=en_US.UTF-8 console=ttyS0,115200n8");
        }),
    ],
    ..Rule::USUAL
};
fn own_parameters(facts: &Facts) -> Result<Vec<Message>, Why> {
    let usual = |word: &str| {
        let name = word.split('=').next().unwrap_or_default();
        USUAL_PARAMETERS.contains(&name) || name.starts_with("rd.") || name.starts_with("vconsole.")
    };
    let own: Vec<&str> = facts.cmdline.get()?.split_whitespace().filter(|word| !usual(word)).collect();
    Ok(found_if(!own.is_empty(), || Message::new("finding-kernel-own-parameters").with("names", names(own))))
}

pub const BOOT_ENTRIES: Rule = Rule {
    id: "kernel.boot-entries",
    area: Area::Kernel,
    sources: &["PLT-35"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/grub.d/40_custom"],
    look: boot_entries,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/grub.d/40_custom", "#!/bin/sh\nexec tail -n +3 $0\nmenuentry 'memtest' {\n}\n");
        }),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/grub.d/40_custom", "#!/bin/sh\nexec tail -n +3 $0\n# This file provides an easy way\n");
        }),
    ],
    ..Rule::USUAL
};
fn boot_entries(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = in_lines(
        facts,
        |path| path == "/etc/grub.d/40_custom",
        |file, line| {
            let own = !(line.is("exec") && line.value() == "tail");
            own.then(|| Message::new("finding-kernel-boot-entries").with("file", &file.path).with("line", line.no))
        },
    )?;
    found.truncate(1);
    Ok(found)
}

pub const SCHEDULERS: Rule = Rule {
    id: "kernel.scheduler-names",
    area: Area::Kernel,
    sources: &["PLT-19"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/udev/rules.d/*.rules", "/etc/tuned/*/tuned.conf", "/etc/rc.d/rc.local"],
    look: schedulers,
    cases: &[
        found(clean_el7_web, |f| {
            let rule = "ACTION==\"add\", KERNEL==\"sd*\", ATTR{queue/scheduler}=\"deadline\"\n";
            add_file(f, "/etc/udev/rules.d/60-io.rules", rule);
        }),
        found(clean_el7_web, |f| {
            add_file(f, "/etc/rc.d/rc.local", "#!/bin/sh\necho noop > /sys/block/sda/queue/scheduler\n");
        }),
        found(clean_el7_web, |f| add_file(f, "/etc/tuned/db/tuned.conf", "[disk]\nelevator=deadline\n")),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/udev/rules.d/60-io.rules", "KERNEL==\"sd*\", ATTR{queue/scheduler}=\"mq-deadline\"\n");
        }),
    ],
    ..Rule::USUAL
};
fn schedulers(facts: &Facts) -> Result<Vec<Message>, Why> {
    let wanted = |path: &str| {
        ["/etc/udev/rules.d/", "/etc/tuned/", "/etc/cron"].iter().any(|folder| path.starts_with(folder))
            || matches!(path, "/etc/rc.d/rc.local" | "/etc/rc.local")
    };
    in_lines(facts, wanted, |file, line| {
        let whole = line.words.join(" ");
        let about = whole.contains("queue/scheduler") || whole.starts_with("elevator");
        let name = OLD_SCHEDULERS.iter().find(|name| names_scheduler(&whole, name)).filter(|_| about)?;
        Some(
            Message::new("finding-kernel-scheduler-names")
                .with("file", &file.path)
                .with("line", line.no)
                .with("name", name),
        )
    })
}

/// Whether the name stands alone: `mq-deadline` is another one than `deadline`.
fn names_scheduler(text: &str, name: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).any(|word| word == name)
}

pub const MERGED: Rule = Rule {
    id: "kernel.merged-modules",
    area: Area::Kernel,
    sources: &["PLT-30"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/modules-load.d/*.conf", "/etc/modprobe.d/*.conf", "/etc/sysconfig/*"],
    look: merged_modules,
    mechanical: Some(Mechanical::ModuleName),
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/modules-load.d/lvs.conf", "ip_vs\nnf_conntrack_ipv4\n")),
        found(clean_el7_web, |f| {
            add_file(f, "/etc/sysconfig/iptables-config", "IPTABLES_MODULES=\"ip_conntrack_ftp\"\n");
        }),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/modules-load.d/lvs.conf", "# nf_conntrack_ipv4\nnf_conntrack\nbr_netfilter\n");
            add_file(f, "/etc/sysconfig/iptables-config", "IPTABLES_MODULES=\"\"\nIPTABLES_SAVE_COUNTER=\"no\"\n");
        }),
    ],
    ..Rule::USUAL
};
fn merged_modules(facts: &Facts) -> Result<Vec<Message>, Why> {
    let wanted = |path: &str| {
        ["/etc/modules-load.d/", "/etc/modprobe.d/", "/etc/sysconfig/modules/"].iter().any(|at| path.starts_with(at))
            || matches!(path, "/etc/sysconfig/iptables-config" | "/etc/sysconfig/ip6tables-config")
    };
    in_lines(facts, wanted, |file, line| {
        let module = line
            .words
            .iter()
            .flat_map(|word| word.split(['"', '\'', '=']))
            .find_map(|word| MERGED_MODULES.iter().find(|module| **module == word))?;
        Some(Message::new("finding-kernel-merged-modules").with("file", &file.path).with("module", module))
    })
}

pub const MODULE_SCRIPTS: Rule = Rule {
    id: "kernel.module-scripts",
    area: Area::Kernel,
    sources: &["own"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/sysconfig/modules/*.modules"],
    look: module_scripts,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/sysconfig/modules/ipvs.modules", "#!/bin/sh\nmodprobe ip_vs\n")),
        fine(clean_el7_web, |f| add_file(f, "/etc/sysconfig/modules/kvm.modules", "#!/bin/sh\nmodprobe kvm\n")),
    ],
    ..Rule::USUAL
};
fn module_scripts(facts: &Facts) -> Result<Vec<Message>, Why> {
    let own = |path: &str| {
        path.strip_prefix("/etc/sysconfig/modules/").is_some_and(|name| !VENDOR_MODULE_SCRIPTS.contains(&name))
    };
    let mut found =
        in_lines(facts, own, |file, _| Some(Message::new("finding-kernel-module-scripts").with("file", &file.path)))?;
    found.dedup();
    Ok(found)
}

pub const CGROUP_PATHS: Rule = Rule {
    id: "kernel.cgroup-paths",
    area: Area::Kernel,
    sources: &["PLT-23"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    look: cgroup_paths,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/cron.d/limit", "* * * * * root cat /sys/fs/cgroup/memory/shop/memory.usage_in_bytes\n");
        }),
        found(clean_el7_web, |f| {
            add_file(f, "/etc/systemd/system/shop.service", "[Service]\nExecStart=/bin/cgexec -g cpu:shop /opt/shop\n");
        }),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/rc.d/init.d/functions", "cgroup=\"/bin/cgexec\"\n");
            add_file(f, "/etc/cron.d/limit", "* * * * * root cat /sys/fs/cgroup/system.slice/memory.current\n");
        }),
    ],
    ..Rule::USUAL
};
fn cgroup_paths(facts: &Facts) -> Result<Vec<Message>, Why> {
    let vendors = |file: &ConfigFile| file.changed_from_rpm == Some(false) || file.path == "/etc/rc.d/init.d/functions";
    let mut found = Vec::new();
    let wanted = |path: &str| {
        holds_commands(path)
            || ["/etc/sysconfig/", "/etc/default/", "/etc/zabbix/"].iter().any(|at| path.starts_with(at))
    };
    for file in files(facts, wanted)? {
        let text = if vendors(file) { "" } else { content(file)? };
        let what = text.lines().filter(|line| !line.trim_start().starts_with('#')).find_map(version_one);
        found.extend(
            what.map(|what| Message::new("finding-kernel-cgroup-paths").with("file", &file.path).with("what", what)),
        );
    }
    Ok(found)
}

/// The folder or command of control groups version 1 that the line names.
fn version_one(line: &str) -> Option<String> {
    if let Some((_, rest)) = line.split_once("/sys/fs/cgroup/") {
        let folder = rest.split(['/', ' ', '"', '\'']).next().unwrap_or_default();
        let first = folder.split(',').next().unwrap_or_default();
        return CGROUP_FOLDERS.contains(&first).then(|| format!("/sys/fs/cgroup/{folder}"));
    }
    if !line.contains("cg") {
        return None;
    }
    commands(line).find(|word| CGROUP_COMMANDS.contains(word)).map(str::to_owned)
}

pub const UNMAINTAINED_DRIVER: Rule = Rule {
    id: "kernel.unmaintained-driver",
    severity: Severity::Informs,
    area: Area::Kernel,
    sources: &["PLT-03", "leapp-54"],
    evidence: Evidence::Source,
    looks_at: &["block", "modules"],
    look: unmaintained_driver,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.modules).push("bnx2".into())),
        found(clean_el7_web, |f| known(&mut f.block)[0].driver = Some("hpsa".into())),
        fine(clean_el7_web, |f| known(&mut f.modules).push("e1000e".into())),
    ],
    ..Rule::USUAL
};
fn unmaintained_driver(facts: &Facts) -> Result<Vec<Message>, Why> {
    let disks = facts.block.get()?.iter().filter_map(|device| device.driver.as_deref());
    let modules = facts.modules.get()?.iter().map(String::as_str);
    let old: Vec<&str> = disks.chain(modules).filter(|name| UNMAINTAINED.contains(name)).collect();
    Ok(found_if(!old.is_empty(), || Message::new("finding-kernel-unmaintained-driver").with("names", names(old))))
}
