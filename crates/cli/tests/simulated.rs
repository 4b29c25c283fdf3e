//! The whole way of a fleet in memory: the same commands, plan, engine and report as on hosts, without root and
//! without a connection. Whatever is said on the way is marked as simulated.

use jiff::Timestamp;
use rockhop_adapters::{events::entry, ledger::Ledger};
use rockhop_cli::exit::Exit;
use rockhop_domain::{
    event::{Kind, Period},
    plan::Scenery,
};
use rockhop_sim::plans;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const MARK_EN: &str = "SIMULATED: no host was touched\n";
const MARK_ZH: &str = "模拟：未接触任何主机\n";

/// A simulated project in a folder of its own.
struct Line {
    dir: tempfile::TempDir,
}

impl Line {
    /// Steps take no time worth speaking of.
    fn fresh() -> Self {
        let line = Self { dir: tempfile::tempdir().expect("a folder") };
        line.well(&["lab", "up", "--simulated"]);
        line.rewrite("step_milliseconds = 100", "step_milliseconds = 1");
        line.rewrite("soak_seconds = 1", "soak_seconds = 0");
        line
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("there")
    }

    fn rewrite(&self, from: &str, to: &str) {
        let text = self.read("rockhop.toml");
        assert!(text.contains(from), "{from} is not in\n{text}");
        std::fs::write(self.path("rockhop.toml"), text.replace(from, to)).expect("written");
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rockhop"));
        command.current_dir(self.dir.path()).args(args).env_clear().env("TZ", "UTC").env("PATH", "/usr/bin:/bin");
        command.stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("rockhop starts")
    }

    /// What the command printed; it ended well, and said first that all is simulated.
    fn well(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "rockhop {}: {out}{err}", args.join(" "));
        assert!(out.starts_with(MARK_EN), "rockhop {} does not say that it is simulated: {out}", args.join(" "));
        out
    }

    /// The documents that the command printed for a script, each marked.
    fn documents(&self, args: &[&str]) -> Vec<Value> {
        let args = [args, &["--json"]].concat();
        let output = self.run(&args);
        assert_eq!(output.status.code(), Some(0), "rockhop {}: {output:?}", args.join(" "));
        let stream = serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Value>();
        let whole: Vec<Value> = stream.map(|value| value.expect("JSON")).collect();
        let each = whole.into_iter().flat_map(|value| match value {
            Value::Array(items) => items,
            other => vec![other],
        });
        let each: Vec<Value> = each.collect();
        assert!(!each.is_empty(), "rockhop {} says nothing", args.join(" "));
        for document in &each {
            assert_eq!(document["scenery"], "simulated", "rockhop {}: {document}", args.join(" "));
        }
        each
    }

    fn planned_and_approved(&self) {
        self.well(&["survey"]);
        self.well(&["assess"]);
        self.well(&["plan"]);
        self.well(&["approve", "--as", "lab-approver", "--key", "keys/approver_ed25519"]);
    }

    fn refused(&self, args: &[&str], key: &str) {
        let output = self.run(&[args, &["--json"]].concat());
        let error: Value = serde_json::from_slice(&output.stderr).expect("JSON");
        assert_eq!(output.status.code(), Some(i32::from(Exit::Config.code())), "{error}");
        assert_eq!(error["error"], key, "{error}");
    }

    /// How the hosts of the newest run ended.
    fn accepted(&self) -> Value {
        self.documents(&["status"])[0]["accepted"].clone()
    }
}

#[test]
fn a_simulated_fleet_goes_the_whole_way_and_every_output_says_what_it_is() {
    let line = Line::fresh();
    line.well(&["survey"]);
    assert!(line.well(&["assess"]).contains("0 blocked"));
    line.well(&["plan", "--preproduction"]);
    let said = line.well(&["rehearse"]);
    assert!(said.contains("4 of 4 old hosts serve again."), "{said}");
    line.planned_and_approved();
    let said = line.well(&["run"]);
    assert!(said.contains("15 accepted, 0 rolled back, 0 held, 0 not begun"), "{said}");
    assert_eq!(line.accepted(), 15);
    line.well(&["survey", "--after"]);
    assert!(line.well(&["assess"]).contains("16 on EL 9 already"), "fifteen hosts and the balancer");
    line.well(&["report"]);
    line.well(&["ledger", "verify"]);
    every_command_is_marked(&line);
    the_report_is_marked(&line);
}

