//! The kernel: its parameters, its settings, its modules.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{found_if, names};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Sysctl, Why};
use crate::remedy::kind::Mechanical;

/// Drivers of disks and networks that EL 9's kernel no longer has, as /proc/modules writes them (Leapp's list of devices
/// and drivers). Left out are floppy and pata_acpi: they are loaded on most virtual machines, and nothing needs them.
const REMOVED_DRIVERS: &[&str] = &[
    "3w_9xxx",
    "3w_sas",
    "acard_ahci",
    "aic79xx",
    "aoe",
    "arcmsr",
    "bfa",
    "bna",
    "cxgb3",
    "cxgb3i",
    "de2104x",
    "dmfe",
    "dnet",
    "ethoc",
    "hptiop",
    "ib_mthca",
    "initio",
    "isci",
    "iw_cxgb3",
    "libosd",
    "liquidio",
    "liquidio_vf",
    "mptctl",
    "mptfc",
    "mtip32xx",
    "mvsas",
    "mvumi",
    "osst",
    "pata_ali",
    "pata_amd",
    "pata_arasan_cf",
    "pata_artop",
    "pata_atiixp",
    "pata_atp867x",
    "pata_cmd64x",
    "pata_cs5536",
    "pata_hpt366",
    "pata_hpt37x",
    "pata_hpt3x2n",
    "pata_hpt3x3",
    "pata_it8213",
    "pata_it821x",
    "pata_jmicron",
    "pata_marvell",
    "pata_netcell",
    "pata_ninja32",
    "pata_oldpiix",
    "pata_pdc2027x",
    "pata_pdc202xx_old",
    "pata_piccolo",
    "pata_rdc",
    "pata_sch",
    "pata_serverworks",
    "pata_sil680",
    "pata_sis",
    "pata_via",
    "pdc_adma",
    "pm80xx",
    "pmcraid",
    "qlcnic",
    "qlge",
    "sata_mv",
    "sata_nv",
    "sata_promise",
    "sata_qstor",
    "sata_sil",
    "sata_sil24",
    "sata_sis",
    "sata_svw",
    "sata_sx4",
    "sata_uli",
    "sata_via",
    "sata_vsc",
    "stex",
    "sx8",
    "tulip",
    "ufshcd",
    "uli526x",
    "winbond_840",
];

/// Modules that come from a vendor, not from the distribution.
const VENDOR_MODULES: &[&str] = &[
    "nvidia",
    "vboxdrv",
    "vboxguest",
    "vmmon",
    "zfs",
    "spl",
    "openafs",
    "wireguard",
    "falcon_lsm_serviceable",
    "dsa_filter",
    "bmhook",
    "tmhook",
    "emcp",
    "veeamsnap",
    "drbd",
];

/// Settings that a newer kernel does not have: writing one is an error, and the value is silently missing.
const SYSCTL_GONE: &[&str] = &[
    "kernel.blk_iopoll",
    "kernel.exec-shield",
    "kernel.sched_latency_ns",
    "kernel.sched_migration_cost_ns",
    "kernel.sched_min_granularity_ns",
    "kernel.sched_wakeup_granularity_ns",
    "net.ipv4.inet_peer_gc_mintime",
    "net.ipv4.ip_conntrack_max",
    "net.ipv4.netfilter.ip_conntrack_max",
    "net.ipv4.rt_cache_rebuild_count",
    "net.ipv4.tcp_abc",
    "net.ipv4.tcp_cookie_size",
    "net.ipv4.tcp_dma_copybreak",
    "net.ipv4.tcp_frto_response",
    "net.ipv4.tcp_max_ssthresh",
    "net.ipv4.tcp_thin_dupack",
    "net.ipv4.tcp_tw_recycle",
    "vm.block_dump",
    "vm.hugepages_treat_as_movable",
    "vm.pdflush",
];

/// Settings that exist only once a module is loaded.
const SYSCTL_OF_MODULES: &[(&str, &str)] = &[
    ("net.bridge.bridge-nf-call-", "br_netfilter"),
    ("net.netfilter.", "nf_conntrack"),
    ("net.nf_conntrack_max", "nf_conntrack"),
];

