//! modules.yaml: module streams with the packages that belong to them, and which stream a module has by default.

use super::error::{Place, RepoError, Trouble};
use super::repomd::Entry;
use super::unpack;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// A modules.yaml. Red Hat's for EL8 AppStream, the biggest known, is under 10 MB.
const LIMIT: u64 = 64 << 20;

/// One build of one stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Build {
    pub module: String,
    pub stream: String,
    pub context: String,
    /// What each alternative needs: module to streams; no stream named means any.
    pub requires: Vec<BTreeMap<String, Vec<String>>>,
    /// `name-epoch:version-release.arch`.
    pub artifacts: Vec<String>,
    /// Names that left the module: they no longer shut out packages of the same name.
    pub demodularized: Vec<String>,
}

/// What a modules.yaml says.
#[derive(Debug, Default)]
pub(crate) struct Modules {
    pub builds: Vec<Build>,
    pub defaults: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct Document {
    document: String,
    #[serde(default)]
    data: Data,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Data {
    name: String,
    module: String,
    stream: Option<String>,
    context: String,
    dependencies: Vec<Dependencies>,
    artifacts: Option<Rpms>,
    demodularized: Option<Rpms>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Dependencies {
    requires: BTreeMap<String, Option<Vec<String>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Rpms {
    rpms: Option<Vec<String>>,
}

/// Reads a repository's modules.
pub(crate) fn read(entry: &Entry) -> Result<Modules, RepoError> {
    let bytes = entry.read()?;
    let text = unpacked(&entry.path, &bytes, entry.limit().min(LIMIT))?;
    let mut modules = Modules::default();
    for (line, document) in documents(&text) {
        let document: Document = serde_saphyr::from_str(document).map_err(|e| bad(&entry.path, line, &e))?;
        modules.take(document).map_err(|what| RepoError {
            file: entry.path.clone(),
            place: Some(Place { line, byte: 0 }),
            trouble: Trouble::Field { tag: "modulemd", what },
        })?;
    }
    Ok(modules)
}

fn unpacked(path: &Path, bytes: &[u8], limit: u64) -> Result<String, RepoError> {
    let wrong = |trouble| RepoError::of(path, trouble);
    let (text, watch) = unpack::text(bytes, limit).map_err(|e| wrong(Trouble::Unpack(e.to_string())))?;
    let mut all = Vec::new();
    text.take(limit + 1).read_to_end(&mut all).map_err(|e| wrong(watch.trouble(&e)))?;
    if all.len() as u64 > limit {
        return Err(wrong(Trouble::TooBig { limit }));
    }
    String::from_utf8(all).map_err(|e| wrong(Trouble::Encoding(e.to_string())))
}

/// The documents of a stream with the line that each begins after. A line of three dashes never stands inside one.
fn documents(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let (mut rest, mut line) = (text, 1_u64);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.match_indices("\n---").map(|(at, _)| at + 1).find(|at| *at > 0).unwrap_or(rest.len());
        let (now, after) = rest.split_at(end);
        let begins = line;
        line += now.matches('\n').count() as u64;
        rest = after;
        Some((begins, now))
    })
    .filter(|(_, document)| document.lines().any(|l| !matches!(l.trim(), "" | "---" | "...") && !l.starts_with('#')))
}

fn bad(path: &Path, begins: u64, error: &serde_saphyr::Error) -> RepoError {
    let line = error.location().map_or(begins, |l| begins + l.line() - 1);
    let why = error.to_string().lines().next().unwrap_or_default().to_owned();
    RepoError { file: path.to_owned(), place: Some(Place { line, byte: 0 }), trouble: Trouble::Form(why) }
}

impl Modules {
    fn take(&mut self, document: Document) -> Result<(), &'static str> {
        let data = document.data;
        match document.document.as_str() {
            "modulemd" => {
                let stream = data.stream.ok_or("stream")?;
                if data.name.is_empty() {
                    return Err("name");
                }
                let requires = data.dependencies.into_iter().map(Dependencies::named).collect();
                self.builds.push(Build {
                    module: data.name,
                    stream,
                    context: data.context,
                    requires,
                    artifacts: data.artifacts.and_then(|r| r.rpms).unwrap_or_default(),
                    demodularized: data.demodularized.and_then(|r| r.rpms).unwrap_or_default(),
                });
            }
            "modulemd-defaults" => {
                if let Some(stream) = data.stream {
                    self.defaults.insert(data.module, stream);
                }
            }
            // Translations, obsoletes and packagers' drafts say nothing about which packages there are.
            _ => {}
        }
        Ok(())
    }
}

impl Dependencies {
    fn named(self) -> BTreeMap<String, Vec<String>> {
        self.requires.into_iter().map(|(module, streams)| (module, streams.unwrap_or_default())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_know_their_lines() {
        let text = "---\ndocument: a\n...\n---\n\n---\ndocument: b\n";
        let found: Vec<_> = documents(text).collect();
        assert_eq!(found, [(1, "---\ndocument: a\n...\n"), (6, "---\ndocument: b\n")]);
    }

    #[test]
    fn a_stream_that_looks_like_a_number_stays_as_it_is_written() {
        let text =
            "document: modulemd\nversion: 2\ndata:\n  name: go\n  stream: 1.20\n  version: 920\n  context: 00000000\n";
        let document: Document = serde_saphyr::from_str(text).expect("a document");
        let mut modules = Modules::default();
        modules.take(document).expect("whole");
        assert_eq!((modules.builds[0].stream.as_str(), modules.builds[0].context.as_str()), ("1.20", "00000000"));
    }
}
