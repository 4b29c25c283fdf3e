//! The spool as the archiver sees it: entries in tree order, each file opened as a part of one file.

use crate::spool::{Part, Spool};
use rustic_core::repofile::Node;
use rustic_core::{ReadSource, ReadSourceEntry, RusticResult};
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::sync::{Arc, Mutex, PoisonError};

/// What reading the spool ran into. The archiver passes over a file that it cannot read, with a
/// line in a log; we do not.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trouble(Arc<Mutex<Option<String>>>);

impl Trouble {
    pub fn found(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, why: &io::Error) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| why.to_string());
    }
}

/// A spool to be archived.
pub(crate) struct SpoolSource {
    pub spool: Arc<Spool>,
    pub trouble: Trouble,
}

impl ReadSource for SpoolSource {
    type Open = PartReader;
    type Iter = std::vec::IntoIter<RusticResult<ReadSourceEntry<PartReader>>>;

    fn size(&self) -> RusticResult<Option<u64>> {
        Ok(None)
    }

    fn entries(&self) -> Self::Iter {
        let all = self.spool.entries.iter().map(|(path, entry)| {
            let name = path.file_name().unwrap_or_default();
            let node = Node::new_node(name, entry.node_type.clone(), entry.meta.clone());
            Ok(ReadSourceEntry { path: path.clone(), node, open: entry.content.map(|part| self.open(part)) })
        });
        all.collect::<Vec<_>>().into_iter()
    }
}

impl SpoolSource {
    fn open(&self, part: Part) -> PartReader {
        let (at, end) = (part.from, part.from + part.length);
        PartReader { content: Arc::clone(&self.spool.content), at, end, trouble: self.trouble.clone() }
    }
}

/// One file's part of the spool.
pub(crate) struct PartReader {
    content: Arc<File>,
    at: u64,
    end: u64,
    trouble: Trouble,
}

impl Read for PartReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.end - self.at).unwrap_or(usize::MAX).min(buffer.len());
        if room == 0 {
            return Ok(0);
        }
        let read = match self.content.read_at(&mut buffer[..room], self.at) {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            other => other,
        };
        let n = read.inspect_err(|why| self.trouble.note(why))?;
        self.at += n as u64;
        Ok(n)
    }
}
