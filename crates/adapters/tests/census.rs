//! The census's script, run by the machine's own sh over a made tree: what it finds, that it hides what is secret, and that
//! it goes on where it was killed.

use flate2::read::MultiGzDecoder;
use rockhop_adapters::census::{is_census, read_carried};
use rockhop_domain::HostId;
use rockhop_domain::facts::Census;
use rockhop_domain::facts::census::{ElfKind, FileKind, SCRIPT};
use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::io::Read;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// What the packages of the tree brought.
const OWNED: &[&str] = &[
    "/bin/true", // by the path of before the folders were merged
    "/usr",
    "/usr/bin",
    "/usr/lib",
    "/usr/lib/node_modules",
    "/usr/lib/python2.7",
    "/usr/lib/python2.7/site-packages",
    "/usr/local",
    "/usr/local/bin",
    "/usr/local/share",
    "/usr/local/share/perl5",
    "/etc",
    "/etc/init.d",
    "/etc/init.d/legacy",
    "/etc/rc.d",
    "/etc/rc.d/init.d",
    "/opt",
    "/home",
    "/srv",
    "/var/www",
    "/var/www/html",
];

const VERIFIED: &str = "S.5....T.  c /etc/ssh/sshd_config
.......T.  c /etc/only-touched
missing   c /etc/gone.conf (Permission denied)
missing     /usr/share/doc/a b
..5....T.    /usr/bin/ls
.M.......  g /var/ghost
prelink: /usr/bin/q: at least one of file's dependencies has changed since prelinking
";

const SCRIPTS: &str = "#!/bin/sh
openssl enc -d -aes-256-cbc -k HUSHHUSH -in a \\
  -out b && x
echo enc | /usr/bin/openssl aes-128-cbc -pass pass:HUSHHUSH -md md5
key=$(openssl enc -aes-256-cbc -pass \"$HUSHHUSH\" -pbkdf2 -in /etc/HUSHHUSH)
# openssl enc -d -aes-256-cbc
openssl req -new
";

const PHP: &str = r#"<html> mysql_query( <?php
// mysql_query($x)
/* split( */ $a = "each(mysql_query($q))"; $b = 'ereg(';
$r = mysql_connect("h", "u", "p");
$obj->split(','); Foo::each($x); $z = $s{0}; $q = "${a}{$b}";
class A { function split($x) { return $x; } function f() { $l = each($this->a); } }
switch ($a) { case 1: break; default: x(); break; default: y(); }
foo(&$bar); bar($a, &$b); $c = array(&$d); function qq(&$x) {} $f = function (&$z) use (&$y) {};
if (isset($a) && $b) {} foreach ($a as &$v) {} call($x & $y); $o = $p ? $q : $r{'k'};
$h = <<<EOT
 mysql_query($x) $s{0}
EOT;
Split(',', $x); new Split($x);
switch ($q) { default: echo 1; switch ($w) { default: echo 2; } }
$m = match($x) { default => 1 }; echo $a ? Foo::DEFAULT : 2; ?>
split(1) <?= ereg("x", $y) ?>
"#;

/// A tree, stand-ins for what asks the machine itself, and a work folder.
struct Stage {
    dir: tempfile::TempDir,
    /// The shell and the awk that run the script.
    shell: &'static str,
}

impl Stage {
    fn new() -> Self {
        let stage = Self { dir: tempfile::tempdir().expect("a folder"), shell: "sh" };
        let owned: String = OWNED.iter().map(|path| format!("{path}\n")).collect();
        stage.file("owned.txt", &owned, 0o644);
        stage.file("verified.txt", VERIFIED, 0o644);
        let at = stage.dir.path().display();
        let rpm = format!(
            "#!/bin/sh\necho \"$1\" >>{at}/asked\ncase $1 in\n-qal) [ ! -e {at}/gate ] || {{ : >{at}/reached; while [ -e {at}/gate ]; do sleep 0.05; done; }}; cat {at}/owned.txt ;;\n\
             -Va) cat {at}/verified.txt; exit 1 ;;\n-qf) echo glibc ;;\nesac\n"
        );
        stage.file("stubs/rpm", &rpm, 0o755);
        stage.file("stubs/id", "#!/bin/sh\necho 0\n", 0o755);
        stage.file("stubs/ldconfig", "#!/bin/sh\nprintf '\\tlibc.so.6 (libc6,x86-64) => /lib64/libc.so.6\\n'\n", 0o755);
        for folder in ["usr/bin", "usr/lib", "etc/rc.d/init.d", "opt", "home", "srv", "var/www/html", "data"] {
            fs::create_dir_all(stage.path(&format!("tree/{folder}"))).expect("a folder");
        }
        stage
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>, mode: u32) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        fs::write(&path, content).expect("a file");
        fs::set_permissions(&path, Permissions::from_mode(mode)).expect("a mode");
    }

    fn tree(&self, name: &str, content: impl AsRef<[u8]>, mode: u32) {
        self.file(&format!("tree{name}"), content, mode);
    }

    /// The script as hosts get it, but for its three places.
    fn script(&self) -> String {
        let at = self.dir.path().display();
        let swap = |text: &str, from: &str, to: &str| {
            assert_eq!(text.matches(from).count(), 1, "{from} stands once in the script");
            text.replacen(from, to, 1)
        };
        let text = swap(SCRIPT, "\nPATH=", &format!("\nPATH={at}/stubs:"));
        let text = swap(&text, "\nROOT=/\n", &format!("\nROOT={at}/tree/\n"));
        swap(&text, "\nWORK=/var/lib/rockhop/census\n", &format!("\nWORK={at}/work\n"))
    }

    fn command(&self, word: &str, before: &str) -> Command {
        let mut sh = Command::new(self.shell);
        sh.args(["-c", &format!("{before}\nset -- {word}\n{}", self.script())]).stdin(Stdio::null());
        sh
    }

    fn run(&self, word: &str, before: &str) -> Output {
        self.command(word, before).output().expect("a shell")
    }

    fn census(&self) -> Census {
        let output = self.run("here", "");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && !output.stdout.is_empty(), "{said}");
        let host = HostId::parse("web-1").expect("a name");
        let census = read_carried(&host, &output.stdout).expect("a census");
        assert_eq!(census.unknowns(), [], "{said}");
        census
    }

    fn asked(&self, what: &str) -> usize {
        fs::read_to_string(self.path("asked")).unwrap_or_default().lines().filter(|line| *line == what).count()
    }
}

