//! The command as people and scripts meet it: what it prints, in both languages, and how it ends.

use rockhop_adapters::events::entry;
use rockhop_adapters::ledger::{EvidenceStore, Ledger};
use rockhop_cli::exit::Exit;
use rockhop_domain::{
    HostId, RunId,
    event::{Event, Kind},
    plan::{Environment, Plan, Scenery},
};
use rockhop_sim::plans;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A project folder and the command in it.
struct Stage {
    dir: tempfile::TempDir,
}

/// What the command said.
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Stage {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("written");
    }

    fn run(&self, args: &[&str]) -> Said {
        said(&self.command(args).output().expect("rockhop starts"), self.dir.path())
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rockhop"));
        command.current_dir(self.dir.path()).args(args).env_clear().env("TZ", "UTC").env("PATH", "/usr/bin:/bin");
        command
    }
}

fn said(output: &Output, dir: &Path) -> Said {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&dir.display().to_string(), "DIR");
    Said { code: output.status.code().expect("an exit code"), out: text(&output.stdout), err: text(&output.stderr) }
}

/// A ledger with a plan, its run, and one host begun.
fn with_a_run(stage: &Stage) -> Plan {
    let at = jiff::Timestamp::from_second(1_795_363_200).expect("a time");
    let plan = plans::plan(&[&["web-1", "web-2"]], at);
    let state = stage.path(".rockhop");
    let ledger = Ledger::create(&state).expect("a ledger");
    let evidence = EvidenceStore::open(&state).expect("a store");
    let digest = evidence.put(plan.to_json().as_bytes()).expect("kept");
    let run = RunId::parse("run-1").expect("a run");
    let host: HostId = plans::host("web-1");
    let planned = Kind::Planned { plan: digest.clone(), hosts: 2, by: "ann".into() };
    let started = Kind::RunStarted {
        plan: digest,
        environment: Environment::Production,
        scenery: Scenery::Simulated,
        by: "ann".into(),
    };
    let begun = Kind::Begun { wave: rockhop_domain::WaveNo(1) };
    ledger.append(&entry(None, None, &planned, at)).expect("written");
    ledger.append(&entry(Some(&run), None, &started, at)).expect("written");
    ledger.append(&entry(Some(&run), Some(&host), &begun, at)).expect("written");
    ledger.close().expect("sealed");
    plan
}

#[test]
fn init_writes_a_project_once_and_keeps_what_is_there() {
    let stage = Stage::new();
    let first = stage.run(&["init"]);
    assert_eq!((first.code, first.err.as_str()), (0, ""), "{}", first.out);
    stage.write("rockhop.toml", "mine");
    let second = stage.run(&["init"]);
    assert!(second.code == 0 && second.out.contains("kept as it is: ./rockhop.toml"), "{}", second.out);
    assert_eq!(std::fs::read_to_string(stage.path("rockhop.toml")).expect("there"), "mine");
}

#[test]
fn without_a_project_the_error_says_what_to_do() {
    let stage = Stage::new();
    for (lang, golden) in [("en", "no-project-en"), ("zh", "no-project-zh")] {
        let said = stage.run(&["assess", "--lang", lang]);
        assert_eq!((said.code, said.out.as_str()), (i32::from(Exit::Config.code()), ""));
        insta::assert_snapshot!(golden, said.err);
    }
}

#[test]
fn every_mistake_in_the_project_file_is_told_at_once() {
    let stage = Stage::new();
    stage.run(&["init", "--quiet"]);
    let text = std::fs::read_to_string(stage.path("rockhop.toml")).expect("there");
    let text = text
        .replace("hosts_in_parallel", "hosts_in_paralel")
        .replace("zone = \"Asia/Shanghai\"\ndays", "zone = \"Asia/Shangai\"\ndays");
    stage.write("rockhop.toml", &text);
    for (lang, golden) in [("en", "bad-project-en"), ("zh", "bad-project-zh")] {
        let said = stage.run(&["assess", "--lang", lang]);
        assert_eq!(said.code, i32::from(Exit::Config.code()));
        insta::assert_snapshot!(golden, said.err);
    }
}

