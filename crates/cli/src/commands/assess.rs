//! `rockhop assess`: what will break on the way, by rules over the facts. Reads no host.

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::fleet::{self, Loaded};
use crate::store::{self, History};
use crate::ui::Tone;
use crate::view::{names, text};
use jiff::Timestamp;
use rockhop_adapters::events;
use rockhop_domain::{
    HostId, Message,
    assess::{
        Assessment, FleetOutcome, HostAssessment, Outcome, Readiness, Scope, Waiver, WaiverError, WaiverState, assess,
    },
    event::Kind,
    facts::{Facts, Origin},
    rules::{Fleet, Severity, TextPart, text_key},
};

/// Flags of `rockhop assess`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Asks every rule about the newest facts of every host and about the fleet as a whole. What blocks keeps a \
                  host from moving until it is remedied or a named person waives it in rockhop.toml; a rule that could \
                  not look counts as a finding.\n\nEnds with 2 when something blocks.",
    after_long_help = "Examples:\n  rockhop assess\n  rockhop assess --all\n  rockhop assess --json | jq .counts"
)]
pub struct Args {
    /// Show what is only good to know and what was waived, too.
    #[arg(long)]
    all: bool,
    /// Ask and show, and keep nothing; also while a run is at work.
    #[arg(long)]
    dry_run: bool,
}

/// Asks every rule.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let loaded = fleet::load(&context.project)?;
    let facts = newest_facts(context, &loaded)?;
    let now = Timestamp::now();
    let found =
        assess(&Fleet { hosts: &facts, waves: &[], windows: &[] }, &waivers(&loaded)?, &loaded.project.policy, now);
    if !args.dry_run {
        keep(context, &found, now)?;
    }
    if context.ui.json_wanted() {
        context.ui.json(&found);
    } else {
        print(context, &found, args.all);
    }
    Ok(if found.exit_code() == 0 { Exit::Well } else { Exit::Blocked })
}

/// The newest facts of every host of the project; a host nobody has read is an error, never left out.
pub fn newest_facts(context: &Context, loaded: &Loaded) -> Result<Vec<Facts>, Failure> {
    let history = History::of(&store::events(&context.project)?);
    let unread: Vec<Message> = loaded
        .fleet
        .hosts
        .values()
        .filter(|host| host.moves && !history.facts.contains_key(&host.id))
        .map(|host| Message::new("error-host-unread").with("host", &host.id))
        .collect();
    if !unread.is_empty() {
        let what = Message::new("error-not-surveyed").with("n", unread.len());
        return Err(Failure::new(Exit::StaleFacts, what).because(unread));
    }
    let evidence = store::evidence(&context.project)?;
    loaded
        .fleet
        .hosts
        .keys()
        .filter_map(|host| history.facts.get(host))
        .map(|known| store::facts(&evidence, &known.digest))
        .collect()
}

/// The project's waivers as the assessment wants them.
pub fn waivers(loaded: &Loaded) -> Result<Vec<Waiver>, Failure> {
    let all = loaded.fleet.waivers.iter().map(|w| {
        let hosts = Scope::Named(w.hosts.iter().cloned().collect());
        Waiver::new(w.rule.as_str(), hosts, &w.owner, &w.reason, w.expires)
    });
    all.collect::<Result<_, WaiverError>>().map_err(|e| Failure::new(Exit::Config, e.message()))
}

/// Keeps the assessment as evidence and says so in the ledger.
pub fn keep(context: &Context, found: &Assessment, now: Timestamp) -> Result<(), Failure> {
    let bytes = serde_json::to_vec(found).map_err(|e| Failure::internal("assessment", e))?;
    let ledger = store::ledger(&context.project)?;
    let assessment = store::evidence(&context.project)?.put(&bytes)?;
    let c = found.counts;
    let kind = Kind::Assessed { assessment, blocks: c.blocks, warns: c.warns, unknown: c.unknown };
    ledger.append(&events::entry(None, None, &kind, now))?;
    ledger.close()?;
    Ok(())
}

/// One line of the printed list: the same sentence about these hosts.
struct Row<'a> {
    severity: Severity,
    raised_from: Option<Severity>,
    rule: &'a str,
    sentence: String,
    hosts: Vec<&'a HostId>,
    unknown: bool,
    waived: Option<&'a Waiver>,
}

fn print(context: &Context, found: &Assessment, all: bool) {
    let mut rows = rows(context, found);
    let order: Vec<&str> = rows.iter().map(|row| row.rule).collect();
    let place = |rule: &str| order.iter().position(|r| *r == rule);
    rows.sort_by_key(|row| (row.waived.is_some(), row.severity, place(row.rule)));
    let mut last = None;
    for row in rows.iter().filter(|row| all || (row.waived.is_none() && row.severity != Severity::Informs)) {
        if last != Some(row.rule) {
            heading(context, row);
            last = Some(row.rule);
        }
        finding(context, row);
    }
    readiness(context, found);
    for status in found.waivers.iter().filter(|s| s.state == WaiverState::Expired) {
        context.ui.warn(
            &Message::new("assess-waiver-expired")
                .with("rule", status.waiver.rule())
                .with("owner", status.waiver.owner()),
        );
    }
}

