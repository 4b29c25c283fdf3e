//! `rockhop installable`: will these packages install on Rocky 9 from these repositories, or what each host of the project
//! needs from those that the project declares? Offline, from copies of metadata.

mod hosts;

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::ui::Tone;
use rockhop_domain::{HostId, Message};
use rockhop_solver::{Answer, Arch, Library, ModuleStream, Question, Reason, Repositories, Role, Source, Verdict};
use serde::Serialize;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Flags of `rockhop installable`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Says whether packages install together on a fresh Rocky 9 machine from the given repositories, as dnf would \
                  decide it, without dnf and without a network; and if not, which package lacks what, who would have it, and \
                  what to do. A repository is a folder with repodata, or a copy of its repodata alone.\n\nWith --hosts the question is \
                  asked for hosts of the project: what `rockhop packages` would install on each, from the [[repositories]] of \
                  rockhop.toml that have `metadata`, or from those given here.\n\nEnds with 0 when \
                  all of it installs, with 2 when not, with 78 when a repository or a list cannot be used, \
                  with 4 when too little is known of a host, with 1 when this machine has no libsolv (EL9 has it; Debian: libsolv1).",
    after_long_help = "Examples:\n  rockhop installable --repo baseos=/srv/rocky9/BaseOS --repo /srv/rocky9/AppStream nginx\n  \
                       rockhop installable --repo /srv/r9 --enable-module postgresql:16 postgresql-server\n  \
                       rockhop installable --repo /srv/r9 --elsewhere /srv/epel9 --names-from web.txt --json\n  \
                       rockhop installable --hosts\n  rockhop installable --hosts web-1,web-2 --json"
)]
pub struct Args {
    /// Packages, as `dnf install` takes them: a name, name.arch, name-version, a capability, a path.
    #[arg(value_name = "NAME", conflicts_with = "hosts")]
    names: Vec<String>,
    /// Ask for hosts of the project: these, or without names every host that moves.
    #[arg(long, value_name = "HOST,...", num_args = 0.., value_delimiter = ',', conflicts_with = "names_from")]
    hosts: Option<Vec<HostId>>,
    /// A repository that the hosts have; its name in answers is NAME or the folder.
    #[arg(long = "repo", value_name = "[NAME=]DIR", required_unless_present = "hosts")]
    repos: Vec<String>,
    /// A repository that the hosts do not have; searched only for who would have what is missing.
    #[arg(long, value_name = "[NAME=]DIR")]
    elsewhere: Vec<String>,
    /// A module stream that is enabled beforehand, as postgresql:16.
    #[arg(long = "enable-module", value_name = "MODULE:STREAM")]
    streams: Vec<ModuleStream>,
    /// More packages, one on each line; # begins a comment; - is standard input.
    #[arg(long, value_name = "FILE")]
    names_from: Option<PathBuf>,
    /// Take older versions where the newest cannot be installed (Rocky 9's default is to refuse).
    #[arg(long)]
    nobest: bool,
    /// Leave recommended packages out.
    #[arg(long)]
    no_weak: bool,
    /// The hosts' architecture: x86_64 or aarch64.
    #[arg(long, value_name = "ARCH", default_value = "x86_64", value_parser = arch)]
    arch: Arch,
}

impl Args {
    /// Whether it is asked for hosts of the project.
    pub fn asks_for_hosts(&self) -> bool {
        self.hosts.is_some()
    }

    /// The repositories of the command line.
    fn sources(&self) -> Vec<Source> {
        let enabled = self.repos.iter().map(|text| source(text, Role::Enabled));
        enabled.chain(self.elsewhere.iter().map(|text| source(text, Role::Elsewhere))).collect()
    }

    fn question(&self, wanted: Vec<String>, more_streams: Vec<ModuleStream>) -> Question {
        let streams = self.streams.iter().cloned().chain(more_streams).collect();
        Question { wanted, streams, best: !self.nobest, weak: !self.no_weak }
    }
}

/// Asks and tells.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    if let Some(hosts) = &args.hosts {
        return hosts::run(args, hosts, context);
    }
    let wanted = wanted(args)?;
    let sources = args.sources();
    let begun = Instant::now();
    let library = library()?;
    let mut repositories = Repositories::load(library, &sources, args.arch).map_err(unusable)?;
    let question = args.question(wanted, Vec::new());
    let answer = repositories.ask(&question).map_err(unusable)?;
    let took = begun.elapsed().as_millis();
    if context.ui.json_wanted() {
        context.ui.json(&Paper { wanted: &question.wanted, libsolv: library.to_string(), answer: &answer });
    } else {
        print(context, &question, &answer);
        let loaded = Message::new("installable-loaded").with("packages", repositories.len());
        context.ui.say(&loaded.with("repositories", sources.len()).with("took", took).with("libsolv", library));
    }
    Ok(match answer.verdict {
        Verdict::Installs { .. } => Exit::Well,
        Verdict::Fails { .. } => Exit::Blocked,
    })
}

