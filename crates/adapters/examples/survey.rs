//! Surveys a list of hosts side by side, and says of each how long it took and what stayed unknown.
//!
//!     survey --user root --key KEY [--known-hosts FILE] [--netns /run/netns/NAME] [--json FOLDER] NAME=ADDRESS...

#![expect(clippy::print_stdout, reason = "an example program")]

use rockhop_adapters::ssh::{Algorithms, Auth, Endpoint, HostKeys, Limits, Pool};
use rockhop_adapters::survey::{Salt, survey};
use rockhop_domain::{HostId, facts::Facts};
use std::{error::Error, path::PathBuf, time::Instant};

struct Options {
    user: String,
    keys: Vec<PathBuf>,
    known_hosts: Vec<PathBuf>,
    netns: Option<PathBuf>,
    json: Option<PathBuf>,
    hosts: Vec<(HostId, String)>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let options = options(std::env::args().skip(1))?;
    let pool = Pool::new(Limits::default(), 1);
    let start = Instant::now();
    let surveys = options.hosts.iter().map(|(host, address)| {
        let (pool, endpoint, host) = (pool.clone(), endpoint(&options, host, address), host.clone());
        tokio::spawn(async move { (host.clone(), one(&pool, &endpoint, &host).await, start.elapsed()) })
    });
    let surveys: Vec<_> = surveys.collect();
    let mut failed = 0;
    for task in surveys {
        let (host, result, after) = task.await?;
        match result {
            Ok(facts) => tell(&options, &host, &facts, after.as_millis())?,
            Err(error) => {
                failed += 1;
                println!("{host}: FAILED: {error}");
            }
        }
    }
    println!("{} hosts, {failed} failed, {} ms", options.hosts.len(), start.elapsed().as_millis());
    if failed == 0 { Ok(()) } else { Err("not every host was surveyed".into()) }
}

async fn one(pool: &Pool, endpoint: &Endpoint, host: &HostId) -> Result<Facts, Box<dyn Error + Send + Sync>> {
    let session = pool.session(endpoint).await?;
    Ok(survey(&session, host, &Salt::new(b"example"), jiff::Timestamp::now()).await?)
}

fn tell(options: &Options, host: &HostId, facts: &Facts, after_ms: u128) -> Result<(), Box<dyn Error>> {
    let unknown: Vec<String> =
        facts.unknowns().into_iter().map(|(name, why)| format!("{name} ({})", why.message())).collect();
    println!(
        "{host}: {after_ms} ms, {}, {} unknown {}",
        facts.identity_digest().short(),
        unknown.len(),
        unknown.join(", ")
    );
    if let Some(folder) = &options.json {
        std::fs::write(folder.join(format!("{host}.json")), serde_json::to_vec_pretty(facts)?)?;
    }
    Ok(())
}

fn endpoint(options: &Options, host: &HostId, address: &str) -> Endpoint {
    let (address, port) = address.split_once(':').unwrap_or((address, "22"));
    Endpoint {
        host: host.to_string(),
        address: address.to_owned(),
        port: port.parse().unwrap_or(22),
        user: options.user.clone(),
        auth: Auth { agent: None, keys: options.keys.clone() },
        host_keys: HostKeys { files: options.known_hosts.clone(), accepted: Vec::new(), alias: None },
        jump: None,
        algorithms: Algorithms::Modern,
        netns: options.netns.clone(),
    }
}

fn options(mut args: impl Iterator<Item = String>) -> Result<Options, Box<dyn Error>> {
    let mut options = Options {
        user: "root".into(),
        keys: Vec::new(),
        known_hosts: Vec::new(),
        netns: None,
        json: None,
        hosts: Vec::new(),
    };
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} wants a value"));
        match arg.as_str() {
            "--user" => options.user = value()?,
            "--key" => options.keys.push(value()?.into()),
            "--known-hosts" => options.known_hosts.push(value()?.into()),
            "--netns" => options.netns = Some(value()?.into()),
            "--json" => options.json = Some(value()?.into()),
            host => {
                let (name, address) =
                    host.split_once('=').ok_or_else(|| format!("{host}: NAME=ADDRESS is expected"))?;
                options.hosts.push((HostId::parse(name)?, address.to_owned()));
            }
        }
    }
    Ok(options)
}
