//! Repository metadata from local folders: repomd, primary and filelists (XML or SQLite), modules, updateinfo; packed with
//! gz, bz2, xz or zst, or plain.
//!
//! Never fetches anything, and never takes in a part of a repository: it is whole, or an error with its file and place.

pub(crate) mod error;
pub(crate) mod filelists;
pub(crate) mod modules;
pub(crate) mod primary;
pub(crate) mod repomd;
mod rich;
pub(crate) mod sqlite;
mod unpack;
pub(crate) mod updateinfo;
mod xml;
