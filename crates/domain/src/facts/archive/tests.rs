//! Whole archives, small and made up; and any bytes in any entry.

use super::*;
use crate::facts::{Read, Why};
use proptest::prelude::*;

const INSIGHTS: &[(&str, &str)] = &[
    ("insights_commands/hostname_-f", "web-1.example\n"),
    ("insights_commands/date_--utc", "Wed Aug 30 09:54:44 UTC 2023\n"),
    ("insights_commands/uname_-a", "Linux web-1 3.10.0-957.el7.x86_64 #1 SMP x86_64 x86_64 x86_64 GNU/Linux\n"),
    ("insights_commands/getenforce", "Enforcing\n"),
    (
        "insights_commands/rpm_-qa_--qf_name_NAME",
        "{\"name\":\"redis\",\"epoch\":\"(none)\",\"version\":\"3.2.12\",\"release\":\"2.el7\",\"arch\":\"x86_64\",\"vendor\":\"Fedora Project\"}\n",
    ),
    ("insights_commands/systemctl_list-unit-files", "UNIT FILE STATE\nchronyd.service enabled\n"),
    ("insights_commands/systemctl_list-units", "UNIT LOAD ACTIVE SUB\nchronyd.service loaded active running NTP\n"),
    (
        "insights_commands/ps_auxcww",
        "USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND\nroot 1 0 0 9 9 ? S 0 0 systemd\nroot 2 0 0 0 0 ? S 0 0 kthreadd\nredis 5 0 0 9 9 ? S 0 0 redis-server\n",
    ),
    (
        "insights_commands/ps_auxww",
        "USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND\nredis 5 0 0 9 9 ? S 0 0 redis-server --requirepass SECRET\n",
    ),
    ("insights_commands/ss_-tupna", "Netid State Recv-Q Send-Q Local Peer\ntcp LISTEN 0 1 *:6379 *:*\n"),
    ("insights_commands/sysctl_-a", "crypto.fips_enabled = 0\nnet.core.somaxconn = 128\n"),
    ("insights_commands/lsblk", "NAME MAJ:MIN RM SIZE RO TYPE MOUNTPOINT\nvda 253:0 0 20G 0 disk \n"),
    ("insights_commands/ip_addr", "1: lo: <UP> mtu 65536\n"),
    ("insights_commands/ip_route_show_table_all", "default via 10.0.0.1 dev eth0\n"),
    ("insights_commands/df_-alP", "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 9 4 5 40% /\n"),
    ("insights_commands/df_-li", "Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/vda 9 4 5 40% /\n"),
    ("insights_commands/uptime", "09:54:49 up 5 min,  1 user\n"),
    ("etc/os-release", "ID=\"centos\"\nVERSION_ID=\"7\"\n"),
    ("etc/fstab", "UUID=1 / xfs defaults 0 0\n"),
    ("etc/chrony.conf", "server 10.0.0.1 iburst\n"),
    ("etc/ssh/sshd_config", "Port 22\n"),
    ("etc/nginx/conf.d/x.conf", "password=SECRET\n"),
    ("proc/mounts", "/dev/vda / xfs rw 0 0\n"),
    ("proc/cpuinfo", "processor\t: 0\nmodel name\t: X\nflags\t\t: sse4_2 cx16\n"),
    ("proc/meminfo", "MemTotal: 100 kB\nSwapTotal: 0 kB\n"),
];

fn archive<'a>(entries: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Archive {
    let entry = |(path, bytes): (&str, &[u8])| Entry {
        path: format!("a/data/{path}"),
        bytes: bytes.into(),
        meta: Meta::default(),
    };
    Archive::new(entries.into_iter().map(entry).collect(), Redactor::new("salt")).expect("an archive")
}

fn whole() -> Archive {
    archive(INSIGHTS.iter().map(|(path, text)| (*path, text.as_bytes())))
}

fn facts(archive: &Archive) -> Facts {
    read(archive, HostId::parse("web-1").expect("a name")).expect("facts")
}

#[test]
fn what_an_archive_tells_is_known() {
    let facts = facts(&whole());
    assert_eq!(hostname(&whole()).as_deref(), Some("web-1.example"));
    assert_eq!(facts.taken_at.to_string(), "2023-08-30T09:54:44Z");
    assert_eq!(facts.is_el7(), Ok(true));
    assert_eq!(facts.mounts.known().map(|mounts| mounts[0].free_kib()), Some(Ok(5)));
    assert_eq!(facts.time_sync.known().map(|time| (time.daemons.len(), time.servers.len())), Some((1, 1)));
    assert_eq!(facts.uptime_s, Read::Known(300));
    assert_eq!(facts.nginx, Read::Known(None), "neither package nor process");
    let processes: Vec<_> =
        facts.processes.known().expect("known").iter().map(|p| (p.comm.as_str(), p.args.is_empty())).collect();
    assert_eq!(processes, [("redis-server", false), ("systemd", true)], "arguments are kept of those that were told");
    assert!(facts.unknowns().iter().all(|(_, why)| **why == Why::NotHeld), "{:?}", facts.unknowns());
}

