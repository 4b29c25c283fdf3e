//! BIND's configuration, read once for all rules that look at it.

use super::text::{Directive, content, nginx};
use super::used::files_in_use;
use crate::facts::{ConfigFile, Facts, Why};

/// Units that run BIND.
pub const NAMED: &[&str] = &["named.service", "named-chroot.service", "named-sdb.service", "named-pkcs11.service"];

/// A file of a name server, its comments left out and its blocks flattened.
pub struct BindFile<'a> {
    pub file: &'a ConfigFile,
    pub statements: Vec<Directive>,
}

/// The files of a BIND that is in use. Its options stand once: where none of the files read has them and one names
/// another, they are in one that was not read.
pub fn bind(facts: &Facts) -> Result<Vec<BindFile<'_>>, Why> {
    let mut all = Vec::new();
    for file in files_in_use(facts, NAMED, is_named_conf)? {
        // What is left without its comments is written as nginx's configuration is.
        all.push(BindFile { file, statements: nginx(&without_comments(content(file)?)) });
    }
    let anywhere = |name: &str| all.iter().any(|one| one.states(name));
    if anywhere("include") && !anywhere("options") { Err(Why::Missing) } else { Ok(all) }
}

impl BindFile<'_> {
    /// Whether a statement of this name is in it.
    pub fn states(&self, name: &str) -> bool {
        self.statements.iter().any(|one| one.name() == name)
    }
}

fn is_named_conf(path: &str) -> bool {
    matches!(path, "/etc/named.conf" | "/var/named/chroot/etc/named.conf") || path.starts_with("/etc/named/")
}

/// The text without its three kinds of comments; what stands in quotes is kept.
fn without_comments(text: &str) -> String {
    let (mut kept, mut rest, mut quoted) = (String::new(), text, false);
    while let Some(c) = rest.chars().next() {
        if !quoted && (rest.starts_with("//") || c == '#') {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if !quoted && rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
        } else {
            quoted ^= c == '"';
            kept.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixtures::{add_file, add_unit, clean_el7_web};

    #[test]
    fn comments_of_three_kinds_are_left_out() {
        for (text, want) in [
            ("a; // b;\nc;", "a; \nc;"),
            ("a; /* b; */ c;", "a;  c;"),
            ("a; # b;\nc;", "a; \nc;"),
            ("a;# b;\nc;", "a;\nc;"),
            ("zone \"a//b#c\" { };", "zone \"a//b#c\" { };"),
            ("/* open", ""),
            ("/", "/"),
            ("é//", "é"),
        ] {
            assert_eq!(without_comments(text), want);
        }
    }

    #[test]
    fn statements_are_read_in_their_blocks() {
        let text = "options { // listen-on-v6\n directory \"/var/named\"; # x\n /* dnssec-lookaside auto; */ a b; };";
        let read: Vec<String> = nginx(&without_comments(text)).into_iter().map(|one| one.words.join(" ")).collect();
        assert_eq!(read, ["options", "directory /var/named", "a b"]);
    }

    #[test]
    fn options_in_a_file_that_was_not_read_are_unknown() {
        let mut facts = clean_el7_web();
        add_file(&mut facts, "/etc/named.conf", "include \"/etc/named/options.conf\";\n");
        assert_eq!(bind(&facts).map(|files| files.len()), Ok(0), "it does not run");
        add_unit(&mut facts, "named.service");
        assert_eq!(bind(&facts).map(|files| files.len()), Err(Why::Missing));
        add_file(&mut facts, "/etc/named/options.conf", "options { };\n");
        assert_eq!(bind(&facts).map(|files| files.len()), Ok(2));
    }
}
