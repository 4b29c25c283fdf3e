//! YAML as Ansible reads it (version 1.1: `yes` is true, `0644` is octal), with the place of every node.

use super::vars::{Table, Value, Var};
use super::{InventoryError, Place, Trouble};
use granit_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Tag};
use serde_json::{Map, Value as Json};
use std::rc::Rc;
use std::sync::Arc;

/// How deep a document may nest; inventories nest with their groups.
const DEPTH_LIMIT: usize = 64;
/// How many nodes aliases may add: a bomb of aliases ends here.
const ALIAS_LIMIT: usize = 100_000;

/// A node and where it starts.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub at: Place,
    pub is: Is,
}

#[derive(Debug, Clone)]
pub(super) enum Is {
    Scalar(Json),
    Vaulted,
    List(Rc<Vec<Node>>),
    Map(Rc<Vec<(Node, Node)>>),
}

/// The first document of a text; `None` when it holds nothing.
pub(super) fn document(file: &Arc<str>, text: &str) -> Result<Option<Node>, InventoryError> {
    let mut reader = Reader { file, parser: Parser::new_from_str(text), anchors: Vec::new(), aliased: 0 };
    loop {
        match reader.next()? {
            (Event::StreamStart | Event::DocumentStart(..), _) => {}
            (Event::StreamEnd | Event::DocumentEnd, _) => return Ok(None),
            (event, at) => return reader.node(event, at, 0).map(Some),
        }
    }
}

/// A file of variables: `None` when Ansible vault encrypted it as a whole.
pub(super) fn variables(file: &Arc<str>, text: &str) -> Result<Option<Table>, InventoryError> {
    if text.trim_start().starts_with("$ANSIBLE_VAULT") {
        return Ok(None);
    }
    document(file, text)?.map_or_else(|| Ok(Table::new()), |node| node.variables("variables")).map(Some)
}

impl Node {
    /// The entries of a mapping with text keys; nothing at all counts as an empty one.
    pub fn entries(&self, key: &str) -> Result<Vec<(String, &Self, &Place)>, InventoryError> {
        match &self.is {
            Is::Scalar(Json::Null) => Ok(Vec::new()),
            Is::Map(entries) => entries.iter().map(|(key, value)| Ok((key.name()?, value, &key.at))).collect(),
            _ => Err(self.at.error(Trouble::WrongShape { key: key.to_owned(), wanted: "mapping" })),
        }
    }

    /// The variables that a mapping sets.
    pub fn variables(&self, key: &str) -> Result<Table, InventoryError> {
        let var = |(name, node, at): (String, &Self, &Place)| {
            let var = if node.sealed() {
                Var { value: Value::Vaulted, at: at.clone() }
            } else {
                Var::new(&name, node.json(), at.clone())
            };
            (name, var)
        };
        Ok(self.entries(key)?.into_iter().map(var).collect())
    }

    fn name(&self) -> Result<String, InventoryError> {
        match &self.is {
            Is::Scalar(Json::String(text)) => Ok(text.clone()),
            Is::Scalar(other @ (Json::Number(_) | Json::Bool(_))) => Ok(other.to_string()),
            _ => Err(self.at.error(Trouble::WrongShape { key: "key".to_owned(), wanted: "text" })),
        }
    }

    /// Whether any part of it is encrypted.
    fn sealed(&self) -> bool {
        match &self.is {
            Is::Vaulted => true,
            Is::Scalar(_) => false,
            Is::List(items) => items.iter().any(Self::sealed),
            Is::Map(entries) => entries.iter().any(|(_, value)| value.sealed()),
        }
    }

    fn json(&self) -> Json {
        match &self.is {
            Is::Scalar(value) => value.clone(),
            Is::Vaulted => Json::Null,
            Is::List(items) => items.iter().map(Self::json).collect(),
            Is::Map(entries) => {
                let entry = |(key, value): &(Self, Self)| Some((key.name().ok()?, value.json()));
                Json::Object(entries.iter().filter_map(entry).collect::<Map<_, _>>())
            }
        }
    }

    /// How many nodes it has, itself included.
    fn size(&self) -> usize {
        match &self.is {
            Is::Scalar(_) | Is::Vaulted => 1,
            Is::List(items) => 1 + items.iter().map(Self::size).sum::<usize>(),
            Is::Map(entries) => 1 + entries.iter().map(|(key, value)| key.size() + value.size()).sum::<usize>(),
        }
    }
}