#[test]
fn a_malformed_inventory_is_told_with_its_place() {
    let stage = Stage::new();
    stage.run(&["init", "--quiet"]);
    stage.write("inventory.ini", "[web]\nweb-1 ansible_host=10.0.0.1\n[web\n");
    for (lang, golden) in [("en", "bad-inventory-en"), ("zh", "bad-inventory-zh")] {
        let said = stage.run(&["survey", "--lang", lang]);
        assert_eq!(said.code, i32::from(Exit::Config.code()));
        insta::assert_snapshot!(golden, said.err);
    }
}

#[test]
fn hosts_nobody_surveyed_are_named() {
    let stage = Stage::new();
    stage.run(&["init", "--quiet"]);
    let said = stage.run(&["assess"]);
    assert_eq!(said.code, i32::from(Exit::StaleFacts.code()));
    insta::assert_snapshot!("not-surveyed", said.err);
}

#[test]
fn errors_are_json_when_a_script_asks() {
    let said = Stage::new().run(&["status", "--json"]);
    let error: serde_json::Value = serde_json::from_str(&said.err).expect("JSON");
    assert_eq!((error["error"].as_str(), error["exit"].as_i64()), (Some("error-no-run"), Some(said.code.into())));
    assert_ne!(said.code, 0);
}

#[test]
fn the_language_comes_from_the_flag_then_the_environment() {
    let stage = Stage::new();
    for (flag, names, want) in [
        (Some("en"), vec![("ROCKHOP_LANG", "zh")], "error: "),
        (None, vec![("ROCKHOP_LANG", "zh"), ("LANG", "en_US.UTF-8")], "错误："),
        (None, vec![("LANG", "zh_CN.UTF-8")], "错误："),
        (None, vec![("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")], "error: "),
        (None, vec![], "error: "),
    ] {
        let mut args = vec!["status"];
        args.extend(flag.iter().flat_map(|lang| ["--lang", lang]));
        let output = stage.command(&args).envs(names.clone()).output().expect("rockhop starts");
        let said = said(&output, stage.dir.path());
        assert!(said.err.starts_with(want), "{flag:?} {names:?}: {}", said.err);
    }
}

#[test]
fn a_command_line_that_is_not_understood_ends_with_64_and_help_with_0() {
    let stage = Stage::new();
    for (args, code) in [
        (vec!["--help"], 0),
        (vec!["--version"], 0),
        (vec!["help", "exit-codes"], 0),
        (vec!["help", "plan", "show"], 0),
        (vec![], 64),
        (vec!["plann"], 64),
        (vec!["run", "--wave", "x"], 64),
        (vec!["survey", "a b"], 64),
        (vec!["status", "--lang", "fr"], 64),
        (vec!["lab", "break", "web-1", "gremlins"], 64),
    ] {
        assert_eq!(stage.run(&args).code, code, "{args:?}");
    }
}

#[test]
fn exit_codes_are_explained_in_both_languages() {
    let stage = Stage::new();
    for (lang, golden) in [("en", "exit-codes-en"), ("zh", "exit-codes-zh")] {
        insta::assert_snapshot!(golden, stage.run(&["exit-codes", "--lang", lang]).out);
    }
    let help = stage.run(&["help", "exit-codes"]).out;
    assert!(Exit::ALL.iter().all(|exit| help.contains(exit.key())), "{help}");
}

