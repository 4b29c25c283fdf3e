//! The project file, `rockhop.toml`: what people decide about the move, and never what was seen.
//!
//! [`Project::parse`] answers with a project that is sound in itself, or with everything that is wrong
//! with the file at once, each thing with its line, its column and what to do. [`Project::resolve`]
//! joins it with an inventory into a [`Fleet`]. Secrets have no place in the file: it names the files
//! that hold them. `docs/rockhop.toml.example` shows every key, `docs/rockhop.schema.json` is the
//! schema for editors; both are tested against these types.

mod check;
mod context;
mod error;
mod fleet;
mod join;
mod misfit;
mod paper;
mod scalar;
mod sections;
mod source;

pub use error::{Problem, ProjectError, Wrong};
pub use fleet::{Check, Fleet, FleetDecision, FleetEdge, FleetHost, FleetRepository, FleetService, FleetWaiver};
pub use misfit::{Misfit, ResolveError};
pub use paper::*;
pub(crate) use scalar::day;
pub use scalar::{Milli, Share};
pub use sections::*;

use crate::assess::effort::Estimate;
use crate::window::{Hours, Window};
use crate::{RoleId, RuleId, SiteId};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A move of a fleet from CentOS 7 to Rocky Linux 9, as the people who answer for it decided it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// What the project is and who answers for it.
    pub project: About,
    /// How hosts are reached.
    #[serde(default)]
    pub connection: ConnectionRules,
    /// What hosts are for, by name: `[roles.web]`. Every host has exactly one role.
    pub roles: IndexMap<RoleId, Role>,
    /// Where hosts stand, by name: `[sites.north]`.
    #[serde(default)]
    pub sites: IndexMap<SiteId, Site>,
    /// When hosts may start, by name: `[windows.night]`.
    #[serde(default)]
    pub windows: IndexMap<String, Window>,
    /// Limits that hold over the whole campaign.
    #[serde(default)]
    pub limits: Limits,
    /// What has to be well before, during and after a host's move, by name: `[gates.no-alerts]`.
    #[serde(default)]
    pub gates: IndexMap<String, Gate>,
    /// Where backups are kept.
    pub vault: VaultPlace,
    /// Who makes fresh EL9 machines.
    #[serde(default)]
    pub provisioner: Option<Provisioner>,
    /// The monitoring that is silenced during a move and asked by gates.
    #[serde(default)]
    pub monitoring: Monitoring,
    /// What people use; the prober watches it during a run.
    #[serde(default)]
    pub services: Vec<Service>,
    /// Who depends on whom, where the survey cannot see it.
    #[serde(default)]
    pub edges: Vec<Edge>,
    /// Hosts that must never be in motion together: replication pairs and quorums.
    #[serde(default)]
    pub pairs: Vec<Pair>,
    /// What the fleet's owner is stricter about than the rules are.
    #[serde(default)]
    pub policy: Policy,
    /// Findings that named people accept until a date.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
    /// What becomes of packages.
    #[serde(default)]
    pub packages: PackageRules,
    /// What new machines install from.
    #[serde(default)]
    pub repositories: Vec<Repository>,
    /// What remedies cost in this project, by rule, in place of the estimates that come with Rockhop.
    #[serde(default)]
    pub effort: IndexMap<RuleId, Estimate>,
    /// Planned cost and benefit.
    #[serde(default)]
    pub budget: Option<Budget>,
    /// The execution report.
    #[serde(default)]
    pub report: ReportRules,
    /// The hosts on which the move is rehearsed.
    #[serde(default)]
    pub preproduction: Option<Preproduction>,
    /// The fleet exists in memory only: no host is touched and no connection is opened.
    #[serde(default)]
    pub simulation: Option<Simulation>,
}

impl Project {
    /// Reads a project file. `file_name` appears in errors only.
    pub fn parse(text: &str, file_name: &str) -> Result<Self, ProjectError> {
        let fail = |problems| ProjectError { file: file_name.to_owned(), problems };
        let source = source::Source::read(text).map_err(|problem| fail(vec![problem]))?;
        let mut problems = source.against(&schema());
        problems.extend(check::windows(&source));
        if !problems.is_empty() {
            return Err(fail(problems));
        }
        let project: Self = toml::from_str(text).map_err(|error| fail(vec![source.refused(&error)]))?;
        problems.extend(check::contradictions(&project).into_iter().map(|(path, wrong)| source.problem(path, wrong)));
        if problems.is_empty() { Ok(project) } else { Err(fail(problems)) }
    }

    /// The window in which a host of this role at this site may start: the role's, else the site's,
    /// else that of the limits.
    pub fn window_of(&self, role: &RoleId, site: Option<&SiteId>) -> Option<(&str, &Window)> {
        let role = self.roles.get(role).and_then(|role| role.window.as_ref());
        let site = site.and_then(|site| self.sites.get(site)).and_then(|site| site.window.as_ref());
        let name = role.or(site).or(self.limits.window.as_ref())?;
        self.windows.get_key_value(name).map(|(name, window)| (name.as_str(), window))
    }
}

/// The JSON Schema of the project file, for editors and for the check of its keys.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Project).to_value()
}

/// A window's keys as they are written, for the check that names what is wrong with one.
#[derive(Deserialize)]
struct WrittenWindows {
    #[serde(default)]
    windows: IndexMap<String, Hours>,
}

#[cfg(test)]
mod tests;