#[test]
fn what_an_archive_lacks_is_unknown_and_never_absent() {
    let facts = facts(&whole());
    for unknown in [
        "users",
        "cron",
        "sudoers",
        "crypto",
        "tcp_wrappers",
        "config_files",
        "sysctl_set",
        "redis",
        "repos",
        "sshd",
        "routes",
    ] {
        assert!(facts.unknowns().iter().any(|(name, _)| *name == unknown), "{unknown}");
    }
    assert_eq!(facts.config("/etc/nginx/nginx.conf"), Err(Why::NotHeld));
    assert_eq!(
        facts.config("/etc/nginx/conf.d/x.conf").map(|file| file.is_some()),
        Ok(true),
        "what is held can be read"
    );
}

#[test]
fn no_secret_of_an_archive_is_kept() {
    let json = serde_json::to_string(&facts(&whole())).expect("json");
    assert!(!json.contains("SECRET") && json.contains("<redacted:"), "{json}");
}

#[test]
fn each_lost_entry_makes_something_unknown_and_nothing_worse() {
    let all = facts(&whole()).unknowns().len();
    for (lost, (name, _)) in INSIGHTS.iter().enumerate() {
        let rest = INSIGHTS.iter().enumerate().filter(|(at, _)| *at != lost);
        let held = archive(rest.map(|(_, (path, text))| (*path, text.as_bytes())));
        let Ok(facts) = read(&held, HostId::parse("web-1").expect("a name")) else { continue };
        assert!(facts.unknowns().len() >= all, "without {name}");
    }
}

const SOS: &[(&str, &str)] = &[
    ("sos_commands/date/date_--utc", "Wed Aug 30 09:54:44 UTC 2023\n"),
    ("sos_commands/host/hostname", "db-1\n"),
    (
        "sos_commands/rpm/sh_-c_rpm_--nodigest_-qa_--qf_-59_NVRA_INSTALLTIME_date_sort_-V",
        "bash-4.2.46-35.el7_9.x86_64   Wed\n",
    ),
    ("etc/hosts", "127.0.0.1 localhost\n"),
    ("etc/hosts.deny", "ALL: ALL\n"),
    ("etc/crontab", "SHELL=/bin/sh\n"),
    ("etc/cron.d/backup", "0 2 * * * root curl -u bob:SECRET http://x/\n"),
    ("etc/sudoers", "root ALL=(ALL) ALL\n"),
    ("etc/sysctl.conf", "vm.swappiness = 1\n"),
    ("lib/sysctl.d/50-default.conf", "kernel.sysrq = 16\n"),
    ("etc/yum.repos.d/base.repo", "[base]\nbaseurl=http://c/\n"),
];

#[test]
fn a_sosreport_holds_whole_folders() {
    let facts = facts(&archive(SOS.iter().map(|(path, text)| (*path, text.as_bytes()))));
    assert_eq!(facts.origin, crate::facts::Origin::Archive { layout: Layout::Sosreport });
    let tcp_wrappers = facts.tcp_wrappers.known().expect("known");
    assert_eq!((tcp_wrappers.allow.len(), tcp_wrappers.deny.len()), (0, 1));
    assert_eq!(facts.sysctl_set.known().map(Vec::len), Some(2));
    assert_eq!(facts.sudoers.known().map(|sudoers| sudoers.grants.len()), Some(1));
    let command = &facts.cron.known().expect("known")[0].command;
    assert!(command.starts_with("curl -u bob:<redacted:"), "{command}");
    assert_eq!(facts.package("bash").map(|package| package.is_some()), Ok(true));
}

proptest! {
    #[test]
    fn any_bytes_in_any_entry_never_panic(at in 0..INSIGHTS.len(), bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let changed = INSIGHTS.iter().enumerate().map(|(i, (path, text))| (*path, if i == at { &bytes[..] } else { text.as_bytes() }));
        let held = archive(changed.collect::<Vec<_>>());
        let _ = read(&held, HostId::parse("web-1").expect("a name"));
    }

    #[test]
    fn any_line_in_any_entry_never_panics(at in 0..INSIGHTS.len(), line in "[A-Za-z0-9:/=%|`.\t\n(\" é\\[\\]{}*+-]{0,60}") {
        let texts: Vec<(String, String)> = INSIGHTS.iter().enumerate().map(|(i, (path, text))| {
            let first = text.lines().next().unwrap_or_default();
            ((*path).to_owned(), if i == at { format!("{first}\n{line}\n") } else { (*text).to_owned() })
        }).collect();
        let held = archive(texts.iter().map(|(path, text)| (path.as_str(), text.as_bytes())));
        let _ = read(&held, HostId::parse("web-1").expect("a name"));
    }

    #[test]
    fn any_entries_never_panic(paths in proptest::collection::vec("(sos_commands/|insights_commands/|etc/|[a-z._ -]{1,4}|/){1,4}", 0..6)) {
        let entries = paths.into_iter().map(|path| Entry { path, bytes: b"x".to_vec(), meta: Meta::default() }).collect();
        if let Ok(held) = Archive::new(entries, Redactor::new("s")) {
            let _ = read(&held, HostId::parse("h").expect("a name"));
        }
    }
}
