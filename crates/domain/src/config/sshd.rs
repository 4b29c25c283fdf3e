//! `sshd_config`: OpenSSH 7.4 to 8.7. A mistake here locks everybody out, so doubt is an error.

use super::{
    Translation, Untranslatable,
    lines::{Fate, directive, note, renamed, retired, rewrite},
};
use crate::Message;

/// Unknown or without effect (SEC-10, SEC-11); an unknown one stops the server.
const GONE: [&str; 10] = [
    "useprivilegeseparation",
    "keyregenerationinterval",
    "serverkeybits",
    "rhostsrsaauthentication",
    "rsaauthentication",
    "uselogin",
    "protocol",
    "showpatchlevel",
    "pamauthenticationviakbdint",
    "uselogin",
];

/// Words in `Ciphers` and `MACs` that stop the server.
const GONE_ALGORITHMS: [&str; 12] = [
    "blowfish-cbc",
    "cast128-cbc",
    "arcfour",
    "arcfour128",
    "arcfour256",
    "3des-cbc",
    "hmac-ripemd160",
    "hmac-ripemd160@openssh.com",
    "hmac-ripemd160-etm@openssh.com",
    "hmac-md5",
    "hmac-md5-96",
    "umac-64@openssh.com",
];

/// EL9's drop-ins hold the crypto policy; the first value wins, so they are read first (SEC-13).
const INCLUDE: &str = "Include /etc/ssh/sshd_config.d/*.conf\n";

pub(super) fn translate(source: &[u8]) -> Result<Translation, Untranslatable> {
    let mut included = false;
    let mut root_login = false;
    let mut in_match = false;
    let mut translation = rewrite(source, |no, line| {
        let Some((name, rest)) = directive(line) else { return Ok(Fate::Keep) };
        let lower = name.to_ascii_lowercase();
        in_match |= lower == "match";
        included |= lower == "include" && rest.contains("sshd_config.d");
        root_login |= lower == "permitrootlogin" && !in_match;
        fate_of(no, line, name, &lower, rest)
    })?;
    if !included {
        translation.bytes.splice(0..0, INCLUDE.bytes());
    }
    if !root_login {
        translation.notes.push(Message::new("config-sshd-root-login"));
    }
    Ok(translation)
}

fn fate_of(no: u32, line: &str, written: &str, name: &str, rest: &str) -> Result<Fate, Untranslatable> {
    if GONE.contains(&name) {
        return Ok(retired(no, name));
    }
    match name {
        "ciphers" | "macs" | "kexalgorithms" => algorithms(no, written, rest),
        "authorizedkeyscommandrunas" => Ok(Fate::Become(renamed(line, written, "AuthorizedKeysCommandUser"))),
        // Until the cutover the new machine has another address: it would not be reachable there.
        "listenaddress" if !matches!(rest, "0.0.0.0" | "::" | "[::]" | "*") => {
            Err(Untranslatable::at(no, "config-sshd-listens-on-address"))
        }
        "hostkey" if rest.contains("dsa_key") && !rest.contains("ecdsa") => Ok(retired(no, "HostKey (DSA)")),
        _ => Ok(Fate::Keep),
    }
}

fn algorithms(no: u32, name: &str, list: &str) -> Result<Fate, Untranslatable> {
    let (sign, words) = list.split_at(usize::from(list.starts_with(['+', '-', '^'])));
    let kept: Vec<&str> = words.split(',').map(str::trim).filter(|w| !GONE_ALGORITHMS.contains(w)).collect();
    if kept.len() == words.split(',').count() {
        return Ok(Fate::Keep);
    }
    match (kept.is_empty(), sign) {
        (true, "") => Err(Untranslatable::at(no, "config-sshd-no-algorithm-left").with("setting", name)),
        (true, _) => Ok(retired(no, name)),
        (false, _) => {
            Ok(Fate::BecomeAnd(format!("{name} {sign}{}", kept.join(",")), note("config-sshd-weak-dropped", no, name)))
        }
    }
}
