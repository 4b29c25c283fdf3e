//! `rockhop approve`: a named person signs the hash of a plan; what was not signed does not run in production.

use crate::{Context, exit::Exit, failure::Failure, fleet, store, store::Paper};
use jiff::Timestamp;
use rockhop_adapters::approval::{
    Approval, ApprovalError, Approvers, VerifiedApproval, Wanted, sign_approval, verify_approval,
};
use rockhop_domain::{Digest, Message, event::Kind, project::Contacts};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Flags of `rockhop approve`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Signs the hash of a plan with your SSH key. Read the plan first: `rockhop plan show --steps`, for a plan of \
                  remedies `rockhop remedy show --steps`. \
                  Who asked for the plan cannot approve it, and a plan that changes needs new approvals. \
                  The file approvers.allowed holds the keys that count, in the format of ssh-keygen's allowed signers; \
                  when project.contacts.approvers in rockhop.toml names people, only theirs do.",
    after_long_help = "Examples:\n  rockhop approve --key ~/.ssh/id_ed25519\n  rockhop approve 3fa9 --as zhang.wei --key keys/zhang_ed25519"
)]
pub struct Args {
    /// The plan's file, or the first digits of its digest, also of a plan of remedies; the newest plan when left out.
    plan: Option<String>,
    /// Your name among the approvers; your login name when left out.
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
    /// Your private key.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
}

/// Signs a plan.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let project = fleet::project(&context.project)?;
    let paper = store::paper(&context.project, args.plan.as_deref())?;
    let digest = paper.digest.clone();
    let approver = args.name.clone().unwrap_or_else(|| context.who.clone());
    let approval = Approval { plan: digest.clone(), environment: paper.environment, approver, at: Timestamp::now() };
    let signed = sign_approval(&approval, &args.key).map_err(refused)?;
    let verified = Desk::open(context, &project.project.contacts)?.verify(signed.as_bytes(), &paper)?;
    keep(context, &signed, &verified)?;
    let message = Message::new("approve-done").with("by", &verified.approval.approver).with("plan", digest.short());
    context.ui.say(&message.with("key", &verified.key));
    Ok(Exit::Well)
}

/// Lets a plan pass only with as many good approvals as the project asks for.
pub fn require(context: &Context, paper: &Paper) -> Result<(), Failure> {
    let project = fleet::project(&context.project)?;
    let contacts = &project.project.contacts;
    let needed = contacts.approvals_needed.max(1) as usize;
    let desk = Desk::open(context, contacts)?;
    let mut names = Vec::new();
    let mut details = Vec::new();
    for path in files(&context.project.approvals(), &paper.digest)? {
        let bytes = fs::read(&path).map_err(|e| Failure::io("error-read", &path, &e))?;
        match desk.verify(&bytes, paper) {
            Ok(good) if !names.contains(&good.approval.approver) => names.push(good.approval.approver),
            Ok(_) => {}
            Err(failure) => details.push(failure.what),
        }
    }
    if names.len() >= needed {
        return Ok(());
    }
    let what = Message::new("error-not-approved")
        .with("plan", paper.digest.short())
        .with("have", names.len())
        .with("needed", needed);
    Err(Failure::new(Exit::NotApproved, what).because(details))
}

/// Against what approvals are held.
struct Desk {
    approvers: Approvers,
    /// Whom the project names; when it names nobody, everybody in `approvers` counts.
    named: Vec<String>,
    requester: Option<String>,
}

impl Desk {
    fn open(context: &Context, contacts: &Contacts) -> Result<Self, Failure> {
        let approvers = Approvers::read(&context.project.root().join("approvers.allowed")).map_err(refused)?;
        Ok(Self { approvers, named: contacts.approvers.clone(), requester: contacts.requester.clone() })
    }

    fn verify(&self, file: &[u8], paper: &Paper) -> Result<VerifiedApproval, Failure> {
        let requester = self.requester.as_deref();
        let wanted = Wanted { plan: &paper.digest, environment: paper.environment, requester };
        let verified = verify_approval(file, &self.approvers, wanted).map_err(refused)?;
        let name = &verified.approval.approver;
        if !self.named.is_empty() && !self.named.contains(name) {
            let what = Message::new("error-not-an-approver").with("name", name);
            return Err(Failure::new(Exit::NotApproved, what.with("approvers", self.named.join(", "))));
        }
        Ok(verified)
    }
}

fn keep(context: &Context, signed: &str, verified: &VerifiedApproval) -> Result<(), Failure> {
    let dir = folder(&context.project.approvals(), &verified.approval.plan);
    fs::create_dir_all(&dir).map_err(|e| Failure::io("error-write", &dir, &e))?;
    let path = dir.join(format!("{}.approval", verified.approval.approver));
    let ledger = store::ledger(&context.project)?;
    let Approval { plan, approver, .. } = verified.approval.clone();
    let kind = Kind::Approved { plan, by: approver, key: verified.key.clone() };
    rockhop_engine::ports::Ledger::append(&ledger, None, None, &kind, Timestamp::now())
        .map_err(|e| Failure::internal("ledger", e))?;
    ledger.seal()?;
    fs::write(&path, signed).map_err(|e| Failure::io("error-write", &path, &e))
}

fn files(approvals: &Path, plan: &Digest) -> Result<Vec<PathBuf>, Failure> {
    let dir = folder(approvals, plan);
    let entries = match fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Failure::io("error-read", &dir, &e)),
    };
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
    files.sort();
    Ok(files)
}

/// Plans changed after their approval have another digest, and so another, empty folder.
fn folder(approvals: &Path, plan: &Digest) -> PathBuf {
    approvals.join(plan.as_str())
}

fn refused(error: ApprovalError) -> Failure {
    let exit = match &error {
        ApprovalError::Io { .. } | ApprovalError::Approvers { .. } | ApprovalError::Key { .. } => Exit::Config,
        _ => Exit::NotApproved,
    };
    Failure::new(exit, error.message())
}
