//! The ledger: what happened, in order, in a form that nobody can quietly change.
//!
//! One SQLite database, append-only, each record chained to the one before it by BLAKE3, and a
//! *head* file signed with the project's own Ed25519 key (SSHSIG, so `ssh-keygen -Y verify` is all
//! that an auditor needs). The main database file changes only while it is being sealed: between
//! two seals every new record is in the write-ahead log, so the signed head names the exact bytes
//! of the file and a flip anywhere in it is seen.
//!
//! What it never does: update or delete a record, read a clock (the caller says when), interpret a
//! body (it is JSON text to the ledger), or hold a secret. Whoever owns the key and the folder can
//! forge a whole new ledger; the defence against that is a head copied elsewhere, into the report.

mod error;
mod events;
mod evidence;
mod head;
mod lock;
mod place;
mod read;
mod record;
mod schema;
pub(crate) mod signed;
mod verify;

#[cfg(test)]
pub(crate) mod tests;

pub use error::{LedgerError, NotAnEvent};
pub use evidence::{EvidenceError, EvidenceStore};
pub use head::{Head, LEDGER_NAMESPACE};
pub use place::Place;
pub use read::{LedgerReader, Query};
pub use record::{Entry, Record};
pub use verify::{Flaw, Verdict, verify};

use lock::{ControllerLock, SealLock};
use record::Row;
use rockhop_domain::Digest;
use rusqlite::{Connection, TransactionBehavior};
use russh::keys::ssh_key::{PrivateKey, PublicKey};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The ledger of one project, open for writing by the one controller that holds its lock.
#[derive(Debug)]
pub struct Ledger {
    writer: Mutex<Writer>,
    reader: LedgerReader,
    place: Place,
    key: PrivateKey,
    recovery: Option<Verdict>,
    // Last, so that the lock outlives the connections when the ledger is dropped.
    _lock: ControllerLock,
}

impl Ledger {
    /// Begins a ledger in `dir` (`<project>/.rockhop`), with a new signing key, and signs its empty head.
    ///
    /// A beginning that was cut short, so that no head was ever signed, is begun anew.
    pub fn create(dir: &Path) -> Result<Self, LedgerError> {
        let place = Place::at(dir);
        place.make_private_dir()?;
        let lock = ControllerLock::take(&place)?;
        if place.head().exists() {
            return Err(LedgerError::AlreadyThere { dir: dir.to_owned() });
        }
        let key = place.key_or_new()?;
        let db = schema::create(&place)?;
        let ledger = Self::assemble(place, key, db, None, lock)?;
        // Records without a head are a ledger whose head was taken away.
        if !ledger.is_empty() {
            return Err(LedgerError::Broken { dir: dir.to_owned(), flaws: vec![Flaw::NoHead] });
        }
        ledger.seal()?;
        Ok(ledger)
    }

    /// Opens the ledger in `dir` after verifying it; what a crash left unsigned is signed now.
    pub fn open(dir: &Path) -> Result<Self, LedgerError> {
        let place = Place::at(dir);
        if !place.head().exists() {
            return Err(LedgerError::NotThere { dir: dir.to_owned() });
        }
        let lock = ControllerLock::take(&place)?;
        let key = place.read_key()?;
        let recovery = match verify(dir, std::slice::from_ref(key.public_key()))? {
            Verdict::Broken { flaws } => return Err(LedgerError::Broken { dir: dir.to_owned(), flaws }),
            Verdict::Sealed { .. } => None,
            unsealed => Some(unsealed),
        };
        let db = schema::open_writer(&place)?;
        let ledger = Self::assemble(place, key, db, recovery, lock)?;
        ledger.seal()?;
        Ok(ledger)
    }

    /// Writes one record; when this returns, the record survives a power cut.
    pub fn append(&self, entry: &Entry) -> Result<Record, LedgerError> {
        let mut written = self.append_all(std::slice::from_ref(entry))?;
        written.pop().ok_or_else(|| LedgerError::not_json(&entry.kind, "nothing was written"))
    }

    /// Writes several records in one durable transaction: all of them or none.
    pub fn append_all(&self, entries: &[Entry]) -> Result<Vec<Record>, LedgerError> {
        let mut writer = self.writer();
        let written = writer.append(&self.place, entries)?;
        // The records are safe already: a seal that does not succeed now is only tried again later.
        if writer.seal_is_due() && self.try_seal(&mut writer).is_err() {
            tracing::warn!(dir = %self.place.dir().display(), "the ledger's head could not be signed now");
        }
        Ok(written)
    }

    /// Signs everything written so far. Done at the end of each run, and every so often in between.
    pub fn seal(&self) -> Result<Head, LedgerError> {
        self.seal_now(&mut self.writer())
    }

    /// Signs and lets go of the ledger.
    pub fn close(self) -> Result<Head, LedgerError> {
        self.seal()
    }

    /// The records from `seq` on, oldest first.
    pub fn read_from(&self, seq: u64) -> Result<Vec<Record>, LedgerError> {
        self.reader.read(&Query::from(seq))
    }

    /// The records that a query names, oldest first.
    pub fn read(&self, query: &Query) -> Result<Vec<Record>, LedgerError> {
        self.reader.read(query)
    }

