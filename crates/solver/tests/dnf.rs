//! The verdicts are dnf's: on repositories that are made up by a seeded generator, and asked of dnf itself.
//!
//! `ROCKHOP_DNF_CASES=600 cargo test -p rockhop-solver --test dnf` asks more than the ordinary run does;
//! `ROCKHOP_DNF_FIRST=92 ROCKHOP_DNF_CASES=1 ROCKHOP_DNF_KEEP=/tmp/case` looks at one, and keeps its repositories.

mod support;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rockhop_solver::{Arch, Question, Repositories, Role, Source, Verdict};
use std::path::Path;
use support::oracle::{Agreement, Asked, Oracle, Said};
use support::{Made, Packing, Stream, library, write};

/// How many questions the ordinary run asks.
const CASES: u64 = 120;

/// A made-up world of repositories and what is asked of it.
#[derive(Debug)]
struct Case {
    repos: Vec<(Vec<Made>, Vec<Stream>)>,
    packing: Packing,
    wanted: Vec<String>,
    streams: Vec<String>,
    best: bool,
    weak: bool,
}

const VERSIONS: [&str; 7] = ["1", "1.1", "1.05", "2~rc1", "2", "2^git", "10"];
const PATHS: [&str; 6] =
    ["/usr/bin/tool", "/etc/one.conf", "/usr/sbin/daemon", "/opt/x/data", "/usr/share/y", "/usr/lib/z"];
const CAPABILITIES: [&str; 6] =
    ["libssl.so.10()(64bit)", "libssl.so.3()(64bit)", "virtual(mail)", "webserver", "pkgconfig(x)", "libz.so.1"];

impl Case {
    fn new(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let names: Vec<String> = (0..rng.random_range(6..22)).map(|n| format!("p{n}")).collect();
        let mut repos: Vec<(Vec<Made>, Vec<Stream>)> = vec![(Vec::new(), Vec::new()); rng.random_range(1..=3)];
        for name in &names {
            for _ in 0..rng.random_range(1..=3) {
                let package = package(&mut rng, name, &names);
                let at = rng.random_range(0..repos.len());
                let twin = repos[at].0.iter().any(|p| p.artifact() == package.artifact());
                if !twin {
                    repos[at].0.push(package);
                }
            }
        }
        let (mut streams, mut all) = (Vec::new(), Vec::new());
        if rng.random_bool(0.4) {
            for (packages, made) in &mut repos {
                *made = modules(&mut rng, packages, &mut all);
                streams.extend(made.iter().map(|s| format!("{}:{}", s.module, s.stream)));
            }
        }
        let enabled = streams.choose(&mut rng).filter(|_| rng.random_bool(0.6)).cloned().into_iter().collect();
        let wanted = (0..rng.random_range(1..=4)).map(|_| wish(&mut rng, &names, &repos)).collect();
        let packing = *[Packing::Plain, Packing::Gzip, Packing::Zstd].choose(&mut rng).expect("three");
        Self { repos, packing, wanted, streams: enabled, best: rng.random_bool(0.6), weak: rng.random_bool(0.7) }
    }
}

fn package(rng: &mut StdRng, name: &str, names: &[String]) -> Made {
    let mut made = Made::new(name, VERSIONS.choose(rng).expect("some"));
    made.epoch = u32::from(rng.random_bool(0.15));
    made.release = ["1.el9", "2.el9_4", "1.el7"].choose(rng).expect("some").to_string();
    let arch = ["x86_64", "x86_64", "x86_64", "noarch", "i686", "aarch64"];
    made.arch = arch.choose(rng).expect("some").to_string();
    for (kind, most) in [("requires", 3), ("provides", 2), ("recommends", 1), ("conflicts", 1), ("obsoletes", 1)] {
        let rare = matches!(kind, "conflicts" | "obsoletes" | "recommends") && rng.random_bool(0.75);
        for _ in 0..(if rare { 0 } else { rng.random_range(0..=most) }) {
            let dep = dep(rng, kind, names);
            made = made.with(kind, &dep);
        }
    }
    for path in PATHS {
        if rng.random_bool(0.12) {
            made.files.push(path.to_owned());
        }
    }
    made
}

