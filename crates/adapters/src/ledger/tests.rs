//! What an attacker, a broken disk, a crash and a second controller may try.

use super::*;
use jiff::Timestamp;
use rockhop_domain::{HostId, RunId};
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::PathBuf;
use std::process::{Command, Stdio};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn dir(&self) -> PathBuf {
        self.0.path().join(".rockhop")
    }

    /// A ledger of `n` records, closed.
    fn with(n: u64) -> (Self, PublicKey) {
        let folder = Self::new();
        let ledger = Ledger::create(&folder.dir()).expect("a ledger");
        for i in 1..=n {
            ledger.append(&entry(i)).expect("a record");
        }
        let key = ledger.public_key().clone();
        ledger.close().expect("a seal");
        (folder, key)
    }

    fn verdict(&self, key: &PublicKey) -> Verdict {
        verify(&self.dir(), std::slice::from_ref(key)).expect("a verdict")
    }

    /// Does to the database what an intruder with SQLite at hand can do, triggers out of the way and back again.
    fn tamper(&self, sql: &str) {
        let db = Connection::open(self.dir().join("ledger.db")).expect("the database");
        let triggers: Vec<String> = db
            .prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
            .and_then(|mut s| s.query_map([], |r| r.get(0))?.collect())
            .expect("triggers");
        for name in ["record_is_not_changed", "record_is_not_removed", "record_comes_next"] {
            db.execute_batch(&format!("DROP TRIGGER {name}")).expect("dropped");
        }
        db.execute_batch(sql).expect("tampered");
        for trigger in triggers {
            db.execute_batch(&trigger).expect("restored");
        }
        db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("moved");
    }
}

fn entry(i: u64) -> Entry {
    let at = Timestamp::from_second(1_700_000_000 + i64::try_from(i).expect("small")).expect("a time");
    let host = HostId::parse(&format!("web-{}", i % 3)).expect("a host");
    let run = RunId::parse(if i.is_multiple_of(2) { "run-even" } else { "run-odd" }).expect("a run");
    Entry::new(at, "step-finished", &serde_json::json!({"i": i, "说明": "完成"})).of_host(host).of_run(run)
}

#[test]
fn a_closed_ledger_is_sealed_and_reads_back() {
    let (folder, key) = Folder::with(7);
    assert!(folder.verdict(&key).is_fine(), "{:?}", folder.verdict(&key));
    let ledger = Ledger::open(&folder.dir()).expect("opens");
    assert_eq!(ledger.recovery(), None);
    let records = ledger.read_from(3).expect("records");
    assert_eq!(records.iter().map(|r| r.seq).collect::<Vec<_>>(), [3, 4, 5, 6, 7]);
    let even =
        ledger.read(&Query::all().of_run(&RunId::parse("run-even").expect("a run")).at_most(2)).expect("records");
    assert_eq!(even.iter().map(|r| r.seq).collect::<Vec<_>>(), [2, 4]);
    let host = ledger.read(&Query::from(2).of_host(&HostId::parse("web-1").expect("a host"))).expect("records");
    assert_eq!(host.iter().map(|r| r.seq).collect::<Vec<_>>(), [4, 7]);
    assert_eq!(records[0].body, entry(3).body);
}

#[test]
fn nobody_else_may_read_it() {
    let (folder, _) = Folder::with(1);
    let mode = |name: &str| fs::metadata(folder.dir().join(name)).expect("there").permissions().mode() & 0o777;
    assert_eq!([mode(""), mode("ledger.key"), mode("ledger.db"), mode("ledger.head")], [0o700, 0o600, 0o600, 0o600]);
    fs::set_permissions(folder.dir().join("ledger.key"), fs::Permissions::from_mode(0o644)).expect("set");
    assert!(matches!(Ledger::open(&folder.dir()), Err(LedgerError::KeyExposed { mode: 0o644, .. })));
}

#[test]
fn records_since_the_seal_are_an_open_tail_and_the_end_of_a_run_seals_them() {
    let folder = Folder::new();
    let ledger = Ledger::create(&folder.dir()).expect("a ledger");
    for i in 1..=5 {
        ledger.append(&entry(i)).expect("a record");
    }
    let verdict = folder.verdict(ledger.public_key());
    assert!(matches!(verdict, Verdict::OpenTail { unsigned: 5, torn_bytes: 0, .. }), "{verdict:?}");
    assert!(!verdict.is_fine());
    ledger.seal().expect("a seal");
    assert!(folder.verdict(ledger.public_key()).is_fine());
}

