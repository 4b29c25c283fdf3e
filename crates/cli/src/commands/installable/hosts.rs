//! The question for hosts of the project: what becomes of each one's packages, from the repositories that its successor has.
//! Repositories are read once for all hosts that have the same; hosts that want the same share an answer.

use super::{Args, library, refused, unusable};
use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::fleet::{self, Loaded};
use crate::leapp_data;
use crate::store::{self, History};
use crate::ui::Tone;
use rockhop_adapters::ledger::EvidenceStore;
use rockhop_domain::packages::{self, Given, Installation};
use rockhop_domain::project::FleetHost;
use rockhop_domain::{HostId, Message};
use rockhop_solver::{Answer, ModuleStream, Question, Repositories, Role, Source, Verdict};
use serde::Serialize;
use std::sync::Arc;

/// What came of a host.
enum Told {
    Judged {
        question: Question,
        answer: Answer,
    },
    /// Too little is known to say what its successor has to get.
    NotKnown(Message),
}

/// A host's answer, for a script.
#[derive(Serialize)]
struct HostPaper<'a> {
    host: &'a HostId,
    #[serde(skip_serializing_if = "Option::is_none")]
    wanted: Option<&'a [String]>,
    #[serde(flatten)]
    said: Said<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Said<'a> {
    Answer(&'a Answer),
    NotKnown { verdict: &'static str, why: &'a Message },
}

#[derive(Serialize)]
struct Paper<'a> {
    libsolv: String,
    hosts: Vec<HostPaper<'a>>,
}

/// Hosts that install from the same repositories.
struct Group<'a> {
    sources: Vec<Source>,
    hosts: Vec<&'a FleetHost>,
}

/// Asks for every host and tells, in the order of the project.
pub fn run(args: &Args, names: &[HostId], context: &Context) -> Result<Exit, Failure> {
    let loaded = fleet::load(&context.project)?;
    let library = library()?;
    let desk = Desk::new(args, context, &loaded)?;
    let named = fleet::chosen(&loaded.fleet, names)?;
    let hosts: Vec<&FleetHost> = named.into_iter().filter(|host| !names.is_empty() || host.moves).collect();
    let mut told: Vec<(&HostId, Told)> = Vec::new();
    for group in desk.groups(&hosts)? {
        let mut repositories = Repositories::load(library, &group.sources, args.arch).map_err(unusable)?;
        repositories.learn_all().map_err(unusable)?;
        let mut answers: Vec<(Question, Answer)> = Vec::new();
        for host in group.hosts {
            told.push((&host.id, desk.tell(host, &mut repositories, &mut answers)?));
        }
    }
    told.sort_by_key(|(host, _)| loaded.fleet.hosts.get_index_of(*host));
    if context.ui.json_wanted() {
        let hosts = told.iter().map(|(host, told)| paper(host, told)).collect();
        context.ui.json(&Paper { libsolv: library.to_string(), hosts });
    } else {
        told.iter().for_each(|(host, told)| print(context, host, told));
    }
    Ok(exit(told.iter().map(|(_, told)| told)))
}

/// What fails weighs more than what is not known.
fn exit<'t>(told: impl Iterator<Item = &'t Told>) -> Exit {
    let of = |told: &Told| match told {
        Told::Judged { answer: Answer { verdict: Verdict::Fails { .. } }, .. } => Exit::Blocked,
        Told::NotKnown(_) => Exit::StaleFacts,
        Told::Judged { answer: Answer { verdict: Verdict::Installs { .. } }, .. } => Exit::Well,
    };
    let all: Vec<Exit> = told.map(of).collect();
    [Exit::Blocked, Exit::StaleFacts].into_iter().find(|exit| all.contains(exit)).unwrap_or(Exit::Well)
}

/// The answer to a question, worked out once.
fn asked(
    repositories: &mut Repositories,
    answers: &mut Vec<(Question, Answer)>,
    question: &Question,
) -> Result<Answer, Failure> {
    if let Some((_, answer)) = answers.iter().find(|(known, _)| known == question) {
        return Ok(answer.clone());
    }
    let answer = repositories.ask(question).map_err(unusable)?;
    answers.push((question.clone(), answer.clone()));
    Ok(answer)
}

struct Desk<'a> {
    args: &'a Args,
    context: &'a Context,
    loaded: &'a Loaded,
    history: History,
    evidence: EvidenceStore,
    given: Arc<Given>,
}

