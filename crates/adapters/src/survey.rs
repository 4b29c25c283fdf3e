//! Surveys a host over its connection: one round trip, one framed answer, facts.

use crate::ssh::{How, Session, SshError};
use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use rockhop_domain::facts::survey::{self, NotASurvey, NotCarried};
use rockhop_domain::{HostId, Message, facts::Facts};
use std::{io::Read, time::Duration};

/// A survey that gave no facts at all. One that gave some is not an error: each fact says whether it is known.
#[derive(Debug, thiserror::Error)]
pub enum SurveyError {
    #[error(transparent)]
    Ssh(#[from] SshError),
    #[error("the answer of {host} is no survey")]
    NotASurvey { host: HostId, source: NotASurvey },
    #[error("the answer of {host} cannot be unpacked")]
    Packed { host: HostId, source: std::io::Error },
    #[error("the answer of {host} was cut off")]
    CutOff { host: HostId },
    #[error("the answer of {host} does not say when it was taken")]
    NoTime { host: HostId },
}

impl SurveyError {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        match self {
            Self::Ssh(error) => error.message(),
            Self::NotASurvey { host, source } => {
                Message::new("survey-not-a-survey").with("host", host).with("said", source)
            }
            Self::Packed { host, source } => Message::new("survey-packed").with("host", host).with("said", source),
            Self::CutOff { host } => Message::new("survey-cut-off").with("host", host),
            Self::NoTime { host } => Message::new("survey-no-time").with("host", host),
        }
    }
}

/// A survey takes a few tenths of a second; a host with a dead network file system takes its time limits.
const SURVEY_TIMEOUT: Duration = Duration::from_secs(90);

/// The most that an answer may hold, packed and unpacked: some thousand packages and all their configuration.
pub const PACKED_BYTES: usize = 16 << 20;
const UNPACKED_BYTES: u64 = 128 << 20;

/// The salt of the hashes that stand for secrets: one for a project, so that equal secrets on two hosts look equal.
#[derive(Clone)]
pub struct Salt(String);

impl Salt {
    /// Any bytes; they are sent in hex.
    pub fn new(bytes: &[u8]) -> Self {
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// As it stands before each secret that is hashed.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

/// Surveys one host.
pub async fn survey(session: &Session, host: &HostId, salt: &Salt, at: Timestamp) -> Result<Facts, SurveyError> {
    let script = format!("ROCKHOP_SALT={}\n{}", salt.0, survey::SCRIPT);
    let how = How { sudo: false, timeout: SURVEY_TIMEOUT, max_bytes: PACKED_BYTES };
    let launch = if session.user() == "root" { survey::LAUNCH_AS_ROOT } else { survey::LAUNCH };
    let output = session.raw(launch, script.as_bytes(), how).await?;
    read_answer(host, at, &output.stdout)
}

/// Reads an answer that came over the connection, packed or not.
pub fn read_answer(host: &HostId, at: Timestamp, answer: &[u8]) -> Result<Facts, SurveyError> {
    let text = unpack(answer).map_err(|source| SurveyError::Packed { host: host.clone(), source })?;
    survey::read(host.clone(), at, &text).map_err(|source| SurveyError::NotASurvey { host: host.clone(), source })
}

/// Reads an answer that was carried here in a file: it is as old as its host's clock said, and not as the file is.
pub fn read_carried(host: &HostId, answer: &[u8]) -> Result<Facts, SurveyError> {
    let text = unpack(answer).map_err(|source| SurveyError::Packed { host: host.clone(), source })?;
    survey::read_carried(host.clone(), &text).map_err(|why| match why {
        NotCarried::NotASurvey(source) => SurveyError::NotASurvey { host: host.clone(), source },
        NotCarried::CutOff => SurveyError::CutOff { host: host.clone() },
        NotCarried::NoTime => SurveyError::NoTime { host: host.clone() },
    })
}

/// The script for a host that nobody here can reach. Run there as root, it prints the answer that [`read_carried`] reads.
/// It holds the project's salt, so that equal secrets look equal with those of the other hosts.
pub fn carried_script(salt: &Salt) -> String {
    format!("ROCKHOP_SALT={}\n{}", salt.0, survey::SCRIPT)
}

const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Cut-off input is unpacked as far as it goes: its frames then say that it was cut off.
pub(crate) fn unpack(answer: &[u8]) -> std::io::Result<Vec<u8>> {
    if !answer.starts_with(&GZIP) {
        return Ok(answer.to_vec());
    }
    let mut text = Vec::new();
    match MultiGzDecoder::new(answer).take(UNPACKED_BYTES).read_to_end(&mut text) {
        Err(error) if text.is_empty() => Err(error),
        _ => Ok(text),
    }
}
