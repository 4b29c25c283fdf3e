//! An OpenSSH server of the test's own, on a free loopback port, gone when the test ends.

use rockhop_adapters::ssh::{Algorithms, Auth, Endpoint, HostKeys};
use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

pub struct Sshd {
    pub dir: tempfile::TempDir,
    pub port: u16,
    server: Child,
}

impl Sshd {
    /// Starts one, or says why it cannot.
    pub fn start(options: &str) -> Option<Self> {
        if !Path::new("/usr/sbin/sshd").exists() {
            return skipped("there is no /usr/sbin/sshd");
        }
        if !nix_is_root() {
            return skipped("an sshd that logs anyone in needs root");
        }
        Some(Self::started(options))
    }

    fn started(options: &str) -> Self {
        fs::create_dir_all("/run/sshd").expect("sshd's own folder");
        let dir = tempfile::tempdir().expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port").port();
        for (name, kind) in [("host", "ed25519"), ("other", "ed25519"), ("me", "ed25519"), ("me_rsa", "rsa")] {
            keygen(&["-q", "-N", "", "-t", kind, "-f", &path(&dir, name)]);
        }
        let keys = ["me.pub", "me_rsa.pub"].map(|name| fs::read_to_string(path(&dir, name)).expect("a key"));
        fs::write(path(&dir, "authorized"), keys.concat()).expect("authorized keys");
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nUsePAM no\nStrictModes no\nPermitRootLogin yes\n{options}\n",
            path(&dir, "host"),
            path(&dir, "authorized"),
        );
        fs::write(path(&dir, "config"), config).expect("a configuration");
        let log = fs::File::create(path(&dir, "log")).expect("a log");
        let mut server = Command::new("/usr/sbin/sshd");
        let server = server
            .args(["-D", "-e", "-f", &path(&dir, "config")])
            .stderr(log)
            .stdout(Stdio::null())
            .spawn()
            .expect("sshd");
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            std::thread::yield_now();
        }
        Self { dir, port, server }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn host_key(&self) -> String {
        fs::read_to_string(self.file("host.pub")).expect("the host key").trim().to_owned()
    }

    /// Root on this server, with its host key on record.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint {
            host: "web-1".into(),
            address: "127.0.0.1".into(),
            port: self.port,
            user: "root".into(),
            auth: Auth { agent: None, keys: vec![self.file("me")] },
            host_keys: HostKeys { files: Vec::new(), accepted: vec![self.host_key()], alias: None },
            jump: None,
            algorithms: Algorithms::Modern,
            netns: None,
        }
    }

    /// Ends every connection of this server, as a network that goes away would; the server itself stays.
    pub fn drop_connections(&self) {
        let children = format!("/proc/{0}/task/{0}/children", self.server.id());
        for child in fs::read_to_string(children).expect("the children").split_whitespace() {
            let killed = Command::new("kill").args(["-9", child]).status().expect("kill");
            assert!(killed.success());
        }
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        let _ = self.server.kill(); // it may have ended by itself
        let _ = self.server.wait();
    }
}

pub fn keygen(args: &[&str]) {
    assert!(
        Command::new("ssh-keygen")
            .args(args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("ssh-keygen")
            .success()
    );
}

fn path(dir: &tempfile::TempDir, name: &str) -> String {
    dir.path().join(name).display().to_string()
}

fn nix_is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0)
}

#[expect(clippy::print_stderr, reason = "a skipped test says so loudly")]
fn skipped<T>(why: &str) -> Option<T> {
    eprintln!("\n*** SKIPPED: a test against a real sshd did not run: {why} ***\n");
    None
}
