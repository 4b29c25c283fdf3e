//! Units as `systemctl` lists them, headers and legends with them.

use crate::facts::{BadLine, Unit, UnitFileState};
use std::collections::BTreeMap;

/// Joins `systemctl list-unit-files` with `systemctl list-units`. A unit that the latter leaves out is not active.
pub(super) fn units(files: &str, loaded: &str) -> Result<Vec<Unit>, BadLine> {
    let mut units: BTreeMap<String, Unit> = BTreeMap::new();
    let mut unit = |name: &str, set: &dyn Fn(&mut Unit)| {
        let new = Unit { name: name.to_owned(), file_state: None, active: String::new(), sub: String::new() };
        set(units.entry(name.to_owned()).or_insert(new));
    };
    for words in rows(files)? {
        let [name, state, ..] = words[..] else { return Err(BadLine::new(&words.join(" "))) };
        let state = state_of(state).ok_or_else(|| BadLine::new(state))?;
        unit(name, &|unit| unit.file_state = Some(state.clone()));
    }
    for words in rows(loaded)? {
        let [name, _load, active, sub, ..] = words[..] else { return Err(BadLine::new(&words.join(" "))) };
        unit(name, &|unit| (unit.active, unit.sub) = (active.to_owned(), sub.to_owned()));
    }
    Ok(units.into_values().filter(Unit::is_lasting).collect())
}

/// The words of each row between the header and the blank line before the legend.
fn rows(text: &str) -> Result<Vec<Vec<&str>>, BadLine> {
    let is_mark = |word: &&str| matches!(*word, "●" | "*" | "○" | "×" | "↻");
    let mut rows = Vec::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().filter(|word| !is_mark(word)).collect();
        match words.first() {
            None if rows.is_empty() => {}
            None => break,
            Some(&"UNIT") => {}
            Some(name) if name.contains('.') => rows.push(words),
            Some(_) => return Err(BadLine::new(line)),
        }
    }
    Ok(rows)
}

fn state_of(word: &str) -> Option<UnitFileState> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lists_become_one() {
        let files = "UNIT FILE                 STATE   PRESET\nnginx.service             enabled -\nold.service   disabled\n\n2 unit files listed.\n";
        let loaded = "UNIT LOAD ACTIVE SUB DESCRIPTION\n● nginx.service loaded failed failed The web\ndev-x.device loaded active plugged x\n\nLOAD   = Reflects\n";
        let got = units(files, loaded).expect("units");
        assert_eq!(
            got.iter().map(|u| (u.name.as_str(), u.active.as_str())).collect::<Vec<_>>(),
            [("nginx.service", "failed"), ("old.service", "")]
        );
        assert!(got[0].is_enabled() && !got[1].is_enabled());
        assert!(units("Failed to connect to bus\n", "").is_err());
    }
}
