//! How long Leapp's events take to load, and a transition by them.
//!
//!     cargo bench -p rockhop-domain --bench packages -- PES_FILE
//!
//! The package set is every input name of the file: more than any host has.
#![expect(clippy::disallowed_methods, reason = "a bench reads a file and the clock")]
#![expect(clippy::print_stdout, reason = "its figures are read by people")]

use rockhop_domain::packages::pes::{Arch, Events, Installed, Release, Way};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 50;
const WAY: Way = Way { from: Release::new(7, 9), to: Release::last_of(9), arch: Arch::X86_64 };

fn main() {
    let Some(path) = std::env::args().skip(1).find(|arg| !arg.starts_with("--")) else {
        println!("not measured: name a pes-events.json");
        return;
    };
    let bytes = std::fs::read(&path).expect("the file can be read");
    let names = input_names(&bytes);
    let events = Events::read(&path, &bytes).expect("events");
    println!("{path}: {} bytes, {} events, {} input names", bytes.len(), events.len(), names.len());
    say("load", || drop(black_box(Events::read("pes", black_box(&bytes)))));
    let installed = || names.iter().map(|name| Installed::from(name.as_str()));
    say("transition", || drop(black_box(events.transition(&WAY, installed()))));
}

/// The fastest, the middle and the slowest of the rounds.
fn say(what: &str, work: impl Fn()) {
    let mut took: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    took.sort_unstable();
    println!("{what}: least {:.2?}, median {:.2?}, most {:.2?}", took[0], took[ROUNDS / 2], took[ROUNDS - 1]);
}

fn input_names(bytes: &[u8]) -> BTreeSet<String> {
    let file: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
    let events = file["packageinfo"].as_array().expect("events");
    let takes = events.iter().filter_map(|event| event["in_packageset"]["package"].as_array());
    takes.flatten().filter_map(|package| package["name"].as_str().map(str::to_owned)).collect()
}