    /// How many records there are.
    pub fn len(&self) -> u64 {
        self.writer().tip.seq
    }

    /// Whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What opening found unsigned or torn after a crash; none after an orderly end.
    pub fn recovery(&self) -> Option<&Verdict> {
        self.recovery.as_ref()
    }

    /// The key that auditors put into their allowed signers file.
    pub fn public_key(&self) -> &PublicKey {
        self.key.public_key()
    }

    /// Where the ledger's files are.
    pub fn place(&self) -> &Place {
        &self.place
    }

    fn assemble(
        place: Place,
        key: PrivateKey,
        db: Connection,
        recovery: Option<Verdict>,
        lock: ControllerLock,
    ) -> Result<Self, LedgerError> {
        let tip = Tip::read(&place, &db)?;
        let reader = LedgerReader::open(place.dir())?;
        Ok(Self { writer: Mutex::new(Writer { db, tip, sealed: None }), reader, place, key, recovery, _lock: lock })
    }

    /// A writer whose last holder panicked is sound: its transaction was rolled back, its tip is set after commit only.
    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn seal_now(&self, writer: &mut Writer) -> Result<Head, LedgerError> {
        let lock = SealLock::exclusive(&self.place)?;
        writer.seal(&self.place, &self.key, &lock)
    }

    /// Seals unless somebody is reading this very moment.
    fn try_seal(&self, writer: &mut Writer) -> Result<(), LedgerError> {
        match SealLock::try_exclusive(&self.place)? {
            Some(lock) => writer.seal(&self.place, &self.key, &lock).map(drop),
            None => Ok(()),
        }
    }
}

/// The last record that was written; `seq` 0 when there is none.
#[derive(Debug, Clone)]
struct Tip {
    seq: u64,
    at: String,
    hash: Digest,
}

impl Tip {
    fn read(place: &Place, db: &Connection) -> Result<Self, LedgerError> {
        let last = read::last_row(db).map_err(|e| LedgerError::sql(place, "reading the last record", e))?;
        Ok(match last {
            Some(row) => Self { seq: row.seq, hash: row.digest(), at: row.at },
            None => Self { seq: 0, at: head::NEVER.to_owned(), hash: record::first_prev() },
        })
    }
}

#[derive(Debug)]
struct Writer {
    db: Connection,
    tip: Tip,
    sealed: Option<Head>,
}

impl Writer {
    fn append(&mut self, place: &Place, entries: &[Entry]) -> Result<Vec<Record>, LedgerError> {
        let rows = self.chain(entries)?;
        if let Err(error) = insert(&mut self.db, &rows) {
            // A commit that failed half-way may or may not have happened: ask the database.
            self.tip = Tip::read(place, &self.db)?;
            return Err(LedgerError::sql(place, "writing a record", error));
        }
        if let Some(last) = rows.last() {
            self.tip = Tip { seq: last.seq, at: last.at.clone(), hash: last.hash.clone() };
        }
        rows.into_iter()
            .map(|row| {
                row.into_record().map_err(|flaw| LedgerError::Broken { dir: place.dir().to_owned(), flaws: vec![flaw] })
            })
            .collect()
    }

    fn chain(&self, entries: &[Entry]) -> Result<Vec<Row>, LedgerError> {
        let (mut seq, mut prev) = (self.tip.seq, self.tip.hash.clone());
        let mut rows = Vec::with_capacity(entries.len());
        for entry in entries {
            seq += 1;
            let row = Row::chained(seq, &prev, entry)?;
            prev = row.hash.clone();
            rows.push(row);
        }
        Ok(rows)
    }

    /// Each seal hashes the whole file, so the room between two seals grows with it, within limits.
    fn seal_is_due(&self) -> bool {
        let signed = self.sealed.as_ref().map_or(0, |head| head.records);
        self.tip.seq - signed >= (self.tip.seq / 16).clamp(256, 16_384)
    }

    fn seal(&mut self, place: &Place, key: &PrivateKey, _alone: &SealLock) -> Result<Head, LedgerError> {
        if let Some(head) = self.sealed.as_ref().filter(|head| head.records == self.tip.seq) {
            return Ok(head.clone());
        }
        schema::move_log_into_file(place, &self.db)?;
        let (file, bytes) = place.hash_db()?;
        let head = Head { records: self.tip.seq, hash: self.tip.hash.clone(), file, bytes, at: self.tip.at.clone() };
        head.sign_and_write(place, key)?;
        self.sealed = Some(head.clone());
        Ok(head)
    }
}

fn insert(db: &mut Connection, rows: &[Row]) -> rusqlite::Result<()> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let mut statement = tx.prepare_cached(
            "INSERT INTO record (seq, at, run, host, kind, body, prev, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for r in rows {
            statement.execute((&r.seq, &r.at, &r.run, &r.host, &r.kind, &r.body, r.prev.as_str(), r.hash.as_str()))?;
        }
    }
    tx.commit()
}

/// The public key in the one-line form of `authorized_keys` and allowed signers files.
pub fn public_key_line(key: &PublicKey) -> Result<String, LedgerError> {
    key.to_openssh().map_err(|e| LedgerError::Key { path: "ledger.pub".into(), why: e.to_string() })
}
