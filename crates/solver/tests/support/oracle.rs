//! dnf itself, to hold our verdicts against.

use rockhop_solver::Verdict;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A question as dnf is asked it.
#[derive(Debug, Serialize)]
pub struct Asked {
    pub repos: Vec<(String, String)>,
    pub wanted: Vec<String>,
    pub streams: Vec<String>,
    pub best: bool,
    pub weak: bool,
}

/// What dnf said.
#[derive(Debug, Deserialize)]
pub struct Said {
    pub installs: bool,
    #[serde(default)]
    pub packages: Vec<String>,
    #[serde(default)]
    pub why: String,
}

/// dnf's library, in a process of its own.
pub struct Oracle {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl Oracle {
    pub fn new(work: &Path) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle.py");
        let mut child = Command::new("/usr/bin/python3")
            .args([script.as_ref(), work.as_os_str()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 and dnf are installed (scripts/prerequisites.sh)");
        let answers = BufReader::new(child.stdout.take().expect("piped"));
        Self { child, answers }
    }

    pub fn ask(&mut self, asked: &Asked) -> Said {
        let stdin = self.child.stdin.as_mut().expect("piped");
        writeln!(stdin, "{}", serde_json::to_string(asked).expect("plain data")).expect("dnf reads");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("dnf answers");
        serde_json::from_str(&line)
            .unwrap_or_else(|e| panic!("dnf is not installed (scripts/prerequisites.sh)? {e}: {line:?}"))
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// How far our verdicts are dnf's.
#[derive(Debug, Default)]
pub struct Agreement {
    pub asked: u64,
    pub installs: u64,
    wrong: Vec<String>,
    others: Vec<String>,
}

impl Agreement {
    /// Holds one verdict against dnf's.
    pub fn note(&mut self, about: &str, said: &Said, ours: Verdict) {
        self.asked += 1;
        self.installs += u64::from(said.installs);
        match ours {
            Verdict::Installs { packages, .. } => {
                let mut ours: Vec<String> = packages.iter().map(ToString::to_string).collect();
                ours.sort();
                if !said.installs {
                    let why = said.why.replace('\n', " / ");
                    self.wrong.push(format!("{about}: dnf refuses ({why}), we install {ours:?}"));
                } else if ours != said.packages {
                    self.others.push(format!("{about}: dnf installs {:?}, we {ours:?}", said.packages));
                }
            }
            Verdict::Fails { failures, .. } => {
                assert!(failures.iter().all(|f| !f.reasons.is_empty()), "{about}: a failure without a reason");
                if said.installs {
                    self.wrong.push(format!("{about}: dnf installs {:?}, we refuse: {failures:?}", said.packages));
                }
            }
        }
    }

    /// Fails unless every verdict was dnf's. Where several sets would do, another release of libsolv may take another one:
    /// one question in a hundred may end so.
    pub fn hold(&self) {
        let (wrong, others) = (&self.wrong, &self.others);
        assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), self.asked, wrong.join("\n"));
        assert!(
            others.len() as u64 <= 1 + self.asked / 100,
            "{} of {} choose otherwise:\n{}",
            others.len(),
            self.asked,
            others.join("\n")
        );
    }
}