impl<'a> Desk<'a> {
    fn new(args: &'a Args, context: &'a Context, loaded: &'a Loaded) -> Result<Self, Failure> {
        let history = History::of(&store::events(&context.project)?);
        let given = leapp_data::of_project(&context.project, loaded)?;
        Ok(Self { args, context, loaded, history, evidence: store::evidence(&context.project)?, given })
    }

    fn groups(&self, hosts: &[&'a FleetHost]) -> Result<Vec<Group<'a>>, Failure> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        for host in hosts {
            let sources = self.sources(&host.id)?;
            match groups.iter_mut().find(|group| group.sources == sources) {
                Some(group) => group.hosts.push(host),
                None => groups.push(Group { sources, hosts: vec![host] }),
            }
        }
        Ok(groups)
    }

    /// The repositories of the command line, or those that the project declares for the host; each has to be readable here,
    /// for an answer from some of them would be no answer.
    fn sources(&self, host: &HostId) -> Result<Vec<Source>, Failure> {
        let mut given = self.args.sources();
        if !self.args.repos.is_empty() {
            return Ok(given);
        }
        let declared = self.loaded.fleet.repositories_of(host).unwrap_or_default();
        let on: Vec<_> = declared.into_iter().filter(|repository| repository.on).collect();
        let without: Vec<&str> = on.iter().filter(|r| r.metadata.is_none()).map(|r| r.id.as_str()).collect();
        if on.is_empty() || !without.is_empty() {
            let key = if on.is_empty() { "installable-no-repositories" } else { "installable-no-metadata" };
            let what = Message::new(key).with("host", host).with("repositories", without.join(", "));
            return Err(Failure::new(Exit::Config, what));
        }
        let folder = |written: &str| self.context.project.written(written);
        let source = |(id, written): (&String, &String)| Source {
            name: id.clone(),
            folder: folder(written),
            role: Role::Enabled,
        };
        given.extend(on.iter().filter_map(|r| Some((&r.id, r.metadata.as_ref()?))).map(source));
        Ok(given)
    }

    fn tell(
        &self,
        host: &FleetHost,
        repositories: &mut Repositories,
        answers: &mut Vec<(Question, Answer)>,
    ) -> Result<Told, Failure> {
        let Some(known) = self.history.facts.get(&host.id) else {
            return Ok(Told::NotKnown(Message::new("installable-never-surveyed")));
        };
        let facts = store::facts(&self.evidence, &known.digest)?;
        let account = match packages::account(&facts, &self.given, &self.loaded.fleet.decisions_of(&host.id)) {
            Ok(account) => account,
            Err(why) => return Ok(Told::NotKnown(why.message())),
        };
        let question = self.question(account.installation);
        let answer = asked(repositories, answers, &question)?;
        Ok(Told::Judged { question, answer })
    }

    fn question(&self, of: Installation) -> Question {
        let stream = |s: packages::pes::Stream| ModuleStream { module: s.module, stream: s.stream };
        let wanted = of.install.into_iter().chain(of.confirm).collect();
        self.args.question(wanted, of.modules.into_iter().map(stream).collect())
    }
}

fn paper<'a>(host: &'a HostId, told: &'a Told) -> HostPaper<'a> {
    match told {
        Told::Judged { question, answer } => {
            HostPaper { host, wanted: Some(&question.wanted), said: Said::Answer(answer) }
        }
        Told::NotKnown(why) => HostPaper { host, wanted: None, said: Said::NotKnown { verdict: "not-known", why } },
    }
}

fn print(context: &Context, host: &HostId, told: &Told) {
    let ui = &context.ui;
    let say = |tone, key: &str, args: &[(&str, String)]| {
        let args: Vec<_> = [("host", host.to_string())].into_iter().chain(args.iter().cloned()).collect();
        ui.line(&ui.paint(tone, &ui.text(key, &args)));
    };
    match told {
        Told::NotKnown(why) => {
            say(Tone::Warn, "installable-host-not-known", &[("why", ui.catalogue().say(why))]);
        }
        Told::Judged { question, answer } => {
            let wanted = ("wanted", question.wanted.len().to_string());
            match &answer.verdict {
                Verdict::Installs { packages, .. } => {
                    say(Tone::Good, "installable-host-yes", &[wanted, ("packages", packages.len().to_string())]);
                }
                Verdict::Fails { failures, .. } => {
                    let failing: usize = failures.iter().map(|failure| failure.wanted.len()).sum();
                    say(Tone::Bad, "installable-host-no", &[wanted, ("failing", failing.to_string())]);
                    refused(context, failures);
                }
            }
        }
    }
}
