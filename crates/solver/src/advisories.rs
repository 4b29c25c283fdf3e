//! The advisories of the repositories, held against sets of packages.

use crate::answer::{Nevra, Security};
use crate::repo::updateinfo::Notice;
use std::collections::{HashMap, HashSet};

/// Every advisory, once.
#[derive(Debug, Default)]
pub(crate) struct Advisories {
    /// Security advisories by the packages that they brought.
    by_package: HashMap<String, Vec<usize>>,
    newest: Option<(String, String)>,
}

impl Advisories {
    pub(crate) fn of(notices: Vec<Notice>) -> Self {
        let mut all = Self::default();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for notice in notices {
            // Dates as the repositories write them stand in the order of their letters.
            let this = (notice.issued, notice.id);
            if all.newest.as_ref().is_none_or(|newest| *newest < this) {
                all.newest = Some(this.clone());
            }
            if notice.security {
                let next = numbers.len();
                let number = *numbers.entry(this.1).or_insert(next);
                notice.packages.into_iter().for_each(|p| all.by_package.entry(p).or_default().push(number));
            }
        }
        all
    }

    /// What there is to say of a set; nothing when there are no advisories.
    pub(crate) fn among(&self, packages: &[Nevra]) -> Option<Security> {
        let (issued, newest) = self.newest.clone()?;
        let carried: HashSet<usize> =
            packages.iter().filter_map(|p| self.by_package.get(&p.to_string())).flatten().copied().collect();
        Some(Security { carried: carried.len(), newest, issued })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(id: &str, security: bool, issued: &str, packages: &[&str]) -> Notice {
        let packages = packages.iter().map(|p| (*p).to_owned()).collect();
        Notice { id: id.into(), security, issued: issued.into(), packages }
    }

    #[test]
    fn what_a_set_carries_is_counted_once() {
        let nevra = |name: &str| Nevra {
            name: name.into(),
            evr: "1:2-3.el9".into(),
            arch: "x86_64".into(),
            repository: "r".into(),
        };
        let all = Advisories::of(vec![
            notice("RLSA-1", true, "2026-01-01", &["bash-1:2-3.el9.x86_64", "sed-1:2-3.el9.x86_64"]),
            notice("RLSA-2", true, "2026-01-02", &["tar-1:2-3.el9.x86_64"]),
            notice("RLBA-3", false, "2026-01-03 10:00:00", &["bash-1:2-3.el9.x86_64"]),
            // AppStream and BaseOS both tell of it.
            notice("RLSA-1", true, "2026-01-01", &["bash-1:2-3.el9.x86_64"]),
        ]);
        let said = all.among(&[nevra("bash"), nevra("sed")]).expect("there are advisories");
        assert_eq!((said.carried, said.newest.as_str(), said.issued.as_str()), (1, "RLBA-3", "2026-01-03 10:00:00"));
        assert_eq!(Advisories::of(Vec::new()).among(&[nevra("bash")]), None);
    }
}
