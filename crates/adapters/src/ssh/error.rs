//! What can go wrong between the controller and a host, and what to do next about each.

use rockhop_domain::{Fault, FaultClass, Message};
use std::{path::PathBuf, time::Duration};

/// A connection or an operation that did not come off. `host` is the inventory's name of the host.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SshError {
    #[error("{host} cannot be reached at {address}: {said}")]
    Unreachable { host: String, address: String, said: String },
    #[error("{host} did not answer within {after:?}")]
    Silent { host: String, after: Duration },
    #[error("{host} and this client have no {kind} algorithm in common; the host offers {theirs}")]
    NoCommonAlgorithm { host: String, kind: String, theirs: String },
    #[error("{host} refused the login of {user} with {tried}")]
    KeyRefused { host: String, user: String, tried: String },
    #[error("the key {} cannot be used: {said}", key.display())]
    KeyUnusable { key: PathBuf, said: String },
    #[error("{host} shows a host key that is on no record: {fingerprint}")]
    HostKeyUnknown { host: String, fingerprint: String },
    #[error("{host} shows another host key than the one on record: {fingerprint}")]
    HostKeyChanged { host: String, fingerprint: String },
    #[error("{host} shows a host key that was revoked: {fingerprint}")]
    HostKeyRevoked { host: String, fingerprint: String },
    #[error("the list of known hosts {} cannot be read: {said}", file.display())]
    KnownHosts { file: PathBuf, said: String },
    #[error("{user} may not use sudo without a password on {host}: {said}")]
    NoSudo { host: String, user: String, said: String },
    #[error("the connection to {host} was lost")]
    ChannelLost { host: String },
    #[error("{host} printed more than {limit} bytes")]
    TooMuchOutput { host: String, limit: usize },
    #[error("the script on {host} was still at it after {after:?}")]
    Timeout { host: String, after: Duration },
    #[error("{what} failed on {host} with status {status}: {said}")]
    Failed { host: String, what: String, status: i32, said: String },
    #[error("{path} arrived damaged between {host} and the controller")]
    Damaged { host: String, path: String },
    #[error("the job {job} vanished on {host}: it was started, it no longer runs, and it left no result")]
    JobVanished { host: String, job: String },
    #[error("ssh_config cannot be read for {alias}: {said}")]
    Config { alias: String, said: String },
    #[error("the local side of the transfer with {host} failed: {said}")]
    Local { host: String, said: String },
}

/// What the reader of an error does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The same once more may help.
    Retry,
    /// A person does this first.
    Do(Message),
    /// Nobody can do anything about it here: it is reported as it is.
    Report,
}

impl SshError {
    /// What to do next. Exhaustive, so a new error must say which it is. The advice's sentence is `<key>-next`.
    pub fn next(&self) -> Next {
        match self {
            Self::Unreachable { .. } | Self::Silent { .. } | Self::ChannelLost { .. } | Self::Damaged { .. } => {
                Next::Retry
            }
            Self::NoCommonAlgorithm { .. } | Self::KeyRefused { .. } | Self::KeyUnusable { .. } => self.advice(),
            Self::HostKeyUnknown { .. } | Self::HostKeyChanged { .. } | Self::HostKeyRevoked { .. } => self.advice(),
            Self::KnownHosts { .. } | Self::NoSudo { .. } | Self::JobVanished { .. } | Self::Config { .. } => {
                self.advice()
            }
            Self::TooMuchOutput { .. } | Self::Timeout { .. } | Self::Failed { .. } | Self::Local { .. } => {
                Next::Report
            }
        }
    }

    fn advice(&self) -> Next {
        let Message { key, args } = self.message();
        Next::Do(Message { key: format!("{key}-next"), args })
    }

