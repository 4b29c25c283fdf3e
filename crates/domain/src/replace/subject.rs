//! One host as the compiler looks at it: its facts, its neighbours, the project's decisions about it.

use crate::{
    HostId, Message,
    facts::{ConfigFile, Facts, Read, Unit, Why},
    packages::{self, Account, Given, NoAccount, pes::Stream},
    project::{Balancer, Fleet, FleetHost, FleetService, Project},
};
use indexmap::IndexMap;
use std::net::IpAddr;

/// What is compiled, and what it is compiled from.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The host.
    pub host: &'a FleetHost,
    /// What it is.
    pub facts: &'a Facts,
    /// The people's decisions.
    pub project: &'a Project,
    /// All hosts, moving or not.
    pub fleet: &'a Fleet,
    /// Facts of all of them, as far as they were surveyed.
    pub all: &'a IndexMap<HostId, Facts>,
    /// What is known of packages beside the built-in tables.
    pub given: &'a Given,
    /// Texts of the project's files with signing keys, by path.
    pub keys: &'a IndexMap<String, String>,
}

/// A load balancer that sends people to the host.
pub(super) struct Pool<'a> {
    pub balancer: &'a Balancer,
    /// What the balancer calls the host.
    pub server: String,
}

/// Where alerts about the host are silenced.
pub(super) struct Silencer<'a> {
    pub host: &'a HostId,
    pub url: &'a str,
}

impl<'a> Subject<'a> {
    /// A section of the facts that the compiler cannot do without.
    pub(super) fn need<T>(&self, read: &'a Read<T>, section: &str) -> Result<&'a T, Message> {
        read.get().map(|_| ()).map_err(|why| self.unknown(section, &why))?;
        read.known().ok_or_else(|| self.unknown(section, &Why::Missing))
    }

    /// The refusal because a section is unknown.
    pub(super) fn unknown(&self, section: &str, why: &Why) -> Message {
        Message::new("plan-refuse-unknown")
            .with("host", &self.host.id)
            .with("section", section)
            .with("why", why.message().key)
    }

    /// A refusal about this host.
    pub(super) fn refuse(&self, key: &str) -> Message {
        Message::new(key).with("host", &self.host.id)
    }

    /// What becomes of its packages.
    pub(super) fn account(&self) -> Result<Account<'a>, Message> {
        self.need(&self.facts.packages, "packages")?;
        self.need(&self.facts.arch, "arch")?;
        self.need(&self.facts.os, "os")?;
        let decisions = self.fleet.decisions_of(&self.host.id);
        let account = packages::account(self.facts, self.given, &decisions).map_err(|why| match why {
            NoAccount::Unread(why) => self.unknown("packages", &why),
            NoAccount::Arch(arch) => self.refuse("plan-refuse-arch").with("arch", arch),
            NoAccount::Release => self.refuse("plan-refuse-no-release"),
        })?;
        // It is typed on the new machine, and comes from a file of Leapp's that has no rule for names of streams.
        let odd = |one: &&Stream| !packages::is_package_name(&one.module) || !packages::is_package_name(&one.stream);
        match account.installation.modules.iter().find(odd) {
            Some(stream) => Err(self.refuse("plan-refuse-stream").with("stream", stream)),
            None => Ok(account),
        }
    }

    /// The address that people reach the host at, and that its successor takes over.
    pub fn address(&self) -> Result<IpAddr, Message> {
        let interfaces = self.need(&self.facts.interfaces, "interfaces")?;
        let own = || {
            interfaces.iter().flat_map(|i| &i.addresses).map(|a| a.ip).filter(|ip| ip.is_ipv4() && !ip.is_loopback())
        };
        if let Ok(ip) = self.host.connection.address.parse::<IpAddr>() {
            return if own().any(|a| a == ip) {
                Ok(ip)
            } else {
                Err(self.refuse("plan-refuse-address-elsewhere").with("address", ip))
            };
        }
        let mut all = own();
        match (all.next(), all.next()) {
            (Some(ip), None) => Ok(ip),
            _ => Err(self.refuse("plan-refuse-which-address")),
        }
    }

