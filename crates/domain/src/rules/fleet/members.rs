//! Hosts that are one service together: quorums, and addresses that wander between hosts.

use super::super::fixtures::*;
use super::super::mariadb::is_my_cnf;
use super::super::text::{Line, content, files, lines, names, settings};
use super::{Evidence, Fleet, FleetFinding, FleetRule, FleetVerdict, Keeps, Severity, fine, found};
use crate::facts::{Facts, Why};
use crate::{HostId, Message};
use std::collections::BTreeMap;

pub const QUORUM: FleetRule = FleetRule {
    id: "fleet.quorum-in-one-wave",
    severity: Severity::Blocks,
    sources: &["RD-04", "MQ-01"],
    evidence: Evidence::Documented,
    looks_at: &["config_files", "interfaces"],
    keeps: Keeps::files(|file| is_sentinel(&file.path) || is_my_cnf(&file.path)),
    look: quorum,
    cases: &[
        found(sentinels, &[&["cache-1", "cache-2"], &["cache-3"]]),
        fine(sentinels, &[&["cache-1"], &["cache-2"], &["cache-3"]]),
    ],
    ..FleetRule::USUAL
};
fn quorum(fleet: &Fleet<'_>) -> FleetVerdict {
    let mut groups: BTreeMap<(&'static str, String), Quorum> = BTreeMap::new();
    let mut verdict = fleet.each(&["config_files"], |facts| {
        for (kind, name, size, needed) in memberships(facts)? {
            let group = groups.entry((kind, name)).or_default();
            group.size = group.size.max(size);
            group.needed = group.needed.max(needed);
            group.members.push(facts.host.clone());
        }
        Ok(Vec::new())
    });
    for ((kind, name), group) in groups {
        for (index, wave) in fleet.waves.iter().enumerate() {
            let away: Vec<&HostId> = group.members.iter().filter(|host| wave.contains(host)).collect();
            let (left, needed) = (group.all().saturating_sub(away.len()), group.all() / 2 + 1);
            if !away.is_empty() && left < needed.max(group.needed) && group.all() > 1 {
                let message = Message::new("finding-fleet-quorum-in-one-wave")
                    .with("service", kind)
                    .with("name", &name)
                    .with("wave", index + 1)
                    .with("hosts", names(away.iter().map(ToString::to_string)))
                    .with("left", left)
                    .with("needed", needed.max(group.needed));
                verdict.found.push(FleetFinding { hosts: away.into_iter().cloned().collect(), message });
            }
        }
    }
    verdict
}

/// The members of one quorum that were surveyed, and how large it is.
#[derive(Default)]
struct Quorum {
    members: Vec<HostId>,
    /// As its configuration says; 0 when it does not.
    size: usize,
    /// How many have to agree, where that is written.
    needed: usize,
}

impl Quorum {
    fn all(&self) -> usize {
        self.size.max(self.members.len())
    }
}

/// What the host is a member of: kind, name, size, how many must agree.
fn memberships(facts: &Facts) -> Result<Vec<(&'static str, String, usize, usize)>, Why> {
    let mut all = Vec::new();
    for file in files(facts, is_sentinel)? {
        for line in lines(content(file)?).filter(|line| line.is("sentinel") && line.value() == "monitor") {
            if let [_, _, name, address, _, needed, ..] = line.words[..] {
                all.push(("Redis Sentinel", format!("{name} {address}"), 0, needed.parse().unwrap_or(0)));
            }
        }
    }
    for file in files(facts, is_my_cnf)? {
        for one in
            settings(content(file)?).into_iter().filter(|one| one.key.replace('-', "_") == "wsrep_cluster_address")
        {
            let addresses =
                one.value.strip_prefix("gcomm://").unwrap_or_default().split('?').next().unwrap_or_default();
            let mut members: Vec<&str> = addresses.split(',').filter(|one| !one.is_empty()).collect();
            members.sort_unstable();
            if !members.is_empty() {
                all.push(("Galera", members.join(","), members.len(), 0));
            }
        }
    }
    Ok(all)
}

fn is_sentinel(path: &str) -> bool {
    path == "/etc/redis-sentinel.conf" || path == "/etc/redis/sentinel.conf"
}

pub const SHARED_ADDRESS: FleetRule = FleetRule {
    id: "fleet.shared-address",
    severity: Severity::Warns,
    sources: &["LB-02", "NET-18"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    keeps: Keeps::files(|file| is_keepalived(&file.path)),
    look: shared_address,
    cases: &[
        found(|| balancers("90"), &[&["edge-1", "edge-2"]]),
        fine(|| balancers("90"), &[&["edge-2"], &["edge-1"]]),
    ],
    ..FleetRule::USUAL
};
fn shared_address(fleet: &Fleet<'_>) -> FleetVerdict {
    each_group(fleet, |vip, members| {
        let hosts: Vec<HostId> = members.iter().map(|(host, _)| host.clone()).collect();
        let wave = fleet.wave_of(hosts.first()?)?;
        let all = hosts.iter().all(|host| fleet.wave_of(host) == Some(wave));
        let message = Message::new("finding-fleet-shared-address")
            .with("address", vip)
            .with("hosts", names(hosts.iter().map(ToString::to_string)))
            .with("wave", wave + 1);
        all.then_some(FleetFinding { hosts, message })
    })
}

pub const SHARED_ADDRESS_SETTINGS: FleetRule = FleetRule {
    id: "fleet.shared-address-settings",
    severity: Severity::Warns,
    sources: &["LB-02"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    keeps: Keeps::files(|file| is_keepalived(&file.path)),
    look: shared_address_settings,
    cases: &[
        found(
            || {
                let mut hosts = balancers("90");
                add_file(
                    &mut hosts[1],
                    "/etc/keepalived/keepalived.conf",
                    "vrrp_instance shop {\nvirtual_router_id 52\nvirtual_ipaddress {\n10.77.0.100\n}\n}\n",
                );
                hosts
            },
            &[],
        ),
        fine(|| balancers("100"), &[]),
    ],
    ..FleetRule::USUAL
};
fn shared_address_settings(fleet: &Fleet<'_>) -> FleetVerdict {
    each_group(fleet, |vip, members| {
        let (_, first) = members.first()?;
        let differs = members.iter().any(|(_, one)| one.router != first.router || one.interval != first.interval);
        let hosts: Vec<HostId> = members.iter().map(|(host, _)| host.clone()).collect();
        let message = Message::new("finding-fleet-shared-address-settings")
            .with("address", vip)
            .with("hosts", names(hosts.iter().map(ToString::to_string)));
        differs.then_some(FleetFinding { hosts, message })
    })
}

/// Hosts between which an address wanders, told to `look` with the address.
fn each_group(fleet: &Fleet<'_>, look: impl Fn(&str, &[(HostId, Vrrp)]) -> Option<FleetFinding>) -> FleetVerdict {
    let (groups, unread) = shared_addresses(fleet);
    let several = groups.iter().filter(|(_, members)| members.len() > 1);
    FleetVerdict { found: several.filter_map(|(vip, members)| look(vip, members)).collect(), unread }
}

/// One host's part in an address that wanders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vrrp {
    pub router: String,
    /// Between two announcements; `1` where nothing is said.
    pub interval: String,
    pub priority: u32,
    pub addresses: Vec<String>,
}

/// Addresses that wander, each with the hosts between which it does.
pub type Wandering = BTreeMap<String, Vec<(HostId, Vrrp)>>;

/// Every address that keepalived moves between hosts, with its hosts.
pub fn shared_addresses(fleet: &Fleet<'_>) -> (Wandering, Vec<(HostId, Why)>) {
    let mut groups = Wandering::new();
    let verdict = fleet.each(&["config_files"], |facts| {
        for file in files(facts, is_keepalived)? {
            for instance in vrrp(content(file)?) {
                if let Some(vip) = instance.addresses.iter().min().cloned() {
                    groups.entry(vip).or_default().push((facts.host.clone(), instance));
                }
            }
        }
        Ok(Vec::new())
    });
    (groups, verdict.unread)
}

fn is_keepalived(path: &str) -> bool {
    path.starts_with("/etc/keepalived/")
}

/// The `vrrp_instance` blocks of a keepalived configuration.
fn vrrp(text: &str) -> Vec<Vrrp> {
    let (mut all, mut depth, mut inside): (Vec<Vrrp>, usize, bool) = (Vec::new(), 0, false);
    for line in lines(text) {
        if line.is("vrrp_instance") {
            all.push(Vrrp { interval: "1".into(), priority: 100, ..Vrrp::default() });
            depth = 0;
        }
        if line.is("vrrp_script") || line.is("virtual_server") || line.is("global_defs") {
            depth = usize::MAX / 2; // another block: nothing in it is about an instance
        }
        if let Some(instance) = all.last_mut().filter(|_| depth < 8) {
            note(instance, &line, inside);
        }
        inside = (inside && !line.words.contains(&"}")) || line.is("virtual_ipaddress");
        depth += line.words.iter().filter(|word| word.ends_with('{')).count();
        depth = depth.saturating_sub(line.words.iter().filter(|word| word.starts_with('}')).count());
    }
    all
}

fn note(instance: &mut Vrrp, line: &Line<'_>, in_addresses: bool) {
    match line.words[0] {
        "virtual_router_id" => instance.router = line.value().to_owned(),
        "advert_int" => instance.interval = line.value().to_owned(),
        "priority" => instance.priority = line.value().parse().unwrap_or(instance.priority),
        word if in_addresses => {
            let address = word.split('/').next().unwrap_or_default();
            if address.parse::<std::net::IpAddr>().is_ok() {
                instance.addresses.push(address.to_owned());
            }
        }
        _ => {}
    }
}

pub const BY_ADDRESS: FleetRule = FleetRule {
    id: "fleet.accepts-by-address",
    severity: Severity::Warns,
    sources: &["NET-18"],
    evidence: Evidence::Known,
    looks_at: &["config_files", "firewall", "interfaces", "os"],
    keeps: Keeps::files(|file| lets_in(&file.path)),
    look: by_address,
    cases: &[
        found(
            || {
                changed(|hosts| {
                    add_file(&mut hosts[2], "/var/lib/pgsql/13/data/pg_hba.conf", "host shop shop 10.77.0.31/32 md5\n")
                })
            },
            &[],
        ),
        found(
            || {
                changed(|hosts| {
                    known(&mut hosts[1].firewall)
                        .iptables
                        .push("-A INPUT -s 10.77.0.31/32 -p tcp --dport 6379 -j ACCEPT".into())
                })
            },
            &[],
        ),
        fine(
            || {
                changed(|hosts| {
                    add_file(
                        &mut hosts[2],
                        "/var/lib/pgsql/13/data/pg_hba.conf",
                        "# 10.77.0.31/32\nhost shop shop 10.77.0.0/24 md5\nhost shop shop 192.0.2.7/32 md5\n",
                    )
                })
            },
            &[],
        ),
    ],
    ..FleetRule::USUAL
};
fn by_address(fleet: &Fleet<'_>) -> FleetVerdict {
    fleet.each(&["config_files", "firewall"], |keeper| {
        let mut found = Vec::new();
        for (place, address) in accepted(keeper)? {
            let known = fleet.directory().host(&address).filter(|host| host.host != keeper.host);
            let Some(host) = known else { continue };
            if host.moves.clone()? {
                found.push((place, host.host.clone()));
            }
        }
        Ok(by_place(keeper, found))
    })
}

/// One sentence for each place in which addresses stand.
fn by_place(keeper: &Facts, found: Vec<(String, HostId)>) -> Vec<FleetFinding> {
    let mut places: BTreeMap<String, Vec<HostId>> = BTreeMap::new();
    for (place, host) in found {
        let hosts = places.entry(place).or_default();
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    let finding = |(place, hosts): (String, Vec<HostId>)| FleetFinding {
        message: Message::new("finding-fleet-accepts-by-address")
            .with("host", &keeper.host)
            .with("place", place)
            .with("clients", names(hosts.iter().map(ToString::to_string))),
        hosts,
    };
    places.into_iter().map(finding).collect()
}

/// Single addresses that the host lets in, and where that is written.
fn accepted(facts: &Facts) -> Result<Vec<(String, String)>, Why> {
    let mut all = Vec::new();
    for rule in &facts.firewall.get()?.iptables {
        let words: Vec<&str> = rule.split_whitespace().collect();
        let accepts = words.windows(2).any(|pair| pair == ["-j", "ACCEPT"]);
        let source = words.windows(2).find(|pair| matches!(pair[0], "-s" | "--source")).map(|pair| pair[1]);
        all.extend(source.filter(|_| accepts).and_then(single).map(|address| ("iptables".to_owned(), address)));
    }
    for file in files(facts, lets_in)? {
        let separator = |c: char| !(c.is_ascii_hexdigit() || matches!(c, '.' | ':' | '/'));
        for line in lines(content(file)?).filter(|line| !line.is("local")) {
            let words = line.words.iter().flat_map(|word| word.split(separator));
            all.extend(words.filter_map(single).map(|address| (file.path.clone(), address)));
        }
    }
    Ok(all)
}

/// Files in which single addresses are let in.
fn lets_in(path: &str) -> bool {
    path.ends_with("/pg_hba.conf") || path.starts_with("/etc/firewalld/zones/")
}

/// The address, when it is one and no network.
fn single(text: &str) -> Option<String> {
    let (address, prefix) = text.split_once('/').unwrap_or((text, ""));
    let ip: std::net::IpAddr = address.parse().ok()?;
    matches!(prefix, "" | "32" | "128").then(|| ip.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keepalived_is_read() {
        let text = "vrrp_script chk { interval 2\n priority 7\n}\nvrrp_instance shop {\n  state BACKUP\n  \
                    virtual_router_id 51\n  priority 90\n  advert_int 2\n  authentication {\n    auth_type PASS\n  }\n  \
                    virtual_ipaddress {\n    10.77.0.100/24 dev eth0\n  }\n}\n";
        let want =
            Vrrp { router: "51".into(), interval: "2".into(), priority: 90, addresses: vec!["10.77.0.100".into()] };
        assert_eq!(vrrp(text), [want]);
        for broken in ["vrrp_instance", "}}}", "virtual_ipaddress {", "vrrp_instance a {\nvirtual_ipaddress {\nx\n"] {
            vrrp(broken); // whatever it says, it ends
        }
    }

    #[test]
    fn networks_are_no_single_addresses() {
        for (text, want) in
            [("10.0.0.1/32", true), ("10.0.0.1", true), ("10.0.0.0/24", false), ("all", false), ("::1/128", true)]
        {
            assert_eq!(single(text).is_some(), want, "{text}");
        }
    }
}
