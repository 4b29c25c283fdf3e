//! The scripts of a step: what is to be changed stands in quoted variables, the bodies are always the same.
//!
//! The copy of the file stands in a folder that is named by the change itself, so a second plan with the same change
//! finds it, and another change of the same file has another.

use super::{
    Edit,
    draft::{Ask, sha256},
    kind::Desk,
};
use crate::{plan::Scripts, replace::sh};

/// Below it each change has its folder.
const KEPT: &str = "/var/lib/rockhop/remedies";

const COMMON: &str = include_str!("sh/common.sh");
const CHECK: &str = include_str!("sh/check.sh");
const APPLY: &str = include_str!("sh/apply.sh");
const VERIFY: &str = include_str!("sh/verify.sh");
const UNDO: &str = include_str!("sh/undo.sh");
const STILL_FSTAB: &str = include_str!("sh/still-fstab.sh");
const STILL_MODULES: &str = include_str!("sh/still-modules.sh");
const STILL: &str = include_str!("sh/still.sh");
const SOUND: &str = include_str!("sh/sound.sh");
const SOUND_FSTAB: &str = include_str!("sh/sound-fstab.sh");
const SOUND_SSHD: &str = include_str!("sh/sound-sshd.sh");

/// One file's change.
pub(super) struct Job<'a> {
    pub file: &'a str,
    pub before: &'a str,
    pub after: Option<&'a str>,
    pub edits: &'a [Edit],
    pub asks: &'a [Ask],
    pub modules: &'a [(String, String)],
    pub desk: Desk,
}

impl Job<'_> {
    /// The step's scripts, and what takes it back.
    pub fn scripts(&self) -> (Scripts, String) {
        let (edits, asks, modules) = (self.edits(), self.asks(), self.modules());
        let id = sha256(format!("{}\n{}\n{edits}", self.file, self.before).as_bytes());
        let kept = format!("{KEPT}/{}", id.get(..16).unwrap_or(&id));
        let vars = [
            ("FILE", self.file),
            ("KEPT", &kept),
            ("BEFORE", self.before),
            ("AFTER", self.after.unwrap_or_default()),
            ("EDITS", &edits),
            ("ASKS", &asks),
            ("MODULES", &modules),
        ];
        let still = match self.desk {
            Desk::Fstab => STILL_FSTAB,
            Desk::Modules => STILL_MODULES,
            Desk::Sysctl | Desk::Sshd => STILL,
        };
        let sound = match self.desk {
            Desk::Fstab => SOUND_FSTAB,
            Desk::Sshd => SOUND_SSHD,
            Desk::Sysctl | Desk::Modules => SOUND,
        };
        let with = |bodies: &[&str]| sh::single(&vars, bodies);
        let scripts = Scripts {
            check: Some(with(&[COMMON, still, CHECK])),
            apply: with(&[COMMON, still, sound, APPLY]),
            verify: with(&[COMMON, VERIFY]),
        };
        (scripts, with(&[COMMON, UNDO]))
    }

    /// For each changed line its number and of how many lines its successor is, then those lines.
    fn edits(&self) -> String {
        let one = |edit: &Edit| {
            let now: String = edit.now.iter().map(|line| format!("{line}\n")).collect();
            format!("{} {}\n{now}", edit.line, edit.now.len())
        };
        self.edits.iter().map(one).collect()
    }

    fn asks(&self) -> String {
        self.asks.iter().map(|ask| format!("{} {}\n", ask.device, ask.point)).collect()
    }

    fn modules(&self) -> String {
        self.modules.iter().map(|(old, new)| format!("{old} {new}\n")).collect()
    }
}
