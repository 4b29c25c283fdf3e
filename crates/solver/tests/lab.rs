//! The verdicts are dnf's on the repositories of the lab's Rocky hosts: made by rpmbuild and createrepo_c, as a site's own
//! are, and then with packages taken out of them.

mod support;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rockhop_lab::{Face, build_repositories};
use rockhop_solver::{Arch, Question, Repositories, Role, Source};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::library;
use support::oracle::{Agreement, Asked, Oracle};

/// Names that are asked for together, of the whole repositories.
const SETS: usize = 60;
/// Repositories with packages taken out, and how many sets are asked of each.
const MUTANTS: u64 = 40;
const SETS_OF_A_MUTANT: usize = 5;

struct Asking {
    oracle: Oracle,
    agreement: Agreement,
}

#[test]
fn the_labs_repositories_get_dnfs_verdicts() {
    let work = tempfile::tempdir().expect("a folder");
    build_repositories(Face::El9, work.path()).expect("rpmbuild and createrepo_c (scripts/prerequisites.sh)");
    let whole = work.path().join("el9");
    let mut names = names(&whole);
    assert!(names.len() > 200, "{} packages are not the lab's", names.len());
    names.push("nowhere-to-be-found".into());
    let mut rng = StdRng::seed_from_u64(9);
    let mut asking = Asking { oracle: Oracle::new(work.path()), agreement: Agreement::default() };

    let alone = names.iter().map(|name| vec![name.clone()]).collect();
    asking.of(&whole, alone, &mut rng);
    let sets = (0..SETS).map(|_| set(&mut rng, &names)).collect();
    asking.of(&whole, sets, &mut rng);
    for mutant in 0..MUTANTS {
        let folder = work.path().join(format!("mutant-{mutant}"));
        let left = without_some(&whole, &folder, &mut rng);
        let sets = (0..SETS_OF_A_MUTANT).map(|_| set(&mut rng, &left)).collect();
        asking.of(&folder, sets, &mut rng);
    }
    asking.agreement.hold();
    let Agreement { asked, installs, .. } = asking.agreement;
    assert!(installs < asked && installs * 4 > asked, "{installs} of {asked} install: the mix tells too little");
}

impl Asking {
    /// Asks both for each set of names, of the repositories below a folder.
    fn of(&mut self, folder: &Path, sets: Vec<Vec<String>>, rng: &mut StdRng) {
        let sources: Vec<Source> = repositories(folder)
            .into_iter()
            .map(|at| Source { name: cache_name(&at), folder: at, role: Role::Enabled })
            .collect();
        let mut ours = Repositories::load(library(), &sources, Arch::X86_64).expect("whole repositories");
        for wanted in sets {
            let (best, weak) = (rng.random_bool(0.5), rng.random_bool(0.5));
            let said = self.oracle.ask(&Asked {
                repos: sources.iter().map(|s| (s.name.clone(), s.folder.display().to_string())).collect(),
                wanted: wanted.clone(),
                streams: Vec::new(),
                best,
                weak,
            });
            let about = format!("{}: {wanted:?}", folder.display());
            let question = Question { wanted, streams: Vec::new(), best, weak };
            let answer = ours.ask(&question).expect("whole repositories");
            self.agreement.note(&about, &said, answer.verdict);
        }
    }
}

/// dnf keeps what it read under a repository's name, so each has one of its own.
fn cache_name(folder: &Path) -> String {
    let words: Vec<String> = folder.iter().rev().take(2).map(|word| word.to_string_lossy().into_owned()).collect();
    words.join("-")
}

/// The folders that hold a repository, in order.
fn repositories(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut all: Vec<PathBuf> = entries.filter(|path| path.join("repodata").is_dir()).collect();
    all.sort();
    all
}

/// The package files of a repository, in order.
fn files(repository: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(repository).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut all: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|ext| ext == "rpm")).collect();
    all.sort();
    all
}

/// The names of all packages.
fn names(folder: &Path) -> Vec<String> {
    repositories(folder).iter().flat_map(|at| files(at)).map(|file| name(&file)).collect()
}

/// `nginx` of `nginx-1.20.1-22.el9.x86_64.rpm`.
fn name(file: &Path) -> String {
    let stem = file.file_stem().expect("a name").to_string_lossy();
    stem.rsplitn(3, '-').last().expect("a name").to_owned()
}

fn set(rng: &mut StdRng, names: &[String]) -> Vec<String> {
    let size = rng.random_range(2..=25);
    names.choose_multiple(rng, size).cloned().collect()
}

/// The same repositories with half their packages, and the names that were there.
fn without_some(whole: &Path, into: &Path, rng: &mut StdRng) -> Vec<String> {
    let mut left = Vec::new();
    for repository in repositories(whole) {
        let folder = into.join(repository.file_name().expect("a name"));
        fs::create_dir_all(&folder).expect("a folder");
        for file in files(&repository) {
            if rng.random_bool(0.5) {
                fs::hard_link(&file, folder.join(file.file_name().expect("a name"))).expect("a link");
                left.push(name(&file));
            }
        }
        let made = Command::new("createrepo_c").args(["--quiet", "--no-database"]).arg(&folder).status();
        assert!(made.expect("createrepo_c is installed (scripts/prerequisites.sh)").success());
    }
    left
}
