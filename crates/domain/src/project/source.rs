//! The project file's text with its places, and what its schema says against it.

use super::{Problem, Wrong};
use serde_json::Value as Json;
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How often schemas may refer to others before it is a circle.
const REFERENCE_LIMIT: u8 = 16;
/// Keys that only a secret has.
const SECRET_KEYS: [&str; 8] =
    ["password", "passwd", "passphrase", "secret", "key", "private_key", "token", "vault_password"];

/// A way to a value: `roles`, `web`, `groups`, `[1]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Path(Vec<Step>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Item(usize),
}

impl Path {
    /// A way given as `roles.web.groups`; keys without dots only.
    pub fn to(keys: &[&str]) -> Self {
        Self(keys.iter().map(|key| Step::Key((*key).to_owned())).collect())
    }

    pub fn key(&self, key: &str) -> Self {
        Self(self.0.iter().cloned().chain([Step::Key(key.to_owned())]).collect())
    }

    pub fn item(&self, at: usize) -> Self {
        Self(self.0.iter().cloned().chain([Step::Item(at)]).collect())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if at > 0 => write!(f, ".{key}")?,
                Step::Key(key) => f.write_str(key)?,
                Step::Item(item) => write!(f, "[{}]", item + 1)?,
            }
        }
        Ok(())
    }
}

/// The text and its values with their places.
pub(super) struct Source<'a> {
    pub text: &'a str,
    root: Spanned<DeValue<'a>>,
}

impl<'a> Source<'a> {
    pub fn read(text: &'a str) -> Result<Self, Problem> {
        match DeTable::parse(text) {
            Ok(table) => {
                let span = table.span();
                Ok(Self { text, root: Spanned::new(span, DeValue::Table(table.into_inner())) })
            }
            Err(error) => {
                let (line, column) = place(text, error.span().map_or(0, |span| span.start));
                Err(Problem {
                    line,
                    column,
                    key: String::new(),
                    wrong: Wrong::NotToml { why: error.message().to_owned() },
                })
            }
        }
    }

    /// What is wrong at a path; the place is that of the deepest part of the path that is in the file.
    pub fn problem(&self, path: Path, wrong: Wrong) -> Problem {
        let (mut node, mut span) = (&self.root, 0..0);
        for step in &path.0 {
            let next = match (step, node.get_ref()) {
                (Step::Key(key), DeValue::Table(table)) => {
                    table.iter().find(|(name, _)| name.get_ref() == key).map(|(name, value)| (value, name.span()))
                }
                (Step::Item(at), DeValue::Array(items)) => items.get(*at).map(|item| (item, item.span())),
                _ => None,
            };
            let Some((below, found)) = next else { break };
            (node, span) = (below, found);
        }
        self.at(span, path.to_string(), wrong)
    }

    /// What the decoder refused, with the key in whose value it stands.
    pub fn refused(&self, error: &toml::de::Error) -> Problem {
        let span = error.span().unwrap_or(0..0);
        let path = around(&self.root, &span, &Path::default()).unwrap_or_default();
        self.at(span, path.to_string(), Wrong::BadValue { why: error.message().to_owned() })
    }

    /// Unknown keys, missing keys, wrong types, wrong choices: all of them.
    pub fn against(&self, schema: &Json) -> Vec<Problem> {
        let mut walk = Walk { source: self, root: schema, problems: Vec::new() };
        walk.value(&self.root, schema, &Path::default(), None);
        walk.problems.sort_by_key(|problem| (problem.line, problem.column));
        walk.problems
    }

    fn at(&self, span: Range<usize>, key: String, wrong: Wrong) -> Problem {
        let (line, column) = place(self.text, span.start);
        Problem { line, column, key, wrong }
    }
}

/// Line and column of a byte, counted from 1.
fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte.min(text.len())).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before.get(line_start..).unwrap_or_default().chars().count() + 1)
}

/// The way to the innermost key or value around a span. A table's own span is only its header, so every
/// branch is looked into.
fn around(node: &Spanned<DeValue<'_>>, span: &Range<usize>, path: &Path) -> Option<Path> {
    let holds = |outer: Range<usize>| outer.start <= span.start && span.end <= outer.end;
    let below = match node.get_ref() {
        DeValue::Table(table) => table.iter().find_map(|(name, value)| {
            let path = path.key(name.get_ref());
            around(value, span, &path).or_else(|| holds(name.span()).then_some(path))
        }),
        DeValue::Array(items) => items.iter().enumerate().find_map(|(at, item)| around(item, span, &path.item(at))),
        _ => None,
    };
    below.or_else(|| holds(node.span()).then(|| path.clone()))
}

struct Walk<'a> {
    source: &'a Source<'a>,
    root: &'a Json,
    problems: Vec<Problem>,
}

