//! Is the host still as it was surveyed? Then it is backed up and the backup is proven. Touches nothing.

use super::{
    Draft, sh,
    steps::{LONG, scripted, step},
};
use crate::{
    facts::{ConfigFile, Package},
    plan::{Action, BackUp, ConfigCarry, Place, Stage, Step},
};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Everything that people change, and everything that no package brings back.
const PATHS: [&str; 8] = ["/etc", "/root", "/home", "/opt", "/srv", "/usr/local", "/var/spool/cron", "/var/www"];

/// Caches and sockets of people's own sessions.
const EXCLUDE: [&str; 3] = ["/root/.cache", "/home/*/.cache", "/opt/*/run"];

/// Files that change while nobody does anything wrong: histories of shells, logs beside programs.
const VOLATILE: [&str; 6] =
    ["/root/.*_history", "/home/*/.*_history", "/opt/*.log", "/srv/*.log", "/etc/lvm/cache/*", "/opt/*/log/*"];

pub(super) fn steps(draft: &Draft<'_>) -> Vec<Step> {
    let what = back_up(draft);
    let recheck = recheck(draft);
    let check = scripted("secure.recheck", Stage::Secure, Place::Old, recheck.clone(), recheck);
    let action = |action| Step { timeout_s: LONG, ..step("secure.back-up", Stage::Secure, Place::Old, action) };
    let proof = Step {
        timeout_s: LONG,
        ..step("secure.prove-back-up", Stage::Secure, Place::Old, Action::ProveBackUp(what.clone()))
    };
    vec![Step { retries: 0, ..check }, action(Action::BackUp(what)), proof]
}

fn back_up(draft: &Draft<'_>) -> BackUp {
    let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
    BackUp {
        paths: list(&PATHS),
        exclude: list(&EXCLUDE),
        volatile: list(&VOLATILE),
        dumps: draft.parts.iter().flat_map(|p| p.dumps.clone()).collect(),
    }
}

fn recheck(draft: &Draft<'_>) -> String {
    let facts = draft.subject.facts;
    let system = facts.os.known().map(|os| format!("{} {}", os.id, os.version_id)).unwrap_or_default();
    let packages = packages_digest(facts.packages.known().map(Vec::as_slice).unwrap_or_default());
    let (mut files, mut sizes) = (String::new(), String::new());
    for carry in draft.files.config.iter().chain(&draft.files.units) {
        note_file(carry, draft.subject.config(&carry.from), &mut files, &mut sizes);
    }
    let vars = [("SYSTEM", system.as_str()), ("PACKAGES", &packages), ("FILES", &files), ("SIZES", &sizes)];
    sh::single(&vars, &[sh::body!("recheck")])
}

/// A file with a secret has no digest that may be told; its size still tells most changes.
fn note_file(carry: &ConfigCarry, file: Option<&ConfigFile>, files: &mut String, sizes: &mut String) {
    let _ = match (&carry.source_sha256, file) {
        (Some(sum), _) => writeln!(files, "{sum}  {}", carry.from),
        (None, Some(file)) => writeln!(sizes, "{} {}", file.size, carry.from),
        (None, None) => Ok(()),
    };
}

/// As the script computes it from `rpm -qa`.
fn packages_digest(packages: &[Package]) -> String {
    let line = |p: &Package| format!("{} {} {} {} {}\n", p.name, p.epoch, p.version, p.release, p.arch);
    let mut lines: Vec<String> = packages.iter().map(line).collect();
    lines.sort_unstable();
    Sha256::digest(lines.concat()).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
