//! `iptables-save` lines to an nftables rule set of the `ip` family (NET-13, NET-14).
//!
//! Every rule is carried whole or the file is refused: half a rule opens a door or shuts one.

use super::{Translation, Untranslatable, lines::text};
use crate::Message;
use std::fmt::Write as _;

pub(super) fn translate(source: &[u8]) -> Result<Translation, Untranslatable> {
    let mut tables: Vec<Table> = Vec::new();
    for (no, line) in (1..).zip(text(source)?.lines()) {
        let line = line.trim();
        match line.chars().next() {
            None | Some('#') => {}
            Some('*') => tables.push(Table::new(no, line.get(1..).unwrap_or_default())?),
            _ if line == "COMMIT" => {}
            Some(first) => {
                let table = tables.last_mut().ok_or_else(|| Untranslatable::at(no, "config-iptables-no-table"))?;
                if first == ':' { table.chain(no, line)? } else { table.rule(no, line)? }
            }
        }
    }
    let mut out = String::from("# Carried over from the iptables rules of EL 7.\nflush ruleset\n");
    tables.iter().for_each(|t| t.print(&mut out));
    Ok(Translation { bytes: out.into_bytes(), notes: vec![Message::new("config-iptables-only-ipv4")] })
}

struct Table {
    name: String,
    chains: Vec<Chain>,
}

struct Chain {
    name: String,
    head: String,
    rules: Vec<String>,
}

impl Table {
    fn new(no: u32, name: &str) -> Result<Self, Untranslatable> {
        if !matches!(name, "filter" | "nat" | "mangle" | "raw") {
            return Err(Untranslatable::at(no, "config-iptables-table").with("setting", name));
        }
        Ok(Self { name: name.to_owned(), chains: Vec::new() })
    }

    /// `:INPUT ACCEPT [0:0]`; a chain of one's own has the policy `-`.
    fn chain(&mut self, no: u32, line: &str) -> Result<(), Untranslatable> {
        let mut words = line.get(1..).unwrap_or_default().split_whitespace();
        let (Some(name), Some(policy)) = (words.next(), words.next()) else {
            return Err(Untranslatable::at(no, "config-iptables-chain"));
        };
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')) {
            return Err(Untranslatable::at(no, "config-iptables-chain"));
        }
        let head = match policy {
            "-" => String::new(),
            "ACCEPT" | "DROP" => self.hook(no, name, &policy.to_ascii_lowercase())?,
            _ => return Err(Untranslatable::at(no, "config-iptables-chain")),
        };
        self.chains.push(Chain { name: name.to_owned(), head, rules: Vec::new() });
        Ok(())
    }

    fn hook(&self, no: u32, chain: &str, policy: &str) -> Result<String, Untranslatable> {
        let priority = match (self.name.as_str(), chain) {
            ("filter", _) => "filter",
            ("mangle", _) => "mangle",
            ("raw", _) => "raw",
            ("nat", "PREROUTING" | "OUTPUT") => "-100",
            _ => "100",
        };
        let kind = match (self.name.as_str(), chain) {
            ("nat", _) => "nat",
            ("mangle", "OUTPUT") => "route",
            _ => "filter",
        };
        if !matches!(chain, "INPUT" | "OUTPUT" | "FORWARD" | "PREROUTING" | "POSTROUTING") {
            return Err(Untranslatable::at(no, "config-iptables-chain"));
        }
        Ok(format!("type {kind} hook {} priority {priority}; policy {policy};", chain.to_ascii_lowercase()))
    }

    fn rule(&mut self, no: u32, line: &str) -> Result<(), Untranslatable> {
        let words = words(line).ok_or_else(|| Untranslatable::at(no, "config-iptables-quote"))?;
        let mut words = words.iter().map(String::as_str);
        let (Some("-A"), Some(name)) = (words.next(), words.next()) else {
            return Err(Untranslatable::at(no, "config-iptables-command"));
        };
        let own: Vec<String> = self.chains.iter().map(|c| c.name.clone()).collect();
        let rule = Rule { no, own: &own }.nft(&words.collect::<Vec<_>>())?;
        let chain = self.chains.iter_mut().find(|c| c.name == name);
        chain.ok_or_else(|| Untranslatable::at(no, "config-iptables-chain"))?.rules.push(rule);
        Ok(())
    }

    fn print(&self, out: &mut String) {
        let _ = writeln!(out, "\ntable ip {} {{", self.name);
        for chain in &self.chains {
            let _ = writeln!(out, "    chain {} {{", chain.name);
            let body = std::iter::once(&chain.head).filter(|h| !h.is_empty()).chain(&chain.rules);
            for line in body {
                let _ = writeln!(out, "        {line}");
            }
            out.push_str("    }\n");
        }
        out.push_str("}\n");
    }
}

