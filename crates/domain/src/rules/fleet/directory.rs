//! Addresses and names of the fleet's hosts, looked up once for a whole rule.

use super::Fleet;
use crate::HostId;
use crate::facts::sockets::Direction;
use crate::facts::{Edge, Facts, Why};
use std::collections::HashMap;
use std::net::IpAddr;

/// Who is meant by an address or a name.
pub struct Directory<'a> {
    addresses: HashMap<IpAddr, &'a Facts>,
    names: HashMap<&'a str, &'a Facts>,
}

impl<'a> Directory<'a> {
    /// Reads it from the fleet; of two hosts with one address or name the first is meant.
    pub fn of(fleet: &Fleet<'a>) -> Self {
        let (mut addresses, mut names) = (HashMap::new(), HashMap::new());
        for facts in fleet.hosts {
            let interfaces = facts.interfaces.known().into_iter().flatten();
            for address in interfaces.flat_map(|interface| &interface.addresses).filter(|a| !a.ip.is_loopback()) {
                addresses.entry(address.ip).or_insert(facts);
            }
            let hostname = facts.hostname.known().map(String::as_str).unwrap_or_default();
            let short = hostname.split('.').next().unwrap_or_default();
            for name in [facts.host.as_str(), hostname, short].into_iter().filter(|name| !name.is_empty()) {
                names.entry(name).or_insert(facts);
            }
        }
        Self { addresses, names }
    }

    /// The host that an address or a name means.
    pub fn host(&self, name: &str) -> Option<&'a Facts> {
        let bare = name.trim_matches(['[', ']']);
        match bare.parse::<IpAddr>() {
            Ok(ip) => self.addresses.get(&ip).copied(),
            Err(_) => self.names.get(bare).copied(),
        }
    }

    /// Every other host that the text names, each once, in the order of the text.
    pub fn named_in(&self, text: &str, reader: &Facts) -> Vec<&'a Facts> {
        let separator = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
        let mut found: Vec<&Facts> = Vec::new();
        for host in text.split(separator).filter(|word| !word.is_empty()).filter_map(|word| self.host(word)) {
            if host.host != reader.host && !found.iter().any(|one| one.host == host.host) {
                found.push(host);
            }
        }
        found
    }

    /// Connections that the host opened to others of the fleet, each with the other side.
    pub fn calls<'b>(&self, client: &'b Facts) -> Result<Vec<(&'b Edge, &'a Facts)>, Why> {
        let out = client.edges.get()?.iter().filter(|edge| is_call(edge));
        let known = out.filter_map(|edge| Some((edge, self.host(&edge.remote)?)));
        Ok(known.filter(|(_, server)| server.host != client.host).collect())
    }
}

/// Whether the host opened the connection.
pub fn is_call(edge: &Edge) -> bool {
    edge.direction == Direction::Out
}

/// Who called whom, gathered once for a whole rule.
pub struct Callers<'a> {
    of: HashMap<&'a HostId, Vec<(&'a HostId, u16)>>,
    unread: Vec<(&'a HostId, Why)>,
}

impl<'a> Callers<'a> {
    /// Reads the connections of every host.
    pub fn of(fleet: &Fleet<'a>, directory: &Directory<'a>) -> Self {
        let mut callers = Self { of: HashMap::new(), unread: Vec::new() };
        for client in fleet.hosts {
            match directory.calls(client) {
                Ok(calls) => calls.iter().for_each(|(edge, server)| {
                    callers.of.entry(&server.host).or_default().push((&client.host, edge.service_port));
                }),
                Err(why) => callers.unread.push((&client.host, why)),
            }
        }
        callers
    }

    /// Those that called the server at such a port, each once. Unknown when another host's connections are.
    pub fn at(&self, server: &HostId, port: impl Fn(u16) -> bool) -> Result<Vec<&'a HostId>, Why> {
        if let Some((_, why)) = self.unread.iter().find(|(host, _)| *host != server) {
            return Err(why.clone());
        }
        let calls = self.of.get(server).into_iter().flatten().filter(|(_, at)| port(*at));
        let mut clients: Vec<&HostId> = calls.map(|(client, _)| *client).collect();
        clients.dedup(); // the calls of one client stand together
        Ok(clients)
    }
}
