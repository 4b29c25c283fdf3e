//! Values of INI inventories: Ansible reads them as Python literals when they are some, else as text.

use serde_json::{Map, Value as Json};

/// How deep lists and dictionaries may nest.
const DEPTH_LIMIT: u8 = 16;

/// The literal's value, or the text as it is.
pub(super) fn value(text: &str) -> Json {
    literal(text).unwrap_or_else(|| Json::String(text.to_owned()))
}

fn literal(text: &str) -> Option<Json> {
    let mut reader = Reader { rest: text };
    let value = reader.value(0)?;
    reader.blank();
    (reader.rest.is_empty() || reader.rest.starts_with('#')).then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn value(&mut self, depth: u8) -> Option<Json> {
        self.blank();
        match self.rest.chars().next()? {
            _ if depth > DEPTH_LIMIT => None,
            '\'' | '"' => self.string().map(Json::String),
            '[' => self.list(']', depth),
            '(' => self.list(')', depth),
            '{' => self.dictionary(depth),
            _ => self.bare(),
        }
    }

    fn list(&mut self, close: char, depth: u8) -> Option<Json> {
        self.skip(1);
        let mut items = Vec::new();
        while !self.take(close) {
            items.push(self.value(depth + 1)?);
            if !self.take(',') {
                return self.take(close).then_some(Json::Array(items));
            }
        }
        Some(Json::Array(items))
    }

    fn dictionary(&mut self, depth: u8) -> Option<Json> {
        self.skip(1);
        let mut items = Map::new();
        while !self.take('}') {
            let key = match self.value(depth + 1)? {
                Json::String(key) => key,
                Json::Number(key) => key.to_string(),
                _ => return None,
            };
            let value = self.take(':').then(|| self.value(depth + 1))??;
            items.insert(key, value);
            if !self.take(',') {
                return self.take('}').then_some(Json::Object(items));
            }
        }
        Some(Json::Object(items))
    }

    fn string(&mut self) -> Option<String> {
        let mark = self.rest.chars().next()?;
        let mut text = String::new();
        let mut chars = self.rest.char_indices().skip(1);
        loop {
            match chars.next()? {
                (at, c) if c == mark => {
                    self.skip(at + 1);
                    return Some(text);
                }
                (_, '\\') => match chars.next()?.1 {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    c @ ('\\' | '\'' | '"') => text.push(c),
                    c => text.extend(['\\', c]),
                },
                (_, c) => text.push(c),
            }
        }
    }

    /// `True`, `None`, numbers. Python reads neither `007` nor `true`; both stay text.
    fn bare(&mut self) -> Option<Json> {
        let end = self
            .rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-')))
            .unwrap_or(self.rest.len());
        let word = self.rest.get(..end)?;
        let value = match word {
            "True" => Json::Bool(true),
            "False" => Json::Bool(false),
            "None" => Json::Null,
            _ => number(word)?,
        };
        self.skip(end);
        Some(value)
    }

    fn take(&mut self, c: char) -> bool {
        self.blank();
        let there = self.rest.starts_with(c);
        if there {
            self.skip(c.len_utf8());
        }
        there
    }

    fn blank(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }
}

fn number(word: &str) -> Option<Json> {
    let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    if leading_zero || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let whole = word.strip_prefix('+').unwrap_or(word).parse::<i64>().ok().map(Json::from);
    whole.or_else(|| word.parse::<f64>().ok().and_then(serde_json::Number::from_f64).map(Json::Number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn literals_and_texts() {
        for (text, want) in [
            ("22", json!(22)),
            ("-3", json!(-3)),
            ("1.5", json!(1.5)),
            ("0644", json!("0644")),
            ("10.0.0.1", json!("10.0.0.1")),
            ("True", json!(true)),
            ("true", json!("true")),
            ("None", json!(null)),
            ("'x y'", json!("x y")),
            ("'it''s'", json!("'it''s'")),
            ("['a', 2, ]", json!(["a", 2])),
            ("{'a': [1, (2, 3)], 'b': None}", json!({"a": [1, [2, 3]], "b": null})),
            ("{'a'}", json!("{'a'}")),
            ("22 # ssh", json!(22)),
            ("web # text", json!("web # text")),
            ("", json!("")),
            ("'open", json!("'open")),
            ("中文", json!("中文")),
        ] {
            assert_eq!(value(text), want, "{text:?}");
        }
        let deep = "[".repeat(10_000);
        assert_eq!(value(&deep), json!(deep));
    }
}
