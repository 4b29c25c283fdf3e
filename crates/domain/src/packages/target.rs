//! The repositories that a new machine installs from, as people declared them.

use std::fmt::Write as _;

/// What a new Rocky 9 defines by itself, on or off: its package `rocky-repos`.
const DEFINED: [&str; 12] = [
    "baseos",
    "appstream",
    "crb",
    "extras",
    "plus",
    "devel",
    "highavailability",
    "resilientstorage",
    "nfv",
    "rt",
    "sap",
    "saphana",
];
/// Keys that it has.
const BROUGHT_KEYS: [&str; 2] = ["RPM-GPG-KEY-Rocky-9", "RPM-GPG-KEY-Rocky-9-Testing"];
/// Where keys lie on a machine.
pub const KEYS: &str = "/etc/pki/rpm-gpg";

/// A repository of a new machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetRepository {
    /// What dnf calls it.
    pub id: String,
    /// Where it is; none for one that the machine defines by itself and that is only switched on.
    pub address: Option<Address>,
    pub key: Option<SigningKey>,
    /// Whether signatures of its packages are looked at.
    pub checked: bool,
    pub on: bool,
    /// What else it holds, by the names that the tables, Leapp's data or the old hosts have for it.
    pub holds: Vec<String>,
    /// Where a copy of its metadata is on the controller, as it is written.
    pub metadata: Option<String>,
}

/// Where a repository is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub kind: AddressKind,
    pub url: String,
}

/// Which of dnf's keys the address is the value of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressKind {
    BaseUrl,
    MirrorList,
    MetaLink,
}

/// Where the key is that a repository's packages are signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SigningKey {
    /// A file that the new machine has: its path there.
    OnMachine { path: String },
    /// A file of the project, which goes onto the machine with the plan that is signed.
    Carried { path: String },
    /// Whatever is at this address when the machine asks.
    Fetched { url: String },
}

impl AddressKind {
    /// The key in a `.repo` file, and in rockhop.toml.
    pub const fn word(self) -> &'static str {
        match self {
            Self::BaseUrl => "baseurl",
            Self::MirrorList => "mirrorlist",
            Self::MetaLink => "metalink",
        }
    }
}

impl SigningKey {
    /// What somebody wrote for `gpgkey`: an address, or a path below the project's folder.
    pub fn of(written: &str) -> Self {
        match (written.strip_prefix("file://"), written.contains("://")) {
            (Some(path), _) => Self::OnMachine { path: path.to_owned() },
            (None, true) => Self::Fetched { url: written.to_owned() },
            (None, false) => Self::Carried { path: written.to_owned() },
        }
    }

    /// Whether a fresh Rocky 9 has this file.
    pub fn is_brought(&self) -> bool {
        let Self::OnMachine { path } = self else { return false };
        let name = path.strip_prefix(KEYS).and_then(|rest| rest.strip_prefix('/'));
        name.is_some_and(|name| BROUGHT_KEYS.contains(&name))
    }
}

impl TargetRepository {
    /// Whether it is called so, or says that it holds what is called so.
    pub fn has(&self, name: &str) -> bool {
        self.id == name || self.holds.iter().any(|held| held == name)
    }

    /// Whether somebody is known to define it: its row, or the new machine.
    pub fn is_defined(&self) -> bool {
        self.address.is_some() || DEFINED.contains(&self.id.as_str())
    }

    /// Where its carried key lies on the new machine.
    pub fn key_path(&self) -> String {
        format!("{KEYS}/rockhop-{}", self.id)
    }

    /// Its part of a `.repo` file; none where the machine defines it.
    pub fn definition(&self) -> Option<String> {
        let address = self.address.as_ref()?;
        let flag = u8::from;
        let mut text = format!("[{0}]\nname={0}\n{1}={2}\n", self.id, address.kind.word(), address.url);
        let _ = writeln!(text, "enabled={}\ngpgcheck={}", flag(self.on), flag(self.checked));
        match &self.key {
            Some(SigningKey::OnMachine { path }) => drop(writeln!(text, "gpgkey=file://{path}")),
            Some(SigningKey::Carried { .. }) => drop(writeln!(text, "gpgkey=file://{}", self.key_path())),
            Some(SigningKey::Fetched { url }) => drop(writeln!(text, "gpgkey={url}")),
            None => {}
        }
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository(key: &str) -> TargetRepository {
        TargetRepository {
            id: "tools".to_owned(),
            address: Some(Address { kind: AddressKind::BaseUrl, url: "http://mirror/tools/9".to_owned() }),
            key: Some(SigningKey::of(key)),
            checked: true,
            on: true,
            holds: vec!["corp".to_owned()],
            metadata: None,
        }
    }

    #[test]
    fn a_definition_is_what_dnf_reads() {
        let head = "[tools]\nname=tools\nbaseurl=http://mirror/tools/9\nenabled=1\ngpgcheck=1\n";
        for (key, want) in [
            ("keys/tools.asc", "gpgkey=file:///etc/pki/rpm-gpg/rockhop-tools\n"),
            ("file:///etc/pki/rpm-gpg/K", "gpgkey=file:///etc/pki/rpm-gpg/K\n"),
            ("https://mirror/K", "gpgkey=https://mirror/K\n"),
        ] {
            assert_eq!(repository(key).definition(), Some(format!("{head}{want}")));
        }
        assert_eq!(TargetRepository { address: None, ..repository("k") }.definition(), None);
    }

    #[test]
    fn a_key_is_brought_by_the_machine_or_by_nobody_known() {
        for (key, brought) in [
            ("file:///etc/pki/rpm-gpg/RPM-GPG-KEY-Rocky-9", true),
            ("file:///etc/pki/rpm-gpg/RPM-GPG-KEY-PGDG", false),
            ("file:///tmp/RPM-GPG-KEY-Rocky-9", false),
            ("https://mirror/RPM-GPG-KEY-Rocky-9", false),
        ] {
            assert_eq!(SigningKey::of(key).is_brought(), brought, "{key}");
        }
    }

    #[test]
    fn it_has_what_it_is_called_and_what_it_says() {
        let tools = repository("k");
        assert!(tools.has("tools") && tools.has("corp") && !tools.has("crb") && tools.is_defined());
        let bare = |id: &str| TargetRepository { id: id.to_owned(), address: None, ..repository("k") };
        assert!(bare("crb").is_defined() && !bare("tools").is_defined());
    }
}
