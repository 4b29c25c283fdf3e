use super::*;
use crate::inventory::{Inventory, Source};
use crate::plan::Environment;
use crate::{HostId, RuleId};
use jiff::civil::date;
use proptest::prelude::*;

const EXAMPLE: &str = include_str!("../../../../docs/rockhop.toml.example");

const INVENTORY: &str = "\
[monitoring]\nmon-1\npre-mon-1\n[cache]\ncache-[1:2]\npre-cache-1\n[web]\nweb-[1:8]\npre-web-1\n[database]\ndb-[1:2] ansible_user=dba\npre-db-1\n\
[north]\nmon-1\nweb-[1:4]\ndb-1\n[south]\nweb-[5:8]\ndb-2\n[preproduction]\npre-mon-1\npre-cache-1\npre-web-1\npre-db-1\n\
[edge]\nedge-1 ansible_ssh_common_args='-J other'\n[windows]\nwin-1\n";

const SMALL: &str = "\
[project]\nname = \"x\"\nenvironment = \"production\"\ninventory = [\"i\"]\n\
[roles.web]\ngroups = [\"web\"]\n\
[vault]\npath = \"/v\"\npassword_file = \"/p\"\n";

fn parse(text: &str) -> Project {
    Project::parse(text, "rockhop.toml").unwrap_or_else(|error| panic!("{error}"))
}

fn inventory(text: &str) -> Inventory {
    Inventory::read(&[Source { path: "inventory.ini", text }]).expect("an inventory")
}

fn host(name: &str) -> HostId {
    HostId::parse(name).expect("a host name")
}

#[test]
fn the_example_is_a_project() {
    let project = parse(EXAMPLE);
    assert_eq!(project.roles.len(), 5);
    let written = toml::to_string(&project).expect("TOML");
    assert_eq!(parse(&written), project, "a project survives being written down");
}

#[test]
fn the_example_shows_every_key() {
    let mut keys = Vec::new();
    collect_keys(&schema(), &mut keys);
    let commented = EXAMPLE.replace("# namespace", "namespace");
    let missing: Vec<&String> = keys.iter().filter(|key| !commented.contains(key.as_str())).collect();
    // `at_least` and `key_file` exclude what the example shows in their place.
    assert_eq!(missing, ["at_least"], "keys that the example does not show");
}

fn collect_keys(schema: &serde_json::Value, keys: &mut Vec<String>) {
    if let Some(properties) = schema.get("properties").and_then(|p| p.as_object()) {
        keys.extend(properties.keys().cloned());
    }
    match schema {
        serde_json::Value::Object(map) => map.values().for_each(|value| collect_keys(value, keys)),
        serde_json::Value::Array(items) => items.iter().for_each(|value| collect_keys(value, keys)),
        _ => {}
    }
}

#[test]
fn every_key_of_the_schema_is_explained() {
    let schema = schema();
    let mut bare = Vec::new();
    let objects = schema["$defs"].as_object().into_iter().flatten().map(|(name, def)| (name.as_str(), def));
    for (name, def) in objects.chain([("Project", &schema)]) {
        for (key, property) in def["properties"].as_object().into_iter().flatten() {
            if property.get("description").is_none() {
                bare.push(format!("{name}.{key}"));
            }
        }
    }
    assert!(bare.is_empty(), "{bare:?}");
}

#[test]
fn defaults_are_enough() {
    let project = parse(SMALL);
    assert_eq!(project.limits.max_unavailable, Share::Percent(10));
    assert_eq!(project.connection.max_handshakes_per_bastion, 8);
    assert_eq!(project.window_of(&RoleId::parse("web").expect("a role"), None), None);
}

