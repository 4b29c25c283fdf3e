//! What of the host's software is in use, and which of its files are the host's own.
//!
//! A file that is as its package brought it does not go across: EL 9's own takes its place. So most rules about
//! configuration ask only for files that somebody wrote or changed, of services that start at boot or run now.

use super::text::{Line, content, files, lines, unit_in_use};
use crate::Message;
use crate::facts::{ConfigFile, Facts, Why};

/// Whether one of these units starts at boot or runs.
pub fn in_use(facts: &Facts, units: &[&str]) -> Result<bool, Why> {
    Ok(unit_in_use(facts, units)?.is_some())
}

/// Those of these units that start at boot or run.
pub fn used(facts: &Facts, wanted: impl Fn(&str) -> bool) -> Result<Vec<&str>, Why> {
    let all = facts.units.get()?.iter().filter(|unit| unit.is_enabled() || unit.is_active());
    Ok(all.map(|unit| unit.name.as_str()).filter(|name| wanted(name)).collect())
}

/// Whether somebody wrote or changed the file, as far as can be told.
pub fn is_own(file: &ConfigFile) -> bool {
    file.owned_by_rpm.is_none() || file.changed_from_rpm != Some(false)
}

/// Files of a service that is in use, the vendor's among them; none when it is not in use.
pub fn files_in_use<'a>(
    facts: &'a Facts,
    units: &[&str],
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<&'a ConfigFile>, Why> {
    let all = files(facts, wanted)?;
    Ok(if in_use(facts, units)? { all } else { Vec::new() })
}

/// Those of them that are the host's own.
pub fn own_files_in_use<'a>(
    facts: &'a Facts,
    units: &[&str],
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<&'a ConfigFile>, Why> {
    let mut all = files_in_use(facts, units, wanted)?;
    all.retain(|file| is_own(file));
    Ok(all)
}

/// What `look` has to say of each line, with the file and the line added.
pub fn each_line(files: &[&ConfigFile], look: impl Fn(&Line<'_>) -> Option<Message>) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files {
        let said =
            lines(content(file)?).filter_map(|line| Some(look(&line)?.with("file", &file.path).with("line", line.no)));
        found.extend(said);
    }
    Ok(found)
}

/// The installed packages whose name passes.
pub fn installed(facts: &Facts, wanted: impl Fn(&str) -> bool) -> Result<Vec<&str>, Why> {
    let all = facts.packages.get()?;
    Ok(all.iter().map(|package| package.name.as_str()).filter(|name| wanted(name)).collect())
}
