//! The whole line on real hosts: survey, plan, approval, run, faults, kill -9, rollback, report.
//!
//! These tests need root and several minutes, and so they run only when they are asked for:
//! `cargo test -p rockhop-cli --test line -- --ignored --test-threads 1`. Asked for without root, they fail.

use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

const STATE: &str = "/var/lib/rockhop-lab-test";
const NAMESPACE: &str = "rockhop-lab-test";
const SUBNET: &str = "10.79.0.0/16";
const FLEET: &str = "edge-1,load-1,mon-1,cache-1,cache-2,web-1,web-2,web-3,db-1,db-2";
/// Here only the web servers move.
const WEB: &str = "edge-1,load-1,cache-1,db-1,web-1,web-2,web-3,web-4,web-5,web-6";

/// A lab and its project, both fresh.
struct Line {
    project: PathBuf,
}

impl Line {
    fn fresh(name: &str) -> Self {
        let line = Self::of(name, FLEET);
        line.waive();
        line
    }

    /// A fleet of which only the web servers move, and one of them may fail.
    fn web(name: &str) -> Self {
        let line = Self::of(name, WEB);
        let path = line.project.join("rockhop.toml");
        let mut text = fs::read_to_string(&path).expect("rockhop.toml");
        for role in ["cache", "postgresql"] {
            let head = format!("[roles.{role}]\n");
            assert!(text.contains(&head), "{text}");
            text = text.replace(&head, &format!("{head}moves = false\n"));
        }
        assert!(text.contains("failure_budget = 2\n"), "{text}");
        fs::write(&path, text.replace("failure_budget = 2\n", "failure_budget = 1\n")).expect("rockhop.toml");
        line
    }

    fn of(name: &str, fleet: &str) -> Self {
        assert!(nix::unistd::Uid::effective().is_root(), "the line's tests were asked for and need root");
        let project = Path::new(STATE).join(format!("project-{name}"));
        let line = Self { project };
        line.lab(&["down"]);
        let _ = fs::remove_dir_all(&line.project);
        fs::create_dir_all(&line.project).expect("a project folder");
        let up = line.lab(&["up", "--fleet", fleet]);
        assert!(up.status.success(), "{}", text(&up));
        line
    }

    /// The lab's monitoring asks for a metric that EL9 renamed; the assessment blocks on it, rightly.
    fn waive(&self) {
        let path = self.project.join("rockhop.toml");
        let waiver = "\n[[waivers]]\nrule = \"fleet.alert-names\"\nhosts = [\"monitoring\", \"cache\", \"web\", \"postgresql\"]\n\
                      owner = \"test\"\nreason = \"rewritten after the move\"\nexpires = 2099-12-31\n";
        let project = fs::read_to_string(&path).expect("rockhop.toml") + waiver;
        fs::write(&path, project).expect("rockhop.toml is written");
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rockhop"));
        command.args(["--lang", "en", "--plain", "-C"]).arg(&self.project).args(args).stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("rockhop starts")
    }

    fn lab(&self, args: &[&str]) -> Output {
        let all = [&["lab", "--state", STATE, "--namespace", NAMESPACE, "--subnet", SUBNET], args].concat();
        self.run(&all)
    }

    fn lab_ok(&self, args: &[&str]) {
        let output = self.lab(args);
        assert!(output.status.success(), "rockhop lab {}: {}", args.join(" "), text(&output));
    }