/// One package by a decision, one by Leapp's events, one by nobody: until it is decided the command ends with 11.
#[test]
fn packages_are_told_with_who_said_so_and_a_decision_is_kept() {
    let line = Line::fresh();
    line.well(&["survey"]);
    let document = |args: &[&str]| -> (Option<i32>, Value) {
        let output = line.run(&[&["packages", "web-1", "--json"], args].concat());
        (output.status.code(), serde_json::from_slice(&output.stdout).expect("JSON"))
    };
    let (code, told) = document(&[]);
    assert_eq!(code, Some(0), "{told}");
    let standing = |told: &Value, name: &str| -> Value {
        let all = told["packages"].as_array().expect("packages").iter();
        all.clone().find(|package| package["name"] == name).cloned().unwrap_or_else(|| panic!("no {name} in {told}"))
    };
    assert_eq!(standing(&told, "nginx")["because"][0]["id"], "web.nginx");
    assert!(told["install"]["commands"].to_string().contains("dnf -y install "), "{told}");

    let events = r#"{"packageinfo": [{"id": 7, "action": 1, "release": {"major_version": 8, "minor_version": 0},
        "in_packageset": {"package": [{"name": "nginx", "repository": "base"}]}}]}"#;
    std::fs::write(line.path("pes-events.json"), events).expect("written");
    let (_, told) = document(&["--pes", "pes-events.json"]);
    assert_eq!(standing(&told, "nginx")["fate"], "keeps", "the table goes before the events");
    assert_eq!(standing(&told, "nginx")["because"][1]["event"], 7);

    let decision =
        "\n[[packages.decisions]]\npackage = \"nginx\"\ninstall = []\nowner = \"Zhao Min\"\nreason = \"r\"\n";
    let project = line.read("rockhop.toml");
    std::fs::write(line.path("rockhop.toml"), project + decision).expect("written");
    let (_, told) = document(&[]);
    assert_eq!(
        (&standing(&told, "nginx")["fate"], &standing(&told, "nginx")["because"][0]["owner"]),
        (&"removed".into(), &"Zhao Min".into())
    );
    assert!(line.well(&["packages", "web-1"]).contains("Zhao Min"));
    assert!(line.well(&["packages", "web-1", "--kickstart"]).contains("%packages\n@^minimal-environment\n"));

    std::fs::write(line.path("bad.json"), events.replace("\"action\": 1", "\"action\": 99")).expect("written");
    let output = line.run(&["packages", "web-1", "--pes", "bad.json"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(i32::from(Exit::Config.code())), "{said}");
    assert!(said.contains("bad.json: packageinfo[1] (id 7): action: there is no action 99"), "{said}");
}

/// Writes the metadata of a repository that has these packages, and nothing that they need beside them.
fn repository(folder: &std::path::Path, names: &[&str]) {
    let repodata = folder.join("repodata");
    std::fs::create_dir_all(&repodata).expect("a folder");
    let package = |name: &&str| {
        format!(
            "<package type=\"rpm\"><name>{name}</name><arch>noarch</arch><version epoch=\"0\" ver=\"1\" rel=\"1.el9\"/><format/></package>\n"
        )
    };
    let packages: String = names.iter().map(package).collect();
    std::fs::write(repodata.join("primary.xml"), format!("<metadata>\n{packages}</metadata>\n")).expect("a file");
    let sum = Command::new("sha256sum").arg(repodata.join("primary.xml")).output().expect("coreutils");
    let sum = String::from_utf8(sum.stdout).expect("text");
    let sum = sum.split(' ').next().expect("a checksum");
    let repomd = format!(
        "<repomd><data type=\"primary\"><checksum type=\"sha256\">{sum}</checksum><location href=\"repodata/primary.xml\"/></data></repomd>\n"
    );
    std::fs::write(repodata.join("repomd.xml"), repomd).expect("a file");
}

