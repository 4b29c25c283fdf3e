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

/// What the lines after a frame are.
enum Open {
    Nothing,
    /// The content of this file.
    Content(String),
}

/// What the walk said.
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
        let mut open = Open::Nothing;
        for line in answer.section(section)?.split_inclusive('\n') {
            match line.strip_prefix(&mark) {
                Some(frame) => files.frame(frame.trim_end_matches('\n'), &mut open)?,
                None => files.line(line, &open)?,
            }
        }
        Ok(files)
    }

    /// Adds what was told of absent and unreadable files.
    pub(super) fn with(mut self, listed: Self) -> Self {
        self.absent.extend(listed.absent);
        self.unreadable.extend(listed.unreadable);
        self
    }

    /// Adds what the walk said of each file, and the digests. A file that lacks one of them keeps none.
    pub(super) fn looked_at(mut self, answer: &Answer) -> Result<Self, Why> {
        let mark = format!("==={} m ", answer.word);
        for line in answer.section("tree").unwrap_or_default().lines() {
            let Some(text) = line.strip_prefix(&mark) else { continue };
            let (path, meta) = meta(text).ok_or_else(|| BadLine::new(line))?;
            self.found.entry(path.to_owned()).and_modify(|file| file.meta = Some(meta));
        }
        for line in answer.section("digests").unwrap_or_default().lines().filter(|line| !line.is_empty()) {
            let (digest, path) = line.split_once("  ").ok_or_else(|| BadLine::new(line))?;
            self.found.entry(path.to_owned()).and_modify(|file| file.sha256 = Some(digest.to_owned()));
        }
        Ok(self)
    }

    fn frame(&mut self, frame: &str, open: &mut Open) -> Result<(), BadLine> {
        let bad = || BadLine::new(frame);
        let (kind, rest) = frame.split_once(' ').unwrap_or((frame, ""));
        match kind {
            "a" => drop(self.absent.insert(rest.to_owned())),
            "u" => drop(self.unreadable.insert(rest.to_owned())),
            "t" => self.file(rest).cut = true,
            "f" => {
                self.file(rest).content.clear(); // a file that two patterns name comes twice
                *open = Open::Content(rest.to_owned());
            }
            _ => return Err(bad()),
        }
        Ok(())
    }

    fn line(&mut self, line: &str, open: &Open) -> Result<(), BadLine> {
        match open {
            Open::Content(path) => self.file(path).content.push_str(line),
            Open::Nothing => {}
        }
        Ok(())
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
    // The script names a file with two slashes, to know it from what it meets on its walk.
    Some((
        words.next()?.strip_prefix('/')?,
        Meta { mode: format!("{mode:0>4}"), owner: owner.into(), group: group.into(), size },
    ))
}

/// The lines that say something: trimmed, without empty ones and `#` comments.
pub(super) fn telling_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
