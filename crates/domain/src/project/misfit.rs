//! In what project and inventory may not fit each other. The sentences are in `project.ftl`, keys `fleet-...`.

use crate::{HostId, Message, RoleId};
use std::fmt;

/// Everything in which project and inventory do not fit each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolveError {
    /// At least one.
    pub misfits: Vec<Misfit>,
}

/// One thing that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// The project names a group that the inventory does not have.
    NoSuchGroup { key: String, name: String, nearest: Option<String> },
    /// The project names a host that the inventory does not have.
    NoSuchHost { key: String, name: String, nearest: Option<String> },
    /// A name that is neither a host nor a role nor what else the key takes.
    NoSuchName { key: String, name: String },
    /// The inventory gives a host a role or a site that the project does not have.
    UnknownHint { host: HostId, kind: &'static str, name: String },
    /// A host that no role takes.
    NoRole { host: HostId },
    /// A host that several roles or sites take.
    Several { host: HostId, kind: &'static str, names: String },
    /// A role without any host.
    EmptyRole { role: RoleId },
    /// A canary of another role.
    ForeignCanary { role: RoleId, host: HostId },
    /// A rehearsal host that is a production host, or stands for itself.
    NotARehearsalHost { host: HostId },
}

impl ResolveError {
    /// One sentence for each misfit.
    pub fn messages(&self) -> Vec<Message> {
        self.misfits.iter().map(Misfit::message).collect()
    }
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.messages().iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for ResolveError {}

impl Misfit {
    fn message(&self) -> Message {
        let say = |key: &str| Message::new(format!("fleet-{key}"));
        match self {
            Self::NoSuchGroup { key, name, nearest: Some(nearest) } => {
                say("no-such-group-nearest").with("key", key).with("name", name).with("nearest", nearest)
            }
            Self::NoSuchGroup { key, name, nearest: None } => say("no-such-group").with("key", key).with("name", name),
            Self::NoSuchHost { key, name, nearest: Some(nearest) } => {
                say("no-such-host-nearest").with("key", key).with("name", name).with("nearest", nearest)
            }
            Self::NoSuchHost { key, name, nearest: None } => say("no-such-host").with("key", key).with("name", name),
            Self::NoSuchName { key, name } => say("no-such-name").with("key", key).with("name", name),
            Self::UnknownHint { host, kind, name } => {
                say(&format!("unknown-{kind}")).with("host", host).with("name", name)
            }
            Self::NoRole { host } => say("no-role").with("host", host),
            Self::Several { host, kind, names } => {
                say(&format!("several-{kind}s")).with("host", host).with("names", names)
            }
            Self::EmptyRole { role } => say("empty-role").with("role", role),
            Self::ForeignCanary { role, host } => say("foreign-canary").with("role", role).with("host", host),
            Self::NotARehearsalHost { host } => say("not-a-rehearsal-host").with("host", host),
        }
    }
}
