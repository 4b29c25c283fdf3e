//! Verifying: everything is read again, and nothing is believed that was not proved.

use super::head::Head;
use super::lock::SealLock;
use super::record::{Row, first_prev};
use super::{LedgerError, Place, read, schema};
use rockhop_domain::{Digest, Message};
use rusqlite::{Connection, ErrorCode};
use russh::keys::ssh_key::PublicKey;
use std::path::Path;

/// The most flaws that are listed; a ledger with more is no better known for listing them.
const FLAWS_LISTED: usize = 100;

/// What a look at every byte of the ledger found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every record is signed, and the database file is to the byte what was signed.
    Sealed {
        /// The signed head.
        head: Head,
    },
    /// The file is to the byte what was signed; records written since are chained, not yet signed.
    OpenTail {
        /// The signed head.
        head: Head,
        /// Records after it.
        unsigned: u64,
        /// Bytes of the log that SQLite does not accept: a write cut short, or a change made to the log.
        torn_bytes: u64,
    },
    /// Every record up to the head is what was signed, yet the file is not: a seal was cut short, or
    /// something changed where no record is. The next controller that opens the ledger seals it.
    Unsealed {
        /// The signed head.
        head: Head,
        /// Records after it.
        unsigned: u64,
    },
    /// It is not what was signed.
    Broken {
        /// What is wrong, the first hundred findings.
        flaws: Vec<Flaw>,
    },
}

impl Verdict {
    /// Whether everything is covered by the signature. All else needs a look.
    pub fn is_fine(&self) -> bool {
        matches!(self, Self::Sealed { .. })
    }

    /// The sentence for people.
    pub fn message(&self) -> Message {
        match self {
            Self::Sealed { head } => Message::new("ledger-sealed").with("records", head.records),
            Self::OpenTail { head, unsigned, torn_bytes } => Message::new("ledger-open-tail")
                .with("records", head.records)
                .with("unsigned", unsigned)
                .with("torn", torn_bytes),
            Self::Unsealed { head, unsigned } => {
                Message::new("ledger-unsealed").with("records", head.records).with("unsigned", unsigned)
            }
            Self::Broken { flaws } => Message::new("ledger-broken").with("flaws", flaws.len()),
        }
    }
}

/// One thing that is wrong with a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// The signed head is missing.
    NoHead,
    /// The head file is not a head.
    HeadUnreadable {
        /// In which way.
        why: &'static str,
    },
    /// The head is signed by a key that is not trusted.
    HeadByStranger {
        /// Its fingerprint.
        key: String,
    },
    /// The head's signature does not fit its text.
    HeadForged,
    /// The signature covers more records than there are: the end was cut off.
    Truncated {
        /// Records signed.
        signed: u64,
        /// Records found.
        found: u64,
    },
    /// The record that the head names is another one now.
    NotWhatWasSigned {
        /// Its place.
        seq: u64,
    },
    /// A record is missing before this one.
    Gap {
        /// The place that was expected.
        seq: u64,
    },
    /// A record's content does not fit its hash.
    Altered {
        /// Its place.
        seq: u64,
    },
    /// A record is not chained to the one before it.
    Unlinked {
        /// Its place.
        seq: u64,
    },
    /// A column of a record cannot be read.
    Unreadable {
        /// Its place.
        seq: u64,
        /// Which column.
        column: &'static str,
    },
    /// Tables, indexes or the triggers that forbid changes are not those of a ledger.
    SchemaAltered,
    /// SQLite itself finds the file damaged.
    Database {
        /// What it says.
        detail: String,
    },
}

impl Flaw {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        match self {
            Self::NoHead => Message::new("ledger-flaw-no-head"),
            Self::HeadUnreadable { why } => Message::new("ledger-flaw-head-unreadable").with("why", why),
            Self::HeadByStranger { key } => Message::new("ledger-flaw-head-by-stranger").with("key", key),
            Self::HeadForged => Message::new("ledger-flaw-head-forged"),
            Self::Truncated { signed, found } => {
                Message::new("ledger-flaw-truncated").with("signed", signed).with("found", found)
            }
            Self::NotWhatWasSigned { seq } => Message::new("ledger-flaw-not-what-was-signed").with("seq", seq),
            Self::Gap { seq } => Message::new("ledger-flaw-gap").with("seq", seq),
            Self::Altered { seq } => Message::new("ledger-flaw-altered").with("seq", seq),
            Self::Unlinked { seq } => Message::new("ledger-flaw-unlinked").with("seq", seq),
            Self::Unreadable { seq, column } => {
                Message::new("ledger-flaw-unreadable").with("seq", seq).with("column", column)
            }
            Self::SchemaAltered => Message::new("ledger-flaw-schema"),
            Self::Database { detail } => Message::new("ledger-flaw-database").with("detail", detail),
        }
    }
}

