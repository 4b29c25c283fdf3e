//! Files for others: NFS, Samba, FTP, and printing.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{content, found_if, lines, names, settings};
use super::used::{each_line, files_in_use, in_use, own_files_in_use};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Why};

const NFS: &[&str] = &["nfs-server.service", "nfs.service"];
const SAMBA: &[&str] = &["smb.service"];

pub const NFS_EXPORTS: Rule = Rule {
    id: "services.nfs-exports",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["NET-26"],
    evidence: Evidence::Known,
    looks_at: &["units", "config_files"],
    places: &["/etc/exports", "/etc/exports.d/*.exports"],
    look: nfs_exports,
    strategies: super::FRESH,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "nfs-server.service");
            add_file(f, "/etc/exports", "/srv/shop 10.77.0.0/24(rw,sync)\n");
        }),
        fine(clean_el7_web, |f| {
            add_unit(f, "nfs-server.service");
            add_file(f, "/etc/exports", "/srv/shop 10.77.0.0/24(rw,fsid=7)\n");
        }),
    ],
    ..Rule::USUAL
};
fn nfs_exports(facts: &Facts) -> Result<Vec<Message>, Why> {
    let is_exports = |path: &str| path == "/etc/exports" || path.starts_with("/etc/exports.d/");
    each_line(&files_in_use(facts, NFS, is_exports)?, |line| {
        let numbered = line.words.iter().any(|word| word.contains("fsid="));
        (!numbered).then(|| Message::new("finding-services-nfs-exports").with("path", line.words[0].trim_matches('"')))
    })
}