/// Whether what each host needs installs is asked of the repositories that the project declares; one without metadata is no
/// answer, and neither is a host that nobody surveyed.
#[test]
fn what_hosts_need_is_asked_of_the_declared_repositories() {
    let line = Line::fresh();
    let ask = |hosts: &str| -> (Option<i32>, Value) {
        let output = line.run(&["installable", "--hosts", hosts, "--json"]);
        let stream = if output.stdout.is_empty() { &output.stderr } else { &output.stdout };
        (output.status.code(), serde_json::from_slice(stream).unwrap_or_else(|e| panic!("{e}: {output:?}")))
    };
    line.refused(&["installable", "--hosts", "web-1"], "installable-no-repositories");
    let row =
        "\n[[repositories]]\nid = \"everything\"\nbaseurl = \"http://mirror.example.com/9/\"\ngpgkey = \"file:///k\"\n";
    let project = line.read("rockhop.toml");
    std::fs::write(line.path("rockhop.toml"), format!("{project}{row}")).expect("written");
    line.refused(&["installable", "--hosts", "web-1"], "installable-no-metadata");
    let row = format!("{row}metadata = \"metadata\"\n");
    std::fs::write(line.path("rockhop.toml"), format!("{project}{row}")).expect("written");
    repository(&line.path("metadata"), &["bash"]);
    let (code, told) = ask("web-1");
    assert_eq!((code, &told["hosts"][0]["verdict"]), (Some(4), &"not-known".into()), "never surveyed: {told}");

    line.well(&["survey"]);
    let output = line.run(&["packages", "web-1", "--json"]);
    let shown: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let list = |key: &str| shown["install"][key].as_array().expect("a list").iter();
    let wanted: Vec<&str> = list("install").chain(list("confirm")).map(|name| name.as_str().expect("a name")).collect();
    repository(&line.path("metadata"), &wanted);
    let (code, told) = ask("web-1,web-2");
    assert_eq!((code, told["hosts"].as_array().map(Vec::len)), (Some(0), Some(2)), "{told}");
    assert_eq!(told["hosts"][0]["packages"].as_array().map(Vec::len), Some(wanted.len()));
    assert!(line.well(&["installable", "--hosts", "web-1"]).contains("web-1: all "));

    let without: Vec<&str> = wanted.iter().copied().filter(|name| *name != "nginx").collect();
    assert!(without.len() < wanted.len(), "web-1 needs nginx");
    repository(&line.path("metadata"), &without);
    let (code, told) = ask("web-1");
    assert_eq!((code, &told["hosts"][0]["failures"][0]["reasons"][0]["wanted"]), (Some(2), &"nginx".into()), "{told}");
}

/// What is planned is what is shown, by the same decisions and the same data of Leapp's; a repository's key is signed with it.
#[test]
fn a_plan_has_the_packages_that_are_shown() {
    let line = Line::fresh();
    line.well(&["survey"]);
    let events = r#"{"packageinfo": [{"id": 7, "action": 1, "release": {"major_version": 8, "minor_version": 0},
        "in_packageset": {"package": [{"name": "nginx", "repository": "base"}]}}]}"#;
    std::fs::write(line.path("pes-events.json"), events).expect("written");
    let more = "\n[packages]\nleapp_data = \"pes-events.json\"\n\n[[packages.decisions]]\npackage = \"nginx\"\n\
        install = [\"nginx\", \"nginx-mod-stream\"]\nowner = \"Zhao Min\"\nreason = \"r\"\n\
        \n[[repositories]]\nid = \"baseos\"\n\n[[repositories]]\nid = \"appstream\"\n\
        \n[[repositories]]\nid = \"site\"\nbaseurl = \"http://mirror/9\"\ngpgkey = \"site.asc\"\n";
    std::fs::write(line.path("rockhop.toml"), line.read("rockhop.toml") + more).expect("written");
    std::fs::write(line.path("site.asc"), "-----BEGIN PGP PRIVATE KEY BLOCK-----\nx\n").expect("written");
    let refused = line.run(&["plan"]);
    assert_eq!(refused.status.code(), Some(i32::from(Exit::Config.code())));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("site.asc"), "{refused:?}");
    let key = "-----BEGIN PGP PUBLIC KEY BLOCK-----\nmQINBF\n-----END PGP PUBLIC KEY BLOCK-----\n";
    std::fs::write(line.path("site.asc"), key).expect("written");
    line.well(&["plan"]);
    let document = |args: &[&str]| -> Value { serde_json::from_slice(&line.run(args).stdout).expect("JSON") };
    let (plan, shown) = (document(&["plan", "show", "--json"]), document(&["packages", "web-1", "--json"]));
    let job = &plan["hosts"]["web-1"];
    let nginx = |all: &Value| -> Value {
        all["packages"].as_array().expect("packages").iter().find(|one| one["name"] == "nginx").cloned().expect("nginx")
    };
    assert_eq!(nginx(job)["by"], serde_json::json!(["decision Zhao Min", "event 7 (8.0)"]));
    assert_eq!(nginx(job)["to"], nginx(&shown)["to"]);
    let steps = job["steps"].to_string();
    assert!(steps.contains("nginx nginx-mod-stream") && steps.contains("mQINBF"), "{steps}");
    assert!(
        line.well(&["plan", "show", "--host", "web-1"]).contains("nginx -> nginx nginx-mod-stream  decision Zhao Min")
    );
}

