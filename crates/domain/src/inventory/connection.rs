//! The way to a host, read from the variables that Ansible would read.

use super::jump::Jump;
use super::ssh_args::{self, BadArgs, SshArgs};
use super::vars::{Value, Var, Vars};
use super::{InventoryError, Place, Trouble};
use crate::{HostId, Message};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::HashMap;

/// How often a variable may stand for another one.
const TEMPLATE_DEPTH: u8 = 8;

/// How a host is reached over SSH.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Name or address to connect to.
    pub address: String,
    /// The port, when the inventory names one.
    pub port: Option<u16>,
    /// Who logs in, when the inventory names somebody.
    pub user: Option<String>,
    /// Path of the private key on Rockhop's machine, when the inventory names one.
    pub key_file: Option<String>,
    /// How root's rights are had.
    pub elevation: Elevation,
    /// Bastions on the way, the nearest first.
    pub jumps: Vec<Jump>,
}

/// How root's rights are had on a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Elevation {
    /// Whoever logs in works with their own rights: root, or the inventory forbids more.
    None,
    /// By `sudo`, without a password.
    Sudo,
}

/// What a host's variables ask for.
#[derive(Debug)]
pub(super) enum Reach {
    Ssh(Connection),
    /// Rockhop's own machine: not a host to move.
    Local,
}

/// Reads connections; remembers arguments that many hosts share.
#[derive(Debug, Default)]
pub(super) struct Connections {
    args: HashMap<String, Result<SshArgs, BadArgs>>,
    pub notes: indexmap::IndexSet<Message>,
}

impl Connections {
    /// The way to one host.
    pub fn of(&mut self, id: &HostId, vars: &Vars, at: &Place) -> Result<Reach, InventoryError> {
        let host = Host { id, vars, at };
        match host.text(&["ansible_connection"])?.as_ref().map(|t| t.text.as_str()) {
            None
            | Some(
                "ssh" | "smart" | "paramiko" | "paramiko_ssh" | "ansible.builtin.ssh" | "ansible.netcommon.libssh",
            ) => {}
            Some("local" | "ansible.builtin.local") => return Ok(Reach::Local),
            Some(other) => {
                return Err(host.error(
                    "ansible_connection",
                    Trouble::UnknownConnection { host: id.to_string(), connection: other.to_owned() },
                ));
            }
        }
        let args = self.ssh_args(&host)?;
        let text = |names: &[&'static str]| host.text(names).map(|text| text.map(|t| t.text));
        let user = text(&["ansible_user", "ansible_ssh_user"])?.or(args.user);
        Ok(Reach::Ssh(Connection {
            address: text(&["ansible_host", "ansible_ssh_host"])?.unwrap_or_else(|| id.to_string()),
            port: host.port()?.or(args.port),
            key_file: text(&["ansible_private_key_file", "ansible_ssh_private_key_file"])?.or(args.key_file),
            elevation: host.elevation(user.as_deref())?,
            user,
            jumps: args.jumps,
        }))
    }

    /// Ansible gives `ssh` the common arguments first; what comes later does not override a jump.
    fn ssh_args(&mut self, host: &Host<'_>) -> Result<SshArgs, InventoryError> {
        let mut all = SshArgs::default();
        for name in ["ansible_ssh_common_args", "ansible_ssh_extra_args", "ansible_ssh_args"] {
            let Some(Text { text, at }) = host.text(&[name])? else { continue };
            let args = self.args.entry(text).or_insert_with_key(|text| ssh_args::parse(text)).clone();
            let args =
                args.map_err(|BadArgs(value)| at.error(Trouble::UnknownProxy { host: host.id.to_string(), value }))?;
            for aside in &args.left_aside {
                self.notes
                    .insert(Message::new("inventory-note-ssh-argument").with("argument", aside).with("place", &at));
            }
            all.user = all.user.or(args.user);
            all.port = all.port.or(args.port);
            all.key_file = all.key_file.or(args.key_file);
            all.jumps = if all.jumps.is_empty() { args.jumps } else { all.jumps };
        }
        Ok(all)
    }
}

/// A variable's text, templates filled in, and where it was set.
struct Text {
    text: String,
    at: Place,
}

struct Host<'a> {
    id: &'a HostId,
    vars: &'a Vars,
    at: &'a Place,
}

