//! Containers that an engine keeps, running or not, by the engine's own notes.

use super::{BadLine, Why};
use serde::{Deserialize, Serialize};

/// A container of Docker's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Container {
    pub name: String,
    /// `centos/systemd:latest`.
    pub image: String,
    /// What it starts: `/usr/sbin/init`.
    pub program: String,
}

/// Reads the survey's section: `docker` where there is a folder of containers, then `container NAME IMAGE PROGRAM`. None
/// where there is no such folder.
pub(super) fn containers(text: &str) -> Result<Option<Vec<Container>>, Why> {
    let mut found = None;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match (line.split(' ').collect::<Vec<_>>().as_slice(), &mut found) {
            (["docker"], None) => found = Some(Vec::new()),
            (["container", name, image, program], Some(all)) => all.push(Container {
                name: (*name).to_owned(),
                image: (*image).to_owned(),
                program: (*program).to_owned(),
            }),
            (["unread", path], _) => return Err(Why::Failed { status: 1, said: format!("cannot read {path}") }),
            _ => return Err(BadLine::new(line).into()),
        }
    }
    found.iter_mut().for_each(|all| all.sort());
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_by_the_notes_of_the_engine() {
        let text = "docker\ncontainer shop shop:1.2 /opt/shop\ncontainer old centos/systemd /usr/sbin/init\n";
        let all = containers(text).expect("containers").expect("an engine");
        let names: Vec<_> = all.iter().map(|one| (one.name.as_str(), one.program.as_str())).collect();
        assert_eq!(names, [("old", "/usr/sbin/init"), ("shop", "/opt/shop")]);
        assert_eq!(containers("\n"), Ok(None));
        assert_eq!(containers("docker\n"), Ok(Some(Vec::new())));
        for bad in ["docker\nunread /x\n", "container a b c\n", "docker\ncontainer a b\n", "podman\n"] {
            assert!(containers(bad).is_err(), "{bad}");
        }
    }
}
