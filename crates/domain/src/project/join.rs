//! Project and inventory joined. A host that fits nowhere is an error, never left out in silence.

use super::{
    About, Check, Fleet, FleetDecision, FleetEdge, FleetHost, FleetRepository, FleetService, FleetWaiver, Misfit,
    PackageDecision, Project, Repository, ResolveError, Service, ServiceKind, Waiver,
};
use crate::inventory::{Connection, Entry, Inventory, Jump, nearest};
use crate::packages::{Address, AddressKind, Decision, SigningKey, TargetRepository};
use crate::plan::Environment;
use crate::rules::Strategy;
use crate::{HostId, RoleId, ServiceId, SiteId};
use indexmap::{IndexMap, IndexSet};
use std::fmt;

impl Project {
    /// Joins the project with the hosts of an inventory.
    pub fn resolve(&self, inventory: &Inventory) -> Result<Fleet, ResolveError> {
        let mut join = Join { project: self, inventory, misfits: Vec::new() };
        let fleet = join.fleet();
        if join.misfits.is_empty() { Ok(fleet) } else { Err(ResolveError { misfits: join.misfits }) }
    }
}

/// What claims hosts: a role or a site.
struct Claim<'a, T> {
    id: &'a T,
    groups: &'a [String],
    hosts: &'a [HostId],
}

struct Join<'a> {
    project: &'a Project,
    inventory: &'a Inventory,
    misfits: Vec<Misfit>,
}

