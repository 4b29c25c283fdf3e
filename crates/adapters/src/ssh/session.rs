//! Work on one connection: scripts with bounded output, and streams in and out.

use super::connect::Guard;
use super::endpoint::Limits;
use super::error::SshError;
use russh::client::{Handle, Msg};
use russh::{Channel, ChannelMsg, ChannelReadHalf, ChannelWriteHalf};
use std::{sync::Arc, time::Duration};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, duplex};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::{task::JoinHandle, time::timeout};

/// A connection to one host, logged in. Cheap to clone.
#[derive(Clone)]
pub struct Session {
    inner: Arc<Inner>,
}

struct Inner {
    host: String,
    user: String,
    handle: Handle<Guard>,
    channels: Arc<Semaphore>,
    door: Semaphore,
}

/// What a script printed, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Exit status; 128 + n for one that signal n ended.
    pub status: i32,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

/// How to run something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct How {
    /// As root. On a login as root, sudo is not asked.
    pub sudo: bool,
    pub timeout: Duration,
    /// The most it may print, on each of its two outputs.
    pub max_bytes: usize,
}

impl How {
    /// As root, with room for 8 MiB of output.
    pub fn root(timeout: Duration) -> Self {
        Self { sudo: true, timeout, max_bytes: 8 << 20 }
    }

    /// As the login user, with room for 8 MiB of output.
    pub fn login(timeout: Duration) -> Self {
        Self { sudo: false, ..Self::root(timeout) }
    }
}

/// Printed once the script's shell runs, so that a refused sudo and a failed script are told apart.
const STARTED: &str = "rockhop: started";

/// How much longer than the controller the host waits before it ends a script itself.
const GRACE_S: u64 = 10;

/// Bytes on their way between the channel and whoever reads them.
const PIPE_BYTES: usize = 256 << 10;

/// Standard error that is kept of a stream.
const STREAM_STDERR_BYTES: usize = 64 << 10;

impl Session {
    pub(super) fn new(host: &str, user: &str, handle: Handle<Guard>, limits: &Limits) -> Self {
        let (host, user) = (host.to_owned(), user.to_owned());
        let channels = Arc::new(Semaphore::new(limits.channels));
        let door = Semaphore::new(limits.dialing_per_bastion);
        Self { inner: Arc::new(Inner { host, user, handle, channels, door }) }
    }

    /// The host's inventory name.
    pub fn host(&self) -> &str {
        &self.inner.host
    }

    /// Who is logged in.
    pub fn user(&self) -> &str {
        &self.inner.user
    }

    /// Whether the connection has ended.
    pub fn is_closed(&self) -> bool {
        self.inner.handle.is_closed()
    }

    /// Runs a POSIX sh script, sent on standard input: nothing of it is seen in a process list, a script cut off on
    /// its way does not run at all, and its own commands read nothing of it.
    pub async fn exec(&self, script: &str, how: How) -> Result<Output, SshError> {
        let shell = format!("timeout -k 5 {} sh -s", how.timeout.as_secs() + GRACE_S);
        let text = format!("{{ echo '{STARTED}' >&2\n{script}\n}} </dev/null\n");
        let channel = self.start(&self.as_whom(&shell, how.sudo)).await?;
        let mut output = self.converse(channel, text.as_bytes(), how).await?;
        self.take_mark(&mut output, how.sudo)?;
        Ok(output)
    }

    /// Runs a command line whose shell text is `script`, with `input` as its standard input.
    pub async fn push(&self, script: &str, input: impl AsyncRead + Unpin + Send, how: How) -> Result<Output, SshError> {
        let channel = self.start(&self.inline(script, how)).await?;
        let mut output = self.converse(channel, input, how).await?;
        self.take_mark(&mut output, how.sudo)?;
        Ok(output)
    }

    /// Runs a command line and gives its standard output as a stream, as fast as it is read.
    pub async fn pull(&self, script: &str, how: How) -> Result<Pull, SshError> {
        let channel = self.start(&self.inline(script, how)).await?;
        let (near, far) = duplex(PIPE_BYTES);
        let session = self.clone();
        let pump = tokio::spawn(async move { session.pump(channel, far, how).await });
        Ok(Pull { stream: near, pump })
    }

    /// Sends a command exactly as it is, with `input` as its standard input; nothing is wrapped around it. For
    /// commands that bring their own framing.
    pub async fn raw(&self, command: &str, input: &[u8], how: How) -> Result<Output, SshError> {
        let channel = self.start(command).await?;
        self.converse(channel, input, how).await
    }

