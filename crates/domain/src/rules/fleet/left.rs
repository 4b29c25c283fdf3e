//! What is left of a host's facts once its own rules have spoken: what the fleet's rules look at, and no more.
//!
//! Each rule over the fleet is shown every host again, and reads a few sections of it. A section that it did not ask for is
//! unknown to it, so it is told so, and never that nothing is there.

use super::directory::is_call;
use super::leans::is_served;
use super::protocols::about_tls;
use super::ssh::is_negotiated;
use super::{FLEET_RULES, FleetRule};
use crate::HostId;
use crate::facts::{ConfigFile, Facts, Package, Process, Read, each_section};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};
use std::collections::BTreeMap;

/// Entries of the largest sections that a rule over the fleet looks at.
#[derive(Debug, Clone, Copy)]
pub struct Keeps {
    pub file: fn(&ConfigFile) -> bool,
    pub package: fn(&Package) -> bool,
    pub process: fn(&Process) -> bool,
}

impl Keeps {
    /// All of them.
    pub const ALL: Self = Self { file: |_| true, package: |_| true, process: |_| true };

    /// These files, and nothing of the other sections.
    pub const fn files(file: fn(&ConfigFile) -> bool) -> Self {
        Self { file, package: |_| false, process: |_| false }
    }
}

/// One host, as far as the fleet's rules look at it; each section is written on its own, to be read on its own.
#[derive(Debug, Serialize, Deserialize)]
pub struct Left {
    host: HostId,
    taken_at: Timestamp,
    sections: BTreeMap<String, Box<RawValue>>,
}

impl Left {
    /// Takes from the facts what some rule over the fleet looks at.
    ///
    /// # Errors
    /// When a section cannot be written as JSON.
    pub fn of(facts: Facts) -> Result<Self, serde_json::Error> {
        let facts = trimmed(facts);
        let mut sections = BTreeMap::new();
        macro_rules! write { ($($section:ident),* $(,)?) => {
            $(if looked_at(stringify!($section)) {
                sections.insert(stringify!($section).to_owned(), to_raw_value(&facts.$section)?);
            })*
        } }
        each_section!(write);
        Ok(Self { host: facts.host, taken_at: facts.taken_at, sections })
    }

    /// The host with these sections; the others are as if nobody had asked for them.
    ///
    /// # Errors
    /// When a section does not say what it should.
    pub fn facts(&self, sections: &[&str]) -> Result<Facts, serde_json::Error> {
        let mut facts = Facts::unasked(self.host.clone(), self.taken_at);
        macro_rules! read { ($($section:ident),* $(,)?) => {
            $(if sections.contains(&stringify!($section)) && let Some(raw) = self.sections.get(stringify!($section)) {
                facts.$section = serde_json::from_str(raw.get())?;
            })*
        } }
        each_section!(read);
        Ok(facts)
    }
}

/// Of long sections the entries that a rule looks at.
fn trimmed(mut facts: Facts) -> Facts {
    keep(&mut facts.config_files, |file| rules_on("config_files").any(|rule| (rule.keeps.file)(file)));
    keep(&mut facts.packages, |package| rules_on("packages").any(|rule| (rule.keeps.package)(package)));
    keep(&mut facts.processes, |process| rules_on("processes").any(|rule| (rule.keeps.process)(process)));
    keep(&mut facts.edges, is_call);
    keep(&mut facts.mounts, |mount| is_served(&mount.fstype));
    keep(&mut facts.fstab, |row| is_served(&row.fstype));
    keep(&mut facts.sshd, |(option, _)| is_negotiated(option));
    if let Read::Known(Some(nginx)) = &mut facts.nginx {
        nginx.listing = nginx.listing.get().map(|listing| about_tls(listing)).into();
    }
    facts
}

fn keep<T>(section: &mut Read<Vec<T>>, wanted: impl Fn(&T) -> bool) {
    if let Read::Known(entries) = section {
        entries.retain(wanted);
    }
}

fn looked_at(section: &str) -> bool {
    rules_on(section).next().is_some()
}

