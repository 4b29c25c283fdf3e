//! Detached jobs: they outlive the connection, start exactly once, and are found again by name.
//!
//! On the host a job is a folder, `/run/rockhop/jobs/<id>/`, with `script`, `pid`, `out`, `err`, `rc`. It runs as a
//! transient unit, `rockhop-<id>`. The unit's first act is to make the folder `started`: whoever makes it runs the
//! script, so two units, or one that systemd starts again, never run it twice. The host's journal has one line a start.
//! The folder is in memory: after a reboot the job is absent, and only the caller can know what that means.

use super::endpoint::Endpoint;
use super::error::{Next, SshError};
use super::pool::Pool;
use super::session::{How, Output, Session};
use std::time::Duration;
use tokio::time::Instant;

/// A script to run detached, as root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobSpec {
    /// Letters, digits, `.`, `-`, `_`: the folder's and the unit's name.
    pub id: String,
    /// POSIX sh.
    pub script: String,
    /// The longest it may take; the host ends it then.
    pub timeout: Duration,
}

/// A job as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobState {
    /// Never started there, or gone with a reboot.
    Absent,
    /// Written down but not started: the connection went in between. Starting it again starts it once.
    Ready,
    Running,
    Ended(JobEnd),
}

/// How a job ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobEnd {
    /// Exit status; 124 when its time was up.
    pub status: i32,
    /// The end of what it printed, at most [`KEPT_BYTES`].
    pub stdout: String,
    pub stderr: String,
}

/// The most of a job's output that is kept; all of it is shown as it comes.
pub const KEPT_BYTES: usize = 256 << 10;

/// How long one question waits on the host for news, before the next is asked.
const WAIT_S: u64 = 8;

/// How long a connection may be gone before a job's result is given up. A reboot takes minutes.
const PATIENCE: Duration = Duration::from_secs(900);

/// The same before the job was ever seen: nothing is under way there that would be worth waiting for, and whoever waits
/// for the host should hear of it.
const FIRST_PATIENCE: Duration = Duration::from_secs(60);

/// The most output that one answer carries.
const CHUNK_BYTES: u64 = 1 << 20;

const ASK: Duration = Duration::from_secs(60);

impl Session {
    /// Looks for a job without starting it.
    pub async fn find_job(&self, id: &str) -> Result<JobState, SshError> {
        let answer = self.look(id, 0, 0).await?;
        match answer.state {
            State::Ended(_) => Ok(JobState::Ended(self.result(id).await?)),
            State::Absent => Ok(JobState::Absent),
            State::Ready => Ok(JobState::Ready),
            State::Running => Ok(JobState::Running),
        }
    }

    /// Writes the job down and starts its unit, unless that was done before.
    pub async fn start_job(&self, spec: &JobSpec) -> Result<(), SshError> {
        check_id(&spec.id).map_err(|said| self.bad_answer(&spec.id, said))?;
        let output = self.push(&start_script(spec), spec.script.as_bytes(), How::root(ASK)).await?;
        output.good(self.host(), &format!("start of job {}", spec.id)).map(drop)
    }

    /// Asks how the job stands, from that byte of its output on; waits up to `wait_s` for news.
    async fn look(&self, id: &str, offset: u64, wait_s: u64) -> Result<Look, SshError> {
        check_id(id).map_err(|said| self.bad_answer(id, said))?;
        let output = self.exec(&look_script(id, offset, wait_s), How::root(ASK)).await?;
        let output = output.good(self.host(), &format!("look at job {id}"))?;
        let (head, news) = split_line(&output.stdout);
        match head.split_once(' ').unwrap_or((head, "")) {
            ("absent", _) => Ok(Look { state: State::Absent, news }),
            ("ready", _) => Ok(Look { state: State::Ready, news }),
            ("running", _) => Ok(Look { state: State::Running, news }),
            ("vanished", _) => Err(SshError::JobVanished { host: self.host().to_owned(), job: id.to_owned() }),
            ("ended", status) => {
                let status = status.trim().parse().map_err(|_| self.bad_answer(id, "an unreadable result"))?;
                Ok(Look { state: State::Ended(status), news })
            }
            _ => Err(self.bad_answer(id, "an answer that is none")),
        }
    }

    /// Reads the result of an ended job.
    async fn result(&self, id: &str) -> Result<JobEnd, SshError> {
        let script =
            format!("cd /run/rockhop/jobs/{id} && cat rc && tail -c {KEPT_BYTES} out && tail -c {KEPT_BYTES} err >&2");
        let Output { stdout, stderr, .. } =
            self.exec(&script, How::root(ASK)).await?.good(self.host(), "read of a job's result")?;
        let (head, rest) = split_line(&stdout);
        let status = head.trim().parse().map_err(|_| self.bad_answer(id, "an unreadable result"))?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(JobEnd { status, stdout: text(&rest), stderr: text(&stderr) })
    }

    fn bad_answer(&self, id: &str, said: &str) -> SshError {
        SshError::Failed { host: self.host().to_owned(), what: format!("job {id}"), status: -1, said: said.to_owned() }
    }
}

impl Pool {
    /// Starts a job, or takes over the one of the same name, and follows it to its end, through lost connections.
    /// `show` gets all that it prints, once and in order.
    pub async fn job(
        &self,
        endpoint: &Endpoint,
        spec: &JobSpec,
        mut show: impl FnMut(&[u8]) + Send,
    ) -> Result<JobEnd, SshError> {
        let mut follow = Follow { offset: 0, met: false, end: Instant::now() + spec.timeout + PATIENCE };
        loop {
            match self.follow(endpoint, spec, &mut follow, &mut show).await {
                Err(error) if follow.met && error.next() == Next::Retry && Instant::now() < follow.end => {
                    self.forget(endpoint).await;
                }
                result => return result,
            }
        }
    }