fn library() -> Result<Library, Failure> {
    Library::open().map_err(|no| Failure::new(Exit::Failed, Message::new("installable-no-libsolv").with("why", no.0)))
}

fn unusable(error: rockhop_solver::RepoError) -> Failure {
    Failure::new(Exit::Config, error.message())
}

/// What a script reads.
#[derive(Debug, Serialize)]
struct Paper<'a> {
    wanted: &'a [String],
    libsolv: String,
    #[serde(flatten)]
    answer: &'a Answer,
}

fn arch(text: &str) -> Result<Arch, String> {
    let known = [Arch::X86_64, Arch::Aarch64].into_iter().find(|arch| arch.key() == text);
    known.ok_or_else(|| "known are x86_64 and aarch64".to_owned())
}

/// `[NAME=]DIR`; a folder that is there as it stands is a folder.
fn source(text: &str, role: Role) -> Source {
    let (name, folder) = match text.split_once('=') {
        Some((name, folder)) if !name.is_empty() && !Path::new(text).exists() => (name, folder),
        _ => (text, text),
    };
    Source { name: name.to_owned(), folder: folder.into(), role }
}

/// The names of the command line and of the list, in their order.
fn wanted(args: &Args) -> Result<Vec<String>, Failure> {
    let mut wanted = args.names.clone();
    if let Some(file) = &args.names_from {
        wanted.extend(names_in(&read(file)?, file)?);
    }
    if wanted.is_empty() {
        let file = args.names_from.as_deref().unwrap_or(Path::new("-")).display();
        return Err(Failure::new(Exit::Usage, Message::new("installable-nothing-wanted").with("file", file)));
    }
    Ok(wanted)
}

fn read(file: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = match file.to_str() {
        Some("-") => std::io::stdin().read_to_string(&mut text).map(|_| text),
        _ => std::fs::read_to_string(file),
    };
    read.map_err(|why| Failure::io("installable-names-file", file, &why))
}

fn names_in(text: &str, file: &Path) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        let words = line.split_whitespace().count();
        // A capability with a version has blanks: `foo >= 2`.
        if words > 1 && !line.contains(['=', '<', '>', '(']) {
            let what = Message::new("installable-names-line").with("file", file.display()).with("line", at + 1);
            return Err(Failure::new(Exit::Config, what.with("text", line)));
        }
        if words > 0 {
            names.push(line.to_owned());
        }
    }
    Ok(names)
}

fn print(context: &Context, question: &Question, answer: &Answer) {
    let ui = &context.ui;
    match &answer.verdict {
        Verdict::Installs { packages, security } => {
            for package in packages {
                let args = [("package", package.to_string()), ("repository", package.repository.clone())];
                ui.say_text(&ui.text("installable-comes", &args));
            }
            let args = [("wanted", question.wanted.len().to_string()), ("packages", packages.len().to_string())];
            ui.line(&ui.paint(Tone::Good, &ui.text("installable-yes", &args)));
            if let Some(security) = security {
                let args = [
                    ("carried", security.carried.to_string()),
                    ("newest", security.newest.clone()),
                    ("issued", security.issued.clone()),
                ];
                ui.line(&ui.text("installable-security", &args));
            }
        }
        Verdict::Fails { failures, older_would_do, others_install } => {
            refused(context, failures);
            let failing: usize = failures.iter().map(|f| f.wanted.len()).sum();
            let args = [
                ("wanted", question.wanted.len().to_string()),
                ("failing", failing.to_string()),
                ("others", others_install.to_string()),
            ];
            ui.line("");
            ui.line(&ui.paint(Tone::Strong, &ui.text("installable-no", &args)));
            if *older_would_do {
                ui.line(&ui.text("installable-older", &[]));
            }
        }
    }
}

/// What cannot be met, and why.
fn refused(context: &Context, failures: &[rockhop_solver::Failure]) {
    for failure in failures {
        context.ui.line(&context.ui.paint(Tone::Bad, &failure.wanted.join(", ")));
        failure.reasons.iter().for_each(|reason| explain(context, reason));
    }
}

fn explain(context: &Context, reason: &Reason) {
    let say = |message: &Message| context.ui.catalogue().say(message);
    context.ui.hanging("  - ", &say(&reason.message()));
    for line in reason.advice() {
        context.ui.hanging("    ", &say(&line));
    }
}
