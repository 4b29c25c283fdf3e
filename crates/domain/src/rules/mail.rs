//! Mail: Postfix, sendmail, SpamAssassin and Dovecot, whose defaults and options moved.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{content, found_if, names, settings};
use super::used::{each_line, files_in_use, own_files_in_use};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Why};

const POSTFIX: &[&str] = &["postfix.service"];

/// Settings whose default is another one from Postfix 3 on.
const POSTFIX_DEFAULTS: &[&str] = &["append_dot_mydomain", "mynetworks", "relay_domains"];

/// Kinds of tables that are packages of their own.
const POSTFIX_MAPS: &[&str] = &["mysql", "pgsql", "ldap", "pcre", "sqlite", "cdb", "lmdb"];

pub const RELAY_DEFAULTS: Rule = Rule {
    id: "services.postfix-defaults",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["MTA-01", "leapp-169"],
    evidence: Evidence::Source,
    looks_at: &["units", "config_files"],
    places: &["/etc/postfix/main.cf"],
    look: relay_defaults,
    cases: &[
        found(clean_el7_web, |f| postfix_says(f, "inet_interfaces = all\nmynetworks = 10.0.0.0/8\n")),
        fine(clean_el7_web, |f| {
            postfix_says(f, "inet_interfaces = localhost\nmydestination = $myhostname, localhost\n")
        }),
        fine(clean_el7_web, |f| {
            postfix_says(f, "mynetworks_style = subnet\nrelay_domains = $mydestination\nappend_dot_mydomain = yes\n")
        }),
    ],
    ..Rule::USUAL
};
/// Only where other hosts can reach it: what the vendor brings takes mail from the host itself alone.
fn relay_defaults(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files_in_use(facts, POSTFIX, |path| path == "/etc/postfix/main.cf")? {
        let set = settings(content(file)?);
        let local = |value: &str| {
            value.split([',', ' ']).all(|one| matches!(one, "" | "localhost" | "loopback-only" | "127.0.0.1" | "::1"))
        };
        let open = set.iter().rfind(|one| one.key == "inet_interfaces").is_none_or(|one| !local(one.value));
        let said = |name: &str| {
            set.iter().any(|one| one.key == name || (name == "mynetworks" && one.key == "mynetworks_style"))
        };
        let silent: Vec<&str> = POSTFIX_DEFAULTS.iter().copied().filter(|name| !said(name)).collect();
        found.extend(found_if(open && !silent.is_empty(), || {
            Message::new("finding-services-postfix-defaults").with("file", &file.path).with("settings", names(silent))
        }));
    }
    Ok(found)
}

pub const POSTFIX_TABLES: Rule = Rule {
    id: "services.postfix-tables",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["MTA-01", "leapp-169"],
    evidence: Evidence::Source,
    looks_at: &["units", "config_files"],
    places: &["/etc/postfix/main.cf", "/etc/postfix/master.cf"],
    look: postfix_tables,
    cases: &[
        found(clean_el7_web, |f| {
            postfix_says(f, "virtual_alias_maps = hash:/etc/postfix/virtual, proxy:mysql:/etc/postfix/aliases.cf\n")
        }),
        fine(clean_el7_web, |f| {
            postfix_says(f, "alias_maps = hash:/etc/aliases\n#relay_domains = ldap:/etc/postfix/x\n")
        }),
    ],
    ..Rule::USUAL
};
fn postfix_tables(facts: &Facts) -> Result<Vec<Message>, Why> {
    let is_cf = |path: &str| matches!(path, "/etc/postfix/main.cf" | "/etc/postfix/master.cf");
    each_line(&files_in_use(facts, POSTFIX, is_cf)?, |line| {
        let values = line.words.iter().flat_map(|word| word.split([',', '=']));
        let kind = values.filter_map(|word| word.split_once(":/")).find_map(|(kind, _)| {
            let kind = kind.trim_start_matches("proxy:");
            POSTFIX_MAPS.iter().find(|name| **name == kind)
        })?;
        Some(
            Message::new("finding-services-postfix-tables")
                .with("kind", kind)
                .with("package", format!("postfix-{kind}")),
        )
    })
}

pub const SENDMAIL: Rule = Rule {
    id: "services.sendmail-addresses",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["MTA-02", "leapp-171"],
    evidence: Evidence::Source,
    looks_at: &["units", "config_files"],
    places: &["/etc/mail/*.mc", "/etc/mail/access", "/etc/mail/*table"],
    look: sendmail,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "sendmail.service");
            add_file(f, "/etc/mail/access", "Connect:IPv6:2001:db8::1\tRELAY\n");
        }),
        fine(clean_el7_web, |f| {
            add_unit(f, "sendmail.service");
            add_file(f, "/etc/mail/sendmail.mc", "dnl DAEMON_OPTIONS(`Addr=IPv6:::1')dnl\n");
            add_file(f, "/etc/mail/sendmail.cf", "RIPv6:::1 $@ RELAY\n");
        }),
    ],
    ..Rule::USUAL
};
/// Not in `sendmail.cf`: it is made anew from the `.mc`, and the vendor's own holds such an address.
fn sendmail(facts: &Facts) -> Result<Vec<Message>, Why> {
    let source = |path: &str| path.starts_with("/etc/mail/") && !path.ends_with(".cf");
    each_line(&own_files_in_use(facts, &["sendmail.service"], source)?, |line| {
        let dnl = line.is("dnl");
        let short = line.words.iter().find(|word| is_compressed(word))?;
        (!dnl).then(|| Message::new("finding-services-sendmail-addresses").with("address", short))
    })
}

