//! Who answers for names and for the time: BIND, the sources of users and hosts, an NTP server of the host's own.

use super::bind::bind;
use super::case::{fine, found};
use super::fixtures::*;
use super::text::{Directive, Line, content_of, found_if, lines, names};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, TimeSync, Why};

/// Options that BIND 9.16 passes over and 9.18 refuses.
const BIND_GONE: &[&str] = &[
    "cleaning-interval",
    "use-ixfr",
    "queryport-pool-ports",
    "queryport-pool-updateinterval",
    "filter-aaaa",
    "filter-aaaa-on-v4",
    "filter-aaaa-on-v6",
];

/// Sources of names that EL 9 has no library for.
const SOURCES_GONE: &[&str] = &["ldap", "hesiod"];

/// Databases without which nobody logs in.
const ACCOUNTS: &[&str] = &["passwd", "shadow", "group"];

pub const BIND_OPTIONS: Rule = Rule {
    id: "network.bind-options",
    area: Area::Network,
    sources: &["NET-22"],
    evidence: Evidence::Tried,
    looks_at: &["units", "config_files"],
    places: &["/etc/named.conf", "/etc/named/*.conf"],
    look: bind_options,
    cases: &[
        found(clean_el7_web, |f| named(f, "cleaning-interval 60;")),
        found(clean_el7_web, |f| named(f, "dnssec-enable no;")),
        fine(clean_el7_web, |f| named(f, "dnssec-enable yes; # cleaning-interval 60;\n")),
    ],
    ..Rule::USUAL
};
fn bind_options(facts: &Facts) -> Result<Vec<Message>, Why> {
    let gone = |one: &Directive| {
        BIND_GONE.contains(&one.name())
            || (one.name() == "dnssec-enable" && one.args().first().is_some_and(|value| value == "no"))
    };
    let files = bind(facts)?;
    let options = files.iter().flat_map(|file| file.statements.iter().map(move |one| (&file.file.path, one)));
    Ok(options
        .filter(|(_, one)| gone(one))
        .map(|(file, one)| {
            Message::new("finding-network-bind-options").with("file", file).with("option", one.words.join(" "))
        })
        .collect())
}

/// A name server that runs, with this among its options.
fn named(facts: &mut Facts, options: &str) {
    add_unit(facts, "named.service");
    let text = format!("options {{ listen-on-v6 {{ ::1; }}; {options} }};\n");
    add_file(facts, "/etc/named.conf", &text);
}

pub const NTP_SERVER: Rule = Rule {
    id: "network.ntp-server",
    area: Area::Network,
    sources: &["NET-20"],
    evidence: Evidence::Known,
    looks_at: &["time_sync", "config_files"],
    places: &["/etc/ntp.conf"],
    look: ntp_server,
    cases: &[
        found(clean_el7_web, |f| {
            known(&mut f.time_sync).daemons = vec!["ntpd".into()];
            add_file(f, "/etc/ntp.conf", "restrict 10.77.0.0 mask 255.255.0.0 nomodify notrap\n");
        }),
        fine(clean_el7_web, |f| {
            f.time_sync = crate::facts::Read::Known(TimeSync { daemons: vec!["ntpd".into()], servers: Vec::new() });
            let text = "restrict default nomodify notrap nopeer noquery\nrestrict 127.0.0.1 \nrestrict ::1\nrestrict -6 default ignore\n";
            add_file(f, "/etc/ntp.conf", text);
        }),
    ],
    ..Rule::USUAL
};
fn ntp_server(facts: &Facts) -> Result<Vec<Message>, Why> {
    let runs = facts.time_sync.get()?.daemons.iter().any(|daemon| daemon == "ntpd");
    let text = content_of(facts, "/etc/ntp.conf")?.unwrap_or_default();
    let served: Vec<String> = lines(text).filter_map(|line| served_network(&line)).collect();
    Ok(found_if(runs && !served.is_empty(), || {
        Message::new("finding-network-ntp-server").with("networks", names(served))
    }))
}

/// The network that a `restrict` line lets ask for the time, beyond what the vendor's file says.
fn served_network(line: &Line<'_>) -> Option<String> {
    let words: Vec<&str> = line.words.iter().copied().filter(|word| !matches!(*word, "-4" | "-6")).collect();
    let [first, network, flags @ ..] = words.as_slice() else { return None };
    let own = matches!(*network, "default" | "source" | "localhost" | "::1") || network.starts_with("127.");
    let refused = flags.iter().any(|flag| matches!(*flag, "ignore" | "noserve"));
    (*first == "restrict" && !own && !refused).then(|| match flags {
        ["mask", mask, ..] => format!("{network}/{mask}"),
        _ => (*network).to_owned(),
    })
}

pub const NIS_ACCOUNTS: Rule = Rule {
    id: "security.nis-accounts",
    severity: Severity::Blocks,
    area: Area::Security,
    sources: &["NET-24"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/nsswitch.conf"],
    look: nis_accounts,
    cases: &[
        found(clean_el7_web, |f| add_file(f, NSSWITCH, "passwd: files nis\n")),
        fine(clean_el7_web, |f| add_file(f, NSSWITCH, STOCK_NSSWITCH)),
    ],
    ..Rule::USUAL
};
fn nis_accounts(facts: &Facts) -> Result<Vec<Message>, Why> {
    let used = sources(facts)?.into_iter().filter(|(database, source)| ACCOUNTS.contains(database) && *source == "nis");
    Ok(used.map(|(database, _)| Message::new("finding-security-nis-accounts").with("database", database)).collect())
}

pub const NAME_SOURCES: Rule = Rule {
    id: "security.name-sources",
    area: Area::Security,
    sources: &["IDM-03"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/nsswitch.conf"],
    look: name_sources,
    cases: &[
        found(clean_el7_web, |f| add_file(f, NSSWITCH, "passwd: files ldap\n")),
        found(clean_el7_web, |f| add_file(f, NSSWITCH, "hosts: files dns hesiod\n")),
        fine(clean_el7_web, |f| add_file(f, NSSWITCH, STOCK_NSSWITCH)),
    ],
    ..Rule::USUAL
};
fn name_sources(facts: &Facts) -> Result<Vec<Message>, Why> {
    let used = sources(facts)?.into_iter().filter(|(_, source)| SOURCES_GONE.contains(source));
    Ok(used
        .map(|(database, source)| {
            Message::new("finding-security-name-sources").with("database", database).with("source", source)
        })
        .collect())
}

const NSSWITCH: &str = "/etc/nsswitch.conf";

/// What EL 7.9 brings: NIS+ stands there, and nobody has it.
const STOCK_NSSWITCH: &str = "#hosts:     db files nisplus nis dns\npasswd:     files sss\nshadow:     files sss\n\
    group:      files sss\nhosts:      files dns myhostname\nbootparams: nisplus [NOTFOUND=return] files\n\
    netgroup:   nisplus sss\npublickey:  nisplus\nautomount:  files nisplus sss\naliases:    files nisplus\n";

/// Every database with each of its sources.
fn sources(facts: &Facts) -> Result<Vec<(&str, &str)>, Why> {
    let text = content_of(facts, NSSWITCH)?.unwrap_or_default();
    let rows = text.lines().filter(|line| !line.trim_start().starts_with('#')).filter_map(|line| line.split_once(':'));
    Ok(rows
        .flat_map(|(database, sources)| sources.split_whitespace().map(move |source| (database.trim(), source)))
        .collect())
}
