//! Every kind on lines that it knows and on lines that are a person's, and the scripts as a shell reads them. Their deeds
//! are tried on real trees by the engine's tests.

use super::{draft::sha256, *};
use crate::{
    assess::assess_one,
    facts::{ConfigFile, Facts, Mount, Read},
    project::Policy,
    rules::{RULES, fixtures::*},
};

/// A host with one file in place of what was there.
fn host(path: &str, content: &str) -> Facts {
    let mut facts = clean_el7_web();
    put(&mut facts, path, content);
    facts
}

fn put(facts: &mut Facts, path: &str, content: &str) {
    let files = known(&mut facts.config_files);
    files.retain(|file| file.path != path);
    files.push(ConfigFile {
        path: path.into(),
        mode: "0644".into(),
        owner: "root".into(),
        group: "root".into(),
        size: content.len() as u64,
        sha256: Read::Known(sha256(content.as_bytes())),
        owned_by_rpm: None,
        changed_from_rpm: None,
        content: Read::Known(content.into()),
    });
}

fn fstab_host(row: &str, mounted_from: &str) -> Facts {
    let mut facts = host("/etc/fstab", &format!("# made by anaconda\nUUID=1 / xfs defaults 0 0\n{row}\n"));
    let words: Vec<&str> = row.split_whitespace().collect();
    let mut parsed = fstab(words[0], words[1], words[2]);
    parsed.options = words[3].split(',').map(str::to_owned).collect();
    known(&mut facts.fstab).push(parsed);
    let space = Read::Unknown(crate::facts::Why::NotAsked);
    let (source, fstype) = (mounted_from.into(), words[2].into());
    known(&mut facts.mounts).push(Mount { path: words[1].into(), source, fstype, options: Vec::new(), space });
    facts
}

fn remedies(facts: &Facts, rule: &str) -> HostRemedies {
    let found = assess_one(facts, &clean_aim(), &[], &Policy::default(), jiff::Timestamp::UNIX_EPOCH);
    compile(facts, &Digest::of(b"facts"), &found, |id| id.as_str() == rule)
}

/// What becomes of the lines, and why findings are left.
fn outcome(facts: &Facts, rule: &str) -> (Vec<String>, Vec<Hand>) {
    let done = remedies(facts, rule);
    let lines = done.steps.iter().flat_map(|step| &step.edits).map(|edit| {
        let now = edit.now.join(" | ");
        format!("{}: {now}", edit.line)
    });
    (lines.collect(), done.by_hand.iter().map(|one| one.why).collect())
}

fn does(facts: &Facts, rule: &str, lines: &[&str]) {
    assert_eq!(outcome(facts, rule), (lines.iter().map(|line| (*line).to_owned()).collect(), vec![]), "{rule}");
}

fn leaves(facts: &Facts, rule: &str, why: Hand) {
    assert_eq!(outcome(facts, rule), (vec![], vec![why]), "{rule}");
}

#[test]
fn a_disk_becomes_the_uuid_of_what_is_mounted_from_it() {
    let rule = "storage.disk-names";
    does(
        &fstab_host("/dev/sdb1  /data xfs defaults 0 0", "/dev/sdb1"),
        rule,
        &["3: UUID={/dev/sdb1}  /data xfs defaults 0 0"],
    );
    does(&fstab_host("/dev/sdb2 swap swap defaults 0 0", "-"), rule, &["3: UUID={/dev/sdb2} swap swap defaults 0 0"]);
    leaves(&fstab_host("/dev/sdb1 /data xfs defaults 0 0", "/dev/sdc1"), rule, Hand::NotInUse);
    leaves(&fstab_host("/dev/sdb1 /my\\040data xfs defaults 0 0", "/dev/sdb1"), rule, Hand::OtherForm);
}

#[test]
fn the_digest_afterwards_is_known_unless_the_host_fills_something_in() {
    let uuid = remedies(&fstab_host("/dev/sdb1 /data xfs defaults 0 0", "/dev/sdb1"), "storage.disk-names");
    assert_eq!(uuid.steps[0].after, None);
    let options = remedies(&fstab_host("LABEL=d /data xfs nobarrier 0 0", "/dev/sdb1"), "storage.xfs-options");
    let want = "# made by anaconda\nUUID=1 / xfs defaults 0 0\nLABEL=d /data xfs defaults 0 0\n";
    assert_eq!(options.steps[0].after, Some(sha256(want.as_bytes())));
}

