//! The error at the edge: what happened, to which object, what to do next, and how the command ends.
//!
//! Errors of the parts below become one of these here and nowhere else; none is printed twice.

use crate::exit::Exit;
use rockhop_domain::Message;
use std::path::Path;

/// Why a command did not do what it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// How the command ends; never [`Exit::Well`].
    pub exit: Exit,
    /// What happened, to which object.
    pub what: Message,
    /// The single things behind it, one line each.
    pub details: Vec<Message>,
    /// What the reader does next.
    pub next: Option<Box<Message>>,
}

impl Failure {
    /// A failure whose advice is the sentence `<key>-next` of the catalogue, if there is one.
    pub fn new(exit: Exit, what: Message) -> Self {
        Self { exit, what, details: Vec::new(), next: None }
    }

    /// The same failure with its advice.
    #[must_use]
    pub fn next(mut self, next: Message) -> Self {
        self.next = Some(Box::new(next));
        self
    }

    /// The same failure with the things behind it.
    #[must_use]
    pub fn because(mut self, details: impl IntoIterator<Item = Message>) -> Self {
        self.details.extend(details);
        self
    }

    /// A file or folder that the system would not give or take.
    pub fn io(key: &str, path: &Path, why: &std::io::Error) -> Self {
        Self::new(Exit::Failed, Message::new(key).with("path", path.display()).with("why", why))
    }

    /// A defect of ours or of the machine that has no better name.
    pub fn internal(what: &str, why: impl std::fmt::Display) -> Self {
        Self::new(Exit::Failed, Message::new("error-internal").with("what", what).with("why", why))
    }
}