struct Reader<'a> {
    file: &'a Arc<str>,
    parser: Parser<'a, granit_parser::StrInput<'a>>,
    anchors: Vec<(usize, Node)>,
    aliased: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Place), InventoryError> {
        match self.parser.next() {
            Some(Ok((event, span))) => Ok((event, self.place(&span.start))),
            Some(Err(error)) => Err(self.bad(&error)),
            None => Ok((Event::StreamEnd, Place::new(self.file, 1, 1))),
        }
    }

    fn node(&mut self, event: Event<'a>, at: Place, depth: usize) -> Result<Node, InventoryError> {
        if depth > DEPTH_LIMIT {
            return Err(at.error(Trouble::BadYaml { why: format!("more than {DEPTH_LIMIT} levels") }));
        }
        let (anchor, is) = match event {
            Event::Alias(anchor) => return self.alias(anchor, at),
            Event::Scalar(text, style, anchor, tag) => (anchor, scalar(&text, style, tag.as_deref())),
            Event::SequenceStart(_, anchor, _) => (anchor, self.list(depth)?),
            Event::MappingStart(_, anchor, _) => (anchor, self.map(depth)?),
            _ => return Err(at.error(Trouble::BadYaml { why: "the document ends early".to_owned() })),
        };
        let node = Node { at, is };
        if anchor > 0 {
            self.anchors.push((anchor, node.clone()));
        }
        Ok(node)
    }

    fn list(&mut self, depth: usize) -> Result<Is, InventoryError> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Is::List(Rc::new(items))),
                (event, at) => items.push(self.node(event, at, depth + 1)?),
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Is, InventoryError> {
        let (mut entries, mut merged) = (Vec::new(), Vec::new());
        loop {
            let key = match self.next()? {
                (Event::MappingEnd, _) => break,
                (event, at) => self.node(event, at, depth + 1)?,
            };
            let (event, at) = self.next()?;
            let value = self.node(event, at, depth + 1)?;
            match &key.is {
                Is::Scalar(Json::String(text)) if text == "<<" => merged.push(value),
                _ => entries.push((key, value)),
            }
        }
        entries.splice(0..0, merged.iter().flat_map(below));
        Ok(Is::Map(Rc::new(entries)))
    }

    fn alias(&mut self, anchor: usize, at: Place) -> Result<Node, InventoryError> {
        let found = self.anchors.iter().find(|(id, _)| *id == anchor);
        let Some((_, node)) = found else {
            return Err(at.error(Trouble::BadYaml { why: "an alias of itself".to_owned() }));
        };
        self.aliased = self.aliased.saturating_add(node.size());
        if self.aliased > ALIAS_LIMIT {
            return Err(at.error(Trouble::BadYaml { why: "too many aliases".to_owned() }));
        }
        Ok(node.clone())
    }

    fn bad(&self, error: &ScanError) -> InventoryError {
        self.place(error.marker()).error(Trouble::BadYaml { why: error.info() })
    }

    fn place(&self, mark: &Marker) -> Place {
        Place::new(self.file, mark.line(), mark.col() + 1)
    }
}

/// What a merge key (`<<`) brings: the entries of a mapping, or of several, the first of which wins.
fn below(value: &Node) -> Vec<(Node, Node)> {
    match &value.is {
        Is::Map(entries) => entries.to_vec(),
        Is::List(maps) => maps.iter().rev().flat_map(below).collect(),
        _ => Vec::new(),
    }
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Is {
    match tag.map(Tag::suffix) {
        Some("vault" | "vault-encrypted") => Is::Vaulted,
        _ if text.starts_with("$ANSIBLE_VAULT") => Is::Vaulted,
        Some("str" | "unsafe") => Is::Scalar(Json::String(text.to_owned())),
        _ if style == ScalarStyle::Plain => Is::Scalar(plain(text)),
        _ => Is::Scalar(Json::String(text.to_owned())),
    }
}

/// A plain scalar's value by the rules of YAML 1.1.
fn plain(text: &str) -> Json {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Json::Null,
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Json::Bool(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Json::Bool(false),
        _ => number(text).unwrap_or_else(|| Json::String(text.to_owned())),
    }
}

/// Numbers of YAML 1.1, but for those to the base of sixty.
fn number(text: &str) -> Option<Json> {
    let text = &text.replace('_', "");
    let (sign, digits) =
        text.strip_prefix('-').map_or((1, text.strip_prefix('+').unwrap_or(text)), |digits| (-1, digits));
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let based = |digits: &str, base| i64::from_str_radix(digits, base).ok().map(|n| Json::from(sign * n));
    if let Some(hexadecimal) = digits.strip_prefix("0x") {
        return based(hexadecimal, 16);
    }
    if let Some(binary) = digits.strip_prefix("0b") {
        return based(binary, 2);
    }
    if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit()) {
        return based(digits, 8);
    }
    let broken = || {
        digits
            .contains('.')
            .then(|| text.parse::<f64>().ok().and_then(serde_json::Number::from_f64).map(Json::Number))?
    };
    based(digits, 10).or_else(broken)
}