    /// The sentence for people: `ssh-unreachable`, ...
    pub fn message(&self) -> Message {
        match self {
            Self::Unreachable { host, address, said } => {
                Message::new("ssh-unreachable").with("host", host).with("address", address).with("said", said)
            }
            Self::Silent { host, after } => {
                Message::new("ssh-silent").with("host", host).with("seconds", after.as_secs())
            }
            Self::NoCommonAlgorithm { host, kind, theirs } => {
                Message::new("ssh-no-common-algorithm").with("host", host).with("kind", kind).with("theirs", theirs)
            }
            Self::KeyRefused { host, user, tried } => {
                Message::new("ssh-key-refused").with("host", host).with("user", user).with("tried", tried)
            }
            Self::KeyUnusable { key, said } => {
                Message::new("ssh-key-unusable").with("key", key.display()).with("said", said)
            }
            Self::HostKeyUnknown { host, fingerprint } => with_key("ssh-host-key-unknown", host, fingerprint),
            Self::HostKeyChanged { host, fingerprint } => with_key("ssh-host-key-changed", host, fingerprint),
            Self::HostKeyRevoked { host, fingerprint } => with_key("ssh-host-key-revoked", host, fingerprint),
            Self::KnownHosts { file, said } => {
                Message::new("ssh-known-hosts").with("file", file.display()).with("said", said)
            }
            Self::NoSudo { host, user, said } => {
                Message::new("ssh-no-sudo").with("host", host).with("user", user).with("said", said)
            }
            Self::ChannelLost { host } => Message::new("ssh-channel-lost").with("host", host),
            Self::TooMuchOutput { host, limit } => {
                Message::new("ssh-too-much-output").with("host", host).with("limit", limit)
            }
            Self::Timeout { host, after } => {
                Message::new("ssh-timeout").with("host", host).with("seconds", after.as_secs())
            }
            Self::Failed { host, what, status, said } => Message::new("ssh-failed")
                .with("host", host)
                .with("what", what)
                .with("status", status)
                .with("said", said),
            Self::Damaged { host, path } => Message::new("ssh-damaged").with("host", host).with("path", path),
            Self::JobVanished { host, job } => Message::new("ssh-job-vanished").with("host", host).with("job", job),
            Self::Config { alias, said } => Message::new("ssh-config").with("host", alias).with("said", said),
            Self::Local { host, said } => Message::new("ssh-local").with("host", host).with("said", said),
        }
    }

    /// How the failure budget counts it.
    pub fn class(&self) -> FaultClass {
        match self {
            Self::Unreachable { .. } | Self::Silent { .. } | Self::ChannelLost { .. } => FaultClass::Unreachable,
            Self::HostKeyUnknown { .. } | Self::HostKeyChanged { .. } | Self::HostKeyRevoked { .. } => {
                FaultClass::Untrusted
            }
            Self::KeyRefused { .. } | Self::NoSudo { .. } => FaultClass::Untrusted,
            Self::Timeout { .. } => FaultClass::TimedOut,
            Self::JobVanished { .. } | Self::TooMuchOutput { .. } | Self::NoCommonAlgorithm { .. } => {
                FaultClass::Unknown
            }
            Self::KeyUnusable { .. } | Self::KnownHosts { .. } | Self::Config { .. } => FaultClass::Unknown,
            Self::Failed { .. } | Self::Damaged { .. } | Self::Local { .. } => FaultClass::Failed,
        }
    }

    /// The same error as the journey, the budget and the report know it.
    pub fn fault(&self) -> Fault {
        Fault::new(self.class(), self.message())
    }
}

fn with_key(key: &str, host: &str, fingerprint: &str) -> Message {
    Message::new(key).with("host", host).with("fingerprint", fingerprint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_host_key_is_never_retried() {
        let (host, fingerprint) = ("web-1".to_owned(), "SHA256:x".to_owned());
        let changed = SshError::HostKeyChanged { host: host.clone(), fingerprint };
        assert_ne!(changed.next(), Next::Retry);
        assert_eq!(changed.class(), FaultClass::Untrusted);
        assert!(!changed.fault().class.may_pass());
        assert_eq!(SshError::ChannelLost { host }.next(), Next::Retry);
    }
}
