//! The entries of an archive: found by the command that wrote them, or by the path that they had on the host.

use super::{Layout, NotRead, Redactor};
use crate::facts::Why;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// One file of an archive, in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative, with `/` between its parts.
    pub path: String,
    pub bytes: Vec<u8>,
    pub meta: Meta,
}

/// What an archive says of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// Permission bits, as `0640`.
    pub mode: String,
    pub owner: String,
    pub group: String,
    pub modified: Option<Timestamp>,
}

/// Entries whose layout is known.
#[derive(Debug)]
pub struct Archive {
    layout: Layout,
    /// Of commands, by the words of the command.
    outputs: BTreeMap<String, Entry>,
    /// Of files, by their path on the host.
    files: BTreeMap<String, Entry>,
    redactor: Redactor,
}

const COMMANDS_OF_SOS: &str = "sos_commands/";
const COMMANDS_OF_INSIGHTS: &str = "insights_commands/";

/// Logs, firmware, policies, and what tools write of themselves: never read, and most of an archive's bytes.
const PASSED_OVER: [&str; 14] = [
    "/var/log/",
    "/sys/",
    "/boot/",
    "/meta_data/",
    "/sos_logs/",
    "/sos_reports/",
    "/sos_strings/",
    "/etc/selinux/targeted/",
    "/etc/udev/",
    "/etc/pki/",
    "/sos_commands/logs/",
    "/sos_commands/selinux/semanage",
    "/var/lib/",
    "/usr/share/",
];

/// Secrets through and through: not even looked at.
const SECRET_FILES: [&str; 6] = ["/shadow", "/gshadow", "/shadow-", "/gshadow-", "/opasswd", "/krb5.keytab"];

/// What insights copies line by line as it is. Of other files it keeps only the lines that some rule of its own asks for,
/// and does not say so: such a copy is no file, and what it lacks says nothing.
const WHOLE_IN_INSIGHTS: [&str; 33] = [
    "/proc/",
    "/etc/audit/auditd.conf",
    "/etc/chrony.conf",
    "/etc/crypto-policies/",
    "/etc/default/grub",
    "/etc/exports",
    "/etc/fstab",
    "/etc/haproxy/",
    "/etc/host.conf",
    "/etc/hostname",
    "/etc/hosts",
    "/etc/httpd/",
    "/etc/keepalived/",
    "/etc/krb5.conf",
    "/etc/logrotate.conf",
    "/etc/logrotate.d/",
    "/etc/machine-id",
    "/etc/modprobe.d/",
    "/etc/nginx/",
    "/etc/ntp.conf",
    "/etc/os-release",
    "/etc/pam.d/",
    "/etc/redhat-release",
    "/etc/resolv.conf",
    "/etc/security/limits",
    "/etc/selinux/config",
    "/etc/sysconfig/network-scripts/ifcfg-",
    "/etc/sysctl.conf",
    "/etc/sysctl.d/",
    "/etc/systemd/",
    "/etc/xinetd",
    "/etc/yum.repos.d/",
    "/usr/lib/sysctl.d/",
];

/// Whether facts may be read from an entry at this path; the others need not be kept, however large they are.
pub fn wanted(path: &str) -> bool {
    let path = format!("/{path}");
    let name = path.rsplit('/').next().unwrap_or_default();
    let key = name.ends_with(".key") || (name.starts_with("ssh_host_") && name.ends_with("_key"));
    let apple = name.starts_with("._"); // what macOS writes beside each file
    let here = PASSED_OVER.iter().all(|part| !path.contains(part)) || path.contains("/usr/lib/sysctl.d/");
    here && !key && !apple && !SECRET_FILES.iter().any(|file| path.ends_with(file))
}

impl Archive {
    /// Sorts the entries by what they are. Of two at one path the later counts, as for `tar`.
    pub fn new(entries: Vec<Entry>, redactor: Redactor) -> Result<Self, NotRead> {
        let layout = layout(&entries).ok_or(NotRead::UnknownLayout)?;
        let (mut outputs, mut files) = (BTreeMap::new(), BTreeMap::new());
        let root = root(&entries, layout);
        for entry in entries {
            let Some(path) = entry.path.strip_prefix(&root) else { continue };
            match command(path, layout) {
                Some(words) => drop(outputs.insert(words, entry)),
                None if is_whole(&host_path(path), layout) => drop(files.insert(host_path(path), entry)),
                None => {}
            }
        }
        Ok(Self { layout, outputs, files, redactor })
    }

