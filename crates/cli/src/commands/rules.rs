//! `rockhop rules`: what the assessment asks, and why. Reads no project and no host.

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::ui::Tone;
use crate::view::text;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use rockhop_domain::{
    Message,
    rules::{self, Area, Severity, Sheet, TextPart, text_key},
};
use rockhop_i18n::rulebook;
use serde_json::{Value, json};

/// Flags of `rockhop rules`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    #[command(about = "List the rules, one line each")]
    List(ListArgs),
    #[command(about = "Show all there is to know of one rule")]
    Show(ShowArgs),
    #[command(about = "Print the whole book of rules")]
    Export(ExportArgs),
}

/// Flags of `rockhop rules list`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Lists the rules with the severity that they have by themselves; a project's policy can raise it.",
    after_long_help = "Examples:\n  rockhop rules list\n  rockhop rules list --area database --severity blocks\n  \
                       rockhop rules list --json | jq -r '.[].id'"
)]
struct ListArgs {
    /// Only rules about this part of a host; may be given several times.
    #[arg(long, value_name = "AREA", value_parser = areas())]
    area: Vec<Area>,
    /// Only rules of this severity; may be given several times.
    #[arg(long, value_name = "SEVERITY", value_parser = severities())]
    severity: Vec<Severity>,
}

/// Flags of `rockhop rules show`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Shows what a rule looks at, how well it is founded and where it comes from, what it says, what to do about \
                  it, and how to see afterwards that it is done.",
    after_long_help = "Example:\n  rockhop rules show storage.xfs-options"
)]
struct ShowArgs {
    /// The rule's id.
    #[arg(value_name = "RULE")]
    id: String,
}

/// Flags of `rockhop rules export`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Prints every rule in full: as Markdown in the language chosen, or as JSON together with the table of what is \
                  known to break and which rules find it.",
    after_long_help = "Examples:\n  rockhop rules export > rules.md\n  rockhop rules export --lang zh > rules.zh.md\n  \
                       rockhop rules export --format json | jq '.coverage[] | select(.pending)'"
)]
struct ExportArgs {
    /// In which form; --json means json.
    #[arg(long, value_name = "FORM", default_value = "markdown")]
    format: Format,
}

/// What an export is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Markdown,
    /// For programs.
    Json,
}

/// Does what was asked for with the rules.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    match &args.what {
        What::List(args) => list(args, context),
        What::Show(args) => return show(args, context),
        What::Export(args) => export(args, context),
    }
    Ok(Exit::Well)
}

fn list(args: &ListArgs, context: &Context) {
    let wanted = |sheet: &Sheet| {
        (args.area.is_empty() || args.area.contains(&sheet.area))
            && (args.severity.is_empty() || args.severity.contains(&sheet.severity))
    };
    let sheets: Vec<Sheet> = rules::sheets().filter(wanted).collect();
    if context.ui.json_wanted() {
        let row = |sheet: &Sheet| {
            json!({ "id": sheet.id, "severity": sheet.severity, "area": sheet.area, "evidence": sheet.evidence,
                    "title": title(context, sheet) })
        };
        return context.ui.json(&sheets.iter().map(row).collect::<Vec<_>>());
    }
    let ids = sheets.iter().map(|sheet| text::width(sheet.id)).max().unwrap_or_default();
    let words = Severity::ALL.map(|one| text::width(&word(context, one)));
    let words = words.into_iter().max().unwrap_or_default();
    for sheet in &sheets {
        let severity = text::fit(&word(context, sheet.severity), words);
        let line = format!("  {}  {}", text::fit(sheet.id, ids), title(context, sheet));
        context.ui.line(&format!("{}{line}", context.ui.paint(tone(sheet.severity), &severity)));
    }
    context.ui.say(&Message::new("rules-counted").with("n", sheets.len()));
}

fn show(args: &ShowArgs, context: &Context) -> Result<Exit, Failure> {
    let sheet = rules::sheet(&args.id).ok_or_else(|| {
        let what = Message::new("error-no-such-rule").with("rule", &args.id).with("nearest", rules::nearest(&args.id));
        Failure::new(Exit::Usage, what)
    })?;
    if context.ui.json_wanted() {
        context.ui.json(&in_full(context, &sheet));
        return Ok(Exit::Well);
    }
    let ui = &context.ui;
    ui.line(&format!("{}  {}", ui.paint(tone(sheet.severity), sheet.id), title(context, &sheet)));
    let rows = rulebook::rows(ui.catalogue(), &sheet, str::to_owned);
    let names: Vec<String> = rows.iter().map(|(key, _)| ui.text(key, &[])).collect();
    let room = names.iter().map(|name| text::width(name)).max().unwrap_or_default();
    for (name, (_, value)) in names.iter().zip(&rows) {
        for (n, line) in text::wrap(value, ui.width().saturating_sub(room + 4).max(20)).iter().enumerate() {
            let name = text::fit(if n == 0 { name } else { "" }, room);
            ui.line(&format!("  {}  {line}", ui.paint(Tone::Faint, &name)));
        }
    }
    Ok(Exit::Well)
}

fn export(args: &ExportArgs, context: &Context) {
    if args.format == Format::Json || context.ui.json_wanted() {
        let all: Vec<Value> = rules::sheets().map(|sheet| in_full(context, &sheet)).collect();
        context.ui.json(&json!({ "rules": all, "coverage": rules::coverage().rows }));
    } else {
        context.ui.raw(rulebook::markdown(context.ui.catalogue()).as_bytes());
    }
}

/// A rule for a program: its row, and its sentences in the language chosen.
fn in_full(context: &Context, sheet: &Sheet) -> Value {
    let say = |part| context.ui.text(&text_key(sheet.id, part), &[]);
    let sentences = json!({
        "title": say(TextPart::Title),
        "remedy": say(TextPart::Remedy),
        "verify": say(TextPart::Verify),
        "example": sheet.example.as_ref().map(|example| context.ui.catalogue().say(example)),
    });
    json!({ "rule": sheet, "sentences": sentences })
}

fn title(context: &Context, sheet: &Sheet) -> String {
    context.ui.text(&text_key(sheet.id, TextPart::Title), &[])
}

fn word(context: &Context, severity: Severity) -> String {
    context.ui.text(&format!("severity-{}", severity.word()), &[])
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Blocks => Tone::Bad,
        Severity::Warns => Tone::Warn,
        Severity::Informs => Tone::Faint,
    }
}

fn areas() -> impl TypedValueParser<Value = Area> {
    let find = |key: String| Area::ALL.into_iter().find(|area| area.word() == key).expect("one of the possible values");
    PossibleValuesParser::new(Area::ALL.map(Area::word)).map(find)
}

fn severities() -> impl TypedValueParser<Value = Severity> {
    let find =
        |key: String| Severity::ALL.into_iter().find(|one| one.word() == key).expect("one of the possible values");
    PossibleValuesParser::new(Severity::ALL.map(Severity::word)).map(find)
}
