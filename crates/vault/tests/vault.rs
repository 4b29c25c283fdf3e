//! A vault fed by the real commands, run on folders of this machine in place of hosts.

use rockhop_domain::{BackupProof, HostId, RunId};
use rockhop_vault::{
    BackupId, BadStream, Differs, Dump, Label, Manifest, Password, Proof, Vault, VaultError, manifest_command,
    tar_command,
};
use std::fs::{self, File, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::{FileExt, MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A vault and a folder that stands for a host.
struct Stand {
    folder: tempfile::TempDir,
    vault: Vault,
}

impl Stand {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = open(&folder.path().join("vault"));
        let stand = Self { folder, vault };
        fs::create_dir_all(stand.host("etc/nginx")).expect("made");
        fs::create_dir_all(stand.host("var/log")).expect("made");
        stand.write("etc/nginx/nginx.conf", b"worker_processes 2;\n");
        stand.write("etc/网站 a'b\\c.conf", "编码\n".as_bytes());
        stand.write("etc/empty", b"");
        stand.write("etc/big", &noise(3_000_000, 1));
        stand.write("var/log/messages", b"one\n");
        stand
    }

    fn host(&self, path: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join("host").join(path)
    }

    fn vault_path(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    fn write(&self, path: impl AsRef<[u8]>, content: &[u8]) {
        use std::os::unix::ffi::OsStrExt;
        fs::write(self.host(std::ffi::OsStr::from_bytes(path.as_ref())), content).expect("written");
    }

    fn paths(&self) -> Vec<String> {
        ["etc", "var", "opt/not-there"].map(|p| self.host(p).to_string_lossy().into_owned()).to_vec()
    }

    fn tar(&self, exclude: &[&str]) -> Vec<u8> {
        run(&tar_command(&self.paths(), &self.patterns(exclude)))
    }

    fn manifest(&self, exclude: &[&str]) -> Vec<u8> {
        run(&manifest_command(&self.paths(), &self.patterns(exclude)))
    }

    fn patterns(&self, patterns: &[&str]) -> Vec<String> {
        patterns.iter().map(|p| self.host(p).to_string_lossy().into_owned()).collect()
    }

    fn back_up(&self, step: &str) -> BackupId {
        self.vault.back_up(&label("web-1", step), &self.tar(&[])[..], Vec::new()).expect("a backup")
    }

    fn prove(&self, id: &BackupId) -> Proof {
        self.vault.prove(id, &self.manifest(&[])[..], &[]).expect("a proof")
    }

    fn differs(&self, id: &BackupId) -> Vec<(PathBuf, Differs, bool)> {
        let proof = self.prove(id);
        let relative = |p: &Path| p.strip_prefix(self.host("")).map(Path::to_owned).expect("of the host");
        proof.differences.iter().map(|d| (relative(&d.path), d.differs, d.changed_since)).collect()
    }
}

fn open(path: &Path) -> Vault {
    Vault::open_or_init(path, &Password::new("correct horse")).expect("a vault")
}

fn label(host: &str, step: &str) -> Label {
    let (run, host) = (RunId::parse("run-1").expect("a run"), HostId::parse(host).expect("a host"));
    Label { run, host, step: step.into() }
}

/// Bytes that do not compress and are the same each time.
fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        x.to_le_bytes()
    };
    let mut bytes: Vec<u8> = std::iter::repeat_with(&mut next).take(length / 8 + 1).flatten().collect();
    bytes.truncate(length);
    bytes
}

fn run(script: &str) -> Vec<u8> {
    let output = Command::new("sh").arg("-c").arg(script).stderr(Stdio::inherit()).output().expect("sh runs");
    assert!(output.status.success(), "{script}");
    output.stdout
}

fn loud(text: &str) {
    writeln!(std::io::stderr(), "SKIPPED: {text}").expect("stderr");
}

