//! nginx: what a newer one refuses, and which clients it would turn away.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{Directive, found_if, names, nginx};
use super::{Area, Evidence, FRESH, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Why};

/// Directives that keep a newer nginx from starting, and that have to be written anew by hand.
const REMOVED: &[&str] = &["limit_zone"];

/// Modules that came with EL 7's nginx and are packages of their own now, or gone.
const OF_MODULES: &[(&str, &str)] = &[
    ("geoip_country", "geoip2"),
    ("geoip_city", "geoip2"),
    ("geoip_org", "geoip2"),
    ("perl_modules", "nginx-mod-http-perl"),
    ("perl_set", "nginx-mod-http-perl"),
    ("image_filter", "nginx-mod-http-image-filter"),
    ("xslt_stylesheet", "nginx-mod-http-xslt-filter"),
];

/// Versions that EL 9's OpenSSL offers under the default policy.
const MODERN: &[&str] = &["TLSv1.2", "TLSv1.3"];

/// A DER file of 2048-bit parameters has more than twice 128 bytes.
const DH_1024_DER_BYTES: usize = 200;

pub const SSL_ON: Rule = Rule {
    id: "web.ssl-on",
    severity: Severity::Warns,
    area: Area::Web,
    sources: &["WEB-08"],
    evidence: Evidence::Tried,
    looks_at: &["nginx"],
    look: ssl_on,
    cases: &[
        found(clean_el7_web, |f| nginx_says(f, "server { listen 443; ssl on; }")),
        fine(clean_el7_web, |f| nginx_says(f, "server { listen 443 ssl; ssl off; }")),
    ],
    ..Rule::USUAL
};
fn ssl_on(facts: &Facts) -> Result<Vec<Message>, Why> {
    let on = directives(facts)?.into_iter().filter(|one| one.name() == "ssl" && one.args() == ["on"]);
    Ok(on.map(|one| seen(&one, "finding-web-ssl-on")).collect())
}

pub const REMOVED_DIRECTIVE: Rule = Rule {
    id: "web.removed-directive",
    severity: Severity::Blocks,
    area: Area::Web,
    sources: &["WEB-08"],
    evidence: Evidence::Tried,
    looks_at: &["nginx"],
    look: removed_directive,
    cases: &[
        found(clean_el7_web, |f| nginx_says(f, "limit_zone one $binary_remote_addr 10m;")),
        fine(clean_el7_web, |f| nginx_says(f, "limit_conn_zone $binary_remote_addr zone=limit_zone:10m;")),
    ],
    ..Rule::USUAL
};
fn removed_directive(facts: &Facts) -> Result<Vec<Message>, Why> {
    named(facts, "finding-web-removed-directive", |one| REMOVED.contains(&one.name()))
}

pub const SPDY: Rule = Rule {
    id: "web.spdy",
    severity: Severity::Warns, // http2 takes its place when the file is carried over
    area: Area::Web,
    sources: &["WEB-08"],
    evidence: Evidence::Tried,
    looks_at: &["nginx"],
    look: spdy,
    cases: &[
        found(clean_el7_web, |f| nginx_says(f, "server { listen 443 ssl spdy; }")),
        found(clean_el7_web, |f| nginx_says(f, "spdy_headers_comp 1;")),
        fine(clean_el7_web, |f| nginx_says(f, "server { listen 443 ssl http2; server_name spdy; }")),
    ],
    ..Rule::USUAL
};
fn spdy(facts: &Facts) -> Result<Vec<Message>, Why> {
    let listens = |one: &Directive| one.name() == "listen" && one.args().iter().any(|arg| arg == "spdy");
    named(facts, "finding-web-spdy", |one| listens(one) || one.name().starts_with("spdy_"))
}

fn named(facts: &Facts, key: &str, wanted: impl Fn(&Directive) -> bool) -> Result<Vec<Message>, Why> {
    let all = directives(facts)?.into_iter().filter(wanted);
    Ok(all.map(|one| seen(&one, key).with("directive", one.words.join(" "))).collect())
}

pub const MODULE: Rule = Rule {
    id: "web.needs-module",
    severity: Severity::Blocks,
    area: Area::Web,
    sources: &["WEB-08"],
    evidence: Evidence::Tried,
    looks_at: &["nginx"],
    look: module,
    cases: &[
        found(clean_el7_web, |f| nginx_says(f, "geoip_country /usr/share/GeoIP/GeoIP.dat;")),
        found(clean_el7_web, |f| nginx_says(f, "perl_modules perl/lib;")),
        fine(clean_el7_web, |f| nginx_says(f, "geo $country { default x; }")),
    ],
    ..Rule::USUAL
};
fn module(facts: &Facts) -> Result<Vec<Message>, Why> {
    let needed = |one: &Directive| OF_MODULES.iter().find(|(name, _)| *name == one.name()).map(|(_, module)| *module);
    let used = directives(facts)?.into_iter().filter_map(|one| needed(&one).map(|module| (one, module)));
    Ok(used
        .map(|(one, module)| {
            seen(&one, "finding-web-needs-module").with("directive", one.name()).with("module", module)
        })
        .collect())
}

