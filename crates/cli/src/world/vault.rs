//! The vault as the engine's port: hosts stream their files, dumps and lists of themselves into it.

use rockhop_adapters::{ssh::Pull, target::SshTarget};
use rockhop_domain::{BackupProof, Fault, FaultClass, Message, plan::BackUp};
use rockhop_engine::ports::{JobId, Seat, Vault as VaultPorts};
use rockhop_vault::{BackupId, Dump, Label, TAR_CHANGED_AS_READ, Vault, VaultError, manifest_command, tar_command};
use std::{
    io::{self, Read},
    sync::Arc,
    time::Duration,
};
use tokio::{io::AsyncReadExt, runtime::Handle, task::spawn_blocking};

/// The longest that one host may stream.
const STREAM_TIMEOUT: Duration = Duration::from_secs(8 * 3_600);

/// One vault for all hosts of a run.
#[derive(Clone)]
pub struct VaultPort {
    vault: Arc<Vault>,
    target: SshTarget,
}

impl VaultPort {
    /// Hosts of `target` into `vault`.
    pub fn new(vault: Arc<Vault>, target: SshTarget) -> Self {
        Self { vault, target }
    }

    fn stream(&self, seat: &Seat, script: &str, fine: &'static [i32]) -> Stream {
        let from = Source::Command { target: self.target.clone(), seat: seat.clone(), script: script.to_owned() };
        Stream { from, handle: Handle::current(), fine }
    }
}

impl VaultPorts for VaultPort {
    async fn back_up(&self, seat: &Seat, what: &BackUp, job: &JobId) -> Result<String, Fault> {
        let label =
            Label { run: job.run.clone(), host: job.host.clone(), step: format!("{}-{}", job.step.0, job.attempt) };
        let tar = self.stream(seat, &tar_command(&what.paths, &what.exclude), &[0, TAR_CHANGED_AS_READ]);
        let mut dumps = Vec::new();
        for dump in &what.dumps {
            dumps.push((dump.name.clone(), self.stream(seat, &dump.command, &[0])));
        }
        let vault = Arc::clone(&self.vault);
        let id = blocking(move || {
            let dumps = dumps.iter_mut().map(|(name, from)| Dump { name, from: Box::new(from) }).collect();
            vault.back_up(&label, tar, dumps)
        });
        Ok(id.await?.to_string())
    }

    async fn prove(&self, seat: &Seat, what: &BackUp, snapshot: &str) -> Result<BackupProof, Fault> {
        let id = BackupId::parse(snapshot).ok_or_else(|| {
            Fault::new(FaultClass::Unknown, Message::new("fault-no-snapshot-name").with("snapshot", snapshot))
        })?;
        let manifest = self.stream(seat, &manifest_command(&what.paths, &what.exclude), &[0]);
        let (vault, volatile) = (Arc::clone(&self.vault), what.volatile.clone());
        Ok(blocking(move || vault.prove(&id, manifest, &volatile)).await?.into())
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, Fault> {
    match spawn_blocking(work).await {
        Ok(done) => done.map_err(|e| Fault::new(FaultClass::Failed, e.message())),
        Err(panic) => Err(Fault::new(FaultClass::Unknown, Message::new("fault-defect").with("what", panic))),
    }
}

/// A command's output, read from a thread that may block. Its end is good only if the command ended well.
///
/// The command starts with the first read: one that nobody reads yet would hold up the others, which share
/// its connection.
struct Stream {
    from: Source,
    handle: Handle,
    fine: &'static [i32],
}

enum Source {
    Command { target: SshTarget, seat: Seat, script: String },
    Running(Pull),
    Ended,
}

impl Read for Stream {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.start()?;
        let Source::Running(pull) = &mut self.from else { return Ok(0) };
        let read = self.handle.block_on(pull.stream().read(buf))?;
        if read > 0 || buf.is_empty() {
            return Ok(read);
        }
        self.end()
    }
}

impl Stream {
    fn start(&mut self) -> io::Result<()> {
        if let Source::Command { target, seat, script } = &self.from {
            let pull = self.handle.block_on(target.pull(seat, script, STREAM_TIMEOUT));
            self.from = Source::Running(pull.map_err(|fault| io::Error::other(fault.message.to_string()))?);
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<usize> {
        let Source::Running(pull) = std::mem::replace(&mut self.from, Source::Ended) else { return Ok(0) };
        let output = self.handle.block_on(pull.finish()).map_err(io::Error::other)?;
        if self.fine.contains(&output.status) {
            return Ok(0);
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(io::Error::other(format!("the command on the host ended with {}: {}", output.status, said.trim())))
    }
}
