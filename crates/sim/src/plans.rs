//! Small plans for the simulator's own tests: the steps of the strategy `replace`, without its scripts.

use indexmap::IndexMap;
use jiff::Timestamp;
use rockhop_domain::{
    Digest, HostId, Message, RoleId, ServiceId, StepId, WaveNo,
    plan::{
        Action, BackUp, Environment, Forecast, HostPlan, MachineSpec, OnFailure, Outage, PLAN_FORMAT, Place, Plan,
        Policy, Power, Probe, RollbackPlan, Scenery, Scripts, Service, Side, Stage, Step, Strategy, Undo, Wave,
    },
};

/// Which hosts, in which waves: `[["mon-1"], ["cache-2", "cache-1"]]`.
pub fn plan(waves: &[&[&str]], made_at: Timestamp) -> Plan {
    let hosts: IndexMap<HostId, HostPlan> =
        waves.iter().flat_map(|w| w.iter()).map(|h| (host(h), host_plan(h, made_at))).collect();
    let services = hosts.keys().map(service).collect();
    let waves = (1..).zip(waves).map(|(no, names)| Wave {
        no: WaveNo(no),
        name: format!("wave-{no}"),
        hosts: names.iter().map(|h| host(h)).collect(),
        window: None,
    });
    Plan {
        format: PLAN_FORMAT,
        project: "simulated".to_owned(),
        environment: Environment::Production,
        scenery: Scenery::Simulated,
        made_at,
        policy: policy(),
        waves: waves.collect(),
        hosts,
        constraints: Vec::new(),
        services,
        gates: Vec::new(),
    }
}

/// A host name of a test.
///
/// # Panics
/// When the name is not one: these are constants of tests.
pub fn host(name: &str) -> HostId {
    HostId::parse(name).expect("a test's host name is well formed")
}

fn policy() -> Policy {
    Policy {
        facts_max_age_s: 86_400,
        hosts_in_parallel: 4,
        max_unavailable: 4,
        max_unavailable_by_role: IndexMap::new(),
        failure_budget: 2,
        rollback_reserve_s: 60,
        on_failure: OnFailure::Rollback,
    }
}

fn host_plan(name: &str, taken: Timestamp) -> HostPlan {
    HostPlan {
        host: host(name),
        role: RoleId::parse(name.split('-').next().unwrap_or(name)).expect("a test's role is well formed"),
        site: None,
        strategy: Strategy::Replace,
        address: format!("{name}.simulated"),
        facts: Digest::of(name.as_bytes()),
        facts_taken_at: taken,
        apart_from: Vec::new(),
        only_after: Vec::new(),
        steps: steps(),
        rollback: RollbackPlan { salvage: None, check: "true".to_owned(), loses: Message::new("plan-loses-nothing") },
        forecast: Forecast::Unmeasured,
        notes: Vec::new(),
        packages: Vec::new(),
    }
}

fn service(host: &HostId) -> Service {
    Service {
        id: ServiceId::parse(host.as_str()).expect("a host name is a service name"),
        hosts: vec![host.clone()],
        probe: Probe::Tcp { address: host.to_string(), port: 80 },
        slo_percent: None,
    }
}

/// The steps of a replacement, in order; step 8 takes the address.
pub fn steps() -> Vec<Step> {
    let what = BackUp { paths: vec!["/etc".to_owned()], exclude: vec![], volatile: vec![], dumps: vec![] };
    let script = |text: &str| {
        Action::Script(Scripts { check: Some("check".to_owned()), apply: text.to_owned(), verify: "verify".to_owned() })
    };
    let back = |text: &str| Undo::Script { script: text.to_owned() };
    let spec = MachineSpec { os: "rocky9".to_owned(), memory_kib: 1, cpus: 1, disk_kib: 1 };
    let off = Action::Power { side: Side::Old, to: Power::Off };
    let on = Undo::Power { side: Side::Old, to: Power::On };
    let soak = Action::Soak { seconds: 6, look: "look".to_owned() };
    let row = |id: &str, stage, place, action, undo, outage| Step {
        id: StepId::parse(id).expect("a test's step id is well formed"),
        stage,
        place,
        action,
        undo,
        timeout_s: 600,
        retries: 1,
        outage,
        point_of_no_return: false,
    };
    use {
        Outage::{Begins, Ends, None as No},
        Place::{Controller, New, Old},
        Stage::{Accept, Build, Carry, Cutover, Prove, Secure},
    };
    vec![
        row("secure.recheck", Secure, Old, script("recheck"), Undo::Nothing, No),
        row("secure.back-up", Secure, Old, Action::BackUp(what.clone()), Undo::Nothing, No),
        row("secure.prove-back-up", Secure, Old, Action::ProveBackUp(what), Undo::Nothing, No),
        row("build.provision", Build, Controller, Action::Provision(spec), Undo::SetAside, No),
        row("build.packages", Build, New, script("install"), Undo::Nothing, No),
        row("carry.configuration", Carry, New, Action::CarryConfig { files: vec![] }, Undo::Nothing, No),
        row("cutover.quiesce", Cutover, Old, script("stop"), back("start"), Begins),
        row("cutover.fence", Cutover, Controller, off, on, No),
        row("cutover.take-address", Cutover, New, script("take"), back("drop"), No),
        row("cutover.verify", Cutover, New, script("verify"), back("nothing"), Ends),
        row("prove.soak", Prove, New, soak, Undo::Nothing, No),
        row("accept.record", Accept, New, script("record"), Undo::Nothing, No),
    ]
}
