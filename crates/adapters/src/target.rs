//! The engine's hands on real machines: seats become SSH endpoints, asks become scripts run as root.
//!
//! It decides nothing. A lost connection is taken up once more, since every script may run twice;
//! what may run only once goes as a detached job.

use crate::ssh::{
    Endpoint, How, JobEnd, JobSpec, JobState, NewFile, Next, Output, Pool, Pull, Session, SshError, quote,
};
use rockhop_domain::{Fault, FaultClass, HostId, Message, plan::Tree};
use rockhop_engine::ports::{Answer, Ask, FileOut, JobFound, JobId, Seat, Target};
use std::{collections::HashMap, sync::Arc, time::Duration};

/// The longest that copying one tree may take.
const COPY_TIMEOUT: Duration = Duration::from_secs(4 * 3_600);
/// With this status GNU tar says that a file changed while it was read, and all else went well.
const TAR_CHANGED_AS_READ: i32 = 1;

/// Where every host of the inventory is, by name.
pub type AddressBook = HashMap<HostId, Endpoint>;

/// Machines over SSH. Cheap to clone; clones share the connections.
#[derive(Clone)]
pub struct SshTarget {
    pool: Pool,
    book: Arc<AddressBook>,
}

impl SshTarget {
    /// Machines of this address book, over this pool.
    pub fn new(pool: Pool, book: AddressBook) -> Self {
        Self { pool, book: Arc::new(book) }
    }

    /// Where a seat is reached. A new machine shows the provisioner's keys, or those carried over from the old host.
    pub fn endpoint(&self, seat: &Seat) -> Result<Endpoint, Fault> {
        let host = host_of(seat);
        let known = self.book.get(host).ok_or_else(|| {
            Fault::new(FaultClass::Unknown, Message::new("fault-host-not-in-inventory").with("host", host))
        })?;
        let mut endpoint = known.clone();
        if let Seat::New { address, host_keys, .. } = seat {
            endpoint.host_keys.alias.get_or_insert_with(|| known.address.clone());
            endpoint.host_keys.accepted.extend(host_keys.iter().cloned());
            endpoint.address.clone_from(address);
            endpoint.host = format!("{host} (new)");
        }
        Ok(endpoint)
    }

    /// Forgets the kept connection to a seat: its machine was switched.
    pub async fn forget(&self, seat: &Seat) {
        if let Ok(endpoint) = self.endpoint(seat) {
            self.pool.forget(&endpoint).await;
        }
    }

    /// The connection to a seat.
    pub async fn session(&self, seat: &Seat) -> Result<Session, Fault> {
        let endpoint = self.endpoint(seat)?;
        self.pool.session(&endpoint).await.map_err(|e| e.fault())
    }

    /// The standard output of a command on a seat, as a stream.
    pub async fn pull(&self, seat: &Seat, script: &str, timeout: Duration) -> Result<Pull, Fault> {
        self.session(seat).await?.pull(script, How::root(timeout)).await.map_err(|e| e.fault())
    }

    /// Runs a script that only looks, as the login user, on the machine that has the host's address now.
    pub async fn look(
        &self,
        host: &HostId,
        script: &str,
        timeout: Duration,
        max_bytes: usize,
    ) -> Result<Output, Fault> {
        let how = How { max_bytes, ..How::login(timeout) };
        self.twice(&Seat::Host(host.clone()), |session| async move { session.exec(script, how).await }).await
    }

    /// Does it; on a lost connection, does it once more over a new one.
    async fn twice<T, F>(&self, seat: &Seat, act: impl Fn(Session) -> F) -> Result<T, Fault>
    where
        F: Future<Output = Result<T, SshError>>,
    {
        let endpoint = self.endpoint(seat)?;
        let session = self.pool.session(&endpoint).await.map_err(|e| e.fault())?;
        match act(session).await {
            Err(error) if error.next() == Next::Retry => {
                self.pool.forget(&endpoint).await;
                let session = self.pool.session(&endpoint).await.map_err(|e| e.fault())?;
                act(session).await.map_err(|e| e.fault())
            }
            end => end.map_err(|e| e.fault()),
        }
    }

    async fn copy_tree(&self, from: &Seat, to: &Seat, tree: &Tree) -> Result<u64, Fault> {
        let mut pull = self.pull(from, &pack_script(&tree.from), COPY_TIMEOUT).await?;
        let receiver = self.session(to).await?;
        let counted = Counted { inner: pull.stream(), bytes: 0 };
        tokio::pin!(counted);
        let unpacked = receiver.push(&unpack_script(&tree.to), &mut counted, How::root(COPY_TIMEOUT)).await;
        let bytes = counted.bytes;
        let packed = pull.finish().await.map_err(|e| e.fault())?;
        whole(from, tree, &packed, &[0, TAR_CHANGED_AS_READ])?;
        whole(to, tree, &unpacked.map_err(|e| e.fault())?, &[0])?;
        Ok(bytes)
    }
}

