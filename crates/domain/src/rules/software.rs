//! Software that goes its own way: languages and their libraries, products with an upgrade of their own, yum's own files.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{content, content_of, files, found_if, names, settings};
use super::{Area, Evidence, FRESH, Rule, Severity};
use crate::Message;
use crate::facts::{CronEntry, Facts, Package, Process, Why};

/// Servers whose data moves by the product's own backup and restore.
const SATELLITE: &[&str] = &["satellite", "satellite-capsule", "foreman", "katello", "foreman-proxy-content"];

/// Keys that EL 7 and EPEL 7 bring: CentOS's own, EPEL's.
const DISTRIBUTION_KEYS: &[&str] = &["f4a80eb5", "352c64e5"];

/// Libraries for Python 2 that programs of somebody's own are written on; what yum and the system use is not here.
const PYTHON2_LIBRARIES: &[&str] = &[
    "MySQL-python",
    "mod_wsgi",
    "pymongo",
    "python-flask",
    "python-gunicorn",
    "python-ldap",
    "python-memcached",
    "python-psycopg2",
    "python-redis",
    "python-sqlalchemy",
    "python-tornado",
    "python-virtualenv",
    "python2-django",
    "python2-pip",
    "uwsgi-plugin-python2",
];

/// Where the packages' own Perl programs are.
const PACKAGED: &[&str] = &["/usr/bin/", "/usr/sbin/", "/usr/lib", "/usr/libexec/", "/usr/share/", "/bin/", "/sbin/"];

const VERSIONLOCK: &str = "/etc/yum/pluginconf.d/versionlock.list";

pub const SATELLITE_SERVER: Rule = Rule {
    id: "packages.satellite",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["leapp-28", "leapp-29"],
    evidence: Evidence::Source,
    looks_at: &["packages"],
    look: satellite,
    cases: &[
        found(clean_el7_postgresql, |f| add_package(f, "satellite", "6.10.7", "1.el7sat")),
        fine(clean_el7_postgresql, |f| add_package(f, "katello-agent", "3.5.7", "3.el7")),
    ],
    ..Rule::USUAL
};
fn satellite(facts: &Facts) -> Result<Vec<Message>, Why> {
    let server = installed(facts)?.find(|package| SATELLITE.contains(&package.name.as_str()));
    Ok(server.map(|package| Message::new("finding-packages-satellite").with("package", package)).into_iter().collect())
}

pub const JBOSS_EAP: Rule = Rule {
    id: "packages.jboss-eap",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["leapp-30"],
    evidence: Evidence::Source,
    looks_at: &["packages"],
    look: jboss_eap,
    cases: &[
        found(clean_el7_web, |f| add_package(f, "eap7-wildfly", "7.4.13", "8.GA_redhat_00001.1.el7eap")),
        fine(clean_el7_web, |f| add_package(f, "eapol_test", "2.6", "12.el7")),
    ],
    ..Rule::USUAL
};
fn jboss_eap(facts: &Facts) -> Result<Vec<Message>, Why> {
    let numbered = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.get(1..2) == Some("-");
    let of_eap = |name: &str| name.strip_prefix("eap").is_some_and(numbered) || name.starts_with("jbossas");
    let used: Vec<&str> = installed(facts)?.map(|package| package.name.as_str()).filter(|name| of_eap(name)).collect();
    Ok(found_if(!used.is_empty(), || Message::new("finding-packages-jboss-eap").with("names", names(used))))
}

pub const OWN_KEYS: Rule = Rule {
    id: "packages.own-keys",
    severity: Severity::Informs,
    area: Area::Packages,
    sources: &["leapp-220"],
    evidence: Evidence::Source,
    looks_at: &["packages"],
    look: own_keys,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| add_package(f, "gpg-pubkey", "621e9f35", "58adea78")),
        fine(clean_el7_web, |f| add_package(f, "gpg-pubkey", "f4a80eb5", "53a7ff4b")),
    ],
    ..Rule::USUAL
};
fn own_keys(facts: &Facts) -> Result<Vec<Message>, Why> {
    let keys = facts.packages.get()?.iter().filter(|package| package.name == "gpg-pubkey");
    let ids: Vec<&str> = keys
        .map(|key| key.version.as_str())
        .filter(|id| !DISTRIBUTION_KEYS.contains(&id.to_ascii_lowercase().as_str()))
        .collect();
    Ok(found_if(!ids.is_empty(), || {
        Message::new("finding-packages-own-keys").with("n", ids.len()).with("ids", names(ids))
    }))
}

