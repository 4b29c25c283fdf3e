//! The provisioner behind a command: any program that makes and switches machines can be one.
//!
//! The program is called as `COMMAND... VERB` with one JSON object on standard input and answers with one
//! on standard output: `provision {host, request}`, `power-on {host, machine}`, `power-off {host, machine}`,
//! `discard {host, machine}`. The successor of `web-3` is the machine `web-3-new`. Every verb may be repeated; an
//! answer with `"ok": false` or another exit status than 0 is a fault. `docs/provisioner.md` has the protocol.

use crate::target::SshTarget;
use rockhop_domain::{
    Fault, FaultClass, HostId, Message,
    plan::{MachineSpec, Power, Side},
};
use rockhop_engine::ports::{Made, Provisioner, Seat};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{process::Stdio, time::Duration};
use tokio::{io::AsyncWriteExt, process::Command, time::timeout};

/// The most of an answer that is read.
const ANSWER_BYTES: usize = 1 << 20;

/// Speaks to one provisioner program.
#[derive(Clone)]
pub struct HookProvisioner {
    command: Vec<String>,
    patience: Duration,
    target: SshTarget,
}

#[derive(Debug, Deserialize)]
struct MadeAnswer {
    address: String,
    ssh_host_keys: Vec<String>,
}

impl HookProvisioner {
    /// `command` is the program and its first arguments. Kept connections of switched machines are forgotten.
    pub fn new(command: Vec<String>, patience: Duration, target: SshTarget) -> Self {
        Self { command, patience, target }
    }

    async fn call(&self, host: &HostId, verb: &str, input: &Value) -> Result<Value, Fault> {
        let (program, first) = self.command.split_first().ok_or_else(|| unknown(host, verb, "no command is set"))?;
        let mut child = Command::new(program)
            .args(first)
            .arg(verb)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(false)
            .spawn()
            .map_err(|e| unknown(host, verb, &format!("{program}: {e}")))?;
        if let Some(mut stdin) = child.stdin.take() {
            let sent = stdin.write_all(input.to_string().as_bytes()).await;
            sent.map_err(|e| unknown(host, verb, &e.to_string()))?;
        }
        let output = match timeout(self.patience, child.wait_with_output()).await {
            Ok(output) => output.map_err(|e| unknown(host, verb, &e.to_string()))?,
            Err(_) => return Err(Fault::new(FaultClass::TimedOut, message(host, verb, "no answer in time"))),
        };
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let text = output.stdout.get(..ANSWER_BYTES).unwrap_or(&output.stdout);
        let answer: Value =
            serde_json::from_slice(text).map_err(|e| unknown(host, verb, &e.to_string()).with_output(&said))?;
        if output.status.success() && answer["ok"] != json!(false) {
            return Ok(answer);
        }
        let why = answer["error"]["text"].as_str().unwrap_or("refused").to_owned();
        Err(Fault::new(FaultClass::Failed, message(host, verb, &why)).with_output(&said))
    }
}

impl Provisioner for HookProvisioner {
    async fn provision(&self, host: &HostId, spec: &MachineSpec) -> Result<Made, Fault> {
        let answer = self.call(host, "provision", &json!({ "host": host, "request": spec })).await?;
        let made: MadeAnswer =
            serde_json::from_value(answer).map_err(|e| unknown(host, "provision", &e.to_string()))?;
        if made.ssh_host_keys.is_empty() {
            return Err(unknown(host, "provision", "it names no ssh host key, and an unknown key is never accepted"));
        }
        Ok(Made { address: made.address, host_keys: made.ssh_host_keys })
    }

    async fn power(&self, host: &HostId, side: Side, to: Power) -> Result<(), Fault> {
        let verb = if to == Power::On { "power-on" } else { "power-off" };
        self.call(host, verb, &json!({ "host": host, "machine": machine(host, side) })).await?;
        self.target.forget(&Seat::Host(host.clone())).await;
        Ok(())
    }

    async fn set_aside(&self, host: &HostId) -> Result<String, Fault> {
        let answer = self.call(host, "discard", &json!({ "host": host, "machine": machine(host, Side::New) })).await?;
        Ok(answer["evidence"].as_str().unwrap_or_default().to_owned())
    }
}

fn machine(host: &HostId, side: Side) -> String {
    match side {
        Side::Old => host.to_string(),
        Side::New => format!("{host}-new"),
    }
}

fn unknown(host: &HostId, verb: &str, why: &str) -> Fault {
    Fault::new(FaultClass::Unknown, message(host, verb, why))
}

fn message(host: &HostId, verb: &str, why: &str) -> Message {
    Message::new("fault-provisioner").with("host", host).with("verb", verb).with("why", why)
}
