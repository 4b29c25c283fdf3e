//! Takes a census of a host: begins it as a detached job, or takes over the one that is under way, and brings its answer.
//!
//! The host keeps what is finished, so a connection, a controller or a job that dies costs no section. The work folder is
//! taken away only when the caller says that the answer is kept.

use crate::ssh::{Endpoint, How, JobSpec, JobState, Pool, Session, SshError, quote};
use crate::survey::{PACKED_BYTES, unpack};
use jiff::Timestamp;
use rockhop_domain::facts::Census;
use rockhop_domain::facts::census::{self, Answered, SCRIPT};
use rockhop_domain::facts::survey::{NotASurvey, NotCarried};
use rockhop_domain::{HostId, Message};
use std::time::Duration;

/// A census that gave nothing. What one section could not read is no error: the section says so.
#[derive(Debug, thiserror::Error)]
pub enum CensusError {
    #[error(transparent)]
    Ssh(#[from] SshError),
    #[error("the census of {host} ended with status {status}: {said}")]
    Ended { host: HostId, status: i32, said: String },
    #[error("the answer of {host} is no census")]
    NotACensus { host: HostId, source: NotCarried },
    #[error("the answer of {host} cannot be unpacked")]
    Packed { host: HostId, source: std::io::Error },
    #[error("the work folder of {host} says what nobody understands: {said}")]
    Unclear { host: HostId, said: String },
}

impl CensusError {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        match self {
            Self::Ssh(error) => error.message(),
            Self::Ended { host, status: NO_ROOM, said } => {
                Message::new("census-no-room").with("host", host).with("said", said)
            }
            Self::Ended { host, status: BUSY, .. } => Message::new("census-busy").with("host", host),
            Self::Ended { host, status: TIME_UP, .. } => Message::new("census-time-up").with("host", host),
            Self::Ended { host, status, said } => {
                Message::new("census-ended").with("host", host).with("status", status).with("said", said)
            }
            Self::NotACensus { host, source } => not_a_census(source).with("host", host),
            Self::Packed { host, source } => Message::new("survey-packed").with("host", host).with("said", source),
            Self::Unclear { host, said } => Message::new("census-unclear").with("host", host).with("said", said),
        }
    }
}

fn not_a_census(why: &NotCarried) -> Message {
    match why {
        NotCarried::NotASurvey(NotASurvey::NewerFormat) => Message::new("census-newer"),
        NotCarried::NotASurvey(NotASurvey::NoHeader) => Message::new("census-not-one"),
        NotCarried::CutOff => Message::new("survey-cut-off"),
        NotCarried::NoTime => Message::new("census-no-time"),
    }
}

/// The script's own statuses.
const NO_ROOM: i32 = 73;
const BUSY: i32 = 75;
/// The host ended the job.
const TIME_UP: i32 = 124;

/// The longest that a host may be at it; what is finished then is kept.
const CENSUS_TIMEOUT: Duration = Duration::from_secs(8 * 3_600);
const ASK: Duration = Duration::from_secs(120);

/// What has begun on a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// From 1.
    pub number: u32,
    pub of: u32,
    pub section: String,
    /// It was finished by an earlier start.
    pub kept: bool,
}

/// How far a census was found.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Found {
    Nothing,
    Part { job: Option<String> },
    Whole,
}

/// Takes a census, from wherever it stands. `also` are folders to walk beside the usual ones.
pub async fn census(
    pool: &Pool,
    endpoint: &Endpoint,
    host: &HostId,
    also: &[String],
    at: Timestamp,
    mut show: impl FnMut(Progress) + Send,
) -> Result<Census, CensusError> {
    let session = pool.session(endpoint).await?;
    let found = look(&session, host).await?;
    if found != Found::Whole {
        let spec = to_do(&session, found, also, at).await;
        let mut lines = Lines::default();
        let end = pool.job(endpoint, &spec, |bytes| lines.take(bytes, &mut show)).await?;
        if end.status != 0 {
            let said = end.stderr.lines().next().unwrap_or_default().to_owned();
            return Err(CensusError::Ended { host: host.clone(), status: end.status, said });
        }
    }
    collect(&pool.session(endpoint).await?, host).await
}

/// Begins one, or sees that one is under way or finished, and does not wait for it.
pub async fn begin(
    pool: &Pool,
    endpoint: &Endpoint,
    host: &HostId,
    also: &[String],
    at: Timestamp,
) -> Result<(), CensusError> {
    let session = pool.session(endpoint).await?;
    let found = look(&session, host).await?;
    if found == Found::Whole {
        return Ok(());
    }
    let spec = to_do(&session, found, also, at).await;
    Ok(session.start_job(&spec).await?)
}

