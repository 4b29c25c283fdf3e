//! What a schema cannot say: names that have to exist, values that contradict each other.

use super::source::{Path, Source};
use super::{
    Gate, GateKind, Problem, Project, Role, Service, ServiceKind, Simulation, VaultPlace, WrittenWindows, Wrong,
};
use crate::RoleId;
use crate::inventory::{Jump, nearest};
use crate::rules;
use crate::window::Window;
use jiff::tz::TimeZoneDatabase;
use std::collections::HashSet;
use std::ops::RangeInclusive;

type Found = Vec<(Path, Wrong)>;

/// How many hosts a simulated fleet may move: all roles are in the smallest, and the largest has an address for each.
const SIMULATED_HOSTS: RangeInclusive<u32> = 15..=10_000;

/// Windows first: what is wrong with one has a sentence of its own.
pub(super) fn windows(source: &Source<'_>) -> Vec<Problem> {
    let Ok(written) = toml::from_str::<WrittenWindows>(source.text) else { return Vec::new() };
    let bad = |(name, hours): (String, _)| {
        let error = Window::new(hours).err()?;
        Some(source.problem(Path::to(&["windows", &name]), Wrong::Window(error)))
    };
    written.windows.into_iter().filter_map(bad).collect()
}

/// Everything in the file that speaks against something else in it.
pub(super) fn contradictions(project: &Project) -> Found {
    let mut found = Found::new();
    about(project, &mut found);
    vault(&project.vault, &mut found);
    simulation(project.simulation.as_ref(), &mut found);
    limits(project, &mut found);
    project.roles.iter().for_each(|(id, role)| self::role(project, id, role, &mut found));
    project.sites.iter().for_each(|(id, site)| {
        window(project, site.window.as_deref(), &Path::to(&["sites", id.as_str()]), &mut found);
    });
    role_cycles(project, &mut found);
    services(project, &mut found);
    project.gates.iter().for_each(|(name, gate)| self::gate(project, gate, &Path::to(&["gates", name]), &mut found));
    policy(project, &mut found);
    lists(project, &mut found);
    found
}

/// A severity is raised or left, of a rule that exists.
fn policy(project: &Project, found: &mut Found) {
    for (id, wanted) in &project.policy.severity {
        let at = Path::to(&["policy", "severity", id.as_str()]);
        match rules::severity(id.as_str()) {
            None => {
                let known: Vec<&str> = rules::ids().collect();
                found.push((at, undefined(id.as_str(), &known)));
            }
            Some(own) if *wanted > own => found.push((at, Wrong::Lowered { own: own.word() })),
            Some(_) => {}
        }
    }
}

fn about(project: &Project, found: &mut Found) {
    let at = Path::to(&["project"]);
    if project.project.inventory.is_empty() {
        found.push((at.key("inventory"), Wrong::Empty));
    }
    if project.roles.is_empty() {
        found.push((Path::to(&["roles"]), Wrong::Empty));
    }
    let contacts = &project.project.contacts;
    let approvers = u32::try_from(contacts.approvers.len()).unwrap_or(u32::MAX);
    if !contacts.approvers.is_empty() && approvers < contacts.approvals_needed {
        let wrong = Wrong::BadValue { why: format!("{} > {approvers}", contacts.approvals_needed) };
        found.push((at.key("contacts").key("approvals_needed"), wrong));
    }
    if let Some(jump) = project.connection.jump.as_ref().filter(|jump| Jump::parse(jump).is_none()) {
        found.push((Path::to(&["connection", "jump"]), Wrong::BadJump { value: jump.clone() }));
    }
    if TimeZoneDatabase::bundled().get(&project.report.zone).is_err() {
        found.push((Path::to(&["report", "zone"]), Wrong::NoSuchZone { zone: project.report.zone.clone() }));
    }
    if project.connection.max_handshakes_per_bastion == 0 {
        found.push((Path::to(&["connection", "max_handshakes_per_bastion"]), Wrong::NothingMoves));
    }
}

fn vault(vault: &VaultPlace, found: &mut Found) {
    if vault.password_file.is_some() == vault.key_file.is_some() {
        found.push((Path::to(&["vault"]), Wrong::EitherOr { one: "password_file", other: "key_file" }));
    }
}

fn simulation(simulation: Option<&Simulation>, found: &mut Found) {
    if simulation.is_some_and(|s| !SIMULATED_HOSTS.contains(&s.hosts)) {
        let why = format!("{} - {}", SIMULATED_HOSTS.start(), SIMULATED_HOSTS.end());
        found.push((Path::to(&["simulation", "hosts"]), Wrong::BadValue { why }));
    }
}

fn limits(project: &Project, found: &mut Found) {
    let at = Path::to(&["limits"]);
    if project.limits.max_unavailable.is_nothing() {
        found.push((at.key("max_unavailable"), Wrong::NothingMoves));
    }
    if project.limits.hosts_in_parallel == 0 {
        found.push((at.key("hosts_in_parallel"), Wrong::NothingMoves));
    }
    if project.limits.facts_max_age_hours == 0 {
        found.push((at.key("facts_max_age_hours"), Wrong::NothingMoves));
    }
    window(project, project.limits.window.as_deref(), &at, found);
}