/// An ELF library of 64 bits that needs two others, made by hand: a head, two segments, a dynamic section, its strings.
fn library() -> Vec<u8> {
    let strings = b"\0libc.so.6\0libgone.so.9\0libmine.so.1\0$ORIGIN/lib\0";
    let (dynamic, table) = (0x200u64, 0x400u64);
    let mut bytes = vec![0u8; 0x500];
    let mut put = |at: usize, value: &[u8]| bytes[at..at + value.len()].copy_from_slice(value);
    put(0, b"\x7fELF\x02\x01\x01");
    for (at, value) in [(16, 3u16), (18, 62), (54, 56), (56, 2)] {
        put(at, &value.to_le_bytes());
    }
    put(32, &64u64.to_le_bytes());
    let base = 0x10_0000u64; // where it is loaded is not where it stands in the file
    let segment = |kind: u32, offset: u64, len: u64| {
        let mut row = vec![0u8; 56];
        row[..4].copy_from_slice(&kind.to_le_bytes());
        row[8..16].copy_from_slice(&offset.to_le_bytes());
        row[16..24].copy_from_slice(&(base + offset).to_le_bytes());
        row[32..40].copy_from_slice(&len.to_le_bytes());
        row
    };
    put(64, &segment(1, 0, 0x500));
    put(120, &segment(2, dynamic, 7 * 16));
    let entries = [(1u64, 1u64), (1, 11), (14, 24), (29, 37), (5, base + table), (10, strings.len() as u64), (0, 0)];
    for (n, (tag, value)) in entries.into_iter().enumerate() {
        put(dynamic as usize + n * 16, &tag.to_le_bytes());
        put(dynamic as usize + n * 16 + 8, &value.to_le_bytes());
    }
    put(table as usize, strings);
    bytes
}