#[test]
fn the_schema_is_the_one_in_the_documents() {
    let said = Stage::new().run(&["schema"]);
    let printed: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    let kept: serde_json::Value =
        serde_json::from_str(include_str!("../../../docs/rockhop.schema.json")).expect("JSON");
    assert_eq!((said.code, printed), (0, kept));
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let stage = Stage::new();
    for shell in ["bash", "zsh", "fish"] {
        let said = stage.run(&["completions", shell]);
        assert!(said.code == 0 && said.out.contains("rollback") && said.out.contains("exit-codes"), "{shell}");
    }
    let said = stage.run(&["man", "man1"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for page in ["rockhop.1", "rockhop-run.1", "rockhop-plan-show.1", "rockhop-lab-up.1", "rockhop-ledger-verify.1"] {
        let text = std::fs::read_to_string(stage.path("man1").join(page)).unwrap_or_else(|e| panic!("{page}: {e}"));
        assert!(text.contains(".SH NAME") && text.contains("Example"), "{page}");
    }
}

#[test]
fn plans_are_found_by_digits_by_file_or_as_the_newest() {
    let stage = Stage::new();
    let plan = with_a_run(&stage);
    stage.write("copy.json", &plan.to_json());
    let digest = plan.digest();
    for name in [None, Some(digest.short()), Some("copy.json")] {
        let args: Vec<&str> = ["plan", "show", "--json"].into_iter().chain(name).collect();
        let said = stage.run(&args);
        let shown = Plan::parse(&said.out).unwrap_or_else(|e| panic!("{name:?}: {e}: {}", said.err));
        assert_eq!(shown.digest(), digest, "{name:?}");
    }
    for (name, code) in [("ffff", Exit::Usage), ("no-such.json", Exit::Usage)] {
        assert_eq!(stage.run(&["plan", "show", name]).code, i32::from(code.code()), "{name}");
    }
    stage.write("bad.json", "{\"format\": 99}");
    let said = stage.run(&["plan", "show", "bad.json"]);
    assert!(said.code == i32::from(Exit::Config.code()) && said.err.contains("99"), "{}", said.err);
}

#[test]
fn a_plan_is_the_same_as_itself_and_differs_from_another() {
    let stage = Stage::new();
    let mut plan = with_a_run(&stage);
    stage.write("a.json", &plan.to_json());
    plan.policy.failure_budget += 1;
    stage.write("b.json", &plan.to_json());
    assert!(stage.run(&["plan", "diff", "a.json", "a.json"]).out.contains("do the same"));
    let said = stage.run(&["plan", "diff", "a.json", "b.json"]);
    assert!(said.out.contains("+") && said.out.contains("failure_budget"), "{}", said.out);
}

#[test]
fn status_shows_the_newest_run_and_a_script_gets_keys() {
    let stage = Stage::new();
    with_a_run(&stage);
    let said = stage.run(&["status"]);
    assert!(said.code == 0 && said.out.contains("SIMULATED") && said.out.contains("web-1"), "{}{}", said.out, said.err);
    let status: serde_json::Value = serde_json::from_str(&stage.run(&["status", "--json"]).out).expect("JSON");
    assert_eq!((&status["hosts"]["web-1"]["phase"], &status["not_begun"]), (&"securing".into(), &1.into()));
}

#[test]
fn requests_wait_for_the_next_run_and_say_so() {
    let stage = Stage::new();
    with_a_run(&stage);
    for (args, verb) in [(vec!["pause"], "pause"), (vec!["rollback", "web-1"], "rollback"), (vec!["resume"], "resume")]
    {
        let said = stage.run(&args);
        assert!(said.code == 0 && said.out.contains("for the next run"), "{verb}: {}{}", said.out, said.err);
    }
    let left = rockhop_adapters::control::take(&stage.path(".rockhop/control")).expect("readable");
    let verbs: Vec<&str> = left.iter().map(|r| r.as_ref().expect("a request").verb.key()).collect();
    assert_eq!(verbs, ["pause", "rollback", "resume"]);
    assert_eq!(stage.run(&["rollback", "web-9"]).code, i32::from(Exit::Usage.code()));
}

#[test]
fn one_flipped_byte_in_ledger_or_evidence_is_found() {
    let stage = Stage::new();
    let plan = with_a_run(&stage);
    assert_eq!(stage.run(&["ledger", "verify"]).code, 0);
    for name in ["ledger.db", "ledger.head"] {
        let path = stage.path(".rockhop").join(name);
        let good = std::fs::read(&path).expect("there");
        for at in [good.len() / 7, good.len() / 2, good.len() - 20] {
            let mut bad = good.clone();
            bad[at] ^= 1;
            std::fs::write(&path, &bad).expect("written");
            let said = stage.run(&["ledger", "verify"]);
            assert_eq!(said.code, i32::from(Exit::Evidence.code()), "{name} at {at}: {}{}", said.out, said.err);
        }
        std::fs::write(&path, &good).expect("written");
    }
    let digest = plan.digest();
    let evidence = stage.path(".rockhop/evidence").join(&digest.as_str()[..2]).join(digest.as_str());
    let mut bytes = std::fs::read(&evidence).expect("there");
    bytes[100] ^= 1;
    std::fs::write(&evidence, &bytes).expect("written");
    let said = stage.run(&["ledger", "verify"]);
    assert!(said.code == i32::from(Exit::Evidence.code()) && said.err.contains("evidence"), "{}", said.err);
}

#[test]
fn ledger_show_prints_one_event_a_line_for_people_and_scripts() {
    let stage = Stage::new();
    with_a_run(&stage);
    insta::assert_snapshot!(
        "ledger-show-en",
        stage.run(&["ledger", "show"]).out.lines().skip(1).collect::<Vec<_>>().join("\n")
    );
    let lines = stage.run(&["ledger", "show", "--json", "--host", "web-1"]).out;
    let events: Vec<Event> = lines.lines().map(|l| serde_json::from_str(l).expect("an event")).collect();
    assert!(matches!(events[..], [Event { kind: Kind::Begun { .. }, .. }]), "{lines}");
}

#[test]
fn two_controllers_do_not_work_at_once() {
    let stage = Stage::new();
    with_a_run(&stage);
    stage.run(&["init", "--quiet"]);
    let _held = Ledger::open(&stage.path(".rockhop")).expect("open");
    let said = stage.run(&["report"]);
    // A report reads only: it goes on, and says that nobody could check the ledger just now.
    assert_eq!(said.code, 0, "{}", said.err);
    let said = stage.run(&["pause"]);
    assert!(said.out.contains("Asked the run at work"), "{}", said.out);
}

/// A full disk is not success.
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let stage = Stage::new();
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        panic!("this test needs /dev/full");
    };
    let status = stage.command(&["exit-codes"]).stdout(full).status().expect("rockhop starts");
    assert_eq!(status.code(), Some(1));
}

