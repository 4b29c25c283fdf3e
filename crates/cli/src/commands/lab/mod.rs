//! `rockhop lab`: a fleet of real hosts on this machine, to try everything on.

mod paper;
mod simulated;

use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::ui::Tone;
use crate::view::text;
use rockhop_domain::Message;
use rockhop_lab::{
    DEFECTS, Defect, Down, FaultKind, Fleet, Lab, LabConfig, LabError, LabEvent, Status, Subnet, Target,
};
use std::io::Read;
use std::path::PathBuf;

/// The most that a hook's request may hold.
const REQUEST_BYTES: u64 = 1 << 20;

/// Flags of `rockhop lab`.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "A fleet of real hosts on this machine: systemd, sshd, databases, a shop with customers. Kernel and libraries \
                  are stage scenery, and every report made here says so. Needs root; without it, `rockhop lab up --simulated` \
                  writes the project of a fleet that exists in memory only."
)]
pub struct Args {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    what: What,
}

/// Which lab.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Which lab")]
struct Place {
    /// Where the lab keeps its hosts.
    #[arg(long, global = true, value_name = "DIR", default_value = "/var/lib/rockhop-lab")]
    state: PathBuf,
    /// Its network namespace.
    #[arg(long, global = true, value_name = "NAME", default_value = "rockhop-lab")]
    namespace: String,
    /// Its addresses, a private /16.
    #[arg(long, global = true, value_name = "NET", default_value = "10.77.0.0/16")]
    subnet: Subnet,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Start the lab, and write its project: inventory, keys, rockhop.toml.
    #[command(
        long_about = "Builds what is missing and starts the fleet; what stands is left alone. Writes a project for it into \
                      the project's folder: inventory, known hosts, keys, rockhop.toml. Files of yours are not changed.\n\n\
                      With --simulated it starts nothing and needs no root: it writes the project of a fleet in memory, on \
                      which every command works, and in which every output is marked as simulated.\n\n\
                      Ends with 69 when this machine cannot carry the lab.",
        after_long_help = "Examples:\n  rockhop lab up -C lab\n  rockhop lab up --fleet small -C lab\n  \
                           rockhop lab up --simulated -C sim\n  rockhop lab up --simulated --hosts 1000 -C sim"
    )]
    Up {
        /// Which hosts: full, small, or names with commas.
        #[arg(long, value_name = "HOSTS", default_value = "full")]
        fleet: String,
        /// A fleet in memory in the place of hosts; needs no root.
        #[arg(long, conflicts_with = "fleet")]
        simulated: bool,
        #[command(flatten)]
        size: simulated::Size,
    },
    /// Stop the lab and remove its hosts.
    #[command(
        long_about = "Stops the lab and removes its hosts, namespaces and mounts. The built images stay, so that the next start \
                      is quick; with --purge they go, too.",
        after_long_help = "Examples:\n  rockhop lab down\n  rockhop lab down --purge"
    )]
    Down {
        /// Remove the built images, too.
        #[arg(long)]
        purge: bool,
    },
    /// Break something on purpose.
    #[command(
        long_about = "Breaks something on purpose; `rockhop lab mend` undoes it. A fault on a machine that does not exist yet \
                      waits for it.",
        after_long_help = "Examples:\n  rockhop lab break web-3 service-start\n  rockhop lab break db-1 host-key-changed\n  \
                           rockhop lab break vault vault-corrupt"
    )]
    Break(FaultArgs),
    /// Undo a fault.
    #[command(
        long_about = "Undoes a fault of `rockhop lab break`. One that was never done is undone already.",
        after_long_help = "Example:\n  rockhop lab mend web-3 service-start"
    )]
    Mend(FaultArgs),
    /// Plant what grown CentOS 7 hosts have and Rocky 9 does not take.
    #[command(
        long_about = "Plants defects on hosts of the lab: what grown CentOS 7 hosts have and Rocky 9 does not take. Each is to be \
                      found by one rule of the assessment; the table of them is printed with --list. No service of the host \
                      changes; `rockhop lab uproot` puts everything back.",
        after_long_help = "Examples:\n  rockhop lab plant\n  rockhop lab plant --list\n  rockhop lab plant tcp-wrappers fstab-device"
    )]
    Plant {
        /// Which ones; all of them when none is named.
        #[arg(value_parser = defect)]
        defects: Vec<Defect>,
        /// Only show which there are, on which hosts, and the rules that find them.
        #[arg(long, conflicts_with = "defects")]
        list: bool,
    },
    /// Take planted defects away.
    #[command(
        long_about = "Takes away what `rockhop lab plant` planted: files come back as they were. What was never planted is away \
                      already.",
        after_long_help = "Examples:\n  rockhop lab uproot\n  rockhop lab uproot tcp-wrappers"
    )]
    Uproot {
        /// Which ones; all of them when none is named.
        #[arg(value_parser = defect)]
        defects: Vec<Defect>,
    },
    /// Show which machines and faults there are.
    #[command(
        long_about = "Shows which machines there are, which of them run, at which addresses, and which faults stand. Looks; \
                      remembers nothing.",
        after_long_help = "Example:\n  rockhop lab status --json"
    )]
    Status,
    /// Answer as a provisioner: a verb, one JSON object in, one JSON object out.
    #[command(
        long_about = "Answers as a provisioner does: a verb as argument, one JSON object on standard input, one on standard \
                      output. Verbs: provision, status, power-on, power-off, discard, manifest.",
        after_long_help = "Example:\n  echo '{\"host\":\"web-1\"}' | rockhop lab hook status"
    )]
    Hook {
        /// What is asked.
        verb: String,
    },
}

