//! Who may log in, and what cryptography is still spoken.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{Line, content, content_of, files, found_if, has_word, lines, names, settings};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Read, Selinux, Why};
use crate::remedy::kind::Mechanical;

pub(super) const SSHD_CONFIG: &str = "/etc/ssh/sshd_config";

/// Ciphers and MACs that a newer sshd does not know: naming one keeps it from starting.
pub(super) const SSH_REMOVED: &[&str] = &[
    "blowfish-cbc",
    "cast128-cbc",
    "arcfour",
    "arcfour128",
    "arcfour256",
    "hmac-ripemd160",
    "hmac-ripemd160@openssh.com",
    "hmac-ripemd160-etm@openssh.com",
];

/// Options that keep a newer sshd from starting.
const SSH_UNKNOWN_OPTIONS: &[&str] = &["ShowPatchLevel", "AuthorizedKeysCommandRunAs"];

/// Options that a newer sshd reads past.
const SSH_OBSOLETE_OPTIONS: &[&str] = &[
    "Protocol",
    "UsePrivilegeSeparation",
    "KeyRegenerationInterval",
    "ServerKeyBits",
    "RhostsRSAAuthentication",
    "RSAAuthentication",
    "UseLogin",
];

/// PAM modules that EL 9 does not have; a required one that is missing lets nobody in.
const PAM_REMOVED: &[&str] = &["pam_tally2", "pam_tally", "pam_krb5", "pam_pkcs11", "pam_ldap", "pam_cracklib"];

/// Least size of an RSA key under EL 9's default policy.
const RSA_BITS: u32 = 2048;

pub const SELINUX: Rule = Rule {
    id: "security.selinux-disabled",
    severity: Severity::Warns,
    area: Area::Security,
    sources: &["PLT-21", "leapp-122", "leapp-123", "leapp-124"],
    evidence: Evidence::Documented,
    looks_at: &["selinux", "config_files"],
    places: &["/etc/selinux/config"],
    look: selinux,
    cases: &[
        found(clean_el7_web, |f| {
            f.selinux = Read::Known(Selinux::Disabled);
            add_file(f, "/etc/selinux/config", "SELINUX=disabled\n");
        }),
        found(clean_el7_web, |f| add_file(f, "/etc/selinux/config", "SELINUX=disabled\n")),
        fine(clean_el7_web, |f| add_file(f, "/etc/selinux/config", "# SELINUX=disabled\nSELINUX=permissive\n")),
    ],
    ..Rule::USUAL
};
fn selinux(facts: &Facts) -> Result<Vec<Message>, Why> {
    let now = *facts.selinux.get()? == Selinux::Disabled;
    let file = content_of(facts, "/etc/selinux/config")?.unwrap_or_default();
    let set = settings(file).iter().any(|setting| setting.key == "SELINUX" && setting.value == "disabled");
    Ok(match (now, set) {
        (true, _) => vec![Message::new("finding-security-selinux-disabled")],
        (false, true) => vec![Message::new("finding-security-selinux-disabled-file-only")],
        (false, false) => Vec::new(),
    })
}

pub const FIPS: Rule = Rule {
    id: "security.fips",
    severity: Severity::Warns,
    area: Area::Security,
    sources: &["SEC-19", "leapp-121"],
    evidence: Evidence::Source,
    looks_at: &["crypto"],
    look: fips,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.crypto).fips = true),
        // FIPS is about the kernel's mode, not about the strength of a key.
        fine(clean_el7_web, |f| known(&mut f.crypto).certificates.push(certificate(3072, "sha384WithRSAEncryption"))),
    ],
    ..Rule::USUAL
};
fn fips(facts: &Facts) -> Result<Vec<Message>, Why> {
    Ok(found_if(facts.crypto.get()?.fips, || Message::new("finding-security-fips")))
}

