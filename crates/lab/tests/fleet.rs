//! A small fleet, really booted: in a state folder, namespace and subnet of its own, beside any other lab.
//!
//! These tests need root and several minutes, and so they are not run unless they are asked for:
//! `cargo test -p rockhop-lab --test fleet -- --ignored --test-threads 1`. Asked for without root, they fail.

use rockhop_lab::{
    Down, FaultKind, Fleet, Lab, LabConfig, LabEvent, Machine, Target, break_host, down, hook, mend_host, status, up,
};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const STATE: &str = "/var/lib/rockhop-lab-fleet-test";
const NAMESPACE: &str = "rockhop-lab-fleet-test";

fn lab() -> Lab {
    assert!(nix::unistd::Uid::effective().is_root(), "the lab's tests were asked for and need root");
    Lab::new(LabConfig {
        state: STATE.into(),
        namespace: NAMESPACE.into(),
        subnet: "10.78.0.0/16".parse().expect("a subnet"),
        project: Path::new(STATE).join("project"),
        fleet: Fleet::Small,
    })
}

fn bring_up(lab: &Lab) -> (Duration, Vec<LabEvent>) {
    let mut events = Vec::new();
    let done = up(lab, &mut |event| events.push(event)).expect("the lab comes up");
    (done.took, events)
}