/// What is broken or mended, and how.
#[derive(Debug, clap::Args)]
struct FaultArgs {
    /// A machine (`web-3`, `web-3-new`), `vault`, or `vault:/folder`.
    target: String,
    /// Which fault.
    #[arg(value_parser = fault, help = fault_help())]
    fault: FaultKind,
}

/// Does what was asked for with the lab.
pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let lab = |fleet| lab(&args.place, context, fleet);
    match &args.what {
        What::Up { simulated: true, size, .. } => simulated::up(size, context),
        What::Up { fleet, .. } => {
            up(&lab(fleet.parse().map_err(|e| failure(&LabError::UnknownMachine(e)))?), &args.place, context)
        }
        What::Down { purge } => down(&lab(Fleet::Full), *purge, context),
        What::Break(fault) => change(&lab(Fleet::Full), fault, rockhop_lab::break_host, "lab-broken", context),
        What::Mend(fault) => change(&lab(Fleet::Full), fault, rockhop_lab::mend_host, "lab-mended", context),
        What::Plant { list: true, .. } => list_defects(context),
        What::Plant { defects, .. } => each(&lab(Fleet::Full), defects, rockhop_lab::plant, "lab-planted", context),
        What::Uproot { defects } => each(&lab(Fleet::Full), defects, rockhop_lab::uproot, "lab-uprooted", context),
        What::Status => status(&lab(Fleet::Full), context),
        What::Hook { verb } => hook(&lab(Fleet::Full), verb, context),
    }
}

fn lab(place: &Place, context: &Context, fleet: Fleet) -> Lab {
    Lab::new(LabConfig {
        state: place.state.clone(),
        namespace: place.namespace.clone(),
        subnet: place.subnet,
        project: context.project.root().to_owned(),
        fleet,
    })
}

fn up(lab: &Lab, place: &Place, context: &Context) -> Result<Exit, Failure> {
    let up = rockhop_lab::up(lab, &mut |event| tell(context, &event)).map_err(|e| failure(&e))?;
    let written = paper::write(lab, &up.hosts, &hook_command(place)?, &context.project)?;
    let seconds = i64::try_from(up.took.as_secs()).unwrap_or(i64::MAX);
    let hosts = up.hosts.len();
    context.ui.say(&Message::new("lab-is-up").with("n", hosts).with("took", text::span(seconds)));
    let project = context.project.root().display().to_string();
    let next = if written { "lab-next" } else { "lab-next-own-project" };
    context.ui.say(&Message::new(next).with("dir", project));
    Ok(Exit::Well)
}

/// How the project's provisioner calls this very binary.
fn hook_command(place: &Place) -> Result<Vec<String>, Failure> {
    let me = std::env::current_exe().map_err(|e| Failure::internal("current_exe", e))?;
    let words = [
        me.display().to_string(),
        "lab".to_owned(),
        "--state".to_owned(),
        place.state.display().to_string(),
        "--namespace".to_owned(),
        place.namespace.clone(),
        "--subnet".to_owned(),
        place.subnet.to_string(),
        "hook".to_owned(),
    ];
    Ok(words.into())
}

fn down(lab: &Lab, purge: bool, context: &Context) -> Result<Exit, Failure> {
    let how = if purge { Down::Purge } else { Down::KeepImages };
    rockhop_lab::down(lab, how, &mut |event| tell(context, &event)).map_err(|e| failure(&e))?;
    context.ui.say(&Message::new("lab-is-down"));
    Ok(Exit::Well)
}

type Change = fn(&Lab, &Target, FaultKind) -> Result<(), LabError>;

fn change(lab: &Lab, args: &FaultArgs, change: Change, said: &str, context: &Context) -> Result<Exit, Failure> {
    let target = Target::parse(&args.target, lab.layout()).map_err(|e| failure(&e))?;
    change(lab, &target, args.fault).map_err(|e| failure(&e))?;
    context.ui.say(&Message::new(said).with("target", &args.target).with("fault", args.fault));
    Ok(Exit::Well)
}

