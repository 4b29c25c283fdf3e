//! A host between the controller and the hosts.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A bastion on the way.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Jump {
    /// Name or address.
    pub address: String,
    /// Its port, when one is named.
    pub port: Option<u16>,
    /// Who logs in there, when somebody is named.
    pub user: Option<String>,
    /// Path of the private key for it, when one is named.
    pub key_file: Option<String>,
}

impl Jump {
    /// Reads `user@host:port`, `[fd00::1]:22`, `ssh://user@host:port`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix("ssh://").unwrap_or(text);
        let (user, place) = text.rsplit_once('@').map_or((None, text), |(user, place)| (Some(user), place));
        let (address, port) = match place.strip_prefix('[') {
            Some(inside) => inside.split_once(']').map(|(address, rest)| (address, rest.strip_prefix(':')))?,
            None => place
                .rsplit_once(':')
                .filter(|(host, _)| !host.contains(':'))
                .map_or((place, None), |(host, port)| (host, Some(port))),
        };
        let port = port.map(str::parse).transpose().ok()?;
        let odd = |part: &str| {
            part.is_empty() || part.starts_with('-') || part.contains(|c: char| c.is_whitespace() || c.is_control())
        };
        let good = !odd(address) && !user.is_some_and(odd);
        good.then(|| Self { address: address.to_owned(), port, user: user.map(str::to_owned), key_file: None })
    }
}

impl fmt::Display for Jump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(user) = &self.user {
            write!(f, "{user}@")?;
        }
        if self.address.contains(':') {
            write!(f, "[{}]", self.address)?
        } else {
            f.write_str(&self.address)?
        }
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}