fn role(project: &Project, id: &RoleId, role: &Role, found: &mut Found) {
    let at = Path::to(&["roles", id.as_str()]);
    if role.max_unavailable.is_some_and(super::Share::is_nothing) {
        found.push((at.key("max_unavailable"), Wrong::NothingMoves));
    }
    window(project, role.window.as_deref(), &at, found);
    for (index, other) in role.after.iter().enumerate() {
        defined_role(project, other, at.key("after").item(index), found);
    }
    if !role.moves && role.canary.is_some() {
        found.push((at.key("canary"), Wrong::Pointless { because: "moves = false".to_owned(), key: "canary" }));
    }
}

fn window(project: &Project, name: Option<&str>, at: &Path, found: &mut Found) {
    if let Some(name) = name.filter(|name| !project.windows.contains_key(*name)) {
        let known: Vec<&str> = project.windows.keys().map(String::as_str).collect();
        found.push((at.key("window"), undefined(name, &known)));
    }
}

fn defined_role(project: &Project, role: &RoleId, at: Path, found: &mut Found) {
    if !project.roles.contains_key(role) {
        let known: Vec<&str> = project.roles.keys().map(RoleId::as_str).collect();
        found.push((at, undefined(role.as_str(), &known)));
    }
}

fn undefined(name: &str, known: &[&str]) -> Wrong {
    Wrong::Undefined { name: name.to_owned(), nearest: nearest(name, known).map(str::to_owned) }
}

/// Takes away roles that wait for none of the others until nothing changes; what is left waits in a circle.
fn role_cycles(project: &Project, found: &mut Found) {
    let mut waiting: Vec<&RoleId> = project.roles.keys().collect();
    loop {
        let before = waiting.len();
        let still: HashSet<&RoleId> = waiting.iter().copied().collect();
        waiting.retain(|id| {
            project.roles.get(*id).is_some_and(|role| role.after.iter().any(|other| still.contains(other)))
        });
        if waiting.len() == before {
            break;
        }
    }
    if let Some(role) = waiting.first() {
        found.push((Path::to(&["roles", role.as_str(), "after"]), Wrong::RoleCycle { role: role.to_string() }));
    }
}

fn services(project: &Project, found: &mut Found) {
    let mut names = HashSet::new();
    for (index, service) in project.services.iter().enumerate() {
        let at = Path::to(&["services"]).item(index);
        if !names.insert(&service.name) {
            found.push((at.key("name"), Wrong::Twice { name: service.name.to_string() }));
        }
        self::service(project, service, &at, found);
    }
}

fn service(project: &Project, service: &Service, at: &Path, found: &mut Found) {
    if service.hosts.is_empty() == service.role.is_none() {
        found.push((at.clone(), Wrong::EitherOr { one: "hosts", other: "role" }));
    }
    if let Some(role) = &service.role {
        defined_role(project, role, at.key("role"), found);
    }
    if service.kind == ServiceKind::Tcp && service.port.is_none() {
        found.push((at.clone(), Wrong::Needs { because: "kind = \"tcp\"".to_owned(), needs: "port" }));
    }
    let http_only = [
        ("path", service.path.is_some()),
        ("expect_status", service.expect_status.is_some()),
        ("expect_text", service.expect_text.is_some()),
    ];
    for (key, given) in http_only {
        if given && service.kind != ServiceKind::Http {
            let because = format!("kind = \"{}\"", format!("{:?}", service.kind).to_lowercase());
            found.push((at.key(key), Wrong::Pointless { because, key }));
        }
    }
    if service.slo_percent.is_some_and(|slo| !(0..=100_000).contains(&slo.0)) {
        found.push((at.key("slo_percent"), Wrong::BadValue { why: "0 - 100".to_owned() }));
    }
}

fn gate(project: &Project, gate: &Gate, at: &Path, found: &mut Found) {
    if gate.when.is_empty() {
        found.push((at.key("when"), Wrong::Empty));
    }
    gate.roles
        .iter()
        .enumerate()
        .for_each(|(index, role)| defined_role(project, role, at.key("roles").item(index), found));
    let needs = |because: &str, needs| (at.clone(), Wrong::Needs { because: because.to_owned(), needs });
    match gate.kind {
        GateKind::Alerts if project.monitoring.alertmanager_url.is_none() => {
            found.push(needs("kind = \"alerts\"", "monitoring.alertmanager_url"))
        }
        GateKind::Query => {
            if project.monitoring.prometheus_url.is_none() {
                found.push(needs("kind = \"query\"", "monitoring.prometheus_url"));
            }
            if gate.query.is_none() {
                found.push(needs("kind = \"query\"", "query"));
            }
            if gate.at_most.is_none() && gate.at_least.is_none() {
                found.push(needs("kind = \"query\"", "at_most"));
            }
            if matches!((gate.at_least, gate.at_most), (Some(least), Some(most)) if most < least) {
                found.push((at.key("at_most"), Wrong::BadValue { why: "at_most < at_least".to_owned() }));
            }
        }
        GateKind::Command if gate.command.is_empty() => found.push(needs("kind = \"command\"", "command")),
        GateKind::Service => match &gate.service {
            None => found.push(needs("kind = \"service\"", "service")),
            Some(name) if project.services.iter().all(|service| service.name != *name) => {
                let known: Vec<&str> = project.services.iter().map(|service| service.name.as_str()).collect();
                found.push((at.key("service"), undefined(name.as_str(), &known)));
            }
            Some(_) => {}
        },
        GateKind::Alerts | GateKind::Command => {}
    }
}