/// Equal sentences of a rule about several hosts become one row.
fn rows<'a>(context: &Context, found: &'a Assessment) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut add = |row: Row<'a>| {
        let same = |r: &&mut Row<'a>| {
            r.rule == row.rule && r.sentence == row.sentence && r.waived.is_some() == row.waived.is_some()
        };
        match rows.iter_mut().find(same) {
            Some(known) => known.hosts.extend(row.hosts),
            None => rows.push(row),
        }
    };
    let say = |message: &Message| context.ui.catalogue().say(message);
    for host in &found.hosts {
        for f in &host.findings {
            let (sentences, unknown) = match &f.outcome {
                Outcome::Found(messages) => (messages.iter().map(say).collect(), false),
                Outcome::Unknown(why) => (vec![could_not_look(context, &say(&why.message()))], true),
            };
            for sentence in sentences {
                let (rule, waived) = (f.rule.as_str(), f.waived.as_ref());
                add(Row {
                    severity: f.severity,
                    raised_from: f.raised_from,
                    rule,
                    sentence,
                    hosts: vec![&host.host],
                    unknown,
                    waived,
                });
            }
        }
    }
    for f in &found.fleet {
        let (sentence, unknown) = match &f.outcome {
            FleetOutcome::Found(finding) => (say(&finding.message), false),
            FleetOutcome::Unknown { why, .. } => (could_not_look(context, &say(&why.message())), true),
        };
        let (rule, waived) = (f.rule.as_str(), f.waived.as_ref());
        add(Row {
            severity: f.severity,
            raised_from: f.raised_from,
            rule,
            sentence,
            hosts: f.hosts().iter().collect(),
            unknown,
            waived,
        });
    }
    rows
}

fn could_not_look(context: &Context, why: &str) -> String {
    context.ui.text("assess-could-not-look", &[("why", why.to_owned())])
}

fn heading(context: &Context, row: &Row<'_>) {
    let ui = &context.ui;
    let (key, tone) = match (row.waived, row.severity) {
        (Some(_), _) => ("assess-waived", Tone::Faint),
        (None, Severity::Blocks) => ("assess-blocks", Tone::Bad),
        (None, Severity::Warns) => ("assess-warns", Tone::Warn),
        (None, Severity::Informs) => ("assess-informs", Tone::Faint),
    };
    let title = ui.text(&text_key(row.rule, TextPart::Title), &[]);
    ui.line("");
    let raised = row.raised_from.map(|own| {
        let own = ui.text(&format!("severity-{}", own.word()), &[]);
        format!("  ({})", ui.text("assess-raised", &[("own", own)]))
    });
    let raised = raised.unwrap_or_default();
    ui.line(&format!("{} {}  {title}{raised}", ui.paint(tone, &ui.text(key, &[])), row.rule));
    if row.waived.is_none() && row.severity != Severity::Informs {
        let remedy = ui.text("assess-remedy", &[("what", ui.text(&text_key(row.rule, TextPart::Remedy), &[]))]);
        indented(context, "    ", &remedy);
    }
}

fn finding(context: &Context, row: &Row<'_>) {
    let hosts = hosts_in_words(context, row.hosts.iter().map(|h| h.as_str()));
    let mark = if row.unknown { "?" } else { "-" };
    let waived = row.waived.map(|w| {
        let args =
            [("owner", w.owner().to_owned()), ("reason", w.reason().to_owned()), ("until", w.expires().to_string())];
        context.ui.text("assess-waived-by", &args)
    });
    indented(context, &format!("  {mark} "), &format!("{hosts}: {}", row.sentence));
    if let Some(waived) = waived {
        indented(context, "    ", &waived);
    }
}

/// Names put together; how many are left out is said.
fn hosts_in_words<'a>(context: &Context, hosts: impl Iterator<Item = &'a str>) -> String {
    match names::gathered(hosts) {
        (said, 0) => said,
        (said, n) => format!("{said}, {}", context.ui.text("assess-more-hosts", &[("n", n.to_string())])),
    }
}

fn indented(context: &Context, indent: &str, said: &str) {
    let room = context.ui.width().saturating_sub(text::width(indent)).max(20);
    for (n, line) in text::wrap(said, room).iter().enumerate() {
        let before = if n == 0 { indent.to_owned() } else { " ".repeat(text::width(indent)) };
        context.ui.line(&format!("{before}{line}"));
    }
}

fn readiness(context: &Context, found: &Assessment) {
    let ui = &context.ui;
    let c = &found.counts;
    ui.line("");
    let counts = [
        ("hosts", c.hosts.to_string()),
        ("ready", c.ready.to_string()),
        ("remedies", c.after_remedies.to_string()),
        ("blocked", c.blocked.to_string()),
        ("arrived", c.arrived.to_string()),
    ];
    ui.line(&ui.paint(Tone::Strong, &ui.text("assess-readiness", &counts)));
    let totals = [
        ("blocks", c.blocks.to_string()),
        ("warns", c.warns.to_string()),
        ("unknown", c.unknown.to_string()),
        ("waived", c.waived.to_string()),
    ];
    ui.line(&ui.text("assess-totals", &totals));
    let blocked = found.hosts.iter().filter(|h| h.readiness == Readiness::Blocked).map(|h| h.host.as_str());
    if c.blocked > 0 {
        indented(context, "", &ui.text("assess-blocked-hosts", &[("hosts", hosts_in_words(context, blocked))]));
    }
    let by_archive = |host: &&HostAssessment| matches!(host.origin, Origin::Archive { .. });
    let mut by_archive = found.hosts.iter().filter(by_archive).map(|host| host.host.as_str()).peekable();
    if by_archive.peek().is_some() {
        let hosts = hosts_in_words(context, by_archive);
        indented(context, "", &ui.text("assess-archive-hosts", &[("hosts", hosts)]));
    }
}
