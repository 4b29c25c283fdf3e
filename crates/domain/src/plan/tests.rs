use super::{
    Action, Block, Environment, Forecast, HostPlan, Outage, Place, Plan, PlanError, Probe, Stage, Timing, Undo,
    compile, diff, left_over,
    test_fleet::{SECRET, World, id},
};
use crate::{
    Message, RoleId, RunId,
    event::{Event, Kind, WaitReason},
    facts::Read,
    run::{ClosedGate, Decision, RunState, decide},
};
use proptest::prelude::*;
use std::fmt::Write as _;

fn plan(world: &World) -> Plan {
    compile(&world.input()).expect("nothing stands against the test's fleet")
}

fn keys(world: &World) -> Vec<String> {
    let refusal = compile(&world.input()).expect_err("something stands against it");
    refusal.reasons.iter().map(|r| r.key.clone()).collect()
}

/// A host's way, one line a step.
fn way(job: &HostPlan) -> String {
    let mut out = String::new();
    for step in &job.steps {
        let what = match &step.action {
            Action::Script(_) => "script".to_owned(),
            Action::BackUp(what) => format!(
                "back-up {:?} dumps {:?}",
                what.paths.len(),
                what.dumps.iter().map(|d| &d.name).collect::<Vec<_>>()
            ),
            Action::ProveBackUp(_) => "prove-back-up".to_owned(),
            Action::Provision(spec) => format!("provision {} {} KiB", spec.os, spec.memory_kib),
            Action::Power { side, to } => format!("power {side:?} {to:?}"),
            Action::CarryTrees { trees } => {
                trees.iter().map(|t| format!("{} -> {}", t.from, t.to)).collect::<Vec<_>>().join(", ")
            }
            Action::CarryConfig { files } => {
                files.iter().map(|f| format!("{} -> {}", f.from, f.to)).collect::<Vec<_>>().join(", ")
            }
            Action::Soak { seconds, .. } => format!("soak {seconds} s"),
        };
        let undo = match &step.undo {
            Undo::Nothing => "",
            Undo::Script { .. } => " <script>",
            Undo::Power { .. } => " <power>",
            Undo::SetAside => " <set aside>",
        };
        let outage = if step.outage == Outage::None { String::new() } else { format!(" outage {:?}", step.outage) };
        let no_return = if step.point_of_no_return { " no return" } else { "" };
        let _ = writeln!(
            out,
            "{:<28} {:<18} {what}{undo}{outage}{no_return}",
            step.id.to_string(),
            format!("{:?}", step.place).replace('"', "")
        );
    }
    let _ = writeln!(out, "loses: {}", job.rollback.loses);
    for note in &job.notes {
        let _ = writeln!(out, "note: {note}");
    }
    out
}

#[test]
fn the_way_of_each_role() {
    let plan = plan(&World::new());
    for host in ["web-1", "cache-1", "cache-2", "db-1", "db-2", "db-3", "db-4", "mon-1"] {
        insta::assert_snapshot!(format!("way_of_{host}"), way(&plan.hosts[&id(host)]));
    }
}

#[test]
fn waves_and_their_reasons() {
    let plan = plan(&World::new());
    let waves: Vec<String> = plan
        .waves
        .iter()
        .map(|w| format!("{} {}: {:?}", w.no, w.name, w.hosts.iter().map(|h| h.as_str()).collect::<Vec<_>>()))
        .collect();
    insta::assert_snapshot!("waves", waves.join("\n"));
    let why: Vec<String> = plan.constraints.iter().map(|c| format!("{} < {}: {}", c.first, c.then, c.reason)).collect();
    insta::assert_snapshot!("reasons", why.join("\n"));
}

#[test]
fn a_plan_is_sound_and_the_same_twice() {
    let (one, other) = (plan(&World::new()), plan(&World::new()));
    assert_eq!(one.check(), Ok(()));
    assert_eq!(one.digest(), other.digest());
    assert_eq!(Plan::parse(&one.to_json()), Ok(one));
}

