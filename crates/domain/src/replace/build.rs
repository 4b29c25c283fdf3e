//! A fresh machine with the packages and accounts that it needs. The old host serves on.

use super::{
    Draft, Subject, sh,
    steps::{LONG, MEDIUM, scripted, step},
};
use crate::Message;
use crate::packages::{SigningKey, TargetRepository, pes::Stream};
use crate::plan::{Action, MachineSpec, Place, Scripts, Stage, Step, Undo};
use indexmap::IndexMap;

/// Where dnf looks for repositories.
const REPOS: &str = "/etc/yum.repos.d";
/// The least that Rocky 9 is supported on, in KiB.
const LEAST_MEMORY_KIB: u64 = 1_572_864;
/// The least disk for a minimal installation and its updates, in KiB.
const LEAST_DISK_KIB: u64 = 10 * 1_048_576;

pub(super) fn steps(draft: &Draft<'_>) -> Vec<Step> {
    let mut steps = vec![provision(draft), prepare(draft)];
    let wanted = sh::words(&draft.account.installation.install);
    let sources = Sources::of(draft);
    if !wanted.is_empty() || sources.declares() {
        steps.push(sources.step(&wanted));
    }
    if !draft.accounts.is_empty() {
        steps.push(accounts(draft));
    }
    if !wanted.is_empty() {
        steps.push(packages(&wanted, &draft.account.installation.modules, &sources));
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

/// Where packages come from.
#[derive(Default)]
struct Sources {
    /// Options of dnf that leave only the declared repositories; nothing where none are.
    from: String,
    /// Parts of the script that define them and switch them on.
    parts: Vec<String>,
}

impl Sources {
    fn of(draft: &Draft<'_>) -> Self {
        let subject = draft.subject;
        let Some(declared) = subject.fleet.repositories_of(&subject.host.id) else { return Self::default() };
        let on: Vec<&TargetRepository> = declared.into_iter().filter(|repository| repository.on).collect();
        let mut parts: Vec<String> = on.iter().filter_map(|repository| key(repository, subject.keys)).collect();
        let definitions: String = on.iter().filter_map(|repository| repository.definition()).collect();
        let own = on.iter().filter(|repository| repository.address.is_none()).map(|repository| &repository.id);
        let vars = [("REPOS", REPOS), ("DEFINITIONS", &definitions), ("SWITCHED_ON", &sh::words(own))];
        parts.push(sh::part(&vars, &[sh::body!("repositories-declared")]));
        Self { from: sh::words(on.iter().map(|repository| format!("--repo={}", repository.id))), parts }
    }

    fn declares(&self) -> bool {
        !self.parts.is_empty()
    }

    fn step(&self, wanted: &str) -> Step {
        let ask = sh::part(&[("WANTED", wanted), ("FROM", &self.from)], &[sh::body!("repositories")]);
        let apply: Vec<String> = self.parts.iter().chain([&ask]).cloned().collect();
        let (apply, verify) = (sh::script(&apply), sh::script(std::slice::from_ref(&ask)));
        let asked = scripted("build.repositories", Stage::Build, Place::New, apply, verify);
        Step { timeout_s: MEDIUM, ..asked }
    }
}

/// The refusals because a signing key of the project was not read.
pub(super) fn keys_missing(subject: &Subject<'_>) -> Vec<Message> {
    let declared = subject.fleet.repositories_of(&subject.host.id).unwrap_or_default();
    let carried = declared.into_iter().filter(|repository| repository.on).filter_map(|r| match &r.key {
        Some(SigningKey::Carried { path }) if !subject.keys.contains_key(path) => Some(path),
        _ => None,
    });
    carried.map(|path| subject.refuse("plan-refuse-no-key").with("path", path)).collect()
}

/// Brings the key of a repository that the project keeps in a file of its own.
fn key(repository: &TargetRepository, keys: &IndexMap<String, String>) -> Option<String> {
    let Some(SigningKey::Carried { path }) = &repository.key else { return None };
    let text = keys.get(path)?.trim_end();
    let vars = [("KEY_FILE", repository.key_path()), ("KEY", text.to_owned())];
    let vars: Vec<(&str, &str)> = vars.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Some(sh::part(&vars, &[sh::body!("repository-key")]))
}

fn packages(wanted: &str, modules: &[Stream], sources: &Sources) -> Step {
    let modules = sh::words(modules.iter().map(Stream::to_string));
    let vars = [("WANTED", wanted), ("FROM", sources.from.as_str()), ("MODULES", &modules)];
    let there = sh::single(&vars, &[sh::body!("packages-there")]);
    let scripts = Scripts {
        check: Some(format!("rpm -q --quiet --whatprovides {wanted} || exit 1\n")),
        apply: sh::single(&vars, &[sh::body!("packages")]),
        verify: there,
    };
    Step { timeout_s: LONG, ..step("build.packages", Stage::Build, Place::New, Action::Script(scripts)) }
}
