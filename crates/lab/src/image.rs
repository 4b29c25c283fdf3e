//! Building roots, once each: the Debian base, the two faces, the repositories, a root per host.
//!
//! A finished image has its name and fingerprint; an unfinished one has another name and is thrown
//! away by the next run. So an interrupted build costs time and nothing else.

use crate::assets::{self, Fingerprint};
use crate::config::Subnet;
use crate::disk::{Disk, make};
use crate::event::timed;
use crate::fleet::{Face, HostSpec};
use crate::layout::Layout;
use crate::process::{in_root, run};
use crate::rpms::{packages, repositories, spec};
use crate::{LabError, LabEvent};
use rockhop_domain::Message;
use std::fs;
use std::path::{Path, PathBuf};

/// Where hosts see the repositories.
pub const REPOSITORIES: &str = "/srv/rockhop-lab";
const STAGE: &str = "/srv/rockhop-lab-stage";
const SUITE: &str = "bookworm";

/// The images of a lab, by name.
#[derive(Debug)]
pub struct Images<'a> {
    layout: &'a Layout,
    disk: Disk,
    subnet: Subnet,
}

type Tell<'t> = &'t mut dyn FnMut(LabEvent);

impl<'a> Images<'a> {
    pub fn new(layout: &'a Layout, disk: Disk, subnet: Subnet) -> Self {
        Self { layout, disk, subnet }
    }

    /// Debian with the services; the one part that needs a mirror.
    fn debian(&self, tell: Tell<'_>) -> Result<PathBuf, LabError> {
        let mark = Fingerprint::default().file("base/debs").finish();
        self.ensure("debian", &mark, tell, |root, _| {
            let wanted: Vec<&str> = assets::text("base/debs").lines().filter(|l| !l.starts_with('#')).collect();
            let alone = ["--pdeathsig", "KILL", "--", "unshare", "--mount", "--pid", "--fork", "--kill-child=KILL"];
            run("setpriv", alone.into_iter().map(str::to_owned).chain(mmdebstrap(root, &wanted.join(",")))).map(drop)
        })
    }

    /// The root that the faces are painted on.
    fn base(&self, tell: Tell<'_>) -> Result<PathBuf, LabError> {
        let debian = self.debian(tell)?;
        self.ensure_from("base", &base_mark(), &debian, tell, |root, _| {
            in_root(root, &[], &[], assets::text("base/finish.sh")).map(drop)
        })
    }

    /// The package repositories of both faces.
    pub fn repositories(&self, tell: Tell<'_>) -> Result<PathBuf, LabError> {
        self.ensure("repositories", &repositories_mark(), tell, |root, _| {
            for face in [Face::El7, Face::El9] {
                build_repositories(face, root)?;
            }
            Ok(())
        })
    }

    /// A bare host of a face.
    pub fn face(&self, face: Face, tell: Tell<'_>) -> Result<PathBuf, LabError> {
        let base = self.base(tell)?;
        let repositories = self.repositories(tell)?;
        self.ensure_from(face.key(), &face_mark(face), &base, tell, |root, _| {
            for part in ["common", face.key()] {
                assets::write_tree(&format!("{part}/scenery"), root)?;
            }
            // Files that the packages are about to own stand there already with the same text, so
            // that rpm takes them over instead of leaving `.rpmnew` beside Debian's.
            for part in ["common", face.key()] {
                prepare_configuration(face, part, root)?;
            }
            let list: Vec<String> = packages(face)?
                .iter()
                .filter(|p| p.installed)
                .map(|p| format!("{REPOSITORIES}/{}/{}/{}", face.key(), p.repo, p.file()))
                .collect();
            // `setup` brings the accounts that the other packages' scripts add to, so it goes first.
            let (first, rest): (Vec<_>, Vec<_>) = list.into_iter().partition(|file| file.contains("/setup-"));
            let rpm = "rpm --install --nodeps --excludedocs";
            let install = format!("{rpm} {} 2>&1\n{rpm} {} 2>&1\n", first.join(" "), rest.join(" "));
            let script = format!(
                "{install}\n{}\n{}",
                assets::text("common/ops.sh"),
                assets::text(&format!("{}/finish.sh", face.key()))
            );
            in_root(root, &[(&repositories, REPOSITORIES)], &[], &script)?;
            assets::write(&root.join("etc/rockhop-lab-host"), &lab_host(face))
        })
    }

