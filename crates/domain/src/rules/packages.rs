//! What is installed, from whom, and whether EL 9 can take it.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{found_if, major_minor, names};
use super::{Area, Evidence, Move, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Package, Signature, Why};
use crate::packages::Decision;
use std::collections::BTreeMap;

/// Vendors whose packages have a successor in Rocky 9 or EPEL 9; signing keys are entries of the database, not software.
const DISTRIBUTION: &[&str] = &[
    "CentOS",
    "Fedora Project",
    "Rocky Enterprise Software Foundation",
    "Red Hat, Inc.",
    "AlmaLinux",
    "Oracle America",
    "Scientific Linux",
];

/// Addresses that answer no more since EL 7's end of life.
const DEAD_MIRRORS: &[&str] = &["mirrorlist.centos.org", "mirror.centos.org"];

pub const SHA1_SIGNATURES: Rule = Rule {
    id: "packages.sha1-signatures",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["PLT-37", "leapp-9"],
    evidence: Evidence::Source,
    looks_at: &["packages"],
    look: sha1_signatures,
    cases: &[
        found(clean_el7_web, |f| {
            known(&mut f.packages)[0].signature = Signature::Key { id: "1".into(), algorithm: "RSA/SHA1".into() };
        }),
        fine(clean_el7_web, |f| {
            known(&mut f.packages)[0].signature = Signature::Key { id: "1".into(), algorithm: "RSA/SHA256".into() }
        }),
    ],
    ..Rule::USUAL
};
fn sha1_signatures(facts: &Facts) -> Result<Vec<Message>, Why> {
    let sha1 = |package: &&Package| matches!(&package.signature, Signature::Key { algorithm, .. } if algorithm.to_ascii_uppercase().ends_with("SHA1"));
    let signed: Vec<&str> = software(facts)?.filter(sha1).map(|package| package.name.as_str()).collect();
    Ok(found_if(!signed.is_empty(), || {
        Message::new("finding-packages-sha1-signatures").with("n", signed.len()).with("names", names(signed))
    }))
}

pub const THIRD_PARTY: Rule = Rule {
    id: "packages.third-party",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["leapp-6", "MQ-01"],
    evidence: Evidence::Source,
    looks_at: &["packages"],
    look: third_party,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.packages)[0].vendor = "Elasticsearch".into()),
        // A key in the database of packages, which no vendor signed.
        fine(clean_el7_web, |f| {
            add_package(f, "gpg-pubkey", "f4a80eb5", "53a7ff4b");
            known(&mut f.packages).last_mut().expect("just added").vendor.clear();
        }),
    ],
    ..Rule::USUAL
};
fn third_party(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut by_vendor: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in software(facts)?.filter(|package| !DISTRIBUTION.iter().any(|vendor| package.vendor.contains(vendor)))
    {
        by_vendor.entry(&package.vendor).or_default().push(&package.name);
    }
    Ok(by_vendor
        .into_iter()
        .map(|(vendor, packages)| {
            let vendor = if vendor.is_empty() { "-" } else { vendor };
            Message::new("finding-packages-third-party")
                .with("vendor", vendor)
                .with("n", packages.len())
                .with("names", names(packages))
        })
        .collect())
}

pub const NO_SUCCESSOR: Rule = Rule {
    id: "packages.no-successor",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["leapp-3"],
    evidence: Evidence::Source,
    looks_at: &["packages", "arch", "os"],
    weigh: Some(no_successor),
    cases: &[
        found(clean_el7_web, |f| add_package(f, "oracle-agent", "12.1", "1")),
        // Leapp's events name it for 8, and say nothing of 9.
        found(clean_el7_web, |f| add_package(f, "oracle-agent", "12.1", "1")).deciding(|aim| {
            aim.given = leapp_says(AGENT_IN_8);
        }),
        fine(clean_el7_web, |f| add_package(f, "oracle-agent", "12.1", "1")).deciding(|aim| {
            aim.decisions.push(Decision {
                package: "oracle-agent".into(),
                install: vec!["oracle-agent9".into()],
                owner: "Zhao Min".into(),
                reason: "the vendor's name for release 9".into(),
            });
        }),
        // EL 9 brings it by itself.
        fine(clean_el7_web, |f| add_package(f, "coreutils", "8.22", "24.el7")),
    ],
    ..Rule::USUAL
};
fn no_successor(host: &Move<'_>) -> Result<Vec<Message>, Why> {
    let account = host.account()?;
    let (unknown, unconfirmed) = (account.unknown(), &account.installation.confirm);
    let mut found = found_if(!unknown.is_empty(), || {
        Message::new("finding-packages-no-successor").with("n", unknown.len()).with("names", names(unknown))
    });
    found.extend(found_if(!unconfirmed.is_empty(), || {
        Message::new("finding-packages-no-successor-unconfirmed")
            .with("n", unconfirmed.len())
            .with("names", names(unconfirmed))
    }));
    Ok(found)
}

