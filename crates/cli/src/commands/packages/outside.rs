//! What no rpm brought, as the account of a host's packages tells it to people.

use crate::Context;
use crate::commands::census;
use crate::ui::Tone;
use crate::view::text;
use rockhop_domain::HostId;
use rockhop_domain::facts::Why;
use rockhop_domain::packages::{Orphans, orphans::Lost};

/// These rows are told in full: each of them is work.
const LOST: &str = "packages-outside-lost";

/// As many rows of a list as people read before they ask for all.
const ROWS: usize = 12;

pub fn print(context: &Context, host: &HostId, outside: &Result<Orphans, Why>, all: bool) {
    let ui = &context.ui;
    ui.line("");
    let orphans = match outside {
        Ok(orphans) => orphans,
        Err(why) => {
            let why = ui.speaker().say(&why.message());
            ui.line(&ui.paint(Tone::Warn, &ui.text("packages-outside-unknown", &[("why", why)])));
            context.ui.wrapped("  ", &ui.text("packages-outside-next", &[("host", host.to_string())]));
            return;
        }
    };
    let at = ui.speaker().when(orphans.taken_at);
    ui.line(&ui.paint(Tone::Strong, &ui.text("packages-outside", &[("at", at)])));
    let rows = rows(orphans);
    if rows.is_empty() {
        ui.line(&format!("  {}", ui.text("packages-outside-nothing", &[])));
    }
    for (key, found) in rows {
        list(context, key, &found, all);
    }
    for line in census::unread(context, orphans) {
        context.ui.wrapped("  ", &line);
    }
    if orphans.more > 0 {
        context.ui.wrapped("  ", &ui.text("packages-outside-more", &[("n", orphans.more.to_string())]));
    }
}

/// What there is of each kind; kinds of which there is nothing are not named.
fn rows(orphans: &Orphans) -> Vec<(&'static str, Vec<String>)> {
    let holders = orphans.folders.iter().map(|one| format!("{}  {}", one.path, one.programs));
    let python = orphans.python.iter().map(|(folder, packages)| format!("{folder}  {}", packages.join(", ")));
    let apps = orphans.node_applications.iter().map(|(folder, n)| format!("{folder}  {n}"));
    let jars = orphans.jars.iter().map(|(folder, n)| format!("{folder}  {n}"));
    let java = orphans.java.iter().map(|(folder, v)| format!("{folder}  {}", v.as_deref().unwrap_or("?")));
    let all = [
        (LOST, orphans.lost.iter().map(lost).collect()),
        ("packages-outside-folders", holders.collect()),
        ("packages-outside-python", python.collect()),
        ("packages-outside-node", orphans.node.clone()),
        ("packages-outside-applications", apps.collect()),
        ("packages-outside-jars", jars.collect()),
        ("packages-outside-java", java.collect()),
        ("packages-outside-perl", orphans.perl.clone()),
        ("packages-outside-images", orphans.images.clone()),
    ];
    all.into_iter().filter(|(_, found): &(_, Vec<String>)| !found.is_empty()).collect()
}

/// `/opt/a/tool  libx.so.1, libssl.so.10 (libssl.so.3), libcrypt.so.1 (dnf install libxcrypt-compat)`
fn lost(lost: &Lost) -> String {
    let gone = lost.gone.iter().map(|(soname, instead)| format!("{soname} ({instead})"));
    let asked = lost.asked.iter().map(|(soname, package)| format!("{soname} (dnf install {package})"));
    let all: Vec<String> = lost.missing.iter().cloned().chain(gone).chain(asked).collect();
    format!("{}  {}", lost.path, all.join(", "))
}

fn list(context: &Context, key: &str, found: &[String], all: bool) {
    let ui = &context.ui;
    ui.line(&format!("  {}", ui.text(key, &[("n", found.len().to_string())])));
    let room = ui.width().saturating_sub(4).max(20);
    let shown = if all { found.len() } else { ROWS };
    for row in found.iter().take(shown) {
        match all || key == LOST {
            true => context.ui.wrapped("    ", row),
            false => ui.line(&format!("    {}", text::cut(row, room))),
        }
    }
    if found.len() > shown {
        ui.line(&format!("    {}", ui.text("packages-outside-rest", &[("n", (found.len() - shown).to_string())])));
    }
}
