//! nginx's configuration as its master would read it, put together from the files that a survey carries.
//!
//! `nginx -T` would print the same, but it opens logs and makes folders as root, and a survey changes nothing. A file
//! that nginx would read and the survey did not makes the whole configuration unknown.

use super::files::Files;
use super::{BadLine, Package, Process, Read, Why};
use glob::{MatchOptions, Pattern};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// nginx.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Nginx {
    /// `1.20.1`.
    pub version: String,
    /// Every file it reads, each after a comment that names it, in the order and form of `nginx -T`; secrets replaced.
    pub listing: Read<String>,
}

/// A simple directive or a block's head in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// The file it stands in; empty before the first mark.
    pub file: String,
    pub words: Vec<String>,
}

impl Directive {
    /// The directive's name.
    pub fn name(&self) -> &str {
        self.words.first().map(String::as_str).unwrap_or_default()
    }

    /// Its words after the name.
    pub fn args(&self) -> &[String] {
        self.words.get(1..).unwrap_or_default()
    }
}

/// How a listing names a file, in a comment before its content.
const FILE_MARK: &str = " configuration file ";

/// Every directive in a listing, blocks flattened.
pub fn directives(listing: &str) -> Vec<Directive> {
    let (mut found, mut file, mut words, mut word) = (Vec::new(), String::new(), Vec::new(), String::new());
    let mut chars = listing.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '#' if word.is_empty() => {
                let comment: String = std::iter::from_fn(|| chars.next_if(|c| *c != '\n')).collect();
                if let Some(name) = comment.strip_prefix(FILE_MARK) {
                    file = name.trim_end_matches(':').to_owned();
                }
            }
            '"' | '\'' if word.is_empty() => {
                word = quoted(&mut chars, c);
                words.push(std::mem::take(&mut word));
            }
            ';' | '{' | '}' => {
                end_word(&mut word, &mut words);
                if !words.is_empty() {
                    found.push(Directive { file: file.clone(), words: std::mem::take(&mut words) });
                }
            }
            c if c.is_whitespace() => end_word(&mut word, &mut words),
            c => word.push(c),
        }
    }
    found
}

/// A listing of these directives alone, each in its file: what is left of a long one for somebody who looks at no others.
pub fn listing_of<'a>(directives: impl IntoIterator<Item = &'a Directive>) -> String {
    let mut listing = String::new();
    for directive in directives {
        let words: Vec<String> = directive.words.iter().map(|word| in_quotes(word)).collect();
        let _ = write!(listing, "#{FILE_MARK}{}:\n{};\n", directive.file, words.join(" "));
    }
    listing
}

fn in_quotes(word: &str) -> String {
    format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}