#[test]
fn files_are_told_apart_by_who_brought_them() {
    let stage = Stage::new();
    symlink("usr/bin", stage.path("tree/bin")).expect("a link");
    symlink("rc.d/init.d", stage.path("tree/etc/init.d")).expect("a link");
    stage.tree("/usr/bin/true", "packaged", 0o755);
    stage.tree("/etc/rc.d/init.d/legacy", "packaged", 0o755);
    stage.tree("/usr/local/bin/tool", "mine", 0o755);
    stage.tree("/opt/app/a/b/c", "mine", 0o644);
    stage.tree("/opt/app.d/run", "mine", 0o755);
    stage.tree("/opt/app/.git/objects/ff", "not walked", 0o644);
    stage.tree("/opt/app/it's a \"file\" $(x) é", "mine", 0o644);
    stage.tree("/opt/app/line\nend", "left out", 0o644);
    let census = stage.census();
    let folders: BTreeMap<&str, (bool, u64, u64)> = census
        .ownership
        .known()
        .expect("read")
        .rows
        .iter()
        .map(|folder| (folder.path.as_str(), (folder.whole, folder.files, folder.programs)))
        .collect();
    let want = [("/opt/app", (true, 2, 0)), ("/opt/app.d", (true, 1, 1)), ("/usr/local/bin", (false, 1, 1))];
    assert_eq!(folders, BTreeMap::from(want));
    let scope = census.scope.known().expect("read");
    assert_eq!(scope.walked, ["/usr", "/etc", "/opt", "/srv", "/home", "/var/www"]);
    assert_eq!(
        scope.left_out.iter().map(|left| (left.path.as_str(), left.why.as_str())).collect::<Vec<_>>(),
        [("/data", "not-asked")]
    );
    let differs: Vec<_> =
        census.verify.known().expect("read").rows.iter().map(|row| (row.path.as_str(), row.kind)).collect();
    let want = [
        ("/etc/gone.conf", FileKind::Configuration),
        ("/etc/ssh/sshd_config", FileKind::Configuration),
        ("/usr/bin/ls", FileKind::Plain),
        ("/usr/share/doc/a b", FileKind::Plain),
    ];
    assert_eq!(differs, want);
}

#[test]
fn a_folder_that_is_asked_for_is_walked_too() {
    let stage = Stage::new();
    stage.tree("/data/my app/lib/python3.6/site-packages/Django-1.11.dist-info/METADATA", "", 0o644);
    let output = stage.run("here", "ALSO='/data/my app\n/srv'");
    let census = read_carried(&HostId::parse("web-1").expect("a name"), &output.stdout).expect("a census");
    let scope = census.scope.known().expect("read");
    assert!(scope.walked.contains(&"/data/my app".to_owned()), "{scope:?}");
    assert_eq!(scope.left_out.len(), 1, "the rest of /data was not asked for: {scope:?}");
    assert_eq!(census.python.known().expect("read").rows[0].name, "Django");
}

#[test]
fn programs_are_read_and_never_run() {
    let stage = Stage::new();
    stage.tree("/opt/app/libmine.so.1", library(), 0o644);
    let mut other = library();
    other[0x400 + 11..0x400 + 23].copy_from_slice(b"libnear.so-2"); // as nobody names a library, and yet it is there
    stage.tree("/opt/app/libother.so.1", other, 0o644);
    stage.tree("/opt/app/lib/libnear.so-2", "no head that anybody reads", 0o644);
    stage.tree("/opt/app/cut", &library()[..100], 0o755);
    let mut lying = library();
    lying[0x200 + 4 * 16 + 8..0x200 + 4 * 16 + 16].copy_from_slice(&u64::MAX.to_le_bytes());
    lying[120 + 32..120 + 40].copy_from_slice(&u64::MAX.to_le_bytes());
    stage.tree("/opt/app/lying", lying, 0o755);
    let ran = stage.path("ran");
    stage.tree("/opt/app/script", format!("#!/bin/sh\n: >{}\n", ran.display()), 0o755);
    let census = stage.census();
    let programs = census.programs.known().expect("read");
    assert_eq!(
        programs.files.iter().map(|elf| elf.path.as_str()).collect::<Vec<_>>(),
        ["/opt/app/cut", "/opt/app/libmine.so.1", "/opt/app/libother.so.1", "/opt/app/lying"]
    );
    let mine = &programs.files[1];
    assert_eq!(
        (mine.bits, mine.machine, mine.kind, mine.soname.as_deref()),
        (64, 62, ElfKind::Library, Some("libmine.so.1"))
    );
    assert_eq!(
        (mine.needs.as_slice(), mine.search.as_slice()),
        (&["libc.so.6".to_owned(), "libgone.so.9".to_owned()][..], &["$ORIGIN/lib".to_owned()][..])
    );
    assert_eq!(programs.missing(mine).collect::<Vec<_>>(), ["libgone.so.9"]);
    assert_eq!(programs.packaged(mine).map(|library| library.package.as_deref()).collect::<Vec<_>>(), [Some("glibc")]);
    assert_eq!(programs.missing(&programs.files[2]).count(), 0, "{:?}", programs.libraries);
    assert!(!ran.exists(), "something was run");
}