#[test]
fn options_of_xfs_go_and_the_others_stay() {
    let rule = "storage.xfs-options";
    let host = fstab_host("LABEL=d /data xfs noatime,nobarrier,delaylog 0 0", "/dev/sdb1");
    does(&host, rule, &["3: LABEL=d /data xfs noatime 0 0"]);
}

#[test]
fn a_comment_gets_its_own_line() {
    let rule = "storage.fstab-lines";
    let says = |line: &str| host("/etc/fstab", &format!("{line}\n"));
    does(&says("UUID=1 / xfs defaults 0 0 # the system"), rule, &["1: # the system | UUID=1 / xfs defaults 0 0"]);
    does(&says("UUID=1 / xfs defaults\t#x"), rule, &["1: #x | UUID=1 / xfs defaults"]);
    leaves(&says("UUID=1 /data"), rule, Hand::OtherForm);
    leaves(&says("UUID=1 / # xfs defaults"), rule, Hand::OtherForm);
    leaves(&says("UUID=1 / xfs a#b #c 0 0 0"), rule, Hand::OtherForm);
}

#[test]
fn of_equal_rows_the_second_goes_and_of_others_none() {
    let rule = "storage.mount-twice";
    let twice = |second: &str| {
        let mut facts = host("/etc/fstab", &format!("LABEL=d /d xfs defaults 0 0\n{second}\n"));
        known(&mut facts.fstab).extend([fstab("LABEL=d", "/d", "xfs"), fstab("LABEL=d", "/d", "xfs")]);
        facts
    };
    let equal = twice("LABEL=d  /d xfs defaults 0 0");
    does(&equal, rule, &["2: # rockhop storage.mount-twice: LABEL=d  /d xfs defaults 0 0"]);
    leaves(&twice("LABEL=e /d xfs defaults 0 0"), rule, Hand::Changes);
}

#[test]
fn a_setting_that_is_gone_becomes_a_comment_in_the_file_behind_the_link() {
    let rule = "kernel.sysctl-removed";
    let text = "net/ipv4/tcp_tw_recycle=1\nvm.swappiness = 1\n";
    let mut facts = host("/etc/sysctl.conf", text);
    put(&mut facts, "/etc/sysctl.d/99-sysctl.conf", text);
    let set = |file: &str| crate::facts::Sysctl { file: Some(file.into()), ..set("net.ipv4.tcp_tw_recycle", "1") };
    known(&mut facts.sysctl_set).extend([set("/etc/sysctl.conf"), set("/etc/sysctl.d/99-sysctl.conf")]);
    does(&facts, rule, &["1: # rockhop kernel.sysctl-removed: net/ipv4/tcp_tw_recycle=1"]);
    let files: Vec<String> = remedies(&facts, rule).steps.into_iter().map(|step| step.file).collect();
    assert_eq!(files, ["/etc/sysctl.conf"]);
}

#[test]
fn a_vendors_file_and_one_with_a_secret_are_left() {
    let rule = "kernel.sysctl-removed";
    let mut facts = host("/usr/lib/sysctl.d/00.conf", "vm.block_dump = 1\n");
    known(&mut facts.sysctl_set)
        .push(crate::facts::Sysctl { file: Some("/usr/lib/sysctl.d/00.conf".into()), ..set("vm.block_dump", "1") });
    leaves(&facts, rule, Hand::Vendors);
    let secret = fstab_host("//nas/x /data cifs password=<redacted:1> 0 0", "//nas/x");
    let mut facts = secret;
    known(&mut facts.fstab).push(fstab("/dev/sdb1", "/d", "xfs"));
    leaves(&facts, "storage.disk-names", Hand::Secret);
}

#[test]
fn a_file_that_was_not_read_to_the_last_byte_is_left() {
    let mut facts = fstab_host("/dev/sdb1 /data xfs defaults 0 0", "/dev/sdb1");
    known(&mut facts.config_files).last_mut().expect("fstab").sha256 = Read::Known("0".repeat(64));
    leaves(&facts, "storage.disk-names", Hand::NotRead);
}

#[test]
fn algorithms_leave_their_list_and_a_list_never_becomes_empty() {
    let rule = "security.ssh-removed-algorithms";
    let says = |line: &str| host("/etc/ssh/sshd_config", &format!("{line}\n"));
    does(&says("  Ciphers  aes256-ctr,blowfish-cbc,arcfour"), rule, &["1:   Ciphers  aes256-ctr"]);
    does(&says("MACs -hmac-ripemd160,hmac-md5"), rule, &["1: MACs -hmac-md5"]);
    does(&says("Ciphers +arcfour"), rule, &["1: # rockhop security.ssh-removed-algorithms: Ciphers +arcfour"]);
    leaves(&says("Ciphers arcfour,blowfish-cbc"), rule, Hand::NothingLeft);
    leaves(&says("Ciphers arcfour, aes256-ctr"), rule, Hand::OtherForm);
}

