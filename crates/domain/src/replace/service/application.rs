//! What people wrote themselves: units under `/etc/systemd/system` and the trees that they start from.

use super::super::{part::Part, sh, steps, subject::Subject};
use crate::{Message, plan::Tree};
use std::collections::BTreeSet;

/// Roots below which software is kept that no package owns; the tree carried is the folder right below.
const ROOTS: [&str; 5] = ["/opt/", "/srv/", "/usr/local/", "/var/www/", "/var/opt/"];

/// The host's own software.
pub(in super::super) struct Application {
    units: Vec<String>,
    /// Users that the units run as.
    pub users: Vec<String>,
    trees: Vec<String>,
    state: Vec<String>,
}

impl Application {
    /// Reads the local units; `None` when there are none.
    pub(in super::super) fn of(subject: &Subject<'_>) -> Result<Option<Self>, Message> {
        let local = subject.need(&subject.facts.local_units, "local_units")?;
        let whole = local.iter().filter(|u| u.path.ends_with(".service") && u.path.matches('/').count() == 4);
        let (mut units, mut users, mut trees, mut state) = (Vec::new(), Vec::new(), BTreeSet::new(), BTreeSet::new());
        for unit in whole {
            let name = unit.path.rsplit('/').next().unwrap_or_default();
            if subject.enabled(name) {
                units.push(name.to_owned());
            }
            users.extend(values(&unit.content, "User").map(str::to_owned));
            trees.extend(unit.content.lines().filter(|l| !l.starts_with('#')).flat_map(paths).filter_map(tree_of));
            state.extend(
                values(&unit.content, "StateDirectory")
                    .flat_map(str::split_whitespace)
                    .map(|d| format!("/var/lib/{d}")),
            );
        }
        let found = Self { units, users, trees: trees.into_iter().collect(), state: state.into_iter().collect() };
        Ok((!found.units.is_empty() || !found.trees.is_empty()).then_some(found))
    }

    /// Software that goes across while the old host serves.
    pub(in super::super) fn trees(&self) -> Vec<Tree> {
        self.trees.iter().map(|t| steps::tree(t, t)).collect()
    }

    pub(super) fn part(&self) -> Part {
        let paths = sh::words(&self.trees);
        Part {
            old_units: self.units.clone(),
            units: self.units.clone(),
            validate: vec![sh::part(&[("PATHS", &paths)], &[sh::body!("owners")]), super::runs(&self.units)],
            late_trees: self.state.iter().map(|t| steps::tree(t, t)).collect(),
            ..Part::default()
        }
    }
}

fn values<'a>(unit: &'a str, key: &'a str) -> impl Iterator<Item = &'a str> {
    unit.lines().filter_map(move |l| l.trim().strip_prefix(key)?.trim_start().strip_prefix('=')).map(str::trim)
}

/// Absolute paths in a line, whatever stands around them.
fn paths(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | ',' | ':')).filter(|w| w.starts_with('/'))
}

/// `/opt/shop/bin/app` belongs to `/opt/shop`.
fn tree_of(path: &str) -> Option<String> {
    let root = ROOTS.iter().find(|r| path.starts_with(**r))?;
    let name = path.get(root.len()..)?.split('/').next().filter(|n| !n.is_empty())?;
    Some(format!("{root}{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_belongs_to_the_folder_below_its_root() {
        assert_eq!(tree_of("/opt/shop/bin/app"), Some("/opt/shop".to_owned()));
        assert_eq!(tree_of("/usr/bin/python3"), None);
        assert_eq!(tree_of("/opt/"), None);
        assert_eq!(
            paths("ExecStart=/usr/bin/python3 /opt/shop/app.py --db=/srv/x").collect::<Vec<_>>(),
            ["/usr/bin/python3", "/opt/shop/app.py", "/srv/x"]
        );
    }
}
