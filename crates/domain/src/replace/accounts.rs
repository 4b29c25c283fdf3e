//! People, the users that services run as, and what belongs to them.

use super::{sh, subject::Subject};
use crate::{
    Message,
    facts::{Group, User},
    plan::Tree,
};
use std::collections::BTreeSet;

/// Users that packages of EL9 make by themselves, then with other numbers (PLT-33).
const SERVICES: [&str; 8] = ["nginx", "redis", "postgres", "mysql", "prometheus", "haproxy", "memcached", "apache"];

/// Numbers of people.
const PEOPLE: std::ops::Range<u32> = 1_000..60_000;

/// The accounts that go across.
pub(super) struct Accounts<'a> {
    users: Vec<&'a User>,
    groups: Vec<&'a Group>,
}

/// People, the users of local units, and the services' own.
pub(super) fn accounts<'a>(subject: &Subject<'a>, units: &[String]) -> Result<Accounts<'a>, Message> {
    let (users, groups) =
        (subject.need(&subject.facts.users, "users")?, subject.need(&subject.facts.groups, "groups")?);
    let wanted = |u: &&User| PEOPLE.contains(&u.uid) || SERVICES.contains(&u.name.as_str()) || units.contains(&u.name);
    let users: Vec<&User> = users.iter().filter(wanted).filter(|u| u.name != "nfsnobody").collect();
    let gids: BTreeSet<u32> = users.iter().map(|u| u.gid).collect();
    let own = |g: &&Group| gids.contains(&g.gid) || (PEOPLE.contains(&g.gid) && g.name != "nfsnobody");
    Ok(Accounts { groups: groups.iter().filter(own).collect(), users })
}

impl Accounts<'_> {
    /// Whether nobody goes across.
    pub(super) fn is_empty(&self) -> bool {
        self.users.is_empty() && self.groups.is_empty()
    }

    /// Variables for the scripts.
    pub(super) fn vars(&self, subject: &Subject<'_>) -> Vec<(&'static str, String)> {
        let group_name = |gid: u32| {
            let all = subject.facts.groups.known().map(Vec::as_slice).unwrap_or_default();
            all.iter().find(|g| g.gid == gid).map_or_else(|| gid.to_string(), |g| g.name.clone())
        };
        let groups = self.groups.iter().map(|g| format!("{}:{}\n", g.name, g.gid)).collect();
        let line = |u: &&User| format!("{}:{}:{}:{}:{}\n", u.name, u.uid, group_name(u.gid), u.home, u.shell);
        vec![
            ("GROUPS_WANTED", groups),
            ("USERS_WANTED", self.users.iter().map(line).collect()),
            ("MEMBERS_WANTED", self.members(subject)),
        ]
    }

    fn members(&self, subject: &Subject<'_>) -> String {
        let all = subject.facts.groups.known().map(Vec::as_slice).unwrap_or_default();
        let ours = |name: &String| self.users.iter().any(|u| u.name == *name);
        all.iter().flat_map(|g| g.members.iter().filter(|m| ours(m)).map(|m| format!("{}:{m}\n", g.name))).collect()
    }

    fn people(&self) -> impl Iterator<Item = &User> {
        self.users.iter().copied().filter(|u| PEOPLE.contains(&u.uid))
    }

    /// Names of the people among them.
    pub(super) fn names(&self) -> String {
        sh::words(self.people().map(|u| &u.name))
    }

    /// Their homes.
    pub(super) fn homes(&self) -> Vec<Tree> {
        let below_home = |u: &&User| u.home.starts_with("/home/") && u.home.len() > "/home/".len();
        self.people().filter(below_home).map(|u| super::steps::tree(&u.home, &u.home)).collect()
    }
}
