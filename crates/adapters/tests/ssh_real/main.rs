//! The SSH adapter against a real OpenSSH server on loopback. Skips loudly where there is none.

mod lab;
mod sshd;

use rockhop_adapters::gates::OutsideGates;
use rockhop_adapters::ssh::{
    Auth, Endpoint, HostKeys, How, JobSpec, JobState, Limits, NewFile, Pool, SshError, sha256,
};
use rockhop_adapters::survey::{Salt, survey};
use rockhop_adapters::target::SshTarget;
use rockhop_domain::{HostId, facts::Read, plan::Outside};
use rockhop_engine::ports::Gates;
use sshd::{Sshd, keygen};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    process::Command,
    time::Duration,
};
use tokio::io::AsyncReadExt;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

macro_rules! sshd {
    () => {
        sshd!("")
    };
    ($options:expr) => {
        match Sshd::start($options) {
            Some(sshd) => sshd,
            None => return,
        }
    };
}

fn pool() -> Pool {
    Pool::new(Limits { attempts: 1, ..Limits::default() }, 1)
}

async fn refused(endpoint: &Endpoint) -> SshError {
    match pool().session(endpoint).await {
        Ok(_) => panic!("{} was let in", endpoint.host),
        Err(error) => error,
    }
}

#[tokio::test]
async fn scripts_run_with_their_output_and_status() {
    let sshd = sshd!();
    let session = pool().session(&sshd.endpoint()).await.expect("a session");
    let output = session.exec("cat; echo out; echo err >&2; exit 3", How::root(MINUTE)).await.expect("an output");
    assert_eq!((output.status, output.stdout.as_slice(), output.stderr.as_slice()), (3, &b"out\n"[..], &b"err\n"[..]));
    let how = How { max_bytes: 1000, ..How::login(MINUTE) };
    let error = session.exec("head -c 5000 /dev/zero", how).await.expect_err("too much");
    assert!(matches!(error, SshError::TooMuchOutput { limit: 1000, .. }), "{error}");
    let error = session.exec("sleep 60", How::login(SECOND)).await.expect_err("a timeout");
    assert!(matches!(error, SshError::Timeout { .. }), "{error}");
    let again = session.exec("echo still here", How::login(MINUTE)).await.expect("the connection lives on");
    assert_eq!(again.text(), "still here\n");
}

#[tokio::test]
async fn a_gate_is_asked_from_the_host_that_the_monitoring_is_reached_from() {
    let sshd = sshd!();
    let host = HostId::parse("mon-1").expect("a host");
    let book = [(host.clone(), sshd.endpoint())].into_iter().collect();
    let gates = OutsideGates::new(SshTarget::new(pool(), book));
    let alert = r#"[{"labels":{"alertname":"Disk's full"}}]"#;
    for (status, body, want) in
        [("200 OK", "[]", "open"), ("200 OK", alert, "gate-alerts"), ("500 Oh", "[]", "gate-unreachable")]
    {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("a port"));
        let answer = format!("HTTP/1.0 {status}\r\n\r\n{body}");
        let monitoring = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a question");
            let mut head = String::new();
            BufReader::new(stream.try_clone().expect("the other half")).read_line(&mut head).expect("a line");
            stream.write_all(answer.as_bytes()).expect("an answer");
            head
        });
        let answer = gates.ask("no-alerts", &Outside::Alerts { url, from: Some(host.clone()) }).await;
        assert_eq!(answer.why().map_or("open", |why| why.key.as_str()), want, "{answer:?}");
        let head = monitoring.join().expect("a question");
        assert!(head.starts_with("GET /api/v2/alerts?active=true&silenced=false&inhibited=false "), "{head}");
    }
}

#[tokio::test]
async fn a_host_key_is_accepted_by_the_record_only() {
    let sshd = sshd!();
    let with = |host_keys: HostKeys| Endpoint { host_keys, ..sshd.endpoint() };
    let unknown = with(HostKeys::default());
    assert!(
        matches!(refused(&unknown).await, SshError::HostKeyUnknown { fingerprint, .. } if fingerprint.starts_with("SHA256:"))
    );
    let other = fs::read_to_string(sshd.file("other.pub")).expect("a key");
    let changed = with(HostKeys { accepted: vec![other.clone()], ..HostKeys::default() });
    assert!(matches!(refused(&changed).await, SshError::HostKeyChanged { .. }));

    let list = sshd.file("known_hosts");
    let files = with(HostKeys { files: vec![list.clone()], ..HostKeys::default() });
    fs::write(&list, format!("[127.0.0.1]:{} {}\n", sshd.port, sshd.host_key())).expect("a list");
    pool().session(&files).await.expect("a plain name");
    keygen(&["-H", "-f", &list.display().to_string()]);
    assert!(fs::read_to_string(&list).expect("a list").starts_with("|1|"));
    pool().session(&files).await.expect("a hashed name");
    fs::write(&list, format!("@revoked * {}\n", sshd.host_key())).expect("a list");
    assert!(matches!(refused(&files).await, SshError::HostKeyRevoked { .. }));
}