/// Runs a command as `ops` over ssh; the host key has to be the one in the project's known_hosts.
fn ssh(lab: &Lab, address: &str, command: &str) -> Result<String, String> {
    let project = &lab.config().project;
    let known = format!("UserKnownHostsFile={}", project.join("known_hosts").display());
    let key = project.join("keys/ops_ed25519");
    let words = [
        "-n",
        "-F",
        "none",
        "-o",
        "BatchMode=yes",
        "-o",
        "ConnectTimeout=5",
        "-o",
        "StrictHostKeyChecking=yes",
        "-o",
        &known,
    ];
    let done = Command::new("nsenter")
        .arg(format!("--net=/run/netns/{NAMESPACE}"))
        .arg("ssh")
        .args(words)
        .arg("-i")
        .arg(key)
        .arg(format!("ops@{address}"))
        .arg(command)
        .output()
        .expect("ssh starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if done.status.success() { Ok(text(&done.stdout)) } else { Err(text(&done.stderr)) }
}

/// Trusts the keys that the provisioner named for a fresh host, as Rockhop does.
fn trust(lab: &Lab, made: &Value) {
    let path = lab.config().project.join("known_hosts");
    let mut text = std::fs::read_to_string(&path).expect("known hosts");
    for key in made["ssh_host_keys"].as_array().expect("keys") {
        text.push_str(&format!("{} {}\n", made["address"].as_str().expect("an address"), key.as_str().expect("a key")));
    }
    std::fs::write(path, text).expect("known hosts");
}

fn ask(lab: &Lab, verb: &str, request: &Value) -> Value {
    let answer = hook(lab, verb, &request.to_string());
    assert_eq!(answer["ok"], true, "{verb} {request}: {answer}");
    answer
}

fn until(what: &str, patience: Duration, question: impl Fn() -> bool) {
    let start = Instant::now();
    while !question() {
        assert!(start.elapsed() < patience, "{what}: not within {patience:?}");
        std::thread::yield_now();
    }
}

fn target(lab: &Lab, name: &str) -> Target {
    Target::parse(name, lab.layout()).expect("a target")
}

fn nothing_is_left(lab: &Lab) {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").expect("the mounts");
    assert!(!mounts.contains(STATE), "a mount is left");
    assert!(!Path::new("/run/netns").join(NAMESPACE).exists(), "the namespace is left");
    for group in ["", "systemd", "unified", "memory", "pids", "cpu"] {
        assert!(!Path::new("/sys/fs/cgroup").join(group).join(NAMESPACE).exists(), "a control group is left");
    }
    let running = Command::new("pgrep").args(["-f", STATE]).output().expect("pgrep");
    let own = std::process::id().to_string();
    let others: Vec<_> =
        std::str::from_utf8(&running.stdout).expect("numbers").lines().filter(|pid| *pid != own).collect();
    assert!(others.is_empty(), "processes are left: {others:?}");
    assert!(!status(lab).up);
}

#[test]
#[ignore = "boots a fleet: needs root and minutes"]
fn a_small_fleet_from_up_to_down() {
    let lab = lab();
    down(&lab, Down::KeepImages, &mut |_| ()).expect("a clean start");
    bring_up(&lab);

    hosts_are_what_they_say(&lab);
    customers_are_served(&lab);
    up_again_is_quick(&lab);
    fresh_hosts(&lab);
    power(&lab);
    faults(&lab);

    down(&lab, Down::KeepImages, &mut |_| ()).expect("down");
    nothing_is_left(&lab);
    down(&lab, Down::KeepImages, &mut |_| ()).expect("down twice is down");
}

fn hosts_are_what_they_say(lab: &Lab) {
    for host in lab.config().fleet.hosts() {
        let address = lab.address(Machine::of(host));
        let release = if host.migrates() {
            "CentOS Linux release 7.9.2009 (Core)"
        } else {
            "Rocky Linux release 9.6 (Blue Onyx)"
        };
        assert_eq!(ssh(lab, &address, "cat /etc/redhat-release").as_deref(), Ok(release), "{}", host.name);
        assert_eq!(ssh(lab, &address, "hostname").as_deref(), Ok(host.name));
        let mark: Value =
            serde_json::from_str(&ssh(lab, &address, "cat /etc/rockhop-lab-host").expect("a mark")).expect("JSON");
        assert_eq!((&mark["lab"], &mark["face"]), (&json!(true), &json!(host.face.key())));
        let strangers = if host.migrates() { ".el9" } else { ".el7" };
        let count = format!(
            "rpm -qa | wc -l; rpm -qa | grep -c '{strangers}'; sudo -n systemctl is-active {}",
            host.role.unit()
        );
        let answer = ssh(lab, &address, &count).expect("an answer");
        let lines: Vec<&str> = answer.lines().collect();
        assert!(lines[0].parse::<u32>().is_ok_and(|n| n > 200), "{} has {} packages", host.name, lines[0]);
        assert_eq!(lines[1..], ["0", "active"], "{}", host.name);
    }
}

fn customers_are_served(lab: &Lab) {
    let load = lab.address("load-1".parse().expect("a machine"));
    let orders =
        || ssh(lab, &load, "sudo -n shop-verify").ok().and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let enough = |seen: Value| seen["ok"] == true && seen["receipts"].as_u64().is_some_and(|n| n > 20);
    until("twenty orders", Duration::from_secs(60), || orders().is_some_and(enough));
    let probed = || ssh(lab, &load, "shop-summary").ok().and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let all_up = |seen: Value| {
        let services = seen["services"].as_object().expect("services");
        services.len() == 5 && services.values().all(|s| s["state"] == "up" && s["asked"].as_u64() > Some(0))
    };
    until("all five services up", Duration::from_secs(60), || probed().is_some_and(all_up));
}

fn up_again_is_quick(lab: &Lab) {
    let (took, events) = bring_up(lab);
    let built = events.iter().any(|event| matches!(event, LabEvent::Started(what) if what.key == "lab-build-image"));
    assert!(!built, "nothing is built twice");
    assert!(took < Duration::from_secs(30), "it took {took:?}");
}

fn fresh_hosts(lab: &Lab) {
    let request = json!({ "host": "web-1", "request": { "os": "rocky9", "memory_kib": 1 } });
    let made = ask(lab, "provision", &request);
    assert_eq!(made["name"], "web-1-new");
    assert_eq!(ask(lab, "provision", &request)["ssh_host_keys"], made["ssh_host_keys"], "twice is once");
    trust(lab, &made);
    let address = made["address"].as_str().expect("an address");
    assert_eq!(ssh(lab, address, "command -v nginx || echo bare").as_deref(), Ok("bare"));
    ssh(lab, address, "sudo -n dnf -y -q install nginx postgresql15-server redis MariaDB-server")
        .expect("dnf delivers");
    ssh(lab, address, "sudo -n systemctl start nginx redis mariadb").expect("and the services start");
    assert_eq!(ssh(lab, address, "nmcli -t -f NAME,DEVICE connection show").as_deref(), Ok("eth0:eth0"));
    ssh(lab, address, "sudo -n nmcli connection reload && sudo -n nmcli connection up eth0")
        .expect("the profile is applied");
    let before = ssh(lab, address, "cat /proc/sys/kernel/random/boot_id").expect("a boot");
    let _ = ssh(lab, address, "sudo -n systemctl reboot");
    let booted = || ssh(lab, address, "cat /proc/sys/kernel/random/boot_id").is_ok_and(|now| now != before);
    until("a reboot comes back", Duration::from_secs(60), booted);
    let gone = ask(lab, "discard", &json!({ "machine": "web-1-new" }));
    assert!(Path::new(gone["evidence"].as_str().expect("a folder")).join("etc/nginx").is_dir(), "the root is kept");
    assert_eq!(ask(lab, "status", &json!({ "host": "web-1" }))["new"]["exists"], false);
}

fn power(lab: &Lab) {
    let web: Machine = "web-2".parse().expect("a machine");
    let start = Instant::now();
    let machine = json!({ "machine": "web-2" });
    for _ in 0..2 {
        assert_eq!(ask(lab, "power-off", &machine)["running"], false);
    }
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
    assert!(!Path::new("/run/netns").join(format!("{NAMESPACE}.web-2")).exists(), "no network");
    let first = lab.manifest(web).expect("a manifest");
    assert_eq!(lab.manifest(web).expect("a manifest"), first, "a machine that is off does not change");
    bring_up(lab);
    assert!(!lab.running(web), "a machine that was powered off on purpose stays off");
    assert_eq!(ask(lab, "power-on", &machine)["running"], true);
    ssh(lab, &lab.address(web), "true").expect("it is back");
}

fn faults(lab: &Lab) {
    let address = lab.address("web-2".parse().expect("a machine"));
    for fault in [FaultKind::Unreachable, FaultKind::SshdStopped, FaultKind::HostKeyChanged] {
        break_host(lab, &target(lab, "web-2"), fault).expect("broken");
        assert!(ssh(lab, &address, "true").is_err(), "{fault} is felt");
        mend_host(lab, &target(lab, "web-2"), fault).expect("mended");
        ssh(lab, &address, "true").unwrap_or_else(|e| panic!("{fault} is mended: {e}"));
    }
    break_host(lab, &target(lab, "web-2"), FaultKind::ServiceStart).expect("armed");
    assert_eq!(status(lab).faults.len(), 1);
    let made = ask(lab, "provision", &json!({ "host": "web-2" }));
    trust(lab, &made);
    let fresh = made["address"].as_str().expect("an address");
    ssh(lab, fresh, "sudo -n dnf -y -q install nginx").expect("installed");
    assert!(ssh(lab, fresh, "sudo -n systemctl start nginx").is_err(), "the service does not start");
    mend_host(lab, &target(lab, "web-2"), FaultKind::ServiceStart).expect("mended");
    ssh(lab, fresh, "sudo -n systemctl start nginx").expect("it starts");
    break_host(lab, &target(lab, "web-2-new"), FaultKind::RebootNeverReturns).expect("armed");
    let _ = ssh(lab, fresh, "sudo -n systemctl reboot");
    let machine: Machine = "web-2-new".parse().expect("a machine");
    until("the reboot hangs", Duration::from_secs(30), || !lab.running(machine));
    mend_host(lab, &target(lab, "web-2-new"), FaultKind::RebootNeverReturns).expect("mended");
    ask(lab, "power-on", &json!({ "machine": "web-2-new" }));
    ssh(lab, fresh, "true").expect("it is back");
}

/// Not a test of its own: what the next test kills.
#[test]
#[ignore = "boots a fleet: needs root and minutes"]
fn only_up() {
    bring_up(&lab());
}

#[test]
#[ignore = "boots a fleet: needs root and minutes"]
fn up_goes_on_where_it_was_killed() {
    let lab = lab();
    down(&lab, Down::KeepImages, &mut |_| ()).expect("a clean start");
    for ms in [50, 200, 600, 1500, 3000, 5000] {
        let mut child = start_up();
        std::thread::sleep(Duration::from_millis(ms)); // the moment of the kill is the point of the test
        child.kill().expect("killed");
        child.wait().expect("dead");
    }
    // A lock dies with its process, so the next one goes on at once.
    bring_up(&lab);
    hosts_are_what_they_say(&lab);
    let mut child = start_up();
    child.kill().expect("killed");
    child.wait().expect("dead");
    down(&lab, Down::KeepImages, &mut |_| ()).expect("down after a killed up");
    nothing_is_left(&lab);
}

fn start_up() -> Child {
    Command::new(std::env::current_exe().expect("this test"))
        .args(["--ignored", "--exact", "only_up"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("another up")
}