pub const LOAD_MODULE: Rule = Rule {
    id: "web.loaded-module",
    severity: Severity::Warns,
    area: Area::Web,
    sources: &["WEB-08"],
    evidence: Evidence::Known,
    looks_at: &["nginx"],
    look: load_module,
    cases: &[
        found(clean_el7_web, |f| nginx_says(f, "load_module modules/ngx_http_lua_module.so;")),
        fine(clean_el7_web, |f| nginx_says(f, "# load_module modules/ngx_http_lua_module.so;\nuser nginx;")),
    ],
    ..Rule::USUAL
};
fn load_module(facts: &Facts) -> Result<Vec<Message>, Why> {
    let loads = directives(facts)?.into_iter().filter(|one| one.name() == "load_module");
    Ok(loads.map(|one| seen(&one, "finding-web-loaded-module").with("module", one.args().join(" "))).collect())
}

pub const OLD_TLS: Rule = Rule {
    id: "web.old-tls",
    severity: Severity::Warns,
    area: Area::Web,
    sources: &["SEC-01", "SEC-04"],
    evidence: Evidence::Tried,
    looks_at: &["nginx"],
    look: old_tls,
    cases: &[
        found(clean_el7_web, |f| nginx_says(f, "ssl_protocols TLSv1 TLSv1.2;")),
        fine(clean_el7_web, |f| nginx_says(f, "ssl_protocols TLSv1.2 TLSv1.3;")),
    ],
    ..Rule::USUAL
};
fn old_tls(facts: &Facts) -> Result<Vec<Message>, Why> {
    let old = |one: &Directive| {
        one.args().iter().filter(|version| !MODERN.contains(&version.as_str())).cloned().collect::<Vec<_>>()
    };
    let offers = protocols(facts)?.into_iter().filter(is_modern).map(|one| (old(&one), one));
    Ok(offers
        .filter(|(versions, _)| !versions.is_empty())
        .map(|(versions, one)| seen(&one, "finding-web-old-tls").with("versions", versions.join(", ")))
        .collect())
}

pub const NO_MODERN_TLS: Rule = Rule {
    id: "web.no-modern-tls",
    severity: Severity::Blocks,
    area: Area::Web,
    sources: &["SEC-01"],
    evidence: Evidence::Tried,
    looks_at: &["nginx"],
    look: no_modern_tls,
    cases: &[
        found(clean_el7_web, |f| nginx_says(f, "ssl_protocols TLSv1 TLSv1.1;")),
        fine(clean_el7_web, |f| nginx_says(f, "ssl_protocols TLSv1 TLSv1.1 TLSv1.2;")),
    ],
    ..Rule::USUAL
};
fn no_modern_tls(facts: &Facts) -> Result<Vec<Message>, Why> {
    let only_old = protocols(facts)?.into_iter().filter(|one| !is_modern(one));
    Ok(only_old.map(|one| seen(&one, "finding-web-no-modern-tls").with("versions", one.args().join(", "))).collect())
}

pub const CIPHERS: Rule = Rule {
    id: "web.no-usable-cipher",
    severity: Severity::Blocks,
    area: Area::Web,
    sources: &["SEC-04"],
    evidence: Evidence::Tried,
    looks_at: &["nginx"],
    look: ciphers,
    cases: &[
        found(clean_el7_web, |f| nginx_says(f, "ssl_ciphers RC4-SHA:DES-CBC3-SHA:EXP-RC4-MD5:!aNULL;")),
        fine(clean_el7_web, |f| nginx_says(f, "ssl_ciphers RC4-SHA:HIGH:!aNULL;")),
    ],
    ..Rule::USUAL
};
fn ciphers(facts: &Facts) -> Result<Vec<Message>, Why> {
    let dead = directives(facts)?
        .into_iter()
        .filter(|one| one.name() == "ssl_ciphers" && one.args().first().is_some_and(|list| is_dead(list)));
    Ok(dead.map(|one| seen(&one, "finding-web-no-usable-cipher").with("ciphers", one.args().join(" "))).collect())
}

