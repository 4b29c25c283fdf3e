//! Each rule three times, on the cases of its row: something to find, nothing to find, a section unknown.

use super::fixtures::*;
use super::*;
use crate::HostId;
use crate::facts::Read;
use std::collections::BTreeSet;

type Break = fn(&mut Facts);

fn rule(id: &str) -> &'static Rule {
    RULES.iter().find(|rule| rule.id == id).unwrap_or_else(|| panic!("there is no rule {id}"))
}

/// The verdict on a host of people who decided what is usual.
fn judge(rule: &Rule, facts: &Facts) -> Verdict {
    rule.judge(&Move::new(facts, &clean_aim()))
}

/// The same facts with some sections unknown, for want of rights.
fn without(facts: &Facts, sections: impl IntoIterator<Item = &'static str>) -> Facts {
    let mut json = serde_json::to_value(facts).expect("facts serialise");
    for section in sections {
        let place = json.get_mut(section).unwrap_or_else(|| panic!("the facts have no section {section}"));
        *place = serde_json::json!({ "unknown": { "why": "no-sudo" } });
    }
    serde_json::from_value(json).expect("an unknown section is a section")
}

/// Every section that can be unknown.
fn sections() -> Vec<&'static str> {
    let fixed = ["format", "host", "taken_at", "origin"];
    let json = serde_json::to_value(clean_el7_web()).expect("facts serialise");
    let names: Vec<String> =
        json.as_object().expect("an object").keys().filter(|name| !fixed.contains(&name.as_str())).cloned().collect();
    let all = without(&clean_el7_web(), names.into_iter().map(|name| &*name.leak()));
    all.unknowns().into_iter().map(|(name, _)| name).collect()
}

#[test]
fn clean_hosts_are_clear() {
    for facts in clean_hosts() {
        for rule in RULES {
            assert_eq!(judge(rule, &facts), Verdict::Clear, "{} on {}", rule.id, facts.host);
        }
    }
}

/// Every rule with each of its cases.
fn cases(expect: Expect) -> impl Iterator<Item = (&'static Rule, &'static Case)> {
    RULES
        .iter()
        .flat_map(|rule| rule.cases.iter().map(move |case| (rule, case)))
        .filter(move |(_, case)| case.expect == expect)
}

#[test]
fn every_rule_has_something_to_find() {
    let without: Vec<&str> = RULES
        .iter()
        .filter(|rule| rule.cases.iter().all(|case| case.expect != Expect::Found))
        .map(|rule| rule.id)
        .collect();
    assert_eq!(without, [""; 0], "add `found(...)` to `cases`");
}

#[test]
fn what_is_to_be_found_is_found() {
    for (rule, case) in cases(Expect::Found) {
        let verdict = case.judge(rule);
        let Verdict::Found(messages) = &verdict else { panic!("{} says {verdict:?}", rule.id) };
        let prefix = format!("finding-{}", rule.id.replace('.', "-"));
        assert!(messages.iter().all(|message| message.key.starts_with(&prefix)), "{} says {messages:?}", rule.id);
        assert_eq!(judge(rule, &(case.clean)()), Verdict::Clear, "{} on its clean host", rule.id);
    }
}

#[test]
fn what_is_fine_is_clear() {
    for (rule, case) in cases(Expect::Fine) {
        let changed = case.host() != (case.clean)() || format!("{:?}", case.aim()) != format!("{:?}", clean_aim());
        assert!(changed, "{}: the case changes nothing", rule.id);
        assert_eq!(case.judge(rule), Verdict::Clear, "{}", rule.id);
    }
}

#[test]
fn every_rule_has_something_that_must_not_take_it_in() {
    let without: Vec<&str> = RULES
        .iter()
        .filter(|rule| rule.cases.iter().all(|case| case.expect != Expect::Fine))
        .map(|rule| rule.id)
        .collect();
    assert_eq!(without, [""; 0], "add `fine(...)` to `cases`: a host that looks alarming and is not");
}

#[test]
fn an_unread_section_is_never_fine() {
    for (rule, case) in cases(Expect::Found) {
        for section in rule.looks_at {
            let verdict = rule.judge(&Move::new(&without(&(case.clean)(), [*section]), &case.aim()));
            assert!(matches!(verdict, Verdict::Unknown(Why::NoSudo)), "{} without {section} says {verdict:?}", rule.id);
        }
    }
}

