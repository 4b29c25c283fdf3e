//! What is written, on a small fleet, with names that are not kind to any of the forms.

use super::*;
use rockhop_domain::assess::{
    Counts, Finding, Readiness, Scope,
    effort::Efforts,
    memory::Against,
    summary::{About, Adder, Head, host_report},
};
use rockhop_domain::facts::{Origin, archive::Layout};
use rockhop_domain::rules::Strategy;
use rockhop_domain::{Digest, RoleId, assess::memory::Past};
use rockhop_i18n::Lang;

const HOSTILE: &str = "</script><b>=1+1,\"x\"";

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().expect("a moment")
}

/// One host with a finding that quotes what somebody wrote into a file, one waived, and one that could not look.
fn small() -> (Head, HostReport) {
    let efforts = Efforts::default();
    let rule = |id: &str| RuleId::parse(id).expect("a rule");
    let found = |id: &str, severity, outcome, waived| {
        let raised_from = (id == "security.fips").then_some(Severity::Informs);
        Finding { rule: rule(id), severity, raised_from, area: Area::Web, outcome, waived }
    };
    let message = Message::new("finding-platform-memory").with("mib", HOSTILE).with("needed", HOSTILE);
    let host = HostId::parse("web-1").expect("a host");
    let waiver =
        Waiver::new("web.ssl-on", Scope::Named(vec![host.clone()]), "li.wei", HOSTILE, jiff::civil::date(2026, 12, 31));
    let mut assessed = rockhop_domain::assess::HostAssessment {
        host,
        facts: Digest::of(b"facts"),
        origin: Origin::Archive { layout: Layout::Outputs },
        strategy: Strategy::Inplace,
        readiness: Readiness::Blocked,
        clear: 7,
        findings: vec![
            found("platform.memory", Severity::Blocks, Outcome::Found(vec![message.clone(), message]), None),
            found("security.fips", Severity::Warns, Outcome::Unknown(Why::NoSudo), None),
            found("web.ssl-on", Severity::Warns, Outcome::Found(vec![Message::new("yes")]), waiver.ok()),
        ],
    };
    let past = Past::default();
    let against = Against { last: &past, base: &past, now: now() };
    let remembered = against.host(&mut assessed);
    let about = About {
        role: RoleId::parse("web").expect("a role"),
        site: None,
        moves: true,
        survey: Digest::of(b"survey"),
        census: None,
        surveyed_at: now(),
        unread: vec!["sshd".into()],
    };
    let report = host_report(assessed, about, remembered.findings, remembered.gone, &efforts);
    let mut adder = Adder::new(&efforts);
    adder.findings(&report, |_| false);
    adder.stands(&report.role, report.readiness, &report.outlook);
    let (counts, summary) = adder.done();
    assert_eq!(counts, Counts { hosts: 1, blocked: 1, blocks: 1, unknown: 1, waived: 1, ..Counts::default() });
    let head = Head {
        format: 1,
        assessed_at: now(),
        against: None,
        counts,
        summary,
        fleet: Vec::new(),
        fleet_gone: Vec::new(),
        left: Vec::new(),
        unread: Vec::new(),
        waivers: Vec::new(),
    };
    (head, report)
}