#[test]
fn options_that_stop_sshd_go_or_get_their_name() {
    let rule = "security.ssh-removed-options";
    let says = |line: &str| host("/etc/ssh/sshd_config", &format!("{line}\n"));
    does(&says("ShowPatchLevel no"), rule, &["1: # rockhop security.ssh-removed-options: ShowPatchLevel no"]);
    does(&says("authorizedkeyscommandrunas nobody"), rule, &["1: AuthorizedKeysCommandUser nobody"]);
}

#[test]
fn options_without_effect_go_where_they_have_none() {
    let rule = "security.ssh-obsolete-options";
    let says = |line: &str, version: &str| {
        let mut facts = host("/etc/ssh/sshd_config", &format!("{line}\n"));
        known(&mut facts.packages).retain(|package| package.name != "openssh-server");
        add_package(&mut facts, "openssh-server", version, "23.el7_9");
        facts
    };
    let want = "1: # rockhop security.ssh-obsolete-options: KeyRegenerationInterval 1h";
    does(&says("KeyRegenerationInterval 1h", "7.4p1"), rule, &[want]);
    leaves(&says("KeyRegenerationInterval 1h", "6.6.1p1"), rule, Hand::Changes);
    leaves(&says("UsePrivilegeSeparation no", "7.4p1"), rule, Hand::Changes);
    leaves(&says("UseLogin yes", "7.4p1"), rule, Hand::Changes);
    let want = "1: # rockhop security.ssh-obsolete-options: Protocol 2,1";
    does(&says("Protocol 2,1", "7.4p1"), "security.ssh-protocol-1", &[want]);
    let both = says("Protocol 2,1", "7.4p1");
    let found = assess_one(&both, &clean_aim(), &[], &Policy::default(), jiff::Timestamp::UNIX_EPOCH);
    let all = compile(&both, &Digest::of(b"f"), &found, |id| id.as_str().starts_with("security.ssh-"));
    assert_eq!((all.steps.len(), all.steps[0].edits.len(), all.steps[0].findings.len()), (1, 1, 2));
}

#[test]
fn a_module_gets_the_name_of_the_same_module_only() {
    let rule = "kernel.merged-modules";
    let says = |path: &str, line: &str| host(path, &format!("{line}\n"));
    let list = "/etc/sysconfig/iptables-config";
    does(&says(list, "IPTABLES_MODULES=\"ip_conntrack_ftp\""), rule, &["1: IPTABLES_MODULES=\"nf_conntrack_ftp\""]);
    leaves(&says("/etc/modules-load.d/a.conf", "nf_conntrack_ipv4"), rule, Hand::Changes);
    let mut options = says(list, "IPTABLES_MODULES=\"ip_conntrack_ftp\"");
    put(&mut options, "/etc/modprobe.d/a.conf", "options ip_conntrack_ftp ports=2121\n");
    let (lines, why) = outcome(&options, rule);
    assert!(lines.is_empty() && why.iter().all(|why| *why == Hand::Changes) && !why.is_empty());
}

#[test]
fn a_waived_finding_is_nobodys_work() {
    let facts = fstab_host("/dev/sdb1 /data xfs defaults 0 0", "/dev/sdb1");
    let mut found = assess_one(&facts, &clean_aim(), &[], &Policy::default(), jiff::Timestamp::UNIX_EPOCH);
    let all = compile(&facts, &Digest::of(b"f"), &found, |id| id.as_str() == "storage.disk-names");
    assert_eq!((all.steps.len(), all.by_hand.len()), (1, 0));
    let day = "2027-01-01".parse().expect("a day");
    let rule = "storage.disk-names";
    let here = crate::assess::Scope::Named(vec![facts.host.clone()]);
    let waiver = crate::assess::Waiver::new(rule, here, "ann", "test", day).expect("a waiver");
    found = assess_one(&facts, &clean_aim(), &[waiver], &Policy::default(), jiff::Timestamp::UNIX_EPOCH);
    let none = compile(&facts, &Digest::of(b"f"), &found, |id| id.as_str() == rule);
    assert_eq!((none.steps.len(), none.by_hand.len()), (0, 0));
}