#[test]
fn a_rule_looks_at_nothing_else() {
    for (rule, case) in cases(Expect::Found) {
        let others = sections().into_iter().filter(|section| !rule.looks_at.contains(section));
        let verdict = rule.judge(&Move::new(&without(&case.host(), others), &case.aim()));
        assert!(matches!(verdict, Verdict::Found(_)), "{} looks at more than it says: {verdict:?}", rule.id);
    }
}

#[test]
fn an_unread_service_or_file_is_never_fine() {
    let unread = |facts: &mut Facts| {
        let why = || Why::TimedOut;
        known(&mut facts.redis).iter_mut().for_each(|one| one.state = Read::Unknown(why()));
        known(&mut facts.postgresql).iter_mut().for_each(|one| one.state = Read::Unknown(why()));
        known(&mut facts.mariadb).iter_mut().for_each(|one| one.state = Read::Unknown(why()));
        known(&mut facts.nginx).iter_mut().for_each(|one| one.listing = Read::Unknown(why()));
        known(&mut facts.config_files).iter_mut().for_each(|one| one.content = Read::Unknown(why()));
    };
    let inner = ["redis", "postgresql", "mariadb", "nginx"];
    for (rule, case) in cases(Expect::Found) {
        let mut facts = case.host();
        if rule.looks_at.iter().any(|section| inner.contains(section)) || files_matter(rule.id) {
            unread(&mut facts);
            assert_eq!(judge(rule, &facts), Verdict::Unknown(Why::TimedOut), "{}", rule.id);
        }
    }
}

/// A census that could not read a section is not a census that found nothing there.
#[test]
fn a_section_of_the_census_that_was_not_read_is_never_fine() {
    let whole = |rule: &&(&Rule, &Case)| rule.0.looks_at.contains(&"census") && rule.0.id != CENSUS_TAKEN;
    for (rule, case) in cases(Expect::Found).collect::<Vec<_>>().iter().filter(whole) {
        let mut json = serde_json::to_value(case.host()).expect("facts serialise");
        let census = json["census"]["known"].as_object_mut().expect("a census");
        for section in census.values_mut().filter(|section| section.get("known").is_some()) {
            *section = serde_json::json!({ "unknown": { "why": "timed-out" } });
        }
        let facts: Facts = serde_json::from_value(json).expect("an unknown section is a section");
        assert_eq!(judge(rule, &facts), Verdict::Unknown(Why::TimedOut), "{}", rule.id);
    }
}

/// Rules that read what stands in files; the others only ask which files there are.
fn files_matter(id: &str) -> bool {
    let by_presence = ["network.routes", "services.sysv-scripts", "services.logrotate-cron", "cache.config-path"];
    rule(id).looks_at.contains(&"config_files") && !by_presence.contains(&id)
}

#[test]
fn the_table_is_tidy() {
    let all: Vec<&str> = ids().collect();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "two rules share an id");
    let sections: BTreeSet<&str> = sections().into_iter().collect();
    for rule in RULES {
        assert_eq!(rule.id.split_once('.').map(|(area, _)| area), Some(rule.area.word()), "{}", rule.id);
        assert!(
            !rule.sources.is_empty() && (!rule.looks_at.is_empty() || rule.weigh.is_some()),
            "{} names no source or looks at nothing",
            rule.id
        );
        assert!(
            rule.looks_at.iter().all(|section| sections.contains(section)),
            "{} looks at no section of the facts",
            rule.id
        );
        assert!(
            rule.severity != Severity::Blocks || rule.evidence != Evidence::Known,
            "{} blocks on common knowledge",
            rule.id
        );
        let unread: Vec<_> =
            rule.places.iter().filter(|place| !crate::facts::survey::SCRIPT.contains(**place)).collect();
        assert!(unread.is_empty(), "{} looks for {unread:?}, which the survey does not read", rule.id);
        assert!(!rule.strategies.is_empty(), "{} is for no strategy", rule.id);
        assert_eq!(rule.rule_id().as_str(), rule.id);
    }
    for rule in FLEET_RULES {
        assert!(!rule.strategies.is_empty(), "{} is for no strategy", rule.id);
        assert!(rule.id.starts_with("fleet.") && !rule.sources.is_empty(), "{}", rule.id);
        assert!(rule.looks_at.iter().all(|section| sections.contains(section)), "{}", rule.id);
        assert!(
            rule.severity != Severity::Blocks || rule.evidence != Evidence::Known,
            "{} blocks on common knowledge",
            rule.id
        );
        assert_eq!(rule.rule_id().as_str(), rule.id);
    }
}

