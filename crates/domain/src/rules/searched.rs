//! What a census searches for in scripts, sources and key stores: calls and words that mean something else on EL 9, or nothing.
//!
//! Nobody knows which of these files still run, so most of this warns. Where the survey reads a file itself, its own rules
//! speak, and these are silent.

use super::case::{fine, found};
use super::fixtures::*;
use super::services::interpreter;
use super::text::{content, found_if, holds_commands, lines, names};
use super::trust::derives_key;
use super::used::files_in_use;
use super::{Area, Evidence, Rule, Severity, httpd};
use crate::Message;
use crate::facts::census::{CipherCall, Image, KeyStore, Php, PhpDefinition, PhpDirective, PhpUse};
use crate::facts::{Facts, PythonScript, Why};
use std::collections::{BTreeMap, BTreeSet};

/// Folders in which the survey itself looks at the first lines of scripts.
const SURVEYED: &[&str] = &[
    "/usr/local/bin/",
    "/usr/local/sbin/",
    "/usr/local/lib/",
    "/usr/local/share/",
    "/usr/local/libexec/",
    "/opt/",
    "/srv/",
    "/etc/cron.",
    "/root/bin/",
];

/// Algorithms that OpenSSL 3 has only with its legacy provider.
const LEGACY: &[&str] = &["pbe-sha1-rc4-128", "pbe-sha1-rc4-40", "pbe-sha1-rc2-128", "pbe-sha1-rc2-40", "pbe-md5-des"];

/// As many places of a finding as a sentence can carry.
const PLACES: usize = 3;

pub const KEY_STORES: Rule = Rule {
    id: "security.key-stores",
    severity: Severity::Warns,
    area: Area::Security,
    sources: &["SEC-05"],
    evidence: Evidence::Tried,
    looks_at: &["census"],
    look: key_stores,
    cases: &[
        found(clean_el7_web, |f| store(f, "pkcs12", &["pbe-sha1-rc2-40", "pbe-sha1-3des"])),
        fine(clean_el7_web, |f| {
            store(f, "pkcs12", &["pbes2"]);
            store(f, "pkcs12", &["pbe-sha1-3des"]);
            store(f, "jks", &[]);
        }),
    ],
    ..Rule::USUAL
};
fn key_stores(facts: &Facts) -> Result<Vec<Message>, Why> {
    let stores = &facts.census.get()?.keystores.get()?.rows;
    let legacy = |store: &&KeyStore| store.algorithms.iter().any(|one| LEGACY.contains(&one.as_str()));
    let paths: Vec<&str> = stores.iter().filter(legacy).map(|store| store.path.as_str()).collect();
    Ok(found_if(!paths.is_empty(), || Message::new("finding-security-key-stores").with("files", names(paths))))
}

pub const OPENSSL_ENC: Rule = Rule {
    id: "security.openssl-enc-elsewhere",
    severity: Severity::Warns,
    area: Area::Security,
    sources: &["SEC-06"],
    evidence: Evidence::Tried,
    looks_at: &["census"],
    look: openssl_enc,
    cases: &[
        found(clean_el7_web, |f| cipher(f, "/home/deploy/restore.sh", "openssl enc -d -aes-256-cbc -k _ -in _")),
        found(clean_el7_web, |f| cipher(f, "/opt/backup/run", "openssl aes-256-cbc -salt -pass $ -out _")),
        fine(clean_el7_web, |f| {
            cipher(f, "/opt/a", "openssl enc -d -aes-256-cbc -md md5 -in _");
            cipher(f, "/opt/b", "openssl enc -aes-256-cbc $ -in _");
            cipher(f, "/opt/c", "openssl enc -base64 -d -in _");
            cipher(f, "/etc/cron.d/d", "openssl enc -d -aes-256-cbc -k _ -in _"); // the survey's own rule speaks
        }),
    ],
    ..Rule::USUAL
};
fn openssl_enc(facts: &Facts) -> Result<Vec<Message>, Why> {
    let calls = &facts.census.get()?.scripts.get()?.ciphers;
    let words = |call: &CipherCall| derives_key(&call.words.iter().map(String::as_str).collect::<Vec<_>>());
    let wrong: BTreeSet<&str> =
        calls.iter().filter(|call| !holds_commands(&call.path) && words(call)).map(|call| call.path.as_str()).collect();
    let say = |n: usize| Message::new("finding-security-openssl-enc-elsewhere").with("n", n);
    Ok(found_if(!wrong.is_empty(), || say(wrong.len()).with("files", names(wrong))))
}