/// Who is not named in rockhop.toml signs with a good key and counts for nothing: neither at once nor later.
#[test]
fn only_approvers_whom_the_project_names_count() {
    let stage = Stage::new();
    with_a_run(&stage);
    stage.run(&["init", "--quiet"]);
    // The plan is of a fleet in memory, and so must the project be.
    let project = std::fs::read_to_string(stage.path("rockhop.toml")).expect("there");
    stage.write("rockhop.toml", &format!("{project}\n[simulation]\nseed = 7\n"));
    people(&stage, &["another-name", "stranger"]);
    let approve = |name: &str| stage.run(&["approve", "--as", name, "--key", "key"]);
    let refused = i32::from(Exit::NotApproved.code());

    let said = approve("stranger");
    assert!(said.code == refused && said.err.contains("stranger"), "{} {}", said.code, said.err);

    let project = std::fs::read_to_string(stage.path("rockhop.toml")).expect("there");
    stage.write("rockhop.toml", &project.replace("approvers = [\"another-name\"]", "approvers = []"));
    let said = approve("stranger");
    assert_eq!(said.code, 0, "nobody is named, so every key of the list counts: {}", said.err);

    stage.write("rockhop.toml", &project);
    // There is no such wave: a run that passes the approvals goes no further.
    let run = || stage.run(&["run", "--wave", "99"]);
    let said = run();
    assert!(said.code == refused && said.err.contains("0 of 1") && said.err.contains("stranger"), "{}", said.err);
    assert_eq!(approve("another-name").code, 0);
    assert_eq!(run().code, i32::from(Exit::Usage.code()));
}

/// One key for all of them, in `key` and in the list of signers.
fn people(stage: &Stage, names: &[&str]) {
    use russh::keys::{Algorithm, PrivateKey, ssh_key::LineEnding};
    let key = PrivateKey::random(&mut russh::keys::key::safe_rng(), Algorithm::Ed25519).expect("a key");
    key.write_openssh_file(stage.path("key"), LineEnding::LF).expect("written");
    let public = key.public_key().to_openssh().expect("a line");
    let lines: String = names.iter().map(|name| format!("{name} namespaces=\"rockhop-approval\" {public}\n")).collect();
    stage.write("approvers.allowed", &lines);
}

#[test]
fn init_keeps_keys_from_others() {
    use std::os::unix::fs::PermissionsExt;
    let stage = Stage::new();
    stage.run(&["init"]);
    let mode = |name: &str| std::fs::metadata(stage.path(name)).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode("keys"), 0o700);
    std::fs::set_permissions(stage.path("keys"), std::fs::Permissions::from_mode(0o750)).expect("changed");
    let again = stage.run(&["init"]);
    assert!(again.code == 0 && again.out.contains("kept as it is: ./keys"), "{}{}", again.out, again.err);
    assert_eq!(mode("keys"), 0o750);
}

