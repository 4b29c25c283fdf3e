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
    let rest = Rest::of(draft);
    let taken = facts.taken_at.as_second().to_string();
    let vars = [
        ("SYSTEM", system.as_str()),
        ("PACKAGES", &packages),
        ("FILES", &files),
        ("SIZES", &sizes),
        ("REST", &rest.paths),
        ("REST_SUM", &rest.sum),
        ("FOLDERS", &rest.folders),
        ("TAKEN", &taken),
    ];
    sh::single(&vars, &[sh::body!("recheck")])
}

/// Folders in which people put files that count, whether or not the survey found one there.
const FOLDERS: [&str; 9] = [
    "/etc/cron.d",
    "/etc/logrotate.d",
    "/etc/my.cnf.d",
    "/etc/nginx/conf.d",
    "/etc/security/limits.d",
    "/etc/sudoers.d",
    "/etc/sysctl.d",
    "/etc/systemd/system",
    "/etc/yum.repos.d",
];

/// The surveyed files that do not go across: the plan was made in the belief that nothing of them has to.
struct Rest {
    /// One a line.
    paths: String,
    /// Over their digests, as the script computes it; one, for a plan of ten thousand hosts holds it for each.
    sum: String,
    /// Where a file that the survey did not see would count.
    folders: String,
}

impl Rest {
    fn of(draft: &Draft<'_>) -> Self {
        let surveyed = draft.subject.facts.config_files.known().map(Vec::as_slice).unwrap_or_default();
        let goes = |path: &str| draft.files.config.iter().chain(&draft.files.units).any(|carry| carry.from == path);
        let odd = |path: &str| path.contains(['\\', '\n']); // sha256sum writes these otherwise
        let (mut paths, mut sums) = (String::new(), String::new());
        for file in surveyed.iter().filter(|f| !goes(&f.path) && !odd(&f.path)) {
            let Some(sum) = file.sha256.known() else { continue };
            let _ = writeln!(paths, "{}", file.path);
            let _ = writeln!(sums, "{sum}  {}", file.path);
        }
        let parents = surveyed.iter().filter_map(|f| Some(f.path.rsplit_once('/')?.0));
        let mut folders: Vec<&str> = parents.filter(|p| p.starts_with("/etc/")).chain(FOLDERS).collect();
        folders.sort_unstable();
        folders.dedup();
        let folders = folders.iter().map(|f| format!("{f}\n")).collect();
        Self { paths, sum: hex(&Sha256::digest(sums)), folders }
    }
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
    hex(&Sha256::digest(lines.concat()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