pub const REMOVED_DRIVER: Rule = Rule {
    id: "kernel.removed-driver",
    severity: Severity::Warns, // the new machine need not have the old one's controllers
    area: Area::Kernel,
    sources: &["PLT-03", "leapp-51"],
    evidence: Evidence::Source,
    looks_at: &["block", "modules"],
    look: removed_driver,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.block)[0].driver = Some("3w-9xxx".into())),
        found(clean_el7_web, |f| known(&mut f.modules).push("qlcnic".into())),
        fine(clean_el7_web, |f| known(&mut f.modules).extend(["pata_acpi".into(), "floppy".into(), "mptspi".into()])),
        fine(clean_el7_web, |f| known(&mut f.block)[0].driver = Some("megaraid_sas".into())),
    ],
    ..Rule::USUAL
};
fn removed_driver(facts: &Facts) -> Result<Vec<Message>, Why> {
    let disks = facts.block.get()?.iter().filter_map(|device| device.driver.as_deref());
    let modules = facts.modules.get()?.iter().map(String::as_str);
    let gone: Vec<&str> =
        disks.chain(modules).filter(|driver| REMOVED_DRIVERS.contains(&driver.replace('-', "_").as_str())).collect();
    Ok(found_if(!gone.is_empty(), || Message::new("finding-kernel-removed-driver").with("drivers", names(gone))))
}

pub const VENDOR_MODULE: Rule = Rule {
    id: "kernel.vendor-module",
    severity: Severity::Warns,
    area: Area::Kernel,
    sources: &["PLT-04", "leapp-62", "MON-08"],
    evidence: Evidence::Source,
    looks_at: &["modules", "packages"],
    look: vendor_module,
    cases: &[
        found(clean_el7_web, |f| add_package(f, "kmod-megaraid", "1", "1")),
        fine(clean_el7_web, |f| add_package(f, "kmod-libs", "20", "28.el7")),
    ],
    ..Rule::USUAL
};
fn vendor_module(facts: &Facts) -> Result<Vec<Message>, Why> {
    let loaded = facts.modules.get()?.iter().filter(|module| VENDOR_MODULES.contains(&module.as_str()));
    let packaged = facts.packages.get()?.iter().map(|package| &package.name).filter(|name| is_module_package(name));
    let found: Vec<&String> = loaded.chain(packaged).collect();
    Ok(found_if(!found.is_empty(), || Message::new("finding-kernel-vendor-module").with("modules", names(found))))
}

fn is_module_package(name: &str) -> bool {
    let module = name.starts_with("kmod-") || name.starts_with("akmod-") || name == "dkms";
    module && !matches!(name, "kmod-libs" | "kmod-kvdo")
}

pub const CRASHKERNEL: Rule = Rule {
    id: "kernel.crashkernel-auto",
    severity: Severity::Warns,
    area: Area::Kernel,
    sources: &["PLT-20"],
    evidence: Evidence::Known,
    looks_at: &["cmdline"],
    look: crashkernel,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.cmdline).push_str(" crashkernel=auto")),
        fine(clean_el7_web, |f| known(&mut f.cmdline).push_str(" crashkernel=auto-is-off")),
    ],
    ..Rule::USUAL
};
fn crashkernel(facts: &Facts) -> Result<Vec<Message>, Why> {
    let auto = facts.cmdline.get()?.split_whitespace().any(|word| word == "crashkernel=auto");
    Ok(found_if(auto, || Message::new("finding-kernel-crashkernel-auto")))
}

pub const ELEVATOR: Rule = Rule {
    id: "kernel.elevator",
    severity: Severity::Warns,
    area: Area::Kernel,
    sources: &["PLT-19"],
    evidence: Evidence::Known,
    looks_at: &["cmdline"],
    look: elevator,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.cmdline).push_str(" elevator=noop")),
        fine(clean_el7_web, |f| known(&mut f.cmdline).push_str(" rd.lvm.lv=centos/elevator")),
    ],
    ..Rule::USUAL
};
fn elevator(facts: &Facts) -> Result<Vec<Message>, Why> {
    let words = facts.cmdline.get()?.split_whitespace();
    Ok(words
        .filter_map(|word| word.strip_prefix("elevator="))
        .map(|name| Message::new("finding-kernel-elevator").with("name", name))
        .collect())
}