impl Join<'_> {
    fn fleet(&mut self) -> Fleet {
        let left_out = self.left_out();
        let roles = self.claims(
            self.project.roles.iter().map(|(id, r)| Claim { id, groups: &r.groups, hosts: &r.hosts }).collect(),
            "roles",
        );
        let sites = self.claims(
            self.project.sites.iter().map(|(id, s)| Claim { id, groups: &s.groups, hosts: &s.hosts }).collect(),
            "sites",
        );
        let rehearsal = self.rehearsal_hosts();
        let mut hosts = IndexMap::new();
        for entry in self.inventory.hosts.values().filter(|entry| !left_out.contains(&entry.id)) {
            let Some(role) = self.role(entry, &roles) else { continue };
            let site = self.site(entry, &sites);
            hosts.insert(entry.id.clone(), self.host(entry, role, site, &rehearsal));
        }
        self.pairs(&mut hosts);
        self.rehearsals(&mut hosts);
        self.roles_are_filled(&hosts);
        self.other_hosts_exist();
        let services = self.services(&hosts);
        let (waivers, decisions) = (self.waivers(&hosts), self.decisions(&hosts));
        let repositories = self.repositories(&hosts);
        Fleet { services, edges: self.edges(&hosts), waivers, decisions, repositories, hosts }
    }

    fn left_out(&mut self) -> IndexSet<HostId> {
        let About { leave_out, .. } = &self.project.project;
        let mut out = IndexSet::new();
        for name in leave_out {
            match HostId::parse(name).ok().filter(|id| self.inventory.hosts.contains_key(id)) {
                Some(host) => drop(out.insert(host)),
                None if self.inventory.groups.contains_key(name) => {
                    out.extend(self.inventory.group(name).iter().cloned())
                }
                None => {
                    self.misfits.push(Misfit::NoSuchName { key: "project.leave_out".to_owned(), name: name.clone() })
                }
            }
        }
        out
    }

    /// Who claims each host. A host named by itself goes before its groups.
    fn claims<T: Clone + PartialEq + fmt::Display>(
        &mut self,
        claims: Vec<Claim<'_, T>>,
        key: &str,
    ) -> IndexMap<HostId, Vec<T>> {
        let (mut named, mut grouped) = (IndexMap::<HostId, Vec<T>>::new(), IndexMap::<HostId, Vec<T>>::new());
        for claim in claims {
            for host in claim.hosts {
                self.exists(host, || format!("{key}.{}.hosts", claim.id));
                named.entry(host.clone()).or_default().push(claim.id.clone());
            }
            for group in claim.groups {
                self.group_exists(group, || format!("{key}.{}.groups", claim.id));
                for host in self.inventory.group(group) {
                    let owners = grouped.entry(host.clone()).or_default();
                    if !owners.contains(claim.id) {
                        owners.push(claim.id.clone());
                    }
                }
            }
        }
        grouped.extend(named);
        grouped
    }

    fn role(&mut self, entry: &Entry, claims: &IndexMap<HostId, Vec<RoleId>>) -> Option<RoleId> {
        match claims.get(&entry.id).map(Vec::as_slice) {
            Some([role]) => Some(role.clone()),
            Some(several) => {
                self.several(entry, "role", several);
                None
            }
            None => match &entry.role {
                Some(hint) if self.project.roles.contains_key(hint) => Some(hint.clone()),
                Some(hint) => {
                    self.misfits.push(Misfit::UnknownHint {
                        host: entry.id.clone(),
                        kind: "role",
                        name: hint.to_string(),
                    });
                    None
                }
                None => {
                    self.misfits.push(Misfit::NoRole { host: entry.id.clone() });
                    None
                }
            },
        }
    }

    fn site(&mut self, entry: &Entry, claims: &IndexMap<HostId, Vec<SiteId>>) -> Option<SiteId> {
        match claims.get(&entry.id).map(Vec::as_slice) {
            Some([site]) => Some(site.clone()),
            Some(several) => {
                self.several(entry, "site", several);
                None
            }
            None => {
                let hint = entry.site.as_ref()?;
                if !self.project.sites.is_empty() && !self.project.sites.contains_key(hint) {
                    self.misfits.push(Misfit::UnknownHint {
                        host: entry.id.clone(),
                        kind: "site",
                        name: hint.to_string(),
                    });
                }
                Some(hint.clone())
            }
        }
    }

    fn several(&mut self, entry: &Entry, kind: &'static str, names: &[impl fmt::Display]) {
        let names = names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        self.misfits.push(Misfit::Several { host: entry.id.clone(), kind, names });
    }

    fn host(&self, entry: &Entry, role: RoleId, site: Option<SiteId>, rehearsal: &IndexSet<HostId>) -> FleetHost {
        let rules = self.project.roles.get(&role);
        let rehearses = rehearsal.contains(&entry.id);
        FleetHost {
            id: entry.id.clone(),
            environment: if rehearses { Environment::Preproduction } else { self.project.project.environment },
            strategy: rules.map_or(Strategy::Replace, |rules| rules.strategy),
            moves: rules.is_none_or(|rules| rules.moves),
            connection: self.connection(&entry.connection),
            apart_from: Vec::new(),
            // A rehearsal host is nobody's production: it needs no window.
            window: self
                .project
                .window_of(&role, site.as_ref())
                .filter(|_| !rehearses)
                .map(|(name, _)| name.to_owned()),
            soak_seconds: rules.and_then(|rules| rules.soak_seconds).unwrap_or(self.project.limits.soak_seconds),
            rehearsed_on: Vec::new(),
            role,
            site,
        }
    }

    fn connection(&self, said: &Connection) -> Connection {
        let rules = &self.project.connection;
        let mut connection = said.clone();
        connection.user = connection.user.or_else(|| rules.user.clone());
        if connection.jumps.is_empty() {
            connection.jumps.extend(rules.jump.as_deref().and_then(Jump::parse));
        }
        connection
    }

    fn pairs(&mut self, hosts: &mut IndexMap<HostId, FleetHost>) {
        for (index, pair) in self.project.pairs.iter().enumerate() {
            for host in &pair.hosts {
                self.exists(host, || format!("pairs[{}].hosts", index + 1));
                let Some(known) = hosts.get_mut(host) else { continue };
                let others = pair.hosts.iter().filter(|other| *other != host && !known.apart_from.contains(other));
                let others: Vec<HostId> = others.cloned().collect();
                known.apart_from.extend(others);
            }
        }
    }

    fn rehearsal_hosts(&mut self) -> IndexSet<HostId> {
        let Some(preproduction) = &self.project.preproduction else { return IndexSet::new() };
        let mut all = IndexSet::new();
        for group in &preproduction.groups {
            self.group_exists(group, || "preproduction.groups".to_owned());
            all.extend(self.inventory.group(group).iter().cloned());
        }
        for host in preproduction.hosts.values().chain(preproduction.roles.values().flatten()) {
            self.exists(host, || "preproduction".to_owned());
            all.insert(host.clone());
        }
        all
    }

    fn rehearsals(&mut self, hosts: &mut IndexMap<HostId, FleetHost>) {
        let Some(preproduction) = &self.project.preproduction else { return };
        for (host, stand_in) in &preproduction.hosts {
            self.exists(host, || "preproduction.hosts".to_owned());
            if host == stand_in
                || hosts.get(host).is_some_and(|host| {
                    host.environment == Environment::Preproduction
                        && self.project.project.environment == Environment::Production
                })
            {
                self.misfits.push(Misfit::NotARehearsalHost { host: stand_in.clone() });
            }
        }
        let production =
            hosts.values_mut().filter(|host| !preproduction.roles.values().flatten().any(|other| *other == host.id));
        for host in production {
            let own = preproduction.hosts.get(&host.id).cloned();
            let of_role = || preproduction.roles.get(&host.role).cloned().unwrap_or_default();
            host.rehearsed_on = own.map_or_else(of_role, |own| vec![own]);
        }
        for host in hosts.values_mut().filter(|host| host.environment == Environment::Preproduction) {
            host.rehearsed_on.clear();
        }
    }

    fn roles_are_filled(&mut self, hosts: &IndexMap<HostId, FleetHost>) {
        for (id, role) in &self.project.roles {
            if hosts.values().all(|host| host.role != *id) {
                self.misfits.push(Misfit::EmptyRole { role: id.clone() });
            }
            if let Some(canary) = &role.canary
                && hosts.get(canary).is_none_or(|host| host.role != *id)
            {
                self.misfits.push(Misfit::ForeignCanary { role: id.clone(), host: canary.clone() });
            }
        }
    }

    fn other_hosts_exist(&mut self) {
        for (id, role) in &self.project.roles {
            if let Some(balancer) = &role.balancer {
                self.exists(&balancer.host, || format!("roles.{id}.balancer.host"));
            }
        }
        let monitoring = &self.project.monitoring;
        for (key, host) in
            [("alertmanager_host", &monitoring.alertmanager_host), ("prometheus_host", &monitoring.prometheus_host)]
        {
            if let Some(host) = host {
                self.exists(host, || format!("monitoring.{key}"));
            }
        }
    }

    fn services(&mut self, hosts: &IndexMap<HostId, FleetHost>) -> Vec<FleetService> {
        let mut services = Vec::new();
        for (index, service) in self.project.services.iter().enumerate() {
            service.hosts.iter().for_each(|host| self.exists(host, || format!("services[{}].hosts", index + 1)));
            let named = service.hosts.iter().filter(|host| hosts.contains_key(*host)).cloned();
            let of_role = hosts.values().filter(|host| {
                Some(&host.role) == service.role.as_ref() && host.environment == self.project.project.environment
            });
            let serving: Vec<HostId> = named.chain(of_role.map(|host| host.id.clone())).collect();
            match &service.address {
                Some(address) => services.push(fleet_service(service, service.name.clone(), serving, address.clone())),
                None => services.extend(serving.into_iter().filter_map(|id| {
                    let address = hosts.get(&id)?.connection.address.clone();
                    let name = ServiceId::parse(&format!("{id}.{}", service.name)).ok()?;
                    Some(fleet_service(service, name, vec![id], address))
                })),
            }
        }
        services
    }

    fn edges(&mut self, hosts: &IndexMap<HostId, FleetHost>) -> Vec<FleetEdge> {
        let mut edges = Vec::new();
        for (index, edge) in self.project.edges.iter().enumerate() {
            let mut side = |name: &String, side: &str| {
                self.side(name, hosts).unwrap_or_else(|| {
                    self.misfits
                        .push(Misfit::NoSuchName { key: format!("edges[{}].{side}", index + 1), name: name.clone() });
                    Vec::new()
                })
            };
            let (from, to) = (side(&edge.from, "from"), side(&edge.to, "to"));
            // A rehearsal repeats the dependency among its own hosts; it never leans on production.
            for environment in [Environment::Production, Environment::Preproduction] {
                let inside = |side: &[HostId]| {
                    side.iter()
                        .filter(|host| hosts.get(*host).is_some_and(|host| host.environment == environment))
                        .cloned()
                        .collect()
                };
                let edge = FleetEdge { from: inside(&from), to: inside(&to), reason: edge.reason.clone() };
                edges.extend(Some(edge).filter(|edge| !edge.from.is_empty() && !edge.to.is_empty()));
            }
        }
        edges
    }

    /// The hosts that a name means: a service's, a role's or the host itself.
    fn side(&self, name: &str, hosts: &IndexMap<HostId, FleetHost>) -> Option<Vec<HostId>> {
        let of_role = |role: &RoleId| {
            hosts.values().filter(|host| host.role == *role).map(|host| host.id.clone()).collect::<Vec<_>>()
        };
        if let Some(service) = self.project.services.iter().find(|service| service.name.as_str() == name) {
            return Some(service.role.as_ref().map_or_else(|| service.hosts.clone(), of_role));
        }
        if let Some(role) = self.project.roles.keys().find(|role| role.as_str() == name) {
            return Some(of_role(role));
        }
        hosts.keys().find(|host| host.as_str() == name).map(|host| vec![host.clone()])
    }

    fn waivers(&mut self, hosts: &IndexMap<HostId, FleetHost>) -> Vec<FleetWaiver> {
        let project = self.project;
        let waiver = |(index, waiver): (usize, &Waiver)| FleetWaiver {
            rule: waiver.rule.clone(),
            hosts: self.hosts_of(&waiver.hosts, &format!("waivers[{}].hosts", index + 1), hosts),
            owner: waiver.owner.clone(),
            reason: waiver.reason.clone(),
            expires: waiver.expires,
        };
        project.waivers.iter().enumerate().map(waiver).collect()
    }

    fn decisions(&mut self, hosts: &IndexMap<HostId, FleetHost>) -> Vec<FleetDecision> {
        let project = self.project;
        let decision = |(index, row): (usize, &PackageDecision)| FleetDecision {
            decision: Decision {
                package: row.package.clone(),
                install: row.install.clone(),
                owner: row.owner.clone(),
                reason: row.reason.clone(),
            },
            hosts: match row.hosts.as_slice() {
                [] => hosts.keys().cloned().collect(),
                names => self.hosts_of(names, &format!("packages.decisions[{}].hosts", index + 1), hosts),
            },
        };
        project.packages.decisions.iter().enumerate().map(decision).collect()
    }

    fn repositories(&mut self, hosts: &IndexMap<HostId, FleetHost>) -> Vec<FleetRepository> {
        let project = self.project;
        let row = |(index, row): (usize, &Repository)| FleetRepository {
            repository: row.target(),
            hosts: match row.hosts.as_slice() {
                [] => hosts.keys().cloned().collect(),
                names => self.hosts_of(names, &format!("repositories[{}].hosts", index + 1), hosts),
            },
        };
        project.repositories.iter().enumerate().map(row).collect()
    }

    /// The hosts that names of hosts, roles, services or groups stand for.
    fn hosts_of(&mut self, names: &[String], key: &str, hosts: &IndexMap<HostId, FleetHost>) -> IndexSet<HostId> {
        let mut meant = IndexSet::new();
        for name in names {
            let group = || self.inventory.groups.get(name).cloned();
            match self.side(name, hosts).or_else(group) {
                Some(hosts) => meant.extend(hosts),
                None => self.misfits.push(Misfit::NoSuchName { key: key.to_owned(), name: name.clone() }),
            }
        }
        meant
    }

    fn exists(&mut self, host: &HostId, key: impl FnOnce() -> String) {
        if !self.inventory.hosts.contains_key(host) {
            let known: Vec<&str> = self.inventory.hosts.keys().map(HostId::as_str).collect();
            let nearest = nearest(host.as_str(), &known).map(str::to_owned);
            self.misfits.push(Misfit::NoSuchHost { key: key(), name: host.to_string(), nearest });
        }
    }

    fn group_exists(&mut self, group: &str, key: impl FnOnce() -> String) {
        if !self.inventory.groups.contains_key(group) {
            let known: Vec<&str> = self.inventory.groups.keys().map(String::as_str).collect();
            let nearest = nearest(group, &known).map(str::to_owned);
            self.misfits.push(Misfit::NoSuchGroup { key: key(), name: group.to_owned(), nearest });
        }
    }
}

