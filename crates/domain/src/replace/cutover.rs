//! The short part that people can feel: from the last answer of the old host to the first of the new one.

use super::{
    Draft,
    part::Change,
    sh,
    steps::{LONG, MEDIUM, SHORT, scripted, step, tree, trees, undo},
};
use crate::{
    Message,
    plan::{Action, Outage, Place, Power, Side, Stage, Step, Undo},
    project::Check,
};

/// Seconds that a load balancer waits for sessions to end by themselves.
const DRAIN_PATIENCE: &str = "60";

pub(super) fn steps(draft: &Draft<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    steps.extend(silence(draft));
    steps.extend(drain(draft));
    steps.push(quiesce(draft));
    steps.extend(data(draft));
    steps.push(fence());
    steps.extend(promote(draft));
    steps.push(take_address(draft));
    steps.push(start(draft));
    steps.push(verify(draft));
    steps.extend(undrain(draft));
    steps
}

fn silence(draft: &Draft<'_>) -> Option<Step> {
    let silencer = draft.subject.silencer()?;
    let instances =
        format!("({}|{})(:[0-9]+)?", regex_literal(&draft.address), regex_literal(draft.subject.host.id.as_str()));
    let vars = silence_vars(draft, silencer.url);
    let vars = [vars[0], vars[1], ("INSTANCES", instances.as_str())];
    let place = Place::Peer(silencer.host.clone());
    let made = scripted(
        "cutover.silence",
        Stage::Cutover,
        place,
        sh::single(&vars, &[sh::body!("silence")]),
        sh::single(&vars, &[sh::body!("silenced")]),
    );
    Some(Step { undo: undo(&[sh::part(&vars, &[sh::body!("unsilence")])]), ..made })
}

/// Variables of the scripts about silences.
pub(super) fn silence_vars<'b>(draft: &'b Draft<'_>, url: &'b str) -> [(&'static str, &'b str); 2] {
    [("HOST", draft.subject.host.id.as_str()), ("ALERTMANAGER", url)]
}

/// Names and addresses hold no other character that a regular expression reads; the backslash is JSON's too.
fn regex_literal(text: &str) -> String {
    text.replace('.', "[.]")
}

fn balancer<'b>(draft: &'b Draft<'_>, server: &'b str, body: &'b str) -> Option<(Place, String)> {
    let pool = draft.subject.pool()?;
    let vars = [
        ("SOCKET", pool.balancer.socket.as_str()),
        ("BACKEND", &pool.balancer.backend),
        ("SERVER", server),
        ("PATIENCE", DRAIN_PATIENCE),
    ];
    Some((Place::Peer(pool.balancer.host.clone()), sh::part(&vars, &[sh::body!("haproxy"), body])))
}

fn drain(draft: &Draft<'_>) -> Option<Step> {
    let server = draft.subject.pool()?.server;
    let (place, apply) = balancer(draft, &server, sh::body!("drain"))?;
    let (_, verify) = balancer(draft, &server, sh::body!("drained"))?;
    let (_, back) = balancer(draft, &server, sh::body!("ready"))?;
    let drained = scripted("cutover.drain", Stage::Cutover, place, sh::script(&[apply]), sh::script(&[verify]));
    Some(Step { undo: undo(&[back]), ..drained })
}

fn undrain(draft: &Draft<'_>) -> Option<Step> {
    let server = draft.subject.pool()?.server;
    let (place, apply) = balancer(draft, &server, sh::body!("ready"))?;
    let (_, verify) = balancer(draft, &server, sh::body!("serving"))?;
    let (_, back) = balancer(draft, &server, sh::body!("drain"))?;
    let undrained = scripted("cutover.undrain", Stage::Cutover, place, sh::script(&[apply]), sh::script(&[verify]));
    Some(Step { undo: undo(&[back]), ..undrained })
}

/// What depends on others on the same host goes first, and comes back last.
fn quiesce(draft: &Draft<'_>) -> Step {
    let (mut apply, mut verify, mut back) = (Vec::new(), Vec::new(), Vec::new());
    for part in draft.parts.iter().rev() {
        match &part.quiesce {
            Some(change) => {
                apply.push(change.apply.clone());
                verify.push(change.verify.clone());
            }
            None if part.old_units.is_empty() => {}
            None => {
                let stop: Vec<&String> = part.old_units.iter().rev().collect();
                let vars = [("UNITS", &*sh::words(stop))];
                apply.push(sh::part(&vars, &[sh::body!("stop-units")]));
                verify.push(sh::part(&vars, &[sh::body!("stopped-units")]));
            }
        }
    }
    for part in &draft.parts {
        match &part.quiesce {
            Some(change) => back.push(change.undo.clone()),
            None if part.old_units.is_empty() => {}
            None => back.push(sh::part(&[("UNITS", &sh::words(&part.old_units))], &[sh::body!("start-units")])),
        }
    }
    let quiesced = scripted("cutover.quiesce", Stage::Cutover, Place::Old, sh::script(&apply), sh::script(&verify));
    Step { undo: undo(&back), outage: Outage::Begins, timeout_s: MEDIUM, retries: 1, ..quiesced }
}

