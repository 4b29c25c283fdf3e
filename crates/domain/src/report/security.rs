//! Support and versions before and after, from the facts; vulnerabilities only from data that was given.

use super::{EvidenceRef, Figure, HostFacts, OsName, Unit, Vulnerabilities};
use crate::{HostId, Message, event::Period};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// Ends of vendor support: id, major version, last day. CentOS and Rocky Linux publish them.
const SUPPORT_ENDS: &[(&str, &str, Date)] =
    &[("centos", "7", jiff::civil::date(2024, 6, 30)), ("rocky", "9", jiff::civil::date(2032, 5, 31))];

/// Security over the fleet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Security {
    /// One row a host, with what is known of each side.
    pub hosts: Vec<SecurityRow>,
    /// Hosts whose system was supported when they were read, before.
    pub supported_before: Figure,
    /// The same after.
    pub supported_after: Figure,
    /// Vulnerabilities, if a comparison was given.
    pub vulnerabilities: VulnerabilityFigures,
    /// Where that comparison's data is from.
    pub vulnerability_source: Option<String>,
    /// Which ones count.
    pub vulnerability_scope: Option<String>,
    /// Parts of the machines that are stage scenery; nothing is claimed about them.
    pub scenery: Vec<String>,
}

/// The four counts of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VulnerabilityFigures {
    /// With evidence for each.
    pub fixed: Figure,
    /// Not counted as fixed, for no data covers them.
    pub unknown: Figure,
    /// New.
    pub introduced: Figure,
    /// Still there.
    pub remaining: Figure,
}

/// One host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecurityRow {
    /// Which.
    pub host: HostId,
    /// On EL7.
    pub before: Option<SecuritySide>,
    /// On EL9.
    pub after: Option<SecuritySide>,
}

/// One host at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecuritySide {
    /// The facts behind it.
    pub origin: EvidenceRef,
    /// The system.
    pub os: Option<OsName>,
    /// Whether its vendor still supports it, at the report's time.
    pub support: Support,
    /// Running kernel.
    pub kernel: Option<String>,
    /// Version of openssl.
    pub openssl: Option<String>,
    /// Version of openssh-server.
    pub openssh: Option<String>,
    /// Installed packages.
    pub packages: Figure,
}

/// Whether a system's vendor still supports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Support {
    /// Until this day.
    Supported {
        /// The last day.
        until: Date,
    },
    /// Not since this day.
    Ended {
        /// The last day.
        on: Date,
    },
    /// This program does not know that system's dates, or the system was not read.
    Unknown,
}

impl Support {
    /// As of this instant, on the calendar of UTC.
    pub fn of(os: Option<&OsName>, now: Timestamp) -> Self {
        let Some(os) = os else { return Self::Unknown };
        let major = os.version.split('.').next().unwrap_or_default();
        let known = SUPPORT_ENDS.iter().find(|(id, version, _)| *id == os.id && *version == major);
        let today = jiff::tz::Offset::UTC.to_datetime(now).date();
        match known {
            Some((_, _, end)) if today <= *end => Self::Supported { until: *end },
            Some((_, _, end)) => Self::Ended { on: *end },
            None => Self::Unknown,
        }
    }
}

/// Security from the hosts' small tables.
pub(super) fn security(tables: &[HostFacts], given: Option<&Vulnerabilities>, now: Timestamp) -> Security {
    let mut names: Vec<&HostId> = tables.iter().map(|t| &t.host).collect();
    names.sort();
    names.dedup();
    let hosts: Vec<SecurityRow> = names.into_iter().map(|host| row(host, tables, now)).collect();
    let mut scenery: Vec<String> = tables.iter().flat_map(|t| t.scenery.iter().cloned()).collect();
    scenery.sort();
    scenery.dedup();
    Security {
        supported_before: supported(hosts.iter().map(|h| h.before.as_ref())),
        supported_after: supported(hosts.iter().map(|h| h.after.as_ref())),
        hosts,
        vulnerabilities: vulnerabilities(given),
        vulnerability_source: given.map(|v| v.source.clone()),
        vulnerability_scope: given.map(|v| v.which.clone()),
        scenery,
    }
}

fn row(host: &HostId, tables: &[HostFacts], now: Timestamp) -> SecurityRow {
    // The newest table of a period stands last.
    let of = |period| tables.iter().rfind(|t| t.host == *host && t.period == period).map(|t| side(t, now));
    SecurityRow { host: host.clone(), before: of(Period::Before), after: of(Period::After) }
}

fn side(table: &HostFacts, now: Timestamp) -> SecuritySide {
    let origin = EvidenceRef::Facts(table.facts.clone());
    let packages = match table.packages {
        Some(n) => Figure::measured(i64::try_from(n).unwrap_or(i64::MAX), Unit::Count, [origin.clone()]),
        None => Figure::not_measured(Unit::Count, Message::new("report-why-not-read")),
    };
    SecuritySide {
        support: Support::of(table.os.as_ref(), now),
        origin,
        os: table.os.clone(),
        kernel: table.kernel.clone(),
        openssl: table.openssl.clone(),
        openssh: table.openssh.clone(),
        packages,
    }
}

/// Counted only when each host that was looked at could be judged.
fn supported<'s>(sides: impl Iterator<Item = Option<&'s SecuritySide>>) -> Figure {
    let known: Vec<&SecuritySide> = sides.flatten().collect();
    if known.is_empty() {
        return Figure::not_measured(Unit::Count, Message::new("report-why-no-facts"));
    }
    let unknown = known.iter().filter(|s| s.support == Support::Unknown).count();
    if unknown > 0 {
        return Figure::not_measured(Unit::Count, Message::new("report-why-support-unknown").with("n", unknown));
    }
    let good = known.iter().filter(|s| matches!(s.support, Support::Supported { .. })).count();
    Figure::measured(i64::try_from(good).unwrap_or(i64::MAX), Unit::Count, known.iter().map(|s| s.origin.clone()))
        .with_n(known.len() as u64)
}

fn vulnerabilities(given: Option<&Vulnerabilities>) -> VulnerabilityFigures {
    let figure = |pick: fn(&Vulnerabilities) -> u64| match given {
        Some(v) => {
            let amount = i64::try_from(pick(v)).unwrap_or(i64::MAX);
            Figure::measured(amount, Unit::Count, [EvidenceRef::Vulnerabilities])
        }
        None => Figure::not_measured(Unit::Count, Message::new("report-why-no-vulnerability-data")),
    };
    VulnerabilityFigures {
        fixed: figure(|v| v.fixed),
        unknown: figure(|v| v.unknown),
        introduced: figure(|v| v.introduced),
        remaining: figure(|v| v.remaining),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn support_is_judged_by_the_day() {
        let os = |id: &str, version: &str| OsName { id: id.into(), version: version.into(), pretty: String::new() };
        let at = |text: &str| text.parse::<Timestamp>().expect("a timestamp");
        for (name, when, want) in [
            (Some(os("centos", "7")), "2024-06-30T23:00:00Z", "supported"),
            (Some(os("centos", "7")), "2024-07-01T00:00:00Z", "ended"),
            (Some(os("rocky", "9.4")), "2026-11-23T00:00:00Z", "supported"),
            (Some(os("plan9", "4")), "2026-11-23T00:00:00Z", "unknown"),
            (None, "2026-11-23T00:00:00Z", "unknown"),
        ] {
            let state = match Support::of(name.as_ref(), at(when)) {
                Support::Supported { .. } => "supported",
                Support::Ended { .. } => "ended",
                Support::Unknown => "unknown",
            };
            assert_eq!(state, want, "{name:?} {when}");
        }
    }
}
