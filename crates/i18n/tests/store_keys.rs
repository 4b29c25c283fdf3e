//! What the ledger, the evidence, the vault, approvals and the solver say has a sentence, and every sentence is said by one.

use rockhop_i18n::{AREAS, Lang};
use std::collections::BTreeSet;

/// Areas, and the files that name their keys.
const SOURCES: [(&str, &[&str]); 4] = [
    (
        "ledger",
        &[
            include_str!("../../adapters/src/ledger/error.rs"),
            include_str!("../../adapters/src/ledger/verify.rs"),
            include_str!("../../adapters/src/ledger/evidence.rs"),
        ],
    ),
    ("vault", &[include_str!("../../vault/src/error.rs")]),
    ("approval", &[include_str!("../../adapters/src/approval.rs")]),
    ("solver", &[include_str!("../../solver/src/answer.rs"), include_str!("../../solver/src/repo/error.rs")]),
];

#[test]
fn sentences_and_errors_belong_together() {
    for (area, sources) in SOURCES {
        let named: BTreeSet<String> = sources.iter().flat_map(|text| keys(text)).collect();
        let said = sentences(area);
        assert_eq!(
            named.difference(&said).collect::<Vec<_>>(),
            Vec::<&String>::new(),
            "{area}: keys without a sentence"
        );
        assert_eq!(
            said.difference(&named).collect::<Vec<_>>(),
            Vec::<&String>::new(),
            "{area}: sentences nothing says"
        );
    }
}

/// The texts that are handed to what makes a message.
fn keys(text: &str) -> impl Iterator<Item = String> {
    ["Message::new(\"", "told(\"", "at(\"", "said(\""].into_iter().flat_map(|call| {
        text.split(call)
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|key| key.contains('-'))
            .map(str::to_owned)
    })
}

fn sentences(area: &str) -> BTreeSet<String> {
    let area = AREAS.iter().find(|known| known.name == area).expect("an area");
    let lines = area.text(Lang::En).lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    lines.filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned()).collect()
}