#[test]
fn nothing_is_touched_before_the_proof_and_each_outage_ends() {
    for job in plan(&World::new()).hosts.values() {
        let stages: Vec<Stage> = job.steps.iter().map(|s| s.stage).collect();
        assert!(stages.is_sorted(), "{}: {stages:?}", job.host);
        let outages: Vec<Outage> = job.steps.iter().map(|s| s.outage).filter(|o| *o != Outage::None).collect();
        assert_eq!(outages, [Outage::Begins, Outage::Ends], "{}", job.host);
        let at = |name: &str| job.steps.iter().position(|s| s.id.as_str() == name).expect("every host has it");
        assert!(at("cutover.fence") < at("cutover.take-address"), "never two machines at one address");
    }
}

/// The undo of a step runs after the undo of all later ones: the address is dropped before the old machine is on.
#[test]
fn the_way_back_never_has_two_machines_at_one_address() {
    for job in plan(&World::new()).hosts.values() {
        let undo = |name: &str| job.steps.iter().find(|s| s.id.as_str() == name).map(|s| s.undo.clone());
        assert!(
            matches!(undo("cutover.take-address"), Some(Undo::Script { script }) if script.contains("ip addr del"))
        );
        assert!(matches!(undo("cutover.fence"), Some(Undo::Power { .. })));
    }
}

#[test]
fn no_content_of_a_file_comes_into_a_plan() {
    let world = World::new();
    let text = plan(&world).to_json();
    assert!(
        serde_json::to_string(&world.facts).expect("facts serialise").contains(SECRET),
        "the facts hold the marker"
    );
    assert!(!text.contains(SECRET));
}

#[test]
#[expect(clippy::disallowed_types, reason = "asks a real shell whether it can read the scripts")]
fn a_shell_can_read_every_script() {
    use std::{
        io::Write as _,
        process::{Command, Stdio},
    };
    let mut asked = 0;
    let mut ask = |name: &str, script: &str| {
        let mut sh =
            Command::new("/bin/sh").arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a shell");
        sh.stdin.take().expect("a pipe").write_all(script.as_bytes()).expect("the shell reads");
        let said = sh.wait_with_output().expect("the shell ends");
        assert!(said.status.success(), "{name}: {}", String::from_utf8_lossy(&said.stderr));
        asked += 1;
    };
    let plan = plan(&World::new());
    for job in plan.hosts.values() {
        for step in &job.steps {
            step.scripts()
                .into_iter()
                .for_each(|(question, script)| ask(&format!("{} {} {question}", job.host, step.id), script));
            if let Action::BackUp(what) = &step.action {
                what.dumps.iter().for_each(|d| ask(&d.name, &d.command));
            }
        }
        ask("check", &job.rollback.check);
        job.rollback.salvage.iter().for_each(|s| ask("salvage", s));
    }
    assert!(asked > 100, "{asked}");
}

#[test]
fn replicas_go_before_primaries_and_pairs_apart() {
    let plan = plan(&World::new());
    let wave = |h: &str| plan.wave_of(&id(h)).expect("it has a wave").no;
    for (replica, primary) in [("cache-2", "cache-1"), ("db-2", "db-1"), ("db-4", "db-3")] {
        assert!(wave(replica) < wave(primary));
        assert_eq!(plan.hosts[&id(primary)].only_after, [id(replica)]);
        assert!(plan.hosts[&id(replica)].only_after.is_empty());
    }
    for wave in &plan.waves {
        for host in &wave.hosts {
            assert!(plan.hosts[host].apart_from.iter().all(|other| !wave.hosts.contains(other)));
        }
    }
    let web = plan.waves.iter().find(|w| w.name == "web").expect("a wave of web servers");
    assert_eq!(web.hosts[0], id("web-2"), "the canary goes first");
}

#[test]
fn a_declared_edge_turns_custom_round_but_not_what_was_decided() {
    let world = World::with("[[edges]]\nfrom = \"web\"\nto = \"db-1\"\nreason = \"orders\"\n");
    let turned = plan(&world);
    let wave = |plan: &Plan, h: &str| plan.wave_of(&id(h)).expect("it has a wave").no;
    assert!(wave(&turned, "db-1") < wave(&turned, "web-1"));
    assert!(turned.constraints.iter().any(|c| c.reason.key == "plan-because-declared" && c.first == id("db-1")));
    let mut decided = World::with("[[edges]]\nfrom = \"web\"\nto = \"db-1\"\nreason = \"orders\"\n");
    let roles = &mut decided.project.roles;
    roles.get_mut(&crate::RoleId::parse("database").expect("a role")).expect("a role").after =
        vec!["web".parse().expect("a role")];
    assert!(wave(&plan(&decided), "web-1") < wave(&plan(&decided), "db-1"));
}