pub const PYTHON2: Rule = Rule {
    id: "services.python2-elsewhere",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["PY-01"],
    evidence: Evidence::Known,
    looks_at: &["census"],
    look: python2,
    cases: &[
        found(clean_el7_web, |f| interpreted(f, "/home/deploy/a.py", "#!/usr/bin/env python2.7")),
        found(clean_el7_web, |f| interpreted(f, "/var/www/cgi-bin/a", "#!/usr/bin/python -u")),
        fine(clean_el7_web, |f| {
            interpreted(f, "/home/deploy/a.py", "#!/usr/bin/python3.6");
            interpreted(f, "/home/deploy/a.pl", "#!/usr/bin/perl");
            interpreted(f, "/opt/app/a.py", "#!/usr/bin/python2"); // the survey's own rule speaks
        }),
    ],
    ..Rule::USUAL
};
fn python2(facts: &Facts) -> Result<Vec<Message>, Why> {
    let two = |script: &PythonScript| {
        interpreter(script).is_some_and(|program| program == "python" || program.starts_with("python2"))
    };
    let elsewhere = |script: &PythonScript| !SURVEYED.iter().any(|folder| script.path.starts_with(folder));
    scripts(facts, "finding-services-python2-elsewhere", |script| two(script) && elsewhere(script))
}

pub const PERL: Rule = Rule {
    id: "services.perl-elsewhere",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["PERL-01"],
    evidence: Evidence::Known,
    looks_at: &["census"],
    look: perl,
    cases: &[
        found(clean_el7_web, |f| interpreted(f, "/opt/report/run.pl", "#!/usr/bin/perl -w")),
        fine(clean_el7_web, |f| interpreted(f, "/opt/report/run.py", "#!/usr/bin/python3 /opt/perl/x")),
    ],
    ..Rule::USUAL
};
fn perl(facts: &Facts) -> Result<Vec<Message>, Why> {
    scripts(facts, "finding-services-perl-elsewhere", |script| {
        let mut words = script.first_line.trim_start_matches("#!").split_whitespace();
        let program = |word: &str| word.rsplit('/').next().unwrap_or_default().to_owned();
        let first = words.next().map(program).unwrap_or_default();
        let first = if first == "env" { words.next().map(program).unwrap_or_default() } else { first };
        first.starts_with("perl")
    })
}

fn scripts(facts: &Facts, key: &str, wanted: impl Fn(&PythonScript) -> bool) -> Result<Vec<Message>, Why> {
    let all = &facts.census.get()?.scripts.get()?.interpreted;
    let paths: Vec<&str> = all.iter().filter(|script| wanted(script)).map(|script| script.path.as_str()).collect();
    Ok(found_if(!paths.is_empty(), || Message::new(key).with("n", paths.len()).with("files", names(paths))))
}

pub const IMAGES: Rule = Rule {
    id: "services.systemd-images",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["CT-02"],
    evidence: Evidence::Known,
    looks_at: &["census"],
    look: images,
    cases: &[
        found(clean_el7_web, |f| image(f, "centos/systemd:latest", true)),
        fine(clean_el7_web, |f| image(f, "nginx:1.20", false)),
    ],
    ..Rule::USUAL
};
fn images(facts: &Facts) -> Result<Vec<Message>, Why> {
    let all = &facts.census.get()?.containers.get()?.images;
    let with: Vec<&str> = all.iter().filter(|image| image.systemd).map(|image| image.name.as_str()).collect();
    Ok(found_if(!with.is_empty(), || Message::new("finding-services-systemd-images").with("images", names(with))))
}

