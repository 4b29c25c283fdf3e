//! The lab as a provisioner behind a command hook: a verb, one JSON object in, one JSON object out.
//!
//! | verb | in | out |
//! |---|---|---|
//! | `provision` | `{"host":"web-3","request":{"os":"rocky9"}}` | `{"name","address","ssh_host_keys"}` |
//! | `status` | `{"host":"web-3"}` | `{"old":{"exists","running","address"},"new":{...}}` |
//! | `power-off`, `power-on` | `{"machine":"web-3"}` | `{"machine","running"}` |
//! | `discard` | `{"machine":"web-3-new"}` | `{"machine","evidence"}` |
//! | `manifest` | `{"machine":"web-3"}` | `{"machine","hash","files","bytes"}` |
//!
//! Every answer carries `"protocol":1` and `"ok"`; one that is not ok carries `"error"` with a
//! stable key and its values. All verbs may be repeated. Fields that a verb does not know are let
//! through, so that a newer caller can talk to an older lab.

use crate::fleet::Machine;
use crate::status::machine_status;
use crate::{Lab, LabError};
use serde::Deserialize;
use serde_json::{Value, json};
use std::str::FromStr;

/// The version of this protocol.
pub const PROTOCOL: u32 = 1;
const OFFERED: &str = "rocky9";

/// What a hook can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HookVerb {
    Provision,
    Status,
    PowerOff,
    PowerOn,
    Discard,
    Manifest,
}

impl FromStr for HookVerb {
    type Err = LabError;

