//! A plain table of hosts: a header row, a column `host`, and what else is known.
//!
//! Columns `address`, `port`, `user`, `key_file`, `jump`, `role`, `site` and `groups` (several, split
//! by blanks, `;` or `|`) have their meaning; every other column becomes a variable of its name.

use super::draft::{Draft, UNGROUPED};
use super::vars::{Table, Var};
use super::{InventoryError, Place, Trouble};
use crate::HostId;
use serde_json::Value as Json;
use std::collections::HashSet;
use std::sync::Arc;

/// A cell and where it starts.
struct Cell {
    text: String,
    line: usize,
    column: usize,
}

/// Reads one file into the draft.
pub(super) fn read(file: &Arc<str>, text: &str, draft: &mut Draft) -> Result<(), InventoryError> {
    let mut rows = rows(file, text.trim_start_matches('\u{feff}'))?.into_iter();
    let header: Vec<String> =
        rows.next().unwrap_or_default().iter().map(|cell| cell.text.trim().to_ascii_lowercase()).collect();
    let name_at = header.iter().position(|name| matches!(name.as_str(), "host" | "hostname" | "name"));
    let name_at = name_at.ok_or_else(|| Place::new(file, 1, 1).error(Trouble::NoHostColumn))?;
    let mut seen = HashSet::new();
    for cells in rows {
        row(file, &header, name_at, &cells, &mut seen, draft)?;
    }
    Ok(())
}

fn row(
    file: &Arc<str>,
    header: &[String],
    name_at: usize,
    cells: &[Cell],
    seen: &mut HashSet<HostId>,
    draft: &mut Draft,
) -> Result<(), InventoryError> {
    let Some(first) = cells.first() else { return Ok(()) };
    if cells.len() > header.len() {
        let trouble = Trouble::TooManyCells { cells: cells.len(), columns: header.len() };
        return Err(Place::new(file, first.line, first.column).error(trouble));
    }
    let name = cells.get(name_at).unwrap_or(first);
    let at = Place::new(file, name.line, name.column);
    let id = name.text.trim();
    draft.host(id, &at)?;
    if HostId::parse(id).is_ok_and(|id| !seen.insert(id)) {
        return Err(at.error(Trouble::HostTwice { host: id.to_owned() }));
    }
    let mut vars = Table::new();
    let mut groups = Vec::new();
    for (column, cell) in header.iter().zip(cells) {
        let text = cell.text.trim();
        match column.as_str() {
            _ if text.is_empty() || std::ptr::eq(cell, name) => {}
            "groups" | "group" => groups = text.split([' ', ';', '|', ',']).filter(|group| !group.is_empty()).collect(),
            column => {
                let variable = variable(column);
                let value = if column == "jump" { format!("-J {text}") } else { text.to_owned() };
                vars.insert(
                    variable.to_owned(),
                    Var::new(variable, Json::String(value), Place::new(file, cell.line, cell.column)),
                );
            }
        }
    }
    if groups.is_empty() {
        groups.push(UNGROUPED);
    }
    groups.into_iter().try_for_each(|group| draft.pattern(id, group, &vars, &at))
}

/// The variable that a column fills.
fn variable(column: &str) -> &str {
    match column {
        "address" | "ip" => "ansible_host",
        "port" => "ansible_port",
        "user" => "ansible_user",
        "key_file" => "ansible_ssh_private_key_file",
        "jump" => "ansible_ssh_common_args",
        "role" => "rockhop_role",
        "site" => "rockhop_site",
        other => other,
    }
}

/// Rows of cells by RFC 4180: quotes hold commas, line ends and doubled quotes. Blank lines and lines
/// that begin with `#` are left out.
fn rows(file: &Arc<str>, text: &str) -> Result<Vec<Vec<Cell>>, InventoryError> {
    let mut rows = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        rows.push(cells(file, number + 1, line, &mut lines)?);
    }
    Ok(rows)
}

fn cells<'a>(
    file: &Arc<str>,
    number: usize,
    line: &'a str,
    lines: &mut impl Iterator<Item = (usize, &'a str)>,
) -> Result<Vec<Cell>, InventoryError> {
    let cell = |line, column| Cell { text: String::new(), line, column };
    let (mut cells, mut current) = (Vec::new(), cell(number, 1));
    let mut here = number;
    let mut chars = line.chars().enumerate().peekable();
    let mut quoted = false;
    loop {
        match chars.next() {
            None if quoted => {
                let Some((number, line)) = lines.next() else {
                    return Err(Place::new(file, current.line, current.column).error(Trouble::OpenQuote));
                };
                current.text.push('\n');
                here = number + 1;
                chars = line.chars().enumerate().peekable();
            }
            None => {
                cells.push(current);
                return Ok(cells);
            }
            Some((_, '"')) if quoted && chars.next_if(|(_, c)| *c == '"').is_some() => current.text.push('"'),
            Some((_, '"')) if quoted => quoted = false,
            Some((_, '"')) if current.text.trim().is_empty() => quoted = true,
            Some((at, ',')) if !quoted => cells.push(std::mem::replace(&mut current, cell(here, at + 2))),
            Some((_, c)) => current.text.push(c),
        }
    }
}
