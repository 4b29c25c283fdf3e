//! Tunnels with cryptography of their own: OpenVPN, stunnel and libreswan, by the lines of their configuration that say how
//! they encrypt.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{Line, Setting, found_if, lines, names, settings};
use super::told::excerpts;
use super::{Area, Evidence, Rule};
use crate::Message;
use crate::facts::{Facts, Why};

/// Settings of OpenVPN that the newer one does not know, or that are on their way out, whatever their value.
const OPENVPN_GONE: &[&str] =
    &["ns-cert-type", "key-method", "no-iv", "no-replay", "keysize", "ncp-disable", "comp-lzo", "compress", "secret"];

/// Settings of OpenVPN that name a cipher.
const OPENVPN_CIPHERS: &[&str] = &["cipher", "ncp-ciphers", "data-ciphers", "data-ciphers-fallback"];

/// How ciphers begin that OpenSSL 3 has in its legacy provider only.
const LEGACY_CIPHERS: &[&str] = &["BF-", "CAST", "DES", "RC2", "IDEA", "SEED"];

/// Parts of OpenSSL's names of ciphers that EL 9's default policy does not offer.
const WEAK_TLS: &[&str] = &["RC4", "3DES", "DES", "MD5", "EXP", "EXPORT", "LOW", "NULL", "ADH", "SSLv2", "SSLv3"];

/// Algorithms that libreswan no longer has, or that EL 9's default policy refuses.
const WEAK_IPSEC: &[&str] = &[
    "des", "3des", "blowfish", "cast", "serpent", "twofish", "md5", "ripemd", "modp768", "modp1024", "modp1536", "dh1",
    "dh2", "dh5", "dh22", "dh23", "dh24",
];

pub const OPENVPN: Rule = Rule {
    id: "security.openvpn",
    area: Area::Security,
    sources: &["SEC-18"],
    evidence: Evidence::Known,
    looks_at: &["excerpts"],
    places: &["/etc/openvpn/*.conf", "/etc/openvpn/*/*.conf"],
    look: openvpn,
    cases: &[
        found(clean_el7_web, |f| add_excerpt(f, OFFICE, "server 10.8.0.0 255.255.255.0\ncipher BF-CBC\n")),
        found(clean_el7_web, |f| add_excerpt(f, OFFICE, "client\nns-cert-type server\ncipher AES-256-GCM\n")),
        found(clean_el7_web, |f| add_excerpt(f, OFFICE, "client\ncipher AES-256-CBC\ntls-version-min 1.0\n")),
        found(clean_el7_web, |f| add_excerpt(f, OFFICE, "server 10.8.0.0 255.255.255.0\n")),
        fine(clean_el7_web, |f| {
            add_excerpt(f, OFFICE, "client\ncipher AES-256-GCM\nauth SHA256\ntls-version-min 1.2\n")
        }),
    ],
    ..Rule::USUAL
};
const OFFICE: &str = "/etc/openvpn/server/office.conf";

fn openvpn(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for excerpt in excerpts(facts, "/etc/openvpn/")? {
        let all: Vec<Line<'_>> = lines(&excerpt.content).collect();
        let old: Vec<String> =
            all.iter().filter(|line| is_old_openvpn(line)).map(|line| line.words.join(" ")).collect();
        found.extend(found_if(!old.is_empty(), || {
            Message::new("finding-security-openvpn").with("file", &excerpt.path).with("settings", names(old))
        }));
        let says_cipher = all.iter().any(|line| OPENVPN_CIPHERS.iter().any(|name| line.is(name)));
        found.extend(found_if(!says_cipher && !all.is_empty(), || {
            Message::new("finding-security-openvpn-default").with("file", &excerpt.path)
        }));
    }
    Ok(found)
}

fn is_old_openvpn(line: &Line<'_>) -> bool {
    let value = line.value();
    let legacy = |cipher: &str| LEGACY_CIPHERS.iter().any(|start| cipher.to_ascii_uppercase().starts_with(start));
    match line.words[0] {
        name if OPENVPN_GONE.contains(&name) => true,
        name if OPENVPN_CIPHERS.contains(&name) => value.split(':').any(legacy),
        "auth" => matches!(value.to_ascii_uppercase().as_str(), "MD5" | "RSA-MD5" | "MD4" | "RIPEMD160"),
        "tls-version-min" => matches!(value, "1.0" | "1.1"),
        _ => false,
    }
}

pub const STUNNEL: Rule = Rule {
    id: "security.stunnel",
    area: Area::Security,
    sources: &["SEC-18"],
    evidence: Evidence::Known,
    looks_at: &["excerpts"],
    places: &["/etc/stunnel/*.conf"],
    look: stunnel,
    cases: &[
        found(clean_el7_web, |f| add_excerpt(f, STUNNEL_CONF, "[mail]\nsslVersion = TLSv1\n")),
        found(clean_el7_web, |f| add_excerpt(f, STUNNEL_CONF, "[mail]\nciphers = RC4-SHA:AES128-SHA\n")),
        fine(clean_el7_web, |f| {
            let text = "options = NO_SSLv3\n[mail]\nsslVersion = TLSv1.2\nciphers = HIGH:!3DES:!MD5:-RC4\n";
            add_excerpt(f, STUNNEL_CONF, text);
        }),
    ],
    ..Rule::USUAL
};
const STUNNEL_CONF: &str = "/etc/stunnel/stunnel.conf";