/// The reasons of one kind, as `first < then (args)`.
fn reasons(plan: &Plan, key: &str) -> Vec<String> {
    let of_key = plan.constraints.iter().filter(|c| c.reason.key == key);
    of_key.map(|c| format!("{} < {}: {}", c.first, c.then, c.reason)).collect()
}

fn connect(world: &mut World, from: &str, to: &str, port: u16) {
    crate::rules::fixtures::edge(world.facts.get_mut(&id(from)).expect("facts"), to, port);
}

#[test]
fn connections_order_what_people_left_open() {
    let mut world = World::new();
    let usual = plan(&world);
    connect(&mut world, "mon-1", "10.77.0.41", 5432);
    connect(&mut world, "web-1", "10.77.0.41", 5432);
    connect(&mut world, "web-2", "10.77.0.41", 5432);
    connect(&mut world, "web-1", "10.77.0.21", 6379);
    connect(&mut world, "cache-1", "10.77.0.43", 3306);
    let seen = plan(&world);
    assert_eq!(seen.waves, usual.waves, "monitoring, cache, web, database: clients go before their databases as it is");
    assert_eq!(
        reasons(&seen, "plan-because-client-first"),
        [
            "cache-1 < db-3: plan-because-client-first(what=MariaDB, first=cache-1, then=db-3, seen=connection)",
            "web-1 < db-1: plan-because-client-first(what=PostgreSQL, first=mon-1, web-1, web-2, then=db-1, seen=connection)"
        ],
        "Redis orders nothing"
    );
    assert!(seen.hosts.values().all(|host| host.notes == usual.hosts[&host.host].notes));
}

#[test]
fn what_is_declared_wins_over_what_was_seen() {
    let wave = |plan: &Plan, h: &str| plan.wave_of(&id(h)).expect("it has a wave").no;
    let mut world = World::with("[[edges]]\nfrom = \"web\"\nto = \"db-1\"\nreason = \"orders\"\n");
    connect(&mut world, "web-1", "10.77.0.41", 5432);
    let turned = plan(&world);
    assert!(wave(&turned, "db-1") < wave(&turned, "web-1"));
    assert_eq!(reasons(&turned, "plan-because-client-first"), [""; 0]);
    let note = turned.hosts[&id("web-1")].notes.iter().find(|n| n.key == "plan-note-order-overruled");
    assert_eq!(note.and_then(|n| n.arg("then")), Some("db-1"), "whoever signs is told");
    assert!(!turned.hosts[&id("web-2")].notes.iter().any(|n| n.key == "plan-note-order-overruled"));
}

#[test]
fn connections_go_before_custom() {
    let wave = |plan: &Plan, h: &str| plan.wave_of(&id(h)).expect("it has a wave").no;
    let mut world = World::new();
    connect(&mut world, "db-1", "10.77.0.31", 389);
    let plan = plan(&world);
    assert!(wave(&plan, "db-1") < wave(&plan, "web-1"), "db-1 asks web-1's directory");
    assert_eq!(reasons(&plan, "plan-because-client-first").len(), 1);
}

#[test]
fn a_circle_of_connections_is_named_and_a_declaration_breaks_it() {
    let circle = |more: &str| {
        let mut world = World::with(more);
        connect(&mut world, "web-1", "10.77.0.41", 5432);
        connect(&mut world, "db-1", "10.77.0.31", 389);
        world
    };
    let refusal = compile(&circle("").input()).expect_err("they wait for each other");
    let hosts = refusal.reasons.iter().find_map(|r| r.arg("hosts")).expect("the circle is named");
    assert!(hosts == "web-1 -> db-1" || hosts == "db-1 -> web-1", "{hosts}");
    plan(&circle("[[edges]]\nfrom = \"web-1\"\nto = \"db-1\"\nreason = \"decided\"\n"));
}

