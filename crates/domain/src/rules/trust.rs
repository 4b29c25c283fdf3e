//! Keys, certificates and what is let through: OpenSSL, SSH, VPNs, SELinux's local policy, polkit, the audit trail.

use super::case::{fine, found};
use super::fixtures::*;
use super::security::{SSH_REMOVED, SSHD_CONFIG};
use super::text::{content, content_of, files, found_if, holds_commands, in_lines, lines, names, settings};
use super::{Area, Evidence, FRESH, Rule, Severity};
use crate::Message;
use crate::facts::{ConfigFile, Facts, Why};

const OPENSSL_CNF: &str = "/etc/pki/tls/openssl.cnf";
const BLACKLIST: &str = "/etc/pki/ca-trust/source/blacklist/";
const ANCHORS: &str = "/etc/pki/ca-trust/source/anchors/";
const SELINUX_STORE: &str = "/etc/selinux/targeted/active/";

/// Settings of openssl.cnf that mean something else to OpenSSL 3, or nothing.
const OPENSSL_CHANGED: &[&str] =
    &["openssl_conf", "MinProtocol", "MaxProtocol", "CipherString", "engines", "engine_id"];

/// How a command line of `openssl enc` names a cipher.
const CIPHERS: &[&str] =
    &["aes", "aes128", "aes192", "aes256", "des", "des3", "bf", "blowfish", "camellia", "cast", "rc2", "rc4", "seed"];

/// Options of `openssl enc` that take the word after them.
const WITH_VALUE: &[&str] = &["-in", "-out", "-pass", "-k", "-kfile", "-S", "-iv", "-iter", "-bufsize"];

/// Lists of sshd that EL 9's crypto policy sets first.
const SSH_LISTS: &[&str] = &["Ciphers", "MACs", "KexAlgorithms", "HostKeyAlgorithms", "PubkeyAcceptedKeyTypes"];

/// Programs that bring cryptography of their own, by the start of their units' names.
const VPN_UNITS: &[&str] = &["openvpn@", "openvpn-server@", "openvpn-client@", "ipsec.", "strongswan", "stunnel"];

/// Least size of a user's RSA key under EL 9's default policy.
const RSA_BITS: usize = 2048;

pub const OPENSSL_CONFIG: Rule = Rule {
    id: "security.openssl-config",
    area: Area::Security,
    sources: &["SEC-07", "leapp-130", "leapp-132", "leapp-133", "leapp-134", "leapp-135", "leapp-136"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/pki/tls/openssl.cnf"],
    look: openssl_config,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, OPENSSL_CNF, "openssl_conf = openssl_init\n[openssl_init]\nengines = engine_section\n");
        }),
        found(clean_el7_web, |f| {
            add_file(f, OPENSSL_CNF, "[ req_distinguished_name ]\ncountryName_default = CN\n");
            known(&mut f.config_files).last_mut().expect("just added").changed_from_rpm = Some(true);
        }),
        fine(clean_el7_web, |f| {
            let text = "HOME\t\t\t= .\noid_section\t\t= new_oids\n[ tsa_config1 ]\ncrypto_device\t= builtin\n# engine_id = x\n";
            add_file(f, OPENSSL_CNF, text);
            known(&mut f.config_files).last_mut().expect("just added").changed_from_rpm = Some(false);
        }),
    ],
    ..Rule::USUAL
};
fn openssl_config(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, |path| path == OPENSSL_CNF)? {
        let all = settings(content(file)?);
        let set: Vec<&str> = all.iter().map(|one| one.key).filter(|key| OPENSSL_CHANGED.contains(key)).collect();
        found.extend(match (set.is_empty(), file.changed_from_rpm) {
            (false, _) => Some(Message::new("finding-security-openssl-config-set").with("names", names(set))),
            (true, Some(true)) => Some(Message::new("finding-security-openssl-config")),
            (true, _) => None,
        });
    }
    Ok(found)
}

