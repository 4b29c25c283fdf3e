//! Walks through a metadata file tag by tag. Every error has its place; a file that ends early is an error.

use super::error::{RepoError, Trouble};
use super::unpack::{self, Watch};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::borrow::Cow;
use std::path::Path;

/// What is met on the way. A tag without content opens and closes.
pub(crate) enum Node<'a> {
    Open(Tag<'a>),
    Text(Cow<'a, str>),
    Close,
}

/// A tag that opens.
pub(crate) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Its name without a prefix.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Calls with each attribute's name and value.
    pub(crate) fn each(&self, mut see: impl FnMut(&str, Cow<'_, str>)) -> Result<(), Trouble> {
        for attribute in self.0.attributes().with_checks(false) {
            let attribute = attribute.map_err(|e| Trouble::Form(e.to_string()))?;
            let value =
                attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|e| Trouble::Form(e.to_string()))?;
            see(attribute.key.as_ref(), value);
        }
        Ok(())
    }

    /// One attribute.
    pub(crate) fn get(&self, name: &str) -> Result<Option<String>, Trouble> {
        let mut found = None;
        self.each(|key, value| {
            if key == name {
                found = Some(value.into_owned());
            }
        })?;
        Ok(found)
    }
}

/// Goes through a packed file and shows every node.
pub(crate) fn walk(
    path: &Path,
    bytes: &[u8],
    limit: u64,
    see: &mut impl FnMut(Node<'_>) -> Result<(), Trouble>,
) -> Result<(), RepoError> {
    let (text, watch) = unpack::text(bytes, limit).map_err(|e| RepoError::of(path, Trouble::Unpack(e.to_string())))?;
    let mut reader = Reader::from_reader(text);
    reader.config_mut().check_end_names = true;
    let (mut buffer, mut depth, mut roots) = (Vec::new(), 0_u32, 0_u32);
    let placed = |trouble| RepoError { file: path.to_owned(), place: Some(watch.place()), trouble };
    loop {
        buffer.clear();
        watch.token_begins();
        let event = reader.read_event_into(&mut buffer).map_err(|e| placed(trouble(&watch, e)))?;
        match event {
            Event::Eof if depth > 0 || roots == 0 => return Err(placed(Trouble::Form("it ends early".into()))),
            Event::Eof => return Ok(()),
            Event::Start(tag) => {
                roots += u32::from(depth == 0);
                depth += 1;
                see(Node::Open(Tag(tag))).map_err(placed)?;
            }
            Event::Empty(tag) => {
                roots += u32::from(depth == 0);
                see(Node::Open(Tag(tag))).map_err(placed)?;
                see(Node::Close).map_err(placed)?;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                see(Node::Close).map_err(placed)?;
            }
            Event::Text(text) => see(Node::Text(text.into_inner())).map_err(placed)?,
            Event::CData(text) => see(Node::Text(text.into_inner())).map_err(placed)?,
            Event::GeneralRef(name) => see(Node::Text(reference(&name).map_err(placed)?)).map_err(placed)?,
            Event::Decl(decl) => declared(decl.encoding().and_then(Result::ok).as_deref()).map_err(placed)?,
            Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The five names that XML knows, and characters by number. What a document declares itself is not followed.
fn reference(name: &quick_xml::events::BytesRef<'_>) -> Result<Cow<'static, str>, Trouble> {
    if let Some(char) = name.resolve_char_ref().map_err(|e| Trouble::Form(e.to_string()))? {
        return Ok(char.to_string().into());
    }
    let known = quick_xml::escape::resolve_predefined_entity(name);
    known.map(Cow::Borrowed).ok_or_else(|| Trouble::Form(format!("&{}; is not known", &**name)))
}

fn declared(encoding: Option<&str>) -> Result<(), Trouble> {
    match encoding {
        Some(other) if !other.eq_ignore_ascii_case("utf-8") => Err(Trouble::Encoding(other.to_owned())),
        _ => Ok(()),
    }
}

fn trouble(watch: &Watch, error: quick_xml::Error) -> Trouble {
    match error {
        quick_xml::Error::Io(e) => watch.trouble(&e),
        quick_xml::Error::Encoding(e) => Trouble::Encoding(e.to_string()),
        other => Trouble::Form(other.to_string()),
    }
}