/// The keys that are written by hand are those that machines read and write.
#[test]
fn keys_are_the_serialised_names() {
    let same = |key: &str, json: serde_json::Result<serde_json::Value>| assert_eq!(json.expect("a word"), key);
    Area::ALL.iter().for_each(|one| same(one.word(), serde_json::to_value(one)));
    Evidence::ALL.iter().for_each(|one| same(one.word(), serde_json::to_value(one)));
    EVERY.iter().for_each(|one| same(one.word(), serde_json::to_value(one)));
    Severity::ALL.iter().for_each(|one| same(one.word(), serde_json::to_value(one)));
}

mod fine {
    //! Hosts that look alarming and are not.

    use super::*;

    fn clear(id: &str, clean: fn() -> Facts, change: Break) {
        let mut facts = clean();
        change(&mut facts);
        assert_eq!(judge(rule(id), &facts), Verdict::Clear, "{id}");
    }

    #[test]
    fn elliptic_keys_are_short_and_strong() {
        for bits in [256, 384, 521] {
            let mut facts = clean_el7_web();
            known(&mut facts.crypto).certificates.push(certificate(bits, "ecdsa-with-SHA256"));
            assert_eq!(judge(rule("security.weak-certificate"), &facts), Verdict::Clear, "{bits}");
        }
    }

    #[test]
    fn long_parameters_are_fine() {
        clear("web.weak-dhparam", clean_el7_web, |f| {
            nginx_says(f, "ssl_dhparam /etc/nginx/dh.pem;");
            add_file(
                f,
                "/etc/nginx/dh.pem",
                &format!("-----BEGIN DH PARAMETERS-----\n{}\n-----END DH PARAMETERS-----\n", "A".repeat(360)),
            );
        });
    }

    #[test]
    fn alerts_on_both_names_are_fine() {
        for (expr, stale) in [
            ("node_cpu{mode=\"idle\"} > 1", 1),
            ("node_cpu_seconds_total or node_cpu", 0),
            ("my_node_cpu > 1", 0),
            ("node_memory_MemFree / node_memory_MemTotal", 2),
        ] {
            let mut facts = clean_el7_monitoring();
            alert(&mut facts, expr);
            let found: usize = monitoring::alerts(&facts)
                .expect("rules are read")
                .iter()
                .map(|alert| alert.stale_names().count())
                .sum();
            assert_eq!(found, stale, "{expr}");
        }
    }

    #[test]
    fn a_rule_file_that_cannot_be_read_is_unknown() {
        let mut facts = clean_el7_monitoring();
        add_file(&mut facts, "/etc/prometheus/rules/a.yml", "groups:\n- name: [\n");
        let verdict = judge(rule("monitoring.alerts-by-device"), &facts);
        assert!(matches!(verdict, Verdict::Unknown(Why::BadLine { .. })), "{verdict:?}");
    }
}

mod any_words {
    //! Whatever a host says of itself, each rule answers, and remedies are made or left.

    use super::*;
    use crate::Digest;
    use crate::assess::assess_one;
    use crate::project::Policy;
    use crate::remedy::compile;
    use jiff::Timestamp;
    use proptest::prelude::*;
    use serde_json::Value;

    /// What configuration is made of, and what nobody expects in it.
    const WORDS: &str = r#"(\[[a-z]{1,4}\]|\[mysqld\]\n|[a-z]{1,2}\n|[a-zA-Z_.-]{1,8}|=| |\t|\{|\}|;|"|'|#|<|>|/|\\|é|中|\n|:|::|@@|%|\$\(|0|-1|9{20}|10\.0\.0\.1|/etc|\+|,|!|\*|\(|\)|target="|server |sentinel monitor |-j ACCEPT|-s |vrrp_instance |virtual_ipaddress |Ciphers [+-]|host |gcomm://|TLSv1|-Djdk\.tls\.client\.protocols=){0,14}"#;