fn files_below(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn a_backup_is_proven_entry_by_entry() {
    let stand = Stand::new();
    fs::set_permissions(stand.host("etc/big"), Permissions::from_mode(0o4711)).expect("set");
    fs::hard_link(stand.host("etc/big"), stand.host("var/big-too")).expect("linked");
    symlink("../etc/big", stand.host("var/link")).expect("linked");
    symlink("nowhere at all", stand.host("var/broken")).expect("linked");
    run(&format!("mkfifo '{}'", stand.host("var/pipe").display()));
    stand.write("etc/new\nline", b"x");
    stand.write(b"etc/\xcd\xf8\xd5\xbe.gbk", b"gbk");
    stand.write(format!("etc/{}", "long".repeat(60)), b"long");
    let id = stand.back_up("backup");
    let proof = stand.prove(&id);
    assert_eq!(proof.differences, []);
    assert_eq!(proof.volatile, []);
    assert_eq!(proof.absent, [stand.host("opt/not-there")]);
    // Eight files, one of which has two names.
    assert_eq!((proof.files, proof.bytes, proof.read_back_bytes), (9, 6_000_039, 6_000_039));
    assert_eq!(proof.compared, 16, "with 4 directories, 2 links and a pipe");
    assert!(BackupProof::from(proof).accept().is_ok());
}

#[test]
fn every_kind_of_difference_is_named() {
    let stand = Stand::new();
    symlink("a", stand.host("etc/link")).expect("linked");
    stand.write("etc/gone", b"gone");
    stand.write("etc/kind", b"kind");
    stand.write("etc/mode", b"mode");
    let silent = stand.host("etc/silent");
    fs::write(&silent, b"before").expect("written");
    let id = stand.back_up("backup");

    let before = fs::metadata(&silent).expect("there").modified().expect("a time");
    fs::write(&silent, b"after!").expect("written");
    File::options().write(true).open(&silent).expect("opens").set_modified(before).expect("set back");
    stand.write("etc/nginx/nginx.conf", b"worker_processes 3;\n");
    stand.write("etc/empty", b"no more");
    stand.write("etc/new", b"new");
    fs::remove_file(stand.host("etc/gone")).expect("removed");
    fs::remove_file(stand.host("etc/kind")).expect("removed");
    fs::create_dir(stand.host("etc/kind")).expect("made");
    fs::remove_file(stand.host("etc/link")).expect("removed");
    symlink("b", stand.host("etc/link")).expect("linked");
    fs::set_permissions(stand.host("etc/mode"), Permissions::from_mode(0o600)).expect("set");

    let mut found = stand.differs(&id);
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let expected = [
        ("etc/empty", Differs::Size, true),
        ("etc/gone", Differs::OnlyInBackup, true),
        ("etc/kind", Differs::Kind, true),
        ("etc/link", Differs::Target, true),
        ("etc/mode", Differs::Mode, false),
        ("etc/new", Differs::OnlyOnHost, false),
        ("etc/nginx/nginx.conf", Differs::Content, true),
        ("etc/silent", Differs::Content, false),
    ];
    assert_eq!(found, expected.map(|(path, differs, since)| (PathBuf::from(path), differs, since)));
    assert!(BackupProof::from(stand.prove(&id)).accept().is_err());
}

#[test]
fn what_is_declared_as_changing_may_change_and_is_named_all_the_same() {
    let stand = Stand::new();
    let id = stand.back_up("backup");
    stand.write("var/log/messages", b"one\ntwo\n");
    let patterns = stand.patterns(&["var/log/*"]);
    let proof = stand.vault.prove(&id, &stand.manifest(&[])[..], &patterns).expect("a proof");
    assert_eq!(proof.differences, []);
    assert_eq!(proof.volatile.len(), 1);
    assert_eq!(proof.volatile[0].path, stand.host("var/log/messages"));
    assert!(BackupProof::from(proof).accept().is_ok());
}

#[test]
fn what_is_excluded_is_in_neither() {
    let stand = Stand::new();
    let exclude = ["var/log", "etc/b*", "etc/\u{7f51}*"];
    let id = stand.vault.back_up(&label("web-1", "b"), &stand.tar(&exclude)[..], Vec::new()).expect("a backup");
    let proof = stand.vault.prove(&id, &stand.manifest(&exclude)[..], &[]).expect("a proof");
    assert_eq!((proof.differences.len(), proof.files), (0, 2));
    // A list made without the exclusions shows what the backup lacks.
    assert_eq!(stand.prove(&id).differences.len(), 4);
}

#[test]
fn an_unreadable_or_incomplete_list_is_no_proof() {
    let stand = Stand::new();
    let id = stand.back_up("backup");
    let list = String::from_utf8(stand.manifest(&[])).expect("text");
    for bad in [&list[..list.len() - 8], "", "rockhop-manifest 2\0"] {
        assert!(matches!(stand.vault.prove(&id, bad.as_bytes(), &[]), Err(VaultError::Manifest { .. })));
    }
    let incomplete = list.replace("end 0", "end 1");
    let proof = stand.vault.prove(&id, incomplete.as_bytes(), &[]).expect("a proof");
    assert!(matches!(proof.differences[..], [ref d] if d.differs == Differs::Unlisted));
    // A file whose sum is missing is not taken for equal.
    let line = list.lines().find(|l| l.ends_with("nginx.conf")).expect("its sum").rsplit('\0').next().expect("a line");
    let unread = list.replace(&format!("{line}\n"), "");
    let proof = stand.vault.prove(&id, unread.as_bytes(), &[]).expect("a proof");
    assert!(matches!(proof.differences[..], [ref d] if d.differs == Differs::Unread), "{proof:?}");
}

#[test]
fn a_stream_that_breaks_off_anywhere_becomes_no_backup() {
    let stand = Stand::new();
    fs::remove_file(stand.host("etc/big")).expect("removed");
    let tar = stand.tar(&[]);
    let marked = tar.iter().rposition(|&b| b != 0).expect("content") / 512 * 512 + 512 + 1024;
    for end in (0..marked).step_by(97).chain([marked - 1, marked - 512]) {
        let result = stand.vault.back_up(&label("web-1", "cut"), &tar[..end], Vec::new());
        assert!(
            matches!(result, Err(VaultError::Stream { why: BadStream::BrokenOff, .. })),
            "cut at {end}: {result:?}"
        );
    }
    assert_eq!(stand.vault.find(&label("web-1", "cut")).expect("looked"), None);
    assert!(stand.vault.back_up(&label("web-1", "cut"), &tar[..marked], Vec::new()).is_ok());
}

#[test]
fn a_stream_that_fails_or_lies_becomes_no_backup() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the connection was lost"))
        }
    }
    let stand = Stand::new();
    let why = |tar: &mut dyn Read| match stand.vault.back_up(&label("web-1", "bad"), tar, Vec::new()) {
        Err(VaultError::Stream { why, .. }) => why.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(why(&mut (&stand.tar(&[])[..512]).chain(Fails)).contains("connection was lost"));
    assert!(why(&mut &[0; 1024][..]).contains("no entry"));
    assert!(why(&mut &hostile("../../etc/passwd", tar::EntryType::Regular, "")[..]).contains("leads out"));
    assert!(why(&mut &hostile("a", tar::EntryType::Link, "b")[..]).contains("not in the stream"));
    assert!(why(&mut &hostile("a", tar::EntryType::new(b'V'), "")[..]).contains("cannot be kept"));
    let mut damaged = stand.tar(&[]);
    damaged[3] ^= 1;
    assert!(why(&mut &damaged[..]).contains("damaged"));
}

