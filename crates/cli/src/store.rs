//! What a project already knows: the ledger's events folded, and the evidence that they name.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::ProjectDir;
use jiff::Timestamp;
use rockhop_adapters::events;
use rockhop_adapters::ledger::{EvidenceError, EvidenceStore, Ledger, LedgerError, LedgerReader, NotAnEvent, Query};
use rockhop_domain::{
    Digest, HostId, Message, RunId,
    event::{Event, Kind},
    facts::{Census, Facts, Read, census::FORMAT},
    plan::{Environment, Plan, PlanError, Scenery},
    remedy::{RemedyPlan, RemedyPlanError},
    run::FoldError,
};
use std::collections::BTreeMap;
use std::path::Path;

/// The fewest digits that name a plan.
const DIGITS_AT_LEAST: usize = 4;

/// Newest first-hand knowledge of a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactsRef {
    /// Digest of the facts in the evidence store.
    pub digest: Digest,
    /// When they were read.
    pub at: Timestamp,
    /// How many items could not be read.
    pub unknown: u32,
    /// On what kind of machine.
    pub scenery: Scenery,
}

/// The newest census of a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusRef {
    /// Digest of the census in the evidence store.
    pub digest: Digest,
    /// When it was brought.
    pub at: Timestamp,
}

/// An assessment that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentRef {
    /// Its name.
    pub digest: Digest,
    /// When.
    pub at: Timestamp,
}

/// A plan that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRef {
    /// Its name.
    pub digest: Digest,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// A run that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRef {
    /// Its name.
    pub id: RunId,
    /// Of which plan.
    pub plan: Digest,
    /// When.
    pub at: Timestamp,
    /// Rehearsal or production.
    pub environment: Environment,
    /// On what machines.
    pub scenery: Scenery,
    /// Whether its end is written.
    pub ended: bool,
}

/// The ledger's events, folded for the commands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The newest facts of each host.
    pub facts: BTreeMap<HostId, FactsRef>,
    /// The newest census of each host that has one.
    pub census: BTreeMap<HostId, CensusRef>,
    /// Assessments, oldest first.
    pub assessments: Vec<AssessmentRef>,
    /// Every survey of each host that the ledger knows, oldest first.
    pub surveys: BTreeMap<HostId, Vec<FactsRef>>,
    /// Plans, oldest first.
    pub plans: Vec<PlanRef>,
    /// Runs, oldest first.
    pub runs: Vec<RunRef>,
    /// Plans of remedies, oldest first.
    pub remedies: Vec<PlanRef>,
    /// The run of each plan of remedies that was begun.
    remedy_runs: BTreeMap<Digest, RunId>,
}

/// What people sign: a plan of a migration, or one of remedies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What is signed.
    pub digest: Digest,
    /// Where it may run.
    pub environment: Environment,
}

impl Paper {
    /// A plan of a migration.
    pub fn of_plan(plan: &Plan) -> Self {
        Self { digest: plan.digest(), environment: plan.environment }
    }

    /// A plan of remedies.
    pub fn of_remedies(plan: &RemedyPlan) -> Self {
        Self { digest: plan.digest(), environment: plan.environment }
    }
}

impl History {
    /// Folds all events.
    pub fn of(events: &[Event]) -> Self {
        let mut history = Self::default();
        events.iter().for_each(|event| history.see(event));
        history
    }

    /// The newest facts of each of these hosts; those that nobody ever surveyed are an error that names them all.
    pub fn newest_of<'a>(
        &'a self,
        hosts: impl IntoIterator<Item = &'a HostId>,
    ) -> Result<Vec<(&'a HostId, &'a FactsRef)>, Failure> {
        let (mut known, mut unread) = (Vec::new(), Vec::new());
        for host in hosts {
            match self.facts.get(host) {
                Some(facts) => known.push((host, facts)),
                None => unread.push(Message::new("error-host-unread").with("host", host)),
            }
        }
        if unread.is_empty() {
            return Ok(known);
        }
        let what = Message::new("error-not-surveyed").with("n", unread.len());
        Err(Failure::new(Exit::StaleFacts, what).because(unread))
    }

    fn see(&mut self, event: &Event) {
        match (&event.kind, &event.host, &event.run) {
            (Kind::Surveyed { facts, unknown, scenery, .. }, Some(host), _) => {
                let known = FactsRef { digest: facts.clone(), at: event.at, unknown: *unknown, scenery: *scenery };
                self.surveys.entry(host.clone()).or_default().push(known.clone());
                self.facts.insert(host.clone(), known);
            }
            (Kind::CensusTaken { census, .. }, Some(host), _) => {
                self.census.insert(host.clone(), CensusRef { digest: census.clone(), at: event.at });
            }
            (Kind::Assessed { assessment, .. }, ..) => {
                self.assessments.push(AssessmentRef { digest: assessment.clone(), at: event.at });
            }
            (Kind::Planned { plan, by, .. }, ..) => {
                self.plans.push(PlanRef { digest: plan.clone(), at: event.at, by: by.clone() });
            }
            (Kind::RemediesPlanned { plan, by, .. }, ..) => {
                self.remedies.push(PlanRef { digest: plan.clone(), at: event.at, by: by.clone() });
            }
            (Kind::RemediesStarted { plan, .. }, _, Some(run)) => {
                self.remedy_runs.entry(plan.clone()).or_insert_with(|| run.clone());
            }
            (Kind::RunStarted { plan, environment, scenery, .. }, _, Some(id)) => self.runs.push(RunRef {
                id: id.clone(),
                plan: plan.clone(),
                at: event.at,
                environment: *environment,
                scenery: *scenery,
                ended: false,
            }),
            (Kind::RunEnded { .. } | Kind::RunResumed { .. }, _, Some(id)) => {
                let ended = matches!(event.kind, Kind::RunEnded { .. });
                self.runs.iter_mut().filter(|r| r.id == *id).for_each(|r| r.ended = ended);
            }
            _ => {}
        }
    }

    /// The run in which the remedies of this plan were begun, if they were.
    pub fn remedy_run(&self, plan: &Digest) -> Option<RunId> {
        self.remedy_runs.get(plan).cloned()
    }
}