#[test]
fn a_long_ledger_seals_itself_on_the_way() {
    let folder = Folder::new();
    let ledger = Ledger::create(&folder.dir()).expect("a ledger");
    for i in 1..=300 {
        ledger.append(&entry(i)).expect("a record");
    }
    let verdict = folder.verdict(ledger.public_key());
    assert!(matches!(&verdict, Verdict::OpenTail { head, unsigned: 44, .. } if head.records == 256), "{verdict:?}");
}

#[test]
fn the_database_itself_refuses_changes() {
    let (folder, _) = Folder::with(3);
    let db = Connection::open(folder.dir().join("ledger.db")).expect("the database");
    for sql in [
        "UPDATE record SET body = '{}' WHERE seq = 2",
        "DELETE FROM record WHERE seq = 3",
        "INSERT OR REPLACE INTO record SELECT * FROM record WHERE seq = 2",
        "INSERT INTO record SELECT 9, at, run, host, kind, body, prev, hash FROM record WHERE seq = 2",
    ] {
        assert!(db.execute_batch(sql).is_err(), "{sql}");
    }
}

#[test]
fn every_way_of_rewriting_history_is_named() {
    type Expected = fn(&Flaw) -> bool;
    let cases: [(&str, Expected); 7] = [
        ("UPDATE record SET body = '{}' WHERE seq = 2", |f| matches!(f, Flaw::Altered { seq: 2 })),
        ("UPDATE record SET at = '2020-01-01T00:00:00Z' WHERE seq = 4", |f| matches!(f, Flaw::Altered { seq: 4 })),
        ("UPDATE record SET hash = prev WHERE seq = 4", |f| matches!(f, Flaw::Altered { seq: 4 })),
        ("DELETE FROM record WHERE seq = 3", |f| matches!(f, Flaw::Gap { seq: 3 })),
        ("DELETE FROM record WHERE seq >= 4", |f| matches!(f, Flaw::Truncated { signed: 5, found: 3 })),
        ("DELETE FROM record", |f| matches!(f, Flaw::Truncated { signed: 5, found: 0 })),
        ("DROP INDEX record_run", |f| matches!(f, Flaw::SchemaAltered)),
    ];
    for (sql, expected) in cases {
        let (folder, key) = Folder::with(5);
        folder.tamper(sql);
        let Verdict::Broken { flaws } = folder.verdict(&key) else { panic!("{sql} was not seen") };
        assert!(flaws.iter().any(expected), "{sql}: {flaws:?}");
        assert!(matches!(Ledger::open(&folder.dir()), Err(LedgerError::Broken { .. })), "{sql}");
    }
}

/// An intruder who makes the chain anew from a record on cannot sign the head anew.
#[test]
fn a_rewritten_chain_does_not_fit_the_signed_head() {
    let (folder, key) = Folder::with(4);
    let mut last = read::last_row(&Connection::open(folder.dir().join("ledger.db")).expect("the database"))
        .expect("a row")
        .expect("a row");
    last.body = "{}".into();
    folder.tamper(&format!("UPDATE record SET body = '{{}}', hash = '{}' WHERE seq = 4", last.digest()));
    let verdict = folder.verdict(&key);
    assert_eq!(verdict, Verdict::Broken { flaws: vec![Flaw::NotWhatWasSigned { seq: 4 }] });
}

#[test]
fn a_change_where_no_record_is_is_seen_too() {
    let (folder, key) = Folder::with(4);
    folder.tamper("VACUUM");
    let verdict = folder.verdict(&key);
    assert!(matches!(verdict, Verdict::Unsealed { unsigned: 0, .. }), "{verdict:?}");
    // The records are what was signed, so the next controller may seal the file again, and says so.
    let ledger = Ledger::open(&folder.dir()).expect("opens");
    assert_eq!(ledger.recovery(), Some(&verdict));
    assert!(folder.verdict(&key).is_fine());
}

