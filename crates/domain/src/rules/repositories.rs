//! Where the new machine's packages come from: the repositories that rockhop.toml declares, against what the host's
//! packages ask for and what its old repositories were.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::names;
use super::{Area, Evidence, Move, OWN, Rule, Severity};
use crate::Message;
use crate::facts::{Repo, Why};
use crate::packages::{Given, Repomap, SigningKey, TargetRepository, called_on_rocky, family_of_repository};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is installed on every machine comes from these two.
const BASE: &[&str] = &["baseos", "appstream"];

/// Repositories of CentOS 7 and its likes; what follows on them is Rocky's own.
const OWN_REPOSITORIES: &[&str] = &["base", "updates", "extras", "centosplus", "fasttrack", "cr", "contrib"];
const OWN_PREFIXES: &[&str] = &["rhel-7-", "ol7_", "sl-", "sl7-", "C7."];
const OWN_SERVERS: &[&str] = &["mirrorlist.centos.org", "mirror.centos.org", "vault.centos.org"];

pub const UNSAID: Rule = Rule {
    id: "packages.repositories-unsaid",
    severity: Severity::Informs,
    area: Area::Packages,
    sources: &[OWN],
    weigh: Some(unsaid),
    cases: &[
        found(clean_el7_web, |_| {}).deciding(|aim| aim.repositories = None),
        fine(clean_el7_web, |_| {}).deciding(|aim| declare(aim, repository("extras"))),
    ],
    ..Rule::USUAL
};
fn unsaid(host: &Move<'_>) -> Result<Vec<Message>, Why> {
    let unsaid = host.aim.repositories.is_none();
    Ok(Vec::from_iter(unsaid.then(|| Message::new("finding-packages-repositories-unsaid"))))
}

pub const NONE: Rule = Rule {
    id: "packages.no-repositories",
    severity: Severity::Blocks,
    area: Area::Packages,
    sources: &["leapp-14"],
    evidence: Evidence::Source,
    weigh: Some(no_repositories),
    cases: &[
        found(clean_el7_web, |_| {}).deciding(|aim| aim.repositories = Some(Vec::new())),
        found(clean_el7_web, |_| {}).deciding(|aim| aim.repositories.iter_mut().flatten().for_each(|r| r.on = false)),
        // Nobody declared any: what the machine's maker gives is looked at on the machine.
        fine(clean_el7_web, |_| {}).deciding(|aim| aim.repositories = None),
    ],
    ..Rule::USUAL
};
fn no_repositories(host: &Move<'_>) -> Result<Vec<Message>, Why> {
    let none = host.aim.sources().is_some_and(|sources| sources.is_empty());
    Ok(Vec::from_iter(none.then(|| Message::new("finding-packages-no-repositories"))))
}

pub const BASE_MISSING: Rule = Rule {
    id: "packages.base-repositories",
    severity: Severity::Blocks,
    area: Area::Packages,
    sources: &["leapp-16"],
    evidence: Evidence::Source,
    weigh: Some(base_missing),
    cases: &[
        found(clean_el7_web, |_| {}).deciding(|aim| aim.repositories = Some(vec![repository("baseos")])),
        fine(clean_el7_web, |_| {}).deciding(|aim| {
            let holds = BASE.iter().map(|name| (*name).to_owned()).collect();
            aim.repositories = Some(vec![TargetRepository { holds, ..mirrored("rocky9") }]);
        }),
    ],
    ..Rule::USUAL
};
fn base_missing(host: &Move<'_>) -> Result<Vec<Message>, Why> {
    // With none at all there is one thing to say, and another rule says it.
    let declared = host.aim.sources().is_some_and(|sources| !sources.is_empty());
    let missing = BASE.iter().filter(|name| declared && !host.aim.has(name));
    Ok(missing.map(|name| Message::new("finding-packages-base-repositories").with("repository", name)).collect())
}

pub const TWICE: Rule = Rule {
    id: "packages.repository-twice",
    severity: Severity::Blocks,
    area: Area::Packages,
    sources: &["leapp-12"],
    evidence: Evidence::Source,
    weigh: Some(twice),
    cases: &[
        found(clean_el7_web, |_| {}).deciding(|aim| declare(aim, mirrored("baseos"))),
        // Two that hold the same are a mirror of a mirror, and dnf takes either.
        fine(clean_el7_web, |_| {})
            .deciding(|aim| declare(aim, TargetRepository { holds: vec!["baseos".into()], ..mirrored("mirror") })),
    ],
    ..Rule::USUAL
};
fn twice(host: &Move<'_>) -> Result<Vec<Message>, Why> {
    let (mut once, mut twice) = (BTreeSet::new(), BTreeSet::new());
    for repository in host.aim.repositories.iter().flatten() {
        if !once.insert(&repository.id) {
            twice.insert(&repository.id);
        }
    }
    Ok(twice.into_iter().map(|id| Message::new("finding-packages-repository-twice").with("repository", id)).collect())
}

