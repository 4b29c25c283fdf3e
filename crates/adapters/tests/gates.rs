//! Gates that are asked from this machine, against a small monitoring of this test's own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use rockhop_adapters::{
    gates::OutsideGates,
    ssh::{Limits, Pool},
    target::{AddressBook, SshTarget},
};
use rockhop_domain::{
    HostId,
    plan::{GateAnswer, GateState, Outside},
    project::Milli,
};
use rockhop_engine::ports::Gates;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
    task::JoinHandle,
};

/// Answers one request with this, and tells its first line.
async fn monitoring(status: &str, body: &str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answer = format!("HTTP/1.0 {status}\r\nContent-Type: application/json\r\n\r\n{body}");
    let task = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        let mut first = String::new();
        stream.read_line(&mut first).await.unwrap();
        let mut line = String::from("-");
        while !line.trim().is_empty() {
            line.clear();
            stream.read_line(&mut line).await.unwrap();
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
        first
    });
    (url, task)
}

async fn ask(question: Outside) -> GateAnswer {
    let target = SshTarget::new(Pool::new(Limits::default(), 1), AddressBook::new());
    OutsideGates::new(target).ask("test", &question).await
}

#[tokio::test]
async fn alerts_that_are_neither_silenced_nor_inhibited_close() {
    for (status, body, want) in [
        ("200 OK", "[]", GateState::Open),
        ("200 OK", r#"[{"labels":{"alertname":"Disk"}}]"#, GateState::Closed),
        ("200 OK", "<html>", GateState::Unknown),
        ("503 Service Unavailable", "[]", GateState::Unknown),
    ] {
        let (url, heard) = monitoring(status, body).await;
        assert_eq!(ask(Outside::Alerts { url, from: None }).await.state(), want, "{status} {body}");
        let line = heard.await.unwrap();
        assert_eq!(line, "GET /api/v2/alerts?active=true&silenced=false&inhibited=false HTTP/1.0\r\n");
    }
}

#[tokio::test]
async fn a_query_is_sent_whole_and_judged_by_its_limits() {
    let body = r#"{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"0.02"]}]}}"#;
    for (at_most, want) in [(Milli(20), GateState::Open), (Milli(19), GateState::Closed)] {
        let (url, heard) = monitoring("200 OK", body).await;
        let query = "rate(a[5m]) + 1".to_owned();
        let question = Outside::Query { url, from: None, query, at_most: Some(at_most), at_least: None };
        assert_eq!(ask(question).await.state(), want);
        assert_eq!(heard.await.unwrap(), "GET /api/v1/query?query=rate%28a%5B5m%5D%29%20%2B%201 HTTP/1.0\r\n");
    }
}

#[tokio::test]
async fn what_cannot_be_asked_is_unknown() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let host = HostId::parse("mon-1").unwrap();
    for (url, from, why) in [
        (nobody, None, "gate-unreachable"),
        ("https://127.0.0.1".to_owned(), None, "gate-unreachable"),
        ("http://127.0.0.1".to_owned(), Some(host), "fault-host-not-in-inventory"),
    ] {
        let answer = ask(Outside::Alerts { url, from }).await;
        let said = answer.why().map(|w| w.key.as_str());
        assert_eq!((answer.state(), said), (GateState::Unknown, Some(why)));
    }
}
