//! Who listens, who talks to whom, and which processes do it.

use super::BadLine;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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

/// Reads `ss -tunap`: who listens, and who is connected to whom.
pub(super) fn sockets(text: &str) -> Result<(Vec<Listener>, Vec<Edge>), BadLine> {
    let rows: Vec<Row> = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with("Netid"))
        .map(|line| row(line).ok_or_else(|| BadLine::new(line)))
        .collect::<Result<_, _>>()?;
    let listeners: BTreeSet<Listener> = rows.iter().filter_map(Row::listener).collect();
    let ports: BTreeSet<(Transport, u16)> = listeners.iter().map(|l| (l.transport, l.port)).collect();
    let edges: BTreeSet<Edge> = rows.iter().filter_map(|row| row.edge(&ports)).collect();
    Ok((listeners.into_iter().collect(), edges.into_iter().collect()))
}

impl Listener {
    /// A UDP port that the kernel chose: the client side of something, another one each time.
    pub(super) fn is_ephemeral(&self) -> bool {
        self.transport == Transport::Udp && self.port >= 32_768
    }
}

struct Row {
    transport: Transport,
    state: String,
    local: (String, Option<u16>),
    peer: (String, Option<u16>),
    processes: Vec<String>,
}

/// `tcp LISTEN 0 128 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=7,fd=6))`.
fn row(line: &str) -> Option<Row> {
    let mut words = line.split_whitespace();
    let transport = match words.next()? {
        "tcp" => Transport::Tcp,
        "udp" => Transport::Udp,
        _ => return None,
    };
    let state = words.next()?.to_owned();
    let (_recv, _send) = (words.next()?, words.next()?);
    let (local, peer) = (end(words.next()?)?, end(words.next()?)?);
    Some(Row { transport, state, local, peer, processes: process_names(line) })
}

/// `10.0.0.1:80`, `[::1]:80`, `:::80`, `*:*`, `10.0.0.1%eth0:68`.
fn end(text: &str) -> Option<(String, Option<u16>)> {
    let (address, port) = text.rsplit_once(':')?;
    let port = if port == "*" { None } else { Some(port.parse().ok()?) };
    let address = address.trim_matches(['[', ']']).split('%').next()?.trim_end_matches(']');
    let address = address.strip_prefix("::ffff:").unwrap_or(address);
    Some((address.to_owned(), port))
}

fn process_names(line: &str) -> Vec<String> {
    let names = line.split_once("users:(").map_or("", |(_, rest)| rest);
    let names: BTreeSet<&str> = names.split("(\"").skip(1).filter_map(|part| part.split('"').next()).collect();
    names.into_iter().map(str::to_owned).collect()
}

impl Row {
    fn listener(&self) -> Option<Listener> {
        let listens =
            matches!((self.transport, self.state.as_str()), (Transport::Tcp, "LISTEN") | (Transport::Udp, "UNCONN"));
        let (address, port) = (self.local.0.clone(), self.local.1?);
        listens.then(|| Listener { transport: self.transport, address, port, processes: self.processes.clone() })
    }

    fn edge(&self, listening: &BTreeSet<(Transport, u16)>) -> Option<Edge> {
        let (local, peer) = (self.local.1?, self.peer.1?);
        let inwards = listening.contains(&(self.transport, local));
        let (direction, service_port) = if inwards { (Direction::In, local) } else { (Direction::Out, peer) };
        let process = self.processes.first().cloned().unwrap_or_default();
        (self.state == "ESTAB").then(|| Edge {
            transport: self.transport,
            direction,
            remote: self.peer.0.clone(),
            service_port,
            process,
        })
    }
}

/// Reads `ps -ww -eo pid=,ppid=,user:32=,comm:16=,args=`; the survey's own processes are left out. A line that is no row goes
/// on with the arguments of the row before it, for arguments may hold line ends.
pub(super) fn processes(text: &str, word: &str) -> Result<Vec<Process>, BadLine> {
    let mut rows: Vec<(u32, Process)> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match (process(line), rows.last_mut()) {
            (Some(row), _) => rows.push(row),
            (None, Some((_, before))) => before.args = format!("{} {}", before.args, line.trim()),
            (None, None) => return Err(BadLine::new(line)),
        }
    }
    let own = |process: &Process| is_survey(process, word);
    let mut processes: Vec<Process> = rows
        .into_iter()
        .filter(|(parent, process)| !is_kernel(*parent, process) && !own(process))
        .map(|(_, process)| process)
        .collect();
    processes.sort();
    Ok(processes)
}

