//! Writes a project whose hosts have all been surveyed: for measuring how an assessment does on a large fleet.
//!
//! `stored_fleet DIR HOSTS [SEED]`. The hosts are the rules' own clean hosts, each with a few of the changes that the
//! rules' cases make, and filled up to the size of a real server's survey: some hundred packages, units, files and
//! connections. The same seed writes the same facts. Nothing of it was seen on a machine.
#![expect(clippy::print_stdout, reason = "a tool of the bench")]

use rockhop_adapters::events::entry;
use rockhop_adapters::ledger::{EvidenceStore, Ledger};
use rockhop_domain::{
    HostId,
    event::{Kind, Period},
    facts::{
        ConfigFile, Edge, Facts, Package, Process, Read, Signature, Transport, Unit, UnitFileState, Why,
        sockets::Direction,
    },
    plan::Scenery,
    rules::{Expect, RULES},
};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

const PACKAGES: usize = 420;
const UNITS: usize = 180;
const FILES: usize = 40;
const FILE_LINES: u64 = 60;
const PROCESSES: usize = 90;
const EDGES: usize = 12;
/// One host in so many has nothing changed.
const CLEAN_ONE_IN: u64 = 4;

/// The changes that can be made to one kind of host.
struct Family {
    clean: fn() -> Facts,
    changes: Vec<fn(&mut Facts)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let (dir, hosts) = (args.get(1).ok_or("DIR is missing")?, args.get(2).ok_or("HOSTS is missing")?.parse()?);
    let seed = args.get(3).map_or(Ok(7), |seed| seed.parse())?;
    write(Path::new(dir), hosts, seed)?;
    println!("{hosts} surveys in {dir}");
    Ok(())
}

fn write(dir: &Path, hosts: u32, seed: u64) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(dir)?;
    let families = families();
    let state = dir.join(".rockhop");
    let ledger = Ledger::create(&state)?;
    let evidence = EvidenceStore::open(&state)?;
    let mut groups: BTreeMap<&str, String> = BTreeMap::new();
    let names: Vec<&str> = families.keys().copied().collect();
    for n in 0..hosts {
        let mut dice = Dice(seed ^ (u64::from(n) << 20));
        // Web servers are the many, as in most fleets.
        let role = if dice.one_in(2) && names.contains(&"web") { "web" } else { names[dice.below(names.len())] };
        let facts = host(&families[role], role, n, hosts, &mut dice)?;
        let unknown = u32::try_from(facts.unknowns().len())?;
        let digest = evidence.put(&serde_json::to_vec(&facts)?)?;
        let kind = Kind::Surveyed { facts: digest, period: Period::Before, unknown, scenery: Scenery::Simulated };
        ledger.append(&entry(None, Some(&facts.host), &kind, facts.taken_at))?;
        writeln!(groups.entry(role).or_default(), "{} ansible_host={}", facts.host, address(n))?;
    }
    ledger.close()?;
    let mut inventory = String::new();
    let mut project = String::from(HEAD);
    for (role, hosts) in groups {
        write!(inventory, "[{role}]\n{hosts}\n")?;
        write!(project, "[roles.{role}]\ngroups = [\"{role}\"]\n\n")?;
    }
    std::fs::write(dir.join("inventory.ini"), inventory)?;
    std::fs::write(dir.join("rockhop.toml"), project)?;
    Ok(())
}

const HEAD: &str = "[project]\nname = \"stored fleet\"\nenvironment = \"production\"\ninventory = [\"inventory.ini\"]\n\n\
                    [vault]\npath = \"vault\"\npassword_file = \"vault.password\"\n\n\
                    [simulation]\nseed = 7\nhosts = 15\n\n";

/// Each kind of clean host with the changes that rules find on it.
fn families() -> BTreeMap<&'static str, Family> {
    let mut families: BTreeMap<&'static str, Family> = BTreeMap::new();
    for case in RULES.iter().flat_map(|rule| rule.cases).filter(|case| case.expect == Expect::Found) {
        let host = (case.clean)().host;
        let role = match host.as_str().split('-').next() {
            Some("web") => "web",
            Some("cache") => "cache",
            Some("mon") => "monitoring",
            _ if (case.clean)().mariadb.known().is_some_and(Option::is_some) => "mariadb",
            _ => "postgresql",
        };
        families
            .entry(role)
            .or_insert_with(|| Family { clean: case.clean, changes: Vec::new() })
            .changes
            .push(case.change);
    }
    families
}