    /// The word in the text's place, in its middle, at the end of its first half, or on a line of its own before its last.
    fn spoilt(text: &str, word: &str, how: usize) -> String {
        let middle = (text.len() / 2..).find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let (first, second) = text.split_at(middle);
        match how % 4 {
            0 => word.to_owned(),
            1 => format!("{first}{word}{second}"),
            2 => format!("{first}{word}"),
            _ => match text.trim_end().rsplit_once('\n') {
                Some((before, last)) => format!("{before}\n{word}\n{last}\n"),
                None => format!("{text}\n{word}\n"),
            },
        }
    }

    /// Every `every`th text of a section is another one, where the section still is one then.
    fn scrambled(facts: &Facts, words: &[String], every: usize) -> (Facts, usize) {
        let (mut json, mut changed) = (serde_json::to_value(facts).expect("facts serialise"), 0);
        let mut facts = facts.clone();
        for (at, section) in sections().into_iter().enumerate() {
            let mut other = json.clone();
            let mut words = words.iter().cycle().skip(at);
            let mut seen = at;
            replace(&mut other[section], &mut |text| {
                seen += 1;
                if seen % every == 0 {
                    *text = spoilt(text, words.next().expect("some word, again and again"), seen / every);
                }
            });
            if let Ok(read) = serde_json::from_value::<Facts>(other.clone()) {
                changed += usize::from(other != json);
                (json, facts) = (other, read);
            }
        }
        (facts, changed)
    }

