//! Which host keys are on record, and what to think of the one that a host shows.
//!
//! Reads `known_hosts` as OpenSSH writes it: plain, hashed, `[name]:port`, patterns, `@revoked`. Host
//! certificates are never offered, so an `@cert-authority` line vouches for nothing here.

use super::endpoint::HostKeys;
use super::error::SshError;
use ring::hmac;
use russh::keys::ssh_key::known_hosts::{Entry, HostPatterns, KnownHosts, Marker};
use russh::keys::{Algorithm, HashAlg, PublicKey};
use std::path::Path;

/// The keys on record for one host.
#[derive(Debug, Clone, Default)]
pub struct Record {
    keys: Vec<PublicKey>,
    revoked: Vec<PublicKey>,
}

/// What to think of a key that a host shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Known,
    Unknown,
    Changed,
    Revoked,
}

impl Record {
    /// Reads every list that the policy names. A list that is there but cannot be read is an error, not an empty list.
    pub fn load(policy: &HostKeys, address: &str, port: u16) -> Result<Self, SshError> {
        let mut record = Self::default();
        let names = names(policy.alias.as_deref().unwrap_or(address), port, policy.alias.is_some());
        for file in &policy.files {
            record.add_list(&read(file)?, &names);
        }
        for line in &policy.accepted {
            let key = PublicKey::from_openssh(line).map_err(|error| bad_list(Path::new("(accepted keys)"), &error))?;
            record.keys.push(key);
        }
        Ok(record)
    }

    /// Adds the lines of a list that speak of one of these names; unreadable lines are passed over, as OpenSSH does.
    fn add_list(&mut self, text: &str, names: &[String]) {
        for entry in KnownHosts::new(text).flatten().filter(|entry| is_about(entry, names)) {
            match entry.marker() {
                None => self.keys.push(entry.public_key().clone()),
                Some(Marker::Revoked) => self.revoked.push(entry.public_key().clone()),
                Some(Marker::CertAuthority) => {}
            }
        }
    }

    /// What to think of this key.
    pub fn judge(&self, key: &PublicKey) -> Verdict {
        let among = |list: &[PublicKey]| list.iter().any(|known| known.key_data() == key.key_data());
        match () {
            () if among(&self.revoked) => Verdict::Revoked,
            () if among(&self.keys) => Verdict::Known,
            () if self.keys.is_empty() => Verdict::Unknown,
            () => Verdict::Changed,
        }
    }

    /// The algorithms to ask for, those of the known keys first: else a host that is known by one key could show
    /// another that is on no record.
    pub fn order(&self, all: &[Algorithm]) -> Vec<Algorithm> {
        let known = |algorithm: &&Algorithm| self.keys.iter().any(|key| same_kind(&key.algorithm(), algorithm));
        let (first, rest): (Vec<&Algorithm>, Vec<&Algorithm>) = all.iter().partition(known);
        first.into_iter().chain(rest).cloned().collect()
    }
}

/// `SHA256:...`, as ssh-keygen shows it.
pub fn fingerprint(key: &PublicKey) -> String {
    key.fingerprint(HashAlg::Sha256).to_string()
}

fn same_kind(a: &Algorithm, b: &Algorithm) -> bool {
    a == b || matches!((a, b), (Algorithm::Rsa { .. }, Algorithm::Rsa { .. }))
}

/// The forms under which a host may be on record.
fn names(name: &str, port: u16, alias: bool) -> Vec<String> {
    let name = name.to_ascii_lowercase();
    if port == 22 || alias { vec![name] } else { vec![format!("[{name}]:{port}")] }
}

fn read(file: &Path) -> Result<String, SshError> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(bad_list(file, &error)),
    }
}

fn bad_list(file: &Path, error: &dyn std::fmt::Display) -> SshError {
    SshError::KnownHosts { file: file.to_owned(), said: error.to_string() }
}

fn is_about(entry: &Entry, names: &[String]) -> bool {
    match entry.host_patterns() {
        HostPatterns::Patterns(patterns) => names.iter().any(|name| matches_any(patterns, name)),
        HostPatterns::HashedName { salt, hash } => {
            let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, salt);
            names.iter().any(|name| hmac::verify(&key, name.as_bytes(), hash).is_ok())
        }
    }
}

/// A negated pattern that matches excludes the host, whatever else matches.
fn matches_any(patterns: &[String], name: &str) -> bool {
    let hit = |pattern: &str| glob(pattern.to_ascii_lowercase().as_bytes(), name.as_bytes());
    let excluded = patterns.iter().filter_map(|pattern| pattern.strip_prefix('!')).any(hit);
    !excluded && patterns.iter().filter(|pattern| !pattern.starts_with('!')).any(|pattern| hit(pattern))
}

fn glob(pattern: &[u8], name: &[u8]) -> bool {
    match (pattern.split_first(), name.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) => {
            glob(rest, name) || name.split_first().is_some_and(|(_, shorter)| glob(pattern, shorter))
        }
        (Some((b'?', rest)), Some((_, shorter))) => glob(rest, shorter),
        (Some((a, rest)), Some((b, shorter))) if a == b => glob(rest, shorter),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti";
    const B: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA6rWI3G1sz07DnfFlrouTcysQlj2P+jpNSOEWD9OJ3X";

    fn judge(list: &str, address: &str, port: u16, shown: &str) -> Verdict {
        let mut record = Record::default();
        record.add_list(list, &names(address, port, false));
        record.judge(&PublicKey::from_openssh(shown).expect("a key"))
    }

    #[test]
    fn a_key_is_judged_by_the_record() {
        for (list, port, want) in [
            (format!("web-1 {A}"), 22, Verdict::Known),
            (format!("WEB-1,10.0.0.1 {A} comment"), 22, Verdict::Known),
            (format!("web-* {A}"), 22, Verdict::Known),
            (format!("web-*,!web-1 {A}"), 22, Verdict::Unknown),
            (format!("web-1 {B}"), 22, Verdict::Changed),
            (format!("web-1 {B}\nweb-1 {A}"), 22, Verdict::Known),
            (format!("@revoked web-1 {A}\nweb-1 {A}"), 22, Verdict::Revoked),
            (format!("@cert-authority web-1 {A}"), 22, Verdict::Unknown),
            (format!("web-1 {A}"), 2222, Verdict::Unknown),
            (format!("[web-1]:2222 {A}"), 2222, Verdict::Known),
            (format!("# comment\n\nnonsense\nweb-1 {A}"), 22, Verdict::Known),
            (String::new(), 22, Verdict::Unknown),
        ] {
            assert_eq!(judge(&list, "web-1", port, A), want, "{list}");
        }
    }

    #[test]
    fn hashed_names_are_found() {
        let list = format!("|1|13UaJwsy5/yRM0H4Aro9chKALK8=|Y4PGmmtVw1XSKPujUAlM5DCYfbg= {A}"); // web-1.example.com, by ssh-keygen -H
        assert_eq!(judge(&list, "web-1.example.com", 22, A), Verdict::Known);
        assert_eq!(judge(&list, "web-2.example.com", 22, A), Verdict::Unknown);
    }

    #[test]
    fn the_known_kind_of_key_is_asked_for_first() {
        let mut record = Record::default();
        record.add_list(&format!("h {A}"), &names("h", 22, false));
        let all = [Algorithm::Rsa { hash: None }, Algorithm::Ed25519];
        assert_eq!(record.order(&all), [Algorithm::Ed25519, Algorithm::Rsa { hash: None }]);
    }
}
