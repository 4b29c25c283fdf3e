//! Which configuration files go across, to which place, by which translator. A file that somebody changed
//! and that no row of the table knows is named in the plan, never dropped in silence.

use super::subject::Subject;
use crate::{
    Message,
    config::{Companions, Translator},
    facts::{ConfigFile, Read, Why},
    plan::ConfigCarry,
};

/// Where files wait until the cutover.
pub(super) const STAGED: &str = "/var/lib/rockhop/move/staged";

/// What becomes of a file.
enum Fate {
    /// It goes to this place.
    Carried(String, Translator),
    /// Another step carries what it says, or it is about the old machine alone.
    Needless,
    /// Nobody knows it.
    Unknown,
}

/// The files of a host, sorted out.
#[derive(Default)]
pub(super) struct Files {
    pub config: Vec<ConfigCarry>,
    pub units: Vec<ConfigCarry>,
    pub notes: Vec<Message>,
}

/// Sorts out every file that differs from what a package brought.
pub(super) fn files(subject: &Subject<'_>) -> Result<Files, Vec<Message>> {
    let all = subject.need(&subject.facts.config_files, "config_files").map_err(|m| vec![m])?;
    let mut files = Files::default();
    let mut refused = Vec::new();
    for file in all.iter().filter(|f| is_meaningful(f)) {
        match fate(subject, &file.path) {
            Fate::Needless => {}
            Fate::Unknown => files.notes.push(Message::new("plan-note-file-not-carried").with("path", &file.path)),
            Fate::Carried(to, translator) => match carry(subject, file, &to, translator) {
                Ok((carry, notes)) => {
                    files.notes.extend(notes);
                    if file.path.starts_with("/etc/systemd/system/") { &mut files.units } else { &mut files.config }
                        .push(carry);
                }
                Err(message) => refused.push(message),
            },
        }
    }
    match interface(subject) {
        Ok((carry, notes)) => {
            files.config.push(carry);
            files.notes.extend(notes);
        }
        Err(message) => refused.push(message),
    }
    if refused.is_empty() { Ok(files) } else { Err(refused) }
}

/// A file that no package brought, or that differs from what one brought, or of which that is not known.
fn is_meaningful(file: &ConfigFile) -> bool {
    file.owned_by_rpm.is_none() || file.changed_from_rpm != Some(false)
}

/// One file's way, checked now against what is known of its content.
fn carry(
    subject: &Subject<'_>,
    file: &ConfigFile,
    to: &str,
    translator: Translator,
) -> Result<(ConfigCarry, Vec<Message>), Message> {
    let source_sha256 = match &file.sha256 {
        Read::Known(sum) => Some(sum.clone()),
        Read::Unknown(Why::HoldsSecret) => None,
        Read::Unknown(why) => return Err(subject.unknown(&file.path, why)),
    };
    let content = file.content.get().map_err(|why| subject.unknown(&file.path, &why))?;
    let refused = |no: crate::config::Untranslatable| no.why.with("path", &file.path).with("host", &subject.host.id);
    let made = translator.translation(content.as_bytes()).map_err(refused)?;
    let notes = made.notes.into_iter().map(|note| note.with("path", &file.path)).collect();
    let (mode, owner, group) = (file.mode.clone(), file.owner.clone(), file.group.clone());
    Ok((
        ConfigCarry { from: file.path.clone(), to: to.to_owned(), source_sha256, translator, mode, owner, group },
        notes,
    ))
}

/// The interface that has the service address: its keyfile waits until the cutover.
fn interface(subject: &Subject<'_>) -> Result<(ConfigCarry, Vec<Message>), Message> {
    let address = subject.address()?.to_string();
    let ifcfgs = subject.need(&subject.facts.ifcfg, "ifcfg")?;
    let own = ifcfgs.iter().find(|i| i.settings.iter().any(|(k, v)| k.starts_with("IPADDR") && *v == address));
    let Some(own) = own else { return Err(subject.refuse("plan-refuse-no-ifcfg").with("address", &address)) };
    let file = subject.config(&own.path).ok_or_else(|| subject.unknown(&own.path, &Why::Missing))?;
    let device = own.get("DEVICE").unwrap_or_default();
    let companions = companions(subject, device)?;
    let to = format!("{STAGED}/{device}.nmconnection");
    let (carry, mut notes) = carry(subject, file, &to, Translator::IfcfgToKeyfile(companions))?;
    let others =
        ifcfgs.iter().filter(|i| i.path != own.path && !i.path.ends_with("/ifcfg-lo") && i.get("ONBOOT") != Some("no"));
    notes.extend(others.map(|i| Message::new("plan-note-interface-not-carried").with("path", &i.path)));
    let owner = "root".to_owned();
    Ok((ConfigCarry { mode: "0600".to_owned(), owner: owner.clone(), group: owner, ..carry }, notes))
}

/// The name of the profile that the cutover brings up.
pub(super) fn profile(files: &Files) -> Option<&str> {
    let to = files.config.iter().find_map(|c| c.to.strip_prefix(STAGED)?.strip_suffix(".nmconnection"))?;
    to.strip_prefix('/')
}

fn companions(subject: &Subject<'_>, device: &str) -> Result<Companions, Message> {
    let network = subject.content("/etc/sysconfig/network").unwrap_or_default();
    let gateway =
        network.lines().find_map(|l| l.strip_prefix("GATEWAY=")).map(|g| g.trim_matches(['"', '\'']).to_owned());
    let resolver = subject.facts.resolver.known().cloned().unwrap_or_default();
    let routes_file = format!("/etc/sysconfig/network-scripts/route-{device}");
    let routes: Vec<String> = subject
        .content(&routes_file)
        .unwrap_or_default()
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(str::to_owned)
        .collect();
    if routes.iter().any(|r| r.starts_with("ADDRESS")) {
        return Err(subject.refuse("plan-refuse-routes").with("path", routes_file));
    }
    Ok(Companions { gateway, dns: resolver.nameservers, search: resolver.search, routes })
}

