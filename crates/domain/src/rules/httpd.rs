//! Apache httpd: what 2.4.6 took and a newer one refuses, and what changes because PHP and the process model did.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{content, found_if, lines, names, settings};
use super::used::{each_line, files_in_use, own_files_in_use};
use super::web::is_dead;
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{ConfigFile, Facts, Why};

pub(super) const UNITS: &[&str] = &["httpd.service"];

/// Directives of modules that EL 9 does not bring, or only under a process model that is not its default.
const UNKNOWN: &[&str] = &["lockfile", "acceptmutex", "sslmutex", "minspareservers", "maxspareservers"];

/// Modules that are other packages now, or gone: what the configuration loads, and its successor.
const MODULES: &[(&str, &str)] = &[
    ("nss_module", "mod_ssl"),
    ("wsgi_module", "python3-mod_wsgi"),
    ("python_module", "python3-mod_wsgi"),
    ("security2_module", "mod_security"),
    ("auth_mellon_module", "mod_auth_mellon"),
    ("pagespeed_module", "-"),
];

/// Settings of the prefork model that mean nothing to the event model.
const PREFORK: &[&str] = &[
    "startservers",
    "minspareservers",
    "maxspareservers",
    "serverlimit",
    "maxclients",
    "maxrequestworkers",
    "maxrequestsperchild",
    "maxconnectionsperchild",
];

/// Protocols that EL 9's OpenSSL offers under the default policy.
const MODERN: &[&str] = &["tlsv1.2", "tlsv1.3"];

pub(super) fn is_conf(path: &str) -> bool {
    let folders = ["/etc/httpd/conf/", "/etc/httpd/conf.d/", "/etc/httpd/conf.modules.d/"];
    path.ends_with(".conf") && folders.iter().any(|folder| path.starts_with(folder))
}

pub const PHP_SETTINGS: Rule = Rule {
    id: "web.httpd-php-settings",
    severity: Severity::Blocks,
    area: Area::Web,
    sources: &["WEB-01"],
    evidence: Evidence::Tried,
    looks_at: &["units", "config_files"],
    places: &["/etc/httpd/conf/*.conf", "/etc/httpd/conf.d/*.conf", "/etc/httpd/conf.modules.d/*.conf"],
    look: php_settings,
    cases: &[
        found(clean_el7_web, |f| httpd_says(f, "<VirtualHost *:80>\n  php_value memory_limit 256M\n</VirtualHost>\n")),
        fine(clean_el7_web, |f| httpd_says(f, "<IfModule mod_php5.c>\n  php_flag engine off\n</IfModule>\n")),
        fine(clean_el7_web, |f| {
            add_unit(f, "httpd.service");
            vendor_file(f, "/etc/httpd/conf.d/php.conf", "php_value session.save_handler \"files\"\n");
        }),
        fine(clean_el7_web, |f| add_file(f, "/etc/httpd/conf.d/site.conf", "php_flag engine on\n")),
    ],
    ..Rule::USUAL
};
fn php_settings(facts: &Facts) -> Result<Vec<Message>, Why> {
    let is_php = |one: &Directive<'_>| {
        matches!(one.name().as_str(), "php_value" | "php_flag" | "php_admin_value" | "php_admin_flag")
            || one.loads(&["php5_module", "php7_module"])
    };
    unguarded(facts, "finding-web-httpd-php-settings", is_php)
}

pub const MOD_PHP: Rule = Rule {
    id: "web.httpd-mod-php",
    severity: Severity::Warns,
    area: Area::Web,
    sources: &["WEB-01"],
    evidence: Evidence::Documented,
    looks_at: &["units", "config_files"],
    places: &["/etc/httpd/conf/*.conf", "/etc/httpd/conf.d/*.conf", "/etc/httpd/conf.modules.d/*.conf"],
    look: mod_php,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "httpd.service");
            vendor_file(f, "/etc/httpd/conf.modules.d/10-php.conf", "LoadModule php5_module modules/libphp5.so\n");
        }),
        fine(clean_el7_web, |f| httpd_says(f, "LoadModule proxy_fcgi_module modules/mod_proxy_fcgi.so\n")),
    ],
    ..Rule::USUAL
};
fn mod_php(facts: &Facts) -> Result<Vec<Message>, Why> {
    each_line(&files_in_use(facts, UNITS, is_conf)?, |line| {
        let loads = line.is("LoadModule") && matches!(line.value(), "php5_module" | "php7_module");
        loads.then(|| Message::new("finding-web-httpd-mod-php").with("module", line.value()))
    })
}