fn is_kernel(parent: u32, process: &Process) -> bool {
    (parent == KTHREADD || (parent == 0 && process.comm == "kthreadd")) && process.args.starts_with('[')
}

/// The parent of all kernel threads.
const KTHREADD: u32 = 2;

fn process(line: &str) -> Option<(u32, Process)> {
    let (_pid, rest) = line.trim_start().split_once(' ')?;
    let (parent, rest) = rest.trim_start().split_once(' ')?;
    let (user, rest) = (rest.get(..32)?, rest.get(33..)?);
    let (comm, args) = (rest.get(..16)?, rest.get(17..)?);
    let text = |word: &str| word.trim().to_owned();
    Some((parent.parse().ok()?, Process { user: text(user), comm: text(comm), args: text(args) }))
}

fn is_survey(process: &Process, word: &str) -> bool {
    let own = [
        "sh -s root",
        "sh -s login",
        "sudo -n sh -s root",
        "gzip -1",
        "ps -ww -eo pid=,ppid=,user",
        "bash -c sudo -n sh -s root",
        "sh -c sudo -n sh -s root",
    ];
    own.iter().any(|start| process.args.starts_with(start)) || process.args.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SS: &str = "Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port\n\
        udp UNCONN 0 0 10.0.0.5%eth0:68 *:* users:((\"dhclient\",pid=1,fd=6))\n\
        tcp LISTEN 0 128 *:80 *:* users:((\"nginx\",pid=7,fd=6),(\"nginx\",pid=8,fd=6))\n\
        tcp LISTEN 0 128 [::]:22 [::]:*\n\
        tcp ESTAB 0 0 [::ffff:10.0.0.5]:80 [::ffff:10.0.0.9]:53122 users:((\"nginx\",pid=8,fd=9))\n\
        tcp ESTAB 0 0 10.0.0.5:80 10.0.0.9:53123 users:((\"nginx\",pid=8,fd=9))\n\
        tcp ESTAB 0 0 10.0.0.5:40000 10.0.0.7:6379 users:((\"shop\",pid=9,fd=9))\n";

    #[test]
    fn listeners_and_edges() {
        let (listeners, edges) = sockets(SS).expect("sockets");
        let got: Vec<_> = listeners.iter().map(|l| (l.address.as_str(), l.port, l.processes.join(","))).collect();
        assert_eq!(got, [("*", 80, "nginx".into()), ("::", 22, String::new()), ("10.0.0.5", 68, "dhclient".into())]);
        let got: Vec<_> =
            edges.iter().map(|e| (e.direction, e.remote.as_str(), e.service_port, e.process.as_str())).collect();
        assert_eq!(got, [(Direction::In, "10.0.0.9", 80, "nginx"), (Direction::Out, "10.0.0.7", 6379, "shop")]);
        assert!(sockets("Cannot open netlink socket: Permission denied\n").is_err());
    }

    #[test]
    fn process_rows() {
        let row = |ppid: u32, user: &str, comm: &str, args: &str| {
            format!("{:>7} {ppid:>7} {user:<32} {comm:<16} {args}\n", 77)
        };
        let text = row(0, "root", "kthreadd", "[kthreadd]")
            + &row(2, "root", "ksoftirqd/0", "[ksoftirqd/0]")
            + &row(1, "redis", "redis-server", "redis-server *:6379")
            + &row(9, "root", "sh", "sh -s root");
        let got = processes(&text, "word").expect("processes");
        assert_eq!(
            got,
            [Process { user: "redis".into(), comm: "redis-server".into(), args: "redis-server *:6379".into() }]
        );
        assert!(processes("error: unsupported\n", "w").is_err());
        let two = processes(&(row(1, "app", "sh", "sh -c echo") + "  second line\n"), "w").expect("processes");
        assert_eq!(two[0].args, "sh -c echo second line");
    }
}
