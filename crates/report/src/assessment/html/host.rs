//! The page of one host: whether it can go, and everything that was found on it.

use super::super::Words;
use super::{gone, outlook_pill, page, rule_link, severity_pill, standing, trail, waiver};
use maud::{Markup, html};
use rockhop_domain::{
    assess::{
        Waiver,
        memory::{KnownFinding, KnownResult},
        summary::{HostReport, Outlook},
    },
    facts::Origin,
    rules::{Severity, TextPart},
};

/// The whole page; `fleet` is what the fleet's rules have to say of this host.
pub fn host_page(words: &Words<'_>, host: &HostReport, fleet: &[&KnownResult]) -> String {
    let name = host.host.as_str();
    let (open, waived): (Vec<_>, Vec<_>) = host.findings.iter().partition(|known| known.finding.waived.is_none());
    let body = html! {
        (trail(words, name))
        header.cover {
            h1 { (name) " " (outlook_pill(words, &host.outlook)) }
            (about(words, host))
        }
        main {
            (never(words, host))
            (not_known(words, host))
            (by_archive(words, host))
            @if open.is_empty() && fleet.is_empty() { p { (words.word("assess-nothing-found")) } }
            @for known in &open { (finding(words, known)) }
            @if !fleet.is_empty() {
                h2 { (words.word("assess-with-others")) }
                @for known in fleet { (result(words, known)) }
            }
            @if !waived.is_empty() {
                h2 { (words.word("assess-col-waived")) }
                @for known in &waived { (finding(words, known)) }
            }
            (gone(words, &host.gone))
            (unread(words, host))
        }
    };
    page(words, name, "../", &body)
}

fn about(words: &Words<'_>, host: &HostReport) -> Markup {
    let minutes = u64::from(host.minutes);
    html! {
        dl {
            div { dt { (words.word("assess-col-role")) } dd { (host.role) } }
            @if let Some(site) = &host.site { div { dt { (words.word("assess-col-site")) } dd { (site) } } }
            div { dt { (words.word("assess-col-strategy")) } dd { (words.word(&format!("strategy-{}", host.strategy.word()))) } }
            div { dt { (words.word("assess-col-surveyed")) } dd { (words.when(host.surveyed_at)) } }
            div { dt { (words.word("assess-survey")) } dd { code { (host.survey.short()) } } }
            div { dt { (words.word("assess-rules-clear")) } dd { (host.clear) } }
            @if host.outlook.counts() {
                div { dt { (words.word("assess-work-here")) } dd { (words.hours(minutes)) small { (words.word("assess-work-here-note")) } } }
            }
        }
    }
}

/// That another tool read the host's facts: enough to judge it, and not to move it.
fn by_archive(words: &Words<'_>, host: &HostReport) -> Markup {
    let archive = matches!(host.origin, Origin::Archive { .. });
    html! {
        @if archive {
            div.callout { p { (words.say("assess-archive-hosts", &[("hosts", host.host.to_string())])) } }
        }
    }
}

/// That nothing found keeps it, and too little is known.
fn not_known(words: &Words<'_>, host: &HostReport) -> Markup {
    let unknown = host.outlook == Outlook::NotKnown;
    html! {
        @if unknown {
            div.callout { p { (words.say("assess-not-known-hosts", &[("hosts", host.host.to_string())])) } }
        }
    }
}

fn never(words: &Words<'_>, host: &HostReport) -> Markup {
    let Outlook::Never { because } = &host.outlook else { return html! {} };
    html! {
        div.callout.bad {
            p { (words.word("assess-never-here")) }
            ul { @for rule in because { li { (rule_link(words, rule.as_str(), "../", true)) } } }
        }
    }
}

fn finding(words: &Words<'_>, known: &KnownFinding) -> Markup {
    let finding = &known.finding;
    let pill = severity_pill(words, finding.severity, finding.is_unknown());
    let sentences = words.sentences(&finding.outcome);
    let standing = standing(words, &known.standing);
    card(words, finding.rule.as_str(), &pill, &standing, finding.raised_from, &sentences, finding.waived.as_ref())
}

fn result(words: &Words<'_>, known: &KnownResult) -> Markup {
    let result = &known.result;
    let pill = severity_pill(words, result.severity, result.is_unknown());
    let sentences = [words.result(&result.outcome)];
    let standing = standing(words, &known.standing);
    card(words, result.rule.as_str(), &pill, &standing, result.raised_from, &sentences, result.waived.as_ref())
}

/// What one rule has to say: how much it means, the sentences, the remedy, who took it on themselves.
fn card(
    words: &Words<'_>,
    rule: &str,
    pill: &Markup,
    standing: &Markup,
    raised_from: Option<Severity>,
    sentences: &[String],
    waived: Option<&Waiver>,
) -> Markup {
    html! {
        section.finding {
            h3 { (pill) " " (rule_link(words, rule, "../", true)) " " (standing) }
            (raised(words, raised_from))
            ul { @for sentence in sentences { li { (sentence) } } }
            (remedy(words, rule))
            @if let Some(one) = waived { (waiver(words, one)) }
        }
    }
}

/// That the project's policy makes more of a rule's findings than the rule does.
fn raised(words: &Words<'_>, from: Option<Severity>) -> Markup {
    let own = |own: Severity| words.word(&format!("severity-{}", own.word()));
    html! { @if let Some(from) = from { p { (words.say("assess-raised", &[("own", own(from))])) } } }
}

fn remedy(words: &Words<'_>, rule: &str) -> Markup {
    html! {
        dl.remedy {
            dt { (words.word("assess-label-remedy")) } dd { (words.of_rule(rule, TextPart::Remedy)) }
            dt { (words.word("assess-label-verify")) } dd { (words.of_rule(rule, TextPart::Verify)) }
        }
    }
}

fn unread(words: &Words<'_>, host: &HostReport) -> Markup {
    html! {
        @if !host.unread.is_empty() {
            h2 { (words.word("assess-unread-sections")) }
            p { @for section in &host.unread { code { (section) } " " } }
        }
    }
}