#[test]
fn another_key_or_another_purpose_is_not_a_signature() {
    let (folder, key) = Folder::with(2);
    let (_, other) = Folder::with(0);
    assert!(
        matches!(&folder.verdict(&other), Verdict::Broken { flaws } if matches!(flaws[..], [Flaw::HeadByStranger { .. }]))
    );
    let place = Place::at(&folder.dir());
    let head = Head::read(&place, std::slice::from_ref(&key)).expect("read").expect("believed");
    let file = fs::read(place.head()).expect("a head");
    let text = signed::SignedText::parse(&file).expect("signed").text().to_owned();
    let private = place.read_key().expect("a key");
    let elsewhere = signed::SignedText::sign(text, "rockhop-approval", &private).expect("signed");
    fs::write(place.head(), elsewhere.to_file()).expect("written");
    assert_eq!(folder.verdict(&key), Verdict::Broken { flaws: vec![Flaw::HeadForged] });
    assert_eq!(head.records, 2);
}

#[test]
fn a_missing_head_is_not_fine() {
    let (folder, key) = Folder::with(2);
    fs::remove_file(folder.dir().join("ledger.head")).expect("removed");
    assert_eq!(folder.verdict(&key), Verdict::Broken { flaws: vec![Flaw::NoHead] });
    assert!(matches!(Ledger::open(&folder.dir()), Err(LedgerError::NotThere { .. })));
    // Nor can a new beginning hide it.
    assert!(matches!(Ledger::create(&folder.dir()), Err(LedgerError::Broken { .. })));
}

fn flip_each(folder: &Folder, key: &PublicKey, name: &str, step: u64) -> u64 {
    let path = folder.dir().join(name);
    let file = fs::OpenOptions::new().read(true).write(true).open(&path).expect("opens");
    let (length, mut tried) = (file.metadata().expect("there").len(), 0);
    let mut at = 0;
    while at < length {
        let mut byte = [0];
        file.read_exact_at(&mut byte, at).expect("a byte");
        let flipped = [byte[0] ^ (1 << (at % 8))];
        file.write_all_at(&flipped, at).expect("flipped");
        match verify(&folder.dir(), std::slice::from_ref(key)) {
            Ok(verdict) => assert!(!verdict.is_fine(), "byte {at} of {name} was flipped, and all was fine"),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        file.write_all_at(&byte, at).expect("put back");
        tried += 1;
        at += step;
    }
    assert!(folder.verdict(key).is_fine(), "put back, all is fine");
    tried
}

#[test]
fn no_flipped_byte_of_the_head_goes_unseen() {
    let (folder, key) = Folder::with(3);
    assert!(flip_each(&folder, &key, "ledger.head", 1) > 400);
}

#[test]
fn no_flipped_byte_of_a_small_ledger_goes_unseen() {
    let (folder, key) = Folder::with(3);
    assert!(flip_each(&folder, &key, "ledger.db", 1) > 16_000);
}

#[test]
fn no_flipped_byte_of_a_bigger_ledger_goes_unseen() {
    let (folder, key) = Folder::with(400);
    assert!(flip_each(&folder, &key, "ledger.db", 373) > 300);
}

/// A flip in the log makes SQLite drop the records behind it; that must not look like there were none.
#[test]
fn a_flip_in_the_log_is_seen() {
    let folder = Folder::new();
    let ledger = Ledger::create(&folder.dir()).expect("a ledger");
    for i in 1..=5 {
        ledger.append(&entry(i)).expect("a record");
    }
    let key = ledger.public_key().clone();
    drop(ledger);
    let log = folder.dir().join("ledger.db-wal");
    let whole = fs::read(&log).expect("a log");
    assert!(matches!(folder.verdict(&key), Verdict::OpenTail { unsigned: 5, torn_bytes: 0, .. }));
    for at in (0..whole.len()).step_by(331) {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x10;
        fs::write(&log, &flipped).expect("written");
        match folder.verdict(&key) {
            Verdict::OpenTail { unsigned: 5, torn_bytes: 0, .. } | Verdict::Sealed { .. } => {
                panic!("byte {at} of the log was flipped unseen")
            }
            Verdict::OpenTail { torn_bytes, .. } => assert!(torn_bytes > 0),
            Verdict::Unsealed { .. } | Verdict::Broken { .. } => {}
        }
    }
}

#[test]
fn ssh_keygen_accepts_the_head_and_no_changed_one() {
    let (folder, key) = Folder::with(3);
    let file = fs::read_to_string(folder.dir().join("ledger.head")).expect("a head");
    let at = file.find("-----BEGIN").expect("armour");
    let line = public_key_line(&key).expect("a key line");
    let Some(accepted) = ssh_keygen_verifies(LEDGER_NAMESPACE, "ledger", &line, &file[..at], &file[at..]) else {
        return;
    };
    assert!(accepted);
    let changed = file[..at].replace("records 3", "records 2");
    assert_eq!(ssh_keygen_verifies(LEDGER_NAMESPACE, "ledger", &line, &changed, &file[at..]), Some(false));
}

/// What `ssh-keygen -Y verify` says; none, loudly, where it is not installed.
pub(crate) fn ssh_keygen_verifies(namespace: &str, who: &str, key: &str, text: &str, signature: &str) -> Option<bool> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("signers"), format!("{who} {key}\n")).expect("written");
    fs::write(path("text"), text).expect("written");
    fs::write(path("sig"), signature).expect("written");
    let run = Command::new("ssh-keygen")
        .args(["-Y", "verify", "-n", namespace, "-I", who, "-f"])
        .arg(path("signers"))
        .arg("-s")
        .arg(path("sig"))
        .stdin(fs::File::open(path("text")).expect("opens"))
        .output();
    match run {
        Ok(output) => Some(output.status.success()),
        Err(e) => {
            use std::io::Write;
            writeln!(
                std::io::stderr(),
                "SKIPPED: ssh-keygen cannot be run ({e}); signatures were not checked by a second program"
            )
            .expect("stderr");
            None
        }
    }
}

