//! Prometheus: alerts that would fall silent because what they ask for has another name on EL 9.

use super::case::{fine, found};
use super::fixtures::*;
use super::text::{content, files, has_word, lines, major_minor, names};
use super::{Area, Evidence, Rule, Severity};
use crate::Message;
use crate::facts::{BadLine, ConfigFile, Facts, Package, Why};
use serde::Deserialize;

/// Names that node_exporter 0.16 gave up, and their successors. An alert on an old name matches nothing and never fires.
pub(super) const RENAMED: &[(&str, &str)] = &[
    ("node_boot_time", "node_boot_time_seconds"),
    ("node_context_switches", "node_context_switches_total"),
    ("node_cpu", "node_cpu_seconds_total"),
    ("node_disk_bytes_read", "node_disk_read_bytes_total"),
    ("node_disk_bytes_written", "node_disk_written_bytes_total"),
    ("node_disk_io_time_ms", "node_disk_io_time_seconds_total"),
    ("node_disk_reads_completed", "node_disk_reads_completed_total"),
    ("node_disk_writes_completed", "node_disk_writes_completed_total"),
    ("node_filesystem_avail", "node_filesystem_avail_bytes"),
    ("node_filesystem_free", "node_filesystem_free_bytes"),
    ("node_filesystem_size", "node_filesystem_size_bytes"),
    ("node_forks", "node_forks_total"),
    ("node_intr", "node_intr_total"),
    ("node_memory_Buffers", "node_memory_Buffers_bytes"),
    ("node_memory_Cached", "node_memory_Cached_bytes"),
    ("node_memory_MemAvailable", "node_memory_MemAvailable_bytes"),
    ("node_memory_MemFree", "node_memory_MemFree_bytes"),
    ("node_memory_MemTotal", "node_memory_MemTotal_bytes"),
    ("node_memory_SwapFree", "node_memory_SwapFree_bytes"),
    ("node_memory_SwapTotal", "node_memory_SwapTotal_bytes"),
    ("node_network_receive_bytes", "node_network_receive_bytes_total"),
    ("node_network_receive_drop", "node_network_receive_drop_total"),
    ("node_network_receive_errs", "node_network_receive_errs_total"),
    ("node_network_transmit_bytes", "node_network_transmit_bytes_total"),
    ("node_network_transmit_drop", "node_network_transmit_drop_total"),
    ("node_network_transmit_errs", "node_network_transmit_errs_total"),
    ("node_time", "node_time_seconds"),
];

/// The version of node_exporter with the new names.
const NEW_NAMES_SINCE: (u32, u32) = (0, 16);

pub const EXPORTER_NAMES: Rule = Rule {
    id: "monitoring.exporter-names",
    severity: Severity::Informs,
    area: Area::Monitoring,
    sources: &["MON-01"],
    evidence: Evidence::Reported,
    looks_at: &["packages"],
    look: exporter_names,
    cases: &[
        found(clean_el7_monitoring, |f| add_package(f, "node_exporter", "0.15.2", "1.el7")),
        fine(clean_el7_monitoring, |f| add_package(f, "node_exporter", "0.16.0", "1.el7")),
    ],
    ..Rule::USUAL
};
fn exporter_names(facts: &Facts) -> Result<Vec<Message>, Why> {
    let old = old_exporter(facts)?;
    Ok(old
        .map(|package| Message::new("finding-monitoring-exporter-names").with("package", package))
        .into_iter()
        .collect())
}

/// The host's node_exporter, when it still speaks the old names.
pub(super) fn old_exporter(facts: &Facts) -> Result<Option<&Package>, Why> {
    let found = facts.packages.get()?.iter().find(|package| is_exporter(&package.name));
    Ok(found.filter(|package| major_minor(&package.version).is_some_and(|version| version < NEW_NAMES_SINCE)))
}

pub(super) fn is_exporter(name: &str) -> bool {
    matches!(name, "node_exporter" | "prometheus-node-exporter" | "golang-github-prometheus-node-exporter")
}

