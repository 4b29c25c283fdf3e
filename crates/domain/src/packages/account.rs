//! The one answer to what becomes of a host's packages: `rockhop packages`, the rules and a plan give this one.

use super::judge::{Given, Transition, judge};
use super::pes::{Arch, Release, Way};
use super::{Decision, Installation, release};
use crate::Message;
use crate::facts::{Facts, Why};

/// What becomes of a host's packages, and what is typed for it.
#[derive(Debug, Clone)]
pub struct Account<'a> {
    pub way: Way,
    pub transition: Transition<'a>,
    pub installation: Installation,
}

/// Why nothing can be said of a host's packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoAccount {
    /// A section of the facts is unknown.
    Unread(Why),
    /// An architecture that EL9 does not have.
    Arch(String),
    /// Nothing says which release of EL it runs.
    Release,
}

/// What becomes of the packages of a host, by what people gave and decided.
pub fn account<'a>(facts: &'a Facts, given: &'a Given, decisions: &[&Decision]) -> Result<Account<'a>, NoAccount> {
    let installed = facts.packages.get().map_err(NoAccount::Unread)?;
    let arch = facts.arch.get().map_err(NoAccount::Unread)?;
    let os = facts.os.get().map_err(NoAccount::Unread)?;
    let arch = Arch::of(arch).ok_or_else(|| NoAccount::Arch(arch.clone()))?;
    let from = release(installed, Some(os)).ok_or(NoAccount::Release)?;
    let way = Way { from, to: Release::last_of(9), arch };
    let transition = judge(installed, &way, given, decisions);
    let installation = Installation::of(&transition, given, arch);
    Ok(Account { way, transition, installation })
}

impl NoAccount {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        match self {
            Self::Unread(why) => why.message(),
            Self::Arch(arch) => Message::new("packages-no-arch").with("arch", arch),
            Self::Release => Message::new("packages-no-release"),
        }
    }

    /// The same as a rule says it.
    pub fn why(self) -> Why {
        match self {
            Self::Unread(why) => why,
            Self::Arch(line) => Why::BadLine { line },
            Self::Release => Why::Missing,
        }
    }
}

impl Account<'_> {
    /// EL7 packages that nobody speaks of, sorted.
    pub fn unknown(&self) -> Vec<&str> {
        self.transition.of(super::Fate::Unknown).map(|standing| standing.name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Read;
    use crate::rules::fixtures::{add_package, clean_el7, known};

    fn host(packages: &[&str]) -> Facts {
        let mut facts = clean_el7("web-1", 31);
        packages.iter().for_each(|name| add_package(&mut facts, name, "1", "1.el7"));
        facts
    }

    fn told(facts: &Facts, decisions: &[Decision]) -> (Vec<String>, Vec<String>) {
        let given = Given::default();
        let account = account(facts, &given, &decisions.iter().collect::<Vec<_>>()).expect("an account");
        let unknown = account.unknown().into_iter().map(str::to_owned).collect();
        (account.installation.install, unknown)
    }

    #[test]
    fn known_packages_are_installed_and_unknown_ones_named() {
        let facts = host(&["ntp", "ntpdate", "nginx", "oracle-agent", "gpg-pubkey"]);
        assert_eq!(told(&facts, &[]), (vec!["chrony".to_owned(), "nginx".into()], vec!["oracle-agent".to_owned()]));
    }

    #[test]
    fn what_was_decided_is_unknown_no_more() {
        let decision = |package: &str, install: &[&str]| Decision {
            package: package.into(),
            install: install.iter().map(|name| (*name).to_owned()).collect(),
            owner: "o".into(),
            reason: "r".into(),
        };
        let decisions = [decision("oracle-agent", &["agent9"]), decision("nginx", &[])];
        assert_eq!(told(&host(&["oracle-agent", "nginx"]), &decisions), (vec!["agent9".to_owned()], vec![]));
    }

    #[test]
    fn without_packages_architecture_or_release_there_is_none() {
        let given = Given::default();
        let why = |change: fn(&mut Facts)| {
            let mut facts = host(&[]);
            change(&mut facts);
            account(&facts, &given, &[]).expect_err("no account")
        };
        assert_eq!(why(|f| f.packages = Read::Unknown(Why::NotHeld)), NoAccount::Unread(Why::NotHeld));
        assert_eq!(why(|f| f.arch = Read::Unknown(Why::Missing)), NoAccount::Unread(Why::Missing));
        assert_eq!(why(|f| f.arch = Read::Known("i686".into())), NoAccount::Arch("i686".into()));
        assert_eq!(why(|f| known(&mut f.os).release_package = None), NoAccount::Release);
    }
}
