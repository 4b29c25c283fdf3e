//! What the project file's and the inventory's errors say has a sentence, and every sentence is said by one.

use rockhop_domain::Message;
use rockhop_domain::inventory::{Inventory, Source};
use rockhop_domain::project::Project;
use rockhop_i18n::{AREAS, Catalogue, Lang};
use std::collections::BTreeSet;

/// Files that name keys, and what their `say("...")` puts before them.
const SOURCES: [(&str, &str); 5] = [
    ("project-", include_str!("../../domain/src/project/error.rs")),
    ("fleet-", include_str!("../../domain/src/project/misfit.rs")),
    ("inventory-", include_str!("../../domain/src/inventory/error.rs")),
    ("", include_str!("../../domain/src/inventory/merge.rs")),
    ("", include_str!("../../domain/src/inventory/draft.rs")),
];
const ELSEWHERE: &str = include_str!("../../domain/src/inventory/connection.rs");

#[test]
fn sentences_and_errors_belong_together() {
    let mut named: BTreeSet<String> = SOURCES.iter().flat_map(|(prefix, text)| keys(prefix, text)).collect();
    named.extend(keys("", ELSEWHERE));
    // Made of a kind: `say(&format!("unknown-{kind}"))`.
    named.extend(
        ["fleet-unknown-role", "fleet-unknown-site", "fleet-several-roles", "fleet-several-sites"].map(String::from),
    );
    let area = AREAS.iter().find(|area| area.name == "project").expect("project.ftl");
    let said: BTreeSet<String> = area
        .text(Lang::En)
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned())
        .collect();
    assert_eq!(named.difference(&said).collect::<Vec<_>>(), Vec::<&String>::new(), "keys without a sentence");
    assert_eq!(said.difference(&named).collect::<Vec<_>>(), Vec::<&String>::new(), "sentences that nothing says");
}

/// `say("x")` and `Message::new("x")` of the part before the tests.
fn keys(prefix: &str, text: &str) -> Vec<String> {
    let said = text.split("say(\"").skip(1).map(|rest| (prefix, rest));
    let plain = text.split("Message::new(\"").skip(1).map(|rest| ("", rest));
    let key = |(prefix, rest): (&str, &str)| {
        rest.split('"').next().map(|key| format!("{prefix}{}", key.trim_start_matches(prefix)))
    };
    said.chain(plain).filter_map(key).collect()
}

#[test]
fn errors_are_said_in_full() {
    let mut messages: Vec<Message> = Vec::new();
    for text in [
        "[project]\nnam = 1\n[roles.web]\nmoves = 1\nafter = [\"wep\"]\n[limits]\non_failure = \"x\"\n[vault]\npassword = \"x\"\n[windows.n]\nzone = \"UTC\"\ndays = []\nstart = \"01:00\"\nend = \"02:00\"\n",
        "[project\n",
        "[project]\nname = \"x\"\nenvironment = \"production\"\ninventory = []\n[roles.a]\nafter = [\"a\", \"b\"]\nmax_unavailable = 0\n[vault]\npath = \"/v\"\n[[services]]\nname = \"s\"\nkind = \"tcp\"\nrole = \"a\"\npath = \"/\"\n",
    ] {
        messages.extend(Project::parse(text, "rockhop.toml").expect_err("a bad project").messages());
    }
    for text in [
        "[web\n",
        "w x\n",
        "w ansible_connection=winrm\n",
        "w ansible_port=x\n",
        "w-[2:1]\n",
        "w/x\n",
        "[a:vars]\nx=1\n",
        "w ansible_host='{{x|y}}'\n",
    ] {
        messages.push(Inventory::read(&[Source { path: "hosts", text }]).expect_err("a bad inventory").message());
    }
    assert!(messages.len() > 20, "{}", messages.len());
    for lang in Lang::ALL {
        let catalogue = Catalogue::new(lang);
        for message in &messages {
            let said = catalogue.say(message);
            assert!(!said.contains("{$") && !said.starts_with('['), "{lang}: {said}");
        }
    }
}