#[test]
fn there_is_one_controller_and_the_second_hears_who() {
    let folder = Folder::new();
    let ledger = Ledger::create(&folder.dir()).expect("a ledger");
    let second = Ledger::open(&folder.dir());
    assert!(matches!(second, Err(LedgerError::Busy { pid: Some(pid), .. }) if pid == std::process::id()));
    // Readers are welcome all the while.
    ledger.append(&entry(1)).expect("a record");
    assert_eq!(LedgerReader::open(&folder.dir()).expect("opens").read(&Query::all()).expect("records").len(), 1);
    drop(ledger);
    assert!(Ledger::open(&folder.dir()).is_ok());
}

#[test]
fn a_transaction_is_whole_or_not_there() {
    let folder = Folder::new();
    let ledger = Ledger::create(&folder.dir()).expect("a ledger");
    let bad = Entry { body: "{".into(), ..entry(2) };
    assert!(ledger.append_all(&[entry(1), bad]).is_err());
    assert!(ledger.is_empty());
    assert_eq!(ledger.append_all(&[entry(1), entry(2)]).expect("records").len(), 2);
    assert_eq!(ledger.len(), 2);
}

#[test]
fn threads_write_one_chain() {
    let folder = Folder::new();
    let ledger = Ledger::create(&folder.dir()).expect("a ledger");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (1..=40).for_each(|i| drop(ledger.append(&entry(i)).expect("a record"))));
        }
        scope.spawn(|| (0..20).for_each(|_| drop(ledger.read(&Query::all()).expect("records"))));
    });
    let key = ledger.public_key().clone();
    assert_eq!(ledger.close().expect("a seal").records, 320);
    assert!(folder.verdict(&key).is_fine());
}

const CHILD: &str = "ROCKHOP_TEST_LEDGER";

/// Run by the next test as a process of its own: writes, says what is written, until it is killed.
#[test]
#[ignore = "a part of a_killed_controller_loses_nothing_that_it_acknowledged"]
fn child_writes_until_killed() {
    use std::io::Write;
    let dir = PathBuf::from(std::env::var_os(CHILD).expect("only with a ledger's folder"));
    let ledger =
        if dir.join("ledger.head").exists() { Ledger::open(&dir) } else { Ledger::create(&dir) }.expect("a ledger");
    for i in 1.. {
        let record = ledger.append(&entry(i)).expect("a record");
        if i % 7 == 0 {
            ledger.seal().expect("a seal");
        }
        writeln!(std::io::stderr(), "wrote {}", record.seq).expect("stderr");
    }
}

#[test]
fn a_killed_controller_loses_nothing_that_it_acknowledged() {
    let folder = Folder::new();
    let mut acknowledged = 0;
    for round in 0..12 {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "ledger::tests::child_writes_until_killed", "--ignored", "--nocapture"])
            .env(CHILD, folder.dir())
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("a child");
        let lines = BufReader::new(child.stderr.take().expect("its words")).lines();
        let mut said = lines.map_while(Result::ok).filter_map(|l| l.strip_prefix("wrote ")?.parse::<u64>().ok());
        let until = acknowledged + 3 + round * 5;
        acknowledged = said.by_ref().find(|seq| *seq >= until).expect("the child writes");
        child.kill().expect("killed");
        child.wait().expect("ended");
        acknowledged = said.last().unwrap_or(acknowledged);

        let ledger = Ledger::open(&folder.dir()).expect("a killed controller's ledger opens, its lock is free");
        assert!(ledger.len() >= acknowledged, "{acknowledged} were acknowledged, {} are there", ledger.len());
        assert_eq!(ledger.read_from(1).expect("records").len() as u64, ledger.len());
        acknowledged = ledger.len();
        let key = ledger.public_key().clone();
        drop(ledger);
        assert!(folder.verdict(&key).is_fine(), "opening seals what was left");
    }
}

