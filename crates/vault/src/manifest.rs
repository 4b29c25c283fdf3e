//! The list that a host made of itself, read strictly: a list that breaks off is not a list.

use crate::BadManifest;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Read;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

/// What kind of thing is at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A regular file.
    File {
        /// Its SHA-256 in hex; none when the host could not read it.
        sha256: Option<String>,
        /// Its length.
        size: u64,
    },
    /// A directory.
    Dir,
    /// A symbolic link.
    Link {
        /// Where it leads.
        target: PathBuf,
    },
    /// A named pipe.
    Pipe,
    /// A block device.
    Block,
    /// A character device.
    Char,
}

/// One entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What is there.
    pub what: What,
    /// Permissions with setuid, setgid and sticky.
    pub mode: u32,
    /// Owner.
    pub uid: u32,
    /// Group.
    pub gid: u32,
    /// Last change, seconds and nanoseconds since 1970.
    pub mtime: (i64, u32),
}

/// What a host has under the paths that were backed up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// By path.
    pub entries: BTreeMap<PathBuf, Entry>,
    /// Paths that were asked for and are not there.
    pub absent: Vec<PathBuf>,
    /// Whether the host could list everything.
    pub complete: bool,
}

impl Manifest {
    /// Reads what [`manifest_command`](crate::manifest_command) printed.
    pub fn read(mut from: impl Read) -> Result<Self, BadManifest> {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).map_err(|e| BadManifest::Io(e.to_string()))?;
        Self::parse(&bytes)
    }

    fn parse(bytes: &[u8]) -> Result<Self, BadManifest> {
        let bytes = bytes.strip_suffix(b"\0").ok_or(BadManifest::BrokenOff)?;
        let mut fields = bytes.split(|&b| b == 0);
        if fields.next() != Some(b"rockhop-manifest 1") {
            return Err(BadManifest::Beginning);
        }
        let mut manifest = Self::default();
        loop {
            let field = fields.next().ok_or(BadManifest::BrokenOff)?;
            if field == b"sums" {
                break;
            } else if let Some(path) = field.strip_prefix(b"absent ") {
                manifest.absent.push(to_path(path));
            } else {
                let (path, target) = (fields.next(), fields.next());
                let (Some(path), Some(target)) = (path, target) else { return Err(BadManifest::BrokenOff) };
                manifest.entries.insert(to_path(path), entry(field, target)?);
            }
        }
        let sums = fields.next().ok_or(BadManifest::BrokenOff)?;
        let end = fields.next().and_then(|end| end.strip_prefix(b"end ")).ok_or(BadManifest::BrokenOff)?;
        if fields.next().is_some() {
            return Err(line(end));
        }
        manifest.complete = end == b"0";
        manifest.add_sums(sums)?;
        Ok(manifest)
    }

    fn add_sums(&mut self, sums: &[u8]) -> Result<(), BadManifest> {
        for text in sums.split(|&b| b == b'\n').filter(|text| !text.is_empty()) {
            let (path, sum) = sum_line(text).ok_or_else(|| line(text))?;
            // A file that came after the list is found missing there by the next look, not here.
            if let Some(Entry { what: What::File { sha256, .. }, .. }) = self.entries.get_mut(Path::new(&path)) {
                *sha256 = Some(sum);
            }
        }
        Ok(())
    }
}

/// `entry f 644 0 0 12 1700000000.1234567890`
fn entry(field: &[u8], target: &[u8]) -> Result<Entry, BadManifest> {
    parse_entry(field, target).ok_or_else(|| line(field))
}

fn parse_entry(field: &[u8], target: &[u8]) -> Option<Entry> {
    let text = std::str::from_utf8(field).ok()?;
    let mut words = text.strip_prefix("entry ")?.split(' ');
    let kind = words.next()?;
    let mode = u32::from_str_radix(words.next()?, 8).ok()?;
    let (uid, gid) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let size = words.next()?.parse().ok()?;
    let mtime = time(words.next()?)?;
    let what = match kind {
        "f" => What::File { sha256: None, size },
        "d" => What::Dir,
        "l" => What::Link { target: to_path(target) },
        "p" => What::Pipe,
        "b" => What::Block,
        "c" => What::Char,
        _ => return None,
    };
    words.next().is_none().then_some(Entry { what, mode, uid, gid, mtime })
}

/// `1700000000.1234567890`: find prints ten digits, of which nine mean something.
fn time(text: &str) -> Option<(i64, u32)> {
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let nanos = format!("{:0<9}", fraction.get(..9).unwrap_or(fraction));
    Some((seconds.parse().ok()?, nanos.parse().ok()?))
}

/// `<64 digits>  <path>`, with a backslash in front when the path has been escaped.
fn sum_line(text: &[u8]) -> Option<(OsString, String)> {
    let (escaped, text) = text.strip_prefix(b"\\").map_or((false, text), |rest| (true, rest));
    let (sum, rest) = text.split_at_checked(64)?;
    let path = rest.strip_prefix(b"  ").or_else(|| rest.strip_prefix(b" *"))?;
    let sum = std::str::from_utf8(sum).ok().filter(|s| s.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let path = if escaped { unescaped(path)? } else { path.to_vec() };
    Some((OsString::from_vec(path), sum.to_owned()))
}

fn unescaped(path: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(path.len());
    let mut bytes = path.iter();
    while let Some(&byte) = bytes.next() {
        out.push(match byte {
            b'\\' => match bytes.next()? {
                b'n' => b'\n',
                b'r' => b'\r',
                b'\\' => b'\\',
                _ => return None,
            },
            plain => plain,
        });
    }
    Some(out)
}

fn to_path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(OsString::from_vec(bytes.to_vec()))
}

fn line(bytes: &[u8]) -> BadManifest {
    BadManifest::Line(String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUM: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn good() -> Vec<u8> {
        format!(
            "rockhop-manifest 1\0absent /opt\0entry d 755 0 0 4096 1700000000.5\0/etc\0\0\
             entry f 4644 48 48 0 1700000001.1234567890\0/etc/a\nb\0\0entry l 777 0 0 5 -1.0\0/etc/l\0a b\0\
             sums\0\\{SUM}  /etc/a\\nb\n\0end 0\0"
        )
        .into_bytes()
    }

    #[test]
    fn a_list_is_read_with_every_odd_name() {
        let manifest = Manifest::read(&good()[..]).expect("a list");
        assert!(manifest.complete);
        assert_eq!(manifest.absent, [PathBuf::from("/opt")]);
        let file = &manifest.entries[Path::new("/etc/a\nb")];
        assert_eq!(file.what, What::File { sha256: Some(SUM.into()), size: 0 });
        assert_eq!((file.mode, file.uid, file.mtime), (0o4644, 48, (1_700_000_001, 123_456_789)));
        assert_eq!(manifest.entries[Path::new("/etc/l")].what, What::Link { target: "a b".into() });
    }

    #[test]
    fn a_list_that_breaks_off_anywhere_is_none() {
        let whole = good();
        for end in 0..whole.len() {
            assert!(Manifest::parse(&whole[..end]).is_err(), "cut at {end}");
        }
        let failed = String::from_utf8(whole).expect("text").replace("end 0", "end 1");
        assert!(!Manifest::parse(failed.as_bytes()).expect("a list").complete);
    }
}
