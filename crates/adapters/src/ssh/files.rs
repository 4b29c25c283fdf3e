//! Files on a host: read whole, written atomically, both verified by digest.

use super::error::SshError;
use super::session::{How, Session, quote};
use ring::digest;
use std::time::Duration;

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile<'a> {
    pub path: &'a str,
    /// Octal: `0640`.
    pub mode: &'a str,
    pub owner: &'a str,
    pub group: &'a str,
    pub bytes: &'a [u8],
}

/// The largest file that is read or written whole. Larger ones go as streams.
pub const WHOLE_FILE_BYTES: usize = 64 << 20;

const FILE_TIMEOUT: Duration = Duration::from_secs(120);

impl Session {
    /// Reads a whole file as root. The host digests it after reading, so damage and a change under way are both seen.
    pub async fn read_file(&self, path: &str) -> Result<Vec<u8>, SshError> {
        let name = quote(path);
        let script = format!("exec 3<{name} || exit; cat <&3; sha256sum <{name} >&2");
        let how = How { max_bytes: WHOLE_FILE_BYTES, ..How::root(FILE_TIMEOUT) };
        let output = self.exec(&script, how).await?.good(self.host(), "read")?;
        match is_digest_of(&output.stderr, &output.stdout) {
            true => Ok(output.stdout),
            false => Err(SshError::Damaged { host: self.host().to_owned(), path: path.to_owned() }),
        }
    }

    /// Writes a file as root: beside its place, to the disk, digest compared, then renamed over it. Whoever reads the
    /// path sees the old content or the new, never a part. Answers the SHA-256 that the file has in its place.
    pub async fn write_file(&self, file: &NewFile<'_>) -> Result<String, SshError> {
        let want = sha256(file.bytes);
        let output = self.push(&write_script(file, &want), file.bytes, How::root(FILE_TIMEOUT)).await?;
        let output = output.good(self.host(), &format!("write {}", file.path))?;
        let now = output.text().split_whitespace().next().unwrap_or_default().to_owned();
        if now == want {
            Ok(now)
        } else {
            Err(SshError::Damaged { host: self.host().to_owned(), path: file.path.to_owned() })
        }
    }
}

/// The owner is set while nobody else may open the file, and the mode after it.
fn write_script(file: &NewFile<'_>, want: &str) -> String {
    let NewFile { path, mode, owner, group, .. } = file;
    let (name, whom, mode) = (quote(path), quote(&format!("{owner}:{group}")), quote(mode));
    format!(
        "set -e; umask 077; f={name}; t=$(mktemp \"$f.rockhop.XXXXXX\"); trap 'rm -f \"$t\"' EXIT\n\
         dd of=\"$t\" bs=64k conv=fsync 2>/dev/null\n\
         set -- $(sha256sum <\"$t\"); [ \"$1\" = {want} ] || {{ echo 'the content arrived damaged' >&2; exit 65; }}\n\
         chown {whom} \"$t\"; chmod {mode} \"$t\"; mv -fT \"$t\" \"$f\"\n\
         if command -v restorecon >/dev/null; then restorecon \"$f\" || :; fi\n\
         sync \"${{f%/*}}/\" 2>/dev/null || sync\n\
         sha256sum <\"$f\""
    )
}

/// In hex.
pub fn sha256(bytes: &[u8]) -> String {
    digest::digest(&digest::SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether the last line is what `sha256sum` prints for these bytes.
fn is_digest_of(line: &[u8], bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(line);
    text.lines().last().and_then(|line| line.split_whitespace().next()) == Some(sha256(bytes).as_str())
}
