//! How the host finds out who somebody is: PAM and its profiles, SSSD, directories, Kerberos.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{Setting, content, content_of, files, found_if, in_lines, names, settings, unit_in_use};
use super::{Area, Evidence, FRESH, Rule, Severity};
use crate::Message;
use crate::facts::{Facts, Why};
use std::collections::BTreeSet;

/// The files that authconfig writes and that every service includes.
const PAM_COMMON: &[&str] = &["/etc/pam.d/system-auth", "/etc/pam.d/password-auth"];

/// What a module asks of `authselect select`.
const PAM_FEATURES: &[(&str, &str)] = &[
    ("pam_faillock", "with-faillock"),
    ("pam_access", "with-pamaccess"),
    ("pam_mkhomedir", "with-mkhomedir"),
    ("pam_oddjob_mkhomedir", "with-mkhomedir"),
    ("pam_ecryptfs", "with-ecryptfs"),
];

/// Modules that EL 9 has, or that another rule is about.
const PAM_KNOWN: &[&str] = &[
    "access",
    "cap",
    "chroot",
    "ck_connector",
    "cockpit_cert",
    "console",
    "cracklib",
    "debug",
    "deny",
    "echo",
    "ecryptfs",
    "env",
    "exec",
    "faildelay",
    "faillock",
    "filter",
    "fprintd",
    "ftp",
    "gdm",
    "gnome_keyring",
    "group",
    "issue",
    "keyinit",
    "krb5",
    "lastlog",
    "ldap",
    "limits",
    "listfile",
    "localuser",
    "loginuid",
    "mail",
    "mkhomedir",
    "motd",
    "namespace",
    "nologin",
    "oddjob_mkhomedir",
    "passwdqc",
    "permit",
    "pkcs11",
    "postgresok",
    "pwhistory",
    "pwquality",
    "rhosts",
    "rootok",
    "securetty",
    "selinux",
    "sepermit",
    "shells",
    "ssh_add",
    "ssh_agent_auth",
    "sss",
    "sss_gss",
    "stress",
    "succeed_if",
    "systemd",
    "tally",
    "tally2",
    "time",
    "timestamp",
    "tty_audit",
    "umask",
    "unix",
    "unix_acct",
    "unix_auth",
    "unix_passwd",
    "unix_session",
    "userdb",
    "usertype",
    "warn",
    "wheel",
    "winbind",
    "xauth",
];

/// What EL 7's own files give to modules that set a policy.
const PAM_STOCK_WORDS: &[&str] =
    &["try_first_pass", "local_users_only", "retry=3", "authtok_type=", "type=", "use_authtok"];

/// Rules for passwords in /etc/login.defs, as EL 7 and EL 9 bring them.
const LOGIN_DEFS: &[(&str, &str)] =
    &[("PASS_MAX_DAYS", "99999"), ("PASS_MIN_DAYS", "0"), ("PASS_MIN_LEN", "5"), ("PASS_WARN_AGE", "7")];

/// Encryption types that EL 9's default policy switches off, by the start of their names.
const WEAK_ENCTYPES: &[&str] = &["des", "arcfour", "rc4"];