    fn ok(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "rockhop {}: {}", args.join(" "), text(&output));
        text(&output)
    }

    fn code(&self, args: &[&str]) -> i32 {
        self.run(args).status.code().expect("an exit code")
    }

    fn approved_plan(&self) {
        self.ok(&["survey"]);
        self.ok(&["assess"]);
        self.ok(&["plan"]);
        let key = self.project.join("keys/approver_ed25519");
        self.ok(&["approve", "--as", "lab-approver", "--key", &key.display().to_string()]);
    }

    /// Every event of the ledger, as JSON.
    fn events(&self) -> Vec<Value> {
        let output = self.run(&["ledger", "show", "--json"]);
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        lines.lines().map(|line| serde_json::from_str(line).expect("an event")).collect()
    }

    fn count(&self, kind: &str) -> usize {
        self.events().iter().filter(|e| e["kind"] == kind).count()
    }

    /// What `ops` sees on a machine of the lab, by its address in the subnet.
    fn on(&self, address: &str, script: &str) -> String {
        String::from_utf8_lossy(&self.over(address, script, Stdio::null())).into_owned()
    }

    /// What a script prints on a machine of the lab, given this to read.
    fn over(&self, address: &str, script: &str, input: impl Into<Stdio>) -> Vec<u8> {
        let known = format!("UserKnownHostsFile={}", self.project.join("known_hosts").display());
        let output = Command::new("nsenter")
            .arg(format!("--net=/run/netns/{NAMESPACE}"))
            .args(["ssh", "-F", "none", "-o", "BatchMode=yes", "-o", &known, "-i"])
            .arg(self.project.join("keys/ops_ed25519"))
            .args([&format!("ops@{address}"), script])
            .stdin(input)
            .output()
            .expect("ssh starts");
        assert!(output.status.success(), "{address}: {script}: {}", text(&output));
        output.stdout
    }

    /// Waits until these hosts have started what they start; a lab is up as soon as its hosts answer.
    fn has_started(&self, octets: &[u8]) {
        for octet in octets {
            let said = self.on(&format!("10.79.0.{octet}"), "systemctl is-system-running --wait || :");
            assert!(["running", "degraded"].contains(&said.trim()), "10.79.0.{octet} is {said}");
        }
    }

    /// Has the real `sos report` run on a machine, brought there from here, and fetches what it made.
    fn sosreport(&self, host: &str, address: &str) -> PathBuf {
        let tool = self.project.join("sos.tar");
        let mut tar = Command::new("tar");
        tar.args(["-C", "/", "-cf"]).arg(&tool).args(["etc/sos", "usr/bin/sos"]);
        tar.args(["sos", "pexpect", "ptyprocess"].map(|module| format!("usr/lib/python3/dist-packages/{module}")));
        assert!(tar.status().expect("tar starts").success(), "sos is not installed (scripts/prerequisites.sh)");
        self.over(address, "sudo -n tar -xf - -C /", fs::File::open(&tool).expect("the packed tool"));
        self.on(address, "sudo -n sh -c 'mkdir /var/tmp/sos && sos report --batch --tmp-dir /var/tmp/sos'");
        let archive = self.project.join(format!("{host}.tar.xz"));
        let made = self.over(address, "sudo -n sh -c 'cat /var/tmp/sos/sosreport-*.tar.xz'", Stdio::null());
        fs::write(&archive, made).expect("the archive is written");
        archive
    }

    fn allow_failures(&self, n: u8) {
        let path = self.project.join("rockhop.toml");
        let text = fs::read_to_string(&path).expect("rockhop.toml");
        fs::write(&path, text.replace("failure_budget = 1\n", &format!("failure_budget = {n}\n")))
            .expect("rockhop.toml");
    }

    /// The kinds of a host's events, in order.
    fn host_events(&self, host: &str) -> Vec<String> {
        let of_host = self.events().into_iter().filter(|e| e["host"] == host);
        of_host.map(|e| e["kind"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// What the hosts share in the vault is no longer what was written.
    fn a_damaged_vault_moves_nobody(&self) {
        self.approved_plan();
        assert!(self.lab(&["break", "vault", "vault-corrupt"]).status.success());
        assert_eq!(self.code(&["vault", "verify"]), 7);
        let output = self.run(&["run"]);
        assert_eq!(output.status.code(), Some(5), "{}", text(&output));
        assert!(text(&output).contains("is damaged") && !text(&output).contains("Backtrace"), "{}", text(&output));
        assert_eq!(accepted(self), 0);
        assert!(self.on("10.79.0.31", "cat /etc/os-release").contains("CentOS"));
        self.no_order_is_lost();
        self.ok(&["ledger", "verify"]);
    }

    /// Each receipt of the load generator has its order in the database, with the same hash.
    fn no_order_is_lost(&self) {
        let said = self.on("10.79.0.61", "sudo -n shop-verify || :");
        let verdict: Value = serde_json::from_str(said.trim()).expect("the verdict on the receipts");
        assert_eq!((&verdict["ok"], &verdict["missing"]), (&Value::Bool(true), &Value::from(0)), "{said}");
    }
}

/// What failed stays for whoever looks at it; what went well is taken away.
impl Drop for Line {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.lab(&["down"]);
        }
    }
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// How often the controller dies in one run.
const KILLS: u32 = 20;

/// Killed by SIGKILL at instants that a seed decides, taken up each time, and ending as if nothing had been.
/// On the way, one host's configuration arrives cut: it is noticed and repaired by the policy's retry.
#[test]
#[ignore = "needs root and minutes; `make test` asks for it"]
fn a_killed_controller_takes_up_its_hosts() {
    let line = Line::fresh("killed");
    assert_eq!(line.code(&["run"]), 3, "without a plan nothing runs");
    line.ok(&["survey"]);
    line.ok(&["assess"]);
    line.ok(&["plan"]);
    assert_eq!(line.code(&["run"]), 3, "without an approval nothing runs");
    assert_eq!(line.count("run-started"), 0, "and nothing was touched");
    line.approved_plan();
    assert!(line.lab(&["break", "web-3", "config-sync"]).status.success());
    let mut kills = 0;
    for seconds in instants(20_261_123, KILLS) {
        let mut child =
            line.command(&["run"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("rockhop starts");
        let end = Instant::now() + seconds;
        while Instant::now() < end && child.try_wait().expect("a child").is_none() {
            sleep(Duration::from_millis(50));
        }
        if child.try_wait().expect("a child").is_some() {
            break;
        }
        child.kill().expect("SIGKILL");
        child.wait().expect("a child");
        kills += 1;
    }
    let output = line.run(&["run"]);
    assert!(output.status.success(), "after {kills} kills: {}", text(&output));
    assert_eq!(kills, KILLS, "the run was over too soon");
    assert_eq!(accepted(&line), 8);
    line.ok(&["ledger", "verify"]);
    nothing_was_applied_twice(&line);
    assert!(line.count("step-failed") >= 1, "the cut configuration was not noticed");
    line.no_order_is_lost();
    line.ok(&["survey", "--after"]);
    line.ok(&["report"]);
}

/// A service that does not start on EL9: the old database serves again, and no committed order is lost.
#[test]
#[ignore = "needs root and minutes; `make test` asks for it"]
fn a_database_that_does_not_start_comes_back_without_loss() {
    let line = Line::fresh("database");
    line.approved_plan();
    assert!(line.lab(&["break", "db-1", "service-start"]).status.success());
    let output = line.run(&["run"]);
    assert_eq!(output.status.code(), Some(5), "{}", text(&output));
    assert!(line.on("10.79.0.41", "cat /etc/os-release").contains("CentOS"), "db-1 is the old one");
    line.no_order_is_lost();
    line.ok(&["ledger", "verify"]);
}

/// One web server is repaired by a retry, two more cannot be: the wave goes on within the failure budget, and then the
/// campaign stops by its stop rule and says why. The shop serves throughout, by the load generator's receipts.
#[test]
#[ignore = "needs root and minutes; `make test` asks for it"]
fn a_spent_failure_budget_stops_the_campaign() {
    let line = Line::web("budget");
    line.approved_plan();
    for (host, fault) in [("web-3", "config-sync"), ("web-2", "service-start"), ("web-4", "service-start")] {
        assert!(line.lab(&["break", host, fault]).status.success());
    }
    let output = line.run(&["run"]);
    assert_eq!(output.status.code(), Some(6), "{}", text(&output));
    assert!(text(&output).contains("the plan allows 1"), "{}", text(&output));
    assert_eq!(line.count("run-stopped"), 1);
    let end = |host: &str| line.host_events(host).last().cloned().unwrap_or_default();
    assert_eq!(end("web-3"), "step-finished", "repaired and accepted");
    for (octet, host) in [(32, "web-2"), (34, "web-4")] {
        assert_eq!(end(host), "undo-finished");
        assert!(line.on(&format!("10.79.0.{octet}"), "cat /etc/os-release").contains("CentOS"), "{host} is back");
    }
    assert_eq!(end("web-6"), "waiting", "nobody begins after the stop");
    line.no_order_is_lost();
    line.ok(&["report"]);
    line.ok(&["ledger", "verify"]);
}

/// A host that is not what was surveyed, shows another key or is not there, and a backup that cannot be read back: each is
/// refused with its reason before anything is built, and the host serves on as it was.
#[test]
#[ignore = "needs root and minutes; `make test` asks for it"]
fn what_is_not_as_it_was_is_refused_untouched() {
    let line = Line::web("refused");
    line.allow_failures(6);
    line.approved_plan();
    line.on("10.79.0.31", "echo 'vm.swappiness = 1' | sudo -n tee /etc/sysctl.d/99-later.conf");
    line.on("10.79.0.32", "echo 'vm.swappiness = 1' | sudo -n tee -a /etc/sysctl.conf");
    for (host, fault) in [("web-3", "host-key-changed"), ("web-4", "sshd-stopped"), ("web-5", "unreachable")] {
        assert!(line.lab(&["break", host, fault]).status.success());
    }
    let output = line.run(&["run"]);
    assert_eq!(output.status.code(), Some(5), "{}", text(&output));
    for said in [
        "99-later.conf was added after the survey",
        "changed after the survey",
        "web-3 shows another host key",
        "web-4 cannot be reached",
        "web-5 cannot be reached",
    ] {
        assert!(text(&output).contains(said), "{said}: {}", text(&output));
    }
    for host in ["web-1", "web-2", "web-3", "web-4", "web-5"] {
        let events = line.host_events(host);
        assert!(!events.iter().any(|kind| kind == "backed-up" || kind == "machine-made"), "{host}: {events:?}");
    }
    assert_eq!(accepted(&line), 1, "only web-6 is as it was");
    for (host, fault) in [("web-3", "host-key-changed"), ("web-4", "sshd-stopped"), ("web-5", "unreachable")] {
        assert!(line.lab(&["mend", host, fault]).status.success());
    }
    line.a_damaged_vault_moves_nobody();
}

/// Seconds between the kills: a fixed seed, so that a failure can be played again.
fn instants(seed: u64, count: u32) -> Vec<Duration> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    (0..count).map(|_| Duration::from_millis(500 + next() % 7_000)).collect()
}

fn accepted(line: &Line) -> usize {
    let ended = line.events().into_iter().rfind(|e| e["kind"] == "run-ended").expect("the run ended");
    usize::try_from(ended["accepted"].as_u64().expect("a number")).expect("a small number")
}

/// Each host's own journal has one line for each job that it ran.
fn nothing_was_applied_twice(line: &Line) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for octet in [11, 21, 22, 31, 32, 33, 41, 42] {
        let journal = line.on(&format!("10.79.0.{octet}"), "sudo -n journalctl -t rockhop -o cat --no-pager");
        for job in journal.lines().filter_map(|l| l.strip_prefix("apply ")) {
            *seen.entry(format!("{octet} {job}")).or_default() += 1;
        }
    }
    assert!(seen.len() > 40, "the journals say too little: {seen:?}");
    let twice: Vec<_> = seen.iter().filter(|(_, n)| **n > 1).collect();
    assert!(twice.is_empty(), "applied twice: {twice:?}");
}

/// A (host, rule) that the assessment found something for, and whether it blocks.
type Found = BTreeMap<(String, String), bool>;

/// What an assessment of the whole fleet found; what it could not look at is a failure here.
fn found(line: &Line) -> Found {
    line.ok(&["survey"]);
    let said = line.run(&["assess", "--json"]);
    let all: Value = serde_json::from_slice(&said.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&said)));
    let of = |host: &Value, finding: &Value| {
        let word = |value: &Value| value.as_str().expect("a word").to_owned();
        ((word(host), word(&finding["rule"])), finding["severity"] == "blocks")
    };
    let mut found = Found::new();
    for host in all["hosts"].as_array().expect("hosts") {
        let findings = host["findings"].as_array().expect("findings").iter();
        found.extend(findings.filter(|f| !f["outcome"]["found"].is_null()).map(|f| of(&host["host"], f)));
    }
    for finding in all["fleet"].as_array().expect("results over the fleet") {
        let hosts = finding["outcome"]["found"]["hosts"].as_array().into_iter().flatten();
        found.extend(hosts.map(|host| of(host, finding)));
    }
    found
}

