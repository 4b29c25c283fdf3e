//! Which hosts the simulated fleet has, and what a survey reads of them: before their move, and after it.
//!
//! The smallest fleet has the names, roles and addresses of the lab. A larger one is so many of it beside each
//! other, and what is left over serves the web.

use indexmap::IndexMap;
use jiff::Timestamp;
use rand::{Rng, SeedableRng, rngs::StdRng};
use rockhop_domain::{
    HostId,
    facts::{Facts, Read},
    specimens,
};
use std::{collections::BTreeMap, net::Ipv4Addr};

/// How many hosts of the smallest fleet move.
const BLOCK: u32 = 15;
/// Hosts that share the third part of an address.
const HOSTS_A_NET: u32 = 250;
/// What the alerts of the monitoring look at: both releases have it.
const ALERT: &str = "up == 0";

/// What a host is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SimRole {
    /// Watches.
    Monitoring,
    /// Redis; the second of two copies the first.
    Cache,
    /// nginx and the shop.
    Web,
    /// PostgreSQL; the second of two copies the first.
    Postgresql,
    /// MariaDB; the second of two copies the first.
    Mariadb,
    /// The balancer, which does not move.
    Edge,
}

/// One host of the fleet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimHost {
    /// Its name.
    pub name: HostId,
    /// What it is for.
    pub role: SimRole,
    /// Where a real one would be reached.
    pub address: Ipv4Addr,
    /// Whose data it copies.
    pub copies: Option<HostId>,
    /// Whether the move is rehearsed on it.
    pub preproduction: bool,
}

/// A fleet in memory.
#[derive(Debug, Clone)]
pub struct SimFleet {
    seed: u64,
    hosts: IndexMap<HostId, SimHost>,
}

impl SimFleet {
    /// A fleet of which so many hosts move.
    pub fn of(seed: u64, moving: u32) -> Self {
        let blocks = (moving / BLOCK).max(1);
        let webs = moving.saturating_sub(7 * blocks).max(8);
        let mut hosts = Vec::new();
        let mut add = |rows: Vec<SimHost>| hosts.extend(rows);
        add(alone("mon", SimRole::Monitoring, blocks));
        add(pairs("cache", SimRole::Cache, blocks, 0));
        add(alone("web", SimRole::Web, webs));
        add(pairs("db", SimRole::Postgresql, blocks, 0));
        add(pairs("db", SimRole::Mariadb, blocks, 2 * blocks));
        add(alone("edge", SimRole::Edge, 1));
        for (name, role) in [
            ("pre-mon-1", SimRole::Monitoring),
            ("pre-cache-1", SimRole::Cache),
            ("pre-web-1", SimRole::Web),
            ("pre-db-1", SimRole::Postgresql),
        ] {
            let address = Ipv4Addr::new(10, 77, 0, 100 + first_octet(role));
            add(vec![SimHost { name: host(name), role, address, copies: None, preproduction: true }]);
        }
        Self { seed, hosts: hosts.into_iter().map(|h| (h.name.clone(), h)).collect() }
    }

    /// Its hosts, in the order of their roles.
    pub fn hosts(&self) -> impl Iterator<Item = &SimHost> {
        self.hosts.values()
    }

    /// What a survey reads of this host now; `None` when the fleet has no such host.
    pub fn facts(&self, host: &HostId, moved: bool, at: Timestamp) -> Option<Facts> {
        let mut facts = self.before(self.hosts.get(host)?);
        facts.taken_at = at;
        if let Read::Known(census) = &mut facts.census {
            census.taken_at = at; // a host in memory is counted as it is read
        }
        // The balancer stands beside the move, on EL9 from the start.
        let el9 = moved || self.hosts.get(host)?.role == SimRole::Edge;
        Some(if el9 { specimens::moved(&facts) } else { facts })
    }

    /// What the old hosts hold in the files that a plan may carry.
    pub fn files(&self) -> BTreeMap<(HostId, String), Vec<u8>> {
        let mut files = BTreeMap::new();
        for host in self.hosts() {
            let facts = self.before(host);
            for file in facts.config_files.known().into_iter().flatten() {
                if let Read::Known(content) = &file.content {
                    files.insert((host.name.clone(), file.path.clone()), content.clone().into_bytes());
                }
            }
        }
        files
    }

