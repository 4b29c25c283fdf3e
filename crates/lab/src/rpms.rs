//! The packages of a face: the list, the parts that have files, and the spec that builds them all.
//!
//! One rpmbuild run makes all packages of a repository, as subpackages that bring their own
//! version: a few hundred in seconds.

use crate::fleet::Face;
use crate::{LabError, assets};
use std::fmt::Write as _;

/// One line of a face's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    pub name: String,
    pub epoch: Option<u32>,
    pub version: String,
    pub release: String,
    pub arch: String,
    pub repo: String,
    /// In the image, and not only in the repository.
    pub installed: bool,
}

impl Package {
    /// The name of its file.
    pub fn file(&self) -> String {
        format!("{}-{}-{}.{}.rpm", self.name, self.version, self.release, self.arch)
    }
}

/// The list of a face.
pub fn packages(face: Face) -> Result<Vec<Package>, LabError> {
    let (list, text) = match face {
        Face::El7 => ("el7/packages", assets::text("el7/packages")),
        Face::El9 => ("el9/packages", assets::text("el9/packages")),
    };
    parse(list, text)
}

fn parse(list: &'static str, text: &str) -> Result<Vec<Package>, LabError> {
    let (mut repo, mut installed) = (String::new(), true);
    let mut packages = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(section) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            installed = !section.ends_with(" available");
            repo = section.trim_end_matches(" available").to_owned();
            continue;
        }
        let package = package(line, &repo, installed);
        packages.push(package.ok_or_else(|| LabError::BadPackage { list, line: at + 1, text: line.to_owned() })?);
    }
    Ok(packages)
}

/// Reads `name [epoch:]version-release.arch`.
fn package(line: &str, repo: &str, installed: bool) -> Option<Package> {
    let (name, evra) = line.split_once(' ')?;
    let (evr, arch) = evra.rsplit_once('.')?;
    let (ev, release) = evr.rsplit_once('-')?;
    let (epoch, version) = match ev.split_once(':') {
        Some((epoch, version)) => (Some(epoch.parse().ok()?), version),
        None => (None, ev),
    };
    let sound = |word: &str| !word.is_empty() && !word.contains([' ', '-', ':', '/']);
    let good = sound(version) && sound(release) && ["x86_64", "noarch"].contains(&arch) && !repo.is_empty();
    good.then(|| Package {
        name: name.to_owned(),
        epoch,
        version: version.to_owned(),
        release: release.to_owned(),
        arch: arch.to_owned(),
        repo: repo.to_owned(),
        installed,
    })
}

/// The repositories of a list, in its order.
pub fn repositories(packages: &[Package]) -> Vec<&str> {
    let mut repos: Vec<&str> = Vec::new();
    for package in packages {
        if !repos.contains(&package.repo.as_str()) {
            repos.push(&package.repo);
        }
    }
    repos
}

/// Who signs for a repository's packages.
fn vendor(repo: &str) -> &'static str {
    match repo {
        "base" | "updates" => "CentOS",
        "baseos" | "appstream" => "Rocky Enterprise Software Foundation",
        "epel" => "Fedora Project",
        "pgdg15" => "PostgreSQL Global Development Group",
        "mariadb" => "MariaDB Foundation",
        _ => "Prometheus RPM",
    }
}

/// What a part says: tags, links, scripts and files.
#[derive(Debug, Default)]
struct Part {
    tags: String,
    links: Vec<(String, String)>,
    scripts: String,
    files: Vec<String>,
}

fn part(face: Face, name: &str) -> Part {
    let mut part = Part::default();
    let mut section = "";
    for line in assets::text(&format!("{}/parts/{name}", face.key())).lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match (words.as_slice(), section) {
            ([], _) => {}
            (["%link", from, to], _) => part.links.push(((*from).into(), (*to).into())),
            (["%links", from, to, names @ ..], _) => {
                part.links.extend(names.iter().map(|n| (format!("{from}/{n}"), format!("{to}/{n}"))));
            }
            (["%files"], _) => section = "files",
            ([script @ ("%pre" | "%post")], _) => {
                section = "script";
                let _ = writeln!(part.scripts, "{script} -n {name}");
            }
            (_, "files") => part.files.push(line.to_owned()),
            (_, "script") => {
                let _ = writeln!(part.scripts, "{line}");
            }
            _ => {
                let _ = writeln!(part.tags, "{line}");
            }
        }
    }
    part
}