fn every_command_is_marked(line: &Line) {
    for args in [
        vec!["survey", "--dry-run"],
        vec!["assess", "--dry-run"],
        vec!["plan", "show"],
        vec!["remedy", "plan"],
        vec!["status"],
        vec!["ledger", "show", "--host", "web-1"],
        vec!["ledger", "verify"],
        vec!["pause"],
        vec!["resume"],
        vec!["report", "--to", "again"],
    ] {
        line.well(&args);
        line.documents(&args);
        let output = line.run(&[&args[..], &["--lang", "zh"]].concat());
        assert!(output.stdout.starts_with(MARK_ZH.as_bytes()), "{args:?}: {output:?}");
    }
    line.refused(&["remedy", "apply", "3fa9"], "error-remedy-simulated");
    line.well(&["plan", "show", "--svg", "plan.svg"]);
    assert!(line.read("plan.svg").contains("SIMULATED"), "the picture's title does not say it");
}

fn the_report_is_marked(line: &Line) {
    let json: Value = serde_json::from_str(&line.read("reports/report.json")).expect("JSON");
    assert_eq!(json["marking"]["simulated"], true);
    for (lang, word, mark) in [("en", "simulated", "Simulated: the fleet exists"), ("zh-CN", "模拟", "模拟：机群仅")]
    {
        let html = line.read(&format!("reports/report.{lang}.html"));
        let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).expect("a title");
        assert!(title.contains(word), "{title}");
        assert!(html.contains(&format!("@top-center{{content:\"{mark}")), "no head for printed pages: {lang}");
        let markdown = line.read(&format!("reports/report.{lang}.md"));
        assert!(markdown.matches(mark).count() > 8, "each chapter begins with the mark: {lang}");
    }
}

#[test]
fn a_killed_run_is_taken_up_where_its_hosts_stand() {
    let line = Line::fresh();
    line.planned_and_approved();
    let mut kills = 0;
    for events in [40, 150, 300] {
        let mut child = line.command(&["run"]).stdout(Stdio::piped()).spawn().expect("rockhop starts");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        assert!(lines.take(events).all(|line| line.is_ok()));
        child.kill().expect("SIGKILL");
        let end = child.wait().expect("a child");
        // A machine that is busy elsewhere may show the last lines of a run that is over.
        kills += u32::from(end.code().is_none());
    }
    assert!(kills > 0, "the run was over before it could be killed");
    line.well(&["run"]);
    assert_eq!(line.accepted(), 15);
    line.well(&["survey", "--after"]);
    line.well(&["ledger", "verify"]);
    let output = line.run(&["plan", "--json"]);
    assert_ne!(output.status.code(), Some(0), "nobody is left to move");
}

#[test]
fn a_person_may_have_a_simulated_host_back() {
    let line = Line::fresh();
    line.planned_and_approved();
    line.well(&["run"]);
    line.well(&["rollback", "db-1"]);
    assert_eq!(line.run(&["run"]).status.code(), Some(i32::from(Exit::HostsFailed.code())));
    assert_eq!(line.run(&["status", "--json"]).status.code(), Some(i32::from(Exit::HostsFailed.code())));
    line.well(&["survey"]);
    let said = line.well(&["assess", "--all"]);
    assert!(said.contains("15 on EL 9 already"), "db-1 is an EL7 again: {said}");
}