    /// The unit, if the host has it.
    pub(super) fn unit(&self, name: &str) -> Option<&'a Unit> {
        self.facts.units.known()?.iter().find(|u| u.name == name)
    }

    /// Whether the unit starts at boot.
    pub(super) fn enabled(&self, name: &str) -> bool {
        self.unit(name).is_some_and(Unit::is_enabled)
    }

    /// The configuration file at that path.
    pub(super) fn config(&self, path: &str) -> Option<&'a ConfigFile> {
        self.facts.config_files.known()?.iter().find(|f| f.path == path)
    }

    /// Its text, secrets replaced.
    pub(super) fn content(&self, path: &str) -> Option<&'a str> {
        self.config(path)?.content.known().map(String::as_str)
    }

    /// The load balancer before this host's role. A rehearsal's hosts are not behind production's.
    pub(super) fn pool(&self) -> Option<Pool<'a>> {
        if self.host.environment != self.project.project.environment {
            return None;
        }
        let balancer = self.project.roles.get(&self.host.role)?.balancer.as_ref()?;
        (balancer.host != self.host.id).then(|| Pool { balancer, server: self.server_name(balancer) })
    }

    /// As the balancer's own configuration calls the address; the host's name where that is not known.
    fn server_name(&self, balancer: &Balancer) -> String {
        let address = self.host.connection.address.as_str();
        let files = self.all.get(&balancer.host).and_then(|f| f.config_files.known());
        let texts = files.into_iter().flatten().filter(|f| f.path.starts_with("/etc/haproxy/"));
        let named =
            texts.filter_map(|f| f.content.known()).find_map(|text| named_server(text, &balancer.backend, address));
        named.unwrap_or_else(|| self.host.id.to_string())
    }

    /// Where alerts are silenced; nowhere while the alerting host itself moves.
    pub(super) fn silencer(&self) -> Option<Silencer<'a>> {
        let host = self.project.monitoring.alertmanager_host.as_ref().filter(|h| **h != self.host.id)?;
        let url = self.project.monitoring.alertmanager_url.as_deref()?;
        Some(Silencer { host, url: url.trim_end_matches('/') })
    }

    /// Services that people use and that this host alone answers for.
    pub(super) fn services(&self) -> impl Iterator<Item = &'a FleetService> {
        let own = self.host;
        self.fleet.services.iter().filter(move |s| s.hosts == [own.id.clone()] && s.address == own.connection.address)
    }

    /// Addresses of all other hosts of the fleet.
    pub(super) fn other_addresses(&self) -> impl Iterator<Item = &'a str> {
        let own = &self.host.id;
        self.fleet.hosts.values().filter(move |h| h.id != *own).map(|h| h.connection.address.as_str())
    }
}

/// `server web-3 10.0.0.3:80 check` in the backend of that name.
fn named_server(text: &str, backend: &str, address: &str) -> Option<String> {
    let mut inside = false;
    for line in text.lines() {
        let mut words = line.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some("backend" | "listen"), Some(name), _) => inside = name == backend,
            (Some("frontend" | "defaults" | "global"), ..) => inside = false,
            (Some("server"), Some(name), Some(at)) if inside && at.split(':').next() == Some(address) => {
                return Some(name.to_owned());
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_found_by_its_address_in_its_own_backend() {
        let text = "backend api\n server x 10.0.0.3:8080\nbackend web\n server web-3 10.0.0.3:80 check\n server web-4 10.0.0.4:80\n";
        assert_eq!(named_server(text, "web", "10.0.0.3"), Some("web-3".to_owned()));
        assert_eq!(named_server(text, "web", "10.0.0.9"), None);
    }
}
