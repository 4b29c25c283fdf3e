//! The same repository in its other forms: as SQLite, as createrepo_c's own tool writes it, and with advisories.

mod support;

use rockhop_solver::{Answer, Arch, Question, Repositories, Role, Source, Trouble, Verdict};
use std::path::Path;
use std::process::Command;
use support::{Made, Packing, library, sha256, write};

fn packages() -> Vec<Made> {
    let mut epoch = Made::new("epoch", "2").with("requires", "base >= 1:1").with("requires", "/usr/share/deep/file");
    epoch.epoch = 3;
    let mut base = Made::new("base", "1").with("provides", "libbase.so.1()(64bit)");
    base.epoch = 1;
    let mut deep = Made::new("deep", "1").with("requires", "(base or nothing)").with("supplements", "base");
    deep.files = vec!["/usr/share/deep/file".into(), "/etc/deep.conf".into(), "/top".into()];
    let new =
        Made::new("new", "1").with("obsoletes", "old < 5").with("requires", "/etc/deep.conf").with("requires", "/top");
    let old = Made::new("old", "4");
    let lame = Made::new("lame", "1").with("requires", "libgone.so.2()(64bit)");
    let foe = Made::new("foe", "1").with("conflicts", "base");
    vec![epoch, base, deep, new, old, lame, foe]
}

fn repositories(folder: &Path) -> Result<Repositories, rockhop_solver::RepoError> {
    let source = Source { name: "r".into(), folder: folder.to_owned(), role: Role::Enabled };
    Repositories::load(library(), &[source], Arch::X86_64)
}

fn ask(folder: &Path, wanted: &[&str]) -> Answer {
    repositories(folder).expect("a whole repository").ask(&Question::of(wanted.iter().copied())).expect("an answer")
}

/// Has createrepo_c's tool write the SQLite form beside the XML.
fn with_sqlite(folder: &Path) {
    let made = Command::new("sqliterepo_c").arg(folder).output().expect("createrepo-c is installed");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// Takes the XML of the packages away, as a copy may lack it.
fn without_xml(folder: &Path) {
    let path = folder.join("repodata/repomd.xml");
    let text = std::fs::read_to_string(&path).expect("repomd.xml");
    let (mut kept, mut rest) = (String::new(), text.as_str());
    while let Some(at) = rest.find("<data type=") {
        let end = at + rest[at..].find("</data>").expect("it closes") + "</data>".len();
        kept.push_str(&rest[..at]);
        if !["\"primary\"", "\"filelists\""].iter().any(|kind| rest[at + "<data type=".len()..].starts_with(kind)) {
            kept.push_str(&rest[at..end]);
        }
        rest = &rest[end..];
    }
    kept.push_str(rest);
    assert!(kept.contains("primary_db") && !kept.contains("\"primary\""), "{kept}");
    std::fs::write(path, kept).expect("repomd.xml");
}

#[test]
fn sqlite_says_what_xml_says() {
    let (xml, sqlite) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    for folder in [&xml, &sqlite] {
        write(folder.path(), &packages(), &[], Packing::Gzip);
    }
    with_sqlite(sqlite.path());
    without_xml(sqlite.path());
    for wanted in [
        &["epoch"][..],
        &["new"],
        &["old"],
        &["old", "new"],
        &["lame"],
        &["foe", "base"],
        &["/usr/share/deep/file"],
        &["/top"],
    ] {
        let (by_xml, by_sqlite) = (ask(xml.path(), wanted), ask(sqlite.path(), wanted));
        assert_eq!(by_sqlite, by_xml, "{wanted:?}");
    }
    assert!(
        matches!(ask(sqlite.path(), &["epoch", "new"]).verdict, Verdict::Installs { packages, .. } if packages.len() == 4)
    );
}

#[test]
fn a_damaged_database_is_refused_by_name() {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), &packages(), &[], Packing::Gzip);
    with_sqlite(dir.path());
    without_xml(dir.path());
    let repodata = dir.path().join("repodata");
    let file = repodata.join("primary.sqlite.bz2");
    let repomd = std::fs::read_to_string(repodata.join("repomd.xml")).expect("repomd.xml");
    let before = sha256(&std::fs::read(&file).expect("the database"));
    for bytes in [b"SQLite format 3\0 and then nothing".to_vec(), b"BZh9 cut".to_vec(), Vec::new()] {
        std::fs::write(&file, &bytes).expect("a file");
        std::fs::write(repodata.join("repomd.xml"), repomd.replace(&before, &sha256(&bytes))).expect("a file");
        let error = repositories(dir.path()).map(|all| all.len()).expect_err("it is damaged");
        assert_eq!(error.file, file);
        assert!(matches!(error.trouble, Trouble::Form(_) | Trouble::Unpack(_)), "{error}");
    }
}

#[test]
fn advisories_are_counted_and_dated() {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), &packages(), &[], Packing::Plain);
    let notice = |id: &str, kind: &str, date: &str, package: &str| {
        format!(
            "<update from=\"r\" status=\"final\" type=\"{kind}\" version=\"2\"><id>{id}</id><title>t</title><issued date=\"{date}\"/>\
             <references><reference id=\"CVE-1\" type=\"cve\"/></references><pkglist><collection><name>c</name>\
             <package name=\"{package}\" version=\"1\" release=\"1.el9\" epoch=\"1\" arch=\"x86_64\"><filename>f</filename></package>\
             </collection></pkglist></update>"
        )
    };
    let info = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<updates>{}{}{}</updates>\n",
        notice("RLSA-2026:1", "security", "2026-10-01 00:00:00", "base"),
        notice("RLSA-2026:2", "security", "2026-10-02 00:00:00", "elsewhere"),
        notice("RLBA-2026:3", "bugfix", "2026-11-20 00:00:00", "base"),
    );
    add(dir.path(), "updateinfo", &info);
    let Verdict::Installs { security: Some(security), .. } = ask(dir.path(), &["base"]).verdict else {
        panic!("it installs, and there are advisories")
    };
    assert_eq!((security.carried, security.newest.as_str()), (1, "RLBA-2026:3"));
    assert_eq!(security.issued, "2026-11-20 00:00:00");
    add(dir.path(), "updateinfo", "<updates>\n<update type=\"security\"><title>t</title></update></updates>");
    let error = repositories(dir.path()).map(|all| all.len()).expect_err("an advisory without a name");
    assert_eq!(error.place.map(|place| place.line), Some(2), "{error}");
}

/// Adds a file to repomd.xml, or another text of it.
fn add(folder: &Path, kind: &str, text: &str) {
    let repodata = folder.join("repodata");
    std::fs::write(repodata.join(kind), text).expect("a file");
    let path = repodata.join("repomd.xml");
    let before = std::fs::read_to_string(&path).expect("repomd.xml");
    let head = before.split("<data type=\"updateinfo\"").next().expect("a head").trim_end_matches("</repomd>\n");
    let data = format!(
        "<data type=\"{kind}\"><checksum type=\"sha256\">{}</checksum><location href=\"repodata/{kind}\"/></data>",
        sha256(text.as_bytes())
    );
    std::fs::write(path, format!("{head}{data}</repomd>\n")).expect("repomd.xml");
}
