//! Installed packages and the repositories they come from.

use super::BadLine;
use super::files::telling_lines;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// One installed package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Package {
    pub name: String,
    pub epoch: u32,
    pub version: String,
    pub release: String,
    pub arch: String,
    /// As the package says: `CentOS`, `Fedora Project`; empty when it says nothing.
    pub vendor: String,
    pub signature: Signature,
    /// The source package it was built from, as `bash-4.2.46-35.el7_9.src.rpm`; empty for a source-less one.
    pub source: String,
}

/// How a package is signed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Signature {
    None,
    /// Signed by the key with this long id: `24c6a8a7f4a80eb5`.
    Key {
        id: String,
        /// `RSA/SHA256`, `DSA/SHA1`.
        algorithm: String,
    },
    /// The list does not tell.
    NotTold,
}

/// A package repository that the host knows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Repo {
    pub id: String,
    /// `baseurl`, or `mirrorlist`, or `metalink`, the first that is set.
    pub baseurl: String,
    pub enabled: bool,
    pub gpgcheck: Option<bool>,
    pub file: String,
}

/// `name-epoch:version-release.arch`, the epoch only when it is not 0.
impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, epoch, version, release, arch, .. } = self;
        match epoch {
            0 => write!(f, "{name}-{version}-{release}.{arch}"),
            _ => write!(f, "{name}-{epoch}:{version}-{release}.{arch}"),
        }
    }
}

/// One scan of the rpm database: the packages, and what each says of its configuration files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RpmScan {
    pub packages: Vec<Package>,
    pub config_files: BTreeMap<String, Owned>,
}

/// What the rpm database keeps of a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owned {
    pub package: String,
    /// In hex; EL 7 and later keep SHA-256. Empty for a file that the package does not bring itself.
    pub digest: String,
}

/// Reads `rpm -qa -c --dump` with the survey's query format: a `P` line for each package, then its files.
pub(super) fn rpm_scan(text: &str) -> Result<RpmScan, BadLine> {
    let mut scan = RpmScan::default();
    let mut owner = String::new();
    for line in text.lines() {
        if let Some(row) = line.strip_prefix("P ") {
            let package = package(row)?;
            owner.clone_from(&package.name);
            scan.packages.push(package);
        } else if line.starts_with('/') {
            let (path, digest) = config_file(line).ok_or_else(|| BadLine::new(line))?;
            scan.config_files.insert(path, Owned { package: owner.clone(), digest });
        } else if !line.is_empty() && line != "(contains no files)" {
            return Err(BadLine::new(line));
        }
    }
    scan.packages.sort();
    Ok(scan)
}

/// Reads one row: `NAME EPOCH VERSION RELEASE ARCH`, vendor, source package and signature after tabs.
pub(super) fn package(row: &str) -> Result<Package, BadLine> {
    let bad = || BadLine::new(row);
    let [head, vendor, source, signed] = row.split('\t').collect::<Vec<_>>()[..] else { return Err(bad()) };
    let [name, epoch, version, release, arch] = head.split(' ').collect::<Vec<_>>()[..] else { return Err(bad()) };
    Ok(Package {
        name: name.into(),
        epoch: epoch.parse().map_err(|_| bad())?,
        version: version.into(),
        release: release.into(),
        arch: given(arch),
        vendor: given(vendor),
        source: given(source),
        signature: signature(signed).ok_or_else(bad)?,
    })
}

fn given(text: &str) -> String {
    if text == "(none)" { String::new() } else { text.to_owned() }
}

/// `RSA/SHA256, Wed 11 Nov 2020 09:01:12 AM UTC, Key ID 24c6a8a7f4a80eb5`, or `(none)`.
fn signature(text: &str) -> Option<Signature> {
    if text == "(none)" {
        return Some(Signature::None);
    }
    let (algorithm, rest) = text.split_once(", ")?;
    let (_, id) = rest.rsplit_once("Key ID ")?;
    Some(Signature::Key { id: id.trim().to_owned(), algorithm: algorithm.to_owned() })
}

