//! The speaker's words for what a plan and a run hold: phases, stages, reasons, steps, times.

use crate::speaker::Speaker;
use rockhop_domain::{
    Fault, Message,
    event::{ServiceState, WaitReason},
    journey::Phase,
    plan::{Environment, Place, Scenery, Side, Stage, Step},
};

/// How a wave is called.
pub fn wave(speaker: &Speaker, no: rockhop_domain::WaveNo, name: &str) -> String {
    speaker.say_key("view-wave", &[("no", no.to_string()), ("name", name.to_owned())])
}

/// Where a host is.
pub fn phase(speaker: &Speaker, phase: &Phase) -> String {
    speaker.say_key(&format!("view-phase-{}", phase.name()), &[])
}

/// Which part of the journey.
pub fn stage(speaker: &Speaker, stage: Stage) -> String {
    let key = match stage {
        Stage::Secure => "view-stage-secure",
        Stage::Build => "view-stage-build",
        Stage::Carry => "view-stage-carry",
        Stage::Cutover => "view-stage-cutover",
        Stage::Prove => "view-stage-prove",
        Stage::Accept => "view-stage-accept",
    };
    speaker.say_key(key, &[])
}

/// On which machine.
pub fn place(speaker: &Speaker, place: &Place) -> String {
    match place {
        Place::Old => speaker.say_key("view-place-old", &[]),
        Place::New => speaker.say_key("view-place-new", &[]),
        Place::Peer(host) => host.to_string(),
        Place::Controller => speaker.say_key("view-place-controller", &[]),
    }
}

/// One of the two machines.
pub fn side(speaker: &Speaker, side: Side) -> String {
    speaker.say_key(if side == Side::Old { "view-side-old" } else { "view-side-new" }, &[])
}

/// What a step does; its id when nobody wrote a sentence for it.
pub fn step(speaker: &Speaker, step: &Step) -> String {
    step_id(speaker, step.id.as_str())
}

/// What the step of this id does.
pub fn step_id(speaker: &Speaker, id: &str) -> String {
    let key = format!("step-{}", id.replace('.', "-"));
    if speaker.has(&key) { speaker.say_key(&key, &[]) } else { id.to_owned() }
}

/// Why a host does not begin.
pub fn wait(speaker: &Speaker, reason: &WaitReason) -> String {
    let value = match reason {
        WaitReason::Paused | WaitReason::Budget | WaitReason::StaleFacts | WaitReason::Approval => String::new(),
        WaitReason::Window { opens_at: None } => return speaker.say_key("view-wait-window-never", &[]),
        WaitReason::Dependency { wave } => wave.to_string(),
        WaitReason::Canary { host } | WaitReason::Order { host } | WaitReason::Lock { host } => host.to_string(),
        WaitReason::RoleLimit { limit } | WaitReason::FleetLimit { limit } => limit.to_string(),
        WaitReason::Window { opens_at: Some(at) } => speaker.when(*at),
        WaitReason::Cutoff { closes_at } => speaker.when(*closes_at),
        WaitReason::Gate { gate } => gate.clone(),
    };
    speaker.say_key(&format!("view-wait-{}", reason.key()), &[("value", value)])
}

/// How a service is.
pub fn service_state(speaker: &Speaker, state: ServiceState) -> String {
    let key = match state {
        ServiceState::Up => "view-service-up",
        ServiceState::Down => "view-service-down",
        ServiceState::Unknown => "view-service-unknown",
    };
    speaker.say_key(key, &[])
}

/// Rehearsal or production.
pub fn environment(speaker: &Speaker, environment: Environment) -> String {
    let key = match environment {
        Environment::Production => "view-environment-production",
        Environment::Preproduction => "view-environment-preproduction",
    };
    speaker.say_key(key, &[])
}

/// What the machines are; nothing for machines of the world.
pub fn scenery(speaker: &Speaker, scenery: Scenery) -> Option<String> {
    match scenery {
        Scenery::Real => None,
        Scenery::Lab => Some(speaker.say_key("view-scenery-lab", &[])),
        Scenery::Simulated => Some(speaker.say_key("view-scenery-simulated", &[])),
    }
}

/// The most characters of a host's own words in one line.
const SAID_CHARS: usize = 160;

/// What went wrong, in one line: the sentence, and the first line of what the host itself said.
pub fn fault(speaker: &Speaker, fault: &Fault) -> String {
    let class = serde_json::to_value(fault.class).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    let class = speaker.say_key(&format!("view-fault-{class}"), &[]);
    let what = speaker.say(&fault.message);
    match fault.output.lines().map(str::trim).find(|line| !line.is_empty()) {
        Some(said) => {
            let said: String = said.chars().take(SAID_CHARS).collect();
            speaker.say(&Message::new("view-fault-said").with("class", class).with("what", what).with("said", said))
        }
        None => speaker.say(&Message::new("view-fault").with("class", class).with("what", what)),
    }
}

/// A length of time in milliseconds: `0.4 s`, `12:30`.
pub fn span_ms(ms: u64) -> String {
    match ms {
        0..60_000 => format!("{}.{} s", ms / 1_000, ms % 1_000 / 100),
        _ => super::text::span(i64::try_from(ms / 1_000).unwrap_or(i64::MAX)),
    }
}
