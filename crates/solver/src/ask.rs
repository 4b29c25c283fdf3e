//! A question to the repositories, and the answer with its reasons.

use crate::answer::{Answer, Nevra, Question, Verdict};
use crate::ffi::{How, PackageId, Solved};
use crate::repo::error::RepoError;
use crate::repositories::{Repositories, There};
use crate::{explain, wish};
use std::collections::HashSet;

impl Repositories {
    /// Answers a question. Only reading a file list can fail, where a dependency on a file makes it necessary.
    pub fn ask(&mut self, question: &Question) -> Result<Answer, RepoError> {
        self.learn_for(question)?;
        let hidden = self.streams.shut_out(&self.pool, &question.streams);
        let there = There { repositories: self, hidden: &hidden };
        let (wishes, mut failures) = wish::all(&there, question);
        let out = there.shut_out();
        let how = How { best: question.best, weak: question.weak };
        let lists: Vec<Vec<PackageId>> = wishes.iter().map(|w| w.packages.clone()).collect();
        let problems = match self.pool.solve(&lists, &out, how) {
            Solved::Installs(packages) if failures.is_empty() => {
                let packages = self.sorted(&packages);
                let security = self.advisories.among(&packages);
                return Ok(Answer { verdict: Verdict::Installs { packages, security } });
            }
            Solved::Installs(_) => Vec::new(),
            Solved::Problems(problems) => problems,
        };
        let there = There { repositories: self, hidden: &hidden };
        failures.extend(problems.iter().map(|rules| explain::failure(&there, &wishes, rules)));
        let older_would_do = how.best && failures.len() == problems.len() && {
            matches!(self.pool.solve(&lists, &out, How { best: false, ..how }), Solved::Installs(_))
        };
        let failing = problems.iter().flatten().filter_map(|rule| rule.wish).collect();
        let others_install = self.others(lists, failing, &out, how);
        Ok(Answer { verdict: Verdict::Fails { failures: explain::joined(failures), older_would_do, others_install } })
    }

    /// How many wishes hold together when those that fail are left out, and then those that fail then.
    fn others(
        &mut self,
        mut lists: Vec<Vec<PackageId>>,
        mut failing: HashSet<usize>,
        out: &[PackageId],
        how: How,
    ) -> usize {
        while !failing.is_empty() && !lists.is_empty() {
            let left = std::mem::take(&mut lists).into_iter().enumerate().filter(|(at, _)| !failing.contains(at));
            lists = left.map(|(_, list)| list).collect();
            failing = match self.pool.solve(&lists, out, how) {
                Solved::Installs(_) => break,
                // A knot that names no wish cannot be undone by leaving one out.
                Solved::Problems(problems) => problems.iter().flatten().filter_map(|rule| rule.wish).collect(),
            };
            if failing.is_empty() {
                return 0;
            }
        }
        lists.len()
    }

    fn sorted(&self, packages: &[PackageId]) -> Vec<Nevra> {
        let mut all: Vec<Nevra> = packages.iter().map(|p| self.nevra(*p)).collect();
        all.sort();
        all
    }
}