/// Whether each cipher that the list asks for is gone from OpenSSL 3's default provider.
pub(super) fn is_dead(list: &str) -> bool {
    let mut wanted =
        list.split([':', ',', ' ']).filter(|name| !name.is_empty() && !name.starts_with(['!', '-', '@'])).peekable();
    let gone =
        |name: &str| ["RC4", "3DES", "DES-", "EXP", "NULL", "IDEA", "SEED", "RC2"].iter().any(|old| name.contains(old));
    wanted.peek().is_some() && wanted.all(gone)
}

pub const DHPARAM: Rule = Rule {
    id: "web.weak-dhparam",
    severity: Severity::Blocks,
    area: Area::Web,
    sources: &["SEC-03"],
    evidence: Evidence::Tried,
    looks_at: &["nginx", "config_files"],
    look: dhparam,
    cases: &[
        found(clean_el7_web, |f| {
            nginx_says(f, "ssl_dhparam /etc/nginx/dh.pem;");
            add_file(
                f,
                "/etc/nginx/dh.pem",
                &format!("-----BEGIN DH PARAMETERS-----\n{}\n-----END DH PARAMETERS-----\n", "A".repeat(184)),
            );
        }),
        // 2048 bits.
        fine(clean_el7_web, |f| {
            nginx_says(f, "ssl_dhparam /etc/nginx/dh.pem;");
            let body = "A".repeat(360);
            add_file(
                f,
                "/etc/nginx/dh.pem",
                &format!("-----BEGIN DH PARAMETERS-----\n{body}\n-----END DH PARAMETERS-----\n"),
            );
        }),
    ],
    ..Rule::USUAL
};
fn dhparam(facts: &Facts) -> Result<Vec<Message>, Why> {
    let files = facts.config_files.get()?;
    let mut weak = Vec::new();
    for one in directives(facts)?.iter().filter(|one| one.name() == "ssl_dhparam") {
        let path = one.args().first().map(String::as_str).unwrap_or_default();
        let file = files.iter().find(|file| file.path == path).ok_or(Why::Missing)?;
        if der_bytes(file.content.get()?) < DH_1024_DER_BYTES {
            weak.push(seen(one, "finding-web-weak-dhparam").with("parameters", path));
        }
    }
    Ok(weak)
}

/// How long the binary form of the first PEM block is.
fn der_bytes(pem: &str) -> usize {
    let body = pem
        .lines()
        .skip_while(|line| !line.starts_with("-----BEGIN"))
        .skip(1)
        .take_while(|line| !line.starts_with("-----"));
    body.map(|line| line.trim_end_matches('=').len()).sum::<usize>() * 3 / 4
}

pub const ROOTS: Rule = Rule {
    id: "web.roots-elsewhere",
    severity: Severity::Informs,
    area: Area::Web,
    sources: &["WEB-09"],
    evidence: Evidence::Known,
    looks_at: &["nginx"],
    look: roots,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| nginx_says(f, "server { root /data/www; }")),
        fine(clean_el7_web, |f| nginx_says(f, "server { root /var/www/shop; location /a { alias html/a; } }")),
    ],
    ..Rule::USUAL
};
fn roots(facts: &Facts) -> Result<Vec<Message>, Why> {
    let labelled = ["/usr/share/nginx", "/var/www", "/etc/nginx", "/usr/share/"];
    let elsewhere = |path: &&str| path.starts_with('/') && !labelled.iter().any(|folder| path.starts_with(folder));
    let all = directives(facts)?;
    let paths: Vec<&str> = all
        .iter()
        .filter(|one| matches!(one.name(), "root" | "alias"))
        .filter_map(|one| one.args().first().map(String::as_str))
        .filter(elsewhere)
        .collect();
    Ok(found_if(!paths.is_empty(), || Message::new("finding-web-roots-elsewhere").with("paths", names(paths))))
}

/// Every directive; none on a host without nginx.
fn directives(facts: &Facts) -> Result<Vec<Directive>, Why> {
    match facts.nginx.get()? {
        Some(server) => Ok(nginx(server.listing.get()?)),
        None => Ok(Vec::new()),
    }
}

pub(super) fn protocols(facts: &Facts) -> Result<Vec<Directive>, Why> {
    Ok(directives(facts)?.into_iter().filter(|one| one.name() == "ssl_protocols").collect())
}

pub(super) fn is_modern(protocols: &Directive) -> bool {
    protocols.args().iter().any(|version| MODERN.contains(&version.as_str()))
}

fn seen(one: &Directive, key: &str) -> Message {
    Message::new(key).with("file", if one.file.is_empty() { "nginx -T" } else { &one.file })
}
