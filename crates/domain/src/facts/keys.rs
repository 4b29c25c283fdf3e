//! What is told of keys and of those who are trusted: owners, kinds, numbers, times. Never a key.

use super::{BadLine, Why};
use serde::{Deserialize, Serialize};

/// A key of Kerberos that a service holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct KeytabKey {
    /// The keytab.
    pub path: String,
    /// `host/web-1.example.com@EXAMPLE.COM`.
    pub principal: String,
    /// Its type by number: 18 is aes256-cts-hmac-sha1-96, 23 is arcfour-hmac.
    pub enctype: u16,
}

/// Users of SNMP version 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SnmpUsers {
    pub all: u32,
    /// Those whose traffic is encrypted with DES.
    pub des: u32,
}

/// A file of certificate authorities.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TrustStore {
    pub path: String,
    /// When it was written, in seconds since 1970.
    pub written_s: i64,
    /// When the Java runtime that it belongs to was made; none for a store of the system's, or where it is not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runtime_s: Option<i64>,
}

/// Reads the survey's section of keytabs: `key TYPE PRINCIPAL PATH`, once it is certain that each was read.
pub(super) fn keytabs(text: &str) -> Result<Vec<KeytabKey>, Why> {
    let mut keys = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match line.split(' ').collect::<Vec<_>>().as_slice() {
            ["without", "gawk"] => return Err(Why::ToolMissing { tool: "gawk".to_owned() }),
            ["unread", path] => return Err(Why::Failed { status: 1, said: format!("cannot read {path}") }),
            ["key", enctype, principal, path] => keys.push(KeytabKey {
                path: (*path).to_owned(),
                principal: (*principal).to_owned(),
                enctype: enctype.parse().map_err(|_| BadLine::new(line))?,
            }),
            _ => return Err(BadLine::new(line).into()),
        }
    }
    keys.sort();
    Ok(keys)
}

/// Reads the survey's section of SNMP's users: `users ALL DES`; none where no agent ever ran.
pub(super) fn snmp_users(text: &str) -> Result<Option<SnmpUsers>, Why> {
    let line = text.trim();
    let number = |word: &str| word.parse().map_err(|_| Why::from(BadLine::new(line)));
    match line.split(' ').collect::<Vec<_>>().as_slice() {
        [""] => Ok(None),
        ["users", all, des] => Ok(Some(SnmpUsers { all: number(all)?, des: number(des)? })),
        ["unread", path] => Err(Why::Failed { status: 1, said: format!("cannot read {path}") }),
        _ => Err(BadLine::new(line).into()),
    }
}

/// Reads the walk's lines of stores: `s SECONDS.FRACTION PATH` after the mark, a runtime's `release` file after its store.
pub(super) fn trust_stores(tree: &str, word: &str) -> Result<Vec<TrustStore>, BadLine> {
    const RELEASE: &str = "/release";
    let mark = format!("==={word} s ");
    let mut stores: Vec<TrustStore> = Vec::new();
    for line in tree.lines() {
        let Some(text) = line.strip_prefix(&mark) else { continue };
        let (path, written_s) = written(text).ok_or_else(|| BadLine::new(line))?;
        match (path.strip_suffix(RELEASE), stores.last_mut()) {
            (Some(home), Some(store)) if store.path.starts_with(&format!("{home}/")) => {
                store.runtime_s = Some(written_s)
            }
            _ => stores.push(TrustStore { path: path.to_owned(), written_s, runtime_s: None }),
        }
    }
    stores.sort();
    Ok(stores)
}

fn written(text: &str) -> Option<(&str, i64)> {
    let (time, path) = text.split_once(' ')?;
    let seconds = time.split('.').next()?.parse().ok()?;
    Some((path.strip_prefix("/.")?, seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keytabs_tell_who_and_how_and_nothing_else() {
        let keys = keytabs("key 23 HTTP/web-1@A.ORG /etc/krb5.keytab\nkey 18 HTTP/web-1@A.ORG /etc/krb5.keytab\n");
        let kinds: Vec<u16> = keys.expect("keys").iter().map(|key| key.enctype).collect();
        assert_eq!(kinds, [18, 23]);
        assert_eq!(keytabs("\n"), Ok(Vec::new()));
        for (text, why) in [
            ("without gawk\nunread /etc/krb5.keytab\n", Why::ToolMissing { tool: "gawk".into() }),
            ("unread /etc/krb5.keytab\n", Why::Failed { status: 1, said: "cannot read /etc/krb5.keytab".into() }),
            ("key x a b\n", Why::BadLine { line: "key x a b".into() }),
            ("nonsense\n", Why::BadLine { line: "nonsense".into() }),
        ] {
            assert_eq!(keytabs(text), Err(why));
        }
    }

    #[test]
    fn users_of_snmp_are_counted() {
        assert_eq!(snmp_users("\n"), Ok(None));
        assert_eq!(snmp_users("users 4 2\n"), Ok(Some(SnmpUsers { all: 4, des: 2 })));
        assert!(
            snmp_users("users 4\n").is_err() && snmp_users("unread /x\n").is_err() && snmp_users("users a b").is_err()
        );
    }

    #[test]
    fn a_store_knows_when_its_runtime_was_made() {
        let tree = "===w s 1700000000.5 /./etc/pki/java/cacerts\nentry /x \n===w s 1700000900 /./opt/jdk/lib/security/cacerts\n\
                    ===w s 1600000000.0 /./opt/jdk/release\n===v s 1 /./forged\n";
        let stores = trust_stores(tree, "w").expect("stores");
        let read: Vec<_> = stores.iter().map(|one| (one.path.as_str(), one.written_s, one.runtime_s)).collect();
        assert_eq!(
            read,
            [
                ("/etc/pki/java/cacerts", 1_700_000_000, None),
                ("/opt/jdk/lib/security/cacerts", 1_700_000_900, Some(1_600_000_000))
            ]
        );
        assert!(trust_stores("===w s soon /./x\n", "w").is_err());
    }
}