fn hostile(path: &str, kind: tar::EntryType, target: &str) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
    header.as_old_mut().linkname[..target.len()].copy_from_slice(target.as_bytes());
    header.set_entry_type(kind);
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_size(0);
    header.set_mtime(0);
    header.set_cksum();
    [&header.as_bytes()[..], &[0; 1024]].concat()
}

#[test]
fn the_same_step_finds_its_backup_and_takes_no_second() {
    let stand = Stand::new();
    let first = stand.back_up("backup");
    struct Untouched;
    impl Read for Untouched {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            panic!("the stream was touched")
        }
    }
    let again = open(&stand.vault_path());
    assert_eq!(again.back_up(&label("web-1", "backup"), Untouched, Vec::new()).expect("found"), first);
    assert_eq!(again.find(&label("web-2", "backup")).expect("looked"), None);
    assert_eq!(again.find(&label("web-1", "back")).expect("looked"), None);
    assert_ne!(stand.back_up("second"), first);
}

#[test]
fn hosts_share_what_is_the_same() {
    let stand = Stand::new();
    let size = || {
        files_below(&stand.vault_path().join("data")).iter().map(|f| f.metadata().expect("there").len()).sum::<u64>()
    };
    stand.back_up("backup");
    let one = size();
    let tar = stand.tar(&[]);
    std::thread::scope(|scope| {
        for i in 2..=8 {
            let (vault, tar) = (&stand.vault, &tar);
            scope.spawn(move || {
                vault.back_up(&label(&format!("web-{i}"), "backup"), &tar[..], Vec::new()).expect("a backup")
            });
        }
    });
    assert!(size() < one + one / 20, "eight hosts take {} where one takes {one}", size());
    for i in 1..=8 {
        let id = stand.vault.find(&label(&format!("web-{i}"), "backup")).expect("looked").expect("there");
        assert_eq!(stand.prove(&id).differences, []);
    }
    stand.vault.verify_whole().expect("whole");
}

