//! Sockets as `ss` and `netstat` print them, asked for numbers and processes.

use crate::facts::sockets::Direction;
use crate::facts::{BadLine, Edge, Listener, Transport};
use std::collections::BTreeSet;

/// Who listens, and who is connected to whom.
pub(super) type Sockets = (Vec<Listener>, Vec<Edge>);

/// Reads `ss` with any of `-t -u -n -a -p -e -m -i -o`. Rows of other families, and rows that go on, are passed over.
pub(super) fn ss(text: &str) -> Result<Sockets, BadLine> {
    sockets(text, |line| {
        let mut words = line.split_whitespace().skip(1);
        let state = match words.next()? {
            "LISTEN" => State::Listens,
            "UNCONN" => State::Unconnected,
            "ESTAB" => State::Established,
            _ => State::Passing,
        };
        let (_received, _sent) = (words.next()?, words.next()?);
        let (local, peer) = (end(words.next()?)?, end(words.next()?)?);
        let named = line.split_once("users:(").map_or("", |(_, rest)| rest);
        let names = named.split("(\"").skip(1).filter_map(|part| part.split('"').next());
        Some((state, local, peer, names.map(str::to_owned).collect()))
    })
}

/// Reads `netstat -n -p` with any of `-a -l -e -o -t -u`.
pub(super) fn netstat(text: &str) -> Result<Sockets, BadLine> {
    sockets(text, |line| {
        let mut words = line.split_whitespace().skip(3);
        let (local, peer) = (end(words.next()?)?, end(words.next()?)?);
        let rest: Vec<&str> = words.collect();
        let state = match *rest.first().unwrap_or(&"") {
            "LISTEN" => State::Listens,
            "ESTABLISHED" => State::Established,
            first if PASSING.contains(&first) => State::Passing,
            _ => State::Unconnected,
        };
        let program = rest.iter().find_map(|word| {
            let (pid, name) = word.split_once('/')?;
            (!pid.is_empty() && pid.bytes().all(|b| b.is_ascii_digit())).then(|| name.trim_end_matches(':').to_owned())
        });
        Some((state, local, peer, program.into_iter().collect()))
    })
}

/// Of a connection that is about to be one, or gone, in the words of `netstat`.
const PASSING: [&str; 10] = [
    "SYN_SENT",
    "SYN_RECV",
    "FIN_WAIT1",
    "FIN_WAIT2",
    "TIME_WAIT",
    "CLOSE",
    "CLOSE_WAIT",
    "LAST_ACK",
    "CLOSING",
    "UNKNOWN",
];

enum State {
    Listens,
    /// UDP: bound, and to nobody in particular.
    Unconnected,
    Established,
    /// Neither: about to be one, or gone.
    Passing,
}

type End = (String, Option<u16>);
type Row = (State, End, End, BTreeSet<String>);

fn sockets(text: &str, row: impl Fn(&str) -> Option<Row>) -> Result<Sockets, BadLine> {
    let mut rows = Vec::new();
    for line in text.lines() {
        let Some(transport) = transport(line) else { continue };
        rows.push((transport, row(line).ok_or_else(|| BadLine::new(line))?));
    }
    let listening: BTreeSet<Listener> = rows.iter().filter_map(|(transport, row)| listener(*transport, row)).collect();
    let ports: BTreeSet<(Transport, u16)> = listening.iter().map(|one| (one.transport, one.port)).collect();
    let edges: BTreeSet<Edge> = rows.iter().filter_map(|(transport, row)| edge(*transport, row, &ports)).collect();
    Ok((listening.into_iter().collect(), edges.into_iter().collect()))
}

fn transport(line: &str) -> Option<Transport> {
    match line.split_whitespace().next()? {
        _ if line.starts_with([' ', '\t']) => None,
        "tcp" | "tcp6" => Some(Transport::Tcp),
        "udp" | "udp6" => Some(Transport::Udp),
        _ => None,
    }
}