pub const SYSCTL_REMOVED: Rule = Rule {
    id: "kernel.sysctl-removed",
    severity: Severity::Warns,
    area: Area::Kernel,
    sources: &["PLT-29"],
    evidence: Evidence::Tried,
    looks_at: &["sysctl_set"],
    look: sysctl_removed,
    mechanical: Some(Mechanical::SysctlGone),
    cases: &[
        found(clean_el7_web, |f| known(&mut f.sysctl_set).push(set("net.ipv4.tcp_tw_recycle", "1"))),
        // Has a successor of almost the same name, and stays.
        fine(clean_el7_web, |f| known(&mut f.sysctl_set).push(set("net.ipv4.tcp_tw_reuse", "1"))),
    ],
    ..Rule::USUAL
};
fn sysctl_removed(facts: &Facts) -> Result<Vec<Message>, Why> {
    let gone =
        |key: &str| SYSCTL_GONE.iter().any(|gone| key == *gone || (*gone == "vm.pdflush" && key.starts_with(gone)));
    let set = facts.sysctl_set.get()?.iter().filter(|setting| gone(&setting.key));
    Ok(set.map(|setting| setting_found("finding-kernel-sysctl-removed", setting)).collect())
}

pub const SYSCTL_MODULES: Rule = Rule {
    id: "kernel.sysctl-needs-module",
    severity: Severity::Informs,
    area: Area::Kernel,
    sources: &["PLT-30"],
    evidence: Evidence::Known,
    looks_at: &["sysctl_set"],
    look: sysctl_modules,
    cases: &[
        found(clean_el7_web, |f| {
            known(&mut f.sysctl_set).push(set("net.bridge.bridge-nf-call-iptables", "1"));
        }),
        found(clean_el7_web, |f| known(&mut f.sysctl_set).push(set("net.netfilter.nf_conntrack_max", "262144"))),
        fine(clean_el7_web, |f| known(&mut f.sysctl_set).push(set("net.core.netdev_max_backlog", "4096"))),
    ],
    ..Rule::USUAL
};
fn sysctl_modules(facts: &Facts) -> Result<Vec<Message>, Why> {
    let module =
        |key: &str| SYSCTL_OF_MODULES.iter().find(|(prefix, _)| key.starts_with(prefix)).map(|(_, module)| *module);
    let set = facts.sysctl_set.get()?.iter().filter_map(|setting| Some((setting, module(&setting.key)?)));
    Ok(set
        .map(|(setting, module)| setting_found("finding-kernel-sysctl-needs-module", setting).with("module", module))
        .collect())
}

fn setting_found(key: &str, setting: &Sysctl) -> Message {
    let file = setting.file.as_deref().unwrap_or("sysctl");
    Message::new(key).with("key", &setting.key).with("value", &setting.value).with("file", file)
}

pub const CGROUP_TOOLS: Rule = Rule {
    id: "kernel.cgroup-tools",
    severity: Severity::Warns,
    area: Area::Kernel,
    sources: &["PLT-23"],
    evidence: Evidence::Known,
    looks_at: &["units"],
    look: cgroup_tools,
    cases: &[
        found(clean_el7_web, |f| add_unit(f, "cgconfig.service")),
        fine(clean_el7_web, |f| add_idle_unit(f, "cgconfig.service")),
    ],
    ..Rule::USUAL
};
fn cgroup_tools(facts: &Facts) -> Result<Vec<Message>, Why> {
    let used =
        facts.units.get()?.iter().filter(|unit| matches!(unit.name.as_str(), "cgconfig.service" | "cgred.service"));
    Ok(used
        .filter(|unit| unit.is_enabled() || unit.is_active())
        .map(|unit| Message::new("finding-kernel-cgroup-tools").with("unit", &unit.name))
        .collect())
}