pub const OPENSSL_ENC: Rule = Rule {
    id: "security.openssl-enc",
    severity: Severity::Blocks,
    area: Area::Security,
    sources: &["SEC-06"],
    evidence: Evidence::Tried,
    looks_at: &["config_files"],
    places: &["/etc/cron.d/*", "/etc/cron.daily/*", "/etc/rc.d/rc.local"],
    look: openssl_enc,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(
                f,
                "/etc/cron.daily/restore",
                "#!/bin/sh\nopenssl enc -d -aes-256-cbc -in a -out b -pass file:/k\n",
            );
        }),
        found(clean_el7_web, |f| {
            add_file(
                f,
                "/etc/cron.d/backup",
                "0 2 * * * root tar c /srv | /usr/bin/openssl aes-256-cbc -salt -out /b\n",
            );
        }),
        fine(clean_el7_web, |f| {
            let text = "#!/bin/sh\nopenssl enc -d -aes-256-cbc -md md5 -in a\nopenssl enc -base64 -d -in a\n\
                        openssl enc -aes-128-cbc -K 00ff -iv 00 -in a\nopenssl req -new -aes256 -out k\n\
                        openssl enc -d -aes-256-cbc \\\n  -md md5 -in a\nopenssl enc -aes-256-cbc $OPTIONS -in a\n";
            add_file(f, "/etc/cron.daily/restore", text);
        }),
    ],
    ..Rule::USUAL
};
fn openssl_enc(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    for file in files(facts, holds_commands)? {
        let joined = content(file)?.replace("\\\n", " ");
        let derives = lines(&joined).any(|line| derives_key(&line.words));
        found.extend(derives.then(|| Message::new("finding-security-openssl-enc").with("file", &file.path)));
    }
    Ok(found)
}

/// Whether the words call `openssl enc` so that a key is made from a password by the default digest.
pub(super) fn derives_key(words: &[&str]) -> bool {
    let is_openssl = |word: &&str| {
        let bare = word.trim_start_matches(['$', '(', '`', '"', '\'']);
        bare.rsplit('/').next() == Some("openssl")
    };
    let Some(at) = words.iter().position(is_openssl) else { return false };
    let Some((command, options)) = words[at + 1..].split_first() else { return false };
    let names_cipher = |word: &str| {
        let bare = word.trim_start_matches('-');
        CIPHERS.contains(&bare.split('-').next().unwrap_or_default())
    };
    let encrypts = match *command {
        "enc" => options.iter().any(|word| word.starts_with('-') && names_cipher(word)),
        other => !other.starts_with('-') && names_cipher(other),
    };
    // A variable that is no option's value may say anything, the digest as well.
    let unsaid = options.iter().any(|word| matches!(*word, "-md" | "-K"))
        || options.windows(2).any(|pair| pair[1].starts_with('$') && !WITH_VALUE.contains(&pair[0]));
    encrypts && !unsaid
}

