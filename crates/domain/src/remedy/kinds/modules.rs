//! Names of kernel modules: the name that EL 9 knows, where EL 7 takes both for one module.

use crate::{
    Message,
    facts::Facts,
    remedy::{draft::Draft, edit::Hand},
};

/// Aliases on EL 7, and the module that each is.
const ALIASES: [(&str, &str); 2] = [("ip_conntrack_ftp", "nf_conntrack_ftp"), ("ip_nat_ftp", "nf_nat_ftp")];

/// The module's present name in a list of modules that are loaded.
pub fn by_present_name(facts: &Facts, finding: &Message, draft: &mut Draft) -> Result<(), Hand> {
    let (file, old) = (finding.arg("file").unwrap_or_default(), finding.arg("module").ok_or(Hand::OtherForm)?);
    // The others were modules of their own on EL 7: there the new name loads something else.
    let (_, new) = ALIASES.iter().find(|(alias, _)| *alias == old).ok_or(Hand::Changes)?;
    let list = file.starts_with("/etc/modules-load.d/") || file.ends_with("tables-config");
    if !list || has_options(facts, old) {
        return Err(Hand::Changes);
    }
    let mut found = false;
    for line in draft.telling().filter(|line| crate::rules::text::has_word(&line.text, old)) {
        line.text = replaced(&line.text, old, new);
        found = true;
    }
    if !found {
        return Err(Hand::OtherForm);
    }
    draft.modules.push((old.to_owned(), (*new).to_owned()));
    Ok(())
}

/// Options under the old name count only for who loads by it.
fn has_options(facts: &Facts, name: &str) -> bool {
    let files = facts.config_files.known().map(Vec::as_slice).unwrap_or_default();
    let mut modprobe = files.iter().filter(|file| file.path.starts_with("/etc/modprobe.d/"));
    modprobe.any(|file| file.content.known().is_none_or(|text| crate::rules::text::has_word(text, name)))
}

/// Every whole word of that name; names of modules have no regular parts in one another but at `_`.
fn replaced(text: &str, old: &str, new: &str) -> String {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(old) {
        let (before, behind) = (&rest[..at], &rest[at + old.len()..]);
        out.push_str(before);
        let whole = !out.ends_with(inside) && !behind.starts_with(inside);
        out.push_str(if whole { new } else { old });
        rest = behind;
    }
    out + rest
}