fn stunnel(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for excerpt in excerpts(facts, "/etc/stunnel/")? {
        let old = settings(&excerpt.content).into_iter().filter(is_old_stunnel);
        found.extend(old.map(|one| {
            Message::new("finding-security-stunnel")
                .with("file", &excerpt.path)
                .with("setting", one.key)
                .with("value", one.value)
        }));
    }
    Ok(found)
}

fn is_old_stunnel(one: &Setting<'_>) -> bool {
    let weak =
        |cipher: &str| !cipher.starts_with(['!', '-']) && cipher.split(['-', '+']).any(|part| WEAK_TLS.contains(&part));
    match one.key {
        "sslVersion" | "sslVersionMax" => matches!(one.value, "SSLv2" | "SSLv3" | "TLSv1" | "TLSv1.0" | "TLSv1.1"),
        "ciphers" => one.value.split(':').any(weak),
        _ => false,
    }
}

pub const LIBRESWAN: Rule = Rule {
    id: "security.libreswan",
    area: Area::Security,
    sources: &["SEC-18"],
    evidence: Evidence::Known,
    looks_at: &["excerpts"],
    places: &["/etc/ipsec.conf", "/etc/ipsec.d/*.conf"],
    look: libreswan,
    cases: &[
        found(clean_el7_web, |f| conn(f, "conn office\n  ikev2=insist\n  ike=3des-sha1;modp1024\n")),
        found(clean_el7_web, |f| conn(f, "conn office\n  ike=aes256-sha2;modp2048\n  auto=start\n")),
        found(clean_el7_web, |f| conn(f, "conn %default\n  ikev2=no\nconn office\n  auto=start\n")),
        fine(clean_el7_web, |f| {
            let text = "config setup\nconn %default\n  ikev2=insist\nconn office\n  ike=aes_gcm256-sha2_512;dh19\n  \
                        also=hosts\nconn direct\n  type=passthrough\n  ikev2=no\n";
            conn(f, text);
        }),
    ],
    ..Rule::USUAL
};

fn conn(facts: &mut Facts, text: &str) {
    add_excerpt(facts, "/etc/ipsec.d/office.conf", text);
}

/// A `conn` section.
struct Conn<'a> {
    file: &'a str,
    name: &'a str,
    settings: Vec<(&'a str, &'a str)>,
}

impl Conn<'_> {
    fn value(&self, key: &str) -> Option<&str> {
        self.settings.iter().rev().find(|(name, _)| *name == key).map(|(_, value)| *value)
    }
}

fn libreswan(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut conns: Vec<Conn<'_>> = Vec::new();
    for excerpt in excerpts(facts, "/etc/ipsec.")? {
        for line in lines(&excerpt.content) {
            match (line.words.as_slice(), conns.last_mut()) {
                (["conn", name, ..], _) => {
                    conns.push(Conn { file: &excerpt.path, name, settings: Vec::new() });
                }
                (["config", ..], _) => conns.push(Conn { file: &excerpt.path, name: "", settings: Vec::new() }),
                (_, Some(conn)) => conn.settings.extend(setting_of(&excerpt.content, line.no)),
                (_, None) => {}
            }
        }
    }
    let default = conns.iter().filter(|conn| conn.name == "%default").find_map(|conn| conn.value("ikev2"));
    Ok(conns.iter().flat_map(|conn| conn_found(conn, &conns, default)).collect())
}

/// The `key = value` of a line, which is counted from 1.
fn setting_of(text: &str, no: usize) -> Option<(&str, &str)> {
    let (key, value) = text.lines().nth(no - 1)?.split_once('=')?;
    Some((key.trim(), value.trim()))
}

fn conn_found(conn: &Conn<'_>, all: &[Conn<'_>], default: Option<&str>) -> Vec<Message> {
    let of = |key: &str| Message::new(key).with("file", conn.file).with("name", conn.name);
    let mut found = Vec::new();
    for key in ["ike", "esp", "ah", "phase2alg"] {
        let value = conn.value(key).unwrap_or_default();
        let weak = |part: &str| WEAK_IPSEC.contains(&part.to_ascii_lowercase().as_str());
        let old = value.split([',', '-', '+', ';', '!', '_', ' ']).any(weak);
        found.extend(found_if(old, || of("finding-security-libreswan").with("setting", key).with("value", value)));
    }
    let negotiates = !conn.name.is_empty()
        && conn.name != "%default"
        && !matches!(conn.value("type"), Some("passthrough" | "drop" | "reject"));
    let also = conn.value("also").and_then(|name| all.iter().find(|other| other.name == name)?.value("ikev2"));
    let version = conn.value("ikev2").or(also).or(default);
    let first = matches!(version, None | Some("no" | "never" | "permit"));
    found.extend(found_if(negotiates && first, || of("finding-security-libreswan-version")));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_connection_leaves_out_stands_elsewhere() {
        for (text, found) in [
            ("conn a\n also=b\nconn b\n ikev2=insist\n", 0),
            ("conn a\n also=c\nconn b\n ikev2=insist\n", 1),
            ("conn %default\n ikev2=yes\nconn a\n auto=add\n", 0),
            ("conn a\n ikev2=insist\n esp=aes128-md5\n ike = 3DES\n", 2),
            (" ike=3des\n", 0),
            ("config setup\n ike=x\n", 0),
        ] {
            let mut facts = clean_el7_web();
            conn(&mut facts, text);
            assert_eq!(libreswan(&facts).map(|messages| messages.len()), Ok(found), "{text}");
        }
    }
}
