//! Where every host of the fleet is, as the SSH adapter wants to know it.

use crate::project::ProjectDir;
use rockhop_adapters::{
    ssh::{Auth, Endpoint, HostKeys, Limits},
    target::AddressBook,
};
use rockhop_domain::{
    inventory::{Connection, Jump},
    project::{ConnectionRules, Fleet, FleetHost},
};
use std::{path::PathBuf, time::Duration};

const SSH_PORT: u16 = 22;

/// The address book of a fleet; relative paths are the project folder's.
pub fn address_book(fleet: &Fleet, rules: &ConnectionRules, project: &ProjectDir) -> AddressBook {
    let desk = Desk { rules, project };
    fleet.hosts.values().map(|host| (host.id.clone(), desk.host(host))).collect()
}

/// The limits of the connections that the project's rules name.
pub fn limits(rules: &ConnectionRules) -> Limits {
    Limits {
        connect: Duration::from_secs(u64::from(rules.connect_timeout_seconds)),
        dialing_per_bastion: rules.max_handshakes_per_bastion as usize,
        keepalive: Duration::from_secs(u64::from(rules.keepalive_seconds)),
        ..Limits::default()
    }
}

struct Desk<'a> {
    rules: &'a ConnectionRules,
    project: &'a ProjectDir,
}

impl Desk<'_> {
    fn host(&self, host: &FleetHost) -> Endpoint {
        let Connection { address, port, user, key_file, jumps, .. } = &host.connection;
        let jump = jumps.iter().fold(None, |before, jump| Some(Box::new(self.jump(jump, before))));
        let label = host.id.as_str();
        Endpoint { jump, ..self.endpoint(label, address, *port, user.as_deref(), key_file.as_deref()) }
    }

    fn jump(&self, jump: &Jump, before: Option<Box<Endpoint>>) -> Endpoint {
        let Jump { address, port, user, key_file } = jump;
        Endpoint { jump: before, ..self.endpoint(address, address, *port, user.as_deref(), key_file.as_deref()) }
    }

    fn endpoint(
        &self,
        label: &str,
        address: &str,
        port: Option<u16>,
        user: Option<&str>,
        key: Option<&str>,
    ) -> Endpoint {
        let user = user.or(self.rules.user.as_deref()).map_or_else(crate::commands::who, str::to_owned);
        Endpoint {
            host: label.to_owned(),
            address: address.to_owned(),
            port: port.unwrap_or(SSH_PORT),
            user,
            auth: self.auth(key),
            host_keys: HostKeys { files: vec![self.project.written(&self.rules.known_hosts)], ..HostKeys::default() },
            jump: None,
            algorithms: rockhop_adapters::ssh::Algorithms::default(),
            // The whole command enters the project's namespace before it starts a thread.
            netns: None,
        }
    }

    fn auth(&self, own: Option<&str>) -> Auth {
        let keys = own
            .into_iter()
            .chain(self.rules.key_files.iter().map(String::as_str))
            .map(|k| self.project.written(k))
            .collect();
        let agent = std::env::var_os("SSH_AUTH_SOCK").filter(|s| !s.is_empty()).map(PathBuf::from);
        Auth { agent, keys }
    }
}
