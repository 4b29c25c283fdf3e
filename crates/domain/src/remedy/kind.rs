//! The kinds of change that a rule's row can name: a closed set, each with what it means for the host as it runs now.
//!
//! A kind belongs here only if a person who did it a hundred times would not look at the outcome any more. It makes
//! the change in a draft or says why it is a person's; it never sees the host.

use super::{draft::Draft, edit::Hand, kinds};
use crate::{Message, facts::Facts};
use serde::{Deserialize, Serialize};

/// How a finding is remedied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mechanical {
    /// `/dev/sdb1` in /etc/fstab becomes the UUID of the file system that is mounted there.
    FstabUuid,
    /// A comment behind the fields of /etc/fstab goes to a line of its own.
    FstabComment,
    /// Options that newer kernels refuse leave /etc/fstab.
    XfsOptions,
    /// The second of two rows of /etc/fstab that are the same becomes a comment.
    FstabTwice,
    /// A setting that newer kernels do not have becomes a comment.
    SysctlGone,
    /// Algorithms that stop a newer sshd leave their list.
    SshAlgorithms,
    /// Options that stop a newer sshd become comments, or get their new name.
    SshRemovedOption,
    /// Options that mean nothing to this sshd either become comments.
    SshObsoleteOption,
    /// The old name of a kernel module becomes the name of the same module.
    ModuleName,
}

/// When the change is felt on the host as it is, if it is; in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// It means the same as before.
    Never,
    /// Nothing changes now; at the next boot or mount the setting is as on EL 9.
    AtBoot,
    /// Nothing changes now; when the service starts anew the setting is as on EL 9.
    AtRestart,
}

impl Effect {
    /// Every effect.
    pub const ALL: [Self; 3] = [Self::Never, Self::AtBoot, Self::AtRestart];

    /// The word that machines use, and the end of its key in the catalogue, `remedy-effect-...`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::AtBoot => "at-boot",
            Self::AtRestart => "at-restart",
        }
    }
}

impl Mechanical {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::FstabUuid,
        Self::FstabComment,
        Self::XfsOptions,
        Self::FstabTwice,
        Self::SysctlGone,
        Self::SshAlgorithms,
        Self::SshRemovedOption,
        Self::SshObsoleteOption,
        Self::ModuleName,
    ];

    /// The word that machines use, and the end of its key in the catalogue, `remedy-kind-...`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FstabUuid => "fstab-uuid",
            Self::FstabComment => "fstab-comment",
            Self::XfsOptions => "xfs-options",
            Self::FstabTwice => "fstab-twice",
            Self::SysctlGone => "sysctl-gone",
            Self::SshAlgorithms => "ssh-algorithms",
            Self::SshRemovedOption => "ssh-removed-option",
            Self::SshObsoleteOption => "ssh-obsolete-option",
            Self::ModuleName => "module-name",
        }
    }

    /// When it is felt.
    pub const fn effect(self) -> Effect {
        match self {
            Self::FstabUuid | Self::FstabComment | Self::FstabTwice => Effect::Never,
            Self::SshObsoleteOption | Self::ModuleName => Effect::Never,
            Self::XfsOptions | Self::SysctlGone => Effect::AtBoot,
            Self::SshAlgorithms | Self::SshRemovedOption => Effect::AtRestart,
        }
    }

    /// Whose file it changes: the end of the step's id, and which probe its script has.
    pub(super) const fn desk(self) -> Desk {
        match self {
            Self::FstabUuid | Self::FstabComment | Self::XfsOptions | Self::FstabTwice => Desk::Fstab,
            Self::SysctlGone => Desk::Sysctl,
            Self::SshAlgorithms | Self::SshRemovedOption | Self::SshObsoleteOption => Desk::Sshd,
            Self::ModuleName => Desk::Modules,
        }
    }

    /// The file that a finding is about.
    pub(super) fn file(self, finding: &Message) -> Option<String> {
        match self.desk() {
            Desk::Fstab => Some("/etc/fstab".into()),
            Desk::Sshd => Some("/etc/ssh/sshd_config".into()),
            Desk::Sysctl => finding.arg("file").map(kinds::sysctl::real_file),
            Desk::Modules => finding.arg("file").map(str::to_owned),
        }
    }

    /// Makes the change in the draft of the finding's file, whole or not at all.
    pub(super) fn amend(self, facts: &Facts, finding: &Message, draft: &mut Draft) -> Result<(), Hand> {
        match self {
            Self::FstabUuid => kinds::fstab::by_uuid(facts, finding, draft),
            Self::FstabComment => kinds::fstab::own_line_comment(finding, draft),
            Self::XfsOptions => kinds::fstab::without_options(finding, draft),
            Self::FstabTwice => kinds::fstab::once(finding, draft),
            Self::SysctlGone => kinds::sysctl::retire(finding, draft),
            Self::SshAlgorithms => kinds::sshd::without_algorithms(finding, draft),
            Self::SshRemovedOption => kinds::sshd::without_removed(finding, draft),
            Self::SshObsoleteOption => kinds::sshd::without_obsolete(facts, finding, draft),
            Self::ModuleName => kinds::modules::by_present_name(facts, finding, draft),
        }
    }
}

/// Whose file a step changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Desk {
    Fstab,
    Sysctl,
    Sshd,
    Modules,
}

impl Desk {
    /// The ids of all steps.
    pub const STEPS: [&str; 4] = [Self::Fstab.step(), Self::Sysctl.step(), Self::Sshd.step(), Self::Modules.step()];

    /// The id of its steps.
    pub const fn step(self) -> &'static str {
        match self {
            Self::Fstab => "remedy.fstab",
            Self::Sysctl => "remedy.sysctl",
            Self::Sshd => "remedy.sshd",
            Self::Modules => "remedy.modules",
        }
    }
}
