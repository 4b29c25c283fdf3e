//! ELevate's `vendors.d`: for each vendor the keys that it signs with, its events and its repositories.
//!
//! What a vendor's files are called says what they are: `NAME.sigs`, `NAME_pes.json`, `NAME_map.json` or `NAME.csv`.
//! Repository files (`NAME.repo`) are for dnf and are passed over.

use super::pes::{Events, PesError};
use super::repomap::{Repomap, RepomapError};
use crate::Message;
use std::collections::{BTreeSet, HashMap};

/// The digits of a long key id.
const KEY_DIGITS: usize = 16;

/// What `vendors.d` says of vendors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vendors {
    /// Vendor by key id.
    keys: HashMap<String, String>,
    /// Target repositories of each vendor, as `from -> to`.
    pub repositories: Vec<VendorRepository>,
}

/// A row of a vendor's repository map.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct VendorRepository {
    pub vendor: String,
    /// The repository's id before the move ...
    pub from: String,
    /// ... and after it.
    pub to: String,
}

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Keys,
    Events,
    Map,
    Csv,
}

/// A file of `vendors.d` that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VendorsError {
    #[error("{0}")]
    Events(#[from] PesError),
    #[error("{0}")]
    Map(#[from] RepomapError),
    #[error("{file}: line {line} is not a key id: {text}")]
    NotAKey { file: String, line: usize, text: String },
    #[error("{file}: line {line} has {cells} cells and not 9")]
    Cells { file: String, line: usize, cells: usize },
    #[error("{file} is not text")]
    NotText { file: String },
}

impl VendorsError {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        match self {
            Self::Events(error) => error.message(),
            Self::Map(error) => error.message(),
            Self::NotAKey { file, line, text } => {
                Message::new("vendors-not-a-key").with("file", file).with("line", line).with("text", text)
            }
            Self::Cells { file, line, cells } => {
                Message::new("vendors-cells").with("file", file).with("line", line).with("cells", cells)
            }
            Self::NotText { file } => Message::new("vendors-not-text").with("file", file),
        }
    }
}

impl Vendors {
    /// Reads the files of the folder, each with its name, and adds the vendors' events behind the others. A folder with
    /// anything wrong in it changes nothing.
    pub fn read(files: &[(String, Vec<u8>)], events: &mut Events) -> Result<Self, VendorsError> {
        let mut vendors = Self::default();
        let mut more = events.clone();
        for (file, bytes) in files {
            let Some((vendor, kind)) = vendor_of(file) else { continue };
            match kind {
                Kind::Events => more.add_vendor(file, bytes)?,
                Kind::Keys => vendors.add_keys(vendor, file, text(file, bytes)?)?,
                Kind::Csv => vendors.add_csv(vendor, file, text(file, bytes)?)?,
                Kind::Map => vendors.add_map(vendor, &Repomap::read(file, bytes)?),
            }
        }
        *events = more;
        Ok(vendors)
    }

    /// Whose key this is.
    pub fn of_key(&self, id: &str) -> Option<&str> {
        self.keys.get(id).map(String::as_str)
    }

    /// The vendors, sorted.
    pub fn names(&self) -> BTreeSet<&str> {
        self.keys.values().map(String::as_str).collect()
    }

    fn add_keys(&mut self, vendor: &str, file: &str, text: &str) -> Result<(), VendorsError> {
        for (number, line) in lines(text) {
            let id = line.to_ascii_lowercase();
            if id.len() != KEY_DIGITS || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
                return Err(VendorsError::NotAKey { file: file.to_owned(), line: number, text: line.to_owned() });
            }
            self.keys.insert(id, vendor.to_owned());
        }
        Ok(())
    }

    /// `from,to,PES name,minors,minors,architecture,type,product,product`, under a line of headings.
    fn add_csv(&mut self, vendor: &str, file: &str, text: &str) -> Result<(), VendorsError> {
        for (number, line) in lines(text).skip(1) {
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            let [from, to, _, _, _, _, _, _, _] = cells[..] else {
                return Err(VendorsError::Cells { file: file.to_owned(), line: number, cells: cells.len() });
            };
            self.add(vendor, from, to);
        }
        Ok(())
    }

    fn add_map(&mut self, vendor: &str, map: &Repomap) {
        for (from, to) in map.pairs() {
            self.add(vendor, from, to);
        }
    }

    fn add(&mut self, vendor: &str, from: &str, to: &str) {
        let row = VendorRepository { vendor: vendor.to_owned(), from: from.to_owned(), to: to.to_owned() };
        if !self.repositories.contains(&row) {
            self.repositories.push(row);
        }
    }
}

fn vendor_of(file: &str) -> Option<(&str, Kind)> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let kinds = [(".sigs", Kind::Keys), ("_pes.json", Kind::Events), ("_map.json", Kind::Map), (".csv", Kind::Csv)];
    kinds.into_iter().find_map(|(end, kind)| name.strip_suffix(end).map(|vendor| (vendor, kind)))
}

fn text<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, VendorsError> {
    std::str::from_utf8(bytes).map_err(|_| VendorsError::NotText { file: file.to_owned() })
}

/// Lines that say something, counted from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn keys_events_and_repositories_of_vendors() {
        let removed = r#"{"packageinfo": [{"id": 1, "action": 1, "release": {"major_version": 8, "minor_version": 0},
            "in_packageset": {"package": [{"name": "a", "repository": "r"}]}}]}"#;
        let given = files(&[
            ("vendors.d/mariadb.sigs", "ce1a3dd5e3c94f49\nF1656F24C74CD1D8"),
            ("vendors.d/mariadb_pes.json", removed),
            ("vendors.d/kernelcare.csv", "heading\n\nkernelcare,kernelcare-8,kernelcare-8,all,all,x86_64,rpm,ga,ga\n"),
            ("vendors.d/mariadb.repo.el8", "[mariadb]\n"),
        ]);
        let mut events = Events::default();
        let vendors = Vendors::read(&given, &mut events).expect("vendors");
        assert_eq!((vendors.of_key("f1656f24c74cd1d8"), vendors.of_key("")), (Some("mariadb"), None));
        assert_eq!(events.len(), 1);
        assert_eq!(vendors.repositories[0].to, "kernelcare-8");
    }

    #[test]
    fn a_bad_file_is_named_and_changes_nothing() {
        let removed = r#"{"packageinfo": [{"action": 1}]}"#;
        for (name, text, want) in [
            ("b.sigs", "# key\nnot a key", "b.sigs: line 2 is not a key id"),
            ("b.csv", "heading\na,b", "b.csv: line 2 has 2 cells"),
            ("b_pes.json", r#"{"packageinfo": [{"action": 12}]}"#, "pes-unknown-action"),
            ("b_map.json", "{}", "repomap-"),
        ] {
            let mut events = Events::default();
            let error = Vendors::read(&files(&[("a_pes.json", removed), (name, text)]), &mut events).expect_err("bad");
            assert!(error.to_string().starts_with(want), "{error}");
            assert!(events.is_empty(), "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn bytes_never_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300), kind in 0usize..4) {
            let name = ["v.sigs", "v.csv", "v_pes.json", "v_map.json"][kind].to_owned();
            let _ = Vendors::read(&[(name, bytes)], &mut Events::default());
        }

        #[test]
        fn text_never_panics(text in "\\PC{0,80}\n\\PC{0,80}", kind in 0usize..2) {
            let name = ["v.sigs", "v.csv"][kind].to_owned();
            let _ = Vendors::read(&[(name, text.into_bytes())], &mut Events::default());
        }
    }
}