#[test]
fn software_of_other_installers_is_found() {
    let stage = Stage::new();
    stage.tree("/usr/lib/python2.7/site-packages/foo-1.2-py2.7.egg-info", "", 0o644);
    stage.tree("/opt/v/lib/python3.6/site-packages/Django-1.11.dist-info/METADATA", "", 0o644);
    stage.tree("/opt/v/lib/python3.6/wsgiref.egg-info", "", 0o644); // what an unpacked Python brings
    stage.tree("/opt/v/lib/python3.6/test/data/example-21.12-py3.6.egg", "", 0o644);
    stage.tree(
        "/usr/lib/node_modules/@x/pm2/package.json",
        "{ \"name\": \"pm2\",\n \"version\" : \"4.5.6\" }\n",
        0o644,
    );
    stage.tree("/usr/lib/node_modules/@x/pm2/node_modules/deep/package.json", "{\"version\":\"1\"}\n", 0o644);
    stage.tree("/srv/shop/node_modules/express/package.json", "{}", 0o644);
    stage.tree("/opt/jdk/release", "JAVA_VERSION=\"1.7.0_80\"\n", 0o644);
    stage.tree("/opt/jdk/bin/java", "x", 0o755);
    stage.tree("/opt/jdk/jre/lib/rt.jar", "not a zip", 0o644);
    stage.tree("/usr/local/share/perl5/Foo/Bar.pm", "1;", 0o644);
    stage.tree("/usr/local/lib64/perl5/auto/Foo/Bar/.packlist", "", 0o644);
    let census = stage.census();
    let python: Vec<_> = census
        .python
        .known()
        .expect("read")
        .rows
        .iter()
        .map(|p| (p.name.as_str(), p.version.as_deref(), p.folder.as_str()))
        .collect();
    assert_eq!(
        python,
        [
            ("Django", Some("1.11"), "/opt/v/lib/python3.6/site-packages"),
            ("foo", Some("1.2"), "/usr/lib/python2.7/site-packages")
        ]
    );
    let node = census.node.known().expect("read");
    assert_eq!(
        node.global.iter().map(|p| (p.name.as_str(), p.version.as_str())).collect::<Vec<_>>(),
        [("@x/pm2", "4.5.6")]
    );
    assert_eq!(
        node.applications.iter().map(|a| (a.folder.as_str(), a.packages)).collect::<Vec<_>>(),
        [("/srv/shop", 1)]
    );
    let java = census.java.known().expect("read");
    assert_eq!(
        java.runtimes.iter().map(|r| (r.folder.as_str(), r.version.as_deref())).collect::<Vec<_>>(),
        [("/opt/jdk", Some("1.7.0_80"))]
    );
    assert_eq!(
        java.archives.iter().map(|j| (j.path.as_str(), j.bytes)).collect::<Vec<_>>(),
        [("/opt/jdk/jre/lib/rt.jar", 9)]
    );
    let perl = census.perl.known().expect("read");
    assert_eq!((perl.installed.as_slice(), perl.folders[0].modules), (&["Foo::Bar".to_owned()][..], 1));
}

