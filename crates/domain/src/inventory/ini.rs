//! Ansible's INI inventory: `[group]`, `[group:children]`, `[group:vars]`, host patterns, inline variables.

use super::draft::{Draft, UNGROUPED};
use super::vars::{Table, Var};
use super::{InventoryError, Place, Trouble, literal, words};
use serde_json::Value as Json;
use std::sync::Arc;

enum Section {
    Hosts(String),
    Children(String),
    Vars(String),
}

/// Reads one file into the draft.
pub(super) fn read(file: &Arc<str>, text: &str, draft: &mut Draft) -> Result<(), InventoryError> {
    let mut section = Section::Hosts(UNGROUPED.to_owned());
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        let at = Place::new(file, number + 1, indent + 1);
        let trimmed = line.trim();
        match trimmed.chars().next() {
            None | Some('#' | ';') => {}
            Some('[') if header(trimmed).is_some() => section = enter(trimmed, &at, draft)?,
            Some('[') if !trimmed.contains(':') => return Err(bad_section(trimmed, &at)),
            Some(_) => entry(&section, line, &at, draft)?,
        }
    }
    Ok(())
}

fn entry(section: &Section, line: &str, at: &Place, draft: &mut Draft) -> Result<(), InventoryError> {
    match section {
        Section::Hosts(group) => host_line(line, group, at, draft),
        Section::Vars(group) => {
            let (name, var) = vars_line(line.trim(), at)?;
            draft.mention(group, at).vars.insert(name, var);
            Ok(())
        }
        Section::Children(group) => {
            let Some(child) = words::split_at(line, at)?.into_iter().next() else { return Ok(()) };
            draft.mention(&child.text, at);
            draft.group(group).children.insert(child.text);
            Ok(())
        }
    }
}

/// `[name]` or `[name:kind]`, perhaps with a comment behind it. `[1:3].lan` is a host pattern.
fn header(line: &str) -> Option<(&str, Option<&str>)> {
    let (inside, rest) = line.strip_prefix('[')?.split_once(']')?;
    let rest = rest.trim_start();
    let (name, kind) = inside.split_once(':').map_or((inside, None), |(name, kind)| (name, Some(kind)));
    let good =
        !name.is_empty() && !name.contains(char::is_whitespace) && (rest.is_empty() || rest.starts_with(['#', ';']));
    good.then_some((name, kind))
}

fn enter(line: &str, at: &Place, draft: &mut Draft) -> Result<Section, InventoryError> {
    let (name, kind) = header(line).ok_or_else(|| bad_section(line, at))?;
    match kind {
        None | Some("hosts") => {
            draft.group(name);
            Ok(Section::Hosts(name.to_owned()))
        }
        Some("children") => {
            draft.group(name);
            Ok(Section::Children(name.to_owned()))
        }
        Some("vars") => {
            draft.mention(name, at);
            Ok(Section::Vars(name.to_owned()))
        }
        Some(_) => Err(bad_section(line, at)),
    }
}

fn bad_section(line: &str, at: &Place) -> InventoryError {
    at.error(Trouble::BadSection { text: line.to_owned() })
}

fn host_line(line: &str, group: &str, at: &Place, draft: &mut Draft) -> Result<(), InventoryError> {
    let mut words = words::split_at(line, at)?.into_iter();
    let Some(first) = words.next() else { return Ok(()) };
    let (pattern, port) = with_port(&first.text);
    let mut vars = Table::new();
    if let Some(port) = port {
        vars.insert("ansible_port".to_owned(), Var::new("ansible_port", Json::from(port), at.clone()));
    }
    for word in words {
        let at = Place::new(&at.file, at.line as usize, word.column);
        let (name, value) = word
            .text
            .split_once('=')
            .filter(|(name, _)| !name.is_empty())
            .ok_or_else(|| not_a_variable(&word.text, &at))?;
        vars.insert(name.to_owned(), Var::new(name, literal::value(value), at));
    }
    draft.pattern(pattern, group, &vars, at)
}

/// `host:2222`; the colons of ranges stand inside brackets.
fn with_port(pattern: &str) -> (&str, Option<u16>) {
    let split = pattern.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?)));
    split.map_or((pattern, None), |(host, port)| (host, Some(port)))
}

fn vars_line(line: &str, at: &Place) -> Result<(String, Var), InventoryError> {
    let (name, value) = line.split_once('=').ok_or_else(|| not_a_variable(line, at))?;
    let name = name.trim_end();
    if name.is_empty() {
        return Err(not_a_variable(line, at));
    }
    Ok((name.to_owned(), Var::new(name, literal::value(value.trim()), at.clone())))
}

fn not_a_variable(text: &str, at: &Place) -> InventoryError {
    // Only the first word: the rest of such a line may well be a password with a blank in it.
    let text = text.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    at.error(Trouble::NotAVariable { text: text.to_owned() })
}