pub const AUTHSELECT: Rule = Rule {
    id: "security.authselect",
    area: Area::Security,
    sources: &["IDM-01", "leapp-138", "leapp-140"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/pam.d/*", "/etc/nsswitch.conf"],
    look: authselect,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/pam.d/system-auth", "auth sufficient pam_sss.so\nsession optional pam_mkhomedir.so\n");
            add_file(f, "/etc/nsswitch.conf", "passwd: files sss\nsudoers: files sss\n");
        }),
        found(clean_el7_web, |f| {
            add_file(f, "/etc/pam.d/password-auth", "auth required pam_faillock.so preauth deny=5\n");
        }),
        fine(clean_el7_web, |f| add_file(f, "/etc/pam.d/system-auth", STOCK_PAM)),
    ],
    ..Rule::USUAL
};
fn authselect(facts: &Facts) -> Result<Vec<Message>, Why> {
    let sudo = content_of(facts, "/etc/nsswitch.conf")?
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.split_once(':'))
        .any(|(database, sources)| database == "sudoers" && sources.split_whitespace().any(|source| source == "sss"));
    let modules = pam_modules(facts, |path| PAM_COMMON.contains(&path))?;
    let has = |module: &str| modules.iter().any(|(_, name)| *name == module);
    let profile = match (has("pam_sss"), has("pam_winbind")) {
        (_, true) => "winbind",
        (true, false) => "sssd",
        (false, false) => "minimal",
    };
    let mut features: Vec<&str> = Vec::new();
    features.extend(PAM_FEATURES.iter().filter(|(module, _)| has(module)).map(|(_, feature)| *feature));
    features.extend((profile == "sssd" && sudo).then_some("with-sudo"));
    features.dedup();
    let command = format!("authselect select {profile} {}", features.join(" "));
    Ok(found_if(profile != "minimal" || !features.is_empty(), || {
        Message::new("finding-security-authselect").with("command", command.trim_end())
    }))
}

/// The part of EL 7's own system-auth that every host has.
const STOCK_PAM: &str = "auth        required      pam_env.so\nauth        required      pam_faildelay.so delay=2000000\n\
    auth        sufficient    pam_unix.so nullok try_first_pass\nauth        required      pam_deny.so\n\
    account     sufficient    pam_localuser.so\n\
    password    requisite     pam_pwquality.so try_first_pass local_users_only retry=3 authtok_type=\n\
    -session     optional      pam_systemd.so\n";

/// The modules that those files of PAM ask for, each with its file; those that may be missing are left out.
fn pam_modules(facts: &Facts, wanted: impl Fn(&str) -> bool) -> Result<Vec<(&str, &str)>, Why> {
    let mut modules = Vec::new();
    for file in files(facts, |path| path.starts_with("/etc/pam.d/") && wanted(path))? {
        for line in content(file)?.lines().map(str::trim).filter(|line| !line.starts_with(['#', '-'])) {
            let words = line.split_whitespace().filter_map(|word| word.strip_suffix(".so"));
            modules.extend(words.take(1).filter_map(|word| Some((file.path.as_str(), word.rsplit('/').next()?))));
        }
    }
    Ok(modules)
}

pub const PAM_FOREIGN: Rule = Rule {
    id: "security.pam-foreign",
    area: Area::Security,
    sources: &["IDM-01", "leapp-139"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/pam.d/*"],
    look: pam_foreign,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/pam.d/sshd", "auth required pam_google_authenticator.so nullok\n");
        }),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/pam.d/sshd", "auth include password-auth\n-auth optional pam_vendor.so\n# pam_x.so\n");
            add_file(f, "/etc/pam.d/system-auth", STOCK_PAM);
        }),
    ],
    ..Rule::USUAL
};
fn pam_foreign(facts: &Facts) -> Result<Vec<Message>, Why> {
    let modules: BTreeSet<(&str, &str)> = pam_modules(facts, |_| true)?.into_iter().collect();
    let known = |module: &str| module.strip_prefix("pam_").is_some_and(|name| PAM_KNOWN.contains(&name));
    Ok(modules
        .into_iter()
        .filter(|(_, module)| !known(module))
        .map(|(file, module)| Message::new("finding-security-pam-foreign").with("file", file).with("module", module))
        .collect())
}

pub const PASSWORD_POLICY: Rule = Rule {
    id: "security.password-policy",
    area: Area::Security,
    sources: &["IDM-01"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/login.defs", "/etc/security/pwquality.conf", "/etc/pam.d/*"],
    look: password_policy,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/security/pwquality.conf", "# difok = 5\nminlen = 12\n")),
        found(clean_el7_web, |f| add_file(f, "/etc/login.defs", "PASS_MAX_DAYS\t90\n")),
        found(clean_el7_web, |f| {
            add_file(f, "/etc/pam.d/system-auth", "password requisite pam_pwhistory.so use_authtok remember=5\n");
        }),
        fine(clean_el7_web, |f| {
            let stock = "# comment\nPASS_MAX_DAYS\t99999\nPASS_MIN_DAYS\t0\nPASS_MIN_LEN\t5\nPASS_WARN_AGE\t7\nUMASK           077\nENCRYPT_METHOD SHA512\n";
            add_file(f, "/etc/login.defs", stock);
            add_file(f, "/etc/security/pwquality.conf", "# minlen = 9\n# dictpath =\n");
            add_file(f, "/etc/pam.d/system-auth", STOCK_PAM);
        }),
    ],
    ..Rule::USUAL
};
fn password_policy(facts: &Facts) -> Result<Vec<Message>, Why> {
    let message = |file: &str, set: Vec<String>| {
        Message::new("finding-security-password-policy").with("file", file).with("set", names(set))
    };
    let mut found = Vec::new();
    for file in files(facts, |path| path == "/etc/security/pwquality.conf")? {
        let set: Vec<String> =
            settings(content(file)?).iter().map(|one| format!("{}={}", one.key, one.value)).collect();
        found.extend(found_if(!set.is_empty(), || message(&file.path, set)));
    }
    for file in files(facts, |path| path == "/etc/login.defs")? {
        let all = settings(content(file)?);
        let other = |one: &&Setting<'_>| LOGIN_DEFS.iter().any(|(key, stock)| *key == one.key && *stock != one.value);
        let set: Vec<String> = all.iter().filter(other).map(|one| format!("{}={}", one.key, one.value)).collect();
        found.extend(found_if(!set.is_empty(), || message(&file.path, set)));
    }
    let policy = in_lines(
        facts,
        |path| PAM_COMMON.contains(&path),
        |file, line| {
            let module = line.words.iter().find(|word| {
                ["pam_pwquality.so", "pam_cracklib.so", "pam_pwhistory.so", "pam_faillock.so"].contains(word)
            })?;
            let own = line.words.iter().skip_while(|word| word != &module).skip(1);
            let own: Vec<&str> = own.copied().filter(|word| !PAM_STOCK_WORDS.contains(word)).collect();
            (!own.is_empty()).then(|| message(&file.path, vec![format!("{module} {}", own.join(" "))]))
        },
    )?;
    found.extend(policy);
    Ok(found)
}

pub const SSSD: Rule = Rule {
    id: "security.sssd-options",
    area: Area::Security,
    sources: &["IDM-04", "leapp-145", "leapp-146", "leapp-147", "leapp-148"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/sssd/sssd.conf", "/etc/sssd/conf.d/*.conf"],
    look: sssd,
    cases: &[
        found(clean_el7_web, |f| sssd_conf(f, "[domain/files]\nid_provider = local\n")),
        found(clean_el7_web, |f| {
            sssd_conf(f, "[domain/a]\nid_provider = ldap\nldap_initgroups_use_matching_rule_in_chain = True\n");
        }),
        found(clean_el7_web, |f| sssd_conf(f, "[sssd]\nservices = nss, pam, sudo\n[domain/a]\nid_provider = ad\n")),
        found(clean_el7_web, |f| sssd_conf(f, "[sssd]\nservices = pam\n[pam]\npam_cert_auth = True\n")),
        fine(clean_el7_web, |f| {
            let text = "[sssd]\nservices = nss, pam, sudo\nenable_files_domain = true\n[pam]\npam_cert_auth = True\n\
                        [domain/a]\nid_provider = ldap\nldap_sudo_include_regexp = true\n";
            sssd_conf(f, text);
        }),
        fine(clean_el7_web, |f| sssd_conf(f, "[sssd]\nservices = nss, pam\n[domain/a]\nid_provider = ad\n")),
    ],
    ..Rule::USUAL
};
fn sssd(facts: &Facts) -> Result<Vec<Message>, Why> {
    let mut all = Vec::new();
    for file in files(facts, |path| path.starts_with("/etc/sssd/"))? {
        all.extend(settings(content(file)?));
    }
    let domains: BTreeSet<&str> =
        all.iter().map(|one| one.section).filter(|name| name.starts_with("domain/")).collect();
    let sudo = value(&all, "sssd", "services").is_some_and(|list| list.split(',').any(|one| one.trim() == "sudo"));
    let mut found: Vec<Message> = domains.into_iter().flat_map(|domain| sssd_domain(&all, domain, sudo)).collect();
    let certificates = value(&all, "pam", "pam_cert_auth").is_some_and(|on| on.eq_ignore_ascii_case("true"));
    let no_files = value(&all, "sssd", "enable_files_domain").is_none();
    found.extend(found_if(certificates && no_files, || Message::new("finding-security-sssd-options-certificates")));
    Ok(found)
}

fn sssd_domain(all: &[Setting<'_>], domain: &str, sudo: bool) -> Vec<Message> {
    let value = |key| value(all, domain, key);
    let message = |end: &str| Message::new(format!("finding-security-sssd-options-{end}")).with("domain", domain);
    let mut found = found_if(value("id_provider") == Some("local"), || message("local"));
    for key in ["ldap_groups_use_matching_rule_in_chain", "ldap_initgroups_use_matching_rule_in_chain"] {
        found.extend(value(key).map(|_| message("gone").with("option", key)));
    }
    let provider = value("sudo_provider").or(value("id_provider"));
    let directory = matches!(provider, Some("ldap" | "ad"));
    let unsaid = value("ldap_sudo_include_regexp").is_none();
    found.extend(found_if(sudo && directory && unsaid, || message("sudo")));
    found
}

fn value<'a>(all: &[Setting<'a>], section: &str, key: &str) -> Option<&'a str> {
    all.iter().rev().find(|one| one.section == section && one.key == key).map(|one| one.value)
}

fn sssd_conf(facts: &mut Facts, text: &str) {
    add_file(facts, "/etc/sssd/sssd.conf", text);
}

pub const IPA_SERVER: Rule = Rule {
    id: "security.ipa-server",
    severity: Severity::Blocks,
    area: Area::Security,
    sources: &["leapp-150"],
    evidence: Evidence::Source,
    looks_at: &["units"],
    look: ipa_server,
    cases: &[
        found(clean_el7_web, |f| add_unit(f, "ipa.service")),
        fine(clean_el7_web, |f| add_unit(f, "sssd.service")),
    ],
    ..Rule::USUAL
};
fn ipa_server(facts: &Facts) -> Result<Vec<Message>, Why> {
    let unit = unit_in_use(facts, &["ipa.service"])?;
    Ok(found_if(unit.is_some(), || Message::new("finding-security-ipa-server")))
}

pub const IPA_UNUSED: Rule = Rule {
    id: "security.ipa-server-unused",
    severity: Severity::Informs,
    area: Area::Security,
    sources: &["leapp-151"],
    evidence: Evidence::Source,
    looks_at: &["packages", "units"],
    look: ipa_unused,
    cases: &[
        found(clean_el7_web, |f| add_package(f, "ipa-server", "4.6.8", "5.el7.centos")),
        fine(clean_el7_web, |f| {
            add_package(f, "ipa-server", "4.6.8", "5.el7.centos");
            add_unit(f, "ipa.service");
        }),
        fine(clean_el7_web, |f| add_package(f, "ipa-client", "4.6.8", "5.el7.centos")),
    ],
    ..Rule::USUAL
};
fn ipa_unused(facts: &Facts) -> Result<Vec<Message>, Why> {
    let installed = facts.package("ipa-server")?.is_some();
    let used = unit_in_use(facts, &["ipa.service"])?.is_some();
    Ok(found_if(installed && !used, || Message::new("finding-security-ipa-server-unused")))
}

pub const LDAP_CLIENT: Rule = Rule {
    id: "security.ldap-client-certificates",
    area: Area::Security,
    sources: &["IDM-06"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/openldap/ldap.conf"],
    look: ldap_client,
    cases: &[
        found(clean_el7_web, |f| {
            let text = "URI ldaps://ldap.example.com\nTLS_CACERTDIR /etc/openldap/certs\n";
            add_file(f, "/etc/openldap/ldap.conf", text);
        }),
        fine(clean_el7_web, |f| {
            add_file(
                f,
                "/etc/openldap/ldap.conf",
                "#URI ldap://x\nTLS_CACERTDIR\t/etc/openldap/certs\nSASL_NOCANON\ton\n",
            );
        }),
        fine(clean_el7_web, |f| {
            let text =
                "URI ldaps://x\nTLS_CACERTDIR /etc/openldap/certs\nTLS_CACERT /etc/pki/tls/certs/ca-bundle.crt\n";
            add_file(f, "/etc/openldap/ldap.conf", text);
        }),
    ],
    ..Rule::USUAL
};
fn ldap_client(facts: &Facts) -> Result<Vec<Message>, Why> {
    let text = content_of(facts, "/etc/openldap/ldap.conf")?.unwrap_or_default();
    let all: Vec<(&str, &str)> = settings(text).into_iter().map(|one| (one.key, one.value)).collect();
    let get = |key: &str| all.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| *value);
    let folder = get("TLS_CACERTDIR").filter(|_| get("URI").is_some() && get("TLS_CACERT").is_none());
    Ok(folder
        .map(|folder| Message::new("finding-security-ldap-client-certificates").with("folder", folder))
        .into_iter()
        .collect())
}

pub const KERBEROS: Rule = Rule {
    id: "security.kerberos-weak",
    area: Area::Security,
    sources: &["SEC-17"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/krb5.conf", "/etc/krb5.conf.d/*"],
    look: kerberos,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/krb5.conf", "[libdefaults]\n allow_weak_crypto = true\n")),
        found(clean_el7_web, |f| {
            add_file(f, "/etc/krb5.conf", "[libdefaults]\n default_tkt_enctypes = rc4-hmac des3-cbc-sha1\n");
        }),
        fine(clean_el7_web, |f| {
            let text = "[libdefaults]\n dns_lookup_realm = false\n allow_weak_crypto = false\n\
                         permitted_enctypes = aes256-cts-hmac-sha1-96 rc4-hmac\n";
            add_file(f, "/etc/krb5.conf", text);
        }),
    ],
    ..Rule::USUAL
};
fn kerberos(facts: &Facts) -> Result<Vec<Message>, Why> {
    let weak = |one: &Setting<'_>| match one.key {
        "allow_weak_crypto" => matches!(one.value, "true" | "yes" | "1"),
        key if key.ends_with("_enctypes") => only_weak(one.value),
        _ => false,
    };
    let mut found = Vec::new();
    for file in files(facts, |path| path.starts_with("/etc/krb5.conf"))? {
        found.extend(settings(content(file)?).into_iter().filter(weak).map(|one| {
            Message::new("finding-security-kerberos-weak")
                .with("file", &file.path)
                .with("setting", one.key)
                .with("value", one.value)
        }));
    }
    Ok(found)
}

fn only_weak(list: &str) -> bool {
    let mut types = list.split([' ', '\t', ',']).filter(|word| !word.is_empty()).peekable();
    types.peek().is_some() && types.all(|kind| WEAK_ENCTYPES.iter().any(|weak| kind.starts_with(weak)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_that_takes_the_place() {
        for (pam, nsswitch, want) in [
            ("auth sufficient pam_sss.so\nsession optional pam_oddjob_mkhomedir.so\n", "", "sssd with-mkhomedir"),
            ("auth sufficient pam_sss.so\n", "sudoers: files sss\n", "sssd with-sudo"),
            ("auth sufficient pam_winbind.so\n", "sudoers: files sss\n", "winbind"),
            (
                "account required pam_access.so\nauth required pam_faillock.so\n",
                "",
                "minimal with-faillock with-pamaccess",
            ),
        ] {
            let mut facts = clean_el7_web();
            add_file(&mut facts, "/etc/pam.d/system-auth", pam);
            add_file(&mut facts, "/etc/nsswitch.conf", nsswitch);
            let found = authselect(&facts).expect("the files are read");
            assert_eq!(found[0].arg("command"), Some(format!("authselect select {want}").as_str()), "{pam}");
        }
    }
}