fn end_word(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

fn quoted(chars: &mut impl Iterator<Item = char>, quote: char) -> String {
    let mut text = String::new();
    while let Some(c) = chars.next() {
        match c {
            '\\' => text.extend(chars.next()),
            c if c == quote => break,
            c => text.push(c),
        }
    }
    text
}

/// Reads the survey's nginx section, `installed` and perhaps a version line; none when nginx is not there.
pub(super) fn nginx(
    section: &str,
    packages: &[Package],
    processes: &[Process],
    files: &Files,
) -> Result<Option<Nginx>, Why> {
    let mut lines = section.lines().filter(|line| !line.trim().is_empty());
    if lines.next().is_none() {
        return Ok(None);
    }
    let own = lines.next();
    let version = match own {
        Some(line) => built_version(line)?,
        None => packaged_version(packages)?,
    };
    let master = processes.iter().find_map(|process| process.args.strip_prefix("nginx: master process "));
    let listing = match (master.and_then(named_config), own) {
        (Some(main), _) => listing(main, files),
        (None, None) => listing(PACKAGED_CONFIG, files),
        (None, Some(_)) => Err(Why::NotAsked), // where one that is no package keeps it, only its build knows
    };
    Ok(Some(Nginx { version, listing: listing.into() }))
}

/// Where the packages of EPEL and of nginx.org keep it.
const PACKAGED_CONFIG: &str = "/etc/nginx/nginx.conf";

/// `nginx version: nginx/1.20.1 (x)`.
fn built_version(line: &str) -> Result<String, BadLine> {
    let version = line.split_once("nginx/").and_then(|(_, rest)| rest.split_whitespace().next());
    version.map(str::to_owned).ok_or_else(|| BadLine::new(line))
}

fn packaged_version(packages: &[Package]) -> Result<String, Why> {
    const NAMES: [&str; 3] = ["nginx", "nginx-core", "nginx-mainline"];
    let package = packages.iter().find(|package| NAMES.contains(&package.name.as_str()));
    package.map(|package| package.version.clone()).ok_or(Why::NotAsked)
}

/// `/usr/sbin/nginx -c /etc/nginx/nginx.conf` names it.
fn named_config(args: &str) -> Option<&str> {
    let mut words = args.split_whitespace();
    words.find(|word| *word == "-c")?;
    words.next().filter(|path| path.starts_with('/'))
}

/// What the survey's file list takes of nginx whatever its name is. A pattern within these finds all that there is.
const CARRIED: [&str; 8] = [
    "/etc/nginx/*.conf",
    "/etc/nginx/*.types",
    "/etc/nginx/*_params",
    "/etc/nginx/*/*.conf",
    "/etc/nginx/*/*/*.conf",
    "/etc/nginx/sites-enabled/*",
    "/usr/share/nginx/modules/*.conf",
    "/opt/*/conf/*",
];

/// The main file and all it includes, each once, in the order in which they are met.
fn listing(main: &str, files: &Files) -> Result<String, Why> {
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (mut text, mut seen, mut waiting) = (String::new(), BTreeSet::new(), vec![main.to_owned()]);
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let content = files.content(&path)?.ok_or_else(|| Why::FileNotCarried { path: path.clone() })?;
        text.push_str(&format!("#{FILE_MARK}{path}:\n{}\n\n", content.trim_end()));
        let mut included = Vec::new();
        for pattern in includes(content) {
            included.extend(named(&absolute(folder, &pattern), files)?);
        }
        waiting.extend(included.into_iter().rev());
    }
    Ok(text.trim_end().to_owned() + "\n")
}

fn includes(content: &str) -> impl Iterator<Item = String> {
    directives(content).into_iter().filter(|one| one.name() == "include").filter_map(|one| one.args().first().cloned())
}