    fn before(&self, host: &SimHost) -> Facts {
        let (name, at) = (host.name.as_str(), host.address);
        let copied = host.copies.as_ref().and_then(|h| self.hosts.get(h)).map(|h| h.address);
        let mut facts = match host.role {
            SimRole::Monitoring => specimens::monitoring(name, at, ALERT),
            SimRole::Cache => specimens::cache(name, at, copied),
            SimRole::Web => specimens::web(name, at),
            SimRole::Postgresql => specimens::postgresql(name, at, copied),
            SimRole::Mariadb => specimens::mariadb(name, at, copied),
            SimRole::Edge => specimens::edge(name, at, self.web_addresses()),
        };
        let mut dice = StdRng::seed_from_u64(self.seed ^ u64::from(u32::from(at)));
        facts.memory_kib = Read::Known(1_048_576 * dice.random_range(4..=16));
        facts.uptime_s = Read::Known(dice.random_range(86_400..=86_400 * 900));
        facts
    }

    fn web_addresses(&self) -> impl Iterator<Item = Ipv4Addr> {
        self.hosts().filter(|h| h.role == SimRole::Web && !h.preproduction).map(|h| h.address)
    }
}

fn alone(prefix: &str, role: SimRole, count: u32) -> Vec<SimHost> {
    let one = |n: u32| SimHost {
        name: host(&format!("{prefix}-{n}")),
        role,
        address: address(role, n),
        copies: None,
        preproduction: false,
    };
    (1..=count).map(one).collect()
}

/// The odd ones are copied by the even ones; names are counted from behind `before`.
fn pairs(prefix: &str, role: SimRole, count: u32, before: u32) -> Vec<SimHost> {
    let name = |n: u32| host(&format!("{prefix}-{}", before + n));
    let one = |n: u32| SimHost {
        name: name(n),
        role,
        address: address(role, n),
        copies: n.is_multiple_of(2).then(|| name(n - 1)),
        preproduction: false,
    };
    (1..=2 * count).map(one).collect()
}

/// The lab's address for the hosts that the lab has; behind them a net for each role.
fn address(role: SimRole, n: u32) -> Ipv4Addr {
    let (in_lab, net) = match role {
        SimRole::Monitoring => (1, 2),
        SimRole::Cache => (2, 10),
        SimRole::Web => (8, 100),
        SimRole::Postgresql => (2, 20),
        SimRole::Mariadb => (2, 30),
        SimRole::Edge => (1, 40),
    };
    if n <= in_lab {
        return Ipv4Addr::new(10, 77, 0, first_octet(role) + byte(n - 1));
    }
    Ipv4Addr::new(10, 77, byte(net + n / HOSTS_A_NET), byte(n % HOSTS_A_NET + 2))
}

fn first_octet(role: SimRole) -> u8 {
    match role {
        SimRole::Monitoring => 11,
        SimRole::Cache => 21,
        SimRole::Web => 31,
        SimRole::Postgresql => 41,
        SimRole::Mariadb => 43,
        SimRole::Edge => 51,
    }
}

fn byte(n: u32) -> u8 {
    u8::try_from(n).expect("the largest fleet has fewer hosts than its nets hold")
}

fn host(name: &str) -> HostId {
    HostId::parse(name).expect("these names are well formed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_fleet_has_as_many_hosts_as_were_asked_for_and_each_has_its_own_address() {
        for moving in [15, 16, 100, 1_000, 10_000] {
            let fleet = SimFleet::of(7, moving);
            let goes = |h: &&SimHost| h.role != SimRole::Edge && !h.preproduction;
            assert_eq!(fleet.hosts().filter(goes).count() as u32, moving);
            let addresses: BTreeSet<Ipv4Addr> = fleet.hosts().map(|h| h.address).collect();
            assert_eq!(addresses.len(), fleet.hosts().count(), "{moving}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_facts_and_another_one_others() {
        let facts = |seed| SimFleet::of(seed, 15).facts(&host("db-2"), false, Timestamp::UNIX_EPOCH);
        assert_eq!(facts(7), facts(7));
        assert_ne!(facts(7), facts(8));
        assert_eq!(SimFleet::of(7, 15).facts(&host("db-9"), false, Timestamp::UNIX_EPOCH), None);
    }

    #[test]
    fn a_host_that_moved_is_an_el9_with_nothing_of_el7() {
        let fleet = SimFleet::of(7, 15);
        for host in fleet.hosts() {
            let of = |moved| fleet.facts(&host.name, moved, Timestamp::UNIX_EPOCH).expect("a host of the fleet");
            assert_eq!(of(false).is_el7(), Ok(host.role != SimRole::Edge), "{}", host.name);
            assert_eq!(of(true).is_el9(), Ok(true), "{}", host.name);
            let after = of(true);
            let packages = after.packages.known().expect("known");
            assert!(packages.iter().all(|p| !p.release.contains("el7")), "{packages:?}");
        }
    }
}
