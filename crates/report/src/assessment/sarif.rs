//! The findings as SARIF 2.1.0, for what reads the results of code scanners.
//!
//! A host is a logical location; since GitHub shows nothing without a file, each result also points at the inventory that
//! names the host. GitHub takes 25,000 results a run, so a large fleet is several runs, each a category of its own.

use super::{Row, Words, founded};
use rockhop_domain::{
    Digest,
    assess::{
        memory::State,
        summary::{Head, HostReport, RuleRow},
    },
    rules::{Severity, TextPart},
};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{self, Write};

/// So many results GitHub takes in one run.
const RESULTS_A_RUN: usize = 25_000;

/// Where its rules are explained.
const RULES_PAGE: &str = "https://github.com/rockhop/rockhop/blob/main/docs/rules.md";

/// Writes result after result.
pub struct Sarif<'a> {
    words: &'a Words<'a>,
    rules: HashMap<&'a str, usize>,
    driver: Value,
    inventory: String,
    results: usize,
    runs: usize,
}

impl<'a> Sarif<'a> {
    /// The rules that found something; `inventory` is the file that names the hosts, from the project's folder.
    pub fn new(words: &'a Words<'a>, head: &'a Head, inventory: &str, version: &str) -> Self {
        let rows = &head.summary.rules;
        let driver = json!({
            "name": "Rockhop",
            "informationUri": "https://github.com/rockhop/rockhop",
            "semanticVersion": version,
            "language": words.cat.lang().tag(),
            "rules": rows.iter().map(|row| rule(words, row)).collect::<Vec<_>>(),
        });
        let rules = rows.iter().enumerate().map(|(n, row)| (row.rule.as_str(), n)).collect();
        Self { words, rules, driver, inventory: uri(inventory), results: 0, runs: 0 }
    }

    /// Begins the file.
    pub fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let schema = "https://json.schemastore.org/sarif-2.1.0.json";
        write!(out, "{{\"$schema\":\"{schema}\",\"version\":\"2.1.0\",\"runs\":[")?;
        self.begin_run(out)
    }

    /// A host's findings.
    pub fn host(&mut self, out: &mut dyn Write, host: &HostReport) -> io::Result<()> {
        let words = self.words;
        words.rows(host).iter().try_for_each(|row| self.result(out, row))
    }

    /// The fleet's results, and the end.
    pub fn end(mut self, out: &mut dyn Write, head: &Head) -> io::Result<()> {
        let words = self.words;
        head.fleet.iter().try_for_each(|known| self.result(out, &words.result_row(known)))?;
        write!(out, "]}}]}}")
    }

    fn begin_run(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.runs += 1;
        self.results = 0;
        let id = json!({ "id": format!("rockhop/assess-{}/", self.runs) });
        write!(
            out,
            "{{\"tool\":{{\"driver\":{}}},\"automationDetails\":{id},\"columnKind\":\"utf16CodeUnits\",",
            self.driver
        )?;
        write!(out, "\"results\":[")
    }

    fn result(&mut self, out: &mut dyn Write, row: &Row<'_>) -> io::Result<()> {
        if self.results == RESULTS_A_RUN {
            write!(out, "]}},")?;
            self.begin_run(out)?;
        }
        if self.results > 0 {
            write!(out, ",")?;
        }
        self.results += 1;
        let value = self.value(row);
        Ok(serde_json::to_writer(&mut *out, &value)?)
    }

    fn value(&self, row: &Row<'_>) -> Value {
        let hosts = row.host_names();
        let text = format!("{hosts}: {}", row.sentence);
        let logical: Vec<Value> = row
            .hosts
            .iter()
            .map(|host| json!({ "name": host, "fullyQualifiedName": format!("hosts/{host}"), "kind": "resource" }))
            .collect();
        // What is said is part of it, for one rule may say several things of a host; in which language is not.
        let key = Digest::of(format!("{hosts}\n{}\n{}", row.rule, row.said).as_bytes());
        let mut value = json!({
            "ruleId": row.rule,
            "ruleIndex": self.rules.get(row.rule.as_str()).copied().unwrap_or_default(),
            "level": level(row.severity),
            "kind": "fail",
            "message": { "text": text },
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": { "uri": self.inventory, "uriBaseId": "%SRCROOT%" },
                    "region": { "startLine": 1 },
                },
                "logicalLocations": logical,
            }],
            "partialFingerprints": { "primaryLocationLineHash": format!("{}:1", key.short()) },
            "baselineState": if row.standing.state == State::New { "new" } else { "unchanged" },
            "properties": {
                "state": row.state(),
                "since": row.standing.since.to_string(),
                "found": row.standing.found.to_string(),
                "couldNotLook": row.unknown,
            },
        });
        if let Some(own) = row.raised_from {
            value["properties"]["raisedFrom"] = own.word().into();
        }
        if let Some(waiver) = row.waived {
            let until = waiver.expires().to_string();
            let args = [("owner", waiver.owner().to_owned()), ("reason", waiver.reason().to_owned()), ("until", until)];
            let why = self.words.say("assess-waived-by", &args);
            value["suppressions"] = json!([{ "kind": "external", "status": "accepted", "justification": why }]);
        }
        value
    }
}

fn rule(words: &Words<'_>, row: &RuleRow) -> Value {
    let id = row.rule.as_str();
    let text = |part| words.of_rule(id, part);
    let (title, remedy, verify) = (text(TextPart::Title), text(TextPart::Remedy), text(TextPart::Verify));
    let help = [("remedy", remedy.as_str()), ("verify", verify.as_str())]
        .map(|(key, said)| (words.word(&format!("assess-label-{key}")), said.to_owned()));
    let plain: Vec<String> = help.iter().map(|(label, said)| format!("{label}: {said}")).collect();
    let marked: Vec<String> = help.iter().map(|(label, said)| format!("**{label}**: {}", escaped(said))).collect();
    let founded = founded(id);
    let mut tags = vec![row.area.word().to_owned()];
    tags.extend(founded.iter().flat_map(|founded| founded.sources.iter().map(|source| (*source).to_owned())));
    json!({
        "id": id,
        "name": id,
        "shortDescription": { "text": title },
        "fullDescription": { "text": format!("{title} {remedy}") },
        "help": { "text": plain.join("\n\n"), "markdown": marked.join("\n\n") },
        "helpUri": RULES_PAGE,
        "defaultConfiguration": { "level": level(row.severity) },
        "properties": {
            "tags": tags,
            "precision": if founded.is_some_and(|founded| founded.evidence == "known") { "medium" } else { "high" },
            "problem.severity": problem(row.severity),
        },
    })
}

/// What Markdown would take for itself.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| if "\\`*_[]<>#|".contains(c) { vec!['\\', c] } else { vec![c] }).collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocks => "error",
        Severity::Warns => "warning",
        Severity::Informs => "note",
    }
}

fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocks => "error",
        Severity::Warns => "warning",
        Severity::Informs => "recommendation",
    }
}

/// A path as the reference of a URI.
fn uri(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    path.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
