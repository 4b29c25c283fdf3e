//! What can go wrong in the lab, and what the reader does next.

use crate::fleet::{Machine, UnknownMachine};
use rockhop_domain::Message;
use std::io;
use std::path::{Path, PathBuf};

/// A failure of the lab. `message` is for people; `Display` is for logs.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    #[error("the lab has to run as root")]
    NotRoot,
    #[error("this machine does not let the lab {what}: {why}")]
    Refused { what: &'static str, why: String },
    #[error("another `lab` command is working on {state}")]
    Busy { state: PathBuf },
    #[error("the lab below {state} was made with namespace {namespace} and subnet {subnet}")]
    OtherLab { state: PathBuf, namespace: String, subnet: String },
    #[error("could not {doing} {path}: {source}")]
    Io { doing: &'static str, path: PathBuf, source: io::Error },
    #[error("{program} failed ({status}): {tail}")]
    Command { program: String, status: String, tail: String },
    #[error("{0}")]
    UnknownMachine(#[from] UnknownMachine),
    #[error("{machine} does not exist")]
    Absent { machine: String },
    #[error("{machine} is not running")]
    NotRunning { machine: String },
    #[error("{machine} is a host of the fleet and is never discarded")]
    NotDiscardable { machine: String },
    #[error("{host} does not migrate, so it gets no fresh host")]
    NotMigrating { host: String },
    #[error("{machine} did not answer on ssh within {seconds} s, see {log}")]
    Silent { machine: String, seconds: u64, log: PathBuf },
    #[error("{machine} still has processes after it was killed")]
    Undead { machine: String },
    #[error("the namespace {namespace} cannot be entered: {source}")]
    Namespace { namespace: String, source: io::Error },
    #[error("the lab is not up: no namespace {namespace}")]
    NotUp { namespace: String },
    #[error("bad request: {why}")]
    BadRequest { why: String },
    #[error("the lab provides {offered}, not {asked}")]
    OtherSystem { asked: String, offered: &'static str },
    #[error("{fault} cannot be done to {target}")]
    FaultDoesNotFit { fault: &'static str, target: String },
    #[error("line {line} of {list} is not a package: {text:?}")]
    BadPackage { list: &'static str, line: usize, text: String },
}

impl LabError {
    /// An error of a file operation.
    pub fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { doing, path: path.to_owned(), source }
    }

    /// The machine that should be there is not.
    pub fn absent(machine: Machine) -> Self {
        Self::Absent { machine: machine.to_string() }
    }

    /// What people read: what happened, to which object, what to do next.
    pub fn message(&self) -> Message {
        match self {
            Self::NotRoot => Message::new("lab-error-not-root"),
            Self::Refused { what, why } => Message::new("lab-error-refused").with("what", what).with("why", why),
            Self::Busy { state } => Message::new("lab-error-busy").with("state", state.display()),
            Self::OtherLab { state, namespace, subnet } => Message::new("lab-error-other-lab")
                .with("state", state.display())
                .with("namespace", namespace)
                .with("subnet", subnet),
            Self::Io { doing, path, source } => {
                Message::new("lab-error-io").with("doing", doing).with("path", path.display()).with("why", source)
            }
            Self::Command { program, status, tail } => {
                Message::new("lab-error-command").with("program", program).with("status", status).with("tail", tail)
            }
            Self::UnknownMachine(UnknownMachine(name)) => Message::new("lab-error-unknown-machine").with("name", name),
            Self::Absent { machine } => Message::new("lab-error-absent").with("machine", machine),
            Self::NotRunning { machine } => Message::new("lab-error-not-running").with("machine", machine),
            Self::NotDiscardable { machine } => Message::new("lab-error-not-discardable").with("machine", machine),
            Self::NotMigrating { host } => Message::new("lab-error-not-migrating").with("host", host),
            Self::Silent { machine, seconds, log } => Message::new("lab-error-silent")
                .with("machine", machine)
                .with("seconds", seconds)
                .with("log", log.display()),
            Self::Undead { machine } => Message::new("lab-error-undead").with("machine", machine),
            Self::Namespace { namespace, source } => {
                Message::new("lab-error-namespace").with("namespace", namespace).with("why", source)
            }
            Self::NotUp { namespace } => Message::new("lab-error-not-up").with("namespace", namespace),
            Self::BadRequest { why } => Message::new("lab-error-bad-request").with("why", why),
            Self::OtherSystem { asked, offered } => {
                Message::new("lab-error-other-system").with("asked", asked).with("offered", offered)
            }
            Self::FaultDoesNotFit { fault, target } => {
                Message::new("lab-error-fault-does-not-fit").with("fault", fault).with("target", target)
            }
            Self::BadPackage { list, line, text } => {
                Message::new("lab-error-bad-package").with("list", list).with("line", line).with("text", text)
            }
        }
    }
}