/// What ends up in a `.repo` file and in commands on the new machine.
fn repositories(project: &Project, found: &mut Found) {
    for (index, row) in project.repositories.iter().enumerate() {
        let at = Path::to(&["repositories"]).item(index);
        let named = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
        if !row.id.starts_with(|c: char| c.is_ascii_alphanumeric()) || !row.id.chars().all(named) {
            found.push((at.key("id"), Wrong::BadValue { why: format!("{:?}", row.id) }));
        }
        let addresses: Vec<_> = row.addresses().collect();
        if let [(one, _), (other, _), ..] = addresses[..] {
            found.push((at.clone(), Wrong::EitherOr { one: one.word(), other: other.word() }));
        }
        let written = addresses.iter().map(|(kind, url)| (kind.word(), url.as_str()));
        for (key, text) in written.chain(row.gpgkey.as_deref().map(|key| ("gpgkey", key))) {
            if holds_password(text) {
                found.push((at.key(key), Wrong::InlineSecret));
            }
        }
        for (kind, url) in addresses.iter().filter(|(_, url)| !holds_password(url)) {
            if !is_url(url) {
                found.push((at.key(kind.word()), Wrong::BadValue { why: format!("{url:?}") }));
            }
        }
        let Some(key) = row.gpgkey.as_ref().filter(|key| !holds_password(key)) else { continue };
        if addresses.is_empty() {
            let because = format!("id = {:?}", row.id);
            found.push((at.key("gpgkey"), Wrong::Pointless { because, key: "gpgkey" }));
        }
        let below = !key.starts_with('/') && !key.split('/').any(|part| part == "..") && !key.is_empty();
        if (key.contains("://") && !is_url(key)) || (!key.contains("://") && !below) {
            found.push((at.key("gpgkey"), Wrong::BadValue { why: format!("{key:?}") }));
        }
    }
}

/// `https://user:password@server/`: it would stand in the plan and on the machine.
fn holds_password(url: &str) -> bool {
    let server = url.split_once("://").and_then(|(_, rest)| rest.split('/').next());
    server.is_some_and(|server| server.contains('@'))
}

/// An address that dnf takes, in one word.
fn is_url(url: &str) -> bool {
    let schemes = ["http://", "https://", "ftp://", "file:///"];
    let rest = schemes.iter().find_map(|scheme| url.strip_prefix(scheme));
    rest.is_some_and(|rest| !rest.is_empty()) && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Names that end up in a command on the new machine.
fn package_names(project: &Project, found: &mut Found) {
    for (index, row) in project.packages.decisions.iter().enumerate() {
        let at = Path::to(&["packages", "decisions"]).item(index);
        let places = row.install.iter().enumerate().map(|(n, name)| (at.key("install").item(n), name));
        for (at, name) in places.chain([(at.key("package"), &row.package)]) {
            if !crate::packages::is_package_name(name) {
                found.push((at, Wrong::BadValue { why: format!("{name:?}") }));
            }
        }
    }
}

/// Lists that mean something only with enough in them.
fn lists(project: &Project, found: &mut Found) {
    for (index, pair) in project.pairs.iter().enumerate() {
        let at = Path::to(&["pairs"]).item(index).key("hosts");
        let mut seen = HashSet::new();
        match pair.hosts.iter().find(|host| !seen.insert(*host)) {
            Some(twice) => found.push((at, Wrong::Twice { name: twice.to_string() })),
            None if pair.hosts.len() < 2 => found.push((at, Wrong::BadValue { why: "< 2".to_owned() })),
            None => {}
        }
    }
    for (index, _) in project.waivers.iter().enumerate().filter(|(_, waiver)| waiver.hosts.is_empty()) {
        found.push((Path::to(&["waivers"]).item(index).key("hosts"), Wrong::Empty));
    }
    package_names(project, found);
    repositories(project, found);
    if project.provisioner.as_ref().is_some_and(|provisioner| provisioner.command.is_empty()) {
        found.push((Path::to(&["provisioner", "command"]), Wrong::Empty));
    }
    for (index, line) in project.report.milestones.iter().enumerate() {
        let wave = line.what == super::MilestoneName::Wave;
        if wave && line.wave.is_none() {
            let wrong = Wrong::Needs { because: "what = \"wave\"".to_owned(), needs: "wave" };
            found.push((Path::to(&["report", "milestones"]).item(index), wrong));
        }
    }
    if let Some(preproduction) = &project.preproduction {
        for role in preproduction.roles.keys() {
            defined_role(project, role, Path::to(&["preproduction", "roles", role.as_str()]), found);
        }
    }
}