pub const COMMENTS: Rule = Rule {
    id: "web.httpd-comments",
    severity: Severity::Blocks,
    area: Area::Web,
    sources: &["WEB-02"],
    evidence: Evidence::Tried,
    looks_at: &["units", "config_files"],
    places: &["/etc/httpd/conf/*.conf", "/etc/httpd/conf.d/*.conf", "/etc/httpd/conf.modules.d/*.conf"],
    look: comments,
    cases: &[
        found(clean_el7_web, |f| {
            httpd_says(f, "<Location /status>\n  Require ip 10.0.0.0/8 # the office\n</Location>\n")
        }),
        fine(clean_el7_web, |f| {
            httpd_says(f, "Require expr %{QUERY_STRING} =~ /x#y/ # z\n# Allow from all # x\nRequire all granted\n")
        }),
    ],
    ..Rule::USUAL
};
fn comments(facts: &Facts) -> Result<Vec<Message>, Why> {
    each_line(&own_files_in_use(facts, UNITS, is_conf)?, |line| {
        let strict = ["Allow", "Deny", "Require", "ServerSignature"].iter().any(|name| line.is(name));
        let commented =
            !line.value().eq_ignore_ascii_case("expr") && line.words.iter().any(|word| word.starts_with('#'));
        (strict && commented).then(|| Message::new("finding-web-httpd-comments").with("directive", line.words[0]))
    })
}

pub const UNKNOWN_DIRECTIVE: Rule = Rule {
    id: "web.httpd-unknown-directive",
    severity: Severity::Blocks,
    area: Area::Web,
    sources: &["WEB-03", "WEB-05"],
    evidence: Evidence::Tried,
    looks_at: &["units", "config_files"],
    places: &["/etc/httpd/conf/*.conf", "/etc/httpd/conf.d/*.conf", "/etc/httpd/conf.modules.d/*.conf"],
    look: unknown_directive,
    cases: &[
        found(clean_el7_web, |f| httpd_says(f, "MinSpareServers 5\n")),
        found(clean_el7_web, |f| httpd_says(f, "<Location />\n  KrbMethodNegotiate On\n</Location>\n")),
        fine(clean_el7_web, |f| httpd_says(f, "<IfModule prefork.c>\n  MinSpareServers 5\n</IfModule>\n")),
        fine(clean_el7_web, |f| {
            httpd_says(f, "LoadModule mpm_prefork_module modules/mod_mpm_prefork.so\nMinSpareServers 5\n")
        }),
    ],
    ..Rule::USUAL
};
fn unknown_directive(facts: &Facts) -> Result<Vec<Message>, Why> {
    let prefork = keeps_prefork(facts)?;
    unguarded(facts, "finding-web-httpd-unknown-directive", |one| {
        let name = one.name();
        let spare = name.ends_with("spareservers");
        (UNKNOWN.contains(&name.as_str()) && !(spare && prefork))
            || (name.starts_with("krb") && name.len() > 3)
            || one.loads(&["auth_kerb_module"])
    })
}

/// Whether a file of the host's own, which goes across, chooses the prefork model.
fn keeps_prefork(facts: &Facts) -> Result<bool, Why> {
    for file in own_files_in_use(facts, UNITS, is_conf)? {
        if lines(content(file)?).any(|line| line.is("LoadModule") && line.value() == "mpm_prefork_module") {
            return Ok(true);
        }
    }
    Ok(false)
}

pub const PREFORK_TUNING: Rule = Rule {
    id: "web.httpd-prefork",
    severity: Severity::Warns,
    area: Area::Web,
    sources: &["WEB-04"],
    evidence: Evidence::Documented,
    looks_at: &["units", "config_files"],
    places: &["/etc/httpd/conf/*.conf", "/etc/httpd/conf.d/*.conf", "/etc/httpd/conf.modules.d/*.conf"],
    look: prefork_tuning,
    cases: &[
        found(clean_el7_web, |f| {
            httpd_says(f, "<IfModule mpm_prefork_module>\n  MaxRequestWorkers 512\n  ServerLimit 512\n</IfModule>\n")
        }),
        fine(clean_el7_web, |f| httpd_says(f, "MaxRequestWorkers 512\n")),
    ],
    ..Rule::USUAL
};
fn prefork_tuning(facts: &Facts) -> Result<Vec<Message>, Why> {
    if keeps_prefork(facts)? {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for file in own_files_in_use(facts, UNITS, is_conf)? {
        let tuned: Vec<&str> = directives(content(file)?)
            .into_iter()
            .filter(|one| one.guarded_by("prefork") && PREFORK.contains(&one.name().as_str()))
            .map(|one| one.words[0])
            .collect();
        found.extend(found_if(!tuned.is_empty(), || {
            Message::new("finding-web-httpd-prefork").with("file", &file.path).with("directives", names(tuned))
        }));
    }
    Ok(found)
}

pub const GONE_MODULES: Rule = Rule {
    id: "web.httpd-modules",
    severity: Severity::Warns,
    area: Area::Web,
    sources: &["WEB-05"],
    evidence: Evidence::Known,
    looks_at: &["units", "config_files"],
    places: &["/etc/httpd/conf/*.conf", "/etc/httpd/conf.d/*.conf", "/etc/httpd/conf.modules.d/*.conf"],
    look: gone_modules,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "httpd.service");
            vendor_file(f, "/etc/httpd/conf.modules.d/10-wsgi.conf", "LoadModule wsgi_module modules/mod_wsgi.so\n");
        }),
        fine(clean_el7_web, |f| {
            httpd_says(f, "LoadModule ssl_module modules/mod_ssl.so\nLoadModule lua_module modules/mod_lua.so\n")
        }),
    ],
    ..Rule::USUAL
};
fn gone_modules(facts: &Facts) -> Result<Vec<Message>, Why> {
    each_line(&files_in_use(facts, UNITS, is_conf)?, |line| {
        let (module, successor) = MODULES.iter().find(|(name, _)| line.is("LoadModule") && line.value() == *name)?;
        Some(Message::new("finding-web-httpd-modules").with("module", module).with("successor", successor))
    })
}

