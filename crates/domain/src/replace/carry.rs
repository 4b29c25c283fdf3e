//! Configuration, software and data go across. The old host serves on.

use super::{
    Draft,
    files::STAGED,
    sh,
    steps::{MEDIUM, scripted, step, tree, trees},
};
use crate::plan::{Action, ConfigCarry, Place, Stage, Step};

pub(super) fn steps(draft: &Draft<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut software = draft.application.as_ref().map(super::Application::trees).unwrap_or_default();
    software.extend(draft.accounts.homes());
    if !software.is_empty() {
        steps.push(trees("carry.application", Stage::Carry, software));
    }
    steps.extend(config("carry.configuration", &draft.files.config));
    steps.extend(config("carry.units", &draft.files.units));
    steps.extend(passwords(draft));
    // Clients know the host by its keys: they wait until the cutover, and never stand in a plan.
    steps.push(trees("carry.host-keys", Stage::Carry, vec![tree("/etc/ssh", format!("{STAGED}/ssh"))]));
    steps.extend(draft.parts.iter().flat_map(|p| p.carry.clone()));
    steps.push(validate(draft));
    steps
}

fn config(id: &str, files: &[ConfigCarry]) -> Option<Step> {
    let action = Action::CarryConfig { files: files.to_vec() };
    (!files.is_empty()).then(|| step(id, Stage::Carry, Place::New, action))
}

fn passwords(draft: &Draft<'_>) -> Vec<Step> {
    let names = draft.accounts.names();
    if names.is_empty() {
        return Vec::new();
    }
    let vars = [("PEOPLE", names.as_str())];
    let apply = sh::single(&vars, &[sh::body!("passwords")]);
    let verify = sh::single(&vars, &[sh::body!("passwords-there")]);
    vec![
        trees("carry.shadow", Stage::Carry, vec![tree("/etc/shadow", format!("{STAGED}/shadow"))]),
        scripted("carry.passwords", Stage::Carry, Place::New, apply, verify),
    ]
}

/// Every service comes up on EL9 before anybody depends on it.
fn validate(draft: &Draft<'_>) -> Step {
    let asked: Vec<String> = draft.parts.iter().flat_map(|p| p.validate.clone()).collect();
    let verify = sh::single(&[], &["systemctl daemon-reload\n", sh::body!("verify-system")]);
    let validated = scripted("carry.validate", Stage::Carry, Place::New, sh::script(&asked), verify);
    Step { timeout_s: MEDIUM, ..validated }
}