/// The last of the data, and the proof that nothing is missing.
fn data(draft: &Draft<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    if draft.parts.iter().any(|p| p.hands_over) {
        let files = vec![tree("/var/lib/rockhop/move/out", "/var/lib/rockhop/move/in")];
        steps.push(Step { timeout_s: SHORT, ..trees("cutover.hand-over", Stage::Cutover, files) });
    }
    let late: Vec<_> = draft.parts.iter().flat_map(|p| p.late_trees.clone()).collect();
    if !late.is_empty() {
        steps.push(trees("cutover.copy-data", Stage::Cutover, late));
    }
    let changes: Vec<&Change> = draft.parts.iter().filter_map(|p| p.final_sync.as_ref()).collect();
    if !changes.is_empty() {
        steps.push(Step { timeout_s: MEDIUM, ..changed("cutover.final-sync", &changes) });
    }
    steps
}

fn changed(id: &str, changes: &[&Change]) -> Step {
    let all = |text: fn(&Change) -> &String| -> Vec<String> {
        changes.iter().map(|c| text(c).clone()).filter(|t| !t.is_empty()).collect()
    };
    let made =
        scripted(id, Stage::Cutover, Place::New, sh::script(&all(|c| &c.apply)), sh::script(&all(|c| &c.verify)));
    Step { undo: undo(&all(|c| &c.undo)), ..made }
}

/// From here on the old machine cannot answer, whatever it believes.
fn fence() -> Step {
    let off =
        step("cutover.fence", Stage::Cutover, Place::Controller, Action::Power { side: Side::Old, to: Power::Off });
    Step { undo: Undo::Power { side: Side::Old, to: Power::On }, timeout_s: MEDIUM, ..off }
}

/// Before anybody can reach the new machine at the service address, and after nobody reaches the old one.
fn promote(draft: &Draft<'_>) -> Option<Step> {
    let changes: Vec<&Change> = draft.parts.iter().filter_map(|p| p.promote.as_ref()).collect();
    (!changes.is_empty()).then(|| Step { timeout_s: LONG, ..changed("cutover.promote", &changes) })
}

fn take_address(draft: &Draft<'_>) -> Step {
    let vars = [("ADDRESS", draft.address.as_str()), ("NAME", draft.profile.as_str())];
    let apply = sh::single(&vars, &[sh::body!("take-address")]);
    let verify = sh::single(&vars, &[sh::body!("address-taken")]);
    let taken = scripted("cutover.take-address", Stage::Cutover, Place::New, apply, verify);
    let back = undo(&[sh::part(&vars, &[sh::body!("drop-address")])]);
    Step { undo: back, point_of_no_return: draft.takes_writes(), ..taken }
}

fn start(draft: &Draft<'_>) -> Step {
    let units = sh::words(draft.parts.iter().flat_map(|p| &p.units));
    let vars = [("UNITS", units.as_str())];
    let mut apply = vec![sh::part(&vars, &[sh::body!("settle-system"), sh::body!("enable-units")])];
    apply.extend(draft.parts.iter().flat_map(|p| p.reconnect.clone()));
    let apply = sh::script(&apply);
    scripted("cutover.start", Stage::Cutover, Place::New, apply, sh::single(&vars, &[sh::body!("enabled-units")]))
}

/// The new host at the service address: what runs there, and whether it answers.
pub(super) fn questions(draft: &Draft<'_>) -> Vec<String> {
    let address = [("ADDRESS", draft.address.as_str())];
    let ports = sh::words(draft.ports.iter().map(u16::to_string));
    let mut asked =
        vec![sh::part(&address, &[sh::body!("address-taken")]), sh::part(&[("PORTS", &ports)], &[sh::body!("ports")])];
    asked.extend(draft.parts.iter().flat_map(|p| p.verify.clone()));
    for service in draft.subject.services() {
        if let Check::Http { path, status, text } = &service.check {
            let url = format!("http://{}:{}{path}", service.address, service.port);
            let status = status.map(|s| s.to_string()).unwrap_or_default();
            let vars = [("URL", url.as_str()), ("STATUS", &status), ("TEXT", text.as_deref().unwrap_or_default())];
            asked.push(sh::part(&vars, &[sh::body!("probe-http")]));
        }
    }
    asked
}

fn verify(draft: &Draft<'_>) -> Step {
    let mut asked = vec![sh::part(&[], &[sh::body!("verify-system")])];
    asked.extend(questions(draft));
    let all = sh::script(&asked);
    // The questions wait for slow starters; asked as a job they have the step's own time.
    let verified = scripted("cutover.verify", Stage::Cutover, Place::New, all.clone(), all);
    Step { outage: Outage::Ends, timeout_s: MEDIUM, ..verified }
}

/// What a rollback after the cutover loses.
pub(super) fn loses(draft: &Draft<'_>) -> Message {
    let first = draft.parts.iter().find_map(|p| p.loses.clone());
    first.unwrap_or_else(|| Message::new("plan-loses-nothing"))
}