fn dep(rng: &mut StdRng, kind: &str, names: &[String]) -> String {
    let name = |rng: &mut StdRng| names.choose(rng).expect("some").clone();
    let versioned = |rng: &mut StdRng, name: String, ops: &[&str]| {
        let epoch = if rng.random_bool(0.1) { "1:" } else { "" };
        let release = if rng.random_bool(0.2) { "-1.el9" } else { "" };
        format!("{name} {} {epoch}{}{release}", ops.choose(rng).expect("some"), VERSIONS.choose(rng).expect("some"))
    };
    let chance = rng.random_range(0..100);
    match kind {
        "provides" if chance < 60 => (*CAPABILITIES.choose(rng).expect("some")).to_owned(),
        "provides" => versioned(rng, "virtual(x)".into(), &["="]),
        "obsoletes" => {
            let old = name(rng);
            versioned(rng, old, &["<", "<=", "="])
        }
        "requires" if chance < 6 => "rpmlib(RichDependencies) <= 4.12.0-1".into(),
        "requires" if chance < 26 => {
            let (a, b) = (name(rng), name(rng));
            let op = ["if", "or", "and"].choose(rng).expect("some");
            format!("({a} {op} {b})")
        }
        "requires" | "recommends" if chance < 40 => (*PATHS.choose(rng).expect("some")).to_owned(),
        "requires" | "recommends" if chance < 55 => (*CAPABILITIES.choose(rng).expect("some")).to_owned(),
        "requires" if chance < 60 => versioned(rng, "virtual(x)".into(), &[">=", "<", "="]),
        _ if chance < 80 => name(rng),
        _ => {
            let of = name(rng);
            versioned(rng, of, &[">=", "<", "=", ">", "<="])
        }
    }
}

fn modules(rng: &mut StdRng, packages: &[Made], all: &mut Vec<String>) -> Vec<Stream> {
    let module = format!("m{}", all.len());
    all.push(module.clone());
    let mut streams = Vec::new();
    for stream in ["1", "2"] {
        let share = rng.random_range(0.05..0.35);
        let artifacts: Vec<String> = packages.iter().filter(|_| rng.random_bool(share)).map(Made::artifact).collect();
        if !artifacts.is_empty() {
            let default = rng.random_bool(0.3) && !streams.iter().any(|s: &Stream| s.default);
            streams.push(Stream { module: module.clone(), stream: stream.into(), artifacts, default });
        }
    }
    streams
}

fn wish(rng: &mut StdRng, names: &[String], repos: &[(Vec<Made>, Vec<Stream>)]) -> String {
    let all: Vec<&Made> = repos.iter().flat_map(|(p, _)| p).collect();
    let one = *all.choose(rng).expect("some package");
    match rng.random_range(0..20) {
        0 => "nowhere".into(),
        1 => format!("{}.{}", one.name, one.arch),
        2 => format!("{}-{}", one.name, one.version),
        3 => format!("{}-{}-{}", one.name, one.version, one.release),
        4 => format!("{}-{}:{}-{}.{}", one.name, one.epoch, one.version, one.release, one.arch),
        5 => (*PATHS.choose(rng).expect("some")).to_owned(),
        6 => (*CAPABILITIES.choose(rng).expect("some")).to_owned(),
        _ => names.choose(rng).expect("some").clone(),
    }
}

#[test]
fn made_up_repositories_get_dnfs_verdicts() {
    let number = |name: &str| std::env::var(name).ok().map(|n| n.parse::<u64>().expect("a number"));
    let cases = number("ROCKHOP_DNF_CASES").unwrap_or(CASES);
    let work = tempfile::tempdir().expect("a folder");
    let mut oracle = Oracle::new(work.path());
    let mut agreement = Agreement::default();
    let first = number("ROCKHOP_DNF_FIRST").unwrap_or(0);
    for seed in first..first + cases {
        let (said, ours) = both(&mut oracle, work.path(), seed);
        agreement.note(&format!("seed {seed}"), &said, ours);
    }
    agreement.hold();
    // A single question that is looked at has no mix.
    let installs = agreement.installs;
    assert!(
        cases < 50 || installs * 5 > cases && installs * 5 < cases * 4,
        "{installs} of {cases} install: the mix tells too little"
    );
}

fn both(oracle: &mut Oracle, work: &Path, seed: u64) -> (Said, Verdict) {
    let case = Case::new(seed);
    let kept = std::env::var_os("ROCKHOP_DNF_KEEP");
    let folder = kept.map_or(work.to_owned(), Into::into).join(format!("case{seed}"));
    let mut sources = Vec::new();
    for (n, (packages, streams)) in case.repos.iter().enumerate() {
        let name = format!("r{seed}-{n}");
        let at = folder.join(&name);
        write(&at, packages, streams, case.packing);
        sources.push(Source { name, folder: at, role: Role::Enabled });
    }
    let said = oracle.ask(&Asked {
        repos: sources.iter().map(|s| (s.name.clone(), s.folder.display().to_string())).collect(),
        wanted: case.wanted.clone(),
        streams: case.streams.clone(),
        best: case.best,
        weak: case.weak,
    });
    let mut repositories = Repositories::load(library(), &sources, Arch::X86_64).expect("whole repositories");
    let streams = case.streams.iter().map(|s| s.parse().expect("a stream")).collect();
    let question = Question { wanted: case.wanted, streams, best: case.best, weak: case.weak };
    let ours = repositories.ask(&question).expect("whole repositories").verdict;
    (said, ours)
}