    /// The root of a host with its role installed and its data in place.
    pub fn host(&self, host: &'static HostSpec, tell: Tell<'_>) -> Result<PathBuf, LabError> {
        let primary = match host.replica_of.and_then(HostSpec::named) {
            Some(primary) => Some(self.host(primary, tell)?),
            None => None,
        };
        let face = self.face(host.face, tell)?;
        let repositories = self.repositories(tell)?;
        let stage = self.stage(tell)?;
        self.ensure_from(host.name, &host_mark(host, self.subnet), &face, tell, |root, _| {
            let mut binds = vec![(repositories.as_path(), REPOSITORIES), (stage.as_path(), STAGE)];
            if let Some(primary) = &primary {
                binds.push((primary, "/srv/rockhop-lab-primary"));
            }
            let net = self.subnet.head();
            let env = [
                ("HOST", host.name),
                ("NET", net.as_str()),
                ("FACE", host.face.key()),
                ("OCTET", &host.octet.to_string()),
                ("TIER", if host.preproduction { "preproduction" } else { "production" }),
                ("REPLICA_OF", host.replica_of.unwrap_or("")),
                ("STAGE", STAGE),
                ("REPOSITORIES", REPOSITORIES),
            ];
            let script = format!(
                "{}\n{}",
                assets::text("roles/common.sh"),
                assets::text(&format!("roles/{}.sh", host.role.key()))
            );
            in_root(root, &binds, &env, &script)?;
            for left in [STAGE, "/srv/rockhop-lab-primary"] {
                let _ = fs::remove_dir(root.join(left.trim_start_matches('/')));
            }
            Ok(())
        })
    }

    /// The embedded role files, on disk.
    fn stage(&self, tell: Tell<'_>) -> Result<PathBuf, LabError> {
        let mark = Fingerprint::default().folder("roles").finish();
        self.ensure("stage", &mark, tell, |root, _| assets::write_tree("roles", root))
    }