#[test]
fn a_beginning_cut_short_begins_anew() {
    let folder = Folder::new();
    drop(Ledger::create(&folder.dir()).expect("a ledger"));
    fs::remove_file(folder.dir().join("ledger.head")).expect("removed");
    assert!(Ledger::create(&folder.dir()).is_ok(), "a ledger without head and records never began");
}

#[test]
fn events_come_back_as_they_were_kept() {
    use rockhop_domain::event::Kind;
    use rockhop_engine::ports::Ledger as Port;
    let folder = Folder::new();
    let ledger = Ledger::create(&folder.dir()).expect("a ledger");
    let (run, host) = (RunId::parse("run-1").expect("a run"), HostId::parse("web-1").expect("a host"));
    let at = Timestamp::from_second(1_700_000_000).expect("a time");
    let ended = Kind::RunEnded { accepted: 1, rolled_back: 0, held: 0, not_begun: 0 };
    let noted = Kind::Noted { by: "李雷".into(), text: "开始".into() };
    let first = Port::append(&ledger, Some(&run), Some(&host), &noted, at).expect("kept");
    assert_eq!((first.seq, &first.kind, first.host.as_ref()), (1, &noted, Some(&host)));
    let second = Port::append(&ledger, Some(&run), None, &ended, at).expect("kept");
    assert_eq!(Port::read(&ledger).expect("events"), [first, second]);
    assert_eq!(LedgerReader::open(&folder.dir()).expect("opens").events(&Query::from(2)).expect("events").len(), 1);
    assert!(folder.verdict(ledger.public_key()).is_fine(), "the end of a run is sealed");
    assert_eq!(ledger.read_from(2).expect("records")[0].kind, "run-ended");
}

/// A record that an older or newer Rockhop wrote is refused by name, not skipped.
#[test]
fn a_record_that_is_no_event_is_an_error() {
    let folder = Folder::new();
    let ledger = Ledger::create(&folder.dir()).expect("a ledger");
    ledger
        .append(&Entry::new(Timestamp::UNIX_EPOCH, "from-the-future", &serde_json::json!({"kind": "from-the-future"})))
        .expect("kept");
    let error = rockhop_engine::ports::Ledger::read(&ledger).expect_err("not an event");
    assert!(error.0.contains("record 1") && error.0.contains("from-the-future"), "{error}");
}

#[test]
fn evidence_is_kept_once_and_checked_when_read() {
    let folder = Folder::new();
    let store = EvidenceStore::open(&folder.dir()).expect("a store");
    let digest = store.put("facts of 网站".as_bytes()).expect("kept");
    assert_eq!(store.put("facts of 网站".as_bytes()).expect("kept"), digest);
    assert_eq!(store.get(&digest).expect("there"), "facts of 网站".as_bytes());
    assert!(matches!(store.get(&Digest::of(b"other")), Err(EvidenceError::Missing { .. })));
    fs::write(store.path(&digest), b"changed").expect("written");
    assert!(matches!(store.get(&digest), Err(EvidenceError::Altered { .. })));
    assert_eq!(store.put("facts of 网站".as_bytes()).expect("kept"), digest);
    assert!(store.get(&digest).is_ok(), "keeping the same bytes again heals the file");
    fs::write(folder.dir().join("evidence/draft-1-0"), b"half").expect("written");
    EvidenceStore::open(&folder.dir()).expect("a store");
    assert!(!folder.dir().join("evidence/draft-1-0").exists());
}

#[test]
fn every_error_has_its_own_sentence() {
    let (folder, _) = Folder::with(0);
    let error = Ledger::create(&folder.dir()).expect_err("there is one already");
    assert_eq!(error.message().key, "ledger-already-there");
    let error = Ledger::open(&folder.dir().join("nowhere")).expect_err("there is none");
    assert_eq!(error.message().key, "ledger-not-there");
}