fn with_words<T>(lang: Lang, look: impl FnOnce(&Words<'_>) -> T) -> T {
    let cat = Catalogue::new(lang);
    look(&Words { cat: &cat, zone: TimeZone::UTC, project: HOSTILE.into(), marking: Some("marked".into()) })
}

#[test]
fn hours_are_rounded_up() {
    for (minutes, want) in
        [(0, "0"), (1, "0.1"), (6, "0.1"), (7, "0.2"), (60, "1"), (599, "10"), (601, "11"), (60_000, "1,000")]
    {
        assert_eq!(hours(minutes), want, "{minutes}");
    }
}

#[test]
fn pages_say_everything_and_run_nothing_of_a_hosts_own() {
    let (head, host) = small();
    for lang in Lang::ALL {
        with_words(lang, |words| {
            let row = &head.summary.rules[0];
            let mut pages = html::RulePages::new(row, 1);
            assert_eq!(pages.add(words, &words.finding_rows(&host.host, &host.findings[0]), Some(&host.role)), None);
            let index = html::index_page(words, &head, &[html::IndexRow::of(&host)]);
            let all = [html::host_page(words, &host, &[]), pages.end(words).1, index];
            for page in &all {
                assert!(!page.contains("</script><b>") && page.contains("marked"), "{lang}: {page}");
                assert!(!page.contains("[assess-") && !page.contains("[outlook-") && !page.contains("{$"), "{lang}");
                assert!(!page.contains("http://") && !page.contains("https://"), "{lang}: something is loaded");
            }
            let raised = words.say("assess-raised", &[("own", words.word("severity-informs"))]);
            let archive = words.say("assess-archive-hosts", &[("hosts", "web-1".into())]);
            assert!(all[0].contains(&raised) && all[0].contains(&archive), "{lang}: {}", all[0]);
            assert!(all[0].contains("platform.memory") && all[0].contains("li.wei") && all[0].contains("sshd"));
        });
    }
}

#[test]
fn the_index_gives_each_host_as_data() {
    let (head, host) = small();
    let page = with_words(Lang::En, |words| html::index_page(words, &head, &[html::IndexRow::of(&host)]));
    let start = page.find("id=\"data\">").expect("the data") + "id=\"data\">".len();
    let data = page[start..].split("</script>").next().expect("its end");
    let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
    assert_eq!(data["hosts"][0].to_string(), "[\"web-1\",0,0,1,1,0,1,1,2,45]");
}

#[test]
fn a_rule_with_many_hosts_has_many_pages() {
    let (head, host) = small();
    with_words(Lang::En, |words| {
        let rows = words.finding_rows(&host.host, &host.findings[0]);
        let all = 2 * html::ROWS_A_PAGE;
        let mut pages = html::RulePages::new(&head.summary.rules[0], all);
        let full: Vec<String> = (0..all).filter_map(|_| pages.add(words, &rows, None)).map(|(name, _)| name).collect();
        assert_eq!(full, ["platform.memory.html"]);
        let (name, page) = pages.end(words);
        assert_eq!(name, "platform.memory.page-2.html");
        assert!(page.contains("href=\"platform.memory.html\""));
    });
}

#[test]
fn a_sheet_has_a_row_for_each_sentence_and_no_formula() {
    let (_, host) = small();
    let survey = host.survey.to_string();
    let mut out = Vec::new();
    with_words(Lang::Zh, |words| {
        csv::begin(&mut out)?;
        csv::host(&mut out, words, &host)
    })
    .expect("written");
    let text = String::from_utf8(out).expect("UTF-8");
    assert_eq!(text.split("\r\n").filter(|line| line.starts_with("web-1,")).count(), 4, "{text}");
    assert!(text.contains("could_not_look") && !text.contains(",=1"), "{text}");
    let ends: Vec<&str> = text.split("\r\n").filter_map(|line| line.rsplit_once(&survey).map(|(_, end)| end)).collect();
    assert_eq!(ends, [",,inplace", ",,inplace", ",informs,inplace", ",,inplace"]);
}

#[test]
fn a_workbook_is_a_zip_with_four_sheets() {
    let (head, host) = small();
    let mut out = Vec::new();
    with_words(Lang::Zh, |words| {
        let mut book = xlsx::Xlsx::new(words)?;
        book.host(&host)?;
        book.end(&head, &mut out)
    })
    .expect("written");
    let has = |name: &str| out.windows(name.len()).any(|part| part == name.as_bytes());
    assert!(out.starts_with(b"PK") && has("xl/worksheets/sheet4.xml") && !has("xl/worksheets/sheet5.xml"));
}

fn written_sarif(lang: Lang) -> serde_json::Value {
    let (head, host) = small();
    let mut out = Vec::new();
    with_words(lang, |words| {
        let mut sarif = sarif::Sarif::new(words, &head, "inventory one.ini", "0.1.0");
        sarif.begin(&mut out)?;
        sarif.host(&mut out, &host)?;
        sarif.end(&mut out, &head)
    })
    .expect("written");
    serde_json::from_slice(&out).expect("JSON")
}

/// Whoever reads results compares them from one run to the next, whatever language the operator chose.
#[test]
fn fingerprints_are_of_no_language() {
    let prints = |lang| -> Vec<String> {
        let sarif = written_sarif(lang);
        let results = sarif["runs"][0]["results"].as_array().expect("results").clone();
        results.iter().map(|result| result["partialFingerprints"].to_string()).collect()
    };
    let (en, zh) = (prints(Lang::En), prints(Lang::Zh));
    assert_eq!(en, zh);
    assert_eq!(en[0], en[1], "the same said twice");
    assert!(en[1] != en[2] && en[2] != en[3], "{en:?}");
}

#[test]
fn sarif_names_rule_host_level_and_waiver() {
    let sarif = written_sarif(Lang::En);
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 4);
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("a number") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["text"].as_str().is_some_and(|help| help.contains("Remedy")));
        let place = &result["locations"][0];
        assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "hosts/web-1");
        assert_eq!(place["physicalLocation"]["artifactLocation"]["uri"], "inventory%20one.ini");
    }
    assert_eq!((&results[0]["level"], &results[2]["level"]), (&"error".into(), &"warning".into()));
    assert_eq!(results[3]["suppressions"][0]["kind"], "external");
    assert!(results[0].get("suppressions").is_none());
    assert_eq!(results[2]["properties"]["raisedFrom"], "informs");
    assert!(results[0]["properties"].get("raisedFrom").is_none());
}
