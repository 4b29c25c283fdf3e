//! Reading a census's answer: rows of fields between tabs, the first a letter that says what the row is, the last a path.

use super::{
    Census, CipherCall, Containers, Differs, Elf, ElfKind, FORMAT, FileKind, Folder, Image, Jar, Java, JavaRuntime,
    KeyStore, LeftOut, Library, Listed, Node, NodeApplication, NodePackage, Perl, PerlFolder, Php, PhpDefinition,
    PhpDirective, PhpUse, Programs, PythonPackage, Scope, Scripts,
};
use crate::HostId;
use crate::facts::frame::Answer;
use crate::facts::survey::NotCarried;
use crate::facts::{BadLine, PythonScript, Read, Why};
use jiff::Timestamp;

/// How the first line of an answer begins.
const HEADER: &str = "===rockhop-census ";

/// What kind of answer a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    Census,
    /// A survey's, or no answer at all.
    Other,
}

/// Tells a census from whatever else is brought along.
pub fn answer(text: &[u8]) -> Answered {
    if text.starts_with(HEADER.as_bytes()) { Answered::Census } else { Answered::Other }
}

/// Reads an unpacked answer; one that was cut off knows what it has, and says of the rest that it was cut off.
pub fn read(host: HostId, text: &[u8]) -> Result<Census, NotCarried> {
    let answer = Answer::parse_as(HEADER, text)?;
    let taken_at = answer.section("begun").ok().and_then(taken).ok_or(NotCarried::NoTime)?;
    Ok(census(host, taken_at, &answer))
}

/// Reads an answer that was carried here in a file: whole or not at all.
pub fn read_carried(host: HostId, text: &[u8]) -> Result<Census, NotCarried> {
    if !Answer::parse_as(HEADER, text)?.is_whole() {
        return Err(NotCarried::CutOff);
    }
    read(host, text)
}

fn census(host: HostId, taken_at: Timestamp, answer: &Answer) -> Census {
    Census {
        format: FORMAT,
        host,
        taken_at,
        scope: section(answer, "scope", scope),
        ownership: section(answer, "ownership", |text| listed(text, folder)),
        verify: section(answer, "verify", |text| listed(text, differs)),
        programs: section(answer, "programs", programs),
        python: section(answer, "python", |text| listed(text, python)),
        node: section(answer, "node", node),
        java: section(answer, "java", java),
        perl: section(answer, "perl", perl),
        scripts: section(answer, "scripts", scripts),
        keystores: section(answer, "keystores", |text| listed(text, keystore)),
        htaccess: section(answer, "htaccess", |text| listed(text, htaccess)),
        php: section(answer, "php", php),
        containers: section(answer, "containers", containers),
    }
}

fn section<T>(answer: &Answer, name: &str, parse: impl Fn(&str) -> Result<T, BadLine>) -> Read<T> {
    answer.section(name).and_then(|text| parse(text).map_err(Why::from)).into()
}

fn taken(text: &str) -> Option<Timestamp> {
    Timestamp::from_second(text.trim().strip_prefix("taken=")?.parse().ok()?).ok()
}

