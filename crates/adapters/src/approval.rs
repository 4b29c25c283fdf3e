//! Approvals: a named person signs the digest of a plan, with the SSH key that they already have.
//!
//! An approval is a short text and its SSHSIG signature in one file; `approvers.allowed` holds the
//! keys, in the format of `ssh-keygen`'s allowed signers, so that an auditor needs no Rockhop to
//! check one. This module never decides how many approvals are enough, and never keeps a key.

use crate::ledger::signed::SignedText;
use jiff::Timestamp;
use rockhop_domain::{Digest, Message, plan::Environment};
use russh::keys::agent::client::AgentClient;
use russh::keys::ssh_key::{self, Algorithm, HashAlg, PrivateKey, PublicKey, SshSig};
use std::fs;
use std::path::{Path, PathBuf};

/// The SSHSIG namespace of approvals: a signature made for something else is not one of these.
pub const APPROVAL_NAMESPACE: &str = "rockhop-approval";

const FIRST_LINE: &str = "rockhop approval 1";

/// What a person signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The plan, by its digest.
    pub plan: Digest,
    /// Where it may run.
    pub environment: Environment,
    /// Who approves it.
    pub approver: String,
    /// When they signed.
    pub at: Timestamp,
}

/// An approval that a known approver signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedApproval {
    /// What was signed.
    pub approval: Approval,
    /// The key's fingerprint, `SHA256:...`, for the ledger.
    pub key: String,
}

/// What an approval is held against.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The plan that is to run.
    pub plan: &'a Digest,
    /// Where it is to run.
    pub environment: Environment,
    /// Who asked for it: not somebody who may approve it.
    pub requester: Option<&'a str>,
}

