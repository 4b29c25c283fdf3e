//! What is left of a host's facts once its own rules have spoken: what the fleet's rules look at, and no more.
//!
//! Ten thousand hosts stand side by side for the fleet's rules; whole they would not fit. What is dropped becomes unknown,
//! so a rule that reads a section which its row does not name is told so, and never that nothing is there.

use super::{FLEET_RULES, FleetRule};
use crate::facts::{ConfigFile, Facts, Package, Process, Read, Why, each_section};

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

/// The facts without what no rule over the fleet looks at.
pub fn left(mut facts: Facts) -> Facts {
    macro_rules! drop_unseen { ($($section:ident),* $(,)?) => {
        $(if !looked_at(stringify!($section)) { facts.$section = Read::Unknown(Why::NotAsked); })*
    } }
    each_section!(drop_unseen);
    facts.held_files = Vec::new(); // an archive's; no rule reads them
    if let Read::Known(files) = &mut facts.config_files {
        files.retain(|file| rules_on("config_files").any(|rule| (rule.keeps.file)(file)));
        files.shrink_to_fit();
    }
    if let Read::Known(packages) = &mut facts.packages {
        packages.retain(|package| rules_on("packages").any(|rule| (rule.keeps.package)(package)));
        packages.shrink_to_fit();
    }
    if let Read::Known(processes) = &mut facts.processes {
        processes.retain(|process| rules_on("processes").any(|rule| (rule.keeps.process)(process)));
        processes.shrink_to_fit();
    }
    facts
}

fn looked_at(section: &str) -> bool {
    rules_on(section).next().is_some()
}

fn rules_on(section: &str) -> impl Iterator<Item = &'static FleetRule> {
    FLEET_RULES.iter().filter(move |rule| rule.looks_at.contains(&section))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixtures::{add_file, add_package, clean_el7_web, known};

    #[test]
    fn a_rule_says_the_same_of_what_is_left() {
        for rule in FLEET_RULES {
            for case in rule.cases {
                let whole = (case.hosts)();
                let less: Vec<Facts> = whole.iter().cloned().map(left).collect();
                assert_eq!(case.judge_among(rule, &less), case.judge_among(rule, &whole), "{}", rule.id);
            }
        }
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
        let less = left(facts);
        assert_eq!(less.processes, Read::Known(vec![old]));
        assert!(less.held_files.is_empty());
        assert_eq!(less.units, Read::Unknown(Why::NotAsked));
        let files = less.config_files.known().expect("still known");
        assert!(files.iter().all(|file| file.path != "/etc/filler.conf"));
        assert!(less.packages.known().expect("still known").iter().all(|package| package.name != "filler"));
    }
}
