//! A fresh machine with the packages and accounts that it needs. The old host serves on.

use super::{
    Draft, sh,
    steps::{LONG, MEDIUM, scripted, step},
};
use crate::plan::{Action, MachineSpec, Place, Scripts, Stage, Step, Undo};

/// The least that Rocky 9 is supported on, in KiB.
const LEAST_MEMORY_KIB: u64 = 1_572_864;
/// The least disk for a minimal installation and its updates, in KiB.
const LEAST_DISK_KIB: u64 = 10 * 1_048_576;

pub(super) fn steps(draft: &Draft<'_>) -> Vec<Step> {
    let mut steps = vec![provision(draft), prepare(draft)];
    let wanted = sh::words(&draft.mapping.install);
    if !wanted.is_empty() {
        let ask = sh::single(&[("WANTED", &wanted)], &[sh::body!("repositories")]);
        let asked = scripted("build.repositories", Stage::Build, Place::New, ask.clone(), ask);
        steps.push(Step { timeout_s: MEDIUM, ..asked });
    }
    if !draft.accounts.is_empty() {
        steps.push(accounts(draft));
    }
    if !wanted.is_empty() {
        steps.push(packages(&wanted));
    }
    steps
}

fn provision(draft: &Draft<'_>) -> Step {
    let facts = draft.subject.facts;
    let mounts = facts.mounts.known().map(Vec::as_slice).unwrap_or_default();
    let own = mounts.iter().filter(|m| matches!(m.fstype.as_str(), "xfs" | "ext4" | "ext3" | "btrfs"));
    let disk_kib: u64 = own.filter_map(|m| m.space.known()).map(|s| s.size_kib).sum();
    let spec = MachineSpec {
        os: "rocky9".to_owned(),
        memory_kib: facts.memory_kib.known().copied().unwrap_or_default().max(LEAST_MEMORY_KIB),
        cpus: facts.cpu.known().map_or(1, |c| c.count.max(1)),
        disk_kib: disk_kib.max(LEAST_DISK_KIB),
    };
    let made = step("build.provision", Stage::Build, Place::Controller, Action::Provision(spec));
    Step { undo: Undo::SetAside, timeout_s: LONG, ..made }
}

fn prepare(draft: &Draft<'_>) -> Step {
    let vars = [("ADDRESS", draft.address.as_str())];
    let apply = sh::single(&vars, &[sh::body!("prepare")]);
    let verify = sh::single(&vars, &[sh::body!("prepared")]);
    scripted("build.prepare", Stage::Build, Place::New, apply, verify)
}

fn accounts(draft: &Draft<'_>) -> Step {
    let vars = draft.accounts.vars(draft.subject);
    let vars: Vec<(&str, &str)> = vars.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let apply = sh::single(&vars, &[sh::body!("accounts")]);
    let verify = sh::single(&vars, &[sh::body!("accounts-there")]);
    scripted("build.accounts", Stage::Build, Place::New, apply, verify)
}

fn packages(wanted: &str) -> Step {
    let vars = [("WANTED", wanted)];
    let there = sh::single(&vars, &[sh::body!("packages-there")]);
    let scripts = Scripts {
        check: Some(format!("rpm -q --quiet --whatprovides {wanted} || exit 1\n")),
        apply: sh::single(&vars, &[sh::body!("packages")]),
        verify: there,
    };
    Step { timeout_s: LONG, ..step("build.packages", Stage::Build, Place::New, Action::Script(scripts)) }
}
