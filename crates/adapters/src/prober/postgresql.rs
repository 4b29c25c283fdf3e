//! The beginning of a session, as far as a stranger gets.
//!
//! A StartupMessage for user and database `rockhop` is sent as it is. An SSLRequest before it would tell nothing:
//! the postmaster answers that one while it still recovers, and having said yes it would no longer take plain text.
//! The server serves when it asks for a password (`R`), or refuses in a way that needs its configuration or its
//! catalogue to be read: SQLSTATE class 28 (no such role, no line in pg_hba.conf) and 3D000 (no such database). All
//! else that it may refuse with means that nobody gets in: 57P03 while it starts or stops, 53300 without a free
//! connection.
//!
//! What this leaves in the server's log: where pg_hba.conf asks for a password, nothing (a client that leaves at the
//! password is not logged; with `log_connections`, one line a connection as for any client). Where the
//! stranger is refused without being asked, or `trust` lets it come as far as its missing role, one `FATAL`
//! line a probe, of user `rockhop`.

use super::{ANSWER_BYTES, malformed};
use rockhop_domain::event::ServiceState;
use std::io;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// `AuthenticationOk`.
const LET_IN: [u8; 4] = [0; 4];
/// `Terminate`: a session that was let in ends as a client ends it. One that was asked for a password does not say it:
/// the server would log a protocol error, where it is silent about a client that just leaves.
const TERMINATE: [u8; 5] = [b'X', 0, 0, 0, 4];
/// Protocol 3.0.
const VERSION: u32 = 196_608;

pub(super) async fn ask(mut stream: TcpStream) -> io::Result<ServiceState> {
    stream.write_all(&startup()).await?;
    let kind = stream.read_u8().await?;
    let length = stream.read_u32().await? as usize;
    let Some(rest) = length.checked_sub(4).filter(|n| *n <= ANSWER_BYTES) else {
        return Err(malformed("no message of PostgreSQL"));
    };
    let mut body = vec![0; rest];
    stream.read_exact(&mut body).await?;
    if kind == b'R' && body == LET_IN {
        // The answer is had; whether the farewell arrives changes nothing.
        let _ = stream.write_all(&TERMINATE).await;
    }
    judge(kind, &body).ok_or_else(|| malformed("no answer to a StartupMessage"))
}

fn startup() -> Vec<u8> {
    let mut body = VERSION.to_be_bytes().to_vec();
    body.extend(b"user\0rockhop\0database\0rockhop\0application_name\0rockhop\0\0");
    let length = u32::try_from(body.len() + 4).unwrap_or(u32::MAX);
    [length.to_be_bytes().to_vec(), body].concat()
}

/// What the first message says; `None` when it is none that may come first.
fn judge(kind: u8, body: &[u8]) -> Option<ServiceState> {
    match kind {
        b'R' if body.len() >= 4 => Some(ServiceState::Up),
        b'E' => {
            let state = sqlstate(body)?;
            let serves = state.starts_with(b"28") || state == b"3D000";
            Some(if serves { ServiceState::Up } else { ServiceState::Down })
        }
        _ => None,
    }
}

/// The field `C` of an ErrorResponse: fields are a letter and a text, each text ends with a zero byte.
fn sqlstate(body: &[u8]) -> Option<&[u8]> {
    body.split(|b| *b == 0).find_map(|field| field.strip_prefix(b"C")).filter(|state| state.len() == 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_startup_message_says_its_length() {
        let message = startup();
        assert_eq!(message[..4], u32::try_from(message.len()).unwrap_or_default().to_be_bytes());
        assert_eq!((message[4..8].to_vec(), message.ends_with(b"rockhop\0\0")), (vec![0, 3, 0, 0], true));
    }

    #[test]
    fn answers() {
        let error = |state: &str| format!("SFATAL\0VFATAL\0C{state}\0Mno\0Fpostmaster.c\0\0").into_bytes();
        for (kind, body, want) in [
            (b'R', vec![0, 0, 0, 5, 1, 2, 3, 4], Some(ServiceState::Up)),
            (b'R', vec![0, 0, 0, 0], Some(ServiceState::Up)),
            (b'R', vec![], None),
            (b'E', error("28000"), Some(ServiceState::Up)),
            (b'E', error("28P01"), Some(ServiceState::Up)),
            (b'E', error("3D000"), Some(ServiceState::Up)),
            (b'E', error("57P03"), Some(ServiceState::Down)),
            (b'E', error("53300"), Some(ServiceState::Down)),
            (b'E', error("57P01"), Some(ServiceState::Down)),
            (b'E', error("28"), None),
            (b'E', b"SFATAL\0Mno code\0\0".to_vec(), None),
            (b'E', vec![], None),
            (b'H', vec![0; 8], None),
        ] {
            assert_eq!(judge(kind, &body), want, "{} {body:?}", char::from(kind));
        }
    }
}
