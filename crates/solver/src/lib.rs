//! Will a list of packages install on Rocky 9 from these repositories? Answered offline, from copies of their metadata, by
//! the machine's libsolv with dnf's settings; a failure is explained to the end: which package, what it lacks, who would have it, what
//! to do.
//!
//! Never fetches, never installs, never looks at an installed system: the question is about a fresh machine. Never judges
//! from half a repository.

mod advisories;
mod answer;
mod ask;
mod explain;
mod ffi;
mod names;
mod repo;
mod repositories;
mod streams;
mod whereabouts;
mod wish;

pub use answer::{Answer, Failure, Nevra, Question, Reason, Security, Verdict, Whereabouts};
pub use ffi::{Library, NoLibrary};
pub use repo::error::{Place, RepoError, Trouble};
pub use repositories::{Arch, Repositories, Role, Source};
pub use streams::{ModuleStream, NotAStream};
