//! Asks services the way their users do: a connection, or a page.
//!
//! It never sends more than one small request, and never follows where an answer leads.

use rockhop_domain::plan::{Probe, Service};
use rockhop_engine::ports::{Glimpse, Prober};
use std::time::{Duration, Instant};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// A service that takes longer than this is down for its users.
const PATIENCE: Duration = Duration::from_secs(2);
/// Enough for a status line.
const STATUS_BYTES: usize = 512;

/// Probes over the network of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct NetProber;

impl Prober for NetProber {
    async fn glimpse(&self, service: &Service) -> Glimpse {
        let began = Instant::now();
        match timeout(PATIENCE, ask(&service.probe)).await {
            Ok(Some(true)) => Glimpse::Up { latency: began.elapsed() },
            Ok(None) => Glimpse::Unknown,
            Ok(Some(false)) | Err(_) => Glimpse::Down,
        }
    }
}

/// Whether it answered as it should; `None` when there is no telling.
async fn ask(probe: &Probe) -> Option<bool> {
    match probe {
        Probe::Tcp { address, port } => Some(TcpStream::connect((address.as_str(), *port)).await.is_ok()),
        Probe::Http { url } => {
            let url = Url::parse(url)?;
            Some(get(&url).await.is_ok_and(|status| (200..400).contains(&status)))
        }
    }
}

async fn get(url: &Url<'_>) -> std::io::Result<u16> {
    let mut stream = TcpStream::connect((url.host, url.port)).await?;
    let request =
        format!("GET {} HTTP/1.0\r\nHost: {}\r\nUser-Agent: rockhop\r\nConnection: close\r\n\r\n", url.path, url.host);
    stream.write_all(request.as_bytes()).await?;
    let mut head = Vec::with_capacity(STATUS_BYTES);
    stream.take(STATUS_BYTES as u64).read_to_end(&mut head).await?;
    status_of(&head).ok_or_else(|| std::io::Error::other("no status line"))
}

/// `HTTP/1.1 200 OK` (RFC 9112, section 4).
fn status_of(head: &[u8]) -> Option<u16> {
    let line = String::from_utf8_lossy(head.split(|b| *b == b'\n').next()?).into_owned();
    let mut words = line.split_whitespace();
    words.next().filter(|version| version.starts_with("HTTP/"))?;
    words.next()?.parse().ok()
}

/// An `http://` address in its parts.
#[derive(Debug, PartialEq, Eq)]
struct Url<'a> {
    host: &'a str,
    port: u16,
    path: &'a str,
}

impl<'a> Url<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix("http://")?;
        let slash = rest.find('/').unwrap_or(rest.len());
        let (place, path) = rest.split_at(slash);
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().ok()?),
            None => (place, 80),
        };
        (!host.is_empty()).then_some(Self { host, port, path: if path.is_empty() { "/" } else { path } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (text, want) in [
            ("http://10.0.0.1/healthz", Some(("10.0.0.1", 80, "/healthz"))),
            ("http://shop:8080", Some(("shop", 8080, "/"))),
            ("https://shop/", None),
            ("http://", None),
            ("http://a:b/", None),
        ] {
            assert_eq!(Url::parse(text), want.map(|(host, port, path)| Url { host, port, path }), "{text}");
        }
    }

    #[test]
    fn status_lines() {
        for (head, want) in [
            (&b"HTTP/1.1 200 OK\r\n"[..], Some(200)),
            (b"HTTP/1.0 503 \r\nx", Some(503)),
            (b"SSH-2.0-OpenSSH\r\n", None),
            (b"", None),
        ] {
            assert_eq!(status_of(head), want);
        }
    }
}
