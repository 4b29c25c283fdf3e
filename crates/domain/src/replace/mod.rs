//! The strategy `replace`: a fresh EL9 machine beside the old one, configuration and data carried across, a
//! short cutover, the old machine kept untouched.
//!
//! Compiles one host's facts into its complete list of steps. Pure: nothing is looked up later, except what
//! may not stand in a plan: passwords stay on the hosts, and the new machine's own address is its own.

mod accounts;
mod build;
mod carry;
mod cutover;
mod files;
mod part;
mod prove;
mod secure;
mod service;
pub(crate) mod sh;
mod steps;
mod subject;

pub use subject::Subject;

use crate::{
    Message,
    packages::{Account, Because, Standing},
    plan::{PlannedPackage, RollbackPlan, Step},
};
use accounts::Accounts;
use files::Files;
use part::Part;
use service::Application;

/// What a host goes through, and how it comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// In order.
    pub steps: Vec<Step>,
    /// How it comes back.
    pub rollback: RollbackPlan,
    /// The address that the new host takes over.
    pub address: String,
    /// For the reader of the plan.
    pub notes: Vec<Message>,
    /// What becomes of each package, and who said so.
    pub packages: Vec<PlannedPackage>,
}

/// Everything that the stages are made from.
struct Draft<'a> {
    subject: &'a Subject<'a>,
    address: String,
    files: Files,
    accounts: Accounts<'a>,
    application: Option<Application>,
    parts: Vec<Part>,
    account: Account<'a>,
    /// The name of the network profile that the cutover brings up.
    profile: String,
    /// TCP ports that the old host serves.
    ports: Vec<u16>,
}

/// The way of one host, or everything that stands against it.
pub fn route(subject: &Subject<'_>) -> Result<Route, Vec<Message>> {
    let draft = Draft::of(subject)?;
    let mut steps = secure::steps(&draft);
    steps.extend(build::steps(&draft));
    steps.extend(carry::steps(&draft));
    steps.extend(cutover::steps(&draft));
    steps.extend(prove::steps(&draft));
    let (notes, packages) = (draft.notes(), draft.packages());
    Ok(Route { steps, rollback: prove::rollback(&draft), notes, packages, address: draft.address })
}

impl<'a> Draft<'a> {
    fn of(subject: &'a Subject<'a>) -> Result<Self, Vec<Message>> {
        let mut refused = Vec::new();
        let address = keep(subject.address().map(|a| a.to_string()), &mut refused);
        let application = keep(Application::of(subject), &mut refused);
        let files = files::files(subject).map_err(|more| refused.extend(more)).ok();
        let users = application.as_ref().and_then(Option::as_ref).map(|a| a.users.clone()).unwrap_or_default();
        let accounts = keep(accounts::accounts(subject, &users), &mut refused);
        let account = keep(subject.account(), &mut refused);
        refused.extend(build::keys_missing(subject));
        let ports = keep(ports(subject), &mut refused);
        let known = application.as_ref().and_then(Option::as_ref);
        let parts = service::parts(subject, known).map_err(|more| refused.extend(more)).ok();
        let profile = files.as_ref().and_then(files::profile).map(str::to_owned);
        let all = (address, application, files, accounts, account, ports, parts, profile);
        match all {
            (
                Some(address),
                Some(application),
                Some(files),
                Some(accounts),
                Some(account),
                Some(ports),
                Some(parts),
                Some(profile),
            ) if refused.is_empty() => {
                Ok(Self { subject, address, files, accounts, application, parts, account, profile, ports })
            }
            _ => Err(refused),
        }
    }

    /// The old host's units, in starting order.
    fn old_units(&self) -> Vec<&str> {
        self.parts.iter().flat_map(|p| &p.old_units).map(String::as_str).collect()
    }

    fn takes_writes(&self) -> bool {
        self.parts.iter().any(|p| p.loses.is_some())
    }

    fn packages(&self) -> Vec<PlannedPackage> {
        let planned = |standing: &Standing<'_>| PlannedPackage {
            name: standing.name.to_owned(),
            fate: standing.fate,
            to: standing.to.clone(),
            by: standing.because.iter().map(Because::name).collect(),
        };
        self.account.transition.packages.iter().map(planned).collect()
    }

    fn notes(&self) -> Vec<Message> {
        let mut notes = self.files.notes.clone();
        notes.extend(self.parts.iter().flat_map(|p| p.notes.clone()));
        let unknown = self.account.unknown();
        if !unknown.is_empty() {
            notes.push(Message::new("plan-note-packages-unknown").with("packages", unknown.join(", ")));
        }
        let unconfirmed = &self.account.installation.confirm;
        if !unconfirmed.is_empty() {
            notes.push(Message::new("plan-note-packages-unconfirmed").with("packages", unconfirmed.join(", ")));
        }
        if self.parts.iter().any(|p| p.hands_over) {
            notes.push(Message::new("plan-note-held").with("path", "/var/lib/rockhop/move/held-*"));
        }
        notes
    }
}

fn keep<T>(result: Result<T, Message>, refused: &mut Vec<Message>) -> Option<T> {
    result.map_err(|m| refused.push(m)).ok()
}

/// Daemons of EL7 whose ports EL9 does not serve.
const NOT_CARRIED: [&str; 8] = ["rpcbind", "master", "ntpd", "chronyd", "dhclient", "systemd", "avahi-daemon", "cupsd"];

fn ports(subject: &Subject<'_>) -> Result<Vec<u16>, Message> {
    use crate::facts::Transport;
    let all = subject.need(&subject.facts.listening, "listening")?;
    let carried = |l: &&crate::facts::Listener| {
        let local = l.address.starts_with("127.") || l.address == "::1";
        let system = !l.processes.is_empty() && l.processes.iter().all(|p| NOT_CARRIED.contains(&p.as_str()));
        l.transport == Transport::Tcp && !local && !system
    };
    let mut ports: Vec<u16> = all.iter().filter(carried).map(|l| l.port).collect();
    ports.sort_unstable();
    ports.dedup();
    Ok(ports)
}
