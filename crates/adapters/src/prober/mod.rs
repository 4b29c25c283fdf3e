//! Asks services the way their users do: a page, a question in the server's own protocol, or a connection.
//!
//! One small exchange a glimpse, bounded in time and bytes. It holds no password and logs in nowhere: a server that
//! refuses a stranger in its own words serves. It never follows where an answer leads.

mod mariadb;
mod postgresql;
mod redis;

use crate::http;
use rockhop_domain::{
    event::ServiceState,
    plan::{Probe, Service},
};
use rockhop_engine::ports::{Glimpse, Prober};
use std::{
    io,
    time::{Duration, Instant},
};
use tokio::{net::TcpStream, time::timeout};

/// A service that takes longer than this is down for its users.
const PATIENCE: Duration = Duration::from_secs(2);
/// The most of a page that is read and searched for the expected text, head included.
const PAGE_BYTES: usize = 64 << 10;
/// The most of one answer of a database or a cache: none of the answers that are looked at is longer.
const ANSWER_BYTES: usize = 4 << 10;

/// Probes over the network of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct NetProber;

impl Prober for NetProber {
    async fn glimpse(&self, service: &Service) -> Glimpse {
        look(&service.probe, PATIENCE).await
    }
}

async fn look(probe: &Probe, patience: Duration) -> Glimpse {
    let began = Instant::now();
    match timeout(patience, ask(probe)).await {
        Ok(Ok(ServiceState::Up)) => Glimpse::Up { latency: began.elapsed() },
        Ok(Ok(ServiceState::Unknown)) => Glimpse::Unknown,
        // Refused, reset, silent or speaking something else: nobody could use it.
        Ok(Ok(ServiceState::Down) | Err(_)) | Err(_) => Glimpse::Down,
    }
}

async fn ask(probe: &Probe) -> io::Result<ServiceState> {
    match probe {
        Probe::Tcp { address, port } => connect(address, *port).await.map(|_| ServiceState::Up),
        Probe::Http { url, expect_status, expect_text } => {
            let Some(url) = http::Url::parse(url) else { return Ok(ServiceState::Unknown) };
            let page = http::get(&url, PAGE_BYTES).await?;
            Ok(judge(&page, *expect_status, expect_text.as_deref()))
        }
        Probe::Redis { address, port } => redis::ask(connect(address, *port).await?).await,
        Probe::Postgresql { address, port } => postgresql::ask(connect(address, *port).await?).await,
        Probe::Mariadb { address, port } => mariadb::ask(connect(address, *port).await?).await,
    }
}

async fn connect(address: &str, port: u16) -> io::Result<TcpStream> {
    TcpStream::connect((address, port)).await
}

/// The expected status, or any from 200 to 399; and the expected text within what was read. A page that is longer
/// than that and does not hold it so far cannot be told.
fn judge(page: &http::Page, status: Option<u16>, text: Option<&str>) -> ServiceState {
    let as_wanted = status.map_or_else(|| (200..400).contains(&page.status), |wanted| page.status == wanted);
    let holds = |text: &str| text.is_empty() || page.body.windows(text.len()).any(|part| part == text.as_bytes());
    match (as_wanted, text.is_none_or(holds)) {
        (true, true) => ServiceState::Up,
        (true, false) if page.cut => ServiceState::Unknown,
        _ => ServiceState::Down,
    }
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ServiceState::{Down, Unknown, Up};

    #[test]
    fn pages() {
        let page = |status, body: &str, cut| http::Page { status, body: body.as_bytes().to_vec(), cut };
        for (page, status, text, want) in [
            (page(200, "", false), None, None, Up),
            (page(399, "", false), None, None, Up),
            (page(404, "", false), None, None, Down),
            (page(404, "", false), Some(404), None, Up),
            (page(204, "", false), Some(200), None, Down),
            (page(200, "all is ok", false), Some(200), Some("ok"), Up),
            (page(200, "all is well", false), Some(200), Some("ok"), Down),
            (page(200, "all is well", true), Some(200), Some("ok"), Unknown),
            (page(503, "ok", false), Some(200), Some("ok"), Down),
            (page(200, "数据", false), None, Some("数"), Up),
        ] {
            assert_eq!(judge(&page, status, text), want, "{page:?} {status:?} {text:?}");
        }
    }

    #[tokio::test]
    async fn a_server_that_never_answers_is_down() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("a port").port();
        let probe = Probe::Redis { address: "127.0.0.1".to_owned(), port };
        assert_eq!(look(&probe, Duration::from_millis(50)).await, Glimpse::Down);
    }
}