#[test]
fn no_secret_is_carried() {
    let stage = Stage::new();
    stage.tree("/usr/local/bin/dec.sh", SCRIPTS, 0o755);
    stage.tree("/usr/local/bin/a.py", "#!/usr/bin/env python\npassword = 'HUSHHUSH'\n", 0o755);
    stage.tree("/var/www/html/.htaccess", "php_value session.save_path HUSHHUSH\n<IfModule mod_php5.c>\nphp_flag x on\n</IfModule>\n Php_Flag y HUSHHUSH\n", 0o644);
    stage.tree("/var/www/html/db.php", "<?php mysql_connect('h', 'u', 'HUSHHUSH'); $p = $x{0}; # HUSHHUSH\n", 0o644);
    stage.tree(
        "/etc/ssl/store.p12",
        [b"0\x82\x01\x01HUSHHUSH".as_slice(), &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01, 0x06]].concat(),
        0o600,
    );
    let census = stage.census();
    let scripts = census.scripts.known().expect("read");
    let calls: Vec<_> = scripts.ciphers.iter().map(|call| (call.line, call.words.join(" "))).collect();
    let want = [
        (2, "openssl enc -d -aes-256-cbc -k _ -in _ -out _"),
        (4, "openssl aes-128-cbc -pass _ -md md5"),
        (5, "openssl enc -aes-256-cbc -pass $ -pbkdf2 -in _"),
    ];
    assert_eq!(calls, want.map(|(line, words)| (line, words.to_owned())));
    assert_eq!(
        scripts.interpreted.iter().map(|s| s.first_line.as_str()).collect::<Vec<_>>(),
        ["#!/usr/bin/env python"]
    );
    let htaccess: Vec<_> =
        census.htaccess.known().expect("read").rows.iter().map(|h| (h.line, h.setting.as_str(), h.guarded)).collect();
    assert_eq!(htaccess, [(1, "session.save_path", false), (3, "x", true), (5, "y", false)]);
    assert_eq!(census.keystores.known().expect("read").rows[0].algorithms, ["pbe-sha1-rc2-40"]);
    let all = serde_json::to_string(&census).expect("json");
    assert!(!all.contains("HUSHHUSH"), "{all}");
    for kept in fs::read_dir(stage.path("work")).expect("the work folder") {
        let kept = kept.expect("a file").path();
        let text = fs::read(&kept).expect("its text");
        assert!(!String::from_utf8_lossy(&text).contains("HUSHHUSH"), "{}", kept.display());
    }
}

#[test]
fn php_is_read_as_php() {
    let stage = Stage::new();
    stage.tree("/var/www/html/a.php", PHP, 0o644);
    stage.tree("/var/www/html/poly.php", "<?php if (!function_exists('split')) { function split($a) {} }", 0o644);
    let census = stage.census();
    let php = census.php.known().expect("read");
    let places = |uses: &[rockhop_domain::facts::census::PhpUse]| -> BTreeMap<String, Vec<String>> {
        let line = |place: &String| place.rsplit(':').next().unwrap_or_default().to_owned();
        uses.iter().map(|one| (one.what.clone(), one.places.iter().map(line).collect())).collect()
    };
    let of = |rows: &[(&str, &[&str])]| -> BTreeMap<String, Vec<String>> {
        rows.iter().map(|(what, at)| ((*what).to_owned(), at.iter().map(|n| (*n).to_owned()).collect())).collect()
    };
    assert_eq!(php.sources, 2);
    assert_eq!(
        places(&php.calls),
        of(&[("each", &["6"]), ("ereg", &["16"]), ("mysql_connect", &["4"]), ("split", &["13"])])
    );
    assert_eq!(
        places(&php.unparsable),
        of(&[("call-time-reference", &["8", "8"]), ("offset-braces", &["5", "9"]), ("two-defaults", &["7"])])
    );
    assert_eq!(
        php.definitions.iter().map(|d| (d.function.as_str(), d.path.as_str())).collect::<Vec<_>>(),
        [("split", "/var/www/html/poly.php")]
    );
}

