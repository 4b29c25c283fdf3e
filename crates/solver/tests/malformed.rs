//! Every malformed repository is refused with the file, the place and the reason; nothing of it is used.

mod support;

use rockhop_solver::{Arch, Question, RepoError, Repositories, Role, Source, Trouble, Verdict};
use std::fmt::Write as _;
use std::path::Path;
use support::{Made, Packing, library, sha256, write};

fn load(folder: &Path) -> Result<Repositories, RepoError> {
    let source = Source { name: "r".into(), folder: folder.to_owned(), role: Role::Enabled };
    Repositories::load(library(), &[source], Arch::X86_64)
}

fn refused(folder: &Path) -> RepoError {
    load(folder).expect_err("it is malformed")
}

/// A repository whose primary is these bytes; its checksum is right, so that what is inside is reached.
fn with_primary(folder: &Path, bytes: &[u8], open_size: Option<u64>) {
    let repodata = folder.join("repodata");
    std::fs::create_dir_all(&repodata).expect("a folder");
    std::fs::write(repodata.join("primary"), bytes).expect("a file");
    let size = open_size.map(|size| format!("<open-size>{size}</open-size>")).unwrap_or_default();
    repomd(folder, &data("primary", "repodata/primary", "sha256", &sha256(bytes), &size));
}

fn data(kind: &str, href: &str, checksum: &str, value: &str, more: &str) -> String {
    format!(
        "<data type=\"{kind}\"><checksum type=\"{checksum}\">{value}</checksum><location href=\"{href}\"/>{more}</data>"
    )
}

fn repomd(folder: &Path, inside: &str) {
    std::fs::create_dir_all(folder.join("repodata")).expect("a folder");
    std::fs::write(folder.join("repodata/repomd.xml"), format!("<repomd>\n{inside}\n</repomd>\n")).expect("a file");
}

fn package(name: &str) -> String {
    format!(
        "<package type=\"rpm\">\n<name>{name}</name>\n<arch>noarch</arch>\n<version epoch=\"0\" ver=\"1\" rel=\"1\"/>\n\
         <format><rpm:requires><rpm:entry name=\"x\"/></rpm:requires></format></package>\n"
    )
}

fn whole(inside: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<metadata>\n{inside}</metadata>\n").into_bytes()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn no_repository() {
    let dir = folder();
    assert!(matches!(refused(dir.path()).trouble, Trouble::NoRepodata));
    repomd(dir.path(), "");
    assert!(matches!(refused(dir.path()).trouble, Trouble::NoEntry("primary")));
    std::fs::write(dir.path().join("repodata/repomd.xml"), "<html>Not found</html>").expect("a file");
    assert!(matches!(refused(dir.path()).trouble, Trouble::Field { tag: "repomd", .. }));
}

#[test]
fn a_path_that_escapes() {
    for href in ["../../../etc/passwd", "/etc/passwd", "repodata/../../x", "https://mirror/primary.xml"] {
        let dir = folder();
        repomd(dir.path(), &data("primary", href, "sha256", "00", ""));
        let error = refused(dir.path());
        assert!(matches!(&error.trouble, Trouble::Escapes(said) if said == href), "{href}: {error}");
        assert!(error.file.ends_with("repomd.xml"));
    }
}

#[test]
fn a_single_changed_byte() {
    for packing in [Packing::Plain, Packing::Gzip, Packing::Zstd, Packing::Xz] {
        let dir = folder();
        write(dir.path(), &[Made::new("a", "1")], &[], packing);
        assert_eq!(load(dir.path()).expect("whole").len(), 1, "{packing:?}");
        let names = std::fs::read_dir(dir.path().join("repodata")).expect("a folder");
        let primary = names
            .map(|f| f.expect("a file").path())
            .find(|p| p.to_string_lossy().contains("primary"))
            .expect("there is one");
        let mut bytes = std::fs::read(&primary).expect("a file");
        *bytes.last_mut().expect("not empty") ^= 1;
        std::fs::write(&primary, bytes).expect("a file");
        let error = refused(dir.path());
        assert!(matches!(error.trouble, Trouble::Checksum { .. }), "{packing:?}: {error}");
        assert_eq!(error.file, primary);
    }
}

#[test]
fn checksums_that_prove_nothing() {
    let dir = folder();
    with_primary(dir.path(), &whole(""), None);
    for (kind, value) in [("md5", "00"), ("crc32", "00")] {
        repomd(dir.path(), &data("primary", "repodata/primary", kind, value, ""));
        assert!(matches!(&refused(dir.path()).trouble, Trouble::ChecksumKind(said) if said == kind));
    }
    repomd(dir.path(), &data("primary", "repodata/primary", "sha256", "", ""));
    assert!(matches!(refused(dir.path()).trouble, Trouble::Field { tag: "checksum", .. }));
}

