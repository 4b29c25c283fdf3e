//! Whether the machine can carry EL 9 at all.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::found_if;
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Read, Why};

/// What EL 9 needs on x86-64, as its own upgrade check counts it.
const MEMORY_NEEDED_KIB: u64 = 1_572_864;

/// Processors that Rocky 9 is built for.
const ARCHES: &[&str] = &["x86_64", "aarch64", "ppc64le", "s390x"];

/// Features of x86-64-v2, and those of x86-64 that every kernel lists.
const X86_64_V2: &[&str] = &[
    "cmov", "cx8", "fpu", "fxsr", "mmx", "syscall", "sse", "sse2", "cx16", "lahf_lm", "popcnt", "sse4_1", "sse4_2",
    "ssse3",
];

pub const RELEASE: Rule = Rule {
    id: "platform.release",
    severity: Severity::Blocks,
    area: Area::Platform,
    sources: &["leapp-32"],
    evidence: Evidence::Source,
    looks_at: &["os"],
    look: release,
    cases: &[
        found(clean_el7_web, |f| {
            let os = known(&mut f.os);
            (os.version_id, os.pretty) = ("6.10".into(), "CentOS release 6.10 (Final)".into());
        }),
        fine(clean_el7_web, |f| known(&mut f.os).version_id = "7.9".into()),
    ],
    ..Rule::USUAL
};
fn release(facts: &Facts) -> Result<Vec<Message>, Why> {
    let os = facts.os.get()?;
    Ok(found_if(!os.is_el(7), || Message::new("finding-platform-release").with("release", &os.pretty)))
}

pub const ARCH: Rule = Rule {
    id: "platform.arch",
    severity: Severity::Blocks,
    area: Area::Platform,
    sources: &["leapp-48"],
    evidence: Evidence::Source,
    looks_at: &["arch"],
    look: arch,
    cases: &[
        found(clean_el7_web, |f| f.arch = Read::Known("i686".into())),
        fine(clean_el7_web, |f| f.arch = Read::Known("aarch64".into())),
    ],
    ..Rule::USUAL
};
fn arch(facts: &Facts) -> Result<Vec<Message>, Why> {
    let arch = facts.arch.get()?;
    Ok(found_if(!ARCHES.contains(&arch.as_str()), || Message::new("finding-platform-arch").with("arch", arch)))
}

pub const CPU_LEVEL: Rule = Rule {
    id: "platform.cpu-level",
    severity: Severity::Blocks,
    area: Area::Platform,
    sources: &["PLT-01", "leapp-49"],
    evidence: Evidence::Source,
    looks_at: &["arch", "cpu"],
    look: cpu_level,
    cases: &[
        found(clean_el7_web, |f| {
            let cpu = known(&mut f.cpu);
            cpu.model = "Common KVM processor".into();
            cpu.flags.retain(|flag| flag != "sse4_2");
        }),
        fine(clean_el7_web, |f| {
            f.arch = Read::Known("aarch64".into());
            known(&mut f.cpu).flags = vec!["fp".into(), "asimd".into()];
        }),
    ],
    ..Rule::USUAL
};
fn cpu_level(facts: &Facts) -> Result<Vec<Message>, Why> {
    let (arch, cpu) = (facts.arch.get()?, facts.cpu.get()?);
    if arch != "x86_64" {
        return Ok(Vec::new());
    }
    let missing: Vec<&str> =
        X86_64_V2.iter().copied().filter(|flag| !cpu.flags.iter().any(|has| has == flag)).collect();
    Ok(found_if(!missing.is_empty(), || {
        Message::new("finding-platform-cpu-level").with("model", &cpu.model).with("missing", missing.join(", "))
    }))
}

pub const MEMORY: Rule = Rule {
    id: "platform.memory",
    severity: Severity::Blocks,
    area: Area::Platform,
    sources: &["PLT-02", "leapp-50"],
    evidence: Evidence::Source,
    looks_at: &["memory_kib"],
    look: memory,
    cases: &[
        found(clean_el7_web, |f| f.memory_kib = Read::Known(1_048_576)),
        fine(clean_el7_web, |f| f.memory_kib = Read::Known(1_572_864)),
    ],
    ..Rule::USUAL
};
fn memory(facts: &Facts) -> Result<Vec<Message>, Why> {
    let has = *facts.memory_kib.get()?;
    Ok(found_if(has < MEMORY_NEEDED_KIB, || {
        Message::new("finding-platform-memory").with("mib", has / 1024).with("needed", MEMORY_NEEDED_KIB / 1024)
    }))
}