#[test]
fn services_are_asked_as_the_project_says() {
    let more = |kind: &str, rest: &str| {
        format!(
            "[[services]]\nname = \"{kind}\"\nkind = \"{kind}\"\naddress = \"10.0.0.1\"\nhosts = [\"db-1\"]\n{rest}"
        )
    };
    let http = "path = \"/ok\"\nexpect_status = 204\nexpect_text = \"well\"\n";
    let rest = [more("redis", ""), more("postgresql", ""), more("mariadb", "port = 3307\n"), more("http", http)];
    let plan = plan(&World::with(&rest.concat()));
    let probe = |id: &str| plan.services.iter().find(|s| s.id.as_str() == id).map(|s| s.probe.clone());
    let address = || "10.0.0.1".to_owned();
    assert_eq!(probe("redis"), Some(Probe::Redis { address: address(), port: 6379 }));
    assert_eq!(probe("postgresql"), Some(Probe::Postgresql { address: address(), port: 5432 }));
    assert_eq!(probe("mariadb"), Some(Probe::Mariadb { address: address(), port: 3307 }));
    let url = "http://10.0.0.1:80/ok".to_owned();
    assert_eq!(probe("http"), Some(Probe::Http { url, expect_status: Some(204), expect_text: Some("well".into()) }));
}

#[test]
fn a_circle_is_named() {
    let world = World::with(
        "[[edges]]\nfrom = \"web-1\"\nto = \"db-1\"\nreason = \"a\"\n[[edges]]\nfrom = \"db-1\"\nto = \"web-1\"\nreason = \"b\"\n",
    );
    let refusal = compile(&world.input()).expect_err("they wait for each other");
    let hosts = refusal.reasons.iter().find_map(|r| r.arg("hosts")).expect("the circle is named");
    assert!(hosts == "web-1 -> db-1" || hosts == "db-1 -> web-1", "{hosts}");
}

#[test]
fn what_stands_against_a_host_is_said_all_at_once() {
    let mut world = World::new();
    world.facts.shift_remove(&id("web-1"));
    let found = Block::Found(Message::new("finding-disk-boot-room"));
    world.blocks.insert(id("web-2"), vec![found]);
    world.facts.get_mut(&id("db-1")).expect("facts").postgresql.clone_from(&Read::Unknown(crate::facts::Why::TimedOut));
    world.facts.get_mut(&id("mon-1")).expect("facts").taken_at =
        jiff::Timestamp::from_second(-100_000).expect("a time");
    assert_eq!(
        keys(&world),
        ["plan-refuse-stale", "plan-refuse-no-facts", "plan-refuse-blocked", "plan-refuse-unknown"]
    );
}

#[test]
fn hosts_that_rockhop_does_not_know_how_to_move_are_refused() {
    let change = |host: &str, change: fn(&mut crate::facts::Facts)| {
        let mut world = World::new();
        change(world.facts.get_mut(&id(host)).expect("facts"));
        keys(&world)
    };
    assert_eq!(change("web-1", |f| f.ifcfg = Read::Known(Vec::new())), ["plan-refuse-no-ifcfg"]);
    assert_eq!(change("cache-1", |f| f.listening = Read::Known(Vec::new())), ["plan-refuse-redis-local"]);
    assert_eq!(
        change("db-1", |f| crate::rules::fixtures::known(&mut f.postgresql)[0].data_dir = "/var/lib/pgsql/data".into()),
        ["plan-refuse-postgresql-place"]
    );
    assert_eq!(
        change("db-3", |f| {
            let server = crate::rules::fixtures::known(&mut f.mariadb).as_mut().expect("a server");
            crate::rules::fixtures::known(&mut server.state).version = "5.5.68-MariaDB".into();
        }),
        ["plan-refuse-mariadb-version"]
    );
    assert_eq!(
        change("web-1", |f| crate::rules::fixtures::add_file(f, "/etc/nginx/conf.d/geo.conf", "geoip_country /x;\n")),
        ["config-nginx-no-module"]
    );
}

#[test]
fn a_rehearsal_gives_the_forecast() {
    let mut world = World::new();
    let run = RunId::parse("run-1").expect("a run");
    world.fleet.hosts.get_mut(&id("web-1")).expect("a host").rehearsed_on = vec![id("pre-web-1")];
    world.timings.insert(id("pre-web-1"), Timing { run: run.clone(), duration_ms: 90_000, outage_ms: 7_000 });
    let plan = plan(&world);
    assert_eq!(plan.hosts[&id("web-1")].forecast, Forecast::Rehearsed { run, duration_ms: 90_000, outage_ms: 7_000 });
    assert_eq!(plan.hosts[&id("web-2")].forecast, Forecast::Unmeasured);
}

