//! What sshd's configuration says to every login, from its files (sshd_config(5)).
//!
//! `sshd -T` would say it, too; it loads every host key first, which costs a host more than all its files.

use super::files::telling_lines;
use std::collections::BTreeMap;

/// Where it begins.
pub(super) const CONFIG: &str = "/etc/ssh/sshd_config";

/// The deepest that files may include one another (`servconf.c`).
const DEPTH: u8 = 16;

/// Keys of which every line counts; of the others the first one does.
const REPEATED: [&str; 9] = [
    "acceptenv",
    "allowgroups",
    "allowusers",
    "denygroups",
    "denyusers",
    "hostcertificate",
    "hostkey",
    "listenaddress",
    "port",
];

/// Taken where no `HostKey` is named, as far as they are there.
const USUAL_KEYS: [&str; 3] =
    ["/etc/ssh/ssh_host_rsa_key", "/etc/ssh/ssh_host_ecdsa_key", "/etc/ssh/ssh_host_ed25519_key"];

/// The settings of the main file and of those that it includes, in the order in which they count.
pub(super) fn settings(main: &str, files: &BTreeMap<&str, &str>) -> Vec<(String, String)> {
    let mut settings = Vec::new();
    read(main, files, DEPTH, &mut settings);
    if !settings.iter().any(|(key, _)| key == "hostkey") {
        settings.extend(USUAL_KEYS.map(|path| ("hostkey".to_owned(), path.to_owned())));
    }
    settings
}

/// Reads up to the first `Match`; answers whether there was none.
fn read(text: &str, files: &BTreeMap<&str, &str>, depth: u8, settings: &mut Vec<(String, String)>) {
    for line in telling_lines(text) {
        let (key, value) = line.split_once([' ', '\t', '=']).unwrap_or((line, ""));
        let (key, value) = (key.to_ascii_lowercase(), value.trim_matches([' ', '\t', '=', '"']));
        match key.as_str() {
            "match" => return,
            "include" => value.split_whitespace().for_each(|pattern| include(pattern, files, depth, settings)),
            _ if REPEATED.contains(&key.as_str()) || !settings.iter().any(|(k, _)| *k == key) => {
                settings.push((key, value.to_owned()));
            }
            _ => {}
        }
    }
}

fn include(pattern: &str, files: &BTreeMap<&str, &str>, depth: u8, settings: &mut Vec<(String, String)>) {
    let Some(deeper) = depth.checked_sub(1) else { return };
    let whole = if pattern.starts_with('/') { pattern.to_owned() } else { format!("/etc/ssh/{pattern}") };
    let (before, after) = whole.split_once('*').unwrap_or((&whole, ""));
    let fits = |path: &str| match whole.contains('*') {
        true => path
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|middle| !middle.contains('/')),
        false => path == whole,
    };
    let found = files.iter().filter(|(path, _)| fits(path));
    found.for_each(|(_, text)| read(text, files, deeper, settings));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(main: &str, files: &[(&str, &str)]) -> Vec<String> {
        let files = files.iter().copied().collect();
        settings(main, &files).into_iter().map(|(k, v)| format!("{k}={v}")).collect()
    }

    const KEY: &str = "HostKey /k\n";

    #[test]
    fn the_first_line_of_a_key_counts_and_repeated_keys_add_up() {
        for (text, want) in [
            ("Port 22\nPort 2222\n", &["hostkey=/k", "port=22", "port=2222"][..]),
            ("PermitRootLogin no\npermitrootlogin yes\n", &["hostkey=/k", "permitrootlogin=no"]),
            ("  Ciphers=aes256-ctr\n# Ciphers x\n", &["hostkey=/k", "ciphers=aes256-ctr"]),
            ("Banner \"/etc/issue\"\n", &["hostkey=/k", "banner=/etc/issue"]),
            ("A 1\nMatch User x\nB 2\n", &["hostkey=/k", "a=1"]),
        ] {
            assert_eq!(said(&format!("{KEY}{text}"), &[]), want, "{text:?}");
        }
    }

    #[test]
    fn included_files_stand_where_they_are_included() {
        let files = [
            ("/etc/ssh/sshd_config.d/10-a.conf", "X11Forwarding no\nHostKey /a\n"),
            ("/etc/ssh/sshd_config.d/20-b.conf", "X11Forwarding yes\n"),
            ("/etc/ssh/ssh_config", "HostKey /never\n"),
        ];
        let want = ["x11forwarding=no", "hostkey=/a"];
        assert_eq!(said("Include sshd_config.d/*.conf\nX11Forwarding maybe\n", &files), want);
        let own = [("/etc/ssh/self", "Include /etc/ssh/self\n")];
        assert_eq!(said("HostKey /k\nInclude self\n", &own), ["hostkey=/k"], "a circle ends");
    }

    #[test]
    fn without_a_host_key_the_usual_ones_are_taken() {
        let want = USUAL_KEYS.map(|path| format!("hostkey={path}"));
        assert_eq!(said("", &[]), want);
    }
}
