//! Reading a tar stream member by member: ustar, POSIX (pax) and GNU long names.
//!
//! The `tar` crate parses headers for us; its own reader splits pax records at newlines, and an
//! access list or a file capability is binary and may hold one. Here records are taken by their
//! length, a checksum is checked at each header, and a stream without its end mark is an error.

use crate::BadStream;
use std::ffi::OsString;
use std::io::{self, Read};
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;
use tar::{EntryType, Header};

const BLOCK: usize = 512;

/// The most that a member's extensions may take: a path, a target and its attributes.
const EXTENSIONS_LIMIT: u64 = 16 << 20;

/// One member of the stream, before its content.
#[derive(Debug)]
pub(crate) struct Member {
    pub header: Header,
    pub path: PathBuf,
    pub target: PathBuf,
    pub size: u64,
    /// Pax records in their order.
    pub records: Vec<(String, Vec<u8>)>,
}

/// The stream; as a reader, the content of the member that came last.
#[derive(Debug)]
pub(crate) struct Tape<R> {
    from: R,
    /// What is left of the member's content, and of the padding behind it.
    left: u64,
    padding: u64,
}

impl<R: Read> Tape<R> {
    pub fn new(from: R) -> Self {
        Self { from, left: 0, padding: 0 }
    }

    /// The next member; none after the end mark.
    pub fn next_member(&mut self) -> Result<Option<Member>, BadStream> {
        let mut extra = Extra::default();
        loop {
            self.skip_rest()?;
            let Some(header) = self.header()? else { return Ok(None) };
            let size = header.entry_size()?;
            match header.entry_type() {
                EntryType::XHeader => extra.records = records(&self.extension(size)?).ok_or_else(bad_extension)?,
                EntryType::XGlobalHeader => drop(self.extension(size)?),
                EntryType::GNULongName => extra.path = Some(until_zero(self.extension(size)?)),
                EntryType::GNULongLink => extra.target = Some(until_zero(self.extension(size)?)),
                _ => return Ok(Some(self.member(header, size, extra)?)),
            }
        }
    }

    /// Reads whatever follows the end mark, so that the command at the other end is not cut off.
    pub fn drain(mut self) -> io::Result<()> {
        io::copy(&mut self.from, &mut io::sink()).map(drop)
    }

    fn member(&mut self, header: Header, size: u64, extra: Extra) -> Result<Member, BadStream> {
        let record = |key: &str| extra.records.iter().rev().find(|(k, _)| k == key).map(|(_, value)| value.clone());
        let size = match record("size") {
            Some(text) => number(&text).ok_or_else(bad_extension)?,
            None => size,
        };
        if extra.records.iter().any(|(key, _)| key.starts_with("GNU.sparse.")) {
            return Err(BadStream::Kind { path: path(header.path_bytes().into_owned()), kind: 'S' });
        }
        let name = record("path").or(extra.path).unwrap_or_else(|| header.path_bytes().into_owned());
        let link = record("linkpath").or(extra.target);
        let link = link.or_else(|| header.link_name_bytes().map(std::borrow::Cow::into_owned)).unwrap_or_default();
        self.expect(if header.entry_type().is_file() { size } else { 0 });
        Ok(Member { path: path(name), target: path(link), size, header, records: extra.records })
    }

    fn expect(&mut self, size: u64) {
        self.left = size;
        self.padding = size.next_multiple_of(BLOCK as u64) - size;
    }

    /// A header that is what its checksum says; none at the end mark, which is two blocks of zeros.
    fn header(&mut self) -> Result<Option<Header>, BadStream> {
        let mut header = Header::new_old();
        self.block(header.as_mut_bytes())?;
        if header.as_bytes().iter().all(|&b| b == 0) {
            let mut second = [0; BLOCK];
            self.block(&mut second)?;
            return if second.iter().all(|&b| b == 0) { Ok(None) } else { Err(BadStream::BrokenOff) };
        }
        let bytes = header.as_bytes();
        let sum: u32 = bytes[..148].iter().chain(&[b' '; 8]).chain(&bytes[156..]).map(|&b| u32::from(b)).sum();
        if sum == header.cksum()? { Ok(Some(header)) } else { Err(io::Error::other("a tar header is damaged").into()) }
    }

    fn extension(&mut self, size: u64) -> Result<Vec<u8>, BadStream> {
        if size > EXTENSIONS_LIMIT {
            return Err(bad_extension());
        }
        self.expect(size);
        let mut bytes = Vec::new();
        self.read_to_end(&mut bytes)?;
        if self.left == 0 { Ok(bytes) } else { Err(BadStream::BrokenOff) }
    }

    fn skip_rest(&mut self) -> Result<(), BadStream> {
        let rest = self.left + self.padding;
        let skipped = io::copy(&mut self.from.by_ref().take(rest), &mut io::sink())?;
        (self.left, self.padding) = (0, 0);
        if skipped == rest { Ok(()) } else { Err(BadStream::BrokenOff) }
    }

    fn block(&mut self, block: &mut [u8; BLOCK]) -> Result<(), BadStream> {
        self.from.read_exact(block).map_err(|e| match e.kind() {
            io::ErrorKind::UnexpectedEof => BadStream::BrokenOff,
            _ => BadStream::Io(e),
        })
    }
}

impl<R: Read> Read for Tape<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.from.by_ref().take(self.left).read(buffer)?;
        self.left -= n as u64;
        Ok(n)
    }
}

#[derive(Default)]
struct Extra {
    records: Vec<(String, Vec<u8>)>,
    path: Option<Vec<u8>>,
    target: Option<Vec<u8>>,
}

/// `<length> <key>=<value>\n`, again and again; the length counts all of it.
fn records(mut bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let space = bytes.iter().position(|&b| b == b' ')?;
        let length = usize::try_from(number(&bytes[..space])?).ok()?;
        let (record, rest) = bytes.split_at_checked(length)?;
        let record = record.get(space + 1..)?.strip_suffix(b"\n")?;
        let equals = record.iter().position(|&b| b == b'=')?;
        found.push((std::str::from_utf8(&record[..equals]).ok()?.to_owned(), record[equals + 1..].to_vec()));
        bytes = rest;
    }
    Some(found)
}

fn number(bytes: &[u8]) -> Option<u64> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

fn until_zero(mut bytes: Vec<u8>) -> Vec<u8> {
    if let Some(end) = bytes.iter().position(|&b| b == 0) {
        bytes.truncate(end);
    }
    bytes
}

fn path(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(OsString::from_vec(bytes))
}

fn bad_extension() -> BadStream {
    io::Error::other("an extension of the tar stream cannot be read").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_taken_by_their_length() {
        let found = records(b"11 path=/a\n21 SCHILY.xattr.u=\n\x00\n").expect("records");
        assert_eq!(found, [("path".into(), b"/a".to_vec()), ("SCHILY.xattr.u".into(), b"\n\0".to_vec())]);
        for bad in
            [&b"99 path=/a\n"[..], b"x path=/a\n", b"11 path=/ab", b"0 \n", b"7 path\n", b"18446744073709551615 a=\n"]
        {
            assert_eq!(records(bad), None, "{bad:?}");
        }
    }
}