impl Target for SshTarget {
    async fn ask(&self, seat: &Seat, ask: Ask) -> Result<Answer, Fault> {
        let how = How::root(ask.timeout);
        let script = ask.script.as_str();
        let output = self.twice(seat, |session| async move { session.exec(script, how).await }).await?;
        Ok(answer(&output))
    }

    async fn find_job(&self, seat: &Seat, job: &JobId) -> Result<JobFound, Fault> {
        let id = job.to_string();
        let id = id.as_str();
        let found = self.twice(seat, |session| async move { session.find_job(id).await }).await?;
        Ok(match found {
            JobState::Absent | JobState::Ready => JobFound::Absent,
            JobState::Running => JobFound::Running,
            JobState::Ended(end) => JobFound::Ended(job_answer(end)),
        })
    }

    async fn job(&self, seat: &Seat, ask: Ask) -> Result<Answer, Fault> {
        let endpoint = self.endpoint(seat)?;
        let spec = JobSpec { id: ask.job.to_string(), script: ask.script, timeout: ask.timeout };
        // What a job prints is kept by its host and read whole at its end.
        let end = self.pool.job(&endpoint, &spec, |_| {}).await.map_err(|e| e.fault())?;
        Ok(job_answer(end))
    }

    async fn read_file(&self, seat: &Seat, path: &str) -> Result<Vec<u8>, Fault> {
        self.twice(seat, |session| async move { session.read_file(path).await }).await
    }

    async fn write_file(&self, seat: &Seat, file: FileOut) -> Result<String, Fault> {
        let file = &file;
        self.twice(seat, |session| async move {
            let FileOut { path, mode, owner, group, bytes } = file;
            session.exec(&parent_script(path), How::root(Duration::from_secs(30))).await?;
            session.write_file(&NewFile { path, mode, owner, group, bytes }).await
        })
        .await
    }

    async fn copy_trees(&self, from: &Seat, to: &Seat, trees: &[Tree], _job: JobId) -> Result<u64, Fault> {
        let mut bytes = 0;
        for tree in trees {
            bytes += self.copy_tree(from, to, tree).await?;
        }
        Ok(bytes)
    }
}

/// Prints the tree as a tar stream: a directory as its content, a file as its one member.
fn pack_script(from: &str) -> String {
    let from = quote(from);
    format!(
        "p={from}; if [ -d \"$p\" ]; then exec tar -C \"$p\" -cf - --xattrs . ; \
         else exec tar -C \"${{p%/*}}/\" -cf - --xattrs -- \"${{p##*/}}\"; fi"
    )
}

/// Unpacks beside the place, to the disk, and moves it there only when it has arrived whole.
fn unpack_script(to: &str) -> String {
    let to = quote(to);
    format!(
        "set -e; p={to}; d=${{p%/*}}; mkdir -p \"$d/\"; t=$(mktemp -d \"$d/.rockhop.XXXXXX\")\n\
         trap 'rm -rf \"$t\"' EXIT\n\
         tar -C \"$t\" -xpf - --xattrs\n\
         if [ ! -d \"$p\" ] && [ -f \"$t/${{p##*/}}\" ] && [ \"$(ls -A \"$t\" | wc -l)\" = 1 ]; then\n\
         mv -fT \"$t/${{p##*/}}\" \"$p\"\n\
         else mkdir -p \"$p\"; cp -a \"$t/.\" \"$p/\"; fi\n\
         sync \"$p\" 2>/dev/null || sync"
    )
}

fn parent_script(path: &str) -> String {
    format!("p={}; mkdir -p \"${{p%/*}}/\"", quote(path))
}

fn whole(seat: &Seat, tree: &Tree, output: &Output, fine: &[i32]) -> Result<(), Fault> {
    if fine.contains(&output.status) {
        return Ok(());
    }
    let message = Message::new("fault-copy-broke-off")
        .with("host", host_of(seat))
        .with("path", &tree.from)
        .with("status", output.status);
    Err(Fault::new(FaultClass::Failed, message).with_output(&String::from_utf8_lossy(&output.stderr)))
}

fn host_of(seat: &Seat) -> &HostId {
    match seat {
        Seat::Host(host) | Seat::New { host, .. } => host,
    }
}

fn answer(output: &Output) -> Answer {
    Answer {
        status: output.status,
        stdout: output.text(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn job_answer(end: JobEnd) -> Answer {
    Answer { status: end.status, stdout: end.stdout, stderr: end.stderr }
}

/// A reader that counts what went through it.
struct Counted<R> {
    inner: R,
    bytes: u64,
}

impl<R: tokio::io::AsyncRead + Unpin> tokio::io::AsyncRead for Counted<R> {
    fn poll_read(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
        buf: &mut tokio::io::ReadBuf<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        let before = buf.filled().len();
        let this = &mut *self;
        let end = std::pin::Pin::new(&mut this.inner).poll_read(cx, buf);
        this.bytes += (buf.filled().len() - before) as u64;
        end
    }
}
