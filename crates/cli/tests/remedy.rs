//! Remedies as a person meets them: planned, shown, signed, refused; and on a real sshd with a host's folders of its own,
//! applied through a kill -9 and taken back.

use rockhop_adapters::events::entry;
use rockhop_adapters::ledger::{EvidenceStore, Ledger};
use rockhop_cli::exit::Exit;
use rockhop_domain::{
    Digest, WaveNo,
    event::{Kind, Period},
    facts::{ConfigFile, Facts, Read, Sysctl},
    plan::{Environment, Scenery},
    rules::fixtures::{clean_el7_web, known},
};
use rockhop_sim::plans;
use serde_json::Value;
use std::{
    fs,
    io::Write as _,
    net::{TcpListener, TcpStream},
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

const SITE: &str = "net.ipv4.tcp_tw_recycle = 1\nvm.swappiness = 10\n";
const SITE_AFTER: &str = "# rockhop kernel.sysctl-removed: net.ipv4.tcp_tw_recycle = 1\nvm.swappiness = 10\n";
/// `sha256sum` of [`SITE`].
const SITE_SUM: &str = "b1ac652e70958432a7f60b84988b7fd3a7296f4d023216e9808972c0aa964922";
const PROJECT: &str = "[project]\nname = \"shop\"\nenvironment = \"production\"\ninventory = [\"inventory.ini\"]\n\
                       [project.contacts]\nrequester = \"bob\"\n[vault]\npath = \"v\"\npassword_file = \"p\"\n\
                       [connection]\nknown_hosts = \"known_hosts\"\n[roles.web]\ngroups = [\"web\"]\n";

/// A project of one host that was surveyed.
struct Stage {
    dir: tempfile::TempDir,
}

struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Stage {
    fn new(port: u16) -> Self {
        let stage = Self { dir: tempfile::tempdir().expect("a folder") };
        stage.write("rockhop.toml", PROJECT);
        let host = format!("web-1 ansible_host=127.0.0.1 ansible_port={port} ansible_user=root");
        stage.write("inventory.ini", &format!("[web]\n{host} ansible_ssh_private_key_file=me\n"));
        stage.write("known_hosts", "");
        drop(Ledger::create(&stage.path(".rockhop")).expect("a ledger"));
        stage.surveyed(&facts());
        stage.people();
        stage
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("written");
    }

    /// As a survey would.
    fn surveyed(&self, facts: &Facts) {
        let state = self.path(".rockhop");
        let ledger = Ledger::open(&state).expect("a ledger");
        let bytes = serde_json::to_vec(facts).expect("JSON");
        let digest = EvidenceStore::open(&state).expect("a store").put(&bytes).expect("kept");
        let kind = Kind::Surveyed { facts: digest, period: Period::Before, unknown: 0, scenery: Scenery::Real };
        ledger.append(&entry(None, Some(&facts.host), &kind, jiff::Timestamp::now())).expect("written");
        ledger.close().expect("sealed");
    }

    fn afterwards(&self) -> Value {
        let said = self.run(&["remedy", "status", "--json"]);
        let value: Value = serde_json::from_str(&said.out).expect("JSON");
        value["files"][0]["afterwards"].clone()
    }

    /// One key for the approver, in `key` and in the list of signers.
    fn people(&self) {
        use russh::keys::{Algorithm, PrivateKey, ssh_key::LineEnding};
        let key = PrivateKey::random(&mut russh::keys::key::safe_rng(), Algorithm::Ed25519).expect("a key");
        key.write_openssh_file(self.path("key"), LineEnding::LF).expect("written");
        let public = key.public_key().to_openssh().expect("a line");
        self.write("approvers.allowed", &format!("ann namespaces=\"rockhop-approval\" {public}\n"));
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rockhop"));
        command.current_dir(self.dir.path()).args(args).env_clear().env("TZ", "UTC").env("PATH", "/usr/bin:/bin");
        command.stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Said {
        let output = self.command(args).output().expect("rockhop starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Said { code: output.status.code().expect("a code"), out: text(&output.stdout), err: text(&output.stderr) }
    }

    fn planned(&self) -> String {
        let said = self.run(&["remedy", "plan", "--rule", "kernel.sysctl-removed", "--json"]);
        assert_eq!((said.code, said.err.as_str()), (0, ""));
        let value: Value = serde_json::from_str(&said.out).expect("JSON");
        value["plan"].as_str().expect("a plan").to_owned()
    }

    fn approve(&self, plan: &str) {
        let said = self.run(&["approve", plan, "--as", "ann", "--key", "key"]);
        assert_eq!(said.code, 0, "{}", said.err);
    }

    fn kinds(&self) -> Vec<String> {
        let said = self.run(&["ledger", "show", "--json"]);
        let kind = |line: &str| {
            let event: Value = serde_json::from_str(line).expect("an event");
            event["kind"].as_str().expect("a kind").to_owned()
        };
        said.out.lines().map(kind).collect()
    }
}

fn facts() -> Facts {
    let mut facts = clean_el7_web();
    known(&mut facts.sysctl_set).push(Sysctl {
        key: "net.ipv4.tcp_tw_recycle".into(),
        value: "1".into(),
        file: Some("/etc/sysctl.d/site.conf".into()),
    });
    known(&mut facts.config_files).push(ConfigFile {
        path: "/etc/sysctl.d/site.conf".into(),
        mode: "0644".into(),
        owner: "root".into(),
        group: "root".into(),
        size: SITE.len() as u64,
        sha256: Read::Known(SITE_SUM.into()),
        owned_by_rpm: None,
        changed_from_rpm: None,
        content: Read::Known(SITE.into()),
    });
    facts
}

fn code(exit: Exit) -> i32 {
    i32::from(exit.code())
}

#[test]
fn a_plan_is_shown_in_both_languages_with_every_line() {
    let stage = Stage::new(1);
    let plan = stage.planned();
    for (lang, golden) in [("en", "remedy-show-en"), ("zh", "remedy-show-zh")] {
        let said = stage.run(&["remedy", "show", &plan[..8], "--lang", lang]);
        assert_eq!((said.code, said.err.as_str()), (0, ""));
        insta::assert_snapshot!(golden, said.out.replace(&plan[..12], "PLAN"));
    }
    let steps = stage.run(&["remedy", "show", "--steps"]).out;
    for want in ["check:", "apply:", "verify:", "undo:", "FILE='/etc/sysctl.d/site.conf'"] {
        assert!(steps.contains(want), "{want} is missing in {steps}");
    }
    assert_eq!(stage.kinds(), ["surveyed", "remedies-planned"]);
}

#[test]
fn without_anything_for_a_machine_no_plan_is_written() {
    let stage = Stage::new(1);
    let said = stage.run(&["remedy", "plan", "--lang", "en", "--rule", "storage.btrfs"]);
    assert!(said.code == 0 && said.out.contains("No plan was written"), "{}{}", said.out, said.err);
    assert_eq!(stage.kinds(), ["surveyed"]);
    assert_eq!(stage.run(&["remedy", "show"]).code, code(Exit::NotApproved));
    for args in [&["remedy", "plan", "--rule", "storage.btrf"][..], &["remedy", "plan", "web-9"]] {
        assert_eq!(stage.run(args).code, code(Exit::Usage), "{args:?}");
    }
}

#[test]
fn what_nobody_signed_is_not_applied() {
    let stage = Stage::new(1);
    let plan = stage.planned();
    let said = stage.run(&["remedy", "apply", &plan]);
    assert_eq!(said.code, code(Exit::NotApproved), "{}", said.err);
    // Another plan's approval is none.
    let other = stage.planned();
    assert_ne!(plan, other);
    stage.approve(&other);
    assert_eq!(stage.run(&["remedy", "apply", &plan]).code, code(Exit::NotApproved));
    assert_eq!(stage.run(&["remedy", "apply", &other, "web-9"]).code, code(Exit::Usage));
    assert!(!stage.kinds().contains(&"remedies-started".to_owned()));
}

#[test]
fn a_host_that_nobody_reaches_is_told_and_left() {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port").port();
    let stage = Stage::new(port);
    let plan = stage.planned();
    stage.approve(&plan);
    let said = stage.run(&["remedy", "apply", &plan]);
    assert_eq!(said.code, code(Exit::Incomplete), "{}{}", said.out, said.err);
    let status = stage.run(&["remedy", "status", "--json"]).out;
    let status: Value = serde_json::from_str(&status).expect("JSON");
    assert_eq!(status["files"][0]["standing"], "failed");
    assert_eq!(status["files"][0]["fault"]["class"], "unreachable");
    assert_eq!(stage.run(&["ledger", "verify"]).code, 0);
}

#[test]
fn a_host_that_has_begun_its_move_is_not_touched() {
    let stage = Stage::new(1);
    let plan = stage.planned();
    stage.approve(&plan);
    let at = jiff::Timestamp::from_second(1_795_363_200).expect("a time");
    let move_plan = plans::plan(&[&["web-1", "web-2"]], at);
    let state = stage.path(".rockhop");
    let digest: Digest =
        EvidenceStore::open(&state).expect("a store").put(move_plan.to_json().as_bytes()).expect("kept");
    let ledger = Ledger::open(&state).expect("the ledger");
    let run = rockhop_domain::RunId::parse("run-1").expect("a run");
    let (environment, scenery) = (Environment::Production, Scenery::Real);
    let started = Kind::RunStarted { plan: digest, environment, scenery, by: "ann".into() };
    ledger.append(&entry(Some(&run), None, &started, at)).expect("written");
    let begun = Kind::Begun { wave: WaveNo(1) };
    ledger.append(&entry(Some(&run), Some(&plans::host("web-1")), &begun, at)).expect("written");
    ledger.close().expect("sealed");
    for way in ["apply", "undo"] {
        let said = stage.run(&["remedy", way, &plan, "--lang", "en"]);
        assert!(said.code == code(Exit::StaleFacts) && said.err.contains("web-1"), "{way}: {}", said.err);
    }
}

/// An sshd in a mount namespace of its own: its /etc/sysctl.d and /var/lib are folders of the test. `dd`, which brings files
/// to the disk in the middle of a remedy, waits there at a gate for as long as there is one.
struct Host {
    dir: tempfile::TempDir,
    port: u16,
    server: Child,
}

impl Host {
    fn start() -> Option<Self> {
        let root = fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0);
        if !root || !Path::new("/usr/sbin/sshd").exists() {
            return skipped("it needs root and /usr/sbin/sshd");
        }
        if !Command::new("unshare").args(["-m", "true"]).status().is_ok_and(|end| end.success()) {
            return skipped("there are no mount namespaces");
        }
        fs::create_dir_all("/run/sshd").expect("sshd's own folder");
        let dir = tempfile::tempdir().expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port").port();
        let at = |name: &str| dir.path().join(name).display().to_string();
        for folder in ["lib", "sysctl.d"] {
            fs::create_dir(at(folder)).expect("a folder");
        }
        fs::write(at("sysctl.d/site.conf"), SITE).expect("written");
        fs::set_permissions(at("sysctl.d/site.conf"), fs::Permissions::from_mode(0o640)).expect("a mode");
        fs::write(at("os-release"), "ID=centos\nVERSION_ID=7\n").expect("written");
        fs::copy("/usr/bin/dd", at("real-dd")).expect("a copy");
        let gate = at("gate");
        let waits = format!("#!/bin/sh\n[ ! -p {gate} ] || read -r _ <{gate}\nexec {} \"$@\"\n", at("real-dd"));
        fs::write(at("dd"), waits).expect("written");
        fs::set_permissions(at("dd"), fs::Permissions::from_mode(0o755)).expect("a mode");
        for name in ["host", "me"] {
            let made = Command::new("ssh-keygen").args(["-q", "-N", "", "-t", "ed25519", "-f", &at(name)]).status();
            assert!(made.expect("ssh-keygen").success());
        }
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nUsePAM no\n\
             StrictModes no\nPermitRootLogin yes\n",
            at("host"),
            at("me.pub")
        );
        fs::write(at("config"), config).expect("written");
        let mounts = format!(
            "mount --bind {} /etc/sysctl.d && mount --bind {} /var/lib && mount --bind {} /usr/lib/os-release && \
             mount --bind {} /usr/bin/dd && exec /usr/sbin/sshd -D -e -f {}",
            at("sysctl.d"),
            at("lib"),
            at("os-release"),
            at("dd"),
            at("config")
        );
        let log = fs::File::create(at("log")).expect("a log");
        let server = Command::new("unshare").args(["-m", "sh", "-c", &mounts]).stderr(log).spawn().expect("unshare");
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            std::thread::yield_now();
        }
        Some(Self { dir, port, server })
    }

    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn site(&self) -> String {
        fs::read_to_string(self.at("sysctl.d/site.conf")).expect("read")
    }

    /// The project knows the host's key and has a key for it.
    fn known_to(&self, stage: &Stage) {
        fs::copy(self.at("me"), stage.path("me")).expect("a copy");
        let key = fs::read_to_string(self.at("host.pub")).expect("a key");
        stage.write("known_hosts", &format!("[127.0.0.1]:{} {key}", self.port));
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.server.kill(); // it may have ended by itself
        let _ = self.server.wait();
    }
}