#[test]
fn two_plans_differ_where_their_steps_do() {
    let world = World::new();
    let before = plan(&world);
    let mut later = world.input();
    later.made_at = jiff::Timestamp::from_second(60).expect("a time");
    assert!(diff(&before, &compile(&later).expect("a plan")).is_empty(), "when it was made is not a difference");

    let mut other = World::new();
    other.facts.shift_remove(&id("web-1"));
    other.fleet.hosts.get_mut(&id("web-1")).expect("a host").moves = false;
    other.fleet.hosts.get_mut(&id("web-2")).expect("a host").soak_seconds = 99;
    let found = diff(&before, &plan(&other));
    assert_eq!(found.removed, [id("web-1")]);
    let web = found.hosts.iter().find(|h| h.host == id("web-2")).expect("its soak changed");
    assert_eq!(web.changed.iter().map(|c| c.step.as_str()).collect::<Vec<_>>(), ["prove.soak"]);
    assert!(
        web.changed[0].text.contains("-    \"seconds\": 60") && web.changed[0].text.contains("+    \"seconds\": 99"),
        "{}",
        web.changed[0].text
    );
}

const GATES: &str = r#"
[gates.no-alerts]
when = ["before", "soak"]
kind = "alerts"
[gates.answers]
when = ["after"]
kind = "service"
service = "shop"
roles = ["web"]
[gates.ticket]
when = ["before"]
kind = "command"
command = ["ticket-is-open", "CHG 1"]
"#;

#[test]
fn gates_are_part_of_what_is_signed() {
    let plan = plan(&World::with(GATES));
    let said: Vec<String> = plan.gates.iter().map(|g| serde_json::to_string(g).expect("it serialises")).collect();
    assert_eq!(
        said,
        [
            r#"{"name":"no-alerts","when":["before","soak"],"question":{"kind":"alerts","url":"http://10.77.0.11:9093","from":"mon-1"}}"#,
            r#"{"name":"answers","when":["after"],"question":{"kind":"service","services":["web-1.shop","web-2.shop"]},"roles":["web"]}"#,
            r#"{"name":"ticket","when":["before"],"question":{"kind":"command","command":["ticket-is-open","CHG 1"]}}"#,
        ]
    );
    assert_eq!(Plan::parse(&plan.to_json()), Ok(plan.clone()));
    let without = diff(&compile(&World::new().input()).expect("a plan"), &plan);
    assert!(!without.is_empty() && without.gates.contains("+    \"name\": \"ticket\""), "{}", without.gates);
}

#[test]
fn a_gate_that_can_ask_nothing_is_refused_and_left_out_of_a_rehearsal() {
    let mut world = World::with(GATES);
    world.fleet.services.clear();
    assert_eq!(keys(&world), ["plan-refuse-gate"]);
    for host in world.fleet.hosts.values_mut() {
        host.environment = Environment::Preproduction;
    }
    let input = super::PlanInput { environment: Environment::Preproduction, ..world.input() };
    let names: Vec<String> = compile(&input).expect("a plan").gates.into_iter().map(|g| g.name).collect();
    assert_eq!(names, ["no-alerts", "ticket"]);
}

#[test]
fn a_plan_with_a_gate_that_means_nothing_is_no_plan() {
    let good = plan(&World::with(GATES));
    let spoiled = |spoil: fn(&mut Plan)| {
        let mut plan = good.clone();
        spoil(&mut plan);
        Plan::parse(&plan.to_json())
    };
    let bad = |gate: &str| Err(PlanError::Gate { gate: gate.to_owned() });
    assert_eq!(spoiled(|p| p.gates[0].when.clear()), bad("no-alerts"));
    assert_eq!(spoiled(|p| p.gates[2].name = "answers".into()), bad("answers"));
    assert_eq!(spoiled(|p| p.services.clear()), bad("answers"));
}

