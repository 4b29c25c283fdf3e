//! The prober against small servers on this machine that speak one protocol each, byte by byte.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use rockhop_adapters::prober::NetProber;
use rockhop_domain::{
    ServiceId,
    plan::{Probe, Service},
};
use rockhop_engine::ports::{Glimpse, Prober};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};

/// One turn of a server's talk.
enum Turn {
    /// Says these bytes.
    Say(Vec<u8>),
    /// Waits for exactly so many.
    Hear(usize),
}
use Turn::{Hear, Say};

/// A server for one connection; ends with all that it heard, up to the client's farewell.
async fn serve(turns: Vec<Turn>) -> (u16, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let task = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        for turn in turns {
            match turn {
                Say(bytes) => stream.write_all(&bytes).await.unwrap(),
                Hear(n) => {
                    let mut part = vec![0; n];
                    stream.read_exact(&mut part).await.unwrap();
                    heard.extend(part);
                }
            }
        }
        stream.shutdown().await.unwrap();
        stream.read_to_end(&mut heard).await.unwrap();
        heard
    });
    (port, task)
}

async fn glimpse(probe: Probe) -> Glimpse {
    let id = ServiceId::parse("shop").unwrap();
    NetProber.glimpse(&Service { id, hosts: Vec::new(), probe, slo_percent: None }).await
}

fn up(glimpse: &Glimpse) -> bool {
    matches!(glimpse, Glimpse::Up { .. })
}

fn address() -> String {
    "127.0.0.1".to_owned()
}

/// A packet of MariaDB with its length and number.
fn packet(number: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_le_bytes();
    [&length[..3], &[number], body].concat()
}

fn greeting() -> Vec<u8> {
    packet(0, b"\x0a5.5.68-MariaDB\0\x01\0\0\0saltsalt\0\xff\xf7\x21\x02\0")
}

const LOGIN_BYTES: usize = 4 + 63;

#[tokio::test]
async fn redis_that_wants_a_password_is_up_and_one_that_loads_is_not() {
    for (answer, want) in [("+PONG\r\n", true), ("-NOAUTH no\r\n", true), ("-LOADING\r\n", false), ("+PO", false)] {
        let (port, heard) = serve(vec![Hear(6), Say(answer.into())]).await;
        let seen = glimpse(Probe::Redis { address: address(), port }).await;
        assert_eq!((up(&seen), heard.await.unwrap()), (want, b"PING\r\n".to_vec()), "{answer:?}");
    }
}

#[tokio::test]
async fn postgresql_that_asks_or_refuses_the_stranger_is_up_and_one_that_starts_is_not() {
    let message = |kind: u8, body: &[u8]| {
        let length = u32::try_from(body.len() + 4).unwrap().to_be_bytes();
        [&[kind], &length[..], body].concat()
    };
    for (answer, want) in [
        (message(b'R', &[0, 0, 0, 5, 1, 2, 3, 4]), true),
        (message(b'E', b"SFATAL\0C28000\0Mno pg_hba.conf entry\0\0"), true),
        (message(b'E', b"SFATAL\0C57P03\0Mthe database system is starting up\0\0"), false),
        (message(b'E', &vec![0; 1 << 20]), false),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), false),
    ] {
        let (port, heard) = serve(vec![Hear(4), Say(answer.clone())]).await;
        let seen = glimpse(Probe::Postgresql { address: address(), port }).await;
        assert_eq!(up(&seen), want, "{:?}", &answer[..answer.len().min(40)]);
        drop(heard);
    }
}

#[tokio::test]
async fn a_session_that_postgresql_began_is_ended() {
    let (port, heard) = serve(vec![Hear(8), Say(vec![b'R', 0, 0, 0, 8, 0, 0, 0, 0])]).await;
    assert!(up(&glimpse(Probe::Postgresql { address: address(), port }).await));
    assert!(heard.await.unwrap().ends_with(&[b'X', 0, 0, 0, 4]));
}

