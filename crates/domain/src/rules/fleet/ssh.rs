//! What the two sides of SSH have to agree on, and what each of them takes on EL 7 and on EL 9.

/// One of the things on which both sides have to agree.
pub struct Kind {
    pub option: &'static str,
    /// What EL 7 takes and EL 9 has not got at all.
    gone: &'static [&'static str],
    /// What EL 7 and EL 9 take where nothing is said; of EL 7 what the two have in common and a few more.
    old: &'static [&'static str],
    new: &'static [&'static str],
}

const CTR_AND_GCM: &[&str] =
    &["chacha20-poly1305@openssh.com", "aes256-gcm@openssh.com", "aes256-ctr", "aes128-gcm@openssh.com", "aes128-ctr"];

pub const KINDS: &[Kind] = &[
    Kind {
        option: "ciphers",
        gone: &["arcfour", "arcfour128", "arcfour256", "blowfish-cbc", "cast128-cbc"],
        old: &[
            "chacha20-poly1305@openssh.com",
            "aes256-gcm@openssh.com",
            "aes128-gcm@openssh.com",
            "aes256-ctr",
            "aes192-ctr",
            "aes128-ctr",
            "aes256-cbc",
            "aes192-cbc",
            "aes128-cbc",
            "3des-cbc",
        ],
        new: CTR_AND_GCM,
    },
    Kind {
        option: "macs",
        gone: &["hmac-ripemd160", "hmac-ripemd160@openssh.com", "hmac-ripemd160-etm@openssh.com"],
        old: MACS,
        new: MACS,
    },
    Kind {
        option: "kexalgorithms",
        gone: &[],
        old: &[
            "curve25519-sha256",
            "curve25519-sha256@libssh.org",
            "ecdh-sha2-nistp256",
            "ecdh-sha2-nistp384",
            "ecdh-sha2-nistp521",
            "diffie-hellman-group-exchange-sha256",
            "diffie-hellman-group16-sha512",
            "diffie-hellman-group18-sha512",
            "diffie-hellman-group14-sha256",
            "diffie-hellman-group-exchange-sha1",
            "diffie-hellman-group14-sha1",
            "diffie-hellman-group1-sha1",
        ],
        new: &[
            "curve25519-sha256",
            "curve25519-sha256@libssh.org",
            "ecdh-sha2-nistp256",
            "ecdh-sha2-nistp384",
            "ecdh-sha2-nistp521",
            "diffie-hellman-group-exchange-sha256",
            "diffie-hellman-group14-sha256",
            "diffie-hellman-group16-sha512",
            "diffie-hellman-group18-sha512",
        ],
    },
];

const MACS: &[&str] = &[
    "hmac-sha2-256-etm@openssh.com",
    "hmac-sha1-etm@openssh.com",
    "umac-128-etm@openssh.com",
    "hmac-sha2-512-etm@openssh.com",
    "hmac-sha2-256",
    "hmac-sha1",
    "umac-128@openssh.com",
    "hmac-sha2-512",
];

/// What one side takes on EL 7 and on EL 9, its configuration carried across.
pub struct Sides {
    old: Vec<String>,
    new: Vec<String>,
}

/// Whether the two sides of SSH have to agree on this option of a server.
pub fn is_negotiated(option: &str) -> bool {
    KINDS.iter().any(|kind| kind.option == option)
}

/// In which state the two have nothing in common, for the person who reads it.
pub fn apart_in(client: &Sides, server: &Sides, client_moves: bool, server_moves: bool) -> Option<&'static str> {
    let meet = |one: &[String], other: &[String]| one.iter().any(|name| other.contains(name));
    match (client_moves, server_moves) {
        (_, true) if !meet(&client.old, &server.new) => Some("server-first"),
        (true, _) if !meet(&client.new, &server.old) => Some("client-first"),
        (true, true) if !meet(&client.new, &server.new) => Some("both"),
        _ => None,
    }
}

/// A list in the configuration takes the default's place; with `+` or `-` at its front it changes the default.
pub fn sides(said: Option<&str>, kind: &Kind) -> Sides {
    let list = |default: &[&str]| -> Vec<String> {
        let default = || default.iter().map(|name| (*name).to_owned());
        let split = |text: &str| text.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>();
        match said {
            None | Some("") => default().collect(),
            Some(text) if text.starts_with('+') => default().chain(split(&text[1..])).collect(),
            Some(text) if text.starts_with('-') => {
                let less = split(&text[1..]);
                default().filter(|name| !less.contains(name)).collect()
            }
            Some(text) => split(text),
        }
    };
    let mut new = list(kind.new);
    new.retain(|name| !kind.gone.contains(&name.as_str()));
    Sides { old: list(kind.old), new }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_change_the_default_or_take_its_place() {
        let kind = &KINDS[0];
        assert_eq!(sides(None, kind).new, CTR_AND_GCM);
        assert_eq!(sides(Some("arcfour,aes256-cbc"), kind).new, ["aes256-cbc"]);
        assert!(sides(Some("+aes256-cbc"), kind).new.contains(&"aes256-cbc".to_owned()));
        assert!(!sides(Some("-aes256-ctr"), kind).old.contains(&"aes256-ctr".to_owned()));
    }

    #[test]
    fn each_half_moved_state_is_asked() {
        let kind = &KINDS[0];
        let (cbc, usual) = (sides(Some("aes256-cbc"), kind), sides(None, kind));
        assert_eq!(apart_in(&cbc, &usual, true, true), Some("server-first"));
        assert_eq!(apart_in(&usual, &cbc, true, true), Some("client-first"));
        assert_eq!(apart_in(&usual, &cbc, false, true), None, "the one keeps its list, the other keeps CBC");
        assert_eq!(apart_in(&usual, &usual, true, true), None);
    }
}