#[test]
fn killed_it_goes_on_where_it_was() {
    let stage = Stage::new();
    stage.tree("/usr/local/bin/tool", "mine", 0o755);
    assert_eq!(stage.run("look", "").stdout, b"none\n");
    fs::write(stage.path("gate"), "").expect("the gate");
    let mut first =
        stage.command("run", "JOB=census-1").stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a shell");
    while !stage.path("reached").exists() {
        std::thread::yield_now(); // it is in the middle of its second section
    }
    assert_eq!(String::from_utf8_lossy(&stage.run("look", "").stdout), "part 1 13 census-1\n");
    let busy = stage.run("run", "JOB=census-2");
    assert_eq!(busy.status.code(), Some(75), "{}", String::from_utf8_lossy(&busy.stderr));
    first.kill().and_then(|()| first.wait()).expect("its end");
    fs::remove_file(stage.path("gate")).expect("the gate opens");
    let scope = fs::read(stage.path("work/scope.done")).expect("the first section");

    let second = stage.run("run", "JOB=census-3");
    let told = String::from_utf8_lossy(&second.stdout).into_owned();
    assert!(second.status.success(), "{}", String::from_utf8_lossy(&second.stderr));
    assert!(told.starts_with("1 13 scope kept\n2 13 ownership begun\n"), "{told}");
    assert_eq!(fs::read(stage.path("work/scope.done")).expect("the first section"), scope, "it was not read again");
    assert_eq!(String::from_utf8_lossy(&stage.run("look", "").stdout), "whole 13 13 census-3\n");

    let third = stage.run("run", "JOB=census-4");
    let told = String::from_utf8_lossy(&third.stdout).into_owned();
    assert_eq!(told.matches(" kept\n").count(), 13, "{told}");
    assert_eq!(
        (stage.asked("-qal"), stage.asked("-Va")),
        (2, 1),
        "the section that was cut off, and no other, ran twice"
    );

    let packed = stage.run("print", "").stdout;
    assert!(is_census(&packed) && MultiGzDecoder::new(packed.as_slice()).read_to_end(&mut Vec::new()).is_ok());
    assert!(stage.run("clean", "").status.success() && !stage.path("work").exists());
}

#[test]
fn another_version_or_another_scope_begins_anew() {
    let stage = Stage::new();
    for (before, verified) in [("", 1), ("", 1), ("ALSO=/data", 2), ("ALSO=/data", 2)] {
        assert!(stage.run("run", before).status.success());
        assert_eq!(stage.asked("-Va"), verified, "{before}");
    }
    let begun = stage.path("work/begun");
    let old = fs::read_to_string(&begun).expect("its begin");
    let (start, _) = old.trim().rsplit_once(' ').expect("a time");
    fs::write(&begun, format!("{start} 1000000000\n")).expect("an old one");
    assert!(stage.run("run", "ALSO=/data").status.success());
    assert_eq!(stage.asked("-Va"), 3, "what was begun long ago is of no use");
}

#[test]
fn it_writes_only_in_its_work_folder() {
    let stage = Stage::new();
    stage.tree("/usr/local/bin/dec.sh", SCRIPTS, 0o755);
    stage.tree("/opt/app/libmine.so.1", library(), 0o755);
    let listing = || {
        let output =
            Command::new("find").args([stage.path("tree").as_os_str()]).args(["-printf", "%p %T@ %C@ %m\n"]).output();
        output.expect("find").stdout
    };
    let before = listing();
    stage.census();
    assert_eq!(String::from_utf8_lossy(&listing()), String::from_utf8_lossy(&before));
}

/// EL 7 has bash and gawk where this machine may have others.
#[test]
#[expect(clippy::print_stderr, reason = "a test that cannot run says so loudly")]
fn every_shell_and_awk_says_the_same() {
    let stage = Stage::new();
    stage.tree("/usr/local/bin/dec.sh", SCRIPTS, 0o755);
    stage.tree("/opt/app/libmine.so.1", library(), 0o755);
    stage.tree("/var/www/html/a.php", PHP, 0o644);
    let first = Census { taken_at: jiff::Timestamp::UNIX_EPOCH, ..stage.census() };
    let other = Stage { shell: "bash", ..stage };
    assert!(other.run("clean", "").status.success());
    match ["/usr/bin/gawk", "/bin/gawk"].iter().find(|path| fs::metadata(path).is_ok()) {
        Some(gawk) => symlink(gawk, other.path("stubs/awk")).expect("a link"),
        None => eprintln!("\n*** SKIPPED: there is no gawk here, so only bash is tried ***\n"),
    }
    let second = Census { taken_at: jiff::Timestamp::UNIX_EPOCH, ..other.census() };
    assert_eq!(first, second);
}