    fn ensure(
        &self,
        name: &str,
        mark: &str,
        tell: Tell<'_>,
        build: impl FnOnce(&Path, Tell<'_>) -> Result<(), LabError>,
    ) -> Result<PathBuf, LabError> {
        self.finished(name, mark, tell, |root| self.disk.create(root), build)
    }

    fn ensure_from(
        &self,
        name: &str,
        mark: &str,
        from: &Path,
        tell: Tell<'_>,
        build: impl FnOnce(&Path, Tell<'_>) -> Result<(), LabError>,
    ) -> Result<PathBuf, LabError> {
        self.finished(name, mark, tell, |root| self.disk.copy(from, root), build)
    }

    /// The finished image; built under another name, then named, then older ones are thrown away.
    fn finished(
        &self,
        name: &str,
        mark: &str,
        tell: Tell<'_>,
        begin: impl FnOnce(&Path) -> Result<(), LabError>,
        build: impl FnOnce(&Path, Tell<'_>) -> Result<(), LabError>,
    ) -> Result<PathBuf, LabError> {
        let path = self.layout.images().join(format!("{name}@{mark}"));
        if path.exists() {
            return Ok(path);
        }
        let partial = self.layout.images().join(format!("{name}@partial"));
        self.disk.delete(&partial)?;
        timed(Message::new("lab-build-image").with("image", name), tell, |tell| {
            begin(&partial)?;
            build(&partial, tell)
        })?;
        fs::rename(&partial, &path).map_err(|e| LabError::io("name", &path, e))?;
        // Running hosts still have the repositories that they were booted with: those go when the lab goes down.
        if name != "repositories" {
            drop_older(self.layout, self.disk, name, &path)?;
        }
        Ok(path)
    }
}

/// Throws away all images of that name but one.
fn drop_older(layout: &Layout, disk: Disk, name: &str, keep: &Path) -> Result<(), LabError> {
    let images = layout.images();
    let entries = fs::read_dir(&images).map_err(|e| LabError::io("list", &images, e))?;
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().split('@').next() == Some(name) && entry.path() != keep {
            disk.delete(&entry.path())?;
        }
    }
    Ok(())
}

/// What an image of a host was made from; a host whose mark changed is older than the lab's code.
pub fn host_mark(host: &HostSpec, subnet: Subnet) -> String {
    let primary = host.replica_of.and_then(HostSpec::named).map_or_else(String::new, |p| host_mark(p, subnet));
    Fingerprint::default()
        .word(&face_mark(host.face))
        .word(&primary)
        .folder("roles")
        .word(&format!("{host:?} {subnet}"))
        .finish()
}

fn base_mark() -> String {
    Fingerprint::default().folder("base").finish()
}

fn repositories_mark() -> String {
    ["common", "el7", "el9"]
        .iter()
        .fold(Fingerprint::default(), |mark, face| {
            mark.folder(&format!("{face}/parts")).folder(&format!("{face}/payload")).file(&format!("{face}/packages"))
        })
        .finish()
}

fn face_mark(face: Face) -> String {
    Fingerprint::default()
        .word(&base_mark())
        .word(&repositories_mark())
        .folder("common/scenery")
        .file("common/ops.sh")
        .folder(&format!("{}/scenery", face.key()))
        .file(&format!("{}/finish.sh", face.key()))
        .word(&lab_host(face))
        .finish()
}

fn mmdebstrap(root: &Path, include: &str) -> Vec<String> {
    let mut words: Vec<String> =
        ["mmdebstrap", "--quiet", "--variant=minbase", "--aptopt=APT::Install-Recommends \"false\""]
            .into_iter()
            .map(str::to_owned)
            .collect();
    for folder in ["doc", "man", "info", "locale"] {
        words.push(format!("--dpkgopt=path-exclude=/usr/share/{folder}/*"));
    }
    words.push(format!("--include={include}"));
    words.push(SUITE.into());
    words.push(root.display().to_string());
    words
}

/// Copies the configuration files of installed packages to where they will be owned.
fn prepare_configuration(face: Face, part: &str, root: &Path) -> Result<(), LabError> {
    for (name, text) in assets::below(&format!("{part}/payload")) {
        let overridden = part == "common" && !assets::text(&format!("{}/payload/{name}", face.key())).is_empty();
        if name.starts_with("etc/") && !overridden && is_installed(face, name)? {
            let path = root.join(name);
            make(path.parent().unwrap_or(root))?;
            assets::write(&path, text)?;
        }
    }
    Ok(())
}

/// Whether the part that owns `/name` is of a package that the image has.
fn is_installed(face: Face, name: &str) -> Result<bool, LabError> {
    let owner = assets::below(&format!("{}/parts", face.key()))
        .find(|(_, text)| text.lines().any(|line| line.split_whitespace().last() == Some(&format!("/{name}"))));
    Ok(match owner {
        Some((owner, _)) => packages(face)?.iter().any(|p| p.installed && p.name == owner),
        None => false,
    })
}

/// Builds the packages of a face and the repositories that hold them, below `root`, by `rpmbuild` and `createrepo_c`. Needs
/// no root.
///
/// # Errors
/// When a file cannot be written, or one of the two programs is missing or fails.
pub fn build_repositories(face: Face, root: &Path) -> Result<(), LabError> {
    let work = root.join(".work");
    let payload = work.join("payload");
    for part in ["common", face.key()] {
        assets::write_tree(&format!("{part}/payload"), &payload)?;
    }
    let packages = packages(face)?;
    for repo in repositories(&packages) {
        let folder = root.join(face.key()).join(repo);
        make(&folder)?;
        let file = work.join(format!("{repo}.spec"));
        assets::write(&file, &spec(face, repo, &packages, &payload.display().to_string()))?;
        run("rpmbuild", rpmbuild(&work, &folder, &file))?;
        run("createrepo_c", ["--quiet".as_ref(), "--no-database".as_ref(), folder.as_os_str()])?;
    }
    fs::remove_dir_all(&work).map_err(|e| LabError::io("remove", &work, e))
}

fn rpmbuild(work: &Path, folder: &Path, spec: &Path) -> Vec<String> {
    let mut words: Vec<String> =
        ["-bb", "--quiet", "--nodeps", "--target", "x86_64"].into_iter().map(str::to_owned).collect();
    for (name, value) in [
        ("_topdir", work.display().to_string()),
        ("_dbpath", work.join("db").display().to_string()),
        ("_tmppath", work.display().to_string()),
        ("_rpmdir", folder.display().to_string()),
        ("_build_name_fmt", "%%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm".to_owned()),
    ] {
        words.push("--define".into());
        words.push(format!("{name} {value}"));
    }
    words.push(spec.display().to_string());
    words
}

/// What every host says of itself.
fn lab_host(face: Face) -> String {
    let scenery = match face {
        Face::El7 => {
            ["kernel", "libraries", "service-binaries", "python2", "yum", "ntpd", "network", "node_exporter", "grub"]
                .as_slice()
        }
        Face::El9 => {
            ["kernel", "libraries", "service-binaries", "NetworkManager", "nmcli", "firewalld", "grub"].as_slice()
        }
    };
    format!("{}\n", serde_json::json!({ "lab": true, "face": face.key(), "scenery": scenery }))
}

impl Images<'_> {
    /// The finished image of a face. A lab that another version brought up has another one; it will do until
    /// the next `up`.
    pub fn current_face(layout: &Layout, face: Face) -> Option<PathBuf> {
        current(layout, face.key(), &face_mark(face))
    }

    /// Throws away repositories that no host can see any more.
    pub fn drop_older_repositories(layout: &Layout, disk: Disk) -> Result<(), LabError> {
        match Self::current_repositories(layout) {
            Some(keep) => drop_older(layout, disk, "repositories", &keep),
            None => Ok(()),
        }
    }

    /// The repositories that hosts see.
    pub fn current_repositories(layout: &Layout) -> Option<PathBuf> {
        current(layout, "repositories", &repositories_mark())
    }
}

/// The image of that name and mark, or else the newest finished one of that name.
fn current(layout: &Layout, name: &str, mark: &str) -> Option<PathBuf> {
    let exact = layout.images().join(format!("{name}@{mark}"));
    if exact.exists() {
        return Some(exact);
    }
    let entries = fs::read_dir(layout.images()).ok()?.flatten();
    let finished = entries.filter(|entry| {
        let file = entry.file_name().to_string_lossy().into_owned();
        file.split_once('@').is_some_and(|(n, mark)| n == name && mark != "partial")
    });
    finished.max_by_key(|entry| entry.metadata().and_then(|about| about.modified()).ok()).map(|entry| entry.path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_of_another_version_will_do_and_a_partial_one_will_not() {
        let dir = tempfile::tempdir().expect("a folder");
        let layout = Layout::new(dir.path().into());
        let images = layout.images();
        assert_eq!(current(&layout, "el9", "aa"), None);
        fs::create_dir_all(images.join("el9@partial")).expect("a folder");
        fs::create_dir_all(images.join("el7@aa")).expect("a folder");
        assert_eq!(current(&layout, "el9", "aa"), None);
        fs::create_dir_all(images.join("el9@bb")).expect("a folder");
        assert_eq!(current(&layout, "el9", "aa"), Some(images.join("el9@bb")));
        fs::create_dir_all(images.join("el9@aa")).expect("a folder");
        assert_eq!(current(&layout, "el9", "aa"), Some(images.join("el9@aa")));
    }

    #[test]
    fn a_replica_is_made_anew_when_its_primary_is() {
        let subnet = Subnet::default();
        let named = |name| HostSpec::named(name).expect("a host");
        assert_ne!(host_mark(named("db-1"), subnet), host_mark(named("db-2"), subnet));
        assert_ne!(
            host_mark(named("db-1"), subnet),
            host_mark(named("db-1"), "10.78.0.0/16".parse().expect("a subnet"))
        );
    }
}