const AGENT_IN_8: &str = r#"{"packageinfo": [{"id": 1, "action": 3, "release": {"major_version": 8, "minor_version": 0},
    "in_packageset": {"package": [{"name": "oracle-agent", "repository": "base"}]},
    "out_packageset": {"package": [{"name": "oracle-agent8", "repository": "rocky8-baseos"}]}}]}"#;

pub const I686: Rule = Rule {
    id: "packages.32-bit",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["PLT-32"],
    evidence: Evidence::Known,
    looks_at: &["packages"],
    look: i686,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.packages)[0].arch = "i686".into()),
        fine(clean_el7_web, |f| known(&mut f.packages)[0].arch = "noarch".into()),
    ],
    ..Rule::USUAL
};
fn i686(facts: &Facts) -> Result<Vec<Message>, Why> {
    let narrow: Vec<&str> = software(facts)?
        .filter(|package| matches!(package.arch.as_str(), "i386" | "i586" | "i686"))
        .map(|package| package.name.as_str())
        .collect();
    Ok(found_if(!narrow.is_empty(), || {
        Message::new("finding-packages-32-bit").with("n", narrow.len()).with("names", names(narrow))
    }))
}

pub const DEAD_REPOS: Rule = Rule {
    id: "packages.dead-repos",
    severity: Severity::Informs,
    area: Area::Packages,
    sources: &["PLT-36"],
    evidence: Evidence::Known,
    looks_at: &["repos"],
    look: dead_repos,
    cases: &[
        found(clean_el7_web, |f| {
            known(&mut f.repos)[0].baseurl = "http://mirrorlist.centos.org/?release=7&repo=os".into();
        }),
        fine(clean_el7_web, |f| {
            known(&mut f.repos)[0].baseurl = "http://mirrorlist.centos.org/".into();
            known(&mut f.repos)[0].enabled = false;
        }),
    ],
    ..Rule::USUAL
};
fn dead_repos(facts: &Facts) -> Result<Vec<Message>, Why> {
    let dead = facts
        .repos
        .get()?
        .iter()
        .filter(|repo| repo.enabled && DEAD_MIRRORS.iter().any(|host| repo.baseurl.contains(host)));
    Ok(dead
        .map(|repo| Message::new("finding-packages-dead-repos").with("repo", &repo.id).with("file", &repo.file))
        .collect())
}

pub const YUM_PLUGINS: Rule = Rule {
    id: "packages.yum-tools",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["PLT-36"],
    evidence: Evidence::Known,
    looks_at: &["packages"],
    look: yum_tools,
    cases: &[
        found(clean_el7_web, |f| add_package(f, "yum-cron", "3.4.3", "168.el7")),
        fine(clean_el7_web, |f| add_package(f, "yum-plugin-fastestmirror", "1.1.31", "54.el7_8")),
    ],
    ..Rule::USUAL
};
fn yum_tools(facts: &Facts) -> Result<Vec<Message>, Why> {
    // fastestmirror is on every EL 7 host, and dnf does the same by a setting.
    let gone =
        |name: &str| name == "yum-cron" || (name.starts_with("yum-plugin-") && name != "yum-plugin-fastestmirror");
    let used = software(facts)?.filter(|package| gone(&package.name));
    Ok(used.map(|package| Message::new("finding-packages-yum-tools").with("package", &package.name)).collect())
}

pub const COLLECTIONS: Rule = Rule {
    id: "packages.software-collections",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["RUBY-01"],
    evidence: Evidence::Known,
    looks_at: &["packages"],
    look: collections,
    cases: &[
        found(clean_el7_web, |f| add_package(f, "rh-ruby27-ruby", "2.7", "1.el7")),
        fine(clean_el7_web, |f| add_package(f, "rhino", "1.7R5", "1.el7")),
    ],
    ..Rule::USUAL
};
fn collections(facts: &Facts) -> Result<Vec<Message>, Why> {
    let of_collection = |name: &str| {
        name.starts_with("rh-") || name.starts_with("sclo-") || name.starts_with("devtoolset-") || name == "scl-utils"
    };
    let used: Vec<&str> =
        software(facts)?.map(|package| package.name.as_str()).filter(|name| of_collection(name)).collect();
    Ok(found_if(!used.is_empty(), || Message::new("finding-packages-software-collections").with("names", names(used))))
}