/// `sos report` itself is run on two hosts, and of every section that its archive holds it says what the survey said a
/// moment before. What its layout cannot tell (the epochs, sources and signatures of packages, all of sysctl where a survey takes
/// a part, the driver of a disk, a loop device's name, nginx' files as one listing) is left out by name.
#[test]
#[ignore = "needs root and minutes; `make test` asks for it"]
fn a_sosreport_says_what_the_survey_says() {
    let line = Line::of("sosreport", "web-1,cache-1,db-1");
    line.has_started(&[31, 21, 41]);
    line.ok(&["survey"]);
    for (host, address) in [("web-1", "10.79.0.31"), ("db-1", "10.79.0.41")] {
        let archive = line.sosreport(host, address);
        line.ok(&["survey", "import", &archive.display().to_string()]);
        let said = line.run(&["survey", "diff", host, "--json"]);
        let diff: Value = serde_json::from_slice(&said.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&said)));
        let sections = diff["sections"].as_array().expect("sections");
        let unread = sections.iter().filter(|section| section["unknown"] == "after").count();
        assert!((10..30).contains(&unread), "{host}: {unread} sections are unknown");
        let compared = sections.iter().filter(|section| section["unknown"].is_null());
        let otherwise: Vec<&Value> = compared.filter(|section| !is_of_the_layout(section)).collect();
        assert!(otherwise.is_empty(), "{host}: {otherwise:#?}");
    }
    line.lab_ok(&["down"]);
}