pub const TLS: Rule = Rule {
    id: "web.httpd-tls",
    severity: Severity::Blocks,
    area: Area::Web,
    sources: &["SEC-01", "SEC-04"],
    evidence: Evidence::Tried,
    looks_at: &["units", "config_files"],
    places: &["/etc/httpd/conf/*.conf", "/etc/httpd/conf.d/*.conf", "/etc/httpd/conf.modules.d/*.conf"],
    look: tls,
    cases: &[
        found(clean_el7_web, |f| httpd_says(f, "SSLProtocol SSLv3 TLSv1.2\n")),
        found(clean_el7_web, |f| httpd_says(f, "SSLProtocol TLSv1\n")),
        found(clean_el7_web, |f| httpd_says(f, "SSLCipherSuite RC4-SHA:DES-CBC3-SHA\n")),
        fine(clean_el7_web, |f| {
            httpd_says(f, "SSLProtocol all -SSLv2\nSSLCipherSuite HIGH:3DES:!aNULL:!MD5:!SEED:!IDEA\n")
        }),
    ],
    ..Rule::USUAL
};
fn tls(facts: &Facts) -> Result<Vec<Message>, Why> {
    each_line(&own_files_in_use(facts, UNITS, is_conf)?, |line| {
        let said = line.words[1..].join(" ");
        if (line.is("SSLProtocol") || line.is("SSLProxyProtocol")) && names_sslv3(&line.words[1..]) {
            Some(Message::new("finding-web-httpd-tls-sslv3").with("directive", line.words[0]).with("said", said))
        } else if line.is("SSLProtocol") && !leaves_modern(&line.words[1..]) {
            Some(Message::new("finding-web-httpd-tls-old").with("said", said))
        } else if line.is("SSLCipherSuite") && is_dead(line.value().trim_matches(['"', '\''])) {
            Some(Message::new("finding-web-httpd-tls-cipher").with("said", said))
        } else {
            None
        }
    })
}

/// OpenSSL 3 does not know the word, unless it is only taken away.
fn names_sslv3(words: &[&str]) -> bool {
    let old = |word: &str| matches!(word.to_ascii_lowercase().as_str(), "sslv2" | "sslv3");
    words.iter().any(|word| old(word.trim_start_matches('+')))
}

/// Whether TLS 1.2 or 1.3 is left when the words have been read from left to right.
fn leaves_modern(words: &[&str]) -> bool {
    let mut left: Vec<&str> = Vec::new();
    for word in words {
        let name = word.trim_start_matches(['+', '-']).to_ascii_lowercase();
        let meant = |modern: &&str| name == "all" || name == **modern;
        if word.starts_with('-') {
            left.retain(|modern| !meant(modern));
        } else {
            left.extend(MODERN.iter().copied().filter(meant));
        }
    }
    !left.is_empty()
}

pub const STRICT: Rule = Rule {
    id: "web.httpd-strict-requests",
    severity: Severity::Informs,
    area: Area::Web,
    sources: &["WEB-07"],
    evidence: Evidence::Known,
    looks_at: &["units", "config_files"],
    places: &["/etc/httpd/conf/*.conf", "/etc/httpd/conf.d/*.conf", "/etc/httpd/conf.modules.d/*.conf"],
    look: strict,
    cases: &[
        found(clean_el7_web, |f| httpd_says(f, "Listen 80\n")),
        fine(clean_el7_web, |f| httpd_says(f, "HttpProtocolOptions Unsafe LenientMethods\n")),
        fine(clean_el7_web, |f| add_file(f, "/etc/httpd/conf/httpd.conf", "Listen 80\n")),
    ],
    ..Rule::USUAL
};
fn strict(facts: &Facts) -> Result<Vec<Message>, Why> {
    let files = files_in_use(facts, UNITS, is_conf)?;
    let mut said = false;
    for file in &files {
        said |= lines(content(file)?).any(|line| line.is("HttpProtocolOptions"));
    }
    Ok(found_if(!files.is_empty() && !said, || Message::new("finding-web-httpd-strict-requests")))
}