#[tokio::test]
async fn logins_by_file_and_by_agent() {
    let sshd = sshd!();
    let with = |auth: Auth| Endpoint { auth, ..sshd.endpoint() };
    pool().session(&with(Auth { agent: None, keys: vec![sshd.file("me_rsa")] })).await.expect("an RSA key");
    let wrong = refused(&with(Auth { agent: None, keys: vec![sshd.file("other")] })).await;
    assert!(matches!(wrong, SshError::KeyRefused { .. }), "{wrong}");
    let none = refused(&with(Auth { agent: None, keys: vec![sshd.file("missing")] })).await;
    assert!(matches!(none, SshError::KeyUnusable { .. }), "{none}");

    let socket = sshd.file("agent");
    let mut agent = Command::new("ssh-agent")
        .arg("-D")
        .arg("-a")
        .arg(&socket)
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("an agent");
    while !socket.exists() {
        tokio::task::yield_now().await;
    }
    let added = Command::new("ssh-add").env("SSH_AUTH_SOCK", &socket).args(["-q"]).arg(sshd.file("me")).status();
    let session = pool().session(&with(Auth { agent: Some(socket), keys: Vec::new() })).await;
    agent.kill().and_then(|()| agent.wait()).expect("the agent's end");
    assert!(added.expect("ssh-add").success());
    session.map(drop).expect("the agent's key");
}

#[tokio::test]
async fn old_algorithms_are_an_option_and_not_a_default() {
    let sshd = sshd!("KexAlgorithms diffie-hellman-group14-sha1\nCiphers aes256-cbc\nMACs hmac-sha1");
    let modern = refused(&sshd.endpoint()).await;
    assert!(matches!(modern, SshError::NoCommonAlgorithm { .. }), "{modern}");
    let legacy = Endpoint { algorithms: rockhop_adapters::ssh::Algorithms::Legacy, ..sshd.endpoint() };
    pool().session(&legacy).await.expect("a legacy session");
}

#[tokio::test]
async fn a_bastion_is_gone_through_once_for_all_hosts() {
    let sshd = sshd!();
    let bastion = Endpoint { host: "bastion".into(), ..sshd.endpoint() };
    let pool = pool();
    for n in 0..12 {
        let inner = Endpoint { host: format!("db-{n}"), jump: Some(Box::new(bastion.clone())), ..sshd.endpoint() };
        let session = pool.session(&inner).await.expect("a session behind the bastion");
        assert_eq!(session.exec("echo $SSH_CONNECTION", How::login(MINUTE)).await.expect("an output").status, 0);
    }
    let log = fs::read_to_string(sshd.file("log")).expect("a log");
    assert_eq!(log.matches("Accepted publickey").count(), 13, "twelve hosts and one bastion");
}

#[tokio::test]
async fn files_are_written_whole_and_read_back() {
    let sshd = sshd!();
    let session = pool().session(&sshd.endpoint()).await.expect("a session");
    let path = sshd.file("it's a file").display().to_string();
    let bytes: Vec<u8> = (0..300_000u32).map(|n| (n % 251) as u8).collect();
    let file = NewFile { path: &path, mode: "0640", owner: "root", group: "daemon", bytes: &bytes };
    assert_eq!(session.write_file(&file).await.expect("a write"), sha256(&bytes));
    assert_eq!(session.read_file(&path).await.expect("a read"), bytes);
    let meta = fs::metadata(&path).expect("the file");
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o7777, 0o640);
    let nobody = NewFile { owner: "no-such-user", bytes: b"new", ..file };
    session.write_file(&nobody).await.expect_err("an owner that does not exist");
    assert_eq!(fs::read(&path).expect("the file"), bytes, "the old content is untouched");
    let left = fs::read_dir(sshd.dir.path())
        .expect("the folder")
        .filter(|e| e.as_ref().is_ok_and(|e| e.file_name().to_string_lossy().contains(".rockhop.")));
    assert_eq!(left.count(), 0, "nothing is left beside it");
    assert!(session.read_file("/no/such/file").await.is_err());
}

