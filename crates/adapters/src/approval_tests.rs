//! Who may approve what, and every way in which somebody may not.

use super::*;
use crate::ledger::tests::ssh_keygen_verifies;
use crate::ledger::{LEDGER_NAMESPACE, public_key_line};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

struct Desk {
    folder: tempfile::TempDir,
    approvers: Approvers,
    plan: Digest,
}

impl Desk {
    /// Two approvers with Ed25519 keys, `ann` and `bo`.
    fn new() -> Self {
        let key = || PrivateKey::random(&mut russh::keys::key::safe_rng(), Algorithm::Ed25519).expect("a key");
        Self::with([("ann", key()), ("bo", key())])
    }

    /// One approver with an RSA key, `ann`.
    fn with_rsa() -> Self {
        let key = ssh_key::private::RsaKeypair::random(&mut russh::keys::key::safe_rng(), 2048).expect("a key");
        Self::with([("ann", PrivateKey::new(key.into(), "").expect("a key"))])
    }

    fn with<const N: usize>(people: [(&str, PrivateKey); N]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut lines = "# who may approve\n\n".to_owned();
        for (name, key) in people {
            key.write_openssh_file(folder.path().join(name), ssh_key::LineEnding::LF).expect("written");
            lines.push_str(&format!("{name} {}\n", public_key_line(key.public_key()).expect("a line")));
        }
        let approvers = Approvers::parse(&lines).expect("approvers");
        Self { folder, approvers, plan: Digest::of(b"plan") }
    }

