//! Writes the sample report of a made-up campaign, to look at it: `cargo run -p rockhop-report --example sample <folder>`.

#[expect(dead_code, reason = "shared with the tests of the figures")]
#[path = "../../domain/tests/campaign/mod.rs"]
mod campaign;

use rockhop_i18n::Lang;
use rockhop_report::{render_html, render_json, render_markdown};
use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args_os().nth(1).unwrap_or_else(|| ".".into()));
    fs::create_dir_all(&folder)?;
    for (name, story) in
        [("eventful", campaign::EVENTFUL), ("clean", campaign::CLEAN), ("simulated", campaign::SIMULATED)]
    {
        for lang in Lang::ALL {
            let report = campaign::campaign(story, lang == Lang::Zh).report();
            fs::write(folder.join(format!("{name}.{lang}.html")), render_html(&report, lang))?;
            fs::write(folder.join(format!("{name}.{lang}.md")), render_markdown(&report, lang))?;
            fs::write(folder.join(format!("{name}.json")), render_json(&report)?)?;
        }
    }
    Ok(())
}