pub const RULES_BY_DEVICE: Rule = Rule {
    id: "monitoring.alerts-by-device",
    severity: Severity::Warns,
    area: Area::Monitoring,
    sources: &["MON-02"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/prometheus/*/*.y*ml"],
    look: rules_by_device,
    cases: &[
        found(clean_el7_monitoring, |f| alert(f, "rate(node_network_up{device=\"eth0\"}[5m]) == 0")),
        fine(clean_el7_monitoring, |f| alert(f, "rate(node_network_up{device!=\"lo\"}[5m]) == 0")),
    ],
    ..Rule::USUAL
};
fn rules_by_device(facts: &Facts) -> Result<Vec<Message>, Why> {
    let tied = |expr: &str| {
        ["device=\"eth", "device=~\"eth", "device=\"em", "device=\"sd", "device=\"/dev/mapper/centos", "device=~\"sd"]
            .iter()
            .any(|label| expr.contains(label))
    };
    let alerts = alerts(facts)?.into_iter().filter(|alert| tied(&alert.expr));
    Ok(alerts
        .map(|alert| {
            Message::new("finding-monitoring-alerts-by-device").with("file", &alert.file).with("alert", &alert.name)
        })
        .collect())
}

pub const PYTHON_CHECKS: Rule = Rule {
    id: "monitoring.agent-commands",
    severity: Severity::Warns,
    area: Area::Monitoring,
    sources: &["MON-03"],
    evidence: Evidence::Known,
    looks_at: &["config_files"],
    places: &["/etc/zabbix/"],
    look: agent_commands,
    cases: &[
        found(clean_el7_monitoring, |f| {
            add_file(f, "/etc/zabbix/zabbix_agentd.conf", "UserParameter=conn,netstat -ant | wc -l\n");
        }),
        fine(clean_el7_monitoring, |f| {
            add_file(
                f,
                "/etc/zabbix/zabbix_agentd.conf",
                "# UserParameter=a,netstat -ant\nUserParameter=conn,ss -ant | wc -l\n",
            )
        }),
    ],
    ..Rule::USUAL
};
fn agent_commands(facts: &Facts) -> Result<Vec<Message>, Why> {
    let gone = ["netstat", "ifconfig", "ntpq", "ntpdate", "python2"];
    let mut found = Vec::new();
    for file in files(facts, |path| path.starts_with("/etc/zabbix/"))? {
        let words: Vec<&str> = lines(content(file)?).flat_map(|line| line.words).collect();
        let used: Vec<&str> =
            gone.into_iter().filter(|command| words.iter().any(|word| has_word(word, command))).collect();
        if !used.is_empty() {
            found.push(
                Message::new("finding-monitoring-agent-commands")
                    .with("file", &file.path)
                    .with("commands", names(used)),
            );
        }
    }
    Ok(found)
}

/// A rule of Prometheus: an alert, or a recording rule that alerts may stand on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alert {
    pub file: String,
    pub name: String,
    pub expr: String,
}

impl Alert {
    /// Old names that it asks for without asking for the new one beside it, each with its successor.
    pub fn stale_names(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let stale = |(old, new): &&(&str, &str)| has_word(&self.expr, old) && !has_word(&self.expr, new);
        RENAMED.iter().filter(stale).copied()
    }
}

/// Every rule in the host's Prometheus rule files.
pub(super) fn alerts(facts: &Facts) -> Result<Vec<Alert>, Why> {
    let mut all = Vec::new();
    for file in files(facts, |path| path.starts_with("/etc/prometheus/"))? {
        if file.content.get()?.lines().any(|line| line.starts_with("groups:")) {
            all.extend(rules_of(file)?);
        }
    }
    Ok(all)
}

fn rules_of(file: &ConfigFile) -> Result<Vec<Alert>, Why> {
    #[derive(Deserialize)]
    struct RuleFile {
        groups: Vec<Group>,
    }
    #[derive(Deserialize)]
    struct Group {
        #[serde(default)]
        rules: Vec<One>,
    }
    #[derive(Deserialize)]
    struct One {
        alert: Option<String>,
        record: Option<String>,
        expr: serde_json::Value, // a bare number is an expression too
    }
    let text = file.content.get()?;
    let read: RuleFile = serde_saphyr::from_str(text).map_err(|_| Why::from(BadLine::new(&file.path)))?;
    let named = |one: One| {
        let expr = one.expr.as_str().map_or_else(|| one.expr.to_string(), str::to_owned);
        Alert { file: file.path.clone(), name: one.alert.or(one.record).unwrap_or_default(), expr }
    };
    Ok(read.groups.into_iter().flat_map(|group| group.rules).map(named).collect())
}
