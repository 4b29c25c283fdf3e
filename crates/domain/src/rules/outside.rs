//! What stands beside the packages, by the census: whether it was taken, how much of the host it saw, and what it counted that
//! does not come across by itself.
//!
//! All rules here look at the census. On a host without one, the first of them says so for all the others.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{found_if, names};
use super::{Area, Evidence, OWN, Rule, Severity};
use crate::Message;
use crate::facts::census::{
    Census, Differs, Elf, ElfKind, FileKind, JavaRuntime, LeftOut, Library, PerlFolder, PythonPackage,
};
use crate::facts::{Facts, Read, Why};
use crate::packages::orphans;
use jiff::SignedDuration;
use std::collections::BTreeMap;

/// A census that is older than the survey by more than this no longer tells what stands on the host.
const DAYS_AT_MOST: i64 = 30;

pub const CENSUS: Rule = Rule {
    id: super::CENSUS_TAKEN,
    area: Area::Packages,
    sources: &[OWN],
    looks_at: &["census"],
    look: census,
    cases: &[
        found(clean_el7_web, |f| f.taken_at += SignedDuration::from_hours(24 * 31)),
        fine(clean_el7_web, |f| f.taken_at += SignedDuration::from_hours(24 * 29)),
    ],
    ..Rule::USUAL
};
fn census(facts: &Facts) -> Result<Vec<Message>, Why> {
    let older = facts.taken_at.duration_since(facts.census.get()?.taken_at).as_hours() / 24;
    Ok(found_if(older > DAYS_AT_MOST, || Message::new("finding-packages-census").with("days", older)))
}

pub const SCOPE: Rule = Rule {
    id: "packages.census-scope",
    severity: Severity::Informs,
    area: Area::Packages,
    sources: &[OWN],
    looks_at: &["census"],
    look: scope,
    cases: &[
        found(clean_el7_web, |f| left_out(f, "/data", "not-asked")),
        found(clean_el7_web, |f| left_out(f, "/home", "nfs4")),
        fine(clean_el7_web, |f| {
            if let Read::Known(scope) = &mut census_of(f).scope {
                scope.walked.push("/data".into());
            }
        }),
    ],
    ..Rule::USUAL
};
fn scope(facts: &Facts) -> Result<Vec<Message>, Why> {
    let (asked, elsewhere): (Vec<&LeftOut>, Vec<&LeftOut>) =
        facts.census.get()?.scope.get()?.left_out.iter().partition(|left| left.why == "not-asked");
    let say = |key: &str, left: Vec<&LeftOut>| {
        let paths = names(left.iter().map(|left| left.path.as_str()));
        Message::new(key).with("folders", paths)
    };
    let mut found = found_if(!asked.is_empty(), || say("finding-packages-census-scope", asked));
    found.extend(found_if(!elsewhere.is_empty(), || say("finding-packages-census-scope-elsewhere", elsewhere)));
    Ok(found)
}

pub const LOST: Rule = Rule {
    id: "packages.lost-libraries",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &[OWN],
    looks_at: &["census"],
    look: lost,
    cases: &[
        found(clean_el7_web, |f| program(f, "/opt/app/bin/shopd", "libssl.so.10", Some("openssl-libs"))),
        found(clean_el7_web, |f| program(f, "/opt/app/bin/shopd", "libcrypt.so.1", Some("glibc"))),
        found(clean_el7_web, |f| program(f, "/usr/local/bin/old", "libfoo.so.2", None)),
        fine(clean_el7_web, |f| program(f, "/opt/app/bin/shopd", "libstdc++.so.6", Some("libstdc++"))),
        fine(clean_el7_web, |f| {
            program(f, "/opt/app/bin/shopd", "libssl.so.10", None);
            library(f, "/opt/app/lib/libssl.so.10"); // it brings its own
        }),
    ],
    ..Rule::USUAL
};
fn lost(facts: &Facts) -> Result<Vec<Message>, Why> {
    let lost = orphans::lost(facts.census.get()?.programs.get()?);
    let (mut missing, mut gone, mut asked) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for one in &lost {
        one.missing.iter().for_each(|name| push(&mut missing, (name.as_str(), ""), &one.path));
        one.gone.iter().for_each(|(name, instead)| push(&mut gone, (name.as_str(), instead.as_str()), &one.path));
        one.asked.iter().for_each(|(name, package)| push(&mut asked, (name.as_str(), package.as_str()), &one.path));
    }
    let say = |key: &'static str| {
        move |((library, instead), paths): ((&str, &str), Vec<&str>)| {
            let message = Message::new(key).with("library", library).with("instead", instead).with("n", paths.len());
            message.with("files", names(paths))
        }
    };
    let gone = gone.into_iter().map(say("finding-packages-lost-libraries"));
    let asked = asked.into_iter().map(say("finding-packages-lost-libraries-asked"));
    Ok(gone.chain(asked).chain(missing.into_iter().map(say("finding-packages-lost-libraries-missing"))).collect())
}