    fn from_str(text: &str) -> Result<Self, LabError> {
        match text {
            "provision" => Ok(Self::Provision),
            "status" => Ok(Self::Status),
            "power-off" | "fence" => Ok(Self::PowerOff),
            "power-on" => Ok(Self::PowerOn),
            "discard" => Ok(Self::Discard),
            "manifest" => Ok(Self::Manifest),
            other => Err(LabError::BadRequest { why: format!("no verb {other:?}") }),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
struct Request {
    host: Option<String>,
    machine: Option<String>,
    request: Option<Wanted>,
}

#[derive(Debug, Deserialize)]
struct Wanted {
    os: Option<String>,
}

/// Answers one request. The answer is always JSON; `ok` in it says whether the work was done.
pub fn hook(lab: &Lab, verb: &str, input: &str) -> Value {
    match answer(lab, verb, input) {
        Ok(mut done) => {
            done["ok"] = true.into();
            done["protocol"] = PROTOCOL.into();
            done
        }
        Err(error) => {
            let message = error.message();
            let values: serde_json::Map<String, Value> =
                message.args.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
            json!({ "ok": false, "protocol": PROTOCOL, "error": { "key": message.key, "args": values, "text": error.to_string() } })
        }
    }
}

fn answer(lab: &Lab, verb: &str, input: &str) -> Result<Value, LabError> {
    let verb: HookVerb = verb.parse()?;
    let request: Request = serde_json::from_str(input).map_err(|e| LabError::BadRequest { why: e.to_string() })?;
    match verb {
        HookVerb::Provision => provision(lab, &request),
        HookVerb::Status => {
            let host = host(&request)?;
            Ok(json!({ "old": place(lab, host), "new": place(lab, Machine::fresh(host.host)) }))
        }
        HookVerb::PowerOff => powered(lab, machine(&request)?, Lab::power_off),
        HookVerb::PowerOn => powered(lab, machine(&request)?, Lab::power_on),
        HookVerb::Discard => {
            let machine = machine(&request)?;
            let evidence = lab.discard(machine)?;
            Ok(json!({ "machine": machine.to_string(), "evidence": evidence }))
        }
        HookVerb::Manifest => {
            let manifest = lab.manifest(machine(&request)?)?;
            serde_json::to_value(manifest).map_err(|e| LabError::BadRequest { why: e.to_string() })
        }
    }
}

fn provision(lab: &Lab, request: &Request) -> Result<Value, LabError> {
    if let Some(asked) = request.request.as_ref().and_then(|wanted| wanted.os.as_deref()).filter(|os| *os != OFFERED) {
        return Err(LabError::OtherSystem { asked: asked.to_owned(), offered: OFFERED });
    }
    let made = lab.provision(host(request)?)?;
    serde_json::to_value(made).map_err(|e| LabError::BadRequest { why: e.to_string() })
}

fn powered(
    lab: &Lab,
    machine: Machine,
    work: impl Fn(&Lab, Machine) -> Result<(), LabError>,
) -> Result<Value, LabError> {
    work(lab, machine)?;
    Ok(json!({ "machine": machine.to_string(), "running": lab.running(machine) }))
}

fn place(lab: &Lab, machine: Machine) -> Value {
    let seen = machine_status(lab, machine);
    json!({
        "name": machine.to_string(),
        "exists": seen.is_some(),
        "running": seen.as_ref().is_some_and(|s| s.running),
        "address": lab.address(machine),
        "addresses": seen.map(|s| s.addresses).unwrap_or_default(),
    })
}

/// The host of the fleet that a request names.
fn host(request: &Request) -> Result<Machine, LabError> {
    let name = request.host.as_deref().ok_or_else(|| missing("host"))?;
    let machine: Machine = name.parse()?;
    if machine.fresh { Err(LabError::NotMigrating { host: name.to_owned() }) } else { Ok(machine) }
}

/// The machine that a request names; a bare `host` means the old one.
fn machine(request: &Request) -> Result<Machine, LabError> {
    let name = request.machine.as_deref().or(request.host.as_deref()).ok_or_else(|| missing("machine"))?;
    Ok(name.parse()?)
}

fn missing(field: &str) -> LabError {
    LabError::BadRequest { why: format!("the field {field:?} is missing") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LabConfig;

    fn nowhere() -> (tempfile::TempDir, Lab) {
        let dir = tempfile::tempdir().expect("a folder");
        let config =
            LabConfig { state: dir.path().into(), namespace: "rockhop-lab-unit-test".into(), ..LabConfig::default() };
        (dir, Lab::new(config))
    }

    #[test]
    fn requests_that_are_refused() {
        let (_dir, lab) = nowhere();
        for (verb, input, key) in [
            ("fly", "{}", "lab-error-bad-request"),
            ("status", "not json", "lab-error-bad-request"),
            ("status", "{}", "lab-error-bad-request"),
            ("status", r#"{"host":"web-99"}"#, "lab-error-unknown-machine"),
            ("status", r#"{"host":"web-1-new"}"#, "lab-error-not-migrating"),
            ("provision", r#"{"host":"edge-1"}"#, "lab-error-not-migrating"),
            ("provision", r#"{"host":"web-1","request":{"os":"rocky8"}}"#, "lab-error-other-system"),
            ("provision", r#"{"host":"web-1"}"#, "lab-error-not-up"),
            ("power-off", r#"{"machine":"web-1"}"#, "lab-error-absent"),
            ("power-on", r#"{"machine":"web-1"}"#, "lab-error-absent"),
            ("discard", r#"{"machine":"web-1"}"#, "lab-error-not-discardable"),
            ("manifest", r#"{"machine":"web-1"}"#, "lab-error-absent"),
        ] {
            let answer = hook(&lab, verb, input);
            assert_eq!((&answer["ok"], &answer["error"]["key"]), (&json!(false), &json!(key)), "{verb} {input}");
            assert_eq!(answer["protocol"], PROTOCOL);
        }
    }

    #[test]
    fn a_host_that_is_not_there_is_said_to_be_not_there() {
        let (_dir, lab) = nowhere();
        let answer = hook(&lab, "status", r#"{"host":"web-3","since":"a newer caller"}"#);
        assert_eq!(answer["ok"], true);
        assert_eq!((&answer["old"]["exists"], &answer["old"]["address"]), (&json!(false), &json!("10.77.0.33")));
        assert_eq!((&answer["new"]["exists"], &answer["new"]["address"]), (&json!(false), &json!("10.77.1.33")));
    }

    #[test]
    fn discarding_what_is_gone_is_done() {
        let (_dir, lab) = nowhere();
        let answer = hook(&lab, "discard", r#"{"machine":"web-3-new"}"#);
        assert_eq!((&answer["ok"], &answer["evidence"]), (&json!(true), &Value::Null));
    }
}