pub const HTACCESS: Rule = Rule {
    id: "web.htaccess-php",
    severity: Severity::Blocks,
    area: Area::Web,
    sources: &["WEB-01"],
    evidence: Evidence::Tried,
    looks_at: &["census", "units", "config_files"],
    places: &["/etc/httpd/conf/*.conf", "/etc/httpd/conf.d/*.conf"],
    look: htaccess,
    cases: &[
        found(clean_el7_web, |f| {
            httpd_says(
                f,
                "DocumentRoot \"/var/www/html\"\n<Directory /var/www/html>\nAllowOverride All\n</Directory>\n",
            );
            setting(f, "/var/www/html/shop/.htaccess", false);
        }),
        fine(clean_el7_web, |f| {
            httpd_says(f, "DocumentRoot /var/www/html\nAllowOverride All\n");
            setting(f, "/var/www/html/shop/.htaccess", true); // <IfModule mod_php5.c> stands around it
            setting(f, "/home/deploy/old-site/.htaccess", false); // nobody serves it
            setting(f, "/var/www/html-old/.htaccess", false);
        }),
        fine(clean_el7_web, |f| {
            httpd_says(f, "DocumentRoot /var/www/html\n<Directory />\nAllowOverride None\n</Directory>\n");
            setting(f, "/var/www/html/.htaccess", false); // Apache does not read it
        }),
    ],
    ..Rule::USUAL
};
fn htaccess(facts: &Facts) -> Result<Vec<Message>, Why> {
    let rows = &facts.census.get()?.htaccess.get()?.rows;
    let (roots, read) = served(facts)?;
    let under =
        |path: &str| roots.iter().any(|root| path.strip_prefix(root.as_str()).is_some_and(|r| r.starts_with('/')));
    let mut by_file: BTreeMap<&str, Vec<&PhpDirective>> = BTreeMap::new();
    for row in rows.iter().filter(|row| read && !row.guarded && under(&row.path)) {
        by_file.entry(&row.path).or_default().push(row);
    }
    let say = |(file, rows): (&str, Vec<&PhpDirective>)| {
        let settings = names(rows.iter().map(|row| format!("{} {}", row.directive, row.setting)));
        Message::new("finding-web-htaccess-php").with("file", file).with("settings", settings)
    };
    Ok(by_file.into_iter().map(say).collect())
}

/// The folders that Apache serves where it is in use, and whether it reads `.htaccess` files at all.
fn served(facts: &Facts) -> Result<(Vec<String>, bool), Why> {
    let (mut roots, mut read) = (Vec::new(), false);
    for file in files_in_use(facts, httpd::UNITS, httpd::is_conf)? {
        for line in lines(content(file)?) {
            let root = if line.is("DocumentRoot") { line.words.get(1) } else { None };
            let root = if line.is("Alias") { line.words.get(2) } else { root };
            roots.extend(root.map(|path| path.trim_matches('"').trim_end_matches('/').to_owned()));
            read |= line.is("AllowOverride") && !line.value().eq_ignore_ascii_case("none");
        }
    }
    Ok((roots, read))
}

pub const PHP_FUNCTIONS: Rule = Rule {
    id: "web.php-gone-functions",
    severity: Severity::Warns,
    area: Area::Web,
    sources: &["PHP-02"],
    evidence: Evidence::Tried,
    looks_at: &["census"],
    look: php_functions,
    cases: &[
        found(clean_el7_web, |f| call(f, "mysql_connect", "/var/www/html/db.php:12")),
        found(clean_el7_web, |f| {
            call(f, "split", "/srv/shop/a.php:3");
            defines(f, "split", "/srv/blog/compat.php"); // of another application
        }),
        fine(clean_el7_web, |f| {
            call(f, "mcrypt_encrypt", "/srv/shop/lib/a.php:3");
            defines(f, "mcrypt_encrypt", "/srv/shop/vendor/polyfill.php");
        }),
    ],
    ..Rule::USUAL
};
fn php_functions(facts: &Facts) -> Result<Vec<Message>, Why> {
    let php = facts.census.get()?.php.get()?;
    let mut families: BTreeMap<&str, Vec<&PhpUse>> = BTreeMap::new();
    for one in php.calls.iter().filter(|one| one.places.iter().any(|place| !defined_there(php, one, place))) {
        families.entry(family(&one.what)).or_default().push(one);
    }
    let say = |uses: Vec<&PhpUse>| {
        let times: u64 = uses.iter().map(|one| one.times).sum();
        let functions = names(uses.iter().map(|one| one.what.as_str()));
        let places = uses.iter().flat_map(|one| &one.places).take(PLACES).map(String::as_str);
        let message = Message::new("finding-web-php-gone-functions").with("functions", functions);
        message.with("n", times).with("places", places.collect::<Vec<_>>().join(", "))
    };
    Ok(families.into_values().map(say).collect())
}

