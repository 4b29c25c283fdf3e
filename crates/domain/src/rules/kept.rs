//! Keys, accounts and limits that nobody wrote into a file of configuration, and that a fresh host does not have.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{found_if, names};
use super::{Area, Evidence, FRESH, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, KeytabKey, Limit, Read, ServiceLimits, SnmpUsers, TrustStore, Why};
use std::collections::{BTreeMap, BTreeSet};

/// Types of Kerberos keys that EL 9's default policy refuses, with their names: DES, 3DES, RC4.
const WEAK_ENCTYPES: &[(u16, &str)] = &[
    (1, "des-cbc-crc"),
    (2, "des-cbc-md4"),
    (3, "des-cbc-md5"),
    (16, "des3-cbc-sha1"),
    (23, "arcfour-hmac"),
    (24, "arcfour-hmac-exp"),
];

/// Places where EL 7 has links to the stores that it makes.
const LINKS: &[&str] = &["/etc/pki/tls/certs/ca-bundle.crt", "/etc/pki/java/cacerts"];

/// Where the system makes its stores, all of them at once.
const MADE: &str = "/etc/pki/ca-trust/extracted/";

/// Longer than the making of all stores takes.
const MAKING_S: i64 = 300;

/// Longer than a runtime's archive takes to be packed.
const PACKING_S: i64 = 86_400;

/// Programs of the system's own, whose units bring their limits on both releases, or that raise them by themselves.
const SYSTEMS_OWN: &[&str] =
    &["systemd", "dbus", "rsyslogd", "auditd", "polkitd", "NetworkManager", "tuned", "lvmetad"];

pub const KEYTAB: Rule = Rule {
    id: "security.keytab-weak",
    area: Area::Security,
    sources: &["SEC-17"],
    evidence: Evidence::Known,
    looks_at: &["keytabs"],
    look: keytab,
    cases: &[
        found(clean_el7_web, |f| keys(f, "host/web-1.example.com@EXAMPLE.COM", &[23])),
        found(clean_el7_web, |f| keys(f, "HTTP/web-1.example.com@EXAMPLE.COM", &[3, 16])),
        fine(clean_el7_web, |f| keys(f, "host/web-1.example.com@EXAMPLE.COM", &[18, 17, 16, 23])),
    ],
    ..Rule::USUAL
};
/// A service that has a better key as well uses that.
fn keytab(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut owners: BTreeMap<(&str, &str), Vec<u16>> = BTreeMap::new();
    for key in facts.keytabs.get()? {
        owners.entry((&key.path, &key.principal)).or_default().push(key.enctype);
    }
    let name = |kind: &u16| WEAK_ENCTYPES.iter().find(|(number, _)| number == kind).map(|(_, name)| *name);
    let weak = owners
        .into_iter()
        .filter_map(|(owner, kinds)| Some((owner, kinds.iter().map(name).collect::<Option<Vec<_>>>()?)));
    Ok(weak
        .map(|((file, principal), kinds)| {
            Message::new("finding-security-keytab-weak")
                .with("file", file)
                .with("principal", principal)
                .with("types", names(kinds))
        })
        .collect())
}

fn keys(facts: &mut Facts, principal: &str, enctypes: &[u16]) {
    let key =
        |enctype: &u16| KeytabKey { path: "/etc/krb5.keytab".into(), principal: principal.into(), enctype: *enctype };
    known(&mut facts.keytabs).extend(enctypes.iter().map(key));
}

pub const EDITED_AUTHORITIES: Rule = Rule {
    id: "security.edited-authorities",
    area: Area::Security,
    sources: &["SEC-09"],
    evidence: Evidence::Known,
    looks_at: &["trust_stores"],
    look: edited_authorities,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| store(f, "/etc/pki/tls/certs/ca-bundle.crt", 1_700_000_000, None)),
        found(clean_el7_web, |f| known(&mut f.trust_stores)[2].written_s += 3600),
        found(clean_el7_web, |f| store(f, "/opt/jdk8/jre/lib/security/cacerts", 1_650_000_000, Some(1_600_000_000))),
        found(clean_el7_web, |f| store(f, "/opt/jdk6/jre/lib/security/cacerts", 1_300_000_000, None)),
        fine(clean_el7_web, |f| known(&mut f.trust_stores)[2].written_s += 4),
        fine(clean_el7_web, |f| store(f, "/opt/jdk8/jre/lib/security/cacerts", 1_600_000_000, Some(1_600_000_007))),
    ],
    ..Rule::USUAL
};
fn edited_authorities(facts: &Facts) -> Result<Vec<Message>, Why> {
    let stores = facts.trust_stores.get()?;
    let made = stores.iter().filter(|store| store.path.starts_with(MADE)).map(|store| store.written_s).min();
    let kind = |store: &TrustStore| match (store.path.starts_with(MADE), store.runtime_s) {
        (true, _) => made.is_some_and(|made| store.written_s > made + MAKING_S).then_some("edited"),
        (false, _) if LINKS.contains(&store.path.as_str()) => Some("replaced"),
        (false, Some(runtime)) => (store.written_s > runtime + PACKING_S).then_some("edited"),
        (false, None) => Some("unsure"),
    };
    let message = |(store, kind): (&TrustStore, &str)| {
        Message::new(format!("finding-security-edited-authorities-{kind}")).with("file", &store.path)
    };
    Ok(stores.iter().filter_map(|store| Some((store, kind(store)?))).map(message).collect())
}

fn store(facts: &mut Facts, path: &str, written_s: i64, runtime_s: Option<i64>) {
    known(&mut facts.trust_stores).push(TrustStore { path: path.into(), written_s, runtime_s });
}

