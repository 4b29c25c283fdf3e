//! Gates that are asked outside: Alertmanager and Prometheus over their HTTP interfaces, programs on this machine.
//!
//! A monitoring that is reached through a host is asked by a `curl` there, as the login user, over SSH to the
//! host's own address: the machine that has it now answers, the old one or the new one. What cannot be asked
//! or understood is unknown. What a program prints is not kept: it may hold a secret.

mod answer;

use crate::{
    http::{self, Url},
    ssh::quote,
    target::SshTarget,
};
use rockhop_domain::{
    HostId, Message,
    plan::{GateAnswer, Outside},
};
use rockhop_engine::ports::Gates;
use std::{process::Stdio, time::Duration};
use tokio::{process::Command, time::timeout};

/// How long the monitoring may take for one answer.
const MONITORING_PATIENCE: Duration = Duration::from_secs(10);
/// How long a program may take, within the engine's own patience with a gate.
const COMMAND_PATIENCE: Duration = Duration::from_secs(20);
/// The most of an answer that is read: some thousand alerts.
const ANSWER_BYTES: usize = 4 << 20;
/// The most of a reason that is kept, in characters.
const REASON_CHARS: usize = 200;

/// Asks over SSH, over plain HTTP from here, and by starting programs here.
#[derive(Clone)]
pub struct OutsideGates {
    target: SshTarget,
}

impl OutsideGates {
    /// Hosts are reached as this target reaches them.
    pub fn new(target: SshTarget) -> Self {
        Self { target }
    }

    /// The body of a page, or why there is none.
    async fn fetch(&self, from: Option<&HostId>, url: &str) -> Result<Vec<u8>, Message> {
        match from {
            Some(host) => self.fetch_there(host, url).await,
            None => fetch_here(url).await,
        }
    }

    async fn fetch_there(&self, host: &HostId, url: &str) -> Result<Vec<u8>, Message> {
        let seconds = MONITORING_PATIENCE.as_secs();
        let script = format!("curl -fsS -m {seconds} {}", quote(url));
        // Half as long again for the connection itself.
        let look = self.target.look(host, &script, MONITORING_PATIENCE * 3 / 2, ANSWER_BYTES);
        match look.await {
            Ok(output) if output.status == 0 => Ok(output.stdout),
            Ok(output) => Err(unreachable(url, &String::from_utf8_lossy(&output.stderr))),
            Err(fault) => Err(fault.message),
        }
    }
}

impl Gates for OutsideGates {
    async fn ask(&self, gate: &str, question: &Outside) -> GateAnswer {
        let answer = match question {
            Outside::Alerts { url, from } => {
                let url = answer::alerts_url(url);
                self.fetch(from.as_ref(), &url).await.map(|body| answer::alerts(&body))
            }
            Outside::Query { url, from, query, at_most, at_least } => {
                let url = answer::query_url(url, query);
                self.fetch(from.as_ref(), &url).await.map(|body| answer::number(&body, *at_most, *at_least))
            }
            Outside::Command { command } => run(command, COMMAND_PATIENCE).await,
        };
        let answer = answer.unwrap_or_else(|why| GateAnswer::Unknown { why });
        tracing::debug!(gate, ?answer, "asked");
        answer
    }
}

async fn fetch_here(url: &str) -> Result<Vec<u8>, Message> {
    let place = Url::parse(url).ok_or_else(|| unreachable(url, "not http://"))?;
    let page = match timeout(MONITORING_PATIENCE, http::get(&place, ANSWER_BYTES)).await {
        Ok(page) => page.map_err(|e| unreachable(url, &e.to_string()))?,
        Err(_) => return Err(unreachable(url, &format!("{} s", MONITORING_PATIENCE.as_secs()))),
    };
    match page {
        http::Page { status: 200, cut: false, body } => Ok(body),
        http::Page { status: 200, .. } => Err(unreachable(url, &format!("> {ANSWER_BYTES} bytes"))),
        http::Page { status, .. } => Err(unreachable(url, &format!("HTTP {status}"))),
    }
}

/// Status 0 opens, any other closes; a program that did not run to its end has said nothing.
async fn run(command: &[String], patience: Duration) -> Result<GateAnswer, Message> {
    let about = |message: Message| message.with("program", command.first().map_or("", String::as_str));
    let (program, args) = command.split_first().ok_or_else(|| about(Message::new("gate-command-not-run")))?;
    let spawned = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let mut child = spawned.map_err(|e| about(Message::new("gate-command-not-run")).with("why", e))?;
    let Ok(end) = timeout(patience, child.wait()).await else {
        return Err(about(Message::new("gate-command-late")).with("seconds", patience.as_secs()));
    };
    match end.map(|status| status.code()) {
        Ok(Some(0)) => Ok(GateAnswer::Open),
        Ok(Some(status)) => {
            Ok(GateAnswer::Closed { why: about(Message::new("gate-command-says-no")).with("status", status) })
        }
        Ok(None) | Err(_) => Err(about(Message::new("gate-command-broke-off"))),
    }
}

fn unreachable(url: &str, why: &str) -> Message {
    let first = why.lines().find(|l| !l.trim().is_empty()).unwrap_or("-").trim();
    let why: String = first.chars().take(REASON_CHARS).collect();
    // The question behind the address stands in the plan.
    let place = url.split_once("/api/").map_or(url, |(place, _)| place);
    Message::new("gate-unreachable").with("url", place).with("why", why)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn said(command: &[&str], patience: Duration) -> String {
        let command: Vec<String> = command.iter().map(|w| (*w).to_owned()).collect();
        match run(&command, patience).await {
            Ok(GateAnswer::Open) => "open".to_owned(),
            Ok(answer) => format!("{:?} {}", answer.state(), answer.why().map_or("", |w| w.key.as_str())),
            Err(why) => why.key,
        }
    }

    #[tokio::test]
    async fn a_program_opens_with_0_and_no_shell_reads_its_words() {
        for (command, want) in [
            (&["true"][..], "open"),
            (&["false"], "Closed gate-command-says-no"),
            (&["sh", "-c", "exit 75"], "Closed gate-command-says-no"),
            (&["test", "$HOME; true", "=", "$HOME; true"], "open"),
            (&["sh", "-c", "kill -9 $$"], "gate-command-broke-off"),
            (&["/nowhere/ticket-is-open"], "gate-command-not-run"),
            (&[], "gate-command-not-run"),
        ] {
            assert_eq!(said(command, COMMAND_PATIENCE).await, want, "{command:?}");
        }
        assert_eq!(said(&["cat", "/dev/zero"], Duration::from_millis(20)).await, "gate-command-late");
    }

    #[test]
    fn a_reason_is_one_short_line_without_the_question() {
        let said =
            unreachable("http://mon:9090/api/v1/query?query=x", &format!("\ncurl: (7) {}\nmore", "x".repeat(900)));
        assert_eq!(said.arg("url"), Some("http://mon:9090"));
        assert!(said.arg("why").is_some_and(|why| why.starts_with("curl: (7)") && why.len() == REASON_CHARS));
    }
}
