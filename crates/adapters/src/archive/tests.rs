//! Archives that are broken in every way that is known; each error names the archive and the entry.

use super::*;
use bzip2::{Compression as BzLevel, write::BzEncoder};
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write as _, path::PathBuf};
use tar::{Builder, EntryType, Header};

const PS: &str = "sosreport-web-1/sos_commands/process/ps_auxwww";

fn small() -> Limits {
    Limits {
        unpacked_bytes: 1 << 20,
        ratio: 20,
        ratio_from_bytes: 64 << 10,
        entry_bytes: 32 << 10,
        held_bytes: 256 << 10,
        entries: 8,
        line_bytes: 1000,
    }
}

/// A tar of these, names as they are.
fn tar_of(entries: &[(&[u8], EntryType, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, kind, content) in entries {
        let mut header = Header::new_ustar();
        header.as_old_mut().name[..name.len()].copy_from_slice(name);
        header.set_entry_type(*kind);
        header.set_mode(0o640);
        header.set_mtime(1_600_000_000);
        if kind.is_symlink() || kind.is_hard_link() {
            header.set_link_name_literal(content).expect("a short target");
            header.set_size(0);
            header.set_cksum();
            builder.append(&header, &b""[..]).expect("memory");
        } else {
            header.set_size(content.len() as u64);
            header.set_cksum();
            builder.append(&header, *content).expect("memory");
        }
    }
    builder.into_inner().expect("memory")
}

fn plain(entries: &[(&str, &[u8])]) -> Vec<u8> {
    tar_of(&entries.iter().map(|(name, content)| (name.as_bytes(), EntryType::Regular, *content)).collect::<Vec<_>>())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn bzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = BzEncoder::new(Vec::new(), BzLevel::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// `PS` with one line, packed by `tar cJ`.
const XZ: &str = include_str!("tests/one-entry.tar.xz.hex");

fn xz() -> Vec<u8> {
    let digits: Vec<u8> = XZ.bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).expect("digits"), 16).expect("digits");
    digits.chunks(2).map(byte).collect()
}

fn read(bytes: &[u8]) -> Result<Vec<Entry>, ArchiveError> {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("archive");
    fs::write(&path, bytes).expect("a file");
    entries(&path, &small()).inspect_err(|error| assert_eq!(error.archive, path))
}

/// What is wrong with it: the entry, and the key of the sentence.
fn wrong(bytes: &[u8]) -> (String, String) {
    let error = read(bytes).expect_err("a broken archive");
    (error.entry.clone().unwrap_or_default(), error.message().key.to_string())
}

#[test]
fn every_packing_is_opened() {
    let tar = plain(&[(PS, b"USER\n"), ("sosreport-web-1/var/log/messages", &[b'x'; 40_000])]);
    for bytes in [tar.clone(), gzip(&tar), bzip(&tar), xz()] {
        let got = read(&bytes).expect("an archive");
        assert_eq!(got.iter().map(|entry| entry.path.as_str()).collect::<Vec<_>>(), [PS], "logs are passed over");
        assert_eq!((got[0].bytes.as_slice(), got[0].meta.mode.as_str()), (&b"USER\n"[..], "0640"));
    }
}

#[test]
fn one_that_was_cut_off_anywhere_is_refused() {
    let tar = plain(&[(PS, b"USER\n"), ("sosreport-web-1/var/log/messages", b"x\n")]);
    for whole in [tar.clone(), gzip(&tar), bzip(&tar), xz()] {
        let end = if whole == tar { 4 * 512 } else { whole.len() - 1 }; // a tar is whole with one block of zeros
        for cut in (300..end).step_by(if whole == tar { 64 } else { 1 }).chain([end]) {
            let error = read(&whole[..cut]).expect_err("it was cut off");
            assert!(matches!(error.broken, Broken::CutOff | Broken::Damaged(_)), "cut at {cut}: {error}");
        }
    }
    assert_eq!(wrong(&tar[..1537]), ("sosreport-web-1/var/log/messages".into(), "archive-cut-off".into()));
}

#[test]
fn paths_and_links_stay_within() {
    let file = EntryType::Regular;
    for (name, kind, content, key) in [
        (&b"a/../../etc/fstab"[..], file, &b"x"[..], "archive-escapes"),
        (b"/etc/fstab", file, b"x", "archive-escapes"),
        (b"a/etc/\xff", file, b"x", "archive-not-utf8"),
        (b"a/etc/fstab", EntryType::Symlink, b"/etc/shadow", "archive-link-out"),
        (b"a/etc/fstab", EntryType::Symlink, b"../../../etc/shadow", "archive-link-out"),
        (b"a/etc/fstab", EntryType::Link, b"/etc/shadow", "archive-link-out"),
    ] {
        let bytes = tar_of(&[(PS.as_bytes(), file, b"USER\n"), (name, kind, content)]);
        assert_eq!(wrong(&bytes), (String::from_utf8_lossy(name).into_owned(), key.to_owned()));
    }
}

#[test]
fn links_within_are_followed_and_loops_end() {
    let link = EntryType::Symlink;
    let bytes = tar_of(&[
        (b"a/ps", link, b"sos_commands/process/ps_aux"),
        (b"a/sos_commands/process/ps_aux", EntryType::Regular, b"USER\n"),
        (b"a/x", link, b"y"),
        (b"a/y", link, b"x"),
        (b"a/gone", link, b"nowhere"),
        (b"a/sys/class/net", link, b"/sys/devices"),
    ]);
    let got = read(&bytes).expect("an archive");
    let names: Vec<&str> = got.iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(names, ["a/ps", "a/sos_commands/process/ps_aux"]);
    assert_eq!(got[0].bytes, got[1].bytes);
}

#[test]
fn what_is_too_much_is_refused() {
    let many: Vec<(String, Vec<u8>)> = (0..9).map(|n| (format!("a/etc/{n}"), b"x".to_vec())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    let zeros = vec![0; 600 << 10];
    let noise: Vec<u8> = (0..1_200_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect();
    let lines: Vec<u8> = b"0123456789\n".repeat(4000);
    for (entries, packed, entry, key) in [
        (many, false, "a/etc/8", "archive-too-many"),
        (vec![("a/var/log/messages", zeros.as_slice())], true, "a/var/log/messages", "archive-bomb"),
        (vec![("a/var/log/messages", noise.as_slice())], false, "a/var/log/messages", "archive-too-large"),
        (vec![("a/etc/fstab", lines.as_slice())], false, "a/etc/fstab", "archive-entry-too-large"),
        (vec![("a/etc/fstab", &[b'x'; 1200][..])], false, "a/etc/fstab", "archive-long-line"),
    ] {
        let bytes = plain(&entries);
        let bytes = if packed { gzip(&bytes) } else { bytes };
        assert_eq!(wrong(&bytes), (entry.to_owned(), key.to_owned()));
    }
}

#[test]
fn a_header_without_end_is_refused() {
    let name = vec![b'x'; 300 << 10];
    let bytes = tar_of(&[(b"././@LongLink", EntryType::GNULongName, &name)]);
    let mut limits = small();
    limits.ratio = 1 << 20;
    let long = vec![b'x'; 2 << 20];
    let longer = tar_of(&[(b"././@LongLink", EntryType::GNULongName, &long)]);
    assert!(read(&bytes).is_err());
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("archive");
    fs::write(&path, longer).expect("a file");
    limits.unpacked_bytes = 1 << 30;
    let error = entries(&path, &limits).expect_err("a broken archive");
    assert!(matches!(error.broken, Broken::Damaged(_)), "{error}");
}

#[test]
fn other_files_are_no_archives() {
    for bytes in [&b""[..], b"hello\n", b"PK\x03\x04", &[0x1f, 0x8b, 0, 0], &[0; 5000]] {
        assert!(read(bytes).is_err(), "{bytes:?}");
    }
    let dir = tempfile::tempdir().expect("a folder");
    let at = |name: &str, bytes: &[u8]| -> PathBuf {
        fs::write(dir.path().join(name), bytes).expect("a file");
        dir.path().join(name)
    };
    let survey = b"===rockhop 1 word\n===word .\n";
    for (path, want) in [
        (at("survey", survey), false),
        (at("packed", &gzip(survey)), false),
        (at("text", b"hello\n"), false),
        (at("tar", &plain(&[(PS, b"USER\n")])), true),
        (at("tgz", &gzip(&plain(&[(PS, b"USER\n")]))), true),
        (dir.path().to_owned(), true),
    ] {
        assert_eq!(is_archive(&path).expect("a file"), want, "{}", path.display());
    }
}

#[test]
fn a_folder_is_read_and_not_left() {
    let dir = tempfile::tempdir().expect("a folder");
    let inside = dir.path().join("outputs");
    fs::create_dir_all(inside.join("deep")).expect("a folder");
    fs::write(inside.join("deep/ps-aux.out"), "USER\n").expect("a file");
    fs::write(dir.path().join("secret"), "SECRET\n").expect("a file");
    let got = entries(&inside, &small()).expect("a folder");
    assert_eq!(got.iter().map(|entry| entry.path.as_str()).collect::<Vec<_>>(), ["deep/ps-aux.out"]);
    assert!(got[0].meta.modified.is_some());
    std::os::unix::fs::symlink("../secret", inside.join("rpm-qai.out")).expect("a link");
    let error = entries(&inside, &small()).expect_err("a link out");
    assert_eq!(
        (error.entry.as_deref(), error.message().key.to_string()),
        (Some("rpm-qai.out"), "archive-link-out".into())
    );
}