/// Why something is not an approval.
#[derive(Debug, thiserror::Error)]
pub enum ApprovalError {
    /// Nobody by that name, or not with that key.
    #[error("{approver} with key {key} is not among the approvers")]
    UnknownApprover {
        /// The name in the approval.
        approver: String,
        /// The key that signed it.
        key: String,
    },
    /// The signature does not fit the text.
    #[error("the signature of {approver} does not fit the approval")]
    BadSignature {
        /// The name in the approval.
        approver: String,
    },
    /// Another plan was approved.
    #[error("plan {approved} was approved, not plan {actual}")]
    PlanChanged {
        /// What was signed.
        approved: Digest,
        /// What is to run.
        actual: Digest,
    },
    /// It was approved for another fleet.
    #[error("the plan was approved for {approved}, not for {actual}")]
    OtherEnvironment {
        /// What was signed.
        approved: &'static str,
        /// Where it is to run.
        actual: &'static str,
    },
    /// Nobody approves what they asked for.
    #[error("{name} asked for the plan and cannot approve it")]
    RequesterIsApprover {
        /// Who.
        name: String,
    },
    /// The file is not an approval.
    #[error("this is not an approval: {why}")]
    Unreadable {
        /// In which way.
        why: &'static str,
    },
    /// The name cannot stand in an approval.
    #[error("{name:?} cannot be an approver's name: one word or address, without spaces")]
    BadName {
        /// The name.
        name: String,
    },
    /// The key is locked with a passphrase.
    #[error("the key {} is locked with a passphrase", path.display())]
    KeyLocked {
        /// The key file.
        path: PathBuf,
    },
    /// The key cannot be used.
    #[error("the key {} cannot be used: {why}", path.display())]
    Key {
        /// The key file.
        path: PathBuf,
        /// In which way.
        why: String,
    },
    /// The agent did not sign.
    #[error("the SSH agent did not sign: {why}")]
    Agent {
        /// What it said.
        why: String,
    },
    /// A line of the approvers file cannot be read. No line is passed over: one that is might be the one that counts.
    #[error("line {line} of {}: {why}", path.display())]
    Approvers {
        /// The file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// In which way.
        why: String,
    },
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl ApprovalError {
    /// The sentence for people, with what to do next.
    pub fn message(&self) -> Message {
        let said = |key: &str| Message::new(key);
        match self {
            Self::UnknownApprover { approver, key } => {
                said("approval-unknown-approver").with("approver", approver).with("key", key)
            }
            Self::BadSignature { approver } => said("approval-bad-signature").with("approver", approver),
            Self::PlanChanged { approved, actual } => {
                said("approval-plan-changed").with("approved", approved.short()).with("actual", actual.short())
            }
            Self::OtherEnvironment { approved, actual } => {
                said("approval-other-environment").with("approved", approved).with("actual", actual)
            }
            Self::RequesterIsApprover { name } => said("approval-requester").with("name", name),
            Self::Unreadable { why } => said("approval-unreadable").with("why", why),
            Self::BadName { name } => said("approval-bad-name").with("name", name),
            Self::KeyLocked { path } => said("approval-key-locked").with("path", path.display()),
            Self::Key { path, why } => said("approval-key").with("path", path.display()).with("why", why),
            Self::Agent { why } => said("approval-agent").with("why", why),
            Self::Approvers { path, line, why } => {
                said("approval-approvers").with("path", path.display()).with("line", line).with("why", why)
            }
            Self::Io { path, source } => said("approval-io").with("path", path.display()).with("why", source),
        }
    }
}

/// Signs with a key file; answers the approval file's content. No passphrase is ever asked for or
/// kept: a locked key signs through the agent.
pub fn sign_approval(approval: &Approval, key_file: &Path) -> Result<String, ApprovalError> {
    let text = approval.to_text()?;
    let bad = |e: ssh_key::Error| ApprovalError::Key { path: key_file.to_owned(), why: e.to_string() };
    let pem = fs::read(key_file).map_err(|source| ApprovalError::Io { path: key_file.to_owned(), source })?;
    let key = PrivateKey::from_openssh(&pem).map_err(bad)?;
    if key.is_encrypted() {
        return Err(ApprovalError::KeyLocked { path: key_file.to_owned() });
    }
    Ok(SignedText::sign(text, APPROVAL_NAMESPACE, &key).map_err(bad)?.to_file())
}

/// Signs through the SSH agent at a socket (`$SSH_AUTH_SOCK`), with the key whose public half is given.
pub async fn sign_approval_with_agent(
    approval: &Approval,
    key: &PublicKey,
    socket: &Path,
) -> Result<String, ApprovalError> {
    let text = approval.to_text()?;
    let blob = SshSig::signed_data(APPROVAL_NAMESPACE, HashAlg::Sha512, text.as_bytes()).map_err(agent)?;
    let mut client = AgentClient::connect_uds(socket).await.map_err(agent)?;
    let hash = matches!(key.algorithm(), Algorithm::Rsa { .. }).then_some(HashAlg::Sha512);
    let signature = client.sign_request_signature(key, hash, &blob).await.map_err(agent)?;
    let signature =
        SshSig::new(key.key_data().clone(), APPROVAL_NAMESPACE, HashAlg::Sha512, signature).map_err(agent)?;
    let signed = SignedText::with_signature(text, signature).map_err(agent)?;
    // An agent that signed something else is found here, not when the plan is to run.
    if signed.verifies(APPROVAL_NAMESPACE, key) {
        Ok(signed.to_file())
    } else {
        Err(ApprovalError::Agent { why: "its signature does not fit".to_owned() })
    }
}

/// Checks an approval file against the approvers and against the plan that is to run.
pub fn verify_approval(
    file: &[u8],
    approvers: &Approvers,
    wanted: Wanted<'_>,
) -> Result<VerifiedApproval, ApprovalError> {
    let signed = SignedText::parse(file).map_err(|why| ApprovalError::Unreadable { why })?;
    let approval = Approval::from_text(signed.text())
        .ok_or(ApprovalError::Unreadable { why: "its lines are not those of an approval" })?;
    let (approver, key) = (approval.approver.clone(), signed.fingerprint());
    let Some(known) = approvers.keys_of(&approver).find(|known| signed.is_by(known)) else {
        return Err(ApprovalError::UnknownApprover { approver, key });
    };
    if !signed.verifies(APPROVAL_NAMESPACE, known) {
        return Err(ApprovalError::BadSignature { approver });
    }
    if approval.plan != *wanted.plan {
        return Err(ApprovalError::PlanChanged { approved: approval.plan, actual: wanted.plan.clone() });
    }
    if approval.environment != wanted.environment {
        let (approved, actual) = (name(approval.environment), name(wanted.environment));
        return Err(ApprovalError::OtherEnvironment { approved, actual });
    }
    if wanted.requester.is_some_and(|requester| approvers.same_person(requester, &approver)) {
        return Err(ApprovalError::RequesterIsApprover { name: approver });
    }
    Ok(VerifiedApproval { approval, key })
}

/// The people whose signatures count, and their keys.
#[derive(Debug, Clone, Default)]
pub struct Approvers {
    keys: Vec<(String, PublicKey)>,
}

impl Approvers {
    /// Reads a file in allowed signers format.
    pub fn read(path: &Path) -> Result<Self, ApprovalError> {
        let text = fs::read_to_string(path).map_err(|source| ApprovalError::Io { path: path.to_owned(), source })?;
        Self::parse(&text).map_err(|(line, why)| ApprovalError::Approvers { path: path.to_owned(), line, why })
    }

