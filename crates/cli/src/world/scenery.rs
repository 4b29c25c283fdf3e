//! What a project's hosts are: machines, or a fleet in memory. One project never mixes the two.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::store::History;
use rockhop_domain::{
    Message,
    plan::{Plan, Scenery},
    project::Project,
    remedy::RemedyPlan,
};

/// Two things that do not belong together: one of them is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Clash {
    /// The hosts of this project are machines.
    #[error("the plan is of a simulated fleet, the project is not")]
    SimulatedPlan,
    /// The hosts of this project are simulated.
    #[error("the plan is of real hosts, the project is simulated")]
    PlanOfHosts,
    /// Facts of a simulated fleet would stand beside those of machines.
    #[error("the ledger is of a simulated fleet, the project is not")]
    SimulatedLedger,
    /// Facts of machines would stand beside simulated ones.
    #[error("the ledger is of real hosts, the project is simulated")]
    LedgerOfHosts,
    /// The project that is there is not a simulated one.
    #[error("the project in this folder is not simulated")]
    ProjectOfHosts,
}

impl Clash {
    fn key(self) -> &'static str {
        match self {
            Self::SimulatedPlan => "error-simulated-plan",
            Self::PlanOfHosts => "error-plan-of-hosts",
            Self::SimulatedLedger => "error-simulated-ledger",
            Self::LedgerOfHosts => "error-ledger-of-hosts",
            Self::ProjectOfHosts => "error-project-of-hosts",
        }
    }
}

impl From<Clash> for Failure {
    fn from(clash: Clash) -> Self {
        Self::new(Exit::Config, Message::new(clash.key()))
    }
}

/// A plan runs on the kind of hosts that it was made for.
pub fn same_as_plan(project: &Project, plan: &Plan) -> Result<(), Clash> {
    same(project, plan.scenery)
}

/// Remedies are carried out on the kind of hosts that they were made for.
pub fn same_as_remedies(project: &Project, plan: &RemedyPlan) -> Result<(), Clash> {
    same(project, plan.scenery)
}

fn same(project: &Project, scenery: Scenery) -> Result<(), Clash> {
    match (project.simulation.is_some(), scenery == Scenery::Simulated) {
        (false, true) => Err(Clash::SimulatedPlan),
        (true, false) => Err(Clash::PlanOfHosts),
        _ => Ok(()),
    }
}

/// One ledger is of one kind of hosts, from its first survey on.
pub fn same_as_ledger(project: &Project, history: &History) -> Result<(), Clash> {
    let simulated = |scenery: Scenery| scenery == Scenery::Simulated;
    let mut known = history.facts.values().map(|facts| simulated(facts.scenery));
    match project.simulation {
        Some(_) if known.any(|simulated| !simulated) => Err(Clash::LedgerOfHosts),
        None if known.any(|simulated| simulated) => Err(Clash::SimulatedLedger),
        _ => Ok(()),
    }
}
