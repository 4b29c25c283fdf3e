//! The beginning of a session, and its proper end.
//!
//! A server that greets with protocol 10 and then answers a login serves; that it refuses the login of a user
//! whom it does not know (1045) is what is expected. It also serves when it does not let this machine in at all
//! (1130). With too many connections (1040) or while it stops (1053) it serves nobody; of one that has blocked this
//! machine (1129) nothing is known about others.
//!
//! Why the login: a client that leaves after the greeting is a broken handshake, and after `max_connect_errors` of
//! those in a row (100 by default, less than half a minute of probes) the server blocks the whole machine. MariaDB
//! counts there "only protocol handshake errors" (`SUM_CONNECT_ERRORS` of `performance_schema.host_cache`), and a
//! login that was refused is a handshake that was carried through. So the prober answers the greeting as user
//! `rockhop` with an empty password, answers a change of the method with an empty packet, waits for the verdict, and
//! says COM_QUIT should it be let in. The server's log has a line for each refused login from `log_warnings=2` on,
//! which is the default of EL9.

use super::{ANSWER_BYTES, malformed};
use rockhop_domain::event::ServiceState;
use std::io;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// LONG_PASSWORD, PROTOCOL_41, SECURE_CONNECTION, PLUGIN_AUTH.
const CAPABILITIES: u32 = 0x1 | 0x200 | 0x8000 | 0x8_0000;
/// utf8_general_ci, which every version knows.
const CHARSET: u8 = 33;
const COM_QUIT: u8 = 1;
/// How often the server may change the method before it decides.
const MOST_CHANGES: usize = 3;

/// What the server's packet means for what comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// It greets.
    Greeting,
    /// It lets one in.
    Welcome,
    /// It wants another proof.
    Change,
    /// It refuses, with this code.
    Refused(u16),
}

pub(super) async fn ask(mut stream: TcpStream) -> io::Result<ServiceState> {
    let (number, packet) = read(&mut stream).await?;
    match greeting(&packet) {
        Some(Said::Refused(code)) => return Ok(judge(code)),
        Some(_) => write(&mut stream, number, &login()).await?,
        None => return Err(malformed("no greeting of MariaDB")),
    }
    for _ in 0..MOST_CHANGES {
        let (number, packet) = read(&mut stream).await?;
        match reply(&packet) {
            Some(Said::Change) => write(&mut stream, number, &[]).await?,
            Some(Said::Refused(code)) => return Ok(judge(code)),
            Some(_) => {
                // The answer is had; whether the farewell arrives changes nothing. A command counts from 0 again.
                let _ = write(&mut stream, u8::MAX, &[COM_QUIT]).await;
                return Ok(ServiceState::Up);
            }
            None => return Err(malformed("no answer to a login")),
        }
    }
    Err(malformed("no verdict about a login"))
}

/// One packet with its number: three bytes of length, one of number.
async fn read(stream: &mut TcpStream) -> io::Result<(u8, Vec<u8>)> {
    let head = stream.read_u32_le().await?.to_le_bytes();
    let length = usize::from(head[0]) | usize::from(head[1]) << 8 | usize::from(head[2]) << 16;
    if length > ANSWER_BYTES {
        return Err(malformed("too long for a greeting"));
    }
    let mut packet = vec![0; length];
    stream.read_exact(&mut packet).await?;
    Ok((head[3], packet))
}

/// Answers the packet of this number.
async fn write(stream: &mut TcpStream, answered: u8, packet: &[u8]) -> io::Result<()> {
    let length = u32::try_from(packet.len()).unwrap_or(u32::MAX).to_le_bytes();
    let mut bytes = vec![length[0], length[1], length[2], answered.wrapping_add(1)];
    bytes.extend(packet);
    stream.write_all(&bytes).await
}

fn login() -> Vec<u8> {
    let mut packet = CAPABILITIES.to_le_bytes().to_vec();
    packet.extend((1_u32 << 24).to_le_bytes());
    packet.push(CHARSET);
    packet.extend([0; 23]);
    // The name, no password, the method.
    packet.extend(b"rockhop\0\0mysql_native_password\0");
    packet
}

/// The first packet: protocol 10, or an error.
fn greeting(packet: &[u8]) -> Option<Said> {
    match packet {
        [10, version @ ..] if version.contains(&0) => Some(Said::Greeting),
        [0xff, ..] => refused(packet),
        _ => None,
    }
}

/// A packet after the login.
fn reply(packet: &[u8]) -> Option<Said> {
    match packet {
        [0x00, ..] => Some(Said::Welcome),
        // More of the method's own talk, or another method.
        [0x01 | 0xfe, ..] => Some(Said::Change),
        [0xff, ..] => refused(packet),
        _ => None,
    }
}

fn refused(packet: &[u8]) -> Option<Said> {
    let code = packet.get(1..3)?;
    Some(Said::Refused(u16::from_le_bytes([code[0], code[1]])))
}

fn judge(code: u16) -> ServiceState {
    match code {
        1040 | 1053 => ServiceState::Down,
        1129 => ServiceState::Unknown,
        _ => ServiceState::Up,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greetings() {
        for (packet, want) in [
            (&b"\x0a5.5.68-MariaDB\0\x01\0\0\0"[..], Some(Said::Greeting)),
            (b"\x0a5.5.5-10.5.22-MariaDB\0", Some(Said::Greeting)),
            (b"\xff\x6a\x04Host is not allowed", Some(Said::Refused(1130))),
            (b"\xff\x10\x04Too many connections", Some(Said::Refused(1040))),
            (b"\x0a5.5.68", None),
            (b"\x095.0\0", None),
            (b"\xff\x10", None),
            (b"SSH-2.0-OpenSSH_9.2", None),
            (b"", None),
        ] {
            assert_eq!(greeting(packet), want, "{packet:?}");
        }
    }

    #[test]
    fn replies() {
        for (packet, want) in [
            (&b"\0\0\0\x02\0\0\0"[..], Some(Said::Welcome)),
            (b"\xfeclient_ed25519\0salt", Some(Said::Change)),
            (b"\x01more", Some(Said::Change)),
            (b"\xff\x15\x04#28000Access denied", Some(Said::Refused(1045))),
            (b"\xff", None),
            (b"\x0a", None),
            (b"", None),
        ] {
            assert_eq!(reply(packet), want, "{packet:?}");
        }
    }

    #[test]
    fn refusals() {
        for (code, want) in [
            (1045, ServiceState::Up),
            (1130, ServiceState::Up),
            (1251, ServiceState::Up),
            (1040, ServiceState::Down),
            (1053, ServiceState::Down),
            (1129, ServiceState::Unknown),
        ] {
            assert_eq!(judge(code), want, "{code}");
        }
    }

    #[test]
    fn a_login_has_the_fixed_part_and_an_empty_password() {
        let packet = login();
        assert_eq!((packet.len(), &packet[32..40], packet[40]), (32 + 8 + 1 + 22, &b"rockhop\0"[..], 0));
    }
}