/// Whether an archive of sos must differ from a survey here.
fn is_of_the_layout(section: &Value) -> bool {
    let name = section["section"].as_str().expect("a name");
    let whats = section["changed"].as_array().into_iter().flatten().filter_map(|one| one["what"].as_str());
    let only = |endings: &[&str]| whats.clone().all(|what| endings.iter().any(|ending| what.ends_with(ending)));
    let came_or_went =
        ["added", "removed"].iter().any(|key| section[*key].as_array().is_some_and(|all| !all.is_empty()));
    match name {
        "sysctl" => section["removed"].as_array().is_none_or(Vec::is_empty) && only(&[]),
        "packages" => !came_or_went && only(&["epoch", "source", "signature kind"]),
        "units" => only(&["file_state"]),
        "block" => !came_or_went && only(&["driver"]),
        "nginx" => !came_or_went && only(&["listing"]),
        "mounts" => !came_or_went,
        _ => false,
    }
}

/// What the lab plants on its 15 hosts is found, each by its rule on its host; nothing else begins to block; and taken away,
/// it is found no more.
#[test]
#[ignore = "needs root and minutes; `make test` asks for it"]
fn planted_defects_are_found_and_nothing_else_blocks() {
    let line = Line::of("planted", "full");
    line.has_started(&[11, 21, 22, 31, 32, 33, 34, 35, 36, 37, 38, 41, 42, 43, 44, 111, 121, 131, 141]);
    let before = found(&line);
    line.lab_ok(&["plant"]);
    let planted = found(&line);
    let defects: Value = serde_json::from_str(&line.ok(&["lab", "plant", "--list", "--json"])).expect("JSON");
    let mut expected: Vec<String> = Vec::new();
    for defect in defects.as_array().expect("a list") {
        let word = |key: &str| defect[key].as_str().expect("a word").to_owned();
        let (host, rule) = (word("host"), word("rule"));
        assert!(planted.contains_key(&(host.clone(), rule.clone())), "{host}: {rule} did not find {}", word("key"));
        expected.push(rule);
    }
    // These two stand in every EL7 host of the lab, planted or not.
    for (host, rule) in [("web-1", "network.ntp"), ("cache-1", "cache.config-path")] {
        assert!(before.contains_key(&(host.to_owned(), rule.to_owned())), "{host}: {rule} found nothing");
    }
    let new = planted.iter().filter(|(at, blocks)| **blocks && before.get(*at) != Some(&true));
    let alone: Vec<_> = new.filter(|((_, rule), _)| !expected.contains(rule)).collect();
    assert!(alone.is_empty(), "these block, too: {alone:?}");
    line.lab_ok(&["uproot"]);
    // A replica that had not found its primary yet when the lab came up is well by now: less may be found than before.
    let after = found(&line);
    let left: Vec<_> = after.keys().filter(|at| !before.contains_key(*at)).collect();
    assert!(left.is_empty(), "found after all was taken away: {left:?}");
    line.lab_ok(&["down"]);
}
