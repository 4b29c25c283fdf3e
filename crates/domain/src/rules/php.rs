//! PHP 5.4 to 8: settings that stop it, and extensions that ended.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{content, files, settings};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Why};

/// Switches that end PHP 8 at its start when they are on.
const FATAL: &[&str] = &["register_globals", "safe_mode", "asp_tags", "track_errors"];

/// Extensions without a successor of the same name: what is loaded, and what to use.
const ENDED: &[(&str, &str)] = &[
    ("mysql", "mysqli, pdo_mysql"),
    ("mcrypt", "openssl, sodium"),
    ("mssql", "pdo_dblib, sqlsrv"),
    ("sybase_ct", "pdo_dblib"),
    ("recode", "iconv, mbstring"),
    ("ereg", "pcre"),
    ("memcache", "memcached"),
    ("xmlrpc", "php-pecl-xmlrpc"),
    ("eaccelerator", "opcache"),
    ("xcache", "opcache"),
];

/// Loaders of encoded scripts: script and loader are made for one version of PHP.
const LOADERS: &[&str] = &["ioncube", "zendguard", "zendoptimizer", "sourceguardian"];

fn is_ini(path: &str) -> bool {
    path == "/etc/php.ini"
        || (path.starts_with("/etc/php.d/") && path.ends_with(".ini"))
        || path == "/etc/php-fpm.conf"
        || (path.starts_with("/etc/php-fpm.d/") && path.ends_with(".conf"))
}

pub const SETTINGS: Rule = Rule {
    id: "web.php-settings",
    severity: Severity::Blocks,
    area: Area::Web,
    sources: &["PHP-01"],
    evidence: Evidence::Tried,
    looks_at: &["config_files"],
    places: &["/etc/php.ini", "/etc/php.d/*.ini", "/etc/php-fpm.conf", "/etc/php-fpm.d/*.conf"],
    look: fatal,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/php.ini", "[PHP]\nasp_tags = On\n")),
        found(clean_el7_web, |f| add_file(f, "/etc/php-fpm.d/www.conf", "[www]\nphp_admin_flag[safe_mode] = on\n")),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/php.ini", "[PHP]\nasp_tags = Off\ntrack_errors = Off\n;register_globals = On\n")
        }),
    ],
    ..Rule::USUAL
};
fn fatal(facts: &Facts) -> Result<Vec<Message>, Why> {
    each_setting(facts, |key, value| {
        let on = matches!(value.to_ascii_lowercase().as_str(), "on" | "1" | "true" | "yes");
        let key = bare(key);
        (on && FATAL.contains(&key)).then(|| Message::new("finding-web-php-settings").with("setting", key))
    })
}

pub const EXTENSIONS: Rule = Rule {
    id: "web.php-extensions",
    severity: Severity::Warns,
    area: Area::Web,
    sources: &["PHP-05"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/php.ini", "/etc/php.d/*.ini"],
    look: extensions,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/php.d/mysql.ini", "; Enable mysql extension module\nextension=mysql.so\n")
        }),
        found(clean_el7_web, |f| {
            add_file(
                f,
                "/etc/php.d/00-ioncube.ini",
                "zend_extension = /usr/lib64/php/modules/ioncube_loader_lin_5.4.so\n",
            )
        }),
        fine(clean_el7_web, |f| add_file(f, "/etc/php.d/mysqli.ini", "extension=mysqli.so\nextension=curl.so\n")),
    ],
    ..Rule::USUAL
};
fn extensions(facts: &Facts) -> Result<Vec<Message>, Why> {
    each_setting(facts, |key, value| {
        let file = value.rsplit('/').next().unwrap_or_default().trim_end_matches(".so").to_ascii_lowercase();
        let ended = ENDED.iter().find(|(name, _)| key == "extension" && *name == file);
        let loader = key == "zend_extension" && LOADERS.iter().any(|name| file.starts_with(name));
        match ended {
            Some((name, instead)) => {
                Some(Message::new("finding-web-php-extensions-ended").with("extension", name).with("instead", instead))
            }
            None => loader.then(|| Message::new("finding-web-php-extensions-loader").with("extension", file)),
        }
    })
}

pub const MEANING: Rule = Rule {
    id: "web.php-meaning",
    severity: Severity::Warns,
    area: Area::Web,
    sources: &["PHP-04"],
    evidence: Evidence::Tried,
    looks_at: &["packages"],
    look: meaning,
    cases: &[
        found(clean_el7_web, |f| add_package(f, "php-common", "5.4.16", "48.el7")),
        found(clean_el7_web, |f| add_package(f, "php74-php-common", "7.4.33", "1.el7.remi")),
        fine(clean_el7_web, |f| add_package(f, "php81-php-common", "8.1.29", "1.el7.remi")),
        fine(clean_el7_web, |f| add_package(f, "phpMyAdmin", "4.4.15", "1.el7")),
    ],
    ..Rule::USUAL
};
fn meaning(facts: &Facts) -> Result<Vec<Message>, Why> {
    let older =
        |version: &str| version.split('.').next().and_then(|major| major.parse().ok()).is_some_and(|n: u32| n < 8);
    let php = facts.packages.get()?.iter().filter(|package| package.name.ends_with("php-common"));
    let said = php.filter(|package| older(&package.version));
    Ok(said.map(|package| Message::new("finding-web-php-meaning").with("version", &package.version)).collect())
}

fn each_setting(facts: &Facts, look: impl Fn(&str, &str) -> Option<Message>) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, is_ini)? {
        let said = settings(content(file)?).into_iter().filter_map(|setting| {
            let value = setting.value.split(';').next().unwrap_or_default().trim();
            Some(look(setting.key, value)?.with("file", &file.path).with("line", setting.no))
        });
        found.extend(said);
    }
    Ok(found)
}

/// The name inside `php_admin_flag[safe_mode]`.
fn bare(key: &str) -> &str {
    key.split_once('[').map_or(key, |(_, rest)| rest.trim_end_matches(']'))
}