#[test]
fn dumps_are_kept_beside_the_files() {
    let stand = Stand::new();
    let dump = |name, bytes: &'static [u8]| Dump { name, from: Box::new(bytes) };
    let dumps = vec![dump("postgresql.sql", b"CREATE TABLE a();\n"), dump("empty.sql", b"")];
    let id = stand.vault.back_up(&label("db-1", "backup"), &stand.tar(&[])[..], dumps).expect("a backup");
    let proof = stand.prove(&id);
    assert!(
        matches!(proof.differences[..], [ref d] if d.differs == Differs::EmptyDump && d.path.ends_with("empty.sql"))
    );
    let path = Path::new(rockhop_vault::DUMPS).join("postgresql.sql");
    assert_eq!(stand.vault.restore_file(&id, &path).expect("there"), b"CREATE TABLE a();\n");
    let result = stand.vault.back_up(&label("db-1", "out"), &stand.tar(&[])[..], vec![dump("../x", b"x")]);
    assert!(matches!(result, Err(VaultError::Stream { why: BadStream::Path(_), .. })));
    // Only dumps, no files: a database host may be so.
    let only =
        stand.vault.back_up(&label("db-1", "only"), &[0; 1024][..], vec![dump("all.sql", b"x")]).expect("a backup");
    assert_eq!(stand.vault.restore_file(&only, Path::new("/.rockhop/dumps/all.sql")).expect("there"), b"x");
}

/// One flipped byte in any pack file, wherever it is, and no backup that needs the pack is proven.
#[test]
fn a_flipped_byte_in_any_pack_is_found_and_the_pack_named() {
    let stand = Stand::new();
    let id = stand.back_up("backup");
    let list = stand.manifest(&[]);
    let packs = files_below(&stand.vault_path().join("data"));
    assert!(packs.len() >= 2, "data and trees");
    for pack in packs {
        let length = pack.metadata().expect("there").len();
        for at in [0, 1, length / 3, length / 2, length - 40, length - 1] {
            flipped(&pack, at, || {
                let error = stand.vault.prove(&id, &list[..], &[]).expect_err("a damaged pack");
                let VaultError::Damaged { vault, snapshot, pack: named, .. } = &error else { panic!("{error}") };
                assert_eq!((vault, snapshot.as_str()), (&stand.vault_path(), id.as_str()));
                // Damage to a directory is met before its pack is read whole; then it is named, too.
                assert_eq!(named.as_deref(), pack.file_name().and_then(|n| n.to_str()), "byte {at}: {error}");
                assert!(stand.vault.verify_whole().is_err(), "byte {at}");
            });
        }
    }
    assert_eq!(stand.prove(&id).differences, []);
}

