//! Archives of real hosts: taken in and assessed in one go. The blocks and the unknowns are those that
//! `docs/real-archives.md` judges, no more and no less. Without the archives (`../shared/data`) it says so and skips.

use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

const HOSTS: [(&str, &str); 6] = [
    ("centos79", "insights/centos79.tar.gz"),
    ("rhel78", "insights/rhel78.tar.gz"),
    ("centos_8_archive", "insights/centos_8_archive.tar.gz"),
    ("rhel94_core_collect", "insights/rhel94_core_collect.tar.gz"),
    ("rhel95", "insights/rhel95.tar.gz"),
    ("jc", "jc-centos-7.7"),
];

const PROJECT: &str = "[project]\nname = \"Archives\"\nenvironment = \"preproduction\"\ninventory = [\"inventory.ini\"]\n\
    [roles.any]\ngroups = [\"any\"]\n[provisioner]\ncommand = [\"/bin/false\"]\n\
    [vault]\npath = \"vault\"\npassword_file = \"keys/vault.password\"\n";

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder of the archives, where it is.
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
fn data() -> Option<PathBuf> {
    let data = workspace().join("../shared/data/hosts");
    if data.is_dir() {
        return data.canonicalize().ok();
    }
    eprintln!("SKIPPED: no archives of real hosts at {}", data.display());
    None
}

struct Project(tempfile::TempDir);

impl Project {
    fn of(hosts: &[&str]) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("rockhop.toml"), PROJECT).expect("written");
        std::fs::write(dir.path().join("inventory.ini"), format!("[any]\n{}\n", hosts.join("\n"))).expect("written");
        Self(dir)
    }

    fn run(&self, args: &[String]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rockhop"));
        let output = command.current_dir(self.0.path()).args(args).env_clear().env("PATH", "/usr/bin:/bin").output();
        let output = output.expect("rockhop starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().expect("an exit code"), text(&output.stdout), text(&output.stderr))
    }

    fn json(&self, args: &[String]) -> Value {
        let (_, out, err) = self.run(args);
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}{err}"))
    }
}

fn words(line: &[&str]) -> Vec<String> {
    line.iter().map(|word| (*word).to_owned()).collect()
}

/// The rows of the table below a heading, without its head: the first two columns.
fn table(heading: &str) -> BTreeSet<(String, String)> {
    let page = std::fs::read_to_string(workspace().join("docs/real-archives.md")).expect("the page");
    let section = page.split(&format!("\n## {heading}\n")).nth(1).expect("the heading").split("\n## ").next();
    let rows = section.unwrap_or_default().lines().filter(|line| line.starts_with('|')).skip(2);
    let cells = |line: &str| {
        let cells: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
        (cells[1].clone(), cells[2].clone())
    };
    rows.map(cells).collect()
}

#[test]
fn blocks_and_unknowns_on_real_hosts_are_those_that_are_judged() {
    let Some(data) = data() else { return };
    let project = Project::of(&HOSTS.map(|(host, _)| host));
    let files = HOSTS.iter().map(|(host, file)| format!("{host}={}", data.join(file).display()));
    let imported = project.json(&words(&["--json", "survey", "import"]).into_iter().chain(files).collect::<Vec<_>>());
    let assessed = project.json(&words(&["--json", "assess"]));

    let mut unknowns = BTreeMap::new();
    for row in imported.as_array().expect("rows") {
        let unknown = row["unknown"].as_array().expect("a list").iter().map(|one| one.as_str().expect("text"));
        let sections = unknown.map(|one| {
            let (section, why) = one.split_once(": ").expect("a reason");
            assert_eq!(why, "facts-unknown-not-held", "{row}: a parser could not read {section}");
            section
        });
        let sections: Vec<&str> = sections.collect();
        unknowns.insert(row["host"].as_str().expect("a host").to_owned(), sections.join(" "));
    }
    let mut blocks = BTreeSet::new();
    for host in assessed["hosts"].as_array().expect("hosts") {
        assert_eq!(host["origin"]["by"], "archive");
        for finding in host["findings"].as_array().expect("findings") {
            if finding["severity"] == "blocks" && finding["outcome"].get("found").is_some() {
                let text = |value: &Value| value.as_str().expect("text").to_owned();
                blocks.insert((text(&host["host"]), text(&finding["rule"])));
            }
        }
    }
    let between: Vec<&Value> = assessed["fleet"].as_array().expect("a list").iter().collect();
    assert!(between.iter().all(|one| one["outcome"].get("found").is_none()), "strangers to each other: {between:?}");
    let unknowns: BTreeSet<(String, String)> = unknowns.into_iter().collect();
    let shown = unknowns.iter().map(|(host, sections)| format!("| {host} | {sections} |\n")).collect::<String>();
    assert_eq!(blocks, table("Blocks"));
    assert_eq!(unknowns, table("Unknowns"), "the table would be:\n{shown}");
}

#[test]
fn an_archive_is_of_the_host_that_it_names() {
    let Some(data) = data() else { return };
    let file = data.join("insights/rhel95.tar.gz").display().to_string();
    let import = |hosts: &[&str], more: &[&str]| {
        let project = Project::of(hosts);
        project.run(&[words(&["--lang", "en", "survey", "import"]), words(more), vec![file.clone()]].concat())
    };
    let (code, out, err) = import(&["vm-212-229", "other"], &[]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("vm-212-229: 1195 packages"), "{out}");
    let (code, _, err) = import(&["web-1"], &[]);
    assert!(code == 64 && err.contains("vm-212-229.lab") && err.contains("--host"), "{code}: {err}");
    let (code, _, err) = import(&["vm-212-229.a", "vm-212-229.b"], &[]);
    assert!(code == 64 && err.contains("several hosts"), "{code}: {err}");
    assert_eq!(import(&["web-1"], &["--host", "web-1"]).0, 0);
}

#[test]
fn a_host_judged_by_an_archive_is_not_planned() {
    let Some(data) = data() else { return };
    let project = Project::of(&["jc"]);
    let file = format!("jc={}", data.join("jc-centos-7.7").display());
    let (code, _, err) = project.run(&words(&["survey", "import", &file]));
    assert_eq!(code, 0, "{err}");
    let (_, out, _) = project.run(&words(&["--lang", "en", "assess"]));
    assert!(out.contains("Judged by an archive of another tool"), "{out}");
    let (code, _, err) = project.run(&words(&["--lang", "en", "plan", "--preproduction"]));
    assert!(code != 0 && err.contains("The facts of jc come from an archive"), "{code}: {err}");
}

#[test]
fn nothing_is_taken_of_several_when_one_is_broken() {
    let Some(data) = data() else { return };
    let project = Project::of(&["rhel95", "rhel78"]);
    let whole = std::fs::read(data.join("insights/rhel78.tar.gz")).expect("an archive");
    let cut = project.0.path().join("cut.tar.gz");
    std::fs::write(&cut, &whole[..whole.len() / 2]).expect("written");
    let good = format!("rhel95={}", data.join("insights/rhel95.tar.gz").display());
    let broken = format!("rhel78={}", cut.display());
    let (code, _, err) = project.run(&words(&["--lang", "en", "survey", "import", &good, &broken]));
    assert!(code == 78 && err.contains("cut.tar.gz") && err.contains("cut off in "), "{code}: {err}");
    let (code, _, err) = project.run(&words(&["--lang", "en", "assess"]));
    assert!(code == 4 && err.contains("rhel95"), "{code}: {err}");
}