pub const SSH_ALGORITHMS: Rule = Rule {
    id: "security.ssh-removed-algorithms",
    severity: Severity::Warns,
    area: Area::Security,
    sources: &["SEC-10", "leapp-156", "leapp-157"],
    evidence: Evidence::Tried,
    // The file and not the effective settings: EL 7's own defaults name removed ciphers and do no harm.
    looks_at: &["config_files"],
    places: &["/etc/ssh/sshd_config"],
    look: ssh_algorithms,
    mechanical: Some(Mechanical::SshAlgorithms),
    cases: &[
        found(clean_el7_web, |f| sshd(f, "Ciphers aes256-ctr,blowfish-cbc")),
        // The vendor's own ciphers, as `sshd -T` tells them.
        fine(clean_el7_web, |f| known(&mut f.sshd).push(("ciphers".into(), "aes256-ctr,blowfish-cbc".into()))),
    ],
    ..Rule::USUAL
};
fn ssh_algorithms(facts: &Facts) -> Result<Vec<Message>, Why> {
    let lists = sshd_lines(facts)?
        .into_iter()
        .filter(|line| ["Ciphers", "MACs", "KexAlgorithms"].iter().any(|name| line.is(name)));
    let mut found = Vec::new();
    for line in lists {
        let removed: Vec<&str> = line
            .value()
            .trim_start_matches(['+', '-', '^'])
            .split(',')
            .filter(|name| SSH_REMOVED.contains(name))
            .collect();
        if !removed.is_empty() {
            found.push(at(&line, "finding-security-ssh-removed-algorithms").with("names", removed.join(", ")));
        }
    }
    Ok(found)
}

pub const SSH_UNKNOWN: Rule = Rule {
    id: "security.ssh-removed-options",
    severity: Severity::Warns,
    area: Area::Security,
    sources: &["SEC-10", "leapp-158"],
    evidence: Evidence::Tried,
    looks_at: &["config_files"],
    places: &["/etc/ssh/sshd_config"],
    look: ssh_unknown,
    mechanical: Some(Mechanical::SshRemovedOption),
    cases: &[
        found(clean_el7_web, |f| sshd(f, "ShowPatchLevel no")),
        fine(clean_el7_web, |f| sshd(f, "#ShowPatchLevel no")),
    ],
    ..Rule::USUAL
};
fn ssh_unknown(facts: &Facts) -> Result<Vec<Message>, Why> {
    ssh_options(facts, SSH_UNKNOWN_OPTIONS, "finding-security-ssh-removed-options")
}

pub const SSH_OBSOLETE: Rule = Rule {
    id: "security.ssh-obsolete-options",
    severity: Severity::Informs,
    area: Area::Security,
    sources: &["SEC-11", "leapp-159", "leapp-160"],
    evidence: Evidence::Tried,
    looks_at: &["config_files"],
    places: &["/etc/ssh/sshd_config"],
    look: ssh_obsolete,
    mechanical: Some(Mechanical::SshObsoleteOption),
    cases: &[
        found(clean_el7_web, |f| sshd(f, "UsePrivilegeSeparation sandbox")),
        fine(clean_el7_web, |f| sshd(f, "UseDNS no")),
    ],
    ..Rule::USUAL
};
fn ssh_obsolete(facts: &Facts) -> Result<Vec<Message>, Why> {
    ssh_options(facts, SSH_OBSOLETE_OPTIONS, "finding-security-ssh-obsolete-options")
}

fn ssh_options(facts: &Facts, options: &[&str], key: &str) -> Result<Vec<Message>, Why> {
    let named = |line: &Line<'_>| options.iter().find(|name| line.is(name)).copied();
    Ok(sshd_lines(facts)?.iter().filter_map(|line| Some(at(line, key).with("option", named(line)?))).collect())
}

pub const SSH_SSH1: Rule = Rule {
    id: "security.ssh-protocol-1",
    severity: Severity::Warns,
    area: Area::Security,
    sources: &["SEC-11", "leapp-159"],
    evidence: Evidence::Tried,
    looks_at: &["config_files"],
    places: &["/etc/ssh/sshd_config"],
    look: ssh_protocol_1,
    mechanical: Some(Mechanical::SshObsoleteOption),
    cases: &[found(clean_el7_web, |f| sshd(f, "Protocol 2,1")), fine(clean_el7_web, |f| sshd(f, "Protocol 2"))],
    ..Rule::USUAL
};
fn ssh_protocol_1(facts: &Facts) -> Result<Vec<Message>, Why> {
    let old = |line: &&Line<'_>| line.is("Protocol") && line.value().split(',').any(|version| version == "1");
    Ok(sshd_lines(facts)?.iter().filter(old).map(|line| at(line, "finding-security-ssh-protocol-1")).collect())
}