#[test]
fn damage_outside_the_packs_is_found_too() {
    let stand = Stand::new();
    let id = stand.back_up("backup");
    let list = stand.manifest(&[]);
    for folder in ["snapshots", "index"] {
        for file in files_below(&stand.vault_path().join(folder)) {
            for at in [0, file.metadata().expect("there").len() / 2] {
                flipped(&file, at, || {
                    let error = stand.vault.prove(&id, &list[..], &[]).expect_err("damaged");
                    assert!(matches!(error, VaultError::Damaged { .. }), "{folder}: {error}");
                });
            }
        }
    }
    let pack = &files_below(&stand.vault_path().join("data"))[0];
    fs::remove_file(pack).expect("removed");
    assert!(matches!(stand.vault.prove(&id, &list[..], &[]), Err(VaultError::Damaged { pack: Some(_), .. })));
}

fn flipped(path: &Path, at: u64, then: impl FnOnce()) {
    fs::set_permissions(path, Permissions::from_mode(0o600)).expect("set");
    let file = File::options().read(true).write(true).open(path).expect("opens");
    let mut byte = [0];
    file.read_exact_at(&mut byte, at).expect("a byte");
    file.write_all_at(&[byte[0] ^ 0x20], at).expect("flipped");
    then();
    file.write_all_at(&byte, at).expect("put back");
}

#[test]
fn what_is_given_back_is_what_was_taken() {
    let stand = Stand::new();
    fs::hard_link(stand.host("etc/big"), stand.host("var/big-too")).expect("linked");
    symlink("../etc/big", stand.host("var/link")).expect("linked");
    stand.write(format!("etc/{}", "long".repeat(60)), b"long");
    fs::set_permissions(stand.host("etc/empty"), Permissions::from_mode(0o2640)).expect("set");
    let has_attributes = Command::new("setfattr")
        .args(["-n", "user.note", "-v", "0x0a00ff0a"])
        .arg(stand.host("etc/empty"))
        .status()
        .is_ok_and(|status| status.success());
    if !has_attributes {
        loud("setfattr cannot be run here; extended attributes were not tried");
    }
    let id = stand.back_up("backup");
    let tar = stand.vault.restore_tree(&id, Path::new("/"), Vec::new()).expect("a tar");
    let out = stand.folder.path().join("out");
    fs::create_dir(&out).expect("made");
    let mut unpack = Command::new("tar")
        .args([
            "--extract",
            "--preserve-permissions",
            "--xattrs",
            "--xattrs-include=*",
            "--numeric-owner",
            "--file=-",
            "-C",
        ])
        .arg(&out)
        .stdin(Stdio::piped())
        .spawn()
        .expect("tar runs");
    unpack.stdin.take().expect("a pipe").write_all(&tar).expect("written");
    assert!(unpack.wait().expect("ends").success());

    let given = |path: &str| out.join(stand.host(path).strip_prefix("/").expect("absolute"));
    let compare = |list: &str| {
        let print = |dir: &Path| run(&format!("cd '{}' && find . -mindepth 1 {list} | sort", dir.display()));
        assert_eq!(String::from_utf8(print(&given(""))), String::from_utf8(print(&stand.host(""))));
    };
    compare("-printf '%P %y %m %U %G %n %l\\n'");
    compare("-type f -printf '%P %s %T@\\n'");
    compare("-type f -exec sha256sum {} +");
    assert_eq!(
        fs::metadata(given("etc/big")).expect("there").ino(),
        fs::metadata(given("var/big-too")).expect("there").ino()
    );
    if has_attributes {
        let print = run(&format!("getfattr --absolute-names -e hex -n user.note '{}'", given("etc/empty").display()));
        assert!(String::from_utf8_lossy(&print).contains("0x0a00ff0a"));
    }
    let one = stand.vault.restore_file(&id, &stand.host("etc/nginx/nginx.conf")).expect("there");
    assert_eq!(one, b"worker_processes 2;\n");
    let missing = stand.vault.restore_file(&id, Path::new("/nowhere"));
    assert!(matches!(missing, Err(VaultError::NoSuchFile { .. })));
    let never = BackupId::parse(&"0".repeat(64)).expect("an id");
    assert!(matches!(stand.vault.restore_file(&never, Path::new("/a")), Err(VaultError::NoSuchBackup { .. })));
}