/// All events of the project so far; none before the first survey.
pub fn events(project: &ProjectDir) -> Result<Vec<Event>, Failure> {
    match LedgerReader::open(&project.state()) {
        Ok(reader) => read(&reader, &Query::all()),
        Err(LedgerError::NotThere { .. }) => Ok(Vec::new()),
        Err(e) => Err(e.into()),
    }
}

/// The events that a query names.
pub fn read(reader: &LedgerReader, query: &Query) -> Result<Vec<Event>, Failure> {
    let records = reader.read(query)?;
    records.iter().map(|r| events::event(r).map_err(Failure::from)).collect()
}

/// The project's ledger for writing; begun when there is none.
pub fn ledger(project: &ProjectDir) -> Result<Ledger, Failure> {
    match Ledger::open(&project.state()) {
        Err(LedgerError::NotThere { .. }) => Ok(Ledger::create(&project.state())?),
        opened => Ok(opened?),
    }
}

/// The project's evidence.
pub fn evidence(project: &ProjectDir) -> Result<EvidenceStore, Failure> {
    Ok(EvidenceStore::open(&project.state())?)
}

/// The facts that were read then.
pub fn facts(evidence: &EvidenceStore, digest: &Digest) -> Result<Facts, Failure> {
    let bytes = evidence.get(digest)?;
    serde_json::from_slice(&bytes).map_err(|e| {
        let what = Message::new("error-facts-unreadable").with("digest", digest.short()).with("why", e);
        Failure::new(Exit::StaleFacts, what)
    })
}

/// The newest facts of a host, with its newest census.
pub fn joined_facts(evidence: &EvidenceStore, history: &History, known: &FactsRef) -> Result<Facts, Failure> {
    let mut facts = facts(evidence, &known.digest)?;
    if let Some(taken) = history.census.get(&facts.host) {
        facts.census = Read::Known(Box::new(census(evidence, &taken.digest)?));
    }
    Ok(facts)
}

/// The census that was brought then.
pub fn census(evidence: &EvidenceStore, digest: &Digest) -> Result<Census, Failure> {
    let bytes = evidence.get(digest)?;
    let unreadable = |why: &dyn std::fmt::Display| {
        let what = Message::new("error-census-unreadable").with("digest", digest.short()).with("why", why);
        Failure::new(Exit::StaleFacts, what)
    };
    let census: Census = serde_json::from_slice(&bytes).map_err(|e| unreadable(&e))?;
    if census.format > FORMAT {
        return Err(unreadable(&format!("format {} > {FORMAT}", census.format)));
    }
    Ok(census)
}

/// A plan by its file, by the first digits of its digest, or the newest one.
pub fn plan(project: &ProjectDir, name: Option<&str>) -> Result<Plan, Failure> {
    match name {
        Some(path) if Path::new(path).is_file() => plan_in_file(Path::new(path)),
        name => {
            let history = History::of(&events(project)?);
            kept_plan(project, &plan_digest(&history, name)?)
        }
    }
}

/// The plan of this digest from the evidence store.
pub fn kept_plan(project: &ProjectDir, digest: &Digest) -> Result<Plan, Failure> {
    let bytes = evidence(project)?.get(digest)?;
    parse_plan(&String::from_utf8_lossy(&bytes), digest.short())
}

/// The digest that a person meant.
pub fn plan_digest(history: &History, name: Option<&str>) -> Result<Digest, Failure> {
    let Some(name) = name else {
        let newest = history.plans.last().map(|p| p.digest.clone());
        return newest.ok_or_else(|| Failure::new(Exit::NotApproved, Message::new("error-no-plan")));
    };
    meant(history.plans.iter(), name)
}