    fn key(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn approval(&self, name: &str) -> Approval {
        let at = Timestamp::from_second(1_700_000_000).expect("a time");
        Approval { plan: self.plan.clone(), environment: Environment::Production, approver: name.into(), at }
    }

    fn signed(&self, name: &str) -> String {
        sign_approval(&self.approval(name), &self.key(name)).expect("signed")
    }

    fn verify(&self, file: &str) -> Result<VerifiedApproval, ApprovalError> {
        self.verify_wanting(file, &self.plan, Environment::Production, None)
    }

    fn verify_wanting(
        &self,
        file: &str,
        plan: &Digest,
        environment: Environment,
        requester: Option<&str>,
    ) -> Result<VerifiedApproval, ApprovalError> {
        verify_approval(file.as_bytes(), &self.approvers, Wanted { plan, environment, requester })
    }
}

#[test]
fn an_approver_signs_and_it_holds() {
    for desk in [Desk::new(), Desk::with_rsa()] {
        let verified = desk.verify(&desk.signed("ann")).expect("approved");
        assert_eq!(verified.approval, desk.approval("ann"));
        assert!(verified.key.starts_with("SHA256:"));
    }
}

#[test]
fn every_way_in_which_it_does_not_hold_has_its_name() {
    let desk = Desk::new();
    let file = desk.signed("ann");
    let other = Digest::of(b"other");
    let production = Environment::Production;
    let result = desk.verify_wanting(&file, &other, production, None);
    assert!(
        matches!(result, Err(ApprovalError::PlanChanged { approved, actual }) if approved == desk.plan && actual == other)
    );
    let result = desk.verify_wanting(&file, &desk.plan, Environment::Preproduction, None);
    assert!(matches!(result, Err(ApprovalError::OtherEnvironment { .. })));
    for requester in ["ann", "Ann"] {
        let result = desk.verify_wanting(&file, &desk.plan, production, Some(requester));
        assert!(matches!(result, Err(ApprovalError::RequesterIsApprover { .. })), "{requester}");
    }
    assert!(desk.verify_wanting(&file, &desk.plan, production, Some("bo")).is_ok());
    // Ann's key under another name, and a name that is nobody's.
    for name in ["bo", "eve"] {
        let file = sign_approval(&desk.approval(name), &desk.key("ann")).expect("signed");
        assert!(matches!(desk.verify(&file), Err(ApprovalError::UnknownApprover { .. })), "{name}");
    }
    let forged = file.replace("approver ann", "approver bo");
    assert!(matches!(desk.verify(&forged), Err(ApprovalError::UnknownApprover { .. })));
    let forged = file.replace(desk.plan.as_str(), other.as_str());
    assert!(matches!(desk.verify(&forged), Err(ApprovalError::BadSignature { .. })));
}

#[test]
fn a_second_name_of_the_requesters_key_is_the_requester() {
    let mut desk = Desk::new();
    let keys: Vec<_> = desk.approvers.keys_of("ann").cloned().collect();
    desk.approvers.keys.extend(keys.into_iter().map(|key| ("ann.second".to_owned(), key)));
    let file = sign_approval(&desk.approval("ann.second"), &desk.key("ann")).expect("signed");
    let result = desk.verify_wanting(&file, &desk.plan, Environment::Production, Some("ann"));
    assert!(matches!(result, Err(ApprovalError::RequesterIsApprover { .. })));
}

#[test]
fn no_changed_byte_of_an_approval_goes_unseen() {
    let desk = Desk::new();
    let file = desk.signed("ann").into_bytes();
    for at in 0..file.len() {
        let mut flipped = file.clone();
        flipped[at] ^= 1 << (at % 7);
        let wanted = Wanted { plan: &desk.plan, environment: Environment::Production, requester: None };
        assert!(verify_approval(&flipped, &desk.approvers, wanted).is_err(), "byte {at}");
    }
}

#[test]
fn a_signature_for_something_else_is_no_approval() {
    let desk = Desk::new();
    let key = PrivateKey::read_openssh_file(desk.key("ann")).expect("a key");
    let text = desk.approval("ann").to_text().expect("a text");
    let elsewhere = SignedText::sign(text, LEDGER_NAMESPACE, &key).expect("signed").to_file();
    assert!(matches!(desk.verify(&elsewhere), Err(ApprovalError::BadSignature { .. })));
}

#[test]
fn a_locked_key_is_sent_to_the_agent() {
    let desk = Desk::new();
    let mut rng = russh::keys::key::safe_rng();
    let key = PrivateKey::read_openssh_file(desk.key("ann")).expect("a key").encrypt(&mut rng, "pass").expect("locked");
    key.write_openssh_file(desk.key("locked"), ssh_key::LineEnding::LF).expect("written");
    let error = sign_approval(&desk.approval("ann"), &desk.key("locked")).expect_err("locked");
    assert!(matches!(&error, ApprovalError::KeyLocked { path } if *path == desk.key("locked")));
    assert_eq!(error.message().key, "approval-key-locked");
}

/// An agent with these keys, gone with this value.
struct Agent(std::process::Child);

impl Agent {
    fn with(desk: &Desk, key: &str) -> Option<Self> {
        let agent = Command::new("ssh-agent").args(["-D", "-a"]).arg(desk.key("agent")).stdout(Stdio::piped()).spawn();
        let mut agent = Self(agent.ok()?);
        // Its first line comes once it listens.
        let mut line = String::new();
        BufReader::new(agent.0.stdout.take().expect("its words")).read_line(&mut line).expect("a line");
        let add = Command::new("ssh-add").arg(desk.key(key)).env("SSH_AUTH_SOCK", desk.key("agent")).status();
        assert!(add.is_ok_and(|status| status.success()), "ssh-add");
        Some(agent)
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        self.0.kill().expect("killed");
        self.0.wait().expect("ended");
    }
}

#[tokio::test]
async fn an_agent_signs_with_the_keys_that_it_holds() {
    for desk in [Desk::new(), Desk::with_rsa()] {
        let Some(_agent) = Agent::with(&desk, "ann") else {
            writeln!(std::io::stderr(), "SKIPPED: ssh-agent cannot be run; signing through it was not tried")
                .expect("stderr");
            return;
        };
        let key = desk.approvers.keys_of("ann").next().expect("a key");
        let file = sign_approval_with_agent(&desk.approval("ann"), key, &desk.key("agent")).await.expect("signed");
        assert!(desk.verify(&file).is_ok());
        let stranger = PrivateKey::random(&mut russh::keys::key::safe_rng(), Algorithm::Ed25519).expect("a key");
        let result = sign_approval_with_agent(&desk.approval("ann"), stranger.public_key(), &desk.key("agent")).await;
        assert!(matches!(result, Err(ApprovalError::Agent { .. })));
    }
    let desk = Desk::new();
    let key = desk.approvers.keys_of("ann").next().expect("a key");
    let result = sign_approval_with_agent(&desk.approval("ann"), key, &desk.key("nowhere")).await;
    assert!(matches!(result, Err(ApprovalError::Agent { .. })));
}

#[test]
fn names_that_could_mean_two_things_are_refused() {
    let desk = Desk::new();
    for bad in ["", "a b", "a\nplan x", "a,b"] {
        let result = sign_approval(&desk.approval(bad), &desk.key("ann"));
        assert!(matches!(result, Err(ApprovalError::BadName { .. })), "{bad:?}");
    }
}

#[test]
fn no_line_of_the_approvers_is_passed_over() {
    let desk = Desk::new();
    let key = desk.approvers.keys_of("ann").next().expect("a key");
    let key = public_key_line(key).expect("a line");
    for (good, names) in [
        (format!("ann,ann@example.org {key}"), 2),
        (format!("ann namespaces=\"file,rockhop-approval\" {key}"), 1),
        (format!("# a remark\n\n  ann\t{key}  \n"), 1),
    ] {
        assert_eq!(Approvers::parse(&good).expect("approvers").names().count(), names, "{good}");
    }
    for bad in [
        "ann".to_owned(),
        "ann ssh-ed25519 AAAA".to_owned(),
        format!("*@example.org {key}"),
        format!("ann namespaces=\"file\" {key}"),
        format!("ann cert-authority {key}"),
        format!("ann valid-before=\"20200101\" {key}"),
    ] {
        assert_eq!(Approvers::parse(&format!("\n{bad}\n")).expect_err("wrong").0, 2, "{bad}");
    }
}

#[test]
fn ssh_keygen_accepts_an_approval_and_no_changed_one() {
    for desk in [Desk::new(), Desk::with_rsa()] {
        let file = desk.signed("ann");
        let at = file.find("-----BEGIN").expect("armour");
        let key = desk.approvers.keys_of("ann").next().expect("a key");
        let verify = |text: &str| {
            ssh_keygen_verifies(APPROVAL_NAMESPACE, "ann", &public_key_line(key).expect("a line"), text, &file[at..])
        };
        let Some(accepted) = verify(&file[..at]) else { return };
        assert!(accepted);
        assert_eq!(verify(&file[..at].replace("production", "preproduction")), Some(false));
    }
}

/// The other way round: a person without Rockhop signs with `ssh-keygen -Y sign`.
#[test]
fn what_ssh_keygen_signs_is_an_approval() {
    let desk = Desk::new();
    let text = desk.approval("ann").to_text().expect("a text");
    let child = Command::new("ssh-keygen")
        .args(["-Y", "sign", "-n", APPROVAL_NAMESPACE, "-f"])
        .arg(desk.key("ann"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else {
        writeln!(std::io::stderr(), "SKIPPED: ssh-keygen cannot be run; its own signature was not tried")
            .expect("stderr");
        return;
    };
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("ends");
    let signature = String::from_utf8(output.stdout).expect("text");
    assert!(desk.verify(&format!("{text}{signature}")).is_ok(), "{signature}");
}
