//! Reading: any number of readers, in this process and in others, beside the one writer.

use super::lock::SealLock;
use super::record::Row;
use super::{LedgerError, Place, Record, schema};
use rockhop_domain::{Digest, HostId, RunId};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

const COLUMNS: &str = "seq, at, run, host, kind, body, prev, hash";

/// Which records: from a place on, of a run, about a host, so many at most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    from: u64,
    run: Option<RunId>,
    host: Option<HostId>,
    limit: Option<u32>,
}

impl Query {
    /// Everything.
    pub fn all() -> Self {
        Self::default()
    }

    /// Everything from `seq` on, that record included.
    pub fn from(seq: u64) -> Self {
        Self { from: seq, ..Self::default() }
    }

    /// Only records of this run.
    #[must_use]
    pub fn of_run(mut self, run: &RunId) -> Self {
        self.run = Some(run.clone());
        self
    }

    /// Only records about this host.
    #[must_use]
    pub fn of_host(mut self, host: &HostId) -> Self {
        self.host = Some(host.clone());
        self
    }

    /// Only the first so many: pages for callers that fold a long ledger.
    #[must_use]
    pub fn at_most(mut self, records: u32) -> Self {
        self.limit = Some(records);
        self
    }
}

/// Reads the ledger while a controller may be writing it.
#[derive(Debug)]
pub struct LedgerReader {
    place: Place,
    db: Mutex<Connection>,
}

impl LedgerReader {
    /// Opens the ledger in `dir` for reading only.
    pub fn open(dir: &Path) -> Result<Self, LedgerError> {
        let place = Place::at(dir);
        if !place.db().exists() {
            return Err(LedgerError::NotThere { dir: dir.to_owned() });
        }
        let db = schema::open_reader(&place.db(), true)
            .map_err(|e| LedgerError::sql(&place, "opening the ledger for reading", e))?;
        Ok(Self { place, db: Mutex::new(db) })
    }

    /// The ledger's folder.
    pub fn dir(&self) -> &Path {
        self.place.dir()
    }

    /// The records that the query names, oldest first.
    pub fn read(&self, query: &Query) -> Result<Vec<Record>, LedgerError> {
        let _still = SealLock::shared(&self.place)?;
        let db = self.db.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = select(&db, query).map_err(|e| LedgerError::sql(&self.place, "reading records", e))?;
        rows.into_iter()
            .map(|row| {
                row.into_record()
                    .map_err(|flaw| LedgerError::Broken { dir: self.place.dir().to_owned(), flaws: vec![flaw] })
            })
            .collect()
    }
}

pub(super) fn last_row(db: &Connection) -> rusqlite::Result<Option<Row>> {
    db.query_row(&format!("SELECT {COLUMNS} FROM record ORDER BY seq DESC LIMIT 1"), [], to_row).optional()
}

/// Calls `each` with every row, oldest first, without holding more than one.
pub(super) fn for_each_row(db: &Connection, mut each: impl FnMut(Row)) -> rusqlite::Result<()> {
    let mut statement = db.prepare(&format!("SELECT {COLUMNS} FROM record NOT INDEXED ORDER BY seq"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(to_row(row)?);
    }
    Ok(())
}

fn select(db: &Connection, query: &Query) -> rusqlite::Result<Vec<Row>> {
    let (run, host) = (query.run.as_ref().map(RunId::as_str), query.host.as_ref().map(HostId::as_str));
    let mut sql = format!("SELECT {COLUMNS} FROM record WHERE seq >= ?1");
    sql.push_str(if run.is_some() { " AND run = ?2" } else { " AND ?2 IS NULL" });
    sql.push_str(if host.is_some() { " AND host = ?3" } else { " AND ?3 IS NULL" });
    sql.push_str(" ORDER BY seq LIMIT ?4");
    let mut statement = db.prepare_cached(&sql)?;
    let limit = query.limit.map_or(-1, i64::from);
    statement.query_map((query.from, run, host, limit), to_row)?.collect()
}

fn to_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        seq: row.get(0)?,
        at: row.get(1)?,
        run: row.get(2)?,
        host: row.get(3)?,
        kind: row.get(4)?,
        body: row.get(5)?,
        prev: digest(row, 6)?,
        hash: digest(row, 7)?,
    })
}

fn digest(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Digest> {
    let text: String = row.get(column)?;
    Digest::parse(&text).map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(e)))
}
