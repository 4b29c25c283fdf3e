//! How `rockhop` ends: one number for each thing that a script would do something else about.
//!
//! The numbers are for ever: none is reused, none changes its meaning. `docs/exit-codes.md` is this
//! table; a test holds the two together.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Exit {
    /// What was asked for is so.
    Well = 0,
    /// The tool or its machine could not do it: a full disk, a file without permission, a defect.
    Failed = 1,
    /// Findings block the migration.
    Blocked = 2,
    /// The plan is not approved, or it is not the plan that was approved.
    NotApproved = 3,
    /// Facts are missing, older than the policy allows, or no longer those of the plan.
    StaleFacts = 4,
    /// At least one host was rolled back or waits for a person.
    HostsFailed = 5,
    /// A stop rule ended the campaign before its end.
    Stopped = 6,
    /// The ledger, a piece of evidence or a backup does not verify.
    Evidence = 7,
    /// A host shows another key than the one on record, or refused the login.
    Untrusted = 8,
    /// Another controller is at work on this project.
    Busy = 9,
    /// Some hosts could not be reached or read; what could be done was done.
    Incomplete = 10,
    /// Nothing failed, and something is left: a paused run, a closed window, records not signed yet.
    Unfinished = 11,
    /// The command line was not understood.
    Usage = 64,
    /// The lab cannot stand on this machine: no root, no namespaces, no containers.
    NoLab = 69,
    /// `rockhop.toml`, the inventory or another file of the project is not as it should be.
    Config = 78,
    /// Stopped by Ctrl-C.
    Interrupted = 130,
}

impl Exit {
    /// Every way to end, in the order of the numbers.
    pub const ALL: [Self; 16] = [
        Self::Well,
        Self::Failed,
        Self::Blocked,
        Self::NotApproved,
        Self::StaleFacts,
        Self::HostsFailed,
        Self::Stopped,
        Self::Evidence,
        Self::Untrusted,
        Self::Busy,
        Self::Incomplete,
        Self::Unfinished,
        Self::Usage,
        Self::NoLab,
        Self::Config,
        Self::Interrupted,
    ];

    /// The number that the shell sees.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// A stable key for machines; its sentence in the catalogue is `exit-<key>`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::Failed => "failed",
            Self::Blocked => "blocked",
            Self::NotApproved => "not-approved",
            Self::StaleFacts => "stale-facts",
            Self::HostsFailed => "hosts-failed",
            Self::Stopped => "stopped",
            Self::Evidence => "evidence",
            Self::Untrusted => "untrusted",
            Self::Busy => "busy",
            Self::Incomplete => "incomplete",
            Self::Unfinished => "unfinished",
            Self::Usage => "usage",
            Self::NoLab => "no-lab",
            Self::Config => "config",
            Self::Interrupted => "interrupted",
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rockhop_i18n::{Catalogue, Lang};

    #[test]
    fn numbers_and_keys_stand_once_and_in_order() {
        assert!(Exit::ALL.windows(2).all(|pair| pair[0].code() < pair[1].code()));
        let keys: std::collections::BTreeSet<&str> = Exit::ALL.iter().map(|e| e.key()).collect();
        assert_eq!(keys.len(), Exit::ALL.len());
    }

    #[test]
    fn every_end_has_its_sentence() {
        for lang in Lang::ALL {
            let catalogue = Catalogue::new(lang);
            for exit in Exit::ALL {
                assert!(catalogue.has(&format!("exit-{}", exit.key())), "{lang}: exit-{}", exit.key());
            }
        }
    }

    #[test]
    fn the_document_is_this_table() {
        let document = include_str!("../../../docs/exit-codes.md");
        let catalogue = Catalogue::new(Lang::En);
        for exit in Exit::ALL {
            let row = format!(
                "| {} | `{}` | {} |",
                exit.code(),
                exit.key(),
                catalogue.say_key(&format!("exit-{}", exit.key()), &[])
            );
            assert!(document.contains(&row), "docs/exit-codes.md lacks: {row}");
        }
        assert_eq!(document.lines().filter(|l| l.starts_with("| ") && l.contains("` |")).count(), Exit::ALL.len());
    }
}
