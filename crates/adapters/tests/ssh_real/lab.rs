//! The same adapter against a host of a running lab: a systemd of its own, a login with sudo, an EL face.
//!
//! Runs when `ROCKHOP_TEST_LAB` names the lab's project folder; skips loudly otherwise.

use rockhop_adapters::ssh::{Algorithms, Auth, Endpoint, HostKeys, How, JobSpec, Limits, Pool, SshError};
use rockhop_adapters::survey::{Salt, survey};
use rockhop_domain::HostId;
use std::{path::PathBuf, time::Duration};

const MINUTE: Duration = Duration::from_secs(60);

/// `web-1` of the lab, as the operators log in.
fn web_1() -> Option<Endpoint> {
    let Some(project) = std::env::var_os("ROCKHOP_TEST_LAB").map(PathBuf::from) else { return skipped() };
    let inventory = std::fs::read_to_string(project.join("inventory.ini")).expect("the lab's inventory");
    let line = inventory.lines().find(|line| line.starts_with("web-1 ")).expect("web-1");
    let address = line.split_whitespace().find_map(|word| word.strip_prefix("ansible_host=")).expect("its address");
    Some(Endpoint {
        host: "web-1".into(),
        address: address.into(),
        port: 22,
        user: "ops".into(),
        auth: Auth { agent: None, keys: vec![project.join("keys/ops_ed25519")] },
        host_keys: HostKeys { files: vec![project.join("known_hosts")], ..HostKeys::default() },
        jump: None,
        algorithms: Algorithms::Modern,
        netns: Some("/run/netns/rockhop-lab".into()),
    })
}

#[expect(clippy::print_stderr, reason = "a skipped test says so loudly")]
fn skipped<T>() -> Option<T> {
    eprintln!("\n*** SKIPPED: ROCKHOP_TEST_LAB names no lab; nothing was tried against a systemd host ***\n");
    None
}

#[tokio::test]
async fn a_job_is_a_unit_and_the_journal_has_it_once() {
    let Some(endpoint) = web_1() else { return };
    let pool = Pool::new(Limits::default(), 1);
    let session = pool.session(&endpoint).await.expect("a session");
    let id = format!("test-{}", std::process::id());
    let script = format!("echo $(id -un); systemctl is-active rockhop-{id}.service; exit 5");
    let spec = JobSpec { id: id.clone(), script, timeout: MINUTE };
    let end = pool.job(&endpoint, &spec, |_| {}).await.expect("an end");
    assert_eq!((end.status, end.stdout.as_str()), (5, "root\nactive\n"), "{}", end.stderr);
    session.start_job(&spec).await.expect("starting it again does nothing");
    assert_eq!(pool.job(&endpoint, &spec, |_| {}).await.expect("the same end"), end);
    let count = format!(
        "journalctl -q -t rockhop -o cat | grep -cx 'apply {id}'; rm -rf /run/rockhop/jobs/{id}; systemctl reset-failed rockhop-{id} 2>/dev/null; :"
    );
    assert_eq!(session.exec(&count, How::root(MINUTE)).await.expect("an output").text(), "1\n");
}

#[tokio::test]
async fn a_failed_script_is_not_taken_for_a_refused_sudo() {
    let Some(endpoint) = web_1() else { return };
    let session = Pool::new(Limits::default(), 1).session(&endpoint).await.expect("a session");
    let output = session.exec("sudo -n -u no-such-user true", How::root(MINUTE)).await.expect("a failed script");
    assert!(output.status != 0 && String::from_utf8_lossy(&output.stderr).contains("no-such-user"));
}

#[tokio::test]
async fn nothing_of_a_lab_host_stays_unknown_and_no_password_travels() {
    let Some(endpoint) = web_1() else { return };
    let session = Pool::new(Limits::default(), 1).session(&endpoint).await.expect("a session");
    let (host, salt) = (HostId::parse("web-1").expect("a name"), Salt::new(b"lab"));
    let facts = survey(&session, &host, &salt, jiff::Timestamp::UNIX_EPOCH).await.expect("facts");
    assert_eq!(facts.unknowns(), [], "everything that can be read is read");
    let again = survey(&session, &host, &salt, jiff::Timestamp::UNIX_EPOCH).await.expect("facts");
    assert_eq!(facts.identity_digest(), again.identity_digest());
    let secrets = "grep -h PASSWORD= /etc/sysconfig/shop | cut -d= -f2-";
    let secrets = session.exec(secrets, How::root(MINUTE)).await.expect("the passwords").text();
    let json = serde_json::to_string(&facts).expect("json");
    assert!(secrets.lines().count() > 0);
    for secret in secrets.lines() {
        assert!(!json.contains(secret.trim_matches('"')), "a password travelled");
    }
}

#[tokio::test]
async fn a_host_that_is_not_there_is_unreachable() {
    let Some(endpoint) = web_1() else { return };
    let nobody = Endpoint { address: "10.77.250.250".into(), ..endpoint };
    let limits = Limits { attempts: 1, connect: Duration::from_secs(1), ..Limits::default() };
    let result = Pool::new(limits, 1).session(&nobody).await;
    assert!(matches!(result.map(drop), Err(SshError::Unreachable { .. })));
}
