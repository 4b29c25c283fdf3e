//! The same host after its move: a fresh EL9 machine with what was carried to it.

use crate::{
    facts::{Facts, Os, Package, Read, TimeSync, Unit},
    rules::fixtures::known,
};

/// Name on EL7; name, version and release on EL9. What is not here keeps its name and version.
const SUCCESSORS: &[(&str, &str, &str, &str)] = &[
    ("bash", "bash", "5.1.8", "9.el9"),
    ("openssl", "openssl", "3.2.2", "6.el9_5"),
    ("openssh-server", "openssh-server", "8.7p1", "45.el9"),
    ("ntp", "chrony", "4.6.1", "1.el9"),
    ("nginx", "nginx", "1.20.1", "22.el9"),
    ("redis", "redis", "6.2.18", "1.el9"),
];

/// What a survey would read of the host's successor.
pub fn moved(before: &Facts) -> Facts {
    let mut facts = before.clone();
    facts.os = Read::Known(Os {
        id: "rocky".into(),
        id_like: vec!["rhel".into(), "centos".into(), "fedora".into()],
        version_id: "9.6".into(),
        pretty: "Rocky Linux 9.6 (Blue Onyx)".into(),
        release_package: Some("rocky-release-9.6-1.3.el9.noarch".into()),
    });
    facts.kernel = Read::Known("5.14.0-570.12.1.el9_6.x86_64".into());
    known(&mut facts.packages).iter_mut().for_each(successor);
    known(&mut facts.units).iter_mut().for_each(renamed);
    facts.time_sync = Read::Known(TimeSync { daemons: vec!["chronyd".into()], ..known(&mut facts.time_sync).clone() });
    facts.ifcfg = Read::Known(Vec::new());
    known(&mut facts.crypto).policy = Some("DEFAULT".into());
    known(&mut facts.crypto).openssl = Read::Known(Some("openssl-libs-1:3.2.2-6.el9_5.x86_64".into()));
    for server in known(&mut facts.redis) {
        known(&mut server.state).version = "6.2.18".into();
    }
    facts
}

fn successor(package: &mut Package) {
    match SUCCESSORS.iter().find(|(old, ..)| *old == package.name) {
        Some((_, name, version, release)) => {
            (package.name, package.version) = ((*name).to_owned(), (*version).to_owned());
            package.release = (*release).to_owned();
        }
        None => {
            package.release =
                package.release.replace("el7.centos", "el9").replace("el7", "el9").replace("rhel7", "rhel9")
        }
    }
    package.vendor =
        if package.vendor == "CentOS" { "Rocky Enterprise Software Foundation".into() } else { package.vendor.clone() };
    package.source = format!("{}-{}-{}.src.rpm", package.name, package.version, package.release);
}

fn renamed(unit: &mut Unit) {
    if unit.name == "ntpd.service" {
        unit.name = "chronyd.service".into();
    }
}
