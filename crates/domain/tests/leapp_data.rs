//! The files that Leapp's data packages ship, read as they are.
#![expect(clippy::disallowed_methods, reason = "the tests read files; the crate itself reads none")]
#![expect(clippy::print_stderr, reason = "a test that is left out says so")]

use rockhop_domain::facts::{Package, Signature};
use rockhop_domain::packages::pes::{Arch, Events, Installed, Outcome, Release, Way};
use rockhop_domain::packages::{Fate, Given, Repomap, Vendors, judge};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/");
const WAY: Way = Way { from: Release::new(7, 9), to: Release::new(9, 4), arch: Arch::X86_64 };

/// A file of the real data, or a loud word that there is none here.
fn data(path: &str) -> Option<Vec<u8>> {
    let path = format!("{DATA}{path}");
    let bytes = std::fs::read(&path);
    if bytes.is_err() {
        eprintln!("SKIPPED: {path} is not here");
    }
    bytes.ok()
}

fn rocky() -> Option<Events> {
    let bytes = data("leapp/leapp-data-rocky/pes-events.json")?;
    Some(Events::read("pes-events.json", &bytes).expect("the file as it is shipped"))
}

fn of(events: &Events, names: &[&str]) -> Outcome {
    events.transition(&WAY, names.iter().map(|name| Installed::from(*name)))
}

#[test]
fn the_shipped_files_load_whole() {
    let Some(rocky) = rocky() else { return };
    assert_eq!(rocky.len(), 2290);
    let Some(centos) = data("leapp/leapp-data-rocky/centos-pes-events.json") else { return };
    assert_eq!(Events::read("centos", &centos).expect("the file as it is shipped").len(), 2289);
}

#[test]
fn facts_that_are_known_of_single_packages() {
    let Some(rocky) = rocky() else { return };
    for (installed, becomes) in [
        (&["ntp"][..], &["chrony", "ntpstat"][..]),
        (&["quagga"], &["frr"]),
        (&["yum-utils"], &["dnf-utils"]),
        (&["php-mysql"], &["php-mysqlnd"]),
        (&["authconfig"], &["authselect-compat"]),
        (&["tcp_wrappers"], &[]),
        (&["iptables"], &["iptables-libs", "iptables-nft"]),
        (&["httpd"], &["httpd"]),
    ] {
        let outcome = of(&rocky, installed);
        let names: Vec<&str> = outcome.names().into_iter().collect();
        assert_eq!(names, becomes, "{installed:?}");
    }
    assert!(of(&rocky, &["httpd"]).traces["httpd"].said.is_empty(), "no event speaks of httpd");
}

/// All input names of the file at once. The count and the digest are of what Leapp's own code left of the same names; see
/// `every_set_ends_as_leapp_says`.
#[test]
fn all_input_names_at_once_end_as_leapp_says() {
    let Some(bytes) = data("leapp/leapp-data-rocky/pes-events.json") else { return };
    let names = input_names(&bytes, "x86_64");
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let outcome = of(&Events::read("pes", &bytes).expect("events"), &names);
    let target: Vec<&str> = outcome.names().into_iter().collect();
    assert_eq!((names.len(), target.len()), (2511, 1467));
    let digest = blake3::hash(target.join("\n").as_bytes()).to_hex();
    assert_eq!(&digest[..16], "92a3a4471ac56809");
}

/// The names that events of an architecture take.
fn input_names(bytes: &[u8], arch: &str) -> std::collections::BTreeSet<String> {
    let file: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
    let events = file["packageinfo"].as_array().expect("events");
    let on =
        |event: &&serde_json::Value| event["architectures"].as_array().is_some_and(|a| a.iter().any(|a| a == arch));
    let takes = events.iter().filter(on).filter_map(|event| event["in_packageset"]["package"].as_array());
    takes.flatten().filter_map(|package| package["name"].as_str().map(str::to_owned)).collect()
}

/// Compares with Leapp's own code, set by set. `scripts/leapp-reference.py` writes the answers and says how to run this.
#[test]
#[ignore = "needs the answers of Leapp's own code, which is not kept here"]
fn every_set_ends_as_leapp_says() {
    #[derive(serde::Deserialize)]
    struct Answer {
        what: String,
        names: Vec<String>,
        target: std::collections::BTreeSet<String>,
    }
    let read = |variable: &str| {
        let path = std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set"));
        std::fs::read(&path).expect("the file that the variable names")
    };
    let events = Events::read("pes", &read("ROCKHOP_LEAPP_EVENTS")).expect("events");
    let way = Way { to: Release::last_of(9), ..WAY };
    let answers = String::from_utf8(read("ROCKHOP_LEAPP_ANSWERS")).expect("text");
    let mut compared = 0;
    for line in answers.lines() {
        let answer: Answer = serde_json::from_str(line).expect("an answer");
        let outcome = events.transition(&way, answer.names.iter().map(|name| Installed::from(name.as_str())));
        let names = outcome.names().into_iter().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(names, answer.target, "{}", answer.what);
        compared += 1;
    }
    assert!(compared > 0, "no answers");
}

/// Every file of a folder of the real data, sorted, or a loud word that there is none here.
fn folder(path: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let Ok(entries) = std::fs::read_dir(format!("{DATA}{path}")) else {
        eprintln!("SKIPPED: {DATA}{path} is not here");
        return None;
    };
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let read = |path: std::path::PathBuf| (path.display().to_string(), std::fs::read(&path).expect("a file"));
    let mut files: Vec<_> = paths.map(read).collect();
    files.sort();
    Some(files)
}

