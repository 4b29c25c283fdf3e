//! The catalogue's words for what a plan and a run hold: phases, stages, reasons, steps, times.

use jiff::{Timestamp, tz::TimeZone};
use rockhop_domain::{
    Fault, Message,
    event::{ServiceState, WaitReason},
    journey::Phase,
    plan::{Environment, Place, Scenery, Side, Stage, Step},
};
use rockhop_i18n::Catalogue;

/// How a wave is called.
pub fn wave(catalogue: &Catalogue, no: rockhop_domain::WaveNo, name: &str) -> String {
    catalogue.say_key("view-wave", &[("no", no.to_string()), ("name", name.to_owned())])
}

/// Where a host is.
pub fn phase(catalogue: &Catalogue, phase: &Phase) -> String {
    catalogue.say_key(&format!("view-phase-{}", phase.name()), &[])
}

/// Which part of the journey.
pub fn stage(catalogue: &Catalogue, stage: Stage) -> String {
    let key = match stage {
        Stage::Secure => "view-stage-secure",
        Stage::Build => "view-stage-build",
        Stage::Carry => "view-stage-carry",
        Stage::Cutover => "view-stage-cutover",
        Stage::Prove => "view-stage-prove",
        Stage::Accept => "view-stage-accept",
    };
    catalogue.say_key(key, &[])
}

/// On which machine.
pub fn place(catalogue: &Catalogue, place: &Place) -> String {
    match place {
        Place::Old => catalogue.say_key("view-place-old", &[]),
        Place::New => catalogue.say_key("view-place-new", &[]),
        Place::Peer(host) => host.to_string(),
        Place::Controller => catalogue.say_key("view-place-controller", &[]),
    }
}

/// One of the two machines.
pub fn side(catalogue: &Catalogue, side: Side) -> String {
    place(catalogue, if side == Side::Old { &Place::Old } else { &Place::New })
}

/// What a step does; its id when nobody wrote a sentence for it.
pub fn step(catalogue: &Catalogue, step: &Step) -> String {
    step_id(catalogue, step.id.as_str())
}

/// What the step of this id does.
pub fn step_id(catalogue: &Catalogue, id: &str) -> String {
    let key = format!("step-{}", id.replace('.', "-"));
    if catalogue.has(&key) { catalogue.say_key(&key, &[]) } else { id.to_owned() }
}

/// Why a host does not begin.
pub fn wait(catalogue: &Catalogue, reason: &WaitReason) -> String {
    let value = match reason {
        WaitReason::Paused | WaitReason::Budget | WaitReason::StaleFacts | WaitReason::Approval => String::new(),
        WaitReason::Window { opens_at: None } => return catalogue.say_key("view-wait-window-never", &[]),
        WaitReason::Dependency { wave } => wave.to_string(),
        WaitReason::Canary { host } | WaitReason::Lock { host } => host.to_string(),
        WaitReason::RoleLimit { limit } | WaitReason::FleetLimit { limit } => limit.to_string(),
        WaitReason::Window { opens_at: Some(at) } => when(*at),
        WaitReason::Cutoff { closes_at } => when(*closes_at),
        WaitReason::Gate { gate } => gate.clone(),
    };
    catalogue.say_key(&format!("view-wait-{}", reason.key()), &[("value", value)])
}

/// How a service is.
pub fn service_state(catalogue: &Catalogue, state: Option<ServiceState>) -> String {
    let key = match state {
        Some(ServiceState::Up) => "view-service-up",
        Some(ServiceState::Down) => "view-service-down",
        Some(ServiceState::Unknown) => "view-service-unknown",
        None => "view-service-unseen",
    };
    catalogue.say_key(key, &[])
}

/// Rehearsal or production.
pub fn environment(catalogue: &Catalogue, environment: Environment) -> String {
    let key = match environment {
        Environment::Production => "view-environment-production",
        Environment::Preproduction => "view-environment-preproduction",
    };
    catalogue.say_key(key, &[])
}

/// What the machines are; nothing for machines of the world.
pub fn scenery(catalogue: &Catalogue, scenery: Scenery) -> Option<String> {
    match scenery {
        Scenery::Real => None,
        Scenery::Lab => Some(catalogue.say_key("view-scenery-lab", &[])),
        Scenery::Simulated => Some(catalogue.say_key("view-scenery-simulated", &[])),
    }
}

/// What went wrong, in one line.
pub fn fault(catalogue: &Catalogue, fault: &Fault) -> String {
    let class = serde_json::to_value(fault.class).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    let class = catalogue.say_key(&format!("view-fault-{class}"), &[]);
    catalogue.say(&Message::new("view-fault").with("class", class).with("what", catalogue.say(&fault.message)))
}

/// A point in time as people here read it: the machine's own zone, to the minute.
pub fn when(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The same to the second, for logs.
pub fn when_exactly(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// A length of time in milliseconds.
pub fn span_ms(ms: u64) -> String {
    super::text::span(i64::try_from(ms / 1_000).unwrap_or(i64::MAX))
}
