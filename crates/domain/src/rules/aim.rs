//! What people decided about the move of a host, for the rules that have to know it: how it moves, where its packages
//! come from and what becomes of them. Facts say what a host is; an aim says what its successor is to be.

use super::Strategy;
use crate::facts::{Facts, Why};
use crate::packages::{self, Account, Decision, Given, TargetRepository};
use std::cell::OnceCell;
use std::sync::Arc;

/// What people decided about the move of one host.
#[derive(Debug, Clone, Default)]
pub struct Aim {
    /// How it moves.
    pub strategy: Strategy,
    /// What is known of packages beside the built-in tables.
    pub given: Arc<Given>,
    /// What becomes of single packages, the last word first.
    pub decisions: Vec<Decision>,
    /// What the new machine installs from; none when nobody says it, and its maker decides.
    pub repositories: Option<Vec<TargetRepository>>,
}

/// A host with its aim.
#[derive(Debug)]
pub struct Move<'a> {
    pub facts: &'a Facts,
    pub aim: &'a Aim,
    account: OnceCell<Result<Account<'a>, Why>>,
}

impl Aim {
    /// Declared repositories that are on; none when nobody declared any.
    pub fn sources(&self) -> Option<Vec<&TargetRepository>> {
        let rows = self.repositories.as_ref()?;
        Some(rows.iter().filter(|repository| repository.on).collect())
    }

    /// Whether one of the declared repositories that are on is or holds what is called so.
    pub fn has(&self, name: &str) -> bool {
        self.sources().is_some_and(|sources| sources.iter().any(|repository| repository.has(name)))
    }
}

impl<'a> Move<'a> {
    /// The move of the host with these facts.
    pub fn new(facts: &'a Facts, aim: &'a Aim) -> Self {
        Self { facts, aim, account: OnceCell::new() }
    }

    /// What becomes of its packages; worked out once for all rules that ask.
    pub fn account(&self) -> Result<&Account<'a>, Why> {
        let work = || {
            let decisions: Vec<&Decision> = self.aim.decisions.iter().collect();
            packages::account(self.facts, &self.aim.given, &decisions).map_err(packages::NoAccount::why)
        };
        self.account.get_or_init(work).as_ref().map_err(Why::clone)
    }
}