pub const ROOT_LOGIN: Rule = Rule {
    id: "security.root-login",
    severity: Severity::Warns,
    area: Area::Security,
    sources: &["SEC-12", "leapp-152", "leapp-153", "leapp-154"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/ssh/sshd_config"],
    look: root_login,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/ssh/sshd_config", "Subsystem sftp internal-sftp\nMatch User a\nPermitRootLogin yes\n");
        }),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/ssh/sshd_config", "Subsystem sftp internal-sftp\npermitrootlogin yes\nMatch User a\n")
        }),
    ],
    ..Rule::USUAL
};
fn root_login(facts: &Facts) -> Result<Vec<Message>, Why> {
    let lines = sshd_lines(facts)?;
    let said = lines.iter().take_while(|line| !line.is("Match")).any(|line| line.is("PermitRootLogin"));
    Ok(found_if(!lines.is_empty() && !said, || Message::new("finding-security-root-login").with("file", SSHD_CONFIG)))
}

pub const SFTP: Rule = Rule {
    id: "security.no-sftp",
    severity: Severity::Warns,
    area: Area::Security,
    sources: &["SEC-14", "leapp-162"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/ssh/sshd_config"],
    look: sftp,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/ssh/sshd_config", "PermitRootLogin no\n")),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/ssh/sshd_config", "PermitRootLogin no\nsubsystem SFTP internal-sftp\n")
        }),
    ],
    ..Rule::USUAL
};
fn sftp(facts: &Facts) -> Result<Vec<Message>, Why> {
    let lines = sshd_lines(facts)?;
    let has = lines.iter().any(|line| line.is("Subsystem") && line.value().eq_ignore_ascii_case("sftp"));
    Ok(found_if(!lines.is_empty() && !has, || Message::new("finding-security-no-sftp").with("file", SSHD_CONFIG)))
}

pub const HOST_KEYS: Rule = Rule {
    id: "security.host-keys",
    severity: Severity::Warns,
    area: Area::Security,
    sources: &["SEC-15", "SEC-16"],
    evidence: Evidence::Reported,
    looks_at: &["sshd"],
    look: host_keys,
    command: Some(
        "test -e /etc/ssh/ssh_host_ed25519_key || ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key",
    ),
    cases: &[
        found(clean_el7_web, |f| known(&mut f.sshd).push(("hostkey".into(), "/etc/ssh/ssh_host_dsa_key".into()))),
        found(clean_el7_web, |f| known(&mut f.sshd).truncate(1)),
        fine(clean_el7_web, |f| known(&mut f.sshd).push(("hostkey".into(), "/etc/ssh/ssh_host_ecdsa_key".into()))),
    ],
    ..Rule::USUAL
};
fn host_keys(facts: &Facts) -> Result<Vec<Message>, Why> {
    let keys: Vec<&str> =
        facts.sshd.get()?.iter().filter(|(name, _)| name == "hostkey").map(|(_, path)| path.as_str()).collect();
    let modern = keys.iter().any(|path| path.contains("ed25519") || path.contains("ecdsa"));
    let mut found: Vec<Message> = keys
        .iter()
        .filter(|path| path.contains("dsa_key") && !path.contains("ecdsa"))
        .map(|path| Message::new("finding-security-host-keys-dsa").with("file", path))
        .collect();
    found.extend(found_if(!keys.is_empty() && !modern, || {
        Message::new("finding-security-host-keys-only-rsa").with("files", names(keys.iter().copied()))
    }));
    Ok(found)
}

pub const WEAK_CERTIFICATE: Rule = Rule {
    id: "security.weak-certificate",
    severity: Severity::Blocks,
    area: Area::Security,
    sources: &["SEC-03"],
    evidence: Evidence::Tried,
    looks_at: &["crypto"],
    look: weak_certificate,
    cases: &[
        found(clean_el7_web, |f| known(&mut f.crypto).certificates.push(certificate(1024, "sha256"))),
        fine(clean_el7_web, |f| known(&mut f.crypto).certificates.push(certificate(521, "ecdsa-with-SHA512"))),
    ],
    ..Rule::USUAL
};
fn weak_certificate(facts: &Facts) -> Result<Vec<Message>, Why> {
    // Keys on curves have 256, 384 or 521 bits; RSA keys were never that short but for 512.
    let weak = |bits: u32| (512..RSA_BITS).contains(&bits) && bits != 521;
    let certificates =
        facts.crypto.get()?.certificates.iter().filter_map(|one| Some((one, one.key_bits.filter(|bits| weak(*bits))?)));
    Ok(certificates
        .map(|(one, bits)| Message::new("finding-security-weak-certificate").with("file", &one.path).with("bits", bits))
        .collect())
}