    fn replace(value: &mut Value, with: &mut impl FnMut(&mut String)) {
        match value {
            Value::String(text) => with(text),
            Value::Array(all) => all.iter_mut().for_each(|one| replace(one, with)),
            Value::Object(all) => all.values_mut().for_each(|one| replace(one, with)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn in_any_section_never_panic(
            at in any::<prop::sample::Index>(),
            words in prop::collection::vec(WORDS, 1..24),
            every in 1..6usize,
        ) {
            let all: Vec<&Case> = RULES.iter().flat_map(|rule| rule.cases).collect();
            for host in clean_hosts().into_iter().chain([at.get(&all).host()]) {
                let (facts, changed) = scrambled(&host, &words, every);
                prop_assert!(changed > 3, "only {changed} sections were changed");
                RULES.iter().for_each(|rule| drop(judge(rule, &facts)));
                let found = assess_one(&facts, &clean_aim(), &[], &Policy::default(), Timestamp::UNIX_EPOCH);
                compile(&facts, &Digest::of(b"facts"), &found, |_| true);
            }
        }

        #[test]
        fn on_any_host_never_panic_a_rule_over_the_fleet(
            at in any::<prop::sample::Index>(),
            words in prop::collection::vec(WORDS, 1..24),
            every in 1..6usize,
        ) {
            let all: Vec<_> = FLEET_RULES.iter().flat_map(|rule| rule.cases).collect();
            let case = at.get(&all);
            let hosts: Vec<Facts> =
                (case.hosts)().iter().map(|facts| scrambled(facts, &words, every).0).collect();
            let waves: Vec<Vec<HostId>> = hosts.iter().map(|facts| vec![facts.host.clone()]).collect();
            let fleet = Fleet::of(&hosts).in_waves(&waves, &[]);
            FLEET_RULES.iter().for_each(|rule| drop((rule.look)(&fleet)));
            precedences(&fleet);
        }
    }
}

mod fleet_rules {
    //! A small fleet, one thing changed at a time.

    use super::*;
    use crate::facts::TimeSync;

    fn judge(id: &str, hosts: &[Facts], waves: &[&[&str]]) -> super::fleet::FleetVerdict {
        let waves: Vec<Vec<HostId>> = waves
            .iter()
            .map(|wave| wave.iter().map(|host| HostId::parse(host).expect("a host name")).collect())
            .collect();
        let rule = FLEET_RULES.iter().find(|rule| rule.id == id).unwrap_or_else(|| panic!("there is no rule {id}"));
        (rule.look)(&Fleet::of(&hosts).in_waves(&waves, &[]))
    }

    use crate::HostId;

    fn found(id: &str, hosts: &[Facts], waves: &[&[&str]]) -> usize {
        let verdict = judge(id, hosts, waves);
        assert_eq!(verdict.unread, [], "{id}");
        assert!(verdict.found.iter().all(|one| one.message.key == format!("finding-{}", id.replace('.', "-"))));
        verdict.found.len()
    }

    #[test]
    fn pools_fit_before_during_and_after_a_wave() {
        let id = "fleet.connection-budget";
        assert_eq!(found(id, &shop(10), &[]), 0, "80 + 10 of 97");
        assert_eq!(found(id, &shop(12), &[]), 1, "96 + 12 of 97");
        assert_eq!(found(id, &shop(10), &[&["web-1"], &["web-2", "web-3"]]), 1, "80 + 20 of 97");
        let peak = judge(id, &shop(10), &[&["web-2", "web-3"]]).found.remove(0).message;
        assert_eq!((peak.arg("steady"), peak.arg("peak"), peak.arg("limit")), (Some("80"), Some("100"), Some("97")));
        let mut unread = shop(10);
        known(&mut unread[0].postgresql)[0].state = Read::Unknown(Why::TimedOut);
        assert_eq!(judge(id, &unread, &[]).unread.len(), 1);
    }

    #[test]
    fn a_client_is_known_by_its_connections_too() {
        let mut hosts = shop(30);
        for web in &mut hosts[1..] {
            add_file(web, "/etc/sysconfig/shop", "DB_HOST=db.service.local\nDB_POOL_SIZE=30\n");
        }
        assert_eq!(found("fleet.connection-budget", &hosts, &[]), 0, "nothing says whose the pools are");
        hosts[1..].iter_mut().for_each(|web| edge(web, "10.77.0.41", 5432));
        assert_eq!(found("fleet.connection-budget", &hosts, &[]), 1);
    }

    #[test]
    fn a_pool_belongs_to_the_first_database_that_its_file_names() {
        let mut hosts = shop(30);
        hosts.push(clean_el7_mariadb());
        for web in hosts.iter_mut().filter(|host| host.host.as_str().starts_with("web-")) {
            add_file(web, "/etc/sysconfig/shop", "SHOP_POOL_SIZE=30\nSHOP_DB_HOST=db-1\nSHOP_MARIADB_HOST=db-3\n");
            edge(web, "10.77.0.43", 3306);
        }
        let verdict = judge("fleet.connection-budget", &hosts, &[]);
        let databases: Vec<_> = verdict.found.iter().filter_map(|one| one.message.arg("database")).collect();
        assert_eq!(databases, ["db-1"]);
    }

    #[test]
    fn pairs_are_read_from_the_fleet() {
        let hosts: Vec<Facts> = redis_pair().into_iter().chain(postgresql_pair()).collect();
        let (pairs, unread) = pairs(&Fleet::of(&hosts));
        let read: Vec<_> = pairs.iter().map(|pair| (pair.kind, pair.primary.as_str(), pair.replica.as_str())).collect();
        assert_eq!(read, [(PairKind::Redis, "cache-1", "cache-2"), (PairKind::Postgresql, "db-1", "db-2")]);
        assert_eq!(unread, []);
    }

    #[test]
    fn pairs_part_and_replicas_go_first() {
        let hosts = redis_pair();
        for (waves, together, wrong_order) in [
            (&[] as &[&[&str]], 0, 0),
            (&[&["cache-2"], &["cache-1"]], 0, 0),
            (&[&["cache-1", "cache-2"]], 1, 0),
            (&[&["cache-1"], &["cache-2"]], 0, 1),
        ] {
            assert_eq!(found("fleet.pair-in-one-wave", &hosts, waves), together, "{waves:?}");
            assert_eq!(found("fleet.replica-first", &hosts, waves), wrong_order, "{waves:?}");
        }
        let hidden = [without(&hosts[0], ["redis"]), hosts[1].clone()];
        assert_eq!(judge("fleet.pair-in-one-wave", &hidden, &[]).unread.len(), 1);
    }

    #[test]
    fn a_replica_is_never_the_older_one() {
        let mut hosts = redis_pair();
        assert_eq!(found("fleet.replica-older", &hosts, &[]), 0);
        redis(&mut hosts[0]).version = "7.0.15".into();
        assert_eq!(found("fleet.replica-older", &hosts, &[]), 1);
    }

    #[test]
    fn a_standby_keeps_the_order_of_its_text() {
        let mut hosts = postgresql_pair();
        assert_eq!(found("fleet.standby-text-order", &hosts, &[]), 0);
        postgresql(&mut hosts[0]).collations.insert("shop".into(), "UTF8/zh_CN.UTF-8".into());
        assert_eq!(found("fleet.standby-text-order", &hosts, &[]), 1);
    }

    #[test]
    fn an_alert_that_would_fall_silent_holds_the_hosts_it_watches() {
        let (mut watcher, mut watched) = (clean_el7_monitoring(), clean_el7_web());
        assert_eq!(found("fleet.alert-names", &[watcher.clone(), watched.clone()], &[]), 0);
        alert(&mut watcher, "node_memory_MemAvailable < 1e8");
        add_package(&mut watched, "node_exporter", "0.15.2", "1.el7");
        let verdict = judge("fleet.alert-names", &[watcher.clone(), watched.clone()], &[]);
        assert_eq!(verdict.found[0].hosts.iter().map(HostId::as_str).collect::<Vec<_>>(), ["mon-1", "web-1"]);
        assert_eq!(verdict.found[0].message.arg("new"), Some("node_memory_MemAvailable_bytes"));
        assert_eq!(
            judge("fleet.alert-names", &[watcher.clone(), without(&watched, ["packages"])], &[]).unread.len(),
            1
        );
        add_file(&mut watcher, "/etc/prometheus/prometheus.yml", "- targets: ['10.77.0.32:9100']\n");
        let other = clean_el7("web-2", 32);
        let verdict = judge("fleet.alert-names", &[watcher, watched, other], &[]);
        assert_eq!(
            verdict.found[0].hosts.iter().map(HostId::as_str).collect::<Vec<_>>(),
            ["mon-1"],
            "web-1 is not watched"
        );
    }

    #[test]
    fn servers_speak_what_their_clients_speak() {
        let (mut server, mut client) = (clean_el7_web(), clean_el7("web-2", 32));
        edge(&mut client, "10.77.0.31", 443);
        assert_eq!(found("fleet.tls-floor", &[server.clone(), client.clone()], &[]), 0);
        nginx_says(&mut server, "ssl_protocols TLSv1;");
        assert_eq!(found("fleet.tls-floor", &[server, client], &[]), 1);
    }

    #[test]
    fn old_clients_of_an_old_postgresql_are_named() {
        let (mut server, mut client) = (clean_el7_postgresql(), clean_el7_web());
        edge(&mut client, "10.77.0.41", 5432);
        assert_eq!(found("fleet.scram-clients", &[server.clone(), client.clone()], &[]), 1);
        postgresql(&mut server).version = "15.8".into();
        assert_eq!(found("fleet.scram-clients", &[server, client], &[]), 0);
    }

    #[test]
    fn hosts_that_keep_the_time_for_others_are_named() {
        let (server, mut client) = (clean_el7_monitoring(), clean_el7_web());
        client.time_sync =
            Read::Known(TimeSync { daemons: vec!["ntpd".into()], servers: vec!["mon-1.example.com".into()] });
        assert_eq!(found("fleet.time-servers", &[server, client], &[]), 1);
    }

    #[test]
    fn clean_hosts_make_a_clean_fleet() {
        for rule in FLEET_RULES {
            assert_eq!(found(rule.id, &clean_hosts(), &[]), 0, "{}", rule.id);
        }
    }

    #[test]
    fn cases_are_judged_as_they_say() {
        for rule in FLEET_RULES {
            assert!(rule.cases.iter().any(|case| case.expect == Expect::Found), "{} has nothing to find", rule.id);
            for case in rule.cases {
                let verdict = case.judge(rule);
                let key = format!("finding-{}", rule.id.replace('.', "-"));
                assert!(verdict.found.iter().all(|one| one.message.key == key), "{}: {verdict:?}", rule.id);
                assert_eq!(verdict.unread, [], "{}", rule.id);
                assert_eq!(verdict.found.is_empty(), case.expect == Expect::Fine, "{}: {verdict:?}", rule.id);
            }
        }
    }

    #[test]
    fn a_section_unread_everywhere_is_said_for_each_host() {
        for rule in FLEET_RULES.iter().filter(|rule| rule.id != "fleet.standby-text-order") {
            let hosts: Vec<Facts> = clean_hosts().iter().map(|facts| without(facts, [rule.looks_at[0]])).collect();
            assert!(!judge(rule.id, &hosts, &[]).unread.is_empty(), "{}", rule.id);
        }
    }
}