#[test]
fn restic_finds_no_fault_and_restores_the_same() {
    let stand = Stand::new();
    fs::hard_link(stand.host("etc/big"), stand.host("var/big-too")).expect("linked");
    stand.back_up("backup");
    let restic = |args: &[&str]| {
        Command::new("restic")
            .args(["--no-cache", "--repo"])
            .arg(stand.vault_path())
            .args(args)
            .env("RESTIC_PASSWORD", "correct horse")
            .output()
    };
    let Ok(check) = restic(&["check", "--read-data"]) else {
        return loud("restic cannot be run here; no second program has looked at the vault");
    };
    let said = String::from_utf8_lossy(&check.stdout);
    assert!(check.status.success() && said.contains("no errors were found"), "{said}");
    let out = stand.folder.path().join("out").to_string_lossy().into_owned();
    let restored = restic(&["restore", "latest", "--host", "web-1", "--target", &out]).expect("runs");
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    let there = Path::new(&out).join(stand.host("etc/big").strip_prefix("/").expect("absolute"));
    assert_eq!(fs::read(there).expect("restored"), noise(3_000_000, 1));
}

#[test]
fn nothing_of_a_host_lies_about_in_the_clear() {
    let stand = Stand::new();
    let marker = b"top secret of the host";
    stand.write("etc/secret", marker);
    let named: Vec<_> = files_below(&stand.vault_path());
    stand.back_up("backup");
    for file in files_below(&stand.vault_path()) {
        let bytes = fs::read(&file).expect("readable");
        assert!(!bytes.windows(marker.len()).any(|w| w == marker), "{}", file.display());
        let kept = ["data", "index", "keys", "snapshots"].iter().any(|d| file.starts_with(stand.vault_path().join(d)));
        assert!(kept || named.contains(&file), "{} was left behind", file.display());
    }
    assert_eq!(fs::metadata(stand.vault_path()).expect("there").mode() & 0o777, 0o700);
}

#[test]
fn a_vault_opens_with_its_password_only_and_nothing_else_becomes_one() {
    let stand = Stand::new();
    let wrong = Vault::open_or_init(&stand.vault_path(), &Password::new("wrong"));
    assert!(matches!(wrong, Err(VaultError::WrongPassword { .. })), "{wrong:?}");
    let other = Vault::open_or_init(&stand.host("etc"), &Password::new("x"));
    assert!(matches!(other, Err(VaultError::NotAVault { .. })));
    assert!(!format!("{:?}", Password::new("secret")).contains("secret"));
}

#[test]
fn a_password_file_is_made_once_and_refused_when_others_can_read_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vault.password");
    let made = Password::from_file_or_new(&path).expect("made");
    assert_eq!(fs::metadata(&path).expect("there").mode() & 0o777, 0o600);
    Vault::open_or_init(&folder.path().join("vault"), &made).expect("a vault");
    let again = Password::from_file_or_new(&path).expect("read");
    Vault::open_or_init(&folder.path().join("vault"), &again).expect("the same password");
    fs::set_permissions(&path, Permissions::from_mode(0o644)).expect("set");
    assert!(matches!(Password::from_file(&path), Err(VaultError::Password { .. })));
}

#[test]
fn the_commands_stand_odd_names_and_missing_paths() {
    let stand = Stand::new();
    let manifest = Manifest::read(&stand.manifest(&[])[..]).expect("a list");
    assert!(manifest.complete && manifest.absent == [stand.host("opt/not-there")]);
    assert!(manifest.entries.keys().any(|p| p.to_string_lossy().ends_with("网站 a'b\\c.conf")));
    let none = Command::new("sh").arg("-c").arg(tar_command(&["/not/there".into()], &[])).output().expect("sh runs");
    assert_eq!(none.status.code(), Some(3), "a tar of nothing is not a backup");
    let empty = Manifest::read(&run(&manifest_command(&["/not/there".into()], &[]))[..]).expect("a list");
    assert!(empty.complete && empty.entries.is_empty() && empty.absent.len() == 1);
}
