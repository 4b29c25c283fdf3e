//! A metadata file from its packed bytes to checked, counted, limited text.
//!
//! Never trusts a length that a file says of itself further than up to the limits here.

use super::error::{Place, RepoError, Trouble};
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

/// A packed metadata file. The biggest known (filelists of a whole Fedora) is under 100 MB.
const PACKED_LIMIT: u64 = 512 << 20;
/// An unpacked one: AppStream's filelists are some 150 MB.
pub(crate) const UNPACKED_LIMIT: u64 = 4 << 30;
/// One tag or text. The longest known are descriptions of some tens of KiB.
pub(crate) const TOKEN_LIMIT: u64 = 1 << 20;
/// What an xz or zstd file may want for its window; xz -9 wants 64 MiB, zstd --long=27 128 MiB.
const WINDOW_LIMIT_LOG: u32 = 27;

/// A checksum as repomd.xml says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checksum {
    pub kind: String,
    pub value: String,
}

/// Reads a whole packed file and holds it against its checksum.
pub(crate) fn packed(path: &Path, checksum: Option<&Checksum>) -> Result<Vec<u8>, RepoError> {
    let wrong = |trouble| RepoError::of(path, trouble);
    let file = std::fs::File::open(path).map_err(|e| wrong(Trouble::Read(e)))?;
    let mut bytes = Vec::new();
    file.take(PACKED_LIMIT + 1).read_to_end(&mut bytes).map_err(|e| wrong(Trouble::Read(e)))?;
    if bytes.len() as u64 > PACKED_LIMIT {
        return Err(wrong(Trouble::TooBig { limit: PACKED_LIMIT }));
    }
    if let Some(checksum) = checksum {
        verify(&bytes, checksum).map_err(wrong)?;
    }
    Ok(bytes)
}

fn verify(bytes: &[u8], said: &Checksum) -> Result<(), Trouble> {
    let algorithm = match said.kind.as_str() {
        "sha256" => &ring::digest::SHA256,
        "sha512" => &ring::digest::SHA512,
        "sha384" => &ring::digest::SHA384,
        "sha" | "sha1" => &ring::digest::SHA1_FOR_LEGACY_USE_ONLY,
        other => return Err(Trouble::ChecksumKind(other.to_owned())),
    };
    let found: String = ring::digest::digest(algorithm, bytes).as_ref().iter().map(|b| format!("{b:02x}")).collect();
    if found.eq_ignore_ascii_case(&said.value) {
        return Ok(());
    }
    Err(Trouble::Checksum { kind: said.kind.clone(), said: said.value.clone(), found })
}

/// What a reader of text has seen so far, and what stopped it.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    line: Cell<u64>,
    byte: Cell<u64>,
    token: Cell<u64>,
    stopped: Cell<Option<Stop>>,
}

/// A limit that was met.
#[derive(Debug, Clone, Copy)]
enum Stop {
    TooBig(u64),
    TooLong,
    Damaged,
}

impl Watch {
    /// The next token begins.
    pub(crate) fn token_begins(&self) {
        self.token.set(0);
    }

    /// Where reading has come to.
    pub(crate) fn place(&self) -> Place {
        Place { line: self.line.get() + 1, byte: self.byte.get() }
    }

    /// What an error of the reader really was.
    pub(crate) fn trouble(&self, error: &io::Error) -> Trouble {
        match self.stopped.get() {
            Some(Stop::TooBig(limit)) => Trouble::TooBig { limit },
            Some(Stop::TooLong) => Trouble::TooLong { limit: TOKEN_LIMIT },
            Some(Stop::Damaged) => Trouble::Unpack(error.to_string()),
            None => Trouble::Form(error.to_string()),
        }
    }
}

/// Unpacked text that counts lines and stops at the limits.
pub(crate) struct Text<'a> {
    inner: BufReader<Box<dyn Read + 'a>>,
    watch: Rc<Watch>,
    limit: u64,
}

/// Unpacks by what the bytes are, not by what the file is called.
pub(crate) fn text<'a>(bytes: &'a [u8], limit: u64) -> io::Result<(Text<'a>, Rc<Watch>)> {
    let inner: Box<dyn Read + 'a> = match bytes {
        [0x1f, 0x8b, ..] => Box::new(flate2::read::MultiGzDecoder::new(bytes)),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => {
            let memory_in_kib = 1 << (WINDOW_LIMIT_LOG + 1 - 10);
            Box::new(lzma_rust2::XzReader::new_mem_limit(bytes, true, memory_in_kib))
        }
        [b'B', b'Z', b'h', ..] => Box::new(bzip2::read::MultiBzDecoder::new(bytes)),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(bytes)?;
            decoder.window_log_max(WINDOW_LIMIT_LOG)?;
            Box::new(decoder)
        }
        plain => Box::new(plain),
    };
    let watch = Rc::new(Watch::default());
    Ok((Text { inner: BufReader::with_capacity(64 << 10, inner), watch: Rc::clone(&watch), limit }, watch))
}

/// Unpacks a file that is no text, to its end.
pub(crate) fn whole(bytes: &[u8], limit: u64) -> Result<Vec<u8>, Trouble> {
    let (mut text, watch) = text(bytes, limit).map_err(|e| Trouble::Unpack(e.to_string()))?;
    let mut all = Vec::new();
    loop {
        watch.token_begins();
        let part = text.fill_buf().map_err(|e| watch.trouble(&e))?;
        if part.is_empty() {
            return Ok(all);
        }
        all.extend_from_slice(part);
        let taken = part.len();
        text.consume(taken);
    }
}

impl Text<'_> {
    fn stop(&self, why: Stop) -> io::Error {
        self.watch.stopped.set(Some(why));
        io::Error::other("stopped")
    }
}

impl BufRead for Text<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.watch.byte.get() > self.limit {
            return Err(self.stop(Stop::TooBig(self.limit)));
        }
        if self.watch.token.get() > TOKEN_LIMIT {
            return Err(self.stop(Stop::TooLong));
        }
        let watch = &self.watch;
        self.inner.fill_buf().inspect_err(|_| watch.stopped.set(Some(Stop::Damaged)))
    }

    fn consume(&mut self, n: usize) {
        let taken = self.inner.buffer().get(..n).unwrap_or_default();
        let lines = memchr::memchr_iter(b'\n', taken).count() as u64;
        self.watch.line.set(self.watch.line.get() + lines);
        self.watch.byte.set(self.watch.byte.get() + n as u64);
        self.watch.token.set(self.watch.token.get() + n as u64);
        self.inner.consume(n);
    }
}

impl Read for Text<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(into)?;
        self.consume(n);
        Ok(n)
    }
}
