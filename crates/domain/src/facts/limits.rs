//! Limits in force: what services may open and start, whoever allowed it.

use super::BadLine;
use serde::{Deserialize, Serialize};

/// A service's limits, as the kernel holds them. Services that are alike in all of this are one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ServiceLimits {
    pub user: String,
    /// The program.
    pub comm: String,
    pub processes: Limit,
    pub open_files: Limit,
}

/// What is allowed now, and how far the service may raise it by itself; none is without limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Limit {
    pub soft: Option<u64>,
    pub hard: Option<u64>,
}

impl Limit {
    /// Whether it allows more than the other, now.
    pub fn allows_more_than(self, other: Self) -> bool {
        match (self.soft, other.soft) {
            (None, other) => other.is_some(),
            (Some(_), None) => false,
            (Some(this), Some(other)) => this > other,
        }
    }
}

/// `SOFT:HARD`, as people write it.
impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = |limit: Option<u64>| limit.map_or_else(|| "unlimited".to_owned(), |n| n.to_string());
        write!(f, "{}:{}", word(self.soft), word(self.hard))
    }
}

/// Reads the survey's section: `USER COMM SOFT HARD SOFT HARD`, processes before open files.
pub(super) fn service_limits(text: &str) -> Result<Vec<ServiceLimits>, BadLine> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let mut services =
        lines.map(|line| service(line).ok_or_else(|| BadLine::new(line))).collect::<Result<Vec<_>, _>>()?;
    services.sort();
    Ok(services)
}

fn service(line: &str) -> Option<ServiceLimits> {
    let &[user, comm, soft, hard, files_soft, files_hard] = line.split(' ').collect::<Vec<_>>().as_slice() else {
        return None;
    };
    let limit = |word: &str| if word == "unlimited" { Some(None) } else { word.parse().ok().map(Some) };
    Some(ServiceLimits {
        user: user.to_owned(),
        comm: comm.to_owned(),
        processes: Limit { soft: limit(soft)?, hard: limit(hard)? },
        open_files: Limit { soft: limit(files_soft)?, hard: limit(files_hard)? },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_numbers_or_none() {
        let got = service_limits("redis redis-server 4096 15061 10240 10240\nroot a unlimited unlimited 1024 4096\n\n");
        let got = got.expect("limits");
        let shown: Vec<String> =
            got.iter().map(|one| format!("{} {} {}", one.comm, one.processes, one.open_files)).collect();
        assert_eq!(shown, ["redis-server 4096:15061 10240:10240", "a unlimited:unlimited 1024:4096"]);
        assert!(got[1].processes.allows_more_than(got[0].processes));
        assert!(!got[0].processes.allows_more_than(got[1].processes));
        assert!(!got[0].open_files.allows_more_than(got[0].open_files));
        for bad in ["a b 1 2 3", "a b 1 2 3 x", "a b 1 2 3 4 5"] {
            assert!(service_limits(bad).is_err(), "{bad}");
        }
    }
}
