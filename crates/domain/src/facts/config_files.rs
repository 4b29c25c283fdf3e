//! Files that carry meaning: who owns them, whether they differ from the vendor's, and what they say.

use super::files::{Dumped, Files};
use super::packages::{Owned, RpmScan};
use super::{Read, Why};
use serde::{Deserialize, Serialize};

/// One configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ConfigFile {
    pub path: String,
    /// Permission bits, as `0640`.
    pub mode: String,
    pub owner: String,
    pub group: String,
    pub size: u64,
    /// Of the file as it is; withheld when the file holds a secret.
    pub sha256: Read<String>,
    /// The package that owns it; none for a local file.
    pub owned_by_rpm: Option<String>,
    /// Whether it differs from what the package brought; none when no package owns it or no digest is kept.
    pub changed_from_rpm: Option<bool>,
    /// Secrets replaced by `<redacted:HASH>`, where equal hashes mean equal secrets.
    pub content: Read<String>,
}

/// How a replaced secret starts.
const REDACTED: &str = "<redacted:";

impl ConfigFile {
    /// Whether a secret was replaced in the content.
    pub fn holds_secret(&self) -> bool {
        self.content.known().is_some_and(|content| content.contains(REDACTED))
    }
}

/// Files that are read for other facts, or belong to the vendor; they are no configuration of the host's own.
const NOT_CONFIGURATION: [&str; 5] = ["/etc/passwd", "/etc/group", "/etc/rockhop-lab-host", "/etc/os-release", "/usr/"];

/// Whether a file is configuration of the host's own.
pub(super) fn is_configuration(path: &str) -> bool {
    !NOT_CONFIGURATION.iter().any(|prefix| path.starts_with(prefix))
}

/// Every dumped file with its owner and whether it was changed.
pub(super) fn config_files(files: &Files, rpm: Result<&RpmScan, Why>) -> Result<Vec<ConfigFile>, Why> {
    files.all_seen("/")?;
    let rpm = rpm?;
    files
        .under("/")
        .filter(|(path, _)| is_configuration(path))
        .map(|(path, file)| config_file(path, file, rpm.config_files.get(path)))
        .collect()
}

fn config_file(path: &str, file: &Dumped, owned: Option<&Owned>) -> Result<ConfigFile, Why> {
    let no = |what| Why::Failed { status: 1, said: format!("no {what} of {path}") };
    let meta = file.meta.as_ref().ok_or_else(|| no("metadata"))?;
    let sha256 = file.sha256.as_ref().ok_or_else(|| no("digest"))?;
    let content = if file.cut { Read::Unknown(Why::TooLarge) } else { Read::Known(file.content.clone()) };
    let secret = file.content.contains(REDACTED);
    Ok(ConfigFile {
        path: path.to_owned(),
        mode: meta.mode.clone(),
        owner: meta.owner.clone(),
        group: meta.group.clone(),
        size: meta.size,
        sha256: if secret { Read::Unknown(Why::HoldsSecret) } else { Read::Known(sha256.clone()) },
        owned_by_rpm: owned.map(|owned| owned.package.clone()),
        changed_from_rpm: owned.and_then(|owned| changed(&owned.digest, sha256)),
        content,
    })
}

/// None when the package keeps no digest, or one of another kind.
fn changed(kept: &str, now: &str) -> Option<bool> {
    (kept.len() == now.len()).then_some(kept != now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_only_when_digests_can_be_compared() {
        let sha = "a".repeat(64);
        for (kept, want) in [
            (sha.clone(), Some(false)),
            ("b".repeat(64), Some(true)),
            ("d41d8cd9".repeat(4), None),
            (String::new(), None),
        ] {
            assert_eq!(changed(&kept, &sha), want, "{kept}");
        }
    }

    #[test]
    fn a_plain_digest_of_a_secret_is_withheld() {
        let meta = Some(super::super::files::Meta {
            mode: "0640".into(),
            owner: "redis".into(),
            group: "root".into(),
            size: 9,
        });
        let file = |content: &str| Dumped {
            meta: meta.clone(),
            sha256: Some("ab".into()),
            content: content.into(),
            cut: false,
        };
        let with = config_file("/etc/redis.conf", &file("requirepass <redacted:00000000>\n"), None).expect("a file");
        assert_eq!((with.holds_secret(), with.sha256.why()), (true, Some(&Why::HoldsSecret)));
        let without = config_file("/etc/redis.conf", &file("port 1\n"), None).expect("a file");
        assert_eq!((without.holds_secret(), without.sha256.known().map(String::as_str)), (false, Some("ab")));
    }
}