#[tokio::test]
async fn at_the_question_for_a_password_the_stranger_leaves_without_a_word() {
    let (port, heard) = serve(vec![Hear(8), Say(vec![b'R', 0, 0, 0, 8, 0, 0, 0, 3])]).await;
    assert!(up(&glimpse(Probe::Postgresql { address: address(), port }).await));
    assert!(heard.await.unwrap().ends_with(b"rockhop\0\0"));
}

#[tokio::test]
async fn mariadb_is_answered_and_its_refusal_is_waited_for() {
    let refused = packet(2, b"\xff\x15\x04#28000Access denied for user 'rockhop'");
    let (port, heard) = serve(vec![Say(greeting()), Hear(LOGIN_BYTES), Say(refused)]).await;
    assert!(up(&glimpse(Probe::Mariadb { address: address(), port }).await));
    let heard = heard.await.unwrap();
    assert_eq!((heard.len(), heard[3]), (LOGIN_BYTES, 1), "one packet, which follows the greeting");
}

#[tokio::test]
async fn mariadb_that_changes_the_method_gets_an_empty_answer_and_one_that_lets_in_a_farewell() {
    let change = packet(2, b"\xfeclient_ed25519\0salt");
    let talk =
        vec![Say(greeting()), Hear(LOGIN_BYTES), Say(change), Hear(4), Say(packet(4, &[0, 0, 0, 2, 0, 0, 0])), Hear(5)];
    let (port, heard) = serve(talk).await;
    assert!(up(&glimpse(Probe::Mariadb { address: address(), port }).await));
    assert_eq!(heard.await.unwrap()[LOGIN_BYTES..], [0, 0, 0, 3, 1, 0, 0, 0, 1]);
}

#[tokio::test]
async fn mariadb_that_turns_everybody_away_is_down_and_one_that_blocks_this_machine_unknown() {
    for (code, want) in [(1130_u16, "up"), (1040, "down"), (1129, "unknown")] {
        let [low, high] = code.to_le_bytes();
        let (port, _heard) = serve(vec![Say(packet(0, &[0xff, low, high, b'n', b'o']))]).await;
        let seen = match glimpse(Probe::Mariadb { address: address(), port }).await {
            Glimpse::Up { .. } => "up",
            Glimpse::Down => "down",
            Glimpse::Unknown => "unknown",
        };
        assert_eq!(seen, want, "{code}");
    }
    let (port, _heard) = serve(vec![Say(greeting()), Hear(LOGIN_BYTES)]).await;
    assert_eq!(glimpse(Probe::Mariadb { address: address(), port }).await, Glimpse::Down, "it greets and says no more");
}

#[tokio::test]
async fn pages_are_judged_by_status_and_text() {
    let page = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nall is o\r\n0\r\n\r\n";
    for (status, text, want) in [
        (None, None, true),
        (Some(200), Some("all is"), true),
        (Some(204), None, false),
        (Some(200), Some("nothing"), false),
    ] {
        let (port, _heard) = serve(vec![Hear(4), Say(page.into())]).await;
        let url = format!("http://127.0.0.1:{port}/healthz");
        let probe = Probe::Http { url, expect_status: status, expect_text: text.map(str::to_owned) };
        assert_eq!(up(&glimpse(probe).await), want, "{status:?} {text:?}");
    }
}

#[tokio::test]
async fn nobody_there_is_down() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    for probe in [
        Probe::Tcp { address: address(), port },
        Probe::Redis { address: address(), port },
        Probe::Postgresql { address: address(), port },
        Probe::Mariadb { address: address(), port },
        Probe::Http { url: format!("http://127.0.0.1:{port}/"), expect_status: None, expect_text: None },
    ] {
        assert_eq!(glimpse(probe).await, Glimpse::Down);
    }
    let probe = Probe::Http { url: "https://127.0.0.1/".into(), expect_status: None, expect_text: None };
    assert_eq!(glimpse(probe).await, Glimpse::Unknown);
}