pub const BLOCKED_AUTHORITIES: Rule = Rule {
    id: "security.distrusted-certificates",
    area: Area::Security,
    sources: &["SEC-08", "leapp-128", "leapp-129"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/pki/ca-trust/source/blacklist/*"],
    look: blocked_authorities,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/pki/ca-trust/source/blacklist/old-ca.pem", PEM)),
        fine(clean_el7_web, |f| add_file(f, "/etc/pki/ca-trust/source/blacklist/README", "Put certificates here.\n")),
    ],
    ..Rule::USUAL
};
fn blocked_authorities(facts: &Facts) -> Result<Vec<Message>, Why> {
    let files = certificates(facts, BLACKLIST)?;
    Ok(found_if(!files.is_empty(), || {
        Message::new("finding-security-distrusted-certificates").with("names", names(files)).with("folder", BLACKLIST)
    }))
}

pub const OWN_AUTHORITIES: Rule = Rule {
    id: "security.own-authorities",
    area: Area::Security,
    sources: &["SEC-09"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/pki/ca-trust/source/anchors/*"],
    look: own_authorities,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/pki/ca-trust/source/anchors/company-ca.crt", PEM)),
        fine(clean_el7_web, |f| add_file(f, "/etc/pki/ca-trust/source/anchors/README", "Nothing yet.\n")),
    ],
    ..Rule::USUAL
};
fn own_authorities(facts: &Facts) -> Result<Vec<Message>, Why> {
    let files = certificates(facts, ANCHORS)?;
    Ok(found_if(!files.is_empty(), || {
        Message::new("finding-security-own-authorities").with("names", names(files)).with("folder", ANCHORS)
    }))
}

const PEM: &str = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

/// Names of the files in a folder that hold a certificate, in PEM, in p11-kit's form, or in bytes.
fn certificates<'a>(facts: &'a Facts, folder: &str) -> Result<Vec<&'a str>, Why> {
    let is_one = |text: &str| !text.is_ascii() || ["BEGIN", "[p11-kit-object"].iter().any(|mark| text.contains(mark));
    let mut found = Vec::new();
    for file in files(facts, |path| path.starts_with(folder))? {
        let named_so = [".crt", ".cer", ".der", ".pem", ".p11-kit"].iter().any(|end| file.path.ends_with(end));
        let holds = is_one(content(file)?) || named_so;
        found.extend(holds.then(|| file.path.rsplit('/').next()).flatten());
    }
    Ok(found)
}

pub const SSH_POLICY: Rule = Rule {
    id: "security.ssh-own-algorithms",
    area: Area::Security,
    sources: &["SEC-13", "leapp-161"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/ssh/sshd_config"],
    look: ssh_policy,
    cases: &[
        found(clean_el7_web, |f| sshd(f, "Ciphers aes256-gcm@openssh.com,aes256-ctr")),
        fine(clean_el7_web, |f| sshd(f, "#Ciphers aes256-ctr\nMatch User sftp\nForceCommand internal-sftp")),
    ],
    ..Rule::USUAL
};
fn ssh_policy(facts: &Facts) -> Result<Vec<Message>, Why> {
    let text = content_of(facts, SSHD_CONFIG)?.unwrap_or_default();
    let general = lines(text).take_while(|line| !line.is("Match"));
    let set = general.filter_map(|line| SSH_LISTS.iter().find(|name| line.is(name)).copied());
    let set: Vec<&str> = set.collect();
    Ok(found_if(!set.is_empty(), || {
        Message::new("finding-security-ssh-own-algorithms").with("file", SSHD_CONFIG).with("names", names(set))
    }))
}

pub const SSH_CLIENT: Rule = Rule {
    id: "security.ssh-client-algorithms",
    area: Area::Security,
    sources: &["SEC-10"],
    evidence: Evidence::Tried,
    looks_at: &["config_files"],
    places: &["/etc/ssh/ssh_config"],
    look: ssh_client,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/ssh/ssh_config", "Host nas\n  Ciphers arcfour,aes128-ctr\n")),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/ssh/ssh_config", "#   Ciphers arcfour\nHost *\n\tGSSAPIAuthentication yes\n");
        }),
    ],
    ..Rule::USUAL
};
fn ssh_client(facts: &Facts) -> Result<Vec<Message>, Why> {
    in_lines(
        facts,
        |path| path == "/etc/ssh/ssh_config",
        |file, line| {
            let list = (line.is("Ciphers") || line.is("MACs")).then(|| line.value())?;
            let gone: Vec<&str> = list.split(',').filter(|name| SSH_REMOVED.contains(name)).collect();
            (!gone.is_empty()).then(|| {
                let message = Message::new("finding-security-ssh-client-algorithms").with("file", &file.path);
                message.with("line", line.no).with("names", names(gone))
            })
        },
    )
}

pub const ROOT_BY_PASSWORD: Rule = Rule {
    id: "security.root-login-kept",
    severity: Severity::Informs,
    area: Area::Security,
    sources: &["leapp-155"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/ssh/sshd_config"],
    look: root_by_password,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, SSHD_CONFIG, "PermitRootLogin yes\nSubsystem sftp internal-sftp\n");
        }),
        fine(clean_el7_web, |f| sshd(f, "#PermitRootLogin yes\nMatch Address 10.0.0.1\nPermitRootLogin yes")),
    ],
    ..Rule::USUAL
};
fn root_by_password(facts: &Facts) -> Result<Vec<Message>, Why> {
    let text = content_of(facts, SSHD_CONFIG)?.unwrap_or_default();
    let mut said = lines(text).take_while(|line| !line.is("Match")).filter(|line| line.is("PermitRootLogin"));
    let kept = said.next().is_some_and(|line| line.value().eq_ignore_ascii_case("yes"));
    Ok(found_if(kept, || Message::new("finding-security-root-login-kept").with("file", SSHD_CONFIG)))
}

pub const USER_KEYS: Rule = Rule {
    id: "security.user-keys",
    severity: Severity::Blocks,
    area: Area::Security,
    sources: &["SEC-15"],
    evidence: Evidence::Reported,
    looks_at: &["config_files"],
    places: &["/root/.ssh/authorized_keys", "/home/*/.ssh/authorized_keys"],
    look: user_keys,
    cases: &[
        found(clean_el7_web, |f| authorized(f, &rsa_key(1024))),
        found(clean_el7_web, |f| authorized(f, &format!("from=\"10.0.0.1\",no-pty {}", rsa_key(1024)))),
        fine(clean_el7_web, |f| {
            let curve = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEmf0C2L";
            authorized(f, &format!("{}\n# {}\n{curve} ops\n", rsa_key(2048), rsa_key(1024)));
        }),
    ],
    ..Rule::USUAL
};
fn user_keys(facts: &Facts) -> Result<Vec<Message>, Why> {
    in_lines(
        facts,
        |path| path.ends_with("/.ssh/authorized_keys"),
        |file, line| {
            let at = line.words.iter().position(|word| *word == "ssh-rsa")?;
            let bits = rsa_bits(line.words.get(at + 1)?)?;
            (bits < RSA_BITS).then(|| {
                let message = Message::new("finding-security-user-keys").with("file", &file.path).with("line", line.no);
                message.with("bits", bits)
            })
        },
    )
}

/// The size of an RSA key from the length of what stands for it (RFC 4253, section 6.6), to the next multiple of 64.
fn rsa_bits(encoded: &str) -> Option<usize> {
    /// The name with its length, the length and bytes of a usual exponent, the length of the modulus and its sign byte.
    const BESIDE_MODULUS: usize = 4 + 7 + 4 + 3 + 4 + 1;
    if encoded.is_empty() || !encoded.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=')) {
        return None;
    }
    let bytes = encoded.trim_end_matches('=').len() * 3 / 4;
    Some((bytes.checked_sub(BESIDE_MODULUS)? * 8).next_multiple_of(64))
}

