//! Drives the lab without the rest of Rockhop: `lab up|down|purge|status|hook VERB|break|mend|manifest`.
#![expect(clippy::print_stdout, reason = "an example speaks on its standard output")]

use rockhop_lab::{
    Down, FaultKind, Fleet, Lab, LabConfig, LabEvent, Target, break_host, down, hook, mend_host, status, up,
};
use std::error::Error;
use std::io::Read as _;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let lab = Lab::new(config()?);
    match words.as_slice() {
        ["up"] => {
            let done = up(&lab, &mut show)?;
            println!("{} hosts up after {:.1?}", done.hosts.len(), done.took);
        }
        ["down"] => down(&lab, Down::KeepImages, &mut show)?,
        ["purge"] => down(&lab, Down::Purge, &mut show)?,
        ["status"] => println!("{}", serde_json::to_string_pretty(&status(&lab))?),
        ["hook", verb] => {
            let mut input = String::new();
            std::io::stdin().read_to_string(&mut input)?;
            println!("{}", hook(&lab, verb, &input));
        }
        ["break", target, fault] => {
            break_host(&lab, &Target::parse(target, lab.layout())?, fault.parse::<FaultKind>()?)?
        }
        ["mend", target, fault] => mend_host(&lab, &Target::parse(target, lab.layout())?, fault.parse::<FaultKind>()?)?,
        _ => return Err("lab up|down|purge|status|hook VERB|break TARGET FAULT|mend TARGET FAULT".into()),
    }
    Ok(())
}

/// The defaults, which `LAB_STATE`, `LAB_NAMESPACE`, `LAB_SUBNET`, `LAB_PROJECT` and `LAB_FLEET` override.
fn config() -> Result<LabConfig, Box<dyn Error>> {
    let mut config = LabConfig::default();
    let var = |name: &str| std::env::var(name).ok();
    if let Some(state) = var("LAB_STATE") {
        config.state = state.into();
    }
    if let Some(namespace) = var("LAB_NAMESPACE") {
        config.namespace = namespace;
    }
    if let Some(subnet) = var("LAB_SUBNET") {
        config.subnet = subnet.parse()?;
    }
    if let Some(project) = var("LAB_PROJECT") {
        config.project = project.into();
    }
    if let Some(fleet) = var("LAB_FLEET") {
        config.fleet = fleet.parse::<Fleet>()?;
    }
    Ok(config)
}

fn show(event: LabEvent) {
    match event {
        LabEvent::Started(what) => println!(".. {what}"),
        LabEvent::Finished(what, took) => println!("ok {what} {took:.1?}"),
        LabEvent::AlreadySo(what) => println!("== {what}"),
        LabEvent::Note(what) => println!("!! {what}"),
    }
}
