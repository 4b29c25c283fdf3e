//! The services that Rockhop knows how to move, each a [`Part`] of its host's journey.

mod application;
mod mariadb;
mod monitoring;
mod nginx;
mod postgresql;
mod redis;
mod system;

pub(super) use application::Application;

use super::{part::Part, sh, subject::Subject};
use crate::Message;

/// Every part of this host, in starting order: what others on the host depend on first.
pub(super) fn parts(subject: &Subject<'_>, application: Option<&Application>) -> Result<Vec<Part>, Vec<Message>> {
    let found = [
        system::part(subject).map(Some),
        redis::part(subject),
        postgresql::part(subject),
        mariadb::part(subject),
        monitoring::part(subject),
        Ok(application.map(Application::part)),
        nginx::part(subject),
    ];
    let (good, bad): (Vec<_>, Vec<_>) = found.into_iter().partition(Result::is_ok);
    let refused: Vec<Message> = bad.into_iter().filter_map(Result::err).collect();
    if refused.is_empty() { Ok(good.into_iter().filter_map(Result::ok).flatten().collect()) } else { Err(refused) }
}

/// A part of a script that asks whether these units run.
pub(super) fn runs(units: &[String]) -> String {
    sh::part(&[("UNITS", &sh::words(units))], &[sh::body!("validate-start")])
}
