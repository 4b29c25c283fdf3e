//! Users and their numbers: files remember numbers, people remember names.

use super::case::{fine, found};
use super::fixtures::*;
use super::services::GONE_COMMANDS;
use super::text::names;
use super::{Area, Evidence, FRESH, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, User, Why};
use std::collections::BTreeMap;

/// EL 9 gives numbers from here up to 999 to services as they are installed.
const DYNAMIC_FROM: u32 = 201;
const PEOPLE_FROM: u32 = 1000;

/// Users whose data travels by number, where EL 9 makes the number up at installation.
const DATA_OWNERS: &[&str] =
    &["nginx", "redis", "prometheus", "alertmanager", "node_exporter", "grafana", "haproxy", "memcached"];

/// Services that have the same number on both releases, whoever installs first.
const FIXED: &[(&str, u32)] = &[("postgres", 26), ("mysql", 27), ("apache", 48), ("named", 25)];

pub const PEOPLE_BELOW_1000: Rule = Rule {
    id: "accounts.people-below-1000",
    severity: Severity::Warns,
    area: Area::Accounts,
    sources: &["PLT-33"],
    evidence: Evidence::Known,
    looks_at: &["users"],
    look: people_below_1000,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| add_user(f, "anna", 501, "/home/anna", "/bin/bash")),
        // A service with a shell, and no person.
        fine(clean_el7_web, |f| add_user(f, "gitea", 990, "/var/lib/gitea", "/bin/bash")),
    ],
    ..Rule::USUAL
};
fn people_below_1000(facts: &Facts) -> Result<Vec<Message>, Why> {
    let person = |user: &&User| {
        (DYNAMIC_FROM..PEOPLE_FROM).contains(&user.uid) && has_login_shell(user) && user.home.starts_with("/home/")
    };
    Ok(facts
        .users
        .get()?
        .iter()
        .filter(person)
        .map(|user| Message::new("finding-accounts-people-below-1000").with("user", &user.name).with("uid", user.uid))
        .collect())
}

fn has_login_shell(user: &User) -> bool {
    user.shell.ends_with("sh") && !user.shell.ends_with("nologin")
}

pub const DATA_OWNER: Rule = Rule {
    id: "accounts.data-owners",
    severity: Severity::Informs,
    area: Area::Accounts,
    sources: &["PLT-33"],
    evidence: Evidence::Known,
    looks_at: &["users"],
    look: data_owner,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| add_user(f, "redis", 994, "/var/lib/redis", "/sbin/nologin")),
        fine(clean_el7_web, |f| add_user(f, "redis-exporter", 994, "/var/lib/redis", "/sbin/nologin")),
    ],
    ..Rule::USUAL
};
fn data_owner(facts: &Facts) -> Result<Vec<Message>, Why> {
    let owners: Vec<String> = facts
        .users
        .get()?
        .iter()
        .filter(|user| DATA_OWNERS.contains(&user.name.as_str()))
        .map(|user| format!("{} {}", user.name, user.uid))
        .collect();
    Ok(if owners.is_empty() {
        Vec::new()
    } else {
        vec![Message::new("finding-accounts-data-owners").with("owners", names(owners))]
    })
}

pub const MOVED_NUMBER: Rule = Rule {
    id: "accounts.moved-numbers",
    severity: Severity::Warns,
    area: Area::Accounts,
    sources: &["PLT-33"],
    evidence: Evidence::Known,
    looks_at: &["users"],
    look: moved_number,
    strategies: FRESH,
    cases: &[
        found(clean_el7_postgresql, |f| known(&mut f.users).last_mut().expect("postgres").uid = 990),
        fine(clean_el7_postgresql, |f| add_user(f, "postgres-backup", 991, "/var/lib/backup", "/bin/bash")),
    ],
    ..Rule::USUAL
};
fn moved_number(facts: &Facts) -> Result<Vec<Message>, Why> {
    let moved =
        |user: &User| FIXED.iter().find(|(name, uid)| *name == user.name && *uid != user.uid).map(|(_, uid)| *uid);
    Ok(facts
        .users
        .get()?
        .iter()
        .filter_map(|user| Some((user, moved(user)?)))
        .map(|(user, uid)| {
            Message::new("finding-accounts-moved-numbers")
                .with("user", &user.name)
                .with("uid", user.uid)
                .with("wanted", uid)
        })
        .collect())
}

