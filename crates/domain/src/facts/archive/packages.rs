//! Lists of installed packages as tools other than the survey write them.

use crate::facts::{BadLine, Package, Signature};
use std::collections::BTreeMap;

/// Reads the rows that insights asks rpm for: one JSON object a line.
pub(super) fn json_rows(text: &str) -> Result<Vec<Package>, BadLine> {
    let row = |line: &str| {
        let fields: BTreeMap<String, String> = serde_json::from_str(line).ok()?;
        let field = |name: &str| fields.get(name).map(|text| given(text));
        Some(Package {
            name: field("name").filter(|name| !name.is_empty())?,
            epoch: epoch(fields.get("epoch").map_or("", String::as_str))?,
            version: field("version")?,
            release: field("release")?,
            arch: field("arch")?,
            vendor: field("vendor").unwrap_or_default(),
            source: field("srpm").or_else(|| field("sourcerpm")).unwrap_or_default(),
            signature: ["rsaheader", "pgpsig", "sigpgp"]
                .iter()
                .find_map(|name| signature(fields.get(*name)?))
                .unwrap_or(Signature::NotTold),
        })
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    sorted(lines.map(|line| row(line).ok_or_else(|| BadLine::new(line))).collect())
}

/// Reads `installed-rpms` of a sosreport, which tells neither epoch nor vendor nor signature: `NAME-VERSION-RELEASE.ARCH
/// DATE`; or its `package-data`, which tells the latter two in columns after tabs.
pub(super) fn sos_rows(text: &str) -> Result<Vec<Package>, BadLine> {
    let row = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let mut package = nevra(line.split_whitespace().next()?)?;
        if let [_, _, _, vendor, _, _, signed] = columns[..] {
            package.vendor = given(vendor);
            package.signature = signature(signed).unwrap_or(Signature::NotTold);
        }
        Some(package)
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    sorted(lines.map(|line| row(line).ok_or_else(|| BadLine::new(line))).collect())
}

/// Reads `rpm -qai`: `Name        : make` begins a package; of its description nothing is taken.
pub(super) fn information(text: &str) -> Result<Vec<Package>, BadLine> {
    let mut packages = Vec::new();
    let mut fields: BTreeMap<&str, &str> = BTreeMap::new();
    let mut described = false;
    for line in text.lines() {
        let field = line.split_once(':').map(|(key, value)| (key.trim(), value.trim()));
        match field {
            Some(("Name", name)) if line.starts_with("Name ") && !name.is_empty() => {
                packages.extend(informed(&fields)?);
                (fields, described) = (BTreeMap::from([("Name", name)]), false);
            }
            Some(("Description", _)) => described = true,
            Some((key, value)) if !described && !fields.is_empty() => drop(fields.entry(key).or_insert(value)),
            _ if !described && !line.trim().is_empty() => return Err(BadLine::new(line)),
            _ => {}
        }
    }
    packages.extend(informed(&fields)?);
    sorted(Ok(packages))
}

fn informed(fields: &BTreeMap<&str, &str>) -> Result<Option<Package>, BadLine> {
    let Some(name) = fields.get("Name") else { return Ok(None) };
    let bad = || BadLine::new(name);
    let field = |key: &str| fields.get(key).map(|text| given(text));
    Ok(Some(Package {
        name: (*name).to_owned(),
        epoch: epoch(fields.get("Epoch").unwrap_or(&"")).ok_or_else(bad)?,
        version: field("Version").ok_or_else(bad)?,
        release: field("Release").ok_or_else(bad)?,
        arch: field("Architecture").ok_or_else(bad)?,
        vendor: field("Vendor").unwrap_or_default(),
        source: field("Source RPM").unwrap_or_default(),
        signature: fields.get("Signature").and_then(|text| signature(text)).unwrap_or(Signature::None),
    }))
}

/// `bind-libs-9.11.4-26.P2.el7.x86_64`.
fn nevra(text: &str) -> Option<Package> {
    let (head, arch) = text.rsplit_once('.').filter(|(_, arch)| !arch.contains('-')).unwrap_or((text, ""));
    let (head, release) = head.rsplit_once('-')?;
    let (name, version) = head.rsplit_once('-')?;
    let whole = !name.is_empty() && !version.is_empty() && !release.is_empty();
    whole.then(|| Package {
        name: name.to_owned(),
        epoch: 0,
        version: version.to_owned(),
        release: release.to_owned(),
        arch: given(arch),
        vendor: String::new(),
        source: String::new(),
        signature: Signature::NotTold,
    })
}

fn epoch(text: &str) -> Option<u32> {
    if matches!(text, "" | "(none)") { Some(0) } else { text.parse().ok() }
}

fn given(text: &str) -> String {
    if text == "(none)" { String::new() } else { text.to_owned() }
}

/// `RSA/SHA256, Wed 11 Nov 2020 09:01:12 AM UTC, Key ID 24c6a8a7f4a80eb5`; none for one that is not told here.
fn signature(text: &str) -> Option<Signature> {
    let (algorithm, rest) = text.split_once(", ")?;
    let (_, id) = rest.rsplit_once("Key ID ")?;
    Some(Signature::Key { id: id.trim().to_owned(), algorithm: algorithm.to_owned() })
}

fn sorted(packages: Result<Vec<Package>, BadLine>) -> Result<Vec<Package>, BadLine> {
    packages.map(|mut packages| {
        packages.sort();
        packages
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(packages: Result<Vec<Package>, BadLine>) -> Vec<String> {
        packages.expect("packages").iter().map(ToString::to_string).collect()
    }

    #[test]
    fn rows_of_insights() {
        let text = r#"{"name":"grub2","epoch":"1","version":"2.02","release":"0.76.el7","arch":"x86_64","vendor":"CentOS","sigpgp":"RSA/SHA256, Mon Nov 12 15:17:10 2018, Key ID 24c6"}
{"name":"gpg-pubkey","epoch":"(none)","version":"f4a8","release":"53a7","arch":"(none)","vendor":"(none)","sigpgp":"(none)"}"#;
        assert_eq!(shown(json_rows(text)), ["gpg-pubkey-f4a8-53a7.", "grub2-1:2.02-0.76.el7.x86_64"]);
        let packages = json_rows(text).expect("packages");
        assert_eq!(packages[0].signature, Signature::NotTold, "none of one kind is not none at all");
        assert_eq!(packages[1].signature, Signature::Key { id: "24c6".into(), algorithm: "RSA/SHA256".into() });
        assert!(json_rows("{\"name\":\"x\"}").is_err() && json_rows("rpmdb: Thread died").is_err());
    }

    #[test]
    fn rows_of_a_sosreport() {
        let short = "bash-4.2.46-35.el7_9.x86_64                                Wed Nov 11 2020\n";
        assert_eq!(shown(sos_rows(short)), ["bash-4.2.46-35.el7_9.x86_64"]);
        let long =
            "bash-4.2.46-35.el7_9.x86_64\tWed Nov 11\t1605085272\tCentOS\tb\t89021\tRSA/SHA256, Wed, Key ID 24c6\n";
        let got = sos_rows(long).expect("packages");
        assert_eq!((got[0].vendor.as_str(), got[0].signature != Signature::NotTold), ("CentOS", true));
        assert!(sos_rows("error: cannot open").is_err());
    }

    #[test]
    fn information_of_rpm() {
        let text = "Name        : make\nEpoch       : 1\nVersion     : 3.82\nRelease     : 24.el7\nArchitecture: x86_64\nSignature   : RSA/SHA256, Thu, Key ID 24c6\nSource RPM  : make-3.82-24.el7.src.rpm\nVendor      : CentOS\nDescription :\nName: no package\nanything\nName        : own\nVersion     : 1\nRelease     : 1\nArchitecture: noarch\nSignature   : (none)\nDescription :\n";
        let got = information(text).expect("packages");
        assert_eq!(shown(Ok(got.clone())), ["make-1:3.82-24.el7.x86_64", "own-1-1.noarch"]);
        assert_eq!(got[1].signature, Signature::None);
        assert!(information("bash: rpm: command not found").is_err());
    }
}