#[tokio::test]
async fn streams_go_both_ways() {
    let sshd = sshd!();
    let session = pool().session(&sshd.endpoint()).await.expect("a session");
    let mut pull = session.pull("head -c 3000000 /dev/zero; echo done >&2", How::root(MINUTE)).await.expect("a stream");
    let mut bytes = Vec::new();
    pull.stream().read_to_end(&mut bytes).await.expect("the bytes");
    let end = pull.finish().await.expect("an end");
    assert_eq!((bytes.len(), end.status, end.stderr.as_slice()), (3_000_000, 0, &b"done\n"[..]));
    let output = session.push("wc -c", bytes.as_slice(), How::root(MINUTE)).await.expect("an output");
    assert_eq!(output.text().trim(), "3000000");
    let pull = session.pull("echo part; exit 4", How::root(MINUTE)).await.expect("a stream");
    assert_eq!(pull.finish().await.map(|end| end.status).ok(), Some(4), "a stream that ends early is no success");
}

#[tokio::test]
async fn a_job_outlives_its_connection_and_runs_once() {
    let sshd = sshd!();
    let (pool, endpoint) = (Pool::new(Limits::default(), 1), sshd.endpoint());
    let (id, gate, count) = (format!("test-{}", sshd.port), sshd.file("gate"), sshd.file("count"));
    let script = format!(
        "echo one >>{1}; echo first; while [ ! -e {0} ]; do sleep 0.1; done; echo second; echo oops >&2; exit 7",
        gate.display(),
        count.display()
    );
    let spec = JobSpec { id: id.clone(), script, timeout: MINUTE };
    let session = pool.session(&endpoint).await.expect("a session");
    assert_eq!(session.find_job(&id).await.expect("a state"), JobState::Absent);

    let mut shown = Vec::new();
    let end = pool
        .job(&endpoint, &spec, |bytes| {
            if shown.is_empty() {
                sshd.drop_connections(); // the network goes away while the job waits
                fs::write(&gate, "").expect("the gate");
            }
            shown.extend_from_slice(bytes);
        })
        .await
        .expect("an end");
    assert_eq!((end.status, end.stdout.as_str(), end.stderr.as_str()), (7, "first\nsecond\n", "oops\n"));
    assert_eq!(String::from_utf8_lossy(&shown), "first\nsecond\n", "each line is shown once");

    let again = pool.job(&endpoint, &spec, |_| {}).await.expect("the same end");
    assert_eq!(again, end, "a job of the same name is taken over");
    assert_eq!(fs::read_to_string(&count).expect("the count"), "one\n", "it ran once");
    fs::remove_dir_all(format!("/run/rockhop/jobs/{id}")).expect("the job's folder");
}

#[tokio::test]
async fn a_job_that_vanished_is_an_error_of_its_own() {
    let sshd = sshd!();
    let session = pool().session(&sshd.endpoint()).await.expect("a session");
    let folder = format!("/run/rockhop/jobs/gone-{}", sshd.port);
    fs::create_dir_all(format!("{folder}/started")).expect("a folder");
    fs::write(format!("{folder}/pid"), "4194304\n").expect("a pid that no process has");
    let error = session.find_job(&format!("gone-{}", sshd.port)).await.expect_err("vanished");
    fs::remove_dir_all(folder).expect("the folder");
    assert!(matches!(error, SshError::JobVanished { .. }), "{error}");
}

#[tokio::test]
async fn a_refused_sudo_is_an_error_of_its_own() {
    let sshd = sshd!();
    let open = Command::new("chmod").args(["755"]).arg(sshd.dir.path()).status();
    assert!(open.expect("chmod").success());
    let daemon = Endpoint { user: "daemon".into(), ..sshd.endpoint() }; // an account that may start nothing at all
    let session = pool().session(&daemon).await.expect("a session");
    let error = session.exec("true", How::root(MINUTE)).await.expect_err("no sudo");
    assert!(matches!(&error, SshError::NoSudo { user, .. } if user == "daemon"), "{error}");
}

#[tokio::test]
async fn a_survey_is_one_round_trip_and_hides_secrets() {
    let sshd = sshd!();
    let session = pool().session(&sshd.endpoint()).await.expect("a session");
    let host = HostId::parse("web-1").expect("a name");
    let at = jiff::Timestamp::UNIX_EPOCH;
    let first = survey(&session, &host, &Salt::new(b"project"), at).await.expect("facts");
    assert!(matches!(&first.hostname, Read::Known(name) if !name.is_empty()), "{:?}", first.unknowns());
    assert!(first.mount_holding("/").expect("mounts").is_some());
    assert!(first.users.get().expect("users").iter().any(|user| user.name == "root"));
    let left = fs::read_dir("/run")
        .expect("/run")
        .filter(|e| e.as_ref().is_ok_and(|e| e.file_name().to_string_lossy().starts_with("rockhop-survey.")));
    assert_eq!(left.count(), 0, "the survey leaves nothing behind");
}