/// A relative name counts from the folder of the main file, not of the file that includes.
fn absolute(folder: &str, name: &str) -> String {
    if name.starts_with('/') { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The files of that name or pattern.
fn named(name: &str, files: &Files) -> Result<Vec<String>, Why> {
    let unknown = || Why::FileNotCarried { path: name.to_owned() };
    if !name.contains(['*', '?', '[']) {
        return Ok(vec![name.to_owned()]);
    }
    if !is_within(name, &CARRIED) {
        return Err(unknown());
    }
    let pattern = Pattern::new(name).map_err(|_| unknown())?;
    let fixed = &name[..name.find(['*', '?', '[']).unwrap_or_default()];
    files.all_seen(fixed)?;
    let found = files.under(fixed).map(|(path, _)| path).filter(|path| pattern.matches_with(path, SHELL));
    Ok(found.map(str::to_owned).collect())
}

/// As the shell and glob(3) match: a star stays within a folder and finds no hidden file.
const SHELL: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// Whether all that `name` can find is found by one of the patterns: tried with a plain word in the place of its stars.
fn is_within(name: &str, patterns: &[&str]) -> bool {
    let example = name.replace(['*', '?'], "x");
    !name.contains('[')
        && patterns.iter().filter_map(|text| Pattern::new(text).ok()).any(|one| one.matches_with(&example, SHELL))
}

#[cfg(test)]
mod tests {
    use super::super::Privilege;
    use super::super::frame::Answer;
    use super::*;

    #[test]
    fn a_listing_of_its_own_directives_says_the_same() {
        let text = "user nginx;\n# configuration file /etc/nginx/conf.d/a.conf:\nlog_format x '\"$a\" \\\\ ; {';\n";
        let all = directives(text);
        assert_eq!(directives(&listing_of(&all)), all);
        assert_eq!(listing_of(&[]), "");
    }

    fn files(list: &[(&str, &str)]) -> Files {
        let dumped: String = list.iter().map(|(path, text)| format!("===w f {path}\n{text}")).collect();
        let text = format!("===rockhop 1 w\n===w + files\n{dumped}\n===w - files 0 \n===w .\n");
        let answer = Answer::parse(text.as_bytes()).expect("an answer");
        Files::parse(&answer, "files", Some(Privilege::Root)).expect("files")
    }

    fn package(version: &str) -> Package {
        let scan = format!("P nginx 1 {version} 10.el7 x86_64\tFedora Project\tnginx.src.rpm\t(none)\n");
        super::super::packages::rpm_scan(&scan).expect("a scan").packages.remove(0)
    }

    fn master(args: &str) -> Process {
        Process { user: "root".into(), comm: "nginx".into(), args: format!("nginx: master process {args}") }
    }

    const MAIN: &str = "user nginx;\ninclude /usr/share/nginx/modules/*.conf;\nhttp { include mime.types; include /etc/nginx/conf.d/*.conf; }\n";

    #[test]
    fn the_listing_is_what_the_master_would_read() {
        let files = files(&[
            ("/etc/nginx/conf.d/b.conf", "server { listen 81; }\n"),
            ("/etc/nginx/conf.d/a.conf", "server { include proxy_params; }\n"),
            ("/etc/nginx/conf.d/off.conf.bak", "server { listen 99; }\n"),
            ("/etc/nginx/mime.types", "types { }\n"),
            ("/etc/nginx/nginx.conf", MAIN),
            ("/etc/nginx/proxy_params", "proxy_set_header Host $host;\n"),
        ]);
        let got = nginx("installed\n", &[package("1.20.1")], &[], &files).expect("known").expect("nginx");
        assert_eq!(got.version, "1.20.1");
        let listing = got.listing.get().expect("a listing");
        let order: Vec<_> =
            directives(listing).iter().map(|one| one.file.clone()).collect::<BTreeSet<_>>().into_iter().collect();
        assert_eq!(order.len(), 5, "{listing}");
        assert!(!listing.contains("99"), "{listing}");
        let at = |text: &str| listing.find(text).expect(text);
        assert!(
            at("nginx.conf:") < at("mime.types:")
                && at("a.conf:") < at("proxy_params:")
                && at("proxy_params:") < at("b.conf:")
        );
    }

    #[test]
    fn a_file_that_was_not_carried_makes_it_unknown() {
        for (text, path) in [
            ("include /data/vhosts/*.conf;", "/data/vhosts/*.conf"),
            ("include conf.d/*.vhost;", "/etc/nginx/conf.d/*.vhost"),
            ("include /etc/nginx/gone.conf;", "/etc/nginx/gone.conf"),
        ] {
            let files = files(&[("/etc/nginx/nginx.conf", text)]);
            let got = nginx("installed\n", &[package("1.20.1")], &[], &files).expect("known").expect("nginx");
            assert_eq!(got.listing.why(), Some(&Why::FileNotCarried { path: path.into() }), "{text}");
        }
    }

    #[test]
    fn one_that_is_no_package_is_asked_for_its_version() {
        let files = files(&[("/opt/web/conf/nginx.conf", "user web;\n")]);
        let ask = |args: &str| {
            let section = "installed\nnginx version: nginx/1.24.0 (x)\n";
            nginx(section, &[], &[master(args)], &files).expect("known").expect("nginx")
        };
        let named = ask("/opt/web/sbin/nginx -c /opt/web/conf/nginx.conf");
        assert_eq!((named.version.as_str(), named.listing.known().is_some()), ("1.24.0", true));
        assert_eq!(ask("/opt/web/sbin/nginx").listing.why(), Some(&Why::NotAsked));
        assert_eq!(nginx("installed\n", &[], &[], &files), Err(Why::NotAsked));
        assert!(nginx("installed\nno such thing\n", &[], &[], &files).is_err());
        assert_eq!(nginx("", &[], &[], &files), Ok(None));
    }

    #[test]
    fn files_that_include_each_other_are_read_once() {
        let files =
            files(&[("/etc/nginx/nginx.conf", "include a.conf;\n"), ("/etc/nginx/a.conf", "include nginx.conf;\n")]);
        let listing = listing(PACKAGED_CONFIG, &files).expect("a listing");
        assert_eq!(listing.matches(FILE_MARK).count(), 2);
    }
}
