//! Variables of a host, each with the place it comes from.

use super::Place;
use indexmap::IndexMap;
use serde_json::Value as Json;
use std::sync::Arc;

/// Variables by name.
pub(super) type Table = IndexMap<String, Var>;

/// A variable.
#[derive(Debug, Clone, PartialEq)]
pub struct Var {
    /// What it holds.
    pub value: Value,
    /// Where it was set.
    pub at: Place,
}

/// What a variable holds, as far as Rockhop may know it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// As written; templates are kept as text.
    Plain(Json),
    /// Encrypted by Ansible vault, and left so.
    Vaulted,
    /// It looked like a password and was dropped while reading.
    Withheld,
}

/// A host's variables: those of its groups, shared with its neighbours, under its own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Vars {
    pub(super) shared: Arc<Table>,
    pub(super) own: Table,
}

impl Vars {
    /// The variable that Ansible would give to this host.
    pub fn get(&self, name: &str) -> Option<&Var> {
        self.own.get(name).or_else(|| self.shared.get(name))
    }

    /// The variable's text, when it is one.
    pub fn text(&self, name: &str) -> Option<&str> {
        match &self.get(name)?.value {
            Value::Plain(Json::String(text)) => Some(text),
            _ => None,
        }
    }

    /// Every variable once, those of the groups first.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Var)> {
        let inherited = self.shared.iter().filter(|(name, _)| !self.own.contains_key(*name));
        inherited.chain(&self.own).map(|(name, var)| (name.as_str(), var))
    }
}

impl Var {
    /// A variable as read, its value dropped when the name says that it is a secret.
    pub(super) fn new(name: &str, value: Json, at: Place) -> Self {
        let value = if secret(name) { Value::Withheld } else { Value::Plain(value) };
        Self { value, at }
    }
}

/// Whether a name promises a secret. Paths to secrets (`..._file`, `..._path`) are no secrets.
fn secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let telling = ["passw", "passphrase", "secret", "token", "private_key", "api_key", "credential"];
    let path = name.ends_with("_file") || name.ends_with("_path");
    !path && (telling.iter().any(|word| name.contains(word)) || name.ends_with("_pass"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_promise_secrets() {
        for (name, want) in [
            ("ansible_password", true),
            ("ansible_ssh_pass", true),
            ("ansible_become_pass", true),
            ("db_password", true),
            ("API_TOKEN", true),
            ("ansible_ssh_private_key_file", false),
            ("vault_password_file", false),
            ("ansible_host", false),
            ("bypass_cache", false),
        ] {
            assert_eq!(secret(name), want, "{name}");
        }
    }
}
