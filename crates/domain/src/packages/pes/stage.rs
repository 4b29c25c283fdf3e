//! What a scan of the events leaves behind, release by release.

use super::store::{Event, Key};
use std::collections::HashMap;

/// Packages with the repository that the events last named for them.
pub(super) type Set = HashMap<Key, Option<u32>>;

/// What was applied in one release.
pub(super) struct Stage<'s> {
    /// The set when the release ended.
    pub set: Set,
    /// For each package that was in the set before: the events that took it up.
    pub taken: HashMap<Key, Vec<&'s Event>>,
}