fn rules_on(section: &str) -> impl Iterator<Item = &'static FleetRule> {
    FLEET_RULES.iter().filter(move |rule| rule.looks_at.contains(&section))
}

#[cfg(test)]
mod tests {
    use super::super::Hosts;
    use super::*;
    use crate::facts::Why;
    use crate::facts::nginx::directives;
    use crate::rules::fixtures::{add_file, add_package, clean_el7_web, fstab, known, nginx_says};

    /// Hosts that are read back for each rule.
    #[derive(Debug)]
    struct Written(Vec<String>);

    impl Hosts for Written {
        fn each(&self, sections: &[&str], look: &mut dyn FnMut(&Facts)) {
            for text in &self.0 {
                let left: Left = serde_json::from_str(text).expect("it was just written");
                look(&left.facts(sections).expect("it was just written"));
            }
        }
    }

    fn written(left: &Result<Left, serde_json::Error>) -> String {
        serde_json::to_string(left.as_ref().expect("plain data")).expect("plain data")
    }

    fn every_section(facts: Facts) -> Facts {
        let all: Vec<&str> = FLEET_RULES.iter().flat_map(|rule| rule.looks_at).copied().collect();
        Left::of(facts).and_then(|left| left.facts(&all)).expect("plain data")
    }

    #[test]
    fn a_rule_says_the_same_of_what_is_left() {
        for case in FLEET_RULES.iter().flat_map(|rule| rule.cases) {
            let whole = (case.hosts)();
            let left = Written(whole.iter().cloned().map(|facts| written(&Left::of(facts))).collect());
            for rule in FLEET_RULES {
                assert_eq!(case.judge_among(rule, &left), case.judge_among(rule, &whole), "{}", rule.id);
            }
        }
    }

    #[test]
    fn of_long_sections_the_few_entries_are_left_that_a_rule_looks_at() {
        let mut facts = clean_el7_web();
        known(&mut facts.sshd).extend([("ciphers", "aes256-ctr"), ("port", "22")].map(|(k, v)| (k.into(), v.into())));
        known(&mut facts.fstab).extend([fstab("nas:/shop", "/srv/shop", "nfs4"), fstab("/dev/sdb1", "/srv/a", "xfs")]);
        let old = "server { ssl_protocols TLSv1; listen 443; location / { proxy_pass http://app; } }\n";
        let new = "# configuration file /etc/nginx/b.conf:\nserver { ssl_protocols TLSv1.2 TLSv1.3; }\n";
        nginx_says(&mut facts, &format!("{old}{new}"));
        let less = every_section(facts);
        assert!(less.sshd.known().expect("still known").iter().all(|(option, _)| is_negotiated(option)));
        assert!(less.fstab.known().expect("still known").iter().all(|row| row.source == "nas:/shop"));
        let nginx = less.nginx.known().and_then(Option::as_ref).expect("still known");
        let listing = directives(nginx.listing.known().expect("still known"));
        assert_eq!(listing.iter().map(|one| one.words.join(" ")).collect::<Vec<_>>(), ["ssl_protocols TLSv1"]);
    }

    #[test]
    fn what_nobody_looks_at_is_dropped_and_not_empty() {
        let mut facts = clean_el7_web();
        add_package(&mut facts, "filler", "1.0", "1.el7");
        add_file(&mut facts, "/etc/filler.conf", "nothing\n");
        let process = |args: &str| Process { user: "app".into(), comm: "java".into(), args: args.into() };
        let old = process("java -Dhttps.protocols=TLSv1 -jar shop.jar");
        known(&mut facts.processes).extend([old.clone(), process("java -jar other.jar")]);
        facts.held_files = facts.config_files.known().cloned().unwrap_or_default();
        let less = every_section(facts);
        assert_eq!(less.processes, Read::Known(vec![old]));
        assert!(less.held_files.is_empty());
        assert_eq!(less.units, Read::Unknown(Why::NotAsked), "no rule asks for it");
        let files = less.config_files.known().expect("still known");
        assert!(files.iter().all(|file| file.path != "/etc/filler.conf"));
        assert!(less.packages.known().expect("still known").iter().all(|package| package.name != "filler"));
    }
}