impl Host<'_> {
    /// The last of these variables that is set; Ansible lets the later name win.
    fn text(&self, names: &[&'static str]) -> Result<Option<Text>, InventoryError> {
        let Some((name, var)) = names.iter().rev().find_map(|name| Some((*name, self.vars.get(name)?))) else {
            return Ok(None);
        };
        let text = self.filled(name, var, 0)?;
        Ok(Some(Text { text, at: var.at.clone() }).filter(|t| !t.text.is_empty()))
    }

    fn port(&self) -> Result<Option<u16>, InventoryError> {
        let Some(Text { text, at }) = self.text(&["ansible_port", "ansible_ssh_port"])? else { return Ok(None) };
        let port = text.parse().ok().filter(|port| *port > 0);
        port.map(Some).ok_or_else(|| at.error(self.bad_value("ansible_port", &text, "1 - 65535")))
    }

    /// Root needs no sudo; anybody else does, unless the inventory says no.
    fn elevation(&self, user: Option<&str>) -> Result<Elevation, InventoryError> {
        if let Some(Text { text, at }) = self.text(&["ansible_become_method"])?
            && !matches!(text.as_str(), "sudo" | "ansible.builtin.sudo" | "community.general.sudo")
        {
            return Err(at.error(Trouble::UnknownElevation { host: self.id.to_string(), method: text }));
        }
        if let Some(Text { text, at }) = self.text(&["ansible_become_user"])?
            && text != "root"
        {
            return Err(at.error(self.bad_value("ansible_become_user", &text, "root")));
        }
        let Some(Text { text, at }) = self.text(&["ansible_become"])? else {
            return Ok(if user == Some("root") { Elevation::None } else { Elevation::Sudo });
        };
        match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" | "y" | "t" => Ok(Elevation::Sudo),
            "false" | "no" | "off" | "0" | "n" | "f" => Ok(Elevation::None),
            _ => Err(at.error(self.bad_value("ansible_become", &text, "true, false"))),
        }
    }

    fn filled(&self, name: &str, var: &Var, depth: u8) -> Result<String, InventoryError> {
        match &var.value {
            Value::Plain(Json::String(text)) if text.contains("{{") || text.contains("{%") => {
                self.fill(text, depth)?.ok_or_else(|| var.at.error(self.bad_template(name, text)))
            }
            Value::Plain(Json::String(text)) => Ok(text.clone()),
            Value::Plain(Json::Null) => Ok(String::new()),
            Value::Plain(value @ (Json::Bool(_) | Json::Number(_))) => Ok(value.to_string()),
            Value::Plain(value) => Err(var.at.error(self.bad_value(name, &value.to_string(), "text"))),
            Value::Vaulted | Value::Withheld => {
                Err(var.at.error(Trouble::SealedValue { host: self.id.to_string(), variable: name.to_owned() }))
            }
        }
    }

    /// Fills in `{{ variable }}`; `None` for anything that would need a template engine.
    fn fill(&self, text: &str, depth: u8) -> Result<Option<String>, InventoryError> {
        let (mut out, mut rest) = (String::new(), text);
        while let Some((before, template)) = rest.split_once("{{") {
            let Some((expression, after)) = template.split_once("}}") else { return Ok(None) };
            let Some(value) = self.named(expression.trim(), depth)? else { return Ok(None) };
            out.push_str(before);
            out.push_str(&value);
            rest = after;
        }
        out.push_str(rest);
        Ok((!text.contains("{%")).then_some(out))
    }

    fn named(&self, name: &str, depth: u8) -> Result<Option<String>, InventoryError> {
        match name {
            _ if depth >= TEMPLATE_DEPTH => Ok(None),
            "inventory_hostname" => Ok(Some(self.id.to_string())),
            "inventory_hostname_short" => Ok(self.id.as_str().split('.').next().map(str::to_owned)),
            _ => self.vars.get(name).map(|var| self.filled(name, var, depth + 1)).transpose(),
        }
    }

    fn error(&self, name: &str, trouble: Trouble) -> InventoryError {
        self.vars.get(name).map_or(self.at, |var| &var.at).error(trouble)
    }

    fn bad_value(&self, variable: &str, value: &str, wanted: &'static str) -> Trouble {
        Trouble::BadValue { host: self.id.to_string(), variable: variable.to_owned(), value: value.to_owned(), wanted }
    }

    fn bad_template(&self, variable: &str, value: &str) -> Trouble {
        Trouble::BadTemplate { host: self.id.to_string(), variable: variable.to_owned(), value: value.to_owned() }
    }
}