    fn as_whom(&self, command: &str, sudo: bool) -> String {
        if sudo && self.inner.user != "root" { format!("sudo -n {command}") } else { command.to_owned() }
    }

    fn inline(&self, script: &str, how: How) -> String {
        let text = quote(&format!("echo '{STARTED}' >&2\n{script}"));
        let shell = format!("timeout -k 5 {} sh -c {text}", how.timeout.as_secs() + GRACE_S);
        self.as_whom(&shell, how.sudo)
    }

    /// Takes the mark out of standard error. Without the mark, sudo refused.
    fn take_mark(&self, output: &mut Output, sudo: bool) -> Result<(), SshError> {
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let Some((before, after)) = stderr.split_once(&format!("{STARTED}\n")) else {
            let (host, said) = (self.inner.host.clone(), first_line(&stderr));
            return Err(match sudo && self.inner.user != "root" {
                true => SshError::NoSudo { host, user: self.inner.user.clone(), said },
                false => SshError::Failed { host, what: "sh".into(), status: output.status, said },
            });
        };
        output.stderr = format!("{before}{after}").into_bytes();
        Ok(())
    }

    pub(super) fn door(&self) -> &Semaphore {
        &self.inner.door
    }

    /// A stream through this host to another.
    pub(super) async fn tunnel(
        &self,
        to: &str,
        address: &str,
        port: u16,
        within: Duration,
    ) -> Result<impl AsyncRead + AsyncWrite + Unpin + Send + 'static, SshError> {
        let opening = self.inner.handle.channel_open_direct_tcpip(address, u32::from(port), "127.0.0.1", 0);
        let unreachable = |said: String| SshError::Unreachable {
            host: to.to_owned(),
            address: format!("{address}:{port} through {}", self.inner.host),
            said,
        };
        let channel = timeout(within, opening).await.map_err(|_| unreachable("no answer in time".into()))?;
        Ok(channel.map_err(|error| unreachable(error.to_string()))?.into_stream())
    }

    async fn start(&self, command: &str) -> Result<Running, SshError> {
        let permit = Arc::clone(&self.inner.channels).acquire_owned().await.map_err(|_| self.lost())?;
        let channel = self.inner.handle.channel_open_session().await.map_err(|_| self.lost())?;
        channel.exec(false, command).await.map_err(|_| self.lost())?;
        Ok(Running { channel, _permit: permit })
    }

    fn lost(&self) -> SshError {
        SshError::ChannelLost { host: self.inner.host.clone() }
    }

    async fn converse(&self, run: Running, input: impl AsyncRead + Unpin + Send, how: How) -> Result<Output, SshError> {
        let Running { channel, _permit } = run;
        let (mut reader, writer) = channel.split();
        let talk = self.talk(&mut reader, &writer, input, how.max_bytes);
        let result = match timeout(how.timeout, talk).await {
            Ok(result) => result,
            Err(_) => Err(SshError::Timeout { host: self.inner.host.clone(), after: how.timeout }),
        };
        if result.is_err() {
            let _ = writer.close().await; // it may be closed already
        }
        result
    }

    /// Writes the input and reads both outputs at once, so that neither side waits for the other.
    async fn talk(
        &self,
        reader: &mut ChannelReadHalf,
        writer: &ChannelWriteHalf<Msg>,
        mut input: impl AsyncRead + Unpin + Send,
        limit: usize,
    ) -> Result<Output, SshError> {
        let send = async {
            let mut pipe = writer.make_writer();
            let mut buffer = vec![0; 32 << 10];
            loop {
                let read = input.read(&mut buffer).await.map_err(|error| self.local(&error))?;
                if read == 0 || pipe.write_all(&buffer[..read]).await.is_err() {
                    break; // a command that no longer reads has its reasons; its status tells them
                }
            }
            let _ = writer.eof().await; // the same: the status tells
            Ok::<(), SshError>(())
        };
        let receive = async {
            let mut output = Output { status: LOST, stdout: Vec::new(), stderr: Vec::new() };
            while let Some(message) = reader.wait().await {
                self.hear(message, &mut output, limit)?;
            }
            if output.status == LOST { Err(self.lost()) } else { Ok(output) }
        };
        tokio::pin!(send, receive);
        tokio::select! {
            sent = &mut send => { sent?; receive.await }
            received = &mut receive => received,
        }
    }

    fn hear(&self, message: ChannelMsg, output: &mut Output, limit: usize) -> Result<(), SshError> {
        let (data, kept) = match &message {
            ChannelMsg::Data { data } => (data, &mut output.stdout),
            ChannelMsg::ExtendedData { data, .. } => (data, &mut output.stderr),
            other => {
                output.status = status_of(other).unwrap_or(output.status);
                return Ok(());
            }
        };
        if kept.len() + data.len() > limit {
            return Err(SshError::TooMuchOutput { host: self.inner.host.clone(), limit });
        }
        kept.extend_from_slice(data);
        Ok(())
    }

    /// Moves a channel's output into a pipe until it ends. Its standard error and its status are the result.
    async fn pump(&self, run: Running, pipe: DuplexStream, how: How) -> Result<Output, SshError> {
        let Running { channel, _permit } = run;
        let (mut reader, writer) = channel.split();
        writer.eof().await.map_err(|_| self.lost())?;
        let result = match timeout(how.timeout, self.drain(&mut reader, pipe)).await {
            Ok(result) => result,
            Err(_) => Err(SshError::Timeout { host: self.inner.host.clone(), after: how.timeout }),
        };
        match result {
            Ok(mut output) => self.take_mark(&mut output, how.sudo).map(|()| output),
            Err(error) => {
                let _ = writer.close().await; // it may be closed already
                Err(error)
            }
        }
    }

    /// A reader that went away before the end does not stop the command: the rest is dropped, the status still told.
    async fn drain(&self, reader: &mut ChannelReadHalf, mut pipe: DuplexStream) -> Result<Output, SshError> {
        let mut output = Output { status: LOST, stdout: Vec::new(), stderr: Vec::new() };
        let mut read = true;
        while let Some(message) = reader.wait().await {
            match message {
                ChannelMsg::Data { data } => read = read && pipe.write_all(&data).await.is_ok(),
                ChannelMsg::ExtendedData { data, .. } => {
                    let room = STREAM_STDERR_BYTES.saturating_sub(output.stderr.len()).min(data.len());
                    output.stderr.extend_from_slice(&data[..room]);
                }
                other => output.status = status_of(&other).unwrap_or(output.status),
            }
        }
        if output.status == LOST { Err(self.lost()) } else { Ok(output) }
    }

    fn local(&self, error: &std::io::Error) -> SshError {
        SshError::Local { host: self.inner.host.clone(), said: error.to_string() }
    }
}

