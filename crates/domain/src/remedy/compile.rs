//! From the findings of one host to the changes of its files, and what is left to a person. Pure.

use super::{
    ByHand, Effect, FileRemedy, Hand, HostRemedies, Mechanical, Remedied,
    draft::{Draft, sha256},
    kind::Desk,
    script,
};
use crate::{
    Digest, Message, RuleId, StepId,
    assess::{Finding, HostAssessment, Outcome},
    facts::{ConfigFile, Facts},
    rules::{self, Severity},
};
use std::collections::BTreeMap;

/// Seconds that a step may take: it writes one small file.
const TIMEOUT_S: u32 = 120;

/// What is to be done about the findings that pass `wanted`. Waived ones are somebody's decision; what only informs
/// is nobody's work, unless a machine can do it.
pub fn compile(
    facts: &Facts,
    digest: &Digest,
    found: &HostAssessment,
    wanted: impl Fn(&RuleId) -> bool,
) -> HostRemedies {
    let mut bench = Bench { facts, files: BTreeMap::new(), by_hand: Vec::new() };
    for finding in found.findings.iter().filter(|one| one.waived.is_none() && wanted(&one.rule)) {
        bench.take(finding);
    }
    let Bench { files, by_hand, .. } = bench;
    let steps = files.into_iter().filter(|(_, work)| !work.findings.is_empty()).map(|(file, work)| work.step(file));
    HostRemedies { facts: digest.clone(), facts_taken_at: facts.taken_at, steps: steps.collect(), by_hand }
}

/// A host's files while its findings are worked through.
struct Bench<'a> {
    facts: &'a Facts,
    files: BTreeMap<String, Work>,
    by_hand: Vec<ByHand>,
}

/// One file.
struct Work {
    before: String,
    draft: Draft,
    desk: Desk,
    findings: Vec<Remedied>,
}

impl Bench<'_> {
    fn take(&mut self, finding: &Finding) {
        let messages = match &finding.outcome {
            Outcome::Found(messages) => messages,
            Outcome::Unknown(_) if finding.severity == Severity::Informs => return,
            Outcome::Unknown(why) => return self.leave(finding, &why.message(), Hand::NotLooked),
        };
        for message in messages {
            let done = match rules::mechanical(finding.rule.as_str()) {
                Some(by) => self.amend(by, &finding.rule, message),
                None => Err(Hand::NoneMade),
            };
            match done {
                Ok(()) => {}
                Err(Hand::NoneMade) if finding.severity == Severity::Informs => {}
                Err(why) => self.leave(finding, message, why),
            }
        }
    }

    fn leave(&mut self, finding: &Finding, message: &Message, why: Hand) {
        let (rule, severity) = (finding.rule.clone(), finding.severity);
        self.by_hand.push(ByHand { rule, severity, finding: message.clone(), why });
    }

    fn amend(&mut self, by: Mechanical, rule: &RuleId, finding: &Message) -> Result<(), Hand> {
        let file = by.file(finding).ok_or(Hand::OtherForm)?;
        let work = match self.files.entry(file.clone()) {
            std::collections::btree_map::Entry::Occupied(there) => there.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => place.insert(open(self.facts, &file, by)?),
        };
        by.amend(self.facts, finding, &mut work.draft)?;
        // A fact that two files give is found twice, and remedied once.
        let one = Remedied { rule: rule.clone(), by, finding: finding.clone() };
        if !work.findings.contains(&one) {
            work.findings.push(one);
        }
        Ok(())
    }
}

/// The file as it was surveyed, if it was read to the last byte.
fn open(facts: &Facts, path: &str, by: Mechanical) -> Result<Work, Hand> {
    if !path.starts_with("/etc/") || path.contains(['\n', '\\']) {
        return Err(Hand::Vendors);
    }
    let file: &ConfigFile = facts.config(path).ok().flatten().ok_or(Hand::NotRead)?;
    if file.holds_secret() {
        return Err(Hand::Secret);
    }
    let (Some(content), Some(before)) = (file.content.known(), file.sha256.known()) else { return Err(Hand::NotRead) };
    if sha256(content.as_bytes()) != *before {
        return Err(Hand::NotRead);
    }
    Ok(Work { before: before.clone(), draft: Draft::of(content), desk: by.desk(), findings: Vec::new() })
}

impl Work {
    fn step(mut self, file: String) -> FileRemedy {
        self.draft.asks.sort();
        self.draft.asks.dedup();
        let edits = self.draft.edits();
        let after = self.draft.asks.is_empty().then(|| sha256(self.draft.text().as_bytes()));
        let job = script::Job {
            file: &file,
            before: &self.before,
            after: after.as_deref(),
            edits: &edits,
            asks: &self.draft.asks,
            modules: &self.draft.modules,
            desk: self.desk,
        };
        let (scripts, undo) = job.scripts();
        let id = StepId::parse(self.desk.step()).expect("a step's id is written in this crate, and a test parses it");
        let (before, findings) = (self.before, self.findings);
        let effect = findings.iter().map(|one| one.by.effect()).max().unwrap_or(Effect::Never);
        FileRemedy { id, file, before, after, effect, findings, edits, scripts, undo, timeout_s: TIMEOUT_S }
    }
}