/// Takes the work folder and the jobs away; the answer is kept by then.
pub async fn forget(pool: &Pool, endpoint: &Endpoint) -> Result<(), CensusError> {
    let session = pool.session(endpoint).await?;
    let script = format!("rm -rf /run/rockhop/jobs/{JOB}*\n{}", asked("clean"));
    let output = session.exec(&script, How::root(ASK)).await?;
    output.good(session.host(), "census clean")?;
    Ok(())
}

/// The script for a host that nobody here can reach. Run there as root, it prints what [`read_carried`] reads.
pub fn carried_script(also: &[String]) -> String {
    format!("ALSO={}\n{SCRIPT}", quote(&also.join("\n")))
}

/// Whether a file that was brought along holds a census, packed or not.
pub fn is_census(bytes: &[u8]) -> bool {
    unpack(bytes).is_ok_and(|text| census::answer(&text) == Answered::Census)
}

/// Reads an answer that was carried here in a file, whole or not at all.
pub fn read_carried(host: &HostId, bytes: &[u8]) -> Result<Census, CensusError> {
    let text = unpack(bytes).map_err(|source| CensusError::Packed { host: host.clone(), source })?;
    let read = census::read_carried(host.clone(), &text);
    read.map_err(|source| CensusError::NotACensus { host: host.clone(), source })
}

/// How the names of jobs begin.
const JOB: &str = "census-";

fn asked(word: &str) -> String {
    format!("set -- {word}\n{SCRIPT}")
}

async fn look(session: &Session, host: &HostId) -> Result<Found, CensusError> {
    let output = session.exec(&asked("look"), How::root(ASK)).await?.good(session.host(), "census look")?;
    let text = output.text();
    let unclear = || CensusError::Unclear { host: host.clone(), said: text.lines().next().unwrap_or("").to_owned() };
    let mut words = text.split_whitespace();
    match (words.next(), words.nth(2)) {
        (Some("none"), _) => Ok(Found::Nothing),
        (Some("whole"), _) => Ok(Found::Whole),
        (Some("part"), Some(job)) => Ok(Found::Part { job: job.strip_prefix(JOB).is_some().then(|| job.to_owned()) }),
        _ => Err(unclear()),
    }
}

/// The job that is under way, or a new one. A job that ended or is gone is not taken up by name: its successor goes on where
/// it stopped.
async fn to_do(session: &Session, found: Found, also: &[String], at: Timestamp) -> JobSpec {
    let mut id = format!("{JOB}{}", at.as_millisecond());
    if let Found::Part { job: Some(job) } = found
        && matches!(session.find_job(&job).await, Ok(JobState::Running | JobState::Ready))
    {
        id = job;
    }
    let script = format!("JOB={id}\nALSO={}\n{}", quote(&also.join("\n")), asked("run"));
    JobSpec { id, script, timeout: CENSUS_TIMEOUT }
}

async fn collect(session: &Session, host: &HostId) -> Result<Census, CensusError> {
    let how = How { max_bytes: PACKED_BYTES, ..How::root(ASK) };
    let output = session.exec(&asked("print"), how).await?.good(session.host(), "census print")?;
    read_carried(host, &output.stdout)
}

/// Cuts what a job prints into its lines, which may come in pieces.
#[derive(Default)]
struct Lines {
    rest: Vec<u8>,
}

impl Lines {
    fn take(&mut self, bytes: &[u8], show: &mut impl FnMut(Progress)) {
        self.rest.extend_from_slice(bytes);
        while let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.rest.drain(..=end).collect();
            if let Some(progress) = progress(&String::from_utf8_lossy(&line)) {
                show(progress);
            }
        }
    }
}

fn progress(line: &str) -> Option<Progress> {
    let mut words = line.split_whitespace();
    let (number, of) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some(Progress { number, of, section: words.next()?.to_owned(), kept: words.next()? == "kept" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_comes_in_pieces() {
        let (mut lines, mut seen) = (Lines::default(), Vec::new());
        for piece in ["1 13 scope be", "gun\n2 13 owner", "ship kept\nwhat\n"] {
            lines.take(piece.as_bytes(), &mut |progress| seen.push(progress));
        }
        let told: Vec<_> = seen.iter().map(|p| (p.number, p.of, p.section.as_str(), p.kept)).collect();
        assert_eq!(told, [(1, 13, "scope", false), (2, 13, "ownership", true)]);
    }
}