    /// Reads `names [namespaces="rockhop-approval"] type base64 [comment]`, one a line; names are
    /// separated by commas and taken as they are, without wildcards. Wrong lines by their number.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        let mut keys = Vec::new();
        for (no, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (names, key) = approver_line(line).map_err(|why| (no + 1, why))?;
            keys.extend(names.split(',').map(|name| (name.to_owned(), key.clone())));
        }
        Ok(Self { keys })
    }

    /// Everybody by name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|(name, _)| name.as_str())
    }

    fn keys_of(&self, name: &str) -> impl Iterator<Item = &PublicKey> {
        self.keys.iter().filter(move |(known, _)| known == name).map(|(_, key)| key)
    }

    /// The same name, or two names of the same key.
    fn same_person(&self, one: &str, other: &str) -> bool {
        one.eq_ignore_ascii_case(other)
            || self.keys_of(one).any(|a| self.keys_of(other).any(|b| a.key_data() == b.key_data()))
    }
}

/// The names and the key of a line.
fn approver_line(line: &str) -> Result<(&str, PublicKey), String> {
    let (names, rest) = line.split_once(char::is_whitespace).ok_or("a name and a key are expected")?;
    if names.contains(['*', '?', '!', '"']) {
        return Err("a name is expected, not a pattern".to_owned());
    }
    let mut rest = rest.trim_start();
    if let Some(option) = rest.strip_prefix("namespaces=\"") {
        let (namespaces, key) = option.split_once('"').ok_or("a quotation mark is missing")?;
        if !namespaces.split(',').any(|namespace| namespace == APPROVAL_NAMESPACE) {
            return Err(format!("the key is not for {APPROVAL_NAMESPACE}"));
        }
        rest = key.trim_start();
    }
    // Other options narrow what a key is good for; one that is not understood cannot be kept to.
    PublicKey::from_openssh(rest).map(|key| (names, key)).map_err(|e| format!("the key cannot be read: {e}"))
}

impl Approval {
    fn to_text(&self) -> Result<String, ApprovalError> {
        let Self { plan, environment, approver, at } = self;
        if approver.is_empty() || approver.contains(|c: char| c.is_whitespace() || c.is_control() || c == ',') {
            return Err(ApprovalError::BadName { name: approver.clone() });
        }
        Ok(format!("{FIRST_LINE}\nplan {plan}\nenvironment {}\napprover {approver}\nat {at}\n", name(*environment)))
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        (lines.next()? == FIRST_LINE).then_some(())?;
        let mut field = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let approval = Self {
            plan: Digest::parse(field("plan")?).ok()?,
            environment: environment(field("environment")?)?,
            approver: field("approver")?.to_owned(),
            at: field("at")?.parse().ok()?,
        };
        approval.to_text().is_ok_and(|again| again == text).then_some(approval)
    }
}

fn name(environment: Environment) -> &'static str {
    match environment {
        Environment::Production => "production",
        Environment::Preproduction => "preproduction",
    }
}

fn environment(text: &str) -> Option<Environment> {
    [Environment::Production, Environment::Preproduction].into_iter().find(|e| name(*e) == text)
}

fn agent(error: impl std::fmt::Display) -> ApprovalError {
    ApprovalError::Agent { why: error.to_string() }
}

#[cfg(test)]
#[path = "approval_tests.rs"]
mod tests;