fn push<'a>(map: &mut BTreeMap<(&'a str, &'a str), Vec<&'a str>>, key: (&'a str, &'a str), path: &'a str) {
    map.entry(key).or_default().push(path);
}

pub const PIP: Rule = Rule {
    id: "packages.pip-modules",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["leapp-31"],
    evidence: Evidence::Source,
    looks_at: &["census"],
    look: pip,
    cases: &[
        found(clean_el7_web, |f| pip_package(f, "/usr/lib/python2.7/site-packages")),
        found(clean_el7_web, |f| pip_package(f, "/opt/app/venv/lib/python3.6/site-packages")),
        fine(clean_el7_web, |f| add_package(f, "python-requests", "2.6.0", "10.el7")),
    ],
    ..Rule::USUAL
};
fn pip(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in &facts.census.get()?.python.get()?.rows {
        folders.entry(&package.folder).or_default().push(&package.name);
    }
    let say = |(folder, packages): (&str, Vec<&str>)| {
        let two = folder.split('/').any(|part| part.starts_with("python2"));
        let key = if two { "finding-packages-pip-modules-python2" } else { "finding-packages-pip-modules" };
        Message::new(key).with("folder", folder).with("n", packages.len()).with("names", names(packages))
    };
    Ok(folders.into_iter().map(say).collect())
}

pub const CPAN: Rule = Rule {
    id: "packages.cpan-modules",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["PERL-01"],
    evidence: Evidence::Known,
    looks_at: &["census"],
    look: cpan,
    cases: &[
        found(clean_el7_web, |f| known(&mut census_of(f).perl).installed.push("Net::LDAP".into())),
        found(clean_el7_web, |f| {
            let folder = PerlFolder { path: "/usr/local/share/perl5".into(), modules: 3 };
            known(&mut census_of(f).perl).folders.push(folder);
        }),
        fine(clean_el7_web, |f| add_package(f, "perl-DBI", "1.627", "4.el7")),
    ],
    ..Rule::USUAL
};
fn cpan(facts: &Facts) -> Result<Vec<Message>, Why> {
    let perl = facts.census.get()?.perl.get()?;
    let folder = |folder: &PerlFolder| {
        let message = Message::new("finding-packages-cpan-modules-folder").with("folder", &folder.path);
        message.with("n", folder.modules)
    };
    let mut found = found_if(!perl.installed.is_empty(), || {
        let names = names(perl.installed.iter().map(String::as_str));
        Message::new("finding-packages-cpan-modules").with("n", perl.installed.len()).with("names", names)
    });
    found.extend(perl.folders.iter().map(folder));
    Ok(found)
}

pub const JAVA: Rule = Rule {
    id: "packages.unpacked-java",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["JVM-01"],
    evidence: Evidence::Known,
    looks_at: &["census"],
    look: java,
    cases: &[
        found(clean_el7_web, |f| runtime(f, Some("1.7.0_80"))),
        found(clean_el7_web, |f| runtime(f, None)),
        fine(clean_el7_web, |f| runtime(f, Some("1.8.0_402"))),
        fine(clean_el7_web, |f| runtime(f, Some("17.0.10"))),
    ],
    ..Rule::USUAL
};
fn java(facts: &Facts) -> Result<Vec<Message>, Why> {
    let say = |runtime: &JavaRuntime| match runtime.version.as_deref() {
        // Java 6 and older had no `release` file to say so.
        None => Some(Message::new("finding-packages-unpacked-java-unsaid").with("folder", &runtime.folder)),
        Some(version) if ["1.5.", "1.6.", "1.7."].iter().any(|old| version.starts_with(old)) => Some(
            Message::new("finding-packages-unpacked-java").with("folder", &runtime.folder).with("version", version),
        ),
        Some(_) => None,
    };
    Ok(facts.census.get()?.java.get()?.runtimes.iter().filter_map(say).collect())
}

