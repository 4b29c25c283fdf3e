//! Where a file departs from the shape of events. Only asked when it does, so it may take its time.

use super::fault::{Field, Wrong};
use super::raw::{RawMap, RawPackage, RawRelease, RawStream};
use serde::Deserialize;
use serde_json::Value;

/// The place and the reason of a refusal, as near to the value as it can be told.
pub(super) fn explain(text: &str, refused: &serde_json::Error) -> (Field, Wrong) {
    let Ok(value) = serde_json::from_str::<Value>(text) else { return (Field::file(), not_json(refused)) };
    let Some(events) = value.get("packageinfo") else {
        return (Field::file(), shape("missing field `packageinfo`"));
    };
    let Some(events) = events.as_array() else { return (Field::of_file("packageinfo"), shape("not a list")) };
    let found = events.iter().enumerate().find_map(|(at, event)| {
        let id = event.get("id").and_then(Value::as_u64);
        faulty(event).map(|(path, why)| (Field::of_event(at, id, path), Wrong::Shape { why }))
    });
    // The value that the text stands for is well; so it is the text, as with a key that stands twice.
    found.unwrap_or_else(|| (Field::file(), not_json(refused)))
}

fn not_json(refused: &serde_json::Error) -> Wrong {
    let said = refused.to_string();
    let why = said.rsplit_once(" at line ").map_or(said.as_str(), |(why, _)| why);
    Wrong::NotJson { line: refused.line(), column: refused.column(), why: why.to_owned() }
}

fn shape(why: &str) -> Wrong {
    Wrong::Shape { why: why.to_owned() }
}

/// The first field of an event that is not what it should be: its path and why.
fn faulty(event: &Value) -> Option<(String, String)> {
    if !event.is_object() {
        return Some((String::new(), "not an object".to_owned()));
    }
    let packages = ["in_packageset", "out_packageset"].into_iter().find_map(|set| faulty_set(event, set));
    packages
        .or_else(|| reads::<Option<u64>>(event, "id"))
        .or_else(|| match event.get("action") {
            None => Some(("action".to_owned(), "missing field `action`".to_owned())),
            Some(_) => reads::<i64>(event, "action"),
        })
        .or_else(|| reads::<Option<Vec<String>>>(event, "architectures"))
        .or_else(|| reads::<Option<Vec<String>>>(event, "arches"))
        .or_else(|| reads::<Option<RawRelease>>(event, "initial_release"))
        .or_else(|| reads::<Option<RawRelease>>(event, "release"))
        .or_else(|| faulty_items::<RawMap<'_>>(event, "modulestream_maps"))
}

fn faulty_set(event: &Value, set: &str) -> Option<(String, String)> {
    let value = event.get(set).filter(|value| !value.is_null())?;
    if !value.is_object() {
        return Some((set.to_owned(), "not an object".to_owned()));
    }
    ["package", "packages"].into_iter().find_map(|list| {
        let (path, why) = faulty_items::<RawPackage<'_>>(value, list)?;
        Some((format!("{set}.{path}"), why))
    })
}

/// The first item of a list that is not a `T`.
fn faulty_items<'v, T: Deserialize<'v>>(value: &'v Value, key: &str) -> Option<(String, String)> {
    let list = value.get(key).filter(|value| !value.is_null())?;
    let Some(items) = list.as_array() else { return Some((key.to_owned(), "not a list".to_owned())) };
    items.iter().enumerate().find_map(|(at, item)| {
        let why = T::deserialize(item).err()?.to_string();
        let fields = ["name", "repository", "modulestreams", "modulestream", "module_stream"];
        let deeper = fields.into_iter().find(|field| wrong_within(item, field));
        let deeper = deeper.map(|field| format!(".{field}")).unwrap_or_default();
        Some((format!("{key}[{}]{deeper}", at + 1), why))
    })
}

/// Whether a package's field is there and wrong.
fn wrong_within(package: &Value, field: &str) -> bool {
    let Some(value) = package.get(field) else { return false };
    match field {
        "name" | "repository" => !value.is_string(),
        "modulestreams" => Option::<Vec<Option<RawStream<'_>>>>::deserialize(value).is_err(),
        _ => Option::<RawStream<'_>>::deserialize(value).is_err(),
    }
}

fn reads<'v, T: Deserialize<'v>>(event: &'v Value, key: &str) -> Option<(String, String)> {
    let why = T::deserialize(event.get(key)?).err()?;
    Some((key.to_owned(), why.to_string()))
}