/// Cut at any place, packed or not: never taken for a smaller repository.
#[test]
fn cut_short_anywhere() {
    let plain = whole(&(package("a") + &package("b")));
    let packed = [zstd::encode_all(&plain[..], 3).expect("memory"), gzip(&plain), plain.clone()];
    for bytes in packed {
        let step = (bytes.len() / 40).max(1);
        for end in (0..bytes.len() - 2).step_by(step) {
            let dir = folder();
            with_primary(dir.path(), &bytes[..end], None);
            let error = refused(dir.path());
            let fits = matches!(error.trouble, Trouble::Unpack(_) | Trouble::Form(_) | Trouble::Encoding(_));
            assert!(fits, "cut at {end} of {}: {error}", bytes.len());
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn a_bomb_stops_at_the_size_that_repomd_says() {
    let bomb = whole(&" \n".repeat(4 << 20));
    let packed = zstd::encode_all(&bomb[..], 3).expect("memory");
    assert!(packed.len() < 10_000);
    let dir = folder();
    with_primary(dir.path(), &packed, Some(200_000));
    let error = refused(dir.path());
    assert!(matches!(error.trouble, Trouble::TooBig { limit: 200_000 } | Trouble::TooLong { .. }), "{error}");
}

#[test]
fn a_line_of_100_mb() {
    let long = "x".repeat(100 << 20);
    for inside in [format!("<package><name>{long}</name></package>"), format!("<package {long}=\"\"/>")] {
        let dir = folder();
        with_primary(dir.path(), &zstd::encode_all(&whole(&inside)[..], 1).expect("memory"), None);
        let error = refused(dir.path());
        assert!(matches!(error.trouble, Trouble::TooLong { .. }), "{error}");
        assert_eq!(error.place.map(|p| p.line), Some(3));
    }
}

#[test]
fn wrong_encodings() {
    let dir = folder();
    with_primary(dir.path(), b"<?xml version=\"1.0\" encoding=\"GBK\"?><metadata/>", None);
    assert!(matches!(&refused(dir.path()).trouble, Trouble::Encoding(said) if said == "GBK"));
    let mut bytes = whole(&package("a"));
    let at = bytes.windows(3).position(|w| w == b">a<").expect("the name") + 1;
    bytes[at] = 0xff;
    with_primary(dir.path(), &bytes, None);
    let error = refused(dir.path());
    assert!(matches!(error.trouble, Trouble::Encoding(_)), "{error}");
    assert_eq!(error.place.map(|p| p.line), Some(4));
}

#[test]
fn tags_that_lack_something_are_named_with_their_line() {
    let dir = folder();
    for (from, to, line) in [
        ("ver=\"1\"", "", 6),
        ("<name>a</name>", "<name/>", 7),
        ("<arch>noarch</arch>", "", 7),
        ("<rpm:entry name=\"x\"/>", "<rpm:entry/>", 7),
        ("<rpm:entry name=\"x\"/>", "<rpm:entry name=\"x\" flags=\"~=\" ver=\"1\"/>", 7),
        ("<rpm:entry name=\"x\"/>", "<rpm:entry name=\"(a iff b)\"/>", 7),
    ] {
        with_primary(dir.path(), &whole(&package("a").replace(from, to)), None);
        let error = refused(dir.path());
        assert!(matches!(error.trouble, Trouble::Field { .. }), "{to}: {error}");
        let at = error.place.expect("it has a place").line;
        assert!(at.abs_diff(line) <= 1, "{to}: line {at}");
    }
}

#[test]
fn broken_modules_and_filelists_are_errors_too() {
    let dir = folder();
    with_primary(dir.path(), &whole(&package("a")), None);
    let primary = std::fs::read(dir.path().join("repodata/primary")).expect("a file");
    let first = data("primary", "repodata/primary", "sha256", &sha256(&primary), "");
    for yaml in ["---\ndocument: modulemd\ndata:\n  name: [x\n", "---\ndocument: modulemd\ndata: {name: x}\n"] {
        std::fs::write(dir.path().join("repodata/modules"), yaml).expect("a file");
        repomd(
            dir.path(),
            &(first.clone() + &data("modules", "repodata/modules", "sha256", &sha256(yaml.as_bytes()), "")),
        );
        let error = refused(dir.path());
        assert!(error.file.ends_with("modules") && error.place.is_some(), "{error}");
    }
    let lists = "<filelists><package name=\"a\"";
    std::fs::write(dir.path().join("repodata/filelists"), lists).expect("a file");
    repomd(dir.path(), &(first + &data("filelists", "repodata/filelists", "sha256", &sha256(lists.as_bytes()), "")));
    let mut repositories = load(dir.path()).expect("nobody asked for a file yet");
    assert!(repositories.ask(&Question::of(["/opt/somewhere"])).is_err());
    // Asked again it fails again: nothing was taken in on the first try.
    assert!(repositories.ask(&Question::of(["/opt/somewhere"])).is_err());
}

#[test]
fn a_copy_of_repodata_alone_is_enough() {
    let dir = folder();
    write(dir.path(), &[Made::new("a", "1")], &[], Packing::Zstd);
    let mut repositories = load(&dir.path().join("repodata")).expect("a copy");
    let verdict = repositories.ask(&Question::of(["a"])).expect("whole").verdict;
    let mut said = String::new();
    let _ = write!(said, "{verdict:?}");
    assert!(matches!(verdict, Verdict::Installs { .. }), "{said}");
}
