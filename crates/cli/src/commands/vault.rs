//! `rockhop vault verify`: reads every byte of every backup again.

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::fleet;
use crate::view::text;
use crate::world;
use rockhop_domain::Message;
use std::time::Instant;

/// Flags of `rockhop vault`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Read every byte of every backup again.
    #[command(
        long_about = "Reads every byte of every backup again and compares it with its hash. Changes nothing. Ends with 7 when \
                      anything is not what it was; such a backup is not a way back.",
        after_long_help = "Example:\n  rockhop vault verify"
    )]
    Verify,
}

/// Does what was asked for with the vault.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    match args.what {
        What::Verify => verify(context),
    }
}

fn verify(context: &Context) -> Result<Exit, Failure> {
    let project = fleet::project(&context.project)?;
    let path = context.project.written(&project.vault.path);
    // Opening would make a new one, and an empty vault verifies only too well.
    if !path.join("config").exists() {
        return Err(Failure::new(Exit::Config, Message::new("error-no-vault").with("path", path.display())));
    }
    let begun = Instant::now();
    let vault = world::open_vault(&project.vault, &context.project)?;
    vault.verify_whole().map_err(|e| Failure::new(Exit::Evidence, e.message()))?;
    let seconds = i64::try_from(begun.elapsed().as_secs()).unwrap_or(i64::MAX);
    if context.ui.json_wanted() {
        context.ui.json(&serde_json::json!({ "vault": path, "verified": true, "seconds": seconds }));
    } else {
        context.ui.say(&Message::new("vault-verified").with("path", path.display()).with("took", text::span(seconds)));
    }
    Ok(Exit::Well)
}
