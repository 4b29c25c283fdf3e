//! A file while remedies are worked into it: its lines as they are and as they shall be.

use super::edit::{Edit, Hand};
use crate::RuleId;
use sha2::{Digest as _, Sha256};

/// A file and its changes so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    lines: Vec<Line>,
    /// What the host itself has to fill in and to confirm.
    pub asks: Vec<Ask>,
    /// Other names of modules, each with the module that it has to be.
    pub modules: Vec<(String, String)>,
}

/// A file system whose UUID the host tells, if it is mounted there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ask {
    pub device: String,
    /// `swap` for a swap area.
    pub point: String,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    was: String,
    above: Vec<String>,
    /// As it shall be.
    pub text: String,
}

impl Draft {
    pub fn of(content: &str) -> Self {
        let line = |text: &str| Line { was: text.to_owned(), above: Vec::new(), text: text.to_owned() };
        Self { lines: content.lines_kept().map(line).collect(), asks: Vec::new(), modules: Vec::new() }
    }

    /// The line of that number, counted from 1.
    pub fn line(&mut self, no: usize) -> Result<&mut Line, Hand> {
        no.checked_sub(1).and_then(|at| self.lines.get_mut(at)).ok_or(Hand::OtherForm)
    }

    /// The line whose number a finding has as `line`.
    pub fn line_of(&mut self, finding: &crate::Message) -> Result<&mut Line, Hand> {
        self.line(finding.arg("line").and_then(|no| no.parse().ok()).ok_or(Hand::OtherForm)?)
    }

    /// Lines that say something, in order.
    pub fn telling(&mut self) -> impl Iterator<Item = &mut Line> {
        self.lines.iter_mut().filter(|line| !line.text.trim().is_empty() && !line.text.trim_start().starts_with('#'))
    }

    /// The lines that are otherwise than they were.
    pub fn edits(&self) -> Vec<Edit> {
        let number = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
        let changed = self.lines.iter().enumerate().filter(|(_, line)| line.is_changed());
        changed.map(|(at, line)| Edit { line: number(at), was: line.was.clone(), now: line.now() }).collect()
    }

    /// The whole file as it shall be; every line ends.
    pub fn text(&self) -> String {
        self.lines.iter().flat_map(Line::now).map(|line| line + "\n").collect()
    }
}

impl Line {
    /// Its words.
    pub fn words(&self) -> Vec<&str> {
        self.text.split_whitespace().collect()
    }

    /// Makes a comment of it, with a mark that says for which rule.
    pub fn retire(&mut self, rule: &RuleId) {
        self.text = format!("# rockhop {rule}: {}", self.text.trim());
    }

    /// Puts a line above it.
    pub fn put_above(&mut self, text: String) {
        self.above.push(text);
    }

    /// Puts another word in the place of one, and leaves everything around it as it is.
    pub fn replace_word(&mut self, at: usize, word: &str) -> Result<(), Hand> {
        let mut rest = 0;
        for (n, found) in self.text.split_whitespace().enumerate() {
            let start = rest + self.text[rest..].find(found).ok_or(Hand::OtherForm)?;
            let end = start + found.len();
            if n == at {
                self.text.replace_range(start..end, word);
                return Ok(());
            }
            rest = end;
        }
        Err(Hand::OtherForm)
    }

    fn is_changed(&self) -> bool {
        self.text != self.was || !self.above.is_empty()
    }

    fn now(&self) -> Vec<String> {
        self.above.iter().cloned().chain([self.text.clone()]).collect()
    }
}

/// Lines without their ends; a carriage return stays, for it is the file's.
trait LinesKept {
    fn lines_kept(&self) -> impl Iterator<Item = &str>;
}

impl LinesKept for str {
    fn lines_kept(&self) -> impl Iterator<Item = &str> {
        self.split_inclusive('\n').map(|line| line.strip_suffix('\n').unwrap_or(line))
    }
}

/// SHA-256 as `sha256sum` prints it.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_that_nobody_touched_is_the_file() {
        for text in ["", "a\n", "a\r\n\n b \n"] {
            assert_eq!((Draft::of(text).text(), Draft::of(text).edits()), (text.to_owned(), vec![]), "{text:?}");
        }
        assert_eq!(Draft::of("a\nb").text(), "a\nb\n", "the last line ends");
    }

    #[test]
    fn a_word_is_replaced_where_it_stands() {
        let mut draft = Draft::of("sda  sda1\tsda \n");
        let line = draft.line(1).expect("a line");
        line.replace_word(2, "x").expect("a third word");
        assert_eq!(line.text, "sda  sda1\tx ");
        assert_eq!(line.replace_word(3, "y"), Err(Hand::OtherForm));
    }
}