    /// How it is laid out.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The output of the first of these commands that is held: `ps auxww`; `df alP*` for any that begins so.
    pub(super) fn output(&self, commands: &[&str]) -> Result<String, Why> {
        let held = commands.iter().filter_map(|command| match command.strip_suffix('*') {
            Some(start) => self.outputs.range(start.to_owned()..).next().filter(|(words, _)| words.starts_with(start)),
            None => self.outputs.get_key_value(*command),
        });
        let mut why = Why::NotHeld;
        for (_, entry) in held {
            match self.said(entry) {
                Ok(text) => return Ok(text),
                Err(other) => why = other,
            }
        }
        Err(why)
    }

    /// An output that holds only the shell's complaint, or nothing, is none.
    fn said(&self, entry: &Entry) -> Result<String, Why> {
        let text = self.text(entry);
        let first = text.lines().find(|line| !line.trim().is_empty()).ok_or(Why::NotHeld)?;
        let complaint = ["command not found", "failed to run command", "No such file or directory"];
        if complaint.iter().any(|what| first.contains(what)) && text.lines().count() < 3 {
            let tool = entry.path.rsplit('/').next().and_then(|name| name.split(['_', '.']).next());
            return Err(Why::ToolMissing { tool: tool.unwrap_or_default().to_owned() });
        }
        Ok(text)
    }

    /// The content of the file that lay there on the host.
    pub(super) fn file(&self, path: &str) -> Result<String, Why> {
        self.files.get(path).map(|entry| self.text(entry)).ok_or(Why::NotHeld)
    }

    /// All files that lay below a prefix, by path.
    pub(super) fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a Entry)> {
        let from = self.files.range(prefix.to_owned()..);
        from.take_while(move |(path, _)| path.starts_with(prefix)).map(|(path, entry)| (path.as_str(), entry))
    }

    /// The text of an entry, its secrets replaced.
    pub(super) fn text(&self, entry: &Entry) -> String {
        let text = String::from_utf8_lossy(&entry.bytes);
        if entry.path.ends_with("/nsswitch.conf") { text.into_owned() } else { self.redactor.text(&text) }
    }

    /// The newest time that an entry carries.
    pub(super) fn newest(&self) -> Option<Timestamp> {
        self.outputs.values().chain(self.files.values()).filter_map(|entry| entry.meta.modified).max()
    }
}

fn layout(entries: &[Entry]) -> Option<Layout> {
    let any = |part: &str| {
        entries.iter().any(|entry| entry.path.starts_with(part) || entry.path.contains(&format!("/{part}")))
    };
    if any(COMMANDS_OF_INSIGHTS) {
        Some(Layout::Insights)
    } else if any(COMMANDS_OF_SOS) {
        Some(Layout::Sosreport)
    } else {
        let known = |entry: &Entry| command(&entry.path, Layout::Outputs).is_some_and(|words| is_telling(&words));
        entries.iter().any(known).then_some(Layout::Outputs)
    }
}

/// A folder is one of outputs when it holds one of those that tell most.
fn is_telling(words: &str) -> bool {
    const TELLING: [&str; 6] = ["rpm qa", "ps aux", "ps axu", "ps ef", "systemctl", "uname a"];
    TELLING.iter().any(|start| words.starts_with(start))
}

fn is_whole(path: &str, layout: Layout) -> bool {
    layout != Layout::Insights || WHOLE_IN_INSIGHTS.iter().any(|start| path.starts_with(start))
}

/// What stands before the commands' folder in all paths: the shallowest of its kind.
fn root(entries: &[Entry], layout: Layout) -> String {
    let part = match layout {
        Layout::Insights => COMMANDS_OF_INSIGHTS,
        Layout::Sosreport => COMMANDS_OF_SOS,
        Layout::Outputs => return String::new(),
    };
    let before = |entry: &Entry| {
        let at = entry.path.find(part)?;
        (at == 0 || entry.path[..at].ends_with('/')).then(|| entry.path[..at].to_owned())
    };
    entries.iter().filter_map(before).min_by_key(String::len).unwrap_or_default()
}