/// Functions that go together: all of `mysql_*` have one remedy.
fn family(function: &str) -> &str {
    let of = ["mysql_", "mcrypt_", "ereg", "split"].into_iter().find(|start| function.starts_with(start));
    of.unwrap_or(function)
}

/// Whether the application brings the function itself: a source of the same one defines it.
fn defined_there(php: &Php, one: &PhpUse, place: &str) -> bool {
    let same = |definition: &&PhpDefinition| definition.function == one.what;
    php.definitions.iter().filter(same).any(|definition| application(&definition.path) == application(place))
}

/// `/srv/shop` of `/srv/shop/lib/a.php`; of what Apache's own folder holds, one folder more: `/var/www/html/shop`.
fn application(path: &str) -> Vec<&str> {
    let depth = if path.starts_with("/var/www/html/") {
        4
    } else if path.starts_with("/var/www/") {
        3
    } else {
        2
    };
    let folders = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    folders.split('/').filter(|part| !part.is_empty()).take(depth).collect()
}

pub const PHP_SYNTAX: Rule = Rule {
    id: "web.php-syntax",
    severity: Severity::Warns,
    area: Area::Web,
    sources: &["PHP-03"],
    evidence: Evidence::Tried,
    looks_at: &["census"],
    look: php_syntax,
    cases: &[
        found(clean_el7_web, |f| unparsable(f, "offset-braces")),
        found(clean_el7_web, |f| unparsable(f, "two-defaults")),
        found(clean_el7_web, |f| unparsable(f, "call-time-reference")),
        fine(clean_el7_web, |f| php_of(f).sources = 300),
    ],
    ..Rule::USUAL
};
fn php_syntax(facts: &Facts) -> Result<Vec<Message>, Why> {
    let all = &facts.census.get()?.php.get()?.unparsable;
    let say = |one: &PhpUse| {
        let key = match one.what.as_str() {
            "offset-braces" => "finding-web-php-syntax-offset-braces",
            "two-defaults" => "finding-web-php-syntax-two-defaults",
            _ => "finding-web-php-syntax-call-time-reference",
        };
        let places: Vec<&str> = one.places.iter().take(PLACES).map(String::as_str).collect();
        Message::new(key).with("n", one.times).with("places", places.join(", "))
    };
    Ok(all.iter().map(say).collect())
}

fn store(facts: &mut Facts, kind: &str, algorithms: &[&str]) {
    let algorithms = algorithms.iter().map(|one| (*one).to_owned()).collect();
    let row = KeyStore { path: "/etc/shop/client.p12".into(), kind: kind.into(), algorithms };
    known(&mut known(&mut facts.census).keystores).rows.push(row);
}

fn cipher(facts: &mut Facts, path: &str, words: &str) {
    let words = words.split(' ').map(str::to_owned).collect();
    let call = CipherCall { path: path.into(), line: 2, words };
    known(&mut known(&mut facts.census).scripts).ciphers.push(call);
}

fn interpreted(facts: &mut Facts, path: &str, first_line: &str) {
    let script = PythonScript { path: path.into(), first_line: first_line.into() };
    known(&mut known(&mut facts.census).scripts).interpreted.push(script);
}

fn image(facts: &mut Facts, name: &str, systemd: bool) {
    let image = Image { name: name.into(), id: "sha256:01".into(), systemd, used: false };
    known(&mut known(&mut facts.census).containers).images.push(image);
}

fn setting(facts: &mut Facts, path: &str, guarded: bool) {
    let row = PhpDirective {
        path: path.into(),
        line: 1,
        directive: "php_value".into(),
        setting: "memory_limit".into(),
        guarded,
    };
    known(&mut known(&mut facts.census).htaccess).rows.push(row);
}

fn php_of(facts: &mut Facts) -> &mut Php {
    known(&mut known(&mut facts.census).php)
}

fn call(facts: &mut Facts, function: &str, place: &str) {
    php_of(facts).calls.push(PhpUse { what: function.into(), times: 1, places: vec![place.into()] });
}

fn defines(facts: &mut Facts, function: &str, path: &str) {
    php_of(facts).definitions.push(PhpDefinition { function: function.into(), path: path.into() });
}

fn unparsable(facts: &mut Facts, what: &str) {
    let places = vec!["/var/www/html/a.php:3".into()];
    php_of(facts).unparsable.push(PhpUse { what: what.into(), times: 1, places });
}
