//! The SQLite form of the metadata, as yum wanted it and createrepo_c still writes it; read where a copy has no XML.
//!
//! The file is unpacked into memory and opened read-only there; nothing in it is run.

use super::error::{RepoError, Trouble};
use super::primary::{Attributes, Draft, Files};
use super::repomd::Entry;
use super::unpack;
use crate::ffi::{Kind, PackageId, Pool};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, MAIN_DB, Row, Statement};
use std::collections::{HashMap, HashSet};

/// The packages of a repository by the checksum that both of its files name them with.
pub(crate) type Ids = HashMap<Box<str>, PackageId>;

/// The tables of dependencies. The last four are younger than EL7; a file without them has none of these.
const TABLES: [(&str, Kind); 8] = [
    ("provides", Kind::Provides),
    ("requires", Kind::Requires),
    ("conflicts", Kind::Conflicts),
    ("obsoletes", Kind::Obsoletes),
    ("suggests", Kind::Suggests),
    ("enhances", Kind::Enhances),
    ("recommends", Kind::Recommends),
    ("supplements", Kind::Supplements),
];
/// How many of them every file has.
const ALWAYS: usize = 4;

/// Adds every binary package of a `primary_db` to a repository of the pool.
pub(crate) fn primary(entry: &Entry, pool: &mut Pool, repo: i32) -> Result<(Files, Ids), RepoError> {
    let db = open(entry)?;
    read_primary(&db, pool, repo).map_err(|trouble| RepoError::of(&entry.path, trouble))
}

/// Finds the owners of the wanted paths in a `filelists_db`.
pub(crate) fn filelists(entry: &Entry, ids: &Ids, wanted: &HashSet<String>) -> Result<Files, RepoError> {
    let db = open(entry)?;
    owners(&db, ids, wanted).map_err(|e| RepoError::of(&entry.path, damaged(&e)))
}

fn open(entry: &Entry) -> Result<Connection, RepoError> {
    let wrong = |trouble| RepoError::of(&entry.path, trouble);
    let bytes = unpack::whole(&entry.read()?, entry.limit()).map_err(wrong)?;
    let open = || -> rusqlite::Result<Connection> {
        let mut db = Connection::open_in_memory()?;
        // What its schema says is not run: triggers, views and functions of a file that somebody else made.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
        db.deserialize_read_exact(MAIN_DB, bytes.as_slice(), bytes.len(), true)?;
        db.execute_batch("PRAGMA cell_size_check = ON; PRAGMA query_only = ON;")?;
        Ok(db)
    };
    open().map_err(|e| wrong(damaged(&e)))
}

fn read_primary(db: &Connection, pool: &mut Pool, repo: i32) -> Result<(Files, Ids), Trouble> {
    let mut drafts = drafts(db).map_err(|e| damaged(&e))?;
    for (n, (table, kind)) in TABLES.into_iter().enumerate() {
        if n >= ALWAYS && !has_table(db, table).map_err(|e| damaged(&e))? {
            continue;
        }
        let mut rows = db
            .prepare(&format!("SELECT pkgKey, name, flags, epoch, version, release FROM {table}"))
            .map_err(|e| damaged(&e))?;
        each(
            &mut rows,
            |row| Ok((row.get(0)?, attributes(row, 1)?)),
            |(key, attributes): (i64, Attributes)| {
                if let Some(dep) = attributes.dependency(pool)?
                    && let Some((_, draft)) = drafts.get_mut(&key)
                {
                    draft.deps.push((kind, dep));
                }
                Ok(())
            },
        )?;
    }
    let mut rows = db.prepare("SELECT pkgKey, name FROM files").map_err(|e| damaged(&e))?;
    each(
        &mut rows,
        |row| Ok((row.get(0)?, row.get(1)?)),
        |(key, path): (i64, String)| {
            drafts.get_mut(&key).into_iter().for_each(|(_, draft)| draft.files.push(path.as_str().into()));
            Ok(())
        },
    )?;
    let (mut files, mut ids) = (Files::new(), Ids::new());
    for (id, draft) in drafts.into_values() {
        if let Some(package) = draft.keep(pool, repo, &mut files)? {
            ids.insert(id, package);
        }
    }
    Ok((files, ids))
}

/// Every package without its lists, in the order of their numbers.
fn drafts(db: &Connection) -> rusqlite::Result<std::collections::BTreeMap<i64, (Box<str>, Draft)>> {
    let mut rows = db.prepare("SELECT pkgKey, name, NULL, epoch, version, release, arch, pkgId FROM packages")?;
    let found = rows.query_map([], |row| {
        let attributes = attributes(row, 1)?;
        let draft = Draft {
            evr: attributes.evr(true),
            name: attributes.name,
            arch: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
            ..Draft::default()
        };
        Ok((row.get(0)?, (row.get::<_, String>(7)?.into(), draft)))
    })?;
    found.collect()
}

/// `name, flags, epoch, version, release` from a column on; what is NULL is not said.
fn attributes(row: &Row<'_>, from: usize) -> rusqlite::Result<Attributes> {
    let text = |n: usize| row.get::<_, Option<String>>(from + n).map(Option::unwrap_or_default);
    Ok(Attributes { name: text(0)?, flags: text(1)?, epoch: text(2)?, ver: text(3)?, rel: text(4)? })
}

fn each<T>(
    rows: &mut Statement<'_>,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    mut take: impl FnMut(T) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let mut rows = rows.query([]).map_err(|e| damaged(&e))?;
    while let Some(row) = rows.next().map_err(|e| damaged(&e))? {
        take(read(row).map_err(|e| damaged(&e))?)?;
    }
    Ok(())
}

fn has_table(db: &Connection, name: &str) -> rusqlite::Result<bool> {
    db.query_row("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?1", [name], |row| row.get(0))
}

/// A row holds one folder of a package, and the names in it with slashes between them.
fn owners(db: &Connection, ids: &Ids, wanted: &HashSet<String>) -> rusqlite::Result<Files> {
    let mut rows =
        db.prepare("SELECT p.pkgId, f.filenames FROM filelist f JOIN packages p USING (pkgKey) WHERE f.dirname = ?1")?;
    let mut found = Files::new();
    for path in wanted {
        let Some((folder, name)) = path.rsplit_once('/') else { continue };
        let mut rows = rows.query([if folder.is_empty() { "/" } else { folder }])?;
        while let Some(row) = rows.next()? {
            let (id, names): (String, String) = (row.get(0)?, row.get(1)?);
            if names.split('/').any(|one| one == name) {
                found.extend(ids.get(id.as_str()).map(|package| (*package, path.as_str().into())));
            }
        }
    }
    Ok(found)
}

fn damaged(error: &rusqlite::Error) -> Trouble {
    Trouble::Form(error.to_string())
}
