//! A page fetched over plain HTTP, bounded, for the prober and the gates.
//!
//! It asks in HTTP/1.0, so that a server ends its answer by closing the connection, and never follows where an
//! answer leads. What is behind TLS is not asked from here.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The status.
    pub status: u16,
    /// Everything behind the head, as far as it was read.
    pub body: Vec<u8>,
    /// Whether there was more than the limit.
    pub cut: bool,
}

/// An `http://` address in its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Url<'a> {
    host: &'a str,
    port: u16,
    path: &'a str,
}

impl<'a> Url<'a> {
    /// `None` for anything but `http://HOST[:PORT][/PATH]`.
    pub fn parse(text: &'a str) -> Option<Self> {
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

/// Fetches a page, of which at most `limit` bytes are read, head included.
///
/// # Errors
/// When nobody answers, or what answers does not speak HTTP.
pub async fn get(url: &Url<'_>, limit: usize) -> std::io::Result<Page> {
    let mut stream = TcpStream::connect((url.host, url.port)).await?;
    let request =
        format!("GET {} HTTP/1.0\r\nHost: {}\r\nUser-Agent: rockhop\r\nConnection: close\r\n\r\n", url.path, url.host);
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    let more = limit.saturating_add(1);
    // A server that resets the connection behind its answer has answered all the same.
    let end = stream.take(more as u64).read_to_end(&mut answer).await;
    match page(&answer, limit) {
        Some(page) => Ok(page),
        None => Err(end.err().unwrap_or_else(|| std::io::Error::other("no status line"))),
    }
}

fn page(answer: &[u8], limit: usize) -> Option<Page> {
    let (cut, answer) = (answer.len() > limit, answer.get(..limit).unwrap_or(answer));
    let status = status_of(answer)?;
    let body = answer.windows(4).position(|w| w == b"\r\n\r\n").map_or(answer.len(), |at| at + 4);
    Some(Page { status, body: answer[body..].to_vec(), cut })
}

/// `HTTP/1.1 200 OK` (RFC 9112, section 4).
fn status_of(head: &[u8]) -> Option<u16> {
    let line = String::from_utf8_lossy(head.split(|b| *b == b'\n').next()?).into_owned();
    let mut words = line.split_whitespace();
    words.next().filter(|version| version.starts_with("HTTP/"))?;
    words.next()?.parse().ok()
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

    #[test]
    fn bodies() {
        for (answer, limit, body, cut) in [
            (&b"HTTP/1.0 200 OK\r\nA: b\r\n\r\nhello"[..], 100, &b"hello"[..], false),
            (b"HTTP/1.0 200 OK\r\n\r\nhello", 21, b"he", true),
            (b"HTTP/1.0 200 OK\r\nA: b\r\n", 100, b"", false),
        ] {
            assert_eq!(page(answer, limit), Some(Page { status: 200, body: body.to_vec(), cut }));
        }
    }
}
