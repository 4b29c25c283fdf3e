//! HAProxy and Squid: directives that a newer one refuses or passes over.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::files;
use super::used::{each_line, own_files_in_use};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Why};

/// Directives that HAProxy from 2.1 on takes for an error, and what is written now.
const HAPROXY_GONE: &[(&str, &str)] = &[
    ("reqadd", "http-request add-header"),
    ("rspadd", "http-response add-header"),
    ("block", "http-request deny"),
    ("redispatch", "option redispatch"),
    ("clitimeout", "timeout client"),
    ("contimeout", "timeout connect"),
    ("srvtimeout", "timeout server"),
    ("appsession", "stick-table, stick on"),
];

/// Directives that Squid 5 answers with an ERROR line.
const SQUID_OBSOLETE: &[&str] =
    &["hierarchy_stoplist", "url_rewrite_concurrency", "upgrade_http0.9", "forward_log", "dns_v4_first"];

pub const HAPROXY: Rule = Rule {
    id: "services.haproxy-removed",
    severity: Severity::Blocks,
    area: Area::Services,
    sources: &["LB-01"],
    evidence: Evidence::Tried,
    looks_at: &["units", "config_files"],
    places: &["/etc/haproxy/*.cfg"],
    look: haproxy,
    cases: &[
        found(clean_el7_web, |f| haproxy_says(f, "frontend shop\n  bind *:80\n  reqadd X-Forwarded-Proto:\\ https\n")),
        fine(clean_el7_web, |f| {
            haproxy_says(
                f,
                "defaults\n  option http-server-close\n  option forwardfor except 127.0.0.0/8\n  option redispatch\n  timeout client 1m\n",
            )
        }),
    ],
    ..Rule::USUAL
};
fn haproxy(facts: &Facts) -> Result<Vec<Message>, Why> {
    let is_cfg = |path: &str| path.starts_with("/etc/haproxy/") && path.ends_with(".cfg");
    each_line(&own_files_in_use(facts, &["haproxy.service"], is_cfg)?, |line| {
        let said = if line.is("option") { format!("option {}", line.value()) } else { line.words[0].to_owned() };
        let now = haproxy_successor(&said)?;
        Some(Message::new("finding-services-haproxy-removed").with("directive", said).with("now", now))
    })
}

/// What is written now in the place of a directive that is gone.
fn haproxy_successor(said: &str) -> Option<&'static str> {
    match said {
        "option forceclose" => Some("option httpclose"),
        "option http-tunnel" => Some("option http-server-close"),
        _ if is_rewrite(said, "req") => Some("http-request replace-header, replace-path, deny"),
        _ if is_rewrite(said, "rsp") => Some("http-response replace-header, del-header, deny"),
        _ => HAPROXY_GONE.iter().find(|(gone, _)| *gone == said).map(|(_, now)| *now),
    }
}

/// `reqirep`, `rspidel` and their family.
fn is_rewrite(said: &str, side: &str) -> bool {
    let Some(rest) = said.strip_prefix(side) else { return false };
    let rest = rest.strip_prefix('i').unwrap_or(rest);
    matches!(rest, "rep" | "del" | "deny" | "allow" | "pass" | "setbe" | "tarpit")
}

pub const SQUID: Rule = Rule {
    id: "services.squid-obsolete",
    severity: Severity::Warns, // Squid names the line, passes over it and starts
    area: Area::Services,
    sources: &["PXY-01"],
    evidence: Evidence::Tried,
    looks_at: &["config_files"],
    places: &["/etc/squid/squid.conf"],
    look: squid,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/squid/squid.conf", "http_port 3128\nhierarchy_stoplist cgi-bin ?\n")
        }),
        fine(clean_el7_web, |f| {
            add_file(
                f,
                "/etc/squid/squid.conf",
                "http_port 3128\nrefresh_pattern ^ftp: 1440 20% 10080\ncoredump_dir /var/spool/squid\n",
            )
        }),
    ],
    ..Rule::USUAL
};
fn squid(facts: &Facts) -> Result<Vec<Message>, Why> {
    each_line(&files(facts, |path| path == "/etc/squid/squid.conf")?, |line| {
        let name = line.words[0];
        let obsolete = SQUID_OBSOLETE.contains(&name)
            || name.starts_with("sslproxy_")
            || (name == "refresh_pattern" && line.words.contains(&"ignore-no-cache"));
        obsolete.then(|| Message::new("finding-services-squid-obsolete").with("directive", name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_gone_has_a_successor() {
        for gone in ["reqadd", "reqirep", "rspidel", "reqitarpit", "option forceclose", "contimeout", "block"] {
            assert!(haproxy_successor(gone).is_some(), "{gone}");
        }
        for kept in ["option httpclose", "option redispatch", "request", "rsp", "timeout", "http-request", "reqs"] {
            assert!(haproxy_successor(kept).is_none(), "{kept}");
        }
    }
}
