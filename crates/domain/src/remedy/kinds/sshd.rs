//! sshd_config: what stops or bothers a newer sshd. The running one reads it at its next start, and `sshd -t` of the
//! host itself has to find the changed file sound before it takes the old one's place.

use super::rule;
use crate::{
    Message,
    facts::Facts,
    remedy::{
        draft::{Draft, Line},
        edit::Hand,
    },
};

/// From here on sshd speaks no protocol 1, whatever its file says.
const WITHOUT_PROTOCOL_1: (u32, u32) = (7, 4);

/// A list of ciphers, MACs or key exchanges without the names that the finding has.
pub fn without_algorithms(finding: &Message, draft: &mut Draft) -> Result<(), Hand> {
    let gone: Vec<&str> = finding.arg("names").ok_or(Hand::OtherForm)?.split(", ").collect();
    let line = draft.line_of(finding)?;
    let words = line.words();
    let &[_, list] = &words[..] else { return Err(Hand::OtherForm) };
    let (sign, list) = list.split_at(usize::from(list.starts_with(['+', '-'])));
    let kept: Vec<&str> = list.split(',').filter(|name| !gone.contains(name)).collect();
    match (kept.is_empty(), sign) {
        (true, "") => Err(Hand::NothingLeft),
        (true, _) => {
            line.retire(&rule("security.ssh-removed-algorithms"));
            Ok(())
        }
        (false, sign) => line.replace_word(1, &format!("{sign}{}", kept.join(","))),
    }
}

/// Options that a newer sshd does not know.
pub fn without_removed(finding: &Message, draft: &mut Draft) -> Result<(), Hand> {
    let option = finding.arg("option").ok_or(Hand::OtherForm)?;
    let line = draft.line_of(finding)?;
    same(line, option)?;
    if option == "AuthorizedKeysCommandRunAs" {
        return line.replace_word(0, "AuthorizedKeysCommandUser");
    }
    line.retire(&rule("security.ssh-removed-options"));
    Ok(())
}

/// Options that are read past, on this sshd as well: with what it has, the line has no effect.
pub fn without_obsolete(facts: &Facts, finding: &Message, draft: &mut Draft) -> Result<(), Hand> {
    let option = finding.arg("option").unwrap_or("Protocol");
    let line = draft.line_of(finding)?;
    if line.text.starts_with("# rockhop ") {
        return Ok(()); // two rules may speak of one line
    }
    same(line, option)?;
    let value = line.words().get(1).copied().unwrap_or_default().to_ascii_lowercase();
    let switched = match option {
        "UsePrivilegeSeparation" => value == "no",
        "UseLogin" => value != "no",
        _ => false,
    };
    if switched || !recent(facts) {
        return Err(Hand::Changes);
    }
    line.retire(&rule("security.ssh-obsolete-options"));
    Ok(())
}

fn same(line: &Line, option: &str) -> Result<(), Hand> {
    let named = line.words().first().is_some_and(|word| word.eq_ignore_ascii_case(option));
    if named { Ok(()) } else { Err(Hand::OtherForm) }
}

fn recent(facts: &Facts) -> bool {
    let server = facts.packages.known().and_then(|all| all.iter().find(|package| package.name == "openssh-server"));
    let version = server.and_then(|package| crate::rules::text::major_minor(&package.version));
    version.is_some_and(|version| version >= WITHOUT_PROTOCOL_1)
}