/// A command that runs on a channel of its own.
struct Running {
    channel: Channel<Msg>,
    _permit: OwnedSemaphorePermit,
}

/// No status was told: the connection went first.
const LOST: i32 = i32::MIN;

fn status_of(message: &ChannelMsg) -> Option<i32> {
    match message {
        ChannelMsg::ExitStatus { exit_status } => Some(i32::try_from(*exit_status).unwrap_or(255)),
        ChannelMsg::ExitSignal { .. } => Some(128),
        _ => None,
    }
}

/// The standard output of a command on a host, as a stream. The end of the stream alone is no success: call
/// [`Pull::finish`], which tells how the command ended.
pub struct Pull {
    stream: DuplexStream,
    pump: JoinHandle<Result<Output, SshError>>,
}

impl Pull {
    /// What to read from.
    pub fn stream(&mut self) -> &mut (impl AsyncRead + Unpin + Send + use<>) {
        &mut self.stream
    }

    /// How the command ended; its standard output has been read by then, or is dropped.
    pub async fn finish(self) -> Result<Output, SshError> {
        drop(self.stream);
        let joined = self.pump.await;
        joined.unwrap_or_else(|error| Err(SshError::Local { host: String::new(), said: error.to_string() }))
    }
}

impl Output {
    /// Standard output as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// The output of a command that must have ended well.
    pub fn good(self, host: &str, what: &str) -> Result<Self, SshError> {
        match self.status {
            0 => Ok(self),
            status => {
                let said = first_line(&String::from_utf8_lossy(&self.stderr));
                Err(SshError::Failed { host: host.to_owned(), what: what.to_owned(), status, said })
            }
        }
    }
}

/// One word of a shell command line, whatever it holds.
pub fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

fn first_line(text: &str) -> String {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting_keeps_any_text_one_word() {
        for (text, want) in [("a b", "'a b'"), ("it's", "'it'\\''s'"), ("$(x)`y`", "'$(x)`y`'"), ("", "''")] {
            assert_eq!(quote(text), want);
        }
    }
}
