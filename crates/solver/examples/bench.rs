//! What `bench/solver.sh` measures: a made-up repository of EL9's size, one host, and a thousand hosts.
//!
//!   bench make DIR [NAMES]     write the repository; NAMES is a file with real package names
//!   bench wanted DIR HOST      print what a host wants
//!   bench one DIR HOST         load and answer one host: milliseconds
//!   bench fleet DIR HOSTS      load once, answer all: seconds and peak memory

#![expect(clippy::print_stdout, reason = "a program for a script to read")]

#[path = "../tests/support/mod.rs"]
mod support;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rockhop_solver::{Arch, Question, Repositories, Role, Source, Verdict};
use std::path::Path;
use std::time::Instant;
use support::{Made, Packing, library, write};

/// EL9's BaseOS and AppStream together.
const PACKAGES: usize = 10_000;
/// What a server has installed.
const PACKAGES_OF_A_HOST: usize = 450;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["make", dir] => make(Path::new(dir), &[]),
        ["make", dir, names] => {
            let text = std::fs::read_to_string(names).expect("the list of names is readable");
            make(Path::new(dir), &text.lines().map(str::to_owned).collect::<Vec<_>>());
        }
        ["wanted", dir, host] => println!("{}", wanted(Path::new(dir), number(host)).join(" ")),
        ["one", dir, host] => one(Path::new(dir), number(host)),
        ["fleet", dir, hosts] => fleet(Path::new(dir), number(hosts)),
        other => panic!("not understood: {other:?}"),
    }
}

fn number(text: &str) -> u64 {
    text.parse().expect("a number")
}

/// Real names first, made-up ones to fill up. A package needs only packages before it, some by library, some by file.
fn make(dir: &Path, real: &[String]) {
    let mut rng = StdRng::seed_from_u64(9);
    let mut names: Vec<String> = real.iter().filter(|n| !n.is_empty()).take(PACKAGES).cloned().collect();
    names.extend((names.len()..PACKAGES).map(|n| format!("made-up-{n}")));
    let mut packages: Vec<Made> = Vec::new();
    for (n, name) in names.iter().enumerate() {
        let mut made = Made::new(name, &format!("{}.{}", rng.random_range(1..9), rng.random_range(0..30)));
        let library = format!("lib{name}.so.{}()(64bit)", rng.random_range(1..9));
        for provide in [library, format!("{name}(x86-64) = {}-{}", made.version, made.release)] {
            made = made.with("provides", &provide);
        }
        for symbol in 0..rng.random_range(0..12) {
            made = made.with("provides", &format!("lib{name}.so({}_{symbol})(64bit)", name.to_uppercase()));
        }
        for _ in 0..rng.random_range(2..14) {
            // Most of what is needed is among the first few hundred, as glibc, systemd and perl are.
            let near = if rng.random_bool(0.8) { n.min(400) } else { n };
            let Some(on) = packages.get(rng.random_range(0..near.max(1))).cloned() else { continue };
            let dep = match rng.random_range(0..10) {
                0..=5 => on.deps[0].1.clone(),
                6 => format!("{} >= {}", on.name, on.version),
                7 if n % 40 == 0 => format!("/usr/share/{}/data", on.name),
                8 => format!("({} if {})", on.name, name),
                _ => on.name.clone(),
            };
            made = made.with("requires", &dep);
        }
        made.files = (0..rng.random_range(4..180)).map(|f| format!("/usr/share/{name}/doc/file-{f}.html")).collect();
        made.files.extend([format!("/usr/bin/{name}"), format!("/etc/{name}.conf"), format!("/usr/share/{name}/data")]);
        packages.push(made);
    }
    write(dir, &packages, &[], Packing::Gzip);
    std::fs::write(dir.join("names"), names.join("\n")).expect("a file");
}

fn wanted(dir: &Path, host: u64) -> Vec<String> {
    let text = std::fs::read_to_string(dir.join("names")).expect("`bench make` was run");
    let names: Vec<&str> = text.lines().collect();
    let mut rng = StdRng::seed_from_u64(host);
    names.choose_multiple(&mut rng, PACKAGES_OF_A_HOST).map(|n| (*n).to_owned()).collect()
}

fn load(dir: &Path) -> Repositories {
    let source = Source { name: "made-up".into(), folder: dir.to_owned(), role: Role::Enabled };
    Repositories::load(library(), &[source], Arch::X86_64).expect("a whole repository")
}

fn installed(repositories: &mut Repositories, dir: &Path, host: u64) -> usize {
    match repositories.ask(&Question::of(wanted(dir, host))).expect("a whole repository").verdict {
        Verdict::Installs { packages, .. } => packages.len(),
        Verdict::Fails { failures, .. } => panic!("host {host} is refused: {failures:?}"),
    }
}

fn one(dir: &Path, host: u64) {
    let begun = Instant::now();
    let mut repositories = load(dir);
    let loaded = begun.elapsed();
    let asked = Instant::now();
    let packages = installed(&mut repositories, dir, host);
    println!("{} {} {} {packages}", begun.elapsed().as_millis(), loaded.as_millis(), asked.elapsed().as_millis());
}

fn fleet(dir: &Path, hosts: u64) {
    let begun = Instant::now();
    let mut repositories = load(dir);
    repositories.learn_all().expect("a whole repository");
    let packages: usize = (0..hosts).map(|host| installed(&mut repositories, dir, host)).sum();
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|l| l.split_whitespace().next());
    let peak: u64 = peak.and_then(|kib| kib.parse().ok()).expect("a number of KiB");
    println!("{:.1} {} {packages}", begun.elapsed().as_secs_f64(), peak / 1024);
}