/// Plants or uproots the named defects, or all.
fn each(
    lab: &Lab,
    defects: &[Defect],
    change: fn(&Lab, Defect) -> Result<(), LabError>,
    said: &str,
    context: &Context,
) -> Result<Exit, Failure> {
    for defect in if defects.is_empty() { &DEFECTS[..] } else { defects } {
        change(lab, *defect).map_err(|e| failure(&e))?;
        let what = Message::new(said).with("target", defect.host).with("defect", defect);
        context.ui.say(&what.with("rule", defect.rule));
    }
    Ok(Exit::Well)
}

fn list_defects(context: &Context) -> Result<Exit, Failure> {
    if context.ui.json_wanted() {
        context.ui.json(&DEFECTS);
    } else {
        for defect in DEFECTS {
            let (key, host) = (text::fit(defect.key, 16), text::fit(defect.host, 8));
            context.ui.line(&format!("{key} {host} {}", defect.rule));
        }
    }
    Ok(Exit::Well)
}

fn status(lab: &Lab, context: &Context) -> Result<Exit, Failure> {
    let seen = rockhop_lab::status(lab);
    if context.ui.json_wanted() {
        context.ui.json(&seen);
    } else {
        print(&seen, context);
    }
    Ok(Exit::Well)
}

fn print(seen: &Status, context: &Context) {
    let ui = &context.ui;
    let key = if seen.up { "lab-status-up" } else { "lab-status-down" };
    ui.line(&ui.text(key, &[("namespace", seen.namespace.clone()), ("subnet", seen.subnet.clone())]));
    for m in &seen.machines {
        let (mark, tone) = if m.running { ("●", Tone::Good) } else { ("○", Tone::Faint) };
        let addresses = if m.addresses.is_empty() { m.address.clone() } else { m.addresses.join(" ") };
        let (name, role) = (text::fit(&m.name, 16), text::fit(m.role, 11));
        ui.line(&format!("  {} {name} {role} {}  {addresses}", ui.paint(tone, mark), m.face));
    }
    for fault in &seen.faults {
        let args = [("target", fault.target.clone()), ("fault", fault.fault.to_string())];
        ui.line(&format!("  {}", ui.paint(Tone::Warn, &ui.text("lab-broken", &args))));
    }
}

/// A provisioner's answer is JSON whatever the flags say; one that is not ok is a failure of the command, too.
fn hook(lab: &Lab, verb: &str, context: &Context) -> Result<Exit, Failure> {
    let mut request = String::new();
    std::io::stdin()
        .lock()
        .take(REQUEST_BYTES)
        .read_to_string(&mut request)
        .map_err(|e| Failure::internal("standard input", e))?;
    let answer = rockhop_lab::hook(lab, verb, &request);
    context.ui.json_line(&answer);
    Ok(if answer["ok"] == true { Exit::Well } else { Exit::Failed })
}

fn tell(context: &Context, event: &LabEvent) {
    let ui = &context.ui;
    let said = |message: &Message| ui.catalogue().say(message);
    let text = match event {
        LabEvent::Started(what) => ui.text("lab-started", &[("what", said(what))]),
        LabEvent::Finished(what, took) => {
            let took = format!("{}.{}s", took.as_secs(), took.subsec_millis() / 100);
            ui.text("lab-finished", &[("what", said(what)), ("took", took)])
        }
        LabEvent::AlreadySo(what) => ui.text("lab-already-so", &[("what", said(what))]),
        LabEvent::Note(what) => said(what),
    };
    ui.say_text(&text);
}

fn failure(error: &LabError) -> Failure {
    let exit = match error {
        LabError::Busy { .. } => Exit::Busy,
        LabError::UnknownMachine(_) | LabError::BadRequest { .. } | LabError::FaultDoesNotFit { .. } => Exit::Usage,
        LabError::OtherLab { .. } => Exit::Config,
        LabError::NotRoot | LabError::Refused { .. } => Exit::NoLab,
        _ => Exit::Failed,
    };
    Failure::new(exit, error.message())
}

fn fault(text: &str) -> Result<FaultKind, String> {
    text.parse().map_err(|e: rockhop_lab::UnknownFault| format!("{e}; {}", fault_help()))
}

fn defect(text: &str) -> Result<Defect, String> {
    let names: Vec<&str> = DEFECTS.iter().map(|d| d.key).collect();
    text.parse().map_err(|e: rockhop_lab::UnknownDefect| format!("{e}; one of: {}", names.join(", ")))
}

fn fault_help() -> String {
    let names: Vec<&str> = FaultKind::ALL.iter().map(|f| f.key()).collect();
    format!("one of: {}", names.join(", "))
}
