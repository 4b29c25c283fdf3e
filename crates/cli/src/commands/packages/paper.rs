//! The account of a host's packages, for people.

use super::{Account, counts, outside};
use crate::Context;
use crate::ui::Tone;
use crate::view::text;
use rockhop_domain::Message;
use rockhop_domain::packages::{Because, Fate, Origin, Standing};

/// How many columns the packages of a list take at most.
const COLUMN: usize = 44;

pub fn print(context: &Context, account: &Account<'_>, all: bool) {
    head(context, account);
    let own = |standing: &&Standing<'_>| standing.maker.is_none();
    for (fate, key, tone) in [
        (Fate::Replaced, "packages-replaced", Tone::Strong),
        (Fate::Removed, "packages-removed", Tone::Strong),
        (Fate::Keeps, "packages-keeps", Tone::Strong),
        (Fate::Comes, "packages-comes", Tone::Faint),
    ] {
        let standings: Vec<&Standing<'_>> = account.transition.of(fate).filter(own).collect();
        let told = all || matches!(fate, Fate::Replaced | Fate::Removed);
        section(context, key, tone, &standings, told);
    }
    third_party(context, account);
    unknown(context, account);
    outside::print(context, account.host, &account.outside, all);
    install(context, account);
}

fn head(context: &Context, account: &Account<'_>) {
    let counts = counts(&account.transition);
    let said = Message::new("packages-head")
        .with("host", account.host)
        .with("from", account.way.from)
        .with("n", account.transition.packages.len())
        .with("third", counts.third_party)
        .with("unknown", counts.unknown);
    context.ui.line(&context.ui.paint(Tone::Strong, &context.ui.catalogue().say(&said)));
    let events = match (account.events, account.files.first()) {
        (Some(n), Some(file)) => Message::new("packages-events").with("path", file.display()).with("n", n),
        _ => Message::new("packages-no-events"),
    };
    context.ui.wrapped("", &context.ui.catalogue().say(&events));
    let unsaid = account.transition.packages.iter().filter(|s| matches!(s.origin, Origin::Unsaid)).count();
    if unsaid > 0 {
        context.ui.wrapped("", &context.ui.text("packages-unsaid", &[("n", unsaid.to_string())]));
    }
}

fn section(context: &Context, key: &str, tone: Tone, standings: &[&Standing<'_>], told: bool) {
    if standings.is_empty() {
        return;
    }
    context.ui.line("");
    context.ui.line(&context.ui.paint(tone, &context.ui.text(key, &[("n", standings.len().to_string())])));
    if told {
        standings.iter().for_each(|standing| row(context, standing));
    }
}

/// `  ntp -> chrony            sys.ntp`
fn row(context: &Context, standing: &Standing<'_>) {
    let becomes = match standing.fate {
        Fate::Keeps | Fate::Comes | Fate::Removed => standing.name.to_owned(),
        Fate::Replaced => format!("{} -> {}", standing.name, standing.to.join(" ")),
        Fate::Unknown => format!("{} {}", standing.name, standing.version),
    };
    let by: Vec<String> = standing.because.iter().map(Because::name).collect();
    let columns = text::width(&becomes).max(COLUMN);
    let line = format!("  {}  {}", text::fit(&becomes, columns), context.ui.paint(Tone::Faint, &by.join(", ")));
    context.ui.line(line.trim_end());
}

fn third_party(context: &Context, account: &Account<'_>) {
    let ui = &context.ui;
    for (maker, standings) in account.transition.third_party() {
        ui.line("");
        let args = [("maker", maker.to_owned()), ("n", standings.len().to_string())];
        ui.line(&ui.paint(Tone::Strong, &ui.text("packages-maker", &args)));
        if let Some(Origin::Family(family)) = standings.first().map(|standing| &standing.origin) {
            context.ui.wrapped("  ", &ui.text(&format!("family-{}", family.id), &[]));
        }
        standings.iter().filter(|standing| standing.fate != Fate::Unknown).for_each(|standing| row(context, standing));
    }
}

fn unknown(context: &Context, account: &Account<'_>) {
    let standings: Vec<&Standing<'_>> = account.transition.of(Fate::Unknown).collect();
    section(context, "packages-unknown", Tone::Warn, &standings, true);
    if !standings.is_empty() {
        context.ui.wrapped("  ", &context.ui.text("packages-unknown-next", &[]));
    }
}

fn install(context: &Context, account: &Account<'_>) {
    let (ui, installation) = (&context.ui, &account.installation);
    ui.line("");
    ui.line(&ui.paint(Tone::Strong, &ui.text("packages-install", &[])));
    for (maker, repository) in &installation.makers {
        let args = [("maker", maker.clone()), ("where", repository.clone().unwrap_or_else(|| "-".to_owned()))];
        context.ui.wrapped("  # ", &ui.text("packages-repository", &args));
    }
    for repository in &installation.unplaced {
        context.ui.wrapped("  # ", &ui.text("packages-unplaced", &[("repository", repository.clone())]));
    }
    if !installation.confirm.is_empty() {
        let args = [("n", installation.confirm.len().to_string())];
        context.ui.wrapped("  # ", &ui.text("packages-confirm", &args));
    }
    // A command is one line, however long: it is there to be copied.
    installation.commands.iter().for_each(|command| ui.line(&format!("  {command}")));
    if installation.commands.is_empty() {
        context.ui.wrapped("  ", &ui.text("packages-install-nothing", &[]));
    }
}