pub const MISSING: Rule = Rule {
    id: "packages.repository-missing",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["leapp-15"],
    evidence: Evidence::Source,
    looks_at: &["repos", "packages", "arch", "os"],
    weigh: Some(missing),
    cases: &[
        found(clean_el7_web, |_| {}).deciding(|aim| declare(aim, repository("tools"))),
        found(clean_el7_web, |f| add_repo(f, "tools", "http://mirror.example.com/tools/7/")).deciding(|aim| {
            aim.given = leapp_maps();
        }),
        found(clean_el7_web, |f| add_package(f, "tool", "1", "1.el7")).deciding(|aim| {
            aim.given = leapp_says(TOOLS_EVENTS);
        }),
        // On every CentOS 7, and wanted by few; nothing that follows on it is declared.
        fine(clean_el7_web, |f| add_repo(f, "extras", "http://mirror.example.com/extras/7/"))
            .deciding(|aim| aim.given = leapp_maps()),
        // What follows on it is declared, by another name.
        fine(clean_el7_web, |f| add_repo(f, "tools", "http://mirror.example.com/tools/7/")).deciding(|aim| {
            aim.given = leapp_maps();
            declare(aim, TargetRepository { holds: vec!["tools9".into()], ..mirrored("site") });
        }),
        fine(clean_el7_web, |f| add_package(f, "tool", "1", "1.el7")).deciding(|aim| {
            aim.given = leapp_says(TOOLS_EVENTS);
            declare(aim, TargetRepository { holds: vec!["el9-workbench".into()], ..mirrored("site") });
        }),
    ],
    ..Rule::USUAL
};
fn missing(host: &Move<'_>) -> Result<Vec<Message>, Why> {
    let (repos, account) = (host.facts.repos.get()?, host.account()?);
    let sources = host.aim.sources().unwrap_or_default();
    let undefined = sources.iter().filter(|source| !source.is_defined());
    let mut found: Vec<Message> = undefined
        .map(|source| Message::new("finding-packages-repository-missing-undefined").with("repository", &source.id))
        .collect();
    if host.aim.repositories.is_some() {
        // What becomes of packages of the distribution's own is told package by package.
        for repo in in_use(repos).filter(|repo| !is_own(repo)) {
            let follows = host.aim.given.repomap.follow(&repo.id, account.way.arch.name()).unwrap_or_default();
            let there = |id: &&str| host.aim.has(id) || called_on_rocky(id).is_some_and(|id| host.aim.has(id));
            if !follows.is_empty() && !follows.iter().any(there) {
                let said = Message::new("finding-packages-repository-missing-mapped");
                found.push(said.with("repository", &repo.id).with("follows", names(follows)));
            }
        }
    }
    for name in account.installation.unplaced.iter().filter(|name| !host.aim.has(name)) {
        let wanted = account.installation.wanted.get(name).into_iter().flatten();
        let said = Message::new("finding-packages-repository-missing-unplaced");
        found.push(said.with("repository", name).with("names", names(wanted)));
    }
    Ok(found)
}

pub const KEY_MISSING: Rule = Rule {
    id: "packages.repository-key-missing",
    area: Area::Packages,
    sources: &["leapp-11"],
    evidence: Evidence::Source,
    weigh: Some(key_missing),
    cases: &[
        found(clean_el7_web, |_| {}).deciding(|aim| declare(aim, TargetRepository { key: None, ..mirrored("site") })),
        fine(clean_el7_web, |_| {}).deciding(|aim| declare(aim, repository("crb"))),
    ],
    ..Rule::USUAL
};
fn key_missing(host: &Move<'_>) -> Result<Vec<Message>, Why> {
    let sources = host.aim.sources().unwrap_or_default();
    let without = sources.iter().filter(|source| source.address.is_some() && source.checked && source.key.is_none());
    Ok(without
        .map(|source| Message::new("finding-packages-repository-key-missing").with("repository", &source.id))
        .collect())
}