fn fate(subject: &Subject<'_>, path: &str) -> Fate {
    use Translator::*;
    let same = |translator| Fate::Carried(path.to_owned(), translator);
    let to = |place: &str, translator| Fate::Carried(place.to_owned(), translator);
    let under = |folder: &str| path.starts_with(folder);
    match path {
        "/etc/hosts" | "/etc/hostname" | "/etc/security/limits.conf" | "/etc/locale.conf" => same(Verbatim),
        "/etc/sysctl.conf" => same(Sysctl),
        "/etc/crontab" => same(Crontab),
        "/etc/ssh/sshd_config" => same(SshdConfig),
        "/etc/ntp.conf" if subject.enabled("ntpd.service") => to("/etc/chrony.conf", NtpToChrony),
        "/etc/chrony.conf" if subject.enabled("chronyd.service") => same(Verbatim),
        "/etc/sysconfig/iptables" if subject.enabled("iptables.service") => {
            to("/etc/sysconfig/nftables.conf", IptablesToNft)
        }
        "/etc/redis.conf" => to("/etc/redis/redis.conf", RedisConf),
        "/etc/my.cnf" => to("/etc/my.cnf.d/server.cnf", MyCnf),
        _ if under("/etc/my.cnf.d/") => same(MyCnf),
        "/etc/haproxy/haproxy.cfg" => same(Verbatim),
        "/etc/prometheus/prometheus.yml" | "/etc/prometheus/alertmanager.yml" => same(PrometheusYml),
        _ if under("/etc/alertmanager/") => same(PrometheusYml),
        _ if under("/etc/prometheus/")
            && (path.ends_with(".yml") || path.ends_with(".yaml") || path.ends_with(".rules")) =>
        {
            same(AlertRules)
        }
        _ if under("/etc/prometheus/") => same(Verbatim),
        _ if under("/etc/nginx/") => same(if path.ends_with(".types") { Verbatim } else { NginxConf }),
        _ if under("/etc/sysctl.d/") => same(Sysctl),
        _ if under("/etc/cron.d/") || under("/var/spool/cron/") => same(Crontab),
        _ if under("/etc/cron.") || under("/etc/logrotate.d/") || under("/etc/security/limits.d/") => same(Verbatim),
        _ if under("/etc/sudoers.d/") || under("/etc/profile.d/") || under("/etc/modules-load.d/") => same(Verbatim),
        _ if under("/etc/tmpfiles.d/") || under("/etc/rsyslog.d/") || under("/etc/modprobe.d/") => same(Verbatim),
        _ if under("/etc/systemd/system/") => same(SystemdUnit),
        _ if is_environment(subject, path) => same(Environment),
        "/etc/hosts.allow" | "/etc/hosts.deny" if wrappers_are_empty(subject) => Fate::Needless,
        _ if needless(path) => Fate::Needless,
        _ => Fate::Unknown,
    }
}

/// Files that a unit reads by `EnvironmentFile=`, and the options of exporters.
fn is_environment(subject: &Subject<'_>, path: &str) -> bool {
    if !(path.starts_with("/etc/sysconfig/") || path.starts_with("/etc/default/")) {
        return false;
    }
    let units = subject.facts.local_units.known().map(Vec::as_slice).unwrap_or_default();
    let read_by_unit =
        units.iter().any(|u| u.content.lines().any(|l| l.starts_with("EnvironmentFile=") && l.ends_with(path)));
    read_by_unit
        || matches!(path, "/etc/default/prometheus" | "/etc/default/alertmanager" | "/etc/default/node_exporter")
}

/// EL9 reads neither file: what stands in them would be lost (NET-11).
fn wrappers_are_empty(subject: &Subject<'_>) -> bool {
    subject.facts.tcp_wrappers.known().is_some_and(|w| w.allow.is_empty() && w.deny.is_empty())
}

/// About the old machine's disks, boot, repositories, network and accounts; or carried in trees.
fn needless(path: &str) -> bool {
    const EXACT: [&str; 21] = [
        "/etc/crypttab",
        "/etc/vdoconf.yml",
        "/etc/fstab",
        "/etc/resolv.conf",
        "/etc/passwd",
        "/etc/group",
        "/etc/os-release",
        "/etc/host.conf",
        "/etc/nsswitch.conf",
        "/etc/default/grub",
        "/etc/yum.conf",
        "/etc/selinux/config",
        "/etc/rockhop-lab-host",
        "/etc/sysconfig/network",
        "/etc/ntp.conf",
        "/etc/chrony.conf",
        "/etc/sysconfig/iptables",
        "/etc/sysconfig/ntpd",
        "/etc/sysconfig/selinux",
        "/etc/centos-release",
        "/etc/mysql/my.cnf",
    ];
    const UNDER: [&str; 16] = [
        "/etc/grub.d/",
        "/etc/ld.so.",
        "/etc/udev/rules.d/70-persistent-",
        "/etc/yum.repos.d/",
        "/etc/sysconfig/network-scripts/",
        "/usr/lib/",
        "/opt/",
        "/srv/",
        "/var/lib/pgsql/",
        "/etc/pam.d/",
        "/etc/rc.d/init.d/",
        "/etc/crypto-policies/",
        "/etc/dnf/",
        "/etc/lvm/",
        "/etc/systemd/network/",
        "/etc/NetworkManager/",
    ];
    EXACT.contains(&path) || UNDER.iter().any(|folder| path.starts_with(folder))
}