fn rsa_key(bits: usize) -> String {
    let bytes = 23 + bits / 8;
    format!("ssh-rsa {} robot@old", "A".repeat((bytes * 4).div_ceil(3)))
}

fn authorized(facts: &mut Facts, text: &str) {
    add_file(facts, "/home/deploy/.ssh/authorized_keys", text);
}

pub const VPN: Rule = Rule {
    id: "security.vpn-crypto",
    area: Area::Security,
    sources: &["SEC-18"],
    evidence: Evidence::Known,
    looks_at: &["units"],
    look: vpn,
    cases: &[
        found(clean_el7_web, |f| add_unit(f, "openvpn@office.service")),
        fine(clean_el7_web, |f| add_unit(f, "openvpn-license.service")),
    ],
    ..Rule::USUAL
};
fn vpn(facts: &Facts) -> Result<Vec<Message>, Why> {
    let used = facts.units.get()?.iter().filter(|unit| unit.is_enabled() || unit.is_active());
    let vpns = used
        .filter(|unit| unit.name.ends_with(".service") && VPN_UNITS.iter().any(|start| unit.name.starts_with(start)));
    Ok(vpns.map(|unit| Message::new("finding-security-vpn-crypto").with("unit", &unit.name)).collect())
}

pub const SELINUX_LOCAL: Rule = Rule {
    id: "security.selinux-local",
    area: Area::Security,
    sources: &["PLT-22", "leapp-228"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/selinux/targeted/active/*.local", "/etc/selinux/targeted/active/modules/400/*/lang_ext"],
    look: selinux_local,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| {
            let text = "# This file is auto-generated by libsemanage\n\nhttpd_can_network_connect=1\n";
            add_file(f, "/etc/selinux/targeted/active/booleans.local", text);
        }),
        found(clean_el7_web, |f| {
            add_file(f, "/etc/selinux/targeted/active/modules/400/shop/lang_ext", "pp");
        }),
        fine(clean_el7_web, |f| {
            let text = "# This file is auto-generated by libsemanage\n# Do not edit directly.\n\n";
            add_file(f, "/etc/selinux/targeted/active/booleans.local", text);
        }),
    ],
    ..Rule::USUAL
};
fn selinux_local(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = Vec::new();
    let mut modules = Vec::new();
    for file in files(facts, |path| path.starts_with(SELINUX_STORE))? {
        let rows = lines(content(file)?).count();
        match module_of(&file.path) {
            Some(module) => modules.push(module),
            None => found.extend(found_if(rows > 0, || {
                Message::new("finding-security-selinux-local").with("file", &file.path).with("n", rows)
            })),
        }
    }
    found.extend(found_if(!modules.is_empty(), || {
        Message::new("finding-security-selinux-local-modules").with("names", names(modules))
    }));
    Ok(found)
}