/// `path size mtime digest mode owner group isconfig isdoc rdev symlink`; only the path may hold spaces.
fn config_file(line: &str) -> Option<(String, String)> {
    let mut words = line.rsplitn(11, ' ');
    let digest = words.by_ref().nth(7)?;
    let path = words.nth(2)?;
    let is_digest = digest.bytes().all(|b| b.is_ascii_hexdigit()) && digest.bytes().any(|b| b != b'0');
    Some((path.to_owned(), if is_digest { digest.to_owned() } else { String::new() }))
}

/// Reads one `.repo` file.
pub(super) fn repos(file: &str, text: &str) -> Vec<Repo> {
    let mut repos: Vec<Repo> = Vec::new();
    for line in telling_lines(text) {
        if let Some(id) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let (id, file) = (id.to_owned(), file.to_owned());
            repos.push(Repo { id, baseurl: String::new(), enabled: true, gpgcheck: None, file });
        } else if let (Some(repo), Some((key, value))) = (repos.last_mut(), line.split_once('=')) {
            repo.set(key.trim(), value.trim());
        }
    }
    repos.retain(|repo| repo.id != "main");
    repos
}

impl Repo {
    fn set(&mut self, key: &str, value: &str) {
        let on = !matches!(value.to_ascii_lowercase().as_str(), "0" | "no" | "false" | "off");
        match key {
            "enabled" => self.enabled = on,
            "gpgcheck" => self.gpgcheck = Some(on),
            "baseurl" => value.clone_into(&mut self.baseurl),
            "mirrorlist" | "metalink" if self.baseurl.is_empty() => value.clone_into(&mut self.baseurl),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_rows() {
        let key = "RSA/SHA256, Wed 11 Nov 2020 09:01:12 AM UTC, Key ID 24c6a8a7f4a80eb5";
        for (row, want) in [
            (
                format!("bind-libs 32 9.11.4 26.P2.el7 x86_64\tCentOS\tbind-9.11.4-26.P2.el7.src.rpm\t{key}"),
                Some("bind-libs-32:9.11.4-26.P2.el7.x86_64"),
            ),
            ("shop 0 1.0 1 noarch\t(none)\tshop-1.0-1.src.rpm\t(none)".into(), Some("shop-1.0-1.noarch")),
            (
                "gpg-pubkey 0 f4a80eb5 53a7ff4b (none)\t(none)\t(none)\t(none)".into(),
                Some("gpg-pubkey-f4a80eb5-53a7ff4b."),
            ),
            ("bash (none) 4.2.46 35.el7_9 x86_64\t\t\t(none)".into(), None), // EPOCH asked for in place of EPOCHNUM
            ("bash 0 4.2.46 35.el7_9 x86_64\tCentOS\tbash.src.rpm\tgarbage".into(), None),
            ("error: rpmdb: BDB0113 Thread died".into(), None),
        ] {
            assert_eq!(package(&row).ok().map(|p| p.to_string()).as_deref(), want, "{row:?}");
        }
    }

    #[test]
    fn a_scan_ties_files_to_their_package() {
        let text = "P setup 0 2.8.71 11.el7 noarch\tCentOS\ts.src.rpm\t(none)\n\
            /etc/a b 12 1600 4c6e3a 0100644 root root 1 0 0 X\n\
            /etc/ghost 0 0 0000000000000000 0100600 root root 1 0 0 X\n\
            P empty 0 1 1 noarch\t(none)\t(none)\t(none)\n(contains no files)\n";
        let scan = rpm_scan(text).expect("a scan");
        assert_eq!(scan.packages.len(), 2);
        assert_eq!(scan.config_files["/etc/a b"], Owned { package: "setup".into(), digest: "4c6e3a".into() });
        assert_eq!(scan.config_files["/etc/ghost"].digest, "");
        assert!(rpm_scan("error: cannot open Packages index").is_err());
    }

    #[test]
    fn repo_files() {
        let text = "[main]\nx=1\n[base]\nname=b\nmirrorlist=http://m/\n#baseurl=http://c/\ngpgcheck=1\n[extras]\nbaseurl = http://e/\nenabled = 0\n";
        let got: Vec<_> = repos("/f", text).into_iter().map(|r| (r.id, r.baseurl, r.enabled, r.gpgcheck)).collect();
        assert_eq!(
            got,
            [("base".into(), "http://m/".into(), true, Some(true)), ("extras".into(), "http://e/".into(), false, None)]
        );
    }
}