/// Each edit of the small project breaks one thing.
#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (addition, want) in [
        (
            "[limits]\nhosts_in_paralel = 1\n",
            "11:1 limits.hosts_in_paralel UnknownKey { nearest: Some(\"hosts_in_parallel\") }",
        ),
        ("[limit]\n", "10:2 limit UnknownKey { nearest: Some(\"limits\") }"),
        ("[roles.db]\nzzzz = 1\n", "11:1 roles.db.zzzz UnknownKey { nearest: None }"),
        ("[limits]\nretries = \"2\"\n", "11:11 limits.retries WrongType { found: \"string\", wanted: \"integer\" }"),
        (
            "[limits]\nmax_unavailable = [1]\n",
            "11:19 limits.max_unavailable WrongType { found: \"array\", wanted: \"integer / string\" }",
        ),
        ("[limits]\nmax_unavailable = \"half\"\n", "11:19 limits.max_unavailable BadValue"),
        ("[limits]\nmax_unavailable = \"0%\"\n", "11:1 limits.max_unavailable NothingMoves"),
        ("[limits]\nhosts_in_parallel = 0\n", "11:1 limits.hosts_in_parallel NothingMoves"),
        ("[limits]\nretries = 999\n", "11:11 limits.retries BadValue"),
        (
            "[limits]\non_failure = \"rolback\"\n",
            "11:14 limits.on_failure WrongChoice { value: \"rolback\", choices: \"rollback, hold\", nearest: Some(\"rollback\") }",
        ),
        (
            "[limits]\nwindow = \"nigt\"\n[windows.night]\nzone=\"UTC\"\ndays=[\"mon\"]\nstart=\"01:00\"\nend=\"02:00\"\n",
            "11:1 limits.window Undefined { name: \"nigt\", nearest: Some(\"night\") }",
        ),
        (
            "[windows.n]\nzone=\"UTC\"\ndays=[\"mon\"]\nstart=\"01:00\"\nend=\"02:00\"\ncutoff_minutes=60\n",
            "10:10 windows.n Window(CutoffEatsAll { cutoff_minutes: 60, window_minutes: 60 })",
        ),
        (
            "[windows.n]\nzone=\"Mars\"\ndays=[\"mon\"]\nstart=\"01:00\"\nend=\"02:00\"\n",
            "10:10 windows.n Window(NoSuchZone(\"Mars\"))",
        ),
        (
            "[windows.n]\nzone=\"UTC\"\ndays=[\"monday\"]\nstart=\"01:00\"\nend=\"02:00\"\n",
            "12:7 windows.n.days[1] WrongChoice { value: \"monday\", choices: \"mon, tue, wed, thu, fri, sat, sun\", nearest: Some(\"mon\") }",
        ),
        ("[windows.n]\nzone=\"UTC\"\ndays=[\"mon\"]\nstart=\"1 am\"\nend=\"02:00\"\n", "13:7 windows.n.start BadValue"),
        ("[sites.\"a b\"]\n", "10:8 sites.a b BadValue"),
        ("[roles.db]\nhosts = [\"a\", \"b c\"]\n", "11:9 roles.db.hosts BadValue"),
        (
            "[roles.db]\nafter = [\"web\", \"wev\"]\n",
            "11:17 roles.db.after[2] Undefined { name: \"wev\", nearest: Some(\"web\") }",
        ),
        ("[roles.a]\nafter = [\"b\"]\n[roles.b]\nafter = [\"a\"]\n", "11:1 roles.a.after RoleCycle { role: \"a\" }"),
        ("[[pairs]]\nhosts = [\"a\"]\n", "11:1 pairs[1].hosts BadValue"),
        ("[[pairs]]\nhosts = [\"a\", \"a\"]\n", "11:1 pairs[1].hosts Twice { name: \"a\" }"),
        ("[[services]]\nname = \"s\"\nkind = \"tcp\"\nrole = \"web\"\n", "10:1 services[1] Needs"),
        ("[[services]]\nname = \"s\"\nkind = \"http\"\n", "10:1 services[1] EitherOr"),
        (
            "[[services]]\nname = \"s\"\nkind = \"redis\"\nrole = \"web\"\npath = \"/\"\n",
            "14:1 services[1].path Pointless { because: \"kind = \\\"redis\\\"\", key: \"path\" }",
        ),
        (
            "[[services]]\nname = \"s\"\nkind = \"http\"\nrole = \"web\"\nslo_percent = 100.1\n",
            "14:1 services[1].slo_percent BadValue",
        ),
        ("[gates.g]\nwhen = []\nkind = \"command\"\n", "10:8 gates.g Needs"),
        (
            "[gates.g]\nwhen = [\"soak\"]\nkind = \"alerts\"\n",
            "10:8 gates.g Needs { because: \"kind = \\\"alerts\\\"\", needs: \"monitoring.alertmanager_url\" }",
        ),
        (
            "[[waivers]]\nrule = \"a.b\"\nhosts = []\nowner = \"o\"\nreason = \"r\"\nexpires = 2027-01-01\n",
            "12:1 waivers[1].hosts Empty",
        ),
        (
            "[[waivers]]\nrule = \"a.b\"\nhosts = [\"web\"]\nowner = \"o\"\nreason = \"r\"\n",
            "10:1 waivers[1] MissingKey { missing: \"expires\" }",
        ),
        (
            "[[waivers]]\nrule = \"a.b\"\nhosts = [\"web\"]\nowner = \"o\"\nreason = \"r\"\nexpires = 2027-01-01T00:00:00Z\n",
            "15:11 waivers[1].expires BadValue",
        ),
        (
            "[policy.severity]\n\"kernel.elevater\" = \"blocks\"\n",
            "11:1 policy.severity.kernel.elevater Undefined { name: \"kernel.elevater\", nearest: Some(\"kernel.elevator\") }",
        ),
        (
            "[policy.severity]\n\"kernel.elevator\" = \"informs\"\n",
            "11:1 policy.severity.kernel.elevator Lowered { own: \"warns\" }",
        ),
        ("[policy.severity]\n\"kernel.elevator\" = \"fatal\"\n", "11:21 policy.severity.kernel.elevator WrongChoice"),
        (
            "[[packages.decisions]]\npackage = \"a\"\ninstall = [\"b\", \"-y\"]\nowner = \"o\"\nreason = \"r\"\n",
            "12:17 packages.decisions[1].install[2] BadValue",
        ),
        ("[[repositories]]\nid = \"a b\"\n", "11:1 repositories[1].id BadValue"),
        (
            "[[repositories]]\nid = \"a\"\nbaseurl = \"http://m/9\\nenabled=0\"\n",
            "12:1 repositories[1].baseurl BadValue",
        ),
        (
            "[[repositories]]\nid = \"a\"\nbaseurl = \"http://m/9\"\nmetalink = \"http://m/9\"\n",
            "10:1 repositories[1] EitherOr { one: \"baseurl\", other: \"metalink\" }",
        ),
        (
            "[[repositories]]\nid = \"a\"\nbaseurl = \"https://u:hunter2@m/9\"\n",
            "12:1 repositories[1].baseurl InlineSecret",
        ),
        ("[[repositories]]\nid = \"crb\"\ngpgkey = \"keys/k\"\n", "12:1 repositories[1].gpgkey Pointless"),
        (
            "[[repositories]]\nid = \"a\"\nbaseurl = \"http://m/9\"\ngpgkey = \"../k\"\n",
            "13:1 repositories[1].gpgkey BadValue",
        ),
        ("[connection]\njump = \"-oProxyCommand=x\"\n", "11:1 connection.jump BadJump"),
        ("[report]\nzone = \"Nowhere\"\n", "11:1 report.zone NoSuchZone"),
        ("[report\n", "10:8  NotToml"),
    ] {
        let text = format!("{SMALL}{addition}");
        let got = told(&text);
        assert!(got.iter().any(|problem| problem.starts_with(want)), "{addition}\n got {got:#?}\nwant {want}");
    }
}

