//! The database's shape and the way each kind of connection is set up.

use super::{LedgerError, Place};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

/// Marks the file as a ledger for `file(1)` and for us: "rHop".
const APPLICATION_ID: i64 = 0x7248_6F70;

/// SQLite before this could corrupt a write-ahead log with two connections at work (fixed in 3.51.3).
const OLDEST_SQLITE: i32 = 3_051_003;

const MIGRATIONS: &[M<'_>] = &[M::up(
    "CREATE TABLE record (
        seq  INTEGER PRIMARY KEY,
        at   TEXT NOT NULL,
        run  TEXT,
        host TEXT,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        prev TEXT NOT NULL,
        hash TEXT NOT NULL
    ) STRICT;
    CREATE INDEX record_run ON record (run, seq);
    CREATE INDEX record_host ON record (host, seq);
    CREATE TRIGGER record_is_not_changed BEFORE UPDATE ON record
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
    CREATE TRIGGER record_is_not_removed BEFORE DELETE ON record
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
    CREATE TRIGGER record_comes_next BEFORE INSERT ON record
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM record)
        BEGIN SELECT RAISE(ABORT, 'a record follows the last one'); END;",
)];

/// A new database with its tables; the file is readable by its owner alone.
pub(super) fn create(place: &Place) -> Result<Connection, LedgerError> {
    place.make_private_file(&place.db())?;
    let mut db = open_writer(place)?;
    migrate(place, &mut db)?;
    Ok(db)
}

/// The writer: durable at each commit, and moving its log into the file only when told to.
pub(super) fn open_writer(place: &Place) -> Result<Connection, LedgerError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(LedgerError::OldSqlite { version: rusqlite::version().to_owned() });
    }
    let open = || -> rusqlite::Result<Connection> {
        let db = Connection::open_with_flags(
            place.db(),
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        set_up(&db)?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "wal_autocheckpoint", 0)?;
        db.pragma_update(None, "application_id", APPLICATION_ID)?;
        Ok(db)
    };
    open().map_err(|e| LedgerError::sql(place, "opening the ledger for writing", e))
}

/// A reader. A log with something in it is read along; a file without one is read as it lies, which also works on read-only media.
pub(super) fn open_reader(path: &Path, with_log: bool) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = if with_log {
        Connection::open_with_flags(path, flags)?
    } else {
        Connection::open_with_flags(as_immutable_uri(path), flags | OpenFlags::SQLITE_OPEN_URI)?
    };
    set_up(&db)?;
    db.pragma_update(None, "query_only", true)?;
    Ok(db)
}

/// Brings the whole write-ahead log into the main file and empties it.
pub(super) fn move_log_into_file(place: &Place, db: &Connection) -> Result<(), LedgerError> {
    let busy: i64 = db
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        .map_err(|e| LedgerError::sql(place, "moving the log into the file", e))?;
    if busy == 0 { Ok(()) } else { Err(LedgerError::ReadersInTheWay { dir: place.dir().to_owned() }) }
}

/// Everything that `sqlite_schema` should hold, in order; asked of SQLite once a process.
pub(super) fn expected_schema() -> rusqlite::Result<&'static [String]> {
    static EXPECTED: OnceLock<Vec<String>> = OnceLock::new();
    if EXPECTED.get().is_none() {
        let mut db = Connection::open_in_memory()?;
        Migrations::from_slice(MIGRATIONS).to_latest(&mut db).map_err(|_| rusqlite::Error::InvalidQuery)?;
        let schema = actual_schema(&db)?;
        EXPECTED.get_or_init(|| schema);
    }
    Ok(EXPECTED.get().map_or(&[], Vec::as_slice))
}

/// Everything that `sqlite_schema` holds, in order, and the versions that stand beside it.
pub(super) fn actual_schema(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement =
        db.prepare("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1")?;
    let mut lines = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    lines.push(format!("version {}", db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))?));
    Ok(lines)
}

fn migrate(place: &Place, db: &mut Connection) -> Result<(), LedgerError> {
    Migrations::from_slice(MIGRATIONS)
        .to_latest(db)
        .map_err(|e| LedgerError::Schema { path: place.db(), why: e.to_string() })
}

fn set_up(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(Duration::from_secs(10))?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(())
}

fn as_immutable_uri(path: &Path) -> String {
    let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{path}?immutable=1")
}
