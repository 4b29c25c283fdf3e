//! Files of which little is told: that they are there, or only those of their lines that a rule asks for.
//!
//! What they hold besides is secret, or long, and stays on the host.

use super::files::Files;
use super::{BadLine, Why};
use serde::{Deserialize, Serialize};

/// Lines of a file that the survey asked for; it holds others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Excerpt {
    pub path: String,
    /// Those lines, secrets replaced.
    pub content: String,
}

/// The paths of files that are there.
pub(super) fn present(text: &str) -> Result<Vec<String>, BadLine> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| if line.starts_with('/') { Ok(line.to_owned()) } else { Err(BadLine::new(line)) }).collect()
}

/// Every excerpt, once it is certain that none was refused.
pub(super) fn excerpts(files: &Files) -> Result<Vec<Excerpt>, Why> {
    files.all_seen("/")?;
    let excerpt = |(path, file): (&str, &super::files::Dumped)| Excerpt {
        path: path.to_owned(),
        content: file.content.trim_end_matches('\n').to_owned(),
    };
    Ok(files.under("/").map(excerpt).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_paths() {
        assert_eq!(present("/root/.my.cnf\n/etc/a b\n\n"), Ok(vec!["/root/.my.cnf".to_owned(), "/etc/a b".to_owned()]));
        assert!(present("root\n").is_err());
    }
}