fn fleet_service(service: &Service, id: ServiceId, hosts: Vec<HostId>, address: String) -> FleetService {
    let check = match service.kind {
        ServiceKind::Http => Check::Http {
            path: service.path.clone().unwrap_or_else(|| "/".to_owned()),
            status: service.expect_status,
            text: service.expect_text.clone(),
        },
        ServiceKind::Tcp => Check::Tcp,
        ServiceKind::Redis => Check::Redis,
        ServiceKind::Postgresql => Check::Postgresql,
        ServiceKind::Mariadb => Check::Mariadb,
    };
    // A checked project gives `tcp` its port; the others have a usual one.
    let port = service.port.or(service.kind.usual_port()).unwrap_or_default();
    FleetService { id, hosts, address, port, check, slo_percent: service.slo_percent }
}

impl Repository {
    /// Its address, by whichever of the three keys gives it, with that key.
    pub(super) fn addresses(&self) -> impl Iterator<Item = (AddressKind, &String)> {
        let kinds = [
            (AddressKind::BaseUrl, &self.baseurl),
            (AddressKind::MirrorList, &self.mirrorlist),
            (AddressKind::MetaLink, &self.metalink),
        ];
        kinds.into_iter().filter_map(|(kind, url)| Some((kind, url.as_ref()?)))
    }

    fn target(&self) -> TargetRepository {
        TargetRepository {
            id: self.id.clone(),
            address: self.addresses().next().map(|(kind, url)| Address { kind, url: url.clone() }),
            key: self.gpgkey.as_deref().map(SigningKey::of),
            checked: self.gpgcheck,
            on: self.enabled,
            holds: self.holds.clone(),
            metadata: self.metadata.clone(),
        }
    }
}