/// Where a packaged program or library lies; what stands elsewhere is rewritten by programs themselves.
const PROGRAMS: &[&str] =
    &["/usr/bin/", "/usr/sbin/", "/usr/lib/", "/usr/lib64/", "/usr/libexec/", "/bin/", "/sbin/", "/lib/", "/lib64/"];

pub const REPLACED: Rule = Rule {
    id: "packages.replaced-files",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &[OWN],
    looks_at: &["census"],
    look: replaced,
    cases: &[
        found(clean_el7_web, |f| differs(f, "/usr/bin/mysqldump", "S.5....T.", FileKind::Plain)),
        found(clean_el7_web, |f| differs(f, "/usr/lib64/libz.so.1", "....L....", FileKind::Plain)),
        found(clean_el7_web, |f| differs(f, "/usr/sbin/dmidecode", "missing", FileKind::Plain)),
        fine(clean_el7_web, |f| {
            differs(f, "/etc/ssh/sshd_config", "S.5....T.", FileKind::Configuration);
            differs(f, "/var/lib/app/state", "S.5....T.", FileKind::Plain);
            differs(f, "/usr/bin/ping", ".M.......", FileKind::Plain);
            differs(f, "/usr/lib/python2.7/site-packages/a.pyc", "S.5....T.", FileKind::Plain);
            differs(f, "/usr/share/locale/de/LC_MESSAGES/a.mo", "missing", FileKind::Plain);
        }),
    ],
    ..Rule::USUAL
};
fn replaced(facts: &Facts) -> Result<Vec<Message>, Why> {
    let matters = |row: &&Differs| {
        row.kind == FileKind::Plain
            && PROGRAMS.iter().any(|folder| row.path.starts_with(folder))
            && ![".pyc", ".pyo", ".cache"].iter().any(|end| row.path.ends_with(end))
    };
    let rows = facts.census.get()?.verify.get()?.rows.iter().filter(matters);
    let (missing, other): (Vec<&Differs>, Vec<&Differs>) = rows.partition(|row| row.flags == "missing");
    let changed: Vec<&Differs> = other.into_iter().filter(|row| row.flags.contains(['5', 'L', 'D'])).collect();
    let say = |key: &str, rows: &[&Differs]| {
        let files = names(rows.iter().map(|row| row.path.as_str()));
        Message::new(key).with("n", rows.len()).with("files", files)
    };
    let mut found = found_if(!changed.is_empty(), || say("finding-packages-replaced-files", &changed));
    found.extend(found_if(!missing.is_empty(), || say("finding-packages-replaced-files-missing", &missing)));
    Ok(found)
}

/// A case's census, to add to.
fn census_of(facts: &mut Facts) -> &mut Census {
    known::<Box<_>>(&mut facts.census)
}

fn left_out(facts: &mut Facts, path: &str, why: &str) {
    known(&mut census_of(facts).scope).left_out.push(LeftOut { path: path.into(), why: why.into() });
}

fn elf(path: &str, kind: ElfKind, needs: &[&str]) -> Elf {
    Elf {
        path: path.into(),
        bits: 64,
        machine: 62,
        kind,
        loader: None,
        soname: None,
        needs: needs.iter().map(|name| (*name).to_owned()).collect(),
        search: Vec::new(),
    }
}

fn program(facts: &mut Facts, path: &str, needs: &str, package: Option<&str>) {
    let programs = known(&mut census_of(facts).programs);
    programs.files.push(elf(path, ElfKind::Program, &[needs]));
    let at = package.map(|_| format!("/usr/lib64/{needs}"));
    programs.libraries.push(Library { soname: needs.into(), bits: 64, package: package.map(str::to_owned), path: at });
}

fn library(facts: &mut Facts, path: &str) {
    known(&mut census_of(facts).programs).files.push(elf(path, ElfKind::Library, &[]));
}

fn pip_package(facts: &mut Facts, folder: &str) {
    let package = PythonPackage { name: "Django".into(), version: Some("1.11".into()), folder: folder.into() };
    known(&mut census_of(facts).python).rows.push(package);
}

fn runtime(facts: &mut Facts, version: Option<&str>) {
    let runtime = JavaRuntime { folder: "/opt/java/jdk".into(), version: version.map(str::to_owned) };
    known(&mut census_of(facts).java).runtimes.push(runtime);
}

fn differs(facts: &mut Facts, path: &str, flags: &str, kind: FileKind) {
    let row = Differs { path: path.into(), flags: flags.into(), kind };
    known(&mut census_of(facts).verify).rows.push(row);
}