fn told(text: &str) -> Vec<String> {
    match Project::parse(text, "rockhop.toml") {
        Ok(_) => vec!["nothing".to_owned()],
        Err(error) => {
            error.problems.iter().map(|p| format!("{}:{} {} {:?}", p.line, p.column, p.key, p.wrong)).collect()
        }
    }
}

#[test]
fn everything_wrong_is_told_at_once() {
    let got =
        told("[project]\nnam = \"x\"\nlanguage = \"fr\"\n[roles.web]\nmoves = 1\n[vault]\npassword = \"hunter2\"\n");
    assert_eq!(
        got,
        [
            "1:2 project MissingKey { missing: \"name\" }",
            "1:2 project MissingKey { missing: \"environment\" }",
            "1:2 project MissingKey { missing: \"inventory\" }",
            "2:1 project.nam UnknownKey { nearest: Some(\"name\") }",
            "3:12 project.language WrongChoice { value: \"fr\", choices: \"zh, en\", nearest: None }",
            "5:9 roles.web.moves WrongType { found: \"integer\", wanted: \"boolean\" }",
            "6:2 vault MissingKey { missing: \"path\" }",
            "7:1 vault.password InlineSecret",
        ]
    );
}

#[test]
fn a_secret_in_the_file_is_refused_and_not_repeated() {
    for key in ["password", "passphrase", "key", "secret", "Password"] {
        let text = SMALL.replace("password_file = \"/p\"", &format!("{key} = \"hunter2\""));
        let error = Project::parse(&text, "rockhop.toml").expect_err("a secret");
        assert!(error.problems.iter().any(|problem| problem.wrong == Wrong::InlineSecret), "{key}: {error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
    for both in ["", "password_file = \"/p\"\nkey_file = \"/k\"\n"] {
        let text = SMALL.replace("password_file = \"/p\"\n", both);
        assert_eq!(told(&text), ["7:2 vault EitherOr { one: \"password_file\", other: \"key_file\" }"]);
    }
}

#[test]
fn project_and_inventory_make_a_fleet() {
    let fleet = parse(EXAMPLE).resolve(&inventory(INVENTORY)).unwrap_or_else(|error| panic!("{error}"));
    let of = |name: &str| fleet.hosts.get(&host(name)).unwrap_or_else(|| panic!("{name} is in the fleet"));
    assert_eq!(fleet.hosts.len(), 18, "all but win-1");
    let told = |name: &str| {
        let h = of(name);
        let site = h.site.as_ref().map_or("-", SiteId::as_str);
        let apart: Vec<&str> = h.apart_from.iter().map(HostId::as_str).collect();
        let on: Vec<&str> = h.rehearsed_on.iter().map(HostId::as_str).collect();
        let window = h.window.as_deref().unwrap_or("-");
        format!("{} {site} {window} {} apart {} on {}", h.role, h.soak_seconds, apart.join(","), on.join(","))
    };
    assert_eq!(told("web-1"), "web north night 600 apart  on pre-web-1");
    assert_eq!(told("web-5"), "web south weekend 600 apart  on pre-web-1");
    assert_eq!(told("db-2"), "database south weekend 300 apart db-1 on pre-db-1");
    assert_eq!(told("pre-web-1"), "web - - 600 apart  on ");
    assert_eq!((of("edge-1").moves, of("web-1").moves), (false, true));
    assert_eq!(fleet.of(Environment::Preproduction).count(), 4);
    // The inventory goes before the project's own rules for connections.
    assert_eq!(of("db-1").connection.user.as_deref(), Some("dba"));
    assert_eq!(of("web-1").connection.user.as_deref(), Some("rockhop"));
    assert_eq!(of("edge-1").connection.jumps[0].address, "other");
    assert_eq!(of("web-1").connection.jumps[0].address, "bastion-1.example.com");
    let services: Vec<String> =
        fleet.services.iter().map(|s| format!("{} {}:{} {}", s.id, s.address, s.port, s.hosts.len())).collect();
    let want = [
        "shop 10.0.0.10:80 8",
        "cache-1.redis cache-1:6379 1",
        "cache-2.redis cache-2:6379 1",
        "db-1.orders db-1:5432 1",
        "db-2.orders db-2:5432 1",
    ];
    assert_eq!(services, want);
    let edges: Vec<String> =
        fleet.edges.iter().map(|e| format!("{} {} {}", e.from.len(), e.to.len(), e.reason)).collect();
    assert_eq!(edges, ["8 2 sessions", "1 1 sessions", "8 1 orders"], "a rehearsal leans on rehearsal hosts only");
    let rule = RuleId::parse("packages.docker").expect("a rule");
    assert!(fleet.waiver(&rule, &host("web-8"), date(2027, 3, 31)).is_some(), "the last day counts");
    assert!(fleet.waiver(&rule, &host("web-8"), date(2027, 4, 1)).is_none());
    assert!(fleet.waiver(&rule, &host("db-1"), date(2027, 3, 31)).is_none());
}

#[test]
fn what_does_not_fit_the_inventory_is_told() {
    for (addition, hosts, want) in [
        ("", "[web]\nweb-1\n[other]\nx\n", "fleet-no-role(host=x)"),
        (
            "",
            "[wep]\nweb-1 rockhop_role=web\n",
            "fleet-no-such-group-nearest(key=roles.web.groups, name=wep, nearest=wep)",
        ),
        ("[roles.db]\ngroups = [\"web\"]\n", "[web]\nweb-1\n", "fleet-several-roles(host=web-1, names=web, db)"),
        (
            "[roles.db]\nhosts = [\"db-1\"]\n",
            "[web]\nweb-1\n",
            "fleet-no-such-host-nearest(key=roles.db.hosts, name=db-1, nearest=",
        ),
        ("[roles.db]\n", "[web]\nweb-1\n", "fleet-empty-role(role=db)"),
        ("", "[web]\nweb-1\n[x]\ny rockhop_role=zz\n", "fleet-unknown-role(host=y, name=zz)"),
        (
            "[sites.a]\ngroups=[\"web\"]\n[sites.b]\ngroups=[\"web\"]\n",
            "[web]\nweb-1\n",
            "fleet-several-sites(host=web-1, names=a, b)",
        ),
        (
            "[[pairs]]\nhosts = [\"web-1\", \"web-9\"]\n",
            "[web]\nweb-1\n",
            "fleet-no-such-host-nearest(key=pairs[1].hosts, name=web-9, nearest=web-1)",
        ),
        (
            "[[edges]]\nfrom = \"web\"\nto = \"moon\"\nreason = \"r\"\n",
            "[web]\nweb-1\n",
            "fleet-no-such-name(key=edges[1].to, name=moon)",
        ),
        ("[preproduction.hosts]\nweb-1 = \"web-1\"\n", "[web]\nweb-1\n", "fleet-not-a-rehearsal-host(host=web-1)"),
    ] {
        let project = parse(&format!("{SMALL}{addition}"));
        let error = project.resolve(&inventory(hosts)).map(|fleet| fleet.hosts.len()).expect_err(want).to_string();
        let want = want.replace("name=wep", "name=web");
        assert!(error.lines().any(|line| line.starts_with(&want)), "{addition}\n got {error}\nwant {want}");
    }
}

#[test]
fn the_report_repeats_what_people_stated() {
    let now = "2026-11-23T00:00:00Z".parse().expect("an instant");
    let context = parse(EXAMPLE).report_context(now);
    assert_eq!(context.utc_offset_minutes, 480);
    assert_eq!(context.contacts[0].name, "Chen Jing");
    assert_eq!(context.budget[1].actual_milli, Some(287_500));
    assert_eq!(context.milestones.len(), 4);
    assert_eq!(
        context.milestones[0].planned.to_string(),
        "2026-12-01T15:59:59Z",
        "due at the end of its day in Shanghai"
    );
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let _ = Project::parse(&text, "x");
    }

    #[test]
    fn no_edit_of_the_example_makes_it_panic(at in 0usize..6000, cut in 0usize..40, put in "[\\[\\]{}\"=.,a-z0-9\n%-]{0,6}") {
        let chars: Vec<char> = EXAMPLE.chars().collect();
        let at = at.min(chars.len());
        let rest = chars.get((at + cut).min(chars.len())..).unwrap_or_default();
        let text: String = chars[..at].iter().chain(&put.chars().collect::<Vec<_>>()).chain(rest).collect();
        if let Ok(project) = Project::parse(&text, "x") {
            let _ = project.resolve(&inventory(INVENTORY));
        }
    }
}
