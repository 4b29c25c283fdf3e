//! updateinfo.xml: which advisories a repository carries, and with which packages.

use super::error::{RepoError, Trouble};
use super::repomd::Entry;
use super::xml::{self, Node, Tag};

/// An advisory, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    pub id: String,
    pub security: bool,
    /// As it is written, `2026-11-20 08:11:12` or `2026-11-20`; empty when it is not.
    pub issued: String,
    /// Its packages, as `name-version-release.arch`, an epoch of 0 not said.
    pub packages: Vec<String>,
}

/// Reads every advisory.
pub(crate) fn read(entry: &Entry) -> Result<Vec<Notice>, RepoError> {
    let bytes = entry.read()?;
    let (mut all, mut inside, mut text) = (Vec::new(), Vec::new(), String::new());
    let mut now: Option<Notice> = None;
    xml::walk(&entry.path, &bytes, entry.limit(), &mut |node| {
        match node {
            Node::Open(tag) => {
                open(&tag, inside.len(), &mut now)?;
                inside.push(tag.name().to_owned());
                text.clear();
            }
            Node::Text(more) => {
                if inside.last().is_some_and(|tag| tag == "id") {
                    text.push_str(&more);
                }
            }
            Node::Close => match (inside.pop().as_deref(), inside.len()) {
                (Some("id"), 2) => now.iter_mut().for_each(|notice| notice.id = text.trim().to_owned()),
                (Some("update"), 1) => {
                    let notice = now.take().ok_or(Trouble::Field { tag: "update", what: "its tag" })?;
                    if notice.id.is_empty() {
                        return Err(Trouble::Field { tag: "update", what: "id" });
                    }
                    all.push(notice);
                }
                _ => {}
            },
        }
        Ok(())
    })?;
    Ok(all)
}

fn open(tag: &Tag<'_>, depth: usize, now: &mut Option<Notice>) -> Result<(), Trouble> {
    match (depth, tag.name()) {
        (0, "updates") => {}
        (0, _) => return Err(Trouble::Field { tag: "updates", what: "the tag itself" }),
        (1, "update") => {
            let security = tag.get("type")?.as_deref() == Some("security");
            *now = Some(Notice { id: String::new(), security, issued: String::new(), packages: Vec::new() });
        }
        (2, "issued") => {
            let date = tag.get("date")?.unwrap_or_default();
            now.iter_mut().for_each(|notice| notice.issued.clone_from(&date));
        }
        (_, "package") => {
            let nevra = nevra(tag)?;
            now.iter_mut().for_each(|notice| notice.packages.push(nevra.clone()));
        }
        _ => {}
    }
    Ok(())
}

fn nevra(tag: &Tag<'_>) -> Result<String, Trouble> {
    let word = |name: &'static str| tag.get(name)?.ok_or(Trouble::Field { tag: "package", what: name });
    let (name, version, release, arch) = (word("name")?, word("version")?, word("release")?, word("arch")?);
    let epoch = tag.get("epoch")?.filter(|epoch| epoch != "0").map(|epoch| format!("{epoch}:")).unwrap_or_default();
    Ok(format!("{name}-{epoch}{version}-{release}.{arch}"))
}