#[expect(clippy::print_stderr, reason = "a skipped test says so loudly")]
fn skipped<T>(why: &str) -> Option<T> {
    eprintln!("\n*** SKIPPED: remedies on a real sshd were not tried: {why} ***\n");
    None
}

#[test]
fn on_a_real_host_a_killed_controller_is_taken_up_and_all_comes_back() {
    let Some(host) = Host::start() else { return };
    let stage = Stage::new(host.port);
    host.known_to(&stage);
    let plan = stage.planned();
    stage.approve(&plan);
    let marks = |host: &Host| {
        let found = fs::metadata(host.at("sysctl.d/site.conf")).expect("the file");
        (found.mode(), found.uid(), found.mtime(), found.mtime_nsec())
    };
    let before = marks(&host);

    assert!(Command::new("mkfifo").arg(host.at("gate")).status().expect("mkfifo").success());
    let mut first = stage.command(&["remedy", "apply", &plan]).stdout(Stdio::null()).spawn().expect("rockhop starts");
    // Opens as soon as the host waits at the other end.
    let mut gate = fs::File::options().write(true).open(host.at("gate")).expect("a job at the gate");
    first.kill().expect("kill -9");
    first.wait().expect("killed");
    assert_eq!(host.site(), SITE, "nothing is changed in between");
    assert_eq!(stage.kinds().last().map(String::as_str), Some("step-started"));
    fs::remove_file(host.at("gate")).expect("no gate for those to come");
    gate.write_all(b"\n").expect("the job goes on");
    drop(gate);

    let said = stage.run(&["remedy", "apply", &plan]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert_eq!(host.site(), SITE_AFTER);
    assert!(said.out.contains("rockhop survey"), "what counts is a new survey: {}", said.out);
    assert!(stage.kinds().contains(&"step-adopted".to_owned()), "{:?}", stage.kinds());

    assert_eq!(stage.afterwards(), "not-surveyed");
    stage.surveyed(&facts());
    assert_eq!(stage.afterwards(), "still-there");
    stage.surveyed(&clean_el7_web());
    assert_eq!(stage.afterwards(), "gone");

    let said = stage.run(&["remedy", "undo", &plan]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert_eq!((host.site().as_str(), marks(&host)), (SITE, before));

    assert_eq!(stage.run(&["remedy", "apply", &plan]).code, 0);
    fs::write(host.at("sysctl.d/site.conf"), "vm.swappiness = 20\n").expect("written");
    assert_eq!(stage.run(&["remedy", "undo", &plan]).code, code(Exit::StaleFacts));
    assert_eq!(host.site(), "vm.swappiness = 20\n");
    assert_eq!(stage.run(&["ledger", "verify"]).code, 0);
}
