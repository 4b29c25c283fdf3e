//! Prometheus and Alertmanager: YAML is carried byte for byte; rules that a newer exporter leaves
//! without series are pointed out, for such a rule never fires and says nothing (MON-01).

use super::{
    Translation, Untranslatable,
    lines::{note, text},
};
use crate::Message;

/// Names of node_exporter up to 0.15, and what 0.16 and later call them.
const RENAMED: [(&str, &str); 14] = [
    ("node_cpu", "node_cpu_seconds_total"),
    ("node_memory_MemTotal", "node_memory_MemTotal_bytes"),
    ("node_memory_MemFree", "node_memory_MemFree_bytes"),
    ("node_memory_MemAvailable", "node_memory_MemAvailable_bytes"),
    ("node_memory_Buffers", "node_memory_Buffers_bytes"),
    ("node_memory_Cached", "node_memory_Cached_bytes"),
    ("node_filesystem_avail", "node_filesystem_avail_bytes"),
    ("node_filesystem_free", "node_filesystem_free_bytes"),
    ("node_filesystem_size", "node_filesystem_size_bytes"),
    ("node_boot_time", "node_boot_time_seconds"),
    ("node_time", "node_time_seconds"),
    ("node_disk_bytes_read", "node_disk_read_bytes_total"),
    ("node_disk_bytes_written", "node_disk_written_bytes_total"),
    ("node_network_receive_bytes", "node_network_receive_bytes_total"),
];

pub(super) fn check_yaml(source: &[u8]) -> Result<Translation, Untranslatable> {
    text(source)?;
    Ok(Translation { bytes: source.to_vec(), notes: Vec::new() })
}

pub(super) fn check_rules(source: &[u8]) -> Result<Translation, Untranslatable> {
    let mut notes = Vec::new();
    for (no, line) in (1..).zip(text(source)?.lines()) {
        for name in line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
            let renamed = RENAMED.iter().find(|(old, _)| *old == name);
            notes.extend(renamed.map(|(old, new)| renamed_note(no, old, new)));
        }
    }
    Ok(Translation { bytes: source.to_vec(), notes })
}

fn renamed_note(no: u32, old: &str, new: &str) -> Message {
    note("config-metric-renamed", no, old).with("new", new)
}