#[test]
fn simulated_and_real_are_never_mixed() {
    let line = Line::fresh();
    line.planned_and_approved();
    let text = line.read("rockhop.toml");
    let simulation = ["[simulation]", "seed = ", "hosts = 15", "step_milliseconds = "];
    let real = text.lines().filter(|l| !simulation.iter().any(|key| l.starts_with(key)));
    std::fs::write(line.path("rockhop.toml"), real.map(|l| format!("{l}\n")).collect::<String>()).expect("written");
    line.refused(&["run"], "error-simulated-plan");
    line.refused(&["survey"], "error-simulated-ledger");
    line.refused(&["plan"], "error-simulated-ledger");
    line.refused(&["lab", "up", "--simulated"], "error-project-of-hosts");
}

#[test]
fn a_plan_and_facts_of_real_hosts_have_no_place_in_a_simulated_project() {
    let line = Line::fresh();
    let mut plan = plans::plan(&[&["web-1"]], Timestamp::now());
    for scenery in [Scenery::Real, Scenery::Lab] {
        plan.scenery = scenery;
        std::fs::write(line.path("real.json"), plan.to_json()).expect("written");
        line.refused(&["run", "real.json"], "error-plan-of-hosts");
        line.refused(&["rehearse", "real.json"], "error-plan-of-hosts");
    }
    let ledger = Ledger::create(&line.path(".rockhop")).expect("a ledger");
    let (facts, host) = (plan.digest(), plans::host("web-1"));
    let surveyed = Kind::Surveyed { facts, period: Period::Before, unknown: 0, scenery: Scenery::Real };
    ledger.append(&entry(None, Some(&host), &surveyed, Timestamp::now())).expect("written");
    ledger.close().expect("sealed");
    line.refused(&["survey"], "error-ledger-of-hosts");
    line.refused(&["plan"], "error-ledger-of-hosts");
}

#[test]
fn a_host_that_the_fleet_does_not_have_is_an_error() {
    let line = Line::fresh();
    let inventory = line.read("inventory.ini").replace("web-8 ", "web-9 ");
    std::fs::write(line.path("inventory.ini"), inventory).expect("written");
    line.refused(&["survey"], "error-host-not-simulated");
}

#[test]
fn an_assessment_remembers_the_one_before_and_is_written_in_every_form() {
    let line = Line::fresh();
    line.well(&["survey"]);
    assert!(line.well(&["assess"]).contains("This is the first assessment"));
    let papers = ["--html", "pages", "--csv", "a.csv", "--xlsx", "a.xlsx", "--sarif", "a.sarif"];
    let said = line.well(&[&["assess"][..], &papers].concat());
    assert!(said.contains(" 0 new, ") && said.contains(" 0 gone, "), "{said}");
    assert!(line.read("pages/index.html").contains("SIMULATED") && line.path("pages/hosts/web-1.html").exists());
    assert!(line.read("a.csv").starts_with("host,role,") && line.path("a.xlsx").exists());
    let sarif: Value = serde_json::from_str(&line.read("a.sarif")).expect("JSON");
    assert_eq!(sarif["version"], "2.1.0");
    line.well(&["assess", "--html", "pages"]); // its own folder is written over
    let other = line.run(&["assess", "--html", ".rockhop"]);
    assert_eq!(other.status.code(), Some(i32::from(Exit::Usage.code())), "a folder of somebody else's is not");
    let document = line.run(&["assess", "--json", "--dry-run"]);
    std::fs::write(line.path("then.json"), &document.stdout).expect("written");
    assert!(line.well(&["assess", "--against", "then.json"]).contains(" 0 new, "));
    let then: Value = serde_json::from_slice(&document.stdout).expect("JSON");
    assert_eq!((then["scenery"].as_str(), then["hosts"].as_array().map(Vec::len)), (Some("simulated"), Some(20)));
}

#[test]
fn two_surveys_of_a_host_compare() {
    let line = Line::fresh();
    line.well(&["survey"]);
    assert_eq!(line.run(&["survey", "diff", "web-1"]).status.code(), Some(i32::from(Exit::Usage.code())));
    line.well(&["survey"]);
    assert!(line.well(&["survey", "diff", "web-1"]).contains("Nothing is different."));
}