pub const OPTIONS: Rule = Rule {
    id: "web.httpd-sysconfig",
    severity: Severity::Warns,
    area: Area::Web,
    sources: &["WEB-06"],
    evidence: Evidence::Known,
    looks_at: &["units", "config_files"],
    places: &["/etc/sysconfig/*"],
    look: options,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "httpd.service");
            add_file(f, "/etc/sysconfig/httpd", "OPTIONS=\"-DSITE\"\nLANG=C\n");
        }),
        fine(clean_el7_web, |f| {
            add_unit(f, "httpd.service");
            add_file(f, "/etc/sysconfig/httpd", "#OPTIONS=\nLANG=C\n");
        }),
    ],
    ..Rule::USUAL
};
fn options(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in own_files_in_use(facts, UNITS, |path| path == "/etc/sysconfig/httpd")? {
        let set = settings(content(file)?)
            .into_iter()
            .filter(|setting| matches!(setting.key, "OPTIONS" | "HTTPD") && !setting.value.is_empty());
        found.extend(set.map(|setting| {
            Message::new("finding-web-httpd-sysconfig")
                .with("file", &file.path)
                .with("line", setting.no)
                .with("setting", setting.key)
        }));
    }
    Ok(found)
}

/// A directive with the `<IfModule>` blocks around it.
struct Directive<'a> {
    no: usize,
    words: Vec<&'a str>,
    guards: Vec<String>,
}

impl Directive<'_> {
    fn name(&self) -> String {
        self.words[0].to_ascii_lowercase()
    }

    fn loads(&self, modules: &[&str]) -> bool {
        self.name() == "loadmodule" && self.words.get(1).is_some_and(|module| modules.contains(module))
    }

    /// Read only when a module of that name is there.
    fn guarded_by(&self, module: &str) -> bool {
        self.guards.iter().any(|guard| !guard.starts_with('!') && guard.contains(module))
    }
}

/// Every directive of one file; block heads are none.
fn directives(text: &str) -> Vec<Directive<'_>> {
    let mut guards: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for line in lines(text) {
        if line.is("<IfModule") {
            guards.push(line.value().trim_end_matches('>').to_ascii_lowercase());
        } else if line.words[0].to_ascii_lowercase().starts_with("</ifmodule") {
            guards.pop();
        } else if !line.words[0].starts_with('<') {
            all.push(Directive { no: line.no, words: line.words, guards: guards.clone() });
        }
    }
    all
}

/// Directives of the host's own files that httpd would read whichever modules it has.
fn unguarded(facts: &Facts, key: &str, wanted: impl Fn(&Directive<'_>) -> bool) -> Result<Vec<Message>, Why> {
    let at = |file: &ConfigFile, one: &Directive<'_>| {
        Message::new(key).with("file", &file.path).with("line", one.no).with("directive", one.words[0])
    };
    let mut found = Vec::new();
    for file in own_files_in_use(facts, UNITS, is_conf)? {
        let all = directives(content(file)?);
        let read = all.iter().filter(|one| !["php", "prefork", "kerb"].iter().any(|module| one.guarded_by(module)));
        found.extend(read.filter(|one| wanted(one)).map(|one| at(file, one)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_are_read() {
        let text = "<IfModule mod_php5.c>\n php_flag a on\n</IfModule>\n<IfModule !x>\nphp_flag b on\n</IfModule>\nphp_flag c on\n</IfModule>\n";
        let read: Vec<_> = directives(text).iter().map(|one| (one.no, one.guarded_by("php"))).collect();
        assert_eq!(read, [(2, true), (5, false), (7, false)]);
    }

    #[test]
    fn protocols_are_read_from_left_to_right() {
        for (said, sslv3, modern) in [
            ("all -SSLv2", false, true), // as EL 7 brings it
            ("all -SSLv3 -TLSv1 -TLSv1.1", false, true),
            ("-all +TLSv1.2", false, true),
            ("TLSv1", false, false),
            ("all -TLSv1.2 -TLSv1.3", false, false),
            ("SSLv3 TLSv1.2", true, true),
            ("+SSLv3", true, false),
        ] {
            let words: Vec<&str> = said.split(' ').collect();
            assert_eq!((names_sslv3(&words), leaves_modern(&words)), (sslv3, modern), "{said}");
        }
    }
}