/// The spec of all packages of one repository. `payload` is the folder that holds their files.
pub fn spec(face: Face, repo: &str, packages: &[Package], payload: &str) -> String {
    let mut head = format!(
        "%global debug_package %{{nil}}\n%global __os_install_post %{{nil}}\n%global _build_id_links none\n\
         %global _binary_payload w1.gzdio\nName: rockhop-lab-{}-{repo}\nVersion: 1\nRelease: 1\n\
         Summary: Stage scenery of the Rockhop lab\nLicense: Apache-2.0 OR MIT\nVendor: {}\nAutoReqProv: no\n\
         %description\nStage scenery of the Rockhop lab.\n",
        face.key(),
        vendor(repo)
    );
    let mut install = String::from("%install\n");
    let mut files = String::new();
    for package in packages.iter().filter(|p| p.repo == repo) {
        describe(package, &part(face, &package.name), payload, [&mut head, &mut install, &mut files]);
    }
    format!("{head}{install}{files}")
}

fn describe(package: &Package, part: &Part, payload: &str, [head, install, files]: [&mut String; 3]) {
    let Package { name, version, release, .. } = package;
    let _ =
        writeln!(head, "%package -n {name}\nSummary: {name}\nVersion: {version}\nRelease: {release}\nAutoReqProv: no");
    if let Some(epoch) = package.epoch {
        let _ = writeln!(head, "Epoch: {epoch}");
    }
    if package.arch == "noarch" {
        let _ = writeln!(head, "BuildArch: noarch");
    }
    let _ = write!(head, "{}%description -n {name}\nStage scenery of the Rockhop lab.\n{}", part.tags, part.scripts);
    let _ = writeln!(files, "%files -n {name}");
    for (from, to) in &part.links {
        let _ = writeln!(install, "mkdir -p $(dirname %{{buildroot}}{from}); ln -sfn {to} %{{buildroot}}{from}");
        let _ = writeln!(files, "{from}");
    }
    for line in &part.files {
        let Some(path) = line.split_whitespace().last() else { continue };
        if line.contains("%dir") {
            let _ = writeln!(install, "mkdir -p %{{buildroot}}{path}");
        } else {
            let _ = writeln!(
                install,
                "mkdir -p $(dirname %{{buildroot}}{path}); cp -p {payload}{path} %{{buildroot}}{path}"
            );
        }
        let _ = writeln!(files, "{line}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn lines() {
        let epoch = package("openssl 1:1.0.2k-26.el7_9.x86_64", "updates", true).expect("a package");
        assert_eq!((epoch.epoch, epoch.version.as_str(), epoch.release.as_str()), (Some(1), "1.0.2k", "26.el7_9"));
        assert_eq!(epoch.file(), "openssl-1.0.2k-26.el7_9.x86_64.rpm");
        for bad in ["bash", "bash 4.2.46.x86_64", "bash x:1-2.noarch", "bash 1-2.sparc", "bash 1-.noarch"] {
            assert_eq!(package(bad, "base", true), None, "{bad}");
        }
        assert_eq!(package("bash 1-2.noarch", "", true), None, "outside any section");
    }

    #[test]
    fn lists_are_well_formed() {
        for face in [Face::El7, Face::El9] {
            let packages = packages(face).expect("a list");
            let names: HashSet<_> = packages.iter().map(|p| &p.name).collect();
            assert_eq!(names.len(), packages.len(), "a name twice");
            assert!(packages.iter().filter(|p| p.installed).count() > 200);
            let foreign: Vec<_> = packages.iter().filter(|p| foreign(p, face)).collect();
            assert!(foreign.is_empty(), "{foreign:?}");
        }
    }

    /// An EL7 release on an EL9 host, or the other way round.
    fn foreign(package: &Package, face: Face) -> bool {
        let other = if face == Face::El7 { ".el9" } else { ".el7" };
        package.release.contains(other)
    }

    #[test]
    fn every_part_belongs_to_a_package_and_every_file_to_one_part() {
        for face in [Face::El7, Face::El9] {
            let packages = packages(face).expect("a list");
            let mut owned = HashSet::new();
            for (name, _) in assets::below(&format!("{}/parts", face.key())) {
                assert!(packages.iter().any(|p| p.name == name), "{name} has a part and no line");
                for line in part(face, name).files.iter().filter(|l| !l.contains("%dir")) {
                    let path = line.split_whitespace().last().expect("a path");
                    assert!(owned.insert(path.to_owned()), "{path} is owned twice");
                    let carried = ["common", face.key()]
                        .iter()
                        .any(|from| assets::below(&format!("{from}/payload")).any(|(n, _)| format!("/{n}") == path));
                    assert!(carried, "{path} of {name} is not in the payload");
                }
            }
        }
    }
}