/// Reads the whole ledger in `dir` again, against the keys that the reader trusts; changes nothing.
///
/// An error means that it could not be looked at, which is not a verdict.
pub fn verify(dir: &Path, trusted: &[PublicKey]) -> Result<Verdict, LedgerError> {
    let place = Place::at(dir);
    if !place.db().exists() {
        return Err(LedgerError::NotThere { dir: dir.to_owned() });
    }
    let _still = SealLock::shared(&place)?;
    let head = match Head::read(&place, trusted)? {
        Ok(head) => head,
        Err(flaw) => return Ok(Verdict::Broken { flaws: vec![flaw] }),
    };
    let is_signed_file = place.hash_db()? == (head.file.clone(), head.bytes);
    let log_bytes = place.log_bytes()?;
    let mut walk = Walk::new(&head);
    let accepted = match walk.over(&place, log_bytes > 0) {
        Ok(bytes) => bytes,
        Err(e) if could_not_look(&e) => return Err(LedgerError::sql(&place, "verifying the ledger", e)),
        Err(e) => {
            walk.note(Flaw::Database { detail: e.to_string() });
            0
        }
    };
    Ok(walk.verdict(is_signed_file, log_bytes, accepted))
}

/// One pass over all records, with what it has seen so far.
struct Walk<'a> {
    head: &'a Head,
    found: u64,
    prev: Digest,
    flaws: Vec<Flaw>,
}

impl<'a> Walk<'a> {
    fn new(head: &'a Head) -> Self {
        Self { head, found: 0, prev: first_prev(), flaws: Vec::new() }
    }

    /// Walks the database; answers how many bytes of its log SQLite accepts.
    fn over(&mut self, place: &Place, with_log: bool) -> rusqlite::Result<u64> {
        let db = schema::open_reader(&place.db(), with_log)?;
        if schema::actual_schema(&db)? != schema::expected_schema()? {
            self.note(Flaw::SchemaAltered);
        }
        self.ask_sqlite(&db)?;
        read::for_each_row(&db, |row| self.step(&row))?;
        self.compare_with_head();
        if with_log { accepted_log_bytes(&db) } else { Ok(0) }
    }

    fn ask_sqlite(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let mut statement = db.prepare("PRAGMA integrity_check(20)")?;
        let said = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        for detail in said.into_iter().filter(|line| line != "ok") {
            self.note(Flaw::Database { detail });
        }
        Ok(())
    }

    fn step(&mut self, row: &Row) {
        self.found += 1;
        let seq = row.seq;
        if seq != self.found {
            self.note(Flaw::Gap { seq: self.found });
            self.found = seq;
        }
        if row.prev != self.prev {
            self.note(Flaw::Unlinked { seq });
        }
        if row.digest() != row.hash {
            self.note(Flaw::Altered { seq });
        }
        if let Err(flaw) = row.clone().into_record() {
            self.note(flaw);
        }
        if seq == self.head.records && row.hash != self.head.hash {
            self.note(Flaw::NotWhatWasSigned { seq });
        }
        self.prev = row.hash.clone();
    }

    fn compare_with_head(&mut self) {
        if self.found < self.head.records {
            self.note(Flaw::Truncated { signed: self.head.records, found: self.found });
        }
        if self.head.records == 0 && self.head.hash != first_prev() {
            self.note(Flaw::NotWhatWasSigned { seq: 0 });
        }
    }

    fn note(&mut self, flaw: Flaw) {
        if self.flaws.len() < FLAWS_LISTED {
            self.flaws.push(flaw);
        }
    }

    fn verdict(self, is_signed_file: bool, log_bytes: u64, accepted: u64) -> Verdict {
        if !self.flaws.is_empty() {
            return Verdict::Broken { flaws: self.flaws };
        }
        let (head, unsigned) = (self.head.clone(), self.found - self.head.records);
        match (is_signed_file, log_bytes) {
            (true, 0) => Verdict::Sealed { head },
            (true, _) => Verdict::OpenTail { head, unsigned, torn_bytes: log_bytes.saturating_sub(accepted) },
            (false, _) => Verdict::Unsealed { head, unsigned },
        }
    }
}

/// The log's header and the frames that SQLite takes for good; it stops at the first that is not.
fn accepted_log_bytes(db: &Connection) -> rusqlite::Result<u64> {
    let page: u64 = db.query_row("PRAGMA page_size", [], |row| row.get(0))?;
    let frames: i64 = db.query_row("PRAGMA wal_checkpoint(NOOP)", [], |row| row.get(1))?;
    Ok(u64::try_from(frames).map_or(0, |frames| if frames == 0 { 0 } else { 32 + frames * (24 + page) }))
}

/// Errors of the machine, as apart from what the file says.
fn could_not_look(error: &rusqlite::Error) -> bool {
    use ErrorCode::{
        CannotOpen, DatabaseBusy, DatabaseLocked, OutOfMemory, PermissionDenied, ReadOnly, SystemIoFailure,
    };
    matches!(
        error.sqlite_error_code(),
        Some(CannotOpen | DatabaseBusy | DatabaseLocked | OutOfMemory | PermissionDenied | ReadOnly | SystemIoFailure)
    )
}