pub const SNMP_USERS: Rule = Rule {
    id: "services.snmp-des-users",
    area: Area::Services,
    sources: &["SNMP-01"],
    evidence: Evidence::Known,
    looks_at: &["snmp_users"],
    look: snmp_users,
    cases: &[
        found(clean_el7_web, |f| f.snmp_users = Read::Known(Some(SnmpUsers { all: 3, des: 1 }))),
        fine(clean_el7_web, |f| f.snmp_users = Read::Known(Some(SnmpUsers { all: 3, des: 0 }))),
    ],
    ..Rule::USUAL
};
fn snmp_users(facts: &Facts) -> Result<Vec<Message>, Why> {
    let users = facts.snmp_users.get()?.filter(|users| users.des > 0);
    let message =
        |users: SnmpUsers| Message::new("finding-services-snmp-des-users").with("n", users.des).with("all", users.all);
    Ok(users.map(message).into_iter().collect())
}

pub const OLD_HASHES: Rule = Rule {
    id: "database.old-hashes",
    area: Area::Database,
    sources: &["DB-07"],
    evidence: Evidence::Known,
    looks_at: &["mariadb"],
    look: old_hashes,
    cases: &[
        found(clean_el7_mariadb, |f| mariadb(f).old_hashes = Some(2)),
        fine(clean_el7_mariadb, |f| mariadb(f).version = "5.5.68-MariaDB".into()),
    ],
    ..Rule::USUAL
};
fn old_hashes(facts: &Facts) -> Result<Vec<Message>, Why> {
    let Some(server) = facts.mariadb.get()? else { return Ok(Vec::new()) };
    let n = server.state.get()?.old_hashes.ok_or(Why::Missing)?;
    Ok(found_if(n > 0, || Message::new("finding-database-old-hashes").with("n", n)))
}

pub const LIMITS_IN_FORCE: Rule = Rule {
    id: "platform.limits-in-force",
    severity: Severity::Informs, // what a unit of the host's own says goes across with it
    area: Area::Platform,
    sources: &["PLT-28"],
    evidence: Evidence::Known,
    looks_at: &["service_limits", "local_units"],
    look: limits_in_force,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.service_limits).push(limits("app", "shop", 65_536))),
        found(clean_el7_web, |f| known(&mut f.service_limits)[1] = capped("oracle", "tnslsnr")),
        fine(clean_el7_web, |f| {
            known(&mut f.service_limits).push(limits("app", "shop", 65_536));
            unit_file(f, "[Service]\nExecStart=/opt/shop/bin/shop\nLimitNOFILE=65536\n");
        }),
        fine(clean_el7_web, |f| known(&mut f.service_limits).push(limits("dbus", "dbus-daemon", 65_536))),
        // A container's engine gives all of them as much.
        fine(clean_el7_web, |f| {
            known(&mut f.service_limits).iter_mut().for_each(|one| one.open_files.soft = Some(1_048_576))
        }),
    ],
    ..Rule::USUAL
};
/// What most services have is what the system gives; a service that has other limits got them from somebody.
fn limits_in_force(facts: &Facts) -> Result<Vec<Message>, Why> {
    let (services, units) = (facts.service_limits.get()?, facts.local_units.get()?);
    let files = most_common(services.iter().map(|one| one.open_files));
    let processes = most_common(services.iter().map(|one| one.processes));
    let says = |one: &ServiceLimits| {
        units.iter().any(|unit| {
            unit.content.contains("LimitN") && (unit.content.contains(&one.comm) || unit.path.contains(&one.comm))
        })
    };
    let systems =
        |one: &ServiceLimits| SYSTEMS_OWN.iter().any(|name| one.comm.trim_start_matches('(').starts_with(name));
    let other = |one: &&ServiceLimits| {
        files.is_some_and(|usual| one.open_files.allows_more_than(usual))
            || processes.is_some_and(|usual| one.processes != usual)
    };
    let set: BTreeSet<&ServiceLimits> =
        services.iter().filter(other).filter(|one| !systems(one) && !says(one)).collect();
    Ok(set
        .into_iter()
        .map(|one| {
            Message::new("finding-platform-limits-in-force")
                .with("service", &one.comm)
                .with("user", &one.user)
                .with("files", one.open_files)
                .with("processes", one.processes)
        })
        .collect())
}

/// Of two that are as common, the one that allows less.
fn most_common(all: impl Iterator<Item = Limit>) -> Option<Limit> {
    let mut counted: BTreeMap<Limit, usize> = BTreeMap::new();
    all.for_each(|limit| *counted.entry(limit).or_default() += 1);
    let most = counted.values().copied().max()?;
    let common = counted.into_iter().filter(|(_, n)| *n == most).map(|(limit, _)| limit);
    common.reduce(|least, other| if least.allows_more_than(other) { other } else { least })
}

/// Started by a login of its user's, so that PAM's limits hold.
fn capped(user: &str, comm: &str) -> ServiceLimits {
    let processes = Limit { soft: Some(4096), hard: Some(15_061) };
    ServiceLimits { processes, ..limits(user, comm, 1024) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_counted_is_never_fine() {
        let mut facts = clean_el7_mariadb();
        mariadb(&mut facts).old_hashes = None;
        assert_eq!(old_hashes(&facts), Err(Why::Missing));
    }

    #[test]
    fn the_usual_limit_is_that_of_most() {
        let limit = |soft| Limit { soft, hard: None };
        for (all, want) in [
            (vec![Some(1024), Some(1024), Some(65_536)], Some(Some(1024))),
            (vec![Some(65_536), Some(1024)], Some(Some(1024))),
            (vec![None, Some(1024), None], Some(None)),
            (vec![], None),
        ] {
            assert_eq!(most_common(all.into_iter().map(limit)).map(|limit| limit.soft), want);
        }
    }
}