#[test]
fn repository_maps_load_as_they_are_shipped() {
    for path in ["leapp-data-rocky", "leapp-data-rocky-newer"] {
        for release in ["el8", "el9"] {
            let Some(bytes) = data(&format!("leapp/{path}/repomap.json.{release}")) else { return };
            let map = Repomap::read(path, &bytes).expect("the file as it is shipped");
            assert!(!map.pairs().is_empty(), "{path} {release}");
        }
    }
    let bytes = data("leapp/leapp-data-rocky/repomap.json.el8").expect("it was there");
    let map = Repomap::read("repomap.json", &bytes).expect("the file as it is shipped");
    let of_base: Vec<&str> = map.pairs().into_iter().filter(|(from, _)| *from == "base").map(|(_, to)| to).collect();
    assert_eq!(of_base.len(), 5);
    assert!(of_base.contains(&"rocky8-powertools"));
}

#[test]
fn vendors_load_as_they_are_shipped() {
    let Some(files) = folder("leapp/vendors.d") else { return };
    let mut events = Events::default();
    let vendors = Vendors::read(&files, &mut events).expect("the folder as it is shipped");
    assert_eq!(vendors.of_key("6a2faea2352c64e5"), Some("epel"));
    assert_eq!(vendors.repositories.len(), 4);
    let outcome = of(&events, &["percona-xtrabackup"]);
    assert_eq!(outcome.install.into_iter().collect::<Vec<_>>(), ["MariaDB-backup"]);
}

/// A list of packages of a real host.
fn host(name: &str) -> Option<Vec<Package>> {
    let text = String::from_utf8(data(&format!("packages/{name}.packages.tsv"))?).expect("text");
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    Some(rows.map(|row| package(&row.split('\t').collect::<Vec<_>>())).collect())
}

fn package(cells: &[&str]) -> Package {
    let cell = |at: usize| cells.get(at).copied().filter(|cell| *cell != "(none)").unwrap_or_default().to_owned();
    let key = cell(7).rsplit_once("Key ID ").map(|(_, id)| id.to_owned());
    let signature = key.map_or(Signature::None, |id| Signature::Key { id, algorithm: "RSA/SHA256".to_owned() });
    Package {
        name: cell(0),
        epoch: cell(1).parse().expect("an epoch"),
        version: cell(2),
        release: cell(3),
        arch: cell(4),
        vendor: cell(5),
        source: String::new(),
        signature,
    }
}

/// How many packages of each real host have which fate; and that Leapp's own answer about the host was taken as it is.
#[test]
fn real_hosts_are_judged_whole() {
    let Some(events) = rocky() else { return };
    let given = Given { events: Some(events), ..Given::default() };
    // Kept, replaced, comes, removed, unknown: with Leapp's events, and without any file.
    let mut got = Vec::new();
    for (name, release) in [
        ("centos-7.6-minimal-openstack-vm", Release::new(7, 6)),
        ("centos-7.7-jc-vm", Release::new(7, 7)),
        ("rhel-7.8-vm", Release::new(7, 8)),
    ] {
        let Some(packages) = host(name) else { return };
        assert_eq!(rockhop_domain::packages::release(&packages, None), Some(release), "{name}");
        let way = Way { from: release, ..WAY };
        for given in [&given, &Given::default()] {
            let transition = judge(&packages, &way, given, &[]);
            let count = |fate| transition.of(fate).count();
            let counts = [Fate::Keeps, Fate::Replaced, Fate::Comes, Fate::Removed, Fate::Unknown].map(count);
            assert_eq!(counts.iter().sum::<usize>(), transition.packages.len());
            got.push((name, given.events.is_some(), counts));
        }
    }
    let want = [
        ("centos-7.6-minimal-openstack-vm", true, [15, 10, 271, 9, 2]),
        ("centos-7.6-minimal-openstack-vm", false, [15, 10, 271, 9, 2]),
        ("centos-7.7-jc-vm", true, [28, 6, 364, 16, 14]),
        ("centos-7.7-jc-vm", false, [28, 5, 364, 16, 15]),
        ("rhel-7.8-vm", true, [21, 17, 316, 11, 13]),
        ("rhel-7.8-vm", false, [20, 12, 316, 9, 21]),
    ];
    assert_eq!(got, want);
}

/// A name alone makes no family of what the distribution has itself.
#[test]
fn no_package_of_the_distribution_is_taken_for_another_makers() {
    let Some(bytes) = data("repodata/yum-list-available/centos-7.6.1810-base-updates-extras.txt") else { return };
    let text = String::from_utf8(bytes).expect("text");
    let names = text.lines().filter(|line| !line.starts_with(' ')).filter_map(|line| line.split_whitespace().next());
    let names: Vec<&str> = names.filter_map(|name| Some(name.rsplit_once('.')?.0)).collect();
    assert!(names.len() > 7000, "the list is not read: {}", names.len());
    let packages: Vec<Package> = names.iter().map(|name| package(&[name, "0", "1", "1.el7", "x86_64"])).collect();
    let given = Given::default();
    let transition = judge(&packages, &WAY, &given, &[]);
    let taken: Vec<String> = transition.third_party().values().flatten().map(|s| s.name.to_owned()).collect();
    let expected = ["centos-release-scl", "centos-release-scl-rh", "scl-utils", "scl-utils-build"];
    assert_eq!(taken, expected);
}