pub const OLD_JAVA: Rule = Rule {
    id: "packages.old-java",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["JVM-01"],
    evidence: Evidence::Known,
    looks_at: &["packages"],
    look: old_java,
    cases: &[
        found(clean_el7_web, |f| add_package(f, "java-1.7.0-openjdk", "1.7.0", "1.el7")),
        fine(clean_el7_web, |f| add_package(f, "java-1.8.0-openjdk", "1.8.0.412", "1.el7")),
    ],
    ..Rule::USUAL
};
fn old_java(facts: &Facts) -> Result<Vec<Message>, Why> {
    let old = |name: &str| ["java-1.5.", "java-1.6.", "java-1.7."].iter().any(|prefix| name.starts_with(prefix));
    let used = software(facts)?.filter(|package| old(&package.name));
    Ok(used.map(|package| Message::new("finding-packages-old-java").with("package", &package.name)).collect())
}

pub const DOCKER: Rule = Rule {
    id: "packages.docker",
    severity: Severity::Blocks,
    area: Area::Packages,
    sources: &["CT-01", "leapp-218"],
    evidence: Evidence::Source,
    looks_at: &["packages", "units"],
    look: docker,
    cases: &[
        found(clean_el7_web, |f| {
            add_package(f, "docker-ce", "20.10", "3.el7");
            add_unit(f, "docker.service");
        }),
        fine(clean_el7_web, |f| add_package(f, "docker", "1.13", "1")),
    ],
    ..Rule::USUAL
};
fn docker(facts: &Facts) -> Result<Vec<Message>, Why> {
    let runs =
        facts.units.get()?.iter().any(|unit| unit.name == "docker.service" && (unit.is_active() || unit.is_enabled()));
    let engine = software(facts)?
        .find(|package| matches!(package.name.as_str(), "docker" | "docker-ce" | "docker-engine" | "docker-latest"));
    Ok(engine
        .filter(|_| runs)
        .map(|package| Message::new("finding-packages-docker").with("package", package))
        .into_iter()
        .collect())
}

pub const CLUSTER: Rule = Rule {
    id: "packages.cluster",
    severity: Severity::Blocks,
    area: Area::Packages,
    sources: &["LB-03", "leapp-163"],
    evidence: Evidence::Source,
    looks_at: &["units"],
    look: cluster,
    cases: &[
        found(clean_el7_web, |f| add_unit(f, "pacemaker.service")),
        fine(clean_el7_web, |f| add_idle_unit(f, "pacemaker.service")),
    ],
    ..Rule::USUAL
};
fn cluster(facts: &Facts) -> Result<Vec<Message>, Why> {
    let used =
        facts.units.get()?.iter().filter(|unit| matches!(unit.name.as_str(), "corosync.service" | "pacemaker.service"));
    Ok(used
        .filter(|unit| unit.is_active() || unit.is_enabled())
        .map(|unit| Message::new("finding-packages-cluster").with("unit", &unit.name))
        .collect())
}

pub const DOTNET: Rule = Rule {
    id: "packages.old-dotnet",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["NET8-01", "leapp-204"],
    evidence: Evidence::Source,
    looks_at: &["packages"],
    look: dotnet,
    cases: &[
        found(clean_el7_web, |f| add_package(f, "dotnet-runtime-3.1", "3.1.32", "1")),
        fine(clean_el7_web, |f| add_package(f, "dotnet-runtime-6.0", "6.0.36", "1")),
    ],
    ..Rule::USUAL
};
fn dotnet(facts: &Facts) -> Result<Vec<Message>, Why> {
    let old =
        |name: &str| name.strip_prefix("dotnet-runtime-").and_then(major_minor).is_some_and(|version| version < (6, 0));
    let used = software(facts)?.filter(|package| old(&package.name));
    Ok(used.map(|package| Message::new("finding-packages-old-dotnet").with("package", &package.name)).collect())
}

/// Packages that hold software; imported signing keys look like packages and hold none.
fn software(facts: &Facts) -> Result<impl Iterator<Item = &Package>, Why> {
    Ok(facts.packages.get()?.iter().filter(|package| package.name != "gpg-pubkey"))
}
