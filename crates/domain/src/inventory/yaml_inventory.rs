//! Ansible's YAML inventory: groups with `hosts`, `children` and `vars`, under `all` or side by side.

use super::draft::Draft;
use super::vars::Table;
use super::yaml::{Node, document};
use super::{InventoryError, Trouble};
use std::sync::Arc;

const KEYS: [&str; 3] = ["hosts", "children", "vars"];

/// Reads one file into the draft.
pub(super) fn read(file: &Arc<str>, text: &str, draft: &mut Draft) -> Result<(), InventoryError> {
    let Some(root) = document(file, text)? else { return Ok(()) };
    for (name, node, _) in root.entries("inventory")? {
        group(&name, node, draft)?;
    }
    Ok(())
}

fn group(name: &str, node: &Node, draft: &mut Draft) -> Result<(), InventoryError> {
    draft.group(name);
    for (key, value, at) in node.entries(name)? {
        match key.as_str() {
            "hosts" => hosts(name, value, draft)?,
            "children" => children(name, value, draft)?,
            "vars" => draft.group(name).vars.extend(value.variables("vars")?),
            _ => return Err(at.error(Trouble::UnknownKey { nearest: crate::inventory::nearest(&key, &KEYS), key })),
        }
    }
    Ok(())
}

fn hosts(group: &str, node: &Node, draft: &mut Draft) -> Result<(), InventoryError> {
    for (pattern, value, at) in node.entries("hosts")? {
        let vars: Table = value.variables(&pattern)?;
        draft.pattern(&pattern, group, &vars, at)?;
    }
    Ok(())
}

fn children(parent: &str, node: &Node, draft: &mut Draft) -> Result<(), InventoryError> {
    for (name, value, _) in node.entries("children")? {
        draft.group(parent).children.insert(name.clone());
        group(&name, value, draft)?;
    }
    Ok(())
}