pub const SHA1_CERTIFICATE: Rule = Rule {
    id: "security.sha1-certificate",
    severity: Severity::Warns,
    area: Area::Security,
    sources: &["SEC-02"],
    evidence: Evidence::Reported,
    looks_at: &["crypto"],
    look: sha1_certificate,
    cases: &[
        found(clean_el7_web, |f| {
            known(&mut f.crypto).certificates.push(certificate(2048, "sha1WithRSAEncryption"));
        }),
        fine(clean_el7_web, |f| known(&mut f.crypto).certificates.push(certificate(2048, "sha512WithRSAEncryption"))),
    ],
    ..Rule::USUAL
};
fn sha1_certificate(facts: &Facts) -> Result<Vec<Message>, Why> {
    let certificates = facts.crypto.get()?.certificates.iter();
    Ok(certificates
        .filter(|one| one.signature.to_ascii_lowercase().contains("sha1"))
        .map(|one| Message::new("finding-security-sha1-certificate").with("file", &one.path))
        .collect())
}

pub const PAM: Rule = Rule {
    id: "security.pam-removed",
    severity: Severity::Blocks,
    area: Area::Security,
    sources: &["IDM-02", "leapp-142", "leapp-144", "leapp-143"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/pam.d/"],
    look: pam,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/pam.d/system-auth", "auth required pam_tally2.so deny=5\n")),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/pam.d/system-auth", "-auth optional pam_krb5.so\n");
            add_file(f, "/etc/pam.d/smartcard-auth", "auth [success=done default=die] pam_pkcs11.so nodebug\n");
        }),
    ],
    ..Rule::USUAL
};
fn pam(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    // EL 7 brings a smartcard-auth with pam_pkcs11 on every host, whether anybody has a card or not.
    for file in files(facts, |path| path.starts_with("/etc/pam.d/") && path != "/etc/pam.d/smartcard-auth")? {
        // A module behind "-" may be missing.
        for line in lines(content(file)?).filter(|line| !line.words[0].starts_with('-')) {
            let module = PAM_REMOVED.iter().find(|module| line.words.iter().any(|word| has_word(word, module)));
            found.extend(module.map(|module| {
                Message::new("finding-security-pam-removed").with("file", &file.path).with("module", module)
            }));
        }
    }
    Ok(found)
}

pub const DIRECTORY_CLIENTS: Rule = Rule {
    id: "security.directory-clients",
    severity: Severity::Warns,
    area: Area::Security,
    sources: &["NET-24", "IDM-03", "leapp-149"],
    evidence: Evidence::Source,
    looks_at: &["packages"],
    look: directory_clients,
    cases: &[
        found(clean_el7_web, |f| add_package(f, "ypbind", "1.37", "9.el7")),
        fine(clean_el7_web, |f| add_package(f, "sssd-ldap", "1.16.5", "10.el7")),
    ],
    ..Rule::USUAL
};
fn directory_clients(facts: &Facts) -> Result<Vec<Message>, Why> {
    let gone = ["ypbind", "ypserv", "nss-pam-ldapd", "pam_krb5", "pam_ldap"];
    let installed = facts.packages.get()?.iter().filter(|package| gone.contains(&package.name.as_str()));
    Ok(installed
        .map(|package| Message::new("finding-security-directory-clients").with("package", &package.name))
        .collect())
}

/// The directives of sshd's file; empty when there is none.
fn sshd_lines(facts: &Facts) -> Result<Vec<Line<'_>>, Why> {
    Ok(content_of(facts, SSHD_CONFIG)?.map(|text| lines(text).collect()).unwrap_or_default())
}

fn at(line: &Line<'_>, key: &str) -> Message {
    Message::new(key).with("file", SSHD_CONFIG).with("line", line.no)
}