/// The fields of each line; a line that `take` does not know is bad.
fn rows<'a>(text: &'a str, mut take: impl FnMut(&[&'a str]) -> Option<()>) -> Result<(), BadLine> {
    for line in text.lines().filter(|line| !line.is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        take(&fields).ok_or_else(|| BadLine::new(line))?;
    }
    Ok(())
}

fn listed<T>(text: &str, row: impl Fn(&[&str]) -> Option<T>) -> Result<Listed<T>, BadLine> {
    let mut listed = Listed::default();
    rows(text, |fields| match more(fields) {
        Some(n) => add(&mut listed.more, n),
        None => push(&mut listed.rows, row(fields)?),
    })?;
    Ok(listed)
}

fn more(fields: &[&str]) -> Option<u64> {
    match fields {
        ["more", n] => n.parse().ok(),
        _ => None,
    }
}

fn add(to: &mut u64, n: u64) -> Option<()> {
    *to = to.saturating_add(n);
    Some(())
}

fn push<T>(to: &mut Vec<T>, one: T) -> Option<()> {
    to.push(one);
    Some(())
}

fn path(text: &str) -> Option<String> {
    text.starts_with('/').then(|| text.to_owned())
}

fn said(text: &str) -> Option<String> {
    (!text.is_empty() && text != "-").then(|| text.to_owned())
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn scope(text: &str) -> Result<Scope, BadLine> {
    let mut scope = Scope::default();
    rows(text, |fields| match fields {
        ["root", at] => push(&mut scope.walked, path(at)?),
        ["left", at, why] => push(&mut scope.left_out, LeftOut { path: path(at)?, why: (*why).to_owned() }),
        _ => None,
    })?;
    Ok(scope)
}

fn folder(fields: &[&str]) -> Option<Folder> {
    let ["F", whole, files, bytes, programs, newest, at, examples @ ..] = fields else { return None };
    Some(Folder {
        path: path(at)?,
        whole: *whole == "1",
        files: files.parse().ok()?,
        bytes: bytes.parse().ok()?,
        programs: programs.parse().ok()?,
        newest: newest.parse().ok()?,
        examples: examples.iter().map(|example| path(example)).collect::<Option<_>>()?,
    })
}

fn differs(fields: &[&str]) -> Option<Differs> {
    let ["V", flags, kind, at] = fields else { return None };
    let kind = match *kind {
        "c" => FileKind::Configuration,
        "d" | "l" | "r" => FileKind::Documentation,
        "-" => FileKind::Plain,
        _ => FileKind::Other,
    };
    Some(Differs { path: path(at)?, flags: (*flags).to_owned(), kind })
}

fn programs(text: &str) -> Result<Programs, BadLine> {
    let mut programs = Programs::default();
    rows(text, |fields| match fields {
        ["E", bits, machine, kind, loader, at] => push(&mut programs.files, elf(bits, machine, kind, loader, at)?),
        ["N", soname] => push(&mut programs.files.last_mut()?.needs, (*soname).to_owned()),
        ["R", search] => {
            let search = search.split(':').filter_map(said);
            programs.files.last_mut()?.search.extend(search);
            Some(())
        }
        ["S", soname] => {
            programs.files.last_mut()?.soname = Some((*soname).to_owned());
            Some(())
        }
        ["L", bits, soname, package, at] => {
            let (soname, bits) = ((*soname).to_owned(), bits.parse().ok()?);
            push(&mut programs.libraries, Library { soname, bits, package: said(package), path: said(at) })
        }
        _ => add(&mut programs.more, more(fields)?),
    })?;
    Ok(programs)
}

fn elf(bits: &str, machine: &str, kind: &str, loader: &str, at: &str) -> Option<Elf> {
    let kind = match kind {
        "program" => ElfKind::Program,
        "library" => ElfKind::Library,
        "static" => ElfKind::Static,
        "object" => ElfKind::Object,
        "unread" => ElfKind::Unread,
        _ => return None,
    };
    let (bits, machine) = (bits.parse().ok()?, machine.parse().ok()?);
    Some(Elf {
        path: path(at)?,
        bits,
        machine,
        kind,
        loader: said(loader),
        soname: None,
        needs: Vec::new(),
        search: Vec::new(),
    })
}

/// `/usr/lib/python2.7/site-packages/Foo-1.2-py2.7.egg-info`: what stands between name and version is the first dash that
/// a digit follows; what follows the version is Python's own.
fn python(fields: &[&str]) -> Option<PythonPackage> {
    let ["D", at] = fields else { return None };
    path(at)?;
    let (stem, _) = name_of(at).rsplit_once('.')?;
    let digit = |at: &usize| stem[at + 1..].starts_with(|c: char| c.is_ascii_digit());
    let dash = stem.match_indices('-').map(|(at, _)| at).find(digit);
    let (name, version) = dash.map_or((stem, None), |at| (&stem[..at], Some(&stem[at + 1..])));
    let version = version.map(|rest| rest.split("-py").next().unwrap_or(rest).to_owned());
    Some(PythonPackage { name: name.to_owned(), version, folder: folder_of(at).to_owned() })
}

fn node(text: &str) -> Result<Node, BadLine> {
    let mut node = Node::default();
    rows(text, |fields| match fields {
        ["G", version, at] => {
            let (folder, name) = folder_of(at).split_once("/node_modules/")?;
            let (folder, name) = (format!("{folder}/node_modules"), name.to_owned());
            push(&mut node.global, NodePackage { name, version: (*version).to_owned(), folder })
        }
        ["A", packages, at] => {
            push(&mut node.applications, NodeApplication { folder: path(at)?, packages: packages.parse().ok()? })
        }
        _ => add(&mut node.more, more(fields)?),
    })?;
    Ok(node)
}

fn java(text: &str) -> Result<Java, BadLine> {
    let mut java = Java::default();
    rows(text, |fields| match fields {
        ["J", bytes, version, at] => {
            push(&mut java.archives, Jar { path: path(at)?, bytes: bytes.parse().ok()?, version: said(version) })
        }
        ["V", version, at] => push(&mut java.runtimes, JavaRuntime { folder: path(at)?, version: said(version) }),
        _ => add(&mut java.more, more(fields)?),
    })?;
    Ok(java)
}

fn perl(text: &str) -> Result<Perl, BadLine> {
    let mut perl = Perl::default();
    rows(text, |fields| match fields {
        ["P", at] => push(&mut perl.installed, cpan_name(at)?),
        ["M", modules, at] => push(&mut perl.folders, PerlFolder { path: path(at)?, modules: modules.parse().ok()? }),
        _ => add(&mut perl.more, more(fields)?),
    })?;
    Ok(perl)
}

/// `/usr/local/lib64/perl5/auto/Foo/Bar/.packlist` is `Foo::Bar`.
fn cpan_name(at: &str) -> Option<String> {
    let (_, name) = at.strip_suffix("/.packlist")?.split_once("/auto/")?;
    Some(name.replace('/', "::"))
}

fn scripts(text: &str) -> Result<Scripts, BadLine> {
    let mut scripts = Scripts::default();
    rows(text, |fields| match fields {
        ["I", first_line, at] => {
            let first_line = (*first_line).to_owned();
            push(&mut scripts.interpreted, PythonScript { path: path(at)?, first_line })
        }
        ["O", line, words, at] => {
            let words = words.split(' ').map(str::to_owned).collect();
            push(&mut scripts.ciphers, CipherCall { path: path(at)?, line: line.parse().ok()?, words })
        }
        _ => add(&mut scripts.more, more(fields)?),
    })?;
    Ok(scripts)
}

fn keystore(fields: &[&str]) -> Option<KeyStore> {
    let ["K", kind, algorithms, at] = fields else { return None };
    let algorithms = algorithms.split(',').filter_map(said).collect();
    Some(KeyStore { path: path(at)?, kind: (*kind).to_owned(), algorithms })
}

fn htaccess(fields: &[&str]) -> Option<PhpDirective> {
    let ["H", line, guard, directive, setting, at] = fields else { return None };
    Some(PhpDirective {
        path: path(at)?,
        line: line.parse().ok()?,
        directive: (*directive).to_owned(),
        setting: (*setting).to_owned(),
        guarded: *guard == "guarded",
    })
}

fn php(text: &str) -> Result<Php, BadLine> {
    let mut php = Php::default();
    rows(text, |fields| match fields {
        ["Q", n] => {
            php.sources = n.parse().ok()?;
            Some(())
        }
        ["C", what, times, places @ ..] => push(&mut php.calls, php_use(what, times, places)?),
        ["X", what, times, places @ ..] => push(&mut php.unparsable, php_use(what, times, places)?),
        ["D", function, _, at] => {
            push(&mut php.definitions, PhpDefinition { function: (*function).to_owned(), path: path(at)? })
        }
        _ => add(&mut php.more, more(fields)?),
    })?;
    Ok(php)
}

fn php_use(what: &str, times: &str, places: &[&str]) -> Option<PhpUse> {
    let places = places.iter().map(|place| path(place)).collect::<Option<_>>()?;
    Some(PhpUse { what: what.to_owned(), times: times.parse().ok()?, places })
}

fn containers(text: &str) -> Result<Containers, BadLine> {
    let mut containers = Containers::default();
    let mut used: Vec<&str> = Vec::new();
    rows(text, |fields| match fields {
        ["engine", name] => push(&mut containers.engines, (*name).to_owned()),
        ["I", start, name, id] => {
            let (name, id) = ((*name).to_owned(), (*id).to_owned());
            push(&mut containers.images, Image { name, id, systemd: *start == "systemd", used: false })
        }
        ["U", image] => push(&mut used, image),
        _ => add(&mut containers.more, more(fields)?),
    })?;
    for image in &mut containers.images {
        image.used = used.iter().any(|name| is_image(image, name));
    }
    Ok(containers)
}

/// A container names its image as it was asked for: `nginx`, `nginx:1.20`, or the start of its number.
fn is_image(image: &Image, name: &str) -> bool {
    let id = image.id.strip_prefix("sha256:").unwrap_or(&image.id);
    let short = name.strip_prefix("sha256:").unwrap_or(name);
    image.name == name
        || image.name.strip_suffix(":latest") == Some(name)
        || (short.len() >= 12 && id.starts_with(short))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::frame::NotASurvey;
    use proptest::prelude::*;

    const SECTIONS: [&str; 13] = [
        "scope",
        "ownership",
        "verify",
        "programs",
        "python",
        "node",
        "java",
        "perl",
        "scripts",
        "keystores",
        "htaccess",
        "php",
        "containers",
    ];

    fn host() -> HostId {
        HostId::parse("web-1").expect("a name")
    }

    fn answer(sections: &[(&str, &str, &str)]) -> String {
        let framed =
            sections.iter().map(|(name, body, status)| format!("===w + {name}\n{body}\n===w - {name} {status}\n"));
        format!("===rockhop-census 1 w\n{}===w .\n", framed.collect::<String>())
    }

    fn of(name: &str, body: &str) -> Census {
        let text = answer(&[("begun", "taken=1795445747\n", "0 "), (name, body, "0 ")]);
        read(host(), text.as_bytes()).expect("a census")
    }

    #[test]
    fn what_is_not_there_says_why() {
        let text = answer(&[("begun", "taken=1795445747\n", "0 "), ("verify", "", "124 ")]);
        let census = read(host(), text.as_bytes()).expect("a census");
        assert_eq!(census.taken_at.as_second(), 1_795_445_747);
        assert_eq!(census.verify.why(), Some(&Why::TimedOut));
        assert_eq!(census.php.why(), Some(&Why::Missing));
        assert_eq!(census.unknowns().len(), SECTIONS.len());
        let cut = text.replace("===w .\n", "");
        assert_eq!(read(host(), cut.as_bytes()).expect("a census").php.why(), Some(&Why::Truncated));
        assert_eq!(read_carried(host(), cut.as_bytes()), Err(NotCarried::CutOff));
        assert_eq!(read(host(), b"===rockhop-census 1 w\n===w .\n"), Err(NotCarried::NoTime));
        assert_eq!(read(host(), b"===rockhop 1 w\n"), Err(NotCarried::NotASurvey(NotASurvey::NoHeader)));
    }

    #[test]
    fn a_line_that_is_none_is_told_and_nothing_is_read_around_it() {
        for name in SECTIONS {
            let census = of(name, "Z\tno such row\n");
            let why = census.unknowns().into_iter().find(|(section, _)| *section == name).map(|(_, why)| why.clone());
            assert_eq!(why, Some(Why::BadLine { line: "Z\tno such row".into() }), "{name}");
        }
    }

    #[test]
    fn python_packages_by_their_folders() {
        for (at, name, version) in [
            ("/v/site-packages/Foo-1.2-py2.7.egg-info", "Foo", Some("1.2")),
            ("/v/site-packages/zope.interface-5.4.0.dist-info", "zope.interface", Some("5.4.0")),
            ("/v/site-packages/a-b-2-1.0.post1.dist-info", "a-b", Some("2-1.0.post1")),
            ("/v/site-packages/dev_tool.egg-info", "dev_tool", None),
            ("/v/site-packages/mine-4.egg", "mine", Some("4")),
        ] {
            let census = of("python", &format!("D\t{at}\nmore\t7\n"));
            let listed = census.python.known().expect("python");
            let row = &listed.rows[0];
            assert_eq!((row.name.as_str(), row.version.as_deref()), (name, version), "{at}");
            assert_eq!((row.folder.as_str(), listed.more), ("/v/site-packages", 7));
        }
    }

    #[test]
    fn programs_and_who_brings_their_libraries() {
        let census = of(
            "programs",
            "E\t64\t62\tprogram\t/lib64/ld-linux-x86-64.so.2\t/opt/app/tool\nN\tlibssl.so.10\nN\tlibapp.so.1\nN\tlibgone.so.2\nN\tlibunasked.so\nR\t$ORIGIN/../lib:/x\n\
             E\t64\t62\tlibrary\t-\t/opt/app/libapp.so.1.0\nS\tlibapp.so.1\n\
             L\t64\tlibapp.so.1\t-\t-\nL\t64\tlibgone.so.2\t-\t-\nL\t64\tlibssl.so.10\topenssl-libs\t/usr/lib64/libssl.so.10\n",
        );
        let programs = census.programs.known().expect("programs");
        let tool = &programs.files[0];
        assert_eq!(tool.search, ["$ORIGIN/../lib", "/x"]);
        assert_eq!(programs.missing(tool).collect::<Vec<_>>(), ["libgone.so.2"]);
        let packaged: Vec<_> = programs.packaged(tool).map(|library| library.package.as_deref()).collect();
        assert_eq!(packaged, [Some("openssl-libs")]);
    }

    #[test]
    fn rows_of_every_other_kind() {
        let known = |census: Census| serde_json::to_value(census).expect("json");
        for (section, body, want) in [
            (
                "scope",
                "root\t/usr\nleft\t/data\tnot-asked\n",
                r#"{"walked":["/usr"],"left_out":[{"path":"/data","why":"not-asked"}]}"#,
            ),
            (
                "ownership",
                "F\t1\t2\t30\t1\t1795445747\t/opt/app\t/opt/app/a\n",
                r#"{"rows":[{"path":"/opt/app","whole":true,"files":2,"bytes":30,"programs":1,"newest":1795445747,"examples":["/opt/app/a"]}]}"#,
            ),
            (
                "verify",
                "V\tS.5....T.\tc\t/etc/a\nV\tmissing\t-\t/usr/b c\n",
                r#"{"rows":[{"path":"/etc/a","flags":"S.5....T.","kind":"configuration"},{"path":"/usr/b c","flags":"missing","kind":"plain"}]}"#,
            ),
            (
                "node",
                "G\t4.5\t/usr/lib/node_modules/@x/pm2/package.json\nA\t9\t/srv/shop\n",
                r#"{"global":[{"name":"@x/pm2","version":"4.5","folder":"/usr/lib/node_modules"}],"applications":[{"folder":"/srv/shop","packages":9}]}"#,
            ),
            (
                "java",
                "J\t10\t-\t/opt/a.jar\nV\t1.7.0_80\t/opt/jdk\n",
                r#"{"archives":[{"path":"/opt/a.jar","bytes":10}],"runtimes":[{"folder":"/opt/jdk","version":"1.7.0_80"}]}"#,
            ),
            (
                "perl",
                "P\t/usr/local/lib64/perl5/auto/Foo/Bar/.packlist\nM\t3\t/usr/local/share/perl5\n",
                r#"{"installed":["Foo::Bar"],"folders":[{"path":"/usr/local/share/perl5","modules":3}]}"#,
            ),
            (
                "scripts",
                "I\t#!/usr/bin/python2\t/home/a.py\nO\t2\topenssl enc -d _\t/home/b\n",
                r##"{"interpreted":[{"path":"/home/a.py","first_line":"#!/usr/bin/python2"}],"ciphers":[{"path":"/home/b","line":2,"words":["openssl","enc","-d","_"]}]}"##,
            ),
            (
                "keystores",
                "K\tpkcs12\tpbes2,pbe-sha1-3des\t/a.p12\nK\tjks\t-\t/b.jks\n",
                r#"{"rows":[{"path":"/a.p12","kind":"pkcs12","algorithms":["pbes2","pbe-sha1-3des"]},{"path":"/b.jks","kind":"jks","algorithms":[]}]}"#,
            ),
            (
                "htaccess",
                "H\t3\tbare\tphp_value\tmemory_limit\t/w/.htaccess\n",
                r#"{"rows":[{"path":"/w/.htaccess","line":3,"directive":"php_value","setting":"memory_limit","guarded":false}]}"#,
            ),
            (
                "php",
                "Q\t2\nC\teach\t9\t/w/a.php:1\t/w/b.php:2\nX\ttwo-defaults\t1\t/w/a.php:7\nD\tsplit\t1\t/w/c.php\n",
                r#"{"sources":2,"calls":[{"what":"each","times":9,"places":["/w/a.php:1","/w/b.php:2"]}],"unparsable":[{"what":"two-defaults","times":1,"places":["/w/a.php:7"]}],"definitions":[{"function":"split","path":"/w/c.php"}]}"#,
            ),
            (
                "containers",
                "engine\tdocker\nI\tsystemd\tcentos/systemd:latest\tsha256:0123456789abcdef\nI\t-\tnginx:1\tsha256:ff\nU\tcentos/systemd\n",
                r#"{"engines":["docker"],"images":[{"name":"centos/systemd:latest","id":"sha256:0123456789abcdef","systemd":true,"used":true},{"name":"nginx:1","id":"sha256:ff","systemd":false,"used":false}]}"#,
            ),
        ] {
            let want: serde_json::Value = serde_json::from_str(want).expect("json");
            assert_eq!(known(of(section, body))[section]["known"], want, "{section}");
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(host(), &bytes);
        }

        #[test]
        fn arbitrary_rows_never_panic(at in 0..SECTIONS.len(), body in "([A-Z]|more|root|left|engine)(\t(/[a-zé./:_-]{0,20}|[0-9]{0,22}|-|[a-z. -]{0,9})){0,8}(\n[A-Z](\t[a-z0-9/é.-]{0,30}){0,6}){0,3}") {
            let census = of(SECTIONS[at], &body);
            prop_assert_eq!(census.taken_at.as_second(), 1_795_445_747);
        }

        #[test]
        fn a_census_cut_anywhere_never_panics(cut in 0..200usize) {
            let text = answer(&[("begun", "taken=1\n", "0 "), ("python", "D\t/a/b-1.dist-info\n", "0 ")]);
            let _ = read(host(), &text.as_bytes()[..cut.min(text.len())]);
        }
    }
}
