//! The assessment on paper: pages for a browser, sheets for those who live in spreadsheets, SARIF for code scanners.
//!
//! Written host by host, so that ten thousand hosts need no more room than ten. The figures come from
//! [`rockhop_domain::assess::summary`]; nothing is judged here.

pub mod csv;
pub mod html;
pub mod sarif;
pub mod xlsx;

use crate::words::{decimal, grouped};
use jiff::{Timestamp, tz::TimeZone};
use rockhop_domain::{
    HostId, Message, RuleId,
    assess::{
        FleetOutcome, Outcome, Waiver,
        memory::{KnownFinding, KnownResult, Standing, State},
        summary::HostReport,
    },
    facts::Why,
    rules::{Area, FLEET_RULES, RULES, Severity, TextPart, text_key},
};
use rockhop_i18n::Catalogue;

/// The language, the clock and the mark of what is written.
#[derive(Debug)]
pub struct Words<'a> {
    /// The sentences.
    pub cat: &'a Catalogue,
    /// The reader's clock.
    pub zone: TimeZone,
    /// What the project is called.
    pub project: String,
    /// Says that the hosts were not real, when they were not.
    pub marking: Option<String>,
}

/// One sentence about one host, as a row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// The host; several for a rule over the fleet.
    pub hosts: &'a [HostId],
    /// The rule.
    pub rule: &'a RuleId,
    /// Its area.
    pub area: Area,
    /// What it means for the move.
    pub severity: Severity,
    /// How much the rule's findings mean by themselves, where the project's policy makes more of them.
    pub raised_from: Option<Severity>,
    /// Whether the rule could not look.
    pub unknown: bool,
    /// New, still there or waived, and since when.
    pub standing: Standing,
    /// Who took it on themselves.
    pub waived: Option<&'a Waiver>,
    /// What was found.
    pub sentence: String,
    /// The same in no language: what tells it from the rule's other sentences.
    pub said: String,
}

/// Headings of the figures of each role, as keys of the catalogue.
pub const ROLE_HEAD: [&str; 12] = [
    "assess-col-role",
    "assess-col-hosts",
    "outlook-now",
    "outlook-after-remedies",
    "outlook-not-known",
    "outlook-never",
    "outlook-arrived",
    "outlook-stays",
    "severity-blocks",
    "severity-warns",
    "assess-col-unknown",
    "assess-col-hours",
];

/// Headings of the figures of each area.
pub const AREA_HEAD: [&str; 7] = [
    "assess-col-area",
    "severity-blocks",
    "severity-warns",
    "severity-informs",
    "assess-col-unknown",
    "assess-col-waived",
    "assess-col-hours",
];

