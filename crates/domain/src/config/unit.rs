//! Unit files: systemd 219 to 252 (PLT-24, PLT-25).

use super::{
    Translation, Untranslatable,
    lines::{Fate, assignment, note, renamed, retired, rewrite},
};

/// Unknown to 252 and ignored there with a warning.
const GONE: [&str; 6] =
    ["Capabilities", "SysVStartPriority", "IgnoreOnSnapshot", "ControlGroup", "TCPWrapName", "FsckPassNo"];

pub(super) fn translate(source: &[u8]) -> Result<Translation, Untranslatable> {
    rewrite(source, |no, line| {
        let Some((name, Some(value))) = assignment(line) else { return Ok(Fate::Keep) };
        if GONE.contains(&name) {
            return Ok(retired(no, name));
        }
        Ok(match name {
            "MemoryLimit" => Fate::Become(renamed(line, "MemoryLimit", "MemoryMax")),
            "RequiresOverridable" => Fate::Become(renamed(line, "RequiresOverridable", "Requires")),
            "CPUShares" => weight(no, "CPUWeight", value, 1024)?,
            "BlockIOWeight" => weight(no, "IOWeight", value, 500)?,
            "StandardOutput" | "StandardError" if value.starts_with("syslog") => {
                Fate::Become(renamed(line, "syslog", "journal"))
            }
            _ if name.starts_with("Exec") && calls_bare_python(value) => {
                Fate::KeepAnd(note("config-bare-python", no, name))
            }
            _ => Fate::Keep,
        })
    })
}

/// systemd's own linear map: the old default is 100 on the new scale.
fn weight(no: u32, name: &str, value: &str, default: u64) -> Result<Fate, Untranslatable> {
    let shares: u64 = value.parse().map_err(|_| Untranslatable::at(no, "config-not-a-number").with("setting", name))?;
    let weight = (shares.saturating_mul(100) / default).clamp(1, 10_000);
    Ok(Fate::BecomeAnd(format!("{name}={weight}"), note("config-unit-weight", no, name)))
}

fn calls_bare_python(command: &str) -> bool {
    command.split_whitespace().any(|word| word.trim_start_matches(['-', '@', '+']).ends_with("bin/python"))
}