/// The words of the command that wrote an entry, without the signs between them.
fn command(path: &str, layout: Layout) -> Option<String> {
    let name = match layout {
        Layout::Insights => path.strip_prefix(COMMANDS_OF_INSIGHTS)?,
        Layout::Sosreport => path.strip_prefix(COMMANDS_OF_SOS)?.split_once('/')?.1,
        Layout::Outputs => {
            let name = path.rsplit('/').next()?;
            name.strip_suffix(".out").or_else(|| name.strip_suffix(".txt")).or((!name.contains('.')).then_some(name))?
        }
    };
    let words = name.split(['_', '-', '.', ' ']).filter(|word| !word.is_empty() && *word != "sudo");
    Some(words.collect::<Vec<_>>().join(" "))
}

/// `/lib` is `/usr/lib` on every EL since 7.
fn host_path(path: &str) -> String {
    match path.strip_prefix("lib/") {
        Some(rest) => format!("/usr/lib/{rest}"),
        None => format!("/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, text: &str) -> Entry {
        Entry { path: path.into(), bytes: text.into(), meta: Meta::default() }
    }

    fn archive(entries: &[(&str, &str)]) -> Result<Archive, NotRead> {
        let entries = entries.iter().map(|(path, text)| entry(path, text)).collect();
        Archive::new(entries, Redactor::new("salt"))
    }

    #[test]
    fn layouts_are_told_by_their_folders() {
        for (path, want) in [
            ("insights-web-1/data/insights_commands/ps_auxww", Ok(Layout::Insights)),
            ("insights_commands/ps_auxww", Ok(Layout::Insights)),
            ("sosreport-web-1/sos_commands/process/ps_auxwww", Ok(Layout::Sosreport)),
            ("ps-axu.out", Ok(Layout::Outputs)),
            ("holiday.jpg", Err(NotRead::UnknownLayout)),
            ("etc/passwd", Err(NotRead::UnknownLayout)),
        ] {
            assert_eq!(archive(&[(path, "x")]).map(|archive| archive.layout()), want, "{path}");
        }
    }

    #[test]
    fn outputs_and_files_are_found_by_what_they_were() {
        let held = archive(&[
            ("a/data/insights_commands/df_-alP_-x_autofs", "Filesystem\n"),
            ("a/data/insights_commands/nft_list_ruleset", "bash: nft: command not found\n"),
            ("a/data/insights_commands/empty", "\n"),
            ("a/data/etc/nginx/nginx.conf", "password=SECRET\n"),
            ("a/data/etc/ssh/sshd_config", "UsePAM yes\n"),
            ("a/branch_info", "{}"),
        ])
        .expect("an archive");
        assert_eq!(held.output(&["ps auxww", "df alP*"]), Ok("Filesystem\n".into()));
        assert_eq!(held.output(&["nft list ruleset"]), Err(Why::ToolMissing { tool: "nft".into() }));
        assert_eq!(held.output(&["empty"]), Err(Why::NotHeld));
        assert_eq!(held.file("/etc/fstab"), Err(Why::NotHeld));
        assert_eq!(held.file("/etc/ssh/sshd_config"), Err(Why::NotHeld), "a copy of some lines is no file");
        assert!(held.file("/etc/nginx/nginx.conf").expect("held").starts_with("password=<redacted:"));
    }

    #[test]
    fn secrets_and_logs_are_not_wanted() {
        for (path, want) in [
            ("x/etc/shadow", false),
            ("x/etc/ssh/ssh_host_rsa_key", false),
            ("x/etc/nginx/web.key", false),
            ("x/var/log/messages", false),
            ("x/etc/._fstab", false),
            ("x/etc/fstab", true),
            ("x/usr/lib/sysctl.d/50-default.conf", true),
        ] {
            assert_eq!(wanted(path), want, "{path}");
        }
    }
}
