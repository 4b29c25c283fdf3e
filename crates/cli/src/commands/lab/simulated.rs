//! `rockhop lab up --simulated`: the project of a fleet in memory. Starts nothing, and needs no root.

use super::paper::{self, Entry};
use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::fleet;
use crate::world::{scenery::Clash, simulated};
use rockhop_domain::{Message, plan::Scenery, project::Simulation};
use rockhop_lab::Role;
use rockhop_sim::{SimFleet, SimHost, SimRole};
use std::fmt::Write as _;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;

/// Hosts of the lab's own fleet that move.
const LAB: u32 = 15;
/// The groups of the inventory that hold hosts of production.
const GROUPS: [Role; 6] = [Role::Monitoring, Role::Cache, Role::Web, Role::Postgresql, Role::Mariadb, Role::Edge];

/// How large the simulated fleet is, and which one.
#[derive(Debug, clap::Args)]
pub struct Size {
    /// How many hosts move.
    #[arg(long, value_name = "N", default_value_t = LAB, requires = "simulated",
          value_parser = clap::value_parser!(u32).range(15..=10_000))]
    hosts: u32,
    /// Another seed gives other facts and other durations.
    #[arg(long, value_name = "N", default_value_t = 7, requires = "simulated")]
    seed: u64,
}

/// Writes what is missing of the project.
pub fn up(size: &Size, context: &Context) -> Result<Exit, Failure> {
    context.ui.mark(Scenery::Simulated);
    let dir = &context.project;
    let keys = dir.root().join("keys");
    std::fs::create_dir_all(dir.root()).map_err(|e| Failure::io("error-write", dir.root(), &e))?;
    DirBuilder::new().recursive(true).mode(0o700).create(&keys).map_err(|e| Failure::io("error-write", &keys, &e))?;
    let written = paper::missing(&dir.config(), 0o644, || Ok(project(size)))?;
    let simulation = fleet::project(dir)?.simulation.ok_or(Clash::ProjectOfHosts)?;
    paper::approver(&keys, &dir.root().join("approvers.allowed"))?;
    paper::missing(&dir.root().join("inventory.ini"), 0o644, || Ok(inventory(&simulated::fleet(&simulation))))?;
    tell(context, &simulation, written);
    Ok(Exit::Well)
}

fn tell(context: &Context, simulation: &Simulation, written: bool) {
    let project = context.project.root().display().to_string();
    if !written {
        context.ui.say(&Message::new("lab-simulated-kept").with("dir", &project));
    }
    context.ui.say(&Message::new("lab-simulated-ready").with("n", simulation.hosts));
    context.ui.say(&Message::new("lab-next").with("dir", project));
}

/// The lab's project with a simulation in the place of machines; a larger fleet moves more at once.
fn project(size: &Size) -> String {
    let mut text = paper::about("A simulated fleet, written by `rockhop lab up --simulated`.", "simulated fleet");
    let (away, parallel) = (size.hosts / LAB, 4 * (size.hosts / LAB));
    let _ = write!(
        text,
        "\n# The hosts exist in memory only: nothing connects anywhere, and every output says so.\n\
         [simulation]\nseed = {}\nhosts = {}\nstep_milliseconds = 100\n\n\
         # Named because every project names one; a simulated fleet puts nothing into it.\n\
         [vault]\npath = \"vault\"\npassword_file = \"keys/vault.password\"\n\n\
         [limits]\nmax_unavailable = {parallel}\nhosts_in_parallel = {parallel}\nfailure_budget = 2\n\
         facts_max_age_hours = 24\nrollback_reserve_minutes = 10\nsoak_seconds = 1\nretries = 1\n\
         on_failure = \"rollback\"\n\n\
         [report]\nformats = [\"html\", \"markdown\", \"json\"]\nlanguages = [\"en\", \"zh\"]\n",
        size.seed, size.hosts,
    );
    text.push_str(&paper::fleet(&entries(&SimFleet::of(size.seed, size.hosts)), away));
    text
}

fn inventory(fleet: &SimFleet) -> String {
    let mut text = "# The hosts of a simulated fleet. Nobody answers at these addresses.\n".to_owned();
    let entries = entries(fleet);
    let mut group = |name: &str, holds: &dyn Fn(&Entry) -> bool| {
        let _ = writeln!(text, "\n[{name}]");
        for host in entries.iter().filter(|host| holds(host)) {
            let _ = writeln!(text, "{} ansible_host={} rockhop_role={}", host.name, host.address, host.role.key());
        }
    };
    GROUPS.iter().for_each(|role| group(role.key(), &|h| h.role == *role && !h.preproduction));
    group("preproduction", &|h| h.preproduction);
    text
}

fn entries(fleet: &SimFleet) -> Vec<Entry> {
    let entry = |host: &SimHost| Entry {
        name: host.name.to_string(),
        role: role(host.role),
        preproduction: host.preproduction,
        replica_of: host.copies.as_ref().map(ToString::to_string),
        address: host.address.to_string(),
    };
    fleet.hosts().map(entry).collect()
}

fn role(role: SimRole) -> Role {
    match role {
        SimRole::Monitoring => Role::Monitoring,
        SimRole::Cache => Role::Cache,
        SimRole::Web => Role::Web,
        SimRole::Postgresql => Role::Postgresql,
        SimRole::Mariadb => Role::Mariadb,
        SimRole::Edge => Role::Edge,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rockhop_domain::{
        inventory::{Inventory, Source},
        project::Project,
    };
    use rockhop_lab::{HOSTS, LabConfig};

    /// Apart from the load generator, which a fleet without customers does not need.
    #[test]
    fn the_smallest_fleet_is_the_labs() {
        let entries = entries(&SimFleet::of(7, LAB));
        let mut lab: Vec<_> = HOSTS.iter().filter(|h| h.role != Role::Load).collect();
        for entry in &entries {
            let at = lab.iter().position(|h| h.name == entry.name).expect("the lab has it, too");
            let host = lab.remove(at);
            let address = LabConfig::default().subnet.address(false, host.octet);
            assert_eq!((entry.role, &entry.address), (host.role, &address), "{}", entry.name);
            assert_eq!(entry.replica_of.as_deref(), host.replica_of, "{}", entry.name);
            assert_eq!(entry.preproduction, host.preproduction, "{}", entry.name);
        }
        assert!(lab.is_empty(), "the lab has more: {lab:?}");
    }

    #[test]
    fn project_and_inventory_of_every_size_fit_each_other() {
        for hosts in [LAB, 40, 1_000] {
            let text = project(&Size { hosts, seed: 7 });
            let project = Project::parse(&text, "rockhop.toml").unwrap_or_else(|e| panic!("{e:?}\n{text}"));
            let inventory = inventory(&SimFleet::of(7, hosts));
            let inventory = Inventory::read(&[Source { path: "inventory.ini", text: &inventory }]).expect("sound");
            let fleet = project.resolve(&inventory).unwrap_or_else(|e| panic!("{e:?}"));
            let moving = fleet.hosts.values().filter(|h| h.moves && h.environment == project.project.environment);
            assert_eq!(moving.count() as u32, hosts);
        }
    }
}
