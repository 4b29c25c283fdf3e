//! `KEY=value` files that a unit reads by `EnvironmentFile=`: systemd expands nothing in them.

use super::{
    Translation, Untranslatable,
    lines::{Fate, assignment, note, rewrite},
};

pub(super) fn translate(source: &[u8]) -> Result<Translation, Untranslatable> {
    rewrite(source, |no, line| {
        let Some((name, value)) = assignment(line) else { return Ok(Fate::Keep) };
        let Some(value) = value else { return Err(Untranslatable::at(no, "config-no-assignment")) };
        if value.contains("$(") || value.contains('`') {
            // A SysV script sourced this file; a unit would hand over the text as it stands.
            return Err(Untranslatable::at(no, "config-environment-runs-command").with("setting", name));
        }
        if let Some(exported) = name.strip_prefix("export ") {
            let line = line.trim_start().trim_start_matches("export ").trim_start().to_owned();
            return Ok(Fate::BecomeAnd(line, note("config-environment-export", no, exported.trim())));
        }
        let bare_python = value.trim_matches(['"', '\'']).ends_with("bin/python");
        Ok(if bare_python { Fate::KeepAnd(note("config-bare-python", no, name)) } else { Fate::Keep })
    })
}