pub const KEY_UNKNOWN: Rule = Rule {
    id: "packages.repository-key-unknown",
    area: Area::Packages,
    sources: &["leapp-10"],
    evidence: Evidence::Source,
    weigh: Some(key_unknown),
    cases: &[
        found(clean_el7_web, |_| {}).deciding(|aim| keyed(aim, "http://mirror.example.com/KEY")),
        found(clean_el7_web, |_| {}).deciding(|aim| keyed(aim, "file:///etc/pki/rpm-gpg/RPM-GPG-KEY-site")),
        fine(clean_el7_web, |_| {}).deciding(|aim| keyed(aim, "file:///etc/pki/rpm-gpg/RPM-GPG-KEY-Rocky-9")),
        fine(clean_el7_web, |_| {}).deciding(|aim| keyed(aim, "keys/site.asc")),
    ],
    ..Rule::USUAL
};
fn key_unknown(host: &Move<'_>) -> Result<Vec<Message>, Why> {
    let doubted = |source: &&TargetRepository| {
        let said = |key: &str, place: &str| Message::new(key).with("repository", &source.id).with("key", place);
        match source.key.as_ref()? {
            SigningKey::Fetched { url } => Some(said("finding-packages-repository-key-unknown-fetched", url)),
            key @ SigningKey::OnMachine { path } => {
                (!key.is_brought()).then(|| said("finding-packages-repository-key-unknown-file", path))
            }
            SigningKey::Carried { .. } => None,
        }
    };
    let sources = host.aim.sources().unwrap_or_default();
    Ok(sources.iter().filter(|source| source.checked).filter_map(doubted).collect())
}

pub const UNCHECKED: Rule = Rule {
    id: "packages.repository-unchecked",
    area: Area::Packages,
    sources: &[OWN],
    weigh: Some(unchecked),
    cases: &[
        found(clean_el7_web, |_| {})
            .deciding(|aim| declare(aim, TargetRepository { checked: false, ..mirrored("site") })),
        fine(clean_el7_web, |_| {}).deciding(|aim| {
            declare(aim, TargetRepository { checked: false, on: false, ..mirrored("site") });
        }),
    ],
    ..Rule::USUAL
};
fn unchecked(host: &Move<'_>) -> Result<Vec<Message>, Why> {
    let sources = host.aim.sources().unwrap_or_default();
    let trusted = sources.iter().filter(|source| !source.checked);
    Ok(trusted
        .map(|source| Message::new("finding-packages-repository-unchecked").with("repository", &source.id))
        .collect())
}

pub const OFF: Rule = Rule {
    id: "packages.repository-off",
    area: Area::Packages,
    sources: &["leapp-2", "leapp-5"],
    evidence: Evidence::Source,
    looks_at: &["packages", "arch", "os"],
    weigh: Some(off),
    cases: &[
        found(clean_el7_web, |f| add_package(f, "glusterfs-api-devel", "6.0", "61.el7")).deciding(|aim| {
            aim.given = leapp_says(CRB_EVENTS);
        }),
        found(clean_el7_web, epel_package),
        // Nobody declared any repository, and a fresh Rocky 9 has this one off.
        found(clean_el7_web, epel_package).deciding(|aim| aim.repositories = None),
        fine(clean_el7_web, epel_package).deciding(|aim| declare(aim, repository("epel"))),
        fine(clean_el7_web, |f| add_package(f, "glusterfs-api-devel", "6.0", "61.el7")).deciding(|aim| {
            aim.given = leapp_says(CRB_EVENTS);
            declare(aim, repository("crb"));
        }),
    ],
    ..Rule::USUAL
};
fn off(host: &Move<'_>) -> Result<Vec<Message>, Why> {
    let installation = &host.account()?.installation;
    let wanted = installation.wanted.iter().filter(|(name, _)| !installation.unplaced.contains(name));
    Ok(wanted
        .filter(|(name, _)| !host.aim.has(name))
        .map(|(name, packages)| {
            Message::new("finding-packages-repository-off")
                .with("repository", name)
                .with("n", packages.len())
                .with("names", names(packages))
        })
        .collect())
}