    async fn follow(
        &self,
        endpoint: &Endpoint,
        spec: &JobSpec,
        follow: &mut Follow,
        show: &mut (impl FnMut(&[u8]) + Send),
    ) -> Result<JobEnd, SshError> {
        let patience = if follow.met { PATIENCE } else { FIRST_PATIENCE };
        let patience = follow.end.saturating_duration_since(Instant::now()).min(patience);
        let session = self.await_session(endpoint, patience).await?;
        loop {
            let look = session.look(&spec.id, follow.offset, WAIT_S).await?;
            follow.met = true;
            follow.offset += look.news.len() as u64;
            if !look.news.is_empty() {
                show(&look.news);
            }
            match look.state {
                State::Absent if follow.offset > 0 => return Err(vanished(endpoint, spec)),
                State::Absent | State::Ready => session.start_job(spec).await?,
                State::Ended(_) if look.news.is_empty() => return session.result(&spec.id).await,
                State::Ended(_) | State::Running => {}
            }
        }
    }
}

/// How far a job was followed.
struct Follow {
    offset: u64,
    /// The host has answered at least once.
    met: bool,
    end: Instant,
}

struct Look {
    state: State,
    news: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Absent,
    Ready,
    Running,
    Ended(i32),
}

fn vanished(endpoint: &Endpoint, spec: &JobSpec) -> SshError {
    SshError::JobVanished { host: endpoint.host.clone(), job: spec.id.clone() }
}

/// The id goes into paths and a unit's name, so nothing in it may mean anything to a shell or to systemd.
fn check_id(id: &str) -> Result<(), &'static str> {
    let plain = id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let good = plain && id.starts_with(|c: char| c.is_ascii_alphanumeric()) && id.len() <= 200;
    if good { Ok(()) } else { Err("a name that a job cannot have") }
}

/// Reads the script from standard input. The folder appears whole, by a rename, or not at all.
fn start_script(spec: &JobSpec) -> String {
    let (id, limit, bytes) = (&spec.id, spec.timeout.as_secs().max(1), spec.script.len());
    format!(
        r#"set -e; umask 077; cd /; j=/run/rockhop/jobs; d=$j/{id}; mkdir -p $j
if [ ! -d $d ]; then
  t=$(mktemp -d $j/.new.XXXXXX); cat >$t/script
  [ "$(wc -c <$t/script)" -eq {bytes} ] || {{ rm -rf $t; echo 'the script arrived cut off' >&2; exit 65; }}
  cat >$t/run <<'RUN'
cd /run/rockhop/jobs/{id} || exit
umask 077
mkdir started 2>/dev/null || exit 0
echo $$ >pid.new && mv pid.new pid
logger -t rockhop 'apply {id}'
(cd / && exec timeout -k 10 {limit} sh /run/rockhop/jobs/{id}/script) </dev/null >out 2>err
echo $? >rc.new && mv rc.new rc
RUN
  mv -T $t $d 2>/dev/null || rm -rf $t
fi
[ ! -d $d/started ] || exit 0
if [ -d /run/systemd/system ]; then
  said=$(systemd-run --unit=rockhop-{id} /bin/sh $d/run 2>&1) && exit 0
  case $said in *"already exists"*|*"already loaded"*) exit 0 ;; esac
  [ -d $d/started ] || {{ printf '%s\n' "$said" >&2; exit 1; }}
else
  setsid sh $d/run </dev/null >/dev/null 2>&1 &
fi"#
    )
}

/// Prints `STATE` or `ended STATUS` on a line, then what is new. The state is read first: what an ended job printed is
/// then all there.
fn look_script(id: &str, offset: u64, wait_s: u64) -> String {
    let (from, turns) = (offset + 1, wait_s * 4);
    format!(
        r#"d=/run/rockhop/jobs/{id}; n=0; missed=0
[ -d $d ] || {{ echo absent; exit 0; }}
cd $d
while :; do
  state=running
  if [ -f rc ]; then read -r status <rc; state="ended $status"
  elif [ ! -d started ]; then state=ready
  elif [ ! -f pid ] || {{ read -r pid <pid; [ ! -d /proc/$pid ]; }}; then
    [ -f rc ] && continue
    missed=$((missed + 1)); [ $missed -lt 12 ] || state=vanished
  fi
  [ "$state" = running ] || break
  size=0; [ ! -f out ] || size=$(stat -c %s out)
  [ "$size" -le {offset} ] || break
  n=$((n + 1)); [ $n -le {turns} ] || [ $missed -gt 0 ] || break
  sleep 0.25
done
echo "$state"
[ ! -f out ] || tail -c +{from} out | head -c {CHUNK_BYTES}"#
    )
}

fn split_line(bytes: &[u8]) -> (&str, Vec<u8>) {
    let at = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let rest = bytes.get(at + 1..).unwrap_or_default().to_vec();
    (std::str::from_utf8(&bytes[..at]).unwrap_or_default(), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mean_something_to_a_shell_are_refused() {
        for (id, good) in
            [("run-1.web-1.3.0", true), ("a b", false), ("../x", false), (".x", false), ("$(x)", false), ("", false)]
        {
            assert_eq!(check_id(id).is_ok(), good, "{id}");
        }
    }

    #[test]
    fn an_answer_is_a_line_and_bytes() {
        assert_eq!(split_line(b"ended 0\n\xff\n"), ("ended 0", b"\xff\n".to_vec()));
        assert_eq!(split_line(b"absent"), ("absent", Vec::new()));
    }
}