/// Its bytes, and so its name, are those of a plan that knows no gates.
#[test]
fn a_plan_of_the_first_format_reads_as_it_did() {
    let mut old = plan(&World::new());
    old.format = 1;
    let text = old.to_json();
    assert!(!text.contains("gates"));
    assert_eq!(Plan::parse(&text).map(|p| p.digest()), Ok(old.digest()));
    assert_eq!(Plan::parse(&text.replacen("1", "3", 1)), Err(PlanError::Format { found: 3 }));
}

#[test]
fn a_closed_gate_holds_the_hosts_of_its_roles_only() {
    let plan = plan(&World::new());
    let run = RunId::parse("run-1").expect("a run");
    let (environment, scenery) = (plan.environment, plan.scenery);
    let kind = Kind::RunStarted { plan: plan.digest(), environment, scenery, by: "ann".into() };
    let first = Event { seq: 1, at: jiff::Timestamp::UNIX_EPOCH, run: Some(run.clone()), host: None, kind };
    let state = RunState::begin(&run, &plan, &first).expect("a beginning");
    let first_host = &plan.waves[0].hosts[0];
    let role = plan.hosts[first_host].role.clone();
    let begins = |roles: Vec<RoleId>| {
        let shut = ClosedGate { gate: "ticket".into(), roles };
        let decided = decide(&plan, &state, jiff::Timestamp::UNIX_EPOCH, &[shut]);
        let gate = |d: &Decision| match d {
            Decision::Wait { host, reason: WaitReason::Gate { gate } } => host == first_host && gate == "ticket",
            _ => false,
        };
        let begin = |d: &Decision| matches!(d, Decision::Begin { host, .. } if host == first_host);
        (decided.iter().any(begin), decided.iter().any(gate))
    };
    assert_eq!(begins(vec![role]), (false, true));
    assert_eq!(begins(vec![]), (false, true));
    assert_eq!(begins(vec!["edge".parse().expect("a role")]), (true, false));
}

#[test]
fn peers_are_the_balancer_and_the_alerting_host() {
    let plan = plan(&World::new());
    let peers = |host: &str| -> Vec<String> {
        let of = |p: &Place| if let Place::Peer(h) = p { Some(h.to_string()) } else { None };
        let mut all: Vec<String> = plan.hosts[&id(host)].steps.iter().filter_map(|s| of(&s.place)).collect();
        all.dedup();
        all
    };
    assert_eq!(peers("web-1"), ["mon-1", "edge-1", "mon-1"]);
    assert_eq!(peers("mon-1"), Vec::<String>::new(), "nobody silences itself while it moves");
    let drain = plan.hosts[&id("web-1")].steps.iter().find(|s| s.id.as_str() == "cutover.drain").expect("a drain");
    assert!(drain.scripts().iter().any(|(_, s)| s.contains("SERVER='w1'")), "the balancer's own name for it");
}

proptest! {
    /// Whatever pairs and roles there are: waves hold every moving host once, pairs apart.
    #[test]
    fn waves_hold_everybody_once(pairs in prop::collection::vec((0usize..9, 0usize..9), 0..6)) {
        let mut world = World::new();
        let names: Vec<_> = world.fleet.hosts.keys().cloned().collect();
        for (a, b) in pairs {
            if a != b {
                let (one, other) = (names[a].clone(), names[b].clone());
                world.fleet.hosts[&one].apart_from.push(other);
            }
        }
        let plan = plan(&world);
        let mut all: Vec<_> = plan.waves.iter().flat_map(|w| w.hosts.clone()).collect();
        all.sort();
        let mut expected: Vec<_> = plan.hosts.keys().cloned().collect();
        expected.sort();
        prop_assert_eq!(all, expected);
        for wave in &plan.waves {
            for host in &wave.hosts {
                prop_assert!(plan.hosts[host].apart_from.iter().all(|o| !wave.hosts.contains(o)));
            }
        }
    }
}

/// Hosts that arrived in an earlier campaign are left out; the others are planned without them.
#[test]
fn what_a_campaign_left_over_is_planned_again() {
    let mut world = World::new();
    let Read::Known(os) = &mut world.facts.get_mut(&id("web-1")).expect("a host").os else { panic!("a fixture") };
    (os.id, os.version_id) = ("rocky".to_owned(), "9.6".to_owned());
    world.fleet = left_over(&world.fleet, &world.facts);
    let plan = compile(&world.input()).expect("a plan of the others");
    assert!(!plan.hosts.contains_key(&id("web-1")) && plan.hosts.contains_key(&id("web-2")));
    assert_eq!(plan.check(), Ok(()));
}

