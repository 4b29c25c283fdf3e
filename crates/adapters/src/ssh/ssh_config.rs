//! What the controller's ssh_config says of a host, asked of `ssh -G`: the only complete reader of that file.

use super::endpoint::{Algorithms, Auth, Endpoint, HostKeys};
use super::error::SshError;
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// The endpoint of an alias, with its chain of bastions. `None` when there is no ssh client to ask.
pub async fn endpoint(alias: &str) -> Result<Option<Endpoint>, SshError> {
    let Some(settings) = ask(alias).await? else { return Ok(None) };
    let mut endpoint = settings.endpoint(alias);
    let mut jumps = settings.jumps.split(',').map(str::trim).filter(|jump| !jump.is_empty() && *jump != "none");
    let mut jump: Option<Box<Endpoint>> = None;
    for name in jumps.by_ref().take(MOST_JUMPS) {
        let Some(settings) = ask(name).await? else { return Ok(None) };
        jump = Some(Box::new(Endpoint { jump, ..settings.endpoint(name) }));
    }
    endpoint.jump = jump;
    Ok(Some(endpoint))
}

/// A chain longer than this is a mistake.
const MOST_JUMPS: usize = 4;

async fn ask(alias: &str) -> Result<Option<Settings>, SshError> {
    let failed = |said: String| SshError::Config { alias: alias.to_owned(), said };
    if alias.starts_with('-') {
        return Err(failed("a name cannot start with a dash".into()));
    }
    let target = if alias.matches(':').count() == 1 { format!("ssh://{alias}") } else { alias.to_owned() };
    match Command::new("ssh").args(["-G", "--", &target]).output().await {
        Ok(output) if output.status.success() => Ok(Some(Settings::read(&String::from_utf8_lossy(&output.stdout)))),
        Ok(output) => Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(error.to_string())),
    }
}

/// The settings that matter here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Settings {
    address: String,
    port: u16,
    user: String,
    keys: Vec<String>,
    agent: Option<String>,
    known_hosts: Vec<String>,
    alias: Option<String>,
    jumps: String,
}

impl Settings {
    /// Reads `ssh -G`: a lower-case key and a value on each line.
    fn read(text: &str) -> Self {
        let mut settings = Self { port: 22, ..Self::default() };
        for (key, value) in text.lines().filter_map(|line| line.split_once(' ')) {
            let value = value.trim();
            match key {
                "hostname" => value.clone_into(&mut settings.address),
                "port" => settings.port = value.parse().unwrap_or(22),
                "user" => value.clone_into(&mut settings.user),
                "identityfile" => settings.keys.push(value.to_owned()),
                "identityagent" if value != "none" && value != "SSH_AUTH_SOCK" => {
                    settings.agent = Some(value.to_owned())
                }
                "userknownhostsfile" | "globalknownhostsfile" => {
                    settings
                        .known_hosts
                        .extend(value.split_whitespace().filter(|file| *file != "none").map(str::to_owned));
                }
                "hostkeyalias" if value != "none" => settings.alias = Some(value.to_owned()),
                "proxyjump" => value.clone_into(&mut settings.jumps),
                _ => {}
            }
        }
        settings
    }

    fn endpoint(&self, host: &str) -> Endpoint {
        let agent = self.agent.clone().or_else(|| std::env::var("SSH_AUTH_SOCK").ok()).map(PathBuf::from);
        let keys = self.keys.iter().map(|key| expand(key)).filter(|key| key.exists()).collect();
        let files = self.known_hosts.iter().map(|file| expand(file)).collect();
        Endpoint {
            host: host.to_owned(),
            address: self.address.clone(),
            port: self.port,
            user: self.user.clone(),
            auth: Auth { agent: agent.filter(|socket| socket.exists()), keys },
            host_keys: HostKeys { files, accepted: Vec::new(), alias: self.alias.clone() },
            jump: None,
            algorithms: Algorithms::Modern,
            netns: None,
        }
    }
}

/// `ssh -G` leaves `~` as it was written.
fn expand(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_that_matter_are_read() {
        let text = "user ops\nhostname 10.0.0.5\nport 2222\nidentityfile ~/.ssh/a\nidentityfile ~/.ssh/b\nproxyjump bastion\n\
            userknownhostsfile /a /b\nhostkeyalias web\nidentityagent none\nforwardagent no\n";
        let settings = Settings::read(text);
        assert_eq!((settings.address.as_str(), settings.port, settings.user.as_str()), ("10.0.0.5", 2222, "ops"));
        assert_eq!((settings.keys.len(), settings.known_hosts.len(), settings.jumps.as_str()), (2, 2, "bastion"));
        assert_eq!((settings.alias.as_deref(), settings.agent), (Some("web"), None));
    }
}