pub const YUM_VARIABLES: Rule = Rule {
    id: "packages.yum-variables",
    severity: Severity::Informs,
    area: Area::Packages,
    sources: &["PLT-36", "leapp-22"],
    evidence: Evidence::Source,
    looks_at: &["config_files"],
    places: &["/etc/yum/vars/*"],
    look: yum_variables,
    cases: &[
        found(clean_el7_web, |f| add_file(f, "/etc/yum/vars/releasever", "7.6\n")),
        fine(clean_el7_web, |f| {
            add_file(f, "/etc/yum/vars/contentdir", "centos\n");
            known(&mut f.config_files).last_mut().expect("just added").owned_by_rpm = Some("centos-release".into());
        }),
    ],
    ..Rule::USUAL
};
fn yum_variables(facts: &Facts) -> Result<Vec<Message>, Why> {
    let own =
        files(facts, |path| path.starts_with("/etc/yum/vars/"))?.into_iter().filter(|file| file.owned_by_rpm.is_none());
    own.map(|file| {
        let value = content(file)?.trim();
        Ok(Message::new("finding-packages-yum-variables").with("file", &file.path).with("value", value))
    })
    .collect()
}

pub const LOCKED_VERSIONS: Rule = Rule {
    id: "packages.locked-versions",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["PLT-36"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &[VERSIONLOCK],
    look: locked_versions,
    cases: &[
        found(clean_el7_web, |f| add_file(f, VERSIONLOCK, "# added by ann\n0:nginx-1.20.1-10.el7.*\n")),
        fine(clean_el7_web, |f| add_file(f, VERSIONLOCK, "# nothing is locked\n\n")),
    ],
    ..Rule::USUAL
};
fn locked_versions(facts: &Facts) -> Result<Vec<Message>, Why> {
    let Some(list) = content_of(facts, VERSIONLOCK)? else { return Ok(Vec::new()) };
    // A line that starts with `!` forbids a version; the readers of settings take it for a comment.
    let locked: Vec<&str> =
        list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    Ok(found_if(!locked.is_empty(), || {
        Message::new("finding-packages-locked-versions").with("n", locked.len()).with("names", names(locked))
    }))
}

pub const PYTHON2_MODULES: Rule = Rule {
    id: "packages.python2-libraries",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["PY-01"],
    evidence: Evidence::Known,
    looks_at: &["packages"],
    look: python2_libraries,
    cases: &[
        found(clean_el7_web, |f| add_package(f, "MySQL-python", "1.2.5", "1.el7")),
        fine(clean_el7_web, |f| {
            // On every EL 7 host, for yum.
            add_package(f, "python-urlgrabber", "3.10", "10.el7");
            add_package(f, "python36-psycopg2", "2.7.7", "2.el7");
        }),
    ],
    ..Rule::USUAL
};
fn python2_libraries(facts: &Facts) -> Result<Vec<Message>, Why> {
    let used: Vec<&str> = installed(facts)?
        .map(|package| package.name.as_str())
        .filter(|name| PYTHON2_LIBRARIES.contains(name))
        .collect();
    Ok(found_if(!used.is_empty(), || Message::new("finding-packages-python2-libraries").with("names", names(used))))
}

pub const RUBY_AND_NODE: Rule = Rule {
    id: "packages.ruby-and-node",
    severity: Severity::Warns,
    area: Area::Packages,
    sources: &["RUBY-01"],
    evidence: Evidence::Known,
    looks_at: &["packages"],
    look: ruby_and_node,
    cases: &[
        found(clean_el7_web, |f| add_package(f, "nodejs", "6.17.1", "1.el7")),
        fine(clean_el7_web, |f| add_package(f, "ruby-libs", "2.0.0.648", "39.el7_9")),
    ],
    ..Rule::USUAL
};
fn ruby_and_node(facts: &Facts) -> Result<Vec<Message>, Why> {
    let used = installed(facts)?.filter(|package| matches!(package.name.as_str(), "ruby" | "nodejs"));
    Ok(used.map(|package| Message::new("finding-packages-ruby-and-node").with("package", package)).collect())
}

pub const PERL_PROGRAMS: Rule = Rule {
    id: "services.perl-programs",
    severity: Severity::Warns,
    area: Area::Services,
    sources: &["PERL-01"],
    evidence: Evidence::Known,
    looks_at: &["processes", "cron"],
    look: perl_programs,
    cases: &[
        found(clean_el7_web, |f| {
            let args = "/usr/bin/perl -w /opt/billing/collect.pl --daemon".into();
            known(&mut f.processes).push(Process { user: "billing".into(), comm: "perl".into(), args });
        }),
        found(clean_el7_web, |f| {
            let command = "cd /srv && perl /srv/nightly.cgi".into();
            let (file, schedule, user) = ("/etc/crontab".into(), "@daily".into(), "root".into());
            known(&mut f.cron).push(CronEntry { file, schedule, user, command });
        }),
        fine(clean_el7_web, |f| {
            let args = "/usr/bin/perl /usr/sbin/munin-node".into();
            known(&mut f.processes).push(Process { user: "root".into(), comm: "munin-node".into(), args });
        }),
    ],
    ..Rule::USUAL
};
fn perl_programs(facts: &Facts) -> Result<Vec<Message>, Why> {
    let running = facts.processes.get()?.iter().map(|process| process.args.as_str());
    let scheduled = facts.cron.get()?.iter().map(|entry| entry.command.as_str());
    let programs: Vec<&str> = running.chain(scheduled).flat_map(perl_scripts).collect();
    Ok(found_if(!programs.is_empty(), || Message::new("finding-services-perl-programs").with("names", names(programs))))
}

/// The programs on a command line that Perl runs and no package brought.
fn perl_scripts(line: &str) -> impl Iterator<Item = &str> {
    let mut after_perl = false;
    line.split_whitespace().filter(move |word| {
        let script = word.ends_with(".pl") || (after_perl && word.starts_with('/'));
        // Options stand between the interpreter and its program.
        after_perl = word.rsplit('/').next() == Some("perl") || (after_perl && word.starts_with('-'));
        script && !PACKAGED.iter().any(|folder| word.starts_with(folder))
    })
}

pub const PHP_SESSIONS: Rule = Rule {
    id: "web.php-sessions",
    severity: Severity::Warns,
    area: Area::Web,
    sources: &["PHP-06"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/php.ini", "/etc/php.d/*.ini", "/etc/php-fpm.d/*.conf"],
    look: php_sessions,
    strategies: FRESH,
    cases: &[
        found(clean_el7_web, |f| {
            add_file(f, "/etc/php-fpm.d/shop.conf", "[shop]\nphp_value[session.save_path] = /srv/sessions\n");
        }),
        found(clean_el7_web, |f| add_file(f, "/etc/php.ini", "[Session]\nsession.save_path = \"1;/srv/sessions\"\n")),
        fine(clean_el7_web, |f| {
            let pool = "[shop]\nphp_value[session.save_handler] = redis\n\
                        php_value[session.save_path] = tcp://10.77.0.21:6379\n";
            add_file(f, "/etc/php-fpm.d/shop.conf", pool);
        }),
    ],
    ..Rule::USUAL
};
fn php_sessions(facts: &Facts) -> Result<Vec<Message>, Why> {
    let of_php =
        |path: &str| path == "/etc/php.ini" || path.starts_with("/etc/php.d/") || path.starts_with("/etc/php-fpm.d/");
    let mut kept = Vec::new();
    for file in files(facts, of_php)? {
        for setting in settings(content(file)?).iter().filter(|setting| setting.key.contains("session.save_path")) {
            // `N;MODE;/path` spreads the sessions over folders.
            let folder = setting.value.rsplit(';').next().unwrap_or_default();
            if folder.starts_with('/') {
                kept.push(Message::new("finding-web-php-sessions").with("file", &file.path).with("folder", folder));
            }
        }
    }
    Ok(kept)
}

/// Packages that hold software; imported signing keys look like packages and hold none.
fn installed(facts: &Facts) -> Result<impl Iterator<Item = &Package>, Why> {
    Ok(facts.packages.get()?.iter().filter(|package| package.name != "gpg-pubkey"))
}