const REPOSITORIES: &str = r#"
[[repositories]]
id = "baseos"
[[repositories]]
id = "appstream"
[[repositories]]
id = "site"
baseurl = "http://mirror.example.com/site/9/"
gpgkey = "keys/site.asc"
hosts = ["web"]
[[repositories]]
id = "spare"
enabled = false
"#;

/// The script of a step that is applied.
fn applied(job: &HostPlan, step: &str) -> String {
    let step = job.steps.iter().find(|s| s.id.as_str() == step).expect("it has the step");
    step.scripts().into_iter().find(|(question, _)| *question == "apply").expect("it is applied").1.to_owned()
}

#[test]
fn declared_repositories_are_defined_and_nothing_is_installed_from_others() {
    let mut world = World::with(REPOSITORIES);
    assert_eq!(keys(&world), ["plan-refuse-no-key", "plan-refuse-no-key"], "of web-1 and web-2");
    world.keys.insert("keys/site.asc".to_owned(), "-----BEGIN it's-----\n".to_owned());
    let plan = plan(&world);
    let (web, cache) = (&plan.hosts[&id("web-1")], &plan.hosts[&id("cache-1")]);
    let asked = applied(web, "build.repositories");
    for line in [
        "KEY_FILE='/etc/pki/rpm-gpg/rockhop-site'",
        "KEY='-----BEGIN it'\\''s-----'",
        "DEFINITIONS='[site]",
        "gpgkey=file:///etc/pki/rpm-gpg/rockhop-site",
        "SWITCHED_ON='baseos appstream'",
        "FROM='--repo=baseos --repo=appstream --repo=site'",
    ] {
        assert!(asked.contains(line), "{line} is not in\n{asked}");
    }
    assert!(applied(web, "build.packages").contains("FROM='--repo=baseos --repo=appstream --repo=site'"));
    let asked = applied(cache, "build.repositories");
    assert!(asked.contains("DEFINITIONS=''") && !asked.contains("site") && !asked.contains("spare"), "{asked}");
    let undeclared = self::plan(&World::new());
    assert!(applied(&undeclared.hosts[&id("web-1")], "build.packages").contains("FROM=''"));
}