const SMALL: &str = "[project]\nname = \"x\"\nenvironment = \"production\"\ninventory = [\"inventory.ini\"]\n\
                     [vault]\npath = \"v\"\npassword_file = \"p\"\n[roles.web]\ngroups = [\"web\"]\n";

/// The script prints here what it would print on a host that nobody reaches; its facts are taken in, and are as old as
/// they say. What is no survey, of no host, or older than what is known leaves the ledger as it was.
#[test]
fn a_survey_is_carried_by_hand() {
    let stage = Stage::new();
    stage.write("rockhop.toml", SMALL);
    stage.write("inventory.ini", "[web]\nweb-1\nweb-2\n");
    let exported = stage.run(&["--lang", "en", "survey", "export-script", "survey.sh"]);
    assert_eq!((exported.code, exported.err.as_str()), (0, ""));
    assert_eq!(stage.run(&["survey", "export-script", "survey.sh"]).code, 1, "nothing is overwritten");
    let answer = Command::new("sh").arg(stage.path("survey.sh")).arg("login").output().expect("sh starts").stdout;
    std::fs::write(stage.path("web-1.survey"), &answer).expect("written");
    std::fs::write(stage.path("cut"), &answer[..answer.len() / 3]).expect("written");
    stage.write("web-2.survey", "no survey at all\n");

    let kinds = |stage: &Stage| stage.run(&["ledger", "show", "--json"]).out.matches("\"surveyed\"").count();
    for (files, code) in [
        (&["moon.survey"][..], 64),
        (&["inventory.ini"], 64),
        (&["web-2=nowhere"], 1),
        (&["web-1.survey", "web-2.survey"], 78),
        (&["web-1=cut"], 78),
    ] {
        let said = stage.run(&[&["survey", "import"], files].concat());
        assert_eq!(said.code, code, "{files:?}: {}", said.err);
    }
    assert_eq!(stage.run(&["ledger", "show"]).code, 78, "none of it reached the ledger");

    let imported = stage.run(&["--lang", "en", "survey", "import", "web-1.survey"]);
    assert_eq!(imported.code, 0, "{}", imported.err);
    assert!(imported.out.contains("web-1: "), "{}", imported.out);
    assert_eq!(kinds(&stage), 1);

    let script = std::fs::read_to_string(stage.path("survey.sh")).expect("the script");
    for (name, clock, code) in
        [("web-1=earlier", "booted + line - 3600", 4), ("web-1=future", "booted + line + 3600", 4)]
    {
        assert!(script.contains("booted + line"));
        stage.write("other.sh", &script.replace("booted + line", clock));
        let answer = Command::new("sh").arg(stage.path("other.sh")).arg("login").output().expect("sh starts").stdout;
        std::fs::write(stage.path(name.trim_start_matches("web-1=")), &answer).expect("written");
        let said = stage.run(&["survey", "import", name]);
        assert_eq!(said.code, code, "{name}: {}", said.err);
    }
    assert_eq!(kinds(&stage), 1);
}

