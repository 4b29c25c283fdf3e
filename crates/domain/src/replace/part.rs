//! What one service adds to its host's journey. The journey asks all parts the same questions, in order.

use crate::{
    Message,
    plan::{Dump, Step, Tree},
};

/// A service's contribution. Texts are parts of scripts, see `sh::part`.
#[derive(Default)]
pub(super) struct Part {
    /// Consistent copies for the backup.
    pub dumps: Vec<Dump>,
    /// Units on the old host, in starting order.
    pub old_units: Vec<String>,
    /// Units on the new host, in starting order.
    pub units: Vec<String>,
    /// Steps that bring the data while the old host serves.
    pub carry: Vec<Step>,
    /// Does the service work here? On the new host, before anybody depends on it.
    pub validate: Vec<String>,
    /// How it is brought to rest on the old host; stopping its units is enough where this is empty.
    pub quiesce: Option<Change>,
    /// Whether the old host's last position goes across as a file.
    pub hands_over: bool,
    /// Trees that go across while the service rests.
    pub late_trees: Vec<Tree>,
    /// Waits for the last of the data, and proves that it is there.
    pub final_sync: Option<Change>,
    /// Makes the new one the one that takes writes.
    pub promote: Option<Change>,
    /// Connects anew from the service address, after it was taken over.
    pub reconnect: Vec<String>,
    /// Questions of the last check at the service address.
    pub verify: Vec<String>,
    /// Questions of the soak.
    pub look: Vec<String>,
    /// Waits until those that followed the old one follow the new one.
    pub followed: Option<String>,
    /// Asks what was written since the cutover.
    pub salvage: Option<String>,
    /// What a rollback after the cutover loses; `None` for a part that takes no writes.
    pub loses: Option<Message>,
    /// For the reader of the plan.
    pub notes: Vec<Message>,
}

/// Something that is done, proven and taken back.
#[derive(Default)]
pub(super) struct Change {
    pub apply: String,
    pub verify: String,
    pub undo: String,
}