#[test]
#[expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "asks a real shell what the script does")]
fn a_repository_is_switched_on_where_the_machine_defines_it() {
    let folder = std::env::temp_dir().join(format!("rockhop-repos-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let rocky = "[baseos]\nname=b\nenabled=1\n\n[crb]\nname=c\nenabled = 0\ngpgcheck=1\n[devel]\nname=d\nenabled=0\n[bare]\nname=e\n";
    std::fs::write(folder.join("rocky.repo"), rocky).expect("a file");
    let body = include_str!("../replace/sh/repositories-declared.sh");
    let run = |ids: &str| {
        let script = format!("set -eu\ndie() {{ echo \"$*\" >&2; exit 9; }}\n{body}");
        let mut sh = std::process::Command::new("/bin/sh");
        sh.arg("-c").arg(script).env("REPOS", &folder).env("DEFINITIONS", "[own]\n").env("SWITCHED_ON", ids);
        sh.output().expect("a shell").status.code()
    };
    assert_eq!(run("crb bare"), Some(0));
    assert_eq!(run("crb bare baseos"), Some(0), "twice is as well as once");
    let now = std::fs::read_to_string(folder.join("rocky.repo")).expect("the file");
    assert_eq!(now, rocky.replace("enabled = 0", "enabled=1") + "enabled=1\n");
    assert_eq!(std::fs::read_to_string(folder.join("rockhop.repo")).expect("the file"), "[own]\n");
    assert_eq!(run("crb elsewhere"), Some(9));
    std::fs::remove_dir_all(&folder).expect("it is ours");
}

#[test]
fn what_is_not_known_keeps_a_host_and_is_told_apart_from_what_was_found() {
    let mut world = World::new();
    let rule = crate::RuleId::parse("packages.docker").expect("a rule");
    world.blocks.insert(id("web-2"), vec![Block::NotKnown { rule, why: crate::facts::Why::TimedOut }]);
    let refusal = compile(&world.input()).expect_err("it is not planned");
    assert_eq!(
        refusal.reasons.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["plan-refuse-not-known(host=web-2, rule=packages.docker, why=facts-unknown-timed-out)"]
    );
}

#[test]
fn only_a_replacement_is_planned() {
    let mut world = World::new();
    world.fleet.hosts[&id("web-2")].strategy = crate::rules::Strategy::Inplace;
    assert_eq!(keys(&world), ["plan-refuse-strategy"]);
}

#[test]
fn a_plan_names_who_said_what_becomes_of_each_package() {
    let mut world = World::with(
        "\n[[packages.decisions]]\npackage = \"oracle-agent\"\ninstall = [\"oracle-agent9\"]\nhosts = [\"web-1\"]\n\
         owner = \"Zhao Min\"\nreason = \"r\"\n",
    );
    let events = r#"{"packageinfo": [
        {"id": 7, "action": 3, "release": {"major_version": 8, "minor_version": 0},
         "in_packageset": {"package": [{"name": "old-tool", "repository": "base"}]},
         "out_packageset": {"package": [{"name": "tool8", "repository": "base"}]}}]}"#;
    world.given.events = Some(crate::packages::pes::Events::read("pes", events.as_bytes()).expect("events"));
    for name in ["web-1", "web-2"] {
        for package in ["oracle-agent", "old-tool"] {
            crate::rules::fixtures::add_package(&mut world.facts[&id(name)], package, "1", "1.el7");
        }
    }
    let plan = plan(&world);
    let told = |host: &str, package: &str| {
        let job = &plan.hosts[&id(host)];
        let one = job.packages.iter().find(|one| one.name == package).expect("every package is told");
        format!("{:?} {} {}", one.fate, one.to.join(" "), one.by.join(" "))
    };
    assert_eq!(told("web-1", "oracle-agent"), "Replaced oracle-agent9 decision Zhao Min");
    assert_eq!(told("web-2", "oracle-agent"), "Unknown  ");
    assert_eq!(told("web-1", "old-tool"), "Replaced tool8 event 7 (8.0)");
    assert!(applied(&plan.hosts[&id("web-1")], "build.packages").contains(" oracle-agent9"));
    let notes = |host: &str| plan.hosts[&id(host)].notes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(!notes("web-1").contains("plan-note-packages-unknown"), "{}", notes("web-1"));
    assert!(notes("web-2").contains("plan-note-packages-unknown(packages=oracle-agent"), "{}", notes("web-2"));
    assert!(notes("web-1").contains("plan-note-packages-unconfirmed(packages=tool8)"), "{}", notes("web-1"));
    assert!(!applied(&plan.hosts[&id("web-1")], "build.packages").contains("tool8"), "nobody confirmed it for 9");
}

#[test]
fn module_streams_of_leapps_events_are_enabled_first() {
    let events = |stream: &str| {
        let text = format!(
            r#"{{"packageinfo": [{{"id": 8, "action": 6, "release": {{"major_version": 9, "minor_version": 0}},
            "in_packageset": {{"package": [{{"name": "old-tool", "repository": "base"}}]}},
            "out_packageset": {{"package": [{{"name": "old-tool", "repository": "base",
                "modulestreams": [{{"name": "tools", "stream": "{stream}"}}]}}]}},
            "modulestream_maps": [{{"in_modulestream": null, "out_modulestream": {{"name": "tools", "stream": "{stream}"}}}}]}}]}}"#
        );
        Some(crate::packages::pes::Events::read("pes", text.as_bytes()).expect("events"))
    };
    let mut world = World::new();
    crate::rules::fixtures::add_package(&mut world.facts[&id("web-1")], "old-tool", "1", "1.el7");
    world.given.events = events("9.1");
    let plan = plan(&world);
    assert!(applied(&plan.hosts[&id("web-1")], "build.packages").contains("MODULES='tools:9.1'"));
    assert!(applied(&plan.hosts[&id("web-2")], "build.packages").contains("MODULES=''"));
    world.given.events = events("9 --nogpgcheck");
    assert_eq!(keys(&world), ["plan-refuse-stream"]);
}