pub const NFS_SETTINGS: Rule = Rule {
    id: "services.nfs-settings",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["NET-25"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/sysconfig/*"],
    look: nfs_settings,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/sysconfig/nfs", "RPCNFSDCOUNT=32\nMOUNTD_PORT=892\n")),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/sysconfig/nfs", "#RPCNFSDCOUNT=16\nRPCNFSDARGS=\"\"\nGSS_USE_PROXY=\"yes\"\n")
        }),
    ],
    ..Rule::USUAL
};
fn nfs_settings(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in super::text::files(facts, |path| path == "/etc/sysconfig/nfs")? {
        let set: Vec<&str> = settings(content(file)?)
            .into_iter()
            .filter(|one| !one.value.is_empty() && one.key != "GSS_USE_PROXY") // the vendor's file sets that one
            .map(|one| one.key)
            .collect();
        found.extend(found_if(!set.is_empty(), || {
            Message::new("finding-services-nfs-settings").with("file", &file.path).with("settings", names(set))
        }));
    }
    Ok(found)
}

pub const SAMBA_SECURITY: Rule = Rule {
    id: "services.samba-security",
    severity: Severity::Blocks,
    area: Area::Services,
    sources: &["NET-27"],
    evidence: Evidence::Tried,
    looks_at: &["units", "config_files"],
    places: &["/etc/samba/smb.conf"],
    look: samba_security,
    cases: &[
        found(clean_el7_web, |f| samba_says(f, "[global]\n\tSecurity  = SHARE\n")),
        fine(clean_el7_web, |f| samba_says(f, "[global]\n\tsecurity = user\n\tpassdb backend = tdbsam\n")),
    ],
    ..Rule::USUAL
};
fn samba_security(facts: &Facts) -> Result<Vec<Message>, Why> {
    smb_conf(facts, |key, value| {
        let ended = key == "security" && matches!(value, "share" | "server");
        ended.then(|| Message::new("finding-services-samba-security").with("value", value))
    })
}

pub const SAMBA_PROTOCOL: Rule = Rule {
    id: "services.samba-old-protocol",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["NET-27"],
    evidence: Evidence::Known,
    looks_at: &["units", "config_files"],
    places: &["/etc/samba/smb.conf"],
    look: samba_protocol,
    cases: &[
        found(clean_el7_web, |f| samba_says(f, "[global]\n\tserver min protocol = NT1\n")),
        found(clean_el7_web, |f| samba_says(f, "[global]\n\tencrypt passwords = no\n")),
        fine(clean_el7_web, |f| {
            samba_says(f, "[global]\n\tserver min protocol = SMB2\n\tencrypt passwords = yes\n;\tlanman auth = yes\n")
        }),
    ],
    ..Rule::USUAL
};
fn samba_protocol(facts: &Facts) -> Result<Vec<Message>, Why> {
    smb_conf(facts, |key, value| {
        let on = matches!(value, "yes" | "true" | "1");
        let old = match key {
            "lanman auth" | "client lanman auth" | "client plaintext auth" => on,
            "encrypt passwords" => !on,
            "server min protocol" | "client min protocol" | "min protocol" | "server max protocol" | "max protocol" => {
                matches!(value, "core" | "coreplus" | "lanman1" | "lanman2" | "nt1")
            }
            _ => false,
        };
        old.then(|| Message::new("finding-services-samba-old-protocol").with("setting", key).with("value", value))
    })
}

/// Samba takes a name in any case and with any number of blanks.
fn smb_conf(facts: &Facts, look: impl Fn(&str, &str) -> Option<Message>) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files_in_use(facts, SAMBA, |path| path == "/etc/samba/smb.conf")? {
        for (index, line) in content(file)?.lines().enumerate() {
            let Some((key, value)) = line.split_once('=').filter(|_| !line.trim_start().starts_with(['#', ';'])) else {
                continue;
            };
            let key = key.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
            let said = look(&key, value.trim().to_ascii_lowercase().as_str());
            found.extend(said.map(|one| one.with("file", &file.path).with("line", index + 1)));
        }
    }
    Ok(found)
}

pub const VSFTPD: Rule = Rule {
    id: "services.vsftpd-tcp-wrappers",
    severity: Severity::Blocks,
    area: Area::Services,
    sources: &["FTP-01", "leapp-175"],
    evidence: Evidence::Source,
    looks_at: &["units", "config_files", "tcp_wrappers"],
    places: &["/etc/vsftpd/*.conf"],
    look: vsftpd,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "vsftpd.service");
            add_file(f, "/etc/vsftpd/vsftpd.conf", "tcp_wrappers=YES\n");
        }),
        found(clean_el7_web, |f| {
            add_unit(f, "vsftpd.service");
            vendor_file(f, "/etc/vsftpd/vsftpd.conf", "tcp_wrappers=YES\n");
            known(&mut f.tcp_wrappers).allow.push("vsftpd: 10.0.0.0/8".into());
        }),
        fine(clean_el7_web, |f| {
            add_unit(f, "vsftpd.service");
            vendor_file(f, "/etc/vsftpd/vsftpd.conf", "tcp_wrappers=YES\n");
        }),
    ],
    ..Rule::USUAL
};
/// The vendor's own file says YES as well; it matters when it goes across, or when somebody relies on it.
fn vsftpd(facts: &Facts) -> Result<Vec<Message>, Why> {
    let wrappers = facts.tcp_wrappers.get()?;
    let mut rules = wrappers.allow.iter().chain(&wrappers.deny);
    let relied_on = rules.any(|rule| rule.split(':').next().is_some_and(|daemons| daemons.contains("vsftpd")));
    let is_conf = |path: &str| path.starts_with("/etc/vsftpd/") && path.ends_with(".conf");
    let mut all = files_in_use(facts, &["vsftpd.service"], is_conf)?;
    all.retain(|file| relied_on || super::used::is_own(file));
    let mut found = Vec::new();
    for file in all {
        let on = |one: &super::text::Setting<'_>| one.key == "tcp_wrappers" && one.value.eq_ignore_ascii_case("yes");
        found.extend(settings(content(file)?).into_iter().filter(on).map(|one| {
            Message::new("finding-services-vsftpd-tcp-wrappers").with("file", &file.path).with("line", one.no)
        }));
    }
    Ok(found)
}

pub const CUPS: Rule = Rule {
    id: "services.cups-settings",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["CUPS-01", "leapp-180", "leapp-181", "leapp-182", "leapp-183", "leapp-184", "leapp-185"],
    evidence: Evidence::Source,
    looks_at: &["units", "config_files"],
    places: &["/etc/cups/cupsd.conf", "/etc/cups/interfaces/*"],
    look: cups,
    cases: &[
        found(clean_el7_web, |f| {
            add_unit(f, "cups.service");
            add_file(f, "/etc/cups/cupsd.conf", "DefaultAuthType BasicDigest\n");
            add_file(f, "/etc/cups/interfaces/label", "#!/bin/sh\n");
        }),
        fine(clean_el7_web, |f| {
            add_unit(f, "cups.service");
            add_file(f, "/etc/cups/cupsd.conf", "MaxLogSize 0\nListen localhost:631\nDefaultAuthType Basic\n");
        }),
    ],
    ..Rule::USUAL
};
fn cups(facts: &Facts) -> Result<Vec<Message>, Why> {
    let units = ["cups.service", "cups.socket", "cups.path"];
    let scripts = own_files_in_use(facts, &units, |path| path.starts_with("/etc/cups/interfaces/"))?;
    let mut found: Vec<Message> = scripts
        .iter()
        .map(|file| Message::new("finding-services-cups-settings-script").with("file", &file.path))
        .collect();
    for file in own_files_in_use(facts, &units, |path| path == "/etc/cups/cupsd.conf")? {
        for line in lines(content(file)?).filter(|line| is_moved(line.words[0], line.value())) {
            found.push(
                Message::new("finding-services-cups-settings-directive")
                    .with("file", &file.path)
                    .with("line", line.no)
                    .with("directive", line.words[0]),
            );
        }
    }
    Ok(found)
}

fn is_moved(name: &str, value: &str) -> bool {
    match name.to_ascii_lowercase().as_str() {
        "include" | "printcapformat" | "passenv" | "setenv" | "servercertificate" | "serverkey" => true,
        "authtype" | "defaultauthtype" => matches!(value.to_ascii_lowercase().as_str(), "digest" | "basicdigest"),
        _ => false,
    }
}

pub const TFTP: Rule = Rule {
    id: "services.tftp",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["TFTP-01"],
    evidence: Evidence::Known,
    looks_at: &["xinetd", "units"],
    look: tftp,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.xinetd).push("tftp".into())),
        found(clean_el7_web, |f| add_unit(f, "tftp.socket")),
        fine(clean_el7_web, |f| add_idle_unit(f, "tftp.socket")),
    ],
    ..Rule::USUAL
};
fn tftp(facts: &Facts) -> Result<Vec<Message>, Why> {
    let inetd = facts.xinetd.get()?.iter().any(|name| name == "tftp");
    let socket = in_use(facts, &["tftp.socket", "tftp.service"])?;
    let by = if inetd { "xinetd" } else { "tftp.socket" };
    Ok(found_if(inetd || socket, || Message::new("finding-services-tftp").with("by", by)))
}
