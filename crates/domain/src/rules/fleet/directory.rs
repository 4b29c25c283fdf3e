//! What every host of the fleet is to the others: its names and addresses, what it serves, who called whom. Read once for
//! all the rules.

use super::servers::{Database, PairKind, databases, versions};
use super::ssh::is_negotiated;
use super::{Hosts, moves};
use crate::HostId;
use crate::facts::sockets::Direction;
use crate::facts::{Edge, Facts, Why};
use std::collections::HashMap;
use std::net::IpAddr;

/// What the directory reads of each host.
const SECTIONS: &[&str] = &["interfaces", "hostname", "os", "redis", "postgresql", "mariadb", "sshd"];

/// Who is meant by an address or a name.
#[derive(Debug, Default)]
pub struct Directory {
    peers: Vec<Peer>,
    hosts: HashMap<HostId, usize>,
    addresses: HashMap<IpAddr, usize>,
    names: HashMap<String, usize>,
}

/// A host as another one sees it.
#[derive(Debug)]
pub struct Peer {
    pub host: HostId,
    /// Whether it is still to move.
    pub moves: Result<bool, Why>,
    /// The databases that it serves.
    pub databases: Vec<Database>,
    /// What runs on it that can be followed, by kind, with its version: of each kind the first.
    pub versions: Vec<(PairKind, String)>,
    /// What its SSH server negotiates, where it says so.
    pub sshd: Result<Vec<(String, String)>, Why>,
}

impl Directory {
    /// Reads it from the fleet; of two hosts with one address or name the first is meant.
    pub fn of(hosts: &dyn Hosts) -> Self {
        let mut directory = Self::default();
        hosts.each(SECTIONS, &mut |facts| directory.add(facts));
        directory
    }

    fn add(&mut self, facts: &Facts) {
        let number = self.peers.len();
        let interfaces = facts.interfaces.known().into_iter().flatten();
        for address in interfaces.flat_map(|interface| &interface.addresses).filter(|a| !a.ip.is_loopback()) {
            self.addresses.entry(address.ip).or_insert(number);
        }
        let hostname = facts.hostname.known().map(String::as_str).unwrap_or_default();
        let short = hostname.split('.').next().unwrap_or_default();
        for name in [facts.host.as_str(), hostname, short].into_iter().filter(|name| !name.is_empty()) {
            if !self.names.contains_key(name) {
                self.names.insert(name.to_owned(), number);
            }
        }
        self.hosts.insert(facts.host.clone(), number);
        self.peers.push(Peer::of(facts));
    }

    /// The host that an address or a name means.
    pub fn host(&self, name: &str) -> Option<&Peer> {
        self.number(name).map(|number| &self.peers[number])
    }

    fn number(&self, name: &str) -> Option<usize> {
        let bare = name.trim_matches(['[', ']']);
        match bare.parse::<IpAddr>() {
            Ok(ip) => self.addresses.get(&ip).copied(),
            Err(_) => self.names.get(bare).copied(),
        }
    }

    /// Every other host that the text names, each once, in the order of the text.
    pub fn named_in(&self, text: &str, reader: &HostId) -> Vec<&Peer> {
        let mut found: Vec<&Peer> = Vec::new();
        for host in words(text).filter_map(|word| self.host(word)) {
            if host.host != *reader && !found.iter().any(|one| one.host == host.host) {
                found.push(host);
            }
        }
        found
    }

    /// The first database of the fleet that the text names, by an address or a name of its host.
    pub fn first_database(&self, text: &str) -> Option<&Peer> {
        words(text).filter_map(|word| self.host(word)).find(|host| !host.databases.is_empty())
    }

    /// Connections that the host opened to others of the fleet, each with the other side. Reads its `edges`.
    pub fn calls<'b>(&self, client: &'b Facts) -> Result<Vec<(&'b Edge, &Peer)>, Why> {
        let out = client.edges.get()?.iter().filter(|edge| is_call(edge));
        let known = out.filter_map(|edge| Some((edge, self.host(&edge.remote)?)));
        Ok(known.filter(|(_, server)| server.host != client.host).collect())
    }

    /// All hosts, in the fleet's order.
    pub fn peers(&self) -> &[Peer] {
        &self.peers
    }
}

impl Peer {
    fn of(facts: &Facts) -> Self {
        Self {
            host: facts.host.clone(),
            moves: moves(facts),
            databases: databases(facts),
            versions: versions(facts),
            sshd: facts.sshd.get().map(|all| all.iter().filter(|(option, _)| is_negotiated(option)).cloned().collect()),
        }
    }

    /// The database that it serves, at that port or at any.
    pub fn database(&self, port: Option<u16>) -> Option<&'static str> {
        let at = |its: Option<u16>| its.is_some_and(|its| port.is_none_or(|port| port == its));
        self.databases.iter().find(|database| at(database.port)).map(|database| database.product)
    }
}

/// Who called whom.
#[derive(Debug, Default)]
pub struct Callers {
    /// For each host that was called the hosts that called it, at which port; the calls of one client stand together.
    of: HashMap<usize, Vec<(usize, u16)>>,
    unread: Vec<(HostId, Why)>,
}

impl Callers {
    /// Reads the connections of every host.
    pub fn of(hosts: &dyn Hosts, directory: &Directory) -> Self {
        let (mut callers, mut client) = (Self::default(), 0);
        hosts.each(&["edges"], &mut |facts| {
            match facts.edges.get() {
                Ok(edges) => {
                    edges.iter().filter(|edge| is_call(edge)).for_each(|edge| callers.add(directory, client, edge))
                }
                Err(why) => callers.unread.push((facts.host.clone(), why.clone())),
            }
            client += 1;
        });
        callers
    }

    fn add(&mut self, directory: &Directory, client: usize, edge: &Edge) {
        if let Some(server) = directory.number(&edge.remote).filter(|server| *server != client) {
            self.of.entry(server).or_default().push((client, edge.service_port));
        }
    }

    /// Those that called the server at such a port, each once. Unknown when another host's connections are.
    pub fn at<'d>(
        &self,
        directory: &'d Directory,
        server: &HostId,
        port: impl Fn(u16) -> bool,
    ) -> Result<Vec<&'d Peer>, Why> {
        if let Some((_, why)) = self.unread.iter().find(|(host, _)| host != server) {
            return Err(why.clone());
        }
        let calls = directory.hosts.get(server).and_then(|server| self.of.get(server)).into_iter().flatten();
        let mut clients: Vec<usize> = calls.filter(|(_, at)| port(*at)).map(|(client, _)| *client).collect();
        clients.dedup();
        Ok(clients.into_iter().map(|client| &directory.peers[client]).collect())
    }
}

/// Whether the host opened the connection.
pub fn is_call(edge: &Edge) -> bool {
    edge.direction == Direction::Out
}

/// The words of a text that may be an address or a name.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let separator = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    text.split(separator).filter(|word| !word.is_empty())
}