pub const UNMAPPED: Rule = Rule {
    id: "packages.unmapped-repositories",
    severity: Severity::Informs,
    area: Area::Packages,
    sources: &["leapp-7"],
    evidence: Evidence::Source,
    looks_at: &["repos", "arch"],
    weigh: Some(unmapped),
    cases: &[
        found(clean_el7_web, |f| add_repo(f, "tools", "http://mirror.example.com/tools/7/")),
        fine(clean_el7_web, |f| add_repo(f, "pgdg13", "http://mirror.example.com/pgdg13/")),
        fine(clean_el7_web, |f| add_repo(f, "tools", "http://mirror.example.com/tools/7/"))
            .deciding(|aim| aim.given = leapp_maps()),
        fine(clean_el7_web, |f| add_repo(f, "tools", "http://mirror.example.com/tools/7/"))
            .deciding(|aim| declare(aim, TargetRepository { holds: vec!["tools".into()], ..mirrored("site") })),
    ],
    ..Rule::USUAL
};
fn unmapped(host: &Move<'_>) -> Result<Vec<Message>, Why> {
    let arch = host.facts.arch.get()?;
    let alone = in_use(host.facts.repos.get()?).filter(|repo| !is_mapped(host, repo, arch));
    Ok(alone
        .map(|repo| {
            Message::new("finding-packages-unmapped-repositories")
                .with("repository", &repo.id)
                .with("address", if repo.baseurl.is_empty() { "-" } else { &repo.baseurl })
        })
        .collect())
}

fn is_mapped(host: &Move<'_>, repo: &Repo, arch: &str) -> bool {
    let given = &host.aim.given;
    let id = repo.id.as_str();
    is_own(repo)
        || host.aim.has(id)
        || family_of_repository(id, &repo.baseurl).is_some()
        || given.repomap.follow(id, arch).is_some()
        || given.vendors.repositories.iter().any(|row| row.from == id)
}

/// Whether it is one of CentOS 7's and its likes' own.
fn is_own(repo: &Repo) -> bool {
    OWN_REPOSITORIES.contains(&repo.id.as_str())
        || OWN_PREFIXES.iter().any(|prefix| repo.id.starts_with(prefix))
        || OWN_SERVERS.iter().any(|server| repo.baseurl.contains(server))
}

/// Repositories of the old host that are on and hold programs.
fn in_use(repos: &[Repo]) -> impl Iterator<Item = &Repo> {
    let of_programs = |id: &str| !id.contains("debuginfo") && !id.contains("source");
    repos.iter().filter(move |repo| repo.enabled && of_programs(&repo.id))
}

/// A repository of the site's own whose key is here.
fn keyed(aim: &mut super::Aim, key: &str) {
    declare(aim, TargetRepository { key: Some(SigningKey::of(key)), ..mirrored("site") });
}

/// A package that only EPEL has for EL 9.
fn epel_package(facts: &mut crate::facts::Facts) {
    add_package(facts, "htop", "2.2.0", "3.el7");
    known(&mut facts.packages).last_mut().expect("just added").vendor = "Fedora Project".into();
}

/// Leapp's map of a small world.
fn leapp_maps() -> Arc<Given> {
    let repomap = Repomap::read("repomap.json", TOOLS_MAP.as_bytes()).expect("a map");
    Arc::new(Given { repomap, ..Given::default() })
}

const TOOLS_MAP: &str = r#"{"version_format": "1.2.0", "mapping": [
    {"source_major_version": "7", "target_major_version": "8", "entries": [{"source": "tools", "target": ["tools8"]},
        {"source": "extras", "target": ["tools8"]}]},
    {"source_major_version": "8", "target_major_version": "9", "entries": [{"source": "tools8", "target": ["tools9"]}]}],
  "repositories": [
    {"pesid": "extras", "entries": [{"repoid": "extras", "major_version": "7", "arch": "x86_64"}]},
    {"pesid": "tools", "entries": [{"repoid": "tools", "major_version": "7", "arch": "x86_64"}]},
    {"pesid": "tools8", "entries": [{"repoid": "tools8", "major_version": "8", "arch": "x86_64"}]},
    {"pesid": "tools9", "entries": [{"repoid": "tools9", "major_version": "9", "arch": "x86_64"}]}]}"#;

const TOOLS_EVENTS: &str = r#"{"packageinfo": [{"id": 1, "action": 6, "release": {"major_version": 9, "minor_version": 0},
    "in_packageset": {"package": [{"name": "tool", "repository": "base"}]},
    "out_packageset": {"package": [{"name": "tool", "repository": "el9-workbench"}]}}]}"#;

const CRB_EVENTS: &str = r#"{"packageinfo": [{"id": 1, "action": 6, "release": {"major_version": 9, "minor_version": 0},
    "in_packageset": {"package": [{"name": "glusterfs-api-devel", "repository": "base"}]},
    "out_packageset": {"package": [{"name": "glusterfs-api-devel", "repository": "rocky9-crb"}]}}]}"#;