fn listener(transport: Transport, (state, local, _, processes): &Row) -> Option<Listener> {
    let listens = matches!((transport, state), (Transport::Tcp, State::Listens) | (Transport::Udp, State::Unconnected));
    let (address, port) = (local.0.clone(), local.1?);
    listens.then(|| Listener { transport, address, port, processes: processes.iter().cloned().collect() })
}

fn edge(
    transport: Transport,
    (state, local, peer, processes): &Row,
    ports: &BTreeSet<(Transport, u16)>,
) -> Option<Edge> {
    let State::Established = state else { return None };
    let inwards = ports.contains(&(transport, local.1?));
    let (direction, service_port) = if inwards { (Direction::In, local.1?) } else { (Direction::Out, peer.1?) };
    let process = processes.first().cloned().unwrap_or_default();
    Some(Edge { transport, direction, remote: peer.0.clone(), service_port, process })
}

/// `10.0.0.1:80`, `[::1]:80`, `:::80`, `*:*`, `10.0.0.1%eth0:68`.
fn end(text: &str) -> Option<End> {
    let (address, port) = text.rsplit_once(':')?;
    let port = if port == "*" { None } else { Some(port.parse().ok()?) };
    let address = address.trim_matches(['[', ']']).split('%').next()?.trim_end_matches(']');
    Some((address.strip_prefix("::ffff:").unwrap_or(address).to_owned(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown((listening, edges): Sockets) -> (Vec<String>, Vec<String>) {
        let listening =
            listening.iter().map(|l| format!("{:?} {} {} {}", l.transport, l.address, l.port, l.processes.join("+")));
        let edges = edges.iter().map(|e| format!("{:?} {} {} {}", e.direction, e.remote, e.service_port, e.process));
        (listening.collect(), edges.collect())
    }

    #[test]
    fn rows_of_ss() {
        let text = "Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n\
            nl UNCONN 0 0 rtnl:kernel *\n\
            udp ESTAB 0 0 10.0.0.5%eth0:68 10.0.0.1:67 users:((\"NetworkManager\",pid=6,fd=2))\n\
            tcp LISTEN 0 128 *:80 *:* users:((\"nginx\",pid=7,fd=6),(\"nginx\",pid=8,fd=6))\n\
            \t skmem:(r0,rb1)\n\
            tcp ESTAB 0 0 [::ffff:10.0.0.5]:80 [::ffff:10.0.0.9]:5312 users:((\"nginx\",pid=8,fd=9))\n";
        let (listening, edges) = shown(ss(text).expect("sockets"));
        assert_eq!(listening, ["Tcp * 80 nginx"]);
        assert_eq!(edges, ["In 10.0.0.9 80 nginx", "Out 10.0.0.1 67 NetworkManager"]);
        assert!(ss("tcp LISTEN 0 128 *:http *:*\n").is_err(), "a name is no number");
    }

    #[test]
    fn rows_of_netstat() {
        let text = "Active Internet connections (servers and established)\n\
            Proto Recv-Q Send-Q Local Address Foreign Address State User Inode PID/Program name Timer\n\
            tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN 0 21767 1215/sshd off (0.00/0/0)\n\
            tcp 0 0 10.0.0.5:22 10.0.0.9:5000 ESTABLISHED 0 1 1300/sshd: root off\n\
            tcp 0 0 10.0.0.5:4000 10.0.0.7:6379 TIME_WAIT 0 0 - timewait\n\
            tcp6 0 0 :::22 :::* LISTEN 0 2 1215/sshd off\n\
            udp 0 0 0.0.0.0:68 0.0.0.0:* 0 3 900/dhclient off\n\
            Active UNIX domain sockets\nunix 2 [ ACC ] STREAM LISTENING 1 1/systemd /run/x\n";
        let (listening, edges) = shown(netstat(text).expect("sockets"));
        assert_eq!(listening, ["Tcp 0.0.0.0 22 sshd", "Tcp :: 22 sshd", "Udp 0.0.0.0 68 dhclient"]);
        assert_eq!(edges, ["In 10.0.0.9 22 sshd"]);
    }
}