/// The one plan whose digest begins so.
fn meant<'a>(plans: impl Iterator<Item = &'a PlanRef>, name: &str) -> Result<Digest, Failure> {
    let mut found: Vec<&Digest> = plans.map(|p| &p.digest).filter(|d| d.as_str().starts_with(name)).collect();
    found.sort();
    found.dedup();
    match found[..] {
        [digest] if name.len() >= DIGITS_AT_LEAST => Ok(digest.clone()),
        _ => {
            let key = if found.len() > 1 { "error-plan-ambiguous" } else { "error-plan-unknown" };
            Err(Failure::new(Exit::Usage, Message::new(key).with("name", name)))
        }
    }
}

/// A plan of remedies by the first digits of its digest, or the newest one.
pub fn remedies(project: &ProjectDir, name: Option<&str>) -> Result<RemedyPlan, Failure> {
    let history = History::of(&events(project)?);
    let none = || Failure::new(Exit::NotApproved, Message::new("error-no-remedies"));
    let digest = match name {
        Some(name) => meant(history.remedies.iter(), name)?,
        None => history.remedies.last().map(|plan| plan.digest.clone()).ok_or_else(none)?,
    };
    kept_remedies(project, &digest)
}

fn kept_remedies(project: &ProjectDir, digest: &Digest) -> Result<RemedyPlan, Failure> {
    let bytes = evidence(project)?.get(digest)?;
    RemedyPlan::parse(&String::from_utf8_lossy(&bytes)).map_err(|e| {
        let detail = match e {
            RemedyPlanError::Malformed(why) => Message::new("error-plan-malformed").with("why", why),
            other @ (RemedyPlanError::Format { .. } | RemedyPlanError::FileTwice { .. }) => {
                Message::new("error-plan-unsound").with("why", other)
            }
        };
        Failure::new(Exit::Config, Message::new("error-plan-file").with("name", digest.short())).because([detail])
    })
}

/// What a person signs: by the first digits of a digest a plan of either kind; else the newest plan of a migration.
pub fn paper(project: &ProjectDir, name: Option<&str>) -> Result<Paper, Failure> {
    if let Some(digits) = name.filter(|name| !Path::new(name).is_file()) {
        let history = History::of(&events(project)?);
        let digest = meant(history.plans.iter().chain(&history.remedies), digits)?;
        if history.remedies.iter().any(|plan| plan.digest == digest) {
            return kept_remedies(project, &digest).map(|plan| Paper::of_remedies(&plan));
        }
    }
    plan(project, name).map(|plan| Paper::of_plan(&plan))
}

fn plan_in_file(path: &Path) -> Result<Plan, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::io("error-read", path, &e))?;
    parse_plan(&text, &path.display().to_string())
}

fn parse_plan(text: &str, name: &str) -> Result<Plan, Failure> {
    Plan::parse(text).map_err(|e| {
        let detail = match e {
            PlanError::Malformed(why) => Message::new("error-plan-malformed").with("why", why),
            PlanError::Format { found } => {
                Message::new("error-plan-format").with("found", found).with("known", rockhop_domain::plan::PLAN_FORMAT)
            }
            other => Message::new("error-plan-unsound").with("why", other),
        };
        Failure::new(Exit::Config, Message::new("error-plan-file").with("name", name)).because([detail])
    })
}

/// A ledger whose events cannot have happened to this plan.
pub fn unfoldable(why: &FoldError) -> Failure {
    Failure::new(Exit::Evidence, Message::new("error-fold").with("why", why))
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        let exit = match &error {
            LedgerError::Busy { .. } => Exit::Busy,
            LedgerError::Broken { .. } => Exit::Evidence,
            LedgerError::NotThere { .. } | LedgerError::AlreadyThere { .. } => Exit::Config,
            LedgerError::Key { .. } | LedgerError::KeyExposed { .. } => Exit::Config,
            _ => Exit::Failed,
        };
        let failure = Self::new(exit, error.message());
        match error {
            LedgerError::Broken { flaws, .. } => failure.because(flaws.iter().map(|f| f.message())),
            _ => failure,
        }
    }
}

impl From<EvidenceError> for Failure {
    fn from(error: EvidenceError) -> Self {
        let exit = match &error {
            EvidenceError::Missing { .. } | EvidenceError::Altered { .. } => Exit::Evidence,
            EvidenceError::Io { .. } => Exit::Failed,
        };
        Self::new(exit, error.message())
    }
}

impl From<NotAnEvent> for Failure {
    fn from(error: NotAnEvent) -> Self {
        let what =
            Message::new("error-not-an-event").with("seq", error.seq).with("kind", error.kind).with("why", error.why);
        Self::new(Exit::Evidence, what)
    }
}
