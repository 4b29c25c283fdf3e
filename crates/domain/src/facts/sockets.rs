//! Who listens, who talks to whom, and which processes do it.

use serde::{Deserialize, Serialize};

/// TCP or UDP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Transport {
    Tcp,
    Udp,
}

/// A listening socket.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Listener {
    pub transport: Transport,
    /// As ss says it, brackets and interface left out: `0.0.0.0`, `::`, `127.0.0.1`, `*`.
    pub address: String,
    pub port: u16,
    /// Names of the processes that hold it; empty when it was not told.
    pub processes: Vec<String>,
}

/// An established connection, seen from the host.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Edge {
    pub transport: Transport,
    pub direction: Direction,
    /// The other side.
    pub remote: String,
    /// The port of the side that serves.
    pub service_port: u16,
    /// The process on this host; empty when it was not told.
    pub process: String,
}

/// Who opened a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The other side called a port that this host listens on.
    In,
    /// This host called.
    Out,
}

/// A running process. Kernel threads are left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Process {
    pub user: String,
    pub comm: String,
    /// Secrets replaced.
    pub args: String,
}
