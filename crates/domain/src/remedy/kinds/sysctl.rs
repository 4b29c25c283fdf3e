//! Kernel settings that newer kernels do not have. The running kernel keeps its value: nothing is loaded anew.

use super::rule;
use crate::{
    Message,
    remedy::{draft::Draft, edit::Hand},
};

const RULE: &str = "kernel.sysctl-removed";

/// EL 7 links the one file to the other; a link is no file that can be changed.
pub fn real_file(named: &str) -> String {
    if named == "/etc/sysctl.d/99-sysctl.conf" { "/etc/sysctl.conf".into() } else { named.into() }
}

/// The lines that set it, as comments.
pub fn retire(finding: &Message, draft: &mut Draft) -> Result<(), Hand> {
    let key = finding.arg("key").ok_or(Hand::OtherForm)?;
    let mut found = draft.text().lines().any(|line| is_retired(line, key)); // one file may have been read by two names
    for line in draft.telling().filter(|line| sets(&line.text, key)) {
        line.retire(&rule(RULE));
        found = true;
    }
    if found { Ok(()) } else { Err(Hand::OtherForm) }
}

fn is_retired(line: &str, key: &str) -> bool {
    line.strip_prefix("# rockhop ")
        .and_then(|rest| rest.strip_prefix(RULE)?.strip_prefix(": "))
        .is_some_and(|was| sets(was, key))
}

fn sets(line: &str, key: &str) -> bool {
    let written = line.split('=').next().unwrap_or_default().trim().trim_start_matches('-').trim();
    line.contains('=') && written.replace('/', ".") == key
}
