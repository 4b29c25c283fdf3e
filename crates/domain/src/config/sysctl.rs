//! Kernel settings: what the EL9 kernel no longer has is retired, what moved is renamed.

use super::{
    Translation, Untranslatable,
    lines::{Fate, assignment, note, renamed, retired, rewrite},
};

/// Gone without a successor that means the same (PLT-29).
const GONE: [&str; 19] = [
    "net.ipv4.tcp_tw_recycle",
    "net.ipv4.rt_cache_rebuild_count",
    "net.ipv4.inet_peer_gc_mintime",
    "net.ipv4.inet_peer_gc_maxtime",
    "net.ipv4.tcp_frto_response",
    "net.ipv4.tcp_abc",
    "net.ipv4.tcp_cookie_size",
    "net.ipv4.tcp_dma_copybreak",
    "net.ipv4.tcp_thin_dupack",
    "net.ipv4.tcp_max_ssthresh",
    "kernel.exec-shield",
    "kernel.blk_iopoll",
    "kernel.sched_min_granularity_ns",
    "kernel.sched_wakeup_granularity_ns",
    "kernel.sched_migration_cost_ns",
    "kernel.sched_latency_ns",
    "vm.block_dump",
    "vm.hugepages_treat_as_movable",
    "vm.nr_pdflush_threads",
];

const MOVED: [(&str, &str); 3] = [
    ("net.ipv4.ip_conntrack_max", "net.netfilter.nf_conntrack_max"),
    ("net.ipv4.netfilter.ip_conntrack_max", "net.netfilter.nf_conntrack_max"),
    ("net.nf_conntrack_max", "net.netfilter.nf_conntrack_max"),
];

pub(super) fn translate(source: &[u8]) -> Result<Translation, Untranslatable> {
    rewrite(source, |no, line| {
        let Some((written, value)) = assignment(line) else { return Ok(Fate::Keep) };
        if value.is_none() {
            return Err(Untranslatable::at(no, "config-no-assignment"));
        }
        let key = written.trim_start_matches('-').trim().replace('/', ".");
        if GONE.contains(&key.as_str()) {
            return Ok(retired(no, &key));
        }
        if let Some((_, new)) = MOVED.iter().find(|(old, _)| *old == key) {
            let line = renamed(line, written.trim_start_matches('-').trim(), new);
            return Ok(Fate::BecomeAnd(line, note("config-sysctl-needs-module", no, new)));
        }
        let needs_module = key.starts_with("net.bridge.") || key.starts_with("net.netfilter.");
        Ok(if needs_module { Fate::KeepAnd(note("config-sysctl-needs-module", no, &key)) } else { Fate::Keep })
    })
}
