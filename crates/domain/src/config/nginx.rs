//! Files that nginx reads: 1.20 of EPEL 7 to 1.20 and later of EL9 (WEB-08).

use super::{
    Translation, Untranslatable,
    lines::{Fate, directive, note, renamed, retired, rewrite},
};

/// Directives whose module EL9 does not bring.
const WITHOUT_MODULE: [&str; 8] =
    ["geoip_country", "geoip_city", "geoip_org", "geoip_proxy", "perl", "perl_set", "perl_modules", "limit_zone"];

pub(super) fn translate(source: &[u8]) -> Result<Translation, Untranslatable> {
    rewrite(source, |no, line| {
        let Some((name, rest)) = directive(line) else { return Ok(Fate::Keep) };
        if WITHOUT_MODULE.contains(&name) {
            return Err(Untranslatable::at(no, "config-nginx-no-module").with("setting", name));
        }
        Ok(fate_of(no, line, name, rest))
    })
}

fn fate_of(no: u32, line: &str, name: &str, rest: &str) -> Fate {
    match name {
        "listen" if rest.split([' ', '\t', ';']).any(|w| w == "spdy") => Fate::Become(renamed(line, "spdy", "http2")),
        name if name.starts_with("spdy_") => retired(no, name),
        // Only warned of by 1.20; gone in 1.25, where `listen ... ssl` says it.
        "ssl" if rest.starts_with("on") => Fate::KeepAnd(note("config-nginx-ssl-on", no, name)),
        "ssl_protocols" => protocols(no, line, rest),
        _ => Fate::Keep,
    }
}

/// The crypto policy refuses what lies below TLS 1.2 whatever this line says; keep the line honest.
fn protocols(no: u32, line: &str, rest: &str) -> Fate {
    let words: Vec<&str> = rest.trim_end_matches(';').split_whitespace().collect();
    let old = |w: &str| matches!(w, "SSLv2" | "SSLv3" | "TLSv1" | "TLSv1.1");
    if !words.iter().any(|w| old(w)) {
        return Fate::Keep;
    }
    let mut kept: Vec<&str> = words.into_iter().filter(|w| !old(w)).collect();
    if kept.is_empty() {
        kept.push("TLSv1.2");
    }
    let indent: String = line.chars().take_while(|c| c.is_whitespace()).collect();
    Fate::BecomeAnd(
        format!("{indent}ssl_protocols {};", kept.join(" ")),
        note("config-tls-raised", no, "ssl_protocols"),
    )
}
