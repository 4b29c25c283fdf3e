//! What a host says to all its programs: language, library folders, limits.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{content, files, found_if, names, settings};
use super::{Area, Evidence, FRESH, Rule};
use crate::Message;
use crate::facts::{Facts, Why};
use std::collections::BTreeMap;

/// Languages that every EL 9 installation speaks.
const LANGUAGES_THERE: &[&str] = &["en", "C", "POSIX"];

/// Folders of libraries that come with a package, which the package's successor names again.
const VENDOR_LIBRARIES: &[&str] = &["/usr/lib/", "/usr/lib64/", "/lib/", "/lib64/"];

/// Files that set variables for services and logins.
const ENVIRONMENT: &[&str] = &[
    "/etc/sysconfig/",
    "/etc/default/",
    "/etc/profile.d/",
    "/etc/cron.d/",
    "/var/spool/cron/",
    "/etc/systemd/system/",
];

pub const LOCALES: Rule = Rule {
    id: "platform.locales",
    area: Area::Platform,
    sources: &["PLT-34"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/locale.conf", "/etc/profile.d/*.sh"],
    look: locales,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/locale.conf", "LANG=\"zh_CN.UTF-8\"\n")),
        found(clean_el7_web, |f| own_unit(f, "[Service]\nEnvironment=\"LC_ALL=de_DE.UTF-8\"\n")),
        found(clean_el7_web, |f| own_unit(f, "[Service]\nEnvironment=LANG=zh_CN.GB18030\n")),
        fine(clean_el7_web, |f| add_file(f, "/etc/locale.conf", "LANG=\"en_US.UTF-8\"\nLC_COLLATE=C\n")),
        fine(clean_el7_web, |f| {
            add_file(
                f,
                "/etc/profile.d/lang.sh",
                "case $LANG in\nzh*) LANG=en_US.UTF-8 ;;\n[ -n \"$LC_CTYPE\" ]\nesac\n",
            );
        }),
    ],
    ..Rule::USUAL
};
fn locales(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut asked: BTreeMap<&str, &str> = BTreeMap::new();
    for (path, text) in environments(facts)? {
        for locale in text.lines().flat_map(named_locale) {
            asked.entry(locale).or_insert(path);
        }
    }
    Ok(asked
        .into_iter()
        .map(|(locale, file)| {
            let language = language(locale);
            Message::new("finding-platform-locales")
                .with("locale", locale)
                .with("file", file)
                .with("language", language)
        })
        .collect())
}

/// Files that set variables, each with its text.
fn environments(facts: &Facts) -> Result<Vec<(&str, &str)>, Why> {
    let wanted = |path: &str| path == "/etc/locale.conf" || ENVIRONMENT.iter().any(|folder| path.starts_with(folder));
    files(facts, wanted)?.into_iter().map(|file| Ok((file.path.as_str(), content(file)?))).collect()
}

/// The locale that an assignment to `LANG` or an `LC_` variable names, when EL 9 may not have it.
fn named_locale(line: &str) -> Option<&str> {
    if line.trim_start().starts_with(['#', ';']) {
        return None;
    }
    // In `Environment="LANG=..."` the second sign of the line is the one.
    let value =
        line.match_indices('=').find(|(at, _)| is_language_variable(&line[..*at])).map(|(at, _)| &line[at + 1..])?;
    let value = value.trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '@')));
    let value = &value[..end.unwrap_or(value.len())];
    let is_name = value.contains('_') && !LANGUAGES_THERE.contains(&language(value));
    is_name.then_some(value)
}

fn is_language_variable(key: &str) -> bool {
    let name =
        key.rsplit(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | '=')).next().unwrap_or_default();
    name == "LANG" || (name.starts_with("LC_") && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
}

/// `zh` of `zh_CN.UTF-8`.
fn language(locale: &str) -> &str {
    locale.split(['_', '.', '@']).next().unwrap_or_default()
}

pub const LIBRARY_PATHS: Rule = Rule {
    id: "platform.library-paths",
    area: Area::Platform,
    sources: &["leapp-63"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/ld.so.conf", "/etc/ld.so.conf.d/*.conf", "/etc/ld.so.preload"],
    look: library_paths,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/ld.so.conf.d/oracle.conf", "/opt/oracle/lib\n")),
        found(clean_el7_web, |f| add_file(f, "/etc/ld.so.preload", "/usr/local/lib/libhook.so\n")),
        found(clean_el7_web, |f| own_unit(f, "[Service]\nEnvironment=LD_LIBRARY_PATH=/opt/shop/lib\n")),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/ld.so.conf", "include ld.so.conf.d/*.conf\n");
            add_file(f, "/etc/ld.so.conf.d/mariadb-x86_64.conf", "/usr/lib64/mysql\n");
            add_file(f, "/etc/ld.so.conf.d/kernel-3.10.0-1160.el7.x86_64.conf", "# Placeholder file\n");
        }),
    ],
    ..Rule::USUAL
};
fn library_paths(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, |path| path.starts_with("/etc/ld.so."))? {
        let own = content(file)?.lines().map(str::trim).filter(|line| line.starts_with('/') && !is_vendor_folder(line));
        let own: Vec<&str> = own.collect();
        found.extend(found_if(!own.is_empty(), || {
            let key = if file.path == "/etc/ld.so.preload" {
                "finding-platform-library-paths-preload"
            } else {
                "finding-platform-library-paths"
            };
            Message::new(key).with("file", &file.path).with("names", names(own))
        }));
    }
    for (path, text) in environments(facts)? {
        let set = ["LD_LIBRARY_PATH", "LD_PRELOAD"].into_iter().find(|name| sets(text, name));
        found.extend(
            set.map(|name| {
                Message::new("finding-platform-library-paths-variable").with("file", path).with("name", name)
            }),
        );
    }
    Ok(found)
}

fn is_vendor_folder(path: &str) -> bool {
    VENDOR_LIBRARIES.iter().any(|folder| path.starts_with(folder))
}

/// Whether a line that is no comment gives the variable a value.
fn sets(text: &str, name: &str) -> bool {
    text.lines().filter(|line| !line.trim_start().starts_with(['#', ';'])).any(|line| {
        let mut after = line.split(name).skip(1);
        after.any(|rest| rest.strip_prefix('=').is_some_and(|value| !value.trim_matches(['"', '\'']).trim().is_empty()))
    })
}

pub const SERVICE_LIMITS: Rule = Rule {
    id: "platform.service-limits",
    area: Area::Platform,
    sources: &["PLT-28"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/systemd/system.conf"],
    look: service_limits,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/systemd/system.conf", "[Manager]\n#LogLevel=info\nDefaultLimitNOFILE=65536\n");
        }),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/systemd/system.conf", "[Manager]\n#LogLevel=info\n#DefaultLimitNOFILE=\n");
        }),
    ],
    ..Rule::USUAL
};
fn service_limits(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, |path| path == "/etc/systemd/system.conf")? {
        let limits = settings(content(file)?).into_iter().filter(|setting| setting.key.starts_with("Default"));
        found.extend(limits.filter(|setting| !setting.value.is_empty()).map(|setting| {
            Message::new("finding-platform-service-limits")
                .with("file", &file.path)
                .with("setting", setting.key)
                .with("value", setting.value)
        }));
    }
    Ok(found)
}

/// A unit of the host's own.
fn own_unit(facts: &mut Facts, content: &str) {
    add_file(facts, "/etc/systemd/system/shop.service", content);
}
