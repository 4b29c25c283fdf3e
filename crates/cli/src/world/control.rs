//! People's requests to this run, from the project's control folder.

use rockhop_adapters::control;
use rockhop_engine::ports::{Control, Request};
use std::path::PathBuf;

/// Requests left as files.
pub struct FileControl {
    dir: PathBuf,
}

impl FileControl {
    /// Requests in this folder.
    pub fn in_dir(dir: PathBuf) -> Self {
        Self { dir }
    }
}

impl Control for FileControl {
    fn requests(&self) -> Vec<Request> {
        let taken = control::take(&self.dir).unwrap_or_else(|error| {
            tracing::error!(dir = %self.dir.display(), %error, "requests cannot be read");
            Vec::new()
        });
        let known = taken.into_iter().filter_map(|file| {
            file.inspect_err(|error| tracing::warn!(%error, "left aside")).ok().map(control::ControlFile::into_request)
        });
        known.collect()
    }
}
