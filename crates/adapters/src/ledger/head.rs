//! The signed head: a few lines that pin the whole ledger, and the signature over them.

use super::place::write_durably;
use super::signed::SignedText;
use super::{Flaw, LedgerError, Place};
use rockhop_domain::Digest;
use russh::keys::ssh_key::{PrivateKey, PublicKey};

/// The SSHSIG namespace of heads: a signature made for something else is not one of these.
pub const LEDGER_NAMESPACE: &str = "rockhop-ledger";

/// The time in the head of an empty ledger.
pub(super) const NEVER: &str = "never";

/// What is signed: how many records, the last one's hash, and the database file to the byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How many records the signature covers.
    pub records: u64,
    /// The hash of the last of them.
    pub hash: Digest,
    /// BLAKE3 of the database file.
    pub file: Digest,
    /// Its length.
    pub bytes: u64,
    /// When the last record happened, as it says itself; `never` for an empty ledger.
    pub at: String,
}

impl Head {
    pub(super) fn sign_and_write(&self, place: &Place, key: &PrivateKey) -> Result<(), LedgerError> {
        let signed = SignedText::sign(self.to_text(), LEDGER_NAMESPACE, key)
            .map_err(|e| LedgerError::Key { path: place.key(), why: e.to_string() })?;
        write_durably(&place.head(), signed.to_file().as_bytes())
    }

    /// Reads the head and believes it only when one of the trusted keys signed it.
    pub(super) fn read(place: &Place, trusted: &[PublicKey]) -> Result<Result<Self, Flaw>, LedgerError> {
        let path = place.head();
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Self::believe(&bytes, trusted)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Err(Flaw::NoHead)),
            Err(e) => Err(LedgerError::io(&path, "reading", e)),
        }
    }

    fn believe(bytes: &[u8], trusted: &[PublicKey]) -> Result<Self, Flaw> {
        let signed = SignedText::parse(bytes).map_err(|why| Flaw::HeadUnreadable { why })?;
        let Some(signer) = trusted.iter().find(|key| signed.is_by(key)) else {
            return Err(Flaw::HeadByStranger { key: signed.fingerprint() });
        };
        if !signed.verifies(LEDGER_NAMESPACE, signer) {
            return Err(Flaw::HeadForged);
        }
        Self::from_text(signed.text()).ok_or(Flaw::HeadUnreadable { why: "its lines are not those of a head" })
    }

    fn to_text(&self) -> String {
        let Self { records, hash, file, bytes, at } = self;
        format!("rockhop ledger head 1\nrecords {records}\nhash {hash}\nfile {file}\nbytes {bytes}\nat {at}\n")
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        (lines.next()? == "rockhop ledger head 1").then_some(())?;
        let mut field = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned);
        let head = Self {
            records: field("records")?.parse().ok()?,
            hash: Digest::parse(&field("hash")?).ok()?,
            file: Digest::parse(&field("file")?).ok()?,
            bytes: field("bytes")?.parse().ok()?,
            at: field("at")?,
        };
        (head.to_text() == text).then_some(head)
    }
}
