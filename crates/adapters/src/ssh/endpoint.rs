//! Where a host is, who logs in, and which keys it may show.

use std::{path::PathBuf, time::Duration};

/// How to reach one host. Two equal endpoints share one connection.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// The inventory's name; what errors say.
    pub host: String,
    pub address: String,
    pub port: u16,
    pub user: String,
    pub auth: Auth,
    pub host_keys: HostKeys,
    /// The bastion to go through, which may have one of its own.
    pub jump: Option<Box<Endpoint>>,
    pub algorithms: Algorithms,
    /// A network namespace to open the socket in: `/run/netns/rockhop-lab`. Needs root.
    pub netns: Option<PathBuf>,
}

/// What to log in with, tried in this order: the agent's keys, then the files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Auth {
    /// The agent's socket.
    pub agent: Option<PathBuf>,
    /// Private keys without a passphrase; one with a passphrase belongs in the agent.
    pub keys: Vec<PathBuf>,
}

/// Which host keys are accepted. There is no way to accept any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct HostKeys {
    /// `known_hosts` files; one that does not exist counts as empty.
    pub files: Vec<PathBuf>,
    /// Further public keys, as `ssh-ed25519 AAAA...`: of a machine that was just made, or learned by a person.
    pub accepted: Vec<String>,
    /// The name to look up instead of the address: ssh's `HostKeyAlias`.
    pub alias: Option<String>,
}

/// Which algorithms are offered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Algorithms {
    /// What is sound today. A stock OpenSSH 7.4 speaks it as well.
    #[default]
    Modern,
    /// With SHA-1, CBC and the NIST curves at the end of each list, for hosts that were restricted to them.
    Legacy,
}

/// Limits on everything that waits or repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// For the TCP connection.
    pub connect: Duration,
    /// For key exchange and login together.
    pub handshake: Duration,
    /// Handshakes at a time, over all hosts: each costs processor time on the controller.
    pub dialing: usize,
    /// Handshakes at a time through one bastion: sshd drops at random above ten (`MaxStartups 10:30:100`).
    pub dialing_per_bastion: usize,
    /// Operations at a time on one connection: sshd refuses above ten (`MaxSessions 10`).
    pub channels: usize,
    /// Tries to connect before an unreachable host is reported.
    pub attempts: u32,
    /// Silence after which a keepalive is sent; three without an answer end the connection.
    pub keepalive: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            handshake: Duration::from_secs(30),
            dialing: 64,
            dialing_per_bastion: 8,
            channels: 8,
            attempts: 3,
            keepalive: Duration::from_secs(15),
        }
    }
}

/// Pause before try number `attempt` (from 1): it doubles up to half a minute, and half of it is jitter, so that the
/// hosts of a wave that rebooted together do not come back together. The same seed gives the same pauses.
pub fn pause_before(attempt: u32, seed: u64, host: &str) -> Duration {
    const FIRST_MS: u64 = 250;
    const LONGEST_MS: u64 = 30_000;
    let full = FIRST_MS.saturating_mul(1 << attempt.min(16)).min(LONGEST_MS);
    let mix = blake3::hash(format!("{seed} {attempt} {host}").as_bytes());
    let random = u64::from_le_bytes(mix.as_bytes()[..8].try_into().unwrap_or_default());
    Duration::from_millis(full / 2 + random % (full / 2 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_limit_and_differ_between_hosts() {
        for attempt in 1..40 {
            let pause = pause_before(attempt, 7, "web-1");
            assert!(pause >= Duration::from_millis(250) && pause <= Duration::from_secs(30), "{attempt}: {pause:?}");
            assert_eq!(pause, pause_before(attempt, 7, "web-1"));
        }
        let pauses: std::collections::BTreeSet<_> = (0..50).map(|n| pause_before(6, 7, &format!("web-{n}"))).collect();
        assert!(pauses.len() > 40, "{} different pauses", pauses.len());
    }
}
