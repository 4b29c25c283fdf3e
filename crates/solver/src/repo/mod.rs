//! Repository metadata from local folders: repomd, primary, filelists, modules; packed with gz, xz or zst, or plain.
//!
//! Never fetches anything, and never takes in a part of a repository: it is whole, or an error with its file and place.

pub(crate) mod error;
pub(crate) mod filelists;
pub(crate) mod modules;
pub(crate) mod primary;
pub(crate) mod repomd;
mod rich;
mod unpack;
mod xml;