fn host(family: &Family, role: &str, n: u32, hosts: u32, dice: &mut Dice) -> Result<Facts, Box<dyn Error>> {
    let mut facts = (family.clean)();
    if !dice.one_in(CLEAN_ONE_IN) {
        for _ in 0..=dice.below(5) {
            family.changes[dice.below(family.changes.len())](&mut facts);
        }
    }
    facts.host = HostId::parse(&format!("{role}-{n:05}"))?;
    facts.hostname = Read::Known(facts.host.to_string());
    facts.taken_at = jiff::Timestamp::from_second(1_795_000_000)?;
    if let Read::Known(census) = &mut facts.census {
        census.taken_at = facts.taken_at;
    }
    if let Read::Known(interfaces) = &mut facts.interfaces {
        for address in
            interfaces.iter_mut().flat_map(|interface| &mut interface.addresses).filter(|a| !a.ip.is_loopback())
        {
            address.ip = IpAddr::V4(address_of(n));
        }
    }
    fill(&mut facts, hosts, dice);
    if dice.one_in(40) {
        facts.sshd = Read::Unknown(Why::NoSudo);
    }
    Ok(facts)
}

/// What a real server has beside what the rules look for.
fn fill(facts: &mut Facts, hosts: u32, dice: &mut Dice) {
    if let Read::Known(packages) = &mut facts.packages {
        packages.extend((0..PACKAGES).map(|n| package(n, dice)));
    }
    if let Read::Known(units) = &mut facts.units {
        units.extend((0..UNITS).map(|n| Unit {
            name: format!("filler-{n:03}.service"),
            file_state: Some(UnitFileState::Static),
            active: "inactive".into(),
            sub: "dead".into(),
        }));
    }
    if let Read::Known(files) = &mut facts.config_files {
        files.extend((0..FILES).map(|n| file(n, dice)));
    }
    if let Read::Known(processes) = &mut facts.processes {
        processes.extend((0..PROCESSES).map(|n| Process {
            user: "root".into(),
            comm: format!("filler{n}"),
            args: format!("/usr/sbin/filler{n} --seed {}", dice.next()),
        }));
    }
    if let Read::Known(edges) = &mut facts.edges {
        edges.extend((0..EDGES).map(|_| Edge {
            transport: Transport::Tcp,
            direction: Direction::Out,
            remote: address(u32::try_from(dice.below(hosts as usize)).unwrap_or_default()),
            service_port: [80, 443, 5432, 3306, 6379, 9100][dice.below(6)],
            process: "filler".into(),
        }));
    }
}

fn package(n: usize, dice: &mut Dice) -> Package {
    let release = format!("{}.el7_9", dice.below(40));
    let (name, version) = (format!("filler-libs-{n:03}"), format!("{}.{}", dice.below(9), dice.below(30)));
    Package {
        source: format!("{name}-{version}-{release}.src.rpm"),
        name,
        epoch: 0,
        version,
        release,
        arch: "x86_64".into(),
        vendor: "CentOS".into(),
        signature: Signature::Key { id: "24c6a8a7f4a80eb5".into(), algorithm: "RSA/SHA256".into() },
    }
}

fn file(n: usize, dice: &mut Dice) -> ConfigFile {
    let content: String = (0..FILE_LINES).fold(String::new(), |mut text, line| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "# line {line} of a file that nobody changed, {}", dice.next());
        text
    });
    ConfigFile {
        path: format!("/etc/filler.d/{n:02}.conf"),
        mode: "0644".into(),
        owner: "root".into(),
        group: "root".into(),
        size: content.len() as u64,
        sha256: Read::Known(rockhop_domain::Digest::of(content.as_bytes()).to_string()),
        owned_by_rpm: None,
        changed_from_rpm: None,
        content: Read::Known(content),
    }
}

fn address(n: u32) -> String {
    address_of(n).to_string()
}

fn address_of(n: u32) -> Ipv4Addr {
    Ipv4Addr::from(0x0a_00_01_00 + n)
}

/// SplitMix64: the same seed throws the same numbers.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap_or_default()
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.next().is_multiple_of(n)
    }
}
