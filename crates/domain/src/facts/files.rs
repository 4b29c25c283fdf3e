//! The files that a survey dumped: each with its metadata, its digest and its content.

use super::frame::Answer;
use super::{BadLine, Privilege, Why};
use std::collections::{BTreeMap, BTreeSet};

/// Every file of the answer, by path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Files {
    found: BTreeMap<String, Dumped>,
    absent: BTreeSet<String>,
    unreadable: BTreeSet<String>,
    /// Why the list may lack some: without root, whole folders are hidden.
    hidden: Option<Why>,
}

/// One file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dumped {
    pub meta: Option<Meta>,
    pub sha256: Option<String>,
    pub content: String,
    pub cut: bool,
}

/// What `stat` said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meta {
    pub mode: String,
    pub owner: String,
    pub group: String,
    pub size: u64,
}

impl Files {
    /// Reads one section of dumped files.
    pub(super) fn parse(answer: &Answer, section: &str, privilege: Option<Privilege>) -> Result<Self, Why> {
        let hidden = (privilege != Some(Privilege::Root)).then_some(Why::NoSudo);
        let mut files = Self { found: BTreeMap::new(), absent: BTreeSet::new(), unreadable: BTreeSet::new(), hidden };
        let mark = format!("==={} ", answer.word);
        let mut open: Option<String> = None;
        for line in answer.section(section)?.split_inclusive('\n') {
            match line.strip_prefix(&mark) {
                Some(frame) => open = files.frame(frame.trim_end_matches('\n'))?.or(open),
                None => {
                    if let Some(file) = open.as_ref().and_then(|path| files.found.get_mut(path)) {
                        file.content.push_str(line);
                    }
                }
            }
        }
        Ok(files)
    }

    fn frame(&mut self, frame: &str) -> Result<Option<String>, BadLine> {
        let bad = || BadLine::new(frame);
        let (kind, rest) = frame.split_once(' ').ok_or_else(bad)?;
        match kind {
            "a" => drop(self.absent.insert(rest.to_owned())),
            "u" => drop(self.unreadable.insert(rest.to_owned())),
            "m" => {
                let (path, meta) = meta(rest).ok_or_else(bad)?;
                self.file(path).meta = Some(meta);
            }
            "h" => {
                let (digest, path) = rest.split_once("  ").ok_or_else(bad)?;
                self.file(path).sha256 = Some(digest.to_owned());
            }
            "t" => self.file(rest).cut = true,
            "f" => {
                self.file(rest);
                return Ok(Some(rest.to_owned()));
            }
            _ => return Err(bad()),
        }
        Ok(None)
    }

    fn file(&mut self, path: &str) -> &mut Dumped {
        self.found.entry(path.to_owned()).or_default()
    }

    /// The content of one file; `Ok(None)` when it is certainly absent.
    pub(super) fn content(&self, path: &str) -> Result<Option<&str>, Why> {
        match self.found.get(path) {
            Some(file) if file.cut => Err(Why::TooLarge),
            Some(file) => Ok(Some(&file.content)),
            None if self.absent.contains(path) => Ok(None),
            None if self.unreadable.contains(path) => Err(Why::NoSudo),
            None => self.hidden.clone().map_or(Ok(None), Err),
        }
    }

    /// The files under a prefix, sorted by path; only those that could be read.
    pub(super) fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a Dumped)> {
        self.found.iter().filter(move |(path, _)| path.starts_with(prefix)).map(|(path, file)| (path.as_str(), file))
    }

    /// Refuses when folders may be hidden, or one file with this prefix could not be read.
    pub(super) fn all_seen(&self, prefix: &str) -> Result<(), Why> {
        match self.unreadable.iter().any(|path| path.starts_with(prefix)) {
            true => Err(Why::NoSudo),
            false => self.hidden.clone().map_or(Ok(()), Err),
        }
    }
}

fn meta(text: &str) -> Option<(&str, Meta)> {
    let mut words = text.splitn(5, ' ');
    let (mode, owner, group) = (words.next()?, words.next()?, words.next()?);
    let size = words.next()?.parse().ok()?;
    Some((words.next()?, Meta { mode: format!("{mode:0>4}"), owner: owner.into(), group: group.into(), size }))
}

/// The lines that say something: trimmed, without empty ones and `#` comments.
pub(super) fn telling_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