pub const SHARED_NUMBER: Rule = Rule {
    id: "accounts.shared-numbers",
    severity: Severity::Warns,
    area: Area::Accounts,
    sources: &["PLT-33"],
    evidence: Evidence::Known,
    looks_at: &["users"],
    look: shared_number,
    cases: &[
        found(clean_el7_web, |f| add_user(f, "toor", 0, "/root", "/bin/sh")),
        fine(clean_el7_web, |f| add_user(f, "anna", 1001, "/root", "/bin/bash")),
    ],
    ..Rule::USUAL
};
fn shared_number(facts: &Facts) -> Result<Vec<Message>, Why> {
    let users = facts.users.get()?;
    let first = |user: &User| users.iter().find(|other| other.uid == user.uid).filter(|other| other.name != user.name);
    Ok(users
        .iter()
        .filter_map(|user| Some((user, first(user)?)))
        .map(|(user, other)| {
            Message::new("finding-accounts-shared-numbers")
                .with("user", &user.name)
                .with("other", &other.name)
                .with("uid", user.uid)
        })
        .collect())
}

/// Shells that EL 9 has without asking, and those that nobody works in.
const USUAL_SHELLS: &[&str] = &[
    "",
    "bash",
    "sh",
    "rbash",
    "dash",
    "nologin",
    "false",
    "true",
    "sync",
    "shutdown",
    "halt",
    "git-shell",
    "sftp-server",
];

pub const SHELLS: Rule = Rule {
    id: "accounts.shells",
    area: Area::Accounts,
    sources: &["NET-28"],
    evidence: Evidence::Known,
    looks_at: &["users"],
    look: shells,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| add_user(f, "oracle", 1100, "/home/oracle", "/bin/ksh")),
        fine(clean_el7_web, |f| add_user(f, "sync", 5, "/sbin", "/bin/sync")),
    ],
    ..Rule::USUAL
};
fn shells(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for user in facts.users.get()? {
        let usual = user.shell.rsplit('/').next().is_some_and(|name| USUAL_SHELLS.contains(&name));
        if !usual {
            users.entry(&user.shell).or_default().push(&user.name);
        }
    }
    Ok(users
        .into_iter()
        .map(|(shell, who)| Message::new("finding-accounts-shells").with("shell", shell).with("users", names(who)))
        .collect())
}

pub const SUDO_COMMANDS: Rule = Rule {
    id: "accounts.sudo-commands",
    area: Area::Accounts,
    sources: &["NET-28"],
    evidence: Evidence::Known,
    looks_at: &["sudoers"],
    look: sudo_commands,
    cases: &[
        found(clean_el7_web, |f| {
            known(&mut f.sudoers).grants.push("%net ALL=(root) NOPASSWD: /sbin/ifconfig, /sbin/route".into());
        }),
        fine(clean_el7_web, |f| {
            known(&mut f.sudoers).grants.extend([
                "root ALL=(ALL) ALL".into(),
                "%wheel ALL=(ALL) ALL".into(),
                "ops ALL=(root) /usr/bin/systemctl restart route-agent".into(),
            ]);
        }),
    ],
    ..Rule::USUAL
};
fn sudo_commands(facts: &Facts) -> Result<Vec<Message>, Why> {
    let gone = |grant: &str| -> Vec<String> {
        let paths = grant.split([' ', ',', '\t', ':', '=', '!']).filter(|word| word.starts_with('/'));
        let named =
            |path: &&str| path.rsplit('/').next().is_some_and(|name| GONE_COMMANDS.iter().any(|(old, _)| *old == name));
        paths.filter(named).map(str::to_owned).collect()
    };
    let grants = facts.sudoers.get()?.grants.iter().map(|grant| (grant, gone(grant)));
    Ok(grants
        .filter(|(_, gone)| !gone.is_empty())
        .map(|(grant, gone)| {
            let who = grant.split_whitespace().next().unwrap_or_default();
            Message::new("finding-accounts-sudo-commands").with("who", who).with("names", names(gone))
        })
        .collect())
}