/// What a rule finds on its own cases is remedied or left, and never forgotten; every kind is some rule's.
#[test]
fn every_kind_is_named_by_a_rule() {
    let named: std::collections::BTreeSet<Mechanical> = RULES.iter().filter_map(|rule| rule.mechanical).collect();
    assert_eq!(named, Mechanical::ALL.into_iter().collect());
    for rule in RULES.iter().filter(|rule| rule.mechanical.is_some()) {
        assert!(rule.weigh.is_none(), "{}: a remedy cannot depend on what people decided", rule.id);
        for case in rule.cases {
            let crate::rules::Verdict::Found(messages) = case.judge(rule) else { continue };
            let facts = case.host();
            let done = remedies(&facts, rule.id);
            let remedied: usize = done.steps.iter().map(|step| step.findings.len()).sum();
            assert_eq!(remedied + done.by_hand.len(), messages.len(), "{}", rule.id);
        }
    }
}

#[test]
fn only_a_new_survey_ends_a_finding() {
    use standing::Afterwards;
    let rule = "storage.fstab-lines";
    let before = host("/etc/fstab", "UUID=1 / xfs defaults 0 0 # the system\n");
    let step = remedies(&before, rule).steps.remove(0);
    assert_eq!(Afterwards::of(&before, &step), Afterwards::StillThere);
    let moved = host("/etc/fstab", "\n\nUUID=1 / xfs defaults 0 0 # the system\n");
    assert_eq!(Afterwards::of(&moved, &step), Afterwards::StillThere, "on another line");
    let after = host("/etc/fstab", "# the system\nUUID=1 / xfs defaults 0 0\n");
    assert_eq!(Afterwards::of(&after, &step), Afterwards::Gone);
    let mut unread = after;
    unread.config_files = Read::Unknown(crate::facts::Why::NoSudo);
    assert_eq!(Afterwards::of(&unread, &step), Afterwards::Unknown);
}

#[test]
fn a_rule_that_could_not_look_is_left_and_told() {
    let mut facts = clean_el7_web();
    facts.fstab = Read::Unknown(crate::facts::Why::NoSudo);
    leaves(&facts, "storage.xfs-options", Hand::NotLooked);
}

fn plan() -> RemedyPlan {
    let facts = fstab_host("/dev/sdb1 /data xfs nobarrier 0 0", "/dev/sdb1");
    let found = assess_one(&facts, &clean_aim(), &[], &Policy::default(), jiff::Timestamp::UNIX_EPOCH);
    let remedies = compile(&facts, &Digest::of(b"facts"), &found, |id| id.as_str().starts_with("storage."));
    RemedyPlan {
        remedy_format: REMEDY_FORMAT,
        project: "shop".into(),
        environment: Environment::Production,
        scenery: Scenery::Real,
        made_at: jiff::Timestamp::UNIX_EPOCH,
        hosts_in_parallel: 2,
        failure_budget: 0,
        hosts: [(facts.host.clone(), remedies)].into_iter().collect(),
    }
}

#[test]
fn a_plan_reads_back_and_says_every_command() {
    let plan = plan();
    assert_eq!(RemedyPlan::parse(&plan.to_json()), Ok(plan.clone()));
    let edits = serde_json::to_string_pretty(&plan.hosts[0].steps[0].edits).expect("JSON");
    insta::assert_snapshot!("fstab-edits", edits);
    insta::assert_snapshot!("fstab-apply", plan.hosts[0].steps[0].scripts.apply);
    insta::assert_snapshot!("fstab-undo", plan.hosts[0].steps[0].undo);
}

#[test]
fn another_format_and_a_file_changed_twice_are_no_plan() {
    let mut plan = plan();
    let twice = plan.hosts[0].steps[0].clone();
    plan.hosts[0].steps.push(twice);
    assert!(matches!(RemedyPlan::parse(&plan.to_json()), Err(RemedyPlanError::FileTwice { .. })));
    plan.remedy_format = 2;
    assert_eq!(RemedyPlan::parse(&plan.to_json()), Err(RemedyPlanError::Format { found: 2 }));
    assert!(matches!(RemedyPlan::parse("{}"), Err(RemedyPlanError::Malformed(_))));
}

#[test]
#[expect(clippy::disallowed_types, reason = "a shell reads the scripts of the plan, in a test")]
fn a_shell_can_read_every_script() {
    use std::{
        io::Write as _,
        process::{Command, Stdio},
    };
    for (question, script) in plan().hosts[0].steps[0].scripts() {
        let mut shell =
            Command::new("/bin/sh").arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a shell");
        shell.stdin.take().expect("piped").write_all(script.as_bytes()).expect("written");
        let end = shell.wait_with_output().expect("ended");
        assert!(end.status.success(), "{question}: {}", String::from_utf8_lossy(&end.stderr));
    }
}