/// A census that was brought along is joined to the facts of its host; without one, one rule says that nobody looked.
#[test]
fn a_census_is_carried_by_hand_and_joined() {
    let stage = Stage::new();
    stage.write("rockhop.toml", SMALL);
    stage.write("inventory.ini", "[web]\nweb-1\n");
    for script in ["survey", "census"] {
        let exported = stage.run(&[script, "export-script", &format!("{script}.sh")]);
        assert_eq!((exported.code, exported.err.as_str()), (0, ""));
    }
    let wrong = stage.run(&["census", "export-script", "other.sh", "--also", "data"]);
    assert_eq!((wrong.code, stage.path("other.sh").exists()), (64, false), "{}", wrong.err);
    let answer = Command::new("sh").arg(stage.path("survey.sh")).arg("login").output().expect("sh starts").stdout;
    std::fs::write(stage.path("web-1.survey"), &answer).expect("written");
    assert_eq!(stage.run(&["survey", "import", "web-1.survey"]).code, 0);
    let unknown = stage.run(&["assess", "--dry-run", "--json"]).out;
    assert!(unknown.contains("\"why\":\"no-census\"") && !unknown.contains("packages.census-scope"), "{unknown}");

    let now = jiff::Timestamp::now().as_second();
    let census = |taken: i64| {
        format!(
            "===rockhop-census 1 w\n===w + begun\ntaken={taken}\n\n===w - begun 0 \n\
             ===w + scope\nroot\t/usr\nleft\t/data\tnot-asked\n\n===w - scope 0 \n\
             ===w + python\nD\t/opt/v/lib/python3.6/site-packages/Django-1.11.dist-info\n\n===w - python 0 \n===w .\n"
        )
    };
    let whole = census(now);
    stage.write("web-1.census", whole.trim_end_matches("===w .\n"));
    assert_eq!(stage.run(&["survey", "import", "web-1.census"]).code, 78, "it was cut off");
    stage.write("web-1.census", &whole);
    let imported = stage.run(&["--lang", "en", "survey", "import", "web-1.census"]);
    assert_eq!((imported.code, imported.err.as_str()), (0, ""));
    assert!(
        imported.out.contains("Python packages 1") && imported.out.contains("not walked: /data"),
        "{}",
        imported.out
    );
    stage.write("old", &census(now - 3600));
    assert_eq!(stage.run(&["survey", "import", "web-1=old"]).code, 4, "a newer one is known");
    let events = stage.run(&["--lang", "en", "ledger", "show"]).out;
    assert_eq!(events.matches("counted beside its packages").count(), 1, "{events}");
    assert_eq!(stage.run(&["ledger", "verify"]).code, 0, "the census is evidence, too");

    let known = stage.run(&["assess", "--dry-run", "--json"]).out;
    assert!(known.contains("packages.census-scope") && !known.contains("no-census"), "{known}");
}

#[test]
fn rules_are_listed_shown_and_exported() {
    let stage = Stage::new();
    let listed = stage.run(&["--lang", "en", "rules", "list", "--area", "storage", "--severity", "blocks"]);
    assert_eq!((listed.code, listed.err.as_str()), (0, ""), "no project is needed");
    let lines: Vec<&str> = listed.out.lines().collect();
    assert!(lines.iter().any(|line| line.starts_with("blocks   storage.xfs-options")), "{lines:?}");
    assert!(
        lines.iter().rev().skip(1).all(|line| line.contains(" storage.") && line.starts_with("blocks")),
        "{lines:?}"
    );

    let shown = stage.run(&["--lang", "en", "rules", "show", "storage.xfs-options"]);
    for part in ["PLT-08, leapp-82", "fstab", "/ is mounted with nobarrier.", "Delete these options", "mount -fav"] {
        assert!(shown.out.contains(part), "{part}: {}", shown.out);
    }
    let wrong = stage.run(&["--lang", "en", "rules", "show", "storage.xfs-option"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (64, ""));
    assert!(wrong.err.contains("the nearest is storage.xfs-options"), "{}", wrong.err);

    let book = stage.run(&["--lang", "zh", "rules", "export"]).out;
    assert!(book.starts_with("# 迁移评估检查规则") && book.contains("### `fleet.time-servers`"), "{book}");
    let json = stage.run(&["rules", "export", "--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("one document");
    let rules = json["rules"].as_array().expect("rules");
    assert!(rules.iter().all(|one| one["sentences"]["example"].is_string()), "each rule brings an example");
    assert_eq!(json["coverage"].as_array().map(Vec::len), Some(330));
}

#[test]
fn a_policy_that_cannot_be_is_refused_with_its_place() {
    let stage = Stage::new();
    assert_eq!(stage.run(&["init"]).code, 0);
    let text = std::fs::read_to_string(stage.path("rockhop.toml")).expect("there");
    let lines = text.lines().count();
    for (policy, said) in [
        ("\"kernel.elevater\" = \"blocks\"", "kernel.elevator"),
        ("\"kernel.elevator\" = \"informs\"", "can only raise it"),
    ] {
        stage.write("rockhop.toml", &format!("{text}\n[policy.severity]\n{policy}\n"));
        let refused = stage.run(&["--lang", "en", "assess"]);
        assert_eq!(refused.code, 78, "{}", refused.err);
        let place = format!("rockhop.toml:{}:1: ", lines + 3);
        assert!(refused.err.contains(&place) && refused.err.contains(said), "{}", refused.err);
    }
}