impl Words<'_> {
    /// The sentence for a key.
    pub fn word(&self, key: &str) -> String {
        self.cat.say_key(key, &[])
    }

    /// The sentence for a key and its values.
    pub fn say(&self, key: &str, args: &[(&str, String)]) -> String {
        self.cat.say_key(key, args)
    }

    /// `2026-11-23 12:05`, by the reader's clock.
    pub fn when(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// `2026-11-23`, by the reader's clock.
    pub fn day(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d").to_string()
    }

    /// A text of a rule.
    pub fn of_rule(&self, rule: &str, part: TextPart) -> String {
        self.word(&text_key(rule, part))
    }

    /// `4.5 h`.
    pub fn hours(&self, minutes: u64) -> String {
        self.say("assess-hours", &[("hours", hours(minutes))])
    }

    /// The sentences of a finding; that it could not look is one.
    pub fn sentences(&self, outcome: &Outcome) -> Vec<String> {
        match outcome {
            Outcome::Found(messages) => messages.iter().map(|message| self.cat.say(message)).collect(),
            Outcome::Unknown(why) => vec![self.could_not_look(why)],
        }
    }

    /// The sentence of a result over the fleet.
    pub fn result(&self, outcome: &FleetOutcome) -> String {
        match outcome {
            FleetOutcome::Found(finding) => self.cat.say(&finding.message),
            FleetOutcome::Unknown { why, .. } => self.could_not_look(why),
        }
    }

    fn could_not_look(&self, why: &Why) -> String {
        let why: Message = why.message();
        self.say("assess-could-not-look", &[("why", self.cat.say(&why))])
    }

    /// A host's rows, one for each sentence.
    pub fn rows<'r>(&self, host: &'r HostReport) -> Vec<Row<'r>> {
        host.findings.iter().flat_map(|known| self.finding_rows(&host.host, known)).collect()
    }

    /// The rows of one finding, one for each sentence.
    pub fn finding_rows<'r>(&self, host: &'r HostId, known: &'r KnownFinding) -> Vec<Row<'r>> {
        let finding = &known.finding;
        let row = |(sentence, said)| Row {
            hosts: std::slice::from_ref(host),
            rule: &finding.rule,
            area: finding.area,
            severity: finding.severity,
            raised_from: finding.raised_from,
            unknown: finding.is_unknown(),
            standing: known.standing,
            waived: finding.waived.as_ref(),
            sentence,
            said,
        };
        let said: Vec<String> = match &finding.outcome {
            Outcome::Found(messages) => messages.iter().map(ToString::to_string).collect(),
            Outcome::Unknown(why) => vec![why.message().to_string()],
        };
        self.sentences(&finding.outcome).into_iter().zip(said).map(row).collect()
    }

    /// The row of a result over the fleet.
    pub fn result_row<'r>(&self, known: &'r KnownResult) -> Row<'r> {
        let result = &known.result;
        Row {
            hosts: result.hosts(),
            rule: &result.rule,
            area: Area::Fleet,
            severity: result.severity,
            raised_from: result.raised_from,
            unknown: result.is_unknown(),
            standing: known.standing,
            waived: result.waived.as_ref(),
            sentence: self.result(&result.outcome),
            said: match &result.outcome {
                FleetOutcome::Found(finding) => finding.message.to_string(),
                FleetOutcome::Unknown { why, .. } => why.message().to_string(),
            },
        }
    }
}

impl Row<'_> {
    /// The end of the state's key in the catalogue, `finding-state-<word>`; the same word that machines read.
    pub fn state(&self) -> &'static str {
        state_word(self.standing.state)
    }

    /// The hosts' names.
    pub fn host_names(&self) -> String {
        self.hosts.iter().map(HostId::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// A rule's title; its id where this version has no such rule any more.
pub(crate) fn title(words: &Words<'_>, rule: &str) -> String {
    let key = text_key(rule, TextPart::Title);
    if words.cat.has(&key) { words.word(&key) } else { rule.to_owned() }
}

/// The end of a state's key in the catalogue: `finding-state-<word>`.
pub fn state_word(state: State) -> &'static str {
    match state {
        State::New => "new",
        State::Still => "still",
        State::Waived => "waived",
    }
}

/// Minutes as hours: to a tenth below ten hours, whole above. Rounded up, for little work is not none.
pub fn hours(minutes: u64) -> String {
    let minutes = i64::try_from(minutes).unwrap_or(i64::MAX / 1000);
    if minutes < 600 { decimal((minutes + 5) / 6 * 100, 1, true) } else { grouped((minutes + 59) / 60) }
}

/// What the tables of rules say of one: how well it is founded, where it comes from, what it looks at.
pub(crate) struct Founded {
    pub evidence: &'static str,
    pub sources: &'static [&'static str],
    pub looks_at: Vec<&'static str>,
}

/// That of the rule of this id; none for a rule that this version does not have.
pub(crate) fn founded(id: &str) -> Option<Founded> {
    let host = RULES
        .iter()
        .find(|rule| rule.id == id)
        .map(|rule| (rule.evidence, rule.sources, rule.everything_looked_at().collect()));
    let rule = || {
        FLEET_RULES.iter().find(|rule| rule.id == id).map(|rule| (rule.evidence, rule.sources, rule.looks_at.to_vec()))
    };
    host.or_else(rule).map(|(evidence, sources, looks_at)| Founded { evidence: evidence.word(), sources, looks_at })
}

#[cfg(test)]
mod tests;