/// Splits like a shell, double quotes only: what `iptables-save` writes.
fn words(line: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        found.push(word.to_owned());
        rest = after.trim_start();
    }
    Some(found)
}

struct Rule<'a> {
    no: u32,
    own: &'a [String],
}

impl Rule<'_> {
    fn nft(&self, words: &[&str]) -> Result<String, Untranslatable> {
        let mut parts: Vec<String> = Vec::new();
        let mut protocol = String::new();
        let mut words = words.iter().copied();
        let mut comment = None;
        let mut not = false;
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| self.unknown(word));
            let part = match word {
                "!" => {
                    not = true;
                    continue;
                }
                "-m" => {
                    self.known_match(value()?)?;
                    continue;
                }
                "-p" => {
                    protocol = self.protocol(value()?)?;
                    if not {
                        Some(format!("ip protocol != {protocol}"))
                    } else {
                        Some(format!("ip protocol {protocol}"))
                    }
                }
                "-j" | "-g" => {
                    let target = value()?;
                    let rest: Vec<&str> = words.by_ref().collect();
                    if not {
                        return Err(self.unknown("!"));
                    }
                    parts.push(self.verdict(word, target, &rest)?);
                    continue;
                }
                // nftables wants it behind the verdict.
                "--comment" if !not => {
                    comment = Some(format!("comment \"{}\"", self.plain(value()?)?));
                    continue;
                }
                _ => Some(self.matched(word, value()?, &protocol, not)?),
            };
            parts.extend(part);
            not = false;
        }
        if parts.is_empty() || not {
            return Err(Untranslatable::at(self.no, "config-iptables-command"));
        }
        parts.extend(comment);
        Ok(parts.join(" "))
    }

    fn matched(&self, word: &str, value: &str, protocol: &str, not: bool) -> Result<String, Untranslatable> {
        let sign = if not { "!= " } else { "" };
        let value = self.plain(value)?;
        Ok(match word {
            "-s" => format!("ip saddr {sign}{value}"),
            "-d" => format!("ip daddr {sign}{value}"),
            "-i" => format!("iifname {sign}\"{}\"", value.replace('+', "*")),
            "-o" => format!("oifname {sign}\"{}\"", value.replace('+', "*")),
            "--dport" | "--sport" => {
                format!("{} {}port {sign}{}", self.ported(protocol)?, &word[2..3], value.replace(':', "-"))
            }
            "--dports" | "--sports" => {
                format!(
                    "{} {}port {sign}{{ {} }}",
                    self.ported(protocol)?,
                    &word[2..3],
                    value.replace(':', "-").replace(',', ", ")
                )
            }
            "--state" | "--ctstate" => format!("ct state {sign}{}", value.to_ascii_lowercase()),
            "--icmp-type" => format!("icmp type {sign}{}", self.icmp_type(&value)?),
            "--limit" if !not => format!("limit rate {}", self.rate(&value)?),
            "--limit-burst" if !not => format!("burst {value} packets"),
            "--uid-owner" => format!("meta skuid {sign}{value}"),
            "--tcp-flags" => return Err(self.unknown(word)),
            _ => return Err(self.unknown(word)),
        })
    }

    fn verdict(&self, how: &str, target: &str, rest: &[&str]) -> Result<String, Untranslatable> {
        match (target, rest) {
            ("ACCEPT" | "DROP" | "RETURN", []) => Ok(target.to_ascii_lowercase()),
            ("REJECT", []) => Ok("reject".to_owned()),
            ("REJECT", ["--reject-with", kind]) => self.reject(kind),
            ("MASQUERADE", []) => Ok("masquerade".to_owned()),
            ("SNAT", ["--to-source", to]) => Ok(format!("snat to {}", self.plain(to)?)),
            ("DNAT", ["--to-destination", to]) => Ok(format!("dnat to {}", self.plain(to)?)),
            ("REDIRECT", ["--to-ports", port]) => Ok(format!("redirect to :{}", self.plain(port)?)),
            ("LOG", rest) => self.log(rest),
            (chain, []) if self.own.iter().any(|c| c == chain) => {
                Ok(format!("{} {chain}", if how == "-g" { "goto" } else { "jump" }))
            }
            _ => Err(Untranslatable::at(self.no, "config-iptables-target").with("setting", target)),
        }
    }

    fn reject(&self, kind: &str) -> Result<String, Untranslatable> {
        Ok(match kind {
            "tcp-reset" => "reject with tcp reset".to_owned(),
            "icmp-host-prohibited"
            | "icmp-port-unreachable"
            | "icmp-host-unreachable"
            | "icmp-net-unreachable"
            | "icmp-admin-prohibited"
            | "icmp-net-prohibited"
            | "icmp-proto-unreachable" => {
                let kind = kind.trim_start_matches("icmp-").replace("proto-", "prot-");
                format!("reject with icmp type {kind}")
            }
            _ => return Err(self.unknown(kind)),
        })
    }

    fn log(&self, rest: &[&str]) -> Result<String, Untranslatable> {
        let mut out = String::from("log");
        for pair in rest.chunks(2) {
            match pair {
                ["--log-prefix", prefix] => drop(write!(out, " prefix \"{}\"", self.plain(prefix)?)),
                ["--log-level", level] => drop(write!(out, " level {}", self.log_level(level)?)),
                _ => return Err(self.unknown(pair.first().copied().unwrap_or("LOG"))),
            }
        }
        Ok(out)
    }

    fn log_level(&self, level: &str) -> Result<&'static str, Untranslatable> {
        const LEVELS: [&str; 8] = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"];
        let named = LEVELS.iter().find(|l| level.starts_with(**l));
        let numbered = level.parse::<usize>().ok().and_then(|n| LEVELS.get(n));
        named.or(numbered).copied().ok_or_else(|| self.unknown("--log-level"))
    }

    fn known_match(&self, name: &str) -> Result<(), Untranslatable> {
        match name {
            "state" | "conntrack" | "tcp" | "udp" | "icmp" | "multiport" | "comment" | "limit" | "owner" => Ok(()),
            _ => Err(Untranslatable::at(self.no, "config-iptables-match").with("setting", name)),
        }
    }

    fn protocol(&self, name: &str) -> Result<String, Untranslatable> {
        match name {
            "tcp" | "udp" | "icmp" | "esp" | "ah" | "sctp" | "vrrp" | "112" => Ok(name.to_owned()),
            _ => Err(self.unknown("-p")),
        }
    }

    fn ported<'b>(&self, protocol: &'b str) -> Result<&'b str, Untranslatable> {
        if matches!(protocol, "tcp" | "udp" | "sctp") { Ok(protocol) } else { Err(self.unknown("--dport")) }
    }

    fn icmp_type(&self, value: &str) -> Result<String, Untranslatable> {
        let known = value.parse::<u8>().is_ok()
            || matches!(value, "echo-request" | "echo-reply" | "time-exceeded" | "destination-unreachable");
        if known { Ok(value.to_owned()) } else { Err(self.unknown("--icmp-type")) }
    }

    /// `5/min` to `5/minute`.
    fn rate(&self, value: &str) -> Result<String, Untranslatable> {
        let (count, per) = value.split_once('/').ok_or_else(|| self.unknown("--limit"))?;
        let per = ["second", "minute", "hour", "day"].into_iter().find(|unit| !per.is_empty() && unit.starts_with(per));
        match (count.parse::<u32>(), per) {
            (Ok(count), Some(per)) => Ok(format!("{count}/{per}")),
            _ => Err(self.unknown("--limit")),
        }
    }

    /// A value goes into the new rule as text: nothing in it may end the rule.
    fn plain(&self, value: &str) -> Result<String, Untranslatable> {
        let fine = |c: char| !matches!(c, '"' | ';' | '{' | '}' | '\\' | '$') && !c.is_control();
        if value.chars().all(fine) {
            Ok(value.to_owned())
        } else {
            Err(Untranslatable::at(self.no, "config-iptables-quote"))
        }
    }

    fn unknown(&self, word: &str) -> Untranslatable {
        Untranslatable::at(self.no, "config-iptables-word").with("setting", word)
    }
}
