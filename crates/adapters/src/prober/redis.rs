//! PING, as `redis-cli` sends it.
//!
//! `-NOAUTH` counts as an answer: the server is up, has read the question, and wants the password that its own
//! users have. The prober has none, so of a server with `requirepass` it is known that it answers, not that it holds
//! data. `-LOADING` (it reads its file) and `-MASTERDOWN` (a replica that serves no stale data) are answers of a
//! server that serves nobody.

use super::{ANSWER_BYTES, malformed};
use rockhop_domain::event::ServiceState;
use std::io;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub(super) async fn ask(mut stream: TcpStream) -> io::Result<ServiceState> {
    stream.write_all(b"PING\r\n").await?;
    let mut answer = Vec::new();
    while !answer.contains(&b'\n') && answer.len() < ANSWER_BYTES {
        if stream.read_buf(&mut answer).await? == 0 {
            break;
        }
    }
    judge(&answer).ok_or_else(|| malformed("no answer to PING"))
}

/// What the first line says; `None` when it is not whole or no answer of Redis.
fn judge(answer: &[u8]) -> Option<ServiceState> {
    let line = answer.split_inclusive(|b| *b == b'\n').next()?.strip_suffix(b"\r\n")?;
    match line {
        b"+PONG" => Some(ServiceState::Up),
        [b'-', error @ ..] if error.split(|b| *b == b' ').next() == Some(b"NOAUTH") => Some(ServiceState::Up),
        [b'-', ..] => Some(ServiceState::Down),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers() {
        for (answer, want) in [
            ("+PONG\r\n", Some(ServiceState::Up)),
            ("-NOAUTH Authentication required.\r\n", Some(ServiceState::Up)),
            ("-LOADING Redis is loading the dataset in memory\r\n", Some(ServiceState::Down)),
            ("-MASTERDOWN Link with MASTER is down\r\n", Some(ServiceState::Down)),
            ("-DENIED Redis is running in protected mode\r\nmore", Some(ServiceState::Down)),
            ("-ERR max number of clients reached\r\n", Some(ServiceState::Down)),
            ("-NOAUTHORITY\r\n", Some(ServiceState::Down)),
            ("+PONG", None),
            ("+PONG\n", None),
            ("HTTP/1.1 400 Bad Request\r\n", None),
            ("\r\n", None),
            ("", None),
        ] {
            assert_eq!(judge(answer.as_bytes()), want, "{answer:?}");
        }
    }
}
