//! `ntp.conf` to `chrony.conf` (NET-19 to NET-21). Every line is carried, retired with a note, or an error.

use super::{
    Translation, Untranslatable,
    lines::{directive, note, text},
};
use crate::Message;

/// What a kickstarted EL9 says besides its servers; steps the clock at the start, as ntpd's `-g` did.
const TAIL: &str = "driftfile /var/lib/chrony/drift\nmakestep 1.0 3\nrtcsync\nlogdir /var/log/chrony\n";

/// Source options with the same name and meaning.
const OPTIONS: [&str; 10] =
    ["iburst", "burst", "prefer", "noselect", "true", "xleave", "minpoll", "maxpoll", "version", "key"];

/// Words that chrony answers by itself or that mean nothing to it.
const NEEDLESS: [&str; 16] = [
    "driftfile",
    "disable",
    "enable",
    "tinker",
    "includefile",
    "logfile",
    "statsdir",
    "statistics",
    "filegen",
    "trustedkey",
    "requestkey",
    "controlkey",
    "crypto",
    "logconfig",
    "tos",
    "interface",
];

pub(super) fn translate(source: &[u8]) -> Result<Translation, Untranslatable> {
    let mut out = String::from("# Carried over from ntp.conf.\n");
    let mut notes = Vec::new();
    for (no, line) in (1..).zip(text(source)?.lines()) {
        let Some((word, rest)) = directive(line) else { continue };
        let rest = rest.split('#').next().unwrap_or_default().trim();
        if let Some(new) = carried(no, word, rest, &mut notes)? {
            out.push_str(&new);
            out.push('\n');
        }
    }
    out.push_str(TAIL);
    Ok(Translation { bytes: out.into_bytes(), notes })
}

fn carried(no: u32, word: &str, rest: &str, notes: &mut Vec<Message>) -> Result<Option<String>, Untranslatable> {
    match word {
        "server" | "pool" | "peer" => source_line(no, word, rest, notes),
        "restrict" => restrict(no, rest, notes),
        "fudge" => Ok(None), // belongs to the local clock, which `server` carries
        "keys" => {
            notes.push(note("config-ntp-keys", no, word));
            Ok(None)
        }
        "leapfile" => Ok(Some("leapsectz right/UTC".to_owned())),
        "broadcast" | "broadcastclient" | "multicastclient" | "manycastclient" | "manycastserver" => {
            Err(Untranslatable::at(no, "config-ntp-no-counterpart").with("setting", word))
        }
        _ if NEEDLESS.contains(&word) => {
            notes.push(note("config-retired", no, word));
            Ok(None)
        }
        _ => Err(Untranslatable::at(no, "config-unknown-setting").with("setting", word)),
    }
}

fn source_line(no: u32, word: &str, rest: &str, notes: &mut Vec<Message>) -> Result<Option<String>, Untranslatable> {
    let mut words = rest.split_whitespace().filter(|w| !matches!(*w, "-4" | "-6"));
    let Some(address) = words.next() else {
        return Err(Untranslatable::at(no, "config-no-value").with("setting", word));
    };
    if address.starts_with("127.127.1.") {
        return Ok(Some("local stratum 10".to_owned()));
    }
    if address.starts_with("127.127.") {
        return Err(Untranslatable::at(no, "config-ntp-reference-clock").with("setting", address));
    }
    let mut line = format!("{word} {address}");
    while let Some(option) = words.next() {
        if !OPTIONS.contains(&option) {
            notes.push(note("config-retired", no, option));
            continue;
        }
        line.push(' ');
        line.push_str(option);
        if matches!(option, "minpoll" | "maxpoll" | "version" | "key") {
            line.push(' ');
            line.push_str(words.next().unwrap_or_default());
        }
    }
    Ok(Some(line))
}

/// chrony serves nobody unless it is told to: a network that ntpd served is allowed by name (NET-20).
fn restrict(no: u32, rest: &str, notes: &mut Vec<Message>) -> Result<Option<String>, Untranslatable> {
    let words: Vec<&str> = rest.split_whitespace().filter(|w| !matches!(*w, "-4" | "-6")).collect();
    let Some(&target) = words.first() else { return Ok(None) };
    let closed = words.iter().any(|w| matches!(*w, "ignore" | "noserve"));
    if matches!(target, "default" | "source" | "127.0.0.1" | "::1") {
        if target == "default" && !closed {
            notes.push(note("config-ntp-serves-nobody", no, "restrict default"));
        }
        return Ok(None);
    }
    let mask = words.iter().position(|w| *w == "mask").and_then(|at| words.get(at + 1));
    let prefix = match mask {
        Some(mask) => prefix_of(mask).ok_or_else(|| Untranslatable::at(no, "config-bad-netmask"))?,
        None => {
            if target.contains(':') {
                128
            } else {
                32
            }
        }
    };
    Ok(Some(format!("{} {target}/{prefix}", if closed { "deny" } else { "allow" })))
}

fn prefix_of(mask: &str) -> Option<u32> {
    let bits = u32::from(mask.parse::<std::net::Ipv4Addr>().ok()?);
    (bits.leading_ones() + bits.trailing_zeros() == 32 || bits == u32::MAX).then(|| bits.leading_ones())
}