/// The module that a file of the store belongs to.
fn module_of(path: &str) -> Option<&str> {
    path.strip_prefix(SELINUX_STORE)?.strip_prefix("modules/400/")?.split('/').next()
}

pub const POLKIT: Rule = Rule {
    id: "security.polkit-pkla",
    area: Area::Security,
    sources: &["IDM-07"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/polkit-1/localauthority/*/*.pkla"],
    look: polkit,
    cases: &[
        found(clean_el7_web, |f| {
            let text =
                "[Operators restart]\nIdentity=unix-group:ops\nAction=org.freedesktop.systemd1.*\nResultAny=yes\n";
            add_file(f, "/etc/polkit-1/localauthority/50-local.d/ops.pkla", text);
        }),
        fine(clean_el7_web, |f| add_file(f, "/etc/polkit-1/localauthority/50-local.d/ops.pkla", "# gone\n")),
    ],
    ..Rule::USUAL
};
fn polkit(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut found = in_lines(
        facts,
        |path| path.starts_with("/etc/polkit-1/localauthority/"),
        |file, _| Some(Message::new("finding-security-polkit-pkla").with("file", &file.path)),
    )?;
    found.dedup();
    Ok(found)
}

pub const AUDIT_PLUGINS: Rule = Rule {
    id: "security.audit-plugins",
    area: Area::Security,
    sources: &["IDM-08"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/audisp/plugins.d/*.conf"],
    look: audit_plugins,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/audisp/plugins.d/syslog.conf", "active = yes\ndirection = out\n")),
        fine(clean_el7_web, |f| add_file(f, "/etc/audisp/plugins.d/syslog.conf", "active = no\ndirection = out\n")),
        fine(clean_el7_web, |f| add_file(f, "/etc/audisp/plugins.d/sedispatch.conf", "active = yes\n")),
    ],
    ..Rule::USUAL
};
fn audit_plugins(facts: &Facts) -> Result<Vec<Message>, Why> {
    // EL 9's setroubleshoot brings its own sedispatch.
    let own = |path: &str| path.starts_with("/etc/audisp/plugins.d/") && !path.ends_with("/sedispatch.conf");
    let mut found = Vec::new();
    for file in files(facts, own)? {
        let on = settings(content(file)?).iter().any(|one| one.key == "active" && one.value == "yes");
        found.extend(on.then(|| Message::new("finding-security-audit-plugins").with("file", &file.path)));
    }
    Ok(found)
}

pub const AUDIT_RULES: Rule = Rule {
    id: "security.audit-rules",
    area: Area::Security,
    sources: &["IDM-08"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/audit/rules.d/*.rules"],
    look: audit_rules,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/audit/rules.d/site.rules", "-w /etc/passwd -p wa -k identity\n-a always,exit -S stime\n");
        }),
        fine(clean_el7_web, |f| add_file(f, "/etc/audit/rules.d/audit.rules", "## stock\n-D\n-b 8192\n-f 1\n")),
    ],
    ..Rule::USUAL
};
fn audit_rules(facts: &Facts) -> Result<Vec<Message>, Why> {
    let is_rule = |file: &&ConfigFile| file.path.starts_with("/etc/audit/rules.d/");
    let mut found = Vec::new();
    for file in facts.config_files.get()?.iter().filter(is_rule) {
        let rules = lines(content(file)?).filter(|line| matches!(line.words[0], "-w" | "-a" | "-A")).count();
        found.extend(found_if(rules > 0, || {
            Message::new("finding-security-audit-rules").with("file", &file.path).with("n", rules)
        }));
    }
    Ok(found)
}
