//! Rules on configuration that real hosts and projects wrote, where it lies beside the workspace: what a distribution
//! brings is no finding, and each finding there is written down.

use rockhop_domain::facts::Facts;
use rockhop_domain::rules::fixtures::{add_file, add_unit, clean_aim, clean_el7};
use rockhop_domain::rules::{Move, RULES, Verdict};
use std::path::Path;

const BESIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/configs");

/// Services that are in use on the host, so that every rule about their files looks.
const UNITS: &[&str] = &[
    "httpd.service",
    "haproxy.service",
    "named.service",
    "postfix.service",
    "sendmail.service",
    "dovecot.service",
    "spamassassin.service",
    "nfs-server.service",
    "smb.service",
    "vsftpd.service",
    "cups.service",
    "memcached.service",
];

/// The rules that read these files.
const ASKED: &[&str] =
    &["web.httpd-", "web.php-", "services.", "database.old-passwords", "cache.memcached", "monitoring.aide"];

#[test]
#[expect(clippy::print_stderr, reason = "a test that looks at nothing says so")]
fn real_configuration_is_judged_as_it_should_be() {
    if !Path::new(BESIDE).is_dir() {
        eprintln!("SKIPPED: {BESIDE} is not on this machine, so no real configuration was judged");
        return;
    }
    let found: Vec<String> = ["augeas-tests-root", "danemacmillan__vagrantshell", "bgpat__isucon8q-bremen"]
        .iter()
        .flat_map(|tree| judge(tree))
        .collect();
    insta::assert_snapshot!(found.join("\n"));
}

fn judge(tree: &str) -> Vec<String> {
    let root = Path::new(BESIDE).join(tree);
    let mut facts = clean_el7("real-1", 91);
    UNITS.iter().for_each(|unit| add_unit(&mut facts, unit));
    add_tree(&mut facts, &root, &root);
    let aim = clean_aim();
    let asked = RULES.iter().filter(|rule| ASKED.iter().any(|name| rule.id.starts_with(name)));
    let said = asked.filter_map(|rule| match rule.judge(&Move::new(&facts, &aim)) {
        Verdict::Clear => None,
        Verdict::Found(messages) => Some(messages.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
        Verdict::Unknown(why) => Some(format!("{} is unknown: {why:?}", rule.id)),
    });
    std::iter::once(format!("# {tree}")).chain(said).collect()
}

/// Every text below the folder, at its place on a host.
#[expect(clippy::disallowed_methods, reason = "a test may read; the domain never does")]
fn add_tree(facts: &mut Facts, root: &Path, folder: &Path) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            add_tree(facts, root, &path);
        } else if let (Ok(text), Ok(place)) = (std::fs::read_to_string(&path), path.strip_prefix(root)) {
            add_file(facts, &format!("/{}", place.display()), &text);
        }
    }
}