/// `IPv6:2001:db8::1`: written with a gap.
fn is_compressed(word: &str) -> bool {
    let Some((_, address)) = word.split_once("IPv6:") else { return false };
    let end = address.find(|c: char| !(c.is_ascii_hexdigit() || c == ':')).unwrap_or(address.len());
    address[..end].contains("::")
}

pub const SPAMASSASSIN: Rule = Rule {
    id: "services.spamassassin-options",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["MTA-03", "leapp-176", "leapp-177", "leapp-178"],
    evidence: Evidence::Source,
    looks_at: &["units", "config_files"],
    places: &["/etc/sysconfig/*", "/etc/mail/spamassassin/spamc.conf"],
    look: spamassassin,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "spamassassin.service");
            add_file(f, "/etc/sysconfig/spamassassin", "SPAMDOPTIONS=\"-d -c -m5 -H\"\n");
        }),
        found(clean_el7_web, |f| {
            add_unit(f, "spamassassin.service");
            add_file(f, "/etc/mail/spamassassin/spamc.conf", "--ssl sslv3\n");
        }),
        fine(clean_el7_web, |f| {
            add_unit(f, "spamassassin.service");
            vendor_file(f, "/etc/sysconfig/spamassassin", "SPAMDOPTIONS=\"-d -c -m5 -H\"\n");
        }),
        fine(clean_el7_web, |f| {
            add_unit(f, "spamassassin.service");
            add_file(f, "/etc/mail/spamassassin/spamc.conf", "--ssl\n-d 10.0.0.1\n");
        }),
    ],
    ..Rule::USUAL
};
fn spamassassin(facts: &Facts) -> Result<Vec<Message>, Why> {
    let options = |path: &str| matches!(path, "/etc/sysconfig/spamassassin" | "/etc/mail/spamassassin/spamc.conf");
    let own = own_files_in_use(facts, &["spamassassin.service"], options)?;
    each_line(&own, |line| {
        let words: Vec<&str> = line.words.iter().flat_map(|word| word.split(['"', '\'', '='])).collect();
        let daemon = words.first() == Some(&"SPAMDOPTIONS");
        let gone = words.iter().find(|word| match **word {
            "--ssl-version" => true,
            "-d" | "--daemonize" => daemon, // the unit's type is another one; it would take the start for an end
            _ => false,
        });
        let version = |word: &str| ["sslv", "tlsv"].iter().any(|name| word.to_ascii_lowercase().starts_with(name));
        let told = words.windows(2).any(|pair| pair[0] == "--ssl" && version(pair[1]));
        let option = gone.copied().or_else(|| told.then_some("--ssl"))?;
        Some(Message::new("finding-services-spamassassin-options").with("option", option))
    })
}

pub const DOVECOT: Rule = Rule {
    id: "services.dovecot-tls",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["MTA-03"],
    evidence: Evidence::Known,
    looks_at: &["units", "config_files"],
    places: &["/etc/dovecot/*.conf", "/etc/dovecot/conf.d/*.conf"],
    look: dovecot,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "dovecot.service");
            add_file(f, "/etc/dovecot/conf.d/10-ssl.conf", "ssl_protocols = !SSLv2 !SSLv3\n");
        }),
        fine(clean_el7_web, |f| {
            add_unit(f, "dovecot.service");
            add_file(f, "/etc/dovecot/conf.d/10-ssl.conf", "ssl = required\n#ssl_protocols = !SSLv2\n");
        }),
    ],
    ..Rule::USUAL
};
fn dovecot(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    let is_conf = |path: &str| path.starts_with("/etc/dovecot/") && path.ends_with(".conf");
    for file in own_files_in_use(facts, &["dovecot.service"], is_conf)? {
        let old = settings(content(file)?)
            .into_iter()
            .filter(|one| matches!(one.key, "ssl_protocols" | "ssl_dh_parameters_length"));
        found.extend(old.map(|one| {
            Message::new("finding-services-dovecot-tls")
                .with("file", &file.path)
                .with("line", one.no)
                .with("setting", one.key)
        }));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_with_a_gap() {
        for (word, want) in [
            ("IPv6:2001:db8::1", true),
            ("Addr=IPv6:::1,", true),
            ("IPv6:2001:db8:0:0:0:0:0:1", false),
            ("Connect:127.0.0.1", false),
            ("2001:db8::1", false),
        ] {
            assert_eq!(is_compressed(word), want, "{word}");
        }
    }
}