impl<'a> Walk<'a> {
    fn value(&mut self, node: &Spanned<DeValue<'_>>, schema: &'a Json, path: &Path, key: Option<Range<usize>>) {
        let forms = self.forms(schema, REFERENCE_LIMIT);
        let fitting: Vec<&Json> = forms.iter().copied().filter(|form| fits(form, node.get_ref())).collect();
        let span = key.unwrap_or_else(|| node.span());
        if fitting.is_empty() && !forms.is_empty() {
            let wanted = wanted(&forms);
            self.note(node.span(), path, Wrong::WrongType { found: kind(node.get_ref()), wanted });
            return;
        }
        match node.get_ref() {
            DeValue::Table(table) => fitting.iter().for_each(|form| self.table(table, form, path, span.clone())),
            DeValue::Array(items) => {
                for items_schema in fitting.iter().filter_map(|form| form.get("items")) {
                    items
                        .iter()
                        .enumerate()
                        .for_each(|(at, item)| self.value(item, items_schema, &path.item(at), None));
                }
            }
            DeValue::String(text) => self.choice(text, &fitting, node.span(), path),
            _ => {}
        }
    }

    fn table(&mut self, table: &DeTable<'_>, form: &'a Json, path: &Path, span: Range<usize>) {
        let known = form.get("properties").and_then(Json::as_object);
        let others = form.get("additionalProperties").filter(|others| others.is_object());
        for (name, value) in table.iter() {
            let (text, path) = (name.get_ref().as_ref(), path.key(name.get_ref()));
            match known.and_then(|known| known.get(text)).or(others) {
                Some(schema) => self.value(value, schema, &path, Some(name.span())),
                None => self.note(name.span(), &path, unknown(text, known.into_iter().flat_map(|known| known.keys()))),
            }
        }
        let required = form.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
        for missing in required.filter(|key| !table.iter().any(|(name, _)| name.get_ref() == key)) {
            self.note(span.clone(), path, Wrong::MissingKey { missing: missing.to_owned() });
        }
    }

    fn choice(&mut self, text: &str, forms: &[&Json], span: Range<usize>, path: &Path) {
        let choices: Vec<&str> = forms.iter().flat_map(|form| choices(form)).collect();
        let open = forms.iter().any(|form| choices_of(form).is_none());
        if !open && !choices.contains(&text) {
            let nearest = crate::inventory::nearest(text, &choices).map(str::to_owned);
            self.note(span, path, Wrong::WrongChoice { value: text.to_owned(), choices: choices.join(", "), nearest });
        }
    }

    fn note(&mut self, span: Range<usize>, path: &Path, wrong: Wrong) {
        self.problems.push(self.source.at(span, path.to_string(), wrong));
    }

    /// The simple schemas of which a value has to fit one; `null` has no place in TOML.
    fn forms(&self, schema: &'a Json, depth: u8) -> Vec<&'a Json> {
        if depth == 0 {
            return Vec::new();
        }
        if let Some(name) = schema.get("$ref").and_then(Json::as_str) {
            let target = name.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer));
            return target.map(|target| self.forms(target, depth - 1)).unwrap_or_default();
        }
        let several = ["anyOf", "oneOf", "allOf"].iter().find_map(|word| schema.get(word)?.as_array());
        match several {
            Some(schemas) => schemas.iter().flat_map(|schema| self.forms(schema, depth - 1)).collect(),
            None if schema.get("type").and_then(Json::as_str) == Some("null") => Vec::new(),
            None => vec![schema],
        }
    }
}

fn unknown<'k>(key: &str, known: impl Iterator<Item = &'k String>) -> Wrong {
    let known: Vec<&str> = known.map(String::as_str).collect();
    if SECRET_KEYS.contains(&key.to_ascii_lowercase().as_str()) {
        return Wrong::InlineSecret;
    }
    Wrong::UnknownKey { nearest: crate::inventory::nearest(key, &known).map(str::to_owned) }
}

/// The type names of a schema; none when it takes anything.
fn types(form: &Json) -> Vec<&str> {
    match form.get("type") {
        Some(Json::String(one)) => vec![one],
        Some(Json::Array(several)) => several.iter().filter_map(Json::as_str).filter(|name| *name != "null").collect(),
        _ if choices_of(form).is_some() => vec!["string"],
        _ => Vec::new(),
    }
}

fn fits(form: &Json, value: &DeValue<'_>) -> bool {
    let types = types(form);
    let day = form.get("format").and_then(Json::as_str) == Some("date");
    let fit = |name: &str| match value {
        DeValue::String(_) => name == "string",
        DeValue::Integer(_) => matches!(name, "integer" | "number"),
        DeValue::Float(_) => name == "number",
        DeValue::Boolean(_) => name == "boolean",
        DeValue::Datetime(_) => day && name == "string",
        DeValue::Array(_) => name == "array",
        DeValue::Table(_) => name == "object",
    };
    types.is_empty() || types.into_iter().any(fit)
}

fn wanted(forms: &[&Json]) -> String {
    let mut names: Vec<&str> = forms.iter().flat_map(|form| types(form)).collect();
    names.dedup();
    names.join(" / ")
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "string",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::Datetime(_) => "date",
        DeValue::Array(_) => "array",
        DeValue::Table(_) => "object",
    }
}

/// The texts of which a value has to be one; none when any text will do.
fn choices_of(form: &Json) -> Option<Vec<&str>> {
    let listed = form.get("enum").and_then(Json::as_array).map(|all| all.iter().filter_map(Json::as_str).collect());
    listed.or_else(|| form.get("const").and_then(Json::as_str).map(|one| vec![one]))
}

fn choices(form: &Json) -> Vec<&str> {
    choices_of(form).unwrap_or_default()
}
